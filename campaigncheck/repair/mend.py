"""Mends one campaign: its repairs are tried together, and those that do harm are found and left.

To look at a campaign costs as much as it is long, so that no repair may be tried all by itself as long as it can be
told from what is newly found which ones it was: those that change the very value that it is found in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from campaigncheck.engine.examine import Examined, Examiner
from campaigncheck.engine.finding import Finding
from campaigncheck.engine.locate import Located
from campaigncheck.messages import Message, Text
from campaigncheck.repair.choose import apart, mended
from campaigncheck.repair.fresh import Key, key
from campaigncheck.rulekit.rule import Fix
from campaigncheck.source import limits
from campaigncheck.source.changes import EditError
from campaigncheck.source.document import Document
from campaigncheck.source.place import pointer

_FRESH = Text("改了会多出 {rule}（{message}）", "that would bring up {rule} ({message})")
_NO_USE = Text("改了还是查出同样的问题", "the same would still be found")
_TOO_LARGE = Text("改完文件超过 1 MiB", "the file would be larger than 1 MiB")

New = Sequence[Located | Finding]
Check = Callable[[Examined, frozenset[str]], New]
"""Tells what is new when a campaign is as given and problems of some rules are mended."""


class State(NamedTuple):
    """A campaign after some repairs: how many, of which rules, and why others are not made."""

    item: Examined
    repairs: int
    rules: frozenset[str]
    refused: dict[Key, Message]


class _Offer(NamedTuple):
    """A problem, and the way to mend it that is tried next."""

    found: Located
    fix: Fix

    @property
    def places(self) -> set[str]:
        """Return the values that it changes."""
        return {pointer(change.path) for change in self.fix}


class _Harm(NamedTuple):
    """Why some repairs cannot be made together, and at which values that shows."""

    message: Message
    at: dict[str, Message]


@dataclass
class _Round:
    """What is known of the repairs that are being tried."""

    only: Collection[Key] | None
    most: int
    ways: Counter[Key] = field(default_factory=Counter)
    """How many ways of mending a problem have been ruled out."""
    why: dict[Key, Message] = field(default_factory=dict)
    """What was wrong with the first of them."""
    waiting: set[Key] = field(default_factory=set)
    """Those that make way for another one in the same value."""
    in_company: set[Key] = field(default_factory=set)
    """Those that were ruled out when others were tried with them."""


@dataclass
class Mender:
    """Makes the repairs of one campaign.

    Attributes:
        examiner: looks at it again.
        offering: the rules whose repairs are made.
        check: tells what is new.
        watch: is told how many problems are still to be decided about.
    """

    examiner: Examiner
    offering: frozenset[str]
    check: Check
    watch: Callable[[int], None] = lambda left: None

    def mend(self, state: State) -> State:
        """Make repairs until no more are offered that do no harm."""
        state, doubtful = self._tried_out(state, None)
        for part in _parts(doubtful):
            again = [one for one in part if one in state.refused]
            if again:
                kept = {one: why for one, why in state.refused.items() if one not in again}
                state, _ = self._tried_out(state._replace(refused=kept), frozenset(again))
        return state

    def _tried_out(self, state: State, only: Collection[Key] | None) -> tuple[State, list[Key]]:
        """Make repairs until all are made or refused; return those too that were refused in company."""
        now = _Round(only, len(state.item.located))
        while offers := self._open(state, now):
            self.watch(len(offers))
            chosen = _together(offers, now)
            after = self._tried(state, chosen)
            if isinstance(after, State):
                state, now.most = after, max(now.most, 2 * len(chosen))
                now.waiting.clear()
            else:
                state = state._replace(refused=state.refused | _ruled_out(chosen, after, now))
        return state, [one for one in state.refused if one in now.in_company]

    def _open(self, state: State, now: _Round) -> list[_Offer]:
        """Return the problems still to be decided about."""
        return [
            _Offer(found, found.problem.fixes[min(now.ways[name], len(found.problem.fixes) - 1)])
            for found in mendable(state.item, self.offering)
            if (name := key(found)) not in state.refused and (now.only is None or name in now.only)
        ]

    def _tried(self, state: State, offers: Sequence[_Offer]) -> State | _Harm:
        """Return the campaign with repairs made, or why they are not."""
        try:
            text = mended(document(state.item), [offer.fix for offer in offers])
        except EditError as error:
            return _Harm(error.message, {pointer(path): why for path, why in error.refused.items()})
        if len(text.encode()) > limits.MAX_BYTES:
            return _Harm(_TOO_LARGE(), {})
        after = self.examiner.examine_text(state.item.spec, text)
        rules = state.rules | {offer.found.rule for offer in offers}
        if new := self.check(after, rules):
            return _Harm(_fresh(new[0]), _where(new, state.item.spec.shown))
        if len(after.located) > len(state.item.located) - len(offers):
            still = {key(found) for found in after.located}
            useless = [offer for offer in offers if key(offer.found) in still]
            return _Harm(_NO_USE(), {place: _NO_USE() for offer in useless for place in offer.places})
        return State(after, state.repairs + len(offers), rules, state.refused)


def mendable(item: Examined, offering: Collection[str]) -> list[Located]:
    """Return the problems of a campaign that some rules know how to mend."""
    return [found for found in item.located if found.problem.fixes and found.rule in offering]


def _together(offers: Sequence[_Offer], now: _Round) -> list[_Offer]:
    """Return the offers to try next: apart, and not more than last did harm."""
    ready = [offer for offer in offers if key(offer.found) not in now.waiting]
    if not ready:
        now.waiting.clear()
        ready = list(offers)
    return [ready[index] for index in apart(offer.fix for offer in ready)[: now.most]]


def _ruled_out(chosen: Sequence[_Offer], harm: _Harm, now: _Round) -> dict[Key, Message]:
    """Note which repairs did harm, or try fewer where nobody can tell; return those without another way, and why."""
    if len(chosen) == 1:
        guilty = [(chosen[0], harm.message)]
    else:
        guilty = list(_guilty(chosen, harm, now))
        now.in_company.update(key(offer.found) for offer, _ in guilty)
    refused: dict[Key, Message] = {}
    for offer, why in guilty:
        name = key(offer.found)
        now.ways[name] += 1
        now.why.setdefault(name, why)
        if now.ways[name] >= len(offer.found.problem.fixes):
            refused[name] = now.why[name]
    return refused


def _guilty(chosen: Sequence[_Offer], harm: _Harm, now: _Round) -> Iterator[tuple[_Offer, Message]]:
    """Yield the repairs that are alone in changing a value that shows harm; of several in one all but the first wait."""
    by_place: dict[str, list[_Offer]] = {}
    for offer in chosen:
        for place in offer.places & harm.at.keys():
            by_place.setdefault(place, []).append(offer)
    guilty: dict[Key, tuple[_Offer, Message]] = {}
    waiting: set[Key] = set()
    for place, offers in by_place.items():
        waiting.update(key(offer.found) for offer in offers[1:])
        if len(offers) == 1:
            guilty.setdefault(key(offers[0].found), (offers[0], harm.at[place]))
    if not by_place:
        now.most = len(chosen) // 2
    now.waiting |= waiting
    yield from guilty.values()


def _parts(doubtful: Sequence[Key]) -> Iterator[list[Key]]:
    """Yield some of those refused in company at a time, so that any two of them are tried without each other."""
    for bit in range(max(1, (len(doubtful) - 1).bit_length())):
        for side in (0, 1):
            yield [one for index, one in enumerate(doubtful) if index >> bit & 1 == side]


def _where(new: Iterable[Located | Finding], path: str) -> dict[str, Message]:
    """Return what is new in a file, by the value that it is found in."""
    at: dict[str, Message] = {}
    for found in new:
        if isinstance(found, Located) or found.path == path:
            at.setdefault(found.pointer, _fresh(found))
    return at


def _fresh(found: Located | Finding) -> Message:
    message = found.message if isinstance(found, Finding) else found.problem.message
    return _FRESH(rule=found.rule, message=message)


def fresh_message(new: New) -> Message:
    """Return why repairs are not made that bring up something new."""
    return _fresh(new[0])


def document(item: Examined) -> Document:
    """Return the document of a campaign that offers repairs."""
    assert item.document is not None  # what is not read offers nothing
    return item.document
