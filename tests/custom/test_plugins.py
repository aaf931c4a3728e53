"""Rules from installed packages: the example is built, installed without network, and used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from campaigncheck.catalogue.installed import PlugIn
from campaigncheck.custom.plugins import PlugInError, checked
from campaigncheck.custom.site import site
from campaigncheck.rulekit.sample import complete
from campaigncheck.rules import all_rules

EXAMPLE = Path(__file__).parents[1] / "plugin"
BUILT_IN = all_rules()["TIME004"]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the example is installed."""
    target = tmp_path_factory.mktemp("installed")
    source = tmp_path_factory.mktemp("source") / "plugin"
    source.mkdir()
    for file in ("pyproject.toml", "README.md", "example_rules/__init__.py"):
        (source / file).parent.mkdir(exist_ok=True)
        (source / file).write_bytes((EXAMPLE / file).read_bytes())
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation")
    subprocess.run([*pip, "--target", str(target), str(source)], check=True, capture_output=True)
    return target


def run(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as it is where the example is installed."""
    code = "from campaigncheck.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=folder, encoding="utf-8", capture_output=True, check=False,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip


def test_its_rule_runs_and_is_listed_with_its_package(installed: Path, tmp_path: Path) -> None:
    text = "offers:\n  - {id: a, name: 换话费！, product: points.exchange, kind: points}\n"
    (tmp_path / "a.yaml").write_text(complete(text), encoding="utf-8")
    done = run(installed, tmp_path, "check", "a.yaml", "--select", "SHOUT", "--format", "json", "--today", "2026-12-01")
    assert done.returncode == 0, done.stderr
    found = [(item["rule"], item["line"], item["column"]) for item in json.loads(done.stdout)["findings"]]
    assert found == [("SHOUT001", 2, 22)]
    listed = run(installed, tmp_path, "rules", "--lang", "en").stdout
    assert "SHOUT001  note     an offer's name shouts (the plug-in example-rules 1.2.0)\n" in listed


def test_a_package_whose_rules_cannot_be_imported_is_named(installed: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    metadata = broken / "broken_rules-0.1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-rules\nVersion: 0.1\n")
    (metadata / "entry_points.txt").write_text("[campaigncheck.rules]\nmine = broken_rules:RULES\n")
    (tmp_path / "a.yaml").write_text(complete(""), encoding="utf-8")
    done = run(broken, tmp_path, "check", "a.yaml", "--lang", "en")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == (
        "error: “mine” of the plug-in broken-rules 0.1 cannot be loaded: ModuleNotFoundError: No module named 'broken_rules'"
    )


def plug_in(*rules: object, error: str | None = None) -> PlugIn:
    return PlugIn("mine", "my-rules", "3.1", rules, error)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (plug_in("no rule"), "“mine” of the plug-in my-rules 3.1 gives no rule but str"),
        (plug_in(), "“mine” of the plug-in my-rules 3.1 gives no rule but []"),
        (plug_in(error="ImportError: x"), "“mine” of the plug-in my-rules 3.1 cannot be loaded: ImportError: x"),
    ],
)
def test_what_is_no_rule_is_refused(given: PlugIn, why: str) -> None:
    with pytest.raises(PlugInError) as caught:
        checked(given)
    assert caught.value.message.render("en") == why


def test_a_rule_of_a_built_in_family_is_refused() -> None:
    with pytest.raises(PlugInError) as caught:
        site((), (plug_in(BUILT_IN),), all_rules())
    assert caught.value.message.render("en") == "the rule TIME004 is there already, from campaigncheck"
    assert caught.value.hint.render("en") == "Uninstall my-rules 3.1, or use another version."


def test_nothing_is_imported_for_rules_that_there_are_not(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(complete(""), encoding="utf-8")
    code = (
        "import os, sys; os._exit = lambda code: print(sorted({'google.protobuf', 'cel_expr_python'}"
        " & set(sys.modules)), file=sys.stderr)\n"
        "from campaigncheck.cli.main import main\nsys.argv = ['campaigncheck', 'check', 'a.yaml']\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, encoding="utf-8", capture_output=True, check=False
    )
    assert done.stderr.splitlines()[-1] == "[]"
