"""Numbers in texts, however they are written: 17,000 is 17 000 and 17.000, and 2.5 million is 2,500,000."""

import re
from collections.abc import Iterator
from functools import lru_cache
from math import isclose
from typing import Final

_MARKS: Final = ".,٫٬'’ \u00a0\u202f\u2009"
_VALUE: Final = rf"(?:\d{{1,3}}(?:[{_MARKS}]\d{{3}})+(?!\d)(?:[.,٫]\d+)?|\d+(?:[.,٫]\d+)?)"
_ANY: Final = re.compile(_VALUE)
_NUMBER: Final = re.compile(rf"(?<![A-Za-zÀ-ӿ\d_:/.,-]){_VALUE}(?![A-Za-zÀ-ӿ\d_:/])")
"""A number that stands by itself: no part of a name such as G7, of a time, an address or a date in digits."""

_SCALES: Final = tuple(10.0**power for power in (0, 3, 4, 6, 7, 8, 9, 12))
"""Thousand, 万, million, crore, 亿, billion, trillion: a word may stand for them."""

_IN_WORDS: Final = r"""(?<!\d)(?<!\d\s)(?<!per\s)(?<!pour\s)(?<!por\s)(?:
    teen\b|\b(?:twent|thirt|forty|fortie|fift|sixt|sevent|eight|ninet|hundred|thousand|million|billion|dozen|half|quarter|third)
    |\b(?:treize|quatorze|quinze|seize|vingt|trent|quarant|cinquant|soixant|cent\b|cents\b|mille|centaine|douzaine|moitié)
    |\b(?:trece|catorce|quince|dieci|veint|treint|cuarent|cincuent|sesent|setent|ochent|novent|cien|quiniento|mil\b|docena)
    |zehn\b|zig\b|ßig\b|hundert|tausend|dutzend|hälfte
    |надцат|двадцат|тридцат|сорок|десят|девяност|\bст[ао]\b|сотн|двест|трист|четырест|тысяч|миллион|полов
    |[一二三四五六七八九十百千两]{2}|[二三四五六七八九十百千两几数][万亿]|عشر|ثلاث|أربع|خمس|ست|سبع|ثمان|تسع|مئ|مائ|[أآ]ل[اف])"""
"""Numerals beyond twelve in words, in English, French, Spanish, German, Russian, Chinese and Arabic.

Neither those after digits, as in 2 million, nor per cent.
"""


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
    return not values.isdisjoint(there) or any(_is_scaled(*sorted((one, other))) for one in there for other in values)


def _is_scaled(low: float, high: float) -> bool:
    return low > 0 and any(isclose(low * scale, high) for scale in _SCALES)


def has_words_for_numbers(text: str) -> bool:
    """Whether a text has numerals beyond twelve in words."""
    return re.search(_IN_WORDS, text, re.VERBOSE | re.IGNORECASE) is not None  # compiled when a number is missing
