"""Country, province and city laid over each other: stricter always, looser only by leave of the level above."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import Catalogues, load_catalogues, policy_digest
from campaigncheck.catalogue.problems import CatalogueError
from campaigncheck.rulekit.sample import complete
from tests.support.checking import check_specs

ABOUT = "about: {title: 本省, source: 省公司规定}\n"


def limit(value: float, name: str = "live_campaigns") -> str:
    return f"limits:\n  {name}: {{value: {value}, source: 省公司规定}}\n"


def write(folder: Path, policy: str = "", **overlays: str) -> RuleFiles:
    (folder / "overlays").mkdir(exist_ok=True)
    if policy:
        (folder / "policy.yaml").write_text(f"extends: builtin\n{ABOUT}{policy}", "utf-8")
    for name, text in overlays.items():
        (folder / "overlays" / f"{name.removeprefix('r')}.yaml").write_text(ABOUT + text, "utf-8")
    return RuleFiles.at(folder)


def load(folder: Path, policy: str = "", **overlays: str) -> Catalogues:
    return load_catalogues(write(folder, policy, **overlays))


def refused(folder: Path, policy: str = "", **overlays: str) -> list[tuple[str, int, int, str]]:
    with pytest.raises(CatalogueError) as caught:
        load(folder, policy, **overlays)
    return [
        (Path(item.path).name, item.place.line, item.place.column, item.message.render("en"))
        for item in caught.value.problems
    ]


def test_the_nearest_level_speaks(tmp_path: Path) -> None:
    found = load(tmp_path, r510000=limit(2), r510100=limit(1))
    regions = ("000000", "510000", "510100", "510104", "510700", "330000", "999999")
    assert [found.limit("live_campaigns", region) for region in regions] == [3, 2, 1, 1, 2, 3, 3]
    assert found.limit("launches", "510100") == 2


def test_severities_are_layered_alike(tmp_path: Path) -> None:
    found = load(tmp_path, r510000="severities: {FREQ001: error}\n")
    assert [found.policies.severity("FREQ001", region) for region in ("510700", "310000")] == ["error", "warning"]


def test_looser_needs_leave_of_the_level_above(tmp_path: Path) -> None:
    assert refused(tmp_path, r510000=limit(4)) == [
        ("510000.yaml", 3, 27, "“live_campaigns” is 3 one level up; 4 here is looser")
    ]
    assert load(tmp_path, "loosenable: {limits: [live_campaigns]}\n").limit("live_campaigns", "510000") == 4


def test_leave_is_not_passed_on_by_itself(tmp_path: Path) -> None:
    policy = "loosenable: {limits: [live_campaigns], severities: [FREQ001]}\n"
    assert refused(tmp_path, policy, r510000=limit(3), r510100=limit(4)) == [
        ("510100.yaml", 3, 27, "“live_campaigns” is 3 one level up; 4 here is looser")
    ]
    passed_on = "loosenable: {limits: [live_campaigns]}\n" + limit(3)
    assert load(tmp_path, policy, r510000=passed_on).limit("live_campaigns", "510100") == 4


def test_a_figure_that_gets_stricter_upwards(tmp_path: Path) -> None:
    assert refused(tmp_path, r510000=limit(5, "answer_length")) == [
        ("510000.yaml", 3, 26, "“answer_length” is 10 one level up; 5 here is looser")
    ]
    assert load(tmp_path, r510000=limit(20, "answer_length")).limit("answer_length", "510700") == 20


def test_a_milder_severity_is_looser(tmp_path: Path) -> None:
    assert refused(tmp_path, r510000="severities: {CONF001: warning}\n") == [
        ("510000.yaml", 2, 23, "“CONF001” is error one level up; warning here is looser")
    ]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("r510124", limit(2), "“510124” in the file's name is no code of a province or city"),
        ("r510104", limit(2), "“510104” in the file's name is no code of a province or city"),
        ("rsichuan", limit(2), "“sichuan” in the file's name is no code of a province or city"),
        ("r510000", limit(2, "live_campaign"), "policy.yaml knows no “live_campaign”"),
        ("r510000", "severities: {CONF999: error}\n", "policy.yaml knows no “CONF999”"),
        ("r510000", "loosenable: {limits: [nothing]}\n", "policy.yaml knows no “nothing”"),
        ("r510000", limit(14, "launch_window"), "“launch_window” is one figure for all regions"),
        ("r510000", "limit: {}\n", "there is no field “limit”"),
    ],
)
def test_what_can_never_apply_is_refused(name: str, text: str, says: str, tmp_path: Path) -> None:
    (problem,) = refused(tmp_path, **{name: text})
    assert says in problem[3]


def test_a_stray_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "overlays").mkdir()
    (tmp_path / "overlays" / "510000.yml").write_text(ABOUT, "utf-8")
    assert [item[3] for item in refused(tmp_path)] == ["the folder overlays holds .yaml files only"]


def test_an_overlay_changes_the_digest(tmp_path: Path) -> None:
    before = policy_digest(write(tmp_path))
    assert policy_digest(write(tmp_path, r510000=limit(2))) != before


def test_a_city_may_bear_less_than_the_country(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    write(tmp_path / "rules", r510100=limit(1))
    specs = {
        name: complete(
            f'id: {name}\nregions: {{include: ["{code}"]}}\nperiod: {{start: 2027-03-0{day}, end: 2027-03-31}}\n'
        )
        for name, code, day in (("one", "510100", 1), ("two", "510100", 2), ("far", "510700", 1), ("off", "510700", 2))
    }
    (tmp_path / "specs").mkdir()
    report = check_specs(tmp_path / "specs", specs, select=("FREQ001",), rules=tmp_path / "rules")
    assert [(item.campaign, item.rule) for item in report.findings] == [("two", "FREQ001")]
