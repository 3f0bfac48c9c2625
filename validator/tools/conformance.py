"""Write out the conformance suite: each case as plain files, systematic cases included, with a manifest of all.

    python validator/tools/conformance.py [FOLDER]     write the suite, by default into build/conformance
    python validator/tools/conformance.py --layout     reformat the sources
    python validator/tools/conformance.py --rule ID    add a rule: its examples become its first two cases

The output is published, not committed; the sources in `tests/conformance/` are committed.
"""

import argparse
import json
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

import conformance_systematic as systematic
import newest
from conformance_sources import (
    ROOT,
    SUITE,
    Case,
    Json,
    Source,
    document,
    expanded,
    patched,
    severities,
    source_files,
    sources,
)
from diplomatic_events.checking import Checker
from diplomatic_events.options import Options
from diplomatic_events.pointers import resolve
from diplomatic_events.rulebook import EXAMPLE, Fragment, Rule
from diplomatic_events.rules import RULES

OUT: Final = ROOT / "build/conformance"


@cache
def cases() -> tuple[Case, ...]:
    """Every case of the suite, ordered by id."""
    found = map(expanded, [*sources(), *systematic.sources()])
    return tuple(sorted(found, key=lambda case: str(case.entry["id"])))


def files() -> dict[str, bytes]:
    """Every file of the suite by its path."""
    return {path: data for case in cases() for path, data in case.files.items()}


def manifest() -> dict[str, Json]:
    """The content of `manifest.json`."""
    entries = [case.entry for case in cases()]
    return {"$schema": "manifest.schema.json", "schemaVersion": newest.VERSION, "cases": entries}


def write_files(folder: Path, chosen: Iterable[Case]) -> None:
    """Write the files of some cases."""
    for case in chosen:
        for name, data in case.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def write(folder: Path) -> None:
    """Write the suite for other implementations into a folder, which is new or has an earlier copy of it."""
    if folder.exists():
        if not (folder / "manifest.json").exists():
            raise SystemExit(f"{folder} exists and does not contain the suite")
        shutil.rmtree(folder)
    write_files(folder, cases())
    (folder / "manifest.json").write_text(json.dumps(manifest(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    for path in (SUITE / "manifest.schema.json", SUITE / "rules.txt", ROOT / "LICENSE"):
        shutil.copy(path, folder)
    shutil.copy(ROOT / "docs/conformance.md", folder / "README.md")


def lay_out() -> None:
    """Reformat the sources: each case on one line or a few."""
    for path in source_files():
        path.write_text(document(json.loads(path.read_bytes())), encoding="utf-8", newline="\n")


def enter(rule: Rule, suite: Path = SUITE) -> None:
    """Add the examples of a rule as cases to its family's file, and its severity to the list of rules."""
    path = suite / f"{rule.family}.json"
    found = {source["id"]: source for source in [*json.loads(path.read_bytes()), *examples(rule)]}
    path.write_text(document([found[id] for id in sorted(found)]), encoding="utf-8", newline="\n")
    lines = sorted(f"{id} {severity}\n" for id, severity in {**severities(), rule.id: rule.severity.value}.items())
    (suite / "rules.txt").write_text("".join(lines), encoding="utf-8", newline="\n")


def examples(rule: Rule) -> list[Source]:
    """The examples of a rule as cases: changes to the record `example`."""
    place: Source = {"pointer": rule.at}
    if rule.family == "corpus":
        place["file"] = "b.json"
    elif rule.family == "config":
        place = {"pointer": None, "file": "diplomatic-events.toml"}
    bad = {"id": f"{rule.id}.example", "title": rule.summary.rstrip("."), **_example(rule, rule.bad), "expect": place}
    title = "The example that comes close to it"
    return [bad, {"id": f"{rule.id}.pass.example", "title": title, **_example(rule, rule.good)}]


def _example(rule: Rule, fragment: Fragment) -> Source:
    if isinstance(fragment, bytes):
        if rule.family == "config":
            return {"base": "example", "beside": {"diplomatic-events.toml": fragment.decode()}}
        return {"text": fragment.decode("latin-1"), "encoding": "latin-1"}
    patch: list[Source] = []
    for key, value in fragment.items():
        path = key if key.startswith("/") else f"/{key}"
        there = resolve(patched(EXAMPLE, patch), path) is not None
        change = {"op": "replace" if there else "add", "path": path, "value": value}
        patch.append({"op": "remove", "path": path} if value is None else change)
    if rule.family == "corpus":
        return {"base": "example", "files": {"a.json": {}, "b.json": {"patch": patch}}}
    return {"base": "example", "patch": patch}


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=OUT, help="where to write the suite")
    parser.add_argument("--layout", action="store_true", help="reformat the sources instead")
    parser.add_argument("--rule", help="add the examples of this rule as cases instead")
    arguments = parser.parse_args()
    if arguments.layout:
        lay_out()
    elif arguments.rule:
        Checker(Options())  # Building a checker registers every rule.
        enter(RULES[arguments.rule])
    else:
        write(arguments.folder)
        print(f"{len(cases()):,} cases in {arguments.folder}")


if __name__ == "__main__":
    main()
