"""Every rule finds the fault of its bad example, at its place and nothing else, and nothing in its good one."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import newest
from checking import EXAMPLE, RULES, check_example, check_value, text_folder
from diplomatic_events.cli.explain import document, shown
from diplomatic_events.rulebook import Rule
from diplomatic_events.rules import register
from diplomatic_events.schema.words import keywords

ENGINES = ("jsonschema-rs", "jsonschema")
SCHEMA: dict[str, Any] = json.loads(newest.SCHEMA.read_bytes())
each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)


def test_the_example_record_itself_is_without_fault() -> None:
    assert check_value(EXAMPLE) == ()


@pytest.mark.parametrize("engine", ENGINES)
@each_rule
def test_the_bad_example_has_exactly_the_one_finding(rule: Rule, engine: str, tmp_path: Path) -> None:
    findings = check_example(rule, rule.bad, text_folder(tmp_path), engine).findings
    assert [(finding.rule, finding.severity) for finding in findings] == [(rule.id, rule.severity)]
    assert (findings[0].pointer or "") == rule.at or rule.family == "json"


@pytest.mark.parametrize("engine", ENGINES)
@each_rule
def test_the_good_example_has_no_finding(rule: Rule, engine: str, tmp_path: Path) -> None:
    assert check_example(rule, rule.good, text_folder(tmp_path), engine).findings == ()


@pytest.mark.parametrize("engine", ENGINES)
@each_rule
def test_the_right_example_is_the_bad_one_without_its_fault(rule: Rule, engine: str, tmp_path: Path) -> None:
    right = rule.right
    findings = check_example(rule, right, text_folder(tmp_path), engine).findings
    if rule.family == "json":  # a piece of JSON that can be read, and no record
        assert not [finding for finding in findings if finding.rule.startswith("json/")]
        return
    assert findings == ()
    assert right != rule.bad
    if isinstance(rule.bad, bytes):
        assert isinstance(right, bytes)
    elif rule.id == "schema/unknown-property":
        assert (list(rule.bad), list(right)) == (["tittle"], ["title"])
    else:
        assert isinstance(right, dict)
        assert rule.bad.keys() <= right.keys()


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.family == "config"], ids=lambda rule: rule.id)
def test_a_page_shows_a_short_configuration_whole_and_what_cannot_be_seen_as_an_escape(rule: Rule) -> None:
    assert isinstance(rule.bad, bytes)
    assert shown(rule.bad) == rule.bad.decode().rstrip("\n")
    assert shown("\ufeff{\n}".encode()) == "\\ufeff{\n}"
    assert document(RULES["schema/missing-version"])["good"] == '"schemaVersion": "1.0"'
    assert document(RULES["json/invisible-text"])["bad"] == '"title": "\\u200b"'


@each_rule
def test_its_page_says_what_is_wrong_why_it_matters_and_how_to_fix_it(rule: Rule) -> None:
    for text in (rule.summary, rule.why, rule.fix):
        assert text[0].isupper() or text[0] == "`"
        assert text.endswith(".")
    assert len(rule.summary) <= 120
    assert re.fullmatch(r"[a-z]+/[a-z0-9]+(-[a-z0-9]+)*", rule.id)


@each_rule
def test_it_says_of_its_bad_example_what_stands_beside_it(rule: Rule, tmp_path: Path) -> None:
    (finding,) = check_example(rule, rule.bad, text_folder(tmp_path)).findings
    assert (finding.message, finding.help) == (rule.says, rule.helps)


@each_rule
def test_its_message_is_in_the_readers_words(rule: Rule, tmp_path: Path) -> None:
    (finding,) = check_example(rule, rule.bad, text_folder(tmp_path)).findings
    for text in (finding.message, finding.help or ""):
        assert not re.search(r"None|True|False|\{'|\['|<class|NoneType|Traceback", text)
        assert not text.endswith(".")


def test_two_rules_of_one_id_are_our_own_fault() -> None:
    with pytest.raises(ValueError, match="two rules have one id"):
        register(keywords, keywords)


@each_rule
def test_its_page_has_three_paragraphs(rule: Rule) -> None:
    assert len(rule.paragraphs) == 3


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


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES.values() if rule.needs or rule.apart], ids=lambda rule: rule.id
)
def test_what_a_rule_needs_is_part_of_a_record(rule: Any) -> None:
    for need in (*rule.needs, *rule.apart):
        way = need.split("/")
        starts = [SCHEMA]
        if way[0] == "**":
            way, starts = way[1:], [SCHEMA, *SCHEMA["$defs"].values()]
        for key in way:
            starts = [inner for part in starts for inner in step(part, key)]
        assert starts, need
