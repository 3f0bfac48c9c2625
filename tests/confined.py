"""Runs of the command in a process of its own, with little time and little memory."""

import ctypes
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

COMMAND = [sys.executable, "-m", "diplomatic_events"]
LIBRARY = ctypes.CDLL(None)
SECONDS = 10
MEMORY = 1024**3
"""Of address space; the libraries alone take some hundred megabytes of it."""


class Ran(NamedTuple):
    """What a checked input led to."""

    code: int
    findings: list[dict[str, Any]]
    err: str

    @property
    def rules(self) -> list[str]:
        return [found["rule"] for found in self.findings]

    @property
    def place(self) -> tuple[Any, Any]:
        """The line and column of the one finding."""
        (found,) = self.findings
        return found["line"], found["column"]


def confined() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def limited(limit: int, most: int) -> Callable[[], None]:
    """Set a limit of a process before it begins."""
    return lambda: resource.setrlimit(limit, (most, most))


def as_anybody() -> None:
    """Give up the right of root to read everything, for the program that is run next."""
    if os.geteuid() == 0 and sys.platform == "linux":
        drop, override, search = 24, 1, 2  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        for capability in (override, search):
            assert LIBRARY.prctl(drop, capability, 0, 0, 0) == 0


def spent() -> float:
    """The seconds that the processes which have ended took of a processor."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(*arguments: str, before: Callable[[], object] | None = None) -> "subprocess.CompletedProcess[bytes]":
    """Run the command in a process of its own; ``before`` is done in it first."""
    return subprocess.run([*COMMAND, *arguments], capture_output=True, check=False, timeout=60, preexec_fn=before)


def check(*arguments: str, stdin: bytes | None = None, before: Callable[[], None] = confined) -> Ran:
    """Run the command on some files, in a process with little memory and time. What other processes do does not count."""
    began = spent()
    ran = subprocess.run(
        [sys.executable, "-m", "diplomatic_events", "check", "--no-config", "--format", "jsonl", *arguments],
        input=stdin, capture_output=True, check=False, timeout=SECONDS * 30, preexec_fn=before,
    )  # fmt: skip
    assert spent() - began < SECONDS
    err = ran.stderr.decode()
    assert "Traceback" not in err
    assert ran.returncode in (0, 1, 2), err
    assert b"\x1b" not in ran.stdout + ran.stderr
    return Ran(ran.returncode, [json.loads(line) for line in ran.stdout.splitlines()], err)


def only(data: bytes, rule: str, name: str = "a.json") -> Ran:
    """The run on a file with one fault, which has that one finding."""
    Path(name).write_bytes(data)
    ran = check(name)
    assert (ran.code, ran.rules, ran.err) == (1, [rule], "")
    return ran
