"""Dates as people write them, in several languages: which date of the grammar they mean, and where none is plain."""

import pytest

from check_records import check_value, example
from diplomatic_events.schema.words.written_dates import date_meant


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("24 avril 2018", "2018-04-24"),
        ("24 апреля 2018 г.", "2018-04-24"),
        ("24 de abril de 2018", "2018-04-24"),
        ("24. März 2018", "2018-03-24"),
        ("1er août 2018", "2018-08-01"),
        ("24 أبريل 2018", "2018-04-24"),
        ("2018年4月24日", "2018-04-24"),
        ("2018 年 4 月", "2018-04"),
        ("mayo de 2018", "2018-05"),
        ("24–26 April 2018", "2018-04-24/2018-04-26"),
        ("24-26 April 2018", "2018-04-24/2018-04-26"),
        ("28 April to 2 May 2018", "2018-04-28/2018-05-02"),
        ("31 December 2017 - 2 January 2018", "2017-12-31/2018-01-02"),
        ("24 au 26 avril 2018", "2018-04-24/2018-04-26"),
        ("2018-04-24 to 2018-04-26", "2018-04-24/2018-04-26"),
        ("2018-04-24..26", "2018-04-24/2018-04-26"),
        ("2018年4月24日至26日", "2018-04-24/2018-04-26"),
        ("2018年4月30日～5月2日", "2018-04-30/2018-05-02"),
        ("April to May 2018", "2018-04/2018-05"),
        ("2018 to 2019", "2018/2019"),
        ("2018-Q2", "2018-34"),
        ("q4 2018", "2018-36"),
        ("2018 H1", "2018-40"),
        ("summer of 2018", "2018-22"),
        ("l’été 2018", "2018-22"),
        ("осень 2018 г.", "2018-23"),
        ("2018年春季", "2018-21"),
        ("about 1972", "1972~"),
        ("ca. 3 May 1972", "1972-05-03~"),
        ("大约1972年5月", "1972-05~"),
        ("2018-W17", "2018-04-23/2018-04-29"),
    ],
)
def test_a_date_that_is_plain_is_understood(text: str, date: str) -> None:
    assert date_meant(text) == date
    (finding,) = check_value(example({"/upcoming/0/date": text, "annotations": None}))
    assert finding.help == f"did you mean `{date}`?"


@pytest.mark.parametrize(
    "text",
    [
        "early 2018",
        "the 1960s",
        "24 April",
        "26 to 24 April 2018",
        "24 April 2018 to May 2018",
        "2018-04 to 2019",
        "April to May to June 2018",
        "2018-Q5",
        "2018 H3",
        "24 and 26 April 2018",
        "24 April? 2018",
        "4/5/2018",
        "to 2018",
        "soon",
        "about soon",
        "about 3 to 5 May 1972",
        "2018-W60",
        "winter",
        "Uma 1972",
        "24¹ April 2018",
        "²⁰¹⁸",
        "",
    ],
)
def test_a_date_that_is_not_plain_is_not_guessed(text: str) -> None:
    assert date_meant(text) is None


def test_no_date_is_offered_that_is_not_the_value_s_own() -> None:
    for text in ("early 2018", "the day after", "4/5/2018", "within a month", "来月", "3 May"):
        (finding,) = check_value(example({"/upcoming/0/date": text, "annotations": None}))
        assert finding.help is not None
        assert not any(digit.isdigit() for digit in finding.help)


@pytest.mark.parametrize(
    "text", ["within a month", "in the coming days", "next week", "近日", "в ближайшее время", "in June", "n/a"]
)
def test_a_vague_date_is_answered_with_what_the_guide_recommends(text: str) -> None:
    (finding,) = check_value(example({"/upcoming/0/date": text, "annotations": None}))
    assert finding.help == (
        "where the date follows from that of the source, as `in June` and `next week` do, write it as far as it is known and "
        "annotate it as `inferred`; otherwise leave the property out"
    )
    (finding,) = check_value(example({"date": text}))
    assert finding.help is not None
    assert "annotate it as `inferred`" in finding.help
    assert "leave" not in finding.help, "an event needs its date"


def test_a_word_with_an_x_is_not_taken_for_a_decade() -> None:
    (finding,) = check_value(example({"date": "next week"}))
    assert finding.message.startswith("`next week` is not a date: ")
    (finding,) = check_value(example({"date": "2018-0X"}))
    assert finding.message.startswith("`2018-0X` has an X in the wrong place")
