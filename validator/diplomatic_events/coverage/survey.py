"""The coverage of many files: each record is checked against JSON and the schema, and measured if it is valid."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

from diplomatic_events.checking import Checker
from diplomatic_events.coverage.measure import Coverage, SourceCoverage, cover, together
from diplomatic_events.findings import Finding, Severity
from diplomatic_events.inputs.paths import Inputs
from diplomatic_events.inputs.records import Part, RawRecord
from diplomatic_events.inputs.search import NO_RECORD, failure
from diplomatic_events.jsontext.parse import parse
from diplomatic_events.options import Options
from diplomatic_events.reading import records_in
from diplomatic_events.schema.structure import Structure, structure
from diplomatic_events.schema.version import MISSING_VERSION, NOT_AN_OBJECT, UNKNOWN_VERSION
from diplomatic_events.sources.texts import Cache, Texts


@dataclass(frozen=True, slots=True)
class Measured:
    """A record that was measured: its place, its value and what its evidence covers."""

    file: str
    line: int | None
    value: dict[str, Any]
    schema: Structure
    coverage: Coverage

    @property
    def name(self) -> str:
        """The record's file, with its line where each line is a record."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def text_name(self, source: SourceCoverage) -> str:
        """Where the text of a source is: a file, or a place in the record."""
        return source.file or f"{self.name}#{source.pointer}/text"


@dataclass(frozen=True, slots=True)
class Survey:
    """The records of a run, what could not be measured, and how many files of folders show no sign of being records."""

    files: int
    records: tuple[Measured, ...]
    failures: tuple[str, ...]
    passed_over: int = 0

    @property
    def texts(self) -> Iterator[tuple[Measured, SourceCoverage]]:
        """Every text once, with the first record that has it."""
        once = {source.text: (record, source) for record, source in reversed(list(self.sources)) if source.text}
        return reversed(once.values())

    @property
    def sources(self) -> Iterator[tuple[Measured, SourceCoverage]]:
        """Every source, with its record."""
        return ((record, source) for record in self.records for source in record.coverage.sources)

    def below(self, percent: Fraction) -> list[tuple[Measured, SourceCoverage]]:
        """The texts that are covered less than ``percent``."""
        return [(record, source) for record, source in self.texts if not source.reaches(percent)]


def survey(inputs: Inputs, stdin: BinaryIO | None = None, options: Options | None = None) -> Survey:
    """Measure every record of some files, and name those that cannot be read or measured.

    Several records of one text are measured together: what none of them quotes is uncovered in each. The limits, the schema
    version and the engine of ``options`` apply.
    """
    surveyor = Surveyor(options or Options())
    failures = list(inputs.failures)
    measured: list[Measured] = []
    passed_over = 0
    for source in inputs.files:
        try:
            for raw in records_in(Part(source), stdin, surveyor.options):
                if raw.passed_over:
                    passed_over += 1
                    continue
                found = surveyor.measure(raw, source.folder)
                if isinstance(found, Measured):
                    measured.append(found)
                    failures += (
                        f"{found.name}: {part.no_text}, so the source `{part.id}` could not be measured"
                        for part in found.coverage.sources
                        if part.fault
                    )
                else:
                    failures.append(found)
        except OSError as error:
            failures.append(failure(source.name, error))
    if passed_over and passed_over == len(inputs.files) and not inputs.allow_empty:
        failures.append(NO_RECORD)
    return Survey(len(inputs.files) - passed_over, _united(measured), tuple(failures), passed_over)


def _united(records: list[Measured]) -> tuple[Measured, ...]:
    """The same records, in which every text is measured with what all of them quote from it."""
    sharing: dict[str, list[tuple[Measured, SourceCoverage]]] = defaultdict(list)
    for record in records:
        for source in record.coverage.sources:
            if source.text is not None:
                sharing[source.text].append((record, source))
    united: dict[int, SourceCoverage] = {}
    for several in sharing.values():
        if len(several) > 1:
            names = tuple(dict.fromkeys(record.name for record, _ in several))
            sources = [source for _, source in several]
            united.update(zip(map(id, sources), together(sources, names), strict=True))
    return tuple(
        replace(
            record,
            coverage=replace(
                record.coverage, sources=tuple(united.get(id(source), source) for source in record.coverage.sources)
            ),
        )
        for record in records
    )


class Surveyor:
    """Measures one record after the other, and keeps what is compiled or read once."""

    def __init__(self, options: Options) -> None:
        self.options = options._replace(select=("json", "schema"))
        self._checker = Checker(self.options)
        self._read: Cache = {}

    def measure(self, raw: RawRecord, folder: Path | None) -> Measured | str:
        """What evidence covers in a record, or why it cannot be measured."""
        line = raw.line if raw.of_lines else None
        name = raw.file if line is None else f"{raw.file}:{line}"
        checked = self._checker.check(raw, folder)
        if checked.crash:
            raise RuntimeError(checked.crash)
        if checked.lost:
            return checked.lost
        if errors := [finding for finding in checked.findings if finding.severity is Severity.ERROR]:
            return f"{name}: {_unmeasured(errors)}"
        options = self.options
        value = parse(raw.data, options.max_bytes, options.max_depth).value
        version = value["schemaVersion"] if options.schema_version == "auto" else options.schema_version
        schema = structure(options.catalogue, version, options.engine)
        return Measured(raw.file, line, value, schema, cover(value, schema, Texts(folder, self._read)))


def _unmeasured(errors: list[Finding]) -> str:
    """Why a record cannot be measured, in brief; `check` reports the details."""
    first = errors[0]
    if first.rule.startswith("json/"):
        return "it could not be read as JSON; `diplomatic-events check` says why"
    if first.rule in (NOT_AN_OBJECT.id, MISSING_VERSION.id, UNKNOWN_VERSION.id):
        return first.message
    number = "a fault" if len(errors) == 1 else f"{len(errors)} faults"
    return f"its structure has {number}; `diplomatic-events check` says where"
