"""`reference/…`: every id that a record uses is the id of an entry of the right kind."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from operator import attrgetter
from typing import Any, Final, NamedTuple

from diplomatic_events.findings import Fix, Insert, Issue, Note, Put
from diplomatic_events.pointers import Pointer
from diplomatic_events.rulebook import ERROR, NOTE, WARNING, Rule
from diplomatic_events.rules.circles import circles
from diplomatic_events.rules.record import Definition, Record, Reference
from diplomatic_events.schema import countries
from diplomatic_events.schema.codelists import Code, code, codelist
from diplomatic_events.schema.walker import path_of
from diplomatic_events.schema.words.forms import slug
from diplomatic_events.sources.texts import SourceText
from diplomatic_events.suggest import MOST_HELPED, is_slip, nearest, question
from diplomatic_events.wording import listed, with_article

REGISTERS: Final = {
    "party": ("parties/*/id",),
    "person": ("people/*/id",),
    "member": ("delegations/*/members/*/id",),
    "delegation": ("delegations/*/id",),
    "programmeItem": ("programme/*/id",),
    "source": ("sources/*/id",),
    "statement": ("statements/*/id",),
    "outcome": ("outcomes/*/id",),
    "eventReference": ("upcoming/*/id",),
    "relatedEvent": ("related/*/id",),
}
"""The paths of the ids of each kind of entry."""

NAMES: Final = {
    "party": "party",
    "person": "person",
    "member": "member",
    "delegation": "delegation",
    "programmeItem": "programme item",
    "source": "source",
    "statement": "statement",
    "outcome": "outcome",
    "eventReference": "upcoming event",
    "relatedEvent": "related event",
}
"""What each kind of entry is called."""


USES: Final = {
    "party": (
        "parties/*/members", "people/*/offices", "hosts/*/party", "delegations/*/party", "delegations/*/members/*/office",
        "initiatedBy", "invitedBy", "honours", "programme/*/audience", "programme/*/honours",
        "statements/*/speakers", "statements/*/onBehalfOf", "statements/*/reportedBy", "statements/*/addressees",
        "statements/*/about", "outcomes/*/parties", "outcomes/*/votes", "outcomes/*/addressees", "outcomes/*/proposedBy",
        "statusChange/by", "series/organizer",
        "upcoming/*/organizers", "upcoming/*/participants", "upcoming/*/people", "upcoming/*/statusChange/by",
        "upcoming/*/series/organizer", "related/*/organizers", "related/*/participants", "related/*/people",
        "related/*/statusChange/by", "related/*/series/organizer",
    ),
    "person": (
        "delegations/*/members/*/person", "delegations/*/members/*/accompanies", "hosts/*/person", "initiatedBy",
        "invitedBy", "honours",
        "programme/*/audience", "programme/*/honours", "statements/*/speakers", "statements/*/onBehalfOf",
        "statements/*/reportedBy", "statements/*/addressees", "statements/*/about", "outcomes/*/proposedBy",
        "upcoming/*/people", "related/*/people",
    ),
    "source": ("**/evidence", "sources/*/cites"),
}  # fmt: skip
"""The paths of the references to each kind of entry that must be referred to."""


_ANNEX: Final = {"id": "annex", "type": "other", "title": "Annex", "evidence": [
    {"source": "report", "exact": "a memorandum on border trade"}]}  # fmt: skip


_unresolved: Final = attrgetter("unresolved")


class Dangling(NamedTuple):
    """References to one id that no entry has, the nearest ids, and the entry whose own id is misspelt.

    The entry's id counts as misspelt if the references agree with one another and nothing refers to the entry.
    """

    references: list[Reference]
    candidates: list[str]
    misspelt: Definition | None
    suspects: frozenset[str]


@lru_cache(maxsize=1)
def dangling(record: Record) -> list[Dangling]:
    """Group the references to ids that no entry has: done once for all rules of this family."""
    return list(_dangling(record)) if record.unresolved else []


def _dangling(record: Record) -> Iterator[Dangling]:
    groups: dict[str, list[Reference]] = defaultdict(list)
    for reference in record.unresolved:
        if record.entries(reference.id):
            continue
        if all(record.intact(*REGISTERS[kind]) for kind in reference.kinds):
            groups[reference.id].append(reference)
    for id, references in groups.items():
        if not record.helps("dangling"):
            yield Dangling(references, [], None, frozenset())
            continue
        doubled = _meant_by_a_double(record, id, references[0].kinds) if record.whole else None
        if doubled is not None:
            yield Dangling(references, [], doubled, frozenset())
            continue
        known = record.known(kind for reference in references for kind in reference.kinds)
        lone = known if len(known) == 1 and known[0] not in record.used else []
        candidates = record.nearest(id, known) or lone
        orphans = [name for name in candidates if name not in record.used]
        best = record.find(orphans[0], *references[0].kinds) if orphans and record.whole else None
        wrong = best is not None and (len(references) > 1 or _spelt_like_its_name(record, best, id))
        yield Dangling(references, candidates, best if wrong else None, frozenset(orphans))


def _meant_by_a_double(record: Record, wanted: str, kinds: tuple[str, ...]) -> Definition | None:
    """The entry with a duplicate id whose name matches the id that the references use."""
    doubled = (entries for entries in record.definitions.values() if len(entries) > 1)
    doubles = (entry for entries in doubled for entry in reversed(entries) if entry.kind in kinds)
    few = islice(doubles, MOST_HELPED)
    return next((entry for entry in few if _spelt_like_its_name(record, entry, wanted)), None)


def _spelt_like_its_name(record: Record, entry: Definition, wanted: str) -> bool:
    """Whether the id that a reference uses is more like the entry's name than the entry's own id is."""
    words = set(_words(" ".join(_names(record, entry.value))))
    hits = [sum(part in words for part in _words(id)) for id in (wanted, entry.value["id"])]
    return hits[0] > hits[1]


def _names(record: Record, value: dict[str, Any]) -> Iterator[str]:
    yield from (value[key] for key in ("name", "title", "publisher", "type") if isinstance(value.get(key), str))
    office = value.get("office")
    if isinstance(office, dict) and isinstance(office.get("title"), str):
        yield office["title"]
    person = record.find(value.get("person"), "person")
    if person is not None:
        yield from _names(record, person.value)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def _unknown(record: Record, kinds: tuple[str, ...]) -> Iterator[Issue]:
    """An issue for each id that no entry has, among the references whose first kind is one of these."""
    for group in dangling(record):
        if group.misspelt is not None:
            doubled = len(record.definitions[group.misspelt.value["id"]]) > 1  # another rule reports it
            if group.references[0].kinds[0] in kinds and not doubled:
                yield _misspelt_definition(record, group, group.misspelt)
            continue
        for reference in group.references:
            if reference.kinds[0] in kinds:
                fix = _same_id(record, group, reference) or _new_party(record, reference)
                yield Issue(reference.path, _nobody(reference), _unknown_help(group, reference), fix=fix)


def _nobody(reference: Reference) -> str:
    """The message that no entry has an id: `no party has the id x`, `neither a party nor a person has the id x`."""
    nouns = list(dict.fromkeys(NAMES[kind] for kind in reference.kinds))
    if len(nouns) == 1:
        return f"no {nouns[0]} has the id `{reference.id}`"
    return f"neither {listed([with_article(noun) for noun in nouns], 'nor')} has the id `{reference.id}`"


def _same_id(record: Record, group: Dangling, reference: Reference) -> Fix | None:
    """The one candidate of which an id is a misspelling, or whose name it is."""
    if not record.helps("same id"):
        return None
    known = [record.find(id, *reference.kinds) for id in group.candidates]
    same = [entry.value["id"] for entry in known if entry is not None and _means(reference.id, entry)]
    return Fix(f"write `{same[0]}`", (Put(reference.path, same[0]),)) if len(same) == 1 else None


def _means(wrong: str, entry: Definition) -> bool:
    """Whether an id that no entry has is a slip for an entry's, or what its name would be as an id."""
    names = (entry.value.get(name) for name in ("name", "title"))
    if any(isinstance(name, str) and slug(name) == wrong for name in names):
        return True
    return is_slip(wrong, entry.value["id"]) and _country_called(wrong) is None


