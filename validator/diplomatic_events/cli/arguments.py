"""The commands and their options: the tables that the parser, the configuration keys and the docs are made from."""

import argparse
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, NoReturn

from diplomatic_events import __version__
from diplomatic_events.cli import terminal, values
from diplomatic_events.cli.values import FILE, FLAG, NUMBER, PERCENT, SWITCH, TEXT, ValueKind, number, one_of
from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.jsontext.parse import DEEPEST, DEFAULT_MAX_BYTES, DEFAULT_MAX_DEPTH
from diplomatic_events.report.formats import FORMATS, OF_CHECKS
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
    OUR_FAULT: "a fault of the program itself",
    BY_HANGUP: "ended by SIGHUP; nothing is left half-written",
    INTERRUPTED: "interrupted from the keyboard",
    BY_TERMINATION: "ended by SIGTERM; nothing is left half-written",
}
"""The exit codes that every command has, and their meaning."""

MOST_KEPT: Final = 10_000
"""How many findings of one rule a run keeps by default, so that memory stays flat."""

EXPORT_FORMATS: Final = ("parquet", "csv", "ndjson", "ics", "annotations")

BASELINE: Final = "diplomatic-events-baseline.json"
"""Where `baseline` writes by default."""


class Operand(NamedTuple):
    """The positional argument of a command; ``number`` is `*` for any number and `?` for one or none."""

    name: str
    metavar: str
    number: str | None
    help: str


class Command(NamedTuple):
    """A command. ``codes`` are the exit codes with a meaning of its own."""

    name: str
    help: str
    operand: Operand | None
    codes: Mapping[int, str]


class Option(NamedTuple):
    """An option of some commands.

    ``default`` is its value when it is not given; ``otherwise`` explains that where the value does not.
    ``key`` is the configuration key that sets the same. An option that ``adds_to`` another appends to the list of that
    one, which by itself replaces the configured list.
    """

    name: str
    kind: ValueKind
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
        """The attribute that holds the value."""
        return self.name.replace("-", "_")

    @property
    def spellings(self) -> list[str]:
        """Every way to write it, and how to turn it off."""
        names = [f"-{self.short}"] if self.short else []
        return [*names, f"--{self.name}", *([f"--no-{self.name}"] if self.kind.action == SWITCH.action else [])]

    @property
    def placeholder(self) -> str:
        """The placeholder for its value in the help; empty for a flag."""
        return "" if self.kind.action in (FLAG.action, SWITCH.action) else self.metavar or self.name.upper()

    @property
    def left_out(self) -> str:
        """What applies when it is not given, in words."""
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
            {CLEAN: "no finding that --fail-on names; with --diff, nothing to fix",
             FOUND: "at least one finding that --fail-on names; with --diff, something to fix"},
        ),
        Command(
            "coverage", "show which passages of each record's sources no evidence quotes, and which entries of the record have none", PATHS,
            {**DONE, FOUND: "less of a source is covered than --fail-under requires"},
        ),
        Command(
            "baseline", "write today's findings to a file, so that `check --baseline` reports only new ones", PATHS,
            {CLEAN: "the file is written"},
        ),
        Command(
            "migrate", "migrate records to another version of the schema", PATHS,
            {
                **DONE,
                FOUND: "something would be lost and --allow-loss is not given; nothing is changed",
                COULD_NOT: "an argument is wrong, no file is found, one cannot be read or written, or a record cannot be migrated",
            },
        ),
        Command(
            "export", "export valid records as tables, as a calendar of announced events, or as annotations of their sources", PATHS,
            {CLEAN: "every record is exported", FOUND: "some records are not valid; all others are exported"},
        ),
        Command(
            "assemble", "make a record of what a language model has drafted, and check it",
            Operand("drafts", "DRAFT", "*", "what a model has written in the form of `schema --profile extraction`: one whole draft, "
                    "or one for each part; `-` for standard input"),
            {CLEAN: "no finding that --fail-on names", FOUND: "at least one finding that --fail-on names"},
        ),
        Command(
            "schema", "print the JSON Schema of records, or the path of its file",
            Operand("version", "X.Y", "?", "the version of the schema (default: the latest)"), DONE,
        ),
        Command("rules", "list every rule with its severity and what it finds", None, DONE),
        Command(
            "explain", "explain a rule with examples, or what a property, a codelist or a code means",
            Operand(
                "word", "WORD", None,
                "the id of a rule, such as evidence/not-verbatim; or a property, a codelist, a code or a word for one, such as "
                "statement.onBehalfOf, event-type, speech-act/pledge or dinner",
            ), DONE,
        ),
    )
}  # fmt: skip
"""Every command by its name."""

