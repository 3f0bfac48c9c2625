"""The built site as it is published, below a path, and what holds for each of its pages."""

import subprocess
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar, Final

import pytest
from selenium.webdriver import Chrome

from browser.chromium import ask, program
from check_records import ROOT

SITE = ROOT / "site"
BELOW = "/diplomatic-events/"
HERE = Path(__file__).parent
POLICY: Final = "default-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' 'unsafe-eval' data: blob:"


class Below(SimpleHTTPRequestHandler):
    """The site below a path, as it is published, with its own page for what does not exist.

    The browser may ask nothing of another host, in workers either: it would say so in its console.
    """

    asked: ClassVar[list[str]] = []

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments, directory=str(SITE))

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def translate_path(self, path: str) -> str:
        self.asked.append(path)
        inside = path.startswith(BELOW)
        return super().translate_path(path.removeprefix(BELOW.rstrip("/")) if inside else "/nowhere")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = (SITE / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    assert (SITE / "index.html").exists(), "build the site first: make docs"
    server = ThreadingHTTPServer(("127.0.0.1", 0), Below)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{BELOW}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def axe() -> str:
    file = HERE / "node_modules/axe-core/axe.min.js"
    if not file.exists():
        options = ["--no-package-lock", "--no-audit", "--no-fund", "--silent"]
        subprocess.run([program("npm"), "install", *options], cwd=HERE, check=True)
    return file.read_text("utf-8")


def cut_text(browser: Chrome) -> list[str]:
    """What is wider than the element that hides the rest of it."""
    return list(
        ask(
            browser,
            """[...document.querySelectorAll('article *, .md-header__topic:first-child *')].filter(element =>
              element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === 'hidden' &&
              element.clientWidth > 1).map(element => element.outerHTML.slice(0, 80))""",
        )
    )


def violations(browser: Chrome, axe: str) -> list[Any]:
    """The rules of accessibility that the page breaks."""
    browser.execute_script("document.head.append(Object.assign(document.createElement('style'), "
                           "{textContent: '* { transition: none !important; animation: none !important }'}))")  # fmt: skip
    browser.execute_script(axe)
    browser.set_script_timeout(60)
    found = browser.execute_async_script(
        "const done = arguments[0]; axe.run(document, { resultTypes: ['violations'] }).then(result => "
        "done(result.violations.map(one => [one.id, one.nodes.slice(0, 3).map(node => node.html.slice(0, 160))])))"
    )
    return list(found)
