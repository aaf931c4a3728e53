"""What a sheet calls things: customers, places, days, prices, products."""

from __future__ import annotations

import re
import typing
from string import Formatter

import pytest

from campaigncheck import labels as common
from campaigncheck.messages import LANGS, Lang, Message, Text, show
from campaigncheck.sheets import counter, labels, model, offers, phrases
from campaigncheck.sheets.offers import offer_tables
from campaigncheck.spec import types
from campaigncheck.spec.model import Gift, Offer, Price
from tests.sheets.pages import campaign, catalogues, page, plain

OFFER = "offers:\n  - {{id: a, name: 甲, product: broadband.300m, kind: discount{more}}}\n"


def _words(value: object, lang: Lang = "zh") -> str:
    return plain(show(value, lang))


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ("[]", ["所有客户"]),
        ("[{}]", ["所有客户"]),
        ("[{brand: [全球通, 神州行]}]", ["全球通或神州行客户"]),
        ("[{brand: 动感地带}]", ["动感地带客户"]),
        ("[{network: [3G, 4G, 5G]}]", ["用 3G、4G 或 5G 网络"]),
        ("[{customer_type: [family]}]", ["家庭客户"]),
        ("[{customer_type: [personal, family]}]", ["个人或家庭客户"]),
        ("[{monthly_spend: 59..109.99}]", ["每月话费 59 到 109.99 元"]),
        ('[{tenure_months: ">=12"}]', ["用我们的号码满 12 个月"]),
        ('[{tenure_months: "<6"}]', ["用我们的号码不到 6 个月"]),
        ('[{monthly_spend: ">58.5"}]', ["每月话费超过 58.5 元"]),
        ('[{age: "<= 60"}]', ["年龄不超过 60 岁"]),
        ("[{age: 17..24}]", ["年龄 17 到 24 岁"]),
        ("[{age: 18}]", ["年龄 18 岁"]),
        ('[{age: ["<18", ">=60"]}]', ["年龄不到 18 岁或年龄满 60 岁"]),
        ("[{broadband: true, contract: false}]", ["有宽带，没有合约"]),
        ("[{broadband: true}, {age: 17..24}]", ["有宽带", "年龄 17 到 24 岁"]),
        ("[{shoe_size: [42, 43]}]", ["shoe_size是42、43"]),
    ],
)
def test_customers_are_described_in_words(groups: str, said: list[str]) -> None:
    given = campaign(f"audience: {groups}\n")
    assert [_words(group) for group in phrases.audience(given.audience, catalogues())] == said


@pytest.mark.parametrize(
    ("regions", "said"),
    [
        ('{include: ["510100"]}', "成都市"),
        ('{include: ["510000"]}', "四川省"),
        ('{include: ["000000"]}', None),
        ('{include: ["510000"], exclude: ["513200"]}', "四川省，不含阿坝藏族羌族自治州"),
        ('{include: ["310115", "310104"]}', "上海市（浦东新区、徐汇区）"),
        ('{include: ["510104", "310000"]}', "上海市、成都市（锦江区）"),
        ('{include: ["510100", "510199"]}', "成都市、510199"),
    ],
)
def test_places_are_named_as_the_spec_means_them(regions: str, said: str | None) -> None:
    tree = catalogues().regions
    found = _words(phrases.places(campaign(f"regions: {regions}\n"), tree))
    assert found == (said or tree.name("000000"))


