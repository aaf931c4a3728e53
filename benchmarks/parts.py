"""What the generated pages have in common: the machine, and targets with what was measured."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import fill
from typing import Any, NamedTuple

WIDTH = 110


class Goal(NamedTuple):
    """One target: what, the figure as shown, the target, and whether it is met."""

    what: str
    figure: str
    target: str
    met: bool


def targets(goals: Iterable[Goal]) -> str:
    """Return the section of targets."""
    rows = [
        f"| {goal.what} | {goal.figure} | {goal.target} | {'met' if goal.met else '**not met**'} |" for goal in goals
    ]
    return "\n".join(("## Targets", "", "| what | measured | target | |", "|---|---|---|---|", *rows))


def circumstances(machine: dict[str, Any], data: str) -> list[str]:
    """Return the lines that say on what machine, with what versions and on what data was measured."""
    packages = ", ".join(f"{name} {version}" for name, version in machine["packages"].items())
    return [
        f"- Machine: {machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB, {machine['system']};",
        f"  {machine['python']}; measured on {machine['date']}.",
        *fill(f"- Versions: {packages}.", WIDTH, subsequent_indent="  ").splitlines(),
        *fill(f"- Data: {data}", WIDTH, subsequent_indent="  ").splitlines(),
    ]
