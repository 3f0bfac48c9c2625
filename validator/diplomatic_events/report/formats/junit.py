"""JUnit's XML, which most CI systems show as test results: a suite for each file.

An error is a failing case. A file without errors has one passing case, so that it is seen to have been checked.
Warnings and notes fail no case; they stand in the output of their suite. What could not be read, and a fault of the
program, is an error of the suite `diplomatic-events`.
"""

from collections import Counter
from typing import Final
from xml.etree import ElementTree

from diplomatic_events.findings import Finding, Report, Severity
from diplomatic_events.report.formats import machine
from diplomatic_events.report.formats.style import Style, visible

NAME: Final = "diplomatic-events"
_ESCAPES: Final = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}
"""What `visible` leaves and XML 1.0 does not allow."""


def render(report: Report, style: Style) -> str:
    """The report as XML that the schema of Jenkins' xUnit plugin allows."""
    root = ElementTree.Element("testsuites", {"name": NAME})
    by_file: dict[str, list[Finding]] = {machine.address(file).path: [] for file in report.clean_files}
    for finding in report.findings:
        by_file.setdefault(machine.address(finding.file).path, []).append(finding)
    for file in sorted(by_file):
        _add_suite(root, file, by_file[file])
    _add_run(root, report)
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _add_suite(root: ElementTree.Element, file: str, findings: list[Finding]) -> None:
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    others = [finding for finding in findings if finding.severity is not Severity.ERROR]
    suite = _suite(root, file, tests=max(1, len(errors)), failures=len(errors))
    suite.set("file", _allowed(visible(file)))
    seen: Counter[str] = Counter()
    for finding in errors:
        name = " ".join(part for part in (finding.rule, finding.record, finding.anchor or finding.pointer) if part)
        seen[name] += 1
        case = _case(suite, file, name if seen[name] == 1 else f"{name} ({seen[name]})")
        failure = ElementTree.SubElement(case, "failure")
        failure.set("type", finding.rule)
        failure.set("message", _allowed(machine.message(finding)))
        failure.text = _allowed(_told(finding))
    if not errors:
        _case(suite, file, "no errors")
    if others:
        text = "\n\n".join(f"{finding.severity.value}[{finding.rule}]\n{_told(finding)}" for finding in others)
        ElementTree.SubElement(suite, "system-out").text = _allowed(text)


def _add_run(root: ElementTree.Element, report: Report) -> None:
    """A suite for what is no file's own, if there is any."""
    faults = [("could-not-check", visible(failure)) for failure in report.failures]
    faults += [("fault-of-the-program", crash) for crash in machine.crashes(report)]
    cut = machine.left_out(report, len(report.findings))
    remarks = [*([cut] if cut else []), *machine.unchecked(report)]
    if not faults and not remarks:
        return
    suite = _suite(root, NAME, tests=max(1, len(faults)), errors=len(faults))
    for number, (kind, text) in enumerate(faults, 1):
        error = ElementTree.SubElement(_case(suite, NAME, f"{kind} {number}"), "error")
        error.set("type", kind)
        error.set("message", _allowed(text))
        error.text = _allowed(text)
    if not faults:
        _case(suite, NAME, "every file was read")
    if remarks:
        ElementTree.SubElement(suite, "system-out").text = _allowed("\n".join(remarks))


def _suite(
    root: ElementTree.Element, name: str, *, tests: int, failures: int = 0, errors: int = 0
) -> ElementTree.Element:
    counts = {"tests": tests, "failures": failures, "errors": errors, "skipped": 0}
    shown = {"name": _allowed(visible(name)), **{count: str(number) for count, number in counts.items()}}
    return ElementTree.SubElement(root, "testsuite", shown)


def _case(suite: ElementTree.Element, file: str, name: str) -> ElementTree.Element:
    shown = {"classname": _allowed(visible(file)), "name": _allowed(visible(name))}
    return ElementTree.SubElement(suite, "testcase", shown)


def _told(finding: Finding) -> str:
    """A finding in full, a line for each thing that is to be said."""
    place = machine.where(finding.file, finding.place, finding.pointer, finding.record, finding.record_line)
    lines = [place, visible(finding.message)]
    if finding.quote is not None:
        quoted, source = machine.passages(finding.quote)
        text = machine.where(finding.quote.file or "text", finding.quote.place)
        lines += [f"quote: {quoted.marked}", f"source: {source.marked} ({text})"]
    lines += [
        f"{visible(entry.message)}: {machine.where(entry.file, entry.place, entry.pointer)}"
        for entry in finding.related
    ]
    if finding.help:
        lines.append(f"help: {visible(finding.help)}")
    return "\n".join([*lines, f"docs: {finding.url}"])


def _allowed(text: str) -> str:
    """Text with only such characters as XML 1.0 can hold."""
    return text.translate(_ESCAPES)
