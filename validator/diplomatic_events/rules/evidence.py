"""`evidence/…`: every quote stands in its source, letter by letter and where its offsets say."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple

from diplomatic_events.findings import Change, Fix, Insert, Issue, Mismatch, Put
from diplomatic_events.pointers import Pointer, at
from diplomatic_events.rulebook import ERROR, EXAMPLE_DIGEST, EXAMPLE_TEXT, NOTE, WARNING, Rule
from diplomatic_events.rules.record import Record
from diplomatic_events.schema.walker import Spot, path_of
from diplomatic_events.sources.quotes import (
    Difference,
    Lookup,
    Match,
    Only,
    difference,
    folded,
    is_cut,
    look_up_evidence,
    meant_place,
    passage_meant,
    pieces,
    times,
)
from diplomatic_events.sources.search import TOO_LONG, Allowance
from diplomatic_events.sources.texts import NO_TEXT, SourceText, TextFault
from diplomatic_events.wording import named, quoted

_SOURCES: Final = ("sources/*/id", "sources/*/text", "sources/*/textFile")
_QUOTES: Final = ("**/evidence",)

_MOST_FOR_WORDS: Final = 400_000_000
"""So many characters are gone through for what comes near the quotes of a record that are wrong."""

_BEFORE: Final = 20
"""So much is shown of a word before the first character in it that differs."""


class _Quote(NamedTuple):
    """A piece of evidence, the text of its source and how the one stands in the other."""

    path: Pointer
    evidence: dict[str, Any]
    text: SourceText
    lookup: Lookup


class _Unplaced(NamedTuple):
    """A piece of evidence that does not plainly stand where its offsets say, with its number and its spot."""

    number: int
    evidence: dict[str, Any]
    spot: Spot


@lru_cache(maxsize=1)
def _looked_through(record: Record) -> tuple[list[_Unplaced], int]:
    """All such evidence, as of the rest, which is most, nothing more is to be known; and how long the longest passage is."""
    texts = {id: text.content for id, text in record.sources.items() if isinstance(text, SourceText)}
    found, longest = [], 0
    for number, (evidence, spot) in enumerate(record.of_kind("evidence")):
        text, exact, start = texts.get(evidence["source"]), evidence["exact"], evidence.get("start")
        size = len(exact)
        if size > longest:
            longest = size
        if (
            text is None
            or type(start) is not int
            or not text.startswith(exact, start)
            or evidence["end"] != start + size
            or "prefix" in evidence
            or "suffix" in evidence
        ):
            found.append(_Unplaced(number, evidence, spot))
    return found, longest


def _unplaced(record: Record) -> list[_Unplaced]:
    return _looked_through(record)[0]


@lru_cache(maxsize=1)
def _not_found(record: Record) -> list[_Quote]:
    """Every piece of evidence that is not simply found, with what is wrong with it: looked up once for all rules here."""
    by_source: dict[str, list[_Unplaced]] = defaultdict(list)
    for one in _unplaced(record):
        by_source[one.evidence["source"]].append(one)
    if not by_source:
        return []
    texts = {id: text for id, text in record.sources.items() if isinstance(text, SourceText)}
    found: list[tuple[int, _Quote]] = []
    allowance = Allowance()
    for id, quotes in by_source.items():  # one text after the other, so that what is known of it can be used again
        text = texts.get(id)
        if text is None:
            continue
        for number, evidence, spot in quotes:
            if not allowance.covers(text.content):
                record.unfinished.add(("the rest of the quotes", TOO_LONG))
                break
            lookup = look_up_evidence(text.content, evidence)
            if lookup.match is not Match.FOUND:
                found.append((number, _Quote(path_of(spot), evidence, text, lookup)))
    return [quote for _, quote in sorted(found, key=itemgetter(0))]


def _with(record: Record, match: Match) -> Iterator[_Quote]:
    """The evidence of a record that stands to its text in one certain way. Of a text that was replaced, there is none."""
    quotes = [quote for quote in _not_found(record) if quote.lookup.match is match]
    return iter([quote for quote in quotes if quote.evidence["source"] not in _replaced(record)])


def _change(exact: str, **more: Any) -> dict[str, Any]:
    return {"evidence": [{"source": "report", "exact": exact, **more}]}


@Rule(
    "evidence/not-verbatim", severity=ERROR, first_look=_unplaced, fixes=("safe", "unsafe"), needs=_SOURCES, apart=_QUOTES,
    bad=_change("met the Sylvanian trade secretary in Geneva"), good=_change("met the Sylvanian trade minister in Geneva"),
    at="/evidence/0/exact",
    says="the quote differs from the source at character 25",
    helps="the source has `minister`, not `secretary`",
)  # fmt: skip
def not_verbatim(record: Record) -> Iterator[Issue]:
    """A quote does not stand in its source.

    A quote that nobody wrote is worse than none: it lends the claim a proof that does not exist. If no quote of a source comes
    near its text, that text is another one, and there is one finding for all.

    Copy the passage from the source, character by character. Quote a broken passage in several pieces.
    """
    if not _not_found(record):
        return
    texts = sum(len(text.content) for _, text in record.sources.items() if isinstance(text, SourceText))
    allowance = Allowance(_MOST_FOR_WORDS)
    replaced = _replaced(record)
    for path, source in record.listed("sources") if replaced else ():
        if lost := replaced.get(source.get("id", "")):
            yield Issue(
                (*path, "text" if "text" in source else "textFile"),
                f"{lost} in its text, and hardly any comes near it",
                "store the text that the quotes were copied from; this one may be a summary, a translation or another version",
            )
    for quote in _with(record, Match.ABSENT):
        exact, content = quote.evidence["exact"], quote.text.content
        path = (*quote.path, "exact")
        found = elsewhere = joined = fix = None
        if record.helps("not-verbatim") and allowance.covers(folded(content), texts):
            found = difference(content, exact)
            elsewhere, joined = _other_source(record, quote.evidence), _pieces(quote)
            if not elsewhere and allowance.covers(folded(content), texts):
                fix = _typographic_fix(quote) or (None if joined or not found else _wording_fix(record, quote, found))
        if found is None or elsewhere or joined:
            help = elsewhere or joined or "copy the passage from the source"
            yield Issue(path, "the quote does not occur in the source", help, fix=fix)
            continue
        mismatch = Mismatch(quote.text.file, exact, found.quoted, content, found.text, found.shared)
        message = f"the quote differs from the source at character {found.quoted[0] + found.shared + 1}"
        yield Issue(path, message, what_differs(exact, content, found), mismatch=mismatch, fix=fix)


def _typographic_fix(quote: _Quote) -> Fix | None:
    """The quote with the quotation marks, dashes and blanks of the source, if nothing else differs and only one is meant."""
    from diplomatic_events.sources.typography import alike  # only a wrong quote pays for the import

    content, given = quote.text.content, quote.evidence.get("start")
    places = alike(content, quote.evidence["exact"])
    meant = [place for place in places if place[0] == given] if len(places) > 1 else places
    if len(meant) != 1:
        return None
    return Fix("write the quote with the characters of the source", _as_in_source(quote, *meant[0]))


def _wording_fix(record: Record, quote: _Quote, found: Difference) -> Fix | None:
    """The quote with the words of the passage that it nearly is; also in the statement, if it says the same words."""
    exact, content = quote.evidence["exact"], quote.text.content
    place = passage_meant(content, exact, found)
    if place is None:
        return None
    (begin, end), (start, stop) = found.quoted, found.text
    ours, theirs = exact[begin:end], content[start:stop]
    changes: tuple[Change, ...] = _as_in_source(quote, *place)
    if quote.path[0] == "statements":
        path = (*quote.path[:2], "text")
        text = at(record.value, path)
        if at(record.value, quote.path[:2]).get("form") == "direct" and ours.strip() and text.count(ours) == 1:
            changes = (*changes, Put(path, text.replace(ours, theirs)))
    return Fix(f"write the words of the source: {what_differs(exact, content, found)}", changes, safe=False)


def _as_in_source(quote: _Quote, start: int, end: int) -> tuple[Change, ...]:
    """The changes that make a quote a passage of its source."""
    exact = Put((*quote.path, "exact"), quote.text.content[start:end])
    return (exact, *_offsets(quote.path, start, end)) if "start" in quote.evidence else (exact,)


def _offsets(path: Pointer, start: int, end: int) -> tuple[Change, ...]:
    return Put((*path, "start"), start), Put((*path, "end"), end)


_FEWEST: Final = 3
"""With fewer quotes of a source, none of which stands in its text, each may be wrong by itself."""

_TRIED: Final = 8
"""Of so many quotes of a source, most tell whether all of them are of another text."""


@lru_cache(maxsize=1)
def _replaced(record: Record) -> dict[str, str]:
    """The sources whose text is not the one that they were quoted from, with the beginning of a sentence that says so."""
    absent: dict[str, list[_Quote]] = defaultdict(list)
    for quote in _not_found(record):
        if quote.lookup.match is Match.ABSENT:
            absent[quote.evidence["source"]].append(quote)
    few = {id: quotes for id, quotes in absent.items() if len(quotes) >= _FEWEST}
    numbers = Counter(evidence["source"] for evidence, _ in record.of_kind("evidence")) if few else {}
    found: dict[str, str] = {}
    for id, quotes in few.items():
        tried = quotes[:_TRIED]
        if 4 * len(quotes) >= 3 * numbers[id] and 4 * sum(_has_a_place(record, quote) for quote in tried) <= len(tried):
            every = len(quotes) == numbers[id]
            found[id] = (
                f"no quote of `{id}` stands"
                if every
                else f"{len(quotes)} of {numbers[id]} quotes of `{id}` do not stand"
            )
    return found


def _has_a_place(record: Record, quote: _Quote) -> bool:
    """Whether something comes near a quote that does not occur: in its source, in another one, or in pieces."""
    exact, content = quote.evidence["exact"], quote.text.content
    return bool(_other_source(record, quote.evidence) or _pieces(quote) or difference(content, exact))


_BY_CODE: Final = (Only.WHITE_SPACE, Only.HIDDEN, Only.LOOK_ALIKE)


def what_differs(exact: str, text: str, found: Difference) -> str:
    """The words that the source has and those that the quote has, or the characters where words would look the same."""
    only = f"they differ only in {found.only}" if found.only else ""
    if found.only is Only.COMPOSITION:
        return only
    if found.only in _BY_CODE:
        ours, theirs = _first(exact, found.quoted, found.shared), _first(text, found.text, found.shared)
        return f"{only}: the quote has {ours}, the source {theirs}"
    ours, theirs = _words(exact, found.quoted, found.shared), _words(text, found.text, found.shared)
    said = f"the source has {theirs}, not {ours}" if theirs and ours else (
        f"the source has {theirs} as well" if theirs else f"the source does not have {ours}"
    )  # fmt: skip
    return f"{only}: {said}" if only else said


def _first(text: str, span: tuple[int, int], shared: int) -> str:
    """The first character of a span that differs."""
    at = span[0] + shared
    return named(text[at : min(at + 1, span[1])])


def _words(text: str, span: tuple[int, int], shared: int) -> str:
    """A span as it is shown in a message; an ellipsis stands for the rest of a word, and for what both begin with."""
    end = span[1]
    start = max(span[0], span[0] + shared - _BEFORE)
    words = ("…" if start > span[0] else "") + text[start:end]
    more = "…" if is_cut(text, end) else ""
    return quoted(words + more) if words else ""


def _pieces(quote: _Quote) -> str | None:
    """What to do with a quote that says by an ellipsis that something is left out."""
    found = pieces(quote.text.content, quote.evidence["exact"])
    if len(found) > 1:
        return f"quote its {len(found)} pieces one by one, each in an entry of its own"
    return "leave out the ellipsis, which does not stand in the source" if found else None


def _other_source(record: Record, evidence: dict[str, Any]) -> str | None:
    """A hint where the quote stands in another source of the record."""
    for id, text in record.sources.items():
        if isinstance(text, SourceText) and id != evidence["source"] and evidence["exact"] in text.content:
            return f"it stands in the source `{id}`"
    return None


@Rule(
    "evidence/offset-mismatch", severity=ERROR, first_look=_unplaced, fixes=("safe",), needs=_SOURCES, apart=_QUOTES,
    bad=_change("in Geneva", start=0, end=9),
    good=_change("in Geneva", start=EXAMPLE_TEXT.index("in Geneva"), end=EXAMPLE_TEXT.index("in Geneva") + 9),
    at="/evidence/0",
    says="the quote stands at 93–102, not at 0–9",
    helps='write "start": 93, "end": 102',
)  # fmt: skip
def offset_mismatch(record: Record) -> Iterator[Issue]:
    """A quote stands in its source, but not at its offsets.

    Offsets that are wrong mark other words in every program that shows the source, and the next change of the text
    cannot be told from a slip.

    Use the offsets that the message gives. They count Unicode code points of the text as stored, from 0; the end is
    exclusive.
    """
    for quote in _with(record, Match.ELSEWHERE):
        evidence, nearest = quote.evidence, quote.lookup.start or 0
        is_helped = record.helps("offset-mismatch")
        meant = meant_place(quote.text.content, evidence) if is_helped else None
        start = nearest if meant is None else meant
        end = start + len(evidence["exact"])
        number = times(quote.text.content, evidence["exact"]) if is_helped else 1
        unit = _other_unit(quote.text.content, start, int(evidence["start"])) if is_helped else ""
        more = f" ({number} times; this is the nearest)" if number > 1 and start == nearest else ""
        help = f'write "start": {start}, "end": {end}'
        yield Issue(
            quote.path,
            f"the quote stands at {start}–{end}{more}, not at {int(evidence['start'])}–{int(evidence['end'])}",
            help + unit,
            fix=None if meant is None else Fix(help, _offsets(quote.path, start, end)),
        )


def _other_unit(content: str, start: int, given: int) -> str:
    """What a wrong offset counts, if it is that of the passage in another unit."""
    before = content[:start]
    for encoding, size, unit in (("utf-8", 1, "bytes of UTF-8"), ("utf-16-le", 2, "UTF-16 code units")):
        if given != start and given == len(before.encode(encoding, "surrogatepass")) // size:
            return f"; the offset counts {unit}, and must count Unicode code points"
    return ""


@Rule(
    "evidence/context-mismatch", severity=ERROR, first_look=_unplaced, needs=_SOURCES, apart=_QUOTES,
    bad=_change("trade minister", prefix="Freedonian "), good=_change("trade minister", prefix="Sylvanian "),
    at="/evidence/0",
    says="the quote stands in the source, but not between this prefix and suffix",
    helps="at 78–92 it stands between `a met the Sylvanian ` and ` in Geneva on Monday`",
)  # fmt: skip
def context_mismatch(record: Record) -> Iterator[Issue]:
    """A quote stands in its source, but its prefix or suffix does not stand around it.

    Prefix and suffix are there to tell the passage from the same words elsewhere; wrong ones point nowhere.

    Copy the text directly before and after the passage, spaces included, or leave both out.
    """
    for quote in _with(record, Match.OUT_OF_CONTEXT):
        start = quote.lookup.start or 0
        end = start + len(quote.evidence["exact"])
        content = quote.text.content
        before, after = content[max(0, start - 20) : start], content[end : end + 20]
        yield Issue(
            quote.path,
            "the quote stands in the source, but not between this prefix and suffix",
            f"at {start}–{end} it stands between `{before}` and `{after}`",
        )


@Rule(
    "evidence/ambiguous", severity=WARNING, first_look=_unplaced, needs=_SOURCES, apart=_QUOTES,
    bad=_change("minister"), good=_change("minister", prefix="trade "), at="/evidence/0",
    says="the quote occurs 2 times in the source",
    helps="add `start` and `end`, or a `prefix` or `suffix` that settles which is meant",
)  # fmt: skip
def ambiguous(record: Record) -> Iterator[Issue]:
    """A quote occurs more than once, and nothing tells which occurrence is meant.

    A reader who follows the evidence may end at other words than those that the claim rests on.

    Add `start` and `end`, or a `prefix` or `suffix` that only one occurrence has, or quote more words.
    """
    for quote in _with(record, Match.SEVERAL):
        counted = record.helps("ambiguous")
        number = max(2, times(quote.text.content, quote.evidence["exact"])) if counted else "several"
        yield Issue(
            quote.path,
            f"the quote occurs {number} times in the source",
            "add `start` and `end`, or a `prefix` or `suffix` that settles which is meant",
        )


_LONG_TEXT: Final = 1_000
"""Of a shorter text, half is a paragraph or two, which can be what a claim rests on."""

_WHOLE_TEXT: Final = "The ministers talked about trade at length. " * 25


@Rule(
    "evidence/most-of-source", severity=NOTE, needs=_SOURCES, apart=_QUOTES,
    bad={"/sources/1": {"id": "readout", "type": "readout", "text": _WHOLE_TEXT},
         "/evidence/1": {"source": "readout", "exact": _WHOLE_TEXT}},
    good={"/sources/1": {"id": "readout", "type": "readout", "text": _WHOLE_TEXT},
          "/evidence/1": {"source": "readout", "exact": _WHOLE_TEXT[:430], "start": 0, "end": 430}},
    at="/evidence/1",
    says="the passage is the whole text of the source",
    helps="quote the sentence that says it",
)  # fmt: skip
def most_of_source(record: Record) -> Iterator[Issue]:
    """A passage is half of its source's text or more.

    Evidence shows where in the source a claim stands. A passage as long as the source shows nothing, and coverage counts all of
    it as coded.

    Quote the sentence that the claim rests on; several sentences that are apart are several passages.
    """
    if _looked_through(record)[1] < _LONG_TEXT / 2:
        return
    halves = {
        id: len(text.content) / 2
        for id, text in record.sources.items()
        if isinstance(text, SourceText) and len(text.content) >= _LONG_TEXT
    }
    if not halves:
        return
    least = min(halves.values())
    for evidence, spot in [entry for entry in record.of_kind("evidence") if len(entry[0]["exact"]) >= least]:
        size, half = len(evidence["exact"]), halves.get(evidence["source"])
        if half is not None and size >= half and path_of(spot)[0] != "irrelevant":
            part = "the whole text" if size >= 2 * half else f"{size * 50 / half:.0f} % of the text"
            yield Issue(path_of(spot), f"the passage is {part} of the source", "quote the sentence that says it")


_MANY: Final = 4
_A_PARAGRAPH: Final = 250
"""A sentence, which may well say several things at once, is hardly ever longer."""

_CLAIMS: Final = ("statements", "outcomes", "programme", "upcoming", "related")
_READOUT: Final = (
    "The two ministers met in the morning. The first minister said that the border would open. The second minister welcomed "
    "that. They then had lunch with the mayor in the old town hall. They signed a memorandum on border trade. A second meeting "
    "will be held in Bern in June."
)
_THE_READOUT: Final = [{"source": "readout", "exact": _READOUT}]


@Rule(
    "evidence/one-for-many", severity=NOTE, apart=_QUOTES,
    bad={"/sources/1": {"id": "readout", "type": "readout", "text": _READOUT},
         "/programme": [{"id": "lunch", "title": "Lunch", "evidence": _THE_READOUT}],
         "/statements/1/evidence": _THE_READOUT, "/outcomes/0/evidence": _THE_READOUT, "/upcoming/0/evidence": _THE_READOUT},
    good={"/sources/1": {"id": "readout", "type": "readout", "text": _READOUT},
          "/outcomes/0/evidence": [{"source": "readout", "exact": "They signed a memorandum on border trade."}]},
    at="/programme/0/evidence/0",
    says="this passage is the evidence for 4 entries of 4 kinds",
    helps="quote for each entry the words that it rests on",
    fixed={"/sources/1": {"id": "readout", "type": "readout", "text": _READOUT},
           "/programme": [{"id": "lunch", "title": "Lunch", "evidence": [
               {"source": "readout", "exact": "They then had lunch with the mayor in the old town hall."}]}],
           "/statements/1/evidence": [{"source": "readout", "exact": "The second minister welcomed that."}],
           "/outcomes/0/evidence": [{"source": "readout", "exact": "They signed a memorandum on border trade."}],
           "/upcoming/0/evidence": [{"source": "readout", "exact": "A second meeting will be held in Bern in June."}]},
)  # fmt: skip
def one_for_many(record: Record) -> Iterator[Issue]:
    """A paragraph or more is the evidence for many entries that have little to do with one another.

    Evidence shows where in the source a claim stands. Readers of such a passage have to look for it themselves.

    Quote for each entry the words that it rests on. One sentence may well be the evidence for several entries.
    """
    if _looked_through(record)[1] < _A_PARAGRAPH:
        return
    long = [entry for entry in record.of_kind("evidence") if len(entry[0]["exact"]) >= _A_PARAGRAPH]
    if len(long) < _MANY:
        return
    claims: dict[tuple[str, str], dict[Pointer, Pointer]] = defaultdict(dict)
    for evidence, spot in long:
        path = path_of(spot)
        if path[0] in _CLAIMS:
            claims[evidence["source"], evidence["exact"]].setdefault(path[:2], path)
    for (source, exact), entries in claims.items():
        text = record.sources.get(source)
        if isinstance(text, SourceText) and _LONG_TEXT <= len(text.content) <= 2 * len(exact):
            continue  # another rule reports it
        kinds = {entry[0] for entry in entries}
        if len(entries) >= _MANY and len(kinds) > 1:
            message = f"this passage is the evidence for {len(entries)} entries of {len(kinds)} kinds"
            yield Issue(next(iter(entries.values())), message, "quote for each entry the words that it rests on")


@Rule(
    "evidence/reversed-span", severity=ERROR, first_look=_unplaced, fixes=("safe",), needs=_SOURCES, apart=_QUOTES,
    bad=_change("Geneva", start=20, end=14), good=_change("GENEVA", start=0, end=6), at="/evidence/0",
    says="the passage starts at 20 and ends at 14",
    helps='write "start": 96, "end": 102',
    fixed=_change("Geneva", start=96, end=102),
)  # fmt: skip
def reversed_span(record: Record) -> Iterator[Issue]:
    """A passage ends before it begins, or where it begins.

    Offsets like these mark nothing.

    Swap or correct `start` and `end`; the end is the offset of the first character after the passage.
    """
    for _, evidence, spot in _unplaced(record):
        start, end = evidence.get("start"), evidence.get("end")
        if start is not None and end is not None and start >= end:
            path = path_of(spot)
            fix = _right_offsets(record, path, evidence) if record.helps("reversed-span") else None
            message = f"the passage starts at {int(start)} and ends at {int(end)}"
            yield Issue(path, message, fix and fix.what, fix=fix)


def _right_offsets(record: Record, path: Pointer, evidence: dict[str, Any]) -> Fix | None:
    """The offsets of a quote whose own are reversed: swapped, if that is right, or else those of its only place."""
    text, exact = record.sources.get(evidence["source"]), evidence["exact"]
    if not isinstance(text, SourceText):
        return None
    start, end = int(evidence["end"]), int(evidence["start"])
    if end != start + len(exact) or not text.content.startswith(exact, start):
        place = meant_place(text.content, {name: part for name, part in evidence.items() if name != "start"})
        if place is None:
            return None
        start, end = place, place + len(exact)
    return Fix(f'write "start": {start}, "end": {end}', _offsets(path, start, end))


def without_offsets(record: Record) -> Iterator[Issue]:
    """Every quote that has no offsets though it is plain where it stands: no fault, since they are optional."""
    for evidence, spot in record.of_kind("evidence"):
        text = record.sources.get(evidence["source"])
        if "start" in evidence or "end" in evidence or not isinstance(text, SourceText):
            continue
        lookup = look_up_evidence(text.content, evidence)
        if lookup.match is Match.FOUND and lookup.start is not None:
            path, end = path_of(spot), lookup.start + len(evidence["exact"])
            added = Insert((*path, "exact"), {"start": lookup.start, "end": end})
            fix = Fix(f'add "start": {lookup.start}, "end": {end}', (added,))
            yield Issue(path, "the quote has no offsets", fix.what, fix=fix)


def _lacks_texts(record: Record) -> bool:
    return record.sources.are_lacking


_PROVEN: Final = {"delegations": "delegation", "outcomes": "outcome", "upcoming": "upcoming event"}


@Rule(
    "evidence/missing", severity=WARNING,
    apart=("delegations/*/evidence", "delegations/*/members/*/evidence", "outcomes/*/evidence", "upcoming/*/evidence"),
    bad={"/outcomes/0/evidence": None}, good={"/people/0/name": "Ana María Ruiz"}, at="/outcomes/0",
    says="the outcome has no evidence",
    helps="quote the passage that it rests on",
    fixed={"/outcomes/0/evidence": [
        {"source": "report", "exact": "They signed a memorandum on border trade."}]},
)  # fmt: skip
def missing(record: Record) -> Iterator[Issue]:
    """A delegation, outcome or upcoming event has no evidence.

    These are claims that a reader will want to see proven, as are statements, whose evidence the schema itself demands.

    Quote the passage that the entry rests on. A delegation may have the evidence with its members.
    """
    for name, noun in _PROVEN.items():
        for path, entry in record.listed(name):
            if "evidence" in entry:
                continue
            for member in entry.get("members", ()):
                if "evidence" in member:
                    break
            else:
                yield Issue(path, f"the {noun} has no evidence", "quote the passage that it rests on")


def _faults(record: Record, kind: str) -> Iterator[tuple[Pointer, dict[str, Any], TextFault]]:
    """The sources whose text file has a fault of this kind; of two sources with one id, each has a file of its own."""
    for path, source in record.listed("sources"):
        fault = record.texts.of(source) if "textFile" in source else None
        if isinstance(fault, TextFault) and fault.kind == kind:
            yield path, source, fault


@Rule(
    "evidence/text-unavailable", severity=NOTE, first_look=_lacks_texts, needs=_SOURCES, apart=_QUOTES,
    bad={"/sources/0/text": None}, good={"/sources/0/rights": "Public domain"}, at="/sources/0",
    says="the source `report` has no text; its quotes were not looked up",
    fixed={"/sources/0/text": None, "/sources/0/textFile": "report.txt"},
)  # fmt: skip
def text_unavailable(record: Record) -> Iterator[Issue]:
    """A source has no text, so the quotes from it were not looked up.

    That is legal, since rights often forbid storing a text; the reader of the report should know it.

    Store the text in `text` or beside the record, and name it in `textFile`, if you may.
    """
    without = [entry for entry in record.listed("sources") if record.sources.get(entry[1]["id"]) is NO_TEXT]
    cited = {evidence["source"] for evidence, _ in record.of_kind("evidence")} if without else set()
    for path, source in without:
        if source["id"] in cited:
            yield Issue(path, f"the source `{source['id']}` has no text; its quotes were not looked up")


@Rule(
    "evidence/text-file-missing", severity=ERROR, about=("source.textFile",), apart=_SOURCES,
    bad={"/sources/0/text": None, "/sources/0/textFile": "reprot.txt"},
    good={"/sources/0/text": None, "/sources/0/textFile": "report.txt"}, at="/sources/0/textFile",
    says="the text file `reprot.txt` was not found: there is no such file",
    helps="did you mean `report.txt`?",
)  # fmt: skip
def text_file_missing(record: Record) -> Iterator[Issue]:
    """The file with a source's text is not there.

    No quote from the source can be looked up.

    Correct the path, which is relative to the record's own file, or add the file.
    """
    for path, source, fault in _faults(record, "missing"):
        name = source["textFile"]
        yield Issue(
            (*path, "textFile"), f"the text file `{name}` was not found: {fault.message}", record.texts.near(name)
        )


@Rule(
    "evidence/text-file-outside-folder", severity=ERROR, about=("source.textFile",), apart=_SOURCES,
    bad={"/sources/0/text": None, "/sources/0/textFile": "../report.txt"},
    good={"/sources/0/text": None, "/sources/0/textFile": "report.txt"}, at="/sources/0/textFile",
    says="`../report.txt` is not a path inside the record's folder, and was not read",
    helps="a text file is named relative to the record's own file and lies in its folder",
)  # fmt: skip
def text_file_outside_folder(record: Record) -> Iterator[Issue]:
    """The path of a source's text leads out of the record's folder.

    A record from elsewhere could otherwise make the checker read any file, and a record that is copied would lose
    its text.

    Put the text beside the record or below it, and name it by a plain relative path.
    """
    for path, source, fault in _faults(record, "outside"):
        message = f"`{source['textFile']}` is not a path inside the record's folder, and was not read"
        yield Issue((*path, "textFile"), message, fault.message)


@Rule(
    "evidence/text-file-unreadable", severity=ERROR, about=("source.textFile",), apart=_SOURCES,
    bad={"/sources/0/text": None, "/sources/0/textFile": "latin-1.txt"},
    good={"/sources/0/text": None, "/sources/0/textFile": "report.txt"}, at="/sources/0/textFile",
    says="the text file `latin-1.txt` could not be used: it is not UTF-8 (byte 6 is wrong)",
    helps="store the text as an ordinary UTF-8 file",
)  # fmt: skip
def text_file_unreadable(record: Record) -> Iterator[Issue]:
    """The file with a source's text is there, but cannot be read as text.

    No quote from the source can be looked up.

    Store the text as an ordinary file in UTF-8 of at most 4 MiB that the checker may read.
    """
    for path, source, fault in _faults(record, "unreadable"):
        message = f"the text file `{source['textFile']}` could not be used: {fault.message}"
        yield Issue((*path, "textFile"), message, "store the text as an ordinary UTF-8 file")


@Rule(
    "evidence/hash-mismatch", severity=ERROR, about=("source.sha256",), fixes=("safe",), apart=(*_SOURCES, "sources/*/sha256"),
    bad={"/sources/0/sha256": "0" * 64},
    good={"/sources/0/sha256": EXAMPLE_DIGEST},
    at="/sources/0/sha256",
    says="the text has another SHA-256 digest than this",
    helps=f"it is {EXAMPLE_DIGEST}",
)  # fmt: skip
def hash_mismatch(record: Record) -> Iterator[Issue]:
    """A source's text is not the one whose SHA-256 digest the record gives.

    The text was changed after it was coded, so quotes and offsets may no longer fit.

    Restore the text, or look the evidence through again and write the new digest. Where only line ends were converted,
    quotes and offsets are held against the text as it was.
    """
    for path, source in record.listed("sources"):
        known = record.sources.get(source.get("id", ""))
        if not isinstance(known, SourceText) or source.get("sha256", known.sha256) == known.sha256:
            continue
        text = record.texts.of(source)  # of two sources with one id, the other text is known
        if isinstance(text, SourceText) and source["sha256"] != text.sha256:
            place = (*path, "sha256")
            was_replaced = not record.broken and source["id"] in _replaced(record)
            help = "restore the text that was coded" if was_replaced else _digest_help(text)
            is_quoted_well = (
                text.ends is None and record.intact(*_QUOTES) and not _is_contradicted(record, source["id"])
            )
            fix = Fix("write the digest of the text", (Put(place, text.sha256),)) if is_quoted_well else None
            yield Issue(place, "the text has another SHA-256 digest than this", help, fix=fix)


def _is_contradicted(record: Record, id: str) -> bool:
    """Whether some quote from a source does not stand where it says: then the text may be what is wrong."""
    return any(quote.evidence["source"] == id for quote in _not_found(record))


def _digest_help(text: SourceText) -> str:
    if text.ends is None:
        return f"it is {text.sha256}"
    return f"with {text.ends} line ends the digest fits: store the text with them, and let git convert none"
