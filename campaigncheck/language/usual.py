"""The usual questions with their usual answers: what most entries of a sheet are, settled by looking for a few words.

Whatever is not settled here is looked at closely (:mod:`campaigncheck.language.astray`).
"""

from __future__ import annotations

_USUAL: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "eligibility": (
        ("谁", "的客户，能", "哪些", "我能不能", "号码也能", "多大"),
        ("客户，", "客户都", "的客户", "客户可以", "客户；", "都能办", "客户。", "年满"),
    ),
    "how_to_get": (
        ("怎么", "哪里", "不出门能"),
        ("搜“", "自助终端", "短信 ", "网上营业厅", "到营业厅柜台", "打开 App", "在 App", "打客服热线请", "营业厅可以办", "的营业厅"),
    ),
    "documents": (("带什么", "带哪些", "证件"), ("身份证",)),
    "handling_time": (("柜台", "营业厅"), ("分钟办好", "到 4 分钟", "到 3 分钟")),
    "without_queueing": (("不想", "排队", "不去营业厅"), ("App", "短信", "网上", "自助", "热线就能办")),
    "takes_effect": (
        ("什么时候生效", "天就能用", "哪天", "什么时候", "马上", "当天能", "多久能", "了能用吗"),
        ("零点", "马上", "立即生效", "1 日", "立即扣"),
    ),
    "price": (
        ("多少钱", "的钱从", "多少", "怎么收", "几块钱", "付钱", "收钱", "收费"),
        ("元。", "元，从", "元，含", "每月加", "不收钱，", "元，不收", "元，不另", "元，1", "元，付", "不付钱", "话费里扣", "不用交钱"),
    ),
    "price_after": (("以后", "到期", "过了", "过后", "后付", "结束后"), ("个月开始", "个月以后每月", "以后每月")),
    "free_end": (("免费", "到了", "结束时"), ("以后每月", "每月扣", "自动接着用")),
    "gift_collect": (("怎么领", "里领", "里拿", "寄到"), ("营业厅领", "寄到", "当场领", "天没领")),
    "sold_out": (("满了", "名额", "完了", "没有了"), ("就不再", "名额", "完以后", "已办满", "满了以后", "完当天", "已领完")),
    "existing_plan": (("的套餐", "4G 套餐", "老套餐"), ("原来的套餐", "号码不变")),
    "stacking": (("一起", "别的", "还能", "和我的", "优惠还在", "影响"), ("一起用", "一起办", "不受影响", "能。", "同时用", "不影响")),
    "cancel": (("怎么取消", "取消？", "怎么退", "怎么停", "能退吗", "想取消", "能取消吗"), ("取消", "退订", "月底停", "点“停用”", "能退", "全退", "换成别的")),
    "early_exit": (("没用满", "提前", "没满", "没到一年"), ("补几个", "要补。", "扣回", "补钱", "个月补", "每月补", "一次付清", "剩几个月")),
    "dispute": (("不对", "疑问", "找谁", "扣错", "扣了", "收到返还"), ("答复", "回电话", "回您电话", "退到话费", "退回话费", "天内查清")),
}  # fmt: skip
"""By topic: words of which the question has one, and words of which the answer has one."""


_VERDICTS = frozenset("能可行会要是有没无不对需得")


def usual(topic: str, question: str, answer: str) -> bool:
    """Whether an entry is a usual question with a usual answer, or a question answered at once by yes or no."""
    words = _USUAL.get(topic)
    if words is not None:
        for word in words[0]:
            if word in question:
                for said in words[1]:
                    if said in answer:
                        return True
                break
    return "吗" in question and answer[:1] in _VERDICTS
