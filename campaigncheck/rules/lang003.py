"""LANG003: wording that advertising, price or consumer law forbids."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.language.lexicon import Hit
from campaigncheck.language.ordinary import is_ordinary
from campaigncheck.language.passages import Passage
from campaigncheck.language.words import straddles_words
from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Rule, Sample

_MESSAGE = Text("“{word}”是法律不允许的说法：{why}", "the law forbids “{word}”: {why}")
_HINT = Text("{instead}（依据：{law}）", "{instead} (by {law})")


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield every stretch of forbidden wording that praises; an entry whose words are also ordinary speech warns."""
    for passage, hits in _stretches(view):
        entry = view.lexicon.forbidden[hits[0].entry]
        start, end = hits[0].start, hits[-1].end
        yield Problem(
            passage.path,
            _MESSAGE(word=passage.text[start:end], why=entry.why),
            _HINT(instead=entry.instead, law=entry.law),
            span=(start, end),
            severity=None if any(_blocks(view, hit) for hit in hits) else "warning",
        )


def _stretches(view: CampaignView) -> Iterator[tuple[Passage, list[Hit]]]:
    """Yield the uses that stand alone, and those that follow each other at once together: 一经拆封 概不退换."""
    stretch: tuple[Passage, int, list[Hit]] | None = None
    for passage, hit, index in view.reading.found("forbidden"):
        at = (passage.text, hit.start, hit.end)
        if is_ordinary(*at) or straddles_words(*at):
            continue
        if stretch and stretch[1] == index and stretch[2][-1].end == hit.start:
            stretch[2].append(hit)
            continue
        if stretch:
            yield stretch[0], stretch[2]
        stretch = (passage, index, [hit])
    if stretch:
        yield stretch[0], stretch[2]


def _blocks(view: CampaignView, hit: Hit) -> bool:
    return view.lexicon.forbidden[hit.entry].severity == "error"


RULE = Rule(
    id="LANG003",
    title=Text("法律不允许的广告用语", "wording that the law forbids"),
    severity="error",
    why=Text(
        "用了“国家级”“最佳”一类的说法，罚款二十万元起；“最终解释权”一类的条款在法律上无效，还会激怒客户。",
        "Superlatives in advertisements are fined from 200,000 yuan; clauses such as a sole right of interpretation are void.",
    ),
    source=Text(
        "《中华人民共和国广告法》第九条第（三）项、第五十七条；各词条的依据见 rules/wording.yaml。",
        "Advertising Law of the People's Republic of China, articles 9(3) and 57; each entry's law is in rules/wording.yaml.",
    ),
    passing=Sample("texts:\n  - {channel: poster, text: 第一个月免费，最高300M。}\n"),
    failing=Sample("texts:\n  - {channel: poster, text: 全国第一品牌，第一个月免费。}\n", places=((2, 29),)),
    check=check,
)
