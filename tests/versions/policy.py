"""What is promised of versions, as functions that name every breach: for the real versions and for invented ones."""

import csv
import hashlib
import io
import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from codelists import in_version, number
from diplomatic_events.schema.catalogue import Catalogue, Version
from diplomatic_events.schema.structure import Structure
from versions.repository import ENVIRONMENT

BELONGS = {
    "draft": set(),
    "released": {"date", "sha256"},
    "withdrawn": {"date", "sha256", "withdrawn", "reason"},
}
"""What is said of a version by its status: no less, and no more."""

WORDS = frozenset({"title", "description", "examples", "$comment", "$id", "x-definition"})
"""Keywords that say nothing of which records are valid."""

CONDITIONS = frozenset({"if", "then", "else", "not"})
"""Keywords under which something added can forbid what was allowed."""


def listing_faults(catalogue: Catalogue) -> Iterator[str]:
    """Whether every version says what its status asks for, and all stand in order."""
    listed = json.loads((catalogue.folder / "versions.json").read_bytes())["versions"]
    if not all(re.fullmatch(r"[1-9][0-9]*\.(0|[1-9][0-9]*)", name) for name in listed):
        yield f"a version is two numbers: {list(listed)}"
    elif list(listed) != sorted(listed, key=number):
        yield f"the versions do not stand in order: {list(listed)}"
    if {path.parent.name for path in catalogue.folder.glob("*/event.schema.json")} != set(listed):
        yield "the versions listed are not those that have a schema"
    for name, entry in listed.items():
        if entry.keys() - {"status"} != BELONGS.get(entry["status"]):
            yield f"{name} is {entry['status']} and says {sorted(entry)}"
        for day in (entry[key] for key in ("date", "withdrawn") if key in entry):
            if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", day):
                yield f"{name} has {day} where a day stands"
        schema = catalogue.schema(name)
        if schema["properties"]["schemaVersion"]["const"] != name or f"/{name}/" not in schema["$id"]:
            yield f"the schema of {name} does not say that it is {name}"
    dates = [entry.get("date", "never") for entry in listed.values()]
    if dates != sorted(dates):
        yield f"the versions were not released in their order: {dates}"


def freeze_faults(catalogue: Catalogue, repository: Path | None = None) -> Iterator[str]:
    """Whether what was released still has its bytes: those of its hash and, in a checkout, those of its tag.

    ``repository`` is the root of the checkout; what lies in none, such as an unpacked archive, has no tags to look at.
    """
    for version in _frozen(catalogue.versions.values()):
        if hashlib.sha256(catalogue.path(version.number).read_bytes()).hexdigest() != version.sha256:
            yield f"the schema of {version.number} is not the one that was released"
    if repository is not None:
        yield from _tag_faults(catalogue, repository)


def _frozen(versions: Iterable[Version]) -> list[Version]:
    return [version for version in versions if version.status != "draft"]


def _tag_faults(catalogue: Catalogue, repository: Path) -> Iterator[str]:
    """Whether every version that a commit has released has its tag, and is now what it is at the tag.

    One that is released in the files and in no commit, as after `make release-schema`, has no tag yet.
    """
    tagged = _git(repository, "tag", "--list", "schema-[0-9]*").decode().split()
    merged = _git(repository, "tag", "--list", "schema-[0-9]*", "--merged", "HEAD").decode().split()
    committed = {
        f"schema-{version.number}" for version in _frozen(_versions_at(catalogue, repository, "HEAD").values())
    }
    for tag in sorted(committed - set(tagged)):
        yield f"there is no tag {tag} of what was released; `git fetch --tags` brings the tags that there are"
    for tag in sorted({*committed, *merged} & set(tagged)):
        yield from _changes_since(tag, catalogue, repository)


def _changes_since(tag: str, catalogue: Catalogue, repository: Path) -> Iterator[str]:
    """What is not as it was when a version was tagged: its schema, its day and hash, the codes of all lists."""
    name = tag.removeprefix("schema-")
    old, new = _versions_at(catalogue, repository, tag).get(name), catalogue.versions.get(name)
    if old is None or old.status == "draft":
        yield f"{name} is not released at the tag {tag}: the tag belongs on the commit that released it"
        return
    if new is None or (new.date, new.sha256) != (old.date, old.sha256):
        yield f"{name} was released on {old.date} with the hash {old.sha256}, and is not listed so now"
        return
    if _at(catalogue, repository, tag, f"{name}/event.schema.json") != catalogue.path(name).read_bytes():
        yield f"the schema of {name} differs from the one at the tag {tag}"
    folder = catalogue.folder.relative_to(repository).as_posix()
    for path in _git(repository, "ls-tree", "--name-only", f"refs/tags/{tag}", f"{folder}/codelists/").decode().split():
        codelist = catalogue.codelist_path(Path(path).stem)
        now = {row["code"]: row for row in _rows(codelist.read_bytes())} if codelist.exists() else {}
        for row in _rows(_at(catalogue, repository, tag, f"codelists/{codelist.name}")):
            later = now.get(row["code"])
            if later is None or later["since"] != row["since"] or row["deprecated"] not in ("", later["deprecated"]):
                yield f"{codelist.stem}: the code {row['code']} is not what it was at the tag {tag}"


