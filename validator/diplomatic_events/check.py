"""The check, whole: raw records → JSON → version → schema → rules → findings with their places → report."""

import os
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

from diplomatic_events import rules  # importing json_rules enters its rules
from diplomatic_events.findings import DiplomaticEventsError, Finding, Issue, NotChecked, Report, Severity
from diplomatic_events.inputs.reading import Input, Inputs, RawRecord, records
from diplomatic_events.jsontext import json_rules  # noqa: F401  # importing json_rules enters its rules
from diplomatic_events.jsontext.parse import DEFAULT_MAX_BYTES, DEFAULT_MAX_DEPTH, UNPARSED, Parsed, parse
from diplomatic_events.report import across  # importing json_rules enters its rules
from diplomatic_events.report.baseline import NO_BASELINE, Baseline
from diplomatic_events.report.placing import Placer
from diplomatic_events.report.suppress import Filter, Ignored, Suppression
from diplomatic_events.rulebook import RULES
from diplomatic_events.rulebook import select as select_rules
from diplomatic_events.rules import corpus
from diplomatic_events.rules.record import Record
from diplomatic_events.schema import dispatch  # importing json_rules enters its rules
from diplomatic_events.schema.catalogue import Catalogue, catalogue
from diplomatic_events.schema.plan import Shape
from diplomatic_events.schema.structure import Structure
from diplomatic_events.sources.texts import Cache, Texts

EVERYTHING: Final = "the schema and every rule"
UNKNOWN_RECORD: Final = "corpus/unknown-record"


