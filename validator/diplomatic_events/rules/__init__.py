"""The rules: what only someone who read the whole record, and its sources, would find."""

from diplomatic_events.rules import (
    annotations,
    codes,
    corpus,
    dates,
    evidence,
    participation,
    record,
    references,
    statements,
)

__all__ = [
    "annotations",
    "codes",
    "corpus",
    "dates",
    "evidence",
    "participation",
    "record",
    "references",
    "statements",
]
