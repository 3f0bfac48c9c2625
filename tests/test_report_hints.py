"""What a program hands back to a model: places in the draft's form, what may stand there, and never too much of it."""

import json
from copy import deepcopy
from typing import Any

import jsonschema
import pytest

from diplomatic_events import Options, assemble, check, extraction_draft
from diplomatic_events.report.formats import render, repair
from diplomatic_events.rulebook import EXAMPLE, EXAMPLE_TEXT, example
from diplomatic_events.schema.catalogue import catalogue

SCHEMA = json.loads((catalogue().folder / "report/1.0/repair.schema.json").read_bytes())
LONG = "x" * 500


def handed_back(record: dict[str, Any]) -> dict[str, Any]:
    """The repair of a record, as the command prints it, valid against its schema."""
    printed = render(check(record, options=Options(hints=True)), "repair")
    document = json.loads(printed)
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    assert printed == render(check(deepcopy(record), options=Options(hints=True)), "repair")
    return document  # type: ignore[no-any-return]


def only(changes: dict[str, Any]) -> dict[str, Any]:
    """The one finding in a changed example."""
    (finding,) = handed_back(example(changes))["findings"]
    return finding  # type: ignore[no-any-return]


def test_the_schema_of_the_form_is_sound() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_wrong_code_is_answered_with_those_that_are_allowed_the_nearest_first() -> None:
    found = only({"/delegations/0/members/0/office/level": "ministr"})
    assert found["pointer"] == "/delegations/0/members/0/office/0/level/0"
    assert found["allowed"][:2] == ["minister", "head-of-state"]
    assert len(found["allowed"]) == 19


def test_a_wrong_id_is_answered_with_the_ids_of_the_right_kind() -> None:
    found = only({"/delegations/1/party": "sylvannia"})
    assert (found["pointer"], found["allowed"]) == ("/delegations/1/party", ["sylvania", "freedonia"])


def test_of_very_many_codes_only_those_that_are_near_are_named() -> None:
    found = only({"/places/0/country": "Switzerland"})
    assert found["allowed"] == ["CHE"]
    assert found["more"] > 200


def test_a_code_that_is_known_but_wrong_where_it_stands_has_no_list_of_others() -> None:
    found = only({"type": "meeting", "visitType": "state"})
    assert found["rule"] == "participation/visit-type-of-no-visit"
    assert "allowed" not in found


def test_a_missing_property_is_named_with_its_place_and_what_is_allowed() -> None:
    found = only({"/statements/0/form": None})
    assert found["pointer"] == "/statements/0"
    assert found["missing"] == [
        {"pointer": "/statements/0/form", "allowed": ["direct", "indirect", "mixed", "written"]}
    ]
    either = only({"/delegations/0/members/0/person": None, "/delegations/0/members/0/office": None, "people": None,
                   "/outcomes/0/signatories/0": None, "/statements/0/speakers/0": "freedonia"})  # fmt: skip
    assert [place["pointer"] for place in either["missing"]] == [
        "/delegations/0/members/0/person", "/delegations/0/members/0/office/0",
    ]  # fmt: skip


def test_a_quote_is_answered_with_the_passage_that_it_nearly_is() -> None:
    found = only({"evidence": [{"source": "report", "exact": "met the Sylvanian trade secretary in Geneva"}]})
    assert found["pointer"] == "/evidence/0/exact"
    (passage,) = found["passages"]
    assert passage["text"] == "met the Sylvanian trade minister in Geneva"
    assert EXAMPLE_TEXT.index(passage["before"] + passage["text"] + passage["after"]) >= 0


def test_a_quote_that_stands_in_several_places_is_answered_with_each() -> None:
    found = only({"evidence": [{"source": "report", "exact": "minister"}]})
    assert [passage["before"][-6:] for passage in found["passages"]] == ["trade ", "anian "]
    assert "`start`" not in found["help"], "no draft has offsets"


def test_a_quote_from_another_source_is_answered_with_that() -> None:
    found = handed_back(example({"/sources/1": {"id": "readout", "type": "readout", "text": "The talks went well. All said so."},
                                 "evidence": [{"source": "report", "exact": "The talks went well."}]}))["findings"]  # fmt: skip
    (wrong,) = [row for row in found if row["rule"] == "evidence/not-verbatim"]
    assert (wrong["passages"][0]["source"], wrong["passages"][0]["text"]) == ("readout", "The talks went well.")


def test_a_person_is_answered_with_the_sentences_that_have_the_name() -> None:
    found = only({"/people/0/evidence": [{"source": "report", "exact": "the Sylvanian trade minister"}]})
    assert found["rule"] == "claims/name-not-in-evidence"
    assert found["passages"][0]["text"].startswith("GENEVA, 3 May 2021 - Foreign Minister Ana Ruiz")


def test_what_no_draft_has_is_only_counted() -> None:
    document = handed_back(example({"/annotations/0/target": "second-meting"}))
    assert (document["findings"], document["notInDraft"], document["leftOut"]) == ([], 1, 0)


def test_a_record_full_of_faults_is_handed_back_in_small_parts() -> None:
    party = {"type": LONG, "name": "x", "country": LONG, "several": False, LONG: 1}
    record = example({"parties": [{"id": f"{LONG[:100]}{number}", **party} for number in range(900)],
                      "topics": [f"{LONG}{number}" for number in range(900)]})  # fmt: skip
    printed = render(check(record, options=Options(hints=True)), "repair")
    document = json.loads(printed)
    assert len(document["findings"]) <= repair.MOST
    assert document["leftOut"] > 1000
    assert len(printed) < 2 * repair.MOST_CHARACTERS


def test_errors_come_before_warnings_and_notes() -> None:
    severities = [
        row["severity"] for row in handed_back(example({"topics": ["tarde"], "date": "2021-02-30"}))["findings"]
    ]
    assert severities == sorted(severities)
    assert len(set(severities)) > 1


def test_without_being_asked_for_nothing_is_looked_up() -> None:
    (finding,) = check(example({"/delegations/1/party": "sylvannia"})).findings
    assert finding.hint is None


@pytest.mark.parametrize("named", [True, False])
def test_a_place_is_named_with_the_draft_that_has_it(named: bool) -> None:
    record = example({"/delegations/1/party": "sylvannia"})
    drafts = [extraction_draft(record)]
    if named:
        parts = ("event", "parties", "delegations", "statements", "outcomes", "upcoming")
        drafts = [extraction_draft(record, part) for part in parts]
    (row,) = assemble(drafts, EXAMPLE_TEXT).repair()["findings"]
    assert row["file"] == ("draft 3" if named else "the draft")
    assert row["pointer"] == "/delegations/1/party"


def test_what_no_draft_says_has_no_draft() -> None:
    (row,) = assemble(extraction_draft({**EXAMPLE, "title": ""}), EXAMPLE_TEXT).repair()["findings"]
    assert "file" not in row
    assert row["missing"] == [{"pointer": "/title"}]
