"""The targets of annotations: where in a record they lead, and how to write them so that they keep leading there.

A target is a JSON Pointer from the record, `/date`, or it begins with the id of an entry: `shoigu/office/level`.
"""

from typing import Any

from diplomatic_events.pointers import Pointer, resolve, to_pointer
from diplomatic_events.schema.walker import Found, path_of


def targets(annotation: dict[str, Any]) -> list[tuple[Pointer, str]]:
    """Every target of an annotation, with the path from the annotation to it."""
    target, several = annotation.get("target"), annotation.get("targets")
    found: list[tuple[Pointer, str]] = [(("target",), target)] if isinstance(target, str) else []
    if isinstance(several, list):
        found += [(("targets", index), one) for index, one in enumerate(several) if isinstance(one, str)]
    return found


def reached(record: dict[str, Any], found: Found, target: str) -> Pointer | None:
    """The path of the value that a target leads to, or None if it leads nowhere."""
    id, slash, way = target.partition("/")
    if not id:
        return resolve(record, target)
    if id not in found.definitions:
        return None
    _, entry, spot = found.definitions[id]
    inner = resolve(entry, slash + way)
    return None if inner is None else (*path_of(spot), *inner)


def stable(record: dict[str, Any], found: Found, path: Pointer) -> str:
    """The target for a path: from the innermost entry with an id on the way, or else from the record."""
    here: Any = record
    start, rest = "", path
    for length, key in enumerate(path, 1):
        here = here[key]
        id = here.get("id") if isinstance(here, dict) else None
        if isinstance(id, str) and id in found.definitions and found.definitions[id][1] is here:
            start, rest = id, path[length:]
    return start + to_pointer(rest)
