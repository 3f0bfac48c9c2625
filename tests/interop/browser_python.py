"""The conformance suite in the Python of browsers, Pyodide, with nothing but pure wheels beside it: `make interop`.

It must find what this Python finds. A browser has neither files nor processes; Node.js lends it the files.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from difflib import unified_diff
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

from interop.run import HERE, ROOT, install
from whole_suite import PROGRAM, write_calls


def main() -> None:
    """End with 1 where the two differ."""
    install()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        size = sum(copied(wheel, folder / "site") for wheel in pure_wheels())
        shutil.copytree(ROOT / "validator/diplomatic_events", folder / "site/diplomatic_events")
        shutil.copytree(ROOT / "schema", folder / "site/diplomatic_events/_schema")
        program = (
            f"import sys\nsys.path.insert(0, {str(folder / 'site')!r})\ncalls = {str(write_calls(folder))!r}\n{PROGRAM}"
        )
        (folder / "program.py").write_text(program, encoding="utf-8")
        here = printed([sys.executable, "program.py"], folder)
        there = printed(["node", str(HERE / "browser_python.mjs"), "program.py", str(folder)], folder)
    if here != there:
        sys.exit("\n".join(unified_diff(here, there, "this Python", "the Python of browsers", lineterm="", n=0)))
    print(f"the Python of browsers finds the same, line by line: {len(here):,}; {size:,} bytes of other packages")


def printed(command: list[str], folder: Path) -> list[str]:
    """What a program prints, which must not fail."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode or done.stderr:
        sys.exit(f"{' '.join(command)}:\n{done.stderr}")
    return done.stdout.splitlines()


def pure_wheels() -> Iterator[Distribution]:
    """What the package needs in a browser, but for wheels that are compiled for one platform."""
    waiting, seen = ["diplomatic-events"], set()
    while waiting:
        wanted = distribution(waiting.pop())
        if wanted.name in seen or "Root-Is-Purelib: true" not in (wanted.read_text("WHEEL") or ""):
            continue
        seen.add(wanted.name)
        if wanted.name != "diplomatic-events":
            yield wanted
        for line in wanted.requires or ():
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"sys_platform": "emscripten", "extra": ""}):
                waiting.append(need.name)


def copied(wheel: Distribution, site: Path) -> int:
    """Put the files of an installed wheel into a folder, and say how large they are."""
    size = 0
    for file in wheel.files or ():
        if file.suffix != ".pyc" and ".." not in file.parts:
            target = site / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(str(file.locate()), target)
            size += target.stat().st_size
    return size


if __name__ == "__main__":
    main()
