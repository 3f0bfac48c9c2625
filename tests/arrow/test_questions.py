"""The questions on the page about tables, answered by DuckDB: as the page shows, and as the records themselves say."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

import duckdb
import pytest

from check_records import ROOT
from diplomatic_events import edtf
from diplomatic_events.cli.main import main
from diplomatic_events.export.dyads import DYADS
from diplomatic_events.export.files import write_tables
from diplomatic_events.export.sound import Sound
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.schema.walker import Found
from newest import VERSION

PAGE: Final = (ROOT / "docs/use-as-tables.md").read_text("utf-8")
QUESTIONS: Final = re.findall(
    r"\*\*(?P<asked>[^*]+\?)\*\*.*?```sql\n(?P<sql>.*?)```\n\n(?P<answer>(?:\|[^\n]*\n)+)", PAGE, re.DOTALL
)
(VIEW,) = re.findall(r"```sql\n(CREATE VIEW dyads AS\n.*?)```", PAGE, re.DOTALL)
RECORDS: Final = [json.loads(path.read_bytes()) for path in sorted((ROOT / "examples").glob("*/record.json"))]

Cell = str | int | None


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A connection in a folder with the tables of the examples."""
    folder = tmp_path_factory.mktemp("examples")
    output = ["--format", "parquet", "--output", str(folder / "tables")]
    assert main(["export", "--no-config", str(ROOT / "examples"), *output]) == 0
    before = os.getcwd()
    os.chdir(folder)
    with duckdb.connect() as connection:
        yield connection
    os.chdir(before)


def answer(tables: Any, question: str) -> list[tuple[Cell, ...]]:
    """What DuckDB answers to a question of the page."""
    (sql,) = [sql for asked, sql, _ in QUESTIONS if asked == question]
    return [tuple(row) for row in tables.sql(sql).fetchall()]


@pytest.mark.parametrize(("question", "sql", "shown"), QUESTIONS, ids=[question for question, _, _ in QUESTIONS])
def test_the_answer_on_the_page_is_that_of_duckdb(question: str, sql: str, shown: str, tables: Any) -> None:
    found = tables.sql(sql)
    heading, _, *lines = [line.strip("|\n").split("|") for line in shown.splitlines()]
    assert [cell.strip() for cell in heading] == found.columns
    rows = [["" if cell is None else str(cell) for cell in row] for row in found.fetchall()]
    assert [[cell.strip() for cell in line] for line in lines] == rows


def test_five_questions_are_asked() -> None:
    assert len(QUESTIONS) == 5


# The same questions, asked of the records


def parties(record: dict[str, Any]) -> dict[str, str]:
    """The name of the party of everyone in a record who has one; nobody in the examples has two."""
    names = {party["id"]: party["name"] for party in record["parties"]}
    found = dict(names)
    for person in record.get("people", ()):
        for office in person.get("offices", ()):
            if "of" in office:
                found[person["id"]] = names[office["of"]]
    for delegation in record.get("delegations", ()):
        ids = {delegation["id"]}
        for member in delegation.get("members", ()):
            ids |= {member["id"], member.get("person", member["id"])}
        found |= dict.fromkeys(ids, names[delegation["party"]])
    return found


def test_who_met_whom(tables: Any) -> None:
    met = set()
    for record in RECORDS:
        date = edtf.parse(record["date"])
        if record["status"] == "held" and edtf.parse("2016").contains(date):
            sides = {parties(record)[entry["party"]] for entry in record.get("delegations", ())}
            hosts = {parties(record)[host["party"]] for host in record.get("hosts", ())}
            for one in sides | (hosts if record["type"] == "visit" else set()):
                for other in sides | hosts:
                    is_met = (one in hosts) != (other in hosts) if record["type"] == "visit" else other in sides
                    if one < other and is_met:
                        met.add((record["date"], record["type"], one, other))
    assert met == set(answer(tables, "Who met whom in 2016?"))


def test_who_spoke_for_others(tables: Any) -> None:
    spoken = []
    for record in RECORDS:
        people = {person["id"]: person["name"] for person in record.get("people", ())}
        members = {
            member["id"]: people[member["person"]] if "person" in member else member["office"]["title"]
            for delegation in record.get("delegations", ())
            for member in delegation.get("members", ())
        }
        names = {party["id"]: party["name"] for party in record["parties"]} | people
        spoken += [
            (record["id"], (members | names)[speaker], names[principal])
            for statement in record.get("statements", ())
            for speaker in statement["speakers"]
            for principal in statement.get("onBehalfOf", ())
        ]
    assert Counter(spoken) == Counter(answer(tables, "Who spoke for others?"))


def test_what_became_of_what_was_announced(tables: Any) -> None:
    held = {record["id"]: (record["status"], record["date"]) for record in RECORDS}
    announced = {
        (entry["title"], entry.get("date"), *held.get(entry.get("record"), ("no record", None)))
        for record in RECORDS
        for entry in record.get("upcoming", ())
        if entry.get("type") in ("summit", "session")
    }
    assert announced == set(answer(tables, "Which summits and sessions were announced, and what became of them?"))


