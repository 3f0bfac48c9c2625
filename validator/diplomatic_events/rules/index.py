"""What is kept of the records of a run to compare them: entries, each with a key under which it meets others.

The first entries stay in memory; once there are many, all of them lie in a temporary file. So the memory of a run does not
grow with its records.
"""

import marshal
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, groupby
from typing import Any, Final, NamedTuple

from diplomatic_events.edtf import day_after, parsed
from diplomatic_events.pointers import Pointer

MOST_IN_MEMORY: Final = 4096
"""So many entries are kept in memory, about a megabyte."""

Locality = tuple[str | None, str | None]
"""The country and the city of a place."""


class Home(NamedTuple):
    """Where a record is: its file and the line on which it begins."""

    file: str
    line: int


class Summary(NamedTuple):
    """What other records are held against. It meets those with the same id, and links to it."""

    file: str
    line: int
    id: str
    revision: int
    date: str
    previous: tuple[str, ...]
    places: tuple[Locality, ...]


class Broken(NamedTuple):
    """The id of a record that cannot be held against others."""

    id: str


class Link(NamedTuple):
    """A reference from one record to another, with the date and place that it gives for the other, which it meets."""

    file: str
    line: int
    path: Pointer
    record: str
    date: str | None
    place: Locality | None


class Identity(NamedTuple):
    """A party or person with a Wikidata id, under which it meets others, and the words of its names."""

    file: str
    line: int
    path: Pointer
    qid: str
    name: str
    words: frozenset[str]


class Bearer(NamedTuple):
    """A party or person with a Wikidata id again, under its name, under which it meets others."""

    file: str
    line: int
    path: Pointer
    qid: str
    name: str


class Happening(NamedTuple):
    """An event, which meets those that look the same on each of its days, and the records that its own refers to.

    ``first`` is the first of its days. ``start`` is the clock time and the time zone at which it began. ``people`` has the
    names of those who took part, by party, and ``known`` their identifiers; their words are asked for only where two events
    look the same. ``called`` are the names of the parties, where they are met by their identifiers.
    """

    file: str
    line: int
    id: str
    linked: frozenset[str]
    first: str
    start: tuple[str | None, str | None]
    places: tuple[Locality, ...]
    people: dict[str, tuple[str, ...]]
    known: dict[str, tuple[str, ...]]
    called: tuple[str, ...] | None


Entry = Summary | Broken | Link | Identity | Bearer | Happening
_KINDS: Final = (Summary, Broken, Link, Identity, Bearer, Happening)
_NUMBERS: Final = {kind: number for number, kind in enumerate(_KINDS)}
_SUMMARY, _LINK = _NUMBERS[Summary], _NUMBERS[Link]

Row = tuple[bytes, int, bytes]
"""An entry as it is kept: its key, its kind, and what it holds."""


def home(entry: Any) -> Home:
    """Where the record of an entry is."""
    return Home(entry.file, entry.line)


class Group:
    """The entries of one key by their kind, in the order of the records, with the number of the first of each record."""

    def __init__(self, rows: Iterable[tuple[int, Row]]) -> None:
        known: set[frozenset[str]] = set()
        self.key = ""
        self.summaries: list[Summary] = []
        self.broken: list[Broken] = []
        self.links: list[Link] = []
        self.identities: list[Identity] = []
        self.bearers: list[Bearer] = []
        self.happenings: list[Happening] = []
        self.numbers: dict[Home, int] = {}
        lists: tuple[list[Any], ...] = (
            self.summaries,
            self.broken,
            self.links,
            self.identities,
            self.bearers,
            self.happenings,
        )
        for number, (key, kind, data) in rows:
            self.key = self.key or key.decode("utf-8", "surrogatepass")
            entry = _entry(kind, data)
            if isinstance(entry, (Identity, Bearer)):
                mark = entry.words if isinstance(entry, Identity) else frozenset({entry.qid})
                if mark in known:  # of those that are called the same, the first is enough
                    continue
                known.add(mark)
            if not isinstance(entry, Broken):
                self.numbers.setdefault(home(entry), number)
            lists[kind].append(entry)


