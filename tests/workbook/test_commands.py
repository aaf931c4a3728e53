"""``check FILE.xlsx``, ``import`` and ``export`` as their users call them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from campaigncheck import files
from campaigncheck.cli.main import cli
from campaigncheck.engine.errors import UsageError
from campaigncheck.report.schema import report_schema
from campaigncheck.source.yamlpass import parse
from tests.cli.test_check import ROOT, call
from tests.workbook.books import with_cells

TODAY = "2026-12-01"
ID = "sc-2027-spring-broadband"
HOME = f"campaigns/sichuan/{ID}.yaml"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with three campaigns."""
    (tmp_path / "campaigns/sichuan").mkdir(parents=True)
    for name in (ID, "sc-2027-5g-switch", "sc-2027-daily-data"):
        shutil.copy(ROOT / f"campaigns/sichuan/{name}.yaml", tmp_path / "campaigns/sichuan")
    (tmp_path / "rules").symlink_to(ROOT / "rules")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(cli, list(arguments), standalone_mode=False)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.return_value, done.stdout, done.stderr


def exported(name: str = "a.xlsx") -> Path:
    assert run("export", ID, "-o", name)[0] == 0
    return Path(name)


def alter(path: Path, cells: dict[str, Any]) -> None:
    path.write_bytes(with_cells(path.read_bytes(), cells))


def findings(path: str, *more: str) -> list[dict[str, Any]]:
    _, out, _ = run("check", path, "--today", TODAY, "--format", "json", *more)
    report = json.loads(out)
    Draft202012Validator(report_schema()).validate(report)
    return report["findings"]  # type: ignore[no-any-return]


def test_a_workbook_is_checked_as_its_spec_is(repository: Path) -> None:
    """Whatever is found in the YAML is found in the workbook, with cells, and nothing else."""
    home = Path(HOME)
    text = home.read_text(encoding="utf-8")
    broken = (
        text.replace("confirm: twice", "confirm: once")
        .replace("quota: ", "quota: 1")
        .replace("  - topic: cancel", "  - topic: dispute")
    )
    assert broken != text
    home.write_text(broken, encoding="utf-8")
    exported()
    from_yaml, from_book = findings(HOME), findings("a.xlsx")
    assert len(from_yaml) > 3
    keys = ("rule", "severity", "pointer", "message", "hint", "facts")
    assert sorted([item[key] for key in keys] for item in from_book) == sorted(
        [item[key] for key in keys] for item in from_yaml
    )
    assert all(item["path"] == "a.xlsx" and "!" not in item["cell"] and item["sheet"] for item in from_book)
    assert not any("cell" in item for item in from_yaml)


def test_the_text_names_sheet_and_cell(repository: Path) -> None:
    alter(exported(), {"问答!D7": "以营业厅公布为准", "优惠!T4": "不确认", "优惠!E4": "合约"})
    code, out, _ = run("check", "a.xlsx", "--today", TODAY)
    assert code == 1
    lines = [line.strip() for line in out.splitlines()]
    assert "a.xlsx" in lines
    assert any(line.startswith("优惠!T4  错误 SAFE001") for line in lines)
    assert any(line.startswith("问答!D7  错误 FAQ002") for line in lines)


def test_other_formats_name_the_cell(repository: Path) -> None:
    alter(exported(), {"优惠!T4": "不确认"})
    shown = {
        name: run("check", "a.xlsx", "--today", TODAY, "--format", name)[1]
        for name in ("github", "gitlab", "junit", "markdown", "html", "sarif")
    }
    assert all("优惠!T4" in out for out in shown.values())
    assert "::error file=a.xlsx,title=SAFE001" in shown["github"]
    log = json.loads(shown["sarif"])["runs"][0]
    (place,) = next(item for item in log["results"] if item["ruleId"] == "SAFE001")["locations"]
    assert place == {
        "physicalLocation": {"artifactLocation": {"uri": "a.xlsx", "uriBaseId": "%SRCROOT%"}},
        "logicalLocations": [{"fullyQualifiedName": "优惠!T4", "kind": "element"}],
    }


def test_a_workbook_stands_in_for_its_campaign(repository: Path) -> None:
    exported()
    assert findings("a.xlsx") == []
    shutil.copy("a.xlsx", "b.xlsx")
    code, out, _ = run("check", "a.xlsx", "b.xlsx", "--today", TODAY)
    assert (code, out.count("SPEC003")) == (1, 2)


