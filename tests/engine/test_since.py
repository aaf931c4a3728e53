"""``check --since``: what a change brings, and nothing else; compared with two whole runs in two checkouts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from campaigncheck.engine.finding import INTERNAL
from campaigncheck.rulekit.rule import CampaignView, Problem
from campaigncheck.rules import all_rules, lang003
from tests.engine.repository import Answer, Found, Repository

NET = "id: net\ntitle: 提速\nstage: testing\noffers: [{id: n, name: 提速, product: broadband.300m, kind: upgrade, excludes: [tv.*]}]\n"
KIND = NET.replace(", excludes: [tv.*]", "")
WATCH = "id: watch\ntitle: 看电视\noffers: [{id: w, name: 看电视, product: tv.basic, kind: discount}]\n"
LOUD = 'id: loud\ntitle: 满减\nregions: {include: ["330100"]}\ntexts:\n  - {channel: poster, text: 全国第一。}\n'
QUIET = LOUD.replace("全国第一。", "欢迎办理。")
CONFLICT: Found = ("watch", "CONF001")
OLD: Found = ("loud", "LANG003")
SELECT = ("--select", "CONF001,LANG003")
SINCE = (*SELECT, "--since", "main")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Two campaigns that get on, one with a finding of old, and a branch for the change."""
    made = Repository(tmp_path / "repository").begin()
    made.spec("net", KIND)
    made.spec("watch", WATCH)
    made.spec("loud", LOUD)
    made.commit("begin")
    made.git("switch", "-q", "-c", "change")
    return made


def result(answer: Answer) -> tuple[int, list[Found], list[str]]:
    return answer.code, answer.found, answer.told


def test_nothing_has_changed(repository: Repository) -> None:
    assert repository.check(*SELECT).found == [OLD]
    answer = repository.check(*SINCE)
    assert result(answer) == (0, [], [])
    assert answer.err == "和 main 相比，现有的营销案都没有改动，也没有引起新的问题。\n"
    english = repository.check(*SINCE, "--lang", "en")
    assert english.err == "none of the campaigns here has changed since main, and nothing new is wrong.\n"


def test_what_a_changed_campaign_causes_in_another_is_told_and_the_old_findings_are_not(repository: Repository) -> None:
    repository.spec("net", NET)
    assert result(repository.check(*SINCE)) == (1, [CONFLICT], ["net", "watch"])
    repository.commit()
    answer = repository.check(*SINCE)
    assert result(answer) == (1, [CONFLICT], ["net", "watch"])
    assert {item["id"]: item["verdict"] for item in answer.report["campaigns"]} == {"net": "pass", "watch": "blocked"}
    assert answer.err == ""


def test_all_findings_of_a_changed_campaign_are_told_also_old_ones(repository: Repository) -> None:
    repository.spec("loud", LOUD.replace("满减", "满减活动"))
    assert result(repository.check(*SINCE)) == (1, [OLD], ["loud"])


def test_a_changed_campaign_without_findings_is_told_as_passing(repository: Repository) -> None:
    repository.spec("loud", QUIET)
    answer = repository.check(*SINCE)
    assert (result(answer), answer.err) == ((0, [], ["loud"]), "")


@pytest.mark.parametrize("state", ["untracked", "staged", "committed"])
def test_a_new_campaign(repository: Repository, state: str) -> None:
    repository.spec("wide", NET.replace("id: net", "id: wide"))
    if state != "untracked":
        repository.git("add", "-A")
    if state == "committed":
        repository.commit()
    assert result(repository.check(*SINCE)) == (1, [CONFLICT], ["watch", "wide"])


def test_a_new_campaign_that_git_is_to_ignore_is_new_as_well(repository: Repository) -> None:
    repository.write(".gitignore", "wide.yaml\n")
    repository.spec("wide", NET.replace("id: net", "id: wide"))
    assert result(repository.check(*SINCE)) == (1, [CONFLICT], ["watch", "wide"])


