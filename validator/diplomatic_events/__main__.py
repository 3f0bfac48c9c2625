"""`python -m diplomatic_events` is the command."""

import sys

from diplomatic_events.cli.main import main

sys.exit(main())
