"""What a page is, and how it becomes HTML: one template all pages share, in both languages alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from markupsafe import Markup

from campaigncheck import pages
from campaigncheck.messages import LANGS, Lang, Message, Text
from campaigncheck.site.words import BASE, NAVIGATION

PACKAGE = "campaigncheck.site"
FOLDERS: dict[Lang, str] = {"zh": "", "en": "en/"}
"""Where the pages of each language stand."""

_OWN = Markup(' lang="zh-CN"')
"""What says that something is in Chinese, as campaigns are, on a page that is not."""


class Page(NamedTuple):
    """One page of one language.

    Attributes:
        path: within the folder of the language; parts are separated by “/”.
        title: of the page.
        template: its name; it extends ``base.html.j2``.
        values: what the template is given besides what all are given.
        section: the entry of the navigation that is the current one.
        scripts: names of files in ``assets/`` that it runs besides ``site.js``, in this order.
        own_title: whether the title is a campaign's own words, and so in Chinese.
    """

    path: str
    title: Text | Message | str
    template: str
    values: Mapping[str, Any]
    section: str = ""
    scripts: tuple[str, ...] = ()
    own_title: bool = False


def render(page: Page, lang: Lang, today: date) -> bytes:
    """Return a page as HTML.

    Templates are given ``root`` (the way to the pages of the language), ``top`` (to the site as a whole, with
    ``assets/``), ``other`` (to the same page in the other language), and ``words`` of the base.
    """
    depth = page.path.count("/")
    root = "../" * depth
    top = root + "../" * FOLDERS[lang].count("/")
    other = next(one for one in LANGS if one != lang)
    text = (
        pages.environment(PACKAGE)
        .get_template(page.template)
        .render(
            _common(lang),
            **page.values,
            root=root,
            top=top,
            other=top + FOLDERS[other] + page.path,
            title=page.title,
            section=page.section,
            scripts=page.scripts,
            own_title=page.own_title,
            today=today,
        )
    )
    return text.encode("utf-8")


@cache
def _common(lang: Lang) -> dict[str, Any]:
    """Return what every template of a language is given."""
    return {
        **pages.common_words(lang),
        "own": _OWN if lang != "zh" else "",
        "words": BASE,
        "navigation": NAVIGATION,
        "colon": "：" if lang == "zh" else ": ",
        "comma": "，" if lang == "zh" else ", ",
    }


def write(made: Iterable[Page], lang: Lang, today: date) -> dict[str, bytes]:
    """Return the content of pages by their paths within the site.

    Raises:
        ValueError: when two pages have one path.
    """
    found: dict[str, bytes] = {}
    for page in made:
        path = FOLDERS[lang] + page.path
        if path in found:
            raise ValueError(f"two pages are {path}")
        found[path] = render(page, lang, today)
    return found
