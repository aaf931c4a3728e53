"""FAQ003 on the example campaigns: silent as they are, and loud as soon as one figure changes."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.handling.plan import handling_time, planned_steps
from campaigncheck.language.fold import fold
from campaigncheck.language.passages import Reading, passages
from campaigncheck.language.subjects import told
from campaigncheck.rulekit.rule import CampaignView, Problem
from campaigncheck.rulekit.sample import complete
from campaigncheck.rules._contradicted import contradicted
from campaigncheck.rules._figures import mismatches
from campaigncheck.rules._outright import Doubts, Missing
from campaigncheck.rules._stated import Statement
from campaigncheck.rules.faq003 import check
from campaigncheck.source.document import read
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from campaigncheck.understand.meaning import understand
from tests.support.checking import TODAY, knowledge

EXAMPLES = Path(__file__).parents[2] / "campaigns"


def view_of(text: str) -> CampaignView:
    """Return the view of a spec, without its vocabulary, which figures do not need."""
    known = knowledge(RuleFiles.at(None))
    campaign = fit(Campaign, read(text, "x.yaml")[0])
    assert isinstance(campaign, Campaign)
    steps = planned_steps(campaign, known.catalogues.steps)
    meaning = understand(campaign, known.catalogues)
    return CampaignView(
        campaign,
        known.catalogues,
        known.lexicon,
        TODAY.toordinal(),
        meaning,
        Reading(tuple(passages(campaign)), ()),
        steps,
        handling_time(steps),
    )


@lru_cache(maxsize=1)
def examples() -> tuple[CampaignView, ...]:
    """Return all example campaigns."""
    return tuple(view_of(path.read_text(encoding="utf-8")) for path in sorted(EXAMPLES.rglob("*.yaml")))


def found(view: CampaignView) -> list[Problem]:
    """Return what the rule finds."""
    return list(check(view))


def said(view: CampaignView) -> list[str]:
    """Return what it finds, in words."""
    return [problem.message.render("zh") for problem in found(view)]


# --- one figure changed ----------------------------------------------------------------------------------------------

STATED = re.compile(r"(?<![\d.A-Za-z])(\d+)( ?)(元|个月|M(?![a-z])|户|份|台|位|岁|月(?= ?\d))")
COUNTS = "户份台位"


def changes(value: int) -> tuple[int, ...]:
    """Return what a slip of the pen makes of a figure."""
    return value + 1, value - 1, value * 2, value + 5


def values(campaign: Campaign) -> dict[str, set[float]]:
    """Return the values that a spec gives, by the unit in which texts state them."""
    offers = campaign.offers
    prices = [offer.price for offer in offers if offer.price]
    charges = [float(number) for offer in offers for number in re.findall(r"(\d+) 元", offer.early_exit or "")]
    months = {price.for_months for price in prices if price.for_months}
    months |= {offer.free_months for offer in offers if offer.free_months}
    turns = {month + 1 for month in months}
    limits = {"tenure_months": "个月", "age": "岁", "monthly_spend": "元"}
    found: dict[str, set[float]] = {
        "元": {price.amount for price in prices} | {price.then for price in prices if price.then} | set(charges),
        "个月": {*months, *turns, *(offer.contract_months for offer in offers if offer.contract_months)},
        "份": {offer.quota for offer in offers if offer.quota}
        | {offer.gift.quantity for offer in offers if offer.gift},
        "M": {float(size) for offer in offers for size in re.findall(r"(\d+)m$", offer.product)},
        "月": {campaign.period.start.month, campaign.period.end.month},
        "岁": set(),
    }
    for group in (*campaign.audience, *(group for offer in offers for group in offer.audience)):
        for attribute, unit in limits.items():
            found[unit] |= {float(number) for number in re.findall(r"\d+(?:\.\d+)?", str(group.get(attribute, "")))}
    return found


def mutants(view: CampaignView, field: str) -> Iterator[CampaignView]:
    """Yield a campaign once for each figure that its answers (or its texts) state, with that figure changed."""
    campaign = view.campaign
    known = values(campaign)
    texts = [entry.a for entry in campaign.faq] if field == "faq" else [text.text for text in campaign.texts]
    for index, passage in enumerate(texts):
        for match in STATED.finditer(passage):
            unit = "份" if match[3] in COUNTS else match[3]
            for value in changes(int(match[1])) if float(match[1]) in known[unit] else ():
                if value > 0 and value not in known[unit]:
                    changed = f"{passage[: match.start()]}{value}{passage[match.end(1) :]}"
                    yield saying(view, with_passage(campaign, field, index, changed))


def saying(view: CampaignView, campaign: Campaign) -> CampaignView:
    """Return the view of a campaign that has other texts."""
    return view._replace(campaign=campaign, reading=Reading(tuple(passages(campaign)), ()))


def with_passage(campaign: Campaign, field: str, index: int, passage: str) -> Campaign:
    """Return a campaign with one of its answers or texts changed."""
    if field == "faq":
        faq = [*campaign.faq]
        faq[index] = faq[index].model_copy(update={"a": passage})
        return campaign.model_copy(update={"faq": faq})
    texts = [*campaign.texts]
    texts[index] = texts[index].model_copy(update={"text": passage})
    return campaign.model_copy(update={"texts": texts})


def test_the_examples_say_what_their_specs_say() -> None:
    assert {view.campaign.id: said(view) for view in examples() if found(view)} == {}


@pytest.mark.parametrize(("field", "least"), [("faq", 0.8), ("texts", 0.9)])
def test_most_changed_figures_are_found(field: str, least: float) -> None:
    changed = [bool(found(mutant)) for view in examples() for mutant in mutants(view, field)]
    assert len(changed) > 500
    assert sum(changed) / len(changed) >= least


# --- the quick look --------------------------------------------------------------------------------------------------

SPEC = complete(
    """\
