"""Two engines, the typed models and the model in plain Python judge every value alike."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from diplomatic_events import Event
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.engines import Violation, compile_schema
from newest import VERSION
from property.cases import FULL, cases
from property.edits import mutated
from property.model import OBJECTS, RECORD, Part, judge, parts, same
from property.strategies import records
from property.words import arbitrary_json

SCHEMA = catalogue().schema(VERSION)
NATIVE = compile_schema(SCHEMA, "jsonschema-rs")
REFERENCE = compile_schema(SCHEMA, "jsonschema")
VALUES = mutated(records()) | records() | arbitrary_json()


def broken(violations: Any) -> set[tuple[Any, ...]]:
    found: list[Violation] = list(violations)
    return {(violation.path, violation.keyword) for violation in found}


@given(VALUES)
def test_both_engines_find_the_same_keywords_broken_at_the_same_places(value: Any) -> None:
    native, reference = broken(NATIVE.violations(value)), broken(REFERENCE.violations(value))
    assert native == reference
    assert NATIVE.is_valid(value) == REFERENCE.is_valid(value) == (not native)


@given(VALUES)
def test_the_schema_judges_as_the_model_in_plain_python(value: Any) -> None:
    assert NATIVE.is_valid(value) == judge(value)


def test_the_schema_judges_every_boundary_as_the_model_in_plain_python() -> None:
    wrong = [case.name for case in cases() if NATIVE.is_valid(case.record) != case.valid]
    assert wrong == []


def test_boundaries_are_on_both_sides() -> None:
    verdicts = [case.valid for case in cases()]
    assert verdicts.count(True) > 1000
    assert verdicts.count(False) > 1000


def test_the_full_record_has_every_property_and_the_model_every_definition() -> None:
    assert judge(FULL)
    used = {(kind.name, name) for _, kind, value in parts(FULL) if isinstance(kind, Part) for name in value}
    every = {(name, key) for name, form in OBJECTS.items() for key in form.properties}
    assert used == every


@given(mutated(records()) | records())
def test_the_typed_model_takes_what_the_schema_takes_and_gives_back_the_same_json(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    if not NATIVE.is_valid(value):
        with pytest.raises(ValidationError):
            Event.model_validate_json(text)
        return
    event = Event.model_validate_json(text)
    assert same(json.loads(event.to_json()), value)
    assert same(json.loads(event.to_json(indent=None)), value)


@given(st.floats() | st.integers())
def test_the_plain_model_and_the_schema_agree_on_numbers(number: float) -> None:
    if math.isfinite(number) and abs(number) < 2**53:
        record = {**FULL, "revision": {"number": number}}
        assert NATIVE.is_valid(record) == judge(record, RECORD)
