"""The record walked once, and what rules look up in it."""

from pathlib import Path as FilePath
from typing import Any

import pytest

from checking import EXAMPLE, RULES, example
from diplomatic_events.findings import Issue
from diplomatic_events.pointers import Path
from diplomatic_events.rules import base
from diplomatic_events.rules.base import CHECKS, Definition, Record, Reference
from diplomatic_events.shape import Shape
from diplomatic_events.texts import Texts
from diplomatic_events.versions import catalogue

SHAPE = Shape(catalogue().schema("1.0"))


def walked(change: dict[str, Any] | None = None, *broken: Path, issues: tuple[Issue, ...] = ()) -> Record:
    """The example with a change, walked; the schema is said to find the issues in whatever it is asked about."""
    return Record(example(change or {}), SHAPE, Texts(None), lambda _: list(issues), frozenset(broken))


def test_the_walk_collects_entries_and_where_they_stand() -> None:
    record = walked({"/parties/0/extensions": {"org.example": {"id": "x"}}, "hosts": [{"party": "freedonia"}]})
    assert record.entries[""] == [((), record.value)]
    assert record.entries["party"] == [
        (("parties", index), party) for index, party in enumerate(record.value["parties"])
    ]
    assert [path for path, _ in record.entries["member"]] == [
        ("delegations", 0, "members", 0),
        ("delegations", 1, "members", 0),
    ]
    assert [path for path, _ in record.entries["office"]] == [
        ("delegations", 0, "members", 0, "office"),
        ("delegations", 1, "members", 0, "office"),
    ]
    assert Reference(("hosts", 0, "party"), "freedonia", ("party",)) in record.references
    assert record.definitions["ruiz"] == [
        Definition("member", ("delegations", 0, "members", 0), EXAMPLE["delegations"][0]["members"][0])
    ]
    assert "x" not in record.definitions
    assert record.dates == [
        (("date",), "2021-05-03"),
        (("upcoming", 0, "date"), "2021-06"),
        (("sources", 0, "published"), "2021-05-03"),
    ]
    assert record.languages == [(("language",), "en"), (("sources", 0, "language"), "en")]
    assert (("outcomes", 0, "type"), "outcome-type", "memorandum") in record.codes


def test_the_id_of_the_record_is_none_of_its_entries() -> None:
    assert walked().find("geneva-talks", "", "party") is None
    assert "geneva-talks" not in walked().definitions


def test_the_walk_goes_on_behind_what_it_does_not_know_and_what_has_a_wrong_type() -> None:
    first = {"unforeseen": 1, **EXAMPLE, "places": 5, "hosts": ["x", {"party": 5}, {"party": "sylvania"}]}
    record = Record(first, SHAPE, Texts(None), lambda _: [])
    assert Reference(("hosts", 2, "party"), "sylvania", ("party",)) in record.references
    assert (("date",), "2021-05-03") in record.dates
    assert record.entries["place"] == []


@pytest.mark.parametrize(
    ("broken", "need", "intact"),
    [
        (("date",), "date", False),
        (("date",), "type", True),
        (("parties",), "parties/*/id", False),
        (("parties", 0), "parties/*/id", False),
        (("parties", 0, "id"), "parties/*/id", False),
        (("parties", 0, "name"), "parties/*/id", True),
        (("parties", 0, "id", "x"), "parties/*/id", False),
        (("people", 0, "id"), "parties/*/id", True),
        ((), "parties/*/id", False),
        (("evidence", 0), "**/evidence", False),
        (("statements", 1, "evidence", 0, "start"), "**/evidence", False),
        (("statements", 1, "text"), "**/evidence", True),
        (("statements", 1), "**/evidence", True),
    ],
)
def test_what_is_broken_on_the_way_to_what_is_needed_or_inside_it_touches_it(
    broken: Path, need: str, intact: bool
) -> None:
    assert walked({}, broken).intact(need) is intact
    assert walked({}, ("mode",), broken).intact("visitType", need) is intact
    assert walked({}).intact(need)


def test_a_list_of_objects_passes_over_what_is_none() -> None:
    record = walked({"/parties/1": 5, "/parties/2": {"id": "x"}, "people": {"id": "y"}})
    assert [path for path, _ in record.listed("parties")] == [("parties", 0), ("parties", 2)]
    assert record.listed("people") == []
    assert record.listed("hosts") == []


