"""Real git repositories for tests, with commits on days of one's choice."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from campaigncheck.history.histories import Asked, Histories, Known
from campaigncheck.rulekit.sample import complete

_IDENTITY = {
    f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "t"), ("EMAIL", "t@example.com"))
}  # fmt: skip


def spec(name: str, stage: str, **more: str) -> str:
    """Return a whole spec of a campaign at a stage."""
    return complete(f"id: {name}\nstage: {stage}\n" + "".join(f"{key}: {value}\n" for key, value in more.items()))


class Repository:
    """A repository in a folder; ``main`` is its branch."""

    def __init__(self, folder: Path, *, branch: str = "main") -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", branch)

    def git(self, *arguments: str, on: str = "2026-11-02T09:00:00+08:00") -> str:
        """Run git as nobody in particular, on some day."""
        return git(self.folder, *arguments, on=on)

    def write(self, files: dict[str, str | bytes | None]) -> None:
        """Write files, or delete those without content."""
        for name, content in files.items():
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                file.unlink()
            else:
                file.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, files: dict[str, str | bytes | None], day: str = "2026-11-02") -> str:
        """Commit files; a day may have a time and zone."""
        self.write(files)
        self.git("add", "-A")
        moment = day if "T" in day else f"{day}T09:00:00+08:00"
        self.git("commit", "-q", "--allow-empty", "-m", "x", on=moment)
        return self.git("rev-parse", "HEAD").strip()

    def known(self, file: str, name: str = "one", *, base: str | None = None) -> Known | None:
        """Return what is known of a campaign in a file."""
        return Histories(base).known([self.asked(file, name)]).get(self.asked(file, name))

    def asked(self, file: str, name: str = "one") -> Asked:
        """Return how to ask for a campaign."""
        return Asked(os.path.realpath(self.folder / file), name)

    def stages(self, file: str, name: str = "one") -> list[tuple[str, str]]:
        """Return the stages of a campaign with their days, the latest first."""
        known = self.known(file, name)
        assert known is not None
        assert known.life is not None
        return [(stay.stage, stay.day.isoformat()) for stay in known.life.stages]


def git(folder: Path, *arguments: str, on: str = "2026-11-02T09:00:00+08:00") -> str:
    """Run git in a folder, untouched by whatever is configured on this machine."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= _IDENTITY | {
        "GIT_AUTHOR_DATE": on, "GIT_COMMITTER_DATE": on,
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
    }  # fmt: skip
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout
