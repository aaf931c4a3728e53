"""What somebody has to say of a campaign before its spec can be begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DEPARTMENT = "市场部"
CONTACT = "marketing@example.com"


@dataclass(frozen=True)
class Answers:
    """The answers, each sound by itself; ``region`` is where it runs, ``per`` how it is paid if it costs anything."""

    id: str
    title: str
    region: str
    product: str
    kind: str
    price: float
    per: str
    start: date
    end: date
    channels: tuple[str, ...]
    department: str = DEPARTMENT
    contact: str = CONTACT
    uptake: int = 1000
    contract_months: int = 0
    free_months: int = 0
    gift: str = ""
    quantity: int = 0
    code: str = ""
