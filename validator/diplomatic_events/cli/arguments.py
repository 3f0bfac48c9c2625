"""The arguments of the command: what there is, and errors that name the right spelling."""

import argparse
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NoReturn

from diplomatic_events import __version__
from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.jsontext.parse import DEEPEST, DEFAULT_MAX_BYTES, DEFAULT_MAX_DEPTH
from diplomatic_events.report.formats import FORMATS
from diplomatic_events.schema.engines import ENGINES
from diplomatic_events.suggest import did_you_mean

if TYPE_CHECKING:
    from fractions import Fraction

_DIGITS: Final = 100
MOST_KEPT: Final = 10_000
"""Of one rule, a run keeps so many findings unless it is told otherwise: memory is to stay flat."""

BASELINE: Final = "diplomatic-events-baseline.json"
"""Where `baseline` writes when nothing else is said."""

EXIT_CODES: Final[Mapping[str, Mapping[int, str]]] = {
    "check": {0: "nothing was found that --fail-on names", 1: "something was found that --fail-on names"},
    "coverage": {0: "the work is done", 1: "of a source, less is covered than --fail-under demands"},
    "baseline": {0: "the file is written"},
    "migrate": {
        0: "the work is done",
        1: "something would be lost, and --allow-loss is not given: nothing is changed",
        2: "an argument is wrong, no file is found, one cannot be read or written, or a record cannot be migrated",
    },
    "schema": {0: "the work is done"},
    "rules": {0: "the work is done"},
    "explain": {0: "the work is done"},
}
"""What the exit codes of each command mean, as far as they are its own."""

FAILURES: Final[Mapping[int, str]] = {
    2: "an argument is wrong, no file is found, or one cannot be read or written",
    3: "the program itself is at fault",
    129: "ended by SIGHUP, with nothing left half-written",
    130: "interrupted from the keyboard",
    143: "ended by SIGTERM, with nothing left half-written",
}
"""What the exit codes mean that every command has."""


class _Parser(argparse.ArgumentParser):
    """A parser whose errors name the right spelling and end with the documented exit code."""

    def error(self, message: str) -> NoReturn:
        raise DiplomaticEventsError(message, help=f"`{self.prog} --help` lists what there is")

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse, and tell of the first argument that is not understood."""
        first = next((argument for argument in args or () if not argument.startswith("-")), None)
        if first is not None and first not in (names := list(commands(self))):
            if first == "help":
                command = next((f"{name} " for name in args if name in names), "")
                help = f"did you mean `{self.prog} {command}--help`?"
            else:
                help = did_you_mean(first, names) or f"the commands are {', '.join(names)}"
            raise DiplomaticEventsError(f"there is no command `{first}`", help=help)
        found, left = self.parse_known_args(args, namespace)
        if left:
            known = [name for name in option_names(self, getattr(found, "command", None)) if name.startswith("--")]
            wrong = left[0].split("=")[0]
            raise DiplomaticEventsError(
                f"there is no option `{wrong}`" if wrong.startswith("-") else f"`{wrong}` is one argument too many",
                help=did_you_mean(wrong, known) or f"`{self.prog} --help` lists what there is",
            )
        return found


def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The parser of each command, by its name."""
    (found,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))  # noqa: SLF001  # argparse has no public way to list them
    return dict(found.choices)


def option_names(parser: argparse.ArgumentParser, command: str | None) -> list[str]:
    """The options of a command."""
    for action in parser._actions:  # noqa: SLF001  # argparse has no public way to list its options
        if isinstance(action, argparse._SubParsersAction) and command in action.choices:  # noqa: SLF001  # as above
            parser = action.choices[command]
    return [name for action in parser._actions for name in action.option_strings]  # noqa: SLF001  # as above


class OneOf:
    """A type of argument that is one of some names, and whose error suggests the nearest."""

    def __init__(self, noun: str, names: Sequence[str]) -> None:
        self.noun = noun
        self.names = names

    def __call__(self, text: str) -> str:
        """Take the text as it is, if it is one of the names."""
        if text not in self.names:
            hint = did_you_mean(text, self.names) or f"choose from {', '.join(self.names)}"
            raise argparse.ArgumentTypeError(f"there is no {self.noun} `{text}`; {hint}")
        return text


def _positive(text: str) -> int:
    if len(text) > _DIGITS:
        raise argparse.ArgumentTypeError(f"`{text[:20]}…` is too long; a number has at most {_DIGITS} digits here")
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"`{text}` is not a whole number above 0")
    return int(text)


def _depth(text: str) -> int:
    if _positive(text) > DEEPEST:
        raise argparse.ArgumentTypeError(f"`{text}` is more than {DEEPEST}, the deepest nesting that can be read")
    return int(text)


def _percent(text: str) -> tuple["Fraction", str]:
    """A percentage and how it was written."""
    from fractions import Fraction

    if not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,9})?", text) or Fraction(text) > 100:
        raise argparse.ArgumentTypeError(f"`{text}` is not a percentage from 0 to 100, such as 95 or 99.5")
    return Fraction(text), text


