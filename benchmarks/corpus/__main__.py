"""Generate a made-up campaign repository.

Usage: python -m benchmarks.corpus 10000 DIR [--seed S] [--broken SHARE]

DIR gets ``campaigns/<province>/gen-….yaml`` and the halls in which they are rehearsed,
``rules/network/halls.csv``. The same arguments always write the same bytes, and a larger corpus begins
with the smaller one of the same seed.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.corpus.faults import spoil
from benchmarks.corpus.places import Map, read_map
from benchmarks.corpus.plan import Planner
from benchmarks.corpus.write import write

SEED = 20261201
BROKEN = 0.02


def specs(count: int, seed: int = SEED, broken: float = BROKEN, where: Map | None = None) -> Iterator[tuple[str, str]]:
    """Yield the path below ``campaigns/`` and the text of so many specs."""
    for campaign in Planner(where or read_map(), seed).plan(count):
        random = Random(f"{seed}/{campaign.number}")
        text = write(campaign, random)
        spoilt = random.random() < broken
        yield f"{campaign.place.province}/{campaign.id}.yaml", spoil(text, random) if spoilt else text


def generate(folder: Path, count: int, seed: int = SEED, broken: float = BROKEN) -> None:
    """Write a repository of so many campaigns."""
    where = read_map()
    network = folder / "rules" / "network"
    network.mkdir(parents=True, exist_ok=True)
    with (network / "halls.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(("hall", "name", "region"))
        table.writerows(where.hall_rows())
    campaigns = folder / "campaigns"
    for province in {place.province for place in (*where.cities, where.country)}:
        (campaigns / province).mkdir(parents=True, exist_ok=True)
    for name, text in specs(count, seed, broken, where):
        (campaigns / name).write_text(text, encoding="utf-8", newline="\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.corpus", description="Generate a made-up campaign repository."
    )
    parser.add_argument("count", type=int, metavar="N", help="how many campaigns")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where to; must be empty or not exist")
    parser.add_argument(
        "--seed", type=int, default=SEED, help="another seed makes another repository (default %(default)s)"
    )
    parser.add_argument(
        "--broken",
        type=float,
        default=BROKEN,
        metavar="SHARE",
        help="share with one real problem (default %(default)s)",
    )
    return parser.parse_args()


def main() -> None:
    """Generate what the command line asks for."""
    given = _arguments()
    if given.folder.is_dir() and any(given.folder.iterdir()):
        raise SystemExit(f"{given.folder} is not empty")
    generate(given.folder, given.count, given.seed, given.broken)


if __name__ == "__main__":
    main()
