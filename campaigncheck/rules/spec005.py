"""SPEC005: values that are impossible or contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache

from campaigncheck.algebra.regions import RegionTree
from campaigncheck.messages import Message, Text
from campaigncheck.rulekit import wording
from campaigncheck.rulekit.rule import CampaignView, Known, PortfolioView, Problem, Related, Rule, Sample
from campaigncheck.rules._step_places import outside, step_places
from campaigncheck.source.place import Path
from campaigncheck.spec.model import Offer

_END = Text("结束日期 {end} 早于开始日期 {start}", "the end {end} lies before the start {start}")
_END_HINT = Text(
    "两个日期可能写反了，或者年份没改。", "The dates may be the wrong way round, or the year was not changed."
)
_START = Text("开始日期", "the start")
_NOWHERE = Text("除外以后一个城市也不剩", "after the exclusions no city is left")
_NOWHERE_HINT = Text("请检查 include 和 exclude。", "Check include and exclude.")
_IDLE = Text("“{name}”不在包含地区里，除外不起作用", "“{name}” is not among the regions, so excluding it does nothing")
_IDLE_HINT = Text("删掉它，或者检查是不是写错了代码。", "Delete it, or check the code.")
_TWICE = Text("“{name}”写了两次", "“{name}” is listed twice")
_TWICE_HINT = Text("删掉多余的一个。", "Delete one of them.")
_EMPTY = Text("{what}的条件没有客户能满足", "no customer can meet the condition on {what}")
_EMPTY_HINT = Text("请检查范围的两头是不是写反了。", "Check whether the ends of the range are the wrong way round.")
_NO_VALUE_HINT = Text(
    "至少写一个值；对谁都一样，就删掉这个条件。",
    "Give at least one value; if it does not matter, delete the condition.",
)
_BELOW_HINT = Text(
    "{what}从 0 算起，没有比 0 更小的；对谁都一样，就删掉这个条件。",
    "{what} counts from 0 and nothing is below; if it does not matter, delete the condition.",
)
_PRECISE = Text("{what}“{given}”的小数位数太多", "{what} “{given}” has too many decimals")
_PRECISE_HINT = Text(
    "月数和年龄写整数，金额最多两位小数。", "Months and ages are whole numbers, money has two decimals."
)
_SUM = Text("渠道占比加起来是 {sum}，不是 1", "the channel shares sum to {sum}, not 1")
_SUM_HINT = Text("调整各渠道的占比，让它们加起来等于 1。", "Adjust the shares so that they sum to 1.")
_NO_CHANNEL = Text(
    "占比里的“{channel}”不是本案的办理渠道", "“{channel}” has a share but is no channel of this campaign"
)
_NO_CHANNEL_HINT = Text("把它加进 channels，或者从占比里去掉。", "Add it to channels, or drop its share.")
_ORDER = Text("三个用时要从小到大：最短、最可能、最长", "the three times go from low over likely to high")
_ORDER_HINT = Text("改成 {minutes} 的样子。", "Write {minutes}, for example.")
_THEN = Text("写了之后的金额，却没有写什么时候开始", "there is a later price, but not from when")
_THEN_HINT = Text("加上 for_months（优惠几个月）或 free_months（免费几个月）。", "Add for_months or free_months.")
_ONCE = Text("一次性收费不会“持续几个月”", "a one-off price cannot last for months")
_ONCE_HINT = Text(
    "去掉 for_months 和 then，或者把 per 改成 month。", "Drop for_months and then, or make it per: month."
)
_EXIT = Text("没有合约，却写了提前解约怎么收", "there is an early-exit charge but no contract")
_EXIT_HINT = Text("写上 contract_months，或者去掉 early_exit。", "Add contract_months, or drop early_exit.")
_BOTH = Text("“{pattern}”既不能同时享受，又可以同时享受", "“{pattern}” is both excluded and allowed together")
_BOTH_HINT = Text("excludes 和 stacks_with 里只留一处。", "Keep it in excludes or in stacks_with, not in both.")
_TEXT_CHANNEL = Text(
    "这段话的渠道“{channel}”不是本案的办理渠道", "this text is for “{channel}”, which is no channel of this campaign"
)
_TEXT_CHANNEL_HINT = Text(
    "把它加进 channels，或者改成 poster、leaflet、notice。", "Add it to channels, or make it poster, leaflet or notice."
)
_SELF = Text("上级营销案写成了自己", "the campaign names itself as its parent")
_SELF_HINT = Text(
    "parent 写省级营销案的编号；没有就写 null 或删掉。",
    "parent is the provincial campaign's id; without one, delete it.",
)
_NOBODY = Text(
    "这项优惠的客户范围和营销案的客户范围没有交集，没有一个客户能办",
    "no customer of the campaign is in this offer's own audience, so nobody can get it",
)
_NOBODY_HINT = Text(
    "优惠的 audience 只能在营销案的客户范围之内再缩小；请改其中一处。",
    "An offer's audience narrows the campaign's: change one of the two.",
)
_CAMPAIGN_S = Text("营销案的客户范围", "the campaign's audience")
_GRANDCHILD = Text(
    "上级营销案“{parent}”自己也有上级“{grandparent}”", "the parent “{parent}” has a parent itself, “{grandparent}”"
)
_GRANDCHILD_HINT = Text(
    "地市营销案只能直接落地没有上级的营销案：parent 改成“{top}”，或者删掉其中一处的 parent。",
    "A campaign localises one that has no parent: write “{top}” here, or delete one of the two parents.",
)
_CIRCLE_HINT = Text(
    "地市营销案只能直接落地没有上级的营销案；请删掉其中一处的 parent。",
    "A campaign localises one that has no parent: delete one of the two parents.",
)
_ITS_PARENT = Text("上级营销案的上级", "the parent's parent")
_ELSEWHERE = Text("上级营销案“{parent}”不在{cities}开展", "the parent “{parent}” does not run in {cities}")
_ELSEWHERE_HINT = Text(
    "地市营销案只能在上级营销案开展的城市里落地：去掉这些城市，或者把它们加进上级的 regions；两个案子没有关系就删掉 parent。",
    "A campaign localises its parent in cities where that runs: drop these, or add them to the parent's regions; if the "
    "two have nothing to do with each other, delete parent.",
)
_ITS_REGIONS = Text("上级营销案的地区", "the parent's regions")
_PRINTED = frozenset({"poster", "leaflet", "notice"})


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield every contradiction of a campaign, in the order of the spec."""
    for part in _PARTS:
        yield from part(view)


