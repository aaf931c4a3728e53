"""Carries a plan out in the spec's own text: what does not change stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from yaml.nodes import Node

from campaigncheck.algebra.audience import Constraint
from campaigncheck.source.changes import Drop, Put
from campaigncheck.source.edit import edit
from campaigncheck.source.yamlpass import nodes
from campaigncheck.suggest.conditions import narrow
from campaigncheck.suggest.plan import Plan, Subject

Edits = Iterable[Put | Drop]


def write(subject: Subject, plan: Plan) -> str:
    """Return the spec with a plan carried out.

    Raises:
        EditError: when the spec is written in a way that the change cannot be made in place.
    """
    return edit(subject.text, [change for changes in _edits(subject, plan) for change in changes])


def write_days(subject: Subject, days: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Yield the spec with other days, again and again, faster than :func:`write` does.

    Raises:
        EditError: when the spec is written in a way that the days cannot be changed in place.
    """
    planned = subject.planned
    whole = edit(
        subject.text,
        [
            Put(("period", "start"), date.fromordinal(planned.start + 1)),
            Put(("period", "end"), date.fromordinal(planned.last + 1)),
        ],
    )
    first, second = sorted((_date_at(whole, key), key) for key in ("start", "end"))
    before, between, after = whole[: first[0]], whole[first[0] + 10 : second[0]], whole[second[0] + 10 :]
    for start, last in days:
        written = {"start": date.fromordinal(start).isoformat(), "end": date.fromordinal(last).isoformat()}
        yield f"{before}{written[first[1]]}{between}{written[second[1]]}{after}"


def _date_at(text: str, key: str) -> int:
    """Return where the ten characters of a date of the period begin."""
    at = _value(_value(nodes(text), "period"), key).start_mark.index
    return at + (text[at] in "\"'")


def _value(mapping: Node, key: str) -> Node:
    """Return the value of a key that is known to be there."""
    found: Node = next(value for name, value in mapping.value if name.value == key)
    return found


def _edits(subject: Subject, plan: Plan) -> Iterator[Edits]:
    planned = subject.planned
    if plan.start != planned.start:
        yield [Put(("period", "start"), date.fromordinal(plan.start))]
    if plan.last != planned.last:
        yield [Put(("period", "end"), date.fromordinal(plan.last))]
    if plan.cities != planned.cities:
        yield _regions(subject, planned.cities & ~plan.cities)
    if plan.halls != planned.halls and plan.in_halls:
        gone = [index for index, hall in enumerate(subject.campaign.halls) if hall not in plan.halls]
        yield [Drop(("halls", index)) for index in reversed(gone)]
    if plan.in_halls != planned.in_halls:
        yield _channels(subject)
    if plan.moved:
        yield _share(subject, plan.moved / 100)
    for name, kept in plan.kept:
        yield _audience(subject, name, kept)
    if plan.stacking:
        yield _stacking(subject, plan.stacking)


def _regions(subject: Subject, gone: int) -> Iterator[Put | Drop]:
    """Leave cities out: those written out are deleted, those inside a province are excluded."""
    regions, written = subject.catalogues.regions, subject.campaign.regions
    whole = [index for index, code in enumerate(written.include) if (mask := regions.masks[code]) and mask & ~gone == 0]
    yield from (Drop(("regions", "include", index)) for index in reversed(whole))
    left = 0
    for index, code in enumerate(written.include):
        left |= regions.masks[code] if index not in whole else 0
    for more, code in enumerate(regions.names(gone & left)):
        yield Put(("regions", "exclude", len(written.exclude) + more), code)


def _channels(subject: Subject) -> Iterator[Put | Drop]:
    """Sell it on electronic channels only: these take over the halls' share of the demand."""
    campaign = subject.campaign
    yield Drop(("channels", list(campaign.channels).index("hall")))
    if campaign.halls:
        yield Drop(("halls",))
    share = _shares(subject)
    moved = share.pop("hall", None)
    if moved is not None:
        yield from (Put((*_SHARE, name), part) for name, part in _taken_over(subject.electronic, share, moved).items())
        yield Drop((*_SHARE, "hall"))


def _share(subject: Subject, moved: float) -> Iterator[Put | Drop]:
    """Move a part of the demand, as a share of all of it, from halls to electronic channels."""
    share = _shares(subject)
    share["hall"] = round(share["hall"] - moved, 4)
    yield from (Put((*_SHARE, name), part) for name, part in _taken_over(subject.electronic, share, moved).items())
    yield Put((*_SHARE, "hall"), share["hall"])


_SHARE = ("demand", "channel_share")


def _shares(subject: Subject) -> dict[str, float]:
    demand = subject.campaign.demand
    return {str(name): part for name, part in demand.channel_share.items()} if demand else {}


def _taken_over(electronic: list[str], share: Mapping[str, float], moved: float) -> dict[str, float]:
    """Return the shares of the channels that take over, in proportion to what they have; the whole stays 1.

    ``share`` is what all channels have once ``moved`` has left the halls.
    """
    takers = [channel for channel in electronic if share.get(channel)] or electronic
    whole = sum(share.get(channel, 0.0) for channel in takers)
    new = {
        channel: round(
            share.get(channel, 0.0) + moved * (share.get(channel, 0.0) / whole if whole else 1 / len(takers)), 4
        )
        for channel in takers
    }
    others = sum(part for name, part in share.items() if name not in new)
    new[takers[-1]] = round(1 - others - sum(part for name, part in new.items() if name != takers[-1]), 4)
    return new


def _audience(subject: Subject, name: str, kept: Constraint) -> Iterator[Put | Drop]:
    """Limit every group by one attribute; groups that nobody is left in go."""
    groups = subject.campaign.audience
    narrowed = narrow(subject.catalogues.domain, groups, name, kept)
    if not groups:
        yield Put(("audience",), [group for group in narrowed if group is not None])
        return
    for index, group in enumerate(narrowed):
        if group is not None:
            yield Put(("audience", index, name), group[name])
    yield from (Drop(("audience", index)) for index in reversed(range(len(groups))) if narrowed[index] is None)


def _stacking(subject: Subject, names: tuple[str, ...]) -> Iterator[Put | Drop]:
    """State in the offers on one product line with another campaign that both can be held."""
    for index, offer in enumerate(subject.campaign.offers):
        more = 0
        for name in names:
            if _line(offer.product) in {_line(other.product) for other in subject.others[name].offers}:
                yield Put(("offers", index, "stacks_with", len(offer.stacks_with) + more), f"campaign:{name}")
                more += 1


def _line(product: str) -> str:
    return product.partition(".")[0]
