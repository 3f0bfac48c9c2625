"""Ids that lead nowhere, to the wrong kind of entry or to two entries, and entries that nothing leads to."""

from typing import Any

import pytest

from check_records import EXAMPLE, check_value, example, own_help
from diplomatic_events.findings import Finding


def findings(change: dict[str, Any]) -> list[Finding]:
    """What is found, but for people whom the source of the example does not name."""
    return [finding for finding in check_value(example(change)) if not finding.rule.startswith("claims/")]


def only(change: dict[str, Any]) -> Finding:
    (finding,) = findings(change)
    return finding


def found(change: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.pointer) for finding in findings(change)]


def test_a_reference_to_no_party_is_answered_with_the_nearest() -> None:
    finding = only({"/delegations/1/party": "sylvannia"})
    assert (finding.rule, finding.pointer) == ("reference/unknown-party", "/delegations/1/party")
    assert finding.message == "no party has the id `sylvannia`"
    assert finding.help == "did you mean `sylvania`?"


def test_a_reference_that_comes_near_nothing_is_answered_with_adding_an_entry() -> None:
    finding = only({"/statements/0/addressees": ["zzzzzz"]})
    assert finding.message == "neither a party, a person, a delegation nor a member has the id `zzzzzz`"
    assert finding.help == "add a party with this id, or refer to an existing one"
    finding = only({"/outcomes/0/signatories": ["ruiz", "zzzzzz"]})
    assert (finding.rule, finding.pointer) == ("reference/unknown-member", "/outcomes/0/signatories/1")
    assert finding.help == "add a member with this id, or refer to an existing one"


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


def test_each_reference_to_an_unknown_id_is_a_finding() -> None:
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
    assert finding.help == "ids are unique across the whole record: call this one `freedonia-person`"
    assert [(related.message, related.pointer) for related in finding.related] == [
        ("the first is here", "/parties/0/id")
    ]


def talks(*participants: str) -> dict[str, Any]:
    """The change that adds an item of the programme, in which these took part."""
    return {"programme": [{"id": "talks", "title": "Talks", "participants": list(participants)}]}


def test_a_person_who_took_part_is_named_by_the_member_in_every_reference_that_takes_both() -> None:
    change = {"initiatedBy": ["ana-ruiz"], "/statements/1/addressees": ["ana-ruiz", "ruiz"], "honours": ["ana-ruiz"]}
    assert found(change) == [
        ("reference/member-as-person", "/statements/1/addressees/0"),
        ("reference/member-as-person", "/initiatedBy/0"),
    ]


def test_the_article_of_a_kind_fits_its_noun() -> None:
    change = {"/upcoming/0/id": "memorandum", "/annotations/0/target": "/date"}
    assert only(change).message == "an outcome already has the id `memorandum`"


