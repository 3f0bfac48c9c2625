"""The check over several processes: the same report, whatever their number, and an end whatever happens to them."""

import gzip
import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from broken_catalogue import Asleep, Broken
from check_records import EXAMPLE, example
from diplomatic_events import DiplomaticEventsError, Options, parallel
from diplomatic_events.checking import Checker, check_inputs, one_by_one
from diplomatic_events.cli import commands, config
from diplomatic_events.cli import main as cli
from diplomatic_events.inputs.paths import Inputs, expand
from diplomatic_events.inputs.records import RawRecord
from diplomatic_events.report.formats import FORMATS
from diplomatic_events.report.run import Job

MODULE = [sys.executable, "-m", "diplomatic_events"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Records of every kind, in several files, with findings across them; a batch holds one record."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.setattr(parallel, "BATCH_BYTES", 1)
    link = {"id": "x", "relation": "follows-up", "title": "Talks"}
    write("a.json", EXAMPLE)
    write("b.json", example({"title": "", "topics": ["tarde"]}))
    write("c.ndjson", example({"id": "c", "date": "2021-02-30"}), "{", example({"id": "c", "date": "2019-01-01"}))
    write("d.json", example({"id": "d", "date": "2018-01-01", "related": [{**link, "record": "nowhere"}]}))
    write("e.jsonl", *(example({"id": f"e{n}", "date": f"20{n:02}-01-01", "title": ""}) for n in range(9)))
    write("f.json", example({"id": "f", "/evidence/0/exact": "in Genf"}), "")
    Path("g.json.gz").write_bytes(gzip.compress(json.dumps(example({"id": "g", "date": "2017-01-01"})).encode()))
    Path("h.json").write_bytes(b"\xff")
    write("i.json", 5)
    return tmp_path


def write(name: str, *values: Any) -> None:
    lines = [value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in values]
    Path(name).write_text("\n".join(lines), encoding="utf-8")


def everything(jobs: int, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    """What a run prints and writes in every format."""
    outputs = [f"--output={format}=../{format}.out" for format in FORMATS]
    code = cli.main(["check", ".", "-j", str(jobs), *outputs, *more])
    printed = capsys.readouterr()
    said = re.sub(r"in [0-9.]+ s", "in 0.1 s", printed.out)
    return {
        "code": code,
        "out": said,
        "err": printed.err,
        **{name: Path(f"../{name}.out").read_bytes() for name in FORMATS},
    }


# The same report


@pytest.mark.usefixtures("folder")
def test_the_report_is_the_same_for_every_number_of_processes(capsys: pytest.CaptureFixture[str]) -> None:
    one, two, three = (everything(jobs, capsys) for jobs in (1, 2, 3))
    assert one["code"] == 1
    rules = {json.loads(line)["rule"] for line in one["jsonl"].decode().splitlines()}
    assert {
        "json/syntax", "json/not-utf8", "schema/too-short", "schema/not-an-object", "dates/no-such-day",
        "evidence/not-verbatim", "codes/unknown", "corpus/duplicate-record", "corpus/unknown-record",
        "corpus/possible-duplicate-event",
    } <= rules  # fmt: skip
    assert one == two
    assert one == three


@pytest.mark.usefixtures("folder")
def test_suppressions_baselines_and_limits_work_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["baseline", ".", "-j", "2", "--output", "../known.json", "--select", "dates,codes"]) == 0
    write(
        "diplomatic-events.toml",
        'baseline = "../known.json"\nper-file-ignores = { "e.jsonl" = ["schema"] }\n'
        '[[suppress]]\nrule = "corpus"\nfile = "d.json"\nreason = "x"\n'
        '[[suppress]]\nrule = "dates"\nrecord = "e3"\nreason = "x"\n',
    )
    capsys.readouterr()
    one, two = (everything(jobs, capsys, "--max-per-rule", "1") for jobs in (1, 2))
    assert one == two
    summary = json.loads(one["json"])["summary"]
    assert summary["suppressed"] == 1
    assert summary["baselined"] == 2 + 3  # two of dates and codes, and three that keep a record from being checked
    assert b"config/unused-suppression" in one["json"]


@pytest.mark.usefixtures("folder")
def test_standard_input_is_cut_into_batches_too() -> None:
    text = Path("e.jsonl").read_bytes() + b"\n" + Path("c.ndjson").read_bytes()
    inputs = expand(["-"], form="ndjson")
    reports = []
    for jobs in (1, 2):
        Path("../in").write_bytes(text)
        with Path("../in").open("rb") as stdin:
            reports.append(check_inputs(inputs, Options(), stdin, each=parallel.over(jobs)))
    assert reports[0] == reports[1]
    assert reports[0].records == 12


def test_a_single_batch_is_checked_in_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(parallel, "ProcessPoolExecutor", None)
    write("a.ndjson", *(example({"id": f"e{n}", "title": ""}) for n in range(9)))
    assert check_inputs(expand(["a.ndjson"]), each=parallel.over(8)).records == 9
    assert check_inputs(Inputs(), each=parallel.over(8)).records == 0


def test_batches_have_as_many_bytes_as_they_should_and_keep_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "BATCH_BYTES", 10)
    sizes = (4, 4, 4, 20, 1, 9, 1)
    jobs: list[Job] = [(RawRecord(str(number), b"x" * size), None) for number, size in enumerate(sizes)]
    cut = [[job[0].file for job in batch] for batch in parallel._batches(iter(jobs))]
    assert cut == [["0", "1", "2"], ["3"], ["4", "5"], ["6"]]
    assert list(parallel._batches(iter(()))) == []


