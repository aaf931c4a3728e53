"""The command ``campaigncheck``; each subcommand is imported when it is called."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from keyword import iskeyword

import click

from campaigncheck import __version__
from campaigncheck.cli.boundary import guarded

_COMMANDS = {
    "check": "检查营销案，有问题就指出在哪里、怎么改。 Check campaigns against everything else planned.",
    "faq": "把 FAQ 单做成网页，给营业厅打印或在手机上看。 Render FAQ sheets for halls.",
    "suggest": "找出能通过的日期和改法，从改动最小的开始。 Find the nearest windows and changes that pass.",
    "forecast": "预测每个营业厅要等多久。 Waiting in every hall, hour by hour.",
    "calendar": "看什么活动在哪里、什么时候进行，哪些日子拥挤。 What runs where and when; crowded days.",
    "site": "做成网站：总览、日历、排队、每个营销案，离线可看。 A static site of everything, offline.",
    "serve": "在本机打开一个页面，边写边查营销案。 A local page that checks a campaign as you write.",
    "calibrate": "用排队取号记录校准客流、柜台数和办理时间。 Measure arrivals, counters and service from queue tickets.",
    "clear": "检查通过的，签发上线许可。 Issue a signed clearance for a campaign that passes.",
    "verify": "上线前核验许可：签发以后什么变了。 Prove that nothing relevant has changed since a clearance.",
    "rules": "列出全部规则，或说明其中一条。 List the rules, or explain one.",
    "new": "新建一个营销案：问几个问题，写好带说明的 YAML。 Start a campaign by a few questions.",
    "import": "把 Excel 工作簿里的营销案写成 YAML。 Make YAML of campaigns in workbooks.",
    "export": "把营销案写成 Excel 工作簿。 Write a campaign as a workbook.",
    "init": "新建一个营销案仓库：规则、示例、CI、编辑器设置。 Start a campaign repository.",
    "schema": "打印 JSON Schema，给编辑器用。 Print the JSON Schema for editors.",
}


class _Lazy(click.Group):
    """A group that knows its commands by name and imports one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(import_module(f"campaigncheck.cli.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            nearest = get_close_matches(args[0], _COMMANDS, n=1)
            hint = f"是不是想用 {nearest[0]}？ Did you mean {nearest[0]}?" if nearest else "campaigncheck --help"
            ctx.fail(f"没有 {args[0]} 这个命令。 No such command. {hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", prog_name="campaigncheck")
def cli() -> None:
    """营销案上线前检查：不撞车、不费解、不堵厅。

    Pre-launch validation of telecom marketing campaigns.
    """


def main() -> None:
    """Run the command line and exit with the contract's codes.

    The process is short: looking for garbage in cycles would cost time and find none, and once
    everything is written, taking ten thousand campaigns apart object by object would only make the user wait.
    """
    gc.disable()
    # What else is installed has no say in what a spec means, and looking for plugins takes as long as reading 50 specs.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    code = guarded(cli)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, AttributeError):  # full, or closed by the caller: `guarded` has told what can be told
            stream.flush()
    os._exit(code)
