"""Whatever terms a campaign has, its drafts pass the check once their gaps are filled in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from campaigncheck.drafts.draft import drafts
from campaigncheck.engine.errors import UsageError
from campaigncheck.rulekit.sample import complete
from tests.drafts.drafting import examined, examiner, judged

_PRODUCTS = ["plan.5g-99", "broadband.300m", "tv.plus", "data.monthly-30g", "vas.video", "points.exchange"]
_CHANNELS = ["hall", "app", "web", "sms", "hotline", "self_service", "agent", "outbound_call"]
_RANGES = st.builds("{}{}".format, st.sampled_from([">=", "<=", ">", "<"]), st.integers(10, 90)) | st.builds(
    lambda low, more: f"{low}..{low + more}", st.integers(0, 60), st.integers(1, 60)
)


def some(of: list[str], least: int = 1) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(of), min_size=least, max_size=4, unique=True)


_GROUPS = st.fixed_dictionaries(
    {},
    optional={
        "brand": some(["全球通", "动感地带", "神州行"]),
        "network": some(["3G", "4G", "5G"]),
        "customer_type": st.sampled_from(["personal", "family", "business"]),
        "tenure_months": _RANGES,
        "monthly_spend": _RANGES,
        "age": _RANGES,
        "broadband": st.booleans(),
        "contract": st.booleans(),
    },
).filter(bool)
_PRICES = st.one_of(
    st.fixed_dictionaries({"amount": st.integers(1, 200), "per": st.sampled_from(["month", "once", "day"])}),
    st.fixed_dictionaries(
        {"amount": st.integers(1, 200), "for_months": st.integers(1, 24), "then": st.integers(1, 300)}
    ),
)
_OFFERS = st.fixed_dictionaries(
    {"product": st.sampled_from(_PRODUCTS), "kind": st.just("contract")},
    optional={
        "price": _PRICES,
        "contract_months": st.integers(1, 24),
        "early_exit": st.sampled_from(["按剩余月数每月补 10 元", "提前停用的不收钱", "退还 50% 的优惠"]),
        "renewal": st.sampled_from(["automatic", "manual", "none"]),
        "takes_effect": st.sampled_from(["immediate", "next_month", "on_date"]),
        "free_months": st.integers(1, 6),
        "gift": st.fixed_dictionaries(
            {"name": st.just("伞"), "quantity": st.integers(1, 999), "collect": st.sampled_from(["hall", "post"])}
        ),
        "quota": st.integers(1, 9999),
        "opt_in_code": st.sampled_from(["KDTS", "YC300"]),
        "confirm": st.sampled_from(["once", "twice"]),
        "cancel": some(_CHANNELS, 0),
        "excludes": some(["vas.*", "broadband.*", "family.share", "campaign:none-*"], 0),
        "stacks_with": some(["tv.*", "data.*", "device.phone"], 0),
        "audience": st.lists(_GROUPS, max_size=2),
    },
)
_CAMPAIGNS = st.fixed_dictionaries(
    {"channels": some(_CHANNELS), "audience": st.lists(_GROUPS, max_size=3)},
    optional={"handling": st.just({"steps": ["verify_identity", "explain_offer", "sign"]})},
)


@settings(max_examples=60)
@given(_CAMPAIGNS, st.lists(_OFFERS, min_size=1, max_size=3))
def test_nothing_but_gaps_is_found(campaign: Mapping[str, Any], offers: list[Mapping[str, Any]]) -> None:
    named = [{"id": f"o{index}", "name": f"优惠{'甲乙丙'[index]}", **offer} for index, offer in enumerate(offers)]
    lines = [
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in {**campaign, "offers": named}.items()
    ]
    text = complete("id: subject\n" + "".join(lines))
    try:
        found = drafts(examined({"subject.yaml": text}, examiner()), "subject", examiner())
    except UsageError:  # terms that contradict each other
        assume(False)
        raise
    gaps = [("FAQ002", entry.topic) for entry in found.entries if "（请写明：" in entry.a]
    notes = {"LANG004", "FAQ003"} if len(offers) > 1 else {"LANG004"}  # figures of one offer may look like another's
    findings = judged(text, found, examiner(), marked=False)
    assert [finding for finding in findings if finding[0] not in notes] == gaps
