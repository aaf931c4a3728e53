"""The draft answer of every topic, from the facts of the spec; what it does not say is a gap that can be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil, floor

from campaigncheck.drafts import prices, ways
from campaigncheck.drafts.case import Case, each_offer, gap
from campaigncheck.drafts.customers import customers
from campaigncheck.labels import CUSTOMERS_LINES
from campaigncheck.messages import Text
from campaigncheck.rulekit.offers import CAMPAIGN, matches
from campaigncheck.rulekit.wording import products
from campaigncheck.spec.model import Offer

_PROVINCE = "0000"
"""The end of a province's code."""

_IDENTITY = "verify_identity"
_STARTS = {
    "immediate": "办好当场生效，当天就能用。",
    "next_month": "下个月 1 日开始生效。",
    "on_date": f"在约定的那天生效{gap('是哪一天，或者怎么约')}。",
}
_PAPERS = "到营业厅办，请带上您本人的身份证原件。"
_PAPERS_UNKNOWN = gap("到营业厅办要带什么；什么都不用带也写明") + "。"
_MINUTES_UNKNOWN = gap("几到几分钟") + "。"
_OLD_PLAN = f"原来的套餐{gap('停用还是保留，从哪天起')}。"


def draft(topic: str, title: str, case: Case) -> str:
    """Return the draft answer of a topic; a topic of the site's own is a gap under its title."""
    write = _WRITERS.get(topic)
    return write(case) if write else gap(title)


def _eligibility(case: Case) -> str:
    lines = _whom(customers(case.campaign.audience, case.catalogues))
    offers = case.campaign.offers
    for offer in offers:
        groups = customers(offer.audience, case.catalogues)
        if groups:
            lines.append(f"{offer.name if len(offers) > 1 else '另外'}还要符合：{'；或者'.join(groups)}。")
    between = "" if len(lines) == 1 else "\n"
    return between.join([*lines, *_where(case)])


def _where(case: Case) -> list[str]:
    """Name the places, unless it is the whole of a province: there everybody knows that they are in it."""
    regions, name = case.campaign.regions, case.catalogues.regions.name
    said = []
    if not any(code.endswith(_PROVINCE) for code in regions.include):
        said.append(f"这次只在{'、'.join(name(code) for code in regions.include)}办。")
    if regions.exclude:
        said.append(f"{'、'.join(name(code) for code in regions.exclude)}这次不参加。")
    return said


def _whom(groups: list[str]) -> list[str]:
    if not groups:
        return ["所有客户都可以办。"]
    if len(groups) == 1:
        return [f"{groups[0]}{'都' if groups[0].endswith('客户') else '，就'}可以办。"]
    return ["下面任意一种客户都可以办：", *(f"{group}；" for group in groups[:-1]), f"{groups[-1]}。"]


def _documents(case: Case) -> str:
    identified = any(use.step == _IDENTITY for use in case.campaign.handling.steps)
    return _PAPERS if identified else _PAPERS_UNKNOWN


def _handling_time(case: Case) -> str:
    if case.handling is None:
        return _MINUTES_UNKNOWN
    low = floor(case.handling.mean)
    if low == 0:
        return "轮到您以后，不到 1 分钟就能办好，排队的时间不算。"
    return f"轮到您以后，{low} 到 {max(ceil(case.handling.mean), low + 1)} 分钟办好，排队的时间不算。"


def _takes_effect(case: Case) -> str:
    return each_offer(case, lambda case, index, offer: _STARTS[offer.takes_effect]) or ""


def _gift_collect(case: Case) -> str:
    return each_offer(case, _gift) or ""


def _gift(case: Case, index: int, offer: Offer) -> str | None:
    if offer.gift is None:
        return None
    path, name = ("offers", index, "gift", "name"), offer.gift.name
    if offer.gift.collect == "post":
        return case.between("办好以后，", path, name, "由我们寄给您，不用自己来取。")
    return case.between("办好以后，到营业厅领", path, name, "。")


def _sold_out(case: Case) -> str:
    return each_offer(case, _limited) or ""


def _limited(case: Case, index: int, offer: Offer) -> str | None:
    said = []
    if offer.quota is not None:
        said.append(f"一共 {case.number(offer.quota, 'offers', index, 'quota')} 个名额，办满以后就不能再办了。")
    if offer.gift is not None:
        count = case.number(offer.gift.quantity, "offers", index, "gift", "quantity")
        name = case.between("赠品", ("offers", index, "gift", "name"), offer.gift.name, "一共")
        said.append(f"{name} {count} 个，送完以后{gap('还能不能办')}。")
    return "".join(said) or None


def _existing_plan(case: Case) -> str:
    return each_offer(case, _replaced) or ""


def _replaced(case: Case, index: int, offer: Offer) -> str | None:
    if not offer.product.startswith("plan."):
        return None
    when = {"immediate": "办好当场换成新套餐，", "next_month": "下个月 1 日换成新套餐，"}.get(offer.takes_effect, "")
    return when + _OLD_PLAN


def _stacking(case: Case) -> str:
    said = each_offer(case, _combined)
    if said is None:
        return f"和“{case.beside}”{gap('能不能一起享受')}。" if case.beside else f"{gap('能不能和别的优惠一起享受')}。"
    return said


def _combined(case: Case, index: int, offer: Offer) -> str | None:
    can, cannot = _names(offer.stacks_with, case), _names(offer.excludes, case)
    said = [f"可以一起享受的有：{'、'.join(can)}。"] if can else []
    if cannot:
        said.append(f"不能一起享受的有：{'、'.join(cannot)}。")
    return "".join(said) or None


def _names(patterns: Iterable[str], case: Case) -> list[str]:
    """Name what patterns mean; a campaign that is not known here means nothing to a customer."""
    found: list[str] = []
    for pattern in patterns:
        if pattern.startswith(CAMPAIGN):
            wanted = pattern[len(CAMPAIGN) :]
            found += [f"“{title}”" for name, title in sorted(case.titles.items()) if matches(wanted, name)]
        else:
            line, _, rest = pattern.partition(".")
            whole = CUSTOMERS_LINES.get(line) if rest == "*" else None
            found += [whole] if whole else [_quoted(name) for name in products(pattern, case.catalogues)]
    return list(dict.fromkeys(found))


def _quoted(name: Text | str) -> str:
    """Quote the name of a product, as menus and bills have it."""
    return f"“{name.zh if isinstance(name, Text) else name}”"


_WRITERS: dict[str, Callable[[Case], str]] = {
    "eligibility": _eligibility,
    "how_to_get": ways.how_to_get,
    "documents": _documents,
    "handling_time": _handling_time,
    "without_queueing": ways.without_queueing,
    "takes_effect": _takes_effect,
    "price": prices.price,
    "price_after": prices.price_after,
    "free_end": prices.free_end,
    "gift_collect": _gift_collect,
    "sold_out": _sold_out,
    "existing_plan": _existing_plan,
    "stacking": _stacking,
    "cancel": ways.cancel,
    "early_exit": prices.early_exit,
    "dispute": ways.dispute,
}
