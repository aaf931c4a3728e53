"""The fields of sheets: what a campaign is, where, for whom, how many come."""

from __future__ import annotations

from campaigncheck.messages import Text, literal
from campaigncheck.workbook.fields import DAY, KEY, LINE, NUMBER, PROSE, WHOLE, WORD, Field, field
from campaigncheck.workbook.kinds import CHANNELS, SHAPES, STAGES, choice, code

BASICS = (
    field(
        "id",
        WORD,
        "Campaign id",
        "Unique: lower-case letters, digits and hyphens, 3 to 64 characters. The file is named after it.",
        tell="全库唯一：小写字母、数字和短横线，3 到 64 个字符；导入后的文件用它做名字。",
        example="sc-2027-spring-broadband",
    ),
    field("title", LINE, "Title", "What customers know it by.", example="迎春宽带提速"),
    field(
        "summary",
        PROSE,
        "In one sentence",
        "In plain words what it is and what it costs.",
        example="老客户每月加 20 元，宽带升到 300M。",
    ),
    field(
        "owner.region",
        code("regions"),
        "Region of the owner",
        "Who runs it: a province, or a city. Choose from the list, or type the name or the code.",
        tell="省公司选省，市公司选市；可以从下拉里选，也可以直接写名称或 6 位代码。",
        example="510000 四川省",
    ),
    field("owner.department", LINE, "Department", "Who submits the campaign and answers for it.", example="市场经营部"),
    field(
        "owner.contact",
        LINE,
        "Contact",
        "Whom to ask when the check finds something: mail or telephone.",
        example="marketing-sc@example.com",
    ),
    field("stage", choice(STAGES), "Stage", "How far it is.", tell="现在到哪一步。新写的选“草稿”。", example="草稿"),
    field("submitted", DAY, "Submitted on", "The day on which it was submitted for review.", example="2026-12-20"),
    field(
        "parent",
        WORD,
        "Parent campaign",
        "A city's version of a provincial campaign: the id of that one.",
        tell="地市落地省里的营销案时，写省里那个的编号。",
        example="sc-2027-spring",
    ),
    field("period.start", DAY, "First day", "This day included.", example="2027-01-15"),
    field("period.end", DAY, "Last day", "This day included.", example="2027-03-31"),
    field(
        "support.contact",
        LINE,
        "Support for the front line",
        "Whom clerks call.",
        example="省业务支撑台 内线 8001",
        required=False,
    ),
    field(
        "support.hours",
        WORD,
        "Support hours",
        "From when to when somebody answers, written like 08:00-20:00.",
        tell="几点到几点有人接，写成 08:00-20:00 的样子。",
        example="08:00-20:00",
    ),
)

SCOPE = (
    field(
        "regions.include",
        code("regions"),
        "Regions",
        "One a cell. A province means all its cities, 000000 the whole country.",
        tell="一格写一个。写省就是全省，000000 是全国；可以写名称，也可以写 6 位代码。",
        example="510000 四川省",
        width=24,
    ),
    field(
        "regions.exclude",
        code("regions"),
        "Except",
        "One a cell: what is left out of the regions.",
        tell="一格写一个，从包含地区里去掉的。",
        example="513200 阿坝藏族羌族自治州",
        width=24,
    ),
    field(
        "halls",
        code("halls"),
        "Halls",
        "One a cell. Empty: every hall of the regions.",
        tell="一格写一个；空着就是地区内所有营业厅。",
        example="sc-cd-001",
        width=24,
    ),
    field(
        "channels",
        choice(CHANNELS),
        "Channels",
        "One a cell: where customers can order.",
        tell="一格选一个：客户可以在哪里办。",
        example="营业厅",
    ),
    field(
        "themes",
        WORD,
        "Themes",
        "One a cell: shows which campaigns belong together.",
        tell="一格写一个，用来看省市活动是否呼应：小写字母和数字。",
        example="broadband",
    ),
)

OF_OFFER = Field(
    (KEY,),
    WORD,
    Text("哪项优惠", "For which offer"),
    Text(
        "写优惠编号，只限定这一项；空着就是限定整个营销案。",
        "The id of one offer that this is about; empty: the whole campaign.",
    ),
    "speedup",
)
"""The first column of the sheet about customers."""

DEMAND = (
    field(
        "demand.uptake",
        WHOLE,
        "Transactions expected",
        "Over the whole period, in all regions.",
        tell="整个活动期、整个范围一共多少笔。",
        example="12000",
        required=False,
    ),
    field(
        "demand.enquiries",
        NUMBER,
        "Enquiries per transaction",
        "How many people only ask, for each who orders.",
        example="0.5",
    ),
    field(
        "demand.shape",
        choice(SHAPES),
        "How they come",
        "Evenly, or half of them in the first quarter; empty: evenly.",
        tell="平均来，还是前四分之一时间来一半；空着就是平均。",
        example="平均",
    ),
    *(
        Field(
            ("demand", "channel_share", channel),
            NUMBER,
            literal(f"占比：{text.zh}", f"Share: {text.en}"),
            Text("0.4 或 40%；写了的加起来等于 1。", "0.4 or 40 %; together they make 1."),
            "0.4",
        )
        for channel, text in CHANNELS.items()
    ),
)
