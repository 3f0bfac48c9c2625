"""What `jsonschema` asks of `rpds`, with the types of Python: for platforms for which that has no wheel, such as a browser.

Changing a map, a set or a list gives a changed copy. `jsonschema` keeps only a few schemas in them.
"""

from collections.abc import Iterable, Mapping
from typing import Any


class HashTrieMap(dict[Any, Any]):
    """A map that is never changed."""

    @classmethod
    def convert(cls, value: Any) -> "HashTrieMap":
        """A map, whatever kind of map it was."""
        return value if isinstance(value, cls) else cls(value)

    def insert(self, key: Any, value: Any) -> "HashTrieMap":
        """A map with one more entry."""
        return HashTrieMap({**self, key: value})

    def remove(self, key: Any) -> "HashTrieMap":
        """A map without one of its entries."""
        return HashTrieMap({other: self[other] for other in self if other != key})

    def update(self, *others: Mapping[Any, Any] | Iterable[tuple[Any, Any]]) -> "HashTrieMap":  # type: ignore[override]  # as in rpds
        """A map with the entries of others too."""
        made = dict(self)
        for other in others:
            made.update(other)
        return HashTrieMap(made)


class HashTrieSet(frozenset[Any]):
    """A set that is never changed."""

    def insert(self, entry: Any) -> "HashTrieSet":
        """A set with one more entry."""
        return HashTrieSet(self | {entry})

    def discard(self, entry: Any) -> "HashTrieSet":
        """A set without an entry, if it was there."""
        return HashTrieSet(self - {entry})

    def update(self, *others: Iterable[Any]) -> "HashTrieSet":
        """A set with the entries of others too."""
        return HashTrieSet(self.union(*others))


class List(tuple[Any, ...]):
    """A list that is never changed."""

    __slots__ = ()

    def push_front(self, entry: Any) -> "List":
        """A list that begins with one more entry."""
        return List((entry, *self))