@pytest.mark.parametrize(
    ("change", "pointer", "message", "help"),
    [
        (
            talks("freedonia"),
            "/programme/0/participants/0",
            "`freedonia` is a party; a member or a delegation belongs here",
            "did you mean `delegation-freedonia` or `ruiz`?",
        ),
        (
            talks("ana-ruiz"),
            "/programme/0/participants/0",
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
    assert own_help(finding) == help
    assert [related.message for related in finding.related] == ["it is defined here"]


def test_entries_that_nothing_refers_to_are_reported() -> None:
    change = {
        "/parties/2": {"id": "ruritania", "type": "other", "name": "Ruritania"},
        "/people/1": {"id": "jan-novak", "name": "Jan Novák"},
        "/sources/1": {"id": "readout", "type": "readout"},
    }
    findings = check_value(example(change))
    assert [(finding.rule, finding.severity, finding.pointer, finding.message) for finding in findings] == [
        ("reference/unused-party", "note", "/parties/2", "nothing refers to the party `ruritania`"),
        ("reference/unused-person", "note", "/people/1", "nothing refers to the person `jan-novak`"),
        ("reference/unused-source", "warning", "/sources/1", "no evidence quotes the source `readout`"),
    ]


def test_the_register_of_an_event_without_delegations_is_not_called_unused() -> None:
    record = {key: EXAMPLE[key] for key in ("schemaVersion", "id", "language", "title", "type", "parties", "sources")}
    record |= {"status": "announced", "date": "2021-05-03", "evidence": EXAMPLE["evidence"]}
    assert [finding.rule for finding in check_value(record)] == []


def test_an_entry_that_is_the_likely_target_of_a_misspelt_reference_is_not_called_unused() -> None:
    change = {
        "/parties/2": {"id": "ruritania", "type": "other", "name": "Ruritania"},
        "/upcoming/0/participants": ["ruritanya"],
    }
    assert found(change) == [("reference/unknown-party", "/upcoming/0/participants/0")]


def test_only_the_first_hundred_unknown_ids_are_compared_with_known_ones() -> None:
    findings = check_value(example({"/upcoming/0/participants": [f"sylvania-{number}" for number in range(120)]}))
    assert len(findings) == 120
    assert [finding.help for finding in findings[:100]] == ["did you mean `sylvania`?"] * 100
    assert {finding.help for finding in findings[100:]} == {"add a party with this id, or refer to an existing one"}


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


def test_a_direct_quote_without_marks_of_a_source_without_text_is_reported() -> None:
    quote = [{"source": "report", "exact": "We will open the border,"}]
    rules = [rule for rule, _ in found({"/sources/0/text": None, "/statements/0/evidence": quote})]
    assert "statements/direct-without-quotation-marks" in rules


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"/upcoming/0/id": "border"}, "a statement already has the id `border`"),
        ({"/upcoming/0/id": "ruiz"}, "a member already has the id `ruiz`"),
        (
            {"/upcoming/1": {"id": "second-meeting", "title": "Third meeting"}},
            "an upcoming event already has the id `second-meeting`",
        ),
        (
            {"related": [{"id": id, "relation": "prepares", "title": "Talks"} for id in ("a", "a")]},
            "a related event already has the id `a`",
        ),
        (
            {"programme": [{"id": "talks", "title": "Talks"}, {"id": "talks", "title": "More talks"}]},
            "a programme item already has the id `talks`",
        ),
    ],
)
def test_each_kind_of_entry_has_a_name(change: dict[str, Any], message: str) -> None:
    assert message in [finding.message for finding in check_value(example(change))]


def test_an_id_that_several_references_misspell_is_not_looked_for_in_an_entry_that_is_used() -> None:
    change = {"/statements/0/addressees": ["sylvannia"], "/upcoming/0/participants": ["sylvannia"]}
    assert found(change) == [
        ("reference/unknown-party", "/statements/0/addressees/0"),
        ("reference/unknown-party", "/upcoming/0/participants/0"),
    ]


def test_two_references_that_agree_outweigh_an_entry_whatever_its_name() -> None:
    change = {"/parties/1/id": "sylvannia", "/parties/1/name": "The Kingdom"}
    assert found(change) == [("reference/unknown-party", "/parties/1/id")]


def test_one_reference_is_misspelt_where_the_name_agrees_with_neither_spelling() -> None:
    change = {"/people/1": {"id": "jan-novak", "name": "Xaver"}, "/delegations/1/members/0/person": "jan-nowak"}
    assert found(change) == [("reference/unknown-person", "/delegations/1/members/0/person")]


def test_an_entry_is_held_against_all_its_names() -> None:
    named = {"/people/0/name": "Ruiz", "/delegations/0/members/0/id": "ruis", "/outcomes/0/signatories": None}
    assert found(named) == [("reference/unknown-member", "/delegations/0/members/0/id")]
    for source in ({"id": "tas", "type": "press-release", "publisher": "Tass"}, {"id": "readot", "type": "readout"}):
        wanted = "tass" if "publisher" in source else "readout"
        quote = {"source": wanted, "exact": "They met."}
        change = {"/sources/1": {**source, "text": "They met."}, "/evidence/1": quote}
        assert found(change) == [("reference/unknown-source", "/sources/1/id")]
    item = {"programme": [{"id": "tlks", "title": "Talks"}], "/statements/0/programmeItem": "talks"}
    assert found(item) == [("reference/unknown-programme-item", "/programme/0/id")]


def test_the_nearest_id_is_that_of_an_entry_of_the_right_kind() -> None:
    finding = only(talks("ana-ruis"))
    assert finding.help == "add a member with this id, or refer to an existing one"


def test_a_reference_that_may_be_to_a_broken_register_is_not_called_unknown() -> None:
    change = {"/people/0/id": 5, "/statements/0/addressees": ["ana-ruiz"], "/delegations/0/members/0/person": None}
    assert found(change) == [("schema/wrong-type", "/people/0/id")]


