"""From a file to raw records: bytes with a name and a line, decompressed and cut at the line ends of NDJSON."""

import os
import re
import sys
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any, BinaryIO, Final, NamedTuple, cast

from diplomatic_events.edit.replacing import open_file
from diplomatic_events.findings import Issue
from diplomatic_events.inputs.paths import STDIN, Input

PART_BYTES: Final = 512 * 1024
"""A part of a file has about this many bytes: enough that handing it to another process costs little."""

_BLOCK: Final = 1 << 16
_BLANK: Final = b" \t\r\n"
_BLANK_LINES: Final = re.compile(rb"(?:[ \t\r]*+\n)*+")
_OPEN_LINE: Final = re.compile(rb"(?:[ \t\r]*+\n)*+[ \t]*+[{\[][ \t\r]*+\n")
"""The first line of a JSON text that is written over several."""

_OVER_LINES: Final = (
    "json/syntax",
    Issue(
        (),
        "the line only opens a value: the file is not NDJSON, which has a whole record on each line",
        "write each record on one line, or check the file with `--input json` if it holds one record",
    ),
)
_CARRIAGE_RETURNS: Final = re.compile(rb"[}\]][ \t]*+\r[ \t\r]*+[{\[]")
"""What parts two records where lines end as on old Macs: a carriage return in a string is never written as it is."""

_NO_LINE_FEEDS: Final = (
    "json/syntax",
    Issue(
        (),
        "the records are parted by carriage returns alone, which end no line of NDJSON",
        "convert the line ends to line feeds (LF), as `tr '\\r' '\\n'` does",
    ),
)
_FORM: Final = 4
"""So many bytes at the beginning of a file tell UTF-16 from UTF-8."""

_FREE_GROWTH: Final = 1024 * 1024
_MOST_GROWTH: Final = 200
"""Records compress to a tenth or so, copies of one to a hundredth; what grows two-hundredfold on decompression is made to exhaust the machine."""


class RawRecord(NamedTuple):
    """The bytes of one record. They begin at ``line`` and at the byte ``offset`` of the file, once that is decompressed.

    A record beyond the limit has one byte more than the limit. ``fault`` tells that the file could not be read further,
    ``passed_over`` that it shows no sign of being a record, and need not be one.
    """

    file: str
    data: bytes
    line: int = 1
    of_lines: bool = False
    fault: tuple[str, Issue] | None = None
    offset: int = 0
    passed_over: bool = False


class Part(NamedTuple):
    """A file, or the lines of one from ``start`` to ``end``, of which the first is ``line``.

    ``size`` is how many bytes there are, as far as is known, and ``lines`` how many line ends.
    """

    source: Input
    size: int = 0
    start: int = 0
    end: int | None = None
    line: int = 1
    lines: int = 0


def cut(source: Input, stdin: BinaryIO | None, max_bytes: int) -> Iterator[Part | RawRecord]:
    """A file in parts that other processes can read by themselves, or the records of one that is not to be had in parts.

    Raises:
        OSError: The file cannot be read.
    """
    if source.path is None:
        yield from records(source, stdin, max_bytes)
        return
    size = os.stat(source.path).st_size
    if not source.lines or size <= PART_BYTES:
        yield Part(source, size)
        return
    with open_file(source.path) as file:
        guarded = _Guarded(file)
        start = guarded.peek_beyond_line(_BLOCK)
        if guarded.is_packed:
            file.close()
            yield from records(source, None, max_bytes)
        elif _is_wide(start) or _OPEN_LINE.match(start):
            yield Part(source, size)
        else:
            file.seek(0)
            yield from _parts(source, file)


def _parts(source: Input, file: BinaryIO) -> Iterator[Part]:
    """Parts that end where lines do. The first has more than blank lines; if there is nothing else, it is the whole file."""
    start = read = lines = 0
    line = 1
    is_blank = True
    while data := file.read(PART_BYTES):
        lines += data.count(b"\n")
        is_blank = is_blank and not data.strip(_BLANK)
        end = data.rfind(b"\n") + 1
        if end and not is_blank:
            yield Part(source, read + end - start, start, read + end, line, lines)
            start, line, lines = read + end, line + lines, 0
        read += len(data)
    if is_blank:
        yield Part(source, read)
    elif start < read:
        yield Part(source, read - start, start, read, line, lines)


