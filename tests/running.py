"""The command as tests run it, in their own process."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from diplomatic_events.cli import main as cli


class Ran(NamedTuple):
    """What a run of the command printed, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """What runs the command with some arguments and, if it is given, standard input."""

    def run(*arguments: str, stdin: bytes | None = None) -> Ran:
        if stdin is not None:
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = cli.main(list(arguments))
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run


def not_text(name: str, folder: Path = Path()) -> str:
    """A name for a file that holds a byte or a half of a pair that is no text; APFS and NTFS refuse some of these."""
    try:
        (folder / name).touch()
    except (OSError, ValueError):
        pytest.skip("the file system has no such names")
    return name
