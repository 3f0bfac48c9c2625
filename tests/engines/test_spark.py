"""Two Spark executors give the findings that the command gives, and so does DuckDB on the same many records."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet
import pytest
from pyspark.errors import PythonException
from pyspark.sql import DataFrame, SparkSession

from check_records import EXAMPLE
from diplomatic_events import DiplomaticEventsError, Options, Report, check_paths
from diplomatic_events import spark as engine
from diplomatic_events.duckdb import check_files
from engines import lake
from engines.cluster import cluster, ending_an_executor, executors
from engines.pages import done_as_the_page_says

NUMBER = int(os.environ.get("RECORDS", 20_000))


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    with cluster(tmp_path_factory.mktemp("spark")) as spark:
        yield spark


def filled(folder: Path, number: int) -> Path:
    folder.mkdir()
    lake.fill(folder, number)
    return folder


def by_command(folder: Path) -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return check_paths(".", config=False)


def rows(df: DataFrame) -> list[dict[str, Any]]:
    return [row.asDict(recursive=True) for row in df.collect()]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    folder = filled(tmp_path_factory.mktemp("many") / "lake", NUMBER)
    return folder, by_command(folder)


def test_on_many_records_duckdb_finds_what_the_command_finds(many: tuple[Path, Report]) -> None:
    folder, report = many
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        found = check_files(duckdb.connect(), "*.*json*", texts=".").to_pylist()
    assert lake.by_engine(found) == lake.by_command(report)
    assert lake.not_checked_by_engine(found) == lake.not_checked_by_command(report)


def test_on_many_records_two_executors_find_what_the_command_finds_even_if_one_is_ended_half_way(
    spark: SparkSession, many: tuple[Path, Report]
) -> None:
    folder, report = many
    with ending_an_executor(spark, after=8) as first:
        df = engine.check_paths(spark, str(folder), root=str(folder), texts=str(folder))
    with ending_an_executor(spark, after=8) as second:
        found = rows(df)
    assert len({*first, *second}) == 2
    assert lake.by_engine(found) == lake.by_command(report)
    assert lake.not_checked_by_engine(found) == lake.not_checked_by_command(report)
    assert [row["file"] for row in found if row["what"] == "the file"] == ["other.json"]
    assert {row["kind"] for row in found} == {"finding", "not checked"}
    assert {finding.rule for finding in report.findings} >= {
        "corpus/duplicate-record", "corpus/identity-conflict", "corpus/unknown-record", "evidence/not-verbatim",
        "json/not-utf8", "json/truncated-compression",
    }  # fmt: skip


def test_records_in_a_table_have_the_findings_that_they_have_as_lines(spark: SparkSession, tmp_path: Path) -> None:
    lines = [json.dumps(record, ensure_ascii=False) for record in lake.planted(300)]
    (tmp_path / "some.ndjson").write_text("\n".join(lines), encoding="utf-8")
    table = pyarrow.table({"record": lines, "file": ["some.ndjson"] * 300, "at": range(1, 301)})
    pyarrow.parquet.write_table(table, tmp_path / "some.parquet", row_group_size=50)
    df = spark.read.parquet(str(tmp_path / "some.parquet")).repartition(3)
    found = rows(engine.check(df, "record", name="file", line="at"))
    found += rows(engine.across(df, "record", name="file", line="at"))
    report = by_command(tmp_path)
    ours = report._replace(findings=tuple(one for one in report.findings if one.file == "some.ndjson"))
    assert lake.by_engine(found) == lake.by_command_in_records(ours, lines)


def test_source_texts_that_executors_cannot_reach_are_not_checked_and_no_finding(
    spark: SparkSession, tmp_path: Path
) -> None:
    record = json.loads(json.dumps(EXAMPLE))
    del record["sources"][0]["text"]
    record["sources"][0]["textFile"] = "report.txt"
    (tmp_path / "record.json").write_text(json.dumps(record), encoding="utf-8")
    (row,) = rows(engine.check_paths(spark, str(tmp_path)))
    assert (row["kind"], row["what"], row["record"]) == ("not checked", "evidence", record["id"])
    assert row["message"] == "the text of its source lies in a file that is out of reach here"
    assert row["file"] == str(tmp_path / "record.json")


def test_a_record_alone_is_not_compared_with_others(spark: SparkSession) -> None:
    df = spark.createDataFrame([(json.dumps({**EXAMPLE, "related": [lake.related("nobody")]}), "a")], ["value", "name"])
    (row,) = rows(engine.across(df, name="name"))
    assert (row["what"], row["message"]) == ("corpus/unknown-record", "the record was checked alone")
    assert rows(engine.across(df, name="name", options=Options(ignore=("corpus",)))) == []


def test_a_null_is_a_finding_and_what_is_no_text_an_error(spark: SparkSession) -> None:
    df = spark.createDataFrame([(None, {"a": 1})], "value string, values map<string,int>")
    assert rows(engine.check(df))[0]["message"] == "there is no record here: the value is null"
    with pytest.raises(PythonException, match="the column `values` holds map<string, int32>, not text or bytes"):
        engine.check(df, "values").collect()


def test_what_cannot_be_done_is_said_before_anything_runs(spark: SparkSession, tmp_path: Path) -> None:
    df = spark.createDataFrame([("{}",)], ["value"])
    with pytest.raises(DiplomaticEventsError, match="there is no column `record`"):
        engine.check(df, "record")
    with pytest.raises(DiplomaticEventsError, match="not for tables of findings"):
        engine.check(df, options=Options(max_findings=1))
    with pytest.raises(DiplomaticEventsError, match="ends in"):
        engine.check_paths(spark, str(tmp_path))


def test_the_cluster_has_two_executors_after_one_was_ended(spark: SparkSession) -> None:
    assert len(executors(spark)) == 2


@pytest.mark.usefixtures("spark")
def test_the_code_on_the_page_prints_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done_as_the_page_says("use-in-spark.md", tmp_path, monkeypatch)


def test_the_program_for_spark_submit_writes_parquet(tmp_path: Path) -> None:
    folder = filled(tmp_path / "lake", 40)
    submit = Path(engine.__file__).parents[0] / "spark.py"
    command = [Path(sys.executable).with_name("spark-submit"), "--master", "local[2]", submit]
    more = [tmp_path / "findings", folder, "--root", folder, "--texts", folder]
    subprocess.run([*map(str, command), *map(str, more)], check=True, capture_output=True)
    found = pyarrow.parquet.read_table(tmp_path / "findings").to_pylist()
    assert lake.by_engine(found) == lake.by_command(by_command(folder))
