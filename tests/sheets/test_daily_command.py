"""The daily sheet as a command writes it: files, exit codes, what is refused, hostile words."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from campaigncheck.cli.boundary import FAULT, FINDINGS, OK
from campaigncheck.cli.daily import Asked, make_daily
from campaigncheck.engine.errors import UsageError
from campaigncheck.rulekit.rule import Problem
from campaigncheck.rulekit.sample import complete
from campaigncheck.rules import all_rules
from tests.sheets.daily import DAY, RULES, daily, live, period
from tests.sheets.pages import Parsed

EVERYWHERE = 'regions: {include: ["510000"]}\n' + period("03-01", "04-30")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one launched campaign, and nothing yet made of it."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "one", "stage: draft\n" + EVERYWHERE)
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    (folder / "campaigns").mkdir(exist_ok=True)
    (folder / "campaigns" / f"{name}.yaml").write_text(complete(f"id: {name}\ntitle: {name}\n{text}"), encoding="utf-8")


def asked(where: str = "sc-cd-001", **more: object) -> Asked:
    given: dict[str, object] = {"on": None, "today": DAY, "folder": Path("out"), "rules_dir": str(RULES), **more}
    return Asked(where, **given)  # type: ignore[arg-type]


def test_one_page_and_one_file_of_data(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert make_daily(asked(formats=("html", "json")), "zh") == OK
    assert sorted(os.listdir("out")) == ["daily-sc-cd-001-2027-03-10.html", "daily-sc-cd-001-2027-03-10.json"]
    done = capsys.readouterr()
    assert done.err == ""
    assert done.out == (
        "今日单：out/daily-sc-cd-001-2027-03-10.html、out/daily-sc-cd-001-2027-03-10.json。今天这里没有可以办的活动。\n"
        "另有 1 个没有放行，单子上写明不能给客户用。\n"
    )
    found = json.loads(Path("out/daily-sc-cd-001-2027-03-10.json").read_text(encoding="utf-8"))
    assert [item["id"] for item in found["unusable"]] == ["one"]
    assert os.listdir("campaigns") == ["one.yaml"]


def test_the_day_and_the_formats_may_be_chosen(repository: Path) -> None:
    assert make_daily(asked("成都市", on=date(2027, 5, 1), formats=("html", "html")), "en") == OK
    assert os.listdir("out") == ["daily-510100-2027-05-01.html"]
    page = Path("out/daily-510100-2027-05-01.html").read_text(encoding="utf-8")
    assert "No campaign is live here today." in page
    assert '<html lang="en">' in page


def test_only_named_specs_are_looked_at(repository: Path) -> None:
    write(repository, "two", EVERYWHERE)
    make_daily(asked(paths=("campaigns/two.yaml",), formats=("json",)), "zh")
    found = json.loads(Path("out/daily-sc-cd-001-2027-03-10.json").read_text(encoding="utf-8"))
    assert [item["id"] for item in found["unusable"]] == ["two"]


BEFORE = """
title: 先来的
period: {start: 2026-10-01, end: 2027-03-31}
offers: [{id: points, name: 积分, product: points.exchange, kind: points, excludes: ["broadband.*"]}]
"""


def verdict(*paths: str) -> tuple[list[str], list[str]]:
    """What is live, and why something is not, in a winter with one campaign that passes by itself."""
    make_daily(asked(paths=paths, today=date(2026, 12, 20), formats=("json",)), "zh")
    (file,) = Path("out").iterdir()
    found = json.loads(file.read_text(encoding="utf-8"))
    return [item["id"] for item in found["campaigns"]], [why for item in found["unusable"] for why in item["why"]]


def test_a_campaign_that_another_one_blocks_is_not_live_though_only_it_is_named(repository: Path) -> None:
    winter = (RULES.parent / "campaigns" / "sichuan" / "sc-2026-winter-broadband.yaml").read_text(encoding="utf-8")
    shutil.copytree(RULES.parent / "clearances", repository / "clearances")
    (repository / "campaigns" / "winter.yaml").write_text(winter, encoding="utf-8")
    assert verdict("campaigns/winter.yaml") == (["sc-2026-winter-broadband"], [])
    text = complete(f"id: before\nstage: launched\n{BEFORE}")
    (repository / "campaigns" / "before.yaml").write_text(text, encoding="utf-8")
    assert verdict("campaigns/winter.yaml") == ([], ["检查发现 1 个错误"])


def test_another_day_is_named(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_daily(asked(on=date(2027, 5, 1)), "zh")
    assert capsys.readouterr().out == (
        "今日单：out/daily-sc-cd-001-2027-05-01.html。2027 年 5 月 1 日（周六）这里没有可以办的活动。\n"
    )
    make_daily(asked(on=date(2027, 5, 1)), "en")
    assert capsys.readouterr().out.endswith(". No campaign is live there on Sat 1 May 2027.\n")


def test_the_format_nearest_to_an_unknown_one_is_named(repository: Path) -> None:
    with pytest.raises(UsageError) as refused:
        make_daily(asked(formats=("jsno",)), "zh")
    assert refused.value.message.render("zh") == "今日单没有“jsno”这种格式"
    assert refused.value.hint.render("zh") == "是不是想写 json？"


def test_a_crash_is_shown_if_asked_for(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def raising(view: object) -> list[Problem]:
        raise ZeroDivisionError("三 over 零")

    rules = {**all_rules(), "LANG001": replace(all_rules()["LANG001"], check=raising)}
    monkeypatch.setattr("campaigncheck.engine.site.all_rules", lambda: rules)
    assert make_daily(asked(), "zh") == FAULT
    assert "Traceback" not in capsys.readouterr().err
    monkeypatch.setattr(sys, "argv", ["campaigncheck", "--debug"])
    assert make_daily(asked(), "zh") == FAULT
    assert "ZeroDivisionError: 三 over 零" in capsys.readouterr().err


def test_what_cannot_be_read_is_told(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "campaigns" / "broken.yaml").write_text("id: [", encoding="utf-8")
    assert make_daily(asked(), "en") == FINDINGS
    assert "so the daily sheet may be incomplete: campaigns/broken.yaml\n" in capsys.readouterr().err
    assert "campaigns/broken.yaml" in Path("out/daily-sc-cd-001-2027-03-10.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (asked("四川省"), "larger than a city"),
        (asked("nowhere"), "there is no hall or city"),
        (asked(on=date(1999, 12, 31)), "from 2000-01-01 to 2100-12-31"),
        (asked(on=date(9999, 12, 31)), "from 2000-01-01 to 2100-12-31"),
        (asked(formats=("docx",)), "no daily sheet in the format “docx”"),
        (asked(folder=Path("campaigns/one.yaml")), "a file, not a folder"),
        (asked(paths=("missing",)), "there is no such path"),
    ],
)
def test_what_is_wrong_is_refused_before_anything_is_written(repository: Path, given: Asked, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        make_daily(given, "zh")
    assert message in refused.value.message.render("en")
    assert not Path("out").exists()


def test_a_hall_whose_id_is_a_path_is_refused(repository: Path) -> None:
    (repository / "rules" / "network").mkdir(parents=True)
    table = "hall,name,region\n../../etc/x,某厅,510100\n"
    (repository / "rules" / "network" / "halls.csv").write_text(table, encoding="utf-8")
    for where in ("../../etc/x", "某厅"):
        with pytest.raises(UsageError, match="cannot be part of a file's name"):
            make_daily(asked(where, rules_dir="rules"), "zh")


SCRIPT = """
import sys
from datetime import date
from pathlib import Path
from campaigncheck.cli.daily import Asked, make_daily
asked = Asked("成都市", None, date(2027, 3, 10), Path(sys.argv[1]), (sys.argv[2],), sys.argv[3], ("html", "json"))
code = make_daily(asked, "zh")
print(code)
"""


def test_the_same_campaigns_give_the_same_bytes(tmp_path: Path) -> None:
    specs = Path(__file__).parent / "daily_golden" / "campaigns"
    made = []
    for seed in ("1", "2"):
        call = [sys.executable, "-c", SCRIPT, str(tmp_path / seed), str(specs), str(RULES)]
        subprocess.run(call, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
        made.append({path.name: path.read_bytes() for path in (tmp_path / seed).iterdir()})
    assert len(made[0]) == 2
    assert made[0] == made[1]


HOSTILE = [
    "<script>alert(1)</script>",
    "{ { 7 } }",
    "{% raw %}",
    "&lt;b&gt;",
    '" onload="x',
    "{zh}",
    "\u202eabc",
    "=1+1",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_campaigns_words_are_text_and_nothing_else(tmp_path: Path, words: str) -> None:
    from campaigncheck.sheets.daily import data, html

    said = json.dumps(words)
    plain = daily(tmp_path, {"one": EVERYWHERE + spec('"词"'), "two": EVERYWHERE})
    sheet = daily(tmp_path, {"one": EVERYWHERE + spec(said), "two": EVERYWHERE})
    assert live(sheet) == ["one", "two"]
    page, harmless = Parsed(html.write(sheet, "zh")), Parsed(html.write(plain, "zh"))
    assert page.shape == harmless.shape
    shown = words.replace("\u202e", "\ufffd")
    assert page.text.count(shown) == harmless.text.count("词")
    assert json.loads(data.write(sheet, "zh"))["campaigns"][0]["questions"] == [shown]


def test_a_template_in_a_title_is_text_where_the_campaign_is_refused(tmp_path: Path) -> None:
    from campaigncheck.sheets.daily import html

    sheet = daily(tmp_path, {"one": EVERYWHERE + 'title: "{{ 7 * 7 }}"\n' + "stage: testing\n"})
    assert "{{ 7 * 7 }}" in Parsed(html.write(sheet, "zh")).text


def spec(words: str) -> str:
    """A campaign that says the same words in every field that the sheet shows."""
    return (
        f"title: {words}\nsummary: {words}\nanswers: [{{phrase: {words}, answer: {words}}}]\n"
        f"owner: {{region: '510000', department: {words}, contact: {words}}}\nsupport: {{contact: {words}}}\n"
        f"faq: [{{topic: price, q: {words}, a: {words}}}]\n"
        f"offers: [{{id: a, name: {words}, product: points.exchange, kind: points}}]\n"
    )
