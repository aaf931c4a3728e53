"""The guided script as a graph: steps with choices, from one start to an end, and the laws that it keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Literal

from campaigncheck.sheets.phrases import Words

MOST = 7
"""Choices of one step: more cannot be taken in while a customer is waiting."""

Kind = Literal["question", "answer", "action", "end"]
"""What a step is for: to ask or to choose, to answer the customer, to do something, or to close."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the customer says or wants, and the step that follows."""

    label: Words
    to: str


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands beside a step: a phrase that is misread, a word, or a question, and what to say about it."""

    kind: Literal["misread", "term", "answer"]
    said: Words
    text: Words


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a card; each of its lines is a sentence of its own."""

    label: Words
    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Facts to have at hand, such as those of one offer."""

    title: Words
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """One step; ``say`` is said word for word, ``do`` is for the agent, the rest is to have at hand."""

    id: str
    kind: Kind
    title: Words
    say: tuple[Words, ...] = ()
    do: tuple[Words, ...] = ()
    asides: tuple[Aside, ...] = ()
    cards: tuple[Card, ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Guide:
    """The steps in the order in which they are printed, and which of them is the first."""

    start: str
    nodes: tuple[Node, ...]

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of every step, as printed."""
        return {node.id: number for number, node in enumerate(self.nodes, start=1)}

    @cached_property
    def before(self) -> Mapping[str, str]:
        """For every step but the first, the nearest one that every way to it leads through.

        That is where "back" may lead without asking how the agent came here.
        """
        before: dict[str, str] = {}
        coming: dict[str, list[str]] = {node.id: [] for node in self.nodes}
        for node in self.nodes:
            for choice in node.choices:
                coming[choice.to].append(node.id)
        for name in self._in_order():
            ways = [_way(other, before) for other in coming[name]]
            if ways:
                shared = set(ways[0]).intersection(*ways[1:])
                before[name] = next(step for step in ways[0] if step in shared)
        return before

    def trail(self, name: str) -> tuple[str, ...]:
        """Return the steps that every way to a step leads through, the first one first."""
        return tuple(reversed(_way(name, self.before)[1:]))

    def behind(self, name: str) -> frozenset[str]:
        """Return the steps that one can come to from a step."""
        targets = {node.id: [choice.to for choice in node.choices] for node in self.nodes}
        found, todo = set[str](), [*targets[name]]
        while todo:
            step = todo.pop()
            if step not in found:
                found.add(step)
                todo += targets[step]
        return frozenset(found)

    def _in_order(self) -> list[str]:
        """Return the steps so that each stands behind all that lead to it."""
        sorter: TopologicalSorter[str] = TopologicalSorter({node.id: () for node in self.nodes})
        for node in self.nodes:
            for choice in node.choices:
                sorter.add(choice.to, node.id)
        return list(sorter.static_order())

    def faults(self) -> list[str]:
        """Return which laws the graph breaks: an agent must never be left without a next step, nor go in circles."""
        names = [node.id for node in self.nodes]
        if len(set(names)) < len(names) or names[:1] != [self.start]:
            return ["steps do not have names of their own, or the first one is not the start"]
        missing = {choice.to for node in self.nodes for choice in node.choices} - set(names)
        if missing:
            return [f"choices lead nowhere: {sorted(missing)}"]
        try:
            order = self._in_order()
        except CycleError as error:
            return [f"a loop: {error.args[1]}"]
        return [*self._of_choices(), *self._unreached(order)]

    def _of_choices(self) -> list[str]:
        found = [f"{node.id} has more than {MOST} choices" for node in self.nodes if len(node.choices) > MOST]
        found += [f"{node.id} is a dead end" for node in self.nodes if not node.choices and node.kind != "end"]
        return found + [
            f"{node.id} is an end and goes on" for node in self.nodes if node.choices and node.kind == "end"
        ]

    def _unreached(self, order: list[str]) -> list[str]:
        targets = {node.id: [choice.to for choice in node.choices] for node in self.nodes}
        reached = {self.start}
        for name in order:
            if name in reached:
                reached.update(targets[name])
        return [f"{name} is never reached" for name in order if name not in reached]


def _way(name: str, before: Mapping[str, str]) -> list[str]:
    """Return a step and those before it, nearest first."""
    way = [name]
    while way[-1] in before:
        way.append(before[way[-1]])
    return way
