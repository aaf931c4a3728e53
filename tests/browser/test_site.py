"""The whole site in Chromium: every page in both languages, search, the frontline, axe's rules, keyboard, no scripts.

With ``CAMPAIGNCHECK_SCREENSHOTS`` set to a folder, pictures of the pages are kept there.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from campaigncheck.site.folder import write
from tests.site.sites import built, examples, pages

pytestmark = pytest.mark.browser

AXE = Path(__file__).with_name("vendor") / "axe.min.js"
LOGS = {"browser": "ALL", "performance": "ALL"}
PHONE = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
BLOCKED, CLEARED = "c/sc-2027-blocked-conflict.html", "sc-2026-winter-broadband"
KINDS = (
    "index.html", "campaigns.html", "calendar.html", "load.html", "owners.html", "rules.html", "terms.html", "gone.html",
    BLOCKED, f"c/{CLEARED}.html", f"g/{CLEARED}.html", "frontline.html", "f/510100.html",
)  # fmt: skip
"""One page of each kind."""
OVERFLOW = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
GRAVE = """
const done = arguments[arguments.length - 1];
axe.run(document, { preload: false, resultTypes: ["violations"] }).then((found) => done(found.violations
  .filter((one) => ["serious", "critical"].includes(one.impact))
  .map((one) => one.id + ": " + one.nodes[0].html.slice(0, 200))));
"""


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
    for command in ("Emulation.clearDeviceMetricsOverride", "Emulation.setEmulatedMedia"):
        chromium.execute_cdp_cmd(command, {})
    chromium.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
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


def keep(browser: Chrome, name: str) -> None:
    """Keep a picture of what is shown, if they are wanted."""
    wanted = os.environ.get("CAMPAIGNCHECK_SCREENSHOTS")
    if wanted:
        Path(wanted).mkdir(parents=True, exist_ok=True)
        browser.save_screenshot(str(Path(wanted) / (name.replace("/", "_") + ".png")))


def grave(browser: Chrome) -> list[str]:
    """The serious and critical violations of axe's rules on the page."""
    browser.execute_script(AXE.read_text(encoding="utf-8"))
    found: list[str] = browser.execute_async_script(GRAVE)
    return found


def field(browser: Chrome, page: Path) -> Any:
    """The search field of a page, ready to be asked."""
    browser.get(page.as_uri())
    found = browser.find_element(By.ID, "find")
    found.click()
    WebDriverWait(browser, 10).until(
        lambda driver: "campaigncheckFinder" in driver.execute_script("return Object.keys(window)")
    )
    return found


def results(browser: Chrome) -> list[Any]:
    """The results shown, once there are some."""
    WebDriverWait(browser, 10).until(
        lambda driver: driver.find_element(By.ID, "found-status").text[:2] not in ("", "正在", "Ge")
    )
    return browser.find_elements(By.CSS_SELECTOR, "#found li")


def test_every_page_opens_without_a_complaint_and_none_is_without_a_way_to_it(browser: Chrome, folder: Path) -> None:
    seen, todo = set[str](), ["index.html"]
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        browser.get((folder / path).as_uri())
        assert browser.find_element(By.TAG_NAME, "h1").is_displayed()
        assert not browser.find_element(By.ID, "gone").is_displayed()
        links = browser.execute_script("return [...document.querySelectorAll('a[href]')].map((link) => link.href)")
        inside = {link.partition("#")[0].removeprefix(folder.as_uri() + "/") for link in links}
        assert not [link for link in inside if ":" in link]
        todo += sorted(inside - seen)
    unlinked = {"gone.html", "owners.html"}  # the second one only where owners are many
    assert {path.removeprefix("en/") for path in set(pages(built())) - seen} <= unlinked


@pytest.mark.parametrize("how", ["light", "dark", "phone"])
def test_axe_finds_nothing_grave(how: str, browser: Chrome, folder: Path) -> None:
    scheme = {"name": "prefers-color-scheme", "value": "dark" if how == "dark" else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    if how == "phone":
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    found = {}
    for number, path in enumerate(KINDS):
        shown = path if number % 2 or how == "light" else f"en/{path}"
        browser.get((folder / shown).as_uri())
        keep(browser, f"{how}-{shown}")
        found[shown] = grave(browser)
        assert browser.execute_script(OVERFLOW) <= 0, shown
    assert {path: told for path, told in found.items() if told} == {}


def test_axe_finds_nothing_grave_in_results(browser: Chrome, folder: Path) -> None:
    for width in (1280, 1000, 360):
        size = PHONE | {"width": width, "mobile": width < 400}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        field(browser, folder / "en" / BLOCKED).send_keys("kuandai")
        assert results(browser)
        keep(browser, f"results-{width}")
        assert browser.execute_script(OVERFLOW) <= 0, width
        assert browser.execute_script("return document.getElementById('found').getBoundingClientRect().left") >= 0
    assert grave(browser) == []


@pytest.mark.parametrize("typed", ["宽带", "kuandai", "kd", "宽d", "ｋＤ"])
@pytest.mark.parametrize("start", ["", "en/"])
def test_search_leads_to_a_campaign_from_the_keyboard(start: str, typed: str, browser: Chrome, folder: Path) -> None:
    browser.get((folder / start / "rules.html").as_uri())
    browser.find_element(By.TAG_NAME, "body").send_keys("/")
    assert browser.switch_to.active_element.get_attribute("id") == "find"
    browser.switch_to.active_element.send_keys(typed)
    found = results(browser)
    assert "宽带" in [mark.text for mark in browser.find_elements(By.CSS_SELECTOR, "#found mark")]
    box = browser.switch_to.active_element
    assert (box.get_attribute("value"), box.get_attribute("aria-expanded")) == (typed, "true")
    box.send_keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_UP)
    assert box.get_attribute("aria-activedescendant") == "found-0"
    target = str(found[0].get_attribute("data-href"))
    box.send_keys(Keys.ENTER)
    WebDriverWait(browser, 5).until(lambda driver: driver.current_url == target)
    assert browser.current_url.startswith((folder / start / "c").as_uri())


