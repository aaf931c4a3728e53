"""``check --since`` where rules, tables, exceptions or clearances have changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from campaigncheck.engine.finding import INTERNAL
from campaigncheck.rulekit.rule import CampaignView, Problem
from campaigncheck.rules import all_rules, lang003
from tests.engine.repository import Repository
from tests.engine.since_world import KIND, LOUD, OLD, QUIET, SELECT, SINCE, as_begun, begun, policy, result


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return begun(tmp_path)


MORE = LOUD.replace("id: loud", "id: more").replace("满减", "满减二")
"""A second campaign with a finding of LANG003."""
WAIVER = "- {rule: LANG003, campaign: loud, reason: 试点, approver: 省公司服务部, expires: 2027-03-31}\n"


def test_a_severity_that_was_raised_upsets_everybody_who_has_the_finding(repository: Repository) -> None:
    repository.spec("more", MORE)
    policy(repository, "severities: {LANG003: warning}")
    as_begun(repository)
    assert result(repository.check(*SINCE)) == (0, [], [])
    policy(repository, "severities: {LANG003: error}")
    assert result(repository.check(*SINCE)) == (1, [OLD, ("more", "LANG003")], ["loud", "more"])
    policy(repository, "severities: {LANG003: note}")
    assert result(repository.check(*SINCE)) == (0, [], [])


def test_an_overlay_upsets_only_its_region(repository: Repository) -> None:
    repository.spec(
        "more", MORE.replace("id: more", 'id: more\nowner: {region: "330000", department: 市场部, contact: x}')
    )
    policy(repository, "severities: {LANG003: warning}")
    as_begun(repository)
    policy(repository, "severities: {LANG003: error}", "overlays/330000")
    assert result(repository.check(*SINCE)) == (1, [("more", "LANG003")], ["more"])


def test_a_word_that_is_new_in_the_wording_is_found_everywhere(repository: Repository) -> None:
    repository.spec("calm", QUIET.replace("id: loud", "id: calm"))
    as_begun(repository)
    entry = "{law: 公司规定, why: 试, instead: 可以办理, fires: 欢迎办理。, trap: 可以办理。}"
    repository.write("rules/wording.yaml", f"extends: builtin\nforbidden:\n  欢迎办理: {entry}\n")
    answer = repository.check(*SINCE)
    assert (answer.code, answer.err) == (1, "")
    assert answer.found == [("calm", "LANG003")]


def test_rules_that_are_taken_away_again(repository: Repository) -> None:
    """Without a folder of its own a repository is under the built-in rules: what they find is new."""
    policy(repository, "severities: {LANG003: note}")
    as_begun(repository)
    repository.remove("rules/policy.yaml")
    (repository.top / "rules").rmdir()
    assert result(repository.check(*SINCE)) == (1, [OLD], ["loud"])


def test_rules_that_are_new(repository: Repository) -> None:
    policy(repository, "severities: {LANG003: note}")
    assert result(repository.check(*SINCE)) == (0, [], [])


def test_rules_that_were_broken_then(repository: Repository) -> None:
    policy(repository, "severities: {LANG009: note}")
    as_begun(repository)
    policy(repository, "severities: {LANG003: error}")
    answer = repository.check(*SINCE, "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "error: the rules as of main cannot be read, so nothing can be compared\n"
        "  Mend: Choose a version whose rules are sound, or check the whole repository without --since.\n"
    )


def test_tables_of_the_network(repository: Repository) -> None:
    """Fewer counters upset a campaign that nobody touched; tables that git ignores are taken as they are."""
    rules = Path(__file__).parents[2] / "rules/network"
    crowd = "id: crowd\nstage: testing\nhalls: [sc-cd-001]\nchannels: [hall]\ndemand: {uptake: 1500, channel_share: {hall: 1}}\n"
    repository.spec("crowd", crowd)
    for name in ("halls.csv", "hours.csv", "hotline.csv"):
        repository.write(f"rules/network/{name}", (rules / name).read_text(encoding="utf-8"))
    as_begun(repository)
    select = ("--select", "WAIT001", "--fail-on", "warning", "--since", "main")
    assert result(repository.check(*select)) == (0, [], [])
    rows = (rules / "hours.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    fewer = [row if not row.startswith("sc-cd-001,") else with_six_counters(row) for row in rows]
    repository.write("rules/network/hours.csv", "".join(fewer))
    assert result(repository.check(*select)) == (1, [("crowd", "WAIT001")], ["crowd"])
    repository.write(".gitignore", "rules/network/\n")
    repository.git("rm", "-rq", "--cached", "rules/network")
    as_begun(repository)
    policy(repository, "severities: {LANG003: note}")
    assert result(repository.check(*select)) == (0, [], [])


def test_whom_a_changed_campaign_keeps_waiting(repository: Repository) -> None:
    text = "id: {id}\nstage: {stage}\nhalls: [sc-cd-001]\nchannels: [hall]\ndemand: {{uptake: {uptake}, channel_share: {{hall: 1}}}}\n"
    repository.spec("earlier", text.format(id="earlier", stage="approved", uptake=300))
    repository.spec("later", text.format(id="later", stage="testing", uptake=1500))
    as_begun(repository)
    select = ("--select", "WAIT001", "--fail-on", "warning", "--since", "main")
    assert result(repository.check(*select)) == (0, [], [])
    repository.spec("earlier", text.format(id="earlier", stage="approved", uptake=1500))
    assert result(repository.check(*select)) == (1, [("later", "WAIT001")], ["earlier", "later"])


CROWD = 'id: {id}\ntitle: 活动{id}\nstage: approved\nperiod: {{start: 2027-03-{day}, end: 2027-03-31}}\nregions: {{include: ["330100"]}}\n'


def test_whom_a_new_campaign_pushes_over_a_limit(repository: Repository) -> None:
    """Three launches within a week are too many; it is the last one, which nobody touched, that bears it."""
    repository.spec("first", CROWD.format(id="first", day="08"))
    repository.spec("third", CROWD.format(id="third", day="11"))
    as_begun(repository)
    select = ("--select", "FREQ002", "--fail-on", "warning", "--since", "main")
    repository.spec("second", CROWD.format(id="second", day="10"))
    assert result(repository.check(*select)) == (1, [("third", "FREQ002")], ["second", "third"])


def test_what_a_campaign_lacks_is_not_new_because_another_asks_for_it(repository: Repository) -> None:
    select = ("--select", "FAQ001", "--fail-on", "note", "--since", "main")
    assert result(repository.check(*select)) == (0, [], [])
    repository.spec("a-new-one", 'id: a-new-one\ntitle: 先来的\nregions: {include: ["000000"]}\n')
    answer = repository.check(*select)
    assert {campaign for campaign, _ in answer.found} == {"a-new-one", "loud"}
    assert [item["message"] for item in answer.report["findings"] if item["campaign"] == "loud"] == [
        "FAQ 没有回答“能不能一起享受”（stacking），而本案和“先来的”会碰到同一批客户"
    ]


def with_six_counters(row: str) -> str:
    cells = row.split(",")
    cells[3] = "6"
    return ",".join(cells)


OWN = (
    "rules:\n  - id: SITE001\n    title: {zh: 试, en: test}\n    severity: error\n    for: campaign\n"
    "    when: 'campaign.title == \"满减\"'\n    message: {zh: 题目不对, en: wrong title}\n    hint: {zh: 改掉, en: change it}\n"
    "    why: {zh: 试, en: test}\n    source: {zh: 试, en: test}\n    samples:\n      fires:\n"
    '        - {spec: "title: 满减\\n", places: [[1, 1]]}\n      passes:\n        - {spec: "title: 满增\\n"}\n'
)


@pytest.mark.parametrize("select", [(), ("--select", "SITE001")])
def test_a_rule_of_the_sites_own_that_is_new(repository: Repository, select: tuple[str, ...]) -> None:
    """A rule that was not there can be asked for by name, too."""
    repository.write("rules/custom/titles.yaml", OWN)
    answer = repository.check(*select, "--since", "main")
    assert (result(answer), answer.err) == ((1, [("loud", "SITE001")], ["loud"]), "")


def test_an_exception_that_is_taken_away_or_ends(repository: Repository) -> None:
    repository.write("waivers.yaml", WAIVER)
    as_begun(repository)
    assert repository.check(*SELECT).report["summary"]["waived"] == 1
    assert result(repository.check(*SINCE)) == (0, [], [])
    repository.write("waivers.yaml", "[]\n")
    assert result(repository.check(*SINCE)) == (1, [OLD], ["loud"])
    repository.remove("waivers.yaml")
    assert result(repository.check(*SINCE)) == (1, [OLD], ["loud"])
    repository.write("waivers.yaml", WAIVER.replace("2027-03-31", "2026-11-30"))
    answer = repository.check("--select", "LANG003,WAIV001", "--since", "main")
    assert (answer.code, answer.found) == (1, [OLD, ("loud", "WAIV001")])


def test_a_new_exception_is_told_as_one(repository: Repository) -> None:
    repository.write("waivers.yaml", WAIVER)
    answer = repository.check(*SINCE)
    assert result(answer) == (0, [OLD], ["loud"])
    assert [item["waived"] for item in answer.report["findings"]] == [True]


def test_without_exceptions_those_of_then_count_for_nothing_either(repository: Repository) -> None:
    repository.write("waivers.yaml", WAIVER)
    as_begun(repository)
    repository.write("waivers.yaml", "[]\n")
    assert result(repository.check(*SINCE, "--no-waivers")) == (0, [], [])


def test_an_exception_without_its_campaign(repository: Repository) -> None:
    repository.write("waivers.yaml", WAIVER)
    as_begun(repository)
    repository.remove("campaigns/loud.yaml")
    answer = repository.check("--select", "LANG003,WAIV001", "--since", "main")
    assert (answer.code, answer.found) == (1, [("loud", "WAIV001")])


def test_exceptions_of_a_repository_that_begins(tmp_path: Path) -> None:
    """Nothing was there before, so nothing is old."""
    made = Repository(tmp_path).begin()
    made.commit()
    made.spec("loud", LOUD)
    made.write("waivers.yaml", WAIVER.replace("loud", "lout"))
    answer = made.check("--select", "LANG003,WAIV001", "--since", "main")
    assert (answer.code, answer.found) == (1, [OLD, ("lout", "WAIV001")])


def test_a_clearance_that_was_tampered_with_is_the_doing_of_the_change(repository: Repository) -> None:
    launched = KIND.replace("stage: testing", "stage: launched")
    repository.spec("net", launched)
    repository.write("clearances/net.json", "{}\n")
    as_begun(repository)
    select = ("--select", "GATE001", "--since", "main")
    assert result(repository.check(*select)) == (0, [], [])
    repository.write("clearances/net.json", "{} \n")
    answer = repository.check(*select)
    assert (answer.code, set(answer.found), answer.told) == (1, {("net", "GATE001")}, ["net"])


# A rule that crashes


def test_a_rule_that_crashes_is_told_although_it_did_before(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(view: CampaignView) -> Iterable[Problem]:
        raise RuntimeError("no")

    monkeypatch.setitem(all_rules(), "LANG003", replace(lang003.RULE, check=crash))
    answer = repository.check(*SINCE)
    assert (answer.code, {rule for _, rule in answer.found}) == (3, {INTERNAL})
