"""Evidence: what is said of a quote that does not stand where it should."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from check_records import check_value, example, own_help
from diplomatic_events.findings import Finding, Region
from diplomatic_events.rulebook import EXAMPLE_TEXT


def found(change: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.pointer) for finding in check_value(example(change))]


def only(change: dict[str, Any]) -> Finding:
    (finding,) = check_value(example(change))
    return finding


READOUT = {"id": "readout", "type": "readout"}


def test_evidence_from_a_source_without_a_text_does_not_hide_that_of_others() -> None:
    pieces = [{"source": "readout", "exact": "They met."}, {"source": "report", "exact": "met the Sylvanian envoy"}]
    assert found({"/sources/1": READOUT, "evidence": pieces}) == [
        ("evidence/text-unavailable", "/sources/1"),
        ("evidence/not-verbatim", "/evidence/1/exact"),
    ]


def test_many_pieces_of_evidence_may_be_from_a_source_without_a_text() -> None:
    pieces = [{"source": "readout", "exact": f"They met {number} times."} for number in range(1001)]
    assert found({"/sources/1": READOUT, "evidence": pieces}) == [("evidence/text-unavailable", "/sources/1")]


def test_only_the_first_hundred_quotes_that_do_not_occur_are_compared() -> None:
    other = {**READOUT, "text": "They spoke of fish at length."}
    pieces = [{"source": "report", "exact": f"met the Sylvanian envoy {number}"} for number in range(100)]
    elsewhere = {"source": "report", "exact": "spoke of fish at length"}
    cited = {"source": "readout", "exact": "They spoke"}
    findings = check_value(example({"/sources/1": other, "evidence": [*pieces, elsewhere, cited]}))
    assert [(finding.message, finding.help) for finding in findings[:100]] == [
        ("the quote differs from the source at character 19", f"the source has `trade m{'iniste'[: len(str(number)) - 1]}…`, not `envoy {number}`")
        for number in range(100)
    ]  # fmt: skip
    assert [(finding.message, finding.help) for finding in findings[100:]] == [
        ("the quote does not occur in the source", "copy the passage from the source")
    ]
    findings = check_value(example({"/sources/1": other, "evidence": [*pieces[1:], elsewhere, cited]}))
    assert findings[-1].help == "it stands in the source `readout`"


def test_a_quote_that_stands_in_another_source_is_told_so_even_where_it_comes_near_a_passage() -> None:
    other = {**READOUT, "text": "She met the Sylvanian envoy."}
    pieces = [{"source": "report", "exact": "met the Sylvanian envoy"}, {"source": "readout", "exact": "She met"}]
    finding = only({"/sources/1": other, "evidence": pieces})
    assert (finding.message, finding.help) == (
        "the quote does not occur in the source",
        "it stands in the source `readout`",
    )


def test_a_quote_that_stands_more_than_once_has_the_nearest_place_named() -> None:
    places = [place for place in range(len(EXAMPLE_TEXT)) if EXAMPLE_TEXT.startswith("minister", place)]
    finding = only({"evidence": [{"source": "report", "exact": "minister", "start": 150, "end": 158}]})
    assert len(places) == 2
    assert abs(places[1] - 150) < abs(places[0] - 150)
    span = f"{places[1]}–{places[1] + 8}"
    assert finding.message == f"the quote stands at {span} (2 times; this is the nearest), not at 150–158"


def test_the_right_offsets_are_told_only_where_the_quote_stands_once() -> None:
    for exact in ("minister", "ambassador"):
        finding = only({"evidence": [{"source": "report", "exact": exact, "start": 9, "end": 9}]})
        assert (finding.rule, own_help(finding)) == ("evidence/reversed-span", None)


def test_the_context_is_told_up_to_the_ends_of_the_text() -> None:
    text = "They met."
    for exact, prefix, around in (
        ("They", "x", "at 0–4 it stands between `` and ` met.`"),
        ("met.", "x", "at 5–9 it stands between `They ` and ``"),
    ):
        change = {
            "/sources/1": {**READOUT, "text": text},
            "evidence": [{"source": "readout", "exact": exact, "prefix": prefix}],
        }
        assert only(change).help == around


@pytest.mark.parametrize(
    ("name", "noun"), [("delegations", "delegation"), ("outcomes", "outcome"), ("upcoming", "upcoming event")]
)
def test_what_has_no_evidence_is_called_by_its_name(name: str, noun: str) -> None:
    findings = check_value(example({f"/{name}/0/evidence": None}))
    assert ("evidence/missing", f"/{name}/0", f"the {noun} has no evidence") in [
        (finding.rule, finding.pointer, finding.message) for finding in findings
    ]


def test_a_quote_that_stands_at_the_very_beginning_is_told_so() -> None:
    finding = only({"evidence": [{"source": "report", "exact": "GENEVA", "start": 5, "end": 11}]})
    assert (finding.rule, finding.help) == ("evidence/offset-mismatch", 'write "start": 0, "end": 6')
    assert finding.message == "the quote stands at 0–6, not at 5–11"


def test_the_passage_that_comes_nearest_is_shown_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "readout.txt").write_text("They met in Geneva.", encoding="utf-8")
    quote = {"source": "readout", "exact": "They met in Vienna."}
    change = {"/sources/1": {**READOUT, "textFile": "readout.txt"}, "/evidence/1": quote}
    (finding,) = check_value(example(change), tmp_path)
    assert finding.quote is not None
    assert finding.quote.file is not None
    assert Path(finding.quote.file).name == "readout.txt"
    (finding,) = check_value(example({"/sources/1": {**READOUT, "text": "They met in Geneva."}, "/evidence/1": quote}))
    assert finding.quote is not None
    assert finding.quote.file is None


def told(text: str, exact: str) -> tuple[str, str | None]:
    """What is said of a quote that does not stand in a text."""
    source = {**READOUT, "text": text}
    finding = only({"/sources/1": source, "evidence": [{"source": "readout", "exact": exact}]})
    return finding.message, finding.help


def differs(at: int, help: str) -> tuple[str, str]:
    return f"the quote differs from the source at character {at}", help


LONG = "a" * 50


@pytest.mark.parametrize(
    ("text", "exact", "at", "help"),
    [
        ("The work had only begun.", "work had only began", 18, "the source has `begun`, not `began`"),
        ("It takes patience to talk.", "takes patiense to", 13, "the source has `patience`, not `patiense`"),
        ("He met the old minister.", "He met the minister.", 12, "the source has `old ` as well"),
        ("He met the minister.", "He met the old minister.", 12, "the source does not have `old `"),
        (
            "THE WORK HAD ONLY BEGUN", "The work", 2,
            "they differ only in capital letters: the source has `THE WORK`, not `The work`",
        ),
        ("He met the minister now.", "the minister, now", 13, "they differ only in punctuation: the source does not have `,`"),
        (
            "The Secretary spoke.", "The Secret\u0430ry spoke", 11,
            ("they differ only in characters that look alike: the quote has U+0430 (CYRILLIC SMALL LETTER A), the source "
             "U+0061 (LATIN SMALL LETTER A)"),
        ),
        (
            "The mini\u00adster spoke.", "The minister spoke", 9,
            "they differ only in characters that show nothing: the quote has nothing, the source U+00AD (SOFT HYPHEN)",
        ),
        (
            "The minister spoke.", "The min\u200bister spoke", 8,
            "they differ only in characters that show nothing: the quote has U+200B (ZERO WIDTH SPACE), the source nothing",
        ),
        (
            "The minister\nspoke.", "minister spoke", 9,
            "they differ only in white space: the quote has U+0020 (SPACE), the source U+000A (LINE FEED)",
        ),
        (
            "Son Café ferme.", "Cafe\u0301 ferme", 4,
            "they differ only in how letters with accents are composed (Unicode normalisation)",
        ),
        # Of a word that is very long, the part that differs is shown; and so of one that ends behind the passage.
        (f"{LONG}bc", f"{LONG}xc", 51, f"the source has `…{'a' * 20}bc`, not `…{'a' * 20}xc`"),
        (f"{LONG[:20]}bc", f"{LONG[:20]}xc", 21, f"the source has `{'a' * 20}bc`, not `{'a' * 20}xc`"),
        ("They met the ministers", "They met the envoy", 14, "the source has `minis…`, not `envoy`"),
        ("They met the ministers now", "They met the diplomat", 14, "the source has `minister…`, not `diplomat`"),
        ("They met the envoy.", "They met the envoy, x", 19, "the source has `.`, not `, x`"),
    ],
)  # fmt: skip
def test_what_differs_is_said_in_words_or_by_characters(text: str, exact: str, at: int, help: str) -> None:
    assert told(text, exact) == differs(at, help)


def test_the_place_in_the_source_is_that_of_the_first_character_that_differs() -> None:
    source = {**READOUT, "text": "They met.\nIt takes patience to talk."}
    finding = only({"/sources/1": source, "evidence": [{"source": "readout", "exact": "takes patiense to"}]})
    assert finding.quote is not None
    assert finding.quote.place == Region(2, 16, 2, 18)
    assert finding.quote.source[slice(*finding.quote.source_span)] == "patience"


@pytest.mark.parametrize(
    ("exact", "help"),
    [
        ("They met … left", "quote its 2 pieces one by one, each in an entry of its own"),
        ("They [...] in ... left.", "quote its 3 pieces one by one, each in an entry of its own"),
        ("… in Geneva", "leave out the ellipsis, which does not stand in the source"),
        ("Nobody … left", "copy the passage from the source"),
        ("Nobody came", "copy the passage from the source"),
    ],
)
def test_a_quote_with_an_ellipsis_is_to_be_taken_apart(exact: str, help: str) -> None:
    assert told("They met in Geneva. Then they left.", exact) == ("the quote does not occur in the source", help)


def test_only_the_first_hundred_quotes_that_do_not_occur_are_taken_apart() -> None:
    pieces = [{"source": "report", "exact": f"GENEVA … {number} … They signed"} for number in range(100)]
    last = {"source": "report", "exact": "GENEVA … They signed"}
    assert check_value(example({"evidence": [*pieces, last]}))[-1].help == "copy the passage from the source"
    assert check_value(example({"evidence": [*pieces[1:], last]}))[-1].help == (
        "quote its 2 pieces one by one, each in an entry of its own"
    )


@pytest.mark.parametrize(
    ("encoding", "size", "unit"), [("utf-8", 1, "bytes of UTF-8"), ("utf-16-le", 2, "UTF-16 code units")]
)
def test_an_offset_in_another_unit_is_said_to_be_one(encoding: str, size: int, unit: str) -> None:
    text, exact = "😀 杨毅 met the minister in Geneva.", "in Geneva"
    start = len(text[: text.index(exact)].encode(encoding)) // size
    quote = {"source": "readout", "exact": exact, "start": start, "end": start + len(exact)}
    change = {"/sources/1": {"id": "readout", "type": "readout", "text": text}, "/evidence/1": quote}
    (finding,) = check_value(example(change))
    right = text.index(exact)
    assert finding.help == (
        f'write "start": {right}, "end": {right + 9}; the offset counts {unit}, and must count Unicode code points'
    )


SUMMARY = "A short note on the talks about trade, and on what the two of them said to the press afterwards."
NEAR = ["met the Sylvanian envoy in Geneva", "We will close the border", "They signed a treaty on border trade"]


def of_evidence(change: dict[str, Any]) -> list[Finding]:
    return [finding for finding in check_value(example(change)) if finding.rule.startswith("evidence/")]


def test_a_text_that_is_another_one_is_one_finding_for_all_quotes_of_it() -> None:
    (finding,) = of_evidence({"/sources/0/text": SUMMARY})
    assert (finding.rule, finding.pointer) == ("evidence/not-verbatim", "/sources/0/text")
    assert finding.message == "no quote of `report` stands in its text, and hardly any comes near it"
    assert finding.help == (
        "store the text that the quotes were copied from; this one may be a summary, a translation or another version"
    )


def test_a_quote_that_a_replaced_text_happens_to_have_elsewhere_changes_nothing() -> None:
    (finding,) = of_evidence({"/sources/0/text": f"Held in Geneva. {SUMMARY}"})
    assert finding.message == "6 of 7 quotes of `report` do not stand in its text, and hardly any comes near it"


def test_a_digest_that_a_replaced_text_does_not_have_is_not_to_be_written_anew() -> None:
    findings = of_evidence({"/sources/0/text": SUMMARY, "/sources/0/sha256": "0" * 64})
    assert {finding.rule: finding.help for finding in findings}[
        "evidence/hash-mismatch"
    ] == "restore the text that was coded"


@pytest.mark.parametrize("number", [2, 3])
def test_quotes_that_come_near_their_text_and_few_quotes_are_reported_each_by_itself(number: int) -> None:
    quoted = [{"source": "readout", "exact": exact} for exact in NEAR]
    near = {"/sources/1": {**READOUT, "text": EXAMPLE_TEXT}, "evidence": quoted[:number]}
    few = {"/sources/1": {**READOUT, "text": SUMMARY}, "evidence": quoted[:2]}
    each = [("evidence/not-verbatim", f"/evidence/{at}/exact") for at in range(number)]
    assert found(near) == each
    assert found(few) == each[:2]


def test_quotes_that_stand_in_another_source_are_sent_there_each_by_itself() -> None:
    quoted = [{"source": "readout", "exact": exact} for exact in ("Foreign Minister", "in Geneva", "They signed")]
    findings = check_value(example({"/sources/1": {**READOUT, "text": SUMMARY}, "evidence": quoted}))
    assert [finding.help for finding in findings] == ["it stands in the source `report`"] * 3


@pytest.mark.parametrize(
    ("text", "exact", "help"),
    [
        ("中国国防部长会见了他。", "中国外交部长会见了他", "the source has `国防`, not `外交`"),
        (
            "両首脳は経済協力について話した。",
            "両首脳は安全保障について話した",
            "the source has `経済協力`, not `安全保障`",
        ),
        ("รัฐมนตรีกล่าวว่าจะเปิดพรมแดน", "รัฐมนตรีกล่าวว่าจะปิดพรมแดน", "the source has `เ` as well"),
        ("Die Ministerin reiste ab.", "Die Minister reiste ab", "the source has `Ministerin`, not `Minister`"),
        ("बैठक सोमवार को हुई।", "बैठक मंगलवार को हुई", "the source has `सोमवार`, not `मंगलवार`"),
    ],
)
def test_a_difference_is_shown_by_character_where_no_spaces_part_words_and_by_word_elsewhere(
    text: str, exact: str, help: str
) -> None:
    change = {"/sources/1": {**READOUT, "text": text}, "evidence": [{"source": "readout", "exact": exact}]}
    assert only(change).help == help


def test_of_two_sources_with_one_id_each_is_judged_by_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "readout.txt").write_text("They met in Geneva.", encoding="utf-8")
    there, lost = {**READOUT, "textFile": "readout.txt"}, {**READOUT, "textFile": "lost.txt"}
    for sources in ([READOUT, lost], [there, lost], [lost, READOUT], [lost, there]):
        findings = check_value(example({"/sources/1": sources[0], "/sources/2": sources[1]}), tmp_path)
        places = [finding.pointer for finding in findings if finding.rule == "evidence/text-file-missing"]
        assert places == [f"/sources/{sources.index(lost) + 1}/textFile"]


def test_of_two_sources_with_one_id_each_may_have_the_digest_of_its_own_text() -> None:
    texts = {text: sha256(text.encode()).hexdigest() for text in ("They met in Geneva.", "They spoke in Bern.")}
    sources = [{**READOUT, "text": text, "sha256": digest} for text, digest in texts.items()]
    rules = [rule for rule, _ in found({"/sources/1": sources[0], "/sources/2": sources[1]})]
    assert rules == ["reference/unused-source", "reference/duplicate-id"]
