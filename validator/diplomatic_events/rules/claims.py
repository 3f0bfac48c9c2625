"""`claims/…`: what the record says of someone or something stands in its sources."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

from diplomatic_events.edtf import CalendarDay, day_after, parsed, weekday
from diplomatic_events.findings import Issue
from diplomatic_events.pointers import Pointer, at
from diplomatic_events.rulebook import NOTE, WARNING, Rule
from diplomatic_events.rules.record import Entry, Record
from diplomatic_events.schema.languages import primary
from diplomatic_events.schema.targets import reached, targets
from diplomatic_events.sources.days import days_of_the_week, days_of_the_year, without_other_days
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
_OWN_WORDS: Final = ("sources/*/title", "sources/*/author", "sources/*/publisher")
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
    "claims/unnamed-person", severity=WARNING, needs=(*_SOURCES, *_OWN_WORDS), apart=_NAMES,
    bad={"/people/0/name": "Jan Novák"}, good={"/people/0/name": "Anna María Ruíz"}, at="/people/0/name",
    says="no source has any word of the name `Jan Novák`",
    helps="correct the name; one that was inferred needs an annotation that says so",
    fixed={"/people/0/name": "Ana Ruiz"},
)  # fmt: skip
def unnamed_person(record: Record) -> Iterator[Issue]:
    """No source names a person of the record.

    A name that no source has was invented, or comes from what the coder knows, and a reader cannot tell which.

    Correct the name, or add its spelling in the source to `names`. If it was inferred from the office, say so in an annotation
    of the kind `inferred`. Where a source has no text, is in a script in which the record does not give the name, or in another
    language that writes foreign names as they sound, such as Latvian, nothing is said.
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
    for _, source in record.listed("sources"):
        same = _writes_names_as(source, record)
        if same is None:
            return []
        about = (source[key] for key in ("title", "author", "publisher") if key in source)
        text = "\n".join([texts[source["id"]], *about])
        people = [entry for entry in people if not is_named(text, names[entry[0]], same_language=same)]
    return people


_RESPELLING: Final = frozenset(["az", "bs", "cs", "hu", "lt", "lv", "sk", "sq", "sr", "tk", "uz", "vi"])
"""Languages in Latin letters that may write the names of foreigners as they sound: Hszi Csin-ping, Džo Baidenas, Tập Cận Bình."""


def _writes_names_as(source: dict[str, Any], record: Record) -> bool | None:
    """Whether a source is in the language of the record, or None if its language may spell a name in quite another way."""
    own = record.value["language"]
    language = source.get("language", own)
    if primary(language) != primary(own):
        return None if primary(language) in _RESPELLING else False
    return language == own or primary(own) != "zh"  # traditional and simplified characters are not the same


def _names(person: dict[str, Any]) -> list[str]:
    """Every form of a person's name that the record gives."""
    parts = [person[key] for key in ("name", "familyName", "givenName") if key in person]
    return parts + [name["text"] for name in person.get("names", ())]


