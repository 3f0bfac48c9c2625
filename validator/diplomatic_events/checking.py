"""The whole check: raw records → JSON → version → schema → rules → findings with their places → report."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, BinaryIO

from diplomatic_events.findings import DiplomaticEventsError, Interrupted, Issue, Report
from diplomatic_events.inputs.paths import Input, Inputs
from diplomatic_events.inputs.records import Part, RawRecord
from diplomatic_events.inputs.search import NO_RECORD, failure
from diplomatic_events.jsontext.parse import UNPARSED, Parsed, parse_quickly, verified
from diplomatic_events.options import Options
from diplomatic_events.reading import records_in
from diplomatic_events.report.placing import Locate, place, place_across, spots_in_files
from diplomatic_events.report.run import Checked, Tally
from diplomatic_events.rulebook import Rule
from diplomatic_events.rules import ACROSS_RECORDS, OF_RECORDS, OF_VALUES, corpus
from diplomatic_events.rules.index import Home, Index
from diplomatic_events.rules.record import Record, concerning, run
from diplomatic_events.schema.structure import Held, Judgement, hold, structure
from diplomatic_events.sources.texts import Cache, Texts
from diplomatic_events.stages import Stages

Each = Callable[["Checker", Iterable[Input], BinaryIO | None], Iterator[Checked]]
"""A way to check many files: one after the other, or in several processes. The results keep their order."""


def one_by_one(checker: "Checker", files: Iterable[Input], stdin: BinaryIO | None) -> Iterator[Checked]:
    """Check files in this process."""
    return (checked for file in files for checked in checker.check_part(Part(file), stdin))


def check_inputs(
    inputs: Inputs,
    options: Options | None = None,
    stdin: BinaryIO | None = None,
    *,
    each: Each = one_by_one,
    watch: Callable[[int], None] = lambda _: None,
) -> Report:
    """Check files and report on all of them together.

    Files that cannot be read are in the report's ``failures``; the others are still checked. ``each`` is how the files
    are checked, and ``watch`` is called with the number of bytes that were checked since it was last called.

    Raises:
        DiplomaticEventsError: An option names a rule, a version or an engine that does not exist.
        Interrupted: The user has interrupted the check.
    """
    checker = Checker(options or Options())
    stages, timed = checker.stages.seconds, checker.stages.timed
    tally = Tally(checker.options, (file.name for file in inputs.files), inputs.failures, inputs.folders)
    try:
        for checked in each(checker, inputs.files, stdin):
            watch(checked.size)
            timed("report", tally.add)(checked)
        tally.add(
            timed("across records", checker.across)(partial(spots_in_files, inputs.files, checker.options.max_bytes))
        )
    except KeyboardInterrupt as interrupt:
        tally.interrupted()
        raise Interrupted(tally.report()._replace(stages=stages)) from interrupt
    report = timed("report", tally.report)()._replace(stages=stages)
    if report.passed_over and not (report.files or inputs.allow_empty):
        return report._replace(failures=(*report.failures, NO_RECORD))
    return report


class Checker:
    """Checks records one by one, with what they share. ``texts`` finds the texts of their sources; ``more`` are rules that
    are in no table.
    """

    def __init__(
        self, options: Options, texts: Callable[[Path | None, Cache], Texts] = Texts, more: Iterable[Rule] = ()
    ) -> None:
        self.options = options
        self.index = Index()
        self.stages = Stages(options.clock)
        self._chosen = options.chosen()
        self._rules = {id: rule for id, rule in OF_RECORDS.items() if id in self._chosen} | {
            one.id: one for one in more
        }
        self._concerning = lru_cache(maxsize=1024)(partial(concerning, self._rules))
        self._severities = {rule: options.severity(rule) for rule in self._chosen} | {
            one.id: one.severity for one in more
        }
        self._severities_of_all = {rule: options.severity(rule) for rule in options.not_switched_off()}
        self._texts = texts
        self._read: Cache = {}
        if options.schema_version != "auto":
            structure(options.catalogue, options.schema_version, options.engine)

    def check_part(self, part: Part, stdin: BinaryIO | None = None) -> Iterator[Checked]:
        """The findings in each record of a file or of a part of it, and what could not be read."""
        name = part.source.name
        try:
            read = records_in(part, stdin, self.options)
            for raw in iter(self.stages.timed("reading", partial(next, read, None)), None):
                yield self.check(raw, part.source.folder)
        except OSError as error:
            yield Checked(name, records=0, lost=failure(name, error))
        except MemoryError:
            yield Checked(name, records=0, lost=failure(name, "there is not enough memory to read it"))

    def check(self, raw: RawRecord, folder: Path | None) -> Checked:
        """All findings in one record, which is never changed.

        A fault of the program itself is noted, and the other records are still checked.
        """
        checked = Checked(raw.file, size=len(raw.data) + raw.of_lines)
        if raw.passed_over:
            checked.records, checked.passed_over = 0, True
            return checked
        try:
            self._check(raw, self._texts(folder, self._read), checked)
        except DiplomaticEventsError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever the error is, the other records are still checked
            checked.crashed(raw, error)
        return checked

    def _check(self, raw: RawRecord, texts: Texts, checked: Checked) -> None:
        options, severities, timed = self.options, self._severities, self.stages.timed
        parse = timed("parsing", parse_quickly)
        parsed = Parsed(UNPARSED) if raw.fault else parse(raw.data, options.max_bytes, options.max_depth)
        held = hold(parsed.value, options.catalogue, options.schema_version, options.engine, timed)
        if not (isinstance(held, Held) and held.is_bounded(options.max_depth)):
            parsed = timed("parsing", verified)(parsed, raw.data, options.max_depth)
        if parsed.value is UNPARSED:
            issues, unread = [raw.fault] if raw.fault else [], "the file could not be read as JSON"
        elif isinstance(held, Held):
            issues, unread = self._judge(raw, parsed.value, held, texts, checked), None
        else:
            issues, unread = [held], "no known version of the schema is declared"
        if unread:
            severities = self._severities_of_all  # What keeps a record from being checked is always reported.
            checked.not_checked.append(("the schema and every rule", unread))
            self.index.note(None)
        timed("report", place)(checked, raw, parsed, issues, severities)

    def _judge(
        self, raw: RawRecord, value: dict[str, Any], held: Held, texts: Texts, checked: Checked
    ) -> list[tuple[str, Issue]]:
        """The issues of the schema and of the rules."""
        timed = self.stages.timed
        judgement = Judgement() if held.valid else timed("schema", held.schema.explain)(value)
        if judgement.broken:
            self.index.note(value.get("id"))
        else:
            timed("across records", self.index.add)(value, Home(raw.file, raw.line))
        if judgement.cut:
            checked.not_checked.append(("the rest of the record", "it breaks the schema too often"))
            return judgement.issues
        record = Record(value, held.schema, held.found, texts, frozenset(judgement.broken), OF_VALUES, raw.data)
        rules = self._rules if record.broken else self._concerning(record.has)
        ran = timed("rules", run)(record, rules, partial(checked.crashed, raw), self.options.most_of_record)
        checked.not_checked = ran.not_checked
        for rule, number in ran.more.items():
            checked.more[rule, self._severities[rule]] += number
        issues = judgement.issues + ran.issues
        if self.options.hints:
            from diplomatic_events.report.hints import hinted  # only a repair asks for them

            return hinted(issues, record)
        return issues

    def across(self, locate: Locate) -> Checked:
        """What shows only when all records checked so far are compared."""
        found, skipped = corpus.run(self.index, self._chosen, ACROSS_RECORDS)
        findings = list(place_across(found, self.options.severity, locate))
        return Checked(records=0, findings=findings, not_checked=skipped, lost=self.index.fault)
