"""Places in a spec that still speak of the old plan are found, and no others."""

from __future__ import annotations

from datetime import date

import pytest

from campaigncheck.suggest.mentions import Mention, mentions
from campaigncheck.suggest.plan import Subject
from tests.suggest.repositories import examined, searched

SPEC = (
    "stage: draft\nperiod: {start: 2027-09-06, end: 2027-10-31}\n"
    'regions: {include: ["510100", "513200"]}\nchannels: [hall, app]\nhalls: [sc-cd-001, sc-cd-002]\n'
    "faq:\n  - {topic: price, q: 多少钱？, a: 不要钱}\n  - {topic: eligibility, q: 谁能办？, a: 都能办}\n"
)


@pytest.fixture(scope="module")
def subject() -> Subject:
    return searched(examined({"subject": SPEC})).subject


@pytest.mark.parametrize(
    "line",
    [
        "2027-09-06", "2027/9/6", "2027.09.06", "2027 年 9 月 6 日", "2027年09月06日", "9月6日", "9 月 6 号", "９月６日",
        "九月六日", "二〇二七年 9 月 6 日", "二零二七年九月六日",
    ],
)  # fmt: skip
def test_the_old_start_however_it_is_written(subject: Subject, line: str) -> None:
    plan = subject.planned._replace(start=subject.planned.start + 1)
    (found,) = mentions(subject, plan, f"第一行\n从{line}起\n")
    assert (found.line, found.about) == (2, "start")


@pytest.mark.parametrize(
    "line", ["10月31日", "9月6日至10月31日", "10 月 1 日至 31 日", "10月底", "10 月末", "十月三十一日", "2027-10-31"]
)
def test_the_old_end_however_it_is_written(subject: Subject, line: str) -> None:
    plan = subject.planned._replace(last=subject.planned.last - 1)
    assert [item.about for item in mentions(subject, plan, line)] == ["end"]


@pytest.mark.parametrize(
    "line",
    [
        "2026 年 9 月 6 日",
        "2026-09-06",
        "二〇二六年九月六日",
        "12027-09-06",
        "9 月 16 日",
        "19 月 6 日",
        "9 月 60 日",
        "十九月六日",
        "9 月 6 个",
        "2027-09-061",
    ],
)
def test_other_figures_are_not_the_old_start(subject: Subject, line: str) -> None:
    plan = subject.planned._replace(start=subject.planned.start + 1)
    assert mentions(subject, plan, line) == []


def test_days_that_stay_are_not_asked_about(subject: Subject) -> None:
    plan = subject.planned._replace(start=date(2027, 9, 7).toordinal())
    assert mentions(subject, plan, "到 10 月 31 日为止") == []


def test_places(subject: Subject) -> None:
    masks = subject.catalogues.regions.masks
    text = "阿坝、成都\n阿坝藏族羌族自治州\n全省都能办\n"
    assert mentions(subject, subject.planned._replace(cities=masks["510100"]), text) == [
        Mention(1, "阿坝", "places"), Mention(2, "阿坝藏族羌族自治州", "places"), Mention(3, "全省", "places")
    ]  # fmt: skip
    plan = subject.planned._replace(halls=frozenset({"sc-cd-002"}))
    assert mentions(subject, plan, "成都一厅和成都二厅") == [Mention(1, "成都一厅", "places")]


def test_halls(subject: Subject) -> None:
    assert [item.words for item in mentions(subject, subject.planned._replace(in_halls=False), "到营业厅柜台办")] == [
        "营业厅",
        "柜台",
    ]


def test_customers(subject: Subject) -> None:
    plan = subject.planned._replace(kept=(("brand", 1),))
    assert mentions(subject, plan, subject.text) == [Mention(9, "谁能办？", "customers")]
