"""The figures in docs/proof.md: the commands that measure them write them, between markers."""

import re
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).resolve().parents[2] / "docs/proof.md"


def write(name: str, text: str, page: Path = PAGE) -> None:
    """Put a text between the markers of that name.

    Raises:
        ValueError: The page has no such markers.
    """
    before = page.read_text(encoding="utf-8")
    after, number = _between(name).subn(lambda match: f"{match[1]}\n{text}\n{match[3]}", before)
    if number != 1:
        raise ValueError(f"{page.name} has no place for the figures `{name}`")
    page.write_text(after, encoding="utf-8", newline="\n")


def read(name: str, page: Path = PAGE) -> str:
    """What stands between the markers of that name.

    Raises:
        ValueError: The page has no such markers.
    """
    match = _between(name).search(page.read_text(encoding="utf-8"))
    if match is None:
        raise ValueError(f"{page.name} has no place for the figures `{name}`")
    return match[2].strip()


def _between(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- figures: {re.escape(name)} -->)(.*?)(<!-- /figures -->)", re.DOTALL)
