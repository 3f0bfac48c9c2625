"""The date grammar of a record, a subset of EDTF (ISO 8601-2), and the earliest and latest day that a date can mean.

Years run from 0000 to 9999 in the proleptic Gregorian calendar: year 0000 is 1 BC and a leap year. Dates are compared by
their earliest and latest possible day.
"""

import re
from functools import lru_cache
from typing import Any, Final, NamedTuple


class CalendarDay(NamedTuple):
    """A day of the calendar; days are ordered by time."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


FIRST_DAY: Final = CalendarDay(0, 1, 1)
"""The first day that a date can name."""
LAST_DAY: Final = CalendarDay(9999, 12, 31)
"""The last day that a date can name."""


class EdtfError(ValueError):
    """A text is not a date of the grammar; the message says why, and what to write."""


class NoSuchDayError(EdtfError):
    """A date has the right form but a month or a day that the calendar does not have."""


class Edtf(NamedTuple):
    """A date, as precise as its source.

    ``first`` and ``last`` are its earliest and latest possible day, and None at the open end of an interval. A qualifier
    does not widen them, as it does not say by how much. ``uncertain`` and ``approximate`` are the qualifiers; an interval
    has those of both its ends. ``start`` and ``end`` are the two dates of an interval, None for an open end; both are None
    if the date is not an interval.

    A `reversed` interval is a mistake, and nothing is concluded from it: it contains no date, no date contains it, it is
    not certainly before any date, and it may overlap any.
    """

    text: str
    first: CalendarDay | None
    last: CalendarDay | None
    uncertain: bool = False
    approximate: bool = False
    is_interval: bool = False
    start: "Edtf | None" = None
    end: "Edtf | None" = None

    def __str__(self) -> str:
        return self.text

    @property
    def reversed(self) -> bool:
        """Whether an interval certainly ends before it begins."""
        return self.first is not None and self.last is not None and self.last < self.first

    def contains(self, other: "Edtf") -> bool:
        """Whether every day that the other date can mean is within this one."""
        if self.reversed or other.reversed:
            return False
        begins = self.first is None or (other.first is not None and self.first <= other.first)
        ends = self.last is None or (other.last is not None and other.last <= self.last)
        return begins and ends

    def overlaps(self, other: "Edtf") -> bool:
        """Whether the two dates can mean the same day."""
        return not self.certainly_before(other) and not other.certainly_before(self)

    def certainly_before(self, other: "Edtf") -> bool:
        """Whether this date's latest possible day is before the other's earliest."""
        if self.last is None or other.first is None or not self.last < other.first:
            return False
        return not (self.reversed or other.reversed)


def weekday(day: CalendarDay) -> int:
    """The day of the week, 0 for Monday."""
    year, month = (day.year - 1, day.month + 12) if day.month < 3 else (day.year, day.month)
    return (day.day + 13 * (month + 1) // 5 + year + year // 4 - year // 100 + year // 400 + 5) % 7


def day_after(day: CalendarDay) -> CalendarDay:
    """The next day; after the last one, itself."""
    if day.day < _days_in(day.year, day.month):
        return day._replace(day=day.day + 1)
    if day.month < 12:
        return CalendarDay(day.year, day.month + 1, 1)
    return CalendarDay(day.year + 1, 1, 1) if day.year < LAST_DAY.year else day


@lru_cache(maxsize=4096)
def parse(text: str) -> Edtf:
    """Read a date.

    It is ``2018-04-24``, ``2018-04``, ``2018``, ``201X`` or ``20XX``, or a season, quarter or half of a year such as
    ``2018-33``, optionally followed by ``?``, ``~`` or ``%``; or an interval ``a/b`` of two of them, with ``..`` for an open
    end.

    Raises:
        NoSuchDayError: The calendar does not have the day or the month.
        EdtfError: The text has another form.
    """
    if "/" not in text:
        return _single(text)
    parts = text.split("/")
    if len(parts) != 2:
        raise EdtfError(f"`{text}` has {len(parts)} parts: an interval is a/b, and a day YYYY-MM-DD")
    start, end = (_end_of_interval(part, text) for part in parts)
    if start is None and end is None:
        raise EdtfError(f"`{text}` is open at both ends: at least one of them must be a date")
    known = [part for part in (start, end) if part]
    return Edtf(
        text=text,
        first=start.first if start else None,
        last=end.last if end else None,
        uncertain=any(part.uncertain for part in known),
        approximate=any(part.approximate for part in known),
        is_interval=True,
        start=start,
        end=end,
    )


def parsed(text: Any) -> Edtf | None:
    """A date, or None if it is absent or not valid."""
    try:
        return parse(text) if isinstance(text, str) else None
    except EdtfError:
        return None


_PLAIN_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DATE: Final = re.compile(
    r"(?:(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?|(?P<decade>[0-9]{3})X|(?P<century>[0-9]{2})XX)"
    r"(?P<qualifier>[?~%]?)"
)
_MONTHS: Final = (
    ("January", 31),
    ("February", 28),
    ("March", 31),
    ("April", 30),
    ("May", 31),
    ("June", 30),
    ("July", 31),
    ("August", 31),
    ("September", 30),
    ("October", 31),
    ("November", 30),
    ("December", 31),
)
_GROUPS: Final = {
    **dict.fromkeys((21, 22, 23, 24), (1, 12)),  # the seasons of an unsaid hemisphere
    **dict(zip((25, 26, 27, 28), ((3, 6), (6, 9), (9, 12), (1, 12)), strict=True)),  # of the northern
    **dict(zip((29, 30, 31, 32), ((9, 12), (1, 12), (3, 6), (6, 9)), strict=True)),  # of the southern
    **dict(zip((33, 34, 35, 36), ((1, 3), (4, 6), (7, 9), (10, 12)), strict=True)),  # the quarters
    **dict(zip((40, 41), ((1, 6), (7, 12)), strict=True)),  # the halves
}
"""The first and the last month of what may stand in place of the month.

