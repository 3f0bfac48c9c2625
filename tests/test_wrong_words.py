"""Most wrong words that people and programs write are answered with what they mean, and hardly any with something else.

The words in `wrong_words/` were written down before the suggestions for them were looked at. In the column `right`, `|`
stands between several right answers, and an empty one says that none need be right.
"""

import csv
from collections import Counter
from pathlib import Path
from typing import Final

from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.codelists import codelist, nearest_codes

FOLDER: Final = Path(__file__).parent / "wrong_words"


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def judged(answers: list[str], right: str) -> str:
    """What suggestions are worth: whether the right one is among them and comes alone, or is missing."""
    wanted = set(right.split("|"))
    if not answers:
        return "rightly none" if "" in wanted else "none"
    if wanted.isdisjoint(answers):
        return "misleading"
    return "right" if wanted.issuperset(answers) else "among others"


def test_right_answers_are_codes_of_their_list_and_wrong_words_are_none() -> None:
    for row in rows("codes"):
        assert {code for code in row["right"].split("|") if code} <= codelist(row["list"]).keys(), row
        assert row["wrong"] not in codelist(row["list"]), row


def test_wrong_codes_are_answered_with_what_they_mean() -> None:
    worth = Counter(
        judged(nearest_codes(catalogue(), row["list"], row["wrong"]), row["right"]) for row in rows("codes")
    )
    answerable = worth["right"] + worth["among others"] + worth["none"] + worth["misleading"]
    assert sum(worth.values()) > 1300
    assert worth["right"] > 0.85 * answerable, worth
    assert worth["misleading"] < 0.01 * sum(worth.values()), worth
