"""Nothing of any record is lost in its tables."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given

from diplomatic_events.export.folder import Folder
from diplomatic_events.export.rows import Rows
from diplomatic_events.export.tables import Tables
from diplomatic_events.schema.catalogue import catalogue
from newest import VERSION
from property.cases import FULL
from property.strategies import records
from rebuilding import rebuilt, rows_of_csv, rows_of_ndjson

TABLES = Tables(catalogue(), VERSION)
ROWS = Rows(TABLES)


def test_the_full_record_is_rebuilt_from_its_rows() -> None:
    assert rebuilt(TABLES, ROWS.of(FULL, "r.json", 1)) == [FULL]


@given(records())
def test_a_record_is_rebuilt_from_the_files_of_its_tables(record: Any) -> None:
    tables = TABLES.by_name.values()
    rows = list(ROWS.of(record, "r.json", 1))
    assert rebuilt(TABLES, rows) == [record]
    for format, read in (("csv", rows_of_csv), ("ndjson", rows_of_ndjson)):
        with tempfile.TemporaryDirectory() as folder:
            with Folder(folder, format, tables) as out:
                for table, row in rows:
                    out.write(table, row)
            assert rebuilt(TABLES, read(Path(folder), tables)) == [record]
