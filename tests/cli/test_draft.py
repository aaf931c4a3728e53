"""``faq --draft`` as it is called: what is printed where, what is written, exit codes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from campaigncheck.catalogue.files import builtin_rules
from campaigncheck.cli.draft import draft
from campaigncheck.drafts.paste import with_drafts
from campaigncheck.engine.errors import UsageError
from campaigncheck.messages import Lang
from campaigncheck.rulekit.sample import complete
from campaigncheck.source.errors import ChangedError

TODAY = date(2026, 12, 1)
SUBJECT = """\
id: subject
title: 学生流量   # 名称
channels: [app]
offers:
  - {id: data, name: 30GB, product: data.monthly-30g, kind: trial, price: {amount: 19, for_months: 6, then: 29}, cancel: [app]}
faq:
  - topic: eligibility
    q: 谁能办？
    a: 所有客户都可以办，每个号码一次。
  # 下面的还没有写

"""
ADDED = """\
  - topic: how_to_get
    q: 怎么办理？
    a: 【草稿】在手机 App 里可以办。从 {{ period.start }}到 {{ period.end }}都能办。
  - topic: takes_effect
    q: 办了以后什么时候生效？
    a: 【草稿】办好当场生效，当天就能用。
  - topic: price
    q: 要花多少钱？
    a: 【草稿】前 {{ price.for_months }} 个月每月 {{ price.amount }} 元，以后每月 {{ price.then }} 元。
  - topic: price_after
    q: 优惠期过了以后多少钱？
    a: 【草稿】用满 {{ price.for_months }} 个月以后，每月 {{ price.then }} 元。
  - topic: cancel
    q: 怎么取消？
    a: 【草稿】不想用了，在手机 App 里可以取消。
  - topic: dispute
    q: 觉得扣费不对找谁？
    a: 【草稿】请找（请写明：打哪个电话，或者到哪里），我们查清楚以后（请写明：几天内）给您答复。
