"""Measure the rules about language and FAQ: beside textlint, and with lexicons of 500 to 20,000 terms.

Usage: python -m benchmarks.check_words --textlint FOLDER [--output FILE] [--rounds N]

FOLDER is one in which ``npm install textlint textlint-rule-prh`` was run. Whole processes are measured on
generated campaigns (``benchmarks/corpus``); textlint reads what customers read of them, one file a campaign, with a
rule for each term of the same lexicon. ``python -m benchmarks.write_docs`` shows the results in docs/language-speed.md.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from benchmarks.check_speed import TODAY, Command, _tool, interleave, machine
from benchmarks.command import options, save
from benchmarks.corpus.__main__ import SEED, generate
from benchmarks.language.speed import RESULTS
from benchmarks.timing import Sample, measure
from campaigncheck.catalogue.files import builtin_rules
from campaigncheck.language.passages import passages
from campaigncheck.source.document import load
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign

PEER_COUNT = 1_500
COUNT = 10_000
SIZES = (500, 2_000, 5_000, 20_000)
MAIN = 2_000
WORDS = "LANG,FAQ"
SYLLABLES = "宽频网速流量卡号月租套包端口线路信令基站光缆频段漫游话务账期资费终端机房路由交换"


def lexicon(size: int) -> dict[str, Any]:
    """Return a glossary of so many terms: as many of the built-in ones as fit, and made-up ones."""
    built_in = yaml.safe_load((builtin_rules() / "glossary.yaml").read_text(encoding="utf-8"))
    terms = dict(list(built_in["terms"].items())[:size])
    for word in _made_up(size):
        if len(terms) == size:
            break
        plain = {"plain": "大白话", "explain": "编造的词，只用来测速度。", "group": "network", "fires": f"{word}。"}
        terms.setdefault(word, plain)
    return {**built_in, "terms": terms}


def _made_up(size: int) -> Iterator[str]:
    """Yield words that no text has, of characters that texts have."""
    random = Random(f"{SEED}/{size}")
    while True:
        yield "".join(random.choice(SYLLABLES) for _ in range(random.randrange(4, 8)))


def rules(base: Path, campaigns: Path, size: int) -> Path:
    """Write a folder of rules with a lexicon of so many terms, for the campaigns of a repository."""
    folder = base / f"{campaigns.name}-{size}"
    copytree(campaigns / "rules", folder / "rules")
    text = yaml.safe_dump(lexicon(size), allow_unicode=True, sort_keys=False)
    (folder / "rules" / "glossary.yaml").write_text(text, encoding="utf-8")
    return folder


def check(campaigns: Path, folder: Path, *options: str) -> Command:
    """Return the command that checks the campaigns of a repository with the lexicon of a folder."""
    given = (str(campaigns / "campaigns"), "--rules", str(folder / "rules"), "--today", TODAY)
    return (
        _tool("campaigncheck"),
        "check",
        *given,
        "--format",
        f"json:{folder / 'report.json'}",
        "--no-cache",
        *options,
    )


def texts(campaigns: Path, into: Path) -> int:
    """Write what customers read of each campaign into a file of its own; return how many characters."""
    into.mkdir()
    total = 0
    for number, file in enumerate(sorted((campaigns / "campaigns").rglob("*.yaml"))):
        campaign = fit(Campaign, load(str(file), file.name)[0])
        if isinstance(campaign, Campaign):
            text = "\n".join(passage.text for passage in passages(campaign)) + "\n"
            (into / f"{number:05}.txt").write_text(text, encoding="utf-8")
            total += len(text)
    return total


def textlint(folder: Path, given: Path) -> Command:
    """Return the command with which textlint looks for the terms of the folder's lexicon in ``folder/texts``."""
    terms = yaml.safe_load((folder / "rules" / "glossary.yaml").read_text(encoding="utf-8"))["terms"]
    rules = [{"expected": entry["plain"], "patterns": [_pattern(term)]} for term, entry in terms.items()]
    prh = folder / "prh.yml"
    prh.write_text(yaml.safe_dump({"version": 1, "rules": rules}, allow_unicode=True), encoding="utf-8")
    config = {"plugins": {"@textlint/text": True}, "rules": {"prh": {"rulePaths": [str(prh)]}}}
    (folder / ".textlintrc.json").write_text(json.dumps(config), encoding="utf-8")
    program = given / "node_modules" / ".bin" / "textlint"
    return (
        str(program), "--config", str(folder / ".textlintrc.json"), "--rules-base-directory",
        str(given / "node_modules"), "--format", "json", "--output-file", str(folder / "textlint.json"),
        str(folder / "texts" / "*.txt"),
    )  # fmt: skip


def _pattern(term: str) -> str:
    """Return a term as an expression of prh, which escapes too much by itself."""
    return "/" + re.sub(r"[\\^$.*+?()[\]{}|/]", r"\\\g<0>", term) + "/"


def _found(folder: Path) -> int:
    """Return how many terms textlint has found."""
    files = json.loads((folder / "textlint.json").read_text(encoding="utf-8"))
    return sum(len(file["messages"]) for file in files)


def run(base: Path, given: Path, rounds: int) -> dict[str, Any]:
    """Write the repositories and measure everything."""
    many, few = base / str(COUNT), base / str(PEER_COUNT)
    for campaigns, count in ((many, COUNT), (few, PEER_COUNT)):
        generate(campaigns, count, broken=0)
    folders = {size: rules(base, many, size) for size in SIZES}
    peer = rules(base, few, MAIN)
    characters = texts(few, peer / "texts")
    measure(check(few, peer), base)  # compiles modules, warms the page cache
    commands = {str(size): check(many, folder, "--select", WORDS) for size, folder in folders.items()}
    commands["without"] = check(many, folders[MAIN], "--ignore", WORDS)
    commands["with"] = check(many, folders[MAIN])
    sizes = interleave(commands, base, rounds)
    beside = {"check": check(few, peer, "--select", WORDS), "textlint": textlint(peer, given)}
    peers: dict[str, list[Sample]] = interleave(beside, base, rounds)
    about = machine()
    about["packages"] = {**about["packages"], "textlint": _textlint_version(given)}
    return {
        "machine": about, "seed": SEED, "specs": COUNT, "sizes": sizes,
        "peer": {"specs": PEER_COUNT, "characters": characters, "terms": MAIN, "found": _found(peer), "samples": peers},
    }  # fmt: skip


def _textlint_version(given: Path) -> str:
    package = json.loads((given / "node_modules" / "textlint" / "package.json").read_text(encoding="utf-8"))
    return str(package["version"])


def _arguments() -> argparse.Namespace:
    parser = options("check_words", __doc__, RESULTS)
    parser.add_argument("--textlint", type=Path, required=True, metavar="FOLDER", help="where textlint is installed")
    return parser.parse_args()


def main() -> None:
    """Measure, and write the results."""
    given = _arguments()
    with TemporaryDirectory(prefix="campaigncheck-words-") as base:
        results = run(Path(base), given.textlint.resolve(), given.rounds)
    save(results, given.output)


if __name__ == "__main__":
    main()
