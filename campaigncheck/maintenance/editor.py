"""Builds the editor of the local page anew: ``python -m campaigncheck.maintenance.editor`` (needs Node and npm).

What goes in stands in ``campaigncheck/serve/editor/``: the packages with their versions and digests, and how the page uses
them. The bundle, the licences of everything in it and a manifest of both are written into ``campaigncheck/serve/assets/``.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from campaigncheck.files import write_whole

_SERVE = Path(__file__).resolve().parents[1] / "serve"
SOURCES = _SERVE / "editor"
ASSETS = _SERVE / "assets"
BUNDLE, LICENCES, MANIFEST = "editor.js", "editor.licences.txt", "manifest.json"

_ESBUILD = (
    "editor.mjs", "--bundle", "--format=esm", "--minify", "--target=es2022", "--charset=utf8", "--legal-comments=none",
    f"--outfile={BUNDLE}", "--metafile=meta.json",
)  # fmt: skip


def build(folder: Path) -> dict[str, bytes]:
    """Return the files of the editor, built in a folder that holds the sources."""
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)  # noqa: S607
    subprocess.run(["npx", "--no-install", "esbuild", *_ESBUILD], cwd=folder, check=True)  # noqa: S603, S607
    packages = [_package(folder / "node_modules" / name) for name in _used(folder)]
    bundle = (folder / BUNDLE).read_bytes()
    licences = "\n".join(f"{item['name']} {item['version']}\n\n{item.pop('text')}\n" for item in packages).encode()
    files = {BUNDLE: bundle, LICENCES: licences}
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    builder = _package(folder / "node_modules/esbuild")
    builder.pop("text")
    manifest = {"packages": packages, "built_with": builder, "sha256": digests}
    return {**files, MANIFEST: (json.dumps(manifest, indent=2) + "\n").encode()}


def _used(folder: Path) -> list[str]:
    """Return the packages of which something is in the bundle."""
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    found = set()
    for path in meta["inputs"]:
        _, inside, rest = path.partition("node_modules/")
        if inside:
            parts = rest.split("/")
            found.add("/".join(parts[:2]) if parts[0].startswith("@") else parts[0])
    return sorted(found)


def _package(folder: Path) -> dict[str, Any]:
    """Return the name, version and licence of a package, and the text of the licence."""
    told = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    text = min(folder.glob("LICENSE*")).read_text(encoding="utf-8").strip()
    return {"name": told["name"], "version": told["version"], "licence": told["license"], "text": text}


def main() -> None:
    """Build and write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source in sorted(SOURCES.iterdir()):
            shutil.copy(source, folder)
        for path, content in build(folder).items():
            write_whole(ASSETS / path, content)


if __name__ == "__main__":
    main()
