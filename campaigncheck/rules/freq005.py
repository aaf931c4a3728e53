"""FREQ005: a city campaign beside provincial ones, with neither a parent nor a theme in common with any of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from campaigncheck.algebra.days import Days
from campaigncheck.messages import Message, Text
from campaigncheck.portfolio.index import Pairs
from campaigncheck.portfolio.signs import Flags, Ints, Vocabulary, common
from campaigncheck.rulekit import wording
from campaigncheck.rulekit.rule import PortfolioView, Problem, Related, Rule, Sample, Scene
from campaigncheck.understand.entry import Entry

_MESSAGE = Text(
    "同一时间同一地市有上级的营销案{others}，本案既不是它们的落地方案，主题也没有一个相同",
    "at the same time and place run the campaigns {others} of the level above; this one localises none of them and shares "
    "no theme with any",
)
_ONE = Text("“{title}”", "“{title}”")
_MORE = Text("{names}等 {count} 个", "{names} and others, {count} in all")
_HINT = Text(
    "配合其中一个的，写上 parent（{ids}）；宣传同一个主题的，themes 里写上同样的主题（{themes}）；都不是的，错开日期或地市。",
    "If it goes with one of them, name it as parent ({ids}); if it has the same theme, put that into themes ({themes}); "
    "otherwise move the dates or the cities.",
)
_NO_THEMES_HINT = Text(
    "配合其中一个的，写上 parent（{ids}）；它们都没写主题，要用同一个主题请先和省里商量；都不是的，错开日期或地市。",
    "If it goes with one of them, name it as parent ({ids}); they state no themes: agree on one; otherwise move the dates "
    "or the cities.",
)
_OTHER = Text(
    "上级的营销案“{title}”，同在{cities}，同期 {days}",
    "“{title}” of the level above, also in {cities}, at the same time from {days}",
)
_MOST = 3
"""How many campaigns and themes a sentence names."""
_MANY = 1000
"""For more campaigns than this, all pairs together are found sooner than those of each."""


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield each city campaign that is beside provincial ones and goes with none of them."""
    asked = view.concerned()
    pairs = _beside(_pairs(view, asked).compact())
    alone = ~np.isin(pairs.left, _in_company(pairs))
    for city, above in _gathered(pairs.where(alone)):
        if asked is None or city.id in asked:
            yield _problem(view, city, above)


def _pairs(view: PortfolioView, asked: frozenset[str] | None) -> Pairs:
    """Return all pairs of every city campaign that may bear a finding, not only of those in the focus."""
    portfolio = view.portfolio
    if asked is None:
        return portfolio.pairs
    bearing = [name for name in asked if not portfolio.by_id[name].is_above]
    if len(bearing) <= _MANY:
        return portfolio.pairs_with(bearing)
    among, pairs = portfolio.flags(bearing), portfolio.pairs
    return pairs.where(among[pairs.left] | among[pairs.right])


def _beside(pairs: Pairs) -> Pairs:
    """Return the pairs of a city campaign (left) and one of the level above (right)."""
    of_city = np.array([not entry.is_above for entry in pairs.entries], np.bool_)
    pairs = pairs.where(of_city[pairs.left] != of_city[pairs.right])
    city_first = of_city[pairs.left]
    left = np.where(city_first, pairs.left, pairs.right)
    return Pairs(pairs.entries, left, np.where(city_first, pairs.right, pairs.left))


def _in_company(pairs: Pairs) -> Ints:
    """Return the positions of the city campaigns (left) that go with one of the campaigns beside them."""
    themes = [entry.themes for entry in pairs.entries]
    known = Vocabulary(theme for found in set(themes) for theme in sorted(found))
    signs = known.signs(themes)
    likely = pairs.where(common(signs, signs, pairs.left, pairs.right) | _akin(pairs))
    found: set[int] = set()
    for city, above in zip(likely.left.tolist(), likely.right.tolist(), strict=True):
        if city not in found and pairs.entries[city].goes_with(pairs.entries[above]):
            found.add(city)
    return np.array(sorted(found), np.int64)


def _akin(pairs: Pairs) -> Flags:
    """Return for each pair whether the right one is the left one's parent, or both have the same."""
    numbers: dict[str | None, int] = {None: -1}
    parent = np.array([numbers.setdefault(entry.parent, len(numbers)) for entry in pairs.entries], np.int64)
    own = np.array([numbers.get(entry.id, -2) for entry in pairs.entries], np.int64)
    mine = parent[pairs.left]
    akin: Flags = (mine >= 0) & ((mine == own[pairs.right]) | (mine == parent[pairs.right]))
    return akin


def _gathered(pairs: Pairs) -> Iterator[tuple[Entry, list[Entry]]]:
    """Yield each city campaign with the campaigns beside it, in order of path."""
    found: dict[int, list[int]] = {}
    for city, above in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True):
        found.setdefault(city, []).append(above)
    for city in sorted(found):
        yield pairs.entries[city], [pairs.entries[position] for position in sorted(found[city])]


def _problem(view: PortfolioView, city: Entry, above: list[Entry]) -> Problem:
    names: list[Message] = [_ONE(title=other.title) for other in above[:_MOST]]
    others: object = names if len(above) <= _MOST else _MORE(names=names, count=len(above))
    themes = sorted({theme for other in above for theme in other.themes})[: 2 * _MOST]
    ids = [other.id for other in above[:_MOST]]
    hint = _HINT(ids=ids, themes=themes) if themes else _NO_THEMES_HINT(ids=ids)
    related = tuple(
        Related(
            other.path,
            ("themes",),
            _OTHER(
                title=other.title,
                days=wording.span(city.days.meet(other.days)),
                cities=wording.cities(city.cities & other.cities, view.catalogues),
            ),
        )
        for other in above
    )
    scene = _scene(city, above)
    return Problem(("themes",), _MESSAGE(others=others), hint, spec=city.path, related=related, scene=scene)


def _scene(city: Entry, above: list[Entry]) -> Scene:
    """Return the days from the first to the last on which one of the campaigns is beside it, and where."""
    days = [city.days.meet(other.days) for other in above]
    cities = 0
    for other in above:
        cities |= city.cities & other.cities
    return Scene(Days(min(met.first for met in days), max(met.last for met in days)), cities)


_CITY = 'id: sample-a\nowner: {region: "510100", department: 市场部, contact: cd@example.com}\n'
_PROVINCE = "id: sample-b\nstage: approved\nthemes: [broadband, spring]\n"

RULE = Rule(
    id="FREQ005",
    title=Text("地市自己的营销案和省里的各做各的", "a city campaign that goes with none of the provincial ones"),
    severity="warning",
    why=Text(
        "省里和地市同时推不相干的活动，客户分不清，营业厅的海报、话术要准备两套，两边的效果都打折扣。",
        "When province and city promote unrelated things at once, customers are confused, halls need two sets of posters and "
        "scripts, and both do less well.",
    ),
    source=Text(
        "省市协同要求：地市上新活动之前先看同期还有什么，配合省里的主题，不扎堆。",
        "Coordination between province and cities: a city looks at what else runs in the same weeks, and goes along with it.",
    ),
    passing=Sample(_CITY + "themes: [spring, students]\n", others=(_PROVINCE,)),
    failing=Sample(_CITY + "themes: [students]\n", others=(_PROVINCE,), places=((3, 9),)),
    check_portfolio=check_portfolio,
)
