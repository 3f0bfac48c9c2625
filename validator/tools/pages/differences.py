"""What differs between two versions of the schema: one pure function, `compare`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from codelists import in_version, number
from diplomatic_events.schema.catalogue import Catalogue
from diplomatic_events.schema.codelists import Code, read
from diplomatic_events.wording import listed
from pages.limits import LIMITS, limit
from pages.markdown import compact, inline
from pages.objects import Object, Objects, sentences

KINDS: Final = {
    "added": "Added",
    "removed": "Removed",
    "loosened": "Loosened",
    "tightened": "Tightened",
    "changed": "Changed in another way",
    "deprecated": "Deprecated",
    "described": "Described anew",
}
"""The kinds of differences, in the order in which they are shown, and the heading of each."""

_WORDS: Final = ("title", "description", "examples", "x-synonyms")
_OF_TYPE: Final = ("$ref", "type", "const")
_SEEN: Final = {*_WORDS, *_OF_TYPE, *LIMITS, "x-definition", "items", "properties", "required", "additionalProperties"}
"""The keywords that are compared one by one; of any other, only that it differs is known."""


@dataclass(frozen=True)
class Edition:
    """One version of the schema: its objects and types, and the codes of each list, deprecated ones included."""

    version: str
    objects: Objects
    codes: Mapping[str, Mapping[str, Code]]


class Difference(NamedTuple):
    """One thing that differs.

    Attributes:
        kind: One of `KINDS`.
        of: What differs: an `object`, a `type` of other values, or a `codelist`.
        part: The name of that.
        name: Its property or code; empty if the part itself differs.
        words: What differs, as a phrase; empty if the kind says it all.
    """

    kind: str
    of: str
    part: str
    name: str = ""
    words: str = ""


def edition(catalogue: Catalogue, version: str) -> Edition:
    """A version as it is compared."""
    lists = sorted(path.stem for path in (catalogue.folder / "codelists").glob("*.csv"))
    codes = {
        name: {
            code.code: code
            for code in read(catalogue, name).values()
            if in_version(code.since, code.deprecated or "", version)
        }
        for name in lists
    }
    return Edition(version, Objects(catalogue.schema(version)), {name: found for name, found in codes.items() if found})


def compare(old: Edition | None, new: Edition) -> list[Difference]:
    """Everything that differs in a version from the one before, or all that it has if there was none before."""
    return [*_objects(old, new), *_types(old, new), *_codelists(old, new)]


def _objects(old: Edition | None, new: Edition) -> Iterator[Difference]:
    before = old.objects.objects if old else {}
    yield from _appearing("object", before, new.objects.objects, lambda whole: _counted(whole.properties, "property"))
    for object in new.objects:
        if object.name in before:
            yield from _object(before[object.name], object)


def _types(old: Edition | None, new: Edition) -> Iterator[Difference]:
    before = old.objects.types if old else {}
    yield from _appearing("type", before, new.objects.types, lambda part: "")
    for name, part in new.objects.types.items():
        if name in before:
            yield from _part(before[name], part, Difference("", "type", name))


def _codelists(old: Edition | None, new: Edition) -> Iterator[Difference]:
    before = old.codes if old else {}
    yield from _appearing("codelist", before, new.codes, lambda codes: _counted(codes, "code"))
    for name in (name for name in new.codes if name in before):
        yield from _appearing("codelist", before[name], new.codes[name], lambda code: "", inside=name)
        for code in new.codes[name].values():
            if old and _deprecated(code, new) and not _deprecated(code, old):
                words = f"use `{code.replaced_by}`" if code.replaced_by else ""
                yield Difference("deprecated", "codelist", name, code.code, words)


def _deprecated(code: Code, edition: Edition) -> bool:
    return bool(code.deprecated) and number(str(code.deprecated)) <= number(edition.version)


def _appearing(
    of: str, before: Mapping[str, Any], now: Mapping[str, Any], words: Callable[[Any], str], inside: str = ""
) -> Iterator[Difference]:
    """What is only in one of two versions."""
    for kind, names, place in (("added", [*now], now), ("removed", [*before], before)):
        other = before if kind == "added" else now
        for name in names:
            if name not in other:
                said = words(place[name]) if kind == "added" else ""
                yield Difference(kind, of, *((inside, name) if inside else (name, "")), said)


def _object(old: Object, new: Object) -> Iterator[Difference]:
    was, now = (object.part["properties"] for object in (old, new))
    yield from _appearing("object", was, now, lambda part: f"type {_type(part)}", inside=new.name)
    for name in now:
        if name in was:
            yield from _part(was[name], now[name], Difference("", "object", new.name, name))
    yield from _part(_alone(old), _alone(new), Difference("", "object", new.name))
    yield from _demands(old, new)


def _alone(object: Object) -> dict[str, Any]:
    """What is said of an object apart from its properties and conditions."""
    apart = {"properties", "required", "$schema", "$id", "$defs", *object.conditions}
    return {key: value for key, value in object.part.items() if key not in apart}


def _demands(old: Object, new: Object) -> Iterator[Difference]:
    """Which properties must be given, always or under a condition."""
    was, now = (object.part.get("required", ()) for object in (old, new))
    for name in now:
        if name not in was:
            yield Difference("tightened", "object", new.name, name, "required")
    for name in was:
        if name not in now and name in new.properties:
            yield Difference("loosened", "object", new.name, name, "optional")
    before, after = sentences(old), sentences(new)
    yield from (
        Difference("loosened", "object", new.name, "", f"no longer demanded: {text}")
        for text in before
        if text not in after
    )
    yield from (
        Difference("tightened", "object", new.name, "", f"demanded: {text}") for text in after if text not in before
    )


def _part(old: dict[str, Any], new: dict[str, Any], at: Difference, each: str = "") -> Iterator[Difference]:
    """What differs in what is said of one value, or of the entries of a list."""

    def difference(kind: str, words: str) -> Difference:
        return at._replace(kind=kind, words=each + words)

    if at.name == "schemaVersion":
        return
    anew = [keyword.removeprefix("x-") for keyword in _WORDS if old.get(keyword) != new.get(keyword)]
    if anew:
        yield difference("described", listed(anew))
    if not each and (was := _type(old)) != (now := _type(new)):
        yield difference("changed", f"type {now}, before {was}")
    for keyword in LIMITS:
        yield from (difference(*found) for found in _limit(keyword, old.get(keyword), new.get(keyword)))
    yield from (difference(*found) for found in _choices(old, new))
    yield from (difference(*found) for found in _openness(old, new))
    if "items" in old and "items" in new:
        yield from _part(old["items"], new["items"], at, "each entry: ")
    others = [keyword for keyword in {**old, **new} if keyword not in {*_SEEN, "enum", "x-refers-to", "x-codelist"}]
    for keyword in others:
        if old.get(keyword) != new.get(keyword):
            yield difference("changed", f"`{keyword}`")


def _limit(keyword: str, was: Any, now: Any) -> Iterator[tuple[str, str]]:
    was, now = (None if value is False else value for value in (was, now))
    if was == now:
        return
    if was is None:
        yield "tightened", limit(keyword, now)
    elif now is None:
        yield "loosened", f"no longer {limit(keyword, was)}"
    elif keyword == "pattern":
        yield "changed", f"{limit(keyword, now)}, before {limit(keyword, was)}"
    else:
        looser = now < was if keyword.lower().startswith(("min", "exclusivemin")) else now > was
        yield "loosened" if looser else "tightened", f"{limit(keyword, now)}, before {limit(keyword, was)}"


def _choices(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Which codes may be given, and whose ids: the codes themselves are compared as those of their list."""
    was, now = old.get("x-codelist"), new.get("x-codelist")
    if was == now and ("enum" in old) != ("enum" in new):
        only = f"only the codes of {inline(now)}" if now else f"only {_values(new.get('enum') or old['enum'])}"
        yield ("tightened", only) if "enum" in new else ("loosened", f"no longer {only}")
    if now is None and "enum" in old and "enum" in new:
        yield from _members(old["enum"], new["enum"], "{}")
    yield from _members(old.get("x-refers-to", ()), new.get("x-refers-to", ()), "the id of a {}")


