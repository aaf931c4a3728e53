"""What a draft says about each topic, and what it leaves open."""

from __future__ import annotations

import pytest

from campaigncheck.language.answers import GAP
from campaigncheck.source.place import Path
from tests.drafts.drafting import answers, drafted

NET = "{id: net, name: 300M 提速, product: broadband.300m, kind: upgrade"
TV = "{id: tv, name: 电视, product: tv.plus, kind: trial"


PROVINCE = 'regions: {include: ["510000"]}\n'


def offers(*more: str) -> str:
    """One or two offers with some fields."""
    return "offers:\n" + "".join(f"  - {head}{rest}}}\n" for head, rest in zip((NET, TV), more, strict=False))


@pytest.mark.parametrize(
    ("audience", "said"),
    [
        ("[]", "所有客户都可以办。"),
        ("[{}]", "所有客户都可以办。"),
        ("[{brand: 全球通}]", "全球通客户都可以办。"),
        ("[{brand: [全球通, 动感地带, 神州行]}]", "全球通、动感地带或神州行客户都可以办。"),
        ("[{network: [4G, 5G]}]", "用 4G 或 5G 网络，就可以办。"),
        ('[{tenure_months: ">=12", brand: [神州行]}]', "神州行客户，用我们的号码满 12 个月，就可以办。"),
        ('[{tenure_months: "<6"}]', "用我们的号码不到 6 个月，就可以办。"),
        ('[{monthly_spend: ">=58.5"}]', "每月话费满 58.5 元，就可以办。"),
        ('[{monthly_spend: ">128"}]', "每月话费超过 128 元，就可以办。"),
        ("[{age: 18}]", "年龄 18 岁，就可以办。"),
        ('[{age: ["<18", ">= 60"]}]', "年龄不到 18 岁或者年龄满 60 岁，就可以办。"),
        ("[{age: 17..24, customer_type: personal}]", "个人客户，年龄 17 到 24 岁，就可以办。"),
        ("[{broadband: true, contract: false}]", "家里装了我们的宽带，手上没有还没到期的约定，就可以办。"),
        ("[{broadband: false, contract: true}]", "家里还没有装我们的宽带，手上的约定还没到期，就可以办。"),
        (
            '[{brand: 全球通, age: ">=18", broadband: true, network: 5G}]',
            "全球通客户，年龄满 18 岁，家里装了我们的宽带；用 5G 网络，就可以办。",
        ),
        (
            '[{brand: 全球通}, {tenure_months: "<= 3"}]',
            "下面任意一种客户都可以办：\n全球通客户；\n用我们的号码不超过 3 个月。",
        ),
        ("[{brand: 全球通}, {}]", "所有客户都可以办。"),
    ],
)
def test_who_can_have_it(audience: str, said: str) -> None:
    assert answers(f"{PROVINCE}audience: {audience}\n")["eligibility"] == said


@pytest.mark.parametrize(
    ("include", "said"),
    [
        ('["510000"]', "所有客户都可以办。"),
        ('["510100"]', "所有客户都可以办。这次只在成都市办。"),
        ('["510100", "510700"]', "所有客户都可以办。这次只在成都市、绵阳市办。"),
    ],
)
def test_a_campaign_of_a_city_names_it(include: str, said: str) -> None:
    assert answers(f"regions: {{include: {include}}}\n")["eligibility"] == said


def test_who_else_is_kept_out() -> None:
    regions = 'regions: {include: ["510000"], exclude: ["513200"]}\n'
    narrowed = answers(regions + offers(', audience: [{age: ">=18"}]', ""))["eligibility"]
    assert narrowed == "所有客户都可以办。\n300M 提速还要符合：年龄满 18 岁。\n阿坝藏族羌族自治州这次不参加。"
    alone = answers(PROVINCE + offers(", audience: [{brand: 全球通}, {network: 5G}]"))["eligibility"]
    assert alone == "所有客户都可以办。\n另外还要符合：全球通客户；或者用 5G 网络。"


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("channels: [app]\n" + offers(", confirm: twice"), "在手机 App 里可以办。要您确认两次才算办好。"),
        (
            "channels: [app, hall]\n" + offers(", confirm: once"),
            "在手机 App 里、到营业厅都可以办。要您确认一次才算办好。",
        ),
        ("channels: [sms]\n" + offers(", opt_in_code: YC300"), "发短信 YC300 办。"),
        ("channels: [sms, app]\n" + offers(""), "在手机 App 里可以办。也可以发短信办（请写明：发什么内容）。"),
        (
            "channels: [hotline, sms]\n" + offers(", opt_in_code: YC", ", confirm: twice, opt_in_code: DS"),
            "打客服热线可以办。也可以发短信 YC 办 300M 提速；发短信 DS 办电视。",
        ),
        ("channels: [outbound_call]\n", "接到我们打的电话时可以办。"),
        ("channels: [self_service, web, agent]\n", "在自助终端上、在网上营业厅、到代理点都可以办。"),
    ],
)
def test_how_to_get_it(spec: str, said: str) -> None:
    days = "从 2027 年 1 月 15 日到 2027 年 3 月 31 日都能办。"
    assert answers("period: {start: 2027-01-15, end: 2027-03-31}\n" + spec)["how_to_get"] == said + days