@dataclass(frozen=True, slots=True)
class Options:
    """What a run checks, and how.

    ``select`` and ``ignore`` name rules or families; an empty ``select`` means all. ``severities`` gives rules another
    severity, or None to switch them off. ``schema_version`` is `auto` for the version that each record declares.
    ``max_findings`` and ``max_per_rule`` limit what a report holds; its totals stay true. ``ignored``,
    ``suppressions`` and ``baseline`` are what is let pass; ``today`` tells which suppressions have expired.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    schema_version: str = "auto"
    max_bytes: int = DEFAULT_MAX_BYTES
    max_depth: int = DEFAULT_MAX_DEPTH
    max_findings: int | None = None
    max_per_rule: int | None = None
    engine: str = "auto"
    catalogue: Catalogue = field(default_factory=catalogue)
    ignored: tuple[Ignored, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    today: date | None = None
    baseline: Baseline = NO_BASELINE


@dataclass(slots=True)
class Outcome:
    """What came of one record: its findings, and what could not be checked and why.

    ``more`` counts findings that are not told one by one. ``crash`` is a fault of our own; ``failure`` says why neither
    this record nor any that follows could be checked.
    """

    file: str | None = None
    findings: list[Finding] = field(default_factory=list)
    not_checked: list[tuple[str, str]] = field(default_factory=list)
    more: Counter[tuple[str, Severity]] = field(default_factory=Counter)
    crash: str | None = None
    failure: str | None = None
    record: str | None = None


Job = tuple[RawRecord, Path | None]
"""A record that is to be checked, and its folder."""


Each = Callable[["Checker", Iterator[Job]], Iterator[Outcome]]
"""A way to check many records: one after the other, or in several processes. The outcomes come in the same order."""


def one_by_one(checker: "Checker", jobs: Iterator[Job]) -> Iterator[Outcome]:
    """Check records in this process."""
    return (checker.check(raw, folder) for raw, folder in jobs)


def check(
    inputs: Inputs,
    options: Options | None = None,
    stdin: BinaryIO | None = None,
    *,
    each: Each = one_by_one,
    watch: Callable[[RawRecord], None] | None = None,
) -> Report:
    """Check files and report on all of them together.

    Files that cannot be read stand in the report's ``failures``; the others are checked all the same. ``each`` is how
    the records are checked, and ``watch`` is told of each as it is read.

    Raises:
        DiplomaticEventsError: An option names a rule, a version or an engine that there is not.
    """
    checker = Checker(options or Options())
    run = Run(checker.options, len(inputs.files), list(inputs.failures), inputs.folders)
    for outcome in each(checker, _jobs(inputs, run, stdin, watch or (lambda _: None))):
        run.add(outcome)
    run.add(checker.across(inputs.files), records=0)
    return run.report()


def _jobs(inputs: Inputs, run: "Run", stdin: BinaryIO | None, watch: Callable[[RawRecord], None]) -> Iterator[Job]:
    """Every record of the files, and the folder that its source texts lie in."""
    for source in inputs.files:
        folder = source.folder
        run.begin(source.name)
        try:
            for raw in records(source, stdin, run.options.max_bytes):
                watch(raw)
                yield raw, folder
        except OSError as error:
            run.fail(f"{source.name}: {error.strerror or error}".replace("\n", " "), source.name)


def check_bytes(data: bytes, *, name: str = "<record>", folder: Path | None = None,
                options: Options | None = None) -> Report:  # fmt: skip
    """Check one record. ``folder`` is where its ``textFile`` paths lead from; without it they cannot be followed.

    Raises:
        DiplomaticEventsError: An option names a rule, a version or an engine that there is not.
    """
    checker = Checker(options or Options())
    run = Run(checker.options, files=1)
    run.begin(name)
    run.add(checker.check(RawRecord(name, data), folder))
    return run.report()


class Checker:
    """The check of one record after the other, with everything that is compiled once."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._chosen = _chosen(options)
        self._wanted = frozenset(RULES) - _unwanted(options)
        self._severities = {id: options.severities.get(id) or rule.severity for id, rule in RULES.items()}
        self._compiled: dict[str, tuple[Structure, Shape]] = {}
        self._texts: Cache = {}
        self.index = corpus.Index()
        if options.schema_version != "auto":
            self._for_version(options.schema_version)

    def check(self, raw: RawRecord, folder: Path | None) -> Outcome:
        """Everything that is to be said of one record. The record itself is never changed.

        A fault of our own is noted in the outcome, so that the other records are checked all the same.
        """
        outcome = Outcome(raw.file)
        try:
            self._check(raw, folder, outcome)
        except DiplomaticEventsError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is, it must not cost the findings of other records
            outcome.crash = _crash(raw, error)
        return outcome

    def _check(self, raw: RawRecord, folder: Path | None, outcome: Outcome) -> None:
        parsed = (
            parse(raw.data, max_bytes=self.options.max_bytes, max_depth=self.options.max_depth)
            if raw.whole
            else Parsed(UNPARSED)
        )
        issues: list[tuple[str, Issue]] = [raw.fault] if raw.fault else []
        texts = Texts(folder, self._texts)
        chosen = self._chosen
        if parsed.value is UNPARSED:
            chosen = self._wanted  # What keeps a record from being checked is told whatever was selected.
            outcome.not_checked.append((EVERYTHING, "the file could not be read as JSON"))
        elif isinstance(version := self._version(parsed.value), str):
            issues += self._judge(raw, parsed.value, version, texts, outcome)
        else:
            chosen = self._wanted
            outcome.not_checked.append((EVERYTHING, "no known version of the schema is declared"))
            issues.append(version)
        placer = Placer(raw, parsed.value)
        outcome.record = placer.record
        for fault in parsed.faults:
            if fault.rule in chosen:
                outcome.findings.append(placer.fault(fault, self._severities[fault.rule]))
        for rule, number in parsed.omitted:
            if rule in chosen:
                outcome.more[rule, self._severities[rule]] += number
        outcome.findings += placer.issues(
            [(rule, self._severities[rule], issue) for rule, issue in issues if rule in chosen]
        )

    def across(self, inputs: Iterable[Input]) -> Outcome:
        """What only shows when all records checked so far are held side by side."""
        outcome = Outcome()
        chosen = self._chosen
        if self.index.size == 1 and self.index.links and UNKNOWN_RECORD in chosen:
            chosen -= {UNKNOWN_RECORD}
            outcome.not_checked.append((UNKNOWN_RECORD, "it was checked alone"))
        found = corpus.run(self.index, chosen)
        outcome.findings += across.place(found, self._severities, inputs, self.options.max_bytes)
        return outcome

    def _version(self, value: Any) -> str | tuple[str, Issue]:
        return dispatch.declared(value, self.options.catalogue, self.options.schema_version)

    def _judge(
        self, raw: RawRecord, value: Any, version: str, texts: Texts, outcome: Outcome
    ) -> list[tuple[str, Issue]]:
        structure, shape = self._for_version(version)
        judgement = structure.judge(value)
        record = Record(value, shape, texts, partial(structure.fault_at, value), frozenset(judgement.broken))
        if not judgement.broken:
            self.index.add(value, corpus.Home(raw.file, raw.line))
        elif isinstance(value.get("id"), str):
            self.index.note(value["id"])

        def failed(rule: str, error: Exception) -> None:
            outcome.crash = outcome.crash or _crash(raw, error, f"{rule}: ")

        found, skipped = rules.record.run(record, self._chosen, failed)
        outcome.not_checked += skipped
        if record.cites_without_text():
            outcome.not_checked.append(("evidence", "its source has no text"))
        return judgement.issues + found

    def _for_version(self, version: str) -> tuple[Structure, Shape]:
        if version not in self._compiled:
            structure = Structure(self.options.catalogue, version, self.options.engine)
            self._compiled[version] = (structure, Shape(structure.schema))
        return self._compiled[version]


def _crash(raw: RawRecord, error: Exception, where: str = "") -> str:
    """A fault of our own: a line that says what happened, and the lines that say how."""
    trace = "".join(traceback.format_exception(error))
    return f"{raw.file}:{raw.line}: {where}{type(error).__name__}: {error}\n{trace}"


