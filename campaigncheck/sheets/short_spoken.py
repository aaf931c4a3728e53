"""Writes a text the way it has to be read aloud, so that a speech engine cannot read it wrong.

Money, rates, dates, times, amounts of data, telephone numbers and codes are written out; brackets are opened; what
nobody can note down by ear is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from campaigncheck.language.codes import codes_in
from campaigncheck.language.fold import fold
from campaigncheck.pages import printable

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，：；！？（）～"}
_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
_WORDS = {"APP": "App", "WIFI": "Wi-Fi", "WLAN": "Wi-Fi"}
"""Capitals that are read as a word."""

_N = r"(?<![\d.])\d+(?:\.\d+)?"
_ALONE = r"(?<![A-Za-z\d.])"
_MEASURES = (
    "元块角折个份名户台张次条套件人位家部本只把款档种步倍兆分秒点天日月年周岁期级类样积公米万亿千百余多来GMKTgmkt%"
)
_NO_AMOUNT = rf"(?![\d.]*\s*[{_MEASURES}])(?!\d|\.\d)"

_LINK = re.compile(
    r"(?:https?://|www\.)[^\s，。；！？、（）“”《》]+"
    r"|(?<![\w@.-])(?P<site>[a-z0-9-]++(?:\.[a-z0-9-]++)++)(?P<path>/[^\s，。；！？、（）“”《》]*)?",
    re.IGNORECASE | re.ASCII,
)
_TOP = re.compile(r"\.(?:com|cn|net|org)(?![a-z0-9])", re.IGNORECASE | re.ASCII)
"""Where the name of a site may end."""

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_CODE = re.compile(r"(?<![A-Za-z0-9])([A-Z][A-Z0-9]+)(?![A-Za-z0-9])(、(?=[A-Z][A-Z0-9]))?")
_NUMBER = re.compile(
    rf"(?<![\d.])(?:0\d{{2,3}}-\d{{7,8}}|[48]00-?\d{{3}}-?\d{{4}}|1[3-9]\d{{9}}|1[012]\d{{3,4}}|9[56]\d{{3,4}}){_NO_AMOUNT}"
)
"""Telephone numbers, and the short ones of operators and services: 10086, 12315, 95xxx; 12000 份 is none."""

_CALLED = re.compile(
    rf"((?:拨打?|打|电话|热线|内线|分机|转|尾号|发[^，。；\d]{{0,12}}[到至])\s*[：“]?\s*)(\d{{2,}}+){_NO_AMOUNT}"
)
_RATE = re.compile(rf"({_N})\s*元\s*[/每]\s*(个?月|天|日|年|次|户|人|条|小时|分钟|GB?|MB?)")
_SPEED = re.compile(rf"{_ALONE}({_N})\s*([GM])\s*(?:bps|bit/s|b/s)(?![A-Za-z])", re.IGNORECASE)
_DATA = re.compile(rf"{_ALONE}({_N})\s*([TGMK])(B?)(?![A-Za-z])")
_MEGA = re.compile(rf"{_ALONE}({_N})\s*MB?(?![A-Za-z])")
_NETWORK = re.compile("[2-6]")
_TIME = re.compile(r"(?<![\d:：])([01]?\d|2[0-4])[:：]([0-5]\d)(?:[:：][0-5]\d)?(?![\d:：])")
_DATE = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年")
_RANGE = re.compile(r"(?<=[\d元兆天日号点分岁月年GT%])\s*[-–—~～－]+\s*(?=\d)")
_PERCENTS = re.compile(rf"({_N})\s*%?\s*到\s*({_N})\s*%")
_SIGNS = {
    "℃": "摄氏度", "×": "乘", "÷": "除以", "≥": "不少于", "≤": "不超过", ">": "大于", "<": "小于", "=": "等于", "+": "加",
    "&": "和", "/": "或者", "|": "，", "*": "星号键", "#": "井号键", "_": " ", "¥": "，", "￥": "，", "~": "，", "～": "，", "—": "，", "–": "，",
    "\\": "，", "^": "，", "`": "，", "•": "，", "·": "，",
}  # fmt: skip
_BRACKETS = re.compile(r"[()（）\[\]【】〔〕{}｛｝⟨⟩]+")
_UNSAID = frozenset({"So", "Sk", "Cs", "Co", "Cn", "Cc", "Cf", "Mn", "Me"})
_HINT_LINK, _HINT_MAIL = "，网址请看短信，", "，邮箱请看短信，"


def spoken(text: str) -> str:
    """Return what is read aloud, in one line."""
    text = _lines(_sayable(printable(text)).translate(_FULL_WIDTH))
    for rewrite in _STEPS:
        text = rewrite(text)
    return text


def _sayable(text: str) -> str:
    """Leave out what cannot be said: pictures, and whatever only serves the eye."""
    return "".join(
        char for char in text if char in "\n\t" or char in _SIGNS or unicodedata.category(char) not in _UNSAID
    )


def spelt(code: str) -> str:
    """Return a code letter by letter, a number digit by digit."""
    return "、".join(code.upper().translate(_DIGITS))


def digits(number: str) -> str:
    """Return a number digit by digit, as telephone numbers are read."""
    return re.sub(r"\D", "", number).translate(_DIGITS)


def _lines(text: str) -> str:
    """Join lines: each is a sentence, and its number is read."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    lines = [re.sub(r"^(\d+)(?:[、)）]|\.(?!\d))\s*", r"第 \1，", re.sub(r"^[-*•·●]\s*", "", line)) for line in lines]
    return "".join(line if line[-1] in "，。；！？、：" else f"{line}。" for line in lines if line).removesuffix(
        "。"
    ) + _stop(text)


