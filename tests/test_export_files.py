"""The command `export`: what it writes, what it spares, and what it refuses."""

import gzip
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from check_records import EXAMPLE, ROOT
from diplomatic_events.cli.arguments import EXPORT_FORMATS
from diplomatic_events.cli.main import main
from diplomatic_events.export.files import TABULAR, every_table
from diplomatic_events.export.tables import Tables
from diplomatic_events.schema.catalogue import catalogue
from newest import VERSION
from rebuilding import rebuilt, rows_of_csv, rows_of_ndjson

TABLES = Tables(catalogue(), VERSION)
EXAMPLES = sorted((ROOT / "examples").glob("*/record.json"))
BY_FORMAT = {"csv": rows_of_csv, "ndjson": rows_of_ndjson}


def export(*arguments: str | Path) -> int:
    return main(["export", "--no-config", *map(str, arguments)])


def written(folder: Path, name: str, record: Any) -> Path:
    path = folder / name
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    return path


def without_order(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(records, key=lambda record: str(record["id"]))


@pytest.mark.parametrize("format", BY_FORMAT)
def test_the_examples_are_rebuilt_from_their_files(format: str, tmp_path: Path) -> None:
    assert export(ROOT / "examples", "--format", format, "--output", tmp_path) == 0
    rows = BY_FORMAT[format](tmp_path, TABLES.by_name.values())
    assert without_order(rebuilt(TABLES, rows)) == without_order([json.loads(path.read_bytes()) for path in EXAMPLES])


@pytest.mark.parametrize("format", BY_FORMAT)
def test_texts_with_quotes_line_ends_and_nul_are_the_same_afterwards(format: str, tmp_path: Path) -> None:
    record = EXAMPLE | {
        "title": 'a "b", c\r\nd\u2028e',
        "purpose": "null",
        "occasion": "\U0001f54a\\n",
        "milestone": "x\x00y",
    }
    assert export(written(tmp_path, "r.json", record), "--format", format, "--output", tmp_path / "out") == 0
    assert rebuilt(TABLES, BY_FORMAT[format](tmp_path / "out", TABLES.by_name.values())) == [record]


def test_each_table_has_a_file_with_its_columns_and_is_described(tmp_path: Path) -> None:
    assert export(ROOT / "examples/minimal", "--format", "csv", "--output", tmp_path) == 0
    package = json.loads((tmp_path / "datapackage.json").read_bytes())
    described = {one["path"]: [field["name"] for field in one["schema"]["fields"]] for one in package["resources"]}
    assert set(described) == {path.name for path in tmp_path.iterdir()} - {"datapackage.json"}
    assert set(described) == {f"{table.name}.csv" for table in every_table(TABLES)}
    for name, columns in described.items():
        assert (tmp_path / name).read_text("utf-8").partition("\n")[0].rstrip().split(",") == columns


def test_a_record_that_is_not_valid_is_not_exported_and_the_others_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [EXAMPLE, EXAMPLE | {"id": "wrong", "type": "meating"}, EXAMPLE | {"id": "right"}]
    file = tmp_path / "r.ndjson.gz"
    file.write_bytes(gzip.compress("\n".join(json.dumps(line) for line in lines).encode()))
    assert export(file, "--format", "csv", "--output", tmp_path / "out") == 1
    rows = rows_of_csv(tmp_path / "out", [TABLES.by_name["events"]])
    assert [(row["event"], row["line"]) for _, row in rows] == [(EXAMPLE["id"], 1), ("right", 3)]
    said = capsys.readouterr().err
    assert "r.ndjson.gz:2:" in said
    assert "error[schema/not-in-codelist]" in said
    assert f"error: {file}:2: it is not valid, so it is not exported" in said
    assert said.endswith("2 records exported, 1 not\n")


def test_a_file_of_a_folder_that_is_no_record_is_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, "package.json", {"name": "something"})
    arguments = (tmp_path, "--format", "csv", "--output", tmp_path / "out")
    assert export(*arguments) == 2
    assert "no file of the folder shows a sign of being a record" in capsys.readouterr().err
    written(tmp_path, "record.json", EXAMPLE)
    assert export(*arguments) == 0
    assert "1 JSON file shows no sign of being a record and was passed over" in capsys.readouterr().err
    assert export(*arguments, "--strict-files") == 1


