"""What all formats for people share: colours, widths, and text that can do no harm on a terminal."""

import json
import re
from typing import Any, Final, NamedTuple

from diplomatic_events.wording import UNSEEN

Piece = tuple[str, str]
"""Some text and the name of its style."""

STYLES: Final = {
    "error": "bold red",
    "warning": "bold yellow",
    "note": "bold cyan",
    "strong": "bold",
    "frame": "blue",
    "plain": "",
}

_JOINED: Final = "\u0620-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17b3\u1820-\u18aa"
"""Letters that U+200C keeps from joining the next one, as in Persian and Hindi."""

_PICTURES: Final = "\u00a9\u00ae\u203c\u2049\u2100-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
"""Symbols of which the selector U+FE0F makes a coloured picture."""

_SEEN: Final = f"(?<![{_JOINED}]\u200c(?=[{_JOINED}]))(?<![{_PICTURES}]\ufe0f)"
"""Not where one of these two does show something: in its place among others, and not by itself.

U+200D does so as well, but how wide is what it joins differs between terminals; its escape has one width.
"""

_SURROGATES: Final = range(0xD800, 0xE000)
_BYTES: Final = range(0xDC80, 0xDD00)
"""What Python makes of the bytes of a file name that are not UTF-8."""

_HIDDEN: Final = f"[{UNSEEN}]{_SEEN}"
_UNSAFE: Final = f"[\x00-\x1f{UNSEEN}]{_SEEN}"


class Style(NamedTuple):
    """How a report is shown. ``seconds`` is what the run took; ``most`` limits how often one rule is shown in full."""

    color: bool = False
    width: int = 100
    seconds: float | None = None
    most: int | None = None
    statistics: bool = False


def visible(text: str) -> str:
    r"""A text with every control character and every character that shows nothing written as an escape.

    Two stay where they show something: U+200C between letters that it keeps from joining, and U+FE0F behind a symbol of
    which it makes a picture. By itself, as the one thing that is marked, each is escaped. A byte of a file's name that
    is not UTF-8, which Python holds as half a surrogate pair, is written as a byte: ``\xe9``.
    """
    return re.sub(_UNSAFE, _escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] == "\t":
        return "    "
    if code in _BYTES:
        return f"\\x{code - _BYTES.start + 0x80:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def json_text(value: Any, indent: int | None = None) -> str:
    """A value as JSON, as every command prints it: it harms no terminal, and every parser takes it.

    What `visible` escapes is escaped as JSON does it. Half a surrogate pair is no character, and parsers refuse its escape:
    it is written as `visible` writes it, so that a file has the same name in every report.
    """
    return re.sub(_HIDDEN, _escape_in_json, json.dumps(value, ensure_ascii=False, indent=indent))


def _escape_in_json(match: re.Match[str]) -> str:
    return json.dumps(_escape(match) if ord(match[0]) in _SURROGATES else match[0])[1:-1]


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: two for a wide character, none for a combining mark."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # only text beyond ASCII pays for the import

    return cell_len(text)


def fitted(before: str, marked: str, after: str, width: int) -> tuple[str, str, str]:
    """A line in three parts, cropped to a width around its marked part; an ellipsis stands for what is left out."""
    if cells(before) + cells(marked) + cells(after) <= width:
        return before, marked, after
    marked = _head(marked, max(width * 2 // 3, 8))
    left = width - cells(marked)
    before = _head(before[::-1], max(left // 2, left - cells(after)))[::-1]
    after = _head(after, left - cells(before))
    return before, marked, "" if after == "…" and marked.endswith("…") else after


def _head(text: str, width: int) -> str:
    """As much of the beginning of a text as fits, with an ellipsis where it is cut."""
    if cells(text) <= width:
        return text
    taken = 0
    for index, character in enumerate(text):
        taken += cells(character)
        if taken >= width:
            return f"{text[:index]}…"
    return text


def paint(pieces: list[Piece], style: Style) -> str:
    """Pieces of text as one string, with the colours of a terminal where those are wanted."""
    if not style.color:
        return "".join(text for text, _ in pieces)
    from io import StringIO  # plain output does not pay for the imports

    from rich.console import Console
    from rich.text import Text

    out = StringIO()
    console = Console(
        file=out, force_terminal=True, no_color=False, color_system="standard", width=style.width, highlight=False
    )
    console.print(Text.assemble(*((text, STYLES[name]) for text, name in pieces)), end="", soft_wrap=True)
    return out.getvalue()


def plural(number: int, noun: str) -> str:
    """A number and its noun: `1 file`, `2 files`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