def test_no_more_is_read_ahead_than_the_processes_can_use() -> None:
    class Pool:
        """Does the work when it is asked for the result."""

        under_way = most = 0

        def submit(self, *_: Any) -> Any:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            return self

        def result(self) -> Any:
            self.under_way -= 1
            return [], None

    pool: Any = Pool()
    assert len(list(parallel._in_order(pool, iter([[]] * 20), 6))) == 20
    assert (pool.most, pool.under_way) == (6, 0)


def test_a_number_of_processes_is_taken_as_it_is_up_to_what_the_system_can_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert parallel.processes(3) == 3
    assert parallel.processes(10**6) == parallel._MOST


def test_without_a_number_there_is_one_process_for_each_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 5}, raising=False)
    assert parallel.processes(None) == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    assert parallel.processes(None) == 4
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert parallel.processes(None) == 1


def test_only_much_work_is_spread_unless_a_number_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def over(number: int) -> Any:
        asked.append(number)

    monkeypatch.setattr(parallel, "over", over)
    monkeypatch.setattr(parallel, "processes", lambda wanted: wanted or 7)
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    small = expand([str(tmp_path / "a.json")])
    for jobs, inputs in ((None, small), (1, small), (2, small), (None, expand(["-"])), (1, expand(["-"]))):
        commands._each(jobs, inputs)
    assert asked == [2, 7]
    (tmp_path / "a.json").unlink()
    commands._each(None, small)
    assert asked == [2, 7, 7]


# A worker


def test_a_worker_checks_a_batch_and_returns_its_own_index(monkeypatch: pytest.MonkeyPatch) -> None:
    ignored: list[Any] = []
    monkeypatch.setattr(signal, "signal", lambda *given: ignored.append(given))
    parallel._prepare(Options(select=("schema",)))
    assert ignored == [(signal.SIGINT, signal.SIG_IGN)]
    for title in ("", "x"):
        batch: list[Job] = [(RawRecord("a.json", json.dumps(example({"title": title})).encode()), None)] * 2
        outcomes, index = parallel._check(batch)
        assert [found.rule for outcome in outcomes for found in outcome.findings] == ["schema/too-short"] * (
            0 if title else 2
        )
        assert (index.size, len(index.records)) == (2, 1 if title else 0)


def test_a_worker_ends_with_the_process_that_started_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Parent:
        def join(self) -> None:
            done.append("joined")

    done: list[Any] = []
    monkeypatch.setattr(os, "_exit", done.append)
    parallel._end_with_parent()
    assert done == []
    monkeypatch.setattr(multiprocessing, "parent_process", Parent)
    parallel._end_with_parent()
    assert done == ["joined", 1]


