"""Who did what with or to whom: the dyads of a record."""

from typing import Any

import pytest

from check_records import EXAMPLE
from diplomatic_events.export.dyads import CODELISTS, Dyads
from diplomatic_events.schema.codelists import codelist

DYADS = Dyads({name: {entry.code: entry.cameo for entry in codelist(name).values()} for name in CODELISTS.values()})

PARTIES = [{"id": id, "type": "state", "name": id} for id in ("north", "south", "east")]
PEOPLE = [{"id": "envoy", "name": "E", "offices": [{"title": "Envoy", "of": "east"}]}, {"id": "poet", "name": "P"}]
DELEGATIONS = [
    {
        "id": "of-north",
        "party": "north",
        "capacity": "participant",
        "members": [{"id": "minister", "office": {"title": "M"}}],
    },
    {"id": "of-south", "party": "south", "capacity": "participant", "members": [{"id": "king", "person": "ruler"}]},
]


def dyads(**changed: Any) -> list[tuple[Any, ...]]:
    base = {"type": "meeting", "status": "held", "date": "2021-03-05", "parties": PARTIES, "delegations": DELEGATIONS}
    people = [*PEOPLE, {"id": "ruler", "name": "R"}]
    rows = DYADS.of({**EXAMPLE, **base, "people": people, "statements": [], "outcomes": [], **changed})
    keys = ("path", "cameo", "relation", "actor", "actor_party", "target", "target_party")
    return [tuple(row.get(key) for key in keys) for row in rows]


def said(**statement: Any) -> list[tuple[Any, ...]]:
    text = {"id": "s", "form": "direct", "text": "x", "evidence": []}
    return dyads(status="announced", statements=[{**text, **statement}])


def test_those_who_took_part_in_a_meeting_met_each_other() -> None:
    assert dyads() == [
        ("", "04", "with", "of-north", "north", "of-south", "south"),
        ("", "04", "with", "of-south", "south", "of-north", "north"),
    ]


@pytest.mark.parametrize("status", ["announced", "postponed", "cancelled"])
def test_nobody_has_met_at_an_event_that_was_not_held(status: str) -> None:
    assert dyads(status=status) == []


def test_a_call_has_the_code_of_a_call() -> None:
    assert {row[1] for row in dyads(mode="phone")} == {"041"}


def test_visitors_visit_hosts_and_hosts_host_them() -> None:
    assert dyads(type="visit", hosts=[{"party": "south"}]) == [
        ("", "042", "to", "of-north", "north", "of-south", "south"),
        ("", "043", "to", "of-south", "south", "of-north", "north"),
    ]


def test_a_host_of_a_visit_needs_no_delegation() -> None:
    assert [row[3:] for row in dyads(type="visit", hosts=[{"party": "east"}])] == [
        ("of-north", "north", "east", "east"),
        ("of-south", "south", "east", "east"),
        ("east", "east", "of-north", "north"),
        ("east", "east", "of-south", "south"),
    ]


def test_a_statement_is_made_to_its_addressees_and_about_its_subjects() -> None:
    assert said(speakers=["minister"], addressees=["king"], about=["east", "t"], act="condemn") == [
        ("/statements/0", "111", "to", "minister", "north", "king", "south"),
        ("/statements/0", "111", "about", "minister", "north", "east", "east"),
    ]


def test_who_speaks_for_others_is_not_the_actor() -> None:
    assert said(speakers=["minister"], onBehalfOf=["east"], addressees=["king"]) == [
        ("/statements/0", None, "to", "east", "east", "king", "south"),
    ]


@pytest.mark.parametrize(("person", "party"), [("ruler", "south"), ("envoy", "east"), ("poet", None)])
def test_the_party_of_a_person_is_that_of_the_delegation_or_of_an_office(person: str, party: str | None) -> None:
    assert said(speakers=["minister"], addressees=[person])[0][5:] == (person, party)


def test_nobody_acts_upon_their_own_party_and_an_unknown_id_upon_nobody() -> None:
    assert said(speakers=["minister"], addressees=["north", "of-north", "nobody"]) == []


@pytest.mark.parametrize(
    ("status", "relations"),
    [("signed", ["with", "with", "to", "to"]), ("announced", ["to", "to"]), ("rejected", [])],
)
def test_parties_agree_with_each_other_unless_it_failed_or_was_only_announced(
    status: str, relations: list[str]
) -> None:
    outcome = {
        "id": "o",
        "type": "treaty",
        "title": "T",
        "status": status,
        "parties": ["north", "south"],
        "addressees": ["east"],
    }
    assert [row[2] for row in dyads(status="announced", outcomes=[outcome])] == relations
