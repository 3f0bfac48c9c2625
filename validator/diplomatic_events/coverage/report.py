"""The coverage of sources as a report for people, and as JSON for programs."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from diplomatic_events import __version__
from diplomatic_events.coverage.measure import BLANK, PlacedEvidence, SourceCoverage, UnplacedEvidence, word
from diplomatic_events.coverage.survey import Measured, Survey
from diplomatic_events.jsontext.locate import Lines, Span
from diplomatic_events.report.formats.style import Piece, Style, cells, json_text, paint, plural, visible

VERSION: Final = "1.0"
"""The version of the JSON report's form."""

_LINES_SHOWN: Final = 3
_LINE: Final = re.compile(r"[^\r\n]+")


def text(survey: Survey, style: Style) -> str:
    """The report for people: for each source its share, the passages without evidence and what the others prove."""
    blocks = [_heading(record) + _record(record) for record in survey.records]
    return "\n".join(paint(block, style) for block in [*blocks, _summary(survey)])


def _heading(record: Measured) -> list[Piece]:
    return [(visible(record.value["id"]), "strong"), (f"   ({visible(record.name)})\n", "plain")]


def _record(record: Measured) -> list[Piece]:
    pieces: list[Piece] = []
    for source in record.coverage.sources:
        pieces += _source(record, source)
    return pieces + [piece for unplaced in record.coverage.unplaced for piece in _unplaced(unplaced)]


def _source(record: Measured, source: SourceCoverage) -> list[Piece]:
    if source.text is None:
        return [(f"source {visible(source.id)}: ", "plain"), (f"{visible(source.no_text)}\n", "warning")]
    name = visible(record.text_name(source))
    lines = Lines(source.text)
    pieces: list[Piece] = [
        (f"source {visible(source.id)}: ", "plain"),
        (f"{source.percent} % covered", "warning" if source.uncovered else "strong"),
        (f", {source.covered_characters:,} of {plural(source.characters, 'character')}", "plain"),
        (f", {plural(len(source.uncovered), 'passage')} without evidence   {name}\n", "plain"),
    ]
    for span in source.uncovered:
        pieces += _uncovered(name, source.text, lines, span)
    for unplaced in source.unplaced:
        pieces += _unplaced(unplaced)
    return pieces + _covered(lines, source)


def _uncovered(name: str, text: str, lines: Lines, span: Span) -> list[Piece]:
    """A passage without evidence, in a frame like that of a finding: its first lines, marked."""
    line, column = lines.position(span[0])
    rows = list(_rows(text, span))
    excerpts = [lines.excerpt(row) for row in rows[:_LINES_SHOWN]]
    gutter = max(2, len(str(excerpts[-1].line)))
    pieces: list[Piece] = [("uncovered", "warning"), (": no evidence quotes this passage\n", "strong")]
    pieces += [(" --> ", "frame"), (f"{name}:{line}:{column}\n", "plain"), (f"{'':{gutter}} |\n", "frame")]
    for excerpt in excerpts:
        before = ("…" if excerpt.cut_before else "") + visible(excerpt.text[: excerpt.start])
        marked = visible(excerpt.text[excerpt.start : excerpt.end])
        after = visible(excerpt.text[excerpt.end :]) + ("…" if excerpt.cut_after else "")
        pieces += [
            (f"{excerpt.line:>{gutter}} | ", "frame"),
            (f"{before}{marked}{after}\n", "plain"),
            (f"{'':{gutter}} | ", "frame"),
            (" " * cells(before) + "^" * max(1, cells(marked)) + "\n", "warning"),
        ]
    if more := len(rows) - len(excerpts):
        pieces += [(f"{'':{gutter}} | ", "frame"), (f"… and {plural(more, 'more line')}\n", "plain")]
    return pieces


def _rows(text: str, span: Span) -> Iterator[Span]:
    """The parts of a span on each of its lines, without the blanks around them."""
    for match in _LINE.finditer(text, *span):
        if inner := match[0].strip(BLANK):
            start = match.start() + match[0].index(inner)
            yield start, start + len(inner)


def _unplaced(unplaced: UnplacedEvidence) -> list[Piece]:
    return [
        ("not found", "warning"),
        (f": evidence for {_entry(unplaced.entry)} covers nothing\n", "strong"),
        ("   = ", "frame"),
        (f"{visible(unplaced.pointer)}: {visible(unplaced.reason)}\n", "plain"),
    ]


