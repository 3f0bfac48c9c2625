"""`participation/…`: who took part, for whom and in what capacity, without contradiction."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

from diplomatic_events import edtf
from diplomatic_events.findings import Issue, Note
from diplomatic_events.pointers import Pointer, at
from diplomatic_events.rulebook import ERROR, NOTE, WARNING, Rule
from diplomatic_events.rules.circles import circles
from diplomatic_events.rules.record import Entry, Record
from diplomatic_events.schema.codelists import code

_WITHOUT_A_PLACE: Final = {"phone": "telephone call", "video": "video conference", "correspondence": "correspondence"}
_OF_TWO_SIDES: Final = frozenset({"meeting", "visit", "summit", "negotiation", "consultation"})
_WITHOUT_A_HOST: Final = frozenset({"private", "transit", "unofficial"})
_HEADS: Final = {"head": "head", "co-head": "joint head"}
_ENVOYS: Final = {"ambassador": "ambassador", "charge-d-affaires": "chargé d'affaires"}
_SENT_TO_NO_ONE: Final = (
    "spokes", "at-large", "at large", "porte-parole", "itinérant", "portavoz", "porta-voz", "portavoce", "sprecher",
    "официальный представитель", "представитель мид", "пресс-секретарь", "по особым поручениям", "rzecznik", "sözcü", "发言人",
    "發言人", "報道官", "대변인", "ناطق", "متحدث", "سخنگو", "juru bicara", "phát ngôn",
)  # fmt: skip
"""Words by which an office shows that its holder only has the rank of an ambassador."""


@Rule(
    "participation/two-heads", severity=ERROR, apart=("delegations/*/id", "delegations/*/members/*/role"),
    bad={"/delegations/0/members/1": {"id": "deputy", "office": {"title": "Deputy Minister"}, "role": "head"}},
    good={"/delegations/0/members/1": {"id": "deputy", "office": {"title": "Deputy Minister"}, "role": "deputy-head"}},
    at="/delegations/0/members/1/role",
    says="`delegation-freedonia` already has a head",
    helps="a delegation has at most one `head`; two who led it together are both `co-head`",
)  # fmt: skip
def two_heads(record: Record) -> Iterator[Issue]:
    """A delegation has two heads.

    Programs assume that the head speaks for the delegation. If a president and a prime minister both take part, at most
    one of them is the head.

    Keep one `head`, and give the other the role `member` or `deputy-head`. If the source says that they led the
    delegation together, both are `co-head`.
    """
    first: dict[Pointer, tuple[Pointer, str]] = {}
    for path, member, delegation in record.members() if _may_have_two_heads(record) else ():
        role = member.get("role")
        if role not in _HEADS:
            continue
        leader, other = first.setdefault(path[:2], (path, role))
        if leader is not path and "head" in (role, other):
            note = Note((*leader, "role"), f"the first {_HEADS[other]} is here")
            message = f"`{delegation['id']}` already has a {_HEADS[other]}"
            help = "a delegation has at most one `head`; two who led it together are both `co-head`"
            yield Issue((*path, "role"), message, help, notes=(note,))


def _may_have_two_heads(record: Record) -> bool:
    """Whether any delegation has two or more members who lead it; most have one member in all."""
    for _, delegation in record.listed("delegations"):
        members = delegation.get("members", ())
        if len(members) > 1 and sum([member.get("role") in _HEADS for member in members]) > 1:
            return True
    return False


@Rule(
    "participation/party-in-two-delegations", severity=ERROR, apart=("delegations/*/party",),
    bad={"/delegations/2": {"id": "delegation-2", "party": "sylvania", "capacity": "guest"}, "/delegations/2/evidence":
         [{"source": "report", "exact": "The Sylvanian minister"}]},
    good={"/delegations/1/capacity": "guest"}, at="/delegations/2/party",
    says="`sylvania` already has a delegation",
    fixed={"/parties/2": {"id": "ruritania", "type": "other", "name": "Ruritania"},
            "/delegations/2": {"id": "delegation-2", "party": "ruritania", "capacity": "guest"},
            "/delegations/2/evidence": [{"source": "report", "exact": "The Sylvanian minister"}]},
)  # fmt: skip
def party_in_two_delegations(record: Record) -> Iterator[Issue]:
    """A party has two delegations.

    Statistics would count the party twice.

    Put all members of the party into one delegation.
    """
    first: dict[str, Pointer] = {}
    for path, delegation in record.listed("delegations"):
        party = delegation["party"]
        if party in first:
            note = Note((*first[party], "party"), "the first is here")
            yield Issue((*path, "party"), f"`{party}` already has a delegation", notes=(note,))
        first.setdefault(party, path)


@Rule(
    "participation/person-in-two-delegations", severity=WARNING, apart=("delegations/*/members/*/person",),
    bad={"/delegations/1/members/0/person": "ana-ruiz"},
    good={
        "/people/1": {"id": "jan-novak", "name": "Jan Novák"}, "/delegations/1/members/0/person": "jan-novak",
        "/annotations/1": {"target": "jan-novak", "kind": "inferred", "basis": "He was the trade minister in 2021."},
    },
    at="/delegations/1/members/0/person",
    says="`ana-ruiz` is already a member",
)  # fmt: skip
def person_in_two_delegations(record: Record) -> Iterator[Issue]:
    """A person is a member twice.

    This can be right, for example if a president also chairs an organization, but more often the wrong id was copied.

    Correct the reference, or suppress the warning if the person did take part twice.
    """
    first: dict[str, Pointer] = {}
    for path, member, _ in record.members():
        person = member.get("person")
        if person in first:
            note = Note((*first[person], "person"), "the first is here")
            yield Issue((*path, "person"), f"`{person}` is already a member", notes=(note,))
        elif person is not None:
            first[person] = path


@Rule(
    "participation/speaks-for-itself", severity=ERROR, about=("statement.onBehalfOf",),
    needs=("delegations/*/id", "delegations/*/party", "delegations/*/members/*/id", "delegations/*/members/*/person"),
    apart=("statements/*/speakers", "statements/*/onBehalfOf"),
    bad={"/statements/0/onBehalfOf": ["freedonia"]}, good={"/statements/0/onBehalfOf": ["sylvania"]},
    at="/statements/0/onBehalfOf/0",
    says="`ruiz` already speaks for `freedonia`",
    helps="remove the entry, or name the others spoken for",
)  # fmt: skip
def speaks_for_itself(record: Record) -> Iterator[Issue]:
    """A statement was made on behalf of the speaker's own party, or of the speaker.

    Everyone speaks for their own party; `onBehalfOf` is for others.

    Remove the entry, or name the other party or group that the speaker spoke for.
    """
    for path, statement in record.listed("statements"):
        if "onBehalfOf" not in statement:
            continue
        own = {record.party_of(speaker) or speaker: speaker for speaker in statement["speakers"]}
        for speaker in statement["speakers"]:
            member = record.find(speaker, "member")
            if member is not None:
                own[member.value.get("person")] = speaker
        for index, principal in enumerate(statement.get("onBehalfOf", ())):
            if principal in own:
                message = f"`{own[principal]}` already speaks for `{principal}`"
                yield Issue((*path, "onBehalfOf", index), message, "remove the entry, or name the others spoken for")


_ALONE: Final = {"/delegations/1": None, "/statements/1": None, "/outcomes/0/signatories": ["ruiz"], "/parties/1": {
    "id": "sylvania", "type": "other", "name": "Sylvania"}}  # fmt: skip


@Rule(
    "participation/one-sided-meeting", severity=NOTE,
    needs=("type", "visitType", "parties", "delegations/*/party", "hosts", "places", "programme", "related/*/relation"),
    bad=_ALONE, good={**_ALONE, "hosts": [{"party": "sylvania"}]}, at="/delegations",
    says="only one party took part in the meeting",
    helps="add the other side as a delegation, or in `hosts` if the source names nobody of it",
)  # fmt: skip
def one_sided_meeting(record: Record) -> Iterator[Issue]:
    """A meeting or a visit has fewer than two parties.

    It takes two sides to meet; the other one was probably forgotten. A visit whose place is known may do without, as a source
    often names nobody of those visited; so may one that is `private`, `transit` or `unofficial`, or that was made to attend
    another event.

    Add the other party's delegation, or name the party in `hosts`. If a party has no name, make it a group; if a minister has
    none, give the office.
    """
    if record.value["type"] not in _OF_TWO_SIDES or record.value.get("visitType") in _WITHOUT_A_HOST:
        return
    if record.value["type"] == "visit" and any(event["relation"] == "attends" for _, event in record.listed("related")):
        return
    if "delegations" in record.value:
        present = {delegation["party"] for _, delegation in record.listed("delegations")}
        if len(present) < 2 and not _has_another_side(record, present):
            message = f"only one party took part in the {record.value['type']}"
            help = "add the other side as a delegation, or in `hosts` if the source names nobody of it"
            yield Issue(("delegations",), message, help)
    elif len(record.value["parties"]) < 2 and not _has_another_side(record, set()):
        help = "add the other side to `parties`"
        yield Issue(("parties",), f"the {record.value['type']} has only one party", help)


def _has_another_side(record: Record, present: set[str]) -> bool:
    """Whether there is another side than a party that is the only one with a delegation."""
    if record.value["type"] == "visit" and "places" in record.value:
        return True
    others = {host["party"] for _, host in record.listed("hosts")}
    others.update(
        id for _, item in record.listed("programme") for id in item.get("audience", ()) if record.find(id, "party")
    )
    if others - present and present:
        return True
    whole = [party for _, party in record.listed("parties") if not present or party["id"] in present]
    return any("several" in party or len(party.get("members", ())) > 1 for party in whole)


@Rule(
    "participation/place-of-a-call", severity=WARNING, about=("mode",), needs=("mode", "places"),
    bad={"mode": "phone"}, good={"mode": "hybrid"}, at="/places",
    says="a telephone call has no place",
    fixed={"mode": "phone", "places": None},
)  # fmt: skip
def place_of_a_call(record: Record) -> Iterator[Issue]:
    """A telephone call or video conference has a place.

    Nobody met there; a map would show a journey.

    Remove `places`, or correct `mode`.
    """
    mode = record.value.get("mode")
    if mode in _WITHOUT_A_PLACE and "places" in record.value:
        yield Issue(("places",), f"a {_WITHOUT_A_PLACE[mode]} has no place")


@Rule(
    "participation/host-elsewhere", severity=NOTE, about=("hosts",),
    needs=("places", "parties/*/id", "parties/*/type", "parties/*/country"), apart=("hosts/*/party",),
    bad={
        "/parties/2": {"id": "austria", "type": "state", "name": "Austria", "country": "AUT"},
        "hosts": [{"party": "austria"}],
    },
    good={
        "/parties/2": {"id": "switzerland", "type": "state", "name": "Switzerland", "country": "CHE"},
        "hosts": [{"party": "switzerland"}],
    },
    at="/hosts/0/party",
    says="the host `austria` is not the state of the place (CHE)",
)  # fmt: skip
def host_elsewhere(record: Record) -> Iterator[Issue]:
    """The host is a state, but no place of the event is in it.

    A state can host elsewhere, for instance in its embassy, but usually the place or the host is wrong.

    Check the place and the host, and keep both if they are right.
    """
    countries = {place.get("country") for _, place in record.listed("places")} - {None}
    for path, host in record.listed("hosts"):
        party = record.find(host["party"], "party")
        if (
            party is not None
            and party.value["type"] == "state"
            and countries
            and party.value["country"] not in countries
        ):
            where = ", ".join(sorted(str(country) for country in countries))
            yield Issue((*path, "party"), f"the host `{host['party']}` is not the state of the place ({where})")


@Rule(
    "participation/ambassador-without-receiver", severity=NOTE, apart=("delegations/*/members/*/office",),
    bad={"/delegations/1/members/0/office": {"title": "ambassador", "level": "ambassador"}},
    good={"/delegations/1/members/0/office": {"title": "ambassador", "level": "ambassador", "accreditedTo": "freedonia"}},
    at="/delegations/1/members/0/office",
    says="the ambassador has no `accreditedTo`",
    helps="add `accreditedTo` if it is known which party received them",
)  # fmt: skip
def ambassador_without_receiver(record: Record) -> Iterator[Issue]:
    """An ambassador has no `accreditedTo`.

    An ambassador has a sending and a receiving side; the second often follows from the report. A spokesperson or an ambassador
    at large only has the rank.

    Add `accreditedTo`, annotated as inferred if no source says it. Leave it out if it is not known.
    """
    for path, member, _ in record.members():
        office = member.get("office", {})
        if office.get("level") in _ENVOYS and "accreditedTo" not in office and not _has_only_the_rank(office):
            help = "add `accreditedTo` if it is known which party received them"
            yield Issue((*path, "office"), f"the {_ENVOYS[office['level']]} has no `accreditedTo`", help)


def _has_only_the_rank(office: dict[str, Any]) -> bool:
    title = office.get("title", "").casefold()
    return any(word in title for word in _SENT_TO_NO_ONE)


@Rule(
    "participation/accredited-to-itself", severity=ERROR, about=("office.accreditedTo",),
    apart=("delegations/*/members/*/office", "delegations/*/party"),
    bad={"/delegations/1/members/0/office": {"title": "ambassador", "level": "ambassador", "accreditedTo": "sylvania"}},
    good={"/delegations/1/members/0/office": {"title": "ambassador", "level": "ambassador", "accreditedTo": "freedonia"}},
    at="/delegations/1/members/0/office/accreditedTo",
    says="`sylvania` sent this envoy and cannot have received them",
)  # fmt: skip
def accredited_to_itself(record: Record) -> Iterator[Issue]:
    """An envoy is accredited to the party that sent them.

    The sending and the receiving side of an envoy are different parties.

    Name the receiving party in `accreditedTo`, and the sending one in `of` if it is not the delegation's own.
    """
    for path, member, delegation in record.members():
        office = member.get("office", {})
        sender = office.get("of", delegation["party"])
        if office.get("accreditedTo") == sender:
            yield Issue((*path, "office", "accreditedTo"), f"`{sender}` sent this envoy and cannot have received them")


@Rule(
    "participation/state-not-in-existence", severity=WARNING, about=("party.country", "place.country"), needs=("date",),
    apart=("parties/*/country", "places/*/country"),
    bad={"/parties/2": {"id": "ussr", "type": "state", "name": "Soviet Union", "country": "SUN"},
         "/upcoming/0/participants": ["ussr"]},
    good={"/parties/2": {"id": "russia", "type": "state", "name": "Russia", "country": "RUS"},
          "/upcoming/0/participants": ["russia"]},
    at="/parties/2/country",
    says="Soviet Union (`SUN`) ended in 1991, before this event",
)  # fmt: skip
def state_not_in_existence(record: Record) -> Iterator[Issue]:
    """A country's code was not in use on the date of the event.

    A meeting of 2021 cannot be with the Soviet Union, nor one of 1980 with today's Russia.

    Use the code that was in use then. The codelist gives the years of each code, or leaves them empty in case of doubt.
    """
    try:
        date = edtf.parse(record.value["date"])
    except edtf.EdtfError:
        return
    for name in ("parties", "places"):
        for path, entry in record.listed(name):
            found = code("country", entry["country"]) if "country" in entry else None
            if found is None:
                continue
            if found.valid_from and date.last and date.last.year < found.valid_from:
                yield Issue(
                    (*path, "country"), f"{found.label} (`{found.code}`) began in {found.valid_from}, after this event"
                )
            if found.valid_until and date.first and date.first.year > found.valid_until:
                yield Issue(
                    (*path, "country"),
                    f"{found.label} (`{found.code}`) ended in {found.valid_until}, before this event",
                )


@Rule(
    "participation/group-membership-cycle", severity=ERROR, about=("party.members",), needs=("parties/*/id", "parties/*/members"),
    bad={
        "/parties/2": {"id": "group", "type": "group", "name": "The group", "members": ["freedonia", "group"]},
        "/upcoming/0/participants": ["group"],
    },
    good={
        "/parties/2": {"id": "group", "type": "group", "name": "The group", "members": ["freedonia", "sylvania"]},
        "/upcoming/0/participants": ["group"],
    },
    at="/parties/2/members/1",
    says="`group` closes a cycle: `group` is a member of itself",
)  # fmt: skip
def group_membership_cycle(record: Record) -> Iterator[Issue]:
    """A group is a member of itself, directly or through its members.

    A program that counts the members of the group never finishes.

    Remove the member that closes the cycle.
    """
    groups = {party["id"]: (path, party["members"]) for path, party in record.listed("parties") if "members" in party}
    for id, index in circles({id: members for id, (_, members) in groups.items()}):
        path, members = groups[id]
        message = f"`{members[index]}` closes a cycle: `{id}` is a member of itself"
        yield Issue((*path, "members", index), message)


@Rule(
    "participation/visit-type-of-no-visit", severity=ERROR, about=("visitType", "eventReference.visitType", "relatedEvent.visitType"),
    needs=("type", "visitType"),
    apart=("upcoming/*/type", "upcoming/*/visitType", "related/*/type", "related/*/visitType"),
    bad={"visitType": "working"}, good={"type": "visit", "visitType": "working"}, at="/visitType",
    says="a meeting has no type of visit",
    helps="set `type` to `visit`, or remove `visitType`",
)  # fmt: skip
def visit_type_of_no_visit(record: Record) -> Iterator[Issue]:
    """An event that is not a visit has a type of visit.

    One of the two is wrong, and a list of visits would lack this event or contain it wrongly.

    Set `type` to `visit`, or remove `visitType`.
    """
    for path, event in [((), record.value), *record.listed("upcoming"), *record.listed("related")]:
        if "visitType" in event and event.get("type", "visit") != "visit":
            message = f"a {event['type']} has no type of visit"
            yield Issue((*path, "visitType"), message, "set `type` to `visit`, or remove `visitType`")


@Rule(
    "participation/more-members-than-size", severity=WARNING, about=("delegation.size",),
    apart=("delegations/*/size", "delegations/*/members/*/count"),
    bad={"/delegations/0/size": 2, "/delegations/0/members/1": {"id": "aides", "office": {"title": "aides"}, "count": 2}},
    good={"/delegations/0/size": 3, "/delegations/0/members/1": {"id": "aides", "office": {"title": "aides"}, "count": 2}},
    at="/delegations/0/size",
    says="the delegation has 3 members, but its size is 2",
)  # fmt: skip
def more_members_than_size(record: Record) -> Iterator[Issue]:
    """A delegation has more members than its size allows.

    The number of people that the source gives and the recorded members contradict each other.

    Correct `size` or `count`, or move members who belong to another delegation.
    """
    for path, delegation in record.listed("delegations"):
        if "size" not in delegation:
            continue
        total = sum(int(member.get("count", 1)) for member in delegation.get("members", ()))
        if total > delegation["size"]:
            yield Issue(
                (*path, "size"), f"the delegation has {total} members, but its size is {int(delegation['size'])}"
            )


@Rule(
    "participation/votes-twice", severity=ERROR, about=("votes",), apart=("outcomes/*/votes",),
    bad={"/outcomes/0/votes": {"for": ["freedonia", "sylvania"], "abstained": ["sylvania"]}},
    good={"/outcomes/0/votes": {"for": ["freedonia"], "abstained": ["sylvania"]}},
    at="/outcomes/0/votes/abstained/0",
    says="`sylvania` already voted",
)  # fmt: skip
def votes_twice(record: Record) -> Iterator[Issue]:
    """A party is in the lists of votes twice.

    A party has one vote; the count would be wrong.

    Keep the party in the list that the source gives.
    """
    for path, outcome in record.listed("outcomes"):
        first: dict[str, Pointer] = {}
        ways = ((way, parties) for way, parties in outcome.get("votes", {}).items() if way != "counts")
        for way, parties in ways:
            for index, party in enumerate(parties):
                here = (*path, "votes", way, index)
                if party in first:
                    yield Issue(here, f"`{party}` already voted", notes=(Note(first[party], "its first vote is here"),))
                first.setdefault(party, here)


@Rule(
    "participation/votes-miscounted", severity=ERROR, about=("votes",), apart=("outcomes/*/votes",),
    bad={"/outcomes/0/votes": {"for": ["freedonia", "sylvania"], "counts": {"for": 3}}},
    good={"/outcomes/0/votes": {"for": ["freedonia", "sylvania"], "counts": {"for": 2, "against": 0}}},
    at="/outcomes/0/votes/counts/for",
    says="3 are counted, but 2 parties are listed",
)  # fmt: skip
def votes_miscounted(record: Record) -> Iterator[Issue]:
    """The number of votes is not that of the parties that are listed.

    One of the two is wrong, and readers of the number and of the list get different results.

    Correct the number or the list. Where not all parties are known, leave out the list or the number.
    """
    for path, outcome in record.listed("outcomes"):
        votes = outcome.get("votes", {})
        for way, count in votes.get("counts", {}).items():
            if way in votes and count != len(votes[way]):
                parties = "1 party is" if len(votes[way]) == 1 else f"{len(votes[way])} parties are"
                yield Issue((*path, "votes", "counts", way), f"{int(count)} are counted, but {parties} listed")


@Rule(
    "participation/member-beside-delegation", severity=NOTE, about=("programme",),
    needs=("delegations/*/id", "delegations/*/members/*/id"), apart=("programme/*/participants", "programme/*/audience"),
    bad={"programme": [{"id": "talks", "title": "Talks", "participants": ["delegation-freedonia", "ruiz"]}]},
    good={"programme": [{"id": "talks", "title": "Talks", "participants": ["delegation-sylvania", "ruiz"]}]},
    at="/programme/0/participants/1",
    says="`ruiz` belongs to `delegation-freedonia`, which is there as a whole",
    helps="leave out one of the two",
)  # fmt: skip
def member_beside_delegation(record: Record) -> Iterator[Issue]:
    """A programme item names a whole delegation and one of its members.

    Either the whole delegation took part, and the member with it, or only some members did.

    Name the delegation, or only those of its members who took part.
    """
    delegation_of = {member["id"]: delegation["id"] for _, member, delegation in record.members()}
    for path, item in record.listed("programme"):
        for name in ("participants", "audience"):
            present = frozenset(item.get(name, ()))
            for index, id in enumerate(item.get(name, ())):
                delegation = delegation_of.get(id)
                if delegation in present:
                    message = f"`{id}` belongs to `{delegation}`, which is there as a whole"
                    yield Issue((*path, name, index), message, "leave out one of the two")


@Rule(
    "participation/signatory-of-no-party", severity=WARNING, about=("outcome.signatories",),
    needs=("delegations/*/party", "delegations/*/members/*/id"), apart=("outcomes/*/parties", "outcomes/*/signatories"),
    bad={"/outcomes/0/parties": ["freedonia"]}, good={"/outcomes/0/parties": None}, at="/outcomes/0/signatories/1",
    says="`sylvanian-minister` belongs to `sylvania`, which is not among the parties",
    fixed={"/outcomes/0/parties": ["freedonia", "sylvania"]},
)  # fmt: skip
def signatory_of_no_party(record: Record) -> Iterator[Issue]:
    """A signatory belongs to a party that is not a party to the text.

    Either a party is missing from the list or the wrong member is named.

    Add the party to `parties`, or correct the signatory.
    """
    for path, outcome in record.listed("outcomes"):
        parties = outcome.get("parties", ())
        for index, signatory in enumerate(outcome.get("signatories", ()) if parties else ()):
            party = record.party_of(signatory)
            if party not in parties and record.find(party, "party"):
                yield Issue(
                    (*path, "signatories", index),
                    f"`{signatory}` belongs to `{party}`, which is not among the parties",
                )


@Rule(
    "participation/signs-and-witnesses", severity=WARNING, about=("outcome.witnesses",), apart=("outcomes/*/signatories", "outcomes/*/witnesses"),
    bad={"/outcomes/0/witnesses": ["ruiz"]},
    good={
        "/delegations/0/members/1": {"id": "aide", "office": {"title": "aide"}},
        "/outcomes/0/witnesses": ["aide"],
    },
    at="/outcomes/0/witnesses/0",
    says="`ruiz` is also a signatory",
)  # fmt: skip
def signs_and_witnesses(record: Record) -> Iterator[Issue]:
    """A member signed a text for a party and also as its witness.

    A witness is not a party to the text; the same person can hardly be both.

    Keep the member in the list that the source supports.
    """
    for path, outcome in record.listed("outcomes"):
        signatories = frozenset(outcome.get("signatories", ()))
        for index, witness in enumerate(outcome.get("witnesses", ())):
            if witness in signatories:
                yield Issue((*path, "witnesses", index), f"`{witness}` is also a signatory")


@Rule(
    "participation/state-twice", severity=WARNING, about=("party.country",), apart=("parties/*/type", "parties/*/country"),
    bad={
        "/parties/2": {"id": "france", "type": "state", "name": "France", "country": "FRA"},
        "/parties/3": {"id": "french-republic", "type": "state", "name": "French Republic", "country": "FRA"},
        "/upcoming/0/participants": ["france", "french-republic"],
    },
    good={
        "/parties/2": {"id": "france", "type": "state", "name": "France", "country": "FRA"},
        "/parties/3": {"id": "corsica", "type": "subnational-government", "name": "Corsica", "country": "FRA"},
        "/upcoming/0/participants": ["france", "corsica"],
    },
    at="/parties/3/country",
    says="another party is already the state `FRA`",
)  # fmt: skip
def state_twice(record: Record) -> Iterator[Issue]:
    """Two parties are the same state.

    Each party is registered once; statistics would count this state twice.

    Keep one of the two and refer to it everywhere, or correct the country.
    """
    by_country: dict[str, list[Pointer]] = defaultdict(list)
    for path, party in record.listed("parties"):
        if party["type"] == "state":
            by_country[party["country"]].append(path)
    for country, (first, *others) in by_country.items():
        for path in others:
            note = Note((*first, "country"), "the first is here")
            yield Issue((*path, "country"), f"another party is already the state `{country}`", notes=(note,))


_NAMED: Final = ("name", "names", "identifiers")


@Rule(
    "participation/person-twice", severity=WARNING, apart=tuple(f"people/*/{part}" for part in ("id", *_NAMED)),
    bad={"/people/1": {"id": "anna-ruiz", "name": "Aná RUIZ"}, "/upcoming/0/people": [{"person": "anna-ruiz"}]},
    good={"/people/1": {"id": "eva-ruiz", "name": "Eva Ruiz", "names": [{"text": "Ruiz"}]},
          "/upcoming/0/people": [{"person": "eva-ruiz"}]},
    at="/people/1",
    says="this looks like the person `ana-ruiz`",
    helps="keep one of the two, with the other name in `names`, or give the identifiers of both",
    fixed={"/people/1": None, "/upcoming/0/people": [{"person": "ana-ruiz"}]},
)  # fmt: skip
def person_twice(record: Record) -> Iterator[Issue]:
    """Two entries of the register are one person under two spellings of a name.

    Each person is registered once; otherwise what one person did is spread over two.

    Keep one of the two and refer to it everywhere; the other spelling belongs in `names`. Two people of the same name can be
    told apart by their `identifiers`.
    """
    for path, first in _twice(record.listed("people"), _outline_of_person, _keys_of_person):
        yield _looks_like(record, path, first, "person")


@Rule(
    "participation/party-twice", severity=WARNING,
    apart=tuple(f"parties/*/{part}" for part in ("id", "type", "country", "several", *_NAMED)),
    bad={"/parties/2": {"id": "un", "type": "intergovernmental-organization", "name": "UN"},
         "/parties/3": {"id": "united-nations", "type": "intergovernmental-organization", "name": "The United Nations"},
         "/upcoming/0/participants": ["un", "united-nations"]},
    good={"/parties/2": {"id": "un", "type": "intergovernmental-organization", "name": "UN"},
          "/parties/3": {"id": "nations", "type": "group", "name": "Nations on the river"},
          "/upcoming/0/participants": ["un", "nations"]},
    at="/parties/3",
    says="this looks like the party `un`",
    helps="keep one of the two, with the other name in `names`, or give the identifiers of both",
)  # fmt: skip
def party_twice(record: Record) -> Iterator[Issue]:
    """Two entries of the register are one party: under two spellings of a name, or its name and its initials.

    Each party is registered once; statistics would count this one twice.

    Keep one of the two and refer to it everywhere; the other name belongs in `names`. Bodies of the same name can be told
    apart by their `country`, or by their `identifiers`.
    """
    for path, first in _twice(record.listed("parties"), _outline_of_party, _keys_of_party):
        if not (
            at(record.value, path).get("type") == at(record.value, first).get("type") == "state"
        ):  # state-twice reports it
            yield _looks_like(record, path, first, "party")


def _looks_like(record: Record, path: Pointer, first: Pointer, noun: str) -> Issue:
    return Issue(
        path,
        f"this looks like the {noun} `{at(record.value, first)['id']}`",
        "keep one of the two, with the other name in `names`, or give the identifiers of both",
        notes=(Note(first, "the first is here"),),
    )


_Key = tuple[str, str]
"""What an entry is known by, and what another must be known by to be the same."""


def _twice(
    entries: list[Entry], outline: Callable[[str], str], keys: Callable[[tuple[str, ...]], frozenset[_Key]]
) -> Iterator[tuple[Pointer, Pointer]]:
    """The entries that have a name in common with an earlier one, and that one.

    Hardly any two entries have the same outline, and only those are looked at more closely.
    """
    if len(entries) < 2:
        return
    outlines = [outline(entry["name"]) for _, entry in entries]
    further = [(outline(name["text"]), one) for one in entries if "names" in one[1] for name in one[1]["names"]]
    if not further and len(set(outlines)) == len(entries):
        return
    first_of: dict[str, Entry] = {}
    alike: dict[str, list[Entry]] = {}
    for name, one in (*zip(outlines, entries, strict=True), *further):
        if name in first_of:
            alike.setdefault(name, [first_of[name]]).append(one)
        else:
            first_of[name] = one
    found: dict[Pointer, Pointer] = {}
    for some in alike.values():
        if len({path for path, _ in some}) == 1 or all(entry.get("type") == "state" for _, entry in some):
            continue  # the names of one entry, or of states, which have a rule of their own
        first: dict[str, dict[str | None, Entry]] = defaultdict(dict)
        for path, entry in sorted(some, key=itemgetter(0)):
            country = entry.get("country")
            for key, sought in keys(_all_names(entry)):
                known = first[sought]
                other = known.get(None) or known.get(country) or (None if country else next(iter(known.values()), None))
                if other is not None and other[0] != path and not _are_told_apart(entry, other[1]):
                    found.setdefault(path, other[0])
                first[key].setdefault(country, (path, entry))
    yield from sorted(found.items())


def _are_told_apart(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether identifiers show two entries to be different; or another rule reports what they share; or both stand for several."""
    if one["id"] == other["id"]:
        return True
    schemes = {known["scheme"] for known in one.get("identifiers", ())}
    shared = schemes & {known["scheme"] for known in other.get("identifiers", ())}
    return bool(shared) or ("several" in one and "several" in other)


