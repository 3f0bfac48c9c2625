"""`dates/…`: days exist, intervals run forward, and dates do not contradict one another."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from diplomatic_events import edtf
from diplomatic_events.edtf import Edtf, parsed
from diplomatic_events.findings import Issue, Note
from diplomatic_events.rulebook import ERROR, WARNING, Rule
from diplomatic_events.rules.record import Record
from diplomatic_events.schema.walker import path_of
from diplomatic_events.suggest import nearest, question

_PUBLISHED: Final = ("sources/*/published",)


def before(one: Edtf | None, other: Edtf | None) -> bool:
    """Whether one date is certainly earlier than another: its latest day is before the other's earliest."""
    return one is not None and other is not None and one.certainly_before(other)


def before_anywhere(one: Edtf | None, other: Edtf | None) -> bool:
    """Whether one date is certainly earlier, whatever the time zones: at the same moment, two places can have two dates."""
    if not before(one, other) or one is None or one.last is None or other is None or other.first is None:
        return False
    return edtf.day_after(one.last) < other.first


def published(record: Record) -> list[Edtf | None]:
    """When each source was published."""
    return [parsed(source.get("published")) for _, source in record.listed("sources")]


@Rule(
    "dates/no-such-day", severity=ERROR, of_values=True,
    bad={"date": "2021-02-29"}, good={"date": "2020-02-29"}, at="/date",
    says="February 2021 has 28 days, and no day 29",
    fixed={"date": "2021-02-28"},
)  # fmt: skip
def no_such_day(record: Record) -> Iterator[Issue]:
    """A date names a day that the calendar does not have.

    The day is a slip; no program can place it in time.

    Write the day that the source gives, or leave it out.
    """
    for text, spot in record.found.dates:
        try:
            edtf.parse(text)
        except edtf.EdtfError as error:
            yield Issue(path_of(spot), str(error))


@Rule(
    "dates/reversed-interval", severity=ERROR, of_values=True,
    bad={"date": "2018-06-10/2018-06-09"}, good={"date": "2018-06-09/2018-06-10"}, at="/date",
    says="the interval ends on 2018-06-09, before it begins on 2018-06-10",
)  # fmt: skip
def reversed_interval(record: Record) -> Iterator[Issue]:
    """An interval ends before it begins.

    Such an interval contains no day.

    Swap or correct the two dates.
    """
    for text, spot in record.found.dates:
        date = parsed(text) if "/" in text else None
        if date is not None and date.reversed and date.start is not None and date.end is not None:
            yield Issue(path_of(spot), f"the interval ends on {date.end.last}, before it begins on {date.start.first}")


@Rule(
    "dates/reversed-time", severity=ERROR, about=("clockSpan",), needs=("date", "time"),
    apart=("programme/*/date", "programme/*/time"),
    bad={"time": {"start": "17:00", "end": "15:30"}}, good={"time": {"start": "15:30", "end": "17:00"}},
    at="/time/end",
    says="it ends at 15:30, before it begins at 17:00",
)  # fmt: skip
def reversed_time(record: Record) -> Iterator[Issue]:
    """An event of one day ends before it begins.

    One of the two times is wrong, or the event went on past midnight, which the date must then show.

    Correct the time, or give an interval of two days as the date.
    """
    items = [((), record.value), *record.listed("programme")]
    for path, item in items:
        time = item.get("time")
        date = parsed(item.get("date", record.value["date"]))
        if time and "end" in time and time["end"] < time["start"] and not (date and date.is_interval):
            yield Issue((*path, "time", "end"), f"it ends at {time['end']}, before it begins at {time['start']}")


@Rule(
    "dates/duration-mismatch", severity=ERROR, about=("clockSpan",), needs=("date", "time"),
    apart=("programme/*/date", "programme/*/time"),
    bad={"time": {"start": "15:30", "end": "17:00", "duration": "PT1H"}},
    good={"time": {"start": "23:30", "end": "01:00", "duration": "PT1H30M"}, "date": "2021-05-02/2021-05-03"},
    at="/time/duration",
    says="from 15:30 to 17:00 it lasted PT1H30M, not PT1H",
    fixed={"time": {"start": "15:30", "end": "17:00", "duration": "PT1H30M"}},
)  # fmt: skip
def duration_mismatch(record: Record) -> Iterator[Issue]:
    """A duration is not the time between the start and the end.

    One of the three is wrong, and readers of different properties get different results.

    Correct the duration, or the time that is wrong. For an event past midnight, the duration continues into the next day.
    """
    for path, item in [((), record.value), *record.listed("programme")]:
        time = item.get("time", {})
        if "end" in time and "duration" in time:
            date = parsed(item.get("date", record.value["date"]))
            between = (_minutes(time["end"]) - _minutes(time["start"])) % _DAY
            days_over = _length(time["duration"]) - between
            if days_over and not (date and date.is_interval and days_over > 0 and days_over % _DAY == 0):
                lasted = f"it lasted {_shown(between)}" if between else "no time passes"
                message = f"from {time['start']} to {time['end']} {lasted}, not {time['duration']}"
                yield Issue((*path, "time", "duration"), message)


