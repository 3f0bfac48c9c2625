"""The command `assemble`: files of drafts and of texts → a record, and the file that it is written to."""

import os
import re
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any, BinaryIO, Final, NamedTuple

from diplomatic_events.edit.replacing import open_file
from diplomatic_events.edit.writing import is_stream
from diplomatic_events.extraction.assembling import Text
from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.inputs.search import failure
from diplomatic_events.jsontext.parse import DEFAULT_MAX_BYTES, parse
from diplomatic_events.sources.texts import MAX_TEXT_BYTES

_STDIN: Final = "-"
_OF_SOURCE: Final = re.compile(r"(?P<id>[a-z0-9]+(?:[._-][a-z0-9]+)*)=(?P<file>.+)", re.DOTALL)


class Target(NamedTuple):
    """Where a record is written: to a file, or to standard output if that is None."""

    file: str | None

    @property
    def folder(self) -> Path | None:
        """The folder of the record, in which its source texts may lie."""
        return None if self.file is None or is_stream(self.file) else Path(self.file).parent

    def spare_others(self) -> None:
        """Refuse to overwrite what is not visibly a record that a machine has made and no person has reviewed.

        Raises:
            DiplomaticEventsError: Such a file would be overwritten.
        """
        if self.file is not None and not is_stream(self.file) and os.path.lexists(self.file):
            content = _read(self.file, DEFAULT_MAX_BYTES)
            if content.strip() and not _is_drafted(parse(content).value):
                raise DiplomaticEventsError(
                    f"--output {self.file} would overwrite a file that is not a record with the provenance `machine`",
                    help="remove that file first, or write to another one",
                )


def _is_drafted(value: Any) -> bool:
    provenance = value.get("provenance") if isinstance(value, dict) else None
    return isinstance(provenance, dict) and provenance.get("method") == "machine"


def read_drafts(names: Sequence[str], stdin: BinaryIO | None, max_bytes: int) -> dict[str, bytes]:
    """The content of each draft, by its name.

    Raises:
        DiplomaticEventsError: None is named, one is named twice, or one cannot be read.
    """
    if not names:
        raise DiplomaticEventsError("no draft is named", help="name the files of the drafts, or `-` for standard input")
    twice = next((name for number, name in enumerate(names) if name in names[:number]), None)
    if twice is not None:
        raise DiplomaticEventsError(f"the draft {twice} is named twice")
    return {
        "<stdin>" if name == _STDIN else name: stdin.read(max_bytes + 1)
        if name == _STDIN and stdin
        else _read(name, max_bytes)
        for name in names
    }


def read_texts(given: Sequence[str], target: Target) -> list[Text]:
    """The texts of sources, each given as FILE or ID=FILE. One that lies with the record will be looked up there.

    Raises:
        DiplomaticEventsError: One cannot be read, is too long or is not UTF-8.
    """
    return [_text(name, target) for name in given]


def _text(given: str, target: Target) -> Text:
    found = None if os.path.exists(given) else _OF_SOURCE.fullmatch(given)
    source, file = (found["id"], found["file"]) if found else (None, given)
    content = _read(file, MAX_TEXT_BYTES)
    try:
        return Text(content.decode("utf-8"), source, _below(file, target.folder))
    except UnicodeDecodeError as error:
        raise DiplomaticEventsError(f"{file} is not UTF-8 (byte {error.start + 1} is wrong)") from error


def _below(file: str, folder: Path | None) -> str | None:
    """The path by which a record names a file in its folder, or None if the file lies elsewhere."""
    if folder is None:
        return None
    way = os.path.relpath(os.path.realpath(file), os.path.realpath(folder))
    path = PurePath(way)
    return None if path.is_absolute() or os.pardir in path.parts else path.as_posix()


def _read(name: str, most: int) -> bytes:
    try:
        with open_file(name) as file:
            content = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise DiplomaticEventsError(failure(name, error if isinstance(error, OSError) else str(error))) from error
    if len(content) > most:
        raise DiplomaticEventsError(f"{name} is longer than the limit of {most:,} bytes")
    return content
