"""Values to choose from by code, by a name in either language, or by pinyin."""

from __future__ import annotations

from collections.abc import Mapping

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.catalogue.readings import initials, readings, typed
from campaigncheck.labels import CHANNELS
from campaigncheck.messages import Text, literal

KINDS: dict[str, Text] = {
    "discount": Text("折扣", "discount"),
    "contract": Text("合约", "contract"),
    "gift": Text("赠礼", "gift"),
    "bundle": Text("组合", "bundle"),
    "trial": Text("试用", "trial"),
    "points": Text("积分", "points"),
    "upgrade": Text("升级", "upgrade"),
}
PER: dict[str, Text] = {
    "month": Text("每月", "per month"),
    "once": Text("一次", "once"),
    "day": Text("每天", "per day"),
}

Choices = Mapping[str, Text]


def channels() -> Choices:
    """Return where things are sold."""
    return CHANNELS


def products(catalogues: Catalogues) -> Choices:
    """Return what is sold."""
    return {code: literal(entry.name.zh, entry.name.en) for code, entry in catalogues.products.products.items()}


def meant(given: str, choices: Choices) -> list[str]:
    """Return the codes that are meant: of the closest way of meaning one that finds any."""
    wanted = given.strip().casefold()
    if not wanted:
        return []
    named = {
        code: (code, text().render("zh").casefold(), text().render("en").casefold()) for code, text in choices.items()
    }
    for way in (_same, _part, _spelt):
        found = [code for code, names in named.items() if way(wanted, names)]
        if found:
            return found
    return []


def _same(given: str, names: tuple[str, str, str]) -> bool:
    return given in names


def _part(given: str, names: tuple[str, str, str]) -> bool:
    return any(given in name for name in names)


def _spelt(given: str, names: tuple[str, str, str]) -> bool:
    letters = typed(given)
    return given.isascii() and bool(letters) and (letters in readings(names[1]) or letters in initials(names[1]))
