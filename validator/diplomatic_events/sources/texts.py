"""The texts of sources: inline or in a file beside the record, read once a run and never from outside its folder."""

import errno
import os
import stat
from functools import cached_property
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Final, NamedTuple

from diplomatic_events.suggest import did_you_mean

MAX_TEXT_BYTES: Final = 4 * 1024 * 1024
"""A longer source text is not read: evidence is looked up in it character by character."""


class SourceText(NamedTuple):
    """A source's text. ``file`` is where it lies, or None where it stands in the record itself.

    ``ends`` names the line ends of ``content`` where they are others than those of the file: with them, the text has
    the digest that the record gives, and so it is the text that quotes and offsets are of.
    """

    content: str
    sha256: str
    file: str | None = None
    ends: str | None = None


class TextFault(NamedTuple):
    """Why a source's text is not to be had: ``kind`` is `none`, `missing`, `outside`, `unreadable` or `out of reach`."""

    kind: str
    message: str = ""


_SHORTAGE: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})
"""The numbers of errors by which the system says that it has run out of something."""

NO_TEXT: Final = TextFault("none")
OUT_OF_REACH: Final = TextFault("out of reach")
"""The text lies in a file where this program cannot look; that says nothing of the record."""


class Stored:
    """A text as it is stored, and as it was before git or an editor converted its line ends."""

    def __init__(self, text: SourceText) -> None:
        self._text = text

    def with_digest(self, digest: Any) -> SourceText:
        """The text with the line ends with which it has a digest, or as it is stored."""
        if not isinstance(digest, str) or digest == self._text.sha256:
            return self._text
        return self._converted.get(digest, self._text)

    @cached_property
    def _converted(self) -> dict[str, SourceText]:
        """The text with other line ends, by digest: converted once, however many sources name the same file."""
        text = self._text
        if "\n" not in text.content:
            return {}
        plain = text.content.replace("\r\n", "\n")
        every = {"LF": plain, "CRLF": plain.replace("\n", "\r\n")}
        return {_digest(content.encode()): text._replace(content=content, ends=ends) for ends, content in every.items()}


Cache = dict[Path, Stored | TextFault]
"""The text files that a run has read."""


class Texts:
    """The texts that the records of one folder may read. Texts of files are kept in ``cache`` for the run."""

    def __init__(self, folder: Path | None, cache: Cache | None = None) -> None:
        self.folder = folder
        self._cache = {} if cache is None else cache

    def of(self, source: dict[str, Any]) -> SourceText | TextFault:
        """The text of a source, with the line ends with which it has the source's digest."""
        if isinstance(source.get("text"), str):
            content = source["text"]
            if "sha256" not in source:
                return SourceText(content, "")
            return Stored(SourceText(content, _digest(content.encode()))).with_digest(source["sha256"])
        stored = self._stored(source)
        if isinstance(stored, TextFault):
            return stored
        return stored.with_digest(source.get("sha256"))

    def _stored(self, source: dict[str, Any]) -> Stored | TextFault:
        if not isinstance(source.get("textFile"), str):
            return NO_TEXT
        if self.folder is None:
            return TextFault("missing", "the record has no folder to look in")
        path = self.folder / source["textFile"] if "\0" not in source["textFile"] else self.folder
        if path not in self._cache:
            read = self._read(self.folder, source["textFile"])
            self._cache[path] = read if isinstance(read, TextFault) else Stored(read)
        return self._cache[path]

    def near(self, name: str) -> str | None:
        """What helps where a file is not there: the files of the folder with such names, or how the record gets a folder."""
        if self.folder is None:
            return "name the record's file, or name standard input with --stdin-filename"
        try:
            return did_you_mean(name, [entry.name for entry in self.folder.iterdir() if entry.is_file()])
        except OSError:
            return None

    def _read(self, folder: Path, name: str) -> SourceText | TextFault:
        if _leaves(name):
            plain = name.replace("\\", "/")
            if not _leaves(plain):
                return TextFault("outside", f"write `{PurePosixPath(plain)}`: a path has `/` on every system")
            return TextFault("outside", "a text file is named relative to the record's own file and lies in its folder")
        try:
            path = (folder / name).resolve(strict=True)
            if not path.is_relative_to(folder.resolve(strict=True)):
                return TextFault("outside", "it is a link that leads out of the record's folder")
            return _open(path, (folder / name).as_posix())
        except FileNotFoundError:
            return TextFault("missing", "there is no such file")
        except (OSError, RuntimeError) as error:
            if isinstance(error, OSError) and error.errno in _SHORTAGE:
                raise  # that says nothing of the file
            reason = error.strerror if isinstance(error, OSError) and error.strerror else "its links lead in a circle"
            return TextFault("unreadable", f"it cannot be read ({reason.lower()})")


class TextsBelow(Texts):
    """The texts of records whose folder is named relative to ``root``, which findings do not name."""

    def __init__(self, folder: Path | None, cache: Cache, *, root: Path) -> None:
        self._named = folder or Path()
        super().__init__(root / self._named, cache)

    def _read(self, folder: Path, name: str) -> SourceText | TextFault:
        read = super()._read(folder, name)
        return read if isinstance(read, TextFault) else read._replace(file=(self._named / name).as_posix())


class InlineTexts(Texts):
    """The texts of records whose folder cannot be looked into: only those that stand in the record itself."""

    def _stored(self, source: dict[str, Any]) -> Stored | TextFault:
        return OUT_OF_REACH if isinstance(source.get("textFile"), str) else NO_TEXT


def _digest(content: bytes) -> str:
    from hashlib import sha256  # it loads a library that many records do not need

    return sha256(content).hexdigest()


def _leaves(name: str) -> bool:
    """Whether a path is anything but a plain way down: on any system, whatever system this is."""
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    return (
        posix.is_absolute()
        or bool(windows.drive or windows.root)
        or "\0" in name
        or "\\" in name
        or ".." in posix.parts
        or posix == PurePosixPath(".")
    )


def _open(path: Path, shown: str) -> SourceText | TextFault:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return TextFault("unreadable", "it is not an ordinary file")
    with os.fdopen(descriptor, "rb") as file:
        raw = file.read(MAX_TEXT_BYTES + 1)
    if len(raw) > MAX_TEXT_BYTES:
        return TextFault("unreadable", f"it is larger than {MAX_TEXT_BYTES // 1024**2} MiB")
    try:
        return SourceText(raw.decode("utf-8"), _digest(raw), shown)
    except UnicodeDecodeError as error:
        return TextFault("unreadable", f"it is not UTF-8 (byte {error.start + 1} is wrong)")
