"""What a spec settles for itself, and what remains a contradiction."""

from __future__ import annotations

from typing import Any

import pytest

from campaigncheck.algebra.audience import ANYBODY
from campaigncheck.rules._own import Own, contradiction
from campaigncheck.understand.entry import Entry, OfferFacts
from tests.portfolio.worlds import entry

CITY = 1


def campaign(name: str, **more: Any) -> Entry:
    """A campaign with one offer; ``terms`` are amount, for_months, then, free and contract months."""
    amount, for_months, then, free, contract = more.pop("terms", (None, None, None, 0, 0))
    per = "month" if amount is not None else None
    facts = {
        key: more.pop(key)
        for key in ("stacks_with", "excludes", "early_exit", "takes_effect", "limited")
        if key in more
    }
    offer = OfferFacts(
        0, "net", "提速", more.pop("product", "broadband.300m"), ANYBODY, facts.pop("excludes", ()),
        facts.pop("stacks_with", ()), (amount, per, for_months, then, free, contract, None, more.pop("renewal", "none"), None),
        None, frozenset(), **facts,
    )  # fmt: skip
    return entry(name, more.pop("first", 0), more.pop("last", 30), CITY, offers=(offer,), **more)


def differ(mine: str, theirs: str, here: Entry, there: Entry, topic: str = "price") -> bool:
    """Whether two answers contradict each other, and the same the other way round."""
    found = contradiction(mine, theirs, Own(here), Own(there), topic)
    swapped = contradiction(theirs, mine, Own(there), Own(here), topic)
    assert (found is None) == (swapped is None)
    if found is not None and swapped is not None:
        assert (found.first, found.second) == (swapped.second, swapped.first)
    return found is not None


PLAIN = {"terms": (20, 12, 30, 0, 24)}
OTHER = {"terms": (25, 6, 40, 0, 12)}
OWN = [
    ("每月 20 元", "每月 25 元", PLAIN, OTHER),
    ("以后每月 30 元", "以后每月 40 元", PLAIN, OTHER),
    ("一年一共 240 元", "半年一共 150 元", PLAIN, OTHER),
    ("从第 13 个月起恢复原价", "从第 7 个月起恢复原价", PLAIN, OTHER),
    ("要用满两年", "要用满 12 个月", PLAIN, OTHER),
    ("提前解约每月补 10 元", "提前解约每月补 15 元", {"early_exit": "每月补 10 元"}, {"early_exit": "每月补 15 元"}),
    ("一共 500 份", "一共 800 份", {"limited": (500,)}, {"limited": (800,)}),
    ("快到 300M", "快到 500M", {}, {"product": "broadband.500m"}),
    ("2 月 18 日截止", "2 月 19 日截止", {}, {"last": 31}),
    ("到期自动续约", "到期不再续", {"renewal": "automatic"}, {"renewal": "none"}),
    ("办好当天生效", "次月生效", {"takes_effect": "immediate"}, {"takes_effect": "next_month"}),
    ("可以同时享受", "不能同时享受", {"stacks_with": ("tv.*",)}, {}),
    ("可以同时享受", "不能同时享受", {}, {"excludes": ("campaign:third",)}),
    ("要到营业厅办", "网上就能办", {"channels": frozenset({"hall"})}, {"channels": frozenset({"hall", "app"})}),
]  # fmt: skip
CONTRADICTIONS = [
    ("每月 20 元", "每月 25 元", PLAIN, PLAIN),
    ("每月 20 元", "每月 25 元", {}, {}),
    ("3 月 31 日截止", "4 月 30 日截止", {}, {}),
    ("3 月 31 日截止", "4 月 30 日截止", {}, {"last": 31}),  # a date that neither spec states
    ("到期自动续约", "到期不再续", {}, {}),
    ("可以同时享受", "不能同时享受", {"stacks_with": ("broadband.*",)}, {}),
    ("可以同时享受", "不能同时享受", {}, {"excludes": ("campaign:mine",)}),
    ("每月 20 元，3 天内装好", "每月 25 元，7 天内装好", PLAIN, OTHER),
    ("办好当天生效，可以取消", "次月生效，不能取消", {"takes_effect": "immediate"}, {"takes_effect": "next_month"}),
]  # fmt: skip


@pytest.mark.parametrize(("mine", "theirs", "here", "there"), OWN)
def test_each_may_say_its_own(mine: str, theirs: str, here: dict[str, Any], there: dict[str, Any]) -> None:
    assert not differ(mine, theirs, campaign("mine", **here), campaign("theirs", **there))
    plain = {"first": 0, "last": 30}
    assert differ(mine, theirs, campaign("mine", **plain), campaign("theirs", **plain)), "only the specs explain it"


@pytest.mark.parametrize(("mine", "theirs", "here", "there"), CONTRADICTIONS)
def test_what_no_spec_explains(mine: str, theirs: str, here: dict[str, Any], there: dict[str, Any]) -> None:
    assert differ(mine, theirs, campaign("mine", **here), campaign("theirs", **there))


def test_places_are_those_of_the_whole_text() -> None:
    mine, theirs = "每月 20 元，3 天内装好", "每月 25 元，7 天内装好"
    found = contradiction(mine, theirs, Own(campaign("mine", **PLAIN)), Own(campaign("theirs", **OTHER)))
    assert found is not None
    assert (mine[slice(*found.first)], theirs[slice(*found.second)]) == ("3 天", "7 天")


def test_handling_takes_as_long_as_it_takes() -> None:
    one, other = campaign("mine"), campaign("theirs")
    assert not differ("3 分钟办完", "8 分钟办完", one, other, "handling_time")
    assert differ("3 分钟办完", "8 分钟办完", one, other, "how_to_get")
