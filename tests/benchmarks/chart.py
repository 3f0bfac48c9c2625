"""A line chart as SVG: what grows with the number of records, both on logarithmic scales."""

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 90, 40, 50, 50
LABEL: Final = 65
COLOURS: Final = ("#1f5fa8", "#c2571a")
STYLE: Final = "font-family: sans-serif; font-size: 13px"


def chart(title: str, unit: str, lines: Mapping[str, Sequence[tuple[int, float]]]) -> str:
    """Lines by their names: values of that unit over numbers of records."""
    numbers = sorted({number for points in lines.values() for number, _ in points})
    values = [value for points in lines.values() for _, value in points]
    decades = range(math.floor(math.log10(min(values))), math.ceil(math.log10(max(values))) + 1)

    def place(number: int) -> float:
        share = math.log(number / numbers[0]) / math.log(numbers[-1] / numbers[0])
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def across(number: int) -> str:
        return f"{place(number):.1f}"

    def up(value: float, shift: int = 0) -> str:
        share = (math.log10(value) - decades[0]) / (decades[-1] - decades[0])
        return f"{HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM) + shift:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" style="{STYLE}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="20" font-weight="bold">{escape(title)}</text>',
        f'<text x="{(LEFT + WIDTH) / 2}" y="{HEIGHT - 8}" text-anchor="middle">records</text>',
    ]
    for tick in (10.0**decade for decade in decades):
        parts.append(f'<path d="M{LEFT} {up(tick)}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{up(tick, 4)}" text-anchor="end">{tick:,g} {escape(unit)}</text>')
    below = f'y="{HEIGHT - BOTTOM + 20}" text-anchor="middle"'
    labelled: list[int] = []
    for number in reversed(numbers):  # from the largest: a label that would touch the next one is left out
        if not labelled or place(labelled[-1]) - place(number) >= LABEL:
            labelled.append(number)
    parts += [f'<text x="{across(number)}" {below}>{number:,}</text>' for number in reversed(labelled)]
    for index, ((name, points), colour) in enumerate(zip(lines.items(), COLOURS, strict=False)):
        path = " ".join(f"{across(number)},{up(value)}" for number, value in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{across(number)}" cy="{up(value)}" r="3" fill="{colour}"/>' for number, value in points]
        begin = LEFT + index * (WIDTH - LEFT - RIGHT) / len(lines)
        parts.append(f'<text x="{begin:g}" y="40" fill="{colour}">● {escape(name)}</text>')
    return "\n".join([*parts, "</svg>", ""])
