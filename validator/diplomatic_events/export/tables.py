"""The tables of records, derived from a version of the schema: a property that is added to it needs no code here.

A list of objects is a table, with a row for each of them. An object that stands alone becomes columns, named after the way
to it: `office_level`. A list of texts is a column of lists, and what the schema leaves open is JSON in a text.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple

from diplomatic_events.schema.catalogue import Catalogue
from diplomatic_events.schema.definitions import Definitions, with_words
from diplomatic_events.schema.plan import ROOT, Plan, Step

EVENTS: Final = "events"
"""The table of the records themselves, to which all others belong."""

_TOGETHER: Final = {"relatedEvent": "eventReference"}
"""Definitions that share a table with another one: the column `property` says whether a row is announced or related."""

_PLURALS: Final = {"person": "people", "evidence": "evidence"}
_SEVERAL: Final = {"eventReference": "Events that a source announces, or to which the recorded event is related."}
_ROOT: Final = "The records themselves: one diplomatic event each."


_BOUNDS: Final[tuple[Literal["earliest", "latest"], ...]] = ("earliest", "latest")


class Column(NamedTuple):
    """A column.

    ``type`` is `text`, `integer`, `number`, `boolean`, `json` or `date`; with ``many`` it holds lists. ``way`` are the
    properties that lead from the object of a row to the value; a key of the row has none. ``codelist`` names the list of its
    codes, and ``refers_to`` the tables whose ids it may have. A column with a ``bound`` has the earliest or the latest day of
    the date there.
    """

    name: str
    type: str
    description: str
    way: tuple[str, ...] = ()
    many: bool = False
    codelist: str | None = None
    refers_to: tuple[str, ...] = ()
    bound: Literal["", "earliest", "latest"] = ""


class Table(NamedTuple):
    """A table. ``key`` are the columns that tell its rows apart; ``parents`` the tables to whose rows its rows belong."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()


class Children(NamedTuple):
    """A list of objects: the way to it from the object that holds it, the table of its rows, and their definition."""

    way: tuple[str, ...]
    table: str
    definition: str


class Shape(NamedTuple):
    """What one definition becomes: columns of its table, and rows of other tables."""

    columns: tuple[Column, ...]
    children: tuple[Children, ...]


EVENT: Final = Column("event", "text", "The `id` of the record.")
PATH: Final = Column("path", "text", "Where the entry stands in the record, as a JSON Pointer.")
POSITION: Final = Column("position", "integer", "The place of the entry in its list, counted from 0.")
PARENT: Final = Column(
    "parent", "text", "The `path` of the row to which this one belongs; empty if that is the event itself."
)
PARENT_TABLE: Final = Column("parent_table", "text", "The table of the row to which this one belongs.")
PARENT_ID: Final = Column("parent_id", "text", "The `id` of the row to which this one belongs, if it has one.")
PROPERTY: Final = Column(
    "property", "text", "The list in which the entry stands, such as `upcoming` or `place.identifiers`."
)
FILE: Final = Column("file", "text", "The file in which the record stands, as findings name it.")
LINE: Final = Column("line", "integer", "The line of the file on which the record begins.")

CODES: Final = Table(
    "codes",
    "The codes of every codelist that the tables use, with what they are called.",
    (
        Column("codelist", "text", "The codelist."),
        Column("code", "text", "The code."),
        Column("label", "text", "What it is called in English."),
        Column("cameo", "text", "The nearest event code of CAMEO, where the codelist gives one."),
    ),
    ("codelist", "code"),
)


