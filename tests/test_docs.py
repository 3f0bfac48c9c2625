"""What the docs show is what the command prints."""

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import markdown
import pytest
import yaml

from check_records import ROOT
from diplomatic_events import Event, __version__, check_paths
from diplomatic_events.cli.arguments import parser
from diplomatic_events.schema.catalogue import catalogue
from newest import VERSION
from snippets import snippets, timeless, walk

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
ARTICLE = ROOT / "examples/sco-defence-ministers-2018-04-24"
TUTORIAL = ROOT / "docs" / "use-in-python.md"
SHOWN = re.compile(r"<!-- output of: diplomatic-events (?P<command>.+?) -->\n```\n(?P<output>.*?)```\n", re.DOTALL)
OUTPUTS = [
    (page.name, match["command"], match["output"])
    for page in PAGES
    for match in SHOWN.finditer(page.read_text("utf-8"))
]


@pytest.mark.parametrize(
    ("page", "command", "output"), OUTPUTS, ids=[f"{page}: {command}" for page, command, _ in OUTPUTS]
)
def test_the_output_on_a_page_is_what_the_command_prints(page: str, command: str, output: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "diplomatic_events", *command.split()],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert timeless(done.stdout) == timeless(output)


READ: dict[str, Callable[[str], Any]] = {
    "json": json.loads,
    "yaml": yaml.safe_load,
    "toml": tomllib.loads,
    "python": lambda text: compile(text, "a page", "exec"),
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_block_of_data_or_code_on_a_page_can_be_read(page: Path) -> None:
    for snippet in snippets(page):
        if snippet.language in READ:
            try:
                READ[snippet.language](snippet.text)
            except ValueError as error:
                pytest.fail(f"line {snippet.line}: {error}")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_on_a_page_has_arguments_that_the_command_takes(page: Path) -> None:
    lines = [line for block in snippets(page) if block.language == "sh" for line in block.text.splitlines()]
    for line in lines:
        program, *arguments = shlex.split(line.partition(" > ")[0], comments=True) or [""]
        if Path(program).name == "diplomatic-events" and arguments != ["--version"]:
            parser().parse_args(arguments)


def done_as_the_page_says(page: str, folder: Path, tab: str = "") -> None:
    steps = list(walk(ROOT / "docs" / page, folder, tab))
    assert len(steps) > 1
    for line, printed, shown in steps:
        assert printed == shown, f"{page}:{line}"


def test_the_first_page_leads_through_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ARTICLE, tmp_path / "examples" / ARTICLE.name)
    done_as_the_page_says("start.md", tmp_path)


def test_the_loop_with_a_model_ends_in_a_record_without_findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done_as_the_page_says("use-with-a-model.md", tmp_path)


def test_both_tabs_of_the_tutorial_lead_to_the_same_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = []
    for tab in ("JSON", "Python"):
        folder = tmp_path / tab
        folder.mkdir()
        monkeypatch.chdir(folder)
        done_as_the_page_says("tutorial.md", folder, tab)
        assert check_paths("record.json").ok
        records.append(without_offsets(json.loads((folder / "record.json").read_bytes())))
    assert records[0] == records[1]


def test_what_the_tutorial_says_of_other_reports_is_in_the_schema() -> None:
    table = (
        (ROOT / "docs/tutorial.md").read_text("utf-8").partition("## What other reports say")[2].partition("\n## ")[0]
    )
    whole = json.loads(catalogue().path(VERSION).read_bytes())
    objects = [part for part in (whole, *whole["$defs"].values()) if "properties" in part]
    shown = [json.loads(f"{{{text}}}") for text in re.findall(r'`(".+?)`', table)]
    assert len(shown) > 5
    for (name, value), *_ in (list(entry.items()) for entry in shown):
        takes = [jsonschema.Draft202012Validator({**part["properties"][name], "$defs": whole["$defs"]})
                 for part in objects if name in part["properties"]]  # fmt: skip
        assert any(validator.is_valid(value) for validator in takes), name


def without_offsets(value: Any) -> Any:
    """What the tutorial leaves out of its JSON, which `Source.quote` finds out."""
    if isinstance(value, list):
        return [without_offsets(inner) for inner in value]
    if isinstance(value, dict):
        return {key: without_offsets(inner) for key, inner in value.items() if key not in ("start", "end")}
    return value


def test_the_home_page_shows_a_passage_its_record_and_what_a_wrong_word_in_it_is_answered(tmp_path: Path) -> None:
    home = ROOT / "docs/index.md"
    passage = re.sub(r"\s+", " ", " ".join(re.findall(r"^> (.*)$", home.read_text("utf-8"), re.MULTILINE)))
    recorded, answered = snippets(home)
    statement = json.loads(recorded.text)
    assert passage == statement["evidence"][0]["exact"]
    shutil.copytree(ARTICLE, tmp_path, dirs_exist_ok=True)
    record = tmp_path / "record.json"
    assert statement in json.loads(record.read_bytes())["statements"]
    wrong = statement["evidence"][0]["exact"].replace("admired", "praised")
    record.write_text(record.read_text("utf-8").replace(passage, wrong), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "diplomatic_events", "check", "record.json"],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.stdout.split("\n\n")[0] == answered.text.rstrip()


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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target.strip()).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_list_on_a_page_is_one_for_the_builder_of_the_site(page: Path) -> None:
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    extensions = [next(iter(each)) if isinstance(each, dict) else each for each in settings["markdown_extensions"]]
    text = page.read_text("utf-8")
    shown = re.sub(
        r"<pre>.*?</pre>|<code>.*?</code>", "", markdown.markdown(text, extensions=extensions), flags=re.DOTALL
    )
    assert re.findall(r"^(?:[-*]|[0-9]+\.) .*|```", shown, re.MULTILINE) == []
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    assert re.findall(r"^ {1,3}(?:[-*]|[0-9]+\.) .*", prose, re.MULTILINE) == [], "a list without depth"


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
        named |= {room} - {""} | {f"{room}{name}" for name in re.findall(r"\b[a-z_0-9]+\.py\b", line)}
    assert named == {module for module in modules if not module.endswith("/__init__.py")} | rooms


def test_the_changelog_and_the_version_agree() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "### Unreleased" in changes or f"### {__version__}" in changes
