"""The command: arguments → options → one function a command. The only place that prints, reads the clock or exits."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path as FilePath
from typing import Any, Final, NoReturn

from diplomatic_events import __version__
from diplomatic_events.engines import ENGINES
from diplomatic_events.findings import DiplomaticEventsError, Report, Severity
from diplomatic_events.reporters import FORMATS, render
from diplomatic_events.reporters.style import Style
from diplomatic_events.suggest import did_you_mean

CLEAN: Final = 0
FOUND: Final = 1
COULD_NOT: Final = 2
OUR_FAULT: Final = 3
INTERRUPTED: Final = 130

_ISSUES: Final = "https://github.com/diplomatic-events/diplomatic-events/issues"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 clean, 1 findings, 2 could not do the work, 3 our own fault."""
    try:
        options = _parser().parse_args(arguments)
        return int(options.run(options))
    except DiplomaticEventsError as error:
        _say(f"error: {error}")
        if error.help:
            _say(f"  help: {error.help}")
        return COULD_NOT
    except KeyboardInterrupt:
        _say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; python would complain once more on exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except Exception as error:  # noqa: BLE001  # the one place where a fault of our own becomes an exit code
        return _our_fault(error)


def _our_fault(error: Exception) -> int:
    _say(f"diplomatic-events {__version__} has failed; this is a fault of the program, not of your files")
    _say(f"  {type(error).__name__}: {error}")
    _say(f"  please report it at {_ISSUES}, with the output of the same command under DIPLOMATIC_EVENTS_TRACEBACK=1")
    if os.environ.get("DIPLOMATIC_EVENTS_TRACEBACK"):
        import traceback

        _say("".join(traceback.format_exception(error)))
    return OUR_FAULT


def _check(options: argparse.Namespace) -> int:
    """The command `check`."""
    from diplomatic_events import check as checking
    from diplomatic_events.reading import STDIN, expand

    began = time.monotonic()
    if not options.paths:
        raise DiplomaticEventsError(
            "there is nothing to check", help="name files or folders, or `-` for standard input"
        )
    inputs = expand(options.paths, form=options.input, stdin_filename=options.stdin_filename)
    chosen = checking.Options(
        select=tuple(options.select),
        ignore=tuple(options.ignore),
        severities=_severities(options.severity),
        schema_version=options.schema_version,
        max_bytes=options.max_bytes,
        max_depth=options.max_depth,
        max_findings=options.max_findings,
        max_per_rule=options.max_per_rule,
        engine=options.engine,
    )
    report = checking.check(inputs, chosen, sys.stdin.buffer if STDIN in options.paths else None)
    style = Style(
        color=_colored(options.color),
        width=_width(),
        seconds=time.monotonic() - began,
        most=options.max_per_rule,
        statistics=options.statistics,
    )
    _print(render(report, options.format, style))
    for format, file in options.output:
        _write(file, render(report, format, Style(most=options.max_per_rule)))
    for failure in report.failures:
        _say(f"error: {failure}")
    return _code(report, options)


def _code(report: Report, options: argparse.Namespace) -> int:
    if report.failures and not (options.allow_empty and not report.files):
        return COULD_NOT
    if options.fail_on == "never":
        return CLEAN
    grave = [Severity.ERROR] if options.fail_on == "error" else [Severity.ERROR, Severity.WARNING]
    return FOUND if any(report.count(severity) for severity in grave) else CLEAN


def _severities(pairs: list[tuple[str, str]]) -> dict[str, Severity | None]:
    from diplomatic_events.rulebook import select

    chosen: dict[str, Severity | None] = {}
    for name, severity in pairs:
        for rule in select((name,), "--severity"):
            chosen[rule] = None if severity == "off" else Severity(severity)
    return chosen


def _schema(options: argparse.Namespace) -> int:
    """The command `schema`."""
    from diplomatic_events.versions import catalogue

    path = catalogue().path(options.version or catalogue().latest)
    _print(f"{path}\n" if options.path else path.read_text(encoding="utf-8"))
    return CLEAN


def _rules(options: argparse.Namespace) -> int:
    """The command `rules`."""
    from diplomatic_events.explain import list_rules

    _print(list_rules(options.format, Style(color=_colored(options.color), width=_width())))
    return CLEAN


def _explain(options: argparse.Namespace) -> int:
    """The command `explain`."""
    from diplomatic_events.explain import explain

    _print(explain(options.rule, options.format, Style(color=_colored(options.color), width=_width())))
    return CLEAN


