"""The conformance suite and the examples exercise the whole schema, and no mutant of it is listed in vain."""

import json
from typing import Any

import pytest

import figures
import mutants
import patterns
import schema_coverage

SCHEMA: dict[str, Any] = json.loads(schema_coverage.SCHEMA.read_bytes())


def test_every_keyword_code_and_branch_is_kept_by_one_record_and_broken_by_another() -> None:
    missing, wanted, records = schema_coverage.gaps()
    assert [str(gap) for gap in missing] == []
    assert wanted > 1000
    assert records > 1000


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
    every = list(mutants.mutants(SCHEMA))
    for mutant in every:
        assert mutants.changed(SCHEMA, mutant) != SCHEMA, mutant.name
    assert json.dumps(SCHEMA) == before
    assert len(every) > 1000


def test_a_keyword_that_nobody_loosens_is_a_fault_of_the_tool() -> None:
    with pytest.raises(LookupError, match="no mutants of `contains`, at /properties/tags"):
        list(mutants.mutants({"properties": {"tags": {"type": "array", "contains": {"const": 1}}}}))


def test_every_mutant_that_is_listed_as_equivalent_is_a_mutant_and_has_a_reason() -> None:
    names = {mutant.name for mutant in mutants.mutants(SCHEMA)}
    for name, reason in mutants.reasons().items():
        assert name in names
        assert reason.endswith(".")


@pytest.mark.parametrize(
    ("pattern", "variants"),
    [
        ("^[a-z]$(?!\\n)", {"[a-z]$(?!\\n)", "^[a-z]", "^[a-z]$", "^[^\\x00]$(?!\\n)", "^[`-z]$(?!\\n)", "^[a-\\{]$(?!\\n)"}),
        ("x{2,3}", {"x{1,3}", "x{2,4}"}),
        ("(?:a)?b+\\.", {"(?:a)*b+\\.", "(?:a)?b*\\.", "(?:a)?b+[^\\x00]"}),
        ("[^ ]", {"[^\\x00]"}),
    ],
)  # fmt: skip
def test_a_pattern_is_loosened_in_every_place(pattern: str, variants: set[str]) -> None:
    assert {variant for _, variant in patterns.loosened(pattern)} == variants


def test_the_figures_of_the_page_stand_between_their_markers(tmp_path: Any) -> None:
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- figures: x -->\nold\n<!-- /figures -->\nb\n", encoding="utf-8")
    figures.write("x", "new", page)
    assert figures.read("x", page) == "new"
    assert page.read_text(encoding="utf-8") == "a\n<!-- figures: x -->\nnew\n<!-- /figures -->\nb\n"
    for change in (figures.read, lambda name, page: figures.write(name, "", page)):
        with pytest.raises(ValueError, match="no place"):
            change("y", page)


def test_the_page_says_what_schema_coverage_and_the_list_of_equivalent_mutants_say() -> None:
    _, wanted, records = schema_coverage.gaps()
    assert figures.read("schema-coverage") == schema_coverage.summary(wanted, wanted, records) + "."
    assert f"{len(mutants.reasons())} are equivalent" in figures.read("mutants")
