"""The command: exit codes, options, and what goes to standard output and to standard error."""

import errno
import io
import json
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from checking import EXAMPLE, RULES, example, text_folder
from diplomatic_events import __version__
from diplomatic_events.cli import main as cli
from diplomatic_events.cli.arguments import BASELINE
from diplomatic_events.cli.explain import shown
from diplomatic_events.migrate.files import Request
from diplomatic_events.rules import FAMILIES, OF_RECORDS
from diplomatic_events.schema.catalogue import Catalogue, catalogue
from running import Ran, Run, not_text, runner
from versions.steps import STEPS

MODULE = [sys.executable, "-m", "diplomatic_events"]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in a folder with a good record, one with an error, and one with a warning."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "DIPLOMATIC_EVENTS_TRACEBACK", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    write("good.json", EXAMPLE)
    write("error.json", example({"title": "", "id": "b", "date": "2019-01-01"}))
    write("warning.json", example({"topics": ["tarde"], "id": "c", "date": "2018-01-01"}))
    Path("no.json").write_text("{", encoding="utf-8")
    write("other.json", {"type": "FeatureCollection"})

    return runner(monkeypatch, capsys)


def write(name: str, value: Any) -> None:
    Path(name).write_text(json.dumps(value), encoding="utf-8")


def process(*arguments: str, **more: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*MODULE, *arguments], capture_output=True, check=False, timeout=30, **more)


# Exit codes


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["good.json"], 0),
        (["error.json"], 1),
        (["warning.json"], 0),
        (["good.json", "error.json", "warning.json"], 1),
        (["warning.json", "--fail-on", "warning"], 1),
        (["error.json", "--fail-on", "warning"], 1),
        (["error.json", "--fail-on", "never"], 0),
        (["error.json", "--ignore", "schema"], 0),
        (["error.json", "--severity", "schema/too-short=off"], 0),
        (["error.json", "--severity", "schema/too-short=warning"], 0),
        (["warning.json", "--severity", "codes=error"], 1),
        (["warning.json", "--severity", "codes/unknown=note", "--fail-on", "warning"], 0),
        (["error.json", "--severity", "schema=off", "--severity", "schema/too-short=error"], 1),
        (["error.json", "--select", "dates,codes"], 0),
        (["no.json", "--select", "dates,codes"], 1),
        (["no.json", "--select", "dates,codes", "--ignore", "json"], 0),
        (["other.json", "--select", "dates,codes"], 1),
        (["other.json", "--select", "dates", "--severity", "schema/missing-version=off"], 0),
        (["error.json", "--select", "dates", "--select", "schema/too-short"], 1),
        (["error.json", "--select", "schema", "--ignore", "schema/too-short"], 0),
        (["error.json", "--max-findings", "1", "--max-per-rule", "1"], 1),
        (["gone.json"], 2),
        (["error.json", "gone.json"], 2),
        (["error.json", "gone.json", "--fail-on", "never"], 2),
        (["*.yaml"], 2),
        (["*.yaml", "--allow-empty"], 0),
        (["good.json", "gone.json", "--allow-empty"], 2),
        (["gone.json", "--allow-empty"], 2),
        (["gone/", "--allow-empty"], 2),
        (["*.yaml", "gone.json", "--allow-empty"], 2),
        (["good.json", "*.yaml", "--allow-empty"], 0),
        (["error.json", "*.yaml", "--allow-empty"], 1),
        (["good.json", "--engine", "jsonschema"], 0),
        (["good.json", "--schema-version", "1.0"], 0),
        (["good.json", "--max-bytes", "100"], 1),
        (["good.json", "--max-depth", "2"], 1),
        (["good.json", "--max-bytes", "9" * 30], 0),
        (["good.json", "--max-bytes", "9" * 100], 0),
        (["good.json", "--max-depth", "200"], 0),
        ([], 2),
    ],
)
def test_the_exit_code_says_how_it_went(arguments: list[str], code: int, run: Run) -> None:
    assert run("check", *arguments).code == code


def test_what_could_not_be_read_is_said_on_standard_error_and_the_others_are_checked(run: Run) -> None:
    ran = run("check", "gone.json", "error.json", "/dev/null", "--format", "concise")
    assert ran.out.startswith("error.json:1:")
    assert ran.out.count("\n") == 1
    assert ran.err.splitlines() == [
        "error: gone.json: there is no such file or folder",
        "error: /dev/null: it is not an ordinary file; to check what a program prints, pipe it into `-`",
    ]


@pytest.mark.parametrize("command", ["check", "baseline"])
def test_what_ends_well_is_called_no_error(command: str, run: Run) -> None:
    Path("empty").mkdir()
    ran = run(command, "empty", "*.yaml", "--allow-empty")
    assert ran.code == 0
    assert ran.err.splitlines()[:2] == [
        "note: empty: the folder has no file that ends in .json, .ndjson, .jsonl or .gz of these",
        "note: *.yaml: no file matches",
    ]
    assert "error" not in ran.err
    ran = run(command, "empty", "gone.json", "--allow-empty")
    assert (ran.code, ran.err.splitlines()[1]) == (2, "error: gone.json: there is no such file or folder")


