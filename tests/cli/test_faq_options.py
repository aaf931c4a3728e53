"""``faq`` with its three ways of use: sheets, the daily sheet, drafts; and what does not go together."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from campaigncheck.cli.daily import Asked
from campaigncheck.cli.faq import faq
from campaigncheck.engine.errors import UsageError
from campaigncheck.rulekit.sample import complete

TODAY = ("--today", "2026-12-01")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one campaign of the whole country."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "campaigns").mkdir()
    text = complete(
        'id: one\ntitle: 春天\nperiod: {start: 2027-03-01, end: 2027-03-31}\nregions: {include: ["000000"]}\n'
    )
    (tmp_path / "campaigns" / "one.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def own_templates() -> None:
    """Write a folder with a template for Markdown, and one with a style for all pages."""
    for folder, name in (("mine", "sheet.md.j2"), ("style", "style.css")):
        Path(folder).mkdir()
        (Path(folder) / name).write_text("own", encoding="utf-8")


def called(*arguments: str) -> Result:
    return CliRunner().invoke(faq, [*arguments, *TODAY], standalone_mode=False, catch_exceptions=False)


@pytest.mark.usefixtures("repository")
def test_sheets_in_several_formats() -> None:
    assert called("-o", "out", "--format", "html,json", "--format", "sms").return_value == 0
    assert sorted(os.listdir("out")) == ["index.html", "one.html", "one.json", "one.sms.csv"]


@pytest.mark.usefixtures("repository")
def test_the_daily_sheet_of_a_city() -> None:
    assert called("-o", "out", "--for", "成都市", "--on", "2027-03-10").return_value == 0
    assert os.listdir("out") == ["daily-510100-2027-03-10.html"]
    assert "春天" in Path("out/daily-510100-2027-03-10.html").read_text("utf-8")


@pytest.mark.usefixtures("repository")
def test_the_daily_sheet_may_link_to_the_sheets_that_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Asked] = []

    def make(given: Asked, lang: str) -> int:
        asked.append(given)
        return 0

    monkeypatch.setattr("campaigncheck.cli.daily.make_daily", make)
    called("-o", "out", "--for", "510100")
    called("-o", "out")
    called("-o", "out", "--for", "510100", "--on", "2027-03-10")
    assert [set(one.linked) for one in asked] == [set(), {"one", "index"}]
    assert [one.on for one in asked] == [None, date(2027, 3, 10)]


@pytest.mark.usefixtures("repository")
def test_drafts_go_to_standard_output_or_into_the_file() -> None:
    before = Path("campaigns/one.yaml").read_text("utf-8")
    done = called("--draft", "one")
    assert done.return_value == 0
    assert "【草稿】" in done.stdout
    assert Path("campaigns/one.yaml").read_text("utf-8") == before
    called("--draft", "one", "--write")
    assert "【草稿】" in Path("campaigns/one.yaml").read_text("utf-8")


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "没有写 FAQ 单放在哪个文件夹"),
        (("-o", "out", "--on", "2027-03-10"), "--on 要和 --for 一起用"),
        (("-o", "out", "--write"), "--write 要和 --draft 一起用"),
        (("--draft", "one", "-o", "out"), "--draft 和 -o 不能一起用"),
        (("--draft", "one", "--for", "510100"), "--draft 和 --for 不能一起用"),
        (("--draft", "one", "--format", "pdf"), "--draft 和 --format 不能一起用"),
        (("--draft", "one", "--templates", "mine"), "--draft 和 --templates 不能一起用"),
        (("--draft", "one", "--jobs", "2"), "--draft 和 --jobs 不能一起用"),
        (("-o", "out", "--for", "510100", "--jobs", "0"), "--for 和 --jobs 不能一起用"),
        (("-o", "out", "--format", "json,sms", "--templates", "mine"), "没有一个模板是这次要用的"),
        (("-o", "out", "--format", "html", "--templates", "mine"), "没有一个模板是这次要用的"),
        (("-o", "out", "--for", "510100", "--templates", "mine"), "没有一个模板是这次要用的"),
        (("-o", "out", "--for", "510100", "--format", "json", "--templates", "style"), "没有一个模板是这次要用的"),
        (("--draft", "two"), "没有编号为“two”的营销案"),
        (("-o", "out", "--for", "510000"), "营业厅在城市里"),
        (("-o", "out", "--for", "510100", "--format", "pdf"), "今日单没有“pdf”这种格式"),
        (
            (
                "-o",
                "campaigns/one.yaml",
            ),
            "campaigns/one.yaml 是文件，不是文件夹",
        ),
    ],
)
def test_what_does_not_go_together_is_refused(arguments: tuple[str, ...], said: str) -> None:
    own_templates()
    with pytest.raises(UsageError) as raised:
        called(*arguments)
    assert said in raised.value.message.render("zh")
    assert not Path("out").exists()


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (("--format", "json,markdown", "--templates", "mine"), "out/one.md"),
        (("--format", "json", "--templates", "style"), "out/index.html"),
        (("--for", "510100", "--templates", "style"), f"out/daily-510100-{TODAY[1]}.html"),
    ],
)
def test_templates_that_have_a_part_in_what_is_made_are_used(arguments: tuple[str, ...], file: str) -> None:
    own_templates()
    assert called("-o", "out", *arguments).return_value == 0
    assert "own" in Path(file).read_text("utf-8")


@pytest.mark.usefixtures("repository")
def test_templates_that_are_not_used_are_told_with_those_that_would_be() -> None:
    own_templates()
    with pytest.raises(UsageError) as raised:
        called("-o", "out", "--format", "html", "--templates", "mine")
    assert raised.value.hint.render("zh") == (
        "这次用到的模板是：banner.html.j2、index.html.j2、page.html.j2、sheet.html.j2、style.css；"
        "去掉 --templates，或者换一种 --format。"
    )
    with pytest.raises(UsageError) as raised:
        called("-o", "out", "--for", "510100", "--format", "json", "--templates", "style")
    assert raised.value.hint.render("zh") == "要做的格式不用模板：去掉 --templates，或者换一种 --format。"


@pytest.mark.usefixtures("repository")
def test_a_list_of_a_sites_own_that_fails_does_so_before_any_sheet_is_written() -> None:
    Path("mine").mkdir()
    Path("mine/index.html.j2").write_text("\n{{ nobody.knows }}\n", encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        called("-o", "out", "--templates", "mine")
    assert "index.html.j2 第 2 行出错：没有“nobody”这个名字" in raised.value.message.render("zh")
    assert not Path("out").exists()
