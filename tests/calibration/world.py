"""A small network of halls, tickets as text, and a calibration of them in this process."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from campaigncheck.calibration.files import find_tickets
from campaigncheck.calibration.outcome import Outcome
from campaigncheck.calibration.run import Job, calibrate
from campaigncheck.calibration.write import REJECTED, REPORT, write_rejected, write_result
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues

HEADER = "ticket,hall,class,transaction,taken,called,finished,campaign\n"
HALLS = "hall,name,region\nsc-cd-001,成都一厅,510104\nsc-cd-002,成都二厅,510105\n"
HOURS = "hall,day_type,hour,counters,arrivals_premium,arrivals_other,service_mean,service_scv,source\n"


def rules_folder(folder: Path, halls: str = HALLS, hours: str | None = None) -> Path:
    """Make a rules folder with nothing of its own but a network."""
    rules = folder / "rules"
    (rules / "network").mkdir(parents=True)
    (rules / "network" / "halls.csv").write_text(halls, encoding="utf-8")
    if hours is not None:
        (rules / "network" / "hours.csv").write_text(hours, encoding="utf-8")
    return rules


def day_of_hours(hall: str, kind: str = "workday", counters: int = 2, hours: Iterable[int] = range(9, 18)) -> str:
    """Return rows of ``hours.csv`` with the same figures in every hour."""
    return "".join(f"{hall},{kind},{hour},{counters},2,6,5.5,0.6,assumed\n" for hour in hours)


def ticket(
    name: str,
    minute: int,
    *,
    wait: int = 2,
    served: int = 5,
    day: str = "2027-01-05",
    group: str = "other",
    **cells: str,
) -> str:
    """Return the line of a ticket that is taken so many minutes after nine."""
    times = {"taken": minute, "called": minute + wait, "finished": minute + wait + served}
    texts = {"hall": "sc-cd-001", "class": group, "transaction": "sim", "campaign": ""}
    texts |= {key: f"{day}T{9 + value // 60:02}:{value % 60:02}:00" for key, value in times.items()} | cells
    columns = HEADER.strip().split(",")[1:]
    return ",".join([name, *(texts[column] for column in columns)]) + "\n"


class Result(NamedTuple):
    """What a calibration has written and found."""

    folder: Path
    outcome: Outcome

    @property
    def report(self) -> dict[str, Any]:
        """The JSON report."""
        found: dict[str, Any] = json.loads((self.folder / REPORT).read_text(encoding="utf-8"))
        return found

    @property
    def rejected(self) -> list[tuple[str, str]]:
        """Row and reason of every row set aside."""
        with (self.folder / REJECTED).open(encoding="utf-8-sig", newline="") as stream:
            return [(row["row"], row["reason"]) for row in csv.DictReader(stream)]

    def hours(self) -> list[dict[str, str]]:
        """The rows of ``hours.csv``."""
        with (self.folder / "network" / "hours.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    def table(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of a table of the report."""
        table = self.report[name]
        return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def calibrated(
    folder: Path, rules: Path, tickets: Sequence[Path], campaigns: Sequence[str] = (), **options: Any
) -> Result:
    """Calibrate in this process, and write the result into ``folder/out``."""
    stage, out = folder / "stage", folder / "out"
    stage.mkdir()
    out.mkdir()
    files = RuleFiles.at(rules)
    catalogues = load_catalogues(files)
    job = Job(find_tickets(map(str, tickets)), files, catalogues, campaigns=campaigns, **options)
    outcome = calibrate(job, stage, lambda checked, sources: write_rejected(out / REJECTED, checked, sources))
    write_result(out, outcome, catalogues, rules / "network" / "halls.csv")
    return Result(out, outcome)
