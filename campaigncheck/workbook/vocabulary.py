"""What the codes of the catalogues are called in cells, and which code is meant by what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from campaigncheck.algebra.regions import COUNTRY
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.messages import Lang, Text, literal
from campaigncheck.workbook.kinds import AUDIENCE, Labels, choices, labels_of

MOST_HALLS = 2_000
"""More halls are typed: nobody looks through a list of that length, and every workbook would carry it."""


class Meant(NamedTuple):
    """The codes that what stands in a cell may stand for, and those that its code contradicts (``510100 绵阳市``)."""

    codes: tuple[str, ...]
    contradicts: str | None = None


class Names:
    """The codes of one catalogue with their names."""

    def __init__(self, names: Mapping[str, Text], *, code_first: bool = False) -> None:
        self.names = names
        self._code_first = code_first

    @cached_property
    def _codes(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for code, name in self.names.items():
            for said in (name().render("zh"), name().render("en")):
                found.setdefault(_plain(said), {})[code] = None
        return {said: tuple(codes) for said, codes in found.items()}

    def shown(self, code: str, lang: Lang) -> str:
        """Return how a code is written in a cell, so that it is read as this code again."""
        if code not in self.names:
            return code
        name = self.names[code]().render(lang)
        alone = not self._code_first and self.meant(name) == Meant((code,))
        return name if alone else f"{code} {name}"

    def meant(self, given: str) -> Meant:
        """Return the codes that are meant by a cell: a code, a name, or a code with its name."""
        text = given.strip()
        if text in self.names:
            return Meant((text,))
        codes = self._codes.get(_plain(text), ())
        head, _, rest = text.partition(" ")
        if not codes and head in self.names and rest.strip():
            said = self._codes.get(_plain(rest), ())
            return Meant((head,), rest.strip() if said and head not in said else None)
        return Meant(codes)

    def everything(self, lang: Lang) -> list[str]:
        """Return all codes as they are written in cells."""
        return [self.shown(code, lang) for code in self.names]

    def candidates(self) -> Iterator[str]:
        """Yield everything that may be written: codes, and names in both languages."""
        yield from self.names
        for name in self.names.values():
            yield from (name().render("zh"), name().render("en"))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


class Vocabulary:
    """Everything that cells can name: catalogues, fixed values, attributes of customers."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues
        self.attributes = catalogues.attributes.attributes
        self._known: dict[str, Names] = {name: Names(labels_of(name)) for name in choices()}

    def names(self, catalogue: str) -> Names:
        """Return the names of a catalogue, or of fixed values."""
        if catalogue not in self._known:
            first = catalogue in ("regions", "halls", "products")
            self._known[catalogue] = Names(self._read(catalogue), code_first=first)
        return self._known[catalogue]

    def _read(self, catalogue: str) -> Labels:
        given = self._catalogues
        if catalogue == "regions":
            return {code: _same(region.name) for code, region in given.regions.regions.items()}
        if catalogue == "halls":
            return {hall: _same(item.name) for hall, item in given.network.listed.items()}
        if catalogue == "products":
            return {name: product.name.text for name, product in given.products.products.items()}
        if catalogue == "steps":
            return {name: step.name.text for name, step in given.steps.steps.items()}
        if catalogue == "topics":
            return {name: topic.title.text for name, topic in given.faq.topics.items()}
        return {name: item.name.text for name, item in given.readiness.items.items()}

    def attribute_names(self) -> Names:
        """Return what the attributes of customers are called."""
        return Names({name: entry.label.text for name, entry in self.attributes.items()})

    def options(self, name: str, lang: Lang) -> list[str]:
        """Return what can be chosen from a list; empty where there is none, or it would be too long."""
        if name.startswith(f"{AUDIENCE}:"):
            return self._values(name.partition(":")[2], lang)
        if name == "regions":
            names = self.names(name)
            return [names.shown(code, lang) for code in self._cities()]
        if name == "halls" and len(self._catalogues.network.listed) > MOST_HALLS:
            return []
        return self.names(name).everything(lang)

    def _cities(self) -> Iterable[str]:
        """Yield the country, provinces and cities; counties are typed."""
        regions = self._catalogues.regions
        above = {region.parent for region in regions.regions.values()}
        return (code for code in regions.regions if code == COUNTRY or code.endswith("00") or code in above)

    def _values(self, attribute: str, lang: Lang) -> list[str]:
        entry = self.attributes.get(attribute)
        if entry is None:
            return []
        if entry.type == "boolean":
            return [YES().render(lang), NO().render(lang)]
        return [entry.names.get(value, value) if lang == "zh" else value for value in entry.values]


def _same(name: str) -> Text:
    return literal(name, name)


YES, NO = Text("是", "yes"), Text("否", "no")
ANY = Text("不限", "any")