class Index:
    """The entries of all records of a run, in their order.

    ``most`` entries are kept in memory, or all of them if it is None. ``size`` counts the records. ``fault`` says why no
    more could be kept.
    """

    def __init__(self, most: int | None = MOST_IN_MEMORY, size: int = 0, rows: Iterable[Row] = ()) -> None:
        self.most = most
        self.size = size
        self.fault: str | None = None
        self.rows = list(rows)
        self._file: _File | None = None
        self._known: set[bytes] = set()

    def add(self, record: dict[str, Any], home: Home) -> None:
        """Add a record whose structure is valid."""
        self.size += 1
        rows: list[Row] = []
        last: Entry | None = None
        kind, data = 0, b""
        for key, entry in _entries(record, home):
            if isinstance(entry, (Identity, Bearer)) and not self._is_new(key, entry):
                continue
            if entry is not last:  # an event of several days is written once
                kind, data, last = _NUMBERS[type(entry)], marshal.dumps(tuple(entry)), entry
            rows.append((key.encode("utf-8", "surrogatepass"), kind, data))
        self._keep(rows)

    def note(self, id: Any) -> None:
        """Note that there is a broken record, of which at most the id is known."""
        self.size += 1
        if isinstance(id, str):
            self._keep([_row(f"record {id}", Broken(id))])

    def taken(self) -> "Index":
        """Everything that was added since it was last taken, as an index to be merged into another one."""
        taken = Index(self.most, self.size, self.rows)
        self.size, self.rows = 0, []
        return taken

    def merge(self, other: "Index") -> None:
        """Add everything from another index, which has all of its entries in memory."""
        self.size += other.size
        self._keep(other.rows)

    def _is_new(self, key: str, entry: Identity | Bearer) -> bool:
        """Whether an entry says anything that none of the last ones said: one identity is in very many records."""
        said = sorted(entry.words) if isinstance(entry, Identity) else entry.qid
        mark = marshal.dumps((key, said), 2)  # equal values have equal marks only before version 3
        if mark in self._known:
            return False
        if len(self._known) >= MOST_IN_MEMORY:
            self._known.clear()
        self._known.add(mark)
        return True

    def _keep(self, rows: Iterable[Row]) -> None:
        if self.fault is None:
            self.rows += rows
            if self.most is not None and len(self.rows) > self.most:
                self._file = self._file or _File.opened()
                if self._file is None:
                    self.most = None
                else:
                    self.fault = self._file.take(self.rows)
                    self.rows = []

    def ids(self) -> Iterator[str]:
        """The ids of all records that are valid, in their order."""
        return ids(row for _, row in self._all())

    def groups(self) -> Iterator[Group]:
        """The entries that meet others, and the links that meet nothing."""
        return groups(self._all(by_key=True))

    def _all(self, *, by_key: bool = False) -> Iterable[tuple[int, Row]]:
        """Every entry with its number in the order of the records; or those of `groups`, and perhaps others, by their keys."""
        if self._file is None:
            numbered = enumerate(self.rows)
            return sorted(numbered, key=lambda one: one[1][0]) if by_key else numbered
        self.fault = self.fault or self._file.take(self.rows)
        self.rows = []
        return self._from_file(self._file, by_key=by_key)

    def _from_file(self, file: "_File", *, by_key: bool) -> Iterator[tuple[int, Row]]:
        try:
            yield from file.all(by_key=by_key)
        except file.error as error:
            self.fault = file.says(error)


def ids(rows: Iterable[Row]) -> Iterator[str]:
    """The ids of the valid records among rows."""
    return (_entry(kind, data).id for _, kind, data in rows if kind == _SUMMARY)


def groups(rows: Iterable[tuple[int, Row]]) -> Iterator[Group]:
    """The entries that meet others, and the links that meet nothing, of numbered rows in the order of their keys."""
    for _, found in groupby(rows, lambda numbered: numbered[1][0]):
        of_key = iter(found)
        first, second = next(of_key), next(of_key, None)
        if second is not None:
            yield Group(chain((first, second), of_key))
        elif first[1][1] == _LINK:
            yield Group([first])


