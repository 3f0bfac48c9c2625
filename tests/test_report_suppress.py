"""What a configuration or a baseline lets pass, and what is said of a suppression that no longer fits."""

import json
import os
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from check_records import example
from diplomatic_events import Options, Report, Severity, check_paths
from diplomatic_events.cli import config
from diplomatic_events.findings import Finding, Region
from diplomatic_events.options import NO_BASELINE, Baseline, Ignored, Suppression
from diplomatic_events.report.fingerprints import fingerprint_in
from diplomatic_events.report.suppress import Filter

DAY = date(2022, 1, 1)
UNUSED = "config/unused-suppression"
EXPIRED = "config/expired-suppression"

Check = Callable[..., Report]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """A check of records under the suppressions of a configuration."""
    monkeypatch.chdir(tmp_path)
    write("a.json", example({"topics": ["tarde", "traed"], "upcoming": [{"id": "u", "title": "", "date": "2021-06"}]}))
    write("b/b.json", example({"topics": ["tarde"], "id": "b", "date": "2018-01-01"}))

    def check(*suppressions: str, paths: tuple[str, ...] = ("a.json", "b/b.json"), **options: Any) -> Report:
        text = "\n".join(f"[[suppress]]\nreason = 'Known.'\n{suppression}" for suppression in suppressions)
        write("diplomatic-events.toml", text)
        found = config.find(Path.cwd())
        chosen = Options(**{"select": ("codes", "schema", "config"), "today": DAY, **options})
        return check_paths(paths, chosen._replace(suppressions=found.suppressions), config=False)

    return check


def write(name: str, value: Any) -> None:
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")


def places(report: Report) -> list[tuple[str, str, str | None]]:
    return sorted((found.file, found.rule, found.pointer) for found in report.findings)


A_0 = ("a.json", "codes/unknown", "/topics/0")
A_1 = ("a.json", "codes/unknown", "/topics/1")
A_UPCOMING = ("a.json", "schema/too-short", "/upcoming/0/title")
B_0 = ("b/b.json", "codes/unknown", "/topics/0")


def test_without_suppressions_everything_is_found(check: Check) -> None:
    assert places(check()) == [A_0, A_1, A_UPCOMING, B_0]


@pytest.mark.parametrize(
    ("suppression", "left"),
    [
        ("rule = 'codes/unknown'", [A_UPCOMING]),
        ("rule = 'codes'", [A_UPCOMING]),
        ("rule = 'codes'\nfile = 'b.json'", [A_0, A_1, A_UPCOMING]),
        ("rule = 'codes'\nfile = 'b/'", [A_0, A_1, A_UPCOMING]),
        ("rule = 'codes'\nfile = '/*.json'", [A_UPCOMING, B_0]),
        ("rule = 'codes'\nrecord = 'b'", [A_0, A_1, A_UPCOMING]),
        ("rule = 'codes'\npointer = '/topics/1'", [A_0, A_UPCOMING, B_0]),
        ("rule = 'codes'\npointer = '/topics'", [A_UPCOMING]),
        ("rule = 'codes'\npointer = ''", [A_UPCOMING]),
        ("rule = 'schema'\npointer = '/upcoming/0'", [A_0, A_1, B_0]),
        ("rule = 'codes'\nfile = 'a.json'\nrecord = 'geneva-talks'\npointer = '/topics/0'", [A_1, A_UPCOMING, B_0]),
    ],
)
def test_a_suppression_lets_pass_what_it_names_and_what_lies_below(
    check: Check, suppression: str, left: list[tuple[str, str, str]]
) -> None:
    report = check(suppression)
    assert places(report) == left
    assert report.suppressed == 4 - len(left)
    assert sum(report.totals.values()) == len(left)


@pytest.mark.parametrize(
    "suppression",
    [
        "rule = 'dates'",
        "rule = 'codes'\npointer = '/topic'",
        "rule = 'codes'\npointer = '/topics/10'",
        "rule = 'schema'\nfile = 'b.json'",
        "rule = 'schema'\nrecord = 'b'",
        "rule = 'schema'\nfile = '*.json'\nrecord = 'b'",
        "rule = 'schema'\nfile = 'b/b.json'",
        "rule = 'schema'\nfile = '!a.json'",
    ],
)
def test_one_that_suppresses_nothing_is_a_finding_at_its_line(check: Check, suppression: str) -> None:
    report = check("rule = 'codes'\nrecord = 'b'", suppression, select=(), paths=(".",))
    (found,) = [found for found in report.findings if found.rule == UNUSED]
    rule = suppression.split("'")[1]
    assert (found.message, found.help) == (
        f"the suppression of `{rule}` suppresses nothing",
        "remove it, or correct what it names",
    )
    assert (found.file, found.place, found.severity) == ("diplomatic-events.toml", Region(5, 1, 5, 1), Severity.WARNING)
    assert "diplomatic-events.toml" not in report.clean_files


