"""The conformance suite is whole, and this validator passes it: through the API, the command and both engines."""

import json
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

import conformance
import newest
from diplomatic_events import Options, check_paths
from diplomatic_events.cli import config
from diplomatic_events.rules import RULES

SUITE = Path(__file__).parent / "conformance"
MANIFEST: dict[str, Any] = json.loads((SUITE / "manifest.json").read_bytes())
CASES: dict[str, dict[str, Any]] = {case["id"]: case for case in MANIFEST["cases"]}
PINNED = dict(line.split(" ") for line in (SUITE / "rules.txt").read_text(encoding="utf-8").splitlines())
EVENT_SCHEMA = json.loads(newest.SCHEMA.read_bytes())
NOT_CASES = {"README.md", "manifest.json", "manifest.schema.json", "rules.txt"}
ENGINES = ("jsonschema-rs", "jsonschema")
TOGETHER = ("json", "structure", "record")
"""The profiles whose cases are checked in one run: each file has findings of its own."""

Found = tuple[str, str, str, str, int | None, int | None]
"""A finding as the suite compares it: file, rule, severity, pointer, and line and column where they are expected."""

each_case = pytest.mark.parametrize("id", CASES)
each_rule = pytest.mark.parametrize("rule", PINNED)


def expected(case: dict[str, Any]) -> list[Found]:
    """What the manifest says of a case."""
    return sorted(
        (
            finding.get("file", case["files"][0]),
            finding["rule"],
            finding["severity"],
            finding["pointer"] or "",
            finding.get("line"),
            finding.get("column"),
        )
        for finding in case["expect"]
    )


def compared(case: dict[str, Any], findings: list[dict[str, Any]]) -> list[Found]:
    """The findings of a validator, reduced to what the manifest tells of them."""
    wanted: dict[tuple[str, str], dict[str, Any]] = {
        (finding.get("file", case["files"][0]), finding["rule"]): finding for finding in case["expect"]
    }
    return sorted(
        (
            finding["file"],
            finding["rule"],
            finding["severity"],
            finding["pointer"] or "",
            finding["line"] if "line" in wanted.get((finding["file"], finding["rule"]), {}) else None,
            finding["column"] if "column" in wanted.get((finding["file"], finding["rule"]), {}) else None,
        )
        for finding in findings
    )


def runs() -> dict[tuple[str, ...], list[dict[str, Any]]]:
    """The cases by the run that they are checked in: many together where each file can be told from the others."""
    found: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for case in CASES.values():
        options = [f"--{name}={number}" for name, number in limits(case).items()]
        alone = () if case["profile"] in TOGETHER else (case["id"],)
        found[*options, *(("--ignore=corpus",) if not alone else ()), *alone].append(case)
    return found


def limits(case: dict[str, Any]) -> dict[str, int]:
    """The limits that a case is checked with, as the command names them."""
    names = {"maxBytes": "max-bytes", "maxDepth": "max-depth"}
    return {names[name]: number for name, number in case.get("options", {}).items()}


def folder_of(cases: list[dict[str, Any]]) -> Path:
    """Where a run takes place: a configuration holds in its own folder."""
    return SUITE / cases[0]["id"] if cases[0]["profile"] == "configuration" else SUITE


def paths_of(cases: list[dict[str, Any]]) -> list[Path]:
    """What a run is given: the files, or with a configuration its whole folder, of which alone suppressions are judged."""
    if cases[0]["profile"] == "configuration":
        return [folder_of(cases)]
    return [SUITE / file for case in cases for file in case["files"]]


