"""The files that a run writes: it overwrites only what is visibly an earlier report or baseline of ours."""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Literal

from diplomatic_events.edit.writing import expect_file, is_stream, write_file
from diplomatic_events.findings import DiplomaticEventsError

_HEAD: Final = 4096
_TAIL: Final = 65_536

_BASELINE: Final = rb"""\{ \s*+ "baselineVersion":"""
_REPORT: Final = rb"""
      \{ \s*+ (?: "\$schema": \s*+ "[^"]*+(?:(?<=/report\.schema\.json)|(?<=/repair\.schema\.json))" | "reportVersion": )
    | \{ \s*+ "\$schema": \s*+ "[^"]*+(?<=/sarif-schema-2\.1\.0\.json)" [^]]*? "name": [ ] "diplomatic-events"
    | \{ "rule":
    | \[ \s*+ (?: \] | \{ \s*+ "description": )
    | <\?xml [^>]*+ > \s*+ <testsuites [ ] name="diplomatic-events"
    | <!DOCTYPE [ ] html> [^\0]*? <meta [ ] name="generator" [ ] content="diplomatic-events [ ]
    | [^\n]+? : [ ] (?: error | warning | note ) \[ [a-z]++ / [a-z0-9-]++ \] [ ]
    """
"""How reports begin: json, sarif, jsonl, gitlab, junit, html and concise."""
_SUMMARY: Final = rb"""
    ^ (?: Checked [ ] [0-9,]++ [ ] files?, [ ] [0-9,]++ [ ] records? (?: [ ] in [ ] [0-9.]++ [ ] s )?
      | Measured [ ] [0-9,]++ [ ] records?, [ ] [0-9,]++ [ ] texts? ) : [ ] [^\n]++ \n
    (?: [0-9,]++ [ ] fixable [ ] [^\n]++ \n )?+
    (?: Not [ ] (?: shown | checked | measured ) : [ ] [^\n]++ \n )*+ \Z
    """
"""How text reports, and github, end."""
_EXPORT: Final = rb"""
      BEGIN:VCALENDAR \r\n (?: (?!BEGIN) [^\n]*+ \n )*? PRODID:-//diplomatic-events//
    | \{ "@context": [ ] "http://www\.w3\.org/ns/anno\.jsonld", [ ] "id": [ ] "tag:w3id\.org,2026:diplomatic-events/
    """
"""How exported calendars and annotations begin."""


def spare_others(names: Sequence[str], kind: Literal["report", "baseline", "export"]) -> None:
    """Refuse to overwrite a file that an earlier run has not visibly written, unless it is empty.

    Raises:
        DiplomaticEventsError: Such a file would be overwritten, one file would be written twice, or a folder, a pipe or
            a device is named.
    """
    files = [os.path.abspath(name) for name in names]
    for number, name in enumerate(names):
        if files[number] in files[:number]:
            raise DiplomaticEventsError(f"two reports would be written to {name}", help="give each a file of its own")
        try:
            expect_file(name)
        except OSError as error:
            raise DiplomaticEventsError(f"--output {name} cannot be written: {error.strerror or error}") from error
        if os.path.isfile(name) and not is_stream(name) and not _is_earlier(name, kind):
            raise DiplomaticEventsError(
                f"--output {name} would overwrite a file that is not an earlier {kind}",
                help="remove that file first, or write to another one",
            )


def _is_earlier(name: str, kind: str) -> bool:
    try:
        with open(name, "rb") as file:
            head = file.read(_HEAD)
            file.seek(max(0, os.fstat(file.fileno()).st_size - _TAIL))
            tail = file.read(_TAIL)
    except OSError:
        return False
    if not head:
        return True
    if kind == "baseline":
        return re.match(_BASELINE, head, re.VERBOSE) is not None
    if kind == "export":
        return re.match(_EXPORT, head, re.VERBOSE) is not None
    return bool(re.match(_REPORT, head, re.VERBOSE) or re.search(_SUMMARY, tail, re.VERBOSE | re.MULTILINE))


def same_as(names: Iterable[str]) -> Callable[[str], bool]:
    """A test whether a path leads to one of some files, under any name; missing files match nothing."""
    there = {found for name in names if (found := _identity(name)) is not None}
    return lambda path: bool(there) and _identity(path) in there


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def write(name: str, text: str) -> None:
    """Write a file as UTF-8.

    Raises:
        DiplomaticEventsError: It cannot be written.
    """
    try:
        write_file(name, text.encode("utf-8", "backslashreplace"))
    except (OSError, ValueError) as error:  # a configured name may contain NUL, which no file name can
        reason = error.strerror if isinstance(error, OSError) else None
        raise DiplomaticEventsError(f"{name} cannot be written: {reason or error}") from error