class _Parser(argparse.ArgumentParser):
    """A parser whose errors name the right spelling and end with the documented exit code."""

    def error(self, message: str) -> NoReturn:
        raise DiplomaticEventsError(message, help=f"`{self.prog} --help` lists what there is")

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse, and tell of the first argument that is not understood."""
        found, left = self.parse_known_args(args, namespace)
        if left:
            known = [name for name in _options(self, getattr(found, "command", None)) if name.startswith("--")]
            wrong = left[0].split("=")[0]
            raise DiplomaticEventsError(
                f"there is no option `{wrong}`" if wrong.startswith("-") else f"`{wrong}` is one argument too many",
                help=did_you_mean(wrong, known) or f"`{self.prog} --help` lists what there is",
            )
        return found


def _options(parser: argparse.ArgumentParser, command: str | None) -> list[str]:
    for action in parser._actions:  # noqa: SLF001  # argparse has no public way to list its options
        if isinstance(action, argparse._SubParsersAction) and command in action.choices:  # noqa: SLF001  # as above
            parser = action.choices[command]
    return [name for action in parser._actions for name in action.option_strings]  # noqa: SLF001  # as above


def _one_of(noun: str, names: Sequence[str]) -> Callable[[str], str]:
    """A type of argument that is one of some names, and whose error suggests the nearest."""

    def convert(text: str) -> str:
        if text not in names:
            hint = did_you_mean(text, names) or f"choose from {', '.join(names)}"
            raise argparse.ArgumentTypeError(f"there is no {noun} `{text}`; {hint}")
        return text

    return convert


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"`{text}` is not a whole number above 0")
    return int(text)


def _output(text: str) -> tuple[str, str]:
    format, found, file = text.partition("=")
    if not found or not file:
        raise argparse.ArgumentTypeError(f"`{text}` does not have the form FORMAT=FILE")
    return _one_of("format", FORMATS)(format), file


def _override(text: str) -> tuple[str, str]:
    rule, found, severity = text.partition("=")
    if not found:
        raise argparse.ArgumentTypeError(f"`{text}` does not have the form RULE=SEVERITY")
    return rule, _one_of("severity", ("error", "warning", "note", "off"))(severity)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _parser() -> _Parser:
    parser = _Parser(
        prog="diplomatic-events",
        description="Check records of diplomatic events: structure, references, dates, and every quote against its source.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"diplomatic-events {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    _add_check(commands.add_parser("check", help="check files, folders, globs or standard input", allow_abbrev=False))
    schema = commands.add_parser("schema", help="print a schema, or tell where it lies", allow_abbrev=False)
    schema.add_argument("version", nargs="?", metavar="X.Y", help="the version; the latest if left out")
    schema.add_argument("--path", action="store_true", help="print where the schema lies instead of the schema")
    schema.set_defaults(run=_schema)
    listing = commands.add_parser("rules", help="list every rule", allow_abbrev=False)
    listing.set_defaults(run=_rules)
    page = commands.add_parser("explain", help="explain a rule", allow_abbrev=False)
    page.add_argument("rule", metavar="RULE", help="the id of a rule, such as evidence/not-verbatim")
    page.set_defaults(run=_explain)
    for command in (listing, page):
        command.add_argument("--format", type=_one_of("format", ("text", "json")), default="text", help="text or json")
        _add_color(command)
    return parser


def _add_color(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--color", type=_one_of("choice", ("auto", "always", "never")), default="auto", metavar="WHEN",
                        help="auto (colours on a terminal, unless NO_COLOR is set), always or never")  # fmt: skip


def _add_check(check: argparse.ArgumentParser) -> None:
    add = check.add_argument
    add("paths", nargs="*", metavar="PATH", help="files, folders or globs; `-` is standard input")
    shown = check.add_argument_group("what is shown")
    shown.add_argument("--format", type=_one_of("format", FORMATS), default="text", help=", ".join(FORMATS))
    shown.add_argument("--output", type=_output, action="append", default=[], metavar="FORMAT=FILE",
                       help="also write the report to a file in this format; may be repeated")  # fmt: skip
    shown.add_argument("--max-findings", type=_positive, metavar="N", help="show at most N findings; totals stay true")
    shown.add_argument(
        "--max-per-rule", type=_positive, metavar="N", help="show at most N findings of a rule (text: 100)"
    )
    shown.add_argument("--statistics", action="store_true", help="add how often each rule found something")
    _add_color(shown)  # type: ignore[arg-type]  # a group takes arguments as a parser does
    rules = check.add_argument_group("what is checked")
    for name, help in (
        ("select", "check only these rules or families"),
        ("ignore", "leave out these rules or families"),
    ):
        rules.add_argument(f"--{name}", type=_names, action="extend", default=[], metavar="RULE,…", help=help)
    rules.add_argument("--severity", type=_override, action="append", default=[], metavar="RULE=SEVERITY",
                       help="give a rule another severity: error, warning, note or off; may be repeated")  # fmt: skip
    rules.add_argument("--fail-on", type=_one_of("choice", ("error", "warning", "never")), default="error", metavar="WHEN",
                       help="which findings make the exit code 1: error, warning (and errors) or never")  # fmt: skip
    rules.add_argument(
        "--schema-version", default="auto", metavar="X.Y", help="check against this version, not the declared one"
    )
    rules.add_argument("--engine", type=_one_of("engine", ENGINES), default="auto", help=", ".join(ENGINES))
    read = check.add_argument_group("how input is read")
    read.add_argument("--input", type=_one_of("form", ("auto", "json", "ndjson")), default="auto", metavar="FORM",
                      help="auto (by the file's name), json or ndjson")  # fmt: skip
    read.add_argument("--stdin-filename", metavar="NAME", help="what findings call standard input, and its form")
    read.add_argument(
        "--max-bytes", type=_positive, default=16 * 1024 * 1024, metavar="N", help="the longest record read (16 MiB)"
    )
    read.add_argument(
        "--max-depth", type=_positive, default=128, metavar="N", help="the deepest nesting read (128; at most 200)"
    )
    read.add_argument("--allow-empty", action="store_true", help="finding no file to check is not an error")
    check.set_defaults(run=_check)


def _colored(when: str) -> bool:
    if when != "auto":
        return when == "always"
    return not os.environ.get("NO_COLOR") and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((100, 24)).columns


def _print(text: str) -> None:
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # standard output is a text file
    sys.stdout.write(text)
    sys.stdout.flush()


def _say(text: str) -> None:
    from diplomatic_events.reporters.style import visible

    print(*(visible(line) for line in text.splitlines()), sep="\n", file=sys.stderr)


def _write(name: str, text: str) -> None:
    try:
        FilePath(name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise DiplomaticEventsError(f"{name} cannot be written: {error.strerror or error}") from error
