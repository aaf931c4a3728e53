"""Workers, the desk before them, and the command: with real processes."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from html import unescape
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from campaigncheck.serve import crew as crews
from campaigncheck.serve import desk as desks
from campaigncheck.serve.crew import Crew
from campaigncheck.serve.desk import Desk
from campaigncheck.serve.problems import RefusedError
from campaigncheck.serve.settings import Ask, Draft, Settings
from campaigncheck.serve.worker import Loaded, Reply, work
from tests.serve.repositories import SPRING, settings

PATIENCE = 60.0


def check(text: str) -> Ask:
    return Ask("check", "zh", Draft(text))


def told(reply: Reply) -> list[str]:
    """The rules that an answer names."""
    return [finding["rule"] for finding in json.loads(reply.body)["report"]["findings"]]


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(PATIENCE):
        while not await holds():
            await asyncio.sleep(0.05)


def slow(pipe: Connection, given: Settings) -> None:
    """A worker that never answers what says so, and dies of what says that."""
    pipe.send(Loaded({}))
    while True:
        ask: Ask = pipe.recv()
        if ask.draft.text == "die":
            os._exit(1)
        if ask.draft.text == "sleep":
            time.sleep(PATIENCE)
        pipe.send(Reply(200, ask.draft.text.encode()))


def test_who_does_not_answer_in_time_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "work", slow)

    async def run() -> None:
        crew = Crew(settings(), 1, limit=0.5)
        assert await crew.start() == {}
        for text, status in (("sleep", 504), ("die", 503)):
            with pytest.raises(RefusedError) as refused:
                await crew.ask(check(text))
            assert refused.value.status == status

            async def answers() -> bool:
                try:
                    return (await crew.ask(check("well"))).body == b"well"
                except RefusedError:
                    return False

            await until(answers)
        await crew.end()

    asyncio.run(run())


def test_whoever_goes_away_leaves_the_worker_in_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "work", slow)

    async def run() -> None:
        crew = Crew(settings(), 1)
        assert await crew.start() == {}
        gone = asyncio.create_task(crew.ask(check("first")))
        await asyncio.sleep(0)
        gone.cancel()
        assert (await crew.ask(check("second"))).body == b"second"
        await crew.rest()

    asyncio.run(run())


def test_too_many_waiting_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "MOST_WAITING", 2)

    async def run() -> list[int]:
        crew = Crew(settings(), 0, limit=0.1)
        found = await asyncio.gather(*(crew.ask(check(str(number))) for number in range(3)), return_exceptions=True)
        return [item.status for item in found if isinstance(item, RefusedError)]

    assert asyncio.run(run()) == [503, 503, 503]


def test_a_changed_repository_is_loaded_anew_and_a_broken_one_is_told(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "_PAUSE", 0.05)
    text = Path(SPRING).read_text(encoding="utf-8")
    policy = own / "rules/policy.yaml"
    whole = policy.read_text(encoding="utf-8")

    async def run() -> None:
        desk = Desk(settings, 1)
        assert await desk.open() == {}
        watching = asyncio.create_task(desk.watch())
        assert told(await desk.ask(check(text))) == []

        (own / "campaigns/twin.yaml").write_text(text.replace("spring-broadband", "twin"), encoding="utf-8")
        await until(lambda: generation(desk, 2))
        assert "CONF002" in told(await desk.ask(check(text.replace("amount: 20", "amount: 19"))))

        policy.write_text(whole + "nonsense: 1\n", encoding="utf-8")

        async def is_told() -> bool:
            return bool(desk.problems)

        await until(is_told)
        assert desk.problems["zh"][0]["message"].startswith("rules/policy.yaml:")
        assert (await desk.ask(check(text))).status == 200

        policy.write_text(whole, encoding="utf-8")
        await until(lambda: generation(desk, 3))
        assert desk.problems == {}
        watching.cancel()
        await desk.close()

    async def generation(desk: Desk, number: int) -> bool:
        return desk.generation == number

    asyncio.run(run())


def test_answers_are_kept_as_long_as_they_hold(own: Path) -> None:
    async def run() -> None:
        desk = Desk(settings, 1)
        await desk.open()
        first = await desk.ask(check("a: b"))
        assert await desk.ask(check("a: b")) is first
        assert await desk.ask(Ask("check", "en", Draft("a: b"))) is not first
        await desk.close()

    asyncio.run(run())


def test_a_worker_says_what_is_wrong_with_the_repository(own: Path) -> None:
    (own / "rules/nonsense.yaml").write_text("", encoding="utf-8")

    found = asyncio.run(Crew(settings(), 1).start())
    assert found["zh"][0]["message"].startswith("rules/nonsense.yaml:1:1 ")
    assert list(found) == ["zh", "en"]
    assert work.__module__ == "campaigncheck.serve.worker"


def test_the_command_serves_and_ends_by_ctrl_c(own: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "campaigncheck",
        "serve",
        "--port",
        "0",
        "--lang",
        "en",
        "--jobs",
        "1",
        "--today",
        "2026-12-01",
    ]
    with subprocess.Popen(command, cwd=own, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout
        line = server.stdout.readline()
        address = line.split()[1]
        assert line == f"Open {address} to check campaigns as you write; Ctrl-C ends it.\n"
        page = unescape(urllib.request.urlopen(address).read().decode())
        assert '<html lang="en">' in page
        token = page.partition('"token": "')[2].partition('"')[0]
        body = json.dumps({"text": "a: b"}).encode()
        headers = {"content-type": "application/json", "x-campaigncheck-token": token}
        answer = urllib.request.urlopen(urllib.request.Request(f"{address}api/check", body, headers))
        assert json.loads(answer.read())["verdict"] == "invalid"
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(
                urllib.request.Request(f"{address}api/check", body, {"content-type": "application/json"})
            )
        server.send_signal(signal.SIGINT)
        _, said = server.communicate(timeout=PATIENCE)
    assert (server.returncode, said) == (0, "Stopped.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--host", "0.0.0.0"], "错误：0.0.0.0 不是本机地址，别的机器也能连上\n  怎么改：只在本机用就去掉 --host；真要让同事用，再加上 --remote。\n"),
        (["--name", "office"], "错误：--name 只和 --remote 一起用\n  怎么改：加上 --remote，或者去掉 --name。\n"),
        (["--rules", "none"], "错误：没有规则目录：none\n"),
        (["--port", "1", "--host", "127.255.255.254.1"], "错误：127.255.255.254.1 不是本机地址"),
    ],
)  # fmt: skip
def test_a_wrong_call_ends_with_2(own: Path, arguments: list[str], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "campaigncheck", "serve", *arguments], cwd=own, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr.startswith(said)


def test_without_the_extra_it_is_named(own: Path) -> None:
    code = "import sys; sys.modules['uvicorn'] = None; from campaigncheck.cli.main import main; main()"
    done = subprocess.run([sys.executable, "-c", code, "serve"], cwd=own, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == "错误：serve 要用 uvicorn，现在没有装\n  怎么改：请安装：pip install 'campaigncheck[serve]'\n"


def test_a_broken_repository_is_told_at_the_start(own: Path) -> None:
    (own / "rules/nonsense.yaml").write_text("", encoding="utf-8")
    command = [sys.executable, "-m", "campaigncheck", "serve", "--port", "0", "--jobs", "1"]
    done = subprocess.run(command, cwd=own, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("错误：rules/nonsense.yaml:1:1 ")
