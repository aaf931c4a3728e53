"""Every word that a page of the site may use is used by it, and says something in both languages."""

from __future__ import annotations

import re

import pytest

from campaigncheck.messages import Text
from campaigncheck.site import calendars, campaign_words, campaigns, load_words, manual_words, overview, words
from tests.site.sites import ROOT

SITE = ROOT / "campaigncheck" / "site"
USED = {
    "base": (words.BASE, None),
    "calendar": (calendars.WORDS, "calendars"),
    "campaign": (campaign_words.WORDS, "campaign"),
    "campaigns": (campaigns.WORDS, "campaigns"),
    "load": (load_words.WORDS, "load"),
    "overview": (overview.WORDS, "overview"),
    "rules": (manual_words.RULES, "manual"),
    "terms": (manual_words.TERMS, "manual"),
    "gone": (manual_words.GONE, "manual"),
}
MORE = {"overview": ("owners", "owners_table")}
"""Templates that have the words of another."""
BUILT = {
    "overview": {"go_campaigns", "go_calendar", "go_load", "go_rules"},
    "campaign": {"premium", "other"},
    "load": {"premium", "other"},
}
"""Words whose names are put together."""


@pytest.mark.parametrize("name", USED)
def test_no_word_is_unused(name: str) -> None:
    known, module = USED[name]
    files = [SITE / "templates" / f"{part}.html.j2" for part in (name, *MORE.get(name, ()))]
    files += [SITE / f"{module}.py"] if module else sorted((SITE / "templates").glob("*.j2"))
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    said = set(re.findall(r"(?:page|words)\.(\w+)", text))
    said |= set(re.findall(r"(?:WORDS|RULES|TERMS|GONE)\[\"(\w+)\"", text))
    assert set(known) - said - BUILT.get(name, set()) == set()


@pytest.mark.parametrize("name", USED)
def test_every_word_is_there_in_both_languages(name: str) -> None:
    known: dict[str, Text] = USED[name][0]
    for text in known.values():
        assert text.zh.strip()
        assert text.en.strip()
        assert set(re.findall(r"{\w+}", text.zh)) == set(re.findall(r"{\w+}", text.en))