def _new_party(record: Record, reference: Reference) -> Fix | None:
    """A state that a reference names, added to the register; whether it took part is for a person to say."""
    country = _country_called(reference.id) if reference.kinds[0] == "party" and record.whole else None
    parties = record.listed("parties")
    if country is None or not parties or not record.helps("new party"):
        return None
    party = {"id": reference.id, "type": "state", "name": country.label, "country": country.code}
    added = Insert(parties[-1][0], [party])
    return Fix(f"add {country.label} to `parties`", (added,), safe=False)


def _country_called(id: str) -> Code | None:
    """The country of which an id is the name or the code, in other letters."""
    codes = _countries().get(countries.plain(id.replace("-", " ")), [])
    return code("country", codes[0]) if len(codes) == 1 else None


@cache
def _countries() -> dict[str, list[str]]:
    """The codes of countries by their names, with blanks in place of hyphens."""
    return {name.replace("-", " "): codes for name, codes in countries.by_name(codelist("country")).items()}


def _misspelt_definition(record: Record, group: Dangling, entry: Definition) -> Issue:
    first, count = group.references[0], len(group.references)
    references = "a reference uses it" if count == 1 else f"{count} references use it"
    path = (*entry.path, "id")
    fix = Fix(f"write `{first.id}`", (Put(path, first.id),)) if _means(first.id, entry) else None
    return Issue(
        path,
        f"{_nobody(first)}, though {references}, and nothing refers to `{entry.value['id']}`",
        f"did you mean `{first.id}`?",
        notes=(Note(first.path, "the first reference is here"),),
        fix=fix,
    )


