"""A sound record has no finding, a fault has one at its place, and neither depends on how the record is written."""

import json
import random
import re
import tempfile
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, find, given, settings
from hypothesis import strategies as st

from check_records import example, text_folder
from diplomatic_events import Finding, Options, Report, check, check_bytes, parallel
from diplomatic_events.checking import check_inputs
from diplomatic_events.cli import config
from diplomatic_events.inputs.paths import expand
from diplomatic_events.jsontext.parse import Parsed, parse_quickly
from diplomatic_events.pointers import Pointer, at, resolve
from diplomatic_events.report.fingerprints import path_from
from diplomatic_events.rulebook import EXAMPLE, Rule
from diplomatic_events.rules import RULES
from property.edits import mutated
from property.faults import ONCE, PLANTERS, TEXT_FAULTS, article, one_fault, plant
from property.generated import generated
from property.model import OBJECTS, Part, parts
from property.runs import RUN_FAULTS
from property.strategies import records, records_with_files

UNSHRUNK = settings(phases=[Phase.explicit, Phase.generate])
"""For records that have everything: to shrink one takes minutes."""
FEW = settings(UNSHRUNK, max_examples=max(4, settings().max_examples // 20),
               suppress_health_check=list(HealthCheck))  # fmt: skip
"""For what is drawn again for each rule: not every record has a place for every fault."""

FAULTY = mutated(records()) | one_fault().map(lambda planted: planted.data)
VALUES = mutated(records()) | one_fault(*PLANTERS).map(lambda planted: json.loads(planted.data))


def written(value: Any, **style: Any) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False, **style).encode()


def checked(data: bytes, files: dict[str, bytes] | None = None) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), files or {})
        report = check_bytes(data, folder=Path(folder))
    assert report.crashes == ()
    return report


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str | None, str, str | None]]:
    return sorted((finding.rule, finding.pointer, finding.message, finding.help) for finding in findings)


@given(records_with_files())
def test_a_valid_record_has_no_finding(drawn: tuple[Any, dict[str, str]]) -> None:
    record, files = drawn
    assert checked(written(record), {name: text.encode() for name, text in files.items()}).findings == ()


