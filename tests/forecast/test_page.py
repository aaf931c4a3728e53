"""The page: whole without scripts, closed to the outside, its figures there for those who see no pictures."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import unified_diff
from typing import get_args

import pytest

from campaigncheck import __version__
from campaigncheck.forecast import page, pictures
from campaigncheck.forecast.model import Forecast
from campaigncheck.forecast.page import MOST_CAMPAIGNS, Told
from campaigncheck.forecast.page_words import PAGE
from campaigncheck.forecast.robust import ASSUMPTIONS
from campaigncheck.forecast.series import Series
from campaigncheck.messages import Lang
from tests.forecast.made import AT_COUNTER, AT_COUNTERS, CURVE, FLIPS, GOLDEN, NAMES, STRESSES, named, told
from tests.sheets.pages import PAYLOADS, Parsed, plain
from tests.waiting.worlds import TODAY

REGENERATE = 'python -c "from tests.forecast.test_page import regenerate; regenerate()"'
"""Run this in the repository's root when a change of the page is meant, and look at it."""
PAGES = {f"page.{lang}.html": lang for lang in get_args(Lang)}


def made(lang: Lang) -> str:
    """The page with everything; the version of the program is left out."""
    return page.write(told(), lang).replace(f"campaigncheck {__version__}", "campaigncheck VERSION")


def regenerate() -> None:
    """Write the pages anew."""
    for name, lang in PAGES.items():
        (GOLDEN / name).write_text(made(lang), encoding="utf-8", newline="")


def parsed(text: str) -> Parsed:
    return Parsed(re.sub(r"<(rect|polyline)([^>]*)/>", r"<\1\2></\1>", text))


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_the_one_kept(name: str) -> None:
    kept, now = (GOLDEN / name).read_bytes().decode("utf-8"), made(PAGES[name])
    diff = "".join(unified_diff(kept.splitlines(True), now.splitlines(True), f"kept/{name}", f"now/{name}"))
    assert now == kept, f"{diff}\nIf this is meant: {REGENERATE}"


def test_no_golden_file_is_left_over() -> None:
    drawn = {f"{name}.{lang}.svg" for name in ("hours", "days", "stress") for lang in get_args(Lang)}
    assert {file.name for file in GOLDEN.iterdir()} == {*PAGES, *drawn}


@pytest.mark.parametrize("lang", get_args(Lang))
def test_pages_are_well_formed(lang: Lang) -> None:
    found = parsed(page.write(told(), lang))
    assert found.faults == []
    ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    assert ids == ["summary", "campaigns", "map", "hours", "counter", "stress", "rests", "scenarios"]
    assert all("scope" in attributes for tag, attributes in found.elements if tag == "th")


def test_nothing_comes_from_outside_and_no_script_runs() -> None:
    text = page.write(told(), "zh")
    found = parsed(text)
    assert not {tag for tag, _ in found.elements} & {"script", "link", "img", "iframe", "object", "embed", "base", "a"}
    assert not [name for _, attributes in found.elements for name in attributes if name in ("src", "href", "action")]
    assert not re.search(r"url\(|@import|https?:|//[a-z]", text.replace("http://www.w3.org/2000/svg", ""))
    metas = [attributes.get("content") for tag, attributes in found.elements if tag == "meta"]
    assert "default-src 'none'; style-src 'unsafe-inline'" in metas


@pytest.mark.parametrize("lang", get_args(Lang))
def test_every_figure_of_a_picture_stands_in_a_table(lang: Lang) -> None:
    found = parsed(page.write(told(), lang))
    cells = found.all("td")
    for month in told().series.months():
        for row in month.rows:
            figures = ["–" if day is None else pictures.percent(day.used) for day in row.days]
            assert any(cells[at : at + len(figures)] == figures for at in range(len(cells)))
    for item in told().series.hours():
        for premium, other in zip(*item.classes, strict=True):
            figures = [
                figure for hour in (premium, other)
                for figure in (f"{hour.before:.1f}", f"{hour.after:.1f}", f"{hour.promise:g}")
            ]  # fmt: skip
            assert any(cells[at : at + 6] == figures for at in range(len(cells)))
    assert [f"{point.factor:.2f}" in found.all("th") for point in CURVE.points] == [True] * len(CURVE.points)


