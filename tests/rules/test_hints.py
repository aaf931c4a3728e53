"""What a hint tells people to write is right: it fits the spec, and the rule is content with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from campaigncheck.engine.finding import Finding
from campaigncheck.rulekit.sample import complete
from tests.support.checking import check_specs

SUPPORT = "channels: [{channels}]\nsupport: {{contact: 内线 8001, hours: {hours}}}\n"


def findings(folder: Path, rule: str, fragment: str) -> list[Finding]:
    """Return what a rule, or the schema, finds in a spec of which only a part is given."""
    return list(check_specs(folder, {"a": complete(fragment)}, select=(rule,)).findings)


def hint(folder: Path, rule: str, fragment: str) -> str:
    """Return the hint of the one finding that a spec has."""
    (found,) = findings(folder, rule, fragment)
    assert found.rule == rule
    return found.hint.render("zh")


@pytest.mark.parametrize("hours", ["20:00-08:00", "22:30-09:00", "19:00-18:59", "09:30-21:00", "12:00-12:01"])
@pytest.mark.parametrize("channels", ["hall", "hotline", "hall, hotline"])
def test_the_hours_that_a_hint_gives_suffice(tmp_path: Path, channels: str, hours: str) -> None:
    found = findings(tmp_path, "READY004", SUPPORT.format(channels=channels, hours=f'"{hours}"'))
    for item in found:
        (wanted,) = re.findall(r'"([^"]*)"', item.hint.render("zh"))
        assert findings(tmp_path, "READY004", SUPPORT.format(channels=channels, hours=f'"{wanted}"')) == []
    assert found or hours == "19:00-18:59"


def test_hours_through_the_night_are_not_widened_but_replaced(tmp_path: Path) -> None:
    night = SUPPORT.format(channels="hotline", hours='"20:00-08:00"')
    assert hint(tmp_path, "READY004", night) == '把值守时间改成至少 "08:00-20:00"。'


OFFER = "offers:\n  - {{id: x, name: 宽带, product: broadband.300m, kind: upgrade, {more}}}\n"


@pytest.mark.parametrize(
    ("pattern", "nearest"),
    [("broadbnd.*", "broadband.*"), ("paln.5g-*", "plan.*"), ("tvs.*", "tv.*"), ("broadband.3000m", "broadband.300m")],
)
def test_a_wrong_pattern_is_answered_with_a_pattern(tmp_path: Path, pattern: str, nearest: str) -> None:
    said = hint(tmp_path, "SPEC004", OFFER.format(more=f'excludes: ["{pattern}"]'))
    assert said == f"是不是想写“{nearest}”？"
    assert findings(tmp_path, "SPEC004", OFFER.format(more=f'excludes: ["{nearest}"]')) == []


def test_a_pattern_like_no_other_is_answered_with_all_there_are(tmp_path: Path) -> None:
    said = hint(tmp_path, "SPEC004", OFFER.format(more='excludes: ["zzz*"]'))
    assert said.startswith("可以写的有：")
    assert {"broadband.*", "tv.*", "roaming.*"} <= set(said.removeprefix("可以写的有：").rstrip("。").split("、"))


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("brand: []", "至少写一个值；对谁都一样，就删掉这个条件。"),
        ("age: []", "至少写一个值；对谁都一样，就删掉这个条件。"),
        ('age: "<0"', "年龄从 0 算起，没有比 0 更小的；对谁都一样，就删掉这个条件。"),
        ("age: 60..18", "请检查范围的两头是不是写反了。"),
        ("age: 17.5", "月数和年龄写整数，金额最多两位小数。"),
    ],
)
def test_a_condition_that_nobody_meets_is_answered_by_its_kind(tmp_path: Path, condition: str, says: str) -> None:
    assert hint(tmp_path, "SPEC005", f"audience: [{{{condition}}}]\n") == says


def family(folder: Path, **fragments: str) -> Finding:
    """Return the one SPEC005 finding in campaigns of which each is given in part, by id."""
    specs = {name: complete(f"id: {name}\n{fragment}") for name, fragment in fragments.items()}
    (found,) = [item for item in check_specs(folder, specs, select=("SPEC005",)).findings if item.rule == "SPEC005"]
    return found


def test_a_parent_that_has_a_parent_is_answered_with_the_top(tmp_path: Path) -> None:
    found = family(tmp_path, town="parent: city\n", city="parent: province\n", province="")
    assert "parent 改成“province”" in found.hint.render("zh")
    assert [(other.path, other.place[:2]) for other in found.related] == [("city.yaml", (2, 9))]


def test_parents_in_a_circle_have_no_top(tmp_path: Path) -> None:
    specs = {name: complete(f"id: {name}\nparent: {parent}\n") for name, parent in (("one", "two"), ("two", "one"))}
    hints = {item.hint.render("zh") for item in check_specs(tmp_path, specs).findings if item.rule == "SPEC005"}
    assert hints == {"地市营销案只能直接落地没有上级的营销案；请删掉其中一处的 parent。"}


def test_a_parent_elsewhere_is_told_with_the_cities(tmp_path: Path) -> None:
    child = 'parent: province\nregions: {include: ["510100", "330100", "330200"]}\n'
    found = family(tmp_path, child=child, province='regions: {include: ["510000"]}\n')
    assert "不在杭州市、宁波市开展" in found.message.render("zh")
    assert [(other.path, other.place[:2]) for other in found.related] == [("province.yaml", (2, 1))]
