"""How long the property tests look: the same examples every time, or new ones and many of them (`make fuzz`)."""

import os

from hypothesis import HealthCheck, settings

from looking import EXAMPLES

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]  # a record has hundreds of parts

settings.register_profile("steady", derandomize=True, max_examples=50, deadline=None, suppress_health_check=_SLOW)
settings.register_profile("deep", max_examples=EXAMPLES, deadline=None, suppress_health_check=_SLOW, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