offers:
  - id: net
    name: 300M 提速包
    product: broadband.300m
    kind: contract
    price: {amount: 20, for_months: 12, then: 30}
    contract_months: 24
    early_exit: 按剩余月数每月补 10 元
    free_months: 2
    quota: 5000
audience: [{tenure_months: ">=6", age: ">=18"}]
facts: [240 元, 3 个月]
texts:
  - {channel: poster, text: 到营业厅办。}
"""
)
SENTENCES = (
    "前 {} 个月每月 {} 元。", "从第 {} 个月开始每月 {} 元。", "{} 个月以后每月 {} 元。", "约定用满 {} 个月，剩几个月补几个 {} 元。",
    "还剩 {} 个月，补 {} 元。", "号码用满 {} 个月，年满 {} 岁就能办。", "网速升到 {}M，一共 {} 户。", "{} 月 {} 日前都能办。",
    "免费 {} 个月，之后每月 {} 元。", "用 {} 个月，一年一共 {} 元。", "300M 提速包前 {} 个月每月 {} 元。",
)  # fmt: skip
VALUES = st.sampled_from(
    [1, 2, 3, 5, 6, 10, 12, 13, 14, 15, 18, 20, 24, 25, 30, 31, 50, 60, 100, 240, 300, 500, 5000, 1000]
)
ONLY_READING_TELLS = {
    "从第 {} 个月开始每月 {} 元。",
    "{} 个月以后每月 {} 元。",
    "号码用满 {} 个月，年满 {} 岁就能办。",
    "{} 月 {} 日前都能办。",
}
"""Where one of the spec's figures may stand in the place of another unseen by the quick look."""


def with_text(text: str) -> CampaignView:
    """Return the view of the spec above with one text."""
    view = view_of(SPEC)
    return saying(view, with_passage(view.campaign, "texts", 0, text))


def wholly_read(view: CampaignView, text: str) -> list[tuple[int, int]]:
    """Return where figures disagree when the whole text is read; the 第 before an ordinal belongs to it."""
    found = [one.told for one in mismatches(Statement(view.campaign), view.handling, text, "")]
    return [(one.start - 2 if text[: one.start].endswith("第 ") else one.start, one.end) for one in found]


@given(st.sampled_from(SENTENCES), VALUES, VALUES)
def test_the_quick_look_adds_nothing(sentence: str, first: int, second: int) -> None:
    view = with_text(sentence.format(first, second))
    text = view.campaign.texts[0].text
    assert [problem.span for problem in found(view)] in (wholly_read(view, text), [])


