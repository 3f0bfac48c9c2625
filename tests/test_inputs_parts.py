"""NDJSON in parts: together they give the records that the whole file gives, at the same lines."""

import gzip
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from diplomatic_events.checking import check_inputs
from diplomatic_events.inputs import records as reading
from diplomatic_events.inputs.paths import Input, expand
from diplomatic_events.inputs.records import Part, RawRecord, cut, records, records_of

LINES = (
    b"{}",
    b'{"a": 1}',
    b"[1]",
    b"",
    b"  ",
    b"\t",
    b"x" * 30,
    b"\xef\xbb\xbf{}",
    b"{}\r{}",
    b"{",
    b"\x1f\x8b",
    b"\r",
)
ENDS = (b"\n", b"\n", b"\r\n", b"\r", b"\n\n")


@pytest.fixture
def source(tmp_path: Path) -> Input:
    return Input("a.ndjson", tmp_path / "a.ndjson", lines=True)


def in_parts(source: Input, most: int) -> list[RawRecord]:
    found = []
    for piece in cut(source, None, most):
        found += list(records_of(piece, None, most)) if isinstance(piece, Part) else [piece]
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    some.lists(some.tuples(some.sampled_from(LINES), some.sampled_from(ENDS))), some.booleans(), some.integers(1, 40)
)
def test_parts_give_the_records_of_the_whole_file(
    source: Input, lines: list[tuple[bytes, bytes]], ended: bool, size: int
) -> None:
    text = b"".join(line + end for line, end in lines)
    assert source.path is not None
    source.path.write_bytes(text if ended else text.rstrip(b"\n"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "PART_BYTES", size)
        assert in_parts(source, 20) == list(records(source, None, 20))


def test_a_large_file_is_cut_and_a_compressed_one_is_not(source: Input, monkeypatch: pytest.MonkeyPatch) -> None:
    assert source.path is not None
    monkeypatch.setattr(reading, "PART_BYTES", 10)
    source.path.write_bytes(b"{}\n" * 10)
    ranges = [(piece.start, piece.end, piece.line) for piece in cut(source, None, 99) if isinstance(piece, Part)]
    assert ranges == [(0, 9, 1), (9, 18, 4), (18, 30, 7)]
    source.path.write_bytes(gzip.compress(b"{}\n" * 10))
    assert list(cut(source, None, 99)) == list(records(source, None, 99))


@pytest.mark.parametrize("lines", [True, False])
def test_a_file_that_becomes_shorter_while_it_is_read_is_a_failure_and_no_finding(
    lines: bool, source: Input, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert source.path is not None
    path = source.path
    path.write_bytes(b'{"schemaVersion": "9"}\n' * 10_000)
    size = os.fstat

    def larger(descriptor: int) -> Any:
        status = list(size(descriptor))
        status[6] += 1  # as if the last byte had gone since
        return os.stat_result(status)

    monkeypatch.setattr(os, "fstat", larger)
    report = check_inputs(expand([str(path)], form="ndjson" if lines else "json"))
    (failure,) = report.failures
    assert failure.endswith("it became shorter while it was read; check it again when nothing writes to it")
    assert report.clean_files == ()


def test_a_part_that_is_no_longer_there_is_a_failure(source: Input) -> None:
    assert source.path is not None
    source.path.write_bytes(b"{}\n{}\n{")
    found = records_of(Part(source, 9, 0, 9, 1, 3), None, 99)
    assert [next(found).line, next(found).line] == [1, 2]
    with pytest.raises(OSError, match="it became shorter while it was read"):
        next(found)
