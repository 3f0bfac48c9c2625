"""Write the codelists into the schema.

Run from the root of the repository::

    python validator/tools/codelists.py            # write the enums of every draft
    python validator/tools/codelists.py --check    # only report the enums that differ, in any version

An object of the schema that has both an ``x-codelist`` and an ``enum`` holds a closed list; one
with an ``x-codelist`` alone refers to an open list. The codes of a closed list come from
``schema/codelists/<name>.csv``, in the order of that file: those in the schema's version, as
`in_version` decides from the columns ``since`` and ``deprecated``. Only the text of those arrays
changes: the rest of the schema is written by hand and stays byte for byte. A schema that
``versions.json`` lists as released or withdrawn is never written to.

The column ``synonyms`` of a list has the words that people use for a code, with `|` between them. A word means one code
of a list, and is not itself a code or a label of it.

Exit code 0: the schema agrees with the lists (or does so now). 1: ``--check`` found a difference.
2: a list or the schema cannot be read, a synonym is unusable, or the schema is released and differs.
"""

import argparse
import csv
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from diplomatic_events.suggest import plain

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "schema"
CODELISTS = ROOT / "schema" / "codelists"

COLUMNS = 100
WRAPPED = frozenset({"country"})  # too many codes for a line each

_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


class CodelistError(Exception):
    """A list or the schema cannot be read, or a synonym is unusable."""


@dataclass(frozen=True, slots=True)
class Member:
    """The place of one member of a JSON object in the text."""

    key: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ClosedList:
    """An enum of the schema that is filled from a codelist."""

    name: str
    enum: Member


def objects(text: str) -> Iterator[dict[str, Member]]:
    """Every object of a JSON text, as the places of its members."""
    found: list[dict[str, Member]] = []
    _walk(text, _skip(text, 0), found)
    yield from found


def closed_lists(text: str, known: frozenset[str]) -> list[ClosedList]:
    """The enums that belong to a codelist, in the order of the text."""
    lists = []
    for members in objects(text):
        name = _codelist_name(text, members)
        if name is None:
            continue
        if name not in known:
            raise CodelistError(f"the schema names the codelist {name}, but {name}.csv does not exist")
        if "enum" in members:
            lists.append(ClosedList(name, members["enum"]))
    return sorted(lists, key=lambda found: found.enum.start)


def number(version: str) -> tuple[int, int]:
    """A version as two numbers, for ordering."""
    major, minor = version.split(".")
    return int(major), int(minor)


def in_version(since: str, deprecated: str, version: str) -> bool:
    """Whether a version has a code.

    It does from the version that introduced it until the next major version after the one that deprecated it.
    """
    if number(since) > number(version):
        return False
    return not deprecated or number(version)[0] <= number(deprecated)[0]


def read_codes(path: Path, version: str | None = None) -> list[str]:
    """The codes of one list that a version has, or all of them, in the order of its file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if "code" not in (rows.fieldnames or ()):
            raise CodelistError(f"{path.name} has no column 'code'")
        return [
            row["code"]
            for row in rows
            if version is None or in_version(row.get("since") or version, row.get("deprecated") or "", version)
        ]


def synonym_faults(path: Path) -> Iterator[str]:
    """What is wrong with the synonyms of a list."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    meant = {plain(name): row["code"] for row in rows for name in (row["code"], row["label"])}
    for row in rows:
        for word in row["synonyms"].split("|") if row.get("synonyms") else ():
            if word != word.strip().lower() or not plain(word):
                yield f"{path.stem}: the synonym {word!r} of {row['code']} is not in lower case, or has nothing to find"
            elif plain(word) in meant:
                yield f"{path.stem}: the synonym {word!r} of {row['code']} already means {meant[plain(word)]}"
            meant.setdefault(plain(word), row["code"])


def enum_text(text: str, found: ClosedList, codes: Sequence[str]) -> str:
    """The array as the schema should have it, in the layout of the old one."""
    old = text[found.enum.start : found.enum.end]
    quoted = [json.dumps(code, ensure_ascii=False) for code in codes]
    if json.loads(old) and "\n" not in old:
        return f"[{', '.join(quoted)}]"
    outer = _indentation(text, found.enum.key)
    inner = outer + "  "
    lines = _wrapped(quoted, inner) if found.name in WRAPPED else _one_each(quoted, inner)
    return "\n".join(["[", *lines, f"{outer}]"])


def rewrite(text: str, codelists: Path) -> tuple[str, list[str]]:
    """The schema with its enums filled, and the names of the lists that had changed."""
    known = frozenset(path.stem for path in codelists.glob("*.csv"))
    pieces: list[str] = []
    differing: list[str] = []
    done = 0
    version = declared_version(text)
    for found in closed_lists(text, known):
        codes = read_codes(codelists / f"{found.name}.csv", version)
        old = text[found.enum.start : found.enum.end]
        if json.loads(old) != codes:
            differing.append(found.name)
        pieces += [text[done : found.enum.start], enum_text(text, found, codes)]
        done = found.enum.end
    return "".join([*pieces, text[done:]]), list(dict.fromkeys(differing))


