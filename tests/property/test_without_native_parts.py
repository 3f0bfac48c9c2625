"""Without its native parts, as in a browser, the command finds the same in every case of the conformance suite."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from whole_suite import PROGRAM, write_calls

NATIVE = ("jiter", "jsonschema_rs", "rpds")


def found(calls: Path, *, without: Iterable[str]) -> list[str]:
    """What the program prints where some modules cannot be imported, and last which of the native ones were."""
    code = (
        f"import sys\nfor name in {tuple(without)}: sys.modules[name] = None\ncalls = {str(calls)!r}\n{PROGRAM}\n"
        f"print([name for name in {NATIVE} if getattr(sys.modules.get(name), '__name__', '') == name])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_the_findings_are_the_same(tmp_path: Path) -> None:
    calls = write_calls(tmp_path)
    *native, imported = found(calls, without=())
    *pure, stood_in_for = found(calls, without=NATIVE)
    assert imported == "['jiter', 'jsonschema_rs']", "or nothing is compared"
    assert stood_in_for == "[]"
    assert pure == native
    assert sum(line.startswith("{") for line in native) > 1000
