"""Bytes of a record: what is read, what is refused, and what a reader is told about it, at which place."""

import json
import time
from typing import Any

import jiter
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from diplomatic_events.jsontext.parse import DEFAULT_MAX_BYTES, UNPARSED, Fault, Parsed, decode, parse
from diplomatic_events.jsontext.scan import scan
from hypothesis_settings import bounded

BOUNDED = bounded(200)

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=6)
INTEGERS = st.integers(-(2**53) + 1, 2**53 - 1)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | INTEGERS | FLOATS | TEXTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5),
    max_leaves=25,
)
PIECES = st.sampled_from(
    ['"', "a", '"a"', "{", "}", "[", "]", ":", ",", " ", "\n", "1", "-", "0", ".5", "e9", "1e400", "9" * 17, "true",
     "null", "NaN", "'", "//", "\\", "\\ud800", "\\u00e9", "é", "\ufeff", "\x00", "\x01", '"a":', "[[", "]]", "{}"]
)  # fmt: skip
JSON_LIKE = st.lists(PIECES, max_size=25).map("".join)


def only(raw: bytes | str) -> Fault:
    """The one fault of a text that has no value."""
    parsed = parse(raw.encode() if isinstance(raw, str) else raw)
    assert parsed.value is UNPARSED
    assert len(parsed.faults) == 1
    return parsed.faults[0]


@BOUNDED
@given(VALUES, st.booleans(), st.none() | st.integers(0, 2))
def test_a_sound_value_is_read_as_itself(value: Any, ascii_only: bool, indent: int | None) -> None:
    raw = json.dumps(value, ensure_ascii=ascii_only, indent=indent).encode()
    assert parse(raw) == Parsed(value)


@BOUNDED
@given(VALUES, st.none() | st.integers(0, 2))
def test_the_exact_walk_finds_nothing_in_a_sound_value(value: Any, indent: int | None) -> None:
    for max_depth in (30, 128):
        assert scan(json.dumps(value, indent=indent), max_depth=max_depth, max_faults=9) == ((), ())


@BOUNDED
@given(st.binary(max_size=60) | JSON_LIKE.map(str.encode))
@example(b"\xff\xfe")
@example(b'{"a"')
@example(b'"abc\\')
@example(b'"\\u12"')
def test_any_bytes_give_a_value_or_faults_with_places_in_the_text(raw: bytes) -> None:
    parsed = parse(raw)
    text = decode(raw)
    assert (parsed.value is UNPARSED) is any(fault.rule != "json/byte-order-mark" for fault in parsed.faults)
    for fault in parsed.faults:
        assert 0 <= fault.start <= fault.end <= len(text)
        assert fault.message.isprintable()
        assert not fault.message.startswith("this is not JSON")
        if fault.related:
            assert 0 <= fault.related[0] < fault.related[1] <= len(text)


@BOUNDED
@given(JSON_LIKE)
def test_syntax_is_judged_as_the_standard_library_judges_it(text: str) -> None:
    def refuse(constant: str) -> None:
        raise ValueError(constant)

    try:
        expected = json.loads(text, parse_constant=refuse)
    except ValueError:
        expected = UNPARSED
    parsed = parse(text.encode())
    is_broken = any(fault.rule in ("json/syntax", "json/empty", "json/not-utf8") for fault in parsed.faults)
    if not text.startswith("\ufeff"):
        assert is_broken is (expected is UNPARSED)
    if parsed.value is not UNPARSED and expected is not UNPARSED:
        assert parsed.value == expected


@BOUNDED
@given(JSON_LIKE)
def test_the_exact_walk_refuses_what_the_fast_parser_refuses(text: str) -> None:
    try:
        jiter.from_json(text.encode(), catch_duplicate_keys=True, allow_inf_nan=False)
    except ValueError:
        assert scan(text, max_depth=128, max_faults=9).faults


