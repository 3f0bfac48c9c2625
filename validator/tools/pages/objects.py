"""The objects of a schema and their properties, as the reference describes them.

Everything is taken from the schema: which object holds which, what may be left out, which codes and references stand where.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

from conditions import demands, words
from diplomatic_events.pointers import Pointer
from diplomatic_events.schema.definitions import with_words

ROOT: Final = "event"
"""The name of the object that a whole record is."""


class Property(NamedTuple):
    """A property of an object.

    Attributes:
        owner: The name of its object.
        name: Its own name.
        part: What the schema says of it, with its references resolved and its own words.
        entry: The same of the entries, if it is a list; otherwise of itself.
        definition: The first definition that it or its entries refer to, or an empty text.
        required: `yes`, `no`, or `sometimes` if a condition requires it.
        many: Whether it is a list.
    """

    owner: str
    name: str
    part: dict[str, Any]
    entry: dict[str, Any]
    definition: str
    required: str
    many: bool

    @property
    def key(self) -> tuple[str, str]:
        """What names it among all properties."""
        return self.owner, self.name

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.part.get("title", self.name))

    @property
    def description(self) -> str:
        """What it means."""
        return str(self.part.get("description", ""))

    @property
    def codelist(self) -> str:
        """The list of its codes, or an empty text."""
        return str(self.entry.get("x-codelist", ""))

    @property
    def closed(self) -> bool:
        """Whether the schema allows only the codes of that list."""
        return bool(self.codelist) and "enum" in self.entry

    @property
    def refers_to(self) -> tuple[str, ...]:
        """The objects whose id it names."""
        return tuple(self.entry.get("x-refers-to", ()))

    @property
    def pointer(self) -> str:
        """Its place in the schema, as a JSON Pointer."""
        holder = "" if self.owner == ROOT else f"/$defs/{self.owner}"
        return f"{holder}/properties/{self.name}"


class Object(NamedTuple):
    """A definition with properties: ``part`` has its words and what the schema says of it."""

    name: str
    part: dict[str, Any]
    properties: dict[str, Property]

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.part["title"])

    @property
    def description(self) -> str:
        """What it means."""
        return str(self.part["description"])

    @property
    def conditions(self) -> dict[str, Any]:
        """What the schema says of several properties together."""
        return {key: value for key, value in self.part.items() if key in _CONDITIONS}


def sentences(object: Object) -> list[str]:
    """What the conditions of an object say, each as a sentence."""
    conditions = dict(object.conditions)
    least = conditions.pop("minProperties", None)
    said = [] if least is None else [f"at least {'one' if least == 1 else least} of its properties must be given"]
    said += [words(case, wanted) for case, wanted in demands(conditions, object.name)]
    return [f"{clause[:1].upper()}{clause[1:]}." for clause in said]


class Held(NamedTuple):
    """Where a value stands in a record: its property, its place and what it is."""

    property: Property
    path: Pointer
    value: Any


_CONDITIONS: Final = (
    "minProperties", "dependentRequired", "dependentSchemas", "if", "then", "else", "allOf", "anyOf", "oneOf", "not",
)  # fmt: skip


class Objects:
    """The objects of one version of the schema, in the order of the file, the whole record first."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.schema = schema
        self.definitions: dict[str, dict[str, Any]] = schema["$defs"]
        parts = {ROOT: schema, **{name: part for name, part in self.definitions.items() if "properties" in part}}
        if ROOT in self.definitions:
            raise ValueError(f"the page of the whole record needs the name `{ROOT}`")
        self.objects = {name: self._object(name, with_words(part)) for name, part in parts.items()}
        self.types = {name: with_words(part) for name, part in self.definitions.items() if name not in parts}
        """The definitions of values that are not objects."""

    def __getitem__(self, name: str) -> Object:
        return self.objects[name]

    def __iter__(self) -> Iterator[Object]:
        return iter(self.objects.values())

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        """Every property of every object."""
        return tuple(property for object in self for property in object.properties.values())

    def held(self, property: Property) -> str:
        """The object that a property holds, or an empty text."""
        return property.definition if property.definition in self.objects else ""

    def holders(self, name: str) -> list[Property]:
        """The properties that hold an object."""
        return [property for property in self.properties if self.held(property) == name]

    def referring_to(self, name: str) -> list[Property]:
        """The properties that name the id of an object."""
        return [property for property in self.properties if name in property.refers_to]

    @cached_property
    def parents(self) -> dict[str, Property]:
        """For each object, the property that holds it nearest to the root."""
        found: dict[str, Property] = {}
        waiting = [ROOT]
        while waiting:
            for property in self[waiting.pop(0)].properties.values():
                inner = self.held(property)
                if inner and inner not in found:
                    found[inner] = property
                    waiting.append(inner)
        return found

    def place(self, name: str) -> str:
        """Where the nearest object of that name stands in a record, as a JSON Pointer with `*` for any entry."""
        if name not in self.parents:
            return ""
        property = self.parents[name]
        return f"{self.place(property.owner)}/{property.name}{'/*' if property.many else ''}"

    def at(self, path: Sequence[str]) -> list[Property]:
        """The properties at the end of a path, in which `*` or a number stands for any entry and a leading `**` for any way."""
        if path[:1] == ["**"]:
            return [property for property in self.properties if property.name == path[-1]]
        here, found = ROOT, None
        for key in path:
            if key == "*" or key.isdigit() or key == "-":
                continue
            if here not in self.objects or key not in self[here].properties:
                break
            found = self[here].properties[key]
            here = self.held(found) or "nothing"
        return [] if found is None else [found]

    def walk(self, record: dict[str, Any]) -> Iterator[Held]:
        """Every value of a record that the schema names, with its property."""
        waiting: list[tuple[str, Pointer, Any]] = [(ROOT, (), record)]
        while waiting:
            name, path, value = waiting.pop(0)
            for key, inner in value.items():
                property = self[name].properties.get(key)
                if property is None:
                    continue
                yield Held(property, (*path, key), inner)
                if below := self.held(property):
                    entries = enumerate(inner) if property.many else [(None, inner)]
                    for index, entry in entries:
                        here = (*path, key) if index is None else (*path, key, index)
                        waiting.append((below, here, entry))

    def _object(self, name: str, part: dict[str, Any]) -> Object:
        sometimes = set(_required(list(_then(part))))
        properties = {}
        for key, inner in part["properties"].items():
            required = "yes" if key in part.get("required", ()) else "sometimes" if key in sometimes else "no"
            definition, whole = self._resolve(inner)
            entry_definition, entry, many = definition, whole, False
            if "items" in whole:
                entry_definition, entry = self._resolve(whole["items"])
                many = True
            properties[key] = Property(name, key, whole, entry, entry_definition, required, many)
        return Object(name, part, properties)

    def _resolve(self, part: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """The first definition that a part refers to, and the part with its references resolved."""
        first = ""
        while "$ref" in part:
            name = part["$ref"].removeprefix("#/$defs/")
            first = first or name
            part = {**with_words(self.definitions[name]), **{key: part[key] for key in part if key != "$ref"}}
        return first, part


def _then(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key in ("then", "else"):
        if isinstance(part.get(key), dict):
            yield part[key]
    for inner in part.get("allOf", ()):
        yield from _then(inner)
    yield from ({"required": names} for names in part.get("dependentRequired", {}).values())


def _required(parts: list[dict[str, Any]]) -> Iterator[str]:
    for part in parts:
        yield from part.get("required", ())
