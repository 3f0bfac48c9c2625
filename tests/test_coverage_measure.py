"""Which passages of a source evidence covers, and what that evidence belongs to."""

import json
import re
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from check_records import REFERENCE, ROOT, example
from diplomatic_events.coverage.entries import NamedEntry, flatten, groups
from diplomatic_events.coverage.measure import (
    Kind,
    PlacedEvidence,
    SourceCoverage,
    beyond,
    cover,
    evidence_of,
    gaps,
    merge,
    segments,
)
from diplomatic_events.pointers import to_pointer
from diplomatic_events.schema.plan import ROOT as WHOLE
from diplomatic_events.sources.texts import Texts
from quoting import SCHEMA, record_quoting, source_of


def uncovered_words(source: SourceCoverage) -> list[str]:
    assert source.text is not None
    return [source.text[start:end] for start, end in source.uncovered]


def quotes_in(value: Any) -> list[str]:
    """The words of every piece of evidence, found without the schema."""
    if isinstance(value, list):
        return [quote for item in value for quote in quotes_in(item)]
    if not isinstance(value, dict):
        return []
    own = [piece["exact"] for piece in value.get("evidence", [])]
    return own + [quote for key, item in value.items() if key != "evidence" for quote in quotes_in(item)]


# Passages


def test_an_article_is_covered_as_far_as_a_count_of_its_own_finds() -> None:
    written = (REFERENCE / "record.json").read_bytes()
    value = json.loads(written)
    text = (REFERENCE / "article.txt").read_bytes().decode()
    marked = [char.isspace() for char in text]
    for exact in quotes_in(value):
        start = text.find(exact)
        assert start >= 0
        assert text.find(exact, start + 1) < 0 or len(exact) < 60
        marked[start : start + len(exact)] = [True] * len(exact)
    blank = sum(map(str.isspace, text))

    (source,) = cover(value, SCHEMA, Texts(REFERENCE)).sources

    assert (source.covered_characters, source.characters) == (sum(marked) - blank, len(text) - blank)
    assert source.reaches(Fraction(99))
    assert source.unplaced == ()
    assert value == json.loads(written), "the record is not changed"


def test_every_kind_of_entry_gives_its_passages_that_kind() -> None:
    quoted = [{"source": "report", "exact": "Freedonia met"}]
    related = {"id": "x", "relation": "follows-up", "title": "Earlier talks", "evidence": quoted}
    aside = {"reason": "It is of no interest.", "evidence": quoted}
    value = example(
        {"/people/0/evidence": quoted, "/parties/0/evidence": quoted, "related": [related], "irrelevant": [aside]}
    )
    assert {passage.entry: passage.kind for passage in source_of(value).passages} == {
        "": Kind.EVENT,
        "/parties/0": Kind.DELEGATION,
        "/people/0": Kind.DELEGATION,
        "/delegations/0": Kind.DELEGATION,
        "/delegations/1": Kind.DELEGATION,
        "/statements/0": Kind.STATEMENT,
        "/statements/1": Kind.STATEMENT,
        "/outcomes/0": Kind.OUTCOME,
        "/upcoming/0": Kind.ANNOUNCED,
        "/related/0": Kind.RELATED,
        "/irrelevant/0": Kind.IRRELEVANT,
    }


def test_an_alternative_is_of_the_kind_of_what_it_would_replace() -> None:
    alternative = {"value": "2022-06", "evidence": [{"source": "report", "exact": "in June"}]}
    doubt = {"target": "/upcoming/0/date", "kind": "uncertain", "basis": "It is vague.", "alternatives": [alternative]}
    found = {passage.pointer: passage for passage in source_of(example({"/annotations/0": doubt})).passages}
    passage = found["/annotations/0/alternatives/0/evidence/0"]
    assert (passage.entry, passage.kind) == ("/annotations/0/alternatives/0", Kind.ANNOUNCED)


