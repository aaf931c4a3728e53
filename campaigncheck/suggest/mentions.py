"""What else a spec says about the old days, cities and halls: to be read again once a plan is carried out.

A line counts whatever it is: a text, an answer, a note to colleagues. Recognised are the usual ways to write a
date in Chinese and in figures, the names of places with and without what kind of place they are, and words that
speak of all places.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from campaigncheck.language.elsewhere import short_name
from campaigncheck.source.document import Document
from campaigncheck.suggest.plan import Plan, Subject

_EVERYWHERE = "全国|全省|全市|各市州|各地市|各市|各省"
_HALLS = "营业厅|柜台|厅里|厅内|到店|门店"
_DIGITS = "零一二三四五六七八九十"


class Mention(NamedTuple):
    """A line of the spec as it would read, what it says there, and what that is about."""

    line: int
    words: str
    about: str


def mentions(subject: Subject, plan: Plan, text: str) -> list[Mention]:
    """Return what should be read again in a spec that a plan was carried out in, in order of place."""
    patterns = list(_patterns(subject, plan))
    found = [
        (number, match.start(), Mention(number, match[0].strip(), pattern.about))
        for number, line in enumerate(text.splitlines(), 1)
        for pattern in patterns
        for match in re.finditer(pattern.words, unicodedata.normalize("NFKC", line))
        if pattern.means(match)
    ]
    found += [(item.line, 0, item) for item in _customers(subject, plan, text)]
    return list(dict.fromkeys(item for _, _, item in sorted(found)))


class _Pattern(NamedTuple):
    """Words that speak of something; of a date, in the years given by them if any."""

    about: str
    words: str
    years: frozenset[str | None] = frozenset()

    def means(self, match: re.Match[str]) -> bool:
        """Whether a match speaks of the right year."""
        return not self.years or match["year"] in self.years


def _patterns(subject: Subject, plan: Plan) -> Iterator[_Pattern]:
    planned = subject.planned
    if plan.start != planned.start:
        yield _date("start", date.fromordinal(planned.start))
    if plan.last != planned.last:
        yield _date("end", date.fromordinal(planned.last))
    places = _dropped(subject, plan)
    if places:
        yield _Pattern("places", "|".join([*map(re.escape, sorted(places, key=len, reverse=True)), _EVERYWHERE]))
    if plan.in_halls != planned.in_halls:
        yield _Pattern("halls", _HALLS)


def _date(about: str, day: date) -> _Pattern:
    """Return what finds a date as people write it."""
    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    month, number = f"(?:0?{day.month}|{_chinese(day.month)})", f"(?:0?{day.day}|{_chinese(day.day)})"
    whole = rf"{day.year}(?:-0?{day.month}-|/0?{day.month}/|\.0?{day.month}\.)0?{day.day}(?!\d)"
    later = rf"(?:\d+\s*[日号]?\s*[至到—–~-]+\s*)?{number}\s*[日号]"
    end = "|[底末]" if day.day == monthrange(day.year, day.month)[1] else ""
    spoken = rf"(?:(?P<year>\d{{4}}|[〇{_DIGITS}]{{4}})\s*年\s*)?{month}\s*月\s*(?:{later}{end})"
    years = frozenset({None, str(day.year), year, year.replace("零", "〇")})
    return _Pattern(about, rf"(?<![\d{_DIGITS}])(?:{whole}|{spoken})", years)


def _chinese(number: int) -> str:
    """Write a number up to 31 in Chinese."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _dropped(subject: Subject, plan: Plan) -> set[str]:
    """Return the names of the cities and halls that are left out."""
    regions, known = subject.catalogues.regions, subject.catalogues.network.halls
    cities = [regions.name(code) for code in regions.names(subject.planned.cities & ~plan.cities)]
    halls = [known[hall].name for hall in subject.planned.halls - plan.halls if hall in known]
    return {*cities, *map(short_name, cities), *halls}


def _customers(subject: Subject, plan: Plan, text: str) -> Iterator[Mention]:
    """Yield the answers on who may take part, where the customers change."""
    if plan.kept:
        document = Document(subject.item.spec.shown, text)
        for index, entry in enumerate(subject.campaign.faq):
            if entry.topic == "eligibility":
                yield Mention(document.place(("faq", index, "a")).line, entry.q, "customers")
