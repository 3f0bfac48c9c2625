"""The types of TypeScript say what the schema says, and refuse a schema that says what they cannot."""

import copy
import json
from typing import Any

import pytest

import newest
from typescript import FILE, Types, UnknownToTypesError

SCHEMA: dict[str, Any] = json.loads(newest.SCHEMA.read_bytes())
WRITTEN = FILE.read_text("utf-8")


def interface(name: str) -> str:
    return WRITTEN.partition(f"export interface {name} {{\n")[2].partition("\n}\n")[0]


def test_every_object_is_an_interface_and_has_the_name_of_its_definition() -> None:
    objects = {name for name, part in SCHEMA["$defs"].items() if "properties" in part}
    for name in {"diplomaticEvent", *objects}:
        assert interface(name[0].upper() + name[1:]), name


def test_a_property_has_its_type_and_is_optional_if_the_schema_does_not_require_it() -> None:
    statement = interface("Statement")
    for line in ("  id: LocalId;", "  speakers: SpeakerId[];", "  act?: SpeechAct;", "  evidence: Evidence[];"):
        assert f"{line}\n" in f"{statement}\n"
    assert "  extensions?: Record<string, Extension>;\n" in f"{interface('DiplomaticEvent')}\n"


def test_a_closed_list_has_its_codes_and_an_open_one_takes_any_text() -> None:
    assert '  | "hybrid" // Hybrid\n' in WRITTEN.partition("export type Mode =\n")[2].partition("\n\n")[0] + "\n"
    assert WRITTEN.partition("export type Topic =\n")[2].partition("\n\n")[0].endswith("\n  | (string & {});")
    assert "(string & {})" not in WRITTEN.partition("export type EventType =\n")[2].partition("\n\n")[0]


def test_what_holds_for_several_properties_is_in_the_comment_of_the_interface() -> None:
    assert " * If `status` is `held`, `delegations` must be given.\n */\nexport interface DiplomaticEvent" in WRITTEN


@pytest.mark.parametrize("unknown", [{"type": ["string", "null"]}, {"oneOf": [{"type": "string"}]}, {"enum": ["a"]}])
def test_what_the_types_cannot_say_is_not_left_out_in_silence(unknown: dict[str, Any]) -> None:
    schema = copy.deepcopy(SCHEMA)
    schema["$defs"]["party"]["properties"]["new"] = {"description": "New.", **unknown}
    with pytest.raises(UnknownToTypesError, match=r"party\.new: the types do not know what this is"):
        Types(schema, newest.VERSION).text()


def test_the_types_do_not_take_an_open_object_for_a_closed_one() -> None:
    schema = copy.deepcopy(SCHEMA)
    del schema["$defs"]["party"]["additionalProperties"]
    with pytest.raises(UnknownToTypesError, match="party: the types know only closed objects"):
        Types(schema, newest.VERSION).text()
