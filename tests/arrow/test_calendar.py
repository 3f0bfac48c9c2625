"""Announced events as a calendar, read back with icalendar."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest

from check_records import EXAMPLE, ROOT
from diplomatic_events.cli.main import main
from diplomatic_events.export.calendar import Calendar
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.structure import structure
from newest import VERSION

ALONE = {name: value for name, value in EXAMPLE.items() if name not in ("upcoming", "related")}
"""The example record without the events that it names."""

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def calendar(*records: dict[str, Any]) -> tuple[Any, int]:
    """The calendar of some records, and how many events were left out."""
    schema = structure(catalogue(), VERSION)
    writer = Calendar(NOW)
    pieces = [writer.begin()]
    for record in records:
        pieces += writer.events(record, schema.collect_at((), record))
    return icalendar.Calendar.from_ical(b"".join([*pieces, writer.end()])), writer.left_out


def planned(**changed: Any) -> Any:
    """The one event of the example record, which is changed."""
    (event,) = calendar(ALONE | {"status": "announced"} | changed)[0].walk("VEVENT")
    return event


@pytest.mark.parametrize(
    ("text", "start", "end", "status"),
    [
        ("2018-06-09", date(2018, 6, 9), date(2018, 6, 10), "CONFIRMED"),
        ("2018-06-09/2018-06-10", date(2018, 6, 9), date(2018, 6, 11), "CONFIRMED"),
        ("2018-06-09?", date(2018, 6, 9), date(2018, 6, 10), "TENTATIVE"),
        ("2018-06", date(2018, 6, 1), date(2018, 7, 1), "TENTATIVE"),
        ("2018-33", date(2018, 1, 1), date(2018, 4, 1), "TENTATIVE"),
        ("2020", date(2020, 1, 1), date(2021, 1, 1), "TENTATIVE"),
        ("2018-06-09/..", date(2018, 6, 9), date(2018, 6, 10), "TENTATIVE"),
    ],
)
def test_a_date_is_whole_days_and_a_vague_one_is_tentative(text: str, start: date, end: date, status: str) -> None:
    event = planned(date=text)
    assert (event["DTSTART"].dt, event["DTEND"].dt, event["STATUS"]) == (start, end, status)
    assert event["TRANSP"] == "TRANSPARENT"


@pytest.mark.parametrize(
    ("status", "shown"), [("announced", "CONFIRMED"), ("postponed", "TENTATIVE"), ("cancelled", "CANCELLED")]
)
def test_the_status_is_that_of_the_record(status: str, shown: str) -> None:
    event = planned(status=status, date="2018-06-09")
    assert event["STATUS"] == shown
    assert event["SUMMARY"] == EXAMPLE["title"]
    assert event["DTSTAMP"].dt == NOW


@pytest.mark.parametrize(("target", "status"), [("/date", "TENTATIVE"), ("/title", "CONFIRMED")])
def test_an_annotation_that_doubts_the_date_makes_an_event_tentative(target: str, status: str) -> None:
    remark = {"target": target, "kind": "uncertain", "basis": "x"}
    assert planned(date="2018-06-09", annotations=[remark])["STATUS"] == status


def test_hours_need_a_time_zone() -> None:
    hours = {"start": "15:30", "end": "17:00"}
    with_zone = planned(date="2018-06-09", time={**hours, "timeZone": "Asia/Shanghai"})
    assert with_zone["DTSTART"].dt.isoformat() == "2018-06-09T15:30:00+08:00"
    assert with_zone["DTEND"].dt.isoformat() == "2018-06-09T17:00:00+08:00"
    for time in (hours, {**hours, "timeZone": "Asia/Nowhere"}):
        assert planned(date="2018-06-09", time=time)["DTSTART"].dt == date(2018, 6, 9)


def test_a_calendar_has_the_time_zones_that_it_uses() -> None:
    time = {"start": "15:30", "timeZone": "Europe/Vienna"}
    whole, _ = calendar(ALONE | {"status": "announced", "date": "2018-06-09", "time": time})
    assert [str(zone["TZID"]) for zone in whole.walk("VTIMEZONE")] == ["Europe/Vienna"]


def test_what_was_held_is_left_out_and_what_it_announces_is_not() -> None:
    references = {
        "upcoming": [{"id": "next", "title": "Next", "date": "2019", "record": "other"}, {"id": "past", "title": "P", "status": "held"}],
        "related": [{"id": "old", "relation": "part-of", "title": "O", "date": "2018"},
                    {"id": "gone", "relation": "part-of", "title": "G", "date": "2018-06-10", "status": "cancelled"}],
    }  # fmt: skip
    whole, left_out = calendar(ALONE | {"status": "held"} | references)
    events = {str(event["SUMMARY"]): event for event in whole.walk("VEVENT")}
    assert list(events) == ["Next", "G"]
    assert left_out == 0
    assert events["Next"]["UID"] == f"{EXAMPLE['id']}/next@diplomatic-events.github.io"
    assert events["Next"]["RELATED-TO"] == "other@diplomatic-events.github.io"
    assert events["G"]["STATUS"] == "CANCELLED"


@pytest.mark.parametrize("text", ["20XX", "2018/2020", "0000", "2018-02-30", "2019/2018", "9999-12-31"])
def test_what_is_too_vague_or_no_day_is_left_out(text: str) -> None:
    whole, left_out = calendar(ALONE | {"status": "announced", "date": text})
    assert (whole.walk("VEVENT"), left_out) == ([], 1)


def test_the_calendar_of_the_examples_can_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "upcoming.ics"
    arguments = ["export", "--no-config", str(ROOT / "examples"), "--format", "ics", "--output", str(file)]
    for _ in range(2):  # the second replaces the first
        assert main(arguments) == 0
    whole = icalendar.Calendar.from_ical(file.read_bytes())
    found = {str(event["UID"]).partition("@")[0]: event for event in whole.walk("VEVENT")}
    summit = found["sco-defence-ministers-2018-04-24/sco-summit-qingdao"]
    assert (summit["DTSTART"].dt, summit["STATUS"]) == (date(2018, 6, 1), "TENTATIVE")
    records = [json.loads(path.read_bytes()) for path in (ROOT / "examples").glob("*/record.json")]
    plans = sum(record["status"] != "held" for record in records)
    references = [entry for record in records for entry in record.get("upcoming", ())]
    assert len(found) >= plans + sum("date" in entry for entry in references)
    assert all(not event.errors for event in found.values())
    assert "no date, or one that is too vague" in capsys.readouterr().err
