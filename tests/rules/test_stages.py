"""The way from draft to launch, as the base branch tells it; GATE001 and READY002 in real repositories."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.history.histories import Known
from campaigncheck.history.lives import Birth, Life, Reached
from campaigncheck.rulekit.sample import complete
from campaigncheck.rules._stages import FIRST, ORDER, last_step, may_follow, next_stage
from tests.history.repositories import Repository, git
from tests.support.checking import check_specs

EVERY = (*ORDER, "retired")
TODAY = date(2026, 12, 1)
FILE = "campaigns/one.yaml"
LATER = "period: {start: 2027-03-01, end: 2027-03-31}\n"


def text(stage: str, more: str = LATER) -> str:
    """Return a campaign that is sold by app, so that only the stage matters."""
    return complete(f"id: one\nstage: {stage}\nchannels: [app]\n{more}")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path)
    repository.commit({"other.yaml": complete("id: other\n")}, "2026-11-01")
    return repository


def found(repository: Repository, stage: str, rule: str = "GATE001", more: str = LATER) -> list[tuple[str, int, int]]:
    """Return the messages about a campaign whose file holds a stage now."""
    report = check_specs(repository.folder, {"one": text(stage, more)}, select=(rule,), today=TODAY)
    return [
        (item.message.render("en"), item.place.line, item.place.column)
        for item in report.findings
        if item.rule == rule and "clearance" not in item.message.render("en")
    ]


def walk(repository: Repository, *stages: str, more: str = LATER) -> str:
    """Commit stages one after another from the second of November on; return the last commit, in short."""
    commit = ""
    for day, stage in enumerate(stages, 2):
        commit = repository.commit({"one.yaml": text(stage, more)}, f"2026-11-{day:02}")
    return commit[:8]


def test_one_step_at_a_time_is_fine(repository: Repository) -> None:
    walk(repository, "draft", "testing", "optimising")
    assert found(repository, "approved") == []


def test_a_step_that_leaves_one_out_names_where_it_is_and_since_when(repository: Repository) -> None:
    commit = walk(repository, "draft", "testing")
    assert found(repository, "approved") == [
        (
            "“approved” is reached from “optimising”; on main this campaign is still at “testing” "
            f"(since 2026-11-03, commit {commit})",
            2,
            8,
        )
    ]


def test_a_step_that_was_merged_all_the_same_is_found_afterwards(repository: Repository) -> None:
    commit = walk(repository, "draft", "testing", "approved")
    expected = (
        f"“approved” is reached from “optimising”; on main the commit {commit} of 2026-11-04 came to it from “testing”"
    )
    assert found(repository, "approved") == [(expected, 2, 8)]
    assert found(repository, "optimising") == []


def test_a_new_campaign_begins_at_draft_or_testing(repository: Repository) -> None:
    assert found(repository, "draft") == []
    assert found(repository, "testing") == []
    assert found(repository, "optimising") == [
        (
            "“optimising” is reached from “testing”; main does not know this campaign, and new ones start at “draft” or "
            "“testing”",
            2,
            8,
        )
    ]


def test_a_campaign_that_was_brought_in_late_is_found_afterwards(repository: Repository) -> None:
    commit = walk(repository, "approved")
    assert found(repository, "approved") == [
        (
            f"“approved” is reached from “optimising”; on main the commit {commit} of 2026-11-02 brought this campaign in at "
            "this stage",
            2,
            8,
        )
    ]


def test_the_first_import_may_be_at_any_stage(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit({"README.md": "x"})
    assert found(repository, "approved") == []
    walk(repository, "approved")
    assert found(repository, "approved") == []


def test_going_back_is_always_fine(repository: Repository) -> None:
    walk(repository, "testing", "optimising", "approved")
    assert found(repository, "draft") == []
    assert found(repository, "testing") == []
    assert found(repository, "optimising") == []


def test_who_went_back_comes_forward_step_by_step(repository: Repository) -> None:
    walk(repository, "testing", "optimising", "approved", "testing")
    assert len(found(repository, "approved")) == 1
    assert found(repository, "optimising") == []


def test_retirement_leads_nowhere_further(repository: Repository) -> None:
    walk(repository, "testing", "retired")
    assert len(found(repository, "launched")) == 1
    assert found(repository, "optimising") == []


def test_without_git_nothing_is_claimed(tmp_path: Path) -> None:
    assert found(Repository(tmp_path), "approved") == []


def test_in_a_shallow_clone_nothing_is_claimed(tmp_path: Path) -> None:
    origin = Repository(tmp_path / "origin")
    origin.commit({"other.yaml": complete("id: other\n")}, "2026-11-01")
    walk(origin, "testing", "optimising", "approved")
    git(tmp_path, "clone", "-q", "--depth", "1", origin.folder.as_uri(), "clone")
    clone = Repository(tmp_path / "clone")
    assert found(clone, "approved") == []
    assert len(found(clone, "launched")) == 0


SOON = "period: {start: 2026-12-10, end: 2026-12-31}\n"


def test_the_first_commit_at_testing_is_when_it_was_submitted(repository: Repository) -> None:
    walk(repository, "draft", "testing", "optimising", more=SOON)
    assert found(repository, "optimising", "READY002", SOON) == []


def test_a_commit_that_came_too_late_is_named(repository: Repository) -> None:
    repository.commit({"one.yaml": text("draft", SOON)}, "2026-11-02")
    commit = repository.commit({"one.yaml": text("testing", SOON)}, "2026-11-30")[:8]
    assert found(repository, "testing", "READY002", SOON) == [
        (
            f"submitted for the test on 2026-11-30 (commit {commit} on main), 8 working days before the start on 2026-12-10; "
            "10 are needed",
            4,
            17,
        )
    ]


def test_what_the_spec_says_goes_before_git(repository: Repository) -> None:
    walk(repository, "testing", more=SOON)
    assert len(found(repository, "testing", "READY002", SOON + "submitted: 2026-11-30\n")) == 1


def test_a_draft_counts_from_today(repository: Repository) -> None:
    walk(repository, "draft", more=SOON)
    assert found(repository, "draft", "READY002", SOON) == [
        ("submitted today (2026-12-01), it is 7 working days before the start on 2026-12-10; 10 are needed", 4, 17)
    ]


def test_a_shallow_clone_does_not_know_when_it_was_submitted(tmp_path: Path) -> None:
    origin = Repository(tmp_path / "origin")
    origin.commit({"one.yaml": text("testing", SOON)}, "2026-11-02")
    origin.commit({"one.yaml": text("testing", SOON) + "\n"}, "2026-11-30")
    git(tmp_path, "clone", "-q", "--depth", "1", origin.folder.as_uri(), "clone")
    assert found(Repository(tmp_path / "clone"), "testing", "READY002", SOON) == []


def command(repository: Repository, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the checker in a repository."""
    return subprocess.run(
        [sys.executable, "-m", "campaigncheck", "check", "--today", "2026-12-01", "--lang", "en", "--select", "GATE001", *arguments],
        cwd=repository.folder, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_a_shallow_clone_is_told_once_on_standard_error(tmp_path: Path) -> None:
    origin = Repository(tmp_path / "origin")
    origin.commit({"campaigns/other.yaml": complete("id: other\n")})
    for stage in ("testing", "optimising", "approved"):
        origin.commit({FILE: text(stage), "campaigns/two.yaml": text(stage).replace("id: one", "id: two")})
    git(tmp_path, "clone", "-q", "--depth", "1", origin.folder.as_uri(), "clone")
    done = command(Repository(tmp_path / "clone"))
    assert done.returncode == 0
    assert done.stderr.count("shallow clone") == 1
    assert "one, two" in done.stderr
    assert "fetch-depth: 0" in done.stderr


def test_a_branch_that_is_not_there_is_wrong_configuration(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit({FILE: text("testing")})
    repository.write({FILE: text("optimising"), "rules/policy.yaml": "extends: builtin\nbase_branch: relaese\n"})
    done = command(repository)
    assert done.returncode == 2
    assert done.stderr.startswith("rules/policy.yaml:2:14 error: base_branch is “relaese”, and ")
    assert "git fetch origin relaese" in done.stderr


@st.composite
def lives(draw: st.DrawFn) -> list[str]:
    """Draw the stages of a life, the latest first, no two the same in a row."""
    stages = draw(st.lists(st.sampled_from(EVERY), min_size=1, max_size=8))
    return [stage for index, stage in enumerate(stages) if index == 0 or stages[index - 1] != stage]


def _known(stages: list[str], *, whole: bool = True, begun: bool = True) -> Known:
    life = Life(
        "one", b"one.yaml", [Reached(stage, TODAY, "c") for stage in stages], Birth("c", "p") if whole else None
    )
    return Known("main", life, begun, whole)


def _allowed(before: str | None, stage: str) -> bool:
    """Say by a table what may follow what."""
    table = {
        None: {"draft", "testing", "retired"},
        "draft": {"draft", "testing", "retired"},
        "testing": {"draft", "testing", "optimising", "retired"},
        "optimising": {"draft", "testing", "optimising", "approved", "retired"},
        "approved": set(EVERY),
        "launched": set(EVERY),
        "retired": {"draft", "testing", "retired"},
    }
    return stage in table[before]


@given(st.sampled_from([None, *EVERY]), st.sampled_from(EVERY))
def test_what_may_follow_is_what_the_table_says(before: str | None, stage: str) -> None:
    assert may_follow(before, stage) is _allowed(before, stage)


@given(lives(), st.sampled_from(ORDER))
def test_the_step_judged_is_the_last_into_the_stage(stages: list[str], now: str) -> None:
    step = last_step(_known(stages), now)
    before = next((stage for stage in stages if stage not in (now, "retired")), None)
    assert step is not None
    assert (step.before.stage if step.before else None) == before
    assert (step.taken is None) == (now not in stages[: stages.index(before) if before else len(stages)])


@given(lives(), st.sampled_from(ORDER))
def test_less_known_never_means_more_claimed(stages: list[str], now: str) -> None:
    """A clone that is cut off claims nothing that the whole history would not."""
    whole = last_step(_known(stages), now)
    for length in range(1, len(stages) + 1):
        part = last_step(_known(stages[:length], whole=length == len(stages)), now)
        assert part is None or part == whole


@given(st.sampled_from(ORDER))
def test_the_stage_that_a_hint_names_can_be_reached(before: str) -> None:
    assert may_follow(before, next_stage(before))
    assert next_stage(None) in FIRST
