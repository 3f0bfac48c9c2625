"""The form of drafts: records as a language model can be made to write them, derived from the schema.

Model providers compile a schema into a grammar, and each takes only some keywords. What all of them take is this: every
property is required, an empty text or list stands for what is absent, and what is a single optional object, number or code
in a record stands in a list of none or one. There is no union, no pattern and no condition; the check of the assembled
record makes up for that.
"""

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Any, Final, NamedTuple

from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.pointers import Pointer
from diplomatic_events.schema import codelists
from diplomatic_events.schema.catalogue import Catalogue, catalogue
from diplomatic_events.schema.definitions import Definitions
from diplomatic_events.suggest import did_you_mean

_BY_PROGRAM: Final[Mapping[str, tuple[str, ...]]] = {
    "": ("$schema", "annotations", "provenance"),
    "source": ("text", "textFile", "sha256"),
    "evidence": ("start", "end"),
}
"""By definition, the properties that no model writes: a program fills them in, or a person adds them.

What has only one value, and what may have any, is left out as well.
"""

REST: Final = "event"
"""The part of every property that no other part has, so that a new one is in it."""

_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    REST: (),
    "parties": ("parties", "people", "hosts", "initiatedBy", "invitedBy", "honours"),
    "delegations": ("delegations", "chairs"),
    "programme": ("programme", "agenda"),
    "statements": ("statements",),
    "outcomes": ("outcomes",),
    "upcoming": ("upcoming",),
    "related": ("related",),
}
PARTS: Final = tuple(_PARTS)
"""The parts of a draft, in the order in which they are best asked for: each names ids of those before it."""

_COUNTRY: Final = "country"
_MOST_LISTED: Final = 100
"""A longer list of codes would take up more of a prompt than it is worth."""

_ANY_WORDS: Final = "Any words."
"""A text that has no particular form."""

_ABOUT: Final = "Every property is given. An empty text or list stands for what the sources do not say, and false for what is not so."


class Kind(Enum):
    """What a value is in a draft."""

    TEXT = "text"
    ID = "the text of an id"
    COUNTRY = "the name or code of a country, as text"
    CODE = "the text of a code"
    NUMBER = "a number"
    FLAG = "true or false"
    LIST = "a list"
    OBJECT = "an object"


class Field(NamedTuple):
    """A property, as drafts have it. One that is ``boxed`` stands in a list of none or one.

    ``part`` is what the schema of records says of it, with its references resolved.
    """

    kind: Kind
    part: dict[str, Any]
    boxed: bool


