"""What the fix of each rule makes of a fault, and where there is none because more than one thing may be meant."""

import json
from typing import Any, Final

import pytest

from check_records import example
from diplomatic_events import Finding, check_bytes
from diplomatic_events.edit.changes import applied
from diplomatic_events.rulebook import EXAMPLE_DIGEST
from diplomatic_events.rules import RULES

Changes = dict[str, Any]


def quote(exact: str, **more: Any) -> Changes:
    return {"evidence": [{"source": "report", "exact": exact, **more}]}


def of_source(text: str, exact: str, **more: Any) -> Changes:
    """A quote from a second source, with a text of its own."""
    return {
        "/sources/1": {"id": "other", "type": "readout", "text": text},
        "/evidence/1": {"source": "other", "exact": exact, **more},
    }


def target(where: str) -> Changes:
    return {"/annotations/0/target": where}


def state(name: str, country: str) -> Changes:
    return {"/parties/1": {"id": "sylvania", "type": "state", "name": name, "country": country}}


def language(tag: str) -> Changes:
    return {"/sources/0/language": tag}


def identifier(scheme: str, value: str) -> Changes:
    return {"/parties/0/identifiers": [{"scheme": scheme, "value": value}]}


AUSTRIA: Final = {"id": "austria", "type": "state", "name": "Austria", "country": "AUT"}
ANNEX: Final = {
    "id": "annex",
    "type": "other",
    "title": "Annex",
    "evidence": [{"source": "report", "exact": "in Geneva"}],
}