def _stop(text: str) -> str:
    return "。" if text.rstrip().endswith("。") else ""


def _no_link(match: re.Match[str]) -> str:
    """Say where an address is to be seen; what merely has dots in it, such as 2.5G, is none."""
    site = match["site"]
    if site is None:
        return _HINT_LINK
    ends = [end.end() for end in _TOP.finditer(site)]
    if not ends:
        return match[0]
    rest = site[ends[-1] :]
    return f"{_HINT_LINK}{rest}{match['path'] or ''}" if rest else _HINT_LINK


def _amounts(text: str) -> str:
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    text = re.sub(rf"[¥￥]\s*({_N})(?:\s*元)?", r"\1 元", text)
    text = re.sub(r"(?<![\d.])(\d+)\.0+(?=\s*元)", r"\1", text)
    text = re.sub(r"(?<![\d.])(\d+\.\d*[1-9])0+(?=\s*元)", r"\1", text)
    return _RATE.sub(lambda match: f"每{match[2].removeprefix('个')} {match[1]} 元", text)


def _data(text: str) -> str:
    text = _SPEED.sub(lambda match: f"{_mega(match[1], match[2])} 兆", text)
    text = _MEGA.sub(r"\1 兆", text)
    return _DATA.sub(_volume, text)


def _mega(number: str, unit: str) -> str:
    value = float(number) * (1000 if unit.upper() == "G" else 1)
    return f"{value:.10g}"


def _volume(match: re.Match[str]) -> str:
    """5G is a network, 5GB and 30G are amounts; so is 5G of data."""
    number, unit, byte = match[1], match[2], match[3]
    follows = match.string[match.end() :].lstrip()
    if (
        unit == "G"
        and not byte
        and _NETWORK.fullmatch(number)
        and not follows.startswith(("流量", "的流量", "通用", "定向"))
    ):
        return match[0]
    return f"{number} K" if unit == "K" else f"{number} 个 {unit}"


def _codes(text: str) -> str:
    """Spell codes that are to be sent, and whatever stands in capitals."""
    for code in reversed(list(codes_in(fold(text)))):
        text = f"{text[: code.start]}{spelt(code.code)}{text[code.end :]}"
    return _CODE.sub(lambda match: _WORDS.get(match[1], spelt(match[1])) + ("，" if match[2] else ""), text)


def _numbers(text: str) -> str:
    text = _NUMBER.sub(lambda match: digits(match[0]), text)
    return _CALLED.sub(lambda match: f"{match[1]}{digits(match[2])}", text)


def _dates(text: str) -> str:
    text = _DATE.sub(lambda match: f"{match[1]}年 {int(match[2])} 月 {int(match[3])} 日", text)
    return _YEAR.sub(lambda match: f"{digits(match[1])}年", text)


def _times(text: str) -> str:
    return _TIME.sub(lambda match: f"{int(match[1])} 点" + (f" {int(match[2])} 分" if int(match[2]) else ""), text)


def _shares(text: str) -> str:
    text = _PERCENTS.sub(r"百分之 \1 到百分之 \2", text)
    return re.sub(rf"({_N})\s*%", r"百分之 \1", text).replace("%", "百分号")


def _signs(text: str) -> str:
    """Say signs, and open brackets."""
    text = re.sub(r"#\s*键", "#", re.sub(r"\*\s*键", "*", text))
    text = re.sub(r"(?<=\d)\s*[*xX]\s*(?=\d)", " 乘 ", _BRACKETS.sub("，", text))
    return "".join(_SIGNS.get(char, char) for char in text)


def _tidy(text: str) -> str:
    """Draw together the commas that opened brackets and left-out links leave behind."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*[，、](?:\s*[，、])+\s*|\s*，\s*", "，", text)
    text = re.sub(r"([。！？；：])\s*，", r"\1", text)
    text = re.sub(r"，(?=[。！？；：的])", "", text)
    text = re.sub(r"(?<=[。！？；：，、]) | (?=[。！？；：，、])|(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", text)
    return text.strip(" ，")


_STEPS: tuple[Callable[[str], str], ...] = (
    lambda text: _LINK.sub(_no_link, _MAIL.sub(_HINT_MAIL, text)),
    _dates, _times, _amounts, _data, _codes, _numbers, lambda text: _RANGE.sub(" 到 ", text), _shares, _signs, _tidy,
)  # fmt: skip
"""In this order: what is written out first is no longer taken for something else."""
