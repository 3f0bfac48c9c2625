"""Which country a name is of, in many languages: by a table that `validator/tools/reference_lists.py` writes."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

_NO_LETTERS: Final = re.compile(r"[\W_]+")
_ARTICLES: Final = ("the ", "la ", "le ", "les ", "l ", "el ", "los ", "o ", "os ", "a ", "il ", "gli ", "die ", "der ")
_FORMS: Final = (
    r"\b(?:republic|republique|republica|repubblica|republik|республика|kingdom|royaume|reino|regno|konigreich|королевство|"
    r"state|etat|estado|stato|staat|государство|principality|principaute|principado|principato|furstentum|княжество|"
    r"grand duchy|grand duche|granducato|grossherzogtum|commonwealth|federation|federation|federacion|"
    r"federacao|federazione|federal|islamic|islamique|islamica|исламская|"
    r"of|the|du|de|d|des|del|della|do|da|di|la|le|les|l|el)\b|共和国|共和國|王国|王國|联邦|聯邦|連邦|^جمهورية|^مملكة|^دولة"
)
_ANOTHERS_TOO: Final = frozenset(
    (
        "china",
        "congo",
        "korea",
        "germany",
        "yemen",
        "vietnam",
        "viet nam",
        "guinea",
        "sudan",
        "samoa",
        "timor",
        "virgin islands",
    )
)
"""Names that are not enough without the form of the state before them."""


@lru_cache(4096)
def name_key(name: str) -> str:
    """A name of a country without what differs from writer to writer: capitals, accents, marks and the article."""
    letters = unicodedata.normalize("NFD", name.casefold().replace(".", ""))
    key = _NO_LETTERS.sub(" ", "".join(letter for letter in letters if not unicodedata.combining(letter))).strip()
    return next((key[len(article) :] for article in _ARTICLES if key.startswith(article)), key)


@cache
def _names() -> str:
    """A line for each code: the code and the keys of its names in many languages, each between upright strokes."""
    return Path(__file__).with_name("country_names.txt").read_text(encoding="utf-8")


@lru_cache(4096)
def other_countries(code: str, name: str) -> tuple[str, ...]:
    """The codes of the countries that have a name, if the country of this code does not have it as well."""
    key = name_key(name)
    found = called(_names(), key)
    if not found:
        short = " ".join(re.sub(_FORMS, " ", key).split())
        found = called(_names(), short) if short not in _ANOTHERS_TOO else ()
    return () if code in found else found


def countries_called(name: str) -> tuple[str, ...]:
    """The codes of all countries that have a name, in any of the languages."""
    return called(_names(), name_key(name))


def called(names: str, key: str) -> tuple[str, ...]:
    """The codes of the lines of a table that have a name."""
    found, place = [], -1
    while key and (place := names.find(f"|{key}|", place + 1)) >= 0:
        start = names.rfind("\n", 0, place) + 1
        found.append(names[start : start + 3])
    return tuple(found)
