"""``faq`` with several formats: files, several processes, what cannot be made, the address on paper."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pypdf import PdfReader

from campaigncheck.catalogue.files import builtin_rules
from campaigncheck.sheets.formats import FORMATS
from tests.sheets.pages import Parsed
from tests.sheets.test_faq_command import BLOCKED, faq, names, specs

OWN = ("html", "pdf", "markdown", "docx", "xlsx", "json")
SITE = "site: https://faq.example.com/sheets/\n"


def rules(folder: Path, more: str) -> str:
    """A rules folder whose policy says more than the built-in one."""
    (folder / "rules").mkdir()
    text = (builtin_rules() / "policy.yaml").read_text(encoding="utf-8") + more
    (folder / "rules" / "policy.yaml").write_text(text, encoding="utf-8")
    return "rules"


def test_one_file_a_campaign_and_format_the_same_whatever_the_number_of_processes(tmp_path: Path) -> None:
    specs(tmp_path, one="", two="stage: launched\n", bad=BLOCKED)
    for number, seed in (("1", "1"), ("2", "2")):
        done = faq(tmp_path, "-o", f"out{number}", "--format", ",".join(OWN), "--jobs", number, seed=seed)
        assert (done.code, done.err) == (0, "")
    first, second = tmp_path / "out1", tmp_path / "out2"
    suffixes = [FORMATS[name].suffix for name in OWN]
    assert names(first) == sorted(
        ["index.html", *(f"{name}{end}" for name in ("one", "two", "bad") for end in suffixes)]
    )
    assert names(first) == names(second)
    for name in names(first):
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_the_list_leads_to_every_file(tmp_path: Path) -> None:
    specs(tmp_path, one="")
    assert faq(tmp_path, "-o", "out", "--format", "json", "--format", "markdown").code == 0
    page = Parsed((tmp_path / "out" / "index.html").read_text(encoding="utf-8"))
    assert [item["href"] for tag, item in page.elements if tag == "a"] == ["one.json", "one.json", "one.md"]
    assert "还没放行" in page.text
    assert names(tmp_path / "out") == ["index.html", "one.json", "one.md"]


def test_a_format_that_does_not_exist_makes_nothing(tmp_path: Path) -> None:
    specs(tmp_path, one="")
    done = faq(tmp_path, "-o", "out", "--format", "html,pfd")
    assert (done.code, done.out) == (2, "")
    assert done.err == "错误：没有“pfd”这种格式\n  怎么改：是不是想写 pdf？\n"
    assert names(tmp_path) == ["campaigns"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_sheet_that_no_font_can_show_stops_no_other_and_no_other_format(tmp_path: Path, jobs: str) -> None:
    specs(tmp_path, one="title: 打折\U000f0000\n", two="")
    done = faq(tmp_path, "-o", "out", "--format", "pdf,html", "--jobs", jobs)
    assert done.code == 1
    assert done.err.startswith("campaigns/one.yaml 没有做 PDF，装好的字体都没有这些字：“\U000f0000”（U+F0000）。")
    assert done.err.count("\n") == 1
    assert names(tmp_path / "out") == ["index.html", "one.html", "two.html", "two.pdf"]
    page = Parsed((tmp_path / "out" / "index.html").read_text(encoding="utf-8"))
    links = [item["href"] for tag, item in page.elements if tag == "a"]
    assert links == ["one.html", "two.pdf", "two.pdf", "two.html"]


def test_a_campaign_without_any_file_is_listed_as_such(tmp_path: Path) -> None:
    specs(tmp_path, one="title: 打折\U000f0000\n")
    done = faq(tmp_path, "-o", "out", "--format", "pdf")
    assert done.code == 1
    assert "做好 0 张 FAQ 单" in done.out
    assert "没有做出 FAQ 单" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_template_that_fails_is_wrong_usage_in_any_process(tmp_path: Path, jobs: str) -> None:
    specs(tmp_path, one="", two="")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "sheet.html.j2").write_text("\n{{ nosuch }}", encoding="utf-8")
    done = faq(tmp_path, "-o", "out", "--format", "pdf", "--templates", "own", "--jobs", jobs)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("错误：模板 own/sheet.html.j2 第 2 行出错：没有“nosuch”这个名字\n")
    assert names(tmp_path) == ["campaigns", "own"]


def test_own_templates_are_used_for_every_page(tmp_path: Path) -> None:
    specs(tmp_path, one="title: 打折\n")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "sheet.html.j2").write_text("<html lang=zh-CN><p>某省{{ sheet.title }}", encoding="utf-8")
    assert faq(tmp_path, "-o", "out", "--format", "html,pdf", "--templates", "own").code == 0
    assert (tmp_path / "out" / "one.html").read_text(encoding="utf-8") == "<html lang=zh-CN><p>某省打折"
    assert PdfReader(tmp_path / "out" / "one.pdf").pages[0].extract_text().strip() == "某省打折"


def test_the_page_on_the_site_stands_on_the_printed_sheet(tmp_path: Path) -> None:
    specs(tmp_path, one="")
    done = faq(tmp_path, "-o", "out", "--format", "html,pdf,json,markdown", "--rules", rules(tmp_path, SITE))
    assert done.code == 0, done.err
    address = "https://faq.example.com/sheets/one.html"
    page = Parsed((tmp_path / "out" / "one.html").read_text(encoding="utf-8"))
    assert address in page.text
    assert [item for tag, item in page.elements if tag == "svg"] == [{"viewbox": "0 0 37 37"}]
    links = PdfReader(tmp_path / "out" / "one.pdf").pages[0].get("/Annots", [])
    assert address in {str(item.get_object()["/A"]["/URI"]) for item in links}
    assert f'"address": "{address}"' in (tmp_path / "out" / "one.json").read_text(encoding="utf-8")
    assert f"<{address}>" in (tmp_path / "out" / "one.md").read_text(encoding="utf-8")


def test_the_code_on_the_sheet_leads_to_the_page() -> None:
    import re

    import segno

    from campaigncheck.pages import environment

    address = "https://faq.example.com/sheets/one.html"
    drawn = environment("campaigncheck.sheets").from_string("{{ x | qr }}").render(x=address)
    modules = _modules(re.search(r' d="([^"]+)"', drawn)[1])  # type: ignore[index]
    expected = [[bool(bit) for bit in row] for row in segno.make_qr(address, error="m").matrix]
    assert [row[4:-4] for row in modules[4:-4]] == expected
    assert not any(any(row) for row in modules[:4] + modules[-4:])


def _modules(path: str) -> list[list[bool]]:
    """The dark modules of a drawing made of strokes from left to right."""
    import re

    size = 37
    dark = [[False] * size for _ in range(size)]
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", path):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "h":
            for column in range(int(x), int(x + values[0])):
                dark[int(y)][column] = True
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    return dark


@pytest.mark.parametrize("site", ["javascript:alert(1)", "ftp://example.com/", "https://example.com/?q=1", "//x", '""'])
def test_an_address_that_is_none_is_refused(tmp_path: Path, site: str) -> None:
    specs(tmp_path, one="")
    done = faq(tmp_path, "-o", "out", "--rules", rules(tmp_path, f"site: {site}\n"))
    assert (done.code, done.out) == (2, "")
    assert "rules/policy.yaml:" in done.err
    assert "http:// 或 https:// 开头" in done.err


def test_an_interruption_leaves_no_process_and_no_traceback(tmp_path: Path) -> None:
    specs(tmp_path, **{f"c{number:02}": "" for number in range(40)})
    command = [sys.executable, "-m", "campaigncheck", "faq", "-o", "out", "--format", "pdf", "--jobs", "2"]
    process = subprocess.Popen(
        [*command, "--rules", str(builtin_rules())],
        cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True,
    )  # fmt: skip
    while not list(tmp_path.glob("out/*.pdf")):
        assert process.poll() is None, process.stderr
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.lstrip()) == (130, "", "已中断，没有留下写了一半的文件。\n")
    assert not [name for name in names(tmp_path / "out") if name.startswith(".")]
