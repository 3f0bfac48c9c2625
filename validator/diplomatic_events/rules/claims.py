"""`claims/…`: what the record says of someone or something stands in its sources."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from diplomatic_events.edtf import day_after, parsed, weekday
from diplomatic_events.findings import Issue
from diplomatic_events.pointers import Pointer, at
from diplomatic_events.rulebook import WARNING, Rule
from diplomatic_events.rules.record import Entry, Record
from diplomatic_events.schema.languages import primary
from diplomatic_events.schema.targets import reached, targets
from diplomatic_events.sources.search import MOST_EFFORT, TOO_LONG
from diplomatic_events.sources.texts import SourceText
from diplomatic_events.wording import listed, quoted

_SOURCES: Final = (
    "language",
    "sources/*/id",
    "sources/*/text",
    "sources/*/textFile",
    "sources/*/language",
    "annotations",
)
_TONNES: Final = {"id": "readout", "type": "readout", "text": "Sylvania welcomed the offer of 17 000 tonnes."}
_NAMES: Final = ("people/*/name", "people/*/names", "people/*/familyName", "people/*/givenName")


@lru_cache(maxsize=1)
def _explained(record: Record) -> frozenset[Pointer]:
    """The places of values that an annotation says to be inferred or corrected: they stand in no source."""
    return frozenset(
        place
        for _, annotation in record.listed("annotations")
        if annotation["kind"] in ("inferred", "corrected")
        for _, target in targets(annotation)
        if (place := reached(record.value, record.found, target)) is not None
    )


def _is_explained(record: Record, path: Pointer) -> bool:
    """Whether an annotation says that a value, or the entry that has it, is inferred or corrected."""
    places = _explained(record)
    return bool(places) and any(path[:length] in places for length in range(1, len(path) + 1))


@Rule(
    "claims/unnamed-person", severity=WARNING, needs=_SOURCES, apart=_NAMES,
    bad={"/people/0/name": "Jan Novák"}, good={"/people/0/name": "Anna María Ruíz"}, at="/people/0/name",
    says="no source has any word of the name `Jan Novák`",
    helps="correct the name; one that was inferred needs an annotation that says so",
    fixed={"/people/0/name": "Ana Ruiz"},
)  # fmt: skip
def unnamed_person(record: Record) -> Iterator[Issue]:
    """No source names a person of the record.

    A name that no source has was invented, or comes from what the coder knows, and a reader cannot tell which.

    Correct the name, or add its spelling in the source to `names`. If it was inferred from the office, say so in an annotation
    of the kind `inferred`. Where a source has no text, or is in a script in which the record does not give the name, nothing
    is said.
    """
    help = "correct the name; one that was inferred needs an annotation that says so"
    for path, person in _unnamed(record):
        yield Issue((*path, "name"), f"no source has any word of the name {quoted(person['name'])}", help)


@lru_cache(maxsize=1)
def _unnamed(record: Record) -> list[Entry]:
    """The people whom no source names; most are found at once, by their whole name."""
    missing = record.listed("people")
    if not missing:
        return []
    texts = {id: text.content for id, text in record.sources.items() if isinstance(text, SourceText)}
    if len(texts) < len(record.value["sources"]):
        return []  # They may be named where there is no text.
    if len(missing) * sum(map(len, texts.values())) > MOST_EFFORT:
        record.unfinished.add(("the names of people", TOO_LONG))
        return []
    for text in texts.values():
        missing = [entry for entry in missing if entry[1]["name"] not in text]
        if not missing:
            return []
    return _named_nowhere(record, texts, [entry for entry in missing if not _is_explained(record, (*entry[0], "name"))])


def _named_nowhere(record: Record, texts: dict[str, str], people: list[Entry]) -> list[Entry]:
    """Of some people, those of whose names no source has a word, in its text or in what the record says of it."""
    from diplomatic_events.sources.names import is_named  # in few records a name stands in no source as it is

    names = {path: _names(person) for path, person in people}
    own = primary(record.value["language"])
    for _, source in record.listed("sources"):
        same = primary(source.get("language", own)) == own
        about = (source[key] for key in ("title", "author", "publisher") if key in source)
        text = "\n".join([texts[source["id"]], *about])
        people = [entry for entry in people if not is_named(text, names[entry[0]], same_language=same)]
    return people


def _names(person: dict[str, Any]) -> list[str]:
    """Every form of a person's name that the record gives."""
    parts = [person[key] for key in ("name", "familyName", "givenName") if key in person]
    return parts + [name["text"] for name in person.get("names", ())]


