"""Whether customers are told that they will be reminded before a free or cheaper time ends.

A reminder is somebody else's doing (提醒, 通知, 发短信) at or before the end (到期前, 涨价前 10 天, 最后一个月); which time is meant
is said by the words nearest before it in the sentence. It is none if it is denied (恕不另行通知), comes too late (扣费后),
is left to the customer (请自行设置), or is about something else (流量用到 80% 时, 上门前).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from campaigncheck.language.expressions import expression
from campaigncheck.language.fold import fold
from campaigncheck.language.stops import Span, begin_of, end_of

_N = "[0-9一二三四五六七八九十两半]+"
_YOU = "(?:您|你|客户|用户)"
_VERB = expression(
    "提醒|提示|通知|告知|知会|告诉(?=您|你|客户|用户)"
    rf"|(?:发(?:送|出)?|推送|弹出?|收到|有|送)(?:{_YOU})?(?:一?[条则]|我们的)?(?:短信|消息|信息|微信)(?!\s*[a-z“\"'‘「]|到|至|取消|退)"
    rf"|短信(?:给|联系){_YOU}|(?:打|拨打)?电话(?:联系|告诉|确认|回访)|外呼|致电(?={_YOU})|打电话给?(?={_YOU})|联系(?={_YOU})"
    rf"|(?:[跟和向与找]{_YOU}(?:再次?)?(?:二次)?(?:确认|核对|说))|征[求得]{_YOU}的?(?:意见|同意)|问{_YOU}(?:是否|要不要|还)"
)
_MAY = expression("提[醒示前]|[通告知]|短信|消息|信息|微信|电话|外呼|[致来]电|联系|确认|核对|征|问")
"""What stands in every promise; most texts are done with when they have none of it."""
_EVENT = (
    "(?:到期|期满|满期|届满|结束|终止|过期"
    rf"|(?:优惠|免费|试用|体验|试看|折扣)期?(?:快|将)?满"
    "|收费|收钱|扣费|扣钱|扣款|计费|付费|要钱|涨价|涨到?|调价|加价|变价|提价|(?:价格|资费|价钱)(?:要|会)?(?:变化?|变动|调整|恢复|上调|上涨|有变)"
    "|恢复(?:到|为|成|原价|标准价?|正常)|(?:转|改|变|换)(?:为|成|到)?(?:原价|正式|收费|付费|标准价?)|按原价|续费|续订|自动续|续期|续约"
    rf"|满\s*{_N}\s*个?(?:月|年|天)|第\s*{_N}\s*个?月|{_N}\s*个月)"
)
_TIME = expression(
    rf"(?P<other>(?:活动|促销|报名|抢购|券|积分|流量|话费|余额|红包|账单|名额|库存|礼品|赠品)[^，,。]{{0,2}}(?:到期|结束|用完|过期|截止|不足)"
    r"|(?:办理|办好|办完|订购|开通|下单|生效|到账|领取?|安装|上门|发货|取件|缴费|停机|还款|充值|激活|出账|开户|换货|登记|报名)"
    r"[^，,。]{0,6}?(?:[前后时]|成功|的时候)|用到\s*\d|(?:余额|流量)不足|超出|用量)"
    rf"|(?P<contract>(?:合约|合同|协议|承诺)期?(?:快|将|即将)?(?:到期|期满|届满|满|结束)(?:之前|以前|[前时])?)"
    rf"|(?P<before>{_EVENT}[^，,。\d]{{0,6}}?(?:\d+(?:\.\d+)?\s*元[^，,。\d]{{0,2}})?(?:的?\s*{_N}\s*(?:[天日周]|个?月|小时))?(?:之前|以前|前(?!后)))"
    rf"|(?P<after>{_EVENT}(?:之后|以后|后|的?次日|了))"
    r"|(?P<at>(?:即将|临近|快要?|马上|将要?)[^，,。]{0,8}(?:到期|期满|结束|满)|(?:到期|期满|届满)|(?:优惠|免费|试用|体验)期?(?:快|将|即将)满"
    rf"|(?:结束|收费|扣费|涨价|调价)(?:时|当天|那天|当月|的时候)|最后(?:一|1)个?月|最后{_N}[天日周]|(?:优惠|免费|试用|体验)期?还?剩)"
    rf"|(?P<then>到时候?|届时|那时候?|提前|事先|预先|还?剩\s*{_N}\s*[天日周])"
)
_END = expression(rf"{_EVENT}|以后每|之后每|次月起|[优免]惠?费?期")
_NOT = "(?:不|没有?|未|无|恕不|概不|免|别)"
_ADVERBS = (
    rf"(?:\s|另行|另外|再次?|会|单独|专门|提前|主动|逐一|一一|都|给|向|对|{_YOU}|大家|[做作予]|进行|任何|其他|其它|发送?|一定|保证|"
    "短信|电话|微信|app|推送|有|提供|到期|的|还|收到|什么|额外|统一|需要?|必|用|另|能|可以?|安排|做到|人|谁|承担|负责)"
)
_DENIED = expression(rf"{_NOT}{_ADVERBS}*\Z")
_DENIED_AFTER = expression(
    r"(?:服务|功能|业务)?(?:已经?|暂时?|目前|现在)?(?:不提供|取消|停止|停用|关闭|下线|未开通|没有|不支持|不发)"
)
_OWN_WISH = expression(
    r"(?:可以?|能|请|需要?|自己|自行|想|愿意|也)[^，,。]{0,12}(?:设置?|设定|开启|打开|订阅|开通|定制|申请|登记|预约|勾选)[^，,。]{0,8}\Z"
    r"|(?:如需|需要|想要|如要|若需)(?:短信|到期|电话|收费|\s)*\Z"
)
_ASKED_OF = expression(rf"请(?!留意|注意|查收|关注|放心|收)(?:{_YOU}|大家|自行|自己|及时|务必|提前|在|到期前?|\s)*\Z")
_TO_US = expression(r"(?:一下)?(?:我们|客服|\d{5}|营业厅|营业员|热线|家人|自己|朋友)")
_BY_CUSTOMER = expression(rf"(?:(?<![给向为对]){_YOU}|可以?|能|也)(?:可以?|能|也|用手机|直接)*\Z")
_HEADING = expression(r"[：:】\]]")
_GREETING = expression(r"(?:温馨|特别|友情|重要|郑重|服务)\s*\Z")
_ABOUT_OTHER = expression(
    rf"(?:{_YOU})?(?:的|去|来|再|抓紧|及时|尽快)?(?:上门|安装|预约|带|携带|领|取件|还款|缴费|交费|充值|流量|余额|用量|剩余|验证|办理|办好|开通成功|生效|到账|发货|快递|物流|中奖|排队|叫号|已经?|兑换)"
)
_ABOUT_END = expression(rf"[^，,。]{{0,12}}(?:{_EVENT}|(?:以后|之后|接下来|下个?月起?)[^，,。]{{0,4}}(?:每月|价|收))")
_PLAIN = expression(
    r"(?:\A|[，,。；、\n])(?:到期|涨价|扣费|扣钱|收费)前(?:\s*\d+\s*天)?(?:我们|系统|都?会|将|先)*(?:发(?:一条)?)?(?:短信|电话)提醒(?:您|[，,。；]|\Z)"
)
_STOPS = "。！？；!?;\n"
_BREAKS = re.compile(f"[{_STOPS}]")
_CLAUSES = re.compile("[，,：:]")
_YES = expression(r"(?:当然)?(?:会|有|是)(?!员)")
_PERSONAL = expression(
    rf"【[^】]{{0,6}}(?:到期|续费|收费|资费变更)[^】]{{0,2}}提[醒示]】"
    rf"|[您你](?:的|办|订|正在|享|有|这|现在享)[^。！？；\n]{{0,40}}?(?:即将|将于|将在|快要?|马上|还有\s*{_N}\s*[天日]|还剩\s*{_N}\s*[天日]|本月底|月底)"
    r"[^。！？；\n]{0,12}?(?:到期|期满|结束|满期|用完|恢复|开始收费)"
)
_SENT_TO_ONE = frozenset({"sms", "app", "outbound_call"})
"""Channels on which each customer gets a message of their own."""


def promises(text: str, asked: str = "", *, contract: bool = False, about_end: bool = False) -> Iterator[Span]:
    """Yield the sentences that promise a reminder before the end.

    Args:
        text: what customers are told.
        asked: the question that it answers.
        contract: whether the end of the contract is the end that is meant.
        about_end: whether all of it is about the end, whether or not it says so.
    """
    if not _MAY.search(text):
        return
    text, asked = fold(text), fold(asked)
    plain = _PLAIN.search(text)
    if plain is not None:  # as most people put it; the rest takes longer
        yield begin_of(text, plain.start(), _STOPS), end_of(text, plain.end(), _STOPS)
    knows_end = about_end or _END.search(asked) is not None or _END.search(text) is not None
    if _END.search(asked) and _VERB.search(asked) and _YES.match(text):
        yield 0, len(text)
    for low, high in _sentences(text):
        sentence = text[low:high]
        if any(_counts(sentence, verb, knows_end, contract) for verb in _VERB.finditer(sentence)):
            yield low, high


def is_itself_one(text: str, channel: str) -> bool:
    """Whether a text is the reminder that is sent: 您的免费期将于 3 月 31 日到期."""
    return channel in _SENT_TO_ONE and _PERSONAL.search(fold(text)) is not None


def _sentences(text: str) -> Iterator[Span]:
    low = 0
    for stop in _BREAKS.finditer(text):
        yield low, stop.start()
        low = stop.end()
    yield low, len(text)


def _counts(sentence: str, verb: re.Match[str], knows_end: bool, contract: bool) -> bool:
    """Whether what a verb says is a reminder by somebody else, before the end."""
    before, after = sentence[: verb.start()], sentence[verb.end() :]
    if _is_another_act(before, verb[0], after):
        return False
    kind = _when(before)
    if kind in ("before", "at") or (kind == "contract" and contract):
        return True
    clause = _CLAUSES.split(before)[-1]
    if kind == "other" or _ABOUT_OTHER.match(after):
        return False
    if kind == "then" or "提前" in clause or _announced_later(after):
        return knows_end
    return kind is None and _ABOUT_END.match(after) is not None


def _is_another_act(before: str, verb: str, after: str) -> bool:
    """Whether a verb is denied, or is what the customer does, or no act at all."""
    if _HEADING.match(after) or _DENIED.search(before) or _DENIED_AFTER.match(after) or _GREETING.search(before):
        return True
    if _OWN_WISH.search(before) or _ASKED_OF.search(before) or _TO_US.match(after):
        return True
    return verb.startswith("发") and _BY_CUSTOMER.search(before) is not None


def _when(before: str) -> str | None:
    """Return what kind of time is named last before a verb."""
    kind = None
    for found in _TIME.finditer(before):
        kind = found.lastgroup if found.lastgroup != "then" or kind is None else kind
    return kind


def _announced_later(after: str) -> bool:
    """Whether it is said behind the verb that it comes beforehand: 会短信提醒您，提前 7 天."""
    return re.match(r"[^，,。]{0,6}[，,]提前", after) is not None
