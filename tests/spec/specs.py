"""Campaign specs as plain values, whole and broken, for tests of the model and of its JSON Schema."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

Path = tuple[str | int, ...]
Spec = dict[str, Any]

FULL: Spec = {
    "spec": 1,
    "id": "sc-2027-spring",
    "title": "迎春宽带提速",
    "summary": "每月加 20 元。",
    "owner": {"region": "510000", "department": "市场经营部", "contact": "a@example.com"},
    "stage": "testing",
    "submitted": "2026-12-20",
    "parent": None,
    "themes": ["broadband", "spring-festival"],
    "period": {"start": "2027-01-15", "end": "2027-03-31"},
    "regions": {"include": ["510000"], "exclude": ["513200"]},
    "halls": ["sc-cd-001"],
    "channels": ["hall", "app", "sms", "hotline"],
    "audience": [{"brand": ["全球通", "神州行"], "tenure_months": ">=12", "monthly_spend": 58.5, "broadband": True}],
    "offers": [
        {
            "id": "speedup",
            "name": "宽带提速包",
            "product": "broadband.300m",
            "kind": "contract",
            "audience": [{"age": [18, "20..30"]}],
            "price": {"amount": 20, "per": "month", "for_months": 12, "then": 30.5},
            "contract_months": 24,
            "early_exit": "每月补 10 元",
            "renewal": "automatic",
            "takes_effect": "next_month",
            "free_months": 0,
            "gift": {"name": "路由器", "quantity": 3000, "collect": "hall"},
            "quota": 5000,
            "opt_in_code": "KDTS",
            "confirm": "twice",
            "cancel": ["app", "sms"],
            "excludes": ["broadband.*", "campaign:sc-2026-*"],
            "stacks_with": ["tv.*"],
            "local": ["gift"],
        }
    ],
    "texts": [{"channel": "sms", "text": "回复 KDTS。"}, {"channel": "poster", "text": "每月 20 元"}],
    "terms": {"FTTR": "把光纤接到每个房间"},
    "answers": [{"phrase": "最高300M", "answer": "300M 是上限。"}],
    "facts": ["500 元"],
    "faq": [{"topic": "eligibility", "q": "谁可以办？", "a": "都可以。"}],
    "handling": {
        "steps": [
            "verify_identity",
            {"step": "explain_offer", "minutes": [1, 1.5, 3]},
            {"step": "sign", "times": 1},
            {"step": "book_installer", "share": 0.6},
        ],
        "trials": [{"hall": "sc-cd-001", "on": "2027-01-06", "seconds": [182, 240.5, 205]}],
    },
    "demand": {"uptake": 12000, "enquiries": 0.5, "channel_share": {"hall": 0.4, "app": 0.6}, "shape": "front_loaded"},
    "readiness": {"boss_config": {"owner": "支撑中心", "done": "2027-01-05"}, "training": {"passed": 0.96}},
    "support": {"contact": "内线 8001", "hours": "08:00-20:00"},
    "signoffs": [{"role": "service", "by": "客户服务部", "on": "2027-01-09"}],
}
"""Every field of the contract at least once."""

ODD: list[Any] = [
    None, True, False, 0, 1, -1, 2, 12.0, 12.5, 0.5, 1.0, -0.0, 240, 241, 600, 601, 14_400, 10**9, 10**9 + 1, 10**30, 1e300,
    "", " ", "x", "1", "12", "yes", "hall", "poster", "gift", "month", "510000", "51000", "５１００００", "2027-01-05",
    "2027-1-5", "2027-02-30", "0000-01-01", "0001-01-05", "1999-12-31", "2000-01-01",
    "2100-12-31", "2101-01-01", "9999-12-31", "2027-01-05\n", "08:00-24:00", "24:00-08:00", "ab", "a" * 64, "a" * 65, "A", "a_b",
    "_a", "a.b", "a..b", ">=12", "好" * 200, "好" * 201, "好" * 5_001, "😀" * 200, "a\n", "\n", "a\u2028", "a\0",
    [], [1], ["x"], [None], [1, 2, 3], [3, 2, 1], [1, 2, 3, 4], [[1]], [{}], {}, {"a": 1}, {"hall": 0.5}, {"A": {}}, {"": ""},
    {"a\n": {}}, {"step": "sign"}, {"brand": {"a": 1}}, {"brand": None}, [{"brand": [[1]]}],
]  # fmt: skip
"""Values that are wrong in most places, and right in some."""

NAMES = ["", "Title", "titel", "id\n", "x-y", "age", "电话", "start", "steps", "then", "owner", "name", "1"]


def paths(value: Any, path: Path = ()) -> list[Path]:
    """Return the path of everything in a value but itself."""
    items = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    return [found for step, item in items for found in [(*path, step), *paths(item, (*path, step))]]


def parent(value: Any, path: Path) -> Any:
    for step in path[:-1]:
        value = value[step]
    return value


def changed(spec: Spec, path: Path, value: Any) -> Spec:
    """Return a copy with another value at a path."""
    copy = deepcopy(spec)
    parent(copy, path)[path[-1]] = value
    return copy


def without(spec: Spec, path: Path) -> Spec:
    """Return a copy without what is at a path."""
    copy = deepcopy(spec)
    del parent(copy, path)[path[-1]]
    return copy


def _drop(draw: DrawFn, container: Any, step: Any) -> None:
    del container[step]


def _rename(draw: DrawFn, container: Any, step: Any) -> None:
    value = container.pop(step)
    if isinstance(container, dict):
        container[draw(st.sampled_from(NAMES))] = value


def _replace(draw: DrawFn, container: Any, step: Any) -> None:
    container[step] = deepcopy(draw(st.sampled_from(ODD)))


def _tweak(draw: DrawFn, container: Any, step: Any) -> None:
    """Change a value to one much like it."""
    value = container[step]
    if isinstance(value, str):
        container[step] = draw(
            st.sampled_from([value + "\n", value.upper(), value * 70, value[:-1], [value], value + " "])
        )
    elif isinstance(value, bool | int | float):
        container[step] = draw(
            st.sampled_from([float(value), -value, value * 10_000, value + 0.5, str(value), bool(value)])
        )
    elif isinstance(value, list):
        container[step] = draw(st.sampled_from([value * 300, value[:1], {"a": value}, [value]]))
    elif isinstance(value, dict):
        container[step] = draw(st.sampled_from([list(value), {**value, "extra": 1}, {}]))


def _insert(draw: DrawFn, container: Any, step: Any) -> None:
    odd = deepcopy(draw(st.sampled_from(ODD)))
    if isinstance(container, list):
        container.insert(0, odd)
    else:
        container[draw(st.sampled_from([*NAMES, *FULL, *FULL["offers"][0]]))] = odd


@st.composite
def mutated(draw: DrawFn, whole: Spec, most: int = 3) -> Spec:
    """Return a spec with a few changes anywhere, often none that matters."""
    spec = deepcopy(whole)
    for _ in range(draw(st.integers(0, most))):
        places = paths(spec)
        if places:
            path = draw(st.sampled_from(places))
            change = draw(st.sampled_from([_drop, _rename, _replace, _replace, _tweak, _tweak, _insert]))
            change(draw, parent(spec, path), path[-1])
    return spec
