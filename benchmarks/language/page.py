"""Makes docs/language.md of the results of ``python -m benchmarks.language``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.language.score import Score
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.catalogue.models import ForbiddenEntry, TermEntry, VagueEntry
from campaigncheck.rules import all_rules

RESULTS = Path(__file__).resolve().parents[1] / "language.json"
CORPORA = Path(__file__).with_name("corpora")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "language.md"
LEAST = 0.9
"""A rule under this precision may not block a launch (contract §7)."""

_ABOUT = {
    "held-out": "written for this purpose by somebody who had not seen the lexicons; nobody who works on the lexicons reads them",
    "seen": "the other half of the same texts, and batches written since, read by those who work on the lexicons",
    "held-out-2": "written fresh by somebody who had seen nothing of the project; nobody who works on the lexicons reads them (at "
    "first sight, precision/recall in %: LANG001 79/72, LANG002 64/56, LANG003 83/56, LANG005 80/39)",
    "fresh": "the other half of those, read since (at first sight: LANG001 83/85, LANG002 62/64, LANG003 89/57, LANG005 73/53)",
    "own": "written by those who work on the lexicons before mending them, each labelled for one rule only (at first sight: "
    "LANG001 57/31, LANG003 74/44, LANG005 74/30)",
    "lang-dev": "a sample of another hand, read likewise",
}

Results = dict[str, Any]


def page(results: Results) -> str:
    """Return the whole page."""
    return "\n\n".join((_OPENING, _table(results), _read(), _lexicons(), _CLOSING)) + "\n"


def measured(results: Results) -> dict[str, dict[str, Score]]:
    """Return each rule's score in each corpus."""
    return {name: {rule: Score(*score) for rule, score in found["rules"].items()} for name, found in results.items()}


def together(results: Results) -> dict[str, Score]:
    """Return each rule's score in all corpora taken together."""
    found: dict[str, Score] = {}
    for rules in measured(results).values():
        for rule, score in rules.items():
            found[rule] = Score(*map(sum, zip(found.get(rule, Score(0, 0, 0, 0)), score, strict=True)))
    return found


_OPENING = """<!-- written by python -m benchmarks.write_docs; do not edit -->
# How well the language rules read

A rule that blocks a launch has to be right. Each language rule is measured on texts that people marked by hand: a finding
is right if it overlaps a mark of its rule, any other finding is a false alarm; a mark that no finding overlaps was
missed. *Precision* is the share of findings that are right, *recall* the share of marks that were found. A rule under
90 % precision in all texts together may not be an error."""


def _table(results: Results) -> str:
    lines = ["## Figures", "", "| corpus | rule | marks | found | false alarms | precision | recall |"]
    lines.append("|---|---|---:|---:|---:|---:|---:|")
    for name, rules in (*measured(results).items(), ("all", together(results))):
        for rule, score in ((rule, score) for rule, score in rules.items() if any(score)):
            shares = f"{score.precision:.1%} | {score.recall:.1%}"
            lines.append(f"| {name} | {rule} | {score.marked} | {score.hit} | {score.false} | {shares} |")
    corpora = [
        f"- `{name}`: {found['texts']} texts, {_ABOUT.get(name, 'given on the command line')}."
        for name, found in results.items()
    ]
    return "\n".join((*lines, "", *corpora))


def _read() -> str:
    titles = {rule.id: rule.title().render("en") for rule in all_rules().values() if rule.family == "LANG"}
    return "\n".join(
        (
            "## What the rules look for",
            "",
            *(f"- **{rule}**: {title}." for rule, title in titles.items()),
            "",
            "LANG004 is a matter of taste as well as of fact; it only ever makes a note, and is not measured.",
        )
    )


def _lexicons() -> str:
    catalogues = load_catalogues(RuleFiles.at(None))
    terms, wording = catalogues.glossary.terms, catalogues.wording
    rows: dict[str, Mapping[str, TermEntry | VagueEntry | ForbiddenEntry]] = {
        "terms that need an explanation (LANG001)": terms,
        "phrases that can be misread (LANG002)": wording.ambiguous,
        "wording that the law forbids (LANG003)": wording.forbidden,
        "promises that need their condition (LANG005)": wording.conditional,
    }
    lines = ["## Lexicons", "", "| what | entries | with their variants |", "|---|---:|---:|"]
    for what, entries in rows.items():
        names = len(entries) + sum(len(entry.variants) for entry in entries.values())
        lines.append(f"| {what} | {len(entries)} | {names} |")
    return "\n".join((*lines, "", _needs(wording.ambiguous, wording.conditional)))


def _needs(*sections: Mapping[str, VagueEntry]) -> str:
    entries = [entry for section in sections for entry in section.values()]
    told = sum(bool(entry.needs) for entry in entries)
    return (
        f"Each entry has a text in which it fires, run as a test, and most a trap in which it must not. {told} of the\n"
        f"{len(entries)} phrases of LANG002 and LANG005 are plain once the text tells what they need: a date, an amount, for\n"
        "whom, the other steps of a price."
    )


_CLOSING = """## Measure again

```
python -m benchmarks.language
python -m benchmarks.write_docs
```

Texts of your own in the form of `benchmarks/language/corpora/seen.json` can be named behind the command."""


def read() -> Results:
    """Return the results."""
    results: Results = json.loads(RESULTS.read_text(encoding="utf-8"))
    return results
