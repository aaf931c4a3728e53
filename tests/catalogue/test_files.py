"""A repository's own ``rules/`` replaces or extends the built-in ones, and its mistakes are told where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import Catalogues, load_catalogues
from campaigncheck.catalogue.problems import CatalogueError

ABOUT = "about: {title: 本省, source: 省公司规定}\n"
LIMIT = "  live_campaigns: {value: 2, unit: {zh: 个, en: campaigns}, source: 省公司规定}\n"


def load(folder: Path, **files: str) -> Catalogues:
    for name, text in files.items():
        (folder / f"{name.replace('_csv', '.csv') if name.endswith('_csv') else name + '.yaml'}").write_text(
            text, "utf-8"
        )
    return load_catalogues(RuleFiles.at(folder))


def refused(folder: Path, **files: str) -> list[tuple[str, int, int, str]]:
    with pytest.raises(CatalogueError) as caught:
        load(folder, **files)
    return [
        (Path(item.path).name, item.place.line, item.place.column, item.message.render("en"))
        for item in caught.value.problems
    ]


def test_a_file_that_extends_is_merged_by_key(tmp_path: Path) -> None:
    found = load(tmp_path, policy=f"extends: builtin\n{ABOUT}limits:\n{LIMIT}")
    assert (found.limit("live_campaigns"), found.limit("launches")) == (2, 2)
    assert found.policy.about.title == "本省"


def test_a_file_that_does_not_extend_replaces(tmp_path: Path) -> None:
    found = load(tmp_path, products=f"{ABOUT}products:\n  plan.x: {{name: {{zh: 甲, en: X}}}}\n")
    assert list(found.products.products) == ["plan.x"]
    assert "verify_identity" in found.steps.steps


def test_a_table_replaces(tmp_path: Path) -> None:
    text = "code,name,parent\n000000,全国,\n510000,四川省,000000\n510100,成都市,510000\n"
    former = "code,name,left,successors\n510124,郫县,2016,510100\n"
    (tmp_path / "regions-former.csv").write_text(former, "utf-8")
    assert load(tmp_path, regions_csv=text).regions.cities == ("510100",)


def test_a_misfit_points_into_the_file(tmp_path: Path) -> None:
    text = f"extends: builtin\n{ABOUT}limits:\n{LIMIT.replace('value: 2', 'value: -2')}"
    assert refused(tmp_path, policy=text) == [("policy.yaml", 4, 27, "the number is too small: at least 0")]


def test_an_entry_that_can_never_apply_is_refused(tmp_path: Path) -> None:
    term = "  低消: {plain: 至少要付的钱, explain: 每月至少付的。, group: tariff, allow: [流量], fires: 低消 58 元}\n"
    text = f"extends: builtin\n{ABOUT}terms:\n{term}"
    found = refused(tmp_path, glossary=text)
    assert [item[:3] for item in found] == [("glossary.yaml", 4, 64)]
    assert "can never apply" in found[0][3]


def test_a_file_that_no_catalogue_is_named_after_is_refused(tmp_path: Path) -> None:
    (tmp_path / "polcy.yaml").write_text("x: 1\n", "utf-8")
    assert refused(tmp_path) == [("polcy.yaml", 1, 1, "“polcy.yaml” is the name of no catalogue")]


def test_a_hall_in_no_city_is_refused_with_its_row(tmp_path: Path) -> None:
    network = tmp_path / "network"
    network.mkdir()
    (network / "halls.csv").write_text("hall,name,region\na-1,甲厅,510100\na-2,乙厅,999999\n", "utf-8")
    assert [item[:3] for item in refused(tmp_path)] == [("halls.csv", 3, 8)]
