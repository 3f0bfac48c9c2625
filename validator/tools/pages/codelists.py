"""A page for each codelist: what each code means, what else it is called, where it is used and an example record with it."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from diplomatic_events.findings import DOCS
from diplomatic_events.schema.catalogue import catalogue
from pages.markdown import code as block
from pages.markdown import compact, link, page, table
from pages.objects import Property
from pages.records import Examples
from pages.reference import Reference

Row = Mapping[str, str]

STANDARDS: Final[Mapping[str, str]] = {
    "country": (
        "ISO 3166-1 for the countries of today, ISO 3166-3 for former ones, and `XKX`. The years are the first and last "
        "when a party can have the code, if they are beyond doubt. The two-letter codes are the regions in "
        "language tags."
    ),
    "language": (
        "The languages, macrolanguages and collections of the IANA registry of language subtags (BCP 47): the codes of "
        "ISO 639-1, and of ISO 639-3 and 639-5 where there is no two-letter code. These are the two-letter codes; the CSV "
        "file also has those of three letters and the other tags for a language: its further codes in ISO 639, and tags "
        "that BCP 47 has replaced."
    ),
    "region": (
        "The regions of the IANA registry of language subtags, and `XK`: two letters of ISO 3166-1, or the number of an "
        "area of UN M.49."
    ),
    "script": "ISO 15924. The codes are also used in language tags.",
    "variant": "The variants of the IANA registry of language subtags.",
}
"""The lists taken from international standards, with what to know about them."""

PARTS_OF_TAGS: Final = ("language", "region", "variant")
"""The lists whose codes are parts of language tags."""

HEAD: Final = """\
# Codelists

What each code of a record means. Programs read the same lists as CSV files.

- A **closed** list is an enum of the schema: any other code is an error.
- An **open** list can be extended: any other code draws the warning `codes/unknown`. A part of a
  language tag that is not on its list is the error `codes/unknown-language`.
