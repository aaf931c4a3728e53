"""The GitLab pipeline: the one that others include, and the one that ``init`` writes, by their very commands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from tests.ci.repository import PIP, ROOT, Repository, shell
from tests.cli.test_init import assert_fits

TEMPLATE = ROOT / "ci" / "gitlab" / "campaigncheck.gitlab-ci.yml"
REPORTS = ("gl-code-quality-report.json", "campaigncheck.xml")


def test_the_template_fits_gitlabs_schema() -> None:
    assert_fits(TEMPLATE, "vendor.gitlab-ci")


def run(pipeline: dict[str, Any], repository: Repository, python: Path, variables: dict[str, str]) -> tuple[int, str]:
    """Run the job; variables of the project go before the pipeline's own, as in GitLab."""
    job = pipeline["campaigncheck"]
    own = {name: str(value) for name, value in {**pipeline["variables"], **job["variables"]}.items()}
    place = {"CI_PROJECT_DIR": str(repository.folder)}
    own = {name: value.replace("$CI_PROJECT_DIR", str(repository.folder)) for name, value in own.items()}
    done = shell("\n".join(job["script"]), repository.folder, {**PIP, **place, **own, **variables}, python)
    return done.returncode, done.stdout


@pytest.mark.parametrize("included", [True, False], ids=["template", "init"])
def test_the_job_blocks_what_is_new(repository: Repository, python: Path, package: Path, included: bool) -> None:
    file = TEMPLATE if included else repository.folder / ".gitlab-ci.yml"
    pipeline = yaml.safe_load(file.read_text("utf-8"))
    variables = {"CAMPAIGNCHECK_PACKAGE": str(package)} if included else {}
    of_merge = {**variables, "CI_MERGE_REQUEST_DIFF_BASE_SHA": repository.base}
    code, said = run(pipeline, repository, python, of_merge)
    assert (code, "LANG001" in said) == (1, True)
    reports = pipeline["campaigncheck"]["artifacts"]["reports"]
    assert (reports["codequality"], reports["junit"]) == REPORTS
    quality = json.loads((repository.folder / REPORTS[0]).read_text("utf-8"))
    assert [(item["check_name"], item["location"]["path"]) for item in quality] == [("LANG001", repository.broken)]
    suites = ElementTree.parse(repository.folder / REPORTS[1]).getroot()
    assert len(suites.findall(".//failure")) == 1
    assert run(pipeline, repository, python, {**of_merge, "CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD"})[0] == 0
    assert run(pipeline, repository, python, variables)[0] == 1


def test_init_writes_the_same_pipeline(repository: Repository, package: Path) -> None:
    ours = yaml.safe_load(TEMPLATE.read_text("utf-8"))
    theirs = yaml.safe_load((repository.folder / ".gitlab-ci.yml").read_text("utf-8"))
    assert theirs["variables"] == {
        **ours["variables"], "CAMPAIGNCHECK_PACKAGE": str(package), "CAMPAIGNCHECK_LANG": "zh"
    }  # fmt: skip
    assert theirs["campaigncheck"] == ours["campaigncheck"]
