"""Which finding is which: no two are alike, and a finding stays itself until what it is about changes."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.engine.finding import Report
from campaigncheck.engine.identity import facts, fingerprints
from campaigncheck.engine.run import CHUNK, Job, run
from campaigncheck.engine.selection import Selection
from campaigncheck.rulekit.sample import complete
from campaigncheck.source.yamlpass import parse
from tests.engine.test_run import CONFLICT, OTHER, many
from tests.support.checking import TODAY, check_specs

ROOT = Path(__file__).parents[2]
BLOCKED = sorted((ROOT / "docs" / "examples" / "blocked").glob("*.yaml"))
CAMPAIGNS = sorted((ROOT / "campaigns").rglob("*.yaml"))
CORPUS = {file.stem: file.read_text(encoding="utf-8") for file in BLOCKED} | {
    "loud": complete("""id: loud
channels:
  - hall
  - sms
  - app
offers:
  - id: net
    name: 提速
    product: broadband.300m
    kind: contract
    price: {amount: 20, for_months: 3,
            then: 30}
    excludes: ["broadband.*"]
  - {id: tv, name: 电视, product: tv.basic, kind: gift, gift: {name: 雨伞, quantity: 100, collect: hall}}
texts:
  - {channel: poster, text: 全国第一品牌，装FTTR。}
  - {channel: poster, text: "全国第一，FTTR 免费装，FTTR 装到家。"}
  - channel: app
    text: |
      免费送您一份，
      第一品牌。
faq:
  - {topic: price, q: 多少钱？, a: 每月 25 元。}
  - {topic: cancel, q: 怎么退？, a: 详询营业厅。}
  - {q: 多少钱？, topic: price, a: 每月 25 元。}
handling:
  steps:
    - sign
    - {step: sign, times: 2}