def _output(text: str) -> tuple[str, str]:
    format, found, file = text.partition("=")
    if not found or not file:
        raise argparse.ArgumentTypeError(f"`{text}` does not have the form FORMAT=FILE")
    return OneOf("format", FORMATS)(format), file


def _override(text: str) -> tuple[str, str]:
    rule, found, severity = text.partition("=")
    if not found:
        raise argparse.ArgumentTypeError(f"`{text}` does not have the form RULE=SEVERITY")
    return rule, OneOf("severity", ("error", "warning", "note", "off"))(severity)


def _names(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise argparse.ArgumentTypeError(f"`{text}` names no rule; `diplomatic-events rules` lists them all")
    return names


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command. Each command's name stands in ``command`` of what it parses."""
    whole = _Parser(
        prog="diplomatic-events",
        description="Check records of diplomatic events: structure, references, dates, and every quote against its source.",
        epilog="`diplomatic-events COMMAND --help` tells of one command.",
        allow_abbrev=False,
    )
    whole.add_argument("-V", "--version", action="version", version=f"diplomatic-events {__version__}",
                       help="print the version of the validator and exit")  # fmt: skip
    listed = whole.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)

    def command(name: str, help: str) -> argparse.ArgumentParser:
        codes = "; ".join(f"{code}: {meaning}" for code, meaning in sorted({**FAILURES, **EXIT_CODES[name]}.items()))
        description = f"{help[0].upper()}{help[1:]}."
        return listed.add_parser(
            name, help=help, description=description, epilog=f"exit codes: {codes}", allow_abbrev=False
        )

    _add_check(command("check", "check records: structure, references, dates, and every quote against its source"))
    _add_coverage(command("coverage", "show which passages of each record's sources no evidence covers"))
    _add_baseline(
        command("baseline", "write today's findings to a file, so that `check --baseline` tells new ones only")
    )
    _add_migrate(command("migrate", "bring records to another version of the schema"))
    schema = command("schema", "print the JSON Schema of records, or tell where its file lies")
    schema.add_argument("version", nargs="?", metavar="X.Y",
                        help="the version of the schema (default: the latest)")  # fmt: skip
    schema.add_argument("--path", action="store_true", help="print the path of the schema's file, not the schema")
    listing = command("rules", "list every rule with its severity and what it finds")
    page = command("explain", "explain a rule: what it finds, why that matters and how to mend it, with examples")
    page.add_argument("rule", metavar="RULE", help="the id of a rule, such as evidence/not-verbatim")
    for described in (listing, page):
        described.add_argument("--format", type=OneOf("format", ("text", "json")), default="text",
                               help="text for people or json for programs (default: %(default)s)")  # fmt: skip
        _add_color(described)
    return whole


def _add_paths(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH",
                        help="the records: at least one file, folder or glob, or `-` for standard input")  # fmt: skip


def _add_color(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--color", type=OneOf("choice", ("auto", "always", "never")), default="auto", metavar="WHEN",
                        help="whether to use colours: auto (on a terminal, unless NO_COLOR is set), always or never "
                        "(default: %(default)s)")  # fmt: skip


def _add_config(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--config", metavar="FILE", help="read this configuration file "
                        "(default: the nearest, in this folder or one above)")  # fmt: skip
    parser.add_argument("--no-config", action="store_true", help="read no configuration file")
    parser.add_argument("--follow-links", action=argparse.BooleanOptionalAction,
                        help="follow links in folders and globs out of what PATH names, and in folders those to folders; "
                        "a link that PATH names itself is followed in any case")  # fmt: skip
    parser.add_argument("--force-exclude", action=argparse.BooleanOptionalAction,
                        help="leave out a file that the configuration excludes even where PATH names it, as suits a "
                        "hook that names every changed file")  # fmt: skip


def _add_reading(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--input", type=OneOf("form", ("auto", "json", "ndjson")), default="auto", metavar="FORM",
                        help="the form of the files: json (one record in a file), ndjson (one on each line) or auto, "
                        "which goes by the file's name (default: %(default)s)")  # fmt: skip
    parser.add_argument("--stdin-filename", metavar="NAME", help="what to call standard input in messages; the name's "
                        "ending also tells its form, and its folder where the texts of sources lie")  # fmt: skip


def _add_limits(parser: argparse._ActionsContainer) -> None:
    add = parser.add_argument
    add("--max-bytes", type=_positive, default=DEFAULT_MAX_BYTES, metavar="N",
        help=f"report a record of more bytes instead of reading it (default: %(default)s, which is {DEFAULT_MAX_BYTES >> 20} MiB)")  # fmt: skip
    add("--max-depth", type=_depth, default=DEFAULT_MAX_DEPTH, metavar="N",
        help="report a record whose objects and lists are nested deeper instead of reading it; "
        f"at most {DEEPEST} (default: %(default)s)")  # fmt: skip
    add("-j", "--jobs", type=_positive, metavar="N",
        help="how many processes to use (default: one for each processor, or one alone if the input is small)")  # fmt: skip
    add("--allow-empty", action=argparse.BooleanOptionalAction,
        help="a folder or glob without a file to check is not an error; a file or folder that is not there is one")  # fmt: skip


