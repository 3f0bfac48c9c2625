"""Changes at random places of a record, as a slip, a broken program or an attacker would make them."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from hypothesis import strategies as st

from diplomatic_events.pointers import Pointer, at
from property.words import arbitrary_json, texts

_OTHERS: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1, 1.0, 2.5, 10**6 + 1, 2**53 - 1, "", " ", "x\n", "held", "state", "visit", "direct", "1.0",
    "2018", "2021-02-30", "2019/2018", "../2018", "x" * 129, "XXX", "CHN", "ROM", [], {}, [[]], {"": 0},
)  # fmt: skip
_NAMES: Final = (
    "id",
    "text",
    "textFile",
    "several",
    "count",
    "person",
    "office",
    "start",
    "end",
    "$ref",
    "tittle",
    "",
    "~/",
)


def places(value: Any, path: Pointer = ()) -> Iterator[Pointer]:
    """The path of everything in a value but itself."""
    children: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in children:
        yield (*path, key)
        yield from places(inner, (*path, key))


def mutated(records: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[Any]:
    """Records with one to four changes; seldom still valid."""
    return st.builds(_changed, records, st.lists(_edits, min_size=1, max_size=4))


_edits: Final = st.tuples(
    st.sampled_from(("drop", "replace", "rename", "double", "swap", "shorten", "insert")),
    st.integers(0, 10**6),
    st.sampled_from(_OTHERS) | texts() | arbitrary_json(),
    st.sampled_from(_NAMES),
)


def _changed(record: dict[str, Any], edits: list[tuple[str, int, Any, str]]) -> Any:
    changed = deepcopy(record)
    for way, number, other, name in edits:
        here = list(places(changed))
        if here:
            _edit(changed, here, here[number % len(here)], way, number, deepcopy(other), name)
    return changed


def _edit(whole: Any, here: list[Pointer], path: Pointer, way: str, number: int, other: Any, name: str) -> None:
    holder, key = at(whole, path[:-1]), path[-1]
    value = holder[key]
    match way:
        case "drop":
            del holder[key]
        case "replace":
            holder[key] = other
        case "rename" if isinstance(holder, dict):
            holder[name] = holder.pop(key)
        case "double" if isinstance(holder, list):
            holder.insert(number % (len(holder) + 1), deepcopy(value))
        case "shorten" if isinstance(value, str | list):
            holder[key] = value[: number % (len(value) + 1)]
        case "insert" if isinstance(value, dict):
            value[name] = other
        case _:
            holder[key] = deepcopy(at(whole, here[(number * 7919) % len(here)]))