def _unknown_help(group: Dangling, reference: Reference) -> str:
    if group.candidates:
        return question(group.candidates) or ""
    return f"add {with_article(NAMES[reference.kinds[0]])} with this id, or refer to an existing one"


@Rule(
    "reference/duplicate-id", severity=ERROR, needs=(),
    bad={"/people/0/id": "freedonia", "/delegations/0/members/0/person": "freedonia"},
    good={"/people/0/id": "freedonia-2", "/delegations/0/members/0/person": "freedonia-2"},
    at="/people/0/id",
    says="a party already has the id `freedonia`",
    helps="ids are unique across the whole record: call this one `freedonia-person`",
)  # fmt: skip
def duplicate_id(record: Record) -> Iterator[Issue]:
    """Two entries of a record have the same id.

    A reference to that id could mean either, and programs that keep entries by id lose one of them.

    Give one of the two another id, and change the references that mean it.
    """
    if not record.found.doubles:
        return
    meant = {group.misspelt.path: group.references[0].id for group in dangling(record) if group.misspelt is not None}
    for id in dict.fromkeys(id for id, _ in record.found.doubles):
        entries = record.definitions[id]
        first, *others = sorted(entries, key=lambda entry: entry.path in meant)
        for entry in others:
            if entry.path[:-2] in record.copies:
                continue  # It belongs to a delegation that was copied.
            help = f"did you mean `{meant[entry.path]}`, which a reference uses?" if entry.path in meant else None
            if help is None and first.kind != entry.kind:
                help = f"ids are unique across the whole record{_other_id(record, id, entry.kind)}"
            if entry.path in record.copies:
                help = "remove it: it is a copy of the first"
            note = Note((*first.path, "id"), "the first is here" if first is entries[0] else "the other is here")
            message = f"{with_article(NAMES[first.kind])} already has the id `{id}`"
            yield Issue((*entry.path, "id"), message, help, notes=(note,))


def _other_id(record: Record, id: str, kind: str) -> str:
    """A proposal for another id, if it is free: `spaak-member`."""
    other = f"{id}-{NAMES[kind].replace(' ', '-')}"
    return "" if other in record.found.definitions else f": call this one `{other}`"


