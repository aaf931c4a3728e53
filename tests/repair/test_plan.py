"""A repair is made only if nothing new is found afterwards; what is left to people is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from campaigncheck.messages import Text
from campaigncheck.repair.plan import plan
from campaigncheck.rulekit.rule import CampaignView, PortfolioView, Problem, Related
from campaigncheck.rulekit.sample import complete
from campaigncheck.rules import all_rules, conf006, lang006
from campaigncheck.source import limits
from campaigncheck.source.changes import Amend
from tests.repair.repositories import job, refusals, repaired
from tests.support.checking import knowledge

LOW = yaml.safe_load((Path(__file__).parents[2] / "rules/glossary.yaml").read_text("utf-8"))["terms"]["低消"]
EXPLAINED = str(LOW["explain"]).rstrip("。")
POSTER = "texts:\n  - {{channel: poster, text: {}}}\n"


def spec(name: str, body: str) -> str:
    """A whole spec, its own lines first."""
    return complete(f"id: {name}\n{body}")


def test_repairs_are_counted_by_file_and_others_left_alone(tmp_path: Path) -> None:
    specs = {
        "a": spec("aaa", POSTER.format("低消58元，网速３００Ｍ，IMSI不变")),
        "b": spec("bbb", POSTER.format("每月２０元")),
        "c": spec("ccc", POSTER.format("每月20元")),
    }
    repair = repaired(tmp_path, specs)
    assert [(file.spec.shown, file.repairs) for file in repair.mended] == [("a.yaml", 3), ("b.yaml", 1)]
    assert repair.mended[1].after == specs["b"].replace("２０", "20")
    assert (tmp_path / "b.yaml").read_text("utf-8") == specs["b"]
    assert repair.refused == ()


def test_only_rules_that_are_selected_offer_repairs(tmp_path: Path) -> None:
    specs = {"a": spec("aaa", POSTER.format("低消５８元"))}
    assert repaired(tmp_path, specs, select=("LANG006",)).mended[0].after == specs["a"].replace("５８", "58")
    assert "５８" in repaired(tmp_path, specs, select=("LANG001",)).mended[0].after
    assert repaired(tmp_path, specs, select=("FAQ",)).mended == ()


NEARLY_TOO_LONG = "一二三四五六七八九十" * 5 + "一二三四五"
"""Characters of a sentence that has no room left for an explanation."""


def test_rules_that_are_not_selected_still_see_to_it_that_no_harm_is_done(tmp_path: Path) -> None:
    given = job(tmp_path, {"a": spec("aaa", POSTER.format(NEARLY_TOO_LONG + "低消"))}, select=("LANG001",))
    (said,) = refusals(plan(knowledge(given.files), given))
    assert said.startswith("a.yaml:3:84 LANG001 没有自动改：改了会多出 LANG004（这句话不好读：一句有 ")
    unheeded = replace(given, selection=replace(given.selection, ignore=("LANG004",)))
    assert plan(knowledge(given.files), unheeded).mended[0].repairs == 1


def test_what_would_bring_up_something_else_is_refused_and_the_rest_made(tmp_path: Path) -> None:
    text = POSTER.format("低消58元") + f"  - {{channel: app, text: {NEARLY_TOO_LONG}低消}}\n"
    repair = repaired(tmp_path, {"a": spec("aaa", text)})
    assert repair.mended[0].after == spec("aaa", text).replace("低消58元", f"低消（{EXPLAINED}）58元")
    (said,) = refusals(repair)
    assert said.startswith("a.yaml:4:81 LANG001 没有自动改：改了会多出 LANG004（")


def _explained_once(view: PortfolioView) -> Iterator[Problem]:
    """A made-up rule: of all campaigns one may explain 低消; every other one that does bears it."""
    explaining = [entry for entry in view.portfolio.entries if "低消" in dict(entry.terms)]
    for entry in explaining[1:]:
        related = (Related(explaining[0].path, ("terms",), Text("这里", "here")()),)
        message = Text("说过了", "said already")()
        yield Problem(("terms", "低消"), message, Text("删掉", "drop it")(), spec=entry.path, related=related)


@pytest.fixture
def _one_explains(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(all_rules(), "CONF006", replace(conf006.RULE, check_portfolio=_explained_once))


REFUSED = "LANG001 没有自动改：改了会多出 CONF006（说过了）"


@pytest.mark.usefixtures("_one_explains")
def test_other_campaigns_are_looked_at_too(tmp_path: Path) -> None:
    ours, other = spec("bbb", "summary: 低消58元\n"), spec("aaa", "terms: {低消: 每月至少要付的钱}\n")
    repair = repaired(tmp_path, {"a": other, "b": ours})
    assert (repair.mended, refusals(repair)) == ((), [f"b.yaml:2:10 {REFUSED}"])


@pytest.mark.usefixtures("_one_explains")
def test_what_does_no_harm_is_still_made_in_that_file(tmp_path: Path) -> None:
    ours = spec("bbb", "summary: 低消５８元，IMSI不变\n")
    other = spec("aaa", "title: ５８元\nterms: {低消: 每月至少要付的钱}\n")
    repair = repaired(tmp_path, {"a": other, "b": ours})
    assert [(file.after, file.repairs) for file in repair.mended] == [
        (other.replace("５８", "58"), 1),
        (ours.replace("５８", "58").replace("IMSI", "手机卡的编号"), 2),
    ]
    assert refusals(repair) == [f"b.yaml:2:10 {REFUSED}"]


@pytest.mark.usefixtures("_one_explains")
def test_of_files_that_harm_only_together_the_first_is_repaired(tmp_path: Path) -> None:
    specs = {name: spec(name * 3, "summary: 低消58元\n") for name in "abc"}
    repair = repaired(tmp_path, specs)
    assert [file.after for file in repair.mended] == [f"{specs['a']}terms: {{低消: {EXPLAINED}}}\n"]
    assert refusals(repair) == [f"{name}.yaml:2:10 {REFUSED}" for name in "bc"]


def test_files_that_are_not_understood_are_not_touched(tmp_path: Path) -> None:
    broken = spec("aaa", POSTER.format("低消58元") + "halls: [nowhere]\nreadiness: {xyz: {owner: 某部}}\n")
    repair = repaired(tmp_path, {"a": broken, "b": "a: [", "c": "id: ccc\n"})
    assert repair.mended == ()
    (said,) = refusals(repair)
    assert said == "a.yaml:4:9 SPEC004 还没改好，这个文件不自动改"


def test_shared_values_are_refused(tmp_path: Path) -> None:
    text = "summary: &s 低消58元\ntexts:\n  - {channel: poster, text: *s}\n  - {channel: app, text: 网速３００Ｍ}\n"
    repair = repaired(tmp_path, {"a": spec("aaa", text)})
    assert refusals(repair) == [
        "a.yaml:4:29 LANG001 没有自动改：/texts/0/text 和别处共用一份内容（& 和 *），改它会连别处一起改"
    ]
    assert repair.mended[0].after == spec("aaa", text).replace("３００Ｍ", "300M") + f"terms: {{低消: {EXPLAINED}}}\n"


def test_context_and_proposals_and_what_is_over_are_not_repaired(tmp_path: Path) -> None:
    texts = {name: spec(name * 3, POSTER.format("每月２０元")) for name in "abc"}
    given = job(tmp_path, texts | {"d": texts["a"].replace("aaa", "ddd").replace("stage: draft", "stage: retired")})
    files = [
        replace(given.specs[0], selected=False),
        replace(given.specs[1], proposal=True),
        given.specs[2],
        given.specs[3],
    ]
    repair = plan(knowledge(given.files), replace(given, specs=files))
    assert [file.spec.shown for file in repair.mended] == ["c.yaml"]


def test_a_file_that_would_grow_too_large_is_left(tmp_path: Path) -> None:
    text = spec("aaa", POSTER.format("低消58元"))
    text += "#" * (limits.MAX_BYTES - len(text.encode()))
    repair = repaired(tmp_path, {"a": text})
    assert refusals(repair) == ["a.yaml:3:29 LANG001 没有自动改：改完文件超过 1 MiB"]


def test_nothing_is_repaired_while_a_rule_crashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(all_rules(), "LANG006", replace(lang006.RULE, check=_crash))
    repair = repaired(tmp_path, {"a": spec("aaa", POSTER.format("低消58元"))})
    assert (repair.mended, repair.refused, repair.run.report.crashed) == ((), (), True)


def _crash(view: CampaignView) -> list[Problem]:
    raise ValueError(view.campaign.id)


def test_a_repair_that_mends_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(all_rules(), "LANG006", replace(lang006.RULE, check=_in_vain))
    repair = repaired(tmp_path, {"a": spec("aaa", POSTER.format("每月20元"))})
    assert refusals(repair) == ["a.yaml:5:8 LANG006 没有自动改：改了还是查出同样的问题"]


def _in_vain(view: CampaignView) -> list[Problem]:
    title = view.campaign.title
    fix = (Amend(("title",), 0, 1, title[0], "新"),)
    return [Problem(("title",), Text("不行", "no")(), Text("改", "mend")(), fixes=(fix,))]
