"""Claims: what would take too long to look for is not judged."""

import json
from typing import Any

import pytest

from diplomatic_events import check_bytes
from diplomatic_events.findings import Report
from diplomatic_events.rulebook import example
from diplomatic_events.rules import claims
from diplomatic_events.sources.search import TOO_LONG
from diplomatic_events.sources.speakers import told_by


def check(change: dict[str, Any]) -> Report:
    return check_bytes(json.dumps(example(change)).encode())


def test_speakers_are_not_looked_for_among_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    change = {"/statements/0/speakers": ["sylvanian-minister"]}
    assert [finding.rule for finding in check(change).findings] == ["claims/other-speaker-in-evidence"]
    monkeypatch.setattr(claims, "MOST_EFFORT", 1)
    report = check(change)
    assert report.findings == ()
    assert ("the speakers of statements", TOO_LONG, 1) in report.not_checked


def test_very_many_offices_are_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = [{"source": "report", "exact": "Foreign Minister Ana Ruiz"}]
    change = {"/delegations/0/members/0/office/title": "Secretary", "/delegations/0/members/0/evidence": evidence}
    assert [finding.rule for finding in check(change).findings] == ["claims/words-not-in-source"]
    monkeypatch.setattr(claims, "_MOST_LOOKED_THROUGH", 1)
    report = check(change)
    assert report.findings == ()
    assert report.not_checked == (("the offices", TOO_LONG, 1),)


def test_a_very_long_passage_has_no_plain_speaker() -> None:
    passage = "Kasky said that the river is open"
    assert told_by(f"{passage}.") is not None
    assert told_by(f"{passage}{' and open' * 300}.") is None
