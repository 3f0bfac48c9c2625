"""What the formats for programs share: addresses of files, the worst first, one line of a place, unique marks."""

import os
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final, NamedTuple

from diplomatic_events.findings import Edit, Excerpt, FileFix, Finding, Quote, Region, Report, Severity
from diplomatic_events.report.fingerprints import fingerprint
from diplomatic_events.report.formats.style import plural, visible

_UNRESERVED: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
"""The bytes that stand for themselves in the path of a URI (RFC 3986)."""


class Address(NamedTuple):
    """Where a file lies, as other programs are to find it.

    ``path`` has forward slashes, and is relative if the file lies below the working folder. ``uri`` is the same with
    percent escapes, and otherwise a `file:` URI.
    """

    path: str
    uri: str
    relative: bool


def address(file: str) -> Address:
    """The address of a file that is named as the user named it."""
    return _address(file, os.getcwd())


@lru_cache(maxsize=1024)
def _address(file: str, folder: str) -> Address:
    whole = os.path.normpath(os.path.join(folder, file))
    below = _below(whole, folder)
    if below is not None:
        return Address(below, _escaped(below), relative=True)
    path = whole.replace(os.sep, "/")
    return Address(path, "file://" + _escaped(path if path.startswith("/") else f"/{path}"), relative=False)


def _below(whole: str, folder: str) -> str | None:
    try:
        path = os.path.relpath(whole, folder)
    except ValueError:  # another drive of Windows
        return None
    if path == os.pardir or path.startswith(os.pardir + os.sep):
        return None
    return path.replace(os.sep, "/")


def _escaped(path: str) -> str:
    try:
        data = path.encode("utf-8", "surrogateescape")  # as Python decodes names that are not UTF-8
    except UnicodeEncodeError:
        data = path.encode("utf-8", "surrogatepass")
    return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in data)


class LineRegion(NamedTuple):
    """The part of a place that stands on its first line; ``end_column`` is exclusive, and None at the line's end."""

    line: int
    column: int
    end_column: int | None


def region(place: Region, excerpt: Excerpt | None = None) -> LineRegion:
    """A place on a single line. Viewers mark all lines of a longer one, which may be the whole record."""
    if place.end_line == place.line:
        return LineRegion(place.line, place.column, max(place.end_column, place.column))
    if excerpt is not None and excerpt.end > excerpt.start:
        return LineRegion(place.line, place.column, place.column + excerpt.end - excerpt.start)
    return LineRegion(place.line, place.column, None)


def whole_region(place: Region) -> dict[str, int]:
    """A place as plain values, from its first line to its last."""
    return {
        "startLine": place.line, "startColumn": place.column, "endLine": place.end_line, "endColumn": place.end_column,
    }  # fmt: skip


def fix(fix: FileFix | None) -> dict[str, Any] | None:
    """A fix as plain values."""
    if fix is None:
        return None
    return {"message": fix.what, "applicability": applicability(fix), "edits": [_edit(edit) for edit in fix.edits]}


def applicability(fix: FileFix) -> str:
    """Whether a fix may be made without a person."""
    return "safe" if fix.safe else "unsafe"


def _edit(edit: Edit) -> dict[str, Any]:
    return {"start": edit.start, "end": edit.end, "region": whole_region(edit.place), "content": edit.text}


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, then warnings, then notes, each in the order of the report."""
    return sorted(findings, key=lambda finding: -finding.severity.rank)


def marks(findings: Iterable[Finding]) -> list[str]:
    """A mark for each finding that stays the same from run to run and is its own: the second of two equals ends in -2.

    It does not depend on whether a file was named by a relative or an absolute path.
    """
    seen: Counter[str] = Counter()
    found: list[str] = []
    for finding in findings:
        mark = fingerprint(finding._replace(file=address(finding.file).path))
        seen[mark] += 1
        found.append(mark if seen[mark] == 1 else f"{mark}-{seen[mark]}")
    return found


def message(finding: Finding) -> str:
    """What is wrong and what would be right, on one line that shows every character."""
    return visible(f"{finding.message} ({finding.help})" if finding.help else finding.message)


def where(file: str, place: Region | None, pointer: str | None = None, record: str | None = None,
          line: int | None = None) -> str:  # fmt: skip
    """A place on one line: file, line and column, JSON Pointer, record."""
    at = f":{place.line}:{place.column}" if place else f":{line}" if line else ""
    more = f" {pointer}" if pointer else ""
    named = f" (record {record})" if record else ""
    return visible(f"{file}{at}{more}{named}")


class Passage(NamedTuple):
    """A part of a text, with the span of what differs in it."""

    text: str
    start: int
    end: int

    @property
    def marked(self) -> str:
        """The text on one line, with what differs in brackets."""
        text = (self.text[: self.start], "[", self.text[self.start : self.end], "]", self.text[self.end :])
        return visible("".join(text))


def passages(quote: Quote) -> tuple[Passage, Passage]:
    """A quote and the passage of its source, without the blanks that align the two on a terminal."""
    return _passage(quote.quoted, quote.quoted_span), _passage(quote.source, quote.source_span)


def _passage(text: str, span: tuple[int, int]) -> Passage:
    blank = 1 if text.startswith(" ") else 0
    return Passage(text[blank:], span[0] - blank, span[1] - blank)


def totals(report: Report) -> str:
    """How many findings the run had: `2 errors, 1 warning, 0 notes`."""
    return ", ".join(plural(report.count(severity), severity.value) for severity in Severity)


def left_out(report: Report, listed: int) -> str | None:
    """That a report lists only some of its findings, or None where it lists all."""
    found = sum(report.count(severity) for severity in Severity)
    if found <= listed:
        return None
    return f"{listed:,} of {found:,} findings are listed; the run found {totals(report)}"


def unchecked(report: Report) -> list[str]:
    """A line for everything that could not be checked."""
    return [
        visible(f"not checked: {row.what} in {plural(row.records, 'record')} ({row.reason})")
        for row in report.not_checked
    ]


def crashes(report: Report) -> list[str]:
    """A line for each fault of the program itself: at which record, and what was raised."""
    return [visible(crash.splitlines()[0]) for crash in report.crashes]
