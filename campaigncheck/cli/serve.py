"""``campaigncheck serve``: a local page on which a campaign is checked as it is written."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING

import click

from campaigncheck.catalogue.files import shown
from campaigncheck.cli.boundary import OK, USAGE, say
from campaigncheck.cli.options import (
    debug_option,
    lang_option,
    listed,
    rules_option,
    today,
    today_option,
    waivers_of,
    waivers_option,
)
from campaigncheck.engine import errors
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.repository import CAMPAIGNS, find_rules, find_upwards
from campaigncheck.messages import Lang, Text

if TYPE_CHECKING:
    from campaigncheck.serve.desk import Problems
    from campaigncheck.serve.settings import Settings

_NO_LIBRARY = Text("serve 要用 {name}，现在没有装", "serve needs {name}, which is not installed")
_NO_LIBRARY_HINT = Text("请安装：pip install 'campaigncheck[serve]'", "Install it: pip install 'campaigncheck[serve]'")
_REMOTE = Text("{host} 不是本机地址，别的机器也能连上", "{host} is not this machine alone: others could connect")
_REMOTE_HINT = Text(
    "只在本机用就去掉 --host；真要让同事用，再加上 --remote。",
    "Leave --host out to keep to this machine; add --remote if colleagues are to use it.",
)
_OPEN_TO_ALL = Text(
    "注意：别的机器也能打开这个页面，看到仓库里的营销案；没有密码，也没有加密。只在信得过的网络里这样用。",
    "Warning: other machines can open this page and read the campaigns of the repository. There is no password and no encryption: "
    "do this on a trusted network only.",
)
_SAVING = Text("页面上可以把营销案存到 {home}。", "The page may save campaigns to {home}.")
_TAKEN = Text("{host}:{port} 用不了：{reason}", "{host}:{port} cannot be used: {reason}")
_TAKEN_HINT = Text("换一个端口，例如 --port 0 会挑一个空的。", "Take another port; --port 0 finds a free one.")
_READY = Text(
    "打开 {url} 就可以边写边查；按 Ctrl-C 结束。", "Open {url} to check campaigns as you write; Ctrl-C ends it."
)
_STOPPED = Text("已经停了。", "Stopped.")
_PROBLEM = Text("错误：{message}\n  怎么改：{hint}", "error: {message}\n  Mend: {hint}")
_NAMES_ALONE = Text("--name 只和 --remote 一起用", "--name goes with --remote only")
_NAMES_ALONE_HINT = Text("加上 --remote，或者去掉 --name。", "Add --remote, or leave --name out.")


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="HOST", help="在哪个地址上等。 Address to listen on."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8800, show_default=True, metavar="PORT",
    help="端口，0 是随便挑一个空的。 Port; 0 finds a free one.",
)  # fmt: skip
@click.option("--remote", is_flag=True, help="允许别的机器连上来。 Let other machines connect.")
@click.option(
    "--name", "names", multiple=True, metavar="NAME",
    help="别的机器用什么名字找到这里，可以写几个；和 --remote 一起用。 Host names by which others reach it.",
)  # fmt: skip
@click.option(
    "--save", "saving", is_flag=True, help="允许在页面上把营销案存进 campaigns/。 Let the page save campaigns."
)
@click.option(
    "--open/--no-open", "opening", default=None,
    help="要不要打开浏览器（默认在终端里运行时打开）。 Open a browser (default: in a terminal).",
)  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(0, 64), default=0, metavar="N",
    help="几个进程一起查，0 是有几个核用几个，默认这样。 Worker processes; 0, the default: one a core.",
)  # fmt: skip
@rules_option
@waivers_option
@today_option
@lang_option
@debug_option
def serve(
    host: str,
    port: int,
    remote: bool,
    names: tuple[str, ...],
    saving: bool,
    opening: bool | None,
    jobs: int,
    rules_dir: str | None,
    waivers_file: str | None,
    no_waivers: bool,
    today: date | None,
    lang: Lang,
) -> int:
    """在本机打开一个页面：写营销案、贴营销案，边写边看检查结果和 FAQ 单。

    A local page on which a campaign is checked as it is written, with everything else in the repository as context.
    Nothing is stored without --save. Exit codes: 0 ended by Ctrl-C, 2 wrong usage or configuration, 3 internal fault,
    130 interrupted before it was ready.
    """
    _refuse_remote(host, remote, names)
    _look_for_libraries()
    settings = partial(_settings, rules_dir, waivers_file, no_waivers, today)
    settings()  # what is wrong with the call is told before anything is begun
    listening = _listen(host, port)
    url = _url(host, listening)
    from campaigncheck.serve.app import Room
    from campaigncheck.serve.desk import Desk
    from campaigncheck.serve.security import Guard

    guard = Guard.new(frozenset({host.lower(), *(name.lower() for name in listed(names))}), remote)
    room = Room(Desk(settings, jobs or os.cpu_count() or 1), guard, lang, saving)
    if remote:
        say(_OPEN_TO_ALL(), lang)
    if saving:
        say(_SAVING(home=settings().home_shown), lang)
    wanted = sys.stdout.isatty() if opening is None else opening
    return _run(room, listening, partial(_ready, url, wanted, lang), lang)


_today = today


def _run(room: object, listening: socket.socket, ready: Callable[[], None], lang: Lang) -> int:
    """Serve until interrupted; once pages were answered, Ctrl-C is how it ends."""
    from campaigncheck.serve.run import serve as run

    begun: list[bool] = []

    def begin() -> None:
        begun.append(True)
        ready()

    problems: Problems = {}
    with listening:
        try:
            problems = asyncio.run(run(room, listening, begin))  # type: ignore[arg-type]
        except KeyboardInterrupt:
            if not begun:
                raise
    for problem in problems.get(lang, []):
        say(_PROBLEM(**problem), lang)
    if problems:
        return USAGE
    say(_STOPPED(), lang)
    return OK


def _ready(url: str, opening: bool, lang: Lang) -> None:
    click.echo(_READY(url=url).render(lang))
    sys.stdout.flush()
    if opening:
        import webbrowser
        from threading import Thread

        Thread(target=webbrowser.open, args=(url,), daemon=True).start()


def _settings(rules_dir: str | None, waivers_file: str | None, no_waivers: bool, day: date | None) -> Settings:
    """Return what is to be checked by now."""
    from campaigncheck.serve.settings import Settings

    home = find_upwards(CAMPAIGNS)
    if home is None:
        raise UsageError(errors.NO_DEFAULT(), errors.NO_DEFAULT_HINT())
    rules, waivers = find_rules(rules_dir), waivers_of(waivers_file, no_waivers)
    return Settings(str(home), shown(home), rules, waivers, day or _today())


def _refuse_remote(host: str, remote: bool, names: tuple[str, ...]) -> None:
    if not remote and not _is_loopback(host):
        raise UsageError(_REMOTE(host=host), _REMOTE_HINT())
    if names and not remote:
        raise UsageError(_NAMES_ALONE(), _NAMES_ALONE_HINT())


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _look_for_libraries() -> None:
    for name in ("starlette", "uvicorn"):
        try:
            __import__(name)
        except ImportError as error:
            raise UsageError(_NO_LIBRARY(name=name), _NO_LIBRARY_HINT()) from error


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket on which requests come."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, port))
            made.listen(512)
        except OSError:
            made.close()
            raise
    except OSError as error:
        raise UsageError(_TAKEN(host=host, port=port, reason=error.strerror or str(error)), _TAKEN_HINT()) from error
    return made


def _url(host: str, listening: socket.socket) -> str:
    port = listening.getsockname()[1]
    known = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104  # where it can be opened on this machine
    named = known.get(host) or (f"[{host}]" if ":" in host else host)
    return f"http://{named}:{port}/"
