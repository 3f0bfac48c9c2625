"""The date grammar: what a date can mean, and what is wrong with a text that is none."""

import re
from calendar import month_name
from collections.abc import Callable
from contextlib import suppress
from math import inf
from typing import Any

import pytest
from edtf import EDTFParseException, parse_edtf
from hypothesis import assume, given
from hypothesis import strategies as st

from diplomatic_events.edtf import FIRST_DAY, LAST_DAY, CalendarDay, Edtf, EdtfError, NoSuchDayError, parse, parsed
from hypothesis_settings import bounded

BOUNDED = bounded(100)

YEARS = st.integers(0, 9999)


@st.composite
def plain_dates(draw: st.DrawFn) -> str:
    """A date without a qualifier, of any precision."""
    year = draw(YEARS)
    month = draw(st.integers(1, 12))
    day = draw(st.integers(1, 28) | st.integers(1, days_in(year, month)))
    return draw(
        st.sampled_from(
            [
                f"{year:04}-{month:02}-{day:02}",
                f"{year:04}-{month:02}",
                f"{year:04}",
                f"{year // 10:03}X",
                f"{year // 100:02}XX",
            ]
        )
    )


def days_in(year: int, month: int) -> int:
    """The days of a month, written differently from the code under test."""
    if month == 2:
        return 29 if (year % 400 == 0 if year % 100 == 0 else year % 4 == 0) else 28
    return 31 - (month - 1) % 7 % 2


def single_dates() -> st.SearchStrategy[str]:
    return st.builds("".join, st.tuples(plain_dates(), st.sampled_from(["", "?", "~", "%"])))


def interval_dates() -> st.SearchStrategy[str]:
    closed = st.builds("/".join, st.tuples(single_dates(), single_dates()))
    return closed | single_dates().map(lambda date: f"{date}/..") | single_dates().map(lambda date: f"../{date}")


def any_dates() -> st.SearchStrategy[str]:
    return single_dates() | interval_dates()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018-04-24", "2018-04-24", "2018-04-24"),
        ("2018-04", "2018-04-01", "2018-04-30"),
        ("2018-02", "2018-02-01", "2018-02-28"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2015-02", "2015-02-01", "2015-02-28"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("0000-02", "0000-02-01", "0000-02-29"),
        ("2018", "2018-01-01", "2018-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("000X", "0000-01-01", "0009-12-31"),
        ("2018-06-09/2018-06-10", "2018-06-09", "2018-06-10"),
        ("2018-06/2019", "2018-06-01", "2019-12-31"),
        ("201X/20XX", "2010-01-01", "2099-12-31"),
        ("2018-33", "2018-01-01", "2018-03-31"),
        ("2018-34", "2018-04-01", "2018-06-30"),
        ("2018-35~", "2018-07-01", "2018-09-30"),
        ("2018-36", "2018-10-01", "2018-12-31"),
        ("2018-40", "2018-01-01", "2018-06-30"),
        ("2018-41?", "2018-07-01", "2018-12-31"),
        ("2018-33/2018-34", "2018-01-01", "2018-06-30"),
    ],
)
def test_a_date_spans_its_earliest_to_its_latest_possible_day(text: str, first: str, last: str) -> None:
    date = parse(text)
    assert (str(date.first), str(date.last)) == (first, last)
    assert str(date) == date.text == text


@pytest.mark.parametrize("season", range(21, 33))
def test_a_season_lies_in_its_months_by_any_reckoning(season: int) -> None:
    """Meteorological seasons begin on the first of a month, astronomical ones up to three weeks later."""
    date = parse(f"2018-{season}")
    name = ("spring", "summer", "autumn", "winter")[(season - 21) % 4]
    if season >= 29:  # south of the equator
        name = {"spring": "autumn", "summer": "winter", "autumn": "spring", "winter": "summer"}[name]
    months = {"spring": (3, 6), "summer": (6, 9), "autumn": (9, 12), "winter": (1, 12)}[name]
    first, last = (1, 12) if season <= 24 else months
    assert date.first == CalendarDay(2018, first, 1)
    assert date.last == CalendarDay(2018, last, days_in(2018, last))


