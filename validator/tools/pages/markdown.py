"""What pages are made of: front matter, tables, links and blocks of code."""

import json
from collections.abc import Iterable, Mapping, Sequence
from posixpath import dirname, relpath
from typing import Any

Files = Mapping[str, str | bytes]
"""What a part of the site consists of: the content of each file by its path, pages ending in ``.md``."""


def page(text: str, *, source: str = "", **meta: Any) -> str:
    """A page with what its template needs to know; ``source`` is the file of the repository that it is made from."""
    head = {**({"source": source} if source else {}), **meta}
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items())
    return f"---\n{lines}---\n\n{text.strip()}\n" if lines else f"{text.strip()}\n"


def body(text: str) -> str:
    """A page without what its template needs to know."""
    return text.partition("\n---\n\n")[2] if text.startswith("---\n") else text


def relative(target: str, page: str) -> str:
    """The address of a file as a page links to it; both are paths from the root of the site."""
    path, mark, anchor = target.partition("#")
    return (relpath(path, dirname(page) or ".") if path != page or not mark else "") + mark + anchor


def link(text: str, target: str, page: str) -> str:
    """A link from a page to a file of the site."""
    return f"[{text}]({relative(target, page)})"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table without its empty columns."""
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    kept = [column for column in range(len(header)) if any(row[column] for row in cells)]
    lines = [[header[column] for column in kept], ["---"] * len(kept)]
    lines += [[row[column] for column in kept] for row in cells]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def code(text: str, language: str = "", options: str = "") -> str:
    """A block of code, whatever fences the code itself has."""
    fence = "```"
    while fence in text:
        fence += "`"
    info = f" {language} {options}".rstrip() if options else language
    return f"{fence}{info}\n{text.rstrip()}\n{fence}\n"


def inline(text: str) -> str:
    """A short piece of code within a sentence."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def compact(value: Any, most: int = 100) -> str:
    """A value as JSON on one line, or indented if that would be longer than ``most``."""
    line = json.dumps(value, ensure_ascii=False)
    return line if len(line) <= most else json.dumps(value, ensure_ascii=False, indent=2)


def as_json(value: Any) -> str:
    """A value as the text of a JSON file."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def as_csv(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows with the same keys as the text of a CSV file."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
