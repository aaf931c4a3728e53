"""The words of a province or city are laid over the country's: they hold for its own campaigns only."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.catalogue.problems import CatalogueError
from campaigncheck.engine.finding import Finding
from campaigncheck.rulekit.sample import complete
from tests.support.checking import check_specs

ABOUT = "about: {title: 本省用语, source: 省公司}\n"
CARD = "terms:\n  川享卡: {plain: 四川人用的卡, explain: 只在四川卖的电话卡。, group: number, fires: 办川享卡。}\n"


def write(folder: Path, **overlays: str) -> RuleFiles:
    (folder / "overlays").mkdir(parents=True, exist_ok=True)
    for name, text in overlays.items():
        (folder / "overlays" / f"{name.removeprefix('r')}.yaml").write_text(ABOUT + text, "utf-8")
    return RuleFiles.at(folder)


def found(folder: Path, text: str, owner: str, **overlays: str) -> list[Finding]:
    """The findings about words in a text of an owner."""
    spec = (
        f'owner: {{region: "{owner}", department: 市场部, contact: x}}\ntexts:\n  - {{channel: poster, text: {text}}}\n'
    )
    write(folder / "rules", **overlays)
    report = check_specs(folder, {"x": complete(spec)}, select=("LANG",), rules=folder / "rules")
    return list(report.findings)


@pytest.mark.parametrize(
    ("owner", "rules"), [("510000", ["LANG001"]), ("510100", ["LANG001"]), ("330000", []), ("000000", [])]
)
def test_a_word_holds_in_its_region(owner: str, rules: list[str], tmp_path: Path) -> None:
    assert [item.rule for item in found(tmp_path, "川享卡每月 20 元", owner, r510000=CARD)] == rules


def test_a_nearer_entry_stands_in_the_place_of_one_above(tmp_path: Path) -> None:
    city = CARD.replace("四川人用的卡", "成都人用的卡").replace("fires", "allow: [川享卡通], fires")
    shown = [
        found(tmp_path / owner, "川享卡每月 20 元", owner, r510000=CARD, r510100=city)[0].hint.render("zh")
        for owner in ("510100", "510700")
    ]
    assert ["成都人用的卡" in shown[0], "四川人用的卡" in shown[1]] == [True, True]
    assert found(tmp_path / "x", "川享卡通每月 20 元", "510100", r510000=CARD, r510100=city) == []


def test_every_kind_of_word_is_layered(tmp_path: Path) -> None:
    words = (
        "forbidden:\n  蜀中无双: {law: 广告法, why: 绝对, instead: 说事实, fires: 蜀中无双。}\n"
        "ambiguous:\n  巴适得很: {why: 没有准数, instead: 写清楚, fires: 巴适得很。}\n"
        "conditional:\n  白耍: {why: 没说条件, instead: 写清条件, needs: [amount], fires: 白耍。}\n"
    )
    rules = [item.rule for item in found(tmp_path, "蜀中无双的宽带，巴适得很，白耍", "510000", r510000=words)]
    assert rules == ["LANG003", "LANG002", "LANG005"]


def refused(folder: Path, text: str) -> list[tuple[int, int, str]]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogues(write(folder, r510000=text))
    return [(item.place.line, item.place.column, item.message.render("en")) for item in caught.value.problems]


def test_a_lower_level_may_not_be_looser(tmp_path: Path) -> None:
    text = CARD.replace("川享卡", "低消").replace("fires", "severity: warning, fires")
    assert refused(tmp_path, text) == [(3, 69, "“低消” is error one level up; warning here is looser")]


def test_what_can_never_apply_is_refused(tmp_path: Path) -> None:
    text = CARD.replace("fires", "allow: [别的], fires")
    (problem,) = refused(tmp_path, text)
    assert problem[:2] == (3, 68)
    assert "“别的” does not contain “川享卡” and can never apply" in problem[2]
