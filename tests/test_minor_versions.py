"""A minor version only adds: what is valid under the one before stays valid."""

from copy import deepcopy
from typing import Any

import pytest

from diplomatic_events.pointers import at, resolve
from versions.invented import CATALOGUE, record
from versions.policy import minor_pairs, record_faults, schema_faults
from versions.worlds import World, in_both_worlds


@in_both_worlds
def test_a_minor_version_only_adds(world: World) -> None:
    for old, new in minor_pairs(world.catalogue):
        assert list(record_faults(world.catalogue, old, new, world.records_of(old))) == []
        assert list(schema_faults(world.catalogue.schema(old), world.catalogue.schema(new))) == []


def test_a_major_version_that_called_itself_minor_would_be_found_out() -> None:
    assert minor_pairs(CATALOGUE) == [("1.0", "1.1")]
    fault = "a record is valid in 1.1 and not in 2.0: schema/missing-property: the record needs `place`"
    assert fault in record_faults(CATALOGUE, "1.1", "2.0", [record("1.1-full")])
    assert "/properties/city is gone" in schema_faults(CATALOGUE.schema("1.1"), CATALOGUE.schema("2.0"))


OLD: dict[str, Any] = {
    "additionalProperties": False,
    "required": ["id"],
    "properties": {
        "type": {"$ref": "#/$defs/type"},
        "host": {"x-refers-to": ["party", "person"], "type": "string"},
        "talks": {"items": {"maxLength": 64, "pattern": "^a"}, "minItems": 1},
        "place": {
            "if": {"properties": {"type": {"const": "a"}}, "required": ["type"]},
            "then": {"properties": {"city": True}, "required": ["city"]},
            "not": {"items": {"required": ["a"], "minItems": 2}},
        },
        "open": {"properties": {"a": True}},
        "unsure": {"allOf": [{"not": {"properties": {"a": {"$ref": "#/$defs/mode"}}}}]},
    },
    "$defs": {"kind": {"enum": ["a"]}, "mode": {"$ref": "#/$defs/kind"}, "type": {"enum": ["a", "b"]}},
}
"""A schema that has what changes can be made to, conditions included: in those, more can forbid what was allowed."""


@pytest.mark.parametrize(
    ("where", "change", "fault"),
    [
        ("/properties", {"summary": {"type": "string"}}, None),
        ("/$defs", {"mood": {"enum": ["frank"]}}, None),
        ("/$defs/type", {"enum": ["a", "b", "c"]}, None),
        ("/properties/host", {"x-refers-to": ["party", "person", "delegation"]}, None),
        ("/properties/talks", {"minItems": 0, "description": "A better one.", "examples": ["x"]}, None),
        ("/properties/talks/items", {"maxLength": 128}, None),
        ("", {"required": ["id", "type"]}, "/required has changed"),
        ("", {"additionalProperties": True}, "/additionalProperties has changed"),
        ("/$defs/type", {"enum": ["b"]}, "/$defs/type/enum no longer has a"),
        ("/properties/host", {"x-refers-to": ["party"]}, "/properties/host/x-refers-to no longer has person"),
        ("/properties/host", {"type": "integer"}, "/properties/host/type has changed"),
        ("/properties/talks", {"minItems": 2}, "/properties/talks/minItems is 2 and was 1"),
        ("/properties/talks", {"maxItems": 9}, "/properties/talks/maxItems was added"),
        ("/properties/talks/items", {"maxLength": 63}, "/properties/talks/items/maxLength is 63 and was 64"),
        ("/properties/talks/items", {"pattern": "^b"}, "/properties/talks/items/pattern has changed"),
        ("/properties/place/if/properties", {"mode": {"const": "a"}}, "/properties/place/if has changed"),
        ("/properties/place/if", {"title": "A place"}, "/properties/place/if has changed"),
        ("/properties/place/then/properties", {"places": {"minItems": 2}}, "/properties/place/then has changed"),
        ("/properties/place/not/items", {"minItems": 1}, "/properties/place/not has changed"),
        ("/properties/open/properties", {"b": True}, "/properties/open/properties/b was added where any was allowed"),
        ("/properties/unsure/allOf/0/not/properties", {"b": True}, "/properties/unsure/allOf has changed"),
        ("/$defs/kind", {"enum": ["a", "b"]}, "/$defs/kind has changed, and a condition refers to it"),
    ],
)
def test_a_change_that_could_make_a_record_invalid_is_a_breach(
    where: str, change: dict[str, Any], fault: str | None
) -> None:
    new = deepcopy(OLD)
    path = resolve(new, where)
    assert path is not None
    at(new, path).update(change)
    assert list(schema_faults(OLD, new)) == ([fault] if fault else [])


def test_a_property_that_is_gone_is_a_breach() -> None:
    new = deepcopy(OLD)
    del new["properties"]["host"]
    assert list(schema_faults(OLD, new)) == ["/properties/host is gone"]
