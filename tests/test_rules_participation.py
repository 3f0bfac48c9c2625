"""Who took part, for whom and in what standing."""

from typing import Any

import pytest

from check_records import EXAMPLE, check_value, example
from diplomatic_events.findings import Finding


def found(change: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.pointer) for finding in check_value(example(change))]


def only(change: dict[str, Any]) -> Finding:
    (finding,) = check_value(example(change))
    return finding


ALONE = {"/delegations/1": None, "/statements/1": None, "/outcomes/0/signatories": ["ruiz"]}


@pytest.mark.parametrize(
    ("mode", "name"),
    [("phone", "telephone call"), ("video", "video conference"), ("correspondence", "correspondence")],
)
def test_what_takes_place_nowhere_is_called_by_its_name(mode: str, name: str) -> None:
    assert only({"mode": mode}).message == f"a {name} has no place"


@pytest.mark.parametrize("type", ["meeting", "visit", "summit", "negotiation", "consultation"])
def test_it_takes_two_to_meet(type: str) -> None:
    finding = only({"type": type, "places": None, **ALONE})
    assert (finding.rule, finding.pointer) == ("participation/one-sided-meeting", "/delegations")
    assert finding.message == f"only one party took part in the {type}"


def test_where_there_are_no_delegations_the_parties_are_counted() -> None:
    record = {
        key: value
        for key, value in example({"/parties/1": None}).items()
        if key in ("schemaVersion", "id", "language", "title", "type", "parties", "sources", "date", "evidence")
    }
    record["status"] = "announced"
    (finding,) = check_value(record)
    assert (finding.rule, finding.pointer) == ("participation/one-sided-meeting", "/parties")
    assert finding.message == "the meeting has only one party"
    record["parties"].append({"id": "sylvania", "type": "other", "name": "Sylvania"})
    assert check_value(record) == ()


def test_a_charge_d_affaires_is_called_so() -> None:
    office = {"title": "chargé d'affaires", "level": "charge-d-affaires"}
    finding = only({"/delegations/1/members/0/office": office})
    assert finding.message == "the chargé d'affaires has no `accreditedTo`"


def test_all_countries_of_the_event_are_named_where_the_host_is_of_none() -> None:
    places = [{"city": "Vevey"}, {"city": "Lyon", "country": "FRA"}, {"city": "Geneva", "country": "CHE"}]
    austria = {"id": "austria", "type": "state", "name": "Austria", "country": "AUT"}
    change = {"/parties/2": austria, "hosts": [{"party": "austria"}], "places": places}
    assert only(change).message == "the host `austria` is not the state of the place (CHE, FRA)"


def test_a_host_is_not_held_against_a_place_without_a_country_or_unless_it_is_a_state() -> None:
    austria = {"id": "austria", "type": "state", "name": "Austria", "country": "AUT"}
    assert found({"/parties/2": austria, "hosts": [{"party": "austria"}], "places": [{"city": "Vevey"}]}) == []
    assert found({"hosts": [{"party": "freedonia"}]}) == []


def test_a_state_that_began_or_ended_in_the_year_of_the_event_was_there() -> None:
    for code, year in (("SUN", "1991"), ("RUS", "1991")):
        state = {"id": "state", "type": "state", "name": "A state", "country": code}
        change = {"date": year, "/parties/2": state, "/upcoming/0/participants": ["state"]}
        assert "participation/state-not-in-existence" not in [rule for rule, _ in found(change)]


def test_a_country_that_did_not_yet_exist_is_reported_with_its_first_year() -> None:
    # South Sudan became independent in 2011.
    change = {"date": "2010-05-03", "/places/0/country": "SSD"}
    finding = only(change)
    assert (finding.rule, finding.pointer) == ("participation/state-not-in-existence", "/places/0/country")
    assert finding.message == "South Sudan (`SSD`) began in 2011, after this event"


def test_of_an_open_interval_only_the_end_that_is_known_tells_whether_a_country_was_there() -> None:
    for date in ("2010/..", "../2010"):
        change = {"date": date, "/places/0/country": "SSD"}
        rules = [rule for rule, _ in found(change)]
        assert ("participation/state-not-in-existence" in rules) is (date == "../2010")


