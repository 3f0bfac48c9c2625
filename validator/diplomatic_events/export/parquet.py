"""A table as Parquet, in row groups of a size that memory holds easily."""

from typing import Any, Final

from diplomatic_events.export.rows import Row
from diplomatic_events.export.tables import Column, Table
from diplomatic_events.findings import DiplomaticEventsError

try:
    import pyarrow
    import pyarrow.parquet
except ImportError as error:
    raise DiplomaticEventsError(
        "parquet needs the library pyarrow", help="install it: pip install 'diplomatic-events[export]'"
    ) from error

_MOST_ROWS: Final = 2_000
"""At most this many rows are collected as Python objects before they become columns."""
_GROUP_BYTES: Final = 8 * 1024 * 1024
"""About this many bytes of columns are collected before they become a row group."""

_TYPES: Final[dict[str, Any]] = {
    "text": pyarrow.string(),
    "json": pyarrow.string(),
    "integer": pyarrow.int64(),
    "number": pyarrow.float64(),
    "boolean": pyarrow.bool_(),
    "date": pyarrow.date32(),
}


def arrow_schema(table: Table) -> Any:
    """The Arrow schema of a table, with the description of each column."""
    return pyarrow.schema([_field(column) for column in table.columns], {"description": table.description})


def _field(column: Column) -> Any:
    type = _TYPES[column.type]
    return pyarrow.field(
        column.name, pyarrow.list_(type) if column.many else type, metadata={"description": column.description}
    )


class ParquetWriter:
    """Writes the rows of one table."""

    def __init__(self, path: str, table: Table) -> None:
        self._schema = arrow_schema(table)
        self._file = pyarrow.parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Row] = []
        self._characters = 0
        self._batches: list[Any] = []
        self._bytes = 0

    def write(self, row: Row) -> None:
        """Write one row."""
        self._rows.append(row)
        self._characters += sum(len(value) for value in row.values() if isinstance(value, str))
        if len(self._rows) >= _MOST_ROWS or self._characters >= _GROUP_BYTES:
            self._collect()

    def _collect(self) -> None:
        batch = pyarrow.RecordBatch.from_pylist(self._rows, self._schema)
        self._rows.clear()
        self._characters = 0
        self._batches.append(batch)
        self._bytes += batch.nbytes
        if self._bytes >= _GROUP_BYTES:
            self._flush()

    def _flush(self) -> None:
        group = pyarrow.Table.from_batches(self._batches, self._schema)
        self._file.write_table(group, row_group_size=max(1, group.num_rows))
        self._batches.clear()
        self._bytes = 0

    def close(self) -> None:
        """Write what is left, and close the file."""
        if self._rows:
            self._collect()
        if self._batches:
            self._flush()
        self._file.close()
