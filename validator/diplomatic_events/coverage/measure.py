"""Which passages of a source's text are evidence for something in a record, and which are not.

Offsets count code points of the text as stored, spans are ``(start, end)`` with the end exclusive. A piece of evidence
counts only where it is found: what is not found, or is ambiguous, covers nothing and is listed with the reason.
What stands between two passages and says nothing, such as a comma or an `and`, counts as little as a blank does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from diplomatic_events.coverage.joining import says_something
from diplomatic_events.coverage.support import unsupported
from diplomatic_events.jsontext.locate import Span
from diplomatic_events.pointers import Pointer, to_pointer
from diplomatic_events.schema.structure import Structure
from diplomatic_events.schema.targets import reached, targets
from diplomatic_events.schema.walker import Found, path_of
from diplomatic_events.sources.quotes import Lookup, Match, look_up_evidence, times
from diplomatic_events.sources.texts import SourceText, TextFault, Texts

BLANK: Final = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\ufeff\u200b"
"""White space, the byte order mark and the zero-width space, which evidence need not cover."""

_WITHOUT_BLANK: Final = dict.fromkeys(map(ord, BLANK))


class Kind(StrEnum):
    """What a passage is evidence for."""

    EVENT = "event"
    DELEGATION = "delegation"
    STATEMENT = "statement"
    OUTCOME = "outcome"
    ANNOUNCED = "announced"
    RELATED = "related"
    IRRELEVANT = "irrelevant"


_KINDS: Final = {
    "parties": Kind.DELEGATION,
    "people": Kind.DELEGATION,
    "delegations": Kind.DELEGATION,
    "statements": Kind.STATEMENT,
    "outcomes": Kind.OUTCOME,
    "upcoming": Kind.ANNOUNCED,
    "related": Kind.RELATED,
    "irrelevant": Kind.IRRELEVANT,
}
"""The kind of what each property of the root holds; everything else belongs to the event as a whole."""

_WORDS: Final = {
    "parties": "party",
    "people": "person",
    "hosts": "host",
    "agenda": "agenda",
    "programme": "programme",
    "sources": "source",
}
"""The properties with a word of their own, which says more than their kind."""


@dataclass(frozen=True, slots=True)
class PlacedEvidence:
    """A piece of evidence and where it is in the text.

    ``pointer`` leads to the piece, ``entry`` to the part of the record that carries it.
    """

    start: int
    end: int
    pointer: str
    entry: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class UnplacedEvidence:
    """A piece of evidence that covers nothing, and why."""

    pointer: str
    entry: str
    kind: Kind
    exact: str
    reason: str


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """A source of a record, and how much of its text evidence covers.

    ``text`` is None if it is not available; ``no_text`` then says why, and ``fault`` whether it should be.

    The spans are in order. ``covered`` is what evidence quotes; what it quotes only for the event as a whole is also
    ``event_only``. ``irrelevant`` is what a record sets aside and no evidence quotes. ``uncovered`` is all the rest that says
    something. ``characters`` counts those that are covered or uncovered, without blanks.

    If several records of the run have the same text, they are ``records``, by name: spans and numbers are then those of all
    of these together, while ``passages`` are those of this record.
    """

    pointer: str
    id: str
    file: str | None
    language: str | None
    text: str | None
    no_text: str = ""
    fault: bool = False
    passages: tuple[PlacedEvidence, ...] = ()
    unplaced: tuple[UnplacedEvidence, ...] = ()
    covered: tuple[Span, ...] = ()
    event_only: tuple[Span, ...] = ()
    irrelevant: tuple[Span, ...] = ()
    uncovered: tuple[Span, ...] = ()
    characters: int = 0
    covered_characters: int = 0
    event_only_characters: int = 0
    irrelevant_characters: int = 0
    records: tuple[str, ...] = ()

    @property
    def percent(self) -> str:
        """The share of covered characters to one decimal, rounded down: `100.0` means all of them."""
        return self._share(self.covered_characters)

    @property
    def event_only_percent(self) -> str:
        """The share of the characters that only the event as a whole rests on, to one decimal, rounded down."""
        return self._share(self.event_only_characters)

    def _share(self, characters: int) -> str:
        tenths = characters * 1000 // self.characters if self.characters else 1000
        return f"{tenths // 10}.{tenths % 10}"

    def reaches(self, percent: Fraction) -> bool:
        """Whether at least ``percent`` of the text is covered; a source without a text is not measured."""
        return self.text is None or self.covered_characters * 100 >= percent * self.characters


@dataclass(frozen=True, slots=True)
class Coverage:
    """The sources of one record, the evidence whose source does not exist in it, and the entries without evidence."""

    sources: tuple[SourceCoverage, ...]
    unplaced: tuple[UnplacedEvidence, ...] = ()
    unsupported: tuple[str, ...] = ()
    """The pointers of the entries that no evidence supports, neither their own nor that of an entry around them."""


def cover(record: dict[str, Any], schema: Structure, texts: Texts) -> Coverage:
    """Look up all evidence of a record that is valid against its schema."""
    found = {source["id"]: texts.of(source) for source in record["sources"]}
    passages: dict[str, list[PlacedEvidence]] = defaultdict(list)
    unplaced: dict[str | None, list[UnplacedEvidence]] = defaultdict(list)
    whole = schema.hold(record).found
    for path, evidence in evidence_of(whole):
        pointer, entry, kind = to_pointer(path), to_pointer(path[:-2]), kind_of(path, record, whole)
        id, exact = evidence["source"], evidence["exact"]
        text = found.get(id)
        if text is None:
            reason = f"there is no source `{id}`"
            unplaced[None].append(UnplacedEvidence(pointer, entry, kind, exact, reason))
        elif isinstance(text, SourceText):
            lookup = look_up_evidence(text.content, evidence)
            if lookup.match is Match.FOUND and lookup.start is not None:
                end = lookup.start + len(exact)
                passages[id].append(PlacedEvidence(lookup.start, end, pointer, entry, kind))
            else:
                unplaced[id].append(
                    UnplacedEvidence(pointer, entry, kind, exact, _reason(lookup, text.content, evidence))
                )
    sources = []
    for index, source in enumerate(record["sources"]):
        id, pointer = source["id"], to_pointer(("sources", index))
        sources.append(_source(pointer, source, found[id], passages[id], unplaced[id]))
    lost = {piece.pointer for pieces in unplaced.values() for piece in pieces}
    return Coverage(tuple(sources), tuple(unplaced[None]), unsupported(record, schema, lost))


def _source(
    pointer: str,
    source: dict[str, Any],
    text: SourceText | TextFault,
    passages: list[PlacedEvidence],
    unplaced: list[UnplacedEvidence],
) -> SourceCoverage:
    language = source.get("language")
    if isinstance(text, TextFault):
        fault = text.kind != "none"
        reason = f"the text file `{source['textFile']}` could not be used: {text.message}" if fault else "no text"
        return SourceCoverage(pointer, source["id"], None, language, None, reason, fault)
    if not text.content.strip(BLANK):
        return SourceCoverage(pointer, source["id"], text.file, language, None, "no text: it is blank")
    whole = SourceCoverage(
        pointer=pointer,
        id=source["id"],
        file=text.file,
        language=language,
        text=text.content,
        passages=tuple(sorted(passages, key=lambda passage: (passage.start, -passage.end))),
        unplaced=tuple(unplaced),
    )
    return _measured(whole, whole.passages)


def together(sources: Sequence[SourceCoverage], records: tuple[str, ...]) -> list[SourceCoverage]:
    """Sources of several records, by name, that have the same text, each with the spans and the numbers of all together."""
    whole = _measured(sources[0], [passage for source in sources for passage in source.passages])
    return [
        replace(
            whole,
            pointer=source.pointer,
            id=source.id,
            file=source.file,
            language=source.language,
            passages=source.passages,
            unplaced=source.unplaced,
            records=records,
        )
        for source in sources
    ]


def _measured(source: SourceCoverage, passages: Sequence[PlacedEvidence]) -> SourceCoverage:
    """A source with the spans and the numbers of its text, of which these are all passages."""
    text = source.text or ""
    quoting = [passage for passage in passages if passage.kind is not Kind.IRRELEVANT]
    covered = merge((passage.start, passage.end) for passage in quoting)
    coded = merge((passage.start, passage.end) for passage in quoting if passage.entry)
    marked = merge((passage.start, passage.end) for passage in passages)

    def apart(whole: Sequence[Span], without: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(
            span for span in beyond(text, whole, without) if says_something(text[slice(*span)], source.language)
        )

    uncovered = apart([(0, len(text))], marked)
    event_only, irrelevant = apart(covered, coded), apart(marked, covered)
    covered_characters = _weight(text, covered)
    return replace(
        source,
        covered=covered,
        event_only=event_only,
        irrelevant=irrelevant,
        uncovered=uncovered,
        characters=covered_characters + _weight(text, uncovered),
        covered_characters=covered_characters,
        event_only_characters=_weight(text, event_only),
        irrelevant_characters=_weight(text, irrelevant),
    )


def evidence_of(found: Found) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    """Every piece of evidence that a walk through a record has collected, and its path."""
    return ((path_of(spot), evidence) for evidence, spot in found.entries["evidence"])


def kind_of(path: Pointer, record: dict[str, Any], found: Found) -> Kind:
    """The kind of what a path leads to; an annotation has the kind of its target, or of its first."""
    if path[:1] == ("annotations",):
        target = next(iter(targets(record["annotations"][path[1]])), None)
        path = (reached(record, found, target[1]) if target else None) or ()
    return _KINDS.get(str(path[0]), Kind.EVENT) if path else Kind.EVENT


def word(passage: PlacedEvidence) -> str:
    """What a passage is evidence for, in a word."""
    return _WORDS.get(passage.entry.split("/")[1] if passage.entry else "", passage.kind.value)


def _reason(lookup: Lookup, text: str, evidence: dict[str, Any]) -> str:
    match lookup.match:
        case Match.REVERSED:
            return f"its passage starts at {int(evidence['start'])} and ends at {int(evidence['end'])}"
        case Match.ELSEWHERE:
            return f"it is at offset {lookup.start}, not {int(evidence['start'])}"
        case Match.OUT_OF_CONTEXT:
            return "its words occur, but not with this prefix and suffix"
        case Match.SEVERAL:
            return f"its words occur {times(text, evidence['exact'])} times, and nothing says which is meant"
        case _:
            return "it does not occur in the text"


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same spans without overlaps, in order."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def gaps(text: str, covered: Sequence[Span]) -> tuple[Span, ...]:
    """The gaps between the covered spans, without the blanks around them."""
    return beyond(text, [(0, len(text))], covered)


def beyond(text: str, whole: Sequence[Span], without: Sequence[Span]) -> tuple[Span, ...]:
    """What some spans have and others have not, without the blanks around it. Neither kind overlaps itself."""
    found: list[Span] = []
    rest = iter((*without, (len(text), len(text))))
    start, end = next(rest)
    for begin, last in whole:
        while begin < last:
            while end <= begin and start < len(text):
                start, end = next(rest)
            gap = text[begin : max(begin, min(start, last))]
            if inner := gap.strip(BLANK):
                first = begin + len(gap) - len(gap.lstrip(BLANK))
                found.append((first, first + len(inner)))
            begin = end if start < last else last
    return tuple(found)


def segments(length: int, passages: Sequence[PlacedEvidence]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """A text cut wherever a passage begins or ends: each piece with the indexes of its passages."""
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


def _weight(text: str, spans: Iterable[Span]) -> int:
    """How many characters of some spans are not blank."""
    return sum(len(text[start:end].translate(_WITHOUT_BLANK)) for start, end in spans)
