"""Whether a text explains a term where it first uses it (contract §2, "Where an explanation counts")."""

from __future__ import annotations

import re
from functools import lru_cache

from campaigncheck.language.expressions import expression
from campaigncheck.language.fold import fold
from campaigncheck.language.stops import end_of

_CHINESE = expression("[\u4e00-\u9fff]")
_TWO = expression("[\u4e00-\u9fffA-Za-z0-9]{2}")
_CLOSERS = " \u3000”’\"'』」》】"
_INNER = r"[（(\[【][^（）()\[\]【】]{0,40}[）)\]】]"
_BRACKET = expression(rf"[（(\[【]((?:[^（）()\[\]【】]|{_INNER}){{2,80}})[）)\]】]")
_WITHIN = expression(_INNER)
"""Brackets, and those within them: （只在规定的钟点（多半是深夜）用的流量）."""
_NOUN = expression(
    r"(?:流量|费用?|业务|功能|服务|套餐|号码?|客户|用户|资费|设备|账户|语音|通话|卡|包)?[ \u3000”’\"'』」》】]*"
)
"""What a term may go with before its bracket: 套外 流量（…）."""
_CLAUSE = expression(
    r"[，,：:、—\-\s]*(?:也就是(?:说)?|就是(?:说)?|指的是|指的就是|是指|意思是|意思就是|即是?(?![日可将刻使便])|简单说(?:就)?是|说白了(?:就)?是|通俗说(?:就)?是|"
    r"其实就是|是(?=一[种个条张台]|把|将|让)|俗称|又叫|也叫|也称"
    r"|的?意思，?(?:就)?是|说的(?:就)?是|讲的(?:就)?是|指(?!定|示|导|标|南)|就像|好比|相当于|=|这(?:个词|[两三几]个字|个说法)，?的?意?思?就?是)(?P<what>[^，。；！？\n]{2,})"
)
_IS = expression(r"[“”\"」]?是(?P<what>[^，。；！？\n]{4,})")
_FIGURE = expression(r"\s*[\d.]+\s*(?:元|GB?|M|兆|分钟|个月|年)?(?:每月|一个月)?")
_CALLED = expression(
    r"(?P<what>[^，。；！？：\n（）()]{4,40})[，,]?(?:这)?(?:就|也就)?(?:叫做?|称为|称作|也叫|又叫|行话叫|我们叫|内部叫|俗称|简称|也就是|就是(?:常|大家|我们|人们)?(?:说的|讲的|叫的)?)"
    r"[“\"「]?$"
)
"""What goes before a term that it is the name of: 每月至少要付的钱，我们叫低消."""
_AFTER_COLON = expression(r"\s*(?:[：:]|[—–-]{1,2})\s*(?P<what>[^。；！？—\n]{4,})")
_BEFORE = expression(r"(?P<what>[^，。；！？：\n（）()]{2,40})[（(【\[]\s*(?:也叫|又叫|俗称|简称|即|就是|叫)?[“\"「]?$")
_QUESTION = expression(r"(?:什么(?:是|叫|叫做)|啥(?:是|叫))[“\"「]?$")
_QUESTION_AFTER = expression(r"[”\"」]?(?:是(?:什么|啥)|(?:是)?什么意思|指什么|怎么理解)")
_SENTENCE = "。！？?!"
_ANSWER = expression(r"\s*(?:答[：:])?\s*[“\"「]?")
_PARTS = expression(r"[，,；;。、！!\n]+")
_NOTHING = expression(
    r"(?:[^\u4e00-\u9fff]*"  # no Chinese: a number, an acronym, a link
    r"|第[一二三四五六七八九十百\d]+[条章节款项].{0,6}"
    r"|(?:每[年月天日次个户]*|一次性?|一共|只要?|仅|共|约|原价|现价|月费|加)*\s*[\d.,]+\s*(?:元|块钱?|M|GB?|分钟|个月|天|次|年).{0,4}"
    r"|(?:截至|自|从)?(?:\d+年)?\d+月\d+[日号].{0,10}"
    r"|(?:点(?:此|这里|击)|详见|详情|参见|见|请看|扫码).*)"
)
_LABEL = expression(r"(?:含|不含|限|新|热|推荐).{0,4}")
_PRICE = expression(
    r"(?:只要|仅|只需|每[月天年次]|一共|原价|现价|月费|加|付|省|减)[^\d一二两三四五六七八九十百]{0,4}"
    r"[\d.,一二两三四五六七八九十百千]+\s*(?:元|块(?:钱|$))"
)
_CALL = expression(
    r"(?:快|速|一起|一块|都|请|赶快|赶紧|马上|立即|现在|今天|全家|大家)(?:来|去|到)|欢迎|抢[先购]?|限时|限量|优惠|特惠|好礼|惊喜|福利|先到先得|送完|专[享属]|有限|热[卖销]|爱用|每一天|幸福|^(?:再|还|就)?(?:送|需|须)"
    r"|活动(?:期间|期内|时间|中)|即日起|报名|详询|拨打|致电|下单|订购"
    r"|(?:到|去|来)[^的]{0,6}(?:营业厅|门店|厅|店)[^的]{0,4}(?:办|领|选|开|看)[^的]{0,2}$|(?:可以?|都能|能|可|一起|来|快)(?:办|选|装|领|订)理?[吧了啦哦]?$"
)
_PRAISE = expression(
    r"(?:就|真|很|更|最|又|特别|非常|超级?|比较|太|挺|够|全[家屋网程]|这么|那么|让[您你人]|生活|网速|信号|体验|上网|服务)*"
    r"(?:(?:很|更|又|还|也)?(?:省心|省事|省钱|省力|方便|快捷?|好用?|划算|便宜|放心|安心|实惠|超值|稳定?|顺畅|流畅|给力|舒服|香|酷|爽|轻松|简单|牛|棒"
    r"|强|高速|极速|畅[快享]|自在|幸福|美好|无忧|精彩|值(?:得|了)?))+[了啊呀吧哦的]?"
)
_DEFINES = expression(
    r"[的把将给用由从是指叫到在转接变换连传打收付扣算按退听看说写存记管发交签查分带找]|不|没|可以|能|每|一[个种条张台笔]|通过|怎|等于|相当"
    r"|[子号卡网费钱包机器线纤单餐务量话带度数额日期点人户屋房码表书证件厅台权法率值箱盒]$"
)
_OBJECT = expression(
    r"(?:选|选择|办|办理|装|安装|开|开通|用|使用|升级|升|参加|支持|享受|享|推出|包括|包含|含|加|送|换|订|买|购买|有|是|为|的|了|和|或|及|可以|能|就|都"
    r"|来|到|在|叫|请|要|想|推荐|体验|领|领取|试|试用|上|新)$"
)
"""What goes before a term that is its object: 都可以选（FTTR） explains nothing, 每个房间都接光纤（FTTR） does."""


