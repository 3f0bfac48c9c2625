"""The conditions of an object in the schema, as Python expressions and in words: for ``models.py`` and the reference.

``if``, ``then``, ``else``, ``not``, ``allOf``, ``anyOf``, ``dependentRequired`` and ``dependentSchemas`` are known as far as
they ask which properties are given, or which constant one of them is.
"""

import json
import keyword
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from diplomatic_events.models import building
from diplomatic_events.wording import listed

CONDITIONS: Final = {"if", "then", "else", "not", "allOf", "anyOf", "dependentRequired", "dependentSchemas"}
NOTES: Final = {"title", "description", "examples", "format", "default", "$comment", "$schema", "$id", "$defs"}

Schema: TypeAlias = dict[str, Any]


class UnknownToModelsError(Exception):
    """The schema says something that the models cannot say."""


def known_only(schema: Mapping[str, Any], at: str, known: set[str]) -> None:
    """Raise where a schema has a keyword that is neither known here nor only a note."""
    for name in schema:
        if name not in known | NOTES and not name.startswith("x-"):
            raise UnknownToModelsError(f"{at}: the models do not know `{name}` here")


def python_name(name: str) -> str:
    """The Python name of a property: ``family_name`` for ``familyName``."""
    if name.startswith("$"):
        return f"{name[1:]}_uri"
    snake = re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name)
    taken = keyword.iskeyword(snake) or hasattr(building.Part, snake)
    field = f"{snake}_" if taken else snake
    if building.schema_name(field) != name:
        raise UnknownToModelsError(f"{name} has no Python name from which it follows again")
    return field


def literal(value: object) -> str:
    """A value in Python, with double quotes."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def tuple_of(values: Sequence[object]) -> str:
    """Several values in Python."""
    return f"({', '.join(map(literal, values))})"


@dataclass(frozen=True)
class Fact:
    """What a condition asks of one property: that it is given or absent, or that it is one of some values or not."""

    name: str
    holds: bool = True
    values: tuple[object, ...] = ()

    def negated(self) -> "Fact":
        """The opposite."""
        return Fact(self.name, not self.holds, self.values)

    def python(self) -> str:
        """The expression that is true where it holds."""
        field, isnt = f"self.{python_name(self.name)}", "" if self.holds else "not "
        if not self.values:
            return f"{field} is None" if isnt else f"{field} is not None"
        if len(self.values) > 1:
            return f"{field} {isnt}in {tuple_of(self.values)}"
        return f"{field} {'!=' if isnt else '=='} {literal(self.values[0])}"

    @property
    def is_given(self) -> bool:
        """Whether it asks no more than that the property is given."""
        return self.holds and not self.values

    def words(self) -> str:
        """What holds, as after `if`."""
        if not self.values:
            return f"`{self.name}` is {'given' if self.holds else 'absent'}"
        return f"`{self.name}` is {'' if self.holds else 'not '}{self._any_value()}"

    def demand(self) -> str:
        """What must hold."""
        if not self.values:
            return f"`{self.name}` must {'be given' if self.holds else 'be absent'}"
        return f"`{self.name}` must {'' if self.holds else 'not '}be {self._any_value()}"

    def _any_value(self) -> str:
        return listed([f"`{value}`" for value in self.values], "or")


@dataclass(frozen=True)
class Joined:
    """Several conditions of which all hold, or any."""

    word: str
    parts: "tuple[Condition, ...]"

    def negated(self) -> "Joined":
        """The opposite."""
        return Joined({"and": "or", "or": "and"}[self.word], tuple(part.negated() for part in self.parts))

    def python(self) -> str:
        """The expression that is true where it holds."""
        return f" {self.word} ".join(
            f"({part.python()})" if isinstance(part, Joined) else part.python() for part in self.parts
        )

    def words(self) -> str:
        """What holds, as after `if`."""
        return f" {self.word} ".join(part.words() for part in self.parts)

    def demand(self) -> str:
        """What must hold."""
        facts = [part for part in self.parts if isinstance(part, Fact) and not part.values]
        names = [f"`{fact.name}`" for fact in facts]
        if len(facts) == len(self.parts) and len({fact.holds for fact in facts}) == 1:
            given = facts[0].holds
            if self.word == "and":
                return f"{listed(names)} must {'be given' if given else 'be absent'}"
            if given:
                return f"at least one of {listed(names)} must be given"
            if len(names) == 2:
                return f"{listed(names)} exclude each other"
        return f" {self.word} ".join(part.demand() for part in self.parts)


Condition: TypeAlias = Fact | Joined


def joined(word: str, parts: Sequence[Condition]) -> Condition:
    """Conditions as one, without joints inside joints of the same kind."""
    flat = [
        inner for part in parts for inner in (part.parts if isinstance(part, Joined) and part.word == word else (part,))
    ]
    return flat[0] if len(flat) == 1 else Joined(word, tuple(flat))


def condition(schema: Schema, at: str) -> Condition:
    """What a schema of an object asks of the object's properties."""
    required = schema.get("required", [])
    found: list[Condition] = []
    for name, value in schema.get("properties", {}).items():
        if value is True or value == {}:
            continue
        if value is False:
            found.append(Fact(name, holds=False))
        elif only := value.get("enum", [value["const"]] if "const" in value else None):
            is_one = Fact(name, values=tuple(only))
            found.append(is_one if name in required else joined("or", [Fact(name, holds=False), is_one]))
        else:
            raise UnknownToModelsError(f"{at}: the models can compare {name} only with `const` or `enum`")
    compared = {fact.name for fact in found if isinstance(fact, Fact)}
    found += [Fact(name) for name in required if name not in compared]
    if "not" in schema:
        found.append(condition(schema["not"], at).negated())
    for name, word in (("allOf", "and"), ("anyOf", "or")):
        if name in schema:
            found.append(joined(word, [condition(part, at) for part in schema[name]]))
    known_only(schema, at, {"type", "properties", "required", "not", "allOf", "anyOf"})
    if not found:
        raise UnknownToModelsError(f"{at}: the models do not see a condition here")
    return joined("and", found)


