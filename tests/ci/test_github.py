"""The composite action and the workflow that ``init`` writes, step by step as GitHub runs them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tests.ci.conftest import lend
from tests.ci.repository import PIP, ROOT, Repository, shell
from tests.cli.test_init import assert_fits

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: dict[str, dict[str, Any]] = {step["name"]: step for step in ACTION["runs"]["steps"]}
INSTALL, CHECK = STEPS["install campaigncheck"], STEPS["check campaigns"]
_EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")


def test_the_action_fits_githubs_schema() -> None:
    assert_fits(ROOT / "action.yml", "vendor.github-actions")


def test_no_script_has_an_expression_in_it() -> None:
    workflow = (ROOT / "campaigncheck" / "starter" / "templates" / "github.yml").read_text(encoding="utf-8")
    steps = [*STEPS.values(), *yaml.safe_load(workflow)["jobs"]["check"]["steps"]]
    scripts = [step["run"] for step in steps if "run" in step]
    assert (len(scripts), [script for script in scripts if "${{" in script]) == (5, [])


def test_every_input_is_used_and_described() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    used = set(re.findall(r"inputs\.([\w-]+)", text))
    assert (used, all(item["description"] for item in ACTION["inputs"].values())) == (set(ACTION["inputs"]), True)
    table = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE)) >= set(ACTION["inputs"])


class Ran(NamedTuple):
    """What a step said, and what it told GitHub."""

    done: subprocess.CompletedProcess[str]
    outputs: str
    summary: str


def run(step: Mapping[str, Any], folder: Path, given: Mapping[str, str], temp: Path) -> Ran:
    """Run one step of the action with its inputs; ``temp`` is the runner's temporary folder."""
    inputs = {name: item.get("default", "") for name, item in ACTION["inputs"].items()} | dict(given)
    known = {f"inputs.{name}": value for name, value in inputs.items()} | {"github.action_path": str(ROOT)}
    told = {"GITHUB_OUTPUT": temp / "output", "GITHUB_STEP_SUMMARY": temp / "summary"}
    for file in told.values():
        file.write_text("", "utf-8")
    variables = {name: _EXPRESSION.sub(lambda match: known[match[1]], text) for name, text in step["env"].items()}
    variables |= {name: str(file) for name, file in told.items()} | {"RUNNER_TEMP": str(temp)}
    done = shell(step["run"], folder, {**PIP, **variables})
    return Ran(done, *(file.read_text("utf-8") for file in told.values()))


@pytest.fixture(scope="module")
def temp(tmp_path_factory: pytest.TempPathFactory, package: Path) -> Path:
    """The runner's temporary folder after the action's first steps, with a package named by its path."""
    folder = tmp_path_factory.mktemp("runner")
    ran = run(INSTALL, folder, {"package": str(package)}, folder)
    assert (ran.done.returncode, ran.done.stderr) == (0, "")
    lend(folder / "campaigncheck")
    return folder


def test_a_broken_campaign_is_annotated(repository: Repository, temp: Path) -> None:
    sarif = repository.folder / "out.sarif"
    ran = run(CHECK, repository.folder, {"since": repository.base, "sarif-file": sarif.name}, temp)
    assert (ran.done.returncode, ran.outputs) == (1, "exit-code=1\n")
    assert f"::error file={repository.broken}," in ran.done.stdout
    assert "FTTR" in ran.summary
    assert {item["ruleId"] for item in json.loads(sarif.read_text("utf-8"))["runs"][0]["results"]} == {"LANG001"}


def test_what_was_there_before_does_not_count(repository: Repository, temp: Path) -> None:
    ran = run(CHECK, repository.folder, {"since": "HEAD", "summary": "false"}, temp)
    assert (ran.done.returncode, ran.outputs, ran.summary) == (0, "exit-code=0\n", "")
    assert "::error" not in ran.done.stdout


