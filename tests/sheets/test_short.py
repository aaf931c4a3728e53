"""Short answers: never over one SMS, only whole sentences, and no limit left out."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigncheck import __version__
from campaigncheck.messages import LANGS, show
from campaigncheck.sheets import short_sms
from campaigncheck.sheets.model import Sheet
from campaigncheck.sheets.short import MOST, sentences, short_form, units
from campaigncheck.source.document import load
from campaigncheck.spec.model import FaqEntry
from tests.sheets.guides import EXAMPLES, GOLDEN, growth, of_file, of_values, sheets

FILLER = "打开 App 点首页最上面的那个大图标，就看到了这一次的活动页面，上面写得清清楚楚。"
EASY = "页面上有一段小动画演示给您看，慢慢看就好。"
LIMITS = [
    "但是阿坝除外。", "不过新客户要等一个月。", "只限全球通客户。", "仅在营业厅办。", "需要本人来。", "必须带身份证。", "不能和别的一起用。",
    "号码满 24 个月才可以。", "以后每月 30 元。", "从第 13 个月起每月收 30 元。", "名额用完为止。", "未成年人请先问家长。", "请带身份证原件。",
    "到期自动续。", "提前停要补钱。", "超出的部分另外算。", "违约金 100 块。", "阿坝和甘孜的客户等下一批。", "学生和老人请看别的活动。",
    "农村地区由师傅先看线路，看了再说。", "号码不变，套餐变了。", "老号码不变。", "不用换卡的客户直接办。", "谁能办在 App 里看。",
    "详情请看活动页面。", "请放心，学生另算。", "谢谢您，下个月见。", "300M 的能到 270M 以上。", "慢慢看就好：学生另算。",
]  # fmt: skip


def form(answer: str, short: str | None = None) -> str | None:
    return short_form(FaqEntry(topic="how_to_get", q="怎么办？", a=answer, short=short))


def test_an_answer_that_fits_is_sent_whole() -> None:
    assert form("每月 20 元。\n从话费里扣。") == "每月 20 元。从话费里扣。"
    assert form("字" * 70) == "字" * 70
    assert form("字" * 69 + "。") == "字" * 69 + "。"


@pytest.mark.parametrize(
    "sentence",
    [
        "谢谢您的支持！", "感谢您的理解和配合。", "祝您新年快乐！", "您放心，号码不变。", "不用换卡，也不用换手机。", "不影响上网。",
        "有不明白的，随时打客服热线。", "办理进度在 App 里看。", "您也可以到营业厅看看。", "活动页面上有一张图片。",
        "在 App 里能看到办理记录。", "欢迎来体验。", "别着急，慢慢选！",
    ],
)  # fmt: skip
def test_what_is_known_to_be_harmless_may_be_left_out(sentence: str) -> None:
    assert form(FILLER + EASY + EASY + sentence) == FILLER + EASY


def test_only_a_harmless_rest_is_left_out() -> None:
    assert form(FILLER + EASY + EASY) == FILLER + EASY
    assert form(FILLER + EASY + EASY + "您也到营业厅看看。") == FILLER + EASY


@pytest.mark.parametrize("limit", LIMITS)
def test_a_limit_is_never_left_out(limit: str) -> None:
    assert form(FILLER + EASY + limit) in (None, FILLER + EASY + limit)
    assert form(FILLER + EASY + EASY + limit) is None
    assert form(FILLER + FILLER + limit + EASY) is None


@pytest.mark.parametrize(
    "answer",
    [
        "字" * 71,
        "满足以下两样就好。" + FILLER + FILLER,  # what was announced would be missing
        "有三种办法：" + FILLER + FILLER,
        "能。" + FILLER[:-1] + "，" + FILLER,  # 能 says nothing by itself
        "（" + FILLER + FILLER + "）",
        "他说“" + FILLER + "”" + FILLER,
        "1. 打开 App\n2. 点首页\n" + FILLER + FILLER,
    ],
)
def test_what_cannot_be_cut_has_no_short_form(answer: str) -> None:
    assert form(answer) is None


def test_the_author_s_own_short_answer_goes_first() -> None:
    assert form("每月 20 元。", short="一个月 20 元。") == "一个月 20 元。"
    assert form("长" * 200, short="一行，\n两行。") == "一行， 两行。"


def test_a_draft_is_not_sent() -> None:
    assert form("【草稿】每月 20 元，从话费里扣。") is None
    assert form("每月 20 元，从话费里扣。", short="【草稿】每月 20 元。") is None
    entry = {"topic": "price", "q": "多少钱？", "a": "【草稿】每月 20 元。"}
    (line,) = lines(short_sms.write(of_values(faq=[entry]), "zh"))
    assert (line["answer"], line["note"]) == ("", "回答还是草稿，核实以前不发短信。")


def test_length_is_counted_as_the_network_counts_it() -> None:
    assert units("𠮷😀a") == 5
    assert form("每月 20 元。", short="😀" * 35) == "😀" * 35
    assert form("每月 20 元。", short="😀" * 36) is None
    assert form("𠮷" * 36) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("好。行！真的吗？！对", ["好。", "行！", "真的吗？！", "对"]),
        ("他说“好。”然后走了。对！", ["他说“好。”然后走了。", "对！"]),
        ("“整句。”再说。", ["“整句。”", "再说。"]),
        ("（看第三条。）再说。", ["（看第三条。）", "再说。"]),
        ("每月 1.5 元。ok! Yes!no", ["每月 1.5 元。", "ok!", "Yes!no"]),
        ("没有关的“引号。再说。", ["没有关的“引号。再说。"]),
        ("多了一个”。再说。", ["多了一个”。", "再说。"]),
        ("甲\n乙。", ["甲 乙。"]),
        ("", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


RUNS = ["!", "?", "!a", "！（", "（！）", "字（！）", "（", "“", "一。", " ", "1."]


@pytest.mark.parametrize("piece", RUNS)
def test_the_time_grows_with_the_length_of_a_text(piece: str) -> None:
    def parted(text: str) -> None:
        sentences(f"{text}a")  # behind a run of “!” there is no blank

    assert growth(parted, piece) < 10  # 4 times the text; what grows with its square takes 16 times as long


PIECES = st.sampled_from(
    [*LIMITS, FILLER, EASY, "能。", "（加一句。）", "“怎么办！”", "短句！", "𠮷😀。", "没完", "1. 甲\n"]
)


@settings(deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12))
def test_a_short_form_fits_and_consists_of_the_answer_s_first_whole_sentences(pieces: list[str]) -> None:
    answer = "".join(pieces)
    short = form(answer)
    if short is None:
        assert units(" ".join(answer.split())) > MOST
        return
    assert 0 < units(short) <= MOST
    said = ["".join(part.split()) for part in sentences(answer)]
    begins = {"".join(said[:count]) for count in range(1, len(said) + 1)}
    assert "".join(short.split()) in begins
    left = "".join(answer.split()).removeprefix("".join(short.split()))
    assert not any("".join(limit.split()) in left for limit in LIMITS)


def lines(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    assert "\n" not in text.replace("\r\n", "")
    headings, *found = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    names = {show(heading, lang): name for name, heading in short_sms.COLUMNS.items() for lang in LANGS}
    return [dict(zip([names[heading] for heading in headings], line, strict=True)) for line in found]


def test_headings_are_in_the_language_of_the_table() -> None:
    heads = [short_sms.write(of_values(), lang).removeprefix("\ufeff") for lang in LANGS]
    assert heads == [
        "话题,问题,短信,字数,说明,营销案,能不能用,制单日期,内容版本,一线支撑,值守时间,阶段,制单程序\r\n",
        "topic,question,answer,characters,note,campaign,status,issued,digest,support,hours,stage,program\r\n",
    ]


def test_an_sms_names_its_campaign_where_there_is_room() -> None:
    entries = [
        {"topic": "price", "q": "多少钱？", "a": "字" * 66},
        {"topic": "price", "q": "到底多少钱？", "a": "字" * 67},
        {"topic": "price", "q": "样例多少钱？", "a": "样例不收钱。"},
    ]
    fits, full, named = lines(short_sms.write(of_values(faq=entries), "zh"))
    assert (fits["answer"], fits["characters"], fits["note"]) == ("【样例】" + "字" * 66, "70", "")
    assert (full["answer"], full["characters"]) == ("字" * 67, "67")
    assert full["note"].startswith("加上活动名称“样例”就超过一条短信了")
    assert (named["answer"], named["note"]) == ("样例不收钱。", "")


def test_a_note_does_not_depend_on_where_the_tool_was_started() -> None:
    sheet = of_file(GOLDEN / "spring.yaml")
    assert sheet.source is not None
    for path in ("../a/spring.yaml", "C:\\a\\spring.yaml"):
        moved = replace(sheet, source=sheet.source._replace(document=load(str(GOLDEN / "spring.yaml"), path)[1]))
        assert short_sms.write(moved, "zh") == short_sms.write(sheet, "zh")


@settings(max_examples=30, deadline=None)
@given(sheets())
def test_the_table_has_a_line_for_each_question(sheet: Sheet) -> None:
    found = lines(short_sms.write(sheet, "zh"))
    assert [line["question"] for line in found] == [item.q for topic in sheet.topics for item in topic.questions]
    assert all(units(line["answer"]) == int(line["characters"]) <= MOST for line in found)
    assert all(line["answer"] or line["note"] for line in found)
    assert all(sheet.title in line["answer"] or line["note"] for line in found)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_examples_have_short_answers_or_say_where_they_are_missing(file: str) -> None:
    sheet = of_file(EXAMPLES[0].parent / file)
    text = (EXAMPLES[0].parent / file).read_text(encoding="utf-8").splitlines()
    for line in lines(short_sms.write(sheet, "zh")):
        if not line["answer"]:
            number = int(line["note"].split("第 ")[1].split(" 行")[0])
            assert line["question"] in text[number - 1]


def test_a_missing_short_answer_names_file_and_line() -> None:
    missing = [line for line in lines(short_sms.write(of_file(GOLDEN / "spring.yaml"), "zh")) if not line["answer"]]
    (line,) = missing
    assert line["question"] == "一家能办两条宽带吗？"
    assert line["note"].startswith("一条短信写不下，截短了可能漏掉条件。请在 spring.yaml 第 ")
    assert (line["answer"], line["characters"]) == ("", "0")


def test_a_short_answer_that_is_too_long_says_how_long() -> None:
    entry = {"topic": "price", "q": "多少钱？", "a": "每月 20 元。", "short": "😀" * 40}
    sheet = of_values(faq=[entry])
    (line,) = lines(short_sms.write(sheet, "en"))
    assert line["note"].startswith("Too long for one SMS")
    assert line["answer"] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0"
    sheet = of_values(faq=[{"topic": "price", "q": text, "a": text}], support={"contact": text})
    (line,) = lines(short_sms.write(sheet, "zh"))
    assert line["question"] == line["support"] == f"'{text}"
    assert line["answer"] == f"【样例】{text}"


def test_every_line_says_of_which_stage_and_by_which_program_it_is() -> None:
    entry = {"topic": "price", "q": "多少钱？", "a": "每月 20 元。"}
    (line,) = lines(short_sms.write(of_values(faq=[entry], stage="testing"), "zh"))
    assert (line["stage"], line["program"]) == ("测试", f"campaigncheck {__version__}")


def test_a_table_that_must_not_be_used_says_so_in_every_line() -> None:
    entry = {"topic": "price", "q": "多少钱？", "a": "每月 20 元。"}
    assert [line["status"] for line in lines(short_sms.write(of_values(faq=[entry]), "zh"))] == ["可以给客户用"]
    early = lines(short_sms.write(of_values(faq=[entry], stage="testing"), "zh"))
    assert [line["status"] for line in early] == ["还没有放行，不能给客户用"]
