"""A folder of records with planted faults, as it might lie in a lake, and the findings of engines beside the command's."""

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from benchmarks import generator
from diplomatic_events import Report

FAULTS: Final = 1 / 7
FILES: Final = 20
EVERY: Final = 250
"""One record in so many is related to others in a way that only a comparison shows."""

Json = dict[str, Any]


def fill(folder: Path, number: int) -> None:
    """Write so many records into files of lines, some of them compressed, and a few files with other troubles."""
    records = list(planted(number))
    for part in range(FILES):
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records[part::FILES]).encode()
        if part % 4 == 3:
            (folder / f"part-{part:02}.ndjson.gz").write_bytes(gzip.compress(lines, 1))
        else:
            (folder / f"part-{part:02}.ndjson").write_bytes(lines)
    chance = random.Random(1)
    (folder / "garbage.ndjson").write_bytes(chance.randbytes(20_000))
    (folder / "cut.ndjson.gz").write_bytes(gzip.compress(lines, 1)[:5000])
    (folder / "blank.ndjson").write_bytes(b"\n\n")
    (folder / "empty.jsonl").write_bytes(b"")
    (folder / "other.json").write_text('{"name": "a package"}', encoding="utf-8")
    (folder / "a b%20é.json").write_text(json.dumps(generator.faulty(1), indent=2), encoding="utf-8")
    beside = generator.record(number)
    beside["sources"][0]["textFile"] = "report.txt"
    (folder / "report.txt").write_text(beside["sources"][0].pop("text"), encoding="utf-8", newline="")
    beside["statements"][0]["evidence"][0]["exact"] += "x"
    (folder / "beside.json").write_text(json.dumps(beside, ensure_ascii=False), encoding="utf-8")


def planted(number: int) -> Iterator[Json]:
    """So many records, one in seven of them with a fault, and some that contradict one another."""
    last: Json = {}
    for index, record in enumerate(generator.records(number, FAULTS)):
        kind = index % EVERY
        if kind == 1:
            record["related"] = [related(last["id"][:-1])]
        elif kind == 2:
            record["id"] = last["id"]
        elif kind == 4:
            record["related"] = [related(last["id"])]
        elif kind in (6, 8):
            record["people"][0]["identifiers"] = [{"scheme": "wikidata", "value": f"Q{index // EVERY + 1}"}]
        last = record
        yield record


def related(record: str) -> Json:
    return {"id": "before", "relation": "follows-up", "title": "The talks before", "record": record}


def by_command(report: Report) -> list[str]:
    """The findings of a report, each as one line of JSON."""
    return _lines(json.loads(report.to_json())["findings"])


def by_command_in_records(report: Report, lines: Iterable[str]) -> list[str]:
    """The findings of a report on a file of these lines, where fixes count from the start of their record."""
    starts = [0, *accumulate(len(line.encode()) + 1 for line in lines)]
    findings = json.loads(report.to_json())["findings"]
    for finding in findings:
        for edit in finding.get("fix", {}).get("edits", ()):
            edit["start"] -= starts[finding["recordLine"] - 1]
            edit["end"] -= starts[finding["recordLine"] - 1]
    return _lines(findings)


def by_engine(rows: Iterable[Json]) -> list[str]:
    """The findings among rows, each as one line of JSON."""
    return _lines(
        {name: value for name, value in row.items() if name not in ("kind", "findings")}
        for row in rows
        if row["kind"] == "finding"
    )


def _lines(findings: Iterable[Json]) -> list[str]:
    return sorted(json.dumps(_present(finding), sort_keys=True) for finding in findings)


def _present(value: Any, name: str = "") -> Any:
    """A value without what is null; a report numbers fingerprints that occur twice in it."""
    if isinstance(value, dict):
        return {key: _present(inner, key) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_present(inner) for inner in value]
    return re.sub(r"-\d+$", "", value) if name == "fingerprint" else value


def not_checked_by_command(report: Report) -> Counter[tuple[str, str]]:
    """What a report says was not checked, and in how many records."""
    return Counter({(row.what, row.reason): row.records for row in report.not_checked})


def not_checked_by_engine(rows: Iterable[Json]) -> Counter[tuple[str, str]]:
    """What rows say was not checked, and in how many records. Files that are passed over are no records."""
    return Counter(
        (row["what"], row["message"]) for row in rows if row["kind"] == "not checked" and row["what"] != "the file"
    )
