"""Writes the spec of a new campaign from the answers, with comments that say what is still to be done."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.beginning.answers import CONTACT, Answers
from campaigncheck.catalogue.load import Catalogues
from campaigncheck.messages import Lang, Text, figure
from campaigncheck.source.written import inline

_OWNERS = {
    "boss_config": "业务支撑中心",
    "system_test": "业务支撑中心",
    "tariff_filing": "产品部",
    "training": "客户服务部",
    "materials": "市场部",
    "hotline_script": "客服热线中心",
    "sms_template": "市场部",
    "hall_notice": "渠道部",
    "stock": "渠道部",
}
_OWNER = "市场部"

_STAGE = Text(
    "draft 是草稿：没写完的只算警告。写好了改成 testing，后面依次是 optimising、approved、launched",
    "draft: what is missing only warns. Then testing, optimising, approved and launched, in this order",
)
_ID = Text("全库唯一；定了以后不要再改", "Unique in the repository; do not change it later")
_WHO = Text("归谁：省公司写省的代码，市公司写市的", "Whose it is: the code of a province or of a city")
_CONTACT = Text("待办：换成真的邮箱或电话", "To do: put in a real address or number")
_PERIOD = Text("首尾两天都算", "Both days included")
_REGIONS = Text("要去掉哪里，加 exclude: [代码]", "To leave places out, add exclude: [codes]")
_AUDIENCE = Text(
    "不写就是所有客户。每一行是一类客户，一行里的条件都要满足，例如：",
    "Anybody, if left out. Each line is a group of customers who meet all of its conditions, such as:",
)
_CONTRACT = Text(
    "待办：客户提前停用要付什么，例如 early_exit: 按剩余月数每月补 10 元",
    "To do: what leaving early costs, such as early_exit: 按剩余月数每月补 10 元",
)
_REMINDER = Text(
    "待办：免费期结束前要提醒客户，在宣传文字或 free_end 的回答里写明提前几天、怎么提醒",
    "To do: customers are reminded before the free time ends; say in a text or under free_end when and how",
)
_CANCEL = Text("能办的地方都要能取消", "It can be cancelled wherever it is sold")
_RENEWAL = Text(
    "automatic 自动续，manual 客户自己续，none 到期结束", "automatic, manual or none: what happens at its end"
)
_STACKS = Text(
    '待办：和哪些能同时享受、哪些不能，例如 stacks_with: ["tv.*"]，excludes: ["campaign:编号"]',
    'To do: what can be held with it and what cannot, such as stacks_with: ["tv.*"], excludes: ["campaign:ID"]',
)
_TEXTS = Text(
    "待办：客户会看到、听到的每一句话，一个渠道一条，例如：",
    "To do: everything customers will read or hear, one entry a channel, such as:",
)
_FAQ = Text(
    "要回答的问题都列好了，按上面的内容起草。带“【草稿】”的还缺东西：补上“（请写明：…）”，再去掉【草稿】",
    "All questions it needs, drafted from the above. Those marked 【草稿】 lack something: fill in （请写明：…）, then "
    "take the mark away",
)
_STEPS = Text(
    "柜台上一笔要做的事；待办：照实际的改。用时在步骤目录里，也可以自己写：{{step: sign, minutes: [0.2, 0.3, 0.6]}}",
    "What a clerk does for each customer. To do: make it true. Times are the catalogue's, or your own: "
    "{{step: sign, minutes: [0.2, 0.3, 0.6]}}",
)
_DEMAND = Text("预计办多少笔、每笔有几个人只问不办", "How many are expected, and how many only ask for each of them")
_READY = Text(
    "上线前要备好的事。待办：改成真的责任人；办完了加上 done: 日期",
    "What has to be ready before the start. To do: name who really sees to it; add done: DATE once it is",
)
_SUPPORT = Text("待办：一线有问题问谁，例如：", "To do: whom the front line asks, such as:")


def spec_text(answers: Answers, catalogues: Catalogues, lang: Lang, schema: str | None = None) -> str:
    """Return the spec, without its FAQ; ``schema`` is the way to the JSON Schema that editors use."""
    lines = [] if schema is None else [f"# yaml-language-server: $schema={schema}"]
    lines += [line for part in (_head, _offer, _words, _service) for line in part(answers, catalogues, lang)]
    return "\n".join(lines) + "\n"


def _note(text: Text, lang: Lang, indent: str = "") -> str:
    return f"{indent}# {text().render(lang)}"


def _list(items: tuple[str, ...]) -> str:
    return f"[{', '.join(items)}]"


def _head(answers: Answers, catalogues: Catalogues, lang: Lang) -> Iterator[str]:
    tree = catalogues.regions
    owner = tree.city(answers.region) or answers.region
    department, contact = inline(answers.department, True), inline(answers.contact, True)
    yield from (
        "spec: 1",
        _note(_ID, lang),
        f"id: {inline(answers.id, False)}",
        f"title: {inline(answers.title, False)}",
    )
    yield _note(_WHO, lang)
    if answers.contact == CONTACT:
        yield _note(_CONTACT, lang)
    yield f'owner: {{region: "{owner}", department: {department}, contact: {contact}}}'
    yield from (_note(_STAGE, lang), "stage: draft", f"themes: [{answers.product.split('.')[0]}]")
    yield from (_note(_PERIOD, lang), f"period: {{start: {answers.start}, end: {answers.end}}}")
    yield from (_note(_REGIONS, lang), f'regions: {{include: ["{answers.region}"]}}  # {tree.name(answers.region)}')
    yield f"channels: {_list(answers.channels)}"
    yield from (_note(_AUDIENCE, lang), "# audience:", "#   - {network: [4G, 5G]}", "")


def _offer(answers: Answers, catalogues: Catalogues, lang: Lang) -> Iterator[str]:
    product = catalogues.products.products[answers.product]
    yield from ("offers:", "  - id: main", f"    name: {inline(product.name.zh, False)}")
    yield from (f"    product: {answers.product}", f"    kind: {answers.kind}")
    if answers.price:
        yield f"    price: {{amount: {figure(answers.price)}, per: {answers.per}}}"
    if answers.contract_months:
        yield from (f"    contract_months: {answers.contract_months}", _note(_CONTRACT, lang, "    "))
    if answers.free_months:
        yield f"    free_months: {answers.free_months}"
        if answers.price:
            yield _note(_REMINDER, lang, "    ")
    if answers.gift:
        collect = "hall" if "hall" in answers.channels else "post"
        name = inline(answers.gift, True)
        yield f"    gift: {{name: {name}, quantity: {answers.quantity}, collect: {collect}}}"
    monthly = answers.price and answers.per == "month" and not answers.contract_months
    yield from (_note(_RENEWAL, lang, "    "), f"    renewal: {'automatic' if monthly else 'none'}")
    yield "    takes_effect: immediate"
    if answers.code:
        yield f"    opt_in_code: {inline(answers.code, False)}"
    yield from ("    confirm: twice", _note(_CANCEL, lang, "    "), f"    cancel: {_list(answers.channels)}")
    yield from (_note(_STACKS, lang, "    "), "")


def _words(answers: Answers, catalogues: Catalogues, lang: Lang) -> Iterator[str]:
    yield _note(_TEXTS, lang)
    yield "# texts:"
    yield from (f"#   - {{channel: {channel}, text: …}}" for channel in answers.channels)
    yield from ("", _note(_FAQ, lang), "faq: []", "")


def _service(answers: Answers, catalogues: Catalogues, lang: Lang) -> Iterator[str]:
    if "hall" in answers.channels:
        yield from (_note(_STEPS, lang), "handling:", "  steps:")
        yield from (f"    - {step}" for step in _steps(answers) if step in catalogues.steps.steps)
        yield ""
    yield from (_note(_DEMAND, lang), "demand:", f"  uptake: {answers.uptake}", "  enquiries: 0.2", "")
    yield from (_note(_READY, lang), "readiness:")
    for name in _items(answers, catalogues):
        yield f"  {name}: {{owner: {_OWNERS.get(name, _OWNER)}}}"
    yield from ("", _note(_SUPPORT, lang))
    yield '# support: {contact: 业务支撑台 内线 8001, hours: "08:00-20:00"}'


def _steps(answers: Answers) -> Iterator[str]:
    yield from ("verify_identity", "explain_offer")
    if answers.contract_months:
        yield "sign"
    yield "confirm_order"
    if answers.gift:
        yield "collect_gift"
    yield "print_receipt"


def _items(answers: Answers, catalogues: Catalogues) -> Iterator[str]:
    """Yield what has to be ready for this campaign."""
    held = {
        "always": True,
        "price": answers.price > 0,
        "sms": "sms" in answers.channels,
        "hall": "hall" in answers.channels,
        "gift": bool(answers.gift),
    }
    return (name for name, item in catalogues.readiness.items.items() if any(held[when] for when in item.when))
