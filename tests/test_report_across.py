"""Findings that concern several records of a run: each has its place, and that of the other record."""

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from check_records import EXAMPLE, example
from diplomatic_events import Finding, Options, Report, check_paths
from diplomatic_events.checking import check_inputs
from diplomatic_events.inputs.paths import Input, expand
from diplomatic_events.inputs.records import RawRecord, records


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(name: str, *values: Any, indent: int | None = None) -> str:
    Path(name).write_text("\n".join(json.dumps(value, indent=indent) for value in values) + "\n", encoding="utf-8")
    return name


def only(report: Report) -> Finding:
    (finding,) = report.findings
    return finding


def test_a_record_that_is_there_twice_is_shown_with_the_first() -> None:
    write("a.json", EXAMPLE, indent=2)
    write("b.json", example({"title": "Another title"}), indent=2)
    finding = only(check_paths(["a.json", "b.json"]))
    assert (finding.rule, finding.file, finding.pointer) == ("corpus/duplicate-record", "b.json", "/id")
    assert finding.message == "another record already has the id `geneva-talks`"
    assert finding.record == "geneva-talks"
    assert finding.record_line is None
    assert finding.place is not None
    assert (finding.place.line, finding.place.column) == (3, 9)
    (related,) = finding.related
    assert (related.message, related.file, related.pointer) == ("the first is here", "a.json", "/id")
    assert related.place is not None
    assert (related.place.line, related.place.column) == (3, 9)
    assert related.excerpt is not None
    assert related.excerpt.text == '  "id": "geneva-talks",'


def test_records_of_one_file_are_told_apart_by_their_lines() -> None:
    other = json.dumps(example({"id": "another", "date": "2019-01-01"}))
    Path("a.ndjson").write_text(f"{json.dumps(EXAMPLE)}\n{other}\n\n{json.dumps(EXAMPLE)}\n", encoding="utf-8")
    finding = only(check_paths(["a.ndjson"], Options(select=("corpus/duplicate-record",))))
    assert finding.place is not None
    assert (finding.record_line, finding.place.line) == (4, 4)
    assert finding.related[0].place is not None
    assert finding.related[0].place.line == 1


def test_a_link_to_a_record_that_is_not_there_has_no_second_place() -> None:
    related = [{"id": "first", "relation": "follows-up", "title": "Talks", "record": "geneva-talk"}]
    write("a.json", EXAMPLE)
    write("b.json", example({"id": "second", "date": "2021-05-01", "related": related}))
    finding = only(check_paths(["a.json", "b.json"]))
    assert (finding.rule, finding.pointer) == ("corpus/unknown-record", "/related/0/record")
    assert finding.help == "did you mean `geneva-talks`?"
    assert finding.related == ()
    assert finding.place is not None


def test_a_link_of_a_record_that_is_checked_alone_is_listed_as_not_checked() -> None:
    related = [{"id": "first", "relation": "follows-up", "title": "Talks", "record": "elsewhere"}]
    report = check_paths([write("a.json", example({"related": related}))])
    assert report.findings == ()
    assert [(row.what, row.reason, row.records) for row in report.not_checked] == [
        ("corpus/unknown-record", "the record was checked alone", 1)
    ]


@pytest.mark.parametrize("other", ['{"schemaVersion": "1.0"}', '{"schemaVersion": "9.9"}', "{", "[]"])
def test_a_link_beside_a_broken_record_is_not_said_to_be_checked_alone(other: str) -> None:
    related = [{"id": "first", "relation": "follows-up", "title": "Talks", "record": "elsewhere"}]
    write("a.json", example({"related": related}))
    Path("b.json").write_text(other, encoding="utf-8")
    report = check_paths(["a.json", "b.json"])
    assert ("corpus/unknown-record", "a.json") in [(found.rule, found.file) for found in report.findings]
    assert "the record was checked alone" not in [row.reason for row in report.not_checked]


def test_standard_input_cannot_be_read_again_so_its_findings_have_no_column() -> None:
    write("a.json", EXAMPLE)
    stream = io.BytesIO(json.dumps(example({"title": "Another title"})).encode())
    finding = only(check_inputs(expand(["a.json", "-"]), stdin=stream))
    assert (finding.file, finding.pointer, finding.place, finding.record_line) == ("<stdin>", "/id", None, 1)
    assert finding.related[0].place is not None
    stream.seek(0)
    finding = only(check_inputs(expand(["-", "a.json"]), stdin=stream))
    assert finding.file == "a.json"
    assert finding.place is not None
    assert finding.related[0].place is None


def test_a_record_beyond_the_usual_limits_has_its_place_too() -> None:
    deep: Any = 1
    for _ in range(150):
        deep = [deep]
    write("a.json", example({"extensions": {"org.example": {"deep": deep, "long": "x" * (17 << 20)}}}))
    write("b.json", EXAMPLE)
    finding = only(check_paths(["b.json", "a.json"], Options(max_depth=200, max_bytes=1 << 25)))
    assert (finding.rule, finding.file) == ("corpus/duplicate-record", "a.json")
    assert finding.place is not None


@pytest.mark.parametrize("now", ["gone", "other", "broken", "list"])
def test_a_file_that_changes_while_it_is_checked_costs_only_the_place(
    now: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.json", EXAMPLE)
    write("b.json", EXAMPLE)

    def changing(source: Input, stdin: Any, max_bytes: int) -> Any:
        if now == "gone":
            os.unlink("b.json")
        Path("b.json").write_text({"other": "{}", "broken": "{", "list": "[]"}.get(now, ""), encoding="utf-8")
        return records(source, stdin, max_bytes)

    monkeypatch.setattr("diplomatic_events.report.placing.records", changing)
    finding = only(check_paths(["a.json", "b.json"]))
    assert (finding.rule, finding.file, finding.pointer) == ("corpus/duplicate-record", "b.json", "/id")
    assert (finding.place is None) == (now != "other")


def test_a_file_that_cannot_be_read_again_costs_only_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Input, stdin: Any, max_bytes: int) -> list[RawRecord]:
        raise PermissionError("refused")

    write("a.json", EXAMPLE)
    write("b.json", EXAMPLE)
    write("c.json", example({"id": "another", "date": "2019-01-01"}))
    monkeypatch.setattr("diplomatic_events.report.placing.records", refuse)
    finding = next(found for found in check_paths(["a.json", "b.json", "c.json"]).findings if found.file == "b.json")
    assert (finding.pointer, finding.place, finding.excerpt) == ("/id", None, None)
    assert finding.related[0].file == "a.json"
