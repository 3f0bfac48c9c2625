"""The two engines that judge a record by the schema: one fast, one the reference, with one answer."""

import importlib
import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Final, NamedTuple, Protocol

from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.pointers import Pointer
from diplomatic_events.schema.native import native

ENGINES: Final = ("auto", "jsonschema-rs", "jsonschema")
"""The engines that can be asked for by name; `auto` is the first of them that is installed."""

MOST_VIOLATIONS: Final = 20_000
"""A record that breaks the schema as often as this is not judged any further."""

_MOST_VALUES: Final = 2_500
_MOST_COPIED: Final = 10_000_000
_VALUE: Final = 16
"""How many characters of text a value weighs that is none."""


class Violation(NamedTuple):
    """A value that breaks a keyword of the schema: where, which, and the part of the schema that has it."""

    path: Pointer
    keyword: str
    schema: Any


class Engine(Protocol):
    """A compiled schema. It never fetches anything."""

    def is_valid(self, value: Any) -> bool:
        """Whether the value keeps every keyword of the schema."""

    def is_visible(self, value: Any) -> bool:
        """Whether the value keeps the schema as `schema.native` narrows it: most records do, and need no look at their texts.

        If not, the value may still be valid, and all its texts visible: that is then to be found out.
        """

    def violations(self, value: Any) -> Iterator[Violation]:
        """Every keyword that the value breaks."""


def compile_schema(schema: dict[str, Any], engine: str) -> Engine:
    """Compile a schema with the engine of that name.

    Raises:
        DiplomaticEventsError: The engine asked for is not installed.
    """
    has_native = importlib.util.find_spec("jsonschema_rs") is not None
    if engine == "jsonschema" or (engine == "auto" and not has_native):
        return ReferenceEngine(schema)
    if not has_native:
        raise DiplomaticEventsError(
            "the engine jsonschema-rs is not installed", help="install it, or choose --engine jsonschema"
        )
    return NativeEngine(schema)


class NativeEngine:
    """`jsonschema-rs`, which is written in Rust and does the daily work."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._rs = importlib.import_module("jsonschema_rs")
        self._schema = schema
        self._parts: dict[str, Any] = {}

    @cached_property
    def _visible(self) -> Any:
        return self._compiled(self._schema, visible=True)

    @cached_property
    def _validator(self) -> Any:
        return self._compiled(self._schema)

    def _compiled(self, schema: dict[str, Any], *, visible: bool = False) -> Any:
        return self._rs.Draft202012Validator(native(schema, visible=visible), retriever=_refuse)

    def is_valid(self, value: Any) -> bool:
        """Whether the value keeps every keyword of the schema."""
        return bool(self._validator.is_valid(value))

    def is_visible(self, value: Any) -> bool:
        """Whether the value keeps the narrowed schema."""
        return bool(self._visible.is_valid(value))

    def violations(self, value: Any) -> Iterator[Violation]:
        """Every keyword that the value breaks."""
        if _is_large(value):
            yield from ReferenceEngine(self._schema, passes=self._passes).violations(value)
            return
        of_names = self._rs.ValidationErrorKind.PropertyNames
        for error in self._validator.iter_errors(value):
            holder: Any = self._schema
            for key in error.schema_path[:-1]:
                holder = holder[key]
            keyword = "propertyNames" if isinstance(error.kind, of_names) else error.schema_path[-1]
            yield Violation(tuple(error.instance_path), keyword, holder)

    def _passes(self, reference: str, value: Any) -> bool:
        """Whether a value keeps the definition that a reference of the schema leads to."""
        if reference not in self._parts:
            self._parts[reference] = self._compiled({"$defs": self._schema.get("$defs", {}), "$ref": reference})
        return bool(self._parts[reference].is_valid(value))


class ReferenceEngine:
    """`jsonschema`, the reference implementation in Python: slower, and there for every platform.

    ``passes`` may tell, quicker than this engine, whether a value keeps the definition that a reference leads to.
    """

    def __init__(self, schema: dict[str, Any], passes: Callable[[str, Any], bool] | None = None) -> None:
        if importlib.util.find_spec("rpds") is None:
            sys.modules["rpds"] = importlib.import_module("diplomatic_events.schema.persistent")
        jsonschema = importlib.import_module("jsonschema")
        registry = importlib.import_module("referencing").Registry(retrieve=_refuse)
        follow = jsonschema.Draft202012Validator.VALIDATORS["$ref"]
        parts: dict[str, Any] = {}

        def unique_items(_: Any, unique: Any, value: Any, __: Any) -> Iterator[Any]:
            """In one pass: jsonschema compares every entry with every other where it cannot sort them."""
            if unique and isinstance(value, list) and len(set(map(canonical, value))) < len(value):
                yield jsonschema.ValidationError("has an entry twice")

        def reference(validator: Any, target: str, value: Any, of: Any) -> Iterator[Any]:
            """With what a reference leads to looked up once: jsonschema does it for each value, which takes half its time."""
            if passes is not None and passes(target, value):
                return
            part = schema.get("$defs", {}).get(target.removeprefix("#/$defs/"))
            if part is None:
                yield from follow(validator, target, value, of)
                return
            if target not in parts:
                parts[target] = self._validator.evolve(schema=part)
            yield from parts[target].iter_errors(value)

        keywords = {"uniqueItems": unique_items, "$ref": reference}
        validator = jsonschema.validators.extend(jsonschema.Draft202012Validator, keywords)
        self._validator = validator(schema, registry=registry)

    def is_valid(self, value: Any) -> bool:
        """Whether the value keeps every keyword of the schema."""
        return bool(self._validator.is_valid(value))

    def is_visible(self, value: Any) -> bool:
        """It is not known: a second pass would take longer than it saves."""
        return False

    def violations(self, value: Any) -> Iterator[Violation]:
        """Every keyword that the value breaks, found as they are asked for."""
        for error in self._validator.iter_errors(value):
            keyword = "propertyNames" if "propertyNames" in error.absolute_schema_path else error.validator
            yield Violation(tuple(error.absolute_path), keyword, error.schema)


def canonical(value: Any) -> str:
    """A text that two JSON values share only if they are equal: 1.0 is 1, true is neither, and properties have no order."""
    return json.dumps(_with_plain_numbers(value), sort_keys=True)


def _with_plain_numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_plain_numbers(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_plain_numbers(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _is_large(value: Any) -> bool:
    """Whether the native engine would take much memory for what a value breaks.

    It collects all errors before it gives the first, and copies an object for each of its names that breaks a keyword.
    """
    values = weight = 0
    widest = 1
    waiting = [value]
    while waiting:
        here = waiting.pop()
        weight += len(here) if isinstance(here, str) else _VALUE
        if isinstance(here, dict):
            widest = max(widest, len(here))
            weight += sum(map(len, here))
        if isinstance(here, dict | list):
            values += len(here)
        if values > _MOST_VALUES or widest * weight > _MOST_COPIED:
            return True
        if isinstance(here, dict | list):
            waiting.extend(here.values() if isinstance(here, dict) else here)
    return False


def _refuse(uri: str) -> Any:
    raise DiplomaticEventsError(f"the schema refers to {uri}, and nothing is ever fetched")