_FAR = 60
"""How far before a term its meaning is looked for."""


def explained_at(text: str, start: int, end: int, meaning: str = "") -> bool:
    """Whether the term at ``text[start:end]`` is explained right there.

    Counted are: brackets or a clause directly after it, the plain words before it with the term in
    brackets, and the question "what is …" that the text answers at once. What holds only an amount, a date,
    a clause number, a link, praise, a call to act, or the term again explains nothing.

    Args:
        text: the text.
        start: where the term begins.
        end: where it ends.
        meaning: what the term means; whatever shares words with it is no mere call or praise.
    """
    term = text[start:end]
    stripped = text[end:].lstrip(_CLOSERS)
    bracket = _BRACKET.match(stripped) or _BRACKET.match(text, _NOUN.match(text, end).end())  # type: ignore[union-attr]
    if bracket and explains(_WITHIN.sub("", bracket.group(1)), term, meaning):
        return True
    if _says_what_it_is(stripped, term, meaning) or _is_name_of(text, start, term, meaning):
        return True
    thing = _AFTER_COLON.match(stripped)
    if thing and _defines(thing["what"], term, meaning):
        return True
    if stripped[:1] in ("）", ")", "】", "]"):
        before = _BEFORE.search(text[:start])
        if before and (_akin(before["what"], meaning) or not _OBJECT.search(before["what"])):
            return explains(before["what"], term, meaning)
    return _asked_and_answered(text, start, end) or _told_next(text, start, end, meaning)


