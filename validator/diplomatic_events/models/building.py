"""What is written by hand of the typed models: how their parts read, write and change, and what finds quotes.

`record.py` has the models themselves and is generated from the schema. A class here whose name ends in `Methods` gives
its methods to the model of that name: `EventMethods` to `Event`.

A record is built from its parts, and what is not known is left out::

    text = "BEIJING: Wei Fenghe met the ministers on Tuesday."
    event = Event(
        id="beijing-2018-04-24",
        language="en",
        title="Wei Fenghe meets the ministers",
        type="meeting",
        status="held",
        date="2018-04-24",
        parties=[Party(id="china", type="state", name="China", country="CHN")],
        delegations=[Delegation(id="delegation-china", party="china", capacity="participant")],
        sources=[Source(id="report", type="news-article", text=text)],
        evidence=[Evidence.of("report", text, "met the ministers on Tuesday")],
    )
    event.write("event.json")
"""

import ast
import inspect
import json
import os
import re
import textwrap
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, cast, get_origin, overload

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, ValidationInfo, model_validator
from pydantic_core import CoreSchema

from diplomatic_events.pointers import Pointer, at, replaced, resolve, to_pointer
from diplomatic_events.suggest import did_you_mean

if TYPE_CHECKING:
    from diplomatic_events.findings import Report
    from diplomatic_events.models.record import Event, Evidence, Party, Source
    from diplomatic_events.options import Options

P = TypeVar("P", bound="Part")


def schema_name(field: str) -> str:
    """The schema's name for a field: `familyName` for `family_name`, `for` for `for_`, `$schema` for `schema_uri`."""
    if field.endswith("_uri"):
        return "$" + field.removesuffix("_uri")
    return re.sub("_([a-z0-9])", lambda letter: letter[1].upper(), field.removesuffix("_"))


