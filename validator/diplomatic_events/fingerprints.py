"""What makes a finding the same finding in the next run, though lines and positions have moved."""

import os
from hashlib import sha256

from diplomatic_events.findings import Finding


def fingerprint(finding: Finding) -> str:
    """Thirty-two hexadecimal digits from rule, file, record, place in the record and message.

    The place is told by ids where there are some, so a record or an entry that is inserted above changes nothing.
    """
    place = finding.anchor if finding.anchor is not None else finding.pointer or ""
    parts = (finding.rule, finding.file, finding.record or "", place, finding.message)
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def told_from(file: str | os.PathLike[str], folder: str | os.PathLike[str] = os.curdir) -> str:
    """A path as somebody in a folder would write it, with slashes."""
    try:
        path = os.path.relpath(file, folder)
    except ValueError:  # On Windows, nothing leads from one drive to another.
        path = os.fspath(file)
    return path.replace(os.sep, "/")
