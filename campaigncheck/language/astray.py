"""Whether an answer speaks of something else than its question asks: 怎么退订？ 到营业厅办理，当场生效。

An answer is astray if it is clear what is asked, nothing in the answer bears on that, and the answer is known to speak
of another aspect. Most questions and answers are the usual ones (:mod:`campaigncheck.language.usual`) and are not
looked at here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from campaigncheck.language.aspects import ASPECTS, YES_OR_NO
from campaigncheck.language.expressions import expression
from campaigncheck.language.fold import fold
from campaigncheck.language.questions import senses


class Astray(NamedTuple):
    """What was asked, and what the answer speaks of instead, the foremost first."""

    asked: str
    told: tuple[str, ...]


def astray(topic: str, question: str, answer: str) -> Astray | None:
    """Return in what way an answer misses its question, or None if it does not, or not surely."""
    asked = asks(topic, question)
    said = bare(answer)
    if not asked or answers(asked, question, said):
        return None
    if topic in ASPECTS and asked[0] not in _PLAIN and _bears_on(topic, said):
        return None
    told = _told(said, asked)
    partly = ASPECTS[asked[0]].partly
    if partly is not None and "how_to_get" not in told and partly.search(_without_aside(asked[0], said)):
        return None
    return Astray(asked[0], told[:2]) if told else None


def bare(answer: str) -> str:
    """Return an answer folded and without blanks; a new line ends a clause."""
    return "".join(fold(answer).replace("\n", "，").split())


def copied(topic: str, question: str, answer: str, others: Sequence[tuple[str, str]]) -> int | None:
    """Return which of other answers an answer only says again, if neither its question nor its topic is answered by it.

    Args:
        topic: the topic of the answer.
        question: its question.
        answer: the answer.
        others: the topics and answers of all entries.
    """
    if topic not in ASPECTS or len(answer) < _LEAST:
        return None
    head, tail = answer[:_ENDS], answer[-_ENDS:]
    rivals = [
        at
        for at, (theirs, other) in enumerate(others)
        if (other.startswith(head) or other.endswith(tail))  # whatever is nearly the same is so at one end
        and theirs != topic
        and fuzz.ratio(answer, other, score_cutoff=_NEARLY)
    ]
    if not rivals:
        return None
    said, asked = bare(answer), asks(topic, question)
    missed = not answers(asked, question, said) if asked else _NO_CLEAR_ASK.search(fold(question)) is None
    if not missed or _bears_on(topic, said):
        return None
    return next((at for at in rivals if _answers_its_own(*others[at])), None)


def _answers_its_own(topic: str, answer: str) -> bool:
    return topic in ASPECTS and _bears_on(topic, bare(answer))


_ENDS = 4
_LEAST = 8
"""Shorter answers (都可以。) may answer several questions."""
_NEARLY = 90
"""From how many per cent of likeness an answer says another one again."""


def answers(asked: tuple[str, ...], question: str, said: str) -> bool:
    """Whether something in an answer (bare) bears on one of the aspects that its question asks about."""
    if asked == (YES_OR_NO,):
        return _bears_on(YES_OR_NO, said) or _yes_without_saying_so(fold(question), said)
    if YES_OR_NO in asked and (_VERDICT.match(said) or (_STRICT.isdisjoint(asked) and _bears_on(YES_OR_NO, said))):
        return True
    return any(_bears_on(name, said) for name in asked if name != YES_OR_NO)


def _bears_on(name: str, said: str) -> bool:
    return ASPECTS[name].answers.search(_without_aside(name, said)) is not None


def _tells(name: str, said: str) -> bool:
    return ASPECTS[name].tells.search(said) is not None


def _without_aside(name: str, said: str) -> str:
    aside = ASPECTS[name].aside
    return said if aside is None else aside.sub("，", said)


_VERDICT = expression(
    r"(?:您好[，,！!。])?(?:当然|肯定|目前|暂时|现在|这次)?[也都还]?(?:能|可|行|会|要|是|有|没|无|不|对|需|得|只|同|必|随时|照|够|算)"
)
_PLAIN = frozenset({"cancel", "documents", "dispute", "eligibility", "handling_time", "takes_effect", YES_OR_NO})
"""Aspects that are asked about in so many words: there an answer to the question's topic is no answer."""
_STRICT = frozenset({"stacking", "without_queueing", "free_end", "early_exit"})
"""Asked about these, yes or no counts at the beginning only: 不能代办 does not say whether two offers go together."""
_DURING = expression(r"期[内间]|[前头][\d一二三六半十]|共\d{1,4}个月|现在|目前")
"""Only a price that is expressly today's is no answer to what it costs later."""


def _told(said: str, asked: tuple[str, ...]) -> tuple[str, ...]:
    """Return what an answer speaks of besides what was asked: first of what it says most, then in its order."""
    found = []
    for name, aspect in ASPECTS.items():
        places = [match.start() for match in aspect.tells.finditer(said)] if name not in asked else []
        if places and not (name == "price" and "price_after" in asked and not _DURING.search(said)):
            found.append((-len(places), places[0], name))
    return tuple(name for *_, name in sorted(found))


def _yes_without_saying_so(question: str, said: str) -> bool:
    """Whether an answer tells how to, or says two characters again that only its question is about."""
    if not _GETTING.isdisjoint(senses(question)) and (_bears_on("how_to_get", said) or _tells("documents", said)):
        return True
    rest = _WHETHER.sub("，", question)
    pairs = {rest[at : at + 2] for at in range(len(rest) - 1)}
    return any(pair in said for pair in pairs if not any(char in _ORDINARY for char in pair))


