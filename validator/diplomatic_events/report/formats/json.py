"""The whole report as one JSON document, in a form of its own that has a version and a schema."""

from typing import Any, Final

from diplomatic_events import __version__
from diplomatic_events.findings import DOCS, Finding, Quote, Region, Related, Report, Severity
from diplomatic_events.report.formats import machine
from diplomatic_events.report.formats.style import Style, json_text

VERSION: Final = "1.0"
"""The version of the report's form; its schema lies in schema/report."""


def render(report: Report, style: Style) -> str:
    """The report as indented JSON."""
    return json_text(document(report), indent=2) + "\n"


def document(report: Report) -> dict[str, Any]:
    """The report as plain values. What does not apply is left out."""
    marks = machine.marks(report.findings)
    return {
        "$schema": f"{DOCS}/report/{VERSION}/report.schema.json",
        "reportVersion": VERSION,
        "tool": {"name": "diplomatic-events", "version": __version__},
        "summary": {
            "files": report.files,
            "records": report.records,
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "notes": report.count(Severity.NOTE),
            "listed": report.shown,
            "suppressed": report.suppressed,
            "baselined": report.baselined,
        },
        "totals": [
            {"rule": rule, "severity": severity.value, "findings": number}
            for (rule, severity), number in sorted(report.totals.items())
        ],
        "findings": [of_finding(finding, mark) for finding, mark in zip(report.findings, marks, strict=True)],
        "notChecked": [{"what": row.what, "reason": row.reason, "records": row.records} for row in report.not_checked],
        "failures": list(report.failures),
        "crashes": machine.crashes(report),
    }


def of_finding(finding: Finding, mark: str) -> dict[str, Any]:
    """A finding as plain values, with the mark that it keeps from run to run. What does not apply is left out."""
    return _present(
        {
            "rule": finding.rule,
            "severity": finding.severity.value,
            "message": finding.message,
            "help": finding.help,
            "url": finding.url,
            "file": finding.file,
            "record": finding.record,
            "recordLine": finding.record_line,
            "pointer": finding.pointer,
            "region": _region(finding.place),
            "related": [_related(related) for related in finding.related] or None,
            "quote": _quote(finding.quote),
            "fix": machine.fix(finding.fix),
            "fingerprint": mark,
        }
    )


def _region(place: Region | None) -> dict[str, int] | None:
    return None if place is None else machine.whole_region(place)


def _related(related: Related) -> dict[str, Any]:
    return _present(
        {
            "message": related.message,
            "file": related.file,
            "pointer": related.pointer,
            "region": _region(related.place),
        }
    )


def _quote(quote: Quote | None) -> dict[str, Any] | None:
    if quote is None:
        return None
    quoted, source = machine.passages(quote)
    return {
        "quoted": {"text": quoted.text, "start": quoted.start, "end": quoted.end},
        "source": _present(
            {
                "text": source.text,
                "start": source.start,
                "end": source.end,
                "file": quote.file,
                "region": _region(quote.place),
            }
        ),
    }


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
