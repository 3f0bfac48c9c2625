"""New content for files that are there already: each is the old one or the new one, whole, whatever happens."""

import errno
import os
import stat
from contextlib import suppress
from typing import BinaryIO, NamedTuple


class Stamp(NamedTuple):
    """What tells whether a file is still the one that was read."""

    device: int
    inode: int
    size: int
    changed: int


def open_file(path: str | os.PathLike[str]) -> BinaryIO:
    """An ordinary file, opened to read it. A link is followed; a folder, pipe or device is not even opened.

    Raises:
        OSError: It cannot be opened, or is no ordinary file; the latter error has no ``errno``.
    """
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError as error:
        if os.path.islink(path):
            raise FileNotFoundError(error.errno, "it is a broken link") from error
        raise
    if stat.S_ISREG(mode):
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        if stat.S_ISREG(os.fstat(descriptor).st_mode):  # it may have become another thing meanwhile
            return os.fdopen(descriptor, "rb")
        os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    raise OSError("it is not an ordinary file")


def read_file(path: str | os.PathLike[str]) -> tuple[bytes, Stamp]:
    """The content of an ordinary file, and its stamp. A link is followed.

    Raises:
        OSError: The file cannot be read, or is a folder, a pipe or a device.
    """
    with open_file(path) as file:
        return file.read(), _stamp(os.fstat(file.fileno()))


class Replacement:
    """New content that lies beside a file, safe on the disk, until it takes the file's place.

    Where the path is a link, the file that it leads to is replaced and the link stays. The new file has the mode of
    the old one, and its owner where that is allowed.

    Raises:
        OSError: The file may not be written to, or there is no room for the new content.
    """

    def __init__(self, path: str | os.PathLike[str], content: bytes, stamp: Stamp) -> None:
        import shutil  # a run that only reads files does not pay for these imports
        import tempfile

        self._path = os.path.realpath(path)
        self._stamp = stamp
        if not os.access(self._path, os.W_OK):
            raise PermissionError("it is write-protected")
        folder, name = os.path.split(self._path)
        begin = os.fsencode(name)[:100].decode("utf-8", "ignore")  # systems limit a name in bytes, not in characters
        descriptor, self._beside = tempfile.mkstemp(prefix=f".{begin}.", suffix=".tmp", dir=folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            _keep_owner(self._path, self._beside)
            shutil.copymode(self._path, self._beside)
        except BaseException:
            self.discard()
            raise

    def commit(self) -> None:
        """Put the new content in place of the old, in one move.

        Raises:
            OSError: It could not be moved, or the file has been changed since it was read. The file is as it was.
        """
        try:
            self._expect_unchanged()
            os.replace(self._beside, self._path)
        except BaseException:
            self.discard()
            raise
        _sync_folder(os.path.dirname(self._path))

    def _expect_unchanged(self) -> None:
        if _stamp(os.stat(self._path)) != self._stamp:
            raise OSError("it was changed by another program in the meantime")

    def discard(self) -> None:
        """Remove the new content; once it has taken its place this does nothing."""
        with suppress(FileNotFoundError):
            os.unlink(self._beside)


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def _keep_owner(old: str, new: str) -> None:
    status, ours = os.stat(old), os.stat(new)
    if hasattr(os, "chown") and (status.st_uid, status.st_gid) != (ours.st_uid, ours.st_gid):
        with suppress(PermissionError):
            os.chown(new, status.st_uid, status.st_gid)


def _sync_folder(folder: str) -> None:
    """Have the disk note the move itself; where folders cannot be opened, the system does so in its own time."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
