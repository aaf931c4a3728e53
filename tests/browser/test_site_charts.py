"""The site in Chromium: pictures that lead somewhere, filters, links to what is gone, larger text; nothing is fetched."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import ActionChains, Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from campaigncheck.site.folder import write
from tests.site.sites import built, examples

pytestmark = pytest.mark.browser

LOGS = {"browser": "ALL", "performance": "ALL"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the examples, written."""
    target = tmp_path_factory.mktemp("site") / "out"
    write(target, built())
    return target


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """Chromium without a window; it closes when the tests are over."""
    found, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert found, "install the package chromium"
    assert driver, "install the package chromium-driver"
    options = ChromeOptions()
    options.binary_location = found
    profile = tmp_path_factory.mktemp("profile")
    for argument in ("headless=new", "no-sandbox", "disable-background-networking", f"user-data-dir={profile}"):
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", LOGS)
    browser = Chrome(options=options, service=ChromeService(driver))
    browser.set_window_size(1280, 1000)
    yield browser
    browser.quit()


@pytest.fixture
def browser(chromium: Chrome) -> Iterator[Chrome]:
    """At the end nothing was complained of, and nothing fetched but the site's own files."""
    log(chromium, "performance")
    yield chromium
    assert log(chromium, "browser") == []
    assert [url for url in requested(chromium) if not url.startswith(("file:///", "data:"))] == []


def log(browser: Chrome, kind: str) -> list[dict[str, Any]]:
    """What was logged since the log was last read."""
    found: list[dict[str, Any]] = browser.get_log(kind)  # type: ignore[no-untyped-call]
    return found


def requested(browser: Chrome) -> set[str]:
    """What pages have asked for since the log was last read."""
    events = [json.loads(line["message"])["message"] for line in log(browser, "performance")]
    return {event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"}


def status(browser: Chrome) -> str:
    return browser.find_element(By.ID, "status").text


@pytest.mark.parametrize(
    ("path", "place"), [("calendar.html", "gantt"), ("load.html", "heat"), ("index.html", "trend-chart")]
)
def test_pictures_are_drawn(path: str, place: str, browser: Chrome, folder: Path) -> None:
    browser.get((folder / path).as_uri())
    drawn = browser.execute_script(
        "const canvas = document.querySelector('#' + arguments[0] + ' canvas'), pen = canvas.getContext('2d');"
        "return new Set(new Uint32Array(pen.getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size",
        place,
    )
    assert drawn > 10


def test_a_bar_leads_to_its_campaign(browser: Chrome, folder: Path) -> None:
    browser.get((folder / "calendar.html").as_uri())
    x, y = browser.execute_script(
        "const chart = echarts.getInstanceByDom(document.getElementById('gantt')), option = chart.getOption();"
        "const [row, from, to] = option.series[0].data.find(([row, from, to]) => to > from);"
        "const at = chart.convertToPixel({seriesIndex: 0}, [(Math.max(from, option.xAxis[0].min) + to) / 2, row]);"
        "chart.getDom().scrollIntoView(); const box = chart.getDom().getBoundingClientRect();"
        "return [at[0] - box.width / 2, at[1] - box.height / 2].map(Math.round)"
    )
    ActionChains(browser).move_to_element_with_offset(browser.find_element(By.ID, "gantt"), x, y).click().perform()
    WebDriverWait(browser, 5).until(lambda driver: "/c/" in driver.current_url)
    name = browser.current_url.rpartition("/")[2].removesuffix(".html")
    assert name in examples().by_id


def test_the_calendar_is_grouped_by_theme_as_well(browser: Chrome, folder: Path) -> None:
    browser.get((folder / "calendar.html").as_uri())
    names = (
        "const option = echarts.getInstanceByDom(document.getElementById('gantt')).getOption();"
        "return option.yAxis[0].data.filter((name, at) => option.series[0].data[at][1] === option.series[0].data[at][2])"
    )
    assert browser.execute_script(names) == ["上海市", "浙江省", "四川省"]
    browser.find_element(By.CSS_SELECTOR, "#by button[data-by=theme]").click()
    themes = {
        theme for case in examples().cases if case.row for theme in case.row.themes if case.row.stage != "retired"
    }
    assert set(browser.execute_script(names)) == themes


def test_a_link_may_choose_what_a_list_shows(browser: Chrome, folder: Path) -> None:
    blocked = examples().report.verdicts("blocked")
    total = len(examples().cases)
    browser.get((folder / "campaigns.html").as_uri() + "#verdict=blocked")
    assert status(browser) == f"{total} 个营销案中的 {blocked} 个"
    browser.find_element(By.CSS_SELECTOR, "#filters button").click()
    WebDriverWait(browser, 5).until(lambda driver: status(driver) == f"共 {total} 个营销案")
    browser.find_element(By.ID, "search").send_keys("sc-nc-2027-prepaid-cashback")
    assert status(browser) == f"{total} 个营销案中的 1 个"


def test_a_link_to_what_is_gone_says_so(browser: Chrome, folder: Path) -> None:
    browser.get((folder / "en" / "campaigns.html").as_uri() + "#old<b>one")
    note = browser.find_element(By.ID, "gone")
    assert note.is_displayed()
    assert note.text.startswith("“old<b>one” is not here any more")
    assert note.find_elements(By.TAG_NAME, "b") == []
    browser.execute_script("location.hash = 'sc-nc-2027-prepaid-cashback'")
    WebDriverWait(browser, 5).until(lambda driver: not driver.find_element(By.ID, "gone").is_displayed())
    assert str(browser.find_element(By.ID, "other").get_attribute("href")).endswith("#sc-nc-2027-prepaid-cashback")


def test_larger_text_is_remembered(browser: Chrome, folder: Path) -> None:
    size = "return getComputedStyle(document.body).fontSize"
    browser.get((folder / "index.html").as_uri())
    before = browser.execute_script(size)
    browser.find_element(By.ID, "larger").click()
    browser.get((folder / "en" / "rules.html").as_uri())
    assert (before, browser.execute_script(size)) == ("16px", "22px")
    browser.find_element(By.ID, "larger").click()
    assert browser.execute_script(size) == "16px"
