"""Whatever is read, the program says what is wrong and where, and does not break.

``CAMPAIGNCHECK_FUZZ`` is the number of mutated specs (default 2,000); hypothesis tries a tenth of that of its own.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.engine.finding import INTERNAL, Report
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Job, Knowledge, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.report import FORMATS, text, writer
from campaigncheck.report.schema import report_schema
from campaigncheck.source.place import Lines, Place
from tests.source.test_quick import assert_read_alike
from tests.spec.specs import FULL, mutated
from tests.support.checking import TODAY

INPUTS = int(os.environ.get("CAMPAIGNCHECK_FUZZ", "1000"))
BATCH = 50
ROOT = Path(__file__).parents[2]
EXAMPLES = [
    path.read_bytes() for folder in ("campaigns", "docs/examples") for path in sorted((ROOT / folder).rglob("*.yaml"))
]
FILES = RuleFiles.at(None)
KNOWLEDGE = Knowledge.of(FILES)
SCHEMA = Draft202012Validator(report_schema())

SNIPPETS = [
    b": ", b"- ", b"{", b"}", b"[", b"]", b",", b"|\n", b">-\n", b"|9\n", b"\t", b"\r", b"\r\n\r", b"\n\n", b"#", b"'", b'"', b"\\",
    b"&a ", b"*a", b"!!int ", b"!x ", b"<<: *a\n", b"? ", b"---\n", b"...\n", b"%YAML 9.9\n", b"@", b"`", b"~", b"null", b"true", b"yes",
    b"1e309", b"-1", b"0", b"99999999999999999999", b"0x1F", b".nan", b"2027-02-30", b"58..", b">=", b">=12", b"\"\\ud800\"",
    "：".encode(), "，".encode(), "　".encode(), "\ufeff".encode(), "\x85".encode(), "\u2028".encode(), "\u202e".encode(), "e\u0301".encode(),
    "👩‍👩‍👧".encode(), b"\0", b"\x07", b"\xff", b"\xed\xa0\x80", "全国".encode("gbk"), b"{}", b"[]", b"campaign:*", b"*.*", b"000000",
]  # fmt: skip

Mutation = Callable[[random.Random, bytes], bytes]


def flip(chance: random.Random, data: bytes) -> bytes:
    """Change a few bytes."""
    found = bytearray(data)
    for _ in range(chance.choice([1, 1, 3, 20])):
        found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
    return bytes(found)


def insert(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.choice(SNIPPETS) + data[at:]


def replace_value(chance: random.Random, data: bytes) -> bytes:
    """Write something else after a colon, a comma or a dash."""
    spots = [match.end() for match in re.finditer(rb"[:,-] ", data)]
    at = chance.choice(spots or [0])
    end = re.compile(rb"[,\n}\]]|\Z").search(data, at)
    return data[:at] + chance.choice(SNIPPETS) + data[end.start() if end else at :]


def cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def lines(chance: random.Random, data: bytes) -> bytes:
    """Drop, double, swap or move a line in or out."""
    rows = data.split(b"\n")
    first, second = chance.randrange(len(rows)), chance.randrange(len(rows))
    way = chance.randrange(5)
    if way == 0:
        del rows[first]
    elif way == 1:
        rows.insert(second, rows[first])
    elif way == 2:
        rows[first], rows[second] = rows[second], rows[first]
    elif way == 3:
        rows[first] = b"  " + rows[first]
    else:
        rows[first] = rows[first][chance.choice([1, 2]) :]
    return b"\n".join(rows)


def swap_tokens(chance: random.Random, data: bytes) -> bytes:
    """Swap two words, numbers or values."""
    tokens = re.split(rb"([\s,:\[\]{}]+)", data)
    words = range(0, len(tokens), 2)
    first, second = chance.choice(words), chance.choice(words)
    tokens[first], tokens[second] = tokens[second], tokens[first]
    return b"".join(tokens)


DAY = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DAYS = [b"0001-01-01", b"0001-01-05", b"1999-12-31", b"2000-01-01", b"2100-12-31", b"2101-01-01", b"9999-12-31"]


def redate(chance: random.Random, data: bytes) -> bytes:
    """Move a date, or all of them, to an end of the calendar."""
    found = list(DAY.finditer(data))
    if not found:
        return data
    day = chance.choice(DAYS)
    if chance.randrange(4) == 0:
        return DAY.sub(day, data)
    spot = chance.choice(found)
    return data[: spot.start()] + day + data[spot.end() :]


def splice(chance: random.Random, data: bytes) -> bytes:
    other = chance.choice(EXAMPLES)
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


MUTATIONS: list[Mutation] = [
    flip,
    insert,
    replace_value,
    replace_value,
    cut,
    lines,
    lines,
    swap_tokens,
    swap_tokens,
    redate,
    splice,
]


def mutants(seed: int, number: int) -> Iterator[bytes]:
    """Yield example specs with one to four mutations each; the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(number):
        data = chance.choice(EXAMPLES)
        for _ in range(chance.choice([1, 1, 2, 4])):
            data = chance.choice(MUTATIONS)(chance, data) or b"x"
        yield data


