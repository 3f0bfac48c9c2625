"""A page of the docs, done as it says."""

import shutil
from pathlib import Path

import pytest

from check_records import ROOT
from snippets import walk


def done_as_the_page_says(page: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the code of a page in a folder with the minimal example; each block prints what the page shows."""
    shutil.copy(ROOT / "examples/minimal/record.json", folder / "record.json")
    monkeypatch.chdir(folder)
    steps = list(walk(ROOT / "docs" / page, folder, ""))
    assert len(steps) > 1
    for line, printed, shown in steps:
        assert printed == shown, f"{page}:{line}"
