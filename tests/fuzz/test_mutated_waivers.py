"""Exceptions and policies with anything done to them: nothing breaks, and nothing passes that nobody has let pass.

What may pass is decided anew here, by another reading of YAML and a page of rules of its own. ``CAMPAIGNCHECK_FUZZ`` is
the number of mutated files of exceptions (default 10,000); policies and overlays are a fifth of that.
"""

from __future__ import annotations

import copy
import json
import math
import os
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from campaigncheck.catalogue.files import RuleFiles, builtin_rules
from campaigncheck.catalogue.models import LEVELS, Policy, Severity
from campaigncheck.catalogue.policies import Policies, load_policies
from campaigncheck.catalogue.problems import CatalogueError
from campaigncheck.catalogue.waivers import Waivers, load_waivers
from campaigncheck.catalogue.words import Words
from campaigncheck.engine.finding import Finding, Report
from campaigncheck.engine.identity import Values, facts, values_of
from campaigncheck.engine.judge import judge
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.selection import Selection
from campaigncheck.engine.waiving import Checked, Exceptions
from campaigncheck.messages import LANGS, Message
from campaigncheck.report import FORMATS, writer
from campaigncheck.rules import all_rules
from campaigncheck.source.document import Document
from campaigncheck.source.limits import MAX_DIGITS
from campaigncheck.spec.load import fit
from tests.engine.waivers import LAW_RULES, POOL, portfolio, waiver
from tests.fuzz.test_fuzz import (
    KNOWLEDGE,
    Mutation,
    cut,
    flip,
    insert,
    lines,
    redate,
    replace_value,
    swap_tokens,
)
from tests.support.checking import TODAY

INPUTS = int(os.environ.get("CAMPAIGNCHECK_FUZZ", "10000"))
PARTS = 5
EVERY = 250
"""One input in so many goes through a whole run and a report."""

# An independent reading


class RefusedError(Exception):
    """A file that is no plain YAML list of exceptions."""


class Core(yaml.CSafeLoader):
    """Reads the core schema of YAML 1.2: dates, on and off are text; keys are unique, and tags and merges no plain data."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # declared as an instance variable by the stubs

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        if not all(isinstance(key, str) for key in keys) or len(set(keys)) < len(keys) or "<<" in keys:
            raise RefusedError
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


def _number(loader: Core, node: yaml.Node) -> int | str:
    """A number is no text, unless it is too long or too large to be one."""
    text = node.value
    if not isinstance(text, str):  # a tag says that a collection is a number
        raise RefusedError
    is_float = not text.startswith(("0x", "0o")) and not re.fullmatch("[-+]?[0-9]+", text)
    return text if len(text) > MAX_DIGITS or (is_float and math.isinf(float(text))) else 0


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("tag:yaml.org,2002:float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
    ("tag:yaml.org,2002:int", r"0o[0-7]+|0x[0-9a-fA-F]+", ["0"]),
):
    Core.add_implicit_resolver(_tag, re.compile(rf"(?:{_pattern})\Z"), _first)
for _tag in ("float", "int"):
    Core.add_constructor(f"tag:yaml.org,2002:{_tag}", _number)


def reading(data: bytes) -> Any:
    """Return what a file says."""
    try:
        return yaml.load(data.decode("utf-8").removeprefix("\ufeff"), Core)
    except (UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        raise RefusedError from error


class Powers(NamedTuple):
    """Who may what: approvers by level in each region, and the rules that are a city's."""

    approvers: Mapping[str, Mapping[str, str]]
    city_rules: frozenset[str]

    def able(self, approver: str, rule: str, owner: str) -> bool:
        """Whether somebody may grant an exception from a rule to a campaign of an owner."""
        chain = [owner[:4] + "00", owner[:2] + "0000", "000000", "policy"]
        level = next((self.approvers[at][approver] for at in chain if approver in self.approvers.get(at, {})), None)
        is_city = owner[2:] != "0000"
        needed = "city" if is_city and rule in self.city_rules else "province"
        return level is not None and LEVELS.index(level) <= LEVELS.index(needed)


SHAPES = {
    "rule": r"[A-Z]{2,6}[0-9]{3}",
    "campaign": r"[a-z0-9-]{3,64}",
    "reason": r"(?s).{1,500}",
    "approver": r"(?s).{1,500}",
    "expires": r"(20[0-9]{2}|2100)-[0-9]{2}-[0-9]{2}",
    "pointer": r"(/[^\r\n]{0,499})?",
    "related": r"[a-z0-9-]{3,64}",
    "facts": r"sha256:[0-9a-f]{64}",
    "hash": r"sha256:[0-9a-f]{64}",
}
NEEDED = ("rule", "campaign", "reason", "approver", "expires")