@Rule(
    "reference/unknown-party", severity=ERROR, first_look=_unresolved, fixes=("safe", "unsafe"), of_values=True, needs=REGISTERS["party"],
    bad={"/delegations/1/party": "sylvannia"}, good={"/delegations/1/capacity": "guest"}, at="/delegations/1/party",
    says="no party has the id `sylvannia`",
    helps="did you mean `sylvania`?",
    fixed={"/delegations/1/party": "sylvania"},
)  # fmt: skip
def unknown_party(record: Record) -> Iterator[Issue]:
    """A reference names a party that is not in the register.

    It is unknown who is meant, and the party is lost from every count.

    Correct the id, or add the party to `parties`.
    """
    yield from _unknown(record, ("party",))


@Rule(
    "reference/unknown-person", severity=ERROR, first_look=_unresolved, fixes=("safe",), of_values=True, needs=REGISTERS["person"],
    bad={"/delegations/0/members/0/person": "anna-ruiz"}, good={"/people/0/name": "Anna Ruiz"},
    at="/delegations/0/members/0/person",
    says="no person has the id `anna-ruiz`",
    helps="did you mean `ana-ruiz`?",
    fixed={"/delegations/0/members/0/person": "ana-ruiz"},
)  # fmt: skip
def unknown_person(record: Record) -> Iterator[Issue]:
    """A reference names a person who is not in the register.

    It is unknown who is meant.

    Correct the id, or add the person to `people`; leave `person` out if no source gives a name.
    """
    yield from _unknown(record, ("person",))


@Rule(
    "reference/unknown-member", severity=ERROR, first_look=_unresolved, fixes=("safe",), of_values=True, needs=REGISTERS["member"],
    bad={"/statements/0/speakers": ["ruis"]}, good={"/statements/0/speakers": ["delegation-freedonia"]},
    at="/statements/0/speakers/0",
    says="neither a member, a delegation, a party nor a person has the id `ruis`",
    helps="did you mean `ruiz`?",
    fixed={"/statements/0/speakers": ["ruiz"]},
)  # fmt: skip
def unknown_member(record: Record) -> Iterator[Issue]:
    """A reference names a member or a delegation that the record does not have.

    A statement without its speaker cannot be ascribed to anyone.

    Correct the id, or add the member to its delegation.
    """
    yield from _unknown(record, ("member", "delegation"))


@Rule(
    "reference/unknown-source", severity=ERROR, first_look=_unresolved, fixes=("safe",), of_values=True, needs=REGISTERS["source"],
    bad={"/evidence/0/source": "reprot"}, good={"/sources/0/title": "A report"}, at="/evidence/0/source",
    says="no source has the id `reprot`",
    helps="did you mean `report`?",
    fixed={"/evidence/0/source": "report"},
)  # fmt: skip
def unknown_source(record: Record) -> Iterator[Issue]:
    """A piece of evidence names a source that the record does not have.

    The quote cannot be looked up.

    Correct the id, or add the source to `sources`.
    """
    yield from _unknown(record, ("source",))


@Rule(
    "reference/unknown-programme-item", severity=ERROR, first_look=_unresolved, fixes=("safe",), of_values=True, needs=REGISTERS["programmeItem"],
    bad={"programme": [{"id": "talks", "title": "Talks"}], "/statements/0/programmeItem": "talk"},
    good={"programme": [{"id": "talks", "title": "Talks"}], "/statements/0/programmeItem": "talks"},
    at="/statements/0/programmeItem",
    says="no programme item has the id `talk`",
    helps="did you mean `talks`?",
)  # fmt: skip
def unknown_programme_item(record: Record) -> Iterator[Issue]:
    """A statement or outcome names an item of the programme that the record does not have.

    It can no longer be assigned to its day and place.

    Correct the id, or add the item to `programme`.
    """
    yield from _unknown(record, ("programmeItem",))


