"""The page of the Python API, from the signatures and docstrings of the public names."""

import importlib
from pathlib import Path
from typing import Any

import griffe

import diplomatic_events
from pages.markdown import code, page, table

_TOOLS = Path(__file__).parents[1]


def files() -> dict[str, str | bytes]:
    """The page, and nothing else."""
    return {"python.md": _page()}


def _page() -> str:
    package: Any = griffe.load("diplomatic_events", search_paths=[str(_TOOLS.parent)], docstring_parser="google")
    names = [name for name in dir(diplomatic_events) if not name.startswith("_")]
    sections = "".join(_section(name, _where_defined(package, name)) for name in sorted(names, key=str.casefold))
    text, _, example = str(package.docstring.value).partition("\n\n    ")
    shown, _, after = example.partition("\n\nNames are")
    return page(
        f"# Python\n\n{text}\n\n{code(_outdented(shown), 'python')}\nNames are{after}\n\n{sections}",
        source="validator/diplomatic_events/__init__.py",
        search={"boost": 2},
    )


def _outdented(text: str) -> str:
    return "\n".join(line.removeprefix("    ") for line in text.split("\n"))


def _where_defined(package: Any, name: str) -> Any:
    home = getattr(diplomatic_events, name).__module__.removeprefix("diplomatic_events.")
    importlib.import_module(f"diplomatic_events.{home}")
    return package[f"{home}.{name}"]


def _section(name: str, found: Any) -> str:
    text = f"## {name} {{#{name} .property}}\n\n{code(_signature(found), 'python')}\n{_docstring(found)}"
    if found.is_class:
        rows = [
            (f"`{member.name}`", f"`{member.annotation}`" if member.annotation else "", _summary(member))
            for member in found.members.values()
            if member.is_attribute and not member.name.startswith("_") and member.docstring
        ]
        text += f"\n{table(('attribute', 'type', 'what it is'), rows)}\n" if rows else ""
        for member in found.members.values():
            if member.is_function and not member.name.startswith("_"):
                text += f"\n### {name}.{member.name} {{#{name}.{member.name} .property}}\n\n"
                text += f"{code(_signature(member), 'python')}\n{_docstring(member)}"
    return f"{text}\n"


def _signature(found: Any) -> str:
    if found.is_class:
        bases = ", ".join(str(base) for base in found.bases)
        return f"class {found.name}({bases})" if bases else f"class {found.name}"
    shown = found.signature(name=found.name) if hasattr(found, "signature") else found.name
    return f"def {shown}"


def _summary(found: Any) -> str:
    return " ".join(str(found.docstring.value).split()) if found.docstring else ""


def _docstring(found: Any) -> str:
    """The docstring: its sentences, and its sections as tables."""
    if not found.docstring:
        return ""
    parts = []
    for section in found.docstring.parsed:
        kind = section.kind.value
        if kind == "text":
            parts.append(f"{section.value.replace('``', '`')}\n")
        elif kind == "examples":
            parts += [code(value, "python") for _, value in section.value]
        else:
            rows = [
                (
                    f"`{getattr(item, 'name', '') or item.annotation}`",
                    f"`{item.annotation}`" if getattr(item, "name", "") and item.annotation else "",
                    " ".join(item.description.split()).replace("``", "`"),
                )
                for item in section.value
            ]
            parts.append(table((kind, "type", "what it is"), rows))
    return "\n".join(parts)
