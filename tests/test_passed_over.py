"""Files of a folder that show no sign of being records: they are passed over and counted, unless someone named them."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from check_records import example
from diplomatic_events import Options, Report, check_paths
from diplomatic_events.checking import check_inputs
from diplomatic_events.cli.main import main
from diplomatic_events.inputs.paths import expand
from diplomatic_events.inputs.records import PART_BYTES
from diplomatic_events.parallel import over
from diplomatic_events.schema.version import begins_as_record
from newest import VERSION

PACKAGE = {"name": "site", "type": "module", "version": "1.0.0", "dependencies": {}}
EXAMPLES = Path(__file__).parents[1] / "examples"
OF_RECORDS = Options(select=("json", "schema"))
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
        {"note": "schemaVersion", "of": {"schemaVersion": "1.0"}},
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
        ({"note": "a", "and": ["b"], "schemaVersion": "9.9"}, "schema/unknown-version"),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b'{"schemaVersion": "1.0"}', True),
        (b'\n{ "$schema" : "x",\n"id":"a" ,"schemaVersion":null}', True),
        (b'{"note": "schemaVersion", "of": 1}', False),
        (b'{"of": {"schemaVersion": "1.0"}}', False),
        (b'[{"schemaVersion": "1.0"}]', False),
        (b'{"a": "\\", "schemaVersion": "1.0", "b": "\\"}', False),
    ],
)
def test_a_record_need_not_be_parsed_if_texts_alone_stand_before_its_version(text: bytes, expected: bool) -> None:
    assert begins_as_record(text) == expected


def test_what_somebody_named_is_checked() -> None:
    write("d/package.json", PACKAGE)
    for paths in (["d/package.json"], ["d", "d/package.json"], ["d/package.json", "d"], ["d/*.json"]):
        assert MISSING in counted(check_paths(paths))[2], paths
    assert counted(check_inputs(expand(["d"], strict_files=True)))[2] == [MISSING]


ROW = {"event": "e1", "file": "record.json", "line": 1, "title": "Talks", "type": "meeting", "date": "2021-05-03"}


def test_lines_are_passed_over_together_if_none_of_the_first_shows_a_sign() -> None:
    for row in (PACKAGE, ROW, 7):
        write("d/other.ndjson", f"{json.dumps(row)}\n" * 3)
        assert counted(check_paths("d")) == (1, 1, [])


def test_a_record_among_the_first_lines_has_all_lines_checked() -> None:
    for first in (None, {}, ROW):
        write("d/other.ndjson", "\n".join(map(json.dumps, (first, first, example({"id": "other"}), PACKAGE))))
        assert counted(check_paths("d", OF_RECORDS))[0] == 0
        assert counted(check_paths("d", OF_RECORDS))[1] == 2


def test_so_many_lines_without_a_sign_are_enough() -> None:
    line = f"{json.dumps({**PACKAGE, 'description': 'x' * 40_000})}\n"
    write("d/other.ndjson", line + json.dumps(example({"id": "other"})))
    assert counted(check_paths("d", OF_RECORDS)) == (0, 2, [MISSING])
    write("d/other.ndjson", line * 2 + json.dumps(example({"id": "other"})))
    assert counted(check_paths("d")) == (1, 1, [])


def test_a_file_without_lines_is_passed_over_only_among_tables() -> None:
    write("d/other.ndjson", "\n")
    assert counted(check_paths("d")) == (0, 2, ["json/empty"])
    write("d/datapackage.json", json.dumps(PACKAGE))
    assert counted(check_paths("d")) == (2, 1, [])
    assert counted(check_paths("d/other.ndjson")) == (0, 1, ["json/empty"])


def test_no_line_is_lost_of_a_file_that_begins_with_a_record_or_with_what_cannot_be_read() -> None:
    write("d/other.ndjson", "\n".join(map(json.dumps, (example({"id": "other"}), PACKAGE, {}))))
    assert counted(check_paths("d", OF_RECORDS)) == (0, 2, [MISSING, MISSING])
    write("d/other.ndjson", f"{{]\n{json.dumps(PACKAGE)}")
    assert counted(check_paths("d", OF_RECORDS)) == (0, 2, ["json/syntax", MISSING])


def test_lines_of_a_file_that_somebody_named_are_checked() -> None:
    write("d/other.ndjson", f"{json.dumps(PACKAGE)}\n" * 2)
    for paths in (["d/other.ndjson"], ["d", "d/other.ndjson"], ["d/*.ndjson"]):
        assert counted(check_paths(paths))[2] == [MISSING, MISSING], paths


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_a_large_file_of_lines_is_passed_over_in_several_processes_too(suffix: str) -> None:
    lines = b"".join(json.dumps({**PACKAGE, "number": number}).encode() + b"\n" for number in range(12_000))
    assert len(lines) > 2 * PART_BYTES
    Path(f"d/other.ndjson{suffix}").write_bytes(gzip.compress(lines) if suffix else lines)
    assert counted(check_inputs(expand(["d"]), each=over(2))) == (1, 1, [])


def test_every_table_of_an_export_in_a_folder_of_records_is_passed_over(capsys: pytest.CaptureFixture[str]) -> None:
    write("d/record.json", (EXAMPLES / "camp-david-negotiations-1978-09-05/record.json").read_text(encoding="utf-8"))
    assert main(["export", "d", "--format", "ndjson", "--output", "d/tables"]) == 0
    sizes = [path.stat().st_size for path in Path("d/tables").iterdir()]
    assert 0 in sizes
    assert len(sizes) > 20
    assert counted(check_paths("d", OF_RECORDS)) == (len(sizes), 1, [])


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


def test_export_leaves_out_all_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    write("d/package.json", PACKAGE)
    write("d/rows.ndjson", f"{json.dumps(ROW)}\n" * 2)
    assert main(["export", "d", "--format", "csv", "--output", "tables"]) == 0
    assert "note: 2 JSON files show no sign" in capsys.readouterr().err


def test_migrate_leaves_them_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    write("d/package.json", PACKAGE)
    write("d/rows.ndjson", json.dumps(ROW))
    before = Path("d/record.json").read_text(encoding="utf-8")
    assert main(["migrate", "d", "--to", VERSION]) == 0
    said = capsys.readouterr()
    assert said.out == before
    assert said.err.startswith("note: 2 JSON files show no sign of being a record and were passed over")
    assert main(["migrate", "d", "--to", VERSION, "--strict-files"]) == 2
    write("d/record.json", PACKAGE)
    assert main(["migrate", "d", "--to", VERSION, "--in-place"]) == 2
    assert "error: no file of the folder shows a sign of being a record\n" in capsys.readouterr().err
    assert main(["migrate", "d", "--to", VERSION, "--allow-empty"]) == 0
    assert capsys.readouterr().out == ""


def test_no_offsets_are_added_to_them() -> None:
    write("d/rows.ndjson", json.dumps(ROW))
    assert main(["check", "d", "--fix", "--add-offsets"]) == 0
    assert Path("d/rows.ndjson").read_text(encoding="utf-8") == json.dumps(ROW)


def test_the_page_for_a_reviewer_shows_none_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    write("d/package.json", PACKAGE)
    assert main(["check", "d", "--format", "html"]) == 0
    assert "package.json" not in capsys.readouterr().out
