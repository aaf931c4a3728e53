"""An expression finds what the same predicate in Python finds, whatever the campaign."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.custom.asking import Asked, Asker
from campaigncheck.custom.contexts import Context
from campaigncheck.custom.expressions import language
from campaigncheck.rulekit.sample import complete
from campaigncheck.source.document import read
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign

TODAY = date(2027, 6, 1).toordinal()
FIRST, LAST = date(2026, 1, 1), date(2029, 12, 31)

offers = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["gift", "trial", "contract"]),
        "contract_months": st.integers(0, 36),
        "cancel": st.lists(st.sampled_from(["app", "sms", "hall"]), max_size=3),
    },
    optional={
        "price": st.fixed_dictionaries(
            {"amount": st.one_of(st.integers(0, 300), st.floats(0, 300))}, optional={"then": st.integers(0, 300)}
        ),
        "quota": st.integers(0, 10),
        "gift": st.fixed_dictionaries(
            {"name": st.text("杯a", min_size=1, max_size=3), "quantity": st.integers(0, 9), "collect": st.just("hall")}
        ),
    },
)
texts = st.lists(
    st.fixed_dictionaries(
        {"channel": st.sampled_from(["sms", "poster"]), "text": st.text("免费1退订", min_size=1, max_size=9)}
    ),
    max_size=5,
)


@st.composite
def campaigns(draw: st.DrawFn) -> Campaign:
    value, _ = read(complete(""), "x.yaml")
    first, last = sorted(draw(st.lists(st.dates(min_value=FIRST, max_value=LAST), min_size=2, max_size=2)))
    value["period"] = {"start": first.isoformat(), "end": last.isoformat()}
    value["owner"]["region"] = draw(st.sampled_from(["000000", "510000", "510100"]))
    given_offers = draw(st.lists(offers, min_size=1, max_size=4))
    value["offers"] = [
        {"id": f"o{number}", "name": "甲", "product": "tv.plus", **offer} for number, offer in enumerate(given_offers)
    ]
    value["texts"] = draw(texts)
    fitted = fit(Campaign, value)
    assert isinstance(fitted, Campaign), fitted
    return fitted


LAWS: list[tuple[str, Callable[[Campaign], bool]]] = [
    ("campaign.period.days > 31", lambda it: (it.period.end - it.period.start).days + 1 > 31),
    ("campaign.period.start.getDayOfWeek() in [0, 6]", lambda it: it.period.start.isoweekday() in (6, 7)),
    ("campaign.period.start > today", lambda it: it.period.start.toordinal() > TODAY),
    ("campaign.offers.exists(o, has(o.price) && o.price.amount > 100)",
     lambda it: any(o.price is not None and o.price.amount > 100 for o in it.offers)),
    ("campaign.offers.exists(o, has(o.price) && has(o.price.then) && o.price.then != o.price.amount)",
     lambda it: any(o.price is not None and o.price.then is not None and o.price.then != o.price.amount for o in it.offers)),
    ("campaign.offers.all(o, !has(o.quota) || (has(o.gift) && o.gift.quantity >= o.quota))",
     lambda it: all(o.quota is None or (o.gift is not None and o.gift.quantity >= o.quota) for o in it.offers)),
    ("campaign.offers.exists_one(o, o.contract_months > 12 && 'app' in o.cancel)",
     lambda it: sum(o.contract_months > 12 and "app" in o.cancel for o in it.offers) == 1),
    ("campaign.offers.filter(o, o.kind == 'gift').size() >= 2", lambda it: sum(o.kind == "gift" for o in it.offers) >= 2),
    ("campaign.texts.exists(t, t.channel == 'sms' && t.text.contains('免费') && !t.text.contains('退订'))",
     lambda it: any(t.channel == "sms" and "免费" in t.text and "退订" not in t.text for t in it.texts)),
    ("campaign.texts.exists(t, size(t.text) > 5)", lambda it: any(len(t.text) > 5 for t in it.texts)),
    ("owner_level == 'city'", lambda it: not it.owner.region.endswith("0000")),
    ("campaign.owner.level == 'country'", lambda it: it.owner.region == "000000"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "predicate"), LAWS, ids=[text for text, _ in LAWS])
@given(data=st.data())
def test_an_expression_is_its_predicate(text: str, predicate: Callable[[Campaign], bool], data: Any) -> None:
    campaign = data.draw(campaigns())
    context = Context(campaign, TODAY)
    (case,) = context.cases("campaign")
    assert Asked(case.activation, context.measured, Asker("SITE001", "x:1")).holds(
        language("campaign").question(text)
    ) is (predicate(campaign))
