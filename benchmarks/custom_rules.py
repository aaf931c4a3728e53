"""Measure what ten rules of a site's own cost on 10,000 campaigns.

Usage: python -m benchmarks.custom_rules [--output FILE] [--rounds N]

Whole processes are measured on generated campaigns (``benchmarks/corpus``), with and without the rules of
``benchmarks/custom_rules.yaml``, in turn. ``python -m benchmarks.write_docs`` shows the results in docs/custom-rules-speed.md.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from shutil import copyfile, copytree
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from benchmarks.check_speed import TODAY, Command, _tool, interleave, machine
from benchmarks.command import options, save
from benchmarks.corpus.__main__ import SEED, generate
from benchmarks.custom_rules_page import RESULTS

RULES = Path(__file__).with_name("custom_rules.yaml")
COUNT = 10_000


def run(base: Path, rounds: int, count: int = COUNT) -> dict[str, Any]:
    """Write the repository and measure both runs."""
    campaigns = base / "repository"
    generate(campaigns, count, broken=0)
    own = base / "own"
    copytree(campaigns / "rules", own)
    (own / "custom").mkdir()
    copyfile(RULES, own / "custom" / RULES.name)
    commands = {"without": _check(campaigns, campaigns / "rules"), "with": _check(campaigns, own)}
    samples = interleave(commands, base, rounds)
    about = machine()
    about["packages"] = {**about["packages"], "cel-expr-python": version("cel-expr-python")}
    rules = len(yaml.safe_load(RULES.read_text(encoding="utf-8"))["rules"])
    return {"machine": about, "seed": SEED, "specs": count, "rules": rules, "samples": samples}


def _check(campaigns: Path, rules: Path) -> Command:
    return (
        _tool("campaigncheck"), "check", str(campaigns / "campaigns"), "--rules", str(rules), "--today", TODAY,
        "--format", "json", "--no-cache",
    )  # fmt: skip


def main() -> None:
    """Measure, and write the results."""
    given = options("custom_rules", __doc__, RESULTS).parse_args()
    with TemporaryDirectory(prefix="campaigncheck-custom-") as base:
        results = run(Path(base), given.rounds)
    save(results, given.output)


if __name__ == "__main__":
    main()