FIXED: Final[list[tuple[str, str, Changes, Changes]]] = [
    ("evidence/offset-mismatch", "safe", quote("in Geneva", start=0, end=9), quote("in Geneva", start=93, end=102)),
    ("evidence/offset-mismatch", "safe", of_source("x" * 30 + "b. " + "x" * 300 + "b.", "b.", start=45, end=47),
        of_source("x" * 30 + "b. " + "x" * 300 + "b.", "b.", start=30, end=32)),
    ("evidence/offset-mismatch", "safe", quote("Ms Ruiz said", start=147, end=159), quote("Ms Ruiz said", start=141, end=153)),
    ("evidence/offset-mismatch", "safe", of_source("é" * 30 + "b. " + "x" * 300 + "b.", "b.", start=60, end=62),
        of_source("é" * 30 + "b. " + "x" * 300 + "b.", "b.", start=30, end=32)),
    ("evidence/offset-mismatch", "safe", of_source("😀" * 30 + "b. " + "x" * 300 + "b.", "b.", start=60, end=62),
        of_source("😀" * 30 + "b. " + "x" * 300 + "b.", "b.", start=30, end=32)),
    ("evidence/offset-mismatch", "safe", of_source("one b, two b", "b", prefix="two ", start=0, end=1),
        of_source("one b, two b", "b", prefix="two ", start=11, end=12)),
    ("evidence/reversed-span", "safe", quote("minister", start=92, end=84), quote("minister", start=84, end=92)),
    ("evidence/reversed-span", "safe", quote("Geneva", start=20, end=14), quote("Geneva", start=96, end=102)),
    ("evidence/hash-mismatch", "safe", {"/sources/0/sha256": "0" * 64}, {"/sources/0/sha256": EXAMPLE_DIGEST}),
    ("evidence/not-verbatim", "safe", quote('"We will open the border," Ms Ruiz'), quote("“We will open the border,” Ms Ruiz")),
    ("evidence/not-verbatim", "safe", quote("They  signed\n a memo\u00adrandum"), quote("They signed a memorandum")),
    ("evidence/not-verbatim", "safe", quote('on Monday. "We', start=0, end=14), quote("on Monday. “We", start=103, end=117)),
    ("evidence/not-verbatim", "safe", of_source("Ru\u0301z … said", "Rúz ... said"), of_source("Ru\u0301z … said", "Ru\u0301z … said")),
    ("evidence/not-verbatim", "unsafe", quote("met the Sylvanian trade secretary in"), quote("met the Sylvanian trade minister in")),
    ("evidence/not-verbatim", "unsafe",
        {"/statements/0/text": "We will close the border,", "/statements/0/evidence/0/exact": "“We will close the border,” Ms Ruiz said."},
        {}),
    ("statements/text-not-in-evidence", "unsafe", {"/statements/0/text": "We will shut the border,"}, {}),
    ("annotations/no-such-target", "safe", target("second-meetng/date"), {}),
    ("annotations/no-such-target", "safe", target("date"), target("/date")),
    ("annotations/fragile-target", "safe", target("/upcoming/0/date"), {}),
    ("codes/unknown", "safe", {"topics": ["human-right"]}, {"topics": ["human-rights"]}),
    ("codes/unknown", "unsafe", {"topics": ["tarde"]}, {"topics": ["trade"]}),
    ("codes/unknown-currency", "unsafe", {"/outcomes/0/amounts": [{"value": 5, "unit": "CFH"}]},
        {"/outcomes/0/amounts": [{"value": 5, "unit": "CHF"}]}),
    ("codes/deprecated", "safe", language("iw"), language("he")),
    ("codes/unknown-language", "safe", language("en-UK"), language("en-GB")),
    ("codes/malformed-identifier", "safe", identifier("wikidata", "https://www.wikidata.org/wiki/Q148"), identifier("wikidata", "Q148")),
    ("reference/unknown-party", "safe", {"/delegations/1/party": "sylvannia"}, {}),
    ("reference/unknown-party", "unsafe", {"/upcoming/0/participants": ["austria"]},
        {"/upcoming/0/participants": ["austria"], "/parties/2": AUSTRIA}),
    ("reference/unknown-person", "safe",
        {"/people/0/id": "ruiz-ana", "/delegations/0/members/0/person": "ana-ruiz"},
        {"/people/0/id": "ruiz-ana", "/delegations/0/members/0/person": "ruiz-ana"}),
    ("reference/unknown-member", "safe", {"/statements/1/speakers": ["sylvanian-ministre"]}, {}),
    ("reference/unknown-source", "safe", {"/evidence/0/source": "reprot"}, {}),
    ("reference/unknown-programme-item", "safe", {"programme": [{"id": "talks", "title": "T"}], "/statements/0/programmeItem": "talk"},
        {"programme": [{"id": "talks", "title": "T"}], "/statements/0/programmeItem": "talks"}),
    ("reference/unknown-statement", "safe", {"/statements/1/inReplyTo": "boarder"}, {"/statements/1/inReplyTo": "border"}),
    ("reference/unknown-outcome", "safe", {"/outcomes/1": {**ANNEX, "partOf": "memorandumm"}},
        {"/outcomes/1": {**ANNEX, "partOf": "memorandum"}}),
    ("reference/member-as-person", "safe", {"/statements/0/speakers": ["ana-ruiz"]}, {}),
    ("schema/wrong-type", "safe", {"/statements/0/speakers": "ruiz"}, {}),
    ("schema/wrong-type", "safe", {"topics": [None, "trade"]}, {"topics": ["trade"]}),
    ("schema/wrong-type", "safe", {"/delegations/0/size": "12"}, {"/delegations/0/size": 12}),
    ("schema/not-in-codelist", "safe", {"type": "meting"}, {}),
    ("schema/not-in-codelist", "safe", {"/places/0/country": "CH"}, {}),
    ("schema/not-in-codelist", "safe", state("China", "PRC"), state("China", "CHN")),
    ("schema/pattern-mismatch", "safe", {"date": "3 May 2021"}, {}),
    ("schema/pattern-mismatch", "safe", {"title": " Talks"}, {"title": "Talks"}),
    ("schema/pattern-mismatch", "safe", {"/delegations/1/party": "Sylvania"}, {}),
    ("schema/too-short", "safe", {"/sources/0/title": ""}, {}),
    ("schema/too-few", "safe", {"topics": []}, {}),
    ("schema/too-few-properties", "safe", {"provenance": {}}, {}),
    ("schema/unknown-property", "safe", {"/statements/0/speakers": None, "/statements/0/speaker": "ruiz"}, {}),
]  # fmt: skip