@given(st.sampled_from([one for one in SENTENCES if one not in ONLY_READING_TELLS]), VALUES, VALUES)
def test_the_quick_look_hides_nothing(sentence: str, first: int, second: int) -> None:
    view = with_text(sentence.format(first, second))
    text = view.campaign.texts[0].text
    assert [problem.span for problem in found(view)] == wholly_read(view, text)


# --- what figures are about ------------------------------------------------------------------------------------------

ABOUT = [
    ("前 12 个月每月 20 元", "", ["first_months", "first_price"]),
    ("从第13个月起每月30元", "", ["turn", "turn_price"]),
    ("一年半以后每月 30 元", "", ["later_months", "later_price"]),
    ("约定用满两年", "", ["contract_months"]),
    ("还剩 5 个月，补 50 元", "early_exit", ["remaining_charge"]),
    ("号码用满 12 个月", "eligibility", ["tenure"]),
    ("每月花费 58 到 128 元", "eligibility", ["spend", "spend"]),
    ("2027 年 1 月 15 日至 3 月 31 日", "", ["first_day", "last_day"]),
    ("活动到 3 月底结束", "", ["last_month"]),
    ("网速升到千兆", "", ["speed"]),
    ("一共 5000 户", "sold_out", ["quota"]),
    ("3 到 4 分钟", "handling_time", ["minutes", "minutes"]),
    ("1 天内给您答复", "dispute", []),
    ("押金 100 元退机时退", "price", []),
    ("5 月 1 日至 5 日营业厅照常营业", "", []),
    ("用 Wi-Fi 一般能到 200M", "", []),
    ("拨 10086，早上 8:00 到晚上 8 点", "", []),
    ("照片再保留 3 个月", "cancel", []),
]


@pytest.mark.parametrize(("text", "topic", "subjects"), ABOUT)
def test_what_a_figure_is_about(text: str, topic: str, subjects: list[str]) -> None:
    assert [one.subject for one in told(fold(text), topic)] == subjects


def test_so_many_wrong_figures_are_named_and_no_more() -> None:
    view = with_text("一共 7 元，多 8 元，剩 9 个月补 61 元。" * 2_000)
    assert len(found(view)) == 1_000


TWO = complete(
    """\
offers:
  - {id: film, name: 视频会员, product: vas.video, kind: trial, price: {amount: 15}, free_months: 2, quota: 8000}
  - {id: ring, name: 彩铃, product: vas.ringback, kind: trial, price: {amount: 5}, free_months: 2, quota: 12000}
texts:
  - {channel: poster, text: 到营业厅办。}
"""
)


@pytest.mark.parametrize(
    ("text", "spec", "expected"),
    [
        ("一共 1.5 万个名额。", TWO, "20000 个"),
        ("彩铃一共 1.5 万个名额。", TWO, "12000 个"),
        ("要用满一年半。", SPEC, "24 个月"),
        ("从第 12 个月开始每月 30 元。", SPEC, "第 3 个月或第 15 个月或第 13 个月"),
        ("没用满的，还剩 5 个月就补 70 元。", SPEC, "50 元"),
    ],
)
def test_the_value_that_is_told_is_the_right_one(text: str, spec: str, expected: str) -> None:
    view = view_of(spec)
    problem = found(saying(view, with_passage(view.campaign, "texts", 0, text)))[0]
    assert expected in problem.message.render("zh")
    assert "第第" not in problem.hint.render("zh")


def seconds(piece: str, length: int) -> float:
    """Return how long the rule reads a text that is one piece again and again."""
    view = with_text((piece * length)[:length])
    begin = time.process_time()
    found(view)
    return time.process_time() - begin


@pytest.mark.parametrize(
    "piece",
    [
        "每月21元押金…",
        "原来每月 58 元，",
        "1元加…",
        "每天21元一天…",
        "满9岁，",
        "一共7元，连同8元，",
        "1元",
        "只限成都、",
        "送两台路由器，",
        "在网上营业厅也能办、",
        "中途取消不收，",
        "12000台？",
    ],
)
def test_the_time_grows_with_the_length_of_a_text(piece: str) -> None:
    tries = (seconds(piece, 60_000) / max(seconds(piece, 15_000), 0.002) for _ in range(4))
    assert any(growth < 10 for growth in tries)  # what grows with the square takes 16 times as long


