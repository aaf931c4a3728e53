"""Whether an answer says anything: placeholders, answers too thin, mere referrals."""

from __future__ import annotations

import re
from typing import Literal

Shortcoming = Literal["placeholder", "thin", "referral"]

_PLACEHOLDER = re.compile(
    r"^[\s\W_]*$"
    r"|待(?:补充?|整理|定|确认|完善|填|更新|明确|讨论|核实|市场部|后续)"
    r"|^(?:暂无|暂缺|无|略|同上|如上|测试|空|不详|未定|稍后|暂未)[。.！!，,\s]*$|^同上[，,。]"
    r"|(?i:\b(?:todo|tbd|tba|fixme|lorem ipsum)\b)|(?i:(?<![a-z])x{2,}(?![a-z]))"
    r"|某{2,}|×{2,}|\?{3,}|？{3,}|…{3,}|[_＿]{3,}"
    r"|[【\[（(](?:待|此处|这里)[^】\])）]*[】\])）]|(?:此处|这里)(?:填写|写|补)"
)
_REFERRAL = re.compile(
    r"详[见情]|参[见阅考照]|查[看阅询](?:活动|公告|官网|细则|规则|详情|App|页面|网站)|咨询|询问|关注"
    r"|(?:拨打|联系|前往|到)[^，。；]{0,12}(?:了解|咨询|询问)|问一?下?(?:营业厅|客服|店员|工作人员)"
    r"|以[^，。；]{1,16}为准|(?:按|依)照?(?:相关|有关)?(?:规定|政策|规则)(?:执行|办理)"
)
_FILLER = re.compile(
    r"您好|亲|尊敬的客户|具体(?:情况|内容|事宜|信息|来说|请)?|(?:相关|有关)(?:事宜|信息|内容|情况)?"
    r"|谢谢|感谢[^，。；]*|如有疑问|如需了解(?:更多|详情)?|更多(?:详情|信息)?"
    r"|能不能(?:参加|办理?)?|是否(?:可以|能)?(?:参加|办理?)?|或者?|也可以?|还|和|的|请|您|可|进行"
    r"|工作人员|客服(?:热线|人员|电话)?|热线|营业厅|当地|就近|附近"
    r"|活动|细则|规则|公告|官网|页面|详情|届时(?:公告)?|后续|一下|为您|将|会|[\s\W_]+|了解|解答"
)
_CONTENT = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
_SENTENCE = re.compile(r"[，。；！？;!?\n]+")


def judge(question: str, answer: str, least: int) -> Shortcoming | None:
    """Return what an answer falls short in, or None if it answers.

    Args:
        question: the question; its own words, said again, are no answer.
        answer: the answer.
        least: fewer characters (letters, digits, Chinese) than this are too thin.
    """
    text = answer.strip()
    if _PLACEHOLDER.search(text):
        return "placeholder"
    substance = [clause for clause in _SENTENCE.split(text) if clause.strip()]
    referring = [clause for clause in substance if _REFERRAL.search(clause)]
    if referring and not any(_says(clause, question) for clause in substance if clause not in referring):
        return "referral"
    return "thin" if len(_CONTENT.findall(text)) < least else None


def _says(clause: str, question: str) -> bool:
    """Whether a clause says something beyond filler and the question's own words."""
    rest = _FILLER.sub("", clause)
    fresh = [char for char in rest if _CONTENT.match(char) and char not in question]
    return len(fresh) >= 3 or any(char.isdigit() for char in rest)
