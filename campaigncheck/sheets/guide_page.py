"""The guided script as a page that works offline and without a script, and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from campaigncheck import __version__
from campaigncheck.messages import Lang
from campaigncheck.sheets import render
from campaigncheck.sheets.guide import Card, Guide, Node
from campaigncheck.sheets.guide_flow import CONCERN, HAS, HAS_IT, build
from campaigncheck.sheets.guide_words import AGAIN, ANOTHER, ANOTHER_HAS, PAGE, WRONG
from campaigncheck.sheets.json import campaign, status
from campaigncheck.sheets.model import Sheet
from campaigncheck.sheets.parts import Say, speaker
from campaigncheck.sheets.templating import fill

VERSION = 1
"""Of the JSON; a reader may rely on the names of one version, and on more being added to them."""


def write(sheet: Sheet, lang: Lang, templates: Path | None = None) -> str:
    """Return the page of a guided script, by a site's own templates if it has some."""
    guide = build(sheet)
    words = {**PAGE, "again": AGAIN, "another": ANOTHER, "another_has": ANOTHER_HAS, "wrong": WRONG}
    titles = {node.id: node.title for node in guide.nodes}
    ways_back = {node.id: _ways_back(guide, node.id) for node in guide.nodes}
    twins = {node.id: _twin(guide, node) for node in guide.nodes}
    own = {"sheet": sheet, "guide": guide, "words": words, "titles": titles, "ways_back": ways_back, "twins": twins}
    return fill("guide.html.j2", {**render.words(lang), **own}, templates)


def _ways_back(guide: Guide, name: str) -> list[str]:
    """Return where a step leads back to; another question may be asked by whichever menu one came through."""
    trail = list(guide.trail(name))
    if {CONCERN, HAS} & {name, *trail}:
        return trail
    return [*trail, *(menu for menu in (CONCERN, HAS) if name in guide.behind(menu))]


def _twin(guide: Guide, node: Node) -> str | None:
    """Return the step for others in which the same is said: on paper it is printed there only."""
    name = node.id.removeprefix(HAS_IT)
    return name if node.kind == "answer" and name != node.id and name in guide.numbers else None


def write_json(sheet: Sheet, lang: Lang, templates: Path | None = None) -> str:
    """Return a guided script as JSON; templates have no say in it."""
    guide, say = build(sheet), speaker(lang)
    value = {
        "version": VERSION,
        "tool": {"name": "campaigncheck", "version": __version__},
        "lang": lang,
        "campaign": campaign(sheet, say),
        "status": status(sheet, say),
        "support": {"contact": say(sheet.support), "hours": say(sheet.hours)},
        "start": guide.start,
        "nodes": [_node(guide, node, say) for node in guide.nodes],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _node(guide: Guide, node: Node, say: Say) -> dict[str, Any]:
    return {
        "id": node.id,
        "number": guide.numbers[node.id],
        "kind": node.kind,
        "title": say(node.title),
        "say": [say(said) for said in node.say],
        "do": [say(line) for line in node.do],
        "beside": [{"kind": aside.kind, "said": say(aside.said), "text": say(aside.text)} for aside in node.asides],
        "cards": [_card(card, say) for card in node.cards],
        "choices": [{"label": say(choice.label), "to": choice.to} for choice in node.choices],
        "back": guide.before.get(node.id),
    }


def _card(card: Card, say: Say) -> dict[str, Any]:
    facts = [{"label": say(fact.label), "lines": [say(line) for line in fact.lines]} for fact in card.facts]
    return {"title": say(card.title), "facts": facts}
