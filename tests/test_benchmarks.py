"""The records that the benchmark measures with are what it says they are."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.chart import chart
from benchmarks.generator import FAULTS, Json, faulty, record, records
from diplomatic_events import check_paths
from diplomatic_events.findings import Finding


def findings(folder: Path, made: list[Json]) -> tuple[Finding, ...]:
    file = folder / "records.ndjson"
    file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in made), encoding="utf-8")
    report = check_paths([str(file)])
    assert not report.crashes
    assert report.records == len(made)
    return report.findings


def test_generated_records_have_no_finding(tmp_path: Path) -> None:
    made = list(records(50))
    assert findings(tmp_path, made) == ()
    assert len({one["language"] for one in made}) == 5


def test_the_same_number_gives_the_same_record() -> None:
    assert record(7) == record(7) != record(8)


@pytest.mark.parametrize("kind", range(FAULTS))
def test_each_kind_of_fault_is_one_finding(tmp_path: Path, kind: int) -> None:
    assert len(findings(tmp_path, [faulty(kind)])) == 1


def test_kinds_of_fault_break_different_rules(tmp_path: Path) -> None:
    found = findings(tmp_path, [faulty(kind) for kind in range(FAULTS)])
    assert len({finding.rule for finding in found}) == FAULTS


def test_a_share_of_faults_is_spread_evenly() -> None:
    made = list(records(12, faults=0.25))
    assert [index for index, one in enumerate(made) if one != record(index)] == [3, 7, 11]


def test_generated_records_have_11_kilobytes_on_average() -> None:
    sizes = [len(json.dumps(one, ensure_ascii=False).encode()) for one in records(500)]
    assert 10_500 < sum(sizes) / len(sizes) < 11_500


def test_a_chart_draws_each_line_and_names_it() -> None:
    lines = {"ours": [(1000, 1.0), (10_000, 10.0), (100_000, 100.0)], "<theirs>": [(1000, 100.0), (100_000, 1.0)]}
    drawn = ElementTree.fromstring(chart("Time", "s", lines))
    kinds = "{http://www.w3.org/2000/svg}"
    first, second = (line.attrib["points"].split() for line in drawn.iter(f"{kinds}polyline"))
    (left, bottom), (right, top) = first[0].split(","), first[2].split(",")
    assert second == [f"{left},{top}", f"{right},{bottom}"]
    texts = [text.text for text in drawn.iter(f"{kinds}text")]
    assert {"Time", "1 s", "10 s", "100 s", "1,000", "100,000", "● ours", "● <theirs>"} <= set(texts)


def test_labels_that_would_touch_are_left_out_but_never_the_last() -> None:
    lines = {"ours": [(number, 1.0 + number) for number in (1000, 20_000, 90_000, 100_000)]}
    drawn = ElementTree.fromstring(chart("Time", "s", lines))
    texts = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert "90,000" not in texts
    assert {"1,000", "20,000", "100,000"} <= set(texts)
