"""SPEC003: an id used twice, by two campaigns or by two offers of one campaign."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView, Known, PortfolioView, Problem, Related, Rule, Sample

_CAMPAIGN = Text("编号“{id}”已经被另一个营销案用了", "the id “{id}” is used by another campaign")
_CAMPAIGN_HINT = Text(
    "编号全库唯一，请改其中一个；如果是同一个营销案的两份文件，请删掉多余的。",
    "Ids are unique in the repository: change one, or delete the file that is a copy.",
)
_OFFER = Text("优惠编号“{id}”在本营销案里用了两次", "the offer id “{id}” is used twice in this campaign")
_OFFER_HINT = Text("请给每项优惠不同的编号。", "Give every offer an id of its own.")
_OTHER = Text("另一处在这里", "the other one is here")


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield every offer whose id an earlier offer has."""
    offers = view.campaign.offers
    if len(offers) == 1:
        return
    first: dict[str, int] = {}
    for index, offer in enumerate(offers):
        if offer.id in first:
            other = Related(None, ("offers", first[offer.id], "id"), _OTHER())
            yield Problem(("offers", index, "id"), _OFFER(id=offer.id), _OFFER_HINT(), related=(other,))
        first.setdefault(offer.id, index)


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield every campaign whose id another file has, if that has no less right of way."""
    by_id: dict[str, list[Known]] = {}
    for known in view.known:
        by_id.setdefault(known.id, []).append(known)
    for name, files in by_id.items():
        for file in files if len(files) > 1 else ():
            if all(file.rank < other.rank for other in files if other is not file):
                continue
            others = tuple(Related(other.path, ("id",), _OTHER()) for other in files if other is not file)
            yield Problem(("id",), _CAMPAIGN(id=name), _CAMPAIGN_HINT(), spec=file.path, related=others)


RULE = Rule(
    id="SPEC003",
    title=Text("编号用了两次", "an id used twice"),
    severity="error",
    why=Text(
        "放行凭证、例外和报表都按编号认营销案；两个营销案同号，谁也说不清检查的是哪一个。",
        "Clearances, waivers and reports know a campaign by its id; with two of one id nobody knows which was checked.",
    ),
    source=Text("营销案格式的约定：编号全库唯一。", "The spec's convention: ids are unique in the repository."),
    passing=Sample(
        "id: sample-a\n",
        others=(
            'id: sample-b\nregions: {include: ["440100"]}\noffers: [{id: b, name: 积分换话费, '
            "product: points.exchange, kind: points}]\n",
        ),
    ),
    failing=Sample("id: sample-a\n", others=("id: sample-a\n",), places=((1, 5),)),
    check=check,
    check_portfolio=check_portfolio,
)