_DAY: Final = 24 * 60


def _shown(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest else "")


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def _length(duration: str) -> int:
    """How many minutes an ISO 8601 duration of hours and minutes has."""
    hours, found, minutes = duration[2:].rpartition("H")
    return int(hours if found else 0) * 60 + int(minutes.rstrip("M") or 0)


@cache
def time_zones() -> frozenset[str]:
    """The names of the IANA time zone database, from the `tzdata` package: the same on every system."""
    from importlib.resources import files  # only a record with a time zone pays for the import

    return frozenset((files("tzdata") / "zones").read_text(encoding="utf-8").split())


@Rule(
    "dates/unknown-time-zone", severity=ERROR, about=("clockSpan",), of_values=True,
    bad={"time": {"start": "15:30", "timeZone": "Europe/Geneva"}},
    good={"time": {"start": "15:30", "timeZone": "Europe/Zurich"}}, at="/time/timeZone",
    says="there is no time zone `Europe/Geneva`",
    helps="did you mean `Europe/Guernsey`, `Europe/Vienna` or `Europe/Riga`?",
)  # fmt: skip
def unknown_time_zone(record: Record) -> Iterator[Issue]:
    """A time zone is not in the IANA time zone database.

    Programs cannot convert the time to other time zones.

    Use the name of the time zone of the place, such as `Europe/Zurich` for Geneva.
    """
    for time, spot in record.of_kind("clockSpan"):
        zone = time.get("timeZone")
        place = (*path_of(spot), "timeZone")
        if zone is not None and place not in record.broken and zone not in time_zones():
            near = _near_zones(zone) if record.helps("time-zone") else []
            yield Issue(place, f"there is no time zone `{zone}`", question(near) or _ZONE_HELP)


_ZONE_HELP: Final = "use a name such as `Europe/Zurich` or `UTC`"


@lru_cache(1024)
def _near_zones(wrong: str) -> list[str]:
    """The zones that are probably meant; none for an offset such as `UTC+8`, as the zone `UTC` has another time."""
    is_offset = wrong[-1].isdigit() and "/" not in wrong
    return [] if is_offset else nearest(wrong, time_zones())


@Rule(
    "dates/upcoming-not-later", severity=ERROR, about=("upcoming",), needs=("date", "status", *_PUBLISHED), apart=("upcoming/*/date",),
    bad={"/upcoming/0/date": "2020-06"}, good={"/upcoming/0/date": "2021"}, at="/upcoming/0/date",
    says="it was announced for 2020-06, but this event took place on 2021-05-03",
    fixed={"/upcoming/0/date": "2021-06"},
)  # fmt: skip
def upcoming_not_later(record: Record) -> Iterator[Issue]:
    """An upcoming event is earlier than the event of the record.

    Nobody announces last year's summit: the year or the event is wrong.

    Correct the date; an earlier event belongs in `related`.
    """
    if record.value["status"] == "held":
        now = parsed(record.value["date"])
    else:
        known = [date for date in published(record) if date is not None and date.first is not None]
        now = min(known, key=lambda date: date.first or edtf.FIRST_DAY) if known else None
    for path, event in record.listed("upcoming"):
        date = parsed(event.get("date"))
        if before(date, now) and date is not None and now is not None:
            later = "this event took place" if record.value["status"] == "held" else "its first source was published"
            yield Issue((*path, "date"), f"it was announced for {event['date']}, but {later} on {now}")


@Rule(
    "dates/held-after-report", severity=ERROR, needs=("date", "status", *_PUBLISHED),
    bad={"date": "2021-05-05"}, good={"date": "2021-05-04"}, at="/date",
    says="it was held on 2021-05-05, but the last source dates from 2021-05-03",
    helps="correct the date, or set `status` to `announced`",
    fixed={"date": "2021-05-03"},
)  # fmt: skip
def held_after_report(record: Record) -> Iterator[Issue]:
    """An event has the status `held`, but every source is older than the event.

    A source can only announce what has not happened yet. It may be dated a day earlier than what it reports, since where it
    was published it can still be the day before.

    Correct the date, or set `status` to `announced`.
    """
    if record.value["status"] != "held":
        return
    date = parsed(record.value["date"])
    for _, source in record.listed("sources"):
        if not before_anywhere(parsed(source.get("published")), date):
            return
    if record.listed("sources"):
        latest = max(str(source.get("published")) for _, source in record.listed("sources"))
        message = f"it was held on {record.value['date']}, but the last source dates from {latest}"
        yield Issue(("date",), message, "correct the date, or set `status` to `announced`")


