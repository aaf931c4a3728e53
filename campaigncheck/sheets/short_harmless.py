"""Sentences that may be left out of a short answer: those known to say nothing that a customer has to know.

A sentence counts only if every clause of it is one of these kinds, from its first character to its last. Whatever is
not known here may be a limit or a charge, however harmless its words look.
"""

from __future__ import annotations

import re

_WHERE = "(?:手机 ?)?(?:App|APP|网上营业厅|公众号|小程序|官网|(?:活动)?页面|营业厅)(?: ?的?(?:首页|里面?|上面?))?"
_SHOWN = "(?:办理)?(?:进度|记录|步骤|图片?|动画|小?视频|演示)"
_MINE = "(?:您的|您现在的|现在的|原来的)?(?:手机)?"

_KINDS = (
    # Courtesy.
    "(?:非常)?(?:多谢|谢谢|感谢)(?:您|大家)?的?(?:支持|理解|配合|信任|关注|耐心|等待|和)*",
    "(?:欢迎|期待)(?:您|大家)?(?:随时|常|再)?(?:来|光临|体验|看看|来电|来问|咨询)+",
    "祝(?:您|大家)?(?:新年|春节|节日|生活|用网|上网|全家)?(?:愉快|快乐|顺利|健康)",
    "(?:您|请您?)?(?:不用|不必|别)(?:担心|着急|急|紧张)",
    "(?:您|请您?)?(?:尽管)?放心",
    "您?慢慢(?:看|来|选|挑)(?:就好|就行|不着急)?",
    "(?:您)?有(?:什么)?(?:问题|疑问|不明白的|不清楚的)",
    "随时(?:都)?(?:可以)?(?:问我们|来问|打客服热线|找我们)",
    # Reassurance.
    f"{_MINE}号码?(?:也|都)?(?:不变|不会变|不用换|不用改|照常用|照样用)",
    "(?:也|都)?(?:不用|不需要)(?:换|重新办)(?:手机)?(?:卡|号|号码|手机)",
    "(?:手机里的)?(?:通讯录|联系人|短信|照片)(?:也|都)?(?:不变|还在|不会丢)",
    "(?:不耽误|不影响)(?:您)?(?:打电话|上网|看电视)",
    "(?:打电话|上网|看电视)(?:照常|不受影响|不耽误)",
    # Where to see something, and another way to have a look.
    f"{_WHERE}(?:也|还)?有(?:一段|一张|一个)?小?{_SHOWN}(?:演示)?(?:给您看)?",
    f"(?:您)?(?:也|还|都|随时|可以|能)*(?:在|到|打开|去) ?{_WHERE}(?:也|都|随时|可以|能)*(?:看到?|查到?|看看){_SHOWN}?",
    f"{_SHOWN}(?:也|都|随时|可以|能)*(?:在|到) ?{_WHERE}(?:看到?|查到?|看看)",
    f"(?:您)?也(?:可以|能)?到{_WHERE}(?:看看|问问)",
    "(?:一步一步|一步步)?(?:演示|讲)给您(?:看|听)",
    "看完再(?:点|办|选)也(?:来得及|不迟)",
    "(?:照着|跟着)(?:做|点)就(?:行|好|可以)(?:了)?",
)
_CLAUSE = re.compile(" ?(?:" + "|".join(_KINDS) + ")")
_BETWEEN = re.compile("[，,；;。！!?？~～]+")


def harmless(sentence: str) -> bool:
    """Whether a sentence may be left out."""
    return all(_CLAUSE.fullmatch(clause.rstrip()) for clause in _BETWEEN.split(sentence) if clause.strip())
