"""Words as they stand in a message: nouns with their article, texts cut short and quoted, characters by their names."""

import unicodedata
from typing import Any, Final

_LONGEST: Final = 60
_UNCOUNTED: Final = ("evidence", "provenance")
_SINGULAR: Final = ("ss", "us", "series")
_CONTROLS: Final = {"\t": "TAB", "\n": "LINE FEED", "\r": "CARRIAGE RETURN"}

LOOKALIKES: Final = str.maketrans(
    "авекмнорстухіјѕԁԛԝАВЕКМНОРСТУХІЈЅαβεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ‐‑‒–—−․",
    "abekmhopctyxijsdqwABEKMHOPCTYXIJSaBeikvoptuxABEZHIKMNOPTYX------.",
)
"""Letters of other scripts, dashes and dots, and those of ASCII that they are mistaken for."""

UNSEEN: Final = (
    "\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Control characters, characters that turn the direction of text and those that show nothing, as the inside of a class of
a pattern; those of ASCII and white space are left out."""


def with_article(noun: str) -> str:
    """A noun as one of its kind: `a party`, `an office`; a plural stays alone."""
    if noun in _UNCOUNTED or (noun.endswith("s") and not noun.endswith(_SINGULAR)):
        return noun
    return f"an {noun}" if noun[:1] in "aeiou" else f"a {noun}"


def quoted(text: str) -> str:
    """A text as it is shown in a message: short, and between backticks."""
    return f"`{text}`" if len(text) <= _LONGEST else f"`{text[: _LONGEST - 3]}…`"


def named(character: str) -> str:
    """A character that does not show what it is: `U+0430 (CYRILLIC SMALL LETTER A)`; `nothing` where there is none."""
    if not character:
        return "nothing"
    name = _CONTROLS.get(character) or unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def listed(names: list[str], last: str = "and") -> str:
    """Names one after the other: `a`, `b` and `c`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def wrapped(name: str, part: Any) -> tuple[str, str]:
    """That what should be the record has it, or a list of records, as a part; and what to do about it."""
    if isinstance(part, list):
        message = f"the records stand in a list, {quoted(name)}; a file holds one record"
        return message, "put the records into an .ndjson file, one on each line"
    return f"the record stands inside {quoted(name)}", "a file holds the record itself: put what is inside in its place"