class Part(BaseModel):
    """What all parts of a record have in common."""

    model_config = ConfigDict(
        alias_generator=schema_name,
        validate_by_name=True,
        validate_by_alias=True,
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
    )
    _defaults: ClassVar[list[str]]
    _lists: ClassVar[list[str]]

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Read a part from JSON text, in which properties have the schema's names only.

        Raises `pydantic.ValidationError` when the text is not JSON or not valid.
        """
        return super().model_validate_json(json_data, **{"by_name": False, **options})

    def to_dict(self) -> dict[str, Any]:
        """The part as plain JSON data, under the schema's names: what is absent stays absent."""
        return self.model_dump(mode="json", by_alias=True, exclude_unset=True)

    def replace(self, **changes: Any) -> Self:
        """A copy with some properties changed, named as in Python; `None` removes a property.

        Raises `pydantic.ValidationError` when the changed copy is not valid.
        """
        values = {name: getattr(self, name) for name in self.model_fields_set}
        return type(self).model_validate(values | changes, by_alias=False, by_name=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        fields = cls.model_fields.items()
        cls._defaults = [name for name, field in fields if not field.is_required() and field.default is not None]
        cls._lists = [name for name, field in fields if field.is_required() and get_origin(field.annotation) is tuple]

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Properties are described as the fields are. Pydantic would read the source for that at every import."""
        shown = handler(schema)
        properties = handler.resolve_ref_schema(shown).get("properties", {})
        try:
            body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
        except OSError:  # a class of a user's session has no source
            return shown
        for field, below in pairwise(body.body if isinstance(body, ast.ClassDef) else ()):
            match field, below:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                    properties[schema_name(name)]["description"] = inspect.cleandoc(words)
        return shown

    @model_validator(mode="after")
    def _given(self, info: ValidationInfo) -> Self:
        """Nothing is null, no required list is empty, and in JSON nothing has a default."""
        for name in self._lists:
            if getattr(self, name) is None:
                raise ValueError(f"{schema_name(name)} is empty; it needs at least one")
        for name in self._defaults:
            if name not in self.model_fields_set:
                if info.mode == "json":
                    raise ValueError(f"{schema_name(name)} is missing")
                self.model_fields_set.add(name)
        for name in sorted(self.model_fields_set):
            if getattr(self, name) is None and not type(self).model_fields[name].is_required():
                if info.mode == "json":
                    raise ValueError(f"{schema_name(name)} is null; what is unknown is left out")
                self.model_fields_set.discard(name)
        return self

    def parts(self) -> "Iterator[tuple[Pointer, Part]]":
        """Every part within this one, at any depth, with the keys of the schema and the indexes that lead to it."""
        for name in self.model_fields_set:
            value = getattr(self, name)
            inner = enumerate(value) if isinstance(value, tuple) else [(None, value)]
            for index, part in inner:
                if isinstance(part, Part):
                    path = (schema_name(name),) if index is None else (schema_name(name), index)
                    yield path, part
                    yield from (((*path, *more), deeper) for more, deeper in part.parts())


class NonEmptyPart(Part):
    """A part with at least one property."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("has none of its properties; it needs at least one")
        return self


class EvidenceMethods(Part):
    """What evidence can do."""

    @classmethod
    def of(cls, source: str, text: str, exact: str, *, occurrence: int = 1) -> Self:
        """The evidence for a quote, with `start` and `end` looked up in the text of its source.

        `source` is the id of the source and `text` its whole text; both offsets count Unicode code points.
        `occurrence` says which one is meant, counted from 1, if the quote occurs several times. `Source.quote` does the
        same for a source that has its text, and does not take the first of several by itself.

        Raises `ValueError` when the quote occurs fewer times than that, or not at all.
        """
        start = _place(text, exact, nth=occurrence)
        return cls.model_validate({"source": source, "exact": exact, "start": start, "end": start + len(exact)})


class SourceMethods(Part):
    """What a source can do."""

    def quote(
        self,
        exact: str,
        *,
        after: str | None = None,
        before: str | None = None,
        nth: int | None = None,
        text: str | None = None,
    ) -> "Evidence":
        """The evidence for a quote from this source, with its offsets, which count Unicode code points.

        If the quote occurs several times, `after` takes the first that follows a passage, `before` the last that
        precedes one, and `nth` counts from 1, within those limits if they are given too. Both passages must occur once.
        `text` is the whole text of a source whose text lies in a file.

        Raises `ValueError` when the quote does not occur, and says how the nearest passage differs; when it occurs
        several times and nothing settles which one is meant; and when the source has no text.
        """
        from diplomatic_events.models.record import Evidence

        source = cast("Source", self)
        whole = source.text if text is None else text
        if whole is None:
            raise ValueError(f"the source {source.id} does not have its text in the record: give it as text=")
        start = _place(whole, exact, after=after, before=before, nth=nth)
        return Evidence(source=source.id, exact=exact, start=start, end=start + len(exact))


def _place(
    text: str, exact: str, *, after: str | None = None, before: str | None = None, nth: int | None = None
) -> int:
    """Where the one occurrence of a quote begins that is meant."""
    if not exact:
        raise ValueError("the quote is empty")
    if nth is not None and nth < 1:
        raise ValueError("occurrences are counted from 1")
    low = 0 if after is None else _only_place(text, after) + len(after)
    high = len(text) if before is None else _only_place(text, before)
    places = [place for place in _places(text, exact) if low <= place and place + len(exact) <= high]
    if not places:
        between = "" if after is before is None else " where after and before allow it"
        raise ValueError(f"the quote {_shown(exact)} does not occur{between}{_difference(text, exact)}")
    if nth is None and len(places) > 1 and after is before is None:
        raise ValueError(
            f"the quote {_shown(exact)} occurs {len(places)} times: say with after=, before= or nth= which is meant"
        )
    if nth is None:
        return places[-1 if after is None else 0]
    if nth > len(places):
        raise ValueError(f"the quote {_shown(exact)} occurs only {_times(len(places))}")
    return places[nth - 1]


def _places(text: str, exact: str) -> list[int]:
    """Where a quote begins, each time; occurrences may overlap."""
    places, place = [], text.find(exact)
    while place >= 0:
        places.append(place)
        place = text.find(exact, place + 1)
    return places


def _only_place(text: str, passage: str) -> int:
    """Where a passage begins that must occur once."""
    places = _places(text, passage) if passage else []
    if len(places) != 1:
        raise ValueError(f"the passage {_shown(passage)} must occur once; it occurs {_times(len(places))}")
    return places[0]


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _difference(text: str, exact: str) -> str:
    """How the nearest passage of a text differs from a quote that does not occur."""
    from diplomatic_events.rules.evidence import what_differs
    from diplomatic_events.sources.quotes import difference

    found = None if exact in text else difference(text, exact)
    return "" if found is None else f": {what_differs(exact, text, found)}"


def _shown(text: str) -> str:
    """At most forty characters of a text, its line breaks visible."""
    shown = text if len(text) <= 40 else text[:39] + "…"
    return "`" + shown.replace("\r", "\\r").replace("\n", "\\n") + "`"


class EventMethods(Part):
    """What a record can do."""

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """Read the record in a JSON file.

        Raises `OSError` when the file cannot be read and `pydantic.ValidationError` when it is not a valid record.
        """
        return cls.model_validate_json(Path(path).read_bytes())

    def to_json(self, indent: int | None = 2) -> str:
        """The record as JSON text with a line break at its end; `indent=None` puts it on one line, for NDJSON."""
        separators = (",", ":") if indent is None else (",", ": ")
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent, separators=separators) + "\n"

    def write(self, path: str | Path) -> None:
        """Write the record to a JSON file: UTF-8, LF, two spaces of indent. An existing file is replaced.

        Raises `OSError` when the file cannot be written.
        """
        Path(path).write_text(self.to_json(), encoding="utf-8", newline="\n")

    def check(self, *, folder: str | os.PathLike[str] | None = None, options: "Options | None" = None) -> "Report":
        """Check the record by every rule. Its `text_file` paths are relative to `folder`."""
        from diplomatic_events import check

        return check(cast("Event", self), folder=folder, options=options)

    @overload
    def find(self, id: str) -> Part: ...

    @overload
    def find(self, id: str, kind: type[P]) -> P: ...

    def find(self, id: str, kind: type[Part] = Part) -> Part:
        """The entry with an id, such as a party, a member or a statement; `kind` is the model that is wanted.

        Raises `LookupError` when no entry of that kind has the id.
        """
        entries = {entry: part for entry, _, part in self._entries() if isinstance(part, kind)}
        if id not in entries:
            what = "entry" if kind is Part else kind.__name__
            raise LookupError(f"no {what} has the id `{id}`" + _meant(id, entries))
        return entries[id]

    def party(self, id: str) -> "Party":
        """The party with an id.

        Raises `LookupError` when no party has it.
        """
        from diplomatic_events.models.record import Party

        return self.find(id, Party)

    def annotate(self, *targets: str, alternatives: Any = None, **basis: str) -> Self:
        """A copy of the record in which values have a remark: `event.annotate("shoigu/office/level", inferred="…")`.

        The keyword is the kind of annotation and its text the basis. A target begins with the id of an entry, or is a
        JSON Pointer from the record, and is kept in the first form where it leads into an entry. `alternatives` are other
        values that could stand at a single target, each an `Alternative`.

        Raises `LookupError` when a target leads to no value, `TypeError` unless there are a target and one kind, and
        `pydantic.ValidationError` when the kind is unknown.
        """
        if not targets or len(basis) != 1:
            raise TypeError("annotate takes targets and one kind of annotation, such as inferred= with its basis")
        whole, stable = self.to_dict(), []
        for target in targets:
            path = self._path(target)
            if resolve(whole, to_pointer(path)) is None:
                raise LookupError(f"`{target}` leads to no value of the record")
            stable.append(self._target(path))
        [(kind, reason)] = basis.items()
        where = {"target": stable[0]} if len(stable) == 1 else {"targets": stable}
        remark = {**where, "kind": kind, "basis": reason, "alternatives": alternatives}
        return self.replace(annotations=(*(cast("Event", self).annotations or ()), remark))

    def replace_at(self, target: str, value: Any) -> Self:
        """A copy of the record with another value at one place: `event.replace_at("shoigu/office/title", "…")`.

        The target begins with the id of an entry, or is a JSON Pointer from the root. Its last name may be that of a
        property that is absent so far; `None` removes one. Names may be those of the schema or those of Python.

        Raises `LookupError` when the target leads nowhere, and `pydantic.ValidationError` when the copy is not valid.
        """
        path, whole = self._path(target), self.to_dict()
        if not path:
            raise LookupError("a whole record is replaced by another, not by a value in it")
        *above, last = path
        parent = at(whole, tuple(above))
        changed: Any
        if isinstance(parent, dict):
            changed = {**parent, last: value}
            if value is None:
                del changed[last]
        else:
            changed = [value if index == last else old for index, old in enumerate(parent)]
        return type(self).model_validate(replaced(whole, tuple(above), changed))

    def _entries(self) -> Iterator[tuple[str, Pointer, Part]]:
        """Every part that has an id, with it and its path."""
        for path, part in self.parts():
            if "id" in type(part).model_fields:
                yield getattr(part, "id"), path, part  # noqa: B009  # not every part has it

    def _target(self, path: Pointer) -> str:
        """The target for a path: from the innermost entry with an id on the way, or else from the record."""
        above = [(len(place), entry) for entry, place, _ in self._entries() if path[: len(place)] == place]
        length, entry = max(above, default=(0, ""))
        return entry + to_pointer(path[length:])

    def _path(self, target: str) -> Pointer:
        """The path of a target, with the names of the schema; only its last key may lead to nothing."""
        start, *names = target.split("/")
        path: Pointer = ()
        if start:
            paths = {entry: place for entry, place, _ in self._entries()}
            if start not in paths:
                raise LookupError(f"no entry has the id `{start}`" + _meant(start, paths))
            path = paths[start]
        value = at(self.to_dict(), path)
        for number, name in enumerate(names):
            key: str | int = name.replace("~1", "/").replace("~0", "~")
            if isinstance(value, list) and name.isdecimal() and int(name) < len(value):
                key = int(name)
            elif isinstance(value, dict):
                key = key if key in value else schema_name(name)
            else:
                raise LookupError(f"`{target}` leads to no value of the record")
            value = value.get(key) if isinstance(value, dict) else value[int(key)]
            if value is None and number < len(names) - 1:
                raise LookupError(f"`{target}` leads to no value of the record")
            path = (*path, key)
        return path


def _meant(id: str, ids: Iterable[str]) -> str:
    question = did_you_mean(id, ids)
    return f"; {question}" if question else ""
