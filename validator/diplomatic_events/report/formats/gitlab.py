"""GitLab's Code Quality report, which merge requests show beside the lines that changed."""

from typing import Any, Final

from diplomatic_events.findings import Finding, Report, Severity
from diplomatic_events.report.formats import machine
from diplomatic_events.report.formats.style import Style, json_text

SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}
"""`critical` and `blocker` are left to people: the check cannot know what an error costs."""


def render(report: Report, style: Style) -> str:
    """The findings as an array; an empty one tells GitLab that all were mended."""
    entries = [
        _entry(finding, mark) for finding, mark in zip(report.findings, machine.marks(report.findings), strict=True)
    ]
    return json_text(entries, indent=2) + "\n"


def _entry(finding: Finding, mark: str) -> dict[str, Any]:
    line = finding.place.line if finding.place else finding.record_line or 1
    return {
        "description": machine.message(finding),
        "check_name": finding.rule,
        "fingerprint": mark,
        "severity": SEVERITIES[finding.severity],
        "location": {"path": machine.address(finding.file).path, "lines": {"begin": line}},
    }
