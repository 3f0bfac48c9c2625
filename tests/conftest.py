"""What `make test` leaves out: tests that have targets of their own, and tests of tools that are not installed."""

import os
import sys
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

collect_ignore = [
    *(() if os.environ.get("HYPOTHESIS_PROFILE") else ("property",)),
    *(() if os.environ.get("ENGINES") else ("arrow", "engines")),
    *(() if find_spec("mutmut") else ("test_rule_mutants.py",)),
]

for name in (
    "NO_COLOR",
    "FORCE_COLOR",
):  # what surrounds the tests has no say in the colours of the command that they run
    os.environ.pop(name, None)


@pytest.fixture
def uncounted() -> Iterator[None]:
    """Lines are not counted for coverage while the test runs, which would take twice as long.

    The marker `no_cover` of pytest-cov has no effect in the processes of pytest-xdist.
    """
    trace = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(trace)
