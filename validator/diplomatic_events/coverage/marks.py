"""Spans of a text as HTML elements, one within the other."""

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Mark(NamedTuple):
    """A span of a text, in code points, and the HTML element around it."""

    start: int
    end: int
    opening: str
    closing: str


def marked(text: str, marks: Iterable[Mark], shown: Callable[[str], str]) -> str:
    """The text as HTML. Of two marks that overlap, the later one ends where the earlier one does."""
    pieces: list[str] = []
    open_marks: list[Mark] = []
    at = 0

    def advance(offset: int) -> None:
        nonlocal at
        pieces.append(shown(text[at:offset]))
        at = offset

    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        while open_marks and open_marks[-1].end <= mark.start:
            ended = open_marks.pop()
            advance(ended.end)
            pieces.append(ended.closing)
        advance(mark.start)
        pieces.append(mark.opening)
        open_marks.append(mark._replace(end=min(mark.end, open_marks[-1].end) if open_marks else mark.end))
    while open_marks:
        ended = open_marks.pop()
        advance(ended.end)
        pieces.append(ended.closing)
    advance(len(text))
    return "".join(pieces)
