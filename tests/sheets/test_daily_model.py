"""What stands on a daily sheet: who is live where and when, what changed, whose word counts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.algebra.days import Days
from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import show
from campaigncheck.portfolio.presence import Presence
from campaigncheck.sheets.daily.html import paired, price, write
from campaigncheck.sheets.daily.model import Both, Change
from campaigncheck.sheets.daily.place import find_place
from campaigncheck.sheets.daily.states import badge, is_live, state
from campaigncheck.sheets.daily.words import PAGE
from tests.portfolio.worlds import TODAY as NOW
from tests.portfolio.worlds import entry
from tests.sheets.daily import DAY, OTHER_HALL, checked, daily, files, ids, knowledge, live, period

LIVE = period("03-01", "04-30")


@pytest.mark.parametrize(
    ("start", "end", "lists", "state", "before", "mark"),
    [
        ("03-10", "04-30", "starting", "running", "soon", "new"),
        ("03-10", "03-10", "starting ending_today", "ending", "soon", "new"),
        ("03-10", "03-17", "starting ending", "ending", "soon", "new"),
        ("03-11", "04-30", "soon", "soon", "ahead", "announced"),
        ("03-17", "04-30", "soon", "soon", "ahead", "announced"),
        ("03-01", "03-10", "ending_today", "ending", "ending", None),
        ("03-01", "03-11", "ending", "ending", "running", "ending"),
        ("03-01", "03-17", "ending", "ending", "running", "ending"),
        ("03-01", "03-18", "running", "running", "running", None),
        ("03-03", "04-30", "running", "running", "running", None),
        ("03-04", "04-30", "running", "running", "soon", "new"),
        ("03-01", "03-09", "gone", "over", "ending", "gone"),
        ("03-01", "03-03", "gone", "over", "ending", "gone"),
        ("03-01", "03-02", "", "", "", None),
        ("03-04", "03-09", "gone", "over", "soon", "gone"),
        ("03-18", "04-30", "", "", "", None),
    ],
)
def test_days(tmp_path: Path, start: str, end: str, lists: str, state: str, before: str, mark: str | None) -> None:
    sheet = daily(tmp_path, {"one": period(start, end)})
    found = {name: getattr(sheet, name) for name in ("starting", "soon", "ending_today", "ending", "running", "gone")}
    assert " ".join(name for name, lines in found.items() if ids(lines) == ["one"]) == lists
    assert not any(lines for name, lines in found.items() if name not in lists.split())
    for name in lists.split():
        (line,) = found[name]
        assert (line.state, line.before, line.badge) == (state, before, mark)
    assert live(sheet) == (["one"] if state in ("running", "ending") else [])


@given(st.integers(-20, 20), st.integers(0, 40))
def test_a_mark_says_what_is_otherwise_than_a_week_ago(first: int, length: int) -> None:
    found = entry("one", first, first + length, 1)._replace(days=Days(NOW + first, NOW + first + length))
    item = Presence(found, (found.days,))
    before, now = state(item, NOW - 7), state(item, NOW)
    mark = badge(before, now)
    assert is_live(now) == (first <= 0 <= first + length)
    assert (mark == "new") == (is_live(now) and not is_live(before))
    assert (mark == "gone") == (-7 <= first + length < 0)
    assert (mark == "announced") == (0 < first <= 7)
    assert (mark is None) == (before == now)


def test_places(tmp_path: Path) -> None:
    specs = {
        "chengdu": LIVE,
        "county": LIVE + 'regions: {include: ["510107"]}\n',
        "mianyang": LIVE + 'regions: {include: ["510700"]}\n',
        "province": LIVE + 'regions: {include: ["510000"]}\n',
        "without": LIVE + 'regions: {include: ["510000"], exclude: ["510100"]}\n',
        "hall": LIVE + f"halls: [{OTHER_HALL}, sc-cd-004]\nchannels: [hall]\n",
        "hall-and-app": LIVE + f"halls: [{OTHER_HALL}]\nchannels: [hall, app]\n",
    }
    everywhere = ["chengdu", "county", "province"]
    sheet = daily(tmp_path, specs)
    assert live(sheet) == everywhere
    assert [(item.id, item.halls) for item in sheet.elsewhere] == [
        ("hall", ("成都火车北站营业厅", "成都红牌楼营业厅")),
        ("hall-and-app", ("成都火车北站营业厅",)),
    ]
    assert live(daily(tmp_path, specs, OTHER_HALL)) == ["chengdu", "county", "hall", "hall-and-app", "province"]
    city = daily(tmp_path, specs, "510104")
    assert (city.place.id, city.place.name) == ("510100", "成都市")
    assert (live(city), city.elsewhere) == (["chengdu", "county", "hall", "hall-and-app", "province"], ())
    assert live(daily(tmp_path, specs, "绵阳")) == ["mianyang", "province", "without"]
    assert live(daily(tmp_path, specs, "上海市")) == []


def test_only_what_is_launched_and_passes_is_live(tmp_path: Path) -> None:
    wrong = "offers:\n  - {id: a, name: 甲, product: no.such, kind: gift}\n"
    soon = period("03-15", "04-30")
    specs = {
        "good": LIVE,
        "testing": LIVE + "stage: testing\n",
        "draft": LIVE + "stage: draft\n" + wrong,
        "blocked": LIVE + wrong,
        "retired": LIVE + "stage: retired\n",
        "soon-approved": soon + "stage: approved\n",
        "soon-blocked": soon + wrong,
        "soon-retired": soon + "stage: retired\n",
        "soon-good": soon,
        "later-draft": period("03-18", "04-30") + "stage: draft\n",
        "over-testing": period("03-01", "03-09") + "stage: testing\n",
    }
    sheet = daily(tmp_path, specs)
    assert (live(sheet), ids(sheet.soon), ids(sheet.gone)) == (["good"], ["soon-good"], [])
    assert {item.line.id: [why.render("zh") for why in item.why] for item in sheet.unusable} == {
        "blocked": ["检查发现 1 个错误"],
        "draft": ["还没有上线（草稿阶段）", "检查发现 1 个错误"],
        "testing": ["还没有上线（测试阶段）"],
    }
    assert {item.line.id: [why.render("en") for why in item.why] for item in sheet.preparing} == {
        "soon-approved": ["not launched yet (stage: approved)"],
        "soon-blocked": ["the check found 1 error"],
    }


CHILD = 'parent: parent\nregions: {include: ["510100"]}\n'
PARENT = {"parent": period("02-01", "06-30") + 'regions: {include: ["510000"]}\n'}


def test_a_child_stands_in_for_its_parent_in_its_city(tmp_path: Path) -> None:
    specs = PARENT | {"child": CHILD + LIVE}
    assert live(daily(tmp_path, specs)) == ["child"]
    assert daily(tmp_path, specs).cards[0].line.instead_of == "parent"
    assert live(daily(tmp_path, specs, "绵阳")) == ["parent"]


def test_who_makes_way_for_whom_is_told_on_the_day_and_a_week_before(tmp_path: Path) -> None:
    specs = PARENT | {"child": CHILD + period("03-10", "03-20")}
    there, back = (
        Change(date(2027, 3, 10), "parent", "child", False),
        Change(date(2027, 3, 21), "child", "parent", True),
    )
    expected: dict[str, tuple[list[Change], list[str]]] = {
        "2027-03-02": ([], ["parent"]),
        "2027-03-03": ([there], ["parent"]),
        "2027-03-10": ([there], ["child"]),
        "2027-03-11": ([], ["child"]),
        "2027-03-14": ([back], ["child"]),
        "2027-03-21": ([back], ["parent"]),
        "2027-03-22": ([], ["parent"]),
    }
    for day, (changes, campaigns) in expected.items():
        sheet = daily(tmp_path, specs, on=date.fromisoformat(day))
        assert (list(sheet.changes), live(sheet)) == (changes, campaigns), day


def test_making_way_is_neither_an_end_nor_a_start(tmp_path: Path) -> None:
    specs = PARENT | {"child": CHILD + period("03-10", "03-20")}
    sheet = daily(tmp_path, specs)
    assert [(line.id, line.badge) for line in sheet.gone] == [("parent", "replaced")]
    assert ids(sheet.starting) == ["child"]
    before = daily(tmp_path, specs, on=date(2027, 3, 9))
    assert (ids(before.ending), ids(before.ending_today), ids(before.soon)) == ([], [], ["child"])
    after = daily(tmp_path, specs, on=date(2027, 3, 21))
    assert (ids(after.starting), ids(after.running), ids(after.gone)) == ([], ["parent"], ["child"])
    assert after.running[0].badge == "new"


def test_a_child_that_may_not_be_used_leaves_its_parent_on_sale(tmp_path: Path) -> None:
    sheet = daily(tmp_path, PARENT | {"child": CHILD + LIVE + "stage: testing\n"})
    assert (live(sheet), ids(sheet.unusable), sheet.changes) == (["parent"], ["child"], ())
    # Nor is a parent that may not be used offered where its child stands in for it.
    parent = {"parent": PARENT["parent"] + "stage: testing\n"}
    sheet = daily(tmp_path, parent | {"child": CHILD + LIVE})
    assert (live(sheet), ids(sheet.unusable)) == (["child"], [])


def test_a_child_in_some_halls_leaves_its_parent_in_the_others(tmp_path: Path) -> None:
    specs = PARENT | {"child": CHILD + LIVE + f"halls: [{OTHER_HALL}]\n"}
    assert live(daily(tmp_path, specs)) == ["parent"]
    assert live(daily(tmp_path, specs, OTHER_HALL)) == ["child"]
    sheet = daily(tmp_path, specs, "成都市")
    assert live(sheet) == ["parent", "child"]
    assert sheet.both == ()  # one campaign, though in two versions


def test_a_child_that_is_not_at_the_counter_leaves_its_parent_there(tmp_path: Path) -> None:
    sheet = daily(tmp_path, PARENT | {"child": CHILD + LIVE + "channels: [app]\n"})
    assert live(sheet) == ["parent", "child"]
    assert [card.at_counter for card in sheet.cards] == [True, False]


def test_the_sheet_of_another_day_knows_what_is_over_today(tmp_path: Path) -> None:
    """A run forgets what is over by ``--today``; a sheet of an earlier day, or its comparison, needs it."""
    specs = {
        "over": period("02-20", "03-08"),
        "escaped": 'period: {start: 2027-02-20, end: "2027\\u002d03-08"}\n',
        "long-over": period("02-01", "02-10"),
        "live": LIVE,
    }
    later = date(2027, 6, 1)
    assert ids(daily(tmp_path, specs).gone) == ["escaped", "over"]
    assert ids(daily(tmp_path, specs, today=later).gone) == ["escaped", "over"]
    sheet = daily(tmp_path, specs, on=date(2027, 3, 8), today=later)
    assert (ids(sheet.ending_today), live(sheet)) == (["escaped", "over"], ["escaped", "over", "live"])
    assert sheet.issued == later


def test_an_empty_day_is_a_sheet(tmp_path: Path) -> None:
    sheet = daily(tmp_path, {"later": period("05-01", "05-31")})
    assert (sheet.cards, sheet.starting, sheet.soon, sheet.gone, sheet.unusable) == ((), (), (), (), ())
    assert (sheet.everybody, sheet.suits, sheet.both) == ((), (), ())


OFFERS = """offers:
  - {id: fast, name: 提速, product: broadband.300m, kind: upgrade, excludes: ["broadband.*"], stacks_with: ["tv.*"]}
  - {id: giga, name: 千兆, product: broadband.1000m, kind: upgrade, audience: [{age: "<30"}]}
