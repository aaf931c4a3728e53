"""What a text says outright, without a figure, against the spec: where one gets or cancels it, that leaving is free.

Only plain statements about this campaign are taken: every word of the clause is one of those that such statements are
made of. A condition, a denial, a question, or any other thing that one may do on a channel, and nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from campaigncheck.language.expressions import expression
from campaigncheck.language.stops import Span
from campaigncheck.rules._outright import CANCELLING, GETTING, Missing


class Way(NamedTuple):
    """A channel at ``text[start:end]`` on which one is told to get or to cancel what can be neither there."""

    channel: str
    cancels: bool
    start: int
    end: int


_CHANNELS = {
    "hall": r"(?<!网上|手机|掌上|电子|合作)营业厅(?:柜台)?|柜台|门店",
    "app": r"(?<![a-z])app(?![a-z])|客户端|掌上营业厅|手机营业厅",
    "web": r"网上营业厅|网上厅|电子厅|官网|官方网站|网站|网厅",
    "sms": r"(?:发送?|编辑|回复?)(?:[一1]?\s?[个条])?(?:短信|sms)(?:\s?[“\"]?[a-z0-9]{1,10}[”\"]?)?(?:\s?(?:发送?)?到?\s?100(?:86|10|00))?"
    r"|(?:发送?|编辑|回复?)\s?[“\"]?(?!sms)[a-z][a-z0-9]{1,9}[”\"]?(?:\s?(?:发送?)?到\s?100(?:86|10|00))?|(?:短信|sms)(?=[上里也都就、能可])",
    "hotline": r"(?:拨打?|打)\s?(?:客服)?(?:电话|热线)?\s?100(?:86|10|00)|(?:拨打?|打)(?:一?个)?(?:客服)?(?:电话|热线)|客服热线|客服电话",
    "self_service": r"自助(?:终端|服务终端|机|设备|服务机)",
    "agent": r"代理(?:网点|商|点)|合作(?:网点|营业厅|门店)",
}
_ANY_CHANNEL = "|".join(f"(?:{words})" for words in _CHANNELS.values())
_CHANNEL = expression("|".join(f"(?P<{name}>{words})" for name, words in _CHANNELS.items()))
_BREAK = expression(r"[，。；！？,;!?：:\n（）()]")
_STOP = expression(r"[。；！？;!?\n]")
_OTHER_MATTER = expression(
    r"投诉|查|咨询|问|预约|领|寄|(?<!发)送|发票|详单|账单|进度|余额|补卡|密码|解绑|其[他它]|别的|另|换卡|挂失|续|充|缴|交费|提醒|登记|打印"
    r"|帮|代办|原来|原套餐|旧|老套餐|移机|过户|实名|验证码|如果|要是|以后|将来|将会|陆续|即将|下次|上次|以前|曾|暂|除|拒收|收短信|消息|推送|通知"
    r"|不再|不能|不可|没有|没法|无法|不支持|不办|不行"
)
"""What else is done there, and what makes a statement less than plain."""
_ASKS = expression("吗|呢|么|哪|是否|能否|能不能|可不可以|[？?]")
_WITHIN = (
    r"您|客户|用户|[新老]|大家|也行|都行|就行|也|还|都|就|均|同样|一样|直接|随时|自己|可以?|能够?|即可|便可|请|支持|欢迎|只要?|只能|立即|马上|在线"
    r"|到|去|在|上|里|内|中|用|通过|登录|打开|从|或者?|和|与|及|以及|、|/|\s|我们|任一|附近|任意|各|所有|的(?=营业厅|柜台|门店|官网)|手机|线上|网上"
    r"|[点搜选按][“\"「][^”\"」，。；！？\n]{1,10}[”\"」]|本人|本|这个?|该|优惠|活动|业务|点?一下|一键|一条|轻松|方便|凭身份证|带身份证"
)
_TAIL = r"(?:理|掉|好|成|完|这个|该|本|优惠|活动|业务|服务|[也都就]?(?:行|可以)|了|哦|\s)*"
_SAID_BY_TOPIC = r"(?<=行)|(?<=可以)|(?<=即可)"
_GOT = frozenset(
    {"", "how_to_get", "without_queueing", "eligibility", "price", "takes_effect", "sold_out", "documents"}
)
_CANCELLED = frozenset({"", "how_to_get", "cancel", "price", "price_after", "free_end", "early_exit", "takes_effect"})
_GET = expression(GETTING)


def ways(missing: Missing, text: str, topic: str, named: frozenset[str]) -> Iterator[Way]:
    """Yield the channels on which a folded text tells one to get or cancel the campaign, and that are missing.

    Args:
        missing: the channels that the spec does not have.
        text: the text.
        topic: the FAQ topic that it answers; empty elsewhere.
        named: what the campaign and its offers are called, folded.
    """
    for found in _CHANNEL.finditer(text):
        channel = str(found.lastgroup)
        if channel in missing.getting or channel in missing.cancelling:
            cancels = _cancels(text, found, topic, named)
            if cancels is not None and channel in (missing.cancelling if cancels else missing.getting):
                yield Way(channel, cancels, *found.span())


def _cancels(text: str, found: re.Match[str], topic: str, named: frozenset[str]) -> bool | None:
    """Return whether a clause plainly tells one to cancel on a channel; False if to get it, None if neither."""
    low, high = _ends(text, found, _BREAK)
    if _OTHER_MATTER.search(text[slice(*_ends(text, found, _STOP))]) or _ASKS.search(text, low, high + 1):
        return None
    deed = _plain(named).fullmatch(text, low, high)
    if deed is None:
        return None
    said = deed["first"] or deed["deed"]
    cancels = topic == "cancel" if said is None else topic == "cancel" or _GET.match(said) is None
    if said is None and topic not in ("cancel", "how_to_get"):
        return None
    return cancels if topic in (_CANCELLED if cancels else _GOT) else None


def _ends(text: str, found: re.Match[str], stops: re.Pattern[str]) -> Span:
    """Return where the part of a text between two stops begins and ends."""
    low = max(
        (stop.end() for stop in stops.finditer(text, max(0, found.start() - _REACH), found.start())), default=None
    )
    after = stops.search(text, found.end(), found.end() + _REACH)
    begin = low if low is not None else max(0, found.start() - _REACH)
    return begin, after.start() if after else min(len(text), found.end() + _REACH)


_REACH = 60
"""How many characters on either side of a channel are looked at."""


@lru_cache(maxsize=256)
def _plain(named: frozenset[str]) -> re.Pattern[str]:
    """Return what a clause is made of that tells where one gets or cancels a campaign."""
    names = "|".join(map(re.escape, sorted(named, key=len, reverse=True)))
    words = rf"(?:{_ANY_CHANNEL}|{names}|{_WITHIN})*+"
    first = rf"(?:要|想|想要|不想要|不想用|办好后)?(?P<first>{GETTING}|{CANCELLING})(?:理|的话|时|方式|渠道)?"
    return re.compile(rf"\s*(?:{first})?{words}(?:(?P<deed>{GETTING}|{CANCELLING}){_TAIL}|{_SAID_BY_TOPIC})")


# --- leaving for nothing ---------------------------------------------------------------------------------------------

_LEAVES = expression(
    r"(?:(?:随时|中途|提前|任何时候|什么时候)(?:都|也|就)?(?:想|要)?(?:都|也|就)?(?:能|可以?)?(?:退订|退掉|退网|退|取消|停用|停掉|停|解约|不用|销户)|想[停退走]就[停退走])"
    r"(?:了|的话|都行|都可以|也行|就行|优惠|活动|套餐|业务)?(?:[，,]\s?)?(?:我们|您|也|都|就|并|且|是)*"
    r"(?:不(?:会|用|需要?|必|再|另外?)*(?:收取?|扣|交|付|赔|补)(?:取|您|任何|一分|额外|的)*(?:违约金|钱|费用?|款|差价)?"
    r"|(?:没有?|无|免|免收|0\s?元?)\s?(?:任何)?违约金|一分钱?(?:的?违约金)?[都也]?不(?:用|会)?(?:收|扣|交|付|补|赔))"
    r"(?=[，。；！,;!\n）)\s]|$)"
)
_ON_TERMS = expression(
    r"满|到期|期限|以前|之前|以内|之内|内|后|如果|要是|除|只要|搬|没?装|生效|开通|试用|免费期|首月|[天日]|小时|升|换|我们[的这]|我方|原因|责任|故障|提醒|自动"
    r"|续|副卡|其[他它]|别的|原来|吗|手续费|当月|[?？]"
)


def left_for_nothing(text: str, topic: str) -> Iterator[Span]:
    """Yield where a folded text says that one may leave at any time and pay nothing for it."""
    if topic in ("free_end", "existing_plan", "stacking", "dispute"):
        return
    for found in _LEAVES.finditer(text):
        if not _ON_TERMS.search(text[slice(*_ends(text, found, _STOP))]):
            yield found.span()


# --- where it holds --------------------------------------------------------------------------------------------------

_PLACES = expression(
    r"(?:^|(?<=[，。；！？：\n（( ]))(?:本|这[个次])?(?:活动|优惠)?(?:(?P<only>[只仅]限)在?(?P<where>[\u4e00-\u9fff、]{2,24}?)"
    r"(?:地区|范围内?|本地)?(?:的?(?:客户|用户|居民|号码))?(?:办理?|参加|参与)?"
    r"|(?P<of>[\u4e00-\u9fff]{2,3})?(?P<all>全省|全国)(?:各地|各市|范围内?|的?(?:任一|所有|各)?营业厅)?(?:客户|用户)?(?:都|均)?(?:能|可以?)?(?:通?办理?|参加|参与)(?:这个|本)?(?:活动|优惠)?)"
    r"(?=[，。；！：,;!\n）)\s]|$)"
)
_EXCEPT = expression("除|以外|之外|领|寄|装|送|试点|首批|先|原来|以前|上次|其[他它]|另")
_AND = expression("、|和|及|与|以及")


class Extent(NamedTuple):
    """The cities (as bits) in which a text at ``text[start:end]`` says that a campaign runs; ``only`` there or all of them."""

    cities: int
    only: bool
    start: int
    end: int


def extents(text: str, places: dict[str, int]) -> Iterator[Extent]:
    """Yield where a text plainly says that the campaign runs; a word that is no known place says nothing.

    Args:
        text: the text.
        places: the cities of each place that may be named; those of 全省 and 全国 too.
    """
    for found in _PLACES.finditer(text):
        if _EXCEPT.search(text[slice(*_ends(text, found, _STOP))]):
            continue
        masks = (
            [places.get(name) for name in _AND.split(found["where"])] if found["only"] else [places.get(found["all"])]
        )
        if all(masks) and (found["of"] is None or found["of"] in places):
            together = 0
            for mask in masks:
                together |= mask or 0
            yield Extent(together, found["only"] is not None, *found.span())
