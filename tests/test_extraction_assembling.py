"""Drafts made into a record: joined, with offsets, digests, codes and provenance, and checked."""

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from diplomatic_events import DiplomaticEventsError, DraftError, assemble, check, extraction_draft
from diplomatic_events.rulebook import EXAMPLE, EXAMPLE_DIGEST, EXAMPLE_TEXT, example
from diplomatic_events.schema.drafts import PARTS
from round_trip import kept

DRAFT = extraction_draft(EXAMPLE)
Draft = dict[str, Any]


def changed(**changes: Any) -> Draft:
    return {**deepcopy(DRAFT), **changes}


def found(draft: Draft, text: str = EXAMPLE_TEXT) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.pointer) for finding in assemble(draft, text).report.findings]


def test_the_draft_of_a_record_becomes_that_record_again() -> None:
    assembled = assemble(DRAFT, EXAMPLE_TEXT)
    assert assembled.ok
    assert kept(assembled.record) == kept(EXAMPLE)
    assert assembled.record["evidence"] == EXAMPLE["evidence"], "its offsets are found"
    assert check(assembled.record).ok


def test_one_draft_for_each_part_makes_the_same_record() -> None:
    parts = [json.dumps(extraction_draft(EXAMPLE, part)) for part in PARTS]
    assembled = assemble(parts, EXAMPLE_TEXT)
    assert assembled.record == assemble(DRAFT, EXAMPLE_TEXT).record
    assert assembled.origins["statements"] == f"draft {PARTS.index('statements') + 1}"


def test_text_digest_and_provenance_are_filled_in() -> None:
    assembled = assemble(DRAFT, EXAMPLE_TEXT, id="another", tool="a model 1", created=date(2026, 1, 2))
    source = assembled.record["sources"][0]
    assert (source["text"], source["sha256"]) == (EXAMPLE_TEXT, EXAMPLE_DIGEST)
    assert assembled.record["provenance"] == {"created": "2026-01-02", "method": "machine", "tool": "a model 1"}
    assert assembled.record["id"] == "another"
    assert assemble(DRAFT, EXAMPLE_TEXT).record["provenance"] == {"method": "machine"}


def test_only_a_quote_that_can_be_in_one_place_gets_offsets() -> None:
    quotes = [{"source": "report", "exact": "minister"}, {"source": "report", "exact": "minister", "prefix": "trade "}]
    assembled = assemble(changed(evidence=quotes), EXAMPLE_TEXT)
    ambiguous, placed = assembled.record["evidence"]
    assert "start" not in ambiguous
    assert EXAMPLE_TEXT[placed["start"] - 6 : placed["end"]] == "trade minister"
    assert [finding.rule for finding in assembled.report.findings] == ["evidence/ambiguous"]


def test_what_cannot_be_done_is_a_finding_of_the_same_rules() -> None:
    assert found(changed(evidence=[{"source": "report", "exact": "in Genf"}])) == [
        ("evidence/not-verbatim", "/evidence/0/exact")
    ]
    assert found(changed(places=[{"country": "Congo"}])) == [("schema/not-in-codelist", "/places/0/country")]
    assert ("schema/missing-property", "") in found(changed(title=""))


def test_a_text_is_that_of_the_source_that_is_quoted() -> None:
    cited = {"id": "agency", "type": "news-article"}
    sources = [*deepcopy(DRAFT["sources"]), cited]
    assembled = assemble(changed(sources=sources), EXAMPLE_TEXT)
    assert ["text" in source for source in assembled.record["sources"]] == [True, False]
    assembled = assemble(changed(sources=sources), {"agency": "They met.", "report": EXAMPLE_TEXT})
    assert [source["text"] for source in assembled.record["sources"]] == [EXAMPLE_TEXT, "They met."]


def test_a_text_finds_its_source_by_a_name_as_well() -> None:
    quote = {**DRAFT["evidence"][0], "source": "The Report"}
    sources = [{**DRAFT["sources"][0], "id": "The Report"}]
    draft = {"sources": sources, "evidence": [quote]}
    assembled = assemble([draft], {"The Report": EXAMPLE_TEXT})
    assert [source["id"] for source in assembled.record["sources"]] == ["the-report"]
    assert "start" in assembled.record["evidence"][0]


def test_a_text_without_its_source_is_not_lost() -> None:
    assembled = assemble(changed(sources=[]), {"report": EXAMPLE_TEXT})
    assert [finding.message for finding in assembled.report.findings] == ["the source `report` needs `type`"]
    assert assembled.record["sources"][0]["id"] == "report"
    assert assemble(changed(sources=[]), EXAMPLE_TEXT).record["sources"][0]["text"] == EXAMPLE_TEXT


def test_two_sources_that_are_quoted_must_be_told_apart() -> None:
    record = example({"/sources/1": {"id": "readout", "type": "readout", "text": "In Geneva."},
                      "/evidence/1": {"source": "readout", "exact": "In Geneva."}})  # fmt: skip
    with pytest.raises(DiplomaticEventsError, match="the drafts have the sources `report` and `readout`"):
        assemble(extraction_draft(record), EXAMPLE_TEXT)


def test_a_doubled_source_is_a_finding() -> None:
    draft = {**DRAFT, "sources": [*DRAFT["sources"], *DRAFT["sources"]]}
    assert [finding.rule for finding in assemble([draft], {"report": EXAMPLE_TEXT}).report.findings] == [
        "reference/duplicate-id"
    ]


def test_a_property_belongs_to_one_draft() -> None:
    with pytest.raises(DraftError, match="draft 2 /title: draft 1 has this property as well"):
        assemble([DRAFT, {"title": "Another"}], EXAMPLE_TEXT)
    assert assemble([DRAFT, {"name": "The talks", "mode": []}], EXAMPLE_TEXT).record["name"] == "The talks"


def test_what_is_no_json_or_no_draft_is_said() -> None:
    with pytest.raises(DraftError, match="the draft: it is no JSON: the text ends before this object is closed"):
        assemble('{"title": "x"', EXAMPLE_TEXT)
    with pytest.raises(DraftError, match="draft 2 /parties/0: it is text and must be an object"):
        assemble([DRAFT, {"parties": ["x"]}], EXAMPLE_TEXT)
    with pytest.raises(TypeError, match="a draft is an object, or bytes or text of JSON, not int"):
        assemble([5], EXAMPLE_TEXT)  # type: ignore[list-item]


@pytest.mark.parametrize("sources", [b"text", None, {"report": b"text"}])
def test_a_text_that_is_none_is_refused_in_words(sources: Any) -> None:
    with pytest.raises(
        TypeError, match=r"sources is a text, or a mapping of ids to texts; (bytes|NoneType) is no text"
    ):
        assemble({}, sources)


def test_a_draft_is_not_changed() -> None:
    before = json.dumps(DRAFT)
    assemble(DRAFT, EXAMPLE_TEXT)
    assert json.dumps(DRAFT) == before
