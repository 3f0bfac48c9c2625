"""Which entries of a record no evidence supports."""

from typing import Any

import pytest

from check_records import EXAMPLE, example
from diplomatic_events.coverage.measure import cover
from diplomatic_events.sources.texts import Texts
from quoting import SCHEMA

QUOTE = [{"source": "report", "exact": "Freedonia met"}]
HOST = {"hosts": [{"party": "sylvania"}]}
CHAIR = {"id": "chair", "office": {"title": "chairman"}, "role": "member"}


def bare(change: dict[str, Any]) -> tuple[str, ...]:
    return cover(example(change), SCHEMA, Texts(None)).unsupported


def test_in_a_record_with_evidence_throughout_nothing_is_without() -> None:
    assert cover(EXAMPLE, SCHEMA, Texts(None)).unsupported == ()


@pytest.mark.parametrize(
    ("change", "pointers"),
    [
        ({"evidence": None}, ("",)),
        ({"/outcomes/0/evidence": None}, ("/outcomes/0",)),
        (HOST, ("/hosts/0",)),
        ({"/people/1": {"id": "nobody", "name": "Nobody"}}, ("/people/1",)),
        ({"/delegations/1/evidence": None}, ("/delegations/1",)),
        ({"/delegations/1/evidence": None, "/outcomes/0/parties": None}, ("/parties/1", "/delegations/1")),
    ],
    ids=["the event", "an outcome", "a host", "a person whom nothing names", "a delegation", "also its party"],
)
def test_an_entry_without_evidence_is_listed_by_its_pointer(change: dict[str, Any], pointers: tuple[str, ...]) -> None:
    assert bare(change) == pointers


@pytest.mark.parametrize(
    "change",
    [
        {"/delegations/0/evidence": None, "/delegations/0/members/0/evidence": QUOTE},
        {"/delegations/0/members/1": CHAIR},
        {"hosts": [{"party": "sylvania", "evidence": QUOTE}]},
        {**HOST, "/annotations/1": {"target": "/hosts", "kind": "inferred", "basis": "It received the guests."}},
        {**HOST, "/annotations/1": {"target": "/hosts/0", "kind": "inferred", "basis": "It received the guests."}},
        {"/sources/1": {"id": "readout", "type": "readout"}},
        {"irrelevant": [{"reason": "A joke.", "evidence": [{"source": "report", "exact": "in Geneva on"}]}]},
    ],
    ids=[
        "inside it", "around it", "its own", "inferred with others", "inferred", "a source needs none", "what is set aside",
    ],
)  # fmt: skip
def test_an_entry_is_supported_by_evidence_around_or_inside_it_or_by_what_it_is_inferred_from(
    change: dict[str, Any],
) -> None:
    assert bare(change) == ()


def test_a_doubt_is_no_support() -> None:
    assert bare({**HOST, "/annotations/1": {"target": "/hosts/0", "kind": "uncertain", "basis": "?"}}) == ("/hosts/0",)


def test_of_two_members_without_evidence_around_them_only_the_one_without_its_own_is_listed() -> None:
    change = {
        "/delegations/0/evidence": None,
        "/delegations/0/members/0/evidence": QUOTE,
        "/delegations/0/members/1": CHAIR,
    }
    assert bare(change) == ("/delegations/0/members/1",)


def test_evidence_that_is_not_found_supports_nothing_and_evidence_that_nobody_can_look_up_does() -> None:
    change = {"/outcomes/0/evidence": [{"source": "report", "exact": "They shook hands."}]}
    assert bare(change) == ("/outcomes/0",)
    assert bare({**change, "/sources/0/text": None}) == ()


def test_a_party_that_only_the_record_itself_refers_to_is_supported_by_the_evidence_of_the_record() -> None:
    asked = {"/parties/2": {"id": "asker", "type": "other", "name": "Asker"}, "initiatedBy": ["asker"]}
    assert bare(asked) == ()
    assert bare({**asked, "evidence": None}) == ("", "/parties/2")