class Tables:
    """The tables of one version of the schema, by their names, and what becomes of each definition."""

    def __init__(self, catalogue: Catalogue, version: str) -> None:
        self.version = version
        self.plan = Plan(catalogue.schema(version))
        self._definitions = Definitions(catalogue, version)
        self.shapes: dict[str, Shape] = {}
        self._collect(ROOT)
        self.by_name: dict[str, Table] = {}
        for definition in self.shapes:
            self.by_name.setdefault(table_name(definition), self._table(table_name(definition)))

    def _collect(self, definition: str) -> None:
        """The shapes of a definition and of everything in it, parents first."""
        if definition not in self.shapes:
            parts = list(self._parts(definition, ()))
            self.shapes[definition] = Shape(
                tuple(part for part in parts if isinstance(part, Column)),
                tuple(part for part in parts if isinstance(part, Children)),
            )
            for child in self.shapes[definition].children:
                self._collect(child.definition)

    def _parts(self, definition: str, way: tuple[str, ...]) -> Iterator[Column | Children]:
        schema = self._definitions.schema
        part = schema if definition == ROOT else schema["$defs"][definition]
        for key, child in part["properties"].items():
            step = self.plan.steps[definition].get(key)
            if (definition, key) == (ROOT, "id"):
                continue  # it is the key of every table
            if step is None or step.action != "object":
                yield from self._columns((*way, key), child, step)
            elif step.many:
                yield Children((*way, key), table_name(step.detail), step.detail)
            else:
                yield from self._parts(step.detail, (*way, key))

    def _columns(self, way: tuple[str, ...], property: dict[str, Any], step: Step | None) -> Iterator[Column]:
        action = step.action if step else None
        part = self._definitions.follow(property)
        many = "items" in part
        column = Column(
            column_name(way),
            _type(self._definitions.follow(part["items"]) if many else part, action),
            part["description"],
            way,
            many,
            step.detail if step and action == "code" else None,
            tuple(dict.fromkeys(map(table_name, step.detail))) if step and action == "reference" else (),
        )
        yield column
        if property.get("$ref") == "#/$defs/edtfDate":
            for bound in _BOUNDS:
                text = f"The {bound} day that `{column.name}` can mean."
                yield Column(f"{column.name}_{bound}", "date", text, way, bound=bound)

    def _table(self, name: str) -> Table:
        definitions = [definition for definition in self.shapes if table_name(definition) == name]
        columns = {column.name: column for one in definitions for column in self.shapes[one].columns}
        if definitions == [ROOT]:
            return Table(name, _ROOT, (EVENT._replace(way=("id",)), FILE, LINE, *columns.values()), (EVENT.name,))
        homes = [
            (holder, child)
            for holder, shape in self.shapes.items()
            for child in shape.children
            if child.definition in definitions
        ]
        parents = tuple(dict.fromkeys(table_name(holder) for holder, _ in homes))
        keys = [EVENT, PATH, POSITION]
        if parents != (EVENTS,):
            keys.append(PARENT)
        if len(parents) > 1:
            keys.append(PARENT_TABLE)
        if any("id" in (column.name for column in self.shapes[holder].columns) for holder, _ in homes):
            keys.append(PARENT_ID)
        if len({child.way for _, child in homes}) > 1:
            keys.append(PROPERTY)
        described = _SEVERAL.get(definitions[0]) or self._definitions.schema["$defs"][definitions[0]]
        text = described if isinstance(described, str) else with_words(described)["description"]
        return Table(name, text, (*keys, *columns.values()), (EVENT.name, PATH.name), parents)


def _type(part: dict[str, Any], action: str | None) -> str:
    if action == "open":
        return "json"
    if "const" in part:
        return "boolean" if isinstance(part["const"], bool) else "text"
    return {"integer": "integer", "number": "number", "boolean": "boolean"}.get(part.get("type", ""), "text")


def table_name(definition: str) -> str:
    """The name of the table with the entries of a definition: the plural of what one of them is."""
    if definition == ROOT:
        return EVENTS
    *first, last = column_name((_TOGETHER.get(definition, definition),)).split("_")
    plural = _PLURALS.get(last) or (f"{last[:-1]}ies" if last.endswith("y") else f"{last}s")
    return "_".join([*first, plural])


def column_name(way: tuple[str, ...]) -> str:
    """The name of the column for a property: `statusChange` and `by` are `status_change_by`."""
    return "_".join(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key.lstrip("$")).lower() for key in way)


def codes(catalogue: Catalogue, tables: Tables) -> Iterator[dict[str, Any]]:
    """The rows of the table of codes."""
    from diplomatic_events.schema.codelists import read

    for name in sorted(tables.plan.codelists):
        for entry in read(catalogue, name).values():
            yield {"codelist": name, "code": entry.code, "label": entry.label, "cameo": entry.cameo}
