"""The commands and their options: the tables of which the parser, a configuration's keys and the docs are made."""

import argparse
import os
from collections.abc import Mapping
from typing import Any, Final, NamedTuple, NoReturn

from diplomatic_events import __version__
from diplomatic_events.cli import terminal, values
from diplomatic_events.cli.values import FILE, FLAG, NUMBER, PERCENT, SWITCH, TEXT, Kind, number, one_of
from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.jsontext.parse import DEEPEST, DEFAULT_MAX_BYTES, DEFAULT_MAX_DEPTH
from diplomatic_events.report.formats import FORMATS
from diplomatic_events.schema.engines import ENGINES
from diplomatic_events.suggest import did_you_mean

CLEAN: Final = 0
FOUND: Final = 1
COULD_NOT: Final = 2
OUR_FAULT: Final = 3
INTERRUPTED: Final = 130
BY_HANGUP: Final = 129
BY_TERMINATION: Final = 143

FAILURES: Final[Mapping[int, str]] = {
    COULD_NOT: "an argument is wrong, no file is found, or one cannot be read or written",
    OUR_FAULT: "the program itself is at fault",
    INTERRUPTED: "interrupted from the keyboard",
}
"""What the exit codes mean that every command has."""

MOST_KEPT: Final = 10_000
"""Of one rule, a run keeps so many findings unless it is told otherwise: memory is to stay flat."""

BASELINE: Final = "diplomatic-events-baseline.json"
"""Where `baseline` writes when nothing else is said."""


class Operand(NamedTuple):
    """What a command takes without a dash; ``number`` is `*` for any number and `?` for one or none."""

    name: str
    metavar: str
    number: str | None
    help: str


class Command(NamedTuple):
    """A command. ``codes`` are the exit codes whose meaning is its own."""

    name: str
    help: str
    operand: Operand | None
    codes: Mapping[int, str]


class Option(NamedTuple):
    """An option of some commands.

    ``default`` is what holds without it; where that does not speak for itself, ``otherwise`` says what then happens.
    ``key`` is the key of a configuration that says the same. One that ``adds_to`` another adds to its list, which by
    itself replaces the configured one.
    """

    name: str
    kind: Kind
    help: str
    commands: tuple[str, ...] = ("check",)
    group: str = ""
    key: str | None = None
    default: Any = None
    otherwise: str = ""
    metavar: str = ""
    short: str | None = None
    adds_to: str | None = None
    required: bool = False

    @property
    def variable(self) -> str:
        """The name under which the value is found."""
        return self.name.replace("-", "_")

    @property
    def spellings(self) -> list[str]:
        """How it can be written, with what turns it off."""
        names = [f"-{self.short}"] if self.short else []
        return [*names, f"--{self.name}", *([f"--no-{self.name}"] if self.kind.action == SWITCH.action else [])]

    @property
    def placeholder(self) -> str:
        """What stands for its value in the help; a flag has none."""
        return "" if self.kind.action in (FLAG.action, SWITCH.action) else self.metavar or self.name.upper()

    @property
    def left_out(self) -> str:
        """What holds without it, in words."""
        said = self.default if isinstance(self.default, str | int) and self.placeholder else ""
        return f"{said}{', ' if said and self.otherwise else ''}{self.otherwise}"


PATHS: Final = Operand(
    "paths", "PATH", "*", "the records: at least one file, folder or glob, or `-` for standard input"
)
DONE: Final = {CLEAN: "the work is done"}

