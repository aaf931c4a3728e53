"""Scripts of others that the site ships: fetched from their npm packages, with licence, version and digests.

Run as ``python -m campaigncheck.maintenance.assets``; it needs npm. What is committed is what the manifest says
(``tests/site/test_vendored.py``), so a newer version is a change of :data:`PACKAGES` and a run.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from campaigncheck.files import write_whole

MANIFEST = "manifest.json"


class Package(NamedTuple):
    """An npm package: which version, and which of its files go where under which name."""

    name: str
    version: str
    folder: Path
    files: Mapping[str, str]


ASSETS = Path("campaigncheck/site/assets")

PACKAGES: tuple[Package, ...] = (
    Package(
        "echarts",
        "6.1.0",
        ASSETS,
        {"dist/echarts.min.js": "echarts.min.js", "LICENSE": "echarts.LICENSE.txt", "NOTICE": "echarts.NOTICE.txt"},
    ),
    Package(
        "axe-core",
        "4.14.1",
        Path("tests/browser/vendor"),
        {"axe.min.js": "axe.min.js", "LICENSE": "axe.LICENSE.txt"},
    ),
)


def fetch(package: Package) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return what a package says of itself, and the content of its files by the names that they get."""
    with TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
        packed = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603
        with tarfile.open(Path(folder) / packed.stdout.split()[-1]) as archive:
            told = json.loads(_read(archive, "package.json"))
            return told, {name: _read(archive, path) for path, name in package.files.items()}


def _read(archive: tarfile.TarFile, path: str) -> bytes:
    member = archive.extractfile(f"package/{path}")
    assert member is not None, f"{path} is no file"
    return member.read()


def entry(told: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what the manifest says of a package."""
    return {"version": told["version"], "licence": told["license"], "files": digests(files)}


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the digests of files by name."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}


def main() -> None:
    """Fetch all packages, and write their files and the manifests beside them."""
    manifests: dict[Path, dict[str, Any]] = {}
    for package in PACKAGES:
        told, files = fetch(package)
        for name, data in files.items():
            write_whole(package.folder / name, data)
        manifests.setdefault(package.folder, {})[package.name] = entry(told, files)
    for folder, value in manifests.items():
        write_whole(folder / MANIFEST, json.dumps(value, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
