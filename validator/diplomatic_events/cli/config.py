"""The configuration: `[tool.diplomatic-events]` of pyproject.toml, or diplomatic-events.toml, found upwards."""

import datetime
import os
import re
from collections.abc import Callable, Container, Mapping, Sequence
from io import TextIOWrapper
from itertools import takewhile
from pathlib import Path
from typing import Any, Final, NamedTuple

from diplomatic_events.edit.replacing import open_file
from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.inputs.patterns import Patterns, is_sound
from diplomatic_events.options import Ignored, Suppression
from diplomatic_events.report.fingerprints import told_from
from diplomatic_events.rules import select
from diplomatic_events.schema.catalogue import catalogue
from diplomatic_events.suggest import did_you_mean

FILES: Final = ("diplomatic-events.toml", "pyproject.toml")
_TABLE: Final = "diplomatic-events"

_TEXTS: Final = ("a list of texts", list)
_OPTIONS: Final[Mapping[str, tuple[str, type]]] = {
    "format": ("text", str),
    "output": _TEXTS,
    "select": _TEXTS,
    "ignore": _TEXTS,
    "severity": ("a table of rules and severities", dict),
    "fail-on": ("text", str),
    "schema-version": ("text", str),
    "input": ("text", str),
    "max-findings": ("a whole number", int),
    "max-per-rule": ("a whole number", int),
    "max-bytes": ("a whole number", int),
    "max-depth": ("a whole number", int),
    "jobs": ("a whole number", int),
    "engine": ("text", str),
    "statistics": ("true or false", bool),
    "color": ("text", str),
    "progress": ("text", str),
    "allow-empty": ("true or false", bool),
    "force-exclude": ("true or false", bool),
    "follow-links": ("true or false", bool),
    "baseline": ("text", str),
}
"""The keys that are options of `check`, and the type of their values."""

_FILTERS: Final[Mapping[str, tuple[str, type]]] = {
    "exclude": _TEXTS,
    "per-file-ignores": ("a table of patterns and lists of rules", dict),
    "suppress": ("an array of tables", list),
}
_HEAD: Final = re.compile(rf"""\s*\[\[\s*(?:tool\s*\.\s*["']?{_TABLE}["']?\s*\.\s*)?suppress\s*\]\]""")
_MAGIC: Final = re.compile(r"[*?\[\\]")
"""What makes a pattern mean more than one name, or another than it shows."""
_SUPPRESS_KEYS: Final = ("rule", "file", "record", "pointer", "reason", "expires")


class Config(NamedTuple):
    """What a configuration file says. ``options`` are as the command's own; patterns hold from ``folder`` down."""

    file: str | None = None
    folder: Path = Path()
    options: Mapping[str, Any] = {}
    excluded: Callable[[str], bool] = lambda _: False
    ignored: tuple[Ignored, ...] = ()
    suppressions: tuple[Suppression, ...] = ()

    @property
    def written(self) -> set[str]:
        """The files that `check` and `baseline` write by it."""
        outputs = (text.partition("=")[2] for text in self.options.get("output", ()))
        names = (self.options.get("baseline"), *outputs)
        return {os.path.abspath(self.folder / name) for name in names if name}


def find(start: Path) -> Config:
    """The configuration that holds in a folder: of the nearest file at or above it, or an empty one.

    Raises:
        DiplomaticEventsError: The file cannot be read, or says something that there is not.
    """
    for folder in (start, *start.parents):
        for name in FILES:
            path = folder / name
            if path.is_file() and (table := _table(path)) is not None:
                return read(path, table)
    return Config()


def load(path: Path) -> Config:
    """The configuration of a certain file.

    Raises:
        DiplomaticEventsError: The file cannot be read, or says something that there is not.
    """
    table = _table(path)
    if table is None:
        raise DiplomaticEventsError(f"{told_from(path)} has no table [tool.{_TABLE}]")
    return read(path, table)