def test_all_cities_of_a_province_are_drawn_together() -> None:
    tree = catalogues().regions
    codes = list(tree.names(tree.masks["510000"]))
    given = campaign(f"regions: {{include: {codes}}}\n")
    assert _words(phrases.places(given, tree)) == "四川省"


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        (
            "{start: 2027-01-15, end: 2027-03-31}",
            "2027 年 1 月 15 日（周五）到 3 月 31 日（周三）",
            "Fri 15 Jan 2027 to Wed 31 Mar 2027",
        ),
        (
            "{start: 2026-12-31, end: 2027-01-03}",
            "2026 年 12 月 31 日（周四）到 2027 年 1 月 3 日（周日）",
            "Thu 31 Dec 2026 to Sun 3 Jan 2027",
        ),
        ("{start: 2027-02-01, end: 2027-02-01}", "2027 年 2 月 1 日（周一），只有一天", "Mon 1 Feb 2027, one day only"),
    ],
)
def test_days_are_written_with_their_weekday(period: str, zh: str, en: str) -> None:
    given = phrases.period(campaign(f"period: {period}\n").period)
    assert (_words(given), _words(given, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("terms", "now", "later"),
    [
        ("", ["不收费"], ["—"]),
        ("price: {amount: 20}", ["每月 20 元"], ["一直是这个价"]),
        ("price: {amount: 3.5, per: day}", ["每天 3.5 元"], ["一直是这个价"]),
        ("price: {amount: 600, per: once}", ["一次性 600 元"], ["只收这一次"]),
        ("price: {amount: 20, for_months: 12, then: 30}", ["前 12 个月，每月 20 元"], ["第 13 个月起，每月 30 元"]),
        ("price: {amount: 100, for_months: 24}", ["前 24 个月，每月 100 元"], ["满 24 个月到期结束"]),
        ("price: {amount: 9, for_months: 3}, renewal: automatic", ["前 3 个月，每月 9 元"], ["满 3 个月自动续"]),
        ("price: {amount: 9, for_months: 3}, renewal: manual", ["前 3 个月，每月 9 元"], ["满 3 个月由客户自己续"]),
        ("free_months: 3, price: {amount: 15}", ["前 3 个月免费"], ["第 4 个月起，每月 15 元"]),
        ("free_months: 3, price: {amount: 0, then: 15}", ["前 3 个月免费"], ["第 4 个月起，每月 15 元"]),
        (
            "free_months: 1, price: {amount: 6, for_months: 1, then: 12}",
            ["第 1 个月免费"],
            ["第 2 个月，每月 6 元", "第 3 个月起，每月 12 元"],
        ),
        (
            "free_months: 2, price: {amount: 6, for_months: 10, then: 12}",
            ["前 2 个月免费"],
            ["第 3 到 12 个月，每月 6 元", "第 13 个月起，每月 12 元"],
        ),
        ("free_months: 2", ["前 2 个月免费"], ["满 2 个月到期结束"]),
    ],
)
def test_prices_are_told_now_and_later(terms: str, now: list[str], later: list[str]) -> None:
    more = f", {terms}" if terms else ""
    rows = _rows(
        OFFER.format(more=more) + "  - {id: b, name: 乙, product: tv.basic, kind: trial, price: {amount: 1}}\n"
    )
    assert rows["now"][0] == now
    assert rows["later"][0] == later


def _rows(text: str, titles: dict[str, str] | None = None) -> dict[str, list[list[str]]]:
    table = offer_tables(campaign(text).offers, catalogues(), titles or {})[0]
    return {row.name: [[_words(line) for line in cell] for cell in row.cells] for row in table.rows}


def test_terms_of_an_offer_are_told() -> None:
    more = (
        ", contract_months: 24, early_exit: 每月补 10 元, renewal: manual, takes_effect: on_date, quota: 500"
        ", gift: {name: 路由器, quantity: 30, collect: post}, opt_in_code: KDTS, confirm: twice, cancel: [app, agent]"
        ", audience: [{age: 18}], excludes: ['broadband.*', 'vas.*', 'campaign:a-*', 'campaign:b-*']"
        ", stacks_with: [tv.basic, 'tv.basic', 'nosuch.*']"
    )
    rows = _rows(OFFER.format(more=more), {"a-1": "一号", "a-2": "二号", "c": "三号"})
    assert {name: cells[0][0] for name, cells in rows.items() if name not in ("now", "later")} == {
        "product": "300M 宽带",
        "audience": "年龄 18 岁",
        "contract": "约定用满 24 个月",
        "early_exit": "每月补 10 元",
        "renewal": "客户自己续",
        "takes_effect": "按约定的日期生效",
        "gift": "路由器，共 30 份，邮寄",
        "quota": "500 个，办满为止",
        "opt_in_code": "发 KDTS",
        "confirm": "确认两次",
        "cancel": "手机 App、代理点",
        "excludes": "各档宽带、彩铃、云盘、视频会员、活动“一号”、活动“二号”、编号为 b-* 的活动",
        "stacks_with": "电视基本包、nosuch.*",
    }


def test_rows_that_no_offer_needs_are_left_out() -> None:
    assert set(_rows(OFFER.format(more=""))) == {"product", "now", "contract", "takes_effect", "confirm", "cancel"}


def test_many_offers_stand_in_tables_of_three() -> None:
    text = "offers:\n" + "".join(
        f"  - {{id: o{number}, name: 第{number}项, product: tv.basic, kind: trial}}\n" for number in range(7)
    )
    tables = offer_tables(campaign(text).offers, catalogues(), {})
    assert [table.names for table in tables] == [
        ("第0项", "第1项", "第2项"), ("第3项", "第4项", "第5项"), ("第6项",),
    ]  # fmt: skip


def test_what_all_offers_share_is_said_once() -> None:
    two = (
        OFFER.format(more=", cancel: [app]") + "  - {id: b, name: 乙, product: tv.basic, kind: trial, cancel: [app]}\n"
    )
    table = offer_tables(campaign(two).offers, catalogues(), {})[0]
    assert {row.name for row in table.rows if not row.same} == {"product"}
    assert plain(page(two)).count("手机 App</td>") == 1


def test_steps_tell_their_minutes_how_often_and_for_how_many() -> None:
    steps = "[sign, {step: pay, minutes: [1, 1, 1], times: 2, share: 0.255}, {step: nosuch}]"
    found = counter.counter(campaign(f"handling: {{steps: {steps}}}\n"), catalogues())
    assert [
        (_words(step.name), _words(step.minutes), [_words(note) for note in step.notes]) for step in found.steps
    ] == [
        ("签字", "0.3（0.2–0.6）", []),
        ("收款", "1", ["做 2 遍", "约 25.5% 的客户要做"]),
        ("nosuch", "没有用时", []),
    ]
    assert found.instead is None


def test_the_total_is_the_estimate() -> None:
    found = counter.counter(campaign("handling: {steps: [{step: pay, minutes: [2, 2, 2]}]}\n"), catalogues())
    assert _words(found.total) == "平均 2.0 分钟，十位客户里九位在 2.0 分钟以内"


@pytest.mark.parametrize(
    ("channels", "said"),
    [
        ("[hall, app]", "还没有写柜台办理步骤。"),
        ("[app, sms]", "这个活动不在柜台办。请客户用：手机 App、短信。"),
    ],
)
def test_without_steps_the_sheet_says_why(channels: str, said: str) -> None:
    assert said in page(f"channels: {channels}\n")


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (common.CHANNELS, types.Channel),
        (common.STAGES, types.Stage),
        (labels.EFFECTS, Offer.model_fields["takes_effect"].annotation),
        (labels.CONFIRMATIONS, Offer.model_fields["confirm"].annotation),
        ({"none": "", **labels.RENEWALS}, Offer.model_fields["renewal"].annotation),
        (labels.COLLECTIONS, Gift.model_fields["collect"].annotation),
        (labels.AMOUNTS, Price.model_fields["per"].annotation),
    ],
    ids=["channel", "stage", "takes_effect", "confirm", "renewal", "collect", "per"],
)
def test_every_value_of_the_spec_has_a_name(words: dict[str, Text], values: object) -> None:
    assert set(words) == set(typing.get_args(values))


def _texts() -> dict[str, Text]:
    found: dict[str, Text] = {}
    for module in (common, labels, phrases, offers, counter, model):
        for name, value in vars(module).items():
            if isinstance(value, Text):
                found[f"{module.__name__}.{name}"] = value
            elif isinstance(value, dict):
                found |= {f"{name}.{key}": item for key, item in value.items() if isinstance(item, Text)}
    return found


@pytest.mark.parametrize("name", sorted(_texts()))
def test_both_languages_say_the_same(name: str) -> None:
    text = _texts()[name]
    places = [{field for _, field, _, _ in Formatter().parse(getattr(text, lang)) if field} for lang in LANGS]
    # English days name the month, and always the year.
    assert all(text)
    assert places[0] == places[1] or name.endswith(("phrases._DAY", "phrases._SHORT_DAY"))
    assert not re.search(r"[\u4e00-\u9fff，。；]", text.en)


def test_words_of_margins_need_no_escape_in_css() -> None:
    blocked: Message = labels.PAGE["blocked"]()
    assert not any(char in blocked.render(lang) for lang in LANGS for char in "\\\"'<>&\n")
