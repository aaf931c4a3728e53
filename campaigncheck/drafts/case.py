"""What a draft is written from, and how a value of the spec is told in it.

Drafts become part of a spec, so their words are those of the spec's language, Chinese, whatever the language of messages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.handling.pert import Estimate
from campaigncheck.language.answers import GAP
from campaigncheck.messages import figure
from campaigncheck.source.place import Path
from campaigncheck.spec.model import Campaign, Offer
from campaigncheck.understand.references import reference

_SEAM = "\x00"
_HAN, _LATIN = "[\u4e00-\u9fff]", "[A-Za-z0-9]"
_MEETING = re.compile(f"(?<={_HAN}){_SEAM}(?={_LATIN})|(?<={_LATIN}){_SEAM}(?={_HAN})")

Tell = Callable[[Path, str], str]
"""Writes a value of the spec, given its path and how it reads, into an answer."""


def as_it_stands(path: Path, words: str) -> str:
    """Write a value as it is."""
    return words


def referring(campaign: Campaign) -> Tell:
    """Return what writes references, which cannot drift from the spec; what no reference says is written as it is."""

    def tell(path: Path, words: str) -> str:
        head, *rest = path
        offer = campaign.offers[int(rest[0])].id if head == "offers" else None
        field = rest[1:] if head == "offers" else path
        name = reference(campaign, ".".join(map(str, field)), offer, words)
        return f"{{{{ {name} }}}}" if name else words

    return tell


@dataclass(frozen=True)
class Case:
    """A campaign and what is known about it.

    Attributes:
        campaign: what the spec says.
        catalogues: what its codes are called.
        titles: of all known campaigns, by id.
        handling: the estimated time at the counter, if there are steps.
        beside: the title of another campaign that reaches the same customers, if an answer is needed for that.
        tell: how values of the spec are written.
    """

    campaign: Campaign
    catalogues: Catalogues
    titles: Mapping[str, str]
    handling: Estimate | None = None
    beside: str | None = None
    tell: Tell = as_it_stands

    def number(self, value: float, *path: str | int) -> str:
        """Write a figure of the spec."""
        return self.tell(path, figure(float(value)))

    def between(self, before: str, path: Path, words: str, after: str) -> str:
        """Write a value between words, with a space where Chinese meets Latin: what is read counts, not what is written."""
        head, tail = joined(before, words), joined(words, after)
        return head.removesuffix(words) + self.tell(path, words) + tail.removeprefix(words)


def gap(what: str) -> str:
    """Return what stands for something that the spec does not say: FAQ002 wants it filled in."""
    return GAP.format(what=what)


def joined(*parts: str) -> str:
    """Put words together, with a space where Chinese meets Latin letters or digits."""
    return _MEETING.sub(" ", _SEAM.join(part for part in parts if part)).replace(_SEAM, "")


def each_offer(case: Case, write: Callable[[Case, int, Offer], str | None]) -> str | None:
    """Write a sentence about each offer, one line each; only once if all say the same.

    Offers of which there is nothing to say are left out; None if that is all of them.
    """
    said = [(offer.name, write(case, index, offer)) for index, offer in enumerate(case.campaign.offers)]
    lines = [(name, sentence) for name, sentence in said if sentence is not None]
    if not lines:
        return None
    if len(lines) == len(said) and len({sentence for _, sentence in lines}) == 1:
        return lines[0][1]
    return "\n".join(f"{name}：{sentence}" for name, sentence in lines)
