"""What `make fuzz` counts, and what the docs say of it."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import figures
import fuzz
from checking import ROOT


def item(path: str, statistics: str = "", *, marked: bool = False) -> Any:
    """A test, as far as a census sees it."""
    return SimpleNamespace(
        path=Path(ROOT, path),
        get_closest_marker=lambda name: marked if name == "hypothesis" and marked else None,
        **({"hypothesis_statistics": statistics} if statistics else {}),
    )


def test_a_property_is_what_hypothesis_draws_and_all_of_their_folder() -> None:
    items = [item("tests/test_edtf.py"), item("tests/test_edtf.py", marked=True), item("tests/property/test_any.py")]
    told: list[Any] = []
    hook = SimpleNamespace(pytest_deselected=lambda items: told.extend(items))
    chosen = list(items)
    fuzz.Census().pytest_collection_modifyitems(SimpleNamespace(hook=hook), chosen)  # type: ignore[arg-type]
    assert chosen == items[1:]
    assert told == items[:1]


def test_the_inputs_of_every_phase_are_counted_and_what_drew_none_is_no_property() -> None:
    census = fuzz.Census()
    replayed = "  - during reuse phase (0.00 seconds):\n    - 2 passing, 0 failing, 0 invalid test cases\n"
    drawn = "  - during generate phase (1.00 seconds):\n    - 40 passing, 0 failing, 7 invalid test cases\n"
    for statistics in (replayed + drawn, "    - 0 passing, 0 failing, 50 invalid test cases\n", ""):
        census.pytest_runtest_teardown(item("tests/property/test_any.py", statistics))
    assert fuzz.summary(census.properties, census.inputs, 50) == "1 properties held for 42 inputs, with EXAMPLES=50"


def test_the_docs_tell_what_the_last_run_drew() -> None:
    told = re.fullmatch(
        r"([0-9,]+) properties held for ([0-9,]+) inputs, with EXAMPLES=([0-9]+)\.", figures.read("fuzz")
    )
    assert told
    assert int(told[2].replace(",", "")) > 100 * int(told[1])
