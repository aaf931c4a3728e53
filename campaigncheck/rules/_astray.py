"""Problems of answers that speak of something else than their question asks."""

from __future__ import annotations

from campaigncheck.language.aspects import ASPECTS, YES_OR_NO
from campaigncheck.language.astray import astray, copied
from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Related

_ASTRAY = Text(
    "答非所问：客户问的是“{asked}”，回答讲的是“{told}”", "the customer asks {asked}; the answer tells {told}"
)
_ASTRAY_HINT = Text(
    "先正面回答“{asked}”；现在这段话，挪到讲“{told}”的地方。",
    "Tell {asked} first; what stands here belongs where customers ask {told}.",
)
_NEITHER = Text(
    "客户问能不能、会不会，回答既没说能，也没说不能，讲的是“{told}”",
    "the customer asks for a yes or a no; the answer says neither but tells {told}",
)
_NEITHER_HINT = Text(
    "开头先说“能”“不能”，或者什么条件下能，再往下讲。",
    "Begin with yes or no, or with the condition, then explain.",
)
_COPIED = Text(
    "这段话照搬了“{theirs}”的回答，没有讲“{asked}”", "this repeats the answer on {theirs} and does not tell {asked}"
)
_COPIED_HINT = Text("把“{asked}”单独写清楚。", "Write an answer of its own that tells {asked}.")
_UNTIL_THEN = Text("优惠期里多少钱", "what it costs until then")
_OTHER = Text("同样的回答在这里", "the same answer stands here")


def astray_problem(view: CampaignView, index: int, field: str, answer: str) -> Problem | None:
    """Return the problem of an answer (the long or the short one) that misses its question."""
    entry = view.campaign.faq[index]
    path = ("faq", index, field)
    found = astray(entry.topic, entry.q, answer)
    if found is None:
        return _copied_problem(view, index) if field == "a" else None
    asked = ASPECTS[found.asked].name
    told = [
        _UNTIL_THEN if (found.asked, name) == ("price_after", "price") else ASPECTS[name].name for name in found.told
    ]
    if found.asked == YES_OR_NO:
        return Problem(path, _NEITHER(told=told), _NEITHER_HINT())
    return Problem(path, _ASTRAY(asked=asked, told=told), _ASTRAY_HINT(asked=asked, told=told))


def _copied_problem(view: CampaignView, index: int) -> Problem | None:
    faq = view.campaign.faq
    entry = faq[index]
    other = copied(entry.topic, entry.q, entry.a, [(item.topic, item.a) for item in faq])
    if other is None:
        return None
    asked, theirs = ASPECTS[entry.topic].name, ASPECTS[faq[other].topic].name
    there = Related(None, ("faq", other, "a"), _OTHER())
    return Problem(
        ("faq", index, "a"), _COPIED(theirs=theirs, asked=asked), _COPIED_HINT(asked=asked), related=(there,)
    )
