"""The report of `coverage` for people, and as JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from check_records import REFERENCE
from diplomatic_events.coverage import page, report
from diplomatic_events.coverage.survey import survey
from diplomatic_events.inputs.paths import expand
from diplomatic_events.report.formats.style import Style
from quoting import record_quoting, surveyed


def shown(folder: Path, value: dict[str, Any]) -> str:
    return report.text(surveyed(folder, value), Style())


def test_a_passage_without_evidence_is_shown_with_its_place_and_the_others_with_what_they_prove(tmp_path: Path) -> None:
    value = record_quoting("The minister came.\n\nHe spoke. Then he left.\n", "The minister came.", "He spoke.")
    assert (
        shown(tmp_path, value)
        == f"""\
talks   ({tmp_path}/0.json)
source report: 68.5 % covered, 24 of 35 characters, 1 passage without evidence   {tmp_path}/0.json#/sources/0/text
uncovered: no evidence quotes this passage
 --> {tmp_path}/0.json#/sources/0/text:3:11
   |
 3 | He spoke. Then he left.
   |           ^^^^^^^^^^^^^
covered: each passage, and what it is evidence for
   1:1–1:19  statement   /statements/0
   3:1–3:10  statement   /statements/0
unsupported: entries of the record without evidence
   the event       Talks
   /parties/0      A
   /delegations/0  A