def test_the_halls_and_the_only_day_are_named() -> None:
    one = 'period: {start: 2027-01-15, end: 2027-01-15}\nregions: {include: ["310000"]}\n'
    said = answers(one + "channels: [hall]\nhalls: [sh-pd-001, sh-xh-001]\n")["how_to_get"]
    assert said == (
        "到营业厅可以办。营业厅只有这些能办：上海浦东营业厅、上海徐汇营业厅。只有 2027 年 1 月 15 日这一天能办。"
    )


@pytest.mark.parametrize(
    ("offer", "price", "later"),
    [
        (", price: {amount: 20}", "每月 20 元。", None),
        (", price: {amount: 29.9, per: once}", "一次付 29.9 元。", None),
        (", price: {amount: 3, per: day}", "每天 3 元。", None),
        (", price: {amount: 0}", "不收钱。", None),
        ("", "不收钱。", None),
        (", price: {amount: 20, for_months: 12}", "前 12 个月每月 20 元。", None),
        (", price: {amount: 20, for_months: 1, then: 30}", "前 1 个月每月 20 元，以后每月 30 元。", "用满 1 个月以后，每月 30 元。"),
        (", price: {amount: 20, for_months: 12, then: 0}", "前 12 个月每月 20 元，以后不收钱。", "用满 12 个月以后，不收钱。"),
        (", free_months: 3, price: {amount: 5}", "前 3 个月不收钱，以后每月 5 元。", "免费期过了，以后每月 5 元。"),
        (
            ", free_months: 2, price: {amount: 6, for_months: 10, then: 12}",
            "前 2 个月不收钱，后面 10 个月每月 6 元，以后每月 12 元。",
            "免费期过了，头 10 个月每月 6 元，以后每月 12 元。",
        ),
        (
            ", free_months: 2, price: {amount: 6, then: 12}",
            "前 2 个月不收钱。每月 6 元（请写明：收几个月），以后每月 12 元。",
            "每月 6 元（请写明：收几个月），以后每月 12 元。",
        ),
        (", free_months: 1", "前 1 个月不收钱，免费期过了就停用，不会扣钱。", "免费期过了就停用，不会扣钱。"),
        (", free_months: 3, renewal: automatic", "前 3 个月不收钱，（请写明：免费期过了以后怎么收钱）。", "（请写明：免费期过了以后怎么收钱）。"),
        (", free_months: 1, renewal: manual", "前 1 个月不收钱，（请写明：免费期过了以后怎么收钱）。", "（请写明：免费期过了以后怎么收钱）。"),
    ],
)  # fmt: skip
def test_what_it_costs_now_and_later(offer: str, price: str, later: str | None) -> None:
    said = answers("channels: [app]\n" + offers(offer))
    assert (said["price"], said.get("price_after")) == (price, later)


def test_several_offers_have_a_line_each_unless_they_say_the_same() -> None:
    said = answers(offers(", price: {amount: 20, for_months: 6, then: 30}", ", price: {amount: 15}"))
    assert said["price"] == "300M 提速：前 6 个月每月 20 元，以后每月 30 元。\n电视：每月 15 元。"
    assert said["price_after"] == "300M 提速：用满 6 个月以后，每月 30 元。"
    assert said["takes_effect"] == "办好当场生效，当天就能用。"


@pytest.mark.parametrize(
    ("offer", "said"),
    [
        (
            ", free_months: 3, price: {amount: 5}, renewal: automatic, cancel: [app, sms, outbound_call, hotline]",
            "前 3 个月不收钱，到期自动接着用，以后每月 5 元。\n"
            "不想接着用，请在那之前取消：在手机 App 里、发短信、打客服热线都可以。",
        ),
        (", free_months: 3, price: {amount: 5}", "前 3 个月不收钱，以后每月 5 元。"),
        (", free_months: 3", "前 3 个月不收钱，免费期过了就停用，不会扣钱。"),
    ],
)
def test_what_follows_the_free_months(offer: str, said: str) -> None:
    assert answers(offers(offer))["free_end"] == said


