"""``campaigncheck verify``: everything that a clearance is bound to, and each thing that can change, by name."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from campaigncheck import __version__
from campaigncheck.attest.envelope import read_envelope, seal
from campaigncheck.attest.statement import Predicate, read_statement, state, write_statement
from campaigncheck.rulekit.sample import complete
from tests.attest.signed import key
from tests.clearance.repository import FAR, FILE, FIRST, ID, Home

SIGNATURE = "the signature is wrong: the content or the signature was changed"


def test_nothing_has_changed(cleared: Home) -> None:
    expected = f"clearances/{ID}.json：有效，{ID}（2026-10-19 签发，密钥 {key().public.id[:16]} 省公司服务部）\n"
    assert cleared.verify() == (0, expected, "")
    assert cleared.changes() == []


@pytest.mark.parametrize("day", [date(2026, 10, 20), date(2026, 12, 1), date(2027, 1, 10)])
def test_it_holds_to_the_last_day(cleared: Home, day: date) -> None:
    assert cleared.changes(day) == []


def test_it_holds_for_the_launch_that_it_allows(cleared: Home) -> None:
    cleared.replace("winter", "stage: approved", "stage: launched")
    assert cleared.changes() == []


def test_layout_does_not_matter(cleared: Home) -> None:
    cleared.write("winter", "# 上线前最后看一遍\n" + cleared.read("winter").replace("\ntitle:", "\n\ntitle:   "))
    assert cleared.changes() == []


def test_the_spec_changed(cleared: Home) -> None:
    cleared.replace("winter", "quota: 8000", "quota: 8001")
    found = cleared.changes()
    assert found[0] == "the campaign was changed after it was issued"
    assert {line.split(":")[0] for line in found[1:]} == {"checked now, there is this"}


def test_a_change_that_breaks_no_rule_counts_all_the_same(cleared: Home) -> None:
    cleared.replace("winter", "contact: marketing-sc@example.com", "contact: other-sc@example.com")
    assert cleared.changes() == ["the campaign was changed after it was issued"]


def test_the_campaign_is_gone(cleared: Home) -> None:
    (cleared.folder / "campaigns" / "winter.yaml").unlink()
    assert cleared.changes() == [f"there is no campaign “{ID}” in the repository any more"]


def test_the_id_is_used_twice(cleared: Home) -> None:
    cleared.write("copy", cleared.read("winter"))
    assert cleared.changes() == [f"“{ID}” is the id of several files: campaigns/copy.yaml, campaigns/winter.yaml"]


def test_the_campaign_cannot_be_read(cleared: Home) -> None:
    cleared.write("winter", cleared.read("winter") + "offers: []\n")
    (cleared.folder / "campaigns" / "winter.yaml").rename(cleared.folder / "campaigns" / f"{ID}.yaml")
    found = cleared.changes()
    assert found[0] == f"the campaign cannot be read: campaigns/{ID}.yaml"
    assert found[-1].startswith(f"checked now, there is this: SPEC001 campaigns/{ID}.yaml")


def test_its_stage_went_back(cleared: Home) -> None:
    cleared.replace("winter", "stage: approved", "stage: optimising")
    assert "its stage went back to “optimising”" in cleared.changes()


def test_one_that_is_over_or_retired_has_nothing_to_launch(cleared: Home) -> None:
    over = f"clearances/{ID}.json: {ID} is over or retired and there is nothing to launch; only signature and content were compared\n"
    shutil.rmtree(cleared.folder / "rules" / "network")
    cleared.write("first", "broken")
    assert cleared.verify("--lang", "en", today=date(2027, 1, 11)) == (0, over, "")
    cleared.replace("winter", "stage: approved", "stage: retired")
    assert cleared.verify("--lang", "en") == (0, over, "")
    cleared.replace("winter", "quota: 8000", "quota: 1")
    assert cleared.changes() == ["the campaign was changed after it was issued"]


def test_a_neighbour_changed(cleared: Home) -> None:
    cleared.replace("first", "积分换话费", "积分换流量")
    assert cleared.changes() == ["the overlapping campaign “sc-2026-points” changed"]


def test_a_neighbour_that_was_only_launched_has_not_changed(cleared: Home) -> None:
    cleared.replace("first", "stage: approved", "stage: launched")
    assert cleared.changes() == []


def test_a_neighbour_is_gone(cleared: Home) -> None:
    (cleared.folder / "campaigns" / "first.yaml").unlink()
    assert cleared.changes(date(2026, 11, 30)) == ["the overlapping campaign “sc-2026-points” is gone"]
    assert cleared.changes(date(2026, 12, 1)) == []  # it would be over


def test_a_neighbour_that_is_over_or_retired_may_change(cleared: Home) -> None:
    cleared.replace("first", "积分换话费", "积分换流量")
    assert cleared.changes(date(2026, 12, 1)) == []
    cleared.replace("first", "stage: approved", "stage: retired")
    assert cleared.changes() == []


def test_a_neighbour_can_no_longer_be_read(cleared: Home) -> None:
    cleared.write("sc-2026-points", FIRST)
    (cleared.folder / "campaigns" / "first.yaml").unlink()
    assert cleared.changes() == ["the overlapping campaign “sc-2026-points” can no longer be read"]


def test_a_neighbour_that_moved_its_period_away_has_changed(cleared: Home) -> None:
    cleared.replace("first", "2026-10-12, end: 2026-11-30", "2027-03-12, end: 2027-04-30")
    assert cleared.changes() == ["the overlapping campaign “sc-2026-points” changed"]


def test_a_new_neighbour_that_need_not_give_way(cleared: Home) -> None:
    cleared.write("new", complete(FIRST.replace("points", "new")))
    assert cleared.changes() == ["“sc-2026-new” now overlaps it and need not give way (campaigns/new.yaml)"]


def test_a_neighbour_that_had_to_give_way_and_need_not_any_more(cleared: Home) -> None:
    cleared.replace("later", "stage: testing", "stage: approved")
    assert cleared.changes() == ["“sc-2026-later” now overlaps it and need not give way (campaigns/later.yaml)"]


@pytest.mark.parametrize("text", [
    FIRST.replace("points", "new").replace("approved", "testing"),
    FIRST.replace("points", "new").replace("2026-10-12", "2026-10-21"),
    FAR.replace("far", "new"),
    FIRST.replace("points", "new") + "audience: [{broadband: false}]\n",
])  # fmt: skip
def test_others_may_come(cleared: Home, text: str) -> None:
    """Who has to give way, runs elsewhere, or is for other customers."""
    cleared.write("new", complete(text))
    assert cleared.changes() == []


def test_others_may_change(cleared: Home) -> None:
    cleared.replace("later", "积分换话费", "积分换流量")
    cleared.replace("far", "积分换话费", "积分换流量")
    assert cleared.changes() == []
    for name in ("later", "far"):
        (cleared.folder / "campaigns" / f"{name}.yaml").unlink()
    assert cleared.changes() == []


def test_a_new_conflict_is_found(cleared: Home) -> None:
    cleared.replace("first", "product: points.exchange", "product: broadband.1000m")
    first, second = cleared.changes()
    assert first == "the overlapping campaign “sc-2026-points” changed"
    assert second.startswith("checked now, there is this: CONF001 campaigns/winter.yaml")


def test_files_of_the_rules_changed(cleared: Home) -> None:
    rules = cleared.folder / "rules"
    with (rules / "network" / "halls.csv").open("a") as stream:
        stream.write("sc-cd-002,成都二厅,510100\n")
    (rules / "network" / "hotline.csv").unlink()
    (rules / "overlays").mkdir()
    (rules / "overlays" / "510000.yaml").write_text("about: {title: 四川, source: 测试}\n", encoding="utf-8")
    assert cleared.changes() == [
        "the rules file network/halls.csv changed",
        "the rules file network/hotline.csv is gone",
        "the rules file overlays/510000.yaml was added",
    ]


def test_a_stricter_rule_is_named_with_what_it_finds(cleared: Home) -> None:
    overlay = cleared.folder / "rules" / "overlays" / "510000.yaml"
    overlay.parent.mkdir()
    about = "about: {title: 四川, source: 测试}\n"
    overlay.write_text(about + "limits: {handling_mean: {value: 3, source: 测试}}\n", encoding="utf-8")
    first, second = cleared.changes()
    assert first == "the rules file overlays/510000.yaml was added"
    assert second.startswith("checked now, there is this: TIME001 campaigns/winter.yaml")


def reissued(home: Home, numbers: tuple[int, ...] = (0,), **changes: object) -> None:
    """Sign the clearance again with something else in it."""
    found = read_statement(read_envelope(FILE.read_bytes()).payload)
    plain = {**found.predicate.model_dump(mode="json"), **changes}
    other = state(found.campaign, found.digest, Predicate.model_validate(plain))
    FILE.write_bytes(seal(write_statement(other), [key(number) for number in numbers]))


def test_the_program_and_its_rules_are_others(cleared: Home) -> None:
    reissued(cleared, tool={"name": "campaigncheck", "version": "0.0.9"})
    assert cleared.changes() == [f"it was issued by campaigncheck 0.0.9; this is {__version__}"]
    found = read_statement(read_envelope(FILE.read_bytes()).payload)
    rules = [name for name in found.predicate.rules if name != "CONF001"]
    reissued(cleared, tool={"name": "campaigncheck", "version": __version__}, rules=[*rules, "OLD001"])
    assert cleared.changes() == ["the rule CONF001 was added", "the rule OLD001 is gone"]
    reissued(cleared, rules=found.predicate.rules, plug_ins={"our-rules": "1.2"})
    assert cleared.changes() == ["the rule plug-in our-rules was 1.2 and is absent"]


def test_one_dated_in_the_future_is_refused(cleared: Home) -> None:
    assert cleared.changes(date(2026, 10, 18)) == ["it is dated 2026-10-19, which is still to come"]


WAIVER = "- {rule: SAFE001, campaign: sc-2026-winter-broadband, reason: 系统下月才支持, approver: 省公司服务部, expires: 2026-12-31}\n"


@pytest.fixture
def excepted(home: Home) -> Home:
    """A clearance under an exception."""
    home.replace("winter", "confirm: twice", "confirm: once")
    (home.folder / "waivers.yaml").write_text(WAIVER, encoding="utf-8")
    assert home.clear("--key", "company.key").code == 0
    return home


def test_an_exception_holds_to_its_last_day(excepted: Home) -> None:
    assert excepted.changes(date(2026, 12, 31)) == []
    first, second, third = excepted.changes(date(2027, 1, 1))
    assert first == "the exception from SAFE001 (by 省公司服务部) ended on 2026-12-31"
    assert second.startswith("checked now, there is this: SAFE001 campaigns/winter.yaml")
    assert third.startswith("checked now, there is this: WAIV001 waivers.yaml")


def test_an_exception_was_withdrawn(excepted: Home) -> None:
    (excepted.folder / "waivers.yaml").unlink()
    first, second = excepted.changes()
    assert first == "the exception from SAFE001 (by 省公司服务部) was withdrawn"
    assert second.startswith("checked now, there is this: SAFE001 campaigns/winter.yaml")


@pytest.mark.parametrize(("old", "new"), [
    ("系统下月才支持", "随便"), ("省公司服务部", "省公司市场部"), ("2026-12-31", "2027-01-31"),
])  # fmt: skip
def test_an_exception_was_altered(excepted: Home, old: str, new: str) -> None:
    (excepted.folder / "waivers.yaml").write_text(WAIVER.replace(old, new), encoding="utf-8")
    assert excepted.changes() == ["the exception from SAFE001 was altered: it was by 省公司服务部, until 2026-12-31"]


def test_an_exception_was_added(cleared: Home) -> None:
    later = cleared.read("later")
    cleared.write("later", later.replace("stage: testing", "stage: draft"))
    overlay = cleared.folder / "rules" / "overlays" / "510000.yaml"
    overlay.parent.mkdir()
    about = "about: {title: 四川, source: 测试}\n"
    overlay.write_text(about + "limits: {handling_mean: {value: 3, source: 测试}}\n", encoding="utf-8")
    waiver = WAIVER.replace("SAFE001", "TIME001")
    (cleared.folder / "waivers.yaml").write_text(waiver, encoding="utf-8")
    assert cleared.changes() == [
        "the rules file overlays/510000.yaml was added",
        "an exception was added after it was issued: TIME001 (by 省公司服务部, until 2026-12-31)",
    ]


def test_the_clearance_of_another_campaign_is_no_clearance(cleared: Home) -> None:
    shutil.copy(FILE, "clearances/sc-2026-points.json")
    done = cleared.verify("clearances/sc-2026-points.json", "--lang", "en")
    expected = f"  this is the clearance of “{ID}”, but the file is sc-2026-points.json: it was mixed up or swapped"
    assert (done.code, done.out.splitlines()[1:]) == (1, [expected])


def test_clearances_were_swapped(cleared: Home) -> None:
    """Also where someone swaps the specs' files along with them: ids count, not names of files."""
    cleared.replace("first", "id: sc-2026-points", f"id: {ID}")
    cleared.replace("winter", f"id: {ID}", "id: sc-2026-points")
    assert cleared.changes()[0] == "the campaign was changed after it was issued"