_BY_NUMBER: Final = "SELECT number, key, kind, data FROM entry ORDER BY number"
_BY_KEY: Final = (
    "SELECT number, key, kind, data FROM entry WHERE key IN "
    "(SELECT key FROM entry GROUP BY key HAVING count(*) > 1 OR max(kind) = :link) ORDER BY key, number"
)
"""Only the entries that meet others, and the links: of the rest, which is most, the database gives nothing."""


class _File:
    """A temporary file of entries, which nobody else sees and which vanishes with this process: a private database."""

    def __init__(self, sqlite3: Any) -> None:
        self.error: type[Exception] = sqlite3.Error
        self._database = sqlite3.connect("", isolation_level=None)  # what has no name lies in a temporary file
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE entry (number INTEGER PRIMARY KEY, key BLOB, kind INTEGER, data BLOB)")

    @classmethod
    def opened(cls) -> "_File | None":
        """A new file; none where Python comes without SQLite, as in some browsers: there, all stays in memory."""
        try:
            import sqlite3  # only a large run pays for the import
        except ImportError:
            return None
        return cls(sqlite3)

    def take(self, rows: list[Row]) -> str | None:
        """Add entries, or say why that cannot be done."""
        try:
            self._database.execute("BEGIN")
            self._database.executemany("INSERT INTO entry (key, kind, data) VALUES (?, ?, ?)", rows)
            self._database.execute("COMMIT")
        except self.error as error:
            return self.says(error)
        return None

    def all(self, *, by_key: bool) -> Iterator[tuple[int, Row]]:
        """Every entry with its number."""
        found = self._database.execute(_BY_KEY, {"link": _LINK}) if by_key else self._database.execute(_BY_NUMBER)
        for number, key, kind, data in found:
            yield number, (key, kind, data)

    def says(self, error: Exception) -> str:
        """Why the file cannot be used."""
        return f"the temporary file for what is compared cannot be used: {error}"


def _row(key: str, entry: Entry) -> Row:
    return key.encode("utf-8", "surrogatepass"), _NUMBERS[type(entry)], marshal.dumps(tuple(entry))


def _entry(kind: int, data: bytes) -> Any:
    return _KINDS[kind](*marshal.loads(data))  # noqa: S302  # we have written it ourselves


def _entries(record: dict[str, Any], home: Home) -> Iterator[tuple[str, Entry]]:
    """What a record is compared by: each entry with its key."""
    id = record["id"]
    places = tuple(_place(place) for place in record.get("places", ()))
    revision = int(record.get("revision", {}).get("number", 1))
    previous = tuple(record.get("previousDates", ()))
    yield f"record {id}", Summary(*home, id, revision, record["date"], previous, places)
    linked = set()
    for name in ("upcoming", "related"):
        for index, event in enumerate(record.get(name, ())):
            if "record" in event:
                linked.add(event["record"])
                place = _place(event["place"]) if "place" in event else None
                link = Link(*home, (name, index), event["record"], event.get("date"), place)
                yield f"record {event['record']}", link
    for name in ("parties", "people"):
        for index, entry in enumerate(record.get(name, ())):
            for qid in _wikidata(entry) if "identifiers" in entry else ():
                yield f"identity {qid}", Identity(*home, (name, index), qid, entry["name"], words(_names(entry)))
                yield f"name {entry['name'].casefold()}", Bearer(*home, (name, index), qid, entry["name"])
    yield from _happenings(record, home, frozenset(linked), places)


def _place(place: dict[str, Any]) -> Locality:
    city = place.get("city")
    return place.get("country"), city.casefold() if city else None


def _wikidata(entry: dict[str, Any]) -> Iterator[str]:
    return (known["value"] for known in entry["identifiers"] if known["scheme"] == "wikidata")


