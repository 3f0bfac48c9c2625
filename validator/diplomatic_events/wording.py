"""Words in messages: nouns with their article, texts cut short and quoted, characters by their names."""

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
"""Letters of other scripts, dashes and dots, each with the ASCII character that it is mistaken for."""

UNSEEN: Final = (
    "\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Control characters, characters that change the direction of text and invisible characters, as the inside of a character
class; ASCII control characters and white space are left out, except U+007F."""

BLANK_CHARACTERS: Final = f"{UNSEEN}\x00-\x20\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000"
"""These and white space, as the inside of a character class: a text of nothing else shows nothing."""


def with_article(noun: str) -> str:
    """A noun with its indefinite article: `a party`, `an office`; a plural has none."""
    if noun in _UNCOUNTED or (noun.endswith("s") and not noun.endswith(_SINGULAR)):
        return noun
    return f"an {noun}" if noun[:1] in "aeiou" else f"a {noun}"


def quoted(text: str) -> str:
    """A text as a message shows it: shortened, and between backticks."""
    return f"`{text}`" if len(text) <= _LONGEST else f"`{text[: _LONGEST - 3]}…`"


def named(character: str) -> str:
    """A character by its code point and name: `U+0430 (CYRILLIC SMALL LETTER A)`; `nothing` for an empty text."""
    if not character:
        return "nothing"
    name = _CONTROLS.get(character) or unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def listed(names: list[str], last: str = "and") -> str:
    """Names as a list in a sentence: `a`, `b` and `c`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}"


def wrapped(name: str, part: Any) -> tuple[str, str]:
    """The message and help for a file whose object has the record, or a list of records, as a part."""
    if isinstance(part, list):
        message = f"the records stand in a list, {quoted(name)}; a file holds one record"
        return message, "put the records into an .ndjson file, one on each line"
    return f"the record stands inside {quoted(name)}", "a file holds the record itself: put what is inside in its place"