@pytest.mark.parametrize(
    ("suppression", "options"),
    [
        ("rule = 'schema'\nfile = 'a.json'", {"paths": ("b/b.json",)}),
        ("rule = 'schema'\nrecord = 'geneva-talks'", {"paths": ("b/b.json",)}),
        ("rule = 'codes'\nfile = '*.json'\nrecord = 'geneva-talks'", {"paths": ("b/b.json",)}),
        ("rule = 'schema'\nfile = 'none.json'", {"paths": (".",)}),
        ("rule = 'codes'", {"select": ("schema", "config"), "paths": (".",)}),
        ("rule = 'codes'", {"ignore": ("codes",), "paths": (".",)}),
        ("rule = 'codes/unknown'", {"severities": {"codes/unknown": None}, "paths": (".",)}),
        ("rule = 'corpus/unknown-record'", {"select": (), "paths": (".",)}),
        ("rule = 'corpus/unknown-record'\nfile = 'a.json'", {"select": (), "paths": ("a.json",)}),
    ],
)
def test_one_whose_file_record_or_rule_was_no_part_of_the_run_is_not_judged(
    check: Check, suppression: str, options: dict[str, Any]
) -> None:
    report = check(suppression, **options)
    assert [found for found in report.findings if found.rule == UNUSED] == []
    assert report.suppressed == 0


@pytest.mark.parametrize("here", [".", "b"])
@pytest.mark.parametrize(
    ("what", "paths", "judged"),
    [
        ("", (".",), True),
        ("", ("b", "."), True),
        ("", ("b/..",), True),
        ("", ("a.json", "b/b.json"), False),
        ("", ("b", "a.json"), False),
        ("", ("**/*.json",), False),
        ("", (), False),
        ("file = 'b.json'", ("b/b.json",), False),
        ("file = 'b.json'", (".",), True),
        ("file = '/b/b.json'", ("b/b.json",), True),
        ("file = 'b/b.json'", ("b/*.json",), True),
        ("file = 'b/b.json'", ("b",), True),
        ("file = 'b/b.json'", ("a.json",), False),
        ("file = '/b/'", ("b",), True),
        ("file = '/b/'", ("b/b.json",), False),
        ("file = 'b/*.json'", ("b",), True),
        ("file = 'b/*.json'", ("b/b.json",), False),
        ("file = 'b/'", ("b",), False),
        ("file = 'b/'", (".",), True),
        ("file = '*.json'", ("a.json", "b"), False),
        ("file = '!a.json'", ("b",), False),
        ("record = 'b'", ("b/b.json",), True),
        ("record = 'b'", (".",), True),
        ("record = 'b'", ("a.json",), False),
        ("record = 'b'\nfile = 'b/'", ("b/b.json",), True),
        ("record = 'b'\nfile = 'a.json'", ("b/b.json",), False),
        ("record = 'none'", (".",), False),
    ],
)
def test_one_is_judged_only_where_all_that_it_may_mean_was_part_of_the_run(
    check: Check,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    here: str,
    what: str,
    paths: tuple[str, ...],
    judged: bool,
) -> None:
    suppression = f"rule = 'dates'\n{what}"
    write("diplomatic-events.toml", f"[[suppress]]\nreason = 'Known.'\n{suppression}")
    found = config.find(tmp_path)
    monkeypatch.chdir(here)
    report = check_paths([os.path.join(os.path.relpath(tmp_path), path) for path in paths],
                         Options(suppressions=found.suppressions, ignore=("corpus",)))  # fmt: skip
    assert report.failures == ()
    assert [found.rule for found in report.findings if found.rule.startswith("config/")] == [UNUSED] * judged


def test_a_folder_whose_name_only_begins_alike_is_another(check: Check) -> None:
    write("bb/c.json", example({"id": "c", "date": "2017-01-01"}))
    suppression = "rule = 'dates'\nfile = 'bb/*.json'"
    for paths, rules in ((("b", "bb/c.json"), []), (("b", "bb"), [UNUSED])):
        report = check(suppression, paths=paths, select=("dates", "config"))
        assert [found.rule for found in report.findings] == rules