def _chosen(options: Options) -> frozenset[str]:
    named = select_rules(options.select, "--select") if options.select else frozenset(RULES)
    chosen = named - _unwanted(options)
    if not chosen:
        raise DiplomaticEventsError("no rule is left to check", help="select rules that are neither ignored nor off")
    return chosen


def _unwanted(options: Options) -> frozenset[str]:
    """The rules that are left out by name."""
    off = {rule for rule, severity in options.severities.items() if severity is None}
    return select_rules(options.ignore, "--ignore") | off


@dataclass(slots=True)
class Run:
    """What a run has found so far."""

    options: Options
    files: int = 0
    failures: list[str] = field(default_factory=list)
    folders: Iterable[str] = ()
    _records: int = 0
    _findings: list[Finding] = field(default_factory=list)
    _totals: Counter[tuple[str, Severity]] = field(default_factory=Counter)
    _per_rule: Counter[str] = field(default_factory=Counter)
    _not_checked: Counter[tuple[str, str]] = field(default_factory=Counter)
    _clean: dict[str, bool] = field(default_factory=dict)
    _crashes: list[str] = field(default_factory=list)
    _last: str | None = None
    _filter: Filter = field(init=False)
    _chosen: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        options = self.options
        self._chosen = _chosen(options)
        self._filter = Filter(
            options.ignored,
            options.suppressions,
            options.today,
            options.baseline.counts,
            options.baseline.mark,
            # What a rule across records finds in one may rest on another, which need not be part of the run.
            judged=frozenset(rule for rule in self._chosen if RULES[rule].family != "corpus"),
            folders=self.folders,
        )

    def begin(self, file: str) -> None:
        """Note that a file is being read."""
        self._clean[file] = True
        self._filter.read(file)

    def fail(self, failure: str, *files: str) -> None:
        """Note that something could not be done, and the files that were not read to their end for it."""
        self.failures.append(failure)
        self._clean.update(dict.fromkeys(files, False))

    def add(self, outcome: Outcome, *, records: int = 1) -> None:
        """Take in what came of one record, or of all of them together."""
        if outcome.failure is not None:
            self.fail(outcome.failure, *self._unfinished())
            return
        self._records += records
        self._last = outcome.file or self._last
        for (rule, severity), number in outcome.more.items():
            if self._filter.passes_more(rule, outcome.file or "", outcome.record, number):
                self._totals[rule, severity] += number
        self._not_checked.update(dict.fromkeys(outcome.not_checked, 1))
        if outcome.record is not None:
            self._filter.seen(outcome.record)
        if outcome.crash:
            self._crashes.append(outcome.crash)
            self._clean[outcome.file or ""] = False
        for finding in filter(self._filter.passes, outcome.findings):
            self._take(finding)

    def _unfinished(self) -> list[str]:
        """The files of which some record may not have been checked: the one of the last outcome, and those behind it."""
        files = list(self._clean)
        return files[files.index(self._last) :] if self._last in self._clean else files

    def _take(self, finding: Finding) -> None:
        self._clean[finding.file] = False
        self._totals[finding.rule, finding.severity] += 1
        self._per_rule[finding.rule] += 1
        if self.options.max_per_rule is None or self._per_rule[finding.rule] <= self.options.max_per_rule:
            self._findings.append(finding)

    def report(self) -> Report:
        """The findings in order of file, place and rule."""
        for finding in self._filter.leftovers():
            if finding.rule in self._chosen:
                severity = self.options.severities.get(finding.rule) or finding.severity
                self._take(finding._replace(severity=severity))
        findings = sorted(self._findings, key=_order)
        return Report(
            findings=tuple(_cut(findings, self.options.max_findings)),
            files=self.files,
            records=self._records,
            clean_files=tuple(file for file, clean in self._clean.items() if clean),
            not_checked=tuple(
                NotChecked(what, reason, number) for (what, reason), number in sorted(self._not_checked.items())
            ),
            failures=tuple(self.failures),
            crashes=tuple(self._crashes),
            suppressed=self._filter.suppressed,
            baselined=self._filter.baselined,
            totals=dict(self._totals),
        )


def _cut(findings: list[Finding], most: int | None) -> list[Finding]:
    """At most so many findings, in their order: where some must be left out, rather warnings and notes than errors."""
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


def check_paths(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], options: Options | None = None
) -> Report:
    """Check files, folders and globs: what the command does. A text or a path that stands alone is one path.

    A path that leads nowhere is no finding: it stands in the report's ``failures``, and the report is not ``ok``.

    Raises:
        DiplomaticEventsError: An option names a rule, a version or an engine that there is not.
    """
    from diplomatic_events.inputs.reading import expand

    each = [paths] if isinstance(paths, str | os.PathLike) else paths
    return check(expand(os.fspath(path) for path in each), options)