def test_an_open_end_has_no_day() -> None:
    assert (parse("2018-06/..").first, parse("2018-06/..").last) == (CalendarDay(2018, 6, 1), None)
    assert (parse("../2018-06").first, parse("../2018-06").last) == (None, CalendarDay(2018, 6, 30))
    assert parse("2018-06/..").end is None
    assert parse("../2018-06").start is None


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [
        ("1972", False, False),
        ("1972-04-24", False, False),
        ("1972?", True, False),
        ("1972~", False, True),
        ("1972-04-24%", True, True),
        ("197X?", True, False),
        ("1972?/1973~", True, True),
        ("1972/1973~", False, True),
        ("../1973?", True, False),
    ],
)
def test_qualifiers_are_kept(text: str, uncertain: bool, approximate: bool) -> None:
    date = parse(text)
    assert (date.uncertain, date.approximate) == (uncertain, approximate)


def test_an_interval_has_two_dates_and_a_single_date_has_none() -> None:
    interval = parse("2018-06?/2019")
    assert interval.is_interval
    assert interval.start == parse("2018-06?")
    assert interval.end == parse("2019")
    single = parse("2018")
    assert (single.is_interval, single.start, single.end) == (False, None, None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2018-02-29", "February 2018 has 28 days, and no day 29"),
        ("2020-02-30", "February 2020 has 29 days, and no day 30"),
        ("1900-02-29", "February 1900 has 28 days, and no day 29"),
        ("2018-04-31", "April 2018 has 30 days, and no day 31"),
        ("2018-12-32", "December 2018 has 31 days, and no day 32"),
        ("0033-04-00", "April 0033 has 30 days, and no day 00"),
        ("2018-02-29~", "February 2018 has 28 days, and no day 29"),
        ("2018-06-09/2018-06-31", "June 2018 has 30 days, and no day 31"),
        ("2018-13", "the year 2018 has no month 13: months run from 01 to 12"),
        ("2018-00-01", "the year 2018 has no month 00: months run from 01 to 12"),
        ("2018-37", "the year 2018 has no month 37: months run from 01 to 12"),
        ("2018-39", "the year 2018 has no month 39: months run from 01 to 12"),
        ("2018-21-04", "the year 2018 has no month 21: months run from 01 to 12"),
        ("2018-41-04", "the year 2018 has no month 41: months run from 01 to 12"),
        ("2018-20", "the year 2018 has no month 20: months run from 01 to 12"),
        ("2018-42", "the year 2018 has no month 42: months run from 01 to 12"),
    ],
)
def test_a_day_that_does_not_exist_is_a_fault_of_its_own(text: str, message: str) -> None:
    with pytest.raises(NoSuchDayError) as error:
        parse(text)
    assert str(error.value) == message


SHAPES = "a date is YYYY-MM-DD, YYYY-MM, YYYY, YYYX or YYXX, or an interval of two such dates"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"`` is empty: {SHAPES}"),
        (" 2018", "` 2018` has white space around the date"),
        ("2018\n", "`2018\n` has white space around the date"),
        ("soon", f"`soon` is not a date: {SHAPES}"),
        ("２０１８", f"`２０１８` is not a date: {SHAPES}"),
        ("2018-04-24T10:00", "`2018-04-24T10:00` has a clock time: a date is a day or longer"),
        (
            "2018-04-24 to 2018-04-25",
            "`2018-04-24 to 2018-04-25` is a span of days: an interval has a slash between its two dates",
        ),
        ("24 until 25 April", "`24 until 25 April` is a span of days: an interval has a slash between its two dates"),
        ("2018?~", "`2018?~` has two qualifiers: `%` is both uncertain and approximate"),
        ("2018?-04", "`2018?-04` has a qualifier that is not at the end: it applies to the whole date"),
        ("2018-4-5", "`2018-4-5` lacks a leading zero: a month and a day have two digits"),
        ("20180405", "`20180405` has no hyphens: a day is YYYY-MM-DD"),
        ("24.04.2018", "`24.04.2018` does not begin with the year: a day is YYYY-MM-DD"),
        ("2018-XX", "`2018-XX` has an X in the wrong place: 201X is a decade, 20XX a century, with nothing after it"),
        ("12018", "`12018` has a year outside 0000 to 9999, or something after the day"),
        ("-0044", "`-0044` has a year outside 0000 to 9999, or something after the day"),
        ("2018/", "`2018/` has an empty end: write an open end as `..`"),
        ("/2018", "`/2018` has an empty end: write an open end as `..`"),
        ("../..", "`../..` is open at both ends: at least one of them must be a date"),
        ("2018/04/24", "`2018/04/24` has 3 parts: an interval is a/b, and a day YYYY-MM-DD"),
        ("..", f"`..` is not a date: {SHAPES}"),
    ],
)
def test_the_message_says_why_a_text_is_not_a_date(text: str, message: str) -> None:
    with pytest.raises(EdtfError) as error:
        parse(text)
    assert str(error.value) == message
    assert not isinstance(error.value, NoSuchDayError)


