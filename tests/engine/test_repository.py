"""Which files a run is about: nothing in a folder is left out without a word."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.finding import Report
from campaigncheck.engine.repository import SpecFile, find_specs
from campaigncheck.engine.run import Job, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.rulekit.sample import complete
from tests.support.checking import knowledge


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder ``campaigns`` of a repository in which the test runs; one campaign is in it."""
    folder = tmp_path / "repository" / "campaigns"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text(complete("id: good\n"), "utf-8")
    monkeypatch.chdir(folder.parent)
    return folder


def names(specs: list[SpecFile]) -> list[str]:
    return [spec.shown for spec in specs]


def check(*paths: str) -> Report:
    files = RuleFiles.at(None)
    return run_with(knowledge(files), Job(find_specs(paths), files, Selection(("SPEC",)), date(2026, 12, 1))).report


def unreadable(report: Report) -> list[str]:
    """Return the files of which SPEC001 speaks."""
    return [finding.path for finding in report.findings if finding.rule == "SPEC001"]


@pytest.mark.parametrize("name", ["B.YAML", "b.Yml", "b.yaml", "b.yml"])
def test_a_suffix_counts_in_any_case(repository: Path, name: str) -> None:
    (repository / name).write_text("id: [", "utf-8")
    assert sorted(names(find_specs(()))) == sorted(["campaigns/a.yaml", f"campaigns/{name}"])
    assert unreadable(check()) == [f"campaigns/{name}"]


@pytest.mark.parametrize("name", ["b.txt", "b.yaml.bak", "byaml", "YAML", ".b.yaml"])
def test_what_is_named_otherwise_is_no_campaign(repository: Path, name: str) -> None:
    (repository / name).write_text("id: [", "utf-8")
    assert names(find_specs(())) == ["campaigns/a.yaml"]


def test_a_folder_in_between_is_looked_into(repository: Path) -> None:
    (repository / "sichuan.yaml").mkdir()
    (repository / "sichuan.yaml" / "c.yaml").write_text(complete("id: c\n"), "utf-8")
    assert names(find_specs(())) == ["campaigns/a.yaml", "campaigns/sichuan.yaml/c.yaml"]


@pytest.mark.parametrize("target", ["../../real", ".", "..", "link", "../../gone"])
@pytest.mark.parametrize("selected", [("campaigns",), ()])
def test_a_link_that_leads_to_no_file_is_told(repository: Path, target: str, selected: tuple[str, ...]) -> None:
    """Its campaigns are not looked at, and there is no telling how many; the others are checked all the same."""
    real = repository.parents[1] / "real"
    real.mkdir()
    (real / "c.yaml").write_text("id: [", "utf-8")
    (repository / "link").symlink_to(target)
    report = check(*selected)
    assert unreadable(report) == ["campaigns/link"]
    assert [outcome.verdict for outcome in report.outcomes] == ["pass", "invalid"]


def test_a_link_to_a_folder_says_what_to_do(repository: Path) -> None:
    (repository / "link").symlink_to("..")
    (finding,) = check().findings
    assert "文件夹" in finding.message.render("zh")
    assert "移" in finding.hint.render("zh")


def test_a_linked_folder_can_be_named(repository: Path) -> None:
    real = repository.parents[1] / "real"
    real.mkdir()
    (real / "c.yaml").write_text(complete("id: c\n"), "utf-8")
    (repository.parent / "link").symlink_to(real)
    assert names(find_specs(("link",))) == ["campaigns/a.yaml", "link/c.yaml"]


def test_a_linked_file_is_the_file(repository: Path) -> None:
    (repository / "b.yaml").symlink_to("a.yaml")
    (repository / "README").symlink_to("a.yaml")
    assert len(find_specs(())) == 1


def test_what_has_been_chosen_is_context_for_nothing(repository: Path) -> None:
    (repository / "b.yaml").write_text(complete("id: b\n"), "utf-8")
    assert [(spec.shown, spec.selected) for spec in find_specs(("campaigns/b.yaml",))] == [
        ("campaigns/a.yaml", False),
        ("campaigns/b.yaml", True),
    ]


@pytest.mark.parametrize("path", ["nowhere", "../empty"])
def test_nothing_to_check_is_wrong_usage(repository: Path, path: str) -> None:
    (repository.parents[1] / "empty").mkdir()
    with pytest.raises(UsageError):
        find_specs((path,))
