"""What a glob names. Python's own passes in silence over folders that cannot be listed, and follows links below a `**`."""

import fnmatch
import glob
import os
import re
from collections.abc import Iterator
from typing import Final

from diplomatic_events.inputs.search import Search

_SEPARATORS: Final = re.compile(f"[{re.escape(os.sep + (os.altsep or ''))}]+")
_DOWN: Final = "**"


def fixed_part(pattern: str) -> str:
    """The folder that a glob names before its first wildcard; it is empty for the working folder."""
    start, names = _split(pattern)
    plain = next(place for place, name in enumerate(names) if glob.has_magic(name))
    return "".join([start, *(f"{name}{os.sep}" for name in names[:plain])])


def matching(pattern: str, search: Search) -> list[str]:
    """The files that a glob names, in order. Hidden ones are named by what begins with a dot itself."""
    start, (*above, last) = _split(pattern)
    folders = [start]
    for name in above:
        # With two `**`, several ways can lead to one folder.
        folders = list(dict.fromkeys(found for folder in folders for found in _folders(folder, name, search)))
    if last == _DOWN:
        folders = list(dict.fromkeys(found for folder in folders for found in _below(folder, search)))
        last = "*"
    return sorted({found for folder in folders for found in _files(folder, last, search)})


def _split(pattern: str) -> tuple[str, list[str]]:
    """A pattern as the root that it begins with, if any, and names."""
    drive, rest = os.path.splitdrive(pattern)
    names = _SEPARATORS.split(rest)
    is_absolute = len(names) > 1 and not names[0]
    return (drive + os.sep if is_absolute else drive), names[is_absolute:]


def _folders(folder: str, name: str, search: Search) -> Iterator[str]:
    """The paths, with a separator behind them, of what may be a folder and matches."""
    if name == _DOWN:
        yield from _below(folder, search)
    elif not glob.has_magic(name):
        yield f"{folder}{name}{os.sep}"
    else:
        for entry in _entries(folder, name, search):
            if not search.excludes(path := f"{folder}{entry.name}{os.sep}"):
                yield path


def _below(folder: str, search: Search) -> Iterator[str]:
    """A folder and those below it, but for hidden ones and links."""
    folders = [folder]
    while folders:
        here = folders.pop()
        yield here
        for entry in _entries(here, "*", search):
            path = f"{here}{entry.name}{os.sep}"
            if search.is_folder(entry) and not entry.is_symlink() and not search.excludes(path):
                folders.append(path)


def _files(folder: str, name: str, search: Search) -> Iterator[str]:
    path = f"{folder}{name}"
    if glob.has_magic(name):
        found = [f"{folder}{entry.name}" for entry in _entries(folder, name, search) if not search.is_folder(entry)]
    else:
        found = [path] if name and _is_there(path, search) and not os.path.isdir(path) else []
    yield from (path for path in found if not search.excludes(path) and not search.refuses(path))


def _entries(folder: str, name: str, search: Search) -> Iterator[os.DirEntry[str]]:
    """What lies in a folder and matches a part of the pattern. What is no folder has nothing in it."""
    try:
        entries = search.entries(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        search.fail(folder, error)
        return
    is_match = re.compile(fnmatch.translate(os.path.normcase(name))).match
    for entry in entries:
        if is_match(os.path.normcase(entry.name)) and (name[0] == "." or entry.name[0] != "."):
            yield entry


def _is_there(path: str, search: Search) -> bool:
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError as error:
        search.fail(path, error)
        return False
    return True
