"""Which questions of a sheet ask the same thing, however they put it: 怎么退订？ and 如何取消？

Every question is reduced to what it asks (how, when, how much, to cancel, …: words of one meaning count as one) and
to what is left of it without courtesies and small words: the subject. Two questions are alike when they ask the same
and their subjects are the same, or differ by a character or two that one of them has more and that change nothing.
A word that matters (4G or 5G, the first year or the second, oneself or somebody else) stays in the subject, so
questions that differ by it are never alike.

Most sheets have no two questions that ask the same: one automaton pass over all of them settles that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, product
from typing import NamedTuple

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick
from rapidfuzz.distance import LCSseq

from campaigncheck.language.amounts import figures_in
from campaigncheck.language.expressions import expression
from campaigncheck.language.fold import fold


def _each(*parts: str) -> str:
    """Return the words made of one piece from each list, in all ways; - stands for nothing."""
    return " ".join("".join(pieces).replace("-", "") for pieces in product(*(part.split() for part in parts)))


_HALL = "营业厅 柜台 门店 厅里 网点 营业网点"
_PAPERS = "证件 材料 资料"
_MEANINGS: dict[str, str] = {
    "how": "怎么 如何 怎样 咋 怎么样 咋样 什么办法 什么方法 什么方式 啥办法",
    "why": "为什么 为何 为啥 凭什么 怎么回事 什么原因",
    "who": "谁 " + _each("哪些 什么 啥", "人 客户 用户 顾客 条件 要求") + " 什么样的客户 什么样的人 哪类客户 哪种客户",
    "whom": "找谁 问谁 联系谁 找哪里 找哪个部门 打什么电话 打哪个电话 打哪个号码 跟谁说",
    "when": "什么时候 何时 哪天 哪一天 几号 什么时间 啥时候 啥时间 何日",
    "how long": "多久 多长时间 几分钟 多少分钟 多少时间 多长 几天 多少天",
    "where": _each("- 在 去 到 从", "哪里 哪儿 什么地方 哪些地方") + " 何处 在哪 去哪 到哪 " + _each("什么 哪些", "渠道 途径"),
    "how much": "价格 价钱 价位 费用 资费 收费标准 资费标准 几块钱 几元 " + _each("什么", "价 价格 价钱")
    + " " + _each("- 付 交 收 花 出", "多少", "- 钱 费 费用 元 块 块钱") + " " + _each("怎么 如何 怎样", "收费 收钱 计费 算钱"),
    "how many": _each("多少 几", "个 人 名额 次 张 份 台 部 条 户 积分 分 兆 流量 g m"),
    "charged": "收费 收钱 要钱 交钱 付钱 付费 花钱 收取费用 产生费用 交费",
    "a month": "每月 每个月 一个月 月费 月租 月租费 按月 一月",
    "one of the months": _each("第 头 前 满 下 上 最后 这 那 过 用 到 不到 还剩", "一个月") + " 首个月 " + _each("一个月", "后 以后 之后 内 以内 之内"),
    "get": "办理 开通 订购 申请 参加 参与 报名 购买 办",
    "get for another": "代办 代办理 代办人 找人代办 " + _each("帮 替", "别人 家人 父母 老人 孩子", "办 办理"),
    "get again": "补办 重办 重新办 重新办理 再办 再次办理 续办",
    "enjoy": "享受 享用 享有",
    "cancel": "取消 退订 退掉 停掉 停用 关闭 关掉 关停 解约 退出 停了 退了",
    "unwanted": _each("不想 不愿 不愿意 不", "用 要 继续用", "了", "- 的话"),
    "start": "生效 起效 启用 用上 开始用 开始使用 开始生效 开始算 开始计费 可用 " + _each("能 可以 能够", "用 用上 使用"),
    "begin": "开始 起算",
    "end": "结束 截止 终止 到期 期满 满期 过期",
    "after the end": _each("- 优惠", "到期 期满 满期 结束 过期", "- 了", "后 以后 之后") + " " + _each("优惠期", "过 结束 到", "后 了 以后 之后"),
    "bring": _each("带 携带 准备 提供 出示", "什么 哪些 啥", f"- {_PAPERS} 手续 东西") + " " + _each("什么 哪些 啥", _PAPERS),
    "what": "什么 哪些 啥",
    "hall": _each("- 到 去 在 来 跑", _HALL),
    "without hall": _each("不 不想 不用 没法", "到 去 跑", _HALL),
    "no queue": "不排队 不想排队 不用排队 免排队 不用取号 不想取号 不取号 怕排队",
    "together": _each("一起 同时 一块", "用 办 办理 开 享受 使用 参加") + " 叠加 叠加使用 叠加享受 同享 共用",
    "others": _each("别的 其他 其它 其他的 其它的 另外的", "- 优惠 活动 业务"),
    "gone": _each("用 领 送 发 卖 抢 换 办 订", "完了 完 光了 光") + " 满了 办满了 没了 没有了 售罄 没货 没货了 约满了",
    "gift": "礼品 赠品 礼物 奖品",
    "collect": "领取 领 领到 拿到",
    "penalty": "违约金 违约费",
    "refund": "退钱 退款 退费",
    "doubt": "有疑问 有问题 有异议 有疑义 不明白 看不懂",
    "wrong": "不对 错了 有误 有错 出错",
    "customers": "客户 用户",
    "the old": "老人 老年人 长辈",
    "cannot": "不能 不可以 不能够 无法 没法 不可",
    "may": "能不能 可不可以 能否 可否 能够 可以 是否可以 是否能",
    "need": "要不要 需不需要 用不用 是否需要 是否要 需要",
    "later": "后 以后 之后 过后 过了以后 过了之后 了以后 了之后",
    "last": "最后 前后 后来 然后 后台 售后",
    "regret": "后悔 反悔",
    "early": "提前",
    "extra to pay": "补 补钱 补交 补缴",
    "more expensive": "涨 涨价 变贵",
    "deducted": "扣 扣费 扣钱 扣款",
    "given back": "退",
    "changed": "换 更换 变更 改",
    "not yet": _each("没 不 未", "满 用满 到期 用到期"),
    "free": "免费 不收钱 不要钱 不花钱 免收",
    "given": "送 赠送 赠",
    "by oneself": "本人 亲自 自己",
    "courtesy": _each("请问 请问一下 想问 我想问 想问一下 我想问一下 问一下 问下 您好 你好 麻烦 谢谢 一下 到底 究竟")
    + " " + _each("这个 本次 此次 本 该 这次 这项", "活动 优惠 业务 产品 套餐") + " 这个 这项 本次 此次 这次 活动 是不是 会不会 是否 有没有",
}  # fmt: skip
"""What is asked, and the words for it; of words that overlap the longest counts."""

_LIGHT = frozenset({"may", "need", "what", "courtesy"})
"""Meanings that most questions have or may as well leave out."""
_LINE = "\n"
_GAP = "，"
_MEANING_OF = {word: name for name, words in reversed(_MEANINGS.items()) for word in words.split()} | {_LINE: _LINE}
_BITS = {name: 0 if name in _LIGHT else 1 << index for index, name in enumerate(_MEANINGS)}
_WORDS = tuple(_MEANING_OF)
_BIT_OF = tuple(-1 if word == _LINE else _BITS[_MEANING_OF[word]] for word in _WORDS)
_AUTOMATON = CharwiseDoubleArrayAhoCorasick(list(_WORDS), MATCH_KIND_LEFTMOST_LONGEST)

_ACTS = frozenset({"get", "cancel", "collect", "refund", "unwanted", "get for another", "get again"})
"""Meanings whose order matters: 开通以后怎么关闭 is not 关闭以后怎么开通."""


class Asked(NamedTuple):
    """What a question asks, what it does in which order, and about what."""

    meaning: int
    acts: tuple[str, ...]
    subject: str


def alike(questions: Sequence[str], names: Sequence[str] = ()) -> list[tuple[int, ...]]:
    """Return the groups of questions that ask the same, each by the positions of its questions.

    Which questions are grouped does not depend on their order.

    Args:
        questions: the questions of a sheet.
        names: what the sheet as a whole is about; a question that names it asks the same as one that does not.
    """
    folded = tuple([fold(name) for name in names])
    lines = _lines(questions, folded)
    found = _meanings(_LINE.join(lines))
    if len(set(found)) == len(found):
        return []
    rivals: dict[int, list[int]] = {}
    for position, meaning in enumerate(found):
        rivals.setdefault(meaning, []).append(position)
    groups: list[tuple[int, ...]] = []
    for positions in rivals.values():
        if len(positions) > 1:
            groups += _groups([(_asked(lines[position], folded), position) for position in positions])
    return sorted(groups)


def reduced(question: str, names: Sequence[str] = ()) -> Asked:
    """Return what a question asks about what; ``names`` are those of the subject that goes without saying."""
    folded = tuple([fold(name) for name in names])
    return _asked(_lines([question], folded)[0], folded)


def senses(line: str) -> list[str]:
    """Return the meanings of a folded line's words, in their order."""
    return [_MEANING_OF[_WORDS[index]] for _, _, index in _AUTOMATON.find(line)]


