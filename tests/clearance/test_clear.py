"""``campaigncheck clear``: who gets a clearance, what it says, and who does not get one."""

from __future__ import annotations

import json
import os
from base64 import b64decode
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import rfc8785
import yaml

from campaigncheck import __version__
from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.clearance.bound import catalogues
from campaigncheck.rules import all_rules
from tests.attest.signed import key
from tests.clearance.repository import FILE, ID, SUBJECT, TODAY, Home

WAIVER = "- {{rule: SAFE001, campaign: {id}, reason: 系统下月才支持, approver: 省公司服务部, expires: {expires}}}\n"


def content(file: Path = FILE) -> dict[str, Any]:
    """What is signed, taken out of the file without a line of the program."""
    found = json.loads(b64decode(json.loads(file.read_bytes())["payload"]))
    assert isinstance(found, dict)
    return found


def test_it_says_what_was_checked(cleared: Home) -> None:
    found = content()
    predicate = found["predicate"]
    assert found["subject"][0]["name"] == ID
    assert predicate["tool"] == {"name": "campaigncheck", "version": __version__}
    assert predicate["issued_on"] == "2026-10-19"
    assert predicate["rules"] == sorted(all_rules())
    assert predicate["overlaps"] == ["sc-2026-later", "sc-2026-points"]
    assert [(other["id"], other["ends_on"]) for other in predicate["neighbours"]] == [("sc-2026-points", "2026-11-30")]
    assert predicate["waived"] == []


def test_digests_are_those_of_the_values(home: Home) -> None:
    """With text only, every YAML reader reads the same values, so the digest can be made without the program's."""
    assert home.clear("--key", "company.key").code == 0
    (other,) = content()["predicate"]["neighbours"]
    values = yaml.safe_load(home.read("first"))
    values["period"] = {name: day.isoformat() for name, day in values["period"].items()}
    del values["stage"]
    assert other["digest"]["sha256"] == sha256(rfc8785.dumps(values)).hexdigest()


def test_files_of_the_rules_are_named_with_their_digests(cleared: Home) -> None:
    found = content()["predicate"]["catalogues"]
    for name in ("halls.csv", "hours.csv", "hotline.csv"):
        assert found[f"network/{name}"] == sha256((cleared.folder / "rules/network" / name).read_bytes()).hexdigest()
    builtin = RuleFiles.at(None).builtin
    assert found["policy.yaml"] == sha256((builtin / "policy.yaml").read_bytes()).hexdigest()
    assert "clearance.yaml" not in found


def test_own_files_are_named_beside_the_built_in_ones_that_they_extend(home: Home) -> None:
    rules = home.folder / "rules"
    (rules / "overlays").mkdir()
    (rules / "overlays" / "510000.yaml").write_text("about: {title: 四川, source: 测试}\n", encoding="utf-8")
    (rules / "glossary.yaml").write_text(
        "extends: builtin\nabout: {title: 词, source: 测试}\nterms: {}\n", encoding="utf-8"
    )
    names = catalogues(RuleFiles.at(rules))
    assert {"overlays/510000.yaml", "glossary.yaml", "builtin/glossary.yaml"} <= set(names)
    assert names["glossary.yaml"] != names["builtin/glossary.yaml"]


def test_handling_and_waiting_are_there_with_their_units(cleared: Home) -> None:
    predicate = content()["predicate"]
    assert list(predicate["handling"]) == ["mean_minutes", "p50_minutes", "p90_minutes"]
    assert 3 < predicate["handling"]["mean_minutes"] < predicate["handling"]["p90_minutes"] < 6
    premium, other = predicate["waiting"]
    assert (premium["customers"], other["customers"]) == ("premium", "other")
    for item in (premium, other):
        assert item["hall"].startswith("sc-")
        assert date(2026, 10, 20) <= date.fromisoformat(item["on"]) <= date(2027, 1, 10)
        assert 0 < item["wait_mean_minutes"] <= item["promise_minutes"]
        assert 0 < item["promises_kept"] <= item["promises_made"]


