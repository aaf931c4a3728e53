"""``campaigncheck faq`` as it is called: files, exit codes, what is said where."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from campaigncheck.catalogue.files import RuleFiles, builtin_rules
from campaigncheck.cli.sheets import exit_code
from campaigncheck.engine.finding import INTERNAL
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Job, Run, run
from campaigncheck.engine.selection import Selection
from campaigncheck.messages import Text
from campaigncheck.rulekit.sample import complete
from campaigncheck.sheets.edition import Edition, Refusal
from campaigncheck.source.errors import ChangedError
from tests.sheets.pages import TODAY, error

BLOCKED = "stage: draft\nchannels: [hall]\noffers:\n  - {id: a, name: 甲, product: no.such, kind: gift}\n"


class Done(NamedTuple):
    """How a call ended."""

    code: int
    out: str
    err: str


def faq(folder: Path, *arguments: str, seed: str = "0") -> Done:
    """Call the command in a folder of its own."""
    command = [sys.executable, "-m", "campaigncheck", "faq", "--today", TODAY.isoformat()]
    given = () if "--rules" in arguments else ("--rules", str(builtin_rules()))
    result = subprocess.run(
        [*command, *given, *arguments],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", env={**os.environ, "PYTHONHASHSEED": seed},
    )  # fmt: skip
    assert "Traceback" not in result.stderr
    return Done(result.returncode, result.stdout, result.stderr)


def specs(folder: Path, **texts: str) -> None:
    """Write specs, completed, into ``campaigns/``."""
    (folder / "campaigns").mkdir(exist_ok=True)
    for name, text in texts.items():
        fragment = text if "id:" in text.split("\n")[0] else f"id: {name}\n{text}"
        (folder / "campaigns" / f"{name}.yaml").write_text(complete(fragment), encoding="utf-8")


def names(folder: Path) -> list[str]:
    """Every file in a folder, hidden ones too."""
    return sorted(entry.name for entry in folder.iterdir())


def test_one_page_a_campaign_and_a_list(tmp_path: Path) -> None:
    specs(tmp_path, one="", two="title: 二号\n")
    done = faq(tmp_path, "-o", "out/deep")
    assert (done.code, done.err) == (0, "")
    assert done.out == ("做好 2 张 FAQ 单，目录在 out/deep/index.html。\n还有 2 张没有放行，只供准备和演练。\n")
    assert names(tmp_path / "out" / "deep") == ["index.html", "one.html", "two.html"]
    assert 'href="two.html"' in (tmp_path / "out" / "deep" / "index.html").read_text(encoding="utf-8")


def test_one_sheet_is_told_as_one(tmp_path: Path) -> None:
    specs(tmp_path, one="", bad=BLOCKED)
    outs = [faq(tmp_path, f"campaigns/{name}.yaml", "-o", "out", "--lang", "en").out for name in ("one", "bad")]
    assert outs == [
        "1 FAQ sheet made, listed in out/index.html.\n1 more: not cleared yet, for preparation and rehearsal only.\n",
        "1 FAQ sheet made, listed in out/index.html; it did not pass and must not be used with customers.\n",
    ]


def test_only_the_campaigns_asked_for_get_a_sheet(tmp_path: Path) -> None:
    specs(tmp_path, one="", two="")
    assert faq(tmp_path, "campaigns/two.yaml", "-o", "out").code == 0
    assert names(tmp_path / "out") == ["index.html", "two.html"]


def test_a_blocked_campaign_gets_a_sheet_that_says_so(tmp_path: Path) -> None:
    specs(tmp_path, good="", bad=BLOCKED)
    done = faq(tmp_path, "-o", "out", "--lang", "en")
    assert done.code == 0
    assert "1 of them did not pass" in done.out
    pages = {name: (tmp_path / "out" / f"{name}.html").read_text(encoding="utf-8") for name in ("good", "bad")}
    assert "Not for use with customers" in pages["bad"]
    assert "no.such" in pages["bad"]
    assert "Not for use with customers" not in pages["good"]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("id: ../evil\n", "1:5 营销案读不懂，做不出 FAQ 单：“../evil”"),
        ("id: 坏\n", "1:5 营销案读不懂，做不出 FAQ 单：“坏”"),
        ("title: [\n", "营销案读不懂，做不出 FAQ 单："),
        ("stage: nosuch\n", "2:8 营销案读不懂，做不出 FAQ 单：“nosuch”"),
    ],
)
def test_a_campaign_that_cannot_be_read_gets_none_and_stops_no_other(tmp_path: Path, broken: str, said: str) -> None:
    specs(tmp_path, one="", broken=broken)
    done = faq(tmp_path, "-o", "out")
    assert done.code == 1
    assert "做好 1 张" in done.out
    assert done.err.startswith("campaigns/broken.yaml:")
    assert said in done.err
    assert done.err.count("\n") == 1
    assert names(tmp_path / "out") == ["index.html", "one.html"]
    assert names(tmp_path) == ["campaigns", "out"]
    assert "没有做出 FAQ 单" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_of_two_campaigns_with_one_id_the_second_is_refused(tmp_path: Path) -> None:
    specs(tmp_path, first="id: same\ntitle: 先来的\n", second="id: same\ntitle: 后到的\n")
    done = faq(tmp_path, "-o", "out")
    assert done.code == 1
    assert done.err == "campaigns/second.yaml 编号“same”的 FAQ 单已经按 campaigns/first.yaml 做了，这一个没有做\n"
    assert names(tmp_path / "out") == ["index.html", "same.html"]
    page = (tmp_path / "out" / "same.html").read_text(encoding="utf-8")
    assert "先来的" in page
    assert "后到的" not in page
    assert 'class="banner"' in page


def test_no_campaign_takes_the_place_of_the_list(tmp_path: Path) -> None:
    specs(tmp_path, index="title: 占位\n")
    done = faq(tmp_path, "-o", "out")
    assert done.code == 1
    assert "重名" in done.err
    assert names(tmp_path / "out") == ["index.html"]
    assert "FAQ 单目录" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_a_file_where_the_folder_should_be_is_left_alone(tmp_path: Path) -> None:
    specs(tmp_path, one="")
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    done = faq(tmp_path, "-o", "out")
    assert (done.code, done.out) == (2, "")
    assert "out 是文件，不是文件夹" in done.err
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_made_is_wrong_usage(tmp_path: Path) -> None:
    specs(tmp_path, one="")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    done = faq(tmp_path, "-o", "file/out")
    assert (done.code, done.out) == (2, "")
    assert "写不了 file/out/one.html" in done.err
    assert names(tmp_path) == ["campaigns", "file"]


def test_a_page_that_cannot_be_written_leaves_nothing_half_written(tmp_path: Path) -> None:
    specs(tmp_path, one="", two="")
    (tmp_path / "out" / "one.html").mkdir(parents=True)
    done = faq(tmp_path, "-o", "out")
    assert (done.code, done.out) == (2, "")
    assert "写不了 out/one.html" in done.err
    assert names(tmp_path / "out") == ["one.html"]


def test_a_link_in_the_folder_leads_nothing_outside(tmp_path: Path) -> None:
    specs(tmp_path, one="")
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere.html").write_text("mine", encoding="utf-8")
    (tmp_path / "out" / "one.html").symlink_to(tmp_path / "elsewhere.html")
    assert faq(tmp_path, "-o", "out").code == 0
    assert (tmp_path / "elsewhere.html").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "out" / "one.html").is_symlink()


@pytest.mark.parametrize(
    "arguments", [(), ("-o", "out", "nosuch"), ("-o", "out", "empty"), ("-o", "out", "--rules", "nosuch")]
)
def test_wrong_usage_makes_nothing(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    specs(tmp_path, one="")
    (tmp_path / "empty").mkdir()
    done = faq(tmp_path, *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err
    assert names(tmp_path) == ["campaigns", "empty"]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    specs(
        tmp_path,
        one="",
        bad=BLOCKED,
        rich="audience: [{brand: [全球通, 神州行]}]\nregions: {include: ['510104', '510105', '310000']}\n",
    )
    for seed in ("1", "2"):
        assert faq(tmp_path, "-o", f"out{seed}", seed=seed).code == 0
    first, second = tmp_path / "out1", tmp_path / "out2"
    assert names(first) == names(second) == ["bad.html", "index.html", "one.html", "rich.html"]
    assert [(first / name).read_bytes() for name in names(first)] == [
        (second / name).read_bytes() for name in names(second)
    ]


def _run(folder: Path, text: str = "") -> tuple[Run, Path]:
    path = folder / "one.yaml"
    path.write_text(complete(f"id: one\n{text}"), encoding="utf-8")
    return run(Job([SpecFile(str(path), "one.yaml", True)], RuleFiles.at(None), Selection(), TODAY)), path


@pytest.mark.parametrize("change", [lambda path: path.write_text("x: 1\n"), lambda path: path.unlink()])
def test_a_spec_that_changes_while_sheets_are_made_is_not_mixed_up(tmp_path: Path, change: object) -> None:
    done, path = _run(tmp_path)
    change(path)  # type: ignore[operator]
    with pytest.raises(ChangedError, match=r"one\.yaml"):
        list(Edition(done, TODAY).make())


def test_the_digest_is_that_of_the_spec_s_bytes(tmp_path: Path) -> None:
    done, path = _run(tmp_path)
    ((_, sheet),) = Edition(done, TODAY).make()
    assert not isinstance(sheet, Refusal)
    assert sheet.digest == hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def test_a_rule_that_crashed_is_an_internal_fault(tmp_path: Path) -> None:
    done, _ = _run(tmp_path)
    refusal = Refusal("one.yaml", Text("x", "x")())
    assert exit_code(done, []) == 0
    assert exit_code(done, [refusal]) == 1
    crashed = replace(done, report=replace(done.report, findings=(error("x", rule=INTERNAL),)))
    assert exit_code(crashed, [refusal]) == 3
