"""Passages that differ from a quote in typography alone."""

import time

import pytest

from diplomatic_events.sources.typography import alike


@pytest.mark.parametrize(
    ("text", "exact", "passage"),
    [
        ("he said “no”.", '"no"', "“no”"),
        ("it’s late", "it's", "it’s"),
        ("1990–1995 and on", "1990-1995", "1990–1995"),
        ("one \n two", "one two", "one \n two"),
        ("one two", "one \t\n two", "one two"),
        ("a\u00a0b", "a b", "a\u00a0b"),
        ("wait… now", "wait... now", "wait… now"),
        ("wait... now", "wait… now", "wait... now"),
        ("Ru\u0301z", "R\u00faz", "Ru\u0301z"),
        ("R\u00faz", "Ru\u0301z", "R\u00faz"),
        ("co\u00adop", "coop", "co\u00adop"),
        ("x\u200by", "\u200bxy", "x\u200by"),
    ],
)
def test_a_passage_is_found_as_its_source_has_it(text: str, exact: str, passage: str) -> None:
    ((start, end),) = alike(f"{text} ", exact)
    assert f"{text} "[start:end] == passage


def test_every_such_passage_is_found() -> None:
    assert alike("“b” and ”b“", '"b"') == [(0, 3), (8, 11)]


@pytest.mark.parametrize(
    ("text", "exact"),
    [("no", "No"), ("a b", "ab"), ("a, b", "a b"), ("wait… now", "wait. now"), ("…", ".."), ("", "x"), ("x", " ")],
)
def test_what_differs_in_more_is_not_alike(text: str, exact: str) -> None:
    assert alike(text, exact) == []


def test_a_text_of_nothing_but_odd_characters_takes_no_long_time() -> None:
    began = time.process_time()
    alike("\u200b" * 200_000 + "…" * 200_000 + " \n" * 200_000, "x" * 100)
    assert time.process_time() - began < 5
