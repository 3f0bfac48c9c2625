"""What the command says about itself: its rules, the page of each, and the options in effect."""

import json
import textwrap
from argparse import Namespace
from typing import Any, Final

from diplomatic_events.cli.arguments import KEYS, Option, options_of
from diplomatic_events.cli.config import Config, merged
from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.report.formats.style import Piece, Style, json_text, paint, visible
from diplomatic_events.rulebook import Fragment, Rule
from diplomatic_events.rules import RULES
from diplomatic_events.suggest import did_you_mean

_LONGEST: Final = 160
"""A longer example of a whole file is truncated."""

_ROOM: Final = 24
"""With fewer columns left beside its id, the summary of a rule goes below it."""


def list_rules(format: str, style: Style, columns: int | None = None) -> str:
    """Every rule: id, severity and summary, which wraps at words if a terminal has too few columns."""
    if format == "json":
        rows = [
            {"id": rule.id, "severity": rule.severity.value, "summary": rule.summary, "url": rule.url}
            for rule in RULES.values()
        ]
        return json_text(rows, indent=2) + "\n"
    width = max(len(rule.id) for rule in RULES.values())
    indent = width + len("  warning  ")
    beside = columns is None or columns - indent >= _ROOM
    pieces: list[Piece] = []
    for rule in RULES.values():
        summary = _wrapped(rule.summary, columns, " " * (indent if beside else 4))
        pieces += [
            (f"{rule.id:<{width}}  ", "strong") if beside else (f"{rule.id}  ", "strong"),
            (f"{rule.severity.value:<7}  " if beside else f"{rule.severity.value}\n", rule.severity.value),
            (f"{summary.lstrip() if beside else summary}\n", "plain"),
        ]
    return paint(pieces, style)


def _wrapped(text: str, columns: int | None, indent: str) -> str:
    """An indented text, wrapped at words if the number of columns is known."""
    if columns is None:
        return indent + text
    return textwrap.fill(
        text, columns, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def explain(id: str, format: str, style: Style, columns: int | None = None) -> str:
    """The page of one rule, whose sentences wrap at words if the number of columns is known.

    Raises:
        DiplomaticEventsError: There is no such rule.
    """
    family = [rule.id for rule in RULES.values() if rule.family == id.rstrip("/")]
    if family:
        raise DiplomaticEventsError(f"`{id}` is a family of rules; name one", help=f"its rules are {', '.join(family)}")
    if id not in RULES:
        near = did_you_mean(id, RULES) or "`diplomatic-events rules` lists them all"
        raise DiplomaticEventsError(f"there is no rule `{id}`", help=near)
    rule = RULES[id]
    if format == "json":
        return json_text(document(rule), indent=2) + "\n"
    head = f"{rule.severity.value}[{rule.id}]"
    summary = _wrapped(f"{head}: {rule.summary}", columns, "").removeprefix(head)
    pieces: list[Piece] = [(head, rule.severity.value), (f"{summary}\n", "strong")]
    for title, text in (("Why it matters", rule.why), ("What to do", rule.fix)):
        pieces += [(f"\n{title}\n", "strong"), (f"{_wrapped(text, columns, '  ')}\n", "plain")]
    for title, fragment in (("Wrong", rule.bad), ("Right", rule.right)):
        # Examples are for copying, so they keep their lines.
        pieces += [(f"\n{title}\n", "strong"), (f"{textwrap.indent(shown(fragment), '  ')}\n", "plain")]
    return paint([*pieces, (f"\n{rule.url}\n", "plain")], style)


def document(rule: Rule) -> dict[str, Any]:
    """The page of a rule as plain values."""
    return {
        "id": rule.id,
        "severity": rule.severity.value,
        "summary": rule.summary,
        "why": rule.why,
        "fix": rule.fix,
        "bad": shown(rule.bad),
        "good": shown(rule.right),
        "url": rule.url,
    }


def shown(fragment: Fragment) -> str:
    """An example as a reader sees it: the properties that matter, or the whole file."""
    if isinstance(fragment, bytes):
        text = fragment.decode("utf-8", "backslashreplace").rstrip("\n")
        cut = text if len(text) <= _LONGEST else f"{text[:60]}… ({len(fragment)} bytes)"
        return "\n".join(visible(line) for line in cut.split("\n"))
    return "\n".join(
        f"{key} is left out" if value is None else f"{json.dumps(key)}: {json_text(value)}"
        for key, value in fragment.items()
    )


def list_options(given: Namespace, config: Config) -> str:
    """Each option that a configuration can set, with its value in TOML and where that comes from."""
    values = merged(given, config)
    lines = [f"# configuration file: {config.file}" if config.file else "# no configuration file"]
    for key, option in KEYS.items():
        value = getattr(values, option.variable)
        if value is None:
            shown = f"# {key} is not set{f': {option.otherwise}' if option.otherwise else ''}"
        else:
            shown = f"{key} = {_toml(option.kind.written(value))}"
        lines.append(f"{shown}  # {_origin(option, given, config)}")
    if config.filters:
        lines.append(f"# {config.file} also has: {', '.join(config.filters)}")
    return "".join(f"{line}\n" for line in lines)


def _origin(option: Option, given: Namespace, config: Config) -> str:
    """Where the value of an option comes from, and which options added to it."""
    if option.variable in given:
        first = "command line"
    else:
        first = str(config.file) if option.key in config.values else "default"
    adding = [other for other in options_of(given.command) if other.adds_to == option.name]
    return ", ".join([first, *(f"--{other.name}" for other in adding if other.variable in given)])


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        pairs = ", ".join(f"{json_text(key)} = {_toml(part)}" for key, part in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    return json_text(value)  # JSON and TOML write strings, whole numbers, booleans and lists of them alike
