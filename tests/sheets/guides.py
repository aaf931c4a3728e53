"""Sheets to make guided scripts and short forms of: the golden one, those of the examples, generated ones."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from campaigncheck.catalogue.files import RuleFiles
from campaigncheck.catalogue.load import Catalogues, load_catalogues
from campaigncheck.sheets.model import Judged, Sheet, build
from campaigncheck.source.document import load
from tests.sheets.pages import TODAY, catalogues, fitted

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden_guide"
EXAMPLES = sorted((ROOT / "campaigns").rglob("*.yaml"))

WORD = st.text(st.sampled_from("办宽带电视流量ABab12 <&{"), min_size=1, max_size=8)


def of_file(path: Path, today: date = TODAY) -> Sheet:
    """The sheet of a spec, as if it passed."""
    value, document, data = load(str(path), path.name)
    digest = hashlib.sha256(data).hexdigest()
    return build(Judged(fitted(value), "pass", (), digest, document), catalogues(), {}, today)


def of_values(known: Catalogues | None = None, **given: Any) -> Sheet:
    """The sheet of a campaign that says little but what is given, by the built-in catalogues or others."""
    values: dict[str, Any] = {
        "spec": 1, "id": "sample", "title": "样例", "stage": "launched",
        "owner": {"region": "510000", "department": "市场部", "contact": "marketing@example.com"},
        "period": {"start": "2026-11-01", "end": "2027-03-31"},
        "regions": {"include": ["510000"]}, "channels": ["hall", "app"],
        "offers": [{"id": "tv", "name": "电视包", "product": "tv.plus", "kind": "trial"}],
    }  # fmt: skip
    return build(Judged(fitted(values | given), "pass", (), "0" * 64), known or catalogues(), {}, TODAY)


def own_topics(folder: Path, *titles: str) -> Catalogues:
    """The catalogues of a site that adds topics ``own-1``, ``own-2`` … to the built-in ones."""
    topics = {
        f"own-{number}": {"title": {"zh": title, "en": f"own {number}"}, "when": ["always"]}
        for number, title in enumerate(titles, start=1)
    }
    (folder / "faq.yaml").write_text(json.dumps({"extends": "builtin", "topics": topics}), encoding="utf-8")
    return load_catalogues(RuleFiles.at(folder))


def question(topic: str, number: int = 1) -> dict[str, str]:
    """A question that differs from all others."""
    return {"topic": topic, "q": f"问{topic}{number}？", "a": f"答{topic}{number}。"}


LONG = 48_000
LEAST = 0.004
"""Seconds under which a time says nothing."""


def growth(function: Callable[[str], object], piece: str) -> float:
    """How many times as long a text of one piece again and again takes if it is 4 times as long; the best of some."""

    def taken(length: int) -> float:
        text = (piece * length)[:length]
        begin = time.process_time()
        function(text)
        return time.process_time() - begin

    return min(taken(LONG) / max(taken(LONG // 4), LEAST) for _ in range(3))


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Sheets with few or many questions, groups, prepared answers, words and offers."""
    topics = st.sampled_from([*catalogues().faq.topics, "my_own", "other-1"])
    asked = draw(st.lists(topics, max_size=40))
    ages = draw(st.lists(st.integers(1, 90), max_size=15, unique=True))
    offers = draw(st.integers(1, 5))
    said = draw(st.lists(WORD, max_size=10, unique=True))
    return of_values(
        faq=[question(topic, number) for number, topic in enumerate(asked)],
        audience=[{"age": f">={age}"} for age in ages],
        answers=[{"phrase": phrase, "answer": f"其实是{phrase}"} for phrase in said],
        terms={term: f"就是{term}" for term in draw(st.lists(WORD, max_size=10, unique=True))},
        offers=[
            {"id": f"o{number}", "name": f"优惠{number}", "product": "tv.plus", "kind": "trial", "quota": number}
            for number in range(offers)
        ],
    )
