"""The codelists: what each code means, from the CSV files beside the schema."""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from diplomatic_events.findings import DOCS
from diplomatic_events.schema.catalogue import Catalogue, catalogue
from diplomatic_events.suggest import nearest


class Code(NamedTuple):
    """One code of a list.

    ``since`` and ``deprecated`` are versions of the schema. ``valid_from`` and ``valid_until`` are the first and the
    last year in which a country existed, if known; other lists have none. ``synonyms`` are words that people use for
    the code, and ``aliases`` other tags for a language.
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
    aliases: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()


def code(name: str, wanted: str) -> Code | None:
    """One code of a list, or None if the list does not have it.

    Only its own row is parsed: the list of languages is long, and most runs need one of them.
    """
    return _row(catalogue(), name, wanted)


def codelist(name: str) -> dict[str, Code]:
    """The codes of a list, in the order of the CSV file."""
    return read(catalogue(), name)


def url(name: str) -> str:
    """The address of a list's docs."""
    return f"{DOCS}/codelists/#{name}"


@cache
def read(source: Catalogue, name: str) -> dict[str, Code]:
    """A list of one catalogue."""
    with source.codelist_path(name).open(encoding="utf-8", newline="") as file:
        return {row["code"]: _code(row) for row in csv.DictReader(file)}


@cache
def _lines(source: Catalogue, name: str) -> tuple[str, dict[str, str]]:
    """The heading of a list's CSV file, and the line of each code."""
    heading, *lines = source.codelist_path(name).read_text(encoding="utf-8").splitlines()
    return heading, {line.partition(",")[0]: line for line in lines}


@cache
def _row(source: Catalogue, name: str, wanted: str) -> Code | None:
    heading, lines = _lines(source, name)
    return next(map(_code, csv.DictReader([heading, lines[wanted]]))) if wanted in lines else None


def nearest_codes(entries: Mapping[str, Code], wrong: str, codes: Iterable[str] | None = None) -> list[str]:
    """The codes nearest to a wrong one, by code or by label.

    ``codes`` are the ones compared by code; by default, all of the list.
    """
    by_label = {entry.label.casefold(): code for code, entry in entries.items()}
    if wrong.casefold() in by_label:
        return [by_label[wrong.casefold()]]
    labels = [by_label[label] for label in nearest(wrong, by_label, most=2, cutoff=0.8)]
    return list(dict.fromkeys([*labels, *nearest(wrong, entries if codes is None else codes)]))[:3]


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
        aliases=tuple((row.get("aliases") or "").split()),
        synonyms=tuple(filter(None, (row.get("synonyms") or "").split("|"))),
    )
