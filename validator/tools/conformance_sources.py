"""The cases of the conformance suite as people write them, each expanded to its files and its manifest entry.

A case is a JSON Patch (RFC 6902) to a named record of `tests/conformance/bases.json`, or a text, and the expected finding.
What follows from its id and its rule is left out: docs/conformance.md says what a case may contain.
"""

import base64
import gzip
import json
import re
import unicodedata
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from diplomatic_events.rulebook import EXAMPLE
from diplomatic_events.rules import FAMILIES

ROOT: Final = Path(__file__).parents[2]
SUITE: Final = ROOT / "tests/conformance"
WIDTH: Final = 120

Json = Any
Source = dict[str, Json]
"""A case, one of its files, or a part of a text, as written in the sources."""

PROFILES: Final = {"json": "json", "schema": "structure", "corpus": "corpus", "config": "configuration"}
"""The profile of each family; for all others it is `record`."""

_CONTENT: Final = {"base", "record", "patch", "literal", "text", "encoding", "base64"}
_CASE: Final = {"id", "title", "tags", "options", "nearMissOf", "ending", "files", "beside", "expect", *_CONTENT}


class Case(NamedTuple):
    """A manifest entry, and its files by path: those that are checked and those beside them."""

    entry: dict[str, Json]
    files: dict[str, bytes]

    @property
    def checked(self) -> dict[str, bytes]:
        """The files that are checked, without those beside them."""
        return {path: self.files[path] for path in self.entry["files"]}


@cache
def bases() -> dict[str, Json]:
    """The records that cases change, by name; `example` is the one that the rules' examples change."""
    return {"example": EXAMPLE, **json.loads((SUITE / "bases.json").read_bytes())}


@cache
def severities() -> dict[str, str]:
    """The rules that the suite promises, each with its severity."""
    return dict(line.split(" ") for line in (SUITE / "rules.txt").read_text(encoding="utf-8").splitlines())


def source_files() -> list[Path]:
    """The files of the families, the bases, and the values for the systematic cases."""
    return [SUITE / f"{name}.json" for name in (*FAMILIES, "bases", "systematic")]


def sources() -> Iterator[Source]:
    """Every case that people wrote."""
    for family in FAMILIES:
        yield from json.loads((SUITE / f"{family}.json").read_bytes())


def expanded(source: Source) -> Case:
    """The manifest entry and the files of a case."""
    id = source["id"]
    of_files = {key for file in source.get("files", {}).values() for key in file}
    if unknown := (source.keys() - _CASE) | (of_files - _CONTENT):
        raise ValueError(f"{id}: unknown property {', '.join(sorted(unknown))}")
    checked = {f"{id}{name}": content(file, name) for name, file in _checked(source).items()}
    beside = {f"{id}/{name}": content(_text(file)) for name, file in source.get("beside", {}).items()}
    return Case(_entry(source, list(checked), list(beside)), {**checked, **beside})


def _checked(source: Source) -> dict[str, Source]:
    """The files that are checked, by the part of their path after the id."""
    common = {"base": source["base"]} if "base" in source else {}
    if "files" in source:
        return {f"/{name}": {**common, **file} for name, file in source["files"].items()}
    return {"/record.json" if "beside" in source else source.get("ending", ".json"): source}


def _text(file: Json) -> Source:
    return file if isinstance(file, dict) else {"text": file}


def _entry(source: Source, files: list[str], beside: list[str]) -> dict[str, Json]:
    id, title = source["id"], source["title"]
    rule = id.partition(".")[0]
    expect = [_finding(id, rule, source["expect"])] if "expect" in source else []
    broken = {finding["rule"].partition("/")[0] for finding in expect}
    profile = PROFILES.get(rule.partition("/")[0], "record")
    if profile == "structure" and not broken <= {"schema"}:
        profile = "record"
    # A file with several records or a JSON fault is not one value that the schema alone could judge.
    one_value = "json" not in broken and all(path.endswith(".json") for path in files)
    entry = {
        "id": id,
        "title": title,
        "profile": profile,
        "files": files,
        "beside": beside,
        "valid": "schema" not in broken if one_value else None,
        "expect": expect,
        "nearMissOf": source.get("nearMissOf", [] if expect else [rule]),
        "options": source.get("options"),
        "tags": sorted([*source.get("tags", ()), *(["schema-only"] if profile == "structure" else [])]),
    }
    return {key: value for key, value in entry.items() if key == "expect" or value not in (None, [])}


