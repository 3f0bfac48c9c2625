"""What rules are made of: the record walked once, and the decorator that turns a function into a rule."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Final, NamedTuple

from diplomatic_events.findings import Issue, Severity
from diplomatic_events.pointers import Path
from diplomatic_events.rulebook import Fragment, Rule, describe
from diplomatic_events.shape import Shape
from diplomatic_events.texts import NO_TEXT, Text, TextFault, Texts

Entry = tuple[Path, dict[str, Any]]
"""An object of the record, and where it stands."""


Judge = Callable[[dict[str, Any]], list[Issue]]
"""What the schema has to say of a record."""


class Definition(NamedTuple):
    """An entry that has an id of its own."""

    kind: str
    path: Path
    value: dict[str, Any]


class Reference(NamedTuple):
    """An id that must be that of an entry of one of some kinds."""

    path: Path
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
        broken: frozenset[Path] = frozenset(),
    ) -> None:
        self.value = value
        self.broken = broken
        self.texts = texts
        self.shape = shape
        self._judge = judge
        self.entries: dict[str, list[Entry]] = {name: [] for name in shape.plans}
        self.definitions: dict[str, list[Definition]] = {}
        self.references: list[Reference] = []
        self.dates: list[tuple[Path, str]] = []
        self.languages: list[tuple[Path, str]] = []
        self.codes: list[tuple[Path, str, str]] = []
        self.memory: dict[str, Any] = {}
        self._walk(value, (), "")

    def _walk(self, value: dict[str, Any], path: Path, definition: str) -> None:
        self.entries[definition].append((path, value))
        plan = self.shape.plans[definition]
        for key, part in value.items():
            step = plan.get(key)
            if step is None:
                continue
            if not step.many:
                self._visit(part, (*path, key), step.action, step.detail)
            elif isinstance(part, list):
                here = (*path, key)
                for index, item in enumerate(part):
                    self._visit(item, (*here, index), step.action, step.detail)
        if isinstance(value.get("id"), str) and definition in self.shape.kinds:
            self.definitions.setdefault(value["id"], []).append(Definition(definition, path, value))

    def _visit(self, value: Any, path: Path, action: str, detail: Any) -> None:
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

    def intact(self, *needs: str) -> bool:
        """Whether no broken part of the record touches the paths."""
        return not any(_touches(broken, need.split("/")) for broken in self.broken for need in needs)

    def listed(self, name: str) -> list[Entry]:
        """The objects in a list at the root, such as `delegations`."""
        found = self.value.get(name)
        items = enumerate(found) if isinstance(found, list) else ()
        return [((name, index), item) for index, item in items if isinstance(item, dict)]

    def find(self, id: Any, *kinds: str) -> Definition | None:
        """The first entry with an id, of one of the kinds."""
        if not isinstance(id, str):
            return None
        return next((entry for entry in self.definitions.get(id, ()) if entry.kind in kinds), None)

    @cached_property
    def sources(self) -> dict[str, Text | TextFault]:
        """The text of each source by the source's id, or why there is none."""
        return {
            source["id"]: self.texts.of(source)
            for _, source in self.listed("sources")
            if isinstance(source.get("id"), str)
        }

    def cites_without_text(self) -> bool:
        """Whether some evidence is from a source that has no text, so that it cannot be looked up."""
        unread = {id for id, text in self.sources.items() if text is NO_TEXT}
        return any(str(evidence.get("source")) in unread for _, evidence in self.entries["evidence"])

    def fault_of(self, path: Path, value: Any) -> Issue | None:
        """What the schema would find wrong with another value in a place of this record."""
        depth = len(path)
        return next(
            (issue for issue in self._judge(_with(self.value, path, value)) if issue.path[:depth] == path), None
        )

    def party_of(self, member_or_delegation: Any) -> str | None:
        """The id of the party for which a member or a delegation takes part."""
        found = self.find(member_or_delegation, "member", "delegation")
        if found is None:
            return None
        delegation = self.value["delegations"][found.path[1]]
        party = delegation.get("party")
        return party if isinstance(party, str) else None


def _with(whole: Any, path: Path, value: Any) -> Any:
    """A record with another value in one place. What does not change is shared with the original."""
    if not path:
        return value
    changed = dict(whole) if isinstance(whole, dict) else list(whole)
    changed[path[0]] = _with(whole[path[0]], path[1:], value)  # type: ignore[index]  # the path was found in this record
    return changed


def _touches(broken: Path, need: list[str]) -> bool:
    """Whether a broken path lies on the way to what is needed, or inside it."""
    if need[0] == "**":
        return any(_touches(broken[start:], need[1:]) for start in range(len(broken)))
    return all(wanted in ("*", key) for key, wanted in zip(broken, need, strict=False))


Check = Callable[[Record], Iterator[Issue]]
CHECKS: Final[list[tuple[Rule, Check]]] = []
"""Every rule that reads a whole record, in the order in which they run."""


def rule(
    id: str, *, severity: Severity, bad: Fragment, good: Fragment, at: str, needs: tuple[str, ...] = ()
) -> Callable[[Check], Check]:
    """Make a rule of a function that yields an `Issue` for each fault that it sees in a record.

    The docstring is the rule's page: the fault in one line, why it matters, how to mend it.
    """

    def enter(check: Check) -> Check:
        entry = describe(id, check.__doc__, severity=severity, bad=bad, good=good, at=at, needs=needs)
        CHECKS.append((entry, check))
        return check

    return enter


def run(record: Record, chosen: frozenset[str]) -> tuple[list[tuple[str, Issue]], list[str]]:
    """The issues of the chosen rules, and the ids of those whose needs are broken."""
    issues: list[tuple[str, Issue]] = []
    skipped: list[str] = []
    for entry, check in CHECKS:
        if entry.id not in chosen:
            continue
        if record.broken and not record.intact(*entry.needs):
            skipped.append(entry.id)
            continue
        issues.extend((entry.id, issue) for issue in check(record))
    return issues, skipped
