"""``--write-baseline`` and ``--baseline``: what was there is left out, what is new is not, what is gone is told."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from campaigncheck.report.schema import report_schema
from campaigncheck.rulekit.sample import complete
from tests.engine.repository import TODAY, Found, Repository

NET = "id: net\ntitle: 提速\nstage: testing\noffers: [{id: n, name: 提速, product: broadband.300m, kind: upgrade, excludes: [tv.*]}]\n"
WATCH = "id: watch\ntitle: 看电视\noffers: [{id: w, name: 看电视, product: tv.basic, kind: discount}]\n"
LOUD = (
    'id: loud\ntitle: 满减\nregions: {include: ["330100"]}\ntexts:\n'
    "  - {channel: poster, text: 全国第一。}\n  - {channel: app, text: 国家级品质。}\n"
)
FIRST, SECOND = LOUD.splitlines(keepends=True)[-2:]
WAIVER = "- {rule: LANG003, campaign: loud, reason: 试点, approver: 省公司服务部, expires: 2027-03-31}\n"
SELECT = ("--select", "CONF001,LANG003,WAIV001")
KNOWN = (*SELECT, "--baseline", "known.json")
OLD: list[Found] = [("loud", "LANG003"), ("loud", "LANG003"), ("watch", "CONF001")]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Three campaigns with three findings, all in the baseline."""
    made = Repository(tmp_path / "repository")
    made.spec("net", NET)
    made.spec("watch", WATCH)
    made.spec("loud", LOUD)
    answer = made.check(*SELECT, "--write-baseline", "known.json")
    assert (answer.code, answer.found, answer.err) == (0, OLD, "基线写进了 known.json：3 个问题。\n")
    return made


def known(repository: Repository) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((repository.top / "known.json").read_text("utf-8"))["findings"]
    return entries


def compared(repository: Repository, *arguments: str) -> tuple[int, list[Found], int, list[Found]]:
    """Return the exit code, the findings told, how many were known, and which are gone."""
    answer = repository.check(*KNOWN, *arguments)
    Draft202012Validator(report_schema()).validate(answer.report)
    baseline = answer.report["baseline"]
    return answer.code, answer.found, baseline["known"], [(item["campaign"], item["rule"]) for item in baseline["gone"]]


def test_what_it_holds(repository: Repository) -> None:
    text = (repository.top / "known.json").read_text("utf-8")
    whole = repository.check(*SELECT).report["findings"]
    written = [
        {key: item[key] for key in ("fingerprint", "rule", "campaign", "path", "pointer", "message")} for item in whole
    ]
    assert known(repository) == sorted(written, key=lambda item: item["fingerprint"])
    assert text.splitlines()[0:3] == ["{", '  "version": 1,', '  "findings": [']
    assert len(text.splitlines()) == 3 + 3 + 2  # one finding a line, so that merging two branches is easy


def test_what_was_there_does_not_fail(repository: Repository) -> None:
    answer = repository.check(*KNOWN)
    assert (answer.code, answer.found) == (0, [])
    assert answer.err == "基线里已有的 3 个问题没有再列出。\n"
    assert {item["id"]: item["verdict"] for item in answer.report["campaigns"]}["watch"] == "blocked"
    assert compared(repository) == (0, [], 3, [])


@pytest.mark.parametrize(
    "relaid",
    [
        lambda text: "# 说明\n\n\n" + text,
        lambda text: text.replace(FIRST + SECOND, SECOND + FIRST),
        lambda text: text.replace("texts:\n", "texts:\n  - {channel: leaflet, text: 欢迎办理。}\n"),
        lambda text: text.replace(FIRST, "  - channel: poster\n    text: >-\n      全国第一。\n"),
        lambda text: text.replace("title: 满减\n", "") + "title: 满减\n",
        lambda text: text.replace("\n", "\r\n"),
    ],
)
def test_moving_lines_is_nothing_new(repository: Repository, relaid: Callable[[str], str]) -> None:
    text = complete(LOUD)
    assert relaid(text) != text
    repository.write("campaigns/loud.yaml", relaid(text))
    assert compared(repository) == (0, [], 3, [])


