"""``campaigncheck site`` on the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.corpus.__main__ import generate
from tests.cli.test_faulty_network import write as network
from tests.site.sites import ROOT, page, written

SPECS = 3 * 128
"""So many that several processes have something to do."""


def call(*arguments: str, cwd: Path, seed: str = "0") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "campaigncheck", "site", *arguments, "--today", "2026-12-01"]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated repository in which a few campaigns are broken."""
    folder = tmp_path_factory.mktemp("corpus")
    generate(folder, SPECS)
    return folder


def test_two_runs_write_the_same_bytes(corpus: Path) -> None:
    first = call("-o", "one", "--jobs", "1", cwd=corpus, seed="1")
    second = call("-o", "two", "--jobs", "2", cwd=corpus, seed="2")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    one, two = content(corpus / "one"), content(corpus / "two")
    assert one == two
    assert len(one) > 2 * SPECS
    assert sum(map(len, one.values())) / SPECS < 32_000
    assert len(one["index.html"]) < 60_000


def test_what_was_written_is_told(corpus: Path) -> None:
    done = call("-o", "told", "--lang", "en", cwd=corpus)
    assert done.returncode == 0
    assert f"The site is in told ({SPECS} campaigns, " in done.stderr
    assert "open told/index.html in a browser" in done.stderr
    assert "the overview says who has to act" in done.stderr


def test_findings_are_no_reason_to_fail_and_only_what_was_named_has_pages(tmp_path: Path) -> None:
    written(tmp_path / "campaigns", {"a": "id: first\nstage: launched\n", "b": "id: second\n"})
    done = call("campaigns/0.yaml", "-o", "out", "--no-waivers", cwd=tmp_path)
    assert done.returncode == 0
    assert {path for path in content(tmp_path / "out") if path.startswith("c/")} == {"c/first.html"}


def test_a_folder_that_is_no_site_is_wrong_usage(tmp_path: Path) -> None:
    written(tmp_path / "campaigns", {"a": "id: first\n"})
    before = content(tmp_path)
    done = call("-o", ".", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 2
    assert "no part of an older site: campaigns/0.yaml" in done.stderr
    assert content(tmp_path) == before


def test_faulty_tables_are_told_and_the_site_is_of_the_rest(tmp_path: Path) -> None:
    network(tmp_path, faulty=True)
    done = call("-o", "out", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 2
    assert "hours.csv" in done.stderr
    load, index = (page(content(tmp_path / "out"), name, "en") for name in ("load.html", "index.html"))
    assert "天府路厅 (a1)" in load.xpath("string(//section[@aria-labelledby='lost'])")
    assert "Faults in the data" in index.xpath("string(//section[@aria-labelledby='elsewhere'])")
    whole = tmp_path / "whole"
    whole.mkdir()
    network(whole, faulty=False)
    assert call("-o", "out", cwd=whole).returncode == 0


def test_a_report_that_is_none_is_wrong_usage_before_anything_is_written(tmp_path: Path) -> None:
    written(tmp_path / "campaigns", {"a": "id: first\n"})
    done = call("-o", "out", "--earlier", "2026-11-01:campaigns/0.yaml", "--lang", "en", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "out").exists()) == (2, False)
    assert "campaigns/0.yaml is no report" in done.stderr


def test_the_folder_has_to_be_named(tmp_path: Path) -> None:
    assert call(cwd=tmp_path).returncode == 2


def test_help_needs_nothing_heavy() -> None:
    code = (
        "import sys; from campaigncheck.cli.site import site\n"
        "print([name for name in ('numpy', 'pandas', 'jinja2', 'campaigncheck.site.model') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "campaigncheck.site.model" not in found.stdout
    assert "pandas" not in found.stdout
