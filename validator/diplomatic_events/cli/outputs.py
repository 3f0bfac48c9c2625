"""The files that a run is to write: it never writes over what it reads, unless an earlier run has left that there."""

import os
import re
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from diplomatic_events.findings import DiplomaticEventsError

_BEGINNING: Final = 4096
_OURS: Final = re.compile(
    rb"""\s*+ (?: \Z
    | \{ \s*+ "(?:baselineVersion|reportVersion)"
    | \{ \s*+ "\$schema": \s*+ "[^"]*/(?:report\.schema|sarif-schema-2\.1\.0)\.json"
    | \{ \s*+ "rule":
    | \[ \s*+ (?: \] | \{ \s*+ "description": )
    | <\?xml [^>]*+ > \s*+ <testsuites [ ] name="diplomatic-events"
    )""",
    re.VERBOSE,
)
"""How a baseline and a report for programs begin. No record begins so, and neither does a file that has one on each line."""


class Outputs:
    """The files that a run is to write, as far as they are there already. A file is the same under any name."""

    def __init__(self, names: Iterable[str]) -> None:
        self._there: dict[str, os.stat_result] = {}
        for name in names:
            status = _status(name)
            if status is not None and stat.S_ISREG(status.st_mode):
                self._there[name] = status

    def replaces(self, path: str | int) -> bool:
        """Whether a file that is to be read is an earlier report or baseline, in whose place the new one comes.

        Raises:
            DiplomaticEventsError: It is anything else, and would be overwritten.
        """
        name = self._leading_to(path)
        if name is not None and not _is_ours(name):
            raise _refusal(name, path, "a file that is to be read")
        return name is not None

    def spare(self, path: str, what: str) -> None:
        """Refuse to write over a certain file.

        Raises:
            DiplomaticEventsError: It would be overwritten.
        """
        name = self._leading_to(path)
        if name is not None:
            raise _refusal(name, path, what)

    def spare_texts(self, name: str, texts: Iterable[str]) -> None:
        """Refuse to write one of the files over the texts of sources.

        Raises:
            DiplomaticEventsError: One of them would be overwritten.
        """
        if name in self._there:
            for path in texts:
                if self._leads_to(name, path):
                    raise _refusal(name, path, "the text of a source")

    def _leading_to(self, path: str | int) -> str | None:
        return next((name for name in self._there if self._leads_to(name, path)), None)

    def _leads_to(self, name: str, path: str | int) -> bool:
        status = _status(path)
        return status is not None and os.path.samestat(status, self._there[name])


def _status(path: str | int) -> os.stat_result | None:
    try:
        return os.stat(path)
    except (OSError, ValueError):
        return None


def _is_ours(name: str) -> bool:
    try:
        with open(name, "rb") as file:
            return _OURS.match(file.read(_BEGINNING)) is not None
    except OSError:
        return False


def _refusal(name: str, path: str | int, what: str) -> DiplomaticEventsError:
    also = "" if isinstance(path, int) or Path(path) == Path(name) else f" ({Path(path).as_posix()})"
    return DiplomaticEventsError(f"--output {name} would overwrite {what}{also}", help="write to another file")
