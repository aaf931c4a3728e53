"""The guided script: its laws on any sheet, what it leads to, and what breaks a law."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from campaigncheck.messages import LANGS, Lang, show
from campaigncheck.sheets import guide_words as words
from campaigncheck.sheets.guide import MOST, Choice, Guide, Node
from campaigncheck.sheets.guide_ends import asked
from campaigncheck.sheets.guide_flow import build
from campaigncheck.sheets.guide_page import write, write_json
from campaigncheck.sheets.model import Sheet
from campaigncheck.sheets.offers import _WRITERS
from tests.sheets.guides import EXAMPLES, of_file, of_values, own_topics, question, sheets
from tests.sheets.pages import PAYLOADS, Parsed


def by_name(guide: Guide) -> dict[str, Node]:
    return {node.id: node for node in guide.nodes}


def path(guide: Guide, *labels: str) -> Node:
    """Follow choices by their Chinese labels."""
    nodes = by_name(guide)
    node = nodes[guide.start]
    for label in labels:
        (to,) = [choice.to for choice in node.choices if show(choice.label, "zh") == label]
        node = nodes[to]
    return node


def reached(guide: Guide, without: str = "") -> set[str]:
    """The steps one can come to, if one of them is closed; written apart from the guide's own way to find them."""
    nodes, found, todo = by_name(guide), set[str](), [guide.start]
    while todo:
        name = todo.pop()
        if name != without and name not in found:
            found.add(name)
            todo += [choice.to for choice in nodes[name].choices]
    return found


def holds(sheet: Sheet) -> None:
    guide = build(sheet)
    nodes = by_name(guide)
    assert guide.faults() == []
    assert reached(guide) == set(nodes)
    entered = {choice.to for node in guide.nodes for choice in node.choices}
    assert set(nodes) - entered == {guide.start}
    assert all(len(node.choices) <= MOST for node in guide.nodes)
    assert {node.id for node in guide.nodes if not node.choices} == {"ask", "done"}
    for item in asked(sheet):
        assert (nodes[item.id].title, nodes[item.id].say) == (item.entry.q, (item.entry.a,))
    said = [node.say for node in guide.nodes]
    assert all((answer,) in said for _, answer in (*sheet.answers, *sheet.terms))
    offered = [choice.label for node in guide.nodes for choice in node.choices]
    assert all(group in offered for group in sheet.audience)
    shown = {(card.title, fact.label) for node in guide.nodes for card in node.cards for fact in card.facts}
    for table in sheet.offers:
        assert {(name, row.label) for name in table.names for row in table.rows} <= shown


@settings(max_examples=60, deadline=None)
@given(sheets())
def test_the_laws_hold_for_any_sheet(sheet: Sheet) -> None:
    holds(sheet)


@settings(max_examples=25, deadline=None)
@given(sheets())
def test_going_back_leads_where_one_has_been(sheet: Sheet) -> None:
    guide = build(sheet)
    for name, before in guide.before.items():
        assert name not in reached(guide, without=before)
        assert guide.trail(name)[0] == guide.start
        assert guide.trail(name)[-1] == before


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_laws_hold_for_the_examples(file: Path) -> None:
    holds(of_file(file))


@pytest.mark.parametrize(
    ("nodes", "fault"),
    [
        ([("a", "b"), ("b", "c"), ("c", "b")], "a loop"),
        ([("a", "a")], "a loop"),
        ([("a", "b"), ("b", "")], "b is a dead end"),
        ([("a", "c"), ("c", "end"), ("b", "c")], "b is never reached"),
        ([("a", "nowhere")], "choices lead nowhere: ['nowhere']"),
        ([("b", "end"), ("a", "end")], "the first one is not the start"),
        ([("a", "b"), ("b", "end"), ("b", "end")], "names of their own"),
        ([("a", "end b b b b b b b b"), ("b", "end")], "a has more than 7 choices"),
    ],
)
def test_what_breaks_a_law_is_found(nodes: list[tuple[str, str]], fault: str) -> None:
    made = [Node(name, "question", name, choices=tuple(Choice("", to) for to in tos.split())) for name, tos in nodes]
    ends = [Node("end", "end", "end")] if any("end" in tos for _, tos in nodes) else []
    (found,) = Guide("a", (*made, *ends)).faults()
    assert fault in found


