"""After-service cost in the reports of a run: text and JSON as they stand, for whom and for whom not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from campaigncheck.aftercare.campaigns import customers, of_report
from campaigncheck.algebra.days import Days
from campaigncheck.catalogue.problems import CatalogueError
from campaigncheck.engine.finding import Report
from campaigncheck.messages import LANGS, Lang
from campaigncheck.report import writer
from campaigncheck.report.schema import report_schema
from campaigncheck.rulekit.sample import complete
from campaigncheck.understand.draws import Draws
from tests.support.checking import check_specs

GOLDEN = Path(__file__).parent / "golden"
PERIOD = "period: {start: 2027-03-01, end: 2027-04-29}\n"
LEFT = f"""id: left
{PERIOD}texts:
  - {{channel: app, text: 免费送您一份，人人都有。}}
demand: {{uptake: 12000, enquiries: 0.5}}
"""
"""“Free” without its condition: a warning, met by 18,000 customers."""

BLOCKED = f"""id: blocked
{PERIOD}texts:
  - {{channel: app, text: 免费送您一份，全国第一。}}
demand: {{uptake: 1000}}
"""
"""The same, and wording that the law forbids: an error."""

UNKNOWN = LEFT.replace("id: left", "id: unknown").partition("demand")[0]
CLEAN = f"id: clean\n{PERIOD}texts:\n  - {{channel: app, text: 每月20元。}}\ndemand: {{uptake: 12000}}\n"
NOTED = CLEAN.replace(
    "每月20元。", "每月20元，" + "办好以后下个月起按这个价格收取，" * 6 + "到期前会再告诉您。"
).replace("clean", "noted")

RULES = ("LANG003", "LANG004", "LANG005")


def checked(folder: Path, *fragments: str, rules: Path | None = None, today: date = date(2026, 12, 1)) -> Report:
    specs = {f"x{number}": complete(text) for number, text in enumerate(fragments)}
    return check_specs(folder, specs, select=RULES, rules=rules, today=today)


def told(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(writer("json")(report, "zh"))
    Draft202012Validator(report_schema()).validate(found)
    return {item["id"]: item.get("aftercare") for item in found["campaigns"]}


@pytest.mark.parametrize("lang", LANGS)
def test_the_text_report_shows_what_it_costs(tmp_path: Path, lang: Lang) -> None:
    whole = writer("text")(checked(tmp_path, LEFT, BLOCKED, UNKNOWN, CLEAN), lang)
    golden = (GOLDEN / f"table.{lang}.txt").read_text(encoding="utf-8")
    assert f"\n\n{golden}\n" in whole


def test_json_tells_everything(tmp_path: Path) -> None:
    found = told(checked(tmp_path, LEFT, BLOCKED))
    golden = json.loads((GOLDEN / "aftercare.json").read_text(encoding="utf-8"))
    assert found == golden


def test_json_is_as_worked_out_by_hand(tmp_path: Path) -> None:
    found = told(checked(tmp_path, LEFT))["left"]
    assert found["customers"] == 18_000
    assert found["left"] == found["as_it_is"]
    assert found["left"]["complaints"] == 72.0  # 40 of 10,000
    assert found["left"]["yuan"] == round(72 / 28_000 * 50_000, 2) == 128.57
    assert (found["left"]["repair_minutes"], found["left"]["repair_yuan"]) == (30, 20)


def test_nothing_is_said_of_campaigns_without_anything_left(tmp_path: Path) -> None:
    report = checked(tmp_path, CLEAN, NOTED)
    assert [finding.rule for finding in report.findings] == ["LANG004"]
    assert told(report) == {"clean": None, "noted": None}
    assert of_report(report) == {}
    assert "投诉" not in writer("text")(report, "zh")


def test_without_demand_it_is_unknown_and_says_so(tmp_path: Path) -> None:
    report = checked(tmp_path, UNKNOWN)
    found = told(report)["unknown"]
    assert (found["customers"], found["left"]["complaints"], found["left"]["yuan"]) == (None, None, None)
    assert found["left"]["repair_yuan"] == 20
    assert "1 个营销案不知道会有多少客户（没有写 demand，或者预计没有人来），算不出投诉。\n" in writer("text")(
        report, "zh"
    )
    assert "合计" not in writer("text")(report, "zh")


def test_only_the_dearest_few_are_shown(tmp_path: Path) -> None:
    many = [LEFT.replace("id: left", f"id: left-{n}").replace("12000", str(1000 * n)) for n in range(1, 8)]
    lines = writer("text")(checked(tmp_path, *many), "zh").splitlines()
    rows = [line.split()[-1] for line in lines if "LANG005（" in line]
    assert rows == ["left-7", "left-6", "left-5", "left-4", "left-3"]
    assert "还有 2 个营销案没有列出，--format json 里有。" in lines


def test_a_campaign_that_does_not_fit_costs_nothing_that_could_be_told(tmp_path: Path) -> None:
    assert told(checked(tmp_path, LEFT + "zzz: 1\n")) == {"left": None}


def test_days_gone_by_bring_no_complaints(tmp_path: Path) -> None:
    half = checked(tmp_path, LEFT, today=date(2027, 3, 31))
    assert told(half)["left"]["customers"] == 9_000


@pytest.mark.parametrize(
    ("shape", "first", "expected"), [(False, 1, 1500), (False, 26, 1125), (True, 26, 750), (True, 101, 0)]
)
def test_customers_are_those_still_to_come_on_all_channels(shape: bool, first: int, expected: float) -> None:
    draws = Draws(1000, 0, 0, 0, 0, shape, Days(1, 100), None, 0.5)
    assert customers(draws, Days(first, 100)) == pytest.approx(expected)


MEASURED = "rule,complaints,customers,rate,low,high,source\nLANG005,19,9750,20,10,30,measured\n"


def rules_folder(folder: Path, **files: str) -> Path:
    rules = folder / "rules"
    rules.mkdir()
    for name, text in files.items():
        path = rules / name.replace("__", "/").replace("_csv", ".csv").replace("_yaml", ".yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return rules


def test_measured_rates_stand_in_for_assumed_ones(tmp_path: Path) -> None:
    report = checked(tmp_path, LEFT, BLOCKED, rules=rules_folder(tmp_path, complaints_csv=MEASURED))
    found = told(report)
    assert found["left"]["left"]["complaints"] == 36.0  # (1 + 19) of (250 + 9,750)
    shares = {share["rule"]: (share["complaints_of_10000"], share["rate"]) for share in found["blocked"]["findings"]}
    assert shares == {"LANG005": (20.0, "measured"), "LANG003": (40.0, "assumed")}
    assert "LANG005 用的是量到的投诉率（complaints.csv），其余是假设。\n" in writer("text")(report, "zh")


def test_if_all_are_measured_that_is_said(tmp_path: Path) -> None:
    report = checked(tmp_path, LEFT, rules=rules_folder(tmp_path, complaints_csv=MEASURED))
    assert "All rates are measured (complaints.csv).\n" in writer("text")(report, "en")


OVERLAY = "about: {{title: 本省, source: 测试}}\nlimits: {{{name}: {{value: {value}, source: 测试}}}}\n"


def test_a_province_may_have_figures_of_its_own(tmp_path: Path) -> None:
    overlay = OVERLAY.format(name="complaints_promise", value=10)
    rules = rules_folder(tmp_path, overlays__510000_yaml=overlay)
    elsewhere = 'owner: {region: "330000", department: 市场部, contact: a@example.com}\n'
    there = LEFT.replace("id: left\n", f"id: there\n{elsewhere}")
    found = told(checked(tmp_path, LEFT, there, rules=rules))
    assert [found[name]["left"]["complaints"] for name in ("left", "there")] == [18.0, 72.0]


def test_nobody_can_handle_no_complaints(tmp_path: Path) -> None:
    overlay = OVERLAY.format(name="complaint_orders", value=0)
    with pytest.raises(CatalogueError) as refused:
        checked(tmp_path, LEFT, rules=rules_folder(tmp_path, overlays__510000_yaml=overlay))
    (problem,) = refused.value.problems
    assert problem.message.render("en") == "“complaint_orders” cannot be 0"


def test_a_policy_without_a_figure_is_refused(tmp_path: Path) -> None:
    import yaml

    whole = yaml.safe_load((Path(__file__).parents[2] / "rules" / "policy.yaml").read_text(encoding="utf-8"))
    del whole["limits"]["complaint_orders"]
    whole["loosenable"]["limits"].remove("complaint_orders")
    with pytest.raises(CatalogueError) as refused:
        checked(tmp_path, LEFT, rules=rules_folder(tmp_path, policy_yaml=yaml.safe_dump(whole, allow_unicode=True)))
    (problem,) = refused.value.problems
    assert problem.message.render("en") == "policy.yaml gives no complaint_orders, which the after-service cost needs"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("LANG05,1,2,3,2,4,x\n", "there is no rule “LANG05”; did you mean “LANG005”?"),
        ("zzz,1,2,3,2,4,x\n", "there is no rule “zzz”"),
        ("LANG005,-1,2,3,2,4,x\n", "complaints “-1” is no number from 0 on"),
        ("LANG005,1,nan,3,2,4,x\n", "customers “nan” is no number from 0 on"),
        ("LANG005,1,,3,2,4,x\n", "customers “” is no number from 0 on"),
        ("LANG005,1,0,3,2,4,x\n", "customers is 0, which makes no rate"),
        ("LANG005,1,2,3,4,5,x\n", "low, rate and high must go from low to high"),
        ("LANG005,1,2,3,2,4,x\nLANG005,1,2,3,2,4,x\n", "“LANG005” has been listed before"),
        ("LANG005,1,2\n", "3 columns instead of 7"),
    ],
)
def test_a_table_of_rates_that_cannot_be_is_refused_with_its_line(tmp_path: Path, rows: str, expected: str) -> None:
    rules = rules_folder(tmp_path, complaints_csv=MEASURED.partition("\n")[0] + "\n" + rows)
    with pytest.raises(CatalogueError) as refused:
        checked(tmp_path, LEFT, rules=rules)
    (problem,) = refused.value.problems
    assert expected in problem.message.render("en")
    assert problem.path.endswith("complaints.csv")
    assert problem.place is not None
    assert problem.place.line == rows.count("\n") + 1