@Rule(
    "claims/name-not-in-evidence", severity=WARNING, needs=_SOURCES, apart=(*_NAMES, "people/*/evidence"),
    bad={"/people/0/evidence": [{"source": "report", "exact": "the Sylvanian trade minister"}]},
    good={"/people/0/evidence": [{"source": "report", "exact": "Ms Ruiz"}]}, at="/people/0/evidence",
    says="the person's evidence has no word of the name `Ana Ruiz`",
    helps="quote the passage that names the person",
)  # fmt: skip
def name_not_in_evidence(record: Record) -> Iterator[Issue]:
    """The evidence for a person does not have the person's name.

    The passages of a person are those that give the name; another passage proves nothing, or belongs to somebody else.

    Quote the passage that has the name, or correct the name. In another script it can be looked for only if the record has the
    name in that script too, in `names`.
    """
    own = primary(record.value["language"])
    foreign: set[str] | None = None
    for path, person in record.listed("people"):
        quotes = person.get("evidence")
        if not quotes or any(person["name"] in quote["exact"] for quote in quotes):
            continue
        if foreign is None:
            languages = ((source["id"], source.get("language", own)) for _, source in record.listed("sources"))
            foreign = {id for id, language in languages if primary(language) != own}
        if _is_in(quotes, person, foreign) or _is_explained(record, (*path, "name")):
            continue
        if not any(path == other for other, _ in _unnamed(record)):  # one cause, one finding
            message = f"the person's evidence has no word of the name {quoted(person['name'])}"
            yield Issue((*path, "evidence"), message, "quote the passage that names the person")


def _is_in(quotes: list[dict[str, Any]], person: dict[str, Any], foreign: set[str]) -> bool:
    """Whether some passages may have the name of a person."""
    from diplomatic_events.sources.names import is_named  # in little evidence a name is another than in the record

    names = _names(person)
    return any(is_named(quote["exact"], names, same_language=quote["source"] not in foreign) for quote in quotes)


@Rule(
    "claims/no-part-of-name", severity=WARNING, needs=("annotations",), apart=_NAMES,
    bad={"/people/0/familyName": "Novák"}, good={"/people/0/familyName": "RUIZ"}, at="/people/0/familyName",
    says="`Novák` is no part of the name `Ana Ruiz`",
    fixed={"/people/0/familyName": "Ruiz"},
)  # fmt: skip
def no_part_of_name(record: Record) -> Iterator[Issue]:
    """A family name or a given name is no part of the person's name.

    It belongs to another person, or is spelt in another way, and the person is sorted and searched under it.

    Correct it, or add the form of the name that it is part of to `names`.
    """
    for path, person in record.listed("people"):
        for part in ("familyName", "givenName"):
            if part not in person or person[part] in person["name"] or _is_part(person[part], person):
                continue
            if not _is_explained(record, (*path, part)):
                message = f"{quoted(person[part])} is no part of the name {quoted(person['name'])}"
                yield Issue((*path, part), message)


def _is_part(part: str, person: dict[str, Any]) -> bool:
    from diplomatic_events.sources.names import shares_a_word  # most parts stand in the name as they are

    return any(
        shares_a_word(part, name) for name in (person["name"], *(name["text"] for name in person.get("names", ())))
    )


