"""How customers ask about a topic."""

from __future__ import annotations

from campaigncheck.spec.model import Campaign

_QUESTIONS: dict[str, str] = {
    "eligibility": "谁可以办？",
    "how_to_get": "怎么办理？",
    "documents": "到营业厅办要带什么？",
    "handling_time": "在柜台办要多久？",
    "without_queueing": "不想排队怎么办？",
    "takes_effect": "办了以后什么时候生效？",
    "price": "要花多少钱？",
    "free_end": "免费期结束以后会自动扣钱吗？",
    "existing_plan": "原来的套餐怎么办？",
    "stacking": "能和别的优惠一起享受吗？",
    "cancel": "怎么取消？",
    "early_exit": "没用满约定的月数就停，要补钱吗？",
    "dispute": "觉得扣费不对找谁？",
}


def question(topic: str, title: str, campaign: Campaign) -> str:
    """Return the question of a topic; one of the site's own is asked by its title."""
    gifts = list(dict.fromkeys(offer.gift.name for offer in campaign.offers if offer.gift))
    if topic == "gift_collect":
        return f"{gifts[0]}怎么领？" if len(gifts) == 1 else "赠品怎么领？"
    if topic == "sold_out":
        limited = any(offer.quota is not None for offer in campaign.offers)
        return "名额满了怎么办？" if limited or not gifts else f"{gifts[0]}送完了怎么办？"
    if topic == "price_after":
        later = any(offer.price and offer.price.then is not None for offer in campaign.offers)
        return "优惠期过了以后多少钱？" if later else "免费期过了以后多少钱？"
    return _QUESTIONS.get(topic, f"{title}？")