UTF8 = "save the file as UTF-8"
LEAVE_OUT = "leave the property out if its value is unknown"
SYNTAX = [
    ('{"a": 1,}', "a comma after the last property", ",", "remove it: `}` follows"),
    ('{"a": 1 ,\n\n}', "a comma after the last property", ",", "remove it: `}` follows"),
    ("[1, 2, ]", "a comma after the last value", ",", "remove it: `]` follows"),
    ("[[[[1],],2],3]", "a comma after the last value", ",", "remove it: `]` follows"),
    ("[1,,2]", "a value is missing before this comma", ",", "remove the comma"),
    ("[,1]", "a value is missing before this comma", ",", "remove the comma"),
    ('{"a": 1,, "b": 2}', "a property is missing before this comma", ",", "remove the comma"),
    ('{"a": }', "a property without a value", "}", LEAVE_OUT),
    ('{"a": , "b": 1}', "a property without a value", ",", LEAVE_OUT),
    ('{"a"}', "a property without a value", "", 'write "name": value'),
    ('{"a" 1}', "the colon after the name of a property is missing", "", 'write "name": value'),
    ('{"a" = 1}', "`=` after the name of a property", "=", "write `:`"),
    ('{"a": 1 // one\n}', "a comment: JSON has none", "// one", "remove it"),
    ('{"a": /* one\n */ 1}', "a comment: JSON has none", "/* one\n */", "remove it"),
    ('{# one\n"a": 1}', "a comment: JSON has none", "# one", "remove it"),
    ('{"a"/**/: 1}', "a comment: JSON has none", "/**/", "remove it"),
    ("{} // done", "a comment: JSON has none", "// done", "remove it"),
    ("{'a': 1}", "single quotes around a string", "'a'", 'use double quotes: "…"'),
    ('{"a": \'b c\'}', "single quotes around a string", "'b c'", 'use double quotes: "…"'),
    ('{"a": \'b}', "single quotes around a string", "'", 'use double quotes: "…"'),
    ('{"a": «x»}', "a string in typographic quotation marks", "«x»", 'use straight double quotes: "…"'),
    ('{"a": “b”}', "a string in typographic quotation marks", "“b”", 'use straight double quotes: "…"'),
    ('{“a”: “b”}', "a string in typographic quotation marks", "“a”", 'use straight double quotes: "…"'),
    ('{"a": 1, „b“: 2}', "a string in typographic quotation marks", "„b“", 'use straight double quotes: "…"'),
    ("{“a: 1}", "a string in typographic quotation marks", "“", 'use straight double quotes: "…"'),
    ("{a: 1}", "the property name `a` has no quotes", "a", 'put it in double quotes: "a"'),
    ("{1: 1}", "the name of a property is expected here, not `1`", "1", 'use double quotes: "name":'),
    ('{"a": held}', "`held` has no quotes", "held", 'put text in double quotes: "held"'),
    ('{"a": NaN}', "`NaN` is not a JSON number", "NaN", LEAVE_OUT),
    ('{"a": Infinity}', "`Infinity` is not a JSON number", "Infinity", LEAVE_OUT),
    ("[+NaN]", "`+NaN` is not a JSON number", "+NaN", LEAVE_OUT),
    ("[-Infinity]", "`-Infinity` is not a JSON number", "-Infinity", LEAVE_OUT),
    ('{"a": None}', "`None` is not a JSON value", "None", LEAVE_OUT),
    ('{"a": True}', "`True` is not a JSON value", "True", "write `true`"),
    ('{"a": truee}', "`truee` has no quotes", "truee", 'put text in double quotes: "truee"'),
    ("[2018-04-24]", "`2018-04-24` is not a number", "2018-04-24", 'put text in double quotes: "2018-04-24"'),
    ("[007]", "`007`: a number cannot have leading zeros", "007", 'remove the 0, or quote an identifier: "…"'),
    ("[+1]", "`+1`: a number cannot begin with `+`", "+1", "remove the `+`"),
    ("[.5]", "`.5`: a digit is missing before the decimal point", ".5", "write 0.5, not .5"),
    ("[1.]", "`1.`: a digit is missing after the decimal point", "1.", "write 1.0, not 1."),
    ("[1e]", "`1e`: the exponent has no digits", "1e", "write for example 1e5"),
    ("[0x1F]", "`0x1F`: JSON has no hexadecimal numbers", "0x1F", "write it in decimal digits"),
    ("[1_000]", "`1_000`: a number cannot contain `_`", "1_000", "write the digits alone"),
    ("[-]", "`-`: a sign without a number", "-", None),
    ('{"a": 1 "b": 2}', "a comma is missing", "", "put a comma between the two"),
    ("[1 2]", "a comma is missing", "", "put a comma between the two"),
    ('[{"a": 1}\n{"a": 2}]', "a comma is missing", "", "put a comma between the two"),
    ('{"a": 1; "b": 2}', "`,` or `}` is expected here, not `;`", ";", None),
    ('["a": 1]', "a property in an array", ":", 'properties belong in an object: {"name": value}'),
    ('{"a": "He said "no" to it"}', "a string ends here, and text follows it", '"',
     'write a quotation mark inside a string as \\"'),
    ('{"a": "b"\'c\'}', "a string ends here, and text follows it", '"',
     'write a quotation mark inside a string as \\"'),
    ('{"a": 1]', "`]` cannot close an object", "]", "an object that begins with `{` ends with `}`"),
    ("[1}", "`}` cannot close an array", "}", "an array that begins with `[` ends with `]`"),
    ("[}", "`}` cannot close an array", "}", "an array that begins with `[` ends with `]`"),
    ("{]", "`]` cannot close an object", "]", "an object that begins with `{` ends with `}`"),
    ("]", "`]` without a value before it", "]", None),
    ("{}}", "`}` closes nothing: the record has already ended", "}", "remove it"),
    ("{}\n{}", "more text after the end of the record", "{",
     "a .json file holds one record; put several into an .ndjson file, one per line"),
    ('{"a": 1', "the text ends before this object is closed", "",
     "the closing `}` is missing, or the file was cut short"),
    ("[1,\n", "the text ends before this array is closed", "",
     "the closing `]` is missing, or the file was cut short"),
    ('{"a": "b', "the text ends inside a string", "", 'the closing `"` is missing, or the file was cut short'),
    ('{"a": "b\\', "the text ends inside a string", "", 'the closing `"` is missing, or the file was cut short'),
    ('{"a": "b\nc"}', "a line break in a string", "",
     'close the string with `"` on its own line, or write the line break as \\n'),
    ('{"a": "b\tc"}', "a tab in a string", "\t", "write it as \\t"),
    ('{"a": "b\x01c"}', "the control character U+0001 in a string", "\x01", "write it as \\u0001"),
    ('{"a": "C:\\data"}', "`\\d` is not an escape sequence of JSON", "\\d", "write a backslash itself as \\\\"),
    ('{"a": "\\u12"}', "`\\u` without four hexadecimal digits", "\\u12", "write for example \\u00e9 for é"),
    ('{"a":\u00a01}', "the invisible character U+00A0 outside a string", "\u00a0",
     "only spaces, tabs and line breaks may separate values"),
    ("@", "a value is expected here, not `@`", "@", None),
    ("```json\n{}\n```", "a code fence stands before the record", "```",
     "remove the lines that begin with ```: a file has JSON only"),
    ("Here it is:\n\n{\"a\": 1}", "other text stands before the record, which begins on line 3", "Here it is:",
     "remove what stands before its first `{`: a file has JSON only"),
    ('Record: { "a": 1}', "other text stands before the record, which begins on line 1", "Record: ",
     "remove what stands before its first `{`: a file has JSON only"),
    ("{}\n```\n", "a code fence stands after the record", "```", "remove it, and what follows: a file has JSON only"),
    ("{}\nDone.", "other text stands after the record", "D", "remove it: a file has JSON only"),
    ("[" + "x" * 40 + "]", f"`{'x' * 40}` has no quotes", "x" * 40,
     f'put text in double quotes: "{"x" * 40}"'),
    ("[" + "x" * 50 + "]", f"`{'x' * 40}…` has no quotes", "x" * 50,
     f'put text in double quotes: "{"x" * 40}…"'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message", "marked", "remedy"), SYNTAX)
def test_a_syntax_error_is_told_in_words_and_marked(text: str, message: str, marked: str, remedy: str | None) -> None:
    fault = only(text)
    assert (fault.rule, fault.message, fault.help) == ("json/syntax", message, remedy)
    assert text[fault.start : fault.end] == marked
    assert fault.path is None


@pytest.mark.parametrize(
    ("text", "before", "related"),
    [
        ('{"a": 1 "b": 2}', '{"a": 1', None),
        ('{"a" 1}', '{"a"', None),
        ("[1,2 , ]", "[1,2 ", None),
        ('{"a": [1, 2\n\n', '{"a": [1, 2', "["),
        ('{"a": 1]', '{"a": 1', "{"),
        ('{"a": "b\nc"}', '{"a": "b', '"'),
        ('{"é": "😀", "b" 1}', '{"é": "😀", "b"', None),
        ('[{"a":1e5,"b":[1,[2,[3,{"c":4}]]]},,]', '[{"a":1e5,"b":[1,[2,[3,{"c":4}]]]},', None),
    ],
)
def test_a_syntax_error_stands_at_the_exact_place(text: str, before: str, related: str | None) -> None:
    fault = only(text)
    assert text[: fault.start] == before
    assert (fault.related and text[slice(*fault.related)]) == related


def test_the_walk_stops_at_the_first_syntax_error_but_keeps_what_came_before() -> None:
    parsed = parse(b'{"a": 1e400, "a": 2, "b": [1 2], "a": 3}')
    assert [fault.rule for fault in parsed.faults] == ["json/number-out-of-range", "json/duplicate-key", "json/syntax"]


def test_every_doubled_property_is_found_with_its_object_and_its_first() -> None:
    text = '{"a": [0, {"b": 1, "\\u0062": 2, "b": {}}], "c": 3, "a": 4}'
    faults = parse(text.encode()).faults
    assert [(f.rule, f.message, f.path) for f in faults] == [
        ("json/duplicate-key", "the property `b` occurs twice in this object", ("a", 1)),
        ("json/duplicate-key", "the property `b` occurs twice in this object", ("a", 1)),
        ("json/duplicate-key", "the property `a` occurs twice in this object", ()),
    ]
    assert [text[f.start : f.end] for f in faults] == ['"\\u0062"', '"b"', '"a"']
    assert [f.related for f in faults] == [(11, 14), (11, 14), (1, 4)]


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("1e400", "the number `1e400` is too large: programs would read it as infinity"),
        ("-1E+400", "the number `-1E+400` is too large: programs would read it as infinity"),
        ("9" * 309 + ".5", f"the number `{'9' * 40}…` is too large: programs would read it as infinity"),
        ("9007199254740992", "the integer `9007199254740992` (16 digits) is too large: programs would round it"),
        ("-9007199254740992", "the integer `-9007199254740992` (16 digits) is too large: programs would round it"),
        ("12345678901234567", "the integer `12345678901234567` (17 digits) is too large: programs would round it"),
        ("7" * 5000, f"the integer `{'7' * 40}…` (5,000 digits) is too large: programs would round it"),
    ],
)
@pytest.mark.parametrize("around", ['{"a": [0, %s]}', '{"a":[[[1,2],3],%s,4,"1"]}', '{"a": ["x",\n%s\n]}'])
def test_a_number_that_others_would_change_is_refused(number: str, message: str, around: str) -> None:
    text = around % number
    fault = only(text)
    assert (fault.rule, fault.message, fault.path) == ("json/number-out-of-range", message, ("a", 1))
    assert text[fault.start : fault.end] == number


