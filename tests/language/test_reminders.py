"""What promises customers a reminder before a price goes up, and what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.language.reminders import is_itself_one, promises

_CASES = yaml.safe_load((Path(__file__).parent / "reminders.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", _CASES["reminds"])
def test_a_promise_is_found(text: str) -> None:
    assert list(promises(text))


@pytest.mark.parametrize("text", _CASES["silent"])
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert not list(promises(text))


@pytest.mark.parametrize(("question", "answer", "expected"), _CASES["asked"])
def test_an_answer_is_read_with_its_question(question: str, answer: str, expected: bool) -> None:
    assert bool(list(promises(answer, question))) is expected


@pytest.mark.parametrize(("text", "same_end", "expected"), _CASES["contract"])
def test_the_end_of_a_contract_counts_only_where_the_price_rises_then(
    text: str, same_end: bool, expected: bool
) -> None:
    assert bool(list(promises(text, contract=same_end))) is expected


@pytest.mark.parametrize(("channel", "text", "expected"), _CASES["itself"])
def test_a_message_may_be_the_reminder_itself(channel: str, text: str, expected: bool) -> None:
    assert is_itself_one(text, channel) is expected


def test_enough_has_been_judged() -> None:
    assert sum(map(len, _CASES.values())) >= 60


@given(st.sampled_from(_CASES["reminds"]), st.sampled_from(_CASES["silent"]))
def test_a_promise_stands_whatever_else_is_said_in_other_sentences(promise: str, other: str) -> None:
    assert list(promises(f"{other}\n{promise}"))
    assert list(promises(f"{promise}\n{other}"))


@given(st.lists(st.sampled_from([word for text in _CASES["reminds"] for word in text]), max_size=60).map("".join))
def test_sentences_lie_within_the_text(text: str) -> None:
    assert all(0 <= low <= high <= len(text) for low, high in promises(text))
