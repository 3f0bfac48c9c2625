"""What keeps the narrowed schema keeps the schema and has no text that nobody can see, but for the longest."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from check_records import EXAMPLE, ROOT, example
from diplomatic_events.findings import Issue
from diplomatic_events.pointers import Pointer, replaced
from diplomatic_events.rules import OF_RECORDS
from diplomatic_events.rules.record import Record
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.native import LONG, MAY_BE_BLANK, native
from diplomatic_events.schema.structure import structure
from diplomatic_events.sources.texts import InlineTexts

SCHEMA = structure(catalogue(), "1.0", "jsonschema-rs")
RECORDS = [json.loads(path.read_bytes()) for path in sorted(ROOT.glob("examples/*/record.json"))]
BLANK = ("\u200b", "\u3164\u00a0", "\u2800", "\ufeff")


def texts(value: Any, path: Pointer = ()) -> Iterator[Pointer]:
    """The places of all texts but those in parts that the schema leaves open."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict | list) and path[-1:] not in (("extensions",), ("alternatives",)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from texts(inner, (*path, key))


def found(record: dict[str, Any]) -> list[Issue]:
    held = SCHEMA.hold(record)
    assert held.valid
    data = json.dumps(record).encode()
    return list(
        OF_RECORDS["json/invisible-text"].check(Record(record, SCHEMA, held.found, InlineTexts(None), data=data))
    )


@pytest.mark.parametrize("record", [EXAMPLE, *RECORDS], ids=lambda record: str(record["id"]))
def test_a_record_without_blank_texts_keeps_it(record: dict[str, Any]) -> None:
    assert SCHEMA.engine.is_visible(record)


@pytest.mark.parametrize("record", [EXAMPLE, *RECORDS], ids=lambda record: str(record["id"]))
def test_a_record_with_one_blank_text_does_not_keep_it_or_has_it_found(record: dict[str, Any]) -> None:
    shapes: dict[tuple[str | int, ...], Pointer] = {}
    for path in texts(record):
        shapes.setdefault(tuple(key if isinstance(key, str) else 0 for key in path), path)
    for number, path in enumerate(shapes.values()):
        blank = replaced(record, path, BLANK[number % len(BLANK)])
        if SCHEMA.engine.is_visible(blank):
            assert path[-1] in LONG | MAY_BE_BLANK, path
            assert path[-1] in MAY_BE_BLANK or [issue.path for issue in found(blank)] == [path]


@pytest.mark.parametrize("place", ["/evidence/0/exact", "/sources/0/text"])
def test_a_long_text_of_which_nothing_is_to_be_seen_is_found(place: str) -> None:
    blank = example({place: "\u2060\u00ad"})
    assert SCHEMA.engine.is_visible(blank)
    assert [issue.path for issue in found(blank)] == [
        tuple(int(key) if key.isdigit() else key for key in place[1:].split("/"))
    ]


def test_a_text_that_only_begins_with_something_invisible_is_none_of_them() -> None:
    record = example({"title": "\u200fTalks"})
    assert not SCHEMA.engine.is_visible(record)
    assert SCHEMA.engine.is_valid(record)
    assert found(record) == []


def test_a_condition_is_not_narrowed_and_names_of_definitions_do_not_count() -> None:
    text = {"type": "string"}
    schema = {
        "$defs": {"text": text},
        "not": text,
        "if": {"properties": {"a": text}},
        "then": {"properties": {"a": text}},
    }
    narrow = native(schema, visible=True)
    assert narrow["not"] == text
    assert narrow["if"] == {"properties": {"a": text}}
    assert set(narrow["then"]["properties"]["a"]) == set(narrow["$defs"]["text"]) == {"type", "pattern"}


def test_what_only_readers_need_is_left_out_but_no_property_is() -> None:
    schema = {
        "title": "x",
        "x-words": [],
        "properties": {"title": {"description": "x", "type": "string", "minLength": 1}},
    }
    assert native(schema) == {"properties": {"title": {"type": "string", "minLength": 1}}}


def test_what_breaks_the_schema_does_not_keep_it() -> None:
    assert not SCHEMA.engine.is_visible(example({"title": 5}))
    assert not SCHEMA.engine.is_visible(example({"unforeseen": 5}))


def test_an_alternative_of_which_nothing_is_to_be_seen_is_found_though_the_schema_leaves_it_open() -> None:
    alternative = {"target": "/title", "kind": "uncertain", "basis": "x", "alternatives": [{"value": "\u200b"}]}
    record = example({"/annotations/1": alternative})
    assert not SCHEMA.hold(record).found.visible
    assert [issue.path for issue in found(record)] == [("annotations", 1, "alternatives", 0, "value")]
