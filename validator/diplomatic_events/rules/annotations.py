"""`annotations/…`: every annotation points at something, and its alternatives would be valid there."""

from collections.abc import Iterator
from typing import Any, Final

from diplomatic_events.findings import Issue, Note
from diplomatic_events.pointers import Pointer, at, resolve, to_pointer
from diplomatic_events.rulebook import ERROR, NOTE, Rule
from diplomatic_events.rules.record import Record
from diplomatic_events.suggest import did_you_mean

_DATE: Final = {"target": "/date", "kind": "uncertain", "basis": "The report gives only a weekday."}


@Rule(
    "annotations/no-such-target", severity=ERROR, apart=("annotations/*/target",),
    bad={"/annotations/0/target": "/upcomming/0/date"}, good={"/annotations/0/target": "/upcoming/0"},
    at="/annotations/0/target",
    says="there is nothing at `/upcomming/0/date`",
    helps="did you mean `upcoming`?",
    fixed={"/annotations/0/target": "/upcoming/0/date"},
)  # fmt: skip
def no_such_target(record: Record) -> Iterator[Issue]:
    """An annotation points at nothing.

    The doubt that it notes is lost. This happens when an entry is inserted above the target.

    Correct the JSON Pointer; the entries of a list count from 0.
    """
    for path, annotation in record.listed("annotations"):
        target = annotation["target"]
        if resolve(record.value, target) is None:
            reached, token = _end_of_way(record.value, target)
            if not _is_broken(record, (*reached, token)):
                message = f"there is nothing at `{target}`"
                yield Issue(
                    (*path, "target"), message, _target_help(at(record.value, reached), to_pointer(reached), token)
                )


def _is_broken(record: Record, path: Pointer) -> bool:
    """Whether a path leads to a part of the record whose structure is broken, or into one."""
    return any(path[:length] in record.broken for length in range(1, len(path) + 1))


def _end_of_way(value: Any, target: str) -> tuple[Pointer, str]:
    """The path as far as a pointer can be followed, and the first token that leads nowhere."""
    tokens = target.split("/")[1:]
    here: Pointer = ()
    while (following := resolve(value, f"{to_pointer(here)}/{tokens[len(here)]}")) is not None:
        here = following
    return here, tokens[len(here)].replace("~1", "/").replace("~0", "~")


def _target_help(inner: Any, reached: str, token: str) -> str:
    """What is at the last place that the pointer reaches."""
    where = f"`{reached}`" if reached else "the record"
    if isinstance(inner, dict):
        return did_you_mean(token, inner) or f"{where} has no `{token}`"
    if isinstance(inner, list):
        return f"{where} has the entries 0 to {len(inner) - 1}"
    return f"{where} is a plain value"


@Rule(
    "annotations/invalid-alternative", severity=ERROR, apart=("annotations/*/target", "annotations/*/alternatives"),
    bad={"/annotations/1": {**_DATE, "alternatives": [{"value": "last Monday"}]}},
    good={"/annotations/1": {**_DATE, "alternatives": [{"value": "2021-05"}]}}, at="/annotations/1/alternatives/0/value",
    says="the alternative would not be valid at `/date`: `last Monday` is not a date: "
        "a date is 2018-04-24, 2018-04, 2018, 201X or 20XX, or an interval of two such dates",
    helps="write it like `2018-04-24` or `2018-06` or `1972~`",
)  # fmt: skip
def invalid_alternative(record: Record) -> Iterator[Issue]:
    """An alternative would not be valid in place of the target.

    A reader who chooses the alternative would have an invalid record.

    Write the value in the form that its place requires.
    """
    for path, annotation in record.listed("annotations"):
        target = resolve(record.value, annotation["target"]) if "alternatives" in annotation else None
        if target is None:
            continue
        for index, alternative in enumerate(annotation["alternatives"]):
            fault = record.fault_of(target, alternative["value"])
            if fault is not None:
                place = annotation["target"] or "the record's root"
                message = f"the alternative would not be valid at `{place}`: {fault.message}"
                yield Issue((*path, "alternatives", index, "value"), message, fault.help)


@Rule(
    "annotations/unneeded", severity=NOTE,
    apart=("annotations/*/target", "annotations/*/kind", "annotations/*/alternatives"),
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
    for path, annotation in record.listed("annotations"):
        key = (annotation["target"], annotation["kind"])
        if key in first:
            note = Note(first[key], "the first is here")
            yield Issue(path, f"`{key[0]}` is already annotated as {key[1]}", notes=(note,))
        first.setdefault(key, path)
        target = resolve(record.value, annotation["target"]) if "alternatives" in annotation else None
        for index, alternative in enumerate(annotation.get("alternatives", ())):
            if target is not None and _same(alternative["value"], at(record.value, target)):
                yield Issue((*path, "alternatives", index, "value"), "the alternative is the same as the value itself")


def _same(one: Any, other: Any) -> bool:
    """Whether two values are equal in JSON: 5.0 is 5, and true is not 1. It stops at the first difference."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(part, other[key]) for key, part in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(_same(*parts) for parts in zip(one, other, strict=True))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)
