"""The command as a whole: its exit codes, signals, and what it says of its own faults."""

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

from check_records import example
from diplomatic_events import __version__
from diplomatic_events.migrate.files import Request
from diplomatic_events.rules import OF_RECORDS
from run_command import Ran, Run, runner, write, write_records
from versions.invented import CATALOGUE, STEPS, raw

MODULE = [sys.executable, "-m", "diplomatic_events"]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in a folder with records, a file that is no JSON and one of another schema."""
    monkeypatch.chdir(tmp_path)
    write_records()
    write("no.json", "{")
    write("other.json", {"type": "FeatureCollection"})
    return runner(monkeypatch, capsys)


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
        (["error.json", "gone.json", "--fail-on", "never"], 2),
        (["*.yaml"], 2),
        (["*.yaml", "--allow-empty"], 0),
        (["gone.json", "--allow-empty"], 2),
        (["gone/", "--allow-empty"], 2),
        (["*.yaml", "gone.json", "--allow-empty"], 2),
        (["error.json", "*.yaml", "--allow-empty"], 1),
        (["good.json", "--engine", "jsonschema"], 0),
        (["good.json", "--schema-version", "1.0"], 0),
        (["good.json", "--max-bytes", "9" * 100], 0),
        (["good.json", "--max-depth", "200"], 0),
        ([], 2),
    ],
)
def test_the_exit_code_says_how_it_went(arguments: list[str], code: int, run: Run) -> None:
    assert run("check", *arguments).code == code


def test_an_interrupted_run_ends_with_its_own_code(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("diplomatic_events.checking.check_inputs", interrupt)
    assert run("check", "good.json") == Ran(130, "", "interrupted\n")


# Faults of our own


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a rule that fails on every record but the one with an error."""

    def fail(record: Any) -> Iterator[Any]:
        if record.value["id"] != "b":
            raise ZeroDivisionError("our\x1b own")
        yield from ()

    monkeypatch.setattr(OF_RECORDS["dates/no-such-day"], "check", fail)
    return "dates/no-such-day"


def test_a_fault_of_our_own_has_its_own_code_and_costs_no_other_record(run: Run, broken: str) -> None:
    ran = run("check", "good.json", "error.json", "--format", "concise")
    assert ran.code == 3
    assert ran.out.startswith("error.json:1:")
    first, second, third = ran.err.splitlines()
    assert first.endswith(f"{__version__} has failed; this is a fault of the program, not of your files")
    assert second == f"  good.json:1: {broken}: ZeroDivisionError: our\\u001b own"
    assert third.startswith("  please report it at https://")


def test_a_rule_that_fails_costs_no_other_its_findings(run: Run, broken: str) -> None:
    ran = run("check", "warning.json", "--format", "jsonl")
    assert (ran.code, ran.found) == (3, [("warning.json", "codes/unknown")])
    assert f"{broken} in 1 record (the program has failed)" in run("check", "warning.json").out


@pytest.mark.usefixtures("broken")
def test_a_fault_of_our_own_is_told_in_full_when_that_is_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIPLOMATIC_EVENTS_TRACEBACK", "1")
    ran = run("check", "good.json")
    assert ran.code == 3
    assert 'File "' in ran.err
    assert "ZeroDivisionError: our\\u001b own" in ran.err


@pytest.mark.usefixtures("broken")
def test_of_many_faults_of_our_own_the_first_three_are_told(run: Run) -> None:
    names = [f"{number}.json" for number in range(5)]
    for name in names:
        write(name, example({"id": f"id-{name[0]}", "date": f"201{name[0]}-01-01"}))
    said = run("check", *names).err.splitlines()
    assert [line.split(":")[0].strip() for line in said if "ZeroDivisionError" in line] == names[:3]


@pytest.mark.usefixtures("broken")
def test_a_fault_of_our_own_weighs_more_than_an_output_that_cannot_be_written(run: Run) -> None:
    ran = run("check", "good.json", "--output", "json=no/such/a.json")
    assert ran.code == 3
    assert "error: no/such/a.json cannot be written: No such file or directory\n" in ran.err


@pytest.mark.usefixtures("broken")
def test_a_baseline_is_not_written_where_the_program_has_failed(run: Run) -> None:
    assert run("baseline", "good.json", "--output", "known.json").code == 3
    assert not Path("known.json").exists()


