"""What is said of a spec that does not fit: where, what is wrong, and how to mend it, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from pydantic import ValidationError

from campaigncheck.messages import LANGS
from campaigncheck.spec import load
from campaigncheck.spec.load import ShapeProblem, fit
from campaigncheck.spec.model import Campaign
from campaigncheck.spec.schema import campaign_schema
from tests.spec.specs import FULL, Path, Spec, changed, mutated, paths, without

OFFER: Path = ("offers", 0)
START: Path = ("period", "start")


class Case(NamedTuple):
    """A change to the full spec, and the one problem that it makes (at the changed place, unless said)."""

    path: Path
    value: Any
    message: tuple[str, str]
    hint: tuple[str, str]
    at: Path | None = None
    key: bool = False


ALLOWED = "draft、testing、optimising、approved、launched、retired"
NUMBER_HINT = (
    "只写数字，不要带单位、引号和千分位，例如 {}。",
    "Write the bare number, no unit, quotes or separators, such as {}.",
)
RANGE_HINT = ("请检查单位和小数点。", "Check unit and decimal point.")
TEXT_FROM_NUMBER = ("这里要写文字，现在写的是数字", "text is expected here, this is a number")
SIZE_HINT = ("现在有 {} 项。", "It has {} now.")
DATE_HINT = ("日期写成“年-月-日”，例如 2027-01-05。", "Write dates as YYYY-MM-DD, such as 2027-01-05.")
TEXT_HINT = ("请写成一段文字，必要时加引号。", "Write it as text, in quotes if need be.")
VALUE_HINT = ("写一个值、一个列表或一个带引号的范围，例如 \">=12\"。", 'Write a value, a list, or a range in quotes such as ">=12".')  # fmt: skip
FIELDS_HINT = ("换行缩进写各个字段，或写成 {字段: 值}。", "Indent the fields below, or write {field: value}.")


def form(given: str) -> tuple[str, str]:
    return f"“{given}”的写法不对", f"“{given}” is not in the right form"


def choice(given: str) -> tuple[str, str]:
    return f"“{given}”不在可选的值里", f"“{given}” is not one of the allowed values"


def date(given: str) -> tuple[str, str]:
    return f"“{given}”不是日期", f"“{given}” is not a date"


def mean(name: str) -> tuple[str, str]:
    return f"是不是想写“{name}”？", f"Did you mean “{name}”?"


def number(hint: str) -> tuple[str, str]:
    return NUMBER_HINT[0].format(hint), NUMBER_HINT[1].format(hint)


def share(example: str) -> tuple[str, str]:
    return f"比例写成 0 到 1 之间的小数，例如 {example}。", f"Write shares as decimals from 0 to 1, such as {example}."


def quoted(given: str, text: str) -> tuple[str, str]:
    return (
        f'不加引号的 {given} 会被当成数字（开头的 0 会丢），请写成 "{text}"。',
        f'Without quotes {given} is a number (leading zeros are lost): write "{text}".',
    )


CASES = [
    Case((*OFFER, "prise"), 1, ("没有叫“prise”的字段", "there is no field “prise”"), mean("price"), key=True),
    Case(("period", "total"), 1, ("没有叫“total”的字段", "there is no field “total”"),
         ("这里可以写的字段有：start、end。", "The fields allowed here are: start, end."), key=True),
    Case(("title",), None, ("“title”后面是空的", "“title” has no value"),
         ("写上内容，或者把这一行删掉；空列表写成 []。", "Write a value or delete the line; an empty list is []."), key=True),
    Case(("owner", "region"), 510000, TEXT_FROM_NUMBER, quoted("510000", "510000")),
    Case(("owner", "region"), 11000, TEXT_FROM_NUMBER, quoted("11000", "011000")),
    Case(("regions", "include"), [0], TEXT_FROM_NUMBER, quoted("0", "000000"), at=("regions", "include", 0)),
    Case((*OFFER, "opt_in_code"), 10086, TEXT_FROM_NUMBER, quoted("10086", "10086")),
    Case(("title",), 12.5, TEXT_FROM_NUMBER, quoted("12.5", "12.5")),
    Case(("title",), True, ("这里要写文字，现在写的是真假值", "text is expected here, this is true/false"), TEXT_HINT),
    Case(("title",), ["提速"], ("这里要写文字，现在写的是列表", "text is expected here, this is a list"), TEXT_HINT),
    Case(("regions", "include"), "510000", ("这里要写一个列表，现在写的是文字", "a list is expected here, this is text"),
         ('即使只有一项也写成列表，例如 ["510000"]。', 'Write a list even for one item, such as ["510000"].')),
    Case(("handling", "steps", 1, "minutes"), 2, ("这里要写一个列表，现在写的是数字", "a list is expected here, this is a number"),
         ("即使只有一项也写成列表，例如 [2]。", "Write a list even for one item, such as [2].")),
    Case((*OFFER, "price"), 5, ("这里要写成“字段: 值”，现在写的是数字", "“field: value” is expected here, this is a number"), FIELDS_HINT),
    Case(("terms",), ["x"], ("这里要写成“字段: 值”，现在写的是列表", "“field: value” is expected here, this is a list"), FIELDS_HINT),
    Case(("stage",), "test", choice("test"), mean("testing")),
    Case(("stage",), "xyz", choice("xyz"), (f"可选的值：{ALLOWED}。", f"Allowed: {ALLOWED.replace('、', ', ')}.")),
    Case(("spec",), 2, choice("2"), ("可选的值：1。", "Allowed: 1.")),
    Case(("demand", "channel_share", "halls"), 0.1, choice("halls"), mean("hall"), key=True),
    Case(START, "2027-1-5", date("2027-1-5"), DATE_HINT),
    Case(START, "2027/01/05", date("2027/01/05"), DATE_HINT),
    Case(START, "2027年1月5日", date("2027年1月5日"), DATE_HINT),
    Case(START, 20270105, date("20270105"), DATE_HINT),
    Case(START, "下周", date("下周"), DATE_HINT),
    Case(START, "2027-02-30", ("没有 2027-02-30 这一天", "there is no day 2027-02-30"), ("请对照日历改成真实的日期。", "Check the calendar.")),
    *(
        Case(START, day, (f"{day} 的年份不合理", f"{day} is in an unlikely year"),
             ("日期要在 2000 年到 2100 年之间，请检查年份。", "Dates lie in the years 2000 to 2100: check the year."))
        for day in ("0000-01-01", "0001-01-05", "1999-12-31", "2101-01-01", "9999-12-31")
    ),
    Case(("id",), "Sc_1", form("Sc_1"), ("应当是 3 到 64 个小写字母、数字或短横线。", "It should be 3 to 64 lower-case letters, digits or hyphens.")),
    Case((*OFFER, "id"), "", form(""), ("应当是 1 到 64 个小写字母、数字或短横线。", "It should be 1 to 64 lower-case letters, digits or hyphens.")),
    Case(("regions", "include", 0), "51000", form("51000"),
         ('应当是 6 位数字的行政区划代码，例如 "510100"。', 'It should be a region code of 6 digits such as "510100".')),
    Case(("support", "hours"), "8:00-20:00", form("8:00-20:00"),
         ('应当写成起止时刻，例如 "08:00-20:00"。', 'It should be a span of hours such as "08:00-20:00".')),
    Case((*OFFER, "product"), "宽带", form("宽带"),
         ("应当是用点分级的产品编号，例如 broadband.300m。", "It should be a dotted product path such as broadband.300m.")),
    Case(("themes", 0), "Spring Festival", form("Spring Festival"),
         ("应当是小写字母和数字，用下划线或短横线连接。", "It should be lower-case letters and digits joined by _ or -.")),
    Case((*OFFER, "price", "amount"), "20元", ("这里要写数字，现在写的是文字", "a number is expected here, this is text"), number("20")),
    Case((*OFFER, "price", "amount"), "1,000", ("这里要写数字，现在写的是文字", "a number is expected here, this is text"), number("1000")),
    Case((*OFFER, "contract_months"), 12.5, ("这里要写整数", "a whole number is expected here"), number("12")),
    Case((*OFFER, "price", "amount"), -1, ("数字太小，最小是 0", "the number is too small: at least 0"), RANGE_HINT),
    Case(("readiness", "training", "passed"), 96, ("数字太大，最大是 1", "the number is too large: at most 1"), share("0.96")),
    Case((*OFFER, "free_months"), 700, ("数字太大，最大是 600", "the number is too large: at most 600"), RANGE_HINT),
    *(
        Case(("demand", "channel_share", "hall"), given, ("这里要写数字，现在写的是文字", "a number is expected here, this is text"), number(said))
        for given, said in (("40%", "0.4"), ("12.5 ％", "0.125"), ("四成", "0.6"), ("4成", "0.4"), ("40", "0.4"), ("0.4", "0.4"), ("150%", "0.6"))
    ),
    Case(("demand", "channel_share", "hall"), -40, ("数字太小，最小是 0", "the number is too small: at least 0"), share("0.4")),
    Case(("demand", "enquiries"), "50%", ("这里要写数字，现在写的是文字", "a number is expected here, this is text"), number("0.5")),
    Case(("demand", "uptake"), "1.2万", ("这里要写数字，现在写的是文字", "a number is expected here, this is text"), number("12000")),
    Case((*OFFER, "contract_months"), "12.5", ("这里要写数字，现在写的是文字", "a number is expected here, this is text"), number("12")),
    Case(("audience",), {"brand": "全球通"},
         ("这里要写一个列表，现在写的是一组字段", "a list is expected here, this is a group of fields"),
         ("即使只有一项也写成列表，例如 [{brand: 全球通}]。", "Write a list even for one item, such as [{brand: 全球通}].")),
    Case(("audience",), {"broadband": True, "age": ">=12", "brand": None},
         ("这里要写一个列表，现在写的是一组字段", "a list is expected here, this is a group of fields"),
         ('即使只有一项也写成列表，例如 [{broadband: true, age: ">=12", brand: nu…]。',
          'Write a list even for one item, such as [{broadband: true, age: ">=12", brand: nu…].')),
    Case(("stage",), {"a": True}, choice("{a: true}"), (f"可选的值：{ALLOWED}。", f"Allowed: {ALLOWED.replace('、', ', ')}.")),
    Case(("channels",), [], ("列表至少要有 1 项", "the list needs 1 or more entries"), (SIZE_HINT[0].format(0), SIZE_HINT[1].format(0))),
    Case(("channels",), ["hall"] * 9, ("列表最多 8 项", "the list may have no more than 8 entries"), (SIZE_HINT[0].format(9), SIZE_HINT[1].format(9))),
    Case(("title",), "", ("这里不能是空的", "this must not be empty"),
         ("写上内容，或者删掉这个字段。", "Write something, or delete the field.")),
    Case(("title",), "好" * 201, ("文字太长，最多 200 个字", "the text is too long: at most 200 characters"),
         ("请精简，或拆成几段。", "Shorten it or split it up.")),
    Case(("audience", 0, "brand"), {"x": 1},
         ("这里要写一个值或一个列表，现在写的是一组字段", "a value or a list is expected here, this is a group of fields"), VALUE_HINT),
    Case(("audience", 0, "电话"), "x", form("电话"),
         ("应当是小写字母和数字，用下划线或短横线连接。", "It should be lower-case letters and digits joined by _ or -."), key=True),
]  # fmt: skip


def problems(spec: Spec) -> list[ShapeProblem]:
    fitted = fit(Campaign, spec)
    return fitted if isinstance(fitted, list) else []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{'.'.join(map(str, case.path))}={str(case.value)[:12]}")
def test_one_misfit_is_one_problem_with_place_message_and_hint(case: Case) -> None:
    found = problems(changed(FULL, case.path, case.value))
    assert [(item.path, item.key) for item in found] == [(case.at or case.path, case.key)]
    assert (found[0].message.render("zh"), found[0].message.render("en")) == case.message
    assert (found[0].hint.render("zh"), found[0].hint.render("en")) == case.hint


def test_a_wrong_entry_of_a_condition_is_pointed_at() -> None:
    found = problems(changed(FULL, ("audience", 0, "brand"), ["全球通", {"a": 1}, "神州行"]))
    assert [item.path for item in found] == [("audience", 0, "brand", 1)]


def test_a_number_that_has_to_be_more_than_the_limit() -> None:
    found = problems(changed(FULL, ("handling", "trials", 0, "seconds"), [0]))
    assert [item.path for item in found] == [("handling", "trials", 0, "seconds", 0)]
    assert found[0].message.render("zh") != "数字太小，最小是 0"


def test_the_version_in_quotes() -> None:
    found = problems(changed(FULL, ("spec",), "1"))
    assert "引号" in found[0].hint.render("zh")


def test_every_share_is_known_as_one() -> None:
    """Whatever may be at most 1 is a share, and what is said of it says how shares are written."""
    shares = [path for path in paths(FULL) if any(said == "最大是 1" for said in told(changed(FULL, path, 1.5)))]
    assert len(shares) >= 4
    for path in shares:
        assert [item.hint.text for item in problems(changed(FULL, path, 1.5))] == [load.SHARE_HINT]


def told(spec: Spec) -> list[str]:
    """Return the second half of what is said of each misfit."""
    return [item.message.render("zh").rpartition("，")[2] for item in problems(spec)]


def test_several_misfits_are_all_told_in_order() -> None:
    spec = changed(changed(changed(FULL, ("id",), "A"), START, "x"), ("title",), None)
    assert [item.path for item in problems(spec)] == [("id",), ("title",), START]


def test_an_empty_spec_lacks_all_that_is_required() -> None:
    found = problems({})
    assert [item.message.args["name"] for item in found] == campaign_schema()["required"]
    assert {(item.path, item.key) for item in found} == {((), True)}


def required() -> Iterator[Path]:
    """Yield the path of every required field of the full spec."""
    for path in paths(FULL):
        if isinstance(path[-1], str) and any(
            item.message.text == load.MISSING for item in problems(without(FULL, path))
        ):
            yield path


@pytest.mark.parametrize("path", list(required()), ids=lambda path: ".".join(map(str, path)))
def test_the_line_that_the_hint_gives_for_a_missing_field_mends_it(path: Path) -> None:
    (problem,) = problems(without(FULL, path))
    assert (problem.path, problem.message.args["name"]) == (path[:-1], path[-1])
    line = yaml.load(str(problem.hint.args["example"]), Loader=yaml.BaseLoader)
    value = 1 if path == ("spec",) else _numbers(line[path[-1]])
    assert problems(changed(FULL, path, value)) == []


def _numbers(value: Any) -> Any:
    """Read what BaseLoader leaves as text: bare numbers, but not region codes."""
    if isinstance(value, dict):
        return {key: _numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_numbers(item) for item in value]
    return int(value) if value.isdigit() and len(value) < 6 else value


@given(mutated(FULL))
@settings(max_examples=500)
def test_whatever_is_wrong_is_told_plainly(spec: Spec) -> None:
    """No raw wording of the validator, whatever comes; places are in the spec; nothing is told twice."""
    found = problems(spec)
    for item in found:
        at: Any = spec
        for step in item.path:
            at = at[step]
        assert item.message.text != load.OTHER
        assert all(item.message.render(lang) and item.hint.render(lang) for lang in LANGS)
        assert not any(word in item.message.render("en") for word in ("Input should", "valid", "pydantic"))
    told = [(item.path, item.message.render("zh")) for item in found]
    assert len(told) == len(set(told))


def test_every_explanation_is_needed() -> None:
    """Every kind of error that has an explanation of its own is made by one of the cases above."""
    made = set()
    spoilt = [changed(FULL, case.path, case.value) for case in CASES]
    spoilt += [
        changed(FULL, ("handling", "trials", 0, "seconds"), [0]),
        changed(FULL, (*OFFER, "price", "amount"), [1]),
    ]
    for spec in spoilt:
        with pytest.raises(ValidationError) as raised:
            Campaign.model_validate(spec)
        made |= {error["type"] for error in raised.value.errors()}
    assert load._EXPLANATIONS.keys() <= made
