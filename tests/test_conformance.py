"""The conformance suite is whole, and this validator passes it: through the API, the command and both engines."""

import copy
import json
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

import conformance
import conformance_sources
import conformance_systematic as systematic
from conformance_sources import Case
from diplomatic_events import Options, Severity, check_bytes, check_paths
from diplomatic_events.cli import config
from diplomatic_events.rulebook import EXAMPLE, example
from diplomatic_events.rules import FAMILIES, RULES
from run_command import Run, runner

CASES = {case.entry["id"]: case for case in conformance.cases()}
ENTRIES: dict[str, dict[str, Any]] = {id: case.entry for id, case in CASES.items()}
PINNED = conformance_sources.severities()
ENGINES = ("jsonschema-rs", "jsonschema")
TOGETHER = ("json", "structure", "record")
"""The profiles whose cases are checked in one run: each file has findings of its own."""

Found = dict[str, list[dict[str, Any]]]
"""Findings by their files, as `--format=jsonl` writes them."""


def of_family(family: str) -> list[Case]:
    """The cases of a family of rules."""
    return [case for id, case in CASES.items() if id.startswith(f"{family}/")]


def runs(cases: Iterable[Case]) -> list[list[Case]]:
    """The cases by the run that they are checked in: many together where each file can be told from the others."""
    found: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        alone = case.entry["profile"] not in TOGETHER
        found[case.entry["id"] if alone else str(case.entry.get("options"))].append(case)
    return list(found.values())


def inputs(cases: list[Case], folder: Path) -> list[Path]:
    """What a run is given: the files or, with a configuration, the folder in which alone it holds."""
    if cases[0].entry["profile"] == "configuration":
        return [folder / cases[0].entry["id"]]
    return [folder / file for case in cases for file in case.entry["files"]]


def by_api(cases: list[Case], engine: str, folder: Path) -> Found:
    """What the API finds in the files of some cases, which it writes into a folder."""
    conformance.write_files(folder, cases)
    found: Found = defaultdict(list)
    for run in runs(cases):
        paths, limits = inputs(run, folder), run[0].entry.get("options", {})
        known = config.find(paths[0]) if run[0].entry["profile"] == "configuration" else config.Config()
        options = Options(
            engine=engine,
            ignore=("corpus",) if run[0].entry["profile"] in TOGETHER else (),
            suppressions=known.suppressions,
            today=date(2026, 1, 1),
            **{{"maxBytes": "max_bytes", "maxDepth": "max_depth"}[name]: limit for name, limit in limits.items()},
        )
        report = check_paths(paths, options)
        assert (report.crashes, report.failures) == ((), ())
        assert [finding for finding in report.findings if not finding.help] == [], "every finding says what to do"
        for finding in report.findings:
            file = (Path.cwd() / finding.file).resolve().relative_to(folder.resolve()).as_posix()
            line, column = (finding.place.line, finding.place.column) if finding.place else (None, None)
            found[file].append({
                "rule": finding.rule, "severity": finding.severity.value, "pointer": finding.pointer, "file": file,
                "line": line, "column": column,
            })  # fmt: skip
    return found


def arguments(cases: list[Case], home: Path, folder: Path) -> list[str]:
    """How the command is called for a run, in some folder."""
    limits = {"maxBytes": "max-bytes", "maxDepth": "max-depth"}
    options = [f"--{limits[name]}={limit}" for name, limit in cases[0].entry.get("options", {}).items()]
    options += ["--ignore=corpus"] if cases[0].entry["profile"] in TOGETHER else []
    return ["check", "--format=jsonl", *options, *(path.relative_to(home).as_posix() for path in inputs(cases, folder))]


def differing(cases: Iterable[Case], found: Found) -> list[str]:
    """The cases in which something else is found than they expect, in words: none, if all is well."""
    return [f"{case.entry['id']}: {words}" for case in cases for words in _difference(case, found)]


