"""``campaigncheck new`` as its users call it: asked in a terminal, answered by options, interrupted, refused."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from campaigncheck.cli import new as command
from campaigncheck.engine.errors import UsageError
from tests.cli.test_check import ROOT, call

TODAY = ("--today", "2026-11-23")
ALL = (
    "--region", "chengdu", "--title", "迎春宽带提速", "--kind", "合约", "--product", "300m", "--price", "20", "--yes", *TODAY,
)  # fmt: skip
MADE = "campaigns/510100/cd-2027-broadband-300m.yaml"
ANSWERS = [
    "cd",  # may be four cities
    "成都",
    "",  # the department
    "",  # the contact
    "",  # a title is needed
    "迎春宽带提速",
    "heyue",  # pinyin of 合约
    "宽带",  # four products
    "300M 宽带",
    "二十",
    "20",
    "",  # a month
    "24",
    "2027-13-01",
    "2027/1/18",
    "2027-01-01",  # before the start
    "",
    "hlal, app",
    "营业厅、短信 app",
    "",  # the code
    "",  # orders
    "CD 2027!",
    "cd-2027-spring",
    "y",
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, lines: Sequence[str] | None = None) -> Result:
    given = "".join(f"{line}\n" for line in lines or ())
    return CliRunner().invoke(command.new, [*TODAY, *arguments], input=given)


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_questions_are_asked_until_they_are_answered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "at_terminal", lambda: True)
    done = run(lines=ANSWERS)
    assert (done.exception, done.exit_code, files(folder)) == (None, 0, ["campaigns/510100/cd-2027-spring.yaml"])
    spec = yaml.safe_load((folder / "campaigns/510100/cd-2027-spring.yaml").read_text(encoding="utf-8"))
    offer = spec["offers"][0]
    assert (spec["id"], spec["title"], spec["channels"]) == ("cd-2027-spring", "迎春宽带提速", ["hall", "sms", "app"])
    assert (offer["kind"], offer["product"], offer["contract_months"]) == ("contract", "broadband.300m", 24)
    assert (offer["price"], offer["opt_in_code"]) == ({"amount": 20, "per": "month"}, "YCKDTS")
    assert [line.lstrip("> ") for line in done.stderr.splitlines() if "✗" in line] == [
        "✗ “cd”可能是 130800 承德市（河北省）、430700 常德市（湖南省）、510100 成都市（四川省）、540300 昌都市（西藏自治区）；"
        "写全名，或者写代码",
        "✗ 这一项不能空着。客户看到的名称，最多 200 个字",
        "✗ “宽带”可能是 broadband.100m 100M 宽带、broadband.300m 300M 宽带、broadband.500m 500M 宽带、"
        "broadband.1000m 千兆宽带；写全名，或者写代码",
        "✗ “二十”不是价格，写元，最多两位小数，如 20 或 9.9",
        "✗ “2027-13-01”不是日期，写成 2027-01-15 的样子",
        "✗ 结束不能早于开始（2027-01-18）",
        "✗ 不认识“hlal”，是不是想写 hall 营业厅",
        "✗ “CD 2027!”不能当编号：只用小写字母、数字和短横线，3 到 64 个字符，如 cd-2027",
    ]


def test_an_answer_of_no_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "at_terminal", lambda: True)
    done = run(lines=[*ANSWERS[:-1], "what", "n"])
    assert (done.exit_code, files(folder), done.stderr.splitlines()[-1]) == (0, [], "> 没有写。")


def test_the_end_of_input_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "at_terminal", lambda: True)
    done = run(lines=ANSWERS[:5])
    assert isinstance(done.exception, UsageError)
    assert done.exception.message.render("en") == "the input ended among the questions; nothing was written"
    assert files(folder) == []


def test_options_answer_everything(folder: Path) -> None:
    done = call("new", *ALL, cwd=folder)
    assert (done.returncode, files(folder)) == (0, [MADE])
    checked = call("check", *TODAY, "--format", "json", cwd=folder)
    assert (checked.returncode, '"errors": 0' in checked.stdout) == (0, True)


def test_what_is_missing_without_a_terminal_is_named(folder: Path) -> None:
    done = call("new", "--title", "迎春", "--yes", "--lang", "en", cwd=folder)
    assert (done.returncode, files(folder)) == (2, [])
    assert done.stderr.splitlines() == [
        "error: these options are missing: --region, --product, --price, --id",
        "  Mend: Without a terminal nothing can be asked: give them; with --yes what has a default takes it.",
    ]


def test_nothing_is_overwritten(folder: Path) -> None:
    (folder / "a.yaml").write_text("mine", encoding="utf-8")
    done = call("new", *ALL, "-o", "a.yaml", "--lang", "en", cwd=folder)
    assert (done.returncode, (folder / "a.yaml").read_text(encoding="utf-8")) == (2, "mine")
    assert done.stderr.splitlines()[0] == "error: a.yaml is there already and is not overwritten"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((*ALL, "--channel", "hlal"), "error: --channel: “hlal” is not known; did you mean hall hall"),
        ((*ALL, "--region", "朝阳"), "error: --region: “朝阳” may be 110105 朝阳区（北京市）, 211300 朝阳市（辽宁省）, "
         "220104 朝阳区（吉林省长春市）: write the whole name, or the code"),
        ((*ALL, "--id", "x"), "error: --id: “x” is no id: lower-case letters, digits and hyphens, 3 to 64 characters, "
         "such as sc-2027-broadband"),
        ((*ALL, "-o", "a.txt"), "error: a.txt does not end in .yaml"),
        (("--from", "none"), "error: there is no campaign “none”"),
        (("--from", "a", "--price", "3"), "error: --from copies, so --price cannot go with it"),
        (("--xlsx", "a.xlsx", "--title", "x"), "error: --xlsx cannot go with --title"),
        (("--yes", "--today", "9999-12-01"), "error: --today 9999-12-01 is too late"),
        (("--xlsx", "a.xls"), "error: a.xls does not end in .xlsx"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(folder: Path, arguments: tuple[str, ...], says: str) -> None:
    done = call("new", *arguments, "--lang", "en", cwd=folder)
    assert (done.returncode, done.stderr.splitlines()[0], files(folder)) == (2, says, [])


def test_an_id_is_not_used_twice(folder: Path) -> None:
    assert [call("new", *ALL, cwd=folder).returncode for _ in range(2)] == [0, 0]
    assert files(folder) == [MADE.replace(".yaml", "-2.yaml"), MADE]


def test_a_copy_stands_beside_the_old_one_and_passes(folder: Path) -> None:
    assert call("init", "--region", "510000", *TODAY, cwd=folder).returncode == 0
    done = call("new", "--from", "example-2027-data-pack", "--today", "2027-06-01", "--lang", "en", cwd=folder)
    assert done.stderr.splitlines()[:3] == [
        "Copied example-2027-data-pack to example-2028-data-pack, 2028-01-17 to 2028-03-17.",
        "Days are moved on by 52 weeks, so weekdays stay.",
        "Written: campaigns/510000/example-2028-data-pack.yaml",
    ]
    checked = call("check", "campaigns/510000/example-2028-data-pack.yaml", "--today", "2027-06-01", cwd=folder)
    assert (checked.returncode, "错误 0" in checked.stdout) == (0, True)


def test_a_spec_knows_its_schema(folder: Path) -> None:
    assert call("init", "--region", "510000", *TODAY, cwd=folder).returncode == 0
    assert call("new", *ALL, cwd=folder).returncode == 0
    first = (folder / MADE).read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../schemas/campaign.schema.json"


def test_a_workbook_is_written_instead(folder: Path) -> None:
    assert call("new", "--xlsx", "a.xlsx", cwd=folder).returncode == 0
    assert len(load_workbook(folder / "a.xlsx").sheetnames) > 5
    assert call("new", "--xlsx", "a.xlsx", cwd=folder).returncode == 2


def _until(terminal: int, wanted: str) -> str:
    """Read what the terminal shows until something is seen."""
    seen = b""
    while wanted.encode() not in seen:
        assert select.select([terminal], [], [], 60)[0], seen.decode()
        seen += os.read(terminal, 4096)
    return seen.decode()


def _in_terminal(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    terminal, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "campaigncheck", "new", *TODAY],
        cwd=folder, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    return child, terminal


def test_a_terminal_is_asked(folder: Path) -> None:
    child, terminal = _in_terminal(folder)
    _until(terminal, "> ")
    for line in ANSWERS:
        os.write(terminal, f"{line}\n".encode())
        _until(terminal, "接下来" if line == "y" else "> ")
    assert (child.wait(60), files(folder)) == (0, ["campaigns/510100/cd-2027-spring.yaml"])
    os.close(terminal)


def test_an_interrupt_leaves_nothing(folder: Path) -> None:
    child, terminal = _in_terminal(folder)
    _until(terminal, "> ")
    os.write(terminal, "成都\n".encode())
    _until(terminal, "> ")
    child.send_signal(signal.SIGINT)
    assert "已中断" in _until(terminal, "没有留下写了一半的文件")
    assert (child.wait(60), files(folder)) == (130, [])
    os.close(terminal)
