"""Ids that lead nowhere, to the wrong kind of entry or to two entries, and entries that nothing leads to."""

from typing import Any

import pytest

from checking import EXAMPLE, check_value, example
from diplomatic_events.findings import Finding


def only(change: dict[str, Any]) -> Finding:
    (finding,) = check_value(example(change))
    return finding


def found(change: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.pointer) for finding in check_value(example(change))]


def test_a_reference_to_no_party_is_answered_with_the_nearest() -> None:
    finding = only({"/delegations/1/party": "sylvannia"})
    assert (finding.rule, finding.pointer) == ("reference/unknown-party", "/delegations/1/party")
    assert finding.message == "no party has the id `sylvannia`"
    assert finding.help == "did you mean `sylvania`?"


def test_a_reference_that_comes_near_nothing_is_answered_with_adding_an_entry() -> None:
    finding = only({"/statements/0/addressees": ["zzzzzz"]})
    assert finding.message == "neither a party, a person, a delegation nor a member has the id `zzzzzz`"
    assert finding.help == "add a party with this id, or refer to one that is there"
    finding = only({"/outcomes/0/signatories": ["ruiz", "zzzzzz"]})
    assert (finding.rule, finding.pointer) == ("reference/unknown-member", "/outcomes/0/signatories/1")
    assert finding.help == "add a member with this id, or refer to one that is there"


def test_an_entry_with_the_id_of_another_whose_own_id_is_used_is_one_mistake() -> None:
    finding = only({
        "/people/1": {"id": "ana-ruiz", "name": "Jan Novák"}, "/delegations/1/members/0/person": "jan-novak",
    })  # fmt: skip
    assert (finding.rule, finding.pointer) == ("reference/duplicate-id", "/people/1/id")
    assert finding.help == "did you mean `jan-novak`, which a reference uses?"


def test_an_entry_with_the_id_of_another_does_not_hide_a_reference_to_someone_else() -> None:
    assert found({
        "/people/1": {"id": "ana-ruiz", "name": "Jan Novák"}, "/delegations/1/members/0/person": "petr-dvorak",
    }) == [("reference/duplicate-id", "/people/1/id"), ("reference/unknown-person", "/delegations/1/members/0/person")]  # fmt: skip


def test_a_statement_that_was_copied_with_its_id_is_one_mistake() -> None:
    assert found({"/statements/2": EXAMPLE["statements"][0]}) == [("reference/duplicate-id", "/statements/2/id")]
    assert found({"/statements/2": {**EXAMPLE["statements"][0], "id": "again"}}) == [
        ("statements/repeated", "/statements/2")
    ]


def test_a_quote_that_lost_the_words_of_its_statement_is_one_mistake() -> None:
    quote = [{"source": "report", "exact": "“We will close the border,” Ms Ruiz said."}]
    assert found({"/statements/0/evidence": quote}) == [("evidence/not-verbatim", "/statements/0/evidence/0/exact")]
    both = found({"/statements/0/evidence": quote, "/statements/0/text": "We will shut the border,"})
    assert [rule for rule, _ in both] == ["statements/text-not-in-evidence", "evidence/not-verbatim"]


def test_each_reference_to_an_id_that_there_is_not_is_a_finding() -> None:
    assert found({"/statements/0/addressees": ["zzzzzz"], "/upcoming/0/participants": ["zzzzzz", "freedonia"]}) == [
        ("reference/unknown-party", "/statements/0/addressees/0"),
        ("reference/unknown-party", "/upcoming/0/participants/0"),
    ]


def test_an_id_that_is_itself_misspelt_is_one_finding_and_not_one_for_each_reference() -> None:
    finding = only({"/parties/1/id": "sylvannia"})
    assert (finding.rule, finding.pointer) == ("reference/unknown-party", "/parties/1/id")
    assert finding.message == (
        "no party has the id `sylvania`, though 2 references use it, and nothing refers to `sylvannia`"
    )
    assert finding.help == "did you mean `sylvania`?"
    assert [(related.message, related.pointer) for related in finding.related] == [
        ("the first reference is here", "/delegations/1/party")
    ]


def test_an_id_with_one_reference_is_misspelt_where_its_name_agrees_with_the_reference() -> None:
    finding = only({"/people/0/id": "anna-ruiz"})
    assert (finding.rule, finding.pointer) == ("reference/unknown-person", "/people/0/id")
    assert finding.message == (
        "no person has the id `ana-ruiz`, though a reference uses it, and nothing refers to `anna-ruiz`"
    )


def test_a_member_s_id_is_held_against_the_office_and_the_person_s_name() -> None:
    members = {"/delegations/1/members/0/id": "sylvanian-minster", "/outcomes/0/signatories": None}
    office = {"/delegations/1/members/0/office/title": "Sylvanian minister of trade"}
    assert found({**members, **office}) == [("reference/unknown-member", "/delegations/1/members/0/id")]
    named = {
        "/delegations/0/members/0/id": "ruis",
        "/statements/0/speakers": ["ruiz"],
        "/outcomes/0/signatories": None,
    }
    assert found(named) == [("reference/unknown-member", "/delegations/0/members/0/id")]


def test_two_entries_with_one_id_are_shown_together() -> None:
    finding = only({"/people/0/id": "freedonia", "/delegations/0/members/0/person": "freedonia"})
    assert (finding.rule, finding.pointer) == ("reference/duplicate-id", "/people/0/id")
    assert finding.message == "a party already has the id `freedonia`"
    assert [(related.message, related.pointer) for related in finding.related] == [
        ("the first is here", "/parties/0/id")
    ]


