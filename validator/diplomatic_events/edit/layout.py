"""A changed JSON value in the layout of its old text: what did not change stays character for character.

Records are kept under version control and read by people, so a change of two properties must not reformat the whole
file. Numbers and escapes also stay as they were written.
"""

import json
import re
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

_BLANK: Final = re.compile(r"[ \t\r\n]*+")
_READ: Final = json.JSONDecoder().raw_decode
_BRACKETS: Final[dict[type, tuple[str, str]]] = {dict: ("{", "}"), list: ("[", "]")}


class _Written(NamedTuple):
    """A value and its place in the text; ``items`` are those of an object or a list."""

    start: int
    end: int
    value: Any
    items: tuple["_Item", ...] = ()


class _Item(NamedTuple):
    """A value inside another. ``start`` is where its name begins or, in a list, the value itself."""

    number: int
    key: str | None
    start: int
    written: _Written


class _Layout(NamedTuple):
    """The text between the items of an object or a list; ``inner`` is their indentation."""

    opening: str
    separator: str
    closing: str
    inner: str


class Document:
    """A JSON text in which `diplomatic_events.jsontext.parse` finds no fault, and its ``value``.

    A byte order mark, the line ends and the text before and after the value are kept.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._containers: dict[str, _Written] = {}
        self._root = self._read_value(_skip(text, 1 if text.startswith("\ufeff") else 0))
        self.value: Any = self._root.value
        first = self._root.items[0] if self._root.items else None
        opening = text[self._root.start + 1 : first.start] if first else ""
        self._unit = opening.rpartition("\n")[2] if "\n" in opening else None
        self._line_end = "\r\n" if "\r\n" in opening else "\n"
        self._colon = self._colon_of(first) if first and first.key is not None else ": "
        self._comma = self._separator(self._root, opening)

    def rewritten(self, value: Any) -> str:
        """The text with another value."""
        return self._text[: self._root.start] + self._write(value, self._root, "") + self._text[self._root.end :]

    def _read_value(self, start: int) -> _Written:
        text = self._text
        if text[start] not in "{[":
            value, end = _READ(text, start)
            return _Written(start, end, value)
        items: list[_Item] = []
        at = _skip(text, start + 1)
        while text[at] not in "}]":
            key, here = None, at
            if text[start] == "{":
                key, end = _READ(text, at)
                here = _skip(text, _skip(text, end) + 1)
            item = _Item(len(items), key, at, self._read_value(here))
            items.append(item)
            at = _skip(text, item.written.end)
            at = _skip(text, at + 1) if text[at] == "," else at
        values = [item.written.value for item in items]
        inner = dict(zip((item.key for item in items), values, strict=True)) if text[start] == "{" else values
        written = _Written(start, at + 1, inner, tuple(items))
        self._containers.setdefault(_dump(inner), written)
        return written

    def _write(self, value: Any, old: _Written | None, indent: str) -> str:
        if old is not None and _dump(old.value) == _dump(value):
            return self._text[old.start : old.end]
        if not isinstance(value, dict | list) or not value:
            return _dump(value)
        alike = self._containers.get(_dump(value))
        return self._copied(alike, indent) if alike else self._container(value, old, indent)

    def _copied(self, old: _Written, indent: str) -> str:
        """A value that has moved, indented for its new place."""
        line = self._text[self._text.rfind("\n", 0, old.start) + 1 : old.start]
        indented = line[: len(line) - len(line.lstrip(" \t"))]
        return self._text[old.start : old.end].replace(f"\n{indented}", f"\n{indent}")

    def _container(self, value: Any, old: _Written | None, indent: str) -> str:
        items = old.items if old is not None and type(old.value) is type(value) else ()
        layout = self._layout(old if items else None, indent)
        keys: Sequence[str | None] = list(value) if isinstance(value, dict) else [None] * len(value)
        children = list(value.values()) if isinstance(value, dict) else value
        partners = _partners(keys, children, items)
        parts: list[str] = []
        before: _Item | None = None
        for number, (key, child, item) in enumerate(zip(keys, children, partners, strict=True)):
            parts.append(layout.opening if number == 0 else self._between(before, item, layout.separator))
            if key is not None:
                parts.append(self._label(key, item))
            parts.append(self._write(child, item.written if item else None, layout.inner))
            before = item
        opening, closing = _BRACKETS[type(value)]
        return f"{opening}{''.join(parts)}{layout.closing}{closing}"

    def _between(self, before: _Item | None, item: _Item | None, separator: str) -> str:
        """The old text between two items that were neighbours, or else the usual separator."""
        if before is not None and item is not None and item.number == before.number + 1:
            return self._text[before.written.end : item.start]
        return separator

    def _label(self, key: str, item: _Item | None) -> str:
        if item is not None and item.key == key:
            return self._text[item.start : item.written.start]
        return _dump(key) + (self._colon_of(item) if item is not None else self._colon)

    def _colon_of(self, item: _Item) -> str:
        return self._text[_READ(self._text, item.start)[1] : item.written.start]

    def _layout(self, old: _Written | None, indent: str) -> _Layout:
        if old is not None:
            opening = self._text[old.start + 1 : old.items[0].start]
            inner = opening.rpartition("\n")[2] if "\n" in opening else indent
            closing = self._text[old.items[-1].written.end : old.end - 1]
            return _Layout(opening, self._separator(old, opening), closing, inner)
        if self._unit is None:
            return _Layout("", self._comma, "", indent)
        opening = f"{self._line_end}{indent}{self._unit}"
        return _Layout(opening, f",{opening}", f"{self._line_end}{indent}", indent + self._unit)

    def _separator(self, old: _Written, opening: str) -> str:
        if "\n" in opening:
            return f",{opening}"
        return self._text[old.items[0].written.end : old.items[1].start] if len(old.items) > 1 else ", "


_WORDS_AND_BLANKS: Final = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*+")|([,:])|[ \t\r\n]++')


def in_one_line(text: str) -> str:
    """A JSON text without faults on a single line, with numbers and escapes as they were written."""
    return _WORDS_AND_BLANKS.sub(
        lambda found: found[1] or (f"{found[2]} " if found[2] else ""), text.removeprefix("\ufeff")
    )


def _partners(keys: Sequence[str | None], children: Sequence[Any], old: Sequence[_Item]) -> list[_Item | None]:
    """For each new item, the old one whose layout it takes over; a wrong guess only costs beauty."""
    found: list[_Item | None] = [None] * len(children)
    taken: set[int] = set()

    def pair(new: Sequence[Any], key: Callable[[_Item], Any]) -> None:
        waiting: dict[Any, deque[_Item]] = {}
        for item in old:
            if item.number not in taken and (name := key(item)) is not None:
                waiting.setdefault(name, deque()).append(item)
        for number, name in enumerate(new):
            if found[number] is None and (candidates := waiting.get(name)):
                item = candidates.popleft()
                found[number] = item
                taken.add(item.number)

    if any(key is not None for key in keys):
        pair(keys, lambda item: item.key)
    else:
        pair([_dump(child) for child in children], lambda item: _dump(item.written.value))
        pair([_id(child) for child in children], lambda item: _id(item.written.value))
    pair([_kind(child) for child in children], lambda item: _kind(item.written.value))
    return found


def _id(value: Any) -> str | None:
    id = value.get("id") if isinstance(value, dict) else None
    return id if isinstance(id, str) else None


def _kind(value: Any) -> type | None:
    return type(value) if type(value) in _BRACKETS else None


def _dump(value: Any) -> str:
    """A value on one line: equal only for values written the same way, in the same order."""
    return json.dumps(value, ensure_ascii=False)


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at
