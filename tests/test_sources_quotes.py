"""A quote against its source: found, found elsewhere, or not there, and then what comes nearest."""

import random
import time
import unicodedata
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from check_records import check_value, example, own_help
from diplomatic_events.findings import Finding
from diplomatic_events.rulebook import EXAMPLE_TEXT
from diplomatic_events.sources import quotes
from diplomatic_events.sources.quotes import (
    Difference,
    Lookup,
    Match,
    Only,
    difference,
    look_up,
    only_place,
    pieces,
    times,
)
from hypothesis_settings import bounded

TEXT = "The president met the minister. The minister thanked the president."
BOUNDED = bounded(100)
SHORT = st.text(alphabet="ab ", max_size=30)


def look(exact: str, start: int | None = None, end: int | None = None, prefix: str = "", suffix: str = "") -> Lookup:
    return look_up(TEXT, exact, start, end, prefix, suffix)


def shown(exact: str, text: str = TEXT) -> tuple[str, str, str | None] | None:
    """The words of a quote that differ, those that stand in the source instead, and in what alone they differ."""
    found = difference(text, exact)
    return found and (exact[slice(*found.quoted)], text[slice(*found.text)], found.only)


def only(exact: str, **more: object) -> Finding:
    (finding,) = check_value(example({"evidence": [{"source": "report", "exact": exact, **more}]}))
    return finding


# Looking a quote up


def test_a_quote_that_occurs_once_is_found() -> None:
    assert look("thanked") == Lookup(Match.FOUND, 45)


def test_a_quote_at_its_offsets_is_found() -> None:
    assert look("minister", 36, 44) == Lookup(Match.FOUND, 36)


def test_a_quote_elsewhere_is_found_where_it_stands_nearest_to_its_offsets() -> None:
    assert look("minister", 20, 28) == Lookup(Match.ELSEWHERE, 22)
    assert look("minister", 34, 42) == Lookup(Match.ELSEWHERE, 36)
    assert look("minister", 900_000, 900_008) == Lookup(Match.ELSEWHERE, 36)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 4)])
def test_offsets_that_mark_nothing_are_reversed(start: int, end: int) -> None:
    assert look("minister", start, end) == Lookup(Match.REVERSED)


def test_a_quote_that_occurs_more_than_once_is_ambiguous_without_context() -> None:
    assert look("minister") == Lookup(Match.SEVERAL, 22)


@pytest.mark.parametrize(
    ("prefix", "suffix", "start"), [("the ", "", 22), ("The ", "", 36), ("", ".", 22), ("", " t", 36)]
)
def test_context_settles_which_occurrence_is_meant(prefix: str, suffix: str, start: int) -> None:
    assert look("minister", None, None, prefix, suffix) == Lookup(Match.FOUND, start)


def test_context_that_stands_nowhere_is_out_of_context() -> None:
    assert look("minister", None, None, "a ", "") == Lookup(Match.OUT_OF_CONTEXT, 22)
    assert look("minister", 36, 44, "the ", "") == Lookup(Match.OUT_OF_CONTEXT, 36)
    assert look("minister", 36, 44, "The ", ".") == Lookup(Match.OUT_OF_CONTEXT, 36)
    assert look("minister", 36, 44, "The ", " thanked") == Lookup(Match.FOUND, 36)


def test_context_longer_than_the_text_before_it_is_out_of_context() -> None:
    assert look("The", 0, 3, "xyz", "") == Lookup(Match.OUT_OF_CONTEXT, 0)


@pytest.mark.parametrize(("start", "end"), [(None, None), (4, 10)])
def test_a_quote_that_does_not_occur_is_absent(start: int | None, end: int | None) -> None:
    assert look("secretary", start, end) == Lookup(Match.ABSENT)


def test_how_often_a_quote_occurs_is_counted_and_its_only_place_found() -> None:
    assert (times(TEXT, "minister"), times(TEXT, "thanked"), times(TEXT, "secretary")) == (2, 1, 0)
    assert (only_place(TEXT, "minister"), only_place(TEXT, "thanked"), only_place(TEXT, "secretary")) == (
        None,
        45,
        None,
    )


