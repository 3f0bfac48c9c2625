"""How many examples a property test looks at: the same ones every time, or new ones and many of them (`make fuzz`)."""

import os
from typing import Any, Final

from hypothesis import settings

DEEP: Final = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
EXAMPLES: Final = int(os.environ.get("EXAMPLES") or 100)
"""Of whole records, so many are drawn by `make fuzz`; of small texts a twentieth of that times as many as elsewhere."""


def bounded(number: int, **more: Any) -> settings:
    """So many examples in the usual run of the tests, and more of them in a deep one."""
    return settings(
        derandomize=not DEEP, max_examples=number * EXAMPLES // 10 if DEEP else number, deadline=None, **more
    )
