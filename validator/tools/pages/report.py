"""The pages of the JSON report and of the repair, from their schemas."""

import json
from collections.abc import Iterator
from typing import Any, Final

from diplomatic_events.schema.catalogue import catalogue
from pages.markdown import code, compact, inline, link, page, table

_PAGES: Final = {"report": ("index.md", "The JSON report"), "repair": ("repair.md", "The repair")}
"""The page and the heading of each form in which a report has a schema."""


def files() -> dict[str, str | bytes]:
    """A page for each version of the report and of the repair, and the schema of each at its address."""
    made: dict[str, str | bytes] = {}
    for path in sorted((catalogue().folder / "report").glob("*/*.schema.json")):
        version, form = path.parent.name, path.name.removesuffix(".schema.json")
        file, heading = _PAGES[form]
        here = f"report/{version}/{file}"
        made[here] = _page(here, f"{heading} {version}", path.name, json.loads(path.read_bytes()))
        made[f"report/{version}/{path.name}"] = path.read_bytes()
    return made


def _page(here: str, heading: str, name: str, schema: dict[str, Any]) -> str:
    described = _Report(schema)
    folder = here.rpartition("/")[0]
    return page(
        f"# {heading}\n\n{schema['description']}\n\nIts schema: {link(name, f'{folder}/{name}', here)}, with the "
        f"permanent address `{schema['$id']}`.\n\n{''.join(described.sections())}",
        source=f"schema/{folder}/{name}",
        search={"boost": 2},
    )


class _Report:
    """Describes each object of a schema in which objects may also stand within one another."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.schema = schema
        self.named: dict[str, dict[str, Any]] = schema.get("$defs", {})

    def sections(self) -> Iterator[str]:
        """A section for each object, from the outside to the inside."""
        waiting: list[tuple[str, dict[str, Any]]] = [(self.schema["$id"].split("/")[-1].split(".")[0], self.schema)]
        seen: set[str] = set()
        while waiting:
            name, part = waiting.pop(0)
            if name in seen:
                continue
            seen.add(name)
            rows = []
            for key, inner in part["properties"].items():
                whole, below = self._followed(inner), self._object(key, inner)
                waiting += [below] if below else []
                rows.append(
                    (
                        f"`{key}`",
                        "yes" if key in part.get("required", ()) else "",
                        self._type(whole, below[0] if below else ""),
                        whole.get("description", ""),
                    )
                )
            description = "" if part is self.schema else f"{part.get('description', '')}\n\n"
            yield (
                f"## {part['title']} {{#{name}}}\n\n{description}"
                f"{table(('property', 'always there', 'type', 'what it is'), rows)}\n"
                + "".join(f"{code(compact(value), 'json')}\n" for value in part.get("examples", ())[:1])
            )

    def _followed(self, part: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in part:
            inner = self.named[part["$ref"].removeprefix("#/$defs/")]
            part = {**inner, **{key: value for key, value in part.items() if key != "$ref"}}
        return part

    def _object(self, key: str, part: dict[str, Any]) -> tuple[str, dict[str, Any]] | None:
        """The object that a property holds, or a list of it, with the name of its section."""
        while True:
            if "$ref" in part:
                key = part["$ref"].removeprefix("#/$defs/")
                part = self.named[key]
            elif "items" in part:
                part = part["items"]
            else:
                return (key, part) if "properties" in part else None

    def _type(self, whole: dict[str, Any], section: str) -> str:
        many = "items" in whole
        entry = self._followed(whole["items"]) if many else whole
        if section:
            one = f"[{section}](#{section})"
        elif "enum" in entry:
            one = ", ".join(inline(str(value)) for value in entry["enum"])
        elif "const" in entry:
            one = inline(str(entry["const"]))
        else:
            kind = entry.get("type", "any value")
            one = kind if isinstance(kind, str) else " or ".join(kind)
        return f"list of {one}" if many else one
