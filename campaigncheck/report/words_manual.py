"""The page about what words cost: the model, its figures out of the policy, an example, and what it does not tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from campaigncheck.catalogue.models import Policy
from campaigncheck.handling.words import Kind, counter_customers, figures, word_cost
from campaigncheck.messages import Lang, Message, Text, figure
from campaigncheck.rulekit.sample import complete
from campaigncheck.source.document import read
from campaigncheck.spec.model import Campaign

_TITLE = Text("# 说法让柜台多花的时间", "# What words cost the counter")
_INTRO = Text(
    "本页由程序和内置的 `rules/policy.yaml` 生成（`python -m campaigncheck.maintenance.docs`）。\n\n"
    "客户看不懂或者看误会了的说法，最后都要在柜台当面讲清。`check` 给 LANG001、LANG002、LANG005 的每一处都估算要多花多少分钟，"
    "改哪一处最值得，一看就知道。文本结果在最后列出最费时间的几处，`--format words` 列出全部，JSON 里是每条结果的 `cost`。"
    "LANG003 的说法法律不许用，LANG004 说的是整句话，都不算。",
    "This page is generated from the program and the built-in `rules/policy.yaml` (`python -m campaigncheck.maintenance.docs`)."
    "\n\nWhat customers do not understand, or misread, has to be explained at the counter in the end. `check` estimates the minutes "
    "for each finding of LANG001, LANG002 and LANG005, so that it is plain which one is most worth mending. The text report "
    "lists the dearest at its end, `--format words` lists all, and in JSON each finding has its `cost`. LANG003 (the law "
    "forbids it) and LANG004 (whole sentences) are not priced.",
)
_FORMULA = Text(
    "## 怎么算\n\n```\n到柜台的客户 = 预计办理量 × 营业厅占比 ×（1 + 每笔带来的咨询）× 剩下的活动期里还会来的比例\n"
    "人数 = 到柜台的客户 × 碰到这段话的比例\n每人秒数 = 讲清一次的秒数 × 碰到的人里要讲的比例\n"
    "分钟 = 人数 × 每人秒数 ÷ 60\n```\n\n"
    "还会来的比例按 `demand.shape`：even 按天数，front_loaded 前四分之一时间办掉一半；过去的日子不算。\n\n"
    "| 写在哪里 | 谁碰到 | 其中要讲的 |\n|---|---|---|\n"
    "| 名称、一句话说明、优惠的名称和条款 | 到柜台的每个客户 | `word_asked` |\n"
    "| 厅里看到的：海报、传单、告示、营业厅、自助终端 | `word_seen_hall` | `word_asked` |\n"
    "| 厅外看到、听到的：短信、App、网站、电话等 | `word_seen_elsewhere` | `word_asked` |\n"
    "| FAQ 的问和答（营业员照着念） | `word_answer_asked` | 全部 |\n"
    "| FAQ 的短信回答 | `word_answer_asked` | `word_asked` |\n"
    "| 应答口径、词语解释（问到才念） | `word_asked` | 全部 |\n\n"
    "词表里只算警告的词条，`word_asked` 换成 `word_asked_mild`（照着念的不变）。",
    "## The formula\n\n```\nat the counter = uptake × share of the hall × (1 + enquiries) × share of them still to come\n"
    "customers = at the counter × share who meet the text\nseconds per customer = seconds to explain × share of these who need it\n"
    "minutes = customers × seconds per customer ÷ 60\n```\n\n"
    "What is still to come follows `demand.shape`: even by days, front_loaded half in the first quarter; days gone by do not "
    "count.\n\n"
    "| it stands in | who meets it | of these need it |\n|---|---|---|\n"
    "| title, summary, names and terms of an offer | everybody at the counter | `word_asked` |\n"
    "| seen in the hall: poster, leaflet, notice, hall, self-service | `word_seen_hall` | `word_asked` |\n"
    "| seen or heard elsewhere: SMS, app, website, telephone | `word_seen_elsewhere` | `word_asked` |\n"
    "| questions and answers of the FAQ (read out by the clerk) | `word_answer_asked` | all |\n"
    "| SMS answers of the FAQ | `word_answer_asked` | `word_asked` |\n"
    "| prepared answers, explained terms (read out when asked) | `word_asked` | all |\n\n"
    "For entries of the lexicon that only warn, `word_asked_mild` stands in for `word_asked` (not for what is read out).",
)
_FIGURES = Text(
    "## 用到的数\n\n都是假设，量过以后换成自己的：省、市写在 `rules/overlays/地区代码.yaml` 的 `limits` 里，大些小些都可以。\n\n"
    "| 名称 | 数 | 出处 |\n|---|---:|---|",
    "## Figures\n\nAll of them are assumptions, to be replaced by what has been measured; a province or city writes its own, larger or "
    "smaller, into `limits` of `rules/overlays/<region>.yaml`.\n\n| name | value | source |\n|---|---:|---|",
)
_ROW = Text("| `{name}` | {value} {unit} | {source} |", "| `{name}` | {value} {unit} | {source} |")
_EXAMPLE = Text(
    "## 例子\n\n预计办 12,000 笔，四成在营业厅，每笔带来 0.5 次咨询，还没开始：12,000 × 0.4 × 1.5 = {everybody} 人到柜台。海报上有一个没解释的词：\n"
    "{seen} 人看过（{hall}%），每人平均 {term} × {asked}% = {seconds} 秒，一共 {minutes} 分钟。",
    "## Example\n\n12,000 transactions expected, 40 % of them at the counter, 0.5 enquiries each, not begun yet: 12,000 × 0.4 × 1.5 = "
    "{everybody} people at the counter.\nOne unexplained term on a poster: {seen} have seen it ({hall} %), {term} × {asked} % = {seconds} "
    "seconds each, {minutes} minutes together.",
)
_SPEC = """\
demand: {uptake: 12000, enquiries: 0.5, channel_share: {hall: 0.4, app: 0.6}}
texts: [{channel: poster, text: FTTR}]
"""
"""The campaign of the example, as far as it matters."""

_LIMITS = Text(
    "## 不能说明什么\n\n"
    "- 没有写 `demand`，或者几个渠道没有写占比：只有每人秒数，人数和分钟是空的（`null`），不是 0。\n"
    "- 不在营业厅办的，柜台时间是 0；打热线、事后投诉的时间不算在内。咨询按办理的渠道占比分。\n"
    "- 每一处单独算：一个客户问两个词算两次；同一个词在 FAQ 单上只报第一处，别处再念到的没有算进去。\n"
    "- 省级营销案和落地它的地市营销案各按各的 `demand` 算。\n"
    "- 下线的、已经结束的营销案不算。\n"
    "- 这些数用来排先后，不用来预测排队。",
    "## What it does not tell\n\n"
    "- Without `demand`, or without shares of several channels, there are only seconds per customer; customers and minutes are "
    "empty (`null`), not 0.\n"
    "- What is not sold in halls costs the counter 0; calls to the hotline and later complaints are not counted. Enquiries are "
    "spread over the channels like transactions.\n"
    "- Each finding is counted by itself: a customer who asks about two words counts twice; a term is reported once on a sheet, and "
    "what it costs in further answers is not counted.\n"
    "- A province's campaign and a city's that localises it are each counted by their own `demand`.\n"
    "- Retired campaigns and those that are over cost nothing.\n"
    "- The figures put words in order; they do not forecast queues.",
)


def words_manual(policy: Policy, lang: Lang) -> str:
    """Write the page: the committed ``docs/words-cost.md``."""
    table = "\n".join(part.render(lang) for part in (_FIGURES(), *_rows(policy)))
    above = [part.render(lang) for part in (_TITLE(), _INTRO(), _FORMULA())]
    below = [part.render(lang) for part in (_example(policy), _LIMITS())]
    return "\n\n".join((*above, table, *below)) + "\n"


def _rows(policy: Policy) -> Iterator[Message]:
    names = dict.fromkeys(name for kind in get_args(Kind) for name in figures(kind))
    for name in sorted(names, key=lambda name: not name.startswith("word_seconds")):
        limit = policy.limits[name]
        yield _ROW(name=name, value=limit.value, unit=limit.unit.text, source=limit.source)


def _example(policy: Policy) -> Message:
    value, _ = read(complete(_SPEC), "example.yaml")
    campaign = Campaign.model_validate(value)
    begins = campaign.period.start.toordinal()
    everybody = counter_customers(campaign, begins)
    cost = word_cost(campaign, begins, "term", "FTTR", ("texts", 0, "text"), lambda name: policy.limits[name].value)
    told = {"everybody": everybody, "seen": cost.customers, "minutes": cost.minutes}
    hall, asked, term = (policy.limits[name].value for name in ("word_seen_hall", "word_asked", "word_seconds_term"))
    figures_told = {name: f"{number or 0:,.0f}" for name, number in told.items()}
    return _EXAMPLE(hall=hall, asked=asked, term=term, seconds=figure(cost.seconds), **figures_told)