def test_each_cycle_of_groups_is_reported_once_at_the_member_that_closes_it() -> None:
    groups = [
        {"id": "one", "type": "group", "name": "One", "members": ["freedonia", "two"]},
        {"id": "two", "type": "group", "name": "Two", "members": ["one"]},
        {"id": "three", "type": "group", "name": "Three", "members": ["four"]},
        {"id": "four", "type": "group", "name": "Four", "members": ["sylvania", "three"]},
        {"id": "five", "type": "group", "name": "Five", "members": ["one"]},
    ]
    parties = [*example({})["parties"], *groups]
    findings = check_value(example({"parties": parties, "/upcoming/0/participants": [group["id"] for group in groups]}))
    assert [(finding.pointer, finding.message) for finding in findings] == [
        ("/parties/2/members/1", "`two` closes a cycle: `one` is a member of itself"),
        ("/parties/4/members/0", "`four` closes a cycle: `three` is a member of itself"),
    ]


def test_members_are_counted_one_by_one_unless_they_say_how_many_they_are() -> None:
    aides = {"id": "aides", "office": {"title": "aides"}, "count": 3}
    finding = only({"/delegations/0/size": 3, "/delegations/0/members/1": aides})
    assert finding.message == "the delegation has 4 members, but its size is 3"
    assert found({"/delegations/0/size": 4, "/delegations/0/members/1": aides}) == []


def test_who_speaks_for_whom_is_reported_by_the_speaker_s_id() -> None:
    finding = only({"/statements/0/speakers": ["sylvanian-minister", "ruiz"], "/statements/0/onBehalfOf": ["ana-ruiz"]})
    assert (finding.pointer, finding.message) == (
        "/statements/0/onBehalfOf/0",
        "`ruiz` already speaks for `ana-ruiz`",
    )


def test_a_delegation_without_members_does_not_hide_those_of_the_others() -> None:
    second = {"id": "deputy", "office": {"title": "Deputy Minister"}, "role": "head"}
    change: dict[str, Any] = {
        "/delegations/0/members": None,
        "/people": None,
        "/statements/0/speakers": ["delegation-freedonia"],
    }
    change |= {"/outcomes/0/signatories": ["sylvanian-minister"], "/delegations/1/members/1": second}
    finding = only(change)
    assert (finding.rule, finding.pointer) == ("participation/two-heads", "/delegations/1/members/1/role")
    third = {"id": "aide", "office": {"title": "Aide"}, "role": "head"}
    findings = check_value(example({**change, "/delegations/1/members/2": third}))
    assert [finding.pointer for finding in findings] == [
        "/delegations/1/members/1/role",
        "/delegations/1/members/2/role",
    ]
    assert {finding.related[0].pointer for finding in findings} == {"/delegations/1/members/0/role"}


def test_a_member_that_is_not_on_record_closes_no_cycle() -> None:
    group = {"id": "both", "type": "group", "name": "Both", "members": ["freedonia", "silvania"]}
    change = {"/parties/2": group, "/upcoming/0/participants": ["both"]}
    assert found(change) == [("reference/unknown-party", "/parties/2/members/1")]


def test_two_cycles_through_one_group_are_reported_at_both_of_its_members() -> None:
    groups = [
        {"id": "one", "type": "group", "name": "One", "members": ["two", "three"]},
        {"id": "two", "type": "group", "name": "Two", "members": ["one"]},
        {"id": "three", "type": "group", "name": "Three", "members": ["one"]},
    ]
    parties = [*example({})["parties"], *groups]
    findings = check_value(example({"parties": parties, "/upcoming/0/participants": ["one"]}))
    assert [finding.pointer for finding in findings] == ["/parties/2/members/0", "/parties/2/members/1"]


def test_a_member_who_was_copied_is_neither_a_second_head_nor_a_second_member() -> None:
    findings = check_value(example({"/delegations/0/members/1": EXAMPLE["delegations"][0]["members"][0]}))
    assert [finding.rule for finding in findings] == ["reference/duplicate-id"]


def test_the_party_of_a_delegation_that_stands_among_the_signatories_is_missed_among_the_parties_too() -> None:
    signed = {"/outcomes/0/signatories": ["ruiz", "delegation-sylvania"], "/outcomes/0/parties": ["freedonia"]}
    assert found(signed) == [
        ("participation/signatory-of-no-party", "/outcomes/0/signatories/1"),
        ("reference/wrong-kind", "/outcomes/0/signatories/1"),
    ]
