"""Finds the campaign that is to pass among those of a repository."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from campaigncheck.catalogue.load import Catalogues
from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.examine import Examined
from campaigncheck.messages import Text
from campaigncheck.source.document import read
from campaigncheck.spec.load import fit, nearest_name
from campaigncheck.spec.model import Campaign
from campaigncheck.suggest.plan import Subject

_UNKNOWN = Text("没有编号为“{id}”的营销案", "there is no campaign “{id}”")
_NEAREST = Text("是不是想写“{nearest}”？", "Did you mean “{nearest}”?")
_LIST = Text("编号是 spec 里 id 的值。", "The id is what the spec says under `id`.")
_BROKEN = Text("{path} 读不懂，没法给建议", "{path} cannot be read, so there is nothing to suggest")
_BROKEN_HINT = Text(
    "先改好 campaigncheck check {path} 指出的错误。", "First mend what `campaigncheck check {path}` finds."
)
_NOTHING = Text(
    "“{id}”已经下线、过期或没有城市，没有可以调整的", "“{id}” is retired, over, or in no city: nothing to change"
)
_NOTHING_HINT = Text("建议只针对还没结束的营销案。", "Suggestions are for campaigns that are still ahead or running.")
_TWICE = Text("“{id}”在几个文件里都用了：{paths}", "“{id}” is the id of several files: {paths}")
_TWICE_HINT = Text("先给每个营销案不同的编号。", "First give each campaign an id of its own.")


def find_subject(examined: Sequence[Examined], wanted: str, catalogues: Catalogues) -> Subject:
    """Return the campaign with an id.

    Raises:
        UsageError: when there is none, or several, or it cannot be read, or nothing of it is ahead.
    """
    found = [item for item in examined if item.id == wanted]
    if not found:
        nearest = nearest_name(wanted, [item.id for item in examined if item.known])
        raise UsageError(_UNKNOWN(id=wanted), _NEAREST(nearest=nearest) if nearest else _LIST())
    if len(found) > 1:
        paths = [item.spec.shown for item in found]
        raise UsageError(_TWICE(id=wanted, paths=paths), _TWICE_HINT())
    (item,) = found
    if item.document is None or not item.understood:
        raise UsageError(_BROKEN(path=item.spec.shown), _BROKEN_HINT(path=item.spec.shown))
    if item.entry is None:
        raise UsageError(_NOTHING(id=wanted), _NOTHING_HINT())
    value, _ = read(item.document.text, item.spec.shown)
    campaign = fit(Campaign, value)
    assert isinstance(campaign, Campaign)
    others = {other.id: other.entry for other in examined if other.entry is not None and other is not item}
    asked = item._replace(spec=replace(item.spec, selected=True))
    return Subject(asked, campaign, item.entry, item.document.text, catalogues, others)
