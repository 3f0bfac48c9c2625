"""The page on which one tries the validator: loaded on a click, checked while one types, without another host."""

import json
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from browser.built_site import Below, cut_text, violations
from browser.chromium import ask, noted, open_page, press, requests, tab_to
from check_records import ROOT

pytestmark = pytest.mark.browser

STATUS = "document.querySelector('[data-part=status]').textContent"
RECORD = "document.querySelector('.cm-content').cmTile.view.state.doc.toString()"
SECONDS = 120


def until(browser: Chrome, test: str) -> None:
    """Wait until the page passes a test, in JavaScript."""
    WebDriverWait(browser, SECONDS, 0.1).until(lambda _: ask(browser, test), f"{test}; {ask(browser, STATUS)}")


def checked(browser: Chrome, said: str) -> None:
    """Wait for a check that ends with some words."""
    until(browser, f"{STATUS}.includes({json.dumps(said)})")


def load(browser: Chrome, address: str, width: int = 1280, example: str = "") -> None:
    """Open the page and load the validator by keyboard."""
    open_page(browser, address + "try/", width)
    tab_to(browser, "element.dataset.part === 'start'")
    press(browser, Keys.ENTER)
    checked(browser, "Sound")
    if example:
        choose(browser, example)


def choose(browser: Chrome, example: str) -> None:
    browser.execute_script(
        "const [name] = arguments, list = document.querySelector('[data-part=example]');"
        "list.value = name; list.dispatchEvent(new Event('change', { bubbles: true }))", example
    )  # fmt: skip
    record = (ROOT / "examples" / example / "record.json").read_text("utf-8")
    WebDriverWait(browser, SECONDS, 0.1).until(lambda _: ask(browser, RECORD) == record)
    checked(browser, "Sound")


def type_over(browser: Chrome, old: str, new: str) -> None:
    """Find some text in the editor with its search, and type over it."""
    ActionChains(browser).click(browser.find_element("css selector", ".cm-content")).key_down(Keys.CONTROL).send_keys(
        "f"
    ).key_up(Keys.CONTROL).perform()
    until(browser, "document.activeElement.name === 'search'")
    press(browser, old, Keys.ENTER, Keys.ESCAPE)
    until(browser, "document.activeElement.matches('.cm-content')")
    press(browser, new)


@pytest.fixture(scope="module")
def loaded(browser: Chrome, address: str) -> Chrome:
    load(browser, address)
    return browser


def test_nothing_is_loaded_before_the_click_and_nothing_from_another_host_after_it(
    browser: Chrome, address: str
) -> None:
    """The policy of the pages would put a request to another host, by the worker too, into the console."""
    Below.asked.clear()
    open_page(browser, address + "try/")
    assert not any("assets/try/" in one for one in Below.asked)
    browser.find_element("css selector", "[data-part=start]").click()
    checked(browser, "Sound")
    assert any("pyodide.asm.wasm" in one for one in Below.asked)
    assert [one for one in requests(browser) if not one.startswith((address, "data:", "blob:"))] == []
    assert noted(browser, "browser") == []


def test_a_quote_that_is_broken_by_typing_is_shown_in_the_record_and_in_the_source(loaded: Chrome) -> None:
    choose(loaded, "sco-defence-ministers-2018-04-24")
    type_over(loaded, "and Indian ambassador", "or Indian ambassador")
    checked(loaded, "1 error")
    finding = ask(loaded, "document.querySelector('.finding').textContent")
    assert "evidence/not-verbatim" in finding
    marked = ask(loaded, "[...document.querySelectorAll('.cm-lintRange-error')].map(part => part.textContent).join('')")
    assert marked.startswith('"Senior SCO officials or Indian ambassador')
    assert ask(loaded, "document.querySelector('.text .found').textContent") == "and"


def test_a_finding_leads_to_its_value_and_lights_up_the_passage(loaded: Chrome) -> None:
    choose(loaded, "sco-defence-ministers-2018-04-24")
    type_over(loaded, "and Indian ambassador", "or Indian ambassador")
    checked(loaded, "1 error")
    loaded.execute_script("document.querySelector('.cm-scroller').scrollTop = 0")
    tab_to(loaded, "element.matches('.finding a[href^=\"#r-m\"]')")
    assert ask(loaded, "document.querySelector('.text .found').classList.contains('lit')")
    press(loaded, Keys.ENTER)
    until(loaded, "document.activeElement.matches('.cm-content')")
    view = "document.querySelector('.cm-content').cmTile.view"
    selected = ask(loaded, f"{view}.state.sliceDoc({view}.state.selection.main.from, {view}.state.selection.main.to)")
    assert selected.startswith('"Senior SCO officials or Indian ambassador')
    press(loaded, Keys.ESCAPE)
    assert ask(loaded, "!document.activeElement.matches('.cm-content')")


