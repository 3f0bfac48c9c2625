"""The tables are derived from the schema, and nothing of a record is lost in them."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from check_records import EXAMPLE, ROOT
from diplomatic_events.export.rows import Rows
from diplomatic_events.export.tables import Tables, column_name, table_name
from diplomatic_events.schema.catalogue import Catalogue, catalogue
from newest import SCHEMA, VERSION
from rebuilding import rebuilt

TABLES = Tables(catalogue(), VERSION)
ROWS = Rows(TABLES)
RECORDS = [json.loads(path.read_bytes()) for path in sorted((ROOT / "examples").glob("*/record.json"))]


def rows(record: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return list(ROWS.of(record, "record.json", 1))


def of_table(name: str, record: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for table, row in rows(record) if table == name]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_a_record_is_rebuilt_from_its_rows_in_any_order(record: dict[str, Any]) -> None:
    assert rebuilt(TABLES, reversed(rows(record))) == [record]


def test_the_records_that_together_have_every_property_are_rebuilt() -> None:
    bases = json.loads((ROOT / "tests/conformance/bases.json").read_bytes())
    wholes = [base for name, base in bases.items() if name.startswith("whole.")]
    assert wholes
    for whole in wholes:
        assert rebuilt(TABLES, rows(whole)) == [whole]


def test_every_property_of_the_schema_has_a_column_or_rows() -> None:
    for definition, shape in TABLES.shapes.items():
        part = TABLES.plan.steps[definition]
        held = {column.way[0] for column in shape.columns} | {child.way[0] for child in shape.children}
        assert part.keys() - {"id"} <= held


def test_every_column_of_a_table_has_a_name_of_its_own_and_says_what_it_is() -> None:
    for table in TABLES.by_name.values():
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names)), table.name
        assert all(column.description.endswith(".") for column in table.columns)
        assert table.description.endswith(".")


def test_a_property_that_is_added_to_the_schema_becomes_a_column_without_code(tmp_path: Path) -> None:
    shutil.copytree(SCHEMA.parents[1], tmp_path / "schema")
    path = tmp_path / "schema" / VERSION / SCHEMA.name
    schema = json.loads(path.read_bytes())
    added = {"title": "Mood", "description": "How it went.", "type": "array", "items": {"type": "string"}}
    schema["$defs"]["office"]["properties"]["leastMood"] = added
    path.write_text(json.dumps(schema), encoding="utf-8")
    tables = Tables(Catalogue(tmp_path / "schema"), VERSION)
    (column,) = [one for one in tables.by_name["members"].columns if one.name == "office_least_mood"]
    assert (column.type, column.many, column.description) == ("text", True, "How it went.")
    office = {"title": "Minister", "leastMood": ["good"]}
    record = EXAMPLE | {
        "delegations": [{"id": "d", "party": "x", "capacity": "guest", "members": [{"id": "m", "office": office}]}]
    }
    (member,) = [row for table, row in Rows(tables).of(record, "r.json", 1) if table == "members"]
    assert member["office_least_mood"] == ["good"]


@pytest.mark.parametrize(
    ("definition", "name"),
    [("", "events"), ("party", "parties"), ("eventPerson", "event_people"), ("relatedEvent", "event_references"),
     ("agendaItem", "agenda_items"), ("evidence", "evidence")],
)  # fmt: skip
def test_a_table_is_named_after_what_its_rows_are(definition: str, name: str) -> None:
    assert table_name(definition) == name


def test_a_column_is_named_after_the_way_to_its_property() -> None:
    assert column_name(("statusChange", "by")) == "status_change_by"
    assert column_name(("$schema",)) == "schema"
    assert column_name(("sha256",)) == "sha256"


def test_a_row_names_the_row_to_which_it_belongs() -> None:
    record = next(record for record in RECORDS if record["id"].startswith("sco-"))
    shoigu = next(row for row in of_table("members", record) if row["id"] == "shoigu")
    assert shoigu["parent"] == "/delegations/1"
    assert shoigu["parent_id"] == "delegation-russia"
    (evidence,) = [row for row in of_table("evidence", record) if row["parent"] == shoigu["path"]]
    assert evidence["path"] == "/delegations/1/members/0/evidence/0"
    assert (evidence["parent_table"], evidence["parent_id"], evidence["position"]) == ("members", "shoigu", 0)


def test_evidence_of_a_part_of_the_event_says_of_which() -> None:
    record = EXAMPLE | {"statusChange": {"evidence": [{"source": "report", "exact": "x"}]}}
    (row,) = [row for row in of_table("evidence", record) if row["parent"] == "" and "statusChange" in row["path"]]
    assert row["property"] == "statusChange.evidence"
    assert row["parent_table"] == "events"
    assert "parent_id" not in row


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2018-06", date(2018, 6, 1), date(2018, 6, 30)),
        ("2018-06-09?/2018-06-10", date(2018, 6, 9), date(2018, 6, 10)),
        ("2018/..", date(2018, 1, 1), None),
        ("2018-02-30", None, None),  # the calendar does not have it
        ("2019/2018", None, None),  # nothing follows from it
        ("0000/0001", None, date(1, 12, 31)),  # SQL has no year 0
    ],
)
def test_a_date_has_its_earliest_and_latest_day(text: str, earliest: date | None, latest: date | None) -> None:
    (row,) = of_table("events", EXAMPLE | {"date": text})
    assert (row["date"], row.get("date_earliest"), row.get("date_latest")) == (text, earliest, latest)


def test_a_value_that_the_schema_leaves_open_is_json_also_if_it_is_null() -> None:
    remark = {
        "target": "/date",
        "kind": "uncertain",
        "basis": "x",
        "alternatives": [{"value": None}, {"value": "2018"}],
    }
    record = EXAMPLE | {"annotations": [remark]}
    assert [row["value"] for row in of_table("alternatives", record)] == ["null", '"2018"']
    assert rebuilt(TABLES, rows(record)) == [record]
