"""SARIF 2.1.0, the form in which code scanning and editors take findings.

Every rule is listed, whatever was found, so that code scanning does not take one for gone. A region is a single line;
columns count code points. The standard lets a result do without a region, but GitHub asks for one: where a file could
not be read, as a damaged `.gz`, it is the empty region at its beginning. Such a finding is no notification: those are
about the run, have no fingerprint, and nobody would see them beside the file.
"""

from typing import Any, Final

from diplomatic_events import __version__
from diplomatic_events.findings import (
    DOCS,
    Edit,
    Excerpt,
    FileFix,
    Finding,
    Quote,
    Region,
    Related,
    Report,
    Severity,
    rule_url,
)
from diplomatic_events.report.formats import machine
from diplomatic_events.report.formats.style import Style, json_text, visible
from diplomatic_events.rules import RULES

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT: Final = "diplomaticEvents/v1"
MOST: Final = 5000
"""So many results are listed: what code scanning shows of a file. The number of all is in a notification."""

CATEGORY: Final = "diplomatic-events/"
"""Under this name code scanning keeps the results of one run apart from those of other tools."""

_BASE: Final = "%SRCROOT%"


def render(report: Report, style: Style) -> str:
    """The report as a SARIF log with one run."""
    return json_text(document(report), indent=2) + "\n"


def document(report: Report) -> dict[str, Any]:
    """The log as plain values: the worst results first, and nothing in it that differs from run to run."""
    rules = sorted({*RULES, *(finding.rule for finding in report.findings), *(rule for rule, _ in report.totals)})
    indexes = {rule: index for index, rule in enumerate(rules)}
    marked = zip(report.findings, machine.marks(report.findings), strict=True)
    listed = sorted(marked, key=lambda pair: -pair[0].severity.rank)[:MOST]
    run = {
        "tool": {
            "driver": {
                "name": "diplomatic-events",
                "fullName": f"diplomatic-events {__version__}, the validator of records of diplomatic events",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": DOCS,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "automationDetails": {"id": CATEGORY},
        "invocations": [_invocation(report, len(listed))],
        "originalUriBaseIds": {_BASE: {"description": {"text": "The folder in which the check was run."}}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [_result(finding, indexes[finding.rule], mark) for finding, mark in listed],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(id: str) -> dict[str, Any]:
    url = rule_url(id)
    rule = RULES.get(id)
    if rule is None:
        return {"id": id, "helpUri": url}
    return {
        "id": id,
        "name": "".join(word.capitalize() for word in id.replace("/", "-").split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary} {rule.why}"},
        "defaultConfiguration": {"level": rule.severity.value},
        "help": {
            "text": f"{rule.summary}\n\nWhy it matters: {rule.why}\n\nWhat to do: {rule.fix}\n\n{url}",
            "markdown": f"{rule.summary}\n\n**Why it matters:** {rule.why}\n\n**What to do:** {rule.fix}\n\n"
            f"[Examples]({url})",
        },
        "helpUri": url,
        "properties": {"tags": [rule.family]},
    }


def _result(finding: Finding, index: int, mark: str) -> dict[str, Any]:
    result = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.severity.value,
        "message": _message(machine.message(finding)),
        "locations": [
            _location(finding.file, finding.place, finding.excerpt, finding.pointer, line=finding.record_line)
        ],
        "partialFingerprints": {FINGERPRINT: mark},
    }
    related = [_related(entry) for entry in finding.related]
    if finding.quote is not None:
        related.append(_source(finding.quote))
    if related:
        result["relatedLocations"] = [{"id": number, **location} for number, location in enumerate(related, 1)]
    if finding.fix is not None and not finding.file.endswith(".gz"):  # an editor cannot change what is compressed
        result["fixes"] = [_fix(finding.file, finding.fix)]
    if finding.record is not None:
        result["properties"] = {"record": finding.record}
    return result


def _fix(file: str, fix: FileFix) -> dict[str, Any]:
    return {
        "description": _message(visible(fix.what)),
        "artifactChanges": [
            {"artifactLocation": _artifact(file), "replacements": [_replacement(edit) for edit in fix.edits]}
        ],
        "properties": {"applicability": machine.applicability(fix)},
    }


def _replacement(edit: Edit) -> dict[str, Any]:
    span = {**machine.whole_region(edit.place), "byteOffset": edit.start, "byteLength": edit.end - edit.start}
    return {"deletedRegion": span, "insertedContent": {"text": edit.text}}


def _artifact(file: str) -> dict[str, str]:
    target = machine.address(file)
    return {"uri": target.uri, "uriBaseId": _BASE} if target.relative else {"uri": target.uri}


def _related(related: Related) -> dict[str, Any]:
    location = _location(related.file, related.place, related.excerpt, related.pointer)
    return {**location, "message": _message(visible(related.message))}


def _source(quote: Quote) -> dict[str, Any]:
    """The passage that comes nearest to a quote: in the source's file, or in words where it stands in the record."""
    quoted, source = machine.passages(quote)
    text = f"the quote has: {quoted.marked}; the source has: {source.marked}"
    if quote.file is None:
        place = f"line {quote.place.line}, column {quote.place.column} of the text: "
        return {"message": _message(place + text)}
    return {**_location(quote.file, quote.place), "message": _message(text)}


def _location(
    file: str, place: Region | None, excerpt: Excerpt | None = None, pointer: str | None = None, line: int | None = None
) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": _artifact(file), "region": _region(place, excerpt, line or 1)}
    }
    if pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": pointer}]
    return location


def _region(place: Region | None, excerpt: Excerpt | None, line: int) -> dict[str, int]:
    region = machine.region(place or Region(line, 1, line, 1), excerpt)
    end = {} if region.end_column is None else {"endColumn": region.end_column}
    return {"startLine": region.line, "startColumn": region.column, "endLine": region.line, **end}


def _message(text: str) -> dict[str, str]:
    """A message in plain text. Brackets are escaped where a reader could take them for a link."""
    if "](" in text:
        text = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return {"text": text}


def _invocation(report: Report, listed: int) -> dict[str, Any]:
    """What is to be said of the run itself: what could not be read or checked, and what the log leaves out."""
    told = [(Severity.ERROR, visible(failure)) for failure in report.failures]
    told += [(Severity.ERROR, f"a fault of the program, at {crash}") for crash in machine.crashes(report)]
    if cut := machine.left_out(report, listed):
        told.append((Severity.WARNING, f"{cut}; the worst are listed first"))
    told += [(Severity.NOTE, line) for line in machine.unchecked(report)]
    return {
        "executionSuccessful": not (report.failures or report.crashes),
        "toolExecutionNotifications": [{"level": level.value, "message": _message(text)} for level, text in told],
    }