def words_of(alphabet: str, lengths: range) -> list[str]:
    """Every text of some lengths over a small alphabet."""
    return ["".join(marks) for length in lengths for marks in product(alphabet, repeat=length)]


def plainly(text: str, exact: str, start: int | None, end: int | None, prefix: str, suffix: str) -> Lookup:
    """The same as `look_up`, by trying every place."""
    places = [place for place in range(len(text)) if text.startswith(exact, place)]
    fitting = [place for place in places if text[:place].endswith(prefix)]
    fitting = [place for place in fitting if text[place + len(exact) :].startswith(suffix)]
    if start is not None and end is not None:
        if start >= end:
            return Lookup(Match.REVERSED)
        if start in places and end == start + len(exact):
            return Lookup(Match.FOUND if start in fitting else Match.OUT_OF_CONTEXT, start)
        if not places:
            return Lookup(Match.ABSENT)
        nearest = min(places, key=lambda place: (abs(place - start), place))
        return Lookup(Match.ELSEWHERE, nearest)
    if not places:
        return Lookup(Match.ABSENT)
    if not fitting:
        return Lookup(Match.OUT_OF_CONTEXT, places[0])
    return Lookup(Match.SEVERAL if len(fitting) > 1 else Match.FOUND, fitting[0])


def test_every_quote_without_offsets_is_looked_up_as_by_trying_every_place() -> None:
    exacts, around = words_of("ab ", range(1, 3)), ("", "a", " ")
    for text in words_of("ab ", range(6)):
        for exact, prefix, suffix in product(exacts, around, around):
            assert look_up(text, exact, None, None, prefix, suffix) == plainly(text, exact, None, None, prefix, suffix)


def test_every_quote_with_offsets_is_looked_up_as_by_trying_every_place() -> None:
    exacts, around = words_of("ab", range(1, 4)), (("", ""), ("a", ""), ("", "b"), ("ab", "a"))
    for text, exact in product(words_of("ab", range(7)), exacts):
        for start, more, (prefix, suffix) in product(range(8), (-1, 0, len(exact), len(exact) + 1), around):
            end = start + more
            assert look_up(text, exact, start, end, prefix, suffix) == plainly(text, exact, start, end, prefix, suffix)


def test_what_is_not_found_stands_nowhere() -> None:
    assert Lookup(Match.ABSENT).start is None


# What a quote that does not occur differs in


@pytest.mark.parametrize(
    ("exact", "quoted", "source"),
    [
        ("president met the secretary. The minister", "secretary", "minister"),
        ("The president met the minister. Then she", "Then she", "The mini"),  # as much of the source as of the quote
        ("Her minister. The minister thanked the president.", "Her", "the"),
        ("president met a minister. The", "a", "the"),
        ("The president met minister", "", "the "),
    ],
)
def test_the_differing_words_are_marked_in_the_quote_and_in_the_source(exact: str, quoted: str, source: str) -> None:
    found = shown(exact)
    assert found is not None
    assert found[:2] == (quoted, source)


@pytest.mark.parametrize(
    ("exact", "text", "alone"),
    [
        ("met  the minister", "he met the minister", "white space"),
        ("met\nthe minister", "he met the minister", "white space"),
        ('he said "we will open" today', "he said “we will open” today", "characters that look alike"),
        ("open – and now", "doors open - and now", "characters that look alike"),
        ("Met the minister", "he met the minister", "capital letters"),
        ("the minister, thanked", "the minister thanked", "punctuation"),
        ("the minister spoke", "the minister thanked", None),
    ],
)  # fmt: skip
def test_what_alone_differs_is_named(exact: str, text: str, alone: str | None) -> None:
    found = shown(exact, text)
    assert found is not None
    assert found[2] == alone


@pytest.mark.parametrize("exact", ["Qwxz", "x" * 50, "zz"])
def test_what_comes_near_nothing_has_no_nearest_passage(exact: str) -> None:
    assert difference(TEXT, exact) is None


def test_a_long_quote_that_shares_a_few_letters_only_comes_near_nothing() -> None:
    assert difference(TEXT, "The " + "x" * 100) is None


