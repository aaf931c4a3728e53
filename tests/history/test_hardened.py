"""Nothing that a repository configures is run, and nothing is fetched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from campaigncheck.history.changes import Tree
from campaigncheck.history.histories import Histories
from tests.history.repositories import Repository, git, spec

ONE = "campaigns/one.yaml"


def _trap(tmp_path: Path) -> tuple[str, Path]:
    """Return a program that leaves a trace when it is run, and the trace."""
    trace, program = tmp_path / "trace", tmp_path / "program.sh"
    program.write_text(f"#!/bin/sh\necho run >> '{trace}'\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program), trace


PROGRAMS = (
    "core.fsmonitor", "core.pager", "pager.log", "core.sshCommand", "core.editor", "core.askPass", "core.gitProxy",
    "core.alternateRefsCommand", "diff.external", "diff.x.command", "diff.x.textconv", "filter.x.clean", "filter.x.smudge",
    "filter.x.process", "gpg.program", "gpg.ssh.program", "credential.helper", "uploadpack.packObjectsHook",
    "remote.origin.uploadpack", "alias.log", "alias.ls-tree", "alias.cat-file",
)  # fmt: skip


def test_no_program_of_the_configuration_is_run(tmp_path: Path) -> None:
    program, trace = _trap(tmp_path)
    repository = Repository(tmp_path / "repository")
    repository.commit({ONE: spec("one", "draft"), ".gitattributes": "*.yaml diff=x filter=x\n"}, "2026-11-02")
    repository.commit({ONE: spec("one", "testing")}, "2026-11-03")
    for name in PROGRAMS:
        repository.git("config", name, program)
    repository.git("config", "log.showSignature", "true")
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for hook in ("post-checkout", "reference-transaction", "post-index-change"):
        (hooks / hook).symlink_to(program)
    repository.git("config", "core.hooksPath", str(hooks))
    _sign_last(repository)
    repository.git("log")
    assert trace.exists(), "the trap does not work"
    trace.unlink()
    assert [stage for stage, _ in repository.stages(ONE)] == ["testing", "draft"]
    tree = Tree.around(repository.folder)
    assert tree is not None
    (repository.folder / ONE).write_text(spec("one", "optimising"), encoding="utf-8")
    assert ONE in tree.changed("HEAD~1")
    assert not trace.exists()


def _sign_last(repository: Repository) -> None:
    """Give the last commit a signature, so that whoever wants to see it checked runs the program for that."""
    head = repository.git("cat-file", "commit", "HEAD")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----\n"
    before, _, message = head.partition("\n\n")
    signed = repository.folder / "signed"
    signed.write_text(f"{before}\n{signature}\n{message}", encoding="utf-8")
    name = repository.git("hash-object", "-t", "commit", "-w", str(signed)).strip()
    repository.git("update-ref", "refs/heads/main", name)


def test_what_changes_the_output_of_git_changes_nothing(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit({"campaigns/old.yaml": spec("one", "draft")}, "2026-11-02")
    repository.commit({"campaigns/old.yaml": None, ONE: spec("one", "testing")}, "2026-11-03")
    for name, value in {
        "log.follow": "true", "log.showRoot": "false", "log.abbrevCommit": "true", "log.decorate": "full",
        "log.date": "relative", "log.diffMerges": "off", "diff.renames": "copies", "diff.orderFile": "nowhere",
        "diff.relative": "true", "diff.noprefix": "true", "core.quotePath": "true", "color.ui": "always",
        "format.pretty": "raw", "core.abbrev": "4", "diff.ignoreSubmodules": "none", "i18n.logOutputEncoding": "UTF-16",
    }.items():  # fmt: skip
        repository.git("config", name, value)
    assert repository.stages(ONE) == [("testing", "2026-11-03"), ("draft", "2026-11-02")]


def test_the_surroundings_do_not_lead_to_another_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository, other = Repository(tmp_path / "here"), Repository(tmp_path / "there")
    repository.commit({ONE: spec("one", "draft")})
    other.commit({ONE: spec("one", "launched")})
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.folder))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "no-index"))
    assert [stage for stage, _ in repository.stages(ONE)] == ["draft"]


def test_nothing_is_fetched_that_a_partial_clone_lacks(tmp_path: Path) -> None:
    origin = Repository(tmp_path / "origin")
    origin.git("config", "uploadpack.allowFilter", "true")
    origin.commit({ONE: spec("one", "draft")}, "2026-11-02")
    origin.commit({ONE: spec("one", "testing")}, "2026-11-03")
    address = origin.folder.as_uri()
    git(tmp_path, "clone", "-q", "--filter=blob:none", address, "clone")
    clone = Repository(tmp_path / "clone")
    count = sum(len(files) for _, _, files in os.walk(clone.folder / ".git/objects"))
    known = clone.known(ONE)
    assert known is not None
    assert known.life is not None
    assert [stay.stage for stay in known.life.stages] == ["testing"]
    assert sum(len(files) for _, _, files in os.walk(clone.folder / ".git/objects")) == count


def test_a_folder_of_somebody_else_is_told_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository(tmp_path)
    repository.commit({ONE: spec("one", "draft")})
    program = tmp_path / "bin/git"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\necho \"fatal: detected dubious ownership in repository at '$PWD'\" >&2\nexit 128\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    histories = Histories()
    assert histories.known([repository.asked(ONE)]) == {}
    (notice,) = histories.notices
    assert f"git config --global --add safe.directory {os.path.realpath(tmp_path)}" in notice.render("zh")


def test_a_damaged_repository_claims_nothing(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit({ONE: spec("one", "draft")}, "2026-11-02")
    repository.commit({ONE: spec("one", "testing")}, "2026-11-03")
    first = repository.git("rev-parse", "HEAD~1:campaigns/one.yaml").strip()
    (tmp_path / ".git/objects" / first[:2] / first[2:]).unlink()
    known = repository.known(ONE)
    assert known is not None
    assert known.life is not None
    assert [stay.stage for stay in known.life.stages] == ["testing"]
