"""Evidence: what is said of a quote that does not stand where it should."""

from pathlib import Path
from typing import Any

import pytest

from checking import check_value, example
from diplomatic_events.findings import Finding
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
    differing = ("the quote differs from the source at character 19", "copy the passage from the source")
    assert [(finding.message, finding.help) for finding in findings[:100]] == [differing] * 100
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
        assert (finding.rule, finding.help) == ("evidence/reversed-span", None)


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