def test_the_tightest_hour_is_the_one_that_the_forecast_finds(cleared: Home) -> None:
    from campaigncheck.clearance.situation import Repository, look
    from campaigncheck.engine.repository import find_specs
    from campaigncheck.engine.run import Knowledge
    from campaigncheck.forecast.model import foresee

    files = RuleFiles.at(Path("rules"))
    situation = look(Knowledge.of(files), Repository(find_specs(()), files, None, {}), {ID}, TODAY)
    forecast = foresee(situation.portfolio, situation.knowledge.catalogues, TODAY.toordinal(), frozenset({ID}))
    for item in content()["predicate"]["waiting"]:
        hours = [hour for hour in forecast.hours() if hour.premium == (item["customers"] == "premium")]
        tightest = max(round(hour.mean / hour.promise, 6) for hour in hours)
        named = next(
            hour
            for hour in hours
            if (hour.hall, date.fromordinal(hour.day).isoformat(), hour.hour)
            == (item["hall"], item["on"], item["hour"])
        )
        assert round(named.mean / named.promise, 6) == tightest
        assert (round(named.mean, 2), round(named.p90, 2)) == (item["wait_mean_minutes"], item["wait_p90_minutes"])
        assert (len(hours), sum(hour.kept for hour in hours)) == (item["promises_made"], item["promises_kept"])


def test_the_same_is_issued_the_same(cleared: Home) -> None:
    before = FILE.read_bytes()
    assert cleared.clear("--key", "company.key").code == 0
    assert FILE.read_bytes() == before
    assert oct(FILE.stat().st_mode & 0o777) == oct(0o666 & ~umask())


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_it_is_summed_up_in_both_languages(home: Home) -> None:
    done = home.clear("--key", "company.key")
    head = done.out.splitlines()
    assert head[0] == f"上线许可：clearances/{ID}.json"
    assert head[1].startswith(
        f"营销案：{ID}（冬季宽带提速到 500M），内容 sha256:{content()['subject'][0]['digest']['sha256'][:12]}"
    )
    assert head[2] == f"签发：2026-10-19，密钥 {key().public.id[:16]} 省公司服务部"
    assert head[4:6] == ["重叠：2 个营销案；其中不用让它、改了就要重新签发的：sc-2026-points", "例外：没有"]
    english = home.clear("--key", "company.key", "--lang", "en").out.splitlines()
    assert english[4:6] == [
        "Overlaps: 2 campaigns; those that need not give way, and may not change: sc-2026-points", "Exceptions: none",
    ]  # fmt: skip
    assert len(english) == len(head) == 9


def test_overlapping_campaigns_that_all_give_way_are_only_counted(home: Home) -> None:
    home.write("first", home.read("first").replace("stage: approved", "stage: draft"))
    assert "重叠：2 个营销案，都要让它\n" in home.clear("--key", "company.key").out
    for name in ("first", "later"):
        (home.folder / "campaigns" / f"{name}.yaml").unlink()
    assert "重叠：没有\n" in home.clear("--key", "company.key").out


def test_a_campaign_of_the_same_stage_and_start_is_bound_too(home: Home) -> None:
    home.write("first", home.read("first").replace("2026-10-12", "2026-10-20"))
    home.clear("--key", "company.key")
    assert [other["id"] for other in content()["predicate"]["neighbours"]] == ["sc-2026-points"]


@pytest.mark.parametrize(("stage", "named"), [("draft", "draft"), ("testing", "testing"), ("launched", "launched")])
def test_only_an_approved_campaign_is_cleared(home: Home, stage: str, named: str) -> None:
    home.replace("winter", "stage: approved", f"stage: {stage}")
    done = home.clear("--key", "company.key", "--lang", "en")
    first = f"  its stage is “{named}”; only a campaign at “approved” can be cleared"
    assert (done.code, done.out.splitlines()[:2]) == (1, [f"“{ID}” cannot be cleared:", first])
    assert not FILE.exists()


def test_each_error_is_named(home: Home) -> None:
    home.replace("winter", "confirm: twice", "confirm: once")
    done = home.clear("--key", "company.key", "--lang", "en")
    line = SUBJECT.splitlines().index("    confirm: twice") + 1
    place = f"campaigns/winter.yaml:{line}:14"
    found = f"  SAFE001 {place} “500M 宽带提速” costs money but is not confirmed twice"
    assert (done.code, done.out.splitlines()) == (1, [f"“{ID}” cannot be cleared:", found])
    assert not FILE.exists()


def test_a_clearance_that_is_there_stays_when_a_new_one_is_refused(cleared: Home) -> None:
    before = FILE.read_bytes()
    cleared.replace("winter", "confirm: twice", "confirm: once")
    assert cleared.clear("--key", "company.key").code == 1
    assert FILE.read_bytes() == before


