"""The configuration: `[tool.diplomatic-events]` of pyproject.toml, or diplomatic-events.toml, in this folder or above.

The command line overrides it.
"""

import datetime
import os
import re
from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import TextIOWrapper
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from diplomatic_events.cli.arguments import CONFIGURED, KEYS, Option, options_of
from diplomatic_events.cli.values import RULE_NAMES
from diplomatic_events.edit.replacing import open_file
from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.report.fingerprints import path_from
from diplomatic_events.suggest import did_you_mean, question

if TYPE_CHECKING:
    from diplomatic_events.options import Ignored, Suppression

FILES: Final = ("diplomatic-events.toml", "pyproject.toml")
_TABLE: Final = "diplomatic-events"

_FILTERS: Final[Mapping[str, tuple[str, type]]] = {
    "exclude": ("a list of texts", list),
    "per-file-ignores": ("a table of patterns and lists of rules", dict),
    "suppress": ("an array of tables", list),
}
"""The keys that are not options, and the type of their values."""

_HEAD: Final = rf"""\s*\[\[\s*(?:tool\s*\.\s*["']?{_TABLE}["']?\s*\.\s*)?suppress\s*\]\]"""
_MAGIC: Final = r"[*?\[\\]"
"""The characters that make a pattern more than a plain name."""
_SUPPRESS_KEYS: Final = ("rule", "file", "type", "record", "pointer", "reason", "expires")


class Config(NamedTuple):
    """A configuration file. ``values`` are those of its options, by key; patterns apply from its folder down."""

    file: str | None = None
    values: Mapping[str, Any] = {}
    filters: tuple[str, ...] = ()
    """Its other keys."""
    excluded: Callable[[str], bool] = lambda _: False
    ignored: "tuple[Ignored, ...]" = ()
    suppressions: "tuple[Suppression, ...]" = ()

    @property
    def written(self) -> list[str]:
        """The files that it makes `check` and `baseline` write."""
        reports = [file for _, file in self.values.get("output", ())]
        return [*reports, self.values["baseline"]] if "baseline" in self.values else reports


def holding(given: Namespace) -> Config:
    """The configuration that applies to a command line.

    Raises:
        DiplomaticEventsError: Its file cannot be read or is not valid.
    """
    if given.command not in CONFIGURED:
        return Config()
    here = _working_folder()
    if "config" in given:
        return load(Path(given.config))
    return Config() if "no_config" in given else find(here)


def _working_folder() -> Path:
    try:
        return Path.cwd()
    except OSError as error:
        help = "it was removed, or you may not enter it; change to another folder"
        raise DiplomaticEventsError(f"the working folder cannot be found: {error.strerror}", help=help) from error


def merged(given: Namespace, config: Config) -> Namespace:
    """Every option of a command: from the command line, or else the configuration, or else its default.

    Raises:
        DiplomaticEventsError: An option that adds to another names an unknown rule.
    """
    options = options_of(given.command)
    values = {**vars(given), **{option.variable: _value(option, given, config) for option in options}}
    for option in options:
        if option.adds_to is not None and (more := values.pop(option.variable)):
            if option.kind is RULE_NAMES:
                _expect_rules(more, f"--{option.name}")
            before = values[option.adds_to]
            if before or option.adds_to != "select":  # no `select` selects every rule
                values[option.adds_to] = [*before, *(one for one in more if one not in before)]
    return Namespace(**values)


def _value(option: Option, given: Namespace, config: Config) -> Any:
    if option.variable in given:
        return getattr(given, option.variable)
    return option.default if option.key is None else config.values.get(option.key, option.default)


def find(start: Path) -> Config:
    """The configuration for a folder: from the nearest file in it or above, or an empty one.

    Raises:
        DiplomaticEventsError: The file cannot be read or is not valid.
    """
    for folder in (start, *start.parents):
        for name in FILES:
            path = folder / name
            if path.is_file() and (table := _table(path)) is not None:
                return read(path, table)
    return Config()


def load(path: Path) -> Config:
    """The configuration of a given file.

    Raises:
        DiplomaticEventsError: The file cannot be read or is not valid.
    """
    table = _table(path)
    if table is None:
        raise DiplomaticEventsError(f"{path_from(path)} has no table [tool.{_TABLE}]")
    return read(path, table)


def _table(path: Path) -> dict[str, Any] | None:
    """The table of a file that is the configuration; a pyproject.toml may have none."""
    import tomllib  # most folders have no configuration

    shown = path_from(path)
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
    """Build a configuration from the table of a file.

    Raises:
        DiplomaticEventsError: A key is unknown, or a value is not valid for its key.
    """
    shown = path_from(path)
    folder = path.parent
    for key, value in table.items():
        if key not in (known := [*KEYS, *_FILTERS]):
            help = "write the keys without a table; only pyproject.toml needs one" if key == "tool" else None
            raise DiplomaticEventsError(f"{shown}: there is no key `{key}`", help=help or did_you_mean(key, known))
        if key in KEYS and not KEYS[key].kind.fits(value):
            raise DiplomaticEventsError(f"{shown}: `{key}` must be {KEYS[key].kind.asks_for}")
        if key in _FILTERS and not isinstance(value, _FILTERS[key][1]):
            raise DiplomaticEventsError(f"{shown}: `{key}` must be {_FILTERS[key][0]}")
    if not all(isinstance(pattern, str) for pattern in table.get("exclude", ())):
        raise DiplomaticEventsError(f"{shown}: `exclude` must be {_FILTERS['exclude'][0]}")
    for key in ("select", "ignore", "severity"):
        _expect_rules(table.get(key, ()), f"{shown}: {key}")
    if table.get("schema-version", "auto") != "auto":
        _expect_version(table["schema-version"], f"{shown}: schema-version")
    return Config(
        file=shown,
        values={key: _converted(shown, folder, KEYS[key], value) for key, value in table.items() if key in KEYS},
        filters=tuple(key for key in table if key in _FILTERS),
        excluded=matcher(table.get("exclude", ()), folder, f"{shown}: exclude"),
        ignored=tuple(_ignored(shown, folder, table.get("per-file-ignores", {}))),
        suppressions=_suppressions(path, shown, folder, table.get("suppress", [])),
    )


