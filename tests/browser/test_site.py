"""The built site in a real browser: search, addresses, keyboard, widths, light and dark, accessibility, print, and silence."""

import json
import re
from base64 import b64decode
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys

from browser.built_site import BELOW, SITE, cut_text, violations
from browser.chromium import ask, noted, open_page, press, requests, tab_to
from diplomatic_events.findings import DOCS
from diplomatic_events.rules import RULES
from diplomatic_events.schema.catalogue import catalogue
from newest import VERSION

pytestmark = pytest.mark.browser

SCHEMA = catalogue().schema(VERSION)
PROPERTIES = sorted({name for part in [SCHEMA, *SCHEMA["$defs"].values()] for name in part.get("properties", ())})
PAGES = {
    "tutorial": "tutorial/",
    "comparison": "compare/",
    "CI": "use-in-ci/",
    "home": "",
    "try it": "try/",
    "guide": "guide/",
    "situation": "guide/in-june/",
    "objects": "reference/1.0/",
    "object": "reference/1.0/statement/",
    "types": "reference/1.0/types/",
    "codelist": "codelists/speech-act/",
    "countries": "codelists/country/",
    "rule": "rules/evidence/not-verbatim/",
    "record": "examples/sco-defence-ministers-2018-04-24/",
    "article": "examples/sco-defence-ministers-2018-04-24/annotated/",
    "report": "report/1.0/",
    "python": "python/",
    "commands": "commands/",
    "addresses": "addresses/",
}
SEARCH = """
const [query, done] = arguments, field = document.querySelector('[data-md-component=search-query]');
const list = document.querySelector('.md-search-result__list');
let timer;
const finish = () => {
  observer.disconnect();
  done([...list.querySelectorAll('a.md-search-result__link')].slice(0, 2).map(link => link.href));
};
const observer = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(finish, 60); });
observer.observe(list, { childList: true, subtree: true });
timer = setTimeout(finish, 4000);
field.focus();
field.value = query;
for (const name of ['keyup', 'input']) field.dispatchEvent(new Event(name, { bubbles: true }));
"""


def found(browser: Chrome, query: str) -> list[str]:
    """The first two addresses that the search of the open page finds, from the root of the site."""
    links: list[str] = browser.execute_async_script(SEARCH, query)
    parts = [urlsplit(link) for link in links]
    return [f"{part.path.partition(BELOW)[2]}#{unquote(part.fragment)}" for part in parts]


def searching(browser: Chrome, address: str) -> None:
    open_page(browser, address)
    browser.set_script_timeout(10)
    press(browser, "f")
    for _ in range(20):  # the index is loaded when the search is first opened
        if found(browser, "statement"):
            return
    pytest.fail("the search finds nothing")


def test_the_search_finds_the_anchor_of_every_property_first_or_second(browser: Chrome, address: str) -> None:
    searching(browser, address)
    missed = {}
    for name in PROPERTIES:
        results = found(browser, name)
        if not any(re.fullmatch(rf"reference/[0-9.]+/\w+/#{re.escape(name)}", result) for result in results):
            missed[name] = results
    assert missed == {}


def test_the_search_finds_a_code_and_a_rule_by_name(browser: Chrome, address: str) -> None:
    searching(browser, address)
    assert "codelists/speech-act/#express-condolence" in found(browser, "express-condolence")
    assert "rules/evidence/not-verbatim/#" in found(browser, "evidence/not-verbatim")
    assert "rules/dates/no-such-day/#" in found(browser, "no-such-day")


def test_every_address_that_a_finding_prints_leads_to_its_page(browser: Chrome, address: str) -> None:
    for printed in [rule.url for rule in RULES.values()]:
        assert (SITE / printed.removeprefix(f"{DOCS}/") / "index.html").exists(), printed
    open_page(browser, address + RULES["evidence/not-verbatim"].url.removeprefix(f"{DOCS}/"))
    assert ask(browser, "document.querySelector('h1').firstChild.textContent") == "evidence/not-verbatim"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_nothing_of_another_host_and_its_console_stays_empty(
    page: str, browser: Chrome, address: str
) -> None:
    open_page(browser, address + PAGES[page])
    press(browser, "f")
    found(browser, "statement")
    assert [one for one in requests(browser) if not one.startswith((address, "data:", "blob:"))] == []
    assert noted(browser, "browser") == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("width", [360, 1440])
def test_no_text_is_cut_at_any_width(page: str, width: int, browser: Chrome, address: str) -> None:
    open_page(browser, address + PAGES[page], width)
    assert ask(browser, "document.documentElement.scrollWidth") <= width
    assert cut_text(browser) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_accessible_in_light_and_dark(
    page: str, scheme: str, browser: Chrome, address: str, axe: str
) -> None:
    open_page(browser, address + PAGES[page], prefers_color_scheme=scheme, prefers_reduced_motion="reduce")
    assert violations(browser, axe) == []