READING: Final = tuple(name for name, command in COMMANDS.items() if command.operand is PATHS)
"""The commands that read records."""
FINDING: Final = ("check", "baseline", "assemble")
CONFIGURED: Final = (*READING, "assemble")
"""The commands that read a configuration."""
SHOWN: Final = "what is shown"
CHECKED: Final = "what is checked"
READ: Final = "how input is read"
FIXED: Final = "what is fixed"

_WIDTH: Final = 80
"""So many columns has the help where it is not printed on a terminal."""

_CHOICE: Final = "ids or families such as evidence, separated by commas; may be repeated"

_OF_GZ: Final = "The diff of a .gz file is that of the text in it, so `patch` cannot apply it"

_FORMATS: Final = (
    "text or concise (one line per finding) for people, json or jsonl for programs, repair for a language model that is to correct "
    "its draft, sarif, junit, github or gitlab for the tools that display them"
)

OPTIONS: Final = (
    Option("format", one_of("format", OF_CHECKS), f"the format of the report: {_FORMATS}, or html: a page with each record beside the "
           "texts of its sources, and the findings at their places in both", group=SHOWN, key="format", default="text"),
    Option("format", one_of("format", FORMATS), f"the format of the report, which goes to standard output if the record goes "
           f"to a file, and to standard error otherwise: {_FORMATS}", ("assemble",), SHOWN, default="text"),
    Option("output", TEXT, "write the record to a file instead of standard output; an existing one is overwritten only if it is a "
           "record with the provenance `machine`", ("assemble",), SHOWN, metavar="FILE"),
    Option("source", values.TEXTS, "the text of a source that the drafts quote, in UTF-8; with several, each with the id of its source. One that "
           "lies in the folder of --output stays there; any other is put into the record. May be repeated",
           ("assemble",), default=(), metavar="[ID=]FILE"),
    Option("id", TEXT, "the id of the record, whatever the drafts say", ("assemble",), metavar="ID"),
    Option("tool", TEXT, "the program or model that wrote the drafts, with its version, for the provenance", ("assemble",), metavar="NAME"),
    Option("format", one_of("format", ("text", "json", "html")), "text for people, json for programs, or html: the sources with "
           "their evidence marked, as a self-contained page", ("coverage",), SHOWN, default="text"),
    Option("format", one_of("format", ("text", "json")), "text for people or json for programs", ("rules", "explain"), SHOWN,
           default="text"),
    Option("output", values.REPORT_FILES, "also write the report to a file, in any format that --format has; an existing file is "
           "overwritten only if it is an earlier report; may be repeated", group=SHOWN, key="output", default=(), metavar="FORMAT=FILE"),
    Option("extend-output", values.REPORT_FILES, "also write the report to this file, in addition to those that --output or the "
           "configuration names; may be repeated", group=SHOWN, default=(), metavar="FORMAT=FILE", adds_to="output"),
    Option("output", TEXT, "write to a file instead of standard output; an existing one is overwritten only if it is an "
           "earlier report", ("coverage",), SHOWN, metavar="FILE"),
    Option("output", FILE, "the file to write; an existing one is overwritten only if it is an earlier baseline",
           ("baseline",), key="baseline", default=BASELINE, metavar="FILE"),
    Option("format", one_of("format", EXPORT_FORMATS), "parquet, csv or ndjson: tables in a folder; ics: announced events as a calendar; "
           "annotations: the evidence as W3C Web Annotations in JSON-LD; required", ("export",), metavar="FORMAT", required=True),
    Option("output", TEXT, "the folder for the tables, or the file for a calendar or annotations, which are otherwise printed; an "
           "existing file is overwritten only if it is from an earlier export", ("export",), metavar="PATH", short="o"),
    Option("prune", FLAG, "only remove from the file what is no longer found; add nothing", ("baseline",), default=False),
    Option("max-findings", NUMBER, "show at most N findings, errors before all others; the totals count all",
           group=SHOWN, key="max-findings", metavar="N"),
    Option("max-per-rule", NUMBER, "show at most N findings of each rule",
           group=SHOWN, key="max-per-rule", otherwise=f"100 in text, {MOST_KEPT} elsewhere", metavar="N"),
    Option("statistics", SWITCH, "add to a text report the number of findings per rule, which the json format always has, "
           "and for the terminal the speed and the CPU time of each stage",
           group=SHOWN, key="statistics", default=False),
    Option("progress", one_of("choice", ("auto", "always", "never")), "whether to show progress: auto (on a terminal, for a large "
           "input), always or never", group=SHOWN, key="progress", default="auto", metavar="WHEN"),
    Option("color", one_of("choice", ("auto", "always", "never")), "whether to use colours: auto (on a terminal or if "
           "FORCE_COLOR is set, but not if NO_COLOR is), always or never",
           ("check", "coverage", "assemble", "rules", "explain"), SHOWN, key="color", default="auto", metavar="WHEN"),
    Option("show-config", FLAG, "print the value of each option that a configuration can set, and where it comes from; check nothing",
           group=SHOWN, default=False),
    Option("fix", FLAG, "fix in the files what can be only one thing, such as an offset or a misspelt code, and report what is left; "
           "of standard input, print the fixed text, and the report on standard error", group=FIXED, default=False),
    Option("unsafe-fixes", SWITCH, "also make fixes that a person should look at, such as other words in a quote; with --fix or --diff",
           group=FIXED, key="unsafe-fixes", default=False),
    Option("add-offsets", SWITCH, "also add start and end to quotes that have none and stand in one place; with --fix or --diff",
           group=FIXED, key="add-offsets", default=False),
    Option("diff", FLAG, "show what --fix would change, in place of the report, and change nothing; exit with 1 if there is "
           f"something. {_OF_GZ}", group=FIXED, default=False),
    Option("select", values.RULE_NAMES, f"use only these rules: {_CHOICE}", FINDING, CHECKED, key="select", default=(), metavar="RULE,…"),
    Option("extend-select", values.RULE_NAMES, "also use these rules, in addition to those selected here or in the configuration; "
           "may be repeated", FINDING, CHECKED, default=(), metavar="RULE,…", adds_to="select"),
    Option("ignore", values.RULE_NAMES, f"leave out these rules: {_CHOICE}", FINDING, CHECKED, key="ignore", default=(), metavar="RULE,…"),
    Option("extend-ignore", values.RULE_NAMES, "also leave out these rules, in addition to those ignored here or in the "
           "configuration; may be repeated", FINDING, CHECKED, default=(), metavar="RULE,…", adds_to="ignore"),
    Option("severity", values.SEVERITIES, "give a rule or family another severity: error, warning, note or off; may be repeated",
           FINDING, CHECKED, key="severity", default=(), metavar="RULE=SEVERITY"),
    Option("schema-version", TEXT, "check against this version of the schema; auto means the one that each record declares",
           CONFIGURED, CHECKED, key="schema-version", default="auto", metavar="X.Y"),
    Option("engine", one_of("engine", ENGINES), "the library that validates records against the schema: jsonschema-rs (fast), jsonschema "
           "(slow, but runs everywhere) or auto (the first that is installed); the findings are the same",
           CONFIGURED, CHECKED, key="engine", default="auto"),
    Option("fail-on", one_of("choice", ("error", "warning", "never")), "which findings make the exit code 1: error, warning (and "
           "errors) or never", ("check", "assemble"), CHECKED, key="fail-on", default="error", metavar="WHEN"),
    Option("baseline", FILE, "let through the findings that `baseline` wrote to this file",
           group=CHECKED, key="baseline", metavar="FILE"),
    Option("fail-under", PERCENT, "exit with 1 if less than this share of any source's text is covered by the records of this run that have it "
           "(0 to 100); what they set aside as irrelevant does not count",
           ("coverage",), metavar="PERCENT"),
    Option("to", TEXT, "the version of the schema to migrate the records to; required", ("migrate",), metavar="X.Y", required=True),
    Option("in-place", FLAG, "change the files instead of printing the migrated records; whatever happens, each file is wholly old "
           "or wholly new", ("migrate",), default=False),
    Option("diff", FLAG, f"show what would change, and change nothing. {_OF_GZ}", ("migrate",), default=False),
    Option("allow-loss", FLAG, "migrate even if the version has no place for something in a record, which is then lost",
           ("migrate",), default=False),
    Option("input", one_of("format", ("auto", "json", "ndjson")), "the format of the input: json (one record per file), ndjson "
           "(one per line) or auto (by the file's name)", READING, READ, key="input", default="auto", metavar="FORMAT"),
    Option("stdin-filename", TEXT, "the name of standard input in messages; its extension also decides the format, and source texts are "
           "looked up in its folder", READING, READ, metavar="NAME"),
    Option("max-bytes", number(), "refuse a record of more than N bytes instead of reading it",
           CONFIGURED, READ, key="max-bytes", default=DEFAULT_MAX_BYTES, otherwise=f"which is {DEFAULT_MAX_BYTES >> 20} MiB", metavar="N"),
    Option("max-depth", number(DEEPEST, "the deepest nesting that can be read"), "refuse a record that is nested more than N "
           f"levels deep instead of reading it; at most {DEEPEST}", CONFIGURED, READ, key="max-depth", default=DEFAULT_MAX_DEPTH, metavar="N"),
    Option("jobs", NUMBER, "how many processes to use", ("check", "baseline"), READ, key="jobs",
           otherwise="one per processor, or only one if the input is small", metavar="N", short="j"),
    Option("allow-empty", SWITCH, "a folder or glob without a file to check is not an error; a missing file or folder still is",
           READING, READ, key="allow-empty", default=False),
    Option("config", TEXT, "read this configuration file", CONFIGURED, READ,
           otherwise="the nearest one, in this folder or above", metavar="FILE"),
    Option("no-config", FLAG, "read no configuration file", CONFIGURED, READ, default=False),
    Option("follow-links", SWITCH, "follow every link in folders and globs: those to files outside of what PATH names and, in folders, "
           "those to folders; a link that PATH names itself is always followed", READING, READ, key="follow-links", default=False),
    Option("force-exclude", SWITCH, "leave out a file that the configuration excludes even if PATH names it: for a hook that names "
           "every changed file", READING, READ, key="force-exclude", default=False),
    Option("strict-files", SWITCH, "check every JSON file in a folder, also one that shows no sign of being a record",
           READING, READ, key="strict-files", default=False),
    Option("path", FLAG, "print the path of the schema's file instead of the schema", ("schema",), default=False),
    Option("profile", one_of("profile", ("record", "extraction")), "record for the schema of records, or extraction for the form in "
           "which a language model can be made to write a draft of one", ("schema",), default="record"),
    Option("part", TEXT, "only a part of the extraction profile, such as statements; an unknown name is answered with all of them",
           ("schema",), metavar="PART"),
)  # fmt: skip
"""Every option. One that means something else to another command is listed again for it."""

