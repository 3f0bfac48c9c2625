"""The work of the command `migrate`: files → the same files in another version, and what there is to say of it.

All or nothing: as long as one file cannot be migrated, or something would be lost that nobody has agreed to lose, no
file is touched. New content is written beside the old files first, and only then moved into their places.
"""

import difflib
import gzip
import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from diplomatic_events.check import Checker
from diplomatic_events.edit.layout import Document, in_one_line
from diplomatic_events.edit.replacing import Replacement, Stamp, read_file
from diplomatic_events.findings import DiplomaticEventsError, Finding, Report, Severity
from diplomatic_events.inputs.paths import Input, Inputs
from diplomatic_events.inputs.records import RawRecord, records
from diplomatic_events.jsontext.locate import Lines, locate
from diplomatic_events.jsontext.parse import decode, parse
from diplomatic_events.migrate.steps import STEPS, Loss, Steps, check_target, migrate
from diplomatic_events.options import Options
from diplomatic_events.pointers import resolve
from diplomatic_events.report.formats import concise
from diplomatic_events.report.formats.style import Style, visible
from diplomatic_events.schema.catalogue import Catalogue, catalogue

DONE: Final = 0
WOULD_LOSE: Final = 1
COULD_NOT: Final = 2

_GZIP: Final = b"\x1f\x8b"
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be done: the version to reach, and what becomes of the outcome.

    Without ``in_place`` and ``diff`` the migrated records are the output. ``allow_loss`` agrees to lose what the version
    has no place for.
    """

    to: str
    in_place: bool = False
    diff: bool = False
    allow_loss: bool = False
    catalogue: Catalogue = field(default_factory=catalogue)
    steps: Steps = field(default_factory=lambda: STEPS)


class Done(NamedTuple):
    """What came of it: bytes for standard output, lines for standard error, and the exit code."""

    output: bytes
    notes: tuple[str, ...]
    code: int


@dataclass(slots=True)
class _File:
    """One file before and after; ``records`` are the texts of its records after."""

    name: str
    old: bytes
    new: bytes
    records: list[bytes]
    zipped: bool
    stamp: Stamp | None = None


@dataclass(slots=True)
class _Count:
    migrated: int = 0
    there: int = 0
    lost: int = 0


def migrate_files(inputs: Inputs, request: Request, stdin: BinaryIO | None = None) -> Done:
    """Bring the records of files to another version.

    The code is 0 when it is done, 1 when something would be lost and ``allow_loss`` is not given, 2 when a file cannot
    be read or a record cannot be migrated. With 1 and 2 no file is changed and no record is put out; a diff is, with 1.
    Only where a file cannot be replaced although all was ready, those before it have been: a note says how many.

    Raises:
        DiplomaticEventsError: The version is unknown or withdrawn, or the request contradicts itself.
    """
    _refuse(inputs, request)
    job = _Job(request, stdin)
    job.notes += (f"error: {failure}" for failure in inputs.failures)
    with ExitStack() as beside:
        files: list[_File] = []
        replacements: list[tuple[str, Replacement]] = []
        for source in _each_once(inputs.files) if request.in_place else inputs.files:
            file = job.read(source)
            if file is None or not request.in_place:
                files += [] if file is None else [file]
            elif file.new != file.old and source.path is not None and file.stamp is not None and not job.failed:
                try:
                    replacement = Replacement(source.path, _packed(file), file.stamp)
                except OSError as error:
                    job.fail(source.name, error)
                else:
                    beside.callback(replacement.discard)
                    replacements.append((source.name, replacement))
        if job.failed or inputs.failures:
            return job.done(b"", COULD_NOT)
        if job.count.lost and not request.allow_loss:
            return job.done(_diff(files) if request.diff else b"", WOULD_LOSE)
        for number, (name, replacement) in enumerate(replacements):
            try:
                replacement.commit()
            except OSError as error:
                job.fail(name, error)
                return job.done(b"", COULD_NOT, written=number)
    return job.done(_diff(files) if request.diff else _output(files), DONE)


def _each_once(files: Iterable[Input]) -> Iterator[Input]:
    """The files without those that a link leads to once more."""
    seen: set[str] = set()
    for source in files:
        real = os.path.realpath(source.path or source.name)
        if real not in seen:
            seen.add(real)
            yield source


def _refuse(inputs: Inputs, request: Request) -> None:
    check_target(request.to, request.catalogue)
    if request.in_place and request.diff:
        raise DiplomaticEventsError("--in-place writes and --diff does not", help="choose one of the two")
    if request.in_place and any(source.path is None for source in inputs.files):
        raise DiplomaticEventsError(
            "standard input cannot be changed in place", help="leave out --in-place: the outcome is printed"
        )


class _Job:
    """The files one after the other, and what has been said of them so far."""

    def __init__(self, request: Request, stdin: BinaryIO | None) -> None:
        self.request = request
        self.notes: list[str] = []
        self.count = _Count()
        self.failed = False
        self._stdin = stdin
        self._checker = Checker(Options(select=("json", "schema"), catalogue=request.catalogue))

    def fail(self, name: str, error: OSError) -> None:
        """Note that a file could not be read or written."""
        self.failed = True
        self.notes.append(f"error: {visible(name)}: {error.strerror or error}")

    def read(self, source: Input) -> _File | None:
        """A file with its records migrated, or None where that cannot be done."""
        try:
            if source.path is None:
                data, stamp = (self._stdin or sys.stdin.buffer).read(), None
            else:
                data, stamp = read_file(source.path)
            found = list(
                records(Input(source.name, None, source.lines), io.BytesIO(data), self._checker.options.max_bytes)
            )
        except OSError as error:
            self.fail(source.name, error)
            return None
        migrated = [self._migrate(raw) for raw in found]
        texts = [each for each in migrated if each is not None]
        if len(texts) < len(found):
            self.failed = True
            return None
        zipped = data.startswith(_GZIP)
        old = gzip.decompress(data) if zipped else data
        new = texts[0]
        if found[0].of_lines:
            lines = old.split(b"\n")
            for raw, text in zip(found, texts, strict=True):
                lines[raw.line - 1] = text + (b"\r" if lines[raw.line - 1].endswith(b"\r") else b"")
            new = b"\n".join(lines)
        return _File(source.name, old, new, texts, zipped, stamp)

    def _migrate(self, raw: RawRecord) -> bytes | None:
        """A record's bytes after the migration; a record that is there already keeps its bytes."""
        value = parse(raw.data).value if raw.fault is None else None
        if isinstance(value, dict) and value.get("schemaVersion") == self.request.to:
            self.count.there += 1
            return raw.data
        outcome = self._checker.check(raw, None)
        if outcome.crash:
            raise RuntimeError(outcome.crash)
        if outcome.lost:
            self.failed = True
            self.notes.append(f"error: {visible(outcome.lost)}")
            return None
        if errors := [finding for finding in outcome.findings if finding.severity is Severity.ERROR]:
            self._refused(raw, errors)
            return None
        document = Document(raw.data.decode("utf-8"))
        try:
            done = migrate(document.value, self.request.to, catalogue=self.request.catalogue, steps=self.request.steps)
        except DiplomaticEventsError as error:
            self.notes.append(f"error: {visible(raw.file)}:{raw.line}: {error}")
            self.notes += [f"  help: {error.help}"] if error.help else []
            return None
        self.count.migrated += 1
        self.count.lost += len(done.lost)
        self.notes += _told(raw, document.value, done.lost, allowed=self.request.allow_loss)
        return document.rewritten(done.record).encode()

    def _refused(self, raw: RawRecord, errors: list[Finding]) -> None:
        shown = concise.render(Report(findings=tuple(errors), files=1, records=1), Style())
        self.notes += shown.splitlines()
        self.notes.append(f"error: {visible(raw.file)}:{raw.line}: only a valid record can be migrated")

    def done(self, output: bytes, code: int, *, written: int = 0) -> Done:
        """The outcome, with a summary; ``written`` is how many files were replaced before one could not be."""
        count, to = self.count, self.request.to
        if code == COULD_NOT:
            end = (
                f"error: only {_number(written, 'file')} could be replaced"
                if written
                else "error: nothing was migrated"
            )
        elif code == WOULD_LOSE:
            end = f"error: {_number(count.lost, 'thing')} would be lost, so nothing was migrated\n"
            end += "  help: --allow-loss migrates all the same"
        else:
            would = "would be " if self.request.diff else ""
            end = f"{_number(count.migrated, 'record')} {would}migrated to {to}"
            end += f", {count.there} already there" if count.there else ""
        if count.migrated and self.request.catalogue.versions[to].status == "draft":
            self.notes.insert(0, f"warning: version {to} is a draft: it may still change, and records of it with it")
        return Done(output, (*self.notes, *end.splitlines()), code)


