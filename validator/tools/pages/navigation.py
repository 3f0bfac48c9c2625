"""The order of the pages: those that exist, in sections, as the configuration of the builder and as ``llms.txt``."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pages.markdown import Files, body

Entry = str | dict[str, Any]
"""A page by its path, or a title with a page or with more entries."""


def navigation(pages: Files, versions: Iterable[str]) -> list[Entry]:
    """All pages in their sections; a page of docs/ that no section names is the project's."""
    left = {path: None for path in pages if path.endswith(".md")}

    def take(*patterns: str) -> list[Entry]:
        taken = [path for pattern in patterns for path in left if re.fullmatch(pattern, path)]
        for path in dict.fromkeys(taken):
            del left[path]
        return list(dict.fromkeys(taken))

    reference: list[Entry] = []
    home = take(r"index\.md")
    learn = take(r"start\.md", r"tutorial\.md")
    learn += _section("How to record …", _linked_first(pages, "guide", take(r"guide/.*")))
    learn += take(r"try\.md", r"fix\.md", r"compare\.md")
    examples: list[Entry] = take(r"examples/index\.md")
    examples += [
        {
            _title(pages[f"examples/{name}/index.md"]): take(
                rf"examples/{re.escape(name)}/index\.md", rf"examples/{re.escape(name)}/.*"
            )
        }
        for name in dict.fromkeys(path.split("/")[1] for path in left if path.startswith("examples/"))
    ]
    for version in reversed(list(versions)):
        folder = f"reference/{re.escape(version)}/"
        first = take(rf"{folder}index\.md", rf"{folder}event\.md")
        types = take(rf"{folder}types\.md")
        reference.append({f"Version {version}": [*first, *take(rf"{folder}.*"), *types]})
    reference.append({"Codelists": take(r"codelists/index\.md", r"codelists/.*")})
    families = dict.fromkeys(path.split("/")[1] for path in left if path.count("/") == 2 and path.startswith("rules/"))
    reference.append(
        {
            "Rules": [
                *take(r"rules/index\.md"),
                *({name: take(rf"rules/{name}/index\.md", rf"rules/{name}/.*")} for name in families),
            ]
        }
    )
    reference.append({"Reports": take(r"report/.*/index\.md", r"report/.*")})
    reference += take(
        r"commands\.md",
        r"configuration\.md",
        r"tables\.md",
        r"python\.md",
        r"addresses\.md",
        r"reference/.*",
    )
    use = take(r"use-.*\.md", r"use/.*")
    project = take(
        r"versions\.md", r"proof\.md", r"speed\.md", r"conformance\.md", r"contributing\.md", r"architecture\.md", r".*"
    )
    return [
        *({"Home": page} for page in home),
        *_section("Learn", learn),
        *_section("Examples", examples),
        *_section("Reference", reference),
        *_section("Use it in", use),
        *_section("Project", project),
    ]


def _section(title: str, entries: list[Entry]) -> list[Entry]:
    return [{title: entries}] if entries else []


def _linked_first(pages: Files, folder: str, paths: list[Entry]) -> list[Entry]:
    """The pages of a folder in the order in which its first page links to them."""
    first = f"{folder}/index.md"
    links = re.findall(r"\]\(([^)#]+\.md)", str(pages.get(first, "")))
    order = [first, *(f"{folder}/{name}" for name in links)]
    return sorted(paths, key=lambda path: (order.index(str(path)) if path in order else len(order), path))


def _title(text: str | bytes) -> str:
    found = re.search(r"^# (.+?)(?: \{#.*)?$", body(str(text)), re.MULTILINE)
    return found[1].replace("`", "") if found else ""


def leaves(entries: Iterable[Entry]) -> Iterator[str]:
    """The pages of a navigation, in order."""
    for entry in entries:
        if isinstance(entry, str):
            yield entry
        else:
            for inner in entry.values():
                yield from leaves([inner] if isinstance(inner, str) else inner)


def llms_txt(entries: Iterable[Entry], pages: Files, name: str, description: str) -> str:
    """The list of all pages as Markdown, for programs that read: https://llmstxt.org."""
    lines = [f"# {name}\n", f"> {description}\n"]
    for entry in entries:
        title = next(iter(entry)) if isinstance(entry, dict) else entry
        lines.append(f"## {title}\n")
        lines.extend(f"- [{_name(pages[path], path)}]({path}){_summary(pages[path])}" for path in leaves([entry]))
        lines.append("")
    return "\n".join(lines)


def _name(text: str | bytes, path: str) -> str:
    found = re.search(r'^title: "(.*)"$', str(text).partition("\n---\n")[0], re.MULTILINE)
    return found[1] if found else _title(text) or path


def _summary(text: str | bytes) -> str:
    found = re.search(r'^description: "(.*)"$', str(text).partition("\n---\n")[0], re.MULTILINE)
    return f": {found[1]}" if found else ""
