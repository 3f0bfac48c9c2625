"""The generated walk collects what the plan of a schema names, each with where it stands."""

import json
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from check_records import EXAMPLE, ROOT, example
from diplomatic_events.pointers import Pointer, at
from diplomatic_events.schema.catalogue import Catalogue, catalogue
from diplomatic_events.schema.plan import NOTED, Plan, Step
from diplomatic_events.schema.plan import ROOT as WHOLE
from diplomatic_events.schema.structure import Structure, structure
from diplomatic_events.schema.walker import Found, main, path_of, source, spot_of, stored_name, walk

SCHEMA = structure(catalogue(), "1.0")
RECORDS = [json.loads(path.read_bytes()) for path in sorted(ROOT.glob("examples/*/record.json"))]


def placed(found: Found) -> dict[str, Any]:
    """What was collected, with paths in place of spots."""
    return {
        "entries": {name: [path_of(spot) for _, spot in entries] for name, entries in found.entries.items() if entries},
        "definitions": {id: (kind, path_of(spot)) for id, (kind, _, spot) in found.definitions.items()},
        "doubles": [(id, kind, path_of(spot)) for id, (kind, _, spot) in found.doubles],
        "used": found.used,
        "dates": [(text, path_of(spot)) for text, spot in found.dates],
        "languages": [(text, path_of(spot)) for text, spot in found.languages],
        "codes": {
            name: [(text, path_of(spot)) for text, spot in codes] for name, codes in found.codes.items() if codes
        },
        "noted": found.noted,
        "open": found.open,
    }


class PlainReading:
    """The same, by a plain reading of the plan while the record is walked."""

    def __init__(self, plan: Plan, record: Any) -> None:
        self.plan = plan
        self.found: dict[str, Any] = {
            "entries": defaultdict(list), "definitions": {}, "doubles": [], "used": defaultdict(set),
            "dates": [], "languages": [], "codes": defaultdict(list), "noted": set(), "open": False,
        }  # fmt: skip
        self.visit(Step("object", WHOLE, many=False), record, ())

    def visit(self, step: Step, value: Any, path: Pointer) -> None:
        if step.many:
            for index, item in enumerate(value if isinstance(value, list) else ()):
                self.visit(step._replace(many=False), item, (*path, index))
        elif step.action == "open":
            self.found["open"] = True
        elif step.action == "object" and isinstance(value, dict):
            noted = (f"{step.detail}.{key}" for key in value if key in NOTED.get(step.detail, ()))
            self.found["noted"].update(noted)
            for key, inner in self.plan.steps[step.detail].items():
                if key in value:
                    self.visit(inner, value[key], (*path, key))
            if step.detail not in self.plan.kinds:
                self.found["entries"][step.detail].append(path)
            self.define(step.detail, value.get("id"), path)
        elif isinstance(value, str) and step.action == "reference":
            self.found["used"][step.detail].add(value)
        elif isinstance(value, str) and step.action != "object":
            found = self.found["codes" if step.action == "code" else f"{step.action}s"]
            (found if step.detail is None else found[step.detail]).append((value, path))

    def define(self, kind: str, id: Any, path: Pointer) -> None:
        if isinstance(id, str) and kind in self.plan.kinds:
            if id in self.found["definitions"]:
                self.found["doubles"].append((id, kind, path))
            else:
                self.found["definitions"][id] = (kind, path)


OPEN: list[dict[str, Any]] = [
    {"extensions": {"org.example": {"id": "x"}}},
    {"/annotations/0/alternatives": [{"value": {"date": "2021-05"}}]},
]
BROKEN: list[dict[str, Any]] = [
    {"places": 5, "hosts": ["x", {"party": 5}, {"party": "sylvania"}], "date": ["2021"], "topics": "trade"},
    {"/people/0/id": "freedonia", "/parties/2": EXAMPLE["parties"][0], "/delegations/0/members": {"id": "x"}},
    {"unforeseen": {"date": "2021"}, "upcoming": [[], None, {"date": "2022", "people": ["ana-ruiz", 5]}]},
]


def named(record: dict[str, Any]) -> str:
    return str(record["id"])


@pytest.mark.parametrize("record", [EXAMPLE, *RECORDS, *map(example, OPEN)], ids=named)
def test_the_generated_walk_collects_what_a_plain_reading_of_the_plan_collects(record: dict[str, Any]) -> None:
    schema = Structure(catalogue(), "1.0")  # one that knows no code to be sound
    held = schema.hold(record)
    assert held.valid
    assert placed(held.found) == PlainReading(schema.plan, record).found == placed(schema.collect_at((), record))


