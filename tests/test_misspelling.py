"""One misspelt word in the reference record is one finding, at that word, and names the right spelling."""

import json
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from check_records import REFERENCE, check_value
from diplomatic_events.pointers import Pointer, at, to_pointer
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.codelists import codelist
from diplomatic_events.schema.structure import structure
from diplomatic_events.schema.walker import path_of
from newest import VERSION

RECORD: dict[str, Any] = json.loads((REFERENCE / "record.json").read_bytes())
SCHEMA = structure(catalogue(), VERSION)
FOUND = SCHEMA.collect_at((), RECORD)


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


def one_of_each_list(paths: Iterable[Pointer]) -> list[Pointer]:
    """The paths without those that differ from an earlier one only in which entries of lists they lead through."""
    return list({tuple("*" if isinstance(key, int) else key for key in path): path for path in paths}.values())


def test_a_misspelt_property_is_one_finding_that_names_the_right_one() -> None:
    known = {name for part in (SCHEMA.schema, *SCHEMA.schema["$defs"].values()) for name in part.get("properties", {})}
    paths = one_of_each_list(properties())
    assert len(paths) > 90
    assert {path[-1] for path in paths} >= set(SCHEMA.schema["required"])
    for path in paths:
        right = str(path[-1])
        name = wrong(right, known)
        expect_one_finding(renamed(path, name), (*path[:-1], name), right)


def test_a_misspelt_code_is_one_finding_that_names_the_right_one() -> None:
    codes = [
        *((path_of(spot), code, set(codelist(name))) for name, codes in FOUND.codes.items() for code, spot in codes),
        *((path_of(spot), tag, set(codelist("language"))) for tag, spot in FOUND.languages),
        (("schemaVersion",), "1.0", {"1.0"}),
    ]
    each = list({(len(known), code): (path, code, known) for path, code, known in codes}.values())
    assert len(each) > 40
    for path, code, known in each:
        expect_one_finding(changed(path, wrong(code, known)), path, code)


def test_a_misspelt_reference_or_definition_is_one_finding_that_names_the_right_one() -> None:
    references = {path_of(spot): id for _, id, spot in SCHEMA.references_at((), RECORD)}
    referred = set(references.values())
    definitions = {(*path_of(spot), "id"): id for id, (_, _, spot) in FOUND.definitions.items() if id in referred}
    places = {**references, **definitions}
    assert {"party", "person", "member", "source"} <= {kind for kind, _, _ in FOUND.definitions.values()}
    paths = [*one_of_each_list(references), *definitions]
    assert len(paths) > 25
    for path in paths:
        expect_one_finding(changed(path, wrong(places[path], set(FOUND.definitions))), path, places[path])
