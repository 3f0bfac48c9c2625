"""Numbers in texts: with other separators, in other digits, scaled by a word, in words."""

import pytest

from diplomatic_events.sources.numbers import has_number, has_words_for_numbers, numbers, readings


@pytest.mark.parametrize(
    "text", ["17,000", "17 000", "17.000", "17\u202f000", "17’000", "17000", "١٧٠٠٠", "17 thousand"]
)
def test_the_same_number_is_found_however_it_is_written(text: str) -> None:
    assert has_number(f"about {text} tonnes", readings("17,000"))


def test_a_number_after_a_day_is_not_joined_with_it() -> None:
    assert list(numbers("on 24 2018 people")) == ["24", "2018"]


def test_parts_of_names_times_and_dates_are_no_numbers() -> None:
    assert list(numbers("G20, COP26, at 15:30, 24/04/2018, the 21st")) == []
    assert list(numbers("达1540吨, 3.5%")) == ["1540", "3.5"]


def test_a_scale_after_digits_is_no_number_in_words() -> None:
    for text in ("26 million euros in April", "3.5 per cent", "3,5 pour cent", "3,5 por ciento"):
        assert not has_words_for_numbers(text)
    for text in ("two million", "vierzig", "quarante", "cuarenta", "сорок", "四十", "أربعون"):
        assert has_words_for_numbers(text)
