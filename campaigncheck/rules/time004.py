"""TIME004: more than one signature, or a step asked for twice."""

from __future__ import annotations

from collections.abc import Iterator

from campaigncheck.handling.counter import together
from campaigncheck.messages import Text
from campaigncheck.rulekit.rule import CampaignView, Problem, Related, Rule, Sample

_TWICE = Text("步骤“{name}”列了两次", "the step “{name}” is listed twice")
_TIMES = Text("“{name}”要做 {times} 遍", "“{name}” is done {times} times")
_HINT = Text(
    "先简化再宣传：一次签字、不重复确认；能合并就合并成一步。",
    "Simplify before advertising: one signature, no repeated confirmation; make it one step.",
)
_FIRST = Text("第一次在这里", "it is first listed here")


def check(view: CampaignView) -> Iterator[Problem]:
    """Yield steps listed before for the same place, and once-only steps (a signature) done several times."""
    catalogue = view.catalogues.steps.steps
    steps = view.campaign.handling.steps
    if len({use.step for use in steps}) == len(steps) and all(use.times == 1 for use in steps):
        return
    before: dict[str, list[int]] = {}
    for index, use in enumerate(steps):
        entry = catalogue.get(use.step)
        name = entry.name.text if entry else use.step
        first = next((at for at in before.get(use.step, ()) if together(steps[at], use)), None)
        if first is not None:
            related = (Related(None, ("handling", "steps", first), _FIRST()),)
            yield Problem(("handling", "steps", index), _TWICE(name=name), _HINT(), related=related)
        elif entry is not None and entry.once and use.times > 1:
            path = ("handling", "steps", index, "times")
            yield Problem(path, _TIMES(name=name, times=use.times), _HINT())
        before.setdefault(use.step, []).append(index)


RULE = Rule(
    id="TIME004",
    title=Text("多次签字或重复的步骤", "several signatures or a step asked for twice"),
    severity="warning",
    why=Text(
        "让客户签几次字、同一件事问两遍，既慢又惹人烦，而且大多可以合并。",
        "Signing several times and being asked the same twice is slow and annoying, and can mostly be merged.",
    ),
    source=Text(
        "先简化流程再宣传的要求：一次签字，不重复确认。",
        "Simplify before advertising: one signature, no repeated confirmations.",
    ),
    passing=Sample("handling:\n  steps: [verify_identity, {step: confirm_order, times: 2}, sign]\n"),
    failing=Sample(
        "handling:\n  steps:\n    - verify_identity\n    - {step: sign, times: 2}\n    - verify_identity\n",
        places=((4, 27), (5, 7)),
    ),
    check=check,
)