def test_options_are_handed_over_without_what_only_the_report_needs(tmp_path: Path) -> None:
    (tmp_path / "diplomatic-events.toml").write_text(
        'per-file-ignores = { "a" = ["schema"] }\n[[suppress]]\nrule = "dates"\nfile = "a"\nreason = "x"\n',
        encoding="utf-8",
    )
    found = config.find(tmp_path)
    options = Options(select=("schema",), ignored=found.ignored, suppressions=found.suppressions)
    assert parallel._portable(options) == Options(select=("schema",))


def test_an_interrupt_is_held_back_while_a_process_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    held = []
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored in the background

    def start() -> None:
        with parallel._interrupts_later():
            signal.raise_signal(signal.SIGINT)
            held.append(signal.SIGINT in signal.sigpending())

    try:
        with pytest.raises(KeyboardInterrupt):
            start()
    finally:
        signal.signal(signal.SIGINT, before)
    assert held == [True]
    monkeypatch.delattr(signal, "pthread_sigmask")
    with parallel._interrupts_later():
        held.append(True)
    assert held == [True, True]


# Faults


def break_workers(monkeypatch: pytest.MonkeyPatch, *, kill: bool) -> None:
    options, broken = commands._check_options, Broken(kill=kill)
    monkeypatch.setattr(commands, "_check_options", lambda *a, **k: options(*a, **k)._replace(catalogue=broken))


@pytest.mark.usefixtures("folder")
def test_a_fault_of_our_own_in_a_worker_costs_no_findings_but_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    break_workers(monkeypatch, kill=False)
    assert cli.main(["check", ".", "-j", "2", "--format", "jsonl"]) == 3
    printed = capsys.readouterr()
    found = [json.loads(line) for line in printed.out.splitlines()]
    assert {row["rule"] for row in found} == {"json/syntax", "json/not-utf8", "schema/not-an-object"}
    said = printed.err.splitlines()
    assert "this is a fault of the program, not of your files" in said[0]
    assert said[1] == "  a.json:1: ZeroDivisionError: our own fault"
    assert "please report it at " in said[-1]
    assert "Traceback" not in printed.err


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
@pytest.mark.usefixtures("folder")
def test_a_worker_that_the_system_ends_is_told_and_nothing_hangs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    break_workers(monkeypatch, kill=True)
    assert cli.main(["check", ".", "-j", "2"]) == 2
    printed = capsys.readouterr()
    assert "Checked 9 files, 0 records" in printed.out
    assert printed.err == (
        "error: the system has ended one of the processes that were checking records; what they had not told is not in "
        "this report. If memory is short, use fewer of them with `-j`, or refuse large records with `--max-bytes`\n"
    )
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("folder")
def test_what_was_found_before_a_worker_was_ended_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    in_order = parallel._in_order

    def broken(*arguments: Any) -> Iterator[Any]:
        yield from islice(in_order(*arguments), 6)  # a, b, three lines of c, d
        raise BrokenProcessPool

    monkeypatch.setattr(parallel, "_in_order", broken)
    whole = check_inputs(expand(["."]), each=one_by_one)
    report = check_inputs(expand(["."]), each=parallel.over(2))
    assert report.records == 6
    # The last of them is in doubt: another record of that file could have followed.
    assert report.clean_files == ("a.json",)
    assert {found.file for found in report.findings if found.rule != "corpus/unknown-record"} == {"b.json", "c.ndjson"}
    assert set(report.findings) <= set(whole.findings)
    assert len(report.failures) == 1


@pytest.mark.usefixtures("folder")
def test_when_the_report_is_given_up_the_workers_end() -> None:
    jobs: list[Job] = [(RawRecord("a.json", json.dumps(EXAMPLE).encode()), None)] * 9
    outcomes = parallel.over(2)(Checker(Options()), iter(jobs))
    next(outcomes)
    assert multiprocessing.active_children()
    outcomes.close()  # type: ignore[attr-defined]  # it is a generator
    assert multiprocessing.active_children() == []


def test_an_unreadable_option_is_told_before_any_process_starts() -> None:
    with pytest.raises(DiplomaticEventsError, match="there is no schema version"):
        check_inputs(expand([]), Options(schema_version="9.9"), each=parallel.over(2))


