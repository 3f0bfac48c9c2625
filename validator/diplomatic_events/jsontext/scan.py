"""The exact walk through a JSON text: every fault, each at its place.

It runs only if the fast parser refused a text or could not vouch for its numbers. It builds no values and does not
recurse. Where nothing can be wrong (plain numbers, strings without surrogates, small arrays of them) one regular
expression skips thousands of values at a time, so that 8 MiB of anything take a few seconds.
"""

import json
import re
from collections import Counter
from functools import cache
from typing import Final, NamedTuple

from diplomatic_events.findings import Fault
from diplomatic_events.jsontext import faults
from diplomatic_events.jsontext.faults import shown
from diplomatic_events.pointers import Pointer

LARGEST_INTEGER: Final = 2**53 - 1
"""Readers that keep numbers as doubles silently round larger integers (RFC 7493)."""

_DECODE: Final = json.JSONDecoder().raw_decode
_BLANK: Final = r"[ \t\n\r]*+"
_STRING: Final = r'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+"'
_NUMBER: Final = r"-?(?:0|[1-9][0-9]{0,14}+)(?:\.[0-9]++)?+(?![0-9.eE])"
_LEVELS: Final = 2
_GIVE_UP_BELOW: Final = 500


class Scan(NamedTuple):
    """All faults up to the limit, in text order, and how many more each rule has."""

    faults: tuple[Fault, ...]
    omitted: tuple[tuple[str, int], ...]


def scan(text: str, *, max_depth: int, max_faults: int) -> Scan:
    """Find every fault of a JSON text.

    The walk goes on after a duplicate property, a number out of range, half a surrogate pair and a container that is
    too deep. It ends at the first syntax error, at a container several hundred levels below the limit and, once there
    are more faults than ``max_faults``, at the next container that is too deep.
    """
    walk = _Walk(text, max_depth, max_faults)
    try:
        walk.run()
    except _StoppedError as stopped:
        if stopped.fault:
            walk.report(stopped.fault)
    return Scan(tuple(walk.faults), tuple(sorted(walk.omitted.items())))


class _StoppedError(Exception):
    """The walk cannot go on."""

    def __init__(self, fault: Fault | None) -> None:
        super().__init__()
        self.fault = fault


_COLON: Final = rf"{_BLANK}:{_BLANK}"
_COMMA: Final = rf"{_BLANK},{_BLANK}"
_SURROGATE: Final = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\."


class _Tokens(NamedTuple):
    blank: re.Pattern[str]
    separator: re.Pattern[str]
    colon: re.Pattern[str]
    number: re.Pattern[str]
    literal: re.Pattern[str]
    surrogate: re.Pattern[str]
    item: re.Pattern[str]


class _Skipping(NamedTuple):
    """Patterns that skip what cannot contain a fault, starting from the opening bracket or after a value.

    ``items`` and ``more_items`` end before the next value to look at, or at the closing bracket. ``member`` and
    ``more_members`` read one name (group 1) and, if its value is plain, also what follows it (group 2).
    """

    items: re.Pattern[str]
    more_items: re.Pattern[str]
    member: re.Pattern[str]
    more_members: re.Pattern[str]


@cache
def _tokens() -> _Tokens:
    return _Tokens(
        blank=re.compile(_BLANK),
        separator=re.compile(rf"{_BLANK}([,\]}}]?){_BLANK}"),
        colon=re.compile(_COLON),
        number=re.compile(r"-?(?:0|[1-9][0-9]*+)(\.[0-9]++)?+([eE][+-]?+[0-9]++)?+(?![\w.+-])"),
        literal=re.compile(r"(?:true|false|null)(?![\w$])"),
        surrogate=re.compile(_SURROGATE),
        item=re.compile(rf"{_plain(_LEVELS)}{_COMMA}"),
    )


@cache
def _skipping(levels: int) -> _Skipping:
    """The patterns that skip containers of at most ``levels`` levels."""
    items = f"({_items(_plain(levels))})"
    member = rf'"([^"\\\x00-\x1f]*+)"{_COLON}(?:{_plain(levels)}{_BLANK}([,}}]){_BLANK})?+'
    return _Skipping(
        items=re.compile(_BLANK + items),
        more_items=re.compile(rf"{_COMMA}(?!\]){items}"),
        member=re.compile(_BLANK + member),
        more_members=re.compile(_COMMA + member),
    )


