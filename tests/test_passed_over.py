"""Files of a folder that show no sign of being records: they are passed over and counted, unless someone named them."""

import json
from pathlib import Path
from typing import Any

import pytest

from check_records import example
from diplomatic_events import Options, Report, check_paths
from diplomatic_events.checking import check_inputs
from diplomatic_events.cli.main import main
from diplomatic_events.inputs.paths import expand
from newest import VERSION

PACKAGE = {"name": "site", "type": "module", "version": "1.0.0", "dependencies": {}}
MISSING = "schema/missing-version"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("d").mkdir()
    write("d/record.json", example({}))


def write(name: str, value: Any) -> None:
    Path(name).write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")


def counted(report: Report) -> tuple[int, int, list[str]]:
    return report.passed_over, report.files, [finding.rule for finding in report.findings]


@pytest.mark.parametrize(
    "value",
    [
        PACKAGE,
        {},
        {"title": "A JSON schema", "$schema": "https://json-schema.org/draft/2020-12/schema"},
        {"type": "FeatureCollection", "name": "places", "features": []},
        {"$schema": "https://w3id.org/diplomatic-events/report/1.0/report.schema.json", "findings": []},
        [],
        [PACKAGE, 1],
        '"text"',
        7,
        None,
    ],
)
def test_what_shows_no_sign_of_being_a_record_is_passed_over(value: Any) -> None:
    write("d/other.json", value)
    assert counted(check_paths("d")) == (1, 1, [])
    assert check_paths("d").records == 1


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ({"schemaVersion": "9.9"}, "schema/unknown-version"),
        ({"$schema": f"../schema/{VERSION}/event.schema.json"}, MISSING),
        ({"title": "Talks", "parties": []}, MISSING),
        ({"title": "Talks", "type": "meeting"}, MISSING),
        ([example({})], "schema/not-an-object"),
        ("{", "json/syntax"),
    ],
)
def test_what_shows_a_sign_of_being_a_record_is_checked(value: Any, rule: str) -> None:
    write("d/other.json", value)
    report = check_paths("d")
    assert (report.passed_over, report.files) == (0, 2)
    assert rule in [finding.rule for finding in report.findings]


def test_what_somebody_named_is_checked() -> None:
    write("d/package.json", PACKAGE)
    for paths in (["d/package.json"], ["d", "d/package.json"], ["d/package.json", "d"], ["d/*.json"]):
        assert MISSING in counted(check_paths(paths))[2], paths
    assert counted(check_inputs(expand(["d"], strict_files=True)))[2] == [MISSING]


def test_lines_are_always_records() -> None:
    write("d/other.ndjson", json.dumps(PACKAGE))
    assert counted(check_paths("d")) == (0, 2, [MISSING])


def test_a_version_that_is_given_makes_no_record_of_it() -> None:
    write("d/package.json", PACKAGE)
    assert counted(check_paths("d", Options(schema_version="1.0"))) == (1, 1, [])


def test_a_folder_without_any_record_is_a_failure_unless_it_may_be_empty() -> None:
    write("d/record.json", PACKAGE)
    report = check_paths("d")
    assert report.failures == ("no file of the folder shows a sign of being a record",)
    assert check_inputs(expand(["d"], allow_empty=True)).ok


@pytest.mark.parametrize("processes", ["1", "2"])
def test_the_command_counts_them_in_a_note(processes: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("d/a.json", PACKAGE)
    assert main(["check", "d", "-j", processes]) == 0
    assert "note: 1 JSON file shows no sign of being a record and was passed over" in capsys.readouterr().err
    write("d/b.json", PACKAGE)
    assert main(["check", "d", "-j", processes]) == 0
    assert "note: 2 JSON files show no sign of being a record and were passed over" in capsys.readouterr().err
    assert main(["check", "d", "--strict-files", "-j", processes]) == 1


def test_coverage_measures_none_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    write("d/package.json", PACKAGE)
    assert main(["coverage", "d"]) == 0
    said = capsys.readouterr()
    assert "Measured 1 record, 1 text:" in said.out
    assert said.err.startswith("note: 1 JSON file shows no sign of being a record and was passed over")
    assert main(["coverage", "d", "--strict-files"]) == main(["coverage", "d/package.json"]) == 2
    write("d/record.json", PACKAGE)
    assert main(["coverage", "d"]) == 2
    assert "error: no file of the folder shows a sign of being a record\n" in capsys.readouterr().err


def test_the_page_for_a_reviewer_shows_none_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    write("d/package.json", PACKAGE)
    assert main(["check", "d", "--format", "html"]) == 0
    assert "package.json" not in capsys.readouterr().out
