"""What a check finds, and the one error type for faults that are not in a record."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, NamedTuple

from diplomatic_events.pointers import Pointer

DOCS: Final = "https://w3id.org/diplomatic-events"
"""The permanent address of the docs; only a name until it is registered, and never fetched."""


class DiplomaticEventsError(Exception):
    """The work could not be done: a wrong option, a missing file, a broken configuration.

    It is never raised for a fault in a record: that is a `Finding`. ``help`` says what to do.
    """

    def __init__(self, message: str, *, help: str | None = None) -> None:
        super().__init__(message)
        self.help = help


class FindingsError(Exception):
    """A check found something, or could not check everything; ``report`` says what."""

    def __init__(self, message: str, report: "Report") -> None:
        super().__init__(message)
        self.report = report


class Severity(StrEnum):
    """How serious a finding is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """3 for an error, 2 for a warning, 1 for a note."""
        return {Severity.ERROR: 3, Severity.WARNING: 2, Severity.NOTE: 1}[self]


class Region(NamedTuple):
    """A span of a text. Lines and columns count from 1, columns in code points; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Excerpt(NamedTuple):
    """The line of a file that contains a place, or part of it if the line is long.

    ``start`` and ``end`` are the offsets of the marked span in ``text``; ``cut_before`` and ``cut_after`` say whether the
    line goes on at that side.
    """

    line: int
    text: str
    start: int
    end: int
    cut_before: bool = False
    cut_after: bool = False


class Related(NamedTuple):
    """A second place that a finding refers to: the first of two duplicates, or a line of a source's text."""

    message: str
    file: str
    pointer: str | None = None
    place: Region | None = None
    excerpt: Excerpt | None = None


class Quote(NamedTuple):
    """A quote and the nearest passage of its source, each with the differing words marked.

    ``place`` is in the source, and begins at the first character that differs.
    """

    quoted: str
    quoted_span: tuple[int, int]
    source: str
    source_span: tuple[int, int]
    file: str | None
    place: Region


class Passage(NamedTuple):
    """A passage that a quote may have meant: of which source, and what stands directly before and after it."""

    source: str
    text: str
    before: str
    after: str


class Hint(NamedTuple):
    """What may stand in the place of a finding, for a program that hands findings back to whoever wrote the record.

    ``allowed`` are codes or ids in the place of what is none, the nearest first, and ``more`` is how many others there are.
    ``missing`` are the paths of properties of which one is needed, each with what is allowed there. ``passages`` are those
    that a quote may have meant.
    """

    allowed: tuple[str, ...] = ()
    more: int = 0
    missing: "tuple[tuple[Pointer, Hint], ...]" = ()
    passages: tuple[Passage, ...] = ()


class Edit(NamedTuple):
    """A span of a file, in bytes from its beginning and as lines and columns, and the text that takes its place.

    Of a compressed file, the bytes are counted after decompression.
    """

    start: int
    end: int
    place: Region
    text: str


class FileFix(NamedTuple):
    """The edits of a file that fix a finding, and what they do, in one line.

    It is ``safe`` if it follows from the record and its sources alone; otherwise a person should look at it.
    """

    what: str
    safe: bool
    edits: tuple[Edit, ...]


class Finding(NamedTuple):
    """One error, warning or note, and its place.

    ``pointer`` is the JSON Pointer of the value in its record. ``anchor`` is the same with ids instead of indexes, so that it
    does not change when an entry is inserted above. ``value`` is a hash of the value there; empty for an object or a list.
    ``event_type`` is the type of the event whose record it is in; ``hint`` is there only if the run was asked for hints, ``fix`` if the fault can be fixed without a person.
    """

    rule: str
    severity: Severity
    message: str
    file: str
    help: str | None = None
    record: str | None = None
    record_line: int | None = None
    pointer: str | None = None
    anchor: str | None = None
    value: str = ""
    place: Region | None = None
    excerpt: Excerpt | None = None
    related: tuple[Related, ...] = ()
    quote: Quote | None = None
    hint: Hint | None = None
    fix: FileFix | None = None
    event_type: str | None = None

    @property
    def url(self) -> str:
        """The address of the rule's docs page."""
        return rule_url(self.rule)


def rule_url(rule: str) -> str:
    """The address of a rule's docs page."""
    return f"{DOCS}/rules/{rule}/"


class NotChecked(NamedTuple):
    """What could not be checked, why, and in how many records."""

    what: str
    reason: str
    records: int


