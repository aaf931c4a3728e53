"""What each file of a new repository says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from campaigncheck.algebra.regions import COUNTRY, RegionTree
from campaigncheck.messages import Lang, Text
from campaigncheck.report.schemas import SCHEMAS
from campaigncheck.spec.schema import dump
from campaigncheck.starter.templating import render

_SCHEMAS: dict[str, tuple[str, ...]] = {
    "campaign": ("campaigns/**/*.yaml", "campaigns/**/*.yml"),
    "overlay": ("rules/overlays/*.yaml",),
    "custom": ("rules/custom/*.yaml",),
    "waivers": ("waivers.yaml",),
    **{
        name: (f"rules/{name}.yaml",)
        for name in (
            "policy",
            "glossary",
            "wording",
            "products",
            "attributes",
            "steps",
            "faq",
            "readiness",
            "calendar",
            "clearance",
        )
    },
}
"""The schemas that editors need, and the files that each is for."""

_VALUES = {
    "policy_title": Text("本公司的尺度", "The policy of the company"),
    "policy_source": Text("本公司的规定；没写的照内置", "Rules of the company; what is not here is built in"),
    "limit_source": Text("某次会议定的，写清楚哪一次", "Say here who decided it, and when"),
    "overlay_source": Text("本地的规定", "What the region has laid down"),
    "term": Text("全家享", "全家享"),
    "term_plain": Text("家庭套餐", "家庭套餐"),
    "term_explain": Text("全家一起用的套餐", "全家一起用的套餐"),
    "term_fires": Text("办全家享送宽带", "办全家享送宽带"),
    "waiver_reason": Text("为什么可以破例", "why this one may pass"),
}
_OWNED = Text("{code} {name}", "{code} {name}")
_IN_PROVINCE = Text("{name}（{province}）", "{name} ({province})")


class Wish(NamedTuple):
    """What somebody wants to start: for whom, with which package, in which language."""

    regions: tuple[str, ...]
    org: str
    package: str
    lang: Lang
    start: date
    end: date


def contents(wish: Wish, tree: RegionTree) -> dict[str, str]:
    """Return the text of every file, by its path in the repository."""
    values = _values(wish, tree)
    found = {
        ".gitignore": "gitignore",
        ".github/workflows/campaigns.yml": "github.yml",
        ".gitlab-ci.yml": "gitlab.yml",
        ".pre-commit-config.yaml": "pre-commit.yaml",
        "CODEOWNERS": "codeowners",
        "README.md": f"README.{wish.lang}.md",
        "rules/network/README.md": f"network.{wish.lang}.md",
        "rules/policy.yaml": "policy.yaml",
        "waivers.yaml": "waivers.yaml",
        values["campaign"]: "campaign.yaml",
    }
    texts = {path: render(name, wish.lang, values) for path, name in found.items()}
    for code in wish.regions:
        named = {**values, "name": _told(code, tree, wish.lang)}
        texts[f"rules/overlays/{code}.yaml"] = render("overlay.yaml", wish.lang, named)
        if code != wish.regions[0]:
            texts[f"campaigns/{code}/.gitkeep"] = ""
    return dict(sorted({**texts, **dict(_editor())}.items()))


def pipeline(package: str, lang: Lang) -> str:
    """Return the GitLab pipeline by itself: the template that other repositories include."""
    return render("gitlab.yml", lang, {"package": package, "lang": lang})


def _values(wish: Wish, tree: RegionTree) -> dict[str, str]:
    code, year = wish.regions[0], str(wish.start.year)
    return {
        **{name: text().render(wish.lang) for name, text in _VALUES.items()},
        "code": code,
        "year": year,
        "start": wish.start.isoformat(),
        "end": wish.end.isoformat(),
        "end_zh": f"{wish.end.year} 年 {wish.end.month} 月 {wish.end.day} 日",
        "package": wish.package,
        "lang": wish.lang,
        "org": wish.org,
        "campaign": f"campaigns/{code}/example-{year}-data-pack.yaml",
        "owners": "\n".join(_owners(wish, tree)),
    }


def _owners(wish: Wish, tree: RegionTree) -> Iterator[str]:
    """Yield who owns what of each region, provinces before their cities: of several lines the last one counts."""
    for code in sorted(wish.regions, key=lambda code: (code != COUNTRY, tree.province(code), code)):
        yield f"# {_OWNED(code=code, name=_told(code, tree, wish.lang)).render(wish.lang)}"
        yield f"/campaigns/{code}/  @{wish.org}/marketing-{code}"
        yield f"/rules/overlays/{code}.yaml  @{wish.org}/service-{code}"


def _told(code: str, tree: RegionTree, lang: Lang) -> str:
    """Name a region, a city with its province."""
    province = tree.province(code)
    if province == code:
        return tree.name(code)
    return _IN_PROVINCE(name=tree.name(code), province=tree.name(province)).render(lang)


def _editor() -> Iterator[tuple[str, str]]:
    """Yield the schemas, and the settings that tell editors which file has which."""
    mapped: dict[str, Sequence[str]] = {}
    for name, globs in _SCHEMAS.items():
        if name in SCHEMAS:
            mapped[f"./schemas/{name}.schema.json"] = globs
            yield f"schemas/{name}.schema.json", dump(SCHEMAS[name]())
    yield ".vscode/settings.json", _json({"yaml.schemas": mapped, "[yaml]": {"editor.tabSize": 2}})
    yield ".vscode/extensions.json", _json({"recommendations": ["redhat.vscode-yaml"]})


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
