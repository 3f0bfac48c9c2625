"""The check on Apache Spark: records or files in a DataFrame → a DataFrame of findings.

    spark-submit spark.py OUTPUT PATH…

Every executor's Python needs this package. What is found in a record is found where it lies; only what records are compared
by travels, and what is found across records is collected by the driver.
"""

import argparse
import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from functools import partial, reduce
from operator import itemgetter, or_
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

import pyarrow as pa
from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812  # as everybody calls it
from pyspark.sql.pandas.types import from_arrow_schema

from diplomatic_events.arrow import Files, Recorder, Rows, Source, batch_of, findings_schema, read, rows_across, usable
from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.inputs.paths import SUFFIXES
from diplomatic_events.options import Options
from diplomatic_events.report.placing import Places, Spot, place_across, spots
from diplomatic_events.report.run import Checked
from diplomatic_events.rules import ACROSS_RECORDS, corpus
from diplomatic_events.rules.corpus import Across
from diplomatic_events.rules.index import Index, groups, ids
from diplomatic_events.schema.catalogue import catalogue

_Settings = dict[str, Any]
_Batches = Iterator[Any]

_Step = Callable[[_Batches], _Batches]

_INDEX_SCHEMA: Final = pa.schema(
    {
        "key": pa.binary(),
        "kind": pa.int32(),
        "data": pa.binary(),
        "file": pa.string(),
        "line": pa.int64(),
        "number": pa.int32(),
    }
)
_INDEX: Final = from_arrow_schema(_INDEX_SCHEMA)
"""The entries of records, by which they are compared, in the order of the records. One of kind -1 counts records."""
_COUNT: Final = -1
_PICKLED: Final = "value binary"


def check(
    df: DataFrame,
    column: str = "value",
    *,
    name: str | None = None,
    line: str | None = None,
    texts: str | None = None,
    options: Options | None = None,
) -> DataFrame:
    """The findings in each record of a DataFrame, of all rules that look at one record by itself.

    ``column`` has the records as JSON, in text or bytes; ``name`` and ``line`` are columns that say where each is from. Source
    texts in files are looked for in the folder ``texts`` of each executor, relative to the record's name. Without it,
    evidence from them is not checked, which is a row as well. Nothing runs before the findings are asked for.

    Raises:
        DiplomaticEventsError: A column is missing, or an option cannot be used here.
    """
    return _check(_Records(df, Rows(column, name, line)), texts, options)


def across(
    df: DataFrame, column: str = "value", *, name: str, line: str | None = None, options: Options | None = None
) -> DataFrame:
    """The findings that show only when the records of a DataFrame are compared with one another.

    ``name`` and ``line`` together must tell a record from all others; the first of two is the one that comes first by them.
    This runs at once, and reads the records twice: to compare them, and for the places of what was found.

    Raises:
        DiplomaticEventsError: A column is missing, or an option cannot be used here.
    """
    return _across(_Records(df, Rows(column, name, line)), options)


def check_paths(
    spark: SparkSession,
    paths: str | Iterable[str],
    *,
    root: str | None = None,
    texts: str | None = None,
    options: Options | None = None,
    across_records: bool = True,
) -> DataFrame:
    """The findings in files and folders, wherever Spark can read them; with ``across_records``, all that the command finds.

    Each file is read as a whole, by one executor, and must fit into its memory. Its name in the findings is relative to
    ``root`` if it lies below it.

    Raises:
        DiplomaticEventsError: No file is to be checked, or an option cannot be used here.
    """
    records = _Records(
        _files(spark, [paths] if isinstance(paths, str) else list(paths), root), Files("content", "name")
    )
    found = _check(records, texts, options)
    return found.unionByName(_across(records, options)) if across_records else found


class _Records(NamedTuple):
    """A DataFrame, and where records stand in it."""

    df: DataFrame
    source: Source

    def map(self, function: _Step, schema: Any) -> DataFrame:
        """What a function makes of the batches of what is needed.

        Raises:
            DiplomaticEventsError: A column is missing.
        """
        columns = self.source.columns
        missing = [column for column in columns if column not in self.df.columns]
        if missing:
            raise DiplomaticEventsError(
                f"there is no column `{missing[0]}`", help=f"the columns are {', '.join(self.df.columns)}"
            )
        return self.df.select(*(F.col(f"`{column}`") for column in columns)).mapInArrow(function, schema)


