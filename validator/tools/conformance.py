"""Write the systematic cases of the conformance suite: one for each constraint of the schema, and records with every code.

A case that fails takes a sound record (`tests/conformance/schema/whole.*`) and breaks one constraint in it. What is to
be found follows from the constraint that was broken; no validator runs here. The cases that people wrote stay as they
are.

    python validator/tools/conformance.py
"""

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, Final, NamedTuple

import newest

ROOT: Final = Path(__file__).parents[2]
SUITE: Final = ROOT / "tests/conformance"
FOLDER: Final = "schema/systematic"
SCHEMA: Final[dict[str, Any]] = json.loads(newest.SCHEMA.read_bytes())
SMALLEST: Final = "schema/not-an-object.pass.smallest"
WIDTH: Final = 110

Json = Any
Steps = tuple[str | int, ...]
"""The keys and positions that lead from a record to a value."""


class Site(NamedTuple):
    """A part of the schema, and a place in a record that falls under it."""

    pointer: str
    schema: dict[str, Json]
    record: str
    path: Steps
    value: Json


class Fault(NamedTuple):
    """A value that breaks one constraint, and the finding that follows: ``at`` leads on from the broken value."""

    rule: str
    name: str
    title: str
    value: Json
    at: Steps = ()


class Case(NamedTuple):
    """An entry of the manifest, and the record that it checks."""

    entry: dict[str, Json]
    record: Json


# What breaks a pattern, and the form that it breaks: each value keeps every other keyword of its place.
PATTERNS: Final[dict[str, dict[str, str]]] = {
    "identifier-text": {
        "capital letter": "Geneva-talks", "space": "geneva talks", "letter beyond ASCII": "genève", "hyphen at its end": "geneva-",
        "hyphen at its beginning": "-geneva", "two hyphens": "geneva--talks", "slash": "geneva/talks", "nothing in it": "",
        "line break at its end": "geneva\n", "full stop alone": ".",
    },
    "text": {"space at its beginning": " Talks", "tab at its beginning": "\tTalks", "line feed at its beginning": "\nTalks", "carriage return at its beginning": "\rTalks"},
    "language-tag": {
        "capital letters": "EN", "name of a language": "English", "underscore": "en_GB", "region in small letters": "en-gb",
        "script in small letters": "zh-hant", "region before the script": "zh-TW-Hant", "one letter": "e", "four letters": "engl", "area of two digits": "es-41",
        "hyphen at its end": "en-", "variant of four letters": "en-abcd", "variant of nine letters": "en-abcdefghi", "line break at its end": "en\n",
    },
    "script-code": {"small letters": "cyrl", "three letters": "Cyr", "five letters": "Cyril", "capital letters": "CYRL", "line break at its end": "Cyrl\n", "letter before it": "xCyrl"},
    "edtf-date": {
        "words": "3 May 2021", "month 00": "2021-00", "month 13": "2021-13", "day 00": "2021-05-00", "day 32": "2021-05-32", "one-digit month": "2021-5",
        "one-digit day": "2021-05-3", "slashes": "2021/05/03", "no hyphens": "20210503", "two-digit year": "21", "five-digit year": "12021", "year before zero": "-0044",
        "clock time": "2021-05-03T15:30", "season": "2021-21", "qualifier of the year alone": "2021?-05", "two qualifiers": "2021?~", "qualifier before it": "~2021",
        "month after a decade": "202X-05", "small x": "202x", "three unknown digits": "2XXX", "three ends": "2021/2022/2023", "open at both ends": "../..", "empty end": "2021/",
        "empty beginning": "/2021", "three dots": "2021/...", "month 13 at the end of an interval": "2021/2022-13", "month 00 after an open beginning": "../2021-00",
        "nothing in it": "", "line break at its end": "2021-05\n", "line break after an open end": "2021-05/..\n", "line break after an open beginning": "../2021-05\n", "space at its end": "2021-05 ", "space at its beginning": " 2021-05",
        "set of dates": "[2021,2022]", "letters after it": "2021-05-03x", "day 39": "2021-05-39", "month 20": "2021-20", "qualifier alone": "?", "open end alone": "..",
        "letter for the first dot of an end": "2021/x.", "letter for the second dot of an end": "2021/.x", "letter for the first dot of a beginning": "x./2021", "letter for the second dot of a beginning": ".x/2021",
        "day 00 after an open beginning": "../2021-05-00", "day 32 at the end of an interval": "2021/2022-05-32",
    },
    "day": {
        "month": "2021-05", "year": "2021", "qualifier": "2021-05-03?", "interval": "2021-05-03/2021-05-04", "month 13": "2021-13-01", "month 00": "2021-00-01", "day 32": "2021-05-32",
        "day 00": "2021-05-00", "clock time": "2021-05-03T15:30", "one-digit day": "2021-05-3", "line break at its end": "2021-05-03\n", "letters before it": "on 2021-05-03", "five-digit year": "12021-05-03",
    },
    "clock-time": {
        "hour 24": "24:00", "minute 60": "15:60", "one-digit hour": "9:05", "seconds": "15:30:00", "no colon": "1530", "full stop": "15.30", "afternoon in words": "3:30 p.m.",
        "offset": "15:30Z", "one-digit minute": "15:3", "line break at its end": "15:30\n", "hour 30": "30:00", "letters before it": "at 15:30",
    },
    "clock-span.time-zone": {"space": "Asia/Hong Kong", "digit at its beginning": "0Asia/Shanghai", "slash at its end": "Asia/", "slash at its beginning": "/Asia", "two slashes": "Asia//Shanghai", "offset": "+08:00", "line break at its end": "Asia/Shanghai\n", "letter beyond ASCII": "América/Lima"},
    "duration": {
        "nothing measured": "PT", "no T": "P1H", "days": "P1DT1H", "seconds": "PT30S", "zero": "PT0M", "leading zero": "PT05M", "sixty minutes beside the hours": "PT1H60M", "fraction": "PT1.5H",
        "minutes before the hours": "PT5M1H", "small letters": "pt1h", "four digits of hours": "PT1000H", "four digits of minutes": "PT1000M", "zero minutes": "PT1H0M", "zero hours": "PT0H30M", "line break at its end": "PT1H\n", "letters before it": "aPT1H",
    },
    "url": {"no scheme": "example.org/a", "other scheme": "ftp://example.org/a", "space": "https://example.org/a b", "tab": "https://example.org/a\tb", "nothing after the scheme": "https://", "line break at its end": "https://example.org\n", "word before it": "see https://example.org", "capital scheme": "HTTPS://example.org", "one slash": "https:/example.org"},
    "annotation.target": {"no slash at its beginning": "date", "tilde before a 2": "/a~2b", "tilde at its end": "/a~", "fragment": "#/date", "line break at its end": "/date~1\n~", "path of a query": "$.date"},
    "source.sha256": {"one digit too few": "0" * 63, "one digit too many": "0" * 65, "capital letters": "A" * 64, "letter that is no digit": "g" * 64, "prefix": "sha256:" + "0" * 57, "line break at its end": "0" * 64 + "\n"},
}  # fmt: skip