def test_an_interrupted_run_ends_with_its_own_code(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("diplomatic_events.check.check", interrupt)
    assert run("check", "good.json") == Ran(130, "", "interrupted\n")


@pytest.mark.parametrize(
    ("arguments", "message", "help"),
    [
        (["chek", "."], "there is no command `chek`", "did you mean `check`?"),
        (["good.json"], "there is no command `good.json`", "the commands are check, coverage, "),
        (["help"], "there is no command `help`", "did you mean `diplomatic-events --help`?"),
        (["help", "check"], "there is no command `help`", "did you mean `diplomatic-events check --help`?"),
        (["help", "chek"], "there is no command `help`", "did you mean `diplomatic-events --help`?"),
        (["explain", "evidence"], "`evidence` is a family of rules; name one", "its rules are evidence/not-verbatim, "),
        (["explain", "json/"], "`json/` is a family of rules; name one", "its rules are json/"),
        (["check", "good.json", "--select", ","], "argument --select: `,` names no rule; ", ""),
        (["check", "good.json", "--ignore", " "], "argument --ignore: ` ` names no rule; ", ""),
        (["check", "good.json", "--max-depth", "300"], "argument --max-depth: `300` is more than 200, the deepest nesting", ""),
        (["check", "good.json", "--max-depth", "201"], "argument --max-depth: `201` is more than 200, the deepest nesting", ""),
        (["check", "good.json", "--max-bytes", "9" * 101], "argument --max-bytes: `99999999999999999999…` is too long", ""),
        (["check", "good.json", "--max-bytes", "9" * 5000], "argument --max-bytes: `99999999999999999999…` is too long", ""),
    ],
)  # fmt: skip
def test_a_wrong_word_gets_the_right_one(arguments: list[str], message: str, help: str, run: Run) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    first, *more = ran.err.splitlines()
    assert first.startswith(f"error: {message}")
    assert more[0].startswith(f"  help: {help}")


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule of ours that fails on one record."""

    def fail(record: Any) -> Any:
        if record.value["id"] == "geneva-talks":
            raise ZeroDivisionError("our\x1b own")
        yield from ()

    monkeypatch.setattr(OF_RECORDS["dates/no-such-day"], "check", fail)


@pytest.mark.usefixtures("broken")
def test_a_fault_of_our_own_has_its_own_code_and_costs_no_other_record(run: Run) -> None:
    ran = run("check", "good.json", "error.json", "--format", "concise")
    assert ran.code == 3
    assert ran.out.startswith("error.json:1:")
    assert "this is a fault of the program, not of your files" in ran.err
    assert "please report it at https://" in ran.err
    assert "  good.json:1: dates/no-such-day: ZeroDivisionError: our\\u001b own\n" in ran.err
    assert "\x1b" not in ran.err
    assert 'File "' not in ran.err
    assert ran.err.count("\n") <= 5


@pytest.mark.usefixtures("broken")
def test_a_fault_of_our_own_is_told_in_full_when_that_is_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIPLOMATIC_EVENTS_TRACEBACK", "1")
    ran = run("check", "good.json")
    assert ran.code == 3
    assert 'File "' in ran.err
    assert "ZeroDivisionError: our\\u001b own" in ran.err


def test_of_many_faults_of_our_own_the_first_three_are_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(OF_RECORDS["dates/no-such-day"], "check", fail)
    names = [f"{number}.json" for number in range(5)]
    for name in names:
        write(name, example({"id": name[0], "date": f"201{name[0]}-01-01"}))
    told = run("check", *names).err.splitlines()
    assert [line.split(":")[0].strip() for line in told if "ZeroDivisionError" in line] == names[:3]


@pytest.mark.parametrize("error", [RuntimeError("some\nthing"), MemoryError(), RecursionError("deep")])
def test_a_fault_of_our_own_outside_of_a_record_has_the_same_code(
    error: Exception, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr("diplomatic_events.check.check", fail)
    ran = run("check", "good.json")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.splitlines()[1].startswith(f"  {type(error).__name__}: ")
    assert 'File "' not in ran.err


# Wrong options


@pytest.mark.parametrize(
    ("arguments", "message", "help"),
    [
        (["check"], "no file is named", "name files or folders, or `-` for standard input"),
        (["check", "x", "--selct", "schema"], "there is no option `--selct`", "did you mean `--select`?"),
        (["check", "x", "--selct=schema"], "there is no option `--selct`", "did you mean `--select`?"),
        (["check", "x", "--sel", "schema"], "there is no option `--sel`", None),
        (["check", "x", "--qqqq"], "there is no option `--qqqq`", "`diplomatic-events --help` lists what there is"),
        (["rules", "schema"], "`schema` is one argument too many", None),
        (["check", "x", "--select", "shema"], "--select: there is no rule or family `shema`", "did you mean `schema`?"),
        (["check", "x", "--ignore", "codes/unknwon"], "--ignore: there is no rule or family `codes/unknwon`", None),
        (["check", "x", "--severity", "shema=off"], "--severity: there is no rule or family `shema`", "did you mean `schema`?"),
        (["check", "x", "--schema-version", "1.00"], "there is no schema version `1.00`", "did you mean `1.0`?"),
        (["schema", "9"], "there is no schema version `9`", f"the versions are {', '.join(catalogue().versions)}"),
        (["explain", "codes/unknwon"], "there is no rule `codes/unknwon`", None),
        (["explain", "qqqqq"], "there is no rule `qqqqq`", "`diplomatic-events rules` lists them all"),
    ],
)  # fmt: skip
def test_a_wrong_word_is_answered_with_the_right_one(
    arguments: list[str], message: str, help: str | None, run: Run
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    first, second = ran.err.splitlines()
    assert first == f"error: {message}"
    assert second.startswith("  help: ")
    assert help is None or second == f"  help: {help}"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "txt"], "there is no format `txt`; did you mean `text`?"),
        (["--format", "q"], "there is no format `q`; choose from "),
        (["--fail-on", "warnings"], "there is no choice `warnings`; did you mean `warning`?"),
        (["--color", "alway"], "there is no choice `alway`; did you mean `always`?"),
        (["--input", "ndjsn"], "there is no form `ndjsn`; did you mean `ndjson`"),
        (["--engine", "jsonshema"], "there is no engine `jsonshema`; did you mean `jsonschema`"),
        (["--severity", "schema=warn"], "there is no severity `warn`; did you mean `warning`?"),
        (["--severity", "schema"], "`schema` does not have the form RULE=SEVERITY"),
        (["--output", "json"], "`json` does not have the form FORMAT=FILE"),
        (["--output", "json="], "`json=` does not have the form FORMAT=FILE"),
        (["--output", "jsn=x"], "there is no format `jsn`; did you mean `json`"),
        (["--max-findings", "0"], "`0` is not a whole number above 0"),
        (["--max-per-rule", "-1"], "`-1` is not a whole number above 0"),
        (["--max-bytes", "1e6"], "`1e6` is not a whole number above 0"),
        (["--max-depth", "٣"], "`٣` is not a whole number above 0"),
        (["--jobs", "0"], "`0` is not a whole number above 0"),
        (["--select"], "expected one argument"),
    ],
)
def test_a_wrong_value_is_answered_with_what_would_be_right(arguments: list[str], words: str, run: Run) -> None:
    ran = run("check", "good.json", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert f"argument {arguments[0]}" in ran.err.replace("-j/--jobs", "--jobs")
    assert words in ran.err


# What is printed


def test_results_go_to_standard_output_and_all_else_to_standard_error(run: Run) -> None:
    ran = run("check", "error.json", "gone.json")
    assert ran.out.startswith("error[schema/too-short]: `title` is empty\n --> error.json:1:")
    assert "Checked 1 file, 1 record in " in ran.out
    assert "1 error, 0 warnings.\n" in ran.out
    assert ran.err == "error: gone.json: there is no such file or folder\n"


def test_a_report_is_written_to_files_beside_what_is_printed(run: Run) -> None:
    ran = run("check", "error.json", "--format", "concise", "--output", "json=a.json", "--output", "text=b.txt")
    assert ran.code == 1
    assert ran.out.count("\n") == 1
    assert json.loads(Path("a.json").read_bytes())["summary"]["errors"] == 1
    text = Path("b.txt").read_text(encoding="utf-8")
    assert "error[schema/too-short]" in text
    assert "\x1b" not in text


def test_a_report_that_cannot_be_written_is_said_so(run: Run) -> None:
    ran = run("check", "good.json", "--output", "json=no/such/a.json")
    assert ran.code == 2
    assert ran.err == "error: no/such/a.json cannot be written: No such file or directory\n"


def test_a_cut_report_has_true_totals(run: Run) -> None:
    write("many.json", example({"topics": [f"x{number}" for number in range(20)], "title": ""}))
    ran = run("check", "many.json", "--max-per-rule", "2", "--statistics")
    assert ran.out.count("warning[codes/unknown]") == 2
    assert "… and 18 more of codes/unknown\n" in ran.out
    assert "      20  warning  codes/unknown\n       1  error    schema/too-short\n" in ran.out
    assert "1 error, 20 warnings.\n" in ran.out
    ran = run("check", "many.json", "--max-findings", "1")
    assert ran.out.count("warning[") + ran.out.count("error[") == 1
    assert "1 error, 20 warnings.\n" in ran.out


def test_a_run_keeps_no_more_of_a_rule_than_fits_into_memory(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "MOST_KEPT", 3)
    write("many.json", example({"topics": [f"x{number}" for number in range(5)]}))
    ran = run("check", "many.json", "--format", "jsonl")
    assert ran.out.count("\n") == 3
    assert ran.err == "note: 3 of 5 findings are listed; the run found 0 errors, 5 warnings, 0 notes\n"


def test_how_often_each_rule_found_something_is_added_to_text_only_as_the_help_says(run: Run) -> None:
    for format in ("concise", "jsonl", "json"):
        plain = run("check", "error.json", "--format", format)
        assert run("check", "error.json", "--format", format, "--statistics") == plain
    help = " ".join(process("check", "--help").stdout.decode().split())
    assert "--no-statistics add to a report in text how often each rule found something; " in help
    run("check", "error.json", "--format", "concise", "--statistics", "--output", "text=a.txt")
    assert "       1  error    schema/too-short\n" in Path("a.txt").read_text(encoding="utf-8")


def test_a_report_in_a_file_shows_as_many_of_a_rule_as_are_asked_for(run: Run) -> None:
    write("many.json", example({"topics": [f"x{number}" for number in range(120)]}))
    run("check", "many.json", "--max-per-rule", "110", "--output", "text=a.txt")
    assert Path("a.txt").read_text(encoding="utf-8").count("warning[codes/unknown]") == 110


def test_standard_input_is_checked_under_the_name_that_it_is_given(run: Run) -> None:
    bad = json.dumps(example({"title": ""})).encode()
    ran = run("check", "-", "--format", "concise", stdin=bad)
    assert (ran.code, ran.out.split(":")[0]) == (1, "<stdin>")
    ran = run("check", "-", "--format", "concise", "--stdin-filename", "events.ndjson", stdin=b"\n" + bad)
    assert (ran.code, ran.out.split(":")[:2]) == (1, ["events.ndjson", "2"])
    ran = run("check", "-", "--format", "concise", "--input", "json", stdin=b"\n" + bad)
    assert (ran.code, ran.out.split(":")[:2]) == (1, ["<stdin>", "2"])


def test_the_texts_of_standard_input_lie_beside_its_name(run: Run) -> None:
    text_folder(Path.cwd())
    Path("d").mkdir()
    Path("report.txt").rename("d/report.txt")
    record = json.dumps(example({"/sources/0/text": None, "/sources/0/textFile": "report.txt"})).encode()
    ran = run("check", "-", "--stdin-filename", "d/a.json", "--format", "concise", stdin=record)
    assert ran == Ran(0, "", "")
    assert run("check", "-", "--stdin-filename", "a.json", "--fail-on", "warning", stdin=record).code == 1


def test_colours_are_for_terminals_and_for_those_who_ask(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def colored(*arguments: str) -> bool:
        return "\x1b[" in run("check", "error.json", *arguments).out

    assert not colored()
    assert not colored("--color", "never")
    assert colored("--color", "always")
    monkeypatch.setenv("NO_COLOR", "1")
    assert colored("--color", "always")


def test_what_is_no_terminal_has_a_hundred_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = run("check", "warning.json").out
    monkeypatch.setenv("COLUMNS", "40")
    excerpt = [line for line in run("check", "warning.json").out.splitlines() if "tarde" in line and "|" in line]
    assert excerpt == [line for line in shown.splitlines() if line in excerpt]
    assert [len(line) for line in excerpt] == [100]


@pytest.mark.parametrize(
    ("environment", "colored"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({"NO_COLOR": ""}, True)],
)
def test_a_terminal_gets_colours_unless_its_environment_says_otherwise(
    environment: dict[str, str], colored: bool, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert ("\x1b[" in run("check", "error.json").out) is colored
    assert ("\x1b[" in run("rules").out) is colored


# The other commands


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_printed(option: str) -> None:
    ran = process(option)
    assert (ran.returncode, ran.stdout) == (0, f"diplomatic-events {__version__}\n".encode())


def test_help_names_the_commands_and_their_options() -> None:
    assert b"check" in process("--help").stdout
    shown = process("check", "--help")
    assert shown.returncode == 0
    for option in (b"--format", b"--output", b"--select", b"--fail-on", b"--max-bytes", b"--allow-empty"):
        assert option in shown.stdout


def test_every_rule_is_listed(run: Run) -> None:
    lines = run("rules").out.splitlines()
    listed = [line.split()[0] for line in lines]
    assert sorted(listed) == sorted(RULES)
    families = [id.partition("/")[0] for id in listed]
    assert [family for number, family in enumerate(families) if family not in families[:number]] == list(FAMILIES)
    assert families == sorted(families, key=FAMILIES.index)
    rows = json.loads(run("rules", "--format", "json").out)
    assert [row["id"] for row in rows] == listed
    assert set(rows[0]) == {"id", "severity", "summary", "url"}


def test_a_rule_is_explained(run: Run) -> None:
    shown = run("explain", "codes/unknown").out
    assert shown.startswith("warning[codes/unknown]: A code is not on its list, which is an open one.\n")
    for title in ("Why it matters", "What to do", "Wrong", "Right"):
        assert f"\n{title}\n  " in shown
    page = json.loads(run("explain", "codes/unknown", "--format", "json").out)
    assert (page["id"], page["bad"], page["good"]) == ("codes/unknown", '"topics": ["tarde"]', '"topics": ["trade"]')


def test_the_page_of_a_rule_shows_a_whole_file_or_what_is_left_out(run: Run) -> None:
    assert '\nWrong\n  {"title": "Talks",}\n' in run("explain", "json/syntax").out
    assert "\nWrong\n  title is left out\n" in run("explain", "schema/missing-property").out
    assert "… (200 bytes)\n" in run("explain", "json/too-large").out.replace("(202", "(200")
    assert all(run("explain", rule, "--color", "always").code == 0 for rule in RULES)


@pytest.mark.parametrize(
    ("file", "text"),
    [(b"x" * 160, "x" * 160), (b"x" * 161, f"{'x' * 60}… (161 bytes)"), (b"[]\n", "[]"), (b"\xff", "\\xff")],
)
def test_a_file_of_more_than_a_hundred_and_sixty_characters_is_cut_on_a_page(file: bytes, text: str) -> None:
    assert shown(file) == text


def test_a_schema_is_printed_or_located(run: Run) -> None:
    printed = run("schema").out
    path = Path(run("schema", catalogue().latest, "--path").out.rstrip("\n"))
    assert json.loads(printed)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert path.read_text(encoding="utf-8") == printed


# Real processes


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    record = example({"topics": [f"x{number}" for number in range(5000)]})
    (tmp_path / "a.json").write_text(json.dumps(record), encoding="utf-8")
    with subprocess.Popen(
        [*MODULE, "check", "a.json", "--format", "concise"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path,
    ) as running:  # fmt: skip
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline().startswith(b"a.json:1:")
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


def test_a_report_that_is_also_written_is_whole_though_its_reader_leaves_early(tmp_path: Path) -> None:
    record = example({"topics": [f"x{number}" for number in range(5000)], "title": ""})
    (tmp_path / "a.json").write_text(json.dumps(record), encoding="utf-8")
    with subprocess.Popen(
        [*MODULE, "check", "a.json", "--format", "concise", "--output", "jsonl=out.jsonl"],
        stdout=subprocess.PIPE, cwd=tmp_path,
    ) as running:  # fmt: skip
        assert running.stdout is not None
        running.stdout.close()
    assert running.returncode == 1
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 5001


@pytest.mark.parametrize("format", ["json", "jsonl", "sarif", "junit", "gitlab", "github"])
def test_what_programs_read_is_utf_8_whatever_the_terminal_can_show(tmp_path: Path, format: str) -> None:
    (tmp_path / "é.json").write_text(json.dumps(example({"title": "", "id": "x", "/parties/0/name": 5})), "utf-8")
    (tmp_path / "b.json").write_text(json.dumps(example({"topics": ["会议"]})), encoding="utf-8")
    command = ("check", ".", "--format", format, "--output", f"{format}=../out")
    env = {name: value for name, value in os.environ.items() if name != "GITHUB_STEP_SUMMARY"}
    ran = process(*command, cwd=tmp_path, env={**env, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert ran.stdout == (tmp_path.parent / "out").read_bytes()
    assert "会议" in ran.stdout.decode("utf-8")


def test_an_output_that_cannot_show_a_character_gets_its_escape(tmp_path: Path) -> None:
    (tmp_path / "é.json").write_text(json.dumps(example({"title": ""})), encoding="utf-8")
    ran = process("check", "é.json", cwd=tmp_path, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert ran.returncode == 1
    assert b"--> \\xe9.json:1:" in ran.stdout
    assert ran.stderr == b""


def test_a_file_s_name_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    name = not_text("\x1b[2J\x07\n\udcff.json", tmp_path)
    (tmp_path / name).write_text(json.dumps(example({"title": ""})), encoding="utf-8")
    for format in ("text", "concise", "json", "jsonl"):
        ran = process(
            "check", ".", "gone\x1b[2J.json", "--format", format, "--output", f"{format}=out.txt", cwd=tmp_path
        )
        assert ran.returncode == 2
        for printed in (ran.stdout, ran.stderr, (tmp_path / "out.txt").read_bytes()):
            assert b"\x1b" not in printed
            assert b"\x07" not in printed
            assert b"\xff" not in printed
        assert b"Traceback" not in ran.stderr


def test_the_module_is_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(example({"title": ""})), encoding="utf-8")
    ran = process("check", "a.json", "--format", "jsonl", cwd=tmp_path)
    assert ran.returncode == 1
    assert json.loads(ran.stdout)["rule"] == "schema/too-short"


# Standard streams


def test_closed_standard_input_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert run("check", "-") == Ran(
        2, "", "error: standard input is closed\n  help: pipe something into it, or name files\n"
    )


def test_what_is_not_listed_is_told_beside_a_format_that_cannot_say_it(run: Run) -> None:
    write("two.json", example({"title": "", "topics": ["a", "b"]}))
    for format, said in (("jsonl", True), ("concise", True), ("json", False), ("text", False)):
        ran = run("check", "two.json", "--max-per-rule", "1", "--format", format)
        note = "note: 2 of 3 findings are listed; the run found 1 error, 2 warnings, 0 notes\n"
        assert ran.err == (note if said else "")


def test_github_gets_the_summary_of_a_step_where_it_asks_for_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    Path("summary.md").write_text("# Before\n", encoding="utf-8")
    assert run("check", "error.json", "--format", "github").code == 1
    summary = Path("summary.md").read_text(encoding="utf-8")
    assert summary.startswith("# Before\n")
    assert "schema/too-short" in summary
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", ".")
    ran = run("check", "error.json", "--format", "github")
    assert (ran.code, ran.err) == (1, "warning: the step summary . cannot be written: Is a directory\n")
    monkeypatch.delenv("GITHUB_STEP_SUMMARY")
    assert run("check", "error.json", "--format", "github").code == 1


def test_a_name_that_is_no_text_can_be_written_to_any_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    name = not_text("\udcff.json")
    write(name, example({"title": ""}))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    assert run("check", name, name + "?", "--format", "github", "--output", "text=a.txt").code == 2
    for file in ("summary.md", "a.txt"):
        assert r"\xff.json" in Path(file).read_text(encoding="utf-8").replace("&#92;", "\\")
    assert run("baseline", name).code == 0
    assert {row["file"] for row in json.loads(Path(BASELINE).read_bytes())["findings"]} == {r"\xff.json"}
    write(name, EXAMPLE)
    assert run("coverage", name, "--format", "json", "--output", "covered.json").code == 0
    assert [record["file"] for record in json.loads(Path("covered.json").read_bytes())["records"]] == [r"\xff.json"]


def test_a_record_is_migrated_to_standard_output(run: Run) -> None:
    ran = run("migrate", "--to", "1.0", "good.json")
    assert (ran.code, json.loads(ran.out)) == (0, EXAMPLE)


# Records brought to another version, between invented ones: their steps are in tests/versions


VERSIONS = Path(__file__).parent / "versions"


def invented(name: str) -> bytes:
    return (VERSIONS / "records" / f"{name}.json").read_bytes()


@pytest.fixture
def migrate(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command `migrate` in a folder with a record that can go to 1.1 and one that would lose the weather."""
    request = partial(Request, catalogue=Catalogue(VERSIONS / "catalogue"), steps=STEPS)
    monkeypatch.setattr("diplomatic_events.migrate.files.Request", request)
    Path("safe.json").write_bytes(invented("1.0/minimal"))
    Path("sunny.json").write_bytes(invented("1.2/weather"))
    return partial(run, "migrate")


def untouched() -> bool:
    there = (Path("safe.json").read_bytes(), Path("sunny.json").read_bytes())
    return there == (invented("1.0/minimal"), invented("1.2/weather"))


def test_migrate_puts_out_the_record_in_the_version_that_is_asked_for(migrate: Run) -> None:
    for version in ("1.1", "2.0"):
        ran = migrate("--to", version, "safe.json")
        assert (ran.code, json.loads(ran.out)["schemaVersion"]) == (0, version)
        assert ran.err.splitlines()[-1] == f"1 record migrated to {version}"
    assert untouched()


def test_migrate_in_place_changes_the_files_and_puts_out_nothing(migrate: Run) -> None:
    assert migrate("--to", "1.1", "--in-place", "safe.json") == Ran(0, "", "1 record migrated to 1.1\n")
    assert json.loads(Path("safe.json").read_bytes())["schemaVersion"] == "1.1"
    assert Path("sunny.json").read_bytes() == invented("1.2/weather")


def test_migrate_with_diff_shows_what_would_change_and_changes_nothing(migrate: Run) -> None:
    ran = migrate("--to", "1.1", "--diff", "safe.json")
    assert ran.code == 0
    assert ran.err == "1 record would be migrated to 1.1\n"
    assert [line for line in ran.out.splitlines() if line[0] in "+-"] == [
        "--- safe.json",
        "+++ safe.json",
        '-  "$schema": "https://example.org/invented/1.0/event.schema.json",',
        '-  "schemaVersion": "1.0",',
        '+  "$schema": "https://example.org/invented/1.1/event.schema.json",',
        '+  "schemaVersion": "1.1",',
    ]
    assert untouched()


@pytest.mark.parametrize("more", [[], ["--in-place"]])
def test_migrate_loses_nothing_unless_that_is_agreed_to(migrate: Run, more: list[str]) -> None:
    ran = migrate("--to", "1.1", *more, "sunny.json")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        'sunny.json:15:14: would be lost in 1.1: the weather: only 1.2 had it; /weather was "sunny"\n'
        "error: 1 thing would be lost, so nothing was migrated\n"
        "  help: --allow-loss migrates all the same\n"
    )
    assert untouched()


