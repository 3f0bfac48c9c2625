"""A quote against the text that it is said to come from."""

import re
import unicodedata
from collections.abc import Callable
from enum import Enum, StrEnum
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

from diplomatic_events.sources.search import searched
from diplomatic_events.wording import LOOKALIKES

_CONTEXT: Final = 3
"""A passage comes near a quote only if it shares at least this many characters with its beginning or end."""

_COMPARED: Final = 2_000
"""So many characters tell whether passages are alike. To normalise a row of combining marks takes the square of it."""

_ALIKE: Final = LOOKALIKES | {
    ord(mark): plain
    for marks, plain in (("“”„«»", '"'), ("‘’‚‹›`´", "'"), ("–—−‐‑", "-"), ("\u00a0\u202f\u2009\t\n\r", " "))
    for mark in marks
}
"""Characters that are easily taken for one another when a text is copied."""

_WITHOUT_SPACES: Final = (
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""The characters of scripts that write words without spaces between them: Thai to Tibetan, Burmese, Khmer, kana and Han."""

_ELLIPSIS: Final = r"[\[(]?(?:…|[.]{3,})[\])]?"


class Only(StrEnum):
    """What alone differs between a quote and a passage that are otherwise the same."""

    COMPOSITION = "how letters with accents are composed (Unicode normalisation)"
    WHITE_SPACE = "white space"
    CASE = "capital letters"
    HIDDEN = "characters that show nothing"
    LOOK_ALIKE = "characters that look alike"
    PUNCTUATION = "punctuation"


_COMPOSITIONS: Final[tuple[Literal["NFC", "NFD"], ...]] = ("NFC", "NFD")


class Match(Enum):
    """How a quote stands to its text."""

    FOUND = "found"
    REVERSED = "reversed"
    ELSEWHERE = "elsewhere"
    OUT_OF_CONTEXT = "out-of-context"
    SEVERAL = "several"
    ABSENT = "absent"


class Lookup(NamedTuple):
    """The outcome of looking a quote up: where it stands, if it does."""

    match: Match
    start: int | None = None


def look_up(text: str, exact: str, start: int | None, end: int | None, prefix: str, suffix: str) -> Lookup:
    """Look a quote up in a text: by its offsets if it has some, otherwise by its words and their context."""
    if start is not None and end is not None:
        if start >= end:
            return Lookup(Match.REVERSED)
        if end == start + len(exact) and text.startswith(exact, start):
            return _in_context(text, start, end, prefix, suffix)
    if start is not None and end is not None:
        found = searched(text).nearest(exact, start)
        return Lookup(Match.ABSENT) if found is None else Lookup(Match.ELSEWHERE, found)
    find = searched(text).find
    first = find(exact)
    if first < 0:
        return Lookup(Match.ABSENT)
    whole = find(prefix + exact + suffix)
    if whole < 0:
        return Lookup(Match.OUT_OF_CONTEXT, first)
    match = Match.SEVERAL if find(prefix + exact + suffix, whole + 1) >= 0 else Match.FOUND
    return Lookup(match, whole + len(prefix))


def look_up_evidence(text: str, evidence: dict[str, Any]) -> Lookup:
    """Look a piece of evidence up in the text of its source, by all that it says of its place."""
    start, end = evidence.get("start"), evidence.get("end")
    return look_up(
        text,
        evidence["exact"],
        None if start is None else int(start),
        None if end is None else int(end),
        evidence.get("prefix", ""),
        evidence.get("suffix", ""),
    )


def _in_context(text: str, start: int, end: int, prefix: str, suffix: str) -> Lookup:
    around = text[max(0, start - len(prefix)) : start] == prefix and text[end : end + len(suffix)] == suffix
    return Lookup(Match.FOUND if around else Match.OUT_OF_CONTEXT, start)


def only_place(text: str, exact: str) -> int | None:
    """Where a quote stands that occurs once; None where it does not, or occurs several times."""
    find = searched(text).find
    first = find(exact)
    return first if first >= 0 > find(exact, first + 1) else None


_NEAR: Final = 20
_FAR: Final = 200
_UNITS: Final = (("utf-8", 1), ("utf-16-le", 2))


def meant_place(text: str, evidence: dict[str, Any]) -> int | None:
    """Where a quote stands whose offsets are wrong, if that is plain.

    It is, if the quote occurs once, or once in its context; if its offset counts bytes or UTF-16 code units; or if it occurs
    at most 20 characters away from its offset and then not again within 200.
    """
    exact, prefix, suffix = evidence["exact"], evidence.get("prefix", ""), evidence.get("suffix", "")
    if prefix or suffix:
        place = only_place(text, prefix + exact + suffix)
        return None if place is None else place + len(prefix)
    place = only_place(text, exact)
    if place is not None or not evidence.get("start"):  # 0 is what stands where nobody knows better
        return place
    start = int(evidence["start"])
    counted = {
        len(text.encode(encoding, "surrogatepass")[: start * size].decode(encoding, "ignore"))
        for encoding, size in _UNITS
    }
    if right := [place for place in counted if text.startswith(exact, place)]:
        return right[0] if len(right) == 1 else None
    around = max(0, start - _FAR)
    window = text[around : start + _FAR + len(exact)]
    first = window.find(exact)
    is_only = first >= 0 > window.find(exact, first + 1)
    return around + first if is_only and abs(around + first - start) <= _NEAR else None


def times(text: str, exact: str) -> int:
    """How often a quote occurs."""
    return searched(text).count(exact)


class Difference(NamedTuple):
    """Where a quote and the passage that comes nearest begin and cease to differ, and what sort of thing differs.

    The spans are of whole words. They begin with ``shared`` characters that are the same in both.
    """

    quoted: tuple[int, int]
    text: tuple[int, int]
    only: Only | None = None
    shared: int = 0


def difference(text: str, exact: str) -> Difference | None:
    """The passage nearest to a quote that does not occur, or None where none comes near.

    The passage is the one that is the same but for look-alikes, capital letters or the composition of letters, or
    else the one that shares the longest beginning with the quote, or else the longest end.
    """
    wanted = exact.translate(_ALIKE)
    for place in (searched(folded(text)).find(wanted), _folded_and_lowered(text).find(_lowered(wanted))):
        if place >= 0:
            first = next(at for at, mark in enumerate(exact) if mark != text[place + at])
            return _widened(text, exact, *_complete(text, exact, (first, first), (place + first, place + first)))
    return _composed(text, exact) or _nearest(text, exact, folded(text), wanted)


def _composed(text: str, exact: str) -> Difference | None:
    """The passage of the same letters, where in one text they have their accents and in the other stand before them."""
    for form in _COMPOSITIONS if len(exact) <= _COMPARED else ():
        other = unicodedata.normalize(form, exact)
        place = searched(text).find(other) if other != exact else -1
        if place >= 0:
            return Difference((0, len(exact)), (place, place + len(other)), Only.COMPOSITION, _shared(exact, other))
    return None


def passage_meant(text: str, exact: str, found: Difference) -> tuple[int, int] | None:
    """Where the passage begins and ends that a quote nearly is, if most of it is the same at both ends of what differs.

    At the very beginning or end of the quote, only a single word may differ: what else the passage has there is not known.
    """
    (begin, end), (start, stop) = found.quoted, found.text
    first, last = start - begin, stop + len(exact) - end
    differing = max(end - begin, stop - start)
    if first < 0 or last > len(text) or 2 * differing > len(exact):
        return None
    if exact[:begin] != text[first:start] or exact[end:] != text[stop:last]:
        return None
    if (begin == 0 or end == len(exact)) and not (_is_word(exact, begin, end) and _is_word(text, start, stop)):
        return None
    return first, last


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether a span is a single word, and a whole one."""
    return bool(re.fullmatch(r"\w+", text[start:end])) and not re.match(r"\w", text[end : end + 1])


def pieces(text: str, exact: str) -> list[str]:
    """The pieces of a quote that an ellipsis joins, if each stands in the text, one after the other; otherwise none."""
    found = (
        [piece for part in re.split(_ELLIPSIS, exact) if (piece := part.strip())] if re.search(_ELLIPSIS, exact) else []
    )
    end = 0
    for piece in found:
        place = text.find(piece, end)
        if place < 0:
            return []
        end = place + len(piece)
    return found


@lru_cache(maxsize=4)
def folded(text: str) -> str:
    """A text in which look-alikes are the same; many quotes are held against one text."""
    return text.translate(_ALIKE)


@lru_cache(maxsize=4)
def _folded_and_lowered(text: str) -> str:
    return _lowered(folded(text))


def _lowered(text: str) -> str:
    """A text without capitals, in which every character keeps its place: one letter alone becomes two."""
    return text.replace("İ", "i").lower()


def _nearest(text: str, exact: str, plain: str, wanted: str) -> Difference | None:
    """The passage that shares the longest beginning or end with a quote, once look-alikes count as the same."""
    find = searched(plain).find
    head = _longest(lambda length: find(wanted[:length]) >= 0, len(exact))
    tail = _longest(lambda length: find(wanted[len(wanted) - length :]) >= 0, len(exact))
    if max(head, tail) < _CONTEXT:
        return None
    if head >= tail:
        begin = find(wanted[:head]) + head
        rest = _longest(
            lambda length: plain.find(wanted[len(exact) - length :], begin, begin + 2 * len(exact)) >= 0,
            len(exact) - head,
        )
        stop = plain.find(wanted[len(exact) - rest :], begin) if rest >= _CONTEXT else -1
        quoted = (head, len(exact) - rest if stop >= 0 else len(exact))
        end = stop if stop >= 0 else min(begin + quoted[1] - quoted[0], len(text))
        passage = (begin, end)
    else:
        stop = find(wanted[len(exact) - tail :])
        limit = max(0, stop - 2 * len(exact))
        start = _longest(lambda length: plain.find(wanted[:length], limit, stop) >= 0, len(exact) - tail)
        found = plain.find(wanted[:start], limit, stop) if start >= _CONTEXT else -1
        quoted = (start if found >= 0 else 0, len(exact) - tail)
        passage = (found + start if found >= 0 else max(0, stop - quoted[1]), stop)
    if not _is_near(wanted, plain[passage[0] - quoted[0] : passage[1] + len(exact) - quoted[1]]):
        return None
    return _widened(text, exact, *_complete(text, exact, quoted, passage))


def _is_near(exact: str, passage: str) -> bool:
    """Whether of all rows of three characters in a quote at least a third stand in a passage as well."""
    rows, there = _rows(exact[:_COMPARED]), set(_rows(passage[:_COMPARED]))
    return 3 * sum(row in there for row in rows) >= len(rows)


def _rows(text: str) -> list[str]:
    return [text[at : at + _CONTEXT] for at in range(len(text) - _CONTEXT + 1)]


def _complete(
    text: str, exact: str, quoted: tuple[int, int], passage: tuple[int, int]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Spans that reach as far as the first and the last character that differ, if only by what looks alike."""
    (begin, end), (start, stop) = quoted, passage
    before = next((back for back in range(begin, 0, -1) if exact[begin - back] != text[start - back]), 0)
    rest = range(len(exact) - end, 0, -1)
    after = next((on for on in rest if exact[end + on - 1] != text[stop + on - 1]), 0)
    return (begin - before, end + after), (start - before, stop + after)


def _longest(holds: Callable[[int], bool], most: int) -> int:
    """The greatest length for which something holds that holds for every smaller one too."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _widened(text: str, exact: str, quoted: tuple[int, int], passage: tuple[int, int]) -> Difference:
    """The differing spans, of whole words, and what sort of thing differs if that is all."""
    (begin, end), (start, stop) = quoted, passage
    differ = exact[begin:end] != text[start:stop]
    while differ and begin < end and start < stop and exact[begin] == text[start]:
        begin, start = begin + 1, start + 1
    while differ and begin < end and start < stop and exact[end - 1] == text[stop - 1]:
        end, stop = end - 1, stop - 1
    # A word that was put in or left out can be told with the space before it or the one after it: rather the latter.
    while end < len(exact) and stop < len(text) and exact[begin] == text[start] and exact[end] == text[stop]:
        begin, end, start, stop = begin + 1, end + 1, start + 1, stop + 1
    while begin and start and _goes_on(exact[begin - 1], exact[begin : begin + 1] + text[start : start + 1]):
        begin, start = begin - 1, start - 1
    while end < len(exact) and stop < len(text) and _goes_on_after(exact[end], exact[end - 1] + text[stop - 1]):
        end, stop = end + 1, stop + 1
    marked, other = exact[begin:end], text[start:stop]
    return Difference((begin, end), (start, stop), _only(marked, other), _shared(marked, other))


def _goes_on(shared: str, differing: str) -> bool:
    """Whether the character that both have before what differs belongs to it: to the same word or the same letter."""
    return (_is_of_word(shared) and _is_of_word(differing.strip())) or any(map(_is_mark, differing))


def _goes_on_after(shared: str, differing: str) -> bool:
    """The same for the character that both have after what differs."""
    return (_is_of_word(shared) and _is_of_word(differing.strip())) or _is_mark(shared)


def _is_of_word(text: str) -> bool:
    """Whether characters are parts of words between which there are spaces, as there are none in Chinese, Japanese or Thai."""
    return bool(text) and all(
        (mark.isalnum() or _is_mark(mark)) and not re.match(_WITHOUT_SPACES, mark) for mark in text
    )


def _is_mark(character: str) -> bool:
    """Whether a character stands with the letter before it, such as a vowel sign of Hindi or Thai."""
    return unicodedata.category(character).startswith("M")


def is_cut(text: str, end: int) -> bool:
    """Whether a word goes on at a place in a text."""
    return 0 < end < len(text) and _is_of_word(text[end - 1 : end + 1])


def _shared(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    both = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(both) if left != right), min(len(one), len(other)))


def _only(quoted: str, passage: str) -> Only | None:
    """What alone differs between two spans, where they are otherwise the same."""
    if max(len(quoted), len(passage)) > _COMPARED:
        return None
    return next((only for only, plain in _PLAIN.items() if plain(quoted) == plain(passage)), None)


def _shown(text: str) -> str:
    return "".join(mark for mark in text if unicodedata.category(mark) != "Cf")


_PLAIN: Final[dict[Only, Callable[[str], str]]] = {
    Only.COMPOSITION: lambda text: unicodedata.normalize("NFC", text),
    Only.WHITE_SPACE: lambda text: "".join(text.split()),
    Only.CASE: _lowered,
    Only.HIDDEN: _shown,
    Only.LOOK_ALIKE: lambda text: unicodedata.normalize("NFKC", text.translate(_ALIKE)),
    Only.PUNCTUATION: lambda text: re.sub(r"\W", "", text),
}
"""What is left of a passage where that alone does not count, from the least difference to the greatest."""