TOO_LONG: Final[dict[str, str]] = {
    "identifier-text": "a" * 129,
    "language-tag": "de" + "-aaaaaaaa" * 6 + "-aaaaaaaa",
    "clock-span.time-zone": "Asia/" + "a" * 60,
    "source.text-file": "a/" * 512 + "b",
    "annotation.target": "/" + "a" * 1024,
}
"""A text one character longer than its place allows, and right in every other way."""

INSIDE: Final[dict[str, tuple[str, dict[str, Json], tuple[str, str] | None]]] = {
    "revision.number.minimum": ("whole.revision", {"/revision/number": 1}, None),
    "revision.number.maximum": ("whole.revision", {"/revision/number": 1_000_000}, None),
    "series.edition.minimum": ("whole.series", {"/series/edition": 1}, None),
    "series.edition.maximum": ("whole.series", {"/series/edition": 1_000_000}, None),
    "delegation.size.minimum": ("whole.statement", {"/delegations/0/size": 1}, None),
    "delegation.size.maximum": ("whole.statement", {"/delegations/0/size": 1_000_000}, None),
    "member.count.minimum": ("whole.delegation", {"/delegations/0/members/2/count": 1}, None),
    "member.count.maximum": ("whole.delegation", {"/delegations/0/members/2/count": 1_000_000, "/delegations/0/size": None}, None),
    "coordinates.latitude.minimum": ("whole.place", {"/places/0/coordinates/latitude": -90}, None),
    "coordinates.latitude.maximum": ("whole.place", {"/places/0/coordinates/latitude": 90.0}, None),
    "coordinates.longitude.minimum": ("whole.place", {"/places/0/coordinates/longitude": -180.0}, None),
    "coordinates.longitude.maximum": ("whole.place", {"/places/0/coordinates/longitude": 180}, None),
    "evidence.start.minimum": ("whole.host", {"/hosts/0/evidence/0/start": 0, "/hosts/0/evidence/0/end": 9}, None),
    "evidence.start.maximum": (
        "whole.host", {"/hosts/0/evidence/0/start": 1_000_000_000, "/hosts/0/evidence/0/end": 1_000_000_000},
        ("evidence/reversed-span", "/hosts/0/evidence/0"),
    ),
    "evidence.end.minimum": ("whole.host", {"/hosts/0/evidence/0/exact": "F", "/hosts/0/evidence/0/start": 0, "/hosts/0/evidence/0/end": 1}, None),
    "evidence.end.maximum": (
        "whole.host", {"/hosts/0/evidence/0/start": 0, "/hosts/0/evidence/0/end": 1_000_000_000},
        ("evidence/offset-mismatch", "/hosts/0/evidence/0"),
    ),
    "identifier-text.max-length": ("whole.revision", {"/id": "a" * 128}, None),
    "language-tag.max-length": ("whole.revision", {"/language": "sl-SI-akhmimic-biscayan-bohairic-bornholm-colb1945-aranes-asante"}, None),
    "clock-span.time-zone.max-length": ("whole.time", {"/time/timeZone": "Asia/" + "a" * 59}, ("dates/unknown-time-zone", "/time/timeZone")),
    "namespace.max-length": ("whole.root", {"/extensions": {"a." + "b" * 510: {}}}, None),
    "source.text-file.max-length": ("whole.source-with-file", {"/sources/0/textFile": "a/" * 511 + "bc"}, ("evidence/text-file-missing", "/sources/0/textFile")),
    "annotation.target.max-length": (
        "whole.annotation", {"/extensions": {"org.example": {"a" * 1000: 1}}, "/annotations/0": {"target": "/extensions/org.example/" + "a" * 1000, "kind": "uncertain", "basis": "It is not clear."}},
        None,
    ),
}  # fmt: skip
"""Each bound of the schema, just kept: a record, what is changed in it, and the finding of a later rule where there is one."""

