"""The same check over several processes: records are cut into batches, and the outcomes come back in order."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain
from typing import Any, Final, TypeVar

from diplomatic_events.checking import Checker, Each, one_by_one
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

_NOT_STARTED: Final = "no further process can be started to check records, so not all of them are in this report; use fewer with `-j`, or `-j 1`"

_ENDING: Final = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)}

_Started = TypeVar("_Started")
_Result = tuple[list[Checked], Index]


class _NotStartedError(Exception):
    """No process can be started; the text is what the system says."""


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
        try:
            pool = _started(ProcessPoolExecutor, number, context, _prepare, (_portable(checker.options),))
            with _ended_at_once(pool):
                for outcomes, index in _in_order(pool, chain((first, second), batches), number * _AHEAD):
                    checker.index.merge(index)
                    yield from outcomes
        except BrokenProcessPool:
            yield Checked(failure=_ENDED)
        except _NotStartedError as error:
            yield Checked(failure=str(error))

    return each


@contextmanager
def _ended_at_once(pool: ProcessPoolExecutor) -> Iterator[None]:
    """End the processes of a pool in the end; where the work is given up, nobody waits for what they are at."""
    others = multiprocessing.active_children()
    try:
        yield
    except BaseException:
        for child in multiprocessing.active_children():
            if child not in others:
                child.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _portable(options: Options) -> Options:
    """Options without what only the report needs, which cannot be handed to another process."""
    return options._replace(ignored=(), suppressions=(), baseline=NO_BASELINE)


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
        waiting.append(_started(pool.submit, _check, batch))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


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


_checkers: list[Checker] = []
"""The checker of a worker process, compiled once."""


def _prepare(options: Options) -> None:
    """Make ready for batches. An interrupt is left to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
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
