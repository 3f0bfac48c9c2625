"""What a run writes: over nothing but what an earlier run has written, which is no record either."""

import json
import os
from pathlib import Path

import pytest

from check_records import example, text_folder
from diplomatic_events.cli.arguments import BASELINE
from diplomatic_events.report.formats import FORMATS
from run_command import Ran, Run, runner

RECORD = json.dumps(example({"/sources/0/text": None, "/sources/0/textFile": "report.txt"})).encode()
HELP = "  help: remove that file first, or write to another one\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in a folder with a record and the text of its source."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    text_folder(tmp_path)
    Path("record.json").write_bytes(RECORD)

    return runner(monkeypatch, capsys)


def contents() -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in Path().rglob("*") if path.is_file()}


def to(command: str, name: str) -> tuple[str, ...]:
    """The arguments with which a command writes to a file."""
    return (command, "--output", f"json={name}" if command == "check" else name)


COMMANDS = ("check", "coverage", "baseline")


# What is not written over


@pytest.mark.parametrize("command", COMMANDS)
def test_no_file_is_written_over_that_is_not_of_an_earlier_run(
    run: Run, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for entry in ("checking.check_inputs", "coverage.survey.survey"):
        monkeypatch.setattr(f"diplomatic_events.{entry}", None)  # it is refused before anything is read
    Path("diplomatic-events.toml").write_text("fail-on = 'never'\n", encoding="utf-8")
    Path("notes").write_text("Checked 1 file, 1 record: 1 error, 0 warnings.\nAnd so on.\n", encoding="utf-8")
    os.symlink("record.json", "link.json")
    os.link("report.txt", "hard.txt")
    before = contents()
    kind = "baseline" if command == "baseline" else "report"
    names = ["record.json", "./record.json", "link.json", "report.txt", "hard.txt", "diplomatic-events.toml", "notes"]
    for name in names:
        message = f"error: --output {name} would overwrite a file that is not an earlier {kind}\n{HELP}"
        assert run(*to(command, name), "record.json") == Ran(2, "", message)
    assert contents() == before


def test_standard_input_is_not_written_over(run: Run) -> None:
    before = contents()
    assert run(*to("check", "record.json"), "-", stdin=RECORD).code == 2
    assert contents() == before


def test_a_report_is_not_written_over_a_baseline_nor_a_baseline_over_a_report(run: Run) -> None:
    assert run(*to("baseline", "known.json"), "record.json").code == 0
    assert run(*to("check", "report.json"), "record.json").code == 0
    before = contents()
    assert run(*to("check", "known.json"), "record.json").code == 2
    assert run(*to("baseline", "report.json"), "record.json").code == 2
    assert contents() == before


def test_what_cannot_be_looked_into_is_not_written_over(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("report.json").write_text("[]\n", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("builtins.open", refuse)
    assert run(*to("check", "report.json"), "record.json").code == 2


def test_what_is_no_ordinary_file_holds_nothing_to_lose(run: Run) -> None:
    assert run(*to("check", os.devnull), "record.json").code == 0
    ran = run(*to("check", "a\0.json"), "record.json")
    assert (ran.code, ran.err.startswith("error: a\\u0000.json cannot be written")) == (2, True)


@pytest.mark.parametrize(
    "text",
    [
        '{\n"title": ',
        '{"$schema": "../schema/1.0/event.schema.json"}',
        '{"$schema": "https://example.org/sarif-schema-2.1.0.json", "runs": [{"tool": {"driver": {"name": "other"}}}]}',
        '{"id": "rule", "rule": 1}',
        '[{"$schema": "../schema/1.0/event.schema.json"}]',
        "<?xml version='1.0'?><testsuites>",
        "<!DOCTYPE html>\n<html>",
        "An error[1]: it failed.",
        "\x1f\x8b",
        " ",
    ],
)
def test_what_only_resembles_a_report_is_none(run: Run, text: str) -> None:
    Path("a").write_text(text, encoding="utf-8")
    assert run(*to("check", "a"), "record.json").code == 2
    assert Path("a").read_text(encoding="utf-8") == text


# What is written over


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("change", [{}, {"title": ""}, {"title": "", "evidence": []}])
def test_an_earlier_report_is_replaced(run: Run, format: str, change: dict[str, object]) -> None:
    command = ("check", "record.json", "--no-config", "--statistics", "--output", f"{format}=earlier")
    Path("earlier").touch()  # as `mktemp` leaves it
    Path("record.json").write_text(json.dumps({**json.loads(RECORD), **change}), encoding="utf-8")
    assert run(*command).code in (0, 1)
    first = Path("earlier").read_bytes()
    Path("record.json").write_bytes(RECORD.replace(b'"held"', b'"hold"'))
    assert (run(*command).code, run(*command).err) == (1, "")
    assert Path("earlier").read_bytes() != first


@pytest.mark.parametrize("format", ["text", "json", "html"])
def test_an_earlier_report_of_coverage_is_replaced(run: Run, format: str) -> None:
    command = ("coverage", ".", "--format", format, "--output", "covered.json")
    assert [run(*command), run(*command)] == [Ran(0, "", "")] * 2


def test_a_report_that_was_printed_into_a_file_is_one_too(run: Run) -> None:
    for command in ("check", "coverage"):
        Path("printed.txt").write_text(run(command, "record.json").out, encoding="utf-8")
        output = "text=printed.txt" if command == "check" else "printed.txt"
        assert run(command, "record.json", "--output", output).code == 0


# What is no record


@pytest.mark.parametrize("format", ["json", "jsonl", "repair", "sarif", "gitlab"])
@pytest.mark.parametrize("paths", [(".",), ("*.json",), ("**/*.json",), ("record.json", "report.json")])
def test_an_earlier_report_is_not_checked(run: Run, format: str, paths: tuple[str, ...]) -> None:
    os.symlink("report.json", "link.json")
    command = ("check", *paths, "--output", f"{format}=report.json", "--format", "json")
    for _ in range(2):
        Path("report.json").touch()
        ran = run(*command)
        assert (ran.code, json.loads(ran.out)["summary"]["files"]) == (0, 1)


@pytest.mark.parametrize("name", [BASELINE, "known.json"])
def test_an_earlier_baseline_is_not_checked(run: Run, name: str) -> None:
    Path("record.json").write_text(json.dumps(example({"title": ""})), encoding="utf-8")
    for paths in ((".",), ("*.json",), ("record.json", name)):
        Path(name).touch()
        assert run("baseline", *paths, "--output", name) == Ran(0, "", f"{name}: 1 finding\n")


def test_a_run_of_nothing_but_its_own_report_is_refused(run: Run) -> None:
    assert run(*to("check", "report.json"), ".").code == 0
    message = "error: the only files named are those to be written\n  help: name the records\n"
    assert run(*to("check", "report.json"), "report.json") == Ran(2, "", message)


@pytest.mark.parametrize("command", [("check",), ("coverage",), ("baseline",), ("migrate", "--to", "1.0")])
def test_what_the_configuration_has_written_is_no_record_of_a_folder_for_any_command(
    run: Run, command: tuple[str, ...]
) -> None:
    text = 'baseline = "known.json"\noutput = ["json=a.json", "jsonl=b.jsonl"]\n'
    Path("diplomatic-events.toml").write_text(text, encoding="utf-8")
    assert run("baseline", "record.json").code == 0
    assert run("check", "record.json").code == 0
    assert {"known.json", "a.json", "b.jsonl"} <= {*contents()}
    assert run(*command, ".").code == 0


def test_a_report_of_another_run_is_no_record(run: Run) -> None:
    assert run(*to("check", "report.json"), ".").code == 0
    assert run("check", ".").code == 0
    ran = run("check", ".", "--strict-files", "--format", "jsonl")
    assert (ran.code, [json.loads(line)["rule"] for line in ran.out.splitlines()]) == (1, ["schema/missing-version"])
