"""Findings that concern several records of a run, with their places: the files are read again, but only those."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from diplomatic_events.findings import Excerpt, Finding, Place, Related, Severity
from diplomatic_events.inputs.reading import Input, RawRecord, records
from diplomatic_events.jsontext.locate import Lines, locate
from diplomatic_events.jsontext.parse import DEEPEST, decode, parse
from diplomatic_events.pointers import Pointer, anchor, to_pointer
from diplomatic_events.report.fingerprints import mark_at
from diplomatic_events.rules.corpus import Across, Home


class _Spot(NamedTuple):
    """Where a path of a record stands."""

    place: Place
    excerpt: Excerpt
    record: str | None
    record_line: int | None
    anchor: str
    value: str


def place(
    found: list[tuple[str, Across]],
    severities: Mapping[str, Severity],
    inputs: Iterable[Input],
    max_bytes: int,
) -> Iterator[Finding]:
    """Make findings of what was found across records."""
    wanted: dict[Home, set[Pointer]] = defaultdict(set)
    for _, across in found:
        wanted[across.home].add(across.issue.path)
        if across.other is not None:
            wanted[across.other].add(across.other_path)
    spots = dict(_spots(wanted, inputs, max_bytes)) if found else {}
    for rule, across in found:
        spot = spots.get((across.home, across.issue.path))
        yield Finding(
            rule=rule,
            severity=severities[rule],
            message=across.issue.message,
            help=across.issue.help,
            file=across.home.file,
            record=spot.record if spot else None,
            record_line=spot.record_line if spot else across.home.line,
            pointer=to_pointer(across.issue.path),
            anchor=spot.anchor if spot else None,
            value=spot.value if spot else "",
            place=spot.place if spot else None,
            excerpt=spot.excerpt if spot else None,
            related=_related(across, spots),
        )


def _related(across: Across, spots: Mapping[tuple[Home, Pointer], _Spot]) -> tuple[Related, ...]:
    if across.other is None:
        return ()
    spot = spots.get((across.other, across.other_path))
    pointer = to_pointer(across.other_path)
    if spot is None:
        return (Related(across.other_message, across.other.file, pointer),)
    return (Related(across.other_message, across.other.file, pointer, spot.place, spot.excerpt),)


def _spots(
    wanted: Mapping[Home, set[Pointer]], inputs: Iterable[Input], max_bytes: int
) -> Iterator[tuple[tuple[Home, Pointer], _Spot]]:
    files = {home.file for home in wanted}
    for source in inputs:
        if source.name in files and source.path is not None:
            try:
                for raw in records(source, None, max_bytes):
                    paths = wanted.get(Home(raw.file, raw.line))
                    if paths:
                        yield from _in_record(raw, paths)
            except OSError:
                continue  # It could be read a moment ago; what was found in it is told without its place.


def _in_record(raw: RawRecord, paths: set[Pointer]) -> Iterator[tuple[tuple[Home, Pointer], _Spot]]:
    value: Any = parse(raw.data, max_bytes=len(raw.data), max_depth=DEEPEST).value
    if not isinstance(value, dict):
        return  # The file has changed since it was checked.
    text = decode(raw.data)
    lines, spans = Lines(text, raw.line), locate(text, paths)
    line = raw.line if raw.of_lines else None
    for path in paths:
        span = spans.values[path]
        yield (
            (Home(raw.file, raw.line), path),
            _Spot(
                lines.place(span), lines.excerpt(span), value.get("id"), line, anchor(value, path), mark_at(value, path)
            ),
        )