def test_renaming_files_is_nothing_new(repository: Repository) -> None:
    folder = repository.top / "campaigns"
    for old, new in (("loud", "z"), ("net", "a"), ("watch", "四川/看电视")):
        (folder / new).parent.mkdir(exist_ok=True)
        (folder / f"{old}.yaml").rename(folder / f"{new}.yml")
    assert compared(repository) == (0, [], 3, [])


def test_a_second_finding_of_the_same_kind_is_new(repository: Repository) -> None:
    repository.write("campaigns/loud.yaml", complete(LOUD.replace("全国第一。", "全国第一，全国第一。")))
    code, found, left_out, gone = compared(repository)
    assert (code, found, left_out, gone) == (1, [("loud", "LANG003")], 3, [])
    first, second = (item["fingerprint"] for item in repository.check(*SELECT).report["findings"] if item["line"] == 5)
    told = repository.check(*KNOWN).report["findings"]
    assert [item["fingerprint"] for item in told] == [second] != [first]


def test_another_word_at_the_same_place_is_new(repository: Repository) -> None:
    repository.write("campaigns/loud.yaml", complete(LOUD.replace("国家级", "世界级")))
    assert compared(repository) == (1, [("loud", "LANG003")], 2, [("loud", "LANG003")])


def test_a_conflict_with_another_is_new(repository: Repository) -> None:
    repository.spec("wide", NET.replace("id: net", "id: wide"))
    assert compared(repository) == (1, [("watch", "CONF001")], 3, [])


# What is gone


def test_what_is_gone_is_told(repository: Repository) -> None:
    repository.write("campaigns/loud.yaml", complete(LOUD.replace(FIRST, "")))
    answer = repository.check(*KNOWN, "--lang", "en")
    assert answer.code == 0
    message = next(item["message"] for item in known(repository) if "第一" in item["message"])
    assert answer.err == (
        "Findings left out because the baseline has them: 2.\n"
        "Findings of the baseline that are gone: 1; write it anew by --write-baseline:\n"
        f"  campaigns/loud.yaml LANG003 (loud) {message}\n"
    )
    assert compared(repository) == (0, [], 2, [("loud", "LANG003")])
    repository.check(*SELECT, "--write-baseline", "known.json")
    assert compared(repository) == (0, [], 2, [])


def test_a_deleted_campaign_takes_its_findings_along(repository: Repository) -> None:
    repository.remove("campaigns/loud.yaml")
    assert compared(repository) == (0, [], 1, [("loud", "LANG003"), ("loud", "LANG003")])


def test_rules_that_did_not_run_leave_nothing_gone(repository: Repository) -> None:
    answer = repository.check("--select", "CONF001", "--baseline", "known.json")
    assert answer.report["baseline"] == {"known": 1, "gone": []}


def test_campaigns_that_were_not_asked_for_leave_nothing_gone(repository: Repository) -> None:
    assert compared(repository, "campaigns/watch.yaml") == (0, [], 1, [])
    repository.remove("campaigns/loud.yaml")
    assert compared(repository, "campaigns/watch.yaml") == (0, [], 1, [])


def test_a_campaign_that_cannot_be_read_leaves_nothing_gone(repository: Repository) -> None:
    repository.write("campaigns/loud.yaml", complete(LOUD).replace("spec: 1", "spec: 1\nunknown: 1"))
    code, found, left_out, gone = compared(repository)
    assert (code, [rule for _, rule in found if rule != "LANG003"], gone) == (1, ["SPEC002"], [])
    assert left_out >= 1


def test_a_rule_that_there_is_no_longer_leaves_its_findings_gone(repository: Repository) -> None:
    file = repository.top / "known.json"
    file.write_text(
        file.read_text("utf-8").replace('"CONF001"', '"SITE001"').replace('"campaign": "watch"', '"campaign": "net"')
    )
    entry = next(item for item in known(repository) if item["rule"] == "SITE001")
    text = file.read_text("utf-8").replace(entry["fingerprint"], "0" * 64)
    file.write_text(text, encoding="utf-8")
    assert compared(repository) == (1, [("watch", "CONF001")], 2, [("net", "SITE001")])