def records_of(part: Part, stdin: BinaryIO | None, max_bytes: int) -> Iterator[RawRecord]:
    """The raw records of a part of a file, one after the other.

    Raises:
        OSError: The file cannot be read, is no ordinary file, or became shorter meanwhile.
    """
    if part.end is None or part.source.path is None:
        yield from records(part.source, stdin, max_bytes)
        return
    with open_file(part.source.path) as file:
        file.seek(part.start)
        lines = _Guarded(_Range(file, part.end - part.start), size=part.end - part.start)
        yield from _lines(part.source.name, lines, max_bytes, part.line, part.start)


def records(source: Input, stdin: BinaryIO | None, max_bytes: int) -> Iterator[RawRecord]:
    """The raw records of a file, one after the other.

    Raises:
        OSError: The file cannot be read, is no ordinary file, or became shorter meanwhile.
    """
    with _open(source, stdin) as file:
        guarded = _Guarded(file, size=None if source.path is None else os.fstat(file.fileno()).st_size)
        start = guarded.peek(_FORM)
        lines = source.lines
        if lines is None:
            begin = guarded.peek_beyond_line(max_bytes)
            lines = _looks_like_lines(begin) or _CARRIAGE_RETURNS.search(begin) is not None
        if lines and _OPEN_LINE.match(guarded.peek_beyond_line(_BLOCK)):
            yield RawRecord(source.name, b"", guarded.skip_blank_lines() + 1, of_lines=True, fault=_OVER_LINES)
        elif lines and not _is_wide(start):
            number = yield from _lines(source.name, guarded, max_bytes)
            if not number:  # nobody wants that to pass in silence
                yield RawRecord(source.name, b"", of_lines=True)
        else:
            yield RawRecord(source.name, guarded.read(max_bytes + 1), fault=guarded.fault)


def _open(source: Input, stdin: BinaryIO | None) -> AbstractContextManager[BinaryIO]:
    """The file, which is closed in the end; a stream that was given stays open."""
    if source.path is None:
        stdin = stdin or sys.stdin.buffer
        if not _has_descriptor(stdin):
            return nullcontext(stdin)
        file = os.fdopen(os.dup(stdin.fileno()), "rb")
        if hasattr(os, "set_blocking"):  # of a pipe that does not wait, a pause would be the end
            os.set_blocking(file.fileno(), True)
        return file
    try:
        return open_file(source.path)
    except OSError as error:
        if error.errno is None:
            raise OSError(f"{error}; to check what a program prints, pipe it into `{STDIN}`") from error
        raise


def _has_descriptor(stdin: BinaryIO) -> bool:
    try:
        stdin.fileno()
    except (AttributeError, OSError):
        return False
    return True


def _is_wide(start: bytes) -> bool:
    """Whether a file is in UTF-16 or UTF-32, whose lines cannot be told by their bytes."""
    return start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in start[:4]


def _looks_like_lines(start: bytes) -> bool:
    """Whether the beginning of standard input is one whole JSON object on a line, with another value behind it."""
    first, _, rest = start.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    rest = rest.lstrip()
    return first.startswith(b"{") and first.rstrip().endswith(b"}") and rest[:1] not in (b"", b",", b"}", b"]")


def _lines(
    name: str, file: "_Guarded", max_bytes: int, first: int = 1, start: int = 0
) -> Generator[RawRecord, None, int]:
    """The records of NDJSON whose first line has this number and begins at this byte, and then how many there were."""
    number, found = first - 1, 0
    while True:
        number += file.skip_blank_lines()
        offset = start + file.position
        line = file.read(max_bytes + 2, to_line_end=True)
        if not line or file.fault:  # a line in which the file breaks off is no record
            break
        number += 1
        if len(line) > max_bytes + 1 and not line.endswith(b"\n"):
            _skip_line(file)
        body = line.rstrip(b"\r\n")
        if b"\r" in body and _CARRIAGE_RETURNS.search(body):
            found += 1
            yield RawRecord(name, b"", number, of_lines=True, fault=_NO_LINE_FEEDS)
        elif body.strip(b" \t"):
            found += 1
            yield RawRecord(name, body, number, of_lines=True, offset=offset)
    if file.fault:
        found += 1
        yield RawRecord(name, b"", number + 1, of_lines=True, fault=file.fault)
    return found


def _skip_line(file: "_Guarded") -> None:
    while (rest := file.read(_BLOCK, to_line_end=True)) and not rest.endswith(b"\n"):
        pass


