"""All rules of a site besides the built-in ones: where each is from, and that no id is there twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from campaigncheck.catalogue.custom import Written
from campaigncheck.catalogue.installed import PlugIn
from campaigncheck.catalogue.problems import CatalogueError
from campaigncheck.custom import wording
from campaigncheck.custom.build import build, samples
from campaigncheck.custom.plugins import PlugInError, checked
from campaigncheck.messages import Message, Text
from campaigncheck.rulekit.rule import Rule, Sample

_FROM_FILE = Text("{path} 第 {line} 行", "{path}, line {line}")
_FROM_PACKAGE = Text("插件 {package} {version}", "the plug-in {package} {version}")
_BUILT_IN = Text("campaigncheck", "campaigncheck")
_RESERVED = frozenset({"SPEC", "CONF", "FREQ", "LANG", "FAQ", "TIME", "WAIT", "READY", "SAFE", "GATE", "WAIV"})


class Own(NamedTuple):
    """A rule that is not built in: where it is from, and all its samples."""

    rule: Rule
    origin: Message
    samples: tuple[Sample, ...]


def site(written: tuple[Written, ...], plug_ins: tuple[PlugIn, ...], builtin: Mapping[str, Rule]) -> dict[str, Own]:
    """Return the rules of a site by id, in order of id.

    Raises:
        CatalogueError: for YAML files that cannot be used.
        PlugInError: for plug-ins that cannot be used.
    """
    families = _RESERVED | {rule.family for rule in builtin.values()}
    found: dict[str, Own] = {}
    for plug_in in plug_ins:
        for rule in checked(plug_in):
            _refuse_taken(rule, plug_in, found, families)
            origin = _FROM_PACKAGE(package=plug_in.package, version=plug_in.version)
            found[rule.id] = Own(rule, origin, (rule.failing, rule.passing))
    _refuse_clashes(written, found, families)
    rules = build(written)
    for item in written:
        origin = _FROM_FILE(path=item.document.path, line=item.line)
        found[item.rule.id] = Own(rules[item.rule.id], origin, samples(item.rule))
    return dict(sorted(found.items()))


def _refuse_taken(rule: Rule, plug_in: PlugIn, found: Mapping[str, Own], families: frozenset[str]) -> None:
    origin = _BUILT_IN() if rule.family in families else found[rule.id].origin if rule.id in found else None
    if origin is not None:
        hint = wording.TAKEN_HINT(package=f"{plug_in.package} {plug_in.version}")
        raise PlugInError(wording.TAKEN(rule=rule.id, origin=origin), hint)


def _refuse_clashes(written: tuple[Written, ...], found: Mapping[str, Own], families: frozenset[str]) -> None:
    problems = [
        item.problem(message, wording.BUILT_IN_FAMILY_HINT(), ("id",))
        for item in written
        for message in _clashes(item.rule.id, found, families)
    ]
    if problems:
        raise CatalogueError(problems)


def _clashes(name: str, found: Mapping[str, Own], families: frozenset[str]) -> Iterator[Message]:
    family = name.rstrip("0123456789")
    if family in families:
        yield wording.BUILT_IN_FAMILY(family=family)
    elif name in found:
        yield wording.TAKEN(rule=name, origin=found[name].origin)
