"""A record → the rows of its tables. Nothing of it is left out, and what is computed has columns of its own."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from diplomatic_events import edtf
from diplomatic_events.export.tables import EVENTS, Column, Shape, Tables
from diplomatic_events.schema.plan import ROOT

Row = dict[str, Any]
"""The values of a row by their columns. What is absent is left out."""

_ABSENT: Final = object()


class Rows:
    """Makes the rows of one record after the other."""

    def __init__(self, tables: Tables) -> None:
        self._shapes: Mapping[str, Shape] = tables.shapes
        self._columns = {table.name: {column.name for column in table.columns} for table in tables.by_name.values()}

    def of(self, record: dict[str, Any], file: str, line: int) -> Iterator[tuple[str, Row]]:
        """The rows of a record, each with the name of its table. A row comes before those that belong to it."""
        yield from self._of(ROOT, EVENTS, record, {"event": record["id"], "file": file, "line": line})

    def _of(self, definition: str, table: str, value: dict[str, Any], keys: Row) -> Iterator[tuple[str, Row]]:
        shape = self._shapes[definition]
        row = {name: key for name, key in keys.items() if key is not None and name in self._columns[table]}
        for column in shape.columns:
            found = _at(value, column.way)
            if found is not _ABSENT and (cell := _cell(found, column)) is not None:
                row[column.name] = cell
        yield table, row
        here = keys.get("path", "")
        for way, name, below in shape.children:
            entries = _at(value, way)
            for index, entry in enumerate(() if entries is _ABSENT else entries):
                inner = {
                    "event": keys["event"],
                    "path": f"{here}/{'/'.join(way)}/{index}",
                    "position": index,
                    "parent": here,
                    "parent_table": table,
                    "parent_id": None if definition == ROOT else value.get("id"),
                    "property": ".".join(way),
                }
                yield from self._of(below, name, entry, inner)


def _at(value: Any, way: tuple[str, ...]) -> Any:
    for key in way:
        value = value.get(key, _ABSENT)
        if value is _ABSENT:
            break
    return value


def _cell(value: Any, column: Column) -> Any:
    if column.bound:
        return _bound(value, earliest=column.bound == "earliest")
    if column.type == "json":
        return json.dumps(value, ensure_ascii=False)
    return int(value) if column.type == "integer" else value  # 1.0 is an integer to the schema


def _bound(text: str, *, earliest: bool) -> date | None:
    """The earliest or the latest day that a date can mean; None if it is not known, or has the year 0 of no calendar."""
    found = edtf.parsed(text)
    if found is None or found.reversed:
        return None
    day = found.first if earliest else found.last
    return date(*day) if day is not None and day.year else None
