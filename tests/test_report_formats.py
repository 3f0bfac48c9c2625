"""Every format of a report, on one record with ten faults: golden outputs, the schemas of others, and hostile text.

Set `UPDATE_GOLDEN=1` to write tests/golden anew; then read the difference line by line before you commit it.
"""

import gzip
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import jsonschema
import pytest
import xmlschema
from markdown_it import MarkdownIt

from diplomatic_events import Options, Report, Severity, __version__, check_paths
from diplomatic_events.findings import Excerpt, Finding, NotChecked, Quote, Region, Related
from diplomatic_events.jsontext.parse import parse
from diplomatic_events.report.formats import FORMATS, github, machine, render, sarif
from diplomatic_events.report.formats.style import json_text
from diplomatic_events.rules import RULES
from diplomatic_events.schema.catalogue import catalogue

HERE: Final = Path(__file__).parent
GOLDEN: Final = HERE / "golden"
INPUT: Final = GOLDEN / "input"
SUFFIXES: Final = {
    "text": "txt", "concise": "concise.txt", "json": "json", "jsonl": "jsonl", "sarif": "sarif", "junit": "xml",
    "github": "github.txt", "gitlab": "gitlab.json", "repair": "repair.json", "summary": "md",
}  # fmt: skip
RUNS: Final = {"faults": [".", "gone.json"], "clean": ["clean.json"]}
HINTS: Final = Options(hints=True)
REPORT_SCHEMA: Final = json.loads((catalogue().folder / "report/1.0/report.schema.json").read_bytes())
JUNIT_SCHEMA: Final = xmlschema.XMLSchema(str(HERE / "schemas/junit-10.xsd"))

EVIL: Final = "\x1b]0;evil\x07\x9b31m\u202e ]]> <b onclick='x'>&amp;\" --> ::set-output name=a::b\n::error::x\r##[group]y | `c` [d](https://evil.example) @all $x$ \ufffe\udcff\x00%0A,:"
"""Terminal escapes, markup, workflow commands, line breaks, links, and characters that XML cannot hold."""


def schema(name: str) -> Any:
    return json.loads((HERE / "schemas" / name).read_bytes())


def finding(**more: Any) -> Finding:
    return Finding(**{"rule": "schema/too-short", "severity": Severity.ERROR, "message": "`title` is empty", "file": "a.json", **more})  # fmt: skip


def report_of(*findings: Finding, **more: Any) -> Report:
    totals: dict[tuple[str, Severity], int] = {}
    for found in findings:
        totals[found.rule, found.severity] = totals.get((found.rule, found.severity), 0) + 1
    return Report(**{"findings": findings, "files": 1, "records": 1, "totals": totals, **more})


def evil_report() -> Report:
    """Every text that can come from a file, or from its name, is hostile."""
    place, excerpt = Region(1, 1, 1, 2), Excerpt(1, EVIL, 0, len(EVIL))
    pointer = f"/{EVIL.replace('~', '')}"
    fields = {"message": EVIL, "file": EVIL, "help": EVIL, "record": EVIL, "record_line": 3, "pointer": pointer}
    related = Related(EVIL, EVIL, pointer, place, excerpt)
    quote = Quote(f" {EVIL}", (3, 9), f"…{EVIL}", (1, 1), EVIL, place)
    return report_of(
        finding(**fields, place=place, excerpt=excerpt, related=(related,)),
        finding(**fields, severity=Severity.WARNING, quote=quote),
        finding(**fields, severity=Severity.NOTE, quote=quote._replace(file=None)),
        not_checked=(NotChecked("evidence", "its source has no text", 2),),
        failures=(EVIL,),
        crashes=(f"{EVIL}:1: KeyError: {EVIL}",),
        clean_files=(f"{EVIL}.json",),
    )


def rendered(report: Report, format: str) -> str:
    return github.summary(report) if format == "summary" else render(report, format)


