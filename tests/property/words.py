"""Strategies for what stands in a record's places: texts of every script, dates, codes, identifiers, any JSON."""

import random
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from diplomatic_events import edtf
from diplomatic_events.rules.dates import time_zones
from diplomatic_events.rules.json import BLANK
from diplomatic_events.schema.codelists import codelist
from property.model import DIGITS, LOWER, codes

_ODD: Final = (
    "\u0301", "\u0323", "İ", "ß", "ﬁ", "ΐ", "中", "文", "한", "か\u3099", "ا", "ع", "ש", "क्ष", "ไทย", "👩‍👩‍👧", "🇨🇳", "𝔘", "\u202e",
    "\u200f", "\u2028", "\ufeff", "\r\n", "\n", "\t", "\x00", "\x7f", "\u00a0", '"', "\\", "/", "~", "“", "”", "’", "€",
)  # fmt: skip
"""Characters that programs stumble over: combining, of two directions, beyond 16 bits, invisible, escaped in JSON."""

_LETTERS: Final = {
    "latin": "aeinst", "turkish": "aiışğ", "cyrillic": "аеинст", "han": "中文和平国家", "arabic": "السلام", "hebrew": "שלום",
    "greek": "αειοςσώ", "hangul": "평화회담", "kana": "かいぎカイ", "devanagari": "शांति", "thai": "สันติ", "georgian": "მშვიდ",
    "amharic": "ሰላም", "armenian": "խաղաղ",
}  # fmt: skip
LANGUAGES: Final = {
    "en": "latin", "en-GB": "latin", "fr": "latin", "tr": "turkish", "ru": "cyrillic", "uk": "cyrillic", "zh": "han",
    "zh-Hans": "han", "sr-Latn": "latin", "sr": "cyrillic", "ar": "arabic", "fa": "arabic", "he": "hebrew", "el": "greek",
    "ko": "hangul", "ja": "kana", "hi": "devanagari", "th": "thai", "ka": "georgian", "am": "amharic", "hy": "armenian",
    "uz-Cyrl-UZ": "cyrillic", "es-419": "latin", "de-1996": "latin",
}  # fmt: skip
"""Languages of records, and the letters that they are written in."""

QUOTATION_MARKS: Final = ("“”", "„“", "«»", "»«", "「」", '""', "‹›", "‘’")


def _mixed(chance: random.Random) -> str:
    return "".join(chance.choice(("a", "b ", ", ", *_ODD)) for _ in range(chance.randint(1, 9)))


_MIXED: Final = ("a", *_ODD, *(_mixed(random.Random(seed)) for seed in range(300)))


@cache
def verbatim() -> st.SearchStrategy[str]:
    """Any text that shows something, and in which no character was lost."""
    letters = st.characters(exclude_categories=["Cs"], exclude_characters="\ufffd")
    text = st.sampled_from(_MIXED) | st.text(letters, min_size=1, max_size=6)
    return text.map(lambda text: f"{text}x" if BLANK.fullmatch(text) else text)


@cache
def texts() -> st.SearchStrategy[str]:
    """Any text that does not begin with white space."""
    return verbatim().map(lambda text: text.lstrip(" \t\r\n"))


@cache
def words(language: str) -> st.SearchStrategy[str]:
    """Words in the letters of a language, without quotation marks."""
    letters = _LETTERS[LANGUAGES[language]]
    first = "".join(letter for letter in letters if letter.isalpha())
    word = st.tuples(st.sampled_from(first), st.text(letters, max_size=6)).map("".join)
    return st.lists(word, min_size=1, max_size=3).map(" ".join)


@cache
def code(codelist: str) -> st.SearchStrategy[str]:
    """The codes of a list that are not deprecated."""
    return st.sampled_from(codes(codelist))


@cache
def language_tags() -> st.SearchStrategy[str]:
    """Language tags whose every part there is."""
    variants = st.lists(st.sampled_from(codes("variant")), max_size=3, unique=True).map("-".join)
    tag = st.tuples(
        st.sampled_from(codes("language")),
        st.sampled_from(["", *codes("script")]),
        st.sampled_from(["", *codes("region")]),
        variants,
    )
    return st.sampled_from(sorted(LANGUAGES)) | tag.map(lambda tag: "-".join(part for part in tag if part))


@cache
def ids() -> st.SearchStrategy[str]:
    """Ids in all their forms."""
    group = st.text(sorted(LOWER | DIGITS), min_size=1, max_size=4)
    rest = st.lists(st.tuples(st.sampled_from("-._"), group).map("".join), max_size=3).map("".join)
    return st.tuples(group, rest).map("".join)


def years(near: int | None = None) -> st.SearchStrategy[int]:
    """Years that a date can name: any, or some around one."""
    if near is None:
        return st.integers(-2000, 7999).map(lambda number: 2000 + number)
    return st.integers(-2, 4).map(lambda number: min(max(near + number, 0), 9999))


