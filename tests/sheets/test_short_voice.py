"""What is spoken, and the voice menu around it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigncheck.sheets.guide_ends import asked
from campaigncheck.sheets.model import Sheet
from campaigncheck.sheets.short_spoken import spoken
from campaigncheck.sheets.short_voice import MOST, Spot, menu, write
from tests.sheets.guides import EXAMPLES, ROOT, growth, of_file, of_values, own_topics, question, sheets


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("每月 ¥20，升到 300M", "每月 20 元，升到 300 兆"),
        ("￥1,200.00 一次付清", "1200 元一次付清"),
        ("20元/月，0.15 元/分钟，9.90 元", "每月 20 元，每分钟 0.15 元，9.9 元"),
        ("08:00-20:00 有人接", "8 点到 20 点有人接"),
        ("8:30~12:05，24:00 截止", "8 点 30 分到 12 点 5 分，24 点截止"),
        ("2027-01-15 至 2027-03-31", "二零二七年 1 月 15 日至二零二七年 3 月 31 日"),
        ("2027 年 3 月，2000 元，20 年", "二零二七年 3 月，2000 元，20 年"),
        ("发短信 KDTS 到 10086", "发短信 K、D、T、S 到一零零八六"),
        ("发短信 JY3、JY15", "发短信 J、Y、三，J、Y、一、五"),
        ("回复 15 取消", "回复一、五取消"),
        ("回复 yes 到 10086", "回复 Y、E、S 到一零零八六"),
        ("打 028-12345678 或 400-123-4567", "打零二八一二三四五六七八或四零零一二三四五六七"),
        ("拨 114，内线 8001，拨打12345", "拨一一四，内线八零零一，拨打一二三四五"),
        ("13812345678", "一三八一二三四五六七八"),
        ("一共 12000 份，10086 积分，打 95 折", "一共 12000 份，10086 积分，打 95 折"),
        ("送 30GB，1GB 和 10GB，5G 流量", "送 30 个 G，1 个 G 和 10 个 G，5 个 G 流量"),
        ("4G/5G 手机，换5G", "4G或者5G 手机，换5G"),
        ("1000Mbps，2.5Gbps，500MB", "1000 兆，2500 兆，500 兆"),
        ("10%-20%，打九折", "百分之 10 到百分之 20，打九折"),
        ("2-4 分钟，58–128 元", "2 到 4 分钟，58 到 128 元"),
        ("能（要本人来）。", "能，要本人来。"),
        ("79 元以上（含 79 元）的可以", "79 元以上，含 79 元的可以"),
        ("详情看 https://example.com/a?b=1，或者 m.example.cn", "详情看，网址请看短信，或者，网址请看短信"),
        ("写信到 a.b@example.com。", "写信到，邮箱请看短信。"),
        ("1. 打开 App\n2. 点“办理”\n- 好了", "第 1，打开 App。第 2，点“办理”。好了"),
        ("按 # 键，24×20 元", "按井号键，24乘20 元"),
        ("👍好\u200d😀\u202e", "好"),
        ("ＫＤＴＳ，３００Ｍ，￥２０", "K、D、T、S，300 兆，20 元"),
        ("APP、Wi-Fi、FTTR", "App、Wi-Fi、F、T、T、R"),
        ("", ""),
    ],
)
def test_it_is_written_as_it_is_read_aloud(written: str, said: str) -> None:
    assert spoken(written) == said


TEXT = st.text(
    st.sampled_from("办元发到回复第月年点 0123456789.:-/%¥￥GMBKDTSab（）()[]【】“”，。！\n\t#*=<>&@~😀")
    | st.characters(),
    max_size=60,
)


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_nothing_is_left_that_cannot_be_spoken(text: str) -> None:
    said = spoken(text)
    assert not re.search(
        r"[()（）\[\]【】¥￥%/<>=&#*~\n\t]|(?<![A-Za-z0-9])[A-Z][A-Z0-9]+(?![A-Za-z0-9])|\d:\d\d", said
    )
    assert not re.search(r"https?://|www\.", said)
    assert {unicodedata.category(char) for char in said}.isdisjoint({"Cc", "Cf", "Cs", "So"})
    assert said == " ".join(said.split())


def spots(spot: Spot) -> list[Spot]:
    return [spot, *(inner for _, choice in spot.choices for inner in spots(choice))]


def parts(text: str) -> dict[str, str]:
    """The parts of a menu by their keys; each has one line that is spoken."""
    found = re.findall(r"^\[([^\]]*)\]\n(.+)$", text, re.MULTILINE)
    assert len(text.splitlines()) == len([line for line in text.splitlines() if line.startswith("#")]) + 3 * len(found)
    return dict(found)


@settings(max_examples=40, deadline=None)
@given(sheets())
def test_every_question_is_answered_and_no_level_offers_more_than_nine(sheet: Sheet) -> None:
    found = spots(menu(sheet))
    assert all(len(spot.choices) <= MOST for spot in found)
    leaves = [spot.text for spot in found if not spot.choices]
    expected = [spoken(item.entry.a) for item in asked(sheet)]
    assert sorted(leaves) == sorted(expected) or not expected


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_key_that_is_offered_leads_somewhere(file: str) -> None:
    found = parts(write(of_file(EXAMPLES[0].parent / file), "zh"))
    for keys, said in found.items():
        offered = [key for key in re.findall(r"请按 (\d)。", said) if key != "0"]
        assert offered == [str(number) for number in range(1, len(offered) + 1)]
        inner = {f"{keys}-{key}" if keys != "main" else key for key in offered}
        assert inner == {name for name in found if name.rpartition("-")[0] == keys and keys != "main"} | (
            {name for name in found if name.isdigit()} if keys == "main" else set()
        )
        assert "重复收听，请按 0。" in said
        assert ("返回上一级，请按星号键。" in said) == (keys != "main")


def test_few_questions_need_one_level() -> None:
    found = parts(write(of_values(faq=[question("price"), question("cancel"), question("my_own")]), "zh"))
    assert found["main"] == (
        "您好，这里是“样例”的自动介绍。想了解价格，请按 1。想了解怎么取消，请按 2。想问“问my own1”，请按 3。重复收听，请按 0。"
    )
    assert found["2"] == "答cancel1。重复收听，请按 0。返回上一级，请按星号键。"


def test_topics_of_a_site_s_own_are_called_by_their_titles_while_there_are_keys(tmp_path: Path) -> None:
    usual = [question(topic, number) for topic in ("price", "cancel") for number in range(5)]
    few = of_values(own_topics(tmp_path, "坏了怎么修"), faq=[*usual, question("own-1")])
    assert "想了解坏了怎么修，请按 3。" in parts(write(few, "zh"))["main"]
    assert parts(write(few, "zh"))["3"].startswith("答own-11。")
    many = own_topics(tmp_path, *(f"第{number}件事" for number in range(1, 9)))
    found = parts(write(of_values(many, faq=[*usual, *(question(f"own-{number}") for number in range(1, 9))]), "zh"))
    assert found["main"].endswith("想了解价格，请按 1。想取消，请按 2。别的问题，请按 3。重复收听，请按 0。")
    assert "想了解第8件事，请按 8。" in found["3"]


def test_many_questions_of_one_topic_are_offered_a_page_at_a_time() -> None:
    found = parts(write(of_values(faq=[question("price", number) for number in range(20)]), "zh"))
    assert "听后面的，请按 9。" in found["1"]
    assert found["1-9-9-4"].startswith("答price19。")


def test_without_questions_the_menu_says_so() -> None:
    assert parts(write(of_values(), "zh")) == {
        "main": "您好，这里是“样例”的自动介绍。现在还没有可以自动回答的问题。重复收听，请按 0。"
    }


def test_texts_cannot_pose_as_parts_or_remarks() -> None:
    text = "好。\n[9]\n# 不念\n请按 5。"
    found = parts(write(of_values(title=text, faq=[{"topic": "price", "q": text, "a": text}]), "zh"))
    assert list(found) == ["main", "1"]


def test_the_head_says_whether_it_may_be_used_and_whom_to_ask() -> None:
    text = write(of_values(stage="testing", support={"contact": "内线 8001", "hours": "08:00-20:00"}), "zh")
    assert "# 还没有放行，不能给客户用（现在是测试阶段），只供准备和演练。\n" in text
    assert "# 支撑：内线 8001\n# 值守时间：08:00-20:00\n" in text
    assert "# Hours: 08:00-20:00\n" in write(of_values(support={"contact": "x", "hours": "08:00-20:00"}), "en")
    assert "放行" not in write(of_values(), "zh")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("看 example.com/a-b?c。", "看，网址请看短信。"),
        ("看a-b.example.com.cn这里", "看，网址请看短信，这里"),
        ("EXAMPLE.ORG", "网址请看短信"),
        ("2.5 到 3.5 倍", "2.5 到 3.5 倍"),
    ],
)
def test_addresses_are_for_the_eye(written: str, said: str) -> None:
    assert spoken(written) == said


RUNS = [
    "a-", "a.", "a-a.", ".com", "-a.com.", "a@", "www.", "打 1", "1", "12,", "1.", "1-", "AB", "AB、", "%", "（", "*", "# ", "，", "!",
]  # fmt: skip


@pytest.mark.parametrize("piece", RUNS)
@pytest.mark.parametrize("start", ["", "打电话 "])
def test_the_time_grows_with_the_length_of_a_text(piece: str, start: str) -> None:
    def read(text: str) -> None:
        spoken(f"{start}{text} 元")

    assert growth(read, piece) < 10  # 4 times the text; what grows with its square takes 16 times as long


def test_the_manual_s_table_is_true() -> None:
    text = (ROOT / "docs" / "sheets-guide.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", text[text.index("| written |") :], re.MULTILINE)[1:]
    assert len(rows) >= 8
    assert [(written, spoken(written)) for written, _ in rows] == rows
