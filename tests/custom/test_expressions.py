"""Expressions: what is refused, where, and in which words."""

from __future__ import annotations

from typing import Any

import pytest

from campaigncheck.catalogue.custom import Sentences
from campaigncheck.custom.asking import Asked, Asker, Measured
from campaigncheck.custom.expressions import ExpressionError, language
from campaigncheck.custom.shape import message
from campaigncheck.custom.templates import SentenceError, template
from campaigncheck.spec.model import Offer
from tests.support.own_rules import refused

GOOD = [
    ("offer", "has(offer.price) && offer.price.amount > 20"),
    ("offer", "has(offer.price) && offer.price.amount == 20"),
    ("offer", "has(offer.price) && 20 <= offer.price.amount && offer.price.amount != 21.5"),
    ("offer", "offer.kind in ['trial', 'gift'] || owner_level == 'city'"),
    ("offer", "size(campaign.audience) == 0 && campaign.audience.all(g, 'age' in g && g.age == '<30')"),
    ("campaign", "campaign.offers.filter(o, o.kind == 'gift').size() > 1"),
    ("campaign", "campaign.period.start < today && campaign.period.days > 30"),
    ("campaign", "has(campaign.readiness.training) && has(campaign.readiness.training.done)"),
    ("campaign", "'training' in campaign.readiness && has(campaign.readiness['training'].owner)"),
    ("campaign", "campaign.readiness.exists(k, has(campaign.readiness[k].passed) && campaign.readiness[k].passed < 0.9)"),
    ("text", "text.channel == 'sms' && text.text.matches('[0-9]{6}')"),
    ("faq", "entry.topic == 'price' && entry.a.startsWith(campaign.title + '：')"),
    ("pair", "first.owner.level == 'city' && shared.days > 3 && '510100' in shared.cities"),
]  # fmt: skip


@pytest.mark.parametrize(("scope", "text"), GOOD, ids=lambda value: value)
def test_it_is_taken(scope: Any, text: str) -> None:
    assert refused(text, scope) == []


BAD = [
    ("offer.nam == 'x'", "nam", "an offer has no “nam”"),
    ("'中文' == offer.nme", "nme", "an offer has no “nme”"),
    ("offer.id ==\n 'x' && offer.nme == ''", "nme", "an offer has no “nme”"),
    ("ofer.name == 'x'", "ofer", "there is no “ofer” here"),
    ("first.id == 'x'", "first", "there is no “first” here"),
    ("offer.name.foo() == ''", "foo", "there is no function “foo” here"),
    ("offer.price.amount > 20", "price", "offer.price may be missing"),
    ("has(offer.price) && offer.price.then > 20", "then", "offer.price.then may be missing"),
    ("campaign.terms['x'] == ''", "[", "campaign.terms['x'] may be missing"),
    ("'y' in campaign.terms && campaign.terms['x'] == ''", "[", "campaign.terms['x'] may be missing"),
    ("offer.name > 3", ">", "“>” does not apply to text, a whole number"),
    ("offer.contract_months", "offer.contract_months", "when has to be true or false; this is a whole number"),
    ("offer", "offer", "when has to be true or false; this is a group of fields"),
    ("offer == campaign.offers[0]", "=", "whole parts cannot be compared"),
    ("offer in campaign.offers", "in", "whole parts cannot be compared"),
    ("[offer.id] == ['a']", "[", "an expression may make no new lists or structures"),
    ("{'a': 1}.size() > 1", "{", "an expression may make no new lists or structures"),
    ("offer.name.matches(offer.id)", "(", "the pattern of matches has to be fixed text"),
    ("offer.name.matches('(')", "'", "“(” is no valid pattern"),
]


@pytest.mark.parametrize(("text", "at", "why"), BAD, ids=[item[0] for item in BAD])
def test_it_is_refused_where_it_is_wrong(text: str, at: str, why: str) -> None:
    assert (at, why) in refused(text)


def test_decimals_and_whole_numbers_are_multiplied_only_if_both_are_decimals() -> None:
    assert refused("has(offer.price) && offer.price.amount * 12 > 100") == [
        ("*", "“*” does not apply to a decimal number, a whole number")
    ]
    assert refused("has(offer.price) && offer.price.amount * 12.0 > 100") == []


def test_what_cannot_be_read_says_so_in_both_languages() -> None:
    with pytest.raises(ExpressionError) as caught:
        language("offer").question("offer.name ==")
    (fault,) = caught.value.faults
    assert fault.message.render("zh").startswith("表达式写得不对：Syntax error")
    assert fault.hint.render("en").startswith("Check brackets and quotes")


def told(zh: str, en: str = "x", **offer: Any) -> str:
    spoken = language("offer")
    filled = template(Sentences(zh=zh, en=en), spoken, frozenset({"offer.price", "offer.quota"}))
    value = {"name": "甲", "excludes": ["tv.*", "broadband.*"], **offer}
    activation = spoken.env.Activation({"offer": message(Offer, value)})
    return filled.fill(Asked(activation, Measured((value,), 100), Asker("SITE001", "x.yaml:1"))).render("zh")


def test_sentences_tell_values() -> None:
    assert told("“{offer.name}”{{要}} {offer.price.amount} 元", price={"amount": 20.5}) == "“甲”{要} 20.5 元"
    assert told("{offer.excludes}；{offer.name == '甲'}；{offer.quota}", quota=1200) == "broadband.*、tv.*；是；1200"
    assert told("{offer.name}", name="长" * 300) == "长" * 200 + "…"


@pytest.mark.parametrize(
    ("text", "at", "why"),
    [
        ("价 {offer.prise}", "prise", "an offer has no “prise”"),
        ("价 {offer}", "offer", "what stands in braces cannot be told in a sentence: a group of fields"),
        ("价 {offer.gift.name}", "gift", "offer.gift may be missing"),
        ("价 {offer.name", "{", "a brace is without its other half"),
        ("价 }", "}", "a brace is without its other half"),
        ("价 {}", "}", "the expression cannot be read"),
    ],
)
def test_sentences_are_refused_where_they_are_wrong(text: str, at: str, why: str) -> None:
    with pytest.raises(SentenceError) as caught:
        template(Sentences(zh="话", en=text), language("offer"), frozenset())
    ((lang, fault),) = caught.value.faults
    assert (lang, text[slice(*fault.span)]) == ("en", at)
    assert fault.message.render("en").startswith(why)