@Rule(
    "reference/unknown-statement", severity=ERROR, first_look=_unresolved, fixes=("safe",), of_values=True, needs=REGISTERS["statement"],
    bad={"/statements/1/inReplyTo": "boarder"}, good={"/statements/1/inReplyTo": "border"}, at="/statements/1/inReplyTo",
    says="no statement has the id `boarder`",
    helps="did you mean `border`?",
)  # fmt: skip
def unknown_statement(record: Record) -> Iterator[Issue]:
    """A statement answers one that the record does not have.

    A reader does not learn what was answered.

    Correct the id, or add the other statement to `statements`.
    """
    yield from _unknown(record, ("statement",))


@Rule(
    "reference/unknown-outcome", severity=ERROR, first_look=_unresolved, fixes=("safe",), of_values=True, needs=REGISTERS["outcome"],
    bad={"/outcomes/1": {**_ANNEX, "partOf": "memo-random"}}, good={"/outcomes/1": {**_ANNEX, "partOf": "memorandum"}},
    at="/outcomes/1/partOf",
    says="no outcome has the id `memo-random`",
    helps="did you mean `memorandum`?",
)  # fmt: skip
def unknown_outcome(record: Record) -> Iterator[Issue]:
    """An outcome is part of one that the record does not have.

    A reader does not learn in which text it stands.

    Correct the id, or add the other outcome to `outcomes`.
    """
    yield from _unknown(record, ("outcome",))


@Rule(
    "reference/member-as-person", severity=WARNING, fixes=("safe",), of_values=True,
    needs=(*REGISTERS["member"], "delegations/*/members/*/person"),
    bad={"/statements/0/speakers": ["ana-ruiz"]}, good={"/statements/0/speakers": ["ruiz"]}, at="/statements/0/speakers/0",
    says="`ana-ruiz` took part as the member `ruiz`",
    helps="write `ruiz`",
)  # fmt: skip
def member_as_person(record: Record) -> Iterator[Issue]:
    """A reference that takes members names a person who is a member.

    The member says for whom and in what office the person took part. Programs that count who spoke would miss it.

    Write the id of the member. That of the person is for those who did not take part.
    """
    for kinds, ids in record.used_as.items():
        if "member" in kinds and "person" in kinds and record.has_any(ids, "person"):
            members = {member["person"]: member["id"] for _, member, _ in record.members() if "person" in member}
            twice = Counter(member["person"] for _, member, _ in record.members() if "person" in member)
            for id, _, spot in record.references[kinds]:
                if id in members and record.find(id, "member") is None:
                    message = f"`{id}` took part as the member `{members[id]}`"
                    path, help = path_of(spot), f"write `{members[id]}`"
                    fix = Fix(help, (Put(path, members[id]),)) if twice[id] == 1 else None
                    yield Issue(path, message, help, fix=fix)


@Rule(
    "reference/circle", severity=ERROR, about=("statement.inReplyTo", "outcome.partOf", "member.accompanies", "citation"),
    needs=(*(need for kind in ("statement", "outcome", "source", "member") for need in REGISTERS[kind]),
           "statements/*/inReplyTo", "outcomes/*/partOf", "sources/*/cites", "delegations/*/members/*/accompanies"),
    bad={"/statements/1/inReplyTo": "welcome"}, good={"/statements/1/inReplyTo": "border"}, at="/statements/1/inReplyTo",
    says="`welcome` closes a circle: `welcome` answers itself",
)  # fmt: skip
def circle(record: Record) -> Iterator[Issue]:
    """A statement, outcome, source or member refers to itself, directly or by way of others.

    Nothing answers itself, is a part of itself, cites itself or accompanies itself. A program that follows the references
    never comes to an end.

    Remove the reference that closes the circle, or correct it.
    """
    for verb, links in (
        ("answers", _links(record.listed("statements"), "inReplyTo")),
        ("is part of", _links(record.listed("outcomes"), "partOf")),
        ("accompanies", _links(record.members(), "accompanies")),
        ("cites", _links(record.listed("sources"), "cites")),
    ):
        for id, index in circles({id: [other for other, _ in found] for id, found in links.items()}) if links else ():
            other, path = links[id][index]
            yield Issue(path, f"`{other}` closes a circle: `{id}` {verb} itself")


