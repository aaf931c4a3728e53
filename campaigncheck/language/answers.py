"""Whether an answer says anything: drafts, placeholders, answers too thin, mere referrals."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from campaigncheck.language.expressions import expression

Shortcoming = Literal["draft", "placeholder", "thin", "referral"]

DRAFT = "【草稿】"
"""What an answer that nobody has looked at yet begins with."""
GAP = "（请写明：{what}）"
"""What stands in a draft for something that only people know."""

_DRAFT = expression(r"[【\[（(]\s*草稿\s*[】\]）)]")

_PLACEHOLDER = expression(
    r"^[\s\W_]*$"
    r"|待(?:补充?|整理|定|确认|完善|填|更新|明确|讨论|核实|市场部|后续)"
    r"|^(?:暂无|暂缺|无|略|同上|如上|测试|空|不详|未定|稍后|暂未)[。.！!，,\s]*$|^同上[，,。]"
    r"|(?i:\b(?:todo|tbd|tba|fixme|lorem ipsum)\b)|(?i:(?<![a-z])x{2,}(?![a-z]))"
    r"|某{2,}|×{2,}|\?{3,}|？{3,}|…{3,}|[_＿]{3,}"
    r"|[【\[（(](?:待|此处|这里|请写明)[^】\])）]*[】\])）]|(?:此处|这里)(?:填写|写|补)"
)
_REFERRAL = expression(
    r"详[见情]|参[见阅考照]|查[看阅询](?:活动|公告|官网|细则|规则|详情|App|页面|网站)|咨询|询问|关注"
    r"|(?:拨打|联系|前往|到)[^，。；]{0,12}(?:了解|咨询|询问)|问一?下?(?:营业厅|客服|店员|工作人员)"
    r"|以[^，。；]{1,16}为准|(?:按|依)照?[^，。；]{0,8}(?:规定|政策|规则)(?:执行|办理)"
    r"|(?:看|留意|等)[^，。；]{0,14}(?:通知|公告|公示|告示|海报|细则|规则|官网|公众号)"
    r"|(?:扫码|扫描?二维码|点击链接|登录)[^，。；]{0,6}(?:查看|查询)|另行(?:通知|公布|公告)"
    r"|(?:没有?|未)(?:最[后终])?(?:定下来|确定下来)"
)
_FILLER = expression(
    r"您好|亲|尊敬的客户|具体(?:情况|内容|事宜|信息|来说|请)?|(?:相关|有关)(?:事宜|信息|内容|情况)?"
    r"|谢谢|感谢[^，。；]*|如有疑问|如需了解(?:更多|详情)?|更多(?:详情|信息)?"
    r"|能不能(?:参加|办理?)?|是否(?:可以|能)?(?:参加|办理?)?|或者?|也可以?|还|和|的|请|您|可|进行"
    r"|工作人员|客服(?:热线|人员|电话)?|热线|营业厅|当地|就近|附近"
    r"|活动|细则|规则|公告|官网|页面|详情|届时(?:公告)?|后续|一下|为您|将|会|[\s\W_]+|了解|解答"
)
_COURTESY = expression(
    r"您好|你好|亲爱的|尊敬的(?:客户|用户)?|感谢[^，。；！\n]*|谢谢[^，。；！\n]*|(?:我们?将?会?)?(?:竭诚|用心|全心全意|热情)[^，。；！\n]*|(?:为|给)您服务"
    r"|(?:欢迎|期待)[^，。；！\n]*|祝您[^，。；！\n]*|请(?:您)?(?:放心|谅解|理解|耐心等[待候])"
)
_LOOK_UP = [
    look + where
    for look in ("查看", "查阅", "查询")
    for where in ("活动", "公告", "官网", "细则", "规则", "详情", "app", "页面", "网站")
]
_BY_RULE = [rule + do for rule in ("规定", "政策", "规则") for do in ("执行", "办理")]
TRIGGERS = (
    "待补", "待整理", "待定", "待确认", "待完善", "待填", "待更新", "待明确", "待讨论", "待核实", "待市场部", "待后续",
    "todo", "tbd", "tba", "fixme", "lorem", "xx", "某某", "××", "???", "？？？", "………", "___", "【待", "[待", "（待",
    "(待", "草稿", "请写明", "此处", "这里", "暂无", "暂缺", "暂未", "同上", "如上", "不详", "未定", "详见", "详情", "参见", "参阅", "参考", "参照",
    "通知", "公告", "公示", "告示", "海报", "细则", "规则", "官网", "公众号", "扫码", "二维码", "点击链接", "登录", "另行",
    "定下来",
    *_LOOK_UP, *_BY_RULE, "咨询", "询问", "关注", "了解", "问一", "问下", "问营业厅", "问客服", "问店员", "问工作人员", "为准",
)  # fmt: skip
"""Every answer that is a draft, a placeholder or a mere referral contains one of these, is short, or says nothing at all.

The lexicon looks for them in the same pass as for everything else; only answers with one are judged.
"""

SHORT = 24
"""Answers up to this length are judged without a trigger: 略, 空, the question said again …"""

_DECIDES = r"都(?:能|可以|行)|不(?:收|用|要|需|花)|马上|立即|立刻|当场|当天|次日|下个?月"
_DECIDED = expression(_DECIDES)
_COMPLETE = expression(rf"\d|[一二两三四五六七八九十百千半][个天年月日元块分次份张名]|所有|任何|全部|{_DECIDES}")
"""What makes a short answer complete: a figure, everybody, nothing to pay, at once."""

_CONTENT_CHARS = "\u4e00-\u9fffA-Za-z0-9"
_CONTENT = expression(f"[{_CONTENT_CHARS}]")
_SENTENCE = expression(r"[，。；！？;!?\n]+")


def judge(question: str, answer: str, least: int) -> Shortcoming | None:
    """Return what an answer falls short in, or None if it answers.

    Args:
        question: the question; its own words, said again, are no answer.
        answer: the answer.
        least: fewer characters (letters, digits, Chinese) than this are too thin, unless they say a figure or "all".
    """
    text = answer.strip()
    if _DRAFT.search(text):
        return "draft"
    if _PLACEHOLDER.search(text):
        return "placeholder"
    substance = [clause for clause in _SENTENCE.split(text) if clause.strip()]
    referring = [clause for clause in substance if _REFERRAL.search(clause)]
    if referring and not any(_says(clause, question) for clause in substance if clause not in referring):
        return "referral"
    if _COMPLETE.search(text):
        return None
    return None if content(least).match(text) and _has_own_words(text, question) else "thin"


@lru_cache(maxsize=8)
def content(least: int) -> re.Pattern[str]:
    """Return a pattern that matches a text with at least so many letters, digits or Chinese characters.

    A text that matches, is longer than :data:`SHORT`, has none of the :data:`TRIGGERS` and does not say its question
    again needs no judging.
    """
    return re.compile(rf"(?:[^{_CONTENT_CHARS}]*[{_CONTENT_CHARS}]){{{least}}}")


def _has_own_words(answer: str, question: str) -> bool:
    """Whether an answer says something beyond courtesies and its question's words."""
    rest = _COURTESY.sub("", answer)
    return len({char for char in rest if _CONTENT.match(char) and char not in question}) >= 3


def _says(clause: str, question: str) -> bool:
    """Whether a clause says something beyond filler and the question's own words."""
    rest = _FILLER.sub("", clause)
    fresh = [char for char in rest if _CONTENT.match(char) and char not in question]
    return len(fresh) >= 3 or any(char.isdigit() for char in rest) or _DECIDED.search(rest) is not None
