"""Contrasts across borders, worked out in columns, against comparing every two offers one by one."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from campaigncheck.algebra.audience import ANYBODY, Audience, Group, overlap
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.portfolio.index import Portfolio
from campaigncheck.portfolio.neighbours import Borders, Neighbourhood, weeks
from campaigncheck.rulekit.rule import PortfolioView
from campaigncheck.rules._across import NAMED, Contrast, differing, markets
from campaigncheck.rules.conf006 import check_portfolio
from campaigncheck.understand.entry import STAGES, Entry, OfferFacts, Said
from tests.portfolio.worlds import TODAY, entry
from tests.support.checking import knowledge

CATALOGUES = knowledge(RuleFiles.at(None)).catalogues
MASKS = CATALOGUES.regions.masks
CITIES = ("510100", "510600", "510700", "511400", "511600", "500000")
PRODUCTS = ("broadband.300m", "tv.basic")
YOUNG: Group = (("age", ((0, 29),)),)
OLD: Group = (("age", ((30, 120),)),)
AUDIENCES: tuple[Audience, ...] = (ANYBODY, (YOUNG,), (OLD,))
ANSWERS = ((), (Said(0, "price", "德阳便宜？", "线路不同。"),), (Said(0, "price", "外地呢？", "不同。"),))
GIFT = ("水杯", "hall")


def offer(at: int, chance: random.Random) -> OfferFacts:
    amount = chance.choice([None, 20, 21, 22.5, 30])
    then = None if amount is None else chance.choice([None, 30, 40])
    months = None if then is None else chance.choice([6, 12])
    per = None if amount is None else chance.choice(["month", "month", "once"])
    gift = chance.choice([None, GIFT])
    return OfferFacts(
        position=at, id=chance.choice("xy"), name="优惠", product=chance.choice(PRODUCTS),
        audience=chance.choice(AUDIENCES), excludes=(), stacks_with=(),
        terms=(amount, per, months, then, 0, chance.choice([0, 0, 12]), None, "none", gift),
        code=None, local=frozenset(chance.choice([[], ["price"], ["price", "gift", "contract_months"]])),
    )  # fmt: skip


def world(seed: int, count: int = 40) -> tuple[Entry, ...]:
    chance = random.Random(seed)
    found = []
    for number in range(count):
        first = chance.randrange(60)
        codes = chance.choices([*CITIES, "510000"], [3, 3, 3, 3, 3, 3, 1], k=chance.choice([1, 1, 2]))
        found.append(
            entry(
                f"c{number:02d}", first, first + chance.randrange(20), CATALOGUES.regions.scope(codes),
                stage=chance.choice(STAGES[:3]), owner=chance.choice(["510000", "500000"]),
                offers=tuple(offer(at, chance) for at in range(chance.choice([1, 2]))),
                parent=f"c{chance.randrange(number):02d}" if number and chance.random() < 0.4 else None,
                said=chance.choice(ANSWERS),
            )
        )  # fmt: skip
    return tuple(found)


def view(campaigns: tuple[Entry, ...], focus: frozenset[str] | None = None) -> PortfolioView:
    return PortfolioView(Portfolio.of(campaigns, CATALOGUES.regions), CATALOGUES, (), TODAY, focus)


def material(one: OfferFacts, other: OfferFacts, local: frozenset[str]) -> bool:
    """Whether two offers differ materially, from the rule's words: 10 per cent of the cheaper one is not yet much."""

    def far(here: float, there: float) -> bool:
        return max(here, there) > min(here, there) * 1.1 + 1e-9

    (amount, per, months, then, free, contract, _, _, gift) = one.terms
    (amount2, per2, months2, then2, free2, contract2, _, _, gift2) = other.terms
    differ = {
        "price": far(amount or 0, amount2 or 0)
        or far((amount if then is None else then) or 0, (amount2 if then2 is None else then2) or 0)
        or (per != per2 and None not in (per, per2))
        or months != months2,
        "free_months": free != free2,
        "contract_months": contract != contract2,
        "gift": (gift is None) != (gift2 is None),
    }
    return any(differs for name, differs in differ.items() if name not in local)


