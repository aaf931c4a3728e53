"""What words cost, in every report: the same figures everywhere, the whole list kept."""

from __future__ import annotations

import json
from dataclasses import replace
from difflib import unified_diff
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest
import yaml
from rich.cells import cell_len

from campaigncheck.engine.finding import Report
from campaigncheck.handling.words import WordCost
from campaigncheck.language.passages import passages
from campaigncheck.messages import LANGS, Lang
from campaigncheck.report import FORMATS, writer
from campaigncheck.report.words import _SITES, MOST, minutes, priced, summary, write
from campaigncheck.rulekit.sample import complete
from campaigncheck.rules import all_rules
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from campaigncheck.spec.types import TextChannel
from tests.spec.specs import FULL
from tests.support.checking import check_specs

GOLDEN = Path(__file__).parent / "golden"
CASES = Path(__file__).parents[1] / "cases"
PRICED = ("LANG001", "LANG002", "LANG005")
REGENERATE = 'python -c "from tests.report.test_words import regenerate; regenerate()"'
"""Run this in the repository's root when a change of the reports is meant, and look at the diff."""


@cache
def report() -> Report:
    specs = {file.stem: complete(file.read_text(encoding="utf-8")) for file in sorted(GOLDEN.glob("*.yaml"))}
    with TemporaryDirectory() as folder:
        return check_specs(Path(folder), specs, select=PRICED)


def made() -> dict[str, str]:
    """The reports by name of file."""
    summaries = {f"summary.{lang}.txt": "\n".join(summary(report(), lang)) + "\n" for lang in LANGS}
    return {**summaries, **{f"words.{lang}.txt": write(report(), lang) for lang in LANGS}}


def regenerate() -> None:
    """Write the reports anew."""
    for name, text in made().items():
        (GOLDEN / name).write_text(text, encoding="utf-8", newline="\n")


def check(tmp_path: Path, fragment: str, rules: Path | None = None) -> Report:
    return check_specs(tmp_path, {"x": complete(fragment)}, select=PRICED, rules=rules)


def costs(of: Report) -> list[WordCost]:
    return [item.cost for item in of.findings if item.cost is not None]


@pytest.mark.parametrize("name", ["summary.zh.txt", "summary.en.txt", "words.zh.txt", "words.en.txt"])
def test_the_report_is_the_one_kept(name: str) -> None:
    kept = (GOLDEN / name).read_text(encoding="utf-8")
    now = made()[name]
    diff = "".join(unified_diff(kept.splitlines(True), now.splitlines(True), f"kept/{name}", f"now/{name}"))
    assert now == kept, f"{diff}\nIf this is meant: {REGENERATE}"


def test_no_golden_file_is_left_over() -> None:
    assert {file.name for file in GOLDEN.glob("*.txt")} == set(made())


def test_the_json_report_tells_the_cost_of_each_word() -> None:
    findings = json.loads(writer("json")(report(), "en"))["findings"]
    told = {(item["path"], item["pointer"], item["rule"], item["column"]): item.get("cost") for item in findings}
    poster = told["whole-home.yaml", "/texts/0/text", "LANG001", 30]
    assert poster == {"seconds_per_customer": 4.0, "customers": 4320.0, "minutes": 288.0}
    answer = told["whole-home.yaml", "/faq/0/a", "LANG001", 39]
    assert answer == {"seconds_per_customer": 20.0, "customers": 720.0, "minutes": 240.0}
    unknown = told["unknown.yaml", "/texts/0/text", "LANG001", 30]
    assert unknown == {"seconds_per_customer": 4.0, "customers": None, "minutes": None}
    online = told["online.yaml", "/texts/0/text", "LANG001", 27]
    assert online == {"seconds_per_customer": 4.0, "customers": 0.0, "minutes": 0.0}


def test_the_list_adds_up_to_the_findings() -> None:
    listed = [item.cost for item in priced(report())]
    assert sorted(map(repr, listed)) == sorted(map(repr, costs(report())))
    total = sum(cost.minutes or 0 for cost in costs(report()))
    rows = write(report(), "en").splitlines()[2:]
    shown = [float(row.split()[0].replace(",", "")) for row in rows if row.startswith("  ") and row.split()[0] != "–"]
    assert sum(shown) == pytest.approx(total, abs=0.05 * len(shown))
    assert f"{minutes(total)} minutes together" in write(report(), "en")


def test_the_dearest_comes_first_and_the_unknown_last() -> None:
    order = [item.cost.minutes for item in priced(report())]
    known = [value for value in order if value is not None]
    assert known == sorted(known, reverse=True)
    assert order == [*known, *[None] * (len(order) - len(known))]


def test_words_of_one_price_come_in_the_order_of_their_places(tmp_path: Path) -> None:
    found = check(tmp_path, "texts:\n" + "  - {channel: app, text: 装FTTR，每月20元。}\n" * 3)
    assert [item.finding.place.line for item in priced(replace(found, findings=found.findings[::-1]))] == [2, 3, 4]


