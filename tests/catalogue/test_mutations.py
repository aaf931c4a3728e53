"""Tables with anything done to them: each is read or refused, and halls whose rows were left alone are read as before."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.network import HALL_COLUMNS, HOTLINE_COLUMNS, HOUR_COLUMNS, Network, load_network
from campaigncheck.catalogue.problems import CatalogueError
from campaigncheck.catalogue.tables import load_regions

REGIONS = load_regions(RuleFiles.at(None))
HALLS = {"near": "510104", "far": "510105", "away": "510703", "last": "330102"}
TABLES = {
    "halls.csv": [",".join(HALL_COLUMNS), *(f"{hall},{hall}厅,{region}" for hall, region in HALLS.items())],
    "hours.csv": [
        ",".join(HOUR_COLUMNS),
        *(
            f"{hall},{kind},{hour},{number + 2},{hour / 8:.2f},{hour / 2:.2f},{number + 4.5},0.8,measured"
            for number, hall in enumerate(HALLS)
            for kind in ("workday", "weekend", "month_edge")
            for hour in range(9, 14)
        ),
    ],
    "hotline.csv": [
        ",".join(HOTLINE_COLUMNS),
        *(f"{region},workday,{hour},20,300,180" for region in ("510000", "330000") for hour in range(8, 12)),
    ],
}
CELLS = st.sampled_from([
    "", " ", "0", "-1", "nan", "inf", "1e999", "1e300", "1,200", '"', '""', "“”", "１２", "9月1日", "2027/9/1", "1-Sep", "#N/A",
    "near", "far", "nowhere", "workday", "holiday", "工作日", "8", "09", "23", "24", "9.5", "assumed", "guess", "510104", "11",
    "\0", "\x1b[2J", "\r", "\n", "a\nb", "x" * 200, "=1+1", "١٢", "1_0", "0x1", "1.5", "999999999999999999999",
]) | st.text(max_size=6)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, list[str], list[str]]:
    """Return the name of a table, its lines, and its lines with something done to one or several of them."""
    name = draw(st.sampled_from(sorted(TABLES)))
    before = TABLES[name]
    lines = list(before)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(1, len(lines) - 1)) if len(lines) > 1 else 0
        done = draw(st.sampled_from(("cell", "cell", "cell", "delete", "repeat", "swap", "cut", "character", "file")))
        if done == "cell":
            cells = lines[at].split(",")
            cells[draw(st.integers(0, len(cells) - 1))] = draw(CELLS)
            lines[at] = ",".join(cells)
        elif done == "delete":
            del lines[at]
        elif done == "repeat":
            lines.insert(draw(st.integers(1, len(lines))), lines[at])
        elif done == "swap":
            other = draw(st.integers(1, len(lines) - 1)) if len(lines) > 1 else 0
            lines[at], lines[other] = lines[other], lines[at]
        elif done == "cut":
            lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
        elif done == "character":
            place = draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:place] + draw(st.sampled_from(list(',";\n\t，\0\ufeff 0'))) + lines[at][place:]
        else:
            lines = lines[: at + 1]
            lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
        if not lines:
            lines = [""]
    return name, before, "\n".join(lines).replace("\r", "\n").split("\n")


def load(name: str = "", lines: list[str] | None = None) -> Network:
    """Load the tables, one of them with other lines."""
    with TemporaryDirectory() as folder:
        network = Path(folder) / "network"
        network.mkdir()
        for table, rows in TABLES.items():
            text = "\n".join(lines if table == name and lines is not None else rows)
            (network / table).write_bytes(text.encode("utf-8", "surrogatepass") + b"\n" * (table != name))
        return load_network(RuleFiles.at(Path(folder)), REGIONS)


def touched(before: list[str], after: list[str]) -> set[str]:
    """Return who stands in lines that were changed, or beside them."""
    ours, theirs = Counter(before), Counter(after)
    names: set[str] = set()
    for lines, other in ((before, theirs), (after, ours)):
        mine = Counter(lines)
        for at, line in enumerate(lines):
            if mine[line] != other[line]:
                names |= {near.split(",")[0].strip('"') for near in lines[max(at - 1, 0) : at + 2]}
    return names


def hours(network: Network, hall: str) -> dict[tuple[int, int], tuple[float, ...]]:
    """Return what is said of a hall by type of day and hour."""
    found = network.hall_hours
    row = found.halls[hall]
    return {
        (kind, found.first + hour): tuple(
            float(part[row, kind, hour]) for part in (found.counters, found.premium, found.other, found.mean, found.scv)
        )
        for kind, hour in np.argwhere(found.counters[row] > 0).tolist()
    }


WHOLE = load()


@settings(max_examples=400, deadline=None)
@given(mutated())
def test_halls_that_were_left_alone_are_read_as_before(case: tuple[str, list[str], list[str]]) -> None:
    name, before, after = case
    if after[0] != before[0] or any(0xD800 <= ord(char) < 0xE000 for line in after for char in line):
        with pytest.raises(CatalogueError):
            load(name, after)
        return
    found = load(name, after)
    alone = set(HALLS) - touched(before, after) if name != "hotline.csv" else set(HALLS)
    for hall in alone:
        assert found.left_out(hall) == ()
        assert hours(found, hall) == hours(WHOLE, hall)
        assert found.halls[hall] == WHOLE.halls[hall]
    for fault in found.faults:
        place = fault.problem.place
        table = Path(fault.problem.path).name
        line = (after if table == name else TABLES[table])[place.line - 1]
        assert 1 <= place.column <= place.end_column <= len(line) + 1
        for lang in ("zh", "en"):
            assert fault.problem.message.render(lang)
            assert fault.problem.hint.render(lang)


@settings(max_examples=150, deadline=None)
@given(mutated())
def test_what_is_out_has_no_hours_and_figures_are_sound(case: tuple[str, list[str], list[str]]) -> None:
    name, before, after = case
    assume(after[0] == before[0] and all(line.isprintable() for line in after))
    found = load(name, after)
    halls = found.hall_hours
    for part in (halls.premium, halls.other, halls.mean, halls.scv, halls.daily, found.hotline_hours.daily):
        assert (np.isfinite(part) & (part >= 0)).all()
    assert ((halls.counters > 0) | (halls.arrivals == 0)).all()
    assert ((halls.counters == 0) | (halls.mean > 0)).all()
    if halls.left_out is not None:
        assert not halls.counters[halls.left_out].any()
        assert found.faults
