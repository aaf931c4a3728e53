"""``check --since``: where it is run, what is asked for, and together with other options."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.repository import Repository
from tests.engine.since_world import (
    CONFLICT,
    KIND,
    LOUD,
    NET,
    OLD,
    SELECT,
    SINCE,
    WATCH,
    as_begun,
    begun,
    policy,
    result,
)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return begun(tmp_path)


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
