"""``check --since``: what a change brings, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.repository import Repository
from tests.engine.since_world import CONFLICT, KIND, LOUD, NET, OLD, QUIET, SELECT, SINCE, begun, result


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return begun(tmp_path)


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
