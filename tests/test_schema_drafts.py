"""The form of drafts: what the strict modes of language models take, and below the limits that their providers document."""

import json
from copy import deepcopy
from typing import Any, NamedTuple

import pytest

from check_records import ROOT
from diplomatic_events import DiplomaticEventsError, extraction_schema
from diplomatic_events.schema import drafts
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.definitions import Definitions
from diplomatic_events.schema.drafts import PARTS, DraftForm, draft_form
from draft_sizes import nodes, size
from newest import VERSION

WHOLE = extraction_schema()
OF_PARTS = {part: extraction_schema(part) for part in PARTS}


class Limits(NamedTuple):
    """What a provider says of the greatest schema that it takes, where it says so, and when that was read."""

    source: str
    properties: int | None = None
    optional: int | None = None
    unions: int | None = None
    levels: int | None = None
    objects: int | None = None
    codes: int | None = None
    characters: int | None = None
    characters_of_long_enum: int | None = None


OPENAI = Limits(
    # "A schema may have up to 5000 object properties total, with up to 10 levels of nesting"; of names and codes "cannot
    # exceed 120,000 characters"; "up to 1000 enum values"; of one enum with more than 250 values 15,000 characters. The
    # service was seen to count every property and every entry of a list as a level.
    "https://developers.openai.com/api/docs/guides/structured-outputs, copies of 2026-04 to 2026-09",
    properties=5000, optional=0, levels=10, codes=1000, characters=120_000, characters_of_long_enum=15_000,
)  # fmt: skip
OPENAI_AT_FIRST = Limits(
    # The limits before they were raised, which OpenAI's own Java library still checked in 2026.
    "the same page in a copy of 2025, and JsonSchemaValidator.kt of openai/openai-java before 4.35",
    properties=100, optional=0, codes=500, characters=15_000, characters_of_long_enum=7_500,
)  # fmt: skip
AZURE = Limits(
    # "A schema may have up to 100 object properties total, with up to five levels of nesting": taken as objects within
    # objects, since the page does not say what a level is. No form of a record, in which a member of a delegation has an
    # office and evidence, has five levels if lists count; that the service refuses only eleven was seen, and is not documented.
    "https://learn.microsoft.com/azure/ai-foundry/openai/how-to/structured-outputs, of 2025-12-06",
    properties=100, optional=0, objects=5,
)  # fmt: skip
ANTHROPIC = Limits(
    # "Optional parameters: 24", "Parameters with union types: 16", in all strict schemas of a request. A compiled grammar has
    # "additional internal limits" and 180 seconds; neither is given as a number, so neither can be tested here.
    "https://platform.claude.com/docs/en/build-with-claude/structured-outputs, copies of 2026-07 and 2026-09",
    optional=24, unions=16,
)  # fmt: skip
COHERE = Limits(
    # "a maximum of 200 fields across all tools being passed to an API call", with `strict_tools`.
    "https://docs.cohere.com/docs/structured-outputs, a copy of 2025",
    properties=200,
)  # fmt: skip
# Google documents no number: "The API may reject very large or deeply nested schemas" (ai.google.dev/gemini-api/docs/
# structured-output, of 2026-02-26 and 2026-05-18). That it refuses an empty text in an enum is only known from its errors.
# No provider documents how many bytes a schema may have; Google says that they count as input.


def exceeded(schema: dict[str, Any], limits: Limits) -> list[str]:
    counted = size(schema)._asdict()
    return [name for name, most in limits._asdict().items() if isinstance(most, int) and counted[name] > most]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "limits", [OPENAI, OPENAI_AT_FIRST, AZURE, ANTHROPIC, COHERE], ids=lambda limits: limits.source[:40]
)
def test_every_part_keeps_below_every_limit_that_a_provider_documents(part: str, limits: Limits) -> None:
    assert exceeded(OF_PARTS[part], limits) == []


def test_the_whole_keeps_below_the_limits_but_for_the_number_of_properties_that_some_allow() -> None:
    assert exceeded(WHOLE, OPENAI) == exceeded(WHOLE, ANTHROPIC) == []
    for limits in (AZURE, COHERE, OPENAI_AT_FIRST):
        assert exceeded(WHOLE, limits) == ["properties"]


def test_only_keywords_that_every_provider_takes_occur() -> None:
    for schema in (WHOLE, *OF_PARTS.values()):
        for node, _, _ in nodes(schema):
            assert node.keys() - {"title"} <= {"type", "description", "enum", "properties", "required", "items",
                                               "additionalProperties"}  # fmt: skip
            assert isinstance(node["type"], str)
            if node["type"] == "object":
                assert node["required"] == list(node["properties"])
                assert node["additionalProperties"] is False
            assert "" not in node.get("enum", ()), "Gemini refuses an empty text in an enum"


