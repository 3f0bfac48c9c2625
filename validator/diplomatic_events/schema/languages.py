"""Language tags (BCP 47): what their parts are, and which tag a wrong one stands for.

The lists `language`, `script`, `region` and `variant` have the parts that there are.
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
"""What is a country's code and no language's, and the language that is probably meant."""

REGIONS_MEANT: Final = {"EL": "GR", "EN": "GB", "UK": "GB"}
"""What is no region's code, and the region that is probably meant."""

_KINDS: Final = {
    "script": "[A-Za-z]{4}",
    "region": "[A-Za-z]{2,3}|[0-9]{3}",
    "variant": "[a-z0-9]{5,8}|[0-9][a-z0-9]{3}",
}
"""The form of the parts after the language, in the order in which a tag has them. No two kinds share a form."""

_MOST_WORDS: Final = 3
"""No alias has more parts: `zh-min-nan`."""

_SHORTEST_NAME: Final = 4
"""The names of some languages have fewer letters, as codes have."""


class Part(NamedTuple):
    """A part of a language tag: its kind is the name of the codelist that should have it."""

    kind: str
    text: str
    code: Code | None


@lru_cache(4096)
def parts(tag: str) -> tuple[Part, ...]:
    """The parts of a tag that has the form that the schema asks for."""
    first, *rest = tag.split("-")
    found = [("language", first), *((_kind(text), text) for text in rest)]
    return tuple(Part(kind, text, code(kind, text)) for kind, text in found)


def repeated(tag: str) -> list[str]:
    """The parts that a tag has more than once."""
    texts = tag.split("-")
    return [text for text in dict.fromkeys(texts) if texts.count(text) > 1]


@lru_cache(1024)
def meant(text: str) -> str | None:
    """The tag that something stands for which is none, or a deprecated one; None where that is not plain.

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
    """The language that the first words of a tag stand for, in small letters."""
    known = code("language", words)
    if known is not None:
        return known.replaced_by or known.code
    return LANGUAGES_MEANT.get(words) or _by_other_name().get(words)


@cache
def _by_other_name() -> Mapping[str, str]:
    """Languages by their names in English and by the other tags for them."""
    entries = [entry for entry in codelist("language").values() if not entry.deprecated]
    names = {entry.label.casefold(): entry.code for entry in entries if len(entry.label) >= _SHORTEST_NAME}
    return names | {alias: entry.code for entry in entries for alias in entry.aliases}


def _part(word: str) -> Part | None:
    """A part after the language that a word in small letters stands for, as it is written in a tag."""
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
    """A tag with its parts in their order and each of them once; None where it would have two scripts or regions."""
    found = {kind: list(dict.fromkeys(part.text for part in rest if part.kind == kind)) for kind in _KINDS}
    if len(found["script"]) > 1 or len(found["region"]) > 1:
        return None
    return "-".join([language, *found["script"], *found["region"], *found["variant"]])
