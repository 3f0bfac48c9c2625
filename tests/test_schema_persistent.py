"""What stands in for `rpds` does what `jsonschema` asks of that."""

from typing import Any

import pytest
import rpds

from diplomatic_events.schema import persistent

both = pytest.mark.parametrize("library", [rpds, persistent], ids=["rpds", "ours"])


@both
def test_a_map_is_changed_in_a_copy(library: Any) -> None:
    empty = library.HashTrieMap()
    one = empty.insert("a", 1)
    more = one.update({"b": 2}, [("c", 3)])
    assert [dict(each.items()) for each in (empty, one, more, more.remove("b"))] == [
        {},
        {"a": 1},
        {"a": 1, "b": 2, "c": 3},
        {"a": 1, "c": 3},
    ]
    assert (more["c"], more.get("d"), len(more), set(more), "a" in more) == (3, None, 3, {"a", "b", "c"}, True)
    assert dict(library.HashTrieMap.convert({"a": 1}).items()) == {"a": 1}
    assert library.HashTrieMap.convert(one) is one
    with pytest.raises(KeyError):
        more["d"]


@both
def test_a_set_is_changed_in_a_copy(library: Any) -> None:
    empty = library.HashTrieSet()
    two = empty.insert("a").insert("b")
    assert [set(each) for each in (empty, two, two.discard("a"), two.discard("c"), two.update(["c"], ["d"]))] == [
        set(), {"a", "b"}, {"b"}, {"a", "b"}, {"a", "b", "c", "d"},
    ]  # fmt: skip
    assert (bool(empty), len(two)) == (False, 2)


@both
def test_a_list_is_changed_in_a_copy(library: Any) -> None:
    empty = library.List()
    assert [list(each) for each in (empty, empty.push_front("a").push_front("b"))] == [[], ["b", "a"]]