def test_where_no_file_was_checked_nothing_is_judged(check: Check) -> None:
    write("empty/diplomatic-events.toml", "[[suppress]]\nrule = 'dates'\nreason = 'Known.'\n")
    found = config.load(Path("empty/diplomatic-events.toml"))
    assert check_paths("empty", Options(suppressions=found.suppressions)).findings == ()


def test_one_without_a_pointer_covers_a_file_that_is_no_json(check: Check) -> None:
    write("c.json", '{"id": }')
    for pointer in ("", "pointer = ''\n"):
        report = check(f"rule = 'json/syntax'\n{pointer}", paths=("c.json",), select=("json", "config"))
        assert (report.findings, report.suppressed) == ((), 1)
    report = check("rule = 'json/syntax'\npointer = '/id'", paths=("c.json",), select=("json",))
    assert [found.rule for found in report.findings] == ["json/syntax"]


def test_on_its_last_day_a_suppression_holds_and_on_the_next_it_has_expired(check: Check) -> None:
    suppression = "rule = 'codes'\nexpires = 2022-01-01"
    assert places(check(suppression)) == [A_UPCOMING]
    report = check(suppression, today=date(2022, 1, 2))
    assert places(report) == [A_0, A_1, A_UPCOMING, B_0, ("diplomatic-events.toml", EXPIRED, None)]
    found = report.findings[-1]
    assert found.message == "the suppression of `codes` expired on 2022-01-01"
    assert found.help == "look at the finding again, then renew or remove it"
    assert found.severity == Severity.WARNING
    assert report.suppressed == 0


def test_an_expired_one_is_reported_also_where_it_was_of_no_use(check: Check) -> None:
    for met in ("file = 'a.json'", "record = 'b'", "file = 'b/*.json'\nrecord = 'b'"):
        report = check(f"rule = 'dates'\n{met}\nexpires = 2021-12-31")
        assert [found.rule for found in report.findings if found.rule.startswith("config/")] == [EXPIRED], met


def test_an_expired_one_of_what_was_not_checked_is_not_reported(check: Check) -> None:
    for unmet in ("file = 'none.json'", "record = 'none'", "file = 'a.json'\nrecord = 'b'"):
        report = check(f"rule = 'codes'\n{unmet}\nexpires = 2021-12-31")
        assert [found.rule for found in report.findings if found.rule.startswith("config/")] == [], unmet


@pytest.mark.parametrize(
    ("pointer", "left"),
    [
        ("/topics/*", [A_UPCOMING]),
        ("/*/1", [A_0, A_UPCOMING]),
        ("/upcoming/*", [A_0, A_1]),
        ("/upcoming/*/title", [A_0, A_1]),
        ("/topics/*/x", [A_0, A_1, A_UPCOMING]),
        ("/*/*/*", [A_0, A_1]),
    ],
)
def test_an_asterisk_in_a_pointer_stands_for_any_one_key(check: Check, pointer: str, left: list[Any]) -> None:
    rules = [f"rule = '{rule}'\npointer = '{pointer}'" for rule in ("codes", "schema")]
    report = check(*rules, paths=("a.json",), select=("codes", "schema"))
    assert places(report) == sorted(left)


def test_where_one_has_expired_another_may_still_hold(check: Check) -> None:
    report = check("rule = 'codes'\nexpires = 2021-12-31", "rule = 'codes/unknown'")
    assert places(report) == [A_UPCOMING, ("diplomatic-events.toml", EXPIRED, None)]


def test_without_a_day_nothing_expires(check: Check) -> None:
    assert places(check("rule = 'codes'\nexpires = 1999-01-01", today=None)) == [A_UPCOMING]


def test_the_rules_about_suppressions_can_be_left_out_or_made_graver(check: Check) -> None:
    unused = "rule = 'dates'"
    everything: dict[str, Any] = {"select": (), "paths": (".",)}
    assert [found.rule for found in check(unused, **everything).findings if "config" in found.rule] == [UNUSED]
    assert [
        found.rule for found in check(unused, **everything, ignore=("config",)).findings if "config" in found.rule
    ] == []
    graver = check(unused, **everything, severities={UNUSED: Severity.ERROR})
    assert [found.severity for found in graver.findings if found.rule == UNUSED] == [Severity.ERROR]
    off = check(unused, **everything, severities={UNUSED: None})
    assert [found for found in off.findings if found.rule == UNUSED] == []


