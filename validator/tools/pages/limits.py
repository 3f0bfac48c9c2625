"""What the schema demands of a single value, as phrases: for the reference and for what changed between versions."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pages.markdown import inline

_COUNTED: Final = {"Length": "character", "Items": "entry", "Properties": "property"}
_PLURALS: Final = {"character": "characters", "entry": "entries", "property": "properties"}
_BOUNDS: Final = {
    "minimum": "at least {:,}",
    "maximum": "at most {:,}",
    "exclusiveMinimum": "more than {:,}",
    "exclusiveMaximum": "less than {:,}",
}
LIMITS: Final = (
    *("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
    *_BOUNDS,
    *("uniqueItems", "pattern"),
)
"""The keywords that limit a value, in the order in which they are shown."""


def limit(keyword: str, value: Any) -> str:
    """What a keyword demands: `at most 64 characters`."""
    if keyword in _BOUNDS:
        return _BOUNDS[keyword].format(value)
    if keyword == "uniqueItems":
        return "no entry twice"
    if keyword == "pattern":
        return f"the form {inline(value)}"
    if keyword.startswith("min") and value == 1:
        return "not empty"
    noun = _COUNTED[keyword[3:]]
    return f"at {'least' if keyword.startswith('min') else 'most'} {value:,} {noun if value == 1 else _PLURALS[noun]}"


def limits(part: Mapping[str, Any]) -> Iterator[str]:
    """Everything that limits a value, but for its type and its codes."""
    yield from (limit(keyword, part[keyword]) for keyword in LIMITS if part.get(keyword, False) is not False)
