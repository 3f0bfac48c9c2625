"""What rules are made of: the record walked once, and the decorator that turns a function into a rule."""

from collections import ChainMap, Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from functools import cached_property
from typing import Any, Final, NamedTuple, Protocol

from diplomatic_events.findings import Issue, Severity
from diplomatic_events.pointers import Pointer
from diplomatic_events.rulebook import Fragment, Rule, describe
from diplomatic_events.schema.plan import ROOT, Shape, Step
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


class Record:
    """A record and everything that rules look up in it, collected in one walk.

    The walk passes over values of the wrong type, so that a broken part does not stop the rules that do not need it.
    """

    def __init__(
        self,
        value: dict[str, Any],
        shape: Shape,
        texts: Texts,
        judge: Judge,
        broken: frozenset[Pointer] = NOTHING,
    ) -> None:
        self.value = value
        self.broken = broken
        self.left_out = NOTHING
        self.partial = False
        self.texts = texts
        self.shape = shape
        self._judge = judge
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        self.definitions: MutableMapping[str, list[Definition]] = {}
        self.references: list[Reference] = []
        self.dates: list[tuple[Pointer, str]] = []
        self.languages: list[tuple[Pointer, str]] = []
        self.codes: list[tuple[Pointer, str, str]] = []
        self.memory: dict[Any, Any] = {}
        self._helped: Counter[str] = Counter()
        self._begin()

    def _begin(self) -> None:
        self._walk(self.value, (), ROOT)

    def _walk(self, value: dict[str, Any], path: Pointer, definition: str) -> None:
        self._entries[definition].append((path, value))
        for key, step in self.shape.plans[definition].items():  # in this order, whatever that of the record is
            if key in value:
                self._follow(step, value[key], (*path, key))
        if isinstance(value.get("id"), str) and definition in self.shape.kinds:
            self.definitions.setdefault(value["id"], []).append(Definition(definition, path, value))

    def _follow(self, step: Step, value: Any, path: Pointer) -> None:
        if not step.many:
            self._visit(value, path, step.action, step.detail)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                self._visit(item, (*path, index), step.action, step.detail)

    def _visit(self, value: Any, path: Pointer, action: str, detail: Any) -> None:
        if action == "object":
            if isinstance(value, dict):
                self._walk(value, path, detail)
        elif not isinstance(value, str):
            return
        elif action == "reference":
            self.references.append(Reference(path, value, detail))
        elif action == "date":
            self.dates.append((path, value))
        elif action == "language":
            self.languages.append((path, value))
        else:
            self.codes.append((path, detail, value))

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
        """The entries that repeat an earlier one whole, id and all: only their id is told, and not again all else."""
        return frozenset(
            entry.path for first, *others in self.definitions.values() for entry in others
            if (entry.kind, entry.value) == (first.kind, first.value)
        )  # fmt: skip

    def listed(self, name: str) -> list[Entry]:
        """The objects in a list at the root, such as `delegations`, but for those left out."""
        found = self.value.get(name)
        items = enumerate(found) if isinstance(found, list) else ()
        return [((name, i), item) for i, item in items if isinstance(item, dict) and (name, i) not in self.left_out]

    def of_kind(self, definition: str) -> list[Entry]:
        """The objects that fall under a definition of the schema, wherever they stand, but for those left out."""
        found = self._entries[definition]
        if not self.left_out:
            return found
        return [
            entry for entry in found
            if not any(entry[0][:length] in self.left_out for length in range(1, len(entry[0]) + 1))
        ]  # fmt: skip

    @cached_property
    def used(self) -> set[str]:
        """The ids that something refers to."""
        return {reference.id for reference in self.references}

    def known(self, kinds: Iterable[str]) -> list[str]:
        """The ids of all entries of some kinds."""
        wanted = frozenset(kinds)
        return [id for id, entries in self.definitions.items() if any(entry.kind in wanted for entry in entries)]

    def helps(self, what: str) -> bool:
        """Whether the right spelling is still to be looked for: only the first so many faults of a kind get that."""
        self._helped[what] += 1
        return self._helped[what] <= MOST_HELPED

    def find(self, id: Any, *kinds: str) -> Definition | None:
        """The first entry with an id, of one of the kinds."""
        if not isinstance(id, str):
            return None
        return next((entry for entry in self.definitions.get(id, ()) if entry.kind in kinds), None)

    @cached_property
    def sources(self) -> dict[str, Text | TextFault]:
        """The text of each source by the source's id, or why there is none."""
        found = self.value.get("sources")
        return {
            source["id"]: self.texts.of(source)
            for source in (found if isinstance(found, list) else ())
            if isinstance(source, dict) and isinstance(source.get("id"), str)
        }

    def cites_without_text(self) -> bool:
        """Whether some evidence is from a source that has no text, so that it cannot be looked up."""
        unread = {id for id, text in self.sources.items() if text is NO_TEXT}
        return any(str(evidence.get("source")) in unread for _, evidence in self._entries["evidence"])

    @cached_property
    def _checks_of_values(self) -> "list[tuple[Rule, Check]]":
        return [(entry, check) for entry, check in CHECKS if entry.of_values and self.intact(*entry.needs)]

    def fault_of(self, path: Pointer, value: Any) -> Issue | None:
        """What would be wrong with another value in a place of this record, by the schema or by a rule of values."""
        issue = self._judge(path, value, helped=self._helped["alternatives"] < MOST_HELPED)
        self._helped["alternatives"] += issue is not None
        if issue is not None:
            return issue
        other = Alternative(self, path, value)
        return next((issue for _, check in self._checks_of_values for issue in check(other)), None)

    def party_of(self, member_or_delegation: Any) -> str | None:
        """The id of the party for which a member or a delegation takes part."""
        found = self.find(member_or_delegation, "member", "delegation")
        if found is None:
            return None
        delegation = self.value["delegations"][found.path[1]]
        party = delegation.get("party")
        return party if isinstance(party, str) else None


