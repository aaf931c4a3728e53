"""SAFE003: an offer that cannot be cancelled on a channel on which it is sold."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Related, Rule, Sample
from campaigncheck.rulekit.wording import CHANNEL_NAMES
from campaigncheck.understand.clauses import cancel_channel, is_recurring

_MESSAGE = Text(
    "“{name}”在{channels}能办，却不能在那里取消", "“{name}” is sold on {channels} but cannot be cancelled there"
)
_HINT = Text(
    "在 cancel 里加上 {channels}；哪里能办，哪里就要能退。",
    "Add {channels} to cancel: what is sold there must be cancelled there.",
)
_SOLD = Text("在这里能办", "it is sold here")


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield each recurring offer with the sales channels on which it cannot be cancelled."""
    channels = view.campaign.channels
    for index, offer in enumerate(view.campaign.offers):
        if not is_recurring(offer):
            continue
        open_to = {cancel_channel(channel) for channel in offer.cancel}
        closed = [channel for channel in channels if cancel_channel(channel) not in open_to]
        if closed:
            wanted = sorted({cancel_channel(channel) for channel in closed})
            stated = "cancel" in offer.model_fields_set
            related = tuple(Related(None, ("channels", channels.index(channel)), _SOLD()) for channel in closed)
            message = _MESSAGE(name=offer.name, channels=[CHANNEL_NAMES[channel] for channel in closed])
            path = ("offers", index, "cancel") if stated else ("offers", index)
            yield Problem(path, message, _HINT(channels=wanted), related=related)


_OFFER = (
    "channels: [app, outbound_call]\noffers:\n  - {{id: a, name: 彩铃, product: vas.ringback, kind: trial, "
    "price: {{amount: 5}}, confirm: twice, cancel: {cancel}}}\n"
)

RULE = Rule(
    id="SAFE003",
    title=Text("能办的渠道不能取消", "sold on a channel on which it cannot be cancelled"),
    severity="error",
    why=Text(
        "办的时候一条短信，退的时候要跑营业厅，客户会觉得被套住了。",
        "Ordered by one SMS and cancelled only in a hall: customers feel trapped.",
    ),
    source=Text(
        "投诉分析：不告知退订方式是增值业务投诉的主要原因。", "Complaint analysis: how to unsubscribe is not told."
    ),
    passing=Sample(_OFFER.format(cancel="[app, hotline]")),
    failing=Sample(_OFFER.format(cancel="[app, sms]"), places=((3, 103),)),
    check=check,
)
