"""Language tags (BCP 47): their parts, and which tag a wrong one stands for.

The codelists `language`, `script`, `region` and `variant` have the parts that exist.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple

from diplomatic_events.schema.codelists import Code, code, codelist
from diplomatic_events.suggest import LONGEST
from diplomatic_events.wording import LOOKALIKES

LANGUAGES_MEANT: Final = {
    "al": "sq", "by": "be", "cn": "zh", "cz": "cs", "dk": "da", "gb": "en", "gr": "el", "il": "he", "ir": "fa",
    "jp": "ja", "kz": "kk", "rs": "sr", "ua": "uk", "us": "en", "vn": "vi",
}  # fmt: skip
"""Codes of countries that are not codes of languages, and the languages that are probably meant."""

REGIONS_MEANT: Final = {"EL": "GR", "EN": "GB", "UK": "GB"}
"""Codes that no region has, and the regions that are probably meant."""

_KINDS: Final = {
    "script": "[A-Za-z]{4}",
    "region": "[A-Za-z]{2,3}|[0-9]{3}",
    "variant": "[a-z0-9]{5,8}|[0-9][a-z0-9]{3}",
}
"""The forms of the parts after the language, in their order in a tag. No two kinds have the same form."""

_MOST_WORDS: Final = 3
"""The most parts of an alias: `zh-min-nan`."""

_SHORTEST_NAME: Final = 4
"""Shorter names of languages could be taken for codes."""


class Part(NamedTuple):
    """A part of a language tag. Its kind is the name of the codelist that should have it."""

    kind: str
    text: str
    code: Code | None


@lru_cache(4096)
def parts(tag: str) -> tuple[Part, ...]:
    """The parts of a tag, which must have the form that the schema requires."""
    first, *rest = tag.split("-")
    found = [("language", first), *((_kind(text), text) for text in rest)]
    return tuple(Part(kind, text, code(kind, text)) for kind, text in found)


@lru_cache(4096)
def exists(tag: str) -> bool:
    """Whether each part of a tag exists and stands in it once."""
    return all(part.code is not None for part in parts(tag)) and not repeated(tag)


def primary(tag: str) -> str:
    """The language of a tag, without script, region and variants."""
    return tag.partition("-")[0]


def repeated(tag: str) -> list[str]:
    """The parts that occur more than once in a tag."""
    texts = tag.split("-")
    return [text for text in dict.fromkeys(texts) if texts.count(text) > 1]


@lru_cache(1024)
def meant(text: str) -> str | None:
    """The tag that is meant by a deprecated tag or by a text that is not a tag; None if that is not clear.

    `eng` is `en`, `pt_br` is `pt-BR`, `zh-TW-Hant` is `zh-Hant-TW`, `zh-yue` is `yue` and `Russian` is `ru`.
    """
    if len(text) > LONGEST:
        return None
    plain = re.sub("[.][a-z0-9-]+$", "", text.translate(LOOKALIKES).strip().casefold())  # en_GB.UTF-8 names a locale
    words = [word for word in re.split("[-_]", plain) if word]
    for length in range(min(len(words), _MOST_WORDS), 0, -1):
        language = _language("-".join(words[:length]))
        if language is not None:
            rest = [_part(word) for word in words[length:]]
            right = _tag(language, [part for part in rest if part is not None])
            return right if None not in rest and right != text else None
    return None


def _kind(text: str) -> str:
    return next((kind for kind, form in _KINDS.items() if re.fullmatch(form, text)), "variant")


def _language(words: str) -> str | None:
    """The language that the first words of a tag, in lower case, stand for."""
    known = code("language", words)
    if known is not None:
        return known.replaced_by or known.code
    return LANGUAGES_MEANT.get(words) or _by_other_name().get(words)


@cache
def _by_other_name() -> Mapping[str, str]:
    """The codes of languages by their English names and by other tags for them."""
    entries = [entry for entry in codelist("language").values() if not entry.deprecated]
    names = {entry.label.casefold(): entry.code for entry in entries if len(entry.label) >= _SHORTEST_NAME}
    return names | {alias: entry.code for entry in entries for alias in entry.aliases}


def _part(word: str) -> Part | None:
    """The part after the language that a lower-case word stands for, as it is written in a tag."""
    kind = _kind(word)
    if kind == "script":
        text = word.capitalize()
    elif kind == "region":
        text = REGIONS_MEANT.get(word.upper()) or _alpha2(word.upper()) or word.upper()
    else:
        text = word
    known = code(kind, text)
    return known and Part(kind, known.replaced_by or known.code, known)


def _alpha2(country: str) -> str | None:
    known = code("country", country)
    return known and known.alpha2


def _tag(language: str, rest: Iterable[Part]) -> str | None:
    """A tag with each part once and in order; None if it would have two scripts or two regions."""
    found = {kind: list(dict.fromkeys(part.text for part in rest if part.kind == kind)) for kind in _KINDS}
    if len(found["script"]) > 1 or len(found["region"]) > 1:
        return None
    return "-".join([language, *found["script"], *found["region"], *found["variant"]])
