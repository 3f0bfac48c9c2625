"""The command: arguments → options → one function a command. The only place that prints, reads the clock or exits."""

import datetime
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, TextIO

from diplomatic_events import __version__
from diplomatic_events.cli.arguments import BASELINE, MOST_KEPT, option_names, parser
from diplomatic_events.edit.writing import expect_file, write_file
from diplomatic_events.findings import DiplomaticEventsError, Report, Severity
from diplomatic_events.report.formats import FOR_PEOPLE, render
from diplomatic_events.report.formats.style import Style, plural

if TYPE_CHECKING:
    from argparse import Namespace

    from diplomatic_events.cli.config import Config
    from diplomatic_events.coverage.survey import Survey
    from diplomatic_events.inputs.paths import Inputs
    from diplomatic_events.inputs.records import RawRecord
    from diplomatic_events.options import Options

CLEAN: Final = 0
FOUND: Final = 1
COULD_NOT: Final = 2
OUR_FAULT: Final = 3
INTERRUPTED: Final = 130

_ISSUES: Final = "https://github.com/diplomatic-events/diplomatic-events/issues"
_SLOW: Final = 8 * 1024 * 1024
"""From so many bytes on, a run takes long enough for its progress to be of interest."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 clean, 1 findings, 2 could not do the work, 3 our own fault."""
    sys.stdout = sys.stdout or _Closed(open(os.devnull, "wb"))  # noqa: SIM115  # it stays open to the end
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # as above
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except DiplomaticEventsError as error:
        _tell(error)
        return COULD_NOT
    except KeyboardInterrupt:
        _say("interrupted")
        return INTERRUPTED
    except _Ended as ended:
        _say("ended by a signal")
        return ended.code
    except Exception as error:  # noqa: BLE001  # the one place where a fault of our own becomes an exit code
        import traceback

        from diplomatic_events.inputs.search import refusal

        if (refused := refusal(error)) is not None:
            _say(f"error: {refused}")
            return COULD_NOT
        return _our_fault([f"{type(error).__name__}: {error}\n{''.join(traceback.format_exception(error))}"])


class _Closed(TextIOWrapper):
    """Stands for a standard output that was closed, until something is to be printed."""


class _Ended(BaseException):
    """The system asks the program to end; ``code`` is what a shell makes of the signal."""

    def __init__(self, signal: int) -> None:
        super().__init__(signal)
        self.code = 128 + signal


@contextmanager
def _ending_cleanly() -> Iterator[None]:
    """Let signals that end the program unwind it as Ctrl+C does, so that it removes what it has begun to write.

    One that somebody has seen to already, as `nohup` does, is left alone, and so are all outside of the main thread, where
    Python cannot see to any.
    """
    import signal
    import threading

    def end(number: int, _: object) -> None:
        for other in ours:  # what tidies up now is not to be disturbed once more
            signal.signal(other, signal.SIG_IGN)
        raise _Ended(number)

    main = threading.current_thread() is threading.main_thread()
    known = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    ours = [number for number in known if main and signal.getsignal(number) is signal.SIG_DFL]
    for number in ours:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


