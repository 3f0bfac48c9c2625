"""Passages looked for in a text: with an index and without one, they are found in the same places."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplomatic_events.sources import search
from diplomatic_events.sources.search import Allowance, Searched, searched
from hypothesis_settings import bounded

TEXTS = st.one_of(
    st.text(alphabet="ab", max_size=90),
    st.text(alphabet="abé北", max_size=90),
    st.tuples(st.text(alphabet="abc", min_size=1, max_size=9), st.integers(1, 20)).map(lambda pair: pair[0] * pair[1]),
)


@st.composite
def texts_and_passages(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and a passage of it in which something may be changed."""
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text)))
    passage = text[start : start + draw(st.integers(1, 60))]
    at = draw(st.integers(0, len(passage)))
    changed = passage[:at] + draw(st.sampled_from(["", "", "a", "b", "xy"])) + passage[at + draw(st.integers(0, 1)) :]
    return text, changed or "a"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is made at the first search."""
    monkeypatch.setattr(search, "_PATIENCE", 0)


def places(text: str, passage: str) -> list[int]:
    return [place for place in range(len(text)) if text.startswith(passage, place)]


@pytest.mark.usefixtures("impatient")
@bounded(600)
@given(texts_and_passages(), st.integers(0, 100))
def test_an_index_finds_what_going_through_the_text_finds(pair: tuple[str, str], start: int) -> None:
    text, passage = pair
    content, everywhere = Searched(text), places(text, passage)
    assert content.find(passage) == text.find(passage)
    assert content.find(passage, start) == text.find(passage, start)
    assert content.count(passage) == text.count(passage)
    assert content.nearest(passage, start) == min(
        everywhere, key=lambda place: (abs(place - start), place), default=None
    )
    assert not content._gone or len(passage) < 7


@bounded(600)
@given(texts_and_passages(), st.integers(0, 100))
def test_without_an_index_the_nearest_place_is_the_nearest_of_all(pair: tuple[str, str], start: int) -> None:
    text, passage = pair
    nearest = min(places(text, passage), key=lambda place: (abs(place - start), place), default=None)
    assert Searched(text).nearest(passage, start) == nearest


@pytest.mark.usefixtures("impatient")
def test_a_passage_that_may_stand_in_very_many_places_is_looked_for_in_the_text() -> None:
    text = "ab" * 50_000
    content = Searched(text)
    assert content.find("ab" * 20) == 0
    assert content.find("ab" * 20, 7) == 8
    assert content.count("ab" * 20) == text.count("ab" * 20)
    assert content.nearest("ab" * 20, 50_001) == 50_000
    assert content._gone > len(text)


@pytest.mark.usefixtures("impatient")
def test_one_odd_place_of_a_passage_is_enough_to_see_that_it_is_absent() -> None:
    content = Searched("They met in Geneva. " * 10_000)
    assert content.find("They met in Geneva. They met in Vienna. They met in Geneva.") == -1
    assert content.find("They met in Geneva. They met in Genéva. They met in Geneva.") == -1
    assert content._gone == 0


def test_what_is_searched_a_few_times_has_no_index() -> None:
    content = Searched("They met in Geneva. " * 100)
    assert content.find("They met in Vienna and in Geneva, they said.") == -1
    assert (content._indexes, content.effort) == ({}, 2000)


def test_the_worst_passage_for_a_search_backwards_is_looked_up_at_once() -> None:
    text, passage = "a" * 1_000_000, "a" * 5_000 + "b" + "a" * 5_000
    began = time.process_time()
    assert Searched(text).nearest(passage, 900_000) is None
    assert time.process_time() - began < 1


def test_an_index_is_small() -> None:
    chance = random.Random(3)
    text = "".join(map(chr, chance.choices(range(0x4E00, 0x9FFF), k=100_000)))
    index = search._Index(text, 4)
    assert index._hashes.itemsize * len(index._hashes) + index._rows.itemsize * len(index._rows) <= 4 * len(text)


def test_an_allowance_is_used_up_by_what_is_searched() -> None:
    one, other, allowance = "x" * 700, "y" * 200, Allowance(1000)
    searched(one).find("y")  # before the allowance was given
    assert allowance.covers(one)
    searched(one).find("y")
    assert allowance.covers(other)
    searched(other).find("x")
    assert allowance.covers(other)
    searched(other).find("x")
    assert not allowance.covers(other)
    assert not allowance.covers(one)


def test_what_an_allowance_does_not_cover_is_not_counted() -> None:
    allowance = Allowance(1000)
    assert not allowance.covers("z", 1000)
    assert allowance.covers("z", 999)
    assert not allowance.covers("z", 1)
