"""`check --fix`: the files in which something can be fixed, with the fixes made, one round after the other.

Fixes that touch each other are made in different rounds. After each, the record is checked again, and a fix that adds a
finding is taken back. So a second run changes nothing.
"""

import gzip
import io
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable
from typing import BinaryIO, Final, NamedTuple

from diplomatic_events.checking import Checker
from diplomatic_events.edit.changes import applied
from diplomatic_events.edit.diffs import unified_diff
from diplomatic_events.edit.replacing import Replacement, read_file
from diplomatic_events.findings import FileFix, Finding, Report, Severity
from diplomatic_events.inputs.paths import Input
from diplomatic_events.inputs.records import Part, RawRecord
from diplomatic_events.inputs.search import failure
from diplomatic_events.options import MOST_OF_RECORD, Options
from diplomatic_events.reading import records_in
from diplomatic_events.report.run import Checked
from diplomatic_events.report.suppress import Filter
from diplomatic_events.rulebook import Rule
from diplomatic_events.rules import RULES
from diplomatic_events.rules.evidence import not_verbatim, without_offsets

_GZIP: Final = b"\x1f\x8b"

_MOST_REFUSED: Final = 25
"""In one round, so many fixes of a record may turn out to add a finding; each costs a few checks of the record."""

_MOST_ROUNDS: Final = 100

_ADD_OFFSETS: Final = Rule(
    "evidence/no-offsets", severity=Severity.NOTE, needs=not_verbatim.needs, apart=not_verbatim.apart,
    bad={}, good={}, at="", says="",
)(without_offsets)  # fmt: skip
"""Takes part where offsets are to be added. It is no rule, and nobody reads what it finds: offsets are optional."""


class Request(NamedTuple):
    """Which fixes to make, and whether only to show them. ``offsets`` adds those of quotes that have none."""

    unsafe: bool = False
    offsets: bool = False
    diff: bool = False

    def makes(self, fix: FileFix | None) -> bool:
        """Whether a fix is to be made."""
        return fix is not None and (fix.safe or self.unsafe)


class Made:
    """What was done: numbers for the user, what has become of standard input, and what could not be done."""

    def __init__(self, stdin: bytes | None) -> None:
        self.stdin = stdin
        self.fixed = self.added = self.refused = 0
        self.files: set[str] = set()
        self.diff = b""
        self.failures: list[str] = []
        self.crashes: list[str] = []


def fix_found(
    files: Iterable[Input],
    options: Options,
    request: Request,
    stdin: BinaryIO | None,
    check: Callable[[Options, BinaryIO | None], Report],
) -> tuple[Report, Made]:
    """Make the fixes for what a check of files finds, and report on the files as they are then.

    Only files in which something can be fixed are read again, or all if offsets are to be added. Findings that are
    suppressed or known from a baseline stay.

    Raises:
        DiplomaticEventsError: An option names a rule, a version or an engine that does not exist.
        Interrupted: The user has interrupted a check. Each file is wholly as it was, or wholly fixed.
    """
    made = Made(None if stdin is None else stdin.read())

    def again(options: Options) -> Report:
        return check(options, None if made.stdin is None else io.BytesIO(made.stdin))

    wide = options._replace(max_findings=None, max_per_rule=MOST_OF_RECORD)
    report, fixer, seen = again(wide), _Fixer(options, request, made), set[str]()
    while True:
        named = {finding.file for finding in report.findings if request.makes(finding.fix)}
        left = [file for file in files if file.name not in seen and (request.offsets or file.name in named)]
        if not left:
            break
        seen |= {file.name for file in left}
        changed = [file for file in left if fixer.fix(file)]
        if request.diff:
            break
        report = again(wide) if changed else report
    if wide != options:
        report = again(options)
    was_made = request.makes if not request.diff else lambda _: False
    findings = (row._replace(fix=None) if was_made(row.fix) else row for row in report.findings)
    failures, crashes = (*report.failures, *made.failures), dict.fromkeys((*report.crashes, *made.crashes))
    return report._replace(findings=tuple(findings), failures=failures, crashes=tuple(crashes)), made