@pytest.mark.parametrize(
    "text",
    [
        "9007199254740991",
        "[-9007199254740991]",
        "1e308",
        "[1e-400]",
        "[0.1234567890123456789]",
        "[1E+007]",
        "-0",
        "[0.0e000]",
        '"1234567890123456789 1e999"',
        '["https://example.org/1234567890123456789", "a0e9999"]',
        '{"isni": "0000000121032683"}',
    ],
)
def test_a_number_that_others_read_alike_is_kept(text: str) -> None:
    assert parse(text.encode()) == Parsed(json.loads(text))


def test_many_long_identifiers_do_not_hide_a_number_out_of_range() -> None:
    text = json.dumps(["x1234567890123456789"] * 100)[:-1] + ", 1e400]"
    assert only(text).path == (100,)


@pytest.mark.parametrize(
    ("text", "half", "path"),
    [
        ('{"a": "x\\ud800"}', "\\ud800", ("a",)),
        ('{"a": "\\uDC00\\ud83d\\ude00"}', "\\uDC00", ("a",)),
        ('{"a": "\\ud83d\\u0041"}', "\\ud83d", ("a",)),
        ('{"a": {"\\ud83d": 1}}', "\\ud83d", ("a",)),
        ('["\\\\ud800", "\\\\\\ud800"]', "\\ud800", (1,)),
    ],
)
def test_half_of_a_surrogate_pair_is_refused(text: str, half: str, path: tuple[str | int, ...]) -> None:
    fault = only(text)
    assert (fault.rule, fault.path) == ("json/lone-surrogate", path)
    assert fault.message == f"`{half}` is one half of a character, and the other half is missing"
    assert text[fault.start : fault.end] == half