def test_the_colours_follow_the_system_until_the_reader_switches(browser: Chrome, address: str) -> None:
    def ground() -> str:
        return str(ask(browser, "getComputedStyle(document.body).backgroundColor"))

    open_page(browser, address, prefers_color_scheme="dark")
    assert ground() == "rgb(21, 24, 28)"
    open_page(browser, address, prefers_color_scheme="light")
    assert ground() == "rgb(252, 251, 248)"
    for wanted in ("rgb(252, 251, 248)", "rgb(21, 24, 28)"):
        browser.find_element("css selector", "label.md-header__button[for^=__palette]:not([hidden])").click()
        assert ground() == wanted
    open_page(browser, address, prefers_color_scheme="light")
    assert ground() == "rgb(21, 24, 28)"
    browser.execute_script("localStorage.clear()")


def test_a_search_and_the_annotated_article_need_no_mouse(browser: Chrome, address: str) -> None:
    searching(browser, address)
    found(browser, "onBehalfOf")
    press(browser, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ENTER)
    assert ask(browser, "location.hash") == "#onBehalfOf"
    open_page(browser, address + PAGES["article"])
    tab_to(browser, "element.matches('.p') && !element.dataset.entries.includes(' ')")
    passage, entry = ask(browser, "[document.activeElement.id, document.activeElement.dataset.entries]")
    press(browser, Keys.ENTER)
    assert ask(browser, "[document.activeElement.id, location.hash]") == [entry, f"#{entry}"]
    assert ask(
        browser,
        "document.activeElement.getBoundingClientRect().top >= document.querySelector('.md-header').offsetHeight",
    )
    press(browser, Keys.TAB, Keys.ENTER)
    assert ask(browser, "document.activeElement.id") == passage


def test_an_address_that_does_not_exist_has_a_page_with_working_links(browser: Chrome, address: str) -> None:
    open_page(browser, f"{address}no/such/page/")
    assert ask(browser, "document.querySelector('h1').textContent") == "There is no such page"
    # The page itself is for the published address, so its links are compared with that.
    assert ask(
        browser,
        "[...document.querySelectorAll('article a')].every(a => a.getAttribute('href').startsWith('/diplomatic-events/'))",
    )
    assert ask(browser, "getComputedStyle(document.body).backgroundColor") in ("rgb(252, 251, 248)", "rgb(21, 24, 28)")


def test_a_problem_is_reported_with_the_name_of_the_page(browser: Chrome, address: str) -> None:
    open_page(browser, address + PAGES["object"])
    link = ask(browser, "document.querySelector('.right a').href")
    assert "/issues/new?title=On%20the%20page%20%E2%80%9CStatement%E2%80%9D" in link
    twin = ask(browser, "document.querySelector('.right a:last-of-type').href")
    assert (SITE / twin.partition(BELOW)[2]).read_text("utf-8").startswith("# Statement object\n")


def test_a_page_prints_without_what_is_for_the_screen(browser: Chrome, address: str) -> None:
    open_page(browser, address + PAGES["object"])
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shown = "['.md-header', '.md-sidebar', '.right'].filter(name => document.querySelector(name).offsetParent !== null)"
    assert ask(browser, shown) == []
    printed = browser.execute_cdp_cmd("Page.printToPDF", {})["data"]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert b64decode(printed).startswith(b"%PDF")


def test_every_link_and_anchor_of_a_built_page_leads_somewhere() -> None:
    ids: dict[Path, set[str]] = {}
    for path in SITE.rglob("index.html"):
        ids[path.parent] = set(re.findall(r'\b(?:id|name)="?([^"\s>]+)', path.read_text("utf-8")))
    for folder in ids:
        for target in re.findall(r'href="?([^"\s>]+)', (folder / "index.html").read_text("utf-8")):
            if ":" in target or target.startswith("//"):
                continue
            place, _, anchor = target.partition("#")
            file = (folder / unquote(place)).resolve()
            assert file.exists(), (folder, target)
            if anchor and file in ids:
                assert unquote(anchor).replace("&amp;", "&") in ids[file], (folder, target)


def test_the_files_for_programs_are_there() -> None:
    assert json.loads((SITE / VERSION / "event.schema.json").read_bytes()) == SCHEMA
    for name in ("rules.json", "versions.json", "llms.txt", "sitemap.xml", "conformance-suite.zip"):
        assert (SITE / name).stat().st_size > 0
