"""Finds the campaign that a command names by its id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from campaigncheck.engine.errors import UsageError
from campaigncheck.engine.examine import Examined
from campaigncheck.messages import Text
from campaigncheck.source.document import read
from campaigncheck.spec.load import fit, nearest_name
from campaigncheck.spec.model import Campaign

_UNKNOWN = Text("没有编号为“{id}”的营销案", "there is no campaign “{id}”")
_NEAREST = Text("是不是想写“{nearest}”？", "Did you mean “{nearest}”?")
_LIST = Text("编号是 spec 里 id 的值。", "The id is what the spec says under `id`.")
_TWICE = Text("“{id}”在几个文件里都用了：{paths}", "“{id}” is the id of several files: {paths}")
_TWICE_HINT = Text("先给每个营销案不同的编号。", "First give each campaign an id of its own.")
_BROKEN_HINT = Text(
    "先改好 campaigncheck check {path} 指出的错误。", "First mend what `campaigncheck check {path}` finds."
)


class Named(NamedTuple):
    """A campaign with the text of its spec."""

    item: Examined
    campaign: Campaign
    text: str


def find_named(examined: Sequence[Examined], wanted: str, broken: Text) -> Named:
    """Return the campaign with an id.

    Args:
        examined: those to look among.
        wanted: the id.
        broken: what to say of a file (``{path}``) that cannot be read.

    Raises:
        UsageError: when there is none, or several, or it cannot be read.
    """
    found = [item for item in examined if item.id == wanted]
    if not found:
        raise no_such(wanted, examined)
    if len(found) > 1:
        paths = [item.spec.shown for item in found]
        raise UsageError(_TWICE(id=wanted, paths=paths), _TWICE_HINT())
    (item,) = found
    if item.document is None or not item.understood:
        raise cannot_be_read(item, broken)
    value, _ = read(item.document.text, item.spec.shown)
    campaign = fit(Campaign, value)
    assert isinstance(campaign, Campaign)
    return Named(item, campaign, item.document.text)


def no_such(wanted: str, examined: Sequence[Examined]) -> UsageError:
    """Return the refusal of an id that no campaign has."""
    nearest = nearest_name(wanted, [item.id for item in examined if item.known])
    return UsageError(_UNKNOWN(id=wanted), _NEAREST(nearest=nearest) if nearest else _LIST())


def cannot_be_read(item: Examined, broken: Text) -> UsageError:
    """Return the refusal of a campaign with errors of the family SPEC."""
    return UsageError(broken(path=item.spec.shown), _BROKEN_HINT(path=item.spec.shown))
