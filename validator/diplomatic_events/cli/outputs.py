"""The files that a run writes: it writes over nothing but what is visibly an earlier report or baseline of ours."""

import os
import re
from collections.abc import Callable, Iterable
from typing import Final, Literal

from diplomatic_events.edit.writing import expect_file, is_stream
from diplomatic_events.findings import DiplomaticEventsError

_HEAD: Final = 4096
_TAIL: Final = 65_536

_BASELINE: Final = re.compile(rb"""\{ \s*+ "baselineVersion":""", re.VERBOSE)
_REPORT: Final = re.compile(
    rb"""
      \{ \s*+ (?: "\$schema": \s*+ "[^"]*+(?<=/report\.schema\.json)" | "reportVersion": )
    | \{ \s*+ "\$schema": \s*+ "[^"]*+(?<=/sarif-schema-2\.1\.0\.json)" [^]]*? "name": [ ] "diplomatic-events"
    | \{ "rule":
    | \[ \s*+ (?: \] | \{ \s*+ "description": )
    | <\?xml [^>]*+ > \s*+ <testsuites [ ] name="diplomatic-events"
    | <!DOCTYPE [ ] html> [^\0]*? <meta [ ] name="generator" [ ] content="diplomatic-events [ ]
    | [^\n]+? : [ ] (?: error | warning | note ) \[ [a-z]++ / [a-z0-9-]++ \] [ ]
    """,
    re.VERBOSE,
)
"""How reports begin: json, sarif, jsonl, gitlab, junit, html and concise."""
_SUMMARY: Final = re.compile(
    rb"""
    ^ (?: Checked [ ] [0-9,]++ [ ] files?, [ ] [0-9,]++ [ ] records? (?: [ ] in [ ] [0-9.]++ [ ] s )?
      | Measured [ ] [0-9,]++ [ ] records?, [ ] [0-9,]++ [ ] texts? ) : [ ] [^\n]++ \n
    (?: Not [ ] (?: shown | checked | measured ) : [ ] [^\n]++ \n )*+ \Z
    """,
    re.VERBOSE | re.MULTILINE,
)
"""How reports for people, and github, end."""


def spare_others(name: str, kind: Literal["report", "baseline"] = "report") -> None:
    """Refuse to write over a file that is not visibly what an earlier run has written, unless it is empty.

    Raises:
        DiplomaticEventsError: It would be overwritten, or is a folder, a pipe or a device.
    """
    try:
        expect_file(name)
    except OSError as error:
        raise DiplomaticEventsError(f"--output {name} cannot be written: {error.strerror or error}") from error
    if os.path.isfile(name) and not is_stream(name) and not _is_earlier(name, kind):
        raise DiplomaticEventsError(
            f"--output {name} would overwrite a file that is no earlier {kind}",
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
        return _BASELINE.match(head) is not None
    return bool(_REPORT.match(head) or _SUMMARY.search(tail))


def same_as(names: Iterable[str]) -> Callable[[str], bool]:
    """Whether a path leads to one of some files, under whatever name; those that are not there are none."""
    there = {found for name in names if (found := _identity(name)) is not None}
    return lambda path: bool(there) and _identity(path) in there


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