@pytest.mark.parametrize("error", [RuntimeError("some\nthing"), RecursionError("deep"), ImportError("gone")])
def test_a_fault_of_our_own_outside_of_a_record_has_the_same_code(
    error: Exception, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr("diplomatic_events.checking.check_inputs", fail)
    ran = run("check", "good.json")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.splitlines()[1].startswith(f"  {type(error).__name__}: ")
    assert 'File "' not in ran.err


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "there is not enough memory"),
        (OSError(24, "Too many open files"), "Too many open files"),
        (PermissionError(13, "Permission denied", b"a"), "a: Permission denied"),
        (OSError("it is so"), "it is so"),
        (ImportError("b.so: cannot be mapped", path="b.so"), "b.so: cannot be mapped"),
    ],
)
@pytest.mark.parametrize("where", ["checking.check_inputs", "schema.structure.Structure.hold"])
def test_what_the_system_refuses_is_no_fault_of_the_program(
    error: Exception, said: str, where: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(f"diplomatic_events.{where}", fail)
    ran = run("check", "good.json", "--format", "concise")
    before = "good.json:1: it could not be checked: " if "hold" in where else ""
    assert ran == Ran(2, "", f"error: {before}{said}\n")


# Signals

SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


@pytest.fixture
def migrate(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command `migrate --to 1.1` between invented versions, in a folder with a record of 1.0."""
    request = partial(Request, catalogue=CATALOGUE, steps=STEPS)
    monkeypatch.setattr("diplomatic_events.migrate.files.Request", request)
    Path("old.json").write_bytes(raw("1.0-minimal"))
    return partial(run, "migrate", "--to", "1.1")


@pytest.fixture(params=SIGNALS, ids=lambda number: number.name)
def ends_us(request: pytest.FixtureRequest) -> Iterator[int]:
    """A signal that ends a program, whatever the tests themselves were told to do with it."""
    before = signal.signal(request.param, signal.SIG_DFL)
    yield request.param
    signal.signal(request.param, before)


def test_a_signal_to_end_leaves_the_files_as_they_are_and_nothing_beside_them(
    migrate: Run, ends_us: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {name: Path(name).read_bytes() for name in os.listdir()}
    beside: list[str] = []

    def end(new: str, _: str) -> None:
        beside.append(new)
        for _number in range(2):
            assert signal.getsignal(ends_us) is not signal.SIG_DFL, "it would end the tests"
            signal.raise_signal(ends_us)

    monkeypatch.setattr(os, "replace", end)
    assert migrate("--in-place", "old.json") == Ran(128 + ends_us, "", "ended by a signal\n")
    assert len(beside) == 1, "there was something beside the file"
    assert {name: Path(name).read_bytes() for name in os.listdir()} == before
    assert signal.getsignal(ends_us) is signal.SIG_DFL


def test_a_signal_that_is_ignored_stays_so(migrate: Run, ends_us: int, monkeypatch: pytest.MonkeyPatch) -> None:
    move = os.replace

    def end(new: str, old: str) -> None:
        signal.raise_signal(ends_us)
        move(new, old)

    signal.signal(ends_us, signal.SIG_IGN)
    monkeypatch.setattr(os, "replace", end)
    assert migrate("--in-place", "old.json").code == 0
    assert signal.getsignal(ends_us) is signal.SIG_IGN


def test_migrate_runs_where_signals_cannot_be_seen_to(migrate: Run) -> None:
    with ThreadPoolExecutor() as threads:
        assert threads.submit(migrate, "old.json").result().code == 0


# The program


def test_the_module_is_the_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = subprocess.run([*MODULE, "check", "error.json", "--format", "jsonl"], capture_output=True, check=False)
    assert (ran.returncode, json.loads(ran.stdout)["rule"]) == (1, "schema/too-short")
    monkeypatch.setattr("sys.argv", ["diplomatic-events", "check", "error.json"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("diplomatic_events", run_name="__main__")
    assert ended.value.code == 1


def test_closed_standard_streams_are_no_fault_of_our_own(run: Run) -> None:
    for redirected, code in ((">&-", 2), ("2>&-", 1), (">&- 2>&-", 2), (">/dev/full", 2)):
        line = f"{sys.executable} -m diplomatic_events check error.json --format json {redirected}"
        ran = subprocess.run(line, shell=True, capture_output=True, check=False, timeout=30)  # a shell redirects
        assert ran.returncode == code
        assert b"fault of the program" not in ran.stdout + ran.stderr


# The start

LIBRARIES = "jsonschema_rs, jiter, argparse, copy, csv, hashlib, importlib.util, json, pathlib, signal, unicodedata"
"""What a check of a clean record may import from elsewhere, with all that these import themselves."""

OWN = {
    "": "checking cli edit edtf findings inputs jsontext options pointers reading report rulebook rules schema sources stages suggest wording",
    "cli.": "arguments commands config main outputs terminal values",
    "edit.": "replacing writing",
    "inputs.": "paths records search",
    "jsontext.": "locate parse",
    "report.": "baseline fingerprints formats placing run suppress",
    "report.formats.": "style text",
    "rules.": "annotations circles claims codes config corpus dates evidence index json participation record references statements",
    "schema.": "catalogue city_names codelists countries country_names definitions engines identifiers languages native plan structure targets version walker words",
    "schema.words.": "forms keywords properties",
    "sources.": "days quotes search texts",
}


def imported(code: str, *arguments: str) -> set[str]:
    program = f"import sys; {code}; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, check=True, text=True)
    return set(ran.stdout.splitlines()[-1].split())


def test_a_check_of_a_clean_record_imports_nothing_that_it_does_not_use() -> None:
    record = Path(__file__).parents[1] / "examples/sco-defence-ministers-2018-04-24/record.json"
    code = "from diplomatic_events.cli.main import main; main(['check', '--no-config', sys.argv[1]])"
    own = {f"diplomatic_events.{room}{name}" for room, names in OWN.items() for name in names.split()}
    assert imported(code, str(record)) - imported(f"import {LIBRARIES}") <= {"diplomatic_events", *own}
