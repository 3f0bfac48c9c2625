"""The index of the records of a run: what it keeps of each, and what it tells of them together."""

from typing import Any

import pytest

from check_records import EXAMPLE, example
from diplomatic_events.rules import ACROSS_RECORDS, corpus
from diplomatic_events.rules.corpus import Across
from diplomatic_events.rules.index import Home, Index

CHOSEN = frozenset(ACROSS_RECORDS)


def index(*records: dict[str, Any]) -> Index:
    found = Index()
    for number, record in enumerate(records, 1):
        found.add(record, Home("a.ndjson", number))
    return found


def run(index: Index, chosen: frozenset[str] = CHOSEN) -> list[tuple[str, Across]]:
    return corpus.run(index, chosen, ACROSS_RECORDS)[0]


def told(*records: dict[str, Any]) -> list[tuple[str, int, str]]:
    """The rule, the line of the record and the message of each finding."""
    return [(rule, across.home.line, across.issue.message) for rule, across in run(index(*records))]


def rules(*records: dict[str, Any]) -> list[str]:
    return [rule for rule, _, _ in told(*records)]


def link(id: str, name: str = "related", **more: Any) -> dict[str, Any]:
    """A record of another event that links to the example record."""
    entry = {"id": "link", "title": "Talks", "record": "geneva-talks", **more}
    return example({"id": id, "date": "2020-01-01", name: [entry]})


def state(id: str, country: str, name: str = "A state") -> dict[str, Any]:
    return {"id": id, "type": "state", "name": name, "country": country}


# Two records of one event


def test_records_that_differ_in_one_thing_are_not_taken_for_one_event() -> None:
    other = {"id": "other"}
    assert rules(EXAMPLE, example(other)) == ["corpus/possible-duplicate-event"]
    for change in (
        {"type": "negotiation"},
        {"date": "2021-05-04"},
        {"mode": "video"},
        {"/parties/1/name": "Ruritania"},
        {"/places/0/city": "Bern"},
        {"/places/0/country": "FRA"},
        {"places": None},
    ):
        assert rules(EXAMPLE, example({**other, **change})) == [], change


def test_what_is_written_otherwise_is_the_same() -> None:
    for change in ({"mode": "in-person"}, {"/places/0/city": "GENEVA"}, {"/parties/0/name": "FREEDONIA"}):
        assert rules(EXAMPLE, example({"id": "other", **change})) == ["corpus/possible-duplicate-event"]


def test_states_are_identified_by_their_country_and_others_by_their_name() -> None:
    one = example({"/parties/0": state("freedonia", "FRA", "France")})
    assert rules(one, example({"id": "other", "/parties/0": state("freedonia", "FRA", "French Republic")})) == [
        "corpus/possible-duplicate-event"
    ]
    assert rules(one, example({"id": "other", "/parties/0": state("freedonia", "DEU", "France")})) == []


@pytest.mark.parametrize(
    "date", ["2021-05", "2021-05-03?", "2021-05-03/2021-06", "2021-05-03/..", "2021-05-04/2021-05-03", "x2021-05-03"]
)
def test_records_without_a_certain_day_are_not_taken_for_one_event(date: str) -> None:
    assert rules(example({"date": date}), example({"id": "other", "date": date})) == []


DUPLICATE = "corpus/possible-duplicate-event"


@pytest.mark.parametrize(
    ("date", "other", "expected"),
    [
        ("2021-05-03/2021-05-05", "2021-05-03/2021-05-05", [DUPLICATE]),
        ("2021-05-03/2021-05-05", "2021-05-04/2021-05-06", [DUPLICATE]),
        ("2021-05-03/2021-05-05", "2021-05-05", [DUPLICATE]),
        ("2021-04-28/2021-05-03", "2021-05-02/2021-05-04", [DUPLICATE]),
        ("2021-05-03/2021-05-05", "2021-05-06/2021-05-07", []),
        ("2021-01-01/2021-12-31", "2021-01-02/2021-12-31", [DUPLICATE]),
    ],
)
def test_events_of_several_days_are_one_if_they_share_a_day(date: str, other: str, expected: list[str]) -> None:
    assert rules(example({"date": date}), example({"id": "other", "date": other})) == expected
    assert rules(example({"date": other}), example({"id": "other", "date": date})) == expected