"""),
    "meek": complete(f"id: meek\nstage: approved\n{OTHER}"),
    "mild": complete(f"id: mild\nstage: approved\n{OTHER.replace('1000m', '500m')}"),
}
"""Specs with findings of many kinds, at values, keys, entries, spans, and where something is missing."""

Known = dict[str, tuple[str, ...]]


def known(report: Report) -> Known:
    """Return what is told of each finding, and its facts, by its fingerprint."""
    named = zip(report.findings, fingerprints(report), facts(report), strict=True)
    return {name: (item.rule, item.campaign, item.message.render("zh"), fact) for item, name, fact in named}


def found(folder: Path, specs: dict[str, str], *select: str) -> Known:
    report = check_specs(folder, specs, select=select)
    assert [item for item in report.findings if item.rule.startswith("SPEC")] == []
    return known(report)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """The corpus as it stands."""
    return found(tmp_path_factory.mktemp("before"), CORPUS)


def test_the_corpus_says_something(before: Known) -> None:
    rules = {item[0] for item in before.values()}
    assert {"CONF001", "FAQ001", "FAQ002", "LANG001", "LANG003", "READY001", "SAFE003", "TIME001", "TIME004"} <= rules
    assert len(before) > 60


@pytest.mark.parametrize("files", [CAMPAIGNS, BLOCKED, [*CAMPAIGNS, *BLOCKED]], ids=["pass", "blocked", "both"])
def test_no_two_are_alike(files: list[Path], tmp_path: Path) -> None:
    report = check_specs(tmp_path, {file.stem: file.read_text(encoding="utf-8") for file in files})
    names = fingerprints(report)
    assert len(names) == len(set(names)) == len(report.findings) > 0
    assert all(re.fullmatch("[0-9a-f]{64}", name) for name in names)
    assert all(re.fullmatch("sha256:[0-9a-f]{64}", fact) for fact in facts(report))


def test_the_same_word_twice_is_two_findings(tmp_path: Path) -> None:
    text = "id: twice\ntexts:\n  - {channel: app, text: FTTR好，FTTR快，FTTR稳。}\n"
    for specs in ({"a": complete(text)}, {"a": complete(text), "b": complete(text)}):
        report = check_specs(tmp_path, specs, select=("LANG001",))
        assert len(set(fingerprints(report))) == len(report.findings) > 0


# What is laid out anew


def outside_of_texts(text: str) -> list[int]:
    """Return the lines (from 0) before which a comment may stand: not within a scalar of several lines."""
    inside: set[int] = set()
    nodes = [yaml.compose(text, Loader=yaml.BaseLoader)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.ScalarNode):
            inside.update(range(node.start_mark.line + 1, node.end_mark.line + (node.end_mark.column > 0)))
        elif isinstance(node, yaml.MappingNode):
            nodes += [part for pair in node.value for part in pair]
        elif node is not None:
            nodes += node.value
    return [number for number in range(len(text.splitlines())) if number not in inside]


def commented(text: str, chance: random.Random) -> str:
    """Write comments and blank lines between lines, and comments behind them."""
    rows = text.splitlines()
    free = outside_of_texts(text)
    for number in sorted(chance.sample(free, min(len(free), 12)), reverse=True):
        if chance.random() < 0.5:
            rows[number:number] = chance.choice([["# 说明"], ["", ""], ["# 再说一句：[a, {b", ""]])
        elif rows[number].strip() and number + 1 in free:
            rows[number] += "  # 行尾"
    return "\n".join(rows) + "\n"


def test_comments_and_blank_lines_change_nothing(before: Known, tmp_path: Path) -> None:
    @given(st.integers(0, 10**9))
    @settings(max_examples=10, deadline=None)
    def same(seed: int) -> None:
        chance = random.Random(seed)
        changed = {name: commented(text, chance) for name, text in CORPUS.items()}
        assert [parse(text) for text in changed.values()] == [parse(text) for text in CORPUS.values()]
        assert found(tmp_path, changed) == before

    same()


def blocks(text: str) -> list[str]:
    """Split a spec into its top-level keys with everything below each."""
    return [part for part in re.split(r"(?m)^(?=[a-z_]+:)", text) if re.match("[a-z_]+:", part)]


def test_the_order_of_keys_changes_nothing(before: Known, tmp_path: Path) -> None:
    @given(st.randoms(use_true_random=False))
    @settings(max_examples=10, deadline=None)
    def same(chance: random.Random) -> None:
        changed = {}
        for name, text in CORPUS.items():
            parts = blocks(text)
            chance.shuffle(parts)
            changed[name] = "".join(part.rstrip("\n") + "\n" for part in parts)
        assert [parse(text) for text in changed.values()] == [parse(text) for text in CORPUS.values()]
        assert found(tmp_path, changed) == before

    same()


def indented(text: str, times: int) -> str:
    """Indent a spec several times as far, dashes too."""
    dash = "-" + " " * (2 * times - 1)
    return re.sub("(?m)^( +)(- )?", lambda match: match[1] * times + (dash if match[2] else ""), text)


@pytest.mark.parametrize("times", [2, 3])
def test_indentation_changes_nothing(before: Known, tmp_path: Path, times: int) -> None:
    changed = {name: indented(text, times) for name, text in CORPUS.items()}
    assert [parse(text) for text in changed.values()] == [parse(text) for text in CORPUS.values()]
    assert found(tmp_path, changed) == before


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_change_nothing(before: Known, tmp_path: Path, ends: str) -> None:
    changed = {name: "\ufeff" + text.replace("\n", ends) for name, text in CORPUS.items()}
    assert found(tmp_path, changed) == before


def dumped(values: Any) -> str:
    written: str = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=None)
    return written


@pytest.mark.parametrize("section", ["offers", "faq", "texts"])
def test_the_order_of_entries_changes_nothing(tmp_path: Path, section: str) -> None:
    values = {name: parse(text) for name, text in CORPUS.items()}
    plain = found(tmp_path, {name: dumped(value) for name, value in values.items()})

    @given(st.randoms(use_true_random=False))
    @settings(max_examples=6, deadline=None)
    def same(chance: random.Random) -> None:
        changed = {}
        for name, value in values.items():
            entries = list(value.get(section, []))
            chance.shuffle(entries)
            changed[name] = dumped({**value, section: entries} if entries else value)
        after = found(tmp_path, changed)
        assert loosely(after) == loosely(plain)
        assert after.keys() == plain.keys()

    same()


def loosely(report: Known) -> Counter[tuple[str, str, str]]:
    """Of two questions alike the message names the one that comes second; all else stays."""
    return Counter((rule, campaign, fact) for rule, campaign, _, fact in report.values() if rule != "FAQ004")


STRANGERS = [
    complete(f"id: stranger-{number}\nregions: {{include: ['65{number:02}00']}}\nchannels: [app]\n")
    for number in (1, 2, 40)
]


def test_campaigns_that_have_nothing_to_do_with_it_change_nothing(before: Known, tmp_path: Path) -> None:
    added = {f"{'az'[number % 2]}{number}": text for number, text in enumerate(STRANGERS)}
    after = found(tmp_path, {**CORPUS, **added})
    assert {name: item for name, item in after.items() if not item[1].startswith("stranger-")} == before


def test_another_file_name_changes_nothing(before: Known, tmp_path: Path) -> None:
    assert found(tmp_path, {f"another-{name}": text for name, text in CORPUS.items()}) == before


def test_processes_change_nothing(tmp_path: Path) -> None:
    specs = many(tmp_path, CHUNK + 20)
    one, two = (run(Job(specs, RuleFiles.at(None), Selection(), TODAY, jobs)).report for jobs in (1, 2))
    assert known(one) == known(two)
    assert len(known(one)) == len(one.findings)


def test_neither_language_nor_hash_seed_nor_a_second_run_change_anything() -> None:
    told = []
    for lang, seed in (("zh", "0"), ("en", "12345"), ("zh", "0")):
        command = [sys.executable, "-m", "campaigncheck", "check", "docs/examples/blocked", "--today", "2026-12-01"]
        done = subprocess.run(
            [*command, "--lang", lang, "--format", "json"],
            cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 1
        told.append([(item["fingerprint"], item["facts"]) for item in json.loads(done.stdout)["findings"]])
    assert told[0] == told[1] == told[2]
    assert len(told[0]) > 15


# What is another finding


def one(folder: Path, text: str, rule: str) -> tuple[str, str]:
    """Return fingerprint and facts of the one finding of a spec."""
    report = check_specs(folder, {"a": complete(text)}, select=(rule,))
    assert len(report.findings) == 1
    return fingerprints(report)[0], facts(report)[0]


SLOGAN = "id: loud\ntexts:\n  - {channel: app, text: 办流量包，全国第一。}\n"
GIFT = "id: gift\noffers:\n  - {id: net, name: 提速, product: broadband.300m, kind: gift, PRICE, cancel: [app], confirm: once}\n"
PRICE = GIFT.replace("PRICE", "price: {amount: 20}")
LATE = 'id: late\nperiod: {start: 2027-03-01, end: 2027-03-31}\nregions: {include: ["510100"]}\n'


@pytest.mark.parametrize(
    ("text", "rule", "old", "new"),
    [
        (SLOGAN, "LANG003", "全国第一", "第一品牌"),
        (SLOGAN, "LANG003", "channel: app", "channel: poster"),
        (SLOGAN, "LANG003", "id: loud", "id: lout"),
        (PRICE, "SAFE001", "confirm: once", "confirm: none"),
        (PRICE, "SAFE001", "id: net", "id: web"),
        (LATE, "FREQ003", "2027-03-01", "2027-03-02"),
    ],
)
def test_another_value_is_another_finding(tmp_path: Path, text: str, rule: str, old: str, new: str) -> None:
    changed = text.replace(old, new)
    assert changed != text
    assert one(tmp_path, changed, rule)[0] != one(tmp_path, text, rule)[0]


@pytest.mark.parametrize(
    ("text", "rule", "old", "new", "alike"),
    [
        (SLOGAN, "LANG003", "办流量包", "买流量包", False),
        (SLOGAN, "LANG003", "channel: app", "channel: poster", True),
        (SLOGAN, "LANG003", "id: loud", "id: loud\ntitle: 别的", True),
        (PRICE, "SAFE001", "amount: 20", "amount: 25", False),
        (PRICE, "SAFE001", "name: 提速", "name: 加速", True),
        (LATE, "FREQ003", "2027-03-01", "2027-03-02", False),
        (LATE, "FREQ003", "2027-03-31", "2027-04-30", True),
    ],
)
def test_facts_are_the_values_a_finding_rests_on(
    tmp_path: Path, text: str, rule: str, old: str, new: str, alike: bool
) -> None:
    changed = text.replace(old, new)
    assert changed != text
    assert (one(tmp_path, changed, rule)[1] == one(tmp_path, text, rule)[1]) is alike


def test_a_title_is_not_what_is_marked(before: Known, tmp_path: Path) -> None:
    """Nor is anything else beside: a finding stays itself when other parts of the spec change."""
    changed = {name: re.sub("(?m)^title: .*", "title: 换了名字", text) for name, text in CORPUS.items()}
    assert changed != CORPUS
    assert found(tmp_path, changed).keys() == before.keys()


def live(number: int) -> dict[str, str]:
    """Return campaigns that are live at one time in one city, each a day after the one before."""
    offer = "offers:\n  - {id: points, name: 积分换话费, product: points.exchange, kind: points}\n"
    return {
        f"c{at}": complete(f"id: live-{at}\nperiod: {{start: 2027-03-{9 + at:02}, end: 2027-05-31}}\n{offer}")
        for at in range(number)
    }


def test_a_further_campaign_involved_is_another_finding(tmp_path: Path) -> None:
    four = check_specs(tmp_path, live(4), select=("FREQ001",))
    assert [(item.campaign, len(item.related)) for item in four.findings] == [("live-3", 3)]
    five = check_specs(tmp_path, {**live(4), "b": live(1)["c0"].replace("live-0", "live-9")}, select=("FREQ001",))
    last = next(name for item, name in zip(five.findings, fingerprints(five), strict=True) if item.campaign == "live-3")
    assert last not in fingerprints(four)
    assert facts(five)[-1] != facts(four)[0]


def test_the_campaign_that_is_involved_tells_findings_apart(tmp_path: Path) -> None:
    specs = {
        "late": complete(f"id: late\nstage: testing\n{CONFLICT}"),
        "early": complete(f"id: early\nstage: approved\n{OTHER}"),
        "older": complete(f"id: older\nstage: approved\n{OTHER}"),
    }
    both = check_specs(tmp_path, specs, select=("CONF001",))
    del specs["early"]
    alone = check_specs(tmp_path, specs, select=("CONF001",))
    by_other = {item.related[0].campaign: name for item, name in zip(both.findings, fingerprints(both), strict=True)}
    assert fingerprints(alone) == (by_other["older"],)
    assert len(set(by_other.values())) == 2


def missing(folder: Path, rule: str, key: str, text: str) -> dict[str, str]:
    """Return the fingerprints of what a spec misses, by name."""
    report = check_specs(folder, {"a": complete(text)}, select=(rule,))
    return {str(item.message.args[key]): name for item, name in zip(report.findings, fingerprints(report), strict=True)}


def test_what_is_missing_at_one_place_is_told_apart(tmp_path: Path) -> None:
    """One answer given and another dropped is a new finding, though both are missed at the same place."""
    answer = "faq:\n  - {topic: TOPIC, q: 怎么样？, a: 每月 20 元，从话费里扣，当天生效，谁都能办。}\n"
    topics = ("price", "eligibility", "takes_effect", "documents", "handling_time")
    everything = missing(tmp_path, "FAQ001", "topic", "id: asked\n")
    assert set(topics) < set(everything)
    for topic in topics:
        others = missing(tmp_path, "FAQ001", "topic", f"id: asked\n{answer.replace('TOPIC', topic)}")
        assert others == {name: item for name, item in everything.items() if name != topic}


def test_items_that_are_missing_are_told_apart(tmp_path: Path) -> None:
    everything = missing(tmp_path, "READY001", "item", "id: ready\n")
    done = "readiness: {training: {owner: 客户服务部, done: 2027-01-05}}\n"
    others = missing(tmp_path, "READY001", "item", f"id: ready\n{done}")
    assert others == {name: item for name, item in everything.items() if name != "training"}
    assert len(others) > 3


def edits() -> Iterator[tuple[str, str, str]]:
    """Yield every answer and text of the corpus, with the name of its spec, and another value for it."""
    for name, text in CORPUS.items():
        for match in re.finditer(r"(?m)^    (a|q): (.+)$", text):
            yield name, match[0], f"    {match[1]}: 换过的一句话，和原来的不一样。"


def test_a_change_in_one_place_leaves_the_others(before: Known, tmp_path: Path) -> None:
    """Findings about other campaigns keep their names; so do all of the same campaign that stand elsewhere."""
    tried = list(edits())[::7]
    assert len(tried) > 4
    for name, old, new in tried:
        after = found(tmp_path, {**CORPUS, name: CORPUS[name].replace(old, new, 1)})
        campaign = str(parse(CORPUS[name])["id"])
        others = {key: item for key, item in before.items() if item[1] != campaign}
        assert others.items() <= after.items()
        kept = {key for key, item in before.items() if item[0] in ("READY001", "LANG003", "TIME001", "SAFE003")}
        assert kept <= after.keys()