def test_overlapping_nested_and_repeated_evidence_is_counted_once() -> None:
    source = source_of(record_quoting("abcd efgh", "abc", "bcd", "c", {"exact": "abc", "start": 0, "end": 3}))
    assert source.covered == ((0, 4),)
    assert (source.covered_characters, source.characters, source.percent) == (4, 8, "50.0")
    assert uncovered_words(source) == ["efgh"]
    assert [(passage.start, passage.end) for passage in source.passages] == [(0, 3), (0, 3), (1, 4), (2, 3)]


def test_of_passages_that_begin_together_the_longest_comes_first() -> None:
    passages = source_of(record_quoting("abcde fgh", "abcde", "abcde fgh")).passages
    assert [(passage.start, passage.end) for passage in passages] == [(0, 9), (0, 5)]


def test_a_hundred_percent_means_all_that_is_not_blank() -> None:
    source = source_of(record_quoting("a" * 4000 + " b", "a" * 4000))
    assert source.percent == "99.9"
    assert not source.reaches(Fraction(100))
    assert source_of(record_quoting("\ufeffa\u200b \n", "a")).percent == "100.0"


def test_a_text_of_nothing_but_blanks_counts_as_none() -> None:
    source = source_of(record_quoting(" \n\u3000\ufeff"))
    assert (source.text, source.no_text) == (None, "no text: it is blank")


def test_a_discontinuous_quote_leaves_its_gap_uncovered() -> None:
    assert uncovered_words(source_of(record_quoting("He will, he said, come.", "He will,", "come."))) == ["he said,"]


def test_words_that_occur_twice_count_only_where_offsets_or_context_settle_which() -> None:
    text = "Yes, he said. Yes, she said."
    unsettled = source_of(record_quoting(text, "Yes,"))
    assert unsettled.covered == ()
    assert unsettled.unplaced[0].reason == "its words occur 2 times, and nothing says which is meant"
    assert source_of(record_quoting(text, {"exact": "Yes,", "start": 14, "end": 18})).covered == ((14, 18),)
    assert source_of(record_quoting(text, {"exact": "Yes,", "suffix": " she"})).covered == ((14, 18),)


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        ({"exact": "No."}, "it does not occur in the text"),
        ({"exact": "Yes.", "start": 3, "end": 7}, "it is at offset 0, not 3"),
        ({"exact": "Yes.", "start": 4, "end": 0}, "its passage starts at 4 and ends at 0"),
        ({"exact": "Yes.", "prefix": "O "}, "its words occur, but not with this prefix and suffix"),
    ],
)
def test_evidence_that_is_not_found_covers_nothing_and_is_listed(evidence: dict[str, Any], reason: str) -> None:
    source = source_of(record_quoting("Yes. I do.", evidence))
    assert source.covered == ()
    (unplaced,) = source.unplaced
    assert (unplaced.entry, unplaced.kind, unplaced.reason) == ("/statements/0", Kind.STATEMENT, reason)


def test_what_only_joins_two_passages_counts_as_little_as_a_blank() -> None:
    source = source_of(record_quoting("He came, and he spoke.", "He came", "he spoke"))
    assert (source.percent, source.characters, source.uncovered) == ("100.0", 13, ())


def test_what_is_evidence_only_for_the_event_as_a_whole_is_shown_apart() -> None:
    whole = [{"source": "report", "exact": "They met and spoke on Monday."}]
    source = source_of(record_quoting("They met and spoke on Monday. Then they left.", "spoke", evidence=whole))
    assert source.text is not None
    assert [source.text[slice(*span)] for span in source.event_only] == ["They met and", "on Monday."]
    assert (source.event_only_characters, source.covered_characters, source.characters) == (10 + 9, 24, 37)
    assert (source.percent, source.event_only_percent) == ("64.8", "51.3")


def aside(*quotes: str, text: str) -> SourceCoverage:
    """A text whose beginning is covered, and from which a record sets these passages aside."""
    evidence = [{"source": "report", "exact": quote} for quote in quotes]
    return source_of(record_quoting(text, "They met.", irrelevant=[{"reason": "A menu.", "evidence": evidence}]))


