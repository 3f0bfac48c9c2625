"""Numbers in texts, however they are written: 17,000 is 17 000 and 17.000, and 2.5 million is 2,500,000."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import isclose
from typing import Final

_MARKS: Final = ".,٫٬'’ \u00a0\u202f\u2009"
_VALUE: Final = rf"(?:\d{{1,3}}(?:[{_MARKS}]\d{{3}})+(?!\d)(?:[.,٫]\d+)?|\d+(?:[.,٫]\d+)?)"
_ANY: Final = re.compile(_VALUE)
_NUMBER: Final = re.compile(rf"(?<![A-Za-zÀ-ӿ\d_:/.,-]){_VALUE}(?![A-Za-zÀ-ӿ\d_:/])")
"""A number that stands by itself: no part of a name such as G7, of a time, an address or a date in digits."""

_SCALES: Final = tuple(10.0**power for power in (0, *range(3, 13)))
"""Thousand, 万, lakh, million, crore, 亿, billion, 천억, trillion: a word may stand for them, or two together."""

_FAR: Final = 8
"""No word for a scale has more letters, so that numbers further apart are not one."""

_IN_WORDS: Final = r"""(?<!\d)(?<!\d\s)(?<!per\s)(?<!pour\s)(?<!por\s)(?<!mil\s)(?:
    teen\b|\b(?:twent|thirt|forty|fortie|fift|sixt|sevent|eight|ninet|hundred|thousand|million|billion|trillion|dozen|score\b|hal[fv]
    |quarter|third)
    |\b(?:treize|quatorze|quinze|seize|vingt|trent|quarant|cinquant|soixant|cent\b|cents\b|mille|centaine|douzaine|moitié|milliard)
    |\b(?:trece|catorce|quince|dieci|veint|treint|cuarent|cincuent|sesent|setent|ochent|novent|cien|quiniento|mil\b|millón|millones|docena)
    |zehn\b|zig\b|ßig\b|hundert|tausend|dutzend|hälfte
    |надцат|двадцат|тридцат|сорок|десят|девяност|\bст[ао]\b|сотн|двест|трист|четырест|тысяч|миллион|миллиард|триллион|полов
    |[一二三四五六七八九十百千两]{2}|[二三四五六七八九十百千两兩几幾数數][万亿萬億]|عشر|ثلاث|أربع|خمس|ست|سبع|ثمان|تسع|مئ|مائ|[أآ]ل[اف]|ملي[وا])"""
"""Numerals beyond twelve in words, in English, French, Spanish, German, Russian, Chinese and Arabic.

Neither those after digits, as in 2 million, nor per cent.
"""

LANGUAGES_WITH_NUMERALS: Final = frozenset({"en", "fr", "es", "de", "ru", "zh", "ar"})
"""The languages of whose texts it is known whether they have numbers in words."""


@lru_cache(maxsize=256)
def readings(number: str) -> frozenset[float]:
    """The values that a number in digits may have: 17.000 is seventeen thousand or seventeen."""
    plain = re.sub(r"\D", "", number)
    last = re.search(r"[.,٫](\d+)$", number)
    return frozenset({float(plain)} if last is None else {float(plain), float(f"{plain[: -len(last[1])]}.{last[1]}")})


def numbers(text: str) -> Iterator[str]:
    """The numbers in digits that stand in a text by themselves."""
    return (found[0] for found in _NUMBER.finditer(text))


def has_number(text: str, values: frozenset[float]) -> bool:
    """Whether a text has a number in digits with one of some values, or with one of them in thousands, millions and so on."""
    there = {reading for found in _ANY.finditer(text) for reading in readings(found[0])}
    return (
        not values.isdisjoint(there)
        or any(_is_scaled(*sorted((one, other))) for one in there for other in values)
        or any(_is_sum(*pair, value) for pair in _neighbours(text) for value in values)
    )


def _neighbours(text: str) -> Iterator[tuple[str, str]]:
    """The numbers between which there may be a word for the scale of the first: 350億4,100万, 1 млрд 200 млн."""
    found = list(_ANY.finditer(text))
    for one, other in pairwise(found):
        if 0 < other.start() - one.end() <= _FAR:
            yield one[0], other[0]


def _is_sum(high: str, low: str, value: float) -> bool:
    return any(
        isclose(one * scale + other * smaller, value)
        for one in readings(high)
        for other in readings(low)
        for scale in _SCALES
        for smaller in _SCALES
        if smaller < scale
    )


def _is_scaled(low: float, high: float) -> bool:
    return low > 0 and any(isclose(low * scale, high) for scale in _SCALES)


def has_words_for_numbers(text: str) -> bool:
    """Whether a text has numerals beyond twelve in words."""
    return re.search(_IN_WORDS, text, re.VERBOSE | re.IGNORECASE) is not None  # compiled when a number is missing
