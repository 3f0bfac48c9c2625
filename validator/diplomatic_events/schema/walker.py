"""The walk through a record that collects what rules need: Python source generated from the plan of a schema.

It visits only what the plan names, in the plan's order, and keeps a spot for each value: the object that holds it and the
keys that lead from there to the value. A path is built only if there is something to report. Values of the wrong type are
skipped, so that a broken part does not stop the rules that do not need it.

    python -m diplomatic_events.schema.walker [X.Y]      # print the source for a version of the schema
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from typing import Any, Final

from diplomatic_events.pointers import Pointer
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.plan import Plan, Step

Spot = tuple[Any, ...]
"""Where a value is: the spot of the object that holds it, the property, and the index if the property is a list."""

HERE: Final[Spot] = ()
"""The spot of the record itself."""


def path_of(spot: Spot) -> Pointer:
    """The keys that lead from the record to a spot."""
    keys: Pointer = ()
    while spot:
        keys = (*spot[1:], *keys)
        spot = spot[0]
    return keys


def spot_of(path: Pointer) -> Spot:
    """The spot of a path."""
    return (HERE, *path)


class Found:
    """What one walk collects, each value with its spot.

    ``entries`` has the objects of each definition, ``ids`` the ids of those that have one, ``definitions`` the first entry of
    each id with its definition and ``doubles`` all further ones. ``references`` are grouped by the kinds of entry that they
    may name, ``codes`` by their codelist. ``open`` is true if the record has a part that the schema does not describe.
    """

    __slots__ = ("codes", "dates", "definitions", "doubles", "entries", "ids", "languages", "open", "references")

    def __init__(self) -> None:
        self.entries: dict[str, list[tuple[dict[str, Any], Spot]]] = defaultdict(list)
        self.ids: dict[str, set[str]] = defaultdict(set)
        self.definitions: dict[str, tuple[str, dict[str, Any], Spot]] = {}
        self.doubles: list[tuple[str, tuple[str, dict[str, Any], Spot]]] = []
        self.references: dict[tuple[str, ...], list[tuple[str, Spot]]] = defaultdict(list)
        self.dates: list[tuple[str, Spot]] = []
        self.languages: list[tuple[str, Spot]] = []
        self.codes: dict[str, list[tuple[str, Spot]]] = defaultdict(list)
        self.open = False

    def drop(self, paths: Container[Pointer]) -> None:
        """Drop the dates, languages, codes and references at some paths, whose form the schema has refused."""
        for items in (self.dates, self.languages, *self.codes.values(), *self.references.values()):
            items[:] = [item for item in items if path_of(item[1]) not in paths]


Walk = Callable[[Any, Spot, Found], None]
"""Collects the contents of an object of one definition."""


def compiled(plan: Plan) -> dict[str, Walk]:
    """The walk for each definition of a plan."""
    functions: dict[str, Walk] = {}
    exec(compile(source(plan), "<walk>", "exec"), functions)  # noqa: S102  # the source is made here, of nothing but names
    return {name: functions[_function(name)] for name in plan.steps}


def walk_step(walks: dict[str, Walk], step: Step, value: Any, path: Pointer, found: Found) -> None:
    """Collect the contents of the valid value at a path, as the plan says."""
    if step.many:
        for index, item in enumerate(value):
            walk_step(walks, step._replace(many=False), item, (*path, index), found)
    elif step.action == "object":
        walks[step.detail](value, spot_of(path), found)
    elif step.action != "open":
        _list_for(step, found).append((value, spot_of(path)))


def _list_for(step: Step, found: Found) -> list[tuple[str, Spot]]:
    if step.action == "reference":
        return found.references[step.detail]
    if step.action == "code":
        return found.codes[step.detail]
    return found.dates if step.action == "date" else found.languages


def source(plan: Plan) -> str:
    """The source of the walk: a function for each definition."""
    return "\n\n".join("\n".join(_lines(plan, name)) for name in plan.steps) + "\n"


def _function(definition: str) -> str:
    return f"walk_{definition or 'record'}"


def _lines(plan: Plan, definition: str) -> Iterator[str]:
    yield f"def {_function(definition)}(value, spot, found):"
    yield f"    found.entries[{definition!r}].append((value, spot))"
    for key, step in plan.steps[definition].items():
        yield f"    part = value.get({key!r})"
        if step.action == "open":
            yield "    if part is not None:"
            yield "        found.open = True"
        elif step.many:
            yield "    if part.__class__ is list:"
            yield "        for index, item in enumerate(part):"
            yield from _visit(step, "item", f"(spot, {key!r}, index)", "            ")
        else:
            yield from _visit(step, "part", f"(spot, {key!r})", "    ")
    if definition in plan.kinds:
        yield "    id = value.get('id')"
        yield "    if id.__class__ is str:"
        yield f"        entry = ({definition!r}, value, spot)"
        yield f"        found.ids[{definition!r}].add(id)"
        yield "        if found.definitions.setdefault(id, entry) is not entry:"
        yield "            found.doubles.append((id, entry))"


def _visit(step: Step, value: str, spot: str, indent: str) -> Iterator[str]:
    if step.action == "object":
        yield f"{indent}if {value}.__class__ is dict:"
        yield f"{indent}    {_function(step.detail)}({value}, {spot}, found)"
    else:
        lists = {
            "reference": f"found.references[{step.detail!r}]",
            "date": "found.dates",
            "language": "found.languages",
            "code": f"found.codes[{step.detail!r}]",
        }
        yield f"{indent}if {value}.__class__ is str:"
        yield f"{indent}    {lists[step.action]}.append(({value}, {spot}))"


def main(arguments: Sequence[str]) -> None:
    """Print the source of the walk for a version of the schema, or for the latest."""
    version = arguments[0] if arguments else catalogue().latest
    sys.stdout.write(source(Plan(catalogue().schema(version))))


if __name__ == "__main__":
    main(sys.argv[1:])