def test_migrate_loses_what_it_may_and_tells_it(migrate: Run) -> None:
    ran = migrate("--to", "1.1", "--allow-loss", "sunny.json")
    assert ran.code == 0
    assert json.loads(ran.out).keys() == json.loads(invented("1.2/weather")).keys() - {"weather"}
    assert ran.err.splitlines()[0].startswith("sunny.json:15:14: lost in 1.1: the weather")
    assert untouched()
    ran = migrate("--to", "1.1", "--allow-loss", "--in-place", "sunny.json")
    assert (ran.code, ran.out) == (0, "")
    assert "weather" not in json.loads(Path("sunny.json").read_bytes())


def test_migrate_puts_out_several_files_as_lines_and_changes_each_in_place(migrate: Run) -> None:
    ran = migrate("--to", "1.1", "--allow-loss", "safe.json", "sunny.json")
    assert [json.loads(line)["schemaVersion"] for line in ran.out.splitlines()] == ["1.1", "1.1"]
    assert untouched()
    ran = migrate("--to", "1.1", "--allow-loss", "--in-place", "safe.json", "sunny.json")
    assert (ran.code, ran.out, ran.err.splitlines()[-1]) == (0, "", "2 records migrated to 1.1")
    assert [json.loads(Path(name).read_bytes())["schemaVersion"] for name in ("safe.json", "sunny.json")] == ["1.1"] * 2


