"""What the FREQ rules say: which days, which customers, which campaigns, and what may be done instead."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.engine.finding import Finding
from campaigncheck.messages import Lang
from campaigncheck.rulekit.sample import complete
from tests.support.checking import check_specs, knowledge

CALENDAR = knowledge(RuleFiles.at(None)).catalogues.calendar


def findings(folder: Path, rule: str, *fragments: str, today: date = date(2024, 1, 1)) -> list[Finding]:
    specs = {f"s{number}": complete(text) for number, text in enumerate(fragments)}
    return list(check_specs(folder, specs, select=(rule,), today=today).findings)


def on(day: date) -> str:
    return f"period: {{start: {day}, end: {day + timedelta(days=60)}}}\n"


def said(folder: Path, start: date, lang: Lang = "zh") -> str:
    (found,) = findings(folder, "FREQ003", on(start))
    return found.message.render(lang)


@pytest.mark.parametrize(
    ("start", "message"),
    [
        (date(2026, 3, 31), "3 月 31 日是月末 3 天之一，不宜上线"),
        (date(2026, 2, 28), "2 月 28 日是月末 3 天之一，不宜上线"),
        (date(2026, 7, 3), "7 月 3 日是月初 3 天之一，不宜上线"),
        (date(2026, 2, 14), "2 月 14 日是春节假期的前一天，不宜上线"),
        (date(2026, 2, 23), "2 月 23 日是春节假期，不宜上线"),
        (date(2025, 10, 1), "10 月 1 日是月初 3 天之一、国庆节假期，不宜上线"),
        (date(2025, 9, 30), "9 月 30 日是月末 3 天之一、国庆节假期的前一天，不宜上线"),
        (date(2027, 2, 6), "2 月 6 日是春节假期，不宜上线（2027 年放假安排还没公布，按推算）"),
        (
            date(2026, 12, 31),
            "12 月 31 日是月末 3 天之一、元旦假期的前一天，不宜上线（2027 年放假安排还没公布，按推算）",
        ),
        (date(2027, 3, 31), "3 月 31 日是月末 3 天之一，不宜上线"),
        (date(2040, 10, 1), "10 月 1 日是月初 3 天之一，不宜上线"),
    ],
)
def test_the_message_names_what_is_wrong_with_the_day(tmp_path: Path, start: date, message: str) -> None:
    assert said(tmp_path, start) == message


def test_holidays_have_english_names(tmp_path: Path) -> None:
    assert said(tmp_path, date(2025, 9, 30), "en") == (
        "2025-09-30 is one of the last 3 days of its month, the day before the holiday National Day: no day to launch on"
    )
    assert "National Day and Mid-Autumn Festival" in said(tmp_path, date(2028, 10, 3), "en")


@pytest.mark.parametrize("month", range(1, 13))
def test_the_day_that_the_hint_gives_is_the_next_free_one(tmp_path: Path, month: int) -> None:
    start = date(2026, month, 28)
    while not (found := findings(tmp_path, "FREQ003", on(start))):
        start += timedelta(days=1)
    (free,) = map(date.fromisoformat, re.findall(r"\d{4}-\d\d-\d\d", found[0].hint.render("zh")))
    assert findings(tmp_path, "FREQ003", on(free)) == []
    between = [start + timedelta(days=later) for later in range(1, (free - start).days)]
    assert all(findings(tmp_path, "FREQ003", on(day)) for day in between)


def test_a_policy_without_any_free_day_is_told_so(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "policy.yaml").write_text(
        "extends: builtin\nlimits:\n  blackout_days:\n    value: 16\n    unit: {zh: 天, en: days}\n"
        "    source: 试一试\n    stricter: higher\n",
        encoding="utf-8",
    )
    specs = {"a": complete(on(date(2026, 3, 16)))}
    (found,) = check_specs(tmp_path, specs, select=("FREQ003",), today=date(2026, 1, 1), rules=rules).findings
    assert "blackout_days" in found.hint.render("zh")


def test_a_make_up_workday_is_of_no_holiday() -> None:
    assert CALENDAR.holiday(date(2026, 2, 14)) is None
    assert CALENDAR.holiday(date(2026, 2, 15)) == "春节"
    assert CALENDAR.holiday(date(2040, 10, 1)) is None


PUSH = (
    "id: {id}\ntitle: {id}\nperiod: {{start: {start}, end: 2027-06-30}}\nchannels: [sms, outbound_call]\n"
    "regions: {{include: [{regions}]}}\naudience: [{audience}]\n"
)


def test_pushes_name_city_days_customer_and_the_others(tmp_path: Path) -> None:
    (found,) = findings(
        tmp_path,
        "FREQ004",
        PUSH.format(id="one", start="2027-03-08", regions='"510700"', audience="{brand: [动感地带, 神州行]}"),
        PUSH.format(id="two", start="2027-03-20", regions='"510000"', audience="{age: 30..40}"),
        PUSH.format(
            id="last", start="2027-04-02", regions='"510100", "510700"', audience='{age: ">=35", brand: 神州行}'
        ),
    )
    assert found.message.render("zh") == (
        "绵阳市有客户在 2027-03-08 至 2027-04-02 会收到 6 次推送（年龄 35 岁、品牌神州行的客户），而任意 30 天内最多 4 次；"
        "本案用短信、外呼，另外还有：“one”（短信、外呼）、“two”（短信、外呼）"
    )
    assert [item.campaign for item in found.related] == ["one", "two"]


def offers(count: int) -> str:
    return "offers:\n" + "".join(
        f"  - {{id: o{number}, name: 兑换, product: points.exchange, kind: points}}\n" for number in range(count)
    )


def test_offers_are_counted_one_by_one(tmp_path: Path) -> None:
    new, alone = findings(
        tmp_path,
        "FREQ006",
        "id: one\ntitle: 甲\nperiod: {start: 2027-03-08, end: 2027-03-31}\nhalls: [sc-cd-001]\n" + offers(4),
        "id: two\ntitle: 乙\nperiod: {start: 2027-03-10, end: 2027-03-31}\n" + offers(2),
        "id: three\ntitle: 丙\nperiod: {start: 2027-05-10, end: 2027-05-31}\n" + offers(7),
    )
    assert new.message.render("zh") == (
        "在成都市的成都春熙路营业厅，营业员 2027-03-08 至 2027-03-10 要新学 6 项优惠（本案 2 项），"
        "而任意 7 天内最多 5 项；还有：“甲”4 项"
    )
    assert alone.message.render("zh").endswith("（本案 7 项），而任意 7 天内最多 5 项；全是本案的")


def test_a_city_is_told_whose_themes_it_could_join(tmp_path: Path) -> None:
    (found,) = findings(
        tmp_path,
        "FREQ005",
        "id: province\ntitle: 甲\nthemes: [spring, broadband]\n",
        'id: city\nowner: {region: "510100", department: 市场部, contact: cd@example.com}\nthemes: [students]\n',
    )
    assert "“甲”" in found.message.render("zh")
    assert "parent（province）" in found.hint.render("zh")
    assert "（broadband、spring）" in found.hint.render("zh")
    assert [(item.campaign, item.place.line) for item in found.related] == [("province", 3)]


LIVE = "id: {id}\ntitle: {id}\nstage: {stage}\nperiod: {{start: 2027-03-0{day}, end: 2027-03-31}}\n"


def test_why_this_campaign_has_to_move(tmp_path: Path) -> None:
    (found,) = findings(
        tmp_path, "FREQ001", *(LIVE.format(id=f"c-{day}", stage="testing", day=day) for day in range(1, 5))
    )
    assert found.hint.render("zh").endswith("这里提到的都先行（阶段更靠后，或开始得更早），所以由本案调整。")
    tied = findings(tmp_path, "FREQ001", *(LIVE.format(id=f"d-{n}", stage="testing", day=1) for n in range(1, 5)))
    assert {item.hint.render("en").partition(" Some ")[2] for item in tied[:4]} == {
        "of those named tie with this one: agree with them."
    }
