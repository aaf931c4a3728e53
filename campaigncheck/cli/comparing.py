"""What ``check`` leaves out because it was there before: ``--since``, ``--baseline``, ``--write-baseline``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from campaigncheck.catalogue.files import shown
from campaigncheck.cli.boundary import say
from campaigncheck.cli.outputs import writing
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.finding import Compared, Report
from campaigncheck.files import write_whole
from campaigncheck.messages import Lang, Text

if TYPE_CHECKING:
    from campaigncheck.engine.baseline import Known
    from campaigncheck.engine.run import Job, Run
    from campaigncheck.history.changes import Base

_TOGETHER = Text("{one} 和 {other} 不能一起用", "{one} and {other} exclude each other")
_TOGETHER_HINT = Text("分两次运行。", "Run them one after the other.")
_WRITTEN = Text("基线写进了 {path}：{count} 个问题。", "The baseline is in {path}; findings: {count}.")
_KNOWN = Text("基线里已有的 {count} 个问题没有再列出。", "Findings left out because the baseline has them: {count}.")
_GONE = Text(
    "基线里有 {count} 个问题已经没有了，请用 --write-baseline 更新：",
    "Findings of the baseline that are gone: {count}; write it anew by --write-baseline:",
)
_ONE = Text("  {path} {rule}（{campaign}）{message}", "  {path} {rule} ({campaign}) {message}")


class Comparison(NamedTuple):
    """What to compare a run with, read before anything is checked."""

    base: Base | None
    known: dict[str, Known] | None
    new: Path | None

    @classmethod
    def of(cls, since: str | None, baseline: str | None, new: str | None, repairing: bool) -> Comparison:
        """Look at what was given on the command line.

        Raises:
            UsageError: for what does not go together, a version that git does not know, and a file that is no baseline.
        """
        given = {"--since": since, "--baseline": baseline, "--write-baseline": new, "--fix": repairing or None}
        for one, other in (("--since", "--fix"), ("--write-baseline", "--fix"), ("--since", "--write-baseline"),
                           ("--baseline", "--write-baseline")):  # fmt: skip
            if given[one] is not None and given[other] is not None:
                raise UsageError(_TOGETHER(one=one, other=other), _TOGETHER_HINT())
        base = known = None
        if since is not None:
            from campaigncheck.engine.since import find_base

            base = find_base(since)
        if baseline is not None:
            from campaigncheck.engine.baseline import read_baseline

            known = read_baseline(Path(baseline))
        return cls(base, known, Path(new) if new is not None else None)

    @property
    def records(self) -> bool:
        """Whether the run is to say what there is, not whether it passes."""
        return self.new is not None

    def compared(self, done: Run, job: Job, lang: Lang) -> Report:
        """Return the report with what was there before left out, and say on standard error what that was.

        Raises:
            UsageError: when git cannot tell what was there before, or the baseline cannot be written.
        """
        report = done.report
        if self.base is not None:
            report = self._since(done, job, self.base, lang)
        if self.known is not None:
            from campaigncheck.engine.baseline import only_new

            report = only_new(report, self.known, done.report, done.ran)
            if report.compared is not None:
                _tell(report.compared, lang)
        if self.new is not None:
            from campaigncheck.engine.baseline import write_baseline

            text = write_baseline(report)
            with writing(self.new):
                write_whole(self.new, text)
            say(_WRITTEN(path=shown(self.new), count=text.count('"fingerprint"')), lang)
        return report

    def _since(self, done: Run, job: Job, base: Base, lang: Lang) -> Report:
        from campaigncheck.engine.since import only_since, told

        report = only_since(done, job, base)
        message = told(report, base)
        if message is not None:
            say(message, lang)
        return report


def _tell(compared: Compared, lang: Lang) -> None:
    """Say how much was known before, and what of it is gone."""
    if compared.known:
        say(_KNOWN(count=compared.known), lang)
    if compared.gone:
        say(_GONE(count=len(compared.gone)), lang)
        for item in compared.gone:
            say(_ONE(**item._asdict()), lang)
