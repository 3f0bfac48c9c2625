"""Texts that can be read and say nothing: where a character was lost, and where none can be seen."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from check_records import EXAMPLE, check_value, example
from diplomatic_events import check_bytes
from diplomatic_events.findings import Finding
from diplomatic_events.rulebook import EXAMPLE_TEXT
from diplomatic_events.rules import json as rules

LOST = "\ufffd"
DAMAGED = EXAMPLE_TEXT.replace("Ms Ruiz", f"Ms Ru{LOST}z")
SAID = f"“We will open the border,” Ms Ru{LOST}z said."


def found(change: dict[str, Any], folder: Path | None = None) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.pointer) for finding in check_value(example(change), folder)]


def only(change: dict[str, Any], folder: Path | None = None) -> Finding:
    (finding,) = check_value(example(change), folder)
    return finding


def quoting(exact: str) -> dict[str, Any]:
    return {"/statements/0/evidence": [{"source": "report", "exact": exact}]}


@pytest.mark.parametrize(
    "pointer",
    ["/title", "/parties/0/name", "/people/0/name", "/outcomes/0/title", "/upcoming/0/title", "/annotations/0/basis",
     "/delegations/0/members/0/office/title", "/places/0/city"],
)  # fmt: skip
def test_a_lost_character_is_reported_with_the_word_that_it_stands_in(pointer: str) -> None:
    finding = only({pointer: f"Talks in Gen{LOST}ve"})
    assert (finding.rule, finding.pointer) == ("json/replacement-character", pointer)
    name = pointer.rpartition("/")[2]
    assert finding.message == f"`{name}` has U+FFFD in place of a lost character: `Gen{LOST}ve`"
    assert finding.help == "write it as the source has it"


def test_it_is_seen_as_an_escape_as_well() -> None:
    for escape in (b"\\ufffd", b"\\uFFFD", b"\\uFffd"):
        data = json.dumps(EXAMPLE).encode().replace(b"Freedonia and", b"Freed" + escape + b"nia and")
        (finding,) = check_bytes(data).findings
        assert (finding.rule, finding.pointer) == ("json/replacement-character", "/title")


def test_its_name_in_letters_is_not_it() -> None:
    assert found({"title": "The escape \\ufffd and its character U+FFFD"}) == []


def test_each_text_that_has_lost_characters_is_one_finding() -> None:
    assert found({"title": LOST * 3, "/parties/0/name": f"F{LOST}"}) == [
        ("json/replacement-character", "/title"),
        ("json/replacement-character", "/parties/0/name"),
    ]


def test_a_long_word_around_it_is_cut() -> None:
    message = only({"title": f"{'a' * 500}{LOST}{'b' * 500}"}).message
    assert message == f"`title` has U+FFFD in place of a lost character: `{'a' * 20}{LOST}{'b' * 20}`"


def test_a_source_that_has_lost_characters_is_reported_and_not_its_quotes() -> None:
    finding = only({"/sources/0/text": DAMAGED, "/statements/0/evidence/0/exact": SAID})
    assert (finding.rule, finding.pointer) == ("json/replacement-character", "/sources/0/text")
    assert finding.message == f"the text has U+FFFD in place of lost characters, first in `Ru{LOST}z`"
    assert finding.help == "read the source again in its own encoding"


def test_a_text_file_that_has_lost_characters_is_reported_once_whether_it_is_quoted_there_or_not(
    tmp_path: Path,
) -> None:
    (tmp_path / "report.txt").write_text(DAMAGED, encoding="utf-8")
    file = {"/sources/0/text": None, "/sources/0/textFile": "report.txt"}
    for change in (file | quoting(SAID), file | quoting("“We will open the border,”")):
        assert found(change, tmp_path) == [("json/replacement-character", "/sources/0/textFile")]


def test_a_statement_in_the_words_of_a_damaged_source_is_not_reported_again() -> None:
    words = {"/sources/0/text": EXAMPLE_TEXT.replace("the border,", f"the b{LOST}rder,")}
    quote = quoting(f"“We will open the b{LOST}rder,” Ms Ruiz said.")
    assert found(words | quote | {"/statements/0/text": f"We will open the b{LOST}rder,"}) == [
        ("json/replacement-character", "/sources/0/text")
    ]


def test_a_name_in_a_record_is_reported_though_its_source_has_it_like_that() -> None:
    damaged = {"/sources/0/text": DAMAGED, "/statements/0/evidence/0/exact": SAID, "/people/0/name": f"Ana Ru{LOST}z"}
    assert found(damaged) == [
        ("json/replacement-character", "/people/0/name"),
        ("json/replacement-character", "/sources/0/text"),
    ]


def test_a_quote_that_differs_from_its_source_by_a_lost_character_is_one_finding() -> None:
    assert found(quoting(SAID)) == [("evidence/not-verbatim", "/statements/0/evidence/0/exact")]


def test_a_quote_whose_source_has_no_text_is_reported() -> None:
    assert ("json/replacement-character", "/statements/0/evidence/0/exact") in found(
        {"/sources/0/text": None} | quoting(SAID)
    )


def test_what_breaks_its_form_is_reported_once() -> None:
    assert found({"topics": [f"tr{LOST}de"]}) == [("schema/pattern-mismatch", "/topics/0")]


def test_an_entry_that_occurs_twice_is_reported_for_its_first_place() -> None:
    person = {"id": "ana-ruiz", "name": f"Ana Ru{LOST}z"}
    assert found({"/people/0": person, "/people/1": person}) == [
        ("json/replacement-character", "/people/0/name"),
        ("reference/duplicate-id", "/people/1/id"),
    ]


def test_what_extensions_hold_is_not_judged() -> None:
    assert found({"extensions": {"org.example": {"a": LOST, "b": "\u200b"}}}) == []


INVISIBLE = [
    "\u00a0", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u3000", "\u2028", "\u202e", "\u115f", "\u3164", "\u2800",
    "\u0000", "\u007f", "\u0085", "\u034f", "\u061c", "\ufe0f", "\U000e0041", "\U0001d173",
]  # fmt: skip


@pytest.mark.parametrize("letter", INVISIBLE, ids=lambda letter: f"U+{ord(letter):04X}")
@pytest.mark.parametrize("ascii", [False, True])
def test_a_text_of_only_an_invisible_character_is_reported(letter: str, ascii: bool) -> None:
    data = json.dumps(example({"title": letter * 2}), ensure_ascii=ascii).encode()
    (finding,) = check_bytes(data).findings
    assert (finding.rule, finding.pointer, finding.help) == ("json/invisible-text", "/title", "write the text")
    assert finding.message.startswith(f"`title` contains only U+{ord(letter):04X}")


def test_several_invisible_characters_are_not_named() -> None:
    assert only({"title": "\u200b \t"}).message == "`title` contains only invisible characters"


def test_a_quote_of_a_space_proves_nothing_and_a_prefix_of_one_is_sound() -> None:
    space = {"source": "report", "exact": " ", "start": 7, "end": 8}
    assert found({"/evidence/0": space}) == [("json/invisible-text", "/evidence/0/exact")]
    quote = {"source": "report", "exact": "3 May", "prefix": " ", "suffix": " "}
    assert found({"/evidence/0": quote}) == []


@pytest.mark.parametrize(
    "text", ["\u200bTalks", "x\u200b", "\u00a0.", "“", "\u00e9", "\u0301", "\u0600", "中", "\\ ", '"', "𝔘", "­\u0430"]
)
def test_a_text_with_one_character_that_can_be_seen_is_sound(text: str) -> None:
    assert found({"title": text}) == []
    assert check_bytes(json.dumps(example({"title": text})).encode()).findings == ()


def test_every_character_that_shows_nothing_is_looked_for_where_a_string_begins() -> None:
    for point in range(0x110000):
        if not 0xD800 <= point < 0xE000 and rules.BLANK.fullmatch(chr(point)):
            for ascii in (False, True):
                string = json.dumps(chr(point), ensure_ascii=ascii).encode()
                assert rules._has_blank(b'{"title": ' + string + b"}"), f"U+{point:04X}"


PIECES = st.text(st.sampled_from([*INVISIBLE, "\ufffd", " ", "a", '"', "\\", "“", "é"]), max_size=4)


@given(PIECES, PIECES, st.booleans())
def test_what_the_values_hold_is_seen_in_the_bytes(one: str, other: str, ascii: bool) -> None:
    data = json.dumps({"a": one, "b": [other, ""]}, ensure_ascii=ascii).encode()
    if LOST in one + other:
        assert rules._has_lost(data)
    if any(rules.BLANK.fullmatch(text) for text in (one, other)):
        assert rules._has_blank(data)


def test_the_values_of_a_record_are_not_looked_through_where_its_bytes_show_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(record: Any) -> Any:
        raise AssertionError("the values were looked through")

    monkeypatch.setattr(rules, "_texts", never)
    text = "“Žluťoučký kůň” \u00a0 中文 \\n \u3000 \u200b."
    assert found({"title": text, "/parties/0/name": "« Да »"}) == []


def test_a_text_of_a_broken_record_is_looked_at_all_the_same() -> None:
    findings = found({"sources": "none", "title": LOST, "/statements/0/evidence": 5, "/statements/1/text": f"a {LOST}"})
    assert [pointer for rule, pointer in findings if rule == "json/replacement-character"] == [
        "/title",
        "/statements/1/text",
    ]
    strange = {"source": [], "exact": LOST}
    findings = found({"/statements/0/evidence": [strange, 5], "/statements/0/text": LOST, "/statements/2": LOST})
    assert not re.search("crash", str(findings))
    assert ("json/replacement-character", "/statements/0/evidence/0/exact") in findings
