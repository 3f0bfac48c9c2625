"""What holds for all tests.

The property tests look at thousands of records, so they have targets of their own: `make test-property` and `make fuzz`.
What surrounds the tests has no say in the colours of the command that they run.
"""

import os

collect_ignore = [] if os.environ.get("HYPOTHESIS_PROFILE") else ["property"]

for name in ("NO_COLOR", "FORCE_COLOR"):
    os.environ.pop(name, None)
