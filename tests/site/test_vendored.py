"""The scripts of others are those that the manifest tells."""

from __future__ import annotations

import json

import pytest

from campaigncheck.maintenance.assets import MANIFEST, PACKAGES, Package, digests
from campaigncheck.site.build import assets
from tests.site.sites import ROOT

LICENCES = {"echarts": "Apache-2.0", "axe-core": "MPL-2.0"}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_the_files_of_a_package_have_their_digests(package: Package) -> None:
    told = json.loads((ROOT / package.folder / MANIFEST).read_text(encoding="utf-8"))[package.name]
    files = {name: (ROOT / package.folder / name).read_bytes() for name in package.files.values()}
    assert told == {"version": package.version, "licence": LICENCES[package.name], "files": digests(files)}


def test_the_licence_goes_along_and_the_manifest_does_not() -> None:
    assert {"assets/echarts.min.js", "assets/echarts.LICENSE.txt", "assets/echarts.NOTICE.txt"} <= set(assets())
    assert "assets/manifest.json" not in assets()
