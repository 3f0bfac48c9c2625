"""What the docs show is what the command prints."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from check_records import ROOT
from diplomatic_events import Event, __version__, check_paths

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TUTORIAL = ROOT / "docs" / "use-in-python.md"
SHOWN = re.compile(r"<!-- output of: diplomatic-events (?P<command>.+?) -->\n```\n(?P<output>.*?)```\n", re.DOTALL)
OUTPUTS = [
    (page.name, match["command"], match["output"])
    for page in PAGES
    for match in SHOWN.finditer(page.read_text("utf-8"))
]


def timeless(text: str) -> str:
    return re.sub(r"in [0-9.]+ s:", "in 0.1 s:", text)


@pytest.mark.parametrize(
    ("page", "command", "output"), OUTPUTS, ids=[f"{page}: {command}" for page, command, _ in OUTPUTS]
)
def test_the_output_on_a_page_is_what_the_command_prints(page: str, command: str, output: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "diplomatic_events", *command.split()],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert timeless(done.stdout) == timeless(output)


def test_the_readme_shows_a_finding() -> None:
    assert any(page == "README.md" for page, _, _ in OUTPUTS)


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    exec(code, {})
    assert capsys.readouterr().out.strip() == Event.read(ROOT / "examples/minimal/record.json").title


def test_the_python_of_its_page_prints_what_the_page_shows_and_writes_a_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    known: dict[str, object] = {}
    blocks = re.findall(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```)?", TUTORIAL.read_text("utf-8"), re.DOTALL)
    for code, printed in blocks:
        exec(code, known)
        assert capsys.readouterr().out == printed
    assert len(blocks) > 5
    assert check_paths("record.json").ok


def test_the_record_of_the_readme_is_that_of_the_example() -> None:
    (shown,) = re.findall(r"```json\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    record = (ROOT / "examples/sco-defence-ministers-2018-04-24/record.json").read_text("utf-8")
    assert re.sub(r"\s+", "", shown) in re.sub(r"\s+", "", record)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target.strip()).exists(), target


def test_architecture_names_every_module_and_no_other() -> None:
    package = ROOT / "validator/diplomatic_events"
    modules = {path.relative_to(package).as_posix() for path in package.rglob("*.py")}
    rooms = {path.parent.relative_to(package).as_posix() + "/" for path in package.rglob("__init__.py")} - {"./"}
    tree = (ROOT / "docs/architecture.md").read_text("utf-8").split("```")[1]
    named: set[str] = set()
    room = ""
    for line in tree.partition("validator/diplomatic_events/\n")[2].partition("\nvalidator/tools")[0].splitlines():
        head = line.split()[0]
        room = head if head.endswith("/") else "" if line[2:3] != " " else room
        named |= {room} - {""} | {f"{room}{name}" for name in re.findall(r"\b[a-z_]+\.py\b", line)}
    assert named == {module for module in modules if not module.endswith("/__init__.py")} | rooms


def test_the_changelog_and_the_version_agree() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "### Unreleased" in changes or f"### {__version__}" in changes