COMMANDS: Final = {
    command.name: command
    for command in (
        Command(
            "check", "check records: structure, references, dates, and every quote against its source", PATHS,
            {CLEAN: "nothing was found that --fail-on names", FOUND: "something was found that --fail-on names"},
        ),
        Command(
            "coverage", "show which passages of each record's sources no evidence covers", PATHS,
            {**DONE, FOUND: "of a source, less is covered than --fail-under demands"},
        ),
        Command(
            "baseline", "write today's findings to a file, so that `check --baseline` tells new ones only", PATHS,
            {CLEAN: "the file is written"},
        ),
        Command(
            "migrate", "bring records to another version of the schema", PATHS,
            {
                **DONE,
                FOUND: "something would be lost, and --allow-loss is not given: nothing is changed",
                COULD_NOT: "an argument is wrong, no file is found, one cannot be read or written, or a record cannot be migrated",
                BY_HANGUP: "ended by SIGHUP, with nothing left beside the files",
                BY_TERMINATION: "ended by SIGTERM, with nothing left beside the files",
            },
        ),
        Command(
            "schema", "print the JSON Schema of records, or tell where its file lies",
            Operand("version", "X.Y", "?", "the version of the schema (default: the latest)"), DONE,
        ),
        Command("rules", "list every rule with its severity and what it finds", None, DONE),
        Command(
            "explain", "explain a rule: what it finds, why that matters and how to mend it, with examples",
            Operand("rule", "RULE", None, "the id of a rule, such as evidence/not-verbatim"), DONE,
        ),
    )
}  # fmt: skip
"""Every command by its name."""

READING: Final = tuple(name for name, command in COMMANDS.items() if command.operand is PATHS)
"""The commands that read records, and so heed a configuration."""
FINDING: Final = ("check", "baseline")
SHOWN: Final = "what is shown"
CHECKED: Final = "what is checked"
READ: Final = "how input is read"

_CHOICE: Final = "ids, or families such as evidence, with commas between them; may be repeated"

