"""Records with configurations that change what is found or how a run ends, and what the command at home makes of them."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from integration.scratch import ROOT, installed, run, scratch

CONFIGURATIONS: Final = {
    "nothing": ("", 1, 3),
    "ignore": ('ignore = ["evidence", "reference"]\n', 0, 1),
    "fail-on": ('fail-on = "warning"\nselect = ["codes"]\n', 1, 1),
    "output": ('output = ["jsonl=found.jsonl"]\n', 1, 3),
    "select": ('select = ["codes"]\n', 0, 1),
    "severity": ('severity = { "evidence" = "warning", "reference" = "off" }\n', 0, 2),
    "exclude": ('exclude = ["drafts/"]\n', 0, 1),
}
"""By what it says: each configuration, the exit code of the command, and of two errors and a warning how many are found."""


class Verdict(NamedTuple):
    """How a run ended, what it told, and the report that a configuration asks for."""

    code: int
    found: list[str]
    report: list[str]


def prepare(folder: Path, configuration: str) -> None:
    """Put records and a configuration into a folder: a good one, one with a warning, and a draft with two errors."""
    (folder / "events").mkdir(parents=True, exist_ok=True)
    minimal = json.loads((ROOT / "examples/minimal/record.json").read_text("utf-8"))
    for name, record in {"first": minimal, "warned": minimal | {"id": "warned", "topics": ["tarde"]}}.items():
        (folder / f"events/{name}.json").write_text(json.dumps(record), encoding="utf-8")
    shutil.copytree(ROOT / "docs/broken", folder / "events/drafts")
    (folder / "diplomatic-events.toml").write_text(configuration, encoding="utf-8")


def verdict(folder: Path, code: int, printed: str) -> Verdict:
    """What a run there came to; its report is taken away, so that the next one has to write its own."""
    report = folder / "found.jsonl"
    lines = report.read_text("utf-8").splitlines() if report.exists() else []
    report.unlink(missing_ok=True)
    found = re.findall(r"\b(?:error|warning|note)\[[a-z-]+/[a-z-]+\]", printed)
    return Verdict(code, sorted(found), sorted(lines))


def agree(wrapper: str, use: Callable[[Path], Verdict], prepare: Callable[[Path, str], None] = prepare) -> None:
    """Hold what a wrapper makes of each configuration against what the command makes of it at home."""
    for name, (text, code, number) in CONFIGURATIONS.items():
        folder = scratch() / f"{wrapper}, configured {name}"
        prepare(folder, text)
        done = run(installed() / "diplomatic-events", "check", "events/", cwd=folder, code=code)
        home = verdict(folder, code, done.stdout)
        assert (len(home.found), bool(home.report)) == (number, name == "output"), home
        there = use(folder)
        assert there == home, f"{wrapper}, configured {name}: {there}\nat home: {home}"
