"""Reads what somebody answers, or says what is wrong with it and what comes nearest."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from datetime import date

from campaigncheck.algebra.regions import RegionTree
from campaigncheck.beginning.choices import Choices, meant
from campaigncheck.catalogue.places import Place, find_places
from campaigncheck.cli.new_asking import WrongAnswerError
from campaigncheck.messages import Message, Text
from campaigncheck.spec.load import nearest_name
from campaigncheck.spec.types import FIRST_DAY, ID_PATTERN, LAST_DAY

_SHOWN = 12
_LONGEST = 200

_NO_REGION = Text("没有叫“{given}”的地区", "there is no region “{given}”")
_NO_REGION_NEAR = Text(
    "没有叫“{given}”的地区，是不是想写“{nearest}”", "there is no region “{given}”; did you mean “{nearest}”"
)
_MANY = Text(
    "“{given}”可能是 {names}；写全名，或者写代码", "“{given}” may be {names}: write the whole name, or the code"
)
_MORE = Text(
    "“{given}”可能是 {names}，还有 {more} 个；写得再具体些，或者写代码",
    "“{given}” may be {names} and {more} others: say more of the name, or the code",
)
_CHOICE = Text("{code} {name}", "{code} {name}")
_UNKNOWN = Text("不认识“{given}”", "“{given}” is not known")
_UNKNOWN_NEAR = Text("不认识“{given}”，是不是想写 {nearest}", "“{given}” is not known; did you mean {nearest}")
_NO_DAY = Text("“{given}”不是日期，写成 2027-01-15 的样子", "“{given}” is no date: write it like 2027-01-15")
_FAR = Text("{given} 太远了，写 {first} 到 {last} 的日期", "{given} is too far away: {first} to {last}")
_EARLY = Text("结束不能早于开始（{start}）", "the end cannot come before the start ({start})")
_NO_NUMBER = Text("“{given}”不是 {low} 到 {high} 的整数", "“{given}” is no whole number from {low} to {high}")
_NO_PRICE = Text(
    "“{given}”不是价格，写元，最多两位小数，如 20 或 9.9",
    "“{given}” is no price: yuan with at most two decimals, as 20 or 9.9",
)
_BAD_ID = Text(
    "“{given}”不能当编号：只用小写字母、数字和短横线，3 到 64 个字符，如 {nearest}",
    "“{given}” is no id: lower-case letters, digits and hyphens, 3 to 64 characters, such as {nearest}",
)
_TAKEN = Text("编号 {given} 已经有了，换一个，如 {free}", "the id {given} is taken; choose another, such as {free}")
_LONG = Text("太长了，最多 {longest} 个字", "too long: {longest} characters at most")
_LINE = Text("里面有看不见的控制字符，去掉再写", "it holds control characters that nobody sees: write it without")


def region(given: str, tree: RegionTree) -> str:
    """Return the code of the region that is meant."""
    found = find_places(given, tree)
    if len(found) == 1:
        return found[0].code
    if found:
        raise WrongAnswerError(_several(given, found))
    names = {item.name for item in tree.regions.values()}
    nearest = nearest_name(given, names)
    raise WrongAnswerError(_NO_REGION_NEAR(given=given, nearest=nearest) if nearest else _NO_REGION(given=given))


def _several(given: str, found: list[Place]) -> Message:
    names = [_CHOICE(code=item.code, name=item.name) for item in found[:_SHOWN]]
    if len(found) > _SHOWN:
        return _MORE(given=given, names=names, more=len(found) - _SHOWN)
    return _MANY(given=given, names=names)


def choice(given: str, choices: Choices) -> str:
    """Return the code of the one value that is meant."""
    found = meant(given, choices)
    if len(found) == 1:
        return found[0]
    if found:
        names = [_CHOICE(code=code, name=choices[code]) for code in found[:_SHOWN]]
        raise WrongAnswerError(_MANY(given=given, names=names))
    names_of = {name: code for code, text in choices.items() for name in (code, text.zh, text.en)}
    nearest = nearest_name(given, names_of)
    if nearest is None:
        raise WrongAnswerError(_UNKNOWN(given=given))
    code = names_of[nearest]
    raise WrongAnswerError(_UNKNOWN_NEAR(given=given, nearest=_CHOICE(code=code, name=choices[code])))


def several(given: str, choices: Choices) -> tuple[str, ...]:
    """Return the codes of values separated by commas, or Chinese ones, or spaces; each once."""
    parts = [part.strip() for part in re.split(r"[,，、;；]", given) if part.strip()]
    if not parts:
        raise WrongAnswerError(_UNKNOWN(given=given))
    return tuple(dict.fromkeys(code for part in parts for code in _one_or_words(part, choices)))


def _one_or_words(part: str, choices: Choices) -> tuple[str, ...]:
    if " " in part and not meant(part, choices):
        return tuple(choice(word, choices) for word in part.split())
    return (choice(part, choices),)


def day(given: str, start: date | None = None) -> date:
    """Return a date, not before the start."""
    found: date | None = None
    with suppress(ValueError):
        written = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", given.strip())
        found = date(*map(int, written.groups())) if written else None
    if found is None:
        raise WrongAnswerError(_NO_DAY(given=given))
    if not FIRST_DAY <= found <= LAST_DAY:
        raise WrongAnswerError(_FAR(given=found, first=FIRST_DAY, last=LAST_DAY))
    if start and found < start:
        raise WrongAnswerError(_EARLY(start=start))
    return found


def price(given: str) -> float:
    """Return an amount of yuan."""
    written = re.fullmatch(r"[¥￥]?\s*(\d{1,8}(?:\.\d{1,2})?)\s*(?:元|yuan)?", given.strip())
    if written is None:
        raise WrongAnswerError(_NO_PRICE(given=given))
    return float(written[1])


def whole(given: str, low: int, high: int) -> int:
    """Return a whole number within bounds."""
    if not re.fullmatch(r"[0-9]{1,10}", given.strip()) or not low <= int(given) <= high:
        raise WrongAnswerError(_NO_NUMBER(given=given, low=low, high=high))
    return int(given)


def line(given: str, longest: int = _LONGEST) -> str:
    """Return one line of text."""
    if len(given) > longest:
        raise WrongAnswerError(_LONG(longest=longest))
    if not given.isprintable():
        raise WrongAnswerError(_LINE())
    return given


def new_id(given: str, known: Collection[str]) -> str:
    """Return an id that no campaign has."""
    if not re.fullmatch(ID_PATTERN, given):
        made = re.sub(r"[^a-z0-9]+", "-", given.casefold()).strip("-")[:64]
        raise WrongAnswerError(_BAD_ID(given=given, nearest=made if len(made) > 2 else "sc-2027-broadband"))
    if given in known:
        raise WrongAnswerError(_TAKEN(given=given, free=free_id(given, known)))
    return given


def free_id(wanted: str, known: Collection[str]) -> str:
    """Return an id, with a number behind it if it is taken."""
    if wanted not in known:
        return wanted
    number = 2
    while f"{wanted[:60]}-{number}" in known:
        number += 1
    return f"{wanted[:60]}-{number}"
