"""A record migrated to another version of the schema, one step for each pair of neighbouring versions.

A step is a function that knows only two versions. If version 2.0 renamed `host` to `hostedBy`, its step would be the
following, and its entry in `STEPS` ``("1.1", "2.0"): to_2_0``:

    def to_2_0(record: dict[str, Any]) -> Change:
        moved = {"/host": "/hostedBy"} if "host" in record else {}
        return Change({"hostedBy" if name == "host" else name: part for name, part in record.items()}, moved=moved)

`migrate` takes care of `schemaVersion`, `$schema` and the targets of annotations. What the new version has no place for
is reported as a `Loss` and never hidden in ``extensions``: the caller has the old record and decides.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, Final, NamedTuple

from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.pointers import resolve, to_pointer
from diplomatic_events.schema.catalogue import Catalogue, catalogue
from diplomatic_events.schema.structure import Structure, structure
from diplomatic_events.schema.targets import reached, stable, targets
from diplomatic_events.schema.version import declared

_SHIPPED: Final = catalogue()


class Loss(NamedTuple):
    """Something that a version has no place for: its pointer in the old record, what it is, and why it is lost.

    A step leaves out ``version``, the version it leads to; `migrate` fills it in.
    """

    pointer: str
    what: str
    why: str
    version: str = ""


@dataclass(frozen=True)
class Change:
    """What a step makes of a record.

    ``moved`` maps old JSON Pointers to new ones, whole objects and lists included; what it does not name stays where it
    is. Something that is only partly lost, such as a code replaced by a broader one, is in ``lost`` and also in
    ``moved``, with its pointer unchanged.
    """

    record: dict[str, Any]
    lost: tuple[Loss, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _ways(self) -> dict[str, str | None]:
        return {**{loss.pointer: None for loss in self.lost}, **self.moved}

    def follow(self, pointer: str) -> str | None:
        """Where a value is after the change, or None if it is lost. The closest named value around it decides."""
        around = _closest(pointer, self._ways)
        if around is None:
            return pointer
        new = self._ways[around]
        return None if new is None else new + pointer[len(around) :]


Steps = Mapping[tuple[str, str], Callable[[dict[str, Any]], Change]]
"""Steps by the versions they lead from and to. Each gets its own copy of the record, which it may change."""

STEPS: Final[Steps] = {}
"""Every step between versions of the schema. There is none yet, as there is only one version."""


class Migrated(NamedTuple):
    """A record in another version, and what was lost; the pointers are those of the original record."""

    record: dict[str, Any]
    lost: tuple[Loss, ...] = ()


class BrokenStepError(Exception):
    """A step breaks its contract: a fault of this program, not of the record."""

    def __init__(self, step: tuple[str, str], why: str) -> None:
        super().__init__(f"the step from {step[0]} to {step[1]} is wrong: {why}")


def check_target(to: str, catalogue: Catalogue) -> None:
    """Refuse a version that records cannot be migrated to.

    Raises:
        DiplomaticEventsError: There is no such version, or it was withdrawn.
    """
    catalogue.path(to)
    if catalogue.versions[to].status == "withdrawn":
        raise DiplomaticEventsError(
            f"version {to} of the schema is withdrawn; no record can be migrated to it",
            help=f"`--to {catalogue.latest}` migrates to the latest version",
        )


def migrate(
    record: Any, to: str, *, catalogue: Catalogue = _SHIPPED, steps: Steps = STEPS, engine: str = "auto"
) -> Migrated:
    """Migrate a record to another version. The record itself is never changed, and shares nothing with the new one.

    Raises:
        DiplomaticEventsError: The record declares no known version or is not valid in it; or the target is unknown or
            withdrawn; or a step on the way is not defined.
        BrokenStepError: A step gave a record that is not valid, or lost something without reporting it.
    """
    check_target(to, catalogue)
    version = declared(record, catalogue)
    if not isinstance(version, str):
        raise DiplomaticEventsError(version[1].message, help=version[1].help)
    way = _way(version, to, catalogue, steps)
    if issues := structure(catalogue, version, engine).judge(record).issues:
        raise DiplomaticEventsError(
            f"the record is not valid in {version}: {issues[0][1].message}",
            help="`diplomatic-events check` shows what is wrong; correct the record first",
        )
    now = deepcopy(record)
    lost: list[Loss] = []
    origins = {pointer: pointer for pointer in _pointers(record)}  # of each value left: where it is now, and was
    for step in way:
        change = steps[step](deepcopy(now))
        schemas = structure(catalogue, step[0], engine), structure(catalogue, step[1], engine)
        for part in (change, _carry_annotations(step, now, change, schemas)):
            for loss in part.lost:
                origin = origins[_closest(loss.pointer, origins) or ""]
                lost.append(loss._replace(pointer=origin, version=step[1]))
            origins = {new: old for here, old in origins.items() if (new := part.follow(here)) is not None}
        now = {**change.record, "schemaVersion": step[1]}
        if issues := structure(catalogue, step[1], engine).judge(now).issues:
            rule, issue = issues[0]
            place = to_pointer(issue.path) or "the root"
            raise BrokenStepError(step, f"its record is not valid: {rule} at {place}: {issue.message}")
    if "$schema" in now:
        now["$schema"] = _address(now["$schema"], version, to)
    return Migrated(now, tuple(lost))


def _way(source: str, to: str, catalogue: Catalogue, steps: Steps) -> list[tuple[str, str]]:
    """The steps between two versions, up or down, as pairs of neighbouring versions."""
    versions = list(catalogue.versions)
    if versions.index(source) > versions.index(to):
        versions.reverse()
    way = list(pairwise(versions[versions.index(source) : versions.index(to) + 1]))
    for old, new in way:
        if (old, new) not in steps:
            raise DiplomaticEventsError(
                f"cannot migrate from {source} to {to}: there is no step from {old} to {new}",
                help="a later release of this program may have it",
            )
    return way


def _carry_annotations(
    step: tuple[str, str], before: dict[str, Any], change: Change, schemas: tuple[Structure, Structure]
) -> Change:
    """Let the annotations of a changed record follow what they are about.

    One whose target is lost is lost with it, and so is one about that annotation. Of several targets, the others stay.
    """
    record = change.record
    follow = _Follower(step, before, change, schemas)
    annotations = {f"/annotations/{number}": each for number, each in enumerate(record.get("annotations", ()))}
    ways = {here: {inner: follow(old) for inner, old in targets(each)} for here, each in annotations.items()}
    left = {here: sum(new is not None for new in news.values()) for here, news in ways.items()}
    about: dict[str, list[str]] = defaultdict(list)
    for here, news in ways.items():
        for new in news.values():
            if new is not None:
                about[_annotation(new)].append(here)
    lost = [here for here, number in left.items() if not number]
    for here in lost:  # an annotation about a lost one is lost as well, so the list grows
        for other in about[here]:
            left[other] -= 1
            if not left[other]:
                lost.append(other)
    gone = frozenset(lost)
    kept = [here for here in annotations if here not in gone]
    losses = [Loss(here, "an annotation", "what it is about is lost") for here in annotations if here in gone]
    moved = {here: f"/annotations/{number}" for number, here in enumerate(kept)}
    followed: dict[str, list[str]] = {}
    for here in kept:
        followed[here] = []
        for inner, new in ways[here].items():
            if new is None or _annotation(new) in gone:
                losses.append(Loss(here + to_pointer(inner), "a target of an annotation", "it is lost"))
            else:
                if inner != ("target",):
                    moved[here + to_pointer(inner)] = f"{moved[here]}/targets/{len(followed[here])}"
                followed[here].append(new)
    carried = Change(record, tuple(losses), moved)
    for here in kept:
        now = [str(carried.follow(new)) for new in followed[here]]
        annotations[here].update({"targets": now} if "targets" in annotations[here] else {"target": now[0]})
    if kept:
        record["annotations"] = [annotations[here] for here in kept]
    else:
        record.pop("annotations", None)
    return carried


def _annotation(target: str) -> str:
    """The pointer of the annotation that a target is about or leads into, if it does."""
    return "/".join(target.split("/")[:3])


class _Follower:
    """Says where the target of an annotation is after a change, in the form in which it was written."""

    def __init__(
        self, step: tuple[str, str], before: dict[str, Any], change: Change, schemas: tuple[Structure, Structure]
    ) -> None:
        self._step, self._before, self._change = step, before, change
        self._old, self._new = (
            schema.collect_at((), record) for schema, record in zip(schemas, (before, change.record), strict=True)
        )

    def __call__(self, target: str) -> str | None:
        old = reached(self._before, self._old, target)
        if old is None:  # It led nowhere before the step either.
            return self._change.follow(target)
        new = self._change.follow(target if target.startswith("/") else to_pointer(old))
        if new is None:
            return None
        there = resolve(self._change.record, new)
        if there is None:
            why = f"an annotation is about {target}, and the step does not say what became of it"
            raise BrokenStepError(self._step, why)
        return stable(self._change.record, self._new, there) if target[:1] not in ("", "/") else new


def _pointers(value: Any, here: str = "") -> Iterator[str]:
    """The pointers of a value and of every value in it."""
    yield here
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from _pointers(part, here + to_pointer((key,)))


def _closest(pointer: str, others: Mapping[str, Any]) -> str | None:
    """The longest of ``others`` that is this pointer or leads to something around it."""
    while pointer not in others:
        if not pointer:
            return None
        pointer = pointer.rpartition("/")[0]
    return pointer


def _address(old: str, source: str, to: str) -> str:
    """A schema's address for another version, if its folder is the version; any other address stays as it is."""
    folder = re.compile(rf"([^?#]*/|){re.escape(source)}(/[^/?#]*(?:[?#].*)?)")
    found = folder.fullmatch(old)
    return f"{found[1]}{to}{found[2]}" if found else old
