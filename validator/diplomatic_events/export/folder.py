"""A folder of tables: a file for each, and `datapackage.json`, which describes them.

All files are written beside their final places, and moved there only when everything is written. A file is overwritten
only if the `datapackage.json` in the folder says that an earlier export has written it.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Any, Final, Protocol, Self

from diplomatic_events import __version__
from diplomatic_events.export.rows import Row
from diplomatic_events.export.tables import Column, Table
from diplomatic_events.findings import DiplomaticEventsError

DESCRIPTION: Final = "datapackage.json"
GENERATOR: Final = "diplomatic-events"
_FIELD_TYPES: Final = {"text": "string", "json": "string"}


class Writer(Protocol):
    """Writes the rows of one table to a file."""

    def write(self, row: Row) -> None:
        """Write one row."""

    def close(self) -> None:
        """Write what is left, and close the file."""


class CsvWriter:
    """A table as CSV (RFC 4180), with a heading and with lists as JSON.

    Every text is in quotation marks, so that an empty one differs from what is absent: the module `csv` can do so only from
    Python 3.12 on.
    """

    def __init__(self, path: str, table: Table) -> None:
        self._file = open(path, "w", encoding="utf-8", newline="")  # noqa: SIM115  # it is closed by `close`
        self._names = [column.name for column in table.columns]
        self._file.write(",".join(self._names) + "\r\n")

    def write(self, row: Row) -> None:
        """Write one row."""
        self._file.write(",".join(_field(row.get(name)) for name in self._names) + "\r\n")

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _field(value: Any) -> str:
    if value is None or isinstance(value, date):
        return str(value or "")
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return '"{}"'.format(text.replace('"', '""')) if isinstance(value, str | list) else text


class NdjsonWriter:
    """A table as NDJSON: in each row every column, with null for what is absent, so that readers see all of them."""

    def __init__(self, path: str, table: Table) -> None:
        self._file = open(path, "w", encoding="utf-8", newline="\n")  # noqa: SIM115  # it is closed by `close`
        self._blank = dict.fromkeys(column.name for column in table.columns)

    def write(self, row: Row) -> None:
        """Write one row."""
        self._file.write(json.dumps({**self._blank, **row}, ensure_ascii=False, default=str) + "\n")

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _parquet_writer(path: str, table: Table) -> Writer:
    from diplomatic_events.export.parquet import ParquetWriter  # pyarrow is an extra

    return ParquetWriter(path, table)


WRITERS: Final[Mapping[str, Callable[[str, Table], Writer]]] = {
    "parquet": _parquet_writer,
    "csv": CsvWriter,
    "ndjson": NdjsonWriter,
}
"""How each format writes a table."""


class Folder:
    """The tables of one export. Used in a `with` statement, at whose end all files are moved into place.

    If it ends with an exception, the folder is left as it was.

    Raises:
        DiplomaticEventsError: A file of somebody else would be overwritten, or the folder cannot be written to.
    """

    def __init__(self, path: str, format: str, tables: Iterable[Table]) -> None:
        self._path, self._format = path, format
        self._tables = {table.name: table for table in tables}
        self._writers: dict[str, Writer] = {}
        self._new = ""
        self._is_new = not os.path.exists(path)

    def __enter__(self) -> Self:
        try:
            self._spare_others()
            os.makedirs(self._path, exist_ok=True)
            self._new = tempfile.mkdtemp(prefix=".export-", dir=self._path)
            for name, table in self._tables.items():
                self._writers[name] = WRITERS[self._format](os.path.join(self._new, self._file(name)), table)
        except OSError as error:
            self._discard()
            raise self._unwritable(error) from error
        except BaseException:
            self._discard()
            raise
        return self

    def write(self, table: str, row: Row) -> None:
        """Write a row of a table."""
        self._writers[table].write(row)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        try:
            for writer in self._writers.values():
                writer.close()
            if error is None:
                self._describe()
                for name in (*map(self._file, self._tables), DESCRIPTION):
                    os.replace(os.path.join(self._new, name), os.path.join(self._path, name))
        except OSError as failed:
            if error is None:
                raise self._unwritable(failed) from failed
        finally:
            self._discard()
        if isinstance(error, OSError):
            raise self._unwritable(error) from error

    def _file(self, table: str) -> str:
        return f"{table}.{self._format}"

    def _discard(self) -> None:
        shutil.rmtree(self._new, ignore_errors=True)
        if self._is_new:
            with suppress(OSError):  # it was never made, or is not empty, as it should be
                os.rmdir(self._path)

    def _unwritable(self, error: OSError) -> DiplomaticEventsError:
        return DiplomaticEventsError(f"{self._path} cannot be written to: {error.strerror or error}")

    def _spare_others(self) -> None:
        """Refuse to overwrite a file that an earlier export has not visibly written, unless it is empty."""
        ours = _written(os.path.join(self._path, DESCRIPTION))
        if ours and self._file(next(iter(self._tables))) not in ours:
            raise DiplomaticEventsError(
                f"{self._path} has an earlier export in another format", help="remove it first, or name another folder"
            )
        for name in (*map(self._file, self._tables), DESCRIPTION):
            file = os.path.join(self._path, name)
            size = os.path.getsize(file) if os.path.lexists(file) else 0
            if size and not (ours and (name == DESCRIPTION or ours.get(name) == size)):
                raise DiplomaticEventsError(
                    f"{file} would be overwritten, and it is not from an earlier export",
                    help="remove that file first, or name another folder",
                )

    def _describe(self) -> None:
        """Describe the files by the Data Package standard: https://datapackage.org."""
        package = {
            "name": "diplomatic-events",
            "title": "Diplomatic events",
            "generator": f"{GENERATOR} {__version__}",
            "resources": [self._resource(table) for table in self._tables.values()],
        }
        with open(os.path.join(self._new, DESCRIPTION), "w", encoding="utf-8", newline="\n") as out:
            json.dump(package, out, ensure_ascii=False, indent=2)
            out.write("\n")

    def _resource(self, table: Table) -> dict[str, Any]:
        file = self._file(table.name)
        schema: dict[str, Any] = {"fields": [_described(column) for column in table.columns]}
        if table.key:
            schema["primaryKey"] = list(table.key)
        return {
            "name": table.name,
            "path": file,
            "format": self._format,
            "bytes": os.path.getsize(os.path.join(self._new, file)),
            "description": table.description,
            "schema": schema,
        }


def _described(column: Column) -> dict[str, Any]:
    type = "array" if column.many else _FIELD_TYPES.get(column.type, column.type)
    return {"name": column.name, "type": type, "description": column.description}


def _written(description: str) -> dict[str, int]:
    """The files that an earlier export has written, with their sizes; none if this is not its description."""
    try:
        with open(description, encoding="utf-8") as file:
            package = json.load(file)
        if package["generator"].startswith(f"{GENERATOR} "):
            return {resource["path"]: resource["bytes"] for resource in package["resources"]}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        pass
    return {}
