"""Hostile words in the guided script, the short forms and the daily sheet: they stay words in each of them."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from campaigncheck.cells import BYTE_ORDER_MARK, harmless, like_formula
from campaigncheck.messages import LANGS, Lang
from campaigncheck.pages import printable
from campaigncheck.sheets import guide_page, short_sms, short_voice
from campaigncheck.sheets.daily import data, html
from campaigncheck.sheets.daily.model import Daily
from campaigncheck.sheets.short_spoken import spoken
from tests.sheets.daily import daily
from tests.sheets.pages import PAYLOADS, Parsed
from tests.sheets.test_formats import _leaves, hostile, squashed

MORE = (
    *PAYLOADS,
    "x\n[main]\n# y\n[1-1]\n",
    "\u200f\u2067abc\u2069\u200e 阿\u0301\u0302\u0303\u0304",
    "\ufeff\u00ad\u200b\u2060=1+1",
    "＝1+1\t+2\r\n-3",
    'a";b,c\r\nd',
    "\u001b[31m\u0007\u009b1m",
)
"""The payloads of the other formats, and some for lines, tables and terminals."""

DAILY = """\
title: {t}
summary: {t}
owner: {{region: "510100", department: {t}, contact: {t}}}
period: {{start: 2027-03-01, end: 2027-03-31}}
channels: [hall, app]
offers:
  - id: one
    name: {t}
    product: tv.plus
    kind: trial
    early_exit: {t}
    contract_months: 3
    gift: {{name: {t}, quantity: 1, collect: hall}}
    excludes: ["campaign:two"]
terms: {{{t}: {t}}}
answers: [{{phrase: {t}, answer: {t}}}]
faq: [{{topic: price, q: {t}, a: {t}}}]
support: {{contact: {t}, hours: "08:00-20:00"}}
"""


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("payload", MORE)
def test_in_a_guided_script_words_stay_words(payload: str, lang: Lang) -> None:
    found, plain = (Parsed(guide_page.write(hostile(text), lang)) for text in (payload, "harmless"))
    assert (found.shape, found.style, found.faults, found.comments) == (plain.shape, plain.style, [], [])
    assert squashed(found.text).count(squashed(printable(payload))) >= 20
    _clean(found.text)


@pytest.mark.parametrize("payload", MORE)
def test_in_a_guided_script_for_programs_words_stay_words(payload: str) -> None:
    found, plain = (json.loads(guide_page.write_json(hostile(text), "zh")) for text in (payload, "harmless"))
    assert _leaves(found, lambda _: "") == _leaves(plain, lambda _: "")
    said = _leaves(found, str).values()
    assert squashed("".join(said)).count(squashed(printable(payload))) >= 20
    _clean("".join(said))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("payload", MORE)
def test_in_a_table_of_sms_words_stay_words(payload: str, lang: Lang) -> None:
    text = short_sms.write(hostile(payload), lang)
    lines = list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), strict=True))
    assert [len(line) for line in lines] == [len(short_sms.COLUMNS)] * 3
    assert [cell for line in lines for cell in line if like_formula(cell)] == []
    assert [line[1] for line in lines[1:]] == [harmless(printable(payload))] * 2
    _clean(text.removeprefix(BYTE_ORDER_MARK))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("payload", MORE)
def test_in_a_voice_menu_words_make_no_lines_and_no_parts(payload: str, lang: Lang) -> None:
    found, plain = (short_voice.write(hostile(text), lang) for text in (payload, "harmless"))
    assert [line[:1] for line in found.splitlines() if line[:1] in "#["] == [
        line[:1] for line in plain.splitlines() if line[:1] in "#["
    ]
    assert re.findall(r"(?m)^\[.*\]$", found) == re.findall(r"(?m)^\[.*\]$", plain)
    assert len(found.splitlines()) == len(plain.splitlines())
    assert spoken(payload) in found
    _clean(found)


def _daily(folder: Path, text: str) -> Daily:
    """The sheet of two campaigns that say a text wherever they may say anything."""
    quoted = json.dumps(text, ensure_ascii=False)
    spec = DAILY.format(t=re.sub("[\x7f-\x9f\ufeff]", lambda found: f"\\u{ord(found[0]):04x}", quoted))
    return daily(folder, {"one": spec, "two": spec})


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("payload", [text.replace("{{", "{ {") for text in MORE])
def test_on_a_daily_sheet_words_stay_words(payload: str, lang: Lang, tmp_path: Path) -> None:
    found, plain = (_daily(tmp_path, text) for text in (payload, "harmless"))
    page, other = (Parsed(html.write(sheet, lang)) for sheet in (found, plain))
    styles = [re.sub(r"\b[0-9a-f]{12}\b", "", each.style) for each in (page, other)]  # each has its own digest
    assert (page.shape, page.faults, page.comments) == (other.shape, [], [])
    assert styles[0] == styles[1]
    assert squashed(page.text).count(squashed(printable(payload))) >= 10
    values, others = (json.loads(data.write(sheet, lang)) for sheet in (found, plain))
    assert _leaves(values, lambda _: "") == _leaves(others, lambda _: "")
    _clean(page.text)
    _clean("".join(_leaves(values, str).values()))


@pytest.mark.parametrize("lang", LANGS)
def test_a_daily_sheet_fills_in_nothing(lang: Lang, tmp_path: Path) -> None:
    """Braces are an error of the campaign, which may not be used then; what is told of it stays as it is written."""
    found = _daily(tmp_path, "{{ 7 * 7 }}{% for x in y %}{# z #}")
    assert len(found.unusable) == 2
    assert Parsed(html.write(found, lang)).text.count("{{ 7 * 7 }}{% for x in y %}{# z #}") >= 4


def test_words_written_from_right_to_left_turn_nothing_round_beside_them(tmp_path: Path) -> None:
    """Hours behind a name in Arabic letters would read 20:00-08:00."""
    name = "\u0627\u0644\u0639"
    pages = (html.write(_daily(tmp_path, name), "zh"), guide_page.write(hostile(name), "zh"))
    assert [f"<dd><span>{name}</span>" in page for page in pages] == [True, True]
    assert ["a, b, span { unicode-bidi: isolate; }" in Parsed(page).style for page in pages] == [True, True]


def _clean(text: str) -> None:
    """Nothing is left that turns the direction round or steers a terminal."""
    assert re.findall("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text) == []
