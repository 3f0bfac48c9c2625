"""The whole report as one JSON document with a form of its own, which has a version."""

from typing import Any, Final

from diplomatic_events import __version__
from diplomatic_events.findings import Place, Quote, Related, Report, Severity
from diplomatic_events.reporters.style import Style, as_json

VERSION: Final = "1.0"
"""The version of the report's form."""


def render(report: Report, style: Style) -> str:
    """The report as indented JSON."""
    return as_json(document(report), indent=2) + "\n"


def document(report: Report) -> dict[str, Any]:
    """The report as plain values."""
    return {
        "reportVersion": VERSION,
        "tool": {"name": "diplomatic-events", "version": __version__},
        "summary": {
            "files": report.files,
            "records": report.records,
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "notes": report.count(Severity.NOTE),
        },
        "findings": [_finding(finding) for finding in report.findings],
        "notChecked": [{"what": row.what, "reason": row.reason, "records": row.records} for row in report.not_checked],
        "failures": list(report.failures),
    }


def _finding(finding: Any) -> dict[str, Any]:
    return {
        key: value
        for key, value in {
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
        }.items()
        if value is not None
    }


def _region(place: Place | None) -> dict[str, int] | None:
    if place is None:
        return None
    return {
        "startLine": place.line, "startColumn": place.column, "endLine": place.end_line, "endColumn": place.end_column,
    }  # fmt: skip


def _related(related: Related) -> dict[str, Any]:
    values = {
        "message": related.message, "file": related.file, "pointer": related.pointer, "region": _region(related.place),
    }  # fmt: skip
    return {key: value for key, value in values.items() if value is not None}


def _quote(quote: Quote | None) -> dict[str, Any] | None:
    if quote is None:
        return None
    values = {"quoted": quote.quoted, "source": quote.source, "file": quote.file, "region": _region(quote.place)}
    return {key: value for key, value in values.items() if value is not None}