def test_what_others_do_wrong_does_not_matter(home: Home) -> None:
    home.write("later", "id: [broken\n")
    done = home.clear("--key", "company.key", "--lang", "en")
    assert done.code == 0
    assert "1 further campaigns of the repository cannot be read" in done.err


def test_a_conflict_with_the_rest_of_the_repository_matters(home: Home) -> None:
    home.replace("first", "product: points.exchange", "product: broadband.1000m")
    done = home.clear("--key", "company.key", "--lang", "en")
    assert done.code == 1
    assert [line.split()[0] for line in done.out.splitlines()[1:]] == ["CONF001"]


def test_what_passes_by_an_exception_is_named(home: Home) -> None:
    home.replace("winter", "confirm: twice", "confirm: once")
    (home.folder / "waivers.yaml").write_text(WAIVER.format(id=ID, expires="2026-12-31"), encoding="utf-8")
    done = home.clear("--key", "company.key")
    assert (done.code, done.err) == (0, "")
    (item,) = content()["predicate"]["waived"]
    fingerprint, facts = item.pop("fingerprint"), item.pop("facts")
    assert item == {
        "rule": "SAFE001", "pointer": "/offers/0/confirm", "reason": "系统下月才支持", "approver": "省公司服务部",
        "expires_on": "2026-12-31",
    }  # fmt: skip
    assert len(fingerprint) == 64
    assert facts.startswith("sha256:")
    assert "例外：SAFE001（省公司服务部批准，到 2026-12-31）：系统下月才支持\n" in done.out


def test_an_exception_that_has_ended_is_none(home: Home) -> None:
    home.replace("winter", "confirm: twice", "confirm: once")
    (home.folder / "waivers.yaml").write_text(WAIVER.format(id=ID, expires="2026-10-18"), encoding="utf-8")
    done = home.clear("--key", "company.key", "--lang", "en")
    assert (done.code, [line.split()[0] for line in done.out.splitlines()[1:]]) == (1, ["SAFE001", "WAIV001"])


@pytest.mark.parametrize("break_it", ["id: [", "offers: 5"])
def test_a_campaign_that_cannot_be_read_is_refused(home: Home, break_it: str) -> None:
    broken = home.folder / "campaigns" / f"{ID}.yaml"
    (home.folder / "campaigns" / "winter.yaml").rename(broken)
    broken.write_text(SUBJECT + break_it + "\n", encoding="utf-8")
    done = home.clear("--key", "company.key", "--lang", "en")
    assert (done.code, {line.split()[0] for line in done.out.splitlines()[1:]} <= {"SPEC001", "SPEC002"}) == (1, True)


def test_an_id_used_twice_is_refused(home: Home) -> None:
    home.write("copy", home.read("winter"))
    done = home.clear("--key", "company.key", "--lang", "en")
    assert (done.code, "SPEC003" in done.out) == (1, True)


def test_one_that_is_over_is_refused(home: Home) -> None:
    done = home.clear("--key", "company.key", "--lang", "en", today=date(2027, 1, 11))
    assert (done.code, done.out.splitlines()[1]) == (1, "  it is over: there is nothing to launch")


def test_an_unknown_campaign_is_wrong_usage(home: Home) -> None:
    assert home.clear("--key", "company.key", campaign="sc-2026-winter-broadbnd") == (
        2, "", "there is no campaign “sc-2026-winter-broadbnd”",
    )  # fmt: skip


def test_it_can_be_written_elsewhere(home: Home) -> None:
    assert home.clear("--key", "company.key", "-o", "out/new").code == 0
    assert (home.folder / "out" / "new" / f"{ID}.json").is_file()
    assert not FILE.exists()
    assert home.clear("--key", "company.key", "-o", "company.key").err == "company.key is a file, not a folder"


def test_clearances_stand_beside_the_campaigns_wherever_one_is(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home.folder / "campaigns")
    assert home.clear("--key", "../company.key").code == 0
    assert (home.folder / FILE).is_file()


def test_a_folder_that_takes_no_files_is_told(home: Home) -> None:
    done = home.clear("--key", "company.key", "-o", "/proc/no")
    assert (done.code, done.err.startswith(f"/proc/no/{ID}.json cannot be written: ")) == (2, True)