def test_a_passage_that_is_set_aside_is_neither_covered_nor_expected_to_be() -> None:
    source = aside("Read more.", text="They met. Read more. They left.")
    assert (source.percent, source.covered_characters, source.characters) == ("47.0", 8, 8 + 9)
    assert uncovered_words(source) == ["They left."]


def test_a_text_that_is_set_aside_but_for_what_is_covered_is_covered_whole() -> None:
    source = aside("Read more.", text="They met. Read more.")
    assert (source.percent, source.irrelevant, source.irrelevant_characters) == ("100.0", ((10, 20),), 9)


def test_what_is_set_aside_and_yet_evidence_is_covered() -> None:
    source = aside("They met. Read more.", text="They met. Read more.")
    assert (source.covered, source.irrelevant) == (((0, 9),), ((10, 20),))


def test_a_text_that_is_set_aside_whole_lacks_nothing() -> None:
    value = record_quoting(
        "Menu", irrelevant=[{"reason": "A menu.", "evidence": [{"source": "report", "exact": "Menu"}]}]
    )
    source = source_of(value)
    assert (source.percent, source.characters, source.reaches(Fraction(100))) == ("100.0", 0, True)


def test_offsets_count_code_points() -> None:
    source = source_of(record_quoting("𝔸𝔹 😀 end", {"exact": "😀", "start": 3, "end": 4}))
    assert source.covered == ((3, 4),)
    assert uncovered_words(source) == ["𝔸𝔹", "end"]