def run(name: str, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.chdir(INPUT)
    return check_paths(RUNS[name], HINTS)


def without_other_rules(log: str) -> str:
    """A log of SARIF with only those of its rules that have results: another rule does not change the golden one."""
    document = json.loads(log)
    (run,) = document["runs"]
    driver, found = run["tool"]["driver"], {result["ruleId"] for result in run["results"]}
    driver["rules"] = [rule for rule in driver["rules"] if rule["id"] in found]
    ids = [rule["id"] for rule in driver["rules"]]
    for result in run["results"]:
        result["ruleIndex"] = ids.index(result["ruleId"])
    return json_text(document, indent=2) + "\n"


def results(report: Report) -> Any:
    return json.loads(render(report, "sarif"))["runs"][0]["results"]


# The forms, whole


@pytest.mark.parametrize("format", SUFFIXES)
@pytest.mark.parametrize("name", RUNS)
def test_a_report_is_the_golden_one(name: str, format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = rendered(run(name, monkeypatch), format)
    shown = without_other_rules(shown) if format == "sarif" else shown
    shown = shown.replace(f'"{__version__}"', '"VERSION"').replace(
        f"diplomatic-events {__version__}", "diplomatic-events VERSION"
    )
    golden = GOLDEN / f"{name}.{SUFFIXES[format]}"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(shown.encode())
    assert shown == golden.read_bytes().decode()


def test_every_format_has_its_golden_reports() -> None:
    assert {*FORMATS, "summary"} == set(SUFFIXES)
    expected = {f"{name}.{suffix}" for name in RUNS for suffix in SUFFIXES.values()}
    assert {path.name for path in GOLDEN.iterdir() if path.is_file()} == expected


def test_the_golden_record_has_ten_different_faults_of_every_severity(monkeypatch: pytest.MonkeyPatch) -> None:
    report = run("faults", monkeypatch)
    assert len({found.rule for found in report.findings}) == len(report.findings) == 10
    assert {found.severity for found in report.findings} == set(Severity)
    assert {found.file for found in report.findings} == {"talks 100%.ndjson"}
    assert {found.record_line for found in report.findings} == {2}


def test_every_region_of_the_golden_reports_is_the_value_that_its_pointer_names() -> None:
    lines = (INPUT / "talks 100%.ndjson").read_text(encoding="utf-8").split("\n")
    for row in (GOLDEN / "faults.jsonl").read_text(encoding="utf-8").splitlines():
        found = json.loads(row)
        value, name = json.loads(lines[found["line"] - 1]), ""
        for name in found["pointer"].split("/")[1:]:
            value = value[int(name)] if isinstance(value, list) else value[name]
        expected = name if found["rule"] == "schema/unknown-property" else value
        assert json.loads(lines[found["line"] - 1][found["column"] - 1 : found["endColumn"] - 1]) == expected
    (entry,) = [entry for entry in json.loads((GOLDEN / "faults.json").read_bytes())["findings"] if "quote" in entry]
    source = entry["quote"]["source"]
    line = (INPUT / source["file"]).read_text(encoding="utf-8").split("\n")[source["region"]["startLine"] - 1]
    assert line[source["region"]["startColumn"] - 1 : source["region"]["endColumn"] - 1] == "memorandum"
    assert source["text"][source["start"] : source["end"]] == "memorandum"


def test_a_report_is_the_same_wherever_the_folder_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in INPUT.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    here = {format: rendered(run("faults", monkeypatch), format) for format in SUFFIXES}
    monkeypatch.chdir(tmp_path)
    assert {format: rendered(check_paths(RUNS["faults"], HINTS), format) for format in SUFFIXES} == here


# The schemas of others


REPORTS: Final[dict[str, Callable[[pytest.MonkeyPatch], Report]]] = {
    "faults": lambda patch: run("faults", patch),
    "clean": lambda patch: run("clean", patch),
    "hostile": lambda patch: evil_report(),
    "empty": lambda patch: Report((), files=0, records=0),
    "without places": lambda patch: report_of(finding(), finding(pointer=""), finding(pointer="/title", record_line=4)),
    "of several lines": lambda patch: report_of(finding(place=Region(2, 3, 9, 4))),
    "cut": lambda patch: report_of(finding())._replace(totals={("schema/too-short", Severity.ERROR): 7}),
}


@pytest.mark.parametrize("name", REPORTS)
def test_sarif_is_valid_against_its_schema(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    log = json.loads(render(REPORTS[name](monkeypatch), "sarif"))
    jsonschema.Draft202012Validator(schema("sarif-2.1.0.json")).validate(log)
    for uri in re.findall(r'"uri": "([^"]*)"', json.dumps(log)):
        assert re.fullmatch(r"(file:///)?([A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)


@pytest.mark.parametrize("name", REPORTS)
def test_junit_is_valid_against_the_schema_of_jenkins_and_counts_right(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = REPORTS[name](monkeypatch)
    text = render(report, "junit")
    JUNIT_SCHEMA.validate(text)
    root = ElementTree.fromstring(text)
    for element in (root, *root):
        for attribute, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
            assert element.get(attribute) == str(len(list(element.iter(tag))))
    errors = [found for found in report.findings if found.severity is Severity.ERROR]
    assert (root.get("failures"), root.get("errors")) == (str(len(errors)), str(len(report.failures + report.crashes)))
    for suite in root:
        cases = [case.get("name") for case in suite.iter("testcase")]
        assert cases
        assert len(set(cases)) == len(cases)


@pytest.mark.parametrize("name", REPORTS)
def test_gitlab_s_report_has_what_gitlab_asks_for_and_unique_fingerprints(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = json.loads(render(REPORTS[name](monkeypatch), "gitlab"))
    jsonschema.Draft202012Validator(schema("gitlab-code-quality.schema.json")).validate(entries)
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)


@pytest.mark.parametrize("name", REPORTS)
def test_the_json_report_is_valid_against_its_published_schema(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    report = REPORTS[name](monkeypatch)
    document = json.loads(render(report, "json"))
    jsonschema.Draft202012Validator(REPORT_SCHEMA).validate(document)
    assert document["$schema"] == REPORT_SCHEMA["$id"]
    assert document["summary"]["listed"] == len(document["findings"]) == len(report.findings)
    assert sum(row["findings"] for row in document["totals"]) == sum(report.totals.values())
    assert len({entry["fingerprint"] for entry in document["findings"]}) == len(document["findings"])


def test_the_schema_of_the_json_report_is_closed_and_explains_everything() -> None:
    jsonschema.Draft202012Validator.check_schema(REPORT_SCHEMA)

    def parts(part: dict[str, Any]) -> list[dict[str, Any]]:
        below = [*part.get("properties", {}).values(), *part.get("$defs", {}).values()]
        below += [part["items"]] if "items" in part else []
        return [part, *(each for inner in below for each in parts(inner))]

    for part in parts(REPORT_SCHEMA):
        assert part.get("type") != "object" or part["additionalProperties"] is False
        assert set(part) <= {"$ref"} or {"type", "minLength"} == set(part) or {"title", "description"} <= set(part)


@pytest.mark.parametrize("name", REPORTS)
def test_a_line_of_jsonl_has_the_documented_fields(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    report = REPORTS[name](monkeypatch)
    lines = render(report, "jsonl").splitlines()
    assert len(lines) == len(report.findings)
    for line in lines:
        assert list(json.loads(line)) == [
            "rule", "severity", "message", "help", "url", "file", "record", "pointer",
            "line", "column", "endLine", "endColumn", "fix",
        ]  # fmt: skip


# Addresses and regions


def test_a_file_below_the_working_folder_has_a_relative_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a/b c.json", "./a/b c.json", "x/../a/b c.json", str(tmp_path / "a" / "b c.json")):
        assert machine.address(name) == ("a/b c.json", "a/b%20c.json", True)
    assert machine.address("北%:#?.json").uri == "%E5%8C%97%25%3A%23%3F.json"
    assert machine.address("\udcff.json").uri == "%FF.json"
    assert machine.address("\ud800.json").uri == "%ED%A0%80.json"
    assert machine.address("..data/x.json") == ("..data/x.json", "..data/x.json", True)


def test_a_file_elsewhere_has_a_file_uri_and_no_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    expected = (tmp_path / "b c.json").as_uri()
    for name in ("../b c.json", str(tmp_path / "b c.json")):
        assert machine.address(name).uri == expected
        (result,) = results(report_of(finding(file=name)))
        assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": expected}


def test_a_file_on_another_drive_has_a_file_uri(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_leads_there(path: str, start: str) -> str:
        raise ValueError(path, start)

    machine._address.cache_clear()
    monkeypatch.setattr(os.path, "relpath", nothing_leads_there)
    assert machine.address("/x/b c.json") == ("/x/b c.json", "file:///x/b%20c.json", False)
    machine._address.cache_clear()


def test_a_region_is_the_part_of_a_place_on_its_first_line() -> None:
    assert machine.region(Region(4, 5, 4, 9)) == (4, 5, 9)
    assert machine.region(Region(4, 5, 9, 2), Excerpt(4, '  "a": {', 7, 8)) == (4, 5, 6)
    assert machine.region(Region(4, 5, 9, 2)) == (4, 5, None)
    assert machine.region(Region(4, 5, 9, 2), Excerpt(4, '  "a', 4, 4)) == (4, 5, None)
    (result,) = results(report_of(finding(place=Region(4, 5, 9, 2))))
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 4, "startColumn": 5, "endLine": 4}
    (result,) = results(report_of(finding(place=Region(4, 5, 4, 9))))
    expected = {"startLine": 4, "startColumn": 5, "endLine": 4, "endColumn": 9}
    assert result["locations"][0]["physicalLocation"]["region"] == expected


# SARIF


def test_sarif_lists_every_rule_with_its_own_severity_whatever_was_found() -> None:
    report = report_of(finding(severity=Severity.NOTE), finding(rule="dates/no-such-day"))
    (log,), (clean,) = (json.loads(render(each, "sarif"))["runs"] for each in (report, report_of()))
    rules = log["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(RULES)
    assert clean["tool"] == log["tool"]
    (short,) = [rule for rule in rules if rule["id"] == "schema/too-short"]
    assert short["defaultConfiguration"] == {"level": "error"}
    assert RULES["schema/too-short"].summary == short["shortDescription"]["text"]
    for result in log["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert [result["level"] for result in log["results"]] == ["error", "note"]


def test_sarif_has_a_rule_of_someone_else_s_too() -> None:
    report = report_of(finding(rule="my/own"), totals={("my/own", Severity.ERROR): 1, ("my/other", Severity.ERROR): 3})
    (log,) = json.loads(render(report, "sarif"))["runs"]
    assert [rule["id"] for rule in log["tool"]["driver"]["rules"]] == sorted([*RULES, "my/own", "my/other"])


def test_code_scanning_can_tell_the_run_and_the_tool_from_others() -> None:
    (log,) = json.loads(render(report_of(), "sarif"))["runs"]
    assert log["automationDetails"] == {"id": "diplomatic-events/"}
    assert log["tool"]["driver"]["fullName"].startswith(f"diplomatic-events {__version__}, ")


@pytest.mark.parametrize("name", REPORTS)
def test_every_result_of_sarif_has_a_region_with_its_lines(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for result in results(REPORTS[name](monkeypatch)):
        for location in (*result["locations"], *result.get("relatedLocations", [])):
            if "physicalLocation" in location:
                region = location["physicalLocation"]["region"]
                assert region["endLine"] == region["startLine"] >= 1
                assert region["startColumn"] >= 1


def test_what_is_damaged_from_its_beginning_on_has_its_result_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.json.gz").write_bytes(gzip.compress(b'{"id": "x"}')[:15])
    Path("b.json.gz").write_bytes(gzip.compress(b"x" * 100)[:2] + b"no gzip")
    report = check_paths(["."])
    assert {found.file for found in report.findings} == {"a.json.gz", "b.json.gz"}
    for result in results(report):
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}


def test_sarif_lists_the_worst_five_thousand_and_tells_how_many_there_are() -> None:
    notes = [finding(severity=Severity.NOTE, message=f"{number}") for number in range(4000)]
    errors = [finding(message=f"{number}") for number in range(3000)]
    (log,) = json.loads(render(report_of(*notes, *errors), "sarif"))["runs"]
    assert len(log["results"]) == sarif.MOST == 5000
    assert [result["message"]["text"] for result in log["results"]] == [
        *(f"{number}" for number in range(3000)), *(f"{number}" for number in range(2000)),
    ]  # fmt: skip
    assert log["invocations"] == [
        {
            "executionSuccessful": True,
            "toolExecutionNotifications": [
                {
                    "level": "warning",
                    "message": {
                        "text": "5,000 of 7,000 findings are listed; the run found 3,000 errors, 0 warnings, "
                        "4,000 notes; the worst are listed first"
                    },
                }
            ],
        }
    ]


def test_sarif_tells_what_could_not_be_read_and_that_the_program_failed() -> None:
    report = Report((), files=2, records=1, failures=("b.json: gone",), crashes=("a.json:1: KeyError: 'x'\nTraceback …",))  # fmt: skip
    (invocation,) = json.loads(render(report, "sarif"))["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"] == [
        {"level": "error", "message": {"text": "b.json: gone"}},
        {"level": "error", "message": {"text": "a fault of the program, at a.json:1: KeyError: 'x'"}},
    ]


@pytest.mark.parametrize("more", [{"failures": ("b.json: gone",)}, {"crashes": ("a.json:1: KeyError: 'x'",)}])
def test_either_of_these_makes_a_run_of_sarif_one_without_success(more: dict[str, Any]) -> None:
    (invocation,) = json.loads(render(report_of(**more), "sarif"))["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False


def test_a_message_of_sarif_holds_no_link() -> None:
    (result,) = results(report_of(finding(message="`[a](1)`")))
    assert result["message"]["text"] == r"`\[a\](1)`"
    assert results(report_of(finding(message="a [b]")))[0]["message"]["text"] == "a [b]"
    assert results(report_of(finding(message=r"\](")))[0]["message"]["text"] == r"\\\]("


def test_a_passage_that_stands_in_the_record_is_told_in_words() -> None:
    quote = Quote(" a bad day", (3, 6), " a good day", (3, 7), None, Region(2, 3, 2, 7))
    (result,) = results(report_of(finding(quote=quote)))
    assert result["relatedLocations"] == [
        {
            "id": 1,
            "message": {
                "text": "line 2, column 3 of the text: the quote has: a [bad] day; the source has: a [good] day"
            },
        }
    ]


@pytest.mark.parametrize("format", ["sarif", "gitlab"])
def test_a_finding_without_a_place_stands_on_the_line_of_its_record(format: str) -> None:
    report = report_of(finding(record_line=7))
    if format == "sarif":
        (result,) = results(report)
        assert result["locations"][0]["physicalLocation"]["region"] == {
            "startLine": 7,
            "startColumn": 1,
            "endLine": 7,
            "endColumn": 1,
        }
    else:
        (entry,) = json.loads(render(report, "gitlab"))
        assert entry["location"] == {"path": "a.json", "lines": {"begin": 7}}


# Fingerprints


def fingerprints(report: Report) -> set[str]:
    return {result["partialFingerprints"][sarif.FINGERPRINT] for result in results(report)}


def test_fingerprints_stay_when_a_record_is_inserted_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.txt").write_bytes((INPUT / "report.txt").read_bytes())
    path = tmp_path / "talks.ndjson"
    faulty = (INPUT / "talks 100%.ndjson").read_text(encoding="utf-8")
    path.write_text(faulty, encoding="utf-8")
    before = check_paths(["talks.ndjson"])
    clean = json.dumps(json.loads((INPUT / "clean.json").read_bytes()))
    path.write_text(f"{clean}\n{faulty}", encoding="utf-8")
    after = check_paths([str(path)])
    assert {found.place for found in before.findings} != {found.place for found in after.findings}
    assert len(fingerprints(before)) == 10
    assert fingerprints(before) == fingerprints(after)


def test_fingerprints_stay_when_an_entry_is_inserted_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    record = json.loads((INPUT / "clean.json").read_bytes())
    (tmp_path / "report.txt").write_bytes((INPUT / "report.txt").read_bytes())
    record["upcoming"][0]["date"] = "2021-06-31"
    Path("a.json").write_text(json.dumps(record), encoding="utf-8")
    before = check_paths(["a.json"])
    record["upcoming"].insert(0, {**record["upcoming"][0], "id": "another", "date": "2021-07"})
    Path("a.json").write_text(json.dumps(record), encoding="utf-8")
    after = check_paths(["a.json"])
    assert [found.pointer for found in before.findings] == ["/upcoming/0/date"]
    assert [found.pointer for found in after.findings] == ["/upcoming/1/date"]
    assert fingerprints(before) == fingerprints(after)


def test_equal_findings_have_fingerprints_of_their_own() -> None:
    first, second, third = machine.marks([finding(), finding(), finding(message="another")])
    assert second == f"{first}-2"
    assert third not in (first, second)


# JUnit


def test_only_errors_fail_a_case_and_the_rest_is_the_suite_s_output() -> None:
    report = report_of(finding(severity=Severity.WARNING, file="b.json"), finding(), clean_files=("c.json",))
    suites = {suite.get("name"): suite for suite in ElementTree.fromstring(render(report, "junit"))}
    assert {name: suite.get("failures") for name, suite in suites.items()} == {"a.json": "1", "b.json": "0", "c.json": "0"}  # fmt: skip
    assert "warning[schema/too-short]\nb.json\n`title` is empty" in (suites["b.json"].findtext("system-out") or "")
    (failure,) = suites["a.json"].iter("failure")
    assert (failure.get("type"), failure.get("message")) == ("schema/too-short", "`title` is empty")


def test_the_suites_stand_in_the_order_of_their_files() -> None:
    report = report_of(finding(file="a.json"), clean_files=("b.json",), files=2)
    assert [suite.get("name") for suite in ElementTree.fromstring(render(report, "junit"))] == ["a.json", "b.json"]


def test_junit_tells_how_many_findings_it_does_not_list() -> None:
    report = report_of(finding(), totals={("schema/too-short", Severity.ERROR): 7})
    suites = {suite.get("name"): suite for suite in ElementTree.fromstring(render(report, "junit"))}
    told = "1 of 7 findings are listed; the run found 7 errors, 0 warnings, 0 notes"
    assert suites["diplomatic-events"].findtext("system-out") == told


def test_a_file_that_could_not_be_read_has_no_passing_case() -> None:
    report = Report((), files=3, records=1, clean_files=("a.json",), failures=("b.json: gone",), crashes=("c.json:1: KeyError: 1",))  # fmt: skip
    suites = [suite.get("name") for suite in ElementTree.fromstring(render(report, "junit"))]
    assert suites == ["a.json", "diplomatic-events"]


# GitHub


def test_github_shows_the_ten_worst_and_tells_how_many_more_there_are() -> None:
    found = [finding(severity=level) for level in Severity for _ in range(6)]
    lines = render(report_of(*reversed(found)), "github").splitlines()
    assert [line.split(" ")[0] for line in lines[:10]] == ["::error"] * 6 + ["::warning"] * 4
    assert lines[10:] == ["… and 8 more", "Checked 1 file, 1 record: 6 errors, 6 warnings, 6 notes."]


def test_what_could_not_be_read_is_the_first_annotation_of_github() -> None:
    lines = render(report_of(*[finding()] * 12)._replace(failures=("b.json: 100% gone",)), "github").splitlines()
    assert lines[0] == "::error title=diplomatic-events::b.json: 100%25 gone"
    assert [line.split(" ")[0] for line in lines[1:10]] == ["::error"] * 9
    assert lines[10] == "… and 3 more"


def test_the_step_summary_stays_within_its_limit() -> None:
    report = report_of(*(finding(message=f"{number} 会") for number in range(500)))
    whole = github.summary(report)
    assert len(whole.encode()) < github.SUMMARY_BYTES
    assert whole.count("\n| error |") == 500
    cut = github.summary(report, 20_000)
    assert 19_000 < len(cut.encode()) <= 20_000
    listed = cut.count("\n| error |")
    assert cut.endswith(f"\n… and {500 - listed:,} more\n")
    assert "0 会" in cut


def test_the_step_summary_stays_within_its_limit_to_the_byte() -> None:
    report = report_of(*(finding(message=f"{number} 会") for number in range(3)))
    least, whole = len(github.summary(report, 0).encode()), len(github.summary(report).encode())
    for limit in range(least, whole + 1):
        assert len(github.summary(report, limit).encode()) <= limit


def test_the_step_summary_counts_the_most_frequent_of_a_severity_first() -> None:
    text = github.summary(report_of(totals={("a/one", Severity.ERROR): 1, ("b/two", Severity.ERROR): 5}))
    assert text.index("| 5 | error | [b/two]") < text.index("| 1 | error | [a/one]")


def test_the_step_summary_names_the_first_of_many_failures() -> None:
    failures = tuple(f"{number}.json: gone" for number in range(25))
    text = github.summary(Report((), files=25, records=0, failures=failures, crashes=("a.json:1: KeyError: 'x'",)))
    assert "\n9.json&#58; gone\n\n… and 15 more that could not be read\n" in text
    assert "10.json" not in text
    assert "\nA fault of the program, at a.json&#58;1&#58; KeyError&#58; &#39;x&#39;\n" in text


def test_a_finding_without_a_place_is_an_annotation_of_its_file_or_of_the_record_s_line() -> None:
    lines = render(report_of(finding(), finding(record_line=4)), "github").splitlines()
    assert lines[0] == "::error file=a.json,title=schema/too-short::`title` is empty"
    assert lines[1] == "::error file=a.json,line=4,title=schema/too-short::`title` is empty"
    (line, _) = render(report_of(finding(place=Region(4, 5, 9, 2))), "github").splitlines()
    assert line == "::error file=a.json,line=4,endLine=4,col=5,title=schema/too-short::`title` is empty"


def test_what_could_not_be_read_is_among_those_that_are_more() -> None:
    report = report_of(finding())._replace(failures=tuple(f"{number}.json: gone" for number in range(12)))
    assert render(report, "github").splitlines()[9:11] == [
        "::error title=diplomatic-events::9.json: gone",
        "… and 3 more",
    ]


# Hostile text


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands that the runner of GitHub Actions finds in some output, as it reads them."""

    def decoded(value: str, *, of_property: bool) -> str:
        pairs = [("%0D", "\r"), ("%0A", "\n"), *([("%3A", ":"), ("%2C", ",")] if of_property else []), ("%25", "%")]
        for code, char in pairs:
            value = value.replace(code, char)
        return value

    found = []
    for line in re.split(r"\r\n|\r|\n", text):
        if line.lstrip().startswith("::") and (end := line.lstrip().find("::", 2)) >= 0:
            head, data = line.lstrip()[2:end], line.lstrip()[end + 2 :]
            name, _, rest = head.partition(" ")
            given = dict(part.split("=", 1) for part in rest.split(","))
            found.append((name, {key: decoded(value, of_property=True) for key, value in given.items()}, decoded(data, of_property=False)))  # fmt: skip
        else:
            assert "##[" not in line
    return found


def test_no_hostile_text_becomes_a_workflow_command() -> None:
    found = commands(render(evil_report(), "github"))
    assert [name for name, _, _ in found] == ["error", "error", "error", "warning", "notice"]
    assert [set(given) for _, given, _ in found[:3]] == [{"title"}, {"title"}, {"file", "line", "endLine", "col", "endColumn", "title"}]  # fmt: skip
    assert {given["title"] for _, given, _ in found} == {"diplomatic-events", "schema/too-short"}


def test_the_runner_reads_the_name_of_a_file_as_it_is() -> None:
    name = "a,b:c=d%0A\n::x é.json"
    ((_, given, text),) = commands(render(report_of(finding(file=name, help="50% or\n%0A")), "github"))
    assert given == {"file": name, "title": "schema/too-short"}
    assert text == "`title` is empty\n50% or\\u000a%0A"


@pytest.mark.parametrize("format", SUFFIXES)
def test_no_control_character_gets_out_of_any_format(format: str) -> None:
    text = rendered(evil_report(), format)
    assert not set(re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", text))
    text.encode()


@pytest.mark.parametrize("format", ["text", "concise", "jsonl"])
def test_no_hostile_text_begins_a_line(format: str) -> None:
    assert not [line for line in rendered(evil_report(), format).splitlines() if line.startswith(("::", "##["))]


def test_no_hostile_text_gets_out_of_its_cell_in_the_step_summary() -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(github.summary(evil_report()))
    inner = [child for token in tokens for child in token.children or []]
    assert {child.type for child in inner} == {"text", "link_open", "link_close"}
    assert {child.attrs["href"] for child in inner if child.type == "link_open"} == {finding().url}
    assert {token.type for token in tokens} & {"html_block", "fence", "code_block", "blockquote_open"} == set()
    shown = ["".join(child.content for child in token.children or []) for token in tokens if token.type == "inline"]
    assert (
        sum(r"\u001b]0;evil\u0007" in text and "| `c` [d](https://evil.example) @all $x$" in text for text in shown)
        >= 6
    )


def test_no_hostile_text_becomes_an_element_of_junit() -> None:
    root = ElementTree.fromstring(render(evil_report(), "junit"))
    assert {element.tag for element in root.iter()} == {"testsuites", "testsuite", "testcase", "failure", "error", "system-out"}  # fmt: skip
    (failure,) = root.iter("failure")
    assert r"]]> <b onclick='x'>&amp;" in (failure.text or "")
    assert r"\ufffe\xff\u0000" in (failure.text or "")


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_what_programs_read_is_what_stood_there_but_for_what_is_no_character(format: str) -> None:
    text = render(evil_report(), format)
    entry = json.loads(text)["findings"][0] if format == "json" else json.loads(text.splitlines()[0])
    expected = EVIL.replace("\udcff", r"\xff")
    assert (entry["message"], entry["file"], entry["record"]) == (expected, expected, expected)


@pytest.mark.parametrize("format", ["json", "jsonl", "repair", "sarif", "gitlab"])
def test_what_programs_read_is_sound_json(format: str) -> None:
    text = render(evil_report(), format)
    for document in text.splitlines() if format == "jsonl" else [text]:
        assert parse(document.encode()).faults == ()


# Nothing found


@pytest.mark.parametrize("format", SUFFIXES)
def test_a_report_without_findings_is_complete_in_every_format(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = rendered(run("clean", monkeypatch), format)
    if format in ("concise", "jsonl"):
        assert text == ""
    elif format == "gitlab":
        assert text == "[]\n"
    elif format == "sarif":
        (log,) = json.loads(text)["runs"]
        assert log["results"] == []
        assert log["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    elif format == "junit":
        (suite,) = ElementTree.fromstring(text)
        assert (suite.get("name"), [case.get("name") for case in suite]) == ("clean.json", ["no errors"])
    elif format == "json":
        assert json.loads(text)["summary"]["files"] == 1
    elif format == "repair":
        assert json.loads(text)["findings"] == []
    else:
        assert "Checked 1 file, 1 record: 0 errors, 0 warnings" in text
