"""Records as drafts, and drafts as records: what is read, and what is said of a draft that does not have the form."""

import json
from typing import Any

import jsonschema_rs
import pytest

from check_records import ROOT
from diplomatic_events import extraction_draft, extraction_schema
from diplomatic_events.extraction.drafts import DraftError, DraftFault, Reading, country_code
from diplomatic_events.rulebook import EXAMPLE
from diplomatic_events.schema.drafts import PARTS, draft_form
from round_trip import kept

FORM = jsonschema_rs.validator_for(extraction_schema())


def read(draft: Any) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """What a draft says, and the places and words of what is wrong with it."""
    reading = Reading(draft_form(), "draft")
    said = reading.read(draft)
    return said, [(fault.pointer, fault.message) for fault in reading.faults]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples").rglob("record.json"))[::4], ids=lambda path: path.parent.name
)
def test_the_draft_of_a_record_has_the_form_and_says_the_same(path: Any) -> None:
    record = json.loads(path.read_bytes())
    draft = extraction_draft(record)
    assert FORM.is_valid(draft)
    said, faults = read(draft)
    assert not faults
    assert kept({"schemaVersion": record["schemaVersion"], **said}) == kept(record)


def test_the_parts_of_a_draft_are_the_whole() -> None:
    parts = [extraction_draft(EXAMPLE, part) for part in PARTS]
    assert {name: value for part in parts for name, value in part.items()} == extraction_draft(EXAMPLE)


def test_what_is_empty_false_or_missing_is_absent() -> None:
    empty = {"name": "", "mode": [], "places": [], "parties": [{"id": "a", "several": False, "country": ""}]}
    assert read(empty) == ({"parties": [{"id": "a"}]}, [])


def test_zero_is_not_absent() -> None:
    counts = {"votes": [{"counts": [{"against": [0]}]}]}
    assert read({"outcomes": [counts]}) == ({"outcomes": [{"votes": {"counts": {"against": 0}}}]}, [])


def test_an_empty_entry_of_a_list_stays_so_that_it_is_found() -> None:
    assert read({"topics": ["trade", ""]}) == ({"topics": ["trade", ""]}, [])


def test_names_become_the_same_ids_wherever_they_stand() -> None:
    draft = {
        "people": [{"id": "King Hussein", "name": "King Hussein"}],
        "invitedBy": ["King  Hussein", "a.b_c", "約旦"],
    }
    said, faults = read(draft)
    assert not faults
    assert said["people"][0] == {"id": "king-hussein", "name": "King Hussein"}
    assert said["invitedBy"] == ["king-hussein", "a.b_c", "約旦"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Jordan", "JOR"), ("the Netherlands", "NLD"), ("Deutschland", "DEU"), ("中国", "CHN"), ("UK", "GBR"), ("FRA", "FRA"),
        ("DE", "DEU"), ("Soviet Union", "SUN"), ("Congo", "Congo"), ("Korea", "Korea"), ("Burma", "Burma"), ("Freedonia", "Freedonia"),
    ],
)  # fmt: skip
def test_a_country_becomes_a_code_if_only_one_can_be_meant(name: str, code: str) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize(
    ("draft", "pointer", "message"),
    [
        ([], "", "it is a list and must be an object"),
        ({"title": None}, "/title", "it is null and must be text"),
        ({"title": 5}, "/title", "it is a number and must be text"),
        ({"titel": "x"}, "/titel", "a draft has no such property; did you mean `title`?"),
        ({"mode": "phone"}, "/mode", "it is text and must be a list of none or one"),
        ({"mode": ["phone", "video"]}, "/mode", "it is a list of 2 and must be a list of none or one"),
        ({"parties": {"id": "a"}}, "/parties", "it is an object and must be a list"),
        ({"parties": [{"several": "no"}]}, "/parties/0/several", "it is text and must be true or false"),
        ({"delegations": [{"size": [True]}]}, "/delegations/0/size/0", "it is true or false and must be a number"),
        ({"evidence": [{"exact": "x", "start": 5}]}, "/evidence/0/start", "a draft has no such property"),
    ],
)  # fmt: skip
def test_what_does_not_have_the_form_is_named_with_its_place(draft: Any, pointer: str, message: str) -> None:
    assert read(draft)[1] == [(pointer, message)]


def test_an_error_names_the_first_faults_of_many() -> None:
    error = DraftError([DraftFault("a.json", f"/x{number}", "it is null") for number in range(12)])
    assert str(error).splitlines()[0] == "a.json /x0: it is null"
    assert str(error).splitlines()[-1] == "and 2 more"
    assert len(error.faults) == 12
