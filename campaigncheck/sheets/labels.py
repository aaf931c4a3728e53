"""The fixed words of a sheet: headings, and what each value of the spec is called at the counter."""

from __future__ import annotations

from campaigncheck.messages import Text

PAGE: dict[str, Text] = {
    "sheet": Text("FAQ 单", "FAQ sheet"),
    "contents": Text("本页内容", "On this page"),
    "what": Text("是什么", "What"),
    "who": Text("给谁", "Who"),
    "when": Text("什么时候", "When"),
    "where": Text("在哪里", "Where"),
    "any_group": Text("下面任意一条符合就行：", "Any one of these is enough:"),
    "prices": Text("价格和条款", "Prices and terms"),
    "nav_prices": Text("价格", "Prices"),
    "item": Text("项目", "Item"),
    "counter": Text("柜台怎么办", "At the counter"),
    "nav_counter": Text("柜台", "Counter"),
    "step": Text("步骤", "Step"),
    "minutes": Text("分钟（最短–最长）", "Minutes (least–most)"),
    "part": Text("占多少时间", "Part of the time"),
    "total": Text("办完一笔（不含排队）", "One customer, without queueing"),
    "questions": Text("客户会问什么", "What customers ask"),
    "nav_questions": Text("问答", "Questions"),
    "answers": Text("容易误解的说法，照这样解释", "What can be misread, and what to say"),
    "nav_answers": Text("口径", "What to say"),
    "no_questions": Text("还没有写问答。", "No questions are answered yet."),
    "terms": Text("词语解释", "Words explained"),
    "nav_terms": Text("词语", "Words"),
    "whom": Text("一线有疑问找谁", "Whom to ask"),
    "nav_whom": Text("找谁", "Whom to ask"),
    "support": Text("支撑", "Support"),
    "hours": Text("值守时间", "Hours"),
    "owner": Text("责任部门", "Owner"),
    "blocked": Text("不能给客户用", "Not for use with customers"),
    "uncleared": Text("还没有放行，不能给客户用", "Not cleared for customers yet"),
    "over": Text("活动已经结束", "This campaign is over"),
    "not_cleared": Text("还没放行", "not cleared"),
    "scan": Text("扫码看最新的", "The latest sheet"),
    "address": Text("网页", "Page"),
    "first": Text("先看这几个：", "The first of them:"),
    "number": Text("编号", "Campaign"),
    "stage": Text("阶段", "Stage"),
    "issued": Text("制单日期", "Issued"),
    "version": Text("内容版本", "Version"),
    "about": Text("这张单子", "About this sheet"),
    "made_by": Text("制单程序", "Made by"),
    "overview": Text("FAQ 单目录", "FAQ sheets"),
    "campaign": Text("营销案", "Campaign"),
    "verdict": Text("检查结论", "Verdict"),
    "comma": Text("，", ", "),
    "colon": Text("：", ": "),
}
"""Headings and other fixed words of the templates."""

VERDICTS: dict[str, Text] = {
    "pass": Text("通过", "pass"),
    "blocked": Text("拦下", "blocked"),
    "invalid": Text("读不懂", "invalid"),
}

STATES: dict[str, Text] = {
    "missing": Text("没有做出 FAQ 单", "No sheet could be made"),
    "live": Text("正在进行", "Live"),
    "ahead": Text("还没开始", "Not started"),
    "over": Text("已经结束", "Over"),
}

EFFECTS: dict[str, Text] = {
    "immediate": Text("立即生效", "at once"),
    "next_month": Text("下月 1 日生效", "on the 1st of next month"),
    "on_date": Text("按约定的日期生效", "on the agreed date"),
}

RENEWALS: dict[str, Text] = {
    "automatic": Text("自动续", "renews by itself"),
    "manual": Text("客户自己续", "the customer renews"),
}

CONFIRMATIONS: dict[str, Text] = {
    "none": Text("不用确认", "no confirmation"),
    "once": Text("确认一次", "once"),
    "twice": Text("确认两次", "twice"),
}

COLLECTIONS: dict[str, Text] = {
    "hall": Text("到营业厅领", "collected at a hall"),
    "post": Text("邮寄", "sent by post"),
}

# No-break spaces: a price must not fall apart in a narrow column.
AMOUNTS: dict[str, Text] = {
    "month": Text("每月\u00a0{amount}\u00a0元", "{amount} yuan a month"),
    "day": Text("每天\u00a0{amount}\u00a0元", "{amount} yuan a day"),
    "once": Text("一次性\u00a0{amount}\u00a0元", "{amount} yuan once"),
}
