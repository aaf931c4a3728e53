"""Of repairs that are tried together those that do harm are found, and no other is left for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from campaigncheck.engine.examine import Examined, Examiner
from campaigncheck.engine.repository import SpecFile
from campaigncheck.messages import Text
from campaigncheck.repair.plan import look, plan
from campaigncheck.rulekit.rule import CampaignView, Problem
from campaigncheck.rulekit.sample import complete
from campaigncheck.rules import all_rules, lang006
from campaigncheck.source.changes import Amend
from tests.repair.repositories import job, refusals, repaired
from tests.support.checking import knowledge

POSTER = "  - {{channel: poster, text: {}}}\n"


def spec(*texts: str) -> str:
    """A spec with posters."""
    return complete("id: mend\ntexts:\n" + "".join(POSTER.format(text) for text in texts))


def _marks(view: CampaignView) -> Iterator[Problem]:
    """A made-up rule: every 甲 is to be 乙, or else 丙; but where 坏 stands 乙 is bad, and 丙 is where 全坏 stands.

    And a poster with 连 that is mended harms the one after it that is.
    """
    texts = [text.text for text in view.campaign.texts]
    for index, text in enumerate(texts):
        path = ("texts", index, "text")
        linked = index > 0 and "连" in texts[index - 1] and "甲" not in texts[index - 1] + text
        if linked or ("坏" in text and "乙" in text) or ("全坏" in text and "丙" in text):
            yield Problem(path, Text("坏了", "bad")(), Text("改", "mend")())
        for at, sign in enumerate(text):
            if sign == "甲":
                fixes = tuple((Amend(path, at, at + 1, "甲", new),) for new in "乙丙")
                message = Text(f"第{at}个", f"number {at}")()
                yield Problem(path, message, Text("改", "mend")(), span=(at, at + 1), fixes=fixes)


@pytest.fixture(autouse=True)
def _made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(all_rules(), "LANG006", replace(lang006.RULE, check=_marks))


def after(folder: Path, *texts: str) -> tuple[list[str], list[str]]:
    """The posters with their repairs made, and what is said of others."""
    repair = repaired(folder, {"x": spec(*texts)}, select=("LANG006",))
    made = repair.mended[0].after if repair.mended else spec(*texts)
    lines = made.splitlines()[2 : 2 + len(texts)]
    return [line.removeprefix("  - {channel: poster, text: ").removesuffix("}") for line in lines], refusals(repair)


def test_the_second_way_is_taken_where_the_first_does_harm(tmp_path: Path) -> None:
    assert after(tmp_path, "甲", "坏甲", "甲甲", "坏甲甲") == (["乙", "坏丙", "乙乙", "坏丙丙"], [])


def test_where_no_way_is_left_the_first_reason_is_told(tmp_path: Path) -> None:
    said = "LANG006 没有自动改：改了会多出 LANG006（坏了）"
    assert after(tmp_path, "甲", "全坏甲", "甲", "全坏甲") == (
        ["乙", "全坏甲", "乙", "全坏甲"],
        [f"x.yaml:4:31 {said}", f"x.yaml:6:31 {said}"],
    )


def test_harm_in_another_text_is_traced_back(tmp_path: Path) -> None:
    said = "x.yaml:4:30 LANG006 没有自动改：改了会多出 LANG006（坏了）"
    assert after(tmp_path, "甲", "连甲", "丁", "甲") == (["乙", "连甲", "丁", "乙"], [said])


def test_what_was_only_harmed_by_another_is_made_after_all(tmp_path: Path) -> None:
    said = "x.yaml:3:32 LANG006 没有自动改：改了会多出 LANG006（坏了）"
    assert after(tmp_path, "全坏连甲", "甲", "甲") == (["全坏连甲", "乙", "乙"], [said])


def test_many_that_do_harm_are_found_in_a_few_trials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    examine, calls = Examiner.examine_text, Counter[str]()

    def counted(self: Examiner, file: SpecFile, text: str) -> Examined:
        calls["trials"] += 1
        return examine(self, file, text)

    monkeypatch.setattr(Examiner, "examine_text", counted)
    made, said = after(tmp_path, *(["甲"] * 7 + ["坏甲"]) * 16)
    assert (made, said) == ((["乙"] * 7 + ["坏丙"]) * 16, [])
    assert calls["trials"] == 2
    made, said = after(tmp_path, *["全坏甲"] * 64)
    assert (made, len(said)) == (["全坏甲"] * 64, 64)
    assert calls["trials"] <= 2 + 2 + 6 * 2 * 2


def test_progress_comes_to_the_number_of_problems(tmp_path: Path) -> None:
    texts = ["甲甲", "坏甲", "全坏甲", "甲", "丁"]
    given = job(tmp_path, {"x": spec(*texts), "y": spec("丁").replace("id: mend", "id: none")}, select=("LANG006",))
    offers = look(knowledge(given.files), given)
    told: list[int] = []
    assert offers.count == 5
    assert offers.repair(told.append)[1:] == plan(knowledge(given.files), given)[1:]
    assert (sum(told), min(told)) == (5, 1)
