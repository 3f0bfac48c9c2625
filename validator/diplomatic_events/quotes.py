"""A quote against the text that it is said to come from."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final, NamedTuple

_CONTEXT: Final = 3
"""A passage comes near a quote only if it shares at least this many characters with its beginning or end."""

_ALIKE: Final = {
    ord(mark): plain
    for marks, plain in (("“”„«»", '"'), ("‘’‚‹›`´", "'"), ("–—−‐‑", "-"), ("\u00a0\u202f\u2009", " "))
    for mark in marks
}
"""Characters that are easily taken for one another when a text is copied."""


_LOOK_ALIKE: Final = "characters that look alike, such as quotation marks or dashes"


class Match(Enum):
    """How a quote stands to its text."""

    FOUND = "found"
    REVERSED = "reversed"
    ELSEWHERE = "elsewhere"
    OUT_OF_CONTEXT = "out-of-context"
    SEVERAL = "several"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Lookup:
    """The outcome of looking a quote up: where it stands, and how often where that is not settled."""

    match: Match
    start: int | None = None
    count: int = 0


def look_up(
    text: str,
    exact: str,
    start: int | None,
    end: int | None,
    prefix: str,
    suffix: str,
    traces: frozenset[int] | None = None,
) -> Lookup:
    """Look a quote up in a text: by its offsets if it has some, otherwise by its words and their context.

    ``traces`` are those of the text. Who has them spares the search for a quote that has others.
    """
    if start is not None and end is not None:
        if start >= end:
            return Lookup(Match.REVERSED)
        if end == start + len(exact) and text.startswith(exact, start):
            return _in_context(text, start, end, prefix, suffix)
    if traces is not None and not traces.issuperset(_traces(exact.split()[1:-1])):  # its ends may be parts of words
        return Lookup(Match.ABSENT)
    if start is not None and end is not None:
        found = nearest_occurrence(text, exact, start)
        return Lookup(Match.ABSENT) if found is None else Lookup(Match.ELSEWHERE, found, text.count(exact))
    first = text.find(exact)
    if first < 0:
        return Lookup(Match.ABSENT)
    whole = text.find(prefix + exact + suffix)
    if whole < 0:
        return Lookup(Match.OUT_OF_CONTEXT, first)
    if text.find(prefix + exact + suffix, whole + 1) >= 0:
        return Lookup(Match.SEVERAL, whole + len(prefix), text.count(exact))
    return Lookup(Match.FOUND, whole + len(prefix))


def traces(text: str) -> frozenset[int]:
    """Every word of a text and every two words that follow one another, as numbers: a quote that has others is absent."""
    return frozenset(_traces(text.split()))


def _traces(words: list[str]) -> Iterator[int]:
    return chain(map(hash, words), map(hash, pairwise(words)))


def _in_context(text: str, start: int, end: int, prefix: str, suffix: str) -> Lookup:
    around = text[max(0, start - len(prefix)) : start] == prefix and text[end : end + len(suffix)] == suffix
    return Lookup(Match.FOUND if around else Match.OUT_OF_CONTEXT, start)


def nearest_occurrence(text: str, exact: str, start: int) -> int | None:
    """Where the quote stands closest to an offset, or None where it does not stand at all."""
    around = len(exact)
    while True:
        left, right = max(0, start - around), start + around + len(exact)
        found = [place for place in (_last(text, exact, left, start), text.find(exact, start, right)) if place >= 0]
        if found:
            return min(found, key=lambda place: abs(place - start))
        if left == 0 and right >= len(text):
            return None
        around *= 4


def _last(text: str, exact: str, left: int, start: int) -> int:
    """Where the quote begins for the last time from one offset to another, or -1.

    It is looked for from the back to the front by `find`, since `rfind` takes the product of both lengths at worst.
    """
    backwards = text[left : start + len(exact)][::-1].find(exact[::-1])
    return -1 if backwards < 0 else min(start + len(exact), len(text)) - backwards - len(exact)


class Difference(NamedTuple):
    """Where a quote and the passage that comes nearest begin and cease to differ, and what sort of thing differs."""

    quoted: tuple[int, int]
    text: tuple[int, int]
    only: str | None = None


def difference(text: str, exact: str) -> Difference | None:
    """The passage nearest to a quote that does not occur, or None where none comes near.

    The passage is the one that shares the longest beginning with the quote, or else the longest end.
    """
    folded, wanted = _folded(text), exact.translate(_ALIKE)
    place = folded.find(wanted)
    if place >= 0:
        differing = [index for index, mark in enumerate(exact) if text[place + index] != mark]
        quoted = (differing[0], differing[-1] + 1)
        return Difference(quoted, (place + quoted[0], place + quoted[1]), _LOOK_ALIKE)
    return _nearest(text, exact, folded, wanted)


@lru_cache(maxsize=4)
def _folded(text: str) -> str:
    """A text in which look-alikes are the same; many quotes are held against one text."""
    return text.translate(_ALIKE)


def _nearest(text: str, exact: str, folded: str, wanted: str) -> Difference | None:
    """The passage that shares the longest beginning or end with a quote, once look-alikes count as the same."""
    head = _longest(lambda length: wanted[:length] in folded, len(exact))
    tail = _longest(lambda length: wanted[len(wanted) - length :] in folded, len(exact))
    if max(head, tail) < min(_CONTEXT, len(exact)) or max(head, tail) * 10 < len(exact):
        return None
    if head >= tail:
        begin = folded.index(wanted[:head]) + head
        rest = _longest(
            lambda length: folded.find(wanted[len(exact) - length :], begin, begin + 2 * len(exact)) >= 0,
            len(exact) - head,
        )
        stop = folded.find(wanted[len(exact) - rest :], begin) if rest >= _CONTEXT else -1
        quoted = (head, len(exact) - rest if stop >= 0 else len(exact))
        end = stop if stop >= 0 else min(begin + quoted[1] - quoted[0], len(text))
        return _widened(text, exact, quoted, (begin, end))
    stop = folded.index(wanted[len(exact) - tail :])
    limit = max(0, stop - 2 * len(exact))
    start = _longest(lambda length: folded.find(wanted[:length], limit, stop) >= 0, len(exact) - tail)
    found = folded.find(wanted[:start], limit, stop) if start >= _CONTEXT else -1
    quoted = (start if found >= 0 else 0, len(exact) - tail)
    return _widened(text, exact, quoted, (found + start if found >= 0 else max(0, stop - quoted[1]), stop))


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
    """The differing spans, widened to whole words, and what sort of thing differs if that is all."""
    (begin, end), (start, stop) = quoted, passage
    # A word that was put in or left out can be told with the space before it or the one after it: rather the latter.
    while end < len(exact) and stop < len(text) and exact[begin] == text[start] and exact[end] == text[stop]:
        begin, end, start, stop = begin + 1, end + 1, start + 1, stop + 1
    while (
        begin
        and start
        and exact[begin - 1].isalnum()
        and (exact[begin : begin + 1] + text[start : start + 1]).strip().isalnum()
    ):
        begin, start = begin - 1, start - 1
    while (
        end < len(exact)
        and stop < len(text)
        and exact[end].isalnum()
        and (exact[end - 1] + text[stop - 1]).strip().isalnum()
    ):
        end, stop = end + 1, stop + 1
    return Difference((begin, end), (start, stop), _only(exact[begin:end], text[start:stop]))


def _only(quoted: str, passage: str) -> str | None:
    """What alone differs between two spans, where they are otherwise the same."""
    if "".join(quoted.split()) == "".join(passage.split()):
        return "white space"
    if quoted.casefold() == passage.casefold():
        return "capital letters"
    if re.sub(r"\W", "", quoted) == re.sub(r"\W", "", passage):
        return "punctuation"
    return None
