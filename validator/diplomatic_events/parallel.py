"""The same check over several processes: records are cut into batches, and the outcomes come back in order."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from typing import Final

from diplomatic_events.check import Checker, Each, one_by_one
from diplomatic_events.options import NO_BASELINE, Options
from diplomatic_events.report.run import Checked, Job
from diplomatic_events.rules.corpus import Index

BATCH_BYTES: Final = 512 * 1024
"""A batch has about this many bytes of records: enough that handing it over costs little."""

_AHEAD: Final = 3
"""So many batches for each process are read ahead, so that none waits and memory stays flat."""

_MOST: Final = 61 if os.name == "nt" else 1024
"""So many processes can be waited for at once on Windows; elsewhere more would only cost memory."""

_ENDED: Final = (
    "the system has ended one of the processes that were checking records; what they had not told is not in this report. "
    "If memory is short, use fewer of them with `-j`, or refuse large records with `--max-bytes`"
)

_Result = tuple[list[Checked], Index]


def processes(wanted: int | None) -> int:
    """How many processes to use: as many as wanted, or one for each processor that this one may use."""
    if wanted is None:
        wanted = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(wanted, _MOST)


def over(number: int) -> Each:
    """A way to check records in so many processes. What fits into one batch is checked in this one.

    Where the system ends one of the processes, the last outcome is a failure, and those before it stand.
    """

    def each(checker: Checker, jobs: Iterator[Job]) -> Iterator[Checked]:
        batches = _batches(jobs)
        first, second = next(batches, []), next(batches, None)
        if number == 1 or second is None:
            yield from one_by_one(checker, chain(first, second or (), chain.from_iterable(batches)))
            return
        # A fresh interpreter for each process: a copy of this one could hold locks of threads that it does not have.
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(number, context, _prepare, (_portable(checker.options),))
        try:
            for outcomes, index in _in_order(pool, chain((first, second), batches), number * _AHEAD):
                checker.index.merge(index)
                yield from outcomes
        except BrokenProcessPool:
            yield Checked(failure=_ENDED)
        finally:
            pool.shutdown(cancel_futures=True)

    return each


def _portable(options: Options) -> Options:
    """Options without what only the report needs, which cannot be handed to another process."""
    return replace(options, ignored=(), suppressions=(), baseline=NO_BASELINE)


def _batches(jobs: Iterator[Job]) -> Iterator[list[Job]]:
    batch: list[Job] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += len(job[0].data)
        if size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _in_order(pool: ProcessPoolExecutor, batches: Iterator[list[Job]], most: int) -> Iterator[_Result]:
    """The results of batches in their order, with so many under way at most."""
    waiting: deque[Future[_Result]] = deque()
    for batch in batches:
        with _interrupts_later():
            waiting.append(pool.submit(_check, batch))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """Hold Ctrl-C back while a process may be started, which from then on leaves it to this one."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_checkers: list[Checker] = []
"""The checker of a worker process, compiled once."""


def _prepare(options: Options) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _checkers[:] = [Checker(options)]


def _end_with_parent() -> None:
    """End this process once the one that started it has gone: nobody would collect what it finds."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _check(batch: list[Job]) -> _Result:
    checker = _checkers[0]
    checker.index = Index()
    outcomes = [checker.check(raw, folder) for raw, folder in batch]
    return outcomes, checker.index