def test_another_key_signed_it(cleared: Home) -> None:
    reissued(cleared, (1,))
    assert cleared.changes() == [f"the key that signed it ({key(1).public.id[:16]}) is none that the policy trusts"]


def test_two_keys_signed_it(cleared: Home) -> None:
    reissued(cleared, (0, 1))
    assert cleared.changes() == [f"the key that signed it ({key(1).public.id[:16]}) is none that the policy trusts"]
    Path("second.pub").write_text(key(1).public.pem)
    done = cleared.verify("--key", "second.pub", "--lang", "en")
    names = f"{key(0).public.id[:16]} 省公司服务部, {key(1).public.id[:16]} second.pub"
    assert done == (0, f"clearances/{ID}.json: holds, {ID} (issued on 2026-10-19, key {names})\n", "")


def test_the_key_was_taken_out_of_the_policy(cleared: Home) -> None:
    pinned = cleared.folder / "rules" / "clearance.yaml"
    text = pinned.read_text(encoding="utf-8")
    other = key(1).public.pem.splitlines()[1]
    pinned.write_text(text.replace(key().public.pem.splitlines()[1], other), encoding="utf-8")
    assert cleared.changes() == [f"the key that signed it ({key().public.id[:16]}) is none that the policy trusts"]
    assert cleared.verify("--key", "company.key.pub").code == 0