def test_what_cannot_be_read_is_a_finding_about_the_file(repository: Path) -> None:
    Path("locked.xlsx").write_bytes(b"spec: 1\n")
    code, out, _ = run("check", "locked.xlsx", "--today", TODAY)
    assert (code, out.splitlines()[:2]) == (1, ["locked.xlsx", "    错误 SPEC001  这不是 .xlsx 工作簿"])
    (found,) = findings("locked.xlsx")
    assert ("cell" in found, found["line"], found["column"]) == (False, 1, 1)


def test_a_workbook_is_never_written_over_by_repairs(repository: Path) -> None:
    alter(exported(), {"问答!C4": "谁可以办ＡＡ？", "宣传文字!C4": "全国最低价，回复 YC300 办理，每月加 20 元。"})
    before = Path("a.xlsx").read_bytes()
    with pytest.raises(UsageError) as caught:
        run("check", "a.xlsx", "--today", TODAY, "--fix")
    assert caught.value.message.render("en") == "a.xlsx is a workbook; no file was changed"
    assert Path("a.xlsx").read_bytes() == before


def test_a_workbook_has_no_history(repository: Path) -> None:
    exported()
    for arguments in (
        ("init", "-q"),
        ("add", "."),
        ("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x"),
    ):
        subprocess.run(["git", *arguments], check=True)
    with pytest.raises(UsageError) as caught:
        run("check", "a.xlsx", "--since", "HEAD")
    assert caught.value.message.render("en") == "a.xlsx is a workbook, which cannot be compared with what git has"


def test_jobs_and_language_change_nothing(repository: Path) -> None:
    for number in range(140):
        path = Path(f"{number:03}.xlsx")
        path.write_bytes(b"x")
    one = run("check", *(f"{number:03}.xlsx" for number in range(140)), "--today", TODAY, "--format", "json")
    assert (
        run(
            "check",
            *(f"{number:03}.xlsx" for number in range(140)),
            "--today",
            TODAY,
            "--format",
            "json",
            "--jobs",
            "2",
        )
        == one
    )


def test_import_writes_what_check_reads(repository: Path) -> None:
    alter(exported(), {"基本信息!B2": "sc-2028-spring", "基本信息!B11": "2028-01-15", "基本信息!B12": "2028-03-31"})
    code, out, err = run("import", "a.xlsx")
    assert (code, out, err) == (0, "", "a.xlsx → campaigns/sc-2028-spring.yaml\n")
    text = Path("campaigns/sc-2028-spring.yaml").read_text(encoding="utf-8")
    assert text.startswith("spec: 1\nid: sc-2028-spring\n")
    assert "\n# 优惠\noffers:\n  - id: " in text
    book = findings("a.xlsx")
    Path("a.xlsx").unlink()
    keys = ("rule", "line", "column", "pointer", "message")
    assert [[item[key] for key in keys] for item in findings("campaigns/sc-2028-spring.yaml")] == [
        [item[key] for key in keys] for item in book
    ]


def test_import_overwrites_nothing_unasked(repository: Path) -> None:
    exported()
    with pytest.raises(UsageError) as elsewhere:
        run("import", "a.xlsx")
    assert elsewhere.value.message.render("en") == f"a.xlsx: the repository has this id already, in {HOME}"
    with pytest.raises(UsageError) as there:
        run("import", "a.xlsx", "-o", "campaigns/sichuan")
    assert there.value.message.render("en") == f"{HOME} is there already and was not overwritten"
    before = parse(Path(HOME).read_text(encoding="utf-8"))
    assert run("import", "a.xlsx", "-o", "campaigns/sichuan", "--force")[0] == 0
    assert parse(Path(HOME).read_text(encoding="utf-8")) == before
    assert len(list(Path("campaigns/sichuan").iterdir())) == 3


def test_import_writes_all_or_none(repository: Path) -> None:
    first, second = exported("a.xlsx"), exported("b.xlsx")
    alter(first, {"基本信息!B2": "sc-2028-a"})
    alter(second, {"基本信息!B2": "sc-2028-b", "优惠!E4": "合同"})
    code, out, err = run("import", "a.xlsx", "b.xlsx", "-o", "new")
    assert (code, err) == (1, "有错误，一个文件也没有写。\n")
    assert "优惠!E4  错误 SPEC002  “合同”不在可选的内容里" in out
    assert not Path("new").exists()
    alter(second, {"优惠!E4": "合约"})
    assert run("import", ".", "-o", "new")[0] == 0
    assert sorted(path.name for path in Path("new").iterdir()) == ["sc-2028-a.yaml", "sc-2028-b.yaml"]


