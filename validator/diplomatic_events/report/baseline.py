"""A baseline: the findings at one time, by fingerprint and count, so that only new ones fail.

Its file names are relative to its own folder, so it holds wherever the command is run.
"""

import json
from collections import Counter
from io import TextIOWrapper
from typing import Any, Final

from diplomatic_events.edit.replacing import open_file
from diplomatic_events.findings import DiplomaticEventsError, Report
from diplomatic_events.options import Baseline
from diplomatic_events.report.fingerprints import fingerprint, fingerprint_in, relative_to
from diplomatic_events.report.formats.style import json_text

VERSION: Final = "1.0"
"""The version of the file format."""


def write(report: Report, name: str) -> str:
    """The findings of a report as the text of a baseline for this path."""
    relative = [relative_to(finding, name) for finding in report.findings]
    counts = Counter((finding.file, finding.rule, fingerprint(finding)) for finding in relative)
    return _text([_row(*key, count) for key, count in sorted(counts.items())])


def prune(known: str, report: Report, name: str) -> str:
    """A baseline without the findings that a report no longer has. Nothing is added.

    Raises:
        DiplomaticEventsError: The text is not a baseline.
    """
    left = Counter(fingerprint_in(finding, name) for finding in report.findings)
    rows = []
    for row in _rows(known, name):
        count = min(row["count"], left[row["fingerprint"]])
        left[row["fingerprint"]] -= count
        if count:
            rows.append({**row, "count": count})
    return _text(rows)


def read(path: str) -> Baseline:
    """The baseline in a file.

    Raises:
        DiplomaticEventsError: The file cannot be read or is not a baseline.
    """
    counts: Counter[str] = Counter()
    for row in _rows(load(path), path):
        counts[row["fingerprint"]] += row["count"]
    return Baseline(path, counts)


def load(path: str) -> str:
    """The text of a baseline.

    Raises:
        DiplomaticEventsError: The file cannot be read.
    """
    try:
        with TextIOWrapper(open_file(path), encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror or error if isinstance(error, OSError) else "it is not UTF-8"
        help = f"`diplomatic-events baseline PATHS --output {path}` writes one"
        raise DiplomaticEventsError(f"the baseline {path} cannot be read: {reason}", help=help) from error


def _row(file: str, rule: str, fingerprint: str, count: int) -> dict[str, Any]:
    return {"file": file, "rule": rule, "fingerprint": fingerprint, "count": count}


def _text(rows: list[dict[str, Any]]) -> str:
    """The file's text: one finding per line, so that a diff shows each change."""
    lines = ",".join(f"\n    {json_text(row)}" for row in rows)
    end = "\n  " if rows else ""
    return f'{{\n  "baselineVersion": "{VERSION}",\n  "findings": [{lines}{end}]\n}}\n'


def _rows(text: str, name: str) -> list[dict[str, Any]]:
    try:
        whole = json.loads(text)
        if whole["baselineVersion"] != VERSION:
            raise DiplomaticEventsError(f"the baseline {name} has version {whole['baselineVersion']}, not {VERSION}")
        rows = whole["findings"]
        if all(isinstance(row["fingerprint"], str) and isinstance(row["count"], int) for row in rows):
            return list(rows)
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise DiplomaticEventsError(f"{name} is not a baseline", help="`diplomatic-events baseline` writes one")