def test_the_clock_tells_events_apart_that_begin_on_one_day() -> None:
    dates = {"date": "2021-05-03/2021-05-04"}
    one = example({**dates, "time": {"start": "09:00"}})
    assert rules(one, example({**dates, "id": "other", "time": {"start": "15:00"}})) == []
    other = {"id": "other", "date": "2021-05-04", "time": {"start": "15:00"}}
    assert rules(one, example(other)) == [DUPLICATE]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([{"city": "Genevà", "country": "CHE"}], [DUPLICATE]),
        ([{"city": "Geneva"}], [DUPLICATE]),
        ([{"country": "CHE"}], [DUPLICATE]),
        ([{"city": "Bern", "country": "CHE"}, {"city": "Geneva", "country": "CHE"}], [DUPLICATE]),
        ([{"city": "Bern"}], []),
        ([{"city": "Geneva", "country": "FRA"}], []),
    ],
)
def test_a_place_is_compared_by_country_and_by_the_spelling_of_its_city(
    places: list[dict[str, str]], expected: list[str]
) -> None:
    assert rules(EXAMPLE, example({"id": "other", "places": places})) == expected


def test_parties_are_compared_by_their_identifiers_and_then_by_their_names() -> None:
    def identified(name: str, value: str) -> dict[str, Any]:
        known = [[{"scheme": "wikidata", "value": each}] for each in ("Q3", value)]
        return {"/parties/0/identifiers": known[0], "/parties/1/identifiers": known[1], "/parties/1/name": name}

    one = example(identified("Sylvania", "Q4"))
    assert rules(one, example({"id": "other", **identified("Kingdom of Sylvania", "Q4")})) == [DUPLICATE]
    assert rules(one, example({"id": "other", **identified("Kingdom of Sylvania", "Q5")})) == []
    assert rules(one, example({"id": "other", **identified("Sylvania", "Q4")})) == [DUPLICATE]
    assert rules(EXAMPLE, example({"id": "other", "/parties/1/name": "The Sylvánia"})) == [DUPLICATE]


def test_people_are_compared_by_their_identifiers_and_then_by_the_spelling_of_their_names() -> None:
    def person(name: str, value: str) -> dict[str, Any]:
        return {"/people/0/name": name, "/people/0/identifiers": [{"scheme": "viaf", "value": value}]}

    assert rules(example(person("Ana Ruiz", "12")), example({"id": "other", **person("A. R. y Soto", "12")})) == [
        DUPLICATE
    ]
    assert rules(example(person("Ana Ruiz", "12")), example({"id": "other", **person("Eva Soto", "13")})) == []
    assert rules(EXAMPLE, example({"id": "other", "/people/0/name": "Ana Ruíz"})) == [DUPLICATE]
    assert rules(EXAMPLE, example({"id": "other", "/people/0/name": "Eva Soto"})) == []


def test_records_of_one_party_are_not_taken_for_one_event() -> None:
    alone = {"/delegations/1": None}
    assert rules(example(alone), example({"id": "other", **alone})) == []


def test_records_with_a_delegation_of_no_party_are_not_taken_for_one_event() -> None:
    unknown = {"/delegations/1/party": "ruritania"}
    assert rules(example(unknown), example({"id": "other", **unknown})) == []


def test_records_that_name_one_another_are_two_events() -> None:
    linked = {
        "id": "other",
        "related": [{"id": "link", "relation": "part-of", "title": "Talks", "record": "geneva-talks"}],
    }
    assert rules(EXAMPLE, example(linked)) == []
    assert rules(example(linked), EXAMPLE) == []
    announced = {"id": "other", "upcoming": [{"id": "link", "title": "Talks", "record": "geneva-talks"}]}
    assert rules(EXAMPLE, example(announced)) == []


