"""Words that all pages of the site share: navigation, switches, verdicts and the like."""

from __future__ import annotations

from typing import NamedTuple

from campaigncheck.messages import Text


class Entry(NamedTuple):
    """An entry of the navigation: which section, where it leads, what it is called."""

    section: str
    path: str
    name: Text


NAVIGATION: tuple[Entry, ...] = (
    Entry("overview", "index.html", Text("总览", "Overview")),
    Entry("campaigns", "campaigns.html", Text("营销案", "Campaigns")),
    Entry("frontline", "frontline.html", Text("一线", "Frontline")),
    Entry("calendar", "calendar.html", Text("日历", "Calendar")),
    Entry("load", "load.html", Text("排队", "Waiting")),
    Entry("rules", "rules.html", Text("规则", "Rules")),
    Entry("terms", "terms.html", Text("词语", "Terms")),
)
"""The sections of the site, in order."""

BASE: dict[str, Text] = {
    "site": Text("营销案一览", "Campaigns at a glance"),
    "skip": Text("跳到正文", "Skip to content"),
    "navigation": Text("栏目", "Sections"),
    "language": Text("English", "中文"),
    "larger": Text("大字", "Larger text"),
    "as_of": Text("截至 {day}", "As of {day}"),
    "gone": Text(
        "您要找的“{name}”不在这里了：可能已经下线、改了名，或者链接抄错了。请在下面找找看。",
        "“{name}” is not here any more: it may have been retired or renamed, or the link is wrong. Please look below.",
    ),
    "made_by": Text("由 {tool} 生成", "Made by {tool}"),
    "list_comma": Text("、", ", "),
}
