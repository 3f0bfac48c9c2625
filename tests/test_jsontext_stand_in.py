"""What stands in for the native parser takes and refuses what that does, with the same values."""

import tomllib
from typing import Any

import jiter
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from packaging.requirements import Requirement

from check_records import ROOT
from diplomatic_events.jsontext import stand_in
from diplomatic_events.jsontext.parse import DEEPEST, Parsed, parse
from hypothesis_settings import bounded

PIECES = st.sampled_from(
    ['"', "a", '"a"', "{", "}", "[", "]", ":", ",", " ", "\n", "1", "-", "0", ".5", "e9", "1e400", "9" * 30, "true", "null",
     "NaN", "-Infinity", "'", "\\", "\\ud83d", "\\uDE00", "\\u00e9", "\\/", "é", "\ufeff", "\x00", '"a":1', "{}"]
)  # fmt: skip
JSON_LIKE = st.lists(PIECES, max_size=20).map(lambda pieces: "".join(pieces).encode())


@bounded(500)
@given(JSON_LIKE | st.binary(max_size=30) | st.floats().map(lambda number: repr(number).encode()))
@example(b'{"a":1,"\\u0061":2}')
@example(b'["\\ud83d\\ude00", "\\uDE00\\uD83D"]')
@example(b'"\\ud800"')
@example(b'"\\uDFFF"')
@example(b"-0")
@example(b"1e400")
@example(b"1" * 4301)
@example(b'{"":' * 200 + b"0" + b"}" * 200)
@example(b'{"":' * 201 + b"0" + b"}" * 201)
@example(b"[" * 201 + b"]" * 201)
@example(b"[" * 100_000 + b"]" * 100_000)
@example(b"[" * 100 + b'"' + b"[" * 300 + b'"' + b"]" * 100)
@example(b'["\\\\"' + b',["\\""]' * 300 + b"]")
@example(b'["' + b"[" * 300)
@example(b"]" * 300 + b"[" * 300)
@example(b"[[],[]" + b",[]" * 300 + b"]")
def test_a_record_is_read_as_with_the_native_parser(text: bytes) -> None:
    found, expected = read(stand_in, text), read(jiter, text)
    assert repr(found) == repr(expected), "1 and 1.0, 0.0 and -0.0 are equal, and not the same"


def read(parser: Any, text: bytes) -> Parsed:
    """A record as it is read with one of the parsers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("diplomatic_events.jsontext.parse._from_json", parser.from_json)
        return parse(text, max_depth=DEEPEST)


@pytest.mark.parametrize("options", [(True, True), (False, False)])
def test_it_does_nothing_else(options: tuple[bool, bool]) -> None:
    doubled, infinite = options
    with pytest.raises(NotImplementedError):
        stand_in.from_json(b"1", catch_duplicate_keys=doubled, allow_inf_nan=infinite)


def test_only_in_a_browser_are_the_native_parts_not_installed() -> None:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    needed = [Requirement(line) for line in written]
    for platform, native in (
        ("linux", {"jiter", "jsonschema-rs"}),
        ("win32", {"jiter", "jsonschema-rs"}),
        ("emscripten", set()),
    ):
        there = {
            need.name for need in needed if need.marker is None or need.marker.evaluate({"sys_platform": platform})
        }
        assert there & {"jiter", "jsonschema-rs"} == native
        assert "jsonschema" in there
