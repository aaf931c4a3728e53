"""Handling time in the reports: the table of steps where a rule complains, and all of it in JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from campaigncheck.engine.finding import Report
from campaigncheck.messages import Lang
from campaigncheck.report import writer
from campaigncheck.report.schema import report_schema
from campaigncheck.report.text import write
from campaigncheck.rulekit.sample import complete
from tests.support.checking import check_specs

SLOW = """id: slow
period: {start: 2027-03-01, end: 2027-04-29}
channels: [hall, app]
handling:
  steps:
    - {step: sign, minutes: [1, 1, 1]}
    - {step: explain_offer, minutes: [3, 3, 3]}
    - {step: pay, minutes: [0.5, 0.5, 0.5], times: 2}
    - {step: issue_sim, minutes: [2, 2, 2], share: 0.3}
    - {step: sign, minutes: [0.4, 0.4, 0.4]}
    - {step: activate, minutes: [0.2, 0.2, 0.2]}
    - {step: print_receipt, minutes: [0.1, 0.1, 0.1]}
demand: {uptake: 6000, enquiries: 0.5, channel_share: {hall: 0.4, app: 0.6}}
"""
"""1200 transactions a month at the counters: a minute of each is 20 hours."""

QUICK = "id: quick\nhandling: {steps: [{step: sign, minutes: [1, 1, 1]}]}\n"


SLOW_PLACES = """id: places
handling:
  steps:
    - {step: explain_offer, minutes: [3, 4, 6]}
    - {step: pay, minutes: [1, 2, 4], halls: [sc-cd-002]}
  trials:
    - {hall: sc-cd-002, on: 2026-11-20, seconds: [330, 350, 270, 270, 2000]}
"""
PLACES = """\
步骤  ███████████▓▓▓▓▓ 6.3 分钟
      █ 讲清优惠 4.2  ▓ 收款 2.2
用时             ▅▁▃█▅▅▄▃▂▁▁
中位                 ▲ 6.0
平均            │         ▲ 7.8（标准 4）
九成                 │   ▲ 7.7（标准 6）
      0           5            10           15 分钟
步骤加起来 6.3 分钟；试办了 5 笔，合在一起算。
各厅步骤不一样，这是最慢的；最快的平均 4.2 分钟。
另有 7% 要更久，没有画出来。
"""


def checked(folder: Path, *fragments: str) -> Report:
    specs = {f"x{number}": complete(text) for number, text in enumerate(fragments)}
    return check_specs(folder, specs, select=("TIME001", "TIME002"))


def campaigns(report: Report) -> list[dict[str, Any]]:
    told: dict[str, Any] = json.loads(writer("json")(report, "zh"))
    Draft202012Validator(report_schema()).validate(told)
    found: list[dict[str, Any]] = told["campaigns"]
    return found


TABLES: dict[Lang, str] = {
    "zh": """\
柜台的时间花在哪里：slow
分钟  每月小时  步骤      可以简化
 3.0      60.0  讲清优惠
 1.0      20.0  签字
 1.0      20.0  收款      只做一遍可省 0.5 分钟
 0.6      12.0  发卡      不是每笔都要做，全挪到办理之前可省 0.6 分钟（先做这个）
 0.4       8.0  签字      列了两次，合并可省 0.4 分钟
""",
    "en": """\
Where the time at the counter goes: slow
minutes  hours a month  step               to simplify
    3.0           60.0  explain the offer
    1.0           20.0  sign
    1.0           20.0  pay                doing it once saves 0.5 min
    0.6           12.0  issue a SIM card   not for everyone: all of it before the visit saves 0.6 min (first)
    0.4            8.0  sign               listed twice: merging saves 0.4 min
""",
}


PICTURES: dict[Lang, str] = {
    "zh": """\
步骤  █████▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▒▒▒▒▒░░░··· 6.3 分钟
      █ 签字 1.0  ▓ 讲清优惠 3.0  ▒ 收款 1.0  ░ 发卡 0.6  · 其余 3 步 0.7
用时                              █         ▄
中位                              ▲ 5.7
平均                     │           ▲ 6.3（标准 4）
九成                               │        ▲ 7.7（标准 6）
      0        2         4         6         8 分钟
""",
    "en": """\
steps   █████▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▒▒▒▒▒░░░··· 6.3 min
        █ sign 1.0  ▓ explain the offer 3.0  ▒ pay 1.0  ░ issue a SIM card 0.6
        · 3 other steps 0.7
time                                █         ▄
median                              ▲ 5.7
mean                       │           ▲ 6.3 (standard 4)
p90                                  │        ▲ 7.7 (standard 6)
        0        2         4         6         8 min