@cache
def days(near: int | None = None) -> st.SearchStrategy[str]:
    """Days that the calendar has."""
    return st.tuples(years(near), st.integers(1, 12), st.integers(1, 31)).map(_existing)


def _existing(parts: tuple[int, int, int]) -> str:
    """A day, or the last one of its month."""
    year, month, day = parts
    last = edtf.parse(f"{year:04}-{month:02}").last
    return f"{year:04}-{month:02}-{min(day, last.day if last else day):02}"


@cache
def points(near: int | None = None) -> st.SearchStrategy[str]:
    """Dates that are no interval."""
    year = years(near).map("{:04}".format)
    month = st.tuples(year, st.integers(1, 12)).map(lambda parts: f"{parts[0]}-{parts[1]:02}")
    coarse = year.map(lambda text: f"{text[:3]}X") | year.map(lambda text: f"{text[:2]}XX")
    return st.tuples(year | month | days(near) | coarse, st.sampled_from(("", "?", "~", "%"))).map("".join)


@cache
def dates(near: int | None = None) -> st.SearchStrategy[str]:
    """Dates and intervals that run forward."""
    one = points(near)
    return one | days(near) | one.map("{}/..".format) | one.map("../{}".format) | st.tuples(one, one).map(_forward)


def _forward(ends: tuple[str, str]) -> str:
    one, other = ends
    return f"{other}/{one}" if edtf.parse(f"{one}/{other}").reversed else f"{one}/{other}"


@cache
def clocks() -> st.SearchStrategy[str]:
    """Times of a day."""
    return st.integers(0, 24 * 60 - 1).map(lambda minutes: f"{minutes // 60:02}:{minutes % 60:02}")


def duration(minutes: int) -> str:
    """A length of time as a record writes it."""
    hours, rest = divmod(minutes, 60)
    return f"PT{minutes}M" if not hours else f"PT{hours}H{rest}M" if rest else f"PT{hours}H"


@cache
def zones() -> st.SearchStrategy[str]:
    """Time zones that there are."""
    return st.sampled_from(["UTC", *sorted(time_zones())])


@cache
def urls() -> st.SearchStrategy[str]:
    """Addresses of the web."""
    letters = st.characters(exclude_categories=["Cs"], exclude_characters=" \t\r\n")
    return st.tuples(st.sampled_from(("https://", "http://")), st.text(letters, min_size=1, max_size=9)).map("".join)


@cache
def namespaces() -> st.SearchStrategy[str]:
    """Reverse domain names and URIs."""
    return st.sampled_from(("org.example", "https://example.org/ns", "urn:x:1", "org.ex-ample.a1")) | ids().map(
        lambda text: f"org.{text.replace('_', '-').replace('.', '-')}"
    )


@cache
def identifiers() -> st.SearchStrategy[dict[str, str]]:
    """Identifiers in the form of their scheme."""
    number = st.integers(1, 10**9).map(str)
    forms: dict[str, st.SearchStrategy[str]] = {
        "wikidata": number.map("Q{}".format),
        "iso-3166-1-alpha-2": st.sampled_from([str(entry.alpha2) for entry in codelist("country").values()]),
        "cow": st.integers(2, 990).map(str),
        "geonames": number,
        "un-locode": st.sampled_from(("CNBJS", "USNYC", "GB2X9")),
        "ror": st.sampled_from(("02mhbdp94", "05a28rw58")),
        "viaf": number,
        "isni": st.sampled_from(("0000000121032683", "000000012146438X")),
        "un-document": st.sampled_from(("S/RES/1244 (1999)", "A/76/L.2", "A/RES/217(III)[A]", "GC(67)/RES/13")),
        "unts": st.integers(1, 10**6).map("I-{}".format) | number,
        "doi": number.map("10.7910/DVN/{}".format),
        "dataset-key": number.map("row {}".format),
    }
    return st.sampled_from(codes("identifier-scheme")).flatmap(
        lambda scheme: forms[scheme].map(lambda value: {"scheme": scheme, "value": value})
    )


@cache
def numbers() -> st.SearchStrategy[int | float]:
    """Numbers that JSON can carry without loss, those at the limits of a record among them."""
    limits = (0, 1, -1, 1.0, 90, -90, 180, 180.5, 10**6, 10**6 + 1, 10**9, 10**9 + 1, 2**53 - 1, 0.5, -0.0, 1e-300)
    return st.sampled_from(limits) | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(-1e15, 1e15)


@cache
def arbitrary_json() -> st.SearchStrategy[Any]:
    """Any JSON value, now and then with the names and codes of a record in it."""
    names = st.sampled_from(("id", "type", "parties", "status", "schemaVersion", "evidence", "$ref", "")) | verbatim()
    scalars = st.none() | st.booleans() | numbers() | verbatim() | st.sampled_from(("", "1.0", "en", "held", "2018"))
    return st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4))


@cache
def objects() -> st.SearchStrategy[dict[str, Any]]:
    """Any JSON object."""
    return st.dictionaries(verbatim(), arbitrary_json(), max_size=3)