def _files(spark: SparkSession, paths: list[str], root: str | None) -> DataFrame:
    """The files with records below some paths, each with its content and its name."""
    found = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(paths)
    files = [_plain(unquote(file)) for file in found.inputFiles() if file.lower().endswith(SUFFIXES)]
    if not files:
        raise DiplomaticEventsError(f"no file of {', '.join(paths)} ends in {', '.join(SUFFIXES[:3])} or .gz of these")
    read = {_plain(row["path"]) for row in found.select("path").collect()}
    empty = spark.createDataFrame(  # Spark leaves empty files out
        [(f"file:{file}" if file.startswith("/") else file, bytearray()) for file in files if file not in read],
        "path string, content binary",
    )
    wanted = reduce(or_, (F.lower("path").endswith(suffix) for suffix in SUFFIXES))
    plain = F.regexp_replace("path", "^file:/+", "/")
    below = "" if root is None else _plain(root).rstrip("/") + "/"
    name = F.when(plain.startswith(below), plain.substr(F.lit(len(below) + 1), F.length(plain))).otherwise(plain)
    return found.select("path", "content").where(wanted).unionByName(empty).select("content", name.alias("name"))


def _plain(path: str) -> str:
    """A local path, absolute and without its scheme, or an address in another file system as it is."""
    scheme, _, rest = path.partition(":")
    if scheme == "file":
        return "/" + rest.lstrip("/")
    return path if "://" in path else os.path.abspath(path)


def _settings(options: Options | None) -> _Settings:
    """Options as they are sent to executors, each of which has the versions of the schema from its own package.

    Raises:
        DiplomaticEventsError: An option cannot be used here.
    """
    chosen = usable(options or Options())
    chosen.chosen()
    if chosen.catalogue is not catalogue():
        raise DiplomaticEventsError("executors know only the versions of the schema that come with the package")
    settings = chosen._asdict()
    del settings["catalogue"]
    return settings


def _check(records: _Records, texts: str | None, options: Options | None) -> DataFrame:
    settings, source = _settings(options), records.source

    def found(batches: _Batches) -> _Batches:
        recorder = Recorder(Options(**settings), source, texts)
        return (batch_of(recorder.rows_of([batch])) for batch in batches)

    return records.map(found, _findings_schema())


def _findings_schema() -> Any:
    return from_arrow_schema(findings_schema())


def _across(records: _Records, options: Options | None) -> DataFrame:
    chosen = options or Options()
    settings, spark = _settings(options), records.df.sparkSession
    rules = [id for id in ACROSS_RECORDS if id in chosen.chosen()]
    if not rules:
        return spark.createDataFrame([], _findings_schema())
    entries = records.map(_indexing(records.source, settings), _INDEX).persist(StorageLevel.MEMORY_AND_DISK)
    try:
        found, skipped = _compared(entries, rules)
    finally:
        entries.unpersist()
    findings = list(place_across(found, chosen.severity, partial(_spots, records, settings)))
    rows = rows_across(Checked(records=0, findings=findings, not_checked=skipped))
    return spark.createDataFrame(pa.Table.from_batches([batch_of(rows)]), _findings_schema())


def _indexing(source: Source, settings: _Settings) -> _Step:
    """What makes entries of the index of records."""

    def entries(batches: _Batches) -> _Batches:
        options = Options(**settings)._replace(select=("corpus",), ignore=(), severities={})
        recorder = Recorder(options, source, across=True)
        index = recorder.checker.index = Index(most=None)
        for batch in batches:
            rows: list[tuple[Any, ...]] = []
            size = 0
            for raw in read(source, [batch], options):
                recorder.check(raw)
                taken = index.taken()
                size += taken.size
                rows += ((*row, raw.file, raw.line, number) for number, row in enumerate(taken.rows))
            yield _batch([*rows, (b"", _COUNT, b"", "", 0, size)], _INDEX_SCHEMA)

    return entries


