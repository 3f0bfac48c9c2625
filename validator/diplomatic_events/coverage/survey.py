"""The coverage of many files: each record is checked as far as JSON and the schema go, and what is sound is measured."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

from diplomatic_events.check import Checker, Options
from diplomatic_events.coverage.measure import Coverage, SourceCoverage, cover
from diplomatic_events.findings import Finding, Severity
from diplomatic_events.inputs.reading import Inputs, RawRecord, records
from diplomatic_events.jsontext.parse import parse
from diplomatic_events.schema import dispatch
from diplomatic_events.schema.plan import Shape
from diplomatic_events.sources.texts import Cache, Texts


@dataclass(frozen=True, slots=True)
class Measured:
    """A record that was measured: where it stands, what it says and what its evidence covers."""

    file: str
    line: int | None
    value: dict[str, Any]
    coverage: Coverage

    @property
    def name(self) -> str:
        """The record's file, with its line where each line is a record."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def text_name(self, source: SourceCoverage) -> str:
        """Where the text of a source lies: a file, or a place in the record."""
        return source.file or f"{self.name}#{source.pointer}/text"


@dataclass(frozen=True, slots=True)
class Survey:
    """The records of a run, and what could not be measured."""

    files: int
    records: tuple[Measured, ...]
    failures: tuple[str, ...]
    texts: frozenset[str] = frozenset()
    """The text files that the records name, also those that could not be measured."""

    @property
    def sources(self) -> Iterator[tuple[Measured, SourceCoverage]]:
        """Every source, with its record."""
        return ((record, source) for record in self.records for source in record.coverage.sources)

    def below(self, percent: Fraction) -> list[tuple[Measured, SourceCoverage]]:
        """The sources whose text is covered less than that."""
        return [(record, source) for record, source in self.sources if not source.reaches(percent)]


def survey(inputs: Inputs, stdin: BinaryIO | None = None) -> Survey:
    """Measure every record of some files; what cannot be read or understood is named, and the rest is measured."""
    surveyor = _Surveyor(Options(select=("json", "schema")))
    failures = list(inputs.failures)
    measured: list[Measured] = []
    for source in inputs.files:
        try:
            for raw in records(source, stdin, surveyor.options.max_bytes):
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
            failures.append(f"{source.name}: {error.strerror or error}".replace("\n", " "))
    return Survey(len(inputs.files), tuple(measured), tuple(failures), frozenset(surveyor.texts))


class _Surveyor:
    """Measures one record after the other, with everything that is compiled or read once."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.texts: set[str] = set()
        self._checker = Checker(options)
        self._shapes: dict[str, Shape] = {}
        self._read: Cache = {}

    def measure(self, raw: RawRecord, folder: Path | None) -> Measured | str:
        """What evidence covers in a record, or why that cannot be said."""
        line = raw.line if raw.of_lines else None
        name = raw.file if line is None else f"{raw.file}:{line}"
        outcome = self._checker.check(raw, folder)
        if outcome.crash:
            raise RuntimeError(outcome.crash)
        self.texts.update(outcome.texts)
        if errors := [finding for finding in outcome.findings if finding.severity is Severity.ERROR]:
            return f"{name}: {_unmeasured(errors)}"
        value = parse(raw.data, max_bytes=self.options.max_bytes, max_depth=self.options.max_depth).value
        return Measured(raw.file, line, value, cover(value, self._shape_of(value), Texts(folder, self._read)))

    def _shape_of(self, value: dict[str, Any]) -> Shape:
        version = value["schemaVersion"] if self.options.schema_version == "auto" else self.options.schema_version
        if version not in self._shapes:
            self._shapes[version] = Shape(self.options.catalogue.schema(version))
        return self._shapes[version]


def _unmeasured(errors: list[Finding]) -> str:
    """Why a record cannot be measured, in a few words; `check` has all of them."""
    first = errors[0]
    if first.rule.startswith("json/"):
        return "it could not be read as JSON; `diplomatic-events check` says why"
    if first.rule in (dispatch.NOT_AN_OBJECT.id, dispatch.MISSING.id, dispatch.UNKNOWN.id):
        return first.message
    number = "a fault" if len(errors) == 1 else f"{len(errors)} faults"
    return f"its structure has {number}; `diplomatic-events check` says where"
