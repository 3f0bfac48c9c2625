"""The command `migrate`: files → the same files in another version, and a report on it.

All or nothing: if one file cannot be migrated, or something would be lost without ``allow_loss``, no file is touched.
New content is first written beside the old files, and only then moved into place.
"""

import gzip
import io
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final, NamedTuple

from diplomatic_events.checking import Checker
from diplomatic_events.edit.diffs import unified_diff
from diplomatic_events.edit.layout import Document, in_one_line
from diplomatic_events.edit.replacing import Replacement, Stamp, read_file
from diplomatic_events.findings import DiplomaticEventsError, Report, Severity
from diplomatic_events.inputs.paths import Input, Inputs
from diplomatic_events.inputs.records import Part, RawRecord
from diplomatic_events.inputs.search import NO_RECORD
from diplomatic_events.jsontext.locate import Lines, locate
from diplomatic_events.jsontext.parse import decode, parse
from diplomatic_events.migrate.steps import STEPS, Loss, Steps, check_target, migrate
from diplomatic_events.options import Options
from diplomatic_events.pointers import resolve
from diplomatic_events.reading import records_in
from diplomatic_events.report.formats import concise
from diplomatic_events.report.formats.style import Style, plural, visible
from diplomatic_events.schema.catalogue import Catalogue, catalogue

DONE: Final = 0
WOULD_LOSE: Final = 1
COULD_NOT: Final = 2

_GZIP: Final = b"\x1f\x8b"
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Request:
    """What to do: the version to migrate to, and how to deliver the result.

    Without ``in_place`` and ``diff`` the migrated records are the output. ``allow_loss`` accepts the loss of what the
    version has no place for.
    """

    to: str
    in_place: bool = False
    diff: bool = False
    allow_loss: bool = False
    catalogue: Catalogue = field(default_factory=catalogue)
    steps: Steps = field(default_factory=lambda: STEPS)


class Done(NamedTuple):
    """The result: bytes for standard output, lines for standard error, and the exit code.

    ``passed_over`` counts the files of folders that show no sign of being records.
    """

    output: bytes
    notes: tuple[str, ...]
    code: int
    passed_over: int = 0


class _Rewritten(NamedTuple):
    """One file before and after, unpacked; ``records`` are the texts of its migrated records."""

    name: str
    old: bytes
    new: bytes
    records: list[bytes]
    stamp: Stamp | None
    zipped: bool


def migrate_files(
    inputs: Inputs, request: Request, stdin: BinaryIO | None = None, options: Options | None = None
) -> Done:
    """Migrate the records of files to another version.

    The code is 0 if it is done, 1 if something would be lost and ``allow_loss`` is not given, 2 if a file cannot be read
    or a record cannot be migrated. With 1 and 2 no file is changed and no record is output; a diff is, with 1. Only if a
    file cannot be replaced although all was ready, earlier ones have been: a note says how many. The limits and the
    engine of ``options`` apply.

    Raises:
        DiplomaticEventsError: The version is unknown or withdrawn, or the request contradicts itself.
    """
    _refuse(inputs, request)
    work = _Work(request, stdin, options or Options())
    work.notes += (f"error: {failure}" for failure in inputs.failures)
    if request.in_place:
        with ExitStack() as beside:
            return _replace(inputs, work, beside)
    files = [file for source in inputs.files if (file := work.rewrite(source))]
    if work.could_not(inputs):
        return work.done(COULD_NOT)
    code = WOULD_LOSE if work.lost and not request.allow_loss else DONE
    if request.diff:
        return work.done(code, _diff(files))
    return work.done(code, b"" if code else _output(files))


def _refuse(inputs: Inputs, request: Request) -> None:
    check_target(request.to, request.catalogue)
    if request.in_place and request.diff:
        raise DiplomaticEventsError("--in-place and --diff cannot be combined", help="choose one of the two")
    if request.in_place and any(source.path is None for source in inputs.files):
        raise DiplomaticEventsError(
            "standard input cannot be changed in place", help="leave out --in-place to print the migrated records"
        )


def _replace(inputs: Inputs, work: "_Work", beside: ExitStack) -> Done:
    """Write the new content of every file beside it and, if all went well, move each into place."""
    replacements: list[tuple[str, Replacement]] = []
    each_once = {os.path.realpath(source.path or ""): source for source in inputs.files}  # a link may lead to another
    for source in each_once.values():
        file = work.rewrite(source)
        if file and file.stamp and file.new != file.old and not work.failed:
            # Without a time stamp, the same record gives the same bytes.
            content = gzip.compress(file.new, mtime=0) if file.zipped else file.new
            try:
                replacement = Replacement(source.path or "", content, file.stamp)
            except OSError as error:
                work.fail(source.name, error)
            else:
                beside.callback(replacement.discard)
                replacements.append((source.name, replacement))
    if work.could_not(inputs):
        return work.done(COULD_NOT)
    if work.lost and not work.request.allow_loss:
        return work.done(WOULD_LOSE)
    for number, (name, replacement) in enumerate(replacements):
        try:
            replacement.commit()
        except OSError as error:
            work.fail(name, error)
            return work.done(COULD_NOT, replaced=number)
    return work.done(DONE)


