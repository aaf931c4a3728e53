"""A site's own rules behave like the built-in ones: places, severities, selection, right of way, faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import policy_digest
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.finding import INTERNAL, Report
from campaigncheck.engine.repository import SpecFile
from campaigncheck.engine.run import Job, Knowledge, run_with
from campaigncheck.engine.selection import Selection
from campaigncheck.rulekit.sample import complete
from tests.support.checking import TODAY, check_specs, places
from tests.support.own_rules import rule, write_rules

TWO = "offers:\n  - {id: a, name: 甲, product: tv.plus, kind: gift}\n  - {id: b, name: 乙, product: tv.basic, kind: trial}\n"


def found(folder: Path, rules: Path, specs: dict[str, str], select: tuple[str, ...] = ("SITE",)) -> Report:
    return check_specs(folder, {name: complete(text) for name, text in specs.items()}, select=select, rules=rules)


def test_it_points_at_what_it_looks_at(tmp_path: Path) -> None:
    rules = write_rules(
        tmp_path,
        rule("SITE001", "campaign.period.days == 31", at="/period/end"),
        rule("SITE002", "offer.kind == 'trial'", "offer"),
        rule("SITE003", "offer.kind == 'trial'", "offer", at="/product"),
        rule("SITE004", "text.channel == 'poster'", "text", at="/text"),
        rule("SITE005", "entry.topic == 'price'", "faq"),
        rule("SITE006", "size(campaign.offers) == 2", at="/offers/1/kind"),
    )
    text = TWO + "texts: [{channel: poster, text: 短信}]\nfaq: [{topic: price, q: 问, a: 答}]\n"
    text += "period: {start: 2027-03-01, end: 2027-03-31}\n"
    assert places(found(tmp_path, rules, {"a": text}).findings) == [
        ("a", "SITE002", 3, 5),
        ("a", "SITE003", 3, 31),
        ("a", "SITE006", 3, 47),
        ("a", "SITE004", 4, 33),
        ("a", "SITE005", 5, 7),
        ("a", "SITE001", 6, 34),
    ]


def test_its_words_are_filled_in_both_languages(tmp_path: Path) -> None:
    words = {
        "zh": "“{offer.name}”从 {campaign.period.start} 起",
        "en": "“{offer.name}” from {campaign.period.start} on",
    }
    hint = {"zh": "改 {offer.id}。", "en": "Mend {offer.id}."}
    rules = write_rules(tmp_path, rule("SITE001", "offer.id == 'b'", "offer", message=words, hint=hint))
    (finding,) = found(tmp_path, rules, {"a": TWO}).findings
    assert finding.message.render("zh") == "“乙”从 2027-03-01 起"
    assert finding.message.render("en") == "“乙” from 2027-03-01 on"
    assert (finding.hint.render("zh"), finding.hint.render("en")) == ("改 b。", "Mend b.")


ABOUT = "about: {title: t, source: s}\n"
REST = "limits: {}\nhours: {}\n"


def severities(folder: Path, rules: Path) -> list[str]:
    return [item.severity for item in found(folder, rules, {"a": "stage: draft\n"}).findings]


def test_the_policy_and_a_region_have_the_last_word_on_its_severity(tmp_path: Path) -> None:
    plain, stated, region = (write_rules(tmp_path / name, rule("SITE001"), rule("SITE002")) for name in "xyz")
    assert severities(tmp_path, plain) == ["warning", "warning"]
    policy = f"extends: builtin\n{ABOUT}severities: {{SITE002: note}}\n{REST}stages: {{}}\n"
    (stated / "policy.yaml").write_text(policy)
    assert severities(tmp_path, stated) == ["warning", "note"]
    (region / "overlays").mkdir()
    (region / "overlays" / "510000.yaml").write_text(f"{ABOUT}severities: {{SITE001: error}}\n")
    assert severities(tmp_path, region) == ["error", "warning"]


def test_an_early_stage_softens_it_only_if_the_policy_says_so(tmp_path: Path) -> None:
    plain, softened = (write_rules(tmp_path / name, rule("SITE001", severity="error")) for name in "xy")
    assert severities(tmp_path, plain) == ["error"]
    policy = f"extends: builtin\n{ABOUT}severities: {{}}\n{REST}stages: {{draft: {{soften: [SITE]}}}}\n"
    (softened / "policy.yaml").write_text(policy)
    assert severities(tmp_path, softened) == ["warning"]


def test_it_is_selected_and_ignored_like_others(tmp_path: Path) -> None:
    rules = write_rules(tmp_path, rule("SITE001"), rule("HERE001"))
    assert [item.rule for item in found(tmp_path, rules, {"a": ""}, ("SITE001",)).findings] == ["SITE001"]
    assert [item.rule for item in found(tmp_path, rules, {"a": ""}, ("HERE", "SITE")).findings] == [
        "HERE001",
        "SITE001",
    ]
    with pytest.raises(UsageError) as caught:
        found(tmp_path, rules, {"a": ""}, ("SITE002",))
    assert caught.value.hint.render("en") == "Did you mean SITE001? `campaigncheck rules` lists them."


CITY = 'owner: {region: "510100", department: x, contact: y}\nid: city\nstage: '
PROVINCE = "id: province\nstage: "
ACROSS = "first.owner.level == 'city' && second.owner.level == 'province'"


@pytest.mark.parametrize(
    ("city", "province", "bearers"),
    [("approved", "draft", ["b"]), ("draft", "approved", ["a"]), ("draft", "draft", ["a", "b"])],
)
def test_of_a_pair_the_one_that_can_still_be_changed_bears_it(
    tmp_path: Path, city: str, province: str, bearers: list[str]
) -> None:
    rules = write_rules(tmp_path, rule("SITE001", ACROSS, "pair"))
    findings = found(tmp_path, rules, {"a": f"{CITY}{city}\n", "b": f"{PROVINCE}{province}\n"}).findings
    assert [item.path.removesuffix(".yaml") for item in findings] == bearers
    assert [item.related[0].campaign for item in findings] == [{"a": "province", "b": "city"}[name] for name in bearers]


def test_a_pair_is_told_from_the_side_for_which_it_holds_and_knows_what_is_shared(tmp_path: Path) -> None:
    words = {"zh": "{first.id} {second.id} {shared.days} {shared.start} {shared.cities}", "en": "x"}
    rules = write_rules(tmp_path, rule("SITE001", f"{ACROSS} && shared.days == 2", "pair", message=words))
    city = f"{CITY}approved\nperiod: {{start: 2027-03-30, end: 2027-04-30}}\n"
    (finding,) = found(tmp_path, rules, {"a": city, "b": f"{PROVINCE}draft\n"}).findings
    assert finding.message.render("zh").startswith("city province 2 2027-03-30 510100。")
    assert finding.path == "b.yaml"


def test_campaigns_that_never_meet_are_no_pair(tmp_path: Path) -> None:
    rules = write_rules(tmp_path, rule("SITE001", "true", "pair"))
    later = "id: later\nperiod: {start: 2027-04-01, end: 2027-04-30}\n"
    young, old = 'id: young\naudience: [{age: "<30"}]\n', 'id: old\naudience: [{age: ">=30"}]\n'
    assert found(tmp_path, rules, {"a": "id: first\n", "b": later}).findings == ()
    assert found(tmp_path, rules, {"a": young, "b": old}).findings == ()


def test_a_rule_that_fails_on_one_campaign_is_one_diagnostic_and_stops_nothing_else(tmp_path: Path) -> None:
    broken = rule("SITE001", "10 / (size(campaign.offers) - 1) == 10")
    rules = write_rules(tmp_path, broken, rule("SITE002"))
    report = found(tmp_path, rules, {"a": "id: one\n", "b": f"id: two\n{TWO}"})
    assert places(report.findings) == [
        ("a", INTERNAL, 1, 1),
        ("a", "SITE002", 1, 1),
        ("b", "SITE001", 1, 1),
        ("b", "SITE002", 1, 1),
    ]
    told = report.findings[0].message.render("en")
    assert told.startswith("the rule SITE001 (")
    assert told.endswith("cannot be evaluated on this campaign: INVALID_ARGUMENT: divide by zero")
    assert report.crashed


def test_worker_processes_find_the_same(tmp_path: Path) -> None:
    rules = RuleFiles.at(
        write_rules(tmp_path, rule("SITE001", "offer.kind == 'trial'", "offer"), rule("SITE002", ACROSS, "pair"))
    )
    folder = tmp_path / "campaigns"
    folder.mkdir()
    specs = []
    for number in range(140):
        file = folder / f"c{number:03}.yaml"
        head = (
            CITY.replace("city", f"c{number:03}") if number % 50 == 0 else PROVINCE.replace("province", f"c{number:03}")
        )
        file.write_text(complete(f"{head}draft\n{TWO}"), encoding="utf-8")
        specs.append(SpecFile(str(file), file.name, True))
    knowledge = Knowledge.of(rules)
    alone, together = (
        run_with(knowledge, Job(specs, rules, Selection(("SITE",)), TODAY, jobs=jobs)).report for jobs in (1, 2)
    )
    assert alone.findings == together.findings
    assert {item.rule for item in alone.findings} == {"SITE001", "SITE002"}
    assert len([item for item in alone.findings if item.rule == "SITE001"]) == 140


def test_the_order_of_files_and_rules_changes_nothing(tmp_path: Path) -> None:
    one, two = rule("SITE001", "offer.id == 'a'", "offer"), rule("SITE002", "offer.id == 'b'", "offer")
    first = write_rules(tmp_path / "x", one, name="a.yaml")
    write_rules(tmp_path / "x", two, name="b.yaml")
    second = write_rules(tmp_path / "y", two, one)
    assert found(tmp_path, first, {"a": TWO}).findings == found(tmp_path, second, {"a": TWO}).findings


def test_the_policy_s_digest_covers_own_rules(tmp_path: Path) -> None:
    rules = write_rules(tmp_path, rule("SITE001"))
    before = policy_digest(RuleFiles.at(rules))
    write_rules(tmp_path, rule("SITE001", "false"))
    assert policy_digest(RuleFiles.at(rules)) != before