def test_two_revisions_of_a_record_are_one_event() -> None:
    assert rules(EXAMPLE, example({"revision": {"number": 2}})) == []


# Ids and revisions


def test_a_record_without_a_revision_is_the_first() -> None:
    assert rules(EXAMPLE, example({"revision": {"number": 1}})) == ["corpus/duplicate-record"]
    assert rules(EXAMPLE, example({"revision": {"number": 2.0}}), example({"revision": {"number": 2}})) == [
        "corpus/duplicate-record"
    ]


def test_every_record_after_the_first_with_its_id_is_reported() -> None:
    assert [line for _, line, _ in told(EXAMPLE, EXAMPLE, EXAMPLE)] == [2, 3]


# Links


def test_a_link_to_a_record_that_is_not_there_is_answered_with_the_nearest_or_with_how_to_check() -> None:
    found = index(link("before", record="geneva-talk"), link("later", record="qqqqqqqq"), EXAMPLE)
    unknown = [across.issue for _, across in run(found, frozenset({"corpus/unknown-record"}))]
    assert [issue.help for issue in unknown] == [
        "did you mean `geneva-talks`?",
        "check the file of that record in the same run",
    ]
    assert [issue.path for issue in unknown] == [("related", 0, "record")] * 2


def test_a_link_to_a_record_whose_structure_is_broken_is_not_called_unknown() -> None:
    found = index(link("before", record="broken"))
    found.note("broken")
    assert run(found) == []


@pytest.mark.parametrize("name", ["upcoming", "related"])
def test_a_link_is_held_against_the_date_of_the_record(name: str) -> None:
    assert told(EXAMPLE, link("before", name, date="2021-06")) == [
        ("corpus/announcement-contradicted", 2, "announced for 2021-06, but recorded for 2021-05-03")
    ]


@pytest.mark.parametrize(
    ("date", "actual"),
    [
        ("2021-05", "2021-05-03"),
        ("2021-05-03", "2021"),
        ("2021-06?", "2021-05-03"),
        ("2021-06~", "2021-05-03"),
        ("2021-06", "2021-05-03?"),
        ("2021-06", "2021-05-03~"),
        ("2021-13", "2021-05-03"),
        ("2021-06", "2021-02-30"),
        (None, "2021-05-03"),
    ],
)
def test_what_may_be_the_announced_date_does_not_contradict_it(date: str | None, actual: str) -> None:
    more = {} if date is None else {"date": date}
    assert rules(example({"date": actual}), link("before", **more)) == []


def test_an_event_that_was_moved_keeps_its_announced_date_as_a_previous_one() -> None:
    moved = example({"previousDates": ["2021-02-30", "2021-04", "2021-06"]})
    assert rules(moved, link("before", date="2021-06-10")) == []
    assert rules(moved, link("before", date="2021-07-10")) == ["corpus/announcement-contradicted"]


def test_the_newest_revision_of_a_record_is_the_one_that_counts() -> None:
    newest = example({"date": "2021-06-03", "revision": {"number": 3}})
    older = example({"date": "2021-05-03", "revision": {"number": 2}})
    assert rules(newest, older, EXAMPLE, link("before", date="2021-06")) == []
    assert rules(EXAMPLE, older, newest, link("before", date="2021-05")) == ["corpus/announcement-contradicted"]


@pytest.mark.parametrize(
    ("place", "contradicts"),
    [
        ({"city": "Bern"}, True),
        ({"country": "FRA"}, True),
        ({"city": "Geneva", "country": "FRA"}, True),
        ({"city": "geneva"}, False),
        ({"country": "CHE"}, False),
        ({"name": "Palais des Nations"}, False),
    ],
)
def test_a_link_is_held_against_the_places_of_the_record(place: dict[str, str], contradicts: bool) -> None:
    found = told(EXAMPLE, link("before", place=place))
    message = "announced for another place than the one recorded"
    assert found == ([("corpus/announcement-contradicted", 2, message)] if contradicts else [])


