"""``campaigncheck rules --for REGION``: what holds there, and the file and line that says so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigncheck.catalogue.files import RuleFiles, builtin_rules
from campaigncheck.catalogue.load import Catalogues, load_catalogues
from campaigncheck.catalogue.origins import held
from tests.cli.test_check import call

POLICY = """\
extends: builtin
about: {title: 本公司, source: 公司规定}
severities: {LANG004: warning}
limits:
  launches: {value: 1, unit: {zh: 个, en: launches}, source: 公司规定}
"""
PROVINCE = """\
about: {title: 四川, source: 省公司规定}
limits:
  live_campaigns: {value: 2, source: 省公司规定}
loosenable: {limits: [live_campaigns]}
terms:
  川网: {plain: 四川的网络, explain: 四川省内的网络, group: network, fires: 川网好}
"""
CITY = """\
about: {title: 绵阳, source: 市公司规定}
severities: {FREQ001: error}
limits:
  live_campaigns: {value: 2.5, source: 市公司规定, assumption: true}
"""

OWN_RULE = """\
rules:
  - id: SITE001
    title: {zh: 太长, en: too long}
    severity: warning
    for: campaign
    when: campaign.period.days > 180
    at: /period/end
    message: {zh: 太长, en: too long}
    hint: {zh: 缩短, en: shorten it}
    why: {zh: 对不上, en: it drifts}
    source: {zh: 本例自拟, en: made up for this test}
    samples:
      fires:
        - spec: |
            period: {start: 2027-03-01, end: 2027-12-31}
          places: [[1, 34]]
      passes:
        - spec: |
            period: {start: 2027-03-01, end: 2027-03-31}
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "rules" / "overlays"
    folder.mkdir(parents=True)
    (tmp_path / "rules" / "policy.yaml").write_text(POLICY, "utf-8")
    (folder / "510000.yaml").write_text(PROVINCE, "utf-8")
    (folder / "510700.yaml").write_text(CITY, "utf-8")
    return tmp_path


def text(site: Path, *arguments: str) -> str:
    done = call("rules", *arguments, cwd=site)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def data(site: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text(site, *arguments, "--format", "json"))
    return found


def line_of(text: str, start: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if line.lstrip().startswith(start))


BUILTIN = (builtin_rules() / "policy.yaml").read_text(encoding="utf-8")


def test_each_value_says_which_file_it_is_from(site: Path) -> None:
    assert text(site, "--for", "510700", "FREQ001", "--lang", "en") == (
        "The policy in 510700 (绵阳市). What is marked * differs from what is built in.\n"
        "\n"
        "Severities\n"
        "* FREQ001  error  rules/overlays/510700.yaml:2 (绵阳市); built in: warning\n"
        "\n"
        "Limits and estimates\n"
        "* live_campaigns  2.5 campaigns  rules/overlays/510700.yaml:4 (绵阳市); "
        "四川省: 2 campaigns, built in: 3 campaigns, assumption, may be loosened here\n"
    )


def test_what_is_built_in_says_so(site: Path) -> None:
    severity, price = line_of(BUILTIN, "CONF006:"), line_of(BUILTIN, "material_price:")
    assert text(site, "--for", "330100", "conf006").splitlines() == [
        "330100（杭州市）的尺度。标 * 的和内置的不一样。",
        "全部是内置的尺度。",
        "",
        "级别",
        f"  CONF006  提示  内置 policy.yaml:{severity}",
        "",
        "上限和估计",
        f"  material_price  10 %  内置 policy.yaml:{price}；假设",
    ]


def test_stages_say_how_findings_count(site: Path) -> None:
    draft = line_of(BUILTIN, "draft:")
    shown = text(site, "--for", "330100", "SAFE001").splitlines()
    assert shown[-1] == f"  draft  FAQ、TIME、READY、SAFE、GATE 的错误算警告  内置 policy.yaml:{draft}"


def test_a_county_counts_as_its_city(site: Path) -> None:
    county, city = text(site, "--for", "510704").splitlines(), text(site, "--for", "510700").splitlines()
    assert county[1] == "510704（游仙区）按所在的城市算。"
    assert county[:1] + county[2:] == city


def test_only_what_differs_is_marked(site: Path) -> None:
    marked = [line.split()[1] for line in text(site, "--for", "510700").splitlines() if line.startswith("*")]
    assert marked == ["FREQ001", "LANG004", "live_campaigns", "launches", "川网"]
    country = [line.split()[1] for line in text(site, "--for", "000000").splitlines() if line.startswith("*")]
    assert country == ["LANG004", "launches"]


def test_a_policy_of_its_own_hides_the_built_in_one(site: Path) -> None:
    own = BUILTIN.replace("  LANG004: note", "  LANG004: error")
    (site / "rules" / "policy.yaml").write_text(own, "utf-8")
    line = line_of(own, "LANG004:")
    assert f"* LANG004  error  rules/policy.yaml:{line} (the country); built in: note\n" in text(
        site, "--for", "330000", "LANG004", "--lang", "en"
    )


