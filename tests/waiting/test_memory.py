"""What is remembered is what would be worked out, and it belongs to whoever asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from campaigncheck.waiting.memory import Question, recall, remember


@pytest.fixture(autouse=True)
def _two() -> Iterator[None]:
    remember(2)
    yield
    remember(0)


def doubled(values: Sequence[float], done: list[float]) -> list[NDArray[Any]]:
    """Ask for the doubles of some numbers; ``done`` are those that had to be worked out."""

    def work(numbers: Sequence[int]) -> list[NDArray[Any]]:
        done.extend(values[number] for number in numbers)
        return [np.array([2 * values[number]]) for number in numbers]

    return recall([Question("double", (np.array([value]),)) for value in values], work)


def test_only_what_is_new_is_worked_out_once() -> None:
    done: list[float] = []
    assert [float(item[0]) for item in doubled([1.0, 2.0, 1.0], done)] == [2.0, 4.0, 2.0]
    assert sorted(done) == [1.0, 2.0]
    assert [float(item[0]) for item in doubled([2.0, 1.0], done)] == [4.0, 2.0]
    assert sorted(done) == [1.0, 2.0]


def test_what_was_used_longest_ago_is_forgotten() -> None:
    done: list[float] = []
    for value in (1.0, 2.0, 1.0, 3.0, 1.0, 2.0):
        doubled([value], done)
    assert done == [1.0, 2.0, 3.0, 2.0]


def test_changing_an_answer_changes_no_other() -> None:
    doubled([1.0], [])[0][0] = 99.0
    assert float(doubled([1.0], [])[0][0]) == 2.0


def test_nothing_is_remembered_unless_asked_for() -> None:
    remember(0)
    done: list[float] = []
    doubled([1.0], done)
    doubled([1.0], done)
    assert done == [1.0, 1.0]


def test_questions_differ_by_name_shape_type_and_values() -> None:
    given = [
        Question("a", (np.zeros(4),)), Question("b", (np.zeros(4),)), Question("a", (np.zeros((2, 2)),)), Question("a", (np.zeros(4, np.int64),)),
        Question("a", (np.ones(4),)), Question("a", (np.zeros(2), np.zeros(2))), Question("a", (np.asfortranarray(np.arange(4.0).reshape(2, 2)),)),
        Question("a", (np.arange(4.0).reshape(2, 2).T,)),
    ]  # fmt: skip
    assert len({question.key for question in given}) == len(given)
    assert given[0].key == Question("a", (np.zeros(8)[::2],)).key
