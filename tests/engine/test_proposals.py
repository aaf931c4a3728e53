"""Two proposals that are fine alone and clash together are found before either is merged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from campaigncheck.rulekit.sample import complete
from tests.cli.test_check import call

NET = "id: net\ntitle: 提速\nstage: testing\noffers: [{id: n, name: 提速, product: broadband.300m, kind: upgrade, excludes: [tv.*]}]\n"
WATCH = "id: watch\ntitle: 看电视\noffers: [{id: w, name: 看电视, product: tv.basic, kind: discount}]\n"
OTHER = "id: other\ntitle: 积分\n"
AT = ("--today", "2026-12-01", "--select", "CONF001", "--format", "json")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    write(tmp_path / "campaigns", other=OTHER)
    write(tmp_path / "one", net=NET)
    write(tmp_path / "two", watch=WATCH)
    return tmp_path


def write(folder: Path, **specs: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in specs.items():
        (folder / f"{name}.yaml").write_text(complete(text), encoding="utf-8")


def check(repository: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    done = call("check", *arguments, *AT, cwd=repository)
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout)


def findings(report: dict[str, Any]) -> list[tuple[str, str]]:
    return [(item["path"], item["rule"]) for item in report["findings"]]


def test_each_is_fine_alone(repository: Path) -> None:
    assert check(repository, "one")[0] == check(repository, "two")[0] == check(repository)[0] == 0


def test_together_they_clash_whichever_is_asked(repository: Path) -> None:
    code, report = check(repository, "one", "--with", "two")
    assert (code, findings(report)) == (1, [("two/watch.yaml", "CONF001")])
    code, report = check(repository, "two", "--with", "one")
    assert (code, findings(report)) == (1, [("two/watch.yaml", "CONF001")])
    assert [item["id"] for item in report["campaigns"]] == ["watch"]


def test_all_proposals_together_are_checked_as_if_merged(repository: Path) -> None:
    code, report = check(repository, "--with", "one,two")
    assert (code, findings(report)) == (1, [("two/watch.yaml", "CONF001")])
    assert [item["id"] for item in report["campaigns"]] == ["other", "net", "watch"]
    assert report["proposals"] == [
        {"campaign": "net", "path": "one/net.yaml", "instead_of": None, "counts": True},
        {"campaign": "watch", "path": "two/watch.yaml", "instead_of": None, "counts": True},
    ]


def test_a_proposal_stands_in_for_the_version_that_is_there(repository: Path) -> None:
    write(repository / "campaigns", watch=WATCH.replace("tv.basic", "vas.video"))
    assert findings(check(repository, "one")[1]) == []
    code, report = check(repository, "one", "--with", "two")
    assert findings(report) == [("two/watch.yaml", "CONF001")]
    assert (code, report["proposals"][0]["instead_of"]) == (1, "campaigns/watch.yaml")


def test_the_version_named_counts(repository: Path) -> None:
    write(repository / "campaigns", watch=WATCH.replace("tv.basic", "vas.video"), net=NET)
    code, report = check(repository, "campaigns/watch.yaml", "--with", "two")
    assert (code, findings(report)) == (0, [])
    assert report["proposals"] == [
        {"campaign": "watch", "path": "two/watch.yaml", "instead_of": "campaigns/watch.yaml", "counts": False}
    ]


def test_a_whole_checkout_is_its_campaigns(repository: Path) -> None:
    write(repository / "two" / "campaigns", watch=WATCH, other=OTHER)
    (repository / "two" / "watch.yaml").write_text("not: a spec\n", "utf-8")
    code, report = check(repository, "one", "--with", "two")
    assert (code, findings(report)) == (1, [("two/campaigns/watch.yaml", "CONF001")])
    assert [item["path"] for item in report["proposals"]] == ["two/campaigns/watch.yaml"]


def test_an_unreadable_proposal_is_told(repository: Path) -> None:
    (repository / "two" / "watch.yaml").write_text("id: [\n", "utf-8")
    code, report = check(repository, "one", "--with", "two")
    assert (code, report["unread"]) == (0, ["two/watch.yaml"])


def test_a_folder_without_proposals_is_wrong_usage(repository: Path) -> None:
    (repository / "empty").mkdir()
    for folder in ("missing", "empty"):
        done = call("check", "one", "--with", folder, *AT, cwd=repository)
        assert (done.returncode, done.stdout) == (2, "")
        assert folder in done.stderr


def test_proposals_among_themselves_do_not_concern_a_campaign_that_is_named(repository: Path) -> None:
    code, report = check(repository, "campaigns/other.yaml", "--with", "one,two")
    assert (code, findings(report)) == (0, [])
    assert [item["id"] for item in report["campaigns"]] == ["other"]


@pytest.mark.parametrize("arguments", [("one", "--with", "one,two"), ("one", "--with", "one", "--with", "two")])
def test_the_request_being_checked_may_be_among_the_proposals(repository: Path, arguments: tuple[str, ...]) -> None:
    code, report = check(repository, *arguments)
    assert (code, findings(report)) == (1, [("two/watch.yaml", "CONF001")])
    assert [item["id"] for item in report["campaigns"]] == ["net"]


@pytest.mark.parametrize(
    "arguments", [("--with", "."), ("campaigns", "--with", "campaigns"), ("campaigns/other.yaml", "--with", ".")]
)
def test_the_repository_itself_is_no_proposal(repository: Path, arguments: tuple[str, ...]) -> None:
    code, report = check(repository, *arguments)
    assert (code, [item["id"] for item in report["campaigns"]]) == (0, ["other"])
