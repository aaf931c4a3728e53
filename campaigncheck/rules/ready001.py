"""READY001: a readiness item is missing, or not done by its lead day before the start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from campaigncheck.catalogue.models import ReadinessEntry
from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Rule, Sample
from campaigncheck.spec.model import ReadinessItem
from campaigncheck.understand.clauses import clause

_MISSING = Text("缺少准备事项“{name}”（{item}）", "the readiness item “{name}” ({item}) is missing")
_MISSING_HINT = Text(
    "在 readiness 里加上 {item}: {{owner: 责任部门}}，最晚 {lead_day} 完成。",
    "Add {item}: {{owner: …}} to readiness; it has to be done by {lead_day}.",
)
_OWNER = Text("“{name}”没有写责任人", "“{name}” has no owner")
_OWNER_HINT = Text("写上 owner，最晚 {lead_day} 完成。", "Name an owner; it has to be done by {lead_day}.")
_LATE = Text(
    "“{name}”{done} 才完成，晚于 {lead_day}（开始前 {lead} 个工作日）",
    "“{name}” is done on {done}, after {lead_day} ({lead} working days before the start)",
)
_LATE_HINT = Text("提前完成，或者把开始日期推迟到 {start} 以后。", "Have it done earlier, or start after {start}.")
_UNDONE = Text(
    "“{name}”还没有完成；本案已到“{stage}”阶段，最晚应在 {lead_day} 完成",
    "“{name}” is not done; at stage “{stage}” it had to be done by {lead_day}",
)
_OVERDUE = Text(
    "“{name}”还没有完成，已经过了 {lead_day}（开始前 {lead} 个工作日）",
    "“{name}” is not done, and {lead_day} ({lead} working days before the start) has passed",
)
_UNDONE_HINT = Text("完成后写上 done 日期，或者推迟开始日期。", "Add the date to done once it is, or start later.")
_PLANNED = Text(
    "“{name}”要到 {done} 才完成；本案已到“{stage}”阶段，每一项都应当已经完成",
    "“{name}” will be done on {done} only; at stage “{stage}” every item has to be done already",
)
_PLANNED_HINT = Text(
    "done 写实际完成的日期；还没完成就先删掉，阶段退回 testing 或 optimising。",
    "done is the day on which it was done; until then leave it out, and go back to testing or optimising.",
)


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield each item that applies and is missing, unowned, late or overdue."""
    campaign = view.campaign
    finished = view.catalogues.policy.stages[campaign.stage].finished
    for name, entry in view.catalogues.readiness.items.items():
        path = clause(campaign, entry.when)
        if path is None:
            continue
        lead_day = view.catalogues.calendar.before(campaign.period.start, entry.lead)
        item = campaign.readiness.get(name)
        if item is None:
            message = _MISSING(name=entry.name.text, item=name)
            hint = _MISSING_HINT(item=name, lead_day=lead_day)
            yield Problem(("readiness",) if path == ("faq",) else path, message, hint, key=True)
        elif not _in_time(item, lead_day, view.today, finished):
            yield from _item(view, name, entry, item, lead_day, finished)


def _in_time(item: ReadinessItem, lead_day: date, today: int, finished: bool) -> bool:
    """Whether an item has an owner and is done by its lead day, or (unless all is ``finished``) still can be."""
    if item.owner is None:
        return False
    if item.done is not None:
        return item.done <= lead_day and not (finished and item.done.toordinal() > today)
    return not finished and today <= lead_day.toordinal()


def _item(
    view: CampaignView, name: str, entry: ReadinessEntry, item: ReadinessItem, lead_day: date, finished: bool
) -> Iterator[Problem]:
    done = item.done
    title = entry.name.text
    path = ("readiness", name)
    if item.owner is None:
        yield Problem(path, _OWNER(name=title), _OWNER_HINT(lead_day=lead_day), key=True)
    if done is not None:
        if done > lead_day:
            message = _LATE(name=title, done=done, lead_day=lead_day, lead=entry.lead)
            yield Problem((*path, "done"), message, _LATE_HINT(start=_earliest(view, entry, done)))
        elif finished and done.toordinal() > view.today:
            message = _PLANNED(name=title, done=done, stage=view.campaign.stage)
            yield Problem((*path, "done"), message, _PLANNED_HINT())
    elif finished:
        message = _UNDONE(name=title, stage=view.campaign.stage, lead_day=lead_day)
        yield Problem(path, message, _UNDONE_HINT(), key=True)
    elif view.today > lead_day.toordinal():
        message = _OVERDUE(name=title, lead_day=lead_day, lead=entry.lead)
        yield Problem(path, message, _UNDONE_HINT(), key=True)


def _earliest(view: CampaignView, entry: ReadinessEntry, done: date) -> date:
    """Return the last start that is still too early for an item done on ``done``."""
    start = done
    while view.catalogues.calendar.before(date.fromordinal(start.toordinal() + 1), entry.lead) < done:
        start = date.fromordinal(start.toordinal() + 1)
    return start


_ITEMS = (
    "readiness:\n  boss_config: {{owner: 业务支撑中心, done: {config}}}\n  system_test: {{owner: 业务支撑中心, done: 2027-02-01}}\n"
    "  training: {{owner: 客户服务部, done: 2027-02-01}}\n  materials: {{owner: 市场部, done: 2027-02-01}}\n"
    "  hotline_script: {{owner: 客户服务部, done: 2027-02-01}}\n"
)

RULE = Rule(
    id="READY001",
    title=Text("支撑准备缺项或没有按时完成", "a readiness item missing or late"),
    severity="error",
    why=Text(
        "系统没配好、人没培训就上线，第一天的客户就成了试验品。",
        "With systems not configured and people not trained, the first day's customers are the test.",
    ),
    source=Text(
        "上线前支撑到位的要求；各项提前量是假设（rules/readiness.yaml），工作日按国务院公布的放假安排。",
        "Support has to be in place before a launch; the leads are assumptions (rules/readiness.yaml), working days follow "
        "the State Council's holiday arrangements.",
    ),
    passing=Sample(
        "period: {start: 2027-03-08, end: 2027-03-31}\nchannels: [app]\n" + _ITEMS.format(config="2027-03-01")
    ),
    failing=Sample(
        "period: {start: 2027-03-08, end: 2027-03-31}\nchannels: [app]\n" + _ITEMS.format(config="2027-03-02"),
        places=((4, 38),),
    ),
    check=check,
)
