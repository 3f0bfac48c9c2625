"""What a run writes: never over what it reads, but over what an earlier run has written."""

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from checking import EXAMPLE, example, text_folder
from diplomatic_events import DiplomaticEventsError
from diplomatic_events.cli.arguments import BASELINE
from diplomatic_events.cli.outputs import Outputs
from diplomatic_events.report.formats import FORMATS
from diplomatic_events.sources.texts import text_files
from running import Ran, Run, runner

RECORD = json.dumps(example({"/sources/0/text": None, "/sources/0/textFile": "report.txt"})).encode()
HELP = "  help: write to another file\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in a folder with a record and the text of its source."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    text_folder(tmp_path)
    Path("record.json").write_bytes(RECORD)

    return runner(monkeypatch, capsys)


def there() -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in Path().rglob("*") if path.is_file()}


def to(command: str, name: str) -> tuple[str, ...]:
    """The arguments with which a command writes to a file."""
    return (command, "--output", f"json={name}" if command == "check" else name)


COMMANDS = ("check", "coverage", "baseline")


# What is read


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("path", ["record.json", ".", "*.json", "**/*.json"])
@pytest.mark.parametrize("name", ["record.json", "./record.json", "link.json", "hard.json"])
def test_a_record_is_not_written_over(run: Run, command: str, path: str, name: str) -> None:
    os.symlink("record.json", "link.json")
    os.link("record.json", "hard.json")
    before = there()
    ran = run(*to(command, name), path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: --output {name} would overwrite a file that is to be read")
    assert ran.err.endswith(HELP)
    assert there() == before


def test_the_message_names_both_files_where_they_are_not_called_alike(run: Run) -> None:
    os.symlink("record.json", "link.json")
    message = "error: --output {} would overwrite a file that is to be read{}\n" + HELP
    assert run(*to("check", "link.json"), "record.json").err == message.format("link.json", " (record.json)")
    assert run(*to("check", "./record.json"), "record.json").err == message.format("./record.json", "")


def test_nothing_is_checked_where_a_record_would_be_written_over(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diplomatic_events.check.check", None)
    assert run(*to("check", "record.json"), "record.json").code == 2


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_text_of_a_source_is_not_written_over(run: Run, command: str, jobs: str) -> None:
    os.symlink("report.txt", "link.txt")
    for number in range(90):  # more than fits into one batch
        Path(f"{number}.json").write_bytes(RECORD + b" " * 8000)
    before = there()
    more = [] if command == "coverage" else ["--jobs", jobs]
    ran = run(*to(command, "link.txt"), ".", *more)
    assert ran.code == 2
    assert ran.err.endswith(f"error: --output link.txt would overwrite the text of a source (report.txt)\n{HELP}")
    assert there() == before


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "change", [{"title": ""}, {"schemaVersion": None}, {"sources": [5, {"textFile": "report.txt"}]}]
)
def test_the_text_of_a_broken_record_is_not_written_over_either(run: Run, command: str, change: dict[str, Any]) -> None:
    value = {**json.loads(RECORD), **change}
    Path("record.json").write_text(json.dumps({key: part for key, part in value.items() if part is not None}), "utf-8")
    before = there()
    more = () if command == "coverage" else ("--select", "dates")
    ran = run(*to(command, "report.txt"), "record.json", *more)
    assert ran.code == 2
    assert "error: --output report.txt would overwrite the text of a source\n" in ran.err
    assert there() == before


def test_a_text_that_would_be_written_over_costs_no_other_output(run: Run) -> None:
    ran = run("check", "record.json", "--output", "text=report.txt", "--output", "json=a.json", "--format", "concise")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"error: --output report.txt would overwrite the text of a source\n{HELP}"
    assert json.loads(Path("a.json").read_bytes())["summary"]["records"] == 1


def test_the_configuration_and_the_baseline_are_not_written_over(run: Run) -> None:
    Path("diplomatic-events.toml").write_text("fail-on = 'never'\n", encoding="utf-8")
    assert run("baseline", "record.json", "--output", "known.json").code == 0
    before = there()
    for name, what in (("diplomatic-events.toml", "the configuration"), ("known.json", "the baseline of this run")):
        ran = run(*to("check", name), "record.json", "--baseline", "known.json")
        assert (ran.code, ran.out, ran.err) == (2, "", f"error: --output {name} would overwrite {what}\n{HELP}")
    assert there() == before


def test_standard_input_is_not_written_over(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = there()
    with open("record.json", encoding="utf-8") as file:
        monkeypatch.setattr("sys.stdin", file)
        ran = run(*to("check", "record.json"), "-")
    assert (ran.code, ran.err) == (2, f"error: --output record.json would overwrite a file that is to be read\n{HELP}")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(RECORD)))
    assert run(*to("check", "record.json"), "-", "--stdin-filename", "record.json").code == 2
    assert there() == before
    assert run(*to("check", "a.json"), "-", "--stdin-filename", "record.json").code == 0


def test_what_is_excluded_or_not_part_of_the_run_can_be_written_over(run: Run) -> None:
    Path("old.json").write_text("{}", encoding="utf-8")
    Path("diplomatic-events.toml").write_text("exclude = ['old.json']\n", encoding="utf-8")
    assert run(*to("check", "old.json"), ".").code == 0
    Path("old.json").write_text("{}", encoding="utf-8")
    assert run(*to("check", "old.json"), "record.json", "--no-config").code == 0
    assert json.loads(Path("old.json").read_bytes())["summary"]["files"] == 1


