"""No expression runs away: what could is refused, counted beforehand, or ended."""

from __future__ import annotations

from typing import Any

import pytest

from campaigncheck.custom.asking import Asked, Asker, Measured
from campaigncheck.custom.bounds import MOST_STEPS, ROUNDS, Size, measure
from campaigncheck.custom.expressions import language
from campaigncheck.custom.shape import message
from campaigncheck.rulekit.fault import RuleFaultError
from campaigncheck.spec.model import Campaign
from tests.support.own_rules import refused


def asked(value: dict[str, Any]) -> Asked:
    spoken = language("campaign")
    given = message(Campaign, value)
    measured = Measured((value,), given.ByteSize())
    return Asked(spoken.env.Activation({"campaign": given}), measured, Asker("SITE001", "own.yaml:2"))


BOMBS = [
    "['x'].map(a, a + a).map(a, a + a).map(a, a + a) == []",
    "[campaign.texts].all(a, [a, a].all(b, [b, b].all(c, c == c)))",
    "[[1, 2], [3]].size() > [campaign.id].size()",
    "campaign == campaign",
    "campaign.texts == campaign.texts",
    "{'a': campaign}.size() > 0",
    "spec.Campaign{}.id == ''",
    "campaign.title.matches(campaign.summary)",
]


@pytest.mark.parametrize("text", BOMBS)
def test_what_could_grow_without_end_is_refused(text: str) -> None:
    assert refused(text, "campaign")


@pytest.mark.parametrize(
    "text", ["(" * 400 + "true" + ")" * 400, "1" + "+1" * 450 + " > 0", "[" * 300 + "]" * 300 + " == []"]
)
def test_deep_nesting_is_refused(text: str) -> None:
    assert refused(text, "campaign")


def test_a_loop_that_runs_away_is_ended() -> None:
    digits = "[0,1,2,3,4,5,6,7,8,9]"
    text = "x >= 0"
    for name in ("x", "y", "z", "u", "v"):
        text = f"{digits}.all({name}, {text})"
    with pytest.raises(RuleFaultError) as caught:
        asked({"id": "a"}).holds(language("campaign").question(text))
    assert caught.value.message.render("en") == (
        "the rule SITE001 (own.yaml:2) was stopped on this campaign: more than 10,000 rounds of loops"
    )


def test_what_would_take_too_long_is_not_begun() -> None:
    texts = [{"channel": "sms", "text": "长" * 5_000}] * 500
    loop = "campaign.texts.all(a, campaign.texts.all(b, {}))"
    question = language("campaign").question(loop.format(" && ".join(["a.text.matches('长+短')"] * 3)))
    with pytest.raises(RuleFaultError) as caught:
        asked({"id": "a", "texts": texts}).holds(question)
    assert "would take too long on this campaign and was not evaluated" in caught.value.message.render("en")
    assert asked({"id": "a", "texts": texts[:2]}).holds(question) is False


def test_what_has_no_value_is_a_fault_with_the_library_s_words() -> None:
    with pytest.raises(RuleFaultError) as caught:
        asked({"id": "a"}).holds(language("campaign").question("1 / size(campaign.texts) > 0"))
    assert (
        caught.value.message.render("zh")
        == "规则 SITE001（own.yaml:2）在本案上算不出来：INVALID_ARGUMENT: divide by zero"
    )
    assert caught.value.hint.render("en").startswith("Whoever wrote the rule has to mend it")


def test_steps_are_counted_by_the_loops_around_them() -> None:
    known = language("campaign").question("campaign.texts.all(a, campaign.texts.all(b, a.text == b.text))").bounds
    (_, none), (_, once), (_, twice) = known.steps
    assert (none, once, twice) == (0, 0, 1)
    small, large = known.cost(Size(10, 100)), known.cost(Size(20, 100))
    assert 3.5 < large / small < 4
    assert known.cost(Size(10**9, 100)) <= sum(ROUNDS * (nodes + reads * 100) for nodes, reads in known.steps)


def test_a_campaign_of_usual_size_never_comes_near_the_limit() -> None:
    known = language("campaign").question(
        "campaign.faq.exists(a, campaign.faq.exists(b, a.q == b.q && a.a != b.a && a.topic.startsWith(b.topic)))"
    )
    assert known.bounds.cost(Size(60, 600)) < MOST_STEPS / 100


def test_what_is_harmless_whatever_the_values_is_known_beforehand() -> None:
    known = language("campaign").question("campaign.texts.all(a, campaign.texts.all(b, a.text == b.text))")
    assert known.bounds.cost(Size(ROUNDS, known.harmless)) <= MOST_STEPS
    assert known.bounds.cost(Size(ROUNDS, known.harmless + 1)) > MOST_STEPS


def test_sizes_are_those_of_the_longest_list_and_value() -> None:
    value = {"id": "abc", "texts": [{"text": "一二三四"}, {"text": "x"}], "channels": ["hall", "app", "sms"]}
    assert measure(value) == Size(3, 33)
    assert measure({}) == Size(0, 0)
