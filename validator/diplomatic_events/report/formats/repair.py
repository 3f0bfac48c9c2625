"""What a program hands back to a language model after a check: one JSON document, bounded, with places in the draft's form."""

from collections import Counter
from typing import Any, Final

from diplomatic_events.findings import DOCS, Finding, Hint, Report
from diplomatic_events.pointers import Pointer, to_pointer
from diplomatic_events.report.formats import machine
from diplomatic_events.report.formats.style import Style, json_text
from diplomatic_events.schema.drafts import DraftForm, draft_form

VERSION: Final = "1.0"
"""The version of the form; its schema lies in schema/report."""

MOST: Final = 50
MOST_OF_RULE: Final = 10
MOST_CHARACTERS: Final = 48_000
"""So many findings, so many of one rule and so many characters are handed back at once: errors before all others."""

_LONGEST: Final = 400
_HELP: Final = {"evidence/ambiguous": "quote more words, or add a `prefix` or `suffix` that settles which is meant"}
"""Instead of the help of rules that names what no draft has."""


def render(report: Report, style: Style) -> str:
    """The findings as indented JSON."""
    return json_text(document(report), indent=2) + "\n"


def document(report: Report, form: DraftForm | None = None) -> dict[str, Any]:
    """The findings as plain values; those about what no draft has are only counted."""
    form = form or draft_form()
    listed: list[dict[str, Any]] = []
    left = MOST_CHARACTERS
    of_rule: Counter[str] = Counter()
    outside = 0
    for finding in machine.worst_first(report.findings):
        place = None if finding.pointer is None else form.pointer(_path(finding.pointer))
        if finding.pointer is not None and place is None:
            outside += 1
            continue
        of_rule[finding.rule] += 1
        if len(listed) < MOST and of_rule[finding.rule] <= MOST_OF_RULE and left > 0:
            row = _finding(finding, place, form)
            left -= len(json_text(row))
            if left >= 0:
                listed.append(row)
    return {
        "$schema": f"{DOCS}/report/{VERSION}/repair.schema.json",
        "repairVersion": VERSION,
        "findings": listed,
        "leftOut": sum(report.totals.values()) - outside - len(listed),
        "notInDraft": outside,
    }


def _path(pointer: str) -> Pointer:
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:])


def _finding(finding: Finding, place: Pointer | None, form: DraftForm) -> dict[str, Any]:
    hint, help = finding.hint or Hint(), _HELP.get(finding.rule, finding.help)
    missing = [(form.pointer(path), of) for path, of in hint.missing]
    values = {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "file": finding.file,
        "record": finding.record,
        "pointer": None if place is None else to_pointer(place),
        "message": _short(finding.message),
        "help": _short(help) if help else None,
        **_allowed(hint),
        "missing": [{"pointer": to_pointer(path), **_allowed(of)} for path, of in missing if path is not None],
        "passages": [passage._asdict() for passage in hint.passages],
    }
    return {key: value for key, value in values.items() if value not in (None, [], 0)}


def _allowed(hint: Hint) -> dict[str, Any]:
    found = {"allowed": list(hint.allowed), "more": hint.more}
    return {key: value for key, value in found.items() if value}


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