def test_paths_formats_and_levels_are_passed_on(repository: Repository, temp: Path) -> None:
    given = {"paths": f"{repository.broken}\n\n", "format": "json:out/a.json\njsonl:out/b.jsonl\n", "fail-on": "note"}
    (repository.folder / "out").mkdir()
    ran = run(CHECK, repository.folder, {**given, "lang": "en", "today": "2026-12-01"}, temp)
    assert (ran.done.returncode, ran.outputs) == (1, "exit-code=1\n")
    report = json.loads((repository.folder / "out" / "a.json").read_text("utf-8"))
    assert [campaign["path"] for campaign in report["campaigns"]] == [repository.broken]
    assert (repository.folder / "out" / "b.jsonl").is_file()


def test_a_known_finding_passes_with_a_baseline(repository: Repository, temp: Path) -> None:
    program = temp / "campaigncheck" / "bin"
    made = shell("campaigncheck check --write-baseline known.json > /dev/null", repository.folder, {}, program)
    assert made.returncode == 0
    assert run(CHECK, repository.folder, {"baseline": "known.json"}, temp).outputs == "exit-code=0\n"


@pytest.mark.parametrize("name", ["paths", "format", "since", "fail-on", "lang", "today", "baseline", "sarif-file"])
def test_no_input_is_ever_run(repository: Repository, temp: Path, name: str) -> None:
    evil = "x$(touch pwned)`touch pwned`; touch pwned #\" ' && touch pwned"
    ran = run(CHECK, repository.folder, {name: evil}, temp)
    assert ran.outputs == ("exit-code=1\n" if name == "sarif-file" else "exit-code=2\n")
    assert not (repository.folder / "pwned").exists()


@pytest.mark.parametrize("given", ["--fix", "--write-baseline=x"])
def test_a_path_is_never_an_option(repository: Repository, temp: Path, given: str) -> None:
    ran = run(CHECK, repository.folder, {"paths": given, "lang": "en"}, temp)
    assert (ran.outputs, f"there is no such path: {given}" in ran.done.stderr) == ("exit-code=2\n", True)


def test_what_is_not_there_cannot_be_installed(tmp_path: Path) -> None:
    ran = run(INSTALL, tmp_path, {"version": "0.0.0"}, tmp_path)
    assert (ran.done.returncode, "campaigncheck==0.0.0" in ran.done.stderr) == (1, True)


def test_the_workflow_of_init_does_what_it_says(repository: Repository, python: Path) -> None:
    workflow = yaml.safe_load((repository.folder / ".github" / "workflows" / "campaigns.yml").read_text("utf-8"))
    steps = {step.get("name"): step for step in workflow["jobs"]["check"]["steps"]}
    summary = repository.folder.parent / "summary"
    variables = {**PIP, **workflow["env"], "GITHUB_STEP_SUMMARY": str(summary)}
    assert shell(steps["install"]["run"], repository.folder, variables, python).returncode == 0
    assert list(steps["check"]["env"]) == ["BASE"]
    codes = {}
    for base in (repository.base, "HEAD", ""):
        done = shell(steps["check"]["run"], repository.folder, {**variables, "BASE": base}, python)
        codes[base] = done.returncode, f"::error file={repository.broken}," in done.stdout
        assert (repository.folder / steps["upload"]["with"]["sarif_file"]).is_file()
    assert codes == {repository.base: (1, True), "HEAD": (0, False), "": (1, True)}
    assert shell(steps["summary"]["run"], repository.folder, variables).returncode == 0
    assert "FTTR" in summary.read_text("utf-8")
    kept = subprocess.run(["git", "status", "--short"], cwd=repository.folder, capture_output=True, check=True)
    assert kept.stdout == b""


def test_the_wheel_has_what_init_writes(package: Path) -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "zipfile", "-l", str(package)], capture_output=True, encoding="utf-8", check=True
    ).stdout
    folder = ROOT / "campaigncheck" / "starter" / "templates"
    missing = [path.name for path in folder.iterdir() if f"campaigncheck/starter/templates/{path.name} " not in listed]
    assert (missing, len(list(folder.iterdir()))) == ([], 13)
