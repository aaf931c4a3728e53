"""The commands that write, each as it is called in a repository."""

from __future__ import annotations

from typing import NamedTuple

from tests.clearance.repository import ID
from tests.reliability.repository import COUNT, TODAY

DAY = ("--today", TODAY)
JSON = ("--format", "json:out/report.json")
FORMATS = {"sarif": "sarif", "html": "html", "markdown": "md"}
FILES = (*(f"--format={name}:out/report.{suffix}" for name, suffix in FORMATS.items()), *JSON)


class Command(NamedTuple):
    """A command, how it ends, and how else it is run once so that the next time nothing is imported any more."""

    arguments: tuple[str, ...]
    code: int
    warm: tuple[str, ...]
    hours: bool = False
    size: int = COUNT

    @property
    def keeps(self) -> bool:
        """Whether it keeps what it finds about campaigns."""
        return self.arguments[0] == "check"


BASELINE = ("--write-baseline", "out/baseline.json")

SHEETS = ("campaigns/winter.yaml", "campaigns/130000", "campaigns/440000")

COMMANDS = {
    "check": Command(("check", *FILES, *DAY), 1, ("check", "--no-cache", *FILES, *DAY)),
    "write-baseline": Command(("check", *BASELINE, *JSON, *DAY), 0, ("check", "--no-cache", *BASELINE, *JSON, *DAY)),
    "fix": Command(("check", "--fix", *JSON, *DAY), 1, ("check", "--diff", "--no-cache", *JSON, *DAY)),
    "clear": Command(
        ("clear", ID, "--key", "company.key", *DAY), 0, ("clear", ID, "--key", "company.key", *DAY), hours=True, size=30
    ),
    "faq": Command(("faq", *SHEETS, "-o", "faq", *DAY), 0, ("faq", *SHEETS, "-o", "faq", *DAY)),
}  # fmt: skip
