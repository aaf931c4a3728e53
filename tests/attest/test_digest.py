"""What a clearance is bound to: what a spec says, without its stage."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.attest.digest import spec_digest
from campaigncheck.attest.refused import RefusedError
from campaigncheck.source.document import read
from tests.attest.signed import VALUES

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)  # fmt: skip
SPECS = st.dictionaries(st.sampled_from(["id", "title", "offers", "texts", "faq", "标题"]), PLAIN)


def test_it_is_that_of_the_canonical_form() -> None:
    values = {"stage": "draft", "z": [1.0, True, None], "b": 0.1, "é": "\u20ac\n", "a": {"y": 1, "x": -0.0}}
    written = '{"a":{"x":0,"y":1},"b":0.1,"z":[1,true,null],"é":"€\\n"}'
    assert spec_digest(values) == sha256(written.encode()).hexdigest()


@given(SPECS, st.sampled_from(["draft", "approved", "launched"]))
def test_neither_stage_nor_order_makes_a_difference(values: dict[str, Any], stage: str) -> None:
    turned = dict(reversed(values.items()))
    assert spec_digest(values) == spec_digest({"stage": stage, **turned})


@given(SPECS, st.sampled_from(["id", "title", "offers", "added"]), PLAIN)
def test_any_other_value_makes_one(values: dict[str, Any], field: str, other: Any) -> None:
    changed = {**values, field: other}
    same = field in values and same_value(values[field], other)
    assert (spec_digest(changed) == spec_digest(values)) == same


def same_value(one: Any, other: Any) -> bool:
    """Whether JSON cannot tell two values apart: 1 and 1.0 are one number, true is none."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_value, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same_value(one[name], other[name]) for name in one)
    return bool(one == other)


def test_comments_and_layout_make_none() -> None:
    plain, _ = read("id: a\noffers: [{id: one, price: {amount: 20}}]\ntitle: 提速\n", "a.yaml")
    laid_out, _ = read(
        "# 说明\ntitle: '提速'   # 标题\nstage: launched\noffers:\n  - price:\n      amount: 20\n    id: one\nid: a\n",
        "a.yaml",
    )
    assert spec_digest(plain) == spec_digest(laid_out)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53, "\ud800", {1: 2}, object()])
def test_what_json_cannot_hold_has_none(value: Any) -> None:
    with pytest.raises(RefusedError):
        spec_digest({**VALUES, "x": value})
