"""What reaches a terminal, a pipe or a file: colours, widths, encodings, and the bar that shows how far a run has come."""

import errno
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

import pytest

from check_records import EXAMPLE, example
from diplomatic_events import parallel
from diplomatic_events.cli import main as cli
from diplomatic_events.cli import terminal
from run_command import Ran, Run, not_text, runner, write, write_records

MODULE = [sys.executable, "-m", "diplomatic_events"]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in a folder with records."""
    monkeypatch.chdir(tmp_path)
    write_records()
    return runner(monkeypatch, capsys)


def process(*arguments: str, **more: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*MODULE, *arguments], capture_output=True, check=False, timeout=30, **more)


# Colours and widths


@pytest.mark.parametrize(
    ("environment", "on_terminal", "in_pipe"),
    [
        ({}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ],
)
def test_the_environment_has_a_say_in_colours_and_an_option_has_the_last_word(
    environment: dict[str, str], on_terminal: bool, in_pipe: bool, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for is_terminal, colored in ((False, in_pipe), (True, on_terminal)):
        monkeypatch.setattr(sys.stdout, "isatty", lambda is_terminal=is_terminal: is_terminal)
        for arguments in (("check", "error.json"), ("coverage", "good.json"), ("rules",), ("explain", "codes/unknown")):
            assert ("\x1b[" in run(*arguments).out) is colored
            assert "\x1b[" in run(*arguments, "--color", "always").out
            assert "\x1b[" not in run(*arguments, "--color", "never").out


def test_what_is_no_terminal_has_a_hundred_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def excerpt() -> list[str]:
        return [line for line in run("check", "warning.json").out.splitlines() if "tarde" in line and "|" in line]

    assert [len(line) for line in excerpt()] == [100]
    monkeypatch.setenv("COLUMNS", "40")
    assert [len(line) for line in excerpt()] == [100]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert [len(line) for line in excerpt()] == [40]


# Readers and encodings


def test_a_reader_that_leaves_early_is_no_error_and_what_is_also_written_is_whole(tmp_path: Path) -> None:
    record = example({"topics": [f"x{number}" for number in range(5000)]})
    (tmp_path / "a.json").write_text(json.dumps(record), encoding="utf-8")
    with subprocess.Popen(
        [*MODULE, "check", "a.json", "--format", "concise", "--output", "jsonl=out.jsonl"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path,
    ) as running:  # fmt: skip
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline().startswith(b"a.json:1:")
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 5000


@pytest.mark.parametrize(
    ("failure", "ends"),
    [
        (BrokenPipeError(), (1, "")),
        (
            OSError(errno.ENOSPC, "No space left on device"),
            (2, "error: standard output cannot be written: No space left on device\n"),
        ),
        (OSError("gone"), (2, "error: standard output cannot be written: gone\n")),
    ],
)
@pytest.mark.usefixtures("run")
def test_a_reader_that_has_gone_changes_no_exit_code_and_a_full_disk_does(
    failure: OSError, ends: tuple[int, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Failing(io.BytesIO):
        def write(self, data: Any) -> int:
            raise failure

        def fileno(self) -> int:
            return descriptor

    descriptor = os.open("sink", os.O_WRONLY | os.O_CREAT)
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(Failing(), encoding="utf-8"))
    assert (cli.main(["check", "error.json"]), capsys.readouterr().err) == ends
    os.write(descriptor, b"lost")
    os.close(descriptor)
    assert Path("sink").read_bytes() == b""


def test_a_help_that_cannot_be_written_is_said_so() -> None:
    for arguments in ("--help", "--version", "check --help"):
        line = f"{sys.executable} -m diplomatic_events {arguments} >/dev/full"
        ran = subprocess.run(line, shell=True, capture_output=True, check=False, timeout=30)  # a shell redirects
        said = b"error: standard output cannot be written: No space left on device\n"
        assert (ran.returncode, ran.stderr) == (2, said)


ASCII = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}


@pytest.mark.parametrize("format", ["json", "jsonl", "sarif", "junit", "gitlab", "github"])
def test_what_programs_read_is_utf_8_whatever_the_terminal_can_show(tmp_path: Path, format: str) -> None:
    (tmp_path / "é.json").write_text(json.dumps(example({"title": "", "id": "x", "/parties/0/name": 5})), "utf-8")
    (tmp_path / "b.json").write_text(json.dumps(example({"topics": ["会议"]})), encoding="utf-8")
    command = ("check", ".", "--format", format, "--output", f"{format}=../out")
    env = {name: value for name, value in os.environ.items() if name != "GITHUB_STEP_SUMMARY"}
    ran = process(*command, cwd=tmp_path, env={**env, **ASCII})
    assert ran.stdout == (tmp_path.parent / "out").read_bytes()
    assert "会议" in ran.stdout.decode("utf-8")


def test_an_output_that_cannot_show_a_character_gets_its_escape(tmp_path: Path) -> None:
    (tmp_path / "é.json").write_text(json.dumps(example({"title": ""})), encoding="utf-8")
    ran = process("check", "é.json", cwd=tmp_path, env={**os.environ, **ASCII})
    assert (ran.returncode, ran.stderr) == (1, b"")
    assert b"--> \\xe9.json:1:" in ran.stdout


def test_a_file_s_name_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    name = not_text("\x1b[2J\x07\n\udcff.json", tmp_path)
    (tmp_path / name).write_text(json.dumps(example({"title": ""})), encoding="utf-8")
    for format in ("text", "concise", "json", "jsonl"):
        ran = process(
            "check", ".", "gone\x1b[2J.json", "--format", format, "--output", f"{format}=out.txt", cwd=tmp_path
        )
        assert ran.returncode == 2
        for printed in (ran.stdout, ran.stderr, (tmp_path / "out.txt").read_bytes()):
            assert not set(printed) & set(b"\x1b\x07\xff")
        assert b"Traceback" not in ran.stderr
        (tmp_path / "out.txt").unlink()


# The bar


@pytest.fixture
def on_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """The command with a terminal as standard error, and what appears there; the least of inputs counts as a lot."""
    pty = pytest.importorskip("pty", reason="the system has no pseudo-terminals")
    monkeypatch.setattr(terminal, "SLOW", 1)
    monkeypatch.setenv("TERM", "xterm")
    lines = [json.dumps(example({"id": f"e{n}", "date": f"20{n:02}-01-01"})) for n in range(9)]
    write("a.ndjson", "\n".join(lines))
    write("b.json", EXAMPLE)

    def on_terminal(*arguments: str) -> str:
        shown: list[bytes] = []
        ours, theirs = pty.openpty()

        def read() -> None:
            try:
                while data := os.read(ours, 4096):
                    shown.append(data)
            except OSError:
                pass  # Linux says in this way that the other side is closed.

        resource_tracker.ensure_running()  # it outlives the run, and would keep the terminal open
        reader = threading.Thread(target=read, daemon=True)
        with os.fdopen(theirs, "w", encoding="utf-8") as screen, monkeypatch.context() as patched:
            reader.start()
            patched.setattr(sys, "stderr", screen)
            assert run("check", "--no-config", "-j", "1", "--format", "jsonl", *arguments) == Ran(0, "", "")
        reader.join(10)
        os.close(ours)
        return b"".join(shown).decode()

    return on_terminal


@pytest.mark.parametrize("when", ["auto", "always"])
def test_on_a_terminal_the_bar_goes_up_to_the_end_and_leaves_no_trace(
    on_terminal: Callable[..., str], when: str
) -> None:
    shown = on_terminal("a.ndjson", "b.json", "--progress", when)
    assert "checking" in shown
    assert "100 %" in shown
    assert shown.rindex("\x1b[?25h") > shown.rindex("checking")  # the cursor is there again
    assert shown.endswith("\x1b[2K")  # and the line is empty


def test_the_ends_of_lines_count_as_well(on_terminal: Callable[..., str]) -> None:
    write("short.ndjson", "{}\n" * 1000)
    assert "100 %" in on_terminal("short.ndjson", "--progress", "always", "--ignore", "schema")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_many_small_files_move_the_bar_as_one_large_file_does(
    on_terminal: Callable[..., str], monkeypatch: pytest.MonkeyPatch, jobs: str
) -> None:
    Path("small").mkdir()
    for n in range(60):
        write(f"small/{n}.json", example({"id": f"e{n}", "date": f"{1700 + n}-01-01"}))
    size = sum(path.stat().st_size for path in Path("small").iterdir())
    monkeypatch.setattr(terminal, "SLOW", size)  # of no file by itself, but of all of them
    monkeypatch.setattr(parallel, "BATCH_BYTES", size // 5)
    steps: list[int] = []
    advance = terminal.Progress.advance

    def noted(bar: terminal.Progress, step: int) -> None:
        steps.append(step)
        advance(bar, step)

    monkeypatch.setattr(terminal.Progress, "advance", noted)
    assert "100 %" in on_terminal("small", "-j", jobs)
    assert sum(steps) == size
    assert len(steps) > 2  # not from nothing to everything


def test_there_is_no_bar_where_it_is_not_wanted_nor_for_a_small_input(
    on_terminal: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert on_terminal("a.ndjson", "--progress", "never") == ""
    monkeypatch.setattr(terminal, "SLOW", 10**6)
    assert on_terminal("a.ndjson") == ""


def test_in_a_pipe_there_is_no_bar_and_nobody_sees_escapes_even_where_it_is_wanted(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "SLOW", 1)
    assert run("check", "-j", "1", "good.json").err == ""
    assert "\x1b" not in run("check", "-j", "1", "good.json", "--progress", "always").err