@pytest.mark.parametrize(("old", "new", "expected"), [
    ('"510000"', '"310000"', "the key “company” (省公司服务部) may not clear campaigns of 四川省"),
    ("end: 2026-12-31", "end: 2026-10-18",
     "the key “company” (省公司服务部) is valid from 2026-01-01 to 2026-10-18; the clearance is of 2026-10-19"),
    ("start: 2026-01-01", "start: 2026-10-20",
     "the key “company” (省公司服务部) is valid from 2026-10-20 to 2026-12-31; the clearance is of 2026-10-19"),
])  # fmt: skip
def test_the_key_may_not_sign_it(cleared: Home, old: str, new: str, expected: str) -> None:
    pinned = cleared.folder / "rules" / "clearance.yaml"
    text = pinned.read_text(encoding="utf-8")
    assert old in text
    pinned.write_text(text.replace(old, new), encoding="utf-8")
    assert cleared.changes() == [expected]


def test_a_key_that_has_expired_since_has_signed_in_time(cleared: Home) -> None:
    assert cleared.changes(date(2027, 1, 5)) == []


def test_without_any_key_it_is_wrong_usage(cleared: Home) -> None:
    (cleared.folder / "rules" / "clearance.yaml").unlink()
    assert cleared.verify() == (2, "", "there is no key to trust")
    assert cleared.verify("--key", "company.key.pub").code == 0
    cleared.replace("winter", "stage: approved", "stage: launched")  # now GATE001 asks for the clearance as well
    assert cleared.verify("--key", "company.key.pub").code == 0


