"""A date or a span of days as people write it, in several languages: `24–26 April 2018`, `24 avril 2018`, `2018年4月24日`."""

import re
import unicodedata
from datetime import date
from typing import Final, NamedTuple

_MONTHS: Final = (
    "january jan janvier januar janner enero ene janeiro gennaio gen январь января يناير",
    "february feb fevrier februar febrero fevereiro febbraio февраль февраля فبراير",
    "march mar mars marz marzo marco март марта مارس",
    "april apr avril abril aprile апрель апреля ابريل",
    "may mai mayo maio maggio май мая مايو",
    "june jun juin juni junio junho giugno июнь июня يونيو",
    "july jul juillet juli julio julho luglio июль июля يوليو",
    "august aug aout agosto август августа اغسطس",
    "september sep sept septembre septiembre setembro settembre сентябрь сентября سبتمبر",
    "october oct octobre oktober okt octubre outubro ottobre октябрь октября اكتوبر",
    "november nov novembre noviembre novembro ноябрь ноября نوفمبر",
    "december dec decembre dezember dez diciembre dezembro dicembre декабрь декабря ديسمبر",
)
_MONTH_OF: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_FILLERS: Final = frozenset(
    [
        "of",
        "the",
        "de",
        "del",
        "d",
        "l",
        "du",
        "di",
        "le",
        "la",
        "el",
        "den",
        "der",
        "am",
        "vom",
        "from",
        "du",
        "г",
        "года",
        "год",
        "st",
        "nd",
        "rd",
        "th",
        "er",
    ]
)
_BETWEEN: Final = re.compile(r"\s+(?:to|until|till|through|bis|au|al|ao|до|по|إلى)\s+|\s*[–—〜～至到]\s*|\s+-\s+|\.\.")
_DAY_TO_DAY: Final = re.compile(r"([0-9]{1,2})-([0-9]{1,2}\b[^0-9/.-].*)")
_PARTS_OF_YEAR: Final = {"q1": 33, "q2": 34, "q3": 35, "q4": 36, "h1": 40, "h2": 41}
_SEASONS: Final = {
    name: number
    for number, names in {
        21: "spring printemps fruhling fruhjahr primavera весна весной 春 春季 春天",
        22: "summer ete sommer verano verao estate лето летом 夏 夏季 夏天",
        23: "autumn fall automne herbst otono outono autunno осень осенью 秋 秋季 秋天",
        24: "winter hiver invierno inverno зима зимой 冬 冬季 冬天",
    }.items()
    for name in names.split()
}
_ABOUT: Final = re.compile(
    r"(?:c\.|ca\.?|circa|about|around|approximately|environ|vers|um|gegen|etwa|hacia|около|примерно|约|大约)\s*(.+)",
    re.IGNORECASE,
)
_WEEK: Final = re.compile(r"([0-9]{4})-?W([0-9]{2})")


class _Day(NamedTuple):
    year: int | None
    month: int | None
    day: int | None

    def __str__(self) -> str:
        numbers = (self.year, self.month, self.day)
        return "-".join(f"{number:0{4 if at == 0 else 2}}" for at, number in enumerate(numbers) if number is not None)


def date_meant(text: str) -> str | None:
    """The date or the interval that a text means, where that is plain."""
    part = re.fullmatch(r"([0-9]{4})[ -]?([QH][1-4])|([QH][1-4])[ ,/-]*([0-9]{4})", text.strip(), re.IGNORECASE)
    if part:
        number = _PARTS_OF_YEAR.get((part[2] or part[3]).lower())
        return f"{part[1] or part[4]}-{number}" if number else None
    if about := _ABOUT.fullmatch(text.strip()):
        meant = date_meant(about[1])
        return f"{meant}~" if meant and "/" not in meant and "~" not in meant else None
    if week := _WEEK.fullmatch(text.strip()):
        return _days_of_week(int(week[1]), int(week[2]))
    if (season := _season(text)) is not None:
        return season
    whole = _DAY_TO_DAY.fullmatch(text.strip())
    sides = _BETWEEN.split(f"{whole[1]} to {whole[2]}" if whole else text.strip())
    if len(sides) > 2:
        return None
    days = [_read(side) for side in sides]
    first, last = days[0], days[-1]
    if first is None or last is None:
        return None
    year = last.year if first.year is None else first.year
    first = _Day(year, (last.month if first.month is None else first.month), first.day)
    if len(days) == 2:  # the second may leave out what the first has said, as in Chinese
        last = _Day(
            year if last.year is None else last.year,
            last.month if last.month or last.day is None else first.month,
            last.day,
        )
    alike = [(one is None) == (other is None) for one, other in zip(first, last, strict=True)]
    if not all(alike) or first.year is None or (first.day is not None and first.month is None):
        return None
    return str(first) if len(days) == 1 else f"{first}/{last}" if first < last else None


def _days_of_week(year: int, week: int) -> str | None:
    """The seven days of a week of ISO 8601."""
    try:
        return f"{date.fromisocalendar(year, week, 1)}/{date.fromisocalendar(year, week, 7)}"
    except ValueError:
        return None


def _season(text: str) -> str | None:
    """A season of a year: `summer of 2018`, `2018年春季`."""
    words = [word for word in _words(re.sub("([0-9])年", r"\1 ", text)) if word not in _FILLERS]
    seasons = [_SEASONS[word] for word in words if word in _SEASONS]
    years = [word for word in words if len(word) == 4 and word.isdecimal()]
    return f"{years[0]}-{seasons[0]}" if len(words) == 2 and len(seasons) == len(years) == 1 else None


def _words(text: str) -> list[str]:
    """The words and the numbers of a text, in small letters without accents."""
    plain = "".join(mark for mark in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(mark))
    return re.findall(r"[^\W\d]+|[0-9]+", unicodedata.normalize("NFC", plain))


def _read(text: str) -> _Day | None:
    """A day, a month or a year, or as much of one as one side of a span has."""
    iso = re.fullmatch(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?", text)
    if iso is None:
        iso = re.fullmatch(r"(?:([0-9]{4})年)?(?:([0-9]{1,2})月)?(?:([0-9]{1,2})日)?", text.replace(" ", ""))
    if iso and any(iso.groups()):
        return _Day(*(int(number) if number else None for number in iso.groups()))
    words = [word for word in _words(text) if word not in _FILLERS]
    months = [month for word in words if (month := _MONTH_OF.get(unicodedata.normalize("NFC", word)))]
    years = [int(word) for word in words if len(word) == 4 and word.isdecimal()]
    days = [int(word) for word in words if len(word) <= 2 and word.isdecimal()]
    if re.search("[?~%/+]|^-", text) or len(months) + len(years) + len(days) != len(words):
        return None
    if max(len(months), len(years), len(days)) > 1 or not words:
        return None
    return _Day(*(found[0] if found else None for found in (years, months, days)))