def _converted(shown: str, folder: Path, option: Option, value: Any) -> Any:
    """A configured value as the command line would give it, with paths relative to the working folder."""
    try:
        return option.kind.read(value, lambda name: path_from(folder / name))
    except ArgumentTypeError as error:
        raise DiplomaticEventsError(f"{shown}: {option.name}: {error}") from error


def _expect_rules(names: Iterable[str], where: str) -> None:
    from diplomatic_events.rules import select

    select(tuple(names), where)


def _expect_version(version: str, where: str) -> None:
    from diplomatic_events.schema.catalogue import catalogue

    try:
        catalogue().path(version)
    except DiplomaticEventsError as error:
        raise DiplomaticEventsError(f"{where}: {error}", help=error.help) from error


def matcher(patterns: Sequence[str], folder: Path, where: str) -> Callable[[str], bool]:
    """A test whether a path matches `.gitignore` patterns, which apply from a folder down.

    The path of a folder ends in a slash.

    Raises:
        DiplomaticEventsError: A pattern cannot be read.
    """
    if not patterns:
        return lambda _: False
    from diplomatic_events.inputs.patterns import Patterns, is_sound  # most runs have none

    for pattern in patterns:
        if not is_sound(pattern):
            raise DiplomaticEventsError(f"{where}: `{pattern}` is not a valid .gitignore pattern")
    meant = Patterns(patterns)
    root = os.path.join(os.path.abspath(folder), "")

    def matches(path: str) -> bool:
        whole = os.path.abspath(path)
        way = whole[len(root) :].replace(os.sep, "/")
        return whole.startswith(root) and meant.cover(way, is_folder=path.endswith(("/", os.sep)))

    return matches


def _one(pattern: str, folder: Path, where: str) -> Callable[[str], bool]:
    """A test whether a path matches one pattern; a pattern that begins with `!` matches all other files."""
    if not pattern.startswith("!"):
        return matcher([pattern], folder, where)
    meant = matcher([pattern[1:]], folder, where)
    return lambda path: not meant(path)


def _scope(folder: Path, pattern: str) -> str:
    """The folder or file that contains everything a pattern can match.

    In the syntax of `.gitignore`, a pattern without a slash before its end can match in any folder.
    """
    plain = takewhile(lambda name: not re.search(_MAGIC, name), pattern.split("/"))
    steps = plain if "/" in pattern.rstrip("/") and not pattern.startswith("!") else ()
    return os.path.abspath(os.path.join(folder, *(name for name in steps if name)))


def _ignored(shown: str, folder: Path, table: Mapping[str, Any]) -> "list[Ignored]":
    from diplomatic_events.options import Ignored
    from diplomatic_events.rules import select

    found: list[Ignored] = []
    where = f"{shown}: per-file-ignores"
    for pattern, rules in table.items():
        if not isinstance(rules, list) or not all(isinstance(rule, str) for rule in rules):
            raise DiplomaticEventsError(f"{where} `{pattern}` must be a list of rules")
        found.append(Ignored(_one(pattern, folder, where), select(tuple(rules), where)))
    return found


def _suppressions(path: Path, shown: str, folder: Path, entries: list[Any]) -> "tuple[Suppression, ...]":
    text = path.read_text(encoding="utf-8") if entries else ""
    lines = [number for number, line in enumerate(text.split("\n"), 1) if re.match(_HEAD, line)]
    return tuple(
        _suppression(f"{shown}: suppress {number + 1}", folder, entry, shown, (lines[number : number + 1] or [1])[0])
        for number, entry in enumerate(entries)
    )


def _suppression(where: str, folder: Path, entry: Any, file: str, line: int) -> "Suppression":
    from diplomatic_events.options import Suppression
    from diplomatic_events.rules import select

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
        event_type=_event_type(where, entry.get("type")),
    )


def _event_type(where: str, code: str | None) -> str | None:
    if code is None:
        return None
    from diplomatic_events.schema import codelists
    from diplomatic_events.schema.catalogue import catalogue

    if code not in codelists.codelist("event-type"):
        near = codelists.nearest_codes(catalogue(), "event-type", code)
        help = question(near) or codelists.choice(catalogue(), "event-type", code)
        raise DiplomaticEventsError(f"{where}: there is no type of event `{code}`", help=help)
    return code


def _day(where: str, value: Any) -> datetime.date | None:
    if isinstance(value, str):
        try:
            value = datetime.date.fromisoformat(value)
        except ValueError:
            raise DiplomaticEventsError(f"{where}: `expires` must be a date such as 2027-01-31") from None
    if value is not None and (not isinstance(value, datetime.date) or isinstance(value, datetime.datetime)):
        raise DiplomaticEventsError(f"{where}: `expires` must be a date such as 2027-01-31")
    return value
