"""The files below a folder, but for those that a `.gitignore` names."""

import errno
import os
from collections.abc import Iterator
from typing import Final

from diplomatic_events.edit.replacing import open_file
from diplomatic_events.inputs.patterns import Patterns
from diplomatic_events.inputs.search import Search

_RULES: Final = ".gitignore"
_MOST_RULES: Final = 1024 * 1024
"""A larger `.gitignore` is none that anybody has written."""

_Ignored = tuple[tuple[Patterns, str], ...]
"""The rules that hold in a folder, the closest last, each with the path that leads there from where they stand."""


def files_below(folder: str, search: Search, suffixes: tuple[str, ...]) -> Iterator[str]:
    """The files below a folder whose names end in one of some ways: first its own in order, then those of each folder."""
    above = _above(folder, search)
    if above is None:
        return
    folders = [(folder, above)]
    seen: set[tuple[int, int]] = set()
    while folders:
        here, ignored = folders.pop()
        try:
            if search.follow_links and not _is_new(here, seen):
                continue
            entries = search.entries(here)
        except OSError as error:
            search.fail(here, error)
            continue
        if any(entry.name == _RULES for entry in entries):
            ignored = _entered(here, ignored, search)
        inner = []
        for entry in entries:
            if search.is_folder(entry):
                if _is_wanted_folder(entry, ignored, search):
                    inner.append((entry.path, tuple((rules, f"{way}{entry.name}/") for rules, way in ignored)))
            elif entry.name.lower().endswith(suffixes) and _is_wanted_file(entry, ignored, search):
                yield entry.path
        folders += reversed(inner)


def _is_wanted_file(entry: os.DirEntry[str], ignored: _Ignored, search: Search) -> bool:
    if _is_ignored(entry.name, ignored) or search.excludes(entry.path):
        return False
    return not (entry.is_symlink() and search.refuses(entry.path))


def _is_wanted_folder(entry: os.DirEntry[str], ignored: _Ignored, search: Search) -> bool:
    if entry.name == ".git" or (entry.is_symlink() and not search.follow_links):
        return False
    return not _is_ignored(entry.name, ignored, is_folder=True) and not search.excludes(f"{entry.path}/")


def _is_new(folder: str, seen: set[tuple[int, int]]) -> bool:
    """Whether a folder is none of those that were read: links may lead to it twice, or round in a circle."""
    status = os.stat(folder)
    identity = (status.st_dev, status.st_ino)
    is_new = identity not in seen
    seen.add(identity)
    return is_new


def _above(folder: str, search: Search) -> _Ignored | None:
    """The rules for a folder of those above it, up to the root of its repository; None if they name it or one above it."""
    whole = os.path.abspath(folder)
    here, names = whole, []
    while not os.path.lexists(os.path.join(here, ".git")):
        here, name = os.path.split(here)
        if not name:
            return ()
        names.append(name)
    ignored: _Ignored = ()
    for name in reversed(names):
        ignored = _entered(here, ignored, search)
        if _is_ignored(name, ignored, is_folder=True):
            return None
        ignored = tuple((rules, f"{way}{name}/") for rules, way in ignored)
        here = os.path.join(here, name)
    return ignored


def _entered(folder: str, ignored: _Ignored, search: Search) -> _Ignored:
    """The rules that hold in a folder, with its own."""
    path = os.path.join(folder, _RULES)
    try:
        with open_file(path) as file:
            data = file.read(_MOST_RULES + 1)
    except FileNotFoundError:
        return ignored
    except OSError as error:
        if error.errno not in (None, errno.EISDIR):  # what is no ordinary file has no rules, as for git
            search.fail(path, error)
        return ignored
    if len(data) > _MOST_RULES:
        search.fail(path, f"it is larger than {_MOST_RULES >> 20} MiB")
        return ignored
    text = os.fsdecode(data.removeprefix(b"\xef\xbb\xbf"))
    return (*ignored, (Patterns(line.removesuffix("\r") for line in text.split("\n")), ""))


def _is_ignored(name: str, ignored: _Ignored, *, is_folder: bool = False) -> bool:
    """Whether the rules leave out what has a name in the folder that they were followed to; the closest decide."""
    for rules, way in reversed(ignored):
        decision = rules.decide(f"{way}{name}", is_folder=is_folder)
        if decision is not None:
            return decision
    return False