def as_arguments(config: Config, command: str, known: Container[str], given: Container[str]) -> list[str]:
    """The options of a configuration as the command line of a command would have them.

    ``known`` are the options that the command has, ``given`` those that its command line gives. A format or an output
    of `check` means nothing to another command; but `baseline` writes where `check` will look.
    """
    arguments: list[str] = []
    for key, value in config.options.items():
        option = f"--{key}"
        if command != "check" and key in ("format", "output"):
            continue
        if command == "baseline" and key == "baseline":
            option = "--output"
        if option not in known or option in given:
            continue
        if isinstance(value, bool):
            arguments += [option] if value else []
        elif isinstance(value, Mapping):
            arguments += [f"{option}={name}={text}" for name, text in value.items()]
        else:
            values = value if isinstance(value, list) else [value]
            arguments += [f"{option}={_beside(config, key, item)}" for item in values]
    return arguments


def _beside(config: Config, key: str, value: Any) -> str:
    """A value as an argument; the paths of a configuration are relative to its own folder."""
    if key == "baseline":
        return told_from(config.folder / value)
    if key == "output" and "=" in value:
        format, _, file = value.partition("=")
        return f"{format}={told_from(config.folder / file)}"
    return str(value)


def _table(path: Path) -> dict[str, Any] | None:
    """The configuration's own part of a file; a pyproject.toml may have none."""
    import tomllib  # most folders have no configuration

    shown = told_from(path)
    try:
        with TextIOWrapper(open_file(path), encoding="utf-8") as file:
            whole = tomllib.loads(file.read())
    except OSError as error:
        raise DiplomaticEventsError(f"{shown} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise DiplomaticEventsError(f"{shown} is not TOML: it is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise DiplomaticEventsError(f"{shown} is not TOML: {error}") from error
    if path.name != "pyproject.toml":
        return whole
    tools = whole.get("tool", {})
    table = tools.get(_TABLE) if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise DiplomaticEventsError(f"{shown}: `tool.{_TABLE}` must be a table")
    return table


def read(path: Path, table: Mapping[str, Any]) -> Config:
    """Make a configuration of the table of a file.

    Raises:
        DiplomaticEventsError: A key is unknown, or a value is not what its key asks for.
    """
    from diplomatic_events import check  # noqa: F401  # importing it enters the rules that a configuration names

    shown = told_from(path)
    known: dict[str, tuple[str, type]] = {**_OPTIONS, **_FILTERS}
    for key, value in table.items():
        if key not in known:
            help = "here the keys stand alone; only pyproject.toml needs a table" if key == "tool" else None
            raise DiplomaticEventsError(f"{shown}: there is no key `{key}`", help=help or did_you_mean(key, known))
        kind, wanted = known[key]
        if not _fits(key, value, wanted):
            raise DiplomaticEventsError(f"{shown}: `{key}` must be {kind}")
    for key in ("select", "ignore", "severity"):
        select(tuple(table.get(key, ())), f"{shown}: {key}")
    if table.get("schema-version", "auto") != "auto":
        _expect_version(table["schema-version"], f"{shown}: schema-version")
    folder = path.parent
    return Config(
        file=shown,
        folder=folder,
        options={key: table[key] for key in table if key in _OPTIONS},
        excluded=matcher(table.get("exclude", ()), folder, f"{shown}: exclude"),
        ignored=tuple(_ignored(shown, folder, table.get("per-file-ignores", {}))),
        suppressions=_suppressions(path, shown, folder, table.get("suppress", [])),
    )


def _fits(key: str, value: Any, wanted: type[Any]) -> bool:
    """Whether a value has the type of its key, and so has what is in it."""
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        return False
    if key == "severity":
        return all(isinstance(severity, str) for severity in value.values())
    return key == "suppress" or wanted is not list or all(isinstance(item, str) for item in value)


def _expect_version(version: str, where: str) -> None:
    try:
        catalogue().path(version)
    except DiplomaticEventsError as error:
        raise DiplomaticEventsError(f"{where}: {error}", help=error.help) from error


def matcher(patterns: Sequence[str], folder: Path, where: str) -> Callable[[str], bool]:
    """Whether a path is meant by patterns in the syntax of `.gitignore`, which hold from a folder down.

    That of a folder ends in a slash.

    Raises:
        DiplomaticEventsError: A pattern cannot be read.
    """
    if not patterns:
        return lambda _: False
    for pattern in patterns:
        if not is_sound(pattern):
            raise DiplomaticEventsError(f"{where}: `{pattern}` is not a pattern as in .gitignore")
    meant = Patterns(patterns)
    root = os.path.join(os.path.abspath(folder), "")

    def matches(path: str) -> bool:
        whole = os.path.abspath(path)
        way = whole[len(root) :].replace(os.sep, "/")
        return whole.startswith(root) and meant.cover(way, is_folder=path.endswith(("/", os.sep)))

    return matches


def _one(pattern: str, folder: Path, where: str) -> Callable[[str], bool]:
    """Whether a path is meant by a single pattern; one that begins with `!` means all other files."""
    if not pattern.startswith("!"):
        return matcher([pattern], folder, where)
    meant = matcher([pattern[1:]], folder, where)
    return lambda path: not meant(path)


def _scope(folder: Path, pattern: str) -> str:
    """The folder or the file below which lies all that a pattern means.

    In the syntax of `.gitignore`, one without a slash before its end may mean something in any folder.
    """
    plain = takewhile(lambda name: not _MAGIC.search(name), pattern.split("/"))
    steps = plain if "/" in pattern.rstrip("/") and not pattern.startswith("!") else ()
    return os.path.abspath(os.path.join(folder, *(name for name in steps if name)))


def _ignored(shown: str, folder: Path, table: Mapping[str, Any]) -> list[Ignored]:
    found: list[Ignored] = []
    where = f"{shown}: per-file-ignores"
    for pattern, rules in table.items():
        if not isinstance(rules, list) or not all(isinstance(rule, str) for rule in rules):
            raise DiplomaticEventsError(f"{where} `{pattern}` must be a list of rules")
        found.append(Ignored(_one(pattern, folder, where), select(tuple(rules), where)))
    return found


def _suppressions(path: Path, shown: str, folder: Path, entries: list[Any]) -> tuple[Suppression, ...]:
    text = path.read_text(encoding="utf-8") if entries else ""
    lines = [number for number, line in enumerate(text.split("\n"), 1) if _HEAD.match(line)]
    return tuple(
        _suppression(f"{shown}: suppress {number + 1}", folder, entry, shown, (lines[number : number + 1] or [1])[0])
        for number, entry in enumerate(entries)
    )


def _suppression(where: str, folder: Path, entry: Any, file: str, line: int) -> Suppression:
    if not isinstance(entry, dict):
        raise DiplomaticEventsError(f"{where} must be a table")
    for key, value in entry.items():
        if key not in _SUPPRESS_KEYS:
            raise DiplomaticEventsError(f"{where}: there is no key `{key}`", help=did_you_mean(key, _SUPPRESS_KEYS))
        if key != "expires" and not isinstance(value, str):
            raise DiplomaticEventsError(f"{where}: `{key}` must be text")
    for key in ("rule", "reason"):
        if not entry.get(key, "").strip():
            raise DiplomaticEventsError(f"{where} needs `{key}`")
    pointer = entry.get("pointer")
    if pointer and not pointer.startswith("/"):
        raise DiplomaticEventsError(f"{where}: `pointer` must be a JSON Pointer", help=f'write "/{pointer}"')
    return Suppression(
        rules=select((entry["rule"],), where),
        matches=_one(entry["file"], folder, f"{where}: file") if "file" in entry else None,
        record=entry.get("record"),
        pointer=pointer,
        reason=entry["reason"],
        expires=_day(where, entry.get("expires")),
        scope=_scope(folder, entry.get("file", "")),
        named=entry["rule"],
        file=file,
        line=line,
    )


def _day(where: str, value: Any) -> datetime.date | None:
    if isinstance(value, str):
        try:
            value = datetime.date.fromisoformat(value)
        except ValueError:
            raise DiplomaticEventsError(f"{where}: `expires` must be a day such as 2027-01-31") from None
    if value is not None and (not isinstance(value, datetime.date) or isinstance(value, datetime.datetime)):
        raise DiplomaticEventsError(f"{where}: `expires` must be a day such as 2027-01-31")
    return value
