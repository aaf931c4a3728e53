"""Completes the fragments that rules show as samples to whole specs that break no other rule."""

from __future__ import annotations

import json
import re
from datetime import date

TODAY = date(2026, 12, 1)
"""The day as on which samples are judged."""

BASE: dict[str, str] = {
    "spec": "spec: 1\n",
    "id": "id: sample\n",
    "title": "title: 积分换话费\n",
    "owner": 'owner: {region: "510000", department: 市场经营部, contact: marketing@example.com}\n',
    "stage": "stage: draft\n",
    "period": "period: {start: 2027-03-01, end: 2027-03-31}\n",
    "regions": 'regions: {include: ["510100"]}\n',
    "channels": "channels: [hall, app]\n",
    "offers": "offers:\n  - {id: points, name: 积分换话费, product: points.exchange, kind: points}\n",
}
"""The required fields, as the lines that stand for them when a fragment leaves them out."""

_KEY = re.compile(r"^([a-z_]+):", re.MULTILINE)


def complete(fragment: str) -> str:
    """Append the required fields that a fragment leaves out; its own lines keep their numbers."""
    given = set(_KEY.findall(fragment))
    return fragment + "".join(lines for key, lines in BASE.items() if key not in given)


def quoted(text: str) -> str:
    """Return a text as YAML writes it in quotes."""
    return json.dumps(text, ensure_ascii=False)
