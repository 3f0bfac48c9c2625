"""The report for people: each finding with its line, the value underlined, help, and a summary."""

from collections import Counter, defaultdict
from typing import Final

from diplomatic_events.findings import Excerpt, Finding, Quote, Region, Related, Report, Severity
from diplomatic_events.report.formats.style import Piece, Style, cells, fitted, paint, plural, visible
from diplomatic_events.stages import STAGES

_QUOTE_GUTTER: Final = 12
MOST: Final = 100
"""Of one rule, so many findings are shown unless the run says otherwise."""


def render(report: Report, style: Style) -> str:
    """The whole report."""
    most = MOST if style.most is None else style.most
    seen: Counter[str] = Counter()
    blocks: list[list[Piece]] = []
    for finding in report.findings:
        seen[finding.rule] += 1
        if seen[finding.rule] <= most:
            blocks.append(_finding(finding, style.width))
    blocks.extend(_left_out(report, seen, most))
    if style.statistics:
        blocks.append(_statistics(report))
        if report.stages and style.seconds:
            blocks.append(_speed(report, style.seconds))
    return "\n".join(paint(block, style) for block in [*blocks, _summary(report, style)])


def _finding(finding: Finding, width: int) -> list[Piece]:
    severity = finding.severity.value
    pieces: list[Piece] = [
        (f"{severity}[{finding.rule}]", severity),
        (f": {visible(finding.message)}\n", "strong"),
        *_place(finding.file, finding.place, finding.pointer, finding.record, finding.record_line),
    ]
    if finding.quote is not None:
        pieces += _quote(finding.quote, width)
    elif finding.excerpt is not None:
        pieces += _frame(finding.excerpt, severity, width)
    for related in finding.related:
        pieces += _related(related, width)
    if finding.help:
        pieces += [("   = ", "frame"), ("help", "strong"), (f": {visible(finding.help)}\n", "plain")]
    pieces += [("   = ", "frame"), ("docs", "strong"), (f": {finding.url}\n", "plain")]
    return pieces


def _place(
    file: str, place: Region | None, pointer: str | None, record: str | None = None, line: int | None = None
) -> list[Piece]:
    where = visible(file) + (f":{place.line}:{place.column}" if place else f":{line}" if line else "")
    more = f"   {visible(pointer)}" if pointer else ""
    named = f"   (record {visible(record)})" if record else ""
    return [(" --> ", "frame"), (f"{where}{more}{named}\n", "plain")]


def _frame(excerpt: Excerpt, mark: str, width: int) -> list[Piece]:
    """The line of the file, and a line below it that marks the value."""
    number = str(excerpt.line)
    gutter = " " * max(2, len(number))
    before = ("…" if excerpt.cut_before else "") + visible(excerpt.text[: excerpt.start])
    marked = visible(excerpt.text[excerpt.start : excerpt.end])
    after = visible(excerpt.text[excerpt.end :]) + ("…" if excerpt.cut_after else "")
    before, marked, after = fitted(before, marked, after, width - len(gutter) - 3)
    return [
        (f"{gutter} |\n{number:>{len(gutter)}} | ", "frame"),
        (f"{before}{marked}{after}\n", "plain"),
        (f"{gutter} | ", "frame"),
        (" " * cells(before) + "^" * max(1, cells(marked)) + "\n", mark),
    ]


def _related(related: Related, width: int) -> list[Piece]:
    pieces = [("   = ", "frame"), ("note", "note"), (f": {visible(related.message)}\n", "plain")]
    pieces += _place(related.file, related.place, related.pointer)
    return pieces + (_frame(related.excerpt, "note", width) if related.excerpt else [])


def _quote(quote: Quote, width: int) -> list[Piece]:
    """The quote above the passage of the source, the differing words marked in both."""
    source = f"{visible(quote.file)}:{quote.place.line}:{quote.place.column}" if quote.file else (
        f"line {quote.place.line} of the text"
    )  # fmt: skip
    pieces: list[Piece] = []
    for label, text, (start, end), where in (
        ("quote ", quote.quoted, quote.quoted_span, ""),
        ("source", quote.source, quote.source_span, f"   {source}"),
    ):
        before, marked, after = visible(text[:start]), visible(text[start:end]), visible(text[end:])
        room = width - _QUOTE_GUTTER - cells(before) - cells(where)
        _, marked, after = fitted("", marked, after, max(room, _QUOTE_GUTTER))
        pieces += [
            (f"   {label} | ", "frame"),
            (before, "plain"),
            (marked, "error"),
            (f"{after}{where}\n", "plain"),
            ("          | ", "frame"),
            (" " * cells(before) + "^" * max(1, cells(marked)) + "\n", "error"),
        ]
    return pieces


