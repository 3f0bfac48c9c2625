"""What the mutants of the schema are held against: records whose right verdict is known by other word than the schema's."""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

import jsonschema_rs
from jsonschema import Draft202012Validator

import conformance
import patterns
from mutations import Keys, Mutant, changed

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
GENERATED: Final = 400


class Witness(NamedTuple):
    """A record and the verdict that is right for it.

    A boundary differs from the full record in the value at ``path``; any other record is its own ``value``.
    """

    kind: str
    name: str
    path: tuple[str | int, ...]
    value: Any
    valid: bool

    @property
    def record(self) -> Any:
        """The whole record."""
        from property.cases import FULL, with_value

        return with_value(FULL, self.path, self.value)


def witnesses() -> Iterator[Witness]:
    """The conformance suite, the examples, the boundaries, generated records."""
    from diplomatic_events.jsontext.parse import UNPARSED, parse
    from property.cases import cases
    from property.generated import generated

    for case in conformance.cases():
        # Of several files, it is not said which is invalid.
        if "valid" in case.entry and (case.entry["valid"] or len(case.checked) == 1):
            for name, data in case.checked.items():
                value = parse(data).value
                if value is not UNPARSED:
                    yield Witness("conformance", name, (), value, case.entry["valid"])
    for path in sorted(ROOT.glob("examples/*/record.json")):
        name = path.relative_to(ROOT).as_posix()
        yield Witness("conformance", name, (), json.loads(path.read_bytes()), valid=True)
    for boundary in cases():
        yield Witness("boundaries", boundary.name, boundary.path, boundary.value, boundary.valid)
    for number, made in enumerate(generated(GENERATED)):
        yield Witness("generated", f"number {number}", (), made.record, made.valid)


class Trial:
    """Holds mutants against every witness; those that are likely to tell come first.

    ``wrong`` names the witnesses whose verdict is not that of the whole schema: with them, nothing could be said of a
    mutant. ``texts`` has the witnesses by the texts in them, for each pattern: if a mutant of the pattern judges every
    text as before, it judges every witness as before, and only those with other texts are tried.
    """

    def __init__(self, schema: dict[str, Any], found: Iterable[Witness]) -> None:
        self.schema = schema
        self.witnesses = list(found)
        self.wrong: list[str] = []
        self.by_place: dict[Keys, list[int]] = defaultdict(list)
        self.texts: dict[Keys, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self.accepted = [number for number, witness in enumerate(self.witnesses) if witness.valid]
        whole = jsonschema_rs.Draft202012Validator(schema)
        for number, witness in enumerate(self.witnesses):
            errors = {_normal(error.schema_path) for error in whole.iter_errors(witness.record)}
            if witness.valid == bool(errors):
                self.wrong.append(f"{witness.kind}: {witness.name}")
            for place in errors:
                self.by_place[place].append(number)
            for place, text in texts(schema, *part_at(schema, witness.path), witness.value):
                self.texts[place][text].append(number)

    def killer(self, mutant: Mutant) -> str | None:
        """The kind of witness that sees the mutant, or None."""
        try:
            validator = jsonschema_rs.Draft202012Validator(changed(self.schema, mutant))
        except jsonschema_rs.ValidationError:
            return "the schema itself"
        for number in self._candidates(mutant):
            witness = self.witnesses[number]
            if validator.is_valid(witness.record) != witness.valid:
                return witness.kind
        return self._killer_in_python(mutant)

    def _candidates(self, mutant: Mutant) -> Iterable[int]:
        """The witnesses that may tell the mutant from the schema."""
        if mutant.keys[-1] == "pattern":
            return self._with_text_of_other_verdict(mutant)
        rest = self.accepted if mutant.change.startswith(("without", "one")) else []
        return chain(self.by_place.get(mutant.keys, []), rest, range(len(self.witnesses)))

    def _with_text_of_other_verdict(self, mutant: Mutant) -> list[int]:
        before = _of_pattern(_at(self.schema, mutant.keys))
        after = _of_pattern(mutant.value)
        return sorted(
            number
            for text, numbers in self.texts[mutant.keys].items()
            if before.is_valid(text) != after.is_valid(text)
            for number in numbers
        )

    def _killer_in_python(self, mutant: Mutant) -> str | None:
        """What a pattern means does not depend on the engine, but for `$`: to Python it stands before a line break too."""
        if mutant.change != patterns.LINE_BREAK:
            return None
        validator = Draft202012Validator(changed(self.schema, mutant))
        for text, numbers in self.texts[mutant.keys].items():
            if text.endswith("\n") and re.search(mutant.value, text):
                for witness in (self.witnesses[number] for number in numbers):
                    if validator.is_valid(witness.record) != witness.valid:
                        return f"{witness.kind} in the reference engine"
        return None


def texts(schema: dict[str, Any], part: Any, keys: Keys, value: Any) -> Iterator[tuple[Keys, str]]:
    """The texts of a value that a pattern judges, each with the place of the pattern in the schema."""
    if not isinstance(part, dict):
        return
    if isinstance(value, str) and "pattern" in part:
        yield (*keys, "pattern"), value
    if "$ref" in part:
        yield from texts(schema, *_definition(schema, part["$ref"]), value)
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(schema, part.get("propertyNames"), (*keys, "propertyNames"), name)
            yield from texts(schema, *_property(part, keys, name), inner)
    for entry in value if isinstance(value, list) else ():
        yield from texts(schema, part.get("items"), (*keys, "items"), entry)


def part_at(schema: dict[str, Any], path: Iterable[str | int]) -> tuple[Any, Keys]:
    """The part of the schema for a value of a record, and where it stands."""
    part: Any = schema
    keys: Keys = ()
    for key in path:
        while "$ref" in part:
            part, keys = _definition(schema, part["$ref"])
        part, keys = (part["items"], (*keys, "items")) if isinstance(key, int) else _property(part, keys, key)
    return part, keys


def _definition(schema: dict[str, Any], reference: str) -> tuple[Any, Keys]:
    name = reference.removeprefix("#/$defs/")
    return schema["$defs"][name], ("$defs", name)


def _property(part: dict[str, Any], keys: Keys, name: str) -> tuple[Any, Keys]:
    if name in part.get("properties", {}):
        return part["properties"][name], (*keys, "properties", name)
    return part.get("additionalProperties"), (*keys, "additionalProperties")


def _of_pattern(pattern: str | None) -> Any:
    return jsonschema_rs.Draft202012Validator({} if pattern is None else {"pattern": pattern})


def _at(part: Any, keys: Keys) -> Any:
    for key in keys:
        part = part[key]
    return part


def _normal(path: Iterable[str | int]) -> Keys:
    """A place in the schema without the references that lead to it."""
    keys: list[str | int] = []
    for key in path:
        if key == "$defs" and keys:
            keys.clear()
        keys.append(key)
    return tuple(keys)
