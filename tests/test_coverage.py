"""The coverage of a source: which passages no evidence covers, what the others prove, and the three ways to show it."""

import json
import re
import sys
from base64 import b64encode
from collections.abc import Callable
from fractions import Fraction
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO, TextIOWrapper
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checking import EXAMPLE, REFERENCE, ROOT, example, text_folder
from diplomatic_events.cli.main import main
from diplomatic_events.coverage import page as coverage_page
from diplomatic_events.coverage import report as coverage_report
from diplomatic_events.coverage.entries import Entry, flatten, groups
from diplomatic_events.coverage.measure import (
    Coverage,
    Kind,
    Passage,
    Source,
    cover,
    evidence_of,
    gaps,
    merge,
    segments,
)
from diplomatic_events.coverage.survey import Survey, survey
from diplomatic_events.inputs.reading import Input, Inputs, expand
from diplomatic_events.jsontext.parse import parse
from diplomatic_events.pointers import to_pointer
from diplomatic_events.report.formats.style import Style
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.plan import Shape
from diplomatic_events.schema.structure import Structure
from diplomatic_events.sources.texts import Texts

SHAPE = Shape(catalogue().schema("1.0"))
HOSTILE = (
    '<script>document.title="taken"</script> "><img src=x onerror=document.title="taken"> </style></title>'
    "<!-- --> &amp; \u202egnihtyna\u202c \0 \x1b[31m red"
)


