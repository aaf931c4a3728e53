"""What git remembers of campaigns, in real repositories."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from campaigncheck.history.git import Blobs
from campaigncheck.history.histories import Asked, Histories, Known
from campaigncheck.history.trees import Trees
from tests.history.repositories import Repository, git, spec

ONE = "campaigns/one.yaml"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def test_stages_come_with_the_day_of_the_commit_that_reached_them(repository: Repository) -> None:
    repository.commit({ONE: spec("one", "draft")}, "2026-11-02")
    repository.commit({ONE: spec("one", "testing")}, "2026-11-03")
    repository.commit({ONE: spec("one", "testing", submitted="2026-11-03")}, "2026-11-09")
    last = repository.commit({ONE: spec("one", "optimising")}, "2026-11-20")
    assert repository.stages(ONE) == [
        ("optimising", "2026-11-20"),
        ("testing", "2026-11-03"),
        ("draft", "2026-11-02"),
    ]
    known = repository.known(ONE)
    assert known is not None
    assert known.branch == "main"
    assert known.life is not None
    assert known.life.stages[0].commit == last


def test_days_are_those_of_shanghai(repository: Repository) -> None:
    repository.commit({ONE: spec("one", "draft")}, "2026-11-02T15:59:59+00:00")
    repository.commit({ONE: spec("one", "testing")}, "2026-11-02T16:00:00+00:00")
    assert repository.stages(ONE) == [("testing", "2026-11-03"), ("draft", "2026-11-02")]


def test_coming_back_is_told_as_it_was(repository: Repository) -> None:
    for day, stage in enumerate(("draft", "testing", "draft", "testing"), 2):
        repository.commit({ONE: spec("one", stage)}, f"2026-11-0{day}")
    assert [stage for stage, _ in repository.stages(ONE)] == ["testing", "draft", "testing", "draft"]


def test_a_moved_file_keeps_its_past(repository: Repository) -> None:
    repository.commit({"campaigns/old/one.yaml": spec("one", "draft")}, "2026-11-02")
    repository.commit({"campaigns/old/one.yaml": spec("one", "testing")}, "2026-11-03")
    repository.commit({"campaigns/old/one.yaml": None, ONE: spec("one", "optimising")}, "2026-11-04")
    assert repository.stages(ONE) == [
        ("optimising", "2026-11-04"),
        ("testing", "2026-11-03"),
        ("draft", "2026-11-02"),
    ]


def test_a_file_from_another_folder_keeps_its_past(repository: Repository) -> None:
    repository.commit({"drafts/one.yaml": spec("one", "draft")}, "2026-11-02")
    repository.commit({"drafts/one.yaml": spec("one", "testing")}, "2026-11-03")
    repository.commit({"drafts/one.yaml": None, ONE: spec("one", "testing")}, "2026-11-04")
    repository.commit({ONE: spec("one", "optimising")}, "2026-11-05")
    assert repository.stages(ONE) == [
        ("optimising", "2026-11-05"),
        ("testing", "2026-11-03"),
        ("draft", "2026-11-02"),
    ]


def test_a_file_moved_in_the_working_tree_is_found_by_its_id(repository: Repository) -> None:
    repository.commit({"campaigns/old.yaml": spec("one", "testing")}, "2026-11-03")
    repository.write({"campaigns/old.yaml": None, ONE: spec("one", "optimising")})
    assert repository.stages(ONE) == [("testing", "2026-11-03")]


def test_two_campaigns_that_swap_their_files_keep_their_own_past(repository: Repository) -> None:
    two = "campaigns/two.yaml"
    repository.commit({ONE: spec("one", "draft"), two: spec("two", "testing")}, "2026-11-02")
    repository.commit({ONE: spec("two", "testing"), two: spec("one", "draft")}, "2026-11-03")
    assert repository.stages(two, "one") == [("draft", "2026-11-02")]
    assert repository.stages(ONE, "two") == [("testing", "2026-11-02")]


def test_a_new_id_in_an_old_file_is_another_campaign(repository: Repository) -> None:
    repository.commit({ONE: spec("before", "optimising")}, "2026-11-02")
    repository.commit({ONE: spec("one", "draft")}, "2026-11-03")
    assert repository.stages(ONE) == [("draft", "2026-11-03")]
    known = repository.known(ONE)
    assert known is not None
    assert known.begun


def test_a_copy_elsewhere_with_the_same_id_is_not_the_campaign(repository: Repository) -> None:
    repository.commit({"docs/example.yaml": spec("one", "launched"), "campaigns/two.yaml": spec("two", "draft")})
    repository.write({ONE: spec("one", "testing")})
    known = repository.known(ONE)
    assert known == Known("main", None, begun=True)


def test_only_the_base_branch_counts(repository: Repository) -> None:
    repository.commit({ONE: spec("one", "draft")}, "2026-11-02")
    repository.git("switch", "-q", "-c", "work")
    repository.commit({ONE: spec("one", "testing")}, "2026-11-03")
    assert repository.stages(ONE) == [("draft", "2026-11-02")]


def test_a_merge_counts_as_one_step_on_the_day_of_the_merge(repository: Repository) -> None:
    repository.commit({ONE: spec("one", "draft")}, "2026-11-02")
    repository.git("switch", "-q", "-c", "work")
    repository.commit({ONE: spec("one", "testing")}, "2026-11-03")
    repository.commit({ONE: spec("one", "optimising")}, "2026-11-04")
    repository.git("switch", "-q", "main")
    repository.commit({"campaigns/two.yaml": spec("two", "draft")}, "2026-11-05")
    repository.git("merge", "-q", "--no-ff", "-m", "x", "work", on="2026-11-06T09:00:00+08:00")
    assert repository.stages(ONE) == [("optimising", "2026-11-06"), ("draft", "2026-11-02")]


def test_the_branch_of_the_origin_goes_before_the_local_one(tmp_path: Path) -> None:
    origin = Repository(tmp_path / "origin")
    origin.commit({ONE: spec("one", "draft")}, "2026-11-02")
    git(tmp_path, "clone", "-q", str(origin.folder), "clone")
    clone = Repository(tmp_path / "clone")
    clone.commit({ONE: spec("one", "testing")}, "2026-11-03")
    known = clone.known(ONE)
    assert known is not None
    assert known.branch == "origin/main"
    assert clone.stages(ONE) == [("draft", "2026-11-02")]


def test_the_policy_may_name_the_branch(repository: Repository) -> None:
    repository.commit({ONE: spec("one", "draft")})
    repository.git("switch", "-q", "-c", "release/2027")
    repository.commit({ONE: spec("one", "testing")})
    known = repository.known(ONE, base="release/2027")
    assert known is not None
    assert known.life is not None
    assert [stay.stage for stay in known.life.stages] == ["testing", "draft"]


def test_a_branch_that_the_policy_names_and_nobody_has_is_told(repository: Repository) -> None:
    repository.commit({ONE: spec("one", "draft")})
    histories = Histories("relaese")
    assert histories.known([repository.asked(ONE)]) == {}
    assert histories.lacking == os.path.realpath(repository.folder)


def test_without_a_usual_branch_it_is_said_which_to_name(tmp_path: Path) -> None:
    repository = Repository(tmp_path, branch="trunk")
    repository.commit({ONE: spec("one", "draft")})
    histories = Histories()
    assert histories.known([repository.asked(ONE)]) == {}
    assert [notice.render("en") for notice in histories.notices] == [
        f"how campaigns came to their stages was not judged: {os.path.realpath(tmp_path)} has no branch origin/HEAD, main or "
        "master to compare with. Name the one that counts as base_branch in policy.yaml; in CI, fetch that branch, too "
        "(fetch-depth: 0)."
    ]


def test_nothing_is_claimed_without_git_or_commits(tmp_path: Path, repository: Repository) -> None:
    histories = Histories()
    (tmp_path / "plain").mkdir()
    asked = [Asked(str(tmp_path / "plain/one.yaml"), "one"), repository.asked(ONE)]
    assert histories.known(asked) == {}
    assert histories.notices == ()


def test_a_missing_git_is_told(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit({ONE: spec("one", "draft")})
    monkeypatch.setenv("PATH", "/nowhere")
    histories = Histories()
    assert histories.known([repository.asked(ONE)]) == {}
    assert [notice.render("zh") for notice in histories.notices] == [
        "没有核对各案的阶段是怎么一步步来的：没有找到 git，装上再查一次"
    ]


def test_a_folder_that_is_no_repository_inside_another_is_none(tmp_path: Path) -> None:
    outer = Repository(tmp_path)
    outer.commit({"inner/campaigns/one.yaml": spec("one", "launched")})
    (tmp_path / "inner/.git").mkdir()
    histories = Histories()
    assert histories.known([outer.asked("inner/campaigns/one.yaml")]) == {}
    assert len(histories.notices) == 1


def test_the_first_import_is_told_from_a_later_one(repository: Repository) -> None:
    repository.commit({"README.md": "x", "other/campaigns.yaml": "a: 1\n"})
    repository.commit({ONE: spec("one", "launched"), "campaigns/two.yaml": spec("two", "draft")})
    repository.commit({"campaigns/three.yaml": spec("three", "launched")})
    known = {name: repository.known(f"campaigns/{name}.yaml", name) for name in ("one", "three")}
    assert [(item.begun, item.whole) for item in known.values() if item] == [(False, True), (True, True)]


def test_a_campaign_that_was_deleted_and_comes_back_is_new(repository: Repository) -> None:
    repository.commit({ONE: spec("one", "launched"), "campaigns/two.yaml": spec("two", "draft")})
    repository.commit({ONE: None})
    repository.commit({ONE: spec("one", "launched")}, "2026-11-05")
    assert repository.stages(ONE) == [("launched", "2026-11-05")]
    known = repository.known(ONE)
    assert known is not None
    assert known.begun


BLOCK = spec("one", "testing") + "summary: |\n  stage: launched\n\n  id: two\n"
QUOTED = spec("one", "testing") + 'summary: "x\n  stage: launched"\n'
NESTED = spec("one", "testing") + "faq:\n- topic: price\n  q: stage\n  a: 'stage: launched'\n"
FLOW = '{"spec": 1, "id": "one", "note": "\\nstage: launched", "stage": "testing"}\n'


@pytest.mark.parametrize("text", [BLOCK, QUOTED, NESTED, FLOW])
def test_a_stage_in_a_text_is_none(repository: Repository, text: str) -> None:
    repository.commit({ONE: text})
    assert [stage for stage, _ in repository.stages(ONE)] == ["testing"]


@pytest.mark.parametrize(
    "broken",
    [
        "id: one\nstage: approved\n标题".encode("gb18030"),
        b"id: one\nstage: [approved\n",
        b"\x00\x01",
        b"",
        b"- a\n",
        b"id: one\nstage: aproved\n",
        b"#" * (2 << 20),
    ],
)
def test_versions_that_cannot_be_read_claim_nothing(repository: Repository, broken: bytes) -> None:
    repository.commit({ONE: spec("one", "draft")}, "2026-11-02")
    repository.commit({ONE: broken}, "2026-11-03")
    assert repository.stages(ONE) == [("draft", "2026-11-02")]
    repository.commit({ONE: spec("one", "testing")}, "2026-11-04")
    assert repository.stages(ONE) == [("testing", "2026-11-04"), ("draft", "2026-11-02")]


@pytest.mark.parametrize(
    "name", ["成都 宽带.yaml", "quo\"ted'.yaml", "two\nlines.yaml", "-x.yaml", ":(glob)x.yaml", "*.yaml", "a b.YML"]
)
def test_strange_names_are_names(repository: Repository, name: str) -> None:
    repository.commit({f"campaigns/{name}": spec("one", "draft"), ONE: spec("two", "draft")}, "2026-11-02")
    repository.commit({f"campaigns/{name}": spec("one", "testing")}, "2026-11-03")
    assert repository.stages(f"campaigns/{name}") == [("testing", "2026-11-03"), ("draft", "2026-11-02")]


def test_a_file_at_the_top_is_found_without_a_folder_of_campaigns(repository: Repository) -> None:
    repository.commit({"one.yaml": spec("one", "draft")}, "2026-11-02")
    repository.commit({"one.yaml": spec("one", "testing")}, "2026-11-03")
    assert repository.stages("one.yaml") == [("testing", "2026-11-03"), ("draft", "2026-11-02")]


def shallow(tmp_path: Path, depth: int) -> Repository:
    """Return a shallow clone of a campaign that was draft, then testing, then optimising."""
    origin = Repository(tmp_path / "origin")
    for day, stage in enumerate(("draft", "testing", "optimising"), 2):
        origin.commit({ONE: spec("one", stage)}, f"2026-11-0{day}")
    git(tmp_path, "clone", "-q", "--depth", str(depth), origin.folder.as_uri(), "clone")
    return Repository(tmp_path / "clone")


def test_a_shallow_clone_knows_a_part_and_says_so(tmp_path: Path) -> None:
    clone = shallow(tmp_path, 1)
    histories = Histories()
    known = histories.known([clone.asked(ONE)])[clone.asked(ONE)]
    assert known.life is not None
    assert [stay.stage for stay in known.life.stages] == ["optimising"]
    assert not known.whole
    assert not histories.notices
    histories.cut_off(clone.asked(ONE))
    histories.cut_off(clone.asked(ONE))
    (notice,) = list(histories.notices)
    assert "fetch-depth: 0" in notice.render("zh")
    assert "one" in notice.render("en")


def test_a_shallow_clone_that_reaches_far_enough_is_enough(tmp_path: Path) -> None:
    known = shallow(tmp_path, 2).known(ONE)
    assert known is not None
    assert known.life is not None
    assert [stay.stage for stay in known.life.stages] == ["optimising", "testing"]


def test_several_repositories_each_tell_their_own(tmp_path: Path) -> None:
    first, second = Repository(tmp_path / "a"), Repository(tmp_path / "b")
    first.commit({ONE: spec("one", "draft")})
    second.commit({ONE: spec("one", "testing")})
    found = Histories().known([first.asked(ONE), second.asked(ONE)])
    lives = [found[item.asked(ONE)].life for item in (first, second)]
    assert [life.stages[0].stage for life in lives if life] == ["draft", "testing"]


def test_a_long_history_is_read_once_for_all_campaigns(tmp_path: Path) -> None:
    """Two thousand commits, each of which moves one of a hundred campaigns on."""
    repository = Repository(tmp_path)
    stages = ("draft", "testing", "optimising", "approved", "launched")
    commands = [f"blob\nmark :{mark + 1}\ndata <<END\n{text}END\n" for mark, text in enumerate(_texts(stages))]
    for number in range(2_000):
        campaign, stage = number % 100, number // 100 % 5
        mark = campaign * 5 + stage + 1
        commands.append(
            f"commit refs/heads/main\ncommitter t <t@example.com> {1_760_000_000 + number * 3600} +0800\n"
            f"data 1\nx\nM 100644 :{mark} campaigns/c{campaign}.yaml\n"
        )
    import subprocess

    subprocess.run(["git", "fast-import", "--quiet"], cwd=tmp_path, input="".join(commands).encode(), check=True)
    histories = Histories()
    asked = [repository.asked(f"campaigns/c{campaign}.yaml", f"c{campaign:03}") for campaign in range(100)]
    found = histories.known(asked)
    lives = [known.life for known in found.values() if known.life is not None]
    assert [len(life.stages) for life in lives] == [20] * 100
    assert {life.stages[0].stage for life in lives} == {"launched"}


def _texts(stages: tuple[str, ...]) -> list[str]:
    return [spec(f"c{campaign:03}", stage) for campaign in range(100) for stage in stages]


def test_what_a_run_has_read_need_not_be_read_again(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    two = "campaigns/two.yaml"
    repository.commit({ONE: spec("one", "draft"), two: spec("two", "testing")}, "2026-11-02")
    repository.commit({ONE: spec("one", "testing")}, "2026-11-03")
    repository.write({two: spec("two", "optimising")})
    plain = [repository.asked(ONE), repository.asked(two, "two")]
    expected = list(Histories().known(plain).values())
    read: list[str] = []
    ask = Blobs.read
    monkeypatch.setattr(Blobs, "read", lambda blobs, name: read.append(name) or ask(blobs, name))  # type: ignore[func-returns-value]
    told = [item._replace(stage=stage) for item, stage in zip(plain, ("testing", "optimising"), strict=True)]
    assert list(Histories().known(told).values()) == expected
    first, second = (repository.git("rev-parse", f"{name}:{ONE}").strip() for name in ("HEAD~1", "HEAD"))
    assert first in read
    assert second not in read


def test_many_campaigns_of_one_commit_are_found_in_one_look(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"c{number}" for number in range(40)]
    drafts: dict[str, str | bytes | None] = {f"drafts/{name}.yaml": spec(name, "draft") for name in names}
    repository.commit(drafts, "2026-11-02")
    moved: dict[str, str | bytes | None] = {f"drafts/{name}.yaml": None for name in names}
    moved |= {f"campaigns/{name}.yaml": spec(name, "testing") for name in names}
    repository.commit(moved, "2026-11-03")
    looks: list[str | None] = []
    holds = Trees.holds
    monkeypatch.setattr(Trees, "holds", lambda trees, blob, name: looks.append(blob) or holds(trees, blob, name))  # type: ignore[func-returns-value]
    asked = [repository.asked(f"campaigns/{name}.yaml", name) for name in names]
    found = Histories().known(asked)
    assert [[stay.stage for stay in found[item].life.stages] for item in asked] == [["testing", "draft"]] * 40  # type: ignore[union-attr]
    assert len(looks) <= 8 * len(names)