_BEGINNING: Final = 2
"""So many letters of a single word are hardly ever spelt in another way."""


@lru_cache(4096)
def _outline_of_person(name: str) -> str:
    """The initials of a name, whatever their order."""
    plain = _unmarked(name).lower()
    if " " not in plain:
        return plain
    return "".join(sorted([word[0] for word in plain.replace("-", " ").split()]))


def _unmarked(name: str) -> str:
    if name.isascii():
        return name
    return "".join([letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter)])


@lru_cache(4096)
def _outline_of_party(name: str) -> str:
    """The initials of a name: of abbreviations, every letter."""
    plain = _unmarked(name).removeprefix("The ").removeprefix("the ")
    if " " not in plain:
        return "".join(sorted(plain.lower())) if plain.isupper() else plain[:_BEGINNING].lower()
    return "".join(sorted([word[0].lower() for word in plain.split() if not word[0].islower()]))


@lru_cache(4096)
def _keys_of_person(names: tuple[str, ...]) -> frozenset[_Key]:
    from diplomatic_events.sources.names import spelling  # few records have two people of the same initials

    return frozenset((key, key) for key in map(spelling, names) if key)


@lru_cache(4096)
def _keys_of_party(names: tuple[str, ...]) -> frozenset[_Key]:
    keys = set(_keys_of_person(names))
    initials = {name: "".join(re.findall(r"(?<!\w)[^\W\d_a-z]", name.removeprefix("The "))) for name in names}
    for name in names:
        if not name.isupper() or " " in name:
            keys.add((f"name {initials[name]}", f"initials {initials[name]}"))
        elif name not in [of_another for other, of_another in initials.items() if other != name]:
            keys.add((f"initials {name}", f"name {name}"))  # otherwise it is short for a name of this very party
    return frozenset(keys)


def _all_names(entry: dict[str, Any]) -> tuple[str, ...]:
    return entry["name"], *(name["text"] for name in entry.get("names", ()))