KEYS: Final = {option.name: option for option in OPTIONS if option.key == option.name}
"""The keys of a configuration, each with the option of `check` that sets the same."""


def options_of(command: str) -> list[Option]:
    """The options of a command."""
    return [option for option in OPTIONS if command in option.commands]


class _Parser(argparse.ArgumentParser):
    """A parser whose errors name the right spelling and end with the documented exit code."""

    def error(self, message: str) -> NoReturn:
        raise DiplomaticEventsError(message, help=f"see `{self.prog} --help`")

    def _print_message(self, message: str, file: Any = None) -> None:
        terminal.show(message)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse, and report the first argument that is not understood."""
        first = _first(args or ())
        if first is not None and first not in COMMANDS:
            raise DiplomaticEventsError(f"there is no command `{first}`", help=self._instead_of(first, args))
        found, left = self.parse_known_args(args, namespace)
        if left:
            known = [name for option in options_of(found.command) for name in option.spellings if name[1] == "-"]
            wrong = left[0].split("=")[0]
            raise DiplomaticEventsError(
                f"there is no option `{wrong}`" if wrong.startswith("-") else f"unexpected argument `{wrong}`",
                help=did_you_mean(wrong, [*known, "--help"]) or f"see `{self.prog} {found.command} --help`",
            )
        return found

    def _instead_of(self, first: str, arguments: list[str]) -> str:
        """What a user who begins with an unknown command may have meant."""
        if first == "help":
            command = next((f"{name} " for name in arguments if name in COMMANDS), "")
            return f"did you mean `{self.prog} {command}--help`?"
        if first == "-" or os.path.exists(first):
            return f"did you mean `check {first}`?"
        return did_you_mean(first, COMMANDS) or f"the commands are {', '.join(COMMANDS)}"


def _first(arguments: Sequence[str]) -> str | None:
    """The first argument that is no option: the command, unless it is misspelt."""
    return next((argument for argument in arguments if argument == "-" or not argument.startswith("-")), None)


def _formatter(prog: str) -> argparse.HelpFormatter:
    """The layout of the help. One is made for each option: by itself, it would import what knows the width of a terminal."""
    return argparse.HelpFormatter(prog, width=(terminal.columns() or _WIDTH) - 2)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What a command line says: the command's name in ``command``, and its options and operands if they are given.

    Raises:
        DiplomaticEventsError: It cannot be understood.
    """
    command = _first(arguments)
    return parser([command] if command in COMMANDS else COMMANDS).parse_args(arguments)


