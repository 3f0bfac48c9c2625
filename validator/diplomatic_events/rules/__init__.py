"""The rules: what only someone who read the whole record, and its sources, would find."""

from diplomatic_events.rules import (
    annotations,
    base,
    codes,
    corpus,
    dates,
    evidence,
    participation,
    references,
    statements,
)

__all__ = [
    "annotations",
    "base",
    "codes",
    "corpus",
    "dates",
    "evidence",
    "participation",
    "references",
    "statements",
]
