"""Passages that differ from a quote in typography alone: quotation marks, dashes, white space, composed letters."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from diplomatic_events.sources.quotes import folded
from diplomatic_events.sources.search import searched
from diplomatic_events.wording import UNSEEN

_MOST: Final = 20
"""Of a passage that occurs more often, only so many places are looked at."""

_ODD: Final = re.compile(rf"[ \s{UNSEEN}]*\s[\s{UNSEEN}]*|[{UNSEEN}]+|…|\w[\u0300-\u036f]+")
"""What has another length in plain typography: white space, characters that show nothing, ellipses and loose accents."""


class _Odd(NamedTuple):
    """A piece of a text, by where it begins and ends, and where what stands for it in plain typography does."""

    start: int
    end: int
    plain_start: int
    plain_end: int


class Plain(NamedTuple):
    """A text in plain typography, and its pieces that have another length there."""

    text: str
    odd: tuple[_Odd, ...]

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a span of the plain text begins and ends in the text itself; None if a piece of that would be cut."""
        first = bisect_right(self.odd, start, key=lambda piece: piece.plain_start) - 1
        last = bisect_left(self.odd, end, key=lambda piece: piece.plain_start) - 1
        begin, stop = self._original(first, start), self._original(last, end)
        return None if begin is None or stop is None else (begin, stop)

    def _original(self, number: int, at: int) -> int | None:
        if number < 0:
            return at
        piece = self.odd[number]
        if at == piece.plain_start < piece.plain_end:
            return piece.start
        return None if at < piece.plain_end else piece.end + at - piece.plain_end


@lru_cache(maxsize=4)
def plain(text: str) -> Plain:
    """A text in plain typography; many quotes are held against one text."""
    parts: list[str] = []
    odd: list[_Odd] = []
    end = size = 0
    for found in _ODD.finditer(text):
        instead = _instead(found[0])
        if instead == found[0]:
            continue
        start = size + found.start() - end
        parts += [text[end : found.start()], instead]
        end, size = found.end(), start + len(instead)
        odd.append(_Odd(found.start(), end, start, size))
    return Plain(folded("".join([*parts, text[end:]])), tuple(odd))


def _instead(piece: str) -> str:
    if piece == "…":
        return "..."
    if any(map(str.isspace, piece)):
        return " "
    return unicodedata.normalize("NFC", piece) if piece[0].isalnum() else ""


def alike(text: str, exact: str) -> list[tuple[int, int]]:
    """Where passages begin and end that differ from a quote in typography alone, if there are some."""
    return list(_alike(plain(text), plain(exact).text))


def _alike(text: Plain, wanted: str) -> Iterator[tuple[int, int]]:
    find = searched(text.text).find
    at = find(wanted) if wanted.strip() else -1
    for _ in range(_MOST):
        if at < 0:
            return
        place = text.place(at, at + len(wanted))
        if place is not None:
            yield place
        at = find(wanted, at + 1)
