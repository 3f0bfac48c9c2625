"""JSON Pointers: written, followed and read as RFC 6901 has them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplomatic_events.pointers import Pointer, anchor, at, resolve, to_pointer
from hypothesis_settings import bounded

# The document of RFC 6901, section 5, and what its pointers evaluate to.
DOCUMENT: dict[str, Any] = {
    "foo": ["bar", "baz"],
    "": 0,
    "a/b": 1,
    "c%d": 2,
    "e^f": 3,
    "g|h": 4,
    "i\\j": 5,
    'k"l': 6,
    " ": 7,
    "m~n": 8,
}
EVALUATED = {
    "": DOCUMENT,
    "/foo": ["bar", "baz"],
    "/foo/0": "bar",
    "/": 0,
    "/a~1b": 1,
    "/c%d": 2,
    "/e^f": 3,
    "/g|h": 4,
    "/i\\j": 5,
    '/k"l': 6,
    "/ ": 7,
    "/m~0n": 8,
}


@pytest.mark.parametrize(("pointer", "value"), EVALUATED.items())
def test_the_pointers_of_the_rfc_lead_where_it_says(pointer: str, value: Any) -> None:
    path = resolve(DOCUMENT, pointer)
    assert path is not None
    assert at(DOCUMENT, path) == value
    assert to_pointer(path) == pointer


@pytest.mark.parametrize(
    "pointer",
    ["foo", "/no", "/foo/2", "/foo/-", "/foo/-1", "/foo/01", "/foo/٠", "/foo/1e0", "/foo/" + "1" * 5000, "/a~1b/x"],
)
def test_a_pointer_that_leads_nowhere_gives_no_path(pointer: str) -> None:
    assert resolve(DOCUMENT, pointer) is None


def test_a_tilde_before_a_one_is_not_a_slash() -> None:
    assert to_pointer(("~1", "a~/b")) == "/~01/a~0~1b"
    assert resolve({"~1": 5}, "/~01") == ("~1",)


@bounded(200)
@given(st.lists(st.text(max_size=4) | st.integers(0, 3), max_size=5).map(tuple))
def test_every_path_is_found_again_by_its_pointer(path: Pointer) -> None:
    value: Any = None
    for key in reversed(path):
        value = [None] * key + [value] if isinstance(key, int) else {key: value}
    assert resolve(value, to_pointer(path)) == path


def test_an_anchor_names_entries_by_their_ids() -> None:
    record = {"parties": [{"id": "russia", "names": [{"text": "Rus"}]}, {"id": 5}, "x"]}
    assert anchor(record, ("parties", 0, "names", 0, "text")) == "/parties/russia/names/0/text"
    assert anchor(record, ("parties", 1, "id")) == "/parties/1/id"
    assert anchor(record, ("parties", 2)) == "/parties/2"
    assert anchor(record, ("parties", 3, "id")) == "/parties/3/id"
    assert anchor(record, ("people", 0, "id")) == "/people/0/id"
    assert anchor("text", ("a",)) == "/a"