"""


def test_two_offers_that_a_customer_can_meet(tmp_path: Path) -> None:
    specs = {
        "a-broadband": LIVE + OFFERS,
        "b-tv": LIVE + "offers:\n  - {id: tv, name: 电视, product: tv.plus, kind: trial, audience: [{age: '>=30'}]}\n",
        "c-cloud": LIVE
        + 'offers:\n  - {id: c, name: 云, product: vas.video, kind: trial, excludes: ["campaign:b-*"]}\n',
        "d-more": LIVE
        + 'offers:\n  - {id: d, name: 又, product: tv.basic, kind: trial, excludes: ["broadband.300m"]}\n',
    }
    assert list(daily(tmp_path, specs).both) == [
        Both("1-1", "1-2", "no", ("a-broadband",), False),
        Both("1-1", "2", "yes", ("a-broadband",), False),
        Both("1-1", "3", "ask", (), False),
        Both("1-1", "4", "no", ("d-more",), True),
        # Nobody is under and over 30: 1-2 and 2 are no pair.
        Both("1-2", "3", "ask", (), False),
        Both("1-2", "4", "ask", (), False),
        Both("2", "3", "no", ("c-cloud",), False),
        Both("2", "4", "ask", (), False),
        Both("3", "4", "ask", (), False),
    ]


def test_offers_sold_in_different_halls_only_are_no_pair(tmp_path: Path) -> None:
    halls = "channels: [hall]\nhalls: [{hall}]\n"
    specs = {"one": LIVE + halls.format(hall=OTHER_HALL), "two": LIVE + halls.format(hall="sc-cd-004")}
    sheet = daily(tmp_path, specs, "510100")
    assert (live(sheet), sheet.both) == (["one", "two"], ())


def test_which_one_suits_me_speaks_of_live_offers_only(tmp_path: Path) -> None:
    specs = {
        "a-broadband": LIVE + OFFERS,
        "b-testing": LIVE + 'stage: testing\naudience: [{age: ">=60"}]\n',
        "c-old": LIVE + 'audience: [{age: ">=60", brand: 全球通}]\n',
    }
    sheet = daily(tmp_path, specs)
    assert sheet.everybody == ("1-1",)
    (table,) = sheet.suits
    told = {kind.offers: kind.conditions for kind in table.kinds}
    assert table.split
    assert told == {
        ("2",): ({"brand": ["全球通"], "age": [">=60"]},),
        ("1-2",): ({"age": ["<30"]},),
        (): ({"brand": ["全球通"], "age": ["30..59"]}, {"brand": ["动感地带", "神州行"], "age": [">=30"]}),
    }


def test_a_card_says_what_the_counter_needs(tmp_path: Path) -> None:
    spec = """summary: 换话费。