class _Range:
    """So many bytes of a file, from where it stands."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._left = size

    def read1(self, size: int) -> bytes:
        """At most so many bytes."""
        data: bytes = self._file.read1(min(size, self._left))  # type: ignore[attr-defined]  # every buffered file has it
        self._left -= len(data)
        return data


class _Counted:
    """A compressed file that tells how much of it was read: a pipe cannot."""

    def __init__(self, head: bytes, file: BinaryIO) -> None:
        self._head = head
        self._file = file
        self.count = 0

    def read(self, size: int) -> bytes:
        """At most so many bytes."""
        data, self._head = self._head or self._file.read(size), b""
        self.count += len(data)
        return data


class _Guarded:
    """A file that decompresses itself and notes, instead of raising, that its compression is broken or a trap.

    ``size`` is how many bytes it must have, if that is known. A range of lines is never compressed.
    """

    def __init__(self, file: "BinaryIO | _Range", *, size: int | None = None) -> None:
        self.fault: tuple[str, Issue] | None = None
        self._file: Any = file
        self._size = size
        self._ahead = b"" if isinstance(file, _Range) else file.read(2)
        self._at = 0
        self._packed: _Counted | None = None
        self._taken = len(self._ahead)
        if self._ahead == b"\x1f\x8b":
            self._packed = _Counted(self._ahead, cast("BinaryIO", file))
            self._file = _unpacking(self._packed)
            self._ahead, self._taken = b"", 0

    @property
    def is_packed(self) -> bool:
        """Whether the file is compressed."""
        return self._packed is not None

    @property
    def position(self) -> int:
        """How many bytes have been read or passed over."""
        return self._taken - len(self._ahead) + self._at

    def peek(self, size: int) -> bytes:
        """The beginning, of at least this length if there is as much, which a later read gives again."""
        while len(self._ahead) < size and (data := self._take()):
            self._ahead += data
        return self._ahead

    def peek_beyond_line(self, most: int) -> bytes:
        """The beginning up to something that stands behind the first line, if that is not too long."""
        while len(self._ahead) <= most and not self._ahead.lstrip().partition(b"\n")[2].strip():
            if not (data := self._take()):
                break
            self._ahead += data
        return self._ahead

    def read(self, size: int, *, to_line_end: bool = False) -> bytes:
        """At most so many bytes, fewer only at the end; or no more than the next line."""
        parts: list[bytes] = []
        while size > 0 and self._fill():
            end = self._ahead.find(b"\n", self._at, self._at + size) + 1 if to_line_end else 0
            part = self._ahead[self._at : end or self._at + size]
            parts.append(part)
            self._at += len(part)
            size = 0 if end else size - len(part)
        return b"".join(parts)

    def skip_blank_lines(self) -> int:
        """Pass over lines without content, and tell how many."""
        number = 0
        while self._fill() and (end := _BLANK_LINES.match(self._ahead, self._at).end()) > self._at:  # type: ignore[union-attr]  # it matches nothing, too
            number += self._ahead.count(b"\n", self._at, end)
            self._at = end
        return number

    def _fill(self) -> bool:
        if self._at == len(self._ahead):
            self._ahead, self._at = self._take(), 0
        return self._at < len(self._ahead)

    def _take(self) -> bytes:
        """What a single read gives: one that went on would lose what stands before a break."""
        if self.fault:
            return b""
        try:
            data = self._file.read1(_BLOCK)
        except _damage() as error:
            how = "ends too soon" if isinstance(error, EOFError) else "is damaged"
            self.fault = (
                "json/truncated-compression",
                Issue((), f"the compressed file {how}; what stands behind the break is lost"),
            )
            return b""
        self._taken += len(data)
        if not data and not self._packed and self._size is not None and self._taken < self._size:
            raise OSError("it became shorter while it was read; check it again when nothing writes to it")
        if self._packed and self._taken > _FREE_GROWTH and self._taken > _MOST_GROWTH * self._packed.count:
            message = f"the file decompresses to more than {_MOST_GROWTH} times its size and was not read to its end"
            self.fault = ("json/too-large", Issue((), message))
            return b""
        return bytes(data)


def _unpacking(file: _Counted) -> BinaryIO:
    import gzip  # only a compressed file pays for the import

    return cast("BinaryIO", gzip.GzipFile(fileobj=cast("BinaryIO", file)))


def _damage() -> tuple[type[Exception], ...]:
    """The errors by which decompression tells that its input is broken; looked up only once one was raised."""
    import gzip
    import zlib

    return EOFError, zlib.error, gzip.BadGzipFile