def record(text: str, *exacts: str | dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A record of one source whose statements have no evidence but these quotes, all of one statement."""
    evidence = [{"source": "report", **(exact if isinstance(exact, dict) else {"exact": exact})} for exact in exacts]
    bare: dict[str, Any] = {
        "schemaVersion": "1.0",
        "id": "talks",
        "language": "en",
        "title": "Talks",
        "type": "meeting",
    }
    bare |= {"status": "held", "date": "2021-05-03", "parties": [{"id": "a", "type": "other", "name": "A"}]}
    bare |= {"delegations": [{"id": "d", "party": "a", "capacity": "participant"}]}
    statement = {"id": "s", "speakers": ["d"], "form": "indirect", "text": "So it is.", "evidence": evidence}
    if exacts:
        bare["statements"] = [statement]
    bare |= {"sources": [{"id": "report", "type": "news-article", "language": "en", "text": text}]}
    return bare | changes


def covered(value: dict[str, Any]) -> Coverage:
    return cover(value, SHAPE, Texts(None))


def source_of(value: dict[str, Any]) -> Source:
    (source,) = covered(value).sources
    return source


def entry_of(value: dict[str, Any], pointer: str) -> Entry:
    (entry,) = (entry for entry in flatten(groups(value)) if entry.pointer == pointer)
    return entry


def uncovered_words(source: Source) -> list[str]:
    assert source.text is not None
    return [source.text[start:end] for start, end in source.uncovered]


def surveyed(folder: Path, *values: dict[str, Any]) -> Survey:
    """What is measured in files that hold these records, one each."""
    for number, value in enumerate(values):
        (folder / f"{number}.json").write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return survey(expand([str(folder)]))


def quotes_in(value: Any) -> list[str]:
    """The words of every piece of evidence, found without the schema."""
    if isinstance(value, list):
        return [quote for item in value for quote in quotes_in(item)]
    if not isinstance(value, dict):
        return []
    own = [piece["exact"] for piece in value.get("evidence", [])]
    return own + [quote for key, item in value.items() if key != "evidence" for quote in quotes_in(item)]


def test_the_article_is_covered_as_far_as_a_count_of_its_own_finds() -> None:
    value = json.loads((REFERENCE / "record.json").read_bytes())
    text = (REFERENCE / "article.txt").read_bytes().decode()
    marked = [char.isspace() for char in text]
    for exact in quotes_in(value):
        start = text.find(exact)
        assert start >= 0
        assert text.find(exact, start + 1) < 0 or len(exact) < 60
        marked[start : start + len(exact)] = [True] * len(exact)
    blank = sum(map(str.isspace, text))
    expected = sum(marked) - blank

    (source,) = cover(value, SHAPE, Texts(REFERENCE)).sources

    assert (source.covered_characters, source.characters) == (expected, len(text) - blank)
    assert source.reaches(Fraction(99))
    assert source.unplaced == ()


def test_every_kind_of_entry_gives_its_passages_that_kind() -> None:
    kinds = {passage.entry: passage.kind for passage in source_of(EXAMPLE).passages}
    assert kinds == {
        "": Kind.EVENT,
        "/delegations/0": Kind.DELEGATION,
        "/delegations/1": Kind.DELEGATION,
        "/statements/0": Kind.STATEMENT,
        "/statements/1": Kind.STATEMENT,
        "/outcomes/0": Kind.OUTCOME,
        "/upcoming/0": Kind.ANNOUNCED,
    }


@pytest.mark.parametrize(("pointer", "exact"), [("/people/0", "Ana Ruiz"), ("/parties/0", "of Freedonia")])
def test_who_takes_part_is_proven_like_a_delegation(pointer: str, exact: str) -> None:
    value = example({f"{pointer}/evidence": [{"source": "report", "exact": exact}]})
    (passage,) = (passage for passage in source_of(value).passages if passage.entry == pointer)
    assert passage.kind is Kind.DELEGATION


def test_an_alternative_is_of_the_kind_of_what_it_would_replace() -> None:
    doubt: dict[str, Any] = {"target": "/upcoming/0/date", "kind": "uncertain", "basis": "It is vague."}
    doubt |= {"alternatives": [{"value": "2022-06", "evidence": [{"source": "report", "exact": "in June"}]}]}
    (passage,) = (
        passage
        for passage in source_of(example({"/annotations/0": doubt})).passages
        if passage.entry.startswith("/annotations")
    )
    assert passage.pointer == "/annotations/0/alternatives/0/evidence/0"
    assert (passage.entry, passage.kind) == ("/annotations/0/alternatives/0", Kind.ANNOUNCED)


def test_a_passage_whose_evidence_is_taken_away_is_found_at_its_line_and_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "The minister came.\n\nHe spoke. Then he left.\n"
    path = tmp_path / "talks.json"
    path.write_text(json.dumps(record(text, "The minister came.", "He spoke.")), encoding="utf-8")
    assert main(["coverage", str(path)]) == 0
    out = capsys.readouterr().out
    assert f" --> {path}#/sources/0/text:3:11\n" in out
    assert " 3 | He spoke. Then he left.\n   |           ^^^^^^^^^^^^^\n" in out
    assert "68.5 % covered, 24 of 35 characters, 1 passage without evidence" in out
    assert "\ncovered: each passage, and what it is evidence for\n   1:1–1:19  statement   /statements/0\n" in out


def test_a_passage_that_is_quoted_twice_for_one_entry_names_the_entry_once(tmp_path: Path) -> None:
    value = record("Yes. No.", "Yes.", {"exact": "Yes.", "start": 0, "end": 4})
    out = coverage_report.text(surveyed(tmp_path, value), Style())
    assert "   1:1–1:5  statement   /statements/0\n" in out


def test_the_frame_of_a_passage_is_as_wide_as_the_number_of_its_line(tmp_path: Path) -> None:
    out = coverage_report.text(surveyed(tmp_path, record("\n" * 999 + "End.")), Style())
    assert "\n     |\n1000 | End.\n     | ^^^^\n" in out


def test_a_carriage_return_ends_a_line_of_a_passage(tmp_path: Path) -> None:
    found = surveyed(tmp_path, record("a\rb"))
    assert " 1 | a\n   | ^\n 2 | b\n   | ^\n" in coverage_report.text(found, Style())
    assert _Page(coverage_page.page(found)).texts == ["a\nb"]


def test_of_a_long_passage_the_first_lines_are_shown(tmp_path: Path) -> None:
    out = coverage_report.text(surveyed(tmp_path, record("One.\n\n  Two.\nThree.\nFour.\nFive.\n")), Style())
    assert " 3 |   Two.\n   |   ^^^^\n" in out
    assert " 4 | Three.\n" in out
    assert "   | … and 2 more lines\n" in out


def test_lines_of_blanks_in_a_passage_are_not_shown(tmp_path: Path) -> None:
    out = coverage_report.text(surveyed(tmp_path, record("One.\n \t\nTwo.\n")), Style())
    assert " 1 | One.\n   | ^^^^\n 3 | Two.\n   | ^^^^\n" in out


def test_whatever_carries_evidence_is_an_entry_with_a_name() -> None:
    files = [*(ROOT / "tests/conformance").rglob("*.json"), *(ROOT / "examples").rglob("*.json")]
    structure = Structure(catalogue(), "1.0")
    carried: set[str] = set()
    for value in (parse(file.read_bytes()).value for file in files):
        if not isinstance(value, dict) or structure.judge(value).issues:
            continue
        entries = list(flatten(groups(value)))
        named = {entry.pointer for entry in entries}
        named |= {pointer for entry in entries for doubt in entry.doubts for pointer, _ in doubt.alternatives}
        carrying = {to_pointer(path[:-2]) for path, _ in evidence_of(value, SHAPE)}
        assert carrying <= named
        carried |= {re.sub("[0-9]+", "*", pointer) for pointer in carrying}
    assert carried == {
        "",
        "/annotations/*/alternatives/*",
        "/delegations/*",
        "/delegations/*/members/*",
        "/hosts/*",
        "/outcomes/*",
        "/parties/*",
        "/people/*",
        "/programme/*",
        "/related/*",
        "/sources/*",
        "/statements/*",
        "/statusChange",
        "/upcoming/*",
    }


def test_the_words_of_an_entry_name_what_it_says() -> None:
    aides = {"id": "m", "office": {"title": "aides"}, "several": True, "count": 4}
    value = record(
        "Yes.",
        "Yes.",
        parties=[{"id": "a", "type": "other", "name": "A"}, {"id": "b", "type": "other", "name": "B"}],
        delegations=[{"id": "d", "party": "a", "capacity": "participant", "members": [aides]}],
        places=[{"name": "Palace", "venue": "Hall 2", "city": "Geneva", "country": "CHE"}],
    )
    value["statements"][0]["onBehalfOf"] = ["b"]
    value["sources"][0] |= {"title": "The talks", "publisher": "The Daily"}
    assert entry_of(value, "/delegations/0/members/0").title == "aides (4)"
    assert entry_of(value, "/statements/0").details == "A · for B · indirect"
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
    value = record(
        "Yes.",
        delegations=[{"id": "d", "party": "a", "capacity": "participant", "members": members}],
        statusChange={"date": "2021-05-01", "evidence": [{"source": "report", "exact": "Yes."}]},
        annotations=[{"target": target, "kind": "uncertain", "basis": "A rumour."}],
    )
    doubts = {
        entry.pointer: [doubt.place for doubt in entry.doubts] for entry in flatten(groups(value)) if entry.doubts
    }
    assert doubts == {pointer: [place]}


def test_an_alternative_is_told_in_the_words_that_it_has_and_without_its_id() -> None:
    other = {"id": "x", "type": "treaty", "title": "Memo", "evidence": [{"source": "report", "exact": "Yes."}]}
    doubt = {"target": "/statements/0", "kind": "uncertain", "alternatives": [{"value": other}]}
    (found,) = entry_of(record("Yes.", "Yes.", annotations=[doubt]), "/statements/0").doubts
    assert found.alternatives == (("/annotations/0/alternatives/0", "treaty, Memo"),)


def test_overlapping_nested_and_repeated_evidence_is_counted_once() -> None:
    source = source_of(record("abcd efgh", "abc", "bcd", "c", {"exact": "abc", "start": 0, "end": 3}))
    assert source.covered == ((0, 4),)
    assert (source.covered_characters, source.characters) == (4, 8)
    assert uncovered_words(source) == ["efgh"]
    assert len(source.passages) == 4


def test_of_passages_that_begin_together_the_longest_comes_first() -> None:
    passages = source_of(record("abcde fgh", "abcde", "abcde fgh")).passages
    assert [(passage.start, passage.end) for passage in passages] == [(0, 9), (0, 5)]


def test_a_space_without_width_need_not_be_covered() -> None:
    assert source_of(record("a\u200b", "a")).percent == "100.0"


def test_a_discontinuous_quote_leaves_its_gap_uncovered() -> None:
    assert uncovered_words(source_of(record("He will, he said, come.", "He will,", "come."))) == ["he said,"]


def test_words_that_occur_twice_count_only_where_offsets_or_context_settle_which() -> None:
    text = "Yes, he said. Yes, she said."
    unsettled = source_of(record(text, "Yes,"))
    assert unsettled.covered == ()
    assert unsettled.unplaced[0].reason == "its words occur 2 times, and nothing settles which is meant"
    assert source_of(record(text, {"exact": "Yes,", "start": 14, "end": 18})).covered == ((14, 18),)
    assert source_of(record(text, {"exact": "Yes,", "suffix": " she"})).covered == ((14, 18),)


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        ({"exact": "No."}, "it does not occur in the text"),
        ({"exact": "Yes.", "start": 3, "end": 7}, "it stands at 0, not at its offset 3"),
        ({"exact": "Yes.", "start": 4, "end": 0}, "its passage starts at 4 and ends at 0"),
        ({"exact": "Yes.", "prefix": "O "}, "its words occur, but not with this prefix and suffix"),
    ],
)
def test_evidence_that_is_not_found_covers_nothing_and_is_listed(evidence: dict[str, Any], reason: str) -> None:
    source = source_of(record("Yes. I do.", evidence))
    assert source.covered == ()
    (unplaced,) = source.unplaced
    assert (unplaced.entry, unplaced.kind, unplaced.reason) == ("/statements/0", Kind.STATEMENT, reason)


def test_evidence_of_a_source_that_is_not_there_is_listed(tmp_path: Path) -> None:
    value = record("Yes.", {"exact": "Yes.", "source": "reprot"})
    assert covered(value).unplaced[0].reason == "there is no source `reprot`"
    found = surveyed(tmp_path, value)
    assert "/statements/0/evidence/0: there is no source `reprot`" in coverage_report.text(found, Style())
    assert coverage_report.document(found)["summary"]["unplacedEvidence"] == 1
    assert "not found: there is no source `reprot`" in coverage_page.page(found)


def test_offsets_count_code_points() -> None:
    source = source_of(record("𝔸𝔹 😀 end", {"exact": "😀", "start": 3, "end": 4}))
    assert source.covered == ((3, 4),)
    assert uncovered_words(source) == ["𝔸𝔹", "end"]


def test_lines_that_end_in_crlf_are_counted_as_lines(tmp_path: Path) -> None:
    (found,) = coverage_report.document(surveyed(tmp_path, record("One.\r\nTwo. Three.\r\n", "One.", "Two.")))[
        "records"
    ]
    (source,) = found["sources"]
    assert source["uncovered"] == [
        {
            "start": 11,
            "end": 17,
            "region": {"startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 12},
            "text": "Three.",
        }
    ]
    assert source["percent"] == 57.1


def test_a_source_without_a_text_is_named_and_never_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.json").write_text(json.dumps(example({"/sources/0/text": None})), encoding="utf-8")
    assert main(["coverage", str(tmp_path), "--fail-under", "100"]) == 0
    out = capsys.readouterr().out
    assert "source report: no text\n" in out
    assert "%" not in out
    assert "Not measured: 1 source without a text." in out
    assert main(["coverage", str(tmp_path), "--format", "json"]) == 0
    (source,) = json.loads(capsys.readouterr().out)["records"][0]["sources"]
    assert source == {"pointer": "/sources/0", "id": "report", "noText": "no text"}
    assert main(["coverage", str(tmp_path), "--format", "html"]) == 0
    assert " %" not in _Page(capsys.readouterr().out).words


def test_a_text_of_nothing_but_blanks_counts_as_none() -> None:
    source = source_of(record(" \n\u3000\ufeff"))
    assert (source.text, source.no_text) == (None, "no text: it is blank")


def test_a_text_file_that_is_missing_could_not_be_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    value = example({"/sources/0/text": None, "/sources/0/textFile": "gone.txt"})
    (tmp_path / "a.json").write_text(json.dumps(value), encoding="utf-8")
    assert main(["coverage", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert "a.json: the text file `gone.txt` could not be used: there is no such file" in told


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("latin-1.txt", "it is not UTF-8 (byte 6 is wrong)"),
        ("../x", "a text file is named relative to the record's own file and lies in its folder"),
    ],
)
def test_a_text_file_that_cannot_be_used_could_not_be_measured(
    name: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value = example({"/sources/0/text": None, "/sources/0/textFile": name})
    (text_folder(tmp_path) / "a.json").write_text(json.dumps(value), encoding="utf-8")
    assert main(["coverage", str(tmp_path)]) == 2
    assert f"a.json: the text file `{name}` could not be used: {why}" in capsys.readouterr().err


@pytest.mark.parametrize("data", ['{"a":', "[]", '{"schemaVersion": "9.9"}', '{"schemaVersion": "1.0", "id": 5}'])
def test_a_record_that_is_not_sound_is_named_and_the_others_are_measured(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.json").write_text(data, encoding="utf-8")
    (tmp_path / "sound.json").write_text(json.dumps(EXAMPLE), encoding="utf-8")
    assert main(["coverage", str(tmp_path)]) == 2
    captured = capsys.readouterr()
    assert f"error: {tmp_path}/broken.json: " in captured.err
    assert "Measured 1 record, 1 text:" in captured.out
    assert main(["coverage", str(tmp_path), "--format", "html"]) == 2
    assert "broken.json" in _Page(capsys.readouterr().out).words


@pytest.mark.parametrize(("percent", "code"), [("0", 0), ("49.9", 0), ("50", 0), ("50.0", 0), ("50.000001", 1)])
def test_fail_under_passes_what_is_exactly_equal(
    percent: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "talks.json"
    path.write_text(json.dumps(record("abcd efgh", "abcd")), encoding="utf-8")
    assert main(["coverage", str(path), "--fail-under", percent]) == code
    told = f"talks.json#/sources/0/text: 50.0 % is covered, less than the {percent} % of --fail-under"
    assert (told in capsys.readouterr().err) == bool(code)


def test_what_could_not_be_measured_weighs_more_than_what_is_covered_too_little(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "talks.json").write_text(json.dumps(record("abcd efgh", "abcd")), encoding="utf-8")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    assert main(["coverage", str(tmp_path), "--fail-under", "100"]) == 2
    assert "50.0 % is covered" in capsys.readouterr().err


def test_a_hundred_percent_means_all_of_it() -> None:
    source = source_of(record("a" * 4000 + " b", "a" * 4000))
    assert source.percent == "99.9"
    assert not source.reaches(Fraction(100))
    assert source_of(record("abc", "abc")).percent == "100.0"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--fail-under", "101"], "`101` is not a percentage from 0 to 100"),
        (["--fail-under", "nan"], "`nan` is not a percentage from 0 to 100"),
        (["--fail-under", "99,5"], "`99,5` is not a percentage from 0 to 100"),
        (["--fail-under", "-1"], "--fail-under"),
        (["--format", "htm"], "there is no format `htm`; did you mean `html`?"),
        (["--fail-udner", "5"], "did you mean `--fail-under`?"),
        ([], "no file is named"),
        (["gone.json"], "gone.json: there is no such file or folder"),
    ],
)
def test_a_wrong_option_is_explained(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_standard_input_is_read_line_by_line_where_its_name_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "".join(json.dumps(record("Yes. No.", word)) + "\n" for word in ("Yes.", "No."))
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(lines.encode())))
    assert main(["coverage", "-", "--stdin-filename", "talks.ndjson", "--format", "json"]) == 0
    records = json.loads(capsys.readouterr().out)["records"]
    assert [(found["file"], found["recordLine"]) for found in records] == [("talks.ndjson", 1), ("talks.ndjson", 2)]


def test_the_texts_of_standard_input_lie_beside_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.dumps(example({"/sources/0/text": None, "/sources/0/textFile": "report.txt"})).encode()
    for name, code in ((str(text_folder(tmp_path) / "a.json"), 0), (str(tmp_path / "d/a.json"), 2)):
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(data)))
        assert main(["coverage", "-", "--stdin-filename", name]) == code
    assert "`report.txt` could not be used: there is no such file" in capsys.readouterr().err


def test_standard_input_without_a_name_has_no_folder_with_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.dumps(example({"/sources/0/text": None, "/sources/0/textFile": "report.txt"})).encode()
    monkeypatch.chdir(text_folder(tmp_path))
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(data)))
    assert main(["coverage", "-", "--output", "report.txt"]) == 2
    assert "`report.txt` could not be used" in capsys.readouterr().err


def test_output_is_written_to_a_file_instead(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", str(REFERENCE), "--format", "html", "--output", str(tmp_path / "page.html")]) == 0
    assert capsys.readouterr().out == ""
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_file_has_no_colours_even_where_they_are_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "found.txt"
    assert main(["coverage", str(REFERENCE), "--color", "always", "--output", str(file)]) == 0
    assert "\x1b" not in file.read_text(encoding="utf-8")


def test_the_json_report_has_the_documented_form(tmp_path: Path) -> None:
    report = json.loads(coverage_report.as_json(surveyed(tmp_path, record("Yes. No.", "Yes.", "Perhaps."))))
    assert report["reportVersion"] == "1.0"
    assert report["summary"] == {
        "files": 1,
        "records": 1,
        "texts": 1,
        "sourcesWithoutText": 0,
        "uncoveredPassages": 1,
        "unplacedEvidence": 1,
    }
    (found,) = report["records"]
    assert set(found) == {"file", "record", "title", "sources", "unplaced"}
    (source,) = found["sources"]
    assert set(source) == {
        "pointer", "id", "percent", "characters", "coveredCharacters", "uncovered", "passages", "unplaced",
    }  # fmt: skip
    assert source["passages"] == [
        {
            "entry": "/statements/0",
            "kind": "statement",
            "pointer": "/statements/0/evidence/0",
            "start": 0,
            "end": 4,
            "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 5},
        }
    ]
    assert source["unplaced"][0]["exact"] == "Perhaps."


def test_control_characters_do_no_harm_on_a_terminal(tmp_path: Path) -> None:
    value = record("One \x1b[2J\u202e two.", title="\x1b[31mred")
    for color in (False, True):
        out = coverage_report.text(surveyed(tmp_path, value), Style(color=color))
        assert "\\u001b[2J\\u202e two." in out
        assert "\x1b[2J" not in out


def test_the_record_is_never_changed() -> None:
    before = json.dumps(EXAMPLE)
    covered(EXAMPLE)
    assert json.dumps(EXAMPLE) == before


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


@given(st.data(), st.integers(1, 30))
def test_segments_are_the_text_cut_where_passages_begin_and_end(data: st.DataObject, length: int) -> None:
    passages = [Passage(start, end, "", "", Kind.EVENT) for start, end in data.draw(spans(length))]
    cut = list(segments(length, passages))
    assert [start for start, _, _ in cut] == [0, *(end for _, end, _ in cut[:-1])]
    assert cut[-1][1] == length
    for start, end, indexes in cut:
        assert indexes == tuple(n for n, passage in enumerate(passages) if passage.start < end and start < passage.end)


class Element(NamedTuple):
    tag: str
    attributes: dict[str, str]


class _Page(HTMLParser):
    """The elements of a page, its words, and the words of each source's text."""

    VOID = ("meta", "link", "img", "br")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.words = ""
        self.texts: list[str] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        assert len(element.attributes) == len(attrs)
        self.elements.append(element)
        if tag not in self.VOID:
            self._open.append(element)
        if element.attributes.get("class") == "text":
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        classes = [element.attributes.get("class") for element in self._open]
        if not self._open or self._open[-1].tag in ("style", "script"):
            return
        self.words += data
        if "text" in classes and "vh" not in classes:
            self.texts[-1] += data

    def with_attribute(self, name: str) -> list[str]:
        return [element.attributes[name] for element in self.elements if name in element.attributes]


def examples_page() -> str:
    return coverage_page.page(survey(expand([str(ROOT / "examples")])))


def test_the_page_shows_the_texts_whole_and_its_links_lead_somewhere() -> None:
    page = _Page(examples_page())
    ids = page.with_attribute("id")
    assert len(ids) == len(set(ids))
    links = [link for link in page.with_attribute("href") if link != "data:,"]
    assert {link.removeprefix("#") for link in links} <= set(ids)
    for passages in page.with_attribute("data-entries"):
        assert set(passages.split()) <= set(ids)
    article = (REFERENCE / "article.txt").read_bytes().decode()
    assert article.replace("\r\n", "\n") in page.texts
    assert {"header", "main", "nav", "article", "section"} <= {element.tag for element in page.elements}


def test_each_passage_leads_to_its_entries_and_each_entry_to_its_passages() -> None:
    found = survey(expand([str(REFERENCE)]))
    page = _Page(coverage_page.page(found))
    leads = {element.attributes["id"]: element.attributes["data-entries"].split() for element in page.elements
             if "data-entries" in element.attributes}  # fmt: skip
    back: dict[str, set[str]] = {}
    here = ""
    for element in page.elements:
        here = element.attributes["id"] if element.tag == "li" and "id" in element.attributes else here
        if element.tag == "a" and element.attributes["href"].removeprefix("#") in leads:
            back.setdefault(here, set()).add(element.attributes["href"].removeprefix("#"))
    back.pop("", None)
    for passage, entries in leads.items():
        for entry in entries:
            assert back[entry]
            assert any(entry in leads[other] for other in back[entry]), passage
    carriers = {passage.entry for _, source in found.sources for passage in source.passages}
    assert len({entry for entries in leads.values() for entry in entries}) == len(carriers)


def test_of_passages_one_inside_the_other_the_shorter_gives_the_colour(tmp_path: Path) -> None:
    value = record("abcd", "abcd", evidence=[{"source": "report", "exact": "bc"}])
    page = _Page(coverage_page.page(surveyed(tmp_path, value)))
    classes = [element.attributes["class"] for element in page.elements if "data-entries" in element.attributes]
    assert classes == ["p k-statement", "p k-event", "p k-statement"]


def test_a_quote_leads_to_where_its_passage_begins(tmp_path: Path) -> None:
    value = record("abcd", "abcd", evidence=[{"source": "report", "exact": "bc"}])
    page = _Page(coverage_page.page(surveyed(tmp_path, value)))
    pieces = [element.attributes["id"] for element in page.elements if "data-entries" in element.attributes]
    links = [
        before.attributes["href"].removeprefix("#") for before, element in pairwise(page.elements) if element.tag == "q"
    ]
    assert links == [pieces[1], pieces[0]]  # The event stands before its statements.


def test_a_quote_that_is_cropped_at_a_blank_ends_in_a_word(tmp_path: Path) -> None:
    text = "x" * 89 + " yes"
    assert f">{'x' * 89}…</q>" in coverage_page.page(surveyed(tmp_path, record(text, text)))


@pytest.mark.parametrize(("number", "more"), [(8, None), (9, "and 1 more")])
def test_eight_entries_of_a_passage_are_named_and_the_others_counted(
    number: int, more: str | None, tmp_path: Path
) -> None:
    value = record("Yes.", "Yes.")
    value["statements"] = [value["statements"][0] | {"id": f"s{each}"} for each in range(number)]
    page = _Page(coverage_page.page(surveyed(tmp_path, value)))
    (title,) = page.with_attribute("title")
    assert title.split("\n") == ["statement: So it is."] * 8 + ([more] if more else [])


def test_records_on_the_same_line_of_two_files_have_anchors_of_their_own(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.ndjson").write_text(json.dumps(record("Yes.", "Yes.")) + "\n", encoding="utf-8")
    ids = _Page(coverage_page.page(survey(expand([str(tmp_path)])))).with_attribute("id")
    assert len(ids) == len(set(ids))


def test_nothing_of_a_hostile_article_becomes_markup(tmp_path: Path) -> None:
    text = HOSTILE + " The end."
    value = record(
        text, HOSTILE[:40], {"exact": HOSTILE[20:], "source": "report"}, "not there " + HOSTILE, title=HOSTILE
    )
    value["sources"][0] |= {"publisher": HOSTILE, "title": HOSTILE}
    value["parties"][0]["name"] = value["statements"][0]["text"] = HOSTILE
    value["annotations"] = [
        {"target": "/title", "kind": "uncertain", "basis": HOSTILE, "alternatives": [{"value": HOSTILE}]}
    ]
    harmless = json.loads(
        json.dumps(value).replace(json.dumps(HOSTILE)[1:-1], "x" * len(HOSTILE))
    ) | {"sources": [value["sources"][0] | {"text": "x" * len(HOSTILE) + " The end.", "publisher": "x", "title": "x"}]}  # fmt: skip
    n = len(HOSTILE)
    harmless["statements"][0]["evidence"] = [
        {"source": "report", "exact": "x" * 40, "start": 0, "end": 40},
        {"source": "report", "exact": "x" * (n - 20), "start": 20, "end": n},
        {"source": "report", "exact": "y"},
    ]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    html = coverage_page.page(surveyed(tmp_path / "a", value))
    hostile, plain = _Page(html), _Page(coverage_page.page(surveyed(tmp_path / "b", harmless)))
    assert [(element.tag, sorted(element.attributes)) for element in hostile.elements] == [
        (element.tag, sorted(element.attributes)) for element in plain.elements
    ]
    assert hostile.texts == [text.replace("\0", "\\u0000").replace("\x1b", "\\u001b")
                             .replace("\u202e", "\\u202e").replace("\u202c", "\\u202c")]  # fmt: skip
    assert not re.search("[\0\x1b\u202a-\u202e\u2066-\u2069]", html)


def test_the_page_asks_nothing_of_any_host_and_its_policy_allows_only_its_own_parts() -> None:
    html = examples_page()
    page = _Page(html)
    assert not page.with_attribute("src")
    assert not page.with_attribute("style")
    assert not [name for element in page.elements for name in element.attributes if name.startswith("on")]
    assert "url(" not in html
    assert "@import" not in html
    (policy,) = (element.attributes["content"] for element in page.elements if "http-equiv" in element.attributes)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (part,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = b64encode(sha256(part.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy


def test_the_page_names_the_language_of_each_text(tmp_path: Path) -> None:
    value = record("Oui.", "Oui.", language="de")
    value["sources"][0]["language"] = "fr"
    page = _Page(coverage_page.page(surveyed(tmp_path, value)))
    langs = {element.attributes.get("class", element.tag): element.attributes["lang"] for element in page.elements
             if "lang" in element.attributes}  # fmt: skip
    assert (langs["html"], langs["h1"], langs["text"], langs["name"], langs["q"]) == ("en", "de", "fr", "de", "fr")


def _luminance(color: str) -> float:
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_colour_has_enough_contrast(theme: int) -> None:
    css = Path(coverage_page.__file__).with_name("page.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    colors = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", blocks[theme]))
    tints = [name for name in colors if name.endswith("-tint")]
    assert len(tints) == len(Kind) + 1
    for name in ("paper", "card", *tints):
        assert _contrast(colors["ink"], colors[name]) >= 7, name
    for name in ("paper", "card"):
        assert _contrast(colors["soft"], colors[name]) >= 4.5
        assert _contrast(colors["link"], colors[name]) >= 4.5
    assert _contrast(colors["gap-line"], colors["paper"]) >= 4.5
    for kind in Kind:
        for ground in (colors["paper"], colors[f"{kind}-tint"]):
            assert _contrast(colors[f"{kind}-line"], ground) >= 3, kind
        assert _contrast(colors["link"], colors[f"{kind}-tint"]) >= 4.5, kind
        assert _contrast(colors["soft"], colors[f"{kind}-tint"]) >= 4.5, kind


@pytest.mark.usefixtures("uncounted")
@pytest.mark.parametrize("render", [lambda found: coverage_report.text(found, Style()), coverage_page.page])
def test_a_text_of_four_mebibytes_is_shown_in_a_few_seconds(render: Callable[[Survey], str], tmp_path: Path) -> None:
    found = surveyed(tmp_path, record("word \n" * 600_000, {"exact": "word", "start": 6, "end": 10}))
    assert "0.0 %" in render(found)


def test_a_page_whose_passages_all_overlap_stays_of_a_bearable_size(tmp_path: Path) -> None:
    number = 600
    value = record("ab" * number, "ab" * number)
    (statement,) = value["statements"]
    value["statements"] = [
        statement | {"id": f"s{start}", "evidence": [
            {"source": "report", "exact": "ab" * (number - start), "start": start, "end": 2 * number - start}
        ]} for start in range(0, number, 2)
    ]  # fmt: skip
    html = coverage_page.page(surveyed(tmp_path, value))
    assert html.count("and 200 more</li>") >= 1
    assert len(html) < 12_000_000


def test_a_file_that_has_gone_is_a_failure_and_costs_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(EXAMPLE), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps(EXAMPLE), encoding="utf-8")
    inputs = expand([str(tmp_path)])
    (tmp_path / "a.json").unlink()
    found = survey(inputs)
    assert len(found.records) == 1
    assert found.failures == (f"{(tmp_path / 'a.json').as_posix()}: No such file or directory",)


def test_what_is_said_of_a_file_that_has_gone_is_one_line() -> None:
    found = survey(Inputs([Input("a\nb.json", Path("no/such"), None)]))
    assert found.failures == ("a b.json: No such file or directory",)


def test_a_speaker_whom_nobody_knows_is_called_by_the_id(tmp_path: Path) -> None:
    page = coverage_page.page(surveyed(tmp_path, example({"/statements/0/speakers": ["nobody"]})))
    assert "nobody" in page


def test_what_is_not_found_and_what_has_no_text_is_told_in_every_form(tmp_path: Path) -> None:
    text = EXAMPLE["sources"][0]["text"]
    absent = {"source": "report", "exact": "Nobody said this."}
    readout = {"id": "readout", "type": "readout"}
    value = example({"/sources/0/text": f"{text}\n\n  \nThe end.\n", "/evidence/1": absent, "/sources/1": readout})
    found = surveyed(tmp_path, value)
    assert "not found" in coverage_report.text(found, Style())
    (record,) = json.loads(coverage_report.as_json(found))["records"]
    assert [set(source) & {"percent", "noText"} for source in record["sources"]] == [{"percent"}, {"noText"}]
    (reference,) = json.loads(coverage_report.as_json(survey(expand([str(REFERENCE)]))))["records"]
    assert reference["sources"][0]["file"].endswith("article.txt")


def test_parties_and_people_are_called_by_their_names_and_not_delegations(tmp_path: Path) -> None:
    text = "The ministers of Freedonia met."
    value = record(text, "The ministers")
    quoted = {"source": value["sources"][0]["id"], "exact": "of Freedonia"}
    value["parties"][0]["evidence"] = [quoted]
    value["people"] = [{"id": "someone", "name": "Someone", "evidence": [quoted]}]
    out = coverage_report.text(surveyed(tmp_path, value), Style())
    assert "   1:15–1:27  party       /parties/0\n   1:15–1:27  person      /people/0\n" in out
    assert "delegation" not in out


def test_a_source_that_nothing_quotes_has_no_table(tmp_path: Path) -> None:
    value = record("He came.", "He came.")
    value["sources"].append({"id": "other", "type": "readout", "text": "Nothing."})
    out = coverage_report.text(surveyed(tmp_path, value), Style())
    assert out.count("covered: each passage") == 1