FORMS: Final[dict[str, tuple[str, str, list[Json]]]] = {
    "identifier-text": ("whole.revision", "/id", ["a", "0", "2021", "a-b", "a.b_c-d", "x1.y2"]),
    "text": ("whole.revision", "/title", ["x", "Ω", "“Talks”"]),
    "language-tag": ("whole.revision", "/language", [
        "zh", "haw", "zh-Hant", "pt-BR", "es-419", "sr-Cyrl-RS", "sl-rozaj", "de-CH-1996", "de-1abc", "de-1mno", "sl-rozaj-12345678",
    ]),
    "edtf-date": ("whole.revision", "/date", [
        "2021-05-03", "2021-12-31", "2021-10", "2021-09", "2021", "0000", "9999", "202X", "20XX", "2021?", "2021-05~", "2021-05-03%", "202X?", "20XX~",
        "2021-05-03/2021-05-10", "2021-05/2021-06", "2021/2022", "202X/203X", "20XX/21XX", "2021?/2022~", "2021/2022?", "2021-01/2021-11", "2021-01/2021-11-30",
        "2021-05-03/..", "2021-05?/..", "202X/..", "20XX%/..", "../2021-05-19", "../2021-05-15", "../2021-05-05", "../2021-05-29", "../2021-05-30", "../2021-11", "../2021", "../202X",
        "../20XX?", "../2021~", "../2021%", "2021-05-20/2021-06-29", "2021-01-30", "2021-01-01/2021-12%",
    ]),
    "day": ("whole.revision", "/revision/date", ["2021-01-01", "2021-01-15", "2021-09-09", "2021-10-10", "2021-12-31", "2020-02-29", "2021-11-20"]),
    "clock-time": ("whole.time", "/time", [{"start": start} for start in ("00:00", "09:59", "10:00", "19:09", "20:10", "23:59")]),
    "clock-span.time-zone": ("whole.time", "/time", [{"start": "15:30", "timeZone": zone} for zone in ("EST5EDT", "W-SU", "Etc/GMT+5", "America/North_Dakota/New_Salem")]),
    "duration": ("whole.time", "/time", [{"duration": text} for text in (
        "PT1M", "PT59M", "PT999M", "PT1H", "PT999H", "PT1H1M", "PT1H5M", "PT1H25M", "PT10H59M", "PT999H9M", "PT2H30M", "PT1H19M",
    )]),
    "url": ("whole.revision", "/sources/0/url", ["http://a", "https://example.org/ü?a=1&b=[2]#c", "https://例え.jp/"]),
    "namespace": ("whole.root", "/extensions", [{name: {}} for name in ("a.b", "m5n.m5n", "m5n-m5n.m5n-m5n-m5n.0", "a:t", "mno5+.-:x", "https://example.org/a\\b")]),
}  # fmt: skip
"""What each pattern admits: where it is written, and the values, each of them in a record of its own."""

UNREGISTERED: Final = ("de-1abc", "de-1mno", "sl-rozaj-12345678")
"""Tags in the form of tags whose variants do not exist."""