def test_who_praised_whom(tables: Any) -> None:
    praised: Counter[tuple[str, str, str]] = Counter()
    for record in RECORDS:
        names = parties(record)
        for statement in record.get("statements", ()):
            if statement.get("act") in ("praise", "thank", "congratulate"):
                speakers = {names[id] for id in statement.get("onBehalfOf", statement["speakers"]) if id in names}
                for relation, property in (("to", "addressees"), ("about", "about")):
                    targets = {names[id] for id in statement.get(property, ()) if id in names}
                    praised.update((one, other, relation) for one in speakers for other in targets if one != other)
    assert praised == {row[:3]: row[3] for row in answer(tables, "Who praised whom?")}


def test_the_evidence_of_a_statement(tables: Any) -> None:
    record = next(record for record in RECORDS if record["id"] == "sco-defence-ministers-2018-04-24")
    statement = next(entry for entry in record["statements"] if entry["id"] == "role-of-the-sco")
    publishers = {source["id"]: source.get("publisher") for source in record["sources"]}
    assert answer(tables, "What is the evidence of a statement?") == [
        (statement["text"], one["exact"], publishers[one["source"]], one["start"], one["end"])
        for one in statement["evidence"]
    ]


# The dyads


def both_dyads(tables: Any) -> tuple[list[Any], list[Any]]:
    columns = ", ".join(column.name for column in DYADS.columns)
    tables.execute(VIEW.replace("CREATE", "CREATE OR REPLACE"))
    (viewed, written) = (
        tables.sql(f"SELECT {columns} FROM {source} ORDER BY ALL").fetchall()
        for source in ("dyads", "'tables/dyads.parquet'")
    )
    return viewed, written


def test_the_view_of_dyads_has_the_rows_of_their_table(tables: Any) -> None:
    viewed, written = both_dyads(tables)
    assert viewed == written
    assert len(written) > 500


def invented(chance: Random, number: int) -> dict[str, Any]:
    """A record of few parties and people with whom anything may be wrong that the schema does not see."""

    def some(ids: list[str], least: int = 0) -> list[str]:
        return chance.sample(ids, chance.randint(least, min(3, len(ids))))

    parties, people, members = (
        [f"{kind}{index}" for index in range(size)] for kind, size in (("p", 4), ("h", 4), ("m", 5))
    )
    delegations = [
        {"id": f"d{index}", "party": chance.choice(parties), "capacity": "guest", "members": [
            {"id": id, "person": chance.choice(people)} if chance.random() < 0.6 else {"id": id} for id in members[index::3]
        ]}
        for index in range(3)
    ]  # fmt: skip
    anyone = [*parties, *people, *members, "d0", "d1", "d2", "nobody"]
    statements = [
        {
            "id": f"s{index}",
            "speakers": some(anyone, 1),
            "addressees": some(anyone, 1),
            "about": some([*anyone, "s0"], 1),
        }
        | ({"onBehalfOf": some([*parties, *people], 1)} if chance.random() < 0.3 else {})
        | ({"act": chance.choice(["praise", "other", "condemn"])} if chance.random() < 0.8 else {})
        | ({"date": "2019"} if chance.random() < 0.3 else {})
        for index in range(2)
    ]
    outcome = {"id": "o", "type": chance.choice(["treaty", "decision"]), "parties": some(parties, 1)}
    outcome |= {"addressees": some(parties, 1)} if chance.random() < 0.5 else {}
    status = chance.choice(["signed", "announced", "rejected", None])
    return {
        "id": f"r{number}", "date": "2018-06", "type": chance.choice(["meeting", "visit", "visit", "signing"]),
        "status": chance.choice(["held", "held", "announced"]), "delegations": delegations, "sources": [],
        "parties": [{"id": id, "type": "state", "name": id} for id in parties],
        "people": [{"id": id, "name": id, "offices": [{"title": "O"} | ({"of": of} if of else {}) for of in
                    chance.choices([*parties, None], k=chance.randint(1, 2))]} for id in people],
        "hosts": [{"party": id} for id in chance.choices(parties, k=chance.randint(1, 2))],
        "statements": statements, "outcomes": [outcome | ({"status": status} if status else {})],
    } | ({"mode": "phone"} if chance.random() < 0.3 else {})  # fmt: skip


def test_the_view_of_dyads_has_the_rows_of_their_table_whatever_is_wrong_with_the_records(
    tables: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = Random(1)
    records = [Sound("r.json", 1, invented(chance, number), Found()) for number in range(300)]
    write_tables(records, str(tmp_path / "tables"), "parquet", catalogue(), VERSION)
    monkeypatch.chdir(tmp_path)
    viewed, written = both_dyads(tables)
    assert viewed == written
    assert {row[2] for row in written} == {"event", "statement", "outcome"}
    assert {row[5] for row in written} >= {"04", "041", "042", "043", "051", "057", "111", None}