""",
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_text_report_shows_the_steps_of_a_slow_campaign(tmp_path: Path, lang: Lang) -> None:
    text = writer("text")(checked(tmp_path, SLOW, QUICK), lang)
    assert f"\n\n{TABLES[lang]}\n{PICTURES[lang]}\n" in text


@pytest.mark.parametrize("width", [60, 70, 80, 300])
def test_the_picture_is_no_wider_than_the_screen_nor_than_eighty(tmp_path: Path, width: int) -> None:
    text = write(checked(tmp_path, SLOW), "en", width=width)
    drawn = text[text.index("\nsteps ") : text.index("\n        0 ")].splitlines()
    assert max(map(cell_len, drawn)) <= min(width, 80)


def test_colour_does_not_change_the_picture(tmp_path: Path) -> None:
    report = checked(tmp_path, SLOW)
    assert PICTURES["zh"] in write(report, "zh", colour=True)
    assert PICTURES["zh"] in write(report, "zh", colour=False)


def test_what_was_timed_and_that_halls_differ_is_said_below_the_picture(tmp_path: Path) -> None:
    text = writer("text")(checked(tmp_path, SLOW_PLACES), "zh")
    assert text[text.index("\n步骤 ") + 1 : text.index("没有写 demand")] == PLACES


def test_steps_that_take_no_time_have_no_picture(tmp_path: Path) -> None:
    twice = complete("handling: {steps: [{step: sign, minutes: [0, 0, 0], times: 2}]}\n")
    text = writer("text")(check_specs(tmp_path, {"x": twice}, select=("TIME004",)), "zh")
    assert "\n这些步骤一点时间也不花，画不出要办多久。\n" in text


def test_several_campaigns_are_apart(tmp_path: Path) -> None:
    text = writer("text")(checked(tmp_path, SLOW, SLOW.replace("id: slow", "id: slow-2")), "zh")
    assert f"{PICTURES['zh']}\n柜台的时间花在哪里：slow-2\n" in text


def test_nothing_is_shown_of_campaigns_that_are_quick_enough(tmp_path: Path) -> None:
    assert "柜台的时间" not in writer("text")(checked(tmp_path, QUICK), "zh")


def test_only_a_few_campaigns_are_shown(tmp_path: Path) -> None:
    text = writer("text")(checked(tmp_path, *(SLOW.replace("id: slow", f"id: slow-{n}") for n in range(5))), "zh")
    assert text.count("柜台的时间花在哪里") == 3
    assert "还有 2 个营销案没有列出，--format json 里有。\n" in text


def test_without_demand_hours_are_unknown(tmp_path: Path) -> None:
    text = writer("text")(checked(tmp_path, SLOW.partition("demand")[0]), "zh")
    assert " 3.0         –  讲清优惠\n" in text
    assert "没有写 demand，或者没有写各渠道的占比，算不出每月小时。\n" in text


def test_json_tells_each_step(tmp_path: Path) -> None:
    slow, quick = campaigns(checked(tmp_path, SLOW, QUICK))
    assert slow["handling_steps"][:4] == [
        {"step": "sign", "minutes": 1.0, "hours": 40.0, "hours_a_month": 20.0},
        {"step": "explain_offer", "minutes": 3.0, "hours": 120.0, "hours_a_month": 60.0},
        {"step": "pay", "minutes": 1.0, "hours": 40.0, "hours_a_month": 20.0, "saves": 0.5, "why": "repeated"},
        {"step": "issue_sim", "minutes": 0.6, "hours": 24.0, "hours_a_month": 12.0, "saves": 0.6, "why": "not_for_all"},
    ]
    assert quick["handling_steps"] == [{"step": "sign", "minutes": 1.0, "hours": None, "hours_a_month": None}]
    assert {"rehearsals", "handling_variants"}.isdisjoint({*slow, *quick})


REHEARSED = """handling:
  steps:
    - {step: explain_offer, minutes: [3, 3, 3]}
    - {step: pay, minutes: [2, 2, 2], halls: [sc-cd-002]}
  trials:
    - {hall: sc-cd-001, on: 2026-11-20, seconds: [180, 180, 240, 240]}
    - {hall: sc-cd-002, on: 2026-11-20, seconds: [330, 330, 270, 270]}
"""


def test_json_tells_rehearsals_and_places(tmp_path: Path) -> None:
    (found,) = campaigns(checked(tmp_path, REHEARSED))
    low, high = found["rehearsals"].pop("interval")
    assert low < 4.25 < high
    assert found["rehearsals"] == {
        "timed": 8, "independent": 2.4, "mean": 4.25, "estimated": 4.0, "halls": {"sc-cd-001": 3.5, "sc-cd-002": 5.0},
    }  # fmt: skip
    assert [
        (place["channel"], place["halls"], place["steps"], place["estimated"], place["mean"])
        for place in found["handling_variants"]
    ] == [
        ("hall", [], ["explain_offer"], 3.0, 3.14),
        ("hall", ["sc-cd-002"], ["explain_offer", "pay"], 5.0, 5.0),
    ]
    assert found["handling_minutes"]["mean"] == 5.0


def test_a_single_timing_has_no_interval(tmp_path: Path) -> None:
    single = "handling:\n  steps: [sign]\n  trials: [{hall: sc-cd-001, on: 2026-11-20, seconds: [60]}]\n"
    (found,) = campaigns(checked(tmp_path, single))
    assert found["rehearsals"]["interval"] is None
