"""Conditions written back mean what was to be kept."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.algebra.audience import Constraint, meet
from campaigncheck.suggest.conditions import everything_but, narrow
from campaigncheck.suggest.cost import WHOLE, narrowing
from campaigncheck.understand.conditions import read_audience
from tests.suggest.repositories import knowledge

DOMAIN = knowledge().catalogues.domain
CONDITIONS: dict[str, list[Any]] = {
    "brand": ["全球通", ["全球通", "神州行"]],
    "age": [">=18", "<60", "18..40", 30],
    "monthly_spend": ["58..128", ">0.5", "<=99.99", ["<10", ">=100"]],
    "broadband": [True, False],
}
GROUPS = st.lists(
    st.fixed_dictionaries({}, optional={key: st.sampled_from(of) for key, of in CONDITIONS.items()}), max_size=3
)
NAMES = st.sampled_from(sorted(CONDITIONS))


def constraint(name: str, condition: object) -> Constraint:
    """A condition as a constraint."""
    audience, _ = read_audience(DOMAIN, [{name: condition}])
    return dict(audience[0])[name]


@given(GROUPS, NAMES, st.data())
def test_narrowing_keeps_exactly_those_who_are_in_both(
    groups: list[dict[str, object]], name: str, data: st.DataObject
) -> None:
    kept = constraint(name, data.draw(st.sampled_from(CONDITIONS[name])))
    before, _ = read_audience(DOMAIN, groups)
    written = [group for group in narrow(DOMAIN, groups, name, kept) if group is not None]
    after, faults = read_audience(DOMAIN, written)
    assert faults == []
    assert set(after if written else ()) == set(meet(before, (((name, kept),),)))


@given(NAMES, st.data())
def test_a_condition_and_its_opposite_leave_nobody_and_miss_nobody(name: str, data: st.DataObject) -> None:
    kept = constraint(name, data.draw(st.sampled_from(CONDITIONS[name])))
    others = everything_but(DOMAIN[name], kept)
    assert others
    assert not meet((((name, kept),),), (((name, others),),))
    assert everything_but(DOMAIN[name], others) == kept


def test_the_cost_is_the_share_of_customers_lost() -> None:
    first = constraint("brand", "全球通")
    assert narrowing(DOMAIN, [], "brand", first) == round(WHOLE * 2 / 3)
    assert narrowing(DOMAIN, [{"brand": ["全球通", "神州行"]}], "brand", first) == WHOLE // 2
    assert narrowing(DOMAIN, [{"brand": "全球通"}, {"brand": "神州行"}], "brand", first) == WHOLE // 2
    assert narrowing(DOMAIN, [{"brand": "全球通", "age": "<30"}], "brand", first) == 0
    assert narrowing(DOMAIN, [{}], "age", constraint("age", ">=18")) == WHOLE // 2