def test_an_end_that_goes_on_is_found() -> None:
    ends = Node("b", "end", "b", choices=(Choice("", "c"),))
    guide = Guide("a", (Node("a", "question", "a", choices=(Choice("", "b"),)), ends, Node("c", "end", "c")))
    assert guide.faults() == ["b is an end and goes on"]
    assert Guide("a", (guide.nodes[0], replace(ends, choices=()))).faults() == []


def test_the_way_from_who_it_is_to_the_answer_and_what_to_do_next() -> None:
    sheet = of_values(
        audience=[{"age": ">=60"}],
        faq=[question("price"), question("price_after"), question("dispute"), question("cancel")],
        handling={"steps": ["sign"]},
    )
    guide = build(sheet)
    assert path(guide, "年龄满 60 岁").id == "concern"
    assert path(guide, "年龄满 60 岁", "问价钱", "问price1？").say == ("答price1。",)
    doing = path(guide, "年龄满 60 岁", "问价钱", "问price1？", "听明白了，要办")
    assert show(doing.do[0], "zh") == "签字：0.3 分钟（0.2 到 0.6 分钟）"
    assert path(guide, "已经办了这个活动", "想取消、不想用了", "确定要取消").id == "stop"
    assert path(guide, "已经办了这个活动", "不满意、要投诉", "客户还是不满意").id == "ask"
    assert path(guide, "都不符合，或者不在活动的地区、日期里").id == "refuse"
    assert "年龄满 60 岁" in show(path(guide, "都不符合，或者不在活动的地区、日期里").say[0], "zh")
    assert path(guide, "年龄满 60 岁", "别的事").id == "ask"


def test_who_wants_it_is_served_even_if_nothing_is_written_yet() -> None:
    guide = build(of_values())
    assert [node.id for node in guide.nodes] == [
        "who",
        "concern",
        "has",
        "do",
        "change",
        "stop",
        "refuse",
        "ask",
        "done",
    ]
    assert path(guide, "所有客户", "想办").id == "do"


def test_who_has_it_is_asked_about_using_changing_stopping_and_complaining() -> None:
    guide = build(
        of_values(faq=[question(topic) for topic in ("price", "stacking", "cancel", "dispute", "how_to_get")])
    )
    menu = path(guide, "已经办了这个活动")
    assert [show(choice.label, "zh") for choice in menu.choices] == [
        "问价钱", "用着有疑问", "想换成别的", "想取消、不想用了", "不满意、要投诉", "别的事",
    ]  # fmt: skip
    answer = path(guide, "已经办了这个活动", "用着有疑问")
    assert answer.say == ("答stacking1。",)
    assert [(show(choice.label, "zh"), choice.to) for choice in answer.choices] == [
        ("听明白了，没有别的事", "done"), ("想换成别的", "change"), ("确定要取消", "stop"), ("这里没讲清楚", "ask"),
    ]  # fmt: skip
    nodes = by_name(guide)
    wanting = {node.id for node in guide.nodes if "do" in {choice.to for choice in node.choices}}
    assert not {name for name in wanting if name.startswith("has")}
    assert [choice.to for choice in nodes["change"].choices] == ["do", "done", "ask"]


