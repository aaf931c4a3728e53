"""Writes the generated documents; ``--check`` only says which are out of date.

Run as ``python -m campaigncheck.maintenance.docs`` in the root of the project.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from campaigncheck import __version__
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.files import write_whole
from campaigncheck.maintenance.catalogue_page import catalogue_page
from campaigncheck.maintenance.examples import pictures
from campaigncheck.maintenance.spec_page import spec_page
from campaigncheck.report.manual import manual
from campaigncheck.report.schemas import SCHEMAS
from campaigncheck.report.words_manual import words_manual
from campaigncheck.rules import all_rules
from campaigncheck.spec.schema import dump
from campaigncheck.starter.content import pipeline

DOCS = Path("docs")
GITLAB = Path("ci/gitlab/campaigncheck.gitlab-ci.yml")


def documents() -> Iterator[tuple[Path, str]]:
    """Yield every generated document: where it stands, and what it should say."""
    policy = load_catalogues(RuleFiles.at(None)).policy
    rules = list(all_rules().values())
    yield DOCS / "rules.md", manual(rules, policy, "en")
    yield DOCS / "rules.zh-CN.md", manual(rules, policy, "zh")
    yield DOCS / "words-cost.md", words_manual(policy, "en")
    yield DOCS / "words-cost.zh-CN.md", words_manual(policy, "zh")
    yield DOCS / "reference" / "spec.md", spec_page(all_rules())
    yield DOCS / "reference" / "catalogues.md", catalogue_page()
    for name, schema in SCHEMAS.items():
        yield DOCS / "schemas" / f"{name}.schema.json", dump(schema())
    yield GITLAB, pipeline(f"campaigncheck=={__version__}", "en")
    yield from pictures()


def main(arguments: list[str]) -> int:
    """Write what is out of date; with ``--check`` name it and return 1."""
    stale = [
        (path, text) for path, text in documents() if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    for path, text in stale:
        print(f"{path.as_posix()} is out of date" if "--check" in arguments else f"writing {path.as_posix()}")
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text)
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
