"""The two engines that judge a record by the schema: one fast, one the reference, with one answer."""

import importlib
import importlib.util
from collections.abc import Iterator
from typing import Any, Final, NamedTuple, Protocol

from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.pointers import Pointer

ENGINES: Final = ("auto", "jsonschema-rs", "jsonschema")
"""The engines that can be asked for by name; `auto` is the first of them that is installed."""

_WIDE: Final = 200
"""An object with more properties than this is wide."""


class Violation(NamedTuple):
    """A value that breaks a keyword of the schema: where, which, and the part of the schema that has it."""

    path: Pointer
    keyword: str
    schema: Any


class Engine(Protocol):
    """A compiled schema. It never fetches anything."""

    def is_valid(self, value: Any) -> bool:
        """Whether the value keeps every keyword of the schema."""

    def violations(self, value: Any) -> Iterator[Violation]:
        """Every keyword that the value breaks."""


def compile_schema(schema: dict[str, Any], engine: str) -> Engine:
    """Compile a schema with the engine of that name.

    Raises:
        DiplomaticEventsError: The engine asked for is not installed.
    """
    native = importlib.util.find_spec("jsonschema_rs") is not None
    if engine == "jsonschema" or (engine == "auto" and not native):
        return ReferenceEngine(schema)
    if not native:
        raise DiplomaticEventsError(
            "the engine jsonschema-rs is not installed", help="install it, or choose --engine jsonschema"
        )
    return NativeEngine(schema)


class NativeEngine:
    """`jsonschema-rs`, which is written in Rust and does the daily work."""

    def __init__(self, schema: dict[str, Any]) -> None:
        rs = importlib.import_module("jsonschema_rs")
        self._schema = schema
        self._of_names = rs.ValidationErrorKind.PropertyNames
        self._validator = rs.Draft202012Validator(schema, retriever=_refuse)

    def is_valid(self, value: Any) -> bool:
        """Whether the value keeps every keyword of the schema."""
        return bool(self._validator.is_valid(value))

    def violations(self, value: Any) -> Iterator[Violation]:
        """Every keyword that the value breaks."""
        if _is_wide(value):
            yield from ReferenceEngine(self._schema).violations(value)
            return
        for error in self._validator.iter_errors(value):
            holder: Any = self._schema
            for key in error.schema_path[:-1]:
                holder = holder[key]
            keyword = "propertyNames" if isinstance(error.kind, self._of_names) else error.schema_path[-1]
            yield Violation(tuple(error.instance_path), keyword, holder)


class ReferenceEngine:
    """`jsonschema`, the reference implementation in Python: slower, and there for every platform."""

    def __init__(self, schema: dict[str, Any]) -> None:
        jsonschema = importlib.import_module("jsonschema")
        registry = importlib.import_module("referencing").Registry(retrieve=_refuse)
        self._validator = jsonschema.Draft202012Validator(schema, registry=registry)

    def is_valid(self, value: Any) -> bool:
        """Whether the value keeps every keyword of the schema."""
        return bool(self._validator.is_valid(value))

    def violations(self, value: Any) -> Iterator[Violation]:
        """Every keyword that the value breaks."""
        for error in self._validator.iter_errors(value):
            keyword = "propertyNames" if "propertyNames" in error.absolute_schema_path else error.validator
            yield Violation(tuple(error.absolute_path), keyword, error.schema)


def _is_wide(value: Any) -> bool:
    """Whether an object has very many properties: the native engine copies it for each name that breaks a keyword."""
    level = [value] if isinstance(value, dict | list) else []
    while level:
        if any(len(here) > _WIDE for here in level if isinstance(here, dict)):
            return True
        inner = (part for here in level for part in (here.values() if isinstance(here, dict) else here))
        level = [part for part in inner if isinstance(part, dict | list)]
    return False


def _refuse(uri: str) -> Any:
    raise DiplomaticEventsError(f"the schema refers to {uri}, and nothing is ever fetched")
