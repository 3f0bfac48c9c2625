"""From paths, folders, globs and standard input to raw records: bytes with a name and a line."""

import glob
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, cast

from diplomatic_events.edit.replacing import open_file
from diplomatic_events.findings import Issue
from diplomatic_events.rulebook import ERROR, describe

SUFFIXES: Final = (".json", ".ndjson", ".jsonl", ".json.gz", ".ndjson.gz", ".jsonl.gz")
"""The files of a folder that are read."""

STDIN: Final = "-"
UNNAMED: Final = "<stdin>"
"""What standard input is called where it was given no name."""

_LINES: Final = (".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz")
_BLOCK: Final = 1 << 16
_BLANK_LINES: Final = re.compile(rb"(?:[ \t\r]*+\n)*+")
_OPEN_LINE: Final = re.compile(rb"(?:[ \t\r]*+\n)*+[ \t]*+[{\[][ \t\r]*+\n")
"""The first line of a JSON text that is written over several."""

_SEPARATORS: Final = re.escape(os.sep + (os.altsep or ""))
_DOWN: Final = re.compile(rf"(?:^|(?<=[{_SEPARATORS}]))\*\*(?:[{_SEPARATORS}]+|$)")
"""The part of a glob that stands for any way down."""

_OVER_LINES: Final = (
    "json/syntax",
    Issue(
        (),
        "the line only opens a value: the file is not NDJSON, which has a whole record on each line",
        "write each record on one line, or check the file with `--input json` if it holds one record",
    ),
)
_FORM: Final = 4
"""So many bytes at the beginning of a file tell UTF-16 from UTF-8."""

_FREE_GROWTH: Final = 1024 * 1024
_MOST_GROWTH: Final = 200
"""Records compress to a tenth or so, copies of one to a hundredth; what grows two-hundredfold on decompression is made to exhaust the machine."""


class Input(NamedTuple):
    """A file that is to be checked, or standard input. ``name`` is what findings call it."""

    name: str
    path: Path | None
    lines: bool | None
    """Whether each line is a record; None where the content must tell."""

    @property
    def folder(self) -> Path | None:
        """Where the source texts of its records lie; standard input has a folder only if it was given a name."""
        if self.path is not None:
            return self.path.parent
        return None if self.name == UNNAMED else Path(self.name).parent


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
    """The files that some arguments stand for, what could not be found, and what was found empty and may be.

    ``folders`` are those among the arguments.
    """

    files: list[Input] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)


def expand(arguments: Iterable[str], *, form: str = "auto", stdin_filename: str | None = None,
           excluded: Callable[[str], bool] | None = None, allow_empty: bool = False) -> Inputs:  # fmt: skip
    """Find the files that arguments stand for: files, folders, globs, or `-` for standard input.

    ``form`` is `auto`, `json` or `ndjson`; ``excluded`` tells which paths to leave out of folders and globs. A folder or
    glob that stands for no file is a failure, unless ``allow_empty`` makes it a note.
    """
    inputs = Inputs()
    empty = inputs.notes if allow_empty else inputs.failures
    seen: set[str] = set()
    for argument in arguments:
        if os.path.isdir(argument):
            inputs.folders.append(argument)
        for found in _expand_one(argument, inputs.failures, empty, excluded or (lambda _: False)):
            path = None if found == STDIN else Path(found)
            name = (stdin_filename or UNNAMED) if path is None else path.as_posix()
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
    return None if name == UNNAMED else False


def _expand_one(argument: str, failures: list[str], empty: list[str], excluded: Callable[[str], bool]) -> Iterator[str]:
    """The files of one argument. What cannot be found is added to ``failures``, what has no file to ``empty``."""
    if argument == STDIN or os.path.isfile(argument):
        yield argument
    elif os.path.isdir(argument):
        there = list(_walk(Path(argument)))
        yield from (found := [path for path in there if not excluded(path)])
        if not there:
            empty.append(f"{argument}: the folder has no file that ends in {', '.join(SUFFIXES[:3])} or .gz of these")
        elif not found:
            empty.append(f"{argument}: every file of the folder is excluded")
    elif os.path.lexists(argument):
        yield argument
    elif glob.has_magic(argument):
        matches = sorted(path for path in _matching(argument) if not os.path.isdir(path))
        yield from (found := [path for path in matches if not excluded(path)])
        if not found:
            empty.append(f"{argument}: {'every file that matches is excluded' if matches else 'no file matches'}")
    else:
        failures.append(f"{argument}: there is no such file or folder")


def _matching(pattern: str) -> Iterable[str]:
    """What a glob names. `glob` follows links below a `**`, which may lead out of the folder, or round and round in it."""
    start, *parts = _DOWN.split(pattern)
    if not parts:
        return glob.iglob(pattern)
    found = list(glob.iglob(start)) if start else [""]
    if pattern.endswith("**"):
        parts[-1] = "*"
    for part in parts:
        # With two `**`, several ways can lead to one file.
        found = list(dict.fromkeys(path for folder in found for path in _below(folder, part)))
    return filter(None, found)  # `**/` alone stands for the working folder, too, which has no name here


def _below(folder: str, part: str) -> Iterator[str]:
    """What matches in a folder and in those below it, but for hidden ones and links."""
    folders = [folder]
    while folders:
        here = os.path.join(folders.pop(), "")
        try:
            with os.scandir(here or os.curdir) as entries:
                names = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
        except OSError:
            continue  # as `glob` does
        folders += [here + name for name in names if not name.startswith(".")]
        if part:
            yield from [here + name for name in glob.iglob(part, root_dir=here or None)]
        else:
            yield here


