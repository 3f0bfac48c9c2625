"""Check the same files with this checkout and another one, and show where the reports differ.

To prove that a change to the internals of the check changes no findings:

    git worktree add ../before main
    python validator/tools/same_findings.py ../before FOLDER… [--without-words]

The findings are compared in every format; with `--without-words` only in JSON lines, without messages and help. The exit
code is 1 if anything differs.
"""

import argparse
import difflib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
FORMATS: Final = ("text", "concise", "json", "jsonl", "repair", "sarif", "junit", "github", "gitlab")
SHOWN: Final = 40


def main() -> int:
    """Compare, and print the differences."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("other", type=Path, help="the root of the other checkout")
    parser.add_argument("folders", nargs="+", type=Path, help="what to check")
    parser.add_argument("--without-words", action="store_true", help="compare rules and places only")
    options = parser.parse_args()
    differing = 0
    for format in ("jsonl",) if options.without_words else FORMATS:
        before, after = (
            report(checkout.resolve(), format, options.folders, words=not options.without_words)
            for checkout in (options.other, ROOT)
        )
        lines = list(difflib.unified_diff(before, after, "other", "this", lineterm="", n=0))
        differing += bool(lines)
        print(f"{format}: {len(after):,} lines, {'the same' if not lines else f'{len(lines):,} lines of difference'}")
        print("\n".join(lines[:SHOWN]), end="\n" if lines else "")
    return int(bool(differing))


def report(checkout: Path, format: str, folders: list[Path], *, words: bool) -> list[str]:
    """The lines of a report, without what changes from run to run."""
    command = [
        sys.executable,
        "-m",
        "diplomatic_events",
        "check",
        "--no-config",
        f"--format={format}",
        *map(str, folders),
    ]
    where = {**os.environ, "PYTHONPATH": str(checkout / "validator")}
    done = subprocess.run(command, env=where, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{checkout}: {done.stderr.decode(errors='replace')}")
    text = re.sub(r" in [0-9.]+ s:", ":", done.stdout.decode())
    return text.splitlines() if words else [_without_words(line) for line in text.splitlines()]


def _without_words(line: str) -> str:
    finding = json.loads(line)
    return json.dumps({key: value for key, value in finding.items() if key not in ("message", "help")})


if __name__ == "__main__":
    sys.exit(main())