def demands(schema: Schema, at: str) -> Iterator[tuple[Condition | None, Condition]]:
    """Each thing that the conditions of an object demand, with the case in which they do, or None for always."""
    if "if" in schema:
        when = condition(schema["if"], at)
        for branch, case in (("then", when), ("else", when.negated())):
            if branch in schema:
                yield case, condition(schema[branch], at)
    for name, others in schema.get("dependentRequired", {}).items():
        yield Fact(name), joined("and", [Fact(other) for other in others])
    for name, part in schema.get("dependentSchemas", {}).items():
        yield Fact(name), condition(part, at)
    for part in schema.get("allOf", []):
        yield from demands(part if set(part) & CONDITIONS else {"anyOf": [part]}, at)
    plain: Schema = {name: schema[name] for name in ("not", "anyOf") if name in schema}
    if plain:
        yield None, condition(plain, at)


def checks(schema: Schema, at: str) -> Iterator[tuple[str, str]]:
    """Each fault that the conditions of an object forbid: the expression that is true of it, and its message."""
    for case, wanted in demands(schema, at):
        unmet = wanted.negated()
        yield (unmet if case is None else joined("and", [case, unmet])).python(), words(case, wanted)


def words(case: Condition | None, wanted: Condition) -> str:
    """What is demanded in a case, as a clause."""
    if case is None:
        return wanted.demand()
    if isinstance(case, Fact) and not case.values:
        parts = wanted.parts if isinstance(wanted, Joined) and wanted.word == "and" else (wanted,)
        facts = [part for part in parts if isinstance(part, Fact) and part.is_given]
        if case.holds and len(facts) == len(parts):
            return f"`{case.name}` may be given only with {listed([f'`{fact.name}`' for fact in facts])}"
        if not case.holds and facts == [wanted]:
            return joined("or", [case.negated(), wanted]).demand()
    return f"if {case.words()}, {wanted.demand()}"