- `since` is the version of the schema that introduced the code. A deprecated code stays valid until the next major
  version, and the warning `codes/deprecated` names the one to use instead; see [Versions](../versions.md#codes).
- "Also called" are words that people use for a code, in English and other languages: `synonyms` in the CSV file, with a bar
  between them. They are no codes, but the validator knows them: to `dinner`, it answers `meal`.
- `CAMEO` is the nearest event code of Conflict and Mediation Event Observations.
"""

_COLUMNS: Final = {
    "label": "label",
    "description": "description",
    "synonyms": "also called",
    "cameo": "CAMEO",
    "alpha2": "alpha-2",
    "years": "years",
    "since": "since",
}
"""The columns of a table of codes, by their names in the CSV file; a column that is not here follows under its own name."""

_OTHERWISE_SHOWN: Final = ("code", "deprecated", "replacedBy", "validFrom", "validUntil", "aliases")


class Codelists:
    """Writes the pages of all lists, with the places and examples of the versions described."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self.references = references
        folder = catalogue().folder / "codelists"
        found = {path.stem: rows(path) for path in sorted(folder.glob("*.csv"))}
        self.lists = {name: found[name] for name in sorted(found, key=lambda name: (name in STANDARDS, name))}

    def files(self) -> dict[str, str | bytes]:
        """The pages, the list of them, and the CSV files."""
        made: dict[str, str | bytes] = {"codelists/index.md": self._index()}
        for name in self.lists:
            made[page_of(name)] = self._list(name)
            made[f"codelists/{name}.csv"] = catalogue().codelist_path(name).read_bytes()
        return made

    @property
    def _latest(self) -> Reference:
        return self.references[-1]

    @property
    def _examples(self) -> Examples:
        return self._latest.examples

    def _uses(self, name: str, reference: Reference) -> list[Property]:
        properties = reference.objects.properties
        if name in PARTS_OF_TAGS:
            return [property for property in properties if property.definition == "languageTag"]
        return [property for property in properties if property.codelist == name]

    def kind(self, name: str) -> str:
        """Whether a list is closed or open in the latest version."""
        return "closed" if any(property.closed for property in self._uses(name, self._latest)) else "open"

    def _index(self) -> str:
        here = "codelists/index.md"
        rows = [
            (
                link(name, page_of(name), here),
                self.kind(name),
                f"{len(codes):,}",
                ", ".join(self._latest.named(use, here) for use in self._uses(name, self._latest)),
            )
            for name, codes in self.lists.items()
        ]
        return page(f"{HEAD}\n{table(('list', 'kind', 'codes', 'used by'), rows)}", source="schema/codelists")

    def _list(self, name: str) -> str:
        codes, here = self.lists[name], page_of(name)
        csv_file = link(f"{name}.csv", f"codelists/{name}.csv", here)
        uses = "".join(
            f"- {reference.named(use, here)}: {use.description}\n"
            for reference in self.references
            for use in self._uses(name, reference)
        )
        about = f"{STANDARDS[name]}\n\n" if name in STANDARDS else ""
        if name == "language":
            shown = names_only([row for row in codes if len(row["code"]) == 2])
        elif name in ("region", "script"):
            shown = names_only(codes)
        elif name in STANDARDS:
            shown = code_table(codes)
        else:
            shown = "".join(self._code(name, row, here) for row in codes)
        return page(
            f"# {name}\n\n{self.kind(name).capitalize()} list, {len(codes):,} codes. Download: {csv_file}. "
            f"Its permanent address: `{DOCS}/codelists/{name}/`.\n\n{about}Used by\n\n{uses}\n{shown}",
            source=f"schema/codelists/{name}.csv",
            description=f"What each code of the list {name} means.",
            search={"boost": 2},
        )

    def _code(self, name: str, row: Row, here: str) -> str:
        """The section of one code of our own."""
        values = cells(row)
        facts = [
            f"{title[0].upper()}{title[1:]}: {values[column]}"
            for column, title in columns([row]).items()
            if column not in ("label", "description") and values[column]
        ]
        found = self._examples.codes.get((name, row["code"]))
        example = ""
        if found is not None:
            value = row["code"] if not found.held.property.many else found.held.value
            shown = f'"{found.held.property.name}": {compact(value)}'
            example = f"Example, from {found.link(here)}:\n\n{block(shown, 'json')}\n"
        bullets = "".join(f"- {fact}\n" for fact in facts)
        return f"## {row['code']} {{#{row['code']} .property}}\n\n**{row['label']}.** {row['description']}\n\n{bullets}\n{example}\n"


def page_of(name: str) -> str:
    """The page of a list."""
    return f"codelists/{name}.md"


def rows(path: Path) -> list[Row]:
    """The rows of a list."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def columns(codes: Sequence[Row]) -> dict[str, str]:
    """The columns to show of some codes, with their titles."""
    others = {name: name for name in codes[0] if name not in _COLUMNS and name not in _OTHERWISE_SHOWN}
    return {**_COLUMNS, **others}


def cells(row: Row) -> dict[str, str]:
    """What to show of a code, by column."""
    return {
        **dict.fromkeys(_COLUMNS, ""),
        **row,
        "synonyms": row.get("synonyms", "").replace("|", ", "),
        "years": years(row),
        "since": since(row),
    }


def code_table(codes: Sequence[Row]) -> str:
    """A list of a standard as a table, each code with its own anchor."""
    shown = columns(codes)
    return table(
        ("code", *shown.values()),
        [(f"`{row['code']}`{{#{row['code']}}}", *(cells(row)[name] for name in shown)) for row in codes],
    )


def years(row: Row) -> str:
    """The years when a country existed, as far as known."""
    first, last = row.get("validFrom", ""), row.get("validUntil", "")
    return f"{first}–{last}" if first or last else ""


def since(row: Row) -> str:
    """The version that introduced a code and, if it is deprecated, since when and what replaces it."""
    if not row["deprecated"]:
        return row["since"]
    successor = f": use `{row['replacedBy']}`" if row["replacedBy"] else ""
    return f"{row['since']}; deprecated in {row['deprecated']}{successor}"


def names_only(codes: Sequence[Row]) -> str:
    """A long list whose codes need no description: code and label, in a paragraph for each first letter."""
    first = next(iter(catalogue().versions))
    letters: dict[str, list[str]] = {}
    for row in codes:
        more = "" if since(row) == first else f" ({since(row)})"
        letters.setdefault(row["code"][0], []).append(f"`{row['code']}`{{#{row['code']}}} {row['label']}{more}")
    return "".join(f"{' · '.join(entries)}\n\n" for entries in letters.values()).removesuffix("\n")
