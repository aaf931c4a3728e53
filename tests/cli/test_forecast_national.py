"""``campaigncheck forecast -o FILE.parquet`` as it is called: what is said, exit codes, what is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.calendar.repositories import write_specs

GOLDEN = Path(__file__).with_name("golden")
SPEC = """period: {start: 2027-03-01, end: 2027-03-14}
regions: {include: ["510000", "110000"]}
channels: [hall]
handling: {steps: [verify_identity, explain_offer, sign]}
demand: {uptake: 6000, enquiries: 0.5, channel_share: {hall: 1}}
"""
HALLS = "hall,name,region\n001,成都厅,510104\n002,绵阳厅,510703\n=1+1,东城厅,110101\n"
HOURS = "hall,day_type,hour,counters,arrivals_premium,arrivals_other,service_mean,service_scv,source\n"
PEOPLE = {9: 8, 10: 22, 11: 12}


class Done(NamedTuple):
    """How a call ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A repository of a campaign in two provinces, and three halls, the ids of which look like figures."""
    write_specs(tmp_path / "campaigns", {"spring": SPEC})
    network = tmp_path / "rules" / "network"
    network.mkdir(parents=True)
    rows = [
        f"{hall},{day},{hour},2,{people / 5},{people * 4 / 5},4.5,0.8,{'measured' if hall == '001' else 'assumed'}\n"
        for hall in ("001", "002", "=1+1")
        for day in ("workday", "weekend", "holiday", "month_edge")
        for hour, people in PEOPLE.items()
    ]
    (network / "halls.csv").write_text(HALLS, encoding="utf-8")
    (network / "hours.csv").write_text(HOURS + "".join(rows), encoding="utf-8")
    return tmp_path


def command(arguments: Sequence[str], code: str | None = None, lang: str = "en") -> list[str]:
    """Return the command; ``code`` is run before it in the same process."""
    start = "import sys; sys.argv[0] = 'campaigncheck'\n"
    main = f"{start}{code}\nfrom campaigncheck.cli.main import main; sys.exit(main())"
    program = ["-m", "campaigncheck"] if code is None else ["-c", main]
    return [sys.executable, *program, "forecast", "--today", "2027-03-01", "--lang", lang, *arguments]


def call(folder: Path, *arguments: str, seed: str = "0", code: str | None = None, lang: str = "en") -> Done:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    result = subprocess.run(command(arguments, code, lang), cwd=folder, capture_output=True, env=environment)
    assert b"Traceback" not in result.stderr
    return Done(result.returncode, result.stdout.decode("utf-8"), result.stderr.decode("utf-8"))


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_text_is_the_golden_one(home: Path, lang: str) -> None:
    done = call(home, "-o", "out.parquet", lang=lang)
    assert (done.code, done.err) == (0, "")
    assert done.out == (GOLDEN / f"national.{lang}.txt").read_text(encoding="utf-8")
    assert names(home) == ["campaigns", "out.parquet", "rules"]


def test_the_same_bytes_each_time(home: Path) -> None:
    runs = [("1", ()), ("2", ("--jobs", "2")), ("3", ("--jobs", "0")), ("4", ("--engine", "processes", "--jobs", "1"))]
    found = []
    for seed, options in runs:
        done = call(home, "-o", f"{seed}.parquet", *options, seed=seed)
        assert done.code == 0
        found.append((done.out.replace(f"{seed}.parquet", "file"), (home / f"{seed}.parquet").read_bytes()))
    assert all(one == found[0] for one in found)


def test_duckdb_and_pandas_read_it_and_codes_stay_text(home: Path) -> None:
    assert call(home, "-o", "out.parquet", "--days", "3").code == 0
    query = f"SELECT DISTINCT province, city, hall FROM '{home / 'out.parquet'}' ORDER BY hall"
    halls = [("510000", "510100", "001"), ("510000", "510700", "002"), ("110000", "110000", "=1+1")]
    with duckdb.connect() as connection:
        assert connection.execute(query).fetchall() == halls
    frame = pd.read_parquet(home / "out.parquet")
    assert frame["hall"].drop_duplicates().tolist() == ["=1+1", "001", "002"]
    assert sorted(set(map(str, frame["date"]))) == ["2027-03-01", "2027-03-02", "2027-03-03"]
    assert frame.groupby("hall", observed=True)["assumed"].first().to_dict() == {
        "001": False,
        "002": True,
        "=1+1": True,
    }
    assert set(frame["class"]) == {"premium", "other"}


def test_days_end_the_forecast_and_only_broken_promises_can_be_told(home: Path) -> None:
    assert call(home, "-o", "few.parquet", "--days", "2").code == 0
    assert call(home, "-o", "all.parquet").code == 0
    assert call(home, "-o", "broken.parquet", "--only-broken").code == 0
    few, every, broken = (pq.read_table(home / f"{name}.parquet").to_pylist() for name in ("few", "all", "broken"))
    assert few == [row for row in every if row["date"].day <= 2]
    assert broken == [row for row in every if not row["kept"]]
    assert 0 < len(broken) < len(every)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-o", "out.csv"), "-o writes Parquet only, which “out.csv” is not\n  Mend: Call it out.parquet;"),
        (("-o", "out"), "-o writes Parquet only, which “out” is not\n  Mend: Call it out.parquet;"),
        (("-o", "x.parquet", "--format", "csv"), "--format does not go with -o"),
        (("-o", "x.parquet", "--robust"), "--robust does not go with -o"),
        (("-o", "x.parquet", "--scenario", "what.yaml"), "--scenario does not go with -o"),
        (("-o", "x.parquet", "--top", "12"), "--top does not go with -o"),
        (("-o", "x.parquet", "--aftercare"), "--aftercare does not go with -o"),
        (("-o", "x.parquet", "--pictures", "p"), "--pictures does not go with -o"),
        (("--days", "3"), "--days goes with -o only"),
        (("--jobs", "2"), "--jobs goes with -o only"),
        (("--jobs", "0"), "--jobs goes with -o only"),
        (("--engine", "processes"), "--engine goes with -o only"),
        (("--master", "local[2]"), "--master goes with -o only"),
        (("-o", "x.parquet", "--master", "local[2]"), "--master goes with --engine spark only"),
        (("-o", "x.parquet", "--days", "0"), "Invalid value for '--days'"),
        (("-o", "x.parquet", "--jobs", "-1"), "Invalid value for '--jobs'"),
        (("-o", "x.parquet", "--engine", "dask"), "Invalid value for '--engine'"),
        (("-o", "x.parquet", "nowhere"), "there is no such path: nowhere"),
        (("-o", "no/x.parquet"), "no/x.parquet cannot be written: No such file or directory"),
        (("-o", "folder.parquet"), "folder.parquet cannot be written: Is a directory"),
        (("-o", "campaigns/spring.yaml/x.parquet"), "campaigns/spring.yaml/x.parquet cannot be written: Not a directory"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_leaves_nothing(home: Path, arguments: tuple[str, ...], said: str) -> None:
    (home / "folder.parquet").mkdir()
    done = call(home, *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert names(home) == ["campaigns", "folder.parquet", "rules"]
    assert names(home / "campaigns") == ["spring.yaml"]


def test_a_disk_that_is_full_leaves_what_was_there(home: Path) -> None:
    (home / "out.parquet").write_bytes(b"before")
    full = """
