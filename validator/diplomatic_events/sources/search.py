"""Passages looked for in a long text: a few by going through it, very many by an index of it."""

from array import array
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from typing import Final

MOST_EFFORT: Final = 1_000_000_000
"""So many characters are gone through for one record: some seconds at most, whatever they are."""

TOO_LONG: Final = "looking them all up would take too long"

_PATIENCE: Final = 100_000_000
"""When searches have gone through this many characters of a text, an index is worth the time that it takes."""

_SIZES: Final = (16, 4)
"""How many characters a row of an index has: the most of these that a passage has room for."""

_FEW: Final = 8
"""A row that stands in so few places is rare enough."""

_MOST_TRIED: Final = 5_000
"""Where a passage may stand in more places than this, going through the text finds it sooner."""

_MOST_ROWS: Final = 256
"""Of a very long passage, only so many rows are looked at for a rare one."""

_COST: Final = 100
"""To look at one row or to try one place takes as long as to go through so many characters."""


class Searched:
    """A text in which passages are looked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._gone = 0
        self._indexes: dict[int, _Index] = {}
        self._last: tuple[str, list[int] | None] = ("", None)

    @property
    def effort(self) -> int:
        """How many characters have been gone through so far, or what took as long."""
        return self._gone + sum(index.effort for index in self._indexes.values())

    def find(self, exact: str, start: int = 0) -> int:
        """Where a passage stands first, from an offset on; -1 where it does not."""
        places = self._places(exact)
        if places is not None:
            at = bisect_left(places, start)
            return places[at] if at < len(places) else -1
        found = self.text.find(exact, start)
        self._gone += max(0, (found if found >= 0 else len(self.text)) - start)
        return found

    def count(self, exact: str) -> int:
        """How often a passage stands in the text, as `str.count` counts."""
        places = self._places(exact)
        if places is None:
            self._gone += len(self.text)
            return self.text.count(exact)
        count = end = 0
        for place in places:
            if place >= end:
                count, end = count + 1, place + len(exact)
        return count

    def nearest(self, exact: str, start: int) -> int | None:
        """Where a passage stands closest to an offset, or None where it does not stand at all."""
        places = self._places(exact)
        if places is None:
            return self._nearest(exact, start)
        at = bisect_left(places, start)
        return min(places[max(0, at - 1) : at + 1], key=lambda place: abs(place - start), default=None)

    def _nearest(self, exact: str, start: int) -> int | None:
        around = len(exact)
        while True:
            left, right = max(0, start - around), min(start + around + len(exact), len(self.text))
            self._gone += max(0, right - left)
            places = (self._last_place(exact, left, start), self.text.find(exact, start, right))
            found = [place for place in places if place >= 0]
            if found:
                return min(found, key=lambda place: abs(place - start))
            if left == 0 and right == len(self.text):
                return None
            around *= 4

    def _last_place(self, exact: str, left: int, start: int) -> int:
        """Where a passage begins for the last time from one offset to another, or -1.

        It is looked for from the back to the front by `find`, since `rfind` takes the product of both lengths at worst.
        """
        backwards = self.text[left : start + len(exact)][::-1].find(exact[::-1])
        return -1 if backwards < 0 else min(start + len(exact), len(self.text)) - backwards - len(exact)

    @cached_property
    def _characters(self) -> frozenset[str]:
        return frozenset(self.text)

    def _places(self, exact: str) -> list[int] | None:
        """Every place of a passage in order, if an index has them; None where the text itself must be gone through."""
        if self._gone < _PATIENCE:
            return None
        if not self._characters.issuperset(exact):
            return []
        size = next((size for size in _SIZES if len(exact) >= 2 * size - 1), None)
        if size is None:
            return None
        if exact != self._last[0]:
            if size not in self._indexes:
                self._indexes[size] = _Index(self.text, size)
            self._last = (exact, self._indexes[size].places(exact))
        return self._last[1]


class _Index:
    """Every row of ``size`` characters of a text that begins at a multiple of that.

    A passage of at least twice as many characters less one has such a row in it, wherever it stands. The rows are kept
    in the order of their hashes, by these and by their numbers, so an index takes four bytes for each character of a
    text at most.
    """

    def __init__(self, text: str, size: int) -> None:
        self._text = text
        self._size = size
        hashes = [hash(text[at : at + size]) for at in range(0, len(text) - size + 1, size)]
        order = sorted(range(len(hashes)), key=hashes.__getitem__)
        self._hashes = array("q", map(hashes.__getitem__, order))
        self._rows = array("L", order)
        self.effort = 0

    def places(self, exact: str) -> list[int] | None:
        """Every place of a passage, or None where there may be too many."""
        rarest = [self._rarest(exact, shift) for shift in range(self._size)]
        number = sum(end - begin for _, begin, end in rarest)
        if number > _MOST_TRIED:
            return None
        self.effort += number * _COST
        candidates = (self._rows[row] * self._size - at for at, begin, end in rarest for row in range(begin, end))
        return sorted(place for place in candidates if place >= 0 and self._text.startswith(exact, place))

    def _rarest(self, exact: str, shift: int) -> tuple[int, int, int]:
        """Of the rows of a passage at an offset and at multiples of the size behind it, one that is rare in the text.

        It is given with the part of the index that has it. Where the passage stands so that one of these rows is in the
        index, all of them are.
        """
        best = (shift, 0, len(self._rows))
        for at in range(shift, min(len(exact) - self._size, shift + _MOST_ROWS * self._size) + 1, self._size):
            row = hash(exact[at : at + self._size])
            begin = bisect_left(self._hashes, row)
            end = bisect_right(self._hashes, row, begin)
            self.effort += _COST
            if end - begin < best[2] - best[1]:
                best = (at, begin, end)
            if end - begin <= _FEW:
                break
        return best


@lru_cache(maxsize=8)
def searched(text: str) -> Searched:
    """The text, with what earlier searches have learnt of it."""
    return Searched(text)


class Allowance:
    """How much may be gone through for one record, in one text after the other."""

    def __init__(self, most: int = MOST_EFFORT) -> None:
        self._left = most
        self._text = Searched("")
        self._before = 0

    def covers(self, text: str, more: int = 0) -> bool:
        """Whether a text may be gone through once more: what that takes is counted, and so much more beside it."""
        content = searched(text)
        if content is not self._text:
            self._left -= self._text.effort - self._before
            self._text, self._before = content, content.effort
        covered = self._left - (content.effort - self._before) > more
        self._left -= more if covered else 0
        return covered
