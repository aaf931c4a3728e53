"""GATE001: the stage claims more than its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from campaigncheck.labels import STAGES
from campaigncheck.messages import Message, Text, figure
from campaigncheck.rulekit.rule import CampaignView, PortfolioView, Problem, Related, Rule, Sample
from campaigncheck.rulekit.wording import CHANNEL_NAMES
from campaigncheck.rules._stages import LATE, ORDER, Step, last_step, may_follow, next_stage
from campaigncheck.source.place import Path
from campaigncheck.understand.entry import Entry

if TYPE_CHECKING:
    from campaigncheck.history.histories import Known

_FROM = Text(
    "“{stage}”要从“{needed}”过来，{branch} 上本案还是“{before}”（{day} 的提交 {commit} 起）",
    "“{stage}” is reached from “{needed}”; on {branch} this campaign is still at “{before}” (since {day}, commit {commit})",
)
_TAKEN = Text(
    "“{stage}”要从“{needed}”过来，{branch} 上 {day} 的提交 {commit} 却是从“{before}”一步改成的",
    "“{stage}” is reached from “{needed}”; on {branch} the commit {commit} of {day} came to it from “{before}”",
)
_NEW = Text(
    "“{stage}”要从“{needed}”过来，{branch} 上还没有本案；新案从“草稿”或“测试”开始",
    "“{stage}” is reached from “{needed}”; {branch} does not know this campaign, and new ones start at “draft” or “testing”",
)
_BORN = Text(
    "“{stage}”要从“{needed}”过来，{branch} 上 {day} 的提交 {commit} 第一次放进本案就是这个阶段",
    "“{stage}” is reached from “{needed}”; on {branch} the commit {commit} of {day} brought this campaign in at this stage",
)
_STEP_HINT = Text(
    "把阶段写成 {next}，合并到 {branch}，条件齐了再往后走一步；退回前面的阶段随时可以。",
    "Write {next}, merge that into {branch}, and take the next step when everything for it is there; going back is always fine.",
)
_NO_DEMAND = Text(
    "{channel}可以办，“{stage}”阶段却没有写预计多少人来办",
    "sold on {channel}, but at stage “{stage}” nothing says how many will come",
)
_NO_DEMAND_HINT = Text(
    "加上 demand: {{uptake: 预计办理笔数}}；不写就算不出营业厅和热线要等多久。",
    "Add demand: {{uptake: …}}; without it nobody knows how long halls and the hotline will make people wait.",
)
_NONE = Text(
    "“{stage}”要先在营业厅试办并计时 {wanted} 笔，现在一笔也没有",
    "stage “{stage}” needs {wanted} timed rehearsals in halls; there are none",
)
_FEW = Text(
    "“{stage}”要先在营业厅试办并计时 {wanted} 笔，现在只有 {timed} 笔",
    "stage “{stage}” needs {wanted} timed rehearsals in halls; there are only {timed}",
)
_FEW_HINT = Text(
    "再试办 {more} 笔，写进 handling.trials；试完之前阶段退回 testing 或 optimising。",
    "Time {more} more and add them to handling.trials; until then go back to testing or optimising.",
)
_SOLD = Text("在这里办理", "sold here")
_REHEARSED = Text("现有的试办计时", "the rehearsals there are")
_UNCLEARED = Text("“{stage}”要有上线许可：{reason}", "stage “{stage}” needs a clearance: {reason}")
_UNCLEARED_HINT = Text(
    "阶段写回 approved，检查通过后用 clear {id} 签发上线许可，把它和 launched 一起合并。",
    "Go back to approved, have `clear {id}` issue a clearance once everything passes, and merge it together with launched.",
)
_STAGE: Path = ("stage",)
_DRAWING = ("hall", "hotline")
_READY = ("approved", "launched")


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield evidence that the stage needs and the spec does not give: expected demand, timed rehearsals."""
    campaign = view.campaign
    if campaign.stage == "draft":
        return
    if campaign.demand is None:
        yield from _no_demand(view)
    if campaign.stage in _READY and "hall" in campaign.channels:
        yield from _rehearsals(view)


