"""The pictures of ``campaigncheck forecast``: gathered for its page, and written as files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from campaigncheck.catalogue.files import shown
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.cli.boundary import say
from campaigncheck.cli.outputs import refuse_file, writing
from campaigncheck.engine.errors import UsageError
from campaigncheck.files import write_whole
from campaigncheck.forecast.model import Forecast
from campaigncheck.forecast.robust import Robustness
from campaigncheck.forecast.stress import Stress
from campaigncheck.messages import Lang, Text
from campaigncheck.portfolio.index import Portfolio

if TYPE_CHECKING:
    from campaigncheck.forecast.counters import Counters
    from campaigncheck.forecast.page import Told

KINDS = ("svg", "png")

_NO_KIND = Text("图片没有“{name}”这种格式", "there are no pictures of the kind “{name}”")
_KINDS_HINT = Text("可以用：{names}。", "Known: {names}.")
_NO_FOLDER = Text(
    "写了 --picture-format，却没有说图片放哪里", "--picture-format is given, but no folder for the pictures"
)
_NO_FOLDER_HINT = Text("加上 --pictures 文件夹。", "Add --pictures DIR.")
_MADE = Text("写好 {count} 张图，在 {path} 里。", "Pictures written to {path}: {count}.")
_NONE = Text("没有营业厅可以预测，一张图也没有写。", "There is no hall to foresee, so no picture is written.")
_STALE = Text(
    "{path} 里还有这次没有写的图，可能已经过时：{names}",
    "{path} holds pictures that were not written now and may be out of date: {names}",
)
_LEFT = Text(
    "只画了最紧的 {shown} 个厅，还有 {count} 个没有画；--top 可以多画。",
    "The {shown} tightest halls are drawn, {count} are not; --top draws more.",
)
_ONLY_COUNTERS = Text(
    "没有营业厅可以预测，只画了柜台用时。", "There is no hall to foresee, so only times at the counter are drawn."
)
_SLOWEST = Text(
    "柜台用时只画了最慢的 {shown} 个营销案，还有 {count} 个没有画。",
    "Of times at the counter the {shown} slowest campaigns are drawn, {count} are not.",
)


def check_kinds(kinds: Sequence[str], folder: Path | None) -> tuple[str, ...]:
    """Return the kinds of pictures that are wanted.

    Raises:
        UsageError: for one that is not known, kinds without a folder, a file instead of a folder.
    """
    for name in kinds:
        if name not in KINDS:
            raise UsageError(_NO_KIND(name=name), _KINDS_HINT(names=list(KINDS)))
    if kinds and folder is None:
        raise UsageError(_NO_FOLDER(), _NO_FOLDER_HINT())
    if folder is not None:
        refuse_file(folder)
    return tuple(dict.fromkeys(kinds)) or KINDS[:1]


def gathered(
    made: Forecast,
    stresses: Sequence[Stress] | None,
    scenarios: Sequence[tuple[str, Forecast]],
    robust: Sequence[Robustness] | None,
    asked: tuple[Portfolio, Catalogues, int],
    counters: Counters,
    top: int,
) -> Told:
    """Return what the page and the pictures show; ``top`` is the number of halls."""
    from campaigncheck.forecast.curve import curves
    from campaigncheck.forecast.page import MOST_CURVES, Told
    from campaigncheck.forecast.series import Series

    drawn, left = curves(*asked, stresses or (), MOST_CURVES)
    series = Series.of(made, asked[1].network, top)
    return Told(
        made, series, None if stresses is None else tuple(stresses), drawn, left, tuple(scenarios), tuple(robust or ()),
        counters,
    )  # fmt: skip


def write_pictures(told: Told, folder: Path, kinds: Sequence[str], lang: Lang) -> None:
    """Write the pictures into a folder, each of them whole; none if one of them cannot be made."""
    from campaigncheck.forecast.picture_files import PATTERN, made

    files = made(told, kinds, lang)
    if not files:
        say(_NONE(), lang)
        return
    for name, content in files.items():
        with writing(folder / name):
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(folder / name, content)
    say(_MADE(count=len(files), path=shown(folder)), lang)
    if not told.forecast.cities:
        say(_ONLY_COUNTERS(), lang)
    if told.series.left_out:
        say(_LEFT(shown=len(told.series.chosen), count=told.series.left_out), lang)
    if told.counters.left:
        say(_SLOWEST(shown=len(told.counters.drawn), count=told.counters.left), lang)
    stale = sorted(
        entry.name for entry in folder.iterdir() if PATTERN.fullmatch(entry.name) and entry.name not in files
    )
    if stale:
        say(_STALE(path=shown(folder), names=stale), lang)
