"""A file that a run writes for itself: whole, or not there at all. Nothing waits for a pipe, and no device is written to."""

import errno
import os
import stat
from contextlib import suppress
from typing import Final

_STREAMS: Final = {
    f"{place}{name}": descriptor
    for descriptor, stream in ((1, "stdout"), (2, "stderr"))
    for place, name in (("/dev/", stream), ("/dev/fd/", descriptor), ("/proc/self/fd/", descriptor))
}
"""The names of this process's own output, which is open already."""


def is_stream(path: str) -> bool:
    """Whether this is a name of standard output or standard error."""
    return os.path.abspath(path) in _STREAMS


def expect_file(path: str) -> None:
    """Make sure that a path leads to a file or to none, or to what is written to as it is: a stream or the null device.

    Raises:
        OSError: Something else is there, such as a folder, a pipe or a device.
    """
    with suppress(FileNotFoundError, NotADirectoryError, ValueError):  # writing to it will say so
        if not is_stream(path):
            _expect_file(os.stat(path))


def _expect_file(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    null = stat.S_ISCHR(status.st_mode) and status.st_rdev == os.stat(os.devnull).st_rdev
    if not (null or stat.S_ISREG(status.st_mode)):
        raise OSError("it is not an ordinary file; to pass a report on, print it to standard output")


def write_file(path: str, content: bytes) -> None:
    """Write a file. Where that fails, or is interrupted, none is left: half a report is worse than none.

    Raises:
        OSError: It cannot be written.
    """
    expect_file(path)
    if is_stream(path):
        _write(os.dup(_STREAMS[os.path.abspath(path)]), content)
        return
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o666)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        _write(descriptor, content)
        return
    try:
        os.ftruncate(descriptor, 0)
        _write(descriptor, content)
    except BaseException:
        with suppress(OSError):
            os.unlink(os.path.realpath(path))
        raise


def _write(descriptor: int, content: bytes) -> None:
    """Write everything, and close the descriptor whatever happens."""
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(descriptor, left) :]
    finally:
        os.close(descriptor)
