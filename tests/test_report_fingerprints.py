"""The fingerprint of a finding: what it rests on, and what it does not."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from check_records import EXAMPLE, example
from diplomatic_events import Severity, check_bytes, check_paths
from diplomatic_events.findings import Excerpt, Finding, Region
from diplomatic_events.jsontext.parse import UNPARSED
from diplomatic_events.pointers import Pointer
from diplomatic_events.report.fingerprints import fingerprint, mark_at, path_from


def finding(**more: Any) -> Finding:
    return Finding(**{"rule": "codes/unknown", "severity": Severity.WARNING, "message": "m", "file": "a.json", **more})


def test_it_is_thirty_two_hexadecimal_digits() -> None:
    mark = fingerprint(finding())
    assert len(mark) == 32
    assert int(mark, 16)


@pytest.mark.parametrize(
    "more", [{"rule": "codes/deprecated"}, {"file": "b.json"}, {"record": "r"}, {"pointer": "/b"}, {"anchor": "/b"}, {"value": "v"}]
)  # fmt: skip
def test_it_rests_on_rule_file_record_place_and_value(more: dict[str, Any]) -> None:
    assert fingerprint(finding(pointer="/a", **more) if "pointer" not in more else finding(**more)) != fingerprint(
        finding(pointer="/a")
    )


def test_better_words_change_it_only_where_there_is_no_place() -> None:
    assert fingerprint(finding(message="n")) != fingerprint(finding())
    for place in ({"pointer": ""}, {"pointer": "/a"}, {"anchor": ""}):
        assert fingerprint(finding(message="n", **place)) == fingerprint(finding(**place))


def test_it_is_the_hash_of_what_it_rests_on() -> None:
    (found,) = check_bytes(json.dumps(example({"topics": ["tarde"]})).encode(), name="a.json").findings
    value = hashlib.sha256(b'"tarde"').hexdigest()[:16]
    parts = ["codes/unknown", "a.json", EXAMPLE["id"], "/topics/0", value]
    assert fingerprint(found) == hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


@pytest.mark.parametrize(
    ("path", "alike"),
    [(("a",), False), (("list", 0), False), (("list",), True), (("object",), True), ((), True), (("no",), True), (("a", "b"), True), (("list", 9), True)],
)  # fmt: skip
def test_a_single_value_has_a_mark_and_an_object_a_list_and_what_is_not_there_have_none(
    path: Pointer, alike: bool
) -> None:
    one, other = {"a": "1", "list": [1], "object": {}}, {"a": 1, "list": ["1"], "object": {"x": 1}}
    assert (mark_at(one, path) == mark_at(other, path)) is alike
    assert (mark_at(one, path) == "") is alike


@pytest.mark.parametrize(
    "more",
    [
        {"severity": Severity.ERROR},
        {"help": "h"},
        {"record_line": 7},
        {"place": Region(1, 2, 3, 4)},
        {"excerpt": Excerpt(1, "x", 0, 1)},
    ],
)
def test_it_does_not_rest_on_lines_help_or_severity(more: dict[str, Any]) -> None:
    assert fingerprint(finding(**more)) == fingerprint(finding())


def test_a_place_told_by_ids_comes_before_one_told_by_positions() -> None:
    first = finding(pointer="/parties/0/name", anchor="/parties/belarus/name")
    assert fingerprint(first) == fingerprint(first._replace(pointer="/parties/9/name"))
    assert fingerprint(first) != fingerprint(first._replace(anchor=None))


def test_parts_do_not_run_into_one_another() -> None:
    assert fingerprint(finding(file="a", record="bc")) != fingerprint(finding(file="ab", record="c"))


def test_what_could_not_be_parsed_has_no_mark() -> None:
    assert mark_at(UNPARSED, ()) == ""
    assert mark_at({"a": None, "b": True}, ("a",)) != mark_at({"a": None, "b": True}, ("b",)) != ""


def test_a_lone_surrogate_has_a_fingerprint() -> None:
    assert fingerprint(finding(message="\ud800"))


def test_it_stays_when_the_text_is_laid_out_in_another_way() -> None:
    value = example({"topics": ["tarde"], "/upcoming/0/title": ""})
    first, second = (
        [fingerprint(found) for found in check_bytes(json.dumps(value, indent=indent).encode()).findings]
        for indent in (None, 4)
    )
    assert len(first) == 2
    assert sorted(first) == sorted(second)


def test_it_stays_when_an_entry_is_inserted_before() -> None:
    value = example({"/statements/1/text": ""})
    more = {**value, "statements": [{**EXAMPLE["statements"][0], "id": "another"}, *value["statements"]]}
    ((first,), (second,)) = (
        [found for found in check_bytes(json.dumps(record).encode()).findings if found.rule == "schema/too-short"]
        for record in (value, more)
    )
    assert (first.pointer, second.pointer) == ("/statements/1/text", "/statements/2/text")
    assert fingerprint(first) == fingerprint(second)


def test_it_stays_when_a_record_is_inserted_above(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    bad = json.dumps(example({"id": "b", "date": "2018-01-01", "title": ""}))
    marks = []
    for text in (bad, f"{json.dumps(EXAMPLE)}\n\n{bad}"):
        path.write_text(text, encoding="utf-8")
        (found,) = check_paths([str(path)]).findings
        marks.append((found.record_line, fingerprint(found)))
    assert [line for line, _ in marks] == [1, 3]
    assert marks[0][1] == marks[1][1]


@pytest.mark.parametrize(
    ("file", "folder", "told"),
    [
        ("a.json", "", "a.json"),
        ("./b/../a.json", "", "a.json"),
        ("b/a.json", "b", "a.json"),
        ("a.json", "b", "../a.json"),
        ("b/a.json", "c/d", "../../b/a.json"),
    ],
)
def test_a_path_is_relative_to_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, folder: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert path_from(file, tmp_path / folder) == told
    assert path_from(tmp_path / file, tmp_path / folder) == told


def test_a_path_on_another_drive_is_told_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", fail)
    monkeypatch.setattr(os, "sep", "\\")
    assert path_from("D:\\b\\a.json", "C:\\") == "D:/b/a.json"
