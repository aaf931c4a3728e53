"""LANG006: figures and Latin words in full-width digits or letters."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.language.widths import wide_figures
from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Rule, Sample
from campaigncheck.source.changes import Amend

_MESSAGE = Text("全角的数字或字母：{figures}", "full-width digits or letters: {figures}")
_HINT = Text("写成半角：{plain}。加上 --fix 可以自动改。", "Write {plain}. With --fix this is mended automatically.")
_QUOTED = Text("“{figure}”", "“{figure}”")


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield one problem for each text with such characters, at the first of them."""
    for path, text, *_ in view.reading.passages:
        found = list(wide_figures(text))
        if found:
            written = [text[item.start : item.end] for item in found]
            message = _MESSAGE(figures=[_QUOTED(figure=figure) for figure in dict.fromkeys(written)])
            hint = _HINT(plain=list(dict.fromkeys(item.plain for item in found)))
            fix = tuple([Amend(path, *item[:2], text[item.start : item.end], item.plain) for item in found])
            yield Problem(path, message, hint, span=(found[0].start, found[0].end), fixes=(fix,))


RULE = Rule(
    id="LANG006",
    title=Text("全角的数字和字母", "digits and letters in full-width characters"),
    severity="note",
    why=Text(
        "全角的数字和字母一个占一个字的宽度，手机上会从中间断行；同一个数有的全角有的半角，看着像两回事，也搜不到；全角的网址点不开。",
        "Each full-width digit or letter is as wide as a character: figures break across lines on a phone, look unlike the "
        "same figure elsewhere, and are not found by a search; an address written so cannot be opened.",
    ),
    source=Text(
        "GB/T 15835-2011《出版物上数字用法》：阿拉伯数字占半个汉字的位置。",
        "GB/T 15835-2011 (numerals in publications): an Arabic numeral is half as wide as a character.",
    ),
    passing=Sample("texts:\n  - {channel: poster, text: 宽带升到300M，每月加20元。}\n"),
    failing=Sample("texts:\n  - {channel: poster, text: 宽带升到３００Ｍ，每月加２０元。}\n", places=((2, 33),)),
    check=check,
)
