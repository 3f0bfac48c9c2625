"""The command as tests run it, in their own process."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from check_records import EXAMPLE, example
from diplomatic_events.cli import main as cli


class Ran(NamedTuple):
    """What a run of the command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def found(self) -> list[tuple[str, str]]:
        """The file and the rule of each finding, of a report in JSON Lines."""
        return [(row["file"], row["rule"]) for row in map(json.loads, self.out.splitlines())]


Run = Callable[..., Ran]


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """What runs the command with some arguments and, if it is given, standard input; nothing around it has a say."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "GITHUB_STEP_SUMMARY", "DIPLOMATIC_EVENTS_TRACEBACK"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, stdin: bytes | None = None) -> Ran:
        if stdin is not None:
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = cli.main(list(arguments))
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run


TOO_SHORT = example({"title": "", "id": "b", "date": "2019-01-01"})
MISSPELT_TOPIC = example({"topics": ["tarde"], "id": "c", "date": "2018-01-01"})
ERROR = ("error.json", "schema/too-short")
WARNING = ("warning.json", "codes/unknown")


def write(name: str, value: object) -> None:
    """Write a text, or a value as JSON, with the folders that it needs."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")


def write_records() -> None:
    """Put a good record into the working folder, one with an error and one with a warning."""
    write("good.json", EXAMPLE)
    write("error.json", TOO_SHORT)
    write("warning.json", MISSPELT_TOPIC)


def not_text(name: str, folder: Path = Path()) -> str:
    """A name for a file that holds a byte or a half of a pair that is no text; APFS and NTFS refuse some of these."""
    try:
        (folder / name).touch()
    except (OSError, ValueError):
        pytest.skip("the file system has no such names")
    return name
