"""One line a finding: `file:line:column: severity[rule] message`."""

from diplomatic_events.findings import Finding, Report
from diplomatic_events.report.formats.style import Piece, Style, paint, visible


def render(report: Report, style: Style) -> str:
    """A line for each finding."""
    return "".join(paint(_line(finding), style) for finding in report.findings)


def _line(finding: Finding) -> list[Piece]:
    place = f":{finding.place.line}:{finding.place.column}" if finding.place else ""
    help = f" ({visible(finding.help)})" if finding.help else ""
    return [
        (f"{visible(finding.file)}{place}: ", "plain"),
        (f"{finding.severity.value}[{finding.rule}]", finding.severity.value),
        (f" {visible(finding.message)}{help}\n", "plain"),
    ]