class Alternative(Record):
    """One place of a record, with another value in it; the rest is there only to be referred to."""

    def __init__(self, whole: Record, path: Pointer, value: Any) -> None:
        self.whole = whole
        self._path, self._other = path, value
        super().__init__(whole.value, whole.shape, whole.texts, whole._judge)  # noqa: SLF001  # its own class
        self.partial = True

    def _begin(self) -> None:
        step = self.shape.step(self._path)
        if step is not None:
            self._follow(step, self._other, self._path)
        self.definitions = ChainMap(self.definitions, self.whole.definitions)

    @cached_property
    def used(self) -> set[str]:
        """The ids that something in the record or the alternative refers to."""
        return self.whole.used | {reference.id for reference in self.references}

    def helps(self, what: str) -> bool:
        """Whether the right spelling is still to be looked for, in any alternative of the record."""
        return self.whole.helps(what)


def _end_of_entry(broken: tuple[str, ...], need: list[str]) -> int:
    """The length of the path to the entry of a list that a broken part belongs to."""
    return broken.index(need[1]) + 2 if need[0] == "**" else need.index("*") + 1


def _touches(broken: tuple[str, ...], need: list[str]) -> bool:
    """Whether a broken path lies on the way to what is needed, or inside it."""
    if need[0] == "**":
        return any(_touches(broken[start:], need[1:]) for start in range(len(broken)))
    return all(wanted in ("*", key) for key, wanted in zip(broken, need, strict=False))


Check = Callable[[Record], Iterator[Issue]]
CHECKS: Final[list[tuple[Rule, Check]]] = []
"""Every rule that reads a whole record, in the order in which they run."""


def rule(
    id: str,
    *,
    severity: Severity,
    bad: Fragment,
    good: Fragment,
    at: str,
    needs: tuple[str, ...] = (),
    apart: tuple[str, ...] = (),
    of_values: bool = False,
    mended: Fragment | None = None,
) -> Callable[[Check], Check]:
    """Make a rule of a function that yields an `Issue` for each fault that it sees in a record.

    The docstring is the rule's page: the fault in one line, why it matters, how to mend it.
    """

    def enter(check: Check) -> Check:
        entry = describe(
            id, check.__doc__, severity=severity, bad=bad, good=good, at=at, needs=needs, apart=apart, of_values=of_values,
            mended=mended,
        )  # fmt: skip
        CHECKS.append((entry, check))
        return check

    return enter


SKIPPED: Final = "the part of the record that it needs is broken"
LEFT_OUT: Final = "entries that are broken were left out"
FAILED: Final = "the program has failed"


def run(
    record: Record, chosen: frozenset[str], failed: Callable[[str, Exception], None]
) -> tuple[list[tuple[str, Issue]], list[tuple[str, str]]]:
    """The issues of the chosen rules; and which of them could not look at everything, and why.

    A rule that fails is told to ``failed`` and costs no other rule its issues.
    """
    issues: list[tuple[str, Issue]] = []
    skipped: list[tuple[str, str]] = []
    record.left_out = record.copies
    for entry, check in CHECKS:
        if entry.id not in chosen:
            continue
        if record.broken:
            if not record.intact(*entry.needs):
                skipped.append((entry.id, SKIPPED))
                continue
            left_out = record.broken_entries(entry.apart)
            if left_out is not None:
                skipped.append((entry.id, LEFT_OUT))
            record.left_out = record.copies | (left_out or NOTHING)
        try:
            issues.extend((entry.id, issue) for issue in check(record))
        except Exception as error:  # noqa: BLE001  # whatever it is, the other rules are sound
            failed(entry.id, error)
            skipped.append((entry.id, FAILED))
    record.left_out = NOTHING
    return issues, skipped
