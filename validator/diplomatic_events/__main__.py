"""`python -m diplomatic_events` is the command."""

import sys

from diplomatic_events.cli import main

sys.exit(main())