# What an earlier run has written


@pytest.mark.parametrize("format", [format for format in FORMATS if format not in ("text", "concise", "github")])
@pytest.mark.parametrize("title", ["", "Talks"])
@pytest.mark.parametrize("paths", [(".",), ("*.json",), ("**/*.json",), ("record.json", "report.json")])
def test_an_earlier_report_is_replaced_and_not_checked(
    run: Run, format: str, title: str, paths: tuple[str, ...]
) -> None:
    Path("record.json").write_text(json.dumps(example({"title": title})), encoding="utf-8")
    command = ("check", *paths, "--output", f"{format}=report.json", "--format", "json")
    first = run(*command[:1], "record.json", *command[-4:])
    for _ in range(2):
        ran = run(*command)
        assert (ran.code, ran.out, ran.err) == (first.code, first.out, "")
        assert json.loads(ran.out)["summary"]["files"] == 1


@pytest.mark.parametrize("paths", [(".",), ("*.json",), ("record.json", "known.json"), ("record.json", BASELINE)])
def test_an_earlier_baseline_is_replaced_and_not_checked(run: Run, paths: tuple[str, ...]) -> None:
    name = BASELINE if BASELINE in paths else "known.json"
    Path("record.json").write_text(json.dumps(example({"title": ""})), encoding="utf-8")
    for _ in range(2):
        Path(name).touch()
        assert run("baseline", *paths, "--output", name) == Ran(0, "", f"{name}: 1 finding\n")


def test_an_earlier_report_of_coverage_is_replaced_and_not_measured(run: Run) -> None:
    for _ in range(2):
        assert run("coverage", ".", "--format", "json", "--output", "covered.json") == Ran(0, "", "")


def test_a_run_of_nothing_but_its_own_report_is_refused(run: Run) -> None:
    assert run(*to("check", "report.json"), ".").code == 0
    message = "error: no file is named but what is to be written\n  help: name the records\n"
    assert run(*to("check", "report.json"), "report.json") == Ran(2, "", message)


@pytest.mark.parametrize("command", [("check",), ("coverage",), ("baseline",), ("migrate", "--to", "1.0")])
def test_what_the_configuration_has_written_is_no_record_of_a_folder_for_any_command(
    run: Run, command: tuple[str, ...]
) -> None:
    text = 'baseline = "known.json"\noutput = ["json=a.json", "jsonl=b.jsonl"]\n'
    Path("diplomatic-events.toml").write_text(text, encoding="utf-8")
    assert run("baseline", "record.json").code == 0
    assert run("check", "record.json").code == 0
    assert {"known.json", "a.json", "b.jsonl"} <= {*there()}
    assert run(*command, ".").code == 0


def test_a_report_of_another_run_is_no_record_and_is_said_so(run: Run) -> None:
    assert run(*to("check", "report.json"), ".").code == 0
    ran = run("check", ".", "--format", "jsonl")
    assert (ran.code, [json.loads(line)["rule"] for line in ran.out.splitlines()]) == (1, ["schema/missing-version"])


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("", True),
        (" \n", True),
        ("[]\n", True),
        ('{"rule": "dates/no-such-day"}\n{', True),
        ('{"baselineVersion": "1.0"}', True),
        ("{}", False),
        ('{\n"title": ', False),
        ('{"$schema": "../schema/1.0/event.schema.json"}', False),
        ('{"id": "rule", "rule": 1}', False),
        ('[{"id": "a"}]', False),
        ('[{"$schema": "../schema/1.0/event.schema.json"}]', False),
        ("<?xml version='1.0'?><testsuites>", False),
        ("Talks were held.", False),
        ("\x1f\x8b", False),
    ],
)
def test_only_what_begins_like_a_report_or_a_baseline_is_taken_for_one(run: Run, text: str, ours: bool) -> None:
    Path("a.json").write_text(text, encoding="utf-8")
    if ours:
        assert Outputs(["a.json"]).replaces("a.json")
    else:
        with pytest.raises(DiplomaticEventsError):
            Outputs(["a.json"]).replaces("a.json")


def test_what_is_not_there_or_no_ordinary_file_is_written_over_nothing(run: Run) -> None:
    outputs = Outputs(["none.json", ".", os.devnull, "a\0.json"])
    for path in ("none.json", ".", os.devnull, "a\0.json", "record.json", -1):
        assert not outputs.replaces(path)
    outputs.spare(".", "a folder")
    outputs.spare_texts("none.json", ["record.json"])


def test_a_file_that_cannot_be_looked_into_is_not_taken_for_a_report(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.json").write_text("[]", encoding="utf-8")
    outputs = Outputs(["a.json"])

    def refuse(*_: Any) -> None:
        raise PermissionError

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(DiplomaticEventsError, match=r"--output a\.json would overwrite a file that is to be read"):
        outputs.replaces("a.json")


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({"sources": [{"textFile": "a"}, {"text": "b"}, {"textFile": 5}, 5, {"textFile": "c"}]}, ["a", "c"]),
        ({"sources": {"textFile": "a"}}, []),
        ({}, []),
        ([{"textFile": "a"}], []),
        (None, []),
    ],
)
def test_the_text_files_of_a_record_are_those_that_it_names_well(record: Any, found: list[str]) -> None:
    assert list(text_files(record)) == found


def test_a_record_without_a_text_file_has_none() -> None:
    assert list(text_files(EXAMPLE)) == []
