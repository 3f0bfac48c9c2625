"""The same check over several processes: files are cut into batches, and the results come back in order."""

import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, TypeVar

from diplomatic_events.checking import Checker, Each, one_by_one
from diplomatic_events.inputs.paths import Input
from diplomatic_events.inputs.records import PART_BYTES, Part, RawRecord, cut
from diplomatic_events.inputs.search import failure
from diplomatic_events.options import NO_BASELINE, Options
from diplomatic_events.reading import records_in
from diplomatic_events.report.run import Checked
from diplomatic_events.rules.index import Index

BATCH_BYTES: Final = PART_BYTES
"""A batch has about this many bytes of records: enough that handing it over costs little."""

_SMALL: Final = 1024
"""What it costs to open a file, in bytes that are checked meanwhile: of files without content, a batch has few, too."""

_AHEAD: Final = 3
"""So many batches for each process are under way, so that none waits and memory stays flat."""

_MOST: Final = 61 if os.name == "nt" else 1024
"""So many processes can be waited for at once on Windows; elsewhere more would only cost memory."""

_MOST_ENDED: Final = 5
"""Where so many processes in succession were ended without a result, no further one is started."""

_ENDED: Final = (
    "the process that was checking this record, or one soon after it, has been ended by the system; if memory is short, use "
    "fewer processes with `-j`, or refuse large records with `--max-bytes`"
)
_NOT_CHECKED: Final = "not all of this was checked, because the process that was at it has been ended"
_GIVEN_UP: Final = (
    "the system has ended one process after the other that was checking records, so not all of them are in this report"
)
_NOT_STARTED: Final = "no further process can be started to check records, so not all of them are in this report; use fewer with `-j`, or `-j 1`"

_ENDING: Final = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)}

_Started = TypeVar("_Started")


class _Sent(NamedTuple):
    """A record that was read here, and the folder of its source texts."""

    raw: RawRecord
    folder: Path | None

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.raw.data)


_Job = Part | _Sent | Checked
"""What a process is to check. A result is only passed on, so that it keeps its place among others."""
_Result = tuple[list[Checked], Index, Counter[str]]
_Settings = tuple[Options, frozenset[str]]


class _GivenUpError(Exception):
    """One process after the other was ended; the text says so."""


class _NotStartedError(Exception):
    """No process can be started; the text is what the system says."""


def processes(wanted: int | None) -> int:
    """How many processes to use: as many as wanted, or one for each processor that this one may use."""
    if wanted is None:
        wanted = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(wanted, _MOST)


def over(number: int) -> Each:
    """A way to check files in so many processes. What fits into one batch is checked in this one.

    The processes read the files by themselves, each a part of a large one or several small ones; only what cannot be had
    in parts, such as standard input, is read here. Where the system ends a process, another one takes its place, and what
    the first was at is reported as not checked.
    """

    def each(checker: Checker, files: Iterable[Input], stdin: BinaryIO | None) -> Iterator[Checked]:
        if number == 1:
            yield from one_by_one(checker, files, stdin)
            return
        batches = _batches(_jobs(files, stdin, checker.options))
        first, second = next(batches, []), next(batches, None)
        if second is None:
            yield from _results(checker, first)
            return
        named = frozenset(entry.record for entry in checker.options.suppressions if entry.record is not None)
        settings = (_portable(checker.options), named)
        try:
            with _ended_at_once():
                for results, index, seconds in _in_order(
                    [_Process(settings) for _ in range(number)], chain((first, second), batches)
                ):
                    checker.index.merge(index)
                    checker.stages.seconds.update(seconds)
                    yield from results
        except (_NotStartedError, _GivenUpError) as error:
            yield Checked(failure=str(error))

    return each


