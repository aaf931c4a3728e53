"""What is quick must not load what is slow."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.corpus.__main__ import generate

SLOW = {"pandas", "jsonschema", "hypothesis", "matplotlib", "scipy"}
HELP_NEEDS_NONE_OF = SLOW | {"numpy", "pydantic", "rich", "yaml", "jinja2"}

_RUN = """
import sys
from campaigncheck.cli.boundary import guarded
from campaigncheck.cli.main import cli
sys.argv = ["campaigncheck", *sys.argv[1:]]
print("exit", guarded(cli))
print("modules", *sorted({name.partition(".")[0] for name in sys.modules}))
"""


def loaded(folder: Path, *arguments: str) -> tuple[str, set[str]]:
    """Run a command in a process of its own; return how it exited and the packages it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=True
    )
    *_, code, modules = done.stdout.splitlines()
    return code, set(modules.split()[1:])


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    code, modules = loaded(tmp_path, "--help")
    assert code == "exit 0"
    assert "click" in modules
    assert not modules & HELP_NEEDS_NONE_OF


@pytest.mark.parametrize("form", ["text", "json"])
def test_checking_one_spec_loads_neither_pandas_nor_jsonschema(tmp_path: Path, form: str) -> None:
    generate(tmp_path, 1, broken=0)
    code, modules = loaded(tmp_path, "check", "--today", "2026-12-01", "--format", form)
    assert code == "exit 0"
    assert {"yaml", "pydantic"} <= modules
    assert not modules & SLOW
