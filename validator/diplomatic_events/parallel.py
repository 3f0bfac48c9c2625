"""The same check over several processes: records are cut into batches, and the outcomes come back in order."""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from itertools import chain
from typing import Final

from diplomatic_events.check import Checker, Each, Job, Options, Outcome, one_by_one
from diplomatic_events.rules.corpus import Index

BATCH_BYTES: Final = 512 * 1024
"""A batch has about this many bytes of records: enough that handing it over costs little."""

_AHEAD: Final = 3
"""So many batches for each process are read ahead, so that none waits and memory stays flat."""

_Result = tuple[list[Outcome], Index]


def processes(wanted: int | None) -> int:
    """How many processes to use: as many as wanted, or one for each processor that this one may use."""
    if wanted is not None:
        return wanted
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def over(number: int) -> Each:
    """A way to check records in so many processes. What fits into one batch is checked in this one."""

    def each(checker: Checker, jobs: Iterator[Job]) -> Iterator[Outcome]:
        batches = _batches(jobs)
        first, second = next(batches, []), next(batches, None)
        if number == 1 or second is None:
            yield from one_by_one(checker, chain(first, second or (), chain.from_iterable(batches)))
            return
        # A fresh interpreter for each process: a copy of this one could hold locks of threads that it does not have.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(number, context, _prepare, (_portable(checker.options),)) as pool:
            for outcomes, index in _in_order(pool, chain((first, second), batches), number * _AHEAD):
                checker.index.merge(index)
                yield from outcomes

    return each


def _portable(options: Options) -> Options:
    """Options without what only the report needs, which cannot be handed to another process."""
    return replace(options, ignored=(), suppressions=(), baseline={})


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
        waiting.append(pool.submit(_check, batch))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


_checkers: list[Checker] = []
"""The checker of a worker process, compiled once."""


def _prepare(options: Options) -> None:
    _checkers[:] = [Checker(options)]


def _check(batch: list[Job]) -> _Result:
    checker = _checkers[0]
    checker.index = Index()
    outcomes = [checker.check(raw, folder) for raw, folder in batch]
    return outcomes, checker.index