def test_the_article_of_a_kind_fits_its_noun() -> None:
    change = {"/upcoming/0/id": "memorandum"}
    assert only(change).message == "an outcome already has the id `memorandum`"


@pytest.mark.parametrize(
    ("change", "pointer", "message", "help"),
    [
        (
            {"/statements/0/speakers": ["freedonia"]},
            "/statements/0/speakers/0",
            "`freedonia` is a party; a member or a delegation belongs here",
            "did you mean `delegation-freedonia` or `ruiz`?",
        ),
        (
            {"/statements/0/speakers": ["ana-ruiz"]},
            "/statements/0/speakers/0",
            "`ana-ruiz` is a person; a member or a delegation belongs here",
            "did you mean `ruiz`?",
        ),
        (
            {"/upcoming/0/participants": ["ruiz"]},
            "/upcoming/0/participants/0",
            "`ruiz` is a member; a party belongs here",
            "did you mean `freedonia`?",
        ),
        (
            {"/upcoming/0/participants": ["delegation-sylvania"]},
            "/upcoming/0/participants/0",
            "`delegation-sylvania` is a delegation; a party belongs here",
            "did you mean `sylvania`?",
        ),
        (
            {"/statements/1/onBehalfOf": ["ruiz"]},
            "/statements/1/onBehalfOf/0",
            "`ruiz` is a member; a party or a person belongs here",
            "did you mean `freedonia` or `ana-ruiz`?",
        ),
        (
            {"/statements/1/onBehalfOf": ["memorandum"]},
            "/statements/1/onBehalfOf/0",
            "`memorandum` is an outcome; a party or a person belongs here",
            None,
        ),
    ],
)
def test_an_entry_of_the_wrong_kind_is_answered_with_those_of_the_right_one(
    change: dict[str, Any], pointer: str, message: str, help: str | None
) -> None:
    finding = only(change)
    assert (finding.rule, finding.pointer, finding.message) == ("reference/wrong-kind", pointer, message)
    assert finding.help == help
    assert [related.message for related in finding.related] == ["it is defined here"]


def test_entries_that_nothing_refers_to_are_warned_of() -> None:
    change = {
        "/parties/2": {"id": "ruritania", "type": "other", "name": "Ruritania"},
        "/people/1": {"id": "jan-novak", "name": "Jan Novák"},
        "/sources/1": {"id": "readout", "type": "readout"},
    }
    findings = check_value(example(change))
    assert [(finding.rule, finding.severity, finding.pointer, finding.message) for finding in findings] == [
        ("reference/unused-party", "warning", "/parties/2", "nothing refers to the party `ruritania`"),
        ("reference/unused-person", "warning", "/people/1", "nothing refers to the person `jan-novak`"),
        ("reference/unused-source", "warning", "/sources/1", "no evidence quotes the source `readout`"),
    ]


def test_the_register_of_an_event_without_delegations_is_not_called_unused() -> None:
    record = {key: EXAMPLE[key] for key in ("schemaVersion", "id", "language", "title", "type", "parties", "sources")}
    record |= {"status": "announced", "date": "2021-05-03"}
    assert [finding.rule for finding in check_value(record)] == []


def test_an_entry_that_is_the_likely_target_of_a_misspelt_reference_is_not_called_unused() -> None:
    change = {
        "/parties/2": {"id": "ruritania", "type": "other", "name": "Ruritania"},
        "/upcoming/0/participants": ["ruritanya"],
    }
    assert found(change) == [("reference/unknown-party", "/upcoming/0/participants/0")]


def test_only_the_first_hundred_ids_that_there_are_not_are_compared_with_those_that_there_are() -> None:
    findings = check_value(example({"/upcoming/0/participants": [f"sylvania-{number}" for number in range(120)]}))
    assert [finding.help for finding in findings[:100]] == ["did you mean `sylvania`?"] * 100
    assert {finding.help for finding in findings[100:]} == {"add a party with this id, or refer to one that is there"}


def test_where_a_register_is_broken_references_to_it_are_not_called_unknown() -> None:
    assert found({"/parties/0/id": 5}) == [("schema/wrong-type", "/parties/0/id")]
    assert found({"/people/0/id": 5}) == [("schema/wrong-type", "/people/0/id")]
    assert found({"/sources/0/id": 5}) == [("schema/wrong-type", "/sources/0/id")]
    assert found({"/delegations/0/members/0/id": 5}) == [("schema/wrong-type", "/delegations/0/members/0/id")]


def test_a_member_where_a_person_belongs_is_answered_with_the_person_and_no_echo() -> None:
    findings = check_value(example({"/delegations/0/members/0/person": "ruiz"}))
    assert [(finding.rule, finding.help) for finding in findings] == [
        ("reference/wrong-kind", "did you mean `ana-ruiz`?")
    ]


def test_a_broken_delegation_does_not_hinder_a_reference_of_a_wrong_kind() -> None:
    record = example({"hosts": [{"party": "ruiz"}], "/delegations/1/party": None})
    assert {finding.rule for finding in check_value(record)} == {"schema/missing-property", "reference/wrong-kind"}


def test_a_direct_quote_without_marks_of_a_source_without_text_is_told() -> None:
    quote = [{"source": "report", "exact": "We will open the border,"}]
    rules = [rule for rule, _ in found({"/sources/0/text": None, "/statements/0/evidence": quote})]
    assert "statements/direct-without-quotation-marks" in rules