class DraftForm:
    """The form of drafts for one version of the schema."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        schema = definitions.schema
        named = {"": schema, **schema["$defs"]}
        self._left_out = {
            (id(named[name]["properties"]), key) for name, keys in _BY_PROGRAM.items() if name in named for key in keys
        }
        self._fields: dict[int, dict[str, Field]] = {}

    @property
    def root(self) -> Field:
        """The whole draft."""
        return Field(Kind.OBJECT, self._definitions.schema, boxed=False)

    def fields(self, whole: dict[str, Any]) -> dict[str, Field]:
        """The properties that an object has in a draft."""
        properties = whole["properties"]
        if id(properties) not in self._fields:
            every = {name: self._value(part) for name, part in properties.items()}
            self._fields[id(properties)] = {
                name: field._replace(boxed=field.kind in _BOXED and name not in whole.get("required", ()))
                for name, field in every.items()
                if field is not None and (id(properties), name) not in self._left_out
            }
        return self._fields[id(properties)]

    def entry(self, field: Field) -> Field:
        """What stands in a list."""
        if field.boxed:
            return field._replace(boxed=False)
        entry = self._value(field.part["items"])
        assert entry is not None, "a list of anything cannot be written in a draft"
        return entry

    def _value(self, part: dict[str, Any]) -> Field | None:
        """What a part of the schema is in a draft, or None if it is left out."""
        whole = self._definitions.follow(part)
        is_id = part.get("$ref") == _LOCAL_ID or "x-refers-to" in whole
        kind = Kind.ID if is_id else _kind(whole)
        return None if kind is None else Field(kind, whole, boxed=False)

    def pointer(self, path: Pointer) -> Pointer | None:
        """Where a draft has the value at a path of a record, or the object that lacks it; None if drafts do not have it."""
        field, found = self.root, list[str | int]()
        for key in path:
            if field.kind is Kind.LIST:
                field = self.entry(field)
            elif field.kind is Kind.OBJECT and str(key) in self.fields(field.part):
                field = self.fields(field.part)[str(key)]
            else:
                return None
            found.append(key)
            if field.boxed:
                field = self.entry(field)
                found.append(0)
        return tuple(found)

    def schema(self, part: str | None = None) -> dict[str, Any]:
        """The JSON Schema of a whole draft, or of a part of it."""
        whole = self.root.part
        names = tuple(self.fields(whole)) if part is None else self.part(part)
        return {
            "title": whole["title"] if part is None else f"{whole['title']}: {part}",
            **self._object(whole, names, f"{whole['description']} {_ABOUT}"),
        }

    def part(self, part: str) -> tuple[str, ...]:
        """The properties of the record that a part of a draft has.

        Raises:
            DiplomaticEventsError: There is no such part.
        """
        if part not in _PARTS:
            raise DiplomaticEventsError(
                f"there is no part `{part}` of a draft",
                help=did_you_mean(part, PARTS) or f"the parts are {', '.join(PARTS)}",
            )
        of_others = {name for names in _PARTS.values() for name in names} if part == REST else set()
        wanted = _PARTS[part] or tuple(name for name in self.root.part["properties"] if name not in of_others)
        return tuple(name for name in self.fields(self.root.part) if name in wanted)

    def _object(self, whole: dict[str, Any], names: tuple[str, ...], description: str) -> dict[str, Any]:
        fields = self.fields(whole)
        return {
            "type": "object",
            "description": description,
            "properties": {name: self._field(fields[name]) for name in names},
            "required": list(names),
            "additionalProperties": False,
        }

    def _field(self, field: Field) -> dict[str, Any]:
        words = " ".join(self._words(field))
        if field.boxed or field.kind is Kind.LIST:
            items = self._field(self.entry(field))
            if field.boxed:
                words = f"None or one. {items.pop('description')}"
            return {"type": "array", "description": words, "items": items}
        if field.kind is Kind.OBJECT:
            return self._object(field.part, tuple(self.fields(field.part)), words)
        codes = {"enum": list(field.part["enum"])} if field.kind is Kind.CODE else {}
        return {"type": _TYPES.get(field.kind) or field.part["type"], "description": words, **codes}

    def _words(self, field: Field) -> Iterator[str]:
        """What a model is told of a value: its description, and what no keyword says."""
        part = field.part
        yield part.get("description", "")
        if field.kind is Kind.COUNTRY:
            yield "Its name, or its code in ISO 3166-1."
        if field.kind is Kind.TEXT and "x-codelist" in part:
            codes = codelists.read(self._definitions.catalogue, part["x-codelist"]).values()
            listed = [code.code for code in codes if not code.deprecated]
            if len(listed) <= _MOST_LISTED:
                yield f"One of {', '.join(listed)}."
        elif (
            field.kind in (Kind.TEXT, Kind.ID)
            and not re.search(part.get("pattern", ""), _ANY_WORDS)
            and part.get("examples")
        ):
            yield f"For example: {', '.join(part['examples'])}."


_LOCAL_ID: Final = "#/$defs/localId"
_BOXED: Final = frozenset({Kind.CODE, Kind.NUMBER, Kind.OBJECT})
_TYPES: Final[Mapping[Kind, str]] = {
    Kind.TEXT: "string", Kind.ID: "string", Kind.COUNTRY: "string", Kind.CODE: "string", Kind.FLAG: "boolean",
}  # fmt: skip


def _kind(part: dict[str, Any]) -> Kind | None:
    """What a part of the schema is in a draft, or None if it is left out."""
    if "const" in part:
        return Kind.FLAG if part["const"] is True else None
    if part.get("x-codelist") == _COUNTRY:
        return Kind.COUNTRY
    if "enum" in part:
        return Kind.CODE
    if part.get("type") == "object":
        return Kind.OBJECT if "properties" in part else None
    return _OF_TYPES.get(part.get("type", ""))


_OF_TYPES: Final = {"string": Kind.TEXT, "integer": Kind.NUMBER, "number": Kind.NUMBER, "array": Kind.LIST}


@cache
def draft_form(version: str | None = None, source: Catalogue | None = None) -> DraftForm:
    """The form of drafts for a version of the schema, by default the one that records should declare.

    Raises:
        DiplomaticEventsError: The version does not exist.
    """
    versions = source or catalogue()
    return DraftForm(Definitions(versions, version or versions.latest))
