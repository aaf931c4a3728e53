"""The page of a forecast in Chromium: nothing is fetched, nothing is cut off, and pictures have what they say."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By

from campaigncheck.forecast.page import write
from tests.forecast.made import CURVE, told

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
DESK = {"width": 1200, "height": 800, "deviceScaleFactor": 1, "mobile": False}
OUTSIDE = """
const found = [];
for (const drawing of document.querySelectorAll('svg.drawing')) {
  const room = drawing.getBoundingClientRect();
  for (const text of drawing.querySelectorAll('text')) {
    const own = text.getBoundingClientRect();
    if (own.left < room.left - 1 || own.right > room.right + 1 || own.top < room.top - 1 || own.bottom > room.bottom + 1)
      found.push(text.textContent);
  }
}
return found;
"""
OVERLAPPING = """
const found = [];
for (const drawing of document.querySelectorAll('svg.drawing')) {
  const texts = [...drawing.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]);
  texts.forEach(([one, a], at) => texts.slice(at + 1).forEach(([other, b]) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 1 && high > 0.4 * Math.min(a.height, b.height)) found.push([one, other]);
  }));
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
    file = tmp_path / "forecast.html"
    bound = CURVE.binding._replace(factor=1.02)
    long = CURVE._replace(
        title="很长的名字 and one in English " * 4, name="名字" * 40, uptake=91_234_567, binding=bound
    )
    curves = (
        CURVE,
        long,
        long._replace(binding=bound._replace(factor=0.01)),
        long._replace(binding=bound._replace(factor=1.4)),
    )
    file.write_text(write(replace(told(most=3), curves=curves), request.param), encoding="utf-8")
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


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_is_cut_off_and_no_labels_overlap(page: Chrome, screen: dict[str, Any]) -> None:
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    assert page.execute_script("return document.documentElement.scrollWidth") <= screen["width"]
    assert len(page.find_elements(By.CSS_SELECTOR, "svg.drawing")) == 2 + 3 + 4 + 1
    assert page.execute_script(OUTSIDE) == []
    assert page.execute_script(OVERLAPPING) == []


def test_a_pointer_finds_the_figure_of_every_day_and_hour(page: Chrome) -> None:
    for drawing in page.find_elements(By.CSS_SELECTOR, "svg.drawing"):
        bare = page.execute_script(
            """
            const [drawing] = arguments;
            drawing.scrollIntoView({block: 'center'});
            return [...drawing.querySelectorAll('rect > title')].filter(title => {
              const box = title.parentNode.getBoundingClientRect();
              const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              return !hit || hit !== title.parentNode;
            }).map(title => title.textContent)
            """,
            drawing,
        )
        assert bare == []


def test_figures_open_without_a_script(page: Chrome) -> None:
    first = page.find_element(By.CSS_SELECTOR, "details")
    table = first.find_element(By.TAG_NAME, "table")
    assert not table.is_displayed()
    first.find_element(By.TAG_NAME, "summary").click()
    assert table.is_displayed()


def test_in_the_dark_letters_are_light(page: Chrome) -> None:
    colour = "return getComputedStyle(document.querySelector('svg.drawing text')).fill"
    assert page.execute_script(colour) == "rgb(20, 24, 29)"
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": dark})
    assert page.execute_script(colour) == "rgb(232, 235, 239)"
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": dark})
    assert page.execute_script(colour) == "rgb(20, 24, 29)"


def test_on_paper_every_picture_is_there(page: Chrome) -> None:
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert all(drawing.is_displayed() for drawing in page.find_elements(By.CSS_SELECTOR, "svg.drawing"))
    assert not any(item.is_displayed() for item in page.find_elements(By.TAG_NAME, "details"))
