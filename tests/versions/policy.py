"""What is promised of versions, as functions that name every breach: for the real versions and for invented ones."""

import csv
import hashlib
import io
import json
import re
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from codelists import in_version, number
from diplomatic_events.structure import Structure
from diplomatic_events.versions import Catalogue

TAG = "schema-{}"
FROZEN = ("released", "withdrawn")
WORDS = frozenset({"title", "description", "examples", "$comment", "$id", "x-definition"})
"""Keywords that say nothing of which records are valid."""


def listing_faults(catalogue: Catalogue) -> Iterator[str]:
    """Whether every version says what its status asks for, and all stand in order."""
    numbers = list(catalogue.versions)
    if any(not re.fullmatch(r"[1-9][0-9]*\.(0|[1-9][0-9]*)", name) for name in numbers):
        yield f"a version is two numbers: {numbers}"
    elif numbers != sorted(numbers, key=number):
        yield f"the versions do not stand in order: {numbers}"
    if {path.parent.name for path in catalogue.folder.glob("*/event.schema.json")} != set(numbers):
        yield "the versions listed are not those that have a schema"
    dates = []
    for version in catalogue.versions.values():
        if version.status not in ("draft", *FROZEN):
            yield f"{version.number} has the unknown status {version.status}"
        if (version.status in FROZEN) != bool(version.date and version.sha256):
            yield f"{version.number} is {version.status}: date and hash belong to what was released, and to nothing else"
        if (version.status == "withdrawn") != bool(version.withdrawn and version.reason):
            yield f"{version.number} is {version.status}: since when and why belong to what was withdrawn"
        dates += [version.date] if version.date else []
    if dates != sorted(dates):
        yield f"the dates do not stand in order: {dates}"
    states = [version.status in FROZEN for version in catalogue.versions.values()]
    if states != sorted(states, reverse=True):
        yield "a draft stands before a version that was released"
    for name in numbers:
        schema = catalogue.schema(name)
        if schema["properties"]["schemaVersion"]["const"] != name or f"/{name}/" not in schema["$id"]:
            yield f"the schema of {name} does not say that it is {name}"


def freeze_faults(catalogue: Catalogue, repository: Path | None = None) -> Iterator[str]:
    """Whether what was released still has its bytes: those of its hash, and of its tag where there is one."""
    for version in catalogue.versions.values():
        if version.status not in FROZEN:
            continue
        path = catalogue.path(version.number)
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != version.sha256:
            yield f"the schema of {version.number} is not the one that was released"
        if repository is None:
            continue
        tag = TAG.format(version.number)
        tagged = _at_tag(repository, tag, path)
        if tagged is not None and tagged != data:
            yield f"the schema of {version.number} differs from the one at the tag {tag}"
        for codelist in sorted((catalogue.folder / "codelists").glob("*.csv")):
            old = _at_tag(repository, tag, codelist)
            if old is not None:
                yield from _code_faults(codelist.stem, old, codelist.read_bytes(), tag)


def _at_tag(repository: Path, tag: str, path: Path) -> bytes | None:
    name = f"refs/tags/{tag}:{path.relative_to(repository).as_posix()}"
    done = subprocess.run(["git", "-C", str(repository), "show", name], capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None


def _code_faults(name: str, old: bytes, new: bytes, tag: str) -> Iterator[str]:
    """What became of the codes that a released version had: words may be mended, the rest stays."""
    now = {row["code"]: row for row in _rows(new)}
    for row in _rows(old):
        later = now.get(row["code"])
        if later is None:
            yield f"{name}: the code {row['code']} of {tag} is gone"
        elif later["since"] != row["since"]:
            yield f"{name}: the code {row['code']} was there since {row['since']}, not since {later['since']}"
        elif row["deprecated"] and later["deprecated"] != row["deprecated"]:
            yield f"{name}: the code {row['code']} has been deprecated since {row['deprecated']}"


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def codelist_faults(catalogue: Catalogue) -> Iterator[str]:
    """Whether the enum of every closed list has the codes that `since` and `deprecated` give to its version."""
    for version in catalogue.versions:
        for name, enum in sorted(set(_enums(catalogue.schema(version)))):
            rows = _rows(catalogue.codelist_path(name).read_bytes())
            meant = {row["code"] for row in rows if in_version(row["since"], row["deprecated"], version)}
            if meant != set(enum):
                yield f"{version}: the enum of {name} differs from its list by {sorted(meant ^ set(enum))}"


def _enums(part: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(part, dict):
        if isinstance(part.get("x-codelist"), str) and isinstance(part.get("enum"), list):
            yield part["x-codelist"], tuple(part["enum"])
        for inner in part.values():
            yield from _enums(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from _enums(inner)


def minor_pairs(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Each version and the next, where that is a minor one."""
    return [(old, new) for old, new in pairwise(catalogue.versions) if number(old)[0] == number(new)[0]]


def record_faults(catalogue: Catalogue, old: str, new: str, records: dict[str, Any]) -> Iterator[str]:
    """Whether every record of a version is valid under the next one too."""
    before, after = (Structure(catalogue, version) for version in (old, new))
    for name, record in records.items():
        if before.judge(record).issues:
            yield f"{name} is not valid in {old}"
        for rule, issue in after.judge({**record, "schemaVersion": new}).issues:
            yield f"{name} is valid in {old} and not in {new}: {rule}: {issue.message}"


def schema_faults(old: Any, new: Any, where: str = "") -> Iterator[str]:
    """Whether a schema only adds to an earlier one: no record can tell as much, however many there are.

    It knows the additions that are allowed, and calls every other difference a breach.
    """
    if isinstance(old, dict) and isinstance(new, dict):
        for keyword in sorted((old.keys() | new.keys()) - WORDS):
            here = f"{where}/{keyword}"
            if keyword not in old or keyword not in new:
                yield f"{here} was {'added' if keyword in new else 'taken away'}"
            elif keyword in ("properties", "$defs"):
                yield from _named_faults(old[keyword], new[keyword], here)
            elif keyword == "enum":
                gone = [code for code in old[keyword] if code not in new[keyword]]
                yield from (f"{here} no longer has {code}" for code in gone)
            elif keyword in ("maxLength", "maximum", "minLength", "minItems", "minProperties", "minimum"):
                tighter = new[keyword] < old[keyword] if keyword.startswith("max") else new[keyword] > old[keyword]
                if tighter:
                    yield f"{here} is {new[keyword]} and was {old[keyword]}"
            elif keyword == "x-refers-to":
                yield from (f"{here} no longer has {kind}" for kind in old[keyword] if kind not in new[keyword])
            else:
                yield from schema_faults(old[keyword], new[keyword], here)
    elif json.dumps(old) != json.dumps(new) and where != "/properties/schemaVersion/const":
        yield f"{where} has changed"


def _named_faults(old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[str]:
    for name, part in old.items():
        if name not in new:
            yield f"{where}/{name} is gone"
        else:
            yield from schema_faults(part, new[name], f"{where}/{name}")
