"""Ten thousand mutated baselines: none breaks the program, none hides a finding whose fingerprint it does not hold."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from campaigncheck.engine import baseline
from campaigncheck.engine.baseline import only_new, read_baseline, write_baseline
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.finding import Report
from campaigncheck.engine.identity import fingerprints
from campaigncheck.messages import LANGS
from campaigncheck.rulekit.sample import complete
from campaigncheck.rules import all_rules
from tests.support.checking import check_specs

INPUTS = 10_000
SPECS = {
    "bad": "spec: [\n",
    "loud": "id: loud\ntexts:\n  - {channel: poster, text: 全国第一，全国第一。}\n  - {channel: app, text: 国家级品质。}\n",
    "net": "id: net\noffers: [{id: n, name: 提速, product: broadband.300m, kind: upgrade, excludes: [tv.*]}]\n",
    "watch": "id: watch\noffers: [{id: w, name: 看电视, product: tv.basic, kind: discount}]\n",
}
WAIVER = (
    "- {rule: LANG003, campaign: loud, pointer: /texts/1, reason: 试点, approver: 省公司服务部, expires: 2027-03-31}\n"
)
STRANGE: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 10**30, "", "x", "SPEC001", "WAIV001", "INTERNAL", "0" * 64, "F" * 64, "\ud800", "\x1b[2J", [], {}, [[]],
)  # fmt: skip
SNIPPETS = (
    b"{", b"}", b"[", b"]", b",", b":", b'"', b"\\", b"\\ud800", b"\0", b"\xff", b"\xef\xbb\xbf", b"NaN", b"1e999", b"null", b"//", b"\n<<<<<<< HEAD\n",
    "，".encode(), "\u202e".encode(), "全国".encode("gbk"),
)  # fmt: skip
Mutation = Callable[[random.Random, bytes], bytes]


def flip(chance: random.Random, data: bytes) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 20])):
        found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
    return bytes(found)


def insert(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.choice(SNIPPETS) + data[at:]


def cut(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.choice([1, 5, 100, len(data)]) :]


def drop_line(chance: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def hexadecimal(chance: random.Random, data: bytes) -> bytes:
    """Change a digit of some fingerprint: still a fingerprint, of nothing."""
    value = json.loads(data)
    entry = chance.choice(value["findings"])
    at = chance.randrange(64)
    entry["fingerprint"] = (
        entry["fingerprint"][:at] + chance.choice("0123456789abcdef") + entry["fingerprint"][at + 1 :]
    )
    return json.dumps(value).encode()


def another_value(chance: random.Random, data: bytes) -> bytes:
    value = json.loads(data)
    holder = chance.choice([value, *value["findings"]])
    key = chance.choice([*holder, "more"])
    holder[key] = chance.choice(STRANGE)
    return json.dumps(value, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def shuffle(chance: random.Random, data: bytes) -> bytes:
    """Leave some entries out, repeat some, in another order, under other names."""
    value = json.loads(data)
    value["findings"] = [dict(item) for item in chance.choices(value["findings"], k=chance.randrange(4))]
    for item in value["findings"]:
        item[chance.choice(["rule", "campaign", "path"])] = chance.choice(["LANG003", "CONF001", "loud", "net"])
    return json.dumps(value).encode()


MUTATIONS: tuple[Mutation, ...] = (flip, insert, cut, drop_line, hexadecimal, another_value, shuffle)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    specs = {name: complete(text) for name, text in SPECS.items()}
    return check_specs(
        tmp_path_factory.mktemp("specs"), specs, select=("CONF001", "LANG003", "SPEC", "WAIV001"), waivers=WAIVER
    )


def held(data: bytes) -> set[str]:
    """Return the fingerprints of a file, read in another way."""
    return {item["fingerprint"] for item in json.loads(data.decode("utf-8-sig"))["findings"]}


def test_no_mutation_hides_more_than_it_holds(report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance, file = random.Random(6), tmp_path / "known.json"
    whole = write_baseline(report).encode()
    assert [item.rule for item in report.findings] == ["SPEC001", "LANG003", "LANG003", "LANG003", "CONF001", "CONF001"]
    prints = fingerprints(report)
    monkeypatch.setattr(baseline, "fingerprints", lambda _: prints)  # of the same report each time
    names = dict(zip(prints, report.findings, strict=True))
    fixed = {name for name, item in names.items() if item.waived or item.rule == "SPEC001"}
    read, hiding, said = 0, 0, list[str]()
    ran = frozenset(all_rules())
    for number in range(INPUTS):
        data = MUTATIONS[number % len(MUTATIONS)](chance, whole)
        file.write_bytes(data)
        try:
            known = read_baseline(file)
        except UsageError as error:
            said += [message.render(lang) for message in (error.message, error.hint) for lang in LANGS]
            continue
        left = only_new(report, known, report, ran)
        hidden = {name for name, item in names.items() if item not in left.findings}
        assert hidden == (held(data) & set(names)) - fixed, data
        assert left.compared is not None
        assert left.compared.known == len(hidden)
        for item in left.compared.gone:
            assert "".join(item).isprintable()
        read, hiding = read + 1, hiding + (0 < len(hidden) < len(names) - len(fixed))
    assert all(said)
    assert read > INPUTS // 10
    assert hiding > INPUTS // 20
