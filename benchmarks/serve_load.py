"""Measures ``campaigncheck serve`` while many people edit at once, and writes docs/serve-speed.md.

Everybody opens a campaign, then sends an edit every two seconds or so, as the page does: most edits change words, some change
figures. The people are simulated on the machine that serves, so they take part of its time.

Usage: python -m benchmarks.serve_load [--users N] [--seconds S] [--campaigns N] [--page]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from statistics import quantiles
from typing import Any, NamedTuple

from benchmarks.check_speed import machine
from benchmarks.parts import Goal, circumstances, targets

HOME = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).with_name("serve.json")
PAGE = HOME / "docs" / "serve-speed.md"
TODAY = "2026-12-01"
PAUSE = (1.0, 3.0)
WARM = 10.0
"""Seconds at the beginning that do not count: everybody comes at once then."""
FIGURES = 0.1
"""Share of edits that change figures: how many people come, until when, or what it costs."""
USERS, SECONDS, CAMPAIGNS, SEED = 50, 60, 2_000, 20261201
LIMIT_MS = 300

Results = dict[str, Any]


class Server(NamedTuple):
    """A server that runs."""

    process: subprocess.Popen[str]
    port: int
    ready: float


def start(folder: Path) -> Server:
    """Start a server and wait until it answers."""
    command = [sys.executable, "-m", "campaigncheck", "serve", "--port", "0", "--today", TODAY, "--no-open"]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    found = re.search(r":(\d+)/", process.stdout.readline())
    assert found
    return Server(process, int(found[1]), time.perf_counter() - began)


class Person:
    """Somebody who edits: one connection, one request at a time."""

    def __init__(self, port: int, seed: int) -> None:
        self.port, self.random = port, random.Random(seed)
        self.times: list[float] = []
        self.failed = 0

    async def open(self, token: str = "") -> None:
        """Connect and learn the token from the page."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.token = token or token_of((await self.ask("GET", "/"))[1].decode())

    async def ask(self, method: str, path: str, value: Any = None) -> tuple[int, bytes]:
        """Send a request and return the status and the body of the answer."""
        body = b"" if value is None else json.dumps(value, ensure_ascii=False).encode()
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Content-Length: {len(body)}"]
        if value is not None:
            lines += ["Content-Type: application/json", f"X-Campaigncheck-Token: {self.token}"]
        self.writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = re.search(r"content-length: (\d+)", head)
        return int(head.split(" ", 2)[1]), await self.reader.readexactly(int(length[1]) if length else 0)

    async def edit(self, text: str, until: float, warm: float) -> None:
        """Edit a campaign until a moment; what is answered before ``warm`` does not count."""
        await asyncio.sleep(self.random.uniform(0, PAUSE[1]))
        while time.perf_counter() < until:
            text = self.changed(text)
            began = time.perf_counter()
            status, _ = await self.ask("POST", "/api/check", {"text": text})
            if began >= warm:
                self.times.append(time.perf_counter() - began)
                self.failed += status != 200
            await asyncio.sleep(self.random.uniform(*PAUSE))

    def changed(self, text: str) -> str:
        """Return a text after an edit."""
        if self.random.random() < FIGURES:
            pattern = self.random.choice([r"(uptake: )(\d+)", r"(amount: )(\d+)", r"(period: .*-)(\d\d)(?=\})"])
            return re.sub(pattern, self._nearly, text)
        mark = "".join(self.random.choices("春夏秋冬东南西北", k=4))
        return re.sub(r"(?m)^title: .*$", f"title: 迎{mark}活动", text)

    def _nearly(self, found: re.Match[str]) -> str:
        """Return a figure that is up to a fifth less; a day stays one of its month."""
        figure = max(1, round(int(found[2]) * self.random.uniform(0.8, 1)))
        return found[1] + (f"{figure:02}" if found[1].startswith("period") else str(figure))


def token_of(page: str) -> str:
    """Return the token that a page holds."""
    found = re.search(r'"token": "([^"]+)"', unescape(page))
    assert found
    return found[1]


