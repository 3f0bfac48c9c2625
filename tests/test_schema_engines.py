"""The two engines: they give the same answer, fetch nothing, and one does without the other."""

import json
from itertools import combinations, islice
from typing import Any

import jsonschema
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from check_records import RULES, example
from diplomatic_events import DiplomaticEventsError
from diplomatic_events.schema import native as narrowing
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.engines import (
    Engine,
    NativeEngine,
    ReferenceEngine,
    Violation,
    canonical,
    compile_schema,
)
from hypothesis_settings import bounded

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


# Equal entries

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-1, 2), st.sampled_from([0.0, -0.0, 1.0, 1.5, "", "1", "true"])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("ab"), inner, max_size=2)),
    max_leaves=6,
)


def same(one: Any, other: Any) -> bool:
    """Whether JSON Schema calls two values equal: numbers by what they are worth, objects whatever their order."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) is isinstance(other, bool) and bool(one == other)


@bounded(1000)
@given(VALUES, VALUES)
def test_values_have_one_canonical_text_only_if_they_are_equal(one: Any, other: Any) -> None:
    assert (canonical(one) == canonical(other)) is same(one, other)


@bounded(1000)
@given(st.lists(VALUES, max_size=5))
def test_a_list_is_unique_if_no_two_entries_are_equal(entries: list[Any]) -> None:
    unique = not any(same(one, other) for one, other in combinations(entries, 2))
    for engine in (ReferenceEngine, NativeEngine):
        assert engine({"uniqueItems": True}).is_valid(entries) is unique
        assert engine({"uniqueItems": False}).is_valid(entries)


@pytest.mark.parametrize(
    ("entries", "unique"),
    [
        ([1, 1.0], False),
        ([1, True], True),
        ([0, False], True),
        ([[1], [True], [1]], False),  # jsonschema itself sorts them, and does not see that the first is the last
        ([{"a": 1, "b": 2}, {"b": 2.0, "a": 1}], False),
        ([{"a": 1}, {"a": True}], True),
        (["a", "a"], False),
        ([2**53, 2.0**53], False),
        ([None, False, 0, "", [], {}], True),
    ],
)
@BOTH
def test_entries_are_equal_as_the_specification_says(engine: str, entries: list[Any], unique: bool) -> None:
    assert compile_schema({"uniqueItems": True}, engine).is_valid(entries) is unique


# The same as jsonschema

SOUGHT = catalogue().schema(catalogue().latest)
STOCK = jsonschema.Draft202012Validator(SOUGHT)
OURS = ReferenceEngine(SOUGHT)
PLACES = (
    "",
    "title",
    "topics",
    "places",
    "people",
    "extensions",
    "date",
    "sources",
    "annotations",
    "time",
    "votes",
    "zz",
)


def stock(value: Any) -> list[Violation]:
    """What jsonschema itself says of a value."""
    return [
        Violation(
            tuple(error.absolute_path),
            "propertyNames" if "propertyNames" in error.absolute_schema_path else str(error.validator),
            error.schema,
        )
        for error in STOCK.iter_errors(value)
    ]


@bounded(600)
@given(st.sampled_from(PLACES), VALUES)
def test_the_reference_engine_says_what_jsonschema_says(place: str, value: Any) -> None:
    record = {**example({}), place: value} if place else value
    found = list(OURS.violations(record))
    assert OURS.is_valid(record) is (not found)
    expected = stock(record)
    assume(
        {violation.keyword for violation in found} ^ {violation.keyword for violation in expected} <= {"uniqueItems"}
    )
    assert [each for each in found if each.keyword != "uniqueItems"] == [
        each for each in expected if each.keyword != "uniqueItems"
    ]


@pytest.mark.parametrize(
    "rule",
    [rule for rule in RULES.values() if isinstance(rule.bad, dict) and rule.family == "schema"],
    ids=lambda rule: rule.id,
)
def test_the_reference_engine_says_what_jsonschema_says_of_every_rule_s_example(rule: Any) -> None:
    for fragment in (rule.bad, rule.good):
        record = example(fragment)
        assert list(OURS.violations(record)) == stock(record)


# Large records


LARGE: dict[str, dict[str, Any]] = {
    "entries that lack everything": {"people": [{}] * 3000},
    "codes": {"places": [{"country": f"C{number}"} for number in range(3000)]},
    "types": {"topics": [5, None] * 2000, "title": 5},
    "names": {f"property{number}": number for number in range(3000)},
    "namespaces beside a long text": {
        "extensions": {"org.example": "x" * 1_000_000, **{f"m{n}": 1 for n in range(50)}}
    },
    "one fault among many entries": {"topics": [f"topic-{number}" for number in range(3000)], "title": ""},
}


@pytest.mark.parametrize("name", LARGE)
def test_of_a_large_record_the_fast_engine_says_what_the_reference_says(name: str) -> None:
    record = example(LARGE[name])
    native, reference = compile_schema(SOUGHT, "jsonschema-rs"), compile_schema(SOUGHT, "jsonschema")
    assert native.is_valid(record) is reference.is_valid(record) is False
    assert list(native.violations(record)) == list(reference.violations(record))


def test_of_a_large_record_no_more_is_looked_for_than_is_asked() -> None:
    """The native engine would collect all, at two kilobytes each, before it gives the first."""
    record = json.loads(json.dumps(example({"people": [{}] * 300_000})))
    first = list(islice(compile_schema(SOUGHT, "jsonschema-rs").violations(record), 2))
    assert [violation.path for violation in first] == [("people", 0), ("people", 0)]


def patterns(part: Any) -> set[str]:
    """Every pattern in a part of a schema."""
    if isinstance(part, list):
        return {found for inner in part for found in patterns(inner)}
    if not isinstance(part, dict):
        return set()
    own = {part["pattern"]} if isinstance(part.get("pattern"), str) else set()
    return own | {found for inner in part.values() for found in patterns(inner)}


def test_the_patterns_of_the_schema_mean_the_same_where_they_do_not_look_ahead() -> None:
    schema = catalogue().schema(catalogue().latest)
    assert not any("(?!" in pattern for pattern in patterns(narrowing.native(schema)))
    samples = ("a", "en", "2021-05-03", "15:30", "PT1H", "Latn", "https://example.org/a", "0" * 64, "a/b", "x:y", "1.0")
    values = {
        around.format(sample) for sample in samples for around in ("{}", "{}\n", "{}\r\n", " {}", "\t{}", "\n{}", "{} ")
    }
    for pattern in patterns(schema):
        native, reference = (compile_schema({"pattern": pattern}, engine) for engine in ("jsonschema-rs", "jsonschema"))
        for value in (*values, "", " ", "\n"):
            assert native.is_valid(value) == reference.is_valid(value), (pattern, value)
