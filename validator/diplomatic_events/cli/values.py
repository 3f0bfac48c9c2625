"""The values of options: what a command line and a configuration may say, both converted alike."""

import re
from argparse import ArgumentTypeError, BooleanOptionalAction
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from diplomatic_events.report.formats import OF_CHECKS
from diplomatic_events.suggest import did_you_mean

if TYPE_CHECKING:
    from fractions import Fraction

Beside = Callable[[str], str]
"""Turns a path relative to a configuration's folder into one relative to the working folder."""

_DIGITS: Final = 100
_LIST: Final = "a list of texts"


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


class ValueKind(NamedTuple):
    """The type of an option's values.

    ``parse`` converts a string from the command line, and ``action`` is what argparse does with it. A configured value
    must pass ``fits``, which ``asks_for`` describes; ``read`` converts it, and ``written`` converts it back. ``parse`` and
    ``read`` raise `ArgumentTypeError` for an invalid value. ``names`` are the possible values, if they can be listed.
    """

    parse: Callable[[str], Any] = str
    asks_for: str = "text"
    fits: Callable[[Any], bool] = _is_text
    read: Callable[[Any, Beside], Any] = lambda value, _: value
    written: Callable[[Any], Any] = lambda value: value
    action: Any = "store"
    names: Sequence[str] = ()


def one_of(noun: str, names: Sequence[str]) -> ValueKind:
    """One of several names; the error suggests the nearest."""

    def parse(text: str) -> str:
        if text not in names:
            hint = did_you_mean(text, names) or f"choose from {', '.join(names)}"
            raise ArgumentTypeError(f"there is no {noun} `{text}`; {hint}")
        return text

    return ValueKind(parse, read=lambda value, _: parse(value), names=names)


def number(most: int | None = None, limit: str = "") -> ValueKind:
    """A whole number above 0 and at most ``most``; ``limit`` says what that maximum is."""

    def parse(text: str) -> int:
        if len(text) > _DIGITS:
            raise ArgumentTypeError(f"`{text[:20]}…` is too long; a number has at most {_DIGITS} digits here")
        if not (text.isascii() and text.isdigit() and int(text) > 0):
            raise ArgumentTypeError(f"`{text}` is not a whole number above 0")
        if most is not None and int(text) > most:
            raise ArgumentTypeError(f"`{text}` is more than {most}, {limit}")
        return int(text)

    def fits(value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool)

    return ValueKind(parse, "a whole number", fits, lambda value, _: parse(str(value)))


def _percent(text: str) -> tuple["Fraction", str]:
    """A percentage and how it was written."""
    from fractions import Fraction  # one option of one command needs it

    if not re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,9})?", text) or Fraction(text) > 100:
        raise ArgumentTypeError(f"`{text}` is not a percentage from 0 to 100, such as 95 or 99.5")
    return Fraction(text), text


def _rules(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise ArgumentTypeError(f"`{text}` names no rule; `diplomatic-events rules` lists them all")
    return names


def _report(text: str) -> tuple[str, str]:
    format, found, file = text.partition("=")
    if not found or not file:
        raise ArgumentTypeError(f"`{text}` does not have the form FORMAT=FILE")
    return one_of("format", OF_CHECKS).parse(format), file


def _severity(text: str) -> tuple[str, str]:
    rule, found, severity = text.partition("=")
    if not found:
        raise ArgumentTypeError(f"`{text}` does not have the form RULE=SEVERITY")
    return rule, one_of("severity", ("error", "warning", "note", "off")).parse(severity)


def _as_table(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Rules and their severities in the order that applies: if a rule is named twice, its last place counts."""
    table: dict[str, str] = {}
    for rule, severity in pairs:
        table.pop(rule, None)
        table[rule] = severity
    return table


TEXT: Final = ValueKind()
FILE: Final = ValueKind(read=lambda value, beside: beside(value))
NUMBER: Final = number()
PERCENT: Final = ValueKind(_percent)
TEXTS: Final = ValueKind(action="append")
FLAG: Final = ValueKind(asks_for="true or false", fits=lambda value: isinstance(value, bool), action="store_true")
SWITCH: Final = FLAG._replace(action=BooleanOptionalAction)
"""A flag that a configuration can set, so the command line can turn it off too."""

RULE_NAMES: Final = ValueKind(
    _rules, _LIST, _are_texts, lambda value, _: [name for text in value for name in _rules(text)], action="extend"
)
REPORT_FILES: Final = ValueKind(
    _report,
    _LIST,
    _are_texts,
    read=lambda value, beside: [(format, beside(file)) for format, file in map(_report, value)],
    written=lambda pairs: [f"{format}={file}" for format, file in pairs],
    action="append",
)
SEVERITIES: Final = ValueKind(
    _severity,
    "a table of rules and severities",
    fits=lambda value: isinstance(value, dict) and all(map(_is_text, value.values())),
    read=lambda value, _: [_severity(f"{rule}={severity}") for rule, severity in value.items()],
    written=_as_table,
    action="append",
)
