"""CONF006: neighbouring cities sell one product at materially different terms in the same weeks."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.messages import Message, Text, figure
from campaigncheck.rulekit import wording
from campaigncheck.rulekit.rule import PortfolioView, Problem, Related, Rule, Sample
from campaigncheck.rules._across import LIMIT, Board, Contrast, Counterpart, differing, markets
from campaigncheck.source.place import Path
from campaigncheck.understand.entry import TERMS, OfferFacts

_MESSAGE = Text(
    "相邻城市同期也在办“{product}”，条件差得多：{others}；两边的客户会来比，这里还没准备好怎么回答",
    "neighbouring cities sell “{product}” in the same weeks on quite different terms: {others}; customers will compare, "
    "and no answer is prepared here",
)
_OF_MANY = Text(
    "相邻城市同期也在办“{product}”，条件差得多：{others}，一共 {count} 个营销案；两边的客户会来比，这里还没准备好怎么回答",
    "neighbouring cities sell “{product}” in the same weeks on quite different terms: {others}, {count} campaigns in all; "
    "customers will compare, and no answer is prepared here",
)
_ELSEWHERE = Text("{cities}的“{campaign}”（{differences}）", "“{campaign}” in {cities} ({differences})")
_DIFFERENCE = Text("{field}这里{here}、那边{there}", "{field} {here} here and {there} there")
_HINT = Text(
    "能统一就统一；确实要不同，请在 answers 或 faq 里加一条，说明和{cities}为什么不一样、那边的客户来问时怎么答。"
    "这里提到的都先行（阶段更靠后，或开始得更早），所以由本案准备。",
    "Use the same terms if you can; else prepare an answer (answers or faq) that says why they differ from those of "
    "{cities}, and what to tell customers from there. Those named go first (a later stage, or an earlier start), so it "
    "is for this one to prepare.",
)
_HINT_OF_BOTH = Text(
    "能统一就统一；确实要不同，请在 answers 或 faq 里加一条，说明和{cities}为什么不一样、那边的客户来问时怎么答。"
    "其中有的和本案不分先后，两边都要准备。",
    "Use the same terms if you can; else prepare an answer (answers or faq) that says why they differ from those of "
    "{cities}, and what to tell customers from there. Some of those named tie with this one: both prepare.",
)
_OTHER = Text("相邻城市的条件", "the terms next door")
_FIELDS: dict[str, Text] = {
    "price": Text("价格", "price"),
    "price.then": Text("以后的价格", "later price"),
    "price.for_months": Text("优惠期", "months of the price"),
    "free_months": Text("免费期", "free months"),
    "contract_months": Text("合约期", "contract"),
    "gift": Text("赠品", "gift"),
}
_AMOUNTS: dict[str, Text] = {
    "month": Text("每月 {amount} 元", "{amount} yuan a month"),
    "once": Text("一次 {amount} 元", "{amount} yuan once"),
    "day": Text("每天 {amount} 元", "{amount} yuan a day"),
}
_MONTHS = Text("为 {months} 个月", "{months} months")
_NO_CHARGE = Text("不收费", "nothing")
_UNCHANGED = Text("不变", "unchanged")
_NO_END = Text("不限月数", "without end")
_NONE = Text("没有", "none")
_SOME = Text("有", "one")


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield each campaign and product that customers across a border will compare, and no answer is prepared."""
    for product, market in markets(view):
        for contrast in market.contrasts():
            if view.focus is None or _concerns(contrast, view.focus):
                yield _problem(market.board, product, contrast)


def _concerns(contrast: Contrast, focus: frozenset[str]) -> bool:
    return contrast.bearer.id in focus or any(other.entry.id in focus for other in contrast.others)


def _problem(board: Board, product: str, contrast: Contrast) -> Problem:
    catalogues = board.view.catalogues
    known = catalogues.products.products.get(product)
    message = (_OF_MANY if contrast.number > len(contrast.others) else _MESSAGE)(
        product=known.name.text if known else product,
        others=[_elsewhere(board, contrast, other) for other in contrast.others],
        count=contrast.number,
    )
    bearer, first = contrast.bearer, contrast.others[0]
    hint = (_HINT_OF_BOTH if any(other.entry.rank == bearer.rank for other in contrast.others) else _HINT)(
        cities=_cities(board, contrast, first)
    )
    there = tuple(Related(other.entry.path, _path(other.offer), _OTHER()) for other in contrast.others)
    return Problem(_path(contrast.offer), message, hint, spec=bearer.path, related=there)


def _elsewhere(board: Board, contrast: Contrast, other: Counterpart) -> Message:
    bearer, offer = contrast.bearer, contrast.offer
    local = board.local(bearer, offer, other.entry, other.offer)
    differences = [
        _DIFFERENCE(field=_FIELDS[name], here=_value(offer, name), there=_value(other.offer, name))
        for name in differing(offer, other.offer, board.limit(bearer), local)
    ]
    return _ELSEWHERE(cities=_cities(board, contrast, other), campaign=other.entry.title, differences=differences)


def _cities(board: Board, contrast: Contrast, other: Counterpart) -> Message:
    """Write the other's cities that lie beside the bearer's."""
    return wording.cities(board.neighbourhood.between(contrast.bearer, other.entry)[1], board.view.catalogues)


def _path(offer: OfferFacts) -> Path:
    return ("offers", offer.position, "product" if offer.terms[0] is None else "price")


def _value(offer: OfferFacts, field: str) -> Message | Text:
    per = offer.terms[1]
    value = offer.terms[TERMS.index("price.amount" if field == "price" else field)]
    if field == "gift":
        return _SOME if value else _NONE
    if field == "price.for_months" and value is None:
        return _NO_END
    if field == "price.then" and value is None:
        return _UNCHANGED
    if field in ("price", "price.then"):
        return _AMOUNTS[per](amount=figure(float(value))) if value else _NO_CHARGE
    return _MONTHS(months=value) if value else _NONE


_OFFER = (
    "offers:\n  - {{id: net, name: 宽带提速, product: broadband.300m, kind: discount, price: {{amount: {amount}}}}}\n"
)
_DEYANG = 'id: sample-b\nstage: approved\nregions: {include: ["510600"]}\n'

RULE = Rule(
    id="CONF006",
    title=Text("相邻城市同一产品条件差得多", "one product on quite different terms in neighbouring cities"),
    severity="note",
    why=Text(
        "住在成都、上班在德阳的客户两边的优惠都看得到；条件可以不同，但柜台要答得上来为什么。",
        "People who live in one city and work in the next see both offers; the terms may differ, but the counter has to "
        "be able to say why.",
    ),
    source=Text(
        "省市协同要求：邻近地市同期的营销案要统一答复口径；价格差多少算大是假设值（rules/policy.yaml 的 material_price），"
        "相邻关系在 rules/adjacency.csv。",
        "Coordination between province and cities: neighbours answer alike about campaigns of the same weeks; how much "
        "is a material difference is an assumption (material_price in rules/policy.yaml), neighbours are listed in "
        "rules/adjacency.csv.",
    ),
    passing=Sample(
        "id: sample-a\nstage: testing\nanswers:\n  - {phrase: 德阳便宜, answer: 各市的线路成本不一样，请按家里宽带所在的城市办理。}\n"
        + _OFFER.format(amount=20),
        others=(_DEYANG + _OFFER.format(amount=15),),
    ),
    failing=Sample(
        "id: sample-a\nstage: testing\n" + _OFFER.format(amount=20),
        others=(_DEYANG + _OFFER.format(amount=15),),
        places=((4, 75),),
    ),
    check_portfolio=check_portfolio,
    limits=(LIMIT,),
)
