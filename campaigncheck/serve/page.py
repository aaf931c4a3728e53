"""The page, in either language, and the files that it loads."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from campaigncheck import pages
from campaigncheck.messages import Lang
from campaigncheck.serve.settings import MOST_BYTES, Settings
from campaigncheck.serve.words import PAGE, PHRASES, SCRIPT

PACKAGE = "campaigncheck.serve"

_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


class Asset(NamedTuple):
    """A file of the page."""

    content: bytes
    type: str
    tag: str


def asset(name: str) -> Asset | None:
    """Return a file of the page; None if there is none of the name."""
    return _assets().get(name)


@cache
def _assets() -> dict[str, Asset]:
    folder = files(PACKAGE) / "assets"
    found = {}
    for item in folder.iterdir():
        kind = _TYPES.get(item.name.rpartition(".")[2])
        if item.is_file() and kind:
            content = item.read_bytes()
            found[item.name] = Asset(content, kind, f'"{hashlib.sha256(content).hexdigest()[:32]}"')
    return found


def page(lang: Lang, nonce: str, token: str, settings: Settings, saving: bool) -> str:
    """Return the page; what the script says stands in it, in the language of the page."""
    given = {
        "lang": lang,
        "token": token,
        "nonce": nonce,
        "saving": saving,
        "most": MOST_BYTES,
        "words": {name: getattr(text, lang) for name, text in SCRIPT.items()},
        "phrases": {name: getattr(text, lang) for name, text in PHRASES.items()},
    }
    template = pages.environment(PACKAGE).get_template("page.html.j2")
    return template.render(
        pages.common_words(lang),
        page=PAGE,
        settings=settings,
        saving=saving,
        data=json.dumps(given, ensure_ascii=False),
    )
