"""From what was found in a record to the lines and passages that a reader is shown."""

import json

import pytest

from diplomatic_events.findings import Fault, Finding, Issue, Mismatch, Quote, Severity
from diplomatic_events.inputs.records import RawRecord
from diplomatic_events.jsontext.parse import UNPARSED, Parsed, parse
from diplomatic_events.report.placing import place
from diplomatic_events.report.run import Checked


def placed(text: str, fault: Fault) -> Finding:
    """The finding from a fault of a text."""
    checked = Checked()
    place(
        checked, RawRecord("record.json", text.encode()), Parsed(UNPARSED, (fault,)), [], {fault.rule: Severity.ERROR}
    )
    (finding,) = checked.findings
    return finding


def quote(mismatch: Mismatch) -> Quote:
    """What is shown of a quote and its source."""
    data = json.dumps({"id": "x"}).encode()
    issue = Issue((), "the quote is not in the source", mismatch=mismatch)
    checked = Checked()
    place(
        checked,
        RawRecord("record.json", data),
        Parsed({"id": "x"}),
        [("evidence/not-verbatim", issue)],
        {"evidence/not-verbatim": Severity.ERROR},
    )
    (finding,) = checked.findings
    assert finding.quote is not None
    return finding.quote


def test_of_a_long_difference_only_the_beginning_is_shown() -> None:
    whole, mark = (0, 1000), " "
    found = quote(Mismatch(None, "a" * 1000, whole, "b" * 1000, whole))
    assert (found.quoted, found.quoted_span) == (mark + "a" * 120 + "…", (1, 81))
    assert (found.source, found.source_span) == (mark + "b" * 120 + "…", (1, 81))


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_a_quote_is_shown_in_one_line(end: str) -> None:
    found = quote(Mismatch(None, f"a{end}b", (2, 3), f"a{end}c", (2, 3)))
    assert (found.quoted, found.source) == (" a b", " a c")


@pytest.mark.parametrize(
    ("text", "note", "column"),
    [
        ('{"a": 1', "it begins here", 1),
        ('{"a": "b', "it begins here", 7),
        ('{"b": 1, "a": 2, "a": 3}', "the first is here", 10),
    ],
)
def test_the_second_place_of_a_fault_says_what_stands_there(text: str, note: str, column: int) -> None:
    (fault,) = parse(text.encode()).faults
    (related,) = placed(text, fault).related
    assert related.place is not None
    assert (related.message, related.place.line, related.place.column) == (note, 1, column)


def test_no_line_is_shown_of_a_record_that_is_too_large_to_be_read() -> None:
    text = '{"a": 1}'
    (fault,) = parse(text.encode(), max_bytes=7).faults
    assert placed(text, fault).excerpt is None


def test_a_line_is_shown_of_any_other_record_with_a_fault() -> None:
    (fault,) = parse(b'{"a" 1}').faults
    excerpt = placed('{"a" 1}', fault).excerpt
    assert excerpt is not None
    assert excerpt.text == '{"a" 1}'
