"""`corpus/…`: faults that show only when the records of a run are compared.

Each rule gets the entries of one key: of one id, one Wikidata id or one event.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, NamedTuple

from diplomatic_events.edtf import Edtf, parsed
from diplomatic_events.findings import Issue
from diplomatic_events.pointers import Pointer
from diplomatic_events.rulebook import ERROR, NOTE, WARNING, Rule
from diplomatic_events.rules.index import (
    Bearer,
    Group,
    Happening,
    Home,
    Identity,
    Index,
    Locality,
    Summary,
    home,
)
from diplomatic_events.suggest import nearest, question

_MOST_COMPARED: Final = 2_000_000
"""So many pairs of an id that no record has and one that a record has are compared: in more, there is not enough time."""
_AT_ONCE: Final = 10_000
"""So many ids are compared at once, for all of them need not fit into memory."""


class Across(NamedTuple):
    """An issue in one record, and a related place in another. ``sought`` is an id that no record has."""

    home: Home
    issue: Issue
    other: Home | None = None
    other_path: Pointer = ()
    other_message: str = ""
    sought: str | None = None


_Q1: Final = [{"scheme": "wikidata", "value": "Q1"}]
_Q2: Final = [{"scheme": "wikidata", "value": "Q2"}]
_CALLED_AS_SHE_IS: Final = {"id": "institute", "type": "body", "name": "Ana Ruiz", "identifiers": _Q2}


@Rule(
    "corpus/duplicate-record", severity=ERROR,
    bad={"title": "Another title"}, good={"revision": {"number": 2}}, at="/id",
    says="another record already has the id `geneva-talks`",
    fixed={"title": "Another title", "revision": {"number": 2}},
)  # fmt: skip
def duplicate_record(group: Group) -> Iterator[Across]:
    """Two records have the same id and the same revision.

    The id identifies a record across files; a program that keeps records by id loses one of the two.

    Give one of them another id, or raise the number of its `revision` if it restates the other.
    """
    first: dict[int, Summary] = {}
    for summary in group.summaries:
        if summary.revision in first:
            issue = Issue(("id",), f"another record already has the id `{summary.id}`")
            yield Across(home(summary), issue, home(first[summary.revision]), ("id",), "the first is here")
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
def unknown_record(group: Group) -> Iterator[Across]:
    """A reference names a record that is not among those checked.

    A reader who follows the link finds nothing.

    Correct the id, check the other record in the same run, or remove `record` until there is one.
    """
    if not group.summaries and not group.broken:
        for link in group.links:
            issue = Issue(
                (*link.path, "record"),
                f"no record of this run has the id `{link.record}`",
                "check the file of that record in the same run",
            )
            yield Across(home(link), issue, sought=link.record)


@Rule(
    "corpus/announcement-contradicted", severity=ERROR,
    bad={"id": "before", "date": "2021-04-01", "/upcoming/0/record": "geneva-talks"},
    good={"id": "before", "date": "2021-04-01", "/upcoming/0/record": "geneva-talks", "/upcoming/0/date": "2021-05"},
    at="/upcoming/0/date",
    says="announced for 2021-06, but recorded for 2021-05-03",
)  # fmt: skip
def announcement_contradicted(group: Group) -> Iterator[Across]:
    """An event's own record has another date or place than the one for which another record announces it.

    One of the two is wrong, or the event was moved and its record does not say so.

    Correct the one that is wrong. If the event was moved, put the announced date into its `previousDates`.
    """
    if not group.summaries:
        return
    latest = max(group.summaries, key=lambda summary: summary.revision)
    actual = parsed(latest.date)
    recorded = [actual, *map(parsed, latest.previous)]
    for link in group.links:
        announced = parsed(link.date)
        if announced and actual and not any(date and _agree(announced, date) for date in recorded):
            issue = Issue((*link.path, "date"), f"announced for {link.date}, but recorded for {latest.date}")
            yield Across(home(link), issue, home(latest), ("date",), "the event's own record says this")
        if link.place and latest.places and all(_differ(link.place, place) for place in latest.places):
            issue = Issue((*link.path, "place"), "announced for another place than the one recorded")
            yield Across(home(link), issue, home(latest), ("places",), "the event's own record says this")


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
def identity_conflict(group: Group) -> Iterator[Across]:
    """One Wikidata id has two names that have no word in common.

    Either two people or parties have the same id, or one of them has the wrong id.

    Correct the id. If both names are right, add the other one to `names`.
    """
    for other in group.identities[1:]:
        first = group.identities[0]
        if not first.words & other.words and not _in_one_register(first, other):  # codes/identifier-twice reports those
            issue = Issue(other.path, f"`{other.qid}` is {other.name} here and {first.name} in another record")
            yield Across(home(other), issue, home(first), first.path, "the other name is here")


def _in_one_register(one: Identity | Bearer, other: Identity | Bearer) -> bool:
    return home(one) == home(other) and one.path[0] == other.path[0]


@Rule(
    "corpus/two-identities", severity=NOTE,
    bad={"id": "other-talks", "date": "2021-05-02", "/people/0/identifiers": _Q1, "/parties/2": _CALLED_AS_SHE_IS,
         "/upcoming/0/participants": ["institute"]},
    good={"id": "other-talks", "date": "2021-05-02", "/people/0/identifiers": _Q2, "/people/1": {
        "id": "eva-ruiz", "name": "Eva Ruiz", "identifiers": _Q1}, "/honours": ["eva-ruiz"]},
    at="/people/0",
    says="Ana Ruiz is `Q1` here and `Q2` in another record",
    fixed={"id": "other-talks", "date": "2021-05-02", "/people/0/identifiers": _Q1,
           "/parties/2": {**_CALLED_AS_SHE_IS, "name": "Ana Ruiz Institute"}, "/upcoming/0/participants": ["institute"]},
)  # fmt: skip
def two_identities(group: Group) -> Iterator[Across]:
    """One name has two Wikidata ids.

    Either one of the ids is wrong, or two people or parties are called the same, which readers cannot see.

    Correct the id. If there are two, give what tells them apart in `names`, and let the note stand.
    """
    for other in group.bearers[1:]:
        first = group.bearers[0]
        if not _in_one_register(first, other):
            issue = Issue(other.path, f"{other.name} is `{other.qid}` here and `{first.qid}` in another record")
            yield Across(home(other), issue, home(first), first.path, "the other id is here")


@Rule(
    "corpus/possible-duplicate-event", severity=WARNING,
    bad={"id": "freedonia-sylvania-2021"}, good={"id": "freedonia-sylvania-2021", "type": "signing"}, at="/id",
    says="`freedonia-sylvania-2021` looks like the same event as `geneva-talks`",
    helps="keep one record, or let one name the other in `related`",
)  # fmt: skip
def possible_duplicate_event(group: Group) -> Iterator[Across]:
    """Two records with different ids look like the same event.

    They have the same type, place and parties, at least one day is in both, and neither began at another time than the other
    nor was of other people. Statistics would count the event twice.

    Keep one record with the sources of both. If there were two events, let one name the other in `related`.
    """
    different: list[Happening] = []
    day = group.key[len("event ") :][:_A_DAY]
    for other in group.happenings:
        first = next((one for one in different if not _are_two(one, other)), None)
        if first is None:
            if len(different) < _MOST_ON_ONE_DAY:
                different.append(other)
        elif day != max(first.first, other.first) or (first.called and first.called == other.called):
            continue  # they meet on another day, or by their names, as well
        elif other.id != first.id and first.id not in other.linked and other.id not in first.linked:
            message = f"`{other.id}` looks like the same event as `{first.id}`"
            issue = Issue(("id",), message, "keep one record, or let one name the other in `related`")
            yield Across(home(other), issue, home(first), ("id",), "the other record is here")


_A_DAY: Final = len("2021-05-03")
_MOST_ON_ONE_DAY: Final = 50
"""So many events of the same parties on one day are compared with each further one."""


def _are_two(one: Happening, other: Happening) -> bool:
    """Whether two events that look the same began at different times, were elsewhere or were of different people."""
    (start, zone), (begin, other_zone) = one.start, other.start
    if one.first == other.first and start and begin and start != begin and zone == other_zone:
        return True
    if one.places != other.places and not _are_in_one_place(one.places, other.places):
        return True
    return any(
        _are_others(names, other.people[party])
        for party, names in one.people.items()
        if party in other.people and set(one.known.get(party, ())).isdisjoint(other.known.get(party, ()))
    )


def _are_in_one_place(some: tuple[Locality, ...], others: tuple[Locality, ...]) -> bool:
    """Whether each of the fewer places may be one of the others, by country and by some spelling of the city."""
    few, many = sorted((some, others), key=len)
    return bool(few) and all(any(not _differ(_spelt(one), _spelt(other)) for other in many) for one in few)


def _spelt(place: Locality) -> Locality:
    from diplomatic_events.sources.names import spelling  # few runs have two such events

    country, city = place
    return country, (spelling(city) or city) if city else city


def _are_others(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether two lists of names have nobody in common, as far as that can be seen."""
    from diplomatic_events.sources.names import spelling  # as above

    these, those = (frozenset(word for name in names for word in spelling(name).split()) for names in (some, others))
    return bool(these and those) and these.isdisjoint(those) and _is_one_script(these | those)


