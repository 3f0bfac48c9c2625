"""The records of a run that can be exported: those that are valid, and whose ids are theirs alone."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from diplomatic_events.checking import Checker
from diplomatic_events.findings import Report, Severity
from diplomatic_events.inputs.paths import Input, Inputs
from diplomatic_events.inputs.records import Part, RawRecord
from diplomatic_events.inputs.search import NO_RECORD, failure
from diplomatic_events.jsontext.parse import UNPARSED, parse
from diplomatic_events.options import Options
from diplomatic_events.reading import records_in
from diplomatic_events.report.formats import concise
from diplomatic_events.report.formats.style import Style, visible
from diplomatic_events.schema.structure import Held, hold
from diplomatic_events.schema.walker import Found

MOST_REPORTED: Final = 100
"""At most this many records are named with the reason why they are not exported; the others are only counted."""


_MOST_FAULTS: Final = 3


class Sound(NamedTuple):
    """A record that can be exported, and where it stands."""

    file: str
    line: int
    value: dict[str, Any]
    found: Found


class SoundRecords:
    """Reads records, and reports which of them are not exported, and why.

    ``exported`` and ``refused`` count them, ``passed_over`` the files of folders that show no sign of being records;
    ``failures`` are those that could not be read. ``version`` is the newest version of the schema that a record may have.
    """

    def __init__(self, options: Options, version: str, report: Callable[[str], None]) -> None:
        self.exported = self.refused = self.passed_over = 0
        self.failures: list[str] = []
        self._options = options._replace(select=("json", "schema"))
        self._checker = Checker(self._options)
        self._version = version
        self._report = report
        self._ids = sqlite3.connect("")  # a temporary file, of which only a part stays in memory
        self._ids.execute("CREATE TABLE records (id TEXT PRIMARY KEY, home TEXT) WITHOUT ROWID")

    def read(self, inputs: Inputs, stdin: BinaryIO | None = None) -> Iterator[Sound]:
        """The sound records of files, one after the other."""
        self.failures += inputs.failures
        with closing(self._ids):
            for source in inputs.files:
                try:
                    for raw in records_in(Part(source), stdin, self._options):
                        if (sound := self._taken(raw, source)) is not None:
                            yield sound
                except OSError as error:
                    self.failures.append(failure(source.name, error))
        if self.passed_over and not (self.exported or self.refused or inputs.allow_empty):
            self.failures.append(NO_RECORD)

    def _taken(self, raw: RawRecord, source: Input) -> Sound | None:
        """A record, unless it is not exported, which is counted."""
        if raw.passed_over:
            self.passed_over += 1
            return None
        options = self._options
        value: Any = UNPARSED if raw.fault else parse(raw.data, options.max_bytes, options.max_depth).value
        sound = self._sound(raw, value, source.folder)
        if isinstance(sound, Sound):
            self.exported += 1
            return sound
        self.refused += 1
        if self.refused <= MOST_REPORTED:
            self._report(sound)
        return None

    def _sound(self, raw: RawRecord, value: Any, folder: Path | None) -> Sound | str:
        """A record, or why it is not exported."""
        options = self._options
        home = f"{visible(raw.file)}:{raw.line}"
        held = hold(value, options.catalogue, options.schema_version, options.engine)
        if not isinstance(held, Held) or not held.valid:
            return f"{self._faults(raw, folder)}error: {home}: it is not valid, so it is not exported"
        if not _is_at_most(value["schemaVersion"], self._version):
            return (
                f"error: {home}: it is written for version {value['schemaVersion']} of the schema, and the tables for "
                f"{self._version}\n  help: `diplomatic-events migrate --to {self._version}` changes that"
            )
        if held.found.doubles:
            double = visible(held.found.doubles[0][0])
            return f"error: {home}: two of its entries have the id `{double}`, so it is not exported"
        try:
            self._ids.execute("INSERT INTO records VALUES (?, ?)", (value["id"], home))
        except sqlite3.IntegrityError:
            (first,) = self._ids.execute("SELECT home FROM records WHERE id = ?", (value["id"],)).fetchone()
            return f"error: {home}: it has the id `{value['id']}` of {first}, so it is not exported"
        file = os.fsencode(raw.file).decode("utf-8", "backslashreplace")  # a name need not be UTF-8
        return Sound(file, raw.line, value, held.found)

    def _faults(self, raw: RawRecord, folder: Path | None) -> str:
        """The first faults of a record, in a line for each; `check` reports all."""
        checked = self._checker.check(raw, folder)
        if checked.crash:
            raise RuntimeError(checked.crash)
        if checked.lost:
            return f"error: {visible(checked.lost)}\n"
        errors = (finding for finding in checked.findings if finding.severity is Severity.ERROR)
        return concise.render(Report(tuple(islice(errors, _MOST_FAULTS)), files=1, records=1), Style())


def _is_at_most(version: str, newest: str) -> bool:
    """Whether every property of a version is one of the newest version too: within a major version they are only added."""
    major, minor = version.split(".")
    newest_major, newest_minor = newest.split(".")
    return major == newest_major and int(minor) <= int(newest_minor)
