"""The hooks for pre-commit, run by pre-commit itself; only where the program comes from is put in its place."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.ci.repository import PIP, ROOT, Repository, git, shell

HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
FULL_WIDTH = ("每月 15 元。点“加油”", "每月 １５ 元。点“加油”")


def test_pre_commit_takes_the_manifest() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    assert subprocess.run(command, check=False).returncode == 0
    assert [hook["id"] for hook in HOOKS] == ["campaigncheck", "campaigncheck-fix", "campaigncheck-all"]


def test_init_writes_the_same_hooks(repository: Repository) -> None:
    written = yaml.safe_load((repository.folder / ".pre-commit-config.yaml").read_text("utf-8"))
    theirs = {hook["id"]: hook for hook in written["repos"][0]["hooks"]}
    for hook in (HOOKS[0], HOOKS[2]):
        same = ("files", "language", "pass_filenames")
        assert {key: theirs[hook["id"]].get(key) for key in same} == {key: hook.get(key) for key in same}
        assert theirs[hook["id"]]["entry"] == f"{hook['entry']} --lang zh"


@pytest.fixture(scope="module")
def program(python: Path, package: Path) -> Path:
    """Where the program is that the hooks call."""
    assert shell(f"python -m pip install --quiet '{package}'", python, PIP, python).returncode == 0
    return python


def pre_commit(repository: Repository, program: Path, *arguments: str) -> tuple[int, str]:
    """Run the hooks as a commit would; they come from the path instead of an environment that pip would have to make."""
    hooks = [{**hook, "language": "system"} for hook in HOOKS]
    config = repository.folder.parent / "config.yaml"
    config.write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]}), "utf-8")
    command = [sys.executable, "-m", "pre_commit", "run", "--config", str(config), "--color", "never", *arguments]
    done = shell(" ".join(f"'{word}'" for word in command), repository.folder, {}, program)
    return done.returncode, done.stdout


def results(said: str) -> dict[str, str]:
    """Return how each hook ended."""
    return dict(re.findall(r"^(.+?)\.{3,}(?:\(no files to check\))?(Passed|Failed|Skipped)$", said, re.MULTILINE))


ALL = ["campaigncheck", "campaigncheck --fix", "campaigncheck (rules)"]


def test_all_files_are_checked_on_demand_and_repaired(repository: Repository, program: Path) -> None:
    code, said = pre_commit(repository, program, "--all-files")
    assert (code, results(said)) == (1, dict(zip(ALL, ("Failed", "Failed", "Passed"), strict=True)))
    assert "LANG001" in said
    assert git(repository.folder, "diff", "--name-only") == f"{repository.broken}\n"


def test_a_commit_is_held_up_by_its_own_campaigns_alone(repository: Repository, program: Path) -> None:
    other = repository.folder / "campaigns" / "510000" / "other.yaml"
    good = git(repository.folder, "show", f"{repository.base}:{repository.broken}")
    text = good.replace("id: example-", "id: other-").replace("JY15", "JY16")
    for said, passes in ((text, True), (text.replace("renewal: automatic", "renewal: sometimes"), False)):
        other.write_text(said, "utf-8")
        git(repository.folder, "add", "--all")
        code, told = pre_commit(repository, program, "campaigncheck")
        assert (code, results(told)["campaigncheck"]) == ((0, "Passed") if passes else (1, "Failed"))
        assert ("SPEC002" in told, "LANG001" in told) == (not passes, False)


def test_rules_and_waivers_have_everything_checked(repository: Repository, program: Path) -> None:
    (repository.folder / "waivers.yaml").write_text("# none\n[]\n", "utf-8")
    git(repository.folder, "add", "--all")
    code, said = pre_commit(repository, program)
    assert (code, results(said)) == (1, dict(zip(ALL, ("Skipped", "Skipped", "Failed"), strict=True)))
    assert "LANG001" in said


def test_repairs_are_made_and_shown(repository: Repository, program: Path) -> None:
    spec = repository.folder / repository.broken
    good = git(repository.folder, "show", f"{repository.base}:{repository.broken}")
    spec.write_text(good.replace(*FULL_WIDTH), "utf-8")
    git(repository.folder, "add", "--all")
    code, said = pre_commit(repository, program, "campaigncheck-fix")
    assert (code, "files were modified by this hook" in said) == (1, True)
    assert spec.read_text("utf-8") == good
    git(repository.folder, "add", "--all")
    assert pre_commit(repository, program, "campaigncheck-fix")[0] == 0
