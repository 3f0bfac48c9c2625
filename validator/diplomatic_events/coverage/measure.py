"""Which passages of a source's text are evidence for something in a record, and which are evidence for nothing.

Offsets count code points of the text as stored, spans are ``(start, end)`` with the end exclusive. A piece of evidence
counts only where it really stands: what is not found, or not settled, covers nothing and is listed with the reason.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from diplomatic_events.jsontext.locate import Span
from diplomatic_events.pointers import Pointer, resolve, to_pointer
from diplomatic_events.schema.plan import ROOT, Plan
from diplomatic_events.sources.quotes import Lookup, Match, look_up, times
from diplomatic_events.sources.texts import Text, TextFault, Texts

BLANK: Final = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\ufeff\u200b"
"""White space, the byte order mark and the zero-width space: nothing that evidence has to cover."""

_WITHOUT_BLANK: Final = dict.fromkeys(map(ord, BLANK))


class Kind(StrEnum):
    """What a passage is evidence for."""

    EVENT = "event"
    DELEGATION = "delegation"
    STATEMENT = "statement"
    OUTCOME = "outcome"
    ANNOUNCED = "announced"


_KINDS: Final = {
    "parties": Kind.DELEGATION,
    "people": Kind.DELEGATION,
    "delegations": Kind.DELEGATION,
    "statements": Kind.STATEMENT,
    "outcomes": Kind.OUTCOME,
    "upcoming": Kind.ANNOUNCED,
    "related": Kind.ANNOUNCED,
}
"""The kind of what stands below each property of the root; everything else is of the event as a whole."""

_WORDS: Final = {"parties": "party", "people": "person"}
"""What is of the kind of delegations, and is called otherwise."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of evidence and where it stands in the text.

    ``pointer`` leads to the piece, ``entry`` to the part of the record that carries it.
    """

    start: int
    end: int
    pointer: str
    entry: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A piece of evidence that covers nothing, and why."""

    pointer: str
    entry: str
    kind: Kind
    exact: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source of a record and how far evidence covers its text.

    ``text`` is None where there is none to be had; ``no_text`` then says why, and ``fault`` whether there should be
    one. ``covered`` and ``uncovered`` are disjoint and in order; together they hold every character that is not blank.
    """

    pointer: str
    id: str
    file: str | None
    language: str | None
    text: str | None
    no_text: str = ""
    fault: bool = False
    passages: tuple[Passage, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    covered: tuple[Span, ...] = ()
    uncovered: tuple[Span, ...] = ()
    characters: int = 0
    covered_characters: int = 0

    @property
    def percent(self) -> str:
        """The share of covered characters to one decimal, rounded down: `100.0` means all of them."""
        tenths = self.covered_characters * 1000 // self.characters
        return f"{tenths // 10}.{tenths % 10}"

    def reaches(self, percent: Fraction) -> bool:
        """Whether at least so much of the text is covered; a source without a text is not measured."""
        return self.text is None or self.covered_characters * 100 >= percent * self.characters


@dataclass(frozen=True, slots=True)
class Coverage:
    """The sources of one record, and the evidence that names a source that the record does not have."""

    sources: tuple[Source, ...]
    unplaced: tuple[Unplaced, ...] = ()


@dataclass(slots=True)
class _Placed:
    """What has been looked up in one source."""

    passages: list[Passage] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)


def cover(record: dict[str, Any], plan: Plan, texts: Texts) -> Coverage:
    """Look up all evidence of a record that its schema has found sound."""
    found = {source["id"]: texts.of(source) for source in record["sources"]}
    placed = {id: _Placed() for id in found}
    strays: list[Unplaced] = []
    for path, evidence in evidence_of(record, plan):
        pointer, entry, kind = to_pointer(path), to_pointer(path[:-2]), kind_of(path, record)
        text = found.get(evidence["source"])
        if text is None:
            reason = f"there is no source `{evidence['source']}`"
            strays.append(Unplaced(pointer, entry, kind, evidence["exact"], reason))
        elif isinstance(text, Text):
            here = placed[evidence["source"]]
            lookup = _look_up(text.content, evidence)
            if lookup.match is Match.FOUND and lookup.start is not None:
                end = lookup.start + len(evidence["exact"])
                here.passages.append(Passage(lookup.start, end, pointer, entry, kind))
            else:
                reason = _reason(lookup, text.content, evidence)
                here.unplaced.append(Unplaced(pointer, entry, kind, evidence["exact"], reason))
    return Coverage(
        tuple(
            _source(to_pointer(("sources", index)), source, found[source["id"]], placed[source["id"]])
            for index, source in enumerate(record["sources"])
        ),
        tuple(strays),
    )


def _source(pointer: str, source: dict[str, Any], text: Text | TextFault, placed: _Placed) -> Source:
    language = source.get("language")
    if isinstance(text, TextFault):
        fault = text.kind != "none"
        reason = f"the text file `{source['textFile']}` could not be used: {text.message}" if fault else "no text"
        return Source(pointer, source["id"], None, language, None, reason, fault)
    characters = _weight(text.content)
    if not characters:
        return Source(pointer, source["id"], text.file, language, None, "no text: it is blank")
    covered = merge((passage.start, passage.end) for passage in placed.passages)
    uncovered = gaps(text.content, covered)
    return Source(
        pointer=pointer,
        id=source["id"],
        file=text.file,
        language=language,
        text=text.content,
        passages=tuple(sorted(placed.passages, key=lambda passage: (passage.start, -passage.end))),
        unplaced=tuple(placed.unplaced),
        covered=covered,
        uncovered=uncovered,
        characters=characters,
        covered_characters=characters - sum(_weight(text.content[start:end]) for start, end in uncovered),
    )


def evidence_of(record: dict[str, Any], plan: Plan) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    """Every piece of evidence that the schema knows in a record, and where it stands."""

    def walk(value: dict[str, Any], path: Pointer, definition: str) -> Iterator[tuple[Pointer, dict[str, Any]]]:
        if definition == "evidence":
            yield path, value
            return
        steps = plan.steps[definition]
        for key, part in value.items():
            step = steps.get(key)
            if step is None or step.action != "object":
                continue
            if not step.many:
                yield from walk(part, (*path, key), step.detail)
                continue
            for index, item in enumerate(part):
                yield from walk(item, (*path, key, index), step.detail)

    yield from walk(record, (), ROOT)


def kind_of(path: Pointer, record: dict[str, Any]) -> Kind:
    """The kind of what a path leads to; an annotation is of the kind of its target."""
    if path[:1] == ("annotations",):
        path = resolve(record, record["annotations"][path[1]]["target"]) or ()
    return _KINDS.get(str(path[0]), Kind.EVENT) if path else Kind.EVENT


def word(passage: Passage) -> str:
    """What a passage is evidence for, in a word."""
    return _WORDS.get(passage.entry.split("/")[1] if passage.entry else "", passage.kind.value)


def _look_up(text: str, evidence: dict[str, Any]) -> Lookup:
    start, end = evidence.get("start"), evidence.get("end")
    return look_up(
        text,
        evidence["exact"],
        None if start is None else int(start),
        None if end is None else int(end),
        evidence.get("prefix", ""),
        evidence.get("suffix", ""),
    )


def _reason(lookup: Lookup, text: str, evidence: dict[str, Any]) -> str:
    match lookup.match:
        case Match.REVERSED:
            return f"its passage starts at {int(evidence['start'])} and ends at {int(evidence['end'])}"
        case Match.ELSEWHERE:
            return f"it stands at {lookup.start}, not at its offset {int(evidence['start'])}"
        case Match.OUT_OF_CONTEXT:
            return "its words occur, but not with this prefix and suffix"
        case Match.SEVERAL:
            number = times(text, evidence["exact"])
            return f"its words occur {number} times, and nothing settles which is meant"
        case _:
            return "it does not occur in the text"


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same stretches of text without overlaps, in order."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def gaps(text: str, covered: Sequence[Span]) -> tuple[Span, ...]:
    """What lies between the covered spans, without the blanks around it."""
    found: list[Span] = []
    begin = 0
    for start, end in (*covered, (len(text), len(text))):
        gap = text[begin:start]
        if inner := gap.strip(BLANK):
            first = begin + len(gap) - len(gap.lstrip(BLANK))
            found.append((first, first + len(inner)))
        begin = end
    return tuple(found)


def segments(length: int, passages: Sequence[Passage]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """A text cut wherever a passage begins or ends: each piece with the indexes of the passages that it belongs to."""
    turns: dict[int, list[tuple[int, bool]]] = {0: [], length: []}
    for index, passage in enumerate(passages):
        turns.setdefault(passage.start, []).append((index, True))
        turns.setdefault(passage.end, []).append((index, False))
    active: set[int] = set()
    begin = 0
    for offset in sorted(turns):
        if offset > begin:
            yield begin, offset, tuple(sorted(active))
        for index, enters in turns[offset]:
            if enters:
                active.add(index)
            else:
                active.discard(index)
        begin = offset


def _weight(text: str) -> int:
    return len(text.translate(_WITHOUT_BLANK))
