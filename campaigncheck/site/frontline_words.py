"""The words of the frontline pages and of the search field."""

from __future__ import annotations

from campaigncheck.messages import Text

WORDS: dict[str, Text] = {
    "title": Text("一线查询", "On the front line"),
    "lead": Text(
        "选城市或营业厅和日期，看当天能办哪些活动。", "Choose a city or hall and a day, and see what customers can get."
    ),
    "place": Text("城市或营业厅", "City or hall"),
    "any": Text("请选择", "Please choose"),
    "day": Text("日期", "Day"),
    "today": Text("今天", "Today"),
    "live": Text("正在办的活动", "On offer now"),
    "ahead": Text("快要开始的活动", "Starting later"),
    "none": Text("这一天这里没有可以办的活动。", "Nothing is on offer here on this day."),
    "none_today": Text("今天这里没有可以办的活动。", "Nothing is on offer here today."),
    "count": Text("{place}，{day}：{count} 个活动", "{place}, {day}: {count} campaigns"),
    "unknown": Text(
        "没有“{place}”这个地方，或者那里没有活动。请重新选。",
        "“{place}” is not known, or nothing is on offer there. Please choose again.",
    ),
    "no_place": Text("先选城市或营业厅。", "Choose a city or hall first."),
    "bad_day": Text("日期写得不对，请重新选。", "That is no day. Please choose again."),
    "past": Text("这里只有 {day} 起的活动。", "Only days from {day} on are known here."),
    "by_city": Text("按城市看", "By city"),
    "nothing": Text("现在没有可以给客户办的活动。", "There is nothing that customers can get now."),
    "preparing": Text(
        "还有 {count} 个营销案没有放行，不在这里；要准备和演练的，请到“营销案”里看。",
        "{count} more campaigns are not cleared for customers and not shown here; see “Campaigns” to prepare for them.",
    ),
    "as_of": Text(
        "{day} 的情况；别的日子请到“一线查询”里选。", "As of {day}; for another day choose it under “Frontline”."
    ),
    "other_day": Text("换个日子或营业厅看", "Another day or hall"),
    "halls_here": Text("这里的营业厅：{halls}", "Halls here: {halls}"),
    "days": Text("{start} 到 {end}", "{start} to {end}"),
    "only_in": Text("只在这些营业厅：{halls}", "Only in these halls: {halls}"),
    "code": Text("发 {code} 办“{offer}”", "Text {code} for “{offer}”"),
    "faq": Text("问答和词语", "Questions and terms"),
    "guide": Text("引导话术", "Guided script"),
    "back": Text("回到一线查询", "Back to the front line"),
    "details": Text("问答、词语和办理步骤", "Questions, terms and steps"),
    "at_hand": Text("手边资料", "To have at hand"),
    "print": Text("打印", "Print"),
}
"""What stands on the pages."""

SEARCH: dict[str, Text] = {
    "label": Text("查问答、词语、代码", "Search questions, terms, codes"),
    "hint": Text("如：宽带 / kuandai / kd", "e.g. 宽带, kuandai, kd"),
    "results": Text("查到的", "Results"),
    "none": Text("没有查到。换个说法，或者少写几个字。", "Nothing found. Try other or fewer words."),
    "count": Text("查到 {count} 条，用上下键选", "{count} results; choose with the arrow keys"),
    "loading": Text("正在准备……", "Getting ready…"),
    "failed": Text(
        "资料没有读出来，查不了。请把整个文件夹拷全再打开。",
        "The index cannot be read. Copy the folder as a whole and open the page again.",
    ),
}
"""What the search field says."""

KIND_NAMES: dict[str, Text] = {
    "campaign": Text("活动", "campaign"),
    "question": Text("问答", "question"),
    "answer": Text("误会", "misunderstanding"),
    "term": Text("词语", "term"),
    "code": Text("代码", "code"),
    "on_offer": Text("正在办", "on offer"),
}
"""What a result is."""
