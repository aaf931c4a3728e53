"""``campaigncheck suggest`` as it is called: files, exit codes, what is said where."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.suggest.repositories import TODAY, whole, write_rules

SUBJECT = """\
# 说明：先看这里
id: subject
stage: draft
period:
  start: 2027-09-17   # 星期五
  end: "2027-10-16"   # 两头都算
regions: {include: ["510100", "510700"]}   # 两个市
channels: [hall]
"""
BUSY = "stage: approved\nperiod: {start: 2027-09-06, end: 2027-10-10}\nchannels: [hall]\noffers: [{id: v, name: 视频, product: vas.video, kind: trial}]\n"


class Done(NamedTuple):
    """How a call ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A repository in which one campaign finds the halls full."""
    write_rules(tmp_path / "rules")
    (tmp_path / "campaigns").mkdir()
    for name, text in {"subject": SUBJECT, **{f"busy-{number}": BUSY for number in range(3)}}.items():
        (tmp_path / "campaigns" / f"{name}.yaml").write_text(whole(name, text), encoding="utf-8")
    return tmp_path


def call(folder: Path, *arguments: str, seed: str = "0", path: str = "", command: str = "suggest") -> Done:
    result = subprocess.run(
        [sys.executable, "-m", "campaigncheck", command, *arguments, "--today", TODAY.isoformat()],
        cwd=folder, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
    )  # fmt: skip
    assert b"Traceback" not in result.stderr
    return Done(result.returncode, result.stdout.decode("utf-8"), result.stderr.decode("utf-8"))


def spec(home: Path) -> str:
    return (home / "campaigns" / "subject.yaml").read_text(encoding="utf-8")


def test_advice_goes_to_standard_output_and_changes_nothing(home: Path) -> None:
    before = spec(home)
    done = call(home, "subject")
    assert (done.code, done.err) == (0, "")
    assert "1     推迟 24 天：2027-10-11 至 2027-11-09  15" in done.out
    assert "2     去掉 1 个城市：成都市                 53" in done.out
    assert spec(home) == before


def test_the_same_input_gives_the_same_bytes(home: Path) -> None:
    assert call(home, "subject", seed="1") == call(home, "subject", seed="2")
    assert call(home, "subject", "--format", "json", seed="1") == call(home, "subject", "--format", "json", seed="2")


def test_what_is_written_passes_the_check_and_keeps_comments(home: Path) -> None:
    done = call(home, "subject", "--write")
    assert (done.code, done.err) == (0, "第 1 种已写进 campaigns/subject.yaml。\n")
    new = SUBJECT.replace("2027-09-17", "2027-10-11").replace("2027-10-16", "2027-11-09")
    assert spec(home) == whole("subject", new)
    assert (
        call(home, "campaigns/subject.yaml", "--fail-on", "warning", "--select", "FREQ,CONF", command="check").code == 0
    )
    assert call(home, "subject").out == "“积分换话费”（subject）现在就能通过，不用改。\n"


def test_another_suggestion_can_be_picked(home: Path) -> None:
    assert call(home, "subject", "--write", "--pick", "2").code == 0
    assert spec(home) == whole("subject", SUBJECT.replace('["510100", "510700"]', '["510700"]'))


def test_a_number_that_was_not_suggested_writes_nothing(home: Path) -> None:
    done = call(home, "subject", "--write", "--pick", "9", "--lang", "en")
    assert (done.code, spec(home)) == (2, whole("subject", SUBJECT))
    assert "there is no suggestion 9" in done.err


def test_json(home: Path) -> None:
    advice = json.loads(call(home, "subject", "--format", "json").out)
    assert (advice["version"], advice["campaign"], advice["passes"]) == (1, "subject", True)
    assert [finding["rule"] for finding in advice["in_the_way"]] == ["FREQ001"]
    first = advice["suggestions"][0]
    assert (first["size"], first["passes"], first["left"], first["also"]) == (15.0, True, [], [])
    assert [change["kind"] for change in first["changes"]] == ["shift"]
    assert (first["changes"][0]["days"], first["changes"][0]["start"]) == (24, "2027-10-11")


def test_nothing_works(home: Path) -> None:
    text = whole("always", BUSY.replace("2027-09-06", "2027-01-01").replace("2027-10-10", "2028-12-31"))
    for number in range(3):
        (home / "campaigns" / f"always-{number}.yaml").write_text(
            text.replace("id: always", f"id: always-{number}").replace('["510100"]', '["510000"]'), encoding="utf-8"
        )
    done = call(home, "subject", "--write")
    assert (done.code, spec(home)) == (1, whole("subject", SUBJECT))
    assert done.out.endswith("没有能通过的办法；拦住它的规则：FREQ001。\n")
    assert done.err == "没有可以写进文件的建议。\n"


def test_an_unknown_id_is_wrong_usage(home: Path) -> None:
    done = call(home, "subjekt", "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert "there is no campaign “subjekt”" in done.err
    assert "Did you mean “subject”?" in done.err


def test_days_are_limited_as_asked(home: Path) -> None:
    done = call(home, "subject", "--within", "10")
    assert "推迟 24 天" not in done.out
    assert "去掉 1 个城市：成都市" in done.out


def test_proposals_are_looked_at_too(home: Path) -> None:
    with_proposals = home / "open"
    with_proposals.mkdir()
    later = BUSY.replace("2027-09-06", "2027-10-11").replace("2027-10-10", "2027-12-31")
    for number in range(3):
        name = f"later-{number}"
        (with_proposals / f"{name}.yaml").write_text(whole(name, later), encoding="utf-8")
    assert "推迟 24 天" not in call(home, "subject", "--with", "open").out


def test_what_cannot_be_read_is_told(home: Path) -> None:
    (home / "campaigns" / "broken.yaml").write_text("a: [", encoding="utf-8")
    assert call(home, "subject").out.startswith("有 1 个营销案读不懂，没能拿来比对：campaigns/broken.yaml\n\n")


def test_without_a_solver_it_says_what_to_install(home: Path) -> None:
    (home / "empty" / "ortools").mkdir(parents=True)
    (home / "empty" / "ortools" / "__init__.py").write_text("raise ImportError('no solver')\n", encoding="utf-8")
    done = call(home, "subject", path=str(home / "empty"))
    assert (done.code, done.out) == (2, "")
    assert "pip install 'campaigncheck[suggest]'" in done.err


def test_mode_and_byte_order_mark_stay(home: Path) -> None:
    path = home / "campaigns" / "subject.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    path.chmod(0o640)
    assert call(home, "subject", "--write").code == 0
    new = whole("subject", SUBJECT.replace("2027-09-17", "2027-10-11").replace("2027-10-16", "2027-11-09"))
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"\xef\xbb\xbf" + new.encode(), 0o640)


def test_a_read_only_spec_is_not_written_over(home: Path) -> None:
    (home / "campaigns" / "subject.yaml").chmod(0o444)
    done = call(home, "subject", "--write")
    assert (done.code, spec(home)) == (2, whole("subject", SUBJECT))
    assert done.err == (
        "错误：campaigns/subject.yaml 是只读的，一个文件也没有改\n"
        "  怎么改：去掉只读，或者不加 --write，照建议自己改。\n"
    )


def test_a_spec_that_changed_meanwhile_is_not_written_over(home: Path) -> None:
    late = home / "late"
    late.mkdir()
    (late / "sitecustomize.py").write_text(LATE, encoding="utf-8")
    done = call(home, "subject", "--write", "--lang", "en", path=str(late))
    assert (done.code, spec(home)) == (2, whole("subject", SUBJECT) + "halls: []\n")
    assert "campaigns/subject.yaml changed while it was being checked" in done.err


LATE = """\
import campaigncheck.suggest.advise as module

advise = module.advise

def late(*given):
    done = advise(*given)
    with open("campaigns/subject.yaml", "a", encoding="utf-8") as stream:
        stream.write("halls: []\\n")
    return done

module.advise = late
"""
"""Changes the spec after everything is known of it."""
