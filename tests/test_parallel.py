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
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures.process import ProcessPoolExecutor
from contextlib import contextmanager
from copy import copy
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from broken_catalogue import KILLS, Asleep, Broken
from check_records import EXAMPLE, example
from diplomatic_events import DiplomaticEventsError, Options, parallel
from diplomatic_events.checking import Checker, check_inputs, one_by_one
from diplomatic_events.cli import commands, config
from diplomatic_events.cli import main as cli
from diplomatic_events.inputs.paths import Input, Inputs, expand
from diplomatic_events.inputs.records import Part, RawRecord
from diplomatic_events.report.formats import FORMATS
from diplomatic_events.report.run import Checked

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
    write("i.json", [{"schemaVersion": "1.0"}])
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
    monkeypatch.setattr(parallel, "_SMALL", 1)
    jobs = [parallel._Sent(RawRecord(str(size), b"x" * size), None) for size in (3, 2, 4, 20, 0, 8, 1)]
    cut = [[job.size for job in batch if isinstance(job, parallel._Sent)] for batch in parallel._batches(jobs)]
    assert cut == [[3, 2, 4], [20], [0, 8], [1]]
    assert list(parallel._batches(iter(()))) == []


class Slow:
    """Stands for a process: it does the work when it is asked for the result."""

    under_way = most = 0

    @property
    def load(self) -> int:
        return self.under_way

    def give(self, jobs: Any) -> Any:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        return parallel._Batch(jobs, self)  # type: ignore[arg-type]  # it stands for one

    def result_of(self, batch: Any) -> Any:
        self.under_way -= 1
        return batch.jobs

    def end(self) -> None:
        pass


def test_no_more_is_under_way_than_the_processes_can_use_however_slowly_the_results_are_taken() -> None:
    both: Any = [Slow(), Slow()]
    batches: Any = ([number] for number in range(20))
    results: list[Any] = list(parallel._in_order(both, batches))
    assert results == [[number] for number in range(20)]
    assert [(process.most, process.under_way) for process in both] == [(parallel._AHEAD, 0)] * 2


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


def test_a_worker_checks_a_batch_and_returns_what_it_added_to_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    ignored: list[Any] = []
    monkeypatch.setattr(signal, "signal", lambda *given: ignored.append(given))
    parallel._prepare(Options(select=("schema",)), frozenset())
    assert ignored == [(signal.SIGINT, signal.SIG_IGN)]
    for title in ("", "x"):
        sent = parallel._Sent(RawRecord("a.json", json.dumps(example({"title": title})).encode()), None)
        results, index, _ = parallel._check([sent, sent])
        assert [found.rule for result in results for found in result.findings] == ["schema/too-short"] * (
            0 if title else 2
        )
        assert index.size == 2


@given(some.lists(some.tuples(some.sampled_from("ab"), some.booleans(), some.sampled_from(["x", "y", None]))))
def test_results_without_findings_are_only_counted_and_the_others_stay_as_they_are(
    rows: list[tuple[str, bool, str | None]],
) -> None:
    results = [Checked(file, size=10, crash="crash" if bad else None, record=record) for file, bad, record in rows]
    kept = parallel._condensed((copy(result) for result in results), frozenset({"x"}))
    whole, condensed = Counter[str](), Counter[str]()
    for counted, every in ((whole, results), (condensed, kept)):
        for result in every:
            counted.update(records=result.records, size=result.size)
    assert whole == condensed
    wanted = [vars(result) for result in results if result.crash or result.record == "x"]
    assert [vars(result) for result in kept if result.crash or result.record] == wanted
    assert not any(one.is_clean and next.is_clean and not one.record for one, next in pairwise(kept) if not next.record)
    assert [result.file for result in kept][-1:] == [result.file for result in results][-1:]


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


def all_have_ended() -> bool:
    """Whether no process is left: one that was killed may take a moment to be gone."""
    latest = time.monotonic() + 20
    while multiprocessing.active_children() and time.monotonic() < latest:
        time.sleep(0.01)
    return not multiprocessing.active_children()


kills = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")


@kills
def test_where_one_process_after_the_other_is_ended_that_is_said_and_nothing_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(parallel, "BATCH_BYTES", 1)
    for number in range(12):
        write(f"{number:02}.json", EXAMPLE)
    break_workers(monkeypatch, kill=True)
    assert cli.main(["check", ".", "-j", "2"]) == 3
    printed = capsys.readouterr()
    assert "Checked 12 files, 0 records" in printed.out
    assert "error: the system has ended one process after the other that was checking records" in printed.err
    assert "this is a fault of the program, not of your files" in printed.err
    assert all_have_ended()


