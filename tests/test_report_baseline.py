"""A baseline: findings of today let pass, so that only new ones fail."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from check_records import EXAMPLE, example
from diplomatic_events import DiplomaticEventsError, Report
from diplomatic_events.cli import main as cli
from diplomatic_events.cli.arguments import BASELINE
from diplomatic_events.report import baseline


class Ran(NamedTuple):
    """What a run of the command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def places(self) -> list[tuple[str, str]]:
        return [(row["file"], row["pointer"]) for row in map(json.loads, self.out.splitlines())]


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Ran:
        code = cli.main(list(arguments))
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run


def write(name: str, *values: Any) -> None:
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text("\n".join(json.dumps(value) for value in values), encoding="utf-8")


def rows(name: str = BASELINE) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(Path(name).read_text(encoding="utf-8"))["findings"]
    return found


CHECK = ("check", ".", "--format", "jsonl", "--baseline", BASELINE)
BAD = example({"title": "", "topics": ["tarde"]})
OTHER = {"id": "other", "date": "2018-01-01"}


def test_it_holds_each_finding_with_file_rule_and_count_on_a_line_of_its_own(run: Run) -> None:
    write("a.json", {**BAD, "topics": ["tarde", "traed"]})
    ran = run("baseline", ".")
    assert (ran.code, ran.out, ran.err) == (0, "", f"{BASELINE}: 3 findings\n")
    text = Path(BASELINE).read_text(encoding="utf-8")
    assert json.loads(text)["baselineVersion"] == baseline.VERSION == "1.0"
    assert [(row["file"], row["rule"], row["count"]) for row in rows()] == [
        ("a.json", "codes/unknown", 1), ("a.json", "codes/unknown", 1), ("a.json", "schema/too-short", 1),
    ]  # fmt: skip
    assert [line.count('"rule"') for line in text.splitlines()] == [0, 0, 0, 1, 1, 1, 0, 0]


def test_what_it_knows_passes_and_what_is_new_fails(run: Run) -> None:
    write("a.json", BAD)
    assert run("check", ".").code == 1
    run("baseline", ".")
    ran = run(*CHECK)
    assert (ran.code, ran.out) == (0, "")
    write("a.json", {**BAD, "upcoming": [{**EXAMPLE["upcoming"][0], "title": ""}]})
    ran = run(*CHECK)
    assert (ran.code, ran.places) == (1, [("a.json", "/upcoming/0/title")])
    assert run("check", ".", "--fail-on", "never", "--baseline", BASELINE).code == 0


def test_a_baseline_that_lies_anywhere_is_no_record(run: Run) -> None:
    write("records/a.json", EXAMPLE)
    write("elsewhere/b.json", {**BAD, **OTHER})
    run("baseline", "elsewhere", "--output", f"records/{BASELINE}")
    report = json.loads(run("check", "records", "--format", "json").out)
    assert (report["findings"], report["summary"]["files"]) == ([], 1)


def test_the_report_counts_what_it_let_pass(run: Run) -> None:
    write("a.json", BAD)
    run("baseline", ".")
    report = json.loads(run("check", ".", "--format", "json", "--baseline", BASELINE).out)
    assert report["findings"] == []
    assert report["summary"]["baselined"] == 2


def test_a_second_finding_equal_to_a_known_one_is_new(run: Run) -> None:
    write("a.ndjson", BAD)
    run("baseline", ".", "--select", "schema")
    assert [row["count"] for row in rows()] == [1]
    write("a.ndjson", BAD, BAD)
    ran = run(*CHECK, "--select", "schema")
    assert (ran.code, ran.places) == (1, [("a.ndjson", "/title")])
    assert json.loads(ran.out)["line"] == 2
    run("baseline", ".", "--select", "schema")
    assert [row["count"] for row in rows()] == [2]
    assert run(*CHECK, "--select", "schema").code == 0


def test_it_holds_when_a_record_is_inserted_above_or_an_entry_before(run: Run) -> None:
    value = example({"/statements/1/text": ""})
    write("a.ndjson", value)
    run("baseline", ".")
    another = {**EXAMPLE["statements"][0], "id": "another", "text": "We will open the border"}
    more = {**value, "statements": [another, *value["statements"]]}
    write("a.ndjson", example(OTHER), more)
    assert run(*CHECK).places == []