offers:
  - {id: a, name: 甲, product: points.exchange, kind: points, price: {amount: 5, per: month, for_months: 2, then: 8}, opt_in_code: JF,
     audience: [{age: ">=60"}]}
answers: [{phrase: 满额, answer: "以后每月 {{ price.then }} 元。"}]
faq: [{topic: price, q: 多少钱？, a: 前两个月每月 5 元。}]
handling: {steps: [sign, {step: explain_offer, minutes: [2, 2, 2]}]}
support: {contact: 支撑台, hours: "08:00-20:00"}
"""
    (card,) = daily(tmp_path, {"one": LIVE + spec}, linked={"one"}).cards
    (offer,) = card.offers
    assert (offer.label, offer.name, offer.code) == ("1", "甲", "JF")
    said = [*offer.now, *offer.later, *offer.only_for, card.busiest]
    assert [item.render("zh").replace("\u00a0", " ") for item in said] == [  # type: ignore[union-attr]
        "前 2 个月，每月 5 元",
        "第 3 个月起，每月 8 元",
        "年龄满 60 岁",
        "柜台办一笔平均 2.3 分钟，最费时的是“讲清优惠”（2.0 分钟）",
    ]
    assert (card.mind, card.questions) == (("满额", "以后每月 8 元。"), ("多少钱？",))
    assert (card.support, card.hours, card.linked) == ("支撑台", "08:00-20:00", True)


def test_of_several_with_one_id_none_is_live(tmp_path: Path) -> None:
    given_files = files(tmp_path, {"one": LIVE, "two": LIVE})
    text = (tmp_path / "one.yaml").read_text(encoding="utf-8")
    (tmp_path / "two.yaml").write_text(text, encoding="utf-8")
    from campaigncheck.sheets.daily.build import build

    done = checked(given_files)
    sheet = build(done, find_place("510100", done.catalogues), DAY, DAY)
    assert (live(sheet), ids(sheet.unusable)) == ([], ["one"])


def test_each_title_of_who_decides_is_quoted_by_itself(tmp_path: Path) -> None:
    specs = {
        name: LIVE + f"offers: [{{id: a, name: 优惠, product: tv.plus, kind: trial, excludes: ['campaign:{other}']}}]\n"
        for name, other in (("one", "two"), ("two", "one"))
    }
    found = paired(daily(tmp_path, specs)).no[0].says
    assert show(PAGE["says"](titles=found), "zh") == "“one”、“two”写明"
    assert show(PAGE["says"](titles=found), "en") == "according to “one”, “two”"


def test_each_pair_stands_once_and_answers_that_nothing_has_are_left_out(tmp_path: Path) -> None:
    specs = {
        name: LIVE + f"offers: [{{id: a, name: {name}, product: {product}, kind: trial{more}}}]\n"
        for name, product, more in (
            ("one", "tv.plus", ", stacks_with: ['campaign:two']"),
            ("three", "vas.ringback", ""),
            ("two", "vas.cloud-storage", ", stacks_with: ['campaign:four']"),
            ("four", "plan.5g-99", ""),
        )
    }
    sheet = daily(tmp_path, specs)
    found = paired(sheet)
    named = [{sheet.names[item.first], sheet.names[item.second]} for item in found.yes]
    assert sorted(map(sorted, named)) == [["four", "two"], ["one", "two"]]
    assert [({sheet.names[label], *(sheet.names[other] for other in others)}) for label, others in found.ask] == [
        {"one", "four"}
    ]
    assert (found.no, [sheet.names[label] for label in found.untold]) == ((), ["three"])
    page = write(sheet, "zh")
    assert "<dt>能同时办</dt>" in page
    assert "<dt>不能同时办</dt>" not in page
    assert page.count("“two”写明") == 1


@pytest.mark.parametrize(
    ("price_words", "zh", "en"),
    [
        ("amount: 79, for_months: 12, then: 109", "前 12 个月，每月 79 元；第 13 个月起，每月 109 元",
         "79 yuan a month for the first 12 months; 109 yuan a month from month 13 on"),
        ("amount: 3, per: day", "每天 3 元，一直是这个价", "3 yuan a day, stays the same"),
    ],
)  # fmt: skip
def test_a_price_is_one_sentence(tmp_path: Path, price_words: str, zh: str, en: str) -> None:
    offer = f"offers: [{{id: a, name: 甲, product: tv.plus, kind: discount, price: {{{price_words}}}}}]\n"
    (card,) = daily(tmp_path, {"one": LIVE + offer}).cards
    said = price(card.offers[0])
    assert (show(said, "zh").replace("\xa0", " "), show(said, "en")) == (zh, en)


def test_days_are_written_in_one_way(tmp_path: Path) -> None:
    page = write(daily(tmp_path, {"one": period("03-01", "04-30"), "two": period("03-12", "04-30")}), "zh")
    body = page[page.index("<body") :]
    assert not re.search(r"\d{4}-\d\d-\d\d", body)
    assert "和一周前（3 月 3 日）比，新预告 1 个。" in body
    assert "2027 年 3 月 1 日到 2027 年 4 月 30 日" in body


def test_the_digest_follows_what_counts_and_nothing_else(tmp_path: Path) -> None:
    specs = {"here": LIVE, "elsewhere": LIVE + 'regions: {include: ["510700"]}\n'}
    first = daily(tmp_path, specs).digest
    assert daily(tmp_path, specs | {"elsewhere": specs["elsewhere"] + "summary: 别处\n"}).digest == first
    others = {
        first,
        daily(tmp_path, specs | {"here": LIVE + "summary: 这里\n"}).digest,
        daily(tmp_path, specs, OTHER_HALL).digest,
        daily(tmp_path, specs, on=date(2027, 3, 11)).digest,
        daily(tmp_path, specs, linked=["here"]).digest,
        daily(tmp_path, specs | {"unread": "stage: launched\ntitle: [\n"}).digest,
    }
    assert len(others) == 6
    assert daily(tmp_path, specs, linked=["elsewhere", "nowhere"]).digest == first


@pytest.mark.parametrize(
    ("given_place", "kind", "found"),
    [
        ("sc-cd-001", "hall", "sc-cd-001"),
        ("成都春熙路营业厅", "hall", "sc-cd-001"),
        ("510100", "city", "510100"),
        ("510104", "city", "510100"),
        ("成都市", "city", "510100"),
        (" 成都 ", "city", "510100"),
        ("锦江区", "city", "510100"),
        ("凉山", "city", "513400"),
        ("上海", "city", "310000"),
        ("310000", "city", "310000"),
        ("429004", "city", "429004"),
    ],
)
def test_a_place_by_id_code_or_name(given_place: str, kind: str, found: str) -> None:
    place = find_place(given_place, knowledge().catalogues)
    assert (place.kind, place.id) == (kind, found)


@pytest.mark.parametrize(
    ("given_place", "message", "hint"),
    [
        ("四川省", "larger than a city", "510100 (成都市)"),
        ("510000", "larger than a city", "510100 (成都市)"),
        ("000000", "larger than a city", "110000 (北京市)"),
        ("鼓楼区", "more than one place", "320100 (南京市), 320300 (徐州市)"),
        ("吉林", "more than one place", "220000 (吉林省), 220200 (吉林市)"),
        ("sc-cd-01", "no hall or city", "sc-cd-001 (成都春熙路营业厅)"),
        ("成都市市", "no hall or city", "510100 (成都市)"),
        ("春熙路营业厅", "no hall or city", "sc-cd-001 (成都春熙路营业厅)"),
        ("441900000", "no hall or city", "441900 (东莞市)"),
        ("xyz", "no hall or city", "rules/network/halls.csv"),
        ("", "no hall or city", "rules/network/halls.csv"),
    ],
)
def test_a_place_that_is_none_is_refused(given_place: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        find_place(given_place, knowledge().catalogues)
    assert message in refused.value.message.render("en")
    assert hint in refused.value.hint.render("en")


@pytest.mark.parametrize(("halls", "mark"), [("", "replaced"), (f"halls: [{OTHER_HALL}]\n", "gone")])
def test_what_is_over_is_replaced_only_where_its_child_is_everywhere(tmp_path: Path, halls: str, mark: str) -> None:
    parent = {"parent": period("02-01", "03-05") + 'regions: {include: ["510000"]}\n'}
    sheet = daily(tmp_path, parent | {"child": CHILD + period("03-06", "04-30") + halls}, "成都市")
    assert [(line.id, line.badge) for line in sheet.gone] == [("parent", mark)]
    assert live(sheet) == ["child"]