VISIT = {"type": "visit", "visitType": "working", "topics": ["tarde"], "id": "v", "date": "2019-01-01"}
V_0 = ("v.json", "codes/unknown", "/topics/0")


def test_a_suppression_for_a_type_of_event_holds_for_no_other(check: Check) -> None:
    write("v.json", example(VISIT))
    report = check("rule = 'codes'\ntype = 'visit'", paths=("a.json", "b/b.json", "v.json"))
    assert (places(report), report.suppressed) == ([A_0, A_1, A_UPCOMING, B_0], 1)
    report = check("rule = 'codes'\ntype = 'meeting'\nfile = '/b/'", paths=("a.json", "b/b.json", "v.json"))
    assert (places(report), report.suppressed) == ([A_0, A_1, A_UPCOMING, V_0], 1)


def test_a_suppression_for_a_type_of_event_of_which_there_is_none_is_unused_only_where_all_was_checked(
    check: Check,
) -> None:
    for paths, judged in (((".",), True), (("a.json",), False)):
        found = places(check("rule = 'codes'\ntype = 'visit'", paths=paths))
        assert (("diplomatic-events.toml", UNUSED, None) in found) is judged


def test_an_expired_suppression_for_a_type_of_event_is_reported_where_it_would_have_been_of_use(check: Check) -> None:
    write("v.json", example(VISIT))
    expired = "rule = 'codes'\ntype = 'visit'\nexpires = 1999-01-01"
    for paths, judged in ((("a.json", "b/b.json"), False), (("v.json",), True)):
        assert (("diplomatic-events.toml", EXPIRED, None) in places(check(expired, paths=paths))) is judged


def test_findings_that_are_only_counted_have_the_type_of_the_others_of_their_record() -> None:
    filter = Filter(Options(suppressions=(suppression(event_type="visit"),)))
    assert filter.passes_more("codes/unknown", "a.json", "r", 5, "meeting")
    assert not filter.passes_more("codes/unknown", "a.json", "r", 5, "visit")
    assert filter.suppressed == 5


@pytest.mark.parametrize(
    "suppressed",
    ["file = 'c.json'", "file = 'c/'", "file = '/c/*.json'", "record = 'elsewhere'", "file = 'c.json'\ntype = 'visit'"],
)
def test_a_suppression_for_what_is_not_part_of_the_run_is_neither_unused_nor_expired(
    suppressed: str, check: Check
) -> None:
    whole = [A_0, A_1, A_UPCOMING, B_0]
    assert places(check(f"rule = 'codes'\n{suppressed}")) == whole
    assert places(check(f"rule = 'codes'\n{suppressed}\nexpires = 1999-01-01")) == whole


# The filter itself


def finding(**more: Any) -> Finding:
    return Finding(**{"rule": "codes/unknown", "severity": Severity.WARNING, "message": "m", "file": "a.json", **more})


def suppression(**more: Any) -> Suppression:
    whole = {"rules": frozenset({"codes/unknown"}), "matches": None, "record": None, "pointer": None, "reason": "r",
             "expires": None, "scope": os.path.abspath("records"), "named": "codes", "file": "x.toml", "line": 3, **more}  # fmt: skip
    return Suppression(**whole)


def test_an_empty_filter_lets_everything_through() -> None:
    filter = Filter(Options())
    assert filter.passes(finding())
    assert filter.leftovers() == []


def test_what_is_ignored_counts_neither_as_suppressed_nor_as_known() -> None:
    ignored = Ignored(lambda file: file == "a.json", frozenset({"codes/unknown"}))
    filter = Filter(
        Options(
            ignored=(ignored,),
            suppressions=(suppression(),),
            baseline=known(finding(file="b.json", rule="codes/deprecated")),
        )
    )
    assert not filter.passes(finding())
    assert (filter.suppressed, filter.baselined) == (0, 0)
    assert not filter.passes(finding(file="b.json"))
    assert filter.passes(finding(file="b.json", rule="codes/deprecated")) is False
    assert (filter.suppressed, filter.baselined) == (1, 1)


