"""``forecast --aftercare`` tells of complaints what ``check`` tells, in text and JSON, and nothing unless it is asked."""

from __future__ import annotations

import json
from pathlib import Path

from campaigncheck.catalogue.files import builtin_rules
from tests.cli.test_check import call

SPEC = "docs/examples/blocked/zj-jh-2027-blocked-counter.yaml"
AT = ("--today", "2026-12-01", "--lang", "en")


def forecast(*arguments: str) -> str:
    done = call("forecast", SPEC, *AT, "--only-broken", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_text_ends_with_the_table_of_the_check() -> None:
    table = forecast("--aftercare").partition("Complaints after launch")[2]
    assert table.count("\n") == 4
    assert table in call("check", SPEC, *AT).stdout
    assert "Complaints" not in forecast()


def test_json_is_that_of_the_check(tmp_path: Path) -> None:
    told = json.loads(forecast("--aftercare", "--format", "json"))["aftercare"]
    (checked,) = json.loads(call("check", SPEC, *AT, "--format", "json").stdout)["campaigns"]
    assert told == {checked["id"]: checked["aftercare"]}
    assert "aftercare" not in json.loads(forecast("--format", "json"))


def test_measured_rates_are_used(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "network").symlink_to(builtin_rules() / "network")
    (rules / "complaints.csv").write_text(
        "rule,complaints,customers,rate,low,high,source\nSAFE001,99,9833.3333,100,80,120,measured\n", encoding="utf-8"
    )
    told = json.loads(forecast("--aftercare", "--format", "json", "--rules", str(rules)))["aftercare"]
    (care,) = told.values()
    rates = {share["rule"]: (share["complaints_of_10000"], share["rate"]) for share in care["findings"]}
    assert rates["SAFE001"] == (100.0, "measured")
    assert rates["SAFE003"] == (60.0, "assumed")


def test_if_nothing_is_left_that_is_said() -> None:
    done = call("forecast", SPEC.replace("blocked/", "mended/"), *AT, "--only-broken", "--aftercare")
    assert done.stdout.endswith("\n\nNothing is left that would bring complaints.\n")