def well_formed(entry: Any) -> bool:
    """Whether an entry has the fields it needs, and nothing but fields of the right shape."""
    if not isinstance(entry, dict) or not set(NEEDED) <= set(entry) <= set(SHAPES):
        return False
    for name, value in entry.items():
        if value is None and name not in NEEDED:
            continue
        if not isinstance(value, str) or not re.fullmatch(SHAPES[name], value):
            return False
    if "facts" in entry and "hash" in entry and entry["facts"] != entry["hash"]:
        return False
    try:
        date.fromisoformat(entry["expires"])
    except ValueError:
        return False
    return all(
        any(unicodedata.category(sign)[0] not in "CZ" for sign in entry[name]) for name in ("reason", "approver")
    )


def covers(entry: Any, finding: Finding, fact: str, powers: Powers) -> bool:
    """Whether a well-formed entry lets a finding pass."""
    digest = entry.get("facts") or entry.get("hash")
    return (
        not entry["rule"].startswith(("SPEC", "WAIV"))
        and (entry["rule"], entry["campaign"]) == (finding.rule, finding.campaign)
        and powers.able(entry["approver"], entry["rule"], OWNERS[finding.campaign])
        and entry["expires"] >= TODAY.isoformat()
        and (finding.pointer + "/").startswith((entry.get("pointer") or "") + "/")
        and entry.get("related") in (None, *(item.campaign for item in finding.related))
        and digest in (None, fact)
    )


# The portfolio

OWNERS = {"first": "510000", "second": "510700", "third": "510100", "fourth": "510000"}


