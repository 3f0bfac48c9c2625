"""The whole conformance suite as calls of the command, and a program that makes them wherever it runs."""

import json
from pathlib import Path
from typing import Final

import conformance
from test_conformance import arguments, runs

CALLS: Final = "calls.json"

PROGRAM: Final = """
import json, os
from diplomatic_events.cli.main import main
for home, arguments in json.load(open(calls, encoding="utf-8")):
    os.chdir(home)
    print(home, arguments[:4], main(arguments), flush=True)
"""
"""It prints what the command prints, call by call, and the exit codes; ``calls`` is the path of their file."""


def write_calls(folder: Path) -> Path:
    """Write the suite into a folder, and beside it the calls that check all of it: each with where it is made."""
    suite = folder / "suite"
    cases = list(conformance.cases())
    conformance.write_files(suite, cases)
    calls = []
    for together in runs(cases):
        first = together[0].entry
        home = suite / first["id"] if first["profile"] == "configuration" else suite
        calls.append((str(home), arguments(together, home, suite)))
    (folder / CALLS).write_text(json.dumps(calls), encoding="utf-8")
    return folder / CALLS
