"""Answers that refer to the spec's own values: rules and sheets see them filled in, places are those in the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Job, run
from campaigncheck.engine.selection import Selection
from campaigncheck.messages import Message
from campaigncheck.rulekit.sample import complete
from campaigncheck.sheets.edition import Edition
from campaigncheck.sheets.model import Sheet
from campaigncheck.source.document import read
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from campaigncheck.understand.references import fill
from tests.support.checking import TODAY, check_specs, places

OFFERS = """offers:
  - id: speedup
    name: 宽带提速包
    product: broadband.300m
    kind: discount
    price: {amount: 20, for_months: 12, then: 30.5}
    quota: 500
    confirm: twice
    cancel: [app, hall]
"""


def said(answer: str, more: str = "") -> str:
    """The answer filled in."""
    value, _ = read(
        complete(f"id: refers\n{OFFERS}{more}faq:\n  - {{topic: price, q: 多少钱？, a: '{answer}'}}\n"), "a"
    )
    campaign = fit(Campaign, value)
    assert isinstance(campaign, Campaign)
    return fill(campaign).campaign.faq[0].a


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("每月 {{ price.amount }} 元", "每月 20 元"),
        ("{{price.for_months}} 个月后 {{price.then}} 元", "12 个月后 30.5 元"),
        ("{{ speedup.price.then }} 元，{{ offers.speedup.name }}", "30.5 元，宽带提速包"),
        ("到{{ period.end }}为止", "到2027 年 3 月 31 日为止"),
        ("在{{ cancel }}取消", "在手机 App、营业厅取消"),
        ("一共 {{ quota }} 个", "一共 500 个"),
        ("{{ gift.name }}", "{{ gift.name }}"),  # there is none: the reference stays, and is reported
        ("{{ price }}{{ 9**9 }}{{ price.amount.real }}{{}}", "{{ price }}{{ 9**9 }}{{ price.amount.real }}{{}}"),
        ("{ price.amount } {{% price.amount %}}", "{ price.amount } {{% price.amount %}}"),
        ("{{ {{ quota }} }}", "{{ 500 }}"),
    ],
)
def test_a_reference_is_filled_in_and_nothing_is_computed(answer: str, shown: str) -> None:
    assert said(answer, "period: {start: 2027-01-15, end: 2027-03-31}\n") == shown


def test_what_is_filled_in_is_not_filled_in_again() -> None:
    assert said("{{ title }}", "title: 宽带 {{ quota }}\n") == "宽带 {{ quota }}"


def test_rules_read_the_answer_filled_in_and_point_into_the_file(tmp_path: Path) -> None:
    text = complete(
        f"id: refers\n{OFFERS}faq:\n"
        "  - topic: price_after\n"
        "    q: 以后多少钱？\n"
        "    a: |\n"
        "      前 {{ price.for_months }} 个月每月 {{ price.amount }} 元，\n"
        "      以后每月 {{ price.then }} 元，第 13 个月起每月 33 元，ARPU 高的客户也一样。\n"
    )
    report = check_specs(tmp_path, {"a": text}, select=("FAQ002", "FAQ003", "LANG001"), today=TODAY)
    assert places(report.findings) == [("a", "FAQ003", 16, 42), ("a", "LANG001", 16, 47)]
    drifted = text.replace("then: 30.5", "then: 33")
    report = check_specs(tmp_path, {"a": drifted}, select=("FAQ002", "FAQ003"), today=TODAY)
    assert places(report.findings) == []


def test_two_campaigns_are_compared_as_filled_in(tmp_path: Path) -> None:
    def spec(name: str, amount: int) -> str:
        offer = OFFERS.replace("amount: 20", f"amount: {amount}").replace("speedup", f"speedup-{name}")
        answer = "在 App 里点确认就生效，每次收 {{ price.for_months }} 元工本费。"
        faq = f"faq:\n  - {{topic: takes_effect, q: 什么时候生效？, a: '{answer}'}}\n"
        return complete(f"id: refers-{name}\n{offer}{faq}")

    alike = {"a": spec("a", 20), "b": spec("b", 20)}
    assert places(check_specs(tmp_path, alike, select=("CONF003",)).findings) == []
    other = {**alike, "b": alike["b"].replace("for_months: 12", "for_months: 6")}
    assert places(check_specs(tmp_path, other, select=("CONF003",)).findings) == [
        ("a", "CONF003", 12, 61),
        ("b", "CONF003", 12, 61),
    ]


def test_sheets_show_the_answers_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        complete(
            f"id: refers\n{OFFERS}answers:\n  - {{phrase: 提速, answer: '每月 {{{{ price.amount }}}} 元。'}}\n"
            "faq:\n  - {topic: price, q: 多少钱？, a: '每月 {{ price.amount }} 元。'}\n"
        ),
        encoding="utf-8",
    )
    done = run(Job([SpecFile(str(path), "a.yaml", True)], RuleFiles.at(None), Selection(), date(2026, 12, 1)))
    ((_, sheet),) = Edition(done, date(2026, 12, 1)).make()
    assert isinstance(sheet, Sheet)
    assert [item.a for topic in sheet.topics for item in topic.questions] == ["每月 20 元。"]
    assert [answer for _, answer in sheet.answers] == ["每月 20 元。"]


def test_a_name_like_another_is_suggested(tmp_path: Path) -> None:
    text = complete(f"id: refers\n{OFFERS}faq:\n  - {{topic: price, q: 多少钱？, a: '{{{{ price.ammount }}}} 元。'}}\n")
    (finding,) = check_specs(tmp_path, {"a": text}, select=("SPEC004",)).findings
    hint: Message = finding.hint
    assert hint.render("zh") == "是不是想写 {{ price.amount }}？"
    assert hint.render("en") == "Did you mean {{ price.amount }}?"


def test_braces_written_as_escapes_are_references_too(tmp_path: Path) -> None:
    text = complete(
        f'id: refers\n{OFFERS}faq:\n  - {{topic: price, q: 多少钱？, a: "\\x7b\\x7b price.them }}}} 元"}}\n'
    )
    report = check_specs(tmp_path, {"a": text}, select=("SPEC004",))
    assert places(report.findings) == [("a", "SPEC004", 12, 33)]


def test_an_offer_named_like_a_field_is_told_from_it(tmp_path: Path) -> None:
    text = complete(
        "id: refers\noffers:\n"
        "  - {id: gift, name: 甲, product: data.daily-1g, kind: trial, price: {amount: 1, per: day}, confirm: twice}\n"
        "  - {id: two, name: 乙, product: data.monthly-10g, kind: trial, price: {amount: 2, per: once}, confirm: twice}\n"
        "faq:\n  - {topic: price, q: 多少钱？, a: '{{ price.amount }} 元，{{ offers.gift.name }}'}\n"
    )
    (finding,) = check_specs(tmp_path, {"a": text}, select=("SPEC004",)).findings
    assert finding.hint.render("en") == "Say of which offer: offers.gift.price.amount, two.price.amount."


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        ("每月｛｛ price.amount ｝｝元", "写成 {{ price.then }} 的样子。"),
        (
            "{{ takes_effect }}",
            "把要说的话直接写出来。可以引用的有：name、price.amount、price.for_months、price.then、contract_months、early_exit、"
            "free_months、gift.name、gift.quantity、quota、opt_in_code、cancel、title、summary、period.start、period.end、channels、"
            "owner.department、owner.contact、support.contact、support.hours。",
        ),
    ],
)
def test_what_is_nearly_a_reference_is_told(answer: str, hint: str, tmp_path: Path) -> None:
    text = complete(f"id: refers\n{OFFERS}faq:\n  - {{topic: price, q: 多少钱？, a: '{answer}'}}\n")
    (finding,) = check_specs(tmp_path, {"a": text}, select=("SPEC004",)).findings
    assert finding.hint.render("zh") == hint
