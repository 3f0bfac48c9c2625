"""Days that texts name."""

import pytest

from diplomatic_events.sources.days import days_of_the_week, days_of_the_year


@pytest.mark.parametrize(
    "text", ["4 May", "May 4th", "4. Mai", "le 4 mai", "4 de mayo", "4 мая", "5月4日", "4 مايو", "4 أيار"]
)
def test_a_day_and_a_month_are_read_in_each_language(text: str) -> None:
    assert [(month, day) for month, day, _ in days_of_the_year(f"{text} 2021")] == [(5, 4)]


@pytest.mark.parametrize("text", ["Tuesday", "mardi", "martes", "Dienstag", "вторник", "周二", "يوم الثلاثاء"])
def test_a_day_of_the_week_is_read_in_each_language(text: str) -> None:
    assert list(days_of_the_week(f"… {text} …")) == [(1, text)]


def test_words_that_are_spelt_like_months_need_a_day_beside_them() -> None:
    assert list(days_of_the_year("They may meet on 24 hours’ notice and march on 3.5 miles")) == []
