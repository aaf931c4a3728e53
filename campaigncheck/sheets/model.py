"""A FAQ sheet before it becomes a page: everything it says, in the order in which it says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.engine.finding import Finding, Verdict
from campaigncheck.labels import CHANNELS, STAGES
from campaigncheck.messages import Message, Text
from campaigncheck.sheets.counter import Counter, counter
from campaigncheck.sheets.labels import PAGE
from campaigncheck.sheets.offers import OfferTable, offer_tables
from campaigncheck.sheets.phrases import Words, audience, listed, period, places
from campaigncheck.source.document import Document
from campaigncheck.spec.model import Campaign, FaqEntry

FIRST = 5
"""Errors that the banner of a blocked sheet tells; it counts the rest."""

DIGITS = 12
"""Digits of the content's digest that are shown."""

_ERRORS = Text("检查发现 {count} 个错误，改好、重新出单以前，不要照着这张单子答复客户。",
               "The check found {count} errors. Do not answer customers from this sheet until they are mended.")  # fmt: skip
_ONE_ERROR = Text("检查发现 1 个错误，改好、重新出单以前，不要照着这张单子答复客户。",
                  "The check found 1 error. Do not answer customers from this sheet until it is mended.")  # fmt: skip
_ERROR = Text("{message}（{rule}，第 {line} 行）", "{message} ({rule}, line {line})")
_MORE = Text(
    "还有 {count} 个，请责任部门用 campaigncheck check 查看。",
    "{count} more: the owner sees them with campaigncheck check.",
)
_UNCLEARED = Text(
    "还没有放行，不能给客户用（现在是{stage}阶段），只供准备和演练。",
    "Not cleared for customers yet (stage: {stage}); for preparation and rehearsal only.",
)
_OVER = Text("活动已经结束，不再受理。", "This campaign is over and no longer sold.")
_OFFERS = Text("优惠：{names}。", "Offers: {names}.")
_ONLY_HALLS = Text("只在这些营业厅：{halls}", "only in these halls: {halls}")
_NO_SUPPORT = Text("还没有写一线支撑电话", "no support contact is given yet")
_NO_HOURS = Text("没有写", "not said")
OTHER_TOPIC = Text("其他", "others")


@dataclass(frozen=True, slots=True)
class Banner:
    """Why a sheet must not be used."""

    summary: Message
    first: tuple[Message, ...]
    more: Message | None


@dataclass(frozen=True, slots=True)
class Topic:
    """The questions of one topic."""

    title: Text
    questions: tuple[FaqEntry, ...]