def parser(commands: Iterable[str] = tuple(COMMANDS)) -> argparse.ArgumentParser:
    """The parser of some commands, by default of all.

    Its result has the command's name in ``command`` and only what the command line says; configuration and defaults are
    merged in later.
    """
    whole = _Parser(
        prog="diplomatic-events",
        description="Check records of diplomatic events: structure, references, dates, and every quote against its source.",
        epilog="`diplomatic-events COMMAND --help` describes one command.",
        allow_abbrev=False,
        formatter_class=_formatter,
    )
    whole.add_argument("-V", "--version", action="version", version=f"diplomatic-events {__version__}",
                       help="print the version of the validator and exit")  # fmt: skip
    listed = whole.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    for command in map(COMMANDS.__getitem__, commands):
        codes = "; ".join(f"{code}: {meaning}" for code, meaning in sorted({**FAILURES, **command.codes}.items()))
        part = listed.add_parser(
            command.name,
            help=command.help,
            description=f"{command.help[0].upper()}{command.help[1:]}.",
            epilog=f"exit codes: {codes}",
            allow_abbrev=False,
            formatter_class=_formatter,
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
    names = [name for name in option.spellings if name != f"--no-{option.name}"]  # argparse adds that one itself
    said = f" (default: {option.left_out})" if option.left_out else ""
    group.add_argument(
        *names,
        action=option.kind.action,
        default=argparse.SUPPRESS,
        required=option.required,
        help=f"{option.help}{said}",
        **more,
    )
