"""Every record survives the way into a draft and back, but for what the docs say is not kept."""

import json
import re
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given

import conformance
from check_records import ROOT
from diplomatic_events import Severity, check, extraction_draft, extraction_schema
from diplomatic_events.pointers import at, resolve
from diplomatic_events.schema.catalogue import catalogue
from newest import VERSION
from property.strategies import records, records_with_files
from property.test_findings import UNSHRUNK
from round_trip import LOST, kept, offsets, texts_of, there_and_back, without

RECORD = jsonschema_rs.validator_for(catalogue().schema(VERSION))
DRAFT = jsonschema_rs.validator_for(extraction_schema())
EXAMPLES = [
    path for path in sorted((ROOT / "examples").rglob("*.json")) if "schemaVersion" in json.loads(path.read_bytes())
]


def survives(record: dict[str, Any], files: dict[str, bytes]) -> None:
    """What is to hold of each valid record: its draft has the form, and the record made of that is the same.

    Offsets are found anew, unless the text cannot be had or the quote and its context occur more than once in it.
    """
    assert DRAFT.is_valid(extraction_draft(record))
    assembled = there_and_back(record, files)
    assert kept(assembled.record) == kept(record)
    texts = texts_of(record, files)
    found = offsets(assembled.record)
    for path, span in offsets(without(record, LOST)).items():
        quote = at(record, path)
        assert found.get(path) == span or not is_only_once(texts.get(quote["source"], ""), quote)


def is_only_once(text: str, quote: dict[str, Any]) -> bool:
    passage = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
    return len(re.findall(f"(?={re.escape(passage)})", text)) == 1


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_example_survives(path: Any) -> None:
    record = json.loads(path.read_bytes())
    files = {file.relative_to(path.parent).as_posix(): file.read_bytes() for file in path.parent.rglob("*.txt")}
    survives(record, files)


def test_every_valid_case_of_the_conformance_suite_survives() -> None:
    number = 0
    for case in conformance.cases():
        for name, content in case.files.items():
            try:
                record = json.loads(content) if name.endswith(".json") else None
            except ValueError:
                continue
            if isinstance(record, dict) and RECORD.is_valid(record) and has_sound_offsets(record, case.files):
                survives(record, case.files)
                number += 1
    assert number > 100


def has_sound_offsets(record: dict[str, Any], files: dict[str, bytes]) -> bool:
    """Whether the offsets of a record are those of its quotes: wrong ones are not kept but put right."""
    report = check(record, name="record.json")
    return not any(
        finding.rule in ("evidence/offset-mismatch", "evidence/reversed-span") for finding in report.findings
    )


@UNSHRUNK
@given(records())
def test_every_generated_record_survives(record: Any) -> None:
    survives(record, {})


@UNSHRUNK
@given(records_with_files())
def test_every_generated_record_with_files_survives(drawn: tuple[Any, dict[str, str]]) -> None:
    record, files = drawn
    survives(record, {name: text.encode() for name, text in files.items()})


@UNSHRUNK
@given(records(complete=True))
def test_a_sound_record_has_no_error_after_the_way_there_and_back(record: Any) -> None:
    found = [finding for finding in there_and_back(record).report.findings if finding.severity is Severity.ERROR]
    without_offsets = [finding for finding in found if finding.rule == "schema/duplicate-item"]
    assert found == without_offsets
    for finding in without_offsets:
        path = resolve(record, finding.pointer or "")
        assert path is not None
        assert "start" in at(record, path), "it was told from the other by its offsets alone"