def test_a_misspelt_entry_does_not_hide_other_unknown_ids() -> None:
    assert found({"/parties/1/id": "sylvannia", "/evidence/0/source": "reprot"}) == [
        ("reference/unknown-party", "/parties/1/id"),
        ("reference/unknown-source", "/evidence/0/source"),
    ]


def test_a_delegation_without_members_is_passed_over_in_looking_for_the_right_entry() -> None:
    change = {"/delegations/1/members": None, "/statements/1/speakers": ["delegation-sylvania"], **talks("sylvania")}
    finding = only({**change, "/outcomes/0/signatories": ["ruiz"]})
    assert (finding.rule, finding.help) == ("reference/wrong-kind", "did you mean `delegation-sylvania`?")


def test_a_person_is_answered_with_the_member_who_the_person_is() -> None:
    mission = {"/delegations/0/members/0/id": "head-of-mission", "/outcomes/0/signatories": ["head-of-mission"]}
    change = {**mission, "/statements/0/speakers": ["head-of-mission"], **talks("ana-ruiz")}
    assert only(change).help == "did you mean `head-of-mission`?"


def test_an_unknown_entry_is_not_suggested() -> None:
    change = {"/delegations/0/party": "zzzzzz", "/upcoming/0/participants": ["ruiz", "freedonia"]}
    findings = {finding.rule: finding for finding in check_value(example(change))}
    assert findings.keys() == {"reference/unknown-party", "reference/wrong-kind"}
    assert own_help(findings["reference/wrong-kind"]) is None


def test_no_more_than_three_entries_are_offered() -> None:
    aides = [{"id": f"aide-{number}", "office": {"title": f"Aide {number}"}} for number in range(3)]
    change = {f"/delegations/0/members/{number}": aide for number, aide in enumerate(aides, 1)}
    assert only({**change, **talks("freedonia")}).help == ("did you mean `delegation-freedonia`, `ruiz` or `aide-0`?")


def test_only_the_first_hundred_entries_of_a_wrong_kind_are_answered_with_the_right_one() -> None:
    many = [{"id": f"talks-{number}", "title": "Talks", "participants": ["sylvania"]} for number in range(101)]
    helps = [
        own_help(finding)
        for finding in check_value(example({"programme": many}))
        if finding.rule == "reference/wrong-kind"
    ]
    assert helps == ["did you mean `delegation-sylvania` or `sylvanian-minister`?"] * 100 + [None]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"/parties/2": EXAMPLE["parties"][0]}, "/parties/2/id"),
        ({"/delegations/2": EXAMPLE["delegations"][0]}, "/delegations/2/id"),
        ({"/delegations/0/members/1": EXAMPLE["delegations"][0]["members"][0]}, "/delegations/0/members/1/id"),
        ({"/outcomes/1": EXAMPLE["outcomes"][0]}, "/outcomes/1/id"),
        ({"/sources/1": EXAMPLE["sources"][0]}, "/sources/1/id"),
    ],
)
def test_an_entry_that_was_copied_is_one_mistake(change: dict[str, Any], pointer: str) -> None:
    finding = only(change)
    assert (finding.rule, finding.pointer) == ("reference/duplicate-id", pointer)
    assert finding.help == "remove it: it is a copy of the first"


def test_each_copy_is_reported_and_none_costs_another_entry_its_findings() -> None:
    copy = EXAMPLE["delegations"][0]
    other = {**copy, "id": "other", "members": copy["members"]}
    assert found({"/delegations/2": copy, "/delegations/3": copy}) == [
        ("reference/duplicate-id", "/delegations/2/id"),
        ("reference/duplicate-id", "/delegations/3/id"),
    ]
    assert found({"/delegations/2": copy, "/delegations/3": other}) == [
        ("reference/duplicate-id", "/delegations/2/id"),
        ("participation/party-in-two-delegations", "/delegations/3/party"),
        ("reference/duplicate-id", "/delegations/3/members/0/id"),
    ]
    assert found({"/delegations/2": other}) == [
        ("participation/party-in-two-delegations", "/delegations/2/party"),
        ("reference/duplicate-id", "/delegations/2/members/0/id"),
    ]


def test_the_first_of_two_entries_is_the_wrong_one_where_references_ask_for_its_name() -> None:
    finding = only({"/parties/0/id": "sylvania"})
    assert (finding.rule, finding.pointer) == ("reference/duplicate-id", "/parties/0/id")
    assert finding.help == "did you mean `freedonia`, which a reference uses?"
    assert [(note.message, note.pointer) for note in finding.related] == [("the other is here", "/parties/1/id")]