def test_the_parts_have_every_property_of_the_whole_once_between_them() -> None:
    names = [name for part in OF_PARTS.values() for name in part["properties"]]
    assert sorted(names) == sorted(WHOLE["properties"])


def test_what_a_part_has_is_the_same_in_the_whole() -> None:
    for part in OF_PARTS.values():
        assert part["properties"].items() <= WHOLE["properties"].items()


def test_what_a_program_fills_in_is_left_out() -> None:
    schema = catalogue().schema(VERSION)
    left_out = {
        name or "the record": sorted(part["properties"].keys() - draft_form().fields(part).keys())
        for name, part in {"": schema, **schema["$defs"]}.items()
        if "properties" in part
    }
    assert {name: keys for name, keys in left_out.items() if keys} == {
        "the record": ["$schema", "annotations", "extensions", "provenance", "schemaVersion"],
        "source": ["sha256", "text", "textFile"],
        "evidence": ["end", "start"],
        "alternative": ["value"],  # of annotations, which are left out as a whole
    }
    for name, keys in drafts._BY_PROGRAM.items():
        assert schema["$defs"].get(name, schema)["properties"].keys() >= set(keys)


def test_an_optional_object_number_or_code_stands_in_a_list_and_a_text_may_be_empty() -> None:
    party = WHOLE["properties"]["parties"]["items"]["properties"]
    assert party["type"]["enum"][0] == "state"
    assert party["country"]["type"] == party["name"]["type"] == "string"
    assert party["several"]["type"] == "boolean"
    delegation = WHOLE["properties"]["delegations"]["items"]["properties"]
    assert delegation["size"]["items"] == {"type": "integer"}
    assert delegation["mode"]["items"]["enum"][0] == "in-person"
    assert delegation["members"]["items"]["properties"]["office"]["items"]["type"] == "object"


def test_a_new_property_needs_no_code() -> None:
    schema = deepcopy(catalogue().schema(VERSION))
    schema["properties"]["mood"] = {"description": "How it felt.", "enum": ["good", "bad"]}
    schema["$defs"]["person"]["properties"]["age"] = {"description": "Years.", "type": "integer"}
    definitions = Definitions(catalogue(), VERSION)
    definitions.schema = schema
    form = DraftForm(definitions)
    assert form.schema("event")["properties"]["mood"] == {
        "type": "array", "description": "None or one. How it felt.", "items": {"type": "string", "enum": ["good", "bad"]},
    }  # fmt: skip
    person = form.schema("parties")["properties"]["people"]["items"]
    assert person["properties"]["age"] == {
        "type": "array", "description": "None or one. Years.", "items": {"type": "integer"},
    }  # fmt: skip
    assert "age" in person["required"]
    assert form.pointer(("people", 2, "age")) == ("people", 2, "age", 0)


def test_a_place_of_a_record_has_its_place_in_a_draft() -> None:
    form = draft_form()
    assert form.pointer(()) == ()
    assert form.pointer(("title",)) == ("title",)
    assert form.pointer(("delegations", 1, "members", 0, "office", "level")) == (
        "delegations", 1, "members", 0, "office", 0, "level", 0,
    )  # fmt: skip
    assert form.pointer(("statements", 0, "evidence", 1, "start")) is None
    assert form.pointer(("annotations", 0)) is None


def test_a_text_of_a_certain_form_shows_examples_and_an_open_list_its_codes() -> None:
    event = OF_PARTS["event"]["properties"]
    assert "For example: 2018-04-24" in event["date"]["description"]
    assert "For example" not in event["title"]["description"]
    assert "trade" in event["topics"]["items"]["description"]


def test_an_unknown_part_is_answered_with_the_nearest() -> None:
    with pytest.raises(DiplomaticEventsError, match="there is no part `statments` of a draft") as raised:
        extraction_schema("statments")
    assert raised.value.help == "did you mean `statements`?"


def test_each_call_gives_a_schema_of_its_own() -> None:
    extraction_schema()["properties"]["type"]["enum"].clear()
    assert json.dumps(extraction_schema()) == json.dumps(WHOLE)


def test_the_page_on_models_names_every_part_in_its_order() -> None:
    page = (ROOT / "docs/use-with-a-model.md").read_text("utf-8")
    assert ", ".join(f'"{part}"' for part in PARTS) in page
