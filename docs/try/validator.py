"""What the page asks of the validator, as JSON: a check of a record with its texts, and the record with its fixes made."""

import json
import os
import shutil
from bisect import bisect_left
from pathlib import Path

from diplomatic_events.checking import check_inputs
from diplomatic_events.coverage.survey import Surveyor
from diplomatic_events.fixing import Request, fix_found
from diplomatic_events.inputs.paths import expand
from diplomatic_events.inputs.records import records
from diplomatic_events.options import Options
from diplomatic_events.review.view import View

FOLDER = Path("/record")
OPTIONS = Options()


def check(name, record, texts):
    """Check a record; ``texts`` has the files beside it. Offsets count UTF-16 units, as in an editor."""
    inputs = _files(name, record, texts)
    report = check_inputs(inputs, OPTIONS)
    (source,) = inputs.files
    raw = next(iter(records(source, None, OPTIONS.max_bytes)))
    view = View(raw, source.folder, report.findings, Surveyor(OPTIONS), "r")
    unit = _utf16(record)
    return json.dumps(
        {
            "findings": view.findings_html(),
            "texts": view.texts,
            "places": [[unit(place.start), unit(place.end), place.id, place.kind, place.to] for place in view.places],
            "summary": json.loads(report.to_json())["summary"],
            "fixable": sum(finding.fix is not None and finding.fix.safe for finding in report.findings),
            "notChecked": [f"{row.what}: {row.reason}" for row in report.not_checked],
            "failures": [*report.failures, *report.crashes],
        }
    )


def fix(name, record, texts):
    """The record with the fixes made that are safe."""
    inputs = _files(name, record, texts)
    _, made = fix_found(inputs.files, OPTIONS, Request(), None, lambda options, _: check_inputs(inputs, options))
    return json.dumps({"text": Path(inputs.files[0].name).read_bytes().decode(), "fixed": made.fixed})


def _files(name, record, texts):
    """Put the record and its texts into a folder, and go there."""
    name = Path(name).name or "record.json"
    os.chdir("/")
    shutil.rmtree(FOLDER, ignore_errors=True)
    for path, text in (json.loads(texts) | {name: record}).items():
        file = FOLDER / path
        if FOLDER in file.resolve().parents:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8", "surrogatepass"))
    os.chdir(FOLDER)
    return expand([name])


def _utf16(text):
    """From an offset in code points to one in UTF-16 units."""
    wide = [index for index, char in enumerate(text) if char > "\uffff"]
    return lambda offset: offset + bisect_left(wide, offset)
