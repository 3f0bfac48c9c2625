"""The record as rules see it: walked once, and without broken entries for rules that take entries one by one."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any, Final, NamedTuple

from diplomatic_events.findings import Issue
from diplomatic_events.pointers import Pointer
from diplomatic_events.rulebook import Rule
from diplomatic_events.schema.structure import OtherValues, Structure
from diplomatic_events.schema.walker import Found, Spot, path_of
from diplomatic_events.sources.texts import NO_TEXT, OUT_OF_REACH, SourceText, TextFault, Texts
from diplomatic_events.suggest import MOST_HELPED, nearest

Entry = tuple[Pointer, dict[str, Any]]
"""An object of the record, with its path."""

NOTHING: Final[frozenset[Pointer]] = frozenset()

_MOST_COMPARED: Final = 3_000_000
"""To compare a wrong word with others takes time for each pair of their letters; so many pairs take about a second."""


class Definition(NamedTuple):
    """An entry that has an id of its own."""

    kind: str
    value: dict[str, Any]
    spot: Spot

    @property
    def path(self) -> Pointer:
        """The path of the entry."""
        return path_of(self.spot)


class Reference(NamedTuple):
    """An id that must belong to an entry of one of the kinds."""

    id: str
    kinds: tuple[str, ...]
    spot: Spot

    @property
    def path(self) -> Pointer:
        """The path of the reference."""
        return path_of(self.spot)


class Record:
    """A record and everything that rules look up in it. Rules must not change it.

    What a walk through the record has collected is kept with its spots; `path_of` turns a spot into a path when there is
    something to report. Values whose form the schema refuses are not included.

    Args:
        value: The record, already checked against the schema.
        schema: The schema of its version.
        found: What a walk through the record has collected.
        texts: The texts of its sources.
        broken: Where the schema found something wrong.
        rules_of_values: The rules that an alternative value must also follow.
        data: The JSON text of the record, for what is found faster there than in every value.
    """

    def __init__(
        self,
        value: dict[str, Any],
        schema: Structure,
        found: Found,
        texts: Texts,
        broken: frozenset[Pointer] = NOTHING,
        rules_of_values: tuple[Rule, ...] = (),
        data: bytes | None = None,
    ) -> None:
        self.value = value
        self.data = data
        self.broken = broken
        self.schema = schema
        self.texts = texts
        self.sources = _SourceTexts(value, texts)
        self.found = found
        self._rules_of_values = rules_of_values
        self._left_out = NOTHING
        self._listed: dict[str, list[Entry]] = {}
        self._members: list[tuple[Pointer, dict[str, Any], dict[str, Any]]] | None = None
        self._helped: defaultdict[str, int] = defaultdict(int)
        self._compared = 0
        self._known: dict[frozenset[str], list[str]] = {}
        self.unfinished: set[tuple[str, str]] = set()
        """What a rule has not checked to its end, and why."""
        if broken:
            found.drop(broken)

    def without(self, paths: frozenset[Pointer]) -> "Record":
        """The same record without some entries of lists. What was collected is shared."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other._left_out = paths  # its own class
        other._listed, other._members = {}, None  # as above
        return other

    @property
    def whole(self) -> bool:
        """Whether this is the whole record, and not one value of it."""
        return True

    @property
    def has(self) -> tuple[str, ...]:
        """What a rule can be about: the properties of the record, the definitions of its entries, and what is noted of them."""
        return (*self.value, *self.found.entries, *self.found.noted)

    @cached_property
    def _broken_by_shape(self) -> dict[tuple[str, ...], list[Pointer]]:
        """The broken paths, grouped if they differ only in the indexes of entries, or in names that the schema does not have."""
        shapes: dict[tuple[str, ...], list[Pointer]] = defaultdict(list)
        names = self.schema.definitions.names
        for path in self.broken:
            shapes[tuple((key if key in names else "") if isinstance(key, str) else "*" for key in path)].append(path)
        return shapes

    def intact(self, *needs: str) -> bool:
        """Whether no part of the record is broken on the way to the paths or below them."""
        return not any(_is_touched(broken, needs) for broken in self._broken_by_shape)

    def broken_entries(self, apart: tuple[str, ...]) -> frozenset[Pointer] | None:
        """The entries of lists that are broken where the paths touch them; None if nothing there is broken."""
        ends = [
            (paths, end) for shape, paths in self._broken_by_shape.items() for end in _ends_of_entries(shape, apart)
        ]
        return frozenset(path[:end] for paths, end in ends for path in paths if end <= len(path)) if ends else None

    @cached_property
    def copies(self) -> frozenset[Pointer]:
        """The entries that repeat an earlier one completely, including its id: only the id is reported."""
        first = self.found.definitions
        return frozenset(path_of(entry[2]) for id, entry in self.found.doubles if entry[:2] == first[id][:2])

    def occurs(self, path: Pointer) -> bool:
        """Whether a place is part of this view of the record."""
        return not any(path[:length] in self._left_out for length in range(1, len(path) + 1))

    def listed(self, name: str) -> list[Entry]:
        """The objects in a list at the root, such as `delegations`."""
        known = self._listed.get(name)
        if known is None:
            found = self.value.get(name)
            items = enumerate(found) if isinstance(found, list) else ()
            known = [((name, i), item) for i, item in items if isinstance(item, dict)]
            if self._left_out:
                known = [entry for entry in known if entry[0] not in self._left_out]
            self._listed[name] = known
        return known

    def of_kind(self, definition: str) -> list[tuple[dict[str, Any], Spot]]:
        """The objects of a definition of the schema, anywhere in the record."""
        found = self.found.entries[definition]
        return [entry for entry in found if self.occurs(path_of(entry[1]))] if self._left_out else found

    def members(self) -> list[tuple[Pointer, dict[str, Any], dict[str, Any]]]:
        """Every member with its path and its delegation."""
        if self._members is None:
            self._members = [
                (path, member, delegation)
                for place, delegation in self.listed("delegations")
                for index, member in enumerate(delegation.get("members", ()))
                if (path := (*place, "members", index)) not in self._left_out
            ]
        return self._members

    @cached_property
    def definitions(self) -> dict[str, list[Definition]]:
        """The entries that have an id, by id."""
        by_id = {id: [Definition(*entry)] for id, entry in self.found.definitions.items()}
        for id, entry in self.found.doubles:
            by_id[id].append(Definition(*entry))
        return by_id

    @cached_property
    def references(self) -> dict[tuple[str, ...], list[Reference]]:
        """The references whose form the schema has not refused, by the kinds of entry that they may name."""
        by_kinds: dict[tuple[str, ...], list[Reference]] = defaultdict(list)
        for kinds, id, spot in self._all_references():
            if not self.broken or path_of(spot) not in self.broken:
                by_kinds[kinds].append(Reference(id, kinds, spot))
        return by_kinds

    def _all_references(self) -> Iterator[tuple[tuple[str, ...], str, Spot]]:
        return self.schema.references_at((), self.value)

    @property
    def used_as(self) -> Mapping[tuple[str, ...], set[str]]:
        """The ids that references use, by the kinds of entry that they may name."""
        return self._used_as if self.broken else self.found.used

    @cached_property
    def _used_as(self) -> Mapping[tuple[str, ...], set[str]]:
        steps = map(self.schema.plan.at, self.broken)
        if not any(step is not None and step.action == "reference" for step in steps):
            return self.found.used
        return {kinds: {reference.id for reference in found} for kinds, found in self.references.items()}

    @cached_property
    def used(self) -> set[str]:
        """The ids that something refers to."""
        return set().union(*self.used_as.values())

    @cached_property
    def unresolved(self) -> list[Reference]:
        """The references to ids that no entry of the right kinds has."""
        ids = self.found.ids
        unknown = {}
        for kinds, used in self.used_as.items():
            lost = used - ids[kinds[0]]
            if lost and (lost := lost.difference(*map(ids.__getitem__, kinds[1:]))):
                unknown[kinds] = lost
        if not unknown:
            return []
        nothing: set[str] = set()
        return [
            found
            for kinds, every in self.references.items()
            for found in every
            if found.id in unknown.get(kinds, nothing)
        ]

    def entries(self, id: str) -> list[Definition]:
        """The entries with an id."""
        return self.definitions.get(id, [])

    def has_any(self, ids: set[str], kind: str) -> bool:
        """Whether an entry of a kind has one of some ids."""
        return not ids.isdisjoint(self.found.ids[kind])

    def known(self, kinds: Iterable[str]) -> list[str]:
        """The ids of all entries of some kinds."""
        wanted = frozenset(kinds)
        if wanted not in self._known:
            self._known[wanted] = [
                id for id, entries in self.definitions.items() if any(entry.kind in wanted for entry in entries)
            ]
        return self._known[wanted]

    def helps(self, what: str) -> bool:
        """Whether to look for the right spelling: only for the first `MOST_HELPED` faults of a kind."""
        self._helped[what] += 1
        return self._helped[what] <= MOST_HELPED

    def nearest(self, wrong: str, right: Collection[str]) -> list[str]:
        """The words of a record that are nearest to a wrong one, as long as comparing them all takes little time."""
        self._compared += len(wrong) * sum(map(len, right))
        return nearest(wrong, right) if self._compared <= _MOST_COMPARED else []

    def find(self, id: Any, *kinds: str) -> Definition | None:
        """The first entry with an id, of one of the kinds."""
        entry = self.found.definitions.get(id) if isinstance(id, str) else None
        if entry is None:
            return None
        if entry[0] in kinds:
            return Definition(*entry)
        others = self._first_doubles.get(id, {}).items()
        return next((Definition(*other) for kind, other in others if kind in kinds), None)

    @cached_property
    def _first_doubles(self) -> dict[str, dict[str, tuple[str, dict[str, Any], Spot]]]:
        """Of the further entries of each id, the first of each kind."""
        first: dict[str, dict[str, tuple[str, dict[str, Any], Spot]]] = {}
        for id, entry in self.found.doubles:
            first.setdefault(id, {}).setdefault(entry[0], entry)
        return first

    def cites(self, why: TextFault) -> bool:
        """Whether some evidence cannot be looked up because the text of its source is not to be had for this reason."""
        unread = {id for id, text in self.sources.items() if text is why}
        return bool(unread) and any(str(cited.get("source")) in unread for cited, _ in self.found.entries["evidence"])

    @cached_property
    def _judge(self) -> OtherValues:
        return OtherValues(self.schema, self.value)

    @cached_property
    def _sound_rules_of_values(self) -> list[Rule]:
        return [rule for rule in self._rules_of_values if self.intact(*rule.needs)]

    def fault_of(self, path: Pointer, value: Any) -> Issue | None:
        """What would be wrong with another value at a path, according to the schema or a rule of values."""
        issue = self._judge(path, value, helped=self._helped["alternatives"] < MOST_HELPED)
        self._helped["alternatives"] += issue is not None
        if issue is not None:
            return issue
        other = _OtherValue(self, path, value)
        return next((issue for rule in self._sound_rules_of_values for issue in rule.check(other)), None)

    def party_of(self, member_or_delegation: Any) -> str | None:
        """The id of the party for which a member or a delegation takes part."""
        found = self.find(member_or_delegation, "member", "delegation")
        if found is None:
            return None
        holder = found.value
        if found.kind == "member":
            _, name, index = found.spot[0]
            holder = self.value[name][index]
        party = holder.get("party")
        return party if isinstance(party, str) else None


