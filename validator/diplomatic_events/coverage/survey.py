"""The coverage of many files: raw records → JSON → version → schema → what evidence covers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

from diplomatic_events.check import Options
from diplomatic_events.coverage.measure import Coverage, Source, cover
from diplomatic_events.inputs.reading import Inputs, RawRecord, records
from diplomatic_events.jsontext.parse import UNPARSED, parse
from diplomatic_events.schema import dispatch
from diplomatic_events.schema.plan import Shape
from diplomatic_events.schema.structure import Structure
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


def survey(inputs: Inputs, stdin: BinaryIO | None = None, options: Options | None = None) -> Survey:
    """Measure every record of some files; what cannot be read or understood is named, and the rest is measured.

    Of ``options``, those hold that say how records are read, and against what they are checked.

    Raises:
        DiplomaticEventsError: An option names a version or an engine that there is not.
    """
    surveyor = _Surveyor(options or Options())
    failures = list(inputs.failures)
    measured: list[Measured] = []
    for source in inputs.files:
        folder = source.folder
        try:
            for raw in records(source, stdin, surveyor.options.max_bytes):
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
            failures.append(f"{source.name}: {error.strerror or error}".replace("\n", " "))
    return Survey(len(inputs.files), tuple(measured), tuple(failures))


@dataclass(slots=True)
class _Surveyor:
    """Measures one record after the other, with everything that is compiled once."""

    options: Options
    _compiled: dict[str, tuple[Structure, Shape]] = field(default_factory=dict)
    _texts: Cache = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.options.schema_version != "auto":
            self._for_version(self.options.schema_version)

    def measure(self, raw: RawRecord, folder: Path | None) -> Measured | str:
        """What evidence covers in a record, or why that cannot be said."""
        line = raw.line if raw.of_lines else None
        name = raw.file if line is None else f"{raw.file}:{line}"
        options = self.options
        parsed = parse(raw.data, max_bytes=options.max_bytes, max_depth=options.max_depth) if raw.whole else None
        value = UNPARSED if parsed is None else parsed.value
        if value is UNPARSED:
            return f"{name}: it could not be read as JSON; `diplomatic-events check` says why"
        version = dispatch.declared(value, options.catalogue, options.schema_version)
        if not isinstance(version, str):
            return f"{name}: {version[1].message}"
        structure, shape = self._for_version(version)
        if faults := structure.judge(value).issues:
            number = "a fault" if len(faults) == 1 else f"{len(faults)} faults"
            return f"{name}: its structure has {number}; `diplomatic-events check` says where"
        return Measured(raw.file, line, value, cover(value, shape, Texts(folder, self._texts)))

    def _for_version(self, version: str) -> tuple[Structure, Shape]:
        if version not in self._compiled:
            structure = Structure(self.options.catalogue, version, self.options.engine)
            self._compiled[version] = (structure, Shape(structure.schema))
        return self._compiled[version]
