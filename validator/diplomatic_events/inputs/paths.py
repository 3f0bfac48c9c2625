"""From files, folders, globs and standard input to the files that are to be checked."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from diplomatic_events.inputs.search import Search, failure

SUFFIXES: Final = (".json", ".ndjson", ".jsonl", ".json.gz", ".ndjson.gz", ".jsonl.gz")
"""The files of a folder that are read."""

STDIN: Final = "-"
UNNAMED: Final = "<stdin>"
"""What standard input is called where it was given no name."""

_WILDCARDS: Final = frozenset("*?[")

_LINES: Final = (".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz")


class Input(NamedTuple):
    """A file that is to be checked, or standard input. ``name`` is what findings call it."""

    name: str
    path: Path | None
    lines: bool | None
    """Whether each line is a record; None where the content must tell."""

    walked: bool = False
    """Whether the file was only found in a folder, so that it need not be a record."""

    @property
    def folder(self) -> Path | None:
        """Where the source texts of its records lie; standard input has a folder only if it was given a name."""
        if self.path is not None:
            return self.path.parent
        return None if self.name == UNNAMED else Path(self.name).parent


class Inputs:
    """The files that some arguments stand for, what could not be found, and what was found empty and may be.

    ``folders`` are those among the arguments. ``allow_empty`` is whether there may be nothing in them.
    """

    def __init__(self, files: Iterable[Input] = ()) -> None:
        self.files = list(files)
        self.failures: list[str] = []
        self.notes: list[str] = []
        self.folders: list[str] = []
        self.allow_empty = False


def expand(arguments: Iterable[str], *, form: str = "auto", stdin_filename: str | None = None,
           excluded: Callable[[str], bool] | None = None, allow_empty: bool = False,
           follow_links: bool = False, strict_files: bool = False) -> Inputs:  # fmt: skip
    """Find the files that arguments stand for: files, folders, globs, or `-` for standard input.

    ``form`` is `auto`, `json` or `ndjson`; ``excluded`` tells which paths to leave out of folders and globs, where that of
    a folder ends in a slash. A folder or glob that stands for no file is a failure, unless ``allow_empty`` makes it a note;
    so is what the system does not let be looked at. A link is followed where an argument names it, or where it leads to a
    file in the folder that an argument names; ``follow_links`` has all of them followed, those to folders too. With
    ``strict_files``, the files of a folder are taken for records as if they were named.
    """
    inputs = Inputs()
    inputs.allow_empty = allow_empty
    by_path: dict[str, Input] = {}
    for argument in arguments:
        for found in _expand_one(argument, inputs, excluded or (lambda _: False), allow_empty=allow_empty, follow_links=follow_links):  # fmt: skip
            path = None if found == STDIN else Path(found)
            name = (stdin_filename or UNNAMED) if path is None else path.as_posix()
            key = STDIN if path is None else os.path.abspath(found)
            walked = not strict_files and argument in inputs.folders
            if key not in by_path or (by_path[key].walked and not walked):
                first = by_path.get(key, Input(name, path, by_lines(name, form)))
                by_path[key] = first._replace(walked=walked)
    inputs.files += by_path.values()
    return inputs


def by_lines(name: str, form: str = "auto") -> bool | None:
    """Whether each line of a file is a record, by its name unless a form is given; None where the content must tell."""
    if form != "auto":
        return form == "ndjson"
    if name.lower().endswith(_LINES):
        return True
    return None if name == UNNAMED else False


def _expand_one(
    argument: str, inputs: Inputs, excluded: Callable[[str], bool], *, allow_empty: bool, follow_links: bool
) -> Iterator[str]:
    """The files of one argument; what went wrong is noted in ``inputs``."""
    mode = stat.S_IFREG if argument == STDIN else _mode(argument)
    if isinstance(mode, int) and stat.S_ISDIR(mode):
        from diplomatic_events.inputs.folders import files_below  # for a file alone, nothing is searched

        inputs.folders.append(argument)
        search = Search(argument, excluded, follow_links=follow_links)
        found = list(files_below(argument, search, SUFFIXES))
        where, nothing = (
            "of the folder",
            f"the folder has no file that ends in {', '.join(SUFFIXES[:3])} or .gz of these",
        )
    elif isinstance(mode, int):
        yield argument
        return
    elif not _WILDCARDS.isdisjoint(argument):
        from diplomatic_events.inputs.globs import fixed_part, matching  # as above

        search = Search(fixed_part(argument), excluded, follow_links=follow_links)
        found = matching(argument, search)
        where, nothing = "that matches", "no file matches"
    else:
        inputs.failures.append(failure(argument, mode))
        return
    inputs.failures += search.failures
    if not found and not search.failures:
        empty = inputs.notes if allow_empty else inputs.failures
        empty.append(failure(argument, f"every file {where} is excluded" if search.left_out else nothing))
    yield from found


def _mode(argument: str) -> int | OSError:
    """What the system says of the kind of a file, or why it does not; a link that leads nowhere is there all the same."""
    try:
        return (os.lstat if os.path.islink(argument) and not os.path.exists(argument) else os.stat)(argument).st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):  # a name with a NUL is no name
        return OSError("there is no such file or folder")
    except OSError as error:
        return error