def _versions_at(catalogue: Catalogue, repository: Path, revision: str) -> dict[str, Version]:
    listed = json.loads(_at(catalogue, repository, revision, "versions.json"))["versions"]
    return {name: Version(name, **entry) for name, entry in listed.items()}


def _at(catalogue: Catalogue, repository: Path, revision: str, name: str) -> bytes:
    folder = catalogue.folder.relative_to(repository).as_posix()
    return _git(repository, "show", f"{revision}:{folder}/{name}")


def _git(repository: Path, *arguments: str) -> bytes:
    command = ["git", "-C", str(repository), *arguments]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=True).stdout


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def codelist_faults(catalogue: Catalogue) -> Iterator[str]:
    """Whether the enum of every closed list has the codes that `since` and `deprecated` give to its version."""
    for version in catalogue.versions:
        for part in _objects(catalogue.schema(version)):
            if isinstance(part.get("x-codelist"), str) and isinstance(part.get("enum"), list):
                rows = _rows(catalogue.codelist_path(part["x-codelist"]).read_bytes())
                meant = {row["code"] for row in rows if in_version(row["since"], row["deprecated"], version)}
                if meant != set(part["enum"]):
                    differing = sorted(meant ^ set(part["enum"]))
                    yield f"{version}: the enum of {part['x-codelist']} differs from its list by {differing}"


def minor_pairs(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Each version and the next, where that is a minor one."""
    return [(old, new) for old, new in pairwise(catalogue.versions) if number(old)[0] == number(new)[0]]


def record_faults(catalogue: Catalogue, old: str, new: str, records: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Whether every record of a version is valid under the next one too."""
    structure = Structure(catalogue, new)
    for record in records:
        for rule, issue in structure.judge({**record, "schemaVersion": new}).issues:
            yield f"a record is valid in {old} and not in {new}: {rule}: {issue.message}"


def schema_faults(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """Whether a schema only adds to an earlier one: no record can tell as much, however many there are.

    It knows the additions that are allowed, and calls every other difference a breach. In a condition it calls any
    difference one, and in a definition that a condition refers to.
    """
    yield from _faults(old, new, "")
    conditions = [inner for part in _objects(old) for keyword, inner in part.items() if keyword in CONDITIONS]
    for name in sorted(_referred(old, conditions)):
        if old["$defs"][name] != new["$defs"].get(name):
            yield f"/$defs/{name} has changed, and a condition refers to it"


def _faults(old: Any, new: Any, where: str) -> Iterator[str]:
    if not (isinstance(old, dict) and isinstance(new, dict)):
        if old != new and where != "/properties/schemaVersion/const":
            yield f"{where} has changed"
        return
    for keyword in sorted((old.keys() | new.keys()) - WORDS):
        here = f"{where}/{keyword}"
        if keyword not in old or keyword not in new:
            yield f"{here} was {'added' if keyword in new else 'taken away'}"
            continue
        was, now = old[keyword], new[keyword]
        if keyword in CONDITIONS:
            yield from [f"{here} has changed"] if was != now else []
        elif keyword in ("properties", "$defs"):
            if keyword == "properties" and old.get("additionalProperties") is not False:
                yield from (f"{here}/{name} was added where any was allowed" for name in now if name not in was)
            yield from (f"{here}/{name} is gone" for name in was if name not in now)
            for name in (name for name in was if name in now):
                yield from _faults(was[name], now[name], f"{here}/{name}")
        elif keyword in ("enum", "x-refers-to"):
            yield from (f"{here} no longer has {code}" for code in was if code not in now)
        elif keyword.startswith(("max", "min")):
            if now < was if keyword.startswith("max") else now > was:
                yield f"{here} is {now} and was {was}"
        else:
            yield from _faults(was, now, here)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """A value and every value in it, as far as they are objects."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(inner)


def _referred(schema: dict[str, Any], parts: list[Any]) -> set[str]:
    """The names of the definitions that parts of a schema refer to, and of those that they refer to."""
    found: set[str] = set()
    for part in (part for waiting in parts for part in _objects(waiting)):
        name = str(part.get("$ref", "")).removeprefix("#/$defs/")
        if name in schema["$defs"] and name not in found:
            found.add(name)
            parts.append(schema["$defs"][name])  # the list grows on the way
    return found
