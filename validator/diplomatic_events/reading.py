"""The records of files, as every command reads them: what shows no sign of being a record is passed over in a folder."""

from collections.abc import Iterator
from typing import BinaryIO

from diplomatic_events.inputs.records import Part, RawRecord, records_of
from diplomatic_events.jsontext.parse import UNPARSED, parse_quickly
from diplomatic_events.options import Options
from diplomatic_events.schema.version import begins_as_record, may_be_record


def records_in(part: Part, stdin: BinaryIO | None, options: Options) -> Iterator[RawRecord]:
    """The records of a file or of a part of it, one after the other: what every command reads.

    A file that was only found in a folder is passed over if its first record shows no sign of being one. That record says
    so, and is the only one.

    Raises:
        OSError: The file cannot be read, is no ordinary file, or became shorter meanwhile.
    """
    read = records_of(part, stdin, options.max_bytes)
    if part.source.walked and (first := next(read, None)):
        passed_over = _shows_no_sign(first, options)
        yield first._replace(passed_over=passed_over)
        if passed_over:
            return
    yield from read


def _shows_no_sign(raw: RawRecord, options: Options) -> bool:
    """Whether this is JSON, or no line at all, and shows no sign of being a record."""
    if raw.fault or begins_as_record(raw.data):
        return False
    if raw.of_lines and not raw.data:
        return True
    value = parse_quickly(raw.data, options.max_bytes, options.max_depth).value
    return value is not UNPARSED and not may_be_record(value, options.catalogue)
