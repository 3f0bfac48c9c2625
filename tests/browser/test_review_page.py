"""The page of `check --format html` in a real browser: accessible, silent, and its findings, values and passages linked."""

import json

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys

from browser.built_site import cut_text, violations
from browser.chromium import ask, noted, open_page, press, requests, tab_to
from check_records import REFERENCE, example
from diplomatic_events.cli.main import main

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A record with a wrong quote, one that breaks the schema, and a sound one."""
    folder = tmp_path_factory.mktemp("review")
    record = (REFERENCE / "record.json").read_text("utf-8").replace("officials and Indian", "officials or Indian", 1)
    (folder / "a.json").write_text(record, "utf-8")
    (folder / "article.txt").write_bytes((REFERENCE / "article.txt").read_bytes())
    (folder / "b.json").write_text(json.dumps(example({"id": "b", "status": "hold"}), ensure_ascii=False), "utf-8")
    page = folder / "page.html"
    files = [str(folder / "a.json"), str(folder / "b.json")]
    assert main(["check", "--no-config", *files, f"--output=html={page}", "--format=concise"]) == 1
    return page.as_uri()


def test_it_asks_nothing_of_any_host_and_its_console_stays_empty(browser: Chrome, reviewed: str) -> None:
    open_page(browser, reviewed)
    assert [url for url in requests(browser) if url not in (reviewed, "data:,")] == []
    assert noted(browser, "browser") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(scheme: str, browser: Chrome, reviewed: str, axe: str) -> None:
    open_page(browser, reviewed, prefers_color_scheme=scheme, prefers_reduced_motion="reduce")
    assert violations(browser, axe) == []


def test_no_text_is_cut_on_a_telephone(browser: Chrome, reviewed: str) -> None:
    open_page(browser, reviewed, 360)
    assert ask(browser, "document.documentElement.scrollWidth") <= 360
    assert cut_text(browser) == []


def test_a_finding_leads_by_keyboard_to_its_value_and_back(browser: Chrome, reviewed: str) -> None:
    open_page(browser, reviewed)
    tab_to(browser, "element.matches('.finding a[href^=\"#r1-m\"]')")
    assert ask(browser, "document.querySelector('.text .found').classList.contains('lit')")
    press(browser, Keys.ENTER)
    assert ask(browser, "document.activeElement.textContent").startswith('"Senior SCO officials or Indian')
    press(browser, Keys.TAB)
    press(browser, Keys.ENTER)
    assert ask(browser, "document.activeElement.className").startswith("finding")


def test_a_passage_leads_to_its_entry_in_the_record(browser: Chrome, reviewed: str) -> None:
    open_page(browser, reviewed)
    tab_to(browser, "element.matches('.p') && !element.dataset.entries.includes(' ')")
    entry = ask(browser, "document.activeElement.dataset.entries")
    press(browser, Keys.ENTER)
    assert ask(browser, "document.activeElement.id") == entry
    assert ask(browser, "document.activeElement.textContent").startswith("{")
