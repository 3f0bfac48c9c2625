"""The walk through a record that collects what rules need.

For valid records, it is Python source generated from the plan of a schema, which tests nothing that the schema has already
tested; `make codelists` stores it in the package. Other records, and single values, are collected by a plain reading of the plan.

A walk visits only what the plan names, in the plan's order, and keeps a spot for each value: the object that holds it and
the keys that lead from there to the value. A path is built only if there is something to report.

    python -m diplomatic_events.schema.walker [X.Y]      # print the source for a version of the schema
"""

import importlib.util
import sys
from binascii import crc32
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from typing import Any, Final, NamedTuple

from diplomatic_events.pointers import Pointer
from diplomatic_events.schema.catalogue import Catalogue, catalogue
from diplomatic_events.schema.plan import NOTED, ROOT, Plan, Step, noted

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
    return (HERE, *path) if path else HERE


class Found:
    """What one walk collects, each value with its spot.

    ``entries`` has the objects of each definition without ids; ``ids`` the ids of those that have one, ``definitions`` the
    first entry of each id with its definition, and ``doubles`` all further ones. ``used`` has the ids that references use,
    by the kinds of entry that they may name. ``codes`` are those not yet known to be sound, by their codelist. ``noted`` has
    which of the plan's noted properties occur. ``open`` is true if the record has a part that the schema does not describe,
    and ``visible`` if each of its texts that may not be blank, but for the longest, is known to begin with something that
    can be seen.
    """

    __slots__ = (
        "codes",
        "dates",
        "definitions",
        "doubles",
        "entries",
        "ids",
        "languages",
        "noted",
        "open",
        "used",
        "visible",
    )

    def __init__(self) -> None:
        self.entries: dict[str, list[tuple[dict[str, Any], Spot]]] = defaultdict(list)
        self.ids: dict[str, set[str]] = defaultdict(set)
        self.definitions: dict[str, tuple[str, dict[str, Any], Spot]] = {}
        self.doubles: list[tuple[str, tuple[str, dict[str, Any], Spot]]] = []
        self.used: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self.dates: list[tuple[str, Spot]] = []
        self.languages: list[tuple[str, Spot]] = []
        self.codes: dict[str, list[tuple[str, Spot]]] = defaultdict(list)
        self.noted: set[str] = set()
        self.open = False
        self.visible = False

    def add(self, plan: Plan, step: Step, value: Any, spot: Spot) -> None:
        """Collect one value that a plain reading of the plan visits."""
        if step.action == "object":
            self.noted.update(noted(step.detail, name) for name in plan.noted.get(step.detail, ()) if name in value)
        if step.action == "open":
            self.open = True
        elif step.action == "reference":
            self.used[step.detail].add(value)
        elif step.action == "code":
            self.codes[step.detail].append((value, spot))
        elif step.action == "date":
            self.dates.append((value, spot))
        elif step.action == "language":
            self.languages.append((value, spot))
        elif step.detail not in plan.kinds:
            self.entries[step.detail].append((value, spot))
        elif isinstance(value.get("id"), str):
            self.define(value["id"], (step.detail, value, spot))

    def define(self, id: str, entry: tuple[str, dict[str, Any], Spot]) -> None:
        """Collect an entry that has an id."""
        self.ids[entry[0]].add(id)
        if self.definitions.setdefault(id, entry) is not entry:
            self.doubles.append((id, entry))

    def drop(self, paths: Container[Pointer]) -> None:
        """Drop the dates, languages and codes at some paths, whose form the schema has refused."""
        for items in (self.dates, self.languages, *self.codes.values()):
            items[:] = [item for item in items if path_of(item[1]) not in paths]


def visit(plan: Plan, step: Step, value: Any, spot: Spot) -> Iterator[tuple[Step, Any, Spot]]:
    """Each value that the plan names, with its step, by a plain reading: an object after what is in it.

    Values of the wrong type are skipped, so that a broken part does not stop the rules that do not need it.
    """
    if step.many:
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from visit(plan, step._replace(many=False), item, (*spot, index))
    elif step.action == "object":
        if isinstance(value, dict):
            for key, inner in plan.steps[step.detail].items():
                if key in value:
                    yield from visit(plan, inner, value[key], (spot, key))
            yield step, value, spot
    elif step.action == "open" or isinstance(value, str):
        yield step, value, spot


Collect = Callable[[dict[str, Any], Spot, Found], None]
"""Collects the contents of a valid record."""


class Walk(NamedTuple):
    """The walk through valid records of one version, compiled.

    It skips the codes that are ``sound``, by their codelists, to which rules add. ``depth`` is the plan's.
    """

    collect: Collect
    sound: dict[str, set[str]]
    depth: int


def walk(source_of: Catalogue, version: str) -> Walk:
    """The walk of a version: as it is stored in the package, or generated where that is out of date."""
    stored = importlib.util.find_spec(f"diplomatic_events.schema.{stored_name(version)}")
    names: dict[str, Any] = {}
    if stored is not None:
        loader: Any = stored.loader
        exec(loader.get_code(stored.name), names)  # noqa: S102  # it is part of this package
    if names.get("MADE_OF") != made_of(source_of, version):
        code = compile(source(Plan(source_of.schema(version))), "<walk>", "exec")
        names = {}
        exec(code, names)  # noqa: S102  # the source is made here, of nothing but names
    return Walk(names[_function(ROOT)], names["sound"], names["DEPTH"])


