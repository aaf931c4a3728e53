"""Small worlds for portfolios: a made-up region tree, and campaigns scattered over it at random."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from campaigncheck.algebra.audience import ANYBODY
from campaigncheck.algebra.days import Days
from campaigncheck.algebra.regions import COUNTRY, Region, RegionTree
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.understand.entry import Entry
from tests.algebra.oracle import ROWS

SMALL = RegionTree.build(
    [
        Region(COUNTRY, "全国", ""),
        Region("110000", "直辖市", COUNTRY), Region("110101", "区", "110000"), Region("110102", "区", "110000"),
        Region("420000", "有省直辖县的省", COUNTRY), Region("420100", "市", "420000"), Region("429004", "县", "420000"),
        Region("510000", "大省", COUNTRY), Region("510100", "市", "510000"), Region("510104", "区", "510100"),
        Region("510700", "市", "510000"), Region("511000", "市", "510000"),
        Region("630000", "一市之省", COUNTRY), Region("630100", "市", "630000"),
        Region("710000", "没有下级", COUNTRY),
    ]
)  # fmt: skip
REAL = RegionTree.build(ROWS)
TODAY = 740_000
STAGES = ("draft", "testing", "optimising", "approved", "launched")


def entry(name: str, first: int, last: int, cities: int, **more: object) -> Entry:
    """Return a campaign; days are counted from today on, what lies before has gone by."""
    defaults: dict[str, object] = {
        "path": f"{name}.yaml", "title": name, "stage": "testing", "halls": frozenset(), "channels": frozenset({"hall"}),
        "audience": ANYBODY, "offers": (), "parent": None,
    }  # fmt: skip
    days = Days(TODAY + max(first, 0), TODAY + last)
    return Entry(id=name, start=TODAY + first, days=days, cities=cities, **{**defaults, **more})  # type: ignore[arg-type]


@st.composite
def entries(draw: DrawFn, tree: RegionTree = SMALL, most: int = 8, span: int = 12) -> list[Entry]:
    """A few campaigns with ids c0, c1, …; some started before today, some are children of others."""
    codes = st.lists(st.sampled_from(sorted(tree.regions)), min_size=1, max_size=2)
    found = []
    for number in range(draw(st.integers(0, most))):
        first = draw(st.integers(-3, span))
        mask = tree.scope(draw(codes), draw(st.just([]) | codes)) or tree.masks[draw(st.sampled_from(tree.cities))]
        found.append(
            entry(
                f"c{number}",
                first,
                draw(st.integers(max(first, 0), span + 6)),
                mask,
                stage=draw(st.sampled_from(STAGES)),
                halls=draw(st.just(frozenset()) | st.frozensets(st.sampled_from(["h1", "h2"]))),
                channels=draw(st.sampled_from([frozenset({"hall"}), frozenset({"hall", "app"}), frozenset({"app"})])),
                parent=draw(st.none() | st.none() | st.sampled_from([f"c{parent}" for parent in range(number + 1)])),
            )
        )
    return found


def portfolio(campaigns: Iterable[Entry], tree: RegionTree = SMALL) -> Portfolio:
    return Portfolio.of(campaigns, tree)


def same_place(first: Entry, second: Entry) -> bool:
    """Whether two campaigns share a city, and a hall if one of them is sold in halls only (contract, Regions)."""
    if not any(first.cities >> bit & second.cities >> bit & 1 for bit in range(first.cities.bit_length())):
        return False
    apart = bool(first.halls) and bool(second.halls) and not first.halls & second.halls
    return not (apart and frozenset({"hall"}) in (first.channels, second.channels))


def same_day(first: Entry, second: Entry) -> bool:
    """Whether two campaigns share a day."""
    days = range(first.days.first, first.days.last + 1)
    return any(second.days.first <= day <= second.days.last for day in days)
