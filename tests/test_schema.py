"""The schema keeps the principles that make it work in every validator and editor."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

import newest
from diplomatic_events.schema.words.keywords import TYPES
from diplomatic_events.suggest import plain

ROOT = Path(__file__).parents[1]
SCHEMA: dict[str, Any] = json.loads(newest.SCHEMA.read_bytes())
KEYWORDS = {
    "$schema", "$id", "$comment", "$defs", "$ref", "title", "description", "examples", "type", "const", "enum",
    "properties", "required", "additionalProperties", "propertyNames", "dependentRequired", "minProperties",
    "items", "minItems", "uniqueItems", "minLength", "maxLength", "pattern", "minimum", "maximum",
    "if", "then", "not", "allOf", "x-codelist", "x-definition", "x-refers-to", "x-synonyms",
}  # fmt: skip


def subschemas(schema: Any = SCHEMA, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema inside the schema, with where it stands."""
    yield pointer, schema
    for keyword in ("properties", "$defs"):
        for name, part in schema.get(keyword, {}).items():
            if part is not True:
                yield from subschemas(part, f"{pointer}/{keyword}/{name}")
    for keyword in ("items", "additionalProperties", "propertyNames", "if", "then", "not"):
        if isinstance(schema.get(keyword), dict):
            yield from subschemas(schema[keyword], f"{pointer}/{keyword}")
    for index, part in enumerate(schema.get("allOf", [])):
        yield from subschemas(part, f"{pointer}/allOf/{index}")


ALL = dict(subschemas())
DESCRIBED = {
    pointer: part
    for pointer, part in ALL.items()
    if re.search(r"/(properties|\$defs)/[^/]+$", pointer) and "/if/" not in pointer
}
WORDS = {"title", "description", "examples"}
OBJECTS = {pointer: part for pointer, part in ALL.items() if "properties" in part and pointer in {"", *DESCRIBED}}


def described(part: dict[str, Any]) -> dict[str, Any]:
    """A part of the schema with its title, description and examples, wherever it has them."""
    return {**part.get("x-definition", {}), **part}


def test_it_is_valid_against_the_meta_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema_rs.meta.validate(SCHEMA)


def test_its_identifier_is_the_permanent_address_of_its_version() -> None:
    assert SCHEMA["$id"] == f"https://w3id.org/diplomatic-events/{newest.VERSION}/event.schema.json"
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["properties"]["schemaVersion"]["const"] == newest.VERSION


def test_it_uses_no_keyword_beyond_those_that_every_validator_knows() -> None:
    assert {keyword for part in ALL.values() for keyword in part} == KEYWORDS


def test_every_property_and_definition_says_what_it_is() -> None:
    for pointer, part in DESCRIBED.items():
        words = described(part)
        assert words["title"][0].isupper(), pointer
        assert not words["title"].endswith("."), pointer
        assert words["description"][0].isupper(), pointer
        assert words["description"].endswith("."), pointer
        assert len(words["description"].split()) >= 4, pointer
        assert words["examples"], pointer


def test_a_property_has_words_of_its_own_and_what_it_refers_to_has_none_that_could_hide_them() -> None:
    """VS Code puts the target of a `$ref` over what stands beside it."""
    referring = [part for part in ALL.values() if "$ref" in part and part.keys() & (WORDS | {"x-definition"})]
    targets = {part["$ref"].rpartition("/")[2] for part in referring}
    assert targets
    for name, part in SCHEMA["$defs"].items():
        assert part.keys() & WORDS == (set() if name in targets else WORDS), name
        assert part.get("x-definition", {}).keys() == (WORDS if name in targets else set()), name
    assert [pointer for pointer, part in ALL.items() if "/properties/" in pointer and "x-definition" in part] == []


def test_every_entry_of_a_list_is_described() -> None:
    for pointer, part in ALL.items():
        if "items" in part:
            entry = part["items"]
            target = SCHEMA["$defs"][entry["$ref"].rpartition("/")[2]] if "$ref" in entry else {}
            words = {**target, **entry}
            assert words["title"][0].isupper(), pointer
            assert words["description"].endswith("."), pointer


def test_every_example_is_valid_where_it_stands() -> None:
    for pointer, part in DESCRIBED.items():
        validator = jsonschema.Draft202012Validator({**part, "$defs": SCHEMA["$defs"]})
        for example in described(part)["examples"]:
            assert validator.is_valid(example), (pointer, example)


def test_every_object_is_closed() -> None:
    for pointer, part in OBJECTS.items():
        if pointer != "/$defs/extension":
            assert part["additionalProperties"] is False, pointer
            assert part["type"] == "object", pointer
            assert set(part.get("required", [])) <= set(part["properties"]), pointer


def test_every_reference_leads_to_a_definition_of_its_own_and_each_definition_is_used() -> None:
    references = {part["$ref"] for part in ALL.values() if "$ref" in part}
    assert references == {f"#/$defs/{name}" for name in SCHEMA["$defs"]}


def test_no_type_is_a_union_and_none_is_null() -> None:
    assert {part["type"] for part in ALL.values() if "type" in part} <= set(TYPES)


