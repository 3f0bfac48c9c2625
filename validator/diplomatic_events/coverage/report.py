"""The coverage of sources as a report for people, and as JSON for programs."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final

from diplomatic_events import __version__
from diplomatic_events.coverage.entries import flatten, groups
from diplomatic_events.coverage.measure import BLANK, Kind, PlacedEvidence, SourceCoverage, UnplacedEvidence, word
from diplomatic_events.coverage.survey import Measured, Survey
from diplomatic_events.jsontext.locate import Lines, Span
from diplomatic_events.report.formats.style import Piece, Style, cells, json_text, paint, plural, visible

VERSION: Final = "1.0"
"""The version of the JSON report's form."""

_LINES_SHOWN: Final = 3
_LINE: Final = re.compile(r"[^\r\n]+")
_MOST_NAMED: Final = 100
"""Of the records that share a text, so many are named with each of them: the report would grow with their square."""
_WORDS_SHOWN: Final = 70
"""So much of a passage is shown in a table."""


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
    pieces += [piece for unplaced in record.coverage.unplaced for piece in _unplaced(unplaced)]
    return pieces + _unsupported(record)


def _source(record: Measured, source: SourceCoverage) -> list[Piece]:
    if source.text is None:
        return [(f"source {visible(source.id)}: ", "plain"), (f"{visible(source.no_text)}\n", "warning")]
    name = visible(record.text_name(source))
    lines = Lines(source.text)
    shared = f" by {len(source.records)} records together" if source.records else ""
    event_only = f" ({source.event_only_percent} % only for the event as a whole)" if source.event_only else ""
    pieces: list[Piece] = [
        (f"source {visible(source.id)}: ", "plain"),
        (f"{source.percent} % covered{shared}", "warning" if source.uncovered else "strong"),
        (f"{event_only}, {source.covered_characters:,} of {plural(source.characters, 'character')}", "plain"),
        (f", {plural(len(source.uncovered), 'passage')} without evidence   {name}\n", "plain"),
    ]
    is_first = record.name in source.records[:1] or not source.records
    for span in source.uncovered if is_first else ():
        pieces += _uncovered(name, source.text, lines, span)
    for unplaced in source.unplaced:
        pieces += _unplaced(unplaced)
    pieces += _covered(lines, source)
    if is_first:
        rows = [(_where(lines, span), _words(source.text, span)) for span in source.event_only]
        pieces += _table("event as a whole", "passages that are evidence for nothing else", rows)
    return pieces + _irrelevant(record, source, lines)


def _irrelevant(record: Measured, source: SourceCoverage, lines: Lines) -> list[Piece]:
    """What the record sets aside, and why."""
    reasons = {f"/irrelevant/{at}": entry["reason"] for at, entry in enumerate(record.value.get("irrelevant", ()))}
    rows = [
        (_where(lines, span), f"{_words(source.text or '', span)}   ({visible(reasons[passage.entry])})")
        for passage in source.passages
        if passage.kind is Kind.IRRELEVANT
        for span in [(passage.start, passage.end)]
    ]
    return _table("irrelevant", "passages that the record sets aside, and why", rows)


def _unsupported(record: Measured) -> list[Piece]:
    """The entries without evidence, by their names."""
    if not record.coverage.unsupported:
        return []
    names = {entry.pointer: entry.title for entry in flatten(groups(record.value, record.schema))}
    rows = [(_entry(pointer), visible(names.get(pointer, ""))) for pointer in record.coverage.unsupported]
    return _table("unsupported", "entries of the record without evidence", rows)


def _table(title: str, means: str, rows: list[tuple[str, str]]) -> list[Piece]:
    width = max((len(first) for first, _ in rows), default=0)
    heading: list[Piece] = [(title, "strong"), (f": {means}\n", "plain")]
    return (
        heading + [(f"   {first:<{width}}  {second}".rstrip() + "\n", "plain") for first, second in rows]
        if rows
        else []
    )


def _where(lines: Lines, span: Span) -> str:
    place = lines.place(span)
    return f"{place.line}:{place.column}–{place.end_line}:{place.end_column}"


