"""One misspelt word in the reference record is one finding, at that word, and names the right spelling."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from checking import REFERENCE, check_value
from diplomatic_events.pointers import Pointer, at, to_pointer
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.codelists import codelist
from diplomatic_events.schema.plan import ROOT
from diplomatic_events.schema.structure import structure
from diplomatic_events.schema.walker import path_of
from newest import VERSION

RECORD: dict[str, Any] = json.loads((REFERENCE / "record.json").read_bytes())
SCHEMA = structure(catalogue(), VERSION)
FOUND = SCHEMA.hold(RECORD).found


def misspellings(word: str) -> Iterator[str]:
    """The slips of a typist: two letters swapped, one left out, one doubled."""
    for i in range(len(word) // 2, len(word) - 1):
        if word[i] != word[i + 1] and word[i].isalnum() and word[i + 1].isalnum():
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    for i in range(1, len(word)):
        yield word[:i] + word[i + 1 :]
    yield word + word[-1]


def properties(value: Any = RECORD, path: Pointer = ()) -> Iterator[Pointer]:
    """The path of every property of the record."""
    children: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        if isinstance(key, str):
            yield (*path, key)
        yield from properties(child, (*path, key))


def renamed(path: Pointer, name: str) -> dict[str, Any]:
    record = deepcopy(RECORD)
    parent = at(record, path[:-1])
    parent[name] = parent.pop(path[-1])
    return record


def changed(path: Pointer, value: str) -> dict[str, Any]:
    record = deepcopy(RECORD)
    at(record, path[:-1])[path[-1]] = value
    return record


def expect_one_finding(record: dict[str, Any], path: Pointer, right: str) -> None:
    findings = check_value(record, REFERENCE)
    assert [finding.pointer for finding in findings] == [to_pointer(path)], findings
    assert f"`{right}`" in f"{findings[0].help} {findings[0].message}", findings


def wrong(right: str, known: set[str]) -> str:
    return next(word for word in misspellings(right) if word not in known and word)


CODES = [
    *((path_of(spot), code, set(codelist(name))) for name, codes in FOUND.codes.items() for code, spot in codes),
    *((path_of(spot), tag, set(codelist("language"))) for tag, spot in FOUND.languages),
    (("schemaVersion",), "1.0", {"1.0"}),
]
REFERENCES = [(path_of(spot), id) for references in FOUND.references.values() for id, spot in references]
DEFINED = [
    ((*path_of(spot), "id"), id)
    for id, (_, _, spot) in FOUND.definitions.items()
    if any(wanted == id for _, wanted in REFERENCES)
]


@pytest.mark.parametrize("path", list(properties()), ids=to_pointer)
def test_a_misspelt_property(path: Pointer) -> None:
    right = str(path[-1])
    known = {name for part in (SCHEMA.schema, *SCHEMA.schema["$defs"].values()) for name in part.get("properties", {})}
    name = wrong(right, known)
    expect_one_finding(renamed(path, name), (*path[:-1], name), right)


@pytest.mark.parametrize(
    ("path", "code", "known"), CODES, ids=lambda value: to_pointer(value) if isinstance(value, tuple) else ""
)
def test_a_misspelt_code(path: Pointer, code: str, known: set[str]) -> None:
    expect_one_finding(changed(path, wrong(code, known)), path, code)


@pytest.mark.parametrize(
    ("path", "id"), REFERENCES, ids=lambda value: to_pointer(value) if isinstance(value, tuple) else ""
)
def test_a_misspelt_reference(path: Pointer, id: str) -> None:
    expect_one_finding(changed(path, wrong(id, set(FOUND.definitions))), path, id)


@pytest.mark.parametrize(
    ("path", "id"), DEFINED, ids=lambda value: to_pointer(value) if isinstance(value, tuple) else ""
)
def test_a_misspelt_id_of_an_entry_that_others_refer_to(path: Pointer, id: str) -> None:
    expect_one_finding(changed(path, wrong(id, set(FOUND.definitions))), path, id)


def test_nothing_of_the_record_was_passed_over() -> None:
    assert len(list(properties())) > 500
    assert {name for path in properties() for name in [path[-1]]} >= set(SCHEMA.schema["required"])
    assert {"party", "person", "member", "source"} <= {kind for kind, _, _ in FOUND.definitions.values()}
    assert len(CODES) > 60
    assert len(REFERENCES) > 60
    assert FOUND.entries[ROOT]
