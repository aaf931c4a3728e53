"""Measure how well the language rules read.

Usage: python -m benchmarks.language [FILE…]

Measures the corpora of this folder, and any other files of the same form under their names. The results go to
``benchmarks/language.json``; ``python -m benchmarks.write_docs`` makes docs/language.md of it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.language.page import CORPORA, RESULTS
from benchmarks.language.score import Labelled, examiner, findings, read, scores


def measure(texts: Sequence[Labelled]) -> dict[str, Any]:
    """Return the size of a corpus and each rule's score."""
    reader = examiner()
    found = scores([(item, findings(reader, item.text)) for item in texts])
    return {"texts": len(texts), "rules": {rule: list(score) for rule, score in found.items()}}


def own() -> dict[str, Path]:
    """Return the corpora of this folder by name."""
    return {file.stem: file for file in sorted(CORPORA.glob("*.json"))}


def main() -> None:
    """Measure everything and write the results."""
    files = own() | {Path(name).stem: Path(name) for name in sys.argv[1:]}
    before = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    results = before | {name: measure(read(file)) for name, file in files.items()}
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
