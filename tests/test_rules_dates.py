"""Dates, times and durations of a record that contradict one another."""

from typing import Any

import pytest

from check_records import check_value, example
from diplomatic_events.findings import Finding


def found(change: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.pointer) for finding in check_value(example(change))]


def only(change: dict[str, Any]) -> Finding:
    (finding,) = check_value(example(change))
    return finding


def test_an_item_of_the_programme_without_a_date_has_that_of_the_event() -> None:
    change = {"date": "2021-05-02/2021-05-03", "/sources/0/published": "2021-05-04"}
    past_midnight = {"id": "dinner", "title": "Dinner", "time": {"start": "23:30", "end": "01:00"}}
    assert found({**change, "programme": [past_midnight]}) == []
    a_day_longer = {**past_midnight, "time": {"start": "23:30", "end": "01:00", "duration": "PT25H30M"}}
    assert found({**change, "programme": [a_day_longer]}) == []


def test_an_item_of_the_programme_on_one_day_is_judged_by_its_own_date() -> None:
    change = {"date": "2021-05-02/2021-05-03", "/sources/0/published": "2021-05-04"}
    item = {"id": "talks", "title": "Talks", "date": "2021-05-03"}
    reversed_time = {**item, "time": {"start": "17:00", "end": "15:30"}}
    assert found({**change, "programme": [reversed_time]}) == [("dates/reversed-time", "/programme/0/time/end")]
    a_day_longer = {**item, "time": {"start": "15:30", "end": "17:00", "duration": "PT25H30M"}}
    assert found({**change, "programme": [a_day_longer]}) == [("dates/duration-mismatch", "/programme/0/time/duration")]


@pytest.mark.parametrize(
    ("end", "between"),
    [
        ("17:30", "it lasted PT2H"),
        ("15:50", "it lasted PT20M"),
        ("16:31", "it lasted PT1H1M"),
        ("15:30", "no time passes"),
    ],
)
def test_the_time_between_is_shown_as_a_duration(end: str, between: str) -> None:
    finding = only({"time": {"start": "15:30", "end": end, "duration": "PT9H"}})
    assert finding.message == f"from 15:30 to {end} {between}, not PT9H"


@pytest.mark.parametrize("zone", ["Qqqqq/Xxxxx", "UTC+8", "CET-01"])
def test_a_time_zone_like_no_other_and_an_offset_are_answered_with_the_right_form(zone: str) -> None:
    finding = only({"time": {"start": "15:30", "timeZone": zone}})
    assert finding.help == "use a name such as `Europe/Zurich` or `UTC`"


def test_a_misspelt_time_zone_is_answered_with_the_nearest_though_it_ends_in_a_digit() -> None:
    finding = only({"time": {"start": "15:30", "timeZone": "Europe/Zurich1"}})
    assert finding.help == "did you mean `Europe/Zurich`?"


def test_what_a_held_event_announces_lies_after_the_event_and_not_after_the_report() -> None:
    assert found({"/sources/0/published": "2021-05-10", "/upcoming/0/date": "2021-05-05"}) == []


def test_what_an_announced_event_announces_lies_after_the_earliest_source() -> None:
    announced = {"status": "announced", "date": "2021-09-01", "outcomes": None, "statements": None}
    source = {"id": "first", "type": "press-release", "text": "They met."}
    two = {"/sources/0/published": "2021-05-10", "/evidence/1": {"source": "first", "exact": "They met."}}
    day = {**source, "published": "2021-05-03"}
    assert found({**announced, **two, "/sources/1": day, "/upcoming/0/date": "2021-05-05"}) == []
    finding = only({**announced, **two, "/sources/1": day, "/upcoming/0/date": "2021-05-01"})
    assert finding.rule == "dates/upcoming-not-later"
    assert finding.message == "it was announced for 2021-05-01, but its first source was published on 2021-05-03"
    decade = {**source, "published": "202X"}
    assert found({**announced, **two, "/sources/1": decade, "/upcoming/0/date": "2021-05-05"}) == []


def test_only_the_first_hundred_unknown_time_zones_are_compared() -> None:
    item = {"title": "Talks", "date": "2021-05-03", "time": {"start": "15:30", "timeZone": "Europe/Zurick"}}
    programme = [{"id": f"talks-{number}", **item} for number in range(101)]
    helps = [finding.help for finding in check_value(example({"programme": programme}))]
    assert len(helps) == 101
    assert set(helps[:100]) == {"did you mean `Europe/Zurich`?"}
    assert helps[100] == "use a name such as `Europe/Zurich` or `UTC`"