A season begins and ends within a month, earlier or later by one reckoning or another. One in which a year ends and the next
begins is at both ends of its year.
"""
_SHAPES: Final = "a date is YYYY-MM-DD, YYYY-MM, YYYY, YYYX or YYXX, or an interval of two such dates"


def _single(text: str) -> Edtf:
    if match := _PLAIN_DAY.fullmatch(text):
        day = _day(*(int(number) for number in match.groups()))
        return Edtf(text, day, day)
    match = _DATE.fullmatch(text)
    if match is None:
        raise EdtfError(_why_no_date(text))
    first, last = _bounds(match)
    qualifier = match["qualifier"]
    return Edtf(text, first, last, uncertain=qualifier in ("?", "%"), approximate=qualifier in ("~", "%"))


def _end_of_interval(part: str, text: str) -> Edtf | None:
    if part == "..":
        return None
    if not part:
        raise EdtfError(f"`{text}` has an empty end: write an open end as `..`")
    return _single(part)


def _bounds(match: re.Match[str]) -> tuple[CalendarDay, CalendarDay]:
    """The earliest and the latest day of a single date."""
    if decade := match["decade"]:
        return CalendarDay(int(decade + "0"), 1, 1), CalendarDay(int(decade + "9"), 12, 31)
    if century := match["century"]:
        return CalendarDay(int(century + "00"), 1, 1), CalendarDay(int(century + "99"), 12, 31)
    year = int(match["year"])
    if match["month"] is None:
        return CalendarDay(year, 1, 1), CalendarDay(year, 12, 31)
    month = int(match["month"])
    if match["day"] is None:
        first, last = _GROUPS.get(month, (month, month))
        return CalendarDay(year, first, 1), CalendarDay(year, last, _days_in(year, last))
    day = _day(year, month, int(match["day"]))
    return day, day


def _day(year: int, month: int, day: int) -> CalendarDay:
    days = _days_in(year, month)
    if not 1 <= day <= days:
        raise NoSuchDayError(f"{_MONTHS[month - 1][0]} {year:04} has {days} days, and no day {day:02}")
    return CalendarDay(year, month, day)


def _days_in(year: int, month: int) -> int:
    """How many days a month has."""
    if not 1 <= month <= 12:
        raise NoSuchDayError(f"the year {year:04} has no month {month:02}: months run from 01 to 12")
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _MONTHS[month - 1][1]


def _why_no_date(text: str) -> str:
    """Why a text is not a date."""
    for pattern, reason in _SLIPS:
        if re.search(pattern, text):
            return f"`{text}` {reason}"
    return f"`{text}` is not a date: {_SHAPES}"


_SLIPS: Final = (
    (r"^\s*$", f"is empty: {_SHAPES}"),
    (r"^\s|\s$", "has white space around the date"),
    (r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{1,2}:", "has a clock time: a date is a day or longer"),
    (r"[0-9] (?:to|and|until|-|–|—) ?[0-9]", "is a span of days: an interval has a slash between its two dates"),
    (r"[?~%][?~%]", "has two qualifiers: `%` is both uncertain and approximate"),
    (r"[?~%].", "has a qualifier that is not at the end: it applies to the whole date"),
    (r"^[0-9]{1,4}-[0-9]{1,2}(?:-[0-9]{1,2})?$", "lacks a leading zero: a month and a day have two digits"),
    (r"^[0-9]{8}$", "has no hyphens: a day is YYYY-MM-DD"),
    (r"^[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}$", "does not begin with the year: a day is YYYY-MM-DD"),
    (r"[0-9][–—][0-9]|[0-9]\.\.[0-9]", "is a span of days: an interval has a slash between its two dates"),
    (r"^[0-9Xx-]*[xX]", "has an X in the wrong place: 201X is a decade, 20XX a century, with nothing after it"),
    (r"^(?:Y-?|[+-])?[0-9]{4,}", "has a year outside 0000 to 9999, or something after the day"),
)
