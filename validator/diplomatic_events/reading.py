"""The records of files, as every command reads them: what shows no sign of being a record is passed over in a folder."""

from collections.abc import Iterator
from typing import BinaryIO, Final

from diplomatic_events.inputs.paths import Input
from diplomatic_events.inputs.records import Part, RawRecord, records_of
from diplomatic_events.jsontext.parse import UNPARSED, parse_quickly
from diplomatic_events.options import Options
from diplomatic_events.schema.version import begins_as_record, may_be_record

_LOOKED_AT: Final = 65_536
"""So many bytes of lines without a sign show what a file is."""

_TABLES: Final = "datapackage.json"
"""What lies in a folder of exported tables, of which some may be empty."""


def records_in(part: Part, stdin: BinaryIO | None, options: Options) -> Iterator[RawRecord]:
    """The records of a file or of a part of it, one after the other: what every command reads.

    A file that was only found in a folder is passed over if neither its first record nor, of lines, any of the first ones
    shows a sign of being a record. Then the first says so, and is the only one.

    Raises:
        OSError: The file cannot be read, is no ordinary file, or became shorter meanwhile.
    """
    read = records_of(part, stdin, options.max_bytes)
    if part.source.walked:
        first = list(_until_a_sign(read, part.source, options))
        if first and _shows_no_sign(first[-1], part.source, options):
            yield first[0]._replace(passed_over=True)
            return
        yield from first
    yield from read


def _until_a_sign(read: Iterator[RawRecord], source: Input, options: Options) -> Iterator[RawRecord]:
    """The first records up to one that shows a sign of being one, or until enough of them do not."""
    size = 0
    for raw in read:
        yield raw
        size += len(raw.data)
        if size > _LOOKED_AT or not _shows_no_sign(raw, source, options):
            return


def _shows_no_sign(raw: RawRecord, source: Input, options: Options) -> bool:
    """Whether this is JSON that shows no sign of being a record, or an empty table."""
    if raw.fault or begins_as_record(raw.data):
        return False
    if raw.of_lines and not raw.data:
        return source.path is not None and (source.path.parent / _TABLES).exists()
    value = parse_quickly(raw.data, options.max_bytes, options.max_depth).value
    return value is not UNPARSED and not may_be_record(value, options.catalogue)