def test_json_has_every_layer(site: Path) -> None:
    found = data(site, "--for", "510704", "FREQ001")
    assert (found["version"], found["region"]) == (1, {"code": "510700", "name": "绵阳市", "asked": "510704"})
    limit = line_of(BUILTIN, "live_campaigns:")
    assert found["limits"] == [
        {
            "name": "live_campaigns",
            "value": 2.5,
            "unit": "个",
            "differs": True,
            "loosenable": True,
            "source": "市公司规定",
            "assumption": True,
            "origin": {
                "level": "510700", "builtin": False, "path": "rules/overlays/510700.yaml", "line": 4, "column": 3
            },
            "overrides": [
                {"value": 2, "level": "510000", "builtin": False, "path": "rules/overlays/510000.yaml", "line": 3, "column": 3},
                {"value": 3, "level": "000000", "builtin": True, "path": "policy.yaml", "line": limit, "column": 3},
            ],
            "builtin": 3,
        }
    ]  # fmt: skip


def test_words_are_those_of_the_region_alone(site: Path) -> None:
    assert [item["name"] for item in data(site, "--for", "510700", "LANG001")["terms"]] == ["川网"]
    assert "terms" not in data(site, "--for", "330000", "LANG001")
    assert "terms" not in data(site, "--for", "510700", "LANG002")


def test_a_rule_of_its_own_says_where_it_is_written(site: Path) -> None:
    (site / "rules" / "custom").mkdir()
    (site / "rules" / "custom" / "own.yaml").write_text(OWN_RULE, "utf-8")
    assert text(site, "--for", "510700", "SITE001", "--lang", "en").splitlines()[2:] == [
        "Severities",
        "* SITE001  warning  rules/custom/own.yaml:4 (the country); not built in",
    ]
    (site / "rules" / "overlays" / "510000.yaml").write_text(
        "about: {title: 四川, source: 省公司规定}\nseverities: {SITE001: error}\n", "utf-8"
    )
    assert text(site, "--for", "510700", "SITE001", "--lang", "en").splitlines()[3] == (
        "* SITE001  error  rules/overlays/510000.yaml:2 (四川省); the country: warning, not built in"
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--for", "绵阳屯"), "error: --for: “绵阳屯” is not known\n  Mend: Did you mean 510700 (绵阳市)?\n"),
        (("--for", "朝阳"), "error: --for: “朝阳” names more than one region\n  Mend: Write the code: 110105 (朝阳区（北京市）), "
         "211300 (朝阳市（辽宁省）), 220104 (朝阳区（吉林省长春市）).\n"),
        (("--for", "310103"), "error: --for: “310103” is not known\n  Mend: Did you mean 310101 (黄浦区)?\n"),
        (("--for", "??????"), "error: --for: “??????” is not known\n  Mend: Write a name, pinyin, or a code of 6 digits: a province such "
         "as 510000, a city such as 510100, 000000 for the country.\n"),
        (("--for", "510700", "FREQ01"), "error: there is no rule “FREQ01”\n  Mend: Did you mean FREQ001? "
         "`campaigncheck rules` lists them.\n"),
        (("--format", "json"), "error: --format goes with --for only\n  Mend: Add --for REGION, or leave --format out.\n"),
    ],
)  # fmt: skip
def test_wrong_usage(site: Path, arguments: tuple[str, ...], says: str) -> None:
    done = call("rules", *arguments, "--lang", "en", cwd=site)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", says)


_LOADED: dict[Path, tuple[RuleFiles, Catalogues]] = {}


def loaded(folder: Path) -> tuple[RuleFiles, Catalogues]:
    if folder not in _LOADED:
        files = RuleFiles.at(folder)
        _LOADED[folder] = files, load_catalogues(files)
    return _LOADED[folder]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "rules"
    (folder / "overlays").mkdir(parents=True)
    for name, content in {"policy": POLICY, "overlays/510000": PROVINCE, "overlays/510700": CITY}.items():
        (folder / f"{name}.yaml").write_text(content, "utf-8")
    return folder


@given(region=st.sampled_from(["000000", "110000", "330100", "510000", "510100", "510700", "510704", "659001"]))
def test_what_is_told_is_what_rules_are_given(shared: Path, region: str) -> None:
    files, catalogues = loaded(shared)
    for item in held(files, catalogues, region):
        if item.section == "limits":
            assert item.layer.value == catalogues.policies.limit(item.name, region)
        elif item.section == "severities":
            assert item.layer.value == catalogues.policies.severity(item.name, region)


@pytest.mark.parametrize("given", ["510700", "绵阳", "绵阳市", "mianyang", "mian yang"])
def test_a_region_is_known_by_code_name_and_pinyin(site: Path, given: str) -> None:
    done = call("rules", "--for", given, "--format", "json", cwd=site)
    assert (done.returncode, json.loads(done.stdout)["region"]["code"]) == (0, "510700")