class Source(NamedTuple):
    """Where a sheet's questions were written: the spec, and the questions in its order."""

    document: Document
    questions: tuple[FaqEntry, ...]

    def line(self, entry: FaqEntry) -> int:
        """Return the line of a question."""
        number = next(index for index, other in enumerate(self.questions) if other is entry)
        return self.document.place(("faq", number, "q")).line


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; strings are the campaign's own words.

    Until clearances are issued a campaign counts as ``cleared`` when it is launched and passes the check. ``address``
    is that of its page on the site, if the policy says where that is. ``away`` are the channels that need no counter.
    """

    id: str
    title: str
    summary: Words
    audience: tuple[Words, ...]
    period: Message
    places: Message
    channels: Message
    away: Message | None
    halls: Message | None
    offers: tuple[OfferTable, ...]
    counter: Counter
    topics: tuple[Topic, ...]
    answers: tuple[tuple[str, str], ...]
    terms: tuple[tuple[str, str], ...]
    support: Words
    hours: Words
    owner: str
    contact: str
    stage: Text
    stage_name: str
    state: str
    start: date
    end: date
    verdict: Verdict
    cleared: bool
    banner: Banner | None
    notice: Message | None
    issued: date
    digest: str
    address: str | None
    source: Source | None = None

    @property
    def warning(self) -> Text | None:
        """What stands at the head of every page of a sheet that is not to be used with customers."""
        if self.banner:
            return PAGE["blocked"]
        if self.state == "over":
            return PAGE["over"]
        return None if self.cleared else PAGE["uncleared"]


class Judged(NamedTuple):
    """A campaign with what the check says of it."""

    campaign: Campaign
    verdict: Verdict
    errors: Sequence[Finding]
    digest: str
    document: Document | None = None


def build(judged: Judged, catalogues: Catalogues, titles: Mapping[str, str], today: date) -> Sheet:
    """Return the sheet of a campaign; ``titles`` are those of all known campaigns, in order of id."""
    campaign, support = judged.campaign, judged.campaign.support
    names = [offer.name for offer in campaign.offers]
    return Sheet(
        id=campaign.id,
        title=campaign.title,
        summary=campaign.summary or _OFFERS(names=names),
        audience=audience(campaign.audience, catalogues),
        period=period(campaign.period),
        places=places(campaign, catalogues.regions),
        channels=listed(CHANNELS[channel] for channel in campaign.channels),
        away=_away(campaign),
        halls=_halls(campaign, catalogues),
        offers=offer_tables(campaign.offers, catalogues, titles),
        counter=counter(campaign, catalogues),
        topics=_topics(campaign, catalogues),
        answers=tuple((item.phrase, item.answer) for item in campaign.answers),
        terms=tuple(campaign.terms.items()),
        support=support.contact if support else _NO_SUPPORT,
        hours=(support.hours if support else None) or _NO_HOURS,
        owner=campaign.owner.department,
        contact=campaign.owner.contact,
        stage=STAGES[campaign.stage],
        stage_name=campaign.stage,
        state=state(campaign, today),
        start=campaign.period.start,
        end=campaign.period.end,
        verdict=judged.verdict,
        cleared=campaign.stage == "launched" and judged.verdict == "pass",
        banner=_banner(judged.errors) if judged.verdict != "pass" else None,
        notice=_notice(campaign, today),
        issued=today,
        digest=judged.digest[:DIGITS],
        address=_address(catalogues.policy.site, campaign.id),
        source=Source(judged.document, tuple(campaign.faq)) if judged.document else None,
    )


def state(campaign: Campaign, today: date) -> str:
    """Return whether a campaign is ``ahead``, ``live`` or ``over`` on a day."""
    if campaign.stage == "retired" or campaign.period.end < today:
        return "over"
    return "ahead" if today < campaign.period.start else "live"


def _banner(errors: Sequence[Finding]) -> Banner:
    summary = _ONE_ERROR() if len(errors) == 1 else _ERRORS(count=len(errors))
    rest = len(errors) - FIRST
    first = tuple(_ERROR(message=item.message, rule=item.rule, line=item.place.line) for item in errors[:FIRST])
    return Banner(summary, first, _MORE(count=rest) if rest > 0 else None)


def _notice(campaign: Campaign, today: date) -> Message | None:
    if state(campaign, today) == "over":
        return _OVER()
    return None if campaign.stage == "launched" else _UNCLEARED(stage=STAGES[campaign.stage])


def _address(site: str | None, name: str) -> str | None:
    return f"{site.rstrip('/')}/{name}.html" if site else None


def _away(campaign: Campaign) -> Message | None:
    names = [CHANNELS[channel] for channel in campaign.channels if channel != "hall"]
    return listed(names) if names else None


def _halls(campaign: Campaign, catalogues: Catalogues) -> Message | None:
    names = catalogues.network.names(campaign.halls)
    return _ONLY_HALLS(halls=names) if names else None


def _topics(campaign: Campaign, catalogues: Catalogues) -> tuple[Topic, ...]:
    """Group the questions by topic, in the catalogue's order; unknown topics come last, together."""
    known = catalogues.faq.topics
    grouped: dict[str, list[FaqEntry]] = {name: [] for name in known}
    others: list[FaqEntry] = []
    for entry in campaign.faq:
        grouped.get(entry.topic, others).append(entry)
    topics = [Topic(known[name].title.text, tuple(entries)) for name, entries in grouped.items() if entries]
    return (*topics, Topic(OTHER_TOPIC, tuple(others))) if others else tuple(topics)
