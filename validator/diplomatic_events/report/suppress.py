"""Findings that a configuration or a baseline takes as known, and those that tell when it no longer fits."""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from diplomatic_events.findings import Finding, Place
from diplomatic_events.rulebook import WARNING, describe


class Ignored(NamedTuple):
    """Rules that do not hold for the files of a pattern."""

    matches: Callable[[str], bool]
    rules: frozenset[str]


class Suppression(NamedTuple):
    """A finding that someone has looked at and lets pass, with the reason and, if it has one, its last day.

    What is None matches anything; a pointer also matches what lies below it. ``scope`` is the folder or the file below
    which lies all that it can match. ``named`` is the rule as it was written, ``file`` and ``line`` tell where.
    """

    rules: frozenset[str]
    matches: Callable[[str], bool] | None
    record: str | None
    pointer: str | None
    reason: str
    expires: date | None
    scope: str
    named: str
    file: str
    line: int

    def covers(self, finding: Finding) -> bool:
        """Whether this is about a finding."""
        return (
            finding.rule in self.rules
            and (self.matches is None or self.matches(finding.file))
            and self.record in (None, finding.record)
            and (self.pointer is None or f"{finding.pointer or ''}/".startswith(f"{self.pointer}/"))
        )


class Filter:
    """Lets through what is new. It remembers which suppressions were of use, among those that could have been.

    ``today`` decides which suppressions have expired; without it none has. ``baseline`` has how many findings of each
    ``mark`` are known. ``judged`` are the rules of which the run can tell that they found nothing; without it, all.
    ``folders`` are those that the run was given to check, whole.
    """

    def __init__(
        self,
        ignored: tuple[Ignored, ...] = (),
        suppressions: tuple[Suppression, ...] = (),
        today: date | None = None,
        baseline: Mapping[str, int] | None = None,
        mark: Callable[[Finding], str] | None = None,
        judged: frozenset[str] | None = None,
        folders: Iterable[str] = (),
    ) -> None:
        self._ignored = ignored
        self._suppressions = suppressions
        self._used: set[int] = set()
        self._today = today
        self._known = Counter(baseline or {})
        self._mark = mark
        self._judged = judged
        self._within: dict[str, set[int]] = defaultdict(set)
        for number, entry in enumerate(suppressions):
            if entry.record is None:
                for path in (entry.scope, *Path(entry.scope).parents):
                    self._within[str(path)].add(number)
        self._files: set[int] = set()
        self._whole: set[int] = set()
        for folder in folders:
            self._cover(folder)
        self.suppressed = 0
        self.baselined = 0

    def read(self, file: str) -> None:
        """Note that a file is read, so that its suppressions should be of use."""
        for number, entry in enumerate(self._suppressions):
            if entry.matches is None or entry.matches(file):
                self._files.add(number)
        self._cover(file)

    def _cover(self, path: str) -> None:
        """Note that everything at a path is part of the run, and so all that some suppressions can match."""
        self._whole.update(self._within.get(os.path.abspath(path), ()))

    def seen(self, record: str) -> None:
        """Note that a record was there, so that its suppressions should be of use."""
        for number, entry in enumerate(self._suppressions):
            if entry.record == record:
                self._whole.add(number)

    def passes(self, finding: Finding) -> bool:
        """Whether a finding is to be reported."""
        return self._is_wanted(finding, 1) and self._is_new(finding)

    def passes_more(self, rule: str, file: str, record: str | None, count: int) -> bool:
        """Whether findings that are only counted, without their places, are to be reported. A baseline has none."""
        return self._is_wanted(Finding(rule=rule, severity=WARNING, message="", file=file, record=record), count)

    def _is_wanted(self, finding: Finding, count: int) -> bool:
        """Whether neither an exception for the file nor a suppression covers a finding, of which there are so many."""
        if any(finding.rule in entry.rules and entry.matches(finding.file) for entry in self._ignored):
            return False
        for number, suppression in enumerate(self._suppressions):
            if suppression.covers(finding):
                self._used.add(number)
                if not self._expired(suppression):
                    self.suppressed += count
                    return False
        return True

    def _is_new(self, finding: Finding) -> bool:
        if self._known and self._mark is not None:
            mark = self._mark(finding)
            if self._known[mark] > 0:
                self._known[mark] -= 1
                self.baselined += 1
                return False
        return True

    def _expired(self, suppression: Suppression) -> bool:
        return self._today is not None and suppression.expires is not None and suppression.expires < self._today

    def leftovers(self) -> list[Finding]:
        """A finding for each suppression that has expired or was of no use."""
        found: list[Finding] = []
        for number, suppression in enumerate(self._suppressions):
            if self._expired(suppression):
                message = f"the suppression of `{suppression.named}` expired on {suppression.expires}"
                found.append(
                    _finding(EXPIRED, suppression, message, "look at the finding again, then renew or remove it")
                )
            elif number not in self._used and self._could_have_been_of_use(number):
                message = f"the suppression of `{suppression.named}` suppresses nothing"
                found.append(_finding(UNUSED, suppression, message, "remove it, or correct what it names"))
        return [finding for finding in found if self._is_new(finding)]

    def _could_have_been_of_use(self, number: int) -> bool:
        """Whether all that a suppression can match was part of the run, and there was some of it."""
        judged = self._judged is None or self._suppressions[number].rules & self._judged
        return bool(judged) and number in self._files and number in self._whole


def _finding(rule: str, suppression: Suppression, message: str, help: str) -> Finding:
    place = Place(suppression.line, 1, suppression.line, 1)
    return Finding(rule=rule, severity=WARNING, message=message, file=suppression.file, help=help, place=place)


def _unused_suppression() -> None:
    """A suppression in the configuration suppresses nothing.

    What it was for has been mended, or it names the wrong thing; one day it would hide another fault.

    Remove it, or correct the rule, file, record or pointer that it names. It is judged only where its record was checked
    or, if it names none, where the command was given the whole folder in which the files lie that it may mean: without a
    file, that is the folder of the configuration. One of a rule across records is not judged.
    """


def _expired_suppression() -> None:
    """A suppression in the configuration has passed its last day.

    Somebody wanted the finding looked at again by then.

    Look at the finding again. Mend it, or set another day in `expires`.
    """


_USED: Final = b"""\
[[suppress]]
rule = "dates/no-such-day"
record = "geneva-talks"
reason = "The source itself names this day."
"""
_PAST: Final = b"""\
[[suppress]]
rule = "dates/no-such-day"
reason = "The source itself names this day."
expires = 2021-12-31
"""
_NONE: Final = b"# no suppression\n"
UNUSED: Final = describe(
    "config/unused-suppression", _unused_suppression.__doc__, severity=WARNING, bad=_USED, good=_NONE, at="",
).id  # fmt: skip
EXPIRED: Final = describe(
    "config/expired-suppression", _expired_suppression.__doc__, severity=WARNING, bad=_PAST, good=_NONE, at="",
).id  # fmt: skip