import os, pyarrow.parquet as pq
def full(self, batch): raise OSError(28, os.strerror(28))
pq.ParquetWriter.write_batch = full
"""
    done = call(home, "-o", "out.parquet", code=full)
    assert (done.code, done.out) == (2, "")
    assert "out.parquet cannot be written: No space left on device" in done.err
    assert names(home) == ["campaigns", "out.parquet", "rules"]
    assert (home / "out.parquet").read_bytes() == b"before"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_leaves_no_file_and_no_process(home: Path, jobs: str) -> None:
    """The terminal sends the signal to all processes of the command."""
    slow = """
import os, time
from campaigncheck.forecast import processes
from campaigncheck.forecast.national.work import Work
processes.BATCH = 1
def slow(work, cities):
    os.write(1, b"begun\\n")  # in one piece, beside that of the other process
    time.sleep(60)
Work.parts = slow
"""
    with subprocess.Popen(
        command(("-o", "out.parquet", "--jobs", jobs), slow), cwd=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for _ in range(int(jobs)):
            assert process.stdout.readline() == b"begun\n"
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=15)
    assert (process.returncode, said.strip()) == (130, b"interrupted; no half-written file is left.")
    assert names(home) == ["campaigns", "rules"]
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_without_halls_that_is_said_and_the_file_has_columns_only(home: Path) -> None:
    for file in (home / "rules" / "network").iterdir():
        file.unlink()
    done = call(home, "-o", "out.parquet")
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "No hall to foresee: data in rules/network are needed, and campaigns that are sold in halls and have demand.\n"
        "out.parquet has no rows.\n"
    )
    kept = pq.read_table(home / "out.parquet")
    assert (kept.num_rows, kept.column_names[:4]) == (0, ["province", "city", "hall", "date"])


def test_campaigns_that_do_not_fit_are_named(home: Path) -> None:
    (home / "campaigns" / "bad.yaml").write_text("id: bad\n", encoding="utf-8")
    done = call(home, "-o", "out.parquet")
    assert (done.code, done.err) == (0, "campaigns/bad.yaml does not fit the format and is left out\n")
    assert pq.read_metadata(home / "out.parquet").num_rows > 0


def test_a_missing_extra_says_how_to_install_it(home: Path) -> None:
    hide = """
import importlib.util as util
found = util.find_spec
util.find_spec = lambda name, *rest: None if name == "pyarrow" else found(name, *rest)
"""
    done = call(home, "-o", "out.parquet", code=hide)
    assert (done.code, done.out) == (2, "")
    assert "writing Parquet needs PyArrow, which is not installed" in done.err
    assert "pip install 'campaigncheck[calibrate]'" in done.err
    assert names(home) == ["campaigns", "rules"]


def test_spark_that_is_not_installed_says_how_to_install_it(home: Path) -> None:
    done = call(home, "-o", "out.parquet", "--engine", "spark", code="import sys; sys.modules['pyspark'] = None")
    assert (done.code, done.out) == (2, "")
    assert "pip install 'campaigncheck[spark]'" in done.err
    assert names(home) == ["campaigns", "rules"]


def test_help_and_other_forecasts_do_not_import_what_only_parquet_needs() -> None:
    code = "import sys; import campaigncheck.cli.forecast; print(sorted({'pyarrow', 'pyspark', 'pandas'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"