def main() -> None:
    """Write the cases and enter them in the manifest."""
    manifest = json.loads((SUITE / "manifest.json").read_bytes())
    kept = [case for case in manifest["cases"] if "generated" not in case.get("tags", ())]
    made = list(cases())
    shutil.rmtree(SUITE / FOLDER, ignore_errors=True)
    (SUITE / FOLDER).mkdir()
    for case in made:
        (SUITE / case.entry["files"][0]).write_text(layout(case.record) + "\n", encoding="utf-8", newline="\n")
    manifest["cases"] = sorted([*kept, *(case.entry for case in made)], key=lambda entry: str(entry["id"]))
    (SUITE / "manifest.json").write_text(layout(manifest) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(made)} systematic cases beside {len(kept)} that were written by hand")


def cases() -> Iterator[Case]:
    """Every systematic case: faults, bounds and forms that are just kept, and every code."""
    records = wholes()
    places = sites(records)
    for site in places.values():
        for fault in faults(site):
            record = changed(records[site.record], site.path, fault.value)
            finding = {"rule": fault.rule, "severity": "error", "pointer": to_pointer((*site.path, *fault.at))}
            name = f"{fault.rule.removeprefix('schema/')}.{slug(site.pointer)}{fault.name and '.' + kebab(fault.name)}"
            yield _case(name, fault.title, record, [finding], valid=False)
    yield from _kept_bounds(records, places)
    yield from _kept_forms(records)
    yield from _every_code(places)


def _case(name: str, title: str, record: Json, expect: list[dict[str, Json]], *, valid: bool, near: str = "") -> Case:
    entry: dict[str, Json] = {
        "id": f"{FOLDER}/{name}",
        "title": title,
        "profile": "structure",
        "files": [f"{FOLDER}/{name}.json"],
        "valid": valid,
        "expect": expect,
    }
    if near:
        entry["nearMissOf"] = [near]
    entry["tags"] = ["generated", "schema-only"]
    if valid and expect:
        entry["profile"] = "record"
        entry["tags"] = ["generated"]
    return Case(entry, record)


def _kept_bounds(records: dict[str, Json], places: dict[str, Site]) -> Iterator[Case]:
    bounds = {
        f"{slug(pointer)}.{kebab(keyword)}"
        for pointer, part in subschemas()
        for keyword in ("minimum", "maximum", "maxLength")
        if keyword in part
    }
    if bounds != set(INSIDE):
        raise SystemExit(f"INSIDE and the bounds of the schema differ: {sorted(bounds ^ set(INSIDE))}")
    for name, (whole, changes, later) in INSIDE.items():
        rule = "schema/too-long" if name.endswith("max-length") else "schema/out-of-range"
        rule = "schema/malformed-namespace" if name.startswith("namespace") else rule
        expect = [{"rule": later[0], "severity": "error", "pointer": later[1]}] if later else []
        title = f"`{name.rpartition('.')[0]}` just keeps its {name.rpartition('.')[2].replace('-', ' ')}"
        yield _case(f"bound.{name}", title, edited(records[whole], changes), expect, valid=True, near=rule)


def _kept_forms(records: dict[str, Json]) -> Iterator[Case]:
    for name, (whole, pointer, values) in FORMS.items():
        for number, value in enumerate(values, 1):
            last = list(value.items())[-1] if isinstance(value, dict) else (value, value)
            title = f"`{last[name != 'namespace']}` has the form of `{name}`"
            rule = "schema/malformed-namespace" if name == "namespace" else "schema/pattern-mismatch"
            record = edited(records[whole], {pointer: value})
            expect: list[dict[str, Json]] = []
            if value in UNREGISTERED:
                expect = [{"rule": "codes/unknown-language", "severity": "error", "pointer": pointer}]
            yield _case(f"form.{name}.{number:02}", title, record, expect, valid=True, near=rule)


def wholes() -> dict[str, Json]:
    """The sound records that people wrote, by their short names."""
    found = {}
    for path in sorted([*(SUITE / "schema").glob("whole.*.json"), *(SUITE / "schema").glob("whole.*/record.json")]):
        name = path.parent.name if path.name == "record.json" else path.stem
        found[name] = json.loads(path.read_bytes())
    return found


def subschemas() -> list[tuple[str, dict[str, Json]]]:
    """Every part of the schema that describes a value; conditions are parts of their object."""
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


def sites(records: dict[str, Json]) -> dict[str, Site]:
    """For each part of the schema a place in the smallest record that has one."""
    found: dict[str, Site] = {}

    def walk(name: str, pointer: str, part: dict[str, Json], value: Json, path: Steps) -> None:
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

    # A record that needs a file beside it comes last: it cannot stand alone.
    for name, record in sorted(records.items(), key=lambda item: ("file" in item[0], len(layout(item[1])), item[0])):
        walk(name, "", SCHEMA, record, ())
    missing = [pointer for pointer, _ in subschemas() if pointer not in found]
    if missing:
        raise SystemExit(f"no record of {SUITE / 'schema'}/whole.* uses {', '.join(missing)}: add it to one of them")
    return found


