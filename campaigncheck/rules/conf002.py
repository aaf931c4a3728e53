"""CONF002: the same product at different prices or terms for the same customers, time and place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, product

from campaigncheck.messages import Message, Text, figure
from campaigncheck.rulekit.encounter import Encounter, with_right_of_way
from campaigncheck.rulekit.offers import cross_pairs, own_pairs, related, selling_the_same, shared
from campaigncheck.rulekit.rule import PortfolioView, Problem, Related, Rule, Sample
from campaigncheck.source.place import Path
from campaigncheck.understand.entry import TERMS, Entry, OfferFacts

_MESSAGE = Text(
    "“{product}”在“{campaign}”里条件不同：{differences}；两边在 {days} 都推给{cities}的同一批客户（{extent}；{witness}）",
    "“{product}” is sold on other terms in “{campaign}”: {differences}; both reach the same customers of {cities} "
    "from {days} ({extent}; {witness})",
)
_OWN_MESSAGE = Text(
    "“{product}”在本案里有两套条件，“{mine}”和“{theirs}”：{differences}；{days} 都推给{cities}的同一批客户（{extent}；{witness}）",
    "“{product}” is on two terms in this campaign, “{mine}” and “{theirs}”: {differences}; both reach the same customers of "
    "{cities} from {days} ({extent}; {witness})",
)
_DIFFERENCE = Text("{field} 这里是 {here}，那边是 {there}", "{field} is {here} here and {there} there")
_SWAPPED = Text(
    "上级营销案“{campaign}”里编号相同的“{theirs}”卖的是“{there}”，本案的“{mine}”卖的却是“{here}”；{days} 在{cities}（{extent}；{witness}）",
    "“{theirs}” of the campaign above, “{campaign}”, sells “{there}”; the offer of the same id here, “{mine}”, sells "
    "“{here}”; from {days} in {cities} ({extent}; {witness})",
)
_SWAPPED_BELOW = Text(
    "下级营销案“{campaign}”里编号相同的“{theirs}”卖的是“{there}”，本案的“{mine}”卖的却是“{here}”；{days} 在{cities}（{extent}；{witness}）",
    "“{theirs}” of the campaign below, “{campaign}”, sells “{there}”; the offer of the same id here, “{mine}”, sells "
    "“{here}”; from {days} in {cities} ({extent}; {witness})",
)
_SWAPPED_HINT = Text(
    "落地省级营销案时，产品要和省里一致；另外的产品请单独列一项，换一个编号。",
    "A local version sells the same product; list another product as an offer of its own, with another id.",
)
_HINT = Text(
    "请统一条件，或者错开日期、城市、客户范围；地市落地省级营销案时，请由省里把这个字段列进 local。",
    "Use the same terms, or other dates, cities or customers; for a local version of a provincial campaign the "
    "province lists the field in local.",
)
_OWN_HINT = Text(
    "两项优惠都在本案里：请给各自写不相交的 audience，或者合并成一项。",
    "Both are of this campaign: give them audiences that do not meet, or make them one.",
)
_OTHER = Text("那边的条件", "the other terms")
_NONE = Text("没有", "nothing")

_GIFT = Text("“{name}”（{collect}）", "“{name}” ({collect})")
_COLLECT: dict[str, Text] = {
    "hall": Text("到营业厅领", "collected in a hall"),
    "post": Text("邮寄", "sent by post"),
}
_PRICES = sum(name.startswith("price.") for name in TERMS)
_FIELDS: dict[str, Text] = {
    "price.amount": Text("金额（元）", "the amount (yuan)"),
    "price.per": Text("收费方式", "the unit"),
    "price.for_months": Text("优惠月数", "the months of the price"),
    "price.then": Text("之后的金额（元）", "the later amount (yuan)"),
    "free_months": Text("免费月数", "the free months"),
    "contract_months": Text("合约月数", "the contract months"),
    "early_exit": Text("提前解约的收费", "the early-exit charge"),
    "renewal": Text("续约方式", "the renewal"),
    "gift": Text("赠品", "the gift"),
}
_VALUES: dict[str, Text] = {
    "month": Text("按月", "monthly"),
    "once": Text("一次性", "once"),
    "day": Text("按天", "daily"),
    "automatic": Text("自动续", "automatic"),
    "manual": Text("客户自己续", "manual"),
    "none": Text("到期结束", "none"),
}


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield each pair of offers of one product whose terms differ and that somebody is offered both."""
    yield from _swapped(view)
    pairs = view.meeting.where(selling_the_same(view.meeting))
    for first, one, second, other in chain(own_pairs(view), cross_pairs(pairs)):
        if one.product != other.product or one.terms == other.terms:
            continue
        differing = _differing(first, one, second, other)
        overlap = shared(view.portfolio, first, one, second, other) if differing else None
        if overlap is None:
            continue
        encounter = Encounter(first, second, one.audience, other.audience, overlap)
        if first is second:
            yield _problem(view, first, other, second, one, differing, encounter)
            continue
        offers = {first.id: one, second.id: other}
        for bearer, opposite in view.bearers(first, second):
            yield _problem(view, bearer, offers[bearer.id], opposite, offers[opposite.id], differing, encounter)


def _swapped(view: PortfolioView) -> Iterator[Problem]:
    """Yield each offer of a child that sells another product than its parent's offer of the same id."""
    by_id = view.portfolio.by_id
    for child in view.portfolio.entries:
        parent = by_id.get(child.parent) if child.parent else None
        if parent is not None and (view.focus is None or not view.focus.isdisjoint((child.id, parent.id))):
            for mine, theirs in product(child.offers, parent.offers):
                if mine.id == theirs.id and mine.product != theirs.product:
                    yield from _swap(view, child, mine, parent, theirs)


