"""Remove or loosen each constraint of the schema, one at a time: does a test see it?

A mutant is killed by a fixture of the conformance suite, by a boundary of the model or by a generated record whose verdict
is no longer the right one. It prints the survivors and the score, and ends with 1 where one survives without a reason in
tests/property/equivalent_mutants.toml.

    python validator/tools/mutants.py [--update]

`--update` writes the score into docs/proof.md.
"""

import json
import multiprocessing
import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

import jsonschema_rs
from jsonschema import Draft202012Validator

import figures
import patterns

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
SCHEMA: Final = ROOT / "schema/1.0/event.schema.json"
EQUIVALENT: Final = ROOT / "tests/property/equivalent_mutants.toml"
SUITE: Final = ROOT / "tests/conformance"

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


class Witness(NamedTuple):
    """A record and the verdict that is right for it, by somebody else's word than the schema's."""

    kind: str
    record: Any
    valid: bool


# --- the mutants


def mutants(part: Any, keys: Keys = ()) -> Iterator[Mutant]:
    """Every mutant of a schema.

    Raises:
        LookupError: The schema has a keyword that nobody has said how to loosen.
    """
    if not isinstance(part, dict):
        return
    for keyword in part:
        here = (*keys, keyword)
        if keyword in _MUTATIONS:
            yield from _MUTATIONS[keyword](here, part[keyword])
        elif keyword not in _HOLDS_NOTHING and not keyword.startswith("x-"):
            raise LookupError(f"there are no mutants of `{keyword}`, at /{'/'.join(map(str, keys))}")
        if keyword in ("properties", "$defs"):
            for name, inner in part[keyword].items():
                yield from mutants(inner, (*here, name))
        elif keyword in ("items", "additionalProperties", "propertyNames", "if", "then", "not"):
            yield from mutants(part[keyword], here)
        elif keyword == "allOf":
            for index, inner in enumerate(part[keyword]):
                yield Mutant((*here, index), "removed")
                yield from mutants(inner, (*here, index))


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
    for change, pattern in patterns.loosened(value):
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


_MUTATIONS: Final[dict[str, Callable[[Keys, Any], Iterator[Mutant]]]] = {
    "type": _type, "const": _removed, "enum": _codes, "required": _each, "additionalProperties": _loose,
    "propertyNames": _removed, "dependentRequired": _dependencies, "minProperties": _least, "minItems": _least,
    "uniqueItems": _removed, "minLength": _least, "maxLength": _bound, "pattern": _pattern, "minimum": _bound,
    "maximum": _bound, "$ref": _removed, "if": _removed, "then": _removed, "not": _removed,
}  # fmt: skip
_HOLDS_NOTHING: Final = frozenset(
    {"$schema", "$id", "$comment", "$defs", "title", "description", "examples", "properties", "items", "allOf"}
)
"""Keywords that constrain nothing themselves: what is told to people, and what holds other parts of the schema."""


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


# --- the witnesses


def witnesses() -> Iterator[Witness]:
    """Records with their right verdicts: the conformance suite, the examples, the boundaries, generated records."""
    from diplomatic_events.parse import UNPARSED, parse
    from property.cases import cases
    from property.generated import generated

    manifest = json.loads((SUITE / "manifest.json").read_bytes())
    for case in manifest["cases"]:
        # Of several files, it is not said which is invalid.
        if "valid" in case and (case["valid"] or len(case["files"]) == 1):
            for name in case["files"]:
                value = parse((SUITE / name).read_bytes()).value
                if value is not UNPARSED:
                    yield Witness("conformance", value, case["valid"])
    for path in sorted(ROOT.glob("examples/*/record.json")):
        yield Witness("conformance", json.loads(path.read_bytes()), valid=True)
    for boundary in cases():
        yield Witness("boundaries", boundary.record, boundary.valid)
    for made in generated(400):
        yield Witness("generated", made.record, made.valid)


