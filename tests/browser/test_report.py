"""The page of a check in Chromium: nothing is fetched, nothing is cut off, and everything can be read, dark or light."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By

from campaigncheck.report.html import write
from tests.report.made import whole

pytestmark = pytest.mark.browser

SCREENS = {
    "phone": {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True},
    "paper": {"width": 794, "height": 1123, "deviceScaleFactor": 1, "mobile": False},
    "desk": {"width": 1200, "height": 800, "deviceScaleFactor": 1, "mobile": False},
}
FAINT = """
const channels = text => text.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map(c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const behind = node => {
  for (; node; node = node.parentElement) {
    const colour = channels(getComputedStyle(node).backgroundColor);
    if (colour.length < 4 || colour[3] > 0) return colour;
  }
};
const found = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const text = walk.currentNode.data.trim(), node = walk.currentNode.parentElement;
  if (!text || !node.offsetParent) continue;
  const [a, b] = [light(channels(getComputedStyle(node).color)), light(behind(node))];
  if ((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5) found.push(text);
}
return found;
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """Chromium without a window; it closes when the tests are over."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert chromium, "install the package chromium"
    assert driver, "install the package chromium-driver"
    options = ChromeOptions()
    options.binary_location = chromium
    profile = tmp_path_factory.mktemp("profile")
    for argument in ("headless=new", "no-sandbox", "disable-background-networking", f"user-data-dir={profile}"):
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    found = Chrome(options=options, service=ChromeService(driver))
    found.get("about:blank")  # the browser's own first page fetches something
    yield found
    found.quit()


@pytest.fixture(params=["zh", "en"])
def page(request: pytest.FixtureRequest, browser: Chrome, tmp_path: Path) -> Iterator[Chrome]:
    """The page, opened from a file; at the end nothing was complained of, and nothing fetched."""
    file = tmp_path / "report.html"
    file.write_text(write(whole(), request.param), encoding="utf-8")
    log(browser, "performance")
    browser.get(file.as_uri())
    yield browser
    assert log(browser, "browser") == []
    events = [json.loads(line["message"])["message"] for line in log(browser, "performance")]
    urls = {event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"}
    assert urls == {file.as_uri()}
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


def log(browser: Chrome, kind: str) -> list[dict[str, Any]]:
    """What was logged since the log was last read."""
    found: list[dict[str, Any]] = browser.get_log(kind)  # type: ignore[no-untyped-call]
    return found


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_wider_than_the_screen(page: Chrome, screen: str) -> None:
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", SCREENS[screen])
    assert page.execute_script("return document.documentElement.scrollWidth") <= SCREENS[screen]["width"]
    assert len(page.find_elements(By.TAG_NAME, "article")) == len(whole().findings)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("media", ["screen", "print"])
def test_everything_can_be_read(page: Chrome, media: str, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
    assert page.execute_script(FAINT) == []


def test_a_campaign_leads_to_its_findings(page: Chrome) -> None:
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", SCREENS["desk"])
    page.find_element(By.CSS_SELECTOR, ".campaigns a[href='#c3']").click()
    assert page.execute_script("return document.querySelector(':target h3').getBoundingClientRect().top < innerHeight")
