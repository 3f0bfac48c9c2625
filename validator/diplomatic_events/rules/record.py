"""The record as rules see it: walked once, and without the entries that are broken where a rule takes them one by one."""

import copy
from collections import ChainMap, Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any, Final, NamedTuple, Protocol

from diplomatic_events.findings import Issue
from diplomatic_events.pointers import Pointer
from diplomatic_events.rulebook import Rule
from diplomatic_events.schema.plan import ROOT, Plan, Step
from diplomatic_events.sources.texts import NO_TEXT, Text, TextFault, Texts
from diplomatic_events.suggest import MOST_HELPED

Entry = tuple[Pointer, dict[str, Any]]
"""An object of the record, and where it stands."""

NOTHING: Final[frozenset[Pointer]] = frozenset()


class Judge(Protocol):
    """The first thing that the schema has to say of another value in a place of the record."""

    def __call__(self, path: Pointer, value: Any, *, helped: bool) -> Issue | None:
        """``helped`` is whether the right spelling of a wrong value is to be looked for."""


class Definition(NamedTuple):
    """An entry that has an id of its own."""

    kind: str
    path: Pointer
    value: dict[str, Any]


class Reference(NamedTuple):
    """An id that must be that of an entry of one of some kinds."""

    path: Pointer
    id: str
    kinds: tuple[str, ...]


@dataclass(slots=True)
class Found:
    """What one walk through a record collects. Dates, languages, codes and references are only those that are sound."""

    entries: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    definitions: MutableMapping[str, list[Definition]] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    dates: list[tuple[Pointer, str]] = field(default_factory=list)
    languages: list[tuple[Pointer, str]] = field(default_factory=list)
    codes: list[tuple[Pointer, str, str]] = field(default_factory=list)


class _Collector:
    """The walk. It passes over values of the wrong type, so that a broken part does not stop the rules that do not need it."""

    def __init__(self, plan: Plan, broken: frozenset[Pointer]) -> None:
        self.found = Found()
        self._plan = plan
        self._broken = broken

    def walk(self, value: dict[str, Any], path: Pointer, definition: str) -> None:
        self.found.entries[definition].append((path, value))
        for key, step in self._plan.steps[definition].items():  # in this order, whatever that of the record is
            if key in value:
                self.follow(step, value[key], (*path, key))
        if isinstance(value.get("id"), str) and definition in self._plan.kinds:
            self.found.definitions.setdefault(value["id"], []).append(Definition(definition, path, value))

    def follow(self, step: Step, value: Any, path: Pointer) -> None:
        if not step.many:
            self._visit(value, path, step.action, step.detail)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                self._visit(item, (*path, index), step.action, step.detail)

    def _visit(self, value: Any, path: Pointer, action: str, detail: Any) -> None:
        found = self.found
        if action == "object":
            if isinstance(value, dict):
                self.walk(value, path, detail)
        elif not isinstance(value, str) or path in self._broken:
            return
        elif action == "reference":
            found.references.append(Reference(path, value, detail))
        elif action == "date":
            found.dates.append((path, value))
        elif action == "language":
            found.languages.append((path, value))
        else:
            found.codes.append((path, detail, value))