def test_figures_are_said_in_words() -> None:
    text = plain(parsed(page.write(told(), "zh")).text)
    assert "天府路营业厅 2027-03-31 10 点（其他客户）平均等 22.0 分钟，不办只等 6.1 分钟，承诺 15 分钟" in text
    assert "只画了最紧的 2 个厅，还有 1 个没有画" in text
    assert "只画了最紧的 1 个，还有 1 个没有画" in text
    assert "没有写 demand、不知道会来多少人的：silent" in text
    assert "天府路营业厅 2027-03-31 10 点（其他客户），计划的 0.80 倍" in text
    assert "64 倍也守得住" in text
    assert "多一倍人 <b>" in text
    assert "只画了最慢的 1 个，还有 2 个没有画" in text
    assert "没有写柜台办理步骤、或者步骤不花时间，画不出来的：silent" in text


def test_the_time_at_the_counter_stands_in_tables() -> None:
    found = parsed(page.write(told(), "zh"))
    cells = found.all("td")
    figures = AT_COUNTER.shapes[0].estimate
    told_ = [f"{figure:.1f}" for figure in (figures.mean, figures.p50, figures.p80, figures.p90)]
    shares = [f"{share * 100:.1f}" for share in AT_COUNTER.shapes[0].shares if share >= 0.0005]
    expected = [*told_, "3.3", "63", "2.0", "37", *shares]
    at = cells.index(told_[0])
    assert cells[at : at + len(expected)] == expected


def test_what_breaks_promises_comes_first() -> None:
    rows = parsed(page.write(told(), "zh")).all("small")
    assert rows == ["spring", "autumn"]


def test_what_was_not_asked_for_is_not_there() -> None:
    whole = told()
    found = parsed(page.write(Told(whole.forecast, whole.series), "en"))
    ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    assert ids == ["summary", "campaigns", "map", "hours"]


def test_campaigns_that_have_no_room_are_counted() -> None:
    whole = told()
    (worst, kept) = whole.forecast.campaigns
    many = (worst, *(kept._replace(id=f"c{at:03}") for at in range(MOST_CAMPAIGNS + 4)))
    more = replace(whole, forecast=replace(whole.forecast, campaigns=many))
    found = parsed(page.write(more, "en"))
    assert len(found.all("small")) == MOST_CAMPAIGNS
    assert "5 more campaigns are left out, none of them worse" in plain(found.text)


def test_an_empty_forecast_says_why() -> None:
    empty = Forecast(TODAY, (), (), ("silent",))
    text = plain(parsed(page.write(Told(empty, Series.of(empty, named(NAMES).network, 3)), "en")).text)
    assert "No hall to foresee: data in rules/network are needed" in text
    assert "Without demand, so that nobody knows how many will come: silent" in text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_words_stay_words(payload: str) -> None:
    hostile = _called(payload)
    tame = _called("平常")
    for lang in get_args(Lang):
        assert parsed(page.write(hostile, lang)).shape == parsed(page.write(tame, lang)).shape
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", page.write(hostile, "zh"))


def _called(name: str) -> Told:
    found = told(named(dict.fromkeys(NAMES, name)))
    campaigns = tuple(item._replace(title=name) for item in found.forecast.campaigns)
    counters = AT_COUNTERS._replace(drawn=((name, AT_COUNTER._replace(title=name)),), without=(name,))
    made = replace(found.forecast, campaigns=campaigns, without_demand=(name,))
    return replace(
        found,
        forecast=made,
        curves=(CURVE._replace(title=name, name=name),),
        scenarios=((name, made),),
        counters=counters,
    )


def test_light_dark_phone_and_print_are_seen_to() -> None:
    style = parsed(page.write(told(), "zh")).style
    for part in ("prefers-color-scheme: dark", "@media print", "size: A4", "max-width: 44rem"):
        assert part in style


def test_the_page_has_words_for_every_assumption() -> None:
    assert tuple(ASSUMPTIONS) == FLIPS
    assert set(ASSUMPTIONS) <= set(PAGE)


def test_what_nearly_all_keep_does_not_read_as_all() -> None:
    assert [page._percent(kept, 100_000) for kept in (0, 50_000, 99_999, 100_000)] == ["0.0", "50.0", "99.9", "100"]
    assert page._percent(0, 0) == "100"


def test_the_tightest_campaign_leads_the_stress_table() -> None:
    found = parsed(page.write(replace(told(), stresses=STRESSES[::-1]), "zh"))
    heads = found.all("th")
    assert heads.index("spring") < heads.index("autumn")
