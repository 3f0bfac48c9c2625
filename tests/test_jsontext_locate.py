"""Where values stand in a text: every span holds the value that the path leads to."""

import json
import random
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplomatic_events.findings import Excerpt, Region
from diplomatic_events.jsontext.locate import Lines, locate, position
from diplomatic_events.pointers import Pointer, at
from hypothesis_settings import bounded

BOUNDED = bounded(100)

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=6)
SCALARS = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    SCALARS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


def written(value: Any, chance: random.Random) -> str:
    """A value as JSON, with white space and escapes wherever the grammar allows them."""

    def blank() -> str:
        return "".join(chance.choices(" \t\n\r", k=chance.choice((0, 0, 1, 3))))

    if isinstance(value, dict):
        members = (f"{blank()}{written(k, chance)}{blank()}:{written(v, chance)}" for k, v in value.items())
        text = "{" + (",".join(members) or blank()) + "}"
    elif isinstance(value, list):
        text = "[" + (",".join(written(item, chance) for item in value) or blank()) + "]"
    else:
        text = json.dumps(value, ensure_ascii=chance.random() < 0.5)
    return blank() + text + blank()


def paths(value: Any, path: Pointer = ()) -> Iterator[Pointer]:
    """Every path of a value, its own first."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from paths(inner, (*path, key))


@BOUNDED
@given(VALUES, st.randoms(use_true_random=False))
def test_the_text_at_every_span_is_the_value_at_the_path(value: Any, chance: random.Random) -> None:
    text = written(value, chance)
    spans = locate(text, paths(value), keys=paths(value))
    for path in paths(value):
        start, end = spans.values[path]
        assert text[start:end].strip(" \t\r\n") == text[start:end]
        assert json.loads(text[start:end]) == at(value, path)
        start, end = spans.keys[path]
        named = bool(path) and isinstance(path[-1], str)
        assert json.loads(text[start:end]) == (path[-1] if named else at(value, path))


@BOUNDED
@given(VALUES, st.randoms(use_true_random=False), st.data())
def test_one_path_is_found_where_all_of_them_are(value: Any, chance: random.Random, data: st.DataObject) -> None:
    text = written(value, chance)
    everything = locate(text, paths(value))
    path = data.draw(st.sampled_from(list(paths(value))))
    assert locate(text, [path]).values == {path: everything.values[path]}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (("b",), '{"a": [1, {"c": 2}]}'),
        (("a", 2), '[1, {"c": 2}]'),
        (("a", 1, "d", 0, "e"), '{"c": 2}'),
        (("a", 0, "c"), "1"),
        (("a", "1"), '[1, {"c": 2}]'),
        ((0,), '{"a": [1, {"c": 2}]}'),
        (("x",) * 5000, '{"a": [1, {"c": 2}]}'),
    ],
)
def test_a_path_that_leads_nowhere_gets_its_nearest_ancestor(path: Pointer, found: str) -> None:
    text = '{"a": [1, {"c": 2}]}'
    spans = locate(text, [path], keys=[path])
    assert text[slice(*spans.values[path])] == found
    assert text[slice(*spans.keys[path])] == found


def test_a_name_with_escapes_is_found_and_marked_with_its_quotation_marks() -> None:
    text = '{"a\\u0062\\"/~": 1}'
    path = ('ab"/~',)
    assert text[slice(*locate(text, [], keys=[path]).keys[path])] == '"a\\u0062\\"/~"'


def test_values_two_hundred_levels_deep_are_found() -> None:
    text = "[" * 199 + "[7]" + "]" * 199
    path = (0,) * 200
    assert locate(text, [path]).values[path] == (200, 201)


def test_ten_thousand_paths_take_one_walk() -> None:
    text = json.dumps([{"id": f"e{number}", "size": number} for number in range(10_000)], indent=1)
    wanted: list[Pointer] = [(number, "size") for number in range(10_000)]
    spans = locate(text, wanted)
    assert [int(text[slice(*spans.values[path])]) for path in wanted] == list(range(10_000))


@pytest.mark.parametrize(
    ("offset", "position"),
    [
        (0, (1, 1)),
        (1, (1, 2)),
        (2, (1, 3)),
        (3, (2, 1)),
        (4, (2, 2)),
        (5, (3, 1)),
        (6, (3, 2)),
        (7, (4, 1)),
        (9, (4, 3)),
    ],
)
def test_lines_end_as_in_editors(offset: int, position: tuple[int, int]) -> None:
    #        0 12  34 56 789
    text = "é\r\n😀\rb\nx\u2028"
    assert Lines(text).position(offset) == position


def test_a_line_of_ndjson_keeps_its_number_in_the_file() -> None:
    lines = Lines('{"a": 1}', first_line=41)
    assert lines.place((6, 7)) == Region(41, 7, 41, 8)
    assert lines.excerpt((6, 7)) == Excerpt(41, '{"a": 1}', 6, 7)


@BOUNDED
@given(st.text(alphabet="ab\r\n\u2028", max_size=30), st.data())
def test_a_position_leads_back_to_its_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    line, column = Lines(text).position(offset)
    ends = [match.end() for match in re.finditer("\r\n|\r|\n", text) if match.end() <= offset]
    assert line == 1 + len(ends)
    assert column == 1 + offset - max(ends, default=0)


def test_a_span_of_several_lines_is_marked_up_to_the_end_of_its_first() -> None:
    text = '{\r\n  "a": [\r\n    1\r\n  ]\r\n}'
    lines = Lines(text)
    span = locate(text, [("a",)]).values[("a",)]
    assert lines.place(span) == Region(2, 8, 4, 4)
    assert lines.excerpt(span) == Excerpt(2, '  "a": [', 7, 8)


def test_a_span_at_the_end_of_a_line_marks_nothing_beyond_it() -> None:
    assert Lines("ab\ncd").excerpt((2, 3)) == Excerpt(1, "ab", 2, 2)
    assert Lines("ab\r\ncd").excerpt((3, 4)) == Excerpt(1, "ab", 2, 2)
    assert Lines("ab\ncd").excerpt((5, 5)) == Excerpt(2, "cd", 2, 2)
    assert Lines("").excerpt((0, 0)) == Excerpt(1, "", 0, 0)


def test_a_long_line_is_cropped_with_context_on_either_side() -> None:
    text = "a" * 500 + "XYZ" + "b" * 500
    excerpt = Lines(text).excerpt((500, 503), max_width=21)
    assert excerpt == Excerpt(1, "a" * 9 + "XYZ" + "b" * 9, 9, 12, cut_before=True, cut_after=True)


def test_an_excerpt_has_a_hundred_and_sixty_characters_unless_another_width_is_asked_for() -> None:
    assert Lines("a" * 160).excerpt((0, 1)) == Excerpt(1, "a" * 160, 0, 1)
    assert Lines("a" * 161).excerpt((0, 1)) == Excerpt(1, "a" * 160, 0, 1, cut_after=True)


def test_a_long_line_is_not_cropped_further_than_its_ends() -> None:
    text = "XYZ" + "a" * 100 + "UVW"
    assert Lines(text).excerpt((0, 3), max_width=10) == Excerpt(1, "XYZ" + "a" * 7, 0, 3, cut_after=True)
    assert Lines(text).excerpt((103, 106), max_width=10) == Excerpt(1, "a" * 7 + "UVW", 7, 10, cut_before=True)


def test_a_span_longer_than_the_excerpt_shows_its_beginning() -> None:
    text = "a" * 50 + "X" * 500
    excerpt = Lines(text).excerpt((50, 550), max_width=20)
    assert excerpt == Excerpt(1, "a" * 5 + "X" * 15, 5, 20, cut_before=True, cut_after=True)


@BOUNDED
@given(st.text(alphabet="ab\n\r", max_size=60), st.integers(1, 12), st.data())
def test_an_excerpt_is_never_wider_than_asked_and_marks_the_beginning_of_the_span(
    text: str, width: int, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    excerpt = Lines(text).excerpt((start, end), max_width=width)
    assert len(excerpt.text) <= width
    assert 0 <= excerpt.start <= excerpt.end <= len(excerpt.text)
    assert not set(excerpt.text) & {"\n", "\r"}
    marked = text[start:end].splitlines()[0] if text[start:end] and text[start] not in "\r\n" else ""
    assert marked.startswith(excerpt.text[excerpt.start : excerpt.end])
    assert not marked or excerpt.end > excerpt.start


def test_every_line_break_of_a_text_counts_once() -> None:
    text = "\n".join(str(number) for number in range(1000))
    lines = Lines(text)
    assert [lines.position(text.index(f"\n{number}\n") + 1)[0] for number in (1, 500, 998)] == [2, 501, 999]


def test_one_position_is_that_of_the_list_of_all_lines() -> None:
    texts = ["".join(marks) for length in range(7) for marks in product("a\r\n", repeat=length)]
    for text in texts:
        lines = Lines(text)
        for offset in range(len(text) + 1):
            assert position(text, offset) == lines.position(offset), (text, offset)
