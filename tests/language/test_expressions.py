"""Expressions that are compiled when first used: they behave like compiled ones, and all of them can be compiled."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import campaigncheck.language
import campaigncheck.rules
from campaigncheck.language.expressions import _Later, expression


def later() -> Iterator[tuple[str, _Later]]:
    """Yield all expressions of the modules that use them, by module and name, in tuples and dictionaries too."""
    for package in (campaigncheck.language, campaigncheck.rules):
        for module in pkgutil.iter_modules(package.__path__):
            full = f"{package.__name__}.{module.name}"
            for name, value in vars(importlib.import_module(full)).items():
                for number, item in enumerate(spread(value)):
                    yield f"{full}.{name}.{number}", item


def spread(value: object) -> Iterator[_Later]:
    if isinstance(value, _Later):
        yield value
    elif isinstance(value, dict | tuple | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from spread(item)


def test_each_expression_can_be_compiled() -> None:
    found = dict(later())
    assert len(found) > 300
    for name, item in found.items():
        try:
            assert isinstance(item._compiled, re.Pattern)
        except re.error as error:
            pytest.fail(f"{name}: {error}")


def test_it_is_compiled_when_first_used_and_not_before() -> None:
    broken = expression("(")
    with pytest.raises(re.error):
        broken.search("text")


def test_it_behaves_like_a_compiled_one() -> None:
    text = "办理5元和10元"
    mine, theirs = expression(r"(?P<n>\d+)元", re.ASCII), re.compile(r"(?P<n>\d+)元", re.ASCII)
    assert (
        [match["n"] for match in mine.finditer(text)] == [match["n"] for match in theirs.finditer(text)] == ["5", "10"]
    )
    assert mine.sub("", text) == theirs.sub("", text)
    assert (mine.pattern, mine.flags, mine.groupindex) == (theirs.pattern, theirs.flags, theirs.groupindex)
    assert mine.search is mine.search  # fetched once