def _lines(questions: Sequence[str], names: tuple[str, ...]) -> list[str]:
    """Return the questions folded, without the (folded) names of what all of them are about."""
    joined = fold(_LINE.join(questions))
    for name in names:
        joined = joined.replace(name, _GAP)
    lines = joined.split(_LINE)
    if len(lines) == len(questions):
        return lines
    return [_lines([" ".join(question.split())], names)[0] for question in questions]


def _meanings(joined: str) -> list[int]:
    """Return for each line what it asks, as bits."""
    found = []
    meaning = 0
    for _, _, index in _AUTOMATON.find(joined):
        bit = _BIT_OF[index]
        if bit < 0:
            found.append(_settled(meaning))
            meaning = 0
        else:
            meaning |= bit
    found.append(_settled(meaning))
    return found


@lru_cache(maxsize=1 << 14)
def _settled(meaning: int) -> int:
    """Leave out what another meaning says already: whoever asks who, asks who may get it."""
    bit = _BITS
    if meaning & bit["unwanted"]:  # 不想用了怎么办 asks how to cancel
        meaning = (meaning | bit["cancel"]) & ~(bit["unwanted"] | bit["get"])
    if meaning & (bit["who"] | bit["bring"] | bit["how much"]):
        meaning &= ~(bit["get"] | bit["enjoy"])
    if meaning & bit["start"] and meaning & bit["how long"]:
        meaning = (meaning | bit["when"]) & ~bit["how long"]
    return meaning