OPTIONS: Final = (
    Option("format", one_of("format", FORMATS), "the form of the report: text or concise (a line for each finding) for people, json "
           "or jsonl for programs, sarif, junit, github or gitlab for what shows these",
           group=SHOWN, key="format", default="text"),
    Option("format", one_of("format", ("text", "json", "html")), "text for people, json for programs, or html: the sources with "
           "their evidence marked, as a page that stands alone", ("coverage",), SHOWN, default="text"),
    Option("format", one_of("format", ("text", "json")), "text for people or json for programs", ("rules", "explain"), SHOWN,
           default="text"),
    Option("output", values.REPORT_FILES, "also write the report to a file, in any form that --format has; a file that is there is "
           "overwritten only if it is an earlier report; may be repeated", group=SHOWN, key="output", default=(), metavar="FORMAT=FILE"),
    Option("extend-output", values.REPORT_FILES, "also write the report to this file, in addition to those that --output or the "
           "configuration names; may be repeated", group=SHOWN, default=(), metavar="FORMAT=FILE", adds_to="output"),
    Option("output", TEXT, "write to a file instead of standard output; one that is there is overwritten only if it is an "
           "earlier report", ("coverage",), SHOWN, metavar="FILE"),
    Option("output", FILE, "the file to write; one that is there is overwritten only if it is an earlier baseline",
           ("baseline",), key="baseline", default=BASELINE, metavar="FILE"),
    Option("prune", FLAG, "only drop from the file what is no longer found, and add nothing", ("baseline",), default=False),
    Option("max-findings", NUMBER, "show at most N findings, errors before all others; totals stay true",
           group=SHOWN, key="max-findings", metavar="N"),
    Option("max-per-rule", NUMBER, "show at most N findings of a rule",
           group=SHOWN, key="max-per-rule", otherwise=f"100 in text, {MOST_KEPT} elsewhere", metavar="N"),
    Option("statistics", SWITCH, "add to a report in text how often each rule found something; of the other forms, json has that "
           "anyway", group=SHOWN, key="statistics", default=False),
    Option("progress", one_of("choice", ("auto", "always", "never")), "whether to show how far the work is: auto (on a terminal, "
           "for a large input), always or never", group=SHOWN, key="progress", default="auto", metavar="WHEN"),
    Option("color", one_of("choice", ("auto", "always", "never")), "whether to use colours: auto (on a terminal, or wherever "
           "FORCE_COLOR is set, but never where NO_COLOR is), always or never",
           ("check", "coverage", "rules", "explain"), SHOWN, key="color", default="auto", metavar="WHEN"),
    Option("show-config", FLAG, "print what holds for each option that a configuration can have, and from where; check nothing",
           group=SHOWN, default=False),
    Option("select", values.RULE_NAMES, f"use only these rules: {_CHOICE}", FINDING, CHECKED, key="select", default=(), metavar="RULE,…"),
    Option("extend-select", values.RULE_NAMES, "also use these rules, in addition to those selected here or in the configuration; "
           "may be repeated", FINDING, CHECKED, default=(), metavar="RULE,…", adds_to="select"),
    Option("ignore", values.RULE_NAMES, f"leave out these rules: {_CHOICE}", FINDING, CHECKED, key="ignore", default=(), metavar="RULE,…"),
    Option("extend-ignore", values.RULE_NAMES, "also leave out these rules, in addition to those ignored here or in the "
           "configuration; may be repeated", FINDING, CHECKED, default=(), metavar="RULE,…", adds_to="ignore"),
    Option("severity", values.SEVERITIES, "give a rule or family another severity: error, warning, note or off; may be repeated",
           FINDING, CHECKED, key="severity", default=(), metavar="RULE=SEVERITY"),
    Option("schema-version", TEXT, "check against this version of the schema; auto is the one that each record declares",
           READING, CHECKED, key="schema-version", default="auto", metavar="X.Y"),
    Option("engine", one_of("engine", ENGINES), "the library that holds records against the schema: jsonschema-rs (fast), jsonschema "
           "(slow, but runs everywhere) or auto (the first that is installed); findings are the same",
           READING, CHECKED, key="engine", default="auto"),
    Option("fail-on", one_of("choice", ("error", "warning", "never")), "which findings make the exit code 1: error, warning (and "
           "errors) or never", group=CHECKED, key="fail-on", default="error", metavar="WHEN"),
    Option("baseline", FILE, "let pass the findings that `baseline` wrote to this file",
           group=CHECKED, key="baseline", metavar="FILE"),
    Option("fail-under", PERCENT, "exit with 1 if less than this share of any source's text is covered (0 to 100)",
           ("coverage",), metavar="PERCENT"),
    Option("to", TEXT, "the version of the schema to bring the records to; must be given", ("migrate",), metavar="X.Y", required=True),
    Option("in-place", FLAG, "change the files, instead of printing the records that come of them; whatever happens, each is the old "
           "one or the new one, whole", ("migrate",), default=False),
    Option("diff", FLAG, "show what would change, and change nothing", ("migrate",), default=False),
    Option("allow-loss", FLAG, "go on though the version has no place for something in a record, which is then lost",
           ("migrate",), default=False),
    Option("input", one_of("form", ("auto", "json", "ndjson")), "the form of the files: json (one record in a file), ndjson (one on "
           "each line) or auto, which goes by the file's name", READING, READ, key="input", default="auto", metavar="FORM"),
    Option("stdin-filename", TEXT, "what to call standard input in messages; the name's ending also tells its form, and its folder "
           "where the texts of sources lie", READING, READ, metavar="NAME"),
    Option("max-bytes", number(), "refuse a record of more bytes instead of reading it",
           READING, READ, key="max-bytes", default=DEFAULT_MAX_BYTES, otherwise=f"which is {DEFAULT_MAX_BYTES >> 20} MiB", metavar="N"),
    Option("max-depth", number(DEEPEST, "the deepest nesting that can be read"), "refuse a record whose objects and lists are nested "
           f"deeper instead of reading it; at most {DEEPEST}", READING, READ, key="max-depth", default=DEFAULT_MAX_DEPTH, metavar="N"),
    Option("jobs", NUMBER, "how many processes to use", FINDING, READ, key="jobs",
           otherwise="one for each processor, or one alone if the input is small", metavar="N", short="j"),
    Option("allow-empty", SWITCH, "a folder or glob without a file to check is not an error; a file or folder that is not there is one",
           READING, READ, key="allow-empty", default=False),
    Option("config", TEXT, "read this configuration file", READING, READ,
           otherwise="the nearest, in this folder or one above", metavar="FILE"),
    Option("no-config", FLAG, "read no configuration file", READING, READ, default=False),
    Option("force-exclude", SWITCH, "leave out a file that the configuration excludes even where PATH names it, as suits a hook that "
           "names every changed file", READING, READ, key="force-exclude", default=False),
    Option("path", FLAG, "print the path of the schema's file, not the schema", ("schema",), default=False),
)  # fmt: skip
"""Every option. One that means something else to another command stands here once more."""