def test_the_first_entry_of_one_of_the_kinds_is_found_by_its_id() -> None:
    record = walked({"/people/0/id": "freedonia"})
    party, person = record.find("freedonia", "party"), record.find("freedonia", "person", "source")
    assert party is not None
    assert person is not None
    assert (party.path, person.path) == (("parties", 0), ("people", 0))
    assert record.find("freedonia", "member") is None
    assert record.find("nobody", "party") is None
    assert record.find(["freedonia"], "party") is None


def test_the_party_of_a_member_is_that_of_its_delegation() -> None:
    record = walked({"/delegations/1/party": 5})
    assert record.party_of("ruiz") == "freedonia"
    assert record.party_of("delegation-freedonia") == "freedonia"
    assert record.party_of("sylvanian-minister") is None
    assert record.party_of("freedonia") is None
    assert record.party_of("nobody") is None


def test_evidence_that_cannot_be_looked_up_is_from_a_source_without_a_text(tmp_path: FilePath) -> None:
    assert not walked().cites_without_text()
    assert walked({"/sources/0/text": None}).cites_without_text()
    assert not walked({"/sources/1": {"id": "readout", "type": "readout"}}).cites_without_text()
    assert not walked({"/sources/0/text": None, "/sources/0/textFile": "nowhere.txt"}).cites_without_text()
    uncited = {"/evidence/0/source": 5, "/sources/0/text": None}
    record = Record({"evidence": [{"exact": "x"}], "sources": [{"id": 5}]}, SHAPE, Texts(tmp_path), lambda _: [])
    assert not record.cites_without_text()
    assert record.sources == {}
    assert walked(uncited).cites_without_text()


def test_the_fault_of_another_value_is_one_in_its_place_or_below() -> None:
    elsewhere, here, below = (Issue(path, "wrong") for path in (("type",), ("parties", 0), ("parties", 0, "name")))
    assert walked(issues=(elsewhere,)).fault_of(("parties", 0), 5) is None
    assert walked(issues=(elsewhere, here, below)).fault_of(("parties", 0), 5) == here
    assert walked(issues=(elsewhere, below)).fault_of(("parties", 0), 5) == below
    assert walked(issues=(elsewhere,)).fault_of((), 5) == elsewhere


def test_the_schema_is_asked_about_a_copy_with_the_other_value() -> None:
    asked: list[Any] = []

    def judge(value: Any) -> list[Issue]:
        asked.append(value)
        return []

    record = Record(example({}), SHAPE, Texts(None), judge)
    record.fault_of(("parties", 1, "name"), "Ruritania")
    record.fault_of((), 5)
    assert asked == [example({"/parties/1/name": "Ruritania"}), 5]
    assert record.value == EXAMPLE


def test_only_chosen_rules_run_and_those_whose_needs_are_broken_are_named() -> None:
    every = frozenset(rule.id for rule, _ in CHECKS)
    assert base.run(walked(), every) == ([], [])
    change = {"date": "2021-02-29", "previousDates": ["2021-02-29"]}
    issues, skipped = base.run(walked(change), frozenset({"dates/no-such-day"}))
    assert [(rule, issue.path) for rule, issue in issues] == [
        ("dates/no-such-day", ("date",)),
        ("dates/no-such-day", ("previousDates", 0)),
    ]
    assert skipped == []
    chosen = frozenset({"dates/previous-date-unchanged", "dates/no-such-day", "codes/unknown"})
    issues, skipped = base.run(walked({**change, "topics": ["tarde"]}, ("date",)), chosen)
    assert [rule for rule, _ in issues] == ["codes/unknown", "dates/no-such-day"]
    assert skipped == ["dates/previous-date-unchanged"]


def test_a_rule_is_known_with_what_it_needs() -> None:
    for entry, check in CHECKS:
        assert RULES[entry.id] is entry
        assert (check.__doc__ or "").strip().startswith(entry.summary)
    needs = {entry.id: entry.needs for entry, _ in CHECKS}
    assert needs["dates/previous-date-unchanged"] == ("date", "previousDates")
    assert needs["dates/no-such-day"] == ()