def made_of(source_of: Catalogue, version: str) -> int:
    """A checksum of what the walk of a version is made of: the schema, and what is to be noted."""
    return crc32(repr(NOTED).encode(), source_of.checksum(version))


def stored_name(version: str) -> str:
    """The name of the module in which the walk of a version is stored."""
    return f"walk_{version.replace('.', '_')}"


def source(plan: Plan) -> str:
    """The source of the walk: the depth, the sound codes of each codelist, and a function for each definition."""
    sound = "".join(f"    {name!r}: set(),\n" for name in plan.codelists)
    sets = "".join(f"{_sound(name)} = sound[{name!r}]\n" for name in plan.codelists)
    called = (name for name in plan.steps if name == ROOT or not _is_small(plan, name))
    functions = "".join("\n\n" + "\n".join(_lines(plan, name)) + "\n" for name in called)
    return f"DEPTH = {plan.depth}\nsound = {{\n{sound}}}\n{sets}{functions}"


def _sound(codelist: str) -> str:
    return f"sound_{codelist.replace('-', '_')}"


def _function(definition: str) -> str:
    return f"walk_{definition or 'record'}"


def _lines(plan: Plan, definition: str) -> Iterator[str]:
    yield f"def {_function(definition)}(value, spot, found):"
    yield from _body(plan, definition, "value", "spot", "    ")
    if definition not in plan.kinds:
        yield f"    found.entries[{definition!r}].append((value, spot))"
    else:
        yield f"    id, entry = value['id'], ({definition!r}, value, spot)"
        yield f"    found.ids[{definition!r}].add(id)"
        yield "    if found.definitions.setdefault(id, entry) is not entry:"
        yield "        found.doubles.append((id, entry))"


def _body(plan: Plan, definition: str, value: str, spot: str, indent: str) -> Iterator[str]:
    """The lines for the properties of an object: those that every valid one has are not looked for."""
    for key in plan.noted.get(definition, ()):
        if key not in plan.steps[definition]:
            yield f"{indent}if {key!r} in {value}:"
            yield f"{indent}    found.noted.add({noted(definition, key)!r})"
    for key, step in plan.steps[definition].items():
        inner = indent
        if key not in plan.required[definition]:
            yield f"{indent}if {key!r} in {value}:"
            inner += "    "
        if key in plan.noted.get(definition, ()):
            yield f"{inner}found.noted.add({noted(definition, key)!r})"
        if step.many and step.action == "reference":
            yield f"{inner}found.used[{step.detail!r}].update({value}[{key!r}])"
        elif step.many:
            yield f"{inner}for index, item in enumerate({value}[{key!r}]):"
            yield from _visit(plan, step, "item", f"({spot}, {key!r}, index)", inner + "    ")
        elif step.action in ("code", "object"):
            yield f"{inner}part = {value}[{key!r}]"
            yield from _visit(plan, step, "part", f"({spot}, {key!r})", inner)
        else:
            yield from _visit(plan, step, f"{value}[{key!r}]", f"({spot}, {key!r})", inner)


def _visit(plan: Plan, step: Step, value: str, spot: str, indent: str) -> Iterator[str]:
    if step.action == "code":
        yield f"{indent}if {value} not in {_sound(step.detail)}:"
        yield f"{indent}    found.codes[{step.detail!r}].append(({value}, {spot}))"
    elif step.action == "object" and _is_small(plan, step.detail):
        for key, only in plan.steps[step.detail].items():
            yield from _visit(plan, only, f"{value}[{key!r}]", f"({spot}, {key!r})", indent)
        yield f"{indent}found.entries[{step.detail!r}].append(({value}, {spot}))"
    else:
        yield (
            indent
            + {
                "object": f"{_function(str(step.detail))}({value}, {spot}, found)",
                "reference": f"found.used[{step.detail!r}].add({value})",
                "date": f"found.dates.append(({value}, {spot}))",
                "language": f"found.languages.append(({value}, {spot}))",
                "open": "found.open = True",
            }[step.action]
        )


def _is_small(plan: Plan, definition: str) -> bool:
    """Whether an object has no id, nothing noted, and at most one property to visit, which is always there: no function is called."""
    steps = plan.steps[definition]
    return (
        definition not in {ROOT, *plan.kinds}
        and not plan.noted[definition]
        and len(steps) <= 1
        and plan.required[definition].issuperset(steps)
        and not any(step.many or step.action == "object" for step in steps.values())
    )


def main(arguments: Sequence[str]) -> None:
    """Print the source of the walk for a version of the schema, or for the latest."""
    version = arguments[0] if arguments else catalogue().latest
    sys.stdout.write(source(Plan(catalogue().schema(version))))


if __name__ == "__main__":
    main(sys.argv[1:])
