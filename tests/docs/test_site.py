"""The documentation site: every page has its place, every command and option that a page names is there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from campaigncheck.cli.main import cli
from campaigncheck.maintenance.catalogue_page import FILES
from campaigncheck.report.schemas import SCHEMAS

ROOT = Path(__file__).parents[2]
PAGES = sorted(path for path in (ROOT / "docs").rglob("*.md"))
READERS = [*PAGES, ROOT / "README.md", ROOT / "README.zh-CN.md"]
_CALL = re.compile(r"(?:^\$ |^|`)campaigncheck( [^`\n#|\\]*)", re.M)


class _Loader(yaml.SafeLoader):
    """Reads the settings of the site; the Python objects in them are of no interest."""


_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)


def settings() -> dict[str, Any]:
    found: dict[str, Any] = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), _Loader)
    return found


def navigation(entries: list[Any]) -> Iterator[str]:
    for entry in entries:
        (target,) = entry.values()
        if isinstance(target, str):
            yield target
        else:
            yield from navigation(target)


def test_every_page_is_in_the_navigation_once() -> None:
    assert sorted(navigation(settings()["nav"])) == [page.relative_to(ROOT / "docs").as_posix() for page in PAGES]


def test_the_site_fetches_nothing() -> None:
    site = settings()
    assert site["theme"]["font"] is False
    assert [next(iter(plugin)) for plugin in site["plugins"]] == ["search"]
    assert not {"extra_javascript", "site_url", "repo_url"} & set(site)
    assert [(ROOT / "docs" / sheet).read_text(encoding="utf-8").count("url(") for sheet in site["extra_css"]] == [0]


def test_links_and_anchors_are_checked() -> None:
    wanted = {"not_found": "warn", "anchors": "warn", "absolute_links": "warn", "unrecognized_links": "warn"}
    assert settings()["validation"]["links"] == wanted


def calls(page: Path) -> list[str]:
    return [match[1].strip() for match in _CALL.finditer(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", READERS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_and_options_are_real(page: Path) -> None:
    wrong = {call: found for call in calls(page) if (found := unknown(call))}
    assert wrong == {}


def unknown(call: str) -> list[str]:
    """Return what of a call the program does not know: its command, or options of it."""
    words = [word for word in shlex.split(call) if word != "…"]
    if not words or words[0].startswith("-"):
        return [word for word in words if word not in ("--help", "--version")]
    command = cli.get_command(click.Context(cli), words[0])
    if command is None:
        return words[:1]
    known = {option for parameter in command.params for option in parameter.opts} | {"-h", "--help"}
    return [word for word in words[1:] if word.startswith("-") and word.split("=")[0] not in known]


def test_an_unknown_option_would_be_found() -> None:
    assert (unknown("check --nosuch x"), unknown("chekc"), unknown("check a --lang en")) == (
        ["--nosuch"],
        ["chekc"],
        [],
    )


def test_pages_have_commands() -> None:
    assert {name: len(calls(ROOT / "docs" / name)) >= 5 for name in ("tutorial/marketing.md", "tutorial/ci.md", "waivers.md")} == {
        "tutorial/marketing.md": True, "tutorial/ci.md": True, "waivers.md": False,
    }  # fmt: skip


def test_every_catalogue_is_on_the_page_of_catalogues() -> None:
    assert set(FILES) >= set(SCHEMAS) - {"campaign", "report", "sheet"}
    assert set(FILES) - set(SCHEMAS) <= {"custom"}