def _finding(id: str, rule: str, expect: Source) -> Source:
    rule = expect.get("rule", rule)
    found = {"rule": rule, "severity": severities()[rule], **expect}
    if isinstance(expect["pointer"], list | dict):
        found["pointer"] = spelled(expect["pointer"])
    if "file" in expect:
        found["file"] = f"{id}/{expect['file']}"
    return found


def content(source: Source, name: str = "") -> bytes:
    """The bytes of a file: a text or a record, compressed if the name ends in `.gz`."""
    if "base64" in source:
        return base64.b64decode(source["base64"])
    text = spelled(source["text"]) if "text" in source else written(source, indent=2) + "\n"
    data = text.encode(source.get("encoding", "utf-8"))
    return gzip.compress(data, mtime=0) if name.endswith(".gz") else data


def spelled(text: Json) -> str:
    """A text. A list is joined from its parts, each a text, a repeated part, or a record on one line."""
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        return "".join(map(spelled, text))
    return spelled(text["text"]) * int(text["times"]) if "times" in text else written(text)


def written(source: Source, indent: int | None = None) -> str:
    """A record as JSON; `literal` has values with a spelling of their own, by pointer."""
    record = patched(bases()[source["base"]] if "base" in source else source["record"], source.get("patch", ()))
    literal = source.get("literal", {})
    for number, pointer in enumerate(literal):
        record = patched(record, [{"op": "replace", "path": pointer, "value": f"literal {number}"}])
    text = json.dumps(record, ensure_ascii=False, indent=indent)
    for number, value in enumerate(literal.values()):
        text = text.replace(f'"literal {number}"', spelled(value))
    return text


def patched(record: Json, patch: Json) -> Json:
    """A copy of a record, changed by the operations `add`, `remove` and `replace` of JSON Patch."""
    root = {"": deepcopy(record)}
    for step in patch:
        place: Json = root
        *way, last = (token.replace("~1", "/").replace("~0", "~") for token in step["path"].split("/"))
        for token in way:
            place = place[int(token) if isinstance(place, list) else token]
        key: Json = int(last) if isinstance(place, list) else last
        op, there = step["op"], key in (range(len(place)) if isinstance(place, list) else place)
        if op == "remove" and there:
            del place[key]
        elif op == "add" and isinstance(place, list):
            place.insert(key, deepcopy(step["value"]))
        elif op == "add" or (op == "replace" and there):
            place[key] = deepcopy(step["value"])
        else:
            raise ValueError(f"cannot {op} {step['path']}")
    return root[""]


def document(value: Json) -> str:
    """A source file: each case or base starts on its own line, with a blank line between rules."""
    opener, closer = "{}" if isinstance(value, dict) else "[]"
    text, before = opener, None
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        group = str(key if isinstance(value, dict) else item.get("id")).partition(".")[0]
        text += "\n" if before is None else ",\n" if before == group else ",\n\n"
        name = f"{_flat(key)}: " if isinstance(value, dict) else ""
        text, before = f"{text}{name}{layout(item, before=len(name))}", group
    return f"{text}\n{closer}\n"


def layout(value: Json, indent: int = 0, before: int = 0) -> str:
    """JSON for people: as much on a line as fits."""
    flat = _flat(value)
    if not isinstance(value, dict | list) or not value or indent + before + len(flat) < WIDTH:
        return flat
    opener, closer = ("{ ", " }") if isinstance(value, dict) else ("[", "]")
    keys = [f"{_flat(key)}: " for key in value] if isinstance(value, dict) else [""] * len(value)
    lines, inner = [opener], indent + 2
    for key, item in zip(keys, value.values() if isinstance(value, dict) else value, strict=True):
        shift = indent + before + len(opener) - inner if lines == [opener] else 0
        part = f"{key}{layout(item, inner, shift + len(key))},"
        room = WIDTH - len(lines[-1]) - (indent + before if len(lines) == 1 else 0)
        if lines == [opener] or ("\n" not in lines[-1] + part and len(part) + 3 <= room):
            lines[-1] += part if lines == [opener] else f" {part}"
        else:
            lines.append(" " * inner + part)
    return "\n".join(lines).removesuffix(",") + closer


def _flat(value: Json) -> str:
    if isinstance(value, dict) and value:
        return "{ " + ", ".join(f"{_flat(key)}: {_flat(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flat, value)) + "]"
    return re.sub(r"[^ -~]", lambda match: _visible(match[0]), json.dumps(value, ensure_ascii=False))


def _visible(character: str) -> str:
    """A character, or its escape if a reader could not recognise it."""
    hidden = not character.isprintable() or unicodedata.category(character).startswith(("M", "C"))
    return json.dumps(character)[1:-1] if hidden else character
