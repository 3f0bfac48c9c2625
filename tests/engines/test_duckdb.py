"""SQL in DuckDB gives the findings that the command gives."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from diplomatic_events import DiplomaticEventsError, Options, Report, check_paths
from diplomatic_events.duckdb import check, check_files, register
from engines import lake
from engines.pages import done_as_the_page_says

NUMBER = 2000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lake")
    lake.fill(folder, NUMBER)
    return folder


@pytest.fixture(scope="module")
def report(folder: Path) -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return check_paths(".", config=False)


@pytest.fixture
def connection(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.chdir(folder)
    with duckdb.connect() as connection:
        register(connection, texts=".")
        yield connection


def rows(relation: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = relation.to_arrow_table().to_pylist()
    return found


FILES = "SELECT unnest(check_file(content, filename), max_depth := 2) FROM read_blob(['*.json', '*.jsonl', '*.ndjson', '*.gz'])"


def test_a_function_of_sql_finds_in_files_what_the_command_finds_in_each_record(
    connection: Any, report: Report
) -> None:
    found = rows(connection.sql(FILES))
    alone = report._replace(findings=tuple(one for one in report.findings if not one.rule.startswith("corpus/")))
    assert lake.by_engine(found) == lake.by_command(alone)
    assert lake.not_checked_by_engine(found) == lake.not_checked_by_command(report)


def test_all_that_the_command_finds_is_found_in_the_files_of_a_pattern(connection: Any, report: Report) -> None:
    found = check_files(connection, "*.*json*", texts=".").to_pylist()
    assert lake.by_engine(found) == lake.by_command(report)
    assert {row["rule"] for row in found} >= {"corpus/duplicate-record", "corpus/unknown-record", "json/not-utf8"}


def test_records_in_parquet_have_the_findings_that_they_have_as_lines(
    connection: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [json.dumps(record, ensure_ascii=False) for record in lake.planted(300)]
    Path("some.ndjson").write_text("\n".join(lines), encoding="utf-8")
    connection.execute("CREATE TABLE record (line BIGINT, json VARCHAR)")
    connection.executemany("INSERT INTO record VALUES (?, ?)", list(enumerate(lines, 1)))
    connection.execute("COPY record TO 'some.parquet'")
    query = "SELECT json, 'some.ndjson' AS file, line FROM 'some.parquet' ORDER BY line"
    found = check(connection, query, name="file", line="line").to_pylist()
    assert lake.by_engine(found) == lake.by_command_in_records(check_paths("some.ndjson"), lines)


def test_a_null_is_a_finding(connection: Any) -> None:
    (message,) = connection.execute("SELECT check_record(NULL, NULL, NULL)[1].message").fetchone()
    assert message == "there is no record here: the value is null"


def test_values_that_are_no_text_are_refused(connection: Any) -> None:
    with pytest.raises(duckdb.BinderException, match="check_record"):
        connection.sql("SELECT check_record({'a': 1}, NULL, NULL)")
    with pytest.raises(DiplomaticEventsError, match="the column `json` holds struct<a: int32>, not text or bytes"):
        check(connection, "SELECT {'a': 1} AS json")


def test_functions_can_be_registered_again_with_other_options(connection: Any) -> None:
    register(connection, options=Options(select=("codes",)))
    register(connection, options=Options(select=("dates",)))
    found = {row["rule"].partition("/")[0] for row in rows(connection.sql(FILES)) if row["rule"]}
    assert "dates" in found
    assert "codes" not in found


def test_the_code_on_the_page_prints_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done_as_the_page_says("use-in-duckdb.md", tmp_path, monkeypatch)
