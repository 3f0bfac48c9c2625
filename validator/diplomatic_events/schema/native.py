"""The schema as the native engine gets it: without what it need not read, and with patterns that are quicker in Rust.

For most records it is also narrowed, so that whatever keeps it has no blank text, but for the longest: one pass tests both.
A record that does not keep the narrowed one may still be valid: it is then held against the schema itself, and its texts
are looked through one by one.
"""

from typing import Any, Final

from diplomatic_events.wording import BLANK_CHARACTERS

MAY_BE_BLANK: Final = frozenset(["prefix", "suffix", "textFile"])
"""Properties whose text may be blank."""

LONG: Final = frozenset(["exact", "text"])
"""Properties of evidence and of sources, whose text the narrowed schema leaves out: to look into it takes the engine too long."""

_BY_NAME: Final = frozenset(["properties", "$defs", "dependentRequired"])
"""Keywords whose value has something for each name."""

_LIMITS: Final = frozenset(["pattern", "enum", "const"])
"""Keywords that say which strings there can be."""

_CONDITIONS: Final = frozenset(["if", "not", "oneOf"])
"""Keywords whose schema must stay as it is: if it were narrowed, more would be valid."""

_FOR_READERS: Final = frozenset(["title", "description", "examples", "$comment"])
"""Keywords that say nothing of what is valid, as do those of our own, which begin with `x-`."""

_AHEAD: Final = r"^(?![ \t\r\n])"
_SAME_IN_RUST: Final = ((r"$(?!\n)", "$"), (_AHEAD, r"^(?:[^ \t\r\n]|$)"))
"""What the patterns of the schema say by looking ahead, and the same without: in Rust, `$` is the very end and nothing else.

To look ahead takes two fifths of the time that it takes to judge a valid record.
"""

_IN_SIGHT: Final = f"^[^{BLANK_CHARACTERS}]".replace("\ud800-\udfff", "")  # Rust has no halves of characters


def native(schema: dict[str, Any], *, visible: bool = False, name: str = "") -> dict[str, Any]:
    """A schema, or the part of one for the property of this name, for the native engine; ``visible`` is the narrowed one.

    Strings that have a pattern already, such as dates and ids, have no place for blank text.
    """
    part = {key: _part(key, inner, visible=visible) for key, inner in schema.items() if not _is_for_readers(key)}
    if visible and part.get("type") == "string" and not part.keys() & _LIMITS and name not in MAY_BE_BLANK | LONG:
        part["pattern"] = _IN_SIGHT
    return part


def _part(key: str, inner: Any, *, visible: bool) -> Any:
    visible = visible and key not in _CONDITIONS
    if isinstance(inner, list):
        return [_part("", one, visible=visible) for one in inner]
    if isinstance(inner, dict):
        if key not in _BY_NAME:
            return native(inner, visible=visible)
        return {
            name: native(part, visible=visible, name=name if key == "properties" else "")
            if isinstance(part, dict)
            else part
            for name, part in inner.items()
        }
    if key == "pattern":
        if visible and inner == _AHEAD:
            return _IN_SIGHT
        for ahead, same in _SAME_IN_RUST:
            inner = inner.replace(ahead, same)
    return inner


def _is_for_readers(key: str) -> bool:
    return key in _FOR_READERS or key.startswith("x-")
