"""What identifies a finding in the next run, even if lines and positions have moved."""

import os
from typing import Any

from diplomatic_events.findings import Finding
from diplomatic_events.pointers import Pointer, at


def fingerprint(finding: Finding) -> str:
    """Thirty-two hexadecimal digits from rule, file, record, place in the record and the value there.

    The place uses ids where they exist, so a record or an entry inserted above changes nothing. A finding without a place
    is identified by its message; for others, better wording must not make a finding a new one.
    """
    place = finding.anchor if finding.anchor is not None else finding.pointer
    value = finding.message if place is None else finding.value
    parts = (finding.rule, finding.file, finding.record or "", place or "", value)
    return _digest("\0".join(parts).encode("utf-8", "surrogatepass"))[:32]


def fingerprint_in(finding: Finding, baseline: str) -> str:
    """The fingerprint of a finding in a baseline."""
    return fingerprint(relative_to(finding, baseline))


def relative_to(finding: Finding, baseline: str) -> Finding:
    """A finding whose file name is relative to the folder of a baseline."""
    return finding._replace(file=path_from(finding.file, os.path.dirname(os.path.abspath(baseline))))


def mark_at(record: Any, path: Pointer) -> str:
    """A digest of the scalar value at a path; empty for an object or a list."""
    try:
        value = at(record, path)
    except (KeyError, IndexError, TypeError):
        return ""
    if not isinstance(value, str | int | float | None):  # a list, an object, or what could not be parsed
        return ""
    import json  # as in `_digest`

    return _digest(json.dumps(value).encode())[:16]


def _digest(data: bytes) -> str:
    from hashlib import sha256  # only a run with findings pays for the import

    return sha256(data).hexdigest()


def path_from(file: str | os.PathLike[str], folder: str | os.PathLike[str] = os.curdir) -> str:
    """A path relative to a folder, with slashes."""
    try:
        path = os.path.relpath(file, folder)
    except ValueError:  # On Windows, no relative path leads to another drive.
        path = os.fspath(file)
    return path.replace(os.sep, "/")
