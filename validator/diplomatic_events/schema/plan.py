"""The plan of a schema: which properties hold references, dates, codes or further objects."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from diplomatic_events.pointers import Pointer

ROOT: Final = ""

NOTED: Final = {
    "party": ("country", "members"),
    "person": ("familyName", "givenName", "evidence"),
    "place": ("country",),
    "delegation": ("size",),
    "member": ("accompanies", "count"),
    "office": ("accreditedTo",),
    "statement": ("onBehalfOf", "inReplyTo"),
    "outcome": ("partOf", "signatories", "witnesses"),
    "eventReference": ("visitType",),
    "relatedEvent": ("visitType",),
    "source": ("retrieved", "textFile", "sha256"),
}
"""Properties of entries of which a walk notes whether any entry has them: a rule about them is not run if none has."""


def noted(definition: str, name: str) -> str:
    """What is noted of a property: `source.retrieved`."""
    return f"{definition}.{name}"


class Step(NamedTuple):
    """What a walk does at a property: `object`, `reference`, `date`, `language`, `code`, or `open` if any value is allowed.

    ``detail`` is the definition of the object, the kinds of entry that a reference may name, or the codelist.
    """

    action: str
    detail: Any
    many: bool


class Plan:
    """A schema, compiled for walking through records.

    ``steps`` has the steps of the properties of each object definition; ``kinds`` are the definitions whose entries have an
    id that is local to the record; ``codelists`` are those that properties name, and ``closed`` those that the schema
    enforces; ``noted`` has the properties of each definition that are noted, and ``required`` those that it always has;
    ``depth`` is the greatest number of levels of objects and lists in a valid record without open parts.
    """

    def __init__(self, schema: dict[str, Any]) -> None:
        self._definitions: dict[str, dict[str, Any]] = schema["$defs"]
        objects = {name: part for name, part in self._definitions.items() if "properties" in part}
        self.steps = {name: self._steps(part) for name, part in {ROOT: schema, **objects}.items()}
        every = (step for steps in self.steps.values() for step in steps.values())
        self.codelists = tuple(dict.fromkeys(step.detail for step in every if step.action == "code"))
        self.closed = frozenset(_closed(schema))
        self.noted = {
            name: tuple(known for known in NOTED.get(name, ()) if known in objects[name]["properties"])
            for name in objects
        }
        self.required = {name: frozenset(part.get("required", ())) for name, part in {ROOT: schema, **objects}.items()}
        self.depth = self._depth(schema)
        self.kinds = frozenset(
            name for name, part in objects.items() if part["properties"].get("id", {}).get("$ref") == "#/$defs/localId"
        )

    def at(self, path: Pointer) -> Step | None:
        """What a walk does at a path, or None if it skips it."""
        here: Step | None = Step("object", ROOT, many=False)
        for key in path:
            if here is None:
                return None
            if here.many:
                here = here._replace(many=False)
            else:
                here = self.steps[here.detail].get(str(key)) if here.action == "object" else None
        return here

    def _steps(self, part: dict[str, Any]) -> dict[str, Step]:
        steps = {name: self._step(child, many=False) for name, child in part["properties"].items()}
        return {name: step for name, step in steps.items() if step is not None}

    def _step(self, part: dict[str, Any], *, many: bool) -> Step | None:
        name, whole = self._resolve(part)
        if "x-refers-to" in whole:
            return Step("reference", tuple(whole["x-refers-to"]), many)
        if "x-codelist" in whole:
            return Step("code", whole["x-codelist"], many)
        if name in ("edtfDate", "day"):
            return Step("date", None, many)
        if name == "languageTag":
            return Step("language", None, many)
        if "properties" in whole:
            return Step("object", name, many)
        if _is_open(whole) or _is_open(self._resolve(whole.get("additionalProperties", {"type": ""}))[1]):
            return Step("open", None, many)
        return self._step(whole["items"], many=True) if "items" in whole else None

    def _depth(self, part: dict[str, Any]) -> int:
        whole = self._resolve(part)[1]
        children = [*whole.get("properties", {}).values(), *([whole["items"]] if "items" in whole else [])]
        is_container = children or whole.get("type") in ("object", "array")
        return bool(is_container) + max(map(self._depth, children), default=0)

    def _resolve(self, part: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """The first definition that a part refers to, and the part with its references resolved."""
        first = ROOT
        while isinstance(part, dict) and "$ref" in part:
            name = part["$ref"].removeprefix("#/$defs/")
            first = first or name
            part = {**self._definitions[name], **{key: part[key] for key in part if key != "$ref"}}
        return first, part


def _is_open(part: Any) -> bool:
    """Whether a part allows any value, to any depth."""
    if not isinstance(part, dict):
        return bool(part)
    return not part.keys() & {"type", "const", "enum"} or (
        part.get("type") == "object" and not part.keys() & {"properties", "additionalProperties"}
    )


def _closed(part: Any) -> Iterator[str]:
    """The names of the codelists that are enforced by an enum."""
    if isinstance(part, dict):
        if "enum" in part and "x-codelist" in part:
            yield part["x-codelist"]
        for child in part.values():
            yield from _closed(child)
    elif isinstance(part, list):
        for child in part:
            yield from _closed(child)