@cache
def by_api(engine: str) -> dict[str, list[dict[str, Any]]]:
    """What the API finds in each file."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for cases in runs().values():
        known = config.find(folder_of(cases)) if cases[0]["profile"] == "configuration" else config.Config()
        options = Options(
            engine=engine,
            ignore=("corpus",) if cases[0]["profile"] in TOGETHER else (),
            suppressions=known.suppressions,
            today=date(2026, 1, 1),
            **{name.replace("-", "_"): number for name, number in limits(cases[0]).items()},  # type: ignore[arg-type]
        )
        report = check_paths(paths_of(cases), options)
        assert report.crashes == ()
        assert report.failures == ()
        for finding in report.findings:
            place = finding.place
            found[name_of(finding.file, Path.cwd())].append(
                {
                    "file": name_of(finding.file, Path.cwd()),
                    "rule": finding.rule,
                    "severity": finding.severity.value,
                    "pointer": finding.pointer,
                    "line": place and place.line,
                    "column": place and place.column,
                }
            )
    return found


def name_of(file: str, folder: Path) -> str:
    """A file's path as the manifest writes it."""
    return (folder / file).resolve().relative_to(SUITE.resolve()).as_posix()


@cache
def by_command() -> dict[str, list[dict[str, Any]]]:
    """What the installed command finds in each file."""
    with ThreadPoolExecutor(8) as pool:
        outputs = list(pool.map(lambda item: _run(*item), runs().items()))
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for findings in outputs:
        for finding in findings:
            found[finding["file"]].append(finding)
    return found


