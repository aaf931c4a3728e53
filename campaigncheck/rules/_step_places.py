"""Halls that a campaign does not have: its own that lie outside its regions, and places of steps (SPEC005)."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.catalogue.network import Hall
from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView, Problem
from campaigncheck.source.place import Path
from campaigncheck.spec.model import StepUse

_OUTSIDE = Text(
    "营业厅“{hall}”在{place}，不在活动地区里", "the hall “{hall}” is in {place}, outside the campaign's regions"
)
_OUTSIDE_HINT = Text("去掉这个营业厅，或者把它所在的城市加进 regions。", "Drop the hall, or add its city to regions.")
_NO_HALL = Text("营业厅“{hall}”不办这个营销案", "the hall “{hall}” does not sell this campaign")
_NO_HALL_HINT = Text(
    "把它加进本案的 halls，或者从这一步里去掉。", "Add it to the campaign's halls, or drop it from this step."
)
_STEP_CHANNEL = Text(
    "这一步的渠道“{channel}”不是本案的办理渠道", "the step's channel “{channel}” is none of this campaign"
)
_STEP_CHANNEL_HINT = Text("把它加进 channels，或者从这一步里去掉。", "Add it to channels, or drop it from this step.")
_NOT_AT_HALLS = Text(
    "这一步写了营业厅，却不在营业厅办，永远轮不到",
    "this step names halls but is not for the channel hall, so nobody ever takes it",
)
_NOT_AT_HALLS_HINT = Text("去掉 halls，或者在渠道里加上 hall。", "Drop halls, or add hall to the channels.")


def outside(view: CampaignView, hall: Hall, path: Path) -> Iterator[Problem]:
    """Yield a hall that is in no city of the campaign."""
    tree, cities = view.catalogues.regions, view.meaning.cities
    if cities and not tree.masks[hall.region] & cities:
        message = _OUTSIDE(hall=hall.name, place=tree.name(tree.city(hall.region) or hall.region))
        yield Problem(path, message, _OUTSIDE_HINT())


def step_places(view: CampaignView, step: StepUse, path: Path) -> Iterator[Problem]:
    """Yield halls and channels of a step that the campaign does not have."""
    campaign = view.campaign
    for index, name in enumerate(step.halls):
        hall = view.catalogues.network.halls.get(name)
        if hall is not None and campaign.halls and name not in campaign.halls:
            yield Problem((*path, "halls", index), _NO_HALL(hall=hall.name), _NO_HALL_HINT())
        elif hall is not None:
            yield from outside(view, hall, (*path, "halls", index))
    for index, channel in enumerate(step.channels):
        if channel not in campaign.channels:
            yield Problem((*path, "channels", index), _STEP_CHANNEL(channel=channel), _STEP_CHANNEL_HINT())
    if step.halls and "hall" not in (step.channels or campaign.channels):
        yield Problem((*path, "halls"), _NOT_AT_HALLS(), _NOT_AT_HALLS_HINT(), key=True)