def _difference(case: Case, found: Found) -> Iterable[str]:
    first, findings = case.entry["files"][0], [finding for file in case.files for finding in found.get(file, ())]
    expected = [{"file": first, **finding, "pointer": finding["pointer"] or ""} for finding in case.entry["expect"]]
    keys = set().union(*expected) if expected else {"rule", "pointer", "file"}
    reduced = [{key: finding[key] or "" if key == "pointer" else finding[key] for key in keys} for finding in findings]
    if reduced != expected:
        yield f"expected {expected or 'nothing'}, found {reduced or 'nothing'}"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("family", FAMILIES)
def test_the_api_finds_what_each_case_expects_and_nothing_else(family: str, engine: str, tmp_path: Path) -> None:
    cases = of_family(family)
    wrong = differing(cases, by_api(cases, engine, tmp_path))
    assert not wrong, "\n".join(wrong)


def test_the_command_finds_what_each_case_expects_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    conformance.write_files(tmp_path, CASES.values())
    run = runner(monkeypatch, capsys)
    found: Found = defaultdict(list)
    for cases in runs(CASES.values()):
        first = cases[0].entry
        home = tmp_path / first["id"] if first["profile"] == "configuration" else tmp_path
        monkeypatch.chdir(home)
        called = arguments(cases, home, tmp_path)
        code, lines = _in_a_process(*called) if first["profile"] in TOGETHER else _here(run, called)
        findings = [json.loads(line) for line in lines]
        assert code == int(any(finding["severity"] == "error" for finding in findings))
        for finding in findings:
            file = (home / finding["file"]).relative_to(tmp_path).as_posix()
            found[file].append({**finding, "file": file})
    wrong = differing(CASES.values(), found)
    assert not wrong, "\n".join(wrong)


