"""What a repository was like at a commit: which campaigns differ from then, and what was wrong with the others.

Campaigns are judged once more as they were, those that differ read from git and all others taken as they have just been
examined. If rules or catalogues changed, all of it is checked again, by the rules as they were.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from campaigncheck.catalogue.files import WAIVERS, RuleFiles, shown
from campaigncheck.catalogue.load import policy_digest
from campaigncheck.catalogue.problems import CatalogueError
from campaigncheck.catalogue.waivers import load_waivers
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.examine import Examined, Examiner
from campaigncheck.engine.finding import Finding, Report
from campaigncheck.engine.former_rules import FormerRules
from campaigncheck.engine.judge import judge
from campaigncheck.engine.repository import CAMPAIGNS, CLEARANCES, SUFFIXES, SpecFile, find_upwards
from campaigncheck.engine.run import Job, Run, run
from campaigncheck.engine.selection import Selection
from campaigncheck.engine.waiving import WAIV001
from campaigncheck.history.changes import Base
from campaigncheck.messages import Text
from campaigncheck.source.document import decode
from campaigncheck.source.errors import RefusalError, SourceError
from campaigncheck.source.limits import MAX_BYTES
from campaigncheck.source.yamlpass import parse

_BROKEN = Text("{ref} 里的规则文件读不了，没法比较", "the rules as of {ref} cannot be read, so nothing can be compared")
_BROKEN_HINT = Text(
    "选一个规则文件完好的版本，或者不用 --since 检查整个仓库。",
    "Choose a version whose rules are sound, or check the whole repository without --since.",
)


@dataclass(frozen=True)
class Former:
    """A run beside the version before it.

    ``changed`` are the paths of the campaigns that have changed and ``ids`` their names, ``paths`` those of all; ``then``
    are the specs that are different now, or gone, as they were; ``files`` are the changed files by real path, as git names
    them.
    """

    done: Run
    job: Job
    base: Base
    files: Mapping[str, str]
    changed: frozenset[str]
    differ: frozenset[str]
    then: Mapping[str, bytes]

    @classmethod
    def of(cls, done: Run, job: Job, base: Base) -> Former:
        """Find out what has changed.

        Raises:
            GitError: when git cannot tell.
        """
        top = base.tree.top
        files = {str(top / name): name for name in base.tree.changed(base.commit)}
        places = _places(job)
        names = [name for file, name in files.items() if any(_is_below(Path(file), place) for place in places)]
        then = dict(base.tree.contents(base.commit, names, MAX_BYTES))
        known = {str(top / name) for name in base.tree.known()}
        here = {files.get(spec.file) for spec in job.specs}
        gone = {values: name for name in then if name not in here and (values := _values_of(then[name]))}
        differ = frozenset(_differing(done.examined, files, known, then, gone))
        cleared = {Path(name).stem for name in files.values() if Path(name).parent.name == CLEARANCES}
        changed = differ | {item.spec.shown for item in done.examined if item.id in cleared}
        return cls(done, job, base, files, changed, differ, then)

    @cached_property
    def rules(self) -> FormerRules:
        """The rules and exceptions as they were."""
        return FormerRules(self.job, self.base, self.files)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The campaigns that have changed."""
        return frozenset(item.id for item in self.done.examined if item.spec.shown in self.changed)

    @cached_property
    def paths(self) -> frozenset[str]:
        """The paths of all campaigns."""
        return frozenset(item.spec.shown for item in self.done.examined)

    def surely_had(self, finding: Finding) -> bool:
        """Whether a finding of a campaign that has not changed must have been there before.

        It must if the rule looks at nothing but the campaign, and neither rules nor exceptions have changed.
        """
        return self.rules.same and finding.path in self.paths and finding.rule not in self._about_several

    @cached_property
    def _about_several(self) -> frozenset[str]:
        """The rules that look at several campaigns, or beyond the specs."""
        return frozenset(rule.id for rule in self.done.examiner.rules if rule.check_portfolio is not None)

    def report(self, doubtful: Sequence[Finding]) -> Report | None:
        """Return what was wrong before, as far as it may be what is wrong now; None where there was nothing at all.

        Raises:
            GitError: when git cannot tell.
            UsageError: when the rules of then cannot be read.
        """
        with tempfile.TemporaryDirectory(prefix="campaigncheck-since-") as folder, self._broken():
            rules = self.rules.files(Path(folder) / "rules")
            waivers = self.rules.waivers(Path(folder) / WAIVERS)
            specs = self._specs(Path(folder), doubtful if rules is None else None)
            if rules is not None:
                return self._by_rules_of_then(rules, waivers, specs)
            return self._again(waivers, specs, doubtful)

    @contextmanager
    def _broken(self) -> Iterator[None]:
        try:
            yield
        except CatalogueError as error:
            raise UsageError(_BROKEN(ref=self.base.ref), _BROKEN_HINT()) from error

    def _again(self, waivers: Path | None, then: list[SpecFile], doubtful: Sequence[Finding]) -> Report | None:
        """Judge the campaigns as they were by the same rules; only what is in doubt is asked for, of the rules in doubt."""
        examiner, asked = self._by(doubtful), _asked(doubtful)
        same = [_as_asked(item, asked) for item in self.done.examined if item.spec.shown not in self.differ]
        items = sorted([*same, *examiner.examine(then)], key=lambda item: item.spec.shown)
        exceptions = load_waivers(waivers) if waivers is not None else None
        return judge(items, examiner, policy_digest(self.job.files), exceptions)[0] if items else None

    def _by(self, doubtful: Sequence[Finding]) -> Examiner:
        """Return what examines by the rules that some findings are of; whether an exception holds hangs on all of them."""
        named = {finding.rule for finding in doubtful}
        examiner = self.done.examiner
        if WAIV001 in named:
            return examiner
        return replace(examiner, rules=tuple(rule for rule in examiner.rules if rule.id in named))

    def _by_rules_of_then(self, rules: RuleFiles, waivers: Path | None, then: list[SpecFile]) -> Report | None:
        """Check everything as it was; rules that were asked for by name may not have been there."""
        same = [item.spec for item in self.done.examined if item.spec.shown not in self.differ]
        specs = sorted([*(replace(spec, selected=True) for spec in same), *then], key=lambda spec: spec.shown)
        past = replace(self.job, specs=specs, files=rules, waivers=waivers)
        if not specs:
            return None
        try:
            return run(past).report
        except UsageError:
            return run(replace(past, selection=Selection())).report

    def _specs(self, folder: Path, doubtful: Sequence[Finding] | None) -> list[SpecFile]:
        """Return the specs that are not among those of the run as they were: written below a folder, or hidden by proposals."""
        asked = _asked(doubtful) if doubtful is not None else None
        specs = []
        for number, (name, content) in enumerate(sorted(self.then.items())):
            file = folder / f"{number}.yaml"
            file.write_bytes(content)
            specs.append(SpecFile(str(file), shown(self.base.tree.top / name), asked is None))
        hidden = [spec for spec in self.job.specs if not spec.proposal and spec.file not in self.files]
        specs += [
            replace(spec, selected=asked is None or spec.shown in asked)
            for spec in hidden
            if spec.shown not in self.paths
        ]
        return specs


