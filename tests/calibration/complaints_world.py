"""Campaigns that are over, complaints about them as text, and what is measured of them in this process."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from campaigncheck.calibration.complaints_run import NO_FILES, NO_FILES_HINT, Job, Outcome, measure
from campaigncheck.calibration.complaints_write import write_complaints
from campaigncheck.calibration.files import find_tickets
from campaigncheck.calibration.write import COMPLAINTS, COMPLAINTS_REJECTED, COMPLAINTS_REPORT, write_rejected
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.rulekit.sample import complete

HEADER = "order,campaign,topic,channel,opened,closed\n"

FAULTY = """id: faulty
stage: retired
period: {start: 2026-03-01, end: 2026-04-09}
channels: [app]
offers:
  - {id: pack, name: 提速包, product: broadband.300m, kind: discount, price: {amount: 20, per: month}, confirm: once, cancel: [app]}
texts:
  - {channel: app, text: 免费送您一份，人人都有。}
faq:
  - {topic: price, q: 多少钱？, a: 每月 20 元，从话费里扣，不用先交。}
demand: {uptake: 8000, enquiries: 0.25}
"""
"""10,000 customers in forty days; an order confirmed once (price), and “free” without its condition (anything about money)."""

CLEAN = """id: clean
stage: launched
period: {start: 2026-03-01, end: 2026-04-09}
channels: [app]
offers:
  - {id: pack, name: 流量包, product: data.monthly-10g, kind: discount, price: {amount: 10, per: month}, confirm: twice, cancel: [app]}
demand: {uptake: 5000}
"""

UNASKED = CLEAN.replace("id: clean", "id: unasked").partition("demand")[0]
"""Nobody knows how many customers it had."""

SPECS = {"faulty": FAULTY, "clean": CLEAN, "unasked": UNASKED}


def complaint(order: str, campaign: str = "faulty", topic: str = "price", **cells: str) -> str:
    """Return the line of an order."""
    texts = {"channel": "hotline", "opened": "2026-03-05T09:00:00", "closed": "2026-03-05T18:00:00"} | cells
    return ",".join([order, campaign, topic, *(texts[name] for name in ("channel", "opened", "closed"))]) + "\n"


def write_specs(folder: Path, specs: Mapping[str, str] = SPECS) -> Path:
    """Write specs into ``folder/campaigns``."""
    home = folder / "campaigns"
    home.mkdir()
    for name, text in specs.items():
        (home / f"{name}.yaml").write_text(complete(text), encoding="utf-8")
    return home


class Measured(NamedTuple):
    """What was measured, and where it was written."""

    folder: Path
    outcome: Outcome

    @property
    def rejected(self) -> list[tuple[str, str]]:
        """Row and reason of every row set aside."""
        with (self.folder / COMPLAINTS_REJECTED).open(encoding="utf-8-sig", newline="") as stream:
            return [(row["row"], row["reason"]) for row in csv.DictReader(stream)]

    @property
    def rates(self) -> dict[str, dict[str, str]]:
        """The rows of the catalogue by rule."""
        with (self.folder / COMPLAINTS).open(encoding="utf-8", newline="") as stream:
            return {row["rule"]: row for row in csv.DictReader(stream)}

    @property
    def report(self) -> dict[str, Any]:
        """The JSON report."""
        found: dict[str, Any] = json.loads((self.folder / COMPLAINTS_REPORT).read_text(encoding="utf-8"))
        return found


def measured(folder: Path, files: Sequence[Path], campaigns: Path, **options: Any) -> Measured:
    """Measure in this process, and write the result into ``folder/out``."""
    stage, out = folder / "stage", folder / "out"
    stage.mkdir()
    out.mkdir()
    found = find_tickets(map(str, files), NO_FILES, NO_FILES_HINT)
    job = Job(found, load_catalogues(RuleFiles.at(None)), [str(campaigns)], **options)
    outcome = measure(job, stage, lambda checked, sources: write_rejected(out / COMPLAINTS_REJECTED, checked, sources))
    write_complaints(out, outcome)
    return Measured(out, outcome)
