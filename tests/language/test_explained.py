"""When a term counts as explained: in brackets, in a clause right after it, or as a question answered at once."""

from __future__ import annotations

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.catalogue.models import TermEntry
from campaigncheck.language.explained import explained_at, explains

EXPLAINED = [
    "全屋装«FTTR»（把光纤接到每个房间），每月20元。",
    "全屋装«FTTR»(把光纤接到每个房间)，每月20元。",
    "全屋装“«FTTR»”（把光纤接到每个房间），每月20元。",
    "全屋装「«FTTR»」【每个房间都接光纤】。",
    "开通«VoLTE»，也就是用4G网打电话，不另收费。",
    "«VoLTE»就是用4G网络打电话。",
    "«携入»指的是带着号码从别家转过来。",
    "«ARPU»，意思是平均每个客户每月付多少钱。",
    "«光猫»：把光信号转成网络信号的盒子。",
    "«光猫»——把光信号转成网络信号的盒子。",
    "«光猫»，俗称上网盒子，坏了可以免费换。",
    "每个房间都接光纤（«FTTR»），每月20元。",
    "把上网盒子（即«光猫»）带来。".replace("即", ""),
    "全屋装«FTTR»（把光纤（一根细线）接到每个房间），每月20元。",
    "全屋装'«FTTR»'（把光纤接到每个房间），每月20元。",
    "全屋装‘«FTTR»’（把光纤接到每个房间），每月20元。",
    "什么是«FTTR»？就是把光纤接到每个房间。",
    "«FTTR»是什么？把光纤接到每个房间。",
    "«FTTR»是什么意思？把光纤接到每个房间里去。",
    "什么叫“«FTTR»”？\n把光纤接到每个房间。",
]

UNEXPLAINED = [
    "全屋装«FTTR»，每月20元。",
    "全屋装«FTTR»（20元），每月扣一次。",
    "全屋装«FTTR»（每月20元/月），先到先得。",
    "全屋装«FTTR»（详见活动细则）。",
    "全屋装«FTTR»（见第三条）。",
    "全屋装«FTTR»（第3条第2款）。",
    "全屋装«FTTR»（https://example.com/fttr）。",
    "全屋装«FTTR»（点击查看）。",
    "全屋装«FTTR»（20元（每月扣）），先到先得。",
    "全屋装«FTTR»（把光纤（一根细线接到每个房间。",
    "全屋装«FTTR»（FTTR）。",
    "全屋装«FTTR»（2000M）。",
    "全屋装«FTTR»，月底扣费。文末：把光纤接到每个房间。",
    "全屋装«FTTR»。（把光纤接到每个房间）",
    "«FTTR»（",
    "«FTTR»（）",
    "什么是«FTTR»？",
    "«FTTR»是什么",
    "«FTTR»即日起办理。",
    "«FTTR»：20元。",
    "«FTTR»",
    "办«FTTR»的客户（限本市）",
]


def term(marked: str) -> tuple[str, int, int]:
    """Take the marks out of a text and return it with the place of the term."""
    start, end = marked.index("«"), marked.index("»") - 1
    return marked.replace("«", "").replace("»", ""), start, end


@pytest.mark.parametrize("marked", EXPLAINED)
def test_explained(marked: str) -> None:
    assert explained_at(*term(marked))


@pytest.mark.parametrize("marked", UNEXPLAINED)
def test_not_explained(marked: str) -> None:
    assert not explained_at(*term(marked))


@pytest.mark.parametrize("marked", EXPLAINED)
def test_what_stands_before_a_sentence_of_its_own_does_not_matter(marked: str) -> None:
    assert explained_at(*term("新年好，全省都能办。" + marked))


@pytest.mark.parametrize("marked", UNEXPLAINED)
def test_what_follows_in_a_paragraph_of_its_own_does_not_matter(marked: str) -> None:
    if not marked.endswith(("？", "（", "是什么", "»")):
        assert not explained_at(*term(marked + "\n（把光纤接到每个房间）"))