def local(index: Portfolio, mine: Entry, one: OfferFacts, theirs: Entry, other: OfferFacts) -> frozenset[str]:
    parent = None
    if mine.parent == theirs.id:
        parent = theirs
    elif theirs.parent == mine.id:
        parent = mine
    elif mine.parent and mine.parent == theirs.parent:
        parent = index.by_id.get(mine.parent)
    if parent is None or one.id != other.id:
        return frozenset()
    if parent in (mine, theirs):
        return (one if parent is mine else other).local
    return next((item.local for item in parent.offers if item.id == one.id), frozenset())


BORDERS = Borders.of(CATALOGUES.neighbours, CATALOGUES.regions)


def answered(mine: Entry, theirs: Entry) -> bool:
    if mine.said == ANSWERS[1]:
        return bool(theirs.cities & MASKS["510600"] & ~mine.cities & BORDERS.around(mine.cities))
    return mine.said == ANSWERS[2]


def expected(index: Portfolio) -> dict[tuple[str, str], set[str]]:
    """For each campaign and product, the others that it has to explain."""
    around = Neighbourhood.of(index, BORDERS, index.entries)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mine in index.entries:
        for theirs in index.entries:
            week = weeks(mine.days).meet(weeks(theirs.days))
            goes_first = mine.rank < theirs.rank
            if mine is theirs or week.empty or goes_first or not any(around.between(mine, theirs)):
                continue
            for one in mine.offers:
                for other in theirs.offers:
                    alike = one.product == other.product and overlap(one.audience, other.audience)
                    if (
                        alike
                        and not answered(mine, theirs)
                        and material(one, other, local(index, mine, one, theirs, other))
                    ):
                        found[mine.id, one.product].add(theirs.id)
    return found


@pytest.mark.parametrize("seed", range(8))
def test_contrasts_are_those_found_one_by_one(seed: int) -> None:
    whole = view(world(seed))
    found: dict[tuple[str, str], Contrast] = {}
    for product, market in markets(whole):
        for contrast in market.contrasts():
            assert (contrast.bearer.id, product) not in found
            found[contrast.bearer.id, product] = contrast
    wanted = expected(whole.portfolio)
    assert {key: contrast.number for key, contrast in found.items()} == {key: len(ids) for key, ids in wanted.items()}
    assert len(found) > 5
    for key, contrast in found.items():
        others = sorted((whole.portfolio.by_id[name] for name in wanted[key]), key=lambda item: (item.rank, item.path))
        assert [other.entry.id for other in contrast.others] == [item.id for item in others[:NAMED]]
        assert contrast.offer.product == key[1]
        assert {other.offer.product for other in contrast.others} == {key[1]}


@pytest.mark.parametrize("seed", range(4))
def test_asking_for_some_gives_their_notes_out_of_all(seed: int) -> None:
    campaigns = world(seed)
    chosen = frozenset(random.Random(seed).sample([item.id for item in campaigns], 6))
    paths = {f"{name}.yaml" for name in chosen}
    some = list(check_portfolio(view(campaigns, chosen)))
    everything = list(check_portfolio(view(campaigns)))
    concerned = [
        item for item in everything if item.spec in paths or any(other.spec in paths for other in item.related)
    ]
    assert sorted(map(repr, some)) == sorted(map(repr, concerned))
    assert len(everything) > len(some) > 0


def test_a_named_difference_for_each_material_one() -> None:
    chance = random.Random(6)
    offers = [offer(0, chance) for _ in range(120)]
    for one in offers:
        for other in offers:
            nothing: frozenset[str] = frozenset()
            assert bool(differing(one, other, 10)) == material(one, other, nothing)
            assert differing(one, other, 10) == differing(other, one, 10)


def test_who_sells_nothing_next_door_has_nothing_to_explain() -> None:
    alone = entry("alone", 0, 5, MASKS["510100"], offers=(offer(0, random.Random(1)),))
    assert not list(check_portfolio(view((alone,))))
    assert not list(check_portfolio(view(())))
    assert not list(check_portfolio(view((alone,), frozenset({"unknown"}))))
