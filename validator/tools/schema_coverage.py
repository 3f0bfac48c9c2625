"""What the conformance suite and the examples exercise of the schema, as passing and as failing.

Each keyword, code and branch of the schema must be reached by a record that keeps it and by one that breaks it, where it
can be broken at all. `tests/test_schema_coverage.py` demands it.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import jsonschema_rs
from jsonschema import Draft202012Validator

import conformance
from diplomatic_events.jsontext.parse import UNPARSED, parse
from newest import SCHEMA

ROOT: Final = Path(__file__).resolve().parents[2]
ASSERTIONS: Final = frozenset(
    {"type", "const", "enum", "required", "additionalProperties", "propertyNames", "dependentRequired", "minProperties",
     "minItems", "uniqueItems", "minLength", "maxLength", "pattern", "minimum", "maximum", "not"}
)  # fmt: skip
"""The keywords that a value can break."""

UNBREAKABLE: Final = {"/$defs/namespace/type": "the name of a property is always text"}
"""Places that no value can break, and why."""

Reached = set[tuple[str, bool]]
"""Places of the schema, each with whether a value kept it there."""


class Gap(NamedTuple):
    """A place of the schema that no record reaches as passing, or none as failing."""

    place: str
    passing: bool

    def __str__(self) -> str:
        return f"{self.place}: no record {'keeps' if self.passing else 'breaks'} it"


class Walk:
    """Goes through records and the schema side by side and notes what each value keeps or breaks."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.schema = schema
        self.reached: Reached = set()
        self._compiled: dict[str, Any] = {}

    def visit(self, value: Any, part: Any, at: str) -> None:
        """Note what a value does to a part of the schema, and go into both."""
        if not isinstance(part, dict):
            return
        for place, single in _atoms(part, at):
            self.reached.add((place, self._keeps(value, single, place)))
        if "enum" in part and isinstance(value, str) and value in part["enum"]:
            self.reached.add((f"{at}/enum/{value}", True))
        if "$ref" in part:
            name = part["$ref"].removeprefix("#/$defs/")
            self.visit(value, self.schema["$defs"][name], f"/$defs/{name}")
        self._branches(value, part, at)
        if isinstance(value, dict):
            self._into_object(value, part, at)
        if isinstance(value, list) and "items" in part:
            for item in value:
                self.visit(item, part["items"], f"{at}/items")

    def _into_object(self, value: dict[str, Any], part: dict[str, Any], at: str) -> None:
        known = part.get("properties", {})
        for name, inner in value.items():
            if name in known:
                self.reached.add((f"{at}/properties/{name}", True))
                self.visit(inner, known[name], f"{at}/properties/{name}")
            elif isinstance(part.get("additionalProperties"), dict):
                self.visit(inner, part["additionalProperties"], f"{at}/additionalProperties")
        if isinstance(part.get("propertyNames"), dict):
            for name in value:
                self.visit(name, part["propertyNames"], f"{at}/propertyNames")

    def _branches(self, value: Any, part: dict[str, Any], at: str) -> None:
        if "if" in part:
            applies = self._keeps(value, part["if"], f"{at}/if")
            self.reached.add((f"{at}/if", applies))
            if applies:
                self.reached.add((f"{at}/then", self._keeps(value, part["then"], f"{at}/then")))
        for index, inner in enumerate(part.get("allOf", ())):
            self.visit(value, inner, f"{at}/allOf/{index}")

    def _keeps(self, value: Any, single: dict[str, Any], place: str) -> bool:
        if place not in self._compiled:
            whole = {**single, "$defs": self.schema["$defs"]}
            self._compiled[place] = jsonschema_rs.Draft202012Validator(whole)
        return bool(self._compiled[place].is_valid(value))


def _atoms(part: dict[str, Any], at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The assertions of a part, each alone. Of those that name properties, each name is one."""
    for keyword in part.keys() & ASSERTIONS:
        inner = part[keyword]
        if keyword == "required":
            yield from ((f"{at}/required/{name}", {"required": [name]}) for name in inner)
        elif keyword == "dependentRequired":
            yield from ((f"{at}/dependentRequired/{name}", {keyword: {name: inner[name]}}) for name in inner)
        elif keyword == "additionalProperties":
            if inner is False:
                yield f"{at}/{keyword}", {"properties": part["properties"], keyword: False}
        else:
            yield f"{at}/{keyword}", {keyword: inner}


def places(schema: dict[str, Any]) -> set[Gap]:
    """Everything that is to be reached: each place as passing, and as failing where it can fail."""
    wanted: set[Gap] = set()
    for at, part in _parts(schema, ""):
        for place, _ in _atoms(part, at):
            wanted |= {Gap(place, True)} | ({Gap(place, False)} - {Gap(known, False) for known in UNBREAKABLE})
        for branch in part.keys() & {"if", "then"}:
            wanted |= {Gap(f"{at}/{branch}", True), Gap(f"{at}/{branch}", False)}
        wanted |= {Gap(f"{at}/enum/{code}", True) for code in part.get("enum", ())}
        wanted |= {Gap(f"{at}/properties/{name}", True) for name in part.get("properties", ())}
    return wanted


def _parts(part: Any, at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every part of the schema that a record can reach; what stands in an `if`, `then` or `not` is one condition."""
    if not isinstance(part, dict):
        return
    yield at, part
    for keyword in ("properties", "$defs"):
        for name, inner in part.get(keyword, {}).items():
            yield from _parts(inner, f"{at}/{keyword}/{name}")
    for keyword in ("items", "additionalProperties", "propertyNames"):
        yield from _parts(part.get(keyword), f"{at}/{keyword}")
    for index, inner in enumerate(part.get("allOf", ())):
        yield from _parts(inner, f"{at}/allOf/{index}")


def examples() -> Iterator[Any]:
    """Every record of the examples."""
    return (json.loads(path.read_bytes()) for path in sorted(ROOT.glob("examples/*/record.json")))


def records() -> Iterator[Any]:
    """Every record of the suite and of the examples that is JSON."""
    yield from examples()
    for data in (data for name, data in conformance.files().items() if name.endswith(".json")):
        value = parse(data).value
        if value is not UNPARSED:  # fixtures of the family `json` are not JSON on purpose
            yield value


def gaps(found: Iterable[Any] | None = None) -> tuple[list[Gap], int, int]:
    """What no record reaches, how much is to be reached, and how many records there are."""
    schema: dict[str, Any] = json.loads(SCHEMA.read_bytes())
    Draft202012Validator.check_schema(schema)
    walk, number = Walk(schema), 0
    for record in records() if found is None else found:
        walk.visit(record, schema, "")
        number += 1
    wanted = places(schema)
    return sorted(gap for gap in wanted if gap not in walk.reached), len(wanted), number