class _Work:
    """Migrates one file after the other, and keeps the notes on them."""

    def __init__(self, request: Request, stdin: BinaryIO | None, options: Options) -> None:
        self.request = request
        self.notes: list[str] = []
        self.failed = False
        self.migrated = self.already_there = self.lost = self.passed_over = 0
        self._stdin = stdin
        self._checker = Checker(options._replace(select=("json", "schema"), catalogue=request.catalogue))

    def fail(self, name: str, error: OSError) -> None:
        """Note that a file could not be read or written."""
        self.failed = True
        self.notes.append(f"error: {visible(name)}: {error.strerror or error}")

    def could_not(self, inputs: Inputs) -> bool:
        """Whether a file could not be read or migrated, or no file that was read shows a sign of being a record."""
        found = self.migrated or self.already_there or self.failed
        if self.passed_over and not (found or inputs.allow_empty):
            self.failed = True
            self.notes.append(f"error: {NO_RECORD}")
        return self.failed or bool(inputs.failures)

    def rewrite(self, source: Input) -> _Rewritten | None:
        """A file with its records migrated, or None if that is not possible or the file is passed over."""
        try:
            if source.path is None:
                data, stamp = (self._stdin or sys.stdin.buffer).read(), None
            else:
                data, stamp = read_file(source.path)
            found = list(records_in(Part(source._replace(path=None)), io.BytesIO(data), self._checker.options))
        except OSError as error:
            self.fail(source.name, error)
            return None
        if found[0].passed_over:
            self.passed_over += 1
            return None
        texts = [text for raw in found if (text := self._migrate(raw)) is not None]
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
        return _Rewritten(source.name, old, new, texts, stamp, zipped)

    def _migrate(self, raw: RawRecord) -> bytes | None:
        """A record's bytes after the migration; a record that already has the version keeps its bytes."""
        options = self._checker.options
        value = None if raw.fault else parse(raw.data, options.max_bytes, options.max_depth).value
        if isinstance(value, dict) and value.get("schemaVersion") == self.request.to:
            self.already_there += 1
            return raw.data
        checked = self._checker.check(raw, None)
        if checked.crash:
            raise RuntimeError(checked.crash)
        if checked.lost:
            self.notes.append(f"error: {visible(checked.lost)}")
            return None
        if errors := tuple(finding for finding in checked.findings if finding.severity is Severity.ERROR):
            self.notes += concise.render(Report(errors, files=1, records=1), Style()).splitlines()
            self.notes.append(f"error: {visible(raw.file)}:{raw.line}: only a valid record can be migrated")
            return None
        document = Document(raw.data.decode("utf-8"))
        try:
            done = migrate(
                document.value,
                self.request.to,
                catalogue=self.request.catalogue,
                steps=self.request.steps,
                engine=options.engine,
            )
        except DiplomaticEventsError as error:
            self.notes += [f"error: {visible(raw.file)}:{raw.line}: {error}", f"  help: {error.help}"]
            return None
        self.migrated += 1
        self.lost += len(done.lost)
        self.notes += _reported(raw, document.value, done.lost, allowed=self.request.allow_loss)
        return document.rewritten(done.record).encode()

    def done(self, code: int, output: bytes = b"", *, replaced: int = 0) -> Done:
        """The result, with a summary; ``replaced`` is how many files were replaced before one failed."""
        to = self.request.to
        if code == COULD_NOT:
            end = [
                f"error: only {plural(replaced, 'file')} could be replaced"
                if replaced
                else "error: nothing was migrated"
            ]
        elif code == WOULD_LOSE:
            end = [f"error: {plural(self.lost, 'thing')} would be lost, so nothing was migrated"]
            end += ["  help: --allow-loss migrates anyway"]
        else:
            would = "would be " if self.request.diff else ""
            there = f", {self.already_there} already there" if self.already_there else ""
            end = [f"{plural(self.migrated, 'record')} {would}migrated to {to}{there}"]
        if self.migrated and self.request.catalogue.versions[to].status == "draft":
            self.notes.insert(0, f"warning: version {to} is a draft: it may still change, and records of it with it")
        return Done(output, (*self.notes, *end), code, self.passed_over)


def _reported(raw: RawRecord, record: Any, lost: tuple[Loss, ...], *, allowed: bool) -> Iterator[str]:
    """A line for each loss, with its place and the value, so that it can be kept elsewhere."""
    paths = [resolve(record, loss.pointer) or () for loss in lost]
    text = decode(raw.data)
    lines, spans = Lines(text, raw.line), locate(text, paths).values
    for loss, path in zip(lost, paths, strict=True):
        place = lines.place(spans[path])
        value = in_one_line(text[slice(*spans[path])])
        shown = value if len(value) <= _LONGEST or allowed else f"{value[: _LONGEST - 1]}…"
        yield (
            f"{visible(raw.file)}:{place.line}:{place.column}: {'' if allowed else 'would be '}lost in {loss.version}: "
            f"{visible(loss.what)}: {visible(loss.why)}; {loss.pointer} was {visible(shown)}"
        )


def _output(files: list[_Rewritten]) -> bytes:
    """One file as it is; several as NDJSON, the format for several records in one stream."""
    if len(files) == 1:
        return files[0].new
    texts = [text for file in files for text in file.records]
    return "".join(f"{in_one_line(text.decode('utf-8'))}\n" for text in texts).encode()


def _diff(files: list[_Rewritten]) -> bytes:
    """The changes of all files, for `patch`."""
    return b"".join(unified_diff(file.name, file.old, file.new) for file in files)
