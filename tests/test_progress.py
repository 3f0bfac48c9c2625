"""The bar that shows how far a run has come: on a terminal, when it takes a while, and nowhere else."""

import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from checking import EXAMPLE, example
from diplomatic_events.cli import main as cli

pty = pytest.importorskip("pty", reason="the system has no pseudo-terminals")

Run = Callable[..., str]


@pytest.fixture(autouse=True)
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with records; the least of them counts as a lot."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "_SLOW", 1)
    monkeypatch.setenv("TERM", "xterm")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    lines = [json.dumps(example({"id": f"e{n}", "date": f"20{n:02}-01-01"})) for n in range(9)]
    Path("a.ndjson").write_text("\n".join(lines), encoding="utf-8")
    Path("b.json").write_text(json.dumps(EXAMPLE), encoding="utf-8")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command with a terminal as standard error, and what appears there."""

    def run(*arguments: str) -> str:
        shown: list[bytes] = []
        ours, theirs = pty.openpty()

        def read() -> None:
            try:
                while data := os.read(ours, 4096):
                    shown.append(data)
            except OSError:
                pass  # Linux says in this way that the other side is closed.

        reader = threading.Thread(target=read)
        with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
            reader.start()
            monkeypatch.setattr(sys, "stderr", terminal)
            assert cli.main(["check", "--no-config", "-j", "1", *arguments]) == 0
            monkeypatch.undo()
        reader.join(10)
        os.close(ours)
        return b"".join(shown).decode()

    return run


@pytest.mark.parametrize("when", ["auto", "always"])
def test_on_a_terminal_it_goes_up_to_the_end_and_leaves_no_trace(
    run: Run, capsys: pytest.CaptureFixture[str], when: str
) -> None:
    shown = run("a.ndjson", "b.json", "--progress", when, "--format", "jsonl")
    assert "checking" in shown
    assert "100 %" in shown
    assert shown.rindex("\x1b[?25h") > shown.rindex("checking")  # the cursor is there again
    assert shown.endswith("\x1b[2K")  # and the line is empty
    assert capsys.readouterr().out == ""


def test_the_ends_of_lines_count_as_well(run: Run) -> None:
    Path("short.ndjson").write_text("{}\n" * 1000, encoding="utf-8")
    assert "100 %" in run("short.ndjson", "--progress", "always", "--format", "jsonl", "--fail-on", "never")


def test_not_when_it_is_not_wanted(run: Run) -> None:
    assert run("a.ndjson", "--progress", "never") == ""


def test_not_for_a_small_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_SLOW", 10**6)
    assert run("a.ndjson") == ""


def test_not_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--no-config", "-j", "1", "a.ndjson"]) == 0
    assert capsys.readouterr().err == ""


def test_in_a_pipe_nobody_sees_escapes_even_when_it_is_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--no-config", "-j", "1", "a.ndjson", "--progress", "always"]) == 0
    assert "\x1b" not in capsys.readouterr().err