def test_a_campaign_taken_away_after_staging_counts_as_the_working_tree_has_it(repository: Repository) -> None:
    file = repository.spec("wide", NET.replace("id: net", "id: wide"))
    repository.git("add", "-A")
    file.unlink()
    assert result(repository.check(*SINCE)) == (0, [], [])


def test_a_deleted_campaign_may_leave_others_in_trouble(tmp_path: Path) -> None:
    made = Repository(tmp_path / "repository").begin()
    made.spec("upper", "id: upper\ntitle: 总案\n")
    made.spec("lower", "id: lower\ntitle: 分案\nparent: upper\n")
    made.spec("loud", LOUD)
    made.commit()
    assert made.check("--since", "main", "--select", "SPEC,LANG003").found == []
    made.remove("campaigns/upper.yaml")
    answer = made.check("--since", "main", "--select", "SPEC,LANG003")
    assert result(answer) == (1, [("lower", "SPEC004")], ["lower"])


def test_a_deleted_partner_of_a_conflict_leaves_nothing_to_tell(repository: Repository) -> None:
    repository.spec("net", NET)
    repository.commit()
    repository.git("branch", "-f", "main")
    repository.remove("campaigns/net.yaml")
    answer = repository.check(*SINCE)
    assert result(answer) == (0, [], [])
    assert answer.err == "和 main 相比，现有的营销案都没有改动，也没有引起新的问题。\n"


def test_a_partner_replaced_by_another_is_a_new_conflict(repository: Repository) -> None:
    repository.spec("net", NET)
    repository.commit()
    repository.git("branch", "-f", "main")
    repository.remove("campaigns/net.yaml")
    repository.spec("net", NET.replace("id: net", "id: wide"))
    assert result(repository.check(*SINCE)) == (1, [CONFLICT], ["wide", "watch"])


@pytest.mark.parametrize("staged", [False, True])
def test_a_campaign_that_only_moved_has_not_changed(repository: Repository, staged: bool) -> None:
    folder = repository.top / "campaigns"
    (folder / "sichuan").mkdir()
    for name in ("net", "watch", "loud"):
        (folder / f"{name}.yaml").rename(folder / "sichuan" / f"{name}-2027.yaml")
    if staged:
        repository.git("add", "-A")
    assert result(repository.check(*SINCE)) == (0, [], [])


def test_a_campaign_that_moved_and_changed_has_changed(repository: Repository) -> None:
    repository.remove("campaigns/net.yaml")
    repository.spec("moved", NET)
    assert result(repository.check(*SINCE)) == (1, [CONFLICT], ["net", "watch"])


def test_a_copy_is_a_new_campaign(repository: Repository) -> None:
    repository.spec("again", KIND)
    answer = repository.check(*SINCE)
    assert ("net", "SPEC003") in answer.found
    assert (answer.code, OLD in answer.found) == (1, False)


@pytest.mark.parametrize(
    "relaid",
    [
        lambda text: "# 给评审看的说明\n\n" + text.replace("\n", "  # 说明\n", 3),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("title: 满减", 'title: "满减"'),
        lambda text: text.replace("title: 满减\n", "") + "title: 满减\n",
    ],
)
def test_comments_and_blanks_are_no_change(repository: Repository, relaid: Callable[[str], str]) -> None:
    file = repository.top / "campaigns/loud.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(relaid(text), encoding="utf-8", newline="")
    assert file.read_bytes() != text.encode()
    assert result(repository.check(*SINCE)) == (0, [], [])


def test_a_value_of_another_kind_is_a_change(repository: Repository) -> None:
    repository.spec("loud", LOUD.replace('"330100"', "330100"))
    answer = repository.check(*SINCE)
    assert answer.told == ["loud"]