def _is_one_script(found: frozenset[str]) -> bool:
    """Whether all words are in one script: in two, the same name has no word in common with itself."""
    return len({unicodedata.name(word[0], "").partition(" ")[0] for word in found}) == 1


def run(
    index: Index, chosen: frozenset[str], rules: Mapping[str, Rule]
) -> tuple[list[tuple[str, Across]], list[tuple[str, str]]]:
    """The issues that the chosen rules find in a finished index, by rule and in the order of the records; and the rules
    that could not check everything, and why.
    """
    wanted = [(order, rule) for order, rule in enumerate(rules.values()) if rule.id in chosen]
    skipped: list[tuple[str, str]] = []
    found: list[tuple[int, int, str, Across]] = []
    for group in index.groups() if wanted else ():
        for order, rule in wanted:
            if rule is unknown_record and index.size == 1 and group.links:
                skipped = [(rule.id, "the record was checked alone")]
            else:
                found += ((order, number, rule.id, across) for number, across in numbered(group, rule))
    found.sort(key=lambda one: one[:2])
    if index.fault is not None:
        skipped = [(rule.id, index.fault) for _, rule in wanted]
    issues_found = [(id, across) for _, _, id, across in found]
    return answered(issues_found, like(sought(issues_found, index.size), index.ids())), skipped


