"""Makes the daily sheet of a place from a finished run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from campaigncheck.algebra.audience import Audience
from campaigncheck.algebra.days import Days
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.engine.run import Run
from campaigncheck.labels import CHANNELS, STAGES
from campaigncheck.messages import Message, Text
from campaigncheck.portfolio.presence import Presence
from campaigncheck.sheets.daily import cases, together
from campaigncheck.sheets.daily.customers import as_written, attribute_names
from campaigncheck.sheets.daily.model import Card, Daily, Elsewhere, Kind, Line, OfferLine, Suits, Unusable
from campaigncheck.sheets.daily.place import Place
from campaigncheck.sheets.daily.states import changes, ends, is_live, line, starts, state
from campaigncheck.sheets.daily.there import SOON, Candidate, There, look
from campaigncheck.sheets.daily.waits import HallWaits
from campaigncheck.sheets.offers import offer_tables
from campaigncheck.sheets.phrases import Words, audience, listed
from campaigncheck.spec.model import Offer

LINES = 30
"""Lines of “who may have what” that fit a page."""

_BUSIEST = Text(
    "柜台办一笔平均 {mean} 分钟，最费时的是“{step}”（{minutes} 分钟）",
    "{mean} minutes at the counter on average, most of them for “{step}” ({minutes} minutes)",
)
_NO_SUPPORT = Text("还没有写", "not given yet")
_STAGE = Text("还没有上线（{stage}阶段）", "not launched yet (stage: {stage})")
_ERRORS = Text("检查发现 {count} 个错误", "the check found {count} errors")
_ONE_ERROR = Text("检查发现 1 个错误", "the check found 1 error")


class Live(NamedTuple):
    """A live campaign with its number on the sheet."""

    number: int
    item: Presence
    found: Candidate

    def label(self, position: int) -> str:
        """Return the label of an offer."""
        return str(self.number) if len(self.found.campaign.offers) == 1 else f"{self.number}-{position + 1}"


def build(
    run: Run,
    place: Place,
    on: date,
    issued: date,
    linked: Collection[str] = (),
    waits: tuple[HallWaits, ...] = (),
) -> Daily:
    """Return the sheet of a place on a day.

    Args:
        run: with all campaigns, checked.
        place: for whom the sheet is.
        on: the day.
        issued: the day of issue.
        linked: the ids of the campaigns whose own sheets stand beside this one.
        waits: of the halls of the place, as far as they are known.
    """
    there = look(run, place, on.toordinal())
    cleared = there.cleared
    lines = {item.entry.id: line(there, item) for item in cleared}
    uncleared = [item for item in there.uncleared if is_live(state(item, there.day))]
    present = [item for item in cleared if is_live(lines[item.entry.id].state)]
    live = [Live(at, item, there.here[item.entry.id]) for at, item in enumerate(present, 1)]
    offers = [(item, at) for item in live for at in range(len(item.found.campaign.offers))]
    everybody, suits = _suits([(item.label(at), item.item.entry.offers[at].audience) for item, at in offers], there)
    unread = tuple(item.spec.shown for item in run.examined if item.spec.selected and not item.understood)
    day, ahead = there.day, range(there.day + 1, there.day + SOON + 1)
    return Daily(
        place=place,
        day=on,
        before=date.fromordinal(day - SOON),
        issued=issued,
        starting=tuple(lines[item.entry.id] for item in present if starts(item, day)),
        soon=tuple(lines[item.entry.id] for item in cleared if any(starts(item, at) for at in ahead)),
        ending_today=tuple(lines[item.entry.id] for item in present if ends(item, day)),
        ending=tuple(lines[item.entry.id] for item in present if any(ends(item, at) for at in ahead)),
        changes=tuple(changes(there)),
        running=tuple(_running(present, lines, day)),
        gone=tuple(found for found in lines.values() if found.badge in ("gone", "replaced")),
        everybody=everybody,
        suits=suits,
        both=tuple(
            together.pairs([(item.label(at), there.here[item.found.entry.id].entry, at) for item, at in offers])
        ),
        cards=tuple(_card(item, lines[item.item.entry.id], there.catalogues, linked) for item in live),
        unusable=tuple(_unusable(there, item) for item in uncleared),
        preparing=tuple(_unusable(there, item) for item in there.uncleared if any(starts(item, at) for at in ahead)),
        elsewhere=tuple(_elsewhere(item, there.catalogues) for item in there.elsewhere if _sold_elsewhere(item, day)),
        unread=unread,
        waits=waits,
        uncleared_come=any(item.entry.draws is not None and item.entry.draws.hall > 0 for item in uncleared),
        digest=_digest(run, there, unread, linked, waits),
    )


def _running(present: Sequence[Presence], lines: dict[str, Line], day: int) -> Iterator[Line]:
    """Yield what neither starts today nor ends within a week."""
    for item in present:
        if lines[item.entry.id].state == "running" and not starts(item, day):
            yield lines[item.entry.id]


def _suits(offers: Sequence[tuple[str, Audience]], there: There) -> tuple[tuple[str, ...], tuple[Suits, ...]]:
    catalogues = there.catalogues
    labels = [label for label, _ in offers]
    found = cases.choose([whom for _, whom in offers], catalogues.domain, LINES)
    tables = tuple(_table(table, labels, catalogues) for table in found.tables)
    return tuple(labels[at] for at in found.everybody), tables


def _table(table: cases.Table, labels: Sequence[str], catalogues: Catalogues) -> Suits:
    kinds = []
    for case in table.cases:
        conditions = tuple(as_written(group, catalogues.domain) for group in case.kinds)
        words = audience(conditions, catalogues)
        kinds.append(Kind(conditions, words, tuple(labels[at] for at in case.offers)))
    return Suits(attribute_names(table.attributes, catalogues), tuple(kinds), table.split)


def _card(live: Live, found: Line, catalogues: Catalogues, linked: Collection[str]) -> Card:
    campaign, support = live.found.campaign, live.found.campaign.support
    return Card(
        number=live.number,
        line=found,
        summary=campaign.summary,
        audience=audience(campaign.audience, catalogues),
        channels=listed(CHANNELS[channel] for channel in campaign.channels),
        at_counter="hall" in campaign.channels,
        halls=tuple(catalogues.network.names(campaign.halls)),
        offers=tuple(_offer(live.label(at), offer, catalogues) for at, offer in enumerate(campaign.offers)),
        busiest=_busiest(live.found),
        mind=next(((item.phrase, item.answer) for item in campaign.answers), None),
        questions=tuple(item.q for item in campaign.faq),
        support=support.contact if support else _NO_SUPPORT,
        hours=support.hours if support else None,
        owner=campaign.owner.department,
        contact=campaign.owner.contact,
        linked=campaign.id in linked,
    )


def _offer(label: str, offer: Offer, catalogues: Catalogues) -> OfferLine:
    cells: dict[str, tuple[Words, ...]] = {
        row.name: row.cells[0] for table in offer_tables([offer], catalogues, {}) for row in table.rows
    }
    return OfferLine(
        label=label,
        id=offer.id,
        name=offer.name,
        product=cells["product"][0],
        now=cells["now"],
        later=cells.get("later", ()),
        only_for=cells.get("audience", ()),
        code=offer.opt_in_code,
    )


def _busiest(found: Candidate) -> Message | None:
    handling, heaviest = found.outcome.handling, found.outcome.heaviest
    if handling is None or not heaviest:
        return None
    return _BUSIEST(mean=f"{handling.mean:.1f}", step=heaviest[0].name, minutes=f"{heaviest[0].minutes:.1f}")


def _unusable(there: There, item: Presence) -> Unusable:
    found = there.here[item.entry.id]
    errors, owner = found.outcome.errors, found.campaign.owner
    why: list[Message] = []
    if found.campaign.stage != "launched":
        why.append(_STAGE(stage=STAGES[found.campaign.stage]))
    if found.outcome.verdict != "pass":
        why.append(_ONE_ERROR() if errors == 1 else _ERRORS(count=errors))
    return Unusable(line(there, item), tuple(why), owner.department, owner.contact)


def _sold_elsewhere(found: Candidate, day: int) -> bool:
    days: Days = found.entry.days
    return found.cleared and days.first <= day <= days.last


def _elsewhere(found: Candidate, catalogues: Catalogues) -> Elsewhere:
    campaign = found.campaign
    channels = listed(CHANNELS[channel] for channel in campaign.channels)
    return Elsewhere(campaign.id, campaign.title, tuple(catalogues.network.names(campaign.halls)), channels)


def _digest(run: Run, there: There, unread: Sequence[str], linked: Collection[str], waits: Sequence[HallWaits]) -> str:
    """Return the digest of what decides what the sheet says: rules, place, day, every campaign looked at.

    So do the specs that cannot be read, which of the campaigns have a sheet to link to, and how long people wait.
    """
    found = [*there.here.values(), *there.elsewhere]
    campaigns = sorted((item.outcome.path, item.digest, item.outcome.verdict, item.outcome.errors) for item in found)
    place = [there.place.kind, there.place.id, there.place.name, sorted(there.place.halls)]
    links = sorted(name for name in there.here if name in linked)
    said = [run.report.version, run.report.policy, place, there.day, campaigns, sorted(unread), links, waits]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
