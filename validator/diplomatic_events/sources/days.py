"""Days of the week and of the month that a text names, in seven languages."""

import re
from collections.abc import Iterator
from typing import Final

_WEEK: Final = (
    r"monday|lundi|lunes|montag|понедельник|(?:星期|周|週|礼拜)一|يوم ال[اإ]ثنين",
    r"tuesday|mardi|martes|dienstag|вторник|(?:星期|周|週|礼拜)二|يوم الثلاثاء",
    r"wednesday|mercredi|miércoles|mittwoch|в среду|(?:星期|周|週|礼拜)三|يوم الأربعاء",
    r"thursday|jeudi|jueves|donnerstag|четверг|(?:星期|周|週|礼拜)四|يوم الخميس",
    r"friday|vendredi|viernes|freitag|пятниц|(?:星期|周|週|礼拜)五|يوم الجمعة",
    r"saturday|samedi|sábado|samstag|sonnabend|суббот|(?:星期|周|週|礼拜)六|يوم السبت",
    r"sunday|dimanche|domingo|sonntag|воскресень|(?:星期|周|週|礼拜)[日天]|يوم الأحد",
)
"""The days of the week from Monday on: English, French, Spanish, German, Russian, Chinese, Arabic."""

_MONTHS: Final = (
    "january|janvier|enero|januar|января|يناير|كانون الثاني",
    "february|février|febrero|februar|февраля|فبراير|شباط",
    "march|mars|marzo|märz|марта|مارس|آذار",
    "april|avril|abril|апреля|أبريل|نيسان",
    "may|mai|mayo|мая|مايو|أيار",
    "june|juin|junio|juni|июня|يونيو|حزيران",
    "july|juillet|julio|juli|июля|يوليو|تموز",
    "august|août|agosto|августа|أغسطس|آب",
    "september|septembre|septiembre|сентября|سبتمبر|أيلول",
    "october|octobre|octubre|oktober|октября|أكتوبر|تشرين الأول",
    "november|novembre|noviembre|ноября|نوفمبر|تشرين الثاني",
    "december|décembre|diciembre|dezember|декабря|ديسمبر|كانون الأول",
)

_MONTH: Final = "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(_MONTHS, 1))
_BEFORE: Final = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?: of| de)? (?:{_MONTH})\b", re.IGNORECASE)
_ENGLISH: Final = tuple(names.partition("|")[0].capitalize() for names in _MONTHS)
_AFTER: Final = re.compile(rf"\b({'|'.join(_ENGLISH)}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?! ?[–-])")
_DAY_AND_WORD: Final = re.compile(r"[0-9](?:st|nd|rd|th|er|\.)?(?: of| de)? ?[^\W\d_]")
"""What is there wherever a day stands before a month; it is found or missed in a tenth of the time, as is the next."""
_SPACE_AND_DAY: Final = re.compile(r" \d")
_CHINESE: Final = re.compile(r"(\d{1,2})月(\d{1,2})[日号]")
_NAMES_OF_DAYS: Final = re.compile(
    "|".join(f"(?P<d{number}>{names})" for number, names in enumerate(_WEEK)), re.IGNORECASE
)


_HINTS: Final = (
    *("day", "tag", "mittwoch", "sonnabend", "undi", "rdi", "credi", "eudi", "dredi", "medi", "dimanche"),
    *("lunes", "martes", "rcoles", "jueves", "viernes", "bado", "domingo"),
)
_HINTS_BEYOND_ASCII: Final = (
    *(*_HINTS, "понедельник", "вторник", "среду", "четверг", "пятниц", "суббот", "воскресень"),
    *("星期", "周", "週", "礼拜", "يوم"),
)
"""What a text has that names a day of the week: looking for these takes a tenth of the time."""


def days_of_the_week(text: str) -> list[tuple[int, str]]:
    """The days of the week that a text names, 0 for Monday, with its own words."""
    lowered = text.lower()
    for hint in _HINTS if text.isascii() else _HINTS_BEYOND_ASCII:
        if hint in lowered:
            return [(int(str(found.lastgroup)[1:]), found[0]) for found in _NAMES_OF_DAYS.finditer(text)]
    return []


def days_of_the_year(text: str) -> Iterator[tuple[int, int, str]]:
    """The days that a text names by month and day, with its own words."""
    for found in _BEFORE.finditer(text) if _DAY_AND_WORD.search(text) else ():
        yield int(str(found.lastgroup)[1:]), int(found[1]), found[0]
    for found in _AFTER.finditer(text) if _SPACE_AND_DAY.search(text) else ():
        yield _ENGLISH.index(found[1]) + 1, int(found[2]), found[0]
    for found in _CHINESE.finditer(text) if "月" in text else ():
        yield int(found[1]), int(found[2]), found[0]