def _words(text: str, span: Span) -> str:
    """The beginning of a passage, in one line."""
    words = " ".join(text[slice(*span)][: 4 * _WORDS_SHOWN].split())
    return visible(words if len(words) <= _WORDS_SHOWN else f"{words[: _WORDS_SHOWN - 1].rstrip()}…")


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
    rows: list[tuple[str, str]] = []
    quoting = (passage for passage in source.passages if passage.kind is not Kind.IRRELEVANT)
    for (start, end, called), passages in groupby(
        sorted(quoting, key=lambda passage: (passage.start, -passage.end, word(passage))),
        key=lambda passage: (passage.start, passage.end, word(passage)),
    ):
        entries = ", ".join(dict.fromkeys(_entry(passage.entry) for passage in passages))
        rows.append((_where(lines, (start, end)), f"{called:<10}  {entries}"))
    return _table("covered", "each passage, and what it is evidence for", rows)


def _entry(pointer: str) -> str:
    return visible(pointer) or "the event"


def _summary(survey: Survey) -> list[Piece]:
    measured = [source for _, source in survey.texts]
    number = sum(len(source.uncovered) for source in measured)
    pieces: list[Piece] = [
        (f"Measured {plural(len(survey.records), 'record')}, {plural(len(measured), 'text')}: ", "plain"),
        (f"{plural(number, 'passage')} without evidence.\n", "warning" if number else "strong"),
    ]
    if without := _without_text(survey):
        pieces.append((f"Not measured: {plural(without, 'source')} without a text.\n", "plain"))
    return pieces


def as_json(survey: Survey) -> str:
    """The report as indented JSON."""
    return json_text(document(survey), indent=2) + "\n"


def document(survey: Survey) -> dict[str, Any]:
    """The report as plain values: offsets count code points from 0, lines and columns from 1, ends are exclusive."""
    measured = [source for _, source in survey.texts]
    return {
        "reportVersion": VERSION,
        "tool": {"name": "diplomatic-events", "version": __version__},
        "summary": {
            "files": survey.files,
            "records": len(survey.records),
            "texts": len(measured),
            "sourcesWithoutText": _without_text(survey),
            "uncoveredPassages": sum(len(source.uncovered) for source in measured),
            "unplacedEvidence": sum(
                len(record.coverage.unplaced) + sum(len(source.unplaced) for source in record.coverage.sources)
                for record in survey.records
            ),
            "unsupportedEntries": sum(len(record.coverage.unsupported) for record in survey.records),
        },
        "records": [_record_values(record) for record in survey.records],
        "failures": list(survey.failures),
    }


def _without_text(survey: Survey) -> int:
    return sum(source.text is None for _, source in survey.sources)


def _record_values(record: Measured) -> dict[str, Any]:
    values = {
        "file": record.file,
        "recordLine": record.line,
        "record": record.value["id"],
        "title": record.value["title"],
        "sources": [_source_values(source) for source in record.coverage.sources],
        "unplaced": [_unplaced_values(unplaced) for unplaced in record.coverage.unplaced],
        "unsupported": list(record.coverage.unsupported),
    }
    return {key: value for key, value in values.items() if value is not None}


def _source_values(source: SourceCoverage) -> dict[str, Any]:
    """A source with a text has a `percent`; one without has `noText`, the reason, in its place."""
    values: dict[str, Any] = {"pointer": source.pointer, "id": source.id}
    if source.text is None:
        return {**values, "noText": source.no_text}
    if source.file is not None:
        values["file"] = source.file
    if source.records:
        values |= {"recordCount": len(source.records), "records": list(source.records[:_MOST_NAMED])}
    lines = Lines(source.text)

    def parts(spans: Iterable[Span]) -> list[dict[str, Any]]:
        return [{**_span_values(lines, span), "text": (source.text or "")[slice(*span)]} for span in spans]

    return {
        **values,
        "percent": float(source.percent),
        "characters": source.characters,
        "coveredCharacters": source.covered_characters,
        "eventOnlyCharacters": source.event_only_characters,
        "irrelevantCharacters": source.irrelevant_characters,
        "uncovered": parts(source.uncovered),
        "eventOnly": parts(source.event_only),
        "irrelevant": parts(source.irrelevant),
        "passages": [_passage_values(lines, passage) for passage in source.passages],
        "unplaced": [_unplaced_values(unplaced) for unplaced in source.unplaced],
    }


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
