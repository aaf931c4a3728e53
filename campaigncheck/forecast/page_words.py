"""What the page of a forecast says."""

from __future__ import annotations

from campaigncheck.messages import Text

PAGE: dict[str, Text] = {
    "title": Text("营业厅等候预测", "Waiting in halls: forecast"),
    "from": Text("从 {today} 起", "From {today} on"),
    "nobody": Text(
        "没有营业厅可以预测：要有 rules/network 里的数据，营销案要在营业厅办理，并写了 demand。",
        "No hall to foresee: data in rules/network are needed, and campaigns that are sold in halls and have demand.",
    ),
    "without_demand": Text(
        "没有写 demand、不知道会来多少人的：{ids}", "Without demand, so that nobody knows how many will come: {ids}"
    ),
    "summary": Text("总的情况", "Summary"),
    "kept": Text("守住承诺", "promises kept"),
    "impatient": Text("等得超过忍耐的人次（不办时）", "wait longer than they bear (without)"),
    "broken_hours": Text("守不住的钟头（两类客户分开算）", "hours over promise (both classes apart)"),
    "breaking": Text("让营业厅违约的营销案", "campaigns that break promises"),
    "halls": Text("营业厅", "halls"),
    "halls_left_out": Text("没有算进去的营业厅", "halls left out"),
    "cities": Text("城市", "cities"),
    "campaigns": Text("每个营销案会怎样", "What each campaign does"),
    "campaign": Text("营销案", "Campaign"),
    "busiest": Text("最忙一天来厅人数", "People on busiest day"),
    "asking": Text("其中只咨询", "only ask"),
    "halls_over": Text("等得比承诺久的厅", "Halls over promise"),
    "days_over": Text("天数", "Days"),
    "alarmed": Text("到高峰预警的厅", "Halls alarmed"),
    "worst_hour": Text("最差的钟头", "Worst hour"),
    "hour": Text(
        "{hall} {day} {hour} 点（{who}）平均等 {after} 分钟，不办只等 {before} 分钟，承诺 {bound} 分钟",
        "{hall}, {day} at {hour}:00 ({who}): {after} min on average, {before} without it, {bound} promised",
    ),
    "all_kept": Text("守得住", "kept"),
    "premium": Text("高端客户", "premium customers"),
    "other": Text("其他客户", "other customers"),
    "more_campaigns": Text(
        "还有 {count} 个营销案没有列出来，都不比这些差；--format json 里有全部。",
        "{count} more campaigns are left out, none of them worse; --format json has all of them.",
    ),
    "map": Text("哪些厅、哪些天最紧", "Which halls, which days"),
    "map_how": Text(
        "每格是一个厅的一天：最久的那个钟头平均等多久，占承诺的百分之几。颜色越醒目越紧；过了 100% 换成橙色，并标“!”。",
        "Each box is a day of a hall: its longest mean wait, in per cent of the promise. The stronger the colour the "
        "tighter; over 100% it is orange and carries an exclamation mark.",
    ),
    "figures": Text("看数字", "Figures"),
    "percent_of": Text("占承诺的百分比；“–”是没有人来", "Per cent of the promise; “–” means that nobody comes"),
    "percent_of_rest": Text(
        "占承诺的百分比；“–”是没有人来，或者数据有错、没有算",
        "Per cent of the promise; “–” means that nobody comes, or that the day is left out since its data have faults",
    ),
    "hall": Text("营业厅", "Hall"),
    "more_halls": Text(
        "只画了最紧的 {shown} 个厅，还有 {count} 个没有画；--top 可以多画，--format csv 里有全部。",
        "The {shown} tightest halls are shown, {count} are not; --top shows more, --format csv has all of them.",
    ),
    "hours": Text("最差那天，一个钟头一个钟头地看", "The worst day of each hall, hour by hour"),
    "hours_how": Text(
        "先是活动让它违约的厅，再是离承诺最近的厅。灰色的柱子不算这次预测的营销案。",
        "First the halls in which campaigns break a promise, then those nearest to it. Grey bars leave out the campaigns "
        "of this forecast.",
    ),
    "o_clock": Text("点", "Hour"),
    "before": Text("不办", "without"),
    "after": Text("办", "with"),
    "promise": Text("承诺", "promise"),
    "assumed": Text(
        "有的厅用的是估计数据；用 campaigncheck calibrate 可以换成排队系统的实际数据。",
        "Some halls have assumed figures; campaigncheck calibrate replaces them by measured ones.",
    ),
    "counter": Text("柜台办一笔要多久", "Time at the counter"),
    "counter_how": Text(
        "上面是一笔业务要多久、各有多大可能，红虚线是上线标准；下面是步骤，按先后接在一起。各厅不一样的，画最慢的和最快的。",
        "Above: how likely each length of a transaction is, the launch standard in red dashes. Below: its steps, one after "
        "another. Where halls differ, the slowest and the fastest are drawn.",
    ),
    "mean": Text("平均", "Mean"),
    "p50": Text("一半以内", "p50"),
    "p80": Text("八成以内", "p80"),
    "p90": Text("九成以内", "p90"),
    "step": Text("步骤", "Step"),
    "minutes": Text("分钟", "Minutes"),
    "length": Text("要多少分钟", "Minutes"),
    "more_counters": Text(
        "只画了最慢的 {shown} 个，还有 {count} 个没有画。", "Drawn: the {shown} slowest; {count} are not."
    ),
    "without_steps": Text(
        "没有写柜台办理步骤、或者步骤不花时间，画不出来的：{ids}",
        "Without steps at the counter that take any time, so that nothing can be drawn: {ids}",
    ),
    "stress": Text("最多能承受多少", "How much halls bear"),
    "stress_how": Text(
        "只加这一个营销案的人，其他的按计划不变，到第一个厅守不住为止。",
        "Only this campaign's people grow, all others come as planned, until the first hall breaks its promise.",
    ),
    "planned": Text("计划", "Planned"),
    "at_most": Text("最多", "At most"),
    "binding": Text("先到顶的", "What binds"),
    "bound": Text(
        "{hall} {day} {hour} 点（{who}），计划的 {times} 倍",
        "{hall}, {day} at {hour}:00 ({who}), {times} times as planned",
    ),
    "unbound": Text("{most} 倍也守得住", "even {most} times as many break nothing"),
    "more_curves": Text(
        "只画了最紧的 {shown} 个，还有 {count} 个没有画。", "The {shown} tightest are drawn, {count} are not."
    ),
    "times": Text("计划的几倍", "Times planned"),
    "used": Text("占承诺 %", "% of promise"),
    "share_kept": Text("守住的承诺 %", "% of promises kept"),
    "rests": Text("结论靠什么", "What verdicts rest on"),
    "rests_how": Text(
        "一次只改一个假设：改到现在的几倍，结论就会反过来。越接近 1，越要先核实。",
        "One assumption at a time: how many times as large turns the verdict. The nearer to 1, the sooner to look into it.",
    ),
    "now": Text("现在", "Now"),
    "breaks": Text("守不住", "breaks"),
    "never": Text("不会", "never"),
    "uptake": Text("办理量", "Uptake"),
    "enquiries": Text("咨询的人", "Who only ask"),
    "handling": Text("办理用时", "Handling time"),
    "enquiry_time": Text("咨询用时", "Time of asking"),
    "usual_arrivals": Text("平时来客", "Who always come"),
    "usual_variability": Text("平时用时的波动", "Usual variability"),
    "what_if": Text("如果……", "What if …"),
    "scenario": Text("设想", "Scenario"),
    "as_planned": Text("按计划", "as planned"),
    "broken": Text("守不住的钟头", "Hours over promise"),
    "campaigns_over": Text("违约的营销案", "Campaigns over promise"),
    "because": Text("因为", "Because of"),
}