def test_cancelling_says_where_and_speaks_of_money_only_if_there_is_some() -> None:
    offer = {"id": "tv", "name": "电视包", "product": "tv.plus", "kind": "trial", "cancel": ["app", "hotline"]}
    bound = {**offer, "id": "b", "name": "约定包", "contract_months": 6, "early_exit": "补 10 元", "cancel": ["hall"]}
    stop = by_name(build(of_values(offers=[offer], faq=[question("cancel")])))["stop"]
    assert [show(line, "zh") for line in stop.do] == [
        "问清楚确实要取消再办；办完告诉他哪天停。",
        "在这些地方取消：手机 App、客服热线。",
    ]
    assert [(aside.said, aside.text) for aside in stop.asides] == [("问cancel1？", "答cancel1。")]
    charged = by_name(build(of_values(offers=[offer, bound])))["stop"]
    assert [show(line, "zh") for line in charged.do] == [
        "看下面“提前不用”一栏：要补钱的，先说清楚补多少，客户同意了再办；办完告诉他哪天停。",
        "“电视包”在这些地方取消：手机 App、客服热线。",
        "“约定包”在这些地方取消：营业厅。",
    ]


@pytest.mark.parametrize(
    ("channels", "last"),
    [
        (["hall", "app", "sms"], "客户不在柜台的，也可以用：手机 App、短信。"),
        (["hall"], "一共：平均 0.3 分钟，十位客户里九位在 0.4 分钟以内。"),
    ],
)
def test_who_is_not_at_the_counter_is_not_sent_there(channels: list[str], last: str) -> None:
    doing = by_name(build(of_values(channels=channels, handling={"steps": ["sign"]})))["do"]
    assert show(doing.do[-1], "zh") == last


def test_a_wrong_click_leads_back_to_where_it_was_made_and_not_to_whom_to_ask() -> None:
    sheet = of_values(faq=[question("price"), question("price_after"), question("dispute")])
    page = Parsed(write(sheet, "zh"))
    links = [str(item["href"]) for tag, item in page.elements if tag == "a"]
    assert "问的不是这个，回去重选" in page.text
    assert links.count("#ask") == sum(choice.to == "ask" for node in build(sheet).nodes for choice in node.choices)
    back = dict(
        re.findall(
            r'(?s)<section class="node answer[ a-z]*" id="([^"]+)".*?<p class="wrong"><a href="#([^"]+)">',
            write(sheet, "zh"),
        )
    )
    assert back == {
        "q-price-1": "group-price", "q-price_after-1": "group-price", "q-dispute-1": "concern",
        "has-q-price-1": "has-group-price", "has-q-price_after-1": "has-group-price", "has-q-dispute-1": "has",
    }  # fmt: skip


def test_a_refusal_is_a_sentence_in_english_too() -> None:
    sheet = of_values(audience=[{"tenure_months": ">=24", "broadband": True, "brand": ["全球通", "神州行"]}])
    assert show(by_name(build(sheet))["refuse"].say[0], "en") == (
        "I am sorry: this campaign has conditions (with us for 24 months or more, has broadband, "
        "全球通 or 神州行 customers) that do not fit you yet. Let me see whether another one suits you."
    )


def test_many_groups_are_asked_in_several_steps() -> None:
    guide = build(of_values(audience=[{"age": f">={age}"} for age in range(20, 32)]))
    sizes = [len(node.choices) for node in guide.nodes if node.id.startswith("who")]
    assert sizes == [7, 7, 3]
    assert path(guide, "都不是，看后面几条", "都不是，看后面的", "年龄满 31 岁").id == "concern"


def test_a_refusal_names_a_few_groups_and_no_long_list() -> None:
    said = []
    for count in (2, 4):
        ages = [{"age": f">={age}"} for age in range(20, 20 + count)]
        said.append(show(by_name(build(of_values(audience=ages)))["refuse"].say[0], "zh"))
    assert "是给这些客户的：年龄满 20 岁；或者年龄满 21 岁。您现在还不符合。" in said[0]
    assert "只给一部分客户" in said[1]
    assert "年龄" not in said[1]