def _plain(levels: int) -> str:
    """The pattern of a value that cannot contain a fault, with at most ``levels`` levels of containers."""
    scalar = rf"{_STRING}|{_NUMBER}|true|false|null"
    plain = rf"(?:{scalar})"
    for _ in range(levels):
        array = rf"\[{_BLANK}{_items(plain)}\]"
        single = rf"\{{{_BLANK}(?:{_STRING}{_COLON}{plain}{_BLANK})?+\}}"
        plain = rf"(?:{scalar}|{array}|{single})"
    return plain


def _items(plain: str) -> str:
    """Values of an array, each with the comma after it; the last one is followed by the bracket."""
    return rf"(?:{plain}{_BLANK}(?:,{_BLANK}(?!\])|(?=\])))*+"


class _Frame:
    """An open container: where it begins, and how far the walk has come."""

    __slots__ = ("due", "index", "name", "names", "skipped", "start")

    def __init__(self, start: int, names: dict[str, int] | None) -> None:
        self.start = start
        self.names = names
        self.name = ""
        self.index = 0
        self.skipped: list[tuple[int, int]] = []
        self.due = False

    def key(self, item: re.Pattern[str], text: str) -> str | int:
        """The name or index of the current value."""
        if self.names is not None:
            return self.name
        if self.skipped:
            self.index += sum(1 for start, end in self.skipped for _ in item.finditer(text, start, end))
            self.skipped.clear()
        return self.index


