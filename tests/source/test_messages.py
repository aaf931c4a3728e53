"""Every sentence of the program can be rendered: both languages have the same places for values, and no stray brace."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from string import Formatter
from typing import Any

import pytest

import campaigncheck
from campaigncheck.messages import LANGS, Text, figure, show

# What refreshes tables speaks to maintainers alone, and needs packages that tests do without.
NO_USERS = ("campaigncheck.__main__", "campaigncheck.maintenance.")
MODULES = sorted(
    item.name
    for item in pkgutil.walk_packages(campaigncheck.__path__, "campaigncheck.")
    if not item.name.startswith(NO_USERS)
)


def texts(value: Any) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from texts(item)


def fields(template: str) -> set[str]:
    """Return the names of the places for values."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("module", MODULES)
def test_texts_can_be_rendered(module: str) -> None:
    for text in texts(list(vars(importlib.import_module(module)).values())):
        names = fields(text.zh) | fields(text.en)
        # Dates have other parts in English, and where Chinese counts with a measure word it only lists.
        assert fields(text.zh) ^ fields(text.en) <= {"count"} or names & {"day", "month", "date"}, text
        assert all(name.isidentifier() for name in names), text
        assert all(text(**dict.fromkeys(names, "x")).render(lang) for lang in LANGS)


def test_there_are_texts_to_look_at() -> None:
    found = [text for name in MODULES for text in texts(list(vars(importlib.import_module(name)).values()))]
    assert len(set(found)) > 150


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (["a", "b"], "a、b", "a, b"),
        (("b", 1.0), "b、1", "b, 1"),
        ({"b", "a"}, "a、b", "a, b"),
        (0.1 + 0.2, "0.3", "0.3"),
        (1e6, "1000000", "1000000"),
        (Text("甲{{}}", "A{{}}"), "甲{}", "A{}"),
        (Text("甲{x}", "A{x}")(x=Text("乙", "B")), "甲乙", "AB"),
        ("{x}", "{x}", "{x}"),
        (True, "True", "True"),
    ],
)
def test_values_are_shown_the_way_readers_expect(value: object, zh: str, en: str) -> None:
    assert (show(value, "zh"), show(value, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("value", "shown"), [(3.0, "3"), (3.14159, "3.14"), (0.999, "1"), (100.0, "100"), (-2.50, "-2.5"), (0.001, "0")]
)
def test_figures_have_two_decimals_at_most(value: float, shown: str) -> None:
    assert figure(value) == shown
