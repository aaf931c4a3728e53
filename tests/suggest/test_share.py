"""Moving a share of the demand out of the halls: as little as a rule about waiting needs.

The rule here stands for those about waiting: it counts what the halls have to do on a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Rule, Sample
from campaigncheck.suggest.changes import changes
from campaigncheck.suggest.search import EVERYTHING, PLACE, TIME, Search
from tests.suggest.oracle import nearest
from tests.suggest.repositories import examined, searched

MOST = 100
"""Transactions a day that the halls can bear."""
SHARE = frozenset({"share"})


def _too_many(view: CampaignView) -> Iterator[Problem]:
    campaign, demand = view.campaign, view.campaign.demand
    if demand is not None and "hall" in campaign.channels:
        days = (campaign.period.end - campaign.period.start).days + 1
        if demand.uptake * demand.channel_share.get("hall", 0.0) / days > MOST:
            text = Text("排队太长", "the queue is too long")
            yield Problem(("demand", "uptake"), text(), text())


_TEXT = Text("排队", "queues")
QUEUES = Rule("WAIT001", _TEXT, "error", _TEXT, _TEXT, Sample(""), Sample(""), check=_too_many)


def subject(uptake: int, share: str = "{hall: 0.5, app: 0.5}", days: int = 10, channels: str = "[hall, app]") -> str:
    return (
        f"stage: draft\nperiod: {{start: 2027-09-06, end: 2027-09-{5 + days:02}}}\nregions: {{include: ['510100']}}\n"
        f"channels: {channels}\ndemand: {{uptake: {uptake}, channel_share: {share}}}\n"
    )


@pytest.fixture
def policy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the rule be known to the policy."""
    from campaigncheck.catalogue.policies import Policies

    known = Policies.severity
    monkeypatch.setattr(
        Policies, "severity", lambda self, rule, region: "error" if rule == QUEUES.id else known(self, rule, region)
    )


def looking(text: str, within: int = 0) -> Search:
    """A search in which the rule holds, with only the rules that the campaign by itself could break."""
    search = searched(examined({"subject": text}), within=within)
    rules = (*(rule for rule in search.bench.examiner.rules if rule.family in ("SPEC", "FREQ", "CONF")), QUEUES)
    return replace(search, bench=replace(search.bench, examiner=replace(search.bench.examiner, rules=rules)))


@pytest.mark.usefixtures("policy")
def test_as_little_as_is_needed_moves() -> None:
    search = looking(subject(3000))
    search.look_ahead()
    found = search.best(SHARE)
    assert found is not None
    assert found.plan.moved == 17
    assert "channel_share: {hall: 0.33, app: 0.67}" in found.text
    (change,) = changes(search.subject, found.plan)
    assert (change.kind, change.data) == ("share", {"moved": 0.17, "left": 0.33, "channels": ["app"]})
    assert change.message.render("zh") == "把 17% 的业务量从营业厅引导到 App，营业厅还承担 33%"
    assert change.message.render("en") == "win over 17 % of the demand from halls to the app; halls keep 33 %"


@pytest.mark.usefixtures("policy")
def test_takers_share_it_in_proportion_and_the_whole_stays_one() -> None:
    search = looking(
        subject(3000, "{hall: 0.5, app: 0.3, web: 0.1, hotline: 0.1}", channels="[hall, app, web, hotline]")
    )
    search.look_ahead()
    found = search.best(SHARE)
    assert found is not None
    assert "channel_share: {hall: 0.33, app: 0.4275, web: 0.1425, hotline: 0.1}" in found.text


@pytest.mark.usefixtures("policy")
@pytest.mark.parametrize(
    "text",
    [
        subject(300_000),  # even one in a hundred is too much
        subject(3000, "{hall: 1}", channels="[hall]"),  # no other channel
        subject(3000, "{hall: 0.5, hotline: 0.5}", channels="[hall, hotline]"),  # the hotline is no electronic one
    ],
)
def test_where_a_share_does_not_help_none_is_moved(text: str) -> None:
    search = looking(text)
    search.look_ahead()
    assert search.best(SHARE) is None


@pytest.mark.usefixtures("policy")
def test_a_campaign_that_passes_moves_nothing() -> None:
    assert looking(subject(2000)).before.own == ()


@pytest.mark.usefixtures("policy")
@settings(max_examples=30)
@given(
    st.integers(4000, 16000),
    st.integers(0, 15),
    st.integers(7, 9),
    st.sampled_from([SHARE, PLACE, TIME | PLACE, EVERYTHING]),
)
def test_nothing_nearer_passes(uptake: int, hall: int, days: int, way: frozenset[str]) -> None:
    share = f"{{hall: {hall / 100}, app: {(100 - hall) / 100}}}"
    search = looking(subject(uptake, share, days), within=1)
    assume(search.before.own)
    search.look_ahead()
    found = search.best(way)
    assert way not in search.given_up
    assert (found.cost if found else None) == nearest(search, way)