@BOUNDED
@given(st.text(alphabet="abc ", min_size=1, max_size=40), st.text(alphabet="abc ", min_size=1, max_size=20))
def test_the_spans_lie_in_the_quote_and_in_the_text(text: str, exact: str) -> None:
    found = difference(text, exact) if exact not in text else None
    if found is not None:
        assert 0 <= found.quoted[0] <= found.quoted[1] <= len(exact)
        assert 0 <= found.text[0] <= found.text[1] <= len(text)
        assert found.quoted[0] == 0 or exact[: found.quoted[0]] == text[found.text[0] - found.quoted[0] : found.text[0]]


@BOUNDED
@given(st.integers(0, 400), st.integers(20, 120), st.integers(0, 200))
def test_one_changed_letter_is_marked_by_its_word(start: int, length: int, at: int) -> None:
    words = random.Random(5).choices(["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"], k=100)
    text = " ".join(f"{word}{number}" for number, word in enumerate(words))
    exact = text[start : start + length]
    at %= len(exact)
    found = difference(text, exact[:at] + "#" + exact[at + 1 :])
    assert found is not None
    assert found.quoted[0] <= at < found.quoted[1]


def naively(text: str, exact: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The passage that shares the longest beginning or end with a quote, by trying every length and every place."""

    def longest(most: int, found: Callable[[int], int]) -> int:
        return max(length for length in range(most + 1) if found(length) >= 0)

    size = len(exact)
    head = longest(size, lambda length: text.find(exact[:length]))
    tail = longest(size, lambda length: text.find(exact[size - length :]))
    if max(head, tail) < 3:
        return None
    spans = nearest_spans(text, exact, head, tail, longest)
    (begin, end), (start, stop) = spans
    whole = text[start - begin : stop + size - end]
    rows = [exact[at : at + 3] for at in range(size - 2)]
    return spans if sum(row in whole for row in rows) >= len(rows) / 3 else None


def nearest_spans(
    text: str, exact: str, head: int, tail: int, longest: Callable[[int, Callable[[int], int]], int]
) -> tuple[tuple[int, int], tuple[int, int]]:
    size = len(exact)
    if head >= tail:
        begin = text.find(exact[:head]) + head
        near = text[begin : begin + 2 * size]
        rest = longest(size - head, lambda length: near.find(exact[size - length :]))
        if rest < 3:
            return (head, size), (begin, min(begin + size - head, len(text)))
        return (head, size - rest), (begin, begin + near.find(exact[size - rest :]))
    stop = text.find(exact[size - tail :])
    first = max(0, stop - 2 * size)
    near = text[first:stop]
    rest = longest(size - tail, lambda length: near.find(exact[:length]))
    if rest < 3:
        return (0, size - tail), (max(0, stop - (size - tail)), stop)
    return (rest, size - tail), (first + near.find(exact[:rest]) + rest, stop)


@pytest.fixture
def unwidened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotes, "_widened", lambda text, exact, quoted, passage: Difference(quoted, passage))


@pytest.mark.usefixtures("unwidened")
def test_the_nearest_passage_is_that_of_trying_every_length_and_place() -> None:
    cases = [(text, exact) for text in words_of("ab", range(7, 9)) for exact in words_of("ab", range(2, 7))]
    cases.append(("abcd" + "x" * 60 + "abcyyqrstuv", "abcdzqrstuv"))  # the longest beginning stands too far away
    draw = random.Random(7)
    for _ in range(3000):
        text = "".join(draw.choices("abcd", k=draw.randrange(5, 90)))
        start = draw.randrange(len(text))
        exact = text[start : start + draw.randrange(4, 40)]
        for _ in range(draw.randrange(1, 4)):
            cut = draw.randrange(len(exact) + 1)
            exact = exact[:cut] + "".join(draw.choices("abcdx", k=draw.randrange(8))) + exact[cut + draw.randrange(4) :]
        cases.append((text, exact))
    compared = 0
    for text, exact in cases:
        if exact and exact not in text:
            found, compared = difference(text, exact), compared + 1
            assert (found and (found.quoted, found.text)) == naively(text, exact), (text, exact)
    assert compared > 10_000


@pytest.mark.parametrize(
    ("plain", "others", "only"),
    [
        ('"', "“”„«»", Only.LOOK_ALIKE),
        ("'", "‘’‚‹›`´", Only.LOOK_ALIKE),
        ("-", "–—−‐‑", Only.LOOK_ALIKE),
        (" ", "\u00a0\u202f\u2009\t\n\r", Only.WHITE_SPACE),
    ],
)
def test_marks_dashes_and_spaces_look_like_the_plain_one(plain: str, others: str, only: Only) -> None:
    for other in others:
        found = difference(f"he met{other}the minister", f"met{plain}the")
        assert found == Difference((3, 4), (6, 7), only)
    found = difference(f"he met{plain}the minister", "metXthe")
    assert found is not None
    assert found.only is None


def test_a_passage_comes_near_that_has_a_third_of_the_rows_of_three_characters() -> None:
    # The text has `The` and `he ` of the quote; every `q` makes one row more.
    assert difference("The president", "The qqqq") == Difference((4, 8), (4, 8))
    assert difference("The president", "The qqqqq") is None
    assert difference("a presid ent", "qqqq ent") == Difference((0, 4), (4, 8))
    assert difference("a presid ent", "qqqqq ent") is None
    assert difference("The president", "Thq") is None


def test_a_passage_that_shares_little_more_than_its_first_word_does_not_come_near() -> None:
    assert difference("The ceremony was part of a wider programme of the king.", "The king of Siam ate a melon") is None


def test_a_quote_of_many_words_comes_near_though_its_first_and_last_words_differ() -> None:
    text = "On Monday the president of the republic met the minister in the capital of his country."
    found = difference(text, text.replace("Monday", "Sunday").replace("his", "her"))
    assert found == Difference((3, 78), (3, 78))
    assert (text[3:9], text[75:78]) == ("Monday", "his")


def test_only_the_first_two_thousand_characters_tell_whether_a_passage_comes_near() -> None:
    words = "".join(f"{number:04}" for number in range(500))
    rows = 2000 // 3  # of the quote that are to be found, so that it comes near: two characters more
    assert difference(words, words[: rows + 2] + "q" * 5000) is not None
    assert difference(words, words[: rows + 1] + "q" * 5000) is None


def test_of_passages_that_only_look_otherwise_the_first_is_taken_and_only_what_differs_marked() -> None:
    text = "Then he said “we go” and she said “we go” twice."
    assert difference(text, 'said "we go" and') == Difference((5, 12), (13, 20), Only.LOOK_ALIKE)
    assert difference(text, '"we go"') == Difference((0, 7), (13, 20), Only.LOOK_ALIKE)
    assert Difference((0, 1), (0, 1))[2:] == (None, 0)


@pytest.mark.parametrize(
    ("text", "exact", "spans", "wide"),
    [
        # A word that the quote leaves out is told with the space behind it.
        ("he met the old minister", "he met the minister", ((10, 10), (10, 14)), ((11, 11), (11, 15))),
        ("he met the man", "he met the", ((10, 10), (10, 14)), ((10, 10), (10, 14))),
        ("he met the man now", "he met the", ((10, 10), (10, 14)), ((10, 10), (10, 14))),
        ("he met", "he met him", ((3, 6), (3, 6)), ((3, 6), (3, 6))),
        # Letters are told with their word, on either side, as far as both have one.
        ("he mat", "he metro", ((4, 5), (4, 5)), ((3, 6), (3, 6))),
        ("met, x", "mee, x", ((2, 3), (2, 3)), ((0, 3), (0, 3))),
        ("met, x", "metro x", ((3, 5), (3, 4)), ((3, 5), (3, 4))),
        ("a met. x", "a mel. x", ((4, 5), (4, 5)), ((2, 5), (2, 5))),
        # Where words have no spaces between them, only what differs is told; a sign stands with its letter.
        ("会见了国防部长。", "会见了外交部长。", ((3, 8), (3, 8)), ((3, 5), (3, 5))),
        ("24日に会談", "25日に会談", ((1, 2), (1, 2)), ((0, 2), (0, 2))),
        ("กรุงเทพ", "กรูงเทพ", ((2, 3), (2, 3)), ((1, 3), (1, 3))),
        ("24일 회담", "25일 회담", ((1, 2), (1, 2)), ((0, 3), (0, 3))),
        ("सोमवार को", "मंगलवार को", ((0, 4), (0, 3)), ((0, 7), (0, 6))),
    ],
)
def test_spans_are_widened_to_words(
    text: str,
    exact: str,
    spans: tuple[tuple[int, int], tuple[int, int]],
    wide: tuple[tuple[int, int], tuple[int, int]],
) -> None:
    assert quotes._widened(text, exact, *spans)[:2] == wide


@pytest.mark.parametrize(
    ("quoted", "passage", "alone"),
    [
        ("met  the", "met the", "white space"),
        ("met the", "metthe", "white space"),
        ("Met The", "met the", "capital letters"),
        ("met, the", "met the", "punctuation"),
        ("met the", "met the.", "punctuation"),
        ("Met, the", "met the", None),
        ("metxthe", "met the", None),
        ("straße", "strasse", None),
        ("Cafe\u0301", "Caf\u00e9", "how letters with accents are composed (Unicode normalisation)"),
        ("Secret\u0430ry", "Secretary", "characters that look alike"),
        ("\ufb01nal", "final", "characters that look alike"),
        ("It\u00b4s", "It's", "characters that look alike"),
        ("min\u200bister", "minister", "characters that show nothing"),
        ("minister", "min\u00adister", "characters that show nothing"),
        ("m" * 2000 + ",", "m" * 2000, None),
        ("m" * 1999 + ",", "m" * 1999, "punctuation"),
        ("m" * 2000, "m" * 2000 + ",", None),
    ],
)
def test_what_alone_differs_between_two_passages(quoted: str, passage: str, alone: str | None) -> None:
    assert quotes._only(quoted, passage) == alone


def test_spans_are_plain_offsets() -> None:
    assert difference("he met the minister today", "met the secretary today") == Difference((8, 17), (11, 19), None)


@pytest.mark.parametrize(
    ("text", "exact", "spans", "only"),
    [
        # All that differs is in the spans, look-alikes before and after it too.
        ("a “we will opne” b “", 'a "we will open" b “', ((2, 16), (2, 16)), None),
        ("a – we will opne the door b", "a - we will open the door b", ((2, 16), (2, 16)), None),
        ("a we will xpne the – b", "a we will open the - b", ((10, 20), (10, 20)), None),
        ("a we said –yes before", "a we said -no before", ((10, 13), (10, 14)), None),
        ("ab we said –yes before", "ab we said -no before", ((11, 14), (11, 15)), None),
        # Capitals of the whole.
        ("They said: the work had only begun.", "THE WORK HAD ONLY BEGUN", ((0, 23), (11, 34)), Only.CASE),
        ("an İstanbul talk", "an istanbul", ((3, 11), (3, 11)), Only.CASE),
        ("the – Work", "The - work", ((0, 10), (0, 10)), None),
    ],
)
def test_the_spans_hold_everything_that_differs(
    text: str, exact: str, spans: tuple[tuple[int, int], tuple[int, int]], only: Only | None
) -> None:
    found = difference(text, exact)
    assert found is not None
    assert (found[:2], found.only, found.shared) == (spans, only, 0)


@BOUNDED
@given(st.text(alphabet="ab–-AB ", min_size=1, max_size=40), st.text(alphabet="ab-–A ", min_size=3, max_size=20))
def test_before_the_first_character_that_differs_all_is_the_same(text: str, exact: str) -> None:
    found = difference(text, exact) if exact not in text else None
    if found is not None:
        at, place = found.quoted[0] + found.shared, found.text[0] + found.shared
        assert at <= found.quoted[1]
        assert place <= found.text[1]
        assert exact[:at] == text[max(0, place - at) : place][-at:] or found.quoted[0] == 0
        assert exact[at : found.quoted[1]][:1] != text[place : found.text[1]][:1]


def test_letters_with_accents_may_be_composed_otherwise_in_the_whole_quote() -> None:
    text, only = "Le président a été élu.", "how letters with accents are composed (Unicode normalisation)"
    apart = unicodedata.normalize("NFD", text)
    assert len(apart) - len(text) == 4
    assert difference(text, apart[3:]) == Difference((0, len(apart) - 3), (3, 23), Only(only), 2)
    assert difference(apart, text[3:]) == Difference((0, 20), (3, len(apart)), Only(only), 2)
    twice = difference("été – été", "e\u0301te\u0301")
    assert twice == Difference((0, 5), (0, 3), Only(only), 0)
    many = "é" * 1000
    apart = unicodedata.normalize("NFD", many)
    assert difference(f"a {many}", apart) == Difference((0, 2000), (2, 1002), Only(only), 0)
    assert difference(f"a {many}é", f"{apart}e\u0301") is None


@pytest.mark.parametrize(
    ("exact", "found"),
    [
        ("The president … the minister.", ["The president", "the minister."]),
        ("The president [...] met (…) the minister ... thanked", ["The president", "met", "the minister", "thanked"]),
        ("The president....thanked", ["The president", "thanked"]),
        ("… the minister …", ["the minister"]),
        ("The minister … The president", []),  # in another order
        ("The minister. … minister.", []),  # only one of them, and it cannot stand for both
        ("The president … the secretary", []),
        ("The president.. thanked", []),
        ("…", []),
        ("thanked", []),
    ],
)
def test_an_ellipsis_joins_pieces_that_stand_in_the_text_one_after_the_other(exact: str, found: list[str]) -> None:
    assert pieces(TEXT, exact) == found


def test_a_piece_that_stands_in_the_text_twice_may_be_the_first_of_the_two() -> None:
    assert pieces("He came. He saw. He came.", "He came … He saw") == ["He came", "He saw"]


def test_very_many_pieces_and_look_alikes_are_compared_at_once() -> None:
    began = time.process_time()
    assert pieces("ab" * 200_000 + "c", "ab…" * 100_000 + "c…c") == []
    assert pieces("ab", " " * 400_000 + "x") == []
    assert difference("e\u0301\u0316" * 200_000, "\u0301\u0316" * 1000) is None
    assert difference("x" * 400_000, "\u0301\u0316" * 200_000) is None
    assert time.process_time() - began < 2


# Findings


def test_a_finding_shows_the_quote_above_its_source() -> None:
    finding = only("met the Sylvanian trade secretary in Geneva")
    assert (finding.rule, finding.pointer) == ("evidence/not-verbatim", "/evidence/0/exact")
    assert finding.message == "the quote differs from the source at character 25"
    assert finding.help == "the source has `minister`, not `secretary`"
    assert finding.quote is not None
    assert finding.quote.quoted[slice(*finding.quote.quoted_span)] == "secretary"
    assert finding.quote.source[slice(*finding.quote.source_span)] == "minister"
    assert finding.quote.file is None
    column = EXAMPLE_TEXT.index("minister in Geneva") + 1
    assert (finding.quote.place.line, finding.quote.place.column) == (1, column)


def test_a_finding_says_what_alone_differs() -> None:
    assert only("Met the Sylvanian trade minister").help == (
        "they differ only in capital letters: the source has `met`, not `Met`"
    )


def test_a_quote_that_comes_near_nothing_is_said_not_to_occur() -> None:
    finding = only("Qwxz jkvw")
    assert finding.message == "the quote does not occur in the source"
    assert finding.quote is None
    assert finding.excerpt is not None


def test_a_quote_from_another_source_is_answered_with_that_source() -> None:
    readout = {"id": "readout", "type": "readout", "text": "The ministers held talks by the lake."}
    talks = {"source": "readout", "exact": "by the lake"}
    findings = check_value(
        example({"/sources/1": readout, "evidence": [talks, {"source": "report", "exact": "held talks"}]})
    )
    assert [(found.pointer, found.message, found.help) for found in findings] == [
        ("/evidence/1/exact", "the quote does not occur in the source", "it stands in the source `readout`")
    ]


def test_wrong_offsets_are_answered_with_the_right_ones() -> None:
    start = EXAMPLE_TEXT.index("They signed")
    finding = only("They signed", start=start + 2, end=start + 13)
    assert (finding.rule, finding.pointer) == ("evidence/offset-mismatch", "/evidence/0")
    assert finding.message == f"the quote stands at {start}–{start + 11}, not at {start + 2}–{start + 13}"
    assert finding.help == f'write "start": {start}, "end": {start + 11}'


def test_wrong_offsets_of_words_that_recur_are_answered_with_the_nearest() -> None:
    assert EXAMPLE_TEXT.count("minister") == 2
    start = EXAMPLE_TEXT.index("minister")
    finding = only("minister", start=start + 1, end=start + 9)
    assert f"stands at {start}–{start + 8} (2 times; this is the nearest), not" in finding.message


def test_a_wrong_prefix_is_answered_with_what_stands_there() -> None:
    finding = only("trade minister", prefix="Freedonian ")
    start = EXAMPLE_TEXT.index("trade minister")
    assert (finding.rule, finding.pointer) == ("evidence/context-mismatch", "/evidence/0")
    assert finding.help is not None
    assert finding.help.startswith(f"at {start}–{start + 14} it stands between `")
    assert EXAMPLE_TEXT[start - 20 : start] in finding.help


def test_words_that_recur_are_said_to_be_ambiguous() -> None:
    finding = only("minister")
    assert (finding.rule, finding.severity) == ("evidence/ambiguous", "warning")
    assert finding.message == "the quote occurs 2 times in the source"


def test_a_span_that_ends_before_it_begins_is_answered_with_the_right_one() -> None:
    start = EXAMPLE_TEXT.index("They signed")
    finding = only("They signed", start=20, end=14)
    assert (finding.rule, finding.pointer) == ("evidence/reversed-span", "/evidence/0")
    assert finding.message == "the passage starts at 20 and ends at 14"
    assert finding.help == f'write "start": {start}, "end": {start + 11}'
    assert own_help(only("minister", start=20, end=20)) is None


def test_only_the_first_hundred_quotes_of_a_record_are_compared_with_their_source() -> None:
    quotes = [{"source": "report", "exact": f"met the Sylvanian trade secretary {number}"} for number in range(120)]
    findings = check_value(example({"evidence": quotes}))
    assert [finding.quote is not None for finding in findings] == [True] * 100 + [False] * 20


def test_many_quotes_are_looked_up_as_few_are() -> None:
    words = " ".join(f"word{number}" for number in range(1100))
    quotes: list[dict[str, Any]] = [
        {"source": "report", "exact": f"word{number} word{number + 1} word{number + 2}"} for number in range(1001)
    ]
    quotes[500] = {"source": "report", "exact": "word500 word999 word502"}
    quotes[600] = {"source": "report", "exact": "word600 word601 word", "start": 3, "end": 23}
    record = example({"/sources/0/text": f"{EXAMPLE_TEXT} {words}", "evidence": quotes})
    found = [(finding.rule, finding.pointer) for finding in check_value(record)]
    assert found == [("evidence/not-verbatim", "/evidence/500/exact"), ("evidence/offset-mismatch", "/evidence/600")]


def test_a_delegation_may_have_its_evidence_with_its_members() -> None:
    evidence = [{"source": "report", "exact": "the Sylvanian trade minister"}]
    without = {"/delegations/1/evidence": None}
    (finding,) = check_value(example(without))
    assert (finding.rule, finding.pointer) == ("evidence/missing", "/delegations/1")
    assert finding.message == "the delegation has no evidence"
    assert check_value(example({**without, "/delegations/1/members/0/evidence": evidence})) == ()
    (finding,) = check_value(example({**without, "/delegations/1/members": 5}), select=("schema", "evidence"))
    assert (finding.rule, finding.pointer) == ("schema/wrong-type", "/delegations/1/members")


def test_a_quote_with_straight_marks_differs_only_in_what_looks_alike() -> None:
    text = "He said: “We’ll open the border.” Then he left."
    found = difference(text, '"We\'ll open the border."')
    assert found is not None
    assert found.only == Only.LOOK_ALIKE
    assert text[slice(*found.text)] == "“We’ll open the border.”"
