"""Every boundary of the model: a record that has everything, with one value moved to or over a limit.

The verdicts are those of the model in plain Python. They kill the mutants of the schema, and they are in no file because
there are tens of thousands of them.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, NamedTuple

from diplomatic_events.pointers import Pointer, to_pointer
from property.model import (
    OBJECTS,
    RECORD,
    Anything,
    Code,
    Kind,
    Many,
    Namespaced,
    Number,
    Object,
    Only,
    Part,
    Words,
    codes,
    judge,
    parts,
)  # fmt: skip


class Case(NamedTuple):
    """The full record with one value changed, and whether it is valid; it is put together when it is asked for."""

    path: Pointer
    value: Any
    valid: bool

    @property
    def name(self) -> str:
        """What was done to the record."""
        return f"{to_pointer(self.path)} = {json.dumps(self.value, ensure_ascii=False)[:80]}"

    @property
    def record(self) -> Any:
        """The record."""
        return with_value(FULL, self.path, self.value)


def full(kind: Kind) -> Any:
    """A value of a kind with everything in it that can stand together."""
    match kind:
        case Words():
            return kind.examples[0]
        case Code():
            return codes(kind.codelist)[0]
        case Number():
            return kind.low
        case Only():
            return kind.value
        case Many(Part(name)) if OBJECTS[name].apart:
            return [full(kind.entry), *_with_others(OBJECTS[name])]
        case Many():
            return [full(kind.entry)]
        case Part():
            form = OBJECTS[kind.name]
            left_out = {other for _, other in form.apart}
            return {name: full(inner) for name, inner in form.properties.items() if name not in left_out}
        case Namespaced():
            return {"org.example": {"any": [None, {}]}, "urn:x": {}}
        case Anything():
            return None


def _with_others(form: Object) -> Iterator[dict[str, Any]]:
    """A small object for each property that cannot stand beside the others."""
    for name in dict.fromkeys(other for _, other in form.apart):
        needed = {*form.required, name, *(other for one, other in form.instead if name not in (one, other))}
        yield {key: full(inner) for key, inner in form.properties.items() if key in needed}


FULL: Final[dict[str, Any]] = full(RECORD)
"""A record that has every property which can stand beside the others; a schema knows nothing of references."""

_ALPHABET: Final = ("/", ":", "0", "1", "9", "@", "A", "Z", "[", "`", "a", "z", "{", "f", "g", "s", "-", ".", "_", "~", "2", "3",
                    "4", "5", "6", "X", "H", "M", "+", "?", "%", " ", "\t", "\r", "\n", "é", "\u2028")  # fmt: skip
"""The ends of every range of characters, and what stands next to them; a text is varied with its own letters too."""

_WRONG: Final[tuple[Any, ...]] = (None, True, 5, "", " x", "x\n", "X-x", [], {}, ["x", "x"], {"x": 1})
_LENGTHS: Final = (64, 65, 128, 129, 512, 513, 1024, 1025)


@cache
def cases() -> tuple[Case, ...]:
    """Every boundary case."""
    return tuple(_cases())


def _cases() -> Iterator[Case]:
    seen: list[Kind] = []
    for path, kind, value in parts(FULL):
        first = kind not in seen
        seen.append(kind)
        texts: set[str] = set()
        for other in [*_WRONG, *_others(kind, value, first=first)]:
            if not isinstance(other, str) or other not in texts:
                yield Case(path, other, judge(other, kind))
            if isinstance(other, str):
                texts.add(other)


def _others(kind: Kind, value: Any, *, first: bool) -> Iterator[Any]:
    """Values near the limits of a kind. Its texts are varied in every way where the kind first occurs."""
    match kind:
        case Words():
            yield from kind.examples
            if first:
                yield from _of_length(kind)
                yield from (near for text in kind.examples if len(text) <= 64 for near in _near(text))
        case Code():
            known = codes(kind.codelist, deprecated=True)
            yield from (known if first or len(known) < 50 else known[:2])
            yield from (f"{known[0]}x", known[0].swapcase(), known[-1][:-1])
        case Number():
            yield from (kind.low, kind.low - 1, kind.low + 0.5, kind.high, kind.high + 1, float(kind.high))
        case Only():
            yield from ("1.1", "1", 1, 1.0, False, "true")
        case Many():
            yield from ([*value, value[0]], [value[0], _rewritten(value[0])])
        case Part():
            yield from _objects(OBJECTS[kind.name], value)
        case Namespaced():
            yield from ({"org.example": {}, "mine": {}}, {"org.example": 5}, {"org.example": None}, {"Org.x": {}})
            yield from ({near: {}} for text in OBJECT_NAMES for near in _near(text))
            yield from ({f"u:{'x' * length}": {}} for length in (509, 510, 511))


OBJECT_NAMES: Final = ("o-r.ex-a.b1", "1.ab-c", "1-a.b", "ab+.-1:x", "urn:x")
"""Namespaces, to be varied."""


def _of_length(kind: Words) -> Iterator[str]:
    """Texts of the lengths at which some kind has its limit."""
    for length in _LENGTHS:
        yield "a" * length
        yield f"en-{'abcdefgh-' * 200}"[:length]
        yield f"/{'x' * (length - 1)}"
        yield f"A/{'x' * (length - 2)}"


def _near(text: str) -> Iterator[str]:
    """Every text that one character more or other makes of this one, or a few that are left out or stand twice."""
    letters = dict.fromkeys((*_ALPHABET, *text))
    for at in range(len(text) + 1):
        before, after = text[:at], text[at:]
        yield from (f"{before}{letter}{after}" for letter in letters)
        yield from (f"{before}{letter}{after[1:]}" for letter in letters if after)
        for length in range(1, min(5, len(after)) + 1):
            yield before + after[length:]
            yield before + after[:length] + after


def _objects(form: Any, value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An object without each of its properties, with one that it does not know, and with those that depend on another."""
    yield {**value, "unknown": None}
    yield {**value, "Id": "x"}
    for name in value:
        yield {key: inner for key, inner in value.items() if key != name}
        yield {name: value[name]}
    for one, other in form.apart:
        yield {**value, one: full(form.properties[one]), other: full(form.properties[other])}
        yield {**{key: inner for key, inner in value.items() if key != one}, other: full(form.properties[other])}
    for name, _, needed in form.when:
        without = {key: inner for key, inner in value.items() if key != needed}
        yield from ({**without, name: code} for code in codes(form.properties[name].codelist))
    yield {name: value[name] for name in form.required if name in value}


def _rewritten(value: Any) -> Any:
    """The same JSON value, whose whole numbers are written with a fraction."""
    if isinstance(value, dict):
        return {name: _rewritten(value[name]) for name in reversed(value)}
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def with_value(whole: Any, path: Pointer, value: Any) -> Any:
    """A record with another value in one place; what does not change is shared."""
    if not path:
        return value
    changed = dict(whole) if isinstance(whole, dict) else list(whole)
    changed[path[0]] = with_value(whole[path[0]], path[1:], value)  # type: ignore[index]  # the path was found in this record
    return changed