def _links(entries: Sequence[tuple[Any, ...]], name: str) -> dict[str, list[tuple[str, Pointer]]]:
    """The ids that a property of some entries has, and where they are, by the id of the entry.

    An entry comes after its path, whatever else follows.
    """
    having = [entry for entry in entries if name in entry[1]]
    return {entry["id"]: list(_linked((*path, name), entry[name])) for path, entry, *_ in having}


def _linked(path: Pointer, found: Any) -> Iterator[tuple[str, Pointer]]:
    """The ids in the value of such a property: one, a list of them, or a list of citations, of which some have one."""
    if isinstance(found, str):
        yield found, path
        return
    for index, one in enumerate(found):
        if isinstance(one, str):
            yield one, (*path, index)
        elif "source" in one:
            yield one["source"], (*path, index, "source")


@Rule(
    "reference/wrong-kind", severity=ERROR, first_look=_unresolved, of_values=True,
    needs=tuple(need for needs in REGISTERS.values() for need in needs),
    bad={"chairs": ["freedonia"]}, good={"chairs": ["ruiz"]}, at="/chairs/0",
    says="`freedonia` is a party; a member belongs here",
    helps="did you mean `ruiz`?",
)  # fmt: skip
def wrong_kind(record: Record) -> Iterator[Issue]:
    """A reference names an entry of the wrong kind.

    A party does not preside or sign; one of its members does. A person is not a member of a delegation unless the
    delegation says so.

    Refer to an entry of the kind that the message names.
    """
    for reference in record.unresolved:
        entries = record.entries(reference.id)
        if entries:
            wanted = listed([with_article(NAMES[kind]) for kind in reference.kinds], "or")
            note = Note((*entries[0].path, "id"), "it is defined here")
            yield Issue(
                reference.path,
                f"`{reference.id}` is {with_article(NAMES[entries[0].kind])}; {wanted} belongs here",
                question(_related(record, entries[0], reference.kinds)) if record.helps("wrong-kind") else None,
                notes=(note,),
            )


def _related(record: Record, entry: Definition, kinds: tuple[str, ...]) -> list[str]:
    """Entries of the right kinds that belong to one of a wrong kind: the delegation and members of a party."""
    id = entry.value["id"]
    found = dict.fromkeys(other for kind, other in _relations(record).get(id, ()) if kind in kinds and other != id)
    right = (other for other in found if record.find(other, *kinds))
    return list(islice(right, 3)) or record.nearest(id, record.known(kinds))


@lru_cache(maxsize=1)
def _relations(record: Record) -> dict[Any, list[tuple[str, str]]]:
    """By the id of each party, person, delegation and member: those that belong together with it, and of what kind they are."""
    related: dict[Any, list[tuple[str, str]]] = defaultdict(list)
    for _, delegation in record.listed("delegations"):
        own, party = delegation.get("id"), delegation.get("party")
        pairs = [("party", party, "delegation", own)]
        for member in delegation.get("members", ()):
            if isinstance(member, dict):
                pairs.append(("party", party, "member", member.get("id")))
                pairs.append(("person", member.get("person"), "member", member.get("id")))
        for kind, whole, other_kind, part in pairs:
            if isinstance(whole, str) and isinstance(part, str):
                related[whole].append((other_kind, part))
                related[part].append((kind, whole))
    return related


def _unused(record: Record, kind: str) -> Iterator[Definition]:
    unused = record.found.ids[kind] - record.used
    if not unused:
        return
    suspected = {id for group in dangling(record) for id in group.suspects}
    misplaced = (
        reference.id
        for reference in record.unresolved
        if kind in reference.kinds and reference.id in record.found.definitions
    )
    wrong = list(islice(dict.fromkeys(misplaced), MOST_HELPED))
    for id, first in record.found.definitions.items():
        if id not in unused or id in suspected or first[0] != kind:
            continue
        if not (record.helps(f"unused {kind}") and any(_meant(other, id) for other in wrong)):
            yield Definition(*first)