def spans(limit: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    return st.lists(st.tuples(st.integers(0, limit), st.integers(0, limit)).filter(lambda span: span[0] < span[1]))


@given(st.data(), st.text(alphabet="ab \n\r\t\u3000😀", min_size=1, max_size=30))
def test_covered_and_uncovered_spans_hold_each_character_that_is_not_blank_once(data: st.DataObject, text: str) -> None:
    wanted = data.draw(spans(len(text)))
    covered_spans = merge(wanted)
    uncovered_spans = gaps(text, covered_spans)
    marks = [0] * len(text)
    for start, end in (*covered_spans, *uncovered_spans):
        for offset in range(start, end):
            marks[offset] += 1
    assert all(mark == 1 or (mark == 0 and char.isspace()) for mark, char in zip(marks, text, strict=True))
    for start, end in uncovered_spans:
        assert text[start:end] == text[start:end].strip() != ""
        assert not any(first < end and start < last for first, last in wanted)


@given(st.data(), st.text(alphabet="ab \n", min_size=1, max_size=30))
def test_what_spans_have_beyond_others_is_each_character_of_theirs_that_is_not_blank(
    data: st.DataObject, text: str
) -> None:
    whole, without = (merge(data.draw(spans(len(text)))) for _ in range(2))
    wanted = {
        offset
        for offset, char in enumerate(text)
        if not char.isspace()
        and any(start <= offset < end for start, end in whole)
        and not any(start <= offset < end for start, end in without)
    }
    found = [offset for start, end in beyond(text, whole, without) for offset in range(start, end)]
    assert len(found) == len(set(found))
    assert {offset for offset in found if not text[offset].isspace()} == wanted


@given(st.data(), st.integers(1, 30))
def test_segments_are_the_text_cut_where_passages_begin_and_end(data: st.DataObject, length: int) -> None:
    passages = [PlacedEvidence(start, end, "", "", Kind.EVENT) for start, end in data.draw(spans(length))]
    cut = list(segments(length, passages))
    assert [start for start, _, _ in cut] == [0, *(end for _, end, _ in cut[:-1])]
    assert cut[-1][1] == length
    for start, end, indexes in cut:
        assert indexes == tuple(n for n, passage in enumerate(passages) if passage.start < end and start < passage.end)


# Entries


def entry_of(value: dict[str, Any], pointer: str) -> NamedEntry:
    (entry,) = (entry for entry in flatten(groups(value, SCHEMA)) if entry.pointer == pointer)
    return entry


def carriers(definition: str = WHOLE, here: str = "") -> set[str]:
    """Every place of the schema that may have evidence."""
    found: set[str] = set()
    for key, step in SCHEMA.plan.steps[definition].items():
        if step.action == "object":
            there = f"{here}/{key}/*" if step.many else f"{here}/{key}"
            found |= {here} if step.detail == "evidence" else carriers(step.detail, there)
    return found


def test_whatever_may_carry_evidence_does_so_in_an_example_and_is_an_entry_with_a_name() -> None:
    carried: set[str] = set()
    for file in ROOT.glob("examples/*/record.json"):
        value = json.loads(file.read_bytes())
        entries = list(flatten(groups(value, SCHEMA)))
        named = {entry.pointer for entry in entries}
        named |= {pointer for entry in entries for doubt in entry.doubts for pointer, _ in doubt.alternatives}
        carrying = {to_pointer(path[:-2]) for path, _ in evidence_of(SCHEMA.hold(value).found)}
        assert carrying <= named
        carried |= {re.sub("[0-9]+", "*", pointer) for pointer in carrying}
    assert carried == carriers()


def test_the_words_of_an_entry_name_what_it_says() -> None:
    aides = {"id": "m", "office": {"title": "aides"}, "several": True, "count": 4}
    value = record_quoting(
        "Yes.",
        "Yes.",
        parties=[{"id": "a", "type": "other", "name": "A"}, {"id": "b", "type": "other", "name": "B"}],
        delegations=[{"id": "d", "party": "a", "capacity": "participant", "members": [aides]}],
        places=[{"name": "Palace", "venue": "Hall 2", "city": "Geneva", "country": "CHE"}],
    )
    value["statements"][0] |= {"onBehalfOf": ["b", "nobody"], "reportedBy": "a", "channel": "letter", "date": "2021-05"}
    value["sources"][0] |= {"title": "The talks", "publisher": "The Daily"}
    assert entry_of(value, "/delegations/0/members/0").title == "aides (4)"
    assert entry_of(value, "/statements/0").details == "A · for B, nobody · reported by A · indirect · letter · 2021-05"
    assert entry_of(value, "/sources/0").title == "The talks"
    assert entry_of(value, "").details == "meeting · held · 2021-05-03 · Palace, Hall 2, Geneva, CHE"


@pytest.mark.parametrize(
    ("target", "pointer", "place"),
    [
        ("/statusChange/date", "/statusChange", "date"),
        ("/statusChange", "/statusChange", ""),
        ("/delegations/0/members/0", "/delegations/0/members/0", ""),
        ("/delegations/0/members/0/office/title", "/delegations/0/members/0", "office.title"),
        ("/delegations/0/capacity", "/delegations/0", "capacity"),
        ("/date", "", "date"),
    ],
)
def test_a_doubt_stands_with_the_entry_that_it_is_about(target: str, pointer: str, place: str) -> None:
    members = [{"id": "m", "office": {"title": "envoy"}}]
    value = record_quoting(
        "Yes.",
        delegations=[{"id": "d", "party": "a", "capacity": "participant", "members": members}],
        statusChange={"date": "2021-05-01", "evidence": [{"source": "report", "exact": "Yes."}]},
        annotations=[{"target": target, "kind": "uncertain", "basis": "A rumour."}],
    )
    entries = [entry for entry in flatten(groups(value, SCHEMA)) if entry.doubts]
    assert {entry.pointer: [doubt.place for doubt in entry.doubts] for entry in entries} == {pointer: [place]}


def test_an_alternative_is_shown_in_the_words_that_it_has_and_without_its_id() -> None:
    other = {"id": "x", "type": "treaty", "title": "Memo", "evidence": [{"source": "report", "exact": "Yes."}]}
    doubt = {"target": "/statements/0", "kind": "uncertain", "alternatives": [{"value": other}]}
    (found,) = entry_of(record_quoting("Yes.", "Yes.", annotations=[doubt]), "/statements/0").doubts
    assert found.alternatives == (("/annotations/0/alternatives/0", "treaty, Memo"),)
