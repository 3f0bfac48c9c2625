"""The mutants of the schema: each constraint removed or loosened, and some made stricter, one at a time."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

import patterns
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.plan import Plan
from newest import VERSION

Keys = tuple[str | int, ...]


class Mutant(NamedTuple):
    """A change of the schema: where, what it is, and the new value; None removes the keyword."""

    keys: Keys
    change: str
    value: Any = None

    @property
    def name(self) -> str:
        """How the mutant is listed: the place in the schema and the change."""
        return f"{''.join(f'/{key}' for key in self.keys)}: {self.change}"


def mutants(schema: dict[str, Any]) -> Iterator[Mutant]:
    """Every mutant of a schema.

    Raises:
        LookupError: The schema has a keyword that nobody has said how to loosen.
    """
    yield from _mutants(schema, ())
    yield from _other_references(schema)


def _mutants(part: Any, keys: Keys) -> Iterator[Mutant]:
    if not isinstance(part, dict):
        return
    for keyword in part:
        here = (*keys, keyword)
        if keyword == "x-codelist" and "enum" in part:
            pass  # there it only names the list that the codes are from
        elif keyword in _MUTATIONS:
            yield from _MUTATIONS[keyword](here, part[keyword])
        elif keyword not in _HOLDS_NOTHING:
            raise LookupError(f"there are no mutants of `{keyword}`, at /{'/'.join(map(str, keys))}")
        for inner_keys, inner in _within(keyword, part[keyword]):
            yield from _mutants(inner, (*here, *inner_keys))


def _within(keyword: str, value: Any) -> Iterator[tuple[Keys, Any]]:
    """The schemas that stand in a keyword."""
    if keyword in ("properties", "$defs"):
        yield from (((name,), inner) for name, inner in value.items())
    elif keyword in ("items", "additionalProperties", "propertyNames", "if", "then", "not"):
        yield (), value
    elif keyword == "allOf":
        yield from (((index,), inner) for index, inner in enumerate(value))


def _removed(keys: Keys, _: Any) -> Iterator[Mutant]:
    yield Mutant(keys, "removed")


def _each(keys: Keys, value: list[Any]) -> Iterator[Mutant]:
    """Without each of the entries."""
    for index, entry in enumerate(value):
        yield Mutant(keys, f"without {json.dumps(entry)}", [*value[:index], *value[index + 1 :]])


def _codes(keys: Keys, value: list[Any]) -> Iterator[Mutant]:
    yield Mutant(keys, "removed")
    yield Mutant(keys, "with one more code", [*value, f"{value[0]}x"])
    yield from _each(keys, value)


def _properties(keys: Keys, value: dict[str, Any]) -> Iterator[Mutant]:
    yield from (Mutant((*keys, name), "true", value=True) for name, inner in value.items() if inner is not True)


def _all(keys: Keys, value: list[Any]) -> Iterator[Mutant]:
    yield from (Mutant((*keys, index), "removed") for index in range(len(value)))


def _dependencies(keys: Keys, value: dict[str, Any]) -> Iterator[Mutant]:
    for name in value:
        yield Mutant(keys, f"without `{name}`", {other: needed for other, needed in value.items() if other != name})


def _bound(keys: Keys, value: int) -> Iterator[Mutant]:
    yield Mutant(keys, "removed")
    yield Mutant(keys, "one more", value + 1)
    yield Mutant(keys, "one less", value - 1)


def _least(keys: Keys, value: int) -> Iterator[Mutant]:
    yield Mutant(keys, "removed")
    yield Mutant(keys, "one more", value + 1)


def _pattern(keys: Keys, value: str) -> Iterator[Mutant]:
    yield Mutant(keys, "removed")
    for change, pattern in patterns.variants(value):
        yield Mutant(keys, change, pattern)


def _type(keys: Keys, value: str) -> Iterator[Mutant]:
    yield Mutant(keys, "removed")
    if value == "integer":
        yield Mutant(keys, "number", "number")


def _loose(keys: Keys, value: Any) -> Iterator[Mutant]:
    """A list of closed properties opened, a reference to anything."""
    yield Mutant(keys, "removed")
    if isinstance(value, dict):
        yield Mutant(keys, "true", value=True)


def _kinds(keys: Keys, value: list[str]) -> Iterator[Mutant]:
    """What a reference may name: anything, one kind fewer, one kind more."""
    yield Mutant(keys, "removed")
    if len(value) > 1:
        yield from _each(keys, value)
    yield from (Mutant(keys, f"or {kind}", [*value, kind]) for kind in sorted(_KINDS - {*value}))


_KINDS: Final = Plan(catalogue().schema(VERSION)).kinds
"""The definitions of the entries that have an id of their own."""

_MUTATIONS: Final[dict[str, Callable[[Keys, Any], Iterator[Mutant]]]] = {
    "type": _type, "const": _removed, "enum": _codes, "required": _each, "additionalProperties": _loose,
    "propertyNames": _removed, "dependentRequired": _dependencies, "minProperties": _least, "minItems": _least,
    "uniqueItems": _removed, "minLength": _least, "maxLength": _bound, "pattern": _pattern, "minimum": _bound,
    "maximum": _bound, "$ref": _removed, "if": _removed, "then": _removed, "not": _removed, "items": _removed,
    "properties": _properties, "allOf": _all, "x-refers-to": _kinds, "x-codelist": _removed,
}  # fmt: skip
_WORDS: Final = frozenset({"title", "description", "examples", "x-definition", "x-synonyms"})
_HOLDS_NOTHING: Final = _WORDS | {"$schema", "$id", "$comment", "$defs"}
"""Keywords that constrain nothing themselves: what is told to people, and what holds other parts of the schema."""


def _other_references(schema: dict[str, Any]) -> Iterator[Mutant]:
    """Each reference, and each id that can be referred to, as one of another sort: plain validators see no difference."""
    definitions = schema["$defs"]
    alike: dict[str, list[str]] = defaultdict(list)
    for name, part in definitions.items():
        alike[_form_text(definitions, part)].append(name)
    for keys, name in _references(schema, ()):
        if name == "localId" or "x-refers-to" in _resolved(definitions, definitions[name]):
            for other in alike[_form_text(definitions, definitions[name])]:
                if other != name:
                    yield Mutant(keys, f"to {other}", f"#/$defs/{other}")


def _references(part: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """Every `$ref`, with the definition that it names."""
    for keyword, value in part.items() if isinstance(part, dict) else ():
        if keyword == "$ref":
            yield (*keys, keyword), value.removeprefix("#/$defs/")
        for inner_keys, inner in _within(keyword, value):
            yield from _references(inner, (*keys, keyword, *inner_keys))


def _form_text(definitions: dict[str, Any], part: Any) -> str:
    return json.dumps(_form(definitions, part), sort_keys=True)


def _form(definitions: dict[str, Any], part: Any) -> Any:
    """What a plain validator knows of a definition."""
    form = {name: value for name, value in part.items() if name not in _WORDS and not name.startswith("x-")}
    if "$ref" in form:
        form |= _form(definitions, definitions[form.pop("$ref").removeprefix("#/$defs/")])
    if "items" in form:
        form["items"] = _form(definitions, form["items"])
    return form


def _resolved(definitions: dict[str, Any], part: Any) -> Any:
    """What holds for a value, or for an entry of a list."""
    while "items" in part or "$ref" in part:
        inner = part["items"] if "items" in part else definitions[part["$ref"].removeprefix("#/$defs/")]
        part = {**inner, **{name: value for name, value in part.items() if name not in ("items", "$ref")}}
    return part


def changed(schema: Any, mutant: Mutant) -> Any:
    """The schema with one change; what does not change is shared."""

    def at(part: Any, keys: Keys) -> Any:
        key, *rest = keys
        copy: Any = dict(part) if isinstance(part, dict) else list(part)
        if rest:
            copy[key] = at(part[key], tuple(rest))
        elif mutant.value is None:
            del copy[key]
        else:
            copy[key] = mutant.value
        return copy

    return at(schema, mutant.keys)