@pytest.mark.parametrize(
    ("offer", "said"),
    [
        (", contract_months: 24, early_exit: 按剩余月数每月补 10 元。", "要用满 24 个月。没用满就停，按剩余月数每月补 10 元。"),
        (", contract_months: 12, early_exit: 提前停用的不收钱", "要用满 12 个月。提前停用的不收钱。"),
        (", contract_months: 12", "要用满 12 个月。提前停用（请写明：收不收钱，收多少）。"),
    ],
)  # fmt: skip
def test_what_leaving_early_costs(offer: str, said: str) -> None:
    assert answers(offers(offer))["early_exit"] == said


@pytest.mark.parametrize(
    ("cancel", "said"),
    [
        ("[hall]", "不想用了，到营业厅可以取消。"),
        ("[app, hall, hotline]", "不想用了，在手机 App 里、到营业厅、打客服热线都可以取消。"),
        ("[sms]", "不想用了，发短信（请写明：发什么内容）可以取消。"),
        ("[]", "（请写明：在哪里取消，怎么取消）。"),
    ],
)
def test_where_to_cancel(cancel: str, said: str) -> None:
    assert answers(offers(f", price: {{amount: 20}}, cancel: {cancel}"))["cancel"] == said


def test_when_it_starts_and_what_becomes_of_the_plan() -> None:
    plans = "offers:\n" + "".join(
        f"  - {{id: p{index}, name: {name}, product: plan.5g-99, kind: upgrade, takes_effect: {when}}}\n"
        for index, (name, when) in enumerate({"甲": "immediate", "乙": "next_month", "丙": "on_date"}.items())
    )
    said = answers(plans)
    old = "原来的套餐" + GAP.format(what="停用还是保留，从哪天起")
    assert said["takes_effect"] == (
        "甲：办好当场生效，当天就能用。\n乙：下个月 1 日开始生效。\n丙：在约定的那天生效（请写明：是哪一天，或者怎么约）。"
    )
    assert said["existing_plan"] == f"甲：办好当场换成新套餐，{old}。\n乙：下个月 1 日换成新套餐，{old}。\n丙：{old}。"


def test_gifts_and_quotas() -> None:
    said = answers(
        offers(
            ", quota: 500, gift: {name: 伞, quantity: 90, collect: hall}",
            ", gift: {name: U 盘, quantity: 8, collect: post}",
        )
    )
    assert said["gift_collect"] == (
        "300M 提速：办好以后，到营业厅领伞。\n电视：办好以后，U 盘由我们寄给您，不用自己来取。"
    )
    assert said["sold_out"] == (
        "300M 提速：一共 500 个名额，办满以后就不能再办了。赠品伞一共 90 个，送完以后（请写明：还能不能办）。\n"
        "电视：赠品 U 盘一共 8 个，送完以后（请写明：还能不能办）。"
    )


def test_what_goes_together() -> None:
    both = offers(', excludes: ["vas.*", "campaign:oth*"], stacks_with: ["tv.*", "data.daily-1g", "campaign:gone-*"]')
    said = answers("period: {start: 2027-01-15, end: 2027-01-20}\n" + both, other="title: 别的\n")["stacking"]
    assert said == "可以一起享受的有：电视、“1GB 日包”。不能一起享受的有：“彩铃”、“云盘”、“视频会员”、“别的”。"
    unknown = answers(offers(', excludes: ["campaign:gone-*"]'))["stacking"]
    assert unknown == "（请写明：能不能和别的优惠一起享受）。"


def test_a_campaign_that_reaches_the_same_customers_is_named() -> None:
    assert answers("", other="title: 别的活动\n")["stacking"] == "和“别的活动”（请写明：能不能一起享受）。"
    assert "stacking" not in answers("", other='title: 别的活动\nregions: {include: ["310000"]}\n')


@pytest.mark.parametrize(
    ("steps", "papers", "minutes"),
    [
        ("[verify_identity, {step: sign, minutes: [3, 3, 3]}]", "到营业厅办，请带上您本人的身份证原件。", "轮到您以后，3 到 4 分钟办好，排队的时间不算。"),
        ("[{step: sign, minutes: [3, 3, 3]}]", "（请写明：到营业厅办要带什么；什么都不用带也写明）。", "轮到您以后，3 到 4 分钟办好，排队的时间不算。"),
        ("[sign]", "（请写明：到营业厅办要带什么；什么都不用带也写明）。", "轮到您以后，不到 1 分钟就能办好，排队的时间不算。"),
        ("[]", "（请写明：到营业厅办要带什么；什么都不用带也写明）。", "（请写明：几到几分钟）。"),
    ],
)  # fmt: skip
def test_the_counter(steps: str, papers: str, minutes: str) -> None:
    said = answers(f"channels: [hall]\nhandling: {{steps: {steps}}}\n")
    assert (said["documents"], said["handling_time"]) == (papers, minutes)
    assert "without_queueing" not in said


