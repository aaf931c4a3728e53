"""The whole site: every page in both languages, and the files that they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.resources import files

from campaigncheck.drawing.canvas import style
from campaigncheck.messages import LANGS
from campaigncheck.site import calendars, campaign, campaigns, frontline, load, manual, overview, search
from campaigncheck.site.model import Site
from campaigncheck.site.pages import PACKAGE, Page, write

SECTIONS: tuple[Callable[[Site], Iterable[Page]], ...] = (
    overview.pages,
    campaigns.pages,
    campaign.pages,
    frontline.pages,
    calendars.pages,
    load.pages,
    manual.pages,
)
"""What makes the pages of one language (``site.lang``)."""

FILES: tuple[Callable[[Site], dict[str, bytes]], ...] = (load.files, frontline.files, search.files)
"""What makes files that pages of both languages share, by their paths within the site."""

UNSHIPPED = ("manifest.json",)
"""Files beside the assets that tell where they are from, and are no part of a site."""


def build(site: Site) -> dict[str, bytes]:
    """Return the content of every file of the site by its path."""
    made = assets()
    for part in FILES:
        made |= part(site)
    for lang in LANGS:
        spoken = site.speaking(lang)
        made |= write((page for section in SECTIONS for page in section(spoken)), lang, site.today)
    return made


def _drawing() -> bytes:
    """Return the colours of drawings, those of the dark where that is wanted."""
    return f"{style('drawing')}\n@media screen and (prefers-color-scheme: dark) {{\n{style('dark')}\n}}\n".encode()


def assets() -> dict[str, bytes]:
    """Return the styles and scripts that all pages share."""
    folder = files(PACKAGE) / "assets"
    found = {
        f"assets/{item.name}": item.read_bytes()
        for item in sorted(folder.iterdir(), key=lambda item: item.name)
        if item.is_file() and item.name not in UNSHIPPED
    }
    return {**found, "assets/drawing.css": _drawing()}