def _run(key: tuple[str, ...], cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    folder = folder_of(cases)
    files = [path.relative_to(folder).as_posix() for path in paths_of(cases)]
    options = [word for word in key if word.startswith("--")]
    command = [sys.executable, "-m", "diplomatic_events", "check", "--format=jsonl", *options, *files]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == int(any(finding["severity"] == "error" for finding in findings)), done.stderr
    return [{**finding, "file": name_of(finding["file"], folder)} for finding in findings]


def of_case(case: dict[str, Any], found: dict[str, list[dict[str, Any]]]) -> list[Found]:
    """The findings in all files of a case."""
    return compared(
        case, [finding for file in (*case["files"], *case.get("beside", ())) for finding in found.get(file, ())]
    )


@pytest.mark.parametrize("engine", ENGINES)
@each_case
def test_the_api_finds_what_the_case_expects_and_nothing_else(id: str, engine: str) -> None:
    assert of_case(CASES[id], by_api(engine)) == expected(CASES[id])


@each_case
def test_the_command_finds_what_the_case_expects_and_nothing_else(id: str) -> None:
    assert of_case(CASES[id], by_command()) == expected(CASES[id])


@cache
def schema_validators() -> tuple[Any, Any]:
    """The event schema in two implementations, without a line of ours around them."""
    return jsonschema_rs.Draft202012Validator(EVENT_SCHEMA), jsonschema.Draft202012Validator(EVENT_SCHEMA)


@pytest.mark.parametrize("number", range(len(ENGINES)), ids=ENGINES)
def test_a_plain_json_schema_validator_gives_the_verdict_of_each_case(number: int) -> None:
    validator = schema_validators()[number]
    differing = [
        id
        for id, case in CASES.items()
        if "valid" in case
        and all(validator.is_valid(json.loads((SUITE / file).read_bytes())) for file in case["files"]) != case["valid"]
    ]
    assert differing == []


def test_the_manifest_is_valid_against_its_schema() -> None:
    schema = json.loads((SUITE / "manifest.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(MANIFEST)


def test_the_manifest_names_every_file_of_the_folder_and_no_other() -> None:
    named = [file for case in CASES.values() for file in (*case["files"], *case.get("beside", ()))]
    there = {path.relative_to(SUITE).as_posix() for path in SUITE.rglob("*") if path.is_file()}
    assert len(named) == len(set(named))
    assert set(named) == there - NOT_CASES


def test_no_two_cases_have_one_id_and_they_are_in_order() -> None:
    ids = [case["id"] for case in MANIFEST["cases"]]
    assert ids == sorted(set(ids))


def test_a_case_is_named_after_its_files() -> None:
    for id, case in CASES.items():
        for file in (*case["files"], *case.get("beside", ())):
            assert file.startswith((f"{id}.", f"{id}/")), id


def test_no_two_cases_claim_the_same_of_the_same_rule() -> None:
    claims = [(case["id"].partition(".")[0], case["title"], bool(case["expect"])) for case in CASES.values()]
    assert len(claims) == len(set(claims))


def test_the_pinned_rules_are_the_rules_with_their_severities() -> None:
    assert {id: rule.severity.value for id, rule in RULES.items()} == PINNED
    assert list(PINNED) == sorted(PINNED)


@each_rule
def test_each_rule_has_a_case_that_breaks_it(rule: str) -> None:
    assert any(finding["rule"] == rule for case in CASES.values() for finding in case["expect"])


@each_rule
def test_each_rule_has_a_case_that_comes_close_and_breaks_none(rule: str) -> None:
    assert any(rule in case.get("nearMissOf", ()) and not case["expect"] for case in CASES.values())


def test_a_case_has_one_fault_of_the_severity_that_its_rule_has_or_comes_close_to_one() -> None:
    for id, case in CASES.items():
        assert len(case["expect"]) <= 1, id
        assert case["expect"] or case["nearMissOf"], id
        for finding in case["expect"]:
            assert finding["severity"] == PINNED[finding["rule"]], id
            assert finding["rule"] not in case.get("nearMissOf", ()), id
            assert ("file" in finding) == (len(case["files"]) > 1 or finding["rule"].startswith("config/")), id


def test_a_case_is_invalid_by_the_schema_only_where_a_rule_of_the_schema_is_broken() -> None:
    for id, case in CASES.items():
        broken = {finding["rule"].partition("/")[0] for finding in case["expect"]}
        if "valid" in case:
            assert case["valid"] == ("schema" not in broken), id
        if "schema-only" in case.get("tags", ()):
            assert "valid" in case, id
            assert broken <= {"schema"}, id


def test_the_systematic_cases_are_what_the_tool_makes_of_the_schema() -> None:
    made = {case.entry["id"]: case for case in conformance.cases()}
    assert {id: case.entry for id, case in made.items()} == {
        id: case for id, case in CASES.items() if "generated" in case.get("tags", ())
    }
    for case in made.values():
        text = (SUITE / case.entry["files"][0]).read_text(encoding="utf-8")
        assert text == conformance.layout(case.record) + "\n"


def test_the_systematic_cases_break_every_keyword_at_every_place_that_has_it() -> None:
    places = conformance.sites(conformance.wholes())
    assert set(places) == {pointer for pointer, _ in conformance.subschemas()}
    for pointer, site in places.items():
        if pointer not in ("", "/$defs/extension", "/$defs/alternative/properties/value"):
            named = pointer.endswith("/propertyNames") or pointer == "/properties/schemaVersion"
            assert list(conformance.faults(site)) or named, pointer


def test_records_that_pass_use_every_property_and_every_code() -> None:
    used: set[tuple[str, Any]] = set()

    def walk(pointer: str, part: dict[str, Any], value: Any) -> None:
        used.add((pointer, value if "enum" in part else None))
        if "$ref" in part:
            name = part["$ref"].removeprefix("#/$defs/")
            walk(f"/$defs/{name}", EVENT_SCHEMA["$defs"][name], value)
        for key, child in value.items() if isinstance(value, dict) else ():
            if key in part.get("properties", {}):
                walk(f"{pointer}/properties/{key}", part["properties"][key], child)
        for child in value if isinstance(value, list) and "items" in part else ():
            walk(f"{pointer}/items", part["items"], child)

    for case in CASES.values():
        if case.get("valid"):
            for file in case["files"]:
                walk("", EVENT_SCHEMA, json.loads((SUITE / file).read_bytes()))
    for pointer, part in conformance.subschemas():
        for code in part.get("enum", [None]):
            of_names = pointer.startswith("/$defs/namespace") or "propertyNames" in pointer
            assert (pointer, code) in used or of_names or "additionalProperties" in pointer or "extension" in pointer
