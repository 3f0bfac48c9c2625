"""How long the property tests look: the same examples every time, or new ones and many of them (`make fuzz`)."""

import os
from typing import Any

from hypothesis import HealthCheck, Phase, settings

from hypothesis_settings import EXAMPLES

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]  # a record has hundreds of parts

_QUICK: Any = {
    "deadline": None,
    "suppress_health_check": _SLOW,
    "phases": set(Phase) - {Phase.explain},  # it takes five times as long as to shrink the record
}

settings.register_profile("steady", derandomize=True, max_examples=50, **_QUICK)
settings.register_profile("deep", max_examples=EXAMPLES, print_blob=True, **_QUICK)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