def test_a_comment_beside_a_real_change_elsewhere(repository: Repository) -> None:
    repository.spec("net", NET)
    file = repository.top / "campaigns/watch.yaml"
    file.write_text("# 说明\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    answer = repository.check(*SINCE)
    assert result(answer) == (1, [CONFLICT], ["net", "watch"])
    assert [item["line"] for item in answer.report["findings"]] == [4]


def test_a_spec_that_can_no_longer_be_read(repository: Repository) -> None:
    repository.write("campaigns/net.yaml", "id: [\n")
    answer = repository.check(*SINCE)
    assert (answer.code, [item["rule"] for item in answer.report["findings"]]) == (1, ["SPEC001"])


def test_a_spec_that_could_not_be_read_before(repository: Repository) -> None:
    repository.write("campaigns/net.yaml", "id: [\n")
    repository.commit()
    repository.git("branch", "-f", "main")
    assert repository.check(*SINCE).found == []
    repository.spec("net", NET)
    assert result(repository.check(*SINCE)) == (1, [CONFLICT], ["net", "watch"])


# What is compared with


def test_main_has_moved_on_since(repository: Repository) -> None:
    """Where the histories parted counts: what came to main afterwards is not this branch's doing."""
    repository.git("switch", "-q", "main")
    repository.spec("loud", QUIET)
    repository.spec("later", "id: later\ntitle: 后来的\n")
    repository.commit("later")
    repository.git("switch", "-q", "change")
    assert result(repository.check(*SINCE)) == (0, [], [])
    repository.spec("net", NET)
    assert result(repository.check(*SINCE)) == (1, [CONFLICT], ["net", "watch"])


@pytest.mark.parametrize("ref", ["HEAD", "change~1", "main", "v1", "{hash}"])
def test_any_name_of_a_commit_will_do(repository: Repository, ref: str) -> None:
    repository.git("tag", "-m", "one", "v1")
    parent = repository.git("rev-parse", "HEAD").strip()
    repository.spec("net", NET)
    if ref == "change~1":
        repository.commit()
    assert repository.check(*SELECT, "--since", ref.format(hash=parent[:10])).found == [CONFLICT]


@pytest.mark.parametrize("ref", ["nowhere", "origin/main", "--all", "", "HEAD:campaigns", "HEAD\n", "main..change"])
def test_a_version_that_git_does_not_know(repository: Repository, ref: str) -> None:
    answer = repository.check(*SELECT, f"--since={ref}", "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"error: git knows no “{ref}”\n  Mend: Name a branch, tag or commit")


def test_no_commit_yet(tmp_path: Path) -> None:
    made = Repository(tmp_path).begin()
    made.spec("net", NET)
    answer = made.check("--since", "main", "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: git knows no “main”\n  Mend: ")


def test_no_git_repository(tmp_path: Path) -> None:
    made = Repository(tmp_path)
    made.spec("net", NET)
    answer = made.check("--since", "main", "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "error: --since compares with git, and this is no git repository\n"
        "  Mend: Run it in the repository, or leave --since out.\n"
    )


def test_git_is_missing(repository: Repository) -> None:
    answer = repository.check(*SINCE, "--lang", "en", environment={"PATH": "/nowhere"})
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: git was not found: install it and check again\n  Mend: ")


def test_a_broken_repository(repository: Repository) -> None:
    (repository.top / ".git/HEAD").write_text("nonsense", encoding="utf-8")
    answer = repository.check(*SINCE, "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert "git" in answer.err
    assert "Traceback" not in answer.err


def test_a_shallow_clone_says_what_is_missing(repository: Repository, tmp_path: Path) -> None:
    repository.spec("net", NET)
    repository.commit()
    repository.git("switch", "-q", "main")
    repository.spec("later", "id: later\ntitle: 后来的\n")
    repository.commit()
    source = repository.top.as_uri()
    clone = Repository(tmp_path / "clone")
    clone.git("clone", "-q", "--depth", "1", "--no-single-branch", source, ".")
    clone.git("switch", "-q", "change")
    answer = clone.check(*SELECT, "--since", "origin/main", "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "error: origin/main and the present version have no history in common\n"
        "  Mend: Name a branch, tag or commit, such as origin/main; in CI fetch the whole history first (fetch-depth: 0).\n"
    )
    clone.git("fetch", "-q", "--unshallow")
    assert result(clone.check(*SELECT, "--since", "origin/main")) == (1, [CONFLICT], ["net", "watch"])


def test_a_worktree_of_its_own(repository: Repository, tmp_path: Path) -> None:
    repository.git("worktree", "add", "-q", str(tmp_path / "beside"), "main", "--detach")
    beside = Repository(tmp_path / "beside")
    beside.spec("net", NET)
    assert result(beside.check(*SINCE)) == (1, [CONFLICT], ["net", "watch"])
    assert result(repository.check(*SINCE)) == (0, [], [])


# Rules, tables, exceptions

MORE = LOUD.replace("id: loud", "id: more").replace("满减", "满减二")
"""A second campaign with a finding of LANG003."""
WAIVER = "- {rule: LANG003, campaign: loud, reason: 试点, approver: 省公司服务部, expires: 2027-03-31}\n"


def as_begun(repository: Repository) -> None:
    """Let what there is now be what the change is compared with."""
    repository.commit()
    repository.git("branch", "-f", "main")


def policy(repository: Repository, text: str, name: str = "policy") -> None:
    head = "extends: builtin" if name == "policy" else "about: {title: 试, source: 试}"
    repository.write(f"rules/{name}.yaml", f"{head}\n{text}\n")


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


# Where it is run, and what is asked for


def test_paths_given_as_well(repository: Repository) -> None:
    repository.spec("net", NET)
    assert result(repository.check("campaigns/net.yaml", *SINCE)) == (1, [CONFLICT], ["net"])
    assert result(repository.check("campaigns/watch.yaml", *SINCE)) == (1, [CONFLICT], ["watch"])
    assert result(repository.check("campaigns/loud.yaml", *SINCE)) == (0, [], [])


def test_what_a_named_campaign_causes_in_another_is_told_only_if_it_is_new(repository: Repository) -> None:
    repository.spec("net", NET)
    as_begun(repository)
    repository.spec("net", NET.replace("提速", "大提速"))
    assert repository.check("campaigns/net.yaml", *SELECT).found == [CONFLICT]
    assert result(repository.check("campaigns/net.yaml", *SINCE)) == (0, [], ["net"])


def test_campaigns_elsewhere(tmp_path: Path) -> None:
    """Specs need not be in campaigns/; and a campaigns/ that is none of this one's business does not count."""
    made = Repository(tmp_path).begin()
    made.spec("net", NET, "specs")
    made.spec("watch", WATCH, "specs")
    made.spec("net", NET, "archive/campaigns")
    made.commit()
    made.remove("specs/net.yaml")
    made.remove("archive/campaigns/net.yaml")
    made.spec("wide", NET.replace("id: net", "id: wide"), "specs")
    assert result(made.check("specs", *SINCE)) == (1, [CONFLICT], ["watch", "wide"])
    made.spec("net", NET, "specs")
    made.remove("specs/wide.yaml")
    made.spec("watch", WATCH.replace("看电视", "看电视吧"), "specs")
    assert made.check("specs/net.yaml", *SINCE).found == []
    assert made.check("specs", *SINCE).found == [CONFLICT]


def test_an_archive_that_changed_hides_nothing(repository: Repository) -> None:
    repository.spec("net", NET, "archive/campaigns")
    repository.commit()
    repository.git("branch", "-f", "main")
    repository.remove("archive/campaigns/net.yaml")
    repository.spec("net", NET)
    assert result(repository.check(*SINCE)) == (1, [CONFLICT], ["net", "watch"])


def test_a_campaign_outside_the_repository_is_new(repository: Repository, tmp_path: Path) -> None:
    outside = Repository(tmp_path / "outside")
    outside.spec("wide", NET.replace("id: net", "id: wide"), ".")
    answer = repository.check(str(tmp_path / "outside"), *SINCE)
    assert result(answer) == (1, [CONFLICT], ["wide"])


def test_from_a_folder_below(repository: Repository) -> None:
    repository.spec("net", NET)
    for inside in ("campaigns", "."):
        answer = repository.check(*SINCE, inside=inside)
        assert result(answer) == (1, [CONFLICT], ["net", "watch"])
    paths = [item["path"] for item in repository.check(*SINCE, inside="campaigns").report["findings"]]
    assert paths == ["watch.yaml"]


def test_a_repository_below_the_top_of_git(tmp_path: Path) -> None:
    made = Repository(tmp_path).begin()
    made.spec("net", KIND, "营销/campaigns")
    made.spec("watch", WATCH, "营销/campaigns")
    made.spec("loud", LOUD, "营销/campaigns")
    made.write("营销/rules/policy.yaml", "extends: builtin\nseverities: {LANG003: note}\n")
    made.commit()
    made.spec("net", NET, "营销/campaigns")
    assert result(made.check(*SINCE, inside="营销")) == (1, [CONFLICT], ["net", "watch"])
    made.write("营销/rules/policy.yaml", "extends: builtin\nseverities: {LANG003: error}\n")
    assert made.check(*SINCE, inside="营销").found == [OLD, CONFLICT]


@pytest.mark.parametrize("name", ["四川省/提速 二〇二七", "带 空格", 'a"b', "*", "换\n行", "-x", ":!net"])
def test_files_of_any_name(repository: Repository, name: str) -> None:
    repository.spec(name, NET.replace("id: net", "id: wide"))
    assert result(repository.check(*SINCE))[:2] == (1, [CONFLICT])
    as_begun(repository)
    assert result(repository.check(*SINCE)) == (0, [], [])
    repository.spec(name, NET.replace("id: net", "id: wide").replace("提速", "大提速"))
    assert result(repository.check(*SINCE)) == (0, [], ["wide"])


def test_a_link_to_the_repository(repository: Repository, tmp_path: Path) -> None:
    repository.spec("net", NET)
    (tmp_path / "link").symlink_to(repository.top)
    assert result(Repository(tmp_path / "link").check(*SINCE)) == (1, [CONFLICT], ["net", "watch"])


def test_proposals_are_changes(repository: Repository, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other")
    other.spec("wide", NET.replace("id: net", "id: wide"))
    answer = repository.check(*SINCE, "--with", str(other.top))
    assert result(answer) == (1, [CONFLICT], ["watch", "wide"])


def test_a_proposal_for_a_campaign_that_is_there_brings_only_what_is_new(
    repository: Repository, tmp_path: Path
) -> None:
    repository.spec("net", NET)
    as_begun(repository)
    other = Repository(tmp_path / "other")
    other.spec("net", NET.replace("提速", "大提速"))
    assert result(repository.check(*SINCE, "--with", str(other.top))) == (0, [], ["net"])


def test_fix_and_since_do_not_go_together(repository: Repository) -> None:
    answer = repository.check("--fix", *SINCE, "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "error: --since and --fix exclude each other\n  Mend: Run them one after the other.\n"


def test_the_same_bytes_whatever_the_jobs_and_the_cache(repository: Repository) -> None:
    repository.spec("net", NET)
    policy(repository, "severities: {FREQ003: note}")
    one = repository.check("--since", "main")
    assert (
        one == repository.check("--since", "main", "--jobs", "2") == repository.check("--since", "main", "--no-cache")
    )
    assert one.code == 1
    assert repository.git("status", "--porcelain").splitlines() == [" M campaigns/net.yaml", "?? rules/"]


@pytest.mark.parametrize("kind", ["text", "markdown"])
def test_people_are_told_nothing_misleading(repository: Repository, kind: str) -> None:
    answer = repository.check(*SINCE, "--format", kind)
    assert answer.code == 0
    assert "通过 1" not in answer.out