def _covered(lines: Lines, source: SourceCoverage) -> list[Piece]:
    """A table of the passages in order, each with the entries that it is evidence for."""
    rows: list[tuple[str, str, str]] = []
    for (start, end, called), passages in groupby(
        sorted(source.passages, key=lambda passage: (passage.start, -passage.end, word(passage))),
        key=lambda passage: (passage.start, passage.end, word(passage)),
    ):
        place = lines.place((start, end))
        where = f"{place.line}:{place.column}–{place.end_line}:{place.end_column}"
        rows.append((where, called, ", ".join(dict.fromkeys(_entry(passage.entry) for passage in passages))))
    if not rows:
        return []
    width = max(len(where) for where, _, _ in rows)
    heading: list[Piece] = [("covered", "strong"), (": each passage, and what it is evidence for\n", "plain")]
    return heading + [(f"   {where:<{width}}  {called:<10}  {entries}\n", "plain") for where, called, entries in rows]


def _entry(pointer: str) -> str:
    return visible(pointer) or "the event"


def _summary(survey: Survey) -> list[Piece]:
    sources = [source for _, source in survey.sources]
    measured = [source for source in sources if source.text is not None]
    number = sum(len(source.uncovered) for source in measured)
    pieces: list[Piece] = [
        (f"Measured {plural(len(survey.records), 'record')}, {plural(len(measured), 'text')}: ", "plain"),
        (f"{plural(number, 'passage')} without evidence.\n", "warning" if number else "strong"),
    ]
    if without := len(sources) - len(measured):
        pieces.append((f"Not measured: {plural(without, 'source')} without a text.\n", "plain"))
    return pieces


def as_json(survey: Survey) -> str:
    """The report as indented JSON."""
    return json_text(document(survey), indent=2) + "\n"


def document(survey: Survey) -> dict[str, Any]:
    """The report as plain values: offsets count code points from 0, lines and columns from 1, ends are exclusive."""
    sources = [source for _, source in survey.sources]
    measured = [source for source in sources if source.text is not None]
    return {
        "reportVersion": VERSION,
        "tool": {"name": "diplomatic-events", "version": __version__},
        "summary": {
            "files": survey.files,
            "records": len(survey.records),
            "texts": len(measured),
            "sourcesWithoutText": len(sources) - len(measured),
            "uncoveredPassages": sum(len(source.uncovered) for source in measured),
            "unplacedEvidence": sum(
                len(record.coverage.unplaced) + sum(len(source.unplaced) for source in record.coverage.sources)
                for record in survey.records
            ),
        },
        "records": [_record_values(record) for record in survey.records],
        "failures": list(survey.failures),
    }


def _record_values(record: Measured) -> dict[str, Any]:
    values = {
        "file": record.file,
        "recordLine": record.line,
        "record": record.value["id"],
        "title": record.value["title"],
        "sources": [_source_values(source) for source in record.coverage.sources],
        "unplaced": [_unplaced_values(unplaced) for unplaced in record.coverage.unplaced],
    }
    return {key: value for key, value in values.items() if value is not None}


def _source_values(source: SourceCoverage) -> dict[str, Any]:
    """A source with a text has a `percent`; one without has `noText`, the reason, in its place."""
    values: dict[str, Any] = {"pointer": source.pointer, "id": source.id}
    if source.text is None:
        return {**values, "noText": source.no_text}
    if source.file is not None:
        values["file"] = source.file
    lines = Lines(source.text)
    return {
        **values,
        "percent": float(source.percent),
        "characters": source.characters,
        "coveredCharacters": source.covered_characters,
        "uncovered": [
            {**_span_values(lines, span), "text": source.text[slice(*span)]} for span in source.uncovered
        ],
        "passages": [_passage_values(lines, passage) for passage in source.passages],
        "unplaced": [_unplaced_values(unplaced) for unplaced in source.unplaced],
    }  # fmt: skip


def _passage_values(lines: Lines, passage: PlacedEvidence) -> dict[str, Any]:
    span = _span_values(lines, (passage.start, passage.end))
    return {"entry": passage.entry, "kind": passage.kind.value, "pointer": passage.pointer, **span}


def _unplaced_values(unplaced: UnplacedEvidence) -> dict[str, Any]:
    return {
        "entry": unplaced.entry, "kind": unplaced.kind.value, "pointer": unplaced.pointer,
        "exact": unplaced.exact, "reason": unplaced.reason,
    }  # fmt: skip


def _span_values(lines: Lines, span: Span) -> dict[str, Any]:
    place = lines.place(span)
    region = {
        "startLine": place.line, "startColumn": place.column, "endLine": place.end_line, "endColumn": place.end_column,
    }  # fmt: skip
    return {"start": span[0], "end": span[1], "region": region}
