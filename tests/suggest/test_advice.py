"""Advice about small repositories, worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.run import Knowledge
from campaigncheck.messages import Text
from campaigncheck.suggest.advice import Advice
from campaigncheck.suggest.changes import changes
from campaigncheck.suggest.report import data, write_text
from tests.suggest.repositories import advised, write_rules

OFFER = "offers: [{{id: a, name: 优惠, product: {product}, kind: trial{more}}}]\n"


def spec(
    period: str, cities: str = '"510100"', channels: str = "app", stage: str = "approved", more: str = "",
    product: str = "points.exchange", offer: str = "",
) -> str:  # fmt: skip
    """A spec of which only what matters here is told."""
    start, end = period.split("/")
    return (
        f"stage: {stage}\nthemes: [one]\nperiod: {{start: {start}, end: {end}}}\nregions: {{include: [{cities}]}}\n"
        f"channels: [{channels}]\n{more}" + OFFER.format(product=product, more=offer)
    )


def kinds(advice: Advice) -> list[list[str]]:
    """The kinds of change of each suggestion."""
    return [[change.kind for change in changes(advice.subject, item.plan)] for item in advice.suggestions]


def said(advice: Advice) -> list[str]:
    """What each suggestion says, in Chinese."""
    return [
        "；".join(change.message.render("zh") for change in changes(advice.subject, item.plan))
        for item in advice.suggestions
    ]


BUSY = {f"busy-{n}": spec("2027-09-06/2027-10-10", channels="hall", product="vas.video") for n in range(3)}
"""Three campaigns in the halls of one city."""


def test_what_passes_needs_no_change() -> None:
    advice = advised({"subject": spec("2027-09-06/2027-09-30", stage="draft")})
    assert (advice.passes, advice.in_the_way, advice.suggestions) == (True, (), ())
    assert write_text(advice, "zh") == "“积分换话费”（subject）现在就能通过，不用改。\n"


def test_a_full_hall_is_left_or_waited_for() -> None:
    advice = advised({"subject": spec("2027-09-17/2027-10-16", channels="hall, app", stage="draft"), **BUSY})
    assert [finding.rule for finding in advice.in_the_way] == ["FREQ001"]
    assert said(advice) == [
        "推迟 24 天：2027-10-11 至 2027-11-09",
        "不在营业厅办，只在 App 上办",
    ]
    assert [item.cost for item in advice.suggestions] == [24 * 5_000 + 30_000, 200_000 + 30_000]


def test_the_city_whose_halls_are_full_is_left_out() -> None:
    both = spec("2027-09-17/2027-10-16", '"510100", "510700"', "hall", "draft")
    advice = advised({"subject": both, **BUSY}, within=10)
    assert said(advice) == ["去掉 1 个城市：成都市"]


def test_the_hall_that_is_full_is_left_out() -> None:
    one = {name: text.replace("channels", "halls: [sc-cd-001]\nchannels") for name, text in BUSY.items()}
    halls = spec("2027-09-17/2027-10-16", channels="hall", stage="draft", more="halls: [sc-cd-001, sc-cd-002]\n")
    assert said(advised({"subject": halls, **one}, within=10)) == ["去掉 1 个营业厅：成都一厅"]


def test_a_campaign_that_has_begun_keeps_its_start() -> None:
    other = spec("2027-09-20/2027-10-31", offer=', excludes: ["points.*"]')
    running = spec("2027-08-01/2027-09-30", stage="draft")
    advice = advised({"subject": running, "other": other})
    assert [finding.rule for finding in advice.in_the_way] == ["CONF001"]
    assert said(advice) == ["少办 11 天：2027-08-01 至 2027-09-19"]


def test_no_campaign_starts_in_the_past() -> None:
    other = spec("2027-08-18/2027-10-31", offer=', excludes: ["points.*"]')
    ahead = spec("2027-08-16/2027-08-25", stage="draft")
    advice = advised({"subject": ahead, "other": other})
    assert said(advice) == ["推迟 80 天：2027-11-04 至 2027-11-13"]


def test_customers_are_narrowed_to_those_who_do_not_get_the_other() -> None:
    other = spec("2027-09-01/2027-12-31", more="audience: [{brand: 全球通}]\n", offer=', excludes: ["points.*"]')
    advice = advised({"subject": spec("2027-09-20/2027-10-19", stage="draft"), "other": other}, within=30)
    assert said(advice) == ["客户范围收窄，只限品牌 动感地带、神州行的客户"]
    assert "audience: [{brand: [动感地带, 神州行]}]" in advice.suggestions[0].text


def test_an_agreement_is_stated() -> None:
    advice = advised(
        {"subject": spec("2027-09-20/2027-10-19", stage="draft"), "other": spec("2027-09-01/2027-12-31")}, within=30
    )
    assert kinds(advice) == [["stacking"]]
    assert "stacks_with: [campaign:other]" in advice.suggestions[0].text
    assert data(advice, "zh")["suggestions"][0]["agree_with"] == ["other"]


def test_an_agreement_on_another_product_line_is_not_stated() -> None:
    two = spec("2027-09-20/2027-10-19", stage="draft").replace(
        "offers: [", "offers: [{id: b, name: 视频, product: vas.video, kind: trial}, "
    )
    advice = advised({"subject": two, "other": spec("2027-09-01/2027-12-31")}, within=30)
    assert advice.suggestions[0].text.count("campaign:other") == 1


def test_nothing_works_and_it_says_so() -> None:
    other = spec("2027-01-01/2028-12-31", offer=', excludes: ["points.*"]')
    advice = advised({"subject": spec("2027-09-20/2027-10-19", stage="draft"), "other": other})
    assert (advice.passes, advice.gave_up, advice.suggestions) == (False, False, ())
    assert write_text(advice, "zh").endswith("没有能通过的办法；拦住它的规则：CONF001。\n")
    assert write_text(advice, "en").endswith("in the way: CONF001.\n")


def test_what_is_written_for_customers_is_left_to_people() -> None:
    advice = advised({"subject": spec("2027-09-17/2027-10-16", channels="hall", stage="testing"), **BUSY})
    by_hand = {finding.rule for finding in advice.by_hand}
    assert {"FAQ001", "READY001", "TIME003"} <= by_hand
    assert "FREQ001" not in by_hand
    assert [finding.rule for finding in advice.movable] == ["FREQ001"]
    assert kinds(advice)[0] == ["shift"]
    assert not advice.passes
    assert {finding.rule for finding in advice.suggestions[0].left} == by_hand


def test_where_all_is_left_to_people_the_halls_may_be_left_to_spare_some_of_it() -> None:
    advice = advised({"subject": spec("2027-09-17/2027-10-16", channels="hall, app", stage="testing")})
    assert kinds(advice) == [["electronic"]]
    spared = {finding.rule for finding in advice.by_hand} - {item.rule for item in advice.suggestions[0].left}
    assert spared == {"TIME003", "GATE001"}  # neither handling steps nor the number of people who come


def test_right_of_way_is_not_won_by_starting_a_day_earlier() -> None:
    tied = {
        "subject": spec("2027-09-17/2027-10-16", stage="draft"),
        "other": spec("2027-09-17/2027-10-16", stage="draft", offer=', excludes: ["points.*"]'),
    }
    advice = advised(tied)
    assert all(
        item.plan.last < date(2027, 9, 17).toordinal() or item.plan.start > date(2027, 10, 16).toordinal()
        for item in advice.suggestions
    )
    assert advice.suggestions


def test_those_behind_go_on_giving_way() -> None:
    behind = spec("2027-09-20/2027-10-16", stage="draft", offer=', excludes: ["points.*"]')
    advice = advised({"subject": spec("2027-09-17/2027-10-16", stage="draft"), "other": behind})
    assert advice.passes
    assert write_text(advice, "zh").endswith("这些营销案要给它让路：“积分换话费”（CONF001）\n")


def test_a_rule_that_only_notes_stands_in_nobodys_way(tmp_path: Path) -> None:
    rules = write_rules(tmp_path / "rules")
    (rules / "policy.yaml").write_text("extends: builtin\nseverities: {FREQ001: note}\n", encoding="utf-8")
    known = Knowledge.of(RuleFiles.at(rules))
    blackout = spec("2027-09-30/2027-10-20", channels="hall", stage="draft")
    assert said(advised({"subject": blackout, **BUSY}))[0].startswith("推迟 ")
    advice = advised({"subject": blackout, **BUSY}, known=known)
    assert [finding.rule for finding in advice.in_the_way] == ["FREQ003"]
    assert said(advice)[:2] == ["提前 3 天：2027-09-27 至 2027-10-17", "推迟 6 天：2027-10-06 至 2027-10-26"]


@pytest.mark.parametrize(
    ("specs", "wanted", "message"),
    [
        (
            {"alpha": spec("2027-09-17/2027-10-16")},
            "alphb",
            Text("没有编号为“alphb”的营销案", "there is no campaign “alphb”"),
        ),
        (
            {"alpha": spec("2026-09-17/2026-10-16")},
            "alpha",
            Text("“alpha”已经下线、过期，或者没有覆盖任何城市，没有可以调整的", ""),
        ),
        ({"alpha": "nonsense: 1\n"}, "alpha", Text("campaigns/alpha.yaml 读不懂，没法给建议", "")),
        (
            {"a": "id: twice\n", "b": "id: twice\n"},
            "twice",
            Text("“twice”在几个文件里都用了：campaigns/a.yaml、campaigns/b.yaml", ""),
        ),
    ],
)
def test_no_advice_without_a_campaign(specs: dict[str, str], wanted: str, message: Text) -> None:
    with pytest.raises(UsageError) as caught:
        advised(specs, wanted)
    assert caught.value.message.render("zh") == message.zh