async def load(server: Server, folder: Path, users: int, seconds: float) -> tuple[list[float], int]:
    """Let people edit for a while; return the seconds of each answer, and how many failed."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((folder / "campaigns").rglob("*.yaml"))]
    people = [Person(server.port, SEED + number) for number in range(users)]
    await people[0].open()
    for person in people[1:]:
        await person.open(people[0].token)
    chosen = random.Random(SEED).choices(texts, k=users)
    warm = time.perf_counter() + WARM
    await asyncio.gather(
        *(person.edit(text, warm + seconds, warm) for person, text in zip(people, chosen, strict=True))
    )
    return [took for person in people for took in person.times], sum(person.failed for person in people)


def busy(server: Server) -> float:
    """Return the seconds of processor time that a server and its workers have taken."""
    ids = [server.process.pid, *_children(server.process.pid)]
    ticks = (
        Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[11:13] for number in ids
    )
    return sum(int(part) for both in ticks for part in both) / os.sysconf("SC_CLK_TCK")


def _children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8")
    return [int(number) for number in found.split()]


def measure(folder: Path, users: int, seconds: float) -> Results:
    """Measure one repository."""
    server = start(folder)
    try:
        before = busy(server)
        times, failed = asyncio.run(load(server, folder, users, seconds))
        cores = (busy(server) - before) / (seconds + WARM)
    finally:
        server.process.send_signal(signal.SIGINT)
        server.process.wait(30)
    cuts = quantiles(sorted(times), n=100)
    return {
        "campaigns": len(list((folder / "campaigns").rglob("*.yaml"))),
        "ready": round(server.ready, 2),
        "answers": len(times),
        "failed": failed,
        "cores": round(cores, 2),
        **{f"p{share}": round(cuts[share - 1] * 1000) for share in (50, 95, 99)},
        "most": round(max(times) * 1000),
    }


def repositories(base: Path, count: int) -> Iterator[tuple[str, Path]]:
    """Yield the repositories to measure: the examples with their halls, and a large generated one."""
    shutil.copytree(HOME / "campaigns", base / "examples/campaigns")
    shutil.copytree(HOME / "rules", base / "examples/rules")
    yield "examples", base / "examples"
    command = [sys.executable, "-m", "benchmarks.corpus", str(count), str(base / "large")]
    subprocess.run(command, cwd=HOME, check=True, stdout=subprocess.DEVNULL)
    yield "large", base / "large"


def page(results: Results) -> str:
    """Return the page."""
    opening = [
        "<!-- written by python -m benchmarks.serve_load; do not edit -->",
        "# How fast the local page answers",
        "",
        f"{results['users']} people edit at once for {results['seconds']} seconds, each sending a whole campaign every {PAUSE[0]:g} to "
        f"{PAUSE[1]:g} seconds;",
        f"{FIGURES:.0%} of the edits lower a figure by up to a fifth, the others change words.",
        "Times are those of the answers, from the first byte sent to the last",
        f"received, without the first {WARM:g} seconds, in which all come at once; the people are simulated on the same machine.",
        "",
        *circumstances(
            results["machine"],
            f"the examples with the halls of their provinces, and {results['runs']['large']['campaigns']} generated campaigns "
            f"(`benchmarks/corpus`, seed {SEED}).",
        ),
    ]
    goals = [
        Goal(
            f"{run['campaigns']:,} campaigns: 95 of 100 answers",
            f"{run['p95']} ms",
            f"under {LIMIT_MS} ms",
            run["p95"] < LIMIT_MS,
        )
        for run in results["runs"].values()
    ]
    rows = [
        f"| {run['campaigns']:,} | {run['ready']} s | {run['answers']:,} | {run['failed']} | {run['p50']} | {run['p95']} | {run['p99']} "
        f"| {run['most']} | {run['cores']} |"
        for run in results["runs"].values()
    ]
    table = [
        "## Measured",
        "",
        "| campaigns | ready after | answers | failed | half within, ms | 95 % within | 99 % within | longest | cores busy |",
        "|---|---|---|---|---|---|---|---|---|",
        *rows,
    ]
    closing = ["## Measure again", "", "```", "pip install -e '.[bench]'", "python -m benchmarks.serve_load", "```"]
    return "\n\n".join(("\n".join(opening), targets(goals), "\n".join(table), "\n".join(closing))) + "\n"


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=USERS)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--campaigns", type=int, default=CAMPAIGNS)
    parser.add_argument("--page", action="store_true", help="only write the page from the results that are there")
    given = parser.parse_args()
    if not given.page:
        with tempfile.TemporaryDirectory() as name:
            runs = {
                kind: measure(folder, given.users, given.seconds)
                for kind, folder in repositories(Path(name), given.campaigns)
            }
        results = {"machine": machine(), "users": given.users, "seconds": given.seconds, "runs": runs}
        RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    PAGE.write_text(page(json.loads(RESULTS.read_text(encoding="utf-8"))), encoding="utf-8")


if __name__ == "__main__":
    main()
