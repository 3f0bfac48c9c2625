"""Changes of a record as edits of its text."""

import json
from typing import Any

import pytest

from diplomatic_events.edit.changes import Editor, applied
from diplomatic_events.findings import Change, Insert, Put, Remove, Rename, Wrap
from diplomatic_events.jsontext.locate import locate


def edited(text: str, *changes: Change) -> str:
    paths = [change.path for change in changes]
    spans = locate(text, paths, keys=paths)
    editor = Editor(text, spans.values, spans.keys)
    found = [edit for change in changes for edit in editor.edits(change)]
    for edit in sorted(found, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


ORDER = {"a": 1, "b": [1, 2, 3], "c": {"d": "x"}}


@pytest.mark.parametrize("layout", [{}, {"indent": 2}, {"indent": "\t"}, {"separators": (",", ":")}, {"indent": 0}])
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Put(("a",), "é"), {"a": "é", "b": [1, 2, 3], "c": {"d": "x"}}),
        (Rename(("b",), "e"), {"a": 1, "e": [1, 2, 3], "c": {"d": "x"}}),
        (Remove(("a",)), {"b": [1, 2, 3], "c": {"d": "x"}}),
        (Remove(("b",)), {"a": 1, "c": {"d": "x"}}),
        (Remove(("c",)), {"a": 1, "b": [1, 2, 3]}),
        (Remove(("b", 0)), {"a": 1, "b": [2, 3], "c": {"d": "x"}}),
        (Remove(("b", 2)), {"a": 1, "b": [1, 2], "c": {"d": "x"}}),
        (Insert(("a",), {"x": 1, "y": 2}), {"a": 1, "x": 1, "y": 2, "b": [1, 2, 3], "c": {"d": "x"}}),
        (Insert(("c", "d"), {"e": 1}), {"a": 1, "b": [1, 2, 3], "c": {"d": "x", "e": 1}}),
        (Insert(("b", 2), [4]), {"a": 1, "b": [1, 2, 3, 4], "c": {"d": "x"}}),
        (Insert(("b", 0), [9]), {"a": 1, "b": [1, 9, 2, 3], "c": {"d": "x"}}),
    ],
)
def test_a_change_leaves_a_file_as_the_program_that_wrote_it_would(
    change: Change, expected: dict[str, Any], layout: dict[str, Any]
) -> None:
    text = json.dumps(ORDER, ensure_ascii=False, **layout)
    assert edited(text, change) == json.dumps(expected, ensure_ascii=False, **layout)


def test_a_value_is_put_into_a_list_as_it_is_written() -> None:
    assert edited('{"a" : {"b":1.50}\n}', Wrap(("a",))) == '{"a" : [{"b":1.50}]\n}'


def test_the_only_item_leaves_an_empty_object() -> None:
    assert edited('{ "a" :\r\n1 }', Remove(("a",))) == "{}"


def test_the_last_item_goes_with_the_comma_and_the_blanks_before_it() -> None:
    assert edited('{"a": 1 ,\n "b": 2\n}', Remove(("b",))) == '{"a": 1\n}'
    assert edited("[1 , 2]", Remove((1,))) == "[1]"


def test_an_entry_is_written_like_the_one_before_it() -> None:
    text = '{\n  "a": [\n    {\n      "id": "x"\n    }\n  ]\n}'
    new = '{\n  "a": [\n    {\n      "id": "x"\n    }, {\n      "id": "y",\n      "n": 1\n    }\n  ]\n}'
    assert edited(text, Insert(("a", 0), [{"id": "y", "n": 1}])) == new.replace("}, {", "},\n    {")


def test_a_file_without_other_characters_than_ascii_stays_one_if_it_escapes_them() -> None:
    assert edited('{"a": "\\u00e9"}', Put(("a",), "ü")) == '{"a": "\\u00fc"}'
    assert edited('{"a": "e"}', Put(("a",), "ü")) == '{"a": "ü"}'


def test_edits_are_of_bytes_counted_from_where_the_text_begins_in_its_file() -> None:
    assert applied("aéb".encode(), [(13, 14, "c"), (10, 11, "ä")], 10) == "äéc".encode()
