"""The nearest right spelling of a wrong one."""

from collections.abc import Iterable
from typing import Final

_MUCH: Final = 0.12
LONGEST: Final = 200
"""Longer words are not compared: the time grows with the product of two lengths."""

MOST_HELPED: Final = 100
"""Beyond so many faults of one rule in a record, the right spelling is no longer looked for: it takes long."""


def nearest(wrong: str, right: Iterable[str], *, most: int = 3, cutoff: float = 0.6) -> list[str]:
    """The candidates most like a misspelt word, best first; letters of the wrong case count as alike.

    Where one comes much nearer than the others, it stands alone.
    """
    from difflib import SequenceMatcher, get_close_matches  # only a run that found something pays for the import

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
    """A question that names the nearest candidates, or None where nothing comes near."""
    return question(nearest(wrong, right, most=most))


def question(candidates: list[str]) -> str | None:
    """The question itself: ``did you mean `belarus`?``."""
    if not candidates:
        return None
    named = [f"`{candidate}`" for candidate in candidates]
    return f"did you mean {named[0] if len(named) == 1 else ', '.join(named[:-1]) + ' or ' + named[-1]}?"