KEYS: Final = {option.name: option for option in OPTIONS if option.key == option.name}
"""The keys that a configuration can have, each with the option of `check` that says the same."""


def options_of(command: str) -> list[Option]:
    """The options of a command."""
    return [option for option in OPTIONS if command in option.commands]


class _Parser(argparse.ArgumentParser):
    """A parser whose errors name the right spelling and end with the documented exit code."""

    def error(self, message: str) -> NoReturn:
        raise DiplomaticEventsError(message, help=f"`{self.prog} --help` lists what there is")

    def _print_message(self, message: str, file: Any = None) -> None:
        terminal.show(message)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse, and report the first argument that is not understood."""
        first = next((argument for argument in args or () if argument == "-" or not argument.startswith("-")), None)
        if first is not None and first not in COMMANDS:
            raise DiplomaticEventsError(f"there is no command `{first}`", help=self._instead_of(first, args))
        found, left = self.parse_known_args(args, namespace)
        if left:
            known = [name for option in options_of(found.command) for name in option.spellings if name[1] == "-"]
            wrong = left[0].split("=")[0]
            raise DiplomaticEventsError(
                f"there is no option `{wrong}`" if wrong.startswith("-") else f"`{wrong}` is one argument too many",
                help=did_you_mean(wrong, [*known, "--help"])
                or f"`{self.prog} {found.command} --help` lists what there is",
            )
        return found

    def _instead_of(self, first: str, arguments: list[str]) -> str:
        """What somebody will have meant who begins with something that is no command."""
        if first == "help":
            command = next((f"{name} " for name in arguments if name in COMMANDS), "")
            return f"did you mean `{self.prog} {command}--help`?"
        if first == "-" or os.path.exists(first):
            return f"did you mean `check {first}`?"
        return did_you_mean(first, COMMANDS) or f"the commands are {', '.join(COMMANDS)}"


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command.

    What it parses has the command's name in ``command`` and holds only what the command line says; the rest is for the
    configuration and the defaults to say.
    """
    whole = _Parser(
        prog="diplomatic-events",
        description="Check records of diplomatic events: structure, references, dates, and every quote against its source.",
        epilog="`diplomatic-events COMMAND --help` tells of one command.",
        allow_abbrev=False,
    )
    whole.add_argument("-V", "--version", action="version", version=f"diplomatic-events {__version__}",
                       help="print the version of the validator and exit")  # fmt: skip
    listed = whole.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    for command in COMMANDS.values():
        codes = "; ".join(f"{code}: {meaning}" for code, meaning in sorted({**FAILURES, **command.codes}.items()))
        part = listed.add_parser(
            command.name,
            help=command.help,
            description=f"{command.help[0].upper()}{command.help[1:]}.",
            epilog=f"exit codes: {codes}",
            allow_abbrev=False,
        )
        if command.operand is not None:
            name, metavar, nargs, help = command.operand
            part.add_argument(name, metavar=metavar, nargs=nargs, help=help)
        groups: dict[str, argparse._ActionsContainer] = {"": part}
        for option in options_of(command.name):
            if option.group not in groups:
                groups[option.group] = part.add_argument_group(option.group)
            _add(option, groups[option.group])
    return whole


def _add(option: Option, group: argparse._ActionsContainer) -> None:
    more: dict[str, Any] = {"type": option.kind.parse, "metavar": option.placeholder} if option.placeholder else {}
    names = [name for name in option.spellings if name != f"--no-{option.name}"]  # that one argparse makes by itself
    said = f" (default: {option.left_out})" if option.left_out else ""
    group.add_argument(
        *names,
        action=option.kind.action,
        default=argparse.SUPPRESS,
        required=option.required,
        help=f"{option.help}{said}",
        **more,
    )
