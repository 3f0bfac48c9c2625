"""Where selenium is not installed, as for `make test`, there is nothing to collect; `make test-browser` installs it."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("selenium") else ["test_annotated_page.py"]