class _Walk:
    """One pass over a text, with its own stack of open containers."""

    def __init__(self, text: str, max_depth: int, max_faults: int) -> None:
        self.text = text
        self.max_depth = max_depth
        self.max_faults = max_faults
        self.faults: list[Fault] = []
        self.omitted: Counter[str] = Counter()
        self.stack: list[_Frame] = []
        self.tokens = _tokens()
        self.usual = _skipping(_LEVELS)

    def run(self) -> None:
        at = self._value(self._skip_blank(0))
        while self.stack:
            frame = self.stack[-1]
            at = self._array(frame, at) if frame.names is None else self._object(frame, frame.names, at)
        at = self._skip_blank(at)
        if at < len(self.text):
            raise _StoppedError(faults.text_after_value(self.text, at))

    def report(self, fault: Fault) -> None:
        """Keep a fault, or only count it if there are too many."""
        if not self._is_full(fault.rule):
            self.faults.append(fault)

    def _is_full(self, rule: str) -> bool:
        """Whether there are too many faults; if so, count this one, whose message need not be built."""
        if len(self.faults) < self.max_faults:
            return False
        self.omitted[rule] += 1
        return True

    def _skip_blank(self, at: int) -> int:
        match = self.tokens.blank.match(self.text, at)
        return match.end() if match else at

    def _path(self, *, inner: bool = True) -> Pointer:
        """The path of the current value, or of its container."""
        stack = self.stack if inner else self.stack[:-1]
        return tuple(frame.key(self.tokens.item, self.text) for frame in stack)

    def _value(self, at: int) -> int:
        """Read one scalar or open a container, and return where the walk goes on."""
        text = self.text
        if text.startswith("{", at):
            return self._open(at, {})
        if text.startswith("[", at):
            return self._open(at, None)
        if text.startswith('"', at):
            return self._string(at, in_name=False)[1]
        if number := self.tokens.number.match(text, at):
            if _is_out_of_range(number) and not self._is_full("json/number-out-of-range"):
                self.report(_out_of_range(number, self._path()))
            return number.end()
        if literal := self.tokens.literal.match(text, at):
            return literal.end()
        raise _StoppedError(faults.no_value(text, at, self.stack[-1].start if self.stack else None))

    def _open(self, at: int, names: dict[str, int] | None) -> int:
        depth = len(self.stack) + 1
        if depth == self.max_depth + 1 and not self._is_full("json/too-deep"):
            message = f"nested more than {self.max_depth} levels deep"
            self.report(Fault("json/too-deep", message, at, at + 1, None, self._path()))
        if depth > self.max_depth + _GIVE_UP_BELOW or "json/too-deep" in self.omitted:
            raise _StoppedError(None)
        self.stack.append(_Frame(at, names))
        return at + 1

    def _skipping(self) -> _Skipping:
        """The patterns that do not skip the first container below the limit."""
        room = self.max_depth - len(self.stack)
        return _skipping(room) if 0 <= room < _LEVELS else self.usual

    def _next(self, frame: _Frame, at: int, closer: str) -> tuple[int, bool]:
        """Read the comma or closing bracket after a value: where it ends, and whether it closes the container."""
        mark = self.tokens.separator.match(self.text, at)
        if mark is None or mark[1] not in (",", closer):
            raise _StoppedError(faults.not_separated(self.text, self._skip_blank(at), frame.start, at))
        return (mark.end(), False) if mark[1] == "," else (mark.end(1), True)

    def _array(self, frame: _Frame, at: int) -> int:
        """Go on in an array until it ends or another container begins."""
        text, stack = self.text, self.stack
        skipping = self._skipping()
        depth = len(stack)
        while len(stack) == depth:
            if plain := (skipping.more_items if frame.due else skipping.items).match(text, at):
                start, at = plain.span(1)
                if text.startswith("]", at):
                    stack.pop()
                    return at + 1
                frame.index += frame.due
                if at > start:
                    frame.skipped.append((start, at))
            else:
                at, closes = self._next(frame, at, "]")
                if closes:
                    stack.pop()
                    return at
                frame.index += 1
            frame.due = True
            at = self._value(at)
        return at

    def _object(self, frame: _Frame, names: dict[str, int], at: int) -> int:
        """Go on in an object until it ends or another container begins."""
        text, stack = self.text, self.stack
        skipping = self._skipping()
        depth = len(stack)
        while len(stack) == depth:
            if match := (skipping.more_members if frame.due else skipping.member).match(text, at):
                frame.name, delimiter = match.group(1, 2)
                start = match.start(1) - 1
                if names.setdefault(frame.name, start) != start:
                    self._report_duplicate(names, frame.name, start)
                at = match.end()
                frame.due = delimiter is None
                if delimiter is None:
                    at = self._value(at)
                elif delimiter == "}":
                    stack.pop()
            else:
                at = self._unusual_member(frame, names, at)
        return at

    def _unusual_member(self, frame: _Frame, names: dict[str, int], at: int) -> int:
        """Read a member whose name has escapes, or the end of the object; or report why there is neither."""
        if frame.due:
            at, closes = self._next(frame, at, "}")
        else:
            at = self._skip_blank(at)
            closes = not names and self.text.startswith("}", at)
            at += closes
        if closes:
            self.stack.pop()
            return at
        if not self.text.startswith('"', at):
            raise _StoppedError(faults.no_name(self.text, at, frame.start))
        frame.name, end = self._string(at, in_name=True)
        if names.setdefault(frame.name, at) != at:
            self._report_duplicate(names, frame.name, at)
        colon = self.tokens.colon.match(self.text, end)
        if colon is None:
            raise _StoppedError(faults.no_colon(self.text, self._skip_blank(end), frame.start, end))
        frame.due = True
        return self._value(colon.end())

    def _report_duplicate(self, names: dict[str, int], name: str, at: int) -> None:
        if self._is_full("json/duplicate-key"):
            return
        message = f"the property `{shown(name)}` occurs twice in this object"
        remedy = "keep one of the two: other programs silently drop one"
        first = names[name]
        related = (first, _DECODE(self.text, first)[1])
        end = _DECODE(self.text, at)[1]
        self.report(Fault("json/duplicate-key", message, at, end, remedy, self._path(inner=False), related))

    def _string(self, at: int, *, in_name: bool) -> tuple[str, int]:
        """Decode a string, and report every half of a surrogate pair in it."""
        try:
            value, end = _DECODE(self.text, at)
        except json.JSONDecodeError:
            raise _StoppedError(faults.bad_string(self.text, at)) from None
        for match in self.tokens.surrogate.finditer(self.text, at + 1, end):
            if match[1] and not self._is_full("json/lone-surrogate"):
                message = f"`{match[1]}` is one half of a character, and the other half is missing"
                remedy = "write the character itself, or both halves: \\ud83d\\ude00 is 😀"
                path = self._path(inner=not in_name)
                self.report(Fault("json/lone-surrogate", message, *match.span(), remedy, path))
        return value, end


def _is_out_of_range(number: re.Match[str]) -> bool:
    """Whether another reader would not get the same number."""
    token = number[0]
    if number.lastindex:
        return abs(float(token)) == float("inf")
    digits = len(token) - token.startswith("-")
    return digits > 16 or (digits == 16 and abs(int(token)) > LARGEST_INTEGER)


def _out_of_range(number: re.Match[str], path: Pointer) -> Fault:
    token = number[0]
    if number.lastindex:
        message = f"the number `{shown(token)}` is too large: programs would read it as infinity"
        remedy = "the largest number that programs share is about 1.8e308"
    else:
        digits = len(token.lstrip("-"))
        message = f"the integer `{shown(token)}` ({digits:,} digits) is too large: programs would round it"
        remedy = f"integers go up to {LARGEST_INTEGER}; write an identifier as a string"
    return Fault("json/number-out-of-range", message, *number.span(), remedy, path)
