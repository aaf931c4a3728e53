"""The fields of sheets: how it is served: steps at the counter, rehearsals, support, sign-offs."""

from __future__ import annotations

from campaigncheck.messages import Text
from campaigncheck.workbook.fields import DAY, KEY, LINE, NUMBER, WHOLE, Field, field
from campaigncheck.workbook.kinds import CHANNELS, ROLES, choice, code, listed

STEPS = (
    field(
        "handling.steps/step",
        code("steps"),
        "Step",
        "Choose from the list, in order.",
        tell="从下拉里选，按先后顺序。",
        example="核对身份",
        width=26,
    ),
    field(
        "handling.steps/minutes.0",
        NUMBER,
        "Minutes: least",
        "All three, or none: then the catalogue's.",
        zh="最短（分钟）",
        tell="三个数要么都写，要么都空着；空着就用目录里的。",
        example="1",
    ),
    field(
        "handling.steps/minutes.1",
        NUMBER,
        "Minutes: most likely",
        "See the column before.",
        zh="最可能（分钟）",
        tell="同上。",
        example="1.5",
    ),
    field(
        "handling.steps/minutes.2",
        NUMBER,
        "Minutes: most",
        "See the column before.",
        zh="最长（分钟）",
        tell="同上。",
        example="3",
    ),
    field(
        "handling.steps/times",
        WHOLE,
        "Times",
        "How often in one transaction; empty: once.",
        tell="一笔业务里重复几次；空着就是一次。",
        example="1",
    ),
    field(
        "handling.steps/share",
        NUMBER,
        "Share",
        "In how many transactions: 0.6 or 60 %; empty: in all.",
        tell="多少笔业务会做这一步，0.6 或 60%；空着就是每笔都做。",
        example="0.6",
    ),
    field(
        "handling.steps/halls",
        listed(code("halls")),
        "Only in these halls",
        "Separated by commas; empty: in every hall.",
        tell="几个之间用顿号隔开；空着就是每个营业厅。",
        example="sc-cd-001",
        width=24,
    ),
    field(
        "handling.steps/channels",
        listed(choice(CHANNELS)),
        "Only on these channels",
        "Separated by commas; empty: on every channel.",
        tell="几个之间用顿号隔开；空着就是每个渠道。",
        example="营业厅",
        width=24,
    ),
)

TRIALS = (
    field(
        "handling.trials/hall",
        code("halls"),
        "Hall",
        "Where it was timed.",
        tell="在哪个营业厅计的时。",
        example="sc-cd-001",
        width=24,
    ),
    field("handling.trials/on", DAY, "Day", "The day of the rehearsal.", example="2027-01-06"),
    field(
        "handling.trials/seconds",
        NUMBER,
        "Seconds",
        "One transaction a cell, going on to the right.",
        tell="一笔写一格，从这里往右接着写。",
        example="182",
        width=10,
    ),
)

READINESS = (
    Field(
        (KEY,),
        code("items"),
        Text("准备事项", "Item"),
        Text("从下拉里选。", "Choose from the list."),
        "计费系统配置",
        True,
        26,
    ),
    field("readiness/owner", LINE, "Owner", "Who is responsible.", example="业务支撑中心", width=24),
    field(
        "readiness/done",
        DAY,
        "Done on",
        "Empty: not done yet.",
        tell="哪天完成；还没完成就空着。",
        example="2027-01-05",
    ),
    field(
        "readiness/passed",
        NUMBER,
        "Passed",
        "The share that passed the training: 0.96 or 96 %.",
        tell="培训考核通过的比例，0.96 或 96%。",
        example="0.96",
    ),
)

SIGNOFFS = (
    field("signoffs/role", choice(ROLES), "Role", "Choose one.", tell="从下拉里选。", example="服务"),
    field("signoffs/by", LINE, "By", "Which department, or who.", example="客户服务部", width=28),
    field("signoffs/on", DAY, "On", "The day of the signature.", example="2027-01-09"),
)
