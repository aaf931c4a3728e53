"""FAQ004: the same question twice in one sheet, or with different answers."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.language.questions import alike
from campaigncheck.language.stops import excerpt
from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Related, Rule, Sample
from campaigncheck.spec.model import Campaign, FaqEntry

_TWICE = Text("和第 {number} 个问题“{question}”问的是一回事", "asks the same as question {number}, “{question}”")
_DIFFERENT = Text(
    "和第 {number} 个问题“{question}”问的是一回事，答的却不一样：这里说“{mine}”，那里说“{theirs}”",
    "asks the same as question {number}, “{question}”, but is answered differently: “{mine}” here, “{theirs}” there",
)
_HINT = Text(
    "留一个就够：把两个回答合到“{question}”下面，删掉这一个。要是问的不是一回事，请把不同的地方写进问题里。",
    "One is enough: put both answers under “{question}” and drop this one. If they ask different things, let the "
    "questions say so.",
)
_HINT_DIFFERENT = Text(
    "先查清哪个答得对，写到“{question}”下面，再删掉这一个。要是两个都对，请把什么情况下是哪一种写进问题里。",
    "Find out which answer is right, keep it under “{question}” and drop this question. If both are, let the questions "
    "say in which case each holds.",
)
_FIRST = Text("先问的是这一个", "asked here first")
_QUOTED = 40
"""Characters of a sentence that are quoted at most."""


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield one problem for every question that an earlier one of the sheet asks already."""
    campaign = view.campaign
    entries = campaign.faq
    if len(entries) < 2:
        return
    for first, *later in alike([entry.q for entry in entries], _names(campaign)):
        for position in later:
            yield _problem(entries, first, position)


def _names(campaign: Campaign) -> list[str]:
    """Return what goes without saying on this sheet: the campaign, and its offer if it is the only one."""
    names = [campaign.title]
    if len(campaign.offers) == 1:
        names.append(campaign.offers[0].name)
    return names


def _problem(entries: list[FaqEntry], first: int, position: int) -> Problem:
    from campaigncheck.language.claims import disagreement  # slow to prepare; most runs do without

    here, there = entries[position], entries[first]
    facts: dict[str, object] = {"number": first + 1, "question": there.q}
    found = disagreement(here.a, there.a)
    message, hint = _TWICE(**facts), _HINT(question=there.q)
    if found is not None:
        quotes = {
            "mine": excerpt(here.a, found.first, _QUOTED),
            "theirs": excerpt(there.a, found.second, _QUOTED),
        }
        message, hint = _DIFFERENT(**facts, **quotes), _HINT_DIFFERENT(question=there.q)
    return Problem(("faq", position, "q"), message, hint, related=(_related(first),))


def _related(first: int) -> Related:
    first_asked: Message = _FIRST()
    return Related(None, ("faq", first, "q"), first_asked)


_FAQ = "faq:\n  - {{topic: cancel, q: 怎么退订？, a: {first}}}\n  - {{topic: cancel, q: {second}}}\n"

RULE = Rule(
    id="FAQ004",
    title=Text("同一个问题问了两遍", "the same question twice"),
    severity="warning",
    why=Text(
        "同一件事问两遍，一线不知道照哪个答；以后只改了其中一个，两个答案就对不上了。",
        "Asked twice, the front line does not know which answer to give; and when only one is changed later, they differ.",
    ),
    source=Text(
        "每个营销案一张 FAQ、每个问题一个口径的要求；怎么算同一个问题见 campaigncheck/language/questions.py。",
        "One sheet a campaign, one answer a question; when questions count as the same is described in "
        "campaigncheck/language/questions.py.",
    ),
    passing=Sample(_FAQ.format(first="在 App 里点“取消”，当月底停。", second="取消以后哪天停？, a: 当月最后一天停。")),
    failing=Sample(
        _FAQ.format(first="在 App 里点“取消”，当月底停。", second="如何取消？, a: 发短信 QX 到 10086。"),
        places=((3, 24),),
    ),
    check=check,
)