class _Fixer:
    """Makes the fixes in one file after the other."""

    def __init__(self, options: Options, request: Request, made: Made) -> None:
        self._options = options._replace(clock=None)
        self._request = request
        self._made = made
        self._checker = Checker(self._options, more=[_ADD_OFFSETS] if request.offsets else ())
        self._refused = 0

    def fix(self, source: Input) -> bool:
        """Make the fixes in a file; whether there were any."""
        try:
            data, stamp = (self._made.stdin or b"", None) if source.path is None else read_file(source.path)
            raws = list(records_in(Part(source._replace(path=None)), io.BytesIO(data), self._options))
            if any(raw.fault for raw in raws):
                return False
            fixed = [(raw, new) for raw in raws if (new := self._record(source, raw)) != raw.data]
            if not fixed:
                return False
            # Not earlier: behind a record that is too long, and so has no fix, the file may be damaged.
            old = gzip.decompress(data) if data.startswith(_GZIP) else data
            new = _replaced(old, fixed)
            self._made.files.add(source.name)
            if self._request.diff:
                self._made.diff += unified_diff(source.name, old, new)
                return True
            # Without a time stamp, the same record gives the same bytes.
            content = gzip.compress(new, mtime=0) if data.startswith(_GZIP) else new
            if source.path is None or stamp is None:
                self._made.stdin = content
            else:
                Replacement(source.path, content, stamp).commit()
        except OSError as error:
            self._made.failures.append(failure(source.name, error))
            return False
        return True

    def _record(self, source: Input, raw: RawRecord) -> bytes:
        """A record with all fixes that add no finding."""
        found = self._check(source, raw)
        if found.crash:
            self._made.crashes.append(found.crash)
            return raw.data
        for _ in range(_MOST_ROUNDS):
            self._refused = 0
            chosen = self._accepted(source, raw, found, [], _apart(self._wanted(found)))
            if not chosen:
                break
            raw = _with(raw, chosen)
            found = self._check(source, raw)
            added = sum(finding.rule == _ADD_OFFSETS.id for finding in chosen)
            self._made.added += added
            self._made.fixed += len(chosen) - added
        self._made.refused += self._refused
        return raw.data

    def _check(self, source: Input, raw: RawRecord) -> Checked:
        checked = self._checker.check(raw, source.folder)
        self._checker.index.taken()  # records are not compared
        return checked

    def _wanted(self, found: Checked) -> list[Finding]:
        """The findings that are to be fixed: not those that a configuration or a baseline lets through."""
        fixable = [finding for finding in found.findings if self._request.makes(finding.fix)]
        if not fixable:
            return []
        passes = Filter(self._options).passes
        reported = {id(finding) for finding in found.findings if finding.rule in RULES and passes(finding)}
        return [finding for finding in fixable if finding.rule not in RULES or id(finding) in reported]

    def _accepted(
        self, source: Input, raw: RawRecord, before: Checked, taken: list[Finding], more: list[Finding]
    ) -> list[Finding]:
        """Some findings whose fixes add no finding, and as many of others as also add none."""
        if not more or self._refused >= _MOST_REFUSED:
            return taken
        after = self._check(source, _with(raw, [*taken, *more]))
        if not _is_worse(before, after, [*taken, *more]):
            return [*taken, *more]
        if len(more) == 1:
            self._refused += 1
            return taken
        half = len(more) // 2
        taken = self._accepted(source, raw, before, taken, more[:half])
        return self._accepted(source, raw, before, taken, more[half:])


def _replaced(old: bytes, fixed: list[tuple[RawRecord, bytes]]) -> bytes:
    """A file with other bytes in place of some records, in their order."""
    parts: list[bytes] = []
    end = 0
    for raw, new in fixed:
        parts += [old[end : raw.offset], new]
        end = raw.offset + len(raw.data)
    return b"".join([*parts, old[end:]])


def _with(raw: RawRecord, findings: Iterable[Finding]) -> RawRecord:
    edits = [edit for finding in findings if finding.fix for edit in finding.fix.edits]
    return raw._replace(data=applied(raw.data, [(edit.start, edit.end, edit.text) for edit in edits], raw.offset))


def _apart(findings: Iterable[Finding]) -> list[Finding]:
    """Findings whose fixes do not touch one another, the first ones in the file."""
    taken: list[tuple[int, int]] = []
    apart: list[Finding] = []
    for finding in sorted(findings, key=lambda finding: finding.fix.edits[0].start if finding.fix else 0):
        spans = [(edit.start, edit.end) for edit in finding.fix.edits] if finding.fix else []
        if spans and not any(_touches(span, taken) for span in spans):
            apart.append(finding)
            for span in spans:
                insort(taken, span)
    return apart


def _touches(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    """Whether a span touches one of some that are apart, in order."""
    at = bisect_left(taken, span)
    return any(other[0] <= span[1] and span[0] <= other[1] for other in taken[max(0, at - 1) : at + 1])


def _is_worse(before: Checked, after: Checked, fixed: list[Finding]) -> bool:
    """Whether there is a finding that was not there before, or one that should be gone.

    What a rule finds that could not look at everything before was there, and is only seen now, unless it is where something
    was changed.
    """
    if after.crash or after.lost:
        return True
    blind = {what for what, _ in before.not_checked}
    if any(" " in what for what in blind):  # not single rules or families, but the rest of the record
        return False
    expected = _counted(before) - Counter(finding.rule for finding in fixed)
    added = (_counted(after) - expected).keys()
    changed = [finding.pointer or "" for finding in fixed]
    near = {found.rule for found in after.findings if found.rule in added and _is_near(found.pointer or "", changed)}
    return not added <= blind or bool(added & near)


def _is_near(place: str, changed: list[str]) -> bool:
    """Whether a place is one that was changed, or is in it or around it."""
    return any(f"{place}/".startswith(f"{other}/") or f"{other}/".startswith(f"{place}/") for other in changed)


def _counted(checked: Checked) -> Counter[str]:
    """How many findings of each rule there are; a quote without offsets is none."""
    counts = Counter(finding.rule for finding in checked.findings if finding.rule in RULES)
    for (rule, _), number in checked.more.items():
        counts[rule] += number
    return counts
