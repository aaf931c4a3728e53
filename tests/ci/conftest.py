"""A package to install and a campaign repository to check, for tests that run what CI systems run."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path
from shutil import copytree

import pytest

from tests.ci.repository import ROOT, Repository


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the package of this checkout, without network."""
    folder = tmp_path_factory.mktemp("package")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], check=True)
    (wheel,) = folder.glob("campaigncheck-*.whl")
    return wheel


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python of its own, as CI systems offer one; what campaigncheck needs is there, campaigncheck is not."""
    folder = tmp_path_factory.mktemp("python")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    lend(folder)
    return folder / "bin"


def lend(environment: Path) -> None:
    """Let a virtual environment find the packages of this one, after its own."""
    (site,) = environment.glob("lib/python*/site-packages")
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, package: Path) -> Repository:
    """A repository made by ``init``, committed, with a second commit that breaks its campaign."""
    return Repository.made(tmp_path_factory.mktemp("made") / "site", str(package))


@pytest.fixture
def repository(made: Repository, tmp_path: Path) -> Repository:
    """A copy of that repository for one test."""
    copytree(made.folder, tmp_path / "site")
    return made._replace(folder=tmp_path / "site")
