"""The records of a run that can be exported: those that are valid, and whose ids are theirs alone."""

import sqlite3
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from diplomatic_events.checking import Checker
from diplomatic_events.findings import Report, Severity
from diplomatic_events.inputs.paths import Inputs
from diplomatic_events.inputs.records import RawRecord, records
from diplomatic_events.inputs.search import failure
from diplomatic_events.jsontext.parse import parse
from diplomatic_events.options import Options
from diplomatic_events.report.formats import concise
from diplomatic_events.report.formats.style import Style, visible
from diplomatic_events.schema.structure import Held, hold
from diplomatic_events.schema.walker import Found

MOST_TOLD: Final = 100
"""Of so many records it is told why they are not exported; the others are only counted."""


_MOST_FAULTS: Final = 3


class Sound(NamedTuple):
    """A record that can be exported, and where it stands."""

    file: str
    line: int
    value: dict[str, Any]
    found: Found


class SoundRecords:
    """Reads records, and tells which of them are not exported, and why.

    ``exported`` and ``refused`` count them; ``failures`` are the files that could not be read. ``version`` is the version
    of the schema that a record may have, or an older one of the same line.
    """

    def __init__(self, options: Options, version: str, tell: Callable[[str], None]) -> None:
        self.exported = self.refused = 0
        self.failures: list[str] = []
        self._options = options._replace(select=("json", "schema"))
        self._checker = Checker(self._options)
        self._version = version
        self._tell = tell
        self._ids = sqlite3.connect("")  # a temporary file, of which only a part stays in memory
        self._ids.execute("CREATE TABLE records (id TEXT PRIMARY KEY, home TEXT) WITHOUT ROWID")

    def read(self, inputs: Inputs, stdin: BinaryIO | None = None) -> Iterator[Sound]:
        """The sound records of files, one after the other."""
        self.failures += inputs.failures
        for source in inputs.files:
            try:
                for raw in records(source, stdin, self._options.max_bytes):
                    sound = self._sound(raw, source.folder)
                    if isinstance(sound, Sound):
                        self.exported += 1
                        yield sound
                    else:
                        self.refused += 1
                        if self.refused <= MOST_TOLD:
                            self._tell(sound)
            except OSError as error:
                self.failures.append(failure(source.name, error))

    def _sound(self, raw: RawRecord, folder: Path | None) -> Sound | str:
        """A record, or why it is not exported."""
        options = self._options
        home = f"{visible(raw.file)}:{raw.line}"
        value: Any = None if raw.fault else parse(raw.data, options.max_bytes, options.max_depth).value
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
        return Sound(raw.file, raw.line, value, held.found)

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