def test_a_finding_names_the_value_and_its_field() -> None:
    problem = found(with_text("前 12 个月每月 25 元。"))[0]
    assert "“25 元”" in problem.message.render("zh")
    assert "20 元" in problem.message.render("zh")
    assert "20 yuan" in problem.message.render("en")
    assert [related.path for related in problem.related] == [("offers", 0, "price", "amount")]


# --- what is said outright -------------------------------------------------------------------------------------------

OUTRIGHT = complete(
    """\
channels: [hall, app]
regions: {include: ["510100"]}
offers:
  - id: net
    name: 300M 提速包
    product: broadband.300m
    kind: contract
    price: {amount: 20}
    contract_months: 24
    early_exit: 按剩余月数每月补 10 元
    cancel: [app, hall, hotline]
    gift: {name: 路由器, quantity: 3000, collect: hall}
handling: {steps: [verify_identity, explain_offer, sign, activate, pay, issue_sim, book_installer, choose_number]}
faq:
  - {topic: how_to_get, q: 怎么办？, a: 到营业厅办。}
  - {topic: cancel, q: 怎么取消？, a: 到营业厅取消。}
  - {topic: early_exit, q: 提前停呢？, a: 剩几个月补几个 10 元。}
  - {topic: eligibility, q: 谁能办？, a: 都能办。}
  - {topic: handling_time, q: 要多久？, a: 6 到 8 分钟。}
  - {topic: gift_collect, q: 哪里领？, a: 到营业厅领。}
"""
)
TOPICS = ("how_to_get", "cancel", "early_exit", "eligibility", "handling_time", "gift_collect")
WRONG = [
    ("how_to_get", "不想跑营业厅的，网上营业厅就能办。", "网上营业厅"),
    ("how_to_get", "可以在 App、自助终端办理。", "自助终端"),
    ("how_to_get", "编辑短信“KDTS”发送到 10086 即可办理。", "编辑短信“KDTS”发送到 10086"),
    ("how_to_get", "您也可以拨打客服热线办理。", "拨打客服热线"),
    ("how_to_get", "代理网点也能办理。", "代理网点"),
    ("how_to_get", "直接在官网点“办理”就行。", "官网"),
    ("how_to_get", "只要 2 分钟，就能办好。", "2 分钟"),
    ("cancel", "想停掉，网上营业厅也行。", "网上营业厅"),
    ("cancel", "取消的话，发短信就行。", "发短信"),
    ("cancel", "随时可以退，不收违约金，放心办。", "随时可以退，不收违约金"),
    ("early_exit", "随时退订，0 违约金。", "随时退订，0 违约金"),
    ("early_exit", "提前解约，我们不收您一分钱。", "提前解约，我们不收您一分钱"),
    ("early_exit", "任何时候都能停，一分钱不收。", "任何时候都能停，一分钱不收"),
    ("early_exit", "提前退网，一分钱违约金都不收。", "提前退网，一分钱违约金都不收"),
    ("early_exit", "想停就停，不收违约金。", "想停就停，不收违约金"),
    ("eligibility", "四川全省都能办。", "四川全省都能办"),
    ("eligibility", "全国都可以办。", "全国都可以办"),
    ("gift_collect", "2000 台路由器等您来领。", "2000 台"),
    ("gift_collect", "每户送两台。", "两台"),
]
RIGHT = [
    ("how_to_get", "带身份证到营业厅办；不方便来的，打 10086 预约上门办。"),
    ("how_to_get", "网上营业厅可以看到这个优惠，办要到营业厅。"),
    ("how_to_get", "老客户可以在网上营业厅办宽带续费。"),
    ("how_to_get", "以后网上营业厅也能办，除了网上营业厅，都能办。"),
    ("how_to_get", "在营业厅办，营业员发短信给您，回复 1 就行。"),
    ("how_to_get", "填表 2 分钟，一共 7 分钟办好。"),
    ("cancel", "想停掉短信提醒，回复 T 就行。"),
    ("cancel", "不想收短信，发短信 T 到 10086 就行。"),
    ("cancel", "自助终端上只能查，取消要到柜台，发短信取消不了。"),
    ("cancel", "随时可以取消，取消不收钱，没用满约定的补剩下的钱。"),
    ("early_exit", "随时可以停，没用满的剩几个月补几个 10 元，不收其他费用。"),
    ("early_exit", "我们这边的原因提前停，不收违约金。"),
    ("early_exit", "中途停机保号不收违约金；任何时候都可以退路由器，不收钱。"),
    ("early_exit", "要付 500 元违约金吗？不用，剩几个月补几个 10 元。"),
    ("eligibility", "只限成都号码；全省都能办的是另一个套餐。"),
    ("eligibility", "全国只有成都参加，只限前 3000 户，只限双流区。"),
    ("handling_time", "快的 5 分钟，慢的 10 分钟。"),
    ("gift_collect", "每个营业厅路由器 20 台，已经送出 1200 台路由器。"),
    ("gift_collect", "每人限领 1 台路由器，两台的要另外买。"),
]