@pytest.mark.parametrize("lang", LANGS)
def test_the_text_report_shows_some_and_says_how_many_more(lang: Lang) -> None:
    lines = summary(report(), lang)
    rows = [line for line in lines[2:] if line.startswith("  ")]
    assert len(rows) == MOST
    assert len({cell_len(line[: line.index("whole-home.yaml")]) for line in rows}) == 1
    assert lines[-1].endswith("--format words 列出全部。" if lang == "zh" else "--format words lists them all.")


@pytest.mark.parametrize("lang", LANGS)
def test_the_text_report_ends_with_them_and_the_verdicts(lang: Lang) -> None:
    whole = writer("text")(report(), lang)
    lines = "\n".join(summary(report(), lang))
    before, after = whole.split(f"\n\n{lines}\n\n")
    assert before.count("FTTR") > 0
    assert len(after.rpartition("\n\n")[2].splitlines()) == 1 + 3 + 1


def test_without_such_words_nothing_is_said(tmp_path: Path) -> None:
    found = check(tmp_path, "texts:\n  - {channel: poster, text: 每月20元。}\n")
    assert summary(found, "zh") == []
    assert write(found, "zh") == "没有要柜台多解释的说法。\n"


def test_a_campaign_that_is_over_costs_nothing(tmp_path: Path) -> None:
    text = "texts:\n  - {channel: poster, text: 装FTTR，每月20元。}\n"
    assert len(costs(check(tmp_path, text))) == 1
    assert costs(check(tmp_path, f"{text}period: {{start: 2026-11-01, end: 2026-11-30}}\n")) == []
    assert costs(check(tmp_path, f"{text}stage: retired\n")) == []


def test_a_province_has_figures_of_its_own(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    (rules / "overlays").mkdir(parents=True)
    figures = (
        "limits: {word_seconds_term: {value: 45, source: 省公司计时}, word_asked: {value: 10, source: 省公司计时}}"
    )
    (rules / "overlays" / "510000.yaml").write_text(f"about: {{title: 本省, source: 省}}\n{figures}\n", "utf-8")
    text = (
        'owner: {{region: "{region}", department: 市场部, contact: a@example.com}}\nchannels: [hall]\n'
        "texts:\n  - {{channel: poster, text: 装FTTR，每月20元。}}\ndemand: {{uptake: 1000}}\n"
    )
    here, there = (costs(check(tmp_path, text.format(region=region), rules))[0] for region in ("510100", "330100"))
    assert here[2:] == (4.5, 600.0, 45.0)  # 45 s × 10 %, 60 % of 1,000
    assert there[2:] == (4.0, 600.0, 40.0)  # 20 s × 20 %


def test_a_policy_without_a_figure_is_refused(tmp_path: Path) -> None:
    from campaigncheck.catalogue.problems import CatalogueError

    rules = tmp_path / "rules"
    rules.mkdir()
    whole = yaml.safe_load((Path(__file__).parents[2] / "rules" / "policy.yaml").read_text(encoding="utf-8"))
    del whole["limits"]["word_asked"]
    whole["loosenable"]["limits"].remove("word_asked")
    (rules / "policy.yaml").write_text(yaml.safe_dump(whole, allow_unicode=True), "utf-8")
    with pytest.raises(CatalogueError) as refused:
        check(tmp_path, "id: x\n", rules)
    (problem,) = refused.value.problems
    assert "word_asked" in problem.message.render("zh")
    assert "extends: builtin" in problem.hint.render("zh")


def test_every_rule_that_is_priced_names_its_words_in_every_case(tmp_path: Path) -> None:
    """A message without {word} or {phrase} would crash the rule's pricing."""
    assert {name for name, rule in all_rules().items() if rule.costs} == set(PRICED)
    for name in PRICED:
        for case in yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8")).values():
            specs = {file: complete(text) for file, text in case["specs"].items()}
            found = check_specs(tmp_path, specs, select=(name,))
            for item in (item for item in found.findings if item.rule == name):
                # A prepared answer whose phrase stands nowhere has no word that anybody reads.
                priced = item.cost is not None and item.cost.word != "" and item.cost.seconds > 0
                assert priced != (item.severity == "note"), item


def test_every_place_has_a_name() -> None:
    campaign = fit(Campaign, FULL)
    assert isinstance(campaign, Campaign)
    sections = {str(passage.path[0]) for passage in passages(campaign)} - {"texts"}
    assert sections | set(get_args(TextChannel)) <= set(_SITES)


def test_a_word_cannot_upset_the_list(tmp_path: Path) -> None:
    found = check(tmp_path, "texts:\n  - {channel: poster, text: 装FTTR，每月20元。}\n")
    (finding,) = found.findings
    odd = replace(finding, cost=WordCost("[red]好\u202e\n" * 30, "poster", 4.0, 0.1, 0.01))
    lines = write(replace(found, findings=(odd,)), "zh").splitlines()
    assert len(lines) == 4
    assert lines[2].split() == ["<0.1", "4.0", "0", "[red]好��[red]好��[red]…", "海报", "x.yaml:2:30", "sample"]


def test_the_list_is_a_format_of_its_own() -> None:
    assert writer("words")(report(), "zh") == write(report(), "zh")
    assert "words" in FORMATS