_FEW: Final = 12
"""Numbers up to this are usually written in words."""

_OF_A_MONTH: Final = 31
"""In a text, numbers up to this may be days, which the record has where its source says Monday."""

_NUMBERS: Final = re.compile("[0-9٠-٩۰-۹][0-9.,٫٠-٩۰-۹]")
"""A text without these has no number that is looked for; most have none, and `\\d` would take twice as long."""


@Rule(
    "claims/number-not-in-evidence", severity=WARNING, needs=("date", "annotations"),
    apart=("statements/*/form", "statements/*/text", "statements/*/evidence", "outcomes/*/title", "outcomes/*/amounts",
           "outcomes/*/count", "outcomes/*/evidence", "delegations/*/size", "delegations/*/evidence",
           "delegations/*/members/*/count", "delegations/*/members/*/evidence"),
    bad={"/statements/1/text": "Sylvania welcomes the offer of 17,500 tonnes.", "/sources/1": _TONNES,
         "/statements/1/evidence/0": {"source": "readout", "exact": "welcomed the offer of 17 000 tonnes"}},
    good={"/statements/1/text": "Sylvania welcomes the offer of 17,000 tonnes.", "/sources/1": _TONNES,
          "/statements/1/evidence/0": {"source": "readout", "exact": "welcomed the offer of 17 000 tonnes"}},
    at="/statements/1/text",
    says="its evidence does not have the number `17,500`",
    helps="the evidence has `17 000`",
)  # fmt: skip
def number_not_in_evidence(record: Record) -> Iterator[Issue]:
    """A number, sum or percentage does not stand in the evidence for it.

    A digit was mistaken, or the number comes from elsewhere; numbers are what readers take over first.

    Correct it, or quote the passage that has it. 17,000 is the same as 17 000 and 17.000, and 2.5 million as 2,500,000. Nothing
    is said of small numbers, of the year of the event, or where the evidence has numbers in words.
    """
    for path, values, shown, quotes in _numbers(record):
        from diplomatic_events.sources.numbers import has_number, has_words_for_numbers, numbers  # few records have any

        evidence = "\n".join(quote["exact"] for quote in quotes)
        if has_number(evidence, values) or has_words_for_numbers(evidence) or _is_explained(record, path):
            continue
        there = list(dict.fromkeys(numbers(evidence)))
        if there or isinstance(at(record.value, path), str):
            help = (
                f"the evidence has {listed([quoted(one) for one in there[:3]])}"
                if there
                else "quote the passage that has it"
            )
            yield Issue(path, f"its evidence does not have the number {quoted(shown)}", help)


def _numbers(record: Record) -> Iterator[tuple[Pointer, frozenset[float], str, list[dict[str, Any]]]]:
    """Every number that should stand in the evidence for it: its place, its possible values, its form and that evidence."""
    for path, statement in record.listed("statements"):
        if statement["form"] != "direct" and _NUMBERS.search(statement["text"]):
            yield from _numbers_in(record, (*path, "text"), statement["text"], statement["evidence"])
    for path, outcome in record.listed("outcomes"):
        quotes = outcome.get("evidence")
        if quotes and _NUMBERS.search(outcome["title"]):
            yield from _numbers_in(record, (*path, "title"), outcome["title"], quotes)
        if quotes and "amounts" in outcome:
            for index, amount in enumerate(outcome["amounts"]):
                yield from _property((*path, "amounts", index, "value"), amount["value"], quotes)
        if quotes and "count" in outcome:
            yield from _property((*path, "count"), outcome["count"], quotes)
    for path, delegation in record.listed("delegations"):
        if "size" in delegation:
            members = delegation.get("members", ())
            quotes = [quote for entry in (delegation, *members) for quote in entry.get("evidence", ())]
            yield from _property((*path, "size"), delegation["size"], quotes)
    for path, member, delegation in record.members():
        if "count" in member:
            quotes = member.get("evidence") or delegation.get("evidence", [])
            yield from _property((*path, "count"), member["count"], quotes)


