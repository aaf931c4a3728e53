"""What the measuring commands have in common: their options, and how results are kept."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def options(script: str, about: str | None, results: Path) -> ArgumentParser:
    """Return the options of a script: where its results go, and how many rounds are run."""
    parser = ArgumentParser(prog=f"python -m benchmarks.{script}", description=(about or "").partition("\n")[0])
    parser.add_argument(
        "--output", type=Path, default=results, metavar="FILE", help="where the results go (%(default)s)"
    )
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="runs of each (%(default)s)")
    return parser


def save(results: Mapping[str, Any], file: Path) -> None:
    """Write what was measured."""
    file.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
