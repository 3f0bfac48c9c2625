"""Most wrong words that people and programs write are answered with what they mean, and hardly any with something else.

The words in `wrong_words/` were written down before the suggestions for them were looked at. In the column `right`, `|`
stands between several right answers, and an empty one says that none need be right.
"""

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any, Final

from check_records import check_value, example
from diplomatic_events.pointers import at
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.codelists import codelist, nearest_codes

OBJECTS: Final[dict[str, tuple[Any, ...]]] = {
    "record": (),
    "statement": ("statements", 0),
    "evidence": ("statements", 0, "evidence", 0),
    "member": ("delegations", 0, "members", 0),
    "person": ("people", 0),
    "party": ("parties", 0),
    "delegation": ("delegations", 0),
    "office": ("delegations", 0, "members", 0, "office"),
    "place": ("places", 0),
    "source": ("sources", 0),
    "outcome": ("outcomes", 0),
    "votes": ("outcomes", 0, "votes"),
    "provenance": ("provenance",),
    "annotation": ("annotations", 0),
    "eventReference": ("upcoming", 0),
    "programmeItem": ("programme", 0),
}
"""Where an object of each kind stands in the record."""

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


def answers(object: str, wrong: str) -> list[str]:
    """The properties that are suggested in place of a wrong one of an object."""
    record = example(
        {
            "/outcomes/0/votes": {"for": ["freedonia"]},
            "/provenance": {"method": "human"},
            "/annotations": [{"target": "/title", "kind": "inferred", "basis": "It is not clear."}],
            "/programme": [{"id": "item", "title": "Talks"}],
        }
    )
    at(record, OBJECTS[object])[wrong] = "x"
    (help,) = {finding.help for finding in check_value(record) if finding.rule == "schema/unknown-property"}
    return re.findall("`([^`]+)`", help) if help is not None and help.startswith("did you mean") else []


def test_wrong_properties_are_answered_with_what_they_mean() -> None:
    worth = Counter(judged(answers(row["object"], row["wrong"]), row["right"]) for row in rows("properties"))
    answerable = worth["right"] + worth["among others"] + worth["none"] + worth["misleading"]
    assert sum(worth.values()) > 200
    assert worth["right"] > 0.9 * answerable, worth
    assert worth["misleading"] < 0.01 * sum(worth.values()), worth
