"""What differs between two versions of the schema is found, named and put under the right heading."""

import json
from copy import deepcopy
from typing import Any

import pytest

from diplomatic_events.migrate.steps import STEPS
from diplomatic_events.pointers import at, resolve
from diplomatic_events.schema.catalogue import catalogue
from pages import changes
from pages.differences import Difference, Edition, compare, edition
from pages.objects import Objects
from versions import invented
from versions.policy import schema_faults

INVENTED = {version: edition(invented.CATALOGUE, version) for version in invented.CATALOGUE.versions}


def text(editions: list[Edition]) -> str:
    listed = [invented.CATALOGUE.versions[each.version] for each in editions]
    return str(changes.files(listed, editions, invented.STEPS)[changes.PAGE])


def test_a_minor_version_adds_and_deprecates() -> None:
    assert compare(INVENTED["1.0"], INVENTED["1.1"]) == [
        Difference("added", "object", "talk", "mood", "type `mood`"),
        Difference("added", "type", "mood"),
        Difference("added", "codelist", "mood", "", "2 codes"),
        Difference("added", "codelist", "event-type", "summit"),
        Difference("deprecated", "codelist", "event-type", "audience", "use `meeting`"),
    ]


def test_a_major_version_removes_and_demands() -> None:
    assert compare(INVENTED["1.1"], INVENTED["2.0"]) == [
        Difference("added", "object", "place", "", "2 properties"),
        Difference("added", "object", "event", "place", "type `place`"),
        Difference("added", "object", "event", "weather", "type string"),
        Difference("added", "object", "event", "hostedBy", "type `partyId`"),
        Difference("removed", "object", "event", "city"),
        Difference("removed", "object", "event", "venue"),
        Difference("removed", "object", "event", "host"),
        Difference("tightened", "object", "event", "place", "required"),
        Difference("removed", "object", "talk", "mood"),
        Difference("tightened", "object", "talk", "subject", "required"),
        Difference("removed", "type", "mood"),
        Difference("removed", "codelist", "event-type", "audience"),
    ]


def test_the_first_version_adds_whole_objects_types_and_lists() -> None:
    found = compare(None, INVENTED["1.0"])
    assert {(each.kind, each.name) for each in found} == {("added", "")}
    assert Difference("added", "object", "talk", "", "3 properties") in found
    assert Difference("added", "codelist", "event-type", "", "3 codes") in found


def test_no_version_differs_from_itself() -> None:
    assert [compare(each, each) for each in INVENTED.values()] == [[], [], []]


SCHEMA: dict[str, Any] = {
    "title": "A record",
    "required": ["id"],
    "additionalProperties": False,
    "minProperties": 1,
    "if": {"properties": {"kind": {"const": "a"}}, "required": ["kind"]},
    "then": {"properties": {"host": True}, "required": ["host"]},
    "properties": {
        "id": {"title": "Id", "type": "string", "maxLength": 64, "pattern": "^a"},
        "kind": {"$ref": "#/$defs/kind"},
        "host": {"x-refers-to": ["party", "person"], "type": "string"},
        "talks": {"type": "array", "minItems": 1, "items": {"type": "string", "maxLength": 64}},
        "count": {"type": "integer", "minimum": 0, "maximum": 9},
        "set": {"type": "array", "items": {"type": "string"}, "uniqueItems": False},
        "more": {"type": "object", "additionalProperties": True},
    },
    "$defs": {"kind": {"enum": ["a", "b"]}, "sort": {"type": "string"}},
}  # fmt: skip
"""A schema that has everything to which a change can be made."""


def editions(new: dict[str, Any]) -> tuple[Edition, Edition]:
    return Edition("1.0", Objects(SCHEMA), {}), Edition("1.1", Objects(new), {})


