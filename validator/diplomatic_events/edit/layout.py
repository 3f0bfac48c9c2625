"""A changed JSON value in the layout of its old text: what did not change keeps its characters.

Records are kept under version control and read by people, so a change of two properties must not lay out the whole
file anew. Numbers and escapes, too, stay as somebody wrote them.
"""

import json
import re
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

_BLANK: Final = re.compile(r"[ \t\r\n]*+")
_READ: Final = json.JSONDecoder().raw_decode
_BRACKETS: Final[dict[type, tuple[str, str]]] = {dict: ("{", "}"), list: ("[", "]")}


class _Node(NamedTuple):
    """A value and where it stands in the text; ``entries`` are those of an object or a list."""

    start: int
    end: int
    value: Any
    entries: tuple["_Entry", ...] = ()


class _Entry(NamedTuple):
    """A value inside another. ``start`` is where its name begins, or the value itself in a list."""

    number: int
    key: str | None
    start: int
    node: _Node


class _Layout(NamedTuple):
    """What stands between the entries of an object or a list; ``inner`` is how far they are indented."""

    opening: str
    separator: str
    closing: str
    inner: str


class Document:
    """A JSON text without faults, as `diplomatic_events.jsontext.parse` tells, and its ``value``.

    A byte order mark, the line ends and what stands before and behind the value are kept.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._containers: dict[str, _Node] = {}
        self._root = self._node(_skip(text, 1 if text.startswith("\ufeff") else 0))
        self.value: Any = self._root.value
        first = self._root.entries[0] if self._root.entries else None
        opening = text[self._root.start + 1 : first.start] if first else ""
        self._unit = opening.rpartition("\n")[2] if "\n" in opening else None
        self._line_end = "\r\n" if "\r\n" in opening else "\n"
        self._colon = self._colon_of(first) if first and first.key is not None else ": "
        self._comma = self._separator(self._root, opening)

    def rewritten(self, value: Any) -> str:
        """The text with another value."""
        return self._text[: self._root.start] + self._write(value, self._root, "") + self._text[self._root.end :]

    def _node(self, start: int) -> _Node:
        text = self._text
        if text[start] not in "{[":
            value, end = _READ(text, start)
            return _Node(start, end, value)
        entries: list[_Entry] = []
        at = _skip(text, start + 1)
        while text[at] not in "}]":
            key, here = None, at
            if text[start] == "{":
                key, end = _READ(text, at)
                here = _skip(text, _skip(text, end) + 1)
            entry = _Entry(len(entries), key, at, self._node(here))
            entries.append(entry)
            at = _skip(text, entry.node.end)
            at = _skip(text, at + 1) if text[at] == "," else at
        values = [entry.node.value for entry in entries]
        inner = dict(zip((entry.key for entry in entries), values, strict=True)) if text[start] == "{" else values
        node = _Node(start, at + 1, inner, tuple(entries))
        self._containers.setdefault(_dump(inner), node)
        return node

    def _write(self, value: Any, node: _Node | None, indent: str) -> str:
        if node is not None and _dump(node.value) == _dump(value):
            return self._text[node.start : node.end]
        if not isinstance(value, dict | list) or not value:
            return _dump(value)
        alike = self._containers.get(_dump(value))
        return self._copied(alike, indent) if alike else self._container(value, node, indent)

    def _copied(self, node: _Node, indent: str) -> str:
        """A value that has moved, indented as its new place needs."""
        line = self._text[self._text.rfind("\n", 0, node.start) + 1 : node.start]
        old = line[: len(line) - len(line.lstrip(" \t"))]
        return self._text[node.start : node.end].replace(f"\n{old}", f"\n{indent}")

    def _container(self, value: Any, node: _Node | None, indent: str) -> str:
        old = node.entries if node is not None and type(node.value) is type(value) else ()
        layout = self._layout(node if old else None, indent)
        keys: Sequence[str | None] = list(value) if isinstance(value, dict) else [None] * len(value)
        children = list(value.values()) if isinstance(value, dict) else value
        partners = _partners(keys, children, old)
        parts: list[str] = []
        before: _Entry | None = None
        for number, (key, child, entry) in enumerate(zip(keys, children, partners, strict=True)):
            parts.append(layout.opening if number == 0 else self._between(before, entry, layout.separator))
            if key is not None:
                parts.append(self._label(key, entry))
            parts.append(self._write(child, entry.node if entry else None, layout.inner))
            before = entry
        opening, closing = _BRACKETS[type(value)]
        return f"{opening}{''.join(parts)}{layout.closing}{closing}"

    def _between(self, before: _Entry | None, entry: _Entry | None, separator: str) -> str:
        """What stood between two entries that were neighbours, or what stands between all."""
        if before is not None and entry is not None and entry.number == before.number + 1:
            return self._text[before.node.end : entry.start]
        return separator

    def _label(self, key: str, entry: _Entry | None) -> str:
        if entry is not None and entry.key == key:
            return self._text[entry.start : entry.node.start]
        return _dump(key) + (self._colon_of(entry) if entry is not None else self._colon)

    def _colon_of(self, entry: _Entry) -> str:
        return self._text[_READ(self._text, entry.start)[1] : entry.node.start]

    def _layout(self, node: _Node | None, indent: str) -> _Layout:
        if node is not None:
            opening = self._text[node.start + 1 : node.entries[0].start]
            inner = opening.rpartition("\n")[2] if "\n" in opening else indent
            closing = self._text[node.entries[-1].node.end : node.end - 1]
            return _Layout(opening, self._separator(node, opening), closing, inner)
        if self._unit is None:
            return _Layout("", self._comma, "", indent)
        opening = f"{self._line_end}{indent}{self._unit}"
        return _Layout(opening, f",{opening}", f"{self._line_end}{indent}", indent + self._unit)

    def _separator(self, node: _Node, opening: str) -> str:
        if "\n" in opening:
            return f",{opening}"
        return self._text[node.entries[0].node.end : node.entries[1].start] if len(node.entries) > 1 else ", "


_WORDS_AND_BLANKS: Final = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*+")|([,:])|[ \t\r\n]++')


def in_one_line(text: str) -> str:
    """A JSON text without faults in a single line, its numbers and escapes as somebody wrote them."""
    return _WORDS_AND_BLANKS.sub(
        lambda found: found[1] or (f"{found[2]} " if found[2] else ""), text.removeprefix("\ufeff")
    )


def _partners(keys: Sequence[str | None], children: Sequence[Any], old: Sequence[_Entry]) -> list[_Entry | None]:
    """For each new entry the old one whose layout it takes over; a wrong guess costs nothing but beauty."""
    found: list[_Entry | None] = [None] * len(children)
    taken: set[int] = set()

    def pair(new: Sequence[Any], key: Callable[[_Entry], Any]) -> None:
        waiting: dict[Any, deque[_Entry]] = {}
        for entry in old:
            if entry.number not in taken and (name := key(entry)) is not None:
                waiting.setdefault(name, deque()).append(entry)
        for number, name in enumerate(new):
            if found[number] is None and (candidates := waiting.get(name)):
                entry = candidates.popleft()
                found[number] = entry
                taken.add(entry.number)

    if any(key is not None for key in keys):
        pair(keys, lambda entry: entry.key)
    else:
        pair([_dump(child) for child in children], lambda entry: _dump(entry.node.value))
        pair([_id(child) for child in children], lambda entry: _id(entry.node.value))
    pair([_kind(child) for child in children], lambda entry: _kind(entry.node.value))
    return found


def _id(value: Any) -> str | None:
    id = value.get("id") if isinstance(value, dict) else None
    return id if isinstance(id, str) else None


def _kind(value: Any) -> type | None:
    return type(value) if type(value) in _BRACKETS else None


def _dump(value: Any) -> str:
    """A value in one line: equal only for values that are written alike, in the same order."""
    return json.dumps(value, ensure_ascii=False)


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at