def _swap(view: PortfolioView, child: Entry, mine: OfferFacts, parent: Entry, theirs: OfferFacts) -> Iterator[Problem]:
    overlap = shared(view.portfolio, child, mine, parent, theirs)
    if overlap is None or overlap.days.empty:
        return
    encounter = Encounter(child, parent, mine.audience, theirs.audience, overlap)
    offers = {child.id: mine, parent.id: theirs}
    for bearer, opposite in view.bearers(child, parent):
        own, other = offers[bearer.id], offers[opposite.id]
        message = (_SWAPPED if bearer is child else _SWAPPED_BELOW)(
            campaign=opposite.title,
            mine=own.name,
            theirs=other.name,
            here=_product(view, own),
            there=_product(view, other),
            **encounter.facts(view),
        )
        yield Problem(
            ("offers", own.position, "product"),
            with_right_of_way(message, bearer, opposite),
            _SWAPPED_HINT(),
            spec=bearer.path,
            related=(Related(opposite.path, ("offers", other.position, "product"), _OTHER()),),
            scene=encounter.scene,
        )


def _product(view: PortfolioView, offer: OfferFacts) -> Text | str:
    known = view.catalogues.products.products.get(offer.product)
    return known.name.text if known else offer.product


def _differing(first: Entry, one: OfferFacts, second: Entry, other: OfferFacts) -> list[int]:
    """Return the terms that differ, without those that a child may change."""
    local: frozenset[str] = frozenset()
    if first is not second and related(first, second) and one.id == other.id:
        local = other.local if first.parent == second.id else one.local
    differing = [
        index
        for index, (name, here, there) in enumerate(zip(TERMS, one.terms, other.terms, strict=True))
        if here != there and name.partition(".")[0] not in local
    ]
    # Where only one has a price at all, the amount says it; unit and months would only repeat it.
    unpriced = one.terms[0] is None or other.terms[0] is None
    return [index for index in differing if not (unpriced and 0 < index < _PRICES)]


def _problem(
    view: PortfolioView,
    bearer: Entry,
    mine: OfferFacts,
    opposite: Entry,
    theirs: OfferFacts,
    differing: list[int],
    encounter: Encounter,
) -> Problem:
    differences = [
        _DIFFERENCE(field=_FIELDS[TERMS[index]], here=_value(mine, index), there=_value(theirs, index))
        for index in differing
    ]
    own = bearer is opposite
    message: Message = (_OWN_MESSAGE if own else _MESSAGE)(
        mine=mine.name,
        theirs=theirs.name,
        product=_product(view, mine),
        campaign=opposite.title,
        differences=differences,
        **encounter.facts(view),
    )
    if not own:
        message = with_right_of_way(message, bearer, opposite)
    hint = _OWN_HINT() if own else _HINT()
    there = Related(None if own else opposite.path, _path(theirs, mine, differing[0]), _OTHER())
    path = _path(mine, theirs, differing[0])
    return Problem(path, message, hint, spec=bearer.path, related=(there,), scene=encounter.scene)


def _path(offer: OfferFacts, other: OfferFacts, term: int) -> Path:
    steps = TERMS[term].split(".")
    whole = steps[0] == "price" and (offer.terms[0] is None or other.terms[0] is None)
    return ("offers", offer.position, *(steps[:1] if whole else steps))


def _value(offer: OfferFacts, term: int) -> Message | Text | str:
    value = offer.terms[term]
    if value is None:
        return _NONE
    if TERMS[term] == "early_exit":
        return f"“{offer.early_exit}”"
    if TERMS[term] == "gift":
        return _GIFT(name=offer.gift, collect=_COLLECT[value[1]])
    if isinstance(value, int | float):
        return figure(float(value))
    return _VALUES.get(value, str(value))


RULE = Rule(
    id="CONF002",
    title=Text("同一产品对同一批客户有两套条件", "one product on two terms for the same customers"),
    severity="error",
    why=Text(
        "同一个产品两个价，先办的客户会觉得吃亏，柜台也不知道该按哪个办；事后往往要退差价。",
        "With two prices for one product, those who paid more feel cheated and the counter does not know which holds; it "
        "ends in refunds.",
    ),
    source=Text(
        "省市协同要求：同一产品口径一致；《明码标价和禁止价格欺诈规定》第二十条：宣传的促销范围和规则须与实际一致。",
        "Coordination between province and cities: one product, one wording; Provisions on Clearly Marked Prices and "
        "Prohibition of Price Fraud, article 20.",
    ),
    passing=Sample(
        "id: sample-a\nstage: testing\noffers:\n  - {id: speedup, name: 宽带提速, product: broadband.300m, kind: discount}\n",
        others=(
            'id: sample-b\nstage: approved\nregions: {include: ["440100"]}\noffers:\n'
            "  - {id: fast, name: 宽带升级, product: broadband.300m, kind: contract, contract_months: 12, early_exit: 每月补 10 元}\n",
        ),
    ),
    failing=Sample(
        "id: sample-a\nstage: testing\noffers:\n  - {id: speedup, name: 宽带提速, product: broadband.300m, kind: discount}\n",
        others=(
            "id: sample-b\nstage: approved\noffers:\n"
            "  - {id: fast, name: 宽带升级, product: broadband.300m, kind: contract, contract_months: 12, early_exit: 每月补 10 元}\n",
        ),
        places=((4, 5),),
    ),
    check_portfolio=check_portfolio,
)
