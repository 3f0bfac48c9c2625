"""The systematic cases of the conformance suite: one for each constraint of the schema, and records with every code.

A failing case takes a valid record, one of the bases `whole.*`, and breaks one constraint in it. The expected finding
follows from the broken constraint; no validator runs here. `tests/conformance/systematic.json` has values that match and
that break each pattern, and records that just keep each bound.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from functools import cache
from typing import Any, Final, NamedTuple

import newest
from conformance_sources import ROOT, SUITE, Json, Source, bases, spelled
from diplomatic_events.pointers import Pointer, to_pointer

FOLDER: Final = "schema/systematic"
SCHEMA: Final[dict[str, Any]] = json.loads(newest.SCHEMA.read_bytes())
_VALUES: Final[dict[str, Any]] = json.loads((SUITE / "systematic.json").read_bytes())


class Site(NamedTuple):
    """A part of the schema, and a place in a base that it applies to."""

    pointer: str
    schema: dict[str, Json]
    base: str
    path: Pointer
    value: Json


class Fault(NamedTuple):
    """A value that breaks one constraint, and its finding: ``at`` is the path from the value to the fault."""

    rule: str
    name: str
    title: str
    value: Json
    at: Pointer = ()


def sources() -> Iterator[Source]:
    """Every systematic case: faults, bounds and forms that are just met, and every code."""
    for site in sites().values():
        for fault in faults(site):
            name = f"{fault.rule.removeprefix('schema/')}.{slug(site.pointer)}{fault.name and '.' + kebab(fault.name)}"
            patch = [{"op": "replace", "path": to_pointer(site.path), "value": fault.value}]
            expect = {"rule": fault.rule, "pointer": to_pointer((*site.path, *fault.at))}
            yield _source(name, fault.title, {"base": site.base, "patch": patch, "expect": expect})
    yield from _kept_bounds()
    yield from _kept_forms()
    yield from _every_code()


def _source(name: str, title: str, content: Source, *near: str) -> Source:
    kept = {"nearMissOf": list(near)} if near else {}
    return {"id": f"{FOLDER}/{name}", "title": title, "tags": ["generated"], **kept, **content}


def _kept_bounds() -> Iterator[Source]:
    bounds = {
        f"{slug(pointer)}.{kebab(keyword)}"
        for pointer, part in subschemas()
        for keyword in ("minimum", "maximum", "maxLength")
        if keyword in part
    }
    _agree(bounds, _VALUES["bounds"], "bounds")
    for name, content in _VALUES["bounds"].items():
        what, _, bound = name.rpartition(".")
        near = "too-long" if bound == "max-length" else "out-of-range"
        near = "malformed-namespace" if what == "namespace" else near
        title = f"`{what}` just keeps its {bound.replace('-', ' ')}"
        yield _source(f"bound.{name}", title, content, f"schema/{near}")


def _agree(of_schema: set[str], entered: Iterable[str], what: str) -> None:
    if differing := of_schema ^ set(entered):
        raise SystemExit(f"the {what} of the schema and of systematic.json differ: {', '.join(sorted(differing))}")


def _kept_forms() -> Iterator[Source]:
    for name, form in _VALUES["forms"].items():
        kept = form.get("kept", {"values": []})
        for number, value in enumerate(kept["values"], 1):
            last = list(value.items())[-1] if isinstance(value, dict) else (value, value)
            title = f"`{last[name != 'namespace']}` has the form of `{name}`"
            near = "malformed-namespace" if name == "namespace" else "pattern-mismatch"
            patch = [{"op": "add", "path": kept["path"], "value": value}]
            content = {"base": kept["base"], "patch": patch}
            for rule, refused in kept.get("expect", {}).items():
                if value in refused:  # in the right form, but still wrong
                    content["expect"] = {"rule": rule, "pointer": kept["path"]}
            yield _source(f"form.{name}.{number:02}", title, content, f"schema/{near}")


def subschemas() -> list[tuple[str, dict[str, Json]]]:
    """Every part of the schema that describes a value; conditions belong to their object."""
    found: list[tuple[str, dict[str, Json]]] = []

    def walk(pointer: str, part: dict[str, Json]) -> None:
        found.append((pointer, part))
        for name, child in part.get("properties", {}).items():
            walk(f"{pointer}/properties/{name}", child)
        for keyword in ("items", "additionalProperties", "propertyNames"):
            if isinstance(part.get(keyword), dict):
                walk(f"{pointer}/{keyword}", part[keyword])

    walk("", SCHEMA)
    for name, part in SCHEMA["$defs"].items():
        walk(f"/$defs/{name}", part)
    return found


@cache
def sites() -> dict[str, Site]:
    """For each part of the schema, a place in the smallest base that has one."""
    found: dict[str, Site] = {}

    def walk(name: str, pointer: str, part: dict[str, Json], value: Json, path: Pointer) -> None:
        if all(key in value for key in part.get("dependentRequired", ())):
            found.setdefault(pointer, Site(pointer, part, name, path, value))
        if "$ref" in part:
            target = part["$ref"].removeprefix("#")
            walk(name, target, SCHEMA["$defs"][target.rpartition("/")[2]], value, path)
        for key, child in value.items() if isinstance(value, dict) else ():
            if key in part.get("properties", {}):
                walk(name, f"{pointer}/properties/{key}", part["properties"][key], child, (*path, key))
            elif isinstance(part.get("additionalProperties"), dict):
                walk(name, f"{pointer}/additionalProperties", part["additionalProperties"], child, (*path, key))
                walk(name, f"{pointer}/propertyNames", part["propertyNames"], key, path)
        for index, child in enumerate(value) if isinstance(value, list) and "items" in part else ():
            walk(name, f"{pointer}/items", part["items"], child, (*path, index))

    wholes = [(name, record) for name, record in bases().items() if name.startswith("whole.")]
    # A record that needs another file comes last: it is not complete by itself.
    for name, record in sorted(wholes, key=lambda item: ("file" in item[0], len(json.dumps(item[1])), item[0])):
        walk(name, "", SCHEMA, record, ())
    if missing := [pointer for pointer, _ in subschemas() if pointer not in found]:
        raise SystemExit(f"none of the bases whole.* uses {', '.join(missing)}: add it to one of them")
    return found


def faults(site: Site) -> Iterator[Fault]:
    """Every way to break one constraint at a place."""
    if site.pointer in ("", "/$defs/namespace") or site.pointer.endswith("/propertyNames"):
        yield from _special(site)
    if site.pointer in ("/properties/schemaVersion", "/$defs/namespace") or site.pointer.endswith("/propertyNames"):
        return
    what = f"`{slug(site.pointer)}`"
    if "$ref" in site.schema:
        yield from _through_reference(site, what)
    else:
        for keyword in site.schema:
            if keyword in _BREAKERS:
                yield from _BREAKERS[keyword](site, what)


def _special(site: Site) -> Iterator[Fault]:
    """The record as a whole, whose version is checked first, and the names of extensions."""
    value = site.value
    if site.pointer == "":
        other = {**value, "schemaVersion": "0.9"}
        yield Fault("schema/not-an-object", "", "A record is a list with one record in it", [value])
        yield Fault("schema/missing-version", "", "A record lacks `schemaVersion`", _without(value, "schemaVersion"))
        yield Fault("schema/unknown-version", "", "A record has another version", other, ("schemaVersion",))
    elif site.pointer.endswith("/propertyNames"):
        yield Fault("schema/malformed-namespace", "", "The name of an extension is one word", {"mine": {}}, ("mine",))
    else:
        for number, name in enumerate(map(spelled, _VALUES["forms"]["namespace"]["broken"]), 1):
            title = f"`{name if len(name) < 60 else name[:8] + '…'}` is no namespace".replace("\n", "␊")
            yield Fault("schema/malformed-namespace", f"{number:02}", title, {name: {}}, (name,))


def _through_reference(site: Site, what: str) -> Iterator[Fault]:
    """A value that the referenced definition rejects, which shows that the reference is there."""
    part, name = site.schema, ""
    while "$ref" in part:
        name = slug(part["$ref"].removeprefix("#"))
        part = SCHEMA["$defs"][part["$ref"].rpartition("/")[2]]
    if name in _VALUES["forms"]:
        form, value = next(iter(_VALUES["forms"][name]["broken"].items()))
        yield Fault("schema/pattern-mismatch", "", f"{what} has not the form of `{name}`: {form}", value)
    elif "enum" in part:
        yield Fault("schema/not-in-codelist", "", f"{what} is no code of the list", "no-such-code")
    else:
        yield Fault("schema/wrong-type", "", f"{what} is a number", 5)


def _without(value: dict[str, Json], *names: str) -> dict[str, Json]:
    return {key: item for key, item in value.items() if key not in names}


_OF_OTHER_TYPES: Final[dict[str, list[Json]]] = {
    "object": ["x", [], 5, True],
    "array": ["x", {}, 5, False],
    "string": [5, ["x"], {}, True],
    "integer": ["5", 5.5, True, [5]],
    "number": ["5", True, [5.5]],
}


def _type(site: Site, what: str) -> Iterator[Fault]:
    type = site.schema["type"]
    for number, value in enumerate(_OF_OTHER_TYPES[type] if site.pointer else (), 1):
        yield Fault("schema/wrong-type", str(number), f"{what} is {json.dumps(value)}, which is no {type}", value)


def _enum(site: Site, what: str) -> Iterator[Fault]:
    code = site.schema["enum"][0]
    yield Fault("schema/not-in-codelist", "", f"{what} is no code of the list", "no-such-code")
    yield Fault("schema/not-in-codelist", "case", f"{what} has its letters in the other case", code.swapcase())
    yield Fault("schema/wrong-type", "", f"{what} is a number", 5)


def _required(site: Site, what: str) -> Iterator[Fault]:
    for name in site.schema["required"]:
        if name != "schemaVersion":
            yield Fault("schema/missing-property", name, f"{what} lacks `{name}`", _without(site.value, name))


def _dependent(site: Site, what: str) -> Iterator[Fault]:
    dependencies = site.schema["dependentRequired"]
    for present, needed in dependencies.items():
        for name in needed:
            others = {key for key, asked in dependencies.items() if name in asked and key != present}
            title = f"{what} has `{present}` and lacks `{name}`"
            value = _without(site.value, name, *others)
            yield Fault("schema/missing-property", f"{name}.with.{present}", title, value)


def _conditional(site: Site, what: str) -> Iterator[Fault]:
    """Remove what an `if` requires while its condition is true."""
    condition = site.schema["if"]
    for name in site.schema["then"]["required"]:
        if "not" in condition:
            instead = condition["not"]["required"][0]
            value = _without(site.value, name, instead, "several", "count")
            title = f"{what} has neither `{instead}` nor `{name}`"
        else:
            (key, wanted), *_ = condition["properties"].items()
            value = {**_without(site.value, name), key: wanted["const"]}
            title = f"{what} is `{wanted['const']}` and lacks `{name}`"
        yield Fault("schema/missing-property", f"{name}.conditional", title, value)


def _closed(site: Site, what: str) -> Iterator[Fault]:
    if site.schema["additionalProperties"] is False:
        title = f"{what} has a property that it does not know"
        yield Fault("schema/unknown-property", "", title, {**site.value, "unforeseen": 1}, ("unforeseen",))


_EXCLUSIVE: Final[dict[str, Json]] = {
    "person": "ana-ruiz",
    "several": True,
    "count": 2,
    "text": "GENEVA: Freedonia announces a conference.",
    "textFile": "notice.txt",
    "target": "/date",
    "targets": ["/date"],
    "alternatives": [{"value": "2022-06"}],
}
"""A value for each property that excludes another."""


def _exclusive(site: Site, what: str) -> Iterator[Fault]:
    for part in [site.schema, *site.schema.get("allOf", ())]:
        if "not" in part:
            one, other = part["not"]["required"]
            value = {**_without(site.value, *_EXCLUSIVE), one: _EXCLUSIVE[one], other: _EXCLUSIVE[other]}
            if site.pointer == "/$defs/member" and "person" not in value:
                value["office"] = {"title": "aides"}
            yield Fault("schema/mutually-exclusive", f"{one}.{other}", f"{what} has `{one}` and `{other}`", value)


def _unique(site: Site, what: str) -> Iterator[Fault]:
    value = [*site.value, deepcopy(site.value[0])]
    yield Fault("schema/duplicate-item", "", f"{what} has an entry twice", value, (len(site.value),))


def _max_length(site: Site, what: str) -> Iterator[Fault]:
    value = spelled(_VALUES["longer"][slug(site.pointer)])
    yield Fault("schema/too-long", "", f"{what} is one character too long", value)


def _pattern(site: Site, what: str) -> Iterator[Fault]:
    for form, value in _VALUES["forms"][slug(site.pointer)]["broken"].items():
        yield Fault("schema/pattern-mismatch", form, f"{what} has not its form: {form}", spelled(value))


def _beyond(keyword: str, sign: int, size: str) -> Callable[[Site, str], Iterator[Fault]]:
    def breaker(site: Site, what: str) -> Iterator[Fault]:
        bound = site.schema[keyword]
        value = bound + sign * (0.001 if site.schema["type"] == "number" and bound < 1000 else 1)
        yield Fault("schema/out-of-range", keyword, f"{what} is just too {size}", value)

    return breaker


def _with(rule: str, title: str, value: Json) -> Callable[[Site, str], Iterator[Fault]]:
    """A breaker of a keyword that the same value always breaks."""
    return lambda site, what: iter([Fault(rule, "", f"{what} is {title}", value)])


_BREAKERS: Final[dict[str, Callable[[Site, str], Iterator[Fault]]]] = {
    "type": _type,
    "enum": _enum,
    "const": _with("schema/wrong-value", "false", False),
    "required": _required,
    "dependentRequired": _dependent,
    "if": _conditional,
    "additionalProperties": _closed,
    "not": _exclusive,
    "allOf": _exclusive,
    "minItems": _with("schema/too-few", "an empty list", []),
    "uniqueItems": _unique,
    "minProperties": _with("schema/too-few-properties", "an empty object", {}),
    "minLength": _with("schema/too-short", "empty", ""),
    "maxLength": _max_length,
    "pattern": _pattern,
    "minimum": _beyond("minimum", -1, "small"),
    "maximum": _beyond("maximum", +1, "large"),
}
"""What breaks each keyword."""


def _every_code() -> Iterator[Source]:
    """Records that together use every code of every closed list."""
    enums = {slug(site.pointer): site.schema["enum"] for site in sites().values() if "enum" in site.schema}
    _agree(set(enums), [*_VALUES["codes"], "country-code"], "codelists")
    for name, codes in enums.items():
        made = list(_countries(codes) if name == "country-code" else _with_codes(codes, _VALUES["codes"][name]))
        for number, content in enumerate(made, 1):
            title = f"Every code of `{name}`" + (f", part {number} of {len(made)}" if len(made) > 1 else "")
            part = f".{number:02}" if len(made) > 1 else ""
            yield _source(f"every-code.{name}{part}", title, content, "schema/not-in-codelist")


def _with_codes(codes: list[str], plan: Source) -> Iterator[Source]:
    """A record for `each` code, or one whose `lists` have an entry for each; `but` adds what some codes need."""
    numbered = list(enumerate(codes, 1))
    for number, code in numbered if "each" in plan else ():
        yield {"base": plan["base"], "patch": _filled(plan["each"], number, code)}
    if "lists" in plan:
        but = plan.get("but", {})
        lists = {
            path: [_filled({**entry, **but.get(code, {})}, number, code) for number, code in numbered]
            for path, entry in plan["lists"].items()
        }
        yield {"base": plan["base"], "patch": [_add(path, entries) for path, entries in lists.items()]}


def _filled(template: Json, number: int, code: str) -> Json:
    return json.loads(json.dumps(template).replace("{code}", code).replace("{number}", str(number)))


def _add(path: str, value: Json) -> Source:
    return {"op": "add", "path": path, "value": value}


def _countries(codes: list[str]) -> Iterator[Source]:
    """States grouped by a year when all existed; a deprecated code has its own record, as it draws a warning."""
    with (ROOT / "schema/codelists/country.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}

    def record(year: str, states: list[str]) -> Source:
        parties = [
            {"id": code.lower(), "type": "state", "name": rows[code]["label"], "country": code} for code in states
        ]
        return {"base": "conference", "patch": [_add("/date", year), _add("/parties", parties)]}

    left = list(codes)
    for year in ["2021", *sorted({row["validUntil"] for row in rows.values()} - {""}, reverse=True)]:
        there = [
            code for code in left if (rows[code]["validFrom"] or "0000") <= year <= (rows[code]["validUntil"] or "9999")
        ]
        left = [code for code in left if code not in there]
        if current := [code for code in there if not rows[code]["deprecated"]]:
            yield record(year, current)
        for code in there:
            if code not in current:
                yield {**record(year, [code]), "expect": {"rule": "codes/deprecated", "pointer": "/parties/0/country"}}
    if left:
        raise SystemExit(f"no year when these countries existed: {left}")


def slug(pointer: str) -> str:
    """A short name for a part of the schema: `/$defs/party/properties/country` is `party.country`."""
    words = [word for word in pointer.split("/")[1:] if word not in ("$defs", "properties")]
    if not pointer.startswith("/$defs/"):
        words.insert(0, "record")
    names = {"items": "entry", "additionalProperties": "value", "propertyNames": "name", "$schema": "schema-address"}
    return ".".join(kebab(names.get(word, word)) for word in words)


def kebab(text: str) -> str:
    """A name in lower case with hyphens."""
    return re.sub(r"[^a-z0-9.]+", "-", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", text).lower()).strip("-")