@pytest.mark.parametrize(
    ("where", "change", "kind", "name", "words"),
    [
        ("/properties/id", {"title": "Name", "examples": ["a"]}, "described", "event.id", "title and examples"),
        ("", {"description": "What happened."}, "described", "event", "description"),
        ("/$defs/kind", {"title": "Kind"}, "described", "kind", "title"),
        ("/properties", {"date": {"type": "string"}}, "added", "event.date", "type string"),
        ("/$defs", {"mood": {"enum": ["frank"]}}, "added", "mood", ""),
        ("", {"required": ["id", "kind"]}, "tightened", "event.kind", "required"),
        ("", {"required": []}, "loosened", "event.id", "optional"),
        ("", {"additionalProperties": True}, "loosened", "event", "any other property"),
        ("/properties/more", {"additionalProperties": False}, "tightened", "event.more", "any other property"),
        ("/properties/more", {"minProperties": 1}, "tightened", "event.more", "not empty"),
        ("/$defs/kind", {"enum": ["a", "b", "c"]}, "loosened", "kind", "`c`"),
        ("/$defs/kind", {"enum": ["a"]}, "tightened", "kind", "`b`"),
        ("/properties/host", {"x-refers-to": ["party"]}, "tightened", "event.host", "the id of a `person`"),
        ("/properties/host", {"type": "integer"}, "changed", "event.host", "type integer, before string"),
        ("/properties/kind", {"$ref": "#/$defs/sort"}, "changed", "event.kind", "type `sort`, before `kind`"),
        ("/properties/id", {"maxLength": 128}, "loosened", "event.id", "at most 128 characters, before at most 64 characters"),
        ("/properties/id", {"maxLength": 32}, "tightened", "event.id", "at most 32 characters, before at most 64 characters"),
        ("/properties/id", {"pattern": "^b"}, "changed", "event.id", "the form `^b`, before the form `^a`"),
        ("/properties/id", {"minLength": 1}, "tightened", "event.id", "not empty"),
        ("/properties/talks", {"minItems": 0}, "loosened", "event.talks", "at least 0 entries, before not empty"),
        ("/properties/talks", {"uniqueItems": True}, "tightened", "event.talks", "no entry twice"),
        ("/properties/talks/items", {"maxLength": 65}, "loosened", "event.talks", "each entry: at most 65 characters, before at most 64 characters"),
        ("/properties/talks", {"items": {"type": "integer"}}, "changed", "event.talks", "type list of integer, before list of string"),
        ("/properties/set", {"uniqueItems": True}, "tightened", "event.set", "no entry twice"),
        ("/properties/count", {"minimum": 1}, "tightened", "event.count", "at least 1, before at least 0"),
        ("/properties/count", {"maximum": 0}, "tightened", "event.count", "at most 0, before at most 9"),
        ("", {"minProperties": 2}, "tightened", "event", "demanded: At least 2 of its properties must be given."),
        ("", {"not": {"required": ["id", "host"]}}, "tightened", "event", "demanded: `id` and `host` exclude each other."),
        ("/properties/id", {"format": "uri"}, "changed", "event.id", "`format`"),
    ],
)  # fmt: skip
def test_a_change_stands_under_its_heading(
    where: str, change: dict[str, Any], kind: str, name: str, words: str
) -> None:
    new = deepcopy(SCHEMA)
    path = resolve(new, where)
    assert path is not None
    at(new, path).update(change)
    found = [(each.kind, f"{each.part}.{each.name}".rstrip("."), each.words) for each in compare(*editions(new))]
    assert (kind, name, words) in found
    breach = any(schema_faults(SCHEMA, new))
    assert breach or not {each for each, _, _ in found} & {"removed", "tightened", "changed"}


@pytest.mark.parametrize(
    ("where", "keyword", "kind", "words"),
    [
        ("/properties/id", "maxLength", "loosened", "no longer at most 64 characters"),
        ("/properties/count", "minimum", "loosened", "no longer at least 0"),
        ("/properties/host", "x-refers-to", "tightened", "the id of a `party`"),
        ("/$defs/kind", "enum", "loosened", "no longer only `a` or `b`"),
        ("", "then", "loosened", "no longer demanded: If `kind` is `a`, `host` must be given."),
    ],
)
def test_a_demand_that_is_gone_is_loosened(where: str, keyword: str, kind: str, words: str) -> None:
    new = deepcopy(SCHEMA)
    path = resolve(new, where)
    assert path is not None
    del at(new, path)[keyword]
    assert (kind, words) in [(each.kind, each.words) for each in compare(*editions(new))]


def test_a_list_that_is_closed_or_opened_says_so() -> None:
    new = deepcopy(SCHEMA)
    new["$defs"]["kind"] = {"x-codelist": "kind"}
    was = deepcopy(SCHEMA)
    was["$defs"]["kind"]["x-codelist"] = "kind"
    closed, opened = Edition("1.0", Objects(was), {}), Edition("1.1", Objects(new), {})
    assert compare(closed, opened) == [Difference("loosened", "type", "kind", "", "no longer only the codes of `kind`")]
    assert compare(opened, closed) == [Difference("tightened", "type", "kind", "", "only the codes of `kind`")]


def test_the_page_has_the_newest_version_first_and_what_migrating_does() -> None:
    shown = text(list(INVENTED.values()))
    assert [line for line in shown.splitlines() if line.startswith("## ")] == [
        "## Version 2.0 {#2.0}",
        "## Version 1.1 {#1.1}",
        "## Version 1.0 {#1.0}",
    ]
    assert "A draft, which may still change. A major version, compared with 1.1." in shown
    assert "Released on 2021-06-01. A minor version, compared with 1.0." in shown
    assert (
        "- `migrate --to 2.0` from 1.1: Version 2.0 renames the host, puts city and venue together, and drops" in shown
    )
    assert "It is the first version: there is nothing to migrate from." in shown
    assert "- Codes of [`event-type`](../codelists/event-type.md): `audience` (use `meeting`)" in shown
    assert "- [`event.city`](1.1/event.md#city)\n" in shown, "what was removed is described where it was"


def test_the_page_says_where_no_step_is_defined() -> None:
    listed = [invented.CATALOGUE.versions[each] for each in ("1.0", "2.0")]
    shown = changes.files(listed, [INVENTED["1.0"], INVENTED["2.0"]], invented.STEPS)[changes.PAGE]
    assert "- `migrate --to 2.0` from 1.0: there is no such step" in str(shown)


def test_the_real_versions_have_a_section_each_and_their_rows_as_json() -> None:
    versions = catalogue().versions
    made = changes.files(list(versions.values()), [edition(catalogue(), version) for version in versions], STEPS)
    for version in versions:
        assert f"## Version {version} {{#{version}}}" in str(made[changes.PAGE])
    rows = json.loads(made[changes.DATA])
    assert {row["version"] for row in rows} == set(versions)
    first = {row["part"] for row in rows if row["version"] == next(iter(versions))}
    assert first >= {"event", "statement", "edtfDate", "speech-act"}