def test_a_whole_surrogate_pair_is_a_character() -> None:
    assert parse(b'["\\ud83d\\ude00", "\\\\ud800"]').value == ["😀", "\\ud800"]


@pytest.mark.parametrize("raw", [b"", b"   ", b"\n\r\n\t "])
def test_blank_bytes_are_empty(raw: bytes) -> None:
    assert only(raw) == Fault("json/empty", "there is nothing here: a record is a JSON object", 0, 0)


@pytest.mark.parametrize(
    ("raw", "message", "place", "help"),
    [
        (b'{"\xc3\xa9": "Mus\xe9e"}', "the byte 0xE9 at byte offset 11 is not UTF-8", (10, 11),
         "save the file as UTF-8; in Windows-1252 this byte is `é`"),
        (b'"\xed\xa0\x80"', "the byte 0xED at byte offset 1 is not UTF-8", (1, 2),
         "save the file as UTF-8; in Windows-1252 this byte is `í`"),
        (b'["\x81"]', "the byte 0x81 at byte offset 2 is not UTF-8", (2, 3), UTF8),
        (b'["a\xe2\x82', "the text ends inside a character, at byte 3", (3, 4), UTF8),
        ('{"a": 1}'.encode("utf-16-le"), "the text is UTF-16 (little-endian), not UTF-8", (0, 0), UTF8),
        ('{"a": 1}'.encode("utf-16-be"), "the text is UTF-16 (big-endian), not UTF-8", (0, 0), UTF8),
        ('{"a": 1}'.encode("utf-32-le"), "the text is UTF-32 (little-endian), not UTF-8", (0, 0), UTF8),
        ('{"a": 1}'.encode("utf-32-be"), "the text is UTF-32 (big-endian), not UTF-8", (0, 0), UTF8),
        ("\ufeff{}".encode("utf-16-le"), "the text is UTF-16 (little-endian), not UTF-8", (0, 0), UTF8),
        ("\ufeff{}".encode("utf-16-be"), "the text is UTF-16 (big-endian), not UTF-8", (0, 0), UTF8),
        ("\ufeff{}".encode("utf-32-le"), "the text is UTF-32 (little-endian), not UTF-8", (0, 0), UTF8),
        ("\ufeff{}".encode("utf-32-be"), "the text is UTF-32 (big-endian), not UTF-8", (0, 0), UTF8),
        ("1".encode("utf-16-be"), "the text is UTF-16 (big-endian), not UTF-8", (0, 0), UTF8),
        ("7".encode("utf-16-le"), "the text is UTF-16 (little-endian), not UTF-8", (0, 0), UTF8),
    ],
)  # fmt: skip
def test_bytes_that_are_not_utf8_are_named(raw: bytes, message: str, place: tuple[int, int], help: str) -> None:
    fault = only(raw)
    assert (fault.rule, fault.message, (fault.start, fault.end), fault.help) == ("json/not-utf8", message, place, help)