def test_results_go_away_and_nothing_found_is_told(browser: Chrome, folder: Path) -> None:
    box = field(browser, folder / "frontline.html")
    box.send_keys("kd")
    assert results(browser)
    box.send_keys(Keys.ESCAPE)
    assert not browser.find_element(By.ID, "found").is_displayed()
    box.send_keys("qqqqqq")
    assert results(browser) == []
    assert browser.find_element(By.ID, "found-status").text == "没有查到。换个说法，或者少写几个字。"


def test_markup_that_is_typed_is_text(browser: Chrome, folder: Path) -> None:
    field(browser, folder / "index.html").send_keys("<img src=x onerror=alert(1)>")
    assert results(browser) == []
    assert browser.find_elements(By.TAG_NAME, "img") == []


def test_the_index_is_fetched_when_it_is_wanted(browser: Chrome, folder: Path) -> None:
    browser.get((folder / "index.html").as_uri())
    assert not [url for url in requested(browser) if "search-data" in url]
    browser.find_element(By.ID, "find").click()
    WebDriverWait(browser, 5).until(lambda driver: any("search-data" in url for url in requested(driver)))


def test_a_link_may_choose_place_and_day(browser: Chrome, folder: Path) -> None:
    browser.get((folder / "frontline.html").as_uri() + "#city=510100&day=2026-12-24")
    told = browser.find_element(By.ID, "told")
    assert told.text == "成都市，2026-12-24：1 个活动"
    (offer,) = browser.find_elements(By.CSS_SELECTOR, "#offers > li")
    assert offer.text.splitlines()[0] == "冬季宽带提速到 500M"
    assert "DJTS" in offer.text
    browser.execute_script("location.hash = 'place=999999&day=2026-12-24'")
    WebDriverWait(browser, 5).until(lambda driver: told.text == "没有“999999”这个地方，或者那里没有活动。请重新选。")
    assert browser.find_elements(By.CSS_SELECTOR, "#offers > li") == []
    browser.execute_script("location.hash = 'place=510100&day=2026-11-01'")
    WebDriverWait(browser, 5).until(lambda driver: told.text == "这里只有 2026-12-01 起的活动。")


def test_a_guided_script_shows_one_step_at_a_time(browser: Chrome, folder: Path) -> None:
    browser.get((folder / "g" / f"{CLEARED}.html").as_uri())
    shown = (
        "return [...document.querySelectorAll('.node')].filter((node) => node.checkVisibility()).map((node) => node.id)"
    )
    (first,) = browser.execute_script(shown)
    browser.find_elements(By.CSS_SELECTOR, ".choices a")[0].click()
    (second,) = browser.execute_script(shown)
    assert first != second
    assert browser.current_url.endswith(f"#{second}")
    assert not browser.find_element(By.ID, "gone").is_displayed()


@pytest.mark.parametrize(
    "path", ["en/campaigns.html", "rules.html", "terms.html", f"c/{CLEARED}.html", "frontline.html"]
)
def test_a_link_to_what_is_gone_says_so(path: str, browser: Chrome, folder: Path) -> None:
    browser.get((folder / path).as_uri() + "#gone-%3Cb%3E")
    note = browser.find_element(By.ID, "gone")
    assert note.is_displayed()
    assert "gone-<b>" in note.text
    assert note.find_elements(By.TAG_NAME, "b") == []


def test_everything_can_be_reached_by_the_tab_key(browser: Chrome, folder: Path) -> None:
    browser.get((folder / "frontline.html").as_uri() + "#place=510100&day=2026-12-24")
    wanted = browser.execute_script(
        "return [...document.querySelectorAll('a[href], button, input, select')].filter((node) => node.checkVisibility()).length"
    )
    seen = set()
    for _ in range(wanted + 6):  # a day is three stops and a button
        browser.switch_to.active_element.send_keys(Keys.TAB)
        active = browser.switch_to.active_element
        if active.tag_name != "body":
            seen.add(active.id)
    assert len(seen) == wanted


def test_without_scripts_everything_can_be_read(browser: Chrome, folder: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.get((folder / "frontline.html").as_uri())
    assert not browser.find_elements(By.ID, "find")
    assert not browser.find_element(By.ID, "choose").is_displayed()
    browser.find_element(By.LINK_TEXT, "成都市").click()
    browser.find_element(By.LINK_TEXT, "引导话术").click()
    assert browser.find_element(By.CSS_SELECTOR, ".node").is_displayed()
    browser.back()
    browser.find_element(By.LINK_TEXT, "问答和词语").click()
    case = examples().by_id[CLEARED]
    assert case.sheet is not None
    text = browser.find_element(By.CSS_SELECTOR, "section[aria-labelledby=faq]").text
    assert all(entry.q in text for topic in case.sheet.topics for entry in topic.questions)


def test_pages_print_without_what_only_screens_need(browser: Chrome, folder: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    for path, wanted in (
        ("frontline.html#place=510100&day=2026-12-24", ".offers"),
        (f"g/{CLEARED}.html", ".node:last-child"),
    ):
        name, _, place = path.partition("#")
        browser.get((folder / name).as_uri() + (f"#{place}" if place else ""))
        assert browser.find_element(By.CSS_SELECTOR, wanted).is_displayed()
        assert not browser.find_element(By.ID, "finder").is_displayed()
        assert browser.print_page()
