"""The property tests look at thousands of records, so they have targets of their own: `make test-property` and `make fuzz`."""

import os

collect_ignore = [] if os.environ.get("HYPOTHESIS_PROFILE") else ["property"]
