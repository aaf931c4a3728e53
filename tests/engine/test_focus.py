"""Asking about some campaigns gives just those findings of a whole run that they bear or cause."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from campaigncheck.engine.finding import Finding
from tests.support.checking import check_specs

FAMILIES = ("CONF", "FREQ", "FAQ001")
PRODUCTS = ("broadband.300m", "broadband.500m", "tv.basic", "points.exchange", "plan.5g-99")
REGIONS = ('"510000"', '"510100"', '"510100", "510700"', '"330000"', '"000000"')
AUDIENCES = ("[]", '[{age: "<30"}]', '[{age: ">=30"}, {brand: 全球通}]', "[{brand: [动感地带, 神州行]}]")


def campaign(number: int, chance: random.Random) -> str:
    start, length = chance.randrange(1, 25), chance.randrange(1, 40)
    month, day = (3, start) if start + length <= 31 else (4, min(30, start + length - 31))
    product = chance.choice(PRODUCTS)
    more = chance.choice(["", ', excludes: ["broadband.*"]', ', stacks_with: ["tv.*"]', ", opt_in_code: KD"])
    return (
        f"spec: 1\nid: c-{number:02d}\ntitle: 活动{number}\n"
        f"owner: {{region: {chance.choice(['510000', '510100'])!r}, department: 市场部, contact: x}}\n"
        f"stage: {chance.choice(['draft', 'testing', 'approved', 'launched'])}\n"
        f"period: {{start: 2027-03-{start:02d}, end: 2027-{month:02d}-{max(day, start if month == 3 else 1):02d}}}\n"
        f"regions: {{include: [{chance.choice(REGIONS)}]}}\n"
        f"channels: [{chance.choice(['hall', 'hall, sms', 'app', 'sms, outbound_call'])}]\n"
        f"audience: {chance.choice(AUDIENCES)}\n"
        f"offers:\n  - {{id: x, name: 优惠{number}, product: {product}, kind: discount, "
        f"price: {{amount: {chance.choice([10, 20])}}}{more}}}\n"
    )


def concerns(finding: Finding, chosen: set[str]) -> bool:
    return finding.path in chosen or any(place.path in chosen for place in finding.related)


@pytest.mark.parametrize("seed", range(12))
def test_some_campaigns_and_the_whole_run_agree(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    specs = {f"c-{number:02d}": campaign(number, chance) for number in range(14)}
    chosen = tuple(chance.sample(sorted(specs), 2))
    whole = check_specs(tmp_path, specs, select=FAMILIES)
    some = check_specs(tmp_path, specs, select=FAMILIES, chosen=chosen)
    paths = {f"{name}.yaml" for name in chosen}
    assert some.findings == tuple(finding for finding in whole.findings if concerns(finding, paths))
    assert len(whole.findings) > len(some.findings) > 0
