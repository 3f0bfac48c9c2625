"""What a command costs: its time, its processors' time and the memory of all its processes."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

PAUSE: Final = 0.02
"""Seconds between two looks at the memory."""
MB: Final = 1_000_000


class Spent(NamedTuple):
    """What one run cost, in seconds and bytes, with its exit code and what it printed.

    ``largest`` is the most that one of its processes held, ``together`` the most that all of them held at once, where
    pages that several share count once. Both are 0 where nobody looked.
    """

    wall: float
    cpu: float
    code: int
    output: str
    largest: int = 0
    together: int = 0


def spend(command: Sequence[str], folder: Path, given: Path | None = None, *, memory: bool = False) -> Spent:
    """Run a command in a folder, with a file as its standard input, and measure it with all its processes."""
    with tempfile.TemporaryFile() as output, open(given or os.devnull, "rb") as text:
        largest = together = 0
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=text, stdout=output, stderr=subprocess.STDOUT)
        done, status, usage = os.wait4(process.pid, os.WNOHANG if memory else 0)
        while not done:
            held = [_held(pid) for pid in _family(process.pid)]
            largest = max(largest, *(peak for peak, _ in held), 0)
            together = max(together, sum(share for _, share in held))
            time.sleep(PAUSE)
            done, status, usage = os.wait4(process.pid, os.WNOHANG)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        printed = output.read().decode(errors="replace")
    return Spent(wall, usage.ru_utime + usage.ru_stime, process.returncode, printed, largest, together)


def _family(pid: int) -> Iterator[int]:
    """A process and all that descend from it."""
    yield pid
    try:
        children = [
            int(child)
            for thread in Path(f"/proc/{pid}/task").iterdir()
            for child in (thread / "children").read_text().split()
        ]
    except OSError:  # it has just ended
        return
    for child in children:
        yield from _family(child)


def _held(pid: int) -> tuple[int, int]:
    """The bytes that a process held at its peak, and its share of the memory now."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:  # it has just ended
        return 0, 0
    return _kibibytes(status, "VmHWM"), _kibibytes(rollup, "Pss")


def _kibibytes(text: str, name: str) -> int:
    for line in text.splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    return 0  # a process that has ended and was not yet waited for has no memory