def test_import_tells_what_it_understood(repository: Path) -> None:
    alter(exported(), {"基本信息!B2": "sc-2028-a", "基本信息!B5": 510000})
    code, out, _ = run("import", "a.xlsx", "-o", "new")
    assert code == 0
    assert "基本信息!B5  提示 SPEC002  这里是数字，按代码 510000 读了" in out
    assert 'region: "510000"' in Path("new/sc-2028-a.yaml").read_text(encoding="utf-8")


def test_a_disk_that_fails_leaves_nothing(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        alter(exported(f"{name}.xlsx"), {"基本信息!B2": f"sc-2028-{name}"})
    done: list[Path] = []
    whole = files.write_new

    def full(path: Path, data: bytes, mode: int) -> None:
        if done:
            raise OSError(28, "No space left on device")
        done.append(path)
        whole(path, data, mode)

    monkeypatch.setattr("campaigncheck.cli.export.write_new", full)
    with pytest.raises(UsageError):
        run("import", "a.xlsx", "b.xlsx", "-o", "new")
    assert list(Path("new").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("import", "nowhere.xlsx"), "there is no such path: nowhere.xlsx"),
        (("import", HOME), f"{HOME} is no workbook"),
        (("import", "campaigns"), "there is no .xlsx file in campaigns"),
        (("export", "sc-2027-5g-swich", "-o", "x.xlsx"), "there is no campaign “sc-2027-5g-swich”"),
        (("export", ID, "-o", "x.csv"), "x.csv does not end with .xlsx"),
        (("export", "nowhere.yaml", "-o", "x.xlsx"), "there is no such path: nowhere.yaml"),
        (("export", "broken.yaml", "-o", "x.xlsx"), "broken.yaml cannot be understood, so there is no workbook of it"),
        (("export", ID, "-o", "nowhere/x.xlsx"), "nowhere/x.xlsx cannot be written: No such file or directory"),
    ],
)
def test_wrong_calls(repository: Path, arguments: tuple[str, ...], says: str) -> None:
    Path("broken.yaml").write_text("spec: 1\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        run(*arguments)
    assert caught.value.message.render("en") == says
    assert not Path("x.xlsx").exists()


def test_export_by_path_and_over_what_is_there(repository: Path) -> None:
    exported()
    first = Path("a.xlsx").read_bytes()
    with pytest.raises(UsageError):
        run("export", ID, "-o", "a.xlsx")
    assert run("export", HOME, "-o", "a.xlsx", "--force")[0] == 0
    assert Path("a.xlsx").read_bytes() == first


def test_export_says_that_comments_stay_behind(repository: Path) -> None:
    assert (
        run("export", ID, "-o", "a.xlsx", "--lang", "en")[2]
        == "written: a.xlsx\ncomments of the YAML are not in the workbook.\n"
    )


def test_other_commands_take_workbooks_or_say_no(repository: Path) -> None:
    exported()
    assert run("faq", "a.xlsx", "-o", "faq", "--today", TODAY)[0] == 0
    assert (Path("faq") / f"{ID}.html").is_file()
    assert ID in run("forecast", "a.xlsx", "--today", TODAY)[1]
    assert "Excel 工作簿要先用 campaigncheck import 导入" in run("calendar", "a.xlsx", "campaigns", "--today", TODAY)[2]


def test_without_the_package_it_is_named(tmp_path: Path) -> None:
    hidden = tmp_path / "sitecustomize.py"
    hidden.write_text("import sys\nsys.modules['openpyxl'] = None\n", encoding="utf-8")
    (tmp_path / "a.xlsx").write_bytes(b"x")
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}:{ROOT}"}
    for arguments in (("check", "a.xlsx"), ("import", "a.xlsx"), ("export", HOME, "-o", str(tmp_path / "b.xlsx"))):
        folder = ROOT if arguments[0] == "export" else tmp_path
        done = subprocess.run(
            [sys.executable, "-m", "campaigncheck", *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8"
        )  # fmt: skip
        assert (done.returncode, "pip install 'campaigncheck[xlsx]'" in done.stderr) == (2, True), done.stderr


def test_the_commands_are_listed() -> None:
    out = call("--help").stdout
    assert "import" in out
    assert "export" in out
    assert call("import", "--help").returncode == 0
