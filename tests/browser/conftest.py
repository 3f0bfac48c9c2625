"""Where selenium is not installed, as for `make test`, there is nothing to collect; `make test-browser` installs it."""

from importlib.util import find_spec

if find_spec("selenium"):
    from browser.built_site import address, axe
    from browser.chromium import browser

    __all__ = ["address", "axe", "browser"]
    collect_ignore: list[str] = []
else:
    collect_ignore = ["test_annotated_page.py", "test_review_page.py", "test_site.py", "test_try_it.py"]