def _period(view: CampaignView) -> Iterator[Problem]:
    campaign = view.campaign
    if campaign.parent == campaign.id:
        yield Problem(("parent",), _SELF(), _SELF_HINT())
    if campaign.period.end < campaign.period.start:
        message = _END(start=campaign.period.start, end=campaign.period.end)
        start = Related(None, ("period", "start"), _START())
        yield Problem(("period", "end"), message, _END_HINT(), related=(start,))


def _place(view: CampaignView) -> Iterator[Problem]:
    campaign, tree = view.campaign, view.catalogues.regions
    include, exclude = campaign.regions.include, campaign.regions.exclude
    cities = view.meaning.cities
    if not cities and all(code in tree.regions for code in include):
        yield Problem(("regions", "exclude"), _NOWHERE(), _NOWHERE_HINT())
    for index in _idle(tree, include, exclude) if cities and exclude else ():
        yield Problem(("regions", "exclude", index), _IDLE(name=tree.name(exclude[index])), _IDLE_HINT())
    for index, name in enumerate(campaign.halls):
        hall = view.catalogues.network.halls.get(name)
        if hall is not None:
            yield from outside(view, hall, ("halls", index))


def _idle(tree: RegionTree, include: Sequence[str], exclude: Sequence[str]) -> Iterator[int]:
    """Yield the positions of exclusions that take nothing away."""
    inside = frozenset().union(*(tree.units.get(code, frozenset()) for code in include))
    for index, code in enumerate(exclude):
        if code in tree.regions and not tree.units[code] & inside:
            yield index


def _repeated(view: CampaignView) -> Iterator[Problem]:
    campaign = view.campaign
    yield from _twice(campaign.channels, ("channels",))
    yield from _twice(campaign.halls, ("halls",))
    yield from _twice(campaign.regions.include, ("regions", "include"))
    yield from _twice(campaign.regions.exclude, ("regions", "exclude"))
    yield from _twice(campaign.themes, ("themes",))
    for index, offer in enumerate(campaign.offers):
        yield from _twice(offer.cancel, ("offers", index, "cancel"))


