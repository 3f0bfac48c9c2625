"""A schema narrowed so that whatever keeps it has no blank text, but for the longest: one pass tests both.

Most records keep it. A record that does not may still be valid: it is then held against the schema itself, and its texts are
looked through one by one.
"""

from typing import Any, Final

from diplomatic_events.wording import BLANK_CHARACTERS

MAY_BE_BLANK: Final = frozenset(["prefix", "suffix", "textFile"])
"""Properties whose text may be blank."""

LONG: Final = frozenset(["exact", "text"])
"""Properties of evidence and of sources, whose text the narrowed schema leaves out: to look into it takes the engine too long."""

_OF_TEXT: Final = r"^(?![ \t\r\n])"
_IN_SIGHT: Final = f"^[^{BLANK_CHARACTERS}]".replace("\ud800-\udfff", "")  # Rust has no halves of characters


def visible(part: Any, name: str = "") -> Any:
    """A part of a schema, which the property of this name keeps, so narrowed.

    Patterns without what the narrowed ones need, such as those of dates and ids, have no place for blank text.
    """
    if isinstance(part, list):
        return [visible(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    narrow = {key: _narrowed(key, inner) for key, inner in part.items()}
    if part.get("pattern") == _OF_TEXT or (
        part.get("type") == "string"
        and name not in MAY_BE_BLANK | LONG
        and not part.keys() & {"pattern", "enum", "const"}
    ):
        narrow["pattern"] = _IN_SIGHT
    return narrow


def _narrowed(key: str, inner: Any) -> Any:
    if key == "properties":
        return {name: visible(part, name) for name, part in inner.items()}
    return visible(inner) if isinstance(inner, dict | list) else inner