def faults(site: Site) -> Iterator[Fault]:
    """Everything that can be broken at a place, one constraint at a time."""
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
    """The record as a whole, whose version is looked at first, and the names of extensions."""
    value = site.value
    if site.pointer == "":
        without = {key: item for key, item in value.items() if key != "schemaVersion"}
        yield Fault("schema/not-an-object", "", "A record is a list with one record in it", [value])
        yield Fault("schema/missing-version", "", "A record lacks `schemaVersion`", without)
        yield Fault(
            "schema/unknown-version",
            "",
            "A record has another version",
            {**value, "schemaVersion": "0.9"},
            ("schemaVersion",),
        )
    elif site.pointer.endswith("/propertyNames"):
        yield Fault("schema/malformed-namespace", "", "The name of an extension is one word", {"mine": {}}, ("mine",))
    else:
        for number, name in enumerate(
            (
                "Org.Example",
                "org..example",
                ".org",
                "org.-a",
                "org.a-",
                "1a:",
                "a b:c",
                "https://a b",
                "a." + "b" * 511,
                "org.example\n",
                "a:b\n",
                "a:b\tc",
                "a:b\rc",
                "org/example",
            ),
            1,
        ):
            title = f"`{name if len(name) < 60 else name[:8] + '…'}` is no namespace".replace("\n", "␊")
            yield Fault("schema/malformed-namespace", f"{number:02}", title, {name: {}}, (name,))


def _through_reference(site: Site, what: str) -> Iterator[Fault]:
    """A value that the definition referred to does not admit: it shows that the reference is there."""
    target = _resolved(site.schema)
    name = slug(target)
    part = SCHEMA["$defs"][target.rpartition("/")[2]]
    if name in PATTERNS:
        form, value = next(iter(PATTERNS[name].items()))
        yield Fault("schema/pattern-mismatch", "", f"{what} has not the form of `{name}`: {form}", value)
    elif "enum" in part:
        yield Fault("schema/not-in-codelist", "", f"{what} is no code of the list", "no-such-code")
    else:
        yield Fault("schema/wrong-type", "", f"{what} is a number", 5)


def _resolved(part: dict[str, Json]) -> str:
    pointer = ""
    while "$ref" in part:
        pointer = part["$ref"].removeprefix("#")
        part = SCHEMA["$defs"][pointer.rpartition("/")[2]]
    return pointer


def _type(site: Site, what: str) -> Iterator[Fault]:
    wrong = {"object": ["x", [], 5, True], "array": ["x", {}, 5, False], "string": [5, ["x"], {}, True], "integer": ["5", 5.5, True, [5]], "number": ["5", True, [5.5]]}  # fmt: skip
    if site.pointer:
        for number, value in enumerate(wrong[site.schema["type"]], 1):
            title = f"{what} is {json.dumps(value)}, which is no {site.schema['type']}"
            yield Fault("schema/wrong-type", str(number), title, value)


def _enum(site: Site, what: str) -> Iterator[Fault]:
    code = site.schema["enum"][0]
    yield Fault("schema/not-in-codelist", "", f"{what} is no code of the list", "no-such-code")
    yield Fault("schema/not-in-codelist", "case", f"{what} has its letters in the other case", code.swapcase())
    yield Fault("schema/wrong-type", "", f"{what} is a number", 5)


def _const(site: Site, what: str) -> Iterator[Fault]:
    yield Fault("schema/wrong-value", "", f"{what} is false", value=False)


def _required(site: Site, what: str) -> Iterator[Fault]:
    value = site.value
    for name in site.schema["required"]:
        if name != "schemaVersion":
            without = {key: item for key, item in value.items() if key != name}
            yield Fault("schema/missing-property", name, f"{what} lacks `{name}`", without)


def _dependent(site: Site, what: str) -> Iterator[Fault]:
    value, dependencies = site.value, site.schema["dependentRequired"]
    for present, needed in dependencies.items():
        for name in needed:
            others = {key for key, asked in dependencies.items() if name in asked and key != present}
            kept = {key: item for key, item in value.items() if key not in {name, *others}}
            title = f"{what} has `{present}` and lacks `{name}`"
            yield Fault("schema/missing-property", f"{name}.with.{present}", title, kept)


def _conditional(site: Site, what: str) -> Iterator[Fault]:
    """What an `if` asks for is taken away where its condition holds."""
    value, condition = deepcopy(site.value), site.schema["if"]
    for name in site.schema["then"]["required"]:
        if "not" in condition:
            instead = condition["not"]["required"][0]
            kept = {key: item for key, item in value.items() if key not in (name, instead, "several", "count")}
            title = f"{what} has neither `{instead}` nor `{name}`"
        else:
            (key, wanted), *_ = condition["properties"].items()
            kept = {**{k: item for k, item in value.items() if k != name}, key: wanted["const"]}
            title = f"{what} is `{wanted['const']}` and lacks `{name}`"
        yield Fault("schema/missing-property", f"{name}.conditional", title, kept)