class Record:
    """A record and everything that rules look up in it. Rules must not change it.

    Args:
        value: The record, which the schema has judged.
        plan: Where references, dates, codes and further objects stand in a record of its version.
        texts: The texts of its sources.
        judge: What the schema says of another value in a place of the record.
        broken: Where the schema found something wrong.
        rules_of_values: The rules that an alternative value must keep as well.
    """

    def __init__(
        self,
        value: dict[str, Any],
        plan: Plan,
        texts: Texts,
        judge: Judge,
        broken: frozenset[Pointer] = NOTHING,
        rules_of_values: tuple[Rule, ...] = (),
    ) -> None:
        self.value = value
        self.broken = broken
        self.plan = plan
        self.texts = texts
        self.sources = _SourceTexts(value, texts)
        found = self._collect()
        self.definitions = found.definitions
        """Every entry that has an id, by that id."""
        self.references = found.references
        self.dates = found.dates
        self.languages = found.languages
        self.codes = found.codes
        self._entries = found.entries
        self._judge = judge
        self._rules_of_values = rules_of_values
        self._left_out = NOTHING
        self._helped: Counter[str] = Counter()
        self.unfinished: set[tuple[str, str]] = set()
        """What a rule has not looked at to its end, and why."""
        self.more: Counter[str] = Counter()
        """How many issues a rule has beyond those that are kept."""

    def _collect(self) -> Found:
        collector = _Collector(self.plan, self.broken)
        collector.walk(self.value, (), ROOT)
        return collector.found

    def without(self, paths: frozenset[Pointer]) -> "Record":
        """The same record, in which some entries of lists do not occur. What was collected is shared."""
        other = copy.copy(self)
        other._left_out = paths  # noqa: SLF001  # its own class
        return other

    @property
    def whole(self) -> bool:
        """Whether this is the whole record, and not one value of it."""
        return True

    @cached_property
    def _broken_by_shape(self) -> dict[tuple[str, ...], list[Pointer]]:
        """The broken paths, together where they differ only in the numbers of entries."""
        shapes: dict[tuple[str, ...], list[Pointer]] = defaultdict(list)
        for path in self.broken:
            shapes[tuple(key if isinstance(key, str) else "*" for key in path)].append(path)
        return shapes

    def intact(self, *needs: str) -> bool:
        """Whether no broken part of the record touches the paths."""
        return not any(_touches(broken, need.split("/")) for broken in self._broken_by_shape for need in needs)

    def broken_entries(self, apart: tuple[str, ...]) -> frozenset[Pointer] | None:
        """The entries of lists in which a part is broken that the paths touch; None where nothing is."""
        touched = [
            (shape, need)
            for shape in self._broken_by_shape
            for need in (name.split("/") for name in apart)
            if _touches(shape, need)
        ]
        ends = ((shape, _end_of_entry(shape, need)) for shape, need in touched)
        cut = frozenset(path[:end] for shape, end in ends for path in self._broken_by_shape[shape] if end <= len(path))
        return cut if touched else None

    @cached_property
    def copies(self) -> frozenset[Pointer]:
        """The entries that repeat an earlier one whole, id and all: only their id is reported, and not again all else."""
        return frozenset(
            entry.path for first, *others in self.definitions.values() for entry in others
            if (entry.kind, entry.value) == (first.kind, first.value)
        )  # fmt: skip

    def _occurs(self, path: Pointer) -> bool:
        return not any(path[:length] in self._left_out for length in range(1, len(path) + 1))

    def listed(self, name: str) -> list[Entry]:
        """The objects in a list at the root, such as `delegations`."""
        found = self.value.get(name)
        items = enumerate(found) if isinstance(found, list) else ()
        return [((name, i), item) for i, item in items if isinstance(item, dict) and (name, i) not in self._left_out]

    def of_kind(self, definition: str) -> list[Entry]:
        """The objects that fall under a definition of the schema, wherever they stand."""
        found = self._entries[definition]
        return [entry for entry in found if self._occurs(entry[0])] if self._left_out else found

    def members(self) -> Iterator[tuple[Pointer, dict[str, Any], dict[str, Any]]]:
        """Every member with its path and its delegation."""
        for path, delegation in self.listed("delegations"):
            yield from ((place, member, delegation) for place, member in self.members_of(path, delegation))

    def members_of(self, path: Pointer, delegation: dict[str, Any]) -> Iterator[Entry]:
        """Every member of a delegation."""
        for index, member in enumerate(delegation.get("members", ())):
            place = (*path, "members", index)
            if place not in self._left_out:
                yield place, member

    @cached_property
    def used(self) -> set[str]:
        """The ids that something refers to."""
        return {reference.id for reference in self.references}

    def known(self, kinds: Iterable[str]) -> list[str]:
        """The ids of all entries of some kinds."""
        wanted = frozenset(kinds)
        return [id for id, entries in self.definitions.items() if any(entry.kind in wanted for entry in entries)]

    def helps(self, what: str) -> bool:
        """Whether the right spelling is still to be looked for: only the first `MOST_HELPED` faults of a kind get that."""
        self._helped[what] += 1
        return self._helped[what] <= MOST_HELPED

    def find(self, id: Any, *kinds: str) -> Definition | None:
        """The first entry with an id, of one of the kinds."""
        if not isinstance(id, str):
            return None
        return next((entry for entry in self.definitions.get(id, ()) if entry.kind in kinds), None)

    def cites_without_text(self) -> bool:
        """Whether some evidence is from a source that has no text, so that it cannot be looked up."""
        unread = {id for id, text in self.sources.items() if text is NO_TEXT}
        return any(str(evidence.get("source")) in unread for _, evidence in self._entries["evidence"])

    @cached_property
    def _sound_rules_of_values(self) -> list[Rule]:
        return [rule for rule in self._rules_of_values if self.intact(*rule.needs)]

    def fault_of(self, path: Pointer, value: Any) -> Issue | None:
        """What would be wrong with another value in a place of this record, by the schema or by a rule of values."""
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
        delegation = self.value["delegations"][found.path[1]]
        party = delegation.get("party")
        return party if isinstance(party, str) else None


