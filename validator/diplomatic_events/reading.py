"""From paths, folders, globs and standard input to raw records: bytes with a name and a line."""

import glob
import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, BinaryIO, Final, NamedTuple

from diplomatic_events.findings import Issue
from diplomatic_events.rulebook import ERROR, describe

SUFFIXES: Final = (".json", ".ndjson", ".jsonl", ".json.gz", ".ndjson.gz", ".jsonl.gz")
"""The files of a folder that are read."""

STDIN: Final = "-"
_LINES: Final = (".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz")
_BLOCK: Final = 1 << 16
_FREE_GROWTH: Final = 64 * 1024 * 1024
_MOST_GROWTH: Final = 200
"""Records compress to a tenth or so; what grows two-hundredfold on decompression is made to exhaust the machine."""


class Input(NamedTuple):
    """A file that is to be checked, or standard input. ``name`` is what findings call it."""

    name: str
    path: FilePath | None
    lines: bool | None
    """Whether each line is a record; None where the content must tell."""


class RawRecord(NamedTuple):
    """The bytes of one record. ``line`` is the line of the file on which they begin.

    A record beyond the limit has one byte more than the limit. ``fault`` tells that the file could not be read further.
    """

    file: str
    data: bytes
    line: int = 1
    of_lines: bool = False
    fault: tuple[str, Issue] | None = None

    @property
    def whole(self) -> bool:
        """Whether all of the record's bytes are here."""
        return self.fault is None


@dataclass(slots=True)
class Inputs:
    """The files that some arguments stand for, and what could not be found."""

    files: list[Input] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def expand(arguments: Iterable[str], *, form: str = "auto", stdin_filename: str | None = None,
           excluded: Callable[[str], bool] | None = None) -> Inputs:  # fmt: skip
    """Find the files that arguments stand for: files, folders, globs, or `-` for standard input.

    ``form`` is `auto`, `json` or `ndjson`; ``excluded`` tells which paths to leave out of folders and globs.
    """
    inputs = Inputs()
    seen: set[str] = set()
    for argument in arguments:
        for found in _expand_one(argument, inputs.failures, excluded or (lambda _: False)):
            path = None if found == STDIN else FilePath(found)
            name = (stdin_filename or "<stdin>") if path is None else path.as_posix()
            key = STDIN if path is None else os.path.abspath(found)
            if key not in seen:
                seen.add(key)
                inputs.files.append(Input(name, path, _by_lines(name, form)))
    return inputs


def _by_lines(name: str, form: str) -> bool | None:
    if form != "auto":
        return form == "ndjson"
    if name.lower().endswith(_LINES):
        return True
    return None if name == "<stdin>" else False


def _expand_one(argument: str, failures: list[str], excluded: Callable[[str], bool]) -> Iterator[str]:
    if argument == STDIN or os.path.isfile(argument):
        yield argument
    elif os.path.isdir(argument):
        found = [path for path in _walk(FilePath(argument)) if not excluded(path)]
        yield from found
        if not found:
            failures.append(
                f"{argument}: the folder has no file that ends in {', '.join(SUFFIXES[:3])} or .gz of these"
            )
    elif os.path.lexists(argument):
        yield argument
    elif glob.has_magic(argument):
        matches = sorted(path for path in glob.iglob(argument, recursive=True) if not os.path.isdir(path))
        yield from (path for path in matches if not excluded(path))
        if not matches:
            failures.append(f"{argument}: no file matches")
    else:
        failures.append(f"{argument}: there is no such file or folder")


def _walk(folder: FilePath) -> Iterator[str]:
    """The record files below a folder, in order, without those that a `.gitignore` names."""
    ignored = _Ignored(folder)
    for here, folders, files in os.walk(folder):
        ignored.enter(FilePath(here))
        folders[:] = sorted(
            name for name in folders if name != ".git" and not ignored.matches(os.path.join(here, name) + "/")
        )
        for name in sorted(files):
            path = os.path.join(here, name)
            if name.lower().endswith(SUFFIXES) and not ignored.matches(path):
                yield path


class _Ignored:
    """The `.gitignore` files that hold for a folder and what lies below it."""

    def __init__(self, folder: FilePath) -> None:
        self._specs: list[tuple[str, Any]] = []
        above = FilePath(os.path.abspath(folder)).parents
        root = next(
            (parent for parent in (FilePath(os.path.abspath(folder)), *above) if (parent / ".git").exists()), None
        )
        if root is not None:
            for parent in reversed([parent for parent in above if parent.is_relative_to(root)]):
                self.enter(parent)

    def enter(self, folder: FilePath) -> None:
        """Take the rules of a folder into account, from here on."""
        rules = folder / ".gitignore"
        if rules.is_file():
            from pathspec import GitIgnoreSpec  # only a folder that has rules pays for the import

            with rules.open(encoding="utf-8", errors="replace") as file:
                self._specs.append((os.path.abspath(folder), GitIgnoreSpec.from_lines(file)))

    def matches(self, path: str) -> bool:
        """Whether a path is ignored; a folder's ends in a slash. The rules closest to it decide."""
        whole = os.path.abspath(path)
        for folder, spec in reversed(self._specs):
            if whole.startswith(folder + os.sep):
                relative = whole[len(folder) + 1 :].replace(os.sep, "/") + ("/" if path.endswith("/") else "")
                decision: bool | None = spec.check_file(relative).include
                if decision is not None:
                    return decision
        return False


