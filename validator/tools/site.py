"""Write the pages that mkdocs builds the site from: the README as the first page, docs/ and its images, and a page per rule.

Run it as ``make docs``, which then builds ``site/`` and puts each schema into it at its own address.
"""

import re
import shutil
from pathlib import Path
from typing import Final

from diplomatic_events.checking import Checker
from diplomatic_events.cli.explain import shown
from diplomatic_events.options import Options
from diplomatic_events.rulebook import Rule
from diplomatic_events.rules import RULES

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = ROOT / "build" / "pages"
SOURCE: Final = "https://github.com/diplomatic-events/diplomatic-events/blob/main"


def main() -> None:
    """Write every page anew."""
    shutil.rmtree(PAGES, ignore_errors=True)
    PAGES.mkdir(parents=True)
    Checker(Options())  # Building a checker registers every rule.
    (PAGES / "index.md").write_text(_linked((ROOT / "README.md").read_text("utf-8"), ROOT), encoding="utf-8")
    for page in sorted((ROOT / "docs").glob("*.md")):
        (PAGES / page.name).write_text(_linked(page.read_text("utf-8"), page.parent), encoding="utf-8")
    shutil.copytree(ROOT / "docs/images", PAGES / "images")
    for rule in RULES.values():
        path = PAGES / "rules" / f"{rule.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(rule_page(rule), encoding="utf-8")
    (PAGES / "rules" / "index.md").write_text(rules_page(), encoding="utf-8")
    print(f"{len(list(PAGES.rglob('*.md')))} pages in {PAGES.relative_to(ROOT)}")


def _linked(text: str, folder: Path) -> str:
    """A page whose links lead to other pages or, outside the docs, to the repository."""

    def rewrite(match: re.Match[str]) -> str:
        target, _, anchor = match[1].partition("#")
        if "://" in target or not target:
            return match[0]
        path = (folder / target).resolve()
        if path.suffix == ".md" and path.parent == ROOT / "docs":
            return f"]({path.name}{'#' + anchor if anchor else ''})"
        if path.parent == ROOT / "docs/images":
            return f"](images/{path.name})"
        return f"]({SOURCE}/{path.relative_to(ROOT).as_posix()})"

    return re.sub(r"\]\(([^)\s]+)\)", rewrite, text)


def rule_page(rule: Rule) -> str:
    """The page of a rule: what it means, and a wrong and a right example."""
    return (
        f"# {rule.id}\n\n{rule.summary} Severity: {rule.severity.value}.\n\n## Why it matters\n\n{rule.why}\n\n"
        f"## What to do\n\n{rule.fix}\n\n## Wrong\n\n```\n{shown(rule.bad)}\n```\n\n## Right\n\n```\n{shown(rule.right)}\n```\n"
    )


def rules_page() -> str:
    """The list of all rules."""
    rows = "".join(
        f"| [{rule.id}]({rule.id}.md) | {rule.severity.value} | {rule.summary} |\n" for rule in RULES.values()
    )
    return f"# Rules\n\n| rule | severity | what it finds |\n| --- | --- | --- |\n{rows}"


if __name__ == "__main__":
    main()
