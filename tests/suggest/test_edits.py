"""Plans are carried out in the spec's own text: only what changes is different."""

from __future__ import annotations

from difflib import ndiff

import pytest

from campaigncheck.algebra.days import Days
from campaigncheck.suggest.edits import write, write_days
from campaigncheck.suggest.plan import Plan, Subject
from tests.suggest.repositories import examined, searched

TEXT = """\
# 头一行的说明
spec: 1
id: subject
title: 积分换话费   # 名字不动
owner: {region: "510000", department: 市场经营部, contact: marketing@example.com}
stage: draft
period: {end: "2027-10-31",   start: 2027-09-06}   # 先写结束
regions:
  include:
    - "510100"   # 成都
    - "510000"   # 全省
  exclude: ["513200"]
halls: [sc-cd-001, sc-cd-002, sc-my-001]   # 三家
channels: [hall, app, sms]
audience:
  # 老客户
  - {brand: [全球通, 动感地带], tenure_months: ">=12"}   # 第一类
  - brand: 神州行   # 第二类
offers:
  # 一项
  - {id: a, name: 换话费, product: points.exchange, kind: points}
  - {id: b, name: 看视频, product: vas.video, kind: trial, stacks_with: ["tv.*"]}
demand:
  uptake: 100
  channel_share: {hall: 0.5, app: 0.3, sms: 0.2}   # 三种
"""
OTHER = (
    'id: other\nstage: approved\nperiod: {start: 2027-09-06, end: 2027-10-01}\nregions: {include: ["510100"]}\n'
    "offers: [{id: x, name: 积分抽奖, product: points.exchange, kind: points}]\n"
)


@pytest.fixture(scope="module")
def subject() -> Subject:
    return searched(examined({"subject": TEXT, "other": OTHER})).subject


def difference(text: str) -> list[str]:
    """The lines that are gone and the lines that are new."""
    return [line for line in ndiff(TEXT.splitlines(), text.splitlines()) if line[:1] in "+-"]


def changed(subject: Subject, **fields: object) -> Plan:
    """What was planned, but for some fields."""
    return subject.planned._replace(**fields)  # type: ignore[arg-type]


def test_days(subject: Subject) -> None:
    plan = changed(subject, start=subject.planned.start + 7, last=subject.planned.last - 1)
    assert difference(write(subject, plan)) == [
        '- period: {end: "2027-10-31",   start: 2027-09-06}   # 先写结束',
        '+ period: {end: "2027-10-30",   start: 2027-09-13}   # 先写结束',
    ]


def test_days_again_and_again(subject: Subject) -> None:
    planned = subject.planned
    days = [Days(planned.start + more, planned.last + 2 * more) for more in (-400, -3, 0, 5)]
    plans = [planned._replace(start=item.first, last=item.last) for item in days]
    assert list(write_days(subject, days)) == [write(subject, plan) for plan in plans]


def test_cities_that_are_written_out_go_and_others_are_excluded(subject: Subject) -> None:
    masks = subject.catalogues.regions.masks
    plan = changed(subject, cities=subject.planned.cities & ~masks["510100"] & ~masks["510700"])
    assert difference(write(subject, plan)) == [
        '-     - "510100"   # 成都',
        '-   exclude: ["513200"]',
        '+   exclude: ["513200", "510100", "510700"]',
    ]


def test_halls(subject: Subject) -> None:
    plan = changed(subject, halls=frozenset({"sc-cd-002"}))
    assert difference(write(subject, plan)) == [
        "- halls: [sc-cd-001, sc-cd-002, sc-my-001]   # 三家",
        "+ halls: [sc-cd-002]   # 三家",
    ]


def test_electronic_channels_take_over_in_proportion(subject: Subject) -> None:
    text = write(subject, changed(subject, in_halls=False))
    assert difference(text) == [
        "- halls: [sc-cd-001, sc-cd-002, sc-my-001]   # 三家",
        "- channels: [hall, app, sms]",
        "+ channels: [app, sms]",
        "-   channel_share: {hall: 0.5, app: 0.3, sms: 0.2}   # 三种",
        "+   channel_share: {app: 0.6, sms: 0.4}   # 三种",
    ]


def test_customers(subject: Subject) -> None:
    brand = subject.catalogues.domain["brand"]
    kept = 1 << brand.values.index("动感地带")
    assert difference(write(subject, changed(subject, kept=(("brand", kept),)))) == [
        '-   - {brand: [全球通, 动感地带], tenure_months: ">=12"}   # 第一类',
        '+   - {brand: 动感地带, tenure_months: ">=12"}   # 第一类',
        "-   - brand: 神州行   # 第二类",
    ]


def test_numbers_of_customers(subject: Subject) -> None:
    assert difference(write(subject, changed(subject, kept=(("tenure_months", ((0, 23),)),)))) == [
        '-   - {brand: [全球通, 动感地带], tenure_months: ">=12"}   # 第一类',
        '+   - {brand: [全球通, 动感地带], tenure_months: "12..23"}   # 第一类',
        "+     tenure_months: <=23",
    ]


def test_agreements_stand_in_the_offers_of_the_line(subject: Subject) -> None:
    assert difference(write(subject, changed(subject, stacking=("other",)))) == [
        "-   - {id: a, name: 换话费, product: points.exchange, kind: points}",
        "+   - {id: a, name: 换话费, product: points.exchange, kind: points, stacks_with: [campaign:other]}",
    ]


def test_shares_that_are_missing_are_made_even() -> None:
    text = TEXT.replace("{hall: 0.5, app: 0.3, sms: 0.2}", "{hall: 1}")
    subject = searched(examined({"subject": text})).subject
    assert "channel_share: {app: 0.5, sms: 0.5}" in write(subject, subject.planned._replace(in_halls=False))
