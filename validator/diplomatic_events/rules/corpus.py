"""`corpus/…`: faults that show only when the records of a run are compared.

The index keeps ids, names and links, not the records; two indexes can be merged.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from diplomatic_events.edtf import Edtf, parsed
from diplomatic_events.findings import Issue
from diplomatic_events.pointers import Pointer
from diplomatic_events.rulebook import ERROR, WARNING, Rule
from diplomatic_events.suggest import did_you_mean

Locality = tuple[str | None, str | None]
"""The country and the city of a place."""


class Home(NamedTuple):
    """Where a record is: its file and the line on which it begins."""

    file: str
    line: int


class Summary(NamedTuple):
    """What the index keeps of a record."""

    home: Home
    id: str
    revision: int
    date: str
    previous: tuple[str, ...]
    places: tuple[Locality, ...]
    linked: frozenset[str]


class Link(NamedTuple):
    """A reference from one record to another, with the date and place that it gives for the other."""

    home: Home
    path: Pointer
    record: str
    date: str | None
    place: Locality | None


class Identity(NamedTuple):
    """A party or person with a Wikidata id, and the words of its names."""

    home: Home
    path: Pointer
    name: str
    words: frozenset[str]


class Across(NamedTuple):
    """An issue in one record, and a related place in another."""

    home: Home
    issue: Issue
    other: Home | None = None
    other_path: Pointer = ()
    other_message: str = ""


class Index:
    """The ids and links of all records of a run."""

    def __init__(self) -> None:
        self.records: dict[str, list[Summary]] = {}
        self.links: list[Link] = []
        self.identities: dict[str, list[Identity]] = {}
        self.events: dict[tuple[Any, ...], list[Summary]] = {}
        self.broken: set[str] = set()
        self.size = 0

    def add(self, record: dict[str, Any], home: Home) -> None:
        """Add a record whose structure is valid."""
        summary = _summary(record, home)
        self.size += 1
        self.records.setdefault(summary.id, []).append(summary)
        for name in ("upcoming", "related"):
            for index, event in enumerate(record.get(name, ())):
                if "record" in event:
                    place = _place(event["place"]) if "place" in event else None
                    self.links.append(Link(home, (name, index), event["record"], event.get("date"), place))
        for name in ("parties", "people"):
            for index, entry in enumerate(record.get(name, ())):
                for qid in _wikidata(entry):
                    self._identify(qid, Identity(home, (name, index), entry["name"], _words(entry)))
        signature = _signature(record)
        if signature is not None:
            self.events.setdefault(signature, []).append(summary)

    def note(self, id: Any) -> None:
        """Note that there is a broken record, of which at most the id is known."""
        self.size += 1
        if isinstance(id, str):
            self.broken.add(id)

    def _identify(self, qid: str, identity: Identity) -> None:
        """Keep an identity only if its words differ from those of all known ones, so that few are kept."""
        known = self.identities.setdefault(qid, [])
        if not any(identity.words == other.words for other in known):
            known.append(identity)

    def merge(self, other: "Index") -> None:
        """Add everything from another index."""
        self.size += other.size
        self.links += other.links
        self.broken |= other.broken
        for id, summaries in other.records.items():
            self.records.setdefault(id, []).extend(summaries)
        for qid, identities in other.identities.items():
            for identity in identities:
                self._identify(qid, identity)
        for signature, summaries in other.events.items():
            self.events.setdefault(signature, []).extend(summaries)


def _summary(record: dict[str, Any], home: Home) -> Summary:
    links = (event.get("record") for name in ("upcoming", "related") for event in record.get(name, ()))
    return Summary(
        home,
        record["id"],
        int(record.get("revision", {}).get("number", 1)),
        record["date"],
        tuple(record.get("previousDates", ())),
        tuple(_place(place) for place in record.get("places", ())),
        frozenset(link for link in links if link),
    )


def _place(place: dict[str, Any]) -> Locality:
    city = place.get("city")
    return place.get("country"), city.casefold() if city else None


def _wikidata(entry: dict[str, Any]) -> Iterator[str]:
    return (known["value"] for known in entry.get("identifiers", ()) if known["scheme"] == "wikidata")


def _words(entry: dict[str, Any]) -> frozenset[str]:
    names = [entry["name"], *(name["text"] for name in entry.get("names", ()))]
    return frozenset(word for name in names for word in re.findall(r"\w+", name.casefold()))


def _signature(record: dict[str, Any]) -> tuple[Any, ...] | None:
    """What two records of one event share: type, date, mode, parties and places; None if that is too little."""
    parties = {party["id"]: party for party in record["parties"]}
    present = {delegation["party"] for delegation in record.get("delegations", ())}
    if (
        len(present) < 2
        or not present <= set(parties)
        or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", record["date"])
    ):
        return None
    keys = frozenset(_party_key(parties[id]) for id in present)
    places = frozenset(_place(place) for place in record.get("places", ()))
    return record["type"], record["date"], record.get("mode", "in-person"), keys, places


def _party_key(party: dict[str, Any]) -> str:
    return str(party["country"]) if party["type"] == "state" else str(party["name"]).casefold()


_Q1: Final = [{"scheme": "wikidata", "value": "Q1"}]


@Rule(
    "corpus/duplicate-record", severity=ERROR,
    bad={"title": "Another title"}, good={"revision": {"number": 2}}, at="/id",
    says="another record already has the id `geneva-talks`",
    fixed={"title": "Another title", "revision": {"number": 2}},
)  # fmt: skip
def duplicate_record(index: Index) -> Iterator[Across]:
    """Two records have the same id and the same revision.

    The id identifies a record across files; a program that keeps records by id loses one of the two.

    Give one of them another id, or raise the number of its `revision` if it restates the other.
    """
    for id, summaries in index.records.items():
        first: dict[int, Summary] = {}
        for summary in summaries:
            if summary.revision in first:
                issue = Issue(("id",), f"another record already has the id `{id}`")
                yield Across(summary.home, issue, first[summary.revision].home, ("id",), "the first is here")
            first.setdefault(summary.revision, summary)


@Rule(
    "corpus/unknown-record", severity=ERROR,
    bad={"id": "second-talks", "date": "2021-05-01", "related": [
        {"id": "first", "relation": "follows-up", "title": "Talks", "record": "geneva-talk"}]},
    good={"id": "second-talks", "date": "2021-05-01", "related": [
        {"id": "first", "relation": "follows-up", "title": "Talks", "record": "geneva-talks"}]},
    at="/related/0/record",
    says="no record of this run has the id `geneva-talk`",
    helps="did you mean `geneva-talks`?",
)  # fmt: skip
def unknown_record(index: Index) -> Iterator[Across]:
    """A reference names a record that is not among those checked.

    A reader who follows the link finds nothing.

    Correct the id, check the other record in the same run, or remove `record` until there is one.
    """
    for link in index.links:
        if link.record not in index.records and link.record not in index.broken:
            issue = Issue(
                (*link.path, "record"),
                f"no record of this run has the id `{link.record}`",
                did_you_mean(link.record, index.records) or "check the file of that record in the same run",
            )
            yield Across(link.home, issue)


@Rule(
    "corpus/announcement-contradicted", severity=ERROR,
    bad={"id": "before", "date": "2021-04-01", "/upcoming/0/record": "geneva-talks"},
    good={"id": "before", "date": "2021-04-01", "/upcoming/0/record": "geneva-talks", "/upcoming/0/date": "2021-05"},
    at="/upcoming/0/date",
    says="announced for 2021-06, but recorded for 2021-05-03",
)  # fmt: skip
def announcement_contradicted(index: Index) -> Iterator[Across]:
    """An event's own record has another date or place than the one for which another record announces it.

    One of the two is wrong, or the event was moved and its record does not say so.

    Correct the one that is wrong. If the event was moved, put the announced date into its `previousDates`.
    """
    for link in index.links:
        for summary in _latest(index.records.get(link.record, [])):
            announced, actual = parsed(link.date), parsed(summary.date)
            recorded = [actual, *map(parsed, summary.previous)]
            if announced and actual and not any(date and _agree(announced, date) for date in recorded):
                issue = Issue((*link.path, "date"), f"announced for {link.date}, but recorded for {summary.date}")
                yield Across(link.home, issue, summary.home, ("date",), "the event's own record says this")
            if link.place and summary.places and all(_differ(link.place, place) for place in summary.places):
                issue = Issue((*link.path, "place"), "announced for another place than the one recorded")
                yield Across(link.home, issue, summary.home, ("places",), "the event's own record says this")


def _latest(summaries: list[Summary]) -> list[Summary]:
    """The newest revision of a record, if there is one."""
    return [max(summaries, key=lambda summary: summary.revision)] if summaries else []


def _agree(announced: Edtf, actual: Edtf) -> bool:
    """Whether what happened can be what was announced: within it, or given less precisely."""
    if announced.uncertain or announced.approximate or actual.uncertain or actual.approximate:
        return True
    return announced.contains(actual) or actual.contains(announced)


def _differ(one: Locality, other: Locality) -> bool:
    return any(mine and theirs and mine != theirs for mine, theirs in zip(one, other, strict=True))


@Rule(
    "corpus/identity-conflict", severity=WARNING,
    bad={"id": "other-talks", "date": "2021-05-02", "/parties/0/identifiers": _Q1, "/people/0/identifiers": _Q1},
    good={"id": "other-talks", "date": "2021-05-02", "/parties/0/identifiers": _Q1, "/parties/0/names": [
        {"text": "Ruiz Republic"}], "/people/0/identifiers": _Q1},
    at="/people/0",
    says="`Q1` is Ana Ruiz here and Freedonia in another record",
    fixed={"id": "other-talks", "date": "2021-05-02", "/parties/0/identifiers": _Q1,
            "/people/0/identifiers": [{"scheme": "wikidata", "value": "Q2"}]},
)  # fmt: skip
def identity_conflict(index: Index) -> Iterator[Across]:
    """One Wikidata id has two names that have no word in common.

    Either two people or parties have the same id, or one of them has the wrong id.

    Correct the id. If both names are right, add the other one to `names`.
    """
    for qid, identities in index.identities.items():
        first = identities[0]
        for other in identities[1:]:
            if not first.words & other.words:
                issue = Issue(other.path, f"`{qid}` is {other.name} here and {first.name} in another record")
                yield Across(other.home, issue, first.home, first.path, "the other name is here")


@Rule(
    "corpus/possible-duplicate-event", severity=WARNING,
    bad={"id": "freedonia-sylvania-2021"}, good={"id": "freedonia-sylvania-2021", "type": "signing"}, at="/id",
    says="`freedonia-sylvania-2021` looks like the same event as `geneva-talks`",
)  # fmt: skip
def possible_duplicate_event(index: Index) -> Iterator[Across]:
    """Two records with different ids look like the same event.

    They have the same type, day, place and parties. Statistics would count the event twice.

    Keep one record with the sources of both. If there were two events, let one name the other in `related`.
    """
    for summaries in index.events.values():
        first = summaries[0]
        for other in summaries[1:]:
            if other.id != first.id and first.id not in other.linked and other.id not in first.linked:
                issue = Issue(("id",), f"`{other.id}` looks like the same event as `{first.id}`")
                yield Across(other.home, issue, first.home, ("id",), "the other record is here")


def run(
    index: Index, chosen: frozenset[str], rules: Mapping[str, Rule]
) -> tuple[list[tuple[str, Across]], list[tuple[str, str]]]:
    """The issues that the chosen rules find in a finished index; and the rules that could not check everything, and why."""
    alone = {"corpus/unknown-record"} & chosen if index.size == 1 and index.links else set()
    found = [(id, across) for id in rules if id in chosen - alone for across in rules[id].check(index)]
    return found, [(id, "the record was checked alone") for id in alone]
