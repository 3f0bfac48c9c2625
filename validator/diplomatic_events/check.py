"""The check, whole: raw records → JSON → version → schema → rules → findings with their places → report."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from diplomatic_events.findings import DiplomaticEventsError, Issue, Report
from diplomatic_events.inputs.paths import Input, Inputs, expand
from diplomatic_events.inputs.records import RawRecord
from diplomatic_events.jsontext.parse import UNPARSED, Parsed, parse
from diplomatic_events.options import Options
from diplomatic_events.report.placing import place, place_across
from diplomatic_events.report.run import Checked, Job, Tally
from diplomatic_events.rules import ACROSS_RECORDS, OF_RECORDS, OF_VALUES, corpus
from diplomatic_events.rules.record import Record, run
from diplomatic_events.schema.structure import OtherValues, structure
from diplomatic_events.schema.version import declared
from diplomatic_events.sources.texts import Cache, Texts

Each = Callable[["Checker", Iterator[Job]], Iterator[Checked]]
"""A way to check many records: one after the other, or in several processes. What comes of them keeps their order."""


def one_by_one(checker: "Checker", jobs: Iterator[Job]) -> Iterator[Checked]:
    """Check records in this process."""
    return (checker.check(raw, folder) for raw, folder in jobs)


def check_paths(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], options: Options | None = None
) -> Report:
    """Check files, folders and globs: what the command does. A text or a path that stands alone is one path.

    A path that leads nowhere is no finding: it stands in the report's ``failures``, and the report is not ``ok``.

    Raises:
        DiplomaticEventsError: An option names a rule, a version or an engine that does not exist.
    """
    each = [paths] if isinstance(paths, str | os.PathLike) else paths
    return check(expand(os.fspath(path) for path in each), options)


def check_bytes(
    data: bytes, *, name: str = "<record>", folder: Path | None = None, options: Options | None = None
) -> Report:
    """Check one record. ``folder`` is where its ``textFile`` paths lead from; without it they cannot be followed.

    Raises:
        DiplomaticEventsError: An option names a rule, a version or an engine that does not exist.
    """
    checker = Checker(options or Options())
    tally = Tally(checker.options)
    tally.begin(name)
    tally.add(checker.check(RawRecord(name, data), folder))
    return tally.report()


def check(
    inputs: Inputs,
    options: Options | None = None,
    stdin: BinaryIO | None = None,
    *,
    each: Each = one_by_one,
    watch: Callable[[RawRecord], None] = lambda _: None,
) -> Report:
    """Check files and report on all of them together.

    Files that cannot be read stand in the report's ``failures``; the others are checked all the same. ``each`` is how
    the records are checked, and ``watch`` is called with each as it is read.

    Raises:
        DiplomaticEventsError: An option names a rule, a version or an engine that does not exist.
    """
    checker = Checker(options or Options())
    tally = Tally(checker.options, len(inputs.files), inputs.failures, inputs.folders)
    for checked in each(checker, tally.jobs(inputs.files, stdin, watch)):
        tally.add(checked)
    tally.add(checker.across(inputs.files), records=0)
    return tally.report()


class Checker:
    """The check of one record after the other, with what they share."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.index = corpus.Index()
        self._chosen = options.chosen()
        self._texts: Cache = {}
        if options.schema_version != "auto":
            structure(options.catalogue, options.schema_version, options.engine)

    def check(self, raw: RawRecord, folder: Path | None) -> Checked:
        """Everything that is to be said of one record. The record itself is never changed.

        A fault of our own is noted, so that the other records are checked all the same.
        """
        checked = Checked(raw.file)
        try:
            self._check(raw, Texts(folder, self._texts), checked)
        except DiplomaticEventsError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is, it must not cost the findings of other records
            checked.crashed(raw, error)
        return checked

    def _check(self, raw: RawRecord, texts: Texts, checked: Checked) -> None:
        options, reported = self.options, self._chosen
        parsed = Parsed(UNPARSED) if raw.fault else parse(raw.data, options.max_bytes, options.max_depth)
        issues = [raw.fault] if raw.fault else []
        version = "" if parsed.value is UNPARSED else declared(parsed.value, options.catalogue, options.schema_version)
        if isinstance(version, str) and version:
            issues += self._judge(raw, parsed.value, version, texts, checked)
        else:
            reported = options.not_switched_off()
            self.index.note(None)
            issues += [version] if version else []
            reason = "no known version of the schema is declared" if version else "the file could not be read as JSON"
            checked.not_checked.append(("the schema and every rule", reason))
        place(checked, raw, parsed, issues, {rule: options.severity(rule) for rule in reported})

    def _judge(
        self, raw: RawRecord, value: dict[str, Any], version: str, texts: Texts, checked: Checked
    ) -> list[tuple[str, Issue]]:
        """The issues of the schema and of the rules."""
        schema = structure(self.options.catalogue, version, self.options.engine)
        judgement = schema.judge(value)
        if judgement.cut:
            self.index.note(value.get("id"))
            checked.not_checked.append(("the rest of the record", "it breaks the schema too often"))
            return judgement.issues
        if judgement.broken:
            self.index.note(value.get("id"))
        else:
            self.index.add(value, corpus.Home(raw.file, raw.line))
        judge = OtherValues(schema, value)
        record = Record(value, schema.plan, texts, judge, frozenset(judgement.broken), OF_VALUES)
        found, skipped = run(record, self._chosen, OF_RECORDS, partial(checked.crashed, raw))
        checked.not_checked += skipped
        checked.more.update({(rule, self.options.severity(rule)): number for rule, number in record.more.items()})
        return judgement.issues + found

    def across(self, inputs: Iterable[Input]) -> Checked:
        """What only shows when all records checked so far are held side by side."""
        checked = Checked()
        found, skipped = corpus.run(self.index, self._chosen, ACROSS_RECORDS)
        checked.not_checked += skipped
        checked.findings += place_across(found, self.options.severity, inputs, self.options.max_bytes)
        return checked