class _SourceTexts:
    """The text of each source by the source's id, or why there is none; read on first use."""

    def __init__(self, value: dict[str, Any], texts: Texts) -> None:
        self._value = value
        self._texts = texts
        self._by_id: dict[str, SourceText | TextFault] | None = None

    def _read(self) -> dict[str, SourceText | TextFault]:
        if self._by_id is None:
            found = self._value.get("sources")
            self._by_id = {
                source["id"]: self._texts.of(source)
                for source in (found if isinstance(found, list) else ())
                if isinstance(source, dict) and isinstance(source.get("id"), str)
            }
        return self._by_id

    @property
    def are_lacking(self) -> bool:
        """Whether the text of some source is not to be had."""
        return TextFault in map(type, self._read().values())

    def get(self, id: Any) -> SourceText | TextFault | None:
        """The text of one source; None if there is no such source."""
        return self._read().get(id)

    def items(self) -> Iterable[tuple[str, SourceText | TextFault]]:
        """Every source's id and text."""
        return self._read().items()


class _OtherValue(Record):
    """A record with another value at one path; only that value is checked, and the rest can be referred to.

    There may be very many, so that nothing of the record is copied for each.
    """

    def __init__(self, record: Record, path: Pointer, value: Any) -> None:
        self._record = record
        self._place = path, value
        super().__init__(record.value, record.schema, record.schema.collect_at(path, value), record.texts)

    @property
    def whole(self) -> bool:
        """Whether this is the whole record, and not one value of it."""
        return False

    def _all_references(self) -> Iterator[tuple[tuple[str, ...], str, Spot]]:
        return self.schema.references_at(*self._place)

    @cached_property
    def unresolved(self) -> list[Reference]:
        """The references in the value to ids that no entry of the right kinds has, in the value or the record."""
        ids = [self.found.ids, self._record.found.ids]
        every = [reference for found in self.references.values() for reference in found]
        return [one for one in every if not any(one.id in of[kind] for of in ids for kind in one.kinds)]

    def entries(self, id: str) -> list[Definition]:
        """The entries with an id, first those of the value."""
        return super().entries(id) + self._record.entries(id)

    def has_any(self, ids: set[str], kind: str) -> bool:
        """Whether an entry of a kind, in the value or the record, has one of some ids."""
        return super().has_any(ids, kind) or self._record.has_any(ids, kind)

    def find(self, id: Any, *kinds: str) -> Definition | None:
        """The first entry with an id, of one of the kinds, in the value or else in the record."""
        return super().find(id, *kinds) or self._record.find(id, *kinds)

    def known(self, kinds: Iterable[str]) -> list[str]:
        """The ids of all entries of some kinds, in the value and the record."""
        wanted = frozenset(kinds)
        return list(dict.fromkeys(super().known(wanted) + self._record.known(wanted)))

    @cached_property
    def used(self) -> set[str]:
        """The ids that something in the record or the other value refers to."""
        return self._record.used | super().used

    def helps(self, what: str) -> bool:
        """Whether to look for the right spelling, counted over all alternatives of the record."""
        return self._record.helps(what)

    def nearest(self, wrong: str, right: Collection[str]) -> list[str]:
        """The nearest words, with the time for it counted over all alternatives of the record."""
        return self._record.nearest(wrong, right)