def test_the_only_source_under_another_name_is_one_mistake() -> None:
    finding = only({"/sources/0/id": "xinhua"})
    assert (finding.rule, finding.pointer) == ("reference/unknown-source", "/sources/0/id")
    assert finding.message.startswith("no source has the id `report`, though 7 references use it")
    assert finding.help == "did you mean `report`?"


def test_the_only_entry_of_a_kind_is_not_meant_where_something_else_refers_to_it() -> None:
    assert only({"/evidence/0/source": "xinhua"}).help == "add a source with this id, or refer to an existing one"


def test_one_of_several_entries_under_another_name_cannot_be_known_to_be_meant() -> None:
    rules = [
        rule for rule, _ in found({"/sources/1": {**EXAMPLE["sources"][0], "id": "second"}, "/sources/0/id": "xinhua"})
    ]
    assert rules.count("reference/unknown-source") == 7
    assert rules.count("reference/unused-source") == 2


@pytest.mark.parametrize(("before", "unused"), [(99, []), (100, ["/parties/2"])])
def test_only_the_first_hundred_entries_of_a_wrong_kind_may_have_been_meant_for_another(
    before: int, unused: list[str]
) -> None:
    names = [*(f"{number}-xyz-{number}" for number in range(before)), "ruritanian"]
    change = {
        "/parties/2": {"id": "ruritania", "type": "other", "name": "Ruritania"},
        "people": [*EXAMPLE["people"], *({"id": name, "name": name} for name in names)],
        "/upcoming/0/participants": names,
    }
    assert [pointer for rule, pointer in found(change) if rule == "reference/unused-party"] == unused


def test_an_id_that_two_entries_have_does_not_hide_other_unknown_ids() -> None:
    assert found({"/parties/1/id": "freedonia", "/evidence/0/source": "reprot"}) == [
        ("reference/duplicate-id", "/parties/1/id"),
        ("reference/unknown-source", "/evidence/0/source"),
    ]


def test_the_name_of_an_entry_of_another_kind_does_not_explain_an_unknown_id() -> None:
    change = {"/people/1": {"id": "ana-ruiz", "name": "Ruritania"}, "/upcoming/0/participants": ["ruritania"]}
    assert found(change) == [
        ("reference/duplicate-id", "/people/1/id"),
        ("reference/unknown-party", "/upcoming/0/participants/0"),
    ]


def test_an_alternative_that_is_no_id_is_reported_even_where_an_entry_has_the_id_of_another() -> None:
    remark = {"target": "/delegations/0/party", "kind": "uncertain", "basis": "It is not clear."}
    change = {"/parties/1/id": "freedonia", "/annotations/0": {**remark, "alternatives": [{"value": "sylvania"}]}}
    assert ("annotations/invalid-alternative", "/annotations/0/alternatives/0/value") in found(change)


def test_which_of_two_entries_with_one_id_is_the_first_does_not_depend_on_the_order_of_properties() -> None:
    record = example({"/upcoming/0/id": "ruiz"})  # the id of a member of a delegation
    told = [
        (finding.pointer, finding.message)
        for value in (record, dict(reversed(record.items())))
        for finding in check_value(value)
        if finding.rule == "reference/duplicate-id"
    ]
    assert told == [("/upcoming/0/id", "a member already has the id `ruiz`")] * 2


def test_another_id_is_proposed_only_for_two_kinds_and_only_if_nothing_has_it() -> None:
    finding = only({"/delegations/0/members/0/id": "ana-ruiz", "/statements/0/speakers": ["ana-ruiz"], "/outcomes/0/signatories": None})  # fmt: skip
    assert (finding.pointer, finding.help) == (
        "/delegations/0/members/0/id",
        "ids are unique across the whole record: call this one `ana-ruiz-member`",
    )
    people = {"/people/1": {"id": "freedonia", "name": "F"}, "/people/2": {"id": "freedonia-person", "name": "P"}}
    members = {"/delegations/0/members/1": {"id": "m1", "person": "freedonia"}, "/delegations/0/members/2": {"id": "m2", "person": "freedonia-person"}}  # fmt: skip
    assert only({**people, **members}).help == "ids are unique across the whole record"
    two = {"/people/1": {"id": "jan", "name": "J"}, "/people/2": {"id": "jan", "name": "N"}}
    assert own_help(only({**two, "/delegations/1/members/0/person": "jan"})) is None