OTHER_WAYS = [
    "«低消»的意思是每月至少付的钱。",
    "«低消»，说的是每月至少付的钱。",
    "«低消»指每月至少付的钱。",
    "«低消»是每月至少要付的钱。",
    "每月至少要付的钱，我们叫«低消»。",
    "每月至少要付的钱（也叫«低消»）写在第一行。",
    "«低消»58元，也就是每月至少付58元。",
    "您的«低消»是58元。低消就是每月至少付的钱。",
    "«低消»怎么算？低消就是每月至少付的钱，从1日算起。",
]
NO_WAYS = [
    "«低消»是58元，每月交。",
    "«低消»58元，每月5日扣。",
    "«低消»指定营业厅办。",
    "快来办理«低消»。低消58元。",
    "好消息叫«低消»。",
    "怎么办«低消»？58元。低消就是每月至少付的钱。",
]
LOW = "每月至少要付的钱一个月打得再少，也要付的最少的钱。"


@pytest.mark.parametrize("marked", OTHER_WAYS)
def test_explained_in_other_words_that_say_what_it_means(marked: str) -> None:
    assert explained_at(*term(marked), LOW)


@pytest.mark.parametrize("marked", NO_WAYS)
def test_amounts_and_names_beside_a_term_explain_nothing(marked: str) -> None:
    assert not explained_at(*term(marked), LOW)


EMPTY = [
    "«FTTR»（活动期间到营业厅办理）每月20元",
    "«FTTR»（FTTR全屋）",
    "装«FTTR»就是省心",
    "升级«FTTR»：每月只要二十元，快来办",
    "新装宽带的客户都可以选（«FTTR»）",
    "«FTTR»——全家一起来办",
    "«FTTR» - 快来营业厅办理",
    "«FTTR»：全家省心",
    "«FTTR»：快人一步",
    "«FTTR»（限时优惠）",
    "«FTTR»（老客户专享）",
    "«FTTR»（送路由器一台）",
    "«FTTR»：千兆网速每月99元",
    "每月20元（«FTTR»）",
    "欢迎来办（«FTTR»）",
]


@pytest.mark.parametrize("marked", EMPTY)
def test_praise_prices_and_calls_explain_nothing(marked: str) -> None:
    assert not explained_at(*term(marked), "光纤到房间把光纤接到每个房间")


GLOSSARY = load_catalogues(RuleFiles.at(None)).glossary.terms
SPOKEN = [(name, text) for name, entry in GLOSSARY.items() for text in (entry.plain, entry.explain) if len(text) > 4]


@pytest.mark.parametrize(("name", "text"), SPOKEN)
def test_the_glossary_explains_its_terms_wherever_it_is_written(name: str, text: str) -> None:
    meaning = GLOSSARY[name].plain + GLOSSARY[name].explain
    said = text.rstrip("。")
    ways = [f"«{name}»：{said}。", f"«{name}»——{said}。", f"«{name}»就是{said}。"]
    if "（" not in said:
        ways.append(f"开通«{name}»（{said}），每月 20 元。")
    for marked in ways:
        assert explained_at(*term(marked), meaning), marked


@pytest.mark.parametrize(("name", "entry"), list(GLOSSARY.items()))
def test_the_plain_words_explain_the_term_in_brackets(name: str, entry: TermEntry) -> None:
    if len(entry.plain) > 1:
        assert explained_at(*term(f"把{entry.plain}（«{name}»）带来。"), entry.plain + entry.explain)


@pytest.mark.parametrize("text", ["把光纤接到每个房间", "装FTTR就是把光纤接到每个房间，每月 20 元", "全屋光纤"])
def test_a_text_says_something_about_a_term(text: str) -> None:
    assert explains(text, "FTTR")


@pytest.mark.parametrize("text", ["FTTR", "fttr", "详见官网", "每月 20 元", "", "FTTR全屋", "欢迎办理", "省心"])
def test_a_text_says_nothing_about_a_term(text: str) -> None:
    assert not explains(text, "FTTR")
