"""From files, folders, globs and standard input to the files that are to be checked."""

import glob
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

SUFFIXES: Final = (".json", ".ndjson", ".jsonl", ".json.gz", ".ndjson.gz", ".jsonl.gz")
"""The files of a folder that are read."""

STDIN: Final = "-"
UNNAMED: Final = "<stdin>"
"""What standard input is called where it was given no name."""

_LINES: Final = (".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz")
_SEPARATORS: Final = re.escape(os.sep + (os.altsep or ""))
_DOWN: Final = re.compile(rf"(?:^|(?<=[{_SEPARATORS}]))\*\*(?:[{_SEPARATORS}]+|$)")
"""The part of a glob that stands for any way down."""


class Input(NamedTuple):
    """A file that is to be checked, or standard input. ``name`` is what findings call it."""

    name: str
    path: Path | None
    lines: bool | None
    """Whether each line is a record; None where the content must tell."""

    @property
    def folder(self) -> Path | None:
        """Where the source texts of its records lie; standard input has a folder only if it was given a name."""
        if self.path is not None:
            return self.path.parent
        return None if self.name == UNNAMED else Path(self.name).parent


@dataclass(slots=True)
class Inputs:
    """The files that some arguments stand for, what could not be found, and what was found empty and may be.

    ``folders`` are those among the arguments.
    """

    files: list[Input] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)


def expand(arguments: Iterable[str], *, form: str = "auto", stdin_filename: str | None = None,
           excluded: Callable[[str], bool] | None = None, allow_empty: bool = False) -> Inputs:  # fmt: skip
    """Find the files that arguments stand for: files, folders, globs, or `-` for standard input.

    ``form`` is `auto`, `json` or `ndjson`; ``excluded`` tells which paths to leave out of folders and globs. A folder or
    glob that stands for no file is a failure, unless ``allow_empty`` makes it a note.
    """
    inputs = Inputs()
    empty = inputs.notes if allow_empty else inputs.failures
    seen: set[str] = set()
    for argument in arguments:
        if os.path.isdir(argument):
            inputs.folders.append(argument)
        for found in _expand_one(argument, inputs.failures, empty, excluded or (lambda _: False)):
            path = None if found == STDIN else Path(found)
            name = (stdin_filename or UNNAMED) if path is None else path.as_posix()
            key = STDIN if path is None else os.path.abspath(found)
            if key not in seen:
                seen.add(key)
                inputs.files.append(Input(name, path, _by_lines(name, form)))
    return inputs


def _by_lines(name: str, form: str) -> bool | None:
    if form != "auto":
        return form == "ndjson"
    if name.lower().endswith(_LINES):
        return True
    return None if name == UNNAMED else False


def _expand_one(argument: str, failures: list[str], empty: list[str], excluded: Callable[[str], bool]) -> Iterator[str]:
    """The files of one argument. What cannot be found is added to ``failures``, what has no file to ``empty``."""
    if argument == STDIN or os.path.isfile(argument):
        yield argument
    elif os.path.isdir(argument):
        there = list(_walk(Path(argument)))
        yield from (found := [path for path in there if not excluded(path)])
        if not there:
            empty.append(f"{argument}: the folder has no file that ends in {', '.join(SUFFIXES[:3])} or .gz of these")
        elif not found:
            empty.append(f"{argument}: every file of the folder is excluded")
    elif os.path.lexists(argument):
        yield argument
    elif glob.has_magic(argument):
        matches = sorted(path for path in _matching(argument) if not os.path.isdir(path))
        yield from (found := [path for path in matches if not excluded(path)])
        if not found:
            empty.append(f"{argument}: {'every file that matches is excluded' if matches else 'no file matches'}")
    else:
        failures.append(f"{argument}: there is no such file or folder")


def _matching(pattern: str) -> Iterable[str]:
    """What a glob names. `glob` follows links below a `**`, which may lead out of the folder, or round and round in it."""
    start, *parts = _DOWN.split(pattern)
    if not parts:
        return glob.iglob(pattern)
    found = list(glob.iglob(start)) if start else [""]
    if pattern.endswith("**"):
        parts[-1] = "*"
    for part in parts:
        # With two `**`, several ways can lead to one file.
        found = list(dict.fromkeys(path for folder in found for path in _below(folder, part)))
    return filter(None, found)  # `**/` alone stands for the working folder, too, which has no name here


def _below(folder: str, part: str) -> Iterator[str]:
    """What matches in a folder and in those below it, but for hidden ones and links."""
    folders = [folder]
    while folders:
        here = os.path.join(folders.pop(), "")
        try:
            with os.scandir(here or os.curdir) as entries:
                names = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
        except OSError:
            continue  # as `glob` does
        folders += [here + name for name in names if not name.startswith(".")]
        if part:
            yield from [here + name for name in glob.iglob(part, root_dir=here or None)]
        else:
            yield here


def _walk(folder: Path) -> Iterator[str]:
    """The record files below a folder, in order, without those that a `.gitignore` names."""
    ignored = _Ignored(folder)
    for here, folders, files in os.walk(folder):
        ignored.enter(Path(here))
        folders[:] = sorted(
            name for name in folders if name != ".git" and not ignored.matches(os.path.join(here, name) + "/")
        )
        for name in sorted(files):
            path = os.path.join(here, name)
            if name.lower().endswith(SUFFIXES) and not ignored.matches(path):
                yield path


class _Ignored:
    """The `.gitignore` files that hold for a folder and what lies below it."""

    def __init__(self, folder: Path) -> None:
        self._specs: list[tuple[str, Any]] = []
        above = Path(os.path.abspath(folder)).parents
        root = next((parent for parent in (Path(os.path.abspath(folder)), *above) if (parent / ".git").exists()), None)
        if root is not None:
            for parent in reversed([parent for parent in above if parent.is_relative_to(root)]):
                self.enter(parent)

    def enter(self, folder: Path) -> None:
        """Take the rules of a folder into account, from here on."""
        rules = folder / ".gitignore"
        if rules.is_file():
            from pathspec import GitIgnoreSpec  # only a folder that has rules pays for the import

            def is_sound(line: str) -> bool:
                try:
                    GitIgnoreSpec.from_lines([line])
                except (ValueError, re.error):
                    return False  # git passes over such a line, too
                return True

            with rules.open(encoding="utf-8", errors="replace") as file:
                lines = [line for line in file if is_sound(line)]
            self._specs.append((os.path.abspath(folder), GitIgnoreSpec.from_lines(lines)))

    def matches(self, path: str) -> bool:
        """Whether a path is ignored; a folder's ends in a slash. The rules closest to it decide."""
        whole = os.path.abspath(path)
        for folder, spec in reversed(self._specs):
            if whole.startswith(folder + os.sep):
                relative = whole[len(folder) + 1 :].replace(os.sep, "/") + ("/" if path.endswith("/") else "")
                decision: bool | None = spec.check_file(relative).include
                if decision is not None:
                    return decision
        return False
