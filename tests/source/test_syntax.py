"""Every problem of libyaml that is put in the writer's words is one that libyaml has, and is where it says."""

from __future__ import annotations

import pytest
import yaml

from campaigncheck.messages import LANGS
from campaigncheck.source import errors, syntax
from campaigncheck.source.document import read
from campaigncheck.source.errors import SourceError

TRIGGERS = {
    "mapping values are not allowed": ("title: 提速\nsummary: 最高: 300M\n", (2, 12)),
    "could not find expected ':'": ("spec: 1\ntitle 提速\nsummary: 快\n", (2, 1)),
    "did not find expected key": ("title: '提速' 宽带\n", (1, 13)),
    "did not find expected '-' indicator": ("a:\n  - b\n  c: d\n", (3, 3)),
    "did not find expected ',' or ']'": ("channels: [hall app: x: y]\n", (1, 23)),
    "did not find expected ',' or '}'": ("owner: {region: '510000' department: x}\n", (1, 26)),
    "found unexpected end of stream": ("spec: 1\ntitle: '提速\nsummary: 快\n", (2, 8)),
    "cannot start any token": ("title: @提速\n", (1, 8)),
    "unknown escape character": ('title: "C:\\提速"\n', (1, 11)),
    "did not find expected alphabetic or numeric character": ("title: *提速\n", (1, 9)),
    "found undefined tag handle": ("title: !x!y\n", (1, 8)),
    "did not find expected whitespace or line break": ("title: !优惠\n", (1, 9)),
    "did not find expected tag URI": ("title: !!优惠\n", (1, 10)),
    "did not find expected comment or line break": ("title: |提速\n", (1, 9)),
    "did not find expected <document start>": ("  title: 提速\nspec: 1\n", (2, 1)),
}


def refusal(text: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(text, "x.yaml")
    return caught.value


def test_every_known_problem_has_a_trigger() -> None:
    assert {sign for sign, _, _ in syntax._KNOWN} == TRIGGERS.keys()


@pytest.mark.parametrize(("sign", "message", "hint"), syntax._KNOWN, ids=TRIGGERS)
def test_libyaml_says_it_and_the_writer_reads_it(sign: str, message: object, hint: object) -> None:
    text, place = TRIGGERS[sign]
    with pytest.raises(yaml.MarkedYAMLError) as raised:
        yaml.compose(text, Loader=yaml.CSafeLoader)
    assert sign in str(raised.value.problem)
    error = refusal(text)
    assert (error.message.text, error.hint.text, error.place[:2]) == (message, hint, place)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("audience:\n  - tenure_months: >=12\n", (2, 21)),
        ("audience:\n  - tenure_months: >= 12\n", (2, 21)),
        ("audience:\n  - age: > 60\n", (2, 12)),
        ("audience:\n  - age: >60\n", (2, 12)),
        ("audience:\n  - {brand: 全球通, tenure_months: >=12}\n", (2, 33)),
        ("audience: [{age: >60}]\n", (1, 18)),
    ],
)
def test_an_unquoted_condition_gets_a_hint_with_quotes(text: str, place: tuple[int, int]) -> None:
    error = refusal(text)
    assert (error.place.line, error.message.render("zh")) == (place[0], "“>”开头的条件没有加引号")
    assert place[1] <= error.place.column <= place[1] + 2
    assert all('">=12"' in error.hint.render(lang) for lang in LANGS)


WRONG_COLONS = {
    "spec: 1\nid：x\ntitle: y\n": (2, 3),
    "id：x\n\n \ntitle: y\n": (1, 3),
    "offers:\n  - id：x\n    name: y\n": (2, 7),
    "spec: 1\nid:x\ntitle: y\n": (2, 3),
    "id:x\ntitle: y\n": (1, 3),
}


@pytest.mark.parametrize("text", WRONG_COLONS)
def test_a_wrong_colon_is_pointed_at_and_the_right_one_told(text: str) -> None:
    error = refusal(text)
    assert error.place[:2] == WRONG_COLONS[text]
    assert ("全角冒号" if "：" in text else "空格") in error.message.render("zh")
    assert "“字段: 值”" in error.hint.render("zh")
    assert "half-width colon" in error.hint.render("en")


@pytest.mark.parametrize("text", ["id：x\n", "id：x\ntitle：y\n", "id:x\ntitle:y\n"])
def test_a_file_without_one_proper_colon_gets_a_hint_with_it(text: str) -> None:
    assert "half-width colon" in refusal(text).hint.render("en")


@pytest.mark.parametrize("text", ["see: a\nhttp://x.cn\n  b: c\n", "a: 08:30\n b: c\n"])
def test_a_colon_within_a_value_is_no_wrong_one(text: str) -> None:
    assert refusal(text).message.text not in (syntax._FULL_WIDTH_COLON[0], syntax._NO_SPACE[0])


@pytest.mark.parametrize("text", ["%WEIRD\n---\na: 1\n", "%YAML 3.0\n---\na: 1\n", 'a: "\\ud800"\n', "a: - b\n"])
def test_what_is_not_known_is_told_as_the_parser_says_it(text: str) -> None:
    error = refusal(text)
    assert error.message.text == errors.SYNTAX
    assert error.hint.args["problem"]
