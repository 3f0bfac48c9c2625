"""The look of the site, taken from the pages of ``coverage`` and ``check --format html``: its colours, and its style in a frame."""

import re
from functools import cache
from importlib.resources import files as package_files
from typing import Final, NamedTuple

_SCALE: Final = 0.8
"""The theme sets its base at 20 pixels, where a browser has 16."""


class Palette(NamedTuple):
    """The variables of a light and of a dark page, as declarations."""

    light: str
    dark: str


@cache
def palette() -> Palette:
    """The colours and fonts of the annotated page."""
    light, dark, *_ = re.findall(r":root \{(.*?)\}", _annotated_style(), re.DOTALL)
    return Palette(_declarations(light), _declarations(dark))


def _declarations(block: str) -> str:
    return " ".join(f"{found[0].strip()};" for found in re.finditer(r"--[a-z-]+:[^;]+", block))


def style() -> str:
    """The variables for both schemes of the theme, and the rules of the annotated page within its own frame."""
    light, dark = palette()
    rules = re.sub(r":root \{.*?\}", "", _annotated_style(), flags=re.DOTALL)
    rules = re.sub(r"(@media[^{]*)|([\d.]+)rem", lambda found: found[1] or f"{float(found[2]) * _SCALE:g}rem", rules)
    return (
        f'[data-md-color-scheme="default"] {{ color-scheme: light; {light} }}\n'
        f'[data-md-color-scheme="slate"] {{ color-scheme: dark; {light} {dark} }}\n'
        f"@scope (.annotated) {{\n{rules}\n}}\n"
    )


def script() -> str:
    """The script of the annotated page."""
    return package_files("diplomatic_events.coverage").joinpath("page.js").read_text(encoding="utf-8")


@cache
def _annotated_style() -> str:
    parts = (("coverage", "page.css"), ("review", "review.css"))
    return "".join(
        package_files(f"diplomatic_events.{room}").joinpath(name).read_text(encoding="utf-8") for room, name in parts
    )
