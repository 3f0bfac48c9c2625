"""Write the schema as types of TypeScript.

Run from the root of the repository::

    python validator/tools/typescript.py            # write schema/<version>/event.d.ts
    python validator/tools/typescript.py --check    # only report whether it differs

Every definition of an object is an interface and every codelist a type; both have the names of the Python models. Types do
not say which texts have the right form, which lists are empty, or what holds for several properties together: that stands
in the comments.

Exit code 0: the file agrees with the schema (or does so now). 1: ``--check`` found a difference.
"""

import argparse
import json
import sys
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, Final

from codelists import in_version
from codes import type_name
from diplomatic_events.findings import DOCS
from diplomatic_events.schema.codelists import codelist
from models import class_name
from newest import SCHEMA, VERSION
from pages.objects import ROOT, Object, Objects, sentences

FILE: Final = SCHEMA.with_suffix("").with_suffix(".d.ts")
RECORD: Final = "DiplomaticEvent"
"""The name of a whole record: ``Event`` is a type that browsers have."""

COLUMNS: Final = 100
OPEN: Final = "(string & {})"
"""Any text, in a union that editors still complete from the codes beside it."""

PLAIN: Final = {"string": "string", "integer": "number", "number": "number"}


class UnknownToTypesError(Exception):
    """The schema says something that the types cannot say."""


def comment(paragraphs: Sequence[str], indent: str = "") -> str:
    """A comment that editors show with a name."""
    width = COLUMNS - len(indent) - 3
    wrapper = textwrap.TextWrapper(width, break_long_words=False, break_on_hyphens=False)
    lines = [line for text in paragraphs for line in ["", *wrapper.wrap(text.replace("*/", "*\\/"))]][1:]
    if len(lines) == 1 and len(lines[0]) < width - 3:
        return f"{indent}/** {lines[0]} */\n"
    return f"{indent}/**\n" + "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines) + f"{indent} */\n"


class Types:
    """The types of one version of the schema."""

    def __init__(self, schema: dict[str, Any], version: str) -> None:
        self.version = version
        self.objects = Objects(schema)
        self.lists: dict[str, bool] = {}

    def text(self) -> str:
        """The whole file."""
        interfaces = [self.interface(object) for object in self.objects]
        aliases = [self.alias(name, part) for name, part in self.objects.types.items() if not self.is_inline(part)]
        codes = [self.codes(name, closed=closed) for name, closed in sorted(self.lists.items())]
        head = comment(
            [
                f"Records of diplomatic events, version {self.version}: the types of {DOCS}/{self.version}/event.schema.json.",
                (
                    "Generated from the schema by validator/tools/typescript.py; do not edit. The schema also says which form a "
                    "text has, which list may not be empty and what holds for several properties together."
                ),
            ]
        )
        return "\n".join([head, *interfaces, *aliases, *codes])

    def interface(self, object: Object) -> str:
        """An object with its properties."""
        if object.part.get("additionalProperties") is not False:
            raise UnknownToTypesError(f"{object.name}: the types know only closed objects")
        lines = []
        for property in object.properties.values():
            written = object.part["properties"][property.name]
            name = property.name if property.name.isidentifier() else f'"{property.name}"'
            optional = "" if property.required == "yes" else "?"
            lines.append(comment([property.description], "  "))
            lines.append(f"  {name}{optional}: {self.type_of(written, f'{object.name}.{property.name}')};\n")
        described = comment([object.description, *sentences(object)])
        return f"{described}export interface {named(object.name)} {{\n{''.join(lines)}}}\n"

    def alias(self, name: str, part: Mapping[str, Any]) -> str:
        """A text, a number or an open object that has a name."""
        bare = {key: value for key, value in part.items() if key not in ("title", "description")}
        return f"{comment([part['description']])}export type {named(name)} = {self.type_of(bare, name)};\n"

    def codes(self, name: str, *, closed: bool) -> str:
        """The codes of a list, each with its label; other texts may stand for the codes of an open one."""
        rows = [row for row in codelist(name).values() if in_version(row.since, row.deprecated or "", self.version)]
        members = [(json.dumps(row.code), f" // {row.label}") for row in rows] + ([] if closed else [(OPEN, "")])
        ends = [*[""] * (len(members) - 1), ";"]
        lines = [f"  | {member}{end}{label}\n" for (member, label), end in zip(members, ends, strict=True)]
        described = f"A code of the {'list' if closed else 'open list'} `{name}`: {DOCS}/codelists/{name}/"
        return f"{comment([described])}export type {type_name(name)} =\n{''.join(lines)}"

    def is_inline(self, part: Mapping[str, Any]) -> bool:
        """Whether a definition is written out where it is used: a list, or the codes of a codelist."""
        return part.get("type") == "array" or "x-codelist" in part

    def type_of(self, part: Mapping[str, Any], at: str) -> str:
        """The type of a value."""
        if "x-codelist" in part:
            name = part["x-codelist"]
            self.lists[name] = "enum" in part
            return type_name(name)
        if "$ref" in part:
            name = part["$ref"].removeprefix("#/$defs/")
            definition = self.objects.definitions[name]
            return self.type_of(definition, name) if self.is_inline(definition) else named(name)
        if "const" in part:
            return json.dumps(part["const"])
        if part.get("type") == "array":
            return f"{self.type_of(part['items'], at)}[]"
        if part.get("type") == "object" and "properties" not in part:
            values = part.get("additionalProperties", True)
            return f"Record<string, {'unknown' if values is True else self.type_of(values, at)}>"
        if isinstance(kind := part.get("type"), str) and kind in PLAIN and "enum" not in part:
            return PLAIN[kind]
        if not part.keys() - {"title", "description", "examples", "x-synonyms"}:
            return "unknown"
        raise UnknownToTypesError(f"{at}: the types do not know what this is")


def named(definition: str) -> str:
    """The name of a type."""
    return RECORD if definition == ROOT else class_name(definition)


def file_text() -> str:
    """The whole file as it should be."""
    return Types(json.loads(SCHEMA.read_bytes()), VERSION).text()


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(description="Write the schema as types of TypeScript.")
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(argv)
    text = file_text()
    if FILE.exists() and FILE.read_text(encoding="utf-8") == text:
        return 0
    if options.check:
        print("event.d.ts differs from the schema: run python validator/tools/typescript.py", file=sys.stderr)
        return 1
    FILE.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
