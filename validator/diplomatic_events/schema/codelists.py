"""The codelists: what each code means, as the CSV files beside the schema say it."""

import csv
from functools import cache
from typing import NamedTuple

from diplomatic_events.findings import DOCS
from diplomatic_events.schema.catalogue import Catalogue, catalogue


class Code(NamedTuple):
    """One code of a list.

    ``since`` and ``deprecated`` are versions of the schema. ``valid_from`` and ``valid_until`` are the first and the
    last year in which a country was there, where they are known; other lists have none.
    """

    code: str
    label: str
    description: str
    since: str
    deprecated: str | None = None
    replaced_by: str | None = None
    cameo: str | None = None
    alpha2: str | None = None
    valid_from: int | None = None
    valid_until: int | None = None


def code(name: str, wanted: str) -> Code | None:
    """One code of a list, or None where the list has no such code.

    Only its own row is read: the list of languages is long, and most runs ask for one.
    """
    return _row(catalogue(), name, wanted)


def codelist(name: str) -> dict[str, Code]:
    """A list by its name: each code and what it means, in the order of the CSV."""
    return read(catalogue(), name)


def url(name: str) -> str:
    """The address of the docs of a list."""
    return f"{DOCS}/codelists/#{name}"


@cache
def read(source: Catalogue, name: str) -> dict[str, Code]:
    """A list of a certain catalogue."""
    with source.codelist_path(name).open(encoding="utf-8", newline="") as file:
        return {row["code"]: _code(row) for row in csv.DictReader(file)}


@cache
def _text(source: Catalogue, name: str) -> str:
    return source.codelist_path(name).read_text(encoding="utf-8")


@cache
def _row(source: Catalogue, name: str, wanted: str) -> Code | None:
    text = _text(source, name)
    start = text.find(f"\n{wanted},") + 1
    if not start or not wanted:
        return None
    return next(_code(row) for row in csv.DictReader([text[: text.index("\n")], text[start : text.index("\n", start)]]))


def _code(row: dict[str, str]) -> Code:
    return Code(
        code=row["code"],
        label=row["label"],
        description=row["description"],
        since=row["since"],
        deprecated=row["deprecated"] or None,
        replaced_by=row["replacedBy"] or None,
        cameo=row.get("cameo") or None,
        alpha2=row.get("alpha2") or None,
        valid_from=int(row["validFrom"]) if row.get("validFrom") else None,
        valid_until=int(row["validUntil"]) if row.get("validUntil") else None,
    )
