"""The file: the same bytes however it is worked out, and whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from campaigncheck.forecast import processes
from campaigncheck.forecast.national import parquet
from campaigncheck.forecast.national.columns import SCHEMA
from campaigncheck.forecast.national.engines import Processes
from campaigncheck.forecast.national.work import NOTHING, Part, Work
from campaigncheck.waiting.arrivals import Arrivals
from tests.forecast.national.examples import EXAMPLE_DAY, example, table, work_of
from tests.waiting.worlds import draws, entry


@pytest.fixture(scope="module")
def work() -> Work:
    """Two weeks of the example network."""
    portfolio, catalogues = example()
    today = EXAMPLE_DAY.toordinal()
    return Work(Arrivals(portfolio, catalogues, today, today + 13), frozenset(entry.id for entry in portfolio.entries))


def test_the_same_bytes_with_any_number_of_processes_and_cities_at_a_time(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {}
    for jobs, batch in ((1, 1), (1, 7), (1, 32), (2, 3), (3, 1)):
        monkeypatch.setattr(processes, "BATCH", batch)
        file = tmp_path / f"{jobs}-{batch}.parquet"
        totals = parquet.write(file, work, Processes(jobs))
        found[jobs, batch] = (file.read_bytes(), list(totals.items()))
    assert all(one == found[1, 1] for one in found.values())
    assert len(found[1, 1][0]) > 10_000


def test_a_file_is_its_parts_a_row_group_for_each_city(work: Work, tmp_path: Path) -> None:
    seen: list[int] = []
    file = tmp_path / "f.parquet"
    totals = parquet.write(file, work, Processes(1), seen.append)
    parts = list(Processes(1)(work))
    assert pq.read_table(file).to_pylist() == table(parts).to_pylist()
    kept = pq.ParquetFile(file)
    assert kept.schema_arrow.equals(SCHEMA)
    assert kept.num_row_groups == len(parts) == len(seen)
    assert {name: sum(part.totals.promises for part in parts if part.province == name) for name in totals} == {
        name: one.promises for name, one in totals.items()
    }


def test_without_a_campaign_the_file_has_no_rows(tmp_path: Path) -> None:
    assert parquet.write(tmp_path / "f.parquet", work_of(entry("x", draws(10)), asked=set()), Processes(2)) == {}
    empty = pq.read_table(tmp_path / "f.parquet")
    assert (empty.num_rows, empty.schema) == (0, SCHEMA)


def test_cities_of_which_nothing_is_told_leave_no_row_group(tmp_path: Path) -> None:
    calm = work_of(entry("weekend", draws(1, 5, 6)), broken=True)
    totals = parquet.write(tmp_path / "f.parquet", calm, Processes(1))
    assert pq.ParquetFile(tmp_path / "f.parquet").metadata.num_row_groups == 0
    assert totals["510000"].broken == 0
    assert totals["510000"].promises > 0


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("x"), pa.ArrowInvalid("y")])
def test_what_goes_wrong_half_way_leaves_what_was_there(error: BaseException, tmp_path: Path) -> None:
    good = work_of(entry("x", draws(10, 0, 3)))

    def breaks(work: Work) -> Iterator[Part]:
        yield next(iter(Processes(1)(work)))
        raise error

    file = tmp_path / "f.parquet"
    file.write_bytes(b"before")
    with pytest.raises(type(error)):
        parquet.write(file, good, breaks)
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == {"f.parquet": b"before"}


def test_a_folder_that_is_not_there_is_an_error_before_any_work(tmp_path: Path) -> None:
    def never(work: Work) -> Iterator[Part]:
        yield from [Part("", "", NOTHING, b"never read")]

    with pytest.raises(OSError, match="No such file"):
        parquet.write(tmp_path / "no" / "f.parquet", work_of(), never)