class World(NamedTuple):
    """A portfolio that was looked at once."""

    base: Report
    facts: tuple[str, ...]
    checked: Checked
    values: Values
    judge: Callable[[Path], Report]

    def apply(self, given: Waivers, policies: Policies) -> list[Finding]:
        """Return the findings as exceptions leave them."""

        def severity(owner: str) -> Severity:
            return policies.severity("WAIV001", owner)

        applied = Exceptions(given, policies, TODAY, self.checked, self.values, severity)
        return applied.apply(self.base.findings)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The portfolio of the laws of exceptions, examined."""
    folder = tmp_path_factory.mktemp("world")
    specs = []
    for name, text in sorted(portfolio(set(POOL)).items()):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        specs.append(SpecFile(str(folder / f"{name}.yaml"), f"{name}.yaml", True))
    examiner = KNOWLEDGE.examiner(Selection(LAW_RULES), TODAY.toordinal())
    examined = tuple(examiner.examine(specs))
    base, _ = judge(examined, examiner, "")
    assert {item.id: item.owner for item in examined} == OWNERS
    checked = Checked(OWNERS, set(OWNERS), set(LAW_RULES), set(all_rules()))
    return World(
        base,
        facts(base),
        checked,
        values_of(base.sources),
        lambda file: judge(examined, examiner, "", load_waivers(file))[0],
    )


def builtin_powers() -> Powers:
    policy = reading((builtin_rules() / "policy.yaml").read_bytes())
    return _powers(policy, {})


def _powers(policy: dict[str, Any], overlays: Mapping[str, dict[str, Any]]) -> Powers:
    named = {code: value.get("approvers", {}) for code, value in {"policy": policy, **overlays}.items()}
    approvers = {code: {name: item["level"] for name, item in given.items()} for code, given in named.items()}
    return Powers(approvers, frozenset((policy.get("authority") or {}).get("city", ())))


# Exceptions


def examples(world: World) -> list[str]:
    """Return well-formed files that cover much, between them all fields."""
    bound = [
        waiver(rule=item.rule, campaign=item.campaign, pointer=item.pointer, **{name: fact})
        for item, fact, name in zip(world.base.findings, world.facts, ["facts", "hash"] * 9, strict=False)
    ]
    by_city = waiver(rule="TIME004", campaign="second", approver="市公司服务部", expires="2026-12-01")
    plain = [waiver(rule=rule, campaign=name) for name, rule in zip(POOL, ("LANG003", "TIME004") * 2, strict=True)]
    related = waiver(rule="CONF001", campaign="first", related="second", reason="两边都已经同意")
    flow = json.dumps([{"rule": "LANG003", "campaign": "fourth", **dict.fromkeys(("reason", "approver"), "省公司服务部"),
                        "expires": "2027-03-31", "pointer": "/texts/1"}], ensure_ascii=False)  # fmt: skip
    return [
        "# 例外\n" + "".join(bound[::2]),
        "".join(bound[1::2]),
        by_city + related,
        "".join(plain),
        related + by_city + plain[0],
        flow,
    ]


POOLS: dict[str, list[Any]] = {
    "rule": ["LANG003", "TIME004", "CONF001", "SPEC004", "WAIV001", "INTERNAL", "LANG033", "lang003", "LANG003 ", "LANG", "*"],
    "campaign": [*POOL, "fifth", "*", "FIRST", "first ", "fir"],
    "reason": ["试点", "", " ", "　", "\u200b", "\ufeff", "\u00ad", "x" * 500, "x" * 501, "\n", "a\nb"],
    "approver": ["省公司服务部", "省公司市场部", "市公司服务部", "省公司服务部 ", "总部", "王经理", "*", ""],
    "expires": ["2026-11-30", "2026-12-01", "2027-02-29", "2100-12-31", "2101-01-01", "9999-12-31", "2027-3-1", "20270331", "永久", "2027-03-31 "],
    "pointer": ["", "/", "/texts", "/texts/0", "/texts/1/text", "/texts/", "texts", "/text", "/offers/0/excludes/0", "/texts\n", "//", "/~0"],
    "related": [*POOL, "fifth", "*", ""],
    "facts": ["sha256:" + "0" * 64, "sha256:", "md5:" + "0" * 32, "SHA256:" + "0" * 64, ""],
    "hash": ["sha256:" + "f" * 64, "sha256:" + "0" * 63 + "g"],
    "Rule": ["LANG003"],
    "days": [3],
}  # fmt: skip
ODD: list[Any] = [None, True, 0, 3.5, [], {}, ["LANG003"], {"rule": "LANG003"}]


def reshaped(chance: random.Random, data: bytes) -> bytes:
    """Change entries as values, and write them anew."""
    try:
        entries = reading(data)
    except RefusedError:
        return data
    if not isinstance(entries, list) or not entries:
        return data
    entries = copy.deepcopy(entries)
    entry = chance.choice(entries)
    way = chance.randrange(8)
    if way == 0:
        entries.append(copy.deepcopy(entry))
    elif way == 1:
        entries.insert(0, chance.choice(ODD))
    elif not isinstance(entry, dict) or not entry:
        entries.remove(entry)
    elif way == 2:
        del entry[chance.choice(list(entry))]
    elif way == 3:
        entry[chance.choice(list(entry))] = chance.choice(ODD)
    elif way == 4:
        first, second = chance.choice(list(entry)), chance.choice(list(entry))
        entry[first], entry[second] = entry[second], entry[first]
    else:
        name = chance.choice(list(POOLS))
        entry[name] = chance.choice(POOLS[name])
    if chance.random() < 0.5:
        return json.dumps(entries, ensure_ascii=chance.random() < 0.5).encode()
    return yaml.dump(entries, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=chance.random() < 0.5).encode()


def spread(chance: random.Random, data: bytes) -> bytes:
    """Write an alias, a merge, a tag or a second document."""
    odd = [b"- &e {rule: LANG003}\n- *e\n", b"- {<<: *e}\n", b"- !!map {}\n", b"---\n- {}\n", b"- ? [a]\n  : b\n"]
    spots = [match.start() for match in re.finditer(rb"(?m)^- ", data)] or [0]
    at = chance.choice([*spots, len(data)])
    return data[:at] + chance.choice(odd) + data[at:]


MUTATIONS: list[Mutation] = [
    flip,
    insert,
    replace_value,
    cut,
    lines,
    lines,
    swap_tokens,
    swap_tokens,
    redate,
    spread,
    *[reshaped] * 8,
]


def mutants(seed: int, number: int, given: list[str], ways: Sequence[Mutation]) -> Iterator[bytes]:
    """Yield files with one to four mutations each; the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(number):
        data = chance.choice(given).encode()
        for _ in range(chance.choice([1, 1, 1, 2, 4])):
            data = chance.choice(ways)(chance, data) or b"\n"
        yield data


