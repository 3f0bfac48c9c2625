"""The conformance suite and the examples exercise the whole schema; its mutants are what they claim, and none is listed in vain."""

import json
from typing import Any

import pytest

import figures
import mutants
import mutations
import newest
import patterns
import schema_coverage
from diplomatic_events.schema.plan import Plan
from finding_trials import FindingTrial
from trials import Trial, Witness, part_at, texts

SCHEMA: dict[str, Any] = json.loads(newest.SCHEMA.read_bytes())


def test_the_mutants_of_references_name_every_kind_of_entry() -> None:
    assert frozenset(mutations.KINDS) == Plan(SCHEMA).kinds


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
    every = list(mutations.mutants(SCHEMA))
    for mutant in every:
        assert mutations.changed(SCHEMA, mutant) != SCHEMA, mutant.name
    assert json.dumps(SCHEMA) == before
    assert len(every) > 1000


def test_a_keyword_that_nobody_loosens_is_a_fault_of_the_tool() -> None:
    with pytest.raises(LookupError, match="no mutants of `contains`, at /properties/tags"):
        list(mutations.mutants({"properties": {"tags": {"type": "array", "contains": {"const": 1}}}, "$defs": {}}))


def test_every_mutant_that_is_listed_as_equivalent_is_a_mutant_and_has_a_reason() -> None:
    names = {mutant.name for mutant in mutations.mutants(SCHEMA)}
    for name, reason in mutants.reasons().items():
        assert name in names
        assert reason.endswith(".")


def changes(schema: dict[str, Any], *keys: str) -> set[str]:
    """What the mutants in one place of a schema do."""
    return {mutant.change for mutant in mutations.mutants({"$defs": {}, **schema}) if mutant.keys == keys}


def test_no_two_mutants_have_one_name() -> None:
    names = [mutant.name for mutant in mutations.mutants(SCHEMA)]
    assert len(names) == len(set(names))


def test_what_a_list_holds_and_what_a_property_is_are_forgotten_in_turn() -> None:
    schema = {"properties": {"a": {"items": {"type": "string"}}, "b": True}}
    assert changes(schema, "properties", "a") == {"true"}
    assert changes(schema, "properties", "a", "items") == {"removed"}
    assert changes(schema, "properties", "b") == set()


def test_a_reference_may_name_anything_one_kind_less_or_one_kind_more() -> None:
    others = {"or delegation", "or programmeItem", "or statement", "or outcome", "or eventReference", "or relatedEvent"}
    assert changes(SCHEMA, "$defs", "principalId", "x-refers-to") == {
        "removed", 'without "party"', 'without "person"', "or member", "or source", *others,
    }  # fmt: skip
    assert changes(SCHEMA, "$defs", "memberId", "x-refers-to") == {
        "removed", "or party", "or person", "or source", *others,
    }  # fmt: skip


def test_a_reference_becomes_one_of_another_sort_that_looks_the_same_to_plain_validators() -> None:
    chairs = ("properties", "chairs", "$ref")
    assert changes(SCHEMA, *chairs) == {"removed", "to partyIds", "to personIds", "to topics"}
    assert "to identifierText" in changes(SCHEMA, "$defs", "party", "properties", "id", "$ref")
    assert changes(SCHEMA, "properties", "title", "$ref") == {"removed"}


