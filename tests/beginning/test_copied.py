"""A copy of last year's campaign: days move by whole weeks, what was the old one's is gone, everything else stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.beginning.copied import copied, moved_by, next_id
from campaigncheck.source.yamlpass import parse
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign

OLD = """\
# yaml-language-server: $schema=../x.json
# 我们的说明
spec: 1
id: sc-2026-spring
title: 2026 迎春
owner: {region: "510000", department: 市场部, contact: a@b.cn}  # 王工
stage: launched
submitted: 2025-12-20
parent: all-2026-spring
period: {start: 2026-01-15, end: 2026-03-31}  # 春节
regions: {include: ["510000"]}
channels: [hall]
offers:
  - {id: a, name: 宽带, product: broadband.300m, kind: discount}
texts:
  - {channel: hall, text: 2026 年 3 月 31 日前办，1月15日开始，3 月 3 日休息。}
handling:
  steps: [sign]
  trials:
    - {hall: sc-cd-001, on: 2026-01-06, seconds: [182]}
readiness:
  training: {owner: 客服部, done: 2026-01-08, passed: 0.96}
signoffs:
  - {role: service, by: 客服部, on: 2026-01-09}
"""
NEW = """\
# yaml-language-server: $schema=../x.json
# 照 sc-2026-spring 抄的，日期往后挪了 52 周，星期几不变。
# 重新来过：阶段回到 draft、去掉了提交日期、去掉了会签、去掉了计时演练、支撑准备去掉了完成日期和通过率、\
上级营销案 all-2026-spring 是以前的，去掉了。
# 待办：价格、名额、文案里写到的日期和年份，逐条核对一遍。
# 我们的说明
spec: 1
id: sc-2027-spring
title: 2027 迎春
owner: {region: "510000", department: 市场部, contact: a@b.cn}  # 王工
stage: draft
period: {start: 2027-01-14, end: 2027-03-30}  # 春节
regions: {include: ["510000"]}
channels: [hall]
offers:
  - {id: a, name: 宽带, product: broadband.300m, kind: discount}
texts:
  - {channel: hall, text: 2027 年 3 月 30 日前办，1月14日开始，3 月 3 日休息。}
handling:
  steps: [sign]
readiness:
  training: {owner: 客服部}
"""


def _campaign(text: str) -> Campaign:
    found = fit(Campaign, parse(text))
    assert isinstance(found, Campaign)
    return found


def _copied(text: str, known: frozenset[str] = frozenset(), weeks: int = 52) -> str:
    return copied(text, _campaign(text), timedelta(weeks=weeks), "sc-2027-spring", known, "zh").text


def test_a_copy_is_the_old_one_but_for_what_has_to_change() -> None:
    assert _copied(OLD) == NEW


def test_a_parent_that_has_been_copied_already_is_followed() -> None:
    made = _copied(OLD, frozenset(["all-2027-spring"]))
    assert "\nparent: all-2027-spring\n" in made
    assert "上级营销案换成 all-2027-spring" in made


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_days_move_by_whole_weeks_to_the_same_time_of_a_year_to_come(start: date, today: date) -> None:
    by = moved_by(start, today)
    later = start + by
    assert (by.days % 7, later.weekday()) == (0, start.weekday())
    assert later > today
    years = round(by.days / 365.2425)
    assert years >= 1
    assert abs(by.days - years * 365.2425) <= 3.5 + 1e-9


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sc-2026-spring", "sc-2027-spring"),
        ("spring", "spring-2027"),
        ("a" * 64, "a" * 59 + "-2027"),
        ("x-20260101", "x-20260101-2027"),
        ("winter-2025-2026", "winter-2026-2027"),
    ],
)
def test_the_id_gets_the_new_year(old: str, new: str) -> None:
    assert next_id(old, 2026, 2027) == new
