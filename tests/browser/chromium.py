"""Chromium, driven by the tests: what a page asks of the network, what its console says, keys, widths and media."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def program(*names: str) -> str:
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(f"{names[0]} is not installed; on Debian: apt-get install chromium chromium-driver", pytrace=False)
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location = program("chromium", "chromium-browser", "google-chrome")
    profile = tempfile.mkdtemp()
    for argument in (*ARGUMENTS, f"--user-data-dir={profile}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=Service(program("chromedriver")))
    yield driver
    driver.quit()
    shutil.rmtree(profile, ignore_errors=True)


def open_page(browser: Chrome, address: str, width: int = 1280, **media: str) -> None:
    browser.get("about:blank")
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    features = [{"name": name.replace("_", "-"), "value": value} for name, value in media.items()]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    noted(browser, "browser")
    noted(browser, "performance")
    browser.get(address)


def noted(browser: Chrome, kind: str) -> list[Any]:
    """What the browser has noted since it was last asked."""
    return list(browser.get_log(kind))  # type: ignore[no-untyped-call]  # Selenium gives it no types


def ask(browser: Chrome, script: str, *arguments: Any) -> Any:
    return browser.execute_script(f"return {script}", *arguments)


def press(browser: Chrome, *keys: str) -> None:
    ActionChains(browser).send_keys(*keys).perform()


def tab_to(browser: Chrome, test: str) -> None:
    """Press Tab until the element in focus passes a test."""
    for _ in range(400):
        press(browser, Keys.TAB)
        if ask(browser, f"(element => {test})(document.activeElement)"):
            return
    pytest.fail(f"Tab never reaches an element for which {test}")


def requests(browser: Chrome) -> list[str]:
    messages = (json.loads(entry["message"])["message"] for entry in noted(browser, "performance"))
    return [
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    ]  # fmt: skip
