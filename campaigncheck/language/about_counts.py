"""How many there are: 一共 5000 户, 前 600 位."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.language.amounts import Figure, Stated, amount_of
from campaigncheck.language.expressions import expression
from campaigncheck.language.spots import Told, around, is_denied

_COUNT = expression(
    r"(?<![\d.,第a-z])(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?\s*[百千万]?|[一二两三四五六七八九十百千万]*[百千万][一二三四五六七八九十百千万]*)"
    r"\s*(?P<unit>户|份|个(?!月|工作日|自然日|人|国家|地区|频道|城市|市|号|营业|小时|星期|礼拜)|台|位|名|套|本|把|只|盒|瓶|箱|支|件|笔)"
)
_COUNTED = expression(
    r"(?:一共|总共|共|合计|限量|限|备了?|备货|准备了|只有|仅|名额|满了?|[前头首])\s*(?:有|是|为|收|办|送出?)?\s*$"
)
_COUNT_AFTER = expression(r"\s*(?:名额|限量|满了|送完|领完|办满|用完|卖完|售完|换完|礼品)")
_OTHER_COUNT = expression(
    r"每[天日周月]|还剩|剩|已经?[办领送]|首批|[本每各]个?(?:厅|店|营业厅|门店)|其中|其[他它]|再[送减]|另送|额外|加送|停车|座|元|每人|每户|每个|一个号|限办|国家|地区|频道|影片|电影|副卡|号码|家人|部|首歌"
)


def counts_told(text: str, topic: str, gifts: tuple[str, ...]) -> Iterator[Told]:
    """Yield how many there are: 一共 5000 户, 前 600 位, 送 3000 台路由器."""
    for match in _COUNT.finditer(text):
        value = amount_of(match["number"])
        if value is None or value < _FEWEST:
            continue
        one = Stated(Figure(value, "份"), match.start(), match.end())
        spot = around(text, one, topic)
        given = spot.after.lstrip().startswith(gifts)
        anything = match["unit"] == "个" and not (
            given or _END_OF_COUNT.match(spot.after) or _STOCKED.search(spot.before)
        )
        if anything or _OTHER_COUNT.search(spot.clause) or is_denied(text, one):
            continue
        named = (
            given and (_GIVES.search(spot.before) or _TO_BE_HAD.search(spot.sentence))
        ) or spot.before.rstrip().endswith(gifts or _NOTHING)
        if named or _COUNTED.search(spot.before) or _COUNT_AFTER.match(spot.after) or topic == "sold_out":
            yield Told("quota", *one, spot.before)


def counts_in(text: str) -> Iterator[tuple[int, float]]:
    """Yield every number of things in a folded text with its place."""
    for match in _COUNT.finditer(text):
        number = amount_of(match["number"])
        if number is not None and number >= _FEWEST:
            yield match.start(), number


def gifts_each(text: str, topic: str, gifts: tuple[str, ...]) -> Iterator[Told]:
    """Yield how many gifts each customer is given: 办宽带送两台路由器."""
    for match in _EACH.finditer(text):
        value, one = amount_of(match["number"]), Stated(Figure(0, "份"), match.start("number"), match.end())
        spot, what = around(text, one, topic), match["what"].strip()
        meant = what in gifts if what else spot.after.lstrip().startswith(gifts)
        if not (meant or what or spot.after.strip()):
            meant = topic == "gift_collect" or any(gift in spot.sentence for gift in gifts)
        several = _MORE_THAN_ONE.search(spot.sentence) or "共" in spot.clause
        if value and meant and not several and not is_denied(text, one):
            yield Told("gift_each", Figure(value, "份"), one.start, one.end, spot.before)


_EACH = expression(
    r"送\s*[您你]?(?P<what>[^，。；！？,;!?：:\n（）()送]{0,12}?)\s*(?P<number>(?<![\d.十百千万])[两二三四五六七八九2-9])(?![十百千万])\s*(?P<unit>[台个把只盒瓶箱支件套份本部张])(?!月|工作日|人)"
)
_MORE_THAN_ONE = expression(
    r"(?<![每客用])[户人]|条(?!件)|推荐|亲友|老带新|抽|选|分别|各|再|另|额外|如果|要是|比如|满|副卡|号码?都|买|天|小时|[和及]|、|？|\?"
)
"""Where one may get several, or gets them on terms."""
_TO_BE_HAD = expression("等[您你]|送完|领完|先到先得|待领")
_NOTHING = ("\n\n",)
_GIVES = expression(r"送\s*(?:出|完)?\s*$")
_END_OF_COUNT = expression(r"\s*(?:名额|$|满|送|发|领|用|办|换|[的就])")
_STOCKED = expression(r"备(?:了|货)\s*$")
_FEWEST = 10.0
"""Fewer than so many are no quota, but copies, steps and persons."""
