"""The questions of a sheet as a voice menu: what is spoken, and which key leads where.

Customers hear it, and answers are in Chinese, so all that is spoken is Chinese; lines that begin with ``#`` are for
whoever records it, and in their language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from campaigncheck.messages import Lang, Text
from campaigncheck.sheets.guide_ends import OTHER, Asked, asked
from campaigncheck.sheets.guide_words import CONCERNS
from campaigncheck.sheets.model import Sheet
from campaigncheck.sheets.parts import alarms, origin, speaker, whom
from campaigncheck.sheets.short_spoken import spoken

MOST = 9
"""Choices of one level: the keys 1 to 9; 0 repeats, the star leads back."""

MAIN = "main"
"""What the first level is called; the others are called by the keys that lead there."""

_WELCOME = "您好，这里是“{title}”的自动介绍。"
_KEY = "{label}，请按 {key}。"
_ABOUT, _ASK, _MORE = "想了解{topic}", "想问“{question}”", "听后面的"
_NOTHING = "现在还没有可以自动回答的问题。"
_REPEAT, _BACK = "重复收听，请按 0。", "返回上一级，请按星号键。"

_HEAD = Text("语音菜单：{title}", "Voice menu: {title}")
_HOW = Text(
    "“#”开头的行不念；方括号里是从主菜单起依次按的键，main 是主菜单。",
    "Lines with “#” are not spoken; in brackets are the keys pressed from the main menu on.",
)
_LINE = Text("{label}：{value}", "{label}: {value}")


_TOPICS = {
    "eligibility": "谁能办", "how_to_get": "怎么办理", "documents": "要带什么", "handling_time": "柜台要办多久",
    "without_queueing": "不排队的办法", "sold_out": "办满以后怎么办", "price": "价格", "price_after": "以后的价格",
    "free_end": "免费期结束以后怎么办", "takes_effect": "什么时候生效", "existing_plan": "原来的套餐怎么办",
    "gift_collect": "赠品怎么领", "stacking": "能不能和别的优惠一起用", "cancel": "怎么取消", "early_exit": "提前不用要补多少",
    "dispute": "有疑问找谁",
}  # fmt: skip
"""What a topic is called in a spoken sentence."""

_CONCERNS = {
    "want": "想办理", "price": "想了解价格", "fit": "想了解办了以后有什么变化", "leave": "想取消", "complain": "有疑问，或者要投诉",
    "other": "别的问题",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the menu: what is spoken there, and the choices in the order of their keys, if it is a level."""

    text: str
    choices: tuple[tuple[str, Spot], ...] = ()


def menu(sheet: Sheet) -> Spot:
    """Return the menu of a sheet's questions: at most :data:`MOST` choices a level, as few levels as that allows."""
    questions = asked(sheet)
    welcome = _WELCOME.format(title=_clause(sheet.title))
    if not questions:
        return Spot(f"{welcome}{_NOTHING}")
    if len(questions) <= MOST:
        return Spot(welcome, tuple(_choices(questions)))
    return Spot(welcome, tuple(_by_concern(questions)))


def _by_concern(questions: Sequence[Asked]) -> Iterator[tuple[str, Spot]]:
    """Yield a choice for each concern, those of a site's own topics last: by title, or in one if they are too many."""
    known = [(item, [q for q in questions if q.concern is item]) for item in CONCERNS]
    yield from ((_CONCERNS[item.name], _of(found)) for item, found in known if found)
    others = [item for item in questions if item.concern not in CONCERNS]
    titles = dict.fromkeys(item.concern for item in others)
    if not titles or len(titles) + sum(bool(found) for _, found in known) > MOST:
        yield from [(_CONCERNS[OTHER.name], _of(others))] if others else ()
        return
    for concern in titles:
        found = [item for item in others if item.concern == concern]
        yield _CONCERNS[OTHER.name] if concern == OTHER else _about(found[0]), _of(found)


def _of(questions: Sequence[Asked]) -> Spot:
    """Return the level of some questions: one by one, else by topic, else a page at a time; of one, its answer."""
    if len(questions) == 1:
        return Spot(spoken(questions[0].entry.a))
    if len(questions) <= MOST:
        return Spot("", tuple(_choices(questions)))
    topics = [list(items) for _, items in groupby(questions, key=lambda item: item.topic)]
    if 1 < len(topics) <= MOST:
        return Spot("", tuple((_about(items[0]), _of(items)) for items in topics))
    return Spot("", (*_choices(questions[: MOST - 1]), (_MORE, _of(questions[MOST - 1 :]))))


def _choices(questions: Sequence[Asked]) -> Iterator[tuple[str, Spot]]:
    """Yield questions as choices: by topic if it is the only one of it, else in its own words."""
    titles = [item.topic for item in questions]
    for item in questions:
        known = titles.count(item.topic) == 1 and item.concern != OTHER
        label = _about(item) if known else _ASK.format(question=_clause(item.entry.q))
        yield label, _of([item])


def _about(item: Asked) -> str:
    return _ABOUT.format(topic=_TOPICS.get(item.entry.topic) or _clause(item.topic.zh))


def _clause(text: str) -> str:
    """Return what is spoken of a title or a question within a sentence."""
    return spoken(text).rstrip("。！？!?；，.")


def write(sheet: Sheet, lang: Lang, templates: Path | None = None) -> str:
    """Return the voice menu as plain text, one part for each place; templates have no say in it."""
    parts = ["\n".join(f"# {line}" for line in _head(sheet, lang))]
    parts += [f"[{name}]\n{text}" for name, text in _places(menu(sheet), "")]
    return "\n\n".join(parts) + "\n"


def _head(sheet: Sheet, lang: Lang) -> Iterator[str]:
    """Yield the lines that are not spoken: whether it may be used, which version it is, and whom to ask."""
    say = speaker(lang)
    facts = [*whom(sheet), *origin(sheet)]
    lines = [_LINE(label=label, value=value) for label, values in facts for value in values]
    for line in (_HEAD(title=sheet.title), *alarms(sheet), *lines, _HOW):
        yield " ".join(say(line).split())


def _places(spot: Spot, keys: str) -> Iterator[tuple[str, str]]:
    """Yield every place with what is spoken there, each level before what it leads to."""
    offered = "".join(_KEY.format(label=label, key=key) for key, (label, _) in enumerate(spot.choices, start=1))
    end = "" if not spot.text or spot.text[-1] in "。！？" else "。"
    yield keys or MAIN, f"{spot.text}{end}{offered}{_REPEAT}{_BACK if keys else ''}"
    for key, (_, inner) in enumerate(spot.choices, start=1):
        yield from _places(inner, f"{keys}-{key}" if keys else str(key))
