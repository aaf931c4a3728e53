"""Finds the campaign that is to pass among those of a repository."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.examine import Examined
from campaigncheck.engine.named import find_named
from campaigncheck.messages import Text
from campaigncheck.suggest.plan import Subject

_BROKEN = Text("{path} 读不懂，没法给建议", "{path} cannot be read, so there is nothing to suggest")
_NOTHING = Text(
    "“{id}”已经下线、过期，或者没有覆盖任何城市，没有可以调整的",
    "“{id}” is retired, over, or in no city: nothing to change",
)
_NOTHING_HINT = Text("建议只针对还没结束的营销案。", "Suggestions are for campaigns that are still ahead or running.")


def find_subject(examined: Sequence[Examined], wanted: str, catalogues: Catalogues) -> Subject:
    """Return the campaign with an id.

    Raises:
        UsageError: when there is none, or several, or it cannot be read, or nothing of it is ahead.
    """
    item, campaign, text = find_named(examined, wanted, _BROKEN)
    if item.entry is None:
        raise UsageError(_NOTHING(id=wanted), _NOTHING_HINT())
    others = {other.id: other.entry for other in examined if other.entry is not None and other is not item}
    asked = item._replace(spec=replace(item.spec, selected=True))
    return Subject(asked, campaign, item.entry, text, catalogues, others)