def test_without_queueing_and_whom_to_ask() -> None:
    said = answers("channels: [hall, app, sms, outbound_call]\n")
    assert said["without_queueing"] == "在手机 App 里、发短信都可以办，不用在柜台排队。"
    assert said["dispute"] == "打客服热线、到营业厅都可以问，我们查清楚以后（请写明：几天内）给您答复。"
    assert answers("channels: [app]\n")["dispute"] == (
        "请找（请写明：打哪个电话，或者到哪里），我们查清楚以后（请写明：几天内）给您答复。"
    )


@pytest.mark.parametrize(
    ("spec", "topic", "question"),
    [
        (offers(", gift: {name: 伞, quantity: 90, collect: hall}"), "gift_collect", "伞怎么领？"),
        (offers(", gift: {name: 伞, quantity: 90, collect: hall}"), "sold_out", "伞送完了怎么办？"),
        (offers(", quota: 9"), "sold_out", "名额满了怎么办？"),
        (offers(", free_months: 3, price: {amount: 5}"), "price_after", "免费期过了以后多少钱？"),
        (offers(", price: {amount: 5, for_months: 3, then: 6}"), "price_after", "优惠期过了以后多少钱？"),
        (
            offers(
                ", gift: {name: 伞, quantity: 9, collect: hall}", ", gift: {name: 杯子, quantity: 9, collect: hall}"
            ),
            "gift_collect",
            "赠品怎么领？",
        ),
    ],
)
def test_questions_speak_of_what_there_is(spec: str, topic: str, question: str) -> None:
    assert {entry.topic: entry.q for entry in drafted({"subject": spec}).entries}[topic] == question


def test_values_can_be_told_in_another_way() -> None:
    told: list[tuple[Path, str]] = []

    def refer(path: Path, words: str) -> str:
        told.append((path, words))
        return "{{ " + ".".join(map(str, path)) + " }}"

    spec = "channels: [app]\n" + offers(", price: {amount: 20, for_months: 12, then: 30}, quota: 500")
    said = {entry.topic: entry.a for entry in drafted({"subject": spec}, tell=refer).entries}
    assert (
        said["price_after"]
        == "【草稿】用满 {{ offers.0.price.for_months }} 个月以后，每月 {{ offers.0.price.then }} 元。"
    )
    assert (("offers", 0, "price", "amount"), "20") in told
    assert (("offers", 0, "quota"), "500") in told


def test_figures_of_the_spec_are_referred_to_by_the_shortest_name() -> None:
    spec = offers(
        ", price: {amount: 20, for_months: 12, then: 30}, quota: 500, gift: {name: U 盘, quantity: 9, collect: post}",
        ", price: {amount: 20, for_months: 6, then: 35}, contract_months: 24, early_exit: 提前停的不收钱",
    )
    spec = spec.replace("id: tv", "id: price")  # its id is the name of a field
    found = drafted({"subject": f"channels: [app]\n{spec}"}, tell=None)
    said = {entry.topic: entry.a.removeprefix("【草稿】") for entry in found.entries}
    assert said["price"] == (
        "300M 提速：前 {{ net.price.for_months }} 个月每月 {{ price.amount }} 元，以后每月 {{ net.price.then }} 元。\n"
        "电视：前 {{ offers.price.price.for_months }} 个月每月 {{ price.amount }} 元，"
        "以后每月 {{ offers.price.price.then }} 元。"
    )
    assert said["sold_out"] == (
        "300M 提速：一共 {{ quota }} 个名额，办满以后就不能再办了。"
        "赠品 {{ gift.name }}一共 {{ gift.quantity }} 个，送完以后（请写明：还能不能办）。"
    )
    assert said["gift_collect"] == "300M 提速：办好以后，{{ gift.name }}由我们寄给您，不用自己来取。"
    assert said["early_exit"] == "电视：要用满 {{ contract_months }} 个月。{{ early_exit }}。"


def test_no_answer_begins_with_a_reference() -> None:
    """Without the mark of a draft before it, YAML would take the braces for a mapping."""
    spec = offers(", price: {amount: 2}, quota: 5, gift: {name: 伞, quantity: 9, collect: hall}, contract_months: 2")
    found = drafted({"subject": f"channels: [hall]\n{spec}"}, tell=None)
    assert not [entry for entry in found.entries if entry.a.removeprefix("【草稿】").startswith("{")]


def test_only_what_is_missing_is_drafted_in_the_order_of_the_sheet() -> None:
    faq = "faq:\n  - {topic: price, q: 多少钱？, a: 不收钱，用 1000 积分换。}\n"
    found = drafted({"subject": "channels: [app]\n" + faq})
    assert [entry.topic for entry in found.entries] == ["eligibility", "how_to_get", "takes_effect", "dispute"]
    assert (found.gaps, found.over) == (2, False)