def test_rows_are_joined_by_ids_so_that_an_id_is_exported_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = written(tmp_path, "a.json", EXAMPLE), written(tmp_path, "b.json", EXAMPLE)
    doubled = EXAMPLE | {"id": "doubled", "parties": [*EXAMPLE["parties"], EXAMPLE["parties"][0]]}
    third = written(tmp_path, "c.json", doubled)
    assert export(first, second, third, "--format", "csv", "--output", tmp_path / "out") == 1
    said = capsys.readouterr().err
    assert f"error: {second}:1: it has the id `{EXAMPLE['id']}` of {first}:1, so it is not exported" in said
    assert f"two of its entries have the id `{EXAMPLE['parties'][0]['id']}`" in said
    assert len(list(rows_of_csv(tmp_path / "out", [TABLES.by_name["events"]]))) == 1


def test_an_export_replaces_an_earlier_one_and_reads_nothing_of_it(tmp_path: Path) -> None:
    written(tmp_path, "a.json", EXAMPLE)
    for _ in range(2):
        assert export(tmp_path, "--format", "ndjson", "--output", tmp_path / "out") == 0
    assert len((tmp_path / "out/events.ndjson").read_text("utf-8").splitlines()) == 1
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("format", ["csv", "annotations"])
def test_where_no_file_can_be_read_an_earlier_export_stays(format: str, tmp_path: Path) -> None:
    arguments = ("--format", format, "--output", tmp_path / "out")
    assert export(ROOT / "examples/visegrad-summit-1991-02-15", *arguments) == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert export(tmp_path / "mistyped", *arguments) == 2
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_the_name_of_a_file_need_not_be_utf_8() -> None:
    from diplomatic_events.export.sound import SoundRecords
    from diplomatic_events.inputs.paths import expand
    from diplomatic_events.options import Options

    named = expand(["-"], stdin_filename=b"caf\xe9.json".decode("utf-8", "surrogateescape"))
    [record] = SoundRecords(Options(), VERSION, print).read(named, io.BytesIO(json.dumps(EXAMPLE).encode()))
    assert record.file == "caf\\xe9.json"


@pytest.mark.parametrize("name", ["events.csv", "datapackage.json"])
def test_a_file_of_somebody_else_is_not_overwritten(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_text("mine", encoding="utf-8")
    assert export(ROOT / "examples/minimal", "--format", "csv", "--output", out) == 2
    assert f"{out / name} would be overwritten" in capsys.readouterr().err
    assert [path.name for path in out.iterdir()] == [name]
    (out / name).write_text("", encoding="utf-8")
    assert export(ROOT / "examples/minimal", "--format", "csv", "--output", out) == 0


def test_a_file_that_was_changed_after_an_export_is_not_overwritten(tmp_path: Path) -> None:
    arguments = (ROOT / "examples/minimal", "--format", "csv", "--output", tmp_path)
    assert export(*arguments) == 0
    with (tmp_path / "events.csv").open("a", encoding="utf-8") as file:
        file.write("a note of mine\n")
    assert export(*arguments) == 2
    assert (tmp_path / "events.csv").read_text("utf-8").endswith("a note of mine\n")


def test_two_formats_do_not_share_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(ROOT / "examples/minimal", "--format", "csv", "--output", tmp_path) == 0
    assert export(ROOT / "examples/minimal", "--format", "ndjson", "--output", tmp_path) == 2
    assert "has an earlier export in another format" in capsys.readouterr().err


def test_a_folder_that_cannot_be_one_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    assert export(ROOT / "examples/minimal", "--format", "csv", "--output", tmp_path / "out") == 2
    assert f"{tmp_path / 'out'} cannot be written to" in capsys.readouterr().err


def test_every_format_of_the_option_is_one_that_is_written() -> None:
    assert (*TABULAR, "ics", "annotations") == EXPORT_FORMATS


def test_tables_need_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert export(ROOT / "examples/minimal", "--format", "csv") == 2
    assert "the tables need a folder" in capsys.readouterr().err


def test_a_record_of_a_later_version_of_the_schema_is_not_exported(tmp_path: Path) -> None:
    from diplomatic_events.export.sound import SoundRecords
    from diplomatic_events.inputs.paths import expand
    from diplomatic_events.options import Options

    told: list[str] = []
    sound = SoundRecords(Options(), "0.9", told.append)
    assert list(sound.read(expand([str(written(tmp_path, "a.json", EXAMPLE))]))) == []
    assert "migrate --to 0.9" in told[0]


@pytest.mark.parametrize(("format", "library"), [("parquet", "pyarrow"), ("ics", "icalendar")])
def test_a_library_that_is_not_installed_is_named(
    format: str, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    for module in ("parquet", "calendar"):
        monkeypatch.delitem(sys.modules, f"diplomatic_events.export.{module}", raising=False)
    assert export(ROOT / "examples/minimal", "--format", format, "--output", tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert f"{format} needs the library {library}" in said
    assert "diplomatic-events[export]" in said
    assert not (tmp_path / "out").exists()
