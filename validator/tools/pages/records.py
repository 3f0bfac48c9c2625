"""The example records as the site shows them, and where each property and code stands in one of them."""

import json
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

from diplomatic_events.jsontext.locate import locate, position
from diplomatic_events.pointers import Pointer
from pages.markdown import code, compact, link, page
from pages.objects import Held, Objects

ROOT: Final = Path(__file__).parents[3]
_LINES: Final = 14
"""A longer example of a property is cut: its record has it whole."""


class Example:
    """A record under ``examples/``, with its text and its sources."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.name = file.parent.name
        self.text = file.read_text(encoding="utf-8")
        self.value: dict[str, Any] = json.loads(self.text)

    @property
    def title(self) -> str:
        """The title of the event."""
        return str(self.value["title"])

    @property
    def page(self) -> str:
        """Its page on the site."""
        return f"examples/{self.name}/index.md"

    @property
    def annotated(self) -> str:
        """The page of its texts with their evidence, or an empty text if it has none."""
        has_text = any("text" in source or "textFile" in source for source in self.value["sources"])
        return f"examples/{self.name}/annotated.md" if has_text else ""

    @cached_property
    def others(self) -> list[Path]:
        """The files beside the record."""
        return sorted(path for path in self.file.parent.iterdir() if path != self.file and path.is_file())

    def line(self, path: Pointer) -> int:
        """The line on which a property begins."""
        return position(self.text, locate(self.text, (), keys=(path,)).keys[path][0])[0]


class Found(NamedTuple):
    """A value of an example record, to be shown as an example of its property or code."""

    example: Example
    held: Held

    def link(self, page: str, text: str = "") -> str:
        """A link to the line of the record."""
        line = self.example.line(self.held.path)
        return link(text or self.example.title, f"{self.example.page}#__codelineno-0-{line}", page)

    def shown(self) -> str:
        """The property and its value, as the record has it."""
        lines = f'"{self.held.property.name}": {compact(self.held.value)}'.split("\n")
        cut = [*lines[:_LINES], "  …"] if len(lines) > _LINES + 1 else lines
        return code("\n".join(cut), "json")


class Examples:
    """All examples that declare one version of the schema."""

    def __init__(self, version: str, objects: Objects) -> None:
        self.all = [example for example in examples() if example.value["schemaVersion"] == version]
        self.properties: dict[tuple[str, str], Found] = {}
        self.codes: dict[tuple[str, str], Found] = {}
        sizes: dict[Any, int] = {}
        for example in self.all:
            for held in objects.walk(example.value):
                found, size = Found(example, held), len(json.dumps(held.value))
                property = held.property
                _keep_shorter(self.properties, sizes, property.key, found, size)
                if property.codelist:
                    for value in held.value if property.many else [held.value]:
                        _keep_shorter(self.codes, sizes, (property.codelist, value), found, size)


def _keep_shorter(
    kept: dict[tuple[str, str], Found], sizes: dict[Any, int], key: tuple[str, str], found: Found, size: int
) -> None:
    if key not in kept or size < sizes[id(kept), key]:
        kept[key], sizes[id(kept), key] = found, size


@cache
def examples() -> list[Example]:
    """Every example, in the order of the names of their folders."""
    return [Example(file) for file in sorted((ROOT / "examples").glob("*/record.json"))]


def files(all: list[Example]) -> dict[str, str | bytes]:
    """A page for each record, the record and its sources beside it, and a list of them."""
    made: dict[str, str | bytes] = {"examples/index.md": _index(all)}
    for example in all:
        made[example.page] = _record_page(example)
        for path in (example.file, *example.others):
            made[f"examples/{example.name}/{path.name}"] = path.read_bytes()
    return made


def _index(all: list[Example]) -> str:
    rows = "".join(
        f"- {link(example.title, example.page, 'examples/index.md')}"
        + (f" · {link('annotated', example.annotated, 'examples/index.md')}" if example.annotated else "")
        + "\n"
        for example in all
    )
    return page(
        "# Example records\n\nComplete records to learn from and to copy. Those with a text of their source also show it with "
        f"each passage marked that is evidence for something in the record.\n\n{rows}",
        source="examples",
    )


def _record_page(example: Example) -> str:
    downloads = [link("record.json", f"examples/{example.name}/record.json", example.page)]
    downloads += [link(path.name, f"examples/{example.name}/{path.name}", example.page) for path in example.others]
    annotated = (
        f"{link('The source, with each passage marked that is evidence', example.annotated, example.page)}.\n\n"
        if example.annotated
        else ""
    )
    return page(
        f"# {example.title}\n\n{annotated}Download: {', '.join(downloads)}\n\n"
        + code(example.text, "json", 'linenums="1"'),
        source=example.file.relative_to(ROOT).as_posix(),
        search={"boost": 0.5},
    )