@pytest.mark.parametrize("first", [(".",), ("sub", "a.json"), ("sub/b.json", "./a.json")])
def test_it_holds_from_any_folder_and_however_a_file_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, first: tuple[str, ...]
) -> None:
    write("a.json", BAD)
    write("sub/b.json", {**BAD, **OTHER})
    run("baseline", *first)
    assert {row["file"] for row in rows()} == {"a.json", "sub/b.json"}
    assert run("check", str(tmp_path), "--baseline", BASELINE).code == 0
    monkeypatch.chdir("sub")
    assert run("check", "..", "--baseline", f"../{BASELINE}").code == 0
    assert run("check", "b.json", "--baseline", f"../{BASELINE}").code == 0
    assert run("baseline", "..", "--prune", "--output", f"../{BASELINE}").err == f"../{BASELINE}: 4 findings\n"


def test_prune_only_drops(run: Run) -> None:
    write("a.ndjson", BAD, BAD)
    run("baseline", ".", "--select", "schema,codes")
    before = Path(BASELINE).read_text(encoding="utf-8")
    assert [row["count"] for row in rows()] == [2, 2]
    write("a.ndjson", {**BAD, "topics": ["trade"], "upcoming": [{"id": "u", "title": "", "date": "2021-06"}]})
    ran = run("baseline", ".", "--prune", "--select", "schema,codes")
    assert (ran.code, ran.err) == (0, f"{BASELINE}: 1 finding\n")
    assert [(row["rule"], row["count"]) for row in rows()] == [("schema/too-short", 1)]
    assert json.dumps(rows()[0]).replace('"count": 1', '"count": 2') in before
    write("a.ndjson", EXAMPLE)
    assert run("baseline", ".", "--prune").err == f"{BASELINE}: 0 findings\n"
    assert rows() == []
    assert run(*CHECK).code == 0


def test_prune_adds_no_second_finding_and_counts_none_twice(run: Run) -> None:
    write("a.ndjson", BAD)
    run("baseline", ".", "--select", "schema")
    write("a.ndjson", BAD, BAD)
    assert run("baseline", ".", "--select", "schema", "--prune").err == f"{BASELINE}: 1 finding\n"
    (row,) = rows()
    merged = {"baselineVersion": "1.0", "findings": [row, {**row, "count": 5}]}  # as a merge of two branches leaves it
    Path(BASELINE).write_text(json.dumps(merged), encoding="utf-8")
    assert run("baseline", ".", "--select", "schema", "--prune").err == f"{BASELINE}: 2 findings\n"
    assert rows() == [row, row]
    merged = {"baselineVersion": "1.0", "findings": [{**row, "count": count} for count in (1, 1, 5)]}
    Path(BASELINE).write_text(json.dumps(merged), encoding="utf-8")
    write("a.ndjson", BAD, BAD, BAD, BAD)
    assert run("baseline", ".", "--select", "schema", "--prune").err == f"{BASELINE}: 4 findings\n"
    assert [entry["count"] for entry in rows()] == [1, 1, 2]


def test_the_names_of_files_stand_in_it_as_they_are(run: Run) -> None:
    write("données.json", BAD)
    run("baseline", ".", "--select", "schema")
    assert '"file": "données.json"' in Path(BASELINE).read_text(encoding="utf-8")
    assert run("check", ".", "--select", "schema", "--baseline", BASELINE).code == 0


def test_an_empty_baseline_is_one_that_can_be_read(run: Run) -> None:
    write("a.json", EXAMPLE)
    assert run("baseline", ".").err == f"{BASELINE}: 0 findings\n"
    assert Path(BASELINE).read_text(encoding="utf-8") == '{\n  "baselineVersion": "1.0",\n  "findings": []\n}\n'
    assert baseline.read(BASELINE).counts == {}


def test_unused_suppressions_are_among_what_it_knows(run: Run) -> None:
    write("a.json", EXAMPLE)
    Path("diplomatic-events.toml").write_text('[[suppress]]\nrule = "dates"\nreason = "x"\n', encoding="utf-8")
    assert run("check", ".", "--fail-on", "warning").code == 1
    assert run("baseline", ".").err == f"{BASELINE}: 1 finding\n"
    assert run(*CHECK, "--fail-on", "warning").code == 0


# The file itself is no record


