"""Without its native parts, as in a browser, the command finds the same in every case of the conformance suite."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import conformance
from test_conformance import arguments, runs

NATIVE = ("jiter", "jsonschema_rs")

RUNS = """
import json, os, sys
for name in sys.argv[1:]:
    sys.modules[name] = None
from diplomatic_events.cli.main import main
for home, arguments in json.load(sys.stdin):
    os.chdir(home)
    print(home, arguments[:4], main(arguments), flush=True)
print([name for name in ("jiter", "jsonschema_rs", "jsonschema") if sys.modules.get(name)])
"""


def found(calls: list[tuple[str, list[str]]], *, without: Iterable[str]) -> list[str]:
    """What the command prints, call by call, in a process that cannot import some modules."""
    done = subprocess.run(
        [sys.executable, "-c", RUNS, *without], input=json.dumps(calls), capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_the_findings_are_the_same(tmp_path: Path) -> None:
    cases = list(conformance.cases())
    conformance.write_files(tmp_path, cases)
    calls = []
    for together in runs(cases):
        first = together[0].entry
        home = tmp_path / first["id"] if first["profile"] == "configuration" else tmp_path
        calls.append((str(home), arguments(together, home, tmp_path)))
    *native, imported = found(calls, without=())
    assert imported == "['jiter', 'jsonschema_rs']", "or nothing is compared"
    *pure, stood_in = found(calls, without=NATIVE)
    assert stood_in == "['jsonschema']"
    assert pure == native
    assert sum(line.startswith("{") for line in native) > 1000
