"""What `make test` leaves out: property tests, which have targets of their own, and tests of tools that are not installed."""

import os
from importlib.util import find_spec

collect_ignore = [
    *(() if os.environ.get("HYPOTHESIS_PROFILE") else ("property",)),
    *(() if find_spec("mutmut") else ("test_rule_mutants.py",)),
]