# Interrupts

proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see what processes there are")


def members(group: int) -> list[int]:
    """The processes of a process group that have not ended."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            state, _, of_group = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if int(of_group) == group and state != "Z":
            found.append(int(entry.name))
    return found


def expect_within(seconds: float, what: Any) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.02)


def heed_interrupts() -> None:
    """What a shell has ignored in the background is heeded."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def at_work() -> Iterator["subprocess.Popen[bytes]"]:
    """A run with two workers that waits for more records."""
    line = json.dumps(EXAMPLE).encode() + b"\n"
    run = subprocess.Popen(
        [*MODULE, "check", "-", "--input", "ndjson", "-j", "2", "--no-config"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=heed_interrupts,
    )  # fmt: skip
    try:
        assert run.stdin is not None
        run.stdin.write(line * (3 * parallel.BATCH_BYTES // len(line) + 9))
        run.stdin.flush()
        # The run itself, its workers, and the process in which Python keeps track of what they share.
        expect_within(30, lambda: len(members(run.pid)) == 4)
        yield run
    finally:
        for member in members(run.pid):
            os.kill(member, signal.SIGKILL)
        run.communicate()


@proc
@pytest.mark.parametrize("seconds", [0, 0.5, 2])
def test_ctrl_c_ends_a_run_and_all_its_processes_without_a_traceback(seconds: float) -> None:
    with at_work() as run:
        time.sleep(seconds)
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does
        out, err = run.communicate(timeout=30)
        assert (run.returncode, out, err) == (130, b"", b"interrupted\n")
        expect_within(10, lambda: members(run.pid) == [])


@proc
@pytest.mark.parametrize("kill", [os.kill, os.killpg], ids=["it alone", "all of its group"])
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("seconds", [0, 1])
def test_a_run_that_is_asked_to_end_does_so_at_once_and_leaves_nothing_to_warn_of(
    seconds: float, how: signal.Signals, kill: Callable[[int, int], None]
) -> None:
    with at_work() as run:
        time.sleep(seconds)
        began = time.monotonic()
        kill(run.pid, how)
        out, err = run.communicate(timeout=30)
        assert time.monotonic() - began < 5
        assert (run.returncode, out, err) == (128 + how, b"", b"ended by a signal\n")
        expect_within(10, lambda: members(run.pid) == [])


@pytest.mark.usefixtures("folder")
def test_a_batch_under_way_is_not_waited_for() -> None:
    jobs: list[Job] = [(RawRecord("a.json", json.dumps(EXAMPLE).encode()), None)] * 9
    checker = Checker(Options()._replace(catalogue=Asleep()))
    outcomes = parallel.over(2)(checker, iter(jobs))
    signal.setitimer(signal.ITIMER_REAL, 3)
    before = signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))
    interrupt = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a shell may have it ignored in the background
    began = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            next(outcomes)
    finally:
        signal.signal(signal.SIGALRM, before)
        signal.signal(signal.SIGINT, interrupt)
    assert time.monotonic() - began < 10
    assert multiprocessing.active_children() == []


@proc
def test_workers_do_not_outlive_a_run_that_is_killed() -> None:
    with at_work() as run:
        run.kill()
        expect_within(30, lambda: members(run.pid) == [])
        assert run.wait(10) == -signal.SIGKILL


@pytest.mark.parametrize(
    "error", [OSError(24, "Too many open files"), RuntimeError("can't start new thread"), ImportError("no")]
)
@pytest.mark.parametrize("what", ["pool", "submit"])
@pytest.mark.usefixtures("folder")
def test_where_no_process_can_be_started_that_is_said(
    error: Exception, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> Any:
        raise error

    if what == "pool":
        monkeypatch.setattr(parallel, "ProcessPoolExecutor", refuse)
    else:
        monkeypatch.setattr(ProcessPoolExecutor, "submit", refuse)
    report = check_inputs(expand(["."]), each=parallel.over(2))
    assert (report.records, report.crashes) == (0, ())
    reason = getattr(error, "strerror", None) or error
    assert [failure.rpartition(": ")[2] for failure in report.failures] == [str(reason)]
    assert "`-j 1`" in report.failures[0]
