"""What tests of the check share: a folder with source texts, and a check of a value or of a rule's example."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from diplomatic_events import Options, Report, check_bytes, check_paths
from diplomatic_events.cli import config
from diplomatic_events.findings import Finding
from diplomatic_events.rulebook import EXAMPLE, EXAMPLE_TEXT, Fragment, Rule, example
from diplomatic_events.rules import RULES

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "examples/sco-defence-ministers-2018-04-24"


def text_folder(folder: Path) -> Path:
    """A folder with the source texts that the rules' examples name."""
    (folder / "report.txt").write_text(EXAMPLE_TEXT, encoding="utf-8")
    (folder / "latin-1.txt").write_bytes("Bogotá".encode("latin-1"))
    return folder


def check_value(value: Any, folder: Path | None = None, **options: Any) -> tuple[Finding, ...]:
    """The findings of a value that is written as JSON."""
    report = check_bytes(json.dumps(value, ensure_ascii=False).encode(), folder=folder, options=Options(**options))
    assert not report.crashes, report.crashes[0]
    return report.findings


def check_example(rule: Rule, fragment: Fragment, folder: Path, engine: str = "auto") -> Report:
    """The report on an example of a rule. One of a rule across records stands beside the example record."""
    if rule.family == "config" and isinstance(fragment, bytes):
        (folder / "diplomatic-events.toml").write_bytes(fragment)
        found = config.find(folder)
        options = Options(suppressions=found.suppressions, today=date(2022, 1, 1))
        return check_bytes(json.dumps(EXAMPLE).encode(), options=options)
    limit = 100 if rule.id == "json/too-large" and fragment is rule.bad else 16 * 1024 * 1024
    options = Options(engine=engine, max_bytes=limit)
    data = fragment if isinstance(fragment, bytes) else json.dumps(example(fragment), ensure_ascii=False).encode()
    if rule.family != "corpus" and rule.id != "json/truncated-compression":
        return check_bytes(data, name="record.json", folder=folder, options=options)
    name = "record.json.gz" if data.startswith(b"\x1f\x8b") else "record.json"
    (folder / name).write_bytes(data)
    paths = [str(folder / name)]
    if rule.family == "corpus":
        (folder / "a.json").write_text(json.dumps(EXAMPLE, ensure_ascii=False), encoding="utf-8")
        paths.append(str(folder / "a.json"))
    return check_paths(sorted(paths), options)


def own_help(finding: Finding) -> str | None:
    """The help of a finding, unless it is only what its rule always advises."""
    return None if finding.help == RULES[finding.rule].advice else finding.help


__all__ = [
    "EXAMPLE",
    "REFERENCE",
    "ROOT",
    "RULES",
    "check_example",
    "check_value",
    "example",
    "own_help",
    "text_folder",
]
