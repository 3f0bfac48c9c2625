"""The reverse of coverage: which entries of a record no evidence supports."""

from collections.abc import Collection, Iterator
from typing import Any, Final, NamedTuple

from diplomatic_events.pointers import Pointer, to_pointer
from diplomatic_events.schema.plan import ROOT, Plan
from diplomatic_events.schema.structure import Structure
from diplomatic_events.schema.targets import reached, targets
from diplomatic_events.schema.walker import path_of

_LEFT_OUT: Final = ("sources", "annotations", "irrelevant")
"""The properties of the root that say nothing of the event: what they hold needs no evidence."""

_REGISTERS: Final = ("people", "parties")
"""The lists whose entries are named wherever something is said of them: the evidence there supports them too."""


class _Part(NamedTuple):
    """A part of a record that may have evidence, and the parts in it. What is inferred has its basis in its place."""

    path: Pointer
    is_supported: bool
    parts: "tuple[_Part, ...]"

    def holds_support(self) -> bool:
        """Whether the part or anything in it has evidence."""
        return self.is_supported or any(part.holds_support() for part in self.parts)

    def bare(self) -> "Iterator[_Part]":
        """The outermost parts with which no evidence has anything to do."""
        if not self.holds_support():
            yield self
        elif not self.is_supported:
            for part in self.parts:
                yield from part.bare()

    def supporting(self) -> "Iterator[Pointer]":
        """The parts with which some evidence has to do."""
        if self.holds_support():
            yield self.path
            for part in self.parts:
                yield from (part.path,) if self.is_supported else part.supporting()


def unsupported(record: dict[str, Any], schema: Structure, lost: Collection[str]) -> tuple[str, ...]:
    """The pointers of the entries that no evidence supports: neither their own, nor that of an entry around or inside them.

    Evidence at one of the pointers in ``lost`` was not found, and supports nothing. A person or a party is also supported by
    the evidence of what refers to it. The evidence of the record itself supports only what stands nowhere but in the
    record itself.
    """
    whole = _Reader(record, schema, lost).whole()
    supporting = {path for part in whole.parts for path in part.supporting()}
    supporting |= {()} if whole.is_supported else set()
    named = {
        id
        for _, id, spot in schema.references_at((), record)
        if (path := path_of(spot))[0] not in _LEFT_OUT
        and any(path[:length] in supporting for length in range(0 if len(path) <= 2 else 1, len(path)))
    }
    bare = [part.path for outer in whole.parts for part in outer.bare()]
    registered: dict[Pointer, str] = {
        (name, at): entry["id"] for name in _REGISTERS for at, entry in enumerate(record.get(name, ()))
    }
    found = [to_pointer(path) for path in bare if path not in registered or registered[path] not in named]
    return (*(() if whole.is_supported else ("",)), *found)


class _Reader:
    """Finds the parts of a record that may have evidence."""

    def __init__(self, record: dict[str, Any], schema: Structure, lost: Collection[str]) -> None:
        self._record = record
        self._plan: Plan = schema.plan
        self._lost = lost
        found = schema.hold(record).found
        self._inferred = {
            reached(record, found, target)
            for annotation in record.get("annotations", ())
            if annotation["kind"] == "inferred"
            for _, target in targets(annotation)
        }

    def whole(self) -> _Part:
        """The record itself."""
        value = {key: part for key, part in self._record.items() if key not in _LEFT_OUT}
        return _Part((), self._is_supported((), value), tuple(self._parts(value, ROOT, ())))

    def _parts(self, value: dict[str, Any], definition: str, path: Pointer) -> Iterator[_Part]:
        for key, step in self._plan.steps[definition].items():
            if step.action == "object" and step.detail != "evidence" and key in value:
                inner = value[key]
                entries = (
                    [((*path, key, at), entry) for at, entry in enumerate(inner)]
                    if step.many
                    else [((*path, key), inner)]
                )
                for place, entry in entries:
                    parts = tuple(self._parts(entry, step.detail, place))
                    if "evidence" in self._plan.steps[step.detail]:
                        yield _Part(place, self._is_supported(place, entry), parts)
                    else:
                        yield from parts

    def _is_supported(self, path: Pointer, value: dict[str, Any]) -> bool:
        pieces = range(len(value.get("evidence", ())))
        is_inferred = any(path[:length] in self._inferred for length in range(1, len(path) + 1))
        return is_inferred or any(to_pointer((*path, "evidence", at)) not in self._lost for at in pieces)
