"""How large the schema of a draft is, by all that providers of language models limit."""

from collections.abc import Iterator
from typing import Any, NamedTuple


class Size(NamedTuple):
    """How large a schema is, by all that a provider limits."""

    properties: int
    optional: int
    unions: int
    levels: int
    objects: int
    codes: int
    characters: int
    characters_of_long_enum: int


def nodes(schema: dict[str, Any], level: int = 0, objects: int = 0) -> Iterator[tuple[dict[str, Any], int, int]]:
    """Every schema within a schema, how many properties and lists it is in, and in how many objects."""
    yield schema, level, objects
    for part in schema.get("properties", {}).values():
        yield from nodes(part, level + 1, objects + 1)
    if "items" in schema:
        yield from nodes(schema["items"], level + 1, objects)


def size(schema: dict[str, Any]) -> Size:
    """Measure a schema, in which every part stands in its place."""
    every = list(nodes(schema))
    enums = [node["enum"] for node, _, _ in every if "enum" in node]
    names = [name for node, _, _ in every for name in node.get("properties", ())]
    return Size(
        properties=len(names),
        optional=sum(len(node["properties"]) - len(node["required"]) for node, _, _ in every if "properties" in node),
        unions=sum("anyOf" in node or isinstance(node["type"], list) for node, _, _ in every),
        levels=max(level for _, level, _ in every),
        objects=max(objects for _, _, objects in every),
        codes=sum(map(len, enums)),
        characters=sum(map(len, [*names, *(code for enum in enums for code in enum)])),
        characters_of_long_enum=max((sum(map(len, enum)) for enum in enums if len(enum) > 250), default=0),
    )