def _meant(wrong: str, id: str) -> bool:
    """Whether a reference to an entry of a wrong kind probably means this one."""
    return bool(nearest(wrong, [id]))


@Rule(
    "reference/unused-party", severity=NOTE, needs=REGISTERS["party"] + USES["party"],
    bad={"/parties/2": {"id": "ruritania", "type": "other", "name": "Ruritania"}},
    good={
        "/parties/2": {"id": "ruritania", "type": "other", "name": "Ruritania"},
        "/upcoming/0/organizers": ["ruritania"],
    },
    at="/parties/2",
    says="nothing refers to the party `ruritania`",
    helps="refer to it where it belongs, or give the `evidence` that a source names it",
)  # fmt: skip
def unused_party(record: Record) -> Iterator[Issue]:
    """A party is in the register, but nothing in the record refers to it, and it has no evidence.

    Readers take the register for a list of those involved; an unused party is left over, or its role was forgotten.

    Refer to the party where it belongs (a delegation, a host, an addressee). If a source only names it, give the `evidence`;
    otherwise remove it.
    """
    if "delegations" not in record.value:
        return  # Then only the register itself says who is to take part.
    for entry in _unused(record, "party"):
        if "evidence" not in entry.value:
            help = "refer to it where it belongs, or give the `evidence` that a source names it"
            yield Issue(entry.path, f"nothing refers to the party `{entry.value['id']}`", help)


_JAN_IS_INFERRED: Final = {"target": "jan-novak", "kind": "inferred", "basis": "He was the trade minister in 2021."}


@Rule(
    "reference/unused-person", severity=NOTE, needs=REGISTERS["person"] + USES["person"],
    bad={"/people/1": {"id": "jan-novak", "name": "Jan Novák"}, "/annotations/1": _JAN_IS_INFERRED},
    good={"/people/1": {"id": "jan-novak", "name": "Jan Novák", "offices": [{"title": "Spokesman"}]},
          "/annotations/1": _JAN_IS_INFERRED},
    at="/people/1",
    says="nothing refers to the person `jan-novak`",
    helps="refer to the person, or give the `evidence` or `offices` that a source has of them",
)  # fmt: skip
def unused_person(record: Record) -> Iterator[Issue]:
    """A person is in the register, but nothing in the record refers to them, and they have neither evidence nor an office.

    A person whom a source names had some role, which the record does not give.

    Make the person a member of a delegation, an addressee or someone spoken for. If a source only names them, as it does the
    deceased, give the `evidence` or `offices`; otherwise remove the entry.
    """
    for entry in _unused(record, "person"):
        if "evidence" not in entry.value and "offices" not in entry.value:
            help = "refer to the person, or give the `evidence` or `offices` that a source has of them"
            yield Issue(entry.path, f"nothing refers to the person `{entry.value['id']}`", help)


@Rule(
    "reference/unused-source", severity=WARNING, needs=REGISTERS["source"] + USES["source"],
    bad={"/sources/1": {"id": "readout", "type": "readout"}},
    good={
        "/sources/1": {"id": "readout", "type": "readout", "text": "The ministers held talks in Geneva."},
        "/evidence/1": {"source": "readout", "exact": "talks in Geneva"},
    },
    at="/sources/1",
    says="no evidence quotes the source `readout`",
)  # fmt: skip
def unused_source(record: Record) -> Iterator[Issue]:
    """A source is listed, but no evidence quotes it.

    A reader cannot tell what in the record is based on it.

    Quote the source where it supports something, or remove it. In a record without any evidence, only a source whose text is
    there is reported.
    """
    is_quoted = bool(record.of_kind("evidence"))
    for entry in _unused(record, "source"):
        if is_quoted or (not record.broken and isinstance(record.sources.get(entry.value["id"]), SourceText)):
            yield Issue(entry.path, f"no evidence quotes the source `{entry.value['id']}`")
