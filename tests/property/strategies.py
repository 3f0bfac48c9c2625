"""Strategies of valid records: rich, self-consistent, and free of any finding; they shrink to tiny ones.

A record is drawn from its registers outwards, so that every reference resolves; each claim adds the passage that it
quotes to a source, and the texts are put together last, when the offsets of all passages are known.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from diplomatic_events import edtf
from diplomatic_events.schema.codelists import codelist
from diplomatic_events.sources.names import spelling
from property.model import RECORD, VERSION, codes, parts
from property.words import (
    LANGUAGES,
    QUOTATION_MARKS,
    clocks,
    code,
    dates,
    days,
    duration,
    identifiers,
    language_tags,
    namespaces,
    objects,
    points,
    texts,
    urls,
    verbatim,
    words,
    zones,
)  # fmt: skip

Json = dict[str, Any]
TWO_SIDED: Final = ("meeting", "visit", "summit", "negotiation", "consultation")
"""The types of event to which two parties belong."""
HEADS: Final = ("head", "co-head")
BOUND_IN_TIME: Final = ("part-of", "includes", "sidelines-of", "follows-up", "followed-by", "prepares", "prepared-by")
"""The relations of events that do not allow any two dates."""
ENVOYS: Final = ("ambassador", "charge-d-affaires")


def records(*, complete: bool = False, **fixed: Any) -> st.SearchStrategy[Json]:
    """Valid records without a finding of any severity, whose sources' texts stand in them.

    ``complete`` records have every property that can stand beside those that were chosen. ``fixed`` are `status`, `type` and
    `parties` (how many), where they matter.
    """
    return _drawn(complete, in_files=False, fixed=fixed).map(lambda drawn: drawn[0])


def records_with_files() -> st.SearchStrategy[tuple[Json, dict[str, str]]]:
    """Such records, some of whose texts lie in files beside them, and those files."""
    return _drawn(complete=False, in_files=True, fixed={})


@st.composite
def _drawn(draw: st.DrawFn, complete: bool, in_files: bool, fixed: Json) -> tuple[Json, dict[str, str]]:
    draft = Draft(draw, complete, fixed)
    draft.write()
    return draft.record, draft.finish(in_files)


class Draft:
    """A record that is being drawn: what it has registered so far, and the passages that its evidence quotes."""

    def __init__(self, draw: st.DrawFn, complete: bool, fixed: Json) -> None:
        self.draw, self.complete, self.fixed = draw, complete, fixed
        self.record: Json = {}
        self.members: dict[str, str] = {}
        self.persons: dict[str, str] = {}
        self.outsiders: list[str] = []
        self._passages: dict[str, list[tuple[Json, str]]] = {}
        self._ids = 0

    # --- small choices

    def maybe(self) -> bool:
        return self.complete or self.draw(st.booleans())

    def likely(self) -> bool:
        """For what a record is made of, so that not only complete ones have it."""
        return self.complete or self.draw(st.sampled_from((False, True, True)))

    def optional(self, into: Json, **strategies: st.SearchStrategy[Any]) -> None:
        for name, strategy in strategies.items():
            if self.maybe():
                into[name] = self.draw(strategy)

    def code(self, codelist: str) -> str:
        return self.draw(code(codelist))

    def some(self, choices: Sequence[str], least: int = 1) -> list[str]:
        """Some of a few choices, each once; all of them in a complete record."""
        if self.complete:
            return list(choices)
        return self.draw(st.lists(st.sampled_from(choices), min_size=least, max_size=4, unique=True))

    def several(self, one: Callable[[], Any], least: int, most: int) -> list[Any]:
        """So many things, each of which can be left out by itself when a record is shrunk."""
        return self.draw(st.lists(st.builds(one), min_size=least, max_size=most))

    def id(self, kind: str) -> str:
        self._ids += 1
        style = self.draw(st.sampled_from(("", "-a", ".b_2-c", f"-{'x' * 110}")))
        return f"{kind}{self._ids}{style}"

    # --- evidence

    def quote(self, exact: str | None = None, source: str | None = None) -> Json:
        """A piece of evidence; where its passage stands is settled at the end."""
        source = source or self.draw(st.sampled_from([entry["id"] for entry in self.record["sources"]]))
        evidence = {"source": source, "exact": self.draw(verbatim()) if exact is None else exact}
        self._passages.setdefault(source, []).append((evidence, evidence["exact"]))
        return evidence

    def prove(self, into: Json, *, needed: bool = False) -> None:
        """Give an entry one or two pieces of evidence."""
        if needed or self.maybe():
            into["evidence"] = self.several(self.quote, 1, 2)

    # --- the record

    def write(self) -> None:
        record, draw = self.record, self.draw
        types = (self.fixed["type"],) if "type" in self.fixed else ("conference", *codes("event-type"))
        language = draw(st.sampled_from(tuple(LANGUAGES)))
        record |= {"schemaVersion": VERSION, "id": "r", "language": language, "title": draw(texts())}
        self.optional(record, name=texts(), occasion=texts(), purpose=texts(), milestone=texts(),
                      identifiers=_identifiers())  # fmt: skip
        record["type"] = draw(st.sampled_from(types))
        record["status"] = self.fixed.get("status") or self.code("event-status")
        record["date"] = draw(dates())
        self.date = edtf.parse(record["date"])
        self.near = (self.date.first or self.date.last or edtf.FIRST_DAY).year
        record["sources"] = []
        self.several(self.source, 2 if self.complete else 1, 3)
        self.countries = [entry for entry in codelist("country").values() if self._exists(entry)]
        self.optional(record, mode=st.sampled_from(("in-person", "hybrid") if self.complete else codes("mode")))
        self.parties()
        self.places()
        if record["status"] == "held" or self.likely():
            self.delegations()
        self.head()
        self.agents()
        self.programme()
        self.statements()
        self.outcomes()
        self.events()
        self.use_all_parties()
        if self.maybe():
            self.record["irrelevant"] = self.several(self.irrelevant_passage, 1, 2)
        self.prove_sources()
        self.annotations()

    def head(self) -> None:
        record, draw = self.record, self.draw
        self.optional(record, time=_clock_spans(self.date.is_interval), topics=_topics())
        record |= {"$schema": draw(verbatim())} if self.maybe() else {}
        if record["type"] == "visit":
            self.optional(record, visitType=code("visit-type"))
        if self.maybe():
            record["stay"] = record["date"]
        if self.maybe():
            record["agenda"] = self.several(self.agenda_item, 1, 2)
        if self.maybe():
            previous = draw(st.lists(dates(self.near), min_size=1, max_size=2, unique=True))
            record["previousDates"] = [date for date in previous if date != record["date"]] or ["1899-12"]
        if self.maybe():
            record["statusChange"] = change = {"reason": draw(texts())}
            self.optional(change, date=dates(self.near), by=self.party_ids())
            self.prove(change)
        if self.maybe():
            record["series"] = self.series()
        if self.maybe():
            record["revision"] = revision = {"number": draw(st.integers(1, 10**6) | st.just(2.0))}
            self.optional(revision, date=days(), note=texts())
        if self.maybe():
            two = sorted(draw(st.lists(days(), min_size=2, max_size=2)))
            record["provenance"] = {"created": two[0], "modified": two[1]}
            self.optional(record["provenance"], method=code("provenance-method"), by=texts(),
                          tool=texts(), license=texts())  # fmt: skip
        self.optional(record, extensions=st.dictionaries(namespaces(), objects(), min_size=1, max_size=2))

    def _exists(self, country: Any) -> bool:
        if country.deprecated:
            return False
        if self.complete:
            return not country.valid_from and not country.valid_until
        early = country.valid_from and self.date.last and self.date.last.year < country.valid_from
        return not early and not (
            country.valid_until and self.date.first and self.date.first.year > country.valid_until
        )

    def agenda_item(self) -> Json:
        item: Json = {"title": self.draw(texts())}
        self.optional(item, topics=_topics())
        self.prove(item)
        return item

    def agents(self) -> None:
        """Who asked for the event, invited to it or received for a host, and whom it honoured; some took no part."""
        record = self.record
        if self.maybe():
            self.outsiders = [self.person() for _ in range(2)]
        agents = [*self.party, *self.members, *self.outsiders]
        self.optional(record, initiatedBy=st.builds(lambda: self.some(agents)),
                      invitedBy=st.builds(lambda: self.some(agents)), honours=self.principals())  # fmt: skip
        for host in record.get("hosts", ()):
            if self.members or self.outsiders:
                self.optional(host, person=st.sampled_from([*self.members, *self.outsiders]))
        if self.outsiders and "honours" not in record:
            record["honours"] = self.outsiders
        elif self.outsiders:
            record["honours"] = list(dict.fromkeys([*record["honours"], *self.outsiders]))

    def principals(self) -> st.SearchStrategy[list[str]]:
        """Parties and people."""
        return st.builds(lambda: self.some([*self.party, *self.persons.values(), *self.outsiders]))

    def source(self) -> None:
        draw, record = self.draw, self.record
        source: Json = {"id": self.id("s"), "type": self.code("source-type")}
        self.optional(source, publisher=texts(), author=texts(), title=texts(), url=urls(), dateline=_without_words(),
                      language=language_tags(), rights=texts(), identifiers=_identifiers())  # fmt: skip
        if self.maybe():
            published = draw(dates(self.near))
            date = edtf.parse(published)
            before, after = date.certainly_before(self.date), self.date.certainly_before(date)
            wrong = (record["status"] == "held" and before) or (record["status"] == "announced" and after)
            source["published"] = record["date"] if wrong else published
        if self.maybe():
            retrieved = draw(days(self.near + 5 if self.near < 9990 else self.near))
            if not edtf.parse(retrieved).certainly_before(edtf.parse(source.get("published", retrieved))):
                source["retrieved"] = retrieved
        if self.maybe():
            cited = [{"source": str(other["id"])} for other in record["sources"]]
            source["cites"] = [{"text": draw(texts())}, *cited]
        record["sources"].append(source)

    def parties(self) -> None:
        record = self.record
        least = 4 if self.complete else 2 if record["type"] in TWO_SIDED else 1
        number = self.fixed.get("parties")
        record["parties"] = []
        self.several(self.party_of_the_register, number or least, number or 5)
        self.party = [party["id"] for party in record["parties"]]

    def party_of_the_register(self) -> None:
        draw, registered = self.draw, self.record["parties"]
        kinds = ("state", "state", "group", "other") if self.complete else ()
        index = len(registered)
        kind = kinds[index] if index < len(kinds) else draw(st.sampled_from(("group", *codes("party-type"))))
        party: Json = {"id": self.id("p"), "type": kind, "name": f"the {self.new_name(registered)}"}
        states = [other["country"] for other in registered if other["type"] == "state"]
        country = draw(st.sampled_from([country for country in self.countries if country.code not in states]))
        if kind == "state":
            party |= {"country": country.code, "name": country.label}
        elif self.maybe():
            party["country"] = country.code
        self.optional(party, names=_names(), identifiers=_identifiers(), several=st.just(True))
        self.tell_apart(party, registered)
        if registered and self.maybe():
            party["members"] = self.some([other["id"] for other in registered])
        self.prove(party)
        registered.append(party)

    def new_name(self, registered: list[Json]) -> str:
        """A name that is no spelling of one that a register has."""
        known = {spelling(name) for other in registered for name in _every_name(other)} - {""}
        return self.draw(texts().filter(lambda name: spelling(name) not in known))

    def tell_apart(self, entry: Json, registered: list[Json]) -> None:
        """Leave out the other names and the identifiers of an entry that are those of others in a register."""
        known = {spelling(name) for other in registered for name in _every_name(other)} - {""}
        taken = [identifier for other in registered for identifier in other.get("identifiers", ())]
        names = [
            name
            for name in entry.pop("names", ())
            if spelling(name["text"]) not in known and not name["text"].isupper()
        ]
        identifiers = [identifier for identifier in entry.pop("identifiers", ()) if identifier not in taken]
        entry |= {"names": names} if names else {}
        entry |= {"identifiers": identifiers} if identifiers else {}

    def party_ids(self) -> st.SearchStrategy[list[str]]:
        return (
            st.builds(list, st.just(self.party))
            if self.complete
            else st.lists(st.sampled_from(self.party), min_size=1, unique=True)
        )

    def place(self) -> Json:
        place: Json = {"name": self.draw(texts())}
        self.optional(place, venue=texts(), city=texts(), region=texts(), identifiers=_identifiers(),
                      country=st.sampled_from([entry.code for entry in self.countries]))  # fmt: skip
        if self.maybe():
            place["coordinates"] = {
                "latitude": self.draw(st.sampled_from((-90, 0, 90)) | st.floats(-90, 90)),
                "longitude": self.draw(st.sampled_from((-180, 0.0, 180)) | st.floats(-180, 180)),
            }
        return place

    def places(self) -> None:
        """Places and hosts: a host that is a state has a place in it, if the places have countries."""
        record = self.record
        if record.get("mode") not in ("phone", "video", "correspondence") and self.maybe():
            record["places"] = self.several(self.place, 1, 2)
        if not self.maybe():
            return
        here = {place.get("country") for place in record.get("places", ())} - {None}
        states = {party["id"]: party["country"] for party in record["parties"] if party["type"] == "state"}
        fit = [party for party in self.party if not here or states.get(party, next(iter(here))) in here]
        if fit:
            record["hosts"] = [{"party": party} for party in self.some(fit)]
            for host in record["hosts"]:
                self.prove(host)

    def person(self) -> str:
        """A person of the register: a new one each time."""
        registered = self.record.setdefault("people", [])
        name = self.new_name(registered)
        person: Json = {"id": self.id("h"), "name": name}
        self.optional(
            person, familyName=st.just(name), givenName=st.just(name), names=_names(), identifiers=_identifiers()
        )
        self.tell_apart(person, registered)
        if self.maybe():
            person["offices"] = [self.office(self.party[0])]
        person["evidence"] = [self.quote(name)]  # some source names everyone
        registered.append(person)
        return str(person["id"])

    def office(self, sender: str) -> Json:
        office: Json = {"title": self.draw(_without_words())}
        self.optional(office, portfolio=code("portfolio"), tenure=code("office-tenure"),
                      of=st.sampled_from(self.party))  # fmt: skip
        receivers = [party for party in self.party if party != office.get("of", sender)]
        if receivers:
            self.optional(office, level=code("office-level"))
            if office.get("level") in ENVOYS or self.maybe():
                office["accreditedTo"] = self.draw(st.sampled_from(receivers))
        return office

    def member(self, party: str, *, head: bool = False) -> Json:
        member: Json = {"id": self.id("m")}
        form = "person" if head else self.draw(st.sampled_from(("office", "person", "several", "count")))
        if form == "person":
            member["person"] = self.persons[member["id"]] = self.person()
        if form != "person" or self.maybe():
            member["office"] = self.office(party)
        if form == "several":
            member["several"] = True
        if form == "count":
            member["count"] = self.draw(st.integers(1, 12))
        if head:
            member["role"] = "head"
        elif self.maybe():
            member["role"] = self.draw(st.sampled_from([role for role in codes("member-role") if role not in HEADS]))
        if self.maybe():
            member["mode"] = self.code("mode")
        if self.members and self.maybe():
            member["accompanies"] = self.some(list(self.members))
        self.members[member["id"]] = party
        self.prove(member)
        return member

    def delegation(self, party: str) -> Json:
        delegation: Json = {"id": self.id("d"), "party": party, "capacity": self.code("delegation-capacity")}
        self.optional(delegation, designation=_without_words(), mode=code("mode"))
        if self.likely():
            head = [self.member(party, head=True)] if self.maybe() else []
            least = (2 if self.complete else 1) - len(head)
            delegation["members"] = head + self.several(lambda: self.member(party), least, 3 - len(head))
            if not head and self.maybe():
                for member in delegation["members"][:2]:
                    member["role"] = "co-head"
            if self.maybe():
                least = sum(member.get("count", 1) for member in delegation["members"])
                delegation["size"] = self.draw(st.integers(least, least + 5) | st.just(10**6))
        self.prove(delegation, needed=True)
        delegation["evidence"].append(self.quote(f" {delegation.get('size', 0)} "))
        return delegation

    def delegations(self) -> None:
        sides = 2 if self.record["type"] in TWO_SIDED else 1
        present = self.draw(
            st.integers(len(self.party) if self.complete else min(sides, len(self.party)), len(self.party))
        )
        self.record["delegations"] = [self.delegation(party) for party in self.party[:present]]
        if self.members and self.maybe():
            self.record["chairs"] = self.some(list(self.members))

    def programme(self) -> None:
        self.items: list[str] = []
        if not self.maybe():
            return
        self.record["programme"] = self.several(self.programme_item, 1, 2)

    def programme_item(self) -> Json:
        item: Json = {"id": self.id("i"), "title": self.draw(texts())}
        self.optional(item, type=code("programme-item-type"), place=st.builds(self.place), topics=_topics(),
                      visitType=code("visit-type"), status=code("event-status"), honours=self.principals())  # fmt: skip
        delegations = [entry["id"] for entry in self.record.get("delegations", ())]
        if self.maybe():
            present = self.draw(st.sampled_from((list(self.members), delegations)))
            item["audience"] = self.some([*self.party, *self.outsiders, *present])
        if delegations and self.maybe():
            item["participants"] = [self.draw(st.sampled_from(delegations))]
        interval = self.date.is_interval
        if self.maybe():
            text = self.draw(dates(self.near))
            drawn = edtf.parse(text)
            ends = [end for end in (drawn.start, drawn.end) if end] or [drawn]
            date = drawn if all(map(self.date.overlaps, ends)) else self.date
            item["date"], interval = date.text, date.is_interval
        self.optional(item, time=_clock_spans(interval))
        if self.members:
            self.optional(item, participants=st.builds(lambda: self.some(list(self.members))),
                          chairs=st.builds(lambda: self.some(list(self.members))))  # fmt: skip
        self.prove(item)
        self.items.append(item["id"])
        return item

    def statements(self) -> None:
        delegations = {entry["id"]: entry["party"] for entry in self.record.get("delegations", ())}
        self.party_of = delegations | self.members
        if self.likely():
            self.record["statements"] = []
            self.several(self.statement, 2 if self.complete else 1, 3)

    def statement(self) -> None:
        """A statement, unless its words have been said before."""
        said, party_of = self.record["statements"], self.party_of
        forms = ("direct", "indirect") if self.complete else ()
        statement: Json = {"id": self.id("t"), "speakers": self.some([*party_of, *self.outsiders, *self.party])[:2]}
        own = {party_of.get(speaker, speaker) for speaker in statement["speakers"]} | {
            self.persons[speaker] for speaker in statement["speakers"] if speaker in self.persons
        }
        principals = [other for other in [*self.party, *self.persons.values()] if other not in own]
        if principals and self.maybe():
            statement["onBehalfOf"] = self.some(principals)
        if self.maybe():
            statement["addressees"] = self.some([*self.party, *party_of, *self.outsiders])
        agents = [*self.party, *self.members, *self.outsiders]
        about = [*self.party, *self.persons.values(), *(other["id"] for other in said)]
        self.optional(statement, reportedBy=st.sampled_from(agents), about=st.builds(lambda: self.some(about)),
                      date=dates(self.near), channel=code("channel"))  # fmt: skip
        if said and self.maybe():
            statement["inReplyTo"] = said[-1]["id"]
        form = forms[len(said)] if len(said) < len(forms) else self.code("statement-form")
        text = self.draw(words(self.record["language"]))
        statement |= {"form": form, "text": text}
        self.optional(statement, act=code("speech-act"), topics=_topics(), language=language_tags())
        if self.items and self.maybe():
            statement["programmeItem"] = self.draw(st.sampled_from(self.items))
        if text not in [other["text"] for other in said]:
            statement["evidence"] = [self.quote(self._said(form, text))]
            said.append(statement)

    def _said(self, form: str, text: str) -> str:
        """The passage of a statement: its words between quotation marks, or a report of them."""
        if form in ("direct", "mixed") or (form != "indirect" and self.draw(st.booleans())):
            marks = self.draw(st.sampled_from(QUOTATION_MARKS))
            opening, closing = marks[0], marks[1]
            more = self.draw(st.sampled_from(("", " ,", " (x)")))
            return f"{opening}{text}{closing}{more}"
        return f"{self.draw(words(self.record['language']))} {text}."

    def outcomes(self) -> None:
        if self.likely():
            self.record["outcomes"] = []
            self.several(self.outcome, 2 if self.complete else 1, 3)

    def outcome(self) -> None:
        outcome: Json = {"id": self.id("o"), "type": self.code("outcome-type"), "title": self.draw(_without_words())}
        self.optional(outcome, status=code("outcome-status"), effective=dates(self.near), url=urls(),
                      addressees=self.party_ids(), identifiers=_identifiers(), parties=self.party_ids(),
                      topics=_topics(), due=dates(self.near), amounts=_amounts(),
                      proposedBy=st.builds(lambda: self.some([*self.party, *self.members, *self.outsiders])))  # fmt: skip
        outcomes = self.record["outcomes"]
        numbers: tuple[Json, ...] = ({"several": True}, {"count": 12}, {})
        outcome |= numbers[len(outcomes) % 2] if self.complete else self.draw(st.sampled_from(numbers))
        if outcomes and self.maybe():
            outcome["partOf"] = outcomes[-1]["id"]
        fit = [id for id, party in self.members.items() if party in outcome.get("parties", [party])]
        if fit and self.maybe():
            signatories = self.some(fit)
            witnesses = [id for id in self.members if id not in signatories]
            if self.complete:
                signatories, witnesses = fit[:-1], fit[-1:]
            outcome["signatories"] = signatories
            if witnesses and self.maybe():
                outcome["witnesses"] = self.some(witnesses)
        if self.maybe():
            ways: dict[str, list[str]] = {}
            for party in self.party:
                way = self.draw(st.sampled_from(["for", "against", "abstained", "absent"]))
                ways.setdefault(way, []).append(party)
            outcome["votes"] = votes = dict[str, Any](ways)
            if self.maybe():
                votes["counts"] = {way: len(ways[way]) if way in ways else self.draw(st.integers(0, 10**6))
                                   for way in ("for", "against", "abstained", "absent")}  # fmt: skip
        if self.items and self.maybe():
            outcome["programmeItem"] = self.draw(st.sampled_from(self.items))
        self.prove(outcome, needed=True)
        for amount in outcome.get("amounts", ()):
            outcome["evidence"].append(self.quote(f" {Decimal(str(amount['value'])):f} "))
        outcomes.append(outcome)

    def series(self) -> Json:
        series: Json = {"name": self.draw(texts())}
        self.optional(series, edition=st.integers(1, 10**6), organizer=st.sampled_from(self.party))
        return series

    def events(self) -> None:
        """Announced and related events."""
        if self.maybe():
            self.record["upcoming"] = self.several(self.event, 1, 2)
        if self.maybe():
            self.record["related"] = self.several(lambda: self.event(self.code("event-relation")), 1, 2)

    def event(self, relation: str | None = None) -> Json:
        """Another event; it does not lie before what is known of this one."""
        event: Json = {"id": self.id("e")}
        event |= {"relation": relation} if relation else {}
        event["title"] = self.draw(texts())
        types = ("visit", *codes("event-type"))
        self.optional(event, type=st.sampled_from(types[:2] if self.complete else types), status=code("event-status"), record=st.just("other-record"),
                      place=st.builds(self.place), organizers=self.party_ids(), participants=self.party_ids(),
                      series=st.builds(self.series), level=code("office-level"), topics=_topics())  # fmt: skip
        if event.get("type", "visit") == "visit":
            self.optional(event, visitType=code("visit-type"))
        if self.maybe():
            event["statusChange"] = change = {"reason": self.draw(texts())}
            self.optional(change, date=dates(self.near), by=self.party_ids())
            self.prove(change)
        if self.maybe():
            event["people"] = self.several(self.attendee, 1, 2)
        if self.maybe():
            date, now = self.draw(dates(self.near)), self.now()
            early = now is not None and edtf.parse(date).certainly_before(now)
            if not early or self.record["status"] == "held":
                event["date"] = self.record["date"] if early or relation in BOUND_IN_TIME else date
        self.prove(event, needed=relation is None)
        return event

    def attendee(self) -> Json:
        attendee: Json = {"person": self.person()}
        self.optional(attendee, party=st.sampled_from(self.party), role=code("member-role"))
        return attendee

    def now(self) -> edtf.Edtf | None:
        """The day from which on events can be announced: that of this event, or of the first report of one to come."""
        if self.record["status"] == "held":
            return self.date
        reports = [edtf.parse(source["published"]) for source in self.record["sources"] if "published" in source]
        return min((date for date in reports if date.first), key=lambda date: str(date.first), default=None)

    def use_all_parties(self) -> None:
        """Where there are delegations, every party must be of some use; who is of none gets a delegation."""
        if "delegations" in self.record:
            used = {
                value
                for path, _, value in parts(self.record)
                if isinstance(value, str) and value in self.party and path[:1] != ("parties",)
            } | {member for party in self.record["parties"] for member in party.get("members", ())}
            self.record["delegations"] += [self.delegation(party) for party in self.party if party not in used]

    def irrelevant_passage(self) -> Json:
        passage: Json = {"reason": self.draw(texts())}
        self.prove(passage, needed=True)
        return passage

    def prove_sources(self) -> None:
        """Sources may have evidence of what is said of them; where there is any at all, every source is quoted."""
        for source in self.record["sources"]:
            self.prove(source)
        if not self._passages and not self.maybe():
            return
        ids = [source["id"] for source in self.record["sources"]]
        missing = ids if self.complete else [id for id in ids if id not in self._passages]
        if missing:
            self.record["evidence"] = [self.quote(source=id) for id in missing]

    def annotations(self) -> None:
        if not self.maybe():
            return
        self.record["annotations"] = []
        name = f"{self.party[0]}/name"
        source = self.record["sources"][0]["id"]
        targets = {
            "/date": points(), "/title": texts(), "/type": code("event-type"), name: texts(),
            source: st.just({"id": "s0", "type": "other"}), "": st.nothing(),
        }  # fmt: skip
        for target in self.some(list(targets)):
            note: Json = {"target": target, "kind": self.code("annotation-kind"), "basis": self.draw(texts())}
            other = self.draw(targets[target]) if target else None
            current = {"/date": self.record["date"], "/title": self.record["title"], "/type": self.record["type"],
                       name: self.record["parties"][0]["name"]}.get(target)  # fmt: skip
            if target and other != current and not (target == "/type" and other == "visit") and self.maybe():
                note["alternatives"] = [{"value": other}]
                self.prove(note["alternatives"][0])
            self.record["annotations"].append(note)
        if self.maybe():
            several = {
                "targets": [f"{self.party[0]}/type", "/status"],
                "kind": "corrected",
                "basis": self.draw(texts()),
            }
            self.record["annotations"].append(several)

    # --- the texts

    def finish(self, in_files: bool) -> dict[str, str]:
        """Put the texts of the sources together and say where each passage stands; the files, if there are any."""
        files: dict[str, str] = {}
        for number, source in enumerate(self.record["sources"]):
            passages = self._passages.get(source["id"], [])
            if not passages:
                continue  # a text that is never quoted is reported
            text, starts = self._text([exact for _, exact in passages])
            for (evidence, _), start in zip(passages, starts, strict=True):
                self._point(evidence, text, start)
            if in_files and self.draw(st.booleans()):
                source["textFile"] = name = self.draw(
                    st.sampled_from(("text{}.txt", "a b/тéxt{}.md", "x.d/{}"))
                ).format(number)
                files[name] = text
            else:
                source["text"] = text
            if self.maybe():
                source["sha256"] = hashlib.sha256(text.encode()).hexdigest()
        return files

    def _text(self, passages: list[str]) -> tuple[str, list[int]]:
        gaps = st.sampled_from(("", " ", "\r\n", "\n\n", " …协👍\u0301 "))
        text, starts = self.draw(gaps), []
        for passage in passages:
            starts.append(len(text))
            text += passage + self.draw(gaps)
        return text or "x", starts

    def _point(self, evidence: Json, text: str, start: int) -> None:
        """Say which occurrence is meant: by offsets, by the words around it, by both, or not at all if there is one."""
        exact = evidence["exact"]
        end = start + len(exact)
        way = self.draw(st.sampled_from(("words", "offsets", "context", "both")))
        reach = self.draw(st.integers(1, 5))
        before, after = text[max(0, start - reach) : start], text[end : end + reach]
        if way == "words":
            before = after = ""
        whole = before + exact + after
        first = text.find(whole)
        settled = first == start - len(before) and text.find(whole, first + 1) < 0
        if way in ("context", "both"):
            evidence |= {"prefix": before} if before else {}
            evidence |= {"suffix": after} if after else {}
        if way in ("offsets", "both") or not settled or self.complete:
            evidence |= {"start": start, "end": end}


@cache
def _clock_spans(past_midnight: bool) -> st.SearchStrategy[Json]:
    """Times of an event; one that ends on the day of its beginning does not end before it."""
    start = clocks().map(lambda clock: {"start": clock})
    part = code("part-of-day").map(lambda part: {"partOfDay": part})
    length = st.integers(1, 999 * 60).map(lambda minutes: {"duration": duration(minutes)})
    both = st.tuples(clocks(), clocks(), zones(), st.booleans()).map(lambda parts: _span(*parts, past_midnight))
    return start | length | both | part


def _span(one: str, other: str, zone: str, long: bool, past_midnight: bool) -> Json:
    start, end = (one, other) if past_midnight else sorted((one, other))
    hours, minutes = (int(end[at : at + 2]) - int(start[at : at + 2]) for at in (0, 3))
    between = (hours * 60 + minutes) % (24 * 60)
    span = {"start": start, "end": end, "timeZone": zone}
    if not long or not (between or past_midnight):
        return span  # what ends when it begins has no length that a record could give
    return span | {"duration": duration(between or 24 * 60)}


@cache
def _topics() -> st.SearchStrategy[list[str]]:
    return st.lists(code("topic"), min_size=1, max_size=3, unique=True)


@cache
def _amounts() -> st.SearchStrategy[list[Json]]:
    units = st.sampled_from(("EUR", "troops", "percent"))
    amount = st.fixed_dictionaries(
        {"value": st.integers(0, 10**15) | st.floats(0, 10**15), "unit": units}, optional={"note": texts()}
    )
    return st.lists(amount, min_size=1, max_size=2, unique_by=lambda amount: amount["value"])


@cache
def _names() -> st.SearchStrategy[list[Json]]:
    scripts = st.sampled_from(sorted(codelist("script")))
    known = {"language": language_tags(), "script": scripts, "kind": code("name-kind")}
    name = st.fixed_dictionaries({"text": texts()}, optional=known)
    return st.lists(name, min_size=1, max_size=2, unique_by=lambda name: name["text"])


@cache
def _without_words() -> st.SearchStrategy[str]:
    """Texts without words that are long enough to be looked for in the sources."""
    return texts().filter(lambda text: not re.search(r"[^\W\d_]{4}|[\u2e80-\U0003ffff][^\W\d_]", text))


def _every_name(entry: Json) -> list[str]:
    return [entry["name"], *(name["text"] for name in entry.get("names", ()))]


@cache
def _identifiers() -> st.SearchStrategy[list[Json]]:
    return st.lists(identifiers(), min_size=1, max_size=2, unique_by=lambda entry: entry["value"])


__all__ = ["ENVOYS", "RECORD", "TWO_SIDED", "Json", "records", "records_with_files"]