class Trial:
    """Holds mutants against witnesses; those that the whole schema rejects in a mutant's place come first."""

    def __init__(self) -> None:
        self.schema = json.loads(SCHEMA.read_bytes())
        self.witnesses = list(witnesses())
        self.by_place: dict[Keys, list[int]] = defaultdict(list)
        self.only_fault: dict[Keys, list[tuple[str, int]]] = defaultdict(list)
        self.accepted: list[int] = []
        whole = jsonschema_rs.Draft202012Validator(self.schema)
        for number, witness in enumerate(self.witnesses):
            if witness.valid:
                self.accepted.append(number)
            errors: list[tuple[Keys, Any]] = [
                (_normal(error.schema_path), error.instance) for error in whole.iter_errors(witness.record)
            ]
            for place, _ in errors:
                self.by_place[place].append(number)
            if len(errors) == 1 and errors[0][0][-1] == "pattern":
                place, broken = errors[0]
                # The names of properties are judged one by one, and the object is what is told.
                self.only_fault[place] += [
                    (text, number)
                    for text in ([broken] if isinstance(broken, str) else list(cast("dict[str, Any]", broken)))
                ]

    def killer(self, mutant: Mutant) -> str | None:
        """The kind of witness that sees the mutant, or None."""
        try:
            validator = jsonschema_rs.Draft202012Validator(changed(self.schema, mutant))
        except jsonschema_rs.ValidationError:
            return "the schema itself"
        likely = self.by_place.get(mutant.keys, [])
        rest = self.accepted if mutant.change.startswith(("without", "one")) else []
        for numbers in (likely, rest, range(len(self.witnesses))):
            for number in numbers:
                witness = self.witnesses[number]
                if validator.is_valid(witness.record) != witness.valid:
                    return witness.kind
        return self._killer_in_python(mutant)

    def _killer_in_python(self, mutant: Mutant) -> str | None:
        """What a pattern means does not depend on the engine, but for `$`: to Python it stands before a line break too."""
        if mutant.change != patterns.LINE_BREAK:
            return None
        validator = Draft202012Validator(changed(self.schema, mutant))
        for text, number in self.only_fault[mutant.keys]:
            if re.search(mutant.value, text) and validator.is_valid(self.witnesses[number].record):
                return f"{self.witnesses[number].kind} in the reference engine"
        return None


def _normal(path: Iterable[str | int]) -> Keys:
    """A place in the schema without the references that lead to it."""
    keys: list[str | int] = []
    for key in path:
        if key == "$defs" and keys:
            keys.clear()
        keys.append(key)
    return tuple(keys)


_trials: list[Trial] = []
"""The trial of this process: it is prepared once, and the processes that are forked have it."""


def _killer(mutant: Mutant) -> tuple[Mutant, str | None]:
    return mutant, _trials[0].killer(mutant)


def reasons() -> dict[str, str]:
    """The mutants that no record can tell from the schema, and why."""
    return {
        entry["mutant"]: entry["reason"]
        for entry in tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))["equivalent"]
    }


def main() -> None:
    """Try every mutant, print the survivors and the score."""
    schema = json.loads(SCHEMA.read_bytes())
    every = list({mutant.name: mutant for mutant in mutants(schema)}.values())
    known = reasons()
    killed: Counter[str] = Counter()
    survivors: list[str] = []
    equivalent: set[str] = set()
    _trials[:] = [Trial()]
    with multiprocessing.get_context("fork").Pool() as pool:
        for mutant, kind in pool.imap_unordered(_killer, every, chunksize=8):
            if kind:
                killed[kind] += 1
            elif mutant.name in known:
                equivalent.add(mutant.name)
            else:
                survivors.append(mutant.name)
    for name in sorted(survivors):
        print(f"survived: {name}")
    stale = sorted(known.keys() - equivalent)
    for name in stale:
        print(f"listed as equivalent, and killed or no longer there: {name}")
    score = f"killed {killed.total():,} of {len(every) - len(equivalent):,}"
    kinds = ", ".join(f"{number:,} by {kind}" for kind, number in killed.most_common())
    print(f"{kinds}; {len(equivalent)} equivalent")
    print(score)
    if "--update" in sys.argv:
        figures.write(
            "mutants", f"{score.capitalize()} mutants of the schema ({kinds}); {len(equivalent)} are equivalent."
        )
    if survivors or stale:
        sys.exit(1)


if __name__ == "__main__":
    main()