"""


class Done(NamedTuple):
    """How a call ended."""

    code: int
    out: str
    err: str


class Home:
    """A repository with one campaign."""

    def __init__(self, folder: Path, captured: pytest.CaptureFixture[str]) -> None:
        self.folder, self.captured = folder, captured
        self.put("subject", SUBJECT)

    def put(self, name: str, text: str) -> None:
        (self.folder / "campaigns").mkdir(exist_ok=True)
        (self.folder / "campaigns" / f"{name}.yaml").write_text(complete(text), encoding="utf-8")

    def subject(self) -> str:
        return (self.folder / "campaigns" / "subject.yaml").read_text(encoding="utf-8")

    def draft(
        self, wanted: str = "subject", *paths: str, write: bool = False, lang: Lang = "zh", today: date = TODAY
    ) -> Done:
        code = draft(wanted, paths, write, str(builtin_rules()), today, lang)
        return Done(code, *self.captured.readouterr())


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Home:
    monkeypatch.chdir(tmp_path)
    return Home(tmp_path, capsys)


def test_drafts_go_to_standard_output_and_the_rest_beside(home: Home) -> None:
    assert home.draft() == Done(
        0,
        ADDED,
        "“学生流量”（subject）还缺 6 个问题，已按营销案里的内容起草。"
        "核实、改好以后去掉“【草稿】”，没去掉的通不过检查。\n"
        "有 2 处营销案里没有写，要由您补上：见“（请写明：……）”。\n",
    )
    assert home.subject() == complete(SUBJECT)
    assert home.draft("subject", "campaigns/subject.yaml").out == ADDED


def test_in_english_the_drafts_are_the_same(home: Home) -> None:
    done = home.draft(lang="en")
    assert (done.code, done.out) == (0, ADDED)
    assert done.err.startswith("“学生流量” (subject), still to answer: 6. Drafted from its spec: check each,")


def test_written_in_place_between_what_stands_there(home: Home) -> None:
    done = home.draft(write=True)
    assert (done.code, done.out) == (0, ADDED)
    assert done.err.endswith("已写进 campaigns/subject.yaml。\n")
    assert home.subject() == complete(SUBJECT.replace("  # 下面", ADDED + "  # 下面"))
    assert home.draft(write=True) == Done(0, "", "“学生流量”（subject）该回答的都回答了，不用起草。\n")


@pytest.mark.parametrize("faq", ["", "faq: []\n"])
def test_a_list_is_made_where_there_is_none(home: Home, faq: str) -> None:
    bare = SUBJECT[: SUBJECT.index("faq:")]
    home.put("subject", bare + faq + "stage: testing\n")
    printed = home.draft(write=True).out
    first = "faq:\n  - {topic: eligibility, q: 谁可以办？, a: 【草稿】所有客户都可以办。这次只在成都市办。}\n"
    assert printed.startswith(first)
    assert printed in home.subject()
    assert home.draft().out == ""


def test_a_campaign_that_is_over_needs_nothing(home: Home) -> None:
    done = home.draft(today=date(2027, 4, 1))
    assert done == Done(0, "", "“学生流量”（subject）已经下线、过期，或者没有覆盖任何城市，不用再准备问答。\n")


def refused(home: Home, wanted: str = "subject", *, write: bool = False) -> tuple[str, str]:
    with pytest.raises(UsageError) as caught:
        home.draft(wanted, write=write)
    return caught.value.message.render("zh"), caught.value.hint.render("zh")


def test_an_unknown_id(home: Home) -> None:
    assert refused(home, "subjekt") == ("没有编号为“subjekt”的营销案", "是不是想写“subject”？")


def test_an_id_of_two_files(home: Home) -> None:
    home.put("twin", SUBJECT)
    assert refused(home) == (
        "“subject”在几个文件里都用了：campaigns/subject.yaml、campaigns/twin.yaml",
        "先给每个营销案不同的编号。",
    )


@pytest.mark.parametrize(
    ("old", "new"), [("title: 学", "titel: 学"), ("data.monthly-30g", "data.none"), ("for_months: 6, ", "")]
)
def test_a_spec_with_errors(home: Home, old: str, new: str) -> None:
    home.put("subject", SUBJECT.replace(old, new))
    assert refused(home) == (
        "campaigns/subject.yaml 有错误，没法起草",
        "先改好 campaigncheck check campaigns/subject.yaml 指出的错误。",
    )


def test_a_shared_list_is_printed_for_and_not_written_to(home: Home) -> None:
    shared = SUBJECT[: SUBJECT.index("faq:")] + "faq: &none []\nhalls: *none\n"
    home.put("subject", shared)
    assert home.draft().out.startswith("faq:\n  - {topic: eligibility,")
    message, hint = refused(home, write=True)
    assert message.startswith("写不进 campaigns/subject.yaml：/faq 和别处共用一份内容")
    assert hint == "不加 --write，把打印出来的问答贴进 faq。"
    assert home.subject() == complete(shared)


def test_what_is_drafted_blocks_and_without_mark_and_gaps_passes(home: Home) -> None:
    home.put("subject", SUBJECT + "stage: testing\n")
    home.draft(write=True)
    assert "【草稿】" in home.subject()
    other = home.subject().replace("【草稿】", "")
    home.put("subject", other)
    assert home.draft().err == "“学生流量”（subject）该回答的都回答了，不用起草。\n"


def test_mode_and_byte_order_mark_stay(home: Home) -> None:
    path = home.folder / "campaigns" / "subject.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    path.chmod(0o640)
    assert home.draft(write=True).code == 0
    whole = complete(SUBJECT.replace("  # 下面", ADDED + "  # 下面"))
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"\xef\xbb\xbf" + whole.encode(), 0o640)


def test_a_read_only_spec_is_not_written_over(home: Home) -> None:
    (home.folder / "campaigns" / "subject.yaml").chmod(0o444)
    assert refused(home, write=True) == (
        "campaigns/subject.yaml 是只读的，一个文件也没有改",
        "去掉只读，或者不加 --write，把打印出来的问答贴进 faq。",
    )
    assert home.subject() == complete(SUBJECT)


def test_a_spec_that_changed_meanwhile_is_not_written_over(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*given: Any) -> str:
        home.put("subject", SUBJECT + "halls: []\n")
        return with_drafts(*given)

    monkeypatch.setattr("campaigncheck.cli.draft.with_drafts", late)
    with pytest.raises(ChangedError, match=r"subject\.yaml"):
        home.draft(write=True)
    assert home.subject() == complete(SUBJECT + "halls: []\n")