def _jobs(files: Iterable[Input], stdin: BinaryIO | None, options: Options) -> Iterator[_Job]:
    """What is to be done, in order: parts of files, the records of others, and results where a file cannot be read."""
    for file in files:
        try:
            if file.walked and file.lines:  # its first line decides on all parts of it
                first = next(records_in(Part(file), None, options))
                if first.passed_over:
                    yield _Sent(first, file.folder)
                    continue
                file = file._replace(walked=False)  # it has been looked at
            for piece in cut(file, stdin, options.max_bytes):
                yield piece if isinstance(piece, Part) else _Sent(piece, file.folder)
        except OSError as error:
            yield Checked(file.name, records=0, lost=failure(file.name, error))
        except MemoryError:
            yield Checked(file.name, records=0, lost=failure(file.name, "there is not enough memory to read it"))


def _batches(jobs: Iterable[_Job]) -> Iterator[list[_Job]]:
    """Jobs that are worth being handed over together: many small files, or a part of a large one."""
    batch: list[_Job] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += _SMALL + job.size
        if size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _results(checker: Checker, batch: list[_Job]) -> Iterator[Checked]:
    """What a checker finds in a batch."""
    for job in batch:
        if isinstance(job, Part):
            yield from checker.check_part(job)
        elif isinstance(job, _Sent):
            yield checker.check(*job)
        else:
            yield job


@dataclass(eq=False)
class _Batch:
    """Jobs that a process is given, and what becomes of them."""

    jobs: list[_Job]
    process: "_Process"
    future: "Future[_Result] | None" = None
    result: _Result | None = None

    @property
    def is_done(self) -> bool:
        """Whether the result is there to be had."""
        return self.result is not None or (self.future is not None and self.future.done())