@kills
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("bytes_of_batch", [1, 20_000])
def test_a_worker_that_the_system_ends_costs_only_what_it_was_at(
    bytes_of_batch: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(parallel, "BATCH_BYTES", bytes_of_batch)
    write("e2.json", example({"id": "e2", "date": "2001-01-01", "schemaVersion": KILLS}))
    options, broken = commands._check_options, Broken(kill=True, version=KILLS)
    monkeypatch.setattr(commands, "_check_options", lambda *a, **k: options(*a, **k)._replace(catalogue=broken))
    assert cli.main(["check", ".", "-j", "2", "--format", "json"]) == 3
    printed = capsys.readouterr()
    report = json.loads(printed.out)
    (crash,) = report["crashes"]
    lost = {failure.partition(": ")[0] for failure in report["failures"]}
    assert crash.partition(": ")[0].rpartition(":")[0] in lost
    assert "e2.json" in lost
    assert (lost == {"e2.json"}) == (bytes_of_batch == 1)
    assert {failure.partition(": ")[2] for failure in report["failures"]} == {parallel._NOT_CHECKED}
    Path("e2.json").unlink()
    cli.main(["check", ".", "-j", "1", "--format", "json"])
    whole = json.loads(capsys.readouterr().out)
    beside = [found for found in whole["findings"] if found["file"] not in lost and found["rule"][:6] != "corpus"]
    assert [found for found in report["findings"] if found["rule"][:6] != "corpus"] == beside
    assert all_have_ended()


@kills
def test_a_worker_that_is_killed_from_outside_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(parallel, "BATCH_BYTES", 1)
    for number in range(12):
        write(f"{number:02}.json", example({"id": f"r{number}", "date": f"20{number:02}-01-01", "title": ""}))
    results = parallel.over(2)(Checker(Options()), expand(["."]).files, None)
    found = [next(results)]
    for child in multiprocessing.active_children():
        child.kill()
    found += results
    lost = [result for result in found if result.lost]
    assert len(lost) <= 2  # what each was at, if it was at anything
    assert [result.file for result in found] == [f"{number:02}.json" for number in range(12)]
    assert sum(len(result.findings) for result in found) == 12 - len(lost)
    assert [bool(result.crash) for result in lost] == [True] * len(lost)


def test_what_was_not_checked_is_named_by_files_and_lines() -> None:
    source = Input("a.ndjson", Path("a.ndjson"), lines=True)
    jobs: list[Any] = [
        Part(source, 10, 5, 15, 3, 4),
        Part(source._replace(name="b.json")),
        *(parallel._Sent(RawRecord(file, b"", line), None) for file, line in (("c.gz", 4), ("c.gz", 7), ("d.gz", 1))),
        Checked("e.json", records=0, lost="gone"),
    ]
    found = list(parallel._not_checked(jobs))
    assert [(result.lost or "").partition(": ")[0] for result in found] == [
        "a.ndjson, lines 3 to 6", "b.json", "c.gz, lines 4 to 7", "d.gz, lines 1 to 1", "gone",
    ]  # fmt: skip
    assert [(result.crash or "").partition(": ")[0] for result in found] == ["a.ndjson:3", "", "", "", ""]
    assert {result.records for result in found} == {0}


@pytest.mark.usefixtures("folder")
def test_what_was_found_before_no_process_could_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    in_order = parallel._in_order

    def broken(*arguments: Any) -> Iterator[Any]:
        yield from islice(in_order(*arguments), 3)  # a, b, c
        raise parallel._GivenUpError("given up")

    monkeypatch.setattr(parallel, "_in_order", broken)
    whole = check_inputs(expand(["."]), each=one_by_one)
    report = check_inputs(expand(["."]), each=parallel.over(2))
    assert report.records == 5
    # The last of them is in doubt: another record of that file could have followed.
    assert report.clean_files == ("a.json",)
    assert {found.file for found in report.findings if found.rule != "corpus/unknown-record"} == {"b.json", "c.ndjson"}
    assert set(report.findings) <= set(whole.findings)
    assert report.failures == ("given up",)


@pytest.mark.usefixtures("folder")
def test_when_the_report_is_given_up_the_workers_end() -> None:
    results = parallel.over(2)(Checker(Options()), expand(["."]).files, None)
    next(results)
    assert multiprocessing.active_children()
    results.close()  # type: ignore[attr-defined]  # it is a generator
    assert all_have_ended()


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
        assert run.returncode == 130
        assert b"Checked 1 file" in out
        interrupted, last = err.decode().splitlines()
        assert interrupted.startswith("error: the check was interrupted: what it had not reached")
        assert last == "interrupted"
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
    checker = Checker(Options()._replace(catalogue=Asleep()))
    results = parallel.over(2)(checker, expand(["."]).files, None)
    signal.setitimer(signal.ITIMER_REAL, 3)
    before = signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))
    interrupt = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a shell may have it ignored in the background
    began = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            next(results)
    finally:
        signal.signal(signal.SIGALRM, before)
        signal.signal(signal.SIGINT, interrupt)
    assert time.monotonic() - began < 10
    assert all_have_ended()


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
