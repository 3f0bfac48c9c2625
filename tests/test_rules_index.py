"""What is kept to compare records: the same whether it is in memory, in a temporary file, or put together from parts."""

import sqlite3
import sys
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from check_records import example
from diplomatic_events.rules import ACROSS_RECORDS, corpus
from diplomatic_events.rules.corpus import Across
from diplomatic_events.rules.index import Home, Index

CHOSEN = frozenset(ACROSS_RECORDS)
NAMES = ("Ana Ruiz", "Jan Novák", "Ruiz Ana", "Petr Dvořák")


def record(id: int, link: int, name: int, day: int) -> dict[str, Any]:
    """A record that may have the id, the day and the people of others, and links to another."""
    person = {"id": "p", "name": NAMES[name], "identifiers": [{"scheme": "wikidata", "value": f"Q{id % 2 + 1}"}]}
    upcoming = {"id": "x", "title": "Talks", "record": f"record-{link}", "date": "2021-05-02"}
    return example({"id": f"record-{id}", "date": f"2021-05-0{day}", "people": [person], "upcoming": [upcoming]})


def filled(records: list[dict[str, Any]], most: int | None) -> Index:
    index = Index(most)
    for number, value in enumerate(records, 1):
        index.add(value, Home("a.ndjson", number))
    return index


def run(index: Index) -> tuple[list[tuple[str, Across]], list[tuple[str, str]]]:
    return corpus.run(index, CHOSEN, ACROSS_RECORDS)


some_records = some.lists(
    some.builds(record, some.integers(0, 9), some.integers(0, 11), some.integers(0, 3), some.integers(1, 2)),
    max_size=12,
)


@given(some_records, some.integers(0, 20), some.integers(1, 5))
def test_the_findings_are_the_same_wherever_the_entries_are_and_however_they_come(
    records: list[dict[str, Any]], most: int, part: int
) -> None:
    expected = run(filled(records, None))
    assert run(filled(records, most)) == expected
    merged, worker = Index(most), Index(None)
    for number, value in enumerate(records, 1):
        worker.add(value, Home("a.ndjson", number))
        if number % part == 0:
            merged.merge(worker.taken())
    merged.merge(worker.taken())
    assert run(merged) == expected
    assert merged.size == len(records)


def test_the_issues_of_a_rule_come_in_the_order_of_the_records() -> None:
    values = [example({"id": id, "date": f"20{day}-01-01"}) for day, id in enumerate("abba", 10)]
    found, _ = run(filled(values, None))
    assert [(rule, across.home.line) for rule, across in found] == [
        ("corpus/duplicate-record", 3), ("corpus/duplicate-record", 4),
    ]  # fmt: skip


def test_memory_does_not_grow_with_the_records() -> None:
    def held(number: int) -> int:
        index, value = Index(), record(0, 0, 0, 1)
        tracemalloc.start()
        for line in range(number):
            index.add({**value, "id": f"record-{line}", "upcoming": []}, Home("a.ndjson", line))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert held(20_000) < 1.2 * held(5_000)


def test_one_identity_in_all_records_is_kept_once() -> None:
    index = filled([record(number * 2, number * 2, 0, 1) for number in range(50)], None)
    assert sum(key.startswith(b"identity") for key, _, _ in index.rows) == 1


def test_many_identities_are_forgotten_and_kept_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diplomatic_events.rules.index.MOST_IN_MEMORY", 2)
    values = [record(number % 2, number, number % 4, 1) for number in range(40)]
    assert run(filled(values, None)) == run(filled(values, 3))
    index = filled(values, None)
    assert len(index._known) <= 2


def test_without_sqlite_everything_stays_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    values = [record(1, 7, number % 4, 1) for number in range(10)]
    expected = run(filled(values, 3))
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    index = filled(values, 3)
    assert len(index.rows) > 3
    assert run(index) == expected


@pytest.mark.parametrize("step", ["INSERT", "SELECT"])
def test_a_full_disk_costs_only_what_shows_across_records_and_is_said(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(sqlite3.Connection):
        def execute(self, sql: str, *more: Any) -> Any:
            if sql.startswith(step):
                raise sqlite3.OperationalError("database or disk is full")
            return super().execute(sql, *more)

        def executemany(self, sql: str, *more: Any) -> Any:
            if sql.startswith(step):
                raise sqlite3.OperationalError("database or disk is full")
            return super().executemany(sql, *more)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda name, **more: connect(name, factory=Full, **more))
    index = filled([record(1, 7, 0, 1)] * 10, 3)
    found, skipped = run(index)
    assert found == []
    assert index.fault == "the temporary file for what is compared cannot be used: database or disk is full"
    assert {rule for rule, _ in skipped} == CHOSEN
    assert index.size == 10


def test_a_spelling_is_sought_for_only_so_many_unknown_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "_AT_ONCE", 2)  # the ids come in pieces
    names = ("accession", "treaty", "summit-of-nine", "border-walk")
    link = {"id": "x", "relation": "follows-up", "title": "Talks"}
    values = [
        example({"id": name, "date": f"20{year}-01-01", "related": [{**link, "record": f"{name}-x"}]})
        for year, name in enumerate(names, 10)
    ]

    def helps() -> list[str | None]:
        return [across.issue.help for rule, across in run(filled(values, None))[0] if rule == "corpus/unknown-record"]

    assert helps() == [f"did you mean `{name}`?" for name in names]
    monkeypatch.setattr(corpus, "_MOST_COMPARED", 8)  # each of the four ids with two
    otherwise = "check the file of that record in the same run"
    assert helps() == ["did you mean `accession`?", "did you mean `treaty`?", otherwise, otherwise]
