"""iCalendar files, read back by two parsers that did not write them the same way."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import icalendar
import pytest

from campaigncheck.calendar import ics
from campaigncheck.calendar.wanted import Wanted
from campaigncheck.messages import Lang
from tests.calendar.repositories import golden, made

vobject: Any = import_module("vobject")


def events(text: str) -> dict[str, Any]:
    """The events by UID, as the parser reads them."""
    read = icalendar.Calendar.from_ical(text)
    found = {str(event["uid"]): event for event in read.walk("VEVENT")}
    assert len(found) == len(read.walk("VEVENT")), "a UID is used twice"
    assert not [event.errors for event in found.values() if event.errors]
    return found


def city(code: str, lang: Lang, wanted: Wanted | None = None) -> str:
    """The file of one city."""
    return dict(ics.write_cities(golden(wanted), lang))[code]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_lines_are_folded_by_octets_and_end_as_they_must(lang: Lang) -> None:
    text = ics.write(golden(), lang)
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode("utf-8")  # no character is cut in two


def test_two_parsers_read_what_was_meant() -> None:
    text = city("510100", "zh")
    read = vobject.readOne(text)
    read.validate(raiseException=True)
    assert read.contents["x-wr-calname"][0].value == "成都市营销日历"
    other = {event.uid.value: event for event in read.vevent_list}
    own = events(text)
    assert set(own) == set(other)
    for uid, event in own.items():
        assert str(event["summary"]) == other[uid].summary.value
        assert event.decoded("dtstart") == other[uid].dtstart.value
        assert event.decoded("dtend") == other[uid].dtend.value
        described = [item.value for item in other[uid].contents.get("description", [])]
        assert [str(event[name]) for name in ("description",) if name in event] == described


def test_what_is_required_is_there() -> None:
    read = icalendar.Calendar.from_ical(city("510100", "en"))
    assert (read["version"], read["method"]) == ("2.0", "PUBLISH")
    assert "prodid" in read
    for event in read.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"} <= set(event)


def test_days_are_whole_and_the_end_is_the_day_after() -> None:
    for row in golden().rows:
        event = events(ics.write(golden(), "zh"))[f"campaign-{row.id}@campaigncheck"]
        assert event.decoded("dtstart") == row.days.start
        assert event.decoded("dtend") == row.days.end + timedelta(days=1)
        assert not isinstance(event.decoded("dtstart"), datetime)
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert event["dtend"].params["VALUE"] == "DATE"
        assert event["transp"] == "TRANSPARENT"


def test_the_stamp_is_the_day_it_is_made_for_and_not_the_clock() -> None:
    stamps = {event.decoded("dtstamp") for event in events(ics.write(golden(), "zh")).values()}
    assert stamps == {datetime(2027, 8, 15, tzinfo=UTC)}


def test_a_campaign_is_the_same_event_in_every_file() -> None:
    one, other = (events(city(name, "zh")) for name in ("510100", "510700"))
    shared = {uid for uid in one if uid.startswith("campaign-") and uid in other}
    assert shared == {
        "campaign-cn-2027-family@campaigncheck", "campaign-sc-2027-autumn-plan@campaigncheck",
        "campaign-sc-2027-points@campaigncheck",
    }  # fmt: skip
    assert all(one[uid].to_ical() == other[uid].to_ical() for uid in shared)


def test_a_city_has_its_own_campaigns_and_crowds_only() -> None:
    there = events(city("510700", "zh"))
    assert "campaign-sc-cd-2027-router@campaigncheck" not in there
    assert not [uid for uid in there if uid.startswith("crowded-")]
    crowd = events(city("510100", "zh"))["crowded-510100-20270915@campaigncheck"]
    assert str(crowd["summary"]) == "拥挤：成都市的营业厅 4 个营销案同时进行"
    assert crowd.decoded("dtend") == date(2027, 10, 1)


def test_what_is_not_certain_says_so() -> None:
    found = events(city("510100", "zh"))
    assert {uid.split("@")[0]: str(event.get("status")) for uid, event in found.items()} == {
        "campaign-sc-cd-2027-router": "CONFIRMED",
        "campaign-cn-2027-family": "TENTATIVE",
        "campaign-sc-2027-autumn-plan": "CONFIRMED",
        "campaign-sc-cd-2027-autumn-plan": "TENTATIVE",
        "campaign-sc-2027-points": "TENTATIVE",
        "crowded-510100-20270915": "None",
        "holiday-20270915": "TENTATIVE",
        "holiday-20271001": "TENTATIVE",
    }
    assert str(found["holiday-20271001@campaigncheck"]["summary"]) == "国庆节（暂定）"


def test_announced_holidays_are_certain() -> None:
    found = events(city("510100", "en", Wanted(start=date(2026, 9, 20))))
    assert str(found["holiday-20261001@campaigncheck"]["summary"]) == "National Day"
    assert str(found["holiday-20261001@campaigncheck"]["status"]) == "CONFIRMED"


def test_nothing_a_campaign_says_can_end_its_event(tmp_path: Path) -> None:
    title = 'title: "一\\r\\nEND:VEVENT\\r\\nSUMMARY:二;三,四\\\\n五"\n'
    owner = 'owner: {region: "510100", department: "部\\nUID:x", contact: "a;b,c:d"}\n'
    found = events(ics.write(made(tmp_path, {"evil": title + owner}, today=date(2027, 3, 1)), "zh"))
    event = found["campaign-evil@campaigncheck"]
    assert str(event["summary"]) == "一��END:VEVENT��SUMMARY:二;三,四\\n五（草稿）"
    assert "部�UID:x，a;b,c:d" in str(event["description"])
