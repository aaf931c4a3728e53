"""Words of the pages about rules and terms, and of the page for what is gone."""

from __future__ import annotations

from campaigncheck.messages import Text

RULES: dict[str, Text] = {
    "title": Text("检查规则", "Rules"),
    "lead": Text(
        "检查哪些事、为什么、依据是什么、怎样算对、怎样算错。例子只写相关的字段。",
        "What is checked, why, on what grounds, with a sample that passes and one that fails. Samples show only what matters.",
    ),
    "why": Text("为什么", "Why"),
    "source": Text("依据", "Source"),
    "limits": Text("尺度", "Limits"),
    "passes": Text("这样可以", "Passes"),
    "fails": Text("这样不行", "Fails"),
    "softened": Text("{stages} 阶段算警告", "a warning at stage {stages}"),
    "limit": Text("{name} = {value} {unit}：{source}", "{name} = {value} {unit}: {source}"),
    "assumed": Text("{name} = {value} {unit}（假设）：{source}", "{name} = {value} {unit} (assumption): {source}"),
    "other": Text("仓库里的另一个营销案", "another campaign of the repository"),
}

FAMILIES: dict[str, Text] = {
    "SPEC": Text("写得对不对", "Is it written properly"),
    "CONF": Text("和别的营销案、和自己说的一不一样", "Does it agree with others and with itself"),
    "FREQ": Text("会不会扎堆、会不会打扰", "Is it too much at once"),
    "LANG": Text("客户看不看得懂", "Do customers understand it"),
    "FAQ": Text("问得到、答得上", "Is every question answered"),
    "TIME": Text("柜台办得快不快", "Is it quick at the counter"),
    "WAIT": Text("排队等多久", "How long people wait"),
    "READY": Text("准备好没有", "Is everything in place"),
    "SAFE": Text("客户会不会吃亏", "Is the customer safe"),
    "GATE": Text("能不能进下一阶段", "May it go on to the next stage"),
    "WAIV": Text("例外合不合规", "Are exceptions in order"),
}

TERMS: dict[str, Text] = {
    "title": Text("词语表", "Words and phrases"),
    "lead": Text(
        "客户听不懂的词怎么说，哪些说法不许用、容易误会，该怎么改。",
        "What to say instead of words that customers do not know, and of phrases that are forbidden or easily misread.",
    ),
    "plain": Text("可以说", "Say"),
    "explain": Text("意思", "Meaning"),
    "variants": Text("也写作", "Also written"),
    "why": Text("为什么", "Why"),
    "law": Text("依据", "Law"),
    "instead": Text("可以说", "Say"),
    "only": Text("只在{region}", "only in {region}"),
}

GROUPS: dict[str, Text] = {
    "network": Text("网络", "Network"),
    "tariff": Text("资费", "Tariffs"),
    "contract": Text("合约", "Contracts"),
    "number": Text("号码", "Numbers"),
    "broadband": Text("宽带", "Broadband"),
    "roaming": Text("漫游", "Roaming"),
    "vas": Text("增值业务", "Services"),
    "device": Text("终端", "Devices"),
    "process": Text("办理流程", "Procedures"),
    "counter": Text("柜台用语", "At the counter"),
}

SECTIONS: dict[str, Text] = {
    "forbidden": Text("不许用的说法", "Forbidden wording"),
    "ambiguous": Text("容易误会的说法", "Easily misread"),
    "conditional": Text("要带条件的说法", "Only with its condition"),
}

GONE: dict[str, Text] = {
    "title": Text("这一页不在了", "This page is gone"),
    "lead": Text(
        "您要看的营销案可能已经删除、改了编号，或者链接抄错了。请从这里找：",
        "The campaign may have been removed or renamed, or the link is wrong. Look here:",
    ),
}