def _told(raw: RawRecord, record: Any, lost: Iterable[Loss], *, allowed: bool) -> Iterator[str]:
    """A line for each loss, with its place and the value itself, so that it can be kept elsewhere."""
    found = [(loss, resolve(record, loss.pointer) or ()) for loss in lost]
    if not found:
        return
    text = decode(raw.data)
    lines, spans = Lines(text, raw.line), locate(text, [path for _, path in found])
    for loss, path in found:
        place = lines.place(spans.values[path])
        value = in_one_line(text[slice(*spans.values[path])])
        shown = value if len(value) <= _LONGEST or allowed else f"{value[: _LONGEST - 1]}…"
        yield (
            f"{visible(raw.file)}:{place.line}:{place.column}: {'' if allowed else 'would be '}lost in {loss.version}: "
            f"{visible(loss.what)}: {visible(loss.why)}; {loss.pointer} was {visible(shown)}"
        )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _packed(file: _File) -> bytes:
    # Without the time of packing, the same record gives the same bytes.
    return gzip.compress(file.new, mtime=0) if file.zipped else file.new


def _output(files: list[_File]) -> bytes:
    """One file as it stands; several as NDJSON, which is what several records in one stream are."""
    if len(files) == 1:
        return files[0].new
    texts = [text for file in files for text in file.records]
    return "".join(f"{in_one_line(text.decode('utf-8'))}\n" for text in texts).encode()


def _diff(files: list[_File]) -> bytes:
    """A unified diff of what changes, that `patch` understands."""
    lines: list[str] = []
    for file in files:
        name = Path(file.name).as_posix()
        lines += difflib.unified_diff(_lines(file.old), _lines(file.new), name, name)
    marked = (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return "".join(marked).encode("utf-8", "surrogateescape")  # a name need not be UTF-8


def _lines(data: bytes) -> list[str]:
    """Lines as `patch` counts them: ended by a line feed only."""
    *ended, rest = data.decode("utf-8").split("\n")
    return [*(f"{line}\n" for line in ended), *([rest] if rest else [])]
