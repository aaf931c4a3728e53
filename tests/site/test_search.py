"""The search: what the index says, how characters are read, and that the script finds what plain Python finds."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.pages import printable
from campaigncheck.site.build import assets, build
from campaigncheck.site.search import DATA, KINDS, Found, Index, decode, encode, index, script
from campaigncheck.site.search_match import MOST, find, fits, fold
from campaigncheck.site.search_readings import of, readings
from tests.sheets.pages import PAYLOADS, everything
from tests.site.sites import built, examples, site_of, written

PREFIX = "window.campaigncheckSearchData="
SCRIPT = """
const fs = require("fs");
globalThis.window = globalThis;
const given = JSON.parse(fs.readFileSync(0, "utf8"));
(0, eval)(given.core);
const finder = window.campaigncheckFinder(given.data), live = new Set(given.live);
const found = given.queries.map((query) => finder.find(query, (number) => live.has(number)));
const spans = given.marked.map(([query, text]) => finder.spans(query, text).map(([from, to]) => text.slice(from, to)));
console.log(JSON.stringify({ found, spans }));
"""
CHARS = "宽带套餐行长重庆流量单车a b1AＫ，é😀女"
TEXTS = st.text(alphabet=CHARS, max_size=8)
QUERIES = (
    "kuandai",
    "kd",
    "宽带",
    "k带",
    "kuan dai",
    "hang",
    "xing",
    "zhong",
    "nv",
    "nü",
    "z",
    "ll",
    "a1",
    "ｋｄ",
    "😀",
    "é",
)
"""Whole, first letters, mixed, two words, two readings each, ü, full-width, outside of the basic plane."""


def in_node(
    data: dict[str, Any], queries: list[str], live: list[int], marked: list[tuple[str, str]] | None = None
) -> Any:
    """What the script finds and marks."""
    node = shutil.which("node")
    assert node, "install the package nodejs"
    core = assets()["assets/search-core.js"].decode("utf-8")
    value = {"core": core, "data": data, "queries": queries, "live": live, "marked": marked or []}
    done = subprocess.run(
        [node, "-e", SCRIPT], input=json.dumps(value), capture_output=True, encoding="utf-8", check=True
    )
    return json.loads(done.stdout)


def as_data(given: Index) -> dict[str, Any]:
    """An index as a browser gets it."""
    value: dict[str, Any] = json.loads(
        script("name", encode(given)).decode("utf-8").removeprefix("window.name=").rstrip(";\n")
    )
    return value


def made_up(seed: int) -> Index:
    """Campaigns and entries of few characters, so that much is alike."""
    rng = random.Random(seed)
    texts = ["".join(rng.choices(CHARS, k=rng.randrange(9))) for _ in range(60)]
    cases = tuple((f"c{number}", rng.choice(texts)) for number in range(7))
    entries = (
        Found(rng.choice(KINDS), rng.randrange(7), rng.choice(texts), rng.choice(texts))
        for _ in range(rng.randrange(90))
    )
    return Index(cases, tuple(entries))


@pytest.mark.parametrize("seed", range(8))
def test_the_script_finds_what_plain_python_finds(seed: int) -> None:
    rng, given = random.Random(1000 + seed), made_up(seed)
    letters = "kuandhgxizolvj宽带行 1ab"
    queries = [*QUERIES, *("".join(rng.choices(letters, k=rng.randrange(1, 6))) for _ in range(60))]
    queries += ["k" * 31, "", " "]
    live, data = [1, 4], as_data(given)
    wanted = [[list(hit) for hit in find(query, given, data["read"], frozenset(live))] for query in queries]
    assert in_node(data, queries, live)["found"] == wanted
    assert sum(map(bool, wanted)) > 12


def test_the_script_finds_what_plain_python_finds_among_the_examples() -> None:
    given = index(examples())
    data = as_data(given)
    queries = ["kuandai", "kd quxiao", "宽带 yue", "quxiao", "liuliang", "weiyuejin"]
    wanted = [[list(hit) for hit in find(query, given, data["read"])] for query in queries]
    assert in_node(data, queries, [])["found"] == wanted
    assert all(wanted[:5])


@given(
    st.lists(st.tuples(TEXTS, TEXTS), max_size=4), st.lists(st.tuples(st.sampled_from(KINDS), TEXTS, TEXTS), max_size=9)
)
def test_an_index_comes_back_from_its_data(names: list[tuple[str, str]], rows: list[tuple[str, str, str]]) -> None:
    entries = (Found(kind, number % len(names), *texts) for number, (kind, *texts) in enumerate(rows)) if names else ()
    given = Index(tuple(names), tuple(entries))
    data = as_data(given)
    assert decode(data) == given
    assert len(data["texts"]) == len(set(data["texts"]))


@given(TEXTS.filter(bool), st.data())
def test_a_text_is_found_by_the_beginnings_of_its_readings(text: str, data: st.DataObject) -> None:
    read = readings([text])
    typed = ""
    for char in fold(text):
        ways = read.get(char, "").split()
        way = data.draw(st.sampled_from([char, *ways]))
        typed += way[: data.draw(st.integers(1, len(way)))]
    assert fits(typed, text, read) == 3


def test_every_reading_of_a_character_counts() -> None:
    assert set(of("行")) >= {"hang", "xing"}
    assert set(of("重")) >= {"zhong", "chong"}
    assert "nv" in of("女")
    assert readings(["宽A1，", "带"]) == {"宽": "kuan", "带": "dai"}


def test_what_is_live_comes_first_and_the_better_fit_next() -> None:
    asked = ("办宽带", "宽带怎么办", "宽带", "别的", "宽带")
    answers = ("", "", "", "说的是宽带", "")
    entries = tuple(
        Found("question", number % 2, *texts) for number, texts in enumerate(zip(asked, answers, strict=True))
    )
    given = Index((("a", "甲"), ("b", "乙")), entries)
    read = readings(["宽带"])
    assert [hit.entry for hit in find("kd", given, read)] == [2, 4, 1, 0, 3]
    assert [hit.entry for hit in find("kd", given, read, frozenset([1]))] == [1, 3, 2, 4, 0]


def test_the_name_of_a_campaign_alone_finds_no_questions_but_helps_to_choose() -> None:
    entries = (Found("campaign", 0, "宽带节", "a"), Found("question", 0, "怎么退", "打电话"))
    given, read = Index((("a", "宽带节"),), entries), readings(["宽带节怎么退"])
    assert [hit.entry for hit in find("kd", given, read)] == [0]
    assert [hit.entry for hit in find("kd tui", given, read)] == [1]


def test_no_more_are_shown_than_can_be_looked_at() -> None:
    given = Index((("a", "a"),), tuple(Found("question", 0, "宽带", str(number)) for number in range(99)))
    assert [hit.entry for hit in find("宽", given, {})] == list(range(MOST))


def test_matches_are_marked_from_the_longest() -> None:
    given = Index((("a", "办宽带😀要钱"),), (Found("question", 0, "宽带", "办宽带😀要钱"),))
    pairs = [("kuandai", "办宽带😀要钱"), ("k qian", "办宽带😀要钱"), ("x", "宽带"), ("😀", "a😀")]
    assert in_node(as_data(given), [], [], pairs)["spans"] == [["宽带"], ["宽", "钱"], [], ["😀"]]


def test_the_index_of_the_examples_holds_every_question_answer_term_and_code() -> None:
    found = index(examples())
    by_case: dict[int, set[tuple[str, str, str]]] = {}
    for kind, number, asked, answered in found.entries:
        by_case.setdefault(number, set()).add((kind, asked, answered))
    for number, case in enumerate(examples().cases):
        if case.sheet is not None:
            wanted = {
                ("question", entry.q, entry.a.strip()) for topic in case.sheet.topics for entry in topic.questions
            }
            wanted |= {("term", term, text.strip()) for term, text in case.sheet.terms}
            wanted |= {("answer", phrase, text.strip()) for phrase, text in case.sheet.answers}
            assert wanted <= by_case[number]
    assert {entry.kind for entry in found.entries} == set(KINDS)


def test_the_data_of_the_site_are_the_index_once() -> None:
    text = built()[DATA].decode("utf-8")
    assert text.startswith(PREFIX)
    assert decode(json.loads(text.removeprefix(PREFIX).rstrip(";\n"))) == index(examples())


@cache
def hostile(payload: str) -> dict[str, bytes]:
    """A site in which every text is a payload."""
    with TemporaryDirectory() as folder:
        return build(site_of(written(Path(folder), {"0.yaml": everything(payload) | {"id": "sample"}}), None))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_are_data(payload: str) -> None:
    found = decode(json.loads(hostile(payload)[DATA].decode("utf-8").removeprefix(PREFIX).rstrip(";\n")))
    assert printable(payload.strip()) in {entry.asked for entry in found.entries}
