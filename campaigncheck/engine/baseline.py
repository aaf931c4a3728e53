"""A baseline: the findings that a repository had when it began to be checked, so that only new ones fail.

It is a file of fingerprints. What cannot be read, and what is wrong with exceptions, is never part of it: a baseline
is no way around them. Findings under an exception are not either, so that they show once that ends.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import Field

from campaigncheck.catalogue.models import Entry, RuleId
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.finding import ALWAYS_HOLD, Compared, Finding, Gone, Report
from campaigncheck.engine.identity import fingerprints
from campaigncheck.messages import Message, Text
from campaigncheck.rules import all_rules
from campaigncheck.source.document import decode, read_bytes
from campaigncheck.source.errors import SourceError
from campaigncheck.source.limits import MAX_CATALOGUE_BYTES
from campaigncheck.spec.load import fit
from campaigncheck.spec.types import SpecVersion

VERSION = 1

_UNREADABLE = Text("基线 {path} 读不了：{reason}", "the baseline {path} cannot be read: {reason}")
_BAD = Text("{path} 不是基线文件：{where}{what}", "{path} is no baseline: {where}{what}")
_HINT = Text(
    "用 campaigncheck check --write-baseline {path} 重新生成。",
    "Make it anew by `campaigncheck check --write-baseline {path}`.",
)
_NOT_JSON = Text("不是 JSON", "it is no JSON")
_HALF = Text("里面有半个字符（\\ud800 这样的转义）", "it has half a character (an escape such as \\ud800)")
_NO_FIELDS = Text("应当是一组字段", "it is no group of fields")
_TWO_KEYS = Text("同一组里有两个“{key}”", "one object has “{key}” twice")
_FIXED = Text("{rule} 的问题不能记进基线", "findings of {rule} cannot be part of it")
_TWICE = Text("这个指纹前面已经写过", "this fingerprint has been there before")

Fingerprint = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Known(Entry):
    """A finding of a baseline: its fingerprint, and what it was, for people."""

    fingerprint: Fingerprint
    rule: RuleId
    campaign: str
    path: str
    pointer: str
    message: str


class Baseline(Entry):
    """The file."""

    version: SpecVersion
    findings: list[Known]


class _Numbered(NamedTuple):
    finding: Finding
    fingerprint: str


def read_baseline(file: Path) -> dict[str, Known]:
    """Return the findings of a baseline by fingerprint.

    Raises:
        UsageError: when it cannot be read, or is no baseline.
    """
    path = str(file)
    try:
        text = decode(read_bytes(path, MAX_CATALOGUE_BYTES))
    except SourceError as error:
        raise UsageError(_UNREADABLE(path=path, reason=error.message), _HINT(path=path)) from error
    try:
        value = json.loads(text, object_pairs_hook=_without_two_keys)
        json.dumps(value, ensure_ascii=False).encode()
    except _TwoKeysError as error:
        raise _bad(path, "", _TWO_KEYS(key=error.args[0])) from error
    except UnicodeEncodeError as error:
        raise _bad(path, "", _HALF) from error
    except (ValueError, RecursionError) as error:
        raise _bad(path, "", _NOT_JSON) from error
    if not isinstance(value, dict):
        raise _bad(path, "", _NO_FIELDS)
    found = fit(Baseline, value)
    if isinstance(found, list):
        raise _bad(path, "/".join(str(step) for step in found[0].path), found[0].message)
    known: dict[str, Known] = {}
    for index, item in enumerate(found.findings):
        if item.fingerprint in known:
            raise _bad(path, f"findings/{index}", _TWICE)
        if item.rule.startswith(ALWAYS_HOLD):
            raise _bad(path, f"findings/{index}", _FIXED(rule=item.rule))
        known[item.fingerprint] = item
    return known


class _TwoKeysError(Exception):
    """Raised when an object has one key twice, of which JSON would take the last."""


def _without_two_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwoKeysError(_visible(key))
        found[key] = value
    return found


def _bad(path: str, where: str, what: Text | Message) -> UsageError:
    return UsageError(_BAD(path=path, where=f"{_visible(where)} " if where else "", what=what), _HINT(path=path))


def write_baseline(report: Report) -> str:
    """Return the baseline of a report, one finding a line, in order of fingerprint."""
    lines = []
    for finding, fingerprint in sorted(_countable(report), key=lambda item: item.fingerprint):
        known = {
            "fingerprint": fingerprint, "rule": finding.rule, "campaign": finding.campaign, "path": finding.path,
            "pointer": finding.pointer, "message": finding.message.render("zh"),
        }  # fmt: skip
        lines.append("    " + json.dumps(known, ensure_ascii=False))
    listed = "[\n" + ",\n".join(lines) + "\n  ]" if lines else "[]"
    return f'{{\n  "version": {VERSION},\n  "findings": {listed}\n}}\n'


def _countable(report: Report) -> Iterator[_Numbered]:
    """Yield the findings that a baseline may hold."""
    for finding, fingerprint in zip(report.findings, fingerprints(report), strict=True):
        if finding.waived is None and not finding.rule.startswith(ALWAYS_HOLD):
            yield _Numbered(finding, fingerprint)


def only_new(report: Report, known: dict[str, Known], whole: Report, ran: frozenset[str]) -> Report:
    """Return a report without the findings of a baseline.

    Verdicts stay what they are: a finding that is known still blocks a launch. What the run would have found and did not is
    told as gone.

    Args:
        report: what is to be told of the run.
        known: the baseline.
        whole: the whole report of the run.
        ran: the rules that ran and did not crash.
    """
    there = {item.fingerprint: item.finding for item in _countable(whole)}
    old = {id(finding) for fingerprint, finding in there.items() if fingerprint in known}
    kept = tuple(finding for finding in report.findings if id(finding) not in old)
    gone = tuple(_gone({name: item for name, item in known.items() if name not in there}, whole, ran))
    left_out = len(report.findings) - len(kept)
    return replace(report, findings=kept, compared=Compared(left_out, gone), among=whole.findings)


def _gone(missing: dict[str, Known], whole: Report, ran: frozenset[str]) -> Iterator[Gone]:
    """Yield what a run has not found although it looked, or nobody looks for any more, in a fixed order."""
    told = {outcome.id for outcome in whole.outcomes}
    judged = {outcome.id for outcome in whole.outcomes if outcome.verdict != "invalid"}
    rules = {*all_rules(), *whole.own}
    for _, item in sorted(missing.items(), key=lambda pair: (pair[1].path, pair[1].rule, pair[0])):
        looked = item.campaign in judged or (whole.whole and item.campaign not in told)
        if looked and (item.rule in ran or item.rule not in rules):
            yield Gone(item.rule, _visible(item.campaign), _visible(item.path), _visible(item.message))


def _visible(text: str) -> str:
    """Return a text of the file without characters that would move the cursor or cannot be written."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