UNCLEAR: Final[list[tuple[str, Changes]]] = [
    ("evidence/offset-mismatch", of_source("b. " * 100, "b.", start=100, end=102)),
    ("evidence/offset-mismatch", of_source("b. " + "x" * 300 + "b.", "b.", start=0, end=9)),
    ("evidence/offset-mismatch", of_source("b. " + "x" * 300 + "b.", "b.", start=150, end=152)),
    ("evidence/not-verbatim", quote("Nobody has ever written these words.")),
    ("evidence/not-verbatim", quote("The Sylvanian minister […] a memorandum on border trade.")),
    ("evidence/not-verbatim", of_source("“b” and ”b“", '"b"')),
    ("evidence/not-verbatim", quote("MS RUIZ SAID")),
    ("evidence/hash-mismatch", {"/sources/0/sha256": "0" * 64, **quote("in Geneva", start=0, end=9)}),
    ("statements/text-not-in-evidence", {"/statements/0/text": "We will open the border tomorrow"}),
    ("annotations/no-such-target", target("first-meeting/date")),
    ("annotations/no-such-target", target("/upcoming/7/date")),
    ("codes/malformed-identifier", identifier("isni", "0000000121032684")),
    ("codes/deprecated", identifier("grid", "grid.1234.5")),
    ("codes/country-name-mismatch", state("India", "IDN")),
    ("reference/unknown-party", {"/delegations/1/party": "ruritania"}),
    ("reference/unknown-party", {"/parties/1/id": "gambia", "/delegations/1/party": "gambia", "/outcomes/0/parties": ["zambie"]}),
    ("reference/unknown-member", {"/statements/0/speakers": ["ruis"]}),
    ("reference/member-as-person", {
        "/statements/0/speakers": ["ana-ruiz"], "/delegations/1/members/1": {"id": "again", "person": "ana-ruiz"}}),
    ("schema/not-in-codelist", state("Austria", "AU")),
    ("schema/not-in-codelist", {"/places/0/country": "CEH"}),
    ("schema/not-in-codelist", {"type": "trade meeting or visit"}),
    ("schema/pattern-mismatch", {"date": "2021/05/03"}),
    ("schema/pattern-mismatch", {"date": "05/03/2021"}),
    ("schema/pattern-mismatch", {"id": "Geneva Talks"}),
    ("schema/wrong-type", {"topics": [None, "trade"], **target("/topics/1")}),
    ("schema/too-short", {"title": ""}),
    ("schema/unknown-property", {"tittle": "x"}),
    ("schema/unknown-property", {"remarks": "x"}),
]  # fmt: skip


def found(changes: Changes, rule: str) -> tuple[bytes, list[Finding]]:
    data = json.dumps(example(changes), ensure_ascii=False).encode()
    report = check_bytes(data)
    assert report.crashes == ()
    return data, [finding for finding in report.findings if finding.rule == rule]


@pytest.mark.parametrize(("rule", "applicability", "fault", "right"), FIXED)
def test_a_fix_makes_the_right_thing_of_a_fault(rule: str, applicability: str, fault: Changes, right: Changes) -> None:
    data, findings = found(fault, rule)
    (fix,) = [finding.fix for finding in findings]
    assert fix is not None
    assert fix.safe is (applicability == "safe")
    fixed = applied(data, [(edit.start, edit.end, edit.text) for edit in fix.edits])
    assert json.loads(fixed) == example(right)


@pytest.mark.parametrize(("rule", "fault"), UNCLEAR)
def test_where_more_than_one_thing_may_be_meant_there_is_no_fix(rule: str, fault: Changes) -> None:
    _, findings = found(fault, rule)
    assert findings
    assert [finding.fix for finding in findings] == [None] * len(findings)


def test_a_rule_says_which_fixes_it_has() -> None:
    shown = {rule: {applicability for other, applicability, _, _ in FIXED if other == rule} for rule, *_ in FIXED}
    assert {id: set(rule.fixes) for id, rule in RULES.items() if rule.fixes} == shown


def test_every_fix_is_said_in_one_line_that_begins_with_a_verb() -> None:
    for rule, _, fault, _ in FIXED:
        for finding in found(fault, rule)[1]:
            assert finding.fix is not None
            assert finding.fix.what.split()[0] in ("write", "remove", "put", "add")
