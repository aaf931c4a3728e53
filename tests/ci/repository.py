"""A campaign repository under git, and a shell to run a CI system's commands in."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.cli.test_check import ROOT, call

__all__ = ["PIP", "ROOT", "Repository", "shell"]

_GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example.com",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.com",
}
PIP = {
    "PIP_NO_INDEX": "1",
    "PIP_NO_DEPS": "1",
    "PIP_FORCE_REINSTALL": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_ROOT_USER_ACTION": "ignore",
}
"""Installs what is named, from where it is, and nothing else."""


class Repository(NamedTuple):
    """Where it is, the commit in which all is well, and the campaign that the next commit breaks."""

    folder: Path
    base: str
    broken: str

    @classmethod
    def made(cls, folder: Path, package: str) -> Repository:
        done = call("init", str(folder), "--region", "510000", "--package", package, cwd=folder.parent)
        assert done.returncode == 0, done.stderr
        git(folder, "init", "--quiet", "--initial-branch", "main")
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", "all is well")
        base = git(folder, "rev-parse", "HEAD").strip()
        (spec,) = folder.glob("campaigns/*/*.yaml")
        text = spec.read_text(encoding="utf-8")
        spec.write_text(text.replace("点“加油”，确认两次", "点“加油”，开通FTTR，确认两次", 1), "utf-8")
        git(folder, "commit", "--quiet", "--all", "--message", "a term that nobody knows")
        return cls(folder, base, spec.relative_to(folder).as_posix())


def git(folder: Path, *arguments: str) -> str:
    environment = {**_GIT, "PATH": os.environ["PATH"], "HOME": str(folder)}
    return subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True, encoding="utf-8"
    ).stdout


def shell(
    script: str, folder: Path, variables: Mapping[str, str], path: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a script as CI systems do: in bash, ended by the first command that fails."""
    found = os.pathsep.join([*([str(path)] if path else []), os.environ["PATH"]])
    environment = {**_GIT, "HOME": str(folder.parent), "PATH": found, **variables}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
