"""Whatever the bytes: no exception, and an exit code that is documented."""

import json
import sys
from io import BytesIO, TextIOWrapper
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diplomatic_events import check_bytes
from diplomatic_events.cli import CLEAN, FOUND, main
from property.edits import mutated
from property.strategies import records
from property.words import arbitrary_json

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1")


def spoilt(value: Any, at: int, by: bytes, encoding: str) -> bytes:
    """A JSON text in which some bytes are replaced."""
    data = json.dumps(value, ensure_ascii=encoding == "latin-1").encode(encoding)
    cut = at % (len(data) + 1)
    return data[:cut] + by + data[cut + len(by) :]


TEXTS = st.builds(spoilt, mutated(records()), st.integers(0, 10**5), st.binary(max_size=3), st.sampled_from(ENCODINGS))
JSON = arbitrary_json().map(lambda value: json.dumps(value).encode())
LINES = st.lists(JSON | TEXTS | st.binary(max_size=20), max_size=3).map(b"\n".join)
BYTES = st.binary(max_size=200) | TEXTS | LINES


@given(BYTES)
def test_the_api_never_raises_and_never_crashes(data: bytes) -> None:
    report = check_bytes(data)
    assert report.crashes == ()
    assert report.records == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(BYTES, st.sampled_from(("text", "concise", "json", "jsonl")), st.sampled_from(("auto", "json", "ndjson")))
def test_the_command_ends_with_a_documented_exit_code(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, data: bytes, format: str, form: str
) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(data)))
    code = main(["check", "-", "--format", format, "--input", form])
    out, err = capsys.readouterr()
    assert code in (CLEAN, FOUND), err
    assert "fault of the program" not in err
    assert "Traceback" not in out + err
    if format == "json":
        json.loads(out)