# What is never part of it


def test_what_cannot_be_read_is_never_part_of_it(repository: Repository) -> None:
    repository.write("campaigns/bad.yaml", "id: [\n")
    repository.write("waivers.yaml", WAIVER.replace("LANG003", "LANG009"))
    answer = repository.check(*SELECT, "--write-baseline", "known.json")
    assert answer.err == "基线写进了 known.json：3 个问题。\n"
    assert {item["rule"] for item in known(repository)} == {"LANG003", "CONF001"}
    code, found, left_out, gone = compared(repository)
    assert (code, sorted(rule for _, rule in found), left_out, gone) == (1, ["SPEC001", "WAIV001"], 3, [])


def test_findings_under_an_exception_are_never_part_of_it(repository: Repository) -> None:
    """They show again once it ends."""
    repository.write("waivers.yaml", WAIVER)
    assert repository.check(*SELECT, "--write-baseline", "known.json").err == "基线写进了 known.json：1 个问题。\n"
    assert compared(repository) == (0, OLD[:2], 1, [])
    repository.write("waivers.yaml", "[]\n")
    assert compared(repository) == (1, OLD[:2], 1, [])


@pytest.mark.parametrize("rule", ["SPEC001", "WAIV001"])
def test_an_entry_that_could_never_match_is_refused(repository: Repository, rule: str) -> None:
    file = repository.top / "known.json"
    file.write_text(file.read_text("utf-8").replace("CONF001", rule), encoding="utf-8")
    answer = repository.check(*KNOWN, "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert f"findings of {rule} cannot be part of it" in answer.err


# Determinism


def test_the_same_bytes_whatever_the_order_jobs_and_hash_seed(repository: Repository, tmp_path: Path) -> None:
    wanted = (repository.top / "known.json").read_bytes()
    names = ["campaigns/net.yaml", "campaigns/watch.yaml", "campaigns/loud.yaml"]
    for seed, extra in enumerate([("--jobs", "2"), ("--no-cache",), ("--lang", "en")]):
        random.Random(seed).shuffle(names)
        command = [sys.executable, "-m", "campaigncheck", "check", *names, *SELECT, "--today", TODAY, *extra]
        environment = {**os.environ, "PYTHONHASHSEED": str(seed), "LC_ALL": "C", "TZ": "America/Lima"}
        subprocess.run(
            [*command, "--write-baseline", "other.json"], cwd=repository.top, env=environment, check=True,
            capture_output=True,
        )  # fmt: skip
        assert (repository.top / "other.json").read_bytes() == wanted


# Files that are none


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "it is no JSON"),
        (b"fingerprint: 1\n", "it is no JSON"),
        (b"\xff\xfe", "cannot be read"),
        (b"[" * 100_000, "it is no JSON"),
        (b"[]", "it is no group of fields"),
        (b'"x"', "it is no group of fields"),
        (b"null", "it is no group of fields"),
        (b'{"findings": []}', "version"),
        (b'{"version": 1, "findings": "\\ud800"}', "it has half a character"),
        (b'{"version": 2, "findings": []}', "version"),
        (b'{"version": true, "findings": []}', "version"),
        (b'{"version": 1, "findings": [], "more": 1}', "more"),
        (b'{"version": 1, "findings": [], "findings": []}', "one object has “findings” twice"),
        (b'{"version": 1, "findings": {}}', "findings"),
        (b'{"version": 1, "findings": [{"fingerprint": "0"}]}', "findings/0"),
        (b" " * ((32 << 20) + 1), "cannot be read"),
    ],
)
def test_a_file_that_is_no_baseline(repository: Repository, content: bytes, says: str) -> None:
    (repository.top / "known.json").write_bytes(content)
    answer = repository.check(*KNOWN, "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert says in answer.err
    assert answer.err.endswith("  Mend: Make it anew by `campaigncheck check --write-baseline known.json`.\n")


def test_a_fingerprint_that_is_there_twice(repository: Repository) -> None:
    entries = known(repository)
    text = json.dumps({"version": 1, "findings": [*entries, entries[0]]})
    (repository.top / "known.json").write_text(text, encoding="utf-8")
    answer = repository.check(*KNOWN, "--lang", "en")
    assert answer.code == 2
    assert "findings/3 this fingerprint has been there before" in answer.err


@pytest.mark.parametrize("name", ["nowhere.json", "campaigns", "campaigns/net.yaml/known.json", "/dev/null", ""])
def test_a_path_that_leads_to_no_baseline(repository: Repository, name: str) -> None:
    answer = repository.check(*SELECT, f"--baseline={name}", "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert "\n  Mend: " in answer.err
    assert "fault" not in answer.err


@pytest.mark.parametrize(
    "name", ["missing/known.json", "campaigns", "campaigns/net.yaml/known.json", "/proc/known.json"]
)
def test_a_place_that_cannot_be_written(repository: Repository, name: str) -> None:
    answer = repository.check(*SELECT, "--write-baseline", name, "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: ")
    assert "\n  Mend: " in answer.err
    assert not (repository.top / "missing").exists()


def test_strange_characters_in_a_baseline_do_no_harm(repository: Repository) -> None:
    entry = {**known(repository)[0], "fingerprint": "0" * 64, "message": "a\x1b[2J\n::error::\u202eb"}
    text = json.dumps({"version": 1, "findings": [entry]})
    (repository.top / "known.json").write_text(text, encoding="utf-8")
    answer = repository.check(*KNOWN, "--format", "json:report.json", "--lang", "en")
    assert answer.code == 1
    assert "a�[2J�::error::�b\n" in answer.err
    report = json.loads((repository.top / "report.json").read_text("utf-8"))
    assert report["baseline"]["gone"][0]["message"] == "a�[2J�::error::�b"


# With other options


def test_with_since(repository: Repository) -> None:
    """Only what is new in both ways; what is gone is told of the whole repository, and of nothing that is still there."""
    repository.begin().commit()
    assert compared(repository, "--since", "main") == (0, [], 0, [])
    repository.spec("wide", NET.replace("id: net", "id: wide"))
    repository.write(
        "campaigns/loud.yaml", complete(LOUD.replace(FIRST, "") + "  - {channel: leaflet, text: 世界级品质。}\n")
    )
    answer = repository.check(*KNOWN, "--since", "main")
    assert (answer.code, answer.found) == (1, [("loud", "LANG003"), ("watch", "CONF001")])
    assert answer.report["baseline"]["known"] == 1
    assert [item["message"][:6] for item in answer.report["baseline"]["gone"]] == ["“全国第一”"]


@pytest.mark.parametrize(
    ("arguments", "both"),
    [
        (("--fix", "--write-baseline", "new.json"), "--write-baseline and --fix"),
        (("--diff", "--write-baseline", "new.json"), "--write-baseline and --fix"),
        (("--baseline", "known.json", "--write-baseline", "new.json"), "--baseline and --write-baseline"),
        (("--since", "main", "--write-baseline", "new.json"), "--since and --write-baseline"),
    ],
)
def test_what_does_not_go_together(repository: Repository, arguments: tuple[str, ...], both: str) -> None:
    repository.begin().commit()
    formats = ("--format", "json:report.json") if "--diff" in arguments else ()
    answer = repository.check(*SELECT, *arguments, *formats, "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"error: {both} exclude each other\n  Mend: Run them one after the other.\n"
    assert not (repository.top / "new.json").exists()


def test_fail_on_looks_at_what_is_new(repository: Repository) -> None:
    assert repository.check(*KNOWN, "--fail-on", "note").code == 0
    repository.spec("wide", NET.replace("id: net", "id: wide"))
    assert repository.check(*KNOWN, "--fail-on", "note").code == 1


def test_an_empty_baseline_leaves_nothing_out(repository: Repository) -> None:
    repository.write("known.json", '{"version": 1, "findings": []}')
    answer = repository.check(*KNOWN)
    assert (answer.code, answer.found, answer.err) == (1, OLD, "")
