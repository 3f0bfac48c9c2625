"""The command `coverage`: what it measures, what it cannot, and its exit codes."""

import json
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from check_records import EXAMPLE, REFERENCE, example, text_folder
from diplomatic_events.cli.main import main
from diplomatic_events.coverage.survey import survey
from diplomatic_events.inputs.paths import Input, Inputs, expand
from quoting import record_quoting

WITH_FILE = {"/sources/0/text": None, "/sources/0/textFile": "report.txt"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return text_folder(tmp_path)


def write(name: str, value: Any) -> None:
    Path(name).write_text(json.dumps(value), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("gone.txt", "there is no such file"),
        ("latin-1.txt", "it is not UTF-8 (byte 6 is wrong)"),
        ("../x", "a text file is named relative to the record's own file and lies in its folder"),
    ],
)
def test_a_text_file_that_cannot_be_used_could_not_be_measured(
    name: str, why: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write("a.json", example(WITH_FILE | {"/sources/0/textFile": name}))
    assert main(["coverage", "a.json"]) == 2
    assert capsys.readouterr().err == (
        f"error: a.json: the text file `{name}` could not be used: {why}, so the source `report` could not be measured\n"
    )


def test_a_source_that_has_no_text_is_no_failure_and_is_never_too_little(folder: Path) -> None:
    write("a.json", example({"/sources/0/text": None}))
    assert main(["coverage", "a.json", "--fail-under", "100"]) == 0


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ('{"a":', "it could not be read as JSON; `diplomatic-events check` says why"),
        ("[]", "this is a list; a record is an object"),
        ('{"schemaVersion": "9.9"}', "there is no version `9.9` of the schema"),
        ('{"title": "x"}', "the record does not declare its `schemaVersion`, so nothing else was checked"),
        (json.dumps(example({"id": 5})), "its structure has a fault; `diplomatic-events check` says where"),
        (
            json.dumps(example({"id": 5, "title": 5})),
            "its structure has 2 faults; `diplomatic-events check` says where",
        ),
    ],
)
def test_a_record_that_is_not_sound_is_named_and_the_others_are_measured(
    data: str, why: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("broken.json").write_text(data, encoding="utf-8")
    write("sound.json", EXAMPLE)
    assert main(["coverage", "broken.json", "sound.json"]) == 2
    captured = capsys.readouterr()
    assert captured.err == f"error: broken.json: {why}\n"
    assert "Measured 1 record, 1 text:" in captured.out
    assert main(["coverage", "broken.json", "sound.json", "--format", "html"]) == 2
    assert "<li>broken.json: " in capsys.readouterr().out


def test_a_fault_of_the_check_itself_is_our_own_fault(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    write("a.json", EXAMPLE)
    monkeypatch.setattr("diplomatic_events.checking.parse_quickly", fail)
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        survey(expand(["a.json"]))


def test_a_file_that_has_gone_is_a_failure_of_one_line_and_costs_no_other(folder: Path) -> None:
    write("a.json", EXAMPLE)
    gone = Input("a\nb.json", Path("no/such"), None)
    found = survey(Inputs([gone, *expand(["a.json"]).files]))
    assert len(found.records) == 1
    assert found.failures == ("a b.json: No such file or directory",)


@pytest.mark.parametrize(("percent", "code"), [("0", 0), ("49.9", 0), ("50", 0), ("50.0", 0), ("50.000001", 1)])
def test_fail_under_passes_what_is_exactly_equal(
    percent: str, code: int, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write("talks.json", record_quoting("abcd efgh", "abcd"))
    assert main(["coverage", "talks.json", "--fail-under", percent]) == code
    why = f"error: talks.json#/sources/0/text: 50.0 % is covered, less than the {percent} % of --fail-under\n"
    assert capsys.readouterr().err == (why if code else "")


def test_fail_under_heeds_what_is_set_aside_and_what_other_records_of_the_text_quote(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    aside = [{"reason": "A menu.", "evidence": [{"source": "report", "exact": "Menu"}]}]
    write("a.json", record_quoting("abcd efgh Menu", "abcd", irrelevant=aside))
    write("b.json", record_quoting("abcd efgh Menu", "efgh"))
    assert main(["coverage", "a.json", "--fail-under", "50"]) == 0
    assert main(["coverage", "b.json", "--fail-under", "50"]) == 1
    assert main(["coverage", "a.json", "b.json", "--fail-under", "100"]) == 0
    write("b.json", record_quoting("abcd efgh Menu"))
    capsys.readouterr()
    assert main(["coverage", "a.json", "b.json", "--fail-under", "51"]) == 1
    assert capsys.readouterr().err == (
        "error: a.json#/sources/0/text: 50.0 % is covered, less than the 51 % of --fail-under\n"
    ), "one text, one failure"


def test_what_could_not_be_measured_weighs_more_than_what_is_covered_too_little(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write("talks.json", record_quoting("abcd efgh", "abcd"))
    write("broken.json", {})
    assert main(["coverage", "talks.json", "broken.json", "--fail-under", "100"]) == 2
    assert "50.0 % is covered" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--fail-under", "101"], "`101` is not a percentage from 0 to 100"),
        (["--fail-under", "nan"], "`nan` is not a percentage from 0 to 100"),
        (["--format", "htm"], "there is no format `htm`; did you mean `html`?"),
        ([], "no file is named"),
        (["gone.json"], "gone.json: there is no such file or folder"),
    ],
)
def test_a_wrong_option_is_explained(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_standard_input_is_read_line_by_line_where_its_name_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "".join(json.dumps(record_quoting("Yes. No.", word)) + "\n" for word in ("Yes.", "No."))
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(lines.encode())))
    assert main(["coverage", "-", "--stdin-filename", "talks.ndjson", "--format", "json"]) == 0
    records = json.loads(capsys.readouterr().out)["records"]
    assert [(found["file"], found["recordLine"]) for found in records] == [("talks.ndjson", 1), ("talks.ndjson", 2)]


@pytest.mark.parametrize(
    ("options", "code"),
    [(["--stdin-filename", "a.json"], 0), (["--stdin-filename", "d/a.json"], 2), (["--output", "coverage.txt"], 2)],
    ids=["beside the text", "elsewhere", "without a name"],
)
def test_the_texts_of_standard_input_lie_beside_its_name(
    options: list[str], code: int, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(json.dumps(example(WITH_FILE)).encode())))
    assert main(["coverage", "-", *options]) == code
    assert ("`report.txt` could not be used" in capsys.readouterr().err) == bool(code)


def test_output_is_written_to_a_file_instead_without_colours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["coverage", str(REFERENCE), "--color", "always", "--output", str(tmp_path / "found.txt")]) == 0
    assert capsys.readouterr().out == ""
    assert "\x1b" not in (tmp_path / "found.txt").read_text(encoding="utf-8")
    assert main(["coverage", str(REFERENCE), "--format", "html", "--output", str(tmp_path / "page.html")]) == 0
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
