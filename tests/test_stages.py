"""The stages of a check: measured where a run is to say what took its time, and else not at all."""

import json
import time
from itertools import count
from pathlib import Path

import pytest

from check_records import EXAMPLE, example
from diplomatic_events import Options, parallel
from diplomatic_events.checking import check_inputs
from diplomatic_events.inputs.paths import expand
from diplomatic_events.stages import STAGES, Stages, unmeasured


@pytest.fixture
def records(tmp_path: Path) -> str:
    """A file with twelve records, one of them broken."""
    every = [
        example({"id": f"e{n}", "date": f"20{n + 10}-01-01", "title": "" if n == 5 else "Talks"}) for n in range(12)
    ]
    file = tmp_path / "a.ndjson"
    file.write_text("".join(json.dumps(record) + "\n" for record in every), encoding="utf-8")
    return str(file)


def test_every_stage_of_a_run_is_measured_by_the_clock_that_it_is_given(records: str) -> None:
    ticks = count()
    report = check_inputs(expand([records]), Options(clock=lambda: float(next(ticks))))
    assert set(report.stages) == set(STAGES)
    assert report.stages["reading"] == 13  # a record each, and the end of the file; each takes one tick
    assert report.stages["rules"] == 12
    assert report.stages["schema"] == 14  # the broken one is looked at three times
    assert sum(report.stages.values()) * 2 == next(ticks)  # no stage lies within another one


def test_without_a_clock_each_step_is_called_by_itself_and_nothing_is_measured(records: str) -> None:
    assert Stages(None).timed is unmeasured
    assert unmeasured("rules", json.dumps) is json.dumps
    assert check_inputs(expand([records])).stages == {}


def test_a_step_that_fails_is_measured_all_the_same() -> None:
    ticks = count()
    stages = Stages(lambda: float(next(ticks)))
    with pytest.raises(json.JSONDecodeError):
        stages.timed("parsing", json.loads)("{")
    assert stages.taken() == {"parsing": 1.0}
    assert stages.taken() == {}


def test_the_time_of_several_processes_is_added_up(records: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "BATCH_BYTES", 1)
    monkeypatch.setattr("diplomatic_events.inputs.records.PART_BYTES", len(json.dumps(EXAMPLE)) * 4)
    report = check_inputs(expand([records]), Options(clock=time.process_time), each=parallel.over(2))
    assert set(report.stages) == set(STAGES)
    assert all(seconds > 0 for seconds in report.stages.values())
    assert (report.records, report.size) == (12, Path(records).stat().st_size)