def check(folder: Path, inputs: list[bytes]) -> Report:
    """Check some files as one repository."""
    specs = []
    for number, data in enumerate(inputs):
        file = folder / f"f{number:03d}.yaml"
        file.write_bytes(data)
        specs.append(SpecFile(str(file), file.name, True))
    return run_with(KNOWLEDGE, Job(specs, FILES, Selection(), TODAY)).report


def assert_sound(report: Report) -> None:
    """No rule has crashed, every place is in its file, and every report can be written."""
    assert [finding.message.render("en") for finding in report.findings if finding.rule == INTERNAL] == []
    for finding in report.findings:
        source = report.sources.get(finding.path)
        place = finding.place
        assert (1, 1) <= place[:2] <= place[2:], finding
        if source is not None:
            rows = re.split(r"\r\n|\r|\n", source)
            assert place.end_line <= len(rows), finding
            assert place.column <= len(rows[place.line - 1]) + 1, finding
            assert place.end_column <= len(rows[place.end_line - 1]) + 1, finding
    for name in FORMATS:
        assert writer(name)(report, "zh")
        assert writer(name)(report, "en")
    SCHEMA.validate(json.loads(writer("json")(report, "zh")))


@pytest.mark.parametrize("part", range(10))
def test_mutated_examples(part: int, tmp_path: Path) -> None:
    inputs = list(mutants(part, INPUTS // 10))
    readable = 0
    for start in range(0, len(inputs), BATCH):
        report = check(tmp_path, inputs[start : start + BATCH])
        assert_sound(report)
        readable += sum(outcome.verdict != "invalid" for outcome in report.outcomes)
    assert readable > len(inputs) / 50, "mutants that are never understood reach no rule"


@pytest.mark.parametrize("part", range(2))
def test_mutated_examples_are_read_alike(part: int, capfd: pytest.CaptureFixture[str]) -> None:
    texts = [data.decode() for data in mutants(100 + part, INPUTS // 2) if _is_text(data)]
    quickly = sum(map(assert_read_alike, texts))
    assert quickly > len(texts) / 10
    assert capfd.readouterr() == ("", "")


def _is_text(data: bytes) -> bool:
    try:
        return not data.decode().startswith("\ufeff")
    except UnicodeDecodeError:
        return False


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


TOKENS = [
    "a",
    "b: ",
    "- ",
    "\n",
    "\n  ",
    " ",
    "{",
    "}",
    "[",
    "]",
    ", ",
    "#",
    "'",
    '"',
    "|",
    ">",
    "&a ",
    "*a",
    "!t ",
    "? ",
    "价",
]
TOKENS += ["\\", "\r", "\x85", "---\n", "id: ", "12"]
YAML_TEXT = st.lists(st.sampled_from(TOKENS) | st.text(max_size=2), max_size=30).map("".join)


def test_any_text(folder: Path) -> None:
    @given(st.lists(YAML_TEXT | st.text(), min_size=1, max_size=10))
    @settings(max_examples=max(10, INPUTS // 100))
    def sound(texts: list[str]) -> None:
        assert_sound(check(folder, [item.encode("utf-8", "surrogatepass") for item in texts]))

    sound()


def test_any_bytes(folder: Path) -> None:
    @given(st.lists(st.binary(), min_size=1, max_size=10))
    @settings(max_examples=max(10, INPUTS // 100))
    def sound(inputs: list[bytes]) -> None:
        assert_sound(check(folder, inputs))

    sound()


def test_any_values_in_a_spec(folder: Path) -> None:
    @given(st.lists(mutated(FULL, most=2), min_size=1, max_size=5))
    @settings(max_examples=max(10, INPUTS // 100))
    def sound(specs: list[dict[str, Any]]) -> None:
        assert_sound(
            check(folder, [yaml.safe_dump(spec, allow_unicode=True, sort_keys=False).encode() for spec in specs])
        )

    sound()


def test_a_long_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports cut long lines around the place; finding out where to cut measures each character a few times at most."""
    measured: list[int] = []

    def measure(part: str) -> int:
        measured.append(len(part))
        return cell_len(part)

    monkeypatch.setattr(text, "cell_len", measure)
    line = "a: " + "好" * 2_000
    for column in (1, 1_000, 2_003):
        assert text.excerpt(Lines(line), Place(1, column, 1, column + 1))
    assert sum(measured) < 50 * len(line)
