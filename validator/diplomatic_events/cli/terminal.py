"""The terminal: everything printed goes through here, in the width and colours wanted."""

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import Any, Final, Self, TextIO

from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.report.formats.style import Style, visible

SLOW: Final = 8 * 1024 * 1024
"""From this many bytes on, a run takes long enough to show progress."""


class Closed(TextIOWrapper):
    """Stands for a standard output that is closed, until something is to be printed."""


def show(text: str, *, for_people: bool = True) -> None:
    """Write to standard output: for people in the terminal's encoding, for programs in UTF-8."""
    if for_people:
        put(text.replace("\n", os.linesep).encode(sys.stdout.encoding, "backslashreplace"))
    else:
        put(text.encode("utf-8", "backslashreplace"))


def put(data: bytes) -> None:
    """Write bytes to standard output. A reader that has stopped reading, as `head` does, is no error.

    Raises:
        DiplomaticEventsError: They cannot be written.
    """
    if isinstance(sys.stdout, Closed):
        raise DiplomaticEventsError("standard output is closed", help="let it lead somewhere, such as to a file")
    try:
        with suppress(OSError, AttributeError):  # where there is no descriptor, or no way to set this
            os.set_blocking(sys.stdout.fileno(), True)  # another program that shares a pipe may have changed it
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _drop(sys.stdout)
    except OSError as error:
        _drop(sys.stdout)
        raise DiplomaticEventsError(f"standard output cannot be written: {error.strerror or error}") from error


def _drop(stream: TextIO) -> None:
    """Discard what could not be written: Python would complain about it again on exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def say(text: str) -> None:
    """Write lines to standard error, if they can be written there: if not, the exit code has to do."""
    try:
        print(*(visible(line) for line in text.splitlines()), sep="\n", file=sys.stderr, flush=True)
    except OSError:
        _drop(sys.stderr)


def say_error(error: DiplomaticEventsError) -> None:
    """Report what could not be done and, if known, what would be right."""
    say(f"error: {error}")
    if error.help:
        say(f"  help: {error.help}")


def style(color: str, of: Style | None = None) -> Style:
    """A style for standard output. Output to a pipe or a file has the same width everywhere."""
    of = of or Style()
    return of._replace(color=is_colored(color), width=columns() or of.width)


def columns() -> int | None:
    """The width of the terminal, if standard output is one."""
    if not sys.stdout.isatty():
        return None
    import shutil  # only a terminal pays for the import

    return shutil.get_terminal_size((100, 24)).columns


def is_colored(when: str) -> bool:
    """Whether to use colours: as the option says, or else the environment, where NO_COLOR takes precedence."""
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


class Progress:
    """A progress bar on standard error: by default on a terminal only, if the run takes a while."""

    def __init__(self, total: int, when: str) -> None:
        self._total = total
        self._is_shown = when == "always" or (when == "auto" and sys.stderr.isatty() and total >= SLOW)
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if self._is_shown:
            from rich.console import Console  # only a run that shows the bar pays for the imports
            from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (
                TextColumn("checking"),
                BarColumn(),
                TextColumn("{task.percentage:>3.0f} %"),
                TimeRemainingColumn(),
            )
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("checking", total=self._total)
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def advance(self, size: int) -> None:
        """Note that ``size`` more bytes were read."""
        if self._bar is not None:
            self._bar.advance(self._task, size)