@pytest.mark.parametrize("name", [BASELINE, "known.json"])
def test_it_is_not_checked_with_the_folder_in_which_it_lies(run: Run, name: str) -> None:
    write("a.json", BAD)
    for _ in range(2):
        assert run("baseline", ".", "--output", name).err == f"{name}: 2 findings\n"
    for paths in ((".",), ("*.json",)):
        assert run("check", *paths, "--baseline", name).code == 0


def test_a_report_that_the_run_writes_is_not_checked_either(run: Run) -> None:
    write("a.json", EXAMPLE)
    for _ in range(2):
        assert run("check", ".", "--output", "json=report.json").code == 0
    assert Path("report.json").exists()
    assert run("check", ".", "--strict-files").code == 1


# What is no baseline


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "5", "null", "{}", '{"baselineVersion": "1.0"}', '{"baselineVersion": "1.0", "findings": 5}',
        '{"baselineVersion": "1.0", "findings": [1]}', '{"baselineVersion": "1.0", "findings": [{"fingerprint": "a"}]}',
        '{"baselineVersion": "1.0", "findings": [{"fingerprint": "a", "count": "1"}]}',
        '{"baselineVersion": "1.0", "findings": [{"fingerprint": 1, "count": 1}]}', "[" * 100_000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", [("check", "--baseline"), ("baseline", "--prune", "--output")])
def test_what_is_no_baseline_is_refused(run: Run, command: tuple[str, ...], text: str) -> None:
    write("a.json", BAD)
    Path("known.json").write_text(text, encoding="utf-8")
    ran = run(*command, "known.json", ".")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "error: known.json is not a baseline\n  help: `diplomatic-events baseline` writes one\n"
    assert Path("known.json").read_text(encoding="utf-8") == text


def test_a_baseline_of_another_version_is_refused(run: Run) -> None:
    write("a.json", BAD)
    Path(BASELINE).write_text('{"baselineVersion": "2.0", "findings": []}', encoding="utf-8")
    ran = run(*CHECK)
    assert (ran.code, ran.err) == (2, f"error: the baseline {BASELINE} has version 2.0, not 1.0\n")


@pytest.mark.parametrize(("name", "reason"), [("none.json", "No such file or directory"), ("folder", "Is a directory")])
def test_a_baseline_that_cannot_be_read_is_refused(run: Run, name: str, reason: str) -> None:
    write("a.json", BAD)
    Path("folder").mkdir()
    ran = run("check", ".", "--baseline", name)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        f"error: the baseline {name} cannot be read: {reason}",
        f"  help: `diplomatic-events baseline PATHS --output {name}` writes one",
    ]


def test_a_baseline_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "known.json").write_bytes(b"\xff")
    with pytest.raises(DiplomaticEventsError, match="cannot be read: it is not UTF-8"):
        baseline.read(str(tmp_path / "known.json"))


# Exit codes


def test_nothing_is_written_where_the_work_could_not_be_done(run: Run) -> None:
    write("a.json", BAD)
    ran = run("baseline", "a.json", "none.json")
    assert (ran.code, ran.err) == (2, "error: none.json: there is no such file or folder\n")
    assert not Path(BASELINE).exists()


def test_an_empty_run_may_be_allowed_but_not_one_that_missed_a_file(run: Run) -> None:
    write("a.json", BAD)
    ran = run("baseline", "a.json", "none.json", "--allow-empty")
    assert (ran.code, ran.err) == (2, "error: none.json: there is no such file or folder\n")
    assert not Path(BASELINE).exists()


def test_a_file_that_cannot_be_written_is_an_error(run: Run) -> None:
    write("a.json", BAD)
    ran = run("baseline", ".", "--output", "no/such.json")
    assert (ran.code, ran.err) == (2, "error: no/such.json cannot be written: No such file or directory\n")


def test_an_empty_folder_is_an_error_unless_that_is_allowed(run: Run) -> None:
    assert run("baseline", ".").code == 2
    ran = run("baseline", ".", "--allow-empty")
    assert ran.code == 0
    assert rows() == []


def test_a_fault_of_our_own_writes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.json", BAD)
    monkeypatch.setattr(
        "diplomatic_events.checking.check_inputs", lambda *_, **__: Report((), 1, 1, crashes=("a.json:1: x",))
    )
    assert run("baseline", ".").code == 3
    assert not Path(BASELINE).exists()
