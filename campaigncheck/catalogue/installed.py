"""Rules that installed packages bring along: entry points of the group ``campaigncheck.rules``.

An entry point names a rule, or a list of them. What they are is checked where rules are known (``campaigncheck.custom``);
here is only what the catalogues have to know: ids, severities, and which version of which package it is.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from campaigncheck.catalogue.models import Severity

GROUP = "campaigncheck.rules"
_ENTRY_POINTS = "entry_points.txt"
_METADATA = (".dist-info", ".egg-info")


class PlugIn(NamedTuple):
    """What a package brings along: its rules, or why there are none."""

    name: str
    package: str
    version: str
    rules: tuple[Any, ...]
    error: str | None = None


class Named(NamedTuple):
    """A rule as the policy has to know it."""

    id: str
    severity: Severity


@lru_cache(maxsize=1)
def plug_ins() -> tuple[PlugIn, ...]:
    """Return what is installed, in order of name; looked for once in a process."""
    if not any(map(_may_have_some, sys.path)):
        return ()
    from importlib.metadata import entry_points  # takes as long as checking some twenty specs, and most have no plug-in

    found = [_load(point) for point in entry_points(group=GROUP)]
    return tuple(sorted(found, key=lambda item: (item.package, item.name)))


def rules() -> Iterator[Named]:
    """Yield what the policy has to know of the rules; those that are none are left to whoever checks them."""
    for plug_in in plug_ins():
        yield from named(plug_in)


def named(plug_in: PlugIn) -> Iterator[Named]:
    """Yield the rules of one package as the policy has to know them."""
    for rule in plug_in.rules:
        name, severity = getattr(rule, "id", None), getattr(rule, "severity", None)
        if isinstance(name, str) and severity in ("error", "warning", "note"):
            yield Named(name, severity)


def identities() -> Iterator[str]:
    """Yield what tells one state of the plug-ins from another: versions, and the code of their rules, which may be edited."""
    for plug_in in plug_ins():
        yield f"{plug_in.name}\0{plug_in.package}\0{plug_in.version}"
        for rule in plug_in.rules:
            yield _code(rule)


def _code(rule: Any) -> str:
    """Return the digest of the module that a rule's check is in."""
    check = getattr(rule, "check", None) or getattr(rule, "check_portfolio", None)
    module = sys.modules.get(str(getattr(check, "__module__", "")))
    try:
        with open(str(getattr(module, "__file__", "")), "rb") as stream:
            return hashlib.sha256(stream.read()).hexdigest()
    except OSError:
        return ""


def _load(point: Any) -> PlugIn:
    package, version = point.dist.name, point.dist.version
    try:
        value = point.load()
        given = tuple(value) if isinstance(value, Iterable) else (value,)
    except (Exception, SystemExit) as error:  # whatever a package does when it is imported, its name has to be told
        return PlugIn(point.name, package, version, (), f"{type(error).__name__}: {error}")
    return PlugIn(point.name, package, version, given)


def _may_have_some(folder: str) -> bool:
    """Whether a package in a folder names the group; reading a few small files is all that most runs pay."""
    try:
        with os.scandir(folder or ".") as entries:
            names = [entry.path for entry in entries if entry.name.endswith(_METADATA)]
    except OSError:
        return folder.endswith((".zip", ".egg", ".whl")) and os.path.exists(folder)
    return any(_names_group(os.path.join(path, _ENTRY_POINTS)) for path in names)


def _names_group(file: str) -> bool:
    try:
        with open(file, "rb") as stream:
            return b"[" + GROUP.encode() + b"]" in stream.read()
    except OSError:
        return False
