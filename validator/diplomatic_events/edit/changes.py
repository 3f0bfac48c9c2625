"""Changes of a record as edits of its text: nothing but what they touch is written anew."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from diplomatic_events.edit.layout import Document
from diplomatic_events.findings import Change, Insert, Put, Remove, Rename, Wrap
from diplomatic_events.pointers import Pointer

_BLANK: Final = re.compile(r"[ \t\r\n]*+")

Span = tuple[int, int]


class Replaced(NamedTuple):
    """A span of a text, and what takes its place."""

    start: int
    end: int
    text: str


class Editor:
    """Turns changes of a record into edits of its JSON text, which has no fault.

    ``values`` and ``names`` are the spans of the values and of the properties' names at the paths of the changes. An entry
    of a list has no name: there, the span of its value stands for it.
    """

    def __init__(self, text: str, values: Mapping[Pointer, Span], names: Mapping[Pointer, Span]) -> None:
        self._text = text
        self._values = values
        self._names = names
        # A program that escapes every character beyond ASCII wrote the file, and will write it again.
        self._ascii = text.isascii() and "\\u" in text

    def edits(self, change: Change) -> Iterator[Replaced]:
        """The edits that make a change."""
        match change:
            case Put(path, value):
                yield Replaced(*self._values[path], self._written(value))
            case Rename(path, name):
                yield Replaced(*self._names[path], self._written(name))
            case Wrap(path):
                start, end = self._values[path]
                yield from (Replaced(start, start, "["), Replaced(end, end, "]"))
            case Remove(path):
                yield self._removed(self._names[path][0], self._values[path][1])
            case Insert(path, items):
                yield self._inserted(path, items)

    def _written(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=self._ascii)

    def _removed(self, start: int, end: int) -> Replaced:
        """An item, with the comma and the blanks up to the next one, or else from the one before it."""
        after = _skip(self._text, end)
        if self._text[after] == ",":
            return Replaced(start, _skip(self._text, after + 1), "")
        before = self._before(start)
        if self._text[before] == ",":
            return Replaced(self._before(before) + 1, end, "")
        return Replaced(before + 1, after, "")

    def _before(self, start: int) -> int:
        """Where the comma or the bracket before an item stands."""
        while self._text[start - 1] in " \t\r\n":
            start -= 1
        return start - 1

    def _inserted(self, path: Pointer, items: Mapping[str, Any] | list[Any]) -> Replaced:
        """Items after another one, parted from one another as that one is from its neighbours."""
        start, (value, end) = self._names[path][0], self._values[path]
        if isinstance(items, list):
            alike = Document(self._text[value:end])
            written = [alike.rewritten(item) for item in items]
            apart = self._apart(start, end, ", ")
        else:
            colon = self._text[self._names[path][1] : value]
            written = [self._written(name) + colon + self._written(item) for name, item in items.items()]
            apart = self._apart(start, end, ", " if colon.endswith(" ") else ",")
        return Replaced(end, end, "".join(apart + item for item in written))

    def _apart(self, start: int, end: int, usual: str) -> str:
        """A comma with the blanks that are before an item, or after it if it is the first of several on a line."""
        before, after = self._before(start), _skip(self._text, end)
        blanks = self._text[before + 1 : start]
        if self._text[before] == "," or "\n" in blanks:
            return f",{blanks}"
        return self._text[end : _skip(self._text, after + 1)] if self._text[after] == "," else usual


def applied(data: bytes, edits: list[tuple[int, int, str]], offset: int = 0) -> bytes:
    """Bytes with some spans replaced that do not overlap; offsets count from ``offset`` before the beginning."""
    parts: list[bytes] = []
    end = 0
    for start, stop, text in sorted(edits):
        parts += [data[end : start - offset], text.encode()]
        end = stop - offset
    return b"".join([*parts, data[end:]])


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at
