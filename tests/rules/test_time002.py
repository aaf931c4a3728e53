"""What TIME001 and TIME002 say of rehearsals: the figures, and the advice that fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigncheck.engine.finding import Finding
from campaigncheck.rulekit.sample import complete
from tests.support.checking import check_specs

STEADY = [-8, 10, 1, -15, 24, -2, 6, 13]
"""How far timings are off their mean, in seconds."""


def seconds(mean: float) -> list[float]:
    return [mean + off - sum(STEADY) / len(STEADY) for off in STEADY]


def spec(steps: str, *halls: tuple[str, list[float]], stage: str = "testing") -> str:
    trials = "".join(f"    - {{hall: {hall}, on: 2026-11-20, seconds: {timed}}}\n" for hall, timed in halls)
    return f"stage: {stage}\nhandling:\n  steps: [{steps}]\n" + ("  trials:\n" + trials if trials else "")


def found(folder: Path, fragment: str, rule: str = "TIME002") -> list[Finding]:
    return list(check_specs(folder, {"a": complete(fragment)}, select=(rule,)).findings)


def hint(folder: Path, fragment: str) -> str:
    (finding,) = found(folder, fragment)
    return finding.hint.render("zh")


EXPLAIN = "verify_identity, {step: explain_offer, minutes: [0.5, 1, 4]}, sign"
"""0.55 + 1.4167 + 0.3333 = 2.3 minutes, most of whose variance is that of explaining."""


def test_the_message_tells_all_figures(tmp_path: Path) -> None:
    halls = [("sc-cd-001", seconds(180)), ("sc-cd-002", seconds(180)), ("sc-cd-003", seconds(180))]
    (finding,) = found(tmp_path, spec(EXPLAIN, *halls))
    assert finding.message.render("zh") == (
        "试办和估计对不上：在成都春熙路营业厅、成都宽窄巷营业厅、成都火车北站营业厅计时 24 笔，平均 3.0 分钟"
        "（95% 的把握在 2.9 到 3.1 之间），比按步骤估计的 2.3 分钟多 30%"
    )
    assert finding.message.render("en") == (
        "rehearsals contradict the estimate: 24 timed at 成都春熙路营业厅, 成都宽窄巷营业厅, 成都火车北站营业厅 took 3.0 minutes "
        "on average (95 % interval 2.9 to 3.1), 30 % more than the 2.3 minutes that the steps add up to"
    )


def test_the_likeliest_step_is_the_one_whose_times_vary_most(tmp_path: Path) -> None:
    halls = [("sc-cd-001", seconds(180)), ("sc-cd-002", seconds(180))]
    assert hint(tmp_path, spec(EXPLAIN, *halls)) == (
        "最可能是“讲清优惠”写得不准：单是这一步的话，每次要 2.1 分钟，不是现在的 1.4 分钟。试办时把这一步单独掐表，再改它的 minutes。"
    )


@pytest.mark.parametrize(("mean", "which"), [(400, "漏写"), (60, "多写")])
def test_a_difference_that_no_step_explains(tmp_path: Path, mean: float, which: str) -> None:
    halls = [("sc-cd-001", seconds(mean)), ("sc-cd-002", seconds(mean))]
    assert hint(tmp_path, spec(EXPLAIN, *halls)) == (
        f"差得太多，哪一步单独都解释不了：看看是不是{which}了步骤，试办时分步掐表，把量到的时间写进各步的 minutes。"
    )


def test_one_hall_says_nothing_of_others(tmp_path: Path) -> None:
    said = hint(tmp_path, spec(EXPLAIN, ("sc-cd-001", seconds(180) * 3)))
    assert said.startswith("都是在一家营业厅试的，说不准是不是只有它这样：再找一两家试。最可能是“讲清优惠”")


def test_halls_unlike_each_other_are_named(tmp_path: Path) -> None:
    halls = [("sc-cd-001", seconds(140)), ("sc-cd-002", seconds(300)), ("sc-cd-003", seconds(142))]
    assert hint(tmp_path, spec(EXPLAIN, *halls)) == (
        "各厅差得多，从成都春熙路营业厅平均 2.3 分钟到成都宽窄巷营业厅平均 5.0 分钟，别的厅会怎样还说不准："
        "先弄清这两家的做法哪里不同，再找几家试。"
    )


def test_many_halls_are_not_all_named(tmp_path: Path) -> None:
    halls = [(f"sc-cd-00{number}", seconds(180)) for number in range(1, 6)]
    (finding,) = found(tmp_path, spec(EXPLAIN, *halls))
    assert "在成都春熙路营业厅、成都宽窄巷营业厅、成都火车北站营业厅等 5 家营业厅计时 40 笔" in finding.message.render(
        "zh"
    )
    assert (
        "at 成都春熙路营业厅, 成都宽窄巷营业厅, 成都火车北站营业厅 and others, 5 halls, took"
        in finding.message.render("en")
    )


def test_a_slip_is_told_with_what_was_meant(tmp_path: Path) -> None:
    halls = [("sc-cd-001", seconds(138)), ("sc-cd-002", [*seconds(138), 1420])]
    (finding,) = found(tmp_path, spec(EXPLAIN, *halls))
    assert finding.message.render("zh") == "这一笔 1420 秒，和其他各笔差得太远：算上它平均 3.6 分钟，不算它 2.3 分钟"
    assert finding.hint.render("zh") == "是不是 142 秒，写错了位数或者单位？请查原始记录。"
    assert finding.pointer == "/handling/trials/1/seconds/8"


def test_a_contradiction_that_rests_on_a_slip_says_so(tmp_path: Path) -> None:
    """All but one took 14 % longer than expected; one in twenty-five, three times as long, makes it 24 %."""
    close = [157 + off / 10 for off in STEADY * 3]
    halls = [("sc-cd-001", close[:12]), ("sc-cd-002", [*close[12:], 481])]
    slip, contradiction = sorted(found(tmp_path, spec(EXPLAIN, *halls)), key=lambda item: -item.place.line)
    assert slip.pointer == "/handling/trials/1/seconds/12"
    assert contradiction.hint.render("zh") == "先核对 481 秒这一笔：不算它，平均 2.6 分钟，和估计就对得上了。"


def test_too_few_say_how_many_more(tmp_path: Path) -> None:
    agree = spec(EXPLAIN, ("sc-cd-001", seconds(138)), stage="optimising")
    (finding,) = found(tmp_path, agree)
    assert finding.message.render("zh") == "“优化”阶段要有 20 笔试办计时，现在只有 8 笔"
    assert (
        finding.hint.render("zh")
        == "再试办 12 笔，写进 handling.trials；现在的都在成都春熙路营业厅，请换一两家营业厅。"
    )
    (finding,) = found(tmp_path, spec(EXPLAIN, stage="optimising"))
    assert finding.message.render("zh") == "“优化”阶段要有 20 笔试办计时，现在一笔也没有"
    assert finding.hint.render("zh") == ("再试办 20 笔，每笔从开始办理到结束掐表，写进 handling.trials 的 seconds。")


def test_time001_tells_estimate_and_measurement(tmp_path: Path) -> None:
    slow = spec("{step: explain_offer, minutes: [3, 3, 3]}", ("sc-cd-001", [300] * 10), ("sc-cd-002", [300] * 10))
    (finding,) = found(tmp_path, slow, "TIME001")
    assert finding.message.render("zh") == (
        "柜台办理超时：平均 4.3 分钟（标准 4）（按步骤估计 3.0 分钟，试办 20 笔平均 5.0 分钟，两样合起来算）"
    )


def test_time001_names_the_slowest_hall(tmp_path: Path) -> None:
    slow = spec("{step: sign, minutes: [0.2, 0.2, 0.2]}, {step: explain_offer, minutes: [5, 5, 5], halls: [sc-cd-002]}")
    (finding,) = found(tmp_path, slow, "TIME001")
    assert finding.message.render("zh") == "成都宽窄巷营业厅柜台办理超时：平均 5.2 分钟（标准 4）"
    fast = spec(
        "{step: explain_offer, minutes: [5, 5, 5]}, {step: explain_offer, minutes: [2, 2, 2], halls: [sc-cd-002]}"
    )
    (finding,) = found(tmp_path, fast, "TIME001")
    assert finding.message.render("zh") == "没有单列步骤的营业厅柜台办理超时：平均 5.0 分钟（标准 4）"