@pytest.mark.parametrize("record", [example(change) for change in BROKEN], ids=named)
def test_what_is_valid_in_a_broken_record_is_collected(record: dict[str, Any]) -> None:
    held = SCHEMA.hold(record)
    assert not held.valid
    assert placed(held.found) == PlainReading(SCHEMA.plan, record).found


def test_a_code_that_is_known_to_be_sound_is_not_collected_again() -> None:
    schema = Structure(catalogue(), "1.0")
    schema.sound["topic"].add("trade")
    found = schema.hold(example({"topics": ["trade", "security"]})).found
    assert found.codes["topic"] == [("security", ((), "topics", 1))]


def test_each_reference_of_a_value_is_found_with_its_spot() -> None:
    for record in RECORDS:
        found = list(SCHEMA.references_at((), record))
        assert all(at(record, path_of(spot)) == id for _, id, spot in found)
        used: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for kinds, id, _ in found:
            used[kinds].add(id)
        assert used == SCHEMA.hold(record).found.used
    assert list(SCHEMA.references_at(("delegations", 0, "party"), "x")) == [
        (("party",), "x", ((), "delegations", 0, "party"))
    ]
    assert list(SCHEMA.references_at(("title",), "x")) == []


def test_each_spot_leads_to_its_value() -> None:
    for record in RECORDS:
        found = SCHEMA.hold(record).found
        for text, spot in [
            *found.dates,
            *found.languages,
            *(entry for codes in found.codes.values() for entry in codes),
        ]:
            assert at(record, path_of(spot)) == text
        for entries in found.entries.values():
            assert all(at(record, path_of(spot)) is value for value, spot in entries)


@pytest.mark.parametrize(
    "path", [(), ("date",), ("parties", 1, "id"), ("delegations", 0, "members", 2, "office", "of")]
)
def test_a_path_has_a_spot(path: Pointer) -> None:
    assert path_of(spot_of(path)) == path


def test_a_record_in_which_anything_may_stand_is_open() -> None:
    assert not SCHEMA.hold(EXAMPLE).found.open
    assert all(SCHEMA.hold(example(change)).found.open for change in OPEN)


def test_its_source_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["1.0"]):
        main(arguments)
        assert capsys.readouterr().out == source(SCHEMA.plan)
    assert "def walk_statement(value, spot, found):" in source(SCHEMA.plan)


def test_a_stored_walk_is_used_for_the_very_schema_that_it_was_made_from(tmp_path: Path) -> None:
    shutil.copytree(catalogue().folder, tmp_path / "schema")
    same = Catalogue(tmp_path / "schema")
    assert walk(same, "1.0").collect.__code__.co_filename.endswith(f"{stored_name('1.0')}.py")
    file = same.path("1.0")
    file.write_text(file.read_text(encoding="utf-8").replace('"kind": {', '"sort": {', 1), encoding="utf-8")
    assert walk(Catalogue(tmp_path / "schema"), "1.0").collect.__code__.co_filename == "<walk>"


def test_a_walk_that_notes_something_else_is_out_of_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(NOTED, "delegation", ("size", "mode"))
    fresh = walk(catalogue(), "1.0")
    assert fresh.collect.__code__.co_filename == "<walk>"
    found = Found()
    fresh.collect(example({"/delegations/0/mode": "video"}), (), found)
    assert "delegation.mode" in found.noted


def test_each_structure_learns_by_itself_which_codes_are_sound() -> None:
    one, other = (walk(catalogue(), "1.0") for _ in range(2))
    one.sound["topic"].add("trade")
    assert other.sound["topic"] == set()


def test_a_property_is_open_where_the_schema_says_nothing_of_what_is_in_it() -> None:
    open_ones: tuple[dict[str, Any], ...] = (
        {},
        {"title": "X"},
        {"type": "object"},
        {"type": "object", "additionalProperties": True},
    )
    closed: tuple[dict[str, Any], ...] = (
        {"type": "string"},
        {"const": True},
        {"enum": ["a"]},
        {"type": "object", "additionalProperties": False},
    )
    for part in (*open_ones, *closed):
        step = Plan({"$defs": {}, "properties": {"x": part}}).at(("x",))
        assert (step is not None and step.action == "open") == (part in open_ones), part
