"""Somebody writes a campaign on the local page, in Chromium, with a real server on a free port."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import ActionChains, Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

pytestmark = pytest.mark.browser

HOME = Path(__file__).parents[2]
SPEC = HOME / "campaigns/sichuan/sc-2027-spring-broadband.yaml"
PHONE = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
LOGS = {"browser": "ALL", "performance": "ALL"}
PATIENCE = 20
HINT = "是不是想写“contract”？"
BROKEN = [({"confirm: twice": "confirm: once"}, "SAFE001"), ({"kind: contract": "kind: contrakt"}, "SPEC002")]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of its own, which may be written to."""
    folder = tmp_path_factory.mktemp("repository")
    shutil.copytree(HOME / "campaigns", folder / "campaigns")
    shutil.copytree(HOME / "rules", folder / "rules")
    return folder


@pytest.fixture(scope="module")
def address(repository: Path) -> Iterator[str]:
    """Where a server of that repository is; it ends by Ctrl-C, and says so."""
    command = [
        sys.executable,
        "-m",
        "campaigncheck",
        "serve",
        "--port",
        "0",
        "--today",
        "2026-12-01",
        "--save",
        "--no-open",
    ]
    with subprocess.Popen(command, cwd=repository, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout
        line = server.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found, line
        yield found[0]
        server.send_signal(signal.SIGINT)
        _, said = server.communicate(timeout=30)
        assert server.returncode == 0
        assert said.splitlines() == ["页面上可以把营销案存到 campaigns。", "已经停了。"]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """Chromium without a window; it closes when the tests are over."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    assert chromium, "install the package chromium"
    assert driver, "install the package chromium-driver"
    options = ChromeOptions()
    options.binary_location = chromium
    profile = tmp_path_factory.mktemp("profile")
    for argument in (
        "headless=new",
        "no-sandbox",
        "disable-background-networking",
        f"user-data-dir={profile}",
        "window-size=1280,900",
    ):
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", LOGS)
    options.set_capability("unhandledPromptBehavior", "accept")
    found = Chrome(options=options, service=ChromeService(driver))
    yield found
    found.quit()


@pytest.fixture
def page(browser: Chrome, address: str) -> Iterator[Chrome]:
    """The page, newly opened; at the end nothing was complained of, and nobody else was asked for anything."""
    log(browser, "performance")
    log(browser, "browser")
    browser.get(address)
    until(browser, lambda: len(browser.find_elements(By.CSS_SELECTOR, "#from option")) > 20)
    yield browser
    told, asked = log(browser, "browser"), requested(browser)
    browser.get("about:blank")
    assert told == []
    assert [url for url in asked if not url.startswith((address, "data:", "about:", "blob:"))] == []


def log(browser: Chrome, kind: str) -> list[dict[str, Any]]:
    """What was logged since the log was last read."""
    found: list[dict[str, Any]] = browser.get_log(kind)  # type: ignore[no-untyped-call]
    return found


def requested(browser: Chrome) -> set[str]:
    """What was asked for since the log was last read."""
    events = [json.loads(line["message"])["message"] for line in log(browser, "performance")]
    return {event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"}


def until(browser: Chrome, holds: Callable[[], Any]) -> Any:
    return WebDriverWait(browser, PATIENCE, poll_frequency=0.05).until(lambda _: holds())


def at(browser: Chrome, name: str) -> WebElement:
    return browser.find_element(By.ID, name)


def choose(browser: Chrome, path: str) -> None:
    """Open a campaign of the repository and wait for what is said of it."""
    browser.find_element(By.CSS_SELECTOR, f'#from option[value="{path}"]').click()
    until(browser, lambda: path in at(browser, "which").text)


def paste(browser: Chrome, text: str) -> None:
    """Put a text into the editor as pasting does, in place of what is there."""
    content = browser.find_element(By.CSS_SELECTOR, ".cm-content")
    content.click()
    content.send_keys(Keys.CONTROL, "a")
    browser.execute_script(
        "const data = new DataTransfer(); data.setData('text/plain', arguments[1]);"
        "arguments[0].dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))",
        content,
        text,
    )


def picture(browser: Chrome, name: str) -> None:
    """Keep a picture of the page, if a folder for these is given."""
    folder = os.environ.get("SERVE_PICTURES")
    if folder:
        browser.save_screenshot(str(Path(folder) / f"{name}.png"))


def ends(file: Path, line: str) -> bool:
    return file.read_text(encoding="utf-8").endswith(line)


def rules(browser: Chrome) -> list[str]:
    return [item.text for item in browser.find_elements(By.CSS_SELECTOR, "#findings .rule")]


def go_to(browser: Chrome, rule: str) -> None:
    """Go to the line of a finding; lines out of sight have no marks yet."""
    item = next(item for item in browser.find_elements(By.CSS_SELECTOR, "#findings li") if rule in item.text)
    item.find_element(By.CSS_SELECTOR, "button").click()


@pytest.mark.parametrize(("changes", "rule"), BROKEN)
def test_what_is_written_is_marked_at_its_line(page: Chrome, changes: dict[str, str], rule: str) -> None:
    text = SPEC.read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    paste(page, text)
    until(page, lambda: rule in rules(page))
    go_to(page, rule)
    assert page.find_elements(By.CSS_SELECTOR, ".cm-lintRange-error")
    assert page.find_elements(By.CSS_SELECTOR, ".cm-lint-marker-error")
    picture(page, f"{rule}-light")
    selected = page.find_element(By.CSS_SELECTOR, ".cm-activeLine").text
    assert next(iter(changes.values())) in selected


def test_typing_changes_the_verdict_and_mending_it_changes_it_back(page: Chrome) -> None:
    choose(page, "campaigns/sichuan/sc-2027-spring-broadband.yaml")
    until(page, lambda: "通过" in at(page, "verdict").text)
    page.find_element(By.CSS_SELECTOR, ".cm-content").click()
    ActionChains(page).key_down(Keys.CONTROL).send_keys(Keys.END).key_up(Keys.CONTROL).send_keys(
        "\nnonsense: 1"
    ).perform()
    until(page, lambda: "读不懂" in at(page, "verdict").text)
    assert rules(page) == ["SPEC002"]
    ActionChains(page).send_keys(Keys.BACKSPACE * len("\nnonsense: 1")).perform()
    until(page, lambda: "通过" in at(page, "verdict").text)


def test_a_mark_tells_what_is_wrong_and_how_to_mend_it(page: Chrome) -> None:
    paste(page, SPEC.read_text(encoding="utf-8").replace("kind: contract", "kind: contrakt"))
    until(page, lambda: "SPEC002" in rules(page))
    go_to(page, "SPEC002")
    marker = until(page, lambda: page.find_elements(By.CSS_SELECTOR, ".cm-lintRange-error"))[0]
    ActionChains(page).move_to_element(marker).perform()
    until(page, lambda: [item.text for item in page.find_elements(By.CSS_SELECTOR, ".cm-tooltip .y-hint")] == [HINT])
    picture(page, "tooltip")


def test_the_sheet_is_shown_without_scripts_and_with_its_styles(page: Chrome) -> None:
    choose(page, "campaigns/sichuan/sc-2027-spring-broadband.yaml")
    at(page, "tab-sheet").click()
    frame = at(page, "preview")
    until(page, lambda: "迎春宽带提速" in (frame.get_attribute("srcdoc") or ""))
    assert frame.get_attribute("sandbox") == ""
    picture(page, "sheet")
    page.switch_to.frame(frame)
    heading = until(page, lambda: page.find_elements(By.TAG_NAME, "h1"))[0]
    assert heading.text.startswith("迎春宽带提速")
    assert page.find_element(By.TAG_NAME, "table").value_of_css_property("border-collapse") == "collapse"
    page.switch_to.default_content()


def test_whom_a_campaign_meets_is_listed_with_a_witness(page: Chrome) -> None:
    choose(page, "campaigns/sichuan/sc-2027-spring-broadband.yaml")
    at(page, "tab-findings").send_keys(Keys.ARROW_RIGHT)
    until(page, lambda: "例如" in at(page, "neighbours").text)
    picture(page, "neighbours")


def test_script_in_a_field_stays_text(page: Chrome) -> None:
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    text = (
        SPEC.read_text(encoding="utf-8").replace("迎春宽带提速", evil).replace("confirm: twice", f"confirm: '{evil}'")
    )
    paste(page, text)
    until(page, lambda: "onerror" in at(page, "findings").text)
    for tab in ("tab-neighbours", "tab-sheet"):
        at(page, tab).click()
    assert page.find_elements(By.CSS_SELECTOR, "main img, #findings script") == []


def test_saving_writes_the_file_and_a_second_save_is_no_conflict(page: Chrome, repository: Path) -> None:
    path = "campaigns/sichuan/sc-2027-ringback-trial.yaml"
    choose(page, path)
    file = repository / path
    for line in ("# one", "# two"):
        page.find_element(By.CSS_SELECTOR, ".cm-content").click()
        ActionChains(page).key_down(Keys.CONTROL).send_keys(Keys.END).key_up(Keys.CONTROL).send_keys(
            f"\n{line}"
        ).perform()
        at(page, "save").click()
        until(page, partial(ends, file, line))
    until(page, lambda: at(page, "said").text == f"已存到 {path}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_phone_has_no_sideways_scrolling_in_either_colour(page: Chrome, address: str, scheme: str, lang: str) -> None:
    page.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", PHONE)
    try:
        page.get(f"{address}?lang={lang}")
        until(page, lambda: len(page.find_elements(By.CSS_SELECTOR, "#from option")) > 20)
        paste(page, SPEC.read_text(encoding="utf-8").replace("confirm: twice", "confirm: once"))
        until(page, lambda: "SAFE001" in rules(page))
        assert page.execute_script("return document.documentElement.scrollWidth") <= PHONE["width"]
        picture(page, f"phone-{scheme}-{lang}")
        page.execute_script("document.querySelector('#verdict').scrollIntoView()")
        picture(page, f"phone-{scheme}-{lang}-below")
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        page.execute_script("scrollTo(0, 0)")
        picture(page, f"desk-{scheme}-{lang}")
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_the_page_is_worked_by_keyboard_alone(page: Chrome) -> None:
    paste(page, SPEC.read_text(encoding="utf-8").replace("confirm: twice", "confirm: once"))
    until(page, lambda: "SAFE001" in rules(page))
    ActionChains(page).key_down(Keys.CONTROL).send_keys(Keys.HOME).key_up(Keys.CONTROL).send_keys(Keys.F8).perform()
    until(page, lambda: "confirm: once" in page.find_element(By.CSS_SELECTOR, ".cm-activeLine").text)
    for wanted in ("tab-findings", "findings"):
        ActionChains(page).send_keys(Keys.TAB).perform()
        assert page.switch_to.active_element.get_attribute("id") == wanted
    ActionChains(page).send_keys(Keys.TAB).perform()
    assert page.switch_to.active_element.text == "第 29 行"
    ActionChains(page).send_keys(Keys.ENTER).perform()
    assert "cm-content" in (page.switch_to.active_element.get_attribute("class") or "")
    ActionChains(page).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
    assert page.switch_to.active_element.get_attribute("id") == "save"


def test_what_changes_in_the_repository_is_taken_up(page: Chrome, repository: Path) -> None:
    text = SPEC.read_text(encoding="utf-8")
    paste(page, text)
    until(page, lambda: "通过" in at(page, "verdict").text)
    twin = repository / "campaigns/twin.yaml"
    twin.write_text(text.replace("spring-broadband", "twin").replace("amount: 20", "amount: 19"), encoding="utf-8")
    until(page, lambda: "CONF002" in rules(page))
    twin.unlink()
    until(page, lambda: "通过" in at(page, "verdict").text)
