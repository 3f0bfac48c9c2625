"""From issues at symbolic places to findings with lines and columns: the text is looked at only here."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Final

from diplomatic_events.findings import Fault, Finding, Issue, Mismatch, Quote, Related, Severity
from diplomatic_events.inputs.reading import RawRecord
from diplomatic_events.jsontext.locate import Lines, Spans, locate
from diplomatic_events.jsontext.parse import UNPARSED, decode
from diplomatic_events.pointers import Pointer, anchor, to_pointer
from diplomatic_events.report.fingerprints import mark_at

_AROUND: Final = 40
"""So many characters of a quote and its source are shown on either side of what differs."""

Graded = tuple[str, Severity, Issue]
"""A rule's id, the severity that it has in this run, and an issue."""


class Placer:
    """Turns what was found in one record into findings."""

    def __init__(self, raw: RawRecord, value: Any) -> None:
        self._raw = raw
        self._value = value
        self.record = value.get("id") if isinstance(value, dict) and isinstance(value.get("id"), str) else None

    @cached_property
    def _text(self) -> str:
        return decode(self._raw.data)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._text, self._raw.line)

    @property
    def _record_line(self) -> int | None:
        return self._raw.line if self._raw.of_lines else None

    def fault(self, fault: Fault, severity: Severity) -> Finding:
        """A finding from a fault of the JSON text."""
        span = (fault.start, fault.end)
        related: tuple[Related, ...] = ()
        if fault.related is not None:
            message = "the first is here" if fault.rule == "json/duplicate-key" else "it begins here"
            related = (Related(message, self._raw.file, None, self._lines.place(fault.related)),)
        return Finding(
            rule=fault.rule,
            severity=severity,
            message=fault.message,
            help=fault.help,
            file=self._raw.file,
            record_line=self._record_line,
            pointer=None if fault.path is None else to_pointer(fault.path),
            place=self._lines.place(span),
            excerpt=self._lines.excerpt(span) if self._text and fault.rule != "json/too-large" else None,
            related=related,
        )

    def issues(self, graded: list[Graded]) -> list[Finding]:
        """Findings from issues of the record; all of them are located in one walk."""
        if not graded:
            return []
        if self._value is UNPARSED:
            return [self._finding(entry, None) for entry in graded]
        spans = self.spans(issue for _, _, issue in graded)
        return [self._finding(entry, spans) for entry in graded]

    def spans(self, issues: Iterable[Issue]) -> Spans:
        """Where the values and names stand that some issues speak of."""
        found = list(issues)
        values = [issue.path for issue in found] + [note.path for issue in found for note in issue.notes]
        return locate(self._text, values, keys=(issue.path for issue in found if issue.at_key))

    def _finding(self, graded: Graded, spans: Spans | None) -> Finding:
        rule, severity, issue = graded
        span = None if spans is None else (spans.keys if issue.at_key else spans.values)[issue.path]
        return Finding(
            rule=rule,
            severity=severity,
            message=issue.message,
            help=issue.help,
            file=self._raw.file,
            record=self.record,
            record_line=self._record_line,
            pointer=to_pointer(issue.path),
            anchor=anchor(self._value, issue.path),
            value=mark_at(self._value, issue.path),
            place=None if span is None else self._lines.place(span),
            excerpt=None if span is None else self._lines.excerpt(span),
            related=tuple(self.related(note.path, note.message, spans) for note in issue.notes) if spans else (),
            quote=_quote(issue.mismatch) if issue.mismatch else None,
        )

    def related(self, path: Pointer, message: str, spans: Spans | None = None) -> Related:
        """A second place, in this record."""
        span = (spans or locate(self._text, [path])).values[path]
        return Related(message, self._raw.file, to_pointer(path), self._lines.place(span), self._lines.excerpt(span))


def _quote(mismatch: Mismatch) -> Quote:
    """The two passages, cropped to what differs and a little around it."""
    before = min(_AROUND, mismatch.quoted_span[0])  # the same in both, so that what differs stands in one column
    quoted, quoted_span = _cropped(mismatch.quoted, mismatch.quoted_span, before)
    source, source_span = _cropped(mismatch.text, mismatch.source_span, before)
    start, end = mismatch.source_span
    place = Lines(mismatch.text).place((start + mismatch.shared, end))
    return Quote(quoted, quoted_span, source, source_span, mismatch.file, place)


def _cropped(text: str, span: tuple[int, int], before: int) -> tuple[str, tuple[int, int]]:
    start, end = span
    end = min(end, start + 2 * _AROUND)
    left, right = max(0, start - before), min(len(text), end + _AROUND)
    mark = "…" if left else " "
    shown = mark + text[left:right].replace("\n", " ").replace("\r", " ") + ("…" if right < len(text) else "")
    offset = len(mark) - left
    return shown, (start + offset, end + offset)
