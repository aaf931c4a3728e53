"""``campaigncheck forecast -o FILE.parquet``: the forecast of a network too large for tables and pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from errno import EISDIR
from importlib.util import find_spec
from os import strerror
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from campaigncheck.algebra.days import Days
from campaigncheck.catalogue.files import shown
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.cli.options import refuse_master
from campaigncheck.cli.outputs import writing
from campaigncheck.engine.errors import CANNOT_WRITE, CANNOT_WRITE_HINT, UsageError
from campaigncheck.engine.spark import LOCAL
from campaigncheck.messages import Lang, Text
from campaigncheck.portfolio.index import Portfolio

if TYPE_CHECKING:
    from campaigncheck.forecast.left_out import LeftOut
    from campaigncheck.forecast.national.engines import Engine
    from campaigncheck.forecast.national.work import Work

ENGINES = ("processes", "spark")
_SUFFIX = ".parquet"

_NO_PARQUET = Text("-o 只写 Parquet，“{path}”不是", "-o writes Parquet only, which “{path}” is not")
_NO_PARQUET_HINT = Text(
    "文件名写成 {name}.parquet；其他格式用 --format，比如 --format csv:{name}.csv。",
    "Call it {name}.parquet; other formats are written by --format, such as --format csv:{name}.csv.",
)
_NEEDS_OUTPUT = Text("{option} 只和 -o 一起用", "{option} goes with -o only")
_NEEDS_OUTPUT_HINT = Text("加上 -o FILE.parquet，或者去掉 {option}。", "Add -o FILE.parquet, or leave {option} out.")
_NOT_WITH_OUTPUT = Text("{option} 不能和 -o 一起用", "{option} does not go with -o")
_NOT_WITH_OUTPUT_HINT = Text("分两次运行。", "Run it twice.")
_NO_EXTRA = Text("写 Parquet 要用到 PyArrow，现在没有安装", "writing Parquet needs PyArrow, which is not installed")
_NO_EXTRA_HINT = Text(
    "请安装：pip install 'campaigncheck[calibrate]'", "Install it: pip install 'campaigncheck[calibrate]'"
)


class National(NamedTuple):
    """How to work out a national forecast, as the options say."""

    file: Path
    days: int | None
    jobs: int
    engine: str
    master: str | None
    only_broken: bool
    stress: bool

    def checked(self) -> National:
        """Refuse what cannot be, before anything is read.

        Raises:
            UsageError: for another file than Parquet, a folder, or a master without Spark.
        """
        if self.file.suffix != _SUFFIX:
            raise UsageError(_NO_PARQUET(path=shown(self.file)), _NO_PARQUET_HINT(name=self.file.stem))
        refuse_master(self.master, self.engine)
        if self.file.is_dir():
            raise UsageError(CANNOT_WRITE(path=shown(self.file), reason=strerror(EISDIR)), CANNOT_WRITE_HINT())
        if find_spec("pyarrow") is None:
            raise UsageError(_NO_EXTRA(), _NO_EXTRA_HINT())
        return self


def refuse_without_output(given: dict[str, object]) -> None:
    """Refuse options that only say how to work out a national forecast."""
    for option, value in given.items():
        if value is not None:
            raise UsageError(_NEEDS_OUTPUT(option=option), _NEEDS_OUTPUT_HINT(option=option))


def refuse_with_output(given: dict[str, object]) -> None:
    """Refuse options that need every day worked out exactly."""
    for option, value in given.items():
        if value:
            raise UsageError(_NOT_WITH_OUTPUT(option=option), _NOT_WITH_OUTPUT_HINT())


def foresee_nationally(
    how: National,
    portfolio: Portfolio,
    catalogues: Catalogues,
    today: int,
    asked: frozenset[str],
    lang: Lang,
    counting: Callable[[int], AbstractContextManager[Callable[[int], None]]],
) -> str:
    """Write the file, and return what it comes to.

    Args:
        how: the options.
        portfolio: all campaigns.
        catalogues: with the network.
        today: the first day.
        asked: the campaigns that are asked about.
        lang: the language of the text.
        counting: shows how many of so many cities are done.
    """
    from campaigncheck.forecast.national import parquet, text
    from campaigncheck.forecast.national.work import Work
    from campaigncheck.waiting.arrivals import Arrivals

    last = today + how.days - 1 if how.days is not None else None
    work = Work(Arrivals(portfolio, catalogues, today, last), asked, how.only_broken)
    cities = sum(map(len, work.provinces.values()))
    with TemporaryDirectory(prefix="campaigncheck-") as folder, counting(cities) as advance, writing(how.file):
        found = parquet.write(how.file, work, _engine(how, Path(folder)), advance)
    told = text.write(found, Days(today, work.last), catalogues.regions, shown(how.file), _left_out(work), lang)
    if not (how.stress and found):
        return told
    from campaigncheck.forecast.stress import stress
    from campaigncheck.forecast.text import bears

    return told + bears(
        list(stress(portfolio, catalogues, today, asked, last=last, jobs=how.jobs)), catalogues.network, lang
    )


def _left_out(work: Work) -> tuple[LeftOut, ...]:
    """Return the halls that cannot be judged."""
    from campaigncheck.forecast.left_out import left_out
    from campaigncheck.waiting.unjudged import unjudged

    network = work.arrivals.catalogues.network
    entries = [entry for entry in work.arrivals.portfolio.entries if entry.id in work.asked]
    cities = (work.arrivals.city(city) for of in work.provinces.values() for city in of)
    lost = unjudged(network, cities, entries)
    return left_out(network, {name: item for name, item in lost.items() if name in work.asked})


def _engine(how: National, folder: Path) -> Engine:
    from campaigncheck.forecast.national.engines import Processes, Spark

    return Spark(folder, how.master or LOCAL) if how.engine == "spark" else Processes(how.jobs)