def test_fix_corrects_what_can_be_only_one_thing(loaded: Chrome) -> None:
    choose(loaded, "sco-defence-ministers-2018-04-24")
    record = ask(loaded, RECORD)
    type_over(loaded, '"start": 468', '"start": 469')
    checked(loaded, "1 error")
    until(loaded, "!document.querySelector('[data-part=fix]').disabled")
    loaded.find_element("css selector", "[data-part=fix]").click()
    checked(loaded, "Sound")
    assert ask(loaded, RECORD) == record


def test_what_is_no_json_is_said_to_be_that(loaded: Chrome) -> None:
    choose(loaded, "minimal")
    type_over(loaded, '"schemaVersion": ', '"schemaVersion" ')
    checked(loaded, "1 error")
    assert "json/syntax" in ask(loaded, "document.querySelector('.finding').textContent")


def test_the_record_is_downloaded_as_it_is_in_the_editor(loaded: Chrome, tmp_path: Path) -> None:
    choose(loaded, "minimal")
    loaded.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    loaded.find_element("css selector", "[data-part=download]").click()
    file = tmp_path / "record.json"
    WebDriverWait(loaded, SECONDS, 0.1).until(lambda _: file.exists())
    assert file.read_text("utf-8") == ask(loaded, RECORD)


def test_files_of_the_reader_are_opened_a_record_with_its_texts(loaded: Chrome, tmp_path: Path) -> None:
    folder = ROOT / "examples/sco-defence-ministers-2018-04-24"
    files = [tmp_path / "mine.json", tmp_path / "article.txt"]
    files[0].write_text((folder / "record.json").read_text("utf-8").replace("Xi Jinping meets", "Xi meets", 1), "utf-8")
    files[1].write_bytes((folder / "article.txt").read_bytes())
    loaded.find_element("css selector", "[data-part=files]").send_keys("\n".join(map(str, files)))
    until(loaded, f"{RECORD}.includes('Xi meets')")
    checked(loaded, "Sound")


def test_a_link_holds_a_small_record_with_its_texts(loaded: Chrome, address: str) -> None:
    choose(loaded, "minimal")
    type_over(loaded, '"status": "announced"', '"status": "anounced"')
    checked(loaded, "1 error")
    record = ask(loaded, RECORD)
    loaded.find_element("css selector", "[data-part=link]").click()
    until(loaded, "location.hash.startsWith('#record=')")
    link = ask(loaded, "location.href")
    open_page(loaded, link)
    checked(loaded, "1 error")
    assert ask(loaded, RECORD) == record
    load(loaded, address)


def test_the_editor_offers_properties_and_codes_of_the_schema(loaded: Chrome) -> None:
    def offered() -> list[str]:
        until(loaded, "document.querySelector('.cm-tooltip-autocomplete')")
        labels = "[...document.querySelectorAll('.cm-completionLabel')].map(part => part.textContent)"
        return list(ask(loaded, labels))

    choose(loaded, "minimal")
    type_over(loaded, '"announced"', Keys.DELETE + '"p')
    assert '"postponed"' in offered()
    press(loaded, Keys.ESCAPE)
    choose(loaded, "minimal")
    type_over(loaded, '"status"', Keys.DELETE + '"s')
    assert '"statusChange"' in offered()
    press(loaded, Keys.ESCAPE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_loaded_page_is_accessible(scheme: str, loaded: Chrome, axe: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    loaded.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    choose(loaded, "sco-defence-ministers-2018-04-24")
    type_over(loaded, "and Indian ambassador", "or Indian ambassador")
    checked(loaded, "1 error")
    assert violations(loaded, axe) == []


def test_no_text_is_cut_on_a_telephone(browser: Chrome, address: str) -> None:
    load(browser, address, 360)
    assert ask(browser, "document.documentElement.scrollWidth") <= 360
    assert cut_text(browser) == []