class Report(NamedTuple):
    """The outcome of a run.

    ``totals`` counts every finding by rule and severity, including those that ``findings`` leaves out because a rule or
    the run reached its limit. ``failures`` are files that could not be read, ``crashes`` faults of the program itself.
    ``suppressed`` and ``baselined`` count the findings that a configuration and a baseline let through. ``size`` is how
    many bytes the records have. ``passed_over`` counts the files of folders that show no sign of being records. ``stages`` has the seconds of CPU time that each stage of the check took, in all processes
    together, if the run has measured them.
    """

    findings: tuple[Finding, ...]
    files: int
    records: int
    clean_files: tuple[str, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    failures: tuple[str, ...] = ()
    crashes: tuple[str, ...] = ()
    suppressed: int = 0
    baselined: int = 0
    totals: Mapping[tuple[str, Severity], int] = {}
    size: int = 0
    stages: Mapping[str, float] = {}
    passed_over: int = 0

    def count(self, severity: Severity) -> int:
        """How many findings of a severity the run had, in the report or not."""
        return sum(number for (_, level), number in self.totals.items() if level is severity)

    @property
    def ok(self) -> bool:
        """Whether the run checked everything and found nothing: no finding of any severity, no failure and no crash."""
        return not (self.findings or self.totals or self.failures or self.crashes)

    def to_json(self) -> str:
        """The report as the command writes it with ``--format json``: one JSON document with a line break at its end."""
        from diplomatic_events.report.formats import render

        return render(self, "json")

    def raise_for_findings(self, least: Severity = Severity.NOTE) -> None:
        """Raise unless the run checked everything and found nothing of that severity or a higher one.

        Raises:
            FindingsError: It says what was found, a line each, and has the report as its ``report``.
        """
        found = [finding for finding in self.findings if finding.severity.rank >= least.rank]
        left_out = sum(number for (_, severity), number in self.totals.items() if severity.rank >= least.rank) - len(
            found
        )
        lines = [f"{row.file}{row.pointer or ''}: {row.severity}: {row.message} [{row.rule}]" for row in found]
        lines += [f"and {left_out} more"] if left_out > 0 else []
        lines += [*self.failures, *self.crashes]
        if lines:
            raise FindingsError("\n".join(lines), self)

    @property
    def shown(self) -> int:
        """How many findings the report holds."""
        return len(self.findings)


class Interrupted(KeyboardInterrupt):  # as the one that it stands for
    """The user has interrupted a check; ``report`` has what was found until then."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


class Note(NamedTuple):
    """A second place in the same record that an issue refers to."""

    path: Pointer
    message: str


class Mismatch(NamedTuple):
    """A quote that is not in its source, and the nearest passage of the source.

    ``quoted_span`` and ``source_span`` are the offsets of the words that differ, in the quote and in the whole text; both
    begin with the same ``shared`` characters. ``file`` is the file of the text, or None if the text is in the record.
    """

    file: str | None
    quoted: str
    quoted_span: tuple[int, int]
    text: str
    source_span: tuple[int, int]
    shared: int = 0


class Put(NamedTuple):
    """A change of a record: another value takes the place of the one at a path."""

    path: Pointer
    value: Any


class Wrap(NamedTuple):
    """A change of a record: the value at a path becomes the only entry of a list."""

    path: Pointer


class Rename(NamedTuple):
    """A change of a record: the property at a path gets another name."""

    path: Pointer
    name: str


class Remove(NamedTuple):
    """A change of a record: the property or the entry at a path is removed."""

    path: Pointer


class Insert(NamedTuple):
    """A change of a record: properties, or the entries of a list, are put after the one at a path."""

    path: Pointer
    items: Mapping[str, Any] | list[Any]


Change = Put | Wrap | Rename | Remove | Insert


class Fix(NamedTuple):
    """The changes of a record that fix an issue, and what they do, in one line that begins with a verb: ``write `CHN```.

    It is ``safe`` if it follows from the record and its sources alone and can be only one thing.
    """

    what: str
    changes: tuple[Change, ...]
    safe: bool = True


class Issue(NamedTuple):
    """A fault at a symbolic place: what a rule yields, before its line is looked up.

    ``at_key`` marks the property's name instead of its value.
    """

    path: Pointer
    message: str
    help: str | None = None
    at_key: bool = False
    notes: tuple[Note, ...] = ()
    mismatch: Mismatch | None = None
    hint: Hint | None = None
    fix: Fix | None = None


class Fault(NamedTuple):
    """One fault of a JSON text, before it is given a file, a line and a severity.

    ``start`` and ``end`` count code points of the text that `diplomatic_events.jsontext.parse.decode` gives; if they are
    equal, something is missing before the code point at ``start``. ``path`` leads to the value, or to the object of a
    duplicate property, and is None if the text cannot be read as JSON. ``related`` is the span of a second place: the first
    of two properties with the same name, or the bracket that a missing one would close.
    """

    rule: str
    message: str
    start: int
    end: int
    help: str | None = None
    path: Pointer | None = None
    related: tuple[int, int] | None = None
