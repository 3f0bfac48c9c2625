"""One JSON object a finding, a line each: for programs that read a stream."""

from typing import Any

from diplomatic_events.findings import Finding, Report
from diplomatic_events.report.formats import machine
from diplomatic_events.report.formats.style import Style, json_text


def render(report: Report, style: Style) -> str:
    """A line for each finding."""
    return "".join(json_text(fields(finding)) + "\n" for finding in report.findings)


def fields(finding: Finding) -> dict[str, Any]:
    """A finding as a flat object; what does not apply is null. Lines and columns count from 1."""
    place = finding.place
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "help": finding.help,
        "url": finding.url,
        "file": finding.file,
        "record": finding.record,
        "pointer": finding.pointer,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "endLine": place.end_line if place else None,
        "endColumn": place.end_column if place else None,
        "fix": machine.fix(finding.fix),
    }
