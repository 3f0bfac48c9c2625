"""The version of the schema that a record is checked against: the one that it declares, never a guess."""

import json
import re
from typing import Any, Final

from diplomatic_events.findings import Issue
from diplomatic_events.rulebook import ERROR, EXAMPLE, Rule
from diplomatic_events.schema.catalogue import Catalogue
from diplomatic_events.suggest import did_you_mean, nearest
from diplomatic_events.wording import quoted, wrapped

NOT_AN_OBJECT: Final = Rule(
    "schema/not-an-object",
    severity=ERROR,
    bad=b"[]\n",
    good={"title": "x"},
    fixed=json.dumps(EXAMPLE).encode(),
    at="",
    says="this is a list; a record is an object",
    helps="a file holds one record; put several into an .ndjson file, one on each line",
    text="""A record is not a JSON object.

Only an object can be a record; a list of records or a single value cannot be checked.

Write one object in each file, or one on each line of an `.ndjson` file.""",
)
MISSING_VERSION: Final = Rule(
    "schema/missing-version",
    severity=ERROR,
    bad={"schemaVersion": None},
    good={"$schema": "https://w3id.org/diplomatic-events/1.0/event.schema.json"},
    fixed={"schemaVersion": "1.0"},
    at="",
    says="the record does not declare its `schemaVersion`, so nothing else was checked",
    helps='write "schemaVersion": "1.0", or exclude the file if it is not a record',
    text="""A record does not say which version of the schema it is written for.

Without it, it is unknown which schema applies, now or in ten years; the validator does not guess.

Add `schemaVersion`, or exclude the file from the check if it is not a record.""",
)
UNKNOWN_VERSION: Final = Rule(
    "schema/unknown-version",
    severity=ERROR,
    bad={"schemaVersion": "1.7"},
    good={"schemaVersion": "1.0"},
    at="/schemaVersion",
    says="there is no version `1.7` of the schema",
    helps="did you mean `1.0`?",
    text="""A record declares an unknown version of the schema.

It cannot be checked against a schema that this validator does not have.

Correct the version, or use a release of the validator that knows it.""",
)


_VERSION: Final = rb'"schemaVersion"'
_TEXT: Final = rb'"[^"\\]*+"\s*+'
_BEGINNING: Final = re.compile(rb"\s*+\{\s*+(?:(?!%b)%b:\s*+%b,\s*+)*+%b" % (_VERSION, _TEXT, _TEXT, _VERSION))


def begins_as_record(raw: bytes) -> bool:
    """Whether a version comes first, or after texts alone: so do nearly all records begin, which need not be parsed for it."""
    return _BEGINNING.match(raw) is not None


def may_be_record(value: Any, source: Catalogue) -> bool:
    """Whether a value shows a sign of being a record: a version, the address of the schema, or more than one of its properties.

    A list does if one of its entries does. A `name` and a `type` that no event has are as in `package.json`. A row of an
    exported table has some of the properties, but says which `event` it belongs to, and where in it.
    """
    if isinstance(value, list):
        return any(may_be_record(entry, source) for entry in value if isinstance(entry, dict))
    if not isinstance(value, dict):
        return False
    if "schemaVersion" in value or "event.schema.json" in str(value.get("$schema")):
        return True
    if isinstance(value.get("event"), str) and ("path" in value or "file" in value) and "sources" not in value:
        return False
    known = source.schema(source.latest)["properties"].keys() & value.keys()
    return len(known - {"$schema", "name", *(("type",) if not _is_event(value) else ())}) > 1


def _is_event(value: dict[str, Any]) -> bool:
    from diplomatic_events.schema.codelists import code  # only what is hardly a record is looked at so closely

    return isinstance(value.get("type"), str) and code("event-type", value["type"]) is not None


def declared(value: Any, source: Catalogue, wanted: str = "auto") -> str | tuple[str, Issue]:
    """The version to check a record against, or the one issue that says why there is none.

    ``wanted`` is the version to use whatever the record declares, or `auto`.
    """
    if not isinstance(value, dict):
        kind = "a list" if isinstance(value, list) else "a single value"
        help = (
            "a file holds one record; put several into an .ndjson file, one on each line" if kind == "a list" else None
        )
        return (NOT_AN_OBJECT.id, Issue((), f"this is {kind}; a record is an object", help))
    if wanted != "auto":
        return wanted
    if "schemaVersion" not in value:
        return (MISSING_VERSION.id, _missing(value, source))
    version = value["schemaVersion"]
    if isinstance(version, str) and version in source.versions:
        return version
    return (UNKNOWN_VERSION.id, _unknown(version, source))


def _missing(value: dict[str, Any], source: Catalogue) -> Issue:
    misspelt = nearest("schemaVersion", value, most=1, cutoff=0.75)
    if misspelt:
        return Issue(
            (misspelt[0],),
            "the record does not declare its `schemaVersion`",
            "did you mean `schemaVersion`?",
            at_key=True,
        )
    for name, part in value.items():
        entries = part if isinstance(part, list) else [part]
        if any(isinstance(entry, dict) and "schemaVersion" in entry for entry in entries):
            return Issue((name,), *wrapped(name, part), at_key=True)
    return Issue(
        (),
        "the record does not declare its `schemaVersion`, so nothing else was checked",
        f'write "schemaVersion": "{source.latest}", or exclude the file if it is not a record',
    )


def _unknown(version: Any, source: Catalogue) -> Issue:
    known = ", ".join(f"`{number}`" for number in source.versions)
    if not isinstance(version, str):
        return Issue(
            ("schemaVersion",), "the version of the schema must be text", f'write "schemaVersion": "{source.latest}"'
        )
    help = did_you_mean(version, source.versions) or f"this release knows {known}; a later one may know more"
    return Issue(("schemaVersion",), f"there is no version {quoted(version)} of the schema", help)