@Rule(
    "dates/announced-but-past", severity=WARNING, needs=("date", "status", *_PUBLISHED),
    bad={"status": "announced", "date": "2021-05-01", "upcoming": None, "annotations": None},
    good={"status": "announced", "date": "2021-05-02", "upcoming": None, "annotations": None}, at="/status",
    says="a source was published after the date of the event, 2021-05-01",
    helps="set `status` to what the source says became of the event, if it says so",
    fixed={"status": "held", "date": "2021-05-01", "upcoming": None, "annotations": None},
)  # fmt: skip
def announced_but_past(record: Record) -> Iterator[Issue]:
    """An event has the status `announced`, but a source was published after it.

    The source should say whether the event was held. One of the day after may still announce it, since the date of a place
    depends on its time zone.

    Set `status` to what the source says, or keep `announced` if it says nothing.
    """
    if record.value["status"] != "announced":
        return
    date = parsed(record.value["date"])
    for path, source in record.listed("sources"):
        if before_anywhere(date, parsed(source.get("published"))):
            note = Note((*path, "published"), "this source is later")
            message = f"a source was published after the date of the event, {record.value['date']}"
            help = "set `status` to what the source says became of the event, if it says so"
            yield Issue(("status",), message, help, notes=(note,))
            return


@Rule(
    "dates/programme-outside-event", severity=ERROR, about=("programme",), needs=("date", "stay"),
    apart=("programme/*/date",),
    bad={"programme": [{"id": "talks", "title": "Talks", "date": "2021-05-04"}]},
    good={"date": "2021-05-03/2021-05-04", "programme": [{"id": "talks", "title": "Talks", "date": "2021-05-04"}],
          "/sources/0/published": "2021-05-04"},
    at="/programme/0/date",
    says="2021-05-04 is outside the date of the event, 2021-05-03",
    helps="where visitors came earlier or left later, `stay` says so",
)  # fmt: skip
def programme_outside_event(record: Record) -> Iterator[Issue]:
    """An item of the programme is, at least in part, outside the date of the event, or outside the stay if there is one.

    A part cannot be on another day than the whole.

    Correct one of the two dates; an event of several days has an interval as its date. Arrival on the eve and departure on
    the day after lie within `stay`.
    """
    name = "stay" if "stay" in record.value else "date"
    help = None if name == "stay" else "where visitors came earlier or left later, `stay` says so"
    whole = parsed(record.value[name])
    for path, item in record.listed("programme"):
        if _reaches_outside(parsed(item.get("date")), whole):
            message = f"{item['date']} is outside the {name} of the event, {record.value[name]}"
            yield Issue((*path, "date"), message, help)


def _reaches_outside(date: Edtf | None, whole: Edtf | None) -> bool:
    """Whether a date certainly lies outside another, or one of its ends does."""
    if date is None or whole is None or date.reversed:
        return False
    ends = (date.start, date.end) if date.is_interval else (date,)
    return any(end is not None and not whole.overlaps(end) for end in ends)


@Rule(
    "dates/date-outside-stay", severity=ERROR, about=("stay",), needs=("date", "stay"),
    bad={"stay": "2021-05-04/2021-05-06"}, good={"stay": "2021-05-02/2021-05-06"}, at="/date",
    says="2021-05-03 is outside the stay, 2021-05-04/2021-05-06",
)  # fmt: skip
def date_outside_stay(record: Record) -> Iterator[Issue]:
    """The date of the event is, at least in part, outside the visitors' stay.

    The visitors were there for the whole of the event, and perhaps longer.

    Correct one of the two. Without a longer stay, leave `stay` out.
    """
    date, stay = record.value["date"], record.value.get("stay")
    if _reaches_outside(parsed(date), parsed(stay)):
        yield Issue(("date",), f"{date} is outside the stay, {stay}")


_NOT_LATER: Final = {"follows-up": "follows up", "prepared-by": "was prepared by"}
_NOT_EARLIER: Final = {"prepares": "prepares", "followed-by": "was followed by"}
_INVERSE: Final = {
    "follows-up": "followed-by",
    "followed-by": "follows-up",
    "prepares": "prepared-by",
    "prepared-by": "prepares",
}


