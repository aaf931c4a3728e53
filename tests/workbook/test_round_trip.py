"""A spec that becomes a workbook and a spec again is the same spec."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.messages import LANGS, Lang
from campaigncheck.source.document import load
from campaigncheck.source.yamlpass import parse
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign
from campaigncheck.spec.types import Channel, LocalField, OfferKind, Stage, TextChannel
from campaigncheck.workbook.problems import TooLongError
from tests.spec.specs import FULL, ODD, mutated
from tests.workbook.books import ROOT, back, made

EXAMPLES = sorted((ROOT / "campaigns").rglob("*.yaml"))

CHARACTERS = st.one_of(
    st.sampled_from("=+-@'\"[]{}#:,、，;；|>%*&!?~\\/ \n\t\r\x01\x85\u2028\u3000_x0041宽带12.否是"),
    st.characters(exclude_categories=["Cs"]),
)
LINE = st.one_of(
    st.text(CHARACTERS, min_size=1, max_size=12),
    st.sampled_from(
        ["=1+1", "_x0041_", "x005F_", " ", "\n", "001", "12", "true", "2027-01-05", "不限", "[1]", '"', "例子", "说明"]
    ),
)
PROSE = st.one_of(LINE, st.builds("\n".join, st.lists(LINE, min_size=1, max_size=3)))
ID, NAME = (
    st.from_regex(r"[a-z0-9-]{3,8}", fullmatch=True),
    st.from_regex(r"[a-z0-9]{1,4}([_-][a-z0-9]{1,3}){0,2}", fullmatch=True),
)
CODE, DAY = st.from_regex(r"[0-9]{6}", fullmatch=True), st.dates().filter(lambda day: 2000 <= day.year <= 2100).map(str)


def floats(least: float, most: float) -> st.SearchStrategy[float]:
    """Numbers that YAML can hold: longer ones are text there."""
    return st.floats(least, most).filter(lambda value: len(repr(value)) <= 18)


COUNT, MONTHS = st.integers(0, 10**9), st.integers(0, 600)
YUAN, SHARE = floats(0, 1e8), floats(0, 1)
SCALAR = st.one_of(
    LINE,
    st.booleans(),
    st.integers(-(10**17), 10**17),
    floats(-1e9, 1e9),
    st.sampled_from(["", ">=12", "58..128", "全球通"]),
)
CONDITION = st.one_of(SCALAR, st.lists(SCALAR, max_size=3))
ATTRIBUTE = st.one_of(st.sampled_from(["brand", "age", "broadband", "customer_type"]), NAME)
AUDIENCE = st.lists(st.dictionaries(ATTRIBUTE, CONDITION, max_size=3), max_size=3)


def of(kind: Any) -> st.SearchStrategy[str]:
    return st.sampled_from(kind.__args__)


def few(items: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[list[Any]]:
    return st.lists(items, min_size=least, max_size=3)


def part(
    needed: dict[str, st.SearchStrategy[Any]], **more: st.SearchStrategy[Any]
) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(needed, optional=more)


PRICE = part({"amount": YUAN}, per=st.sampled_from(["month", "once", "day"]), for_months=st.integers(1, 600), then=YUAN)
GIFT = part({"name": LINE, "quantity": COUNT, "collect": st.sampled_from(["hall", "post"])})
PATTERN = st.text(CHARACTERS, min_size=1, max_size=10)
OFFER = part(
    {"id": ID, "name": LINE, "product": st.sampled_from(["plan.5g-99", "tv.basic", "own.thing-2"]), "kind": of(OfferKind)},
    audience=AUDIENCE, price=st.one_of(st.none(), PRICE), contract_months=MONTHS, early_exit=LINE, free_months=MONTHS,
    renewal=st.sampled_from(["automatic", "manual", "none"]), takes_effect=st.sampled_from(["immediate", "next_month", "on_date"]),
    gift=st.one_of(st.none(), GIFT), quota=COUNT, opt_in_code=st.text(CHARACTERS, min_size=1, max_size=20),
    confirm=st.sampled_from(["once", "twice", "none"]), cancel=few(of(Channel)), excludes=few(PATTERN), stacks_with=few(PATTERN),
    local=few(of(LocalField)),
)  # fmt: skip
STEP = st.one_of(
    st.sampled_from(["verify_identity", "sign", "own_step"]),
    part({"step": NAME}, minutes=st.lists(floats(0, 240), min_size=3, max_size=3), times=st.integers(1, 20), share=SHARE,
         halls=few(ID), channels=few(of(Channel))),
)  # fmt: skip
TRIAL = part({"hall": ID, "on": DAY, "seconds": st.lists(floats(0.001, 14_400), min_size=1, max_size=5)})
SPEC = part(
    {
        "spec": st.just(1), "id": ID, "title": LINE, "owner": part({"region": CODE, "department": LINE, "contact": LINE}),
        "stage": of(Stage), "period": part({"start": DAY, "end": DAY}), "channels": few(of(Channel), 1),
        "regions": part({"include": few(st.one_of(CODE, st.sampled_from(["510100", "000000"])), 1)}, exclude=few(CODE)),
        "offers": few(OFFER, 1),
    },
    summary=st.one_of(st.just(""), PROSE), submitted=DAY, parent=st.one_of(st.none(), ID), themes=few(NAME), halls=few(ID), audience=AUDIENCE,
    texts=few(part({"channel": of(TextChannel), "text": PROSE})), terms=st.dictionaries(LINE, PROSE, max_size=3),
    answers=few(part({"phrase": LINE, "answer": PROSE})), facts=few(LINE),
    faq=few(part({"topic": st.one_of(NAME, st.just("price")), "q": LINE, "a": PROSE}, short=LINE)),
    handling=part({}, steps=few(STEP), trials=few(TRIAL)),
    demand=part({"uptake": COUNT}, enquiries=floats(0, 100), shape=st.sampled_from(["even", "front_loaded"]),
                channel_share=st.dictionaries(of(Channel), SHARE, max_size=4)),
    readiness=st.dictionaries(st.one_of(NAME, st.just("training")), part({}, owner=LINE, done=DAY, passed=SHARE), max_size=3),
    support=part({"contact": LINE}, hours=st.sampled_from(["08:00-20:00", "00:00-24:00"])),
    signoffs=few(part({"role": st.sampled_from(["marketing", "service", "cities"]), "by": LINE, "on": DAY})),
)  # fmt: skip
"""Every field of the contract."""


def fitted(values: Any) -> Campaign:
    campaign = fit(Campaign, values)
    assert isinstance(campaign, Campaign), campaign
    return campaign


def plainly(campaign: Campaign) -> str:
    """A campaign in an order of its own; true is not 1 here, but 12.0 is 12, as in JSON Schema."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return int(value) if isinstance(value, float) and value.is_integer() else value

    return json.dumps(plain(campaign.model_dump()), sort_keys=True, default=str)


