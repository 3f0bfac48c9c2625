"""What `import diplomatic_events` offers: all of it is shown, and none of it is imported before it is used."""

import pydoc
import subprocess
import sys

import pytest

import diplomatic_events


def test_dir_shows_the_public_names_and_no_others() -> None:
    assert dir(diplomatic_events) == sorted(diplomatic_events.__all__)
    assert all(getattr(diplomatic_events, name) for name in dir(diplomatic_events))


def test_help_shows_what_each_public_name_is_for() -> None:
    shown = pydoc.plain(pydoc.render_doc(diplomatic_events))
    for heading in ("check_bytes(data", "check_paths(", "class Event(", "class Options(", "class Report("):
        assert f"\n    {heading}" in shown
    assert "Check files, folders and globs, as the command does." in shown


def test_a_name_that_there_is_not_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="module 'diplomatic_events' has no attribute 'chek_paths'"):
        _ = diplomatic_events.chek_paths


def test_nothing_is_imported_before_it_is_used() -> None:
    code = "import sys, diplomatic_events; print(sum('diplomatic_events.' in name for name in sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert ran.stdout.strip() == b"0"
