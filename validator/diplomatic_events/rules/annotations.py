"""`annotations/…`: every annotation points at something, and its alternatives would be valid there."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

from diplomatic_events.findings import Fix, Issue, Note, Put
from diplomatic_events.pointers import Pointer, at, resolve, to_pointer
from diplomatic_events.rulebook import ERROR, NOTE, Rule
from diplomatic_events.rules.record import Record
from diplomatic_events.schema.targets import reached, stable, targets
from diplomatic_events.suggest import is_slip, question


def _need_a_look(record: Record) -> bool:
    """Whether some annotation is not a plain one: on one property of an entry, or of the record, and the only one of its kind."""
    every = record.value.get("annotations", ())
    seen: set[tuple[str, str]] = set()
    for annotation in every:
        if "target" not in annotation or "targets" in annotation or "alternatives" in annotation:
            return True
        target = annotation["target"]
        id, _, name = target.partition("/")
        if id and id not in record.found.definitions:
            return True
        if name not in (record.found.definitions[id][1] if id else record.value):
            return True
        seen.add((target, annotation["kind"]))
    return len(seen) < len(every)


_DATE: Final = {"target": "/date", "kind": "uncertain", "basis": "The report gives only a weekday."}


@Rule(
    "annotations/no-such-target", severity=ERROR, first_look=_need_a_look, about=("annotation",), fixes=("safe",), apart=("annotations/*/target", "annotations/*/targets"),
    bad={"/annotations/0/target": "second-meting/date"}, good={"/annotations/0/target": "/places/0/city"},
    at="/annotations/0/target",
    says="no entry has the id `second-meting`",
    helps="did you mean `second-meeting`?",
    fixed={"/annotations/0/target": "second-meeting/date"},
)  # fmt: skip
def no_such_target(record: Record) -> Iterator[Issue]:
    """An annotation points at nothing.

    The doubt that it notes is lost. This happens when an id is changed or an entry is inserted above the target.

    Correct the path. It begins with the id of the entry that holds the value, or with `/` for a part of the record itself.
    """
    lost = [found for found in _targets(record) if found.there is None]
    may_lack_ids = bool(lost) and _may_lack_ids(record)
    elsewhere = {reference.id for reference in record.unresolved} if lost else ()  # Another rule reports these.
    for path, target, _, _ in lost:
        id, _, way = target.partition("/")
        start = reached(record.value, record.found, id)
        if start is None:
            if not may_lack_ids and id not in elsewhere:
                fix = _id_fix(record, path, id, target)
                yield Issue(path, f"no entry has the id `{id}`", _id_help(record, id, target), fix=fix)
            continue
        end, token = _end_of_way(at(record.value, start), way)
        if not _is_broken(record, (*start, *end, token)):
            message = f"there is nothing at `{target}`"
            inner = at(record.value, (*start, *end))
            yield Issue(path, message, _target_help(record, inner, id + to_pointer(end), token))


class _Target(NamedTuple):
    """A target of an annotation: its own path, what it says, the path of what it leads to, and the kind of the annotation."""

    path: Pointer
    says: str
    there: Pointer | None
    kind: Any


@lru_cache(maxsize=1)
def _targets(record: Record) -> list[_Target]:
    """Every target of every annotation: followed once for all rules here."""
    return [
        _Target((*path, *inner), target, reached(record.value, record.found, target), annotation.get("kind"))
        for path, annotation in record.listed("annotations")
        for inner, target in targets(annotation)
    ]


def _may_lack_ids(record: Record) -> bool:
    """Whether some entries may not have been collected with their ids, because their structure is broken."""
    steps = ((path, record.schema.plan.at(path)) for path in record.broken)
    return any(path[-1:] == ("id",) or (step is not None and step.action == "object") for path, step in steps)


def _id_help(record: Record, id: str, target: str) -> str:
    """Which entry was meant, or that a property of the record was."""
    if id in record.value:
        return f"did you mean `/{target}`?"
    near = record.nearest(id, record.found.definitions) if record.helps("target") else []
    return question(near) or "begin with the id of an entry, or with `/`"


def _id_fix(record: Record, path: Pointer, id: str, target: str) -> Fix | None:
    """The target with the one id of which its own is a misspelling, or with `/` before a property of the record."""
    if not record.helps("target fix"):
        return None
    meant = [known + target.removeprefix(id) for known in record.found.definitions if is_slip(id, known)]
    meant += [f"/{target}"] if id in record.value else []
    if len(meant) != 1 or reached(record.value, record.found, meant[0]) is None:
        return None
    return Fix(f"write `{meant[0]}`", (Put(path, meant[0]),))


def _is_broken(record: Record, path: Pointer) -> bool:
    """Whether a path leads to a part of the record whose structure is broken, or into one."""
    lengths = range(1, min(len(path), record.schema.depth) + 1)  # what the schema leaves open is never broken
    return bool(record.broken) and any(path[:length] in record.broken for length in lengths)


def _end_of_way(value: Any, way: str) -> tuple[Pointer, str]:
    """The path as far as it can be followed, and the first token that leads nowhere."""
    path: list[str | int] = []
    for token in way.split("/"):
        step = resolve(value, f"/{token}")
        if not step:
            return tuple(path), token.replace("~1", "/").replace("~0", "~")
        path += step
        value = at(value, step)
    raise ValueError(way)  # it does not lead nowhere


def _target_help(record: Record, inner: Any, where: str, token: str) -> str:
    """What is at the last place that the path reaches."""
    where = f"`{where}`" if where else "the record"
    if isinstance(inner, dict):
        near = record.nearest(token, inner) if record.helps("target") else []
        return question(near) or f"{where} has no `{token}`"
    if isinstance(inner, list):
        return f"{where} has the entries 0 to {len(inner) - 1}"
    return f"{where} is a plain value"


@Rule(
    "annotations/invalid-alternative", severity=ERROR, about=("alternative",), apart=("annotations/*/target", "annotations/*/alternatives"),
    bad={"/annotations/1": {**_DATE, "alternatives": [{"value": "last Monday"}]}},
    good={"/annotations/1": {**_DATE, "alternatives": [{"value": "2021-05"}]}}, at="/annotations/1/alternatives/0/value",
    says="the alternative would not be valid at `/date`: `last Monday` is not a date: "
        "a date is YYYY-MM-DD, YYYY-MM, YYYY, YYYX or YYXX, or an interval of two such dates",
    helps="where the date follows from that of the source, as `in June` and `next week` do, write it as far as it is known and "
        "annotate it as `inferred`",
)  # fmt: skip
def invalid_alternative(record: Record) -> Iterator[Issue]:
    """An alternative would not be valid in place of the target.

    A reader who chooses the alternative would have an invalid record.

    Write the value in the form that its place requires.
    """
    for path, annotation, target in _with_alternatives(record):
        for index, alternative in enumerate(annotation["alternatives"]):
            fault = record.fault_of(target, alternative["value"])
            if fault is not None:
                place = annotation["target"] or "the record's root"
                message = f"the alternative would not be valid at `{place}`: {fault.message}"
                yield Issue((*path, "alternatives", index, "value"), message, fault.help)


@Rule(
    "annotations/unneeded", severity=NOTE, first_look=_need_a_look, about=("annotation",),
    apart=("annotations/*/target", "annotations/*/targets", "annotations/*/kind", "annotations/*/alternatives"),
    bad={"/annotations/1": {**_DATE, "alternatives": [{"value": "2021-05-03"}]}},
    good={"/annotations/1": {**_DATE, "alternatives": [{"value": "2021-05-04"}]}}, at="/annotations/1/alternatives/0/value",
    says="the alternative is the same as the value itself",
)  # fmt: skip
def unneeded(record: Record) -> Iterator[Issue]:
    """An annotation adds nothing.

    An alternative that is the value itself, or a second annotation of the same kind on the same value, adds no doubt.

    Remove it.
    """
    first: dict[tuple[Any, ...], Pointer] = {}
    for path, target, there, kind in _targets(record):
        here = path[:-1] if path[-1] == "target" else path
        known = first.setdefault((target if there is None else there, kind), here)
        if known is not here:
            note = Note(known, "the first is here")
            yield Issue(here, f"`{target}` is already annotated as {kind}", notes=(note,))
    for path, annotation, value in _with_alternatives(record):
        for index, alternative in enumerate(annotation["alternatives"]):
            if _same(alternative["value"], at(record.value, value)):
                yield Issue((*path, "alternatives", index, "value"), "the alternative is the same as the value itself")


def _with_alternatives(record: Record) -> Iterator[tuple[Pointer, dict[str, Any], Pointer]]:
    """Every annotation that has alternatives, with its path and the path of the value that they could replace."""
    for path, annotation in record.listed("annotations"):
        if "alternatives" in annotation and "target" in annotation:
            there = reached(record.value, record.found, annotation["target"])
            if there is not None:
                yield path, annotation, there


@Rule(
    "annotations/fragile-target", severity=NOTE, first_look=_need_a_look, about=("annotation",), fixes=("safe",), apart=("annotations/*/target", "annotations/*/targets"),
    bad={"/annotations/0/target": "/upcoming/0/date"}, good={"/annotations/0/target": "/places/0/city"},
    at="/annotations/0/target",
    says="`/upcoming/0/date` leads elsewhere as soon as an entry is put before it",
    helps="write `second-meeting/date`",
    fixed={"/annotations/0/target": "second-meeting/date"},
)  # fmt: skip
def fragile_target(record: Record) -> Iterator[Issue]:
    """An annotation counts the entries of a list to reach one that has an id.

    When an entry is added or removed before it, the annotation silently speaks of another one.

    Begin the path with the id of the entry, as the message proposes.
    """
    for path, target, there, _ in _targets(record):
        if target.startswith("/") and there is not None:
            better = stable(record.value, record.found, there)
            if not better.startswith("/"):
                message = f"`{target}` leads elsewhere as soon as an entry is put before it"
                help = f"write `{better}`"
                yield Issue(path, message, help, fix=Fix(help, (Put(path, better),)))


def _same(one: Any, other: Any) -> bool:
    """Whether two values are equal in JSON: 5.0 is 5, and true is not 1. It stops at the first difference."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(part, other[key]) for key, part in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(_same(*parts) for parts in zip(one, other, strict=True))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)
