"""Records in Arrow batches → findings in Arrow batches: the check for engines that hold their records in tables.

A row of findings has what the JSON report has for a finding, under the same names, and two more columns: its ``kind`` and
how many ``findings`` it stands for. What could not be checked is a row as well, so that nobody takes silence for success.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache, partial
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

import pyarrow as pa

from diplomatic_events.checking import Checker
from diplomatic_events.findings import DiplomaticEventsError, Issue
from diplomatic_events.inputs.paths import Input, by_lines
from diplomatic_events.inputs.records import Part, RawRecord
from diplomatic_events.options import NO_BASELINE, Options
from diplomatic_events.reading import records_in
from diplomatic_events.report.fingerprints import fingerprint
from diplomatic_events.report.formats.json import VERSION, of_finding
from diplomatic_events.report.formats.style import json_text, plural
from diplomatic_events.report.placing import spots
from diplomatic_events.report.run import Checked
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.sources.texts import InlineTexts, TextsBelow
from diplomatic_events.suggest import did_you_mean

_NO_RECORD: Final = ("json/syntax", Issue((), "there is no record here: the value is null"))

Row = dict[str, Any]


@cache
def findings_schema() -> Any:
    """The columns of findings: those of the JSON report, as its own schema describes them, and what a table needs besides."""
    path = catalogue().folder / "report" / VERSION / "report.schema.json"
    definitions = json.loads(path.read_bytes())["$defs"]

    def type_of(part: dict[str, Any]) -> Any:
        part = definitions[part["$ref"].removeprefix("#/$defs/")] if "$ref" in part else part
        if part.get("type") == "object":
            return pa.struct([(name, type_of(inner)) for name, inner in part["properties"].items()])
        if part.get("type") == "array":
            return pa.list_(type_of(part["items"]))
        return pa.int64() if part.get("type") == "integer" else pa.string()

    finding = type_of(definitions["finding"])
    return pa.schema([("kind", pa.string()), *finding, ("what", pa.string()), ("findings", pa.int64())])


class Rows(NamedTuple):
    """Where records stand in a table: each row is one, as JSON in a column of text or of bytes.

    ``name`` is the column with the name of its file, and ``line`` the one with its line there.
    """

    column: str
    name: str | None = None
    line: str | None = None

    @property
    def columns(self) -> list[str]:
        """The columns that are needed."""
        return [column for column in self if column is not None]

    def of_rows(self, batch: Any, options: Options) -> Iterator[Iterable[RawRecord]]:
        """The record of each row.

        Raises:
            DiplomaticEventsError: A column is missing, or holds no text.
        """
        number = len(batch)
        names = _texts(batch, self.name) if self.name else [None] * number
        lines = _column(batch, self.line).to_pylist() if self.line else [None] * number
        for data, name, line in zip(_bytes(batch, self.column), names, lines, strict=True):
            file, of_lines = name or UNKNOWN, line is not None
            if data is None:
                yield (RawRecord(file, b"", line or 1, of_lines, _NO_RECORD),)
            else:
                yield (RawRecord(file, data[: options.max_bytes + 1], line or 1, of_lines),)


class Files(NamedTuple):
    """Where files stand in a table: each row is one, its content in a column of bytes, and its name in another.

    By its name, a file is one record or NDJSON, as for the command, and it may be compressed.
    """

    content: str
    name: str

    @property
    def columns(self) -> list[str]:
        """The columns that are needed."""
        return list(self)

    def of_rows(self, batch: Any, options: Options) -> Iterator[Iterable[RawRecord]]:
        """The records of each row's file.

        Raises:
            DiplomaticEventsError: A column is missing, or holds neither text nor bytes.
        """
        for data, name in zip(_bytes(batch, self.content), _texts(batch, self.name), strict=True):
            file = name or UNKNOWN
            if data is None:
                yield (RawRecord(file, b"", fault=_NO_RECORD),)
            else:
                yield records_in(Part(Input(file, None, by_lines(file) or False, walked=True)), BytesIO(data), options)


UNKNOWN: Final = "<record>"
"""What the file of a record is called whose row does not name it."""

Source = Rows | Files


def read(source: Source, batches: Iterable[Any], options: Options) -> Iterator[RawRecord]:
    """The records of some batches.

    Raises:
        DiplomaticEventsError: A column is missing or holds no text.
    """
    return chain.from_iterable(chain.from_iterable(source.of_rows(batch, options) for batch in batches))


def check(
    batch: Any,
    column: str,
    *,
    name: str | None = None,
    line: str | None = None,
    texts: str | None = None,
    options: Options | None = None,
) -> Any:
    """The findings in each record of a batch or a table, of all rules that look at one record by itself.

    ``column`` has the records as JSON, in text or bytes; ``name`` and ``line`` are columns that say where each is from. Source
    texts in files are looked for in the folder ``texts``, relative to the record's name. Without it, evidence from them is
    not checked, which is a row as well.

    Raises:
        DiplomaticEventsError: A column is missing or holds no text, or an option cannot be used here.
    """
    return _check(batch, Rows(column, name, line), texts, options)


def check_files(
    batch: Any,
    content: str = "content",
    *,
    name: str = "path",
    texts: str | None = None,
    options: Options | None = None,
) -> Any:
    """The findings in each record of whole files, a file in each row, as `check` does.

    A file is one record or NDJSON, by its name, and may be compressed.

    Raises:
        DiplomaticEventsError: A column is missing or holds no text, or an option cannot be used here.
    """
    return _check(batch, Files(content, name), texts, options)


def _check(batch: Any, source: Source, texts: str | None, options: Options | None) -> Any:
    recorder = Recorder(options or Options(), source, texts)
    return batch_of(recorder.rows_of(_batches(batch)))


def check_all(
    batches: Iterable[Any], source: Source, *, texts: str | None = None, options: Options | None = None
) -> Iterator[Any]:
    """The findings of all rules, also of those across records, in batches.

    ``batches`` may be iterated over twice: the second time for the places of what was found across records.

    Raises:
        DiplomaticEventsError: A column is missing or holds no text, or an option cannot be used here.
    """
    recorder = Recorder(options or Options(), source, texts, across=True)
    for batch in batches:
        yield batch_of(recorder.rows_of([batch]))
    yield batch_of(
        rows_across(
            recorder.checker.across(lambda places: spots(places, read(source, batches, recorder.checker.options)))
        )
    )


class Recorder:
    """Checks one record after the other, and gives what was found as rows. With ``across``, its checker's index is kept.

    Raises:
        DiplomaticEventsError: An option cannot be used here.
    """

    def __init__(self, options: Options, source: Source, texts: str | None = None, *, across: bool = False) -> None:
        self.checker = Checker(usable(options), InlineTexts if texts is None else partial(TextsBelow, root=Path(texts)))
        self._source = source
        self._across = across

    def rows_of(self, batches: Iterable[Any]) -> Iterator[Row]:
        """What is found in the records of some batches.

        Raises:
            DiplomaticEventsError: A column is missing or holds no text.
        """
        return (row for raw in read(self._source, batches, self.checker.options) for row in self.rows(raw))

    def check(self, raw: RawRecord) -> Checked:
        """What is found in one record."""
        return self.checker.check(raw, Path(raw.file).parent)

    def rows(self, raw: RawRecord) -> Iterator[Row]:
        """What is found in one record, as rows."""
        checked = self.check(raw)
        if not self._across:
            self.checker.index.taken()
        if checked.is_clean:
            return iter(())
        where = {"file": raw.file, "record": checked.record, "recordLine": raw.line if raw.of_lines else None}
        return _rows(checked, where)


def usable(options: Options) -> Options:
    """Options of a check of tables.

    Raises:
        DiplomaticEventsError: One of them lets findings through or limits them, which only a whole report can.
    """
    report = options._replace(
        max_findings=None, max_per_rule=None, ignored=(), suppressions=(), baseline=NO_BASELINE, today=None, clock=None
    )
    if report != options:
        raise DiplomaticEventsError(
            "limits, exceptions and baselines are for reports, not for tables of findings",
            help="leave rows out with a condition on `rule`, `file` or `fingerprint`",
        )
    return options


def rows_across(checked: Checked) -> Iterator[Row]:
    """What was found across records."""
    return _rows(checked, {})


def _rows(checked: Checked, where: Row) -> Iterator[Row]:
    for finding in checked.findings:
        yield _row("finding", of_finding(finding, fingerprint(finding)), findings=1)
    for (rule, severity), number in checked.more.items():
        message = f"{plural(number, 'more finding')} of this rule {'is' if number == 1 else 'are'} not listed"
        yield _row("not listed", where, rule=rule, severity=severity.value, message=message, findings=number)
    for what, reason in checked.not_checked:
        yield _row("not checked", where, what=what, message=reason)
    if checked.passed_over:
        yield _row("not checked", where, what="the file", message="it shows no sign of being a record")
    for kind, text in (("failure", checked.lost), ("crash", checked.crash)):
        if text:
            yield _row(kind, where, message=text)


def _row(kind: str, known: Row, *, findings: int = 0, **more: Any) -> Row:
    row: Row = json.loads(
        json_text({"kind": kind, "findings": findings, **known, **more})
    )  # without half a surrogate pair
    return row


def batch_of(rows: Iterable[Row]) -> Any:
    """Rows of findings as a batch."""
    return pa.RecordBatch.from_pylist(list(rows), schema=findings_schema())


def _batches(data: Any) -> list[Any]:
    return data.to_batches() if isinstance(data, pa.Table) else [data]


def _column(batch: Any, name: str) -> Any:
    if name not in batch.schema.names:
        raise DiplomaticEventsError(
            f"there is no column `{name}`",
            help=did_you_mean(name, batch.schema.names) or f"the columns are {', '.join(batch.schema.names)}",
        )
    column = batch.column(batch.schema.names.index(name))
    if isinstance(column, pa.ExtensionArray):  # as JSON is to some engines
        column = column.storage
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _bytes(batch: Any, name: str) -> list[bytes | None]:
    """The values of a column of text or bytes, as bytes: text need not be UTF-8 where an engine has not looked at it."""
    column, types = _column(batch, name), pa.types
    if not any(
        is_one(column.type)
        for is_one in (
            types.is_null, types.is_string, types.is_large_string, types.is_string_view,
            types.is_binary, types.is_large_binary, types.is_binary_view, types.is_fixed_size_binary,
        )
    ):  # fmt: skip
        raise DiplomaticEventsError(
            f"the column `{name}` holds {column.type}, not text or bytes",
            help="read each record as the text that it is, not as the values in it",
        )
    if types.is_string_view(column.type):
        column = column.cast(pa.binary_view())
    elif types.is_string(column.type) or types.is_large_string(column.type):
        column = column.cast(pa.large_binary())
    values: list[bytes | None] = column.to_pylist()
    return values


def _texts(batch: Any, name: str) -> list[str | None]:
    return [None if value is None else value.decode("utf-8", "surrogateescape") for value in _bytes(batch, name)]


__all__ = ["Files", "Rows", "check", "check_all", "check_files", "findings_schema"]