def test_findings_that_are_only_counted_are_ignored_and_suppressed_like_others() -> None:
    ignored = Ignored(lambda file: file == "a.json", frozenset({"codes/unknown"}))
    known = suppression(matches=lambda file: file == "b.json", record="r")
    old = suppression(rules=frozenset({"codes/deprecated"}), expires=date(2021, 1, 1))
    filter = Filter(Options(ignored=(ignored,), suppressions=(known, old), today=DAY))
    assert not filter.passes_more("codes/unknown", "a.json", "r", 5)
    assert filter.passes_more("codes/unknown", "b.json", "other", 5)
    assert filter.passes_more("codes/deprecated", "a.json", "r", 5)
    assert filter.suppressed == 0
    assert filter.leftovers() == []  # no file was read
    filter.read("a.json")
    assert [found.rule for found in filter.leftovers()] == [EXPIRED]
    filter.seen("r", "b.json")
    filter.read("b.json")
    assert [found.rule for found in filter.leftovers()] == [UNUSED, EXPIRED]
    assert not filter.passes_more("codes/unknown", "b.json", "r", 5)
    assert not filter.passes(finding(file="b.json", record="r"))
    assert filter.suppressed == 6
    assert [found.rule for found in filter.leftovers()] == [EXPIRED]


def test_one_without_a_record_is_judged_once_a_file_of_its_whole_scope_was_read() -> None:
    for folders, file, judged in (
        (("records",), "records/a.json", True),
        ((".",), "records/a.json", True),
        (("none", "records"), "records/a.json", True),
        (("records/b",), "records/b/a.json", False),
        (("record",), "records/a.json", False),
        ((), "records/a.json", False),
        ((), "records", True),
        (("/",), "a.json", True),
    ):
        filter = Filter(Options(suppressions=(suppression(),)), folders)
        assert filter.leftovers() == []
        filter.read(file)
        assert [found.rule for found in filter.leftovers()] == [UNUSED] * judged


def test_one_with_a_record_is_not_judged_by_the_folders_of_the_run() -> None:
    filter = Filter(Options(suppressions=(suppression(record="r"),)), (".",))
    filter.read("records/a.json")
    assert filter.leftovers() == []
    filter.seen("r", "records/a.json")
    assert [found.rule for found in filter.leftovers()] == [UNUSED]


IN_A: Final = Ignored(lambda file: file == "a.json", frozenset({"codes/unknown"}))
"""What `per-file-ignores` switches off in one file."""


@pytest.mark.parametrize(
    ("more", "files", "judged"),
    [
        ({}, ["a.json"], False),
        ({}, ["a.json", "b.json"], True),
        ({"matches": lambda file: file == "a.json"}, ["a.json", "b.json"], False),
        ({"rules": frozenset({"codes/unknown", "codes/deprecated"})}, ["a.json"], True),
        ({"record": "r"}, ["a.json", "b.json"], False),
        ({"record": "s"}, ["a.json", "b.json"], True),
    ],
)
def test_one_is_not_judged_where_its_rule_is_switched_off_for_the_file(
    more: dict[str, Any], files: list[str], judged: bool
) -> None:
    filter = Filter(Options(ignored=(IN_A,), suppressions=(suppression(**more),)), ("records",))
    for file, record in zip(files, "rs", strict=False):
        filter.read(file)
        filter.seen(record, file)
    assert [found.rule for found in filter.leftovers()] == [UNUSED] * judged


def test_one_of_a_rule_that_per_file_ignores_switch_off_is_not_called_unused(check: Check, tmp_path: Path) -> None:
    suppress = "[[suppress]]\nreason = 'Known.'\nrule = 'dates'\nfile = 'a.json'\n"
    for ignores, unused in (("", [UNUSED]), ("[per-file-ignores]\n'a.json' = ['dates']\n", [])):
        write("diplomatic-events.toml", ignores + suppress)
        found = config.find(tmp_path)
        report = check_paths(["."], Options(ignored=found.ignored, suppressions=found.suppressions))
        assert [each.rule for each in report.findings if each.rule == UNUSED] == unused


def known(*findings: Finding) -> Baseline:
    """A baseline that knows some findings."""
    return Baseline("baseline.json", Counter(fingerprint_in(found, "baseline.json") for found in findings))


def test_a_baseline_lets_pass_as_many_as_it_knows() -> None:
    filter = Filter(Options(baseline=known(finding(message="m"), finding(message="m"))))
    assert [filter.passes(finding(message=text)) for text in ("m", "n", "m", "m")] == [False, True, False, True]
    assert filter.baselined == 2


def test_a_baseline_also_knows_of_suppressions_that_were_of_no_use() -> None:
    def unused(baseline: Baseline) -> tuple[list[Finding], int]:
        filter = Filter(Options(suppressions=(suppression(),), baseline=baseline), (".",))
        filter.read("a.json")
        return filter.leftovers(), filter.baselined

    found, _ = unused(NO_BASELINE)
    assert [entry.rule for entry in found] == [UNUSED]
    assert unused(known(*found)) == ([], 1)
