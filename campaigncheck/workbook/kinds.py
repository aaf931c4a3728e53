"""What kinds of cells there are, and what the fixed values of a spec are called in them."""

from __future__ import annotations

from typing import NamedTuple

from campaigncheck.labels import CHANNELS, STAGES
from campaigncheck.messages import Text

__all__ = ["CHANNELS", "STAGES"]

AUDIENCE = "condition"

Labels = dict[str, Text]

TEXT_CHANNELS: Labels = {
    **CHANNELS,
    "poster": Text("海报", "poster"),
    "leaflet": Text("宣传单", "leaflet"),
    "notice": Text("告示", "notice"),
}
KINDS: Labels = {
    "discount": Text("折扣", "discount"),
    "contract": Text("合约", "contract"),
    "gift": Text("赠礼", "gift"),
    "bundle": Text("组合", "bundle"),
    "trial": Text("试用", "trial"),
    "points": Text("积分", "points"),
    "upgrade": Text("升级", "upgrade"),
}
CYCLES: Labels = {"month": Text("按月", "a month"), "once": Text("一次性", "once"), "day": Text("按天", "a day")}
RENEWALS: Labels = {
    "automatic": Text("自动续", "renews by itself"),
    "manual": Text("客户自己续", "the customer renews"),
    "none": Text("到期结束", "ends"),
}
EFFECTS: Labels = {
    "immediate": Text("立即", "at once"),
    "next_month": Text("下月 1 日", "on the 1st of next month"),
    "on_date": Text("指定日期", "on a date agreed"),
}
COLLECT: Labels = {"hall": Text("到营业厅领", "in a hall"), "post": Text("邮寄", "by post")}
CONFIRM: Labels = {
    "twice": Text("确认两次", "twice"),
    "once": Text("确认一次", "once"),
    "none": Text("不确认", "not at all"),
}
SHAPES: Labels = {
    "even": Text("平均", "evenly"),
    "front_loaded": Text("前四分之一时间来一半", "half in the first quarter"),
}
ROLES: Labels = {
    "marketing": Text("市场", "marketing"),
    "service": Text("服务", "service"),
    "cities": Text("地市", "cities"),
}
FIELDS: Labels = {
    "name": Text("名称", "name"),
    "price": Text("价格", "price"),
    "contract_months": Text("合约月数", "contract months"),
    "early_exit": Text("提前解约", "leaving early"),
    "renewal": Text("续约", "renewal"),
    "takes_effect": Text("生效时间", "when it takes effect"),
    "free_months": Text("免费月数", "free months"),
    "gift": Text("赠品", "gift"),
    "quota": Text("名额", "quota"),
    "opt_in_code": Text("短信代码", "SMS code"),
    "confirm": Text("确认方式", "confirmation"),
    "cancel": Text("取消渠道", "where to cancel"),
    "audience": Text("客户范围", "customers"),
}

_CHOICES: dict[str, Labels] = {
    "stages": STAGES, "channels": CHANNELS, "text_channels": TEXT_CHANNELS, "kinds": KINDS, "cycles": CYCLES, "renewals": RENEWALS,
    "effects": EFFECTS, "collect": COLLECT, "confirm": CONFIRM, "shapes": SHAPES, "roles": ROLES, "fields": FIELDS,
}  # fmt: skip


class Kind(NamedTuple):
    """A kind of cell.

    ``name``: line, prose, number, whole, day, choice (of ``of``, fixed values), code (of a catalogue), list (of ``of``:
    several in a cell, each of the kind ``item``), condition (on the attribute ``of``).
    """

    name: str
    of: str = ""
    item: str = ""

    @property
    def inner(self) -> Kind:
        """The kind of the items of a list."""
        return Kind(self.item, self.of)

    @property
    def options(self) -> str:
        """The list of what can be chosen in such a cell; empty for none. A cell with several takes anything."""
        if self.name in ("choice", "code"):
            return self.of
        return f"{AUDIENCE}:{self.of}" if self.name == AUDIENCE else ""


def choice(labels: Labels) -> Kind:
    """Return the kind of cells that hold one of some fixed values."""
    return Kind("choice", next(name for name, known in _CHOICES.items() if known is labels))


def code(catalogue: str) -> Kind:
    """Return the kind of cells that hold a code of a catalogue, or what it is called."""
    return Kind("code", catalogue)


def listed(kind: Kind) -> Kind:
    """Return the kind of cells that hold several values, separated by commas."""
    return Kind("list", kind.of, kind.name)


def labels_of(name: str) -> Labels:
    """Return the fixed values that a choice is between, with what they are called."""
    return _CHOICES[name]


def choices() -> tuple[str, ...]:
    """Return the names of all choices."""
    return tuple(_CHOICES)
