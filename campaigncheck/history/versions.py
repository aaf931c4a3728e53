"""What one version of a file says of a campaign: its id and its stage."""

from __future__ import annotations

from typing import NamedTuple

from campaigncheck.source.document import decode
from campaigncheck.source.errors import RefusalError, SourceError
from campaigncheck.source.quick import mapping, silence
from campaigncheck.source.yamlpass import parse

STAGES = ("draft", "testing", "optimising", "approved", "launched", "retired")
"""The stages in their order."""


class Version(NamedTuple):
    """The campaign that a version of a file describes, and the stage it is at."""

    id: str
    stage: str


def version(data: bytes) -> Version | None:
    """Return what a version says; None if it is no campaign, or cannot be read.

    It is read the way specs are read, so that a ``stage:`` within a text is never mistaken for the campaign's.
    """
    try:
        text = decode(data)
        with silence:
            value = mapping(data, text)
        if value is None:
            value = parse(text)
    except (SourceError, RefusalError):
        return None
    if not isinstance(value, dict):
        return None
    name, stage = value.get("id"), value.get("stage")
    return Version(name, stage) if isinstance(name, str) and stage in STAGES else None