def _closed(site: Site, what: str) -> Iterator[Fault]:
    if site.schema["additionalProperties"] is False:
        title = f"{what} has a property that it does not know"
        yield Fault("schema/unknown-property", "", title, {**site.value, "unforeseen": 1}, ("unforeseen",))


def _exclusive(site: Site, what: str) -> Iterator[Fault]:
    alone = {key: item for key, item in site.value.items() if key not in _EXCLUSIVE}
    for part in [site.schema, *site.schema.get("allOf", ())]:
        if "not" in part:
            one, other = part["not"]["required"]
            value = {**alone, one: _EXCLUSIVE[one], other: _EXCLUSIVE[other]}
            value |= {} if "person" in value or site.pointer != "/$defs/member" else {"office": {"title": "aides"}}
            yield Fault("schema/mutually-exclusive", f"{one}.{other}", f"{what} has `{one}` and `{other}`", value)


_EXCLUSIVE: Final[dict[str, Json]] = {"person": "ana-ruiz", "several": True, "count": 2, "text": "GENEVA: Freedonia announces a conference.", "textFile": "notice.txt"}  # fmt: skip


def _min_items(site: Site, what: str) -> Iterator[Fault]:
    yield Fault("schema/too-few", "", f"{what} is an empty list", [])


def _unique(site: Site, what: str) -> Iterator[Fault]:
    value = site.value
    yield Fault("schema/duplicate-item", "", f"{what} has an entry twice", [*value, deepcopy(value[0])], (len(value),))


def _min_properties(site: Site, what: str) -> Iterator[Fault]:
    yield Fault("schema/too-few-properties", "", f"{what} is an empty object", {})


def _min_length(site: Site, what: str) -> Iterator[Fault]:
    yield Fault("schema/too-short", "", f"{what} is empty", "")


def _max_length(site: Site, what: str) -> Iterator[Fault]:
    yield Fault("schema/too-long", "", f"{what} is one character too long", TOO_LONG[slug(site.pointer)])


def _pattern(site: Site, what: str) -> Iterator[Fault]:
    for form, value in PATTERNS[slug(site.pointer)].items():
        yield Fault("schema/pattern-mismatch", form, f"{what} has not its form: {form}", value)


def _minimum(site: Site, what: str) -> Iterator[Fault]:
    step = 1 if site.schema["type"] == "integer" else 0.001
    yield Fault("schema/out-of-range", "minimum", f"{what} is just too small", site.schema["minimum"] - step)


def _maximum(site: Site, what: str) -> Iterator[Fault]:
    step = 1 if site.schema["type"] == "integer" else 0.001
    yield Fault("schema/out-of-range", "maximum", f"{what} is just too large", site.schema["maximum"] + step)


_BREAKERS: Final[dict[str, Callable[[Site, str], Iterator[Fault]]]] = {
    "type": _type, "enum": _enum, "const": _const, "required": _required, "dependentRequired": _dependent, "if": _conditional,
    "additionalProperties": _closed, "not": _exclusive, "allOf": _exclusive, "minItems": _min_items, "uniqueItems": _unique,
    "minProperties": _min_properties, "minLength": _min_length, "maxLength": _max_length, "pattern": _pattern, "minimum": _minimum, "maximum": _maximum,
}  # fmt: skip
"""How each keyword is broken."""


def _every_code(places: dict[str, Site]) -> Iterator[Case]:
    """Records that together use every code of every closed list."""
    smallest = json.loads((SUITE / f"{SMALLEST}.json").read_bytes())
    enums = {slug(site.pointer): site.schema["enum"] for site in places.values() if "enum" in site.schema}
    if set(enums) != set(_RECORDS):
        raise SystemExit(f"_RECORDS and the codelists of the schema differ: {sorted(set(enums) ^ set(_RECORDS))}")
    for name, codes in enums.items():
        made = list(_RECORDS[name](codes))
        for number, changes in enumerate(made, 1):
            title = f"Every code of `{name}`" + (f", part {number} of {len(made)}" if len(made) > 1 else "")
            part = f".{number:02}" if len(made) > 1 else ""
            record = edited(smallest, changes)
            expect = _deprecated(record) if name == "country-code" else []
            yield _case(f"every-code.{name}{part}", title, record, expect, valid=True, near="schema/not-in-codelist")


def _deprecated(record: Json) -> list[dict[str, Json]]:
    """The warning that a record whose one country has a successor draws."""
    rule = {"rule": "codes/deprecated", "severity": "warning", "pointer": "/parties/0/country"}
    return [rule] if country_codes()[record["parties"][0]["country"]]["deprecated"] else []