def test_of_a_campaign_for_everybody_only_place_or_day_can_be_wrong() -> None:
    guide = build(of_values(faq=[question("eligibility")]))
    labels = [show(choice.label, "zh") for choice in path(guide).choices]
    assert labels == ["所有客户", "已经办了这个活动", "还不清楚，先听他想问什么", "不在活动的地区、日期里"]
    refusal = path(guide, "所有客户", "想办", "不在活动的地区、日期里")
    assert refusal is by_name(guide)["refuse"]
    assert show(refusal.say[0], "zh") == (
        "不好意思，这个活动这次办的地方是四川省，时间是 2026 年 11 月 1 日（周日）到 2027 年 3 月 31 日（周三），您这边现在还办不了。"
        "我帮您看看别的活动，有适合您的就告诉您。"
    )
    assert "所有客户" not in [show(line, "zh") for fact in refusal.cards[0].facts for line in fact.lines]


def test_of_a_campaign_whose_offers_are_for_some_nobody_is_told_that_it_is_for_all() -> None:
    offer = {"id": "tv", "name": "电视包", "product": "tv.plus", "kind": "trial", "audience": [{"age": ">=60"}]}
    refusal = path(build(of_values(offers=[offer])), "都不符合，或者不在活动的地区、日期里")
    assert "只给一部分客户" in show(refusal.say[0], "zh")


def test_many_questions_are_offered_by_topic_first() -> None:
    many = [question(topic, number) for topic in ("price", "price_after") for number in range(9)]
    guide = build(of_values(faq=many))
    labels = [show(choice.label, "zh") for choice in path(guide, "所有客户", "问价钱").choices]
    assert labels == ["多少钱", "之后多少钱", "都不是"]
    last = path(guide, "所有客户", "问价钱", "之后多少钱", "都不是，看后面的", "问price_after8？")
    assert last.say == ("答price_after8。",)


def test_what_can_be_misread_and_words_stand_beside_the_answers_they_belong_to() -> None:
    sheet = of_values(
        faq=[{"topic": "price", "q": "升到 300m 要多少钱？", "a": "每月 20 元。"}, question("cancel")],
        answers=[{"phrase": "300M", "answer": "是上限。"}, {"phrase": "永久", "answer": "到年底。"}],
        terms={"FTTR": "光纤到房间"},
    )
    nodes = by_name(build(sheet))
    assert [(aside.kind, aside.said) for aside in nodes["q-price-1"].asides] == [("misread", "300M")]
    assert nodes["q-cancel-1"].asides == ()
    assert [nodes[name].say for name in ("misread-1", "misread-2", "term-1")] == [
        ("是上限。",),
        ("到年底。",),
        ("光纤到房间",),
    ]


def test_topics_that_nobody_knows_are_something_else_and_somebody_can_be_asked() -> None:
    guide = build(of_values(faq=[question("my_own")]))
    node = path(guide, "所有客户", "别的事")
    assert [choice.to for choice in node.choices] == ["q-my_own-1", "ask"]


def test_a_topic_of_a_site_s_own_is_offered_by_its_title(tmp_path: Path) -> None:
    known = own_topics(tmp_path, "坏了怎么修", "搬家怎么办")
    asked_twice = [question("own-2"), question("own-2", 2)]
    sheet = of_values(known, faq=[question("own-1"), *asked_twice, question("price")])
    guide = build(sheet)
    holds(sheet)
    for start, mark in (("所有客户", ""), ("已经办了这个活动", "has-")):
        assert path(guide, start, "坏了怎么修").id == f"{mark}q-own-1-1"
        node = path(guide, start, "搬家怎么办")
        assert [choice.to for choice in node.choices] == [f"{mark}q-own-2-1", f"{mark}q-own-2-2", "ask"]
        assert path(guide, start, "别的事").id == "ask"