@pytest.mark.parametrize(
    ("text", "reversed_"),
    [
        ("2018-06-10/2018-06-09", True),
        ("2018-06-09/2018-06-10", False),
        ("2018-06-09/2018-06-09", False),
        ("2018-06-10/2018-06", False),
        ("2019/2018", True),
        ("2019-01-01/201X", False),
        ("2019/..", False),
        ("../0000", False),
        ("2019", False),
    ],
)
def test_an_interval_is_reversed_only_when_it_is_certain(text: str, reversed_: bool) -> None:
    assert parse(text).reversed is reversed_


@pytest.mark.parametrize(
    ("one", "other", "contains", "overlaps", "before"),
    [
        ("2018", "2018-04-24", True, True, False),
        ("2018-04-24", "2018", False, True, False),
        ("2018-04", "2018-04", True, True, False),
        ("2018-04", "2018-05", False, False, True),
        ("2018-05", "2018-04", False, False, False),
        ("2018/..", "2019", True, True, False),
        ("2018/..", "2019/..", True, True, False),
        ("2019/..", "2018/..", False, True, False),
        ("../2018", "2019/..", False, False, True),
        ("../2018", "../2017", True, True, False),
        ("../2018", "2017/..", False, True, False),
        ("2018", "2018/..", False, True, False),
        ("2018", "../2018", False, True, False),
        ("2018/2017", "2019", False, True, False),
        ("2000", "2018/2017", False, True, False),
        ("20XX", "2018/2017", False, True, False),
    ],
)
def test_dates_compare_by_their_possible_days(
    one: str, other: str, contains: bool, overlaps: bool, before: bool
) -> None:
    a, b = parse(one), parse(other)
    assert (a.contains(b), a.overlaps(b), a.certainly_before(b)) == (contains, overlaps, before)


def days_of(text: str) -> tuple[Any, Any]:
    """The first and the last day by the independent library, None for an open end."""
    date = parse_edtf(text)
    lower, upper = date.lower_strict(), date.upper_strict()
    return (None if lower == -inf else tuple(lower[:3])), (None if upper == inf else tuple(upper[:3]))


@BOUNDED
@given(single_dates() | interval_dates())
def test_an_independent_library_gives_the_same_days(text: str) -> None:
    if "X" in text and "/" in text and re.search(r"[?~%]|\.\.", text):
        # The library cannot read these whole, so that each end is held against its own.
        start, end = (None if part == ".." else part for part in text.split("/"))
        days = (days_of(start)[0] if start else None, days_of(end)[1] if end else None)
    else:
        days = days_of(text)
    assert (parse(text).first, parse(text).last) == days


@BOUNDED
@given(single_dates())
def test_an_independent_library_reads_the_same_qualifier(text: str) -> None:
    theirs, ours = parse_edtf(text), parse(text)
    both = theirs.is_uncertain_and_approximate
    assert (ours.uncertain, ours.approximate) == (theirs.is_uncertain or both, theirs.is_approximate or both)


