"""Which length of time a number of months or years is, and from which month something else holds."""

from __future__ import annotations

from campaigncheck.language.expressions import expression
from campaigncheck.language.spots import EXTRA, PAY_WORDS, PRICE_TOPICS, Around, Found

_TENURE = expression(r"号码|号龄|入网|在网|网龄|成为|老客户|注册|用我们|用了我们|客户")
_REACHES = expression(r"(?:满|不到|不足|超过|不满|未满|不少于|至少|达到?)\s*$")
_OR_LONGER = expression(r"\s*[及和或]?\s*以[上下]")
_CONTRACT = expression(r"约定|合约|协议|承诺|签约")
_SIGNED = expression(r"(?:签|签下|签了|签的是)\s*$")
_OBLIGED = expression(r"(?<![只不])(?:要|需要?|得|必须|应当?)(?:连续|至少|一直)?用(?:满|够|足)\s*$")
_ENOUGH = expression(r"\s*(?:即可|就行|就可以|就够)(?:了)?$")
_RUNS = expression(r"(?:^|[，月元都能您])(?:享受?|可享)?优惠期?(?:为|是|共|长达|持续)?\s*$")
_NOT_RUN = expression(r"\s*(?:一次|[内里以之]|的|[前后]|到期)")
_USED_UP = expression(r"(?:用|没|未|不|续|算|套餐|[2345]g|^)\s*满\s*$")
_FREE_AFTER = expression(r"\s*(?:里|内|都)?\s*(?:免费|不收|不要钱|不花钱|不用付|0\s*元|免月)")
_FREE_BEFORE = expression(r"(?:免费|试用|试看|试听|先试|白用|不收钱)(?:期|满|用|看)?\s*$")
_FIRST = expression(r"(?<![提之以期到月年日天])[前头首]\s*$")
_LATER_AFTER = expression(r"\s*(?:以|之)?后|\s*(?:到了|过了|过后|到期)")
_KEEPS = expression(
    r"保留|留|存|删|再办|再来|重新|解冻|解绑|取消后|停机|查|寄|回|领|作废|有效|过期|发票|记录|详单|清单"
)
_NUMBER = expression("号码|号龄|入网|在网|网龄")
_CUSTOMERS_AFTER = expression(r"\s*的[^，。]{0,6}(?:客户|用户|号码)")
_PAID_AHEAD = expression("预存|押金|靓号")
_RUN = expression(r"(?:用|加|付|扣|返满?|到账|优惠|享受?|接着|分)(?:足|到)?\s*$")
_SPENT = expression(r"(?:剩下?|剩余|余下|还有|(?<!码)用了|少用|返了|付了|交了|没用)\s*$")
_TURNS = expression(r"\s*(?:开始|起|以后|之后|后|之前)")
_FROM = expression(r"(?:从|自|到|打)\s*$")


def months(spot: Around) -> Found:
    """Return which length of time a number of months or years is."""
    before, after = spot.before, spot.after
    if _SPENT.search(before) or before.endswith(("每", "近", "隔", "这")):
        return None
    years = "年" in spot.written
    if _FREE_BEFORE.search(before) or (_FREE_AFTER.match(after) and not _KEEPS.search(spot.clause)):
        return "free_months", None
    if _FIRST.search(before):
        return None if years and _TOTAL_AFTER.match(after) else ("first_months", None)
    if _CONTRACT.search(before) or _SIGNED.search(before) or after.startswith(("合约", "约定", "协议", "的合约")):
        return "contract_months", None
    if (
        (_REACHES.search(before) or _OR_LONGER.match(after))
        and _TENURE.search(before)
        and ("用满" not in _tail(before) or _NUMBER.search(before))
    ):
        return None if EXTRA.search(spot.sentence) else ("tenure", None)
    if _LATER_AFTER.match(after) and not _KEEPS.search(spot.clause):
        said = PAY_WORDS.search(spot.rest) or spot.topic in PRICE_TOPICS
        return ("later_months", None) if said else None
    if (_OBLIGED.search(before) and not _CUSTOMERS_AFTER.match(after) and spot.topic != "eligibility") or (
        _USED_UP.search(before) and _ENOUGH.match(after)
    ):
        return "obliged_months", None
    if _RUNS.search(before) and not _NOT_RUN.match(after):
        return "first_months", None
    if _USED_UP.search(before):
        return "tenure" if _CUSTOMERS_AFTER.match(after) else "used_months", None
    if _TOTAL_AFTER.match(after):
        return None if years else ("run_months", None)
    if _RUN.search(before) and PAY_WORDS.search(spot.sentence) and spot.figure.value > 1:
        other = _KEEPS.search(spot.clause) or _PAID_AHEAD.search(spot.sentence) or after.startswith(("的", "后"))
        return None if other else ("run_months", None)
    return None


_TOTAL_AFTER = expression(r"\s*(?:加起来|一共|总共|合计|共)")


def _tail(before: str) -> str:
    return before[-3:]


def turn(spot: Around) -> Found:
    """Return the month from which something else holds: 从第 13 个月开始."""
    if _KEEPS.search(spot.clause):
        return None
    if _FREE_AFTER.match(spot.after) or spot.after.strip().startswith("收 0 元"):
        return "free_turn", None
    if _TURNS.match(spot.after) or (_FROM.search(spot.before[:-1]) and PAY_WORDS.search(spot.sentence)):
        return "turn", None
    return None


def turn_year(spot: Around) -> Found:
    return ("turn_year", None) if _TURNS.match(spot.after) and PAY_WORDS.search(spot.rest) else None
