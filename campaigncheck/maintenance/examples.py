"""The pictures of the documentation, drawn from its example campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import load_catalogues
from campaigncheck.drawing.canvas import svg
from campaigncheck.handling.counter import counter_time
from campaigncheck.handling.picture import Limits, Pictured, counter
from campaigncheck.handling.shape import shapes
from campaigncheck.messages import LANGS
from campaigncheck.source.document import load
from campaigncheck.spec.load import fit
from campaigncheck.spec.model import Campaign

SLOW = Path("docs/examples/blocked/zj-jh-2027-blocked-counter.yaml")
"""A campaign that takes too long at the counter."""


def pictures() -> Iterator[tuple[Path, str]]:
    """Yield every picture: where it stands, and its text."""
    drawn = _slow()
    for lang in LANGS:
        yield Path(f"docs/examples/counter.{lang}.svg"), str(svg(counter(drawn, lang), lang, "file"))


def _slow() -> Pictured:
    catalogues = load_catalogues(RuleFiles.at(None))
    campaign = fit(Campaign, load(str(SLOW), SLOW.name)[0])
    assert isinstance(campaign, Campaign)
    region = campaign.owner.region
    limits = Limits(catalogues.limit("handling_mean", region), catalogues.limit("handling_p90", region))
    names = {name: step.name.text for name, step in catalogues.steps.steps.items()}
    return Pictured(campaign.title, shapes(counter_time(campaign, catalogues), max(limits)), names, {}, limits)