def _numbers_in(
    record: Record, path: Pointer, text: str, quotes: list[dict[str, Any]]
) -> Iterator[tuple[Pointer, frozenset[float], str, list[dict[str, Any]]]]:
    from diplomatic_events.sources.numbers import numbers, readings  # few records have any

    date = parsed(record.value["date"])
    years = {day.year + more for day in (date.first, date.last) if day for more in (-1, 0, 1)} if date else set()
    for shown in numbers(text):
        values = readings(shown)
        if all(value > _OF_A_MONTH or value % 1 for value in values) and years.isdisjoint(values):
            yield path, values, shown, quotes


def _property(
    path: Pointer, value: float, quotes: list[dict[str, Any]]
) -> Iterator[tuple[Pointer, frozenset[float], str, list[dict[str, Any]]]]:
    if quotes and value > _FEW:
        yield path, frozenset({float(value)}), f"{value:,}", quotes


_MOST_DAYS: Final = 6
"""A longer event has every day of the week."""


@Rule(
    "claims/other-day-in-evidence", severity=WARNING,
    needs=("date", "stay", "evidence", "annotations"),
    apart=("programme/*/date", "programme/*/evidence", "upcoming/*/date", "upcoming/*/evidence", "related/*/date",
           "related/*/evidence"),
    bad={"evidence": [{"source": "report", "exact": "in Geneva on Monday"}], "date": "2021-05-02"},
    good={"evidence": [{"source": "report", "exact": "in Geneva on Monday"}], "date": "2021-05-03"}, at="/date",
    says="2021-05-02 is a Sunday, but its evidence has `Monday`",
    helps="correct the date, or quote the passage that has it",
)  # fmt: skip
def other_day_in_evidence(record: Record) -> Iterator[Issue]:
    """The evidence for a date has another day.

    The day of the week shows a slip in the day, the month or the year.

    Correct the date, or quote the passage that has it. Nothing is said where the evidence has the right day as well, nor of
    dates that are uncertain, or longer than six days.
    """
    whole = record.value
    if "evidence" in whole:
        yield from _other_day(record, (), whole, whole.get("stay", whole["date"]))
    for name in ("programme", "upcoming", "related"):
        for path, entry in record.listed(name):
            if "date" in entry and "evidence" in entry:
                yield from _other_day(record, path, entry, entry["date"])


def _other_day(record: Record, path: Pointer, entry: dict[str, Any], text: str) -> Iterator[Issue]:
    date = parsed(text)
    if date is None or date.first is None or date.last is None or date.uncertain or date.approximate or date.reversed:
        return
    days = [date.first]
    while days[-1] != date.last and len(days) <= _MOST_DAYS:
        days.append(day_after(days[-1]))
    if len(days) > _MOST_DAYS:
        return
    from diplomatic_events.sources.days import days_of_the_week, days_of_the_year  # for dates that are a day or a few

    evidence = "\n".join([quote["exact"] for quote in entry["evidence"]])
    of_the_week, of_the_year = days_of_the_week(evidence), list(days_of_the_year(evidence))
    if not of_the_week and not of_the_year:
        return
    if any((month, number) == day[1:] for month, number, _ in of_the_year for day in days):
        return
    if any(number == weekday(day) for number, _ in of_the_week for day in days):
        return
    wrong = [words for _, _, words in of_the_year] + [words for _, words in of_the_week]
    place = (*path, "date")
    if wrong and not _is_explained(record, place):
        shown = (
            f"{entry['date']} is a {_NAMES_OF_DAYS[weekday(days[0])]}" if len(days) == 1 else f"it is {entry['date']}"
        )
        message = f"{shown}, but its evidence has {quoted(wrong[0])}"
        yield Issue(place, message, "correct the date, or quote the passage that has it")


_NAMES_OF_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
