"""Records rebuilt from the rows of their tables, and the rows of tables read from files."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from diplomatic_events.export.tables import Column, Table, Tables

Row = Mapping[str, Any]


def rebuilt(tables: Tables, rows: Iterable[tuple[str, Row]]) -> list[dict[str, Any]]:
    """The records whose rows these are, in any order; a row has no key for what is absent."""
    records: dict[str, dict[str, Any]] = {}
    for name, row in rows:
        entry = _entry(records.setdefault(row["event"], {}), row.get("path", ""))
        for column in tables.by_name[name].columns:
            if column.way and not column.bound and column.name in row:
                *way, last = column.way
                holder = entry
                for key in way:
                    holder = holder.setdefault(key, {})
                value = row[column.name]
                holder[last] = json.loads(value) if column.type == "json" else value
    return [_with_lists(record) for record in records.values()]


def _entry(record: dict[Any, Any], path: str) -> dict[Any, Any]:
    """The object at a path; lists are dicts by index until all is there."""
    for key in path.split("/")[1:]:
        record = record.setdefault(int(key) if key.isdigit() else key, {})
    return record


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _with_lists(part) for key, part in value.items()}
    is_list = inner and all(isinstance(key, int) for key in inner)
    return [inner[index] for index in range(len(inner))] if is_list else inner


def rows_of_csv(folder: Path, tables: Iterable[Table]) -> Iterator[tuple[str, Row]]:
    """The rows of CSV files; an empty field is absent, unless it is in quotation marks."""
    for table in tables:
        columns = {column.name: column for column in table.columns}
        text = (folder / f"{table.name}.csv").read_bytes().decode()
        heading, *lines = _lines(text)
        for line in lines:
            row = dict(zip(heading, line, strict=True))
            yield table.name, {name: _read(columns[name], field) for name, field in row.items() if field}


def _lines(text: str) -> Iterator[list[str]]:
    fields: list[str] = []
    for field, end in re.findall(r'("(?:[^"]|"")*"|[^,"\r\n]*)(,|\r\n)', text):
        fields.append(field)
        if end != ",":
            yield fields
            fields = []


def _read(column: Column, field: str) -> Any:
    text = field[1:-1].replace('""', '"') if field.startswith('"') else field
    if column.many or column.type in ("integer", "number", "boolean"):
        return json.loads(text)
    return date.fromisoformat(text) if column.type == "date" else text


def rows_of_ndjson(folder: Path, tables: Iterable[Table]) -> Iterator[tuple[str, Row]]:
    """The rows of NDJSON files; null is absent."""
    for table in tables:
        for line in (folder / f"{table.name}.ndjson").read_text("utf-8").split("\n")[:-1]:
            yield table.name, {name: value for name, value in json.loads(line).items() if value is not None}