def _paths(value: Any, path: Pointer = ()) -> list[Pointer]:
    """The paths to all parts of a value."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, part in parts for found in ((*path, key), *_paths(part, (*path, key)))]


@given(st.sampled_from([rule.bad for rule in RULES.values() if not isinstance(rule.bad, bytes)]), st.data())
def test_a_rule_s_own_fault_beside_one_of_any_kind_crashes_nothing(bad: Mapping[str, Any], data: st.DataObject) -> None:
    record = deepcopy(example(bad))
    *way, last = data.draw(st.sampled_from(_paths(record)))
    holder = at(record, tuple(way))
    change: Any = data.draw(
        st.sampled_from(["removed", None, 7, 1.5, True, "x", "", [], {}, [{}], [[]], ["x"], {"id": []}])
    )
    if change == "removed":
        del holder[last]
    else:
        holder[last] = change
    checked(written(record))


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES.values() if not isinstance(rule.bad, bytes)], ids=attrgetter("id")
)
def test_a_rule_s_own_fault_beside_any_part_that_is_missing_crashes_nothing(rule: Rule) -> None:
    assert not isinstance(rule.bad, bytes)
    bad = example(rule.bad)
    for *way, last in _paths(bad):
        record = deepcopy(bad)
        del at(record, tuple(way))[last]
        assert check(record).crashes == ()


@settings(UNSHRUNK, max_examples=10)
@given(records(complete=True))
def test_a_valid_record_that_has_everything_has_no_finding(record: Any) -> None:
    assert checked(written(record)).findings == ()


@pytest.mark.parametrize("letter", ["İ", "ΐ", "ǰ", "ß", "ﬁ", "ŉ"])
def test_the_words_of_a_direct_statement_are_found_whatever_their_letters(letter: str) -> None:
    record = deepcopy(EXAMPLE)
    record["statements"][0] |= {"text": f"a{letter}b", "evidence": [{"source": "report", "exact": f"“a{letter}b,”"}]}
    record["sources"][0]["text"] += f" “a{letter}b,”"
    assert checked(written(record)).findings == ()


def test_every_rule_has_a_fault_to_find() -> None:
    assert sorted([*PLANTERS, *TEXT_FAULTS, *RUN_FAULTS]) == sorted(RULES)


def test_complete_records_have_every_property_of_the_model_between_them() -> None:
    used: set[tuple[str, str]] = set()

    @settings(UNSHRUNK, max_examples=80, derandomize=True, database=None)
    @given(records(complete=True))
    def draw(record: Any) -> None:
        used.update((kind.name, name) for _, kind, value in parts(record) if isinstance(kind, Part) for name in value)

    draw()
    every = {(name, key) for name, form in OBJECTS.items() for key in form.properties}
    assert every - used == {("source", "textFile")}  # it is in records_with_files


def test_a_record_shrinks_to_a_small_one() -> None:
    quick = settings(max_examples=200, derandomize=True, database=None, phases=[Phase.generate, Phase.shrink])
    assert len(json.dumps(find(records(), lambda _: True, settings=quick))) < 300


@pytest.mark.parametrize("rule", [*PLANTERS, *TEXT_FAULTS])
@FEW
@given(st.data())
def test_a_planted_fault_is_found_at_its_place_and_nothing_else_is(rule: str, data: st.DataObject) -> None:
    planted = data.draw(one_fault(rule))
    found = checked(planted.data, planted.files).findings
    assert [(finding.rule, finding.pointer or "", finding.severity) for finding in found] == [
        (rule, *planted.places, RULES[rule].severity)
    ]


@pytest.mark.parametrize("rule", [rule for rule in PLANTERS if rule != "participation/one-sided-meeting"])  # ten met
@FEW
@given(st.data())
def test_a_fault_in_the_record_of_an_article_is_the_one_finding(rule: str, data: st.DataObject) -> None:
    fault = plant(rule, data.draw, article())
    found = checked(fault.data, fault.files).findings
    assert [(finding.rule, finding.pointer or "") for finding in found] == [(rule, *fault.places)]


@pytest.mark.parametrize("rule", [rule for rule in PLANTERS if rule not in ONCE])
@FEW
@given(st.data())
def test_a_second_fault_of_a_rule_is_found_beside_the_first(rule: str, data: st.DataObject) -> None:
    faults = plant(rule, data.draw, article(), times=2)
    found = checked(faults.data, faults.files).findings
    record = json.loads(faults.data)
    apart = len(set(faults.places)) == 2 and all(resolve(record, place) is not None for place in faults.places)
    assume(apart and {finding.rule for finding in found} == {rule})  # else one of the two disturbed the other
    assert {finding.pointer for finding in found} >= set(faults.places)


@UNSHRUNK
@given(VALUES)
def test_checking_never_changes_what_it_checks(value: Any) -> None:
    parsed: list[Any] = []

    def parse(data: bytes, *limits: int) -> Parsed:
        quickly = parse_quickly(data, *limits)
        parsed.extend((quickly.value, deepcopy(quickly.value)))
        return quickly

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("diplomatic_events.checking.parse_quickly", parse)
        check_bytes(written(value))
    checked, before = parsed
    assert checked == before
    assert json.dumps(checked) == json.dumps(before)


def shuffled(value: Any, chance: random.Random) -> Any:
    if isinstance(value, dict):
        names = sorted(value)
        chance.shuffle(names)
        return {name: shuffled(value[name], chance) for name in names}
    return [shuffled(inner, chance) for inner in value] if isinstance(value, list) else value


@UNSHRUNK
@given(VALUES, st.randoms())
def test_findings_do_not_depend_on_the_order_of_properties(value: Any, chance: random.Random) -> None:
    assert told(checked(written(value)).findings) == told(checked(written(shuffled(value, chance))).findings)


@UNSHRUNK
@given(VALUES, st.sampled_from(({"indent": 1}, {"indent": "\t"}, {"separators": (" ,\r\n", "\n:  ")})))
def test_findings_do_not_depend_on_white_space(value: Any, style: dict[str, Any]) -> None:
    assert told(checked(written(value)).findings) == told(checked(b"\n " + written(value, **style)).findings)


@UNSHRUNK
@given(VALUES)
def test_findings_do_not_depend_on_how_characters_are_escaped(value: Any) -> None:
    assert told(checked(written(value)).findings) == told(checked(json.dumps(value).encode()).findings)


@UNSHRUNK
@given(FAULTY, st.sampled_from(({}, {"indent": 1}, {"separators": ("\r\n,", "\r:\n")})))
def test_a_place_is_that_of_the_value_or_of_its_name(value: Any, style: dict[str, Any]) -> None:
    data = written(value, **style)
    text = data.decode("utf-8-sig", "replace")
    for finding in checked(data).findings:
        assert finding.place is not None
        marked = cut(text, finding)
        if finding.rule.startswith("json/") or finding.pointer is None:
            continue
        parsed = json.loads(text)
        path = resolve(parsed, finding.pointer)
        assert path is not None, finding
        name = json.loads(marked) if path and isinstance(path[-1], str) else None
        assert json.loads(marked) == at(parsed, path) or name == path[-1], finding


def cut(text: str, finding: Finding) -> str:
    """What stands at the place of a finding, by lines and columns alone."""
    assert finding.place is not None
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    line, column, end_line, end_column = finding.place
    if line == end_line:
        return lines[line - 1][column - 1 : end_column - 1]
    return "".join([lines[line - 1][column - 1 :], *lines[line : end_line - 1], lines[end_line - 1][: end_column - 1]])


def test_findings_do_not_depend_on_the_number_of_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, made in enumerate(generated(max(50, settings().max_examples))):
        (tmp_path / f"{number:05}.json").write_bytes(written(made.record))
    for rule in PLANTERS:
        bad = RULES[rule].bad
        assert isinstance(bad, Mapping)
        (folder := tmp_path / rule.replace("/", "-")).mkdir()
        (text_folder(folder) / "record.json").write_bytes(written(example(bad)))
    inputs = expand([str(tmp_path)])
    monkeypatch.setattr(parallel, "BATCH_BYTES", 16 * 1024)  # small, so that there are many
    one = check_inputs(inputs)
    for jobs in (2, 3):
        assert check_inputs(inputs, each=parallel.over(jobs)) == one
    found = {finding.rule for finding in one.findings}
    assert found >= set(PLANTERS)
    assert any(rule.startswith("corpus/") for rule in found)


@pytest.mark.parametrize("rule", RUN_FAULTS)
@FEW
@given(st.data())
def test_a_fault_of_a_run_is_found_at_its_place_and_nothing_else_is(rule: str, data: st.DataObject) -> None:
    run = data.draw(RUN_FAULTS[rule])
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), run.files)
        known = config.find(Path(folder)) if run.configured else config.Config()
        options = Options(suppressions=known.suppressions, today=date(2031, 5, 3), **run.options)
        found = check_inputs(expand([folder]), options).findings
        assert [(finding.rule, path_from(finding.file, folder), finding.pointer or "") for finding in found] == [
            (rule, run.file, run.pointer)
        ]
