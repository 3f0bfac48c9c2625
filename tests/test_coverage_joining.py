"""What stands between two passages and says nothing."""

import pytest

from diplomatic_events.coverage.joining import says_something


@pytest.mark.parametrize(
    ("passage", "language"),
    [
        (".", "en"),
        (", and", "en-GB"),
        ("; whereas", "en"),
        ("), but…", "en"),
        ("———", None),
        ("、", "ja"),
        ("，以及", "zh-Hans"),
        ("и", "ru"),
        ("« et »", "fr"),
        ("und", "DE"),
        ("أو", "ar"),
        ("और", "hi"),
        ("\u200b|\ufeff", "en"),
        ("and", None),
        ("oraz", None),
    ],
)
def test_punctuation_and_conjunctions_of_its_language_say_nothing(passage: str, language: str | None) -> None:
    assert not says_something(passage, language)


@pytest.mark.parametrize(
    ("passage", "language"),
    [
        ("und", "en"),
        ("and", "zh"),
        ("not", "en"),
        (", and he left", "en"),
        ("and/or", "en"),
        ("5", "en"),
        ("€", "en"),
        ("😀", None),
        ("他", "zh"),
        ("部长和", "zh"),
        ("कि नहीं", "hi"),
    ],
)
def test_any_other_word_number_or_sign_says_something(passage: str, language: str | None) -> None:
    assert says_something(passage, language)


def test_a_long_passage_is_read_only_as_far_as_its_first_word() -> None:
    assert says_something("word" * 1_000_000, "en")
    assert not says_something(", " * 100_000, "en")
