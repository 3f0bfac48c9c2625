"""Whatever the bytes: no exception, and an exit code that is documented."""

import gzip
import json
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diplomatic_events import check_bytes
from diplomatic_events.cli.arguments import CLEAN, COULD_NOT, FOUND
from diplomatic_events.cli.main import main
from diplomatic_events.report.formats import FORMATS
from property.edits import mutated
from property.strategies import records
from property.words import arbitrary_json

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1")
FROM_STDIN = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def spoilt(value: Any, at: int, by: bytes, encoding: str) -> bytes:
    """A JSON text in which some bytes are replaced."""
    data = json.dumps(value, ensure_ascii=encoding == "latin-1").encode(encoding)
    return replaced(data, at, by)


def replaced(data: bytes, at: int, by: bytes) -> bytes:
    """Bytes of which some are others."""
    cut = at % (len(data) + 1)
    return data[:cut] + by + data[cut + len(by) :]


TEXTS = st.builds(spoilt, mutated(records()), st.integers(0, 10**5), st.binary(max_size=3), st.sampled_from(ENCODINGS))
JSON = arbitrary_json().map(lambda value: json.dumps(value).encode())
LINES = st.lists(JSON | TEXTS | st.binary(max_size=20), max_size=3).map(b"\n".join)
BYTES = st.binary(max_size=200) | TEXTS | LINES
ZIPPED = BYTES.map(lambda data: gzip.compress(data, mtime=0))
PACKED = (
    BYTES
    | ZIPPED
    | st.builds(replaced, ZIPPED, st.integers(0, 10**5), st.binary(max_size=3))
    | st.tuples(ZIPPED, st.integers(0, 60)).map(lambda cut: cut[0][: -cut[1]])
    | st.lists(ZIPPED, max_size=3).map(b"".join)
)
"""What a .gz may hold: something else, one member, a spoilt or shortened one, or several."""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, run on standard input: its exit code, and what it printed and said."""

    def run(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin)))
        code = main(list(arguments))
        out, err = (stream.decode() for stream in capfdbinary.readouterr())
        assert code in (CLEAN, FOUND, COULD_NOT), err
        assert "fault of the program" not in err
        assert "Traceback" not in out + err
        return code, out, err

    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    return run


@given(BYTES)
def test_the_api_never_raises_and_never_crashes(data: bytes) -> None:
    report = check_bytes(data)
    assert report.crashes == ()
    assert report.records == 1


@FROM_STDIN
@given(BYTES, st.sampled_from(FORMATS), st.sampled_from(("auto", "json", "ndjson")))
def test_check_of_standard_input_ends_with_a_documented_exit_code(
    run: Run, data: bytes, format: str, form: str
) -> None:
    code, out, _ = run("check", "-", "--no-config", "--format", format, "--input", form, stdin=data)
    assert code in (CLEAN, FOUND)
    if format in ("json", "sarif", "gitlab"):
        json.loads(out)
    if format == "jsonl":
        assert all(json.loads(line)["rule"] for line in out.splitlines())


@FROM_STDIN
@given(PACKED, st.sampled_from((".json", ".ndjson", ".jsonl", ".json.gz", ".ndjson.gz")), st.sampled_from("12"))
def test_check_of_a_file_ends_with_a_documented_exit_code(run: Run, data: bytes, ending: str, jobs: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"record{ending}")
        path.write_bytes(data)
        code, out, err = run("check", folder, "--no-config", "--strict-files", "--format", "jsonl", "-j", jobs)
        assert code in (CLEAN, FOUND), err
        assert all(json.loads(line)["file"] == str(path) for line in out.splitlines())
        assert path.read_bytes() == data


@FROM_STDIN
@given(PACKED, st.sampled_from((".json", ".ndjson", ".json.gz")), st.data())
def test_every_other_command_ends_with_a_documented_exit_code_and_leaves_the_file(
    run: Run, data: bytes, ending: str, draw: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"record{ending}")
        path.write_bytes(data)
        way = draw.draw(
            st.sampled_from(
                (
                    ("coverage", "--format", "text"),
                    ("coverage", "--format", "json"),
                    ("coverage", "--format", "html"),
                    ("migrate", "--to", "1.0"),
                    ("migrate", "--to", "1.0", "--diff"),
                    ("migrate", "--to", "1.0", "--in-place"),
                    ("baseline", "--output", str(Path(folder, "known.json"))),
                )
            )
        )
        run(way[0], str(path), "--no-config", *way[1:])
        assert path.read_bytes() == data  # it is in version 1.0, or in none, so `migrate` has nothing to do


@FROM_STDIN
@given(st.binary(max_size=100) | st.text("[]{}=\"'#,.\n abdeilnoprstuxy1-", max_size=60).map(str.encode) | JSON)
def test_any_configuration_and_baseline_end_with_a_documented_exit_code(run: Run, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "diplomatic-events.toml")
        path.write_bytes(data)
        run("check", "-", "--config", str(path), stdin=b"{}")
        run("check", "-", "--no-config", "--baseline", str(path), stdin=b"{}")
