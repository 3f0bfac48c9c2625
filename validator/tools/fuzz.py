"""Run every property on new inputs, and count them.

A property is a test that draws what it looks at: all of tests/property, and what Hypothesis draws in the other tests. The
profile `deep` draws other inputs each time, and so many for each property as the variable EXAMPLES says. It ends as pytest
does, and prints how many inputs were drawn.

    python validator/tools/fuzz.py [--update]

`--update` writes the figures into docs/proof.md.
"""

import os
import re
import sys
from pathlib import Path
from typing import Final

import pytest

import figures

ROOT: Final = Path(__file__).resolve().parents[2]
PASSING: Final = re.compile(r"- (\d+) passing, ")


class Census:
    """Chooses the properties among the tests, and counts what they look at."""

    def __init__(self) -> None:
        self.properties = 0
        self.inputs = 0

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave out the tests that draw nothing."""
        drawing = [item for item in items if _draws(item)]
        config.hook.pytest_deselected(items=[item for item in items if not _draws(item)])
        items[:] = drawing

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> None:
        """Count the inputs of a property that has been looked at."""
        statistics = getattr(item, "hypothesis_statistics", "")
        found = sum(int(number) for number in PASSING.findall(statistics))
        self.properties += found > 0
        self.inputs += found


def _draws(item: pytest.Item) -> bool:
    return item.get_closest_marker("hypothesis") is not None or (ROOT / "tests/property") in item.path.parents


def summary(properties: int, inputs: int, examples: int) -> str:
    """What was looked at, in words."""
    return f"{properties:,} properties held for {inputs:,} inputs, with EXAMPLES={examples}"


def main() -> None:
    """Run the properties."""
    os.environ["HYPOTHESIS_PROFILE"] = "deep"
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT / "tests"))
    census = Census()
    code = pytest.main(["tests"], plugins=[census])
    if code:
        sys.exit(code)
    if not census.inputs:
        sys.exit("no property has drawn anything")
    from looking import EXAMPLES  # pytest wants to be the first who imports Hypothesis

    held = summary(census.properties, census.inputs, EXAMPLES)
    print(held)
    if "--update" in sys.argv:
        figures.write("fuzz", f"{held}.")


if __name__ == "__main__":
    main()