@Rule(
    "dates/related-at-another-time", severity=WARNING, about=("related",), needs=("date", "stay"),
    apart=("related/*/relation", "related/*/date"),
    bad={"related": [{"id": "first-round", "relation": "follows-up", "title": "First round", "date": "2021-06"}]},
    good={"related": [{"id": "first-round", "relation": "follows-up", "title": "First round", "date": "2021-05"}]},
    at="/related/0/date",
    says="this event (2021-05-03) follows up one that came later (2021-06)",
    helps="should `relation` be `followed-by`?",
)  # fmt: skip
def related_at_another_time(record: Record) -> Iterator[Issue]:
    """A related event is at a time at which it cannot stand in this relation.

    What an event is a part of lasts at least as long, what it follows up came before it, and what it prepares comes after it.

    Correct the date, or the relation, which is read as `this event is … the other`. A meeting on the sidelines of another
    event is at most a day before it or after it.
    """
    own, stay = parsed(record.value["date"]), parsed(record.value.get("stay"))
    for path, event in record.listed("related"):
        date = parsed(event.get("date"))
        if own is not None and date is not None:
            fault = _impossible(event["relation"], own, stay or own, date)
            if fault:
                meant = _INVERSE.get(event["relation"])
                help = f"should `relation` be `{meant}`?" if meant else "correct one of the two dates, or `relation`"
                yield Issue((*path, "date"), f"this event ({own}) {fault} ({date})", help)


def _impossible(relation: str, own: Edtf, stay: Edtf, other: Edtf) -> str | None:
    """What is said of another event that cannot be at its time, or None if it can."""
    if relation == "part-of" and _reaches_outside(own, other):
        return "is part of one that does not last as long"
    if relation == "includes" and _reaches_outside(other, own) and _reaches_outside(other, stay):
        return "includes one that reaches beyond it"
    if relation == "sidelines-of" and not _adjoins(own, other):
        return "is on the sidelines of one at another time"
    if relation in _NOT_LATER and before(own, other):
        return f"{_NOT_LATER[relation]} one that came later"
    if relation in _NOT_EARLIER and before(other, own):
        return f"{_NOT_EARLIER[relation]} one that came earlier"
    return None


def _adjoins(one: Edtf, other: Edtf) -> bool:
    """Whether two dates can mean the same day or two days of which one follows the other."""
    return one.overlaps(other) or any(
        early.last is not None and edtf.day_after(early.last) == late.first
        for early, late in ((one, other), (other, one))
    )


@Rule(
    "dates/previous-date-unchanged", severity=ERROR, about=("previousDates",), needs=("date", "previousDates"),
    bad={"previousDates": ["2021-05-03"]}, good={"previousDates": ["2021-04-03"]}, at="/previousDates/0",
    says="2021-05-03 is the current date",
)  # fmt: skip
def previous_date_unchanged(record: Record) -> Iterator[Issue]:
    """A previous date is the current date of the event.

    The event was not moved, or one of the two dates is wrong.

    Correct the date, or remove the previous one.
    """
    for index, previous in enumerate(record.value.get("previousDates", ())):
        if previous == record.value["date"]:
            yield Issue(("previousDates", index), f"{previous} is the current date")


@Rule(
    "dates/published-after-retrieved", severity=ERROR, about=("source.retrieved",), apart=(*_PUBLISHED, "sources/*/retrieved"),
    bad={"/sources/0/retrieved": "2021-05-02"}, good={"/sources/0/retrieved": "2021-05-03"}, at="/sources/0/retrieved",
    says="it was retrieved on 2021-05-02, before it was published on 2021-05-03",
)  # fmt: skip
def published_after_retrieved(record: Record) -> Iterator[Issue]:
    """A source was retrieved before it was published.

    One of the two dates is wrong.

    Correct the date that is wrong.
    """
    for path, source in record.listed("sources"):
        if before(parsed(source.get("retrieved")), parsed(source.get("published"))):
            message = f"it was retrieved on {source['retrieved']}, before it was published on {source['published']}"
            yield Issue((*path, "retrieved"), message)


@Rule(
    "dates/modified-before-created", severity=ERROR, about=("provenance",),
    needs=("provenance/created", "provenance/modified"),
    bad={"provenance": {"created": "2021-05-04", "modified": "2021-05-03"}},
    good={"provenance": {"created": "2021-05-04", "modified": "2021-05-04"}}, at="/provenance/modified",
    says="it was modified on 2021-05-03, before it was created on 2021-05-04",
)  # fmt: skip
def modified_before_created(record: Record) -> Iterator[Issue]:
    """A record was modified before it was created.

    One of the two dates is wrong.

    Correct the day that is wrong.
    """
    provenance = record.value.get("provenance", {})
    if before(parsed(provenance.get("modified")), parsed(provenance.get("created"))):
        message = f"it was modified on {provenance['modified']}, before it was created on {provenance['created']}"
        yield Issue(("provenance", "modified"), message)
