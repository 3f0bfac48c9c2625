"""The coverage of many files: raw records → JSON → version → schema → what evidence covers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

from diplomatic_events.coverage.measure import Coverage, Source, cover
from diplomatic_events.inputs.paths import Inputs
from diplomatic_events.inputs.records import RawRecord, records
from diplomatic_events.jsontext.parse import UNPARSED, parse
from diplomatic_events.options import Options
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
    _texts: Cache = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.options.schema_version != "auto":
            structure(self.options.catalogue, self.options.schema_version, self.options.engine)

    def measure(self, raw: RawRecord, folder: Path | None) -> Measured | str:
        """What evidence covers in a record, or why that cannot be said."""
        line = raw.line if raw.of_lines else None
        name = raw.file if line is None else f"{raw.file}:{line}"
        value = UNPARSED if raw.fault else parse(raw.data, self.options.max_bytes, self.options.max_depth).value
        if value is UNPARSED:
            return f"{name}: it could not be read as JSON; `diplomatic-events check` says why"
        version = declared(value, self.options.catalogue, self.options.schema_version)
        if not isinstance(version, str):
            return f"{name}: {version[1].message}"
        schema = structure(self.options.catalogue, version, self.options.engine)
        if faults := schema.judge(value).issues:
            number = "a fault" if len(faults) == 1 else f"{len(faults)} faults"
            return f"{name}: its structure has {number}; `diplomatic-events check` says where"
        return Measured(raw.file, line, value, cover(value, schema.plan, Texts(folder, self._texts)))
