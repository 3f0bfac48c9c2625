"""Arrow batches of records give the findings that the command gives."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from benchmarks import generator
from check_records import EXAMPLE
from diplomatic_events import DiplomaticEventsError, Options, Severity, check_bytes, check_paths
from diplomatic_events.arrow import Files, Rows, check, check_all, check_files, findings_schema
from engines import lake
from engines.pages import done_as_the_page_says

RECORDS = [json.dumps(record, ensure_ascii=False) for record in lake.planted(300)]


def table(records: Any = RECORDS, **columns: Any) -> Any:
    return pa.table({"json": pa.array(records), **columns})


def rows(data: Any, column: str = "json", **options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = check(data, column, **options).to_pylist()
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lake")
    lake.fill(folder, 600)
    return folder


def test_the_findings_of_a_batch_are_those_of_the_command_on_the_same_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("some.ndjson").write_text("\n".join(RECORDS), encoding="utf-8")
    lines = table(name=["some.ndjson"] * len(RECORDS), line=range(1, len(RECORDS) + 1))
    report = check_paths("some.ndjson")
    batches = list(check_all(lines.to_batches(max_chunksize=7), Rows("json", "name", "line")))
    found = [row for batch in batches for row in batch.to_pylist()]
    assert lake.by_engine(found) == lake.by_command_in_records(report, RECORDS)
    assert lake.not_checked_by_engine(found) == lake.not_checked_by_command(report)
    assert {finding.rule for finding in report.findings} >= {
        "corpus/duplicate-record", "corpus/unknown-record", "corpus/identity-conflict", "evidence/not-verbatim",
    }  # fmt: skip


def test_the_findings_of_whole_files_are_those_of_the_command_on_the_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    report = check_paths(".")
    files = sorted(path for path in Path().iterdir() if path.suffix != ".txt")
    contents = pa.table({"content": [path.read_bytes() for path in files], "path": [path.name for path in files]})
    found = [
        row
        for batch in check_all(contents.to_batches(max_chunksize=3), Files("content", "path"), texts=".")
        for row in batch.to_pylist()
    ]
    assert lake.by_engine(found) == lake.by_command(report)
    assert lake.not_checked_by_engine(found) == lake.not_checked_by_command(report)
    assert [row["file"] for row in found if row["what"] == "the file"] == ["other.json"]
    assert "json/truncated-compression" in {row["rule"] for row in found}


def test_it_does_not_matter_how_the_records_are_divided() -> None:
    whole = check(table(), "json")
    parts = [check(table().slice(start, 11), "json") for start in range(0, len(RECORDS), 11)]
    assert pa.Table.from_batches(parts).equals(pa.Table.from_batches([whole]))


@pytest.mark.parametrize(
    "type",
    [pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), pa.binary_view(), pa.dictionary(pa.int32(), pa.string())],
    ids=str,
)  # fmt: skip
def test_text_and_bytes_of_every_kind_are_read(type: Any) -> None:
    assert check(pa.table({"json": table()["json"].cast(type)}), "json").equals(check(table(), "json"))


def test_text_that_is_known_to_be_json_is_read() -> None:
    json_column = pa.ExtensionArray.from_storage(pa.json_(), pa.array(RECORDS))
    assert check(pa.table({"json": json_column}), "json").equals(check(table(), "json"))


def test_a_null_is_a_finding_and_not_a_clean_record() -> None:
    for nulls in (pa.array([None], pa.string()), pa.nulls(1)):
        finding, unread = rows(pa.table({"json": nulls, "at": ["x"]}), name="at")
        assert finding["message"] == "there is no record here: the value is null"
        assert (finding["rule"], finding["file"], unread["what"]) == ("json/syntax", "x", "the schema and every rule")
    (finding, _) = check_files(pa.table({"content": pa.nulls(1), "path": ["x.json"]})).to_pylist()
    assert finding["message"] == "there is no record here: the value is null"


def test_bytes_that_are_no_text_are_a_finding() -> None:
    wrong = pa.Array.from_buffers(pa.string(), 1, pa.array([b"\xff\xfe{"]).buffers())
    assert {row["rule"] for row in rows(pa.table({"json": wrong}))} == {
        row["rule"] for row in rows(table([b"\xff\xfe{"]))
    }
    assert rows(table([b"{\xff}"]))[0]["rule"] == "json/not-utf8"


def test_a_column_that_holds_no_text_is_refused_with_what_would_be_right() -> None:
    with pytest.raises(
        DiplomaticEventsError, match="the column `json` holds struct<a: int64>, not text or bytes"
    ) as error:
        check(table([{"a": 1}]), "json")
    assert error.value.help == "read each record as the text that it is, not as the values in it"


def test_a_column_that_is_not_there_is_refused_with_the_one_that_is_meant() -> None:
    with pytest.raises(DiplomaticEventsError, match="there is no column `jsn`") as error:
        check(table(), "jsn")
    assert error.value.help == "did you mean `json`?"


def test_source_texts_out_of_reach_are_not_checked_and_no_finding() -> None:
    record = json.loads(json.dumps(EXAMPLE))
    assert rows(table([json.dumps(record)])) == []
    del record["sources"][0]["text"]
    record["sources"][0]["textFile"] = "report.txt"
    (row,) = rows(table([json.dumps(record)]))
    assert (row["kind"], row["what"], row["record"]) == ("not checked", "evidence", record["id"])
    assert row["message"] == "the text of its source lies in a file that is out of reach here"
    assert row["findings"] == 0


def test_findings_that_are_only_counted_are_a_row_with_their_number() -> None:
    data = b"[" + b"1e999," * 1500 + b"1]"
    found = rows(table([data]))
    (more,) = (row for row in found if row["kind"] == "not listed")
    assert more["message"].endswith("more findings of this rule are not listed")
    assert (more["rule"], more["severity"]) == ("json/number-out-of-range", "error")
    report = check_bytes(data)
    assert (
        sum(row["findings"] for row in found if row["rule"] == more["rule"])
        == report.totals[more["rule"], Severity.ERROR]
    )


def test_options_choose_rules_and_severities() -> None:
    options = Options(select=("reference",), severities={"reference/unknown-party": Severity.NOTE})
    assert {(row["rule"], row["severity"]) for row in rows(table(), options=options) if row["rule"]} >= {
        ("reference/unknown-party", "note")
    }


def test_options_that_only_a_whole_report_can_follow_are_refused() -> None:
    with pytest.raises(DiplomaticEventsError, match="not for tables of findings"):
        check(table(), "json", options=Options(max_findings=1))


def test_the_columns_are_those_of_the_json_report_and_a_few_more() -> None:
    names = findings_schema().names
    report = json.loads((Path(__file__).parents[2] / "schema/report/1.0/report.schema.json").read_bytes())
    assert names == ["kind", *report["$defs"]["finding"]["properties"], "what", "findings"]
    assert check(table([]).cast(pa.schema([("json", pa.string())])), "json").schema == findings_schema()


def test_half_a_surrogate_pair_harms_no_table() -> None:
    name = "\udce9.json"  # as Python reads a byte that is not UTF-8
    (finding, _) = rows(table(["{"], at=pa.array([name.encode("utf-8", "surrogateescape")])), name="at")
    assert finding["file"] == "\\xe9.json"
    record = json.dumps(generator.record(1)).replace('"type": "meeting"', '"\\ud800": 1, "type": "meeting"', 1)
    assert "`\\ud800` is one half of a character" in rows(table([record]))[0]["message"]


def test_the_code_on_the_page_prints_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done_as_the_page_says("use-in-arrow.md", tmp_path, monkeypatch)