def answering(topic: str, answer: str) -> CampaignView:
    """Return the view of the spec above with one answer changed."""
    view = view_of(OUTRIGHT)
    return saying(view, with_passage(view.campaign, "faq", TOPICS.index(topic), answer))


@pytest.mark.parametrize(("topic", "answer", "said"), WRONG)
def test_what_is_said_outright_against_the_spec_is_found(topic: str, answer: str, said: str) -> None:
    spans = [problem.span for problem in found(answering(topic, answer))]
    assert [answer[slice(*span)] for span in spans if span] == [said]


@pytest.mark.parametrize(("topic", "answer"), RIGHT)
def test_honest_answers_are_left_alone(topic: str, answer: str) -> None:
    assert said(answering(topic, answer)) == []


@pytest.mark.parametrize(
    ("topic", "answer", "expected"),
    [
        ("how_to_get", "在网上营业厅也能办。", "按营销案，不能通过网上营业厅办：办理渠道只有营业厅、手机 App"),
        ("cancel", "发短信退订。", "按营销案，不能通过短信取消：取消渠道只有手机 App、营业厅、客服热线"),
        ("early_exit", "中途取消不收钱。", "这里说提前停用不用花钱，营销案里要收：按剩余月数每月补 10 元"),
        ("early_exit", "违约金 200 元。", "这里写的提前停用要补的钱是“200 元”，和营销案对不上：应该是每月 10 元"),
        ("eligibility", "本活动只限绵阳。", "这里说“本活动只限绵阳”，但营销案开展的地方是：成都市"),
        ("gift_collect", "送两台路由器。", "这里写的每位客户的赠品数是“两台”，和营销案对不上：应该是 1 台"),
    ],
)
def test_what_is_right_is_told_with_it(topic: str, answer: str, expected: str) -> None:
    assert said(answering(topic, answer)) == [expected]


def test_what_some_offers_do_not_charge_may_be_left_for_nothing() -> None:
    free = OUTRIGHT.replace("offers:\n", "offers:\n  - {id: tv, name: 电视包, product: tv.plus, kind: trial}\n")
    view = view_of(free)
    assert said(saying(view, with_passage(view.campaign, "faq", 2, "中途取消不收钱。"))) == []


@given(st.sampled_from([*[one[:2] for one in WRONG], *RIGHT]))
def test_the_quick_look_hides_nothing_that_is_said_outright(answered: tuple[str, str]) -> None:
    view = answering(*answered)
    told_there = [passage for passage in view.reading.passages if passage.tells]
    missing = Missing(
        frozenset({"web", "sms", "hotline", "self_service", "agent"}),
        frozenset({"web", "sms", "self_service", "agent"}),
    )
    wholly = list(contradicted(view, told_there, Doubts(missing, charged=True, places=True)))
    assert [problem for problem in found(view) if problem.path[0] == "faq" and problem in wholly] == wholly
