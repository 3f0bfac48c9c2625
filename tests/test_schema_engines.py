"""The two engines: they give the same answer, fetch nothing, and one does without the other."""

from typing import Any

import pytest

from diplomatic_events import DiplomaticEventsError
from diplomatic_events.schema.engines import Engine, NativeEngine, ReferenceEngine, Violation, compile_schema

SCHEMA = {
    "$defs": {"short": {"type": "string", "maxLength": 2}},
    "type": "object",
    "required": ["a", "b"],
    "additionalProperties": False,
    "properties": {"a": {"$ref": "#/$defs/short"}, "b": {"type": "array", "items": {"$ref": "#/$defs/short"}}},
}
BOTH = pytest.mark.parametrize("engine", ["jsonschema-rs", "jsonschema"])


def violations(engine: Engine, value: Any) -> list[tuple[tuple[Any, ...], str]]:
    return sorted((violation.path, violation.keyword) for violation in engine.violations(value))


@BOTH
def test_an_engine_names_each_broken_keyword_and_its_place(engine: str) -> None:
    compiled = compile_schema(SCHEMA, engine)
    assert compiled.is_valid({"a": "x", "b": ["y"]})
    wrong = {"b": ["long", 5], "c": 1}
    assert not compiled.is_valid(wrong)
    assert violations(compiled, wrong) == [
        ((), "additionalProperties"),
        ((), "required"),
        (("b", 0), "maxLength"),
        (("b", 1), "type"),
    ]


@BOTH
def test_an_engine_gives_the_part_of_the_schema_that_is_broken(engine: str) -> None:
    found = list(compile_schema(SCHEMA, engine).violations({"a": "long", "b": []}))
    assert found == [Violation(("a",), "maxLength", {"type": "string", "maxLength": 2})]


@BOTH
def test_a_broken_name_is_reported_at_its_object(engine: str) -> None:
    schema = {"propertyNames": {"pattern": "^x"}}
    assert violations(compile_schema(schema, engine), {"y": 1}) == [((), "propertyNames")]


@BOTH
def test_no_engine_fetches_a_schema_from_elsewhere(engine: str) -> None:
    schema = {"properties": {"a": {"$ref": "https://example.org/schema.json"}}}
    with pytest.raises(Exception, match=r"https://example\.org/schema\.json"):
        compile_schema(schema, engine).is_valid({"a": 1})


def test_the_fast_engine_is_the_usual_one() -> None:
    assert isinstance(compile_schema(SCHEMA, "auto"), NativeEngine)
    assert isinstance(compile_schema(SCHEMA, "jsonschema"), ReferenceEngine)


def test_without_the_fast_engine_the_reference_does_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert isinstance(compile_schema(SCHEMA, "auto"), ReferenceEngine)
    with pytest.raises(DiplomaticEventsError) as caught:
        compile_schema(SCHEMA, "jsonschema-rs")
    assert str(caught.value) == "the engine jsonschema-rs is not installed"
    assert caught.value.help == "install it, or choose --engine jsonschema"


@pytest.mark.parametrize(
    "wide", [{f"y{number}": 1 for number in range(300)}, [{"x": {f"y{number}": 1 for number in range(300)}}]]
)
def test_an_object_with_very_many_properties_is_judged_by_the_reference(wide: Any) -> None:
    """The native engine would copy the object for each of its names."""
    schema = {"propertyNames": {"pattern": "^x"}, "items": {"properties": {"x": {"propertyNames": {"pattern": "^x"}}}}}
    native, reference = compile_schema(schema, "jsonschema-rs"), compile_schema(schema, "jsonschema")
    assert list(native.violations(wide)) == list(reference.violations(wide))
    assert len(violations(native, wide)) == 300