def _places(job: Job) -> list[Path]:
    """Return where the campaigns of a run are: in ``campaigns/``, and where some were named."""
    home = find_upwards(CAMPAIGNS)
    return [path.resolve() for path in (home, *map(Path, job.places)) if path is not None]


def _is_below(file: Path, place: Path) -> bool:
    if file == place:
        return True
    parts = file.relative_to(place).parts if file.is_relative_to(place) else ()
    return bool(parts) and file.name.lower().endswith(SUFFIXES) and not any(part.startswith(".") for part in parts)


def _differing(
    examined: Iterable[Examined],
    files: Mapping[str, str],
    known: Collection[str],
    then: dict[str, bytes],
    gone: dict[str, str],
) -> Iterator[str]:
    """Yield the paths of campaigns whose values are not as they were.

    Specs that are as they were, though perhaps in another file, are taken out of ``then``; ``gone`` are those that are in no
    file of their name any more, by their values.
    """
    for item in examined:
        name = files.get(item.spec.file)
        if item.spec.proposal or (name is None and item.spec.file not in known):
            yield item.spec.shown
        elif name is not None:
            values = _values(item)
            before = name if name in then else gone.pop(values, None) if values is not None else None
            if values is not None and before is not None and values == _values_of(then[before]):
                del then[before]
            else:
                yield item.spec.shown


def _values(item: Examined) -> str | None:
    return _written_out(item.document.text) if item.document is not None else None


def _values_of(content: bytes) -> str | None:
    try:
        return _written_out(decode(content))
    except SourceError:
        return None


def _written_out(text: str) -> str | None:
    """Return the values of a spec in one way of writing, whatever the order of keys; None for a text that is none."""
    try:
        return json.dumps(parse(text), ensure_ascii=False, sort_keys=True)
    except (RefusalError, TypeError):
        return None


def _asked(doubtful: Iterable[Finding]) -> set[str]:
    findings = list(doubtful)
    return {finding.path for finding in findings} | {finding.campaign for finding in findings}


def _as_asked(item: Examined, asked: set[str]) -> Examined:
    """Return a campaign asked for if something about it is in doubt; also one that was not, with what others cause in it."""
    wanted = bool({item.spec.shown, item.id} & asked)
    if item.spec.selected == wanted:
        return item
    return item._replace(spec=replace(item.spec, selected=wanted), located=(), crashes=())
