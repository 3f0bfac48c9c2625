"""The annotated page in a real browser: reachable by keyboard, silent, at ease on a phone, and deaf to a hostile text."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from check_records import REFERENCE, example
from diplomatic_events.cli.main import main
from diplomatic_events.rulebook import EXAMPLE_TEXT

pytestmark = pytest.mark.browser

HOSTILE = (
    "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
    '</style></div></main><a href="https://example.org/">out</a>'
)
ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def _program(*names: str) -> str:
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(f"{names[0]} is not installed; on Debian: apt-get install chromium chromium-driver", pytrace=False)
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location = _program("chromium", "chromium-browser", "google-chrome")
    profile = tempfile.mkdtemp()
    for argument in (*ARGUMENTS, f"--user-data-dir={profile}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=Service(_program("chromedriver")))
    yield driver
    driver.quit()
    shutil.rmtree(profile, ignore_errors=True)


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> str:
    page = tmp_path_factory.mktemp("page") / "article.html"
    assert main(["coverage", str(REFERENCE), "--format", "html", "--output", str(page)]) == 0
    return page.as_uri()


def _open(browser: Chrome, address: str, width: int = 1280, **media: str) -> None:
    browser.get("about:blank")
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    features = [{"name": name.replace("_", "-"), "value": value} for name, value in media.items()]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    _log(browser, "browser")
    _log(browser, "performance")
    browser.get(address)


def _log(browser: Chrome, kind: str) -> list[Any]:
    """What the browser has noted since it was last asked."""
    return list(browser.get_log(kind))  # type: ignore[no-untyped-call]  # Selenium gives it no types


def _ask(browser: Chrome, script: str, *arguments: Any) -> Any:
    return browser.execute_script(f"return {script}", *arguments)


def _press(browser: Chrome, *keys: str) -> None:
    ActionChains(browser).send_keys(*keys).perform()


def _tab_to(browser: Chrome, test: str) -> None:
    """Press Tab until the element in focus passes a test."""
    for _ in range(400):
        _press(browser, Keys.TAB)
        if _ask(browser, f"(element => {test})(document.activeElement)"):
            return
    pytest.fail(f"Tab never reaches an element for which {test}")


def _requests(browser: Chrome) -> list[str]:
    messages = (json.loads(entry["message"])["message"] for entry in _log(browser, "performance"))
    return [
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    ]  # fmt: skip


def test_it_asks_nothing_of_any_host_and_the_console_stays_empty(browser: Chrome, article: str) -> None:
    _open(browser, article)
    assert [url for url in _requests(browser) if url not in (article, "data:,")] == []
    assert _log(browser, "browser") == []
    assert _ask(browser, "document.documentElement.classList.contains('js')")


def test_the_skip_link_comes_first_and_leads_to_the_texts(browser: Chrome, article: str) -> None:
    _open(browser, article)
    _press(browser, Keys.TAB)
    assert _ask(browser, "document.activeElement.className") == "skip"
    assert _ask(browser, "document.activeElement.getBoundingClientRect().top >= 0")
    _press(browser, Keys.ENTER)
    assert _ask(browser, "document.activeElement.id") == "content"


def test_enter_on_a_passage_leads_to_its_entry_and_back(browser: Chrome, article: str) -> None:
    _open(browser, article)
    _tab_to(browser, "element.matches('.p') && !element.dataset.entries.includes(' ')")
    passage, entry = _ask(browser, "[document.activeElement.id, document.activeElement.dataset.entries]")
    assert _ask(browser, "getComputedStyle(document.activeElement).outlineStyle") == "solid"
    _press(browser, Keys.ENTER)
    assert _ask(browser, "document.activeElement.id") == entry
    assert _ask(browser, "location.hash") == f"#{entry}"
    assert _ask(browser, "(r => r.top >= 0 && r.top < innerHeight)(document.activeElement.getBoundingClientRect())")
    _press(browser, Keys.TAB)
    assert _ask(browser, "document.activeElement.getAttribute('href')") == f"#{passage}"
    _press(browser, Keys.ENTER)
    assert _ask(browser, "document.activeElement.id") == passage


def test_a_passage_of_several_entries_offers_them_all(browser: Chrome, article: str) -> None:
    _open(browser, article)
    _tab_to(browser, "element.matches('.p') && element.dataset.entries.includes(' ')")
    passage, entries = _ask(
        browser, "[document.activeElement.id, document.activeElement.dataset.entries.split(' ').map(id => '#' + id)]"
    )
    _press(browser, Keys.ENTER)
    assert (
        _ask(browser, "[...document.querySelectorAll('.note.here li a')].map(a => a.getAttribute('href'))") == entries
    )
    assert _ask(browser, "document.activeElement.getAttribute('href')") == entries[0]
    _press(browser, Keys.TAB, Keys.ENTER)
    assert "#" + _ask(browser, "document.activeElement.id") == entries[1]
    browser.back()
    browser.back()
    _tab_to(browser, f"element.id === {json.dumps(passage)}")
    _press(browser, Keys.ENTER, Keys.ESCAPE)
    assert _ask(browser, "document.activeElement.id") == passage
    assert _ask(browser, "document.querySelectorAll('.note.here').length") == 0


def test_tab_reaches_every_passage_and_every_quote(browser: Chrome, article: str) -> None:
    _open(browser, article)
    wanted = _ask(browser, "document.querySelectorAll('.text a, .quotes a').length")
    _press(browser, *[Keys.TAB] * (wanted + 1))
    assert _ask(browser, "document.activeElement === [...document.querySelectorAll('.quotes a')].at(-1)")


def test_a_hovered_passage_lights_its_entry_up(browser: Chrome, article: str) -> None:
    _open(browser, article)
    passage = browser.find_element("css selector", ".text .p")
    ActionChains(browser).move_to_element(passage).perform()
    assert _ask(browser, "[...document.querySelectorAll('.entry.lit')].map(e => e.id).join(' ')") == (
        passage.get_attribute("data-entries")
    )


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_scrolls_sideways(width: int, browser: Chrome, article: str) -> None:
    _open(browser, article, width)
    assert _ask(browser, "innerWidth") == width
    assert _ask(browser, "document.documentElement.scrollWidth") <= width


def test_it_is_dark_where_the_reader_wants_it_dark(browser: Chrome, article: str) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        _open(browser, article, prefers_color_scheme=scheme)
        grounds.append(_ask(browser, "getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(252, 251, 248)", "rgb(21, 24, 28)"]


def test_nothing_moves_where_the_reader_wants_it_still(browser: Chrome, article: str) -> None:
    _open(browser, article, prefers_reduced_motion="reduce")
    assert _ask(browser, "getComputedStyle(document.querySelector('.text .p')).transitionDuration") == "0s"


def test_without_the_script_its_links_still_lead_to_their_places(browser: Chrome, article: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        _open(browser, article)
        note = browser.find_element("css selector", ".note")
        passage = browser.find_element("css selector", f'.p[href="#{note.get_attribute("id")}"]')
        assert not note.is_displayed()
        passage.click()
        assert note.is_displayed()
        link = note.find_element("css selector", "li a")
        target = (link.get_attribute("href") or "").partition("#")[2]
        link.click()
        assert not note.is_displayed()
        assert browser.current_url.endswith(f"#{target}")
        assert browser.find_element("id", target).is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_no_script_of_a_text_runs_and_no_markup_of_it_takes_hold(browser: Chrome, tmp_path: Path) -> None:
    value = example({"title": HOSTILE, "/sources/0/text": HOSTILE + EXAMPLE_TEXT, "/sources/0/title": HOSTILE})
    value["statements"][0] |= {"text": HOSTILE, "evidence": [{"source": "report", "exact": HOSTILE}]}
    (tmp_path / "hostile.json").write_text(json.dumps(value), encoding="utf-8")
    page = tmp_path / "hostile.html"
    assert main(["coverage", str(tmp_path / "hostile.json"), "--format", "html", "--output", str(page)]) == 0
    _open(browser, page.as_uri())
    assert _ask(browser, "document.title") == HOSTILE
    assert _ask(browser, "[document.images.length, document.scripts.length]") == [0, 1]
    assert _ask(browser, "[...document.links].every(link => link.protocol === 'file:')")
    assert HOSTILE in _ask(browser, "document.querySelector('.text').textContent")
    assert [url for url in _requests(browser) if url not in (page.as_uri(), "data:,")] == []
    assert _log(browser, "browser") == []
