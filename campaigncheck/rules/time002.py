"""TIME002: rehearsals contradict the estimate, or there are too few of them."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.handling.pert import step_variance
from campaigncheck.handling.plan import PlannedStep
from campaigncheck.handling.rehearsals import Odd, Rehearsed, odd_timings, rehearsed
from campaigncheck.labels import STAGES
from campaigncheck.messages import Message, Text, figure
from campaigncheck.rulekit.rule import CampaignView, Problem, Rule, Sample
from campaigncheck.source.place import Path

_DIFFERS = Text(
    "试办和估计对不上：在{halls}计时 {timed} 笔，平均 {mean} 分钟（95% 的把握在 {low} 到 {high} 之间），比按步骤估计的 {expected} 分钟{much}",
    "rehearsals contradict the estimate: {timed} timed at {halls} took {mean} minutes on average (95 % interval {low} to "
    "{high}), {much} than the {expected} minutes that the steps add up to",
)
_MORE = Text("多 {percent}%", "{percent} % more")
_LESS = Text("少 {percent}%", "{percent} % less")
_HALLS = Text("{names}", "{names}")
_MORE_HALLS = Text("{names}等 {count} 家营业厅", "{names} and others, {count} halls,")

_ADVICE = Text("{first}{second}", "{first} {second}")
_CHECK_ODD = Text(
    "先核对 {seconds} 秒这一笔：不算它，平均 {mean} 分钟，和估计就对得上了。",
    "Check the {seconds} seconds first: without them the mean is {mean} minutes, which agrees with the estimate.",
)
_ONE_HALL = Text(
    "都是在一家营业厅试的，说不准是不是只有它这样：再找一两家试。",
    "All of it was timed at one hall, which may be unlike others: time it at one or two more.",
)
_UNLIKE = Text(
    "各厅差得多，从{fast}平均 {least} 分钟到{slow}平均 {most} 分钟，别的厅会怎样还说不准：先弄清这两家的做法哪里不同，再找几家试。",
    "The halls differ, from {least} minutes at {fast} to {most} at {slow}, so that others remain uncertain: find out what these "
    "two do differently, and time it at a few more.",
)
_ONE_STEP = Text(
    "最可能是“{name}”写得不准：单是这一步的话，每次要 {needed} 分钟，不是现在的 {planned} 分钟。试办时把这一步单独掐表，再改它的 minutes。",
    "“{name}” is the likeliest to be wrong: it alone would have to take {needed} minutes each time, not {planned}. Time this "
    "step by itself, then mend its minutes.",
)
_NO_STEP = Text(
    "差得太多，哪一步单独都解释不了：看看是不是{which}了步骤，试办时分步掐表，把量到的时间写进各步的 minutes。",
    "No single step explains the difference: see whether steps {which}, time each step, and put what was measured into minutes.",
)
_MISSING = Text("漏写", "are missing")
_NEEDLESS = Text("多写", "are listed that nobody takes")

_NONE = Text(
    "“{stage}”阶段要有 {wanted} 笔试办计时，现在一笔也没有",
    "stage “{stage}” needs {wanted} timed rehearsals; there are none",
)
_FEW = Text(
    "“{stage}”阶段要有 {wanted} 笔试办计时，现在只有 {timed} 笔",
    "stage “{stage}” needs {wanted} timed rehearsals; there are only {timed}",
)
_FEW_HINT = Text(
    "再试办 {more} 笔，每笔从开始办理到结束掐表，写进 handling.trials 的 seconds。",
    "Time {more} more from start to finish, and add the seconds to handling.trials.",
)
_FEW_ONE_HALL = Text(
    "再试办 {more} 笔，写进 handling.trials；现在的都在{hall}，请换一两家营业厅。",
    "Time {more} more and add them to handling.trials; all so far are from {hall}, so go to one or two others.",
)
_ODD = Text(
    "这一笔 {seconds} 秒，和其他各笔差得太远：算上它平均 {mean} 分钟，不算它 {without} 分钟",
    "{seconds} seconds are far from all other timings: with them the mean is {mean} minutes, without them {without}",
)
_MEANT = Text(
    "是不是 {meant} 秒，写错了位数或者单位？请查原始记录。", "Were {meant} seconds meant? Look at the record."
)
_LOOK = Text(
    "请查原始记录：写错了就改；确实办了这么久，弄清原因，另外试办一笔。",
    "Look at the record: mend it if it is a slip; if it did take that long, find out why and time another.",
)
_NAMED = 3
_TRIALS: Path = ("handling", "trials")


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield a lack of rehearsals, a contradiction with the estimate, and timings that cannot be right."""
    campaign = view.campaign
    if "hall" not in campaign.channels:
        return
    found = view.counter.rehearsed
    yield from _few(view, found)
    if found is None:
        return
    odd = odd_timings(campaign.handling.trials)
    if view.counter.plain and _contradicts(view, found, view.counter.plain):
        yield _contradiction(view, found, view.counter.plain, odd)
    for item in odd:
        yield _slip(view, found, item)


def _few(view: CampaignView, found: Rehearsed | None) -> Iterator[Problem]:
    """Yield one problem where the stage needs rehearsals; at later stages they are a matter of the gate."""
    campaign, wanted = view.campaign, view.limit("rehearsals")
    timed = found.timed if found else 0
    if campaign.stage != "optimising" or timed >= wanted:
        return
    text = _FEW if timed else _NONE
    message = text(stage=STAGES[campaign.stage], wanted=wanted, timed=timed)
    more = figure(wanted - timed)
    hint = _FEW_HINT(more=more)
    if found and len(found.halls) == 1:
        hint = _FEW_ONE_HALL(more=more, hall=_names(view, found))
    if campaign.handling.trials or campaign.handling.steps:
        yield Problem(_TRIALS, message, hint, key=True)
    else:
        yield Problem(("channels", campaign.channels.index("hall")), message, hint)


