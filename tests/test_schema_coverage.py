"""The conformance suite and the examples exercise the whole schema, and a mutant of it is killed by what can tell it."""

import json
from typing import Any

import pytest

import mutations
import newest
import patterns
import schema_coverage
from diplomatic_events.pointers import at as value_at
from trials import Trial, Witness

SCHEMA: dict[str, Any] = json.loads(newest.SCHEMA.read_bytes())

SHAPING = {
    "annotation-kind", "event-relation", "event-status", "member-role", "part-of-day", "programme-item-type", "speech-act",
    "statement-form", "visit-type",
}  # fmt: skip
"""The lists from which someone who copies an example learns how to record a thing; the others name subjects and ranks."""


def test_every_keyword_code_and_branch_is_kept_by_one_record_and_broken_by_another() -> None:
    missing, wanted, records = schema_coverage.gaps()
    assert [str(gap) for gap in missing] == []
    assert wanted > 1000
    assert records > 1000


def test_every_property_and_the_codes_that_shape_a_record_occur_in_an_example() -> None:
    walk = schema_coverage.Walk(SCHEMA)
    for record in schema_coverage.examples():
        walk.visit(record, SCHEMA, "")
    every = {gap.place for gap in schema_coverage.places(SCHEMA)}
    used = {place for place, _ in walk.reached}
    assert {place for place in every - used if place.split("/")[-2] == "properties"} == set()
    assert {codelist for codelist, _ in codes(every)} >= SHAPING
    assert {(codelist, code) for codelist, code in codes(every) - codes(used) if codelist in SHAPING} == set()


def codes(found: set[str]) -> set[tuple[str, str]]:
    """The codes among places of the schema, each with its list."""
    enums = (place.rpartition("/enum/") for place in found if "/enum/" in place)
    return {(value_at(SCHEMA, tuple(place.split("/")[1:]))["x-codelist"], code) for place, _, code in enums}


def test_without_records_everything_that_can_be_reached_is_missing() -> None:
    missing, wanted, records = schema_coverage.gaps([])
    assert len(missing) == wanted
    assert records == 0


def test_a_record_reaches_what_it_keeps_and_what_it_breaks() -> None:
    missing = {str(gap) for gap in schema_coverage.gaps([{"id": "A", "type": "visit", "parties": []}])[0]}
    assert "/$defs/identifierText/pattern: no record breaks it" not in missing
    assert "/$defs/identifierText/pattern: no record keeps it" in missing
    assert "/properties/type/enum/visit: no record keeps it" not in missing
    assert "/properties/type/enum/summit: no record keeps it" in missing
    assert "/properties/parties/minItems: no record breaks it" not in missing
    assert "/required/title: no record breaks it" not in missing
    assert "/required/id: no record keeps it" not in missing


def test_each_mutant_changes_one_place_and_leaves_the_schema_itself_alone() -> None:
    before = json.dumps(SCHEMA)
    every = list(mutations.mutants(SCHEMA))
    for mutant in every:
        assert mutations.changed(SCHEMA, mutant) != SCHEMA, mutant.name
    assert json.dumps(SCHEMA) == before
    assert len(every) > 1000


def test_a_keyword_that_nobody_has_said_how_to_loosen_is_a_fault_of_the_tool() -> None:
    with pytest.raises(LookupError, match="no mutants of `contains`, at /properties/tags"):
        list(mutations.mutants({"properties": {"tags": {"type": "array", "contains": {"const": 1}}}, "$defs": {}}))


WORD: dict[str, Any] = {
    "properties": {"a": {"$ref": "#/$defs/word"}}, "$defs": {"word": {"minLength": 1, "pattern": "^[a-b]*$(?!\\n)"}},
}  # fmt: skip


def word(text: str, *, valid: bool) -> Witness:
    return Witness("words", text, (), {"a": text}, valid)


def killers(*found: Witness) -> dict[str, str | None]:
    """What kills each mutant of a pattern."""
    trial = Trial(WORD, found)
    assert trial.wrong == []
    return {mutant.change: trial.killer(mutant) for mutant in mutations.mutants(WORD) if mutant.keys[-1] == "pattern"}


def test_a_mutant_is_killed_by_a_record_whose_verdict_it_changes_and_by_no_other() -> None:
    assert killers(word("", valid=False))["[a-b] at 1 as [b-b]"] is None
    assert killers(word("a", valid=True))["[a-b] at 1 as [b-b]"] == "words"
    assert killers(word("a", valid=True))["[a-b] at 1 as [a-c]"] is None
    assert killers(word("c", valid=False))["[a-b] at 1 as [a-c]"] == "words"
    assert killers(word("c", valid=False))["removed"] == "words"
    assert killers(word("", valid=False))["* at 6 as +"] is None


def test_a_final_line_break_is_seen_by_the_engine_to_which_it_matters() -> None:
    assert killers(word("a\n", valid=False))[patterns.LINE_BREAK] == "words in the reference engine"
    assert killers(word("c\n", valid=False))[patterns.LINE_BREAK] is None
