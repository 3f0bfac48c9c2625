"""What is promised of versions, as functions that name every breach: for the real versions and for invented ones."""

import csv
import hashlib
import io
import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from codelists import in_version, number
from diplomatic_events.schema.catalogue import Catalogue, Version
from diplomatic_events.schema.structure import Structure
from release_schema import is_day

TAG = "schema-{}"
FROZEN = ("released", "withdrawn")
WORDS = frozenset({"title", "description", "examples", "$comment", "$id", "x-definition"})
"""Keywords that say nothing of which records are valid."""

CONDITIONS = frozenset({"if", "then", "else", "not"})
"""Keywords under which something added can forbid what was allowed."""


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
        for day in filter(None, (version.date, version.withdrawn)):
            if not is_day(day):
                yield f"{version.number} has {day} where a day stands"
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
    """Whether what was released still has its bytes: those of its hash and, in a checkout, those of its tag.

    ``repository`` is the root of the checkout; what lies in none, such as an unpacked archive, has no tags to look at.
    """
    for version in _frozen(catalogue.versions):
        if hashlib.sha256(catalogue.path(version).read_bytes()).hexdigest() != catalogue.versions[version].sha256:
            yield f"the schema of {version} is not the one that was released"
    if repository is not None:
        try:
            yield from _tag_faults(catalogue, repository)
        except GitError as error:
            yield str(error)


def _frozen(versions: Mapping[str, Version]) -> list[str]:
    return [name for name, version in versions.items() if version.status in FROZEN]


class GitError(Exception):
    """Git has failed, so nothing is known of the tags."""


def _git(repository: Path, *arguments: str) -> bytes:
    # A hook of git sets variables that lead to its own repository.
    ours = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    command = ["git", "-C", str(repository), *arguments]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
    except OSError as error:
        raise GitError(f"git cannot be run, so the tags cannot be looked at: {error.strerror}") from error
    if done.returncode:
        raise GitError(f"git {arguments[0]} failed, so the tags cannot be looked at: {done.stderr.decode().strip()}")
    return done.stdout


def _tag_faults(catalogue: Catalogue, repository: Path) -> Iterator[str]:
    """Whether every version that a commit has released has its tag, and is now what it is at the tag.

    One that is released in the files and in no commit, as after `make release-schema`, has no tag yet.
    """
    listing = (catalogue.folder / "versions.json").relative_to(repository).as_posix()
    committed = _frozen(_versions(_git(repository, "show", f"HEAD:{listing}")))
    tagged, before = _tagged(repository), _tagged(repository, "--merged", "HEAD")
    now = _frozen(catalogue.versions)
    for version in sorted({*committed, *before}):
        if version not in tagged:
            tag = TAG.format(version)
            yield f"{version} was released and has no tag {tag}; `git fetch --tags` brings the tags that there are"
        if version not in now:
            status = catalogue.versions[version].status if version in catalogue.versions else "not listed"
            yield f"{version} was released and is {status} now"
    for version in now:
        if version in tagged:
            yield from _changes_since(catalogue, repository, version, listing)


def _tagged(repository: Path, *which: str) -> list[str]:
    """The versions that have a tag."""
    names = _git(repository, "tag", "--list", TAG.format("[0-9]*"), *which).decode().split()
    return [name.removeprefix(TAG.format("")) for name in names]


def _versions(data: bytes) -> dict[str, Version]:
    return {name: Version(name, **entry) for name, entry in json.loads(data)["versions"].items()}


def _changes_since(catalogue: Catalogue, repository: Path, version: str, listing: str) -> Iterator[str]:
    """What is not as it was when a version was tagged: its schema, its day and hash, the codes of all lists."""
    tag = TAG.format(version)
    folder = catalogue.folder.relative_to(repository).as_posix()

    def there(path: str) -> bytes:
        return _git(repository, "show", f"refs/tags/{tag}:{path}")

    if there(f"{folder}/{version}/event.schema.json") != catalogue.path(version).read_bytes():
        yield f"the schema of {version} differs from the one at the tag {tag}"
    old, new = _versions(there(listing)).get(version, Version(version, "not listed")), catalogue.versions[version]
    if old.status not in FROZEN:
        yield f"{version} is {old.status} at the tag {tag}: the tag belongs on the commit that released it"
    elif (old.date, old.sha256) != (new.date, new.sha256):
        yield f"{version} has another date or hash than at the tag {tag}, which has {old.date} and {old.sha256}"
    lists = _git(repository, "ls-tree", "-z", "--name-only", f"refs/tags/{tag}", f"{folder}/codelists/")
    for path in lists.decode().split("\0"):
        if path.endswith(".csv"):
            codelist = repository / path
            now = codelist.read_bytes() if codelist.exists() else b"code"
            yield from _code_faults(codelist.stem, there(path), now, tag)


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


def schema_faults(old: Any, new: Any) -> Iterator[str]:
    """Whether a schema only adds to an earlier one: no record can tell as much, however many there are.

    It knows the additions that are allowed, and calls every other difference a breach. In a condition it calls any
    difference one, and in a definition that a condition refers to.
    """
    yield from _faults(old, new, "")
    for name in sorted(_referred(old, list(_conditions(old)))):
        if json.dumps(old["$defs"][name]) != json.dumps(new["$defs"].get(name)):
            yield f"/$defs/{name} has changed, and a condition refers to it"


def _conditions(part: Any) -> Iterator[Any]:
    if isinstance(part, dict):
        yield from (inner for keyword, inner in part.items() if keyword in CONDITIONS)
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _conditions(inner)


def _referred(schema: Any, part: Any) -> set[str]:
    """The names of the definitions that a part of a schema refers to, and of those that they refer to."""
    found: set[str] = set()
    waiting = [part]
    for waited in waiting:  # it grows on the way
        if isinstance(waited, dict):
            name = str(waited.get("$ref", "")).removeprefix("#/$defs/")
            if name in schema["$defs"] and name not in found:
                found.add(name)
                waiting.append(schema["$defs"][name])
        waiting += waited.values() if isinstance(waited, dict) else waited if isinstance(waited, list) else ()
    return found


def _faults(old: Any, new: Any, where: str) -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        for keyword in sorted((old.keys() | new.keys()) - WORDS):
            here = f"{where}/{keyword}"
            if keyword not in old or keyword not in new:
                yield f"{here} was {'added' if keyword in new else 'taken away'}"
            elif keyword in CONDITIONS:
                yield from [f"{here} has changed"] if json.dumps(old[keyword]) != json.dumps(new[keyword]) else []
            elif keyword in ("properties", "$defs"):
                if keyword == "properties" and old.get("additionalProperties") is not False:
                    added = [name for name in new[keyword] if name not in old[keyword]]
                    yield from (f"{here}/{name} was added where any property was allowed" for name in added)
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
                yield from _faults(old[keyword], new[keyword], here)
    elif json.dumps(old) != json.dumps(new) and where != "/properties/schemaVersion/const":
        yield f"{where} has changed"


def _named_faults(old: dict[str, Any], new: dict[str, Any], where: str) -> Iterator[str]:
    for name, part in old.items():
        if name not in new:
            yield f"{where}/{name} is gone"
        else:
            yield from _faults(part, new[name], f"{where}/{name}")