def test_a_tampered_one_is_told_from_no_file(cleared: Home) -> None:
    data = FILE.read_bytes()
    FILE.write_bytes(data.replace(b'"payload":"eyJ', b'"payload":"eyK'))
    assert cleared.changes() == [SIGNATURE]
    FILE.write_bytes(b"")
    assert cleared.changes() == ["it is no JSON, or was damaged"]


@pytest.mark.parametrize(("paths", "message"), [
    (["clearances/none.json"], "there is no such path: clearances/none.json"),
    (["clearances/../campaigns/winter.yaml"], "campaigns/winter.yaml is no clearance"),
    (["clearances/empty"], "there is no clearance in clearances/empty"),
])  # fmt: skip
def test_what_is_no_clearance_is_wrong_usage(cleared: Home, paths: list[str], message: str) -> None:
    Path("clearances/empty").mkdir()
    assert cleared.verify(*paths) == (2, "", message)


def test_a_folder_stands_for_all_that_are_in_it(cleared: Home) -> None:
    shutil.copy(FILE, "clearances/sc-2026-points.json")
    Path("clearances/README.md").write_text("说明", encoding="utf-8")
    done = cleared.verify("clearances", f"clearances/{ID}.json")
    bad, why, good, total = done.out.splitlines()
    assert (done.code, bad) == (1, "clearances/sc-2026-points.json：无效")
    assert good.startswith(f"clearances/{ID}.json：有效，")
    assert why == f"  这是“{ID}”的许可，文件却叫 sc-2026-points.json：可能拿错了，或者被换过"
    assert total == "核验 2 份上线许可：有效 1，无效 1。"


def test_programs_read_the_same(cleared: Home) -> None:
    cleared.replace("first", "积分换话费", "积分换流量")
    done = cleared.verify("--format", "json", "--lang", "en")
    assert done.code == 1
    assert json.loads(done.out) == {
        "version": 1,
        "clearances": [
            {
                "path": f"clearances/{ID}.json", "holds": False, "over": False, "campaign": ID, "issued_on": "2026-10-19",
                "keys": [key().public.id],
                "changes": [
                    {
                        "kind": "neighbour", "about": "sc-2026-points",
                        "message": "the overlapping campaign “sc-2026-points” changed",
                    }
                ],
            }
        ],
    }  # fmt: skip
    FILE.write_bytes(b"{}")
    (told,) = json.loads(cleared.verify("--format", "json", "--lang", "en").out)["clearances"]
    assert told == {
        "path": f"clearances/{ID}.json", "holds": False, "over": False, "campaign": None, "issued_on": None, "keys": [],
        "changes": [{"kind": "signature", "about": f"{ID}.json", "message": "its bytes were changed: this is not the form in which clearances are written"}],
    }  # fmt: skip