def assert_round_trip(values: Any, lang: Lang) -> None:
    result = back(made(values, lang), lang)
    assert [(str(item.cell), item.fault.message.render("en")) for item in result.found] == []
    assert result.campaign is not None
    assert plainly(result.campaign) == plainly(fitted(values))
    assert fitted(parse(result.document.text)) == result.campaign


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples(path: Any) -> None:
    value, _, _ = load(str(path), str(path))
    for lang in LANGS:
        assert_round_trip(value, lang)


def test_every_field_of_the_contract() -> None:
    assert_round_trip(FULL, "zh")


@given(SPEC, st.sampled_from(LANGS))
def test_any_valid_spec(values: dict[str, Any], lang: Lang) -> None:
    assert_round_trip(values, lang)


@given(mutated(FULL))
def test_changed_specs_that_still_fit(values: dict[str, Any]) -> None:
    if isinstance(fit(Campaign, values), Campaign):
        with suppress(TooLongError):  # three hundred values in one cell
            assert_round_trip(values, "zh")


@given(SPEC)
def test_what_is_imported_is_exported_and_imported_alike(values: dict[str, Any]) -> None:
    first = back(made(values))
    again = back(made(first.values))
    assert (again.values, again.document.text) == (first.values, first.document.text)


@pytest.mark.parametrize(
    "odd", [item for item in ODD if isinstance(item, str) and 0 < len(item) <= 200 and "\0" not in item], ids=repr
)
def test_odd_texts_come_back_as_they_are(odd: str) -> None:
    values = deepcopy(FULL)
    values["title"], values["facts"], values["terms"] = odd, [odd, odd], {odd: odd}
    values["audience"] = [{"brand": odd, "age": [odd], "contract": [odd, True, 1]}]
    values["offers"][0]["excludes"] = [odd[:100], "b"]
    assert_round_trip(values, "zh")
