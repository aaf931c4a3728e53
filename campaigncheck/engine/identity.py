"""Which finding is which, however lines move; and the values that a finding rests on.

A *fingerprint* names a finding from one version of a repository to the next: its rule, its campaign, where in the
spec it stands (entries of lists by their names, not their numbers), the words it marks, and the campaigns it is about.
*Facts* are a digest of the values at those places: what whoever grants an exception has seen.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from campaigncheck.engine.finding import Finding, Report
from campaigncheck.source.errors import RefusalError
from campaigncheck.source.place import Lines, Path, from_pointer
from campaigncheck.source.yamlpass import parse

_SUBJECTS = ("topic", "item")
"""What a finding about something missing is about: its place is that of whatever asks for it, and may ask for more."""

_NAMES = ("id", "topic", "phrase", "step", "role", "rule", "hall")
"""What an entry of a list is known by, the best first."""

Values = Callable[[str], Any]
"""Gives the plain values of a file by its path; None where it cannot be read."""


def fingerprints(report: Report, values: Values | None = None) -> tuple[str, ...]:
    """Return the fingerprint of each finding, in order; no two are alike. ``values`` saves reading the sources again."""
    values, lines = values or values_of(report.sources), _once(lambda path: Lines(report.sources.get(path, "")))
    seen: Counter[str] = Counter()
    found = []
    for finding in report.among or report.findings:
        name = _digest(_identity(finding, values(finding.path), lines(finding.path)))
        seen[name] += 1
        found.append(name if seen[name] == 1 else _digest([name, seen[name]]))
    if not report.among:
        return tuple(found)
    chosen = {id(finding): name for finding, name in zip(report.among, found, strict=True)}
    return tuple(chosen[id(finding)] for finding in report.findings)


def facts(report: Report, values: Values | None = None) -> tuple[str, ...]:
    """Return the facts of each finding, in order, as ``sha256:…``; ``values`` as in :func:`fingerprints`."""
    known = values or values_of(report.sources)
    return tuple(facts_of(finding, known) for finding in report.findings)


def facts_of(finding: Finding, values: Values) -> str:
    """Return the digest of the values that one finding rests on: its own, and those of the places it is related to."""
    others = sorted(
        _written([item.campaign, _unordered(at(values(item.path), from_pointer(item.pointer)))])
        for item in finding.related
    )
    own = _unordered(at(values(finding.path), from_pointer(finding.pointer)))
    return "sha256:" + _digest([finding.rule, finding.campaign, _subject(finding), own, others])


def values_of(sources: Mapping[str, str]) -> Values:
    """Return what gives the values of texts, each read when it is first asked for."""
    return _once(lambda path: _parsed(sources.get(path, "")))


def at(value: Any, path: Path) -> Any:
    """Return the value at a path, or of its nearest parent that there is."""
    for step in path:
        inner = _step(value, step)
        if inner is _MISSING:
            return value
        value = inner
    return value


_MISSING = object()


def _step(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(str(step), _MISSING)
    if isinstance(value, list) and str(step).isdecimal() and int(step) < len(value):
        return value[int(step)]
    return _MISSING


def _parsed(text: str) -> Any:
    try:
        return parse(text)
    except RefusalError:
        return None


def _identity(finding: Finding, value: Any, lines: Lines) -> list[Any]:
    path, subject = from_pointer(finding.pointer), _subject(finding)
    others = sorted(
        {item.campaign for item in finding.related if not subject}
    )  # what is missing is so whoever asks for it
    marked = _marked(finding, value, path, lines)
    return [finding.rule, finding.campaign, list(_named(value, path)), subject, marked, others]


def _subject(finding: Finding) -> list[Any]:
    """Return the names of what a finding misses, which no place can tell."""
    return [name for key in _SUBJECTS if isinstance(name := finding.message.args.get(key), str)]


def _named(value: Any, path: Path) -> Iterator[Any]:
    """Yield the steps of a path, an entry of a list by its name where it has one."""
    for step in path:
        inner = _step(value, step)
        yield _name(inner, step) if isinstance(value, list) else str(step)
        value = inner


def _name(entry: Any, step: str | int) -> Any:
    if isinstance(entry, dict):
        return next(([key, entry[key]] for key in _NAMES if isinstance(entry.get(key), str)), _without(entry))
    return entry if isinstance(entry, str) else int(step)


def _without(entry: dict[str, Any]) -> Any:
    """An entry without a name is known by its shortest sign: its channel."""
    return ["channel", entry["channel"]] if isinstance(entry.get("channel"), str) else "entry"


def _marked(finding: Finding, value: Any, path: Path, lines: Lines) -> Any:
    """Return what a finding marks: words of a value, or a collection as a value, however it is laid out.

    The place of something missing, and of a spec as a whole, is that of something else; and a key is part of the path.
    """
    for step in path:
        value = _step(value, step)
    if value is _MISSING or not path:
        return ""
    words = _words(finding, lines)
    if isinstance(value, dict | list):
        return "" if words.strip("'\"") == path[-1] else _unordered(value)
    return words


def _words(finding: Finding, lines: Lines) -> str:
    """Return the words at the place of a finding, without the blanks that laying them out anew would change."""
    return "".join("".join(lines.within(finding.place)).split())


def _unordered(value: Any) -> Any:
    """Return a value with its lists of entries in an order of their own: which offer or answer comes first means nothing."""
    if isinstance(value, dict):
        return {key: _unordered(item) for key, item in value.items()}
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return sorted(map(_unordered, value), key=_written)
    return value


def _digest(parts: Iterable[Any]) -> str:
    return sha256(_written(list(parts)).encode("utf-8", "surrogatepass")).hexdigest()


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _once(make: Callable[[str], Any]) -> Callable[[str], Any]:
    made: dict[str, Any] = {}

    def of(path: str) -> Any:
        if path not in made:
            made[path] = make(path)
        return made[path]

    return of