def _walk(folder: Path) -> Iterator[str]:
    """The record files below a folder, in order, without those that a `.gitignore` names."""
    ignored = _Ignored(folder)
    for here, folders, files in os.walk(folder):
        ignored.enter(Path(here))
        folders[:] = sorted(
            name for name in folders if name != ".git" and not ignored.matches(os.path.join(here, name) + "/")
        )
        for name in sorted(files):
            path = os.path.join(here, name)
            if name.lower().endswith(SUFFIXES) and not ignored.matches(path):
                yield path


class _Ignored:
    """The `.gitignore` files that hold for a folder and what lies below it."""

    def __init__(self, folder: Path) -> None:
        self._specs: list[tuple[str, Any]] = []
        above = Path(os.path.abspath(folder)).parents
        root = next((parent for parent in (Path(os.path.abspath(folder)), *above) if (parent / ".git").exists()), None)
        if root is not None:
            for parent in reversed([parent for parent in above if parent.is_relative_to(root)]):
                self.enter(parent)

    def enter(self, folder: Path) -> None:
        """Take the rules of a folder into account, from here on."""
        rules = folder / ".gitignore"
        if rules.is_file():
            from pathspec import GitIgnoreSpec  # only a folder that has rules pays for the import

            def is_sound(line: str) -> bool:
                try:
                    GitIgnoreSpec.from_lines([line])
                except (ValueError, re.error):
                    return False  # git passes over such a line, too
                return True

            with rules.open(encoding="utf-8", errors="replace") as file:
                lines = [line for line in file if is_sound(line)]
            self._specs.append((os.path.abspath(folder), GitIgnoreSpec.from_lines(lines)))

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
        start = guarded.peek(_FORM)
        lines = source.lines
        if lines is None:
            lines = _looks_like_lines(guarded.peek_beyond_line(max_bytes))
        if lines and _OPEN_LINE.match(guarded.peek_beyond_line(_BLOCK)):
            yield RawRecord(source.name, b"", guarded.skip_blank_lines() + 1, of_lines=True, fault=_OVER_LINES)
        elif lines and not _is_wide(start):
            yield from _lines(source.name, guarded, max_bytes)
        else:
            yield RawRecord(source.name, guarded.read(max_bytes + 1), fault=guarded.fault)


def _open(source: Input, stdin: BinaryIO | None) -> AbstractContextManager[BinaryIO]:
    """The file, which is closed in the end; a stream that was given stays open."""
    if source.path is None:
        stdin = stdin or sys.stdin.buffer
        return os.fdopen(os.dup(stdin.fileno()), "rb") if _has_descriptor(stdin) else nullcontext(stdin)
    descriptor = open_file(source.path)
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
    """Whether the beginning of standard input is one whole JSON object on a line, with another value behind it."""
    first, _, rest = start.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    rest = rest.lstrip()
    return first.startswith(b"{") and first.rstrip().endswith(b"}") and rest[:1] not in (b"", b",", b"}", b"]")


def _lines(name: str, file: "_Guarded", max_bytes: int) -> Iterator[RawRecord]:
    """The records of NDJSON. A file without any gives one without content: nobody wants that to pass in silence."""
    number = found = 0
    while True:
        number += file.skip_blank_lines()
        line = file.read(max_bytes + 2, to_line_end=True)
        if not line or file.fault:  # a line in which the file breaks off is no record
            break
        number += 1
        if len(line) > max_bytes + 1 and not line.endswith(b"\n"):
            _skip_line(file)
        body = line.rstrip(b"\r\n")
        if body.strip(b" \t"):
            found += 1
            yield RawRecord(name, body, number, of_lines=True)
    if file.fault:
        yield RawRecord(name, b"", number + 1, of_lines=True, fault=file.fault)
    elif not found:
        yield RawRecord(name, b"", of_lines=True)


def _skip_line(file: "_Guarded") -> None:
    while (rest := file.read(_BLOCK, to_line_end=True)) and not rest.endswith(b"\n"):
        pass


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
    """A file that decompresses itself and notes, instead of raising, that its compression is broken or a trap."""

    def __init__(self, file: BinaryIO) -> None:
        self.fault: tuple[str, Issue] | None = None
        self._file = file
        self._ahead = file.read(2)
        self._at = 0
        self._packed: _Counted | None = None
        self._unpacked = 0
        if self._ahead == b"\x1f\x8b":
            self._packed = _Counted(self._ahead, file)
            self._file = _unpacking(self._packed)
            self._ahead = b""

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
            data = self._file.read1(_BLOCK)  # type: ignore[attr-defined]  # every buffered file has it
        except _damage() as error:
            how = "ends too soon" if isinstance(error, EOFError) else "is damaged"
            self.fault = (TRUNCATED.id, Issue((), f"the compressed file {how}; what stands behind the break is lost"))
            return b""
        self._unpacked += len(data)
        if self._packed and self._unpacked > _FREE_GROWTH and self._unpacked > _MOST_GROWTH * self._packed.count:
            message = f"the file decompresses to more than {_MOST_GROWTH} times its size and was not read to its end"
            self.fault = (TOO_LARGE, Issue((), message))
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
