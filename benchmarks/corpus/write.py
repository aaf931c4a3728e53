"""Writes a planned campaign as YAML, in the mixed style of files that people keep by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from benchmarks.corpus.faq import Entry, customers, price, write_faq
from benchmarks.corpus.plan import Campaign, Offer, Step
from benchmarks.corpus.words import (
    DEPARTMENTS,
    HEAD_COMMENTS,
    LINES,
    OFFER_COMMENTS,
    STEP_COMMENTS,
    SUPPORT,
    TERMS,
)

FEWEST, MOST = 115, 136
Lines = list[str]
_FLOW = re.compile(r"( *)(\w+:) \{([^][{}]*)\}$")
"""A key with a flow mapping that holds no other collection."""


def write(campaign: Campaign, random: Random) -> str:
    """Return the spec: about 120 lines; what can be written long or short is, until they fit."""
    terms = (random.choice(tuple(TERMS)),) if random.random() < 0.12 else ()
    before = [
        *_head(campaign, random),
        "",
        *_offers(campaign, random),
        "",
        *_texts(campaign),
        *_words(campaign, terms),
        "",
    ]
    after = [
        "",
        *_handling(campaign, random),
        *_demand(campaign, random),
        *_readiness(campaign, random),
        *_end(campaign),
    ]
    room = random.randint(FEWEST, MOST) - len(before) - len(after) - 1
    faq = _faq(write_faq(campaign, random, terms), room, random)
    after, room = _spread(after, room - len(faq))
    before, _ = _spread(before, room)
    return "\n".join([*before, "faq:", *faq, *after, ""])


def _head(campaign: Campaign, random: Random) -> Lines:
    place = campaign.place
    area = ", ".join(f'"{code}"' for code in campaign.include)
    beside = f', exclude: ["{campaign.exclude[0]}"]' if campaign.exclude else ""
    department = random.choice(DEPARTMENTS[place.level])
    lines = [
        f"# {place.short}：{campaign.title}（编造的数据，只用来测速度）",
        f"# {random.choice(HEAD_COMMENTS)}",
        "spec: 1",
        f"id: {campaign.id}",
        f"title: {campaign.title}",
        f"summary: {_summary(campaign)}",
    ]
    if random.random() < 0.5:
        contact = f"market-{place.code}@example.com"
        lines += ["owner:", f'  region: "{place.code}"', f"  department: {department}", f"  contact: {contact}"]
    else:
        lines.append(
            f'owner: {{region: "{place.code}", department: {department}, contact: "内线 {campaign.number % 900 + 6100}"}}'
        )
    lines.append(f"stage: {campaign.stage}")
    if campaign.stage == "approved":
        lines.append("submitted: 2026-11-16")
    if campaign.parent:
        lines.append(f"parent: {campaign.parent}")
    lines += [
        f"themes: [customers-first, {campaign.theme}, {campaign.offers[0].product.line}]",
        f"period: {{start: {campaign.first}, end: {campaign.last}}}",
        f"regions: {{include: [{area}]{beside}}}",
        f"channels: [{', '.join(campaign.channels)}]",
        "audience:",
        *(
            f"  - {{{', '.join(f'{name}: {_value(value)}' for name, value in group.items())}}}"
            for group in campaign.groups
        ),
    ]
    return lines


def _summary(campaign: Campaign) -> str:
    offers = "；".join(f"{offer.name}{price(offer)}" for offer in campaign.offers)
    return f"{offers}，{campaign.last.month} 月 {campaign.last.day} 日结束。"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(value)}]"
    text = str(value)
    return f'"{text}"' if text[:1] in "<>" else text


def _offers(campaign: Campaign, random: Random) -> Lines:
    lines = ["offers:"]
    for offer in campaign.offers:
        comment = f"   # {random.choice(OFFER_COMMENTS)}" if random.random() < 0.3 else ""
        lines += [f"  - id: {offer.id}{comment}", *(f"    {line}" for line in _offer(campaign, offer))]
    return lines


def _offer(campaign: Campaign, offer: Offer) -> Lines:
    lines = [f"name: {offer.name}", f"product: {offer.product.path}", f"kind: {offer.kind}"]
    if offer.adults_only:
        lines += ["audience:", '  - {age: ">=18"}']
    if offer.paid:
        later = f", for_months: {offer.for_months}, then: {offer.then}" if offer.for_months else ""
        lines.append(f"price: {{amount: {offer.amount}, per: {offer.product.per}{later}}}")
    if offer.contract_months:
        lines += [
            f"contract_months: {offer.contract_months}",
            f"early_exit: 提前停用的，剩余月数每月补 {offer.charge} 元",
        ]
    lines += [f"renewal: {offer.renewal}", f"takes_effect: {offer.takes_effect}"]
    if offer.free_months:
        lines.append(f"free_months: {offer.free_months}")
    if offer.gift:
        name, quantity, collect = offer.gift
        lines.append(f"gift: {{name: {name}, quantity: {quantity}, collect: {collect}}}")
    if offer.quota:
        lines.append(f"quota: {offer.quota}")
    if offer.code:
        lines.append(f"opt_in_code: {offer.code}")
    lines += ["confirm: twice", f"cancel: [{', '.join(campaign.channels)}]"]
    if offer.excludes:
        lines.append(f"excludes: [{_quoted(offer.excludes)}]")
    lines.append(f"stacks_with: [{_quoted(offer.stacks_with)}]")
    if campaign.place.level != "city" or campaign.parent:
        lines.append("local: [gift, quota]")
    return lines


def _quoted(items: tuple[str, ...]) -> str:
    return ", ".join(f'"{item}"' for item in items)


def _texts(campaign: Campaign) -> Lines:
    last = f"{campaign.last.year} 年 {campaign.last.month} 月 {campaign.last.day} 日"
    said = [f"{offer.name}{price(offer)}{_later(offer)}" for offer in campaign.offers]
    lines = ["texts:"]
    if campaign.sold_in("sms"):
        lines += [
            "  - channel: sms",
            "    text: >-",
            f"      【{campaign.title}】{'；'.join(said)}。",
            f"      {last}前回复 {campaign.offers[0].code} 并确认一次就办好。拒收请回复 R。",
        ]
    lines += ["  - channel: poster", "    text: |", f"      {campaign.place.short}{campaign.season}好消息"]
    lines += [f"      {line}" for line in said]
    lines += [f"      {customers(campaign)}可以办", f"      {campaign.first.month} 月 {campaign.first.day} 日到 {last}"]
    line = LINES[campaign.offers[0].product.line]
    lines.append(f"  - {{channel: leaflet, text: {line}优惠办理要您确认两次，不想用了，哪里办的就在哪里取消。}}")
    return lines if len(campaign.offers) > 1 else [*lines, *_notice(campaign, last)]


def _notice(campaign: Campaign, last: str) -> Lines:
    """Return one more text, which campaigns with a single offer have room for."""
    return [
        "  - channel: notice",
        "    text: |",
        f"      {campaign.title}：{campaign.first.month} 月 {campaign.first.day} 日开始，{last}结束",
        f"      {campaign.offers[0].name}{price(campaign.offers[0])}",
        "      办理前请看清价格和日期，办好以后有短信告诉您",
        "      有不明白的，请当面问清楚再办",
    ]


def _later(offer: Offer) -> str:
    if offer.for_months:
        return f"，用 {offer.for_months} 个月，以后每月 {offer.then} 元，涨价前发短信提醒您"
    if offer.free_months:
        return f"，前 {offer.free_months} 个月不收钱，到期前发短信提醒您"
    return f"，约定用满 {offer.contract_months} 个月" if offer.contract_months else ""


def _words(campaign: Campaign, terms: tuple[str, ...]) -> Lines:
    """Return terms, prepared answers and further facts."""
    lines = ["terms:", *(f"  {term}: {TERMS[term][1]}" for term in terms)] if terms else []
    lines += ["answers:", "  - phrase: 别的城市", "    answer: 每个城市的优惠不一样，以您办理地的为准，我们帮您查。"]
    contracts = [offer for offer in campaign.offers if offer.contract_months]
    if contracts:
        offer = contracts[0]
        lines += [
            f"  - phrase: 约定用满 {offer.contract_months} 个月",
            f"    answer: 从生效那天起算满 {offer.contract_months} 个月；提前停用，剩几个月就补几个 {offer.charge} 元。",
        ]
    return [*lines, "facts: [1 天, 3 天, 7 天, 10 天, 30 天, 2 分钟]"]


def _faq(entries: list[Entry], room: int, random: Random) -> Lines:
    """Write entries in flow style, and as many in the longer styles as there is room for."""
    styles: list[Callable[[Entry], Lines]] = [_flow] * len(entries)
    spare = room - len(entries)
    order = list(range(len(entries)))
    random.shuffle(order)
    for index in order * 2:
        style = random.choice((_block, _folded, _literal))
        if styles[index] is _flow and len(style(entries[index])) - 1 <= spare:
            styles[index] = style
            spare -= len(style(entries[index])) - 1
    return [line for entry, style in zip(entries, styles, strict=True) for line in style(entry)]


def _flow(entry: Entry) -> Lines:
    return [f"  - {{topic: {entry.topic}, q: {entry.question}, a: {entry.answer}}}"]


def _block(entry: Entry) -> Lines:
    return [f"  - topic: {entry.topic}", f"    q: {entry.question}", f"    a: {entry.answer}"]


def _folded(entry: Entry) -> Lines:
    head = [f"  - topic: {entry.topic}", f"    q: {entry.question}", "    a: >-"]
    return [*head, *(f"      {line}" for line in _sentences(entry.answer))]


def _literal(entry: Entry) -> Lines:
    head = [f"  - topic: {entry.topic}", f"    q: {entry.question}", "    a: |"]
    return [*head, *(f"      {line}" for line in _sentences(entry.answer))]


def _sentences(answer: str) -> Lines:
    """Split an answer in two where a sentence ends, near its middle."""
    cut = answer.find("。", len(answer) // 3) + 1
    return [answer[:cut], answer[cut:]] if 0 < cut < len(answer) else [answer]


def _handling(campaign: Campaign, random: Random) -> Lines:
    if not campaign.steps:
        return []
    lines = ["handling:", "  steps:", *(f"    - {_step(step, random)}" for step in campaign.steps)]
    if campaign.trials:
        lines.append("  trials:")
    for hall, day, seconds in campaign.trials:
        lines.append(f"    - {{hall: {hall}, on: {day}, seconds: [{', '.join(map(str, seconds))}]}}")
    return lines


def _step(step: Step, random: Random) -> str:
    share = f", share: {step.share}" if step.share < 1 else ""
    minutes = f", minutes: [{', '.join(f'{item:g}' for item in step.minutes)}]" if step.own else ""
    if not share and not minutes:
        return step.name
    comment = f"   # {random.choice(STEP_COMMENTS)}" if random.random() < 0.15 else ""
    return f"{{step: {step.name}{share}{minutes}}}{comment}"


def _demand(campaign: Campaign, random: Random) -> Lines:
    left, shares = 100, []
    for index, channel in enumerate(campaign.channels):
        rest = len(campaign.channels) - index - 1
        share = left if not rest else random.randint(5, left - 5 * rest)
        shares.append(f"{channel}: {share / 100:g}")
        left -= share
    uptake = random.randint(8, 90) * {"city": 20, "province": 400, "country": 9000}[campaign.place.level]
    shape = random.choice(("even", "front_loaded"))
    return [
        "demand:",
        f"  uptake: {uptake}",
        f"  enquiries: {random.randint(2, 12) / 10:g}",
        f"  channel_share: {{{', '.join(shares)}}}",
        f"  shape: {shape}",
    ]


def _readiness(campaign: Campaign, random: Random) -> Lines:
    owners = {
        "boss_config": "业务支撑中心",
        "system_test": "业务支撑中心",
        "tariff_filing": "产品部" if any(offer.paid for offer in campaign.offers) else "",
        "training": "客户服务部",
        "materials": "市场经营部",
        "hotline_script": "客服热线中心",
        "sms_template": "市场经营部" if campaign.sold_in("sms") else "",
        "hall_notice": "渠道部" if campaign.sold_in("hall") else "",
        "stock": "采购部" if any(offer.gift for offer in campaign.offers) else "",
    }
    lines = ["readiness:"]
    for item, owner in owners.items():
        done = campaign.stage == "approved" or random.random() < 0.25
        day = date(2026, 11, 9) + timedelta(days=random.randint(0, 18))
        when = f", done: {day}" if done else ""
        passed = f", passed: {random.randint(91, 99) / 100:g}" if done and item == "training" else ""
        if owner:
            lines.append(f"  {item}: {{owner: {owner}{when}{passed}}}")
    return lines


def _spread(lines: Lines, room: int) -> tuple[Lines, int]:
    """Write flow mappings as block mappings while there is room; return what room is left."""
    spread: Lines = []
    for line in lines:
        match = _FLOW.match(line)
        pairs = match[3].split(", ") if match else []
        if match and len(pairs) <= room:
            room -= len(pairs)
            spread += [match[1] + match[2], *(f"{match[1]}  {pair}" for pair in pairs)]
        else:
            spread.append(line)
    return spread, room


def _end(campaign: Campaign) -> Lines:
    level = campaign.place.level
    lines = [f'support: {{contact: {SUPPORT[level]} 内线 {8001 + campaign.number % 900}, hours: "08:00-20:00"}}']
    if campaign.stage == "approved":
        roles = {"marketing": "市场经营部", "service": "客户服务部"} | (
            {} if level == "city" else {"cities": "地市联络组"}
        )
        lines += ["signoffs:", *(f"  - {{role: {role}, by: {by}, on: 2026-11-30}}" for role, by in roles.items())]
    return lines