def test_one_of_several_places_is_enough_and_none_contradicts_nothing() -> None:
    two = example({"places": [{"city": "Bern", "country": "CHE"}, {"city": "Geneva", "country": "CHE"}]})
    assert rules(two, link("before", place={"city": "Geneva"})) == []
    assert rules(example({"places": None}), link("before", place={"city": "Geneva"})) == []


def test_the_place_that_contradicts_is_shown_with_those_of_the_record() -> None:
    ((_, across),) = run(index(EXAMPLE, link("before", place={"city": "Bern"})))
    assert across.issue.path == ("related", 0, "place")
    assert (across.other, across.other_path) == (Home("a.ndjson", 1), ("places",))
    assert across.other_message == "the event's own record says this"


# Identities


def known(id: str, name: str, scheme: str = "wikidata", value: str = "Q1", **more: Any) -> dict[str, Any]:
    """A record of its own with a person who has an identifier."""
    person = {"id": "ana-ruiz", "name": name, "identifiers": [{"scheme": scheme, "value": value}], **more}
    return example({"id": id, "date": "2021-05", "people": [person]})


def test_one_id_under_names_without_a_common_word_is_a_conflict() -> None:
    found = told(known("a", "Ana Ruiz"), known("b", "Ana Núñez"), known("c", "Jan Novák"), known("d", "Jan Nowak"))
    assert found == [
        ("corpus/identity-conflict", 3, "`Q1` is Jan Novák here and Ana Ruiz in another record"),
        ("corpus/identity-conflict", 4, "`Q1` is Jan Nowak here and Ana Ruiz in another record"),
    ]


def test_a_conflict_is_reported_once_and_not_for_every_record_of_the_same_name() -> None:
    found = told(known("a", "Ana Ruiz"), known("b", "Jan Novák"), known("c", "Novák Jan"), known("d", "Ana Ruiz"))
    assert [line for _, line, _ in found] == [2]


def test_words_are_compared_in_any_case_and_other_names_count() -> None:
    assert rules(known("a", "Ana Ruiz"), known("b", "RUIZ")) == []
    assert rules(known("a", "Ana Ruiz"), known("b", "Jan Novák", names=[{"text": "Ruiz"}])) == []


def test_ids_of_other_schemes_are_not_compared() -> None:
    assert rules(known("a", "Ana Ruiz", "viaf"), known("b", "Jan Novák", "viaf")) == []


def test_one_name_under_two_ids_is_noted_whatever_its_letters() -> None:
    assert told(known("a", "Ana Ruiz"), known("b", "ANA RUIZ", value="Q2"), known("c", "Ana Ruiz")) == [
        ("corpus/two-identities", 2, "ANA RUIZ is `Q2` here and `Q1` in another record"),
    ]
    assert rules(known("a", "Ana Ruiz"), known("b", "Ana Ruiz", "viaf", "2")) == []


# Indexes that are merged


def test_merged_indexes_report_what_one_index_reports() -> None:
    records = [
        EXAMPLE,
        example({"id": "other"}),
        EXAMPLE,
        link("before", date="2021-06"),
        link("later", record="qqqqqqqq"),
        known("a", "Ana Ruiz"),
        known("b", "Jan Novák"),
        known("c", "Ana Ruiz"),
        known("d", "Ana Ruiz", value="Q2"),
        link("last", record="broken"),
    ]
    whole = index(*records)
    whole.note("gone")
    whole.note("broken")
    expected = run(whole)
    assert {rule for rule, _ in expected} == CHOSEN
    for cut in range(len(records) + 1):
        first, second = index(*records[:cut]), Index()
        first.note("gone")
        for number, record in enumerate(records[cut:], cut + 1):
            second.add(record, Home("a.ndjson", number))
        second.note("broken")
        first.merge(second.taken())
        assert run(first) == expected
        assert first.size == len(records) + 2


def test_only_the_chosen_rules_run() -> None:
    found = index(EXAMPLE, EXAMPLE, example({"id": "other"}))
    assert [rule for rule, _ in run(found, frozenset({"corpus/duplicate-record"}))] == ["corpus/duplicate-record"]
