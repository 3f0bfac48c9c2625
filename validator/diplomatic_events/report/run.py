"""The tally of a run: what has been found so far, counted, filtered and finally sorted."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from diplomatic_events.findings import Finding, NotChecked, Report, Severity
from diplomatic_events.inputs.records import RawRecord
from diplomatic_events.inputs.search import failure, refusal
from diplomatic_events.options import Options
from diplomatic_events.report.suppress import Filter

_MOST_CRASHES: Final = 100
"""So many faults of our own are reported: one record after the other may have the same."""

_INTERRUPTED: Final = (
    "the check was interrupted: what it had not reached, and what shows only across records, is not in this report"
)


class Checked:
    """The result for one record, or for several that have no findings: what was found, and what was not checked and why.

    ``more`` counts findings that are not listed. ``crash`` is a fault of our own; ``lost`` says what the system refused, so
    that not everything could be checked; ``failure`` says why neither this nor anything after it could be checked.
    ``size`` is how many bytes were read. What shows no sign of being a record is ``passed_over``.
    """

    def __init__(
        self,
        file: str | None = None,
        *,
        records: int = 1,
        size: int = 0,
        findings: Iterable[Finding] = (),
        not_checked: Iterable[tuple[str, str]] = (),
        crash: str | None = None,
        lost: str | None = None,
        failure: str | None = None,
        record: str | None = None,
    ) -> None:
        self.file = file
        self.records = records
        self.size = size
        self.findings = list(findings)
        self.not_checked = list(not_checked)
        self.more: defaultdict[tuple[str, Severity], int] = defaultdict(int)
        self.crash = crash
        self.lost = lost
        self.failure = failure
        self.record = record
        self.passed_over = False

    @property
    def is_clean(self) -> bool:
        """Whether everything was checked and nothing found."""
        return not (
            self.findings
            or self.not_checked
            or self.more
            or self.crash
            or self.lost
            or self.failure
            or self.passed_over
        )

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
        files: The files that it checks, in their order.
        failures: What could not be read before the run began.
        folders: The folders that it was given to check as a whole.
    """

    def __init__(
        self, options: Options, files: Iterable[str], failures: Iterable[str] = (), folders: Iterable[str] = ()
    ) -> None:
        self._options = options
        self._failures = list(failures)
        self._records = 0
        self._size = 0
        self._findings: list[Finding] = []
        self._totals: Counter[tuple[str, Severity]] = Counter()
        self._per_rule: Counter[str] = Counter()
        self._not_checked: Counter[tuple[str, str]] = Counter()
        self._clean = dict.fromkeys(files, True)
        self._crashes: list[str] = []
        self._last: str | None = None
        self._passed_over = 0
        self._is_whole = True
        self._filter = Filter(options, folders)
        for file in self._clean:
            self._filter.read(file)

    def interrupted(self) -> None:
        """Note that the user has ended the run."""
        self.cut_short(_INTERRUPTED)

    def cut_short(self, failure: str) -> None:
        """Note why nothing after the last record is checked."""
        files = list(self._clean)  # of the last one, there may be more records
        self._fail(failure, files[files.index(self._last) :] if self._last in self._clean else files)
        self._is_whole = False

    def _fail(self, failure: str, files: Iterable[str]) -> None:
        """Note that something could not be done, and the files that were therefore not checked to the end."""
        self._failures.append(failure)
        self._clean.update(dict.fromkeys(files, False))

    def add(self, checked: Checked) -> None:
        """Add the result for some records, or for all of them together."""
        if checked.failure is not None:
            self.cut_short(checked.failure)
            return
        self._records += checked.records
        self._size += checked.size
        self._last = checked.file or self._last
        if checked.passed_over:
            self._passed_over += 1
            self._clean.pop(checked.file or "", None)
            return
        event_type = next((finding.event_type for finding in checked.findings), None)
        for (rule, severity), number in checked.more.items():
            if self._filter.passes_more(rule, checked.file or "", checked.record, number, event_type):
                self._totals[rule, severity] += number
        self._not_checked.update(dict.fromkeys(checked.not_checked, 1))
        if checked.record is not None:
            self._filter.seen(checked.record, checked.file or "")
        if checked.crash:
            self._clean[checked.file or ""] = False
            if len(self._crashes) < _MOST_CRASHES:
                self._crashes.append(checked.crash)
        if checked.lost:
            self._fail(checked.lost, [checked.file or ""])
        for finding in filter(self._filter.passes, checked.findings):
            self._take(finding)

    def _take(self, finding: Finding) -> None:
        self._clean[finding.file] = False
        self._totals[finding.rule, finding.severity] += 1
        self._per_rule[finding.rule] += 1
        most = self._options.max_per_rule
        if most is None or self._per_rule[finding.rule] <= most:
            self._findings.append(finding)

    def report(self) -> Report:
        """The report, with its findings in order of file, place and rule."""
        for finding in self._filter.leftovers() if self._is_whole else ():
            self._take(finding._replace(severity=self._options.severity(finding.rule)))
        findings = sorted(self._findings, key=_order)
        return Report(
            findings=tuple(_cut(findings, self._options.max_findings)),
            files=len(self._clean),
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
            size=self._size,
            passed_over=self._passed_over,
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