@lru_cache(maxsize=10_000)
def _is_touched(broken: tuple[str, ...], needs: tuple[str, ...]) -> bool:
    """Whether a broken path leads to one of the parts that are needed, or into one."""
    return any(_touches(broken, need.split("/")) for need in needs)


@lru_cache(maxsize=10_000)
def _ends_of_entries(broken: tuple[str, ...], apart: tuple[str, ...]) -> frozenset[int]:
    """The lengths of the paths to the list entries that contain a broken part."""
    touched = (need for need in (name.split("/") for name in apart) if _touches(broken, need))
    return frozenset(broken.index(need[1]) + 2 if need[0] == "**" else need.index("*") + 1 for need in touched)


def _touches(broken: tuple[str, ...], need: list[str]) -> bool:
    """Whether a broken path leads to what is needed, or into it."""
    if need[0] == "**":
        return any(_touches(broken[start:], need[1:]) for start in range(len(broken)))
    return all(wanted in ("*", key) for key, wanted in zip(broken, need, strict=False))


SKIPPED: Final = "a part of the record that is needed is broken"
LEFT_OUT: Final = "broken entries were left out"
FAILED: Final = "the program has failed"


class Ran(NamedTuple):
    """What the rules have found in a record.

    ``more`` counts each rule's issues beyond those listed, ``not_checked`` has the rules that could not check everything,
    and why.
    """

    issues: list[tuple[str, Issue]]
    more: dict[str, int]
    not_checked: list[tuple[str, str]]


