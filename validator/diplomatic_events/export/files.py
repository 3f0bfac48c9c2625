"""The command `export`: records → tables in a folder, or a file with a calendar or with annotations."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final

from diplomatic_events.edit.writing import is_stream
from diplomatic_events.export.dyads import CODELISTS, DYADS, Dyads
from diplomatic_events.export.folder import WRITERS, Folder
from diplomatic_events.export.rows import Rows
from diplomatic_events.export.sound import Sound
from diplomatic_events.export.tables import CODES, Table, Tables, codes
from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.schema.catalogue import Catalogue

TABULAR: Final = tuple(WRITERS)
"""The formats with a file for each table."""


def every_table(tables: Tables) -> list[Table]:
    """All tables of an export: those of records, and what is derived from them."""
    return [*tables.by_name.values(), DYADS, CODES]


def write_tables(records: Iterable[Sound], folder: str, format: str, catalogue: Catalogue, version: str) -> None:
    """Write the tables of records to a folder.

    Raises:
        DiplomaticEventsError: A file of somebody else would be overwritten, the folder cannot be written to, or a library
            is not installed.
    """
    tables = Tables(catalogue, version)
    coded = list(codes(catalogue, tables))
    cameo = {
        name: {row["code"]: row["cameo"] for row in coded if row["codelist"] == name} for name in CODELISTS.values()
    }
    rows, dyads = Rows(tables), Dyads(cameo)
    with Folder(folder, format, every_table(tables)) as out:
        for row in coded:
            out.write(CODES.name, row)
        for record in records:
            for table, row in rows.of(record.value, record.file, record.line):
                out.write(table, row)
            for row in dyads.of(record.value):
                out.write(DYADS.name, row)


def as_calendar(records: Iterable[Sound], now: datetime, report: Callable[[str], None]) -> Iterator[bytes]:
    """The planned events of records as iCalendar, in pieces.

    Raises:
        DiplomaticEventsError: The library for it is not installed.
    """
    from diplomatic_events.export.calendar import Calendar  # icalendar is an extra

    calendar = Calendar(now)
    yield calendar.begin()
    for record in records:
        yield from calendar.events(record.value, record.found)
    yield calendar.end()
    if calendar.left_out:
        events = "1 event has" if calendar.left_out == 1 else f"{calendar.left_out} events have"
        report(f"note: {events} no date, or one that is too vague for a calendar")


def as_annotations(records: Iterable[Sound]) -> Iterator[bytes]:
    """The evidence of records as W3C Web Annotations, in pieces."""
    from diplomatic_events.export.annotations import annotations, collection

    every = (annotation for record in records for annotation in annotations(record.value, record.found))
    return (text.encode() for text in collection(every))


def write_pieces(pieces: Iterable[bytes], path: str) -> None:
    """Write a file piece by piece: whole, or not there at all.

    Raises:
        DiplomaticEventsError: It cannot be written.
    """
    beside = ""
    try:
        if is_stream(path) or (os.path.exists(path) and not os.path.isfile(path)):
            with open(path, "wb") as out:
                out.writelines(pieces)
            return
        beside = tempfile.mkdtemp(prefix=".export-", dir=os.path.dirname(os.path.realpath(path)))
        new = os.path.join(beside, os.path.basename(path))
        with open(new, "wb") as out:
            out.writelines(pieces)
        os.replace(new, os.path.realpath(path))
    except OSError as error:
        raise DiplomaticEventsError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