Measured 1 record, 1 text: 1 passage without evidence.
"""
    )


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("\n" * 999 + "End.", "\n     |\n1000 | End.\n     | ^^^^\n"),
        ("a\rb", "   |\n 1 | a\n   | ^\n 2 | b\n   | ^\n"),
        ("One.\n \t\nTwo.\n", "   |\n 1 | One.\n   | ^^^^\n 3 | Two.\n   | ^^^^\n"),
        ("1\n\n  2\n3\n4\n5\n", " 3 |   2\n   |   ^\n 4 | 3\n   | ^\n   | … and 2 more lines\n"),
    ],
    ids=[
        "as wide as the number of the line",
        "a carriage return",
        "without lines of blanks",
        "no more than three lines",
    ],
)
def test_a_passage_is_shown_by_its_first_lines(tmp_path: Path, text: str, excerpt: str) -> None:
    assert excerpt in shown(tmp_path, record_quoting(text))


def test_a_passage_that_is_quoted_twice_for_one_entry_names_the_entry_once(tmp_path: Path) -> None:
    value = record_quoting("Yes. No.", "Yes.", {"exact": "Yes.", "start": 0, "end": 4})
    assert "   1:1–1:5  statement   /statements/0\n" in shown(tmp_path, value)


def test_parties_and_people_are_called_by_their_names_and_not_delegations(tmp_path: Path) -> None:
    quoted = [{"source": "report", "exact": "of Freedonia"}]
    value = record_quoting(
        "The ministers of Freedonia met.", people=[{"id": "x", "name": "Someone", "evidence": quoted}]
    )
    value["parties"][0]["evidence"] = quoted
    out = shown(tmp_path, value)
    assert "   1:15–1:27  party       /parties/0\n   1:15–1:27  person      /people/0\n" in out
    assert "delegation  " not in out


def test_a_source_that_nothing_quotes_has_no_table(tmp_path: Path) -> None:
    assert "covered: each passage" not in shown(tmp_path, record_quoting("Nothing."))


def test_evidence_that_is_not_found_and_a_source_without_a_text_are_named_in_every_form(tmp_path: Path) -> None:
    stray = {"source": "reprot", "exact": "Yes."}
    value = record_quoting("Yes.", "No.", evidence=[stray])
    value["sources"].append({"id": "readout", "type": "readout"})
    found = surveyed(tmp_path, value)
    text, html = report.text(found, Style()), page.page(found)
    for reason in ("it does not occur in the text", "there is no source `reprot`"):
        assert f": {reason}\n" in text
        assert f"not found: {reason}" in html
    assert "source readout: no text\n" in text
    assert "Not measured: 1 source without a text." in text
    document = report.document(found)
    assert document["summary"]["unplacedEvidence"] == 2
    assert document["summary"]["sourcesWithoutText"] == 1
    assert document["records"][0]["unplaced"][0]["reason"] == "there is no source `reprot`"
    assert document["records"][0]["sources"][1] == {"pointer": "/sources/1", "id": "readout", "noText": "no text"}


def test_the_json_report_has_the_documented_form(tmp_path: Path) -> None:
    document = json.loads(
        report.as_json(surveyed(tmp_path, record_quoting("Yes.\r\nNo. Oh.\r\n", "Yes.", "No.", "Um.")))
    )
    assert document["reportVersion"] == "1.0"
    assert document["summary"] == {
        "files": 1, "records": 1, "texts": 1, "sourcesWithoutText": 0, "uncoveredPassages": 1, "unplacedEvidence": 1,
        "unsupportedEntries": 3,
    }  # fmt: skip
    (record,) = document["records"]
    assert {**record, "sources": []} == {
        "file": f"{tmp_path}/0.json", "record": "talks", "title": "Talks", "sources": [], "unplaced": [],
        "unsupported": ["", "/parties/0", "/delegations/0"],
    }  # fmt: skip
    first = {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 5}
    second = {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 4}
    third = {"startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 8}
    of_statement = {"entry": "/statements/0", "kind": "statement"}
    absent = {"pointer": "/statements/0/evidence/2", "exact": "Um.", "reason": "it does not occur in the text"}
    assert record["sources"] == [
        {
            "pointer": "/sources/0",
            "id": "report",
            "percent": 70.0,
            "characters": 10,
            "coveredCharacters": 7,
            "eventOnlyCharacters": 0,
            "irrelevantCharacters": 0,
            "uncovered": [{"start": 10, "end": 13, "region": third, "text": "Oh."}],
            "eventOnly": [],
            "irrelevant": [],
            "passages": [
                {**of_statement, "pointer": "/statements/0/evidence/0", "start": 0, "end": 4, "region": first},
                {**of_statement, "pointer": "/statements/0/evidence/1", "start": 6, "end": 9, "region": second},
            ],
            "unplaced": [{**of_statement, **absent}],
        }
    ]


def divided(*quotes: str) -> dict[str, Any]:
    """A record of a text of which one sentence is for the event as a whole, one is set aside and one is left."""
    text = "It was Monday. He spoke. She spoke. Read\nmore. They left."
    return record_quoting(
        text,
        *quotes,
        evidence=[{"source": "report", "exact": "It was Monday."}],
        irrelevant=[{"reason": "A link.", "evidence": [{"source": "report", "exact": "Read\nmore."}]}],
    )


def test_what_only_the_event_as_a_whole_rests_on_and_what_is_set_aside_have_tables_of_their_own(tmp_path: Path) -> None:
    out = shown(tmp_path, divided("He spoke."))
    assert (
        "source report: 52.6 % covered (31.5 % only for the event as a whole), 20 of 38 characters, 2 passages" in out
    )
    assert "event as a whole: passages that are evidence for nothing else\n   1:1–1:15  It was Monday.\n" in out
    assert "irrelevant: passages that the record sets aside, and why\n   1:37–2:6  Read more.   (A link.)\n" in out
    assert "irrelevant  /irrelevant/0" not in out
    source = report.document(surveyed(tmp_path, divided("He spoke.")))["records"][0]["sources"][0]
    assert (source["eventOnlyCharacters"], source["irrelevantCharacters"]) == (12, 9)
    assert [part["text"] for part in source["eventOnly"] + source["irrelevant"]] == ["It was Monday.", "Read\nmore."]
    assert source["passages"][-1]["kind"] == "irrelevant"


def test_a_long_passage_of_a_table_is_shown_by_its_beginning_in_one_line(tmp_path: Path) -> None:
    text = "\n".join(["word"] * 100)
    out = shown(tmp_path, record_quoting(text, evidence=[{"source": "report", "exact": text}]))
    assert f"   1:1–100:5  {'word ' * 13}word…\n" in out


def test_records_of_one_text_are_measured_together_and_show_once_what_none_of_them_quotes(tmp_path: Path) -> None:
    found = surveyed(tmp_path, divided("He spoke."), divided("She spoke."))
    out = report.text(found, Style())
    assert out.count("source report: 76.3 % covered by 2 records together") == 2
    assert out.count("uncovered: ") == out.count("event as a whole: ") == 1
    assert "Measured 2 records, 1 text: 1 passage without evidence." in out
    document = report.document(found)
    assert (document["summary"]["texts"], document["summary"]["uncoveredPassages"]) == (1, 1)
    names = [f"{tmp_path}/0.json", f"{tmp_path}/1.json"]
    for record in document["records"]:
        (source,) = record["sources"]
        assert (source["records"], source["recordCount"], source["percent"]) == (names, 2, 76.3)
        assert [part["text"] for part in source["uncovered"]] == ["They left."]
        assert len(source["passages"]) == 3


def test_the_json_report_names_the_file_of_a_text() -> None:
    (record,) = report.document(survey(expand([str(REFERENCE)])))["records"]
    assert record["sources"][0]["file"].endswith("article.txt")


def test_control_characters_do_no_harm_on_a_terminal(tmp_path: Path) -> None:
    value = record_quoting("One \x1b[2J\u202e two.", title="\x1b[31mred")
    for color in (False, True):
        out = report.text(surveyed(tmp_path, value), Style(color=color))
        assert "\\u001b[2J\\u202e two." in out
        assert "\x1b[2J" not in out