@pytest.mark.parametrize(
    ("pattern", "variants"),
    [
        ("^a$(?!\\n)", {"a$(?!\\n)", "^a", "^a$", "^[^\\x00]$(?!\\n)", "^a?$(?!\\n)", "^a+$(?!\\n)"}),
        ("[b-d]", {"[^\\x00]", "[a-d]", "[b-e]", "[c-d]", "[b-c]", "[b-d]?", "[b-d]+"}),
        ("[a-z]", {"[^\\x00]", "[`-z]", "[a-\\{]", "[b-z]", "[a-y]", "[a-z]?", "[a-z]+"}),
        ("[12]", {"[^\\x00]", "[1]", "[2]", "[012]", "[312]", "[_12]", "[12]?", "[12]+"}),
        ("[._]", {"[^\\x00]", "[.]", "[_]", "[A._]", "[._]?", "[._]+"}),
        ("[^ x]", {"[^\\x00]", "[^ ]", "[^x]", "[^ x]?", "[^ x]+"}),
        ("x{2,3}", {"[^\\x00]{2,3}", "x{1,3}", "x{2,4}", "x{3,3}", "x{2,2}", "(?:x{2,3})?", "(?:x{2,3})+"}),
        ("x{2}", {"[^\\x00]{2}", "x{1,2}", "x{2,3}", "(?:x{2})?", "(?:x{2})+"}),
        ("x{0,1}", {"[^\\x00]{0,1}", "x{0,2}", "x{1,1}", "x{0,0}", "(?:x{0,1})+"}),
        ("x?", {"[^\\x00]?", "x*", "x"}),
        ("x*", {"[^\\x00]*", "x+", "x?"}),
        ("x+", {"[^\\x00]+", "x*", "x"}),
        ("\\.", {"[^\\x00]", "\\.?", "\\.+"}),
        ("(?:a)?", {"(?:[^\\x00])?", "(?:a?)?", "(?:a+)?", "[^\\x00]?", "(?:a)*", "(?:a)"}),
        ("(?:a|b)", {
            "(?:[^\\x00]|b)", "(?:a?|b)", "(?:a+|b)", "(?:a|[^\\x00])", "(?:a|b?)", "(?:a|b+)", "[^\\x00]", "(?:b)", "(?:a)",
            "(?:a|b)?", "(?:a|b)+",
        }),
        ("(?!a)", {"(?![^\\x00])", "(?!a?)", "(?!a+)"}),
    ],
)  # fmt: skip
def test_a_pattern_is_changed_in_every_place(pattern: str, variants: set[str]) -> None:
    found = [variant for _, variant in patterns.variants(pattern)]
    assert set(found) == variants
    assert len(found) == len(variants)


def test_an_alternative_of_a_group_within_a_group_is_removed_there() -> None:
    variants = {variant for _, variant in patterns.variants("(?:a(?:b|c)|d)")}
    assert {"(?:a(?:c)|d)", "(?:a(?:b)|d)", "(?:d)", "(?:a(?:b|c))"} <= variants


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


def test_a_witness_with_which_the_schema_itself_disagrees_ends_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    trial = Trial(WORD, [word("a", valid=True), word("b", valid=False), word("c", valid=True)])
    assert trial.wrong == ["words: b", "words: c"]
    with pytest.raises(SystemExit) as ended:
        mutants.stop_at(trial.wrong)
    assert ended.value.code == 1
    assert "the schema as it is disagrees with 2 of the witnesses\nwords: b\nwords: c" in capsys.readouterr().out
    mutants.stop_at([])


def test_the_texts_that_a_pattern_judges_are_found_with_its_place() -> None:
    place = ("$defs", "edtfDate", "pattern")
    assert (place, "2018") in set(texts(SCHEMA, SCHEMA, (), {"date": "2018"}))
    assert set(texts(SCHEMA, *part_at(SCHEMA, ("previousDates",)), ["2018", 5, "2019"])) == {
        (place, "2018"),
        (place, "2019"),
    }
    assert set(texts(SCHEMA, *part_at(SCHEMA, ("parties", 0, "id")), "a")) == {
        (("$defs", "identifierText", "pattern"), "a")
    }
    assert set(texts(SCHEMA, *part_at(SCHEMA, ("extensions",)), {"org.a": {}})) == {
        (("$defs", "namespace", "pattern"), "org.a")
    }
    assert set(texts(SCHEMA, *part_at(SCHEMA, ("extensions", "org.a")), {"b": "c"})) == set()


def test_what_a_reference_may_name_and_which_codes_are_known_is_held_against_the_whole_check() -> None:
    trial = FindingTrial(SCHEMA)
    assert trial.wrong == []
    every = {mutant.name: mutant for mutant in mutations.mutants(SCHEMA) if FindingTrial.concerns(mutant)}
    for name in (
        "/$defs/sourceId/x-refers-to: removed",
        '/$defs/speakerId/x-refers-to: without "delegation"',
        "/$defs/programmeItemId/x-refers-to: or statement",
        "/$defs/host/properties/party/$ref: to personId",
        "/$defs/outcome/properties/id/$ref: to identifierText",
        "/$defs/topic/x-codelist: removed",
    ):
        assert trial.killer(every[name]) is not None
    assert trial.killer(mutations.Mutant(("$defs", "partyId", "x-refers-to"), "the same", ["party"])) is None


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
