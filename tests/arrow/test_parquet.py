"""Tables as Parquet: nothing is lost, the columns have types, and memory does not hold a whole table."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest

from check_records import ROOT
from diplomatic_events.cli.main import main
from diplomatic_events.export import parquet
from diplomatic_events.export.files import every_table
from diplomatic_events.export.tables import Table, Tables
from diplomatic_events.schema.catalogue import catalogue
from newest import VERSION
from property.generated import generated
from rebuilding import Row, rebuilt

TABLES = Tables(catalogue(), VERSION)


def exported(records: Path, folder: Path) -> None:
    assert main(["export", "--no-config", str(records), "--format", "parquet", "--output", str(folder)]) == 0


def rows(folder: Path) -> Iterator[tuple[str, Row]]:
    for name in TABLES.by_name:
        for row in pyarrow.parquet.read_table(folder / f"{name}.parquet").to_pylist():
            yield name, {column: value for column, value in row.items() if value is not None}


def by_id(records: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {record["id"]: record for record in records}


def test_the_examples_are_rebuilt_from_parquet(tmp_path: Path) -> None:
    exported(ROOT / "examples", tmp_path)
    records = [json.loads(path.read_bytes()) for path in (ROOT / "examples").glob("*/record.json")]
    assert by_id(rebuilt(TABLES, rows(tmp_path))) == by_id(records)


def test_generated_records_are_rebuilt_from_parquet(tmp_path: Path) -> None:
    records = [one.record | {"id": f"r{number}"} for number, one in enumerate(generated(30)) if one.valid]
    (tmp_path / "r.ndjson").write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    exported(tmp_path / "r.ndjson", tmp_path / "out")
    assert by_id(rebuilt(TABLES, rows(tmp_path / "out"))) == by_id(records)


def test_every_table_has_a_file_whose_columns_have_types_and_descriptions(tmp_path: Path) -> None:
    exported(ROOT / "examples/minimal", tmp_path)
    assert {path.stem for path in tmp_path.glob("*.parquet")} == {table.name for table in every_table(TABLES)}
    schema = pyarrow.parquet.read_schema(tmp_path / "statements.parquet")
    assert schema.field("speakers").type == pyarrow.list_(pyarrow.string())
    assert schema.field("date_earliest").type == pyarrow.date32()
    assert schema.field("position").type == pyarrow.int64()
    assert b"who did not take part" in schema.field("speakers").metadata[b"description"]


def test_a_table_is_written_in_groups_of_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_GROUP_BYTES", 10_000)
    table: Table = TABLES.by_name["names"]
    writer = parquet.ParquetWriter(str(tmp_path / "names.parquet"), table)
    for number in range(5_000):
        writer.write({"event": "e", "path": f"/parties/{number}/names/0", "position": number, "text": "x" * 20})
    writer.close()
    file = pyarrow.parquet.ParquetFile(tmp_path / "names.parquet")
    assert file.metadata.num_row_groups > 5
    assert file.read().column("position").to_pylist() == list(range(5_000))
