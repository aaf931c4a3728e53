"""The page of the local page's speed is the one that its results make; edits change what they say they change."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from benchmarks.serve_load import FIGURES, HOME, PAGE, RESULTS, Person, page, token_of

SPEC = HOME / "campaigns/sichuan/sc-2027-spring-broadband.yaml"


def test_the_page_is_that_of_the_results() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(json.loads(RESULTS.read_text(encoding="utf-8")))


def test_most_edits_change_words() -> None:
    person, text = Person(0, 1), Path(SPEC).read_text(encoding="utf-8")
    changed: Counter[str] = Counter()
    for _ in range(1_000):
        lines = zip(text.splitlines(), person.changed(text).splitlines(), strict=True)
        changed.update({after.strip().partition(":")[0] for before, after in lines if before != after})
    assert set(changed) == {"title", "uptake", "period", "price"}
    assert abs(1 - changed["title"] / 1_000 - FIGURES) < 0.03


def test_the_token_is_read_from_the_page() -> None:
    assert token_of("<body data-given='{&#34;token&#34;: &#34;a-b_c&#34;}'>") == "a-b_c"