def test_a_byte_order_mark_is_only_a_warning_and_takes_no_column() -> None:
    parsed = parse(b'\xef\xbb\xbf{"a": 1}')
    assert parsed.value == {"a": 1}
    assert [(f.rule, f.message, f.start, f.end) for f in parsed.faults] == [
        ("json/byte-order-mark", "the text begins with a byte order mark (U+FEFF)", 0, 0)
    ]
    assert decode(b'\xef\xbb\xbf{"a": 1}') == '{"a": 1}'


def test_faults_after_a_byte_order_mark_keep_their_places() -> None:
    raw = b"\xef\xbb\xbf[1,]"
    faults = parse(raw).faults
    assert [fault.rule for fault in faults] == ["json/byte-order-mark", "json/syntax"]
    assert decode(raw)[faults[1].start :] == ",]"
    assert parse(b"\xef\xbb\xbf[\xff]").faults[1].message == "the byte 0xFF at byte offset 4 is not UTF-8"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_text_in_another_encoding_is_shown_as_what_it_is(encoding: str) -> None:
    assert decode('{"a": "é"}'.encode(encoding)) == '{"a": "é"}'
    assert decode('\ufeff{"a": "é"}'.encode(encoding)) == '{"a": "é"}'


def test_size_is_looked_at_first() -> None:
    raw = b"\xff" * 11
    assert parse(raw, max_bytes=10).faults == (
        Fault(
            "json/too-large",
            "the record is longer than the limit of 10 bytes",
            0,
            0,
            "--max-bytes sets another limit",
        ),
    )
    assert parse(b"[1,2,3,45]", max_bytes=10).value == [1, 2, 3, 45]