def _twice(names: Sequence[str], path: Path) -> Iterable[Problem]:
    if len(names) < 2 or len(set(names)) == len(names):
        return ()
    return [
        Problem((*path, index), _TWICE(name=name), _TWICE_HINT())
        for index, name in enumerate(names)
        if name in names[:index]
    ]


def _audiences(view: CampaignView) -> Iterator[Problem]:
    labels = view.catalogues.attributes.attributes
    for path, fault in view.meaning.faults:
        if fault.kind == "too_precise":
            label = labels[fault.attribute].label.text
            yield Problem(path, _PRECISE(what=label, given=str(fault.given)), _PRECISE_HINT())
        elif fault.kind == "empty":
            label = labels[fault.attribute].label.text
            yield Problem(path, _EMPTY(what=label), _why_empty(fault.given, label))


def _why_empty(given: object, label: Text) -> Message:
    """Say how to mend a condition that nobody meets: no value, a range below 0, or one upside down."""
    if not given:
        return _NO_VALUE_HINT()
    return _EMPTY_HINT() if ".." in str(given) else _BELOW_HINT(what=label)


def _offers(view: CampaignView) -> Iterator[Problem]:
    for index, offer in enumerate(view.campaign.offers):
        yield from _price(offer, ("offers", index))
        yield from _reach(view, index, offer)
        if offer.early_exit and not offer.contract_months:
            yield Problem(("offers", index, "early_exit"), _EXIT(), _EXIT_HINT())
        if offer.excludes and offer.stacks_with:
            yield from _contradictions(offer, ("offers", index), tuple(view.catalogues.products.products))


def _contradictions(offer: Offer, path: Path, products: tuple[str, ...]) -> Iterator[Problem]:
    """Yield each exclusion that speaks of something which the offer says can be held as well."""
    for at, pattern in enumerate(offer.excludes):
        both = next(
            (index for index, other in enumerate(offer.stacks_with) if _speak_of_one(pattern, other, products)), None
        )
        if both is not None:
            related = Related(None, (*path, "stacks_with", both), _BOTH(pattern=offer.stacks_with[both]))
            yield Problem((*path, "excludes", at), _BOTH(pattern=pattern), _BOTH_HINT(), related=(related,))


@lru_cache(maxsize=4096)
def _speak_of_one(pattern: str, other: str, products: tuple[str, ...]) -> bool:
    """Whether two patterns name the same campaigns, or a product in common."""
    if fnmatchcase(pattern, other) or fnmatchcase(other, pattern):
        return True
    return any(fnmatchcase(product, pattern) and fnmatchcase(product, other) for product in products)


def _reach(view: CampaignView, index: int, offer: Offer) -> Iterator[Problem]:
    """Yield an offer whose own audience leaves none of the campaign's customers."""
    if not offer.audience or view.meaning.offer_customers[index] or not view.meaning.customers:
        return
    path: Path = ("offers", index, "audience")
    if not any(at[: len(path)] == path for at, _ in view.meaning.faults):
        related = Related(None, ("audience",), _CAMPAIGN_S())
        yield Problem(path, _NOBODY(), _NOBODY_HINT(), related=(related,))


def _price(offer: Offer, path: Path) -> Iterator[Problem]:
    price = offer.price
    if price is None:
        return
    if price.per == "once" and price.for_months is not None:
        yield Problem((*path, "price", "for_months"), _ONCE(), _ONCE_HINT())
    elif price.then is not None and price.for_months is None and not offer.free_months:
        yield Problem((*path, "price", "then"), _THEN(), _THEN_HINT())


def _texts(view: CampaignView) -> Iterator[Problem]:
    channels = view.campaign.channels
    for index, text in enumerate(view.campaign.texts):
        if text.channel not in _PRINTED and text.channel not in channels:
            path = ("texts", index, "channel")
            yield Problem(path, _TEXT_CHANNEL(channel=text.channel), _TEXT_CHANNEL_HINT())


