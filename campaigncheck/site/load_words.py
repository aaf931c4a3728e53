"""Words of the page about waiting."""

from __future__ import annotations

from campaigncheck.messages import Text

WORDS: dict[str, Text] = {
    "title": Text("营业厅会等多久", "Waiting in halls"),
    "lead": Text(
        "把计划里的营销案都算上，一天一天、一个城市一个城市地预测。",
        "With everything that is planned, foreseen day by day and city by city.",
    ),
    "nothing": Text(
        "没有可以预测的：没有营业厅的客流数据，或者没有营销案写了预计办理量。",
        "Nothing can be foreseen: there are no figures of halls, or no campaign states how many will come.",
    ),
    "kept": Text("守住等候承诺", "Promises kept"),
    "impatient": Text("等不下去的人（不办活动时）", "People past bearing (without campaigns)"),
    "breaking": Text("破坏承诺的营销案", "Campaigns that break promises"),
    "halls": Text("营业厅", "Halls"),
    "cities": Text("城市", "Cities"),
    "map": Text("城市和日子", "Cities and days"),
    "map_of": Text(
        "热力图：每个城市每天多出来的柜台分钟，或者最久的等候占承诺的百分比；下面的表按月写出来",
        "Heat map of cities and days: extra counter minutes, or the worst wait in % of the promise; the table below has it by month",
    ),
    "by": Text("看什么", "Show"),
    "by_used": Text("等候", "Waiting"),
    "by_minutes": Text("多出来的柜台分钟", "Extra counter minutes"),
    "used_unit": Text("最久的平均等候占承诺的 %", "worst mean wait, % of the promise"),
    "minutes_unit": Text("多出来的柜台分钟", "extra counter minutes"),
    "wait_unit": Text("分钟", "min"),
    "table": Text(
        "每个月多出来的柜台分钟；最久的平均等候占承诺的百分比；守不住承诺的天数",
        "Each month: extra counter minutes; worst mean wait in % of the promise; days on which a promise breaks",
    ),
    "city": Text("城市", "City"),
    "minutes": Text("{minutes} 分钟", "{minutes} min"),
    "used": Text("等候 {used}%", "wait {used}%"),
    "broken": Text("{days} 天守不住", "{days} days broken"),
    "at_risk": Text("最紧的营业厅", "Halls at risk"),
    "at_risk_why": Text(
        "因为营销案守不住承诺的在前，其余按最久的等候占承诺多少排。",
        "Those where campaigns break a promise come first, the others by how far their promise is used up.",
    ),
    "more_halls": Text("其余 {count} 个厅没有列出。", "{count} further halls are not listed."),
    "hall": Text("营业厅", "Hall"),
    "when": Text("最紧的时候", "Tightest"),
    "at": Text("{day} {hour} 点，{who}", "{day}, {hour}:00, {who}"),
    "before": Text("不办活动", "Without"),
    "after": Text("办活动", "With"),
    "promise": Text("承诺", "Promised"),
    "of_promise": Text("占承诺", "Of promise"),
    "broken_days": Text("守不住几天", "Days broken"),
    "assumed": Text("数据是估计的", "assumed figures"),
    "premium": Text("高端客户", "premium customers"),
    "other": Text("其他客户", "other customers"),
    "pictures": Text("最紧的几个厅，每个钟头等多久", "The tightest halls, hour by hour"),
    "causes": Text("哪些营销案影响最大", "Which campaigns matter most"),
    "campaign": Text("营销案", "Campaign"),
    "people": Text("最忙一天多来", "People on its busiest day"),
    "broken_halls": Text("守不住的厅", "Halls broken"),
    "all_kept": Text("都守得住", "all kept"),
    "hotline": Text("热线", "Hotlines"),
    "hotline_kept": Text("没有热线因为营销案接不过来。", "No hotline misses its promise because of a campaign."),
    "in_time": Text("及时接通", "Answered in time"),
    "in_time_of": Text("{before}% → {after}%（承诺 {promised}%）", "{before}% → {after}% ({promised}% promised)"),
    "agents": Text("再加几个话务员", "More agents"),
    "too_many": Text("加一倍也不够", "twice as many are not enough"),
    "lost": Text("没有算进去的", "Left out"),
    "without": Text(
        "在营业厅办、但没有写预计办理量，算不出会来多少人：", "Sold in halls without stating how many will come: "
    ),
}