def records(source: Input, stdin: BinaryIO | None, max_bytes: int) -> Iterator[RawRecord]:
    """The raw records of a file, one after the other.

    Raises:
        OSError: The file cannot be read, or is no ordinary file.
    """
    with _open(source, stdin) as file:
        guarded = _Guarded(file)
        start = guarded.peek()
        lines = source.lines
        if lines is None:
            lines = _looks_like_lines(start)
        if lines and not _is_wide(start):
            yield from _lines(source.name, guarded, max_bytes)
            return
        yield RawRecord(source.name, guarded.read(max_bytes + 1), fault=guarded.fault)


def _open(source: Input, stdin: BinaryIO | None) -> BinaryIO:
    if source.path is None:
        stdin = stdin or sys.stdin.buffer
        return os.fdopen(os.dup(stdin.fileno()), "rb") if _has_descriptor(stdin) else stdin
    descriptor = os.open(source.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(f"it is not an ordinary file; to check what a program prints, pipe it into `{STDIN}`")
    return os.fdopen(descriptor, "rb")


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
    """Whether the beginning of standard input is one whole JSON value on a line, with more behind it."""
    first, found, rest = start.lstrip().partition(b"\n")
    return bool(found and rest.strip() and first.startswith(b"{") and first.rstrip().endswith(b"}"))


def _lines(name: str, file: "_Guarded", max_bytes: int) -> Iterator[RawRecord]:
    number = 0
    while line := file.readline(max_bytes + 2):
        number += 1
        if len(line) > max_bytes + 1 and not line.endswith(b"\n"):
            _skip_line(file)
        body = line.rstrip(b"\r\n")
        if body.strip(b" \t") and not file.fault:
            yield RawRecord(name, body, number, of_lines=True)
    if file.fault:
        yield RawRecord(name, b"", max(number, 1), of_lines=True, fault=file.fault)


def _skip_line(file: "_Guarded") -> None:
    while (rest := file.readline(_BLOCK)) and not rest.endswith(b"\n"):
        pass


class _Guarded:
    """A file that decompresses itself and notes, instead of raising, that its compression is broken or a trap."""

    def __init__(self, file: BinaryIO) -> None:
        self.fault: tuple[str, Issue] | None = None
        self._packed = file
        head = file.peek(_BLOCK) if hasattr(file, "peek") else b""
        self._gzip = head[:2] == b"\x1f\x8b"
        self._file = _unpacking(file) if self._gzip else file
        self._unpacked = 0
        self._ahead = b""

    def peek(self) -> bytes:
        """Some bytes of the beginning, which a later read gives again."""
        if not self._ahead:
            self._ahead = self._take(self._file.read, _BLOCK)
        return self._ahead

    def read(self, size: int) -> bytes:
        """At most so many bytes, fewer only at the end."""
        parts, self._ahead = [self._ahead[:size]], self._ahead[size:]
        left = size - len(parts[0])
        while left > 0 and (part := self._take(self._file.read, min(left, 1 << 20))):
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def readline(self, size: int) -> bytes:
        """The next line, or at most so many bytes of it."""
        if self._ahead:
            end = self._ahead.find(b"\n") + 1
            if 0 < end <= size or len(self._ahead) >= size:
                end = min(end or size, size)
                line, self._ahead = self._ahead[:end], self._ahead[end:]
                return line
            line, self._ahead = self._ahead, b""
            return line + self._take(self._file.readline, size - len(line))
        return self._take(self._file.readline, size)

    def _take(self, read: Callable[[int], bytes], size: int) -> bytes:
        if self.fault:
            return b""
        try:
            data = read(size)
        except _damage() as error:
            self.fault = (TRUNCATED.id, Issue((), f"the compressed file is damaged or cut off ({error})".lower()))
            return b""
        self._unpacked += len(data)
        if self._gzip and self._unpacked > _FREE_GROWTH and self._unpacked > _MOST_GROWTH * self._packed.tell():
            message = f"the file decompresses to more than {_MOST_GROWTH} times its size and was not read to its end"
            self.fault = (TOO_LARGE, Issue((), message))
            return b""
        return data


def _unpacking(file: BinaryIO) -> BinaryIO:
    import gzip  # only a compressed file pays for the import

    return io.BufferedReader(gzip.GzipFile(fileobj=file))


def _damage() -> tuple[type[Exception], ...]:
    """The errors by which decompression tells that its input is broken; looked up only once one was raised."""
    import gzip
    import zlib

    return EOFError, zlib.error, gzip.BadGzipFile


def _truncated_compression() -> None:
    """A compressed file is damaged or ends too soon.

    What stood behind the break is lost, so nobody knows what was not checked.

    Compress the file again, or fetch it again.
    """


TOO_LARGE: Final = "json/too-large"
TRUNCATED: Final = describe(
    "json/truncated-compression", _truncated_compression.__doc__, severity=ERROR,
    bad=b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xabV", good={"title": "A record that is read"}, at="",
)  # fmt: skip
