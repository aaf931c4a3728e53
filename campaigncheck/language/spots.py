"""A figure, the words around it, and what it is found to be about; words that several kinds of figures share."""

from __future__ import annotations

from typing import NamedTuple

from campaigncheck.language.amounts import Figure, Stated
from campaigncheck.language.expressions import expression

Subject = str
"""One of the names below; the rule that compares knows what a spec says of each.

price, first_price, turn_price, later_price, year_price, deposit, total, difference, remaining_charge, charge, each, tier, spend –
yuan;
first_months, later_months, free_months, contract_months, obliged_months, used_months, run_months, turn, free_turn, turn_year, tenure –
months;
first_day, last_day, deadline, last_month – of the calendar; speed, data, quota, gift_each, age, minutes, minutes_at_most,
minutes_anywhere, discount, points, charge_share.
"""


class Told(NamedTuple):
    """A figure at ``text[start:end]`` and what it is about.

    ``beside`` is the figure that decides which value is meant: the months left of a remaining charge, the months
    after which a later price holds, the year of a day. ``other`` is the second end of a range. ``clause`` is what the
    clause says before the figure, ``open_end`` whether it says 以上 or 以下 after it.
    """

    subject: Subject
    figure: Figure
    start: int
    end: int
    clause: str = ""
    beside: float | None = None
    other: float | None = None
    open_end: bool = False


class Around(NamedTuple):
    """A figure and the words around it: in its clause (``before``, ``after``) and its sentence (``lead``, ``rest``)."""

    figure: Figure
    before: str
    after: str
    lead: str
    rest: str
    topic: str
    written: str

    @property
    def clause(self) -> str:
        """The clause without the figure."""
        return f"{self.before}|{self.after}"

    @property
    def sentence(self) -> str:
        """The sentence without the figure."""
        return f"{self.lead}|{self.rest}"


Found = tuple[Subject, float | None] | None
"""A subject, and the figure beside it that decides which value is meant; None for a figure that is about nothing known."""

_STOP = expression(r"[。！？；;!?\n]")
_BREAK = expression(r"[，。；！？,;!?：:\n（）()]")
_REACH = 80
"""How many characters of its sentence are looked at on either side of a figure."""


def around(text: str, one: Stated, topic: str) -> Around:
    """Return a figure of a folded text with the words around it."""
    low, high = max(0, one.start - _REACH), one.end + _REACH
    lead = _STOP.split(text[low : one.start])[-1]
    rest = _STOP.split(text[one.end : high], maxsplit=1)[0]
    before, after = _BREAK.split(lead)[-1], _BREAK.split(rest, maxsplit=1)[0]
    return Around(one.figure, before, after, lead, rest, topic, text[one.start : one.end])


OR_MORE = expression(r"\s*(?:的|[及和或]?\s*(?:含)?以[上下]|或更多|或以上)")
RANGE = expression(r"\d\s*[-~～—–至到]\s*\d")
LEAVING = expression(r"剩|几个|差一个月|每差|多返|余下|少用|没用满|没满|提前|违约|解约|中途")
PAY_WORDS = expression(r"每个?月|元|收|付|价|恢复|涨|扣|自动")
PRICE_TOPICS = frozenset({"price", "price_after", "free_end"})
EXTRA = expression(r"另|再[送减加少]|多送|额外|还能|签到|减|少付|翻倍|更优|礼")
"""What some customers have beside: their limits are not those of the offer."""


def is_denied(text: str, one: Stated) -> bool:
    """Whether a figure is asked and denied at once (12000 台？不是，…), or set right (不是 12000 台，是 3000 台)."""
    if _NO_BEHIND.match(text, one.end):
        return True
    return (
        _NOT_SO.search(text, max(0, one.start - 12), one.start) is not None and _BUT_SO.match(text, one.end) is not None
    )


_NO_BEHIND = expression(
    r"[^，。；！？,;!?\n]{0,10}(?:[？?]|吗[，,。])[”\"」]?\s*(?:答[：:]\s*)?(?:不[，,。是对会]|不用[，,。]|没有|没那么|错(?!过)|哪有|假的|谣言)"
    r"|(?:的说法)?(?:都|全)?是(?:假的|谣言|误传|错的)"
)
_NOT_SO = expression(r"(?:(?<!是)不是|并非|并不是|不再是)[^，。；！？,;!?\n]{0,8}\Z")
_BUT_SO = expression(r"[^，。；！？,;!?\n]{0,6}[，,]\s*(?:而是|是|只|才|就)")
