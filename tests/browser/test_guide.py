"""An agent clicks through the guided script of an example, from the start to every end, in Chromium."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from campaigncheck.sheets.guide_page import write, write_json
from tests.sheets.guides import GOLDEN, of_file

pytestmark = pytest.mark.browser

SPEC = GOLDEN / "spring.yaml"
PHONE = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
LOGS = {"browser": "ALL", "performance": "ALL"}


@cache
def nodes() -> dict[str, Any]:
    """The steps of the script by name, as its JSON has them; the start is the first."""
    return {node["id"]: node for node in json.loads(write_json(of_file(SPEC), "zh"))["nodes"]}


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
    options.set_capability("goog:loggingPrefs", LOGS)
    found = Chrome(options=options, service=ChromeService(driver))
    yield found
    found.quit()


@pytest.fixture
def page(browser: Chrome, tmp_path: Path) -> Iterator[Chrome]:
    """The page of the script, opened from a file; at the end nothing was complained of, and nothing fetched."""
    file = tmp_path / "guide.html"
    file.write_text(write(of_file(SPEC), "zh"), encoding="utf-8")
    log(browser, "performance")
    browser.get(file.as_uri())
    yield browser
    assert log(browser, "browser") == []
    assert requested(browser) == {file.as_uri()}


def log(browser: Chrome, kind: str) -> list[dict[str, Any]]:
    """What was logged since the log was last read."""
    found: list[dict[str, Any]] = browser.get_log(kind)  # type: ignore[no-untyped-call]
    return found


def requested(browser: Chrome) -> set[str]:
    """What the page has asked for since the log was last read, without the places in it."""
    events = [json.loads(line["message"])["message"] for line in log(browser, "performance")]
    urls = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    return {url.partition("#")[0] for url in urls}


def shown(browser: Chrome) -> WebElement:
    """The one step that is to be seen."""
    found = browser.execute_script(
        "return [...document.querySelectorAll('.node')].filter(node => node.checkVisibility())"
    )
    (step,) = found
    assert isinstance(step, WebElement)
    return step


def choices(step: WebElement) -> list[WebElement]:
    return step.find_elements(By.CSS_SELECTOR, ".choices a")


def ways() -> Iterator[tuple[str, list[int]]]:
    """Yield a step to begin at, and the numbers of the choices to take from there.

    To every step the shortest way leads from the start; every other choice is taken where it is offered.
    """
    first = next(iter(nodes()))
    done, todo = {first}, [(first, list[int]())]
    while todo:
        name, way = todo.pop(0)
        for number, choice in enumerate(nodes()[name]["choices"]):
            if choice["to"] in done:
                yield name, [number]
            else:
                done.add(choice["to"])
                todo.append((choice["to"], [*way, number]))
                yield first, [*way, number]


def test_every_choice_of_every_step_leads_on_to_an_end(page: Chrome) -> None:
    first, seen = next(iter(nodes())), set()
    url = page.current_url
    for name, way in ways():
        page.get(f"{url}#{name}")
        for number in way:
            step = shown(page)
            assert step.get_attribute("id") == name
            choices(step)[number].click()
            name = nodes()[name]["choices"][number]["to"]
        step = shown(page)
        assert step.get_attribute("id") == name
        assert nodes()[name]["title"] in step.text
        if name not in seen:
            assert all(said in step.text for said in nodes()[name]["say"])
            assert [item.text for item in choices(step)] == [choice["label"] for choice in nodes()[name]["choices"]]
        seen.add(name)
    assert seen == set(nodes()) - {first}
    assert {name for name in seen if not nodes()[name]["choices"]} == {"ask", "done"}


def test_links_and_the_browser_s_own_button_lead_back(page: Chrome) -> None:
    choices(shown(page))[0].click()
    choices(shown(page))[0].click()
    assert shown(page).get_attribute("id") == "group-want"
    page.back()
    assert shown(page).get_attribute("id") == "concern"
    page.forward()
    page.find_element(By.CSS_SELECTOR, "#group-want .trail a[href='#concern']").click()
    assert shown(page).get_attribute("id") == "concern"
    page.find_element(By.CSS_SELECTOR, "#concern .trail a").click()
    assert shown(page).get_attribute("id") == "who"


def test_the_keyboard_is_enough(page: Chrome) -> None:
    page.switch_to.active_element.send_keys(Keys.TAB)
    assert page.switch_to.active_element == choices(shown(page))[0]
    page.switch_to.active_element.send_keys(Keys.ENTER)
    step = shown(page)
    assert step.get_attribute("id") == "concern"
    assert page.switch_to.active_element == step
    for _ in (*step.find_elements(By.CSS_SELECTOR, ".trail a"), choices(step)[0]):
        page.switch_to.active_element.send_keys(Keys.TAB)
    assert page.switch_to.active_element == choices(step)[0]


def test_on_a_phone_nothing_is_cut_off_and_buttons_are_large(page: Chrome) -> None:
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    url = page.current_url
    for name in nodes():
        page.get(f"{url}#{name}")
        step = shown(page)
        assert page.execute_script("return document.documentElement.scrollWidth") <= PHONE["width"]
        assert all(link.size["height"] >= 44 for link in step.find_elements(By.TAG_NAME, "a"))
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_on_paper_every_step_stands_with_the_number_it_is_referred_to_by(page: Chrome) -> None:
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    steps = page.find_elements(By.CLASS_NAME, "node")
    assert all(step.is_displayed() for step in steps)
    for step, node in zip(steps, nodes().values(), strict=True):
        assert step.find_element(By.TAG_NAME, "h2").text == f"第 {node['number']} 步 {node['title']}"
        referred = [f"{item['label']} 转第 {nodes()[item['to']]['number']} 步" for item in node["choices"]]
        assert [item.text for item in choices(step)] == referred
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
