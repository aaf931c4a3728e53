"""Measure the site of a large repository: making it, its size, how soon a page answers, and how fast its search is.

Usage: python -m benchmarks.site_speed [--output FILE] [--rounds N] [--count 2000]

The site is that of generated campaigns (``benchmarks/corpus``). The time until a page can be used is what Chromium tells of
opening it from a file; the search runs in Chromium, too, over an index of 30,000 questions made of the site's own by varying
their figures. ``python -m benchmarks.write_docs`` shows the results in docs/site-speed.md.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from benchmarks.check_speed import TODAY, _tool, machine
from benchmarks.command import options, save
from benchmarks.corpus.__main__ import SEED, generate
from benchmarks.site_page import RESULTS
from benchmarks.timing import measure

COUNT, QUESTIONS = 2_000, 30_000
FIRST = ("index.html", "assets/site.css", "assets/site.js", "assets/search.js", "assets/search-words.js")
"""What the first page loads before its charts."""

QUERIES = (
    "k",
    "kd",
    "kuandai",
    "kuan dai",
    "宽带",
    "宽d",
    "weiyuejin",
    "zenmequxiao",
    "taocan duoshaoqian",
    "流量",
    "zzzz",
)
"""What is typed: much of it fits nearly everything, some of it nothing."""

_READY = (
    "const [page] = performance.getEntriesByType('navigation');"
    "return [page.domInteractive, page.domContentLoadedEventEnd, page.loadEventEnd]"
)
_PREPARE = """
const [wanted, done] = arguments, data = window.campaigncheckSearchData, kind = data.kinds.indexOf("question");
const asked = [];
for (let at = 0; at < data.entries.length; at += 4) if (data.entries[at] === kind) asked.push(data.entries.slice(at, at + 4));
for (let number = 0; asked.length < wanted; number++) {
  const [, of, question, answer] = asked[number];
  data.texts.push(data.texts[question] + " " + number, data.texts[answer] + " " + number);
  asked.push([kind, of, data.texts.length - 2, data.texts.length - 1]);
}
data.entries = asked.slice(0, wanted).flat();
const begin = performance.now();
window.finder = window.campaigncheckFinder(data);
done([performance.now() - begin, data.entries.length / 4, data.texts.length]);
"""
_SEARCH = """
const [queries, rounds] = arguments;
return queries.map((query) => Array.from({ length: rounds }, () => {
  const begin = performance.now();
  window.finder.find(query, (number) => number % 2 === 0);
  return performance.now() - begin;
}));
"""
_LOAD = """
const [base, done] = arguments;
const load = (name) => new Promise((resolve) => {
  const script = document.createElement("script");
  script.src = base + name;
  script.onload = resolve;
  document.head.append(script);
});
load("search-data.js").then(() => load("search-core.js")).then(() => done(true));
"""


def chromium(profile: Path) -> Chrome:
    """Return a browser without a window."""
    found, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not found or not driver:
        raise SystemExit("install chromium and its driver")
    chosen = ChromeOptions()
    chosen.binary_location = found
    for argument in ("headless=new", "no-sandbox", "disable-background-networking", f"user-data-dir={profile}"):
        chosen.add_argument(f"--{argument}")
    return Chrome(options=chosen, service=ChromeService(driver))


def sizes(site: Path) -> dict[str, Any]:
    """Return how large the site is, how large what the first page loads is, and how many pages there are."""
    files = [file for file in site.rglob("*") if file.is_file()]
    return {
        "mb": sum(file.stat().st_size for file in files) / 1e6,
        "pages": sum(file.suffix == ".html" for file in files),
        "first_kb": sum((site / name).stat().st_size for name in FIRST) / 1e3,
        "index_mb": (site / "assets" / "search-data.js").stat().st_size / 1e6,
    }


def in_browser(site: Path, profile: Path, rounds: int) -> dict[str, Any]:
    """Return how soon the first page answers, and how fast the search is."""
    browser = chromium(profile)
    try:
        opened = []
        for _ in range(rounds + 1):
            browser.get((site / "index.html").as_uri())
            opened.append(browser.execute_script(_READY))
        browser.set_script_timeout(120)
        browser.execute_async_script(_LOAD, (site / "assets").as_uri() + "/")
        prepared, questions, texts = browser.execute_async_script(_PREPARE, QUESTIONS)
        times = browser.execute_script(_SEARCH, list(QUERIES), 5 * rounds)
    finally:
        browser.quit()
    searched = {query: [median(found), max(found)] for query, found in zip(QUERIES, times, strict=True)}
    # The first opening pays for starting the browser.
    interactive, ready, loaded = (median(column) for column in zip(*opened[1:], strict=True))
    page = {"interactive_ms": interactive, "ready_ms": ready, "loaded_ms": loaded}
    return {"page": page, "prepared_ms": prepared, "questions": questions, "texts": texts, "searched_ms": searched}


def main() -> None:
    """Measure, and write the results."""
    parser = options("site_speed", __doc__, RESULTS)
    parser.add_argument("--count", type=int, default=COUNT, metavar="N", help="campaigns (%(default)s)")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="campaigncheck-site-") as base:
        folder, site = Path(base) / "repository", Path(base) / "repository" / "out"
        generate(folder, given.count)
        samples = []
        for number in range(given.rounds):
            samples.append(measure((_tool("campaigncheck"), "site", "-o", "out", "--today", TODAY), folder))
            print(f"{number + 1}/{given.rounds}: {samples[-1].wall:.1f} s", file=sys.stderr)
        found = {"made": samples, "size": sizes(site), **in_browser(site, Path(base) / "profile", given.rounds)}
    save({"machine": machine(), "seed": SEED, "count": given.count, **json.loads(json.dumps(found))}, given.output)


if __name__ == "__main__":
    main()