@BOUNDED
@given(YEARS, st.integers(0, 14), st.integers(0, 33), st.sampled_from(["{:04}-{:02}-{:02}", "{:04}-{:02}"]))
def test_an_independent_library_refuses_the_same_months_and_days(year: int, month: int, day: int, form: str) -> None:
    text = form.format(year, month, day)
    assume(not text.endswith("-02-29"))  # the library takes it in any year
    assert is_read(parse, EdtfError, text) is is_read(parse_edtf, EDTFParseException, text)


def is_read(read: Callable[[str], Any], error: type[Exception], text: str) -> bool:
    try:
        read(text)
    except error:
        return False
    return True


@BOUNDED
@given(single_dates())
def test_the_earliest_day_is_never_after_the_latest(text: str) -> None:
    date = parse(text)
    assert date.first
    assert date.last
    assert FIRST_DAY <= date.first <= date.last <= LAST_DAY


@BOUNDED
@given(any_dates(), any_dates(), any_dates())
def test_certainly_before_is_a_partial_order(one: str, two: str, three: str) -> None:
    a, b, c = (parse(text) for text in (one, two, three))
    assert not a.certainly_before(a)
    assert not (a.certainly_before(b) and b.certainly_before(a))
    assert c.certainly_before(a) or not (c.certainly_before(b) and b.certainly_before(a))
    assert a.overlaps(b) is b.overlaps(a)
    assert a.overlaps(b) or not a.contains(b)
    assert a.contains(a) is not a.reversed


@BOUNDED
@given(any_dates())
def test_a_qualifier_does_not_change_the_days(text: str) -> None:
    plain = parse(text.translate({ord(mark): None for mark in "?~%"}))
    assert (parse(text).first, parse(text).last) == (plain.first, plain.last)


@BOUNDED
@given(st.text(alphabet="0123456789X?~%/.-Y T:", max_size=24) | st.text(max_size=12))
def test_any_text_is_a_date_or_an_edtf_error(text: str) -> None:
    with suppress(EdtfError):
        assert isinstance(parse(text), Edtf)


def test_a_date_that_was_read_before_is_not_read_again() -> None:
    assert parse("2018-04-24") is parse("2018-04-24")


def test_the_first_and_the_last_day_are_those_of_the_first_and_the_last_year() -> None:
    assert (parse("0000").first, parse("9999").last) == (FIRST_DAY, LAST_DAY)
    assert (str(FIRST_DAY), str(LAST_DAY)) == ("0000-01-01", "9999-12-31")


@pytest.mark.parametrize(("number", "name"), list(enumerate(month_name[1:], 1)))
def test_a_month_is_called_by_its_name(number: int, name: str) -> None:
    last = days_in(2018, number)
    with pytest.raises(NoSuchDayError, match=f"^{name} 2018 has {last} days, and no day {last + 1}$"):
        parse(f"2018-{number:02}-{last + 1}")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("   ", "is empty"),
        ("2018 ", "has white space around the date"),
        ("2018-04-24 10:00", "has a clock time"),
        ("2018~%", "has two qualifiers"),
        ("?2018", "has a qualifier that is not at the end"),
        ("2018-4", "lacks a leading zero"),
        ("18-04-05", "lacks a leading zero"),
        ("5/4/2018", None),
        ("05-04-2018", "does not begin with the year"),
        ("5.4.18", "does not begin with the year"),
        ("2018-04-24–25", "is a span of days"),
        ("2018—2019", "is a span of days"),
        ("2018..2019", "is a span of days"),
        ("201x", "has an X in the wrong place"),
        ("Y-20000", "has a year outside 0000 to 9999"),
        ("+2018", "has a year outside 0000 to 9999"),
        ("2018-04-24-01", "has a year outside 0000 to 9999"),
    ],
)
def test_each_slip_has_its_own_message(text: str, reason: str | None) -> None:
    with pytest.raises(EdtfError) as error:
        parse(text)
    assert str(error.value).startswith(f"`{text}` {reason or 'has 3 parts'}")


def test_a_date_that_is_absent_or_does_not_exist_is_read_as_none() -> None:
    assert parsed("2021-02-28") == parse("2021-02-28")
    assert [parsed(text) for text in ("2021-02-30", "June", None, 2021)] == [None] * 4