def _in_a_process(*arguments: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", "diplomatic_events", *arguments], capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.splitlines()


def _here(run: Run, arguments: list[str]) -> tuple[int, list[str]]:
    ran = run(*arguments)
    return ran.code, ran.out.splitlines()


@cache
def values() -> dict[str, list[Any]]:
    """The records of each case whose verdict by the schema alone is said."""
    return {
        id: [json.loads(data) for data in case.checked.values()]
        for id, case in CASES.items()
        if "valid" in case.entry
    }  # fmt: skip


@pytest.mark.parametrize("implementation", [jsonschema_rs, jsonschema], ids=ENGINES)
def test_a_plain_json_schema_validator_gives_the_verdict_of_each_case(implementation: Any) -> None:
    validator = implementation.Draft202012Validator(systematic.SCHEMA)
    wrong = [id for id, found in values().items() if all(map(validator.is_valid, found)) != ENTRIES[id]["valid"]]
    assert wrong == []


def test_the_suite_is_written_out_as_its_manifest_says_and_its_schema_asks(tmp_path: Path) -> None:
    folder = tmp_path / "suite"
    conformance.write(folder)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    schema = json.loads((folder / "manifest.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(manifest)
    named = [file for entry in manifest["cases"] for file in (*entry["files"], *entry.get("beside", ()))]
    others = {"README.md", "LICENSE", "manifest.json", "manifest.schema.json", "rules.txt"}
    assert len(named) == len(set(named))
    assert set(named) == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - others


def test_a_folder_that_holds_something_else_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    with pytest.raises(SystemExit, match="does not contain the suite"):
        conformance.write(tmp_path)
    assert (tmp_path / "mine.txt").exists()


def test_the_page_shows_a_case_as_it_is_written_and_as_it_is_written_out() -> None:
    page = (conformance_sources.ROOT / "docs/conformance.md").read_text("utf-8")
    entry, source = re.findall(r"```json\n(.*?),?\n```", page, re.DOTALL)
    assert json.loads(entry) == ENTRIES["evidence/offset-mismatch.utf-16-units"]
    assert source in (conformance_sources.SUITE / "dates.json").read_text("utf-8")


def test_no_two_cases_have_one_id_and_the_sources_are_in_order() -> None:
    assert len(CASES) == len(conformance.cases())
    for family in FAMILIES:
        ids = [source["id"] for source in conformance_sources.sources() if source["id"].startswith(f"{family}/")]
        assert ids == sorted(ids)


def test_a_case_is_named_after_its_files() -> None:
    for id, case in CASES.items():
        assert all(file.startswith((f"{id}.", f"{id}/")) for file in case.files), id


def test_no_two_cases_claim_the_same_of_the_same_rule() -> None:
    claims = [(id.partition(".")[0], entry["title"], bool(entry["expect"])) for id, entry in ENTRIES.items()]
    assert len(claims) == len(set(claims))


def test_the_pinned_rules_are_the_rules_with_their_severities() -> None:
    assert {id: rule.severity.value for id, rule in RULES.items()} == PINNED
    assert list(PINNED) == sorted(PINNED)


def test_each_rule_has_a_case_that_breaks_it_and_one_that_comes_close_and_breaks_none() -> None:
    assert {finding["rule"] for entry in ENTRIES.values() for finding in entry["expect"]} == set(PINNED)
    assert {
        rule for entry in ENTRIES.values() if not entry["expect"] for rule in entry.get("nearMissOf", ())
    } == set(PINNED)  # fmt: skip


def test_a_case_has_one_fault_or_comes_close_to_one() -> None:
    for id, entry in ENTRIES.items():
        assert len(entry["expect"]) <= 1, id
        assert entry["expect"] or entry["nearMissOf"], id
        if "/systematic/" not in id:
            assert bool(entry["expect"]) != (".pass." in id or "/whole." in id), id
        for finding in entry["expect"]:
            assert finding["rule"] not in entry.get("nearMissOf", ()), id
            assert ("file" in finding) == (len(entry["files"]) > 1 or finding["rule"].startswith("config/")), id


def test_the_systematic_cases_break_every_keyword_at_every_place_that_has_it() -> None:
    places = systematic.sites()
    assert set(places) == {pointer for pointer, _ in systematic.subschemas()}
    for pointer, site in places.items():
        if pointer not in ("", "/$defs/extension", "/$defs/alternative/properties/value"):
            named = pointer.endswith("/propertyNames") or pointer == "/properties/schemaVersion"
            assert list(systematic.faults(site)) or named, pointer


def test_records_that_pass_use_every_property_and_every_code() -> None:
    used: set[tuple[str, Any]] = set()

    def walk(pointer: str, part: dict[str, Any], value: Any) -> None:
        used.add((pointer, value if "enum" in part else None))
        if "$ref" in part:
            name = part["$ref"].removeprefix("#/$defs/")
            walk(f"/$defs/{name}", systematic.SCHEMA["$defs"][name], value)
        for key, child in value.items() if isinstance(value, dict) else ():
            if key in part.get("properties", {}):
                walk(f"{pointer}/properties/{key}", part["properties"][key], child)
        for child in value if isinstance(value, list) and "items" in part else ():
            walk(f"{pointer}/items", part["items"], child)

    for id, records in values().items():
        for record in records if ENTRIES[id]["valid"] else ():
            walk("", systematic.SCHEMA, record)
    for pointer, part in systematic.subschemas():
        for code in part.get("enum", [None]):
            of_names = pointer.startswith("/$defs/namespace") or "propertyNames" in pointer
            assert (pointer, code) in used or of_names or "additionalProperties" in pointer or "extension" in pointer


@pytest.mark.parametrize("path", conformance_sources.source_files(), ids=lambda path: path.name)
def test_the_sources_are_laid_out_for_people(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text == conformance_sources.document(json.loads(text)), "python validator/tools/conformance.py --layout"


def test_the_layout_puts_what_fits_on_a_line_and_shows_what_is_hidden() -> None:
    cases = [
        {"id": "dates/a.short", "title": "A soft\u00adhyphen"},
        {"id": "dates/a.long", "title": "x" * 60, "patch": [{"op": "add", "path": "/a", "value": "y" * 40}] * 2},
        {"id": "dates/b.next", "title": "Zürich"},
    ]
    change = f'{{ "op": "add", "path": "/a", "value": "{"y" * 40}" }}'
    assert conformance_sources.document(cases) == (
        '[\n{ "id": "dates/a.short", "title": "A soft\\u00adhyphen" },\n'
        f'{{ "id": "dates/a.long", "title": "{"x" * 60}",\n  "patch": [{change},\n    {change}] }},\n\n'
        '{ "id": "dates/b.next", "title": "Zürich" }\n]\n'
    )


def test_the_bases_are_sound() -> None:
    for name, record in conformance_sources.bases().items():
        report = check_bytes(json.dumps(record).encode())
        # A base whose source lies in a file leaves it to the cases to bring the file.
        assert {finding.rule for finding in report.findings} <= {"evidence/text-file-missing"}, name


def test_every_base_is_changed_by_a_case() -> None:
    written = "".join(path.read_text("utf-8") for path in conformance_sources.source_files())
    of_rules = {"example"}
    assert [name for name in conformance_sources.bases().keys() - of_rules if f'"base": "{name}"' not in written] == []


@pytest.mark.parametrize(
    ("change", "result"),
    [
        ({"op": "add", "path": "/b", "value": 1}, {"a": [1, 2], "b": 1}),
        ({"op": "add", "path": "/a", "value": 1}, {"a": 1}),
        ({"op": "add", "path": "/a/1", "value": 9}, {"a": [1, 9, 2]}),
        ({"op": "add", "path": "/a/2", "value": 9}, {"a": [1, 2, 9]}),
        ({"op": "add", "path": "/x~1~0y", "value": 9}, {"a": [1, 2], "x/~y": 9}),
        ({"op": "replace", "path": "/a/0", "value": 9}, {"a": [9, 2]}),
        ({"op": "replace", "path": "", "value": []}, []),
        ({"op": "remove", "path": "/a/0"}, {"a": [2]}),
    ],
)
def test_a_patch_changes_a_copy_as_rfc_6902_says(change: dict[str, Any], result: Any) -> None:
    record = {"a": [1, 2]}
    assert conformance_sources.patched(record, [change]) == result
    assert record == {"a": [1, 2]}


@pytest.mark.parametrize("change", [{"op": "remove", "path": "/b"}, {"op": "replace", "path": "/a/2", "value": 1}, {"op": "move", "path": "/a"}])  # fmt: skip
def test_a_patch_of_what_is_not_there_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=change["path"]):
        conformance_sources.patched({"a": [1, 2]}, [change])


@pytest.mark.parametrize("misspelt", [{"pach": []}, {"files": {"a.json": {"pach": []}}}])
def test_a_property_that_no_case_has_is_refused(misspelt: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="unknown property pach"):
        conformance_sources.expanded({"id": "dates/a.b", "title": "A misspelt property", "base": "talks", **misspelt})


def test_the_examples_of_every_rule_can_be_entered_as_cases() -> None:
    for rule in RULES.values():
        bad, good = map(conformance_sources.expanded, conformance.examples(rule))
        assert (bad.entry["expect"][0]["rule"], good.entry["nearMissOf"]) == (rule.id, [rule.id])
        for case, fragment in ((bad, rule.bad), (good, rule.good)):
            changed = next(reversed(case.checked.values()))
            if not isinstance(fragment, bytes):
                assert json.loads(changed) == example(fragment), rule.id
            elif rule.family != "config":
                assert changed == fragment, rule.id
        if rule.family == "corpus":
            assert json.loads(bad.files[f"{rule.id}.example/a.json"]) == EXAMPLE


def test_a_rule_is_entered_with_its_examples_in_the_order_of_ids(tmp_path: Path) -> None:
    for name in ("dates.json", "rules.txt"):
        shutil.copy(conformance_sources.SUITE / name, tmp_path)
    rule = RULES["dates/no-such-day"]
    new = copy.copy(rule)
    new.id, new.severity = "dates/no-such-week", Severity.NOTE
    for _ in range(2):  # the second time, nothing comes twice
        conformance.enter(new, tmp_path)
    before, after = (
        [source["id"] for source in json.loads((folder / "dates.json").read_bytes())]
        for folder in (conformance_sources.SUITE, tmp_path)
    )
    assert after == sorted([*before, "dates/no-such-week.example", "dates/no-such-week.pass.example"])
    lines = (tmp_path / "rules.txt").read_text("utf-8").splitlines()
    assert lines == sorted([*(f"{id} {severity}" for id, severity in PINNED.items()), "dates/no-such-week note"])