# --- the subject -----------------------------------------------------------------------------------------------------

_SMALL = dict.fromkeys(map(ord, "的了吗么呢啊呀吧哦呗嘛啦我您你咱们会能要可是得就都也还才把给请想在有需"))
_EITHER = expression("(.)不\\1")
"""收不收 asks as much as 收…吗 does."""
_NUMERAL = expression("[0-9半零〇一二两三四五六七八九十百千万]")
_STOP = expression(r"[\W_]+")
_JOINED = expression("[和与跟及同]")


@lru_cache(maxsize=1 << 14)
def _asked(line: str, names: tuple[str, ...]) -> Asked:
    """Return what a folded line asks about what."""
    meaning, at = 0, 0
    acts: list[str] = []
    rest: list[str] = []
    for start, end, index in _AUTOMATON.find(line):
        name = _MEANING_OF[_WORDS[index]]
        meaning |= _BITS[name]
        if name in _ACTS:
            acts.append("cancel" if name == "unwanted" else name)
        rest += (line[at:start], "不" if name == "cannot" else "")
        at = end
    meaning = _settled(meaning)
    done = dict.fromkeys(act for act in acts if _BITS[act] & meaning)
    return Asked(meaning, tuple(done), _subject(_GAP.join([*rest, line[at:]]), names))


def _subject(rest: str, names: tuple[str, ...]) -> str:
    """Return what is left of a question, figures in one spelling and without small words, parts in one order."""
    if "不" in rest:
        rest = _EITHER.sub(r"\1", rest)
    if _NUMERAL.search(rest):
        rest = _in_figures(rest)
    parts = []
    for part in _STOP.split(rest.replace("没有", "没")):
        bare = part.translate(_SMALL)
        if _JOINED.search(bare):
            bare = "和".join(sorted(_JOINED.split(bare)))
        if bare and not any(_abbreviates(bare, name) for name in names):
            parts.append(bare)
    return "".join(parts)


def _in_figures(text: str) -> str:
    """Write each figure the same way: 半年 and 6 个月."""
    found, at = [], 0
    for figure, start, end in figures_in(text):
        if start >= at:
            found += [text[at:start], f"{figure.value:g}{figure.unit}"]
            at = end
    return "".join([*found, text[at:]])


def _abbreviates(word: str, name: str) -> bool:
    """Whether a word is more than half of a name, in its order: 迎春提速 for 迎春宽带提速."""
    return 2 * len(word) > len(name) >= len(word) > 1 and LCSseq.similarity(word, name) == len(word)


# --- groups ----------------------------------------------------------------------------------------------------------


def _groups(asked: list[tuple[Asked, int]]) -> Iterator[tuple[int, ...]]:
    """Yield the positions of questions that are alike, directly or by way of others, two or more."""
    group: dict[Asked, list[int]] = {}
    for one, position in asked:
        group.setdefault(one, []).append(position)
    for one, other in combinations(list(group), 2):
        if nearly(one.subject, other.subject) and one.acts == other.acts and group[one] is not group[other]:
            mine, theirs = group[one], group[other]
            mine += theirs
            group.update((known, mine) for known, positions in list(group.items()) if positions is theirs)
    for positions in {id(positions): positions for positions in group.values()}.values():
        if len(positions) > 1:
            yield tuple(sorted(positions))


_LEAST = 5
"""How long the shorter of two subjects that are nearly the same is at least."""
_FOR_EACH_MORE = 4
"""For how many of its characters the longer one may have one more; never more than two."""
_TELLING = frozenset(
    "不没未无非别勿否停开关前后上下首末头尾新老旧大小多少主副正男女内外本异进出去来收付借还买卖送领入退升降早晚左右中高低长短快慢公私单双全半"
    "每各再又重仅只除第甲乙子父母春夏秋冬年月日天周时分秒元个台部条户次张份号人卡网话费税款钱家校城乡省市县区国际线电光机代替共独满欠缺超"
    "零〇一二两三四五六七八九十百千万亿"
)
"""Characters that make it another question wherever they stand."""


def nearly(one: str, other: str) -> bool:
    """Whether one subject is the other with a character or two added that change nothing."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    more = len(long) - len(short)
    if not 0 < more <= 2 or len(short) < max(_LEAST, more * _FOR_EACH_MORE):
        return False
    if LCSseq.similarity(short, long) != len(short):
        return False
    return all(
        char not in _TELLING and not char.isascii()
        for item in LCSseq.opcodes(short, long)
        if item.tag == "insert"
        for char in long[item.dest_start : item.dest_end]
    )
