"""A check as a page that stands alone: each record beside the texts of its sources, with the findings at their places in both."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import BinaryIO, Final

from diplomatic_events.coverage.page import document, shown
from diplomatic_events.coverage.survey import Surveyor
from diplomatic_events.findings import Finding, Report
from diplomatic_events.inputs.paths import Inputs
from diplomatic_events.inputs.records import Part
from diplomatic_events.options import Options
from diplomatic_events.reading import records_in
from diplomatic_events.report.formats import concise
from diplomatic_events.report.formats.style import Style, plural
from diplomatic_events.report.formats.text import summary
from diplomatic_events.review.view import View

MOST: Final = 50
"""Of more records than this, those with findings come first, and the others are only counted."""


def page(report: Report, inputs: Inputs, stdin: BinaryIO | None = None, options: Options | None = None) -> str:
    """The whole page, as HTML. ``stdin`` holds what was read from standard input."""
    if stdin is not None:
        stdin.seek(0)
    found: dict[tuple[str, int | None], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        found[finding.file, finding.record_line].append(finding)
    views = list(_views(found, inputs, stdin, Surveyor(options or Options())))
    left_out = report.records - len(views)
    elsewhere = Report(tuple(finding for findings in found.values() for finding in findings), files=0, records=0)
    lists = _list("Not checked", (*report.failures, *report.crashes))
    lists += _list("Not about a record", concise.render(elsewhere, Style()).splitlines())
    more = f'<p class="more">{plural(left_out, "record")} more.</p>\n' if left_out > 0 else ""
    return document(
        title=views[0].title if len(views) == 1 else "Records and their findings",
        eyebrow="Records and their findings",
        top=f'{_contents(views)}<p class="summary">{shown(summary(report))}</p>\n',
        main=lists + "".join(_article(view, alone=len(views) == 1) for view in views) + more,
        more_css=style(),
    )


def _list(title: str, lines: Iterable[str]) -> str:
    """What stands before the records: a line for each entry, or nothing."""
    rows = "".join(f"<li>{shown(line)}</li>\n" for line in lines)
    return f'<section class="failures">\n<h2>{title}</h2>\n<ul>\n{rows}</ul>\n</section>\n' if rows else ""


@cache
def style() -> str:
    """The style of what a page of a check has beyond one of a coverage."""
    return files("diplomatic_events.review").joinpath("review.css").read_text(encoding="utf-8")


def _views(
    found: dict[tuple[str, int | None], list[Finding]], inputs: Inputs, stdin: BinaryIO | None, surveyor: Surveyor
) -> Iterator[View]:
    """The records with findings, which are taken out of ``found``, and the others while there are few."""
    most, number = max(MOST - len(found), 0), 0
    for source in inputs.files:
        try:
            for raw in records_in(Part(source), stdin, surveyor.options):
                if raw.passed_over:
                    continue
                findings = found.pop((raw.file, raw.line if raw.of_lines else None), [])
                if findings or most:
                    most -= not findings
                    number += 1
                    yield View(raw, source.folder, findings, surveyor, f"r{number}")
        except OSError:
            continue  # the report's failures have it


def _contents(views: list[View]) -> str:
    if len(views) == 1:
        return f"<h1>{shown(views[0].title)}</h1>\n"
    rows = "".join(
        f'<li><a href="#{view.id}">{shown(view.title)}</a> <span class="share">'
        f"{plural(len(view.findings), 'finding') if view.findings else 'sound'}</span></li>\n"
        for view in views
    )
    return (
        f'<h1>Records and their findings</h1>\n<nav aria-label="Records">\n<ol class="contents">\n{rows}</ol>\n</nav>\n'
    )


def _article(view: View, *, alone: bool) -> str:
    heading = "" if alone else f"<h2>{shown(view.title)}</h2>"
    return (
        f'<article class="record" id="{view.id}">\n<header>{heading}<p class="file">{shown(view.name)}</p></header>\n'
        f"{view.findings_html()}"
        f'<div class="columns">\n<div class="texts">\n{view.texts}</div>\n'
        f'<section class="entries json" aria-label="The record {shown(view.name)}" tabindex="0">\n{view.record_html()}</section>\n'
        "</div>\n</article>\n"
    )
