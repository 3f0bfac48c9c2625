"""Events to come as iCalendar (RFC 5545): what records announce, put off or call off."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from diplomatic_events import __version__, edtf
from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.pointers import Pointer
from diplomatic_events.schema.codelists import code
from diplomatic_events.schema.targets import reached, targets
from diplomatic_events.schema.walker import Found

try:
    import icalendar
except ImportError as error:
    raise DiplomaticEventsError(
        "ics needs the library icalendar", help="install it: pip install 'diplomatic-events[export]'"
    ) from error

PRODUCT: Final = "-//diplomatic-events//diplomatic-events"
"""How the PRODID begins, by which a calendar of ours is known."""

_HOST: Final = "diplomatic-events.github.io"
_DOUBTS: Final = ("inferred", "uncertain", "disputed")
_LONGEST: Final = timedelta(days=366)
"""A date that can mean days further apart is too vague for a calendar."""

Json = dict[str, Any]


class Planned(NamedTuple):
    """An event that a record plans: the record itself, or one that it announces or relates, which ``path`` leads to."""

    record: Json
    path: Pointer
    event: Json

    @property
    def status(self) -> str:
        """Whether it is announced, postponed or cancelled."""
        status: str = self.event.get("status", "announced")
        return status

    @property
    def uid(self) -> str:
        """A name that stays the same from export to export."""
        return _uid(f"{self.record['id']}/{self.event['id']}" if self.path else self.record["id"])


class Span(NamedTuple):
    """When a planned event is: the days, or the hours if they are known with their time zone."""

    start: date
    end: date | None
    is_exact: bool


def planned(record: Json) -> Iterator[Planned]:
    """The events of a record that have not been held as far as it says."""
    if record["status"] != "held":
        yield Planned(record, (), record)
    for name in ("upcoming", "related"):
        for index, entry in enumerate(record.get(name, ())):
            if entry.get("status", "announced" if name == "upcoming" else "held") != "held":
                yield Planned(record, (name, index), entry)


class Calendar:
    """Writes planned events, and counts those whose date is missing or too vague. ``now`` is when it is written."""

    def __init__(self, now: datetime) -> None:
        self.left_out = 0
        self._now = now.astimezone(UTC)
        self._zones: dict[str, None] = {}

    def begin(self) -> bytes:
        """What stands before the events."""
        return self._frame()[0]

    def events(self, record: Json, found: Found) -> Iterator[bytes]:
        """The events of a record."""
        for plan in planned(record):
            span = _span(plan.event)
            if span is None:
                self.left_out += 1
            else:
                yield self._event(plan, span, is_sure=span.is_exact and not _is_doubtful(plan, found)).to_ical()

    def end(self) -> bytes:
        """What stands behind the events: the time zones that they use, and the end."""
        zones = (icalendar.Timezone.from_tzid(zone).to_ical() for zone in self._zones)
        return b"".join(zones) + self._frame()[1]

    def _frame(self) -> tuple[bytes, bytes]:
        frame = icalendar.Calendar()
        frame.add("prodid", f"{PRODUCT} {__version__}//EN")
        frame.add("version", "2.0")
        whole = frame.to_ical()
        end = whole.rindex(b"END:VCALENDAR")
        return whole[:end], whole[end:]

    def _event(self, plan: Planned, span: Span, *, is_sure: bool) -> Any:
        event = icalendar.Event()
        event.add("uid", plan.uid)
        event.add("dtstamp", self._now)
        event.add("dtstart", span.start)
        if span.end is not None:
            event.add("dtend", span.end)
        if isinstance(span.start, datetime):
            self._zones[str(span.start.tzinfo)] = None
        else:
            event.add("transp", "TRANSPARENT")
        announced = "CONFIRMED" if is_sure else "TENTATIVE"
        event.add("status", {"announced": announced, "cancelled": "CANCELLED"}.get(plan.status, "TENTATIVE"))
        event.add("summary", plan.event["title"])
        for name, value in _details(plan):
            event.add(name, value)
        return event


def _details(plan: Planned) -> Iterator[tuple[str, Any]]:
    """What else is known of a planned event."""
    event, record = plan.event, plan.record
    places = event.get("places", [event["place"]] if "place" in event else [])
    if text := "; ".join(filter(None, map(_located, places))):
        yield "location", text
    if len(places) == 1 and (point := places[0].get("coordinates")):
        yield "geo", (point["latitude"], point["longitude"])
    labels = [_label("event-type", event["type"])] if "type" in event else []
    labels += (_label("topic", topic) for topic in event.get("topics", ()))
    if labels:
        yield "categories", labels
    url = next((source["url"] for source in record["sources"] if "url" in source), None)
    if url is not None:
        yield "url", url
    if not plan.path and "revision" in record:
        yield "sequence", int(record["revision"]["number"])
    if plan.path and "record" in event:
        yield "related-to", _uid(event["record"])
    yield "description", "\n".join(_description(plan))


def _description(plan: Planned) -> Iterator[str]:
    event, record = plan.event, plan.record
    yield f"{_label('event-status', plan.status)}. Date: {event['date']}"
    if reason := event.get("statusChange", {}).get("reason"):
        yield reason
    names = {party["id"]: party["name"] for party in record["parties"]}
    if plan.path:
        ids = [*event.get("organizers", ()), *event.get("participants", ())]
    else:
        ids = [entry["party"] for name in ("hosts", "delegations") for entry in record.get(name, ())]
    if parties := ", ".join(names.get(id, id) for id in dict.fromkeys(ids)):
        yield f"Parties: {parties}"
    yield f"Record: {record['id']}" + (f", {record['title']}" if plan.path else "")


def _span(event: Json) -> Span | None:
    """When an event is; None if that is not known or too vague for a calendar."""
    found = edtf.parsed(event.get("date"))
    if found is None or found.reversed:
        return None
    first, last = found.first or found.last, found.last or found.first
    if first is None or last is None or not first.year or last == edtf.LAST_DAY:
        return None
    start, end = date(*first), date(*last)
    if end - start > _LONGEST:
        return None
    ends = (found.start, found.end) if found.is_interval else (found,)
    is_exact = all(part is not None and part.first == part.last for part in ends)
    is_exact = is_exact and not (found.uncertain or found.approximate)
    hours = _hours(start, event.get("time", {})) if is_exact and start == end else None
    return hours or Span(start, end + timedelta(days=1), is_exact)


def _hours(day: date, time: Json) -> Span | None:
    """The hours of an event; None without a time zone, as a calendar would show them in that of whoever looks at it."""
    zone = _zone(time.get("timeZone", ""))
    if zone is None:
        return None
    start = datetime.fromisoformat(f"{day}T{time['start']}").replace(tzinfo=zone)
    end = datetime.fromisoformat(f"{day}T{time['end']}").replace(tzinfo=zone) if "end" in time else None
    return Span(start, end if end and end > start else None, is_exact=True)


@cache
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # the schema knows only the form of their names
        return None


def _is_doubtful(plan: Planned, found: Found) -> bool:
    """Whether an annotation doubts that the event takes place, or when."""
    doubted = {(*plan.path, name) for name in ("date", "status", "time")} | {plan.path}
    return any(
        reached(plan.record, found, target) in doubted
        for annotation in plan.record.get("annotations", ())
        if annotation["kind"] in _DOUBTS
        for _, target in targets(annotation)
    )


def _located(place: Json) -> str:
    parts = [place.get(name) for name in ("name", "venue", "city", "region")]
    if "country" in place:
        parts.append(_label("country", place["country"]))
    return ", ".join(dict.fromkeys(filter(None, parts)))


def _label(codelist: str, wanted: str) -> str:
    """What a code is called; the lists are open in part, so that one may be unknown."""
    entry = code(codelist, wanted)
    return entry.label if entry else wanted


def _uid(name: str) -> str:
    return f"{name}@{_HOST}"
