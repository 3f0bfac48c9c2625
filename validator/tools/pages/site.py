"""The whole site: the pages written by hand, the generated ones, and what lies beside them."""

import re
from pathlib import Path
from typing import Any, Final

import yaml

from diplomatic_events import __version__
from diplomatic_events.migrate.steps import STEPS
from diplomatic_events.schema.catalogue import catalogue
from pages import addresses, annotated, changes, look, python_api, records, report, rules, try_it
from pages.codelists import Codelists
from pages.differences import edition
from pages.markdown import Files, page, relative
from pages.navigation import llms_txt, navigation
from pages.objects import Objects
from pages.records import Examples
from pages.reference import Reference

ROOT: Final = Path(__file__).parents[3]
DOCS: Final = ROOT / "docs"
NAMED: Final = re.compile(
    r"(?<![\[`])`(?:(?P<object>[a-zA-Z]+)\.(?P<property>[a-zA-Z]+)|(?P<rule>[a-z]+/[a-z-]+))`(?![\]`])"
)
"""A property, as `statement.onBehalfOf`, or a rule, named on a page that is written by hand."""


class Site:
    """All files of the site, and the order of its pages."""

    def __init__(self) -> None:
        self.settings: dict[str, Any] = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
        self.references = [_reference(version) for version in catalogue().versions]
        made: dict[str, str | bytes] = {"reference/index.md": self._versions()}
        for reference in self.references:
            made |= reference.files()
        editions = [edition(catalogue(), version) for version in catalogue().versions]
        made |= changes.files(list(catalogue().versions.values()), editions, STEPS)
        made |= Codelists(self.references).files()
        made |= rules.files(self.references)
        made |= report.files() | python_api.files() | addresses.files(self.settings["site_url"])
        made |= records.files(records.examples()) | annotated.files(records.examples())
        made |= try_it.files(records.examples())
        made |= {"assets/look.css": look.style(), "assets/annotated.js": look.script()}
        made |= {f"assets/{path.name}": path.read_bytes() for path in sorted((DOCS / "assets").iterdir())}
        made |= {f"images/{path.name}": path.read_bytes() for path in sorted((DOCS / "images").iterdir())}
        for path in sorted(DOCS.rglob("*.md")):
            name = path.relative_to(DOCS).as_posix()
            if not name.startswith("w3id/"):
                made[name] = self._written(path, name, made)
        made["contributing.md"] = self._written(ROOT / "CONTRIBUTING.md", "contributing.md", made)
        self.navigation = navigation(made, catalogue().versions)
        described = llms_txt(self.navigation, made, self.settings["site_name"], self.settings["site_description"])
        self.files: Files = {
            path: _with_twin(path, content) if path.endswith(".md") else content for path, content in made.items()
        } | {"llms.txt": described}

    def configuration(self) -> str:
        """What the builder's configuration inherits: the order of the pages, and the release."""
        return yaml.safe_dump(
            {"extra": {"release": __version__}, "nav": self.navigation}, allow_unicode=True, width=1000
        )

    def _versions(self) -> str:
        lines = "".join(
            f"- [Version {reference.version}]({reference.version}/index.md), {reference.status}\n"
            for reference in reversed(self.references)
        )
        return page(
            "# Versions described\n\nThe reference of each version of the schema: a page for each object, with an address for "
            f"each property that never changes.\n\n{lines}\n[What changed](changes.md) from each version to the next, and [what may change](../versions.md)",
            source="schema/versions.json",
        )

    def _written(self, path: Path, name: str, made: Files) -> str:
        """A page written by hand, whose links lead to pages or, for what has none, to the repository.

        Properties and rules that it names become links.
        """

        def rewrite(match: re.Match[str]) -> str:
            target, mark, anchor = match[1].partition("#")
            if "://" in target or target.startswith("mailto:") or not target:
                return match[0]
            file = (path.parent / target).resolve().relative_to(ROOT).as_posix()
            page = _page_of(file, made)
            if page is None:
                return f"]({self.settings['repo_url']}/blob/main/{file}{mark}{anchor})"
            return f"]({relative(page + mark + anchor, name)})"

        def named(match: re.Match[str]) -> str:
            page = (
                f"rules/{match['rule']}.md" if match["rule"] else f"reference/{catalogue().latest}/{match['object']}.md"
            )
            if page not in made:
                return match[0]
            anchor = f"#{match['property']}" if match["property"] else ""
            return f"[{match[0]}]({relative(page + anchor, name)})"

        text = re.sub(r"\]\(([^)\s]+)\)", rewrite, path.read_text("utf-8"))
        text = NAMED.sub(named, text)
        return page(text, source=path.relative_to(ROOT).as_posix())


def _page_of(file: str, made: Files) -> str | None:
    """The page of the site for a file of the repository, or None if there is none."""
    if file == "docs/try":
        return "try.md"
    if file.startswith("docs/"):
        name = file.removeprefix("docs/")
        return name if name in made or (ROOT / file).suffix == ".md" else None
    for pattern, target in (
        (r"README\.md", "index.md"),
        (r"CONTRIBUTING\.md", "contributing.md"),
        (r"validator/diplomatic_events/rules", "rules/index.md"),
        (r"schema/([0-9.]+)/event\.schema\.json", r"reference/\1/index.md"),
        (r"schema/report/([0-9.]+)/report\.schema\.json", r"report/\1/index.md"),
        (r"schema/report/([0-9.]+)/repair\.schema\.json", r"report/\1/repair.md"),
        (r"schema", changes.PAGE),
        (r"schema/([0-9.]+/event\.d\.ts)", r"\1"),
        (r"schema/codelists", "codelists/index.md"),
        (r"schema/codelists/([a-z-]+)\.csv", r"codelists/\1.md"),
        (r"examples", "examples/index.md"),
        (r"examples/([^/]+)(?:/record\.json)?", r"examples/\1/index.md"),
        (r"examples/([^/]+/[^/]+)", r"examples/\1"),
    ):
        if re.fullmatch(pattern, file):
            page = re.sub(pattern, target, file)
            return page if page in made or page == "index.md" else None
    return None


def _reference(version: str) -> Reference:
    objects = Objects(catalogue().schema(version))
    examples = Examples(version, objects)
    status = catalogue().versions[version].status
    return Reference(version, status, objects, examples, rules.watching(objects))


def _with_twin(path: str, text: str | bytes) -> str:
    """A page that says where it is as Markdown."""
    text = str(text)
    head = f"markdown: {path}\n"
    return f"---\n{head}{text[4:]}" if text.startswith("---\n") else f"---\n{head}---\n\n{text}"