def test_migrate_reads_standard_input(migrate: Run) -> None:
    ran = migrate("--to", "1.1", "-", stdin=invented("1.0/minimal"))
    assert (ran.code, ran.out.encode()) == (0, invented("1.0/minimal").replace(b"1.0", b"1.1"))
    ran = migrate("--to", "1.1", "--in-place", "-", stdin=invented("1.0/minimal"))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: standard input cannot be changed in place\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--to", "1.1", "--in-place", "--diff", "safe.json"], "error: --in-place writes and --diff does not"),
        (["--to", "1.2", "safe.json"], "error: version 1.2 of the schema is withdrawn"),
        (["--to", "3.0", "safe.json"], "error: there is no schema version `3.0`"),
        (["safe.json"], "error: the following arguments are required: --to"),
        (["--to", "1.1", "--in-place", "safe.json", "gone.json"], "error: gone.json: there is no such file or folder"),
    ],
)
def test_migrate_refuses_what_cannot_be_done(migrate: Run, arguments: list[str], message: str) -> None:
    ran = migrate(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(message)
    assert untouched()


SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


@pytest.fixture(params=SIGNALS, ids=lambda number: number.name)
def ends_us(request: pytest.FixtureRequest) -> Iterator[int]:
    """A signal that ends a program, whatever the tests themselves were told to do with it."""
    before = signal.signal(request.param, signal.SIG_DFL)
    yield request.param
    signal.signal(request.param, before)


def test_a_signal_to_end_leaves_the_files_as_they_are_and_nothing_beside_them(
    migrate: Run, ends_us: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(os.listdir())
    beside: list[str] = []

    def end(new: str, _: str) -> None:
        beside.append(new)
        for _number in range(2):
            assert signal.getsignal(ends_us) is not signal.SIG_DFL, "it would end the tests"
            signal.raise_signal(ends_us)

    monkeypatch.setattr(os, "replace", end)
    ran = migrate("--to", "1.1", "--allow-loss", "--in-place", "safe.json", "sunny.json")
    assert ran == Ran(128 + ends_us, "", "ended by a signal\n")
    assert len(beside) == 1, "there was something beside the files"
    assert sorted(os.listdir()) == before
    assert untouched()
    assert signal.getsignal(ends_us) is signal.SIG_DFL


def test_a_signal_that_is_ignored_stays_so(migrate: Run, ends_us: int, monkeypatch: pytest.MonkeyPatch) -> None:
    move = os.replace

    def end(new: str, old: str) -> None:
        signal.raise_signal(ends_us)
        move(new, old)

    signal.signal(ends_us, signal.SIG_IGN)
    monkeypatch.setattr(os, "replace", end)
    assert migrate("--to", "1.1", "--in-place", "safe.json").code == 0
    assert signal.getsignal(ends_us) is signal.SIG_IGN


def test_migrate_runs_where_signals_cannot_be_seen_to(migrate: Run) -> None:
    with ThreadPoolExecutor() as threads:
        ran = threads.submit(migrate, "--to", "1.1", "safe.json").result()
    assert ran.code == 0


@pytest.mark.parametrize(
    ("failure", "ends"),
    [
        (BrokenPipeError(), (1, "")),
        (
            OSError(errno.ENOSPC, "No space left on device"),
            (2, "error: standard output cannot be written: No space left on device\n"),
        ),
        (OSError("gone"), (2, "error: standard output cannot be written: gone\n")),
    ],
)
def test_a_reader_that_has_gone_changes_no_exit_code_and_a_full_disk_does(
    failure: OSError,
    ends: tuple[int, str],
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Failing(io.BytesIO):
        def write(self, data: Any) -> int:
            raise failure

        def fileno(self) -> int:
            return descriptor

    descriptor = os.open("sink", os.O_WRONLY | os.O_CREAT)
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(Failing(), encoding="utf-8"))
    assert (cli.main(["check", "error.json"]), capsys.readouterr().err) == ends
    os.write(descriptor, b"lost")
    os.close(descriptor)
    assert Path("sink").read_bytes() == b""


def test_the_module_runs_the_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["diplomatic-events", "check", "error.json"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("diplomatic_events", run_name="__main__")
    assert ended.value.code == 1


def test_closed_standard_streams_are_no_fault_of_our_own(run: Run) -> None:
    for redirected, code in ((">&-", 1), ("2>&-", 1), (">&- 2>&-", 1), (">/dev/full", 2)):
        line = f"{sys.executable} -m diplomatic_events check error.json --format json {redirected}"
        ran = subprocess.run(line, shell=True, capture_output=True, check=False, timeout=30)  # a shell redirects
        assert ran.returncode == code
        assert b"fault of the program" not in ran.stdout + ran.stderr


def test_a_rule_that_fails_costs_no_other_its_findings(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Any) -> Any:
        raise ZeroDivisionError("our own")

    monkeypatch.setattr(OF_RECORDS["dates/no-such-day"], "check", fail)
    ran = run("check", "warning.json", "--format", "json")
    report = json.loads(ran.out)
    assert ran.code == 3
    assert [found["rule"] for found in report["findings"]] == ["codes/unknown"]
    assert "  warning.json:1: dates/no-such-day: ZeroDivisionError: our own" in ran.err.splitlines()
    assert "dates/no-such-day in 1 record (the program has failed)" in run("check", "warning.json").out


def test_an_output_that_cannot_be_written_costs_no_other(run: Run) -> None:
    ran = run("check", "error.json", "--format", "concise", "--output", "json=no/a.json", "--output", "jsonl=b.jsonl")
    assert (ran.code, ran.err) == (2, "error: no/a.json cannot be written: No such file or directory\n")
    assert ran.out.startswith("error.json:1:")
    assert Path("b.jsonl").read_text(encoding="utf-8")


@pytest.mark.usefixtures("broken")
def test_a_fault_of_our_own_weighs_more_than_an_output_that_cannot_be_written(run: Run) -> None:
    ran = run("check", "good.json", "--output", "json=no/such/a.json")
    assert ran.code == 3
    assert "error: no/such/a.json cannot be written: No such file or directory\n" in ran.err


def test_two_reports_are_not_written_to_one_file(run: Run) -> None:
    ran = run("check", "good.json", "--output", "json=a.json", "--output", "jsonl=./a.json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("error: two reports would be written to ./a.json\n  help: give each a file of its own")
    assert not Path("a.json").exists()


def test_a_choice_that_leaves_no_rule_is_an_error(run: Run) -> None:
    for more in (("--ignore", "dates"), ("--severity", "dates/no-such-day=off", "--select", "dates/no-such-day")):
        select = () if "--select" in more else ("--select", "dates/no-such-day")
        ran = run("check", "good.json", *select, *more)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("error: no rule is left to check\n")


def test_a_switch_of_the_configuration_can_be_turned_off(run: Run) -> None:
    Path("diplomatic-events.toml").write_text("statistics = true\nallow-empty = true\n", encoding="utf-8")
    Path("empty").mkdir()
    assert run("check", "warning.json").out != run("check", "warning.json", "--no-statistics").out
    assert (run("check", "empty").code, run("check", "empty", "--no-allow-empty").code) == (0, 2)


def test_a_table_in_a_file_of_our_own_is_answered_with_leaving_it_out(run: Run) -> None:
    Path("diplomatic-events.toml").write_text("[tool.diplomatic-events]\nstatistics = true\n", encoding="utf-8")
    ran = run("check", "good.json")
    assert ran.code == 2
    assert "  help: here the keys stand alone; only pyproject.toml needs a table" in ran.err.splitlines()
