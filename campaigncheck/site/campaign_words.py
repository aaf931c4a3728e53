"""Words of the page of a campaign."""

from __future__ import annotations

from campaigncheck.messages import Text
from campaigncheck.report import names

WORDS: dict[str, Text] = {
    "verdict": Text("结论", "Verdict"),
    "stage": Text("阶段", "Stage"),
    "number": Text("编号", "Id"),
    "owner": Text("负责", "Owner"),
    "support": Text("一线支撑", "Support"),
    "parent": Text("落地自", "Localises"),
    "clearance": Text("上线许可", "Clearance"),
    "no_clearance": Text("还没有签发", "none issued yet"),
    "holds": Text("有效（{day} 签发）", "holds (issued on {day})"),
    "over": Text("有效（{day} 签发）；活动已经结束或下线", "holds (issued on {day}); the campaign is over or retired"),
    "fails": Text("无效", "does not hold"),
    "mend": Text("要改的地方", "What to change"),
    "how": Text("怎么改", "Mend"),
    "see": Text("另一处", "See"),
    "conflicts": Text("和别的营销案相碰", "Where it meets other campaigns"),
    "both": Text("同时", "When"),
    "in": Text("在哪", "Where"),
    "caused": Text("别的营销案因为它要改", "What others have to change because of it"),
    "waived": names.WAIVED,
    "reason": Text("原因", "Reason"),
    "approver": Text("批准", "Approved by"),
    "expires": Text("到期", "Until"),
    "nothing": Text("没有要改的地方。", "There is nothing to change."),
    "more_lines": Text("另有 {count} 行", "{count} more lines"),
    "handling": Text("柜台办一笔要多久", "Time at the counter"),
    "standard": Text(
        "标准：平均 {mean} 分钟，九成在 {p90} 分钟以内", "Standard: mean {mean} min, 90 % within {p90} min"
    ),
    "step": Text("步骤", "Step"),
    "minutes": Text("分钟", "Minutes"),
    "waiting": Text("排队：办和不办比一比", "Waiting with and without"),
    "people": Text(
        "最忙的一天，所有营业厅一共多来约 {people} 人。",
        "On its busiest day about {people} more people come to all halls.",
    ),
    "worst": Text(
        "守不住承诺：{hall} {day} {hour} 点，{who}原来平均等 {before} 分钟，加上它要等 {after} 分钟（承诺 {bound} 分钟）。",
        "Breaks a promise: {hall}, {day}, {hour}:00, {who}: {before} min without it, {after} min with it ({bound} min promised).",
    ),
    "broken": Text(
        "因为它守不住承诺的有 {halls} 个厅、{days} 天。", "Because of it {halls} halls break a promise, on {days} days."
    ),
    "all_kept": Text("所有营业厅都守得住等候承诺。", "All halls keep their promise."),
    "premium": Text("高端客户", "premium customers"),
    "other": Text("其他客户", "other customers"),
    "hour": Text("钟点", "Hour"),
    "shown": Text(
        "{hall} {day}，每个钟头平均等几分钟：一个活动都不办 → 计划的活动都办（承诺）",
        "{hall}, {day}: mean minutes of waiting in each hour, without any campaign → with all planned (promised)",
    ),
    "wait": Text("{before} → {after}（{bound}）", "{before} → {after} ({bound})"),
    "no_waiting": Text(
        "不在营业厅办，或者没有写预计办理量，算不出排队。",
        "Not sold in halls, or its uptake is not stated: nothing can be foreseen.",
    ),
    "faq": Text("客户会问的", "Questions and answers"),
    "answers": Text("应答口径", "Prepared answers"),
    "terms": Text("词语解释", "Terms"),
    "no_sheet": Text("没有 FAQ", "No FAQ"),
    "invalid": Text(
        "这个文件读不懂，里面写了什么无法显示。照下面改好以后再生成一次。",
        "This file cannot be read, so what it says cannot be shown. Mend what is listed below and build the site again.",
    ),
    "back": Text("全部营销案", "All campaigns"),
    "in_calendar": Text("在日历里看", "In the calendar"),
    "short": Text("短信", "SMS"),
}