_GETTING = frozenset({"get", "get for another", "get again", "collect", "refund"})
_ORDINARY = frozenset("，。？！?! 、能可以会要办的了我您你在个一有和吗")


# --- what is asked ---------------------------------------------------------------------------------------------------

_NO_CLEAR_ASK = expression(
    r"为什么|为何|为啥|什么意思|(?:是|叫|指)什么(?!价)|什么[是叫]|区别|哪[个种一]?(?:档|款)?[^，]{0,3}(?:好|合适|划算)"
    r"|(?:取消|退订|退|停|关[闭掉停]?)[掉了]?(?:以后|之后|后)|(?:取消|退|停)不[了掉]"
)
"""Questions that may be answered in any way: why, what is it, what follows from cancelling."""
_LATER = expression("后|第[二三]年|到期|期满|过了|满[^，]{0,6}[年月]|下一年|次年|结束|恢复")
_MONEY = expression("钱|费|价|元|块|付|收|交|花|资|扣|贵|涨")
_MONEY_TOO = expression("钱吗|[付交收扣]吗|费吗|折吗|优惠吗|便宜")
_SOON = expression("当[天日场晚]|马上|立[即刻]|[今明]天")
_MONEY_TOPICS = frozenset({"price", "price_after", "free_end", "early_exit"})
_STOP = expression("停(?!机|电|车)|退(?!休)")
_NO_BRINGING = expression("(?<=[宽地])带")
"""The end of 宽带 and 动感地带, which would be read as 带什么 before 什么时候."""
_PAPERS = expression("(?<![宽地])带[^，]{0,4}证|[什哪][么些][^，]{0,2}证")
_BESIDE = expression("[能可和跟与]|冲突|影响")
_OTHERS = expression("(?:别的|其他|其它|另)[^，]{0,4}(?:优惠|活动|业务|套餐)|一起|同时|叠加|冲突")
_WHETHER = expression(
    r"吗|能不能|可不可以|行不行|会不会|要不要|是不是|能否|可否|是否|用不用|需不需要|可以[^，。；]{1,10}(?:不|嘛)[？?]?$"
)
_TO_DO = expression(r"怎么办(?:才?好)?[呢啊呀]?[\s？?。！]*$")
_MISHAP = expression("[了没忘坏丢错]|想|不(?!出门)")


def asks(topic: str, question: str) -> tuple[str, ...]:
    """Return the aspects that a question asks about, the surest first; none if that is not clear."""
    text = fold(question)
    if _NO_CLEAR_ASK.search(text):
        return ()
    found = list(dict.fromkeys(_asked(topic, text, frozenset(senses(_NO_BRINGING.sub("网", text))))))
    if _WHETHER.search(text):
        found.append(YES_OR_NO)
    return tuple(found)


def _asked(topic: str, text: str, sense: frozenset[str]) -> Iterator[str]:
    """Yield what a question (folded) asks, by the meanings of its words."""
    service = tuple(_of_service(topic, text, sense))
    yield from service
    cancel = "cancel" in sense or (topic == "cancel" and ("unwanted" in sense or _STOP.search(text) is not None))
    if cancel:
        yield "cancel"
    if "dispute" not in service and "early_exit" not in service:
        yield from _of_money(topic, text, sense)
    if _of_start(topic, text, sense):
        yield "takes_effect"
    if "how long" in sense and ("hall" in sense or topic == "handling_time"):
        yield "handling_time"
    if (
        not cancel
        and sense & {"how", "where"}
        and "get" in sense
        and not (_TO_DO.search(text) and _mishap(topic, text))
    ):
        yield "how_to_get"


def _of_service(topic: str, text: str, sense: frozenset[str]) -> Iterator[str]:
    if sense & {"penalty", "early", "not yet", "extra to pay"} or topic == "early_exit":
        yield "early_exit"
    if sense & {"no queue", "without hall"}:
        yield "without_queueing"
    if topic == "gift_collect" and sense & {"how", "where", "when", "collect"}:
        yield "gift_collect"
    if "gone" in sense:
        yield "sold_out"
    if _OTHERS.search(text) and _BESIDE.search(text):
        yield "stacking"
    if "bring" in sense or _PAPERS.search(text):
        yield "documents"
    if sense & {"doubt", "wrong", "whom"}:
        yield "dispute"
    if "who" in sense:
        yield "eligibility"
    if topic == "existing_plan" and "套餐" in text and sense & {"how", "may"}:
        yield "existing_plan"


def _of_money(topic: str, text: str, sense: frozenset[str]) -> Iterator[str]:
    later = _LATER.search(text) is not None
    if topic in ("price_after", "free_end") and later:
        yield topic
    elif _MONEY_TOO.search(text) or (
        sense & {"how much", "charged", "deducted", "free"} and (topic in _MONEY_TOPICS or _MONEY.search(text))
    ):
        yield "price_after" if later else "price"


def _of_start(topic: str, text: str, sense: frozenset[str]) -> bool:
    if not sense & {"when", "how long"}:
        return _SOON.search(text) is not None and _WHETHER.search(text) is not None
    return topic == "takes_effect" or not sense.isdisjoint({"start", "begin"})


def _mishap(topic: str, text: str) -> bool:
    """Whether a question asks what to do about something rather than how to get the offer: 名额没了怎么办."""
    return topic != "how_to_get" or _MISHAP.search(text) is not None