def _says_what_it_is(rest: str, term: str, meaning: str) -> bool:
    """Whether what follows a term says what it is; an amount may stand between: 低消58元，也就是每月最少付58元."""
    clause = _CLAUSE.match(rest)
    if clause and explains(clause["what"], term, meaning):
        return True
    plain = _IS.match(rest)
    if plain and _akin(plain["what"], meaning):
        return explains(plain["what"], term, meaning)
    amount = _FIGURE.match(rest)
    if not amount:
        return False
    after = rest[amount.end() :]
    told = _CLAUSE.match(after) or _BRACKET.match(after)
    return told is not None and _akin(told[1] if told.re is _BRACKET else told["what"], meaning)


def _is_name_of(text: str, start: int, term: str, meaning: str) -> bool:
    """Whether the words before a term say what it is the name of."""
    before = _CALLED.search(text, max(0, start - _FAR), start)
    return before is not None and _akin(before["what"], meaning) and explains(before["what"], term, meaning)


def _defines(what: str, term: str, meaning: str) -> bool:
    """Whether what follows a colon or a dash has a verb or names a thing at once, and is no slogan."""
    if _akin(what, meaning):
        return explains(what, term, meaning)
    first = _PARTS.split(what.strip())[0]
    return _DEFINES.search(first) is not None and _says_something(first, term, meaning)


@lru_cache(maxsize=4096)
def explains(content: str, term: str, meaning: str = "") -> bool:
    """Whether a text says something about a term, in any of its parts."""
    return any(_says_something(part.strip(), term, meaning) for part in _PARTS.split(content))


def _says_something(part: str, term: str, meaning: str) -> bool:
    """Whether a part says more than the term again, an amount, praise or a call."""
    folded, name = fold(part), fold(term)
    rest = folded.replace(name, "")
    if rest != folded and len(_CHINESE.findall(rest)) < 4:
        return False
    if len(rest) < 2 or _NOTHING.fullmatch(rest) or _PRICE.search(rest):
        return False
    return _akin(rest, meaning) or not (_PRAISE.fullmatch(rest) or _LABEL.fullmatch(rest) or _CALL.search(rest))


def _akin(content: str, meaning: str) -> bool:
    """Whether a text shares two pairs of characters with what the term means; a short one needs only one."""
    shared = _pairs(content) & _pairs(meaning)
    return len(shared) > 1 or (len(shared) == 1 and len(content) <= 6)


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1) if _TWO.match(text, at))


def _told_next(text: str, start: int, end: int, meaning: str) -> bool:
    """Whether the next sentence is about what the term is: eSIM怎么搬？eSIM就是写在手机里的卡.

    One that only says so in brackets, when it goes on about something else, comes too late.
    """
    stop = end_of(text, end, _SENTENCE)
    opening = _ANSWER.match(text, stop + 1)
    at = opening.end() if opening else stop + 1
    named = at + end - start
    return text.startswith(text[start:end], at) and _says_what_it_is(text[named:], text[start:end], meaning)


def _asked_and_answered(text: str, start: int, end: int) -> bool:
    """Whether the text asks what the term is and goes on after the question mark."""
    line_start = text.rfind("\n", 0, start) + 1
    asked = _QUESTION.search(text[line_start:start]) or _QUESTION_AFTER.match(text, end)
    if not asked:
        return False
    mark = re.search(r"[？?]", text[end : end + 20])
    return mark is not None and len(text[end + mark.end() :].strip()) > 5
