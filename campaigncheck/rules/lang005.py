"""LANG005: "free", "given", "off" and the like without their condition in the same text."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.language.ordinary import is_settled
from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Rule, Sample
from campaigncheck.rules._vague import FACT_NAMES, vague

_MESSAGE = Text(
    "“{word}”没说清条件：这段文字里没有{missing}", "“{word}” without its condition: this text does not tell {missing}"
)
_BARE = Text("“{word}”没说清条件：{why}", "“{word}” without its condition: {why}")
_HINT = Text("{instead}", "{instead}")

_ALONE = frozenset(("texts", "summary"))
"""What customers read by itself; the FAQ sheet prints the price table beside everything else."""


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield the first use in each text of a promise whose condition is not told in it."""
    for found in vague(view, "conditional", view.lexicon.conditional, _ALONE):
        if is_settled(found.passage.text, found.hit.start, found.hit.end):
            continue
        missing = [FACT_NAMES[fact] for fact in found.missing]
        message = _MESSAGE(word=found.word, missing=missing) if missing else _BARE(word=found.word, why=found.entry.why)
        yield Problem(
            found.passage.path, message, _HINT(instead=found.entry.instead), span=(found.hit.start, found.hit.end)
        )


RULE = Rule(
    id="LANG005",
    title=Text("“免费”“赠送”没写条件", "“free” or “given” without the condition"),
    severity="warning",
    why=Text(
        "客户记住的是“免费”，到柜台才知道还要存钱、要满几个月，当场就吵起来；法律也要求写清附带的条件。",
        "Customers remember “free” and learn of deposit and term at the counter; the law wants the condition beside it.",
    ),
    source=Text(
        "《中华人民共和国广告法》第八条：附带赠送的，要写明品种、规格、数量、期限和方式；《明码标价和禁止价格欺诈规定》第六条、第十八条："
        "价格有条件的要写明条件，免费的要写明名称和数量。各词条见 rules/wording.yaml。",
        "Advertising Law, article 8: what is given with a purchase is stated with kind, specification, quantity, period and "
        "way; Provisions on Clearly Marked Prices and Prohibiting Price Fraud, articles 6 and 18: the conditions of a price, "
        "name and quantity of what is free. Entries in rules/wording.yaml.",
    ),
    passing=Sample("texts:\n  - {channel: poster, text: 满60岁的客户12月31日前到营业厅，免费领1个放大镜。}\n"),
    failing=Sample("texts:\n  - {channel: poster, text: 打开App首页，流量免费领。}\n", places=((2, 39),)),
    check=check,
    costs="condition",
)
