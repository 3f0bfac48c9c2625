"""A record brought to another version of the schema, one step for each pair of neighbouring versions.

A step is a function that knows two versions and nothing else:

    @step("1.1", "2.0")
    def rename_host(record: Record) -> Change:
        moved = {"/host": "/hostedBy"} if "host" in record else {}
        return Change(renamed(record, {"host": "hostedBy"}), moved=moved)

What the target has no place for is reported as a `Loss`, and never kept in a hiding place such as ``extensions``: the
caller has the old record and decides.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from copy import deepcopy
from functools import cache
from itertools import pairwise
from typing import Any, Final, NamedTuple

from diplomatic_events.findings import DiplomaticEventsError, Issue
from diplomatic_events.pointers import resolve, to_pointer
from diplomatic_events.schema.catalogue import Catalogue
from diplomatic_events.schema.catalogue import catalogue as shipped
from diplomatic_events.schema.structure import Structure
from diplomatic_events.schema.version import declared

Record = dict[str, Any]


class Loss(NamedTuple):
    """Something that the target has no place for: where it stands in the old record, what it is, and why it goes.

    ``version`` is the one that has no place for it; `migrate` fills it in.
    """

    pointer: str
    what: str
    why: str
    version: str = ""


class Change(NamedTuple):
    """What a step makes of a record.

    ``moved`` leads from old JSON Pointers to new ones, whole objects and lists included; what it does not name stays
    where it is. Something of which only a part is lost, such as a code that gives way to a wider one, stands both in
    ``lost`` and, as staying where it is, in ``moved``.
    """

    record: Record
    lost: tuple[Loss, ...] = ()
    moved: Mapping[str, str] = {}


class Step(NamedTuple):
    """The way from one version to a neighbouring one. The function gets a copy of its own, which it may change."""

    source: str
    target: str
    function: Callable[[Record], Change]


Steps = Mapping[tuple[str, str], Step]
"""Steps by the versions that they lead from and to."""

STEPS: Final[dict[tuple[str, str], Step]] = {}
"""Every step between versions of the schema. There is none yet, for there is one version."""


class Migrated(NamedTuple):
    """A record in another version, and what was lost; the pointers are those of the record as it was given."""

    record: Record
    lost: tuple[Loss, ...] = ()


class InvalidRecordError(DiplomaticEventsError):
    """A record is not valid in the version that it declares; ``issues`` says why, by rule."""

    def __init__(self, message: str, issues: Iterable[tuple[str, Issue]]) -> None:
        super().__init__(
            message, help="`diplomatic-events check` shows what is wrong; migrate the record when it is mended"
        )
        self.issues = tuple(issues)


class BrokenStepError(Exception):
    """A step does not keep what it promises: a fault of this program and not of the record."""


def step(
    source: str, target: str, registry: dict[tuple[str, str], Step] = STEPS
) -> Callable[[Callable[[Record], Change]], Callable[[Record], Change]]:
    """Enter a function as the step between two neighbouring versions."""

    def enter(function: Callable[[Record], Change]) -> Callable[[Record], Change]:
        if (source, target) in registry:
            raise AssertionError(f"there are two steps from {source} to {target}")
        registry[source, target] = Step(source, target, function)
        return function

    return enter


def renamed(value: Record, names: Mapping[str, str]) -> Record:
    """An object in which some properties have other names, in the same order."""
    return {names.get(name, name): part for name, part in value.items()}


def check_target(to: str, catalogue: Catalogue) -> None:
    """See that records may be brought to a version.

    Raises:
        DiplomaticEventsError: There is no such version, or it was withdrawn.
    """
    catalogue.path(to)
    if catalogue.versions[to].status == "withdrawn":
        raise DiplomaticEventsError(
            f"version {to} of the schema is withdrawn, and no record is brought to it",
            help=f"`--to {catalogue.latest}` brings records to the latest version",
        )


def route(source: str, to: str, catalogue: Catalogue, steps: Steps = STEPS) -> list[Step]:
    """The steps from one version to another, from neighbour to neighbour.

    Raises:
        DiplomaticEventsError: There is no such version, or a step on the way is not defined.
    """
    check_target(to, catalogue)
    numbers = list(catalogue.versions)
    first, last = numbers.index(source), numbers.index(to)
    stations = numbers[first : last + 1] if first <= last else numbers[last : first + 1][::-1]
    way: list[Step] = []
    for pair in pairwise(stations):
        if pair not in steps:
            direction = "up" if first < last else "down"
            reached = f"; records of {source} can be brought to {pair[0]}" if way else ""
            raise DiplomaticEventsError(
                f"no way leads from {source} {direction} to {to}: there is no step from {pair[0]} to {pair[1]}",
                help=f"a later release of this program may have it{reached}",
            )
        way.append(steps[pair])
    return way


def migrate(record: Record, to: str, *, catalogue: Catalogue | None = None, steps: Steps = STEPS) -> Migrated:
    """Bring a record to another version. The record itself is never changed, and shares nothing with the new one.

    Raises:
        InvalidRecordError: The record is not valid in the version that it declares, or declares none that is known.
        DiplomaticEventsError: The target is unknown or withdrawn, or a step on the way is not defined.
        BrokenStepError: A step gave a record that is not valid, or reports what cannot be.
    """
    source = catalogue or shipped()
    version = declared(record, source)
    if not isinstance(version, str):
        raise InvalidRecordError(version[1].message, [version])
    way = route(version, to, source, steps)
    if issues := _structure(source, version).judge(record).issues:
        raise InvalidRecordError(f"the record is not valid in {version}: {issues[0][1].message}", issues)
    now = deepcopy(record)
    lost: list[Loss] = []
    trail: list[Change] = []
    for each in way:
        change = _take(each, now, source)
        lost += (
            loss._replace(pointer=_origin(record, loss.pointer, trail), version=each.target) for loss in change.lost
        )
        trail.append(change)
        now = change.record
    if "$schema" in now:
        now["$schema"] = _address(now["$schema"], version, to)
    return Migrated(now, tuple(lost))


def _take(each: Step, before: Record, catalogue: Catalogue) -> Change:
    """One step, its annotations carried along, held to what steps promise."""
    change = each.function(deepcopy(before))
    for pointer in [*(loss.pointer for loss in change.lost), *change.moved]:
        if resolve(before, pointer) is None:
            raise _broken(each, f"it speaks of {pointer}, where the record has nothing")
    for pointer in change.moved.values():
        if resolve(change.record, pointer) is None:
            raise _broken(each, f"it says that something has moved to {pointer}, where there is nothing")
    change = _with_annotations(each, before, change)
    change.record["schemaVersion"] = each.target
    if issues := _structure(catalogue, each.target).judge(change.record).issues:
        rule, issue = issues[0]
        raise _broken(
            each, f"its record is not valid: {rule} at {to_pointer(issue.path) or 'the root'}: {issue.message}"
        )
    return change


def _broken(each: Step, why: str) -> BrokenStepError:
    return BrokenStepError(f"the step from {each.source} to {each.target} is wrong: {why}")


def _with_annotations(each: Step, before: Record, change: Change) -> Change:
    """Let annotations follow what they are about; one whose target is lost is lost with it, and so is one about that.

    A step that has changed targets itself, or the number of annotations, has seen to all of them.
    """
    targets = _targets(before)
    if targets != _targets(change.record):
        _refuse_dangling(each, before, change.record)
        return change
    if not targets:
        return change
    places = [f"/annotations/{number}" for number in range(len(targets))]
    reached = dict(zip(places, _reached(each, targets, before, change), strict=True))
    lost = _lost_annotations(reached)
    kept = {here: about for here, about in reached.items() if about is not None and here not in lost}
    new = {here: f"/annotations/{number}" for number, here in enumerate(kept)}
    entries = [
        {**annotation, "target": _carried(kept[here], new)}
        for here, annotation in zip(places, change.record["annotations"], strict=True)
        if here in kept
    ]
    record = {**change.record, "annotations": entries}
    if not entries:
        del record["annotations"]
    losses = [Loss(here, "an annotation", "what it is about is lost") for here in places if here in lost]
    moved = {there: _carried(to, new) for there, to in change.moved.items() if _closest(to, lost) is None}
    renumbered = {here: place for here, place in new.items() if here != place}
    return Change(record, (*change.lost, *losses), moved | renumbered)


def _refuse_dangling(each: Step, before: Record, record: Record) -> None:
    """See that a step that has changed annotations itself left none about nothing, unless it was so before."""
    for target in _targets(record):
        is_new = target not in _targets(before) or resolve(before, target) is not None
        if isinstance(target, str) and is_new and resolve(record, target) is None:
            raise _broken(each, f"it leaves an annotation about {target}, where there is nothing")


def _targets(record: Record) -> list[Any]:
    """What the annotations of a record are about, as it says."""
    annotations = record.get("annotations")
    entries = annotations if isinstance(annotations, list) else []
    return [entry.get("target") if isinstance(entry, dict) else None for entry in entries]


def _reached(each: Step, targets: Iterable[str], before: Record, change: Change) -> Iterator[str | None]:
    """Where each target stands after a step, or None if it is lost; the annotations are still where they were."""
    lost = {loss.pointer for loss in change.lost}
    for target in targets:
        new = _where(target, change.moved, lost)
        if new is None or resolve(change.record, new) is not None or resolve(before, target) is None:
            yield new
        elif any(pointer.startswith(f"{target}/") for pointer in lost):
            yield None  # a list of which nothing is left
        else:
            raise _broken(each, f"an annotation is about {target}, and nothing tells what became of that")


def _lost_annotations(reached: Mapping[str, str | None]) -> set[str]:
    """The annotations whose targets are lost, those about such annotations included, and so on."""
    about: dict[str, list[str]] = {}
    for here, new in reached.items():
        if new is not None and (other := _closest(new, reached)) is not None:
            about.setdefault(other, []).append(here)
    lost = [here for here, new in reached.items() if new is None]
    for here in lost:  # it grows on the way
        lost += about.get(here, ())
    return set(lost)


def _where(pointer: str, moved: Mapping[str, str], lost: Collection[str]) -> str | None:
    """Where something stands after a step, or None if it is lost: what names it most closely decides."""
    from_moved, from_lost = _closest(pointer, moved), _closest(pointer, lost)
    if from_lost is not None and (from_moved is None or len(from_moved) < len(from_lost)):
        return None
    return _carried(pointer, moved)


def _carried(pointer: str, moved: Mapping[str, str]) -> str:
    """A pointer after something around it has moved, or as it is."""
    around = _closest(pointer, moved)
    return pointer if around is None else moved[around] + pointer[len(around) :]


def _origin(record: Record, pointer: str, trail: list[Change]) -> str:
    """Where something stood before earlier steps; where they have made it themselves, what it was made within."""
    for change in reversed(trail):
        back = {new: old for old, new in reversed(list(change.moved.items()))}
        came, went = _closest(pointer, back), _closest(pointer, change.moved)
        if went is not None and (came is None or len(came) < len(went)):  # what was here went away; this is new
            pointer = went.rpartition("/")[0]
        pointer = _carried(pointer, back)
    while resolve(record, pointer) is None:
        pointer = pointer.rpartition("/")[0]
    return pointer


def _closest(pointer: str, others: Collection[str]) -> str | None:
    """The longest of some pointers that is this one or leads to something around it."""
    while pointer not in others:
        if not pointer:
            return None
        pointer = pointer.rpartition("/")[0]
    return pointer


def _address(old: str, source: str, to: str) -> str:
    """The address of a schema whose folder names the version, for another one; any other address is left to its owner."""
    folder = re.compile(rf"([^?#]*/|){re.escape(source)}(/[^/?#]*(?:[?#].*)?)", re.DOTALL)
    found = folder.fullmatch(old)
    return f"{found[1]}{to}{found[2]}" if found else old


@cache
def _structure(catalogue: Catalogue, version: str) -> Structure:
    return Structure(catalogue, version)
