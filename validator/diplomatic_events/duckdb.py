"""The check as functions of SQL, in DuckDB: over Parquet, NDJSON and whatever else it reads on one machine."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from threading import Lock
from typing import Any, Final

import duckdb
import pyarrow as pa

from diplomatic_events.arrow import Files, Recorder, Rows, Source, check_all, findings_schema
from diplomatic_events.options import Options

_LIST: Final = pa.list_(pa.struct(list(findings_schema())))

RECORD: Final = "check_record"
FILE: Final = "check_file"


def register(
    connection: "duckdb.DuckDBPyConnection", *, texts: str | None = None, options: Options | None = None
) -> None:
    """Give a connection two functions that return a list of findings, without those that show only across records.

    `check_record(json, file, line)` checks a record in a column of text, JSON or bytes; the name of its file and its line
    there may be NULL. `check_file(content, file)` checks each record of a whole file, as `read_blob` reads it. Source texts
    in files are looked for in the folder ``texts``, relative to the record's name.

    Raises:
        DiplomaticEventsError: An option cannot be used here.
    """
    of_record = _function(Rows("json", "file", "line"), texts, options)
    of_file = _function(Files("content", "file"), texts, options)
    # DuckDB counts the parameters
    _create(connection, RECORD, lambda json, file, line: of_record(json, file, line), ["VARCHAR", "VARCHAR", "BIGINT"])
    _create(connection, FILE, lambda content, file: of_file(content, file), ["BLOB", "VARCHAR"])


def _create(connection: Any, name: str, function: Callable[..., Any], takes: list[str]) -> None:
    returned = connection.from_arrow(pa.table({"findings": pa.array([], _LIST)})).types[0]
    with suppress(duckdb.InvalidInputException):  # it was not there yet
        connection.remove_function(name)
    connection.create_function(name, function, takes, returned, type="arrow", null_handling="special")


def _function(source: Source, texts: str | None, options: Options | None) -> Callable[..., Any]:
    """A function from columns to a column of lists of findings."""
    recorder = Recorder(options or Options(), source, texts)
    turn = Lock()  # DuckDB calls it from several threads

    def found(*columns: Any) -> Any:
        batch = pa.table(dict(zip(source.columns, columns, strict=True)))
        with turn:
            lists = [
                [row for raw in records for row in recorder.rows(raw)]
                for records in source.of_rows(batch, recorder.checker.options)
            ]
        return pa.array(lists, _LIST)

    return found


def check(
    connection: "duckdb.DuckDBPyConnection",
    query: str,
    column: str = "json",
    *,
    name: str | None = None,
    line: str | None = None,
    texts: str | None = None,
    options: Options | None = None,
) -> Any:
    """The findings in all records that a query gives, also those that show only across records, as an Arrow table.

    ``column`` has the records; ``name`` and ``line`` are columns that say where each is from, and together they must tell it
    from all others. Records come in the order of the query, which decides what is called the first of two. If anything is
    found across records, the query runs a second time for its place.

    Raises:
        DiplomaticEventsError: A column is missing or holds no text, or an option cannot be used here.
    """
    return _check(connection, query, Rows(column, name, line), texts, options)


def check_files(
    connection: "duckdb.DuckDBPyConnection", pattern: str, *, texts: str | None = None, options: Options | None = None
) -> Any:
    """The findings in all files of a pattern, also those that show only across records, as an Arrow table.

    Raises:
        DiplomaticEventsError: An option cannot be used here.
    """
    return _check(connection, _FILES, Files("content", "filename"), texts, options, (pattern,))


_FILES: Final = "SELECT content, filename FROM read_blob(?) ORDER BY filename"


def _check(
    connection: Any, query: str, source: Source, texts: str | None, options: Options | None, given: Sequence[Any] = ()
) -> Any:
    batches = check_all(_Query(connection, query, given), source, texts=texts, options=options)
    return pa.Table.from_batches(batches, schema=findings_schema())


class _Query:
    """The batches of a query, which runs each time that they are iterated over."""

    def __init__(self, connection: Any, query: str, given: Sequence[Any]) -> None:
        self._connection = connection
        self._query = query
        self._given = given

    def __iter__(self) -> Iterator[Any]:
        return iter(self._connection.sql(self._query, params=self._given).to_arrow_reader(_ROWS_AT_ONCE))


_ROWS_AT_ONCE: Final = 2048
"""So many records take some twenty megabytes."""


__all__ = ["FILE", "RECORD", "check", "check_files", "register"]