@pytest.mark.parametrize("depth", [1, 2, 3, 4, 128, 200])
@pytest.mark.parametrize("inner", ["", '"[[[[{{{{"', '{"a": 1, "b": 2}', "[[[1]], 2]"])
def test_a_record_may_be_as_deep_as_the_limit_and_no_deeper(depth: int, inner: str) -> None:
    below = {"": 0, '"[[[[{{{{"': 0, '{"a": 1, "b": 2}': 1, "[[[1]], 2]": 3}[inner]
    text = "[" * depth + inner + "]" * depth
    if depth + below <= 200:
        assert parse(text.encode(), max_depth=depth + below).value is not UNPARSED
    fault = parse(text.encode(), max_depth=depth + below - 1).faults[0]
    assert fault.rule == "json/too-deep"
    assert fault.message == f"nested more than {min(depth + below - 1, 200)} levels deep"


def test_a_container_that_is_too_deep_is_reported_once_and_the_walk_goes_on() -> None:
    text = '{"a": [[["b"]], [[]]], "c": 1e400, "d": {"e": [[], 1]}}'
    parsed = parse(text.encode(), max_depth=3)
    assert [(f.rule, f.path) for f in parsed.faults] == [
        ("json/too-deep", ("a", 0, 0)),
        ("json/too-deep", ("a", 1, 0)),
        ("json/number-out-of-range", ("c",)),
        ("json/too-deep", ("d", "e", 0)),
    ]
    assert text[parsed.faults[0].start :].startswith('["b"]')


def test_the_walk_ends_some_hundred_levels_below_the_limit() -> None:
    fault = only("[" * 1000)
    assert (fault.rule, fault.path) == ("json/too-deep", (0,) * 128)


def test_no_limit_lets_a_record_be_deeper_than_the_parsers_go() -> None:
    text = "[" * 201 + "]" * 201
    assert parse(text.encode(), max_depth=10_000).faults[0].message == "nested more than 200 levels deep"


def test_faults_beyond_the_limit_are_counted_by_rule() -> None:
    text = "{" + '"a": 1e400, ' * 1500 + '"b": "\\ud800"}'
    parsed = parse(text.encode())
    assert len(parsed.faults) == 1000
    assert parsed.omitted == (
        ("json/duplicate-key", 999),
        ("json/lone-surrogate", 1),
        ("json/number-out-of-range", 1000),
    )


def test_a_syntax_error_beyond_the_limit_is_counted_too() -> None:
    parsed = parse(b'{"a": 1e400, "b": 2e400,}', max_faults=1)
    assert [fault.path for fault in parsed.faults] == [("a",)]
    assert parsed.omitted == (("json/number-out-of-range", 1), ("json/syntax", 1))


def test_paths_count_the_elements_that_were_skipped() -> None:
    items = ["1", '"a,]"', "[1, [2, 3], {}]", '{"a": [1, 2]}', "true", "null", '{"a": 1, "b": 2}', "[[[[1]]]]"] * 3
    for position in range(len(items) + 1):
        text = f"[ {' , '.join([*items[:position], '1e400', *items[position:], '1e400'])} ]"
        assert [fault.path for fault in parse(text.encode()).faults] == [(position,), (len(items) + 1,)]


def test_a_disagreement_of_the_two_parsers_never_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise ValueError("expected something else at line 1 column 2")

    monkeypatch.setattr("diplomatic_events.jsontext.parse._from_json", refuse)
    fault = only("[1]")
    assert (fault.rule, fault.message) == (
        "json/syntax",
        "this is not JSON: expected something else at line 1 column 2",
    )


HOSTILE = {
    "100,000 arrays": b"[" * 100_000 + b"]" * 100_000,
    "open objects": b'{"":' * 1_000_000,
    "small arrays": b"[" + b"[0]," * 1_000_000 + b"1e400]",
    "doubled names": b"{" + b'"":0,' * 1_000_000 + b'"":0}',
    "backslashes": b'["' + b"\\" * 4_000_001,
    "stars": b"/*" + b"*" * 4_000_000,
    "numbers in strings": b'["' + b"x1234567890123456" * 250_000 + b'"]',
    "digits": b"1" * 4_000_000,
    "dots": b"1." * 2_000_000,
    "blanks": b"[1" + b" " * 4_000_000 + b"x",
    "halves": b'"' + b"\\ud800" * 600_000 + b'"',
}


@pytest.mark.bounds
@pytest.mark.usefixtures("uncounted")
@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_megabytes_take_little_time(raw: bytes) -> None:
    assert len(raw) <= DEFAULT_MAX_BYTES
    begun = time.process_time()
    parse(raw)
    assert time.process_time() - begun < 20