@Rule(
    "claims/name-not-in-evidence", severity=WARNING, about=("person.evidence",), needs=(*_SOURCES, *_OWN_WORDS), apart=(*_NAMES, "people/*/evidence"),
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
    languages: dict[str, bool | None] | None = None
    for path, person in record.listed("people"):
        quotes = person.get("evidence")
        if not quotes or any(person["name"] in quote["exact"] for quote in quotes):
            continue
        if languages is None:
            languages = {source["id"]: _writes_names_as(source, record) for _, source in record.listed("sources")}
        if _is_in(quotes, person, languages) or _is_explained(record, (*path, "name")):
            continue
        if not any(path == other for other, _ in _unnamed(record)):  # one cause, one finding
            message = f"the person's evidence has no word of the name {quoted(person['name'])}"
            yield Issue((*path, "evidence"), message, "quote the passage that names the person")


def _is_in(quotes: list[dict[str, Any]], person: dict[str, Any], languages: dict[str, bool | None]) -> bool:
    """Whether some passages may have the name of a person."""
    from diplomatic_events.sources.names import is_named  # in little evidence a name is another than in the record

    names = _names(person)
    same = [languages.get(quote["source"], True) for quote in quotes]
    return None in same or any(
        is_named(quote["exact"], names, same_language=bool(one)) for quote, one in zip(quotes, same, strict=True)
    )


@Rule(
    "claims/no-part-of-name", severity=WARNING, about=("person.familyName", "person.givenName"), needs=("annotations",), apart=_NAMES,
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

_NUMBERS: Final = re.compile("[0-9٠-٩۰-۹][.,٫]?[0-9٠-٩۰-۹]")
"""A text without these has no number that is looked for; most have none, and `\\d` would take twice as long."""


@Rule(
    "claims/number-not-in-evidence", severity=WARNING, needs=("date", "annotations", "language", "sources/*/id", "sources/*/language"),
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
    is said of small numbers, of the year of the event, or where the evidence has numbers in words, or may have them in a language
    that the validator does not know.
    """
    for path, values, shown, quotes in _numbers(record):
        from diplomatic_events.sources.numbers import has_number, has_words_for_numbers, numbers  # few records have any

        evidence = "\n".join(quote["exact"] for quote in quotes)
        if has_number(evidence, values) or has_words_for_numbers(evidence) or _is_explained(record, path):
            continue
        there = list(dict.fromkeys(numbers(evidence)))
        if not _numerals_are_known(record, quotes) and (not there or any(one in _MODERN for one in values)):
            continue  # it may be written in words, or the year be of another calendar
        if there or isinstance(at(record.value, path), str):
            help = (
                f"the evidence has {listed([quoted(one) for one in there[:3]])}"
                if there
                else "quote the passage that has it"
            )
            yield Issue(path, f"its evidence does not have the number {quoted(shown)}", help)


_MODERN: Final = range(1900, 2101)
"""Numbers that are likely years."""


def _numerals_are_known(record: Record, quotes: list[dict[str, Any]]) -> bool:
    """Whether it is known how the languages of some passages write numbers in words."""
    from diplomatic_events.sources.numbers import LANGUAGES_WITH_NUMERALS  # as above

    sources = {quote["source"] for quote in quotes}
    return all(
        primary(source.get("language", record.value["language"])) in LANGUAGES_WITH_NUMERALS
        for _, source in record.listed("sources")
        if source.get("id") in sources
    )


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
    noted = record.found.noted
    for path, delegation in record.listed("delegations") if "delegation.size" in noted else ():
        if "size" in delegation:
            members = delegation.get("members", ())
            quotes = [quote for entry in (delegation, *members) for quote in entry.get("evidence", ())]
            yield from _property((*path, "size"), delegation["size"], quotes)
    for path, member, delegation in record.members() if "member.count" in noted else ():
        if "count" in member:
            quotes = member.get("evidence") or delegation.get("evidence", [])
            yield from _property((*path, "count"), member["count"], quotes)


def _numbers_in(
    record: Record, path: Pointer, text: str, quotes: list[dict[str, Any]]
) -> Iterator[tuple[Pointer, frozenset[float], str, list[dict[str, Any]]]]:
    from diplomatic_events.sources.numbers import numbers, readings  # few records have any

    years = _years(record.value["date"])
    for shown in numbers(text):
        values = readings(shown)
        if all(value > _OF_A_MONTH or value % 1 for value in values) and years.isdisjoint(values):
            yield path, values, shown, quotes


@lru_cache(1024)
def _years(text: str) -> frozenset[int]:
    """The years in which a date begins and ends, and those before and after."""
    date = parsed(text)
    return (
        frozenset(day.year + more for day in (date.first, date.last) if day for more in (-1, 0, 1))
        if date
        else frozenset()
    )


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

    Correct the date, or quote the passage that has it. Nothing is said where the evidence has the right day as well, or only a
    day of something else: of another text or event, or another entry, of several days, or on which it was reported; nor of
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
    days = _days(text)
    if not days:
        return
    evidence = "\n".join([quote["exact"] for quote in entry["evidence"]])
    of_the_week, of_the_year = days_of_the_week(evidence), list(days_of_the_year(evidence))
    if not of_the_week and not of_the_year:
        return
    if any((month, number) == day[1:] for month, number, _ in of_the_year for day in days):
        return
    if any(number == weekday(day) for number, _ in of_the_week for day in days):
        return
    evidence = without_other_days(evidence)
    others = [day for other in _dates_beside(record, path) for day in _days(other)]
    known = {day[1:] for day in others}
    wrong = [words for month, number, words in days_of_the_year(evidence) if (month, number) not in known]
    wrong += [words for _, words in days_of_the_week(evidence)]
    place = (*path, "date")
    if wrong and not _is_explained(record, place):
        shown = (
            f"{entry['date']} is a {_NAMES_OF_DAYS[weekday(days[0])]}" if len(days) == 1 else f"it is {entry['date']}"
        )
        message = f"{shown}, but its evidence has {quoted(wrong[0])}"
        yield Issue(place, message, "correct the date, or quote the passage that has it")


def _dates_beside(record: Record, path: Pointer) -> Iterator[str]:
    """The dates of the event and of what it is recorded with, but for those of one entry."""
    whole = record.value
    if path:
        yield whole.get("stay", whole["date"])
    for name in ("programme", "upcoming", "related"):
        for other, entry in record.listed(name):
            if other != path and "date" in entry:
                yield entry["date"]


@lru_cache(1024)
def _days(text: str) -> tuple[CalendarDay, ...]:
    """The days of a date that is certain, unless they are so many that every day of the week is among them."""
    date = parsed(text)
    if date is None or date.first is None or date.last is None or date.uncertain or date.approximate or date.reversed:
        return ()
    days = [date.first]
    while days[-1] != date.last and len(days) <= _MOST_DAYS:
        days.append(day_after(days[-1]))
    return tuple(days) if len(days) <= _MOST_DAYS else ()


_NAMES_OF_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@Rule(
    "claims/other-speaker-in-evidence", severity=WARNING,
    needs=("language", "sources/*/language", "parties", "people", "delegations", "annotations"),
    apart=("statements/*/speakers", "statements/*/onBehalfOf", "statements/*/reportedBy", "statements/*/addressees",
           "statements/*/about", "statements/*/evidence"),
    bad={"/statements/0/speakers": ["sylvanian-minister"]}, good={"/statements/0/addressees": ["sylvanian-minister"]},
    at="/statements/0/speakers",
    says="the evidence gives the words to `ruiz`, and does not name the speaker",
    helps="should it be `ruiz`?",
    fixed={"/statements/0/speakers": ["ruiz"]},
)  # fmt: skip
def other_speaker_in_evidence(record: Record) -> Iterator[Issue]:
    """The evidence for a statement gives the words to somebody else than its speaker.

    Words that are put into the wrong mouth are the worst mistake that a record of statements can have.

    Correct `speakers`, or quote the passage that names the speaker. Nothing is said unless the name or office of another
    member or person stands beside the only verb of saying, outside quotation marks, in English, French, Spanish, Portuguese,
    German, Russian, Chinese or Arabic. A spokesman needs `onBehalfOf`, and one who is quoted by others
    `reportedBy`.
    """
    others: dict[str, tuple[str, ...]] = {}
    effort = 0
    for path, statement in record.listed("statements"):
        if "onBehalfOf" in statement or "reportedBy" in statement:
            continue
        quotes, speakers = statement["evidence"], statement["speakers"]
        text = quotes[0]["exact"] if len(quotes) == 1 else "\n".join([quote["exact"] for quote in quotes])
        name = _name_of(record, speakers[0])
        if name and name in text:
            continue  # as in most passages
        own = [_marks(record, id) for id in speakers]
        if not all(own) or any(mark in text for marks in own for mark in marks):
            continue  # a party may speak through anybody, and the words of a person are mostly given with the name
        others = others or _marks_of_all(record)
        effort += (len(text) + _ONE_LOOK) * len(others)
        if effort > MOST_EFFORT:
            record.unfinished.add(("the speakers of statements", TOO_LONG))
            return
        named = [id for id, marks in others.items() if id not in speakers and any(mark in text for mark in marks)]
        if named:
            yield from _other_speaker(record, path, text, speakers, named)


def _name_of(record: Record, id: str) -> str | None:
    """The name of a person, or of the person who is a member."""
    kind, entry, _ = record.found.definitions.get(id, _NOBODY)
    if kind == "member" and "person" in entry:
        kind, entry, _ = record.found.definitions.get(entry["person"], _NOBODY)
    return entry["name"] if kind == "person" else None


_ONE_LOOK: Final = 100
"""To look for a name in a passage takes as long, at least, as to go through so many characters."""


def _marks(record: Record, id: str) -> tuple[str, ...]:
    """What hardly any passage lacks that names a member or a person: the ends of the name, parts of the office."""
    kind, entry, _ = record.found.definitions.get(id, _NOBODY)
    titles = _parts_of_title(entry["office"]["title"]) if kind == "member" and "office" in entry else ()
    name = _name_of(record, id)
    if name is None:
        return titles
    return *titles, name[: name.find(" ")] if " " in name else name, name[name.rfind(" ") + 1 :]


_NOBODY: Final[tuple[str, dict[str, Any], None]] = ("", {}, None)


@lru_cache(1024)
def _parts_of_title(title: str) -> tuple[str, ...]:
    """The first and the last word of an office up to `of`, without the first letter, which may be a capital or not."""
    words = re.split(r"\s+(?:of|for|de|des|du|del|della|di|da|do|der|für|по)\b", title)[0].split()
    return tuple({word[1:] for word in (words[:1] + words[-1:]) if len(word) > 1})


def _marks_of_all(record: Record) -> dict[str, tuple[str, ...]]:
    """The marks of every member, and of every person who is none."""
    members = [member for _, member, _ in record.members()]
    people = {member.get("person") for member in members}
    ids = [member["id"] for member in members]
    ids += [person["id"] for _, person in record.listed("people") if person["id"] not in people]
    return {id: _marks(record, id) for id in ids}


def _other_speaker(record: Record, path: Pointer, text: str, speakers: list[str], named: list[str]) -> Iterator[Issue]:
    """An issue if the passages have one of those whom they name for the speaker, and nothing of the right speakers."""
    from diplomatic_events.sources.names import is_named, words_of  # few statements come so far
    from diplomatic_events.sources.speakers import has_a_word, is_a_person, is_an_office, told_by

    subject = told_by(text)
    if subject is None or record.unresolved:  # an id that is misspelt makes a stranger of a member
        return
    right = [_voice(record, id) for id in speakers]
    names = [name for voice in right for name in voice.names]
    titles = [title for voice in right for title in voice.titles]
    statement = at(record.value, path)
    own = _is_in_own_language(record, {quote["source"] for quote in statement["evidence"]})
    if names and is_named(subject.passage, names, same_language=own):
        return
    if any(has_a_word(subject.passage, title) for title in titles):
        return
    parties = [voice.party["name"] for voice in right if voice.party is not None]
    if any(has_a_word(subject.before, party) for party in parties):
        return
    involved = {*statement.get("addressees", ()), *statement.get("about", ())}
    own_words = {word for name in names for word in words_of(name)}
    for id in named:
        voice = _voice(record, id)
        if not involved.isdisjoint(voice.ids) or any(not voice.ids.isdisjoint(own.ids) for own in right):
            continue
        words = [word for name in voice.names for word in words_of(name) if word not in own_words]
        by_office = (
            titles
            and all(voice.titles for voice in right)
            and not voice.level & {own for one in right for own in one.level}
        )
        if is_a_person(subject, words) or (by_office and any(is_an_office(subject, title) for title in voice.titles)):
            if not _is_explained(record, (*path, "speakers")):
                message = f"the evidence gives the words to `{id}`, and does not name the speaker"
                yield Issue((*path, "speakers"), message, f"should it be `{id}`?")
            return


def _is_in_own_language(record: Record, sources: set[str]) -> bool:
    """Whether some sources are in the language of the record."""
    own = primary(record.value["language"])
    return all(
        primary(source.get("language", own)) == own for _, source in record.listed("sources") if source["id"] in sources
    )


class _Voice(NamedTuple):
    """What is known of somebody who may speak: the ids, names and titles, the ranks and the party."""

    ids: set[str]
    names: list[str]
    titles: list[str]
    level: set[str]
    party: dict[str, Any] | None


def _voice(record: Record, id: str) -> _Voice:
    found = record.find(id, "member", "person")
    if found is None:
        return _Voice({id}, [], [], set(), None)
    entry = found.value
    person = record.find(entry.get("person"), "person") if found.kind == "member" else found
    known = person.value if person is not None else {}
    offices = [entry["office"]] if "office" in entry else []
    offices += known.get("offices", ())
    party = record.find(record.party_of(id), "party")
    return _Voice(
        {id, known["id"]} if known else {id},
        _names(known) if known else [],
        [office["title"] for office in offices if "title" in office],
        {rank for office in offices for rank in _RANKS.get(office.get("level"), (office.get("level"),))} - {None},
        party.value if party else None,
    )


_RANKS: Final = {"head-of-state-and-government": ("head-of-state", "head-of-government")}
"""The ranks of one who has two of them."""


_MET: Final = [{"source": "report", "exact": "Foreign Minister Ana Ruiz"}]
_QUOTED_IN_A_TITLE: Final = re.compile('[“„«「"]([^“”„«»「」"]{3,})[”“»」"]')


@Rule(
    "claims/words-not-in-source", severity=NOTE, needs=(*_SOURCES, *_OWN_WORDS, "sources/*/dateline"),
    apart=("people/*/offices", "people/*/evidence", "delegations/*/designation", "delegations/*/evidence",
           "delegations/*/members/*/office", "delegations/*/members/*/evidence", "outcomes/*/title", "outcomes/*/evidence"),
    bad={"/delegations/0/members/0/office/title": "Secretary", "/delegations/0/members/0/evidence": _MET},
    good={"/delegations/0/members/0/office/title": "foreign ministers", "/delegations/0/members/0/evidence": _MET},
    at="/delegations/0/members/0/office/title",
    says="no source has the word `Secretary` of this office",
    helps="copy the words from the source, or annotate what is inferred",
    fixed={"/delegations/0/members/0/office/title": "Foreign Minister", "/delegations/0/members/0/evidence": _MET},
)  # fmt: skip
def words_not_in_source(record: Record) -> Iterator[Issue]:
    """An office, a designation, a dateline or a quoted title has words that no source has.

    These are the source's own words; others make a title that nobody held. Looked at are entries with evidence of their own.

    Copy the words from the source; `level` and `portfolio` are there to compare offices. If they are inferred or corrected, say
    so in an annotation. Endings may differ, and nothing is said where a source has no text, or another language or script.
    """
    texts = [text.content for _, text in record.sources.items() if isinstance(text, SourceText)]
    if sum(map(len, texts)) > _MOST_TEXT:
        return
    effort = 0
    for path, words, noun in _source_words(record, texts):
        text = _small_text(record)
        if not text:
            return
        small = words.lower()
        if small in text:
            continue
        effort += len(text) + len(small)
        if effort > _MOST_LOOKED_THROUGH:
            record.unfinished.add(("the offices", TOO_LONG))
            return
        missing = next((word for word in _stems(small) if word[1] not in text), None)
        if missing is not None and _is_missing(record, missing[1]) and not _is_explained(record, path):
            message = f"no source has the word {quoted(_as_written(words, missing[0]))} of this {noun}"
            yield Issue(path, message, "copy the words from the source, or annotate what is inferred")


def _source_words(record: Record, texts: list[str]) -> Iterator[tuple[Pointer, str, str]]:
    """What a record has in the words of its sources, in entries with evidence: the place, the words, and what they are.

    Left out is what stands in one of the texts, as most does, so that few texts are needed in small letters.
    """
    for path, member, _ in record.members():
        if "office" in member and "evidence" in member:
            words = member["office"]["title"]
            if _is_new(words, texts):
                yield (*path, "office", "title"), words, "office"
    for path, person in record.listed("people") if "person.evidence" in record.found.noted else ():
        if "offices" in person and "evidence" in person:
            for index, office in enumerate(person["offices"]):
                if _is_new(office["title"], texts):
                    yield (*path, "offices", index, "title"), office["title"], "office"
    for path, delegation in record.listed("delegations"):
        if "designation" in delegation and "evidence" in delegation and _is_new(delegation["designation"], texts):
            yield (*path, "designation"), delegation["designation"], "designation"
    for path, source in record.listed("sources"):
        if "dateline" in source and _is_new(source["dateline"], texts):
            yield (*path, "dateline"), source["dateline"], "dateline"
    for path, outcome in record.listed("outcomes"):
        if "evidence" in outcome:
            for found in _QUOTED_IN_A_TITLE.findall(outcome["title"]):
                if _is_new(found, texts):
                    yield (*path, "title"), found, "quoted title"


def _is_new(words: str, texts: list[str]) -> bool:
    """Whether some words stand in none of the texts."""
    for text in texts:  # noqa: SIM110  # nearly always there is one text, and `all` would take longer than the search
        if words in text:
            return False
    return True


@lru_cache(maxsize=1)
def _small_text(record: Record) -> str:
    """The texts of all sources in small letters; empty if one has none, is in another language or is too long."""
    own = primary(record.value["language"])
    texts = []
    for _, source in record.listed("sources"):
        text = record.sources.get(source["id"])
        if not isinstance(text, SourceText) or primary(source.get("language", own)) != own:
            return ""
        texts += [text.content, *(source[key] for key in ("title", "author", "publisher") if key in source)]
    size = sum(map(len, texts))
    return "\n".join(texts).lower() if size <= _MOST_TEXT else ""


_MOST_TEXT: Final = 200_000
"""A longer text has nearly every word of an office, and to look for them takes long."""

_MOST_LOOKED_THROUGH: Final = MOST_EFFORT // 10
"""Each word of an office goes through the text."""

_LETTERS: Final = re.compile(r"[^\W\d_]+")
_SHORT_WORD: Final = 4


@lru_cache(1024)
def _stems(words: str) -> tuple[tuple[str, str], ...]:
    """The words of a title that can be looked for, each with the part of it that endings leave unchanged."""
    found = []
    for word in _LETTERS.findall(words):
        if word[0] >= _WITHOUT_SPACES:
            found += [(word, word)] if len(word) > 1 else []
        elif len(word) >= _SHORT_WORD:
            found.append((word, word[: max(_SHORT_WORD, len(word) - 2)].removeprefix("ال")))
    return tuple(found)


_WITHOUT_SPACES: Final = "\u2e80"
"""Scripts that have no spaces between words begin here, or nearly."""


def _is_missing(record: Record, stem: str) -> bool:
    """Whether a part of a word is in no text, however accents are written, although its script is that of the texts."""
    from diplomatic_events.sources.names import folded, script_of, scripts_of  # few records come so far

    text = _small_text(record)
    script = script_of(stem[0])
    if script not in scripts_of(text) or script in ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI"):
        return script in scripts_of(text) and not any(stem[at : at + 2] in text for at in range(len(stem) - 1))
    return folded(stem) not in folded(text)


def _as_written(words: str, small: str) -> str:
    start = words.lower().find(small)
    return words[start : start + len(small)] if len(words.lower()) == len(words) else small