def expected(data: bytes, world: World, powers: Powers) -> list[bool]:
    """Return which findings may pass."""
    try:
        entries = reading(data)
    except RefusedError:
        entries = []
    entries = list(filter(well_formed, entries)) if isinstance(entries, list) else []
    return [
        any(covers(entry, finding, fact, powers) for entry in entries)
        for finding, fact in zip(world.base.findings, world.facts, strict=True)
    ]


def passed(findings: list[Finding] | tuple[Finding, ...]) -> list[bool]:
    return [item.waived is not None for item in findings if item.rule != "WAIV001"]


def unread(findings: list[Finding]) -> bool:
    """Whether the file as a whole was refused."""
    return any(item.rule == "WAIV001" and item.pointer == "" for item in findings)


def assert_told(findings: list[Finding]) -> None:
    """Everything said of exceptions has words in both languages and a place."""
    for item in findings:
        if item.rule == "WAIV001":
            assert item.severity == "error"
            assert item.waived is None
            assert (1, 1) <= item.place[:2] <= item.place[2:]
            assert all(item.message.render(lang) and item.hint.render(lang) for lang in LANGS)


@pytest.mark.parametrize("part", range(PARTS))
def test_mutated_exceptions(part: int, world: World, tmp_path: Path) -> None:
    file, powers, policies = tmp_path / "waivers.yaml", builtin_powers(), KNOWLEDGE.catalogues.policies
    granted = refused = 0
    for number, data in enumerate(mutants(part, INPUTS // PARTS, examples(world), MUTATIONS)):
        file.write_bytes(data)
        findings = world.apply(load_waivers(file), policies)
        assert_told(findings)
        allowed, found = expected(data, world, powers), passed(findings)
        assert found == ([False] * len(found) if unread(findings) else allowed), data
        granted, refused = granted + any(found), refused + any(item.rule == "WAIV001" for item in findings)
        if number % EVERY == 0:
            report = world.judge(file)
            assert passed(report.findings) == found
            name = sorted(FORMATS)[number // EVERY % len(FORMATS)]
            assert all(writer(name)(report, lang) for lang in LANGS)
    assert min(granted, refused) > INPUTS // PARTS / 4, "mutants that are never understood test nothing"


def test_the_examples_hold(world: World, tmp_path: Path) -> None:
    file, powers, policies = tmp_path / "waivers.yaml", builtin_powers(), KNOWLEDGE.catalogues.policies
    number = {True: 0, False: 0}
    for text in examples(world):
        file.write_text(text, encoding="utf-8")
        found = passed(world.apply(load_waivers(file), policies))
        assert found == expected(text.encode(), world, powers)
        assert any(found)
        for item in found:
            number[item] += 1
    assert min(number.values()) > 5


# Policies and overlays

ABOUT = "about: {title: 尺度, source: 测试}\n"
POLICY = f"""{ABOUT}extends: builtin
severities: {{TIME004: error, LANG004: warning}}
approvers:
  总部: {{level: country}}
  市公司服务部: {{level: city}}
  督导组: {{level: city}}
authority:
  source: 测试
  city: [TIME004, LANG003]
loosenable: {{limits: [live_campaigns], severities: [CONF005]}}
"""
PROVINCE = f"""{ABOUT}severities:
  TIME004: error
limits:
  live_campaigns: {{value: 1, source: 测试}}
approvers:
  四川客服: {{level: province}}
  四川督导: {{level: city}}
  省公司市场部: {{level: city}}
loosenable: {{}}
"""
CITY = f"""{ABOUT}approvers:
  绵阳客服: {{level: city}}
  市公司服务部: {{level: city}}
severities: {{FREQ001: error}}
"""
APPROVERS = (
    "省公司服务部",
    "省公司市场部",
    "市公司服务部",
    "总部",
    "督导组",
    "四川客服",
    "四川督导",
    "绵阳客服",
    "city",
)
LEVEL_WORDS = [b"country", b"province", b"province", b"city", b"city", b"County"]


def relevelled(chance: random.Random, data: bytes) -> bytes:
    """Give somebody another level, or another name."""
    found = list(re.finditer(rb"(?<=level: )[a-z]*|" + "|".join(APPROVERS).encode(), data))
    if not found:
        return data
    spot = chance.choice(found)
    given = LEVEL_WORDS if spot[0].isascii() else [name.encode() for name in APPROVERS]
    return data[: spot.start()] + chance.choice(given) + data[spot.end() :]


POLICY_MUTATIONS: list[Mutation] = [
    flip,
    insert,
    replace_value,
    lines,
    lines,
    swap_tokens,
    swap_tokens,
    *[relevelled] * 12,
]


class Shelf:
    """A folder of rules whose files are written again and again."""

    def __init__(self, folder: Path) -> None:
        (folder / "overlays").mkdir(parents=True)
        self.folder = folder
        self.texts = {
            "policy.yaml": POLICY.encode(), "overlays/510000.yaml": PROVINCE.encode(), "overlays/510700.yaml": CITY.encode(),
        }  # fmt: skip
        for name, data in self.texts.items():
            self.put(name, data)

    def put(self, name: str, data: bytes) -> None:
        (self.folder / name).write_bytes(data)
        self.texts[name] = data

    def load(self, policy: tuple[Policy, Document]) -> Policies:
        catalogues = KNOWLEDGE.catalogues
        words = Words(catalogues.glossary, catalogues.wording)
        return load_policies(RuleFiles.at(self.folder), *policy, catalogues.regions, words)

    def policy(self) -> tuple[Policy, Document] | None:
        """Return the policy; None if it does not fit."""
        value, document = RuleFiles.at(self.folder).yaml("policy")
        fitted = fit(Policy, value)
        return None if isinstance(fitted, list) else (fitted, document)

    def powers(self) -> Powers:
        """Return who may what, read anew."""
        values = {Path(name).stem: reading(data) for name, data in self.texts.items()}
        own, builtin = values.pop("policy"), reading((builtin_rules() / "policy.yaml").read_bytes())
        if own.get("extends") == "builtin":
            own = {key: {**builtin[key], **own.get(key, {})} for key in ("approvers", "authority")}
        return _powers(own, values)


def everybody(world: World) -> str:
    """Return exceptions by everybody from everything, each from one finding only."""
    kinds = {(item.rule, item.campaign, item.pointer) for item in world.base.findings}
    return "".join(
        waiver(rule=rule, campaign=campaign, pointer=pointer, approver=name)
        for name in APPROVERS
        for rule, campaign, pointer in sorted(kinds)
    )


def granted_by(findings: list[Finding]) -> set[tuple[str, int]]:
    """Return rule and line of the exceptions that are refused for who has granted them."""
    return {
        (item.pointer, item.place.line)
        for item in findings
        if item.rule == "WAIV001" and item.pointer.endswith("/approver")
    }


@pytest.mark.parametrize("name", ["policy.yaml", "overlays/510000.yaml", "overlays/510700.yaml"])
def test_mutated_policies(name: str, world: World, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "rules")
    original = shelf.policy()
    assert original is not None
    exceptions = tmp_path / "waivers.yaml"
    exceptions.write_text(everybody(world), encoding="utf-8")
    given, entries = load_waivers(exceptions), reading(exceptions.read_bytes())
    number = INPUTS // 5 // (8 if name == "policy.yaml" else 2)
    text = shelf.texts[name].decode()
    seen: dict[bytes, bool] = {}
    told: list[Message] = []
    for data in mutants(len(name), number, [text], POLICY_MUTATIONS):
        if data in seen:
            continue
        shelf.put(name, data)
        seen[data] = False
        try:
            policy = shelf.policy() if name == "policy.yaml" else original
            policies = shelf.load(policy) if policy is not None else None
        except CatalogueError as error:
            told += [rendered for item in error.problems for rendered in (item.message, item.hint)]
            continue
        if policies is None:
            continue
        seen[data] = True
        powers = shelf.powers()
        findings = world.apply(given, policies)
        assert_told([item for item in findings if item.rule == "WAIV001"])
        may = [powers.able(item["approver"], item["rule"], OWNERS[item["campaign"]]) for item in entries]
        refused = {int(pointer.split("/")[1]) for pointer, _ in granted_by(findings)}
        assert refused == {index for index, able in enumerate(may) if not able}, data
        assert_nobody_too_high(powers)
    assert all(item.render(lang) for item in told for lang in LANGS)
    assert min(sum(seen.values()), len(seen) - sum(seen.values())) > len(seen) / 20


def assert_nobody_too_high(powers: Powers) -> None:
    """An overlay appoints for its own level and below."""
    assert "country" not in powers.approvers["510000"].values()
    assert set(powers.approvers["510700"].values()) <= {"city"}
