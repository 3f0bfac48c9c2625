"""The coverage of many files: raw records → JSON → version → schema → what evidence covers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

from diplomatic_events.coverage.measure import Coverage, Source, cover
from diplomatic_events.inputs.paths import Inputs
from diplomatic_events.inputs.records import RawRecord, records
from diplomatic_events.inputs.search import failure
from diplomatic_events.jsontext.parse import DEFAULT_MAX_BYTES, UNPARSED, parse
from diplomatic_events.schema.catalogue import Catalogue, catalogue
from diplomatic_events.schema.structure import structure
from diplomatic_events.schema.version import declared
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

    def text_name(self, source: Source) -> str:
        """Where the text of a source lies: a file, or a place in the record."""
        return source.file or f"{self.name}#{source.pointer}/text"


@dataclass(frozen=True, slots=True)
class Survey:
    """The records of a run, and what could not be measured."""

    files: int
    records: tuple[Measured, ...]
    failures: tuple[str, ...]

    @property
    def sources(self) -> Iterator[tuple[Measured, Source]]:
        """Every source, with its record."""
        return ((record, source) for record in self.records for source in record.coverage.sources)

    def below(self, percent: Fraction) -> list[tuple[Measured, Source]]:
        """The sources whose text is covered less than that."""
        return [(record, source) for record, source in self.sources if not source.reaches(percent)]


def survey(inputs: Inputs, stdin: BinaryIO | None = None) -> Survey:
    """Measure every record of some files; what cannot be read or understood is named, and the rest is measured."""
    surveyor = _Surveyor(catalogue())
    failures = list(inputs.failures)
    measured: list[Measured] = []
    for source in inputs.files:
        folder = source.folder
        try:
            for raw in records(source, stdin, DEFAULT_MAX_BYTES):
                found = surveyor.measure(raw, folder)
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
    return Survey(len(inputs.files), tuple(measured), tuple(failures))


@dataclass(slots=True)
class _Surveyor:
    """Measures one record after the other, with everything that is compiled once."""

    catalogue: Catalogue
    _texts: Cache = field(default_factory=dict)

    def measure(self, raw: RawRecord, folder: Path | None) -> Measured | str:
        """What evidence covers in a record, or why that cannot be said."""
        line = raw.line if raw.of_lines else None
        name = raw.file if line is None else f"{raw.file}:{line}"
        value = parse(raw.data).value if raw.fault is None else UNPARSED
        if value is UNPARSED:
            return f"{name}: it could not be read as JSON; `diplomatic-events check` says why"
        version = declared(value, self.catalogue)
        if not isinstance(version, str):
            return f"{name}: {version[1].message}"
        schema = structure(self.catalogue, version)
        if faults := schema.judge(value).issues:
            number = "a fault" if len(faults) == 1 else f"{len(faults)} faults"
            return f"{name}: its structure has {number}; `diplomatic-events check` says where"
        return Measured(raw.file, line, value, cover(value, schema.plan, Texts(folder, self._texts)))
