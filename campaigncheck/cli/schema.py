"""``campaigncheck schema``."""

from __future__ import annotations

import click

from campaigncheck.cli.options import debug_option
from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import Text
from campaigncheck.report.schemas import SCHEMAS
from campaigncheck.spec.schema import dump

_UNKNOWN = Text("没有叫“{name}”的 Schema", "there is no schema “{name}”")
_KNOWN = Text("可以打印：{names}。", "These can be printed: {names}.")


@click.command()
@click.argument("name", default="campaign")
@debug_option
def schema(name: str) -> int:
    """打印营销案的 JSON Schema；写上 policy、glossary 等名字就打印那个目录的，report 是检查结果的，sheet 是 FAQ 单的。

    Print the JSON Schema (draft 2020-12) of a campaign, of a catalogue by name, of the JSON report, or of a sheet.
    """
    if name not in SCHEMAS:
        raise UsageError(_UNKNOWN(name=name), _KNOWN(names=list(SCHEMAS)))
    click.echo(dump(SCHEMAS[name]()), nl=False)
    return 0
