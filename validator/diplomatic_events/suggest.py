"""The right words nearest to a wrong one."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_MUCH: Final = 0.12
LONGEST: Final = 200
"""Longer words are not compared: the time grows with the product of the two lengths."""

MOST_HELPED: Final = 100
"""The right spelling is looked for in at most this many faults of one rule in a record: it is slow."""


def plain(word: str) -> str:
    """A word or phrase without what differs from writer to writer: `stateVisit`, `State-Visit` and `state visit` are one."""
    apart = re.sub("(?<=[a-z0-9])(?=[A-Z])", " ", word)
    letters = (
        letter for letter in unicodedata.normalize("NFKD", apart.casefold()) if not unicodedata.combining(letter)
    )
    return " ".join(re.findall(r"[^\W_]+", "".join(letters)))


def nearest(wrong: str, right: Iterable[str], *, most: int = 3, cutoff: float = 0.6) -> list[str]:
    """The candidates most similar to a misspelt word, best first, whatever their case.

    If one is much more similar than the others, only that one.
    """
    from difflib import SequenceMatcher, get_close_matches  # imported only when there is a finding

    if len(wrong) > LONGEST:
        return []
    by_folded: dict[str, str] = {}
    for candidate in right:
        if len(candidate) <= LONGEST:
            by_folded.setdefault(candidate.casefold(), candidate)
    matches = get_close_matches(wrong.casefold(), by_folded, most, cutoff)
    likeness = [SequenceMatcher(None, match, wrong.casefold()).ratio() for match in matches]
    return [by_folded[match] for match, like in zip(matches, likeness, strict=True) if like > likeness[0] - _MUCH]


def did_you_mean(wrong: str, right: Iterable[str], *, most: int = 3) -> str | None:
    """A question that names the nearest candidates, or None if none is similar enough."""
    return question(nearest(wrong, right, most=most))


def question(candidates: list[str]) -> str | None:
    """The question for some candidates: ``did you mean `belarus`?``."""
    if not candidates:
        return None
    named = [f"`{candidate}`" for candidate in candidates]
    return f"did you mean {named[0] if len(named) == 1 else ', '.join(named[:-1]) + ' or ' + named[-1]}?"
