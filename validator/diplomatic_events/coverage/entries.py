"""The entries of a record in a reader's words: a title, a line of details, and the group they belong to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from diplomatic_events.coverage.measure import Kind, kind_of
from diplomatic_events.pointers import Pointer, to_pointer
from diplomatic_events.schema.structure import Structure
from diplomatic_events.schema.targets import reached, targets


@dataclass(frozen=True, slots=True)
class Doubt:
    """An annotation: what it says about a value, why, and what may be true instead.

    ``place`` is the path from the entry to the annotated value; it is empty for the entry itself.
    """

    place: str
    kind: str
    basis: str
    alternatives: tuple[tuple[str, str], ...]
    """The pointer of each alternative, and its value in words."""


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """A part of a record that can carry evidence, in a reader's words."""

    pointer: str
    kind: Kind
    title: str
    details: str = ""
    parts: tuple["NamedEntry", ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of one kind."""

    title: str
    entries: tuple[NamedEntry, ...]


_TITLES: Final = {
    "hosts": "Hosts",
    "delegations": "Delegations",
    "statements": "Statements",
    "outcomes": "Outcomes",
    "agenda": "Agenda",
    "programme": "Programme",
    "upcoming": "Announced",
    "related": "Related events",
    "people": "People",
    "parties": "Parties",
    "irrelevant": "Set aside",
    "sources": "Sources",
}
"""The lists at the root, in the order that suits a reader."""


def groups(record: dict[str, Any], schema: Structure) -> tuple[Group, ...]:
    """Every entry of a valid record, grouped by kind; a delegation has its members as parts."""
    return _Reader(record, schema).groups()


def flatten(found: tuple[Group, ...]) -> Iterator[NamedEntry]:
    """All entries and their parts, in order."""
    for group in found:
        for entry in group.entries:
            yield entry
            yield from entry.parts


class _Reader:
    """Puts the parts of one record into words."""

    def __init__(self, record: dict[str, Any], schema: Structure) -> None:
        self._record = record
        self._found = schema.hold(record).found
        self._parties = {party["id"]: party["name"] for party in record["parties"]}
        self._people = {person["id"]: person["name"] for person in record.get("people", ())}
        self._delegations = {
            delegation["id"]: self._party(delegation["party"])
            for delegation in record.get("delegations", ())
            if "id" in delegation
        }
        self._members = {
            member["id"]: self._member(member)
            for delegation in record.get("delegations", ())
            for member in delegation.get("members", ())
            if "id" in member
        }
        self._aspects = _aspects(record)
        self._doubts: dict[Pointer, list[Doubt]] = {}
        for path, doubt in self._annotated():
            self._doubts.setdefault(path, []).append(doubt)

    def groups(self) -> tuple[Group, ...]:
        """The event itself, then each list that is not empty."""
        whole = self._entry((), self._record["title"], self._event())
        aspects = (self._entry((name,), _spaced(name), _plain(self._record[name])) for name in self._aspects)
        found = [Group("The event", (whole, *aspects))]
        for name, title in _TITLES.items():
            if entries := tuple(self._listed(name)):
                found.append(Group(title, entries))
        return tuple(found)

    def _listed(self, name: str) -> Iterator[NamedEntry]:
        for index, value in enumerate(self._record.get(name, ())):
            path = (name, index)
            parts = tuple(
                self._entry((*path, "members", number), self._member(member), _joined(member.get("role")))
                for number, member in enumerate(value.get("members", ()) if name == "delegations" else ())
            ) + tuple(self._entry((*path, key), _spaced(key), _plain(value[key])) for key in _aspects(value))
            yield self._entry(path, self._title(name, value), self._details(name, value), parts)

    def _entry(self, path: Pointer, title: str, details: str, parts: tuple[NamedEntry, ...] = ()) -> NamedEntry:
        doubts = tuple(self._doubts.get(path, ()))
        return NamedEntry(to_pointer(path), kind_of(path, self._record, self._found), title, details, parts, doubts)

    def _title(self, name: str, value: dict[str, Any]) -> str:
        if name in ("hosts", "delegations"):
            return self._party(value["party"])
        if name == "sources":
            return str(value.get("title") or value.get("publisher") or value["id"])
        words = ("text", "title", "name", "reason", "type", "id")
        return next(str(value[key]) for key in words if key in value)

    def _details(self, name: str, value: dict[str, Any]) -> str:
        if name == "statements":
            speakers = ", ".join(self._speaker(id) for id in value["speakers"])
            behalf = ", ".join(self._speaker(id) for id in value.get("onBehalfOf", ()))
            reporter = self._speaker(value["reportedBy"]) if "reportedBy" in value else ""
            return _joined(
                speakers,
                behalf and f"for {behalf}",
                reporter and f"reported by {reporter}",
                value.get("form"),
                value.get("act"),
                value.get("channel"),
                value.get("date"),
                value.get("language"),
            )
        if name == "delegations":
            size = value.get("size")
            return _joined(value.get("capacity"), value.get("designation"), size and f"{size} people")
        if name == "outcomes":
            return _joined(value.get("type"), value.get("status"), value.get("due"))
        if name in ("upcoming", "related", "programme"):
            place = _place(value["place"]) if "place" in value else None
            return _joined(value.get("relation"), value.get("type"), value.get("status"), value.get("date"), place)
        if name == "sources":
            return _joined(value.get("type"), value.get("published"), value.get("dateline"))
        return _joined(value.get("type"), value.get("country")) if name == "parties" else ""

    def _event(self) -> str:
        places = "; ".join(_place(place) for place in self._record.get("places", ()))
        return _joined(
            self._record["type"], self._record.get("mode"), self._record["status"], self._record.get("date"), places
        )

    def _party(self, id: str) -> str:
        return str(self._parties.get(id, id))

    def _speaker(self, id: str) -> str:
        for names in (self._members, self._delegations, self._people, self._parties):
            if id in names:
                return str(names[id])
        return id

    def _member(self, member: dict[str, Any]) -> str:
        office = member.get("office", {}).get("title") or member.get("office", {}).get("level")
        count = member.get("count")
        words = [self._people.get(member.get("person", ""), member.get("person")), office]
        return ", ".join(str(word) for word in words if word) + (f" ({count})" if count else "")

    def _annotated(self) -> Iterator[tuple[Pointer, Doubt]]:
        """Each annotation with the path of the entry that its target belongs to."""
        for index, annotation in enumerate(self._record.get("annotations", ())):
            alternatives = tuple(
                (to_pointer(("annotations", index, "alternatives", number)), _plain(alternative["value"]))
                for number, alternative in enumerate(annotation.get("alternatives", ()))
            )
            for _, target in targets(annotation):
                path = reached(self._record, self._found, target) or ()
                depth = self._depth(path)
                place = ".".join(str(key) for key in path[depth:])
                yield path[:depth], Doubt(place, annotation["kind"], annotation.get("basis", ""), alternatives)

    def _depth(self, target: Pointer) -> int:
        """How many keys of a path lead to its entry."""
        if target and target[0] in self._aspects:
            return 1
        if len(target) >= 2 and target[0] in _TITLES:
            if target[0] == "delegations" and target[2:3] == ("members",) and len(target) >= 4:
                return 4
            return 3 if target[2:3] and target[2] in _aspects(self._record[target[0]][target[1]]) else 2
        return 0


def _aspects(value: dict[str, Any]) -> list[str]:
    """The properties of an object that are objects with evidence of their own, such as `statusChange`."""
    return [name for name, part in value.items() if isinstance(part, dict) and "evidence" in part]


def _place(place: dict[str, Any]) -> str:
    return ", ".join(str(place[key]) for key in ("name", "venue", "city", "region", "country") if key in place)


def _spaced(name: str) -> str:
    """The name of a property as words: `statusChange` is `Status change`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def _joined(*words: object) -> str:
    return " · ".join(str(word) for word in words if word)


def _plain(value: Any) -> str:
    """The text of a value, without the names of its properties."""
    if isinstance(value, dict):
        return ", ".join(_plain(part) for key, part in value.items() if key not in ("id", "evidence"))
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return str(value)
