"""The repository that tests of ``--since`` begin with."""

from __future__ import annotations

from pathlib import Path

from tests.engine.repository import Answer, Found, Repository

NET = "id: net\ntitle: 提速\nstage: testing\noffers: [{id: n, name: 提速, product: broadband.300m, kind: upgrade, excludes: [tv.*]}]\n"
KIND = NET.replace(", excludes: [tv.*]", "")
WATCH = "id: watch\ntitle: 看电视\noffers: [{id: w, name: 看电视, product: tv.basic, kind: discount}]\n"
LOUD = 'id: loud\ntitle: 满减\nregions: {include: ["330100"]}\ntexts:\n  - {channel: poster, text: 全国第一。}\n'
QUIET = LOUD.replace("全国第一。", "欢迎办理。")
CONFLICT: Found = ("watch", "CONF001")
OLD: Found = ("loud", "LANG003")
SELECT = ("--select", "CONF001,LANG003")
SINCE = (*SELECT, "--since", "main")


def begun(folder: Path) -> Repository:
    """Two campaigns that get on, one with a finding of old, and a branch for the change."""
    made = Repository(folder / "repository").begin()
    made.spec("net", KIND)
    made.spec("watch", WATCH)
    made.spec("loud", LOUD)
    made.commit("begin")
    made.git("switch", "-q", "-c", "change")
    return made


def as_begun(repository: Repository) -> None:
    """Let what there is now be what the change is compared with."""
    repository.commit()
    repository.git("branch", "-f", "main")


def policy(repository: Repository, text: str, name: str = "policy") -> None:
    head = "extends: builtin" if name == "policy" else "about: {title: 试, source: 试}"
    repository.write(f"rules/{name}.yaml", f"{head}\n{text}\n")


def result(answer: Answer) -> tuple[int, list[Found], list[str]]:
    return answer.code, answer.found, answer.told