def declared_version(text: str) -> str | None:
    """The version that a schema's records declare, or None if it does not say."""
    schema = json.loads(text)
    version = schema.get("properties", {}).get("schemaVersion", {}).get("const")
    return version if isinstance(version, str) else None


def _codelist_name(text: str, members: dict[str, Member]) -> str | None:
    """The list that an object names; a property called ``x-codelist`` has an object as its value."""
    member = members.get("x-codelist")
    if member is None or text[member.start] != '"':
        return None
    name: str = json.loads(text[member.start : member.end])
    return name


def _walk(text: str, at: int, found: list[dict[str, Member]]) -> int:
    """Walk the value that starts at `at`, collect its objects, and return its end."""
    if text[at] == "{":
        return _walk_object(text, at, found)
    if text[at] == "[":
        return _walk_array(text, at, found)
    _, end = _DECODER.raw_decode(text, at)
    return end


def _walk_object(text: str, at: int, found: list[dict[str, Member]]) -> int:
    members: dict[str, Member] = {}
    found.append(members)
    at = _skip(text, at + 1)
    while text[at] != "}":
        key_start = at
        key, key_end = _DECODER.raw_decode(text, at)
        start = _skip(text, _skip(text, key_end) + 1)
        end = _walk(text, start, found)
        members[key] = Member(key_start, start, end)
        at = _after_comma(text, end)
    return at + 1


def _walk_array(text: str, at: int, found: list[dict[str, Member]]) -> int:
    at = _skip(text, at + 1)
    while text[at] != "]":
        at = _after_comma(text, _walk(text, at, found))
    return at + 1


def _after_comma(text: str, at: int) -> int:
    at = _skip(text, at)
    return _skip(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _indentation(text: str, at: int) -> str:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line[: len(line) - len(line.lstrip())]


def _one_each(quoted: Sequence[str], indent: str) -> list[str]:
    return [f"{indent}{item}" for item in _with_commas(quoted)]


def _wrapped(quoted: Sequence[str], indent: str) -> list[str]:
    """As many codes on each line as fit."""
    lines: list[str] = []
    for item in _with_commas(quoted):
        if lines and len(lines[-1]) + 1 + len(item) <= COLUMNS:
            lines[-1] += f" {item}"
        else:
            lines.append(f"{indent}{item}")
    return lines


def _with_commas(quoted: Sequence[str]) -> list[str]:
    return [*(f"{code}," for code in quoted[:-1]), *quoted[-1:]]


def _read_schema(path: Path) -> str:
    try:
        # Read as bytes: text mode would turn every line break into "\n".
        text = path.read_bytes().decode("utf-8")
        json.loads(text)
    except (OSError, ValueError) as error:
        raise CodelistError(f"{path}: {error}") from error
    return text


def _statuses(schema: Path) -> dict[str, str]:
    """The status of every version, from ``versions.json`` beside a schema."""
    listed = schema.parent.parent / "versions.json"
    if not listed.is_file():
        return {}
    return {version: entry["status"] for version, entry in json.loads(listed.read_bytes())["versions"].items()}


def _chosen(options: argparse.Namespace) -> list[Path]:
    """The schemas to process: the one named, or all when checking and every draft when writing."""
    if options.schema is not None:
        return [options.schema]
    paths = sorted(SCHEMAS.glob("*/event.schema.json"))
    return [path for path in paths if options.check or _statuses(path).get(path.parent.name) == "draft"]


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Write the codelists into the schema's enums.")
    parser.add_argument("--check", action="store_true", help="name what differs; write nothing")
    parser.add_argument("--schema", type=Path, help="the schema to fill (default: every draft)")
    parser.add_argument("--codelists", type=Path, default=CODELISTS, help="the folder of the lists")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _arguments(argv)
    try:
        _check_synonyms(options.codelists)
        return max((_fill(path, options.codelists, check=options.check) for path in _chosen(options)), default=0)
    except CodelistError as error:
        print(f"codelists: {error}", file=sys.stderr)
        return 2


def _check_synonyms(codelists: Path) -> None:
    faults = [fault for path in sorted(codelists.glob("*.csv")) for fault in synonym_faults(path)]
    if faults:
        raise CodelistError("; ".join(faults))


def _fill(path: Path, codelists: Path, *, check: bool) -> int:
    """Fill the enums of one schema, or report which differ."""
    text = _read_schema(path)
    filled, differing = rewrite(text, codelists)
    version = declared_version(text)
    if check:
        whose = f"version {version}'s" if version else "the schema's"
        for name in differing:
            print(f"{name}: {whose} enum differs from {name}.csv")
        return 1 if differing else 0
    if filled != text:
        status = _statuses(path).get(version or "", "draft")
        if status != "draft":
            raise CodelistError(
                f"version {version} is {status} and never edited, but its {', '.join(differing) or 'layout'} "
                "would change; give a new code the version of a draft in the column 'since'"
            )
        path.write_bytes(filled.encode("utf-8"))
    for name in differing:
        print(f"{name}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
