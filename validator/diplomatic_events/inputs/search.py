"""The search for files: what lies in a folder, what is left out, and what the system did not let be looked at."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

LEADS_OUT: Final = "it is a link that leads out of the folder that was named; name it itself, or use --follow-links"

NO_RECORD: Final = "no file of the folder shows a sign of being a record"


def failure(name: str, error: OSError | str) -> str:
    """What could not be done with a file or folder, and why, on one line whatever its name."""
    reason = error if isinstance(error, str) else error.strerror or str(error)
    return " ".join(f"{name}: {reason}".splitlines())


def refusal(error: BaseException) -> str | None:
    """What the system has refused, if that is what an error says: memory, a descriptor, a file; None for any other fault."""
    if isinstance(error, MemoryError):
        return "there is not enough memory"
    if isinstance(error, ImportError):  # a library that is there and cannot be loaded
        return str(error) if (error.path or "").endswith((".so", ".pyd")) else None
    if isinstance(error, OSError):
        name = error.filename
        where = f"{os.fsdecode(name)}: " if isinstance(name, str | bytes) else ""
        return f"{where}{error.strerror or error}"
    return None


class Search:
    """The search for what one argument stands for.

    ``excluded`` tells which paths to leave out; that of a folder ends in a slash. Without ``follow_links`` no link is
    followed out of ``base``, the folder that the argument names. ``failures`` are what could not be looked at;
    ``left_out`` becomes true once something was excluded.
    """

    def __init__(self, base: str, excluded: Callable[[str], bool], *, follow_links: bool) -> None:
        self.follow_links = follow_links
        self.failures: dict[str, None] = {}
        self.left_out = False
        self._excluded = excluded
        self._folders: dict[str, str] = {}
        self._base = os.path.join(os.path.realpath(base or os.curdir), "")

    def fail(self, path: str, error: OSError | str) -> None:
        """Note, once, why something could not be looked at."""
        self.failures[failure(Path(path).as_posix(), error)] = None  # a path is written as those of files are

    def entries(self, folder: str) -> list[os.DirEntry[str]]:
        """What lies in a folder, in order.

        Raises:
            OSError: It cannot be listed.
        """
        with os.scandir(folder or os.curdir) as found:
            return sorted(found, key=lambda entry: entry.name)

    def is_folder(self, entry: os.DirEntry[str]) -> bool:
        """Whether this is a folder, or a link to one. A link that cannot be followed is a file, and opening it says why."""
        try:
            if not entry.is_symlink():
                return entry.is_dir()
        except OSError as error:
            self.fail(entry.path, error)
            return False
        return os.path.isdir(entry.path)

    def excludes(self, path: str) -> bool:
        """Whether a path is left out, which is noted."""
        excluded = self._excluded(path)
        self.left_out |= excluded
        return excluded

    def refuses(self, path: str) -> bool:
        """Whether a file lies beyond a link that is not followed, which is noted."""
        if self.follow_links or self._real(path).startswith(self._base):
            return False
        self.fail(path, LEADS_OUT)
        return True

    def _real(self, path: str) -> str:
        """The path of a file without links; that of its folder is looked up once, for there may be very many files in it."""
        if os.path.islink(path):
            return os.path.realpath(path)
        folder, name = os.path.split(path)
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder or os.curdir)
        return os.path.join(self._folders[folder], name)
