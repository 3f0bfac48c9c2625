"""The pages of the rules: what `rules` lists and `explain` shows, from what each rule says of itself."""

import json
from typing import Any, Final

from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.report.formats.style import Piece, Style, json_text, paint, visible
from diplomatic_events.rulebook import Fragment, Rule
from diplomatic_events.rules import RULES
from diplomatic_events.suggest import did_you_mean

_LONGEST: Final = 160
"""A longer example of a whole file is cut short."""


def list_rules(format: str, style: Style) -> str:
    """Every rule: id, severity and one line."""
    if format == "json":
        rows = [
            {"id": rule.id, "severity": rule.severity.value, "summary": rule.summary, "url": rule.url}
            for rule in RULES.values()
        ]
        return json_text(rows, indent=2) + "\n"
    width = max(len(rule.id) for rule in RULES.values())
    pieces: list[Piece] = []
    for rule in RULES.values():
        pieces += [
            (f"{rule.id:<{width}}  ", "strong"),
            (f"{rule.severity.value:<7}  ", rule.severity.value),
            (f"{rule.summary}\n", "plain"),
        ]
    return paint(pieces, style)


def explain(id: str, format: str, style: Style) -> str:
    """The page of one rule.

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
    head: list[Piece] = [(f"{rule.severity.value}[{rule.id}]", rule.severity.value), (f": {rule.summary}\n", "strong")]
    parts = [
        ("Why it matters", rule.why),
        ("What to do", rule.fix),
        ("Wrong", shown(rule.bad)),
        ("Right", shown(rule.right)),
    ]
    body: list[Piece] = []
    for title, text in parts:
        lines = "\n".join(f"  {line}" for line in text.splitlines())
        body += [(f"\n{title}\n", "strong"), (f"{lines}\n", "plain")]
    return paint([*head, *body, (f"\n{rule.url}\n", "plain")], style)


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
        f"{key} is left out" if value is None else f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in fragment.items()
    )
