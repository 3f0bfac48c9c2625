"""A changed value in the layout of its old text."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplomatic_events.edit.layout import Document, in_one_line
from hypothesis_settings import bounded

BOUNDED = bounded(100)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["id", "a", "b", "é"]), inner, max_size=4),
    max_leaves=15,
)  # fmt: skip
LAYOUTS: list[dict[str, Any]] = [{}, {"indent": 2}, {"indent": "\t"}, {"separators": (",", ":")}, {"indent": 0}]


@BOUNDED
@given(VALUES, VALUES, st.sampled_from(LAYOUTS), st.booleans(), st.sampled_from(["", "\n", "\r\n"]))
def test_the_text_holds_the_new_value_whatever_the_old_one_was(
    old: Any, new: Any, layout: dict[str, Any], ascii: bool, end: str
) -> None:
    text = json.dumps(old, ensure_ascii=ascii, **layout) + end
    document = Document(text)
    assert json.dumps(document.value) == json.dumps(old)
    assert document.rewritten(old) == text
    written = document.rewritten(new)
    assert json.dumps(json.loads(written)) == json.dumps(new)
    assert written.endswith(end)


@BOUNDED
@given(VALUES, st.sampled_from(LAYOUTS), st.booleans(), st.sampled_from(["", "\n", "\r\n"]))
def test_a_text_in_one_line_is_that_of_a_program_that_breaks_no_line(
    value: Any, layout: dict[str, Any], ascii: bool, end: str
) -> None:
    text = json.dumps(value, ensure_ascii=ascii, **layout) + end
    assert in_one_line(text) == json.dumps(value, ensure_ascii=ascii)


@BOUNDED
@given(VALUES, VALUES, st.sampled_from([2, 4, "\t"]))
def test_a_file_as_a_program_indents_it_stays_one(old: Any, new: Any, indent: int | str) -> None:
    whole = {"old": old, "same": [1, {"a": 2}]}
    text = json.dumps(whole, indent=indent, ensure_ascii=False)
    changed = {"new": new, "same": [1, {"a": 2}]}
    assert Document(text).rewritten(changed) == json.dumps(changed, indent=indent, ensure_ascii=False)


TEXT = """{
  "number": 1.50, "caf\\u00e9": [ {"id": "x", "n": 1e2}, {"id":"y"} ],

  "host": {
    "several": [1,
      2]
  }
}
"""


def changed(**changes: Any) -> str:
    document = Document(TEXT)
    return document.rewritten({key: part for key, part in (document.value | changes).items() if part is not None})


def test_what_does_not_change_keeps_every_character() -> None:
    assert changed(host={"several": [1, 2], "more": "ü"}) == TEXT.replace("      2]\n", '      2],\n    "more": "ü"\n')


def test_a_property_that_is_taken_out_leaves_no_trace() -> None:
    assert changed(café=None) == '{\n  "number": 1.50,\n  "host": {\n    "several": [1,\n      2]\n  }\n}\n'


def test_an_object_that_moves_deeper_is_indented_as_its_new_place_needs() -> None:
    assert changed(host=None, within={"host": {"several": [1, 2]}}).endswith(
        '  "within": {\n    "host": {\n      "several": [1,\n        2]\n    }\n  }\n}\n'
    )


def test_an_object_that_is_indented_by_tabs_moves_deeper_by_one() -> None:
    text = '{\n\t"host": {\n\t\t"a": 1\n\t},\n\t"n": 1\n}\n'
    moved = '{\n\t"within": {\n\t\t"host": {\n\t\t\t"a": 1\n\t\t}\n\t},\n\t"n": 1\n}\n'
    assert Document(text).rewritten({"within": {"host": {"a": 1}}, "n": 1}) == moved


def test_an_entry_that_is_taken_out_of_a_list_leaves_the_others_as_they_were() -> None:
    assert '"caf\\u00e9": [ {"id":"y"} ],' in changed(café=[{"id": "y"}])


def test_entries_without_ids_keep_their_layouts_in_the_order_of_the_list() -> None:
    assert Document('[{"a":1}, { "b": 2 }]').rewritten([{"a": 3}, {"b": 4}]) == '[{"a":3}, { "b": 4 }]'


def test_an_entry_is_known_by_its_id() -> None:
    assert '"caf\\u00e9": [ {"id":"y", "z": 1} ],' in changed(café=[{"id": "y", "z": 1}])


def test_a_renamed_object_keeps_the_layout_of_the_old_one() -> None:
    text = '{"host": { "a": 1,  "b": 2 }, "x": 1}'
    assert Document(text).rewritten({"guest": {"a": 1, "b": 3}, "x": 1}) == '{"guest": { "a": 1,  "b": 3 }, "x": 1}'


def test_a_renamed_property_keeps_what_stood_around_its_colon() -> None:
    text = '{"x":1, "n": {"a" : {"b": 1}}}'
    assert Document(text).rewritten({"x": 1, "n": {"c": {"b": 2}}}) == '{"x":1, "n": {"c" : {"b": 2}}}'


def test_of_two_equal_objects_that_are_laid_out_differently_the_first_is_copied() -> None:
    text = '{"a": {"x":1}, "b": { "x": 1 }}'
    copied = {"a": {"x": 1}, "b": {"x": 1}, "c": {"x": 1}}
    assert Document(text).rewritten(copied) == '{"a": {"x":1}, "b": { "x": 1 }, "c": {"x":1}}'


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_and_a_byte_order_mark_stay(end: str) -> None:
    text = f'\ufeff{{{end}\t"a": 1{end}}}{end}'
    assert Document(text).rewritten({"a": 1, "b": [True]}) == (
        f'\ufeff{{{end}\t"a": 1,{end}\t"b": [{end}\t\ttrue{end}\t]{end}}}{end}'
    )


def test_a_compact_record_stays_compact() -> None:
    assert Document('{"a":1,"b":[1,2]}').rewritten({"a": 1, "c": {"d": [3, 4]}}) == '{"a":1,"c":{"d":[3,4]}}'


def test_one_and_one_point_nought_are_not_written_alike() -> None:
    assert Document('{"a": 1.0}').rewritten({"a": 1}) == '{"a": 1}'
    assert Document('{"a": 1}').rewritten({"a": True}) == '{"a": true}'


def test_many_entries_take_no_long_time() -> None:
    old = [{"id": f"n{number}", "n": number} for number in range(3000)]
    new = [{**entry, "m": 1} for entry in old[1:]]
    assert json.loads(Document(json.dumps(old)).rewritten(new)) == new
