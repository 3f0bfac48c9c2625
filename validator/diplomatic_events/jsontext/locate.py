"""The places of a record's values in its text, computed only if something was found.

Offsets count code points of the decoded text, spans are ``(start, end)`` with the end exclusive.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from diplomatic_events.findings import Excerpt, Region
from diplomatic_events.pointers import Pointer

Span = tuple[int, int]

EXCERPT_WIDTH: Final = 160

_BLANK: Final = re.compile(r"[ \t\n\r]*+")
_LINE_END: Final = re.compile(r"\r\n?|\n")
_READ: Final = json.JSONDecoder().raw_decode


class Spans(NamedTuple):
    """The spans of values and of property names, for every path asked for."""

    values: Mapping[Pointer, Span]
    keys: Mapping[Pointer, Span]


def locate(text: str, paths: Iterable[Pointer], *, keys: Iterable[Pointer] = ()) -> Spans:
    """Find many values of one record in one pass over its text.

    Args:
        text: A JSON text without faults, nested at most 200 levels deep, as `diplomatic_events.jsontext.parse.decode` gives it.
        paths: The values to find. A path that leads nowhere gets the span of its nearest ancestor.
        keys: The properties whose names to find, quotation marks included. An element of an array has no name, so it
            gets the span of its value; a missing property gets that of its nearest ancestor.
    """
    wanted_values, wanted_keys = tuple(paths), tuple(keys)
    root = _Node()
    for path in (*wanted_values, *wanted_keys):
        root.descend(path)
    _Walk(text).value(root, _skip_blank(text, 0))
    return Spans(
        {path: root.nearest(path) for path in wanted_values},
        {path: root.nearest(path, key=True) for path in wanted_keys},
    )


def position(text: str, offset: int) -> tuple[int, int]:
    """The line and the column, from 1, of one code point: as `Lines` says it, without a list of all lines."""
    end = offset - 1 if offset and text.startswith("\r\n", offset - 1) else offset
    ends = text.count("\n", 0, end) + text.count("\r", 0, end) - text.count("\r\n", 0, end)
    start = max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1
    return ends + 1, offset - start + 1


class Lines:
    r"""The lines of a text. They end with ``\n``, ``\r\n`` or ``\r``, as in editors; U+2028 ends none.

    Args:
        text: A file's text, or one line of an NDJSON file.
        first_line: The number of the text's first line in its file.
    """

    def __init__(self, text: str, first_line: int = 1) -> None:
        self._text = text
        self._first_line = first_line
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def position(self, offset: int) -> tuple[int, int]:
        """The line in the file and the column of a code point, both from 1."""
        row = bisect_right(self._starts, offset) - 1
        return row + self._first_line, offset - self._starts[row] + 1

    def offset(self, line: int, column: int) -> int:
        """The code point at a line and a column: the reverse of `position`."""
        row = min(max(line - self._first_line, 0), len(self._starts) - 1)
        return min(self._starts[row] + column - 1, len(self._text))

    def span(self, region: Region) -> Span:
        """The span of a region: the reverse of `place`."""
        return self.offset(region.line, region.column), self.offset(region.end_line, region.end_column)

    def place(self, span: Span) -> Region:
        """The lines and columns of a span."""
        return Region(*self.position(span[0]), *self.position(span[1]))

    def excerpt(self, span: Span, *, max_width: int = EXCERPT_WIDTH) -> Excerpt:
        """The line where a span begins, cropped around the span to ``max_width`` code points.

        Only the part of the span on that line is marked. A span longer than the excerpt shows its beginning.
        """
        row = bisect_right(self._starts, span[0]) - 1
        line_start, line_end = self._starts[row], self._end(row)
        start = min(span[0], line_end)
        end = max(start, min(span[1], line_end))
        left, right = _window(line_start, line_end, start, end, max_width)
        return Excerpt(
            line=row + self._first_line,
            text=self._text[left:right],
            start=start - left,
            end=min(end, right) - left,
            cut_before=left > line_start,
            cut_after=right < line_end,
        )

    def _end(self, row: int) -> int:
        """The offset where a line ends and its line break begins."""
        if row + 1 == len(self._starts):
            return len(self._text)
        end = self._starts[row + 1]
        return end - 2 if self._text.startswith("\r\n", end - 2) else end - 1


def _window(line_start: int, line_end: int, start: int, end: int, width: int) -> Span:
    """The part of a line to show: the marked span with text on either side, or its beginning if it is too long."""
    if line_end - line_start <= width:
        return line_start, line_end
    before = max((width - (end - start)) // 2, width // 4)
    left = min(max(start - before, line_start), line_end - width)
    return left, left + width


class _Node:
    """A key on the way to wanted values, with the spans of its value and its name once found."""

    __slots__ = ("children", "key", "value")

    def __init__(self) -> None:
        self.children: dict[str | int, _Node] = {}
        self.value: Span | None = None
        self.key: Span | None = None

    def descend(self, path: Pointer) -> None:
        """Add the nodes of a path."""
        node = self
        for key in path:
            child = node.children.get(key)
            if child is None:
                child = node.children[key] = _Node()
            node = child

    def nearest(self, path: Pointer, *, key: bool = False) -> Span:
        """The span of the value at a path, or of its name; if it is not found, that of its nearest ancestor."""
        node, found = self, self.value or (0, 0)
        for step in path:
            node = node.children[step]
            if node.value is None:
                return found
            found = node.value
        return node.key if key and node.key else found


class _Walk:
    """One pass over a text that reads only what leads to wanted values, and skips the rest at C speed."""

    def __init__(self, text: str) -> None:
        self._text = text

    def value(self, node: _Node, at: int) -> int:
        """Note the span of the value at ``at`` and of what is wanted in it, and return its end."""
        opening = self._text[at]
        if node.children and opening == "{":
            end = self._object(node, at)
        elif node.children and opening == "[":
            end = self._array(node, at)
        else:
            end = _READ(self._text, at)[1]
        node.value = (at, end)
        return end

    def _object(self, node: _Node, at: int) -> int:
        text, children = self._text, node.children
        at = _skip_blank(text, at + 1)
        while text[at] != "}":
            name, end = _READ(text, at)
            value = _skip_blank(text, _skip_blank(text, end) + 1)
            child = children.get(name)
            if child is None:
                value_end = _READ(text, value)[1]
            else:
                child.key = (at, end)
                value_end = self.value(child, value)
            at = _skip_separator(text, value_end)
        return at + 1

    def _array(self, node: _Node, at: int) -> int:
        text, children = self._text, node.children
        at = _skip_blank(text, at + 1)
        index = 0
        while text[at] != "]":
            child = children.get(index)
            end = _READ(text, at)[1] if child is None else self.value(child, at)
            at = _skip_separator(text, end)
            index += 1
        return at + 1


def _skip_blank(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _skip_separator(text: str, at: int) -> int:
    """The offset of the value after the one that ends here, or of the closing bracket."""
    at = _skip_blank(text, at)
    return _skip_blank(text, at + 1) if text[at] == "," else at