def numbered(group: Group, rule: Rule) -> Iterator[tuple[int, Across]]:
    """The issues that a rule finds in a group, each with the number of the first entry of its record."""
    issues: Iterable[Across] = rule.check(group)
    return ((group.numbers[across.home], across) for across in issues)


def sought(found: Iterable[tuple[str, Across]], size: int) -> list[str]:
    """The first ids that no record has, as many as can be compared with those of so many records."""
    ids = dict.fromkeys(across.sought for _, across in found if across.sought is not None)
    return list(islice(ids, max(1, _MOST_COMPARED // max(1, size))))


def like(wrong: Iterable[str], ids: Iterator[str]) -> dict[str, list[str]]:
    """For each wrong id those most like it; of ids in several parts, the nearest are those nearest among each part's."""
    near: dict[str, list[str]] = {id: [] for id in wrong}
    while near and (some := list(islice(ids, _AT_ONCE))):
        near = {id: nearest(id, [*best, *some]) for id, best in near.items()}
    return near


def answered(found: Iterable[tuple[str, Across]], near: Mapping[str, list[str]]) -> list[tuple[str, Across]]:
    """The issues, where ids that no record has are answered with those most like them."""
    return [(rule, _answered(across, near.get(across.sought or "", []))) for rule, across in found]


def _answered(across: Across, near: list[str]) -> Across:
    return across._replace(issue=across.issue._replace(help=question(near))) if near else across