def concerning(rules: Mapping[str, Rule], names: Iterable[str]) -> dict[str, Rule]:
    """Those of some rules that may find something in a record that has what is named, if nothing in it is broken."""
    return {id: rule for id, rule in rules.items() if not rule.about or not set(rule.about).isdisjoint(names)}


def run(record: Record, rules: Mapping[str, Rule], failed: Callable[[Exception, str], None], most: int) -> Ran:
    """What some rules find in a record: at most ``most`` issues of each, as their descriptions take a lot of memory.

    Each rule gets the record without the entries in which a part that it needs is broken. A rule that fails is reported
    to ``failed``, and the other rules still run.
    """
    ran = Ran([], {}, [])
    whole = record.without(record.copies) if record.found.doubles else record
    views: dict[frozenset[Pointer], Record] = {}
    view, broken = whole, record.broken
    for id, rule in rules.items():
        if broken:
            if not record.intact(*rule.needs):
                ran.not_checked.append((id, SKIPPED))
                continue
            cut = record.broken_entries(rule.apart)
            if cut is not None:
                ran.not_checked.append((id, LEFT_OUT))
            view = whole if not cut else views.get(cut) or views.setdefault(cut, record.without(record.copies | cut))
        number = 0
        try:
            if not broken and rule.first_look is not None and not rule.first_look(whole):
                continue
            for issue in rule.check(view):
                number += 1
                if number <= most:
                    ran.issues.append((id, issue))
        except Exception as error:  # noqa: BLE001  # whatever the error is, the other rules still run
            failed(error, f"{id}: ")
            ran.not_checked.append((id, FAILED))
        if number > most:
            ran.more[id] = number - most
    if record.sources.are_lacking and record.cites(NO_TEXT):
        ran.not_checked.append(("evidence", "its source has no text"))
    if record.sources.are_lacking and record.cites(OUT_OF_REACH):
        ran.not_checked.append(("evidence", "the text of its source lies in a file that is out of reach here"))
    ran.not_checked.extend(sorted(record.unfinished))
    return ran