class _Process:
    """A process that checks batches one after the other; another one takes its place where the system ends it."""

    def __init__(self, settings: _Settings) -> None:
        self._settings = settings
        self._pool: ProcessPoolExecutor | None = None
        self._ended = 0
        self.batches: list[_Batch] = []

    @property
    def load(self) -> int:
        """How many batches it still has to check."""
        return sum(not batch.is_done for batch in self.batches)

    def give(self, jobs: list[_Job]) -> _Batch:
        """Let it check a batch after those that it has."""
        batch = _Batch(jobs, self)
        self.batches.append(batch)
        self._submit(batch)
        return batch

    def result_of(self, batch: _Batch) -> _Result:
        """The result of a batch, the first one that it was given and whose result nobody has had yet.

        Raises:
            _GivenUpError: One process after the other was ended.
            _NotStartedError: The system does not let another one start.
        """
        while batch.result is None:
            try:
                if batch.future is not None:
                    batch.result = batch.future.result()
                    self._ended = 0
                    continue
            except BrokenProcessPool:
                pass
            self._replace()
        self.batches.remove(batch)
        return batch.result

    def _submit(self, batch: _Batch) -> None:
        """Hand a batch over; where the process has been ended, that is noticed when the result is asked for."""
        if self._pool is None:
            # A fresh interpreter: a copy of this one could hold locks of threads that it does not have.
            context = multiprocessing.get_context("spawn")
            self._pool = _started(ProcessPoolExecutor, 1, context, _prepare, self._settings)
        with suppress(BrokenProcessPool):
            batch.future = _started(self._pool.submit, _check, batch.jobs)

    def _replace(self) -> None:
        """Take another process for what is left to be checked, without the batch at which the last one was ended."""
        self._ended += 1
        if self._ended == _MOST_ENDED:
            raise _GivenUpError(_GIVEN_UP)
        left = [batch for batch in self.batches if batch.result is None and not _is_finished(batch.future)]
        begun = next((batch for batch in left if batch.future is not None), None)
        if begun is not None:
            begun.result = list(_not_checked(begun.jobs)), Index(), Counter()
        self.end()
        for batch in left:
            batch.future = None
            if batch is not begun:
                self._submit(batch)

    def end(self) -> None:
        """Have the process end once it has done what it is at; nobody waits for it before this one ends, too."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def _is_finished(future: "Future[_Result] | None") -> bool:
    return future is not None and future.done() and not isinstance(future.exception(), BrokenProcessPool)


def _not_checked(jobs: list[_Job]) -> Iterator[Checked]:
    """What is said of a batch at which a process was ended: that this is our fault, and what nobody has checked."""
    crash: str | None = None
    for file, lines, first in _places(jobs):
        where = f"{file}, {lines}" if lines else file
        crash = f"{file}:{first}: {_ENDED}" if crash is None else ""
        yield Checked(file, records=0, crash=crash or None, lost=failure(where, _NOT_CHECKED))
    yield from (job for job in jobs if isinstance(job, Checked))


def _places(jobs: list[_Job]) -> Iterator[tuple[str, str, int]]:
    """The files of a batch, which lines of them if it is not all, and the first line."""
    for job in jobs:
        if isinstance(job, Part):
            last = job.line + max(job.lines, 1) - 1
            yield job.source.name, "" if job.end is None else f"lines {job.line} to {last}", job.line
    records = (job.raw for job in jobs if isinstance(job, _Sent))
    for file, found in groupby(records, lambda raw: raw.file):
        lines = [raw.line for raw in found]
        yield file, f"lines {lines[0]} to {lines[-1]}", lines[0]


def _in_order(processes: list[_Process], batches: Iterable[list[_Job]]) -> Iterator[_Result]:
    """The results of batches in their order, with only so many under way: whoever takes them slowly holds back the work."""
    waiting: deque[_Batch] = deque()
    try:
        for jobs in batches:
            waiting.append(min(processes, key=lambda process: process.load).give(jobs))
            while waiting and (waiting[0].is_done or len(waiting) >= len(processes) * _AHEAD):
                yield waiting[0].process.result_of(waiting[0])
                waiting.popleft()
        while waiting:
            yield waiting[0].process.result_of(waiting[0])
            waiting.popleft()
        for process in processes:
            process.end()
    except KeyboardInterrupt:
        while waiting and waiting[0].is_done:  # what was done is not to be lost
            batch = waiting.popleft()
            yield batch.process.result_of(batch)
        raise


@contextmanager
def _ended_at_once() -> Iterator[None]:
    """Where the work is given up, end the processes that were started meanwhile; nobody waits for what they are at."""
    others = multiprocessing.active_children()
    try:
        yield
    except BaseException:
        for child in multiprocessing.active_children():
            if child not in others:
                child.kill()
                child.join()
        raise


def _portable(options: Options) -> Options:
    """Options without what only the report needs, which cannot be handed to another process."""
    return options._replace(ignored=(), suppressions=(), baseline=NO_BASELINE)


def _started(call: Callable[..., _Started], *arguments: Any) -> _Started:
    """What a call gives that may start a process or the thread that looks after it.

    Raises:
        _NotStartedError: The system does not let it.
    """
    try:
        with _interrupts_later():
            return call(*arguments)
    except BrokenProcessPool:
        raise
    except (OSError, RuntimeError, ImportError) as error:  # the last where a system has no semaphores
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise _NotStartedError(f"{_NOT_STARTED}: {reason}") from error


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """Hold back what would end this process while it may start another, which would be left half made."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_worker: list[tuple[Checker, frozenset[str]]] = []
"""The checker of a worker process, compiled once, and the records of which it must be known that they were there."""


def _prepare(options: Options, named: frozenset[str]) -> None:
    """Make ready for batches. An interrupt is left to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    checker = Checker(options)
    checker.index = Index(most=None)
    _worker[:] = [(checker, named)]


def _end_with_parent() -> None:
    """End this process once the one that started it has gone: nobody would collect what it finds."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _check(batch: list[_Job]) -> _Result:
    checker, named = _worker[0]
    return _condensed(_results(checker, batch), named), checker.index.taken(), checker.stages.taken()


def _condensed(results: Iterable[Checked], named: frozenset[str]) -> list[Checked]:
    """Results in their order, where those without findings are only counted: nearly all are."""
    kept: list[Checked] = []
    clean: Checked | None = None
    for checked in results:
        if not checked.is_clean or checked.record in named:
            kept.append(checked)
            clean = None
        elif clean is None:
            clean = Checked(checked.file, records=checked.records, size=checked.size)
            kept.append(clean)
        else:
            clean.file = checked.file
            clean.records += checked.records
            clean.size += checked.size
    return kept