def _add_choice_of_rules(parser: argparse._ActionsContainer) -> None:
    add = parser.add_argument
    for name, help in (("select", "use only these rules"), ("ignore", "leave out these rules")):
        add(f"--{name}", type=_names, action="extend", default=[], metavar="RULE,…",
            help=f"{help}: ids, or families such as evidence, with commas between them; may be repeated")  # fmt: skip
    add("--severity", type=_override, action="append", default=[], metavar="RULE=SEVERITY",
        help="give a rule or family another severity: error, warning, note or off; may be repeated")  # fmt: skip
    add("--schema-version", default="auto", metavar="X.Y", help="check against this version of the schema; "
        "auto is the one that each record declares (default: %(default)s)")  # fmt: skip
    add("--engine", type=OneOf("engine", ENGINES), default="auto",
        help="the library that holds records against the schema: jsonschema-rs (fast), jsonschema (slow, but runs "
        "everywhere) or auto (the first that is installed); findings are the same (default: %(default)s)")  # fmt: skip


def _add_check(check: argparse.ArgumentParser) -> None:
    _add_paths(check)
    shown = check.add_argument_group("what is shown")
    add = shown.add_argument
    add("--format", type=OneOf("format", FORMATS), default="text",
        help="the form of the report: text or concise (a line for each finding) for people, json or jsonl for programs, "
        "sarif, junit, github or gitlab for what shows these (default: %(default)s)")  # fmt: skip
    add("--output", type=_output, action="append", default=[], metavar="FORMAT=FILE",
        help="also write the report to a file, in any form that --format has, but over none that is not an earlier "
        "report; may be repeated")  # fmt: skip
    add("--max-findings", type=_positive, metavar="N",
        help="show at most N findings, errors before all others; totals stay true")  # fmt: skip
    add("--max-per-rule", type=_positive, metavar="N",
        help=f"show at most N findings of a rule (default: 100 in text, {MOST_KEPT} elsewhere)")  # fmt: skip
    add("--statistics", action=argparse.BooleanOptionalAction,
        help="add to a report in text how often each rule found something; of the other forms, json has that anyway")  # fmt: skip
    add("--progress", type=OneOf("choice", ("auto", "always", "never")), default="auto", metavar="WHEN",
        help="whether to show how far the work is: auto (on a terminal, for a large input), always or never "
        "(default: %(default)s)")  # fmt: skip
    _add_color(shown)
    rules = check.add_argument_group("what is checked")
    _add_choice_of_rules(rules)
    rules.add_argument("--fail-on", type=OneOf("choice", ("error", "warning", "never")), default="error", metavar="WHEN",
                       help="which findings make the exit code 1: error, warning (and errors) or never "
                       "(default: %(default)s)")  # fmt: skip
    rules.add_argument("--baseline", metavar="FILE", help="let pass the findings that `baseline` wrote to this file")
    read = check.add_argument_group("how input is read")
    _add_reading(read)
    _add_limits(read)
    _add_config(read)


def _add_coverage(coverage: argparse.ArgumentParser) -> None:
    _add_paths(coverage)
    add = coverage.add_argument
    add("--format", type=OneOf("format", ("text", "json", "html")), default="text",
        help="text for people, json for programs, or html: the sources with their evidence marked, as a page that "
        "stands alone (default: %(default)s)")  # fmt: skip
    add("--fail-under", type=_percent, metavar="PERCENT",
        help="exit with 1 if less than this share of any source's text is covered (0 to 100)")  # fmt: skip
    add("--output", metavar="FILE",
        help="write to a file instead of standard output, but over none that is not an earlier report")  # fmt: skip
    _add_color(coverage)
    _add_reading(coverage)
    _add_config(coverage)


def _add_migrate(migrate: argparse.ArgumentParser) -> None:
    _add_paths(migrate)
    add = migrate.add_argument
    add("--to", required=True, metavar="X.Y", help="the version of the schema to bring the records to; must be given")
    add("--in-place", action="store_true", help="change the files, instead of printing the records that come of them; "
        "whatever happens, each is the old one or the new one, whole")  # fmt: skip
    add("--diff", action="store_true", help="show what would change, and change nothing")
    add("--allow-loss", action="store_true",
        help="go on though the version has no place for something in a record, which is then lost")  # fmt: skip
    _add_reading(migrate)
    _add_config(migrate)


def _add_baseline(baseline: argparse.ArgumentParser) -> None:
    _add_paths(baseline)
    add = baseline.add_argument
    add("--output", default=BASELINE, metavar="FILE", help="the file to write, which may be an earlier baseline but no other file "
        "that is there (default: %(default)s)")  # fmt: skip
    add("--prune", action="store_true", help="only drop from the file what is no longer found, and add nothing")
    _add_choice_of_rules(baseline)
    _add_reading(baseline)
    _add_limits(baseline)
    _add_config(baseline)
