"""The forms in which a report can be had: one module a format, each a function from a report to text."""

from importlib import import_module
from typing import Final, Protocol

from diplomatic_events.findings import Report
from diplomatic_events.report.formats.style import Style

FORMATS: Final = ("text", "concise", "json", "jsonl", "repair", "sarif", "junit", "github", "gitlab")
"""Every format by name; each is the module of that name in this package."""

OF_CHECKS: Final = (*FORMATS, "html")
"""What a check can be shown as: also as a page, for which its records are read again (`diplomatic_events.review`)."""


FOR_PEOPLE: Final = ("text", "concise")
"""Those that a person reads, in the terminal's encoding; a program gets UTF-8 everywhere."""


class Reporter(Protocol):
    """What each format's module has."""

    def render(self, report: Report, style: Style) -> str:
        """The report as text, with a line break at its end unless it is empty."""


def render(report: Report, format: str, style: Style | None = None) -> str:
    """Render a report in the format of that name; only that format's module is imported."""
    module: Reporter = import_module(f"diplomatic_events.report.formats.{format}")
    return module.render(report, style or Style())
