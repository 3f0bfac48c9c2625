"""The command: exit codes, signals, and internal errors."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from diplomatic_events import __version__
from diplomatic_events.cli import commands, config
from diplomatic_events.cli.arguments import CLEAN, COULD_NOT, INTERRUPTED, OUR_FAULT, parse
from diplomatic_events.cli.terminal import Closed, say, say_error, show
from diplomatic_events.findings import DiplomaticEventsError

_ISSUES: Final = "https://github.com/diplomatic-events/diplomatic-events/issues"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 clean, 1 findings, 2 could not do the work, 3 internal error."""
    sys.stdout = sys.stdout or Closed(open(os.devnull, "wb"))  # noqa: SIM115  # it stays open to the end
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # as above
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except DiplomaticEventsError as error:
        say_error(error)
        return COULD_NOT
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except _Ended as ended:
        say("ended by a signal")
        return ended.code
    except commands.OurFault as fault:
        return _our_fault(fault.crashes)
    except Exception as error:  # noqa: BLE001  # the one place where an internal error becomes an exit code
        import traceback

        from diplomatic_events.inputs.search import refusal

        if (refused := refusal(error)) is not None:
            say(f"error: {refused}")
            return COULD_NOT
        return _our_fault([f"{type(error).__name__}: {error}\n{''.join(traceback.format_exception(error))}"])


def _run(arguments: list[str]) -> int:
    given = parse(arguments)
    found = config.holding(given)
    options = config.merged(given, found)
    if getattr(options, "show_config", False):
        from diplomatic_events.cli.explain import list_options

        show(list_options(given, found))
        return CLEAN
    with _ending_cleanly():
        return commands.RUN[given.command](options, found)


class _Ended(BaseException):
    """A signal asks the program to end; ``code`` is the exit code that shells use for it."""

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.code = 128 + signal


@contextmanager
def _ending_cleanly() -> Iterator[None]:
    """Let signals that end the program unwind it as Ctrl+C does, so that it removes its temporary files.

    A signal that is already handled or ignored, as under `nohup`, is left alone, and so are all outside the main thread,
    where Python cannot handle any.
    """
    import signal

    def end(number: int, _: object) -> None:
        for other in ours:  # a second signal must not interrupt the clean-up
            signal.signal(other, signal.SIG_IGN)
        raise _Ended(number)

    known = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    ours = [number for number in known if signal.getsignal(number) is signal.SIG_DFL]
    try:
        for number in ours:
            signal.signal(number, end)
    except ValueError:  # not the main thread
        ours.clear()
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _our_fault(crashes: Sequence[str]) -> int:
    """Report that the program has failed. A crash's first line says what happened, the rest is its traceback."""
    say(f"diplomatic-events {__version__} has failed; this is a fault of the program, not of your files")
    for crash in crashes[:3]:
        say(f"  {crash.splitlines()[0]}")
    say(f"  please report it at {_ISSUES}, with the output of the same command with DIPLOMATIC_EVENTS_TRACEBACK=1")
    if os.environ.get("DIPLOMATIC_EVENTS_TRACEBACK"):
        say("\n".join(crashes))
    return OUR_FAULT