def _run(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    config = _config(options)
    if config.options:
        options = _with_config(arguments, options.command, config)
    with _ending_cleanly():
        return _COMMANDS[options.command](options, config)


def _our_fault(crashes: Sequence[str]) -> int:
    """Say in short that the program has failed. A crash's first line says what happened, the others how."""
    _say(f"diplomatic-events {__version__} has failed; this is a fault of the program, not of your files")
    for crash in crashes[:3]:
        _say(f"  {crash.splitlines()[0]}")
    _say(f"  please report it at {_ISSUES}, with the output of the same command under DIPLOMATIC_EVENTS_TRACEBACK=1")
    if os.environ.get("DIPLOMATIC_EVENTS_TRACEBACK"):
        _say("\n".join(crashes))
    return OUR_FAULT


def _config(options: "Namespace") -> "Config":
    """The configuration that holds for a command."""
    from diplomatic_events.cli import config

    if options.command not in ("check", "coverage", "migrate", "baseline"):
        return config.Config()
    here = _working_folder()
    if options.config is not None:
        return config.load(Path(options.config))
    return config.Config() if options.no_config else config.find(here)


def _working_folder() -> Path:
    try:
        return Path.cwd()
    except OSError as error:
        help = "it was removed, or may not be entered; change to another folder"
        raise DiplomaticEventsError(f"the working folder cannot be found: {error.strerror}", help=help) from error


def _with_config(arguments: list[str], command: str, config: "Config") -> "Namespace":
    """The options of a command line, with those of the configuration where it leaves them out."""
    from diplomatic_events.cli.config import as_arguments

    whole = parser()
    try:
        whole.parse_args(["check", *as_arguments(config, "check", option_names(whole, "check"), ())])
    except DiplomaticEventsError as error:
        message = re.sub(r"^argument (?:-\w/)?--([a-z-]+)", r"\1", str(error))
        raise DiplomaticEventsError(f"{config.file}: {message}", help=error.help) from error
    given = {argument.partition("=")[0] for argument in arguments}
    place = arguments.index(command) + 1
    more = as_arguments(config, command, option_names(whole, command), given)
    return whole.parse_args([*arguments[:place], *more, *arguments[place:]])


def _inputs(options: "Namespace", config: "Config") -> "Inputs":
    """The files that a command is about."""
    from diplomatic_events.cli import outputs
    from diplomatic_events.inputs.paths import expand

    if not options.paths:
        raise DiplomaticEventsError("no file is named", help="name files or folders, or `-` for standard input")
    replaces = outputs.same_as(_outputs(options))
    written = outputs.same_as([getattr(options, "baseline", None) or BASELINE, *_outputs(options), *config.written])

    def excluded(path: str) -> bool:
        return os.path.basename(path) == BASELINE or config.excluded(path) or written(path)

    files = [path for path in options.paths if os.path.isfile(path)]
    replaced = {path for path in files if replaces(path)}
    if replaced.issuperset(options.paths):
        raise DiplomaticEventsError("no file is named but what is to be written", help="name the records")
    left_out = replaced | {path for path in files if options.force_exclude and excluded(path)}
    named = [path for path in options.paths if path not in left_out]
    inputs = expand(
        named,
        form=options.input,
        stdin_filename=options.stdin_filename,
        excluded=excluded,
        allow_empty=getattr(options, "allow_empty", None) or False,
        follow_links=options.follow_links or False,
    )
    for note in inputs.notes:
        _say(f"note: {note}")
    return inputs


def _outputs(options: "Namespace") -> list[str]:
    """The files that a command is to write."""
    output = getattr(options, "output", None) or []
    return [file for _, file in output] if isinstance(output, list) else [output]


def _check_options(options: "Namespace", config: "Config", **more: Any) -> "Options":
    from diplomatic_events.options import Options

    return Options(
        select=tuple(options.select),
        ignore=tuple(options.ignore),
        severities=_severities(options.severity),
        schema_version=options.schema_version,
        max_bytes=options.max_bytes,
        max_depth=options.max_depth,
        engine=options.engine,
        ignored=config.ignored,
        suppressions=config.suppressions,
        today=datetime.datetime.now(tz=datetime.UTC).date(),
        **more,
    )


def _stdin(options: "Namespace") -> Any:
    if "-" in options.paths and sys.stdin is None:
        raise DiplomaticEventsError("standard input is closed", help="pipe something into it, or name files")
    return sys.stdin.buffer if "-" in options.paths else None


def _check(options: "Namespace", config: "Config") -> int:
    """The command `check`."""
    from diplomatic_events.check import check
    from diplomatic_events.cli.outputs import spare_others
    from diplomatic_events.options import NO_BASELINE
    from diplomatic_events.report import baseline

    began = time.monotonic()
    _expect_one_report_a_file(options.output)
    for _, file in options.output:
        spare_others(file)
    inputs = _inputs(options, config)
    chosen = _check_options(
        options,
        config,
        max_findings=options.max_findings,
        max_per_rule=options.max_per_rule or MOST_KEPT,
        baseline=baseline.read(options.baseline) if options.baseline else NO_BASELINE,
    )
    with _Progress(inputs, options.progress) as progress:
        report = check(inputs, chosen, _stdin(options), each=_each(options.jobs, inputs), watch=progress.watch)
    style = Style(
        color=_colored(options.color),
        width=_width(),
        seconds=time.monotonic() - began,
        most=options.max_per_rule,
        statistics=options.statistics,
    )
    unwritten: list[DiplomaticEventsError] = []
    for format, file in options.output:
        try:
            _write(file, render(report, format, Style(most=options.max_per_rule, statistics=options.statistics)))
        except DiplomaticEventsError as error:
            unwritten.append(error)
    if options.format == "github":
        _summarize(report)
    try:
        _print(render(report, options.format, style), for_people=options.format in FOR_PEOPLE)
    except DiplomaticEventsError as error:
        unwritten.append(error)
    if options.format in ("jsonl", "concise"):  # the others say it themselves
        from diplomatic_events.report.formats.machine import left_out

        cut = left_out(report, report.shown)
        if cut:
            _say(f"note: {cut}")
    for failure in report.failures:
        _say(f"error: {failure}")
    for lost in unwritten:
        _tell(lost)
    code = _code(report, options)
    return COULD_NOT if unwritten and code != OUR_FAULT else code


def _expect_one_report_a_file(output: "Sequence[tuple[str, str]]") -> None:
    """Of two reports in one file, the first would be lost."""
    files = [os.path.abspath(file) for _, file in output]
    twice = next((file for place, (_, file) in enumerate(output) if files[place] in files[:place]), None)
    if twice is not None:
        raise DiplomaticEventsError(f"two reports would be written to {twice}", help="give each a file of its own")


def _summarize(report: Report) -> None:
    """Append the summary of a step where GitHub asks for one."""
    from diplomatic_events.report.formats.github import summary

    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if file:
        try:
            expect_file(file)
            with open(file, "a", encoding="utf-8", errors="backslashreplace") as out:
                out.write(summary(report))
        except OSError as error:
            _say(f"warning: the step summary {file} cannot be written: {error.strerror or error}")


def _each(jobs: int | None, inputs: "Inputs") -> Any:
    """How to check the records: in several processes only where there is enough to do."""
    from diplomatic_events.check import one_by_one

    if jobs == 1 or (jobs is None and _size(inputs) < _SLOW):
        return one_by_one
    from diplomatic_events.parallel import over, processes

    return over(processes(jobs))


def _size(inputs: "Inputs") -> int:
    """The bytes of all files; standard input counts as large."""
    try:
        return sum(source.path.stat().st_size if source.path else _SLOW for source in inputs.files)
    except OSError:
        return _SLOW


class _Progress:
    """A bar on standard error for a run that takes a while, on a terminal."""

    def __init__(self, inputs: "Inputs", when: str) -> None:
        self._total = _size(inputs)
        self._shown = when == "always" or (when == "auto" and sys.stderr.isatty() and self._total >= _SLOW)
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if self._shown:
            from rich.console import Console
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

    def watch(self, raw: "RawRecord") -> None:
        """Take note of a record that was read."""
        if self._bar is not None:
            self._bar.advance(self._task, len(raw.data) + 1)


def _code(report: Report, options: "Namespace") -> int:
    if report.crashes:
        return _our_fault(report.crashes)
    if report.failures:
        return COULD_NOT
    if options.fail_on == "never":
        return CLEAN
    grave = [Severity.ERROR] if options.fail_on == "error" else [Severity.ERROR, Severity.WARNING]
    return FOUND if any(report.count(severity) for severity in grave) else CLEAN


def _baseline(options: "Namespace", config: "Config") -> int:
    """The command `baseline`."""
    from diplomatic_events.check import check
    from diplomatic_events.cli.outputs import spare_others
    from diplomatic_events.report import baseline

    if options.prune:
        baseline.read(options.output)
    spare_others(options.output, "baseline")
    inputs = _inputs(options, config)
    report = check(inputs, _check_options(options, config), _stdin(options), each=_each(options.jobs, inputs))
    for failure in report.failures:
        _say(f"error: {failure}")
    if report.crashes:
        return _our_fault(report.crashes)
    if report.failures:
        return COULD_NOT
    if options.prune:
        known = baseline.load(options.output)
        _write(options.output, baseline.prune(known, report, options.output))
    else:
        _write(options.output, baseline.write(report, options.output))
    _say(f"{options.output}: {plural(sum(baseline.read(options.output).counts.values()), 'finding')}")
    return CLEAN


def _coverage(options: "Namespace", config: "Config") -> int:
    """The command `coverage`."""
    from diplomatic_events.cli.outputs import spare_others
    from diplomatic_events.coverage.survey import survey

    if options.output:
        spare_others(options.output)
    found = survey(_inputs(options, config), _stdin(options))
    text = _coverage_text(found, options)
    if options.output:
        _write(options.output, text)
    else:
        _print(text, for_people=options.format == "text")
    for failure in found.failures:
        _say(f"error: {failure}")
    below = [] if options.fail_under is None else found.below(options.fail_under[0])
    for record, source in below:
        where = record.text_name(source)
        _say(f"error: {where}: {source.percent} % is covered, less than the {options.fail_under[1]} % of --fail-under")
    return COULD_NOT if found.failures else FOUND if below else CLEAN


def _coverage_text(found: "Survey", options: "Namespace") -> str:
    if options.format == "html":
        from diplomatic_events.coverage.page import page

        return page(found)
    from diplomatic_events.coverage import report as coverage_report

    if options.format == "json":
        return coverage_report.as_json(found)
    return coverage_report.text(found, Style(color=not options.output and _colored(options.color), width=_width()))


def _severities(pairs: list[tuple[str, str]]) -> dict[str, Severity | None]:
    from diplomatic_events.rules import select

    chosen: dict[str, Severity | None] = {}
    for name, severity in pairs:
        for rule in select((name,), "--severity"):
            chosen[rule] = None if severity == "off" else Severity(severity)
    return chosen


def _migrate(options: "Namespace", config: "Config") -> int:
    """The command `migrate`."""
    from diplomatic_events.migrate.files import Request, migrate_files

    request = Request(options.to, in_place=options.in_place, diff=options.diff, allow_loss=options.allow_loss)
    inputs = _inputs(options, config)
    done = migrate_files(inputs, request, _stdin(options))
    _put(done.output)
    for note in done.notes:
        _say(note)
    return done.code


def _schema(options: "Namespace", _: "Config") -> int:
    """The command `schema`."""
    from diplomatic_events.schema.catalogue import catalogue

    path = catalogue().path(options.version or catalogue().latest)
    if options.path:
        _print(f"{path}\n")
    else:
        _put(path.read_bytes())
    return CLEAN


def _rules(options: "Namespace", _: "Config") -> int:
    """The command `rules`."""
    from diplomatic_events.cli.explain import list_rules

    text = list_rules(options.format, Style(color=_colored(options.color), width=_width()))
    _print(text, for_people=options.format == "text")
    return CLEAN


def _explain(options: "Namespace", _: "Config") -> int:
    """The command `explain`."""
    from diplomatic_events.cli.explain import explain

    text = explain(options.rule, options.format, Style(color=_colored(options.color), width=_width()))
    _print(text, for_people=options.format == "text")
    return CLEAN


_COMMANDS: Final[dict[str, Callable[["Namespace", "Config"], int]]] = {
    "check": _check,
    "coverage": _coverage,
    "baseline": _baseline,
    "migrate": _migrate,
    "schema": _schema,
    "rules": _rules,
    "explain": _explain,
}


def _colored(when: str) -> bool:
    if when != "auto":
        return when == "always"
    return not os.environ.get("NO_COLOR") and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _width() -> int:
    """The columns of the terminal; what goes into a file or a pipe is the same wherever it is made."""
    import shutil

    if not sys.stdout.isatty():
        return Style().width
    return shutil.get_terminal_size((100, 24)).columns


def _print(text: str, *, for_people: bool = True) -> None:
    """Write to standard output: for people in the terminal's encoding, for programs in UTF-8."""
    if for_people:
        encoding = sys.stdout.encoding
        text = text.replace("\n", os.linesep)
    else:
        encoding = "utf-8"
    _put(text.encode(encoding, "backslashreplace"))


def _put(data: bytes) -> None:
    """Write bytes to standard output. A reader that has gone, as `head` does, changes nothing of the outcome."""
    if isinstance(sys.stdout, _Closed):
        raise DiplomaticEventsError("standard output is closed", help="let it lead somewhere, such as to a file")
    try:
        with suppress(OSError, AttributeError):  # where there is no descriptor, or no way to set this
            os.set_blocking(
                sys.stdout.fileno(), True
            )  # others who share a pipe may have made it give up when it is full
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _drop(sys.stdout)
    except OSError as error:
        _drop(sys.stdout)
        raise DiplomaticEventsError(f"standard output cannot be written: {error.strerror or error}") from error


def _drop(stream: TextIO) -> None:
    """Let go of what could not be written: Python would complain of it once more on exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _tell(error: DiplomaticEventsError) -> None:
    _say(f"error: {error}")
    if error.help:
        _say(f"  help: {error.help}")


def _say(text: str) -> None:
    from diplomatic_events.report.formats.style import visible

    try:
        print(*(visible(line) for line in text.splitlines()), sep="\n", file=sys.stderr, flush=True)
    except OSError:  # there is nowhere left to say it; the exit code stands
        _drop(sys.stderr)


def _write(name: str, text: str) -> None:
    try:
        write_file(name, text.encode("utf-8", "backslashreplace"))
    except (OSError, ValueError) as error:  # a configuration can name a file with a NUL, which is no name
        reason = error.strerror if isinstance(error, OSError) else None
        raise DiplomaticEventsError(f"{name} cannot be written: {reason or error}") from error
