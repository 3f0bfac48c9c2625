"""Write the docs site: first everything that MkDocs builds it from, afterwards what lies beside its pages.

Run it as ``make docs`` or ``make serve-docs``. What it writes is in ``build/``, and nothing there is edited by hand.
"""

import shutil
import sys
from pathlib import Path
from typing import Final

import conformance
from pages.markdown import body
from pages.reference import JOINED
from pages.site import Site

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = ROOT / "build" / "pages"
CONFIGURATION: Final = ROOT / "build" / "site.yml"


def write() -> None:
    """Write every page anew, and what the builder's configuration inherits."""
    site = Site()
    shutil.rmtree(PAGES, ignore_errors=True)
    for name, content in site.files.items():
        path = PAGES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    CONFIGURATION.write_text(site.configuration(), encoding="utf-8")
    print(f"{sum(name.endswith('.md') for name in site.files)} pages in {PAGES.relative_to(ROOT)}")


def complete(built: Path) -> None:
    """Put each page as Markdown and the conformance suite into a built site."""
    for page in PAGES.rglob("*.md"):
        twin = built / page.relative_to(PAGES)
        twin.write_text(body(page.read_text("utf-8")).replace(JOINED, " "), encoding="utf-8")
    suite = built / "conformance-suite"
    conformance.write(suite)
    shutil.make_archive(str(suite), "zip", suite)


if __name__ == "__main__":
    complete(Path(sys.argv[1])) if sys.argv[1:] else write()