def test_every_pattern_is_anchored_and_keeps_to_plain_classes() -> None:
    for pattern in {part["pattern"] for part in ALL.values() if "pattern" in part}:
        assert pattern.startswith("^"), pattern
        assert pattern.endswith("$(?!\\n)") or pattern == "^(?![ \\t\\r\\n])"
        assert not re.search(r"\\[dDwWsSbBpPuk]", pattern), pattern
        assert pattern.isascii(), pattern


def test_no_pattern_that_is_closed_lets_a_final_line_break_through() -> None:
    closed = [part for part in ALL.values() if "$(?!" in part.get("pattern", "")]
    assert closed
    for part in closed:
        for example in described(part)["examples"]:
            assert re.search(part["pattern"], example)
            assert part is SCHEMA["$defs"]["targetPath"] or not re.search(part["pattern"], f"{example}\n")


def test_every_text_or_list_that_may_be_left_out_is_not_empty() -> None:
    for pointer, part in ALL.items():
        if part.get("type") == "array":
            assert part["minItems"] == 1, pointer
        if part.get("type") == "string":
            assert "pattern" in part or part["minLength"] == 1, pointer
        if part.get("type") in ("integer", "number"):
            assert {"minimum", "maximum"} <= set(part), pointer


def test_dependencies_are_conditions_on_single_properties() -> None:
    for pointer, part in ALL.items():
        if "if" in part:
            assert part["then"]["properties"] == dict.fromkeys(part["then"]["required"], True), pointer
            condition = part["if"].get("not", part["if"])
            assert len(condition["required"]) == 1, pointer
            for name, wanted in condition["properties"].items():
                assert name in condition["required"], pointer
                assert wanted is True or (set(wanted) == {"const"} and "enum" in part["properties"][name]), pointer
        if "not" in part and not pointer.endswith("/if"):
            assert set(part["not"]) == {"type", "properties", "required"}, pointer
            assert len(part["not"]["required"]) == 2, pointer


def test_what_depends_on_a_property_and_the_property_are_both_there() -> None:
    for pointer, part in ALL.items():
        for name, needed in part.get("dependentRequired", {}).items():
            assert {name, *needed} <= set(part["properties"]), pointer


@pytest.mark.parametrize("name", ["party", "member", "agent", "principal", "addressee"])
def test_a_list_of_references_to_one_kind_of_entry_is_defined_once(name: str) -> None:
    reference = f"#/$defs/{name}Id"
    lists = [pointer for pointer, part in ALL.items() if part.get("items", {}).get("$ref") == reference]
    assert lists == [f"/$defs/{name}Ids"]


def test_a_change_of_status_is_dated_and_reasoned_and_names_who_made_it() -> None:
    assert SCHEMA["$defs"]["statusChange"]["minProperties"] == 1
    assert list(SCHEMA["$defs"]["statusChange"]["properties"]) == ["date", "by", "reason", "evidence"]


def test_names_are_camel_case() -> None:
    for part in ALL.values():
        for name in [*part.get("properties", {}), *part.get("$defs", {})]:
            assert name == "$schema" or re.fullmatch(r"[a-z]+(?:[A-Z][a-z0-9]+)*", name) or name == "sha256"


def test_upcoming_and_related_events_have_the_same_properties_but_for_the_relation() -> None:
    upcoming, related = (SCHEMA["$defs"][name]["properties"] for name in ("eventReference", "relatedEvent"))
    rules = {"$ref", "enum", "x-codelist"}
    assert {name for name in related if name not in upcoming} == {"relation"}
    for name, part in upcoming.items():
        assert {key: part[key] for key in part if key in rules} == {
            key: related[name][key] for key in related[name] if key in rules
        }


def test_an_example_names_the_schema_of_its_version_by_a_path_that_works_in_a_checkout() -> None:
    records = {path: json.loads(path.read_bytes()) for path in (ROOT / "examples").glob("*/record.json")}
    named = {path: record for path, record in records.items() if "$schema" in record}
    assert len(named) > 10
    for path, record in named.items():
        schema = ROOT / "schema" / record["schemaVersion"] / "event.schema.json"
        assert (path.parent / record["$schema"]).resolve() == schema, path


def test_versions_lists_exactly_the_schemas_that_are_there() -> None:
    listed = json.loads((ROOT / "schema/versions.json").read_bytes())["versions"]
    assert set(listed) == {path.parent.name for path in (ROOT / "schema").glob("*/event.schema.json")}


@pytest.mark.parametrize("pointer", OBJECTS)
def test_a_synonym_is_in_lower_case_and_means_one_property_of_its_object_and_is_none(pointer: str) -> None:
    properties = OBJECTS[pointer]["properties"]
    meant = {plain(name): name for name in properties}
    for name, part in properties.items():
        for word in part.get("x-synonyms", []):
            assert word == word.strip().lower(), (name, word)
            assert plain(word) not in meant, (name, word, meant[plain(word)])
            meant[plain(word)] = name


def test_synonyms_stand_at_properties_only() -> None:
    properties = [part for whole in OBJECTS.values() for part in whole["properties"].values() if "x-synonyms" in part]
    assert len(properties) == sum("x-synonyms" in part for part in ALL.values())