def country_codes() -> dict[str, dict[str, str]]:
    """The rows of the list of countries by their codes."""
    with (ROOT / "schema/codelists/country.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


Changes = dict[str, Json]
_SYLVANIA: Final = {"id": "sylvania", "type": "other", "name": "Sylvania"}
_EVIDENCE: Final = [{"source": "notice", "exact": "Freedonia announces a conference"}]
_TEXT: Final = {"/sources/0/text": "Freedonia announces a conference. “We will open the border,” its minister said."}
_RELATED: Final = {
    "related": [{"id": "earlier", "relation": "follows-up", "title": "Talks", "organizers": ["sylvania"]}]
}


def _root(key: str, **more: Json) -> Callable[[list[str]], Iterator[Changes]]:
    """A record for each code of a property of the record itself."""
    return lambda codes: iter([{"/parties/1": _SYLVANIA, key: code, **more} for code in codes])


def _list(key: str, entry: Callable[[int, str], Json], **more: Json) -> Callable[[list[str]], Iterator[Changes]]:
    """One record with a list that has an entry for each code."""
    return lambda codes: iter([{**more, key: [entry(number, code) for number, code in enumerate(codes, 1)]}])


def _delegation(**more: Json) -> dict[str, Json]:
    return {"id": "delegation-1", "party": "freedonia", "capacity": "participant", "evidence": _EVIDENCE, **more}


def _delegations(key: str) -> Callable[[list[str]], Iterator[Changes]]:
    def make(codes: list[str]) -> Iterator[Changes]:
        ids = [f"party-{number}" for number in range(1, len(codes) + 1)]
        entries = [
            _delegation(id=f"delegation-of-{id}", party=id, **{key: code}) for id, code in zip(ids, codes, strict=True)
        ]
        yield {**_TEXT, "parties": [{"id": id, "type": "other", "name": id} for id in ids], "delegations": entries}

    return make


def _members(entry: Callable[[int, str], Json]) -> Callable[[list[str]], Iterator[Changes]]:
    def make(codes: list[str]) -> Iterator[Changes]:
        members = [{"id": f"member-{number}", **entry(number, code)} for number, code in enumerate(codes, 1)]
        yield {**_TEXT, **_RELATED, "/parties/1": _SYLVANIA, "delegations": [_delegation(members=members)]}

    return make


def _level(number: int, code: str) -> Json:
    envoy = {"accreditedTo": "sylvania"} if code in ("ambassador", "charge-d-affaires") else {}
    return {"office": {"title": f"office {number}", "level": code, **envoy}}


def _statements(entry: Callable[[int, str], Json]) -> Callable[[list[str]], Iterator[Changes]]:
    def make(codes: list[str]) -> Iterator[Changes]:
        common = {"speakers": ["delegation-1"], "text": "We will open the border,"}
        evidence = [{"source": "notice", "exact": "“We will open the border,” its minister said."}]
        entries = [
            {"id": f"statement-{number}", **common, **entry(number, code), "evidence": evidence}
            for number, code in enumerate(codes, 1)
        ]
        yield {**_TEXT, "delegations": [_delegation()], "statements": entries}

    return make


def _countries(codes: list[str]) -> Iterator[Changes]:
    """States by a year in which all of them were there."""
    rows = country_codes()
    left = list(codes)
    for year in ["2021", *sorted({row["validUntil"] for row in rows.values()} - {""}, reverse=True)]:
        there = [
            code for code in left if (rows[code]["validFrom"] or "0000") <= year <= (rows[code]["validUntil"] or "9999")
        ]
        left = [code for code in left if code not in there]
        states = [{"id": code.lower(), "type": "state", "name": rows[code]["label"], "country": code} for code in there]
        current = [state for state in states if not rows[str(state["country"])]["deprecated"]]
        if current:
            yield {"date": year, "parties": current}
        yield from ({"date": year, "parties": [state]} for state in states if state not in current)
    if left:
        raise SystemExit(f"no year in which these countries were there: {left}")


def _outcome(**code: str) -> Json:
    return {"type": "other", "title": "Memorandum", **code, "evidence": _EVIDENCE}


def _source(number: int, code: str) -> Json:
    return {"id": f"source-{number}", "type": code}


_RECORDS: Final[dict[str, Callable[[list[str]], Iterator[Changes]]]] = {
    "record.type": _root("type"),
    "record.visit-type": _root("visitType", type="visit"),
    "record.mode": _root("mode"),
    "record.status": _root("status", **_TEXT, delegations=[_delegation()], **_RELATED),
    "country-code": _countries,
    "name.kind": _list("/parties/0/names", lambda _, code: {"text": "Freedonia", "kind": code}),
    "party.type": _list("parties", lambda number, code: {"id": f"party-{number}", "type": code, "name": f"Party {number}", **({"country": "CHE"} if code == "state" else {})}),
    "delegation.capacity": _delegations("capacity"),
    "delegation.mode": _delegations("mode"),
    "member.role": _members(lambda number, code: {"office": {"title": f"office {number}"}, "role": code}),
    "office.level": _members(_level),
    "office.tenure": _members(lambda number, code: {"office": {"title": f"office {number}", "tenure": code}}),
    "programme-item.type": _list("programme", lambda number, code: {"id": f"item-{number}", "type": code, "title": f"Item {number}"}),
    "statement.form": _statements(lambda number, code: {"form": code, **({} if code == "direct" else {"text": f"Border {number} will open."})}),
    "statement.act": _statements(lambda number, code: {"form": "mixed", "text": f"We will open border {number}.", "act": code}),
    "outcome.type": _list("outcomes", lambda number, code: {"id": f"outcome-{number}", **_outcome(type=code)}, **_TEXT),
    "outcome.status": _list("outcomes", lambda number, code: {"id": f"outcome-{number}", **_outcome(status=code)}, **_TEXT),
    "event-reference.type": _list("upcoming", lambda number, code: {"id": f"event-{number}", "title": f"Event {number}", "type": code, "evidence": _EVIDENCE}, **_TEXT),
    "event-reference.status": _list("upcoming", lambda number, code: {"id": f"event-{number}", "title": f"Event {number}", "status": code, "evidence": _EVIDENCE}, **_TEXT),
    "related-event.relation": _list("related", lambda number, code: {"id": f"event-{number}", "relation": code, "title": f"Event {number}"}),
    "related-event.type": _list("related", lambda number, code: {"id": f"event-{number}", "relation": "prepares", "title": f"Event {number}", "type": code}),
    "related-event.status": _list("related", lambda number, code: {"id": f"event-{number}", "relation": "prepares", "title": f"Event {number}", "status": code}),
    "source.type": _list("sources", _source),
    "annotation.kind": _list("annotations", lambda _, code: {"target": "/date", "kind": code, "basis": "The notice is not clear."}),
    "provenance.method": lambda codes: iter([{"provenance": {"method": code}} for code in codes]),
}  # fmt: skip
"""For each closed list the changes to the smallest record that use its codes."""


def slug(pointer: str) -> str:
    """A short name for a part of the schema: `/$defs/party/properties/country` is `party.country`."""
    words = [word for word in pointer.split("/")[1:] if word not in ("$defs", "properties")]
    if not pointer.startswith("/$defs/"):
        words.insert(0, "record")
    names = {"items": "entry", "additionalProperties": "value", "propertyNames": "name", "$schema": "schema-address"}
    return ".".join(kebab(names.get(word, word)) for word in words)


def kebab(text: str) -> str:
    """A name in small letters and hyphens."""
    return re.sub(r"[^a-z0-9.]+", "-", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", text).lower()).strip("-")


def to_pointer(path: Steps) -> str:
    """A path as a JSON Pointer."""
    return "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in path)


def changed(record: Json, path: Steps, value: Json) -> Json:
    """A copy of a record with another value in one place."""
    if not path:
        return deepcopy(value)
    record = deepcopy(record)
    place = record
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = deepcopy(value)
    return record


def edited(record: Json, changes: Changes) -> Json:
    """A copy of a record with other values by their pointers; None removes a property."""
    record = deepcopy(record)
    for pointer, value in changes.items():
        *way, last = pointer[1:].split("/") if pointer.startswith("/") else [pointer]
        place = record
        for token in way:
            place = place[int(token)] if isinstance(place, list) else place[token]
        if isinstance(place, list):
            place[int(last) : int(last) + 1] = [deepcopy(value)]
        elif value is None:
            del place[last]
        else:
            place[last] = deepcopy(value)
    return record


def layout(value: Json, indent: int = 0, before: int = 0) -> str:
    """JSON for people: what fits stands on one line."""
    flat = _flat(value)
    if indent + before + len(flat) <= WIDTH or not isinstance(value, dict | list) or not value:
        return flat
    inner = indent + 2
    if isinstance(value, dict):
        opener, closer = "{", "}"
        names = [f"{json.dumps(key, ensure_ascii=False)}: " for key in value]
        parts = [
            " " * inner + name + layout(item, inner, len(name))
            for name, item in zip(names, value.values(), strict=True)
        ]
    else:
        opener, closer = "[", "]"
        parts = [" " * inner + layout(item, inner) for item in value]
    return f"{opener}\n" + ",\n".join(parts) + f"\n{' ' * indent}{closer}"


def _flat(value: Json) -> str:
    if isinstance(value, dict) and value:
        parts = (f"{json.dumps(key, ensure_ascii=False)}: {_flat(item)}" for key, item in value.items())
        return "{ " + ", ".join(parts) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_flat(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
