"""The annotated page in a real browser: reachable by keyboard, silent, at ease on a phone, and deaf to a hostile text."""

import json
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from browser.chromium import ask, noted, open_page, press, requests, tab_to
from check_records import REFERENCE, example
from diplomatic_events.cli.main import main
from diplomatic_events.rulebook import EXAMPLE_TEXT

pytestmark = pytest.mark.browser

HOSTILE = (
    "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
    '</style></div></main><a href="https://example.org/">out</a>'
)


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> str:
    page = tmp_path_factory.mktemp("page") / "article.html"
    assert main(["coverage", str(REFERENCE), "--format", "html", "--output", str(page)]) == 0
    return page.as_uri()


def test_it_asks_nothing_of_any_host_and_the_console_stays_empty(browser: Chrome, article: str) -> None:
    open_page(browser, article)
    assert [url for url in requests(browser) if url not in (article, "data:,")] == []
    assert noted(browser, "browser") == []
    assert ask(browser, "document.documentElement.classList.contains('js')")


def test_the_skip_link_comes_first_and_leads_to_the_texts(browser: Chrome, article: str) -> None:
    open_page(browser, article)
    press(browser, Keys.TAB)
    assert ask(browser, "document.activeElement.className") == "skip"
    assert ask(browser, "document.activeElement.getBoundingClientRect().top >= 0")
    press(browser, Keys.ENTER)
    assert ask(browser, "document.activeElement.id") == "content"


def test_enter_on_a_passage_leads_to_its_entry_and_back(browser: Chrome, article: str) -> None:
    open_page(browser, article)
    tab_to(browser, "element.matches('.p') && !element.dataset.entries.includes(' ')")
    passage, entry = ask(browser, "[document.activeElement.id, document.activeElement.dataset.entries]")
    assert ask(browser, "getComputedStyle(document.activeElement).outlineStyle") == "solid"
    press(browser, Keys.ENTER)
    assert ask(browser, "document.activeElement.id") == entry
    assert ask(browser, "location.hash") == f"#{entry}"
    assert ask(browser, "(r => r.top >= 0 && r.top < innerHeight)(document.activeElement.getBoundingClientRect())")
    press(browser, Keys.TAB)
    assert ask(browser, "document.activeElement.getAttribute('href')") == f"#{passage}"
    press(browser, Keys.ENTER)
    assert ask(browser, "document.activeElement.id") == passage


def test_a_passage_of_several_entries_offers_them_all(browser: Chrome, article: str) -> None:
    open_page(browser, article)
    tab_to(browser, "element.matches('.p') && element.dataset.entries.includes(' ')")
    passage, entries = ask(
        browser, "[document.activeElement.id, document.activeElement.dataset.entries.split(' ').map(id => '#' + id)]"
    )
    press(browser, Keys.ENTER)
    assert ask(browser, "[...document.querySelectorAll('.note.here li a')].map(a => a.getAttribute('href'))") == entries
    assert ask(browser, "document.activeElement.getAttribute('href')") == entries[0]
    press(browser, Keys.TAB, Keys.ENTER)
    assert "#" + ask(browser, "document.activeElement.id") == entries[1]
    browser.back()
    browser.back()
    tab_to(browser, f"element.id === {json.dumps(passage)}")
    press(browser, Keys.ENTER, Keys.ESCAPE)
    assert ask(browser, "document.activeElement.id") == passage
    assert ask(browser, "document.querySelectorAll('.note.here').length") == 0


def test_tab_reaches_every_passage_and_every_quote(browser: Chrome, article: str) -> None:
    open_page(browser, article)
    wanted = ask(browser, "document.querySelectorAll('.text a, .quotes a').length")
    press(browser, *[Keys.TAB] * (wanted + 1))
    assert ask(browser, "document.activeElement === [...document.querySelectorAll('.quotes a')].at(-1)")


def test_a_hovered_passage_lights_its_entry_up(browser: Chrome, article: str) -> None:
    open_page(browser, article)
    passage = browser.find_element("css selector", ".text .p")
    ActionChains(browser).move_to_element(passage).perform()
    assert ask(browser, "[...document.querySelectorAll('.entry.lit')].map(e => e.id).join(' ')") == (
        passage.get_attribute("data-entries")
    )


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_scrolls_sideways(width: int, browser: Chrome, article: str) -> None:
    open_page(browser, article, width)
    assert ask(browser, "innerWidth") == width
    assert ask(browser, "document.documentElement.scrollWidth") <= width


def test_it_is_dark_where_the_reader_wants_it_dark(browser: Chrome, article: str) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        open_page(browser, article, prefers_color_scheme=scheme)
        grounds.append(ask(browser, "getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(252, 251, 248)", "rgb(21, 24, 28)"]


def test_nothing_moves_where_the_reader_wants_it_still(browser: Chrome, article: str) -> None:
    open_page(browser, article, prefers_reduced_motion="reduce")
    assert ask(browser, "getComputedStyle(document.querySelector('.text .p')).transitionDuration") == "0s"


def test_without_the_script_its_links_still_lead_to_their_places(browser: Chrome, article: str) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        open_page(browser, article)
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
    open_page(browser, page.as_uri())
    assert ask(browser, "document.title") == HOSTILE
    assert ask(browser, "[document.images.length, document.scripts.length]") == [0, 1]
    assert ask(browser, "[...document.links].every(link => link.protocol === 'file:')")
    assert HOSTILE in ask(browser, "document.querySelector('.text').textContent")
    assert [url for url in requests(browser) if url not in (page.as_uri(), "data:,")] == []
    assert noted(browser, "browser") == []
