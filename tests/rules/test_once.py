"""What is made of a campaign is made once."""

from __future__ import annotations

from campaigncheck.rulekit.once import once
from campaigncheck.understand.entry import Entry
from tests.rules.test_own import PLAIN, campaign


def test_it_is_made_once_for_each_campaign() -> None:
    made: list[str] = []

    def title(entry: Entry) -> str:
        made.append(entry.id)
        return entry.title

    of = once(title)
    first, second = campaign("first", **PLAIN), campaign("second", **PLAIN)
    assert [of(first), of(second), of(first)] == [first.title, second.title, first.title]
    assert made == ["first", "second"]
