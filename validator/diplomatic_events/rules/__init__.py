"""The rules: what only someone who read the whole record, and its sources, would find."""

from diplomatic_events.rules import annotations, base, codes, evidence, references, statements

__all__ = ["annotations", "base", "codes", "evidence", "references", "statements"]
