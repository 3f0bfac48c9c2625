"""The codelists: what each code means, from the CSV files beside the schema."""

import csv
from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

from diplomatic_events.schema.catalogue import Catalogue, catalogue
from diplomatic_events.suggest import Vocabulary, plain
from diplomatic_events.wording import listed

_MOST_LISTED: Final = 20
_MOST_EXPLAINED: Final = 100
_OF_NOUNS: Final = frozenset(
    {"event-type", "member-role", "office-level", "outcome-type", "party-type", "programme-item-type", "source-type"}
)
"""The lists whose codes are things of many kinds; those of the others say of what kind a thing is, or on what subject."""
_OF_SUBJECTS: Final = "topic"
"""The list whose definitions say what belongs to a code, subject by subject."""


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


def nearest_codes(source: Catalogue, name: str, wrong: str) -> list[str]:
    """The codes of a list that a wrong one may mean."""
    return _vocabulary(source, name).meant(wrong)


def same_code(source: Catalogue, name: str, wrong: str, *, misspelt: bool) -> str | None:
    """The only code of a list that has the same meaning as a wrong one, or of which that is a misspelling."""
    return _vocabulary(source, name).same(wrong, misspelt_too=misspelt)


def choice(source: Catalogue, name: str, wrong: str, codes: Iterable[str] | None = None) -> str:
    """The codes of a list to choose from where none is near a wrong one: all of a short list.

    Of a long one of topics, those that use the word in their definitions, if there are any; the definitions of acts and offices
    use a word such as `said` or `state` by chance. ``codes`` are those of a version.
    """
    allowed = None if codes is None else frozenset(codes)
    entries = [
        entry
        for entry in read(source, name).values()
        if (not entry.deprecated if allowed is None else entry.code in allowed)
    ]
    if len(entries) > _MOST_EXPLAINED:
        return where_listed(name)
    if len(entries) > _MOST_LISTED and name == _OF_SUBJECTS and (mentioning := _mentioning(entries, wrong)):
        verb = "mentions" if len(mentioning) == 1 else "mention"
        return f"{listed(mentioning)} {verb} it in the definition"
    return f"the codes are {', '.join(f'`{entry.code}`' for entry in entries)}"


def where_listed(name: str) -> str:
    """How to see the codes of a list."""
    return f"`diplomatic-events explain {name}` shows the codes and what they mean"


def _mentioning(entries: Iterable[Code], word: str) -> list[str]:
    """The codes whose definitions have a word, apart from sentences that refer to another code."""
    wanted = f" {plain(word)} "
    found = (
        f"`{entry.code}`"
        for entry in entries
        for sentence in entry.description.split(". ")
        if "`" not in sentence and wanted in f" {plain(sentence)} "
    )
    return list(dict.fromkeys(found))


@cache
def _vocabulary(source: Catalogue, name: str) -> Vocabulary:
    words = [(entry.code, (entry.code, entry.label), entry.synonyms) for entry in read(source, name).values()]
    return Vocabulary(words, nouns=name in _OF_NOUNS)


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
