"""The tally of a run: what has been found so far, counted, filtered and finally sorted."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from diplomatic_events.findings import Finding, NotChecked, Report, Severity
from diplomatic_events.inputs.paths import Input
from diplomatic_events.inputs.records import RawRecord, records
from diplomatic_events.inputs.search import failure, refusal
from diplomatic_events.options import Options
from diplomatic_events.report.suppress import Filter

Job = tuple[RawRecord, Path | None]
"""A record to check, and the folder of its source texts."""


class Checked:
    """The result for one record: its findings, and what could not be checked and why.

    ``more`` counts findings that are not listed. ``crash`` is a fault of our own; ``lost`` says what the system refused, so
    that not all of this record could be checked; ``failure`` says why neither this record nor any after it could be checked.
    """

    def __init__(
        self,
        file: str | None = None,
        findings: Iterable[Finding] = (),
        not_checked: Iterable[tuple[str, str]] = (),
        failure: str | None = None,
    ) -> None:
        self.file = file
        self.findings = list(findings)
        self.not_checked = list(not_checked)
        self.more: Counter[tuple[str, Severity]] = Counter()
        self.crash: str | None = None
        self.lost: str | None = None
        self.failure = failure
        self.record: str | None = None

    def crashed(self, raw: RawRecord, error: Exception, where: str = "") -> None:
        """Note the first fault of our own (a line that says what happened, then its traceback), or what the system refused."""
        if (refused := refusal(error)) is not None:
            self.lost = self.lost or failure(f"{raw.file}:{raw.line}", f"it could not be checked: {refused}")
            return
        import traceback  # only a fault of our own pays for the import

        trace = "".join(traceback.format_exception(error))
        self.crash = self.crash or f"{raw.file}:{raw.line}: {where}{type(error).__name__}: {error}\n{trace}"


class Tally:
    """What a run has found so far.

    Args:
        options: What the run checks, and what it lets through.
        files: How many files it checks.
        failures: What could not be read before the run began.
        folders: The folders that it was given to check as a whole.
    """

    def __init__(
        self, options: Options, files: int = 1, failures: Iterable[str] = (), folders: Iterable[str] = ()
    ) -> None:
        self._options = options
        self._files = files
        self._failures = list(failures)
        self._records = 0
        self._findings: list[Finding] = []
        self._totals: Counter[tuple[str, Severity]] = Counter()
        self._per_rule: Counter[str] = Counter()
        self._not_checked: Counter[tuple[str, str]] = Counter()
        self._clean: dict[str, bool] = {}
        self._crashes: list[str] = []
        self._last: str | None = None
        self._filter = Filter(options, folders)

    def jobs(self, files: Iterable[Input], stdin: BinaryIO | None, watch: Callable[[RawRecord], None]) -> Iterator[Job]:
        """Every record of some files; what cannot be read is noted."""
        for file in files:
            self.begin(file.name)
            try:
                for raw in records(file, stdin, self._options.max_bytes):
                    watch(raw)
                    yield raw, file.folder
            except OSError as error:
                self.fail(failure(file.name, error), file.name)
            except MemoryError:
                self.fail(failure(file.name, "there is not enough memory to read it"), file.name)

    def begin(self, file: str) -> None:
        """Note that a file is being read."""
        self._clean[file] = True
        self._filter.read(file)

    def fail(self, failure: str, *files: str) -> None:
        """Note that something could not be done, and the files that were therefore not read to the end."""
        self._failures.append(failure)
        self._clean.update(dict.fromkeys(files, False))

    def add(self, checked: Checked, *, records: int = 1) -> None:
        """Add the result for one record, or for all of them together."""
        if checked.failure is not None:
            self.fail(checked.failure, *self._unfinished())
            return
        self._records += records
        self._last = checked.file or self._last
        for (rule, severity), number in checked.more.items():
            if self._filter.passes_more(rule, checked.file or "", checked.record, number):
                self._totals[rule, severity] += number
        self._not_checked.update(dict.fromkeys(checked.not_checked, 1))
        if checked.record is not None:
            self._filter.seen(checked.record, checked.file or "")
        if checked.crash:
            self._crashes.append(checked.crash)
            self._clean[checked.file or ""] = False
        if checked.lost:
            self.fail(checked.lost, checked.file or "")
        for finding in filter(self._filter.passes, checked.findings):
            self._take(finding)

    def _unfinished(self) -> list[str]:
        """The files with records that may not have been checked: that of the last record, and those after it."""
        files = list(self._clean)
        return files[files.index(self._last) :] if self._last in self._clean else files

    def _take(self, finding: Finding) -> None:
        self._clean[finding.file] = False
        self._totals[finding.rule, finding.severity] += 1
        self._per_rule[finding.rule] += 1
        most = self._options.max_per_rule
        if most is None or self._per_rule[finding.rule] <= most:
            self._findings.append(finding)

    def report(self) -> Report:
        """The report, with its findings in order of file, place and rule."""
        for finding in self._filter.leftovers():
            self._take(finding._replace(severity=self._options.severity(finding.rule)))
        findings = sorted(self._findings, key=_order)
        return Report(
            findings=tuple(_cut(findings, self._options.max_findings)),
            files=self._files,
            records=self._records,
            clean_files=tuple(file for file, clean in self._clean.items() if clean),
            not_checked=tuple(
                NotChecked(what, reason, number) for (what, reason), number in sorted(self._not_checked.items())
            ),
            failures=tuple(self._failures),
            crashes=tuple(self._crashes),
            suppressed=self._filter.suppressed,
            baselined=self._filter.baselined,
            totals=dict(self._totals),
        )


def _cut(findings: list[Finding], most: int | None) -> list[Finding]:
    """At most ``most`` findings, in order: notes and warnings are left out before errors."""
    if most is None or len(findings) <= most:
        return findings
    worst = sorted(range(len(findings)), key=lambda index: -findings[index].severity.rank)[:most]
    return [findings[index] for index in sorted(worst)]


def _order(finding: Finding) -> tuple[str, int, int, str, str, str]:
    place = finding.place
    return (
        finding.file,
        place.line if place else finding.record_line or 0,
        place.column if place else 0,
        finding.rule,
        finding.pointer or "",
        finding.message,
    )
