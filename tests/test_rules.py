"""Every rule finds the fault of its bad example, at its place and nothing else, and nothing in its good one."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import newest
from check_records import EXAMPLE, RULES, check_example, check_value, example, text_folder
from diplomatic_events import check
from diplomatic_events.cli.explain import document, shown
from diplomatic_events.rulebook import Rule
from diplomatic_events.rules import register
from diplomatic_events.schema.words import keywords

ENGINES = ("jsonschema-rs", "jsonschema")
SCHEMA: dict[str, Any] = json.loads(newest.SCHEMA.read_bytes())


def test_the_example_record_itself_is_without_fault() -> None:
    assert check_value(EXAMPLE) == ()


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_the_bad_example_of_a_rule_has_its_one_fault_and_the_good_and_the_right_one_have_none(
    rule: Rule, tmp_path: Path
) -> None:
    folder = text_folder(tmp_path)
    for engine in ENGINES:
        (finding,) = check_example(rule, rule.bad, folder, engine).findings
        assert (finding.rule, finding.severity) == (rule.id, rule.severity)
        assert (finding.pointer or "") == rule.at or rule.family == "json"
        assert (finding.message, finding.help) == (rule.says, rule.helps or rule.advice)
        assert check_example(rule, rule.good, folder, engine).findings == ()
        others = check_example(rule, rule.right, folder, engine).findings
        if rule.family == "json":  # a piece of JSON that can be read, and no record
            others = tuple(other for other in others if other.rule.startswith("json/"))
        assert others == ()


@pytest.mark.parametrize(
    ("rule", "beside"),
    [
        ("codes/identifier-twice", {"/parties/0/id": None}),
        ("participation/person-twice", {"/people/0/id": None}),
        ("participation/party-twice", {"/parties/2/id": None}),
        ("claims/unnamed-person", {"/sources/0/title": 7}),
        (
            "claims/name-not-in-evidence",
            {"/sources/0/publisher": [], "/people/0/name": "Jan Novák"},
        ),
        ("evidence/hash-mismatch", {"/statements/0/evidence/0/source": ["report"]}),
    ],
)
def test_a_fault_beside_that_of_a_rule_crashes_nothing(rule: str, beside: dict[str, Any]) -> None:
    bad = RULES[rule].bad
    assert not isinstance(bad, bytes)
    report = check(example({**bad, **beside}))
    assert report.crashes == ()
    assert [finding for finding in report.findings if finding.rule.startswith("schema/")]


def test_messages_are_in_the_readers_words() -> None:
    for text in (text for rule in RULES.values() for text in (rule.says, rule.helps or "")):
        assert not re.search(r"None|True|False|\{'|\['|<class|NoneType|Traceback", text)
        assert not text.endswith(".")


def test_the_right_example_is_the_bad_one_without_its_fault() -> None:
    for rule in RULES.values():
        right = rule.right
        assert right != rule.bad
        if rule.family == "json":
            continue
        if isinstance(rule.bad, bytes):
            assert isinstance(right, bytes), rule.id
        elif rule.id == "schema/unknown-property":
            assert (list(rule.bad), list(right)) == (["tittle"], ["title"])
        else:
            assert isinstance(right, dict)
            assert rule.bad.keys() <= right.keys(), rule.id


def test_a_page_shows_a_short_configuration_whole_and_what_cannot_be_seen_as_an_escape() -> None:
    for rule in RULES.values():
        if rule.family == "config":
            assert isinstance(rule.bad, bytes)
            assert shown(rule.bad) == rule.bad.decode().rstrip("\n")
    assert shown("\ufeff{\n}".encode()) == "\\ufeff{\n}"
    assert document(RULES["schema/missing-version"])["good"] == '"schemaVersion": "1.0"'


def test_every_page_says_what_is_wrong_why_it_matters_and_how_to_fix_it() -> None:
    for rule in RULES.values():
        assert len(rule.paragraphs) == 3, rule.id
        for text in (rule.summary, rule.why, rule.fix):
            assert text[0].isupper() or text[0] == "`", rule.id
            assert text.endswith("."), rule.id
        assert len(rule.summary) <= 120, rule.id
        assert re.fullmatch(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*", rule.id)


def test_two_rules_of_one_id_are_our_own_fault() -> None:
    with pytest.raises(ValueError, match="two rules have one id"):
        register(keywords, keywords)


def parts(part: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of the schema that one key leads to."""
    if "$ref" in part:
        part = SCHEMA["$defs"][part["$ref"].removeprefix("#/$defs/")]
    inner = [part["items"]] if "items" in part else []
    return [*part.get("properties", {}).values(), *inner, *part.get("then", {}).get("properties", {}).values()]


def step(part: dict[str, Any], key: str) -> list[dict[str, Any]]:
    if key == "*":
        return parts(part)
    if "$ref" in part:
        part = SCHEMA["$defs"][part["$ref"].removeprefix("#/$defs/")]
    return [part["properties"][key]] if key in part.get("properties", {}) else []


def test_what_a_rule_needs_is_part_of_a_record() -> None:
    for rule in RULES.values():
        for need in (*rule.needs, *rule.apart):
            way = need.split("/")
            starts = [SCHEMA]
            if way[0] == "**":
                way, starts = way[1:], [SCHEMA, *SCHEMA["$defs"].values()]
            for key in way:
                starts = [inner for part in starts for inner in step(part, key)]
            assert starts, (rule.id, need)
