"""JUnit: what CI systems read, by schema and by a reader of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, Skipped
from lxml import etree

from campaigncheck.messages import LANGS, Lang
from campaigncheck.pages import printable
from campaigncheck.report.junit import write
from campaigncheck.source.place import Place
from tests.report.made import NASTY, SPRING, finding, report, unsure, whole

VALID = etree.XMLSchema(etree.parse(Path(__file__).parent / "data" / "junit.xsd"))


def read(text: str) -> list[Any]:
    """The suites, as a reader of test results has them."""
    return list(JUnitXml.fromstring(text.encode()))


def suite(path: str) -> Any:
    return next(item for item in read(write(whole(), "zh")) if item.name == path)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("made", [whole, unsure])
def test_it_fits_the_schema(made: Any, lang: Lang) -> None:
    VALID.assertValid(etree.fromstring(write(made(), lang).encode()))


def test_the_schema_refuses_what_no_reader_knows() -> None:
    text = write(whole(), "zh")
    for wrong in (
        text.replace("<failure", "<warning", 1).replace("</failure", "</warning", 1),
        text.replace(' tests="', ' test="', 1),
    ):
        assert not VALID.validate(etree.fromstring(wrong.encode()))


def test_a_file_is_a_suite_and_a_rule_a_case() -> None:
    assert [item.name for item in read(write(whole(), "zh"))] == [
        "campaigns/broken.yaml", "campaigns/city.yaml", "campaigns/clean.yaml", SPRING, "waivers.yaml",
    ]  # fmt: skip
    cases = {case.name: [type(result) for result in case.result] for case in suite(SPRING)}
    assert cases == {
        "CONF001": [Failure],
        "FAQ001": [Failure],
        "LANG001": [Failure],
        "LANG004": [],
        "TIME001": [Skipped],
    }
    assert (suite(SPRING).tests, suite(SPRING).failures, suite(SPRING).skipped, suite(SPRING).errors) == (5, 3, 1, 0)


def test_a_campaign_without_findings_passes() -> None:
    (case,) = suite("campaigns/clean.yaml")
    assert (case.name, case.classname, case.is_passed) == ("没有发现问题", "clean", True)


def test_warnings_are_output_of_a_case_that_passes() -> None:
    warned = next(case for case in suite("campaigns/city.yaml") if case.name == "FREQ002")
    assert warned.is_passed
    assert warned.system_out == "campaigns/city.yaml:1:5 警告 FREQ002：太挤\n  怎么改：改掉。"


def test_a_case_fails_with_its_errors_and_tells_the_rest() -> None:
    failed = next(case for case in suite(SPRING) if case.name == "LANG001")
    (result,) = failed.result
    assert (result.message, result.type) == ("第一处", "LANG001")
    assert "第二处" not in result.text
    assert "第二处" in failed.system_out


def test_several_errors_of_a_rule_are_one_case() -> None:
    both = [finding(message=name, place=Place(line, 1, line, 2)) for line, name in enumerate("ab", 1)]
    (case,) = read(write(report(*both), "en"))[0]
    assert case.result[0].message == "a (and 1 more by this rule)"
    assert case.result[0].text.count("LANG001") == 2


def test_an_exception_is_why_a_case_is_skipped() -> None:
    apart = next(case for case in suite(SPRING) if case.name == "TIME001")
    assert apart.result[0].message == f"已放行：{NASTY}（省公司服务部批准，到 2027-03-31 为止，见 waivers.yaml:1）"


def test_crashes_and_faults_of_tables_are_errors_and_what_was_left_out_is_skipped() -> None:
    hours, clean, unread = read(write(unsure(), "zh"))
    assert (hours.name, hours.errors, clean.errors, clean.failures, unread.skipped) == (
        "rules/network/hours.csv", 1, 1, 0, 1,
    )  # fmt: skip
    assert [type(result) for case in clean for result in case.result] == [Error]


def test_the_whole_is_the_sum_of_its_suites() -> None:
    root = etree.fromstring(write(whole(), "zh").encode())
    for name in ("tests", "failures", "errors"):
        assert int(root.get(name)) == sum(int(item.get(name)) for item in root)
    assert int(root.get("tests")) == len(root.findall(".//testcase"))


@given(st.text(st.one_of(st.sampled_from("<>&\"']]>\r\n\t\x00\x0b\x1b\ufffe\ud800"), st.characters())))
def test_what_is_read_is_what_was_written(text: str) -> None:
    root = etree.fromstring(write(report(finding(message=text)), "en").encode())
    assert root.find(".//failure").get("message") == printable(text)
    assert printable(text) in root.findtext(".//failure")