def _names(entry: dict[str, Any]) -> tuple[str, ...]:
    return (entry["name"], *[name["text"] for name in entry["names"]]) if "names" in entry else (entry["name"],)


@lru_cache(4096)
def words(names: tuple[str, ...]) -> frozenset[str]:
    """The words of some names, in small letters."""
    return frozenset(word for name in names for word in re.findall(r"\w+", name.casefold()))


def _happenings(
    record: dict[str, Any], home: Home, linked: frozenset[str], places: tuple[Locality, ...]
) -> Iterator[tuple[str, Happening]]:
    """The event of a record on each of its days, with what two records of it share: its type, mode and parties.

    Nothing is given for an event without certain days or of one party. Parties that all have identifiers, or a code, are met
    by these as well.
    """
    days = _days(record["date"])
    present = {delegation["party"] for delegation in record.get("delegations", ())} if days else ()
    if len(present) < 2:
        return
    parties = {party["id"]: party for party in record["parties"] if party["id"] in present}
    if len(parties) < len(present):
        return
    called = {id: _called(party) for id, party in parties.items()}
    time = record.get("time", {})
    start = time.get("start"), time.get("timeZone")
    people, known = _people(record, called)
    keys: list[tuple[tuple[str, ...], tuple[str, ...] | None]] = [(tuple(sorted(set(called.values()))), None)]
    if any("identifiers" in party for party in parties.values()):
        identified = sorted({_identified(party) for party in parties.values()})
        if "" not in identified and tuple(identified) != keys[0][0]:
            keys.append((tuple(identified), keys[0][0]))
    mode = record.get("mode", "in-person")
    for those, names in keys:
        event = Happening(*home, record["id"], linked, days[0], start, places, people, known, names)
        key = repr((record["type"], mode, those))
        for day in days:
            yield f"event {day} {key}", event


_MOST_DAYS: Final = 10
"""Two records of a longer event are taken for one only by its first days."""

_DAYS: Final = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(?:/([0-9]{4}-[0-9]{2}-[0-9]{2}))?")


def _days(date: str) -> list[str]:
    """The days of a date, if it gives them."""
    found = _DAYS.fullmatch(date)
    if found is None:
        return []
    if found[2] is None:
        return [date]
    first, last = parsed(found[1]), parsed(found[2])
    if first is None or last is None or first.first is None or last.first is None or last.first < first.first:
        return []
    days = [first.first]
    while days[-1] != last.first and len(days) < _MOST_DAYS:
        days.append(day_after(days[-1]))
    return [f"{year:04}-{month:02}-{day:02}" for year, month, day in days]


def _people(
    record: dict[str, Any], parties: dict[str, str]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The names and the identifiers of those who took part for each party."""
    people = {person["id"]: person for person in record.get("people", ())}
    named: dict[str, tuple[str, ...]] = {}
    known: dict[str, tuple[str, ...]] = {}
    for delegation in record["delegations"]:
        names: list[str] = []
        identified: list[str] = []
        for member in delegation.get("members", ()):
            person = people.get(member.get("person"))
            if person is not None:
                names.append(person["name"])
                if "names" in person:
                    names += [name["text"] for name in person["names"]]
                if "identifiers" in person:
                    identified.append(_identified(person))
        if names:
            named[parties[delegation["party"]]] = tuple(names)
        if identified:
            known[parties[delegation["party"]]] = tuple(identified)
    return named, known


def _called(party: dict[str, Any]) -> str:
    """What a party is called in every record: a state by its code, any other by its name without capitals and accents."""
    if party.get("type") == "state":
        return str(party["country"])
    return _plain(party["name"])


@lru_cache(4096)
def _plain(text: str) -> str:
    name = text.casefold().removeprefix("the ")
    if name.isascii():
        return name
    return "".join([letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter)])


def _identified(entry: dict[str, Any]) -> str:
    """The first of the identifiers of an entry, or the code of a state; empty if it has none."""
    if entry.get("type") == "state":
        return str(entry["country"])
    return min((f"{known['scheme']}:{known['value']}" for known in entry.get("identifiers", ())), default="")