def test_many_topics_of_a_site_s_own_are_offered_in_several_steps(tmp_path: Path) -> None:
    titles = [f"第{number}件事" for number in range(1, 21)]
    known = own_topics(tmp_path, *titles)
    usual = ("eligibility", "price", "stacking", "cancel", "dispute")
    asked_of = [question(topic) for topic in (*usual, *(f"own-{number}" for number in range(1, 21)))]
    sheet = of_values(known, faq=asked_of, terms={"甲": "乙"})
    holds(sheet)
    guide = build(sheet)
    labels = [show(choice.label, "zh") for choice in path(guide, "所有客户").choices]
    assert labels == [
        "想办",
        "问价钱",
        "问办了以后怎么样",
        "想取消、不想用了",
        "不满意、要投诉",
        "听不懂、想岔了",
        "都不是，看后面的",
    ]
    further = ["都不是，看后面的"] * 4
    assert path(guide, "所有客户", *further[:2], "第12件事").id == "q-own-12-1"
    assert path(guide, "所有客户", *further, "别的事").id == "ask"


def test_on_paper_what_is_said_stands_there_once() -> None:
    guide = build(of_values(faq=[question("price"), question("cancel")]))
    page = Parsed(write(of_values(faq=[question("price"), question("cancel")]), "zh"))
    twins = [str(item["id"]) for tag, item in page.elements if tag == "section" and "twin" in str(item["class"])]
    assert twins == ["has-q-price-1", "has-q-cancel-1"]
    assert all(
        guide.nodes[guide.numbers[name] - 1].say == by_name(guide)[name.removeprefix("has-")].say for name in twins
    )
    told = [f"照第 {guide.numbers[name.removeprefix('has-')]} 步的话说。" for name in twins]
    assert [text for text in page.all("p") if text.endswith("步的话说。")] == told


def test_every_row_of_the_price_table_goes_with_a_concern_or_with_doing_it() -> None:
    rows = [row for concern in words.CONCERNS for row in concern.rows]
    assert sorted(rows) == sorted(_WRITERS)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_any_text_stays_text(payload: str, lang: Lang) -> None:
    found, harmless = (Parsed(write(_hostile(text), lang)) for text in (payload, "harmless"))
    assert found.shape == harmless.shape
    assert not found.faults
    assert not found.comments
    assert found.style == harmless.style
    said = json.loads(write_json(_hostile(payload), lang))
    assert said["nodes"][0]["choices"] == json.loads(write_json(_hostile("harmless"), lang))["nodes"][0]["choices"]


def _hostile(text: str) -> Sheet:
    return of_values(
        title=text, summary=text, owner={"region": "510000", "department": text, "contact": text},
        faq=[{"topic": topic, "q": text, "a": text} for topic in ("eligibility", "price", "price_after", "nosuch")],
        answers=[{"phrase": text, "answer": text}], terms={text: text}, support={"contact": text},
        offers=[{"id": "tv", "name": text, "product": "tv.plus", "kind": "trial", "early_exit": text}],
    )  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_needs_no_script_and_nothing_but_itself(lang: Lang) -> None:
    found = Parsed(write(of_file(EXAMPLES[0]), lang))
    assert not {tag for tag, _ in found.elements} & {"script", "link", "img", "iframe", "form", "base", "object"}
    assert "url(" not in found.style
    links = [str(item["href"]) for tag, item in found.elements if tag == "a"]
    names = [str(item["id"]) for _, item in found.elements if "id" in item]
    assert len(names) == len(set(names))
    assert {link.removeprefix("#") for link in links} <= set(names)
    assert all(link.startswith("#") for link in links)
    assert [item.get("content") for _, item in found.elements if "http-equiv" in item] == [
        "default-src 'none'; style-src 'unsafe-inline'"
    ]
    assert not found.faults


def test_a_script_that_must_not_be_used_says_so_at_every_step() -> None:
    found = Parsed(write(of_values(stage="testing"), "zh"))
    warnings = [item for _, item in found.elements if item.get("class") == "warning"]
    steps = [item for _, item in found.elements if str(item.get("class", "")).startswith("node ")]
    assert len(warnings) == len(steps) - 1  # above the first step stands the notice
    assert 'class="warning"' not in write(of_values(), "zh")
    assert json.loads(write_json(of_values(stage="testing"), "zh"))["status"]["usable"] is False
