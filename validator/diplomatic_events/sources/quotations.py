"""Where a text gives the words of a speaker: between quotation marks, after a dialogue dash, or as a verbatim record."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

Span = tuple[int, int]
"""Where something begins and ends."""

_MOST: Final = 200_000
"""No book has as many quotation marks of one kind; a text of nothing else takes a second."""

_BREAK: Final = "\n"

_INDENT: Final = 40
"""No paragraph is indented by as much space as this."""

_FAMILIES: Final = tuple(
    re.compile(marks) for marks in ("[“”„‟]", "[«»]", "[「」]", "[『』]", '"', "[‘’]|\\n\\s*", "'|\\n\\s*")
)  # fmt: skip
"""Marks that open and close one another. Each family is read by itself, so that a stray mark of one spoils no other."""

_CLOSED_BY: Final = {"“": "”“", "„": "“”", "‟": "”", "”": "”", "«": "»", "»": "«»", "「": "」", "『": "』"}
"""What closes what has been opened: „German“, “English”, ”Swedish”, «Russian», »Danish« and »Swedish»."""

_SINGLE: Final = "‘’'"
_POSSESSIVE: Final = re.compile(r"\s+[^\W\d_A-Z]")
"""What follows an apostrophe after a plural: `the ministers’ offer`."""

_DASH: Final = re.compile(r"[^\S\n]*[—–―]")
_ASIDE: Final = re.compile(r"\s[—–―]|[—–―][\s,.;:!?]")
_LABEL: Final = re.compile(r"^[^\S\n]*([QRP](?=\s?[-–—])|[^\n:：]{0,59}[^\n:：\d](?=[:：]))", re.MULTILINE)


@lru_cache(maxsize=4)
def quotations(text: str) -> tuple[Span, ...]:
    """The passages between quotation marks, marks included, in the order in which they begin.

    A quotation of several paragraphs, each of which is opened anew, is one; what is quoted within another is of its own.
    """
    return tuple(sorted(span for marks in _FAMILIES for span in _between(text, marks)))


def _between(text: str, marks: re.Pattern[str]) -> Iterator[Span]:
    opened: list[int] = []
    for found in islice(marks.finditer(text), _MOST):
        at, mark = found.start(), found[0]
        if mark[0] == _BREAK:
            if text[found.end() : found.end() + 1] not in tuple(_SINGLE):
                opened.clear()  # an apostrophe looks like a single mark, which is therefore believed for a paragraph only
        elif opened and _begins_paragraph(text, at) and not text[at + 1 : at + 2].isspace():
            continue  # it is opened anew: in French and Spanish, by a mark that would otherwise close
        elif opened and _closes(text, at, text[opened[-1]]):
            yield opened.pop(), at + 1
        elif _opens(text, at):
            opened.append(at)


def _closes(text: str, at: int, opening: str) -> bool:
    """Whether a mark closes what another one has opened; one that can do either does not open after a word."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark in _SINGLE:
        plural = before in ("s", "S") and _POSSESSIVE.match(text, at + 1)
        return mark != "‘" and not before.isspace() and not after.isalnum() and not plural
    if mark == '"' or mark == opening:
        return not before.isspace() and not (after.isalnum() and not before.isalnum())
    return mark in _CLOSED_BY.get(opening, "")


def _opens(text: str, at: int) -> bool:
    mark, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if mark in "“„‟«「『":
        return True
    if mark in "”»\"‘'":
        return not before.isalnum() and after != "" and not after.isspace()
    return False


def _begins_paragraph(text: str, at: int) -> bool:
    """Whether nothing but space stands before a place in its paragraph."""
    _, line_break, here = text[max(0, at - _INDENT) : at].rpartition(_BREAK)
    return not here.strip() and (bool(line_break) or at < _INDENT)


def gives_own_words(text: str, start: int, end: int) -> bool:
    """Whether a passage lies in a quotation, in a paragraph that a dialogue dash begins, or in a verbatim record."""
    return _is_quoted(text, start, end) or _has_dash(text, start) or start >= _record_begins(text)


def own_words(text: str, start: int, end: int) -> list[str]:
    """The pieces of a passage that are the speaker's own words."""
    if _is_quoted(text, start, end) or start >= _record_begins(text):
        return [text[start:end]]
    spans = _after_dashes(text, start) if _has_dash(text, start) else quotations(text)
    return [text[max(start, begin) : min(end, stop)] for begin, stop in spans if begin < end and start < stop]


def _after_dashes(text: str, at: int) -> list[Span]:
    """The speech in a paragraph that begins with a dash, without the asides between further dashes."""
    begin, stop = text.rfind(_BREAK, 0, at) + 1, text.find(_BREAK, at)
    asides = [found.span() for found in _ASIDE.finditer(text, begin + 1, stop if stop >= 0 else len(text))]
    ends = [begin, *(edge for span in asides for edge in span), stop if stop >= 0 else len(text)]
    return list(zip(ends[::2], ends[1::2], strict=True))[::2]


def _is_quoted(text: str, start: int, end: int) -> bool:
    spans = quotations(text)
    return any(end <= stop for _, stop in spans[: bisect_right(spans, (start, len(text)))])


def _has_dash(text: str, at: int) -> bool:
    """Whether the paragraph of a place begins with a dash, as speech does in many languages."""
    return _DASH.match(text, text.rfind(_BREAK, 0, at) + 1) is not None


@lru_cache(maxsize=4)
def _record_begins(text: str) -> float:
    """Where a text begins to give each speaker's words after their name, as verbatim records and interviews do.

    They have three such paragraphs or more, and someone speaks again.
    """
    labels = list(islice(_LABEL.finditer(text), _MOST))
    often = Counter(found[1].strip() for found in labels)
    return labels[0].start() if len(labels) > 2 and max(often.values()) > 1 else float("inf")
