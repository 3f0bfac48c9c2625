"""Workflow commands of GitHub Actions: the worst findings as annotations. The step summary has all of them."""

import re
from typing import Final

from diplomatic_events.findings import Finding, Report, Severity, rule_url
from diplomatic_events.report.formats import machine
from diplomatic_events.report.formats.style import Style, plural, visible

MOST: Final = 10
"""GitHub shows so many annotations of a kind for one step."""

SUMMARY_BYTES: Final = 1024 * 1024
"""GitHub refuses a longer step summary."""

_MARKUP: Final = re.compile(r"[][\\`*_{}()<>#+!|~&@:$^=\"']")

COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report, style: Style) -> str:
    """A command for each of the worst findings, then how many more there are, and the totals.

    Whatever comes from a file stands inside a command, and cannot begin another.
    """
    failures = [*report.failures, *(f"a fault of the program, at {crash}" for crash in machine.crashes(report))]
    lines = [f"::error title=diplomatic-events::{_data(visible(failure))}" for failure in failures[:MOST]]
    shown = machine.worst_first(report.findings)[: MOST - len(lines)]
    lines += [_command(finding) for finding in shown]
    more = sum(report.totals.values()) - len(shown) + len(failures[MOST:])
    if more > 0:
        lines.append(f"… and {more:,} more")
    checked = f"{plural(report.files, 'file')}, {plural(report.records, 'record')}"
    lines.append(f"Checked {checked}: {machine.totals(report)}.")
    return "\n".join(lines) + "\n"


def _command(finding: Finding) -> str:
    properties = {"file": machine.address(finding.file).path}
    if finding.place is not None:
        region = machine.region(finding.place, finding.excerpt)
        properties |= {"line": str(region.line), "endLine": str(region.line), "col": str(region.column)}
        if region.end_column is not None:
            properties["endColumn"] = str(region.end_column)
    elif finding.record_line is not None:
        properties["line"] = str(finding.record_line)
    properties["title"] = finding.rule
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{COMMANDS[finding.severity]} {given}::{_data(_text(finding))}"


def _text(finding: Finding) -> str:
    """The message and what more there is to say, a line each."""
    lines = [finding.message, finding.help, finding.pointer, f"record {finding.record}" if finding.record else None]
    if finding.quote is not None:
        quoted, source = machine.passages(finding.quote)
        lines += [f"quote: {quoted.marked}", f"source: {source.marked}"]
    return "\n".join(visible(line) for line in lines if line)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A property's value. A name with line breaks stays true; other control characters would reach the terminal."""
    shown = "".join(char if char in "\r\n\t" else visible(char) for char in text)
    return _data(shown).replace(":", "%3A").replace(",", "%2C")


def summary(report: Report, limit: int = SUMMARY_BYTES) -> str:
    """The report as Markdown for the file that `GITHUB_STEP_SUMMARY` names, of at most so many bytes of UTF-8."""
    head = _head(report)
    rows = [_row(finding) for finding in machine.worst_first(report.findings)]
    if rows:
        head += "\n| | Place | Rule | Finding |\n| --- | --- | --- | --- |\n"
    room = limit - len(head.encode()) - len(_rest(sum(report.totals.values())).encode())
    kept = 0
    for row in rows:
        room -= len(row.encode())
        if room < 0:
            break
        kept += 1
    more = max(sum(report.totals.values()), len(rows)) - kept
    return head + "".join(rows[:kept]) + (_rest(more) if more else "")


def _rest(more: int) -> str:
    return f"\n… and {more:,} more\n"


def _head(report: Report) -> str:
    checked = f"{plural(report.files, 'file')}, {plural(report.records, 'record')}"
    told = [f"Checked {checked}: {machine.totals(report)}."]
    told += [f"{_escaped(failure)}" for failure in report.failures[:MOST]]
    if len(report.failures) > MOST:
        told.append(f"… and {len(report.failures) - MOST:,} more that could not be read")
    told += [f"A fault of the program, at {_escaped(crash)}" for crash in machine.crashes(report)[:MOST]]
    told += [_escaped(line) for line in machine.unchecked(report)]
    head = "## diplomatic-events\n\n" + "\n\n".join(told) + "\n"
    counted = sorted(report.totals.items(), key=lambda row: (-row[0][1].rank, -row[1], row[0][0]))
    if counted:
        head += "\n| Findings | | Rule |\n| ---: | --- | --- |\n"
        head += "".join(f"| {number:,} | {level.value} | {_linked(rule)} |\n" for (rule, level), number in counted)
    return head


def _row(finding: Finding) -> str:
    where = machine.where(machine.address(finding.file).path, finding.place, finding.pointer, finding.record,
                          finding.record_line)  # fmt: skip
    text = machine.message(finding)
    return f"| {finding.severity.value} | {_escaped(where)} | {_linked(finding.rule)} | {_escaped(text)} |\n"


def _linked(rule: str) -> str:
    return f"[{rule}]({rule_url(rule)})"


def _escaped(text: str) -> str:
    """Text in which nothing is Markdown or HTML, a link, a mention or a formula: each such character as an entity."""
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", visible(text))