def _members(old: Iterable[Any], new: Iterable[Any], words: str) -> Iterator[tuple[str, str]]:
    yield from (("loosened", words.format(_values([value]))) for value in new if value not in old)
    yield from (("tightened", words.format(_values([value]))) for value in old if value not in new)


def _values(values: Iterable[Any]) -> str:
    return listed([inline(value if isinstance(value, str) else compact(value)) for value in values], "or")


def _openness(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, str]]:
    was, now = (part.get("additionalProperties", True) for part in (old, new))
    if was == now:
        return
    if was is False:
        yield "loosened", "any other property"
    elif now is False:
        yield "tightened", "any other property"
    else:
        yield "changed", "`additionalProperties`"


def _type(part: Mapping[str, Any]) -> str:
    if "$ref" in part:
        return inline(part["$ref"].removeprefix("#/$defs/"))
    if "const" in part:
        return inline(compact(part["const"]))
    if "items" in part:
        return f"list of {_type(part['items'])}"
    codes = f"code of {inline(part['x-codelist'])}" if "x-codelist" in part else ""
    return codes or str(part.get("type", "any value"))


def _counted(things: Mapping[str, Any], noun: str) -> str:
    plural = {"property": "properties", "code": "codes"}[noun]
    return f"{len(things):,} {noun if len(things) == 1 else plural}"
