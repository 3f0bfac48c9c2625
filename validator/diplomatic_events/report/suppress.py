"""Findings that a configuration or a baseline takes as known, and those that tell when it no longer fits."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from diplomatic_events.findings import Finding, Region, Severity
from diplomatic_events.options import Options, Suppression
from diplomatic_events.report.fingerprints import fingerprint_in
from diplomatic_events.rulebook import Rule
from diplomatic_events.rules import ACROSS_RECORDS
from diplomatic_events.rules.config import EXPIRED_SUPPRESSION, UNUSED_SUPPRESSION


class Filter:
    """Lets through what is new. It remembers which suppressions were of use, among those that could have been.

    ``folders`` are those that the run was given to check, whole.
    """

    def __init__(self, options: Options, folders: Iterable[str] = ()) -> None:
        self._options = options
        self._suppressions = options.suppressions
        self._used: set[int] = set()
        self._known = Counter(options.baseline.counts)
        # What a rule across records finds in one may rest on another, which need not be part of the run.
        self._chosen = options.chosen()
        self._judged = frozenset(rule for rule in self._chosen if rule not in ACROSS_RECORDS)
        self._within: dict[str, set[int]] = defaultdict(set)
        for number, entry in enumerate(options.suppressions):
            if entry.record is None:
                for path in (entry.scope, *Path(entry.scope).parents):
                    self._within[str(path)].add(number)
        self._met: set[int] = set()
        self._files: set[int] = set()
        self._whole: set[int] = set()
        for folder in folders:
            self._cover(folder)
        self.suppressed = 0
        self.baselined = 0

    def read(self, file: str) -> None:
        """Note that a file is read, so that the suppressions of rules that hold there should be of use."""
        judged = self._judged_in(file)
        for number, entry in enumerate(self._suppressions):
            if entry.matches is None or entry.matches(file):
                if entry.record is None:
                    self._met.add(number)
                if entry.rules & judged:
                    self._files.add(number)
        self._cover(file)

    def _judged_in(self, file: str) -> frozenset[str]:
        """The rules that hold for a file, of those that look at one record by itself."""
        return self._judged.difference(*(entry.rules for entry in self._options.ignored if entry.matches(file)))

    def _cover(self, path: str) -> None:
        """Note that everything at a path is part of the run, and so all that some suppressions can match."""
        self._whole.update(self._within.get(os.path.abspath(path), ()))

    def seen(self, record: str, file: str) -> None:
        """Note that a record was there, so that its suppressions of rules that hold there should be of use."""
        for number, entry in enumerate(self._suppressions):
            if entry.record == record and (entry.matches is None or entry.matches(file)):
                self._met.add(number)
            if entry.record == record and entry.rules & self._judged_in(file):
                self._whole.add(number)

    def passes(self, finding: Finding) -> bool:
        """Whether a finding is to be reported."""
        return self._is_wanted(finding, 1) and self._is_new(finding)

    def passes_more(self, rule: str, file: str, record: str | None, count: int, event_type: str | None = None) -> bool:
        """Whether findings that are only counted, without their places, are to be reported. A baseline has none."""
        counted = Finding(
            rule=rule, severity=Severity.WARNING, message="", file=file, record=record, event_type=event_type
        )
        return self._is_wanted(counted, count)

    def _is_wanted(self, finding: Finding, count: int) -> bool:
        """Whether neither an exception for the file nor a suppression covers a finding, of which there are so many."""
        if any(finding.rule in entry.rules and entry.matches(finding.file) for entry in self._options.ignored):
            return False
        for number, suppression in enumerate(self._suppressions):
            if suppression.covers(finding):
                self._used.add(number)
                if not self._expired(suppression):
                    self.suppressed += count
                    return False
        return True

    def _is_new(self, finding: Finding) -> bool:
        if not self._known:
            return True
        mark = fingerprint_in(finding, self._options.baseline.file)
        if self._known[mark] == 0:
            return True
        self._known[mark] -= 1
        self.baselined += 1
        return False

    def _expired(self, suppression: Suppression) -> bool:
        today = self._options.today
        return today is not None and suppression.expires is not None and suppression.expires < today

    def leftovers(self) -> list[Finding]:
        """A finding for each suppression of something in this run that has expired or was of no use."""
        found: list[Finding] = []
        for number, suppression in enumerate(self._suppressions):
            if self._expired(suppression):
                # Of what is for one type of event, nobody has noted whether there was any.
                is_there = number in self._met if suppression.event_type is None else number in self._used
                if not is_there:
                    continue
                message = f"the suppression of `{suppression.named}` expired on {suppression.expires}"
                found.append(
                    _finding(
                        EXPIRED_SUPPRESSION, suppression, message, "look at the finding again, then renew or remove it"
                    )
                )
            elif number not in self._used and self._could_have_been_of_use(number):
                message = f"the suppression of `{suppression.named}` suppresses nothing"
                found.append(_finding(UNUSED_SUPPRESSION, suppression, message, "remove it, or correct what it names"))
        return [finding for finding in found if finding.rule in self._chosen and self._is_new(finding)]

    def _could_have_been_of_use(self, number: int) -> bool:
        """Whether all that a suppression can match was part of the run, and there was some of it."""
        return number in self._files and number in self._whole


def _finding(rule: Rule, suppression: Suppression, message: str, help: str) -> Finding:
    place = Region(suppression.line, 1, suppression.line, 1)
    return Finding(rule=rule.id, severity=rule.severity, message=message, file=suppression.file, help=help, place=place)
