"""The objects of a schema and how they hold one another, drawn as SVG.

Each object is a box with the properties that hold or refer to others. The boxes stand in columns: the whole record, what it
holds, what that holds. A line leads from a property to the box of what it holds; where that stands elsewhere already, and
for references, the property names it. The same schema gives the same drawing.
"""

from collections.abc import Callable, Iterator
from html import escape
from typing import Final, NamedTuple

from pages.look import palette
from pages.objects import ROOT, Object, Objects, Property

COLUMN: Final = 204
GAP: Final = 36
LINE: Final = 17
HEAD: Final = 24
BETWEEN: Final = 14
_WIDEST: Final = 28
"""As many characters of a row fit into a box."""

STYLE: Final = """\
.diagram text { font: 12px var(--sans); fill: var(--soft); }
.diagram .name { font-weight: 600; font-size: 13px; fill: var(--ink); }
.diagram .key { fill: var(--link); }
.diagram rect { fill: var(--paper); stroke: var(--rule); }
.diagram .head { fill: var(--card); }
.diagram path { fill: none; stroke: var(--soft); }
.md-typeset .diagram a { text-decoration: none; }
.diagram a:hover text, .diagram a:focus text { text-decoration: underline; }
.diagram a:focus-visible { outline: 2px solid var(--focus); }
"""


class _Row(NamedTuple):
    """A property in a box, and where its own line begins if it leads to a box."""

    property: Property
    lines: list[str]
    y: float
    leads_to: "_Box | None"


class _Box(NamedTuple):
    object: Object
    x: float
    y: float
    height: float
    rows: list[_Row]


def inline(objects: Objects, address: Callable[[str], str]) -> str:
    """The drawing as a part of a page, whose colours it takes; ``address`` gives that of an object's page."""
    drawing = _svg(objects, address, f"<style>{STYLE}</style>")
    return f'<div class="drawing" tabindex="0" role="region" aria-label="Diagram of the objects">{drawing}</div>'


def alone(objects: Objects) -> str:
    """The drawing as a file of its own, light or dark as its reader wants it."""
    light, dark = palette()
    own = f"svg {{ {light} background: var(--paper); }}\n@media (prefers-color-scheme: dark) {{ svg {{ {dark} }} }}\n"
    return _svg(objects, lambda name: f"{name}/", f"<style>{escape(own + STYLE, quote=False)}</style>") + "\n"


def _svg(objects: Objects, address: Callable[[str], str], style: str) -> str:
    drawn = _Layout(objects)
    width = max(box.x for box in drawn.boxes) + COLUMN + 1
    height = max(box.y + box.height for box in drawn.boxes) + 1
    parts = "".join(part for box in drawn.boxes for part in _draw(box, address))
    lines = "".join(line for box in drawn.boxes for line in _lines(box))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" viewBox="-1 -1 {width + 1:g} {height + 1:g}" '
        f'width="{width:g}" height="{height:g}">{style}{lines}{parts}</svg>'
    )


class _Layout:
    """Places every box, each beside the property of the first object that holds it."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self.boxes: list[_Box] = []
        self._place(ROOT, 0, 0)

    def _place(self, name: str, depth: int, top: float) -> tuple[_Box, float]:
        """Draw an object and all that hangs on it from ``top`` on, and say where that ends."""
        object = self._objects[name]
        x, y = depth * (COLUMN + GAP), top + HEAD
        below = top
        rows: list[_Row] = []
        for property in object.properties.values():
            held = self._objects.held(property)
            if not held and not property.refers_to:
                continue
            first = self._objects.parents.get(held) is property
            lines = _text(property, "" if first else held)
            inner = None
            if first:
                if name == ROOT:  # each of its properties stands right beside what it holds
                    below = max(below, y - (HEAD - LINE) / 2)
                    y = below + (HEAD - LINE) / 2
                inner, below = self._place(held, depth + 1, below)
            rows.append(_Row(property, lines, y, inner))
            y += LINE * len(lines)
        box = _Box(object, x, top, y - top + 8, rows)
        self.boxes.append(box)
        return box, max(below, top + box.height + BETWEEN)


def _text(property: Property, held: str) -> list[str]:
    """The lines of a property's row: its name, and what it holds or refers to."""
    names = [held] if held else list(property.refers_to)
    if not names:
        return [property.name]
    words = [f"{name}," for name in names[:-1]] + [names[-1]]
    lines = [f"{property.name} {'▸' if held else '→'}"]
    for word in words:
        if len(lines[-1]) + len(word) < _WIDEST:
            lines[-1] += f" {word}"
        else:
            lines.append(f"    {word}")
    return lines


def _draw(box: _Box, address: Callable[[str], str]) -> Iterator[str]:
    page = escape(address(box.object.name))
    yield f'<rect x="{box.x:g}" y="{box.y:g}" width="{COLUMN}" height="{box.height:g}" rx="4"/>'
    yield (
        f'<a href="{page}"><rect class="head" x="{box.x:g}" y="{box.y:g}" width="{COLUMN}" height="{HEAD}" rx="4"/>'
        f'<text class="name" x="{box.x + 10:g}" y="{box.y + 17:g}">{escape(box.object.title)}</text></a>'
    )
    for row in box.rows:
        first, *more = row.lines
        name, _, rest = first.partition(" ")
        yield (
            f'<a href="{page}#{escape(row.property.name)}"><text x="{box.x + 10:g}" y="{row.y + 14:g}">'
            f'<tspan class="key">{escape(name)}</tspan> {escape(rest)}</text></a>'
        )
        for number, line in enumerate(more, 1):
            yield f'<text x="{box.x + 26:g}" y="{row.y + 14 + LINE * number:g}">{escape(line.strip())}</text>'


def _lines(box: _Box) -> Iterator[str]:
    for row in box.rows:
        if row.leads_to is not None:
            x, y = box.x + COLUMN, row.y + 10
            to_x, to_y = row.leads_to.x, row.leads_to.y + HEAD / 2
            middle = (x + to_x) / 2
            yield f'<path d="M{x:g} {y:g}C{middle:g} {y:g} {middle:g} {to_y:g} {to_x:g} {to_y:g}"/>'