def _no_demand(view: CampaignView) -> Iterator[Problem]:
    channels = view.campaign.channels
    index = next((index for index, channel in enumerate(channels) if channel in _DRAWING), None)
    if index is not None:
        names = {"channel": CHANNEL_NAMES[channels[index]], "stage": STAGES[view.campaign.stage]}
        yield Problem(("channels", index), _NO_DEMAND(**names), _NO_DEMAND_HINT())


def _rehearsals(view: CampaignView) -> Iterator[Problem]:
    campaign, wanted = view.campaign, view.limit("rehearsals")
    timed = sum(len(trial.seconds) for trial in campaign.handling.trials)
    if timed >= wanted:
        return
    message = (_FEW if timed else _NONE)(stage=STAGES[campaign.stage], wanted=figure(wanted), timed=timed)
    related = [Related(None, ("channels", campaign.channels.index("hall")), _SOLD())]
    if timed:
        related.append(Related(None, ("handling", "trials"), _REHEARSED(), key=True))
    yield Problem(_STAGE, message, _FEW_HINT(more=figure(wanted - timed)), related=tuple(related))


def check_portfolio(view: PortfolioView) -> Iterator[Problem]:
    """Yield stages that were not reached from the one before, and launches without a clearance that stands."""
    if view.around is None:
        return
    late = [entry for entry in view.asked() if entry.stage in LATE]
    past = view.around.past(late) if late else {}
    for entry in late:
        if entry.path in past:
            yield from _steps(view, entry, past[entry.path])
        if entry.stage == "launched" and (reason := view.around.uncleared(entry)) is not None:
            message = _UNCLEARED(stage=STAGES[entry.stage], reason=reason)
            yield Problem(_STAGE, message, _UNCLEARED_HINT(id=entry.id), spec=entry.path)


def _steps(view: PortfolioView, entry: Entry, known: Known) -> Iterator[Problem]:
    step = last_step(known, entry.stage)
    if step is None:
        if known.life is not None and not known.whole and view.around is not None:
            view.around.cut_off(entry)
    elif not may_follow(step.before.stage if step.before else None, entry.stage):
        then = next_stage(step.before.stage if step.before else None)
        hint = _STEP_HINT(next=then, branch=known.branch)
        yield Problem(_STAGE, _skipped(entry, known, step), hint, spec=entry.path)


def _skipped(entry: Entry, known: Known, step: Step) -> Message:
    needed = STAGES[ORDER[ORDER.index(entry.stage) - 1]]
    args = {"stage": STAGES[entry.stage], "needed": needed, "branch": known.branch}
    before, taken = step
    if before is None:
        return _NEW(**args) if taken is None else _BORN(**args, day=taken.day, commit=taken.commit[:8])
    args["before"] = STAGES[before.stage]
    if taken is None:
        return _FROM(**args, day=before.day, commit=before.commit[:8])
    return _TAKEN(**args, day=taken.day, commit=taken.commit[:8])


_TRIALS = (
    "stage: approved\nchannels: [hall, app]\ndemand: {{uptake: 3000}}\nhandling:\n  steps: [verify_identity]\n  trials:\n"
    "    - {{hall: sc-cd-001, on: 2026-11-20, seconds: [32, 35, 31, 38, 33, 36, 34, 30, 37, 33]}}\n"
    "    - {{hall: sc-cd-002, on: 2026-11-20, seconds: [34, 36, 30, 33, 39, 31, 35, 32, 36{last}]}}\n"
)

RULE = Rule(
    id="GATE001",
    title=Text("阶段走得比依据快", "the stage claims more than its evidence"),
    severity="error",
    why=Text(
        "阶段写着“已批准”，试办却没有做，等于没有批准；跳过一步，这一步本来要拦下的问题就到了客户面前。",
        "“Approved” without rehearsals is not approved; whatever a skipped step would have stopped reaches the customers.",
    ),
    source=Text(
        "先测试、再优化、达标才上线的事前机制；上线前至少 20 笔计时试办。",
        "Test, optimise, launch only when all standards are met; at least 20 timed rehearsals before a launch.",
    ),
    passing=Sample(_TRIALS.format(last=", 34")),
    failing=Sample(_TRIALS.format(last=""), places=((1, 8),)),
    check=check,
    check_portfolio=check_portfolio,
    limits=("rehearsals",),
)
