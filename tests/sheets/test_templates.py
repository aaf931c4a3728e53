"""A site's own templates: they stand in for the built-in ones of their name, and say where they fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigncheck.engine.errors import UsageError
from campaigncheck.sheets import markdown
from campaigncheck.sheets.edition import Listed
from campaigncheck.sheets.model import Sheet
from campaigncheck.sheets.render import render_index, write
from campaigncheck.sheets.templating import check_templates, known_templates
from tests.sheets.pages import TODAY, Parsed, campaign, sheet

EXTENDS = '{% extends "builtin/sheet.html.j2" %}\n'


def given(title: str = "打折") -> Sheet:
    """The sheet of a small campaign."""
    return sheet(campaign(f"title: '{title}'\nstage: launched\n"))


def template(folder: Path, text: str, name: str = "sheet.html.j2") -> Path:
    """Write a template, and look at the folder as the command does."""
    (folder / name).write_text(text, encoding="utf-8")
    check_templates(folder)
    return folder


def refused(folder: Path) -> tuple[str, str]:
    """Message and hint of a refused folder."""
    with pytest.raises(UsageError) as caught:
        check_templates(folder)
    return caught.value.message.render("zh"), caught.value.hint.render("zh")


def failed(folder: Path, text: str, name: str = "sheet.html.j2") -> str:
    """What is said of a template that fails when it is filled in."""
    template(folder, text, name)
    with pytest.raises(UsageError) as caught:
        write(given(), "zh", folder)
    return caught.value.message.render("zh")


def test_a_template_stands_in_for_the_built_in_one(tmp_path: Path) -> None:
    own = template(tmp_path, "<p>{{ sheet.title }} {{ page.issued | say }} {{ sheet.issued }}</p>\n")
    assert write(given("<b>打折"), "zh", own) == "<p>&lt;b&gt;打折 制单日期 2026-12-01</p>\n"


def test_a_template_may_build_on_the_built_in_one(tmp_path: Path) -> None:
    own = template(tmp_path, EXTENDS + "{% block title %}某省 · {{ sheet.title }}{% endblock %}\n")
    text = write(given("<b>打折"), "zh", own)
    assert "<title>某省 · &lt;b&gt;打折</title>" in text
    assert "价格和条款" in Parsed(text).text


def test_the_frame_of_all_pages_can_be_replaced(tmp_path: Path) -> None:
    own = template(tmp_path, "{% block body %}{% endblock %}<i>页脚</i>", "page.html.j2")
    assert write(given(), "zh", own).endswith("<i>页脚</i>")
    assert render_index([Listed("a", "甲", "pass", True, "live")], TODAY, "zh", templates=own).endswith("<i>页脚</i>")


def test_styles_and_markdown_can_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("h1 { color: red; }", encoding="utf-8")
    own = template(tmp_path, "{{ sheet.title }}|{{ cell(sheet.title) }}", "sheet.md.j2")
    assert Parsed(write(given(), "zh", own)).style.strip().startswith("h1 { color: red; }")
    assert markdown.write(given("*打折*"), "zh", own) == "\\*打折\\*|\\*打折\\*"


def test_hidden_files_do_not_count(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("x", encoding="utf-8")
    template(tmp_path, "x")
    (tmp_path / "sheet.html.j2").unlink()
    message, hint = refused(tmp_path)
    assert message.endswith("里一个模板也没有")
    assert hint == f"模板的文件名可以是：{'、'.join(known_templates())}。"
    assert {"sheet.html.j2", "page.html.j2", "index.html.j2", "sheet.md.j2", "style.css"} <= set(known_templates())


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("sheet.html", "是不是想写 sheet.html.j2？"),
        ("Sheet.html.j2", "是不是想写 sheet.html.j2？"),
        ("zzz", "模板的文件名可以是："),
    ],
)
def test_a_file_that_is_no_template_is_refused(tmp_path: Path, name: str, hint: str) -> None:
    (tmp_path / name).write_text("x", encoding="utf-8")
    message, said = refused(tmp_path)
    assert message.endswith(f"/{name} 不是哪个模板的名字")
    assert said.startswith(hint)


def test_a_folder_with_the_name_of_a_template_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sheet.html.j2").mkdir()
    assert refused(tmp_path)[0].endswith("不是哪个模板的名字")


def test_a_folder_that_is_missing_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "no")[0].startswith("没有模板文件夹：")


def test_a_syntax_error_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "index.html.j2").write_text("a\nb\n{% if %}\n", encoding="utf-8")
    message, hint = refused(tmp_path)
    assert (
        "index.html.j2 第 3 行出错：写法不对（原文：Expected an expression, got 'end of statement block'）" in message
    )
    assert hint == "改好这一行；模板里能用什么写在 docs/sheets.md。"


def test_a_template_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sheet.html.j2").write_bytes("打折".encode("gbk"))
    assert "sheet.html.j2 读不了：" in refused(tmp_path)[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1\n2\n{{ nosuch }}", "第 3 行出错：没有“nosuch”这个名字"),
        ("{{ sheet.nosuch }}", "第 1 行出错：没有“nosuch”这一项"),
        ("\n{{ ''.__class__.__mro__ }}", "第 2 行出错：模板里不许用“__class__”"),
        ("\n\n\n{{ 1 // 0 }}", "第 4 行出错：除数是 0"),
        ("{% include 'nosuch' %}", "第 1 行出错：没有叫“nosuch”的模板"),
        ("{% include '../x' %}", "第 1 行出错：没有叫“../x”的模板"),
        ("\n{% for i in range(10 ** 9) %}{% endfor %}", "第 2 行出错：range 太长，最多 100000"),
        (EXTENDS + "{% block title %}\n{{ sheet.title.nosuch }}{% endblock %}", "第 3 行出错：没有“nosuch”这一项"),
        ("\n{{ 'a' + 1 }}", '第 2 行出错：算不出来（原文：can only concatenate str (not "int") to str）'),
        ("{{ lipsum() }}", "第 1 行出错：没有“lipsum”这个名字"),  # it says something else every time
    ],
)
def test_a_template_that_fails_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    assert f"sheet.html.j2 {said}" in failed(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("\n{{ 1 | nosuch }}", "第 2 行出错：没有叫“nosuch”的过滤器", "failed in line 2: there is no filter “nosuch”"),
        ("{{ 1 is nosuch }}", "第 1 行出错：没有叫“nosuch”的判断", "failed in line 1: there is no test “nosuch”"),
        ("{{ [1] | random }}", "第 1 行出错：没有叫“random”的过滤器", "failed in line 1: there is no filter “random”"),
        ("{% nosuch %}", "第 1 行出错：没有“nosuch”这种标签", "failed in line 1: there is no tag “nosuch”"),
        (
            "\n{% if a %}",
            "第 2 行出错：“if”没有结束，要写上 endif",
            "failed in line 2: “if” is never ended: endif is missing",
        ),
        (
            "{% for a in b %}{% endif %}",
            "第 1 行出错：“endif”放错了地方，先要结束“for”",
            "failed in line 1: “endif” is out of place: “for” has to be ended first",
        ),
        (
            "{% block a %}{% endblock %}{% block a %}{% endblock %}",
            "第 1 行出错：“a”这一块写了两遍",
            "failed in line 1: the block “a” is there twice",
        ),
        (
            "a\n{# b",
            "第 2 行出错：写法不对（原文：Missing end of comment tag）",
            "failed in line 2: the syntax is wrong (Missing end of comment tag)",
        ),
    ],
)
def test_what_jinja_says_is_said_in_the_readers_language(tmp_path: Path, text: str, zh: str, en: str) -> None:
    (tmp_path / "sheet.html.j2").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        check_templates(tmp_path)
    said = caught.value.message
    assert (said.render("zh"), said.render("en")) == (
        f"模板 {tmp_path}/sheet.html.j2 {zh}",
        f"the template {tmp_path}/sheet.html.j2 {en}",
    )


@pytest.mark.parametrize("text", ["{{ " + "(" * 3000, "{% for a in b %}" * 25 + "{% endfor %}" * 25])
def test_a_template_with_too_many_layers_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "sheet.html.j2").write_text(text, encoding="utf-8")
    assert refused(tmp_path) == (f"模板 {tmp_path}/sheet.html.j2 一层套一层，套得太深", "把里面的几层另写成宏。")


def test_a_template_that_extends_itself_is_told_how_to_extend(tmp_path: Path) -> None:
    template(tmp_path, '{% extends "sheet.html.j2" %}')
    with pytest.raises(UsageError) as caught:
        write(given(), "zh", tmp_path)
    assert caught.value.message.render("zh").endswith("sheet.html.j2 第 1 行没完没了地套用自己")
    assert "builtin/sheet.html.j2" in caught.value.hint.render("zh")


def test_a_macro_that_calls_itself_is_told_with_its_line(tmp_path: Path) -> None:
    text = "\n{% macro f() %}\n{{ f() }}\n{% endmacro %}{{ f() }}"
    assert failed(tmp_path, text).endswith("sheet.html.j2 第 3 行没完没了地套用自己")


def test_a_fault_of_the_program_is_not_blamed_on_the_template(tmp_path: Path) -> None:
    template(tmp_path, "x", "sheet.md.j2")
    broken = object()
    with pytest.raises(Exception, match="has no attribute") as caught:
        write(broken, "zh", tmp_path)  # type: ignore[arg-type]
    assert not isinstance(caught.value, UsageError)