def _handling(view: CampaignView) -> Iterator[Problem]:
    for index, step in enumerate(view.campaign.handling.steps):
        if step.minutes is not None and sorted(step.minutes) != step.minutes:
            hint = _ORDER_HINT(minutes=str(sorted(step.minutes)))
            yield Problem(("handling", "steps", index, "minutes"), _ORDER(), hint)
        if step.halls or step.channels:
            path: Path = ("handling", "steps", index)
            yield from _twice(step.halls, (*path, "halls"))
            yield from _twice(step.channels, (*path, "channels"))
            yield from step_places(view, step, path)


def _demand(view: CampaignView) -> Iterator[Problem]:
    demand = view.campaign.demand
    if demand is None or not demand.channel_share:
        return
    total = sum(demand.channel_share.values())
    if abs(total - 1) > 1e-6:
        yield Problem(("demand", "channel_share"), _SUM(sum=total), _SUM_HINT())
    for channel in demand.channel_share:
        if channel not in view.campaign.channels:
            path = ("demand", "channel_share", channel)
            yield Problem(path, _NO_CHANNEL(channel=channel), _NO_CHANNEL_HINT(), key=True)


_PARTS: tuple[Callable[[CampaignView], Iterator[Problem]], ...] = (
    _period, _place, _repeated, _audiences, _offers, _texts, _handling, _demand,
)  # fmt: skip


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield every parent that cannot be one: it has a parent itself, or does not run where the child does."""
    children = [(known, known.parent) for known in view.known if known.parent not in (None, known.id)]
    by_id = _by_id(view.known) if children else {}
    for child, name in children:
        parent = by_id.get(name or "")
        if parent is not None and parent.parent is not None:
            yield _grandchild(child, parent, by_id)
        elif parent is not None:
            yield from _elsewhere(view, child, parent)


def _by_id(campaigns: Iterable[Known]) -> dict[str, Known]:
    """Return campaigns by id; of several with one id the one with right of way (SPEC003 reports it)."""
    found: dict[str, Known] = {}
    for known in campaigns:
        other = found.get(known.id)
        if other is None or (known.rank, known.path) < (other.rank, other.path):
            found[known.id] = known
    return found


def _grandchild(child: Known, parent: Known, by_id: Mapping[str, Known]) -> Problem:
    top = _top(parent, by_id)
    hint = _GRANDCHILD_HINT(top=top) if top else _CIRCLE_HINT()
    message = _GRANDCHILD(parent=parent.id, grandparent=parent.parent)
    related = Related(parent.path, ("parent",), _ITS_PARENT())
    return Problem(("parent",), message, hint, spec=child.path, related=(related,))


def _top(campaign: Known, by_id: Mapping[str, Known]) -> str | None:
    """Follow parents up to one that has none; None where they go round in a circle, or out of the repository."""
    seen: set[str] = set()
    at: Known | None = campaign
    while at is not None and at.id not in seen:
        if at.parent is None:
            return at.id
        seen.add(at.id)
        at = by_id.get(at.parent)
    return None


def _elsewhere(view: PortfolioView, child: Known, parent: Known) -> Iterator[Problem]:
    here, there = view.portfolio.by_id.get(child.id), view.portfolio.by_id.get(parent.id)
    if here is None or there is None or here.path != child.path:
        return
    missing = here.cities & ~there.cities
    if missing:
        message = _ELSEWHERE(parent=there.title, cities=wording.cities(missing, view.catalogues))
        related = Related(there.path, ("regions",), _ITS_REGIONS(), key=True)
        yield Problem(("parent",), message, _ELSEWHERE_HINT(), spec=child.path, related=(related,))


RULE = Rule(
    id="SPEC005",
    title=Text("不可能或自相矛盾的值", "impossible or contradictory values"),
    severity="error",
    why=Text(
        "结束早于开始、占比加不到 1、没有合约却收违约金——这样的营销案照着执行，一线没法解释，账单也会出错。",
        "An end before the start, shares that do not sum to 1, a penalty without a contract: nobody at the counter "
        "could explain it, and the bills would be wrong.",
    ),
    source=Text("营销案格式各字段的含义。", "The meaning of the spec's fields."),
    passing=Sample("period: {start: 2027-03-01, end: 2027-03-31}\n"),
    failing=Sample("period: {start: 2027-03-31, end: 2027-03-01}\n", places=((1, 34),)),
    check=check,
    check_portfolio=check_portfolio,
)
