"""The model once more, in plain Python and without a regular expression.

It is written from the docs and the codelists, never from the schema: where the two judge a value differently, one of
them is wrong. `judge` says whether a value is a record; `parts` lists every value of a record with its kind.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from codelists import in_version
from diplomatic_events.pointers import Pointer

VERSION: Final = "1.0"
"""The version of the schema that it is the model of."""

CODELISTS: Final = Path(__file__).parents[2] / "schema/codelists"
DIGITS: Final = frozenset("0123456789")
LOWER: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
UPPER: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
BLANK: Final = frozenset(" \t\r\n")


@dataclass(frozen=True, slots=True)
class Words:
    """A text of a certain form, with texts that have it."""

    holds: Callable[[str], bool]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a closed list."""

    codelist: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two limits, which it may reach."""

    low: int
    high: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Only:
    """One value and no other."""

    value: Any


@dataclass(frozen=True, slots=True)
class Many:
    """A list with at least one entry."""

    entry: "Kind"
    unique: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """An object of the model, by its name in `OBJECTS`."""

    name: str


@dataclass(frozen=True, slots=True)
class Anything:
    """Any JSON value."""


@dataclass(frozen=True, slots=True)
class Namespaced:
    """Objects of others, each under a namespace."""


Kind = Words | Code | Number | Only | Many | Part | Anything | Namespaced


@dataclass(frozen=True, slots=True)
class Object:
    """An object: its properties, which of them it must have, and how they depend on one another."""

    properties: dict[str, Kind]
    required: tuple[str, ...] = ()
    not_empty: bool = False
    together: tuple[tuple[str, str], ...] = ()
    """Where the first property is, the second must be."""
    apart: tuple[tuple[str, str], ...] = ()
    """Two properties of which at most one may be there."""
    instead: tuple[tuple[str, str], ...] = ()
    """Where the first property is not there, the second must be."""
    when: tuple[tuple[str, str, str], ...] = ()
    """Where the first property has the value, the last must be there."""


def _consists_of(text: str, *alphabets: frozenset[str]) -> bool:
    return bool(text) and all(any(letter in alphabet for alphabet in alphabets) for letter in text)


def is_id(text: str) -> bool:
    """Lower-case letters and digits in groups, with one of `.`, `_` and `-` between two groups."""
    return len(text) <= 128 and _is_of_groups(text)


def _is_of_groups(text: str) -> bool:
    return all(_consists_of(group, LOWER, DIGITS) for group in text.replace("_", ".").replace("-", ".").split("."))


def is_text(text: str) -> bool:
    """Words that do not begin with white space."""
    return text != "" and text[0] not in BLANK


def is_language(text: str) -> bool:
    """Language, script, region and variants of BCP 47, in their usual letters."""
    first, *rest = text.split("-")
    if rest and is_script(rest[0]):
        del rest[0]
    if rest and (
        (len(rest[0]) == 2 and _consists_of(rest[0], UPPER)) or (len(rest[0]) == 3 and _consists_of(rest[0], DIGITS))
    ):
        del rest[0]
    return (
        len(text) <= 64
        and len(first) in (2, 3)
        and _consists_of(first, LOWER)
        and all(_is_variant(variant) for variant in rest)
    )


def _is_variant(text: str) -> bool:
    if not _consists_of(text, LOWER, DIGITS):
        return False
    return 5 <= len(text) <= 8 or (len(text) == 4 and text[0] in DIGITS)


def is_script(text: str) -> bool:
    """A capital and three small letters."""
    return len(text) == 4 and text[0] in UPPER and _consists_of(text[1:], LOWER)


def is_point(text: str) -> bool:
    """A day, month, season, quarter, half-year, year, decade or century, perhaps with a qualifier.

    Whether the month has the day is left open.
    """
    date = text[:-1] if text[-1:] in ("?", "~", "%") else text
    if len(date) == 4 and date.endswith("X"):
        return _consists_of(date.removesuffix("X").removesuffix("X"), DIGITS) and len(date.rstrip("X")) >= 2
    year, *rest = date.split("-")
    if len(rest) == 1 and (_is_number(rest[0], 2, 21, 36) or _is_number(rest[0], 2, 40, 41)):
        return _is_number(year, 4, 0, 9999)
    fits = (_is_number(part, 2, low, high) for part, low, high in zip(rest, (1, 1), (12, 31), strict=False))
    return _is_number(year, 4, 0, 9999) and len(rest) <= 2 and all(fits)


def _is_number(text: str, length: int, low: int, high: int) -> bool:
    return len(text) == length and _consists_of(text, DIGITS) and low <= int(text) <= high


def is_date(text: str) -> bool:
    """One date, or an interval of two of which one may be open."""
    ends = text.split("/")
    return (
        len(ends) <= 2 and ends != ["..", ".."] and ends != [".."] and all(end == ".." or is_point(end) for end in ends)
    )


def is_day(text: str) -> bool:
    """A year, a month and a day."""
    return len(text) == 10 and is_point(text)


def is_clock(text: str) -> bool:
    """Hours and minutes."""
    return len(text) == 5 and text[2] == ":" and _is_number(text[:2], 2, 0, 23) and _is_number(text[3:], 2, 0, 59)


def is_duration(text: str) -> bool:
    """Hours, or hours and minutes, or minutes, none of them with a leading zero."""
    hours, found, minutes = text.removeprefix("PT").partition("H")
    if not text.startswith("PT"):
        return False
    if not found:
        return hours.endswith("M") and _is_count(hours.removesuffix("M"), 999)
    return _is_count(hours, 999) and (
        not minutes or (minutes.endswith("M") and _is_count(minutes.removesuffix("M"), 59))
    )


def _is_count(text: str, high: int) -> bool:
    return _consists_of(text, DIGITS) and text[0] != "0" and int(text) <= high


def is_time_zone(text: str) -> bool:
    """Names with slashes between them, the first of which begins with a letter."""
    signs = frozenset("_+-")
    return (
        len(text) <= 64
        and text[:1] in LOWER | UPPER
        and all(_consists_of(part, LOWER, UPPER, DIGITS, signs) for part in text.split("/"))
    )


def is_url(text: str) -> bool:
    """An address of the web, without white space."""
    scheme, found, rest = text.partition("://")
    return scheme in ("http", "https") and bool(found) and bool(rest) and not BLANK & set(rest)


def is_namespace(text: str) -> bool:
    """A reverse domain name, or a URI."""
    labels = text.split(".")
    domain = len(labels) > 1 and all(_consists_of(part, LOWER, DIGITS) for label in labels for part in label.split("-"))
    scheme, _, rest = text.partition(":")
    uri = scheme[:1] in LOWER and _consists_of(scheme, LOWER, DIGITS, frozenset("+.-")) and bool(rest)
    return len(text) <= 512 and (domain or (scheme != "" and uri and not BLANK & set(rest)))


def is_target(text: str) -> bool:
    """A JSON Pointer, or the id of an entry and a pointer from there on."""
    start, _, way = text.partition("/")
    escapes = way.split("~")[1:]
    return (
        len(text) <= 1024
        and (not start or _is_of_groups(start))
        and all(escape[:1] in ("0", "1") for escape in escapes)
    )


def is_digest(text: str) -> bool:
    """A SHA-256 digest in small letters."""
    return len(text) == 64 and _consists_of(text, DIGITS, frozenset("abcdef"))


ID: Final = Words(is_id, ("a", "un-sc.1990_11", "0"))
TEXT: Final = Words(is_text, ("Talks", "协", "x \n"))
VERBATIM: Final = Words(lambda text: text != "", (" \n", "“Oui”"))
PATH: Final = Words(lambda text: 1 <= len(text) <= 1024, ("report.txt", "a" * 1024))
LANGUAGE: Final = Words(is_language, ("en", "yue-Hant-HK", "es-419", "sl-rozaj-1994", "de-CH-abcdefgh", "de-12345678"))
SCRIPT: Final = Words(is_script, ("Latn",))
_POINTS: Final = (
    "2018-01-09",
    "2018-12-19",
    "2018-10-31",
    "2018-09",
    "2018?",
    "201X~",
    "20XX%",
    "2018-21",
    "2018-36~",
    "2018-40",
)
DATE: Final = Words(is_date, (*_POINTS, *(f"1999/{point}" for point in _POINTS), *(f"../{point}" for point in _POINTS),
                              "2018-04-24/.."))  # fmt: skip
DAY: Final = Words(is_day, ("2018-04-24", "0000-12-31", "1999-01-09", "2000-10-10"))
CLOCK: Final = Words(is_clock, ("09:05", "19:59", "23:00"))
DURATION: Final = Words(is_duration, ("PT1H30M", "PT100H", "PT999M", "PT9H9M", "PT59M"))
TIME_ZONE: Final = Words(is_time_zone, ("Asia/Shanghai", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+3"))
URL: Final = Words(is_url, ("https://example.org/a?b=c", "http://x"))
NAMESPACE: Final = Words(
    is_namespace, ("org.example", "org.ex-ample.a1.b", "https://example.org/ns", "urn:x", "a+b.c-1:z")
)
TARGET: Final = Words(is_target, ("", "/date", "/a~0b/~1/0", "/x\n", "a.b-c_1", "x/office/~0"))
DIGEST: Final = Words(is_digest, ("0123456789abcdef" * 4,))
COUNT: Final = Number(1, 1_000_000)
VOTES: Final = Number(0, 1_000_000)
IDS: Final = Many(ID)
EVIDENCE: Final = Many(Part("evidence"))
NAMES: Final = Many(Part("name"))
IDENTIFIERS: Final = Many(Part("identifier"))

_EVENT: Final[dict[str, Kind]] = {
    "record": ID, "title": TEXT, "type": Code("event-type"), "status": Code("event-status"), "date": DATE,
    "place": Part("place"), "organizers": IDS, "participants": IDS, "people": Many(Part("eventPerson")), "series": Part("series"),
    "visitType": Code("visit-type"), "statusChange": Part("statusChange"), "level": Code("office-level"), "topics": IDS,
    "evidence": EVIDENCE,
}  # fmt: skip

OBJECTS: Final[dict[str, Object]] = {
    "record": Object({
        "$schema": VERBATIM, "schemaVersion": Only(VERSION), "id": ID, "revision": Part("revision"), "language": LANGUAGE,
        "title": TEXT, "name": TEXT, "type": Code("event-type"), "visitType": Code("visit-type"), "mode": Code("mode"),
        "status": Code("event-status"), "date": DATE, "time": Part("clockSpan"), "stay": DATE, "previousDates": Many(DATE),
        "occasion": TEXT, "purpose": TEXT, "milestone": TEXT, "agenda": Many(Part("agendaItem"), unique=False), "initiatedBy": IDS,
        "invitedBy": IDS, "honours": IDS, "identifiers": IDENTIFIERS,
        "statusChange": Part("statusChange"), "places": Many(Part("place"), unique=False), "series": Part("series"),
        "parties": Many(Part("party"), unique=False), "people": Many(Part("person"), unique=False),
        "hosts": Many(Part("host"), unique=False), "delegations": Many(Part("delegation"), unique=False),
        "chairs": IDS, "programme": Many(Part("programmeItem"), unique=False),
        "statements": Many(Part("statement"), unique=False), "outcomes": Many(Part("outcome"), unique=False),
        "upcoming": Many(Part("upcoming"), unique=False), "related": Many(Part("related"), unique=False),
        "topics": IDS, "sources": Many(Part("source"), unique=False),
        "annotations": Many(Part("annotation"), unique=False), "provenance": Part("provenance"), "evidence": EVIDENCE,
        "irrelevant": Many(Part("irrelevantPassage"), unique=False),
        "extensions": Namespaced(),
    }, ("schemaVersion", "id", "language", "title", "type", "status", "date", "parties", "sources"),
        when=(("status", "held", "delegations"),)),
    "revision": Object({"number": COUNT, "date": DAY, "note": TEXT}, ("number",)),
    "clockSpan": Object({"start": CLOCK, "end": CLOCK, "timeZone": TIME_ZONE, "duration": DURATION,
                         "partOfDay": Code("part-of-day")}, not_empty=True,
                        together=(("end", "start"), ("timeZone", "start"))),
    "statusChange": Object({"date": DATE, "by": IDS, "reason": TEXT, "evidence": EVIDENCE}, not_empty=True),
    "place": Object({"name": TEXT, "venue": TEXT, "city": TEXT, "region": TEXT, "country": Code("country"),
                     "coordinates": Part("coordinates"), "identifiers": IDENTIFIERS}, not_empty=True),
    "coordinates": Object({"latitude": Number(-90, 90, whole=False), "longitude": Number(-180, 180, whole=False)},
                          ("latitude", "longitude")),
    "series": Object({"name": TEXT, "edition": COUNT, "organizer": ID}, ("name",)),
    "identifier": Object({"scheme": ID, "value": TEXT}, ("scheme", "value")),
    "name": Object({"text": TEXT, "language": LANGUAGE, "script": SCRIPT, "kind": Code("name-kind")}, ("text",)),
    "party": Object({"id": ID, "type": Code("party-type"), "name": TEXT, "country": Code("country"), "names": NAMES,
                     "identifiers": IDENTIFIERS, "members": IDS, "several": Only(True), "evidence": EVIDENCE},
                    ("id", "type", "name"),
                    when=(("type", "state", "country"),)),
    "person": Object({"id": ID, "name": TEXT, "familyName": TEXT, "givenName": TEXT, "names": NAMES,
                      "identifiers": IDENTIFIERS, "offices": Many(Part("office")), "evidence": EVIDENCE}, ("id", "name")),
    "host": Object({"party": ID, "person": ID, "evidence": EVIDENCE}, ("party",)),
    "delegation": Object({"id": ID, "party": ID, "capacity": Code("delegation-capacity"), "designation": TEXT,
                          "mode": Code("mode"), "size": COUNT, "members": Many(Part("member"), unique=False),
                          "evidence": EVIDENCE}, ("id", "party", "capacity")),
    "member": Object({"id": ID, "person": ID, "office": Part("office"), "role": Code("member-role"),
                      "accompanies": IDS, "mode": Code("mode"), "several": Only(True), "count": COUNT,
                      "evidence": EVIDENCE}, ("id",),
                     apart=(("several", "count"), ("person", "several"), ("person", "count")),
                     instead=(("person", "office"),)),
    "office": Object({"title": TEXT, "level": Code("office-level"), "portfolio": ID, "tenure": Code("office-tenure"),
                      "of": ID, "accreditedTo": ID}, ("title",)),
    "agendaItem": Object({"title": TEXT, "topics": IDS, "evidence": EVIDENCE}, ("title",)),
    "programmeItem": Object({"id": ID, "type": Code("programme-item-type"), "visitType": Code("visit-type"),
                             "status": Code("event-status"), "title": TEXT, "date": DATE,
                             "time": Part("clockSpan"), "place": Part("place"), "participants": IDS, "audience": IDS,
                             "honours": IDS, "chairs": IDS, "topics": IDS, "evidence": EVIDENCE}, ("id", "title")),
    "statement": Object({"id": ID, "speakers": IDS, "onBehalfOf": IDS, "reportedBy": ID, "addressees": IDS, "about": IDS,
                         "date": DATE, "channel": ID, "inReplyTo": ID,
                         "form": Code("statement-form"), "text": TEXT, "language": LANGUAGE, "act": Code("speech-act"),
                         "topics": IDS, "programmeItem": ID, "evidence": EVIDENCE},
                        ("id", "speakers", "form", "text", "evidence")),
    "outcome": Object({"id": ID, "type": Code("outcome-type"), "title": TEXT, "status": Code("outcome-status"),
                       "several": Only(True), "count": COUNT, "partOf": ID, "topics": IDS, "due": DATE,
                       "amounts": Many(Part("amount")), "proposedBy": IDS, "effective": DATE, "parties": IDS, "addressees": IDS, "signatories": IDS, "witnesses": IDS,
                       "votes": Part("votes"), "identifiers": IDENTIFIERS, "url": URL, "programmeItem": ID,
                       "evidence": EVIDENCE}, ("id", "type", "title"), apart=(("several", "count"),)),
    "amount": Object({"value": Number(0, 10**15, whole=False), "unit": TEXT, "note": TEXT}, ("value", "unit")),
    "votes": Object({"for": IDS, "against": IDS, "abstained": IDS, "absent": IDS, "counts": Part("voteCounts")},
                    not_empty=True),
    "voteCounts": Object({"for": VOTES, "against": VOTES, "abstained": VOTES, "absent": VOTES}, not_empty=True),
    "eventPerson": Object({"person": ID, "party": ID, "role": Code("member-role")}, ("person",)),
    "upcoming": Object({"id": ID, **_EVENT}, ("id", "title")),
    "related": Object({"id": ID, "relation": Code("event-relation"), **_EVENT}, ("id", "relation", "title")),
    "source": Object({"id": ID, "type": Code("source-type"), "publisher": TEXT, "author": TEXT, "title": TEXT,
                      "url": URL, "published": DATE, "retrieved": DAY, "dateline": TEXT, "language": LANGUAGE,
                      "rights": TEXT, "text": VERBATIM, "textFile": PATH, "sha256": DIGEST, "cites": Many(Part("citation")),
                      "identifiers": IDENTIFIERS, "evidence": EVIDENCE}, ("id", "type"), apart=(("text", "textFile"),)),
    "citation": Object({"source": ID, "text": TEXT}, instead=(("source", "text"),)),
    "evidence": Object({"source": ID, "exact": VERBATIM, "prefix": VERBATIM, "suffix": VERBATIM,
                        "start": Number(0, 10**9), "end": Number(1, 10**9)}, ("source", "exact"),
                       together=(("start", "end"), ("end", "start"))),
    "irrelevantPassage": Object({"reason": TEXT, "evidence": EVIDENCE}, ("reason", "evidence")),
    "annotation": Object({"target": TARGET, "targets": Many(TARGET), "kind": Code("annotation-kind"), "basis": TEXT,
                          "alternatives": Many(Part("alternative"), unique=False)}, ("kind", "basis"),
                         apart=(("target", "targets"), ("alternatives", "targets")), instead=(("target", "targets"),)),
    "alternative": Object({"value": Anything(), "evidence": EVIDENCE}, ("value",)),
    "provenance": Object({"created": DAY, "modified": DAY, "method": Code("provenance-method"), "by": TEXT,
                          "tool": TEXT, "license": TEXT}, not_empty=True),
}  # fmt: skip
"""Every object of the model."""

RECORD: Final = Part("record")


@cache
def codes(codelist: str, *, deprecated: bool = False) -> tuple[str, ...]:
    """The codes of a list in its order that the version has, with those that are deprecated or without them."""
    with (CODELISTS / f"{codelist}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if in_version(row["since"], row["deprecated"], VERSION)]
    return tuple(row["code"] for row in rows if deprecated or not row["deprecated"])


def judge(value: Any, kind: Kind = RECORD) -> bool:
    """Whether a value is of a kind: what the schema must say of it too."""
    match kind:
        case Words():
            return isinstance(value, str) and kind.holds(value)
        case Code():
            return isinstance(value, str) and value in codes(kind.codelist, deprecated=True)
        case Number():
            number = isinstance(value, int | float) and not isinstance(value, bool)
            return number and kind.low <= value <= kind.high and (not kind.whole or value == int(value))
        case Only():
            return bool(value == kind.value) and type(value) is type(kind.value)
        case Many():
            return _is_list(value, kind)
        case Part():
            return isinstance(value, dict) and _is_object(value, OBJECTS[kind.name])
        case Namespaced():
            return isinstance(value, dict) and value != {} and all(
                is_namespace(name) and isinstance(inner, dict) for name, inner in value.items()
            )  # fmt: skip
        case Anything():
            return True


def _is_list(value: Any, kind: Many) -> bool:
    if not isinstance(value, list) or not value or not all(judge(entry, kind.entry) for entry in value):
        return False
    return not kind.unique or all(not same(one, other) for i, one in enumerate(value) for other in value[:i])


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON: 1 and 1.0 are, 1 and true are not."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    return bool(one == other)


def _is_object(value: dict[str, Any], form: Object) -> bool:
    return (
        all(name in form.properties and judge(inner, form.properties[name]) for name, inner in value.items())
        and all(name in value for name in form.required)
        and not (form.not_empty and not value)
        and not any(one in value and other not in value for one, other in form.together)
        and not any(one in value and other in value for one, other in form.apart)
        and not any(one not in value and other not in value for one, other in form.instead)
        and not any(value.get(name) == wanted and needed not in value for name, wanted, needed in form.when)
    )


def parts(value: Any, kind: Kind = RECORD, path: Pointer = ()) -> Iterator[tuple[Pointer, Kind, Any]]:
    """Every value of a valid record with its place and its kind, the record itself first."""
    yield path, kind, value
    if isinstance(kind, Many):
        for index, entry in enumerate(value):
            yield from parts(entry, kind.entry, (*path, index))
    elif isinstance(kind, Part):
        for name, inner in value.items():
            yield from parts(inner, OBJECTS[kind.name].properties[name], (*path, name))