def _slip(view: CampaignView, found: Rehearsed, odd: Odd) -> Problem:
    without = rehearsed(view.campaign.handling.trials, [odd]) or found
    message = _ODD(seconds=figure(odd.seconds), without=f"{without.mean:.1f}", mean=f"{found.mean:.1f}")
    hint = _LOOK() if odd.meant is None else _MEANT(meant=figure(odd.meant))
    return Problem((*_TRIALS, odd.trial, "seconds", odd.number), message, hint)


def _contradicts(view: CampaignView, found: Rehearsed, expected: float) -> bool:
    far = abs(found.mean / expected - 1) * 100 > view.limit("rehearsal_difference") + 1e-9
    return far and found.contradicts(expected, view.limit("rehearsal_significance") / 100)


def _contradiction(view: CampaignView, found: Rehearsed, expected: float, odd: list[Odd]) -> Problem:
    low, high = found.interval
    percent = round(abs(found.mean / expected - 1) * 100)
    much = (_MORE if found.mean > expected else _LESS)(percent=percent)
    message = _DIFFERS(
        halls=_names(view, found), timed=found.timed, mean=f"{found.mean:.1f}", low=f"{low:.1f}", high=f"{high:.1f}",
        expected=f"{expected:.1f}", much=much,
    )  # fmt: skip
    return Problem(_TRIALS, message, _advice(view, found, expected, odd), key=True)


def _names(view: CampaignView, found: Rehearsed) -> Message:
    names = view.catalogues.network.names(found.halls)
    if len(names) <= _NAMED + 1:
        return _HALLS(names=names)
    return _MORE_HALLS(names=names[:_NAMED], count=len(names))


def _advice(view: CampaignView, found: Rehearsed, expected: float, odd: list[Odd]) -> Message:
    """Say whether to look at a timing, to measure again, or to mend a step, in this order."""
    if odd:
        without = rehearsed(view.campaign.handling.trials, odd)
        if without and not _contradicts(view, without, expected):
            return _CHECK_ODD(seconds=[figure(item.seconds) for item in odd], mean=f"{without.mean:.1f}")
    mend = _mend(view, found.mean - expected)
    if len(found.halls) == 1:
        return _ADVICE(first=_ONE_HALL(), second=mend)
    if not found.contradicts(expected, view.limit("rehearsal_significance") / 100, elsewhere=True):
        return _unlike(view, found)
    return mend


def _unlike(view: CampaignView, found: Rehearsed) -> Message:
    fast, slow = (end(found.halls, key=lambda hall: (found.halls[hall], hall)) for end in (min, max))
    names = view.catalogues.network.names([fast, slow])
    return _UNLIKE(fast=names[0], slow=names[1], least=f"{found.halls[fast]:.1f}", most=f"{found.halls[slow]:.1f}")


def _mend(view: CampaignView, difference: float) -> Message:
    likely = likeliest(view.steps, difference)
    if likely is None:
        return _NO_STEP(which=_MISSING if difference > 0 else _NEEDLESS)
    step, needed = likely
    entry = view.catalogues.steps.steps.get(step.id)
    name = entry.name.text if entry else step.id
    return _ONE_STEP(name=name, needed=f"{needed:.1f}", planned=f"{_once(step):.1f}")


def likeliest(steps: list[PlannedStep], difference: float) -> tuple[PlannedStep, float] | None:
    """Return the step that would have to be off least, beside how far its times vary, to explain a difference alone.

    With it come the minutes that it would take each time; these have to lie between its shortest and its longest time.
    """
    found = []
    for step in steps:
        low, _, high, times, share = step.timed
        if share > 0 and low < high:
            needed = _once(step) + difference / (share * times)
            once = step.timed._replace(times=1, share=1.0)
            surprise = abs(needed - _once(step)) / step_variance(once) ** 0.5
            if low <= needed <= high:
                found.append((surprise, step.position, step, needed))
    return min(found)[2:] if found else None


def _once(step: PlannedStep) -> float:
    low, likely, high, _, _ = step.timed
    return (low + 4 * likely + high) / 6


RULE = Rule(
    id="TIME002",
    title=Text("试办计时和估计对不上，或者试办太少", "rehearsals contradict the estimate, or there are too few"),
    severity="warning",
    why=Text(
        "估计只是纸上的数；营业厅试办出来差得多，排队、培训和给客户的说法都会跟着错。",
        "An estimate is a figure on paper; where halls measure something else, queues, training and what customers are told "
        "are all wrong.",
    ),
    source=Text(
        "上线前营业厅要试办并计时的要求。平均数按 Hall 变换后的 t 检验（扣除偏态，同一营业厅的计时按组内相关折算），见 docs/handling-time.md。",
        "Halls test a campaign and time it before it launches. The mean is tested by Student's t after Hall's transformation, "
        "which takes out the skewness; timings of one hall count for as much as they are independent (docs/handling-time.md).",
    ),
    passing=Sample(
        "handling:\n  steps: [{step: explain_offer, minutes: [2, 3, 4]}]\n  trials:\n"
        "    - {hall: sc-cd-001, on: 2026-11-20, seconds: [172, 190, 181, 165, 204, 178, 186, 193]}\n"
    ),
    failing=Sample(
        "handling:\n  steps: [{step: explain_offer, minutes: [2, 3, 4]}]\n  trials:\n"
        "    - {hall: sc-cd-001, on: 2026-11-20, seconds: [232, 250, 241, 225, 264, 238, 246, 253]}\n",
        places=((3, 3),),
    ),
    check=check,
    limits=("rehearsals", "rehearsal_difference", "rehearsal_significance"),
)
