"""What the guide shows stands in the example records, and what it names exists."""

import csv
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from check_records import ROOT
from diplomatic_events.rules import RULES
from diplomatic_events.schema.catalogue import catalogue
from pages.objects import Objects
from pages.site import NAMED

PAGES = sorted((ROOT / "docs/guide").glob("*.md"))
FRAGMENT = re.compile(r"<!-- part of: (?P<record>examples/\S+) -->\n```json\n(?P<json>.*?)```\n", re.DOTALL)
QUOTE = re.compile(r"<!-- quoted from: (?P<folder>examples/\S+) -->\n> (?P<words>.*)\n")
FRAGMENTS = [(page.name, *match.groups()) for page in PAGES for match in FRAGMENT.finditer(page.read_text("utf-8"))]
QUOTES = [(page.name, *match.groups()) for page in PAGES for match in QUOTE.finditer(page.read_text("utf-8"))]
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


@cache
def record(path: str) -> Any:
    return json.loads((ROOT / path).read_bytes())


def part_of(shown: Any, whole: Any) -> bool:
    """Whether a fragment is a record but for properties and entries that it leaves out; a list of plain values is whole."""
    if isinstance(shown, dict):
        return isinstance(whole, dict) and all(key in whole and part_of(shown[key], whole[key]) for key in shown)
    if isinstance(shown, list) and isinstance(whole, list) and isinstance(next(iter(shown), None), dict):
        left = iter(whole)
        return all(any(part_of(entry, other) for other in left) for entry in shown)
    return bool(shown == whole)


@pytest.mark.parametrize(("page", "path", "text"), FRAGMENTS)
def test_a_fragment_is_a_part_of_its_record(page: str, path: str, text: str) -> None:
    assert part_of(json.loads(text), record(path))


@pytest.mark.parametrize(("page", "folder", "words"), QUOTES)
def test_a_quote_stands_in_a_source_of_its_record(page: str, folder: str, words: str) -> None:
    sources = record(f"{folder}/record.json")["sources"]
    texts = [source.get("text") or (ROOT / folder / source["textFile"]).read_text("utf-8") for source in sources]
    assert any(words in text for text in texts)


@each_page
def test_all_json_and_every_quote_say_where_they_come_from(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text.count("```") == 2 * sum(name == page.name for name, *_ in FRAGMENTS)
    assert len(re.findall(r"^>", text, re.MULTILINE)) == sum(name == page.name for name, *_ in QUOTES)


def test_a_part_leaves_out_but_changes_nothing() -> None:
    whole = {"a": [{"id": 1, "x": 1}, {"id": 2, "x": 2}], "b": [1, 2], "c": {"d": 3}}
    assert part_of({"a": [{"id": 2}], "c": {}}, whole)
    assert part_of({"a": [{"id": 1}, {"x": 2}]}, whole)
    assert not part_of({"a": [{"x": 2}, {"id": 1}]}, whole)
    assert not part_of({"b": [1]}, whole)
    assert not part_of({"a": [{"id": 1, "x": 2}]}, whole)
    assert not part_of({"e": 1}, whole)


@each_page
def test_every_property_rule_and_code_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    objects = Objects(catalogue().schema(catalogue().latest))
    properties = {".".join(property.key) for property in objects.properties}
    for name in re.findall(r"`([^`\n]+)`", text):
        if re.fullmatch(r"[a-zA-Z]+\.[a-zA-Z]+", name):
            assert name in properties, name
            assert re.fullmatch(NAMED, f"`{name}`")
        if re.fullmatch(r"[a-z]+/[a-z-]+", name):
            assert name in RULES, name
        if re.fullmatch(r"[A-Z]{3}", name):
            assert name in codes("country") | codes("currency"), name
    for name, code in re.findall(r"schema/codelists/([a-z-]+)\.csv#([a-z0-9-]+)", text):
        assert code in codes(name), code


@cache
def codes(name: str) -> set[str]:
    with (ROOT / f"schema/codelists/{name}.csv").open(encoding="utf-8", newline="") as rows:
        return {row["code"] for row in csv.DictReader(rows)}


def test_the_dates_of_the_page_on_dates_are_dates() -> None:
    form = catalogue().schema(catalogue().latest)["$defs"]["edtfDate"]["pattern"]
    cells = re.findall(r"^\|[^|]+\|([^|]+)\|$", (ROOT / "docs/guide/in-june.md").read_text("utf-8"), re.MULTILINE)
    dates = [date for cell in cells for date in re.findall(r"`([^`]+)`", cell)]
    assert len(dates) > 10
    for date in dates:
        assert re.search(form, date), date


def test_the_first_page_of_the_guide_leads_to_all_others() -> None:
    listed = re.findall(r"\]\(([a-z-]+\.md)\)", (ROOT / "docs/guide/index.md").read_text("utf-8"))
    assert sorted(listed) == [page.name for page in PAGES if page.name != "index.md"]