class _SourceTexts:
    """The text of each source by the source's id, or why there is none: read when it is asked for."""

    def __init__(self, value: dict[str, Any], texts: Texts) -> None:
        self._value = value
        self._texts = texts

    @cached_property
    def _by_id(self) -> dict[str, Text | TextFault]:
        found = self._value.get("sources")
        return {
            source["id"]: self._texts.of(source)
            for source in (found if isinstance(found, list) else ())
            if isinstance(source, dict) and isinstance(source.get("id"), str)
        }

    def get(self, id: Any) -> Text | TextFault | None:
        """The text of one source; None where there is no such source."""
        return self._by_id.get(id)

    def items(self) -> Iterable[tuple[str, Text | TextFault]]:
        """Every source's id and text."""
        return self._by_id.items()


class _OtherValue(Record):
    """One place of a record, with another value in it; the rest is there only to be referred to."""

    def __init__(self, record: Record, path: Pointer, value: Any) -> None:
        self._record = record
        self._path, self._other = path, value
        super().__init__(record.value, record.plan, record.texts, record._judge)  # noqa: SLF001  # its own class

    def _collect(self) -> Found:
        collector = _Collector(self.plan, NOTHING)
        step = self.plan.at(self._path)
        if step is not None:
            collector.follow(step, self._other, self._path)
        found = collector.found
        found.definitions = ChainMap(found.definitions, self._record.definitions)
        return found

    @property
    def whole(self) -> bool:
        """Whether this is the whole record, and not one value of it."""
        return False

    @cached_property
    def used(self) -> set[str]:
        """The ids that something in the record or the other value refers to."""
        return self._record.used | {reference.id for reference in self.references}

    def helps(self, what: str) -> bool:
        """Whether the right spelling is still to be looked for, in any alternative of the record."""
        return self._record.helps(what)


def _end_of_entry(broken: tuple[str, ...], need: list[str]) -> int:
    """The length of the path to the entry of a list that a broken part belongs to."""
    return broken.index(need[1]) + 2 if need[0] == "**" else need.index("*") + 1


def _touches(broken: tuple[str, ...], need: list[str]) -> bool:
    """Whether a broken path lies on the way to what is needed, or inside it."""
    if need[0] == "**":
        return any(_touches(broken[start:], need[1:]) for start in range(len(broken)))
    return all(wanted in ("*", key) for key, wanted in zip(broken, need, strict=False))


SKIPPED: Final = "the part of the record that it needs is broken"
LEFT_OUT: Final = "entries that are broken were left out"
FAILED: Final = "the program has failed"

MOST_ISSUES: Final = 20_000
"""Of the issues of one rule in one record, so many are kept; the others are counted."""


def run(
    record: Record, chosen: frozenset[str], rules: Mapping[str, Rule], failed: Callable[[Exception, str], None]
) -> tuple[list[tuple[str, Issue]], list[tuple[str, str]]]:
    """The issues of the chosen rules; and which of them could not look at everything, and why.

    Each rule gets the record without the entries in which a part is broken that it needs. A rule that fails is reported
    to ``failed`` and costs no other rule its issues.
    """
    issues: list[tuple[str, Issue]] = []
    skipped: list[tuple[str, str]] = []
    views = {NOTHING: record.without(record.copies)}
    for id, rule in rules.items():
        if id not in chosen:
            continue
        cut = NOTHING
        if record.broken:
            if not record.intact(*rule.needs):
                skipped.append((id, SKIPPED))
                continue
            left_out = record.broken_entries(rule.apart)
            if left_out is not None:
                skipped.append((id, LEFT_OUT))
            cut = left_out or NOTHING
        if cut not in views:
            views[cut] = record.without(record.copies | cut)
        try:
            found, before = iter(rule.check(views[cut])), len(issues)
            issues.extend((id, issue) for issue in islice(found, MOST_ISSUES))
            if len(issues) == before + MOST_ISSUES:
                record.more[id] = sum(1 for _ in found)
        except Exception as error:  # noqa: BLE001  # whatever it is, the other rules are sound
            failed(error, f"{id}: ")
            skipped.append((id, FAILED))
    if record.cites_without_text():
        skipped.append(("evidence", "its source has no text"))
    return issues, skipped + sorted(record.unfinished)
