"""Which keys may clear campaigns: for which regions, and on which days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from campaigncheck.algebra.regions import RegionTree
from campaigncheck.attest.keys import ED25519, PublicKey
from campaigncheck.attest.refused import ALGORITHM, RefusedError
from campaigncheck.messages import Message, Text

_WRONG_REGION = Text(
    "密钥“{name}”（{holder}）不能给 {region} 的营销案签发",
    "the key “{name}” ({holder}) may not clear campaigns of {region}",
)
_NOT_VALID = Text(
    "密钥“{name}”（{holder}）的有效期是 {start} 到 {end}，签发日 {day} 不在里面",
    "the key “{name}” ({holder}) is valid from {start} to {end}; the clearance is of {day}",
)


class TrustedKey(NamedTuple):
    """A key with what it may do; one that was given on the command line has no limits."""

    name: str
    public: PublicKey
    holder: str
    regions: frozenset[str] | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class TrustedKeys:
    """The keys that hold, with the algorithms that the policy allows."""

    regions: RegionTree
    keys: tuple[TrustedKey, ...] = ()
    algorithms: frozenset[str] = frozenset({ED25519})

    def __bool__(self) -> bool:
        return bool(self.keys)

    def with_key(self, name: str, public: PublicKey) -> TrustedKeys:
        """Return these keys with one more that has no limits."""
        others = tuple(key for key in self.keys if key.public != public)
        return replace(self, keys=(*others, TrustedKey(name, public, name)))

    def public(self, key_id: str) -> PublicKey | None:
        """Return the key of an id, if it is trusted.

        Raises:
            RefusedError: when the policy does not allow what it signs with.
        """
        if ED25519 not in self.algorithms:
            raise RefusedError(ALGORITHM(name=ED25519))
        return next((key.public for key in self.keys if key.public.id == key_id), None)

    def misuse(self, signers: Iterable[PublicKey], owner: str, day: date) -> Message | None:
        """Return what keys may not have signed: for campaigns of an owner, or on a day."""
        by_key = {key.public: key for key in self.keys}
        return next((found for signer in signers if (found := self._misuse(by_key[signer], owner, day))), None)

    def _misuse(self, key: TrustedKey, owner: str, day: date) -> Message | None:
        if key.regions is not None and key.regions.isdisjoint(self._upwards(owner)):
            region = self.regions.name(owner)
            return _WRONG_REGION(name=key.name, holder=key.holder, region=region)
        if not (key.start or day) <= day <= (key.end or day):
            return _NOT_VALID(name=key.name, holder=key.holder, start=key.start, end=key.end, day=day)
        return None

    def _upwards(self, code: str) -> list[str]:
        """Return a region and all that it is in."""
        found = [code]
        while code in self.regions.regions and self.regions.regions[code].parent:
            code = self.regions.regions[code].parent
            found.append(code)
        return found
