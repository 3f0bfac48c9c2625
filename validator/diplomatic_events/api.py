"""The check, for programs: a record in memory, or files with the configuration that holds for them."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diplomatic_events.checking import Checker, check_inputs
from diplomatic_events.findings import Report
from diplomatic_events.inputs.paths import expand
from diplomatic_events.inputs.records import RawRecord
from diplomatic_events.jsontext.parse import DEEPEST
from diplomatic_events.options import Options
from diplomatic_events.report.run import Tally

if TYPE_CHECKING:
    from diplomatic_events.models.record import Event


def check(
    record: "Event | Mapping[str, Any] | bytes | bytearray | str",
    *,
    name: str = "<record>",
    folder: str | os.PathLike[str] | None = None,
    options: Options | None = None,
) -> Report:
    """Check one record in memory: an `Event`, a dict, or JSON as bytes or text.

    ``name`` is what findings call its file. Its ``textFile`` paths are relative to ``folder``; without it, they cannot be
    read. Lines and columns are those of the JSON; an `Event` or a dict is checked as JSON with an indent of two spaces.

    Raises:
        TypeError: The record is something else, or a dict has a value that JSON does not have.
        ValueError: A dict contains itself.
        DiplomaticEventsError: An option names a rule, a version or an engine that does not exist.
    """
    checker = Checker(_options(options))
    tally = Tally(checker.options, [name])
    tally.add(checker.check(RawRecord(name, _json(record)), None if folder is None else Path(folder)))
    return tally.report()


def check_bytes(
    data: bytes,
    *,
    name: str = "<record>",
    folder: str | os.PathLike[str] | None = None,
    options: Options | None = None,
) -> Report:
    """Check one record that is JSON in bytes, as `check` does.

    Raises:
        TypeError: The data are not bytes.
        DiplomaticEventsError: An option names a rule, a version or an engine that does not exist.
    """
    if not isinstance(data, bytes | bytearray):
        raise TypeError(f"check_bytes takes bytes, not {type(data).__name__}; check takes a record in any form")
    return check(data, name=name, folder=folder, options=options)


def check_paths(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    options: Options | None = None,
    *,
    config: str | os.PathLike[str] | bool = True,
) -> Report:
    """Check files, folders and globs, as the command does. A single path is one path.

    The configuration is that of the command: the nearest in the working folder or above, or the file ``config``; with
    ``config=False``, none is read. Whatever ``options`` has another value for than an `Options` has by default takes
    precedence over the configuration. Keys that are about output, colours and processes change nothing here.

    A path that does not exist is not a finding: it is in the report's ``failures``, and the report is not ``ok``.

    Raises:
        TypeError: The paths are something else, such as bytes or a record, or the configuration is no path.
        DiplomaticEventsError: An option names a rule, a version or an engine that does not exist, or the configuration cannot
            be read.
    """
    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    if isinstance(paths, Mapping) or not isinstance(paths, Iterable):
        raise TypeError(f"check_paths takes paths, not {type(paths).__name__}; check takes a record")
    named = []
    for path in paths:
        if not isinstance(path, str | os.PathLike):
            raise TypeError(f"check_paths takes paths, not {type(path).__name__}; check takes a record")
        named.append(os.fspath(path))
    if not isinstance(config, str | os.PathLike | bool):
        raise TypeError(f"config must be a path, True or False, not {type(config).__name__}")
    given = _options(options)
    if config is False:
        return check_inputs(expand(named), given)
    from diplomatic_events.cli import commands  # what checks records in memory needs no command line

    inputs, configured = commands.configured(named, None if config is True else os.fspath(config))
    defaults = Options()._asdict()
    chosen = {name: value for name, value in given._asdict().items() if value != defaults[name]}
    return check_inputs(inputs, configured._replace(**chosen))


def _options(options: Options | None) -> Options:
    if not isinstance(options, Options | None):
        raise TypeError(f"options must be an Options, not {type(options).__name__}")
    return options or Options()


def _json(record: object) -> bytes:
    """A record as JSON in bytes."""
    if isinstance(record, bytes | bytearray):
        return bytes(record)
    text = record if isinstance(record, str) else _written(_plain(record))
    return text.encode("utf-8", "backslashreplace")  # half of a surrogate pair becomes what JSON writes for it


def _written(record: dict[str, Any]) -> str:
    try:
        return json.dumps(record, ensure_ascii=False, indent=2)
    except RecursionError:
        return json.dumps(_down_to_deepest(record), ensure_ascii=False, indent=2)


def _down_to_deepest(record: dict[str, Any]) -> dict[str, Any]:
    """A copy of a record that ends at the first place beyond which nothing is read: it is written like the whole up to there."""
    copy: dict[str, Any] = {}
    containers: list[tuple[Any, Iterator[tuple[Any, Any]]]] = [(copy, iter(record.items()))]
    while 0 < len(containers) <= DEEPEST:
        into, entries = containers[-1]
        entry = next(entries, None)
        if entry is None:
            containers.pop()
            continue
        key, value = entry
        if isinstance(value, dict):
            inner: Any = {}
            containers.append((inner, iter(value.items())))
        elif isinstance(value, list | tuple):
            inner = []
            containers.append((inner, enumerate(value)))
        else:
            inner = value
        if isinstance(into, dict):
            into[key] = inner
        else:
            into.append(inner)
    return copy


def _plain(record: object) -> dict[str, Any]:
    if isinstance(record, Mapping):
        return dict(record)
    from diplomatic_events.models.building import EventMethods  # most checks need no models

    if isinstance(record, EventMethods):
        return record.to_dict()
    what = f"an Event, a dict, or bytes or text of JSON, not {type(record).__name__}"
    raise TypeError(f"check takes {what}; check_paths takes paths")