def _compared(entries: DataFrame, rules: list[str]) -> tuple[list[tuple[str, Across]], list[tuple[str, str]]]:
    """What the rules find in entries, and the rules that could not check everything, and why."""
    size = entries.where(F.col("kind") == _COUNT).agg(F.sum("number")).collect()[0][0] or 0
    entries = entries.where(F.col("kind") != _COUNT)
    if size == 1:
        alone = sorted(entries.collect(), key=itemgetter("number"))
        index = Index(None, 1, [(bytes(row["key"]), row["kind"], bytes(row["data"])) for row in alone])
        return corpus.run(index, frozenset(rules), ACROSS_RECORDS)
    sorted_by_key = entries.repartition("key").sortWithinPartitions("key", "file", "line", "number")
    issues = _collected(sorted_by_key.mapInArrow(_comparing(rules), _PICKLED))
    found = [(rule, across) for *_, rule, across in sorted(issues, key=itemgetter(0, 1, 2))]
    wrong = corpus.sought(found, size)
    near = dict.fromkeys(wrong, ())
    if wrong:
        for part in _collected(entries.mapInArrow(_likening(wrong), _PICKLED)):
            near = {id: (*known, *part[id]) for id, known in near.items()}
    return corpus.answered(found, {id: corpus.like([id], iter(known))[id] for id, known in near.items()}), []


def _comparing(rules: list[str]) -> _Step:
    """What finds issues in entries that are sorted by key: the number of the rule, the place, the rule and the issue."""

    def issues(batches: _Batches) -> _Batches:
        rows = (
            (row["number"], (row["key"], row["kind"], row["data"])) for batch in batches for row in batch.to_pylist()
        )
        for group in groups(rows):
            found = [
                (order, across.home, number, rule, across)
                for order, rule in enumerate(rules)
                for number, across in corpus.numbered(group, ACROSS_RECORDS[rule])
            ]
            if found:
                yield _pickled(found)

    return issues


def _likening(wrong: list[str]) -> _Step:
    """What finds the ids of valid records that are most like some wrong ones."""

    def near(batches: _Batches) -> _Batches:
        rows = ((row["key"], row["kind"], row["data"]) for batch in batches for row in batch.to_pylist())
        yield _pickled([corpus.like(wrong, ids(rows))])

    return near


def _spots(records: _Records, settings: _Settings, places: Places) -> Iterator[Spot]:
    """Where some places of records are."""
    source, plain = records.source, {home: list(paths) for home, paths in places.items()}
    files = [(file,) for file in {home.file for home in plain}]

    def found(batches: _Batches) -> _Batches:
        for batch in batches:
            yield _pickled(list(spots(plain, read(source, [batch], Options(**settings)))))

    wanted = F.broadcast(records.df.sparkSession.createDataFrame(files, f"`{source.name}` string"))
    df = records.df.join(wanted, str(source.name), "left_semi")
    return iter(_collected(records._replace(df=df).map(found, _PICKLED)))


def _batch(rows: list[tuple[Any, ...]], schema: Any) -> Any:
    return pa.RecordBatch.from_arrays(
        [pa.array(column, field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)],
        schema=schema,
    )


def _pickled(values: list[Any]) -> Any:
    return pa.RecordBatch.from_pydict(
        {"value": [pickle.dumps(value) for value in values]}, pa.schema({"value": pa.binary()})
    )


def _collected(df: DataFrame) -> list[Any]:
    """The values that our own functions have pickled on executors."""
    return [pickle.loads(row["value"]) for row in df.collect()]  # noqa: S301


def main(arguments: list[str] | None = None) -> None:
    """Check files and write the findings as Parquet: the program that `spark-submit` gets."""
    parser = argparse.ArgumentParser(
        prog="diplomatic_events.spark",
        description="Check records of diplomatic events on Spark; write the findings as Parquet.",
    )
    parser.add_argument("output", help="a folder for the findings, which must not exist")
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="a file or a folder of records, wherever Spark can read it"
    )
    parser.add_argument("--root", help="names in the findings are relative to this folder")
    parser.add_argument(
        "--texts",
        help="the folder, on every executor, to which names of records are relative; source texts in files are read there",
    )
    parser.add_argument("--select", action="append", default=[], metavar="RULE", help="check only this rule or family")
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="RULE", help="do not check this rule or family"
    )
    parser.add_argument("--each-by-itself", action="store_true", help="do not compare records with one another")
    given = parser.parse_args(arguments)
    options = Options(select=tuple(given.select), ignore=tuple(given.ignore))
    spark = SparkSession.builder.appName("diplomatic-events").getOrCreate()
    try:
        findings = check_paths(
            spark,
            given.paths,
            root=given.root,
            texts=given.texts,
            options=options,
            across_records=not given.each_by_itself,
        )
        findings.write.parquet(given.output)
    except DiplomaticEventsError as error:
        parser.error(f"{error}; {error.help}" if error.help else str(error))
    finally:
        spark.stop()


if __name__ == "__main__":
    from diplomatic_events import spark as installed  # so that executors find its functions by their names

    installed.main()
