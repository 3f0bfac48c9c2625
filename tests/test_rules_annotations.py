"""Annotations: where a target leads, and what is offered instead."""

from typing import Any

import pytest

from check_records import check_value, example
from diplomatic_events.findings import Finding


def found(change: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(finding.rule, finding.pointer) for finding in check_value(example(change))]


def only(change: dict[str, Any]) -> Finding:
    (finding,) = check_value(example(change))
    return finding


def remark(target: str, *alternatives: Any, kind: str = "uncertain") -> dict[str, Any]:
    note = {"target": target, "kind": kind, "basis": "The report is not clear."}
    return {**note, "alternatives": [{"value": value} for value in alternatives]} if alternatives else note


@pytest.mark.parametrize(
    ("target", "help"),
    [
        ("/zzzzzz", "the record has no `zzzzzz`"),
        ("/parties/0/zzzzzz", "`/parties/0` has no `zzzzzz`"),
        ("/parties/0/nmae", "did you mean `name`?"),
        ("/parties/7", "`/parties` has the entries 0 to 1"),
        ("/parties/7/name", "`/parties` has the entries 0 to 1"),
        ("/date/0", "`/date` is a plain value"),
        ("/q~1q~1q", "the record has no `q/q/q`"),
        ("/q~01q", "the record has no `q~1q`"),
        ("/extensions/org.example/a~1b/7", "`/extensions/org.example/a~1b` has the entries 0 to 0"),
    ],
)
def test_the_help_says_what_is_at_the_end_of_the_path(target: str, help: str) -> None:
    change = {"extensions": {"org.example": {"a/b": [1]}}, "/annotations/0": remark(target)}
    finding = only(change)
    assert (finding.rule, finding.pointer) == ("annotations/no-such-target", "/annotations/0/target")
    assert (finding.message, finding.help) == (f"there is nothing at `{target}`", help)


def test_a_target_in_a_part_whose_structure_is_broken_is_not_called_missing() -> None:
    assert found({"mode": 5, "/annotations/0": remark("/mode/a/b")}) == [("schema/wrong-type", "/mode")]
    assert found({"mode": 5, "/annotations/0": remark("/moda/a/b")}) == [
        ("annotations/no-such-target", "/annotations/0/target"),
        ("schema/wrong-type", "/mode"),
    ]


def test_an_alternative_of_the_whole_record_is_judged_as_a_record() -> None:
    finding = only({"/annotations/0": remark("", 5)})
    assert finding.message == "the alternative would not be valid at `the record's root`: a record is an object"


def test_a_target_that_is_not_there_does_not_hide_the_alternatives_of_the_next_remark() -> None:
    wrong = {"/annotations/0": remark("/zzzzzz", "x"), "/annotations/1": remark("/date", "x")}
    assert found(wrong) == [
        ("annotations/no-such-target", "/annotations/0/target"),
        ("annotations/invalid-alternative", "/annotations/1/alternatives/0/value"),
    ]
    same = {"/annotations/0": remark("/zzzzzz", None), "/annotations/1": remark("/date", "2021-05-03")}
    assert found(same) == [
        ("annotations/no-such-target", "/annotations/0/target"),
        ("annotations/unneeded", "/annotations/1/alternatives/0/value"),
    ]


def test_a_second_remark_of_one_kind_on_one_value_is_shown_with_the_first() -> None:
    change = {"/annotations/0": remark("/date"), "/annotations/1": remark("/title"), "/annotations/2": remark("/date")}
    change["/annotations/3"] = remark("/date")
    findings = check_value(example(change))
    assert [(finding.rule, finding.pointer, finding.message) for finding in findings] == [
        ("annotations/unneeded", "/annotations/2", "`/date` is already annotated as uncertain"),
        ("annotations/unneeded", "/annotations/3", "`/date` is already annotated as uncertain"),
    ]
    assert [[(other.message, other.pointer) for other in finding.related] for finding in findings] == [
        [("the first is here", "/annotations/0")]
    ] * 2


@pytest.mark.parametrize(
    ("stands", "other", "same"),
    [
        (5, 5.0, True),
        ([1.0, {"a": 2.0}], [1, {"a": 2}], True),
        ({"a": 1, "b": [2]}, {"b": [2.0], "a": 1}, True),
        ([1, 2], [2, 1], False),
        (1.5, 1, False),
        (1, True, False),
        ([1], [True], False),
        ({"a": 1}, {"a": True}, False),
        (True, True, True),
        ("1", 1, False),
        (None, None, True),
    ],
)
def test_an_alternative_is_the_same_value_whatever_its_notation(stands: Any, other: Any, same: bool) -> None:
    change = {"extensions": {"org.example": {"value": stands}}}
    change["/annotations/0"] = remark("/extensions/org.example/value", other)
    expected = [("annotations/unneeded", "/annotations/0/alternatives/0/value")] if same else []
    assert found(change) == expected
