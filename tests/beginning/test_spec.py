"""What is begun is sound: of every kind of offer on every channel nothing is left but what only people know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigncheck.beginning.answers import Answers
from campaigncheck.beginning.choices import KINDS, PER
from campaigncheck.beginning.complete import with_questions
from campaigncheck.beginning.spec import spec_text
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.engine.selection import Selection
from campaigncheck.labels import CHANNELS
from campaigncheck.messages import LANGS, Lang
from tests.support.checking import TODAY, check_specs, knowledge

KNOWLEDGE = knowledge(RuleFiles.at(None))
CATALOGUES = KNOWLEDGE.catalogues
TO_DO = {
    "READY004": "whom the front line asks",
    "FAQ002": "answers with gaps",
    "SAFE002": "how customers are reminded before a free time ends",
    "WAIT004": "whether it might be sold electronically",
}
"""What only people know, and says so in the spec."""
PLAIN = Answers(
    "sc-2027-broadband", "迎春宽带", "510000", "broadband.300m", "discount", 20, "month",
    date(2027, 1, 18), date(2027, 3, 19), ("hall", "app"),
)  # fmt: skip


def begun(answers: Answers, lang: Lang = "zh") -> str:
    examiner = KNOWLEDGE.examiner(Selection(("SPEC",)), TODAY.toordinal())
    return with_questions(spec_text(answers, CATALOGUES, lang), "a.yaml", answers.id, (), examiner)[0]


@st.composite
def any_answers(draw: st.DrawFn) -> Answers:
    kind, ways = (
        draw(st.sampled_from(list(KINDS))),
        draw(st.lists(st.sampled_from(list(CHANNELS)), min_size=1, unique=True)),
    )
    start = date(2027, 1, 18)
    return replace(
        PLAIN,
        region=draw(st.sampled_from(["000000", "510000", "510100", "110000", "110105", "429004"])),
        product=draw(st.sampled_from(list(CATALOGUES.products.products))),
        kind=kind,
        price=draw(st.sampled_from([0, 9.9, 20])),
        per=draw(st.sampled_from(list(PER))),
        end=start + timedelta(days=draw(st.integers(0, 200))),
        channels=tuple(ways),
        contract_months=12 if kind == "contract" else 0,
        free_months=2 if kind == "trial" else 0,
        gift="路由器" if kind == "gift" else "",
        quantity=300 if kind == "gift" else 0,
        code="YC" if "sms" in ways else "",
        uptake=100,
    )


@settings(deadline=None, max_examples=30)
@given(any_answers(), st.sampled_from(LANGS))
def test_nothing_is_left_but_what_only_people_know(answers: Answers, lang: Lang) -> None:
    text = begun(answers, lang)
    with TemporaryDirectory() as folder:
        report = check_specs(Path(folder), {"a": text})
        tested = check_specs(Path(folder), {"a": text.replace("stage: draft", "stage: testing")})
    assert [item for item in report.findings if item.severity == "error"] == []
    assert {item.rule for item in report.findings} <= TO_DO.keys()
    assert {item.rule for item in tested.findings} <= TO_DO.keys()


def test_values_are_written_so_that_they_read_back() -> None:
    odd = replace(PLAIN, title='1: "a" #x', contact="@me: {x}", department="yes", gift="a, b", quantity=1, kind="gift")
    spec = yaml.safe_load(begun(odd))
    assert (spec["title"], spec["owner"]["contact"]) == (odd.title, odd.contact)
    assert (spec["owner"]["department"], spec["offers"][0]["gift"]["name"]) == ("yes", "a, b")


def test_a_county_is_its_citys() -> None:
    spec = yaml.safe_load(begun(replace(PLAIN, region="110105")))
    assert (spec["owner"]["region"], spec["regions"]) == ("110000", {"include": ["110105"]})


def test_only_answers_with_gaps_are_drafts() -> None:
    answers = {entry["topic"]: entry["a"] for entry in yaml.safe_load(begun(PLAIN))["faq"]}
    assert {topic for topic, answer in answers.items() if answer.startswith("【草稿】")} == {"dispute"}
    assert answers["price"] == "每月 {{ price.amount }} 元。"


def test_comments_are_in_one_language() -> None:
    assert "# Both days included" in begun(PLAIN, "en")
    assert "# 首尾两天都算" not in begun(PLAIN, "en")
