"""Drafts for specs given as text, and what the check says of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.drafts.case import Tell, as_it_stands
from campaigncheck.drafts.draft import Drafts, drafts
from campaigncheck.drafts.paste import with_drafts
from campaigncheck.engine.examine import Examined, Examiner
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Knowledge
from campaigncheck.engine.selection import Selection
from campaigncheck.language.answers import DRAFT
from campaigncheck.rulekit.rule import Problem
from campaigncheck.rulekit.sample import complete
from campaigncheck.source.document import read

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 12, 1)
_FAQ = re.compile(r"(?ms)^faq:\n.*?(?=^\S)")


@cache
def examiner(rules: Path = ROOT / "rules") -> Examiner:
    """The rules about questions, answers and words, over the repository's own catalogues or others."""
    return Knowledge.of(RuleFiles.at(rules)).examiner(Selection(("FAQ", "LANG")), TODAY.toordinal())


def without_faq(text: str) -> str:
    """A spec without its questions."""
    assert _FAQ.search(text)
    return _FAQ.sub("", text)


def examined(specs: Mapping[str, str], by: Examiner, *, selected: bool = False) -> list[Examined]:
    """Specs by path, as a run examines them."""
    return [by.examine_text(SpecFile(path, path, selected), text) for path, text in specs.items()]


def drafted(specs: Mapping[str, str], wanted: str = "subject", tell: Tell | None = as_it_stands) -> Drafts:
    """The drafts for a campaign among others, whose specs are completed."""
    known = examined({f"{name}.yaml": complete(f"id: {name}\n{text}") for name, text in specs.items()}, examiner())
    return drafts(known, wanted, examiner(), tell)


def answers(text: str, **others: str) -> dict[str, str]:
    """The draft answers for a campaign, completed, by topic, without their mark."""
    found = drafted({"subject": text, **others})
    assert all(entry.a.startswith(DRAFT) for entry in found.entries)
    return {entry.topic: entry.a.removeprefix(DRAFT) for entry in found.entries}


def judged(text: str, found: Drafts, by: Examiner, *, marked: bool) -> list[tuple[str, str]]:
    """The rule and topic of every finding about the questions of a spec with its drafts put in."""
    before = len(found.named.campaign.faq)
    new = with_drafts(text, before, found.entries)
    assert read(new, "new")[0]["faq"][before:] == [
        {"topic": entry.topic, "q": entry.q, "a": entry.a} for entry in found.entries
    ]
    (item,) = examined({"new.yaml": new if marked else new.replace(DRAFT, "")}, by, selected=True)
    found_in = [
        each for each in item.located if each.problem.path[:1] == ("faq",) and not _of_a_name(each.problem, new, by)
    ]
    return [(each.rule, found.entries[int(each.problem.path[1]) - before].topic) for each in found_in]


def _of_a_name(problem: Problem, text: str, by: Examiner) -> bool:
    """Whether a finding is about a quoted product: what it is called is the catalogue's doing."""
    names = {f"“{entry.name.zh}”" for entry in by.catalogues.products.products.values()}
    word = re.search("“(.*)”", problem.message.render("zh"))
    return problem.path[-1] == "a" and word is not None and any(word[1] in name and name in text for name in names)