def _left_out(report: Report, seen: Counter[str], most: int) -> list[list[Piece]]:
    blocks: list[list[Piece]] = []
    totals: Counter[str] = Counter()
    for (rule, _), number in report.totals.items():
        totals[rule] += number
    for rule, number in sorted(totals.items()):
        shown = min(seen[rule], most)
        if number > shown:
            blocks.append([(f"… and {number - shown:,} {'more of' if shown else 'of'} {rule}\n", "strong")])
    return blocks


def _statistics(report: Report) -> list[Piece]:
    rows = sorted(report.totals.items(), key=lambda row: (-row[1], row[0]))
    lines = "".join(f"{number:>8,}  {severity.value:<8} {rule}\n" for (rule, severity), number in rows)
    return [("Findings by rule\n", "strong"), (lines or "    none\n", "plain")]


def _speed(report: Report, seconds: float) -> list[Piece]:
    """How fast the run was, and where the time went; like its duration, this is shown only to who waits for it."""
    million = 1_000_000
    rates = (
        f"{report.records / seconds:>8,.0f}  records a second\n{report.size / million / seconds:>8,.1f}  MB a second"
    )
    whole = sum(report.stages.values()) or 1
    rows = [(stage, report.stages[stage]) for stage in STAGES if stage in report.stages]
    lines = "".join(f"{spent:>8,.3f} s  {spent / whole:>4.0%}  {stage}\n" for stage, spent in rows)
    return [
        ("Speed\n", "strong"),
        (f"{rates} ({report.size / million:,.1f} MB in all)\n\n", "plain"),
        ("CPU time by stage, of all processes together\n", "strong"),
        (lines, "plain"),
    ]


def summary(report: Report) -> str:
    """What a run has checked and found, in a few lines without colours."""
    return "".join(text for text, _ in _summary(report, Style()))


def _summary(report: Report, style: Style) -> list[Piece]:
    errors, warnings, notes = (report.count(level) for level in (Severity.ERROR, Severity.WARNING, Severity.NOTE))
    took = "" if style.seconds is None else f" in {style.seconds:.1f} s"
    counted = ", ".join(
        [plural(errors, "error"), plural(warnings, "warning"), *([plural(notes, "note")] if notes else [])]
    )
    worst = "error" if errors else "warning" if warnings else "strong"
    pieces: list[Piece] = [
        (f"Checked {plural(report.files, 'file')}, {plural(report.records, 'record')}{took}: ", "plain"),
        (f"{counted}.\n", worst),
    ]
    if fixable := _fixable(report):
        pieces.append((f"{fixable}.\n", "plain"))
    passed = [f"{number:,} {what}" for number, what in (
        (report.suppressed, "suppressed by the configuration"), (report.baselined, "known from the baseline")
    ) if number]  # fmt: skip
    if passed:
        pieces.append((f"Not shown: {', '.join(passed)}.\n", "plain"))
    together: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in report.not_checked:
        together[row.reason][row.records].append(row.what)
    for reason, by_number in together.items():
        parts = [f"{_which(names)} in {plural(number, 'record')}" for number, names in sorted(by_number.items())]
        pieces.append((f"Not checked: {'; '.join(parts)} ({visible(reason)}).\n", "plain"))
    return pieces


def _fixable(report: Report) -> str:
    """How many of the findings can be fixed, and how."""
    safe, unsafe = (sum(found.fix is not None and found.fix.safe is wanted for found in report.findings)
                    for wanted in (True, False))  # fmt: skip
    if not safe:
        return f"{unsafe:,} fixable with --unsafe-fixes" if unsafe else ""
    return f"{safe:,} fixable with --fix" + (f", {unsafe:,} more with --unsafe-fixes" if unsafe else "")


_MOST_NAMED: Final = 3


def _which(rules: list[str]) -> str:
    """The rules that were not checked: a few by name, more by number."""
    return ", ".join(rules) if len(rules) <= _MOST_NAMED else f"{len(rules)} rules, which `--format json` names,"
